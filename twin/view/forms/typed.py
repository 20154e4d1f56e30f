"""What a planner does in a form -> an edit: a value typed, a row added, a time reshaped."""

from __future__ import annotations

import math
import re
from typing import get_origin

from twin import units
from twin.errors import LayoutError
from twin.layout import fields, schema
from twin.layout.changes import Points
from twin.layout.edits import Command, RemoveField, SetField
from twin.layout.files import Document
from twin.layout.schema import Layout
from twin.layout.splice import quantity
from twin.layout.starters import (
    distribution,
    start_of,
)
from twin.layout.things import PutInstead
from twin.layout.tree import Keys, Node
from twin.view.forms.choices import names_for
from twin.view.forms.places import (
    NUMBER,
    Json,
    Place,
    as_written,
    in_union,
    kinds_of_time,
    node_at,
    place_at,
    unit_of,
)
from twin.view.words import DAY


def typed(document: Document, path: Keys, text: str) -> Command | None:
    """The edit that what was typed into a field asks for; None where it changes nothing.

    An empty text lets the default hold again. A bare number gets the unit that the form shows.
    Raises LayoutError where there is no such field, or it cannot be empty.
    """
    place = _reached(document.layout, path)
    node = node_at(document, path)
    text = text.strip()
    if node is not None and node.kind == "scalar" and as_written(node, place.value) == text:
        return None
    if not text:
        return _emptied(place, node)
    return _put(document, place, _value(place, node, text))


EXCLUSIVE = (  # fields of which a model has one
    (schema.Orders, ("product", "mix", "sequence", "lines", "from_stock")),
    (schema.Refill, ("lot", "up_to")),
    (schema.Refill, ("takes", "makes")),
    (schema.Input, ("conveyor", "capacity")),
    (schema.Input, ("conveyor", "travel")),
)
OF_STATIONS = ("at", "run", "setup", "load", "unload", "or_at")  # fields of a step that is no delay


def _put(document: Document, place: Place, value: object) -> Command:
    """The edit that writes a value, and takes out what cannot stand beside it."""
    path, above = place.path, place.path[:-1]
    if place.owner is schema.Step and place.key == "delay" and place.value is None:
        return PutInstead(((path, value),), tuple((*above, key) for key in OF_STATIONS))
    if place.owner is schema.Step and place.key == "at" and place.value is None:
        values = (path, value), ((*above, "run"), "5 min")
        return PutInstead(values, ((*above, "delay"),))
    groups = [keys for owner, keys in EXCLUSIVE if place.owner is owner and place.key in keys]
    others = [(*above, key) for keys in groups for key in keys if key != place.key]
    written = tuple(each for each in others if node_at(document, each) is not None)
    if written and not place.value:
        return PutInstead(((path, value),), written)
    return SetField(path, value)


def _emptied(place: Place, node: Node | None) -> Command | None:
    if node is None:
        return None
    if place.info is None or place.info.is_required():
        raise LayoutError(f"{place.label}: cannot be empty; write a value")
    return RemoveField(place.path)


def _value(place: Place, node: Node | None, text: str) -> object:
    """What is written into the file for what was typed."""
    bared = fields.bare(place.annotation)
    name = fields.dimension(place.annotation)
    if bared is bool:
        return {"yes": True, "no": False, "true": True, "false": False}.get(text, text)
    if name and NUMBER.fullmatch(text):
        before = "" if node is None else as_written(node, place.value)
        unit = unit_of(before, place.value, name)
        bare = not unit or unit == units.DIMENSIONS[name][0]
        return _number(text) if bare and NUMBER.fullmatch(before) else f"{text} {unit}".strip()
    numeric = bared in (int, float) or get_origin(bared) in fields.Unions
    return _number(text) if not name and numeric and NUMBER.fullmatch(text) else text


def _number(text: str) -> float | int:
    return int(text) if re.fullmatch(r"\s*[-+]?\d{1,18}\s*", text) else float(text)


def _reached(layout: Layout, path: Keys) -> Place:
    """The place of a field that a form has shown, also of one that an optional group would hold."""
    place = place_at(layout, path)
    if place is None:
        where = "/".join(map(str, path))
        raise LayoutError(f"{where}: is not in the layout any more; look at it again")
    return place


def reshaped(document: Document, path: Keys, kind: str) -> Command:
    """The edit that gives a time another distribution, as long on average. Raises LayoutError."""
    _reached(document.layout, path)
    node = node_at(document, path)
    return SetField(path, distribution(kind, node.plain() if node is not None else None))


