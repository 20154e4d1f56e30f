"""Commands for things with a name and for rows of lists: add, remove, rename, change places.

A thing is what stands under a name: a station, a crew, a product, a stock. Others speak of it by
that name; `names.references` knows where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from twin.errors import LayoutError
from twin.layout.changes import PAINTED
from twin.layout.edits import Command
from twin.layout.files import parse
from twin.layout.rules.attendance import phases
from twin.layout.rules.names import references
from twin.layout.rules.vehicles import ends_of
from twin.layout.schema import Layout
from twin.layout.splice import Source, put, rekey, swap, take
from twin.layout.tree import Keys, Node

# Where things stand -> what `names.references` calls them.
KINDS: dict[Keys, tuple[str, ...]] = {
    ("calendars",): ("calendar",),
    ("machines",): ("machine", "node or machine"),
    ("arms",): ("skill or arm", "fleet or arm"),
    ("conveyors",): ("conveyor",),
    ("stations",): ("station",),
    ("crews",): ("skill", "skill or arm"),
    ("products",): ("product", "product of that stream"),
    ("orders",): ("stream",),
    ("stocks",): ("stock",),
    ("tools",): ("tool",),
    **{keys: () for keys in PAINTED},  # nobody speaks of them
    ("transport", "nodes"): ("node or machine",),
    ("transport", "vehicles"): ("vehicle",),
    ("transport", "fleets"): ("fleet or arm",),
}
NAMED = 4  # places that a message lists


@dataclass(frozen=True)
class Several:
    """Commands that are done, and undone, as one."""

    commands: tuple[Command, ...]

    def apply(self, source: Source, layout: Layout) -> Source:
        for command in self.commands:
            source = command.apply(source, layout)
            layout = parse(source.text, folder=layout.folder).layout
        return source


@dataclass(frozen=True)
class AddThing:
    """Puts something new under a name that is not taken: dicts, lists and scalars as written."""

    path: Keys
    value: object

    def apply(self, source: Source, layout: Layout) -> Source:
        *above, name = self.path
        holder = source.tree.at(tuple(above))
        if holder is not None and holder.child(name) is not None:
            raise LayoutError(f"{_shown(self.path)}: is there already; choose another name")
        return put(source, self.path, self.value)


@dataclass(frozen=True)
class PutInstead:
    """Writes values in place of what cannot stand beside them: first all of that goes."""

    values: tuple[tuple[Keys, object], ...]
    instead_of: tuple[Keys, ...]

    def apply(self, source: Source, layout: Layout) -> Source:
        for path in self.instead_of:
            if source.tree.at(path) is not None:
                source = take(source, path)
        for path, value in self.values:
            source = put(source, path, value)
        return source


@dataclass(frozen=True)
class RemoveThing:
    """Takes a thing out; raises LayoutError with the places that still speak of it."""

    path: Keys

    def apply(self, source: Source, layout: Layout) -> Source:
        held = list(mentions(layout, self.path))
        if held:
            places = "; ".join(where for where, _ in held[:NAMED])
            more = f" and {len(held) - NAMED} more" if len(held) > NAMED else ""
            raise LayoutError(
                f"{self.path[-1]!r} is still spoken of by {places}{more}; change these first"
            )
        return take(source, self.path)


@dataclass(frozen=True)
class RenameThing:
    """Gives a thing another name, here and wherever the layout speaks of it."""

    path: Keys
    name: str

    def apply(self, source: Source, layout: Layout) -> Source:
        old = str(self.path[-1])
        if old == self.name:
            return source
        for where, text in mentions(layout, self.path):
            keys = _keys(source, where)
            if keys[-1] == old and text == old and _is_key(source, keys):
                source = rekey(source, keys, self.name)
            else:
                source = put(source, keys, _renamed(text, old, self.name))
        return rekey(source, self.path, self.name)


@dataclass(frozen=True)
class RenameStep:
    """Gives a step another name, in the branches and the present parts that lead to it, too."""

    product: str
    index: int
    name: str

    def apply(self, source: Source, layout: Layout) -> Source:
        route = ("products", self.product, "route")
        steps = layout.products[self.product].route
        old = steps[self.index].step
        for i, step in enumerate(steps):
            for k, branch in enumerate(step.then):
                if branch.to == old:
                    source = put(source, (*route, i, "then", k, "to"), self.name)
        for k, present in enumerate(layout.present):
            wanted = (
                layout.orders[present.orders].products if present.orders in layout.orders else ()
            )
            if present.step == old and self.product in (present.product, *wanted[:1]):
                source = put(source, ("present", k, "step"), self.name)
        return put(source, (*route, self.index, "step"), self.name)


@dataclass(frozen=True)
class ShiftItem:
    """Moves an item of a list up (-1) or down (+1) by one place."""

    path: Keys
    by: int

    def apply(self, source: Source, layout: Layout) -> Source:
        return swap(source, self.path, int(self.path[-1]) + self.by)


def mentions(layout: Layout, path: Keys) -> Iterator[tuple[str, str]]:
    """Where a layout speaks of a thing: the place, as a path with "/", and the text there."""
    kinds, name = KINDS.get(path[:-1], ()), str(path[-1])
    if path[:-1] == ("crews",) and _needs_no_name(layout, name):
        return
    for where, what, text, _ in references(layout):
        if what in kinds and text == name:
            yield where, _text_at(layout, where, text)
    if "machine" in kinds:
        yield from _ports(layout, name)


def _needs_no_name(layout: Layout, crew: str) -> bool:
    """Whether a crew has skills of its own, so that nobody calls it by its name."""
    return crew in layout.crews and bool(layout.crews[crew].skills)


def _ports(layout: Layout, machine: str) -> Iterator[tuple[str, str]]:
    """The ports of a machine that arms take parts from, put them to or shall reach."""
    for asked in phases(layout):
        for key, port in asked.phase.ports.items():
            if port.partition(".")[0] == machine:
                yield f"{asked.where}/{key}", port
    for name, arm in layout.arms.items():
        for k, port in enumerate(arm.serves):
            if port.partition(".")[0] == machine:
                yield f"arms/{name}/serves/{k}", port


def _text_at(layout: Layout, where: str, name: str) -> str:
    """What stands at a place that speaks of a name: the name itself, or a trip between two."""
    trip = re.fullmatch(r"transport/fleets/([^/]+)/cycle/(\d+)", where)
    return layout.transport.fleets[trip[1]].cycle[int(trip[2])] if trip else name


def _renamed(text: str, old: str, new: str) -> str:
    trip = ends_of(text)
    if trip is not None:
        return " > ".join(new if end == old else end for end in trip)
    head, dot, port = text.partition(".")
    return f"{new}{dot}{port}" if head == old else text


def _keys(source: Source, where: str) -> Keys:
    """A place written with "/" as a path into the text: digits are indices where a list stands."""
    node: Node | None = source.tree
    keys: list[str | int] = []
    for piece in where.split("/"):
        key: str | int = int(piece) if node is not None and node.kind == "list" else piece
        keys.append(key)
        node = node.child(key) if node is not None else None
    return tuple(keys)


def _is_key(source: Source, keys: Keys) -> bool:
    """Whether the last key is a name that the planner wrote, not a field."""
    node = source.tree.at(keys)
    return node is not None and node.value != keys[-1]


def _shown(keys: Keys) -> str:
    return "/".join(map(str, keys))
