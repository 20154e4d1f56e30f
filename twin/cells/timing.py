"""How long a path takes: a jerk-limited law of time along it.

Each leg starts and ends at rest. A leg is a curve q(s), s from 0 to 1; ruckig (Berscheid and
Kroeger, Jerk-limited real-time trajectory generation with arbitrary target states, RSS 2021) gives
s(t) for one degree of freedom, so that the joints stay on the curve whatever their limits are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

import numpy as np
from ruckig import InputParameter, Result, Ruckig, Trajectory

from twin.cells.robot import Array, Robot
from twin.errors import RunError

# Makers of arms do not publish accelerations. 180 deg/s2 is the stand-in that Universal Robots' own
# ROS 2 description uses for the UR5e (joint_limits.yaml); jerk: guessed, the acceleration is
# reached in a tenth of a second. At 800 deg/s2 the same paths take about half as long.
ACCELERATION = np.deg2rad(180.0)  # rad/s2
JERK_SHARE = 10.0  # 1/s: jerk against acceleration (guessed)
LINEAR_ACCELERATION = 2.0  # m/s2, of a prismatic joint (guessed)
# What else it may be, against the nominal: 15 rad/s2 are published for the first joint of a Panda
# (libfranka), 1.4 rad/s2 is what a UR's program asks for if it says nothing (URScript, movej).
FASTEST, SLOWEST = 15.0 / ACCELERATION, 1.4 / ACCELERATION
RATE = 25.0  # samples a second
_DENSE = 400  # samples of a leg when its limits are verified


@dataclass(frozen=True)
class Limits:
    """Of each joint (dof,): rad/s, rad/s2, rad/s3 (m for a prismatic one), and of the tool on
    straight lines [m/s]."""

    velocity: Array
    acceleration: Array
    jerk: Array
    tool: float = np.inf
    names: tuple[str, ...] = ()  # of the joints

    def scaled(self, factor: float) -> Limits:
        """With so many times the acceleration and jerk."""
        wide = self.acceleration * factor, self.jerk * factor
        return Limits(self.velocity, *wide, self.tool, self.names)


@dataclass(frozen=True)
class Law:
    """s(t) from 0 to 1 in pieces of constant jerk: piece k begins at starts[k] [s] with the s, its
    speed, acceleration and jerk of states[k] (k, 4)."""

    duration: float
    starts: Array
    states: Array

    @property
    def ramp(self) -> float:
        """How long it takes to its highest speed, and from there to rest [s]."""
        speeds = self.states[:, 1]
        return float(self.starts[np.argmax(speeds >= speeds.max() * (1 - 1e-9))])

    def at(self, times: Array) -> Array:
        """s, its speed, acceleration and jerk (n, 4) at times (n,) [s] from 0 to the duration."""
        piece = np.clip(np.searchsorted(self.starts, times, side="right") - 1, 0, None)
        s, v, a, j = self.states[piece].T
        t = times - self.starts[piece]
        now = a + j * t
        return np.column_stack(
            [s + t * (v + t * (a / 2 + t * j / 6)), v + t * (a + t * j / 2), now, j]
        )


@dataclass(frozen=True)
class Line:
    """q(s) from a to b, called with s (n,) and the order of the derivative."""

    a: Array
    b: Array

    def __call__(self, s: Array, order: int = 0) -> Array:
        way = self.b - self.a
        if order == 0:
            return self.a + np.multiply.outer(s, way)
        return np.multiply.outer(np.ones_like(s), way if order == 1 else 0.0 * way)


@dataclass(frozen=True)
class Spline:
    """The smooth q(s) through points (k, dof), k >= 4, at even steps of s from 0 to 1, called as a
    line is: cubic pieces with two continuous derivatives, the first two pieces and the last two
    one cubic each ("not a knot": de Boor, A Practical Guide to Splines, 1978, chapter IV).
    """

    points: Array

    @cached_property
    def _pieces(self) -> Array:
        """(4, k - 1, dof): of each piece the coefficients of 1, x, x^2, x^3, x from 0 to 1."""
        q = self.points
        slope = _slopes(len(q)) @ q
        rise, here, there = np.diff(q, axis=0), slope[:-1], slope[1:]
        return np.array([q[:-1], here, 3 * rise - 2 * here - there, here + there - 2 * rise])

    def __call__(self, s: Array, order: int = 0) -> Array:
        count = len(self.points) - 1
        piece = np.clip((s * count).astype(int), 0, count - 1)
        x = (s * count - piece)[:, None]
        a, b, c, d = self._pieces[:, piece]
        if order == 0:
            return a + x * (b + x * (c + x * d))
        if order == 1:
            return (b + x * (2 * c + x * 3 * d)) * count
        return (2 * c + x * 6 * d) * count**2 if order == 2 else 6 * d * count**3


@cache
def _slopes(count: int) -> Array:
    """What makes of a spline's points (count, dof) its slopes there, by step: (count, count)."""
    system, right = np.zeros((2, count, count))
    inner = np.arange(1, count - 1)
    system[inner, inner - 1], system[inner, inner], system[inner, inner + 1] = 1.0, 4.0, 1.0
    right[inner, inner - 1], right[inner, inner + 1] = -3.0, 3.0
    for row, sign in ((0, 1), (count - 1, -1)):
        order = [row, row + sign, row + 2 * sign]
        system[row, order[:2]] = 1.0, 2.0
        right[row, order] = np.array([-2.5, 2.0, 0.5]) * sign
    return np.asarray(np.linalg.solve(system, right), float)


