"""Ways over the floor: how far it is from one place to another, on foot and by road.

On foot: shortest ways around machines, walls and conveyors, by a graph of what can be seen from
where. Each of them is grown by half a person's width; a shortest way among convex obstacles turns
only at their corners (Lozano-Pérez and Wesley, "An algorithm for planning collision-free paths
among polyhedral obstacles", Communications of the ACM 22, 1979), so corners and places are all the
points needed.

By road: along the roads of the layout, each with its given length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from twin.errors import LayoutError, nearest
from twin.layout import outlines
from twin.layout.catalog import OUTWARDS, load_asset, operator_spot, spot
from twin.layout.schema import Arm, Layout, Machine, Road

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]

PERSON = 0.2  # m, half of a person's width: no way comes nearer to a machine or a wall
EPSILON = 1e-6  # m, what may slide along a side
NEAR = 6  # rectangles about a point that are asked first whether they cut a line from it


@dataclass(frozen=True)
class Box:
    """A rectangle on the floor: centre [m], half its sides [m], heading [rad]."""

    centre: tuple[float, float]
    half: tuple[float, float]
    heading: float

    def local(self, points: Floats) -> Floats:
        """Points (n, 2) of the floor in the rectangle's own frame."""
        cos, sin = np.cos(self.heading), np.sin(self.heading)
        return (points - np.array(self.centre)) @ np.array([[cos, -sin], [sin, cos]])

    def world(self, points: Floats) -> Floats:
        """Points (n, 2) of the rectangle's own frame on the floor."""
        cos, sin = np.cos(self.heading), np.sin(self.heading)
        return points @ np.array([[cos, sin], [-sin, cos]]) + np.array(self.centre)

    def grown(self, margin: float) -> Box:
        """The same, larger by `margin` [m] on every side."""
        return Box(self.centre, (self.half[0] + margin, self.half[1] + margin), self.heading)

    def corners(self) -> Floats:
        """(4, 2) [m]"""
        signs = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])
        return self.world(signs * np.array(self.half))

    def away(self, point: tuple[float, float]) -> float:
        """How far [m] a point is from it; 0 inside."""
        over = np.abs(self.local(np.array([point]))[0]) - np.array(self.half)
        return float(np.linalg.norm(np.maximum(over, 0.0)))

    def holds(self, points: Floats) -> Flags:
        """Which of the points (n, 2) lie inside, not on a side."""
        inside = np.abs(self.local(points)) < np.array(self.half) - EPSILON
        return np.logical_and.reduce(inside, axis=1)


@dataclass(frozen=True)
class Ground:
    """What ways on foot depend on, and nothing else: equal grounds share their ways."""

    size: tuple[float, float]
    boxes: tuple[Box, ...]
    places: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, eq=False)
class Ways:
    """Shortest ways between places: `lengths` (n, n) [m], inf where there is none.

    A way leads from a place's own point (n, 2) over graph points (m, 2), the first n of which
    are where the places enter the graph; `before` (n, m) is the point before each, -1 for none.
    """

    own: Floats
    points: Floats
    before: NDArray[np.int32]
    lengths: Floats

    def way(self, a: int, b: int) -> Floats:
        """The corners (k, 2) [m] of the way from place a to place b; (0, 2) if there is none."""
        if not np.isfinite(self.lengths[a, b]):
            return np.empty((0, 2))
        if a == b:
            return self.own[[a]]
        if a > b:  # among ways of the same length, there and back take the same
            return self.way(b, a)[::-1]
        steps = [b]
        while steps[-1] != a:
            steps.append(int(self.before[a, steps[-1]]))
        corners = np.vstack([self.own[a], self.points[steps[::-1]], self.own[b]])
        return without_repeats(corners)


