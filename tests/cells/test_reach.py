"""Reach and its verdicts, with the UR5e among blocks whose answers can be worked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from twin.cells.reach import Goal, distance, error, polish, straight, tool_poses, ways
from twin.cells.robot import Robot
from twin.cells.scene import Obstacle, Scene, placed_box
from twin.pose import upright

DOWN = np.array([0.0, 0.0, -1.0])
HOME = np.deg2rad([0.0, -90, 90, -90, -90, 0])
ORIGIN = upright(0.0, 0.0)


def goal(x: float, y: float, z: float, direction: np.ndarray = DOWN, clear: float = 0.1) -> Goal:
    return Goal("nest.port", "nest", np.array([x, y, z]), direction, clear)


def block(name: str, low: tuple[float, ...], high: tuple[float, ...]) -> Obstacle:
    middle = (np.array(low) + np.array(high)) / 2
    return Obstacle(name, (placed_box(ORIGIN, middle, (np.array(high) - np.array(low)) / 2),))


@pytest.fixture
def free(ur5e: Robot) -> Iterator[Scene]:
    with Scene(ur5e, ORIGIN, []) as scene:
        yield scene


def test_the_limit_is_where_the_stretched_arm_ends(ur5e: Robot) -> None:
    """Tool down at the shoulder's height: the last joint is 0.2496 m above the tip."""
    far = distance(ur5e, np.array([1.0, 0.0, 0.1625]), DOWN)
    assert far.value == pytest.approx(1.0)
    assert far.limit == pytest.approx(np.sqrt(ur5e.span**2 - 0.2496**2), abs=1e-9)
    along = distance(ur5e, np.array([1.0, 0.0, 0.1625]), np.array([1.0, 0.0, 0.0]))
    assert along.limit == pytest.approx(ur5e.span + 0.2496, abs=1e-9) and along.within


def test_no_pose_of_the_arm_is_beyond_its_own_limit(ur5e: Robot) -> None:
    drawn = np.random.default_rng(8).uniform(-np.pi, np.pi, (500, 6))
    for tool in ur5e.tool(drawn):
        assert distance(ur5e, tool[:3, 3], tool[:3, 2]).within


def test_tool_poses_point_along_the_direction() -> None:
    for direction in (DOWN, np.array([1.0, 0, 0]), np.array([0.6, 0.0, -0.8])):
        poses = list(tool_poses(np.array([1.0, 2.0, 3.0]), direction))
        for pose in poses:
            assert np.allclose(pose[:3, :3] @ pose[:3, :3].T, np.eye(3), atol=1e-12)
            assert np.linalg.det(pose[:3, :3]) == pytest.approx(1.0)
            assert np.allclose(pose[:3, 2], direction)
        turns = {tuple(np.round(pose[:3, 0], 6)) for pose in poses}
        assert len(turns) == len(poses)


def test_polish_meets_the_target(ur5e: Robot) -> None:
    random = np.random.default_rng(2)
    q = random.uniform(-2, 2, (20, 6))
    targets = ur5e.tool(q)
    found, met = polish(ur5e, q + random.uniform(-0.02, 0.02, (20, 6)), targets)
    assert np.abs(error(ur5e, found[met], targets[met])).max() < 1e-4
    assert np.abs(ur5e.tool(found[met]) - targets[met]).max() < 1e-4
    assert met.sum() >= 18  # near a singularity it may give up, but never be wrong


def test_a_port_in_range_is_reached_straight_from_above(free: Scene, ur5e: Robot) -> None:
    found = ways(free, goal(0.4, 0.3, 0.1), HOME, 1)
    assert found.verdict is None and found.lines
    for line in found.lines:
        tools = ur5e.tool(line)
        assert np.allclose(tools[-1, :3, 3], [0.4, 0.3, 0.1], atol=2e-5)
        assert np.allclose(tools[0, :3, 3], [0.4, 0.3, 0.2], atol=2e-5)
        assert np.allclose(tools[:, :2, 3], [0.4, 0.3], atol=2e-5)
        assert np.allclose(tools[:, :3, 2], DOWN, atol=2e-4)
        assert np.abs(np.diff(line, axis=0)).max() <= 0.15
        assert all(ur5e.within(q) for q in line)


def test_the_same_question_has_the_same_answer(ur5e: Robot) -> None:
    answers = []
    for _ in range(2):
        with Scene(ur5e, ORIGIN, []) as scene:
            answers.append(ways(scene, goal(0.4, 0.3, 0.1), HOME, 1).lines)
    assert all(np.array_equal(a, b) for a, b in zip(*answers, strict=True))


