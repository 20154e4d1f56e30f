"""Where an arm can hold its tool one way, in the room around it: a closed surface.

The points of the lattice that the swept volume is sampled on are asked one by one; the surface goes
between those that are reached and those that are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from twin.cells.forks import forked
from twin.cells.reach import CLEAR, ROLLS, TURNS, distance, polish, solutions, tool_poses
from twin.cells.robot import Array
from twin.cells.scene import EMPTY, Scene
from twin.cells.swept import MOST, Surface, level_set
from twin.pose import apply, invert

POINTS = 40_000  # of the lattice in the box around the ball that an arm stays in
SHARES = 2  # of a lattice, each looked at by itself, so that as many processes find the same
WIDER = 1.2  # how much coarser the lattice is made where it gives too many triangles


def reach_volume(
    scene: Scene, reach: float, direction: Array, home: Array, processes: int = 1
) -> Surface:
    """The closed surface around where the arm's tool comes along `direction` (3,), empty-handed and
    without touching anything, within `reach` [m] of its base; `home` (dof,) is where it starts to
    look from.

    `processes`: in how many, forked from this one, it may be worked out at once. At most MOST
    triangles, none where nothing is reached. Its `margin` [m] is the lattice's step:
    what is reached and what is not is told apart at points that lie no further from each other.
    """
    step = 2 * reach * (2 / POINTS) ** (1 / 3)
    while True:
        low, within = _lattice(scene.base.position, reach, step)
        reached = _all_reached(scene, low, step, within, direction, home, processes)
        field = np.where(reached, -1.0, 1.0)
        points, triangles = level_set(field, 0.0)
        if len(triangles) <= MOST:
            return Surface(low + step * points, triangles, step)
        step *= WIDER


def _lattice(middle: Array, reach: float, step: float) -> tuple[Array, NDArray[np.bool_]]:
    """The first point (3,) [m] of a lattice around `middle` (3,), and which of its points (2, n, n,
    n) lie within `reach` [m] of that; none within a step of its ends."""
    count = 2 * (int(np.ceil(reach / step)) + 2)
    low = middle - step * count / 2
    whole = np.stack(np.meshgrid(*[np.arange(count + 1)] * 3, indexing="ij"), axis=-1)
    away = [np.linalg.norm(low + step * (whole + half) - middle, axis=-1) for half in (0.0, 0.5)]
    return low, np.array(away) <= reach


def _all_reached(
    scene: Scene,
    low: Array,
    step: float,
    within: NDArray[np.bool_],
    direction: Array,
    home: Array,
    processes: int,
) -> NDArray[np.bool_]:
    """Which points of a lattice are reached, of those asked for (both (2, nx, ny, nz))."""
    asked = np.argwhere(within)
    # Neighbours come soon after each other, so that what is known of one helps the next.
    asked = asked[np.lexsort((asked[:, 0], *asked[:, :0:-1].T))]
    shares = np.array_split(asked, SHARES)
    looks = [partial(_reached, scene, low, step, share, direction, home) for share in shares]

    def packed(look: Callable[[], NDArray[np.bool_]]) -> bytes:
        return look().tobytes()

    others = [forked(partial(packed, look)) for look in looks[1:]] if processes >= SHARES else []
    told = [looks[0]()]
    for look, outcome in zip(looks[1:], others or [None] * (SHARES - 1), strict=True):
        content = outcome() if outcome else None
        told.append(look() if content is None else np.frombuffer(content, bool))
    reached = np.zeros(within.shape, bool)
    reached[tuple(asked[np.concatenate(told)].T)] = True
    return reached


def _reached(
    scene: Scene, low: Array, step: float, asked: NDArray[np.int64], direction: Array, home: Array
) -> NDArray[np.bool_]:
    """Which of some points of a lattice (n, 4) are reached (n,)."""
    inverse, random = invert(scene.base), np.random.default_rng(0)
    turned = scene.base_matrix[:3, :3].T @ direction
    found: dict[tuple[int, ...], Array] = {}
    for which, i, j, k in asked.tolist():
        point = apply(inverse, low + step * (np.array([i, j, k]) + which / 2))
        if not distance(scene.robot, point, turned).within:
            continue
        beside = [found[key] for key in _beside(which, i, j, k) if key in found]
        q = _held(scene, point, turned, beside, home, random)
        if q is not None:
            found[which, i, j, k] = q
    return np.array([tuple(place) in found for place in asked.tolist()], bool)


def _beside(which: int, i: int, j: int, k: int) -> Iterator[tuple[int, int, int, int]]:
    """The points of the lattice around one that may have been looked at before it."""
    for a, b, c in ((0, 0, 0), (-1, 0, 0), (0, -1, 0), (0, 0, -1), (-1, -1, 0)):
        yield 1 - which, i + a + which, j + b + which, k + c + which
    for a, b, c in ((-1, 0, 0), (0, -1, 0), (0, 0, -1)):
        yield which, i + a, j + b, k + c


def _held(
    scene: Scene,
    point: Array,
    direction: Array,
    beside: list[Array],
    home: Array,
    random: np.random.Generator,
) -> Array | None:
    """A configuration (dof,) with the tool at a point (3,), free of everything; None where there is
    none. Those of points beside it are tried first: most of the room is reached like its next."""
    poses = np.array(list(tool_poses(point, direction)))[:: ROLLS // TURNS]
    if beside:
        starts = np.repeat(beside, len(poses), axis=0)
        near, met = polish(scene.robot, starts, np.tile(poses, (len(beside), 1, 1)))
        for q in near[met & scene.robot.keeps(near)]:
            if scene.clash(q, EMPTY, CLEAR) is None:
                return q
    candidates, _ = solutions(scene, poses, home, random)
    return next((q for q, _ in candidates if scene.clash(q, EMPTY, CLEAR) is None), None)
