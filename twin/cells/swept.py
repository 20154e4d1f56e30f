"""What an arm sweeps: one closed surface around all that its bodies, and what they hold, pass
through.

The distance from the arm is sampled on a lattice, and the surface is where what is linear between
its points takes one value, large enough that nothing of the arm is beyond it. The lattice is that
of cubes' corners and middles, cut into equal tetrahedra: other than with cubes, such a surface has
no holes whatever it goes through, and no edge is much longer than the others (Treece, Prager, Gee,
Computers & Graphics 23(4), 1999).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import ConvexHull, QhullError

from twin.cells.held import Held, part
from twin.cells.robot import Array, Robot, Solid

MOST = 20_000  # triangles
FINEST, COARSE = 0.03, 0.1  # m, the lattice's step: the least one, and that of the first look
BATCH = 300_000  # points that are looked at together
LEAP = 0.25  # of the step, that a body moves between two looks at it
Way = tuple[Array, tuple[Held, ...]]


@dataclass(frozen=True)
class Surface:
    """A closed surface: points (n, 3) [m] in the world, triangles (m, 3) of their numbers, whose
    normals point outwards. No point of what it is around is outside it, and it is nowhere further
    than `margin` [m] from one, but for sharp corners of hulls and what it encloses."""

    points: Array
    triangles: NDArray[np.int32]
    margin: float


@dataclass(frozen=True)
class _Pass:
    """A solid with the frames (n, 4, 4) in the world that it comes through, and the box (2, 3) [m]
    around its corners in its own frame."""

    solid: Solid
    planes: Array
    box: Array
    frames: Array

    def depth(self, points: Array) -> Array:
        """How far points (n, 3) of its own frame are outside [m], less than 0 inside; it changes by
        no more than one moves."""
        size = self.solid.size
        if len(self.planes):
            return np.max(points @ self.planes[:, :3].T + self.planes[:, 3], axis=1)
        if self.solid.kind == "sphere":
            return np.linalg.norm(points, axis=1) - size[0]
        across = np.hypot(points[:, 0], points[:, 1])
        if self.solid.kind == "capsule":
            beyond = np.maximum(np.abs(points[:, 2]) - size[1] / 2, 0.0)
            return np.hypot(across, beyond) - size[0]
        if self.solid.kind == "cylinder":
            return _beyond(np.column_stack([across - size[0], np.abs(points[:, 2]) - size[1] / 2]))
        low, high = self.box
        return _beyond(np.maximum(low - points, points - high))


def _beyond(gaps: Array) -> Array:
    """The distance from a block, from how far beyond its faces one is along each axis (n, k)."""
    return np.linalg.norm(np.maximum(gaps, 0.0), axis=1) + np.minimum(np.max(gaps, axis=1), 0.0)


def swept(robot: Robot, base: Array, ways: Sequence[Way]) -> Surface:
    """What an arm on `base` (4, 4) sweeps on `ways`: configurations (n, dof), straight between one
    and the next, and what is held all along. At most MOST triangles: the lattice is as fine as that
    allows. Raises ValueError where nothing moves that has a shape."""
    step = COARSE
    while True:
        surface = _surface(robot, base, ways, step)
        # As many as there is area for: a coarse look tells how fine the lattice may be.
        finer = 1.02 * step * (len(surface.triangles) / MOST) ** 0.5
        if step != COARSE and len(surface.triangles) <= MOST:
            return surface
        step = max(FINEST, finer) if step == COARSE else finer


def _surface(robot: Robot, base: Array, ways: Sequence[Way], step: float) -> Surface:
    leap = LEAP * step
    passes = [one for way in ways for one in _passes(robot, base, *way, leap)]
    if not passes:
        raise ValueError("nothing moves that has a shape")
    # What is linear along an edge says no more than a distance plus half of its length; it is at
    # most so much in all of a tetrahedron, whose longest edge is as long as the step.
    level, far = step / 2 + leap, step + leap
    boxes = [_around(one) for one in passes]
    low = np.min([box[0].min(axis=0) for box in boxes], axis=0) - far - 2 * step
    high = np.max([box[1].max(axis=0) for box in boxes], axis=0) + far + 2 * step
    count = np.ceil((high - low) / step).astype(int) + 1
    field = np.full((2, *count), 2 * far)
    for one, around in zip(passes, boxes, strict=True):
        for lattice, begin in zip(field, (low, low + step / 2), strict=True):
            _lower(lattice, one, around, begin, step, far)
    points, triangles = _filled(*level_set(field, level))
    return Surface(low + step * points, triangles, far)


def _lower(
    lattice: Array, one: _Pass, around: tuple[Array, Array], begin: Array, step: float, far: float
) -> None:
    """Bring the points of a lattice (nx, ny, nz), whose first one is at `begin` (3,) [m], down to
    their distance from a solid wherever that is less than `far` [m]; all its frames at once."""
    first = np.ceil((around[0] - far - begin) / step).astype(int)
    last = np.floor((around[1] + far - begin) / step).astype(int) + 1
    block = np.stack(np.meshgrid(*map(np.arange, (last - first).max(axis=0)), indexing="ij"), -1)
    block = block.reshape(-1, 3)
    for some in np.array_split(np.arange(len(first)), -(-len(first) * len(block) // BATCH)):
        at = np.minimum(first[some, None] + block, np.array(lattice.shape) - 1)
        frames = one.frames[some]
        points = (begin + step * at - frames[:, None, :3, 3]) @ frames[:, :3, :3]
        depth = one.depth(points.reshape(-1, 3))
        places = np.ravel_multi_index(tuple(at.reshape(-1, 3).T), lattice.shape)
        np.minimum.at(lattice.reshape(-1), places, depth)


def _passes(
    robot: Robot, base: Array, path: Array, held: tuple[Held, ...], leap: float
) -> Iterator[_Pass]:
    """The moving solids of an arm on a way, so often that none is ever further than `leap` [m] from
    where it is looked at."""
    solids = [list(body.solids) for body in robot.bodies[1:]]
    solids[-1] += [solid for one in held for solid in part(robot, one).solids]
    moving = [(k, solid, _box(solid)) for k, those in enumerate(solids) for solid in those]
    rough = robot.frames(path)
    moved = [_moved(rough[:, k] @ solid.origin, box) for k, solid, box in moving]
    if moved:
        path = _finer(path, np.max(moved, axis=0), leap / 2)
    frames = base @ robot.frames(path)
    for k, solid, box in moving:
        placed = frames[:, k] @ solid.origin
        covered = np.cumsum([0.0, *_moved(placed, box)])
        _, chosen = np.unique(np.floor(covered / leap), return_index=True)
        planes = _planes(solid.corners) if solid.kind == "hull" else np.empty((0, 4))
        yield _Pass(solid, planes, box, placed[chosen])


def _moved(frames: Array, box: Array) -> Array:
    """How far a box moves at most from each frame (n, 4, 4) to the next [m]: (n - 1,)."""
    ways = np.diff(_placed(frames, _corners(box)), axis=0)
    return np.linalg.norm(ways, axis=-1).max(axis=-1)


def _finer(path: Array, moved: Array, least: float) -> Array:
    """A path with as many points more that what has `moved` [m] moves by no more than `least`."""
    found = [path[:1]]
    for a, b, count in zip(path, path[1:], np.ceil(moved / least).astype(int), strict=False):
        found.append(a + (b - a) * (np.arange(1, max(1, count) + 1) / max(1, count))[:, None])
    return np.concatenate(found)


def _box(solid: Solid) -> Array:
    """The box (2, 3) [m] around a solid in its own frame."""
    return np.stack([solid.corners.min(axis=0), solid.corners.max(axis=0)])


def _corners(box: Array) -> Array:
    """The corners (8, 3) of a box (2, 3)."""
    return np.stack(np.meshgrid(*box.T, indexing="ij"), axis=-1).reshape(-1, 3)


def _placed(frames: Array, points: Array) -> Array:
    """Points (k, 3) in frames (n, 4, 4): (n, k, 3)."""
    return points @ np.swapaxes(frames[:, :3, :3], -1, -2) + frames[:, None, :3, 3]


def _around(one: _Pass) -> tuple[Array, Array]:
    """Low and high corners (n, 3) in the world of the boxes around a solid where it comes by."""
    placed = _placed(one.frames, _corners(one.box))
    return placed.min(axis=1), placed.max(axis=1)


def _planes(points: Array) -> Array:
    """The planes (n, 4) of a hull: outward normal and offset [m]. Of one that is flat, none: it is
    taken for the block around it."""
    try:
        return np.unique(np.round(ConvexHull(points).equations, 9), axis=0)
    except QhullError:
        return np.empty((0, 4))


# --- the surface ---------------------------------------------------------------------------------


def _tetrahedra() -> NDArray[np.int64]:
    """The corners (12, 4) of the tetrahedra of a cell: lattice 0 or 1, and the steps along x, y, z.
    Each has an edge of lattice 0 and one of the four around it of lattice 1."""
    found = []
    for axis in range(3):
        across = [np.eye(3, dtype=int)[(axis + k) % 3] for k in (1, 2)]
        ring = [-i * across[0] - j * across[1] for i, j in ((1, 1), (0, 1), (0, 0), (1, 0))]
        ends = [(0, 0, 0, 0), (0, *np.eye(3, dtype=int)[axis])]
        found += [[*ends, (1, *ring[k - 1]), (1, *ring[k])] for k in range(4)]
    return np.array(found)


# How a tetrahedron is cut by its edges, the corners that are inside first: one, two or three.
_CUTS = (
    (1, ((0, 1), (0, 2), (0, 3))),
    (2, ((0, 2), (0, 3), (1, 3))),
    (2, ((0, 2), (1, 3), (1, 2))),
    (3, ((0, 3), (1, 3), (2, 3))),
)


def level_set(field: Array, level: float) -> tuple[Array, NDArray[np.int32]]:
    """The closed surfaces where a field (2, nx, ny, nz) takes a value: points (n, 3) in steps and
    triangles (m, 3), with what is below the value inside. field[1] is half a step beside field[0]
    along each axis; within a step of its ends it has to be above the value."""
    cells = np.stack(np.meshgrid(*(np.arange(1, n - 1) for n in field.shape[1:]), indexing="ij"))
    strides = np.cumprod([1, *field.shape[:0:-1]])[::-1]
    corners = (cells.reshape(3, -1).T @ strides[1:])[:, None, None] + _tetrahedra() @ strides
    corners = corners.reshape(-1, 4)
    inside = (field < level).ravel()[corners]
    count = inside.sum(axis=1)
    met = (count > 0) & (count < 4)
    corners, inside, count = corners[met], inside[met], count[met]
    order = np.argsort(~inside, axis=1, kind="stable")
    corners = np.take_along_axis(corners, order, axis=1)
    cut = np.concatenate([corners[count == number][:, rule] for number, rule in _CUTS])
    edges, triangles = np.unique(cut.reshape(-1, 2), axis=0, return_inverse=True)
    triangles = triangles.reshape(-1, 3)
    values = field.ravel()[edges]
    share = (level - values[:, :1]) / (values[:, 1:] - values[:, :1])
    indices = np.stack(np.unravel_index(edges, field.shape), axis=-1)
    ends = indices[..., 1:] + indices[..., :1] / 2
    ways = ends[:, 1] - ends[:, 0]
    points = ends[:, 0] + share * ways
    a, b, c = (points[triangles[:, k]] for k in range(3))
    outwards = np.einsum("ij,ij->i", np.cross(b - a, c - a), ways[triangles].sum(axis=1))
    triangles[outwards < 0.0] = triangles[outwards < 0.0][:, ::-1]
    return points, triangles.astype(np.int32)


def _filled(points: Array, triangles: NDArray[np.int32]) -> tuple[Array, NDArray[np.int32]]:
    """Without surfaces around rooms that nothing leads into: they are seen from inside."""
    ends = triangles[:, [0, 1]].T
    graph = coo_array((np.ones(len(triangles)), ends), shape=(len(points), len(points)))
    count, part_of = connected_components(graph, directed=False)
    mine = part_of[triangles[:, 0]]
    a, b, c = (points[triangles[:, k]] for k in range(3))
    volumes = np.bincount(mine, np.einsum("ij,ij->i", a, np.cross(b, c)), count)
    kept, numbers = np.unique(triangles[volumes[mine] > 0.0], return_inverse=True)
    return points[kept], numbers.reshape(-1, 3).astype(np.int32)


# --- files ---------------------------------------------------------------------------------------


def write_surface(path: Path, found: Surface) -> None:
    """As one file."""
    content = io.BytesIO()
    np.savez(content, points=found.points, triangles=found.triangles, margin=found.margin)
    path.write_bytes(content.getvalue())


def read_surface(content: bytes) -> Surface:
    """The surface in a file's content."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        return Surface(file["points"], file["triangles"], float(file["margin"]))