def test_out_of_radius_says_how_far_and_what_would_be_right(free: Scene, ur5e: Robot) -> None:
    found = ways(free, goal(1.5, 0.0, 0.1625), HOME, 1)
    assert not found.lines and found.verdict is not None and found.verdict.reason == "radius"
    assert found.verdict.value == pytest.approx(1.5)
    assert found.verdict.limit == pytest.approx(np.sqrt(ur5e.span**2 - 0.2496**2))
    assert "nest.port: 1.50 m from its shoulder, its limit is 0.89 m" in found.verdict.message
    assert "0.61 m nearer" in found.verdict.message


def test_the_start_of_the_straight_way_can_be_what_is_too_far(free: Scene, ur5e: Robot) -> None:
    """The port is 5 mm within the limit, 0.3 m above it the arm ends."""
    edge = np.sqrt(ur5e.span**2 - 0.2496**2) - 0.005
    found = ways(free, goal(edge, 0.0, 0.1625, clear=0.3), HOME, 1)
    assert not found.lines and found.verdict is not None and found.verdict.reason == "radius"
    assert "300 mm before nest.port" in found.verdict.message


def test_a_direction_that_the_arm_cannot_take(free: Scene) -> None:
    """On the first axis, pointing sideways, d4 = 0.133 m is in the way of any wrist."""
    port = goal(0.24, 0.0, 0.3, np.array([1.0, 0.0, 0.0]), clear=0.02)
    found = ways(free, port, HOME, 1)
    assert not found.lines and found.verdict is not None and found.verdict.reason == "orientation"


def test_joint_limits_are_a_verdict_of_their_own(ur5e: Robot) -> None:
    narrow = replace(
        ur5e,
        joints=tuple(
            replace(joint, lower=-0.1, upper=0.1) if k == 0 else joint
            for k, joint in enumerate(ur5e.joints)
        ),
    )
    with Scene(narrow, ORIGIN, []) as scene:
        found = ways(scene, goal(0.0, 0.55, 0.1), HOME, 1)
    assert not found.lines and found.verdict is not None and found.verdict.reason == "limits"


def test_a_shelf_over_the_port_is_named_with_its_depth(ur5e: Robot) -> None:
    shelf = block("shelf", (0.25, 0.15, 0.16), (0.55, 0.45, 0.2))
    with Scene(ur5e, ORIGIN, [shelf]) as scene:
        found = ways(scene, goal(0.4, 0.3, 0.1), HOME, 1)
    assert not found.lines and found.verdict is not None and found.verdict.reason == "collision"
    assert (
        "with shelf" in found.verdict.message
        and found.verdict.value is not None
        and found.verdict.value > 0.0
    )


def test_the_table_under_a_part_is_touched_but_a_wall_around_it_is_not(ur5e: Robot) -> None:
    table = placed_box(ORIGIN, (0.4, 0.3, 0.05), (0.3, 0.2, 0.05))
    wall = placed_box(ORIGIN, (0.4, 0.36, 0.15), (0.3, 0.02, 0.05))
    with Scene(ur5e, ORIGIN, [Obstacle("nest", (table,))]) as scene:
        found = ways(scene, goal(0.4, 0.3, 0.1), HOME, 1)
        assert found.lines and found.verdict is None
    walls = (table, wall, replace(wall, centre=np.array([0.4, 0.24, 0.15])))
    with Scene(ur5e, ORIGIN, [Obstacle("nest", walls)]) as scene:
        found = ways(scene, goal(0.4, 0.3, 0.1), HOME, 1)
    assert not found.lines and found.verdict is not None and "with nest" in found.verdict.message


@pytest.mark.parametrize(
    ("contacts", "into", "reached"),
    [
        ((0.004, 0.004), 0.0, True),
        ((0.004, 0.004), 0.008, False),
        ((0.012, 0.004), 0.008, True),
        ((0.0, 0.012), 0.008, False),
    ],
)
def test_what_may_touch_the_fixture_is_listed_at_the_port(
    ur5e: Robot, contacts: tuple[float, float], into: float, reached: bool
) -> None:
    """A fixture whose seat physics sees `into` [m] too high: the part may be let into it."""
    seat = placed_box(ORIGIN, (0.4, 0.3, 0.05), (0.04, 0.04, 0.05 + into))
    with Scene(ur5e, ORIGIN, [Obstacle("nest", (seat,))]) as scene:
        found = ways(scene, replace(goal(0.4, 0.3, 0.1), contacts=contacts), HOME, 1)
    assert bool(found.lines) is reached
    if not reached:
        assert found.verdict is not None and "its part with nest" in found.verdict.message


def test_a_line_across_a_singularity_is_refused(ur5e: Robot) -> None:
    """Backwards out of the reach there is nothing to follow."""
    q = np.deg2rad([0.0, -20, 25, -95, -90, 0])
    target = ur5e.tool(q)
    (line,) = straight(ur5e, q[None], target[None], 0.05)
    assert line is not None and np.array_equal(line[-1], q)
    assert straight(ur5e, q[None], target[None], 1.5) == [None]
