"""Ways over the floor: how far it is from one place to another, on foot and by road.

On foot: shortest ways around the machines, by a graph of what can be seen from where. Every machine
is grown by half a person's width; a shortest way among convex obstacles turns only at their corners
(Lozano-Pérez and Wesley, "An algorithm for planning collision-free paths among polyhedral
obstacles", Communications of the ACM 22, 1979), so corners and places are all the points needed.

By road: along the roads of the layout, each with its given length.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from twin.errors import LayoutError, nearest
from twin.layout.catalog import OUTWARDS, load_asset, operator_spot, spot
from twin.layout.schema import Arm, Layout, Machine, Road

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

PERSON = 0.2  # m, half of a person's width: no way comes nearer to a machine or a wall
EPSILON = 1e-6  # m, what may slide along a side


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

    def holds(self, points: Floats) -> Flags:
        """Which of the points (n, 2) lie inside, not on a side."""
        inside = np.abs(self.local(points)) < np.array(self.half) - EPSILON
        return np.logical_and.reduce(inside, axis=1)

    def cuts(self, starts: Floats, ends: Floats) -> Flags:
        """Which of the straight lines from `starts` to `ends` (n, 2) pass through the inside."""
        origin = self.local(starts)
        along = self.local(ends) - origin
        half = np.array(self.half) - EPSILON
        # The slab method: where the line enters and leaves the strip between opposite sides.
        with np.errstate(divide="ignore", invalid="ignore"):
            one, two = (-half - origin) / along, (half - origin) / along
        near, far = np.minimum(one, two), np.maximum(one, two)
        still = along == 0
        inside = np.abs(origin) < half
        near = np.where(still, np.where(inside, -np.inf, np.inf), near)
        far = np.where(still, np.where(inside, np.inf, -np.inf), far)
        return np.maximum(near.max(axis=1), 0.0) < np.minimum(far.min(axis=1), 1.0)


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
        first, second = self._at(a), self._at(b)
        if not on_foot and (first, second) in self.roads:
            return self.roads[first, second][0]
        return float(self.feet.lengths[self.places.index(first), self.places.index(second)])

    def path(self, a: str, b: str, on_foot: bool = False) -> Floats:
        """The corners (n, 2) [m] of that way, from a to b; (0, 2) if there is none."""
        first, second = self._at(a), self._at(b)
        if not on_foot and (first, second) in self.roads:
            return self.roads[first, second][1]
        return self.feet.way(self.places.index(first), self.places.index(second))

    def _at(self, place: str) -> str:
        for name in (place, place.partition(".")[0]):
            if name in self.places:
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


def _ground(layout: Layout) -> Ground:
    taken = tuple(box_of(thing) for thing in (*layout.machines.values(), *layout.arms.values()))
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
    entries = np.array([_entry(ground, grown, point) for point in own]).reshape(-1, 2)
    points = np.vstack([entries, _turns(ground, grown)])
    before, lengths = _shortest(points, grown, len(own))
    hops = np.linalg.norm(entries - own, axis=1)
    hops[np.isnan(hops)] = np.inf
    lengths = lengths + (hops[:, None] + hops[None, :])  # in this order it stays symmetric
    np.fill_diagonal(lengths, np.where(np.isfinite(hops), 0.0, np.inf))
    return Ways(own, points, before, lengths)


def _entry(ground: Ground, grown: list[Box], point: Floats) -> tuple[float, float]:
    """Where a place joins the ways: itself if it is free, else the nearest free point beside.

    NaN if it lies off the floor or in a machine, or if all around it is too narrow.
    """
    nowhere = (np.nan, np.nan)
    at = point[None, :]
    off = (point < -EPSILON).any() or (point > np.array(ground.size) + EPSILON).any()
    if off or any(box.holds(at)[0] for box in ground.boxes):
        return nowhere
    room = _room(ground.size)
    inside = np.clip(at, room[:2], room[2:])
    around = [box for box in grown if box.holds(inside)[0]]
    if not around:
        return float(inside[0, 0]), float(inside[0, 1])
    asides = np.vstack([_sideways(box, inside[0]) for box in around])
    free = asides[_free(asides, grown, ground.size)]
    for box in ground.boxes:  # no step aside goes through a machine
        free = free[~box.cuts(np.broadcast_to(point, free.shape), free)]
    if not len(free):
        return nowhere
    nearest_one = free[np.argmin(np.linalg.norm(free - point, axis=1))]
    return float(nearest_one[0]), float(nearest_one[1])


def _sideways(box: Box, point: Floats) -> Floats:
    """The feet (4, 2) of the perpendiculars from a point in a box to its sides."""
    local = box.local(point[None, :])[0]
    x, y = box.half
    feet = [(-x, local[1]), (x, local[1]), (local[0], -y), (local[0], y)]
    return box.world(np.array(feet))


def _free(points: Floats, grown: list[Box], size: tuple[float, float]) -> Flags:
    low, high = np.split(np.array(_room(size)), 2)
    free = np.logical_and.reduce((points >= low - EPSILON) & (points <= high + EPSILON), axis=1)
    for box in grown:
        free &= ~box.holds(points)
    return free


def _turns(ground: Ground, grown: list[Box]) -> Floats:
    """The corners (k, 2) that a way may turn at."""
    if not grown:
        return np.empty((0, 2))
    corners = np.vstack([box.corners() for box in grown])
    return corners[_free(corners, grown, ground.size)]


def _shortest(points: Floats, grown: list[Box], places: int) -> tuple[NDArray[np.int32], Floats]:
    """(places, m) the point before each on the way from each place, (places, places) lengths."""
    first, second = np.triu_indices(len(points), 1)
    known = np.isfinite(points[:, 0])
    kept = known[first] & known[second]
    first, second = first[kept], second[kept]
    for box in grown:
        seen = ~box.cuts(points[first], points[second])
        first, second = first[seen], second[seen]
    # Two places may share a point; the graph takes an edge of length 0 for none.
    apart = np.maximum(np.linalg.norm(points[first] - points[second], axis=1), 1e-12)
    graph = csr_array((apart, (first, second)), shape=(len(points), len(points)))
    lengths, before = dijkstra(
        graph, directed=False, indices=np.arange(places), return_predecessors=True
    )
    lengths = lengths[:, :places]
    # One triangle decides, so that there and back are the same to the last bit.
    lengths = np.triu(lengths) + np.triu(lengths, 1).T
    return before, lengths


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
    graph = csr_array((weights, (rows, columns)), shape=(len(names), len(names)))
    lengths, before = dijkstra(graph, return_predecessors=True)
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