@dataclass(frozen=True)
class Leg:
    """A curve with a law of time, sampled when asked: times [s] (n,), q, its first and second
    derivative (n, dof). `bound` says which limit sets the pace, nothing where it stands still;
    `length` [m] is the tool's way on a straight line."""

    curve: Line | Spline
    law: Law
    bound: str = ""
    length: float = 0.0

    @property
    def duration(self) -> float:
        return self.law.duration

    @cached_property
    def times(self) -> Array:
        count = max(2, int(np.ceil(self.duration * RATE)) + 1)
        return np.linspace(0.0, self.duration, count)

    @cached_property
    def _sampled(self) -> tuple[Array, Array, Array, Array]:
        return _motion(self.curve, self.law.at(self.times))

    @property
    def q(self) -> Array:
        return self._sampled[0]

    @property
    def speed(self) -> Array:
        return self._sampled[1]

    @property
    def acceleration(self) -> Array:
        return self._sampled[2]


@dataclass(frozen=True)
class Samples:
    """Of a whole motion: times [s] (n,), q, its first and second derivative (n, dof)."""

    times: Array
    q: Array
    speed: Array
    acceleration: Array

    @property
    def duration(self) -> float:
        return float(self.times[-1])


def limits(
    robot: Robot,
    share: float,
    acceleration: Iterable[float] = (),
    jerk: Iterable[float] = (),
    tool: float = np.inf,
    velocity: Iterable[float] = (),
) -> Limits:
    """The arm's limits, each scaled by the share that the cell allows.

    velocity [rad/s or m/s], acceleration [rad/s2 or m/s2] and jerk [rad/s3 or m/s3] (dof,) where a
    log or the maker tells them; else the URDF's, and the stand-ins above. `tool` [m/s] is not
    scaled: it is what a program asks for.
    """
    known = np.array(list(acceleration), float)
    usual = np.where(robot.prismatic, LINEAR_ACCELERATION, ACCELERATION)
    accelerations = known if len(known) else usual
    jerks = np.array(list(jerk), float)
    if not len(jerks):
        jerks = JERK_SHARE * accelerations
    names = tuple(joint.name for joint in robot.joints)
    told = np.array(list(velocity), float)
    speeds = np.minimum(told, robot.velocity) if len(told) else robot.velocity
    return Limits(speeds * share, accelerations * share, jerks * share, tool, names)


def through(path: Array, limit: Limits) -> list[Leg]:
    """Straight in the joints from way point to way point (k, dof), at rest at each."""
    return [_along(Line(a, b), limit) for a, b in pairwise(path)]


def along(curve: Array, limit: Limits, length: float = 0.0) -> Leg:
    """Along a smooth curve given by points (k, dof), k >= 4, evenly spaced on it, on which the tool
    goes `length` [m]."""
    return _along(Spline(curve), limit, length)


def rest(q: Array, duration: float) -> Leg:
    """Standing at q (dof,) for `duration` [s]."""
    return Leg(Line(q, q), Law(duration, np.zeros(1), np.zeros((1, 4))))


def join(legs: Iterable[Leg]) -> Samples:
    """One after the other; where two meet, the second's first sample is dropped."""
    taken = [leg for leg in legs if leg.duration > 0.0]
    if not taken:
        raise RunError("a motion without a leg that takes time")
    begins = np.cumsum([0.0, *(leg.duration for leg in taken[:-1])])
    first = [0, *([1] * (len(taken) - 1))]
    return Samples(
        np.concatenate([t + leg.times[k:] for t, leg, k in zip(begins, taken, first, strict=True)]),
        *(
            np.concatenate([getattr(leg, name)[k:] for leg, k in zip(taken, first, strict=True)])
            for name in ("q", "speed", "acceleration")
        ),
    )


