"""Places of a layout that a form shows: fields, items and entries, with what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from twin import units
from twin.layout import fields, schema
from twin.layout.edits import written_path
from twin.layout.files import Document
from twin.layout.schema import Layout
from twin.layout.splice import Source, quantity
from twin.layout.tree import Keys, Node

Json = dict[str, Any]

LABELS = {  # where the field's own name says too little
    "at_close": "At closing time",
    "by": "Attended by",
    "or_at": "Other stations",
    "then": "Where to next",
    "dist": "Distribution",
    "cv": "Spread (cv)",
    "mean": "Mean",
    "into": "Goes into stock",
    "needs": "Uses up",
    "takes": "Takes",
    "at": "At",
}
LABELS_OF = {
    (schema.Step, "at"): "Station",
    (schema.Step, "takes"): "Takes tools",
    (schema.Step, "returns"): "Gives tools back",
    (schema.Branch, "when"): "Only where",
    (schema.Refill, "at"): "Order at",
    (schema.Disturbance, "by"): "Repaired by",
}
UNIT = re.compile(r"\s*[-+]?[.0-9]+(?:[eE][-+]?[0-9]+)?\s*([^\s\d.].*?)\s*")
NUMBER = re.compile(r"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*")


@dataclass(frozen=True)
class Place:
    """A field of the layout on its way into a form."""

    path: Keys
    annotation: Any
    value: Any
    label: str
    help: str = ""
    owner: type[BaseModel] | None = None
    info: FieldInfo | None = None

    @property
    def key(self) -> str | int:
        return self.path[-1]


def place_at(layout: Layout, path: Keys) -> Place | None:
    """The place that a path leads to; None where nothing stands there."""
    place = Place((), Layout, layout, "Plant")
    for key in path:
        found = next((each for each in below(place) if each.key == key), None)
        if found is None:
            return None
        place = found
    return place


def below(place: Place) -> Iterator[Place]:
    """The places right below one: fields, items, entries."""
    value, path = place.value, place.path
    if isinstance(value, BaseModel):
        yield from _fields(value, path)
    elif isinstance(value, dict):
        for key, item in value.items():
            annotation = in_union(place.annotation, dict)
            yield Place((*path, key), fields.step(annotation, key), item, str(key))
    elif isinstance(value, tuple):
        annotation = in_union(place.annotation, tuple)
        for index, item in enumerate(value):
            yield Place((*path, index), fields.step(annotation, index), item, str(index + 1))


def _fields(model: BaseModel, path: Keys) -> Iterator[Place]:
    attributes, hints = fields.attributes(type(model)), fields.hints(type(model))
    for key in sorted(hints, key=lambda key: key == "basis"):  # where they come from stands last
        annotation = hints[key]
        info = type(model).model_fields[attributes[key]]
        value = getattr(model, attributes[key])
        label = LABELS_OF.get((type(model), key)) or LABELS.get(key) or _words(key)
        help_text = info.description or ""
        yield Place((*path, key), annotation, value, label, help_text, type(model), info)


def _words(key: str) -> str:
    return key.replace("_", " ").capitalize()


def in_union(annotation: Any, origin: type) -> Any:
    """The member of a union that is a mapping or a list; the annotation itself where it is none."""
    bared = fields.bare(annotation)
    if get_origin(bared) in fields.Unions:
        return next(
            (a for a in get_args(bared) if get_origin(fields.bare(a)) is origin), annotation
        )
    return annotation


def node_at(document: Document, path: Keys) -> Node | None:
    """What stands in the text for a field; None where a default holds."""
    keys = written_path(Source(document.text, document.tree), path)
    return document.tree.at(keys)


def kinds_of_time(annotation: Any) -> dict[str, type[BaseModel]]:
    """The distributions that a place may hold, also beside a plain number."""
    found = fields.members(annotation)
    bared = fields.bare(annotation)
    if found or get_origin(bared) not in fields.Unions:
        return found
    return next((f for a in get_args(bared) if (f := fields.members(a))), {})


def as_written(node: Node, value: Any) -> str:
    """A scalar as the planner wrote it, as a text; of anything else, its value."""
    if node.kind != "scalar" or node.value is None:
        return "" if node.value is None else str(value)
    if isinstance(node.value, bool):
        return str(node.value).lower()
    return f"{node.value:.12g}" if isinstance(node.value, float) else str(node.value)


def unit_of(text: str, value: Any, dimension: str) -> str:
    """The unit that a bare number is given: as written, else the customary one."""
    match = UNIT.fullmatch(text)
    if match:
        return match[1]
    if text and NUMBER.fullmatch(text):
        return units.DIMENSIONS[dimension][0]
    number = value if isinstance(value, (int, float)) and value else 1.0
    customary = quantity(float(number), dimension).split(" ", 1)
    example = units.DIMENSIONS[dimension][1].split(" ", 1)
    return customary[1] if text or len(example) == 1 or dimension != "time" else example[1]
