"""What a layout is compared with: chosen by name, its floor beside, its figures paired."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.view.plants import PLANT, plant
from twin.comparison import NO_DIFFERENCE
from twin.errors import Cancelled, LayoutError
from twin.layout import drafts
from twin.layout.edits import MoveMachine, ResizeCrew
from twin.layout.schema import Layout
from twin.view import beside, codec, workbench
from twin.view.beside import Beside, Wanted
from twin.view.blobs import Blobs
from twin.view.pages.comparing import Comparing
from twin.view.pages.saving import Behind
from twin.view.workbench import Workbench, span

TWO = ("people: 1", "people: 2")
LONGER = ("window: 5 day", "window: 6 day")  # whose replications do not pair with those of PLANT


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    path = tmp_path / "layouts" / "brackets.yaml"
    path.parent.mkdir()
    path.write_text(PLANT)
    return path


@pytest.fixture
def bench(blobs: Blobs) -> Iterator[Workbench]:
    bench = Workbench(plant(), blobs)
    bench.start()
    assert bench.wait(120)
    yield bench
    bench.close()


@pytest.fixture
def comparing(bench: Workbench, blobs: Blobs, file: Path) -> Iterator[Comparing]:
    others = {"brackets": file, "longer": file.with_name("longer.yaml")}
    others["longer"].write_text(plant(LONGER).text)
    made = Comparing(bench, blobs, Behind("brackets", file, PLANT), lambda: others, lambda: None)
    yield made
    made.close()


def content(blobs: Blobs, address: str) -> bytes:
    return (blobs.folder / address.removeprefix("blobs/").partition("?")[0]).read_bytes()


def scene_of(blobs: Blobs, address: str) -> dict:
    return json.loads(content(blobs, address))


def floor_beside(comparing: Comparing, bench: Workbench) -> dict:
    """What the viewer is told, once the floor is known."""
    assert comparing.floors(bench.shown) is not None
    assert comparing._beside.wait(120)
    told = comparing.floors(bench.shown)
    assert told is not None and told["here"] == "Now"
    (floor,) = told["floors"]
    return floor


def test_closed_it_works_nothing_out_and_says_what_it_would_compare_with(
    comparing: Comparing, bench: Workbench
) -> None:
    assert comparing.floors(bench.shown) is None
    assert comparing.page(bench.shown) == {"open": False, "label": "before"}
    assert comparing._beside._thread is None


def test_the_floor_beside_is_of_the_layout_before_the_edits(
    comparing: Comparing, bench: Workbench, blobs: Blobs
) -> None:
    comparing.is_open = True
    bench.do(MoveMachine("mill-1", (3.0, 2.0)))
    assert bench.wait(120)
    floor = floor_beside(comparing, bench)
    assert floor["title"] == "Before"
    mill = scene_of(blobs, floor["scene_url"])["machines"][0]
    assert (mill["name"], mill["at"]) == ("mill-1", [2.0, 2.0])
    (mark,) = comparing.marks(bench.shown)
    assert (mark["verb"], mark["text"]) == ("moved", "mill-1 moved 1 m")
    comparing.is_open = False
    assert comparing.floors(bench.shown) is None


def test_the_rows_say_what_the_command_line_says(comparing: Comparing, bench: Workbench) -> None:
    comparing.is_open = True
    bench.do(ResizeCrew("setter", 2))
    assert bench.wait(120)
    page = comparing.page(bench.shown)
    assert [change["text"] for change in page["changes"]] == ["+1 setter (1 -> 2)"]
    rows = {row["label"]: row for row in page["rows"]}
    assert rows["Output"]["unit"] == "brackets a day" and rows["Output"]["clear"]
    assert rows["Output"]["difference"].startswith("+")
    assert "pairs of 5 days" in page["origin"][0] and "Student's t" in page["origin"][1]
    assert page["note"] == ""


def test_nothing_is_different_from_the_saved_file_until_it_changes(
    comparing: Comparing, bench: Workbench, file: Path
) -> None:
    comparing.is_open = True
    comparing.choose("saved")
    assert bench.wait(120)
    page = comparing.page(bench.shown)
    assert page["changes"] == []
    assert {row["difference"] for row in page["rows"]} == {NO_DIFFERENCE}
    assert page["choice"] == "saved" and page["label"] == "the saved file"
    file.write_text(plant(TWO).text)
    comparing.saved(comparing.behind)
    assert bench.wait(120)
    said = [change["text"] for change in comparing.page(bench.shown)["changes"]]
    assert said == ["-1 setter (2 -> 1)"]


def test_a_version_is_compared_with_and_before_is_still_known(
    comparing: Comparing, bench: Workbench
) -> None:
    opened = bench.log.layout
    drafts.keep_version("brackets", "two", plant(TWO).text)
    comparing.is_open = True
    comparing.choose("version:two")
    assert comparing.against(bench.shown) == plant(TWO).layout  # before its forecast is known
    assert bench.wait(120)
    page = comparing.page(bench.shown)
    assert [each["key"] for each in page["choices"]] == [
        *("before", "saved", "version:two", "layout:longer"),
    ]
    assert [each["label"] for each in page["choices"]][2:] == ["Version two", "Layout longer"]
    assert floor_beside(comparing, bench)["title"] == "Version two"
    bench.do(ResizeCrew("setter", 3))
    assert bench.wait(120)
    comparing.choose("before")
    assert bench.wait(120)
    assert comparing.against(bench.shown) == opened
    comparing.keep()
    assert (comparing.choice, comparing.against(bench.shown)) == ("before", bench.log.layout)


def test_what_held_the_other_one_back_is_ringed_on_its_own_floor(
    comparing: Comparing, bench: Workbench
) -> None:
    drafts.keep_version("brackets", "two", plant(TWO).text)
    comparing.is_open = True
    comparing.choose("version:two")
    assert bench.wait(120)
    (ring,) = floor_beside(comparing, bench)["rings"]
    assert ring["machines"] == ["mill-1"]  # with two people, it is no longer the setter


def test_layouts_whose_studies_differ_are_observed_alike(
    comparing: Comparing, bench: Workbench
) -> None:
    comparing.is_open = True
    comparing.choose("layout:longer")
    assert bench.wait(120)
    page = comparing.page(bench.shown)
    assert (page["rows"], page["note"]) == ([], "Worked out in a moment …")
    floor_beside(comparing, bench)
    page = comparing.page(bench.shown)
    assert "pairs of 6 days" in page["origin"][0]
    assert {row["difference"] for row in page["rows"]} == {NO_DIFFERENCE}


def test_up_to_four_floors_stand_side_by_side_each_with_its_own_difference(
    comparing: Comparing, bench: Workbench, blobs: Blobs
) -> None:
    drafts.keep_version("brackets", "two", plant(TWO).text)
    moved = ("at: [2 m, 2 m]", "at: [3 m, 2 m]")
    drafts.keep_version("brackets", "moved", plant(moved).text)
    comparing.act({"with": "before"})
    for more in ("version:two", "version:moved", "version:two", "before"):
        comparing.act({"more": more})
    assert comparing.choices == ["before", "version:two", "version:moved"]
    with pytest.raises(LayoutError, match="4 floors"):
        comparing.act({"more": "layout:longer"})
    assert bench.wait(120)
    comparing.floors(bench.shown)
    for other in comparing.others.values():
        assert other.beside.wait(120)
    told = comparing.floors(bench.shown)
    assert told is not None
    assert [floor["title"] for floor in told["floors"]] == [
        *("Before", "Version two", "Version moved"),
    ]
    assert scene_of(blobs, told["floors"][2]["scene_url"])["machines"][0]["at"] == [3.0, 2.0]
    assert [mark["text"] for mark in told["floors"][2]["changes"]] == ["mill-1 moved 1 m"]
    page = comparing.page(bench.shown)
    two, far = page["others"]
    assert page["full"] and [each["text"] for each in two["changes"]] == ["-1 setter (2 -> 1)"]
    output = next(row for row in two["rows"] if row["label"] == "Output")
    assert output["clear"]
    assert [each["label"] for each in far["rows"]] == [each["label"] for each in two["rows"]]
    comparing.act({"less": "version:moved"})
    comparing.choose("version:two")  # it stands there once
    assert comparing.choices == ["version:two"]


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ("version:tow", "no version is named 'tow'"),
        ("layout:longest", "did you mean 'longer'"),
        ("../../secret", "brackets"),
        ("", "brackets"),
    ],
)
def test_what_is_not_there_is_told_and_changes_nothing(
    comparing: Comparing, bench: Workbench, choice: str, said: str
) -> None:
    before = bench.shown.before
    with pytest.raises(LayoutError, match=said):
        comparing.choose(choice)
    assert comparing.choice == "before" and bench.shown.before is before


def test_a_version_that_cannot_be_read_is_told_with_its_name(comparing: Comparing) -> None:
    path = drafts.keep_version("brackets", "broken", PLANT)
    path.write_text("twin: 1\nmachines: 3\n")
    with pytest.raises(LayoutError, match="version broken"):
        comparing.choose("version:broken")


def test_a_floor_with_findings_stands_there_and_says_so(
    comparing: Comparing, bench: Workbench, blobs: Blobs
) -> None:
    drafts.keep_version("brackets", "bad", plant(("at: [2 m, 2 m]", "at: [6 m, 2 m]")).text)
    comparing.is_open = True
    comparing.choose("version:bad")
    assert bench.wait(120)
    floor = floor_beside(comparing, bench)
    assert codec.decode(content(blobs, floor["timeline_url"])).header["origin"] == "unknown"
    assert "findings to be mended" in comparing.page(bench.shown)["note"]


# --- the thread ----------------------------------------------------------------------------------


def wanted(*changes: tuple[str, str]) -> Wanted:
    layout = plant(*changes).layout
    return Wanted(layout, span(layout))


def test_both_floors_have_one_clock(blobs: Blobs) -> None:
    """A floor beside is played as long as the present one, whatever its own shifts are."""
    side = Beside(blobs, lambda: None)
    clock = (6 * 3600.0, 30 * 3600.0)
    side.look(Wanted(plant().layout, clock))
    assert side.wait(120) and side.known.floor
    header = codec.decode(content(blobs, side.known.floor.timeline)).header
    assert (header["start"], header["end"]) == clock


def test_the_same_is_worked_out_once_and_what_is_closed_not_at_all(
    blobs: Blobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Layout] = []

    def noted(layout: Layout, cancelled: threading.Event):
        asked.append(layout)
        return workbench.validated(layout, cancelled)

    monkeypatch.setattr(beside, "validated", noted)
    told: list[bool] = []
    side = Beside(blobs, lambda: told.append(True))
    for _ in range(3):
        side.look(wanted())
        assert side.wait(120)
    assert len(asked) == 1 and told == [True]
    side.look(None)
    assert side.known.floor is None
    side.close()
    side.look(wanted())
    assert side.wait(120) and told == [True]


def test_it_ends_with_the_process(blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(layout: Layout, cancelled: threading.Event):
        begun.set()
        assert cancelled.wait(60)
        raise Cancelled

    begun = threading.Event()
    monkeypatch.setattr(beside, "validated", endless)
    side = Beside(blobs, lambda: None)
    side.look(wanted())
    assert begun.wait(60)
    workbench.close_all()
    assert side.wait(60) and side.known.floor is None


def test_what_is_asked_for_later_wins(blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(layout: Layout, cancelled: threading.Event):
        if layout == first.layout:
            begun.set()
            assert go_on.wait(60)
        return workbench.validated(layout, cancelled)

    monkeypatch.setattr(beside, "validated", slow)
    first, second = wanted(), wanted(("at: [2 m, 2 m]", "at: [3 m, 2 m]"))
    side = Beside(blobs, lambda: None)
    side.look(first)
    late = side._thread
    assert begun.wait(60) and late
    side.look(second)
    assert side.wait(120)
    known = side.known
    go_on.set()
    late.join(60)
    assert known.floor and side.known is known
    assert scene_of(blobs, known.floor.scene)["machines"][0]["at"] == [3.0, 2.0]
