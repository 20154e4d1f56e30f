"""Parts that lie at ports are in an arm's way, but for the one that it takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.cells.sketches import layout, raw_cell, write_assets
from twin.cells import judgement
from twin.cells.cell import Cell, cell_of, fitted, hands, wanted
from twin.cells.held import BOARD, Held, part
from twin.cells.judgement import STAND, solve
from twin.cells.lying import Lying, parts_of
from twin.cells.robot import Robot
from twin.cells.scene import EMPTY, Box, Obstacle, Scene
from twin.cells.transfer import Event, Solution
from twin.layout import files, folders
from twin.pose import matrix, rotate, upright

LAYOUTS = folders.package_folder("layouts")
OUT, PUT = Event("rack.slot", "grip", "Post"), Event("test-1.slot", "release", "Post")


@pytest.fixture(autouse=True)
def _stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_assets(tmp_path)
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))


def posts(**changes: Any) -> dict[str, Any]:
    """The small cell with parts that are high: 0.2 m of them stand out beyond the gripper."""
    raw = raw_cell()
    raw["products"]["board"] |= {
        "label": "Post",
        "piece": {"size": [0.05, 0.08, 0.25], "mass": 0.2, "beyond": 0.2},
    }
    raw["machines"]["test-2"]["heading"] = "90 deg"
    return raw | changes


def cell(raw: dict[str, Any], arm: str = "cobot") -> Cell:
    plan = layout(raw)
    return cell_of(plan, arm, wanted(plan)[0][arm], 2.0)


def test_it_stands_on_its_port_square_with_its_machine() -> None:
    found = {one.name: one for one in parts_of(cell(posts())).obstacles}
    assert list(found) == ["Post at rack.slot", "Post at test-1.slot", "Post at test-2.slot"]
    for name, sides in (("test-1", (0.05, 0.08)), ("test-2", (0.08, 0.05))):
        one = found[f"Post at {name}.slot"]
        corners = one.boxes[0].corners
        assert np.ptp(corners, axis=0) == pytest.approx([*sides, 0.25])
        assert corners[:, 2].min() == pytest.approx(0.9)  # on the stand
        assert one.lies_at == name


@pytest.mark.parametrize("along", [(0, 0, -1), (0, 0, 1), (1, 0, 0), (0, -1, 0), (0.6, 0, -0.8)])
def test_its_last_edge_lies_along_the_tools_way_and_ends_at_the_port(
    along: tuple[float, float, float],
) -> None:
    raw = posts()
    raw["machines"]["rack"]["ports"] = {"slot": {"at": [0.0, 0.0, 0.9], "approach": list(along)}}
    (one,) = (o for o in parts_of(cell(raw)).obstacles if o.name == "Post at rack.slot")
    box = one.boxes[0]
    z = rotate(box.quaternion, (0.0, 0.0, 1.0))
    assert abs(float(z @ along)) == pytest.approx(1.0)
    assert box.centre + 0.125 * np.array(along) == pytest.approx([1.4, 2.2, 0.9])
    level = [rotate(box.quaternion, side)[:2] for side in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))]
    assert np.max(np.abs(level)) == pytest.approx(1.0)  # one of its sides is the machine's


def test_what_lies_where_follows_from_what_the_arm_has_done() -> None:
    lying = parts_of(cell(posts()))
    rack, test = ["Post at rack.slot"], ["Post at test-1.slot"]
    assert lying.absent([OUT, PUT], 0) == []  # it is about to be fetched, and all else is full
    assert lying.absent([OUT, PUT], 1) == [*rack, *test]
    assert lying.absent([OUT, PUT], 2) == []  # put down; the rack may have been filled
    assert lying.absent([OUT, PUT], 0, at_port=True) == rack
    assert lying.absent([OUT, PUT], 1, at_port=True) == test


def test_an_exchange_empties_a_machine_before_it_fills_it() -> None:
    raw = files.load(LAYOUTS / "mill_exchange.yaml")
    lying = parts_of(cell(raw.model_dump(mode="json", by_alias=True, exclude_unset=True)))
    events = [
        Event("raw.slot", "grip", "Block"),
        Event("mill.vice", "grip", "Block (second gripper)"),
        Event("mill.vice", "release", "Block"),
        Event("done.slot", "release", "Block (second gripper)"),
    ]
    found = [lying.absent(events, done) for done in range(5)]
    raw_, vice, done_ = (f"Block at {port}" for port in ("raw.slot", "mill.vice", "done.slot"))
    assert found == [[], [raw_], [vice], [done_], []]


def test_a_port_that_several_products_use_has_all_of_them_but_what_is_known_to_lie_there() -> None:
    raw = posts()
    raw["products"]["plate"] = {
        "label": "Plate",
        "piece": {"size": [0.2, 0.2, 0.01]},
        "route": raw["products"]["board"]["route"],
    }
    lying = parts_of(cell(raw))
    assert lying.at("rack.slot") == ["Plate at rack.slot", "Post at rack.slot"]
    assert lying.absent([OUT, PUT], 0) == ["Plate at rack.slot"]  # posts are fetched: a post lies
    assert lying.absent([OUT, PUT], 2) == ["Plate at test-1.slot"]


def test_places_of_a_tray_that_the_arm_serves_are_full_and_others_are_not() -> None:
    raw = posts()
    raw["machines"]["rack"]["ports"] = {
        "beside": {"at": [0.1, 0.1, 0.9]},
        "higher": {"at": [0.1, 0.0, 1.1]},
        "sideways": {"at": [0.0, 0.0, 0.9], "approach": [1.0, 0.0, 0.0]},
    }
    raw["arms"]["cobot"]["serves"] = ["rack.beside", "rack.higher", "rack.sideways", "far.top"]
    raw["machines"]["far"]["ports"] = {"top": {"at": [0.0, 0.0, 0.9]}}
    found = [one.name for one in parts_of(cell(raw)).obstacles]
    assert sorted(found) == [
        "Post at rack.beside",
        "Post at rack.slot",
        "Post at test-1.slot",
        "Post at test-2.slot",
    ]


def passes(made: Cell, found: Solution, post: Obstacle) -> list[str]:
    """What hits a post that stands there, on ways between other ports; looked at here anew."""
    base = upright(*made.at, made.height, made.heading)
    numbers = {"": EMPTY, "Post": 1}
    hits = []
    with Scene(fitted(made), base, [post], hands(made), frozenset({STAND})) as scene:
        for one in found.transfers:
            if post.lies_at in {port.partition(".")[0] for port in one.visits}:
                continue
            for time, q in zip(one.times.tolist(), one.path, strict=True):
                near = scene.clash(q, numbers[one.held(time)])
                hits += [near.other] if near else []
    return hits


def test_it_goes_round_what_lies_on_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    made = cell(posts())
    x, y = made.machines["test-2"].at
    size = np.array([0.08, 0.05, 0.25]) / 2
    box = Box(np.array([x, y, 0.9 + 0.125]), size, np.array([1.0, 0.0, 0.0, 0.0]))
    post = Obstacle("a post", (box,), "test-2")
    found = solve(made)
    assert not found.findings and len(found.transfers) == 4
    assert passes(made, found, post) == []
    monkeypatch.setattr(judgement, "parts_of", lambda _: Lying((), {}))
    blind = solve(made)
    assert len(blind.transfers) == 4 and passes(made, blind, post)


def test_a_part_that_does_not_fit_between_its_neighbours_is_said() -> None:
    raw = files.load(LAYOUTS / "tray_loading.yaml").model_dump(
        mode="json", by_alias=True, exclude_unset=True
    )
    assert not solve(cell(raw, "scara")).findings
    raw["products"]["lens"]["piece"]["size"] = [0.065, 0.065, 0.01]  # places are 60 mm apart
    found = solve(cell(raw, "scara"))
    assert not found.transfers
    assert {finding.rule for finding in found.findings} == {"cell/collision"}
    assert all("Lens at tray." in finding.message for finding in found.findings)


def test_the_hand_may_meet_what_it_takes_and_nothing_else_of_the_arm_may(ur5e: Robot) -> None:
    """Against a block at the same place that is just another obstacle."""
    end, dof = np.deg2rad([0.0, -70, 110, -130, -90, 0]), 6
    large = Held("Crate", (0.3, 0.3, 0.2), 1.0, 0.2)
    body = part(ur5e, large)
    frame = ur5e.frames(end)[-1] @ body.solids[0].origin
    chance = np.random.default_rng(1)
    asked = end + chance.uniform(-0.9, 0.9, (400, dof))
    base = upright(0.0, 0.0, 0.0)
    with Scene(ur5e, base, [], (large,)) as scene:
        away = end + np.array([np.pi, 0, 0, 0, 0, 0])
        found = [scene.meets_taken(np.array([away, q, end]), 1, EMPTY) for q in asked]
    hits = [near.index for near in found if near]
    assert len(hits) > 20 and dof not in hits and 0 not in hits
    assert {near.other for near in found if near} == {"Crate"}
    turned = _quaternion(frame)
    block = Obstacle("block", (Box(frame[:3, 3], np.array(large.size) / 2, turned),))
    with Scene(ur5e, base, [block]) as scene:
        others = [scene.clash(q, EMPTY) for q in asked]
    by_hand = [near for near, other in zip(found, others, strict=True) if other and not near]
    assert all(near is None or other for near, other in zip(found, others, strict=True))
    assert len(by_hand) > 5  # the hand alone meets it


def _quaternion(frame: np.ndarray) -> np.ndarray:
    from scipy.spatial.transform import Rotation

    x, y, z, w = Rotation.from_matrix(frame[:3, :3]).as_quat()
    return np.array([w, x, y, z])


def test_the_hand_has_to_be_off_it_where_the_straight_way_ends() -> None:
    """Its fingers reach 50 mm down beside a post, and rise by 30 mm only."""
    raw = posts()
    raw["products"]["board"]["piece"]["size"][0] = 0.1  # as wide as the fingers
    raw["machines"]["rack"]["ports"] = {"slot": {"at": [0.0, 0.0, 0.9], "clear": 0.03}}
    found = solve(cell(raw))
    said = "\n".join(finding.message for finding in found.findings)
    assert not any("rack.slot" in one.origin for one in found.transfers)
    assert "cobot reaches rack.slot with empty hands, but not with what it carries" in said
    assert "its straight way there is 30 mm: ask for a longer one" in said


def test_what_is_not_there_is_not_near_and_leaves_nothing_to_remember(ur5e: Robot) -> None:
    base = matrix(upright(0.0, 0.0, 0.0))
    at = (base @ ur5e.tool(np.deg2rad([0.0, -70, 110, -130, -90, 0])))[:3, 3]
    box = Box(at, np.array([0.05, 0.05, 0.05]), np.array([1.0, 0.0, 0.0, 0.0]))
    q = np.deg2rad([0.0, -70, 110, -130, -90, 0])
    with Scene(ur5e, upright(0.0, 0.0, 0.0), [Obstacle("part", (box,), "rack")], (BOARD,)) as scene:
        with scene.without(["part"]):
            assert scene.clash(q, EMPTY) is None and scene.nearest(q, EMPTY, 0.5) is None
            assert scene.free(q, EMPTY, 0.04)
            assert scene.clear(q, EMPTY, 0.04, np.zeros(6)).all()
        assert np.isinf(scene.slack).all()
        assert scene.clash(q, EMPTY) is not None
        assert scene.nearest(q, EMPTY, 0.5) is not None
        assert scene.nearest(q, EMPTY, 0.5, "rack") is None  # it lies there
