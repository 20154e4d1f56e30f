"""Edits: what is changed is changed, nothing else is, and every step can be taken back."""

from __future__ import annotations

import difflib
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.layout.sketches import SMALL, bend
from twin.errors import LayoutError, TwinError
from twin.layout import files
from twin.layout.edits import (
    AddMachine,
    Command,
    Log,
    MoveMachine,
    RemoveField,
    RemoveMachine,
    ResizeCrew,
    SetField,
)
from twin.layout.files import parse
from twin.layout.splice import Source, put, quantity, take, written
from twin.layout.tree import grow


def changed(command: Command, text: str = SMALL) -> list[str]:
    """The lines that a command takes out (-) and puts in (+)."""
    log = Log(parse(text))
    log.do(command)
    compared = difflib.ndiff(text.splitlines(), log.text().splitlines())
    return [line for line in compared if line[0] in "+-"]


def test_a_moved_machine_stays_in_its_units_and_keeps_its_comment() -> None:
    before, after = changed(MoveMachine("saw", (3.25, 2.5), math.pi / 2))
    assert before[4:] == "saw:   {asset: test/cube, at: [2 m, 2.50 m], heading: 0 deg}   # old shop"
    assert after[4:] == before[4:].replace("[2 m", "[3.25 m").replace("0 deg", "90 deg")
    assert changed(MoveMachine("press", (6.1234, 2.5), 0.5 * math.pi)) == [
        "-   press: {asset: test/cube, at: [6000 mm, 2500 mm]}",
        "+   press: {asset: test/cube, at: [6123.4 mm, 2500 mm], heading: 90 deg}",
    ]
    assert changed(MoveMachine("shelf", (8, 6.5), -math.pi / 2)) == [
        "-     at: [9, 7]",
        "+     at: [8, 6.5]",
        "+     heading: 270 deg",
    ]


def test_a_crew_grows() -> None:
    (before, after) = changed(ResizeCrew("people", 3))
    assert after == before.replace("people: 1", "people: 3").replace("-", "+", 1)


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (("name",), "no", '+ name: "no"'),
        (("name",), "Bench: 2 # x", '+ name: "Bench: 2 # x"'),
        (("name",), "12", '+ name: "12"'),
        (("name",), "Größe", '+ name: "Größe"'),
        (("orders", "usual", "every", "mean"), 180.0, "mean: 3 min}}"),
        (("products", "bracket", "route", 1, "run"), 90.0, "run: 1.5 min,"),
        (("products", "bracket", "route", 1, "run", "time", "value"), 90.0, "run: 1.5 min,"),
        (("products", "bracket", "route", 0, "run", "time"), "5 min", "run: {time: 5 min, by"),
        (
            ("products", "bracket", "route", 1, "run", "by"),
            "people",
            "run: {time: 4 min, by: people},",
        ),
        (("products", "bracket", "route", 1, "then", 0, "share"), 0.1, "share: 10 %}"),
        (("stations", "cut", "price"), 2000.0, "price: 2000 EUR}"),
        (("stations", "form", "price"), 2000.0, "+     price: 2000 EUR"),
        (("stations", "form", "power", "idle"), 20, "+     power: {idle: 20 W}"),
        (("transport", "speed"), 0.5, "+ transport: {speed: 0.5 m/s}"),
        (("calendars", "day", "open", 0, 1), 17.5 * 3600, '["08:00", "17:30"]'),
        (("crews", "people", "skills"), ["people", "cut"], ", skills: [people, cut]}"),
        (("floor", "doors", "gate", "width"), 0.9, "width: 0.9 m}"),
        (("floor", "size"), ["12 m", 8], "+   size: [12 m, 8]          # metres"),
    ],
)
def test_a_field_is_written_in_the_style_that_stands_there(
    path: tuple[str | int, ...], value: object, line: str
) -> None:
    log = Log(parse(SMALL))
    log.do(SetField(path, value))
    lines = changed(SetField(path, value))
    assert len(lines) <= 2
    assert line in lines[-1]
    assert files.layout_key(log.layout) != files.layout_key(parse(SMALL).layout)


