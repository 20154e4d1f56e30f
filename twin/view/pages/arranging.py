"""What the viewer says of things on the floor, as commands: moved, copied, removed.

A thing is {kind, name, at [m], heading [rad]}; its kind is "machine", "arm", "home" (of the people
of a crew, named after one of them: "setup#1") or "vehicle" (with `home`: a node or a machine).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from twin.errors import LayoutError, TwinError
from twin.layout.arrange import (
    Copy,
    DuplicateMachines,
    MoveMachines,
    RemoveMachines,
    free_names,
    next_label,
)
from twin.layout.edits import Command, MoveMachine, ResizeCrew
from twin.layout.movers import (
    CopyArm,
    CopyVehicle,
    MoveHome,
    ParkVehicle,
    Placing,
    RemovePerson,
    RemoveVehicle,
)
from twin.layout.schema import Layout
from twin.layout.things import RemoveThing, Several
from twin.view.component import Placed
from twin.view.scene import home_of, vehicle_place

Thing = Mapping[str, Any]


def moved(things: Iterable[Thing]) -> Command:
    """The command that puts things where the viewer shows them, as one step."""
    placings = [_placing(thing) for thing in things]
    alone = placings[0] if len(placings) == 1 else None
    if isinstance(alone, (MoveMachine, MoveHome, ParkVehicle)):
        return alone
    return MoveMachines(tuple(placings))


def _placing(thing: Thing) -> Placing:
    name, kind = str(thing["name"]), thing.get("kind", "machine")
    if kind == "vehicle":
        return ParkVehicle(name, str(thing["home"]), float(thing["heading"]))
    if kind == "home":
        return MoveHome(_crew(name), _point(thing))
    return MoveMachine(name, _point(thing), float(thing["heading"]))


def _point(thing: Thing) -> tuple[float, float]:
    x, y = (float(value) for value in thing["at"])
    return x, y


def _crew(person: str) -> str:
    """The crew of a person: "setup" of "setup#1"."""
    return person.partition("#")[0]


def duplicated(layout: Layout, things: Iterable[Thing]) -> tuple[Command, list[str]]:
    """The command that copies things, as one step, and what the copies are called on the floor.

    Of a crew, there is one person more; a vehicle joins the fleets of its original.
    """
    copies: list[Copy] = []
    others: list[Command] = []
    names: list[str] = []
    taken: set[str] = set()
    labels = {thing.label for thing in (*layout.arms.values(), *layout.transport.vehicles.values())}

    def free(like: str) -> str:
        name = next(name for name in free_names(layout, like) if name not in taken)
        taken.add(name)
        return name

    def relabelled(label: str) -> str:
        if label:
            label = next_label(label, labels)
            labels.add(label)
        return label

    for thing in things:
        like, kind = str(thing["name"]), thing.get("kind", "machine")
        if kind == "home":
            people = _known(layout.crews, _crew(like), "crew").people + 1
            others.append(ResizeCrew(_crew(like), people))
            names.append(f"{_crew(like)}#{people}")
            continue
        name = free(like)
        names.append(name)
        if kind == "arm":
            label = relabelled(_known(layout.arms, like, "arm").label)
            others.append(CopyArm(like, name, _point(thing), float(thing["heading"]), label))
        elif kind == "vehicle":
            label = relabelled(_known(layout.transport.vehicles, like, "vehicle").label)
            others.append(CopyVehicle(like, name, label))
        else:
            copies.append(Copy(like, name, _point(thing), float(thing["heading"])))
    if copies:
        others.insert(0, DuplicateMachines(tuple(copies)))
    if not others:
        raise TwinError("Nothing is selected that could be copied.")
    return _as_one(others), names


def _known(things: Mapping[str, Any], name: str, what: str) -> Any:
    if name not in things:
        raise LayoutError(f"there is no {what} {name!r} any more")
    return things[name]


def removed(things: Iterable[Thing]) -> Command:
    """The command that takes things off the floor, as one step; of a crew, one person."""
    machines: list[str] = []
    others: list[Command] = []
    for thing in things:
        name, kind = str(thing["name"]), thing.get("kind", "machine")
        if kind == "machine":
            machines.append(name)
        elif kind == "arm":
            others.append(RemoveThing(("arms", name)))
        elif kind == "vehicle":
            others.append(RemoveVehicle(name))
        else:
            others.append(RemovePerson(_crew(name)))
    if machines:
        others.insert(0, RemoveMachines(tuple(machines)))
    if not others:
        raise TwinError("Nothing is selected that could be removed.")
    return _as_one(others)


def _as_one(commands: list[Command]) -> Command:
    return commands[0] if len(commands) == 1 else Several(tuple(commands))


def standing(layout: Layout, names: Iterable[str]) -> list[Placed]:
    """Where things of the layout stand, by their names on the floor; those that there are."""
    found: list[Placed] = []
    things = {**layout.machines, **layout.arms}
    for name in names:
        crew = layout.crews.get(_crew(name))
        vehicle = layout.transport.vehicles.get(name)
        if name in things:
            found.append((name, things[name].at, things[name].heading))
        elif vehicle is not None:
            found.append((name, vehicle_place(layout, name), vehicle.heading))
        elif crew is not None:
            found.append((name, home_of(layout, crew), 0.0))
    return found
