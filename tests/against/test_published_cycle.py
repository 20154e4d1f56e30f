"""A cycle that a maker published with its speeds and accelerations, between two of this project.

CRS Robotics, A255 manual: joints 1 to 3 turn at 210 deg/s and gain 498 deg/s2; 1.8 s for a cycle of
pick and place. The links are 10 inches long each; the cycle is taken as 25 mm up, 305 mm across, 25
mm down and back, across the arm's front. The manual says neither where it was measured nor what the
wrist does: the wrist gets the limits of the other joints here.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.cells.kinds import Y, Z, chain
from twin.cells.reach import solutions, tool_poses
from twin.cells.scene import Scene
from twin.cells.timing import Limits, blended, through
from twin.cells.urdf import load_robot
from twin.pose import upright

PUBLISHED = 1.8  # s
A255 = chain(
    ("revolute", "0 0 0.254", "0 0 0", Z, -3.0, 3.0),
    ("revolute", "0 0 0.0", "0 0 0", Y, -1.9, 1.9),
    ("revolute", "0 0 0.254", "0 0 0", Y, -2.6, 2.6),
    ("revolute", "0 0 0.254", "0 0 0", Y, -1.9, 1.9),
    ("revolute", "0 0 0.0508", "0 0 0", Z, -3.1, 3.1),
    tool="0 0 0.05",
)


@pytest.mark.parametrize("radius", [0.30, 0.35, 0.40])
def test_the_cycle_lies_between_round_corners_and_stops_at_each(
    radius: float, tmp_path: Path
) -> None:
    path = tmp_path / "a255.urdf"
    path.write_text(A255, encoding="utf-8")
    robot = load_robot(path)
    speed, acceleration = np.deg2rad([210.0, 498.0])
    limit = Limits(*(np.full(5, x) for x in (speed, acceleration, acceleration * 1e4)))
    up, low, side = 0.125, 0.1, 0.305 / 2
    corners = [
        (radius, -side, low), (radius, -side, up), (radius, side, up), (radius, side, low),
        (radius, side, up), (radius, -side, up), (radius, -side, low),
    ]  # fmt: skip
    q = [np.array([0.0, 0.3, 1.4, 1.4, 0.0])]
    random = np.random.default_rng(0)
    with Scene(robot, upright(0, 0), []) as scene:
        for corner in corners:
            pose = next(iter(tool_poses(np.array(corner), np.array([0.0, 0.0, -1.0]))))
            found, _ = solutions(scene, pose[None], q[-1], random)
            q.append(min((a for a, _ in found), key=lambda a: np.abs((a - q[-1])[:4]).max()))
            q[-1][4] = 0.0  # the gripper turns with the arm
    legs = through(np.array(q[1:]), limit)
    stops = sum(leg.duration for leg in legs)
    assert blended([legs]) <= PUBLISHED <= stops
    assert stops < 1.4 * blended([legs])  # and they say something
