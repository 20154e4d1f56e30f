"""What has changed between two layouts, as marks on the floor: where it was, where it is now.

Each mark is one change of `twin.layout.changes`, with that change's own words, so that the list on
the page, the text of a comparison and the picture cannot say different things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from twin.errors import LayoutError
from twin.layout import outlines
from twin.layout.catalog import Asset, load_asset
from twin.layout.changes import Change, changes_between
from twin.layout.schema import Aisle, Conveyor, Layout, Wall, Zone
from twin.layout.tree import Keys
from twin.view.scene import people_at_home, place_of

Json = dict[str, Any]
Places = dict[str, Json]  # name of a thing -> {at [m], heading [rad], size [m] (3)}

PERSON = (0.5, 0.5, 1.75)  # m, that is marked about a person
SPOT = (0.4, 0.4, 0.02)  # m, that is marked at a crossing
PAINT = 0.02  # m, height that is marked of what is painted
DOOR = (0.2, 0.3)  # m, depth and height that are marked of a door


def marks(before: Layout, after: Layout) -> list[Json]:
    """Each change with its verb, its words and where it is on the floor: places it `was` at and is
    at `now`, empty where it is on no floor; `name` is what a camera may fly to, or empty. `body`
    says that it is the thing at these places itself that came, went or moved; `short` is for a
    label that stands beside it."""
    return [_mark(change, before, after) for change in changes_between(before, after)]


def _mark(change: Change, before: Layout, after: Layout) -> Json:
    was, now = _places(change.path, before), _places(change.path, after)
    body = change.verb != "changed" and change.path[0] in _BODIES
    if change.path[0] == "crews":
        body = change.path[2:] in ((), ("people",))
        if body:  # those who came or went; the others only stand closer
            was, now = _others(was, now), _others(now, was)
    if change.path[0] == "stations" and change.path[2:] == ("machines",):  # those that are others
        was, now = _others(was, now), _others(now, was)
    if not body:  # it is told at the same machines on both floors
        names = (*was, *now)
        for found, layout in ((was, before), (now, after)):
            for name in names:
                found |= dict(_machine(layout, [name])) if name not in found else {}
    return {
        "body": body,
        "verb": change.verb,
        "text": change.text,
        "short": _short(change) if body else change.text,
        "name": next(iter([*now, *was]), ""),
        "was": list(was.values()),
        "now": list(now.values()),
    }


def _others(one: Places, other: Places) -> Places:
    return {name: place for name, place in one.items() if name not in other}


def _short(change: Change) -> str:
    """Without what is seen where the label stands: what kind of thing it is, and its place."""
    head, _, _ = change.text.partition(" (")
    return head.removeprefix("machine ").removeprefix("arm ")


def _places(path: Keys, layout: Layout) -> Places:
    """Where on a layout's floor that is what a path leads to: the things it speaks of by name."""
    kind, *keys = path
    look = _FLOOR.get(str(kind))
    return dict(look(layout, keys)) if look else {}


Found = Iterator[tuple[str, Json]]


def _place(at: Any, heading: float, size: Any) -> Json:
    return {"at": list(at), "heading": heading, "size": list(size)}


def _machine(layout: Layout, keys: list[str | int]) -> Found:
    machine = layout.machines.get(str(keys[0])) if keys else None
    asset = _asset(machine.asset) if machine else None
    if machine and asset:
        yield str(keys[0]), _place(machine.at, machine.heading, asset.size)


def _arm(layout: Layout, keys: list[str | int]) -> Found:
    arm = layout.arms.get(str(keys[0])) if keys else None
    asset = _asset(arm.asset) if arm else None
    if arm and asset:
        yield (
            str(keys[0]),
            _place(arm.at, arm.heading, (*asset.size[:2], arm.height + asset.size[2])),
        )


def _station(layout: Layout, keys: list[str | int]) -> Found:
    station = layout.stations.get(str(keys[0])) if keys else None
    for name in station.machines if station else ():
        yield from _machine(layout, [name])


def _product(layout: Layout, keys: list[str | int]) -> Found:
    """Of a change in a step: the station that the step is at."""
    product = layout.products.get(str(keys[0])) if keys else None
    if product and keys[1:2] == ["route"]:
        for step in product.route:
            if step.step == keys[2] and step.at:
                yield from _station(layout, [step.at])


def _crew(layout: Layout, keys: list[str | int]) -> Found:
    for person in people_at_home(layout):
        if keys and person["crew"] == keys[0]:
            yield person["name"], _place(person["home"], 0.0, PERSON)


def _transport(layout: Layout, keys: list[str | int]) -> Found:
    table, name = (str(key) for key in (*keys, "", "")[:2])
    if table == "vehicles" and name in layout.transport.vehicles:
        vehicle = layout.transport.vehicles[name]
        asset = _asset(vehicle.asset)
        if asset:
            at = place_of(layout, vehicle.home, f"transport/vehicles/{name}/home")
            yield name, _place(at, vehicle.heading, asset.size)
    elif table == "nodes" and name in layout.transport.nodes:
        yield name, _place(layout.transport.nodes[name], 0.0, SPOT)


def _floor(layout: Layout, keys: list[str | int]) -> Found:
    name = str((*keys, "", "")[1])
    if keys and keys[0] in ("walls", "aisles", "zones"):
        kind = str(keys[0]).removesuffix("s")
        yield from _line(f"{kind}:{name}", getattr(layout.floor, str(keys[0])).get(name))
    if keys[:1] == ["doors"] and name in layout.floor.doors:
        door = layout.floor.doors[name]
        across = 0.0 < door.at[0] < layout.floor.size[0]
        size = (door.width, DOOR[0]) if across else (DOOR[0], door.width)
        yield name, _place(door.at, 0.0, (*size, DOOR[1]))


def _conveyor(layout: Layout, keys: list[str | int]) -> Found:
    if keys:
        yield from _line(f"conveyor:{keys[0]}", layout.conveyors.get(str(keys[0])))


def _line(name: str, thing: Wall | Aisle | Zone | Conveyor | None) -> Found:
    """Of what is drawn by points: a line's stretches, a zone's outermost reach. `name` is that by
    which the viewer selects it."""
    if isinstance(thing, Zone):
        low, high = np.min(thing.points, axis=0), np.max(thing.points, axis=0)
        yield name, _place((low + high) / 2, 0.0, (*(high - low), PAINT))
    elif thing is not None:
        width = thing.thickness if isinstance(thing, Wall) else thing.width
        height = PAINT if isinstance(thing, Aisle) else thing.height
        for k, (at, half, heading) in enumerate(outlines.strip(thing.points, width)):
            key = name if k == 0 else f"{name} {k + 1}"
            yield key, _place(at, heading, (2 * half[0], 2 * half[1], height))


def _asset(name: str) -> Asset | None:
    """An asset; None where it cannot be read, which the floor's own check tells."""
    try:
        return load_asset(name)
    except LayoutError:
        return None


_BODIES = ("machines", "arms", "transport", "floor", "conveyors")
_FLOOR: dict[str, Callable[[Layout, list[str | int]], Found]] = {
    "machines": _machine,
    "arms": _arm,
    "stations": _station,
    "products": _product,
    "crews": _crew,
    "transport": _transport,
    "floor": _floor,
    "conveyors": _conveyor,
}