def paced(leg: Leg, limit: Limits) -> Leg:
    """The same leg under other limits; standing still takes what it takes."""
    return leg if not leg.bound else _along(leg.curve, limit, leg.length)


def blended(stretches: Iterable[list[Leg]]) -> float:
    """The time [s] that legs take one after the other if each next one starts while the one before
    slows down, as controllers do that round the corners; not before and after standing still.

    Of each pair the shorter of slowing down and speeding up is saved. It is a bound: a joint that
    turns back at the corner would need up to twice its acceleration.
    """
    legs = [leg for stretch in stretches for leg in stretch]
    saved = sum(min(a.law.ramp, b.law.ramp) for a, b in pairwise(legs) if a.bound and b.bound)
    return sum(leg.duration for leg in legs) - saved


def _along(curve: Line | Spline, limit: Limits, length: float = 0.0) -> Leg:
    straight = isinstance(curve, Line)
    s = np.zeros(1) if straight else np.linspace(0.0, 1.0, _DENSE)
    slope = np.max(np.abs(curve(s, 1)), axis=0)
    if np.max(slope) < 1e-9:
        return rest(curve(np.zeros(1))[0], 0.0)
    slope = np.maximum(slope, 1e-12)
    speeds, accelerations = limit.velocity / slope, limit.acceleration / slope
    speed = float(np.min(speeds))
    cap = limit.tool / length if length > 0.0 else np.inf
    wanted = (min(speed, cap), float(np.min(accelerations)), float(np.min(limit.jerk / slope)))
    law = _law(*wanted)
    if not straight:
        stretch = _excess(curve, law.at(np.linspace(0.0, law.duration, _DENSE)), limit)
        if stretch > 1.0:  # the curve's bends ask for more: the same law, slower by one factor
            law = _law(wanted[0] / stretch, wanted[1] / stretch**2, wanted[2] / stretch**3)
    fast = float(np.max(law.states[:, 1])) >= 0.999 * wanted[0]
    if fast and cap < speed:
        return Leg(curve, law, "tool speed", length)
    joint = int(np.argmin(speeds if fast else accelerations))
    name = limit.names[joint] if limit.names else f"joint {joint + 1}"
    return Leg(curve, law, f"{name} {'speed' if fast else 'acceleration'}", length)


def _excess(curve: Line | Spline, s: Array, limit: Limits) -> float:
    """By which factor the law is too fast for a joint's speed, acceleration or jerk."""
    _, speed, acceleration, jerk = _motion(curve, s)
    return max(
        float(np.max(np.abs(speed) / limit.velocity)),
        float(np.max(np.abs(acceleration) / limit.acceleration)) ** (1 / 2),
        float(np.max(np.abs(jerk) / limit.jerk)) ** (1 / 3),
    )


def _motion(curve: Line | Spline, s: Array) -> tuple[Array, Array, Array, Array]:
    """q and its derivatives in time (n, dof) from s and its own (n, 4), by the chain rule."""
    at, v, a, j = s[:, 0], s[:, 1, None], s[:, 2, None], s[:, 3, None]
    first, second, third = curve(at, 1), curve(at, 2), curve(at, 3)
    return (
        curve(at),
        first * v,
        second * v**2 + first * a,
        third * v**3 + 3 * second * v * a + first * j,
    )


def _law(velocity: float, acceleration: float, jerk: float) -> Law:
    """From 0 to 1, at rest at both, as fast as these three limits allow."""
    wish = InputParameter(1)
    wish.current_position, wish.target_position = [0.0], [1.0]
    wish.max_velocity, wish.max_acceleration, wish.max_jerk = [velocity], [acceleration], [jerk]
    trajectory = Trajectory(1)
    result = Ruckig(1).calculate(wish, trajectory)
    if result not in (Result.Working, Result.Finished):
        raise RunError(f"no law of time for speed {velocity:g}, acceleration {acceleration:g}")
    pieces = trajectory.profiles[0][0]
    states = np.column_stack([pieces.p[:-1], pieces.v[:-1], pieces.a[:-1], pieces.j])
    starts = np.concatenate([[0.0], np.cumsum(pieces.t)[:-1]])
    lasting = np.array(pieces.t) > 0.0
    return Law(trajectory.duration, starts[lasting], states[lasting])
