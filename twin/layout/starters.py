"""What a new thing begins with: the least that the schema asks for, marked as guessed.

A start is a value as a planner would write it (texts with units), fit for `AddThing` and
`SetField`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal, get_args, get_origin

from twin import units
from twin.errors import LayoutError
from twin.layout import fields, schema
from twin.layout.arrange import Draw, free_names, taken_names
from twin.layout.catalog import known_assets, load_asset
from twin.layout.changes import DRAWN, Points
from twin.layout.edits import AddMachine, Command, ResizeCrew, SetField
from twin.layout.paths import Box, box_of, fixtures
from twin.layout.rules.attendance import skills
from twin.layout.rules.floor import penetration
from twin.layout.schema import Input, Layout
from twin.layout.splice import written
from twin.layout.things import AddThing, Several
from twin.layout.tree import Keys

EMPTY = """\
# {comment}
twin: 1
name: {name}
floor: {{size: [10 m, 8 m]}}
machines: {{}}
stations: {{}}
products: {{}}
orders: {{}}
"""
NAME_LENGTH = 60
STEP = 0.25  # m between two places that are tried on the floor
AISLE = 0.8  # m kept free around a new machine
WORKSHOP = 5.0  # m, the shorter side of a floor that new lines are drawn in full length on
NO_MACHINES = ("arm", "person", "vehicle")  # kinds of assets that are something else
GUESSED = "guessed"
MODELS: dict[type, Any] = {  # where the required fields alone make no sense
    schema.Refill: {"at": 10, "lot": 50, "takes": "1 day"},
    schema.Profile: {"rates": [["0 s", 1]]},
    schema.Disturbance: {
        "clock": "work",
        "every": {"dist": "exponential", "mean": "40 h"},
        "lasts": "30 min",
    },
    schema.Calendar: {"cycle": "24 h", "open": [["08:00", "16:00"]]},
    schema.Batch: {"min": 1, "max": 4},
    schema.Branch: {"to": "scrap", "share": "5 %"},
    schema.Wall: {"points": [["1 m", "1 m"], ["3 m", "1 m"]]},
    schema.Aisle: {"points": [["1 m", "1 m"], ["4 m", "1 m"]]},
    schema.Zone: {"points": [["1 m", "1 m"], ["3 m", "1 m"], ["3 m", "2 m"], ["1 m", "2 m"]]},
    schema.Conveyor: {"points": [["1 m", "1 m"], ["3 m", "1 m"]]},
}
DISTRIBUTIONS: dict[str, dict[str, Any]] = {
    "constant": {"value": "5 min"},
    "exponential": {"mean": "5 min"},
    "erlang": {"shape": 2, "mean": "5 min"},
    "hyperexponential": {"probs": ["50 %", "50 %"], "means": ["2 min", "8 min"]},
    "lognormal": {"mean": "5 min", "cv": 0.2},
    "gamma": {"mean": "5 min", "cv": 0.5},
    "uniform": {"low": "4 min", "high": "6 min"},
    "triangular": {"low": "4 min", "mode": "5 min", "high": "6 min"},
    "weibull": {"shape": 2, "scale": "5 min"},
    "empirical": {"values": ["4 min", "5 min", "6 min"]},
    "formula": {"formula": "5 min"},
}
MIDDLES = ("value", "mean", "mode", "scale")  # the fields that say how long it takes


def named(label: str, taken: Iterable[str], fallback: str) -> str:
    """A name for the file made of what a person typed: "Bench 2 <b>" -> "bench-2-b".

    A number behind it tells it from those that are taken.
    """
    name = re.sub(r"[^A-Za-z0-9]+", "-", label).strip("-").lower()[: NAME_LENGTH - 4] or fallback
    known = set(taken)
    if name not in known:
        return name
    return next(f"{name}-{k}" for k in range(2, len(known) + 3) if f"{name}-{k}" not in known)


def distribution(kind: str, before: object = None) -> object:
    """A time of another distribution, as long on average as the written one before it.

    Raises LayoutError for a kind that is none.
    """
    if kind not in DISTRIBUTIONS:
        raise LayoutError(f"unknown distribution {kind!r}; known: {', '.join(DISTRIBUTIONS)}")
    start = dict(DISTRIBUTIONS[kind])
    middle = before
    if isinstance(before, dict):
        middle = next((before[key] for key in MIDDLES if key in before), None)
    if isinstance(middle, (str, int, float)):
        start.update({key: middle for key in start if key in MIDDLES})
        if kind in ("uniform", "triangular"):
            start.update(_around(middle, kind))
    if kind == "constant":
        return start["value"]
    return start if kind == "formula" else {"dist": kind, **start}


def _around(middle: str | int | float, kind: str) -> dict[str, object]:
    """The least and the most of a spread around a time [s]."""
    seconds = units.parse(middle, "time")
    ends: dict[str, object] = {"low": f"{0.8 * seconds:g} s", "high": f"{1.2 * seconds:g} s"}
    return {**ends, "mode": middle} if kind == "triangular" else ends


def start_of(annotation: Any, options: Iterable[str] = ()) -> Any:
    """The least value of an annotation; `options` are the names that may stand there."""
    choices = list(options)
    bared = fields.bare(annotation)
    origin, inner = get_origin(bared), get_args(bared)
    if fields.members(annotation) or bared is schema.Phase:
        return ("constant" in fields.members(annotation) and "5 min") or distribution("exponential")
    if isinstance(bared, type) and issubclass(bared, schema.Part):
        return _model(bared)
    if origin is dict:
        return {}
    if origin is tuple and inner[-1] is not Ellipsis:
        return [start_of(item) for item in inner]
    if origin is tuple:
        return [choices[0]] if choices else []
    if choices:
        return choices[0]
    name = fields.dimension(annotation)
    if name:
        return units.DIMENSIONS[name][1]
    if origin is Literal:
        return inner[0]
    if origin in fields.Unions:
        return start_of(inner[0])
    return {bool: False, int: 1, float: 1}.get(bared, "new")


def _model(model: type[schema.Part]) -> Any:
    if model in MODELS:
        return MODELS[model]
    needed = [key for key in fields.hints(model) if fields.required(model, key)]
    return {key: start_of(fields.hints(model)[key]) for key in needed}


# --- things of the outline -----------------------------------------------------------------------


def machine_assets() -> list[str]:
    """The assets that may be a machine, "kind/model"."""
    return [name for name in known_assets() if name.partition("/")[0] not in NO_MACHINES]


def free_place(layout: Layout, asset: str) -> tuple[float, float]:
    """A point [m] of the floor where an asset stands clear of all others, row by row.

    The middle of the floor where there is none: the findings tell what it is in the way of.
    Raises LayoutError for an asset that is none.
    """
    return _clear(layout, load_asset(asset).size[:2])


def _clear(layout: Layout, size: Sequence[float]) -> tuple[float, float]:
    """A point [m] of the floor where a rectangle stands clear, else the middle of the floor."""
    width, depth = layout.floor.size
    half = [side / 2 for side in size]
    others = [box_of(thing) for thing in (*layout.machines.values(), *layout.arms.values())]
    others += [box for boxes in fixtures(layout).values() for box in boxes]
    y = half[1] + AISLE
    while y <= depth - half[1]:
        x = half[0] + AISLE
        while x <= width - half[0]:
            box = Box((x, y), (half[0] + AISLE, half[1] + AISLE), 0.0)
            if all(penetration(box, other) <= 0 for other in others):
                return round(x, 3), round(y, 3)
            x += STEP
        y += STEP
    return width / 2, depth / 2


def new_machine(layout: Layout, label: str, asset: str, station: str | None = None) -> Command:
    """A machine on a free place of the floor, in a station if one is named."""
    name = named(label, [*layout.machines, *layout.arms], "machine")
    add = AddMachine(name, asset, free_place(layout, asset), station=station)
    return _labelled(add, ("machines", name), label)


def new_station(layout: Layout, label: str, asset: str) -> Command:
    """A station with one machine of its own."""
    name = named(label, layout.stations, "station")
    machine = named(label, [*layout.machines, *layout.arms], "machine")
    place = AddMachine(machine, asset, free_place(layout, asset))
    value: dict[str, object] = {"machines": [machine]}
    return Several((place, AddThing(("stations", name), _with_label(value, name, label))))


def new_crew(layout: Layout, label: str) -> Command:
    """One person who waits in the middle of the floor and walks."""
    name = named(label, layout.crews, "crew")
    home = [f"{side / 2:g} m" for side in layout.floor.size]
    value: dict[str, object] = {"people": 1, "home": home, "walking": "1.2 m/s"}
    return AddThing(("crews", name), _with_label(value, name, label))


def new_product(layout: Layout, label: str) -> Command:
    """A product that visits all stations in turn, five minutes each: a guess to be replaced."""
    if not layout.stations:
        raise LayoutError("a product is made at stations; add a station first")
    name = named(label, layout.products, "product")
    route = [{"step": each, "at": each, "run": "5 min"} for each in layout.stations]
    value: dict[str, object] = {"basis": GUESSED, "route": route}
    return AddThing(("products", name), _with_label(value, name, label))


def new_orders(layout: Layout, label: str) -> Command:
    """An order for one piece every half hour, by chance."""
    if not layout.products:
        raise LayoutError("an order is for a product; add a product first")
    name = named(label, layout.orders, "orders")
    every = {"dist": "exponential", "mean": "30 min"}
    value = {"product": next(iter(layout.products)), "every": every, "basis": GUESSED}
    return AddThing(("orders", name), value)


def new_calendar(layout: Layout, label: str) -> Command:
    """A shift from eight to four; the first calendar becomes everybody's."""
    name = named(label, layout.calendars, "day")
    add = AddThing(("calendars", name), MODELS[schema.Calendar])
    if layout.calendars or layout.calendar is not None:
        return add
    return Several((add, AddThing(("calendar",), name)))


