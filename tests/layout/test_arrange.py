"""Several machines at once: one step, in the planner's own text, or none at all."""

from __future__ import annotations

import difflib
import math
from itertools import islice

import pytest

from tests.layout.sketches import SMALL, drawn
from twin.errors import LayoutError
from twin.layout.arrange import (
    AddRoad,
    Copy,
    DuplicateMachines,
    MoveMachines,
    RemoveMachines,
    free_names,
    next_label,
)
from twin.layout.edits import AddMachine, Command, Log, MoveMachine
from twin.layout.files import parse
from twin.layout.splice import Change, Source, put, put_all
from twin.layout.tree import grow

TWO = SMALL.replace(
    "  press: {asset: test/cube, at: [6000 mm, 2500 mm]}\n",
    "  press: {asset: test/cube, at: [6000 mm, 2500 mm]}\n"
    "  press-2: {asset: test/cube, at: [7 m, 2 m], label: Press 2}  # the heavy one\n",
).replace("    machines: [press]\n", "    machines: [press, press-2]\n")


def changed(command: Command, text: str = TWO) -> list[str]:
    """The lines that a command takes out (-) and puts in (+); one undo brings the text back."""
    log = Log(parse(text))
    log.do(command)
    assert log.version == 1
    after = log.text()
    log.undo()
    assert log.text() == text
    compared = difflib.ndiff(text.splitlines(), after.splitlines())
    return [line for line in compared if line[0] in "+-"]


def test_machines_move_together_and_each_keeps_its_style() -> None:
    moves = (
        MoveMachine("saw", (2.5, 3), math.pi / 2),
        MoveMachine("press", (6.5, 3)),
        MoveMachine("shelf", (8, 6.5), math.pi),
    )
    lines = changed(MoveMachines(moves))
    assert [line for line in lines if line[0] == "+"] == [
        "+   saw:   {asset: test/cube, at: [2.5 m, 3 m], heading: 90 deg}   # old shop",
        "+   press: {asset: test/cube, at: [6500 mm, 3000 mm]}",
        "+     at: [8, 6.5]",
        "+     heading: 180 deg",
    ]


def test_copies_go_on_counting_and_join_the_station() -> None:
    copies = (
        Copy("press", "press-3", (8, 2.5), 0.0),
        Copy("press-2", "press-4", (9, 2.5), math.pi / 2),
    )
    assert changed(DuplicateMachines(copies)) == [
        "+   press-3: {asset: test/cube, at: [8 m, 2.5 m]}",
        '+   press-4: {asset: test/cube, at: [9 m, 2.5 m], label: Press 3, heading: 90 deg}',
        "-     machines: [press, press-2]",
        "+     machines: [press, press-2, press-3, press-4]",
    ]  # fmt: skip


def test_several_go_at_once() -> None:
    assert changed(RemoveMachines(("press-2", "shelf"))) == [
        "-   press-2: {asset: test/cube, at: [7 m, 2 m], label: Press 2}  # the heavy one",
        "-   shelf:",
        "-     asset: test/alone",
        "-     at: [9, 7]",
        "-     machines: [press, press-2]",
        "+     machines: [press]",
    ]


def test_a_machine_comes_with_a_station_of_its_own() -> None:
    assert changed(AddMachine("lathe-1", "test/cube", (4, 6), 0.0, own_station=True)) == [
        "+   lathe-1: {asset: test/cube, at: [4 m, 6 m]}",
        "+   lathe-1: {machines: [lathe-1]}",
    ]


