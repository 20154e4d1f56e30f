"""Laws of time against closed forms, and against the limits by differences."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.interpolate import CubicSpline

from twin.cells.robot import Robot
from twin.cells.timing import (
    ACCELERATION,
    JERK_SHARE,
    Leg,
    Limits,
    Samples,
    Spline,
    along,
    join,
    limits,
    rest,
    through,
)

LIMIT = Limits(np.full(3, 2.0), np.full(3, 3.0), np.full(3, 30.0))


def s_curve(way: float, speed: float, acceleration: float, jerk: float) -> float:
    """Time of the seven-piece law that reaches its acceleration and its speed [s]."""
    assert speed * jerk >= acceleration**2
    assert way >= speed * (speed / acceleration + acceleration / jerk)
    return way / speed + speed / acceleration + acceleration / jerk


def test_a_long_way_takes_the_time_of_the_seven_piece_law() -> None:
    leg = join(through(np.array([[0.0, 0, 0], [6.0, 0, 0]]), LIMIT))
    assert leg.duration == pytest.approx(s_curve(6.0, 2.0, 3.0, 30.0), rel=1e-9)


def test_a_very_large_jerk_gives_the_trapezoid() -> None:
    limit = Limits(LIMIT.velocity, LIMIT.acceleration, LIMIT.jerk * 1e6)
    leg = join(through(np.array([[0.0, 0, 0], [0.0, 5.0, 0]]), limit))
    assert leg.duration == pytest.approx(5.0 / 2.0 + 2.0 / 3.0, rel=1e-4)


def test_the_slowest_joint_sets_the_pace_and_all_stay_on_the_line() -> None:
    end = np.array([6.0, 1.5, -3.0])
    leg = join(through(np.array([np.zeros(3), end]), LIMIT))
    assert leg.duration == pytest.approx(s_curve(6.0, 2.0, 3.0, 30.0), rel=1e-9)
    assert np.allclose(leg.q, np.outer(leg.q[:, 0] / 6.0, end), atol=1e-12)


def test_a_stop_at_each_way_point() -> None:
    points = np.array([[0.0, 0, 0], [1, 1, 0], [0, 2, 1]])
    leg = join(through(points, LIMIT))
    for point in points:
        at = np.flatnonzero(np.all(np.abs(leg.q - point) < 1e-9, axis=1))
        assert len(at) and np.allclose(leg.speed[at], 0.0, atol=1e-9)


def bend(count: int = 60) -> np.ndarray:
    s = np.linspace(0.0, 1.0, count)
    return np.column_stack([np.sin(3 * s), np.cos(3 * s) - 1, 0.3 * s**2])


def dense(leg: Leg | Samples) -> tuple[np.ndarray, np.ndarray]:
    """Largest speed and acceleration by differences of the samples."""
    speed = np.abs(np.diff(leg.q, axis=0) / np.diff(leg.times)[:, None]).max(axis=0)
    change = np.diff(leg.speed, axis=0) / np.diff(leg.times)[:, None]
    return speed, np.abs(change).max(axis=0)


@pytest.mark.parametrize("scale", [0.2, 1.0, 4.0])
def test_a_curve_keeps_the_limits_and_uses_them(scale: float) -> None:
    leg = along(bend() * scale, LIMIT)
    speed, acceleration = dense(leg)
    assert np.all(speed <= LIMIT.velocity * 1.001)
    assert np.all(acceleration <= LIMIT.acceleration * 1.001)
    assert np.all(np.abs(leg.acceleration) <= LIMIT.acceleration * 1.001)
    assert np.allclose(leg.q[[0, -1]], bend()[[0, -1]] * scale, atol=1e-9)
    faster = Limits(LIMIT.velocity * 2, LIMIT.acceleration * 4, LIMIT.jerk * 8)
    assert along(bend() * scale, faster).duration == pytest.approx(leg.duration / 2, rel=1e-6)


def test_there_and_back_take_the_same_time() -> None:
    assert along(bend()[::-1], LIMIT).duration == pytest.approx(along(bend(), LIMIT).duration)


def test_joined_legs_run_on_in_time() -> None:
    leg = join([rest(np.zeros(3), 0.5), along(bend(), LIMIT), rest(bend()[-1], 0.25)])
    assert leg.duration == pytest.approx(0.75 + along(bend(), LIMIT).duration)
    assert np.all(np.diff(leg.times) > 0)
    assert np.max(np.diff(leg.times)[1:-1]) <= 1 / 25 + 1e-9
    assert np.array_equal(leg.q[0], leg.q[1])


def test_limits_of_an_arm_are_scaled(ur5e: Robot) -> None:
    limit = limits(ur5e, 0.6)
    assert limit.velocity == pytest.approx(np.full(6, 0.6 * np.pi))
    assert limit.acceleration == pytest.approx(np.full(6, 0.6 * ACCELERATION))
    assert limit.jerk == pytest.approx(np.full(6, 0.6 * JERK_SHARE * ACCELERATION))


@pytest.mark.parametrize("count", [4, 5, 12, 61])
def test_a_smooth_curve_is_the_spline_of_scipy(count: int) -> None:
    points = np.random.default_rng(count).normal(size=(count, 6))
    ours, theirs = Spline(points), CubicSpline(np.linspace(0.0, 1.0, count), points)
    s = np.array([0.0, 0.013, 0.5, 0.7777, 1.0, *np.linspace(0, 1, count)])
    for order in range(3):
        assert np.allclose(ours(s, order), theirs(s, order), rtol=1e-9, atol=1e-9 * count**order)
    between = (s[:-1] + 1e-5)[:4]
    assert np.allclose(ours(between, 3), theirs(between, 3), rtol=1e-8, atol=1e-8 * count**3)
