"""How long a path takes: a jerk-limited law of time along it.

Each leg starts and ends at rest. A leg is a curve q(s), s from 0 to 1; ruckig (Berscheid and
Kroeger, Jerk-limited real-time trajectory generation with arbitrary target states, RSS 2021) gives
s(t) for one degree of freedom, so that the joints stay on the curve whatever their limits are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from ruckig import InputParameter, Result, Ruckig, Trajectory
from scipy.interpolate import CubicSpline

from twin.cells.robot import Array, Robot
from twin.errors import RunError

# Makers of arms do not publish accelerations. 180 deg/s2 is the stand-in that Universal Robots' own
# ROS 2 description uses for the UR5e (joint_limits.yaml); jerk: guessed, the acceleration is
# reached in a tenth of a second. At 800 deg/s2 the same paths take about half as long.
ACCELERATION = np.deg2rad(180.0)  # rad/s2
JERK = 10.0 * ACCELERATION  # rad/s3
LINEAR_ACCELERATION = 2.0  # m/s2, of a prismatic joint (guessed)
LINEAR_JERK = 20.0  # m/s3
RATE = 25.0  # samples a second
_DENSE = 400  # samples of a leg when its limits are verified


@dataclass(frozen=True)
class Limits:
    """Of each joint (dof,): rad/s, rad/s2, rad/s3 (m for a prismatic one)."""

    velocity: Array
    acceleration: Array
    jerk: Array


@dataclass(frozen=True)
class Leg:
    """Samples of a motion: times [s] (n,), q, its first and second derivative (n, dof)."""

    times: Array
    q: Array
    speed: Array
    acceleration: Array

    @property
    def duration(self) -> float:
        return float(self.times[-1])


def limits(robot: Robot, share: float) -> Limits:
    """The arm's limits, each scaled by the share that the cell allows."""
    prismatic = np.array([joint.prismatic for joint in robot.joints])
    return Limits(
        robot.velocity * share,
        np.where(prismatic, LINEAR_ACCELERATION, ACCELERATION) * share,
        np.where(prismatic, LINEAR_JERK, JERK) * share,
    )


def through(path: Array, limit: Limits) -> Leg:
    """Straight in the joints from way point to way point (k, dof), at rest at each."""
    legs = [_along(_Line(a, b), limit) for a, b in pairwise(path)]
    return join(legs)


def along(curve: Array, limit: Limits) -> Leg:
    """Along a smooth curve given by points (k, dof), k >= 4, evenly spaced on it."""
    return _along(CubicSpline(np.linspace(0.0, 1.0, len(curve)), curve), limit)


def rest(q: Array, duration: float) -> Leg:
    """Standing at q (dof,) for `duration` [s]."""
    twice = np.array([q, q])
    return Leg(np.array([0.0, duration]), twice, np.zeros_like(twice), np.zeros_like(twice))


def join(legs: Iterable[Leg]) -> Leg:
    """One after the other; where two meet, the second's first sample is dropped."""
    joined: Leg | None = None
    for leg in legs:
        if leg.duration <= 0.0:
            continue
        if joined is None:
            joined = leg
            continue
        joined = Leg(
            np.concatenate([joined.times, joined.times[-1] + leg.times[1:]]),
            np.concatenate([joined.q, leg.q[1:]]),
            np.concatenate([joined.speed, leg.speed[1:]]),
            np.concatenate([joined.acceleration, leg.acceleration[1:]]),
        )
    if joined is None:
        raise RunError("a motion without a leg that takes time")
    return joined


class _Line:
    """q(s) from a to b, called as scipy's splines are: (s, order of the derivative)."""

    def __init__(self, a: Array, b: Array) -> None:
        self.a, self.way = a, b - a

    def __call__(self, s: Array, order: int = 0) -> Array:
        if order == 0:
            return self.a + np.multiply.outer(s, self.way)
        return np.multiply.outer(np.ones_like(s), self.way if order == 1 else 0.0 * self.way)


def _along(curve: _Line | CubicSpline, limit: Limits) -> Leg:
    slope = np.max(np.abs(curve(np.linspace(0.0, 1.0, _DENSE), 1)), axis=0)
    if np.max(slope) < 1e-9:
        return rest(curve(np.array([0.0]))[0], 0.0)
    slope = np.maximum(slope, 1e-12)
    law = (
        float(np.min(limit.velocity / slope)),
        float(np.min(limit.acceleration / slope)),
        float(np.min(limit.jerk / slope)),
    )
    if not isinstance(curve, _Line):
        stretch = _excess(curve, _law(law, _DENSE)[1], limit)
        if stretch > 1.0:  # the curve's bends ask for more: the same law, slower by one factor
            law = (law[0] / stretch, law[1] / stretch**2, law[2] / stretch**3)
    times, s = _law(law)
    q, speed, acceleration, _ = _motion(curve, s)
    return Leg(times, q, speed, acceleration)


def _excess(curve: _Line | CubicSpline, s: Array, limit: Limits) -> float:
    """By which factor the law is too fast for a joint's speed, acceleration or jerk."""
    _, speed, acceleration, jerk = _motion(curve, s)
    return max(
        float(np.max(np.abs(speed) / limit.velocity)),
        float(np.max(np.abs(acceleration) / limit.acceleration)) ** (1 / 2),
        float(np.max(np.abs(jerk) / limit.jerk)) ** (1 / 3),
    )


def _motion(curve: _Line | CubicSpline, s: Array) -> tuple[Array, Array, Array, Array]:
    """q and its derivatives in time (n, dof) from s and its own (n, 4), by the chain rule."""
    at, v, a, j = s[:, 0], s[:, 1, None], s[:, 2, None], s[:, 3, None]
    first, second, third = curve(at, 1), curve(at, 2), curve(at, 3)
    return (
        curve(at),
        first * v,
        second * v**2 + first * a,
        third * v**3 + 3 * second * v * a + first * j,
    )


def _law(law: tuple[float, float, float], count: int = 0) -> tuple[Array, Array]:
    """Times [s] and s, its speed, acceleration and jerk there (n, 4), from 0 to 1, under limits of
    these three; `count` of them, or RATE a second."""
    wish = InputParameter(1)
    wish.current_position, wish.target_position = [0.0], [1.0]
    velocity, acceleration, jerk = law
    wish.max_velocity, wish.max_acceleration, wish.max_jerk = [velocity], [acceleration], [jerk]
    trajectory = Trajectory(1)
    result = Ruckig(1).calculate(wish, trajectory)
    if result not in (Result.Working, Result.Finished):
        raise RunError(f"no law of time for speed {velocity:g}, acceleration {acceleration:g}")
    count = count or max(2, int(np.ceil(trajectory.duration * RATE)) + 1)
    times = np.linspace(0.0, trajectory.duration, count)
    states = np.array([[values[0] for values in trajectory.at_time(float(t))[:3]] for t in times])
    jerks = np.gradient(states[:, 2], times)
    # A jerk-limited law has pieces of constant jerk; differences across a switch read less.
    jerks = np.where(np.abs(jerks) > 1e-9, np.sign(jerks) * jerk, 0.0)
    return times, np.column_stack([states, jerks])
