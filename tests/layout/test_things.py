"""Things and rows: added, removed, renamed wherever they are spoken of, moved up and down."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.layout.sketches import SMALL
from twin.errors import LayoutError
from twin.layout.edits import Log
from twin.layout.files import load, open_document, parse
from twin.layout.folders import known_layouts
from twin.layout.rules.names import unknown
from twin.layout.things import (
    KINDS,
    AddThing,
    RemoveThing,
    RenameStep,
    RenameThing,
    Several,
    ShiftItem,
    mentions,
)

EMPTY = (
    "twin: 1\nname: New\nfloor: {size: [9 m, 6 m]}\nmachines: {}   # none\n"
    "stations: {}\nproducts: {}\norders: {}\n"
)


def test_what_is_added_to_nothing_stands_on_lines_of_its_own() -> None:
    log = Log(parse(EMPTY))
    log.do(AddThing(("machines", "saw"), {"asset": "mill/desktop", "at": ["1 m", "2 m"]}))
    log.do(AddThing(("machines", "mill"), {"asset": "mill/desktop", "at": ["3 m", "2 m"]}))
    log.do(AddThing(("stations", "cut"), {"machines": ["saw"]}))
    log.do(AddThing(("crews", "setter"), {"people": 1}))
    steps = [{"step": "cut", "at": "cut", "run": "5 min"}, {"step": "cool", "delay": "1 h"}]
    log.do(AddThing(("products", "bar"), {"label": "Bar", "route": steps}))
    assert log.text() == (
        "twin: 1\nname: New\nfloor: {size: [9 m, 6 m]}\nmachines:   # none\n"
        "  saw: {asset: mill/desktop, at: [1 m, 2 m]}\n"
        "  mill: {asset: mill/desktop, at: [3 m, 2 m]}\n"
        "stations:\n  cut: {machines: [saw]}\n"
        "products:\n  bar:\n    label: Bar\n    route:\n"
        "      - {step: cut, at: cut, run: 5 min}\n      - {step: cool, delay: 1 h}\n"
        "orders: {}\ncrews:\n  setter: {people: 1}\n"
    )


def test_a_name_that_is_taken_is_refused() -> None:
    log = Log(parse(SMALL))
    with pytest.raises(LayoutError, match="machines/saw: is there already"):
        log.do(AddThing(("machines", "saw"), {"asset": "test/cube", "at": [1, 1]}))


def test_a_thing_that_others_speak_of_stays() -> None:
    log = Log(parse(SMALL))
    with pytest.raises(LayoutError, match=r"'cut' is still spoken of by products/bracket/route"):
        log.do(RemoveThing(("stations", "cut")))
    log.do(AddThing(("stocks", "steel"), {"start": 5}))
    log.do(RemoveThing(("stocks", "steel")))
    assert "steel" not in log.text()


@pytest.mark.parametrize("layout", sorted(known_layouts()))
def test_everything_of_every_layout_can_be_renamed_and_means_the_same(layout: str) -> None:
    document = open_document(layout)
    unknown_before = {f.message for f in unknown(document.layout)}
    for above in KINDS:
        holder: Any = document.layout
        for key in above:
            holder = getattr(holder, str(key))
        for name in list(holder)[:2]:
            log = Log(document)
            log.do(RenameThing((*above, name), "another-one"))
            assert {f.message for f in unknown(log.layout)} <= unknown_before, (above, name)
            if not (above == ("crews",) or above == ("products",)):
                assert not list(mentions(log.layout, (*above, name)))
            log.do(RenameThing((*above, "another-one"), name))
            assert log.layout == document.layout


def test_a_step_is_renamed_in_the_branches_that_lead_to_it() -> None:
    log = Log(open_document("pcb_line"))
    index = next(i for i, s in enumerate(log.layout.products["board"].route) if s.step == "inspect")
    log.do(RenameStep("board", index, "look"))
    step = log.layout.products["board"].route[index]
    assert (step.step, step.then[0].to) == ("look", "look")


def test_a_step_goes_down_and_up_again_with_the_comment_behind_it() -> None:
    log = Log(open_document("pcb_line"))
    text = log.text()
    log.do(ShiftItem(("products", "board", "route", 1), -1))
    steps = [step.step for step in log.layout.products["board"].route]
    assert steps[:3] == ["place", "print", "reflow"]
    assert re.search(r"- step: place +# 150 placements", log.text())
    assert sorted(log.text().splitlines()) == sorted(text.splitlines())
    log.do(ShiftItem(("products", "board", "route", 0), 1))
    assert log.text() == text
    with pytest.raises(LayoutError, match="no item"):
        log.do(ShiftItem(("products", "board", "route", 0), -1))


def test_several_are_undone_as_one() -> None:
    log = Log(parse(SMALL))
    log.do(
        Several((RenameThing(("machines", "saw"), "sow"), RenameThing(("crews", "people"), "us")))
    )
    assert "sow" in log.layout.machines and "us" in log.layout.crews
    log.undo()
    assert log.text() == SMALL


def test_one_of_several_that_does_not_fit_changes_nothing() -> None:
    log = Log(parse(SMALL))
    with pytest.raises(LayoutError):
        log.do(Several((RenameThing(("machines", "saw"), "sow"), RemoveThing(("stations", "cut")))))
    assert log.text() == SMALL
    assert load("pcb_line")
