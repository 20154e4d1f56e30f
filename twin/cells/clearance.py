"""How near an arm comes to anything on its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from twin.cells.robot import Array
from twin.cells.scene import Scene
from twin.cells.transfer import Profile

RANGE = 0.6  # m: what is further away is not asked for


@dataclass(frozen=True)
class Clearance:
    """The least distance [m], between which body of the arm and what, and the configuration
    (dof,) there; where nothing is within range, the range and ""."""

    distance: float
    body: str
    nearest: str
    q: Array


def clearance(scene: Scene, path: Array, held: int, apart: str = "") -> Clearance:
    """The least distance from the moving arm to an obstacle over configurations (n, dof); the
    machine `apart` is left out."""
    found = scene.nearest(path, held, RANGE, apart)
    if found is None:
        return Clearance(RANGE, "", "", path[0])
    return Clearance(found.distance, found.body, found.other, path[found.row])


def profile(
    scene: Scene,
    times: Array,
    path: Array,
    held: Sequence[int],
    apart: Sequence[str],
    absent: Sequence[Sequence[str]],
) -> Profile:
    """The least distance at each of the times (n,) [s] and configurations (n, dof), with what is
    `held` then, by the scene's number, and without the machine that is `apart` then, what lies
    there, and the parts that are `absent`."""
    distances, between = [], []
    for q, one, machine, gone in zip(path, held, apart, absent, strict=True):
        with scene.without(gone):
            found = scene.nearest(q, one, RANGE, machine)
        distances.append(RANGE if found is None else found.distance)
        between.append("" if found is None else f"{found.body} and {found.other}")
    return Profile(tuple(times.tolist()), tuple(distances), tuple(between))


def denser(path: Array, step: float) -> Array:
    """A path (k, dof) with as many points between its own that no joint turns more than `step`."""
    points = [path[:1]]
    for a, b in pairwise(path):
        count = max(1, int(np.ceil(np.max(np.abs(b - a)) / step)))
        points.append(a + (b - a) * (np.arange(1, count + 1) / count)[:, None])
    return np.concatenate(points)
