"""A robot arm as a chain of moving bodies: kinematics in numpy, of one configuration or many.

A body is everything that one joint moves rigidly; body 0 is bolted to the ground. The frame of a
moving body is that of its joint. Configurations are joint angles [rad] (or positions [m]) of shape
(dof,) or (..., dof), always in the order from the base to the tool.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
ROUND = 16  # corners of what is round


@dataclass(frozen=True)
class Solid:
    """A convex collision shape in its body's frame.

    kind "box": size = full edge lengths x, y, z; "sphere": (radius,); "cylinder" and "capsule":
    (radius, length) along z, a capsule's length without its caps; "hull": the convex hull of
    `points` (n, 3). All in metres.
    """

    kind: str
    origin: Array  # (4, 4)
    size: tuple[float, ...] = ()
    points: Array | None = None

    @property
    def corners(self) -> Array:
        """Points (n, 3) [m] in its own frame whose hull holds it, but for what of a round one is
        beyond a polygon of ROUND corners."""
        if self.points is not None:
            return self.points
        if self.kind == "box":
            return np.array(list(product((-0.5, 0.5), repeat=3))) * self.size
        turns = 2 * np.pi * np.arange(ROUND) / ROUND
        ring = np.column_stack([np.cos(turns), np.sin(turns), 0 * turns])
        radius = self.size[0]
        if self.kind == "sphere":
            tilts = np.linspace(-np.pi / 2, np.pi / 2, ROUND // 2 + 1)
            rings = [ring * np.cos(tilt) + [0, 0, np.sin(tilt)] for tilt in tilts]
            return radius * np.concatenate(rings)
        half = self.size[1] / 2 + (radius if self.kind == "capsule" else 0.0)
        return np.concatenate([radius * ring + [0, 0, z] for z in (-half, half)])


@dataclass(frozen=True)
class Body:
    """What moves as one: mass [kg], centre of mass [m] (3,), inertia about it [kg m2] (3, 3)."""

    name: str
    mass: float
    centre: Array
    inertia: Array
    solids: tuple[Solid, ...]


def joined(name: str, placed: list[tuple[Body, Array]]) -> Body:
    """Bodies that move as one, each with its frame (4, 4): masses add, inertias by the
    parallel-axis theorem."""
    solids = tuple(
        Solid(solid.kind, at @ solid.origin, solid.size, solid.points)
        for body, at in placed
        for solid in body.solids
    )
    mass = sum(body.mass for body, _ in placed)
    if mass <= 0.0:
        return Body(name, 0.0, np.zeros(3), np.zeros((3, 3)), solids)
    centres = [at[:3, :3] @ body.centre + at[:3, 3] for body, at in placed]
    weighed = [body.mass * c for (body, _), c in zip(placed, centres, strict=True)]
    centre = sum(weighed, np.zeros(3)) / mass
    inertia = np.zeros((3, 3))
    for (body, at), c in zip(placed, centres, strict=True):
        arm = c - centre
        inertia += at[:3, :3] @ body.inertia @ at[:3, :3].T
        inertia += body.mass * (float(arm @ arm) * np.eye(3) - np.outer(arm, arm))
    return Body(name, mass, centre, inertia, solids)


@dataclass(frozen=True)
class Joint:
    """How a body moves on the one before it; `origin` (4, 4) is seen from that body's frame."""

    name: str
    prismatic: bool
    origin: Array
    axis: Array  # unit vector (3,) in the joint's frame
    lower: float  # rad or m
    upper: float
    velocity: float  # rad/s or m/s
    effort: float  # Nm or N


