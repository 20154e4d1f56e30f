"""A double gripper exchanges parts in one visit; a part is put down and gripped anew on its way."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from tests.cells.sketches import layout, one_tester, raw_cell, write_assets
from twin.cells.cell import Cell, by_name, cell_of, fitted, hands, read_cell, wanted
from twin.cells.factory import distances_over_time, validate
from twin.cells.held import part
from twin.cells.judgement import STAND, _obstacles, solve
from twin.cells.load import overloaded
from twin.cells.program import program, read_urscript, urscript
from twin.cells.scene import EMPTY, Scene
from twin.cells.transfer import Solution, Transfer
from twin.layout import files, folders
from twin.pose import matrix, upright

MILL = folders.package_folder("layouts") / "mill_exchange.yaml"


@pytest.fixture(autouse=True)
def _stands(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    write_assets(tmp_path)
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))


def cell(raw: dict[str, Any]) -> Cell:
    plan = layout(raw)
    return cell_of(plan, "cobot", wanted(plan)[0]["cobot"], 2.0)


@pytest.fixture(scope="module")
def mill() -> tuple[Cell, Solution]:
    plan = files.load(MILL)
    made = cell_of(plan, "cobot", wanted(plan)[0]["cobot"], 2.0)
    return made, solve(made)


@pytest.fixture(scope="module")
def exchange(mill: tuple[Cell, Solution]) -> Transfer:
    assert not mill[1].findings
    (found,) = (one for one in mill[1].transfers if one.exchange)
    return found


def kinds(one: Transfer) -> list[tuple[str, int]]:
    """What is done at ports, and with which gripper."""
    return [(m.kind, m.tip) for m in one.motions if m.kind in ("wait", "grip", "release")]


def test_it_brings_one_takes_the_other_puts_the_first_and_brings_that_away(
    exchange: Transfer,
) -> None:
    assert exchange.stops == ("raw.slot", "mill.vice", "done.slot")
    assert exchange.visits == ("raw.slot", "mill.vice", "mill.vice", "done.slot")
    brought, fetched = exchange.carries
    assert (brought.origin, brought.target, brought.tip) == ("raw.slot", "mill.vice", 0)
    assert (fetched.origin, fetched.target, fetched.tip) == ("mill.vice", "done.slot", 1)
    assert brought.grip < fetched.grip < brought.release < fetched.release < exchange.duration
    # The door opens once: it stays open while one part goes and the other comes.
    expected = [("grip", 0), ("wait", 1), ("grip", 1), ("release", 0), ("release", 1)]
    assert kinds(exchange) == expected


def test_it_takes_less_than_both_alone_and_more_than_either(
    mill: tuple[Cell, Solution], exchange: Transfer
) -> None:
    alone = [one.duration for one in mill[1].transfers if not one.exchange]
    assert len(alone) == 2 and max(alone) < exchange.duration < sum(alone)
    assert exchange.low < exchange.duration < exchange.high


def test_each_gripper_is_at_the_port_when_it_closes_and_opens(
    mill: tuple[Cell, Solution], exchange: Transfer
) -> None:
    """By the tool's own two tips, worked out here from its file's frames."""
    made = mill[0]
    robot = fitted(made)
    base = matrix(upright(*made.at, made.height, made.heading))
    assert robot.second is not None
    for carry in exchange.carries:
        for time, port in ((carry.grip, carry.origin), (carry.release, carry.target)):
            q = exchange.path[int(np.argmin(np.abs(exchange.times - time)))]
            tip = base @ robot.frames(q)[-1] @ (robot.second if carry.tip else robot.tip)
            place = made.ports[port]
            held = 0.02  # m that the block stands out beyond the tips
            at = np.array(place.position) - held * np.array(place.direction)
            assert tip[:3, 3] == pytest.approx(at, abs=1e-3)
            assert tip[:3, 2] == pytest.approx(np.array(place.direction), abs=1e-3)


def test_with_both_parts_in_its_hands_nothing_is_hit(
    mill: tuple[Cell, Solution], exchange: Transfer
) -> None:
    """Between the samples that were planned, with what is held then; at the mill apart."""
    made = mill[0]
    base = upright(*made.at, made.height, made.heading)
    numbers = {name: k for k, name in enumerate(by_name(made))}
    with Scene(fitted(made), base, _obstacles(made), hands(made), frozenset({STAND})) as scene:
        times = exchange.times[::4]
        for time, (a, b) in zip(times.tolist(), pairwise(exchange.path[::4]), strict=False):
            held, port = numbers[exchange.held(time)], exchange.served(time)
            found = scene.clash((a + b) / 2, held, port=port, contacts=(0.006, 0.006))
            assert found is None, (time, port, found)
    both = exchange.held((exchange.carries[1].grip + exchange.carries[0].release) / 2)
    assert both == "Block beside Block (second gripper)"


def test_what_is_in_both_hands_weighs_on_the_arm(exchange: Transfer) -> None:
    """The same standing arm, before the second gripper has closed and after: more torque."""
    taken = exchange.carries[1].grip
    before, after = (
        exchange.effort[int(np.argmin(np.abs(exchange.times - time)))]
        for time in (taken - 0.5, taken + 0.05)
    )
    assert np.max(np.abs(after)) > np.max(np.abs(before)) + 1.0


def test_two_parts_must_not_hit_each_other() -> None:
    """Plates of 0.5 m in grippers a right angle apart cross each other; blocks do not."""
    raw = files.load(MILL).model_dump(mode="json", by_alias=True, exclude_unset=True)
    raw["products"]["block"]["piece"]["size"] = [0.5, 0.5, 0.06]
    made = cell(raw)
    both = next(k for k, hand in enumerate(hands(made), 1) if len(hand) == 2)
    with Scene(fitted(made), upright(0, 0, 1.5), [], hands(made)) as scene:
        home = np.deg2rad([0, -90, 90, -90, -90, 0])
        hit = scene.clash(home, both)
        assert hit is not None and {hit.body, hit.other} == {"Block", "Block (second gripper)"}
        assert scene.clash(home, both - 1) is None  # the second gripper's alone


def test_where_two_do_not_fit_one_still_does() -> None:
    """Bars of 0.3 m meet in the hands; brought or fetched alone they pass."""
    raw = files.load(MILL).model_dump(mode="json", by_alias=True, exclude_unset=True)
    raw["products"]["block"]["piece"]["size"] = [0.3, 0.06, 0.06]
    found = solve(cell(raw))
    assert [one.exchange for one in found.transfers] == [False, False]
    assert {finding.rule for finding in found.findings} == {"cell/collision"}
    for finding in found.findings:
        assert "its Block with Block (second gripper)" in finding.message
        assert "take a tool whose grippers stand further apart" in finding.message
        assert "give it more room" not in finding.message


def test_both_parts_weigh_against_the_rating() -> None:
    """6 kg each beside a tool of 1.7 kg: one is carried, two are more than 12.5 kg."""
    raw = files.load(MILL).model_dump(mode="json", by_alias=True, exclude_unset=True)
    raw["products"]["block"]["piece"]["mass"] = 6.0
    (finding,) = overloaded(cell(raw))
    assert (finding.value, finding.limit) == (pytest.approx(13.7), 12.5)
    raw["arms"]["cobot"]["exchange"] = False
    assert overloaded(cell(raw)) == []


def test_one_gripper_exchanges_nothing_and_says_so() -> None:
    raw = raw_cell()
    raw["arms"]["cobot"]["exchange"] = True
    found = solve(cell(raw))
    (finding,) = found.findings
    assert finding.rule == "cell/tool" and finding.where == "arms/cobot/exchange"
    assert "tool/parallel_double" in finding.message and found.transfers == ()


def test_a_cell_that_exchanges_crosses_into_another_process(mill: tuple[Cell, Solution]) -> None:
    assert read_cell(mill[0].text()) == mill[0] and mill[0].exchanges == ((0, 1),)


def test_the_program_drives_both_grippers_and_is_read_back(
    mill: tuple[Cell, Solution], exchange: Transfer
) -> None:
    made = program(exchange, fitted(mill[0]), mill[0].speed, mill[0].straight)
    back = read_urscript(urscript(made, "arm/ur10e"))
    grippers = [(step.kind, step.tip) for step in back if step.kind in ("close", "open")]
    assert grippers == [("close", 0), ("close", 1), ("open", 0), ("open", 1)]
    assert [step.kind for step in back[1:]] == [step.kind for step in made.steps]


def test_the_factory_keeps_it_beside_the_transfers_and_it_has_distances() -> None:
    factory = validate(files.load(MILL))
    ((key, whole),) = factory.exchanges.items()
    assert key == ("cobot", "raw.slot", "mill.vice", "mill.vice", "done.slot")
    assert set(factory.transfers) == {
        ("cobot", "raw.slot", "mill.vice"),
        ("cobot", "mill.vice", "done.slot"),
    }
    (near,) = distances_over_time(factory, "cobot", [whole])
    assert min(near.distances) > 0.0 and any("second gripper" in name for name in near.between)


# --- gripped anew --------------------------------------------------------------------------------


def regrasped(how: dict[str, Any] | None) -> Solution:
    raw = one_tester(raw_cell())
    raw["machines"]["turn"] = {"asset": "test/stand", "at": [2.0, 2.6]}
    del raw["machines"]["test-2"]
    piece = {"size": [0.1, 0.05, 0.04], "beyond": 0.01}
    raw["products"]["board"]["piece"] = piece if how is None else {**piece, "regrasp": how}
    raw["products"]["board"]["route"][0]["load"]["via"] = "turn.slot"
    return solve(cell(raw))


def test_a_part_is_put_down_on_its_way_and_gripped_anew() -> None:
    found = regrasped({"size": [0.1, 0.05, 0.04], "beyond": 0.03, "turn": "90 deg"})
    assert not found.findings
    (one,) = found.transfers
    assert one.stops == ("rack.slot", "turn.slot", "test-1.slot") and not one.exchange
    first, second = one.carries
    assert (first.target, second.origin) == ("turn.slot", "turn.slot")
    assert first.release < second.grip and one.held((first.release + second.grip) / 2) == ""
    assert second.piece == f"{first.piece} (gripped anew)"
    assert (one.grip, one.release) == (first.grip, second.release)


def test_it_lies_still_while_nobody_holds_it() -> None:
    """What is let go lies where it is taken again: the middle of the block, as its grasp says."""
    raw = one_tester(raw_cell())
    raw["machines"]["turn"] = {"asset": "test/stand", "at": [2.0, 2.6]}
    del raw["machines"]["test-2"]
    raw["products"]["board"]["piece"] = {
        "size": [0.1, 0.05, 0.04],
        "beyond": 0.02,
        "regrasp": {"beyond": 0.02, "aside": [0.02, 0]},
    }
    raw["products"]["board"]["route"][0]["load"]["via"] = "turn.slot"
    made = cell(raw)
    (one,) = solve(made).transfers
    robot, base = fitted(made), matrix(upright(*made.at, made.height, made.heading))
    held = {hand[0].name: hand[0] for hand in hands(made)}
    middles = []
    for time, carry in ((one.carries[0].release, 0), (one.carries[1].grip, 1)):
        q = one.path[int(np.argmin(np.abs(one.times - time)))]
        body = part(robot, held[one.carries[carry].piece])
        middles.append((base @ robot.frames(q)[-1] @ np.append(body.centre, 1.0))[:3])
    assert middles[0] == pytest.approx(middles[1], abs=1e-3)
    assert middles[0][:2] == pytest.approx([2.0, 2.6], abs=1e-3)


def test_without_another_grasp_it_is_taken_as_before() -> None:
    (one,) = regrasped(None).transfers
    assert [kind for kind, _ in kinds(one)] == ["grip", "release", "grip", "release"]


def test_a_port_that_is_not_there_is_named() -> None:
    raw = one_tester(raw_cell())
    raw["products"]["board"]["route"][0]["load"]["via"] = "turn.slot"
    _, problems = wanted(layout(raw))
    assert problems and "turn" in problems[0]


def test_the_arm_alone_is_as_it_was(mill: tuple[Cell, Solution]) -> None:
    """The second gripper is a tip more, not another arm."""
    robot = fitted(mill[0])
    with pytest.raises(ValueError, match="one gripper"):
        fitted(cell(raw_cell())).by_second()
    q = np.deg2rad([10, -80, 70, -60, -90, 5])
    other = robot.by_second()
    assert np.array_equal(other.frames(q), robot.frames(q))
    with Scene(robot, upright(0, 0, 1.0), [], hands(mill[0])) as scene:
        for tip, arm in ((0, robot), (1, other)):
            with scene.working(tip):
                back = scene.inverse(arm.tool(q), q + 0.05)
            assert arm.tool(back) == pytest.approx(arm.tool(q), abs=1e-4)
        assert scene.clash(q, EMPTY) is None
