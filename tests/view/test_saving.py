"""The file behind a layout: saved only over what was read, with drafts that survive."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.view.plants import PLANT
from twin.errors import LayoutError
from twin.layout import drafts, folders
from twin.layout.edits import Log, ResizeCrew
from twin.layout.files import parse
from twin.layout.locks import held
from twin.view.pages import saving
from twin.view.pages.clashes import Clashes
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
    taken = again.taken_up()
    assert taken is not None and taken.text == EDITED
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


def test_a_file_that_somebody_removed_is_written_anew(file: Path) -> None:
    behind = Behind("brackets", file, PLANT)
    file.unlink()
    behind.save(EDITED)
    assert file.read_text() == EDITED


# --- the steps of undo and redo ------------------------------------------------------------------


def test_undo_and_redo_go_on_from_a_draft(file: Path) -> None:
    log = Log(parse(PLANT))
    behind = Behind("brackets", file, PLANT)
    for people in (2, 3, 4):
        log.do(ResizeCrew("setter", people))
    log.undo()
    behind.keep(log.text(), log.history)
    draft = Behind("brackets", file, PLANT, behind.mark).taken_up()
    assert draft is not None and draft.history is not None
    again = Log(parse(PLANT))
    again.restore(draft.history)
    assert again.text() == log.text() and (len(again.done), len(again.undone)) == (2, 1)
    again.redo()
    assert again.layout.crews["setter"].people == 4
    for _ in range(3):
        again.undo()
    assert again.text() == PLANT
    behind.keep(again.text(), again.history)  # all undone: nothing unsaved, but steps to redo
    assert not saving.left_behind("brackets", set())
    kept = drafts.read_draft(drafts.draft_path("brackets", behind.mark))
    assert kept is not None and kept.history is not None and len(kept.history.texts) == 4


def test_steps_of_saved_work_do_not_bring_an_older_text_back(file: Path) -> None:
    log = Log(parse(PLANT))
    behind = Behind("brackets", file, PLANT)
    log.do(ResizeCrew("setter", 2))
    behind.save(log.text())
    behind.keep(log.text(), log.history)
    file.write_text(BY_HAND)
    assert Behind("brackets", file, BY_HAND, behind.mark).taken_up() is None


# --- two at one file -----------------------------------------------------------------------------


@pytest.fixture
def two(file: Path) -> Iterator[tuple[Behind, Behind]]:
    pages = Behind("brackets", file, PLANT), Behind("brackets", file, PLANT)
    yield pages
    for page in pages:
        page.close()


def test_the_second_of_two_pages_is_told_at_its_first_edit_once(two: tuple[Behind, Behind]) -> None:
    first, second = two
    notices: dict[str, Any] = {}
    watch = Clashes(second, notices)
    first.keep(EDITED)
    assert not watch.look() and notices == {}  # who only looks has nothing to decide
    second.keep(BY_HAND)
    assert watch.look()
    told = notices["rival"]
    assert "Another tab has unsaved work" in told["text"]
    assert told["sides"] == [
        {"title": "Theirs", "texts": ["+1 setter (1 -> 2)"]},
        {"title": "Yours", "texts": ["station mill: price 9000 EUR -> 8000 EUR"]},
    ]
    assert watch.offered("rival") == EDITED
    watch.settled("rival")
    assert not watch.look() and notices == {}


def test_a_page_that_is_gone_or_was_loaded_again_is_no_rival(two: tuple[Behind, Behind]) -> None:
    first, second = two
    first.keep(EDITED)
    again = Behind("brackets", first.path, PLANT, first.mark)
    again.taken_up()
    assert again.rivals() == []
    second.keep(BY_HAND)
    assert [rival.who for rival in second.rivals()] == ["another tab", "another tab"]
    first.close()
    again.close()
    drafts.drop_draft(drafts.draft_path("brackets", first.mark))
    assert second.rivals() == []


def test_a_page_whose_tab_was_closed_is_only_what_its_draft_holds(file: Path) -> None:
    gone = Behind("brackets", file, PLANT, looked_at=lambda: False)
    mine = Behind("brackets", file, PLANT)
    gone.keep(EDITED)
    mine.keep(BY_HAND)
    assert [one.who for one in mine.rivals()] == ["a tab that was closed"]
    drafts.drop_draft(drafts.draft_path("brackets", gone.mark))
    assert mine.rivals() == []
    gone.close()
    mine.close()


def test_a_draft_of_another_program_is_told(file: Path) -> None:
    mine = Behind("brackets", file, PLANT)
    code = (
        "import sys; from pathlib import Path; from twin.view.pages.saving import Behind\n"
        "path = Path(sys.argv[1]); text = path.read_text()\n"
        "Behind('brackets', path, text).keep(text.replace('people: 1', 'people: 2'))"
    )
    subprocess.run([sys.executable, "-c", code, str(file)], check=True, env={**os.environ})
    mine.keep(BY_HAND)
    assert [(one.who, one.text) for one in mine.rivals()] == [("another program", EDITED)]
    mine.close()


def test_a_file_edited_by_hand_is_told_at_once_and_again_when_it_is_back(file: Path) -> None:
    behind = Behind("brackets", file, PLANT)
    notices: dict[str, Any] = {}
    watch = Clashes(behind, notices)
    assert not watch.look()
    file.write_text(BY_HAND)
    assert watch.look() and "price 9000 EUR -> 8000 EUR" in notices["clash"]["text"]
    assert [act["label"] for act in notices["clash"]["actions"]] == ["Load theirs", "Compare"]
    assert not watch.look()
    file.write_text("twin: [")
    assert watch.look() and "cannot be read now" in notices["clash"]["text"]
    file.write_text(PLANT)
    assert watch.look() and notices == {}


WRITER = """
import sys
from pathlib import Path
from twin.layout.locks import held
path = Path(sys.argv[1])
for _ in range(150):
    with held(path, 60.0):
        number = int(path.read_text())
        path.write_text(str(number + 1))