@dataclass(frozen=True)
class Robot:
    """bodies[0] stands still, joints[k] moves bodies[k + 1]; `tip` (4, 4): tool in last body;
    `second`: that of its second gripper, where there is one."""

    name: str
    bodies: tuple[Body, ...]
    joints: tuple[Joint, ...]
    tip: Array
    files: tuple[Path, ...] = ()
    second: Array | None = None

    @property
    def dof(self) -> int:
        return len(self.joints)

    def by_second(self) -> Robot:
        """The same arm working with its second gripper."""
        if self.second is None:
            raise ValueError(f"{self.name} has one gripper only")
        return replace(self, tip=self.second)

    @cached_property
    def lower(self) -> Array:
        return np.array([joint.lower for joint in self.joints])

    @cached_property
    def upper(self) -> Array:
        return np.array([joint.upper for joint in self.joints])

    @cached_property
    def velocity(self) -> Array:
        return np.array([joint.velocity for joint in self.joints])

    @cached_property
    def effort(self) -> Array:
        return np.array([joint.effort for joint in self.joints])

    def within(self, q: ArrayLike, slack: float = 1e-6) -> bool:
        """Whether a configuration (dof,) keeps all joint limits."""
        return bool(self.keeps(q, slack))

    def keeps(self, q: ArrayLike, slack: float = 1e-6) -> NDArray[np.bool_]:
        """Which configurations (..., dof) keep all joint limits: (...)."""
        q = np.asarray(q, float)
        return np.all((q >= self.lower - slack) & (q <= self.upper + slack), axis=-1)

    @cached_property
    def _moves(self) -> Array:
        """(3, dof, 4, 4): the frame of joint k in the body before it is the sum of these three,
        times (1, sin q, 1 - cos q) by Rodrigues' formula, or (1, q, 0) where it is prismatic."""
        moves = np.zeros((3, self.dof, 4, 4))
        for k, joint in enumerate(self.joints):
            moves[0, k] = joint.origin
            turn, twice = np.zeros((2, 4, 4))
            if joint.prismatic:
                turn[:3, 3] = joint.axis
            else:
                x, y, z = joint.axis
                turn[:3, :3] = [[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]]
                twice = turn @ turn
            moves[1, k], moves[2, k] = joint.origin @ turn, joint.origin @ twice
        return moves

    @cached_property
    def prismatic(self) -> NDArray[np.bool_]:
        """(dof,): which joints slide."""
        return np.array([joint.prismatic for joint in self.joints])

    def frames(self, q: ArrayLike) -> Array:
        """Frames of the moving bodies in the base's frame, (..., dof, 4, 4)."""
        q = np.asarray(q, float)
        first = np.where(self.prismatic, q, np.sin(q))[..., None, None]
        second = np.where(self.prismatic, 0.0, 1.0 - np.cos(q))[..., None, None]
        fixed, turn, twice = self._moves
        steps = fixed + first * turn + second * twice
        for k in range(1, self.dof):
            steps[..., k, :, :] = steps[..., k - 1, :, :] @ steps[..., k, :, :]
        return steps

    def tool(self, q: ArrayLike) -> Array:
        """Tool in the base's frame, (..., 4, 4)."""
        return self.frames(q)[..., -1, :, :] @ self.tip

    def jacobian(self, q: ArrayLike) -> Array:
        """Geometric Jacobian of the tool (..., 6, dof): velocity above, angular below.

        Column of a revolute joint: (z x (p - o), z); of a prismatic one: (z, 0), with z its axis
        and o its origin in the base's frame (Siciliano et al., Robotics, 2009, eq. 3.30).
        """
        return self.jacobian_at(self.frames(q))

    def jacobian_at(self, frames: Array) -> Array:
        """The same from the frames (..., dof, 4, 4) that are known already."""
        position = frames[..., -1, :3, :3] @ self.tip[:3, 3] + frames[..., -1, :3, 3]
        axes = np.einsum("...kij,kj->...ki", frames[..., :3, :3], self._axes)
        arms = position[..., None, :] - frames[..., :3, 3]
        slides = self.prismatic[:, None]
        columns = np.concatenate(
            [np.where(slides, axes, np.cross(axes, arms)), np.where(slides, 0.0, axes)], axis=-1
        )
        return np.swapaxes(columns, -1, -2)

    def manipulability(self, q: ArrayLike) -> float:
        """How well the tool moves every way from q (dof,): the root of det(J J'), for an arm of
        fewer than six joints of det(J' J) (Yoshikawa, Int. J. Robotics Research 4(2), 1985)."""
        return float(np.prod(np.linalg.svd(self.jacobian(q), compute_uv=False)))

    @cached_property
    def _axes(self) -> Array:
        return np.array([joint.axis for joint in self.joints])

    @cached_property
    def shoulder(self) -> Array:
        """The point (3,) of the first joint's axis that is nearest to the second joint."""
        first = self.joints[0]
        foot = first.origin[:3, 3]
        if self.dof < 2 or first.prismatic:
            return foot
        axis = first.origin[:3, :3] @ first.axis
        second = self.frames(np.zeros(self.dof))[1, :3, 3]
        return foot + axis * float(axis @ (second - foot))

    @cached_property
    def length(self) -> float:
        """From the base to the tool along the arm [m]: no point of the chain gets further away."""
        total = float(np.linalg.norm(self.tip[:3, 3]))
        for joint in self.joints:
            total += float(np.linalg.norm(joint.origin[:3, 3]))
            total += max(abs(joint.lower), abs(joint.upper)) if joint.prismatic else 0.0
        return total

    @cached_property
    def span(self) -> float:
        """The largest distance of the last joint from the shoulder [m], over all configurations.

        Of 4096 configurations drawn with a fixed seed the best eight are improved one joint at a
        time: the distance squared is a + b cos q + c sin q in each revolute joint alone, so its
        best angle is known; a prismatic joint is best at one of its ends.
        """
        random = np.random.default_rng(0)
        drawn = random.uniform(self.lower, self.upper, (4096, self.dof))
        best = drawn[np.argsort(self._stretch(drawn))[-8:]]
        longest, before = float(self._stretch(best).max()), 0.0
        while longest > before + 1e-12:
            for k in range(self.dof - 1):
                best = self._improved(best, k)
            longest, before = float(self._stretch(best).max()), longest
        return float(np.sqrt(longest))

    def _stretch(self, q: Array) -> Array:
        wrist = self.frames(q)[..., -1, :3, 3]
        return np.sum((wrist - self.shoulder) ** 2, axis=-1)

    def _improved(self, q: Array, k: int) -> Array:
        joint = self.joints[k]
        tries = [np.full(len(q), joint.lower), np.full(len(q), joint.upper), q[:, k]]
        if not joint.prismatic:
            at = [self._stretch(_replaced(q, k, angle)) for angle in (0.0, np.pi / 2, np.pi)]
            middle = (at[0] + at[2]) / 2
            angle = np.arctan2(at[1] - middle, at[0] - middle)
            for turn in (-2 * np.pi, 0.0, 2 * np.pi):
                tries.append(np.clip(angle + turn, joint.lower, joint.upper))
        options = [_replaced(q, k, values) for values in tries]
        chosen = np.argmax([self._stretch(option) for option in options], axis=0)
        return np.array(options)[chosen, np.arange(len(q))]


