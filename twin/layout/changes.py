"""What has changed between two layouts, in the planner's words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from twin.layout import fields
from twin.layout.schema import Arm, Crew, Layout, Machine
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
}


def difference(a: Layout, b: Layout) -> list[str]:
    """What was done to get from layout a to layout b, a line each; empty if they are equal."""
    told: set[str] = set()  # the paths that a line has told of, with all below them
    return [
        *_come_and_gone(a, b, told),
        *_moved(a, b, told),
        *_resized(a, b, told),
        *_other_values(a, b, told),
    ]


def _named(layout: Layout, kind: str) -> Mapping[str, object]:
    return getattr(layout, kind)


def _come_and_gone(a: Layout, b: Layout, told: set[str]) -> Iterator[str]:
    for kind, word in SINGULAR.items():
        before, after = _named(a, kind), _named(b, kind)
        for name in before:
            if name not in after:
                told.add(f"{kind}/{name}/")
                yield f"{word} {name} removed"
        for name, thing in after.items():
            if name not in before:
                told.add(f"{kind}/{name}/")
                yield f"{word} {name} added{_what(thing)}"


def _what(thing: object) -> str:
    if isinstance(thing, (Machine, Arm)):
        at = ", ".join(shown(x, "length") for x in thing.at)
        return f" ({thing.asset} at {at})"
    if isinstance(thing, Crew):
        return f" ({_people(thing.people)})"
    return ""


def _people(count: int) -> str:
    return f"{count} person" if count == 1 else f"{count} people"


def _moved(a: Layout, b: Layout, told: set[str]) -> Iterator[str]:
    for kind in ("machines", "arms"):
        before, after = _named(a, kind), _named(b, kind)
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
                    yield f"{name} {', '.join(parts)}"


def _resized(a: Layout, b: Layout, told: set[str]) -> Iterator[str]:
    for name, one in a.crews.items():
        two = b.crews.get(name)
        if two is not None and one.people != two.people:
            told.add(f"crews/{name}/people/")
            who = two.label[:1].lower() + two.label[1:] or name
            yield f"{two.people - one.people:+d} {who} ({one.people} -> {two.people})"


def _other_values(a: Layout, b: Layout, told: set[str]) -> Iterator[str]:
    """Every value that no line has told of yet."""
    before = {leaf.path: leaf for leaf in fields.leaves(a, bases=True)}
    after = {leaf.path: leaf for leaf in fields.leaves(b, bases=True)}
    for path in [*before, *(path for path in after if path not in before)]:
        one, two = before.get(path), after.get(path)
        if (one and one.value) == (two and two.value):
            continue
        where = "/".join(map(str, path))
        if not any(f"{where}/".startswith(prefix) for prefix in told):
            yield f"{_place(a, b, path)} {_value(one)} -> {_value(two)}"


def _place(a: Layout, b: Layout, path: Keys) -> str:
    """A path as a person says it: "orders boards: every", "board, step place: setup"."""
    words = [str(key) for key in path]
    if path[0] == "products" and len(path) > 3 and path[2] == "route" and isinstance(path[3], int):
        product = b.products.get(str(path[1])) or a.products[str(path[1])]
        if path[3] < len(product.route):
            head = f"{path[1]}, step {product.route[path[3]].step}"
            return f"{head}: {_tail(words[4:])}"
    if words[0] in SINGULAR and len(words) > 2:
        return f"{SINGULAR[words[0]]} {words[1]}: {_tail(words[2:])}"
    return _tail(words)


def _tail(words: list[str]) -> str:
    """Without the words that say no more than that it is a time: "every", not "every mean"."""
    return " ".join(word for word in words if word not in ("time", "mean", "value")) or words[-1]


def _value(leaf: fields.Leaf | None) -> str:
    if leaf is None or leaf.value is None or leaf.value == "":
        return "none"
    return shown(leaf.value, leaf.dimension)


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