def test_what_is_removed_goes_with_its_line_only() -> None:
    assert changed(RemoveField(("calendar",))) == ["- calendar: day"]
    assert changed(RemoveField(("crews", "people", "walking"))) == [
        "-   people: {people: 1, home: [4, 5], walking: 1.2 m/s}",
        "+   people: {people: 1, home: [4, 5]}",
    ]
    assert changed(RemoveField(("crews", "people"))) == [
        "-   people: {people: 1, home: [4, 5], walking: 1.2 m/s}",
        "+   {}",
    ]


def test_a_machine_is_added_and_removed() -> None:
    log = Log(parse(SMALL))
    log.do(AddMachine("press-2", "test/cube", (8, 2.5), math.pi, "form"))
    assert log.layout.machines["press-2"].heading == pytest.approx(math.pi)
    assert log.layout.stations["form"].machines == ("press", "press-2")
    log.do(RemoveMachine("press-2"))
    assert log.layout == parse(SMALL).layout
    with pytest.raises(LayoutError, match="the only machine of station 'form'"):
        log.do(RemoveMachine("press"))
    with pytest.raises(LayoutError, match="there is a machine 'saw' already"):
        log.do(AddMachine("saw", "test/cube", (8, 2.5)))


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (MoveMachine("sow", (1, 1)), "did you mean 'saw'"),
        (MoveMachine("saw", (math.nan, 1)), "finite"),
        (MoveMachine("saw", (math.inf, 1)), "finite"),
        (ResizeCrew("poeple", 2), "did you mean 'people'"),
        (ResizeCrew("people", -1), "must be at least 0"),
        (SetField(("machines", "saw", "colour"), "red"), "unknown key 'colour'"),
        (SetField(("floor", "size", 0), "10 kg"), "is not a length"),
        (SetField(("name", "x"), 1), "is a plain value"),
        (SetField(("floor", "size", 5), 1), "the list has 2 items"),
        (RemoveField(("floor", "size")), "'size' is missing"),
        (RemoveField(("transport",)), "is not written in the file"),
    ],
)
def test_an_edit_that_does_not_fit_changes_nothing(command: Command, words: str) -> None:
    log = Log(parse(SMALL))
    with pytest.raises(LayoutError, match=words):
        log.do(command)
    assert (log.text(), log.version, log.done) == (SMALL, 0, ())


def test_a_stale_edit_is_refused() -> None:
    log = Log(parse(SMALL))
    log.do(ResizeCrew("people", 2), version=0)
    with pytest.raises(TwinError, match="is at version 1, the edit was made on version 0"):
        log.do(ResizeCrew("people", 3), version=0)
    assert log.layout.crews["people"].people == 2
    log.undo(version=1)
    assert (log.version, log.text()) == (2, SMALL)


def test_the_ends_of_the_log() -> None:
    log = Log(parse(SMALL))
    with pytest.raises(TwinError, match="nothing to undo"):
        log.undo()
    log.do(ResizeCrew("people", 2))
    log.undo()
    assert log.undone == (ResizeCrew("people", 2),)
    log.do(ResizeCrew("people", 5))
    with pytest.raises(TwinError, match="nothing to redo"):
        log.redo()
    assert log.done == (ResizeCrew("people", 5),)