def new_stock(layout: Layout, label: str) -> Command:
    """A stock of a hundred pieces."""
    name = named(label, layout.stocks, "stock")
    return AddThing(("stocks", name), _with_label({"start": 100}, name, label))


def new_tool(layout: Layout, label: str) -> Command:
    """One tool."""
    name = named(label, layout.tools, "tool")
    return AddThing(("tools", name), _with_label({"count": 1}, name, label))


def new_wall(layout: Layout, label: str) -> Command:
    """Two metres of wall on a free place of the floor."""
    return _drawn(layout, "wall", label, _across(layout, (2.0, 0.1)))


def new_aisle(layout: Layout, label: str) -> Command:
    """Three metres of aisle on a free place of the floor."""
    return _drawn(layout, "aisle", label, _across(layout, (3.0, 1.2)))


def new_zone(layout: Layout, label: str) -> Command:
    """A zone of two metres by one on a free place of the floor."""
    (left, y), (right, _) = _across(layout, (2.0, 1.0))
    half = round((right - left) / 4, 3)
    low, high = y - half, y + half
    corners = ((left, low), (right, low), (right, high), (left, high))
    return _drawn(layout, "zone", label, corners)


def new_conveyor(layout: Layout, label: str) -> Command:
    """Two metres of belt on a free place of the floor; no station is fed by it yet."""
    return _drawn(layout, "conveyor", label, _across(layout, (2.0, 0.4)))


