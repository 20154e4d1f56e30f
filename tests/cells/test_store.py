"""Results on disk: all or nothing, and nothing where a file is damaged."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.cells.conftest import UR5E
from twin.cells import store
from twin.cells.cell import Cell
from twin.cells.transfer import Motion, Solution, Target, Transfer
from twin.layout.rules import Finding

SOLUTION = Solution(
    (
        Transfer(
            "cobot",
            "a.slot",
            "b.slot",
            np.linspace(0, 2, 9),
            np.arange(54.0).reshape(9, 6) / 7,
            0.5,
            1.5,
            0.04,
            "b",
            0.3,
            1.6,
            2.9,
            41.5,
            (Motion("travel", 0.0, 0.5, "shoulder speed", 0.04, "hand", "b", 0.24),),
            "Bracket",
            np.arange(54.0).reshape(9, 6) / 3,
        ),
    ),
    (Finding("cell/reach", "arms/cobot/c.slot", "error", "too far — 1 m", 1.0, 0.85, "m"),),
    (
        Target("a.slot", "reachable", "", 4, (0.1,) * 6, 0.5, "elbow", 0.06, 0.1),
        Target("c.slot", "radius", "too far — 1 m", nearest=(1.0, 2.0, 0.9)),
    ),
)
CELL = Cell(
    "cobot", str(UR5E), "", (0.0, 0.0), 0.0, 0.0, (), (), 0.5, (), None, 1.0, {}, (), (), {}
)  # fmt: skip


def same(a: Solution, b: Solution) -> bool:
    def plain(solution: Solution) -> list[object]:
        rows = [{**vars(transfer)} for transfer in solution.transfers]
        return [{k: np.asarray(v).tolist() for k, v in row.items()} for row in rows]

    return plain(a) == plain(b) and (a.findings, a.targets) == (b.findings, b.targets)


def test_what_is_kept_comes_back_bit_for_bit(cache: Path) -> None:
    store.keep("key", SOLUTION)
    found = store.stored("key")
    assert found is not None and same(found, SOLUTION)
    assert [path.name for path in (cache / "cells").iterdir()] == ["key.cell"]


def test_an_empty_solution_comes_back() -> None:
    store.keep("empty", Solution((), ()))
    assert store.stored("empty") == Solution((), ())


def test_nothing_is_kept_under_another_key() -> None:
    assert store.stored("other") is None


def test_a_damaged_file_is_as_good_as_none(cache: Path) -> None:
    store.keep("key", SOLUTION)
    path = cache / "cells" / "key.cell"
    content = path.read_bytes()
    damaged = [b"", b"not a file of numbers", content[:-1], content[: len(content) // 2]]
    for place in range(0, len(content), 97):
        damaged.append(content[:place] + bytes([content[place] ^ 255]) + content[place + 1 :])
    for found in damaged:
        path.write_bytes(found)
        assert store.stored("key") is None


def test_a_pickle_is_not_opened(cache: Path) -> None:
    packed = io.BytesIO()
    np.savez(packed, words=np.array([{"transfers": []}], dtype=object))
    content = packed.getvalue()
    (cache / "cells").mkdir(parents=True)
    whole = hashlib.sha256(content).digest() + content
    (cache / "cells" / "key.cell").write_bytes(whole)
    assert store.stored("key") is None


def test_numbers_that_are_none_are_not_taken(cache: Path) -> None:
    bad = replace(SOLUTION.transfers[0], times=np.full(9, np.nan))
    store.keep("key", Solution((bad,), ()))
    assert store.stored("key") is None


def test_a_folder_that_cannot_be_made_is_said_and_survived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TWIN_CACHE", str(tmp_path / "file"))
    store.keep("key", SOLUTION)
    assert "cells are not kept" in capsys.readouterr().err
    assert store.stored("key") is None


def test_the_key_follows_the_content() -> None:
    keys = {
        store.cell_key(cell)
        for cell in (
            CELL,
            replace(CELL, speed=0.5),
            replace(CELL, at=(0.0, 1e-9)),
            replace(CELL, pairs=(("a.slot", "b.slot"),)),
        )
    }
    assert len(keys) == 4
    assert store.cell_key(CELL) == store.cell_key(replace(CELL))


def test_the_key_follows_the_arms_files(tmp_path: Path) -> None:
    urdf = tmp_path / "arm.urdf"
    urdf.write_bytes(UR5E.read_bytes())
    cell = replace(CELL, urdf=str(urdf))
    before = store.cell_key(cell)
    urdf.write_bytes(UR5E.read_bytes() + b"\n")
    assert store.cell_key(cell) != before


def test_the_folder_can_be_named_and_has_a_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store.cache.cache_folder("cells") == tmp_path / "cache" / "cells"
    monkeypatch.delenv("TWIN_CACHE")
    assert store.cache.cache_folder("cells").parts[-2:] == ("twin", "cells")