def _replaced(q: Array, k: int, values: ArrayLike) -> Array:
    result = q.copy()
    result[:, k] = values
    return result


def wrap(q: ArrayLike, near: ArrayLike, robot: Robot) -> Array:
    """The same pose of the arm with each revolute joint turned by full turns towards `near`.

    Full turns that would leave the joint's limits are not taken.
    """
    result = np.array(q, float)
    target = np.asarray(near, float)
    for k, joint in enumerate(robot.joints):
        if joint.prismatic:
            continue
        turns = result[k] + 2 * np.pi * np.arange(-2, 3)
        allowed = turns[(turns >= joint.lower - 1e-9) & (turns <= joint.upper + 1e-9)]
        if len(allowed):
            result[k] = allowed[np.argmin(np.abs(allowed - target[k]))]
    return result


def transform(position: ArrayLike = (0.0, 0.0, 0.0), rpy: ArrayLike = (0.0, 0.0, 0.0)) -> Array:
    """(4, 4) from a position [m] and URDF's roll, pitch, yaw [rad] about fixed x, y, z."""
    roll, pitch, yaw = np.asarray(rpy, float)
    cr, sr, cp, sp = np.cos(roll), np.sin(roll), np.cos(pitch), np.sin(pitch)
    cy, sy = np.cos(yaw), np.sin(yaw)
    result = np.eye(4)
    result[:3, :3] = [
        [cy * cp, cy * sp * sr - sy * cr, cy * sp * cr + sy * sr],
        [sy * cp, sy * sp * sr + cy * cr, sy * sp * cr - cy * sr],
        [-sp, cp * sr, cp * cr],
    ]
    result[:3, 3] = np.asarray(position, float)
    return result
