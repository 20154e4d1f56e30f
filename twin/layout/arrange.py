"""Commands that arrange the floor: several things at once, and one step for undo."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from twin.errors import LayoutError, nearest
from twin.layout.changes import DRAWN, Points, named
from twin.layout.edits import CLOSE, RemoveMachine
from twin.layout.movers import Placing
from twin.layout.schema import Layout
from twin.layout.splice import Change, Source, put, put_all, quantity
from twin.layout.tree import Keys

_NUMBERED = re.compile(r"(.*?)(-?)(\d+)")
_LABELLED = re.compile(r"(.*?)( ?)(\d+)")


@dataclass(frozen=True)
class MoveMachines:
    """Puts machines, arms, people's homes and vehicles at new places."""

    moves: tuple[Placing, ...]

    def apply(self, source: Source, layout: Layout) -> Source:
        named = [move.name for move in self.moves]
        for name in named:
            if named.count(name) > 1:
                raise LayoutError(f"{name} cannot be moved to two places; name it once")
        return put_all(source, [c for move in self.moves for c in move.changes(layout)])


@dataclass(frozen=True)
class Copy:
    """A machine like another: its name, where it stands [m] and how it is turned [rad]."""

    of: str
    name: str
    at: tuple[float, float]
    heading: float


@dataclass(frozen=True)
class DuplicateMachines:
    """Puts copies of machines on the floor, all their fields included, into the same stations.

    A copy's label goes on counting where the original's ends in a number.
    """

    copies: tuple[Copy, ...]

    def apply(self, source: Source, layout: Layout) -> Source:
        changes: list[Change] = []
        written_as = source.tree.plain()
        labels = {machine.label for machine in layout.machines.values()}
        taken = {*taken_names(layout)}
        longer = {name: len(station.machines) for name, station in layout.stations.items()}
        for copy in self.copies:
            _known(layout, copy.of)
            _free(copy.name, taken)
            taken.add(copy.name)
            fields = _elsewhere(written_as["machines"][copy.of], copy)
            if layout.machines[copy.of].label:
                fields["label"] = next_label(layout.machines[copy.of].label, labels)
                labels.add(fields["label"])
            changes.append(Change(("machines", copy.name), fields))
            for name, station in layout.stations.items():
                if copy.of in station.machines:
                    path = ("stations", name, "machines", longer[name])
                    changes.append(Change(path, copy.name))
                    longer[name] += 1
        return put_all(source, changes)


@dataclass(frozen=True)
class RemoveMachines:
    """Takes machines off the floor and out of their stations, none of which may be left empty."""

    names: tuple[str, ...]

    def apply(self, source: Source, layout: Layout) -> Source:
        gone = set(self.names)
        for name in self.names:
            _known(layout, name)
        for name, station in layout.stations.items():
            if gone >= set(station.machines):
                left = ", ".join(station.machines)
                raise LayoutError(
                    f"station {name!r} would be left without machines (it has {left}); "
                    "remove the station, or add another machine to it first"
                )
        for name in dict.fromkeys(self.names):
            source = RemoveMachine(name).apply(source, layout)
            layout = _without(layout, name)
        return source


@dataclass(frozen=True)
class AddRoad:
    """Draws a road over the floor: from each place to the next, a stretch for vehicles.

    A place is the name of a node or a machine, or a point [m] that becomes a new node.
    """

    places: tuple[str | tuple[float, float], ...]

    def apply(self, source: Source, layout: Layout) -> Source:
        if len(self.places) < 2:
            raise LayoutError("a road has two ends at least; give one more place")
        nodes = layout.transport.nodes
        free = free_names(layout, "n0")
        changes: list[Change] = []
        ends: list[str] = []
        for place in self.places:
            if isinstance(place, str):
                if place not in nodes and place not in layout.machines:
                    known = nearest(place, [*nodes, *layout.machines])
                    raise LayoutError(f"there is no node or machine {place!r}; {known}")
                ends.append(place)
                continue
            ends.append(next(free))
            changes.append(Change(("transport", "nodes", ends[-1]), _written(place)))
        roads = [{"ends": list(pair)} for pair in pairwise(ends) if pair[0] != pair[1]]
        count = len(layout.transport.roads)
        if count:
            path = ("transport", "roads")
            changes += [Change((*path, count + i), road) for i, road in enumerate(roads)]
        else:
            changes.append(Change(("transport", "roads"), roads))
        return put_all(source, changes)