@dataclass(frozen=True, eq=False)
class Distances:
    """How far it is between places: machines, "home:<crew>", "door:<name>" and road nodes.

    What stands at a machine is as far as the machine: its ports "machine.port" and its places
    "machine.2".
    """

    places: tuple[str, ...]
    feet: Ways
    roads: dict[tuple[str, str], tuple[float, Floats]]

    def between(self, a: str, b: str, on_foot: bool = False) -> float:
        """The length [m] of the way: by road where both are on one, unless on foot; inf for none.

        Raises LayoutError for a place that is not there.
        """
        first, second = self.place(a), self.place(b)
        if not on_foot and (first, second) in self.roads:
            return self.roads[first, second][0]
        return float(self.feet.lengths[self._rows[first], self._rows[second]])

    def path(self, a: str, b: str, on_foot: bool = False) -> Floats:
        """The corners (n, 2) [m] of that way, from a to b; (0, 2) if there is none."""
        first, second = self.place(a), self.place(b)
        if not on_foot and (first, second) in self.roads:
            return self.roads[first, second][1]
        return self.feet.way(self._rows[first], self._rows[second])

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {name: row for row, name in enumerate(self.places)}

    def knows(self, place: str) -> bool:
        """Whether there is such a place."""
        return place in self._rows or place.partition(".")[0] in self._rows

    def place(self, place: str) -> str:
        """The place itself, or the machine that it stands at; raises as `between` does."""
        for name in (place, place.partition(".")[0]):
            if name in self._rows:
                return name
        raise LayoutError(f"there is no place {place!r}; {nearest(place, self.places)}")


def distances(layout: Layout) -> Distances:
    """The ways between all places of a layout; as quick as a look-up while nothing has moved.

    Raises LayoutError if an asset is not known.
    """
    ground = _ground(layout)
    names = tuple(name for name, _, _ in ground.places)
    return Distances(names, walk(ground), _roads(layout))


def box_of(thing: Machine | Arm) -> Box:
    """The rectangle that a machine or the stand of an arm takes on the floor."""
    x, y, _ = load_asset(thing.asset).size
    return Box(thing.at, (x / 2, y / 2), thing.heading)


def strip_boxes(points: Sequence[tuple[float, float]], width: float) -> list[Box]:
    """The rectangles of a line of a width [m], one a stretch; see `outlines.strip`."""
    return [Box(*rectangle) for rectangle in outlines.strip(points, width)]


def fixtures(layout: Layout) -> dict[str, list[Box]]:
    """What is drawn and stands in the way: walls and conveyors, by their path in the layout."""
    walls = {
        f"floor/walls/{name}": strip_boxes(wall.points, wall.thickness)
        for name, wall in layout.floor.walls.items()
    }
    belts = {
        f"conveyors/{name}": strip_boxes(belt.points, belt.width)
        for name, belt in layout.conveyors.items()
    }
    return {**walls, **belts}


def _ground(layout: Layout) -> Ground:
    taken = tuple(box_of(thing) for thing in (*layout.machines.values(), *layout.arms.values()))
    taken += tuple(box for boxes in fixtures(layout).values() for box in boxes)
    grown = [box.grown(PERSON) for box in taken]
    places = [(name, *_stand(layout, name, grown)) for name in layout.machines]
    places += [(f"home:{n}", *crew.home) for n, crew in layout.crews.items() if crew.home]
    places += [(f"door:{name}", *door.at) for name, door in layout.floor.doors.items()]
    places += [(n, *at) for n, at in layout.transport.nodes.items() if n not in layout.machines]
    return Ground(layout.floor.size, taken, tuple(places))


def _stand(layout: Layout, name: str, grown: list[Box]) -> tuple[float, float]:
    """Where who comes to a machine stands: at the operator's side, else at the first free one."""
    point = operator_spot(layout, name)
    if point:
        return point
    spots = [spot(layout, name, side) for side in OUTWARDS]
    room = _room(layout.floor.size)
    free = (p for p in spots if room[0] <= p[0] <= room[2] and room[1] <= p[1] <= room[3])
    open_ = (p for p in free if not any(box.holds(np.array([p]))[0] for box in grown))
    return next(open_, spots[0])


def _room(size: tuple[float, float]) -> tuple[float, float, float, float]:
    """Where the middle of a person may be: low x, low y, high x, high y [m]."""
    x, y = (min(PERSON, side / 4) for side in size)
    return (x, y, size[0] - x, size[1] - y)


