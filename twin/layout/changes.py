"""What has changed between two layouts, in the planner's words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from twin.layout import fields, outlines
from twin.layout.schema import (
    Aisle,
    Arm,
    Branch,
    Calendar,
    Conveyor,
    Crew,
    Layout,
    Machine,
    Orders,
    Station,
    Step,
    Wall,
    Zone,
)
from twin.layout.splice import quantity
from twin.layout.tree import Keys

ROUND = {  # dimension -> decimals kept in the unit shown
    "length": 3,
    "angle": 1,
}
SINGULAR = {
    "machines": "machine",
    "arms": "arm",
    "stations": "station",
    "crews": "crew",
    "products": "product",
    "orders": "orders",
    "stocks": "stock",
    "tools": "tool",
    "calendars": "calendar",
    "disturbances": "disturbance",
    "doors": "door",
    "walls": "wall",
    "aisles": "aisle",
    "zones": "zone",
    "conveyors": "conveyor",
    "fleets": "fleet",
    "nodes": "crossing",
    "roads": "road",
    "vehicles": "vehicle",
}
TABLES = (  # of the layout, in which things come and go by name
    *("machines", "arms", "conveyors", "stations", "crews", "products"),
    *("orders", "stocks", "tools", "calendars"),
)
PAINTED: tuple[Keys, ...] = (("floor", "walls"), ("floor", "aisles"), ("floor", "zones"))
# All in which things come and go by name.
COLLECTIONS: tuple[Keys, ...] = (*((table,) for table in TABLES), *PAINTED)
DRAWN: dict[str, Keys] = {  # what is drawn by points -> where it stands
    "wall": ("floor", "walls"),
    "aisle": ("floor", "aisles"),
    "zone": ("floor", "zones"),
    "conveyor": ("conveyors",),
}
DAY = 86400.0
SAME = 1e-6  # m: a corner that has moved by less has not

Points = tuple[tuple[float, float], ...]
Verb = Literal["added", "removed", "moved", "changed"]


@dataclass(frozen=True)
class Change:
    """One thing that was done to a layout.

    path: the keys of the file at which it was done. text: the line that tells of it.
    """

    path: Keys
    verb: Verb
    text: str


def difference(a: Layout, b: Layout) -> list[str]:
    """What was done to get from layout a to layout b, a line each; empty if they are equal."""
    return [change.text for change in changes_between(a, b)]


def changes_between(a: Layout, b: Layout) -> list[Change]:
    """What was done to get from layout a to layout b, with its place; empty if they are equal."""
    told: set[str] = set()  # the paths that a line has told of, with all below them
    return [
        *_come_and_gone(a, b, told),
        *_moved(a, b, told),
        *_drawn_anew(a, b, told),
        *_resized(a, b, told),
        *_other_values(a, b, told),
    ]


def named(layout: Layout, keys: Keys) -> Mapping[str, Any]:
    """The things of a collection by name, such as of ("machines",) or ("floor", "walls")."""
    value: Any = layout
    for key in keys:
        value = getattr(value, str(key))
    return value


def _come_and_gone(a: Layout, b: Layout, told: set[str]) -> Iterator[Change]:
    for keys in COLLECTIONS:
        word, kind = SINGULAR[str(keys[-1])], "/".join(map(str, keys))
        before, after = named(a, keys), named(b, keys)
        for name in before:
            if name not in after:
                told.add(f"{kind}/{name}/")
                yield Change((*keys, name), "removed", f"{word} {name} removed")
        for name, thing in after.items():
            if name not in before:
                told.add(f"{kind}/{name}/")
                yield Change((*keys, name), "added", f"{word} {name} added{_what(thing)}")


def _what(thing: object) -> str:
    if isinstance(thing, (Machine, Arm)):
        at = ", ".join(shown(x, "length") for x in thing.at)
        return f" ({thing.asset} at {at})"
    if isinstance(thing, Crew):
        return f" ({_people(thing.people)})"
    if isinstance(thing, Station):
        return f" ({', '.join(thing.machines)})"
    if isinstance(thing, Orders) and thing.product and thing.every:
        return f" ({thing.product} every {_text(thing.every)})"
    if isinstance(thing, Calendar):
        return f" ({_openings(thing.open)})"
    if isinstance(thing, Branch) and thing.when is None and thing.at_most is None:
        return f" ({shown(thing.share, 'share')})"
    if isinstance(thing, Step):
        return f" (at {thing.at})" if thing.at else f" (a delay of {_text(thing.delay)})"
    if isinstance(thing, (Wall, Aisle, Conveyor)):
        return f" ({shown(outlines.length(thing.points), 'length')})"
    if isinstance(thing, Zone):
        return f" ({thing.purpose.replace('_', ' ')}, {_area(thing.points)})"
    return ""


def _area(points: Points) -> str:
    return f"{abs(outlines.area(points)):.4g} m2"


def _people(count: int) -> str:
    return f"{count} person" if count == 1 else f"{count} people"


def _moved(a: Layout, b: Layout, told: set[str]) -> Iterator[Change]:
    for kind in ("machines", "arms"):
        before, after = named(a, (kind,)), named(b, (kind,))
        for name in before:
            one, two = before[name], after.get(name)
            if isinstance(one, (Machine, Arm)) and isinstance(two, (Machine, Arm)):
                parts = []
                if one.at != two.at:
                    parts.append(f"moved {shown(math.dist(one.at, two.at), 'length')}")
                    told.add(f"{kind}/{name}/at/")
                if one.heading != two.heading:
                    turn = math.remainder(two.heading - one.heading, 2 * math.pi)
                    parts.append(f"turned {'+' if turn >= 0 else ''}{shown(turn, 'angle')}")
                    told.add(f"{kind}/{name}/heading/")
                if parts:
                    yield Change((kind, name), "moved", f"{name} {', '.join(parts)}")
    yield from _homes(a, b, told)


def _homes(a: Layout, b: Layout, told: set[str]) -> Iterator[Change]:
    """Where people wait and vehicles start."""
    for name, one in a.crews.items():
        two = b.crews.get(name)
        if two is not None and one.home and two.home and one.home != two.home:
            told.add(f"crews/{name}/home/")
            far = shown(math.dist(one.home, two.home), "length")
            who = two.label[:1].lower() + two.label[1:] or name
            yield Change(("crews", name, "home"), "moved", f"where {who} waits moved {far}")
    for name, one in a.transport.vehicles.items():
        two = b.transport.vehicles.get(name)
        if two is not None and one.home != two.home:
            told.add(f"transport/vehicles/{name}/home/")
            text = f"{name} starts at {two.home} ({one.home} before)"
            yield Change(("transport", "vehicles", name, "home"), "changed", text)


def _drawn_anew(a: Layout, b: Layout, told: set[str]) -> Iterator[Change]:
    """Walls, aisles, zones and conveyors whose corners are others."""
    for word, keys in DRAWN.items():
        before, after = named(a, keys), named(b, keys)
        for name, one in before.items():
            two = after.get(name)
            if two is not None and one.points != two.points:
                told.add("/".join(map(str, (*keys, name, "points", ""))))
                size = _area(two.points) if word == "zone" else _extent(two.points)
                done = _shift(one.points, two.points) or f"drawn anew ({size})"
                yield Change((*keys, name), "moved", f"{word} {name} {done}")


def _extent(points: Points) -> str:
    return shown(outlines.length(points), "length")


def _shift(before: Points, after: Points) -> str:
    """What has been done to corners, if it is one move: of all of them, or of one."""
    if len(before) != len(after):
        return ""
    moves = [math.dist(p, q) for p, q in zip(before, after, strict=True)]
    (x, y), *others = [(q[0] - p[0], q[1] - p[1]) for p, q in zip(before, after, strict=True)]
    if all(math.dist((x, y), other) < SAME for other in others):
        return f"moved {shown(moves[0], 'length')}"
    moved = [k for k, move in enumerate(moves) if move >= SAME]
    if len(moved) > 1:
        return ""
    return f"corner {moved[0] + 1} moved {shown(moves[moved[0]], 'length')}" if moved else ""


def _resized(a: Layout, b: Layout, told: set[str]) -> Iterator[Change]:
    for name, one in a.crews.items():
        two = b.crews.get(name)
        if two is not None and one.people != two.people:
            told.add(f"crews/{name}/people/")
            who = two.label[:1].lower() + two.label[1:] or name
            more = two.people - one.people
            text = f"{more:+d} {who} ({one.people} -> {two.people})"
            yield Change(("crews", name, "people"), "added" if more > 0 else "removed", text)


# --- every other value ---------------------------------------------------------------------------


def _other_values(a: Layout, b: Layout, told: set[str]) -> Iterator[Change]:
    """Every value that no line has told of yet."""
    for change in _walked(a, b, Layout, ()):
        where = "/".join(map(str, change.path))
        if not any(f"{where}/".startswith(prefix) for prefix in told):
            yield change


def _walked(a: Any, b: Any, annotation: Any, path: Keys) -> Iterator[Change]:
    """What differs between two values, as deep down as they are alike in kind."""
    if a == b:
        return
    if isinstance(a, BaseModel) and type(a) is type(b):
        below = fields.hints(type(a))
        for key, attribute in fields.attributes(type(a)).items():
            yield from _walked(
                getattr(a, attribute), getattr(b, attribute), below[key], (*path, key)
            )
        return
    before, after = _by_name(a), _by_name(b)
    if before is None or after is None:
        yield Change(path, "changed", f"{_place(path)} {_change(a, b, annotation, path)}")
        return
    for key in (*before, *(key for key in after if key not in before)):
        here = (*path, key)
        if key not in after:
            yield Change(here, "removed", f"{_place(here)} removed")
        elif key not in before:
            text = _arrival(after[key], fields.step(annotation, key))
            yield Change(here, "added", f"{_place(here)} {text}")
        else:
            yield from _walked(before[key], after[key], fields.step(annotation, key), here)
    common = [key for key in before if key in after]
    order = [key for key in after if key in before]
    if isinstance(a, tuple) and common != order:
        yield Change(path, "changed", f"{_place(path)} in another order: {', '.join(order)}")


def _by_name(value: Any) -> Mapping[str, Any] | None:
    """The things in a mapping, or in a list whose entries have names; None for all else.

    The steps of a route and the branches of a step are told by name, whatever their places.
    """
    if isinstance(value, dict):
        return value
    if not isinstance(value, tuple):
        return None
    kinds = {type(each) for each in value}
    if kinds == {Step}:
        found = {each.step: each for each in value}
    elif kinds == {Branch}:
        found = {each.to: each for each in value}
    else:
        return {} if not value else None
    return found if len(found) == len(value) else None


def _change(a: Any, b: Any, annotation: Any, path: Keys) -> str:
    """From one value to another; of lists of names only what came and went."""
    if path[-1:] == ("open",):
        return f"{_openings(a)} -> {_openings(b)}"
    if _is_of_names(a) and _is_of_names(b) and set(a) != set(b):
        return ", ".join(
            [*(f"+{name}" for name in b if name not in a), *(f"-{n}" for n in a if n not in b)]
        )
    return f"{_text(a, annotation)} -> {_text(b, annotation)}"


def _is_of_names(value: Any) -> bool:
    return isinstance(value, tuple) and all(isinstance(each, str) for each in value)


def _arrival(value: Any, annotation: Any) -> str:
    if isinstance(value, BaseModel):
        return f"added{_what(value) or f' ({_text(value)})'}"
    return f"none -> {_text(value, annotation)}"


def _place(path: Keys) -> str:
    """A path as a person says it: "orders boards: every", "board, step place: setup"."""
    keys = [str(key) for key in path]
    if keys[0] == "products" and keys[2:3] == ["route"] and len(keys) > 3:
        head = f"{keys[1]}, step {keys[3]}"
        return f"{head}: {_tail(keys[4:])}" if keys[4:] else head
    if tuple(keys[:2]) in PAINTED and len(keys) > 2:
        keys = keys[1:]
    if keys[0] in (*TABLES, *_ON_FLOOR) and len(keys) > 1:
        head = f"{SINGULAR[keys[0]]} {keys[1]}"
        return f"{head}: {_tail(keys[2:])}" if keys[2:] else head
    return _tail(keys)


_ON_FLOOR = tuple(str(keys[-1]) for keys in PAINTED)
_SILENT = ("time", "mean", "value", "share")  # say no more than the unit behind them


def _tail(keys: list[str]) -> str:
    """The last part of a place: "every", not "every mean"; "then to scrap"."""
    if keys[0] == "then" and len(keys) > 1:
        keys = ["to", *keys[1:]]
    if keys[0] == "basis" and len(keys) > 1:
        keys = ["basis of", *keys[1:]]
    said = [SINGULAR.get(key, key) if k + 1 < len(keys) else key for k, key in enumerate(keys)]
    kept = [key for k, key in enumerate(said) if k == 0 or key not in _SILENT]
    return " ".join(kept)


def _text(value: Any, annotation: Any = None) -> str:
    """A value of any kind in one line; of a model what differs from its defaults."""
    if value is None or value in ("", (), {}):
        return "none"
    if isinstance(value, BaseModel):
        return ", ".join(_parts(value)) or "its defaults"
    if isinstance(value, dict):
        return ", ".join(f"{k} {_text(v, fields.step(annotation, k))}" for k, v in value.items())
    if isinstance(value, tuple):
        return ", ".join(_text(v, fields.step(annotation, k)) for k, v in enumerate(value))
    return shown(value, fields.dimension(annotation))


def _parts(model: BaseModel) -> Iterator[str]:
    """The fields of a model that differ from their defaults: "lognormal", "mean 3 min"."""
    below = fields.hints(type(model))
    for key, attribute in fields.attributes(type(model)).items():
        value = getattr(model, attribute)
        if value == type(model).model_fields[attribute].default:
            continue
        text = _text(value, below[key])
        yield text if key in ("dist", "time", "value") else f"{key} {text}"


def _openings(times: Any) -> str:
    return ", ".join(f"{_clock(begin)}-{_clock(end)}" for begin, end in times)


def _clock(time: float) -> str:
    """A time of a calendar's cycle [s]: "08:30"; "day 3 08:30" where it is longer than a day."""
    day = int((time - 1) // DAY) if time > DAY else 0
    minutes = round((time - day * DAY) / 60)
    text = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return f"day {day + 1} {text}" if day else text


def shown(value: object, dimension: str | None) -> str:
    """A value with its unit, as a planner would write it."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if not dimension:
            return f"{value:g}"
        text = quantity(value, dimension)
        number, space, unit = text.partition(" ")
        return f"{_rounded(float(number), ROUND.get(dimension))}{space}{unit}"
    return str(value)


def _rounded(number: float, decimals: int | None) -> str:
    return f"{number:.6g}" if decimals is None else f"{round(number, decimals):.10g}"
