"""The difference of two layouts in words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.layout.sketches import SMALL, drawn
from tests.layout.test_edits import attempted, commands
from twin.layout.changes import difference, shown
from twin.layout.edits import Command, Log
from twin.layout.files import parse


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("[9, 7]", "[8.1, 5.8]", ["shelf moved 1.5 m"]),
        ("heading: 0 deg", "heading: 270 deg", ["saw turned -90 deg"]),
        ("2.50 m], heading: 0 deg", "3 m], heading: 90 deg", ["saw moved 0.5 m, turned +90 deg"]),
        ("people: 1,", "people: 2, label: Set-up person,",
         ["+1 set-up person (1 -> 2)", "crew people: label none -> Set-up person"]),
        ("people: 1,", "people: 0,", ["-1 people (1 -> 0)"]),
        ("mean: 5 min", "mean: 3 min", ["orders usual: every 5 min -> 3 min"]),
        ("run: 4 min", "run: 90", ["bracket, step form: run 4 min -> 90 s"]),
        ("share: 5 %", "share: 8 %", ["bracket, step form: then 0 share 5 % -> 8 %"]),
        ("1500 EUR", "2 EUR", ["station cut: price 1500 EUR -> 2 EUR"]),
        ("  press:", "  lathe: {asset: test/cube, at: [8, 2]}\n  press:",
         ["machine lathe added (test/cube at 8 m, 2 m)"]),
        ("crews:\n", "crews:\n  idle: {people: 2}\n", ["crew idle added (2 people)"]),
        ("  shelf:\n    asset: test/alone\n    at: [9, 7]\n", "", ["machine shelf removed"]),
        ("name: Small", "name: Large", ["name Small -> Large"]),
        ("size: [10, 8]", "size: [12, 8]", ["floor size 0 10 m -> 12 m"]),
        ("1500 EUR", "1500 EUR, basis: {price: measured}",
         ["station cut: basis price none -> measured"]),
        ("# metres", "# a comment", []),
        ("6000 mm", "6", []),
    ],
)  # fmt: skip
def test_a_change_in_words(old: str, new: str, lines: list[str]) -> None:
    assert difference(drawn(), drawn((old, new))) == lines


@settings(max_examples=25, deadline=None)
@given(st.lists(commands, min_size=1, max_size=4))
def test_there_is_a_difference_exactly_if_the_layouts_differ(todo: list[Command]) -> None:
    log = Log(parse(SMALL))
    for command in todo:
        attempted(log, command)
    before = parse(SMALL).layout
    assert bool(difference(before, log.layout)) == (before != log.layout)
    assert bool(difference(log.layout, before)) == (before != log.layout)
    assert difference(log.layout, log.layout) == []


@pytest.mark.parametrize(
    ("value", "dimension", "text"),
    [(1.23456, "length", "1.235 m"), (180.0, "time", "3 min"), (0.5, "", "0.5"), ("x", None, "x"),
     (32 / 3600, "wage", "32 EUR/h"), (0.25 / 3.6e6, "energy price", "0.25 EUR/kWh")],
)  # fmt: skip
def test_a_value_is_shown_in_the_unit_a_planner_writes(
    value: object, dimension: str | None, text: str
) -> None:
    assert shown(value, dimension) == text