@lru_cache(maxsize=64)
def walk(ground: Ground) -> Ways:
    """Shortest ways on foot between the places of a ground."""
    grown = [box.grown(PERSON) for box in ground.boxes]
    own = np.array([(x, y) for _, x, y in ground.places]).reshape(-1, 2)
    taken, wide = _Boxes.of(ground.boxes), _Boxes.of(grown)
    entries = np.array([_entry(ground.size, taken, wide, point) for point in own]).reshape(-1, 2)
    corners = np.array([box.corners() for box in grown]).reshape(-1, 2)
    free = _free(corners, wide, ground.size)
    points = np.vstack([entries, corners[free]])
    of = np.concatenate([np.full(len(own), -1), np.repeat(np.arange(len(grown)), 4)[free]])
    before, lengths = _shortest(points, of, wide, len(own))
    hops = np.linalg.norm(entries - own, axis=1)
    hops[np.isnan(hops)] = np.inf
    lengths = lengths + (hops[:, None] + hops[None, :])  # in this order it stays symmetric
    np.fill_diagonal(lengths, np.where(np.isfinite(hops), 0.0, np.inf))
    return Ways(own, points, before, lengths)


def _entry(
    size: tuple[float, float], taken: _Boxes, wide: _Boxes, point: Floats
) -> tuple[float, float]:
    """Where a place joins the ways: itself if it is free, else the nearest free point beside.

    NaN if it lies off the floor or in a machine, or if all around it is too narrow.
    """
    nowhere = (np.nan, np.nan)
    at = point[None, :]
    off = (point < -EPSILON).any() or (point > np.array(size) + EPSILON).any()
    if off or taken.hold(at).any():
        return nowhere
    room = _room(size)
    inside = np.clip(at, room[:2], room[2:])
    around = np.flatnonzero(wide.hold(inside)[0])
    if not len(around):
        return float(inside[0, 0]), float(inside[0, 1])
    asides = np.vstack([wide.feet(row, inside[0]) for row in around.tolist()])
    free = asides[_free(asides, wide, size)]
    free = free[~taken.cut_any(np.broadcast_to(point, free.shape), free)]  # through no machine
    if not len(free):
        return nowhere
    nearest_one = free[np.argmin(np.linalg.norm(free - point, axis=1))]
    return float(nearest_one[0]), float(nearest_one[1])


def _free(points: Floats, wide: _Boxes, size: tuple[float, float]) -> Flags:
    low, high = np.split(np.array(_room(size)), 2)
    free = np.logical_and.reduce((points >= low - EPSILON) & (points <= high + EPSILON), axis=1)
    return free & ~wide.hold(points).any(axis=1)


def _shortest(
    points: Floats, of: Rows, boxes: _Boxes, places: int
) -> tuple[NDArray[np.int32], Floats]:
    """(places, m) the point before each on the way from each place, (places, places) lengths.

    of (m,): the rectangle that a point is a corner of, -1 for the places.
    """
    first, second = np.triu_indices(len(points), 1)
    known = np.isfinite(points[:, 0])
    kept = known[first] & known[second]
    first, second = first[kept], second[kept]
    kept = _may_turn(points, of, boxes, first, second)
    kept &= _may_turn(points, of, boxes, second, first)
    first, second = first[kept], second[kept]
    seen = _in_sight(points, boxes, first, second)
    first, second = first[seen], second[seen]
    # Two places may share a point; the graph takes an edge of length 0 for none.
    apart = np.maximum(np.linalg.norm(points[first] - points[second], axis=1), 1e-12)
    lengths, before = _dijkstra(apart, (first, second), len(points), places, directed=False)
    lengths = lengths[:, :places]
    # One triangle decides, so that there and back are the same to the last bit.
    lengths = np.triu(lengths) + np.triu(lengths, 1).T
    return before, lengths


def _dijkstra(
    weights: Floats,
    ends: tuple[ArrayLike, ArrayLike],
    count: int,
    places: int,
    directed: bool = True,
) -> tuple[Floats, NDArray[np.int32]]:
    """From each of the first places to all points: (places, count) lengths, and the point before
    each on the way; `ends` are the numbers of the two points of each edge."""
    from scipy.sparse import csr_array  # a third of a second that only whoever walks pays for
    from scipy.sparse.csgraph import dijkstra

    graph = csr_array((weights, ends), shape=(count, count))
    return dijkstra(graph, directed, np.arange(places), return_predecessors=True)


