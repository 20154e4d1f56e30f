"""The arm's kinematics and torques against Pinocchio, which reads the same URDF on its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from twin.cells.held import BOARD
from twin.cells.robot import Robot
from twin.cells.scene import Scene
from twin.cells.urdf import load_robot
from twin.pose import upright

pinocchio = pytest.importorskip("pinocchio")

UR5E = Path(__file__).parents[2] / "assets" / "arm" / "ur5e" / "ur5e.urdf"


@pytest.fixture(scope="module")
def robot() -> Robot:
    return load_robot(UR5E)


@pytest.fixture(scope="module")
def model():
    return pinocchio.buildModelFromUrdf(str(UR5E))


def drawn(count: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-2 * np.pi, 2 * np.pi, (count, 6))


def test_forward_kinematics_against_pinocchio(robot: Robot, model) -> None:
    data = model.createData()
    frame = model.getFrameId("tool0")
    for q in drawn(300, 1):
        pinocchio.framesForwardKinematics(model, data, q)
        assert np.allclose(robot.tool(q), data.oMf[frame].homogeneous, atol=1e-9)


def test_jacobian_against_pinocchio(robot: Robot, model) -> None:
    data = model.createData()
    frame = model.getFrameId("tool0")
    for q in drawn(50, 2):
        expected = pinocchio.computeFrameJacobian(
            model, data, q, frame, pinocchio.LOCAL_WORLD_ALIGNED
        )
        assert np.allclose(robot.jacobian(q), expected, atol=1e-9)


def test_limits_against_pinocchio(robot: Robot, model) -> None:
    assert np.allclose(robot.velocity, model.velocityLimit)
    assert np.allclose(robot.effort, model.effortLimit)
    assert np.allclose(robot.lower, model.lowerPositionLimit)


def test_inverse_dynamics_against_pinocchio(robot: Robot, model) -> None:
    """Through all that is written for PyBullet: bodies joined, inertias on their axes."""
    data = model.createData()
    model.gravity.linear = np.array([0.0, 0.0, -9.80665])
    random = np.random.default_rng(3)
    with Scene(robot, upright(1.0, 2.0, 0.8, 0.7), []) as scene:
        for q in drawn(100, 4):
            speed, acceleration = random.normal(size=6), random.normal(size=6) * 3
            expected = pinocchio.rnea(model, data, q, speed, acceleration)
            found = scene.torque(q, speed, acceleration, False)
            assert np.allclose(found, expected, atol=1e-9)


def test_a_payload_against_pinocchio(robot: Robot, model) -> None:
    """A cuboid of 2 kg on the flange, its lower face at the tool's tip, which is there."""
    loaded = model.copy()
    loaded.gravity.linear = np.array([0.0, 0.0, -9.80665])
    board = pinocchio.Inertia.FromBox(2.0, 0.1, 0.1, 0.01)
    placed = pinocchio.SE3(np.eye(3), np.array([0.0, 0.0, 0.0996 - 0.005]))
    loaded.appendBodyToJoint(6, board, placed)
    data = loaded.createData()
    random = np.random.default_rng(5)
    with Scene(robot, upright(0.0, 0.0), [], carried=[replace(BOARD, mass=2.0)]) as scene:
        for q in drawn(50, 6):
            speed, acceleration = random.normal(size=6), random.normal(size=6) * 3
            expected = pinocchio.rnea(loaded, data, q, speed, acceleration)
            found = scene.torque(q, speed, acceleration, True)
            assert np.allclose(found, expected, atol=1e-9)
