"""Edits as commands, and the log of them that undo and redo rest on.

A command changes the planner's text where its value stands, and nothing else; the layout is read
from the text again, so what is shown, saved and simulated is always the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from threading import RLock
from typing import Protocol

from twin.errors import LayoutError, TwinError, nearest
from twin.layout import fields
from twin.layout.catalog import standing
from twin.layout.files import Document, parse
from twin.layout.history import History
from twin.layout.schema import Layout, Phase
from twin.layout.splice import Change, Source, put, put_all, take
from twin.layout.tree import Keys, Node, grow

CLOSE = 1e-9  # m or rad: a smaller move is none
INSTEAD = {"time": "program", "program": "time"}  # of a phase
SHORT_FORMS = {"time", "value"}  # the fields that "12 min" stands for: {time: {value: 12 min}}


class Command(Protocol):
    """One edit; it raises LayoutError if the layout has no place for it."""

    def apply(self, source: Source, layout: Layout) -> Source: ...


@dataclass(frozen=True)
class MoveMachine:
    """Puts a machine or an arm at a point [m] of the floor, turned to a heading [rad] if given."""

    name: str
    at: tuple[float, float]
    heading: float | None = None

    def apply(self, source: Source, layout: Layout) -> Source:
        return put_all(source, self.changes(layout))

    def changes(self, layout: Layout) -> list[Change]:
        """The values that are new. Raises LayoutError where there is no such thing to move."""
        thing = standing(layout, self.name)
        if not all(map(math.isfinite, (*self.at, self.heading or 0.0))):
            raise LayoutError(
                f"{self.name}: expected finite numbers, not {self.at}, {self.heading}"
            )
        kind = "machines" if self.name in layout.machines else "arms"
        changes = [
            Change((kind, self.name, "at", axis), self.at[axis], "length")
            for axis in (0, 1)
            if abs(self.at[axis] - thing.at[axis]) > CLOSE
        ]
        if self.heading is not None and abs(self.heading - thing.heading) > CLOSE:
            heading = self.heading % (2 * math.pi)
            changes.append(Change((kind, self.name, "heading"), heading, "angle"))
        return changes


@dataclass(frozen=True)
class ResizeCrew:
    """Gives a crew so many people."""

    name: str
    people: int

    def apply(self, source: Source, layout: Layout) -> Source:
        if self.name not in layout.crews:
            raise LayoutError(f"there is no crew {self.name!r}; {nearest(self.name, layout.crews)}")
        return put(source, ("crews", self.name, "people"), self.people)


@dataclass(frozen=True)
class SetField:
    """Writes a value at a path: a number in SI, a text ("12 min"), or dicts and lists of them."""

    path: Keys
    value: object

    def apply(self, source: Source, layout: Layout) -> Source:
        source = unfolded(source, layout, self.path)
        path = written_path(source, self.path)
        source = put(source, path, self.value, dimension_at(layout, self.path))
        return take_other(source, self.path)


@dataclass(frozen=True)
class RemoveField:
    """Takes what stands at a path out of the file; its default holds again."""

    path: Keys

    def apply(self, source: Source, layout: Layout) -> Source:
        return take(source, written_path(source, self.path))


@dataclass(frozen=True)
class AddMachine:
    """Puts a new machine on the floor.

    It goes to the end of a station's machines if one is named, or with `own_station` into a new
    station that is named as it is.
    """

    name: str
    asset: str
    at: tuple[float, float]
    heading: float = 0.0
    station: str | None = None
    own_station: bool = False

    def apply(self, source: Source, layout: Layout) -> Source:
        if self.name in layout.machines:
            raise LayoutError(f"there is a machine {self.name!r} already; choose another name")
        place: dict[str, object] = {"asset": self.asset, "at": [f"{x:.12g} m" for x in self.at]}
        if self.heading:
            place["heading"] = f"{math.degrees(self.heading):.12g} deg"
        changes = [Change(("machines", self.name), place), *self._joining(layout)]
        return put_all(source, changes)

    def _joining(self, layout: Layout) -> Iterator[Change]:
        if self.station is not None:
            if self.station not in layout.stations:
                known = nearest(self.station, layout.stations)
                raise LayoutError(f"there is no station {self.station!r}; {known}")
            count = len(layout.stations[self.station].machines)
            yield Change(("stations", self.station, "machines", count), self.name)
        elif self.own_station:
            if self.name in layout.stations:
                raise LayoutError(f"there is a station {self.name!r} already; choose another name")
            yield Change(("stations", self.name), {"machines": [self.name]})


@dataclass(frozen=True)
class RemoveMachine:
    """Takes a machine off the floor and out of its station."""

    name: str

    def apply(self, source: Source, layout: Layout) -> Source:
        if self.name not in layout.machines:
            known = nearest(self.name, layout.machines)
            raise LayoutError(f"there is no machine {self.name!r}; {known}")
        for name, station in layout.stations.items():
            if self.name in station.machines:
                if len(station.machines) == 1:
                    message = f"{self.name!r} is the only machine of station {name!r}"
                    raise LayoutError(f"{message}; remove the station, or add another one first")
                index = station.machines.index(self.name)
                source = take(source, ("stations", name, "machines", index))
        return take(source, ("machines", self.name))


@dataclass(frozen=True)
class ReplaceText:
    """Takes a whole other text: a draft, a version, the file as somebody else has left it."""

    text: str

    def apply(self, source: Source, layout: Layout) -> Source:
        return Source(self.text, grow(self.text, "the other text"))


def dimension_at(layout: Layout, path: Keys) -> str | None:
    """The dimension of the field at a path, None without one.

    A plain value in the place of a phase or a distribution is a time.
    """
    value: object = layout
    annotation: object = Layout
    for key in path:
        if isinstance(value, fields.BaseModel):
            annotation = type(value)
        annotation = fields.step(annotation, key)
        value = _below(value, key)
        if annotation is None:
            return None
    plain_time = fields.members(annotation) or fields.bare(annotation) is Phase
    return fields.dimension(annotation) or ("time" if plain_time else None)


def _below(value: object, key: str | int) -> object:
    if isinstance(value, fields.BaseModel):
        return getattr(value, fields.attributes(type(value)).get(str(key), ""), None)
    if isinstance(value, Mapping):
        return value.get(str(key))
    if isinstance(value, tuple) and isinstance(key, int) and 0 <= key < len(value):
        return value[key]
    return None


def written_path(source: Source, path: Keys) -> Keys:
    """A path of the layout as a path into the text: without fields that a short form leaves out.

    "12 min" may stand for {value: 12 min} and for {time: 12 min}, a distribution for {time: ...}.
    """
    node = source.tree
    keys: list[str | int] = []
    for depth, key in enumerate(path):
        child = node.child(key)
        if child is not None:
            keys.append(key)
            node = child
        elif not _stands_for(node, key):
            return (*keys, *path[depth:])
    return tuple(keys)


def _stands_for(node: Node, key: str | int) -> bool:
    """Whether a node is the short form of {key: node}."""
    plain = node.kind == "scalar" and node.value is not None
    drawn = node.child("dist") is not None or node.child("formula") is not None
    return (plain and key in SHORT_FORMS) or (drawn and key == "time")


def unfolded(source: Source, layout: Layout, path: Keys) -> Source:
    """The source in which a phase on a path that is written as a time alone has room for more."""
    annotation: object = Layout
    node: Node | None = source.tree
    for depth, key in enumerate(path):
        annotation = fields.step(annotation, key)
        node = node.child(key) if node is not None else None
        if node is None or annotation is None:
            return source
        after = path[depth + 1] if depth + 1 < len(path) else "time"
        full = node.kind == "mapping" and not _stands_for(node, "time")
        if fields.bare(annotation) is Phase and after != "time" and not full:
            return put(source, path[: depth + 1], {"time": node.plain()})
    return source


def take_other(source: Source, path: Keys) -> Source:
    """The source in which a phase that a path leads into says its length in one way only: by a
    time, or by a program."""
    annotation: object = Layout
    node: Node | None = source.tree
    for depth, key in enumerate(path):
        phase = fields.bare(annotation) is Phase
        if phase and node is not None and node.child(key) and key in INSTEAD:
            other = (*path[:depth], INSTEAD[str(key)])
            return take(source, other) if node.child(other[-1]) is not None else source
        annotation = fields.step(annotation, key)
        node = node.child(key) if node is not None else None
        if node is None or annotation is None:
            break
    return source


class Log:
    """What was done to a document, in order; every step can be taken back, any number of times.

    `version` grows with each change. Who edits says which version was seen: if the layout has
    changed since, by another window or person, the edit is refused instead of overwriting.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._texts = [document.text]
        self._commands: list[Command] = []
        self._at = 0
        self._version = 0
        self._lock = RLock()

    @property
    def document(self) -> Document:
        return self._document

    @property
    def layout(self) -> Layout:
        return self._document.layout

    @property
    def version(self) -> int:
        return self._version

    @property
    def done(self) -> tuple[Command, ...]:
        """The commands that are in force, oldest first."""
        return tuple(self._commands[: self._at])

    @property
    def undone(self) -> tuple[Command, ...]:
        """The commands that redo would bring back, next first."""
        return tuple(self._commands[self._at :])

    def text(self) -> str:
        """The layout file as it stands now."""
        return self._document.text

    def do(self, command: Command, version: int | None = None) -> Layout:
        """The layout after a command. Raises LayoutError, and changes nothing, if it does not fit.

        With `version`, raises TwinError if the log has moved on since that version.
        """
        with self._lock:
            self._fresh(version)
            document = self._document
            source = command.apply(Source(document.text, document.tree), document.layout)
            changed = parse(source.text, document.name, document.folder)
            del self._texts[self._at + 1 :], self._commands[self._at :]
            self._texts.append(changed.text)
            self._commands.append(command)
            return self._stand(self._at + 1, changed)

    def undo(self, version: int | None = None) -> Layout:
        """The layout before the last command in force. Raises TwinError if there is none."""
        return self._step(-1, "undo", version)

    def redo(self, version: int | None = None) -> Layout:
        """The layout after the next command undone. Raises TwinError if there is none."""
        return self._step(1, "redo", version)

    @property
    def history(self) -> History:
        """The texts of all steps, and at which of them it stands."""
        with self._lock:
            return History(tuple(self._texts), self._at)

    def restore(self, history: History) -> Layout:
        """Go on with the steps of an earlier log. Raises LayoutError, and changes nothing, where
        the text that it stands at cannot be read."""
        with self._lock:
            document = self._document
            document = parse(history.texts[history.at], document.name, document.folder)
            self._texts = list(history.texts)
            self._commands = [ReplaceText(text) for text in self._texts[1:]]
            return self._stand(history.at, document)

    def _step(self, by: int, what: str, version: int | None) -> Layout:
        with self._lock:
            self._fresh(version)
            at = self._at + by
            if not 0 <= at < len(self._texts):
                raise TwinError(f"there is nothing to {what}")
            document = self._document
            return self._stand(at, parse(self._texts[at], document.name, document.folder))

    def _fresh(self, version: int | None) -> None:
        if version is not None and version != self._version:
            raise TwinError(
                f"the layout has changed meanwhile (it is at version {self._version}, the edit was "
                f"made on version {version}); look at it again and repeat the edit"
            )

    def _stand(self, at: int, document: Document) -> Layout:
        self._at = at
        self._document = document
        self._version += 1
        return document.layout