numbers = st.floats(-20, 20).map(lambda x: round(x, 4))
commands = st.one_of(
    st.builds(
        MoveMachine,
        st.sampled_from(["saw", "press", "shelf"]),
        st.tuples(numbers, numbers),
        st.none() | st.floats(-7, 7).map(lambda x: round(x, 3)),
    ),
    st.builds(ResizeCrew, st.just("people"), st.integers(0, 100)),
    st.builds(SetField, st.just(("name",)), st.text(max_size=30)),
    st.builds(SetField, st.just(("stations", "form", "price")), st.floats(0, 1e6)),
    st.builds(SetField, st.just(("orders", "usual", "every", "mean")), st.floats(0.1, 1e6)),
    st.builds(SetField, st.just(("study", "seed")), st.integers(0, 10**9)),
    st.builds(AddMachine, st.from_regex("m[0-9]", fullmatch=True), st.just("test/cube"),
              st.tuples(numbers, numbers), st.just(0.0), st.sampled_from([None, "cut", "form"])),
    st.builds(RemoveMachine, st.sampled_from(["saw", "press", "shelf", "m1", "m2"])),
)  # fmt: skip


def attempted(log: Log, command: Command) -> bool:
    """Whether a command was done; one that does not fit is refused with a reason."""
    try:
        log.do(command)
    except LayoutError as error:
        assert str(error)
        return False
    return True


@settings(max_examples=25, deadline=None)
@given(st.lists(commands, max_size=5))
def test_undoing_is_exact_and_so_is_redoing(todo: list[Command]) -> None:
    log = Log(parse(SMALL))
    texts = [SMALL]
    for command in todo:
        if attempted(log, command):
            texts.append(log.text())
            assert parse(files.dump(log.document)).layout == log.layout
    for text in reversed(texts[:-1]):
        log.undo()
        assert log.text() == text
        assert log.layout == parse(text).layout
    for text in texts[1:]:
        log.redo()
        assert log.text() == text
    assert "# metres" in log.text()


@settings(max_examples=20, deadline=None)
@given(st.tuples(numbers, numbers), st.floats(-7, 7))
def test_a_machine_is_where_it_was_put(at: tuple[float, float], heading: float) -> None:
    log = Log(parse(SMALL))
    for name in ("saw", "press", "shelf"):
        machine = log.do(MoveMachine(name, at, heading)).machines[name]
        assert machine.at == pytest.approx(at, abs=1e-9)
        turned = (machine.heading - heading) / (2 * math.pi)
        assert turned == pytest.approx(round(turned), abs=1e-9)


# --- writing values ------------------------------------------------------------------------------

scalars = st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(max_size=20)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(values)
def test_a_written_value_is_read_as_it_was(value: object) -> None:
    try:
        read = grow(f"a: {written(value)}\nb: [{written(value)}, 1]\n", "x").plain()
    except LayoutError as error:  # some characters have no place in a text of YAML
        assert "a character that no text has" in str(error)
        return
    assert read == {"a": value, "b": [value, 1]}


@pytest.mark.parametrize(
    ("value", "dimension", "old", "expected"),
    [
        (3.2, "length", "3 m", "3.2 m"),
        (3.2, "length", "450mm", "3200mm"),
        (3.2, "length", 3, "3.2"),
        (3.2, "length", None, "3.2 m"),
        (0.1 + 0.2, "length", "1 m", "0.3 m"),
        (720.0, "time", None, "12 min"),
        (7200.0, "time", None, "2 h"),
        (0.5, "time", None, "0.5 s"),
        (0.0, "time", None, "0 s"),
        (30600.0, "time", "08:00", "08:30"),
        (30601.0, "time", "08:00", "30601 s"),
        (0.08, "share", "5 %", "8 %"),
        (0.08, "share", 0.05, "0.08"),
        (36 / 3600, "wage", "32 EUR/h", "36 EUR/h"),
        (0.3 / 3.6e6, "energy price", None, "0.3 EUR/kWh"),
        (1500.0, "power", "1 kW", "1.5 kW"),
        (1500.0, "power", None, "1500 W"),
    ],
)
def test_a_quantity_in_the_unit_that_stands_there(
    value: float, dimension: str, old: object, expected: str
) -> None:
    assert quantity(value, dimension, old) == expected


