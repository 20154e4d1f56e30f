"""What of an arm may be near what: boxes along the axes around its bodies, for many configurations
at once. It only says what is far away; whatever is left over is PyBullet's to judge.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from twin.cells.robot import Array, Body, Robot, Solid

_CORNERS = np.array(list(product((-1.0, 1.0), repeat=3)))
# PyBullet's distances are up to this much less than the true ones, by its margins around hulls [m].
SLACK = 0.005


class Bounds:
    """Boxes around the bodies of an arm that stands at `base` (4, 4), and around its obstacles. A
    body more than the robot has is in its hand.

    `obstacles` holds, for each, the corners (m, 8, 3) [m] of its boxes in the world.
    """

    def __init__(self, robot: Robot, bodies: Sequence[Body], base: Array, obstacles: list[Array]):
        self.robot = robot
        self.base = base
        boxes = [_extent(body) for body in bodies]
        self._solid = np.array([box is not None for box in boxes])
        filled = [box if box is not None else np.zeros((2, 3)) for box in boxes]
        low, high = np.swapaxes(np.array(filled), 0, 1)
        self._middle, self._half = (low + high) / 2, (high - low) / 2
        self.radii = _radii(robot, boxes)
        around = [np.stack([corners.min(1), corners.max(1)]) for corners in obstacles]
        self._low, self._high = np.concatenate(around, axis=1) if around else np.empty((2, 0, 3))
        self._starts = np.cumsum([0, *(box.shape[1] for box in around)])[:-1]

    def placed(self, q: Array) -> tuple[Array, Array]:
        """Low and high corners (n, bodies, 3) of the boxes around all bodies at q (n, dof)."""
        dof = self.robot.dof
        frames = np.empty((len(q), len(self._half), 4, 4))
        frames[:, 0] = self.base
        frames[:, 1 : dof + 1] = self.base @ self.robot.frames(q)
        frames[:, dof + 1 :] = frames[:, dof, None]
        turned = frames[..., :3, :3]
        centre = np.einsum("nkij,kj->nki", turned, self._middle) + frames[..., :3, 3]
        half = np.einsum("nkij,kj->nki", np.abs(turned), self._half)
        return centre - half, centre + half

    def gaps(self, placed: tuple[Array, Array], left_out: NDArray[np.bool_]) -> Array:
        """At least so far [m] is each moving body from each obstacle (n, moving, obstacles), but
        for those that are left out (obstacles,), which are nowhere."""
        low, high = (corner[:, 1:, None] for corner in placed)
        kept = np.flatnonzero(~left_out)
        if len(kept) == len(left_out):
            apart = np.maximum(self._low - high, low - self._high).max(axis=-1)
            nearest = np.minimum.reduceat(apart, self._starts, axis=-1) - SLACK
        else:
            nearest = np.full((*low.shape[:2], len(left_out)), np.inf)
            ends = [*self._starts[1:], len(self._low)]
            for k in kept:
                own = slice(self._starts[k], ends[k])
                apart = np.maximum(self._low[own] - high, low - self._high[own]).max(axis=-1)
                nearest[..., k] = apart.min(axis=-1) - SLACK
        return np.where(self._solid[None, 1:, None], nearest, np.inf)

    def moves(self, spread: Array) -> Array:
        """No further [m] does a point of each moving body move (n, moving) as long as no joint
        is further than its `spread` (n, dof) [rad or m] from where it was."""
        moved = np.cumsum(spread * self.radii, axis=1)
        more = len(self._half) - 1 - self.robot.dof
        return np.hstack([moved, np.repeat(moved[:, -1:], more, axis=1)])

    def meeting(
        self, placed: tuple[Array, Array], pairs: tuple[tuple[int, int], ...]
    ) -> NDArray[np.bool_]:
        """Which pairs of the arm's own bodies may touch each other: (n, pairs)."""
        low, high = placed
        first, second = np.array(pairs).reshape(-1, 2).T
        apart = np.maximum(low[:, first] - high[:, second], low[:, second] - high[:, first])
        solid = self._solid[first] & self._solid[second]
        return (apart.max(axis=-1) <= SLACK) & solid


def _radii(robot: Robot, boxes: list[Array | None]) -> Array:
    """How far [m] a point of the bodies beyond a joint can be from its axis (dof,); where a joint
    slides, all move as far as it does: 1."""
    found = np.ones(robot.dof)
    beyond = 0.0
    for k in range(robot.dof - 1, -1, -1):
        joint, box = robot.joints[k], boxes[k + 1]
        riding = boxes[k + 1 :] if k == robot.dof - 1 else [box]
        own = [float(np.linalg.norm(np.abs(one).max(axis=0))) for one in riding if one is not None]
        beyond = max(*own, beyond, 0.0)
        if not joint.prismatic:
            found[k] = beyond
        slides = max(abs(joint.lower), abs(joint.upper)) if joint.prismatic else 0.0
        beyond += float(np.linalg.norm(joint.origin[:3, 3])) + slides
    return found


def _extent(body: Body) -> Array | None:
    """Low and high corner (2, 3) of all solids of a body in its frame; None where it has none."""
    points = [_hull(solid) @ solid.origin[:3, :3].T + solid.origin[:3, 3] for solid in body.solids]
    if not points:
        return None
    every = np.concatenate(points)
    return np.stack([every.min(axis=0), every.max(axis=0)])


def _hull(solid: Solid) -> Array:
    """Points (m, 3) in the solid's own frame whose convex hull holds it."""
    if solid.points is not None:
        return solid.points
    if solid.kind == "box":
        return _CORNERS * np.array(solid.size) / 2
    radius = solid.size[0]
    length = solid.size[1] if len(solid.size) > 1 else 0.0
    caps = 0.0 if solid.kind == "cylinder" else radius
    return _CORNERS * np.array([radius, radius, length / 2 + caps])