def added(document: Document, path: Keys, name: str = "") -> Command:
    """The edit that adds a row to a list, an entry `name` to a mapping, or an optional group.

    Raises LayoutError where there is nothing to add to, or an entry has no name.
    """
    layout = document.layout
    place = _reached(layout, path)
    value, kinds = place.value, kinds_of_time(place.annotation)
    if isinstance(value, dict):
        return _entry(document, place, name.strip())
    if isinstance(value, tuple):
        row = _new_row(layout, place, name.strip())
        node = node_at(document, path)
        if node is None or node.value in (None, []):
            return _put(document, place, [row])
        return SetField((*path, len(value)), row)
    begun = distribution(next(iter(kinds))) if kinds else start_of(place.annotation)
    return _put(document, place, begun)


def _entry(document: Document, place: Place, name: str) -> Command:
    """A new entry of a mapping."""
    if not name:
        raise LayoutError(f"{place.label}: a new entry needs a name")
    if name in place.value:
        raise LayoutError(f"{place.label}: {name!r} is there already; choose another name")
    annotation = fields.step(in_union(place.annotation, dict), name)
    value = start_of(annotation)
    if place.owner is schema.Orders and place.key == "mix" and not place.value:
        value = "100 %"
    if fields.bare(annotation) is schema.Fleet:
        value = {"vehicles": list(document.layout.transport.vehicles)[:1]}
    if fields.bare(annotation) is schema.Vehicle:
        value = {"asset": "vehicle/amr", "home": _ends(document.layout)[0]}
    if not place.value:
        return _put(document, place, {name: value})
    return SetField((*place.path, name), value)


def _new_row(layout: Layout, place: Place, name: str) -> object:
    """A new row of a list. Raises LayoutError where there is nothing to make it of."""
    path, value = place.path, place.value
    annotation = fields.step(in_union(place.annotation, tuple), 0)
    bared = fields.bare(annotation)
    if bared is schema.Step:
        return _new_step(layout, value)
    if bared is schema.Present:
        return _new_present(layout)
    if bared is schema.Road:
        return {"ends": _ends(layout)[:2]}
    if place.key == "points":
        return [quantity(x, "length") for x in _next_corner(value, place.owner is schema.Zone)]
    if place.owner is schema.Calendar and value:
        last = value[-1][1]
        return [_seconds(last), _seconds((last + _cycle(layout, path)) / 2)]
    if place.owner is schema.Profile and value:
        return [_seconds((value[-1][0] + _cycle(layout, path)) / 2), 1]
    if bared is str and name:
        return name
    item = Place((*path, len(value)), annotation, None, "")
    options = [option["value"] for option in names_for(layout, item)]
    row = start_of(annotation, [option for option in options if option not in value] or options)
    if row in ("new", []):
        raise LayoutError(f"{place.label}: there is nothing to choose from yet")
    return row


def _next_corner(points: Points, closed: bool) -> tuple[float, float]:
    """One more corner [m]: beyond the last one, or of an outline half way back to the first."""
    (x0, y0), (x1, y1) = points[-2:]
    if closed:
        return (points[0][0] + x1) / 2, (points[0][1] + y1) / 2
    step = 1.0 / math.dist((x0, y0), (x1, y1))
    return round(x1 + step * (x1 - x0), 3), round(y1 + step * (y1 - y0), 3)


def _ends(layout: Layout) -> list[str]:
    """What roads may join; at least two."""
    ends = [*layout.transport.nodes, *layout.machines]
    if len(ends) < 2:
        raise LayoutError("roads join nodes or machines; add two of them first")
    return ends


def _cycle(layout: Layout, path: Keys) -> float:
    """The cycle [s] of the calendar or profile that a list is in."""
    place = place_at(layout, (*path[:-1], "cycle"))
    return float(place.value) if place is not None else 0.0


def _seconds(time: float) -> str:
    """A time [s] as a planner writes it: "08:00" within a day."""
    return quantity(time, "time", "00:00" if time <= DAY else None)


def _new_step(layout: Layout, route: tuple[schema.Step, ...]) -> Json:
    """A step at a station that the route does not visit yet, if there is one."""
    if not layout.stations:
        raise LayoutError("a step works at a station; add a station first")
    visited = {station for step in route for station in step.stations}
    at = next((name for name in layout.stations if name not in visited), [*layout.stations][-1])
    taken = {step.step for step in route}
    name = (
        at
        if at not in taken
        else next(f"{at}-{k}" for k in range(2, 99) if f"{at}-{k}" not in taken)
    )
    return {"step": name, "at": at, "run": "5 min"}


def _new_present(layout: Layout) -> Json:
    for name, stream in layout.orders.items():
        for product in stream.products:
            if product in layout.products:
                more = {"product": product} if len(stream.products) > 1 else {}
                step = layout.products[product].route[0].step
                return {"orders": name, **more, "step": step}
    raise LayoutError("parts belong to orders for a product; add these first")


def refusal(error: LayoutError, path: Keys) -> str:
    """What an error says of a field: its messages, with the place where it is another one."""
    where = "/".join(map(str, path))
    told = [
        message if where.startswith(place) or place.startswith(where) else f"{place}: {message}"
        for place, message in error.problems
    ]
    return "; ".join(told) or str(error)
