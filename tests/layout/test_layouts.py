"""The shipped layouts: each says what it shows, shows it, and has nothing for a rule to find."""

from __future__ import annotations

from pathlib import Path

import pytest

from twin.layout import fields, files, folders
from twin.layout.basis import count_bases
from twin.layout.changes import difference
from twin.layout.rules import check
from twin.layout.schema import Layout

FOLDER = folders.package_folder("layouts")
SHIPPED = sorted(FOLDER.glob("*.yaml"))
THEMES = {  # layout -> fields that it is there to show, by the last names of their paths
    "aps_24v": {"roads", "vehicles"},
    "belt_line": {"walls", "aisles", "zones", "conveyors", "conveyor"},
    "dental_lab": {"mix", "formula", "attributes", "same", "wait_at_most", "due", "profile",
                   "absence"},
    "five_faults": {"piece", "mass", "arms"},
    "fixtures_and_conveyor": {"tools", "takes", "returns", "travel", "matrix", "interruptible",
                              "priority", "delay", "planned"},
    "job_shop": {"mix", "chance", "attended", "disturbances"},
    "mill_exchange": {"exchange", "tool", "piece", "arms"},
    "mill_tending": {"piece", "beyond", "arms", "disturbances"},
    "oven_and_kits": {"batch", "delay", "needs", "stocks", "refill", "into", "cards",
                      "from_stock", "at_close", "due", "skills"},
    "pcb_line": {"arms", "replications", "aisles", "zones"},
    "print_farm": {"unload", "disturbances"},
    "print_farm_day": {"unload", "disturbances"},
    "sensor_assembly": {"arms", "piece", "unload"},
    "tray_loading": {"ports", "serves", "piece"},
}  # fmt: skip

OF_ARMS = ("aps_24v", "five_faults", "mill_exchange", "mill_tending", "tray_loading")


@pytest.fixture(autouse=True)
def own_assets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The package's own assets, not the test folder's of known sizes."""
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))


def shipped(name: str) -> Layout:
    return files.load(FOLDER / f"{name}.yaml")


def test_every_layout_has_its_theme() -> None:
    assert {path.stem for path in SHIPPED} == set(THEMES)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_no_rule_finds_anything(path: Path) -> None:
    assert check(files.load(path)) == ()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_its_head_says_what_it_is_and_where_its_figures_come_from(path: Path) -> None:
    head = path.read_text("utf-8").partition("twin: 1")[0]
    layout = files.load(path)
    assert all(line.startswith("#") for line in head.splitlines()) and len(head) > 200
    assert any(word in head for word in ("assumption", "recorded"))
    assert layout.name and layout.about and layout.basis
    assert sum(count_bases(layout).values()) > 30


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_it_shows_what_it_is_there_for(path: Path) -> None:
    written = {
        str(key) for leaf in fields.leaves(files.load(path)) if leaf.written for key in leaf.path
    }
    assert THEMES[path.stem] <= written


def test_people_walk_wherever_there_are_any() -> None:
    for path in SHIPPED:
        layout = files.load(path)
        crews = [crew for name, crew in layout.crews.items() if name != "arm"]
        assert all(crew.walking and crew.home for crew in crews), path.stem
        assert crews or path.stem in OF_ARMS


def test_the_two_print_farms_differ_in_who_changes_the_plates_and_in_nothing_else() -> None:
    lines = difference(shipped("print_farm"), shipped("print_farm_day"))
    assert lines == [
        "crew arm removed",
        "name Print farm -> Print farm, plates changed by day",
        "plate, step print: unload by arm -> staff",
    ]
    assert len(shipped("print_farm").stations["print"].machines) == 34