@dataclass(frozen=True)
class _Boxes:
    """Many rectangles at once: centres and half sides (n, 2) [m], cosine and sine of headings."""

    centre: Floats
    half: Floats
    cos: Floats
    sin: Floats

    @staticmethod
    def of(boxes: Sequence[Box]) -> _Boxes:
        heading = np.array([box.heading for box in boxes])
        centre = np.array([box.centre for box in boxes]).reshape(-1, 2)
        half = np.array([box.half for box in boxes]).reshape(-1, 2)
        return _Boxes(centre, half, np.cos(heading), np.sin(heading))

    def turned(self, rows: Rows, ways: Floats) -> Floats:
        """Vectors (k, 2) in the frame of one rectangle each."""
        (x, y), cos, sin = ways.T, self.cos[rows], self.sin[rows]
        return np.column_stack([cos * x + sin * y, cos * y - sin * x])

    def cut(self, rows: Rows, starts: Floats, ends: Floats) -> Flags:
        """Which of the lines (k, 2) pass through the inside of their own rectangle."""
        origin = self.turned(rows, starts - self.centre[rows])
        return _crosses(origin, self.turned(rows, ends - starts), self.half[rows] - EPSILON)

    def cut_any(self, starts: Floats, ends: Floats) -> Flags:
        """Which of the lines (k, 2) pass through the inside of any rectangle."""
        count = len(self.cos)
        rows = np.tile(np.arange(count), len(starts))
        lines = np.repeat(starts, count, axis=0), np.repeat(ends, count, axis=0)
        return np.logical_or.reduce(self.cut(rows, *lines).reshape(len(starts), count), axis=1)

    def feet(self, row: int, point: Floats) -> Floats:
        """The feet (4, 2) of the perpendiculars from a point in a rectangle to its sides."""
        cos, sin = self.cos[row], self.sin[row]
        frame = np.array([[cos, -sin], [sin, cos]])
        (x, y), (u, v) = self.half[row], (point - self.centre[row]) @ frame
        return np.array([(-x, v), (x, v), (u, -y), (u, y)]) @ frame.T + self.centre[row]

    def hold(self, points: Floats) -> Flags:
        """Which points (k, 2) lie inside which rectangles, not on a side (k, n)."""
        count = len(self.cos)
        rows = np.tile(np.arange(count), len(points))
        local = self.turned(rows, np.repeat(points, count, axis=0) - self.centre[rows])
        return (np.abs(local) < self.half[rows] - EPSILON).all(axis=1).reshape(len(points), count)


