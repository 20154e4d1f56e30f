"""Arms, people's homes and vehicles by hand: one step each, in the planner's own text."""

from __future__ import annotations

import difflib

import pytest

from tests.view.plants import PLANT
from twin.errors import LayoutError
from twin.layout.arrange import MoveMachines
from twin.layout.changes import difference
from twin.layout.edits import Command, Log, MoveMachine
from twin.layout.files import parse
from twin.layout.movers import (
    CopyArm,
    CopyVehicle,
    MoveHome,
    ParkVehicle,
    RemovePerson,
    RemoveVehicle,
)
from twin.layout.things import RemoveThing
from twin.view.pages import arranging

HANDS = (
    PLANT.replace(
        "crews:\n",
        """arms:
  cobot: {asset: arm/ur5e, at: [4 m, 2 m], height: 0.8 m, label: Cobot}   # on a stand
crews:
  packers: {people: 2, label: Packer}
""",
    )
    + """\
transport:
  nodes: {west: [1 m, 4 m], east: [7 m, 4 m]}
  roads: [{ends: [west, east]}]
  vehicles:
    agv: {asset: vehicle/amr, home: west, label: Cart}
  fleets: {carts: {vehicles: [agv]}}
"""
)


def changed(command: Command, text: str = HANDS) -> list[str]:
    """The lines that a command takes out (-) and puts in (+); one undo brings the text back."""
    log = Log(parse(text))
    log.do(command)
    assert log.version == 1
    after = log.text()
    log.undo()
    assert log.text() == text
    lines = difflib.unified_diff(text.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[0] in "+-" and line[:3] not in ("---", "+++")]


def test_people_wait_elsewhere_whether_they_had_a_place_or_none() -> None:
    assert changed(MoveHome("setter", (3.5, 4.0))) == [
        "-  setter: {people: 1, home: [4 m, 4 m], walking: 1.2 m/s, wage: 30 EUR/h, label: Setter}",
        "+  setter: {people: 1, home: [3.5 m, 4 m], walking: 1.2 m/s, wage: 30 EUR/h, label: "
        "Setter}",
    ]
    assert changed(MoveHome("packers", (1.0, 2.0)))[1] == (
        "+  packers: {people: 2, label: Packer, home: [1 m, 2 m]}"
    )


def test_a_vehicle_starts_elsewhere_and_turned() -> None:
    assert changed(ParkVehicle("agv", "east", 1.5707963267948966))[1] == (
        "+    agv: {asset: vehicle/amr, home: east, label: Cart, heading: 90 deg}"
    )
    assert changed(ParkVehicle("agv", "west", 0.0)) == []


def test_all_kinds_move_in_one_step() -> None:
    moves = MoveMachines(
        (
            MoveMachine("mill-1", (2.5, 2.0)),
            MoveMachine("cobot", (4.0, 3.0), 0.0),
            MoveHome("setter", (5.0, 4.0)),
            ParkVehicle("agv", "east", 0.0),
        )
    )
    lines = changed(moves)
    assert len([line for line in lines if line.startswith("+")]) == 4
    assert any("# on a stand" in line and "[4 m, 3 m]" in line for line in lines)
    log = Log(parse(HANDS))
    before = log.layout
    log.do(moves)
    assert [*difference(before, log.layout)] == [
        "mill-1 moved 0.5 m",
        "cobot moved 1 m",
        "where setter waits moved 1 m",
        "agv starts at east (west before)",
    ]


def test_a_copied_arm_has_all_its_fields_and_serves_nothing() -> None:
    lines = changed(CopyArm("cobot", "cobot-2", (5.0, 2.0), 0.0, "Cobot 2"))
    assert lines == ["+  cobot-2: {asset: arm/ur5e, at: [5 m, 2 m], height: 0.8 m, label: Cobot 2}"]


def test_a_copied_vehicle_joins_the_fleet_and_leaves_it() -> None:
    log = Log(parse(HANDS))
    log.do(CopyVehicle("agv", "agv-2", "Cart 2"))
    assert log.layout.transport.fleets["carts"].vehicles == ("agv", "agv-2")
    assert log.layout.transport.vehicles["agv-2"].home == "west"
    log.do(RemoveVehicle("agv"))
    assert log.layout.transport.fleets["carts"].vehicles == ("agv-2",)
    with pytest.raises(LayoutError, match="only vehicle of fleet 'carts'"):
        log.do(RemoveVehicle("agv-2"))


def test_of_people_one_goes_and_the_last_one_with_the_crew() -> None:
    log = Log(parse(HANDS))
    log.do(RemovePerson("packers"))
    assert log.layout.crews["packers"].people == 1
    log.do(RemovePerson("packers"))
    assert "packers" not in log.layout.crews
    with pytest.raises(LayoutError, match="still spoken of by products/bracket"):
        log.do(RemovePerson("setter"))


def test_an_arm_that_steps_ask_for_stays() -> None:
    text = HANDS.replace("run: {time: 2 min, by: setter", "run: {time: 2 min, by: cobot")
    with pytest.raises(LayoutError, match="'cobot' is still spoken of"):
        Log(parse(text)).do(RemoveThing(("arms", "cobot")))


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (MoveHome("seter", (1.0, 1.0)), "did you mean 'setter'"),
        (MoveHome("setter", (float("nan"), 1.0)), "expected finite numbers"),
        (ParkVehicle("agv", "wst", 0.0), "did you mean 'west'"),
        (ParkVehicle("avg", "west", 0.0), "did you mean 'agv'"),
        (ParkVehicle("agv", "west", float("inf")), "expected a finite heading"),
        (CopyArm("cobo", "x", (0.0, 0.0), 0.0), "did you mean 'cobot'"),
        (CopyVehicle("avg", "x"), "did you mean 'agv'"),
        (RemoveVehicle("avg"), "did you mean 'agv'"),
        (RemovePerson("seter"), "did you mean 'setter'"),
    ],
)
def test_what_does_not_fit_changes_nothing(command: Command, words: str) -> None:
    log = Log(parse(HANDS))
    with pytest.raises(LayoutError, match=words):
        log.do(command)
    assert (log.text(), log.version) == (HANDS, 0)


def test_what_the_viewer_says_becomes_one_step_of_all_kinds() -> None:
    layout = parse(HANDS).layout
    things = [
        {"kind": "machine", "name": "mill-1", "at": [3, 2], "heading": 0},
        {"kind": "arm", "name": "cobot", "at": [5, 2], "heading": 0},
        {"kind": "home", "name": "packers#1", "at": [1, 1], "heading": 0},
        {"kind": "vehicle", "name": "agv", "at": [1, 4], "heading": 0, "home": "west"},
    ]
    log = Log(parse(HANDS))
    command, names = arranging.duplicated(layout, things)
    log.do(command)
    assert names == ["mill-2", "cobot-2", "packers#3", "agv-2"]
    assert log.layout.crews["packers"].people == 3
    assert log.layout.arms["cobot-2"].label == "Cobot 2"
    copies = [{**thing, "name": name} for thing, name in zip(things, names, strict=True)]
    log.do(arranging.removed(copies))
    assert [*difference(layout, log.layout)] == []
    assert [name for name, _, _ in arranging.standing(layout, [t["name"] for t in things])] == [
        "mill-1",
        "cobot",
        "packers#1",
        "agv",
    ]