def test_a_road_is_drawn_through_points_machines_and_nodes() -> None:
    drawn = AddRoad(("saw", (3.5, 4), (5, 4), "press"))
    assert changed(drawn) == [
        "+ transport:",
        "+   nodes: {n1: [3.5 m, 4 m], n2: [5 m, 4 m]}",
        "+   roads:",
        "+     - {ends: [saw, n1]}",
        "+     - {ends: [n1, n2]}",
        "+     - {ends: [n2, press]}",
    ]
    log = Log(parse(TWO))
    log.do(drawn)
    log.do(AddRoad(("n2", (5, 6))))
    transport = log.layout.transport
    assert [road.ends for road in transport.roads][-1] == ("n2", "n3")
    assert transport.nodes["n3"] == (5.0, 6.0)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (RemoveMachines(("press", "press-2")), "station 'form' would be left without machines"),
        (RemoveMachines(("shelf", "saw")), "station 'cut' would be left without machines"),
        (RemoveMachines(("sow",)), "did you mean 'saw'"),
        (MoveMachines((MoveMachine("saw", (1, 1)), MoveMachine("sow", (1, 1)))), "no machine"),
        (MoveMachines((MoveMachine("saw", (1, 1)), MoveMachine("saw", (2, 1)))), "name it once"),
        (DuplicateMachines((Copy("saw", "press", (1, 1), 0.0),)), "is called 'press' already"),
        (DuplicateMachines((Copy("saw", "gear", (math.nan, 1), 0.0),)), "finite"),
        (DuplicateMachines((Copy("saw", "a b", (1, 1), 0.0),)), "a b"),
        (
            DuplicateMachines((Copy("saw", "x", (1, 1), 0.0), Copy("saw", "x", (2, 1), 0.0))),
            "is called 'x' already",
        ),
        (AddRoad(("saw",)), "two ends"),
        (AddRoad(("saw", "pres")), "did you mean 'press'"),
        (AddRoad(("saw", (math.inf, 1))), "finite"),
        (AddMachine("cut", "test/cube", (1, 1), own_station=True), "there is a station 'cut'"),
    ],
)
def test_what_does_not_fit_changes_nothing(command: Command, words: str) -> None:
    log = Log(parse(TWO))
    with pytest.raises(LayoutError, match=words):
        log.do(command)
    assert (log.text(), log.version, log.done) == (TWO, 0, ())


@pytest.mark.parametrize(
    ("like", "names"),
    [
        ("press", ["press-3", "press-4"]),
        ("press-2", ["press-3", "press-4"]),
        ("saw", ["saw-2", "saw-3"]),
        ("mill/desktop", ["mill-1", "mill-2"]),
        ("press/hydraulic", ["press-1", "press-3"]),
        ("m3", ["m4", "m5"]),
        ("7", ["7-2", "7-3"]),
    ],
)
def test_the_next_free_names(like: str, names: list[str]) -> None:
    assert list(islice(free_names(parse(TWO).layout, like), 2)) == names


def test_names_of_nodes_and_arms_are_not_free() -> None:
    layout = drawn(("crews:\n", "transport: {nodes: {saw-2: [1, 1]}}\ncrews:\n"))
    assert next(free_names(layout, "saw")) == "saw-3"


def test_labels_go_on_counting() -> None:
    assert next_label("Mill 1", {"Mill 1", "Mill 2"}) == "Mill 3"
    assert next_label("Mill", {"Mill"}) == "Mill 2"
    assert next_label("Q7", set()) == "Q8"


def test_values_put_at_once_are_those_put_one_after_the_other() -> None:
    changes = [
        Change(("transport", "nodes", "a"), [1, 2]),
        Change(("transport", "nodes", "b"), [3, 4]),
        Change(("machines", "saw", "at", 0), 3.0, "length"),
        Change(("machines", "saw", "label"), "Saw"),
        Change(("stations", "form", "machines", 1), "x"),
        Change(("stations", "form", "machines", 2), "y"),
        Change(("machines", "shelf", "label"), "Shelf"),
        Change(("machines", "new"), {"asset": "test/cube"}),
        Change(("machines", "newer"), {"asset": "test/cube"}),
    ]
    one_by_one = at_once = Source(SMALL, grow(SMALL, "x"))
    for change in changes:
        one_by_one = put(one_by_one, change.keys, change.value, change.dimension)
    at_once = put_all(at_once, changes)
    assert at_once.text == one_by_one.text
    assert "transport:\n  nodes: {a: [1, 2], b: [3, 4]}" in at_once.text
    with pytest.raises(LayoutError, match="the list has 2 items"):
        put_all(at_once, [Change(("stations", "cut", "machines", 1), "x"),
                          Change(("stations", "cut", "machines", 3), "y")])  # fmt: skip