def _across(layout: Layout, size: tuple[float, float]) -> Points:
    """The two ends [m] of a line along x in the middle of a free rectangle, smaller on a small
    floor."""
    scale = min(1.0, min(layout.floor.size) / WORKSHOP)
    length = size[0] * scale
    x, y = _clear(layout, (length, size[1] * scale))
    return (round(x - length / 2, 3), y), (round(x + length / 2, 3), y)


def led_to(layout: Layout, drawn: Draw, machine: str) -> Command:
    """What has been drawn; a conveyor that ends at a machine feeds its station.

    One whose input says something already keeps that, for the planner to decide.
    """
    for name, station in layout.stations.items():
        if drawn.kind == "conveyor" and machine in station.machines and station.input == Input():
            path = ("stations", name, "input")
            return Several((drawn, SetField(path, {"conveyor": drawn.name})))
    return drawn


def _drawn(layout: Layout, kind: str, label: str, points: Points) -> Command:
    home = DRAWN[kind]
    fallback = next(free_names(layout, f"{kind}/"))
    name = named(label, taken_names(layout), fallback)
    return _labelled(Draw(kind, name, points), (*home, name), label)


def one_more(layout: Layout, kind: str, name: str) -> Command:
    """One more of what holds the output back: a person of a crew, a machine of a station on a free
    place of the floor, a waiting place of a buffer. Raises LayoutError for anything else."""
    if kind == "crew" and name in layout.crews:
        return ResizeCrew(name, layout.crews[name].people + 1)
    if kind == "buffer" and name in layout.stations:
        conveyor = layout.stations[name].input.conveyor
        if conveyor is not None:
            raise LayoutError(f"one more place is a longer conveyor: draw {conveyor!r} longer")
        capacity = layout.stations[name].input.capacity
        return SetField(("stations", name, "input", "capacity"), (capacity or 0) + 1)
    if kind == "station" and name in layout.stations:
        return _another_machine(layout, name)
    raise LayoutError(f"one more of {kind} {name!r} cannot be tried by a button; edit the layout")


def _another_machine(layout: Layout, station: str) -> Command:
    """A machine like the first one of a station."""
    first = layout.stations[station].machines[0]
    like = layout.machines[first]
    stem = re.sub(r"-\d+$", "", first)
    name = named(f"{stem}-{len(layout.stations[station].machines) + 1}", layout.machines, stem)
    add = AddMachine(name, like.asset, free_place(layout, like.asset), station=station)
    if like.places == 1:
        return add
    return Several((add, AddThing(("machines", name, "places"), like.places)))


def _with_label(value: dict[str, object], name: str, label: str) -> dict[str, object]:
    return {"label": label, **value} if label.strip() and label != name else value


def _labelled(command: Command, path: Keys, label: str) -> Command:
    if not label.strip() or label == path[-1]:
        return command
    return Several((command, AddThing((*path, "label"), label)))


def empty_layout(name: str) -> str:
    """The text of a layout with nothing in it but a floor."""
    comment = "A new factory: machines, stations, products and orders are still to come."
    return EMPTY.format(comment=comment, name=written(name))


def skilled_names(layout: Layout) -> list[str]:
    """Who can attend a phase: all skills and arms."""
    able = {skill for name, crew in layout.crews.items() for skill in skills(name, crew)}
    return [*sorted(able), *layout.arms]
