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
        ("share: 5 %", "share: 8 %", ["bracket, step form: to scrap 5 % -> 8 %"]),
        ("1500 EUR", "2 EUR", ["station cut: price 1500 EUR -> 2 EUR"]),
        ("  press:", "  lathe: {asset: test/cube, at: [8, 2]}\n  press:",
         ["machine lathe added (test/cube at 8 m, 2 m)"]),
        ("crews:\n", "crews:\n  idle: {people: 2}\n", ["crew idle added (2 people)"]),
        ("  shelf:\n    asset: test/alone\n    at: [9, 7]\n", "", ["machine shelf removed"]),
        ("name: Small", "name: Large", ["name Small -> Large"]),
        ("size: [10, 8]", "size: [12, 8]", ["floor size 10 m, 8 m -> 12 m, 8 m"]),
        ("1500 EUR", "1500 EUR, basis: {price: measured}",
         ["station cut: basis none -> price measured"]),
        ("at: [0, 4], width", "at: [0, 5], width",
         ["floor door gate at 0 m, 4 m -> 0 m, 5 m"]),
        ("[saw], price", "[saw, shelf], price", ["station cut: machines +shelf"]),
        ("home: [4, 5]", "home: [4, 5], skills: [weld]", ["crew people: skills +weld"]),
        ("walking: 1.2 m/s", "walking: 1 m/s", ["crew people: walking 1.2 m/s -> 1 m/s"]),
        ("{time: 3 min, by: people}", "{time: {dist: lognormal, mean: 3 min, cv: 0.1}, by: people}",
         ["bracket, step cut: run 3 min -> lognormal, mean 3 min, cv 0.1"]),
        ("{dist: exponential, mean: 5 min}", "4 min",
         ["orders usual: every exponential, mean 5 min -> 4 min"]),
        ("      - {step: form", "      - {step: drill, at: cut, run: 2 min}\n      - {step: form",
         ["bracket, step drill added (at cut)"]),
        ("      - {step: form", "      - {step: cool, delay: 1 h}\n      - {step: form",
         ["bracket, step cool added (a delay of 1 h)"]),
        ("      - {step: cut, at: cut, run: {time: 3 min, by: people}}\n", "",
         ["bracket, step cut removed"]),
        ("[{to: scrap, share: 5 %}]", "[{to: cut, share: 2 %}, {to: scrap, share: 5 %}]",
         ["bracket, step form: to cut added (2 %)"]),
        (", then: [{to: scrap, share: 5 %}]", "", ["bracket, step form: to scrap removed"]),
        ("run: 4 min", "setup: {time: 9 min, by: people}, run: 4 min",
         ["bracket, step form: setup none -> 9 min, by people"]),
        ('"16:00"]', '"12:00"], ["12:30", "17:00"]',
         ["calendar day: open 08:00-16:00 -> 08:00-12:00, 12:30-17:00"]),
        ("day: {open: [[", "day: {cycle: 48 h, open: [[33 h, 40 h]]}\n  night: {open: [[",
         ["calendar night added (08:00-16:00)", "calendar day: cycle 24 h -> 48 h",
          "calendar day: open 08:00-16:00 -> day 2 09:00-day 2 16:00"]),
        ("machines: [press]", "machines: [press]\n    disturbances: {jam: {clock: work, every: 4 h,"
         " lasts: 10 min}}",
         ["station form: disturbance jam added (clock work, every 4 h, lasts 10 min)"]),
        ("  usual:", "  rush: {product: bracket, every: 3 h}\n  usual:",
         ["orders rush added (bracket every 3 h)"]),
        ("calendar: day\n", "calendar: day\nstudy: {warm_up: 2 h}\n",
         ["study warm_up none -> 2 h"]),
        ("# metres", "# a comment", []),
        ("6000 mm", "6", []),
    ],
)  # fmt: skip
def test_a_change_in_words(old: str, new: str, lines: list[str]) -> None:
    assert difference(drawn(), drawn((old, new))) == lines


def test_steps_in_another_order() -> None:
    first = "      - {step: cut, at: cut, run: {time: 3 min, by: people}}\n"
    second = "      - {step: form, at: form, run: 4 min, then: [{to: scrap, share: 5 %}]}\n"
    turned = drawn((first, ""), (second, second + first))
    assert difference(drawn(), turned) == ["product bracket: route in another order: form, cut"]


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