BLOCKS = """\
a:
  - x: 1   # one
    y: 2
  - x: 3
b: [1,  2, 3]
c:
d: {}
e: {k: 1, l: 2}
f:
- p
- q
g: |
  text
  more
h: "last"
"""


@pytest.mark.parametrize(
    ("keys", "value", "old", "new"),
    [
        (("a", 0, "x"), 9, "x: 1   # one", "x: 9   # one"),
        (("a", 0, "z"), 9, "    y: 2\n", "    y: 2\n    z: 9\n"),
        (("a", 2), {"x": 5}, "  - x: 3\n", "  - x: 3\n  - {x: 5}\n"),
        (("b", 3), 4, "[1,  2, 3]", "[1,  2, 3, 4]"),
        (("c",), 4, "c:\n", "c: 4\n"),
        (("c", "m"), 4, "c:\n", "c: {m: 4}\n"),
        (("d", "m", "n"), 4, "d: {}", "d:\n  m: {n: 4}"),
        (
            ("d", "m"),
            {"r": [{"s": 1}, {"s": 2}]},
            "d: {}",
            "d:\n  m:\n    r:\n      - {s: 1}\n      - {s: 2}",
        ),
        (("e", "r"), [{"s": 1}], "l: 2}", "l: 2, r: [{s: 1}]}"),
        (("e", "m"), "x: y", "l: 2}", 'l: 2, m: "x: y"}'),
        (("f", 2), "r", "- q\n", "- q\n- r\n"),
        (("g",), "short", "g: |\n  text\n  more\n", "g: short\n"),
        (("i",), 1, 'h: "last"\n', 'h: "last"\ni: 1\n'),
        (("a",), None, "a:\n  - x: 1   # one\n    y: 2\n  - x: 3\n", "a:\n  null\n"),
    ],
)
def test_putting_into_every_kind_of_collection(
    keys: tuple[str | int, ...], value: object, old: str, new: str
) -> None:
    source = Source(BLOCKS, grow(BLOCKS, "x"))
    assert BLOCKS.count(old) == 1
    assert put(source, keys, value).text == BLOCKS.replace(old, new)


@pytest.mark.parametrize(
    ("keys", "old", "new"),
    [
        (("a", 0, "x"), "x: 1   # one\n    y: 2", "y: 2"),
        (("a", 0, "y"), "    y: 2\n", ""),
        (("a", 1), "  - x: 3\n", ""),
        (("a", 0), "  - x: 1   # one\n    y: 2\n", ""),
        (("a", 1, "x"), "- x: 3", "- {}"),
        (("b", 0), "[1,  2, 3]", "[2, 3]"),
        (("b", 2), "[1,  2, 3]", "[1,  2]"),
        (("c",), "c:\n", ""),
        (("e", "k"), "{k: 1, l: 2}", "{l: 2}"),
        (("f", 1), "- q\n", ""),
        (("g",), "g: |\n  text\n  more\n", ""),
        (("h",), 'h: "last"\n', ""),
    ],
)
def test_taking_out_of_every_kind_of_collection(
    keys: tuple[str | int, ...], old: str, new: str
) -> None:
    source = Source(BLOCKS, grow(BLOCKS, "x"))
    assert BLOCKS.count(old) == 1
    assert take(source, keys).text == BLOCKS.replace(old, new)


def test_line_ends_of_other_systems_are_kept() -> None:
    text = BLOCKS.replace("\n", "\r\n")
    source = Source(text, grow(text, "x"))
    assert put(source, ("a", 0, "z"), 9).text == text.replace("y: 2\r\n", "y: 2\r\n    z: 9\r\n")
    assert take(source, ("a", 1)).text == text.replace("  - x: 3\r\n", "")


def test_a_document_without_a_last_line_break() -> None:
    document = bend()
    log = Log(parse(document.text.rstrip("\n")))
    log.do(SetField(("study", "seed"), 7))
    assert log.text() == document.text + "study: {seed: 7}"
