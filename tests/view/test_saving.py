"""The file behind a layout: saved only over what was read, with drafts that survive."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.view.plants import PLANT
from twin.layout import drafts, folders
from twin.view.pages.saving import Behind, Clash

EDITED = PLANT.replace("people: 1", "people: 2")
BY_HAND = PLANT.replace("9000 EUR", "8000 EUR")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    path = tmp_path / "layouts" / "brackets.yaml"
    path.parent.mkdir()
    path.write_text(PLANT)
    return path


def test_a_save_writes_and_drops_the_draft(file: Path) -> None:
    behind = Behind("brackets", file, PLANT)
    behind.keep(EDITED)
    assert len(drafts.drafts_of("brackets")) == 1
    behind.save(EDITED)
    assert file.read_text() == EDITED and drafts.drafts_of("brackets") == []
    behind.save(PLANT)
    assert file.read_text() == PLANT


def test_a_file_that_somebody_changed_is_not_overwritten(file: Path) -> None:
    behind = Behind("brackets", file, PLANT)
    file.write_text(BY_HAND)
    with pytest.raises(Clash, match=r"mill: price 9000 EUR -> 8000 EUR") as clash:
        behind.save(EDITED)
    assert clash.value.theirs == BY_HAND == file.read_text()
    assert behind.load_theirs() == BY_HAND
    behind.save(EDITED)
    assert file.read_text() == EDITED


def test_a_file_that_cannot_be_read_any_more_is_told_and_stays(file: Path) -> None:
    behind = Behind("brackets", file, PLANT)
    file.write_text(PLANT.replace("twin: 1", "twin: 2"))
    with pytest.raises(Clash, match="layout version 2 is not known"):
        behind.save(EDITED)
    assert "twin: 2" in file.read_text()


def test_a_draft_is_taken_up_by_its_mark_with_the_base_it_began_with(file: Path) -> None:
    first = Behind("brackets", file, PLANT)
    first.keep(EDITED)
    file.write_text(BY_HAND)
    again = Behind("brackets", file, BY_HAND, first.mark)
    assert again.taken_up() == EDITED
    with pytest.raises(Clash):
        again.save(EDITED)


def test_two_pages_with_one_mark_do_not_write_over_each_other(file: Path) -> None:
    first = Behind("brackets", file, PLANT)
    first.keep(EDITED)
    second = Behind("brackets", file, PLANT, first.mark)
    second.taken_up()
    first.keep(BY_HAND)
    second.keep(EDITED + "# more\n")
    assert second.mark != first.mark and len(drafts.drafts_of("brackets")) == 2


def test_undoing_everything_leaves_no_draft(file: Path) -> None:
    behind = Behind("brackets", file, PLANT)
    behind.keep(PLANT)
    assert drafts.drafts_of("brackets") == []
    behind.keep(EDITED)
    behind.keep(PLANT)
    assert drafts.drafts_of("brackets") == []


def test_a_layout_of_the_program_is_nobodys_own() -> None:
    path = folders.named_layout("pcb_line")
    assert not Behind("pcb_line", path, "").is_own