def _crosses(origin: Floats, along: Floats, half: Floats) -> Flags:
    """Which lines from `origin` over `along` (k, 2) pass through the inside of a rectangle about 0.

    The slab method: where the line enters and leaves the strip between opposite sides.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        one, two = (-half - origin) / along, (half - origin) / along
    near, far = np.minimum(one, two), np.maximum(one, two)
    still = along == 0
    inside = np.abs(origin) < half
    near = np.where(still, np.where(inside, -np.inf, np.inf), near)
    far = np.where(still, np.where(inside, np.inf, -np.inf), far)
    return np.maximum(near.max(axis=1), 0.0) < np.minimum(far.min(axis=1), 1.0)


def _may_turn(points: Floats, of: Rows, boxes: _Boxes, here: Rows, there: Rows) -> Flags:
    """Which of the lines from point `here` to point `there` a shortest way may take after it has
    turned at `here`: it goes round that corner, neither away from it nor into the rectangle."""
    result = np.ones(len(here), bool)
    corners = np.flatnonzero(of[here] >= 0)
    here, there = here[corners], there[corners]
    # In the frame of the rectangle: the corner's quadrant, and where the line goes.
    out = boxes.turned(of[here], points[here] - boxes.centre[of[here]])
    along = boxes.turned(of[here], points[there] - points[here])
    both = out * along
    size = np.linalg.norm(out, axis=1) * np.linalg.norm(along, axis=1) * EPSILON
    result[corners] = (both.min(axis=1) <= size) & (both.max(axis=1) >= -size)
    return result


def _in_sight(points: Floats, boxes: _Boxes, first: Rows, second: Rows) -> Flags:
    """Which of the straight lines between two points pass through no rectangle.

    Most are cut near one of their ends; what is left of them meets the bounds of few others.
    """
    count = len(boxes.cos)
    apart = np.linalg.norm(points[:, None] - boxes.centre[None], axis=2)
    closest = np.argsort(apart, axis=1)[:, :NEAR]
    open_ = np.arange(len(first))
    for ends in (first, second):
        for beside in closest.T:
            rows = beside[ends[open_]]
            open_ = open_[~boxes.cut(rows, points[first[open_]], points[second[open_]])]
    starts, ends = points[first[open_]], points[second[open_]]
    low, high = np.minimum(starts, ends), np.maximum(starts, ends)
    cos, sin = np.abs(boxes.cos), np.abs(boxes.sin)
    x, y = boxes.half.T
    reach = np.column_stack([cos * x + sin * y, sin * x + cos * y])
    seen = np.ones(len(open_), bool)
    for box in range(count):
        least, most = boxes.centre[box] - reach[box], boxes.centre[box] + reach[box]
        meets = seen & (low[:, 0] < most[0]) & (high[:, 0] > least[0])
        meets &= (low[:, 1] < most[1]) & (high[:, 1] > least[1])
        rows = np.flatnonzero(meets)
        seen[rows] = ~boxes.cut(np.full(len(rows), box), starts[rows], ends[rows])
    result = np.zeros(len(first), bool)
    result[open_[seen]] = True
    return result


# --- roads ---------------------------------------------------------------------------------------


def _roads(layout: Layout) -> dict[tuple[str, str], tuple[float, Floats]]:
    """Lengths [m] and corners of the shortest ways by road between all that roads lead to."""
    roads = [road for road in layout.transport.roads if all(_known(layout, e) for e in road.ends)]
    names = sorted({end for road in roads for end in road.ends})
    stretches: dict[tuple[str, str], tuple[float, Floats]] = {}
    for road in roads:
        a, b = road.ends
        length, line = _stretch(layout, road)
        if length < stretches.get((a, b), (np.inf,))[0]:
            stretches[a, b], stretches[b, a] = (length, line), (length, line[::-1])
    if not stretches:
        return {}
    rows, columns = zip(*[(names.index(a), names.index(b)) for a, b in stretches], strict=True)
    weights = [max(length, 1e-12) for length, _ in stretches.values()]
    lengths, before = _dijkstra(np.array(weights), (rows, columns), len(names), len(names))
    found = {}
    for i, a in enumerate(names):
        for j, b in enumerate(names):
            if np.isfinite(lengths[i, j]):
                stops = _stops(before, i, j)
                lines = [stretches[names[u], names[v]][1] for u, v in pairwise(stops)]
                here = np.array([_place(layout, a)])
                found[a, b] = (
                    float(lengths[min(i, j), max(i, j)]) if i != j else 0.0,
                    without_repeats(np.vstack(lines)) if lines else here,
                )
    return found


def _stops(before: NDArray[np.int32], start: int, end: int) -> list[int]:
    stops = [end]
    while stops[-1] != start:
        stops.append(int(before[start, stops[-1]]))
    return stops[::-1]


def _known(layout: Layout, end: str) -> bool:
    return end in layout.transport.nodes or end in layout.machines


def _place(layout: Layout, end: str) -> tuple[float, float]:
    return layout.transport.nodes[end] if end in layout.transport.nodes else layout.machines[end].at


def _stretch(layout: Layout, road: Road) -> tuple[float, Floats]:
    """A road's length [m] and its two ends (2, 2).

    A road that is given shorter than the way to the middle of a machine ends where it docks.
    """
    line = np.array([_place(layout, end) for end in road.ends])
    straight = float(np.linalg.norm(line[1] - line[0]))
    length = straight if road.length is None else road.length
    docks = [end not in layout.transport.nodes for end in road.ends]
    if 0 < length < straight and any(docks):
        short = (line[1] - line[0]) * (1 - length / straight) / sum(docks)
        line = line + np.array([short * docks[0], -short * docks[1]])
    return length, line


def without_repeats(corners: Floats) -> Floats:
    """A way (n, 2) without the corners that repeat the one before."""
    moved = np.linalg.norm(np.diff(corners, axis=0), axis=1) > 1e-9
    kept = corners[np.concatenate([[True], moved])]
    return kept
