"""Arms of four, five and seven joints: what they can do is found, what they cannot is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.cells.kinds import KINDS, arm
from tests.cells.test_scene import block
from twin.cells.reach import Goal, error, solutions, ways
from twin.cells.scene import Scene
from twin.pose import upright

STANDING = upright(0.0, 0.0)
SHARES = {"seven": 0.99, "track": 0.99}  # of poses that must be solved, with more than six joints


@pytest.mark.parametrize("kind", KINDS)
def test_poses_made_by_an_arm_are_found_again(kind: str, tmp_path: Path) -> None:
    robot = arm(kind, tmp_path)
    random = np.random.default_rng(1)
    home = np.clip(np.zeros(robot.dof), robot.lower, robot.upper)
    low, high = np.maximum(robot.lower, -np.pi), np.minimum(robot.upper, np.pi)
    solved = 0
    with Scene(robot, STANDING, []) as scene:
        for q in random.uniform(low, high, (150, robot.dof)):
            target = robot.tool(q)
            found, _ = solutions(scene, target[None], home, random)
            solved += bool(found)
            for answer, _ in found:
                missing = error(robot, answer, target)
                assert np.linalg.norm(missing[:3]) < 1e-4 and robot.within(answer)
                # With fewer than six joints the tool's turn about its axis is what it may be.
                tilt = robot.tool(answer)[:3, 2] @ target[:3, 2]
                assert tilt > np.cos(1e-3)
    assert solved >= 150 * SHARES.get(kind, 0.995)


def goal(at: tuple[float, float, float], direction: tuple[float, float, float]) -> Goal:
    return Goal("nest.port", "nest", np.array(at), np.array(direction), 0.05)


@pytest.mark.parametrize("kind", KINDS)
def test_a_port_is_reached_straight_from_above(kind: str, tmp_path: Path) -> None:
    robot = arm(kind, tmp_path)
    at = {"scara": (0.45, 0.2, 0.15), "gantry": (0.3, 0.2, 0.3)}.get(kind, (0.35, 0.15, 0.15))
    home = np.clip(np.zeros(robot.dof), robot.lower, robot.upper)
    with Scene(robot, STANDING, [block("nest", (at[0], at[1], at[2] - 0.1))]) as scene:
        found = ways(scene, goal(at, (0.0, 0.0, -1.0)), home, 1)
    assert found.verdict is None, found.verdict
    for line in found.lines:
        ends = robot.tool(line[[0, -1]])[:, :3, 3]
        assert np.allclose(ends[1], at, atol=1e-4)
        assert np.allclose(ends[0] - ends[1], [0, 0, 0.05], atol=1e-4)


@pytest.mark.parametrize("kind", ["scara", "gantry"])
def test_a_tool_that_only_points_down_is_told_so(kind: str, tmp_path: Path) -> None:
    robot = arm(kind, tmp_path)
    home = np.clip(np.zeros(robot.dof), robot.lower, robot.upper)
    with Scene(robot, STANDING, []) as scene:
        found = ways(scene, goal((0.4, 0.1, 0.3), (1.0, 0.0, 0.0)), home, 1)
    assert found.verdict is not None and found.verdict.reason == "orientation"
