"""Commands for what stands on the floor beside machines: arms, people's homes, vehicles."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

from twin.errors import LayoutError, nearest
from twin.layout.edits import CLOSE, ResizeCrew
from twin.layout.schema import Layout
from twin.layout.splice import Change, Source, put_all, quantity, take
from twin.layout.things import RemoveThing


class Placing(Protocol):
    """A command that puts one thing somewhere; several of them are one step (`MoveMachines`)."""

    @property
    def name(self) -> str: ...

    def changes(self, layout: Layout) -> list[Change]: ...


@dataclass(frozen=True)
class MoveHome:
    """Has the people of a crew wait at a point [m]."""

    name: str
    at: tuple[float, float]

    def apply(self, source: Source, layout: Layout) -> Source:
        return put_all(source, self.changes(layout))

    def changes(self, layout: Layout) -> list[Change]:
        """The values that are new. Raises LayoutError where there is no such crew."""
        crew = layout.crews.get(self.name)
        if crew is None:
            raise LayoutError(f"there is no crew {self.name!r}; {nearest(self.name, layout.crews)}")
        if not all(map(math.isfinite, self.at)):
            raise LayoutError(f"{self.name}: expected finite numbers, not {self.at}")
        path = ("crews", self.name, "home")
        if crew.home is None:
            return [Change(path, [quantity(x, "length") for x in self.at])]
        return [
            Change((*path, axis), self.at[axis], "length")
            for axis in (0, 1)
            if abs(self.at[axis] - crew.home[axis]) > CLOSE
        ]


@dataclass(frozen=True)
class ParkVehicle:
    """Has a vehicle start at a node or a machine, turned to a heading [rad]."""

    name: str
    home: str
    heading: float

    def apply(self, source: Source, layout: Layout) -> Source:
        return put_all(source, self.changes(layout))

    def changes(self, layout: Layout) -> list[Change]:
        """The values that are new. Raises LayoutError where there is no such vehicle or place."""
        moving = layout.transport
        vehicle = moving.vehicles.get(self.name)
        if vehicle is None:
            known = nearest(self.name, moving.vehicles)
            raise LayoutError(f"there is no vehicle {self.name!r}; {known}")
        if self.home not in moving.nodes and self.home not in layout.machines:
            known = nearest(self.home, [*moving.nodes, *layout.machines])
            raise LayoutError(f"there is no node or machine {self.home!r}; {known}")
        if not math.isfinite(self.heading):
            raise LayoutError(f"{self.name}: expected a finite heading, not {self.heading}")
        path = ("transport", "vehicles", self.name)
        changes = [] if self.home == vehicle.home else [Change((*path, "home"), self.home)]
        if abs(math.remainder(self.heading - vehicle.heading, 2 * math.pi)) > CLOSE:
            changes.append(Change((*path, "heading"), self.heading % (2 * math.pi), "angle"))
        return changes


@dataclass(frozen=True)
class CopyArm:
    """Puts an arm like another at a point [m], turned to a heading [rad]; it serves nothing yet."""

    of: str
    name: str
    at: tuple[float, float]
    heading: float
    label: str = ""

    def apply(self, source: Source, layout: Layout) -> Source:
        if self.of not in layout.arms:
            raise LayoutError(f"there is no arm {self.of!r}; {nearest(self.of, layout.arms)}")
        if not all(map(math.isfinite, (*self.at, self.heading))):
            message = f"expected finite numbers, not {self.at}, {self.heading}"
            raise LayoutError(f"{self.name}: {message}")
        fields = {**source.tree.plain()["arms"][self.of]}
        fields["at"] = [quantity(x, "length") for x in self.at]
        if "heading" in fields or self.heading:
            fields["heading"] = quantity(self.heading % (2 * math.pi), "angle")
        if self.label:
            fields["label"] = self.label
        return put_all(source, [Change(("arms", self.name), fields)])


@dataclass(frozen=True)
class CopyVehicle:
    """A vehicle like another, at the same place and in the same fleets."""

    of: str
    name: str
    label: str = ""

    def apply(self, source: Source, layout: Layout) -> Source:
        moving = layout.transport
        if self.of not in moving.vehicles:
            known = nearest(self.of, moving.vehicles)
            raise LayoutError(f"there is no vehicle {self.of!r}; {known}")
        fields = {**source.tree.plain()["transport"]["vehicles"][self.of]}
        if self.label:
            fields["label"] = self.label
        changes = [Change(("transport", "vehicles", self.name), fields)]
        for name, fleet in moving.fleets.items():
            if self.of in fleet.vehicles:
                path = ("transport", "fleets", name, "vehicles", len(fleet.vehicles))
                changes.append(Change(path, self.name))
        return put_all(source, changes)


@dataclass(frozen=True)
class RemoveVehicle:
    """Takes a vehicle off the floor and out of its fleets, none of which may be left empty."""

    name: str

    def apply(self, source: Source, layout: Layout) -> Source:
        moving = layout.transport
        if self.name not in moving.vehicles:
            known = nearest(self.name, moving.vehicles)
            raise LayoutError(f"there is no vehicle {self.name!r}; {known}")
        for name, fleet in moving.fleets.items():
            if self.name not in fleet.vehicles:
                continue
            if len(fleet.vehicles) == 1:
                message = f"{self.name!r} is the only vehicle of fleet {name!r}"
                raise LayoutError(f"{message}; remove the fleet, or add another vehicle first")
            index = fleet.vehicles.index(self.name)
            source = take(source, ("transport", "fleets", name, "vehicles", index))
        return take(source, ("transport", "vehicles", self.name))


@dataclass(frozen=True)
class RemovePerson:
    """A crew has one person less; with its last one it goes, unless somebody still asks for it."""

    crew: str

    def apply(self, source: Source, layout: Layout) -> Source:
        if self.crew not in layout.crews:
            raise LayoutError(f"there is no crew {self.crew!r}; {nearest(self.crew, layout.crews)}")
        people = layout.crews[self.crew].people
        if people > 1:
            return ResizeCrew(self.crew, people - 1).apply(source, layout)
        return RemoveThing(("crews", self.crew)).apply(source, layout)