@dataclass(frozen=True)
class Draw:
    """Draws a wall, an aisle, a zone or a conveyor (a key of DRAWN) by its corners [m]."""

    kind: str
    name: str
    points: Points

    def apply(self, source: Source, layout: Layout) -> Source:
        _free(self.name, named(layout, home_of(self.kind)))
        drawn = {"points": [_written(point) for point in self.points]}
        return put(source, (*home_of(self.kind), self.name), drawn)


@dataclass(frozen=True)
class Redraw:
    """Puts the corners of a wall, an aisle, a zone or a conveyor at other points [m]."""

    kind: str
    name: str
    points: Points

    def apply(self, source: Source, layout: Layout) -> Source:
        there, path = named(layout, home_of(self.kind)), (*home_of(self.kind), self.name, "points")
        if self.name not in there:
            known = nearest(self.name, there)
            raise LayoutError(f"there is no {self.kind} {self.name!r}; {known}")
        before = there[self.name].points
        if len(before) != len(self.points):
            return put(source, path, [_written(point) for point in self.points])
        changes = [
            Change((*path, index, axis), point[axis], "length")
            for index, point in enumerate(self.points)
            for axis in (0, 1)
            if abs(point[axis] - before[index][axis]) > CLOSE
        ]
        return put_all(source, changes)


def home_of(kind: str) -> Keys:
    """Where things of a kind stand. Raises LayoutError for what is not drawn by points."""
    if kind not in DRAWN:
        raise LayoutError(f"nothing of the kind {kind!r} is drawn; {nearest(kind, DRAWN)}")
    return DRAWN[kind]


def _written(point: tuple[float, float]) -> list[str]:
    """A point as a planner would write it."""
    if not all(map(math.isfinite, point)):
        raise LayoutError(f"expected finite numbers for a point, not {point}")
    return [quantity(x, "length") for x in point]


def _known(layout: Layout, name: str) -> None:
    if name not in layout.machines:
        raise LayoutError(f"there is no machine {name!r}; {nearest(name, layout.machines)}")


def _free(name: str, taken: Collection[str]) -> None:
    if name in taken:
        raise LayoutError(f"something on the floor is called {name!r} already; choose another name")


def _without(layout: Layout, name: str) -> Layout:
    """The layout as the next command of a row meets it: a machine gone, and from its stations."""
    stations = {
        key: station.model_copy(
            update={"machines": tuple(m for m in station.machines if m != name)}
        )
        for key, station in layout.stations.items()
    }
    machines = {key: machine for key, machine in layout.machines.items() if key != name}
    return layout.model_copy(update={"machines": machines, "stations": stations})


def _elsewhere(fields: dict[str, Any], copy: Copy) -> dict[str, Any]:
    """The fields of a machine with the place of its copy, as a planner would write it."""
    if not all(map(math.isfinite, (*copy.at, copy.heading))):
        raise LayoutError(f"{copy.name}: expected finite numbers, not {copy.at}, {copy.heading}")
    heading = copy.heading % (2 * math.pi)
    fields = {**fields, "at": [quantity(x, "length") for x in copy.at]}
    if "heading" in fields or heading:
        fields["heading"] = quantity(heading, "angle")
    return fields


# --- names ---------------------------------------------------------------------------------------


def taken_names(layout: Layout) -> set[str]:
    """The names that a new thing on the floor cannot have."""
    moving = layout.transport
    drawn = {name for keys in DRAWN.values() for name in named(layout, keys)}
    there = {*layout.machines, *layout.arms, *moving.nodes, *moving.vehicles, *layout.crews}
    return there | drawn


def free_names(layout: Layout, like: str) -> Iterator[str]:
    """Names that nothing bears, one after the other: "place-6" behind "place-5", "aoi-2" for "aoi".

    `like` is the name of a machine or what it is ("mill/desktop": "mill-1", "mill-2").
    """
    kind, slash, _ = like.partition("/")
    numbered = _NUMBERED.fullmatch(kind)
    stem, dash = (numbered[1], numbered[2]) if numbered and numbered[1] else (kind, "-")
    number = int(numbered[3]) if numbered and numbered[1] else 0 if slash else 1
    taken = taken_names(layout) | set(layout.stations)
    while True:
        number += 1
        name = f"{stem}{dash}{number}"
        if name not in taken:
            yield name


def next_label(label: str, taken: Collection[str]) -> str:
    """The label of a copy: "Mill 2" behind "Mill 1" and "Mill", the first that is not taken."""
    numbered = _LABELLED.fullmatch(label)
    stem, space = (numbered[1], numbered[2]) if numbered and numbered[1] else (label, " ")
    number = int(numbered[3]) if numbered and numbered[1] else 1
    while True:
        number += 1
        if (candidate := f"{stem}{space}{number}") not in taken:
            return candidate
