"""Kinematics against the published chain, differences and geometry."""

from __future__ import annotations

import numpy as np
import pytest

from twin.cells.robot import Robot, transform, wrap

# The maker's Denavit-Hartenberg table of the UR5e: d [m], a [m], alpha [deg].
DH = [
    (0.1625, 0.0, 90),
    (0.0, -0.425, 0),
    (0.0, -0.3922, 0),
    (0.1333, 0.0, 90),
    (0.0997, 0.0, -90),
    (0.0996, 0.0, 0),
]


def dh_tool(q: np.ndarray) -> np.ndarray:
    frame = np.eye(4)
    for angle, (d, a, alpha) in zip(q, DH, strict=True):
        c, s = np.cos(angle), np.sin(angle)
        ca, sa = np.cos(np.deg2rad(alpha)), np.sin(np.deg2rad(alpha))
        frame = frame @ np.array(
            [[c, -s * ca, s * sa, a * c], [s, c * ca, -c * sa, a * s], [0, sa, ca, d], [0, 0, 0, 1]]
        )
    return frame @ transform((0.0, 0.0, 0.15))


def configurations(robot: Robot, count: int) -> np.ndarray:
    return np.random.default_rng(3).uniform(robot.lower, robot.upper, (count, robot.dof))


def test_forward_kinematics_is_the_published_chain(ur5e: Robot) -> None:
    for q in configurations(ur5e, 50):
        assert np.allclose(ur5e.tool(q), dh_tool(q), atol=1e-9)


def test_many_configurations_at_once_are_the_same_as_one_by_one(ur5e: Robot) -> None:
    drawn = configurations(ur5e, 6).reshape(2, 3, 6)
    assert ur5e.tool(drawn).shape == (2, 3, 4, 4)
    assert np.allclose(ur5e.tool(drawn)[1, 2], ur5e.tool(drawn[1, 2]), atol=1e-14)


def test_jacobian_is_the_derivative_of_the_tool(ur5e: Robot) -> None:
    step = 1e-6
    for q in configurations(ur5e, 5):
        jacobian = ur5e.jacobian(q)
        for k in range(6):
            ahead, behind = q.copy(), q.copy()
            ahead[k] += step
            behind[k] -= step
            a, b = ur5e.tool(ahead), ur5e.tool(behind)
            linear = (a[:3, 3] - b[:3, 3]) / (2 * step)
            spin = (a[:3, :3] - b[:3, :3]) @ ur5e.tool(q)[:3, :3].T / (2 * step)
            assert np.allclose(jacobian[:3, k], linear, atol=1e-8)
            assert np.allclose(jacobian[3:, k], [spin[2, 1], spin[0, 2], spin[1, 0]], atol=1e-8)


def test_span_is_the_stretched_arm(ur5e: Robot) -> None:
    """Upper arm, forearm and d5 in one line, d4 square to it."""
    assert ur5e.shoulder == pytest.approx([0, 0, 0.1625])
    assert ur5e.span == pytest.approx(np.hypot(0.425 + 0.3922 + 0.0997, 0.1333), abs=1e-6)


def test_no_configuration_is_beyond_span_or_length(ur5e: Robot) -> None:
    frames = ur5e.frames(configurations(ur5e, 3000))
    assert np.linalg.norm(frames[:, -1, :3, 3] - ur5e.shoulder, axis=1).max() <= ur5e.span + 1e-9
    assert np.linalg.norm(frames[..., :3, 3], axis=-1).max() <= ur5e.length


def test_wrap_keeps_the_pose_and_comes_nearer(ur5e: Robot) -> None:
    near = np.array([3.0, -3.0, 0.0, 5.0, -5.0, 1.0])
    for q in configurations(ur5e, 20):
        wrapped = wrap(q, near, ur5e)
        assert ur5e.within(wrapped)
        assert np.allclose(ur5e.tool(wrapped), ur5e.tool(q), atol=1e-9)
        assert np.all(np.abs(wrapped - near) <= np.abs(q - near) + 1e-9)
