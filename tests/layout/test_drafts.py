"""Drafts and versions: kept whole, found again, never in the way of one another."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.view.plants import PLANT
from twin.errors import LayoutError
from twin.layout import drafts
from twin.layout.drafts import (
    Draft,
    draft_path,
    drafts_of,
    drop_draft,
    keep_version,
    new_mark,
    read_draft,
    version_text,
    versions_of,
    write_draft,
)


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    return tmp_path


def test_a_draft_is_read_as_it_was_written_and_dropped() -> None:
    path = draft_path("line", new_mark())
    write_draft(path, Draft("a: 1\n", "a: 2 # ü\n"))
    assert read_draft(path) == Draft("a: 1\n", "a: 2 # ü\n")
    assert drafts_of("line") == [path] and drafts_of("other") == []
    drop_draft(path)
    assert read_draft(path) is None and drafts_of("line") == []


@pytest.mark.parametrize("content", ["", "{", "[]", '{"base": "x"}', "null"])
def test_a_damaged_draft_is_as_good_as_none(content: str) -> None:
    path = draft_path("line", new_mark())
    path.parent.mkdir()
    path.write_text(content)
    assert read_draft(path) is None


@pytest.mark.parametrize(
    ("name", "mark"), [("../x", "00000000"), ("line", "../../etc"), ("line", "")]
)
def test_only_names_lead_to_a_draft(name: str, mark: str) -> None:
    with pytest.raises(LayoutError, match="no draft is called"):
        draft_path(name, mark)


def test_versions_are_found_by_name_and_never_overwritten() -> None:
    keep_version("line", "before", PLANT)
    assert list(versions_of("line")) == ["before"]
    assert version_text("line", "before") == PLANT
    with pytest.raises(LayoutError, match="there is a version 'before' already"):
        keep_version("line", "before", "other")
    with pytest.raises(LayoutError, match="no name for a version"):
        keep_version("line", "../before", PLANT)
    with pytest.raises(LayoutError, match="did you mean 'before'"):
        version_text("line", "befor")


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(drafts, "write_whole", full)
    with pytest.raises(LayoutError, match="cannot be written: No space left on device"):
        keep_version("line", "before", PLANT)
    assert versions_of("line") == {}
