"""What a planner edits by forms: which form is open, what was refused, and events -> edits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from twin.errors import LayoutError, TwinError
from twin.layout import starters
from twin.layout.changes import DRAWN, named
from twin.layout.edits import Command, RemoveField
from twin.layout.files import Document
from twin.layout.schema import Layout
from twin.layout.things import RemoveThing, RenameStep, RenameThing, ShiftItem
from twin.layout.tree import Keys
from twin.view import forms
from twin.view.forms import Json, Refusal
from twin.view.shell import Event
from twin.view.workbench import Workbench

NEW: Mapping[str, Callable[[Layout, str], Command]] = {
    "crew": starters.new_crew,
    "product": starters.new_product,
    "orders": starters.new_orders,
    "stock": starters.new_stock,
    "tool": starters.new_tool,
    "calendar": starters.new_calendar,
    "wall": starters.new_wall,
    "aisle": starters.new_aisle,
    "zone": starters.new_zone,
    "conveyor": starters.new_conveyor,
}
ON_FLOOR: Mapping[str, Callable[[Layout, str, str], Command]] = {
    "machine": starters.new_machine,
    "station": starters.new_station,
}
HOME: dict[str, Keys] = {  # a kind of thing -> where such things stand
    **{kind: (f"{kind}s",) for kind in ("machine", "arm", "station", "crew", "product")},
    **{kind: (f"{kind}s",) for kind in ("stock", "tool", "calendar")},
    **DRAWN,
    "orders": ("orders",),
    "person": ("crews",),
}


class Editing:
    """The form beside the floor. An edit that is refused leaves the layout as it was."""

    def __init__(self) -> None:
        self.path: Keys | None = None
        self._wrong: dict[Keys, Refusal] = {}
        self._form: tuple[tuple[Any, ...], Json | None] | None = None  # and what it was made of

    def open(self, path: Keys | None) -> None:
        """Show the form of a thing; None shows none."""
        if path != self.path:
            self._wrong = {}
        self.path = path

    def select(self, kind: str, name: str) -> None:
        """Show the form of what is selected on the floor; people are of their crew, and what is
        drawn has its kind before its name: "wall:north"."""
        home = HOME.get(kind)
        own = name.rpartition(":")[2].partition("#")[0]
        self.open((*home, own) if home and name else None)

    def form(self, document: Document, locked: bool) -> Json | None:
        """The open form; `locked` where nothing can be changed. None where none is open."""
        if self.path is None:
            return None
        # A page is drawn far more often than its form changes.
        made_of = (document, self.path, dict(self._wrong))
        if self._form is None or not _same(self._form[0], made_of):
            self._form = made_of, forms.form(document, self.path, self._wrong)
        drawn = self._form[1]
        return drawn and {**drawn, "locked": locked}

    def act(self, event: Event, bench: Workbench) -> None:
        """Do what an event of the form asks for; a refusal is told beside the field it is about."""
        path = keys_of(event.get("path"))
        text = str(event.get("text", ""))
        try:
            command = self._command(str(event["do"]), path, text, event, bench.log.document)
            if command is not None:
                bench.do(command)
        except LayoutError as error:
            self._wrong[path] = Refusal(text, forms.refusal(error, path))
            return
        self._wrong.pop(path, None)
        self._follow(str(event["do"]), path, text)

    def add(self, event: Event, bench: Workbench) -> None:
        """Add a new thing of a kind and open its form. Raises TwinError where it cannot be."""
        what, label = str(event["what"]), str(event.get("label", "")).strip()
        layout = bench.log.layout
        if what in ON_FLOOR:
            command = ON_FLOOR[what](layout, label, str(event["asset"]))
        elif what in NEW:
            command = NEW[what](layout, label)
        else:
            raise TwinError(f"nothing of the kind {what!r} can be added")
        bench.do(command)
        before, after = named(layout, HOME[what]), named(bench.log.layout, HOME[what])
        self.open((*HOME[what], next(name for name in after if name not in before)))

    def _command(
        self, do: str, path: Keys, text: str, event: Event, document: Document
    ) -> Command | None:
        if do == "set":
            return _renamed_step(path, text, document) or forms.typed(document, path, text)
        if do == "shape":
            return forms.reshaped(document, path, text)
        if do == "add":
            return forms.added(document, path, text)
        if do == "drop":
            return RemoveField(path)
        if do == "shift":
            return ShiftItem(path, 1 if int(event["by"]) > 0 else -1)
        if do == "rename":
            return RenameThing(path, text.strip())
        if do == "remove":
            return RemoveThing(path)
        raise TwinError(f"a form cannot {do!r}")

    def _follow(self, do: str, path: Keys, text: str) -> None:
        """The form stays on the thing that was renamed, and leaves the one that is gone."""
        if do == "rename":
            self.open((*path[:-1], text.strip()))
        if do == "remove":
            self.open(None)


def _same(before: tuple[Any, ...], now: tuple[Any, ...]) -> bool:
    """Whether it is the very same document, and all else is alike."""
    return before[0] is now[0] and before[1:] == now[1:]


def _renamed_step(path: Keys, text: str, document: Document) -> Command | None:
    """A step's new name is told to the branches that lead to it."""
    if len(path) != 5 or path[0] != "products" or path[4] != "step" or not text.strip():
        return None
    return RenameStep(str(path[1]), int(path[3]), text.strip())


def keys_of(path: Any) -> Keys:
    """A path as a browser sends it. Raises ValueError for what is none."""
    if path is None:
        return ()
    if not isinstance(path, list) or not all(isinstance(k, (str, int)) for k in path):
        raise ValueError("a path is a list of names and numbers")
    return tuple(path)