"""


def test_two_programs_that_read_and_write_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "count"
    path.write_text("0")
    work = [subprocess.Popen([sys.executable, "-c", WRITER, str(path)]) for _ in range(2)]
    assert [one.wait(120) for one in work] == [0, 0]
    assert path.read_text() == "300" and [each.name for each in tmp_path.iterdir()] == ["count"]


def test_a_lock_that_is_held_is_waited_for_and_one_left_behind_is_none(tmp_path: Path) -> None:
    path = tmp_path / "line.yaml"
    (tmp_path / ".line.yaml.lock").write_text("of a program that was killed")
    entered = threading.Event()
    leave = threading.Event()

    def hold() -> None:
        with held(path):
            entered.set()
            leave.wait(60)

    thread = threading.Thread(target=hold)
    thread.start()
    assert entered.wait(10)
    with pytest.raises(LayoutError, match="being written by another program"), held(path, 0.1):
        pass
    leave.set()
    thread.join()
    with held(path, 0.1):
        pass


SAVER = """
import sys
from pathlib import Path
from twin.errors import LayoutError
from twin.view.pages.saving import Behind
if sys.argv[2]:
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
path = Path(sys.argv[1])
text = path.read_text()
behind = Behind("brackets", path, text)
for act in (behind.save, behind.keep):
    try:
        act(text.replace("people: 1", "people: 2") + "#" * 60_000)
        print("written")
    except LayoutError as error:
        print(error)
"""


def saved_on_a_full_disk(file: Path, most: str) -> list[str]:
    command = [sys.executable, "-c", SAVER, str(file), most]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_file_that_may_grow_no_more_is_told_and_nothing_is_lost(file: Path) -> None:
    said = saved_on_a_full_disk(file, "20000")
    assert len(said) == 2
    for line in said:
        assert "File too large; make room, then try again" in line
    assert file.read_text() == PLANT
    left = [each.name for each in file.parent.parent.rglob("*") if each.is_file()]
    assert left == ["brackets.yaml"]


@pytest.mark.skipif(sys.platform != "linux", reason="needs a small disk")
def test_a_full_disk_is_told_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=48k", "tmpfs", str(small)]
    try:
        mounted = subprocess.run(mount, capture_output=True).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("no disk can be mounted here")
    try:
        monkeypatch.setenv("TWIN_HOME", str(small))
        file = small / "layouts" / "brackets.yaml"
        file.parent.mkdir()
        file.write_text(PLANT)
        said = saved_on_a_full_disk(file, "")
        assert ["No space left on device; make room, then try again" in line for line in said] == [
            True,
            True,
        ]
        assert file.read_text() == PLANT
        assert [each.name for each in small.rglob("*") if each.is_file()] == ["brackets.yaml"]
    finally:
        subprocess.run(["umount", str(small)], check=True)
