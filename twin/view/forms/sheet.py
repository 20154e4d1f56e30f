"""A layout and one of its things -> a form: its fields as plain values, fit for JSON.

The form follows the schema: what a field is called, what it means, its unit, default, choices and
limits are read off the models. Each field has the `path` that an edit of it names. `text` is what
the planner wrote, or empty where a default holds, which is then the `placeholder`.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from twin.errors import TwinError
from twin.layout import conveyors, fields, schema
from twin.layout.basis import basis_of
from twin.layout.changes import COLLECTIONS, DRAWN, SINGULAR, TABLES, named, shown
from twin.layout.files import Document
from twin.layout.schema import Layout
from twin.layout.tree import Keys, Node
from twin.programs import report, steps
from twin.view.forms.choices import names_for
from twin.view.forms.places import (
    Json,
    Place,
    as_written,
    below,
    in_union,
    kinds_of_time,
    node_at,
    place_at,
    unit_of,
)

SECTIONS = ("floor", "study", "economics", "transport", "present")  # forms of their own
TITLES = {
    "floor": "Floor",
    "study": "The question asked",
    "economics": "Prices",
    "transport": "Transport",
    "present": "There at the start",
    "": "Plant",
}
BOUNDS = (
    (Ge, "ge", "at least"),
    (Gt, "gt", "more than"),
    (Le, "le", "at most"),
    (Lt, "lt", "less than"),
)


@dataclass(frozen=True)
class Refusal:
    """What was typed into a field and is not there, and why."""

    text: str
    message: str


Refusals = Mapping[Keys, Refusal]


@dataclass(frozen=True)
class _Sheet:
    """What all fields of one form are drawn from."""

    document: Document
    wrong: Refusals = field(default_factory=dict)

    @property
    def layout(self) -> Layout:
        return self.document.layout


def form(document: Document, path: Keys, wrong: Refusals | None = None) -> Json | None:
    """The form of a thing, such as ("stations", "mill"), of a section, ("floor",), or of the plant
    itself, (); None where the layout has no such thing."""
    sheet = _Sheet(document, wrong or {})
    place = place_at(document.layout, path)
    if place is None:
        return None
    own_name = path[:-1] in COLLECTIONS
    return {
        "path": list(path),
        "title": _title(path, place.value),
        "note": _about(place.value),
        "name": str(path[-1]) if own_name else "",
        "removable": own_name,
        "related": _related(document.layout, path),
        "fields": _own_fields(sheet, place),
        "error": _error(sheet, path).get("error", ""),
    }


def _own_fields(sheet: _Sheet, place: Place) -> list[Json]:
    if place.path == ("present",):
        return [_field(sheet, place)]
    inside = below(place)
    if not place.path:
        apart = {*TABLES, *SECTIONS, "twin"}
        inside = (each for each in inside if each.key not in apart)
    return [_field(sheet, each) for each in inside]


def _title(path: Keys, value: Any) -> str:
    if len(path) > 1:
        label = getattr(value, "label", "") or str(path[-1])
        return f"{SINGULAR[str(path[-2])].capitalize()} {label}"
    return TITLES[str(path[0]) if path else ""]


def _about(value: Any) -> str:
    """The first sentence that the schema says of a model."""
    if not isinstance(value, BaseModel):
        return ""
    about = inspect.cleandoc(type(value).__doc__ or "").split("\n\n")[0].replace("\n", " ")
    return about.replace("`", "")  # those mark a field for who reads the source


def _related(layout: Layout, path: Keys) -> list[Json]:
    """The forms next door: of a station its machines, of a machine its station."""
    if path == ("floor",):
        drawn = [(*keys, name) for keys in DRAWN.values() for name in named(layout, keys)]
        return [_link(layout, each) for each in drawn]
    if len(path) != 2:
        return []
    kind, name = str(path[0]), str(path[1])
    if kind == "stations":
        machines = [m for m in layout.stations[name].machines if m in layout.machines]
        visits = [p for p, drawn in layout.products.items() if _visits(drawn, name)]
        found = [("machines", m) for m in machines] + [("products", p) for p in visits]
        belt = layout.stations[name].input.conveyor
        found += [("conveyors", belt)] if belt in layout.conveyors else []
    elif kind == "machines":
        found = [("stations", s) for s, each in layout.stations.items() if name in each.machines]
    elif kind == "conveyors":
        found = [("stations", s) for s in conveyors.fed(layout, name)]
    else:
        found = []
    return [_link(layout, each) for each in found]


def _link(layout: Layout, path: Keys) -> Json:
    return {"path": list(path), "label": _title(path, named(layout, path[:-1])[str(path[-1])])}


def _visits(product: schema.Product, station: str) -> bool:
    return any(station in step.stations for step in product.route)


# --- one field -----------------------------------------------------------------------------------


def _field(sheet: _Sheet, place: Place) -> Json:
    """A field with all that is needed to draw it."""
    node = node_at(sheet.document, place.path)
    return {
        "path": list(place.path),
        "key": "/".join(map(str, place.path)),
        "label": place.label,
        "help": " ".join(filter(None, (place.help, _computed(sheet, place)))),
        "written": node is not None,
        "required": bool(place.info and place.info.is_required()),
        **_drawn(sheet, place, node),
        **_error(sheet, place.path),
    }


def _computed(sheet: _Sheet, place: Place) -> str:
    """What the program of a phase takes, beside its name."""
    if place.owner is not schema.Phase or place.key != "program" or not place.value:
        return ""
    try:
        told = steps.told_at(sheet.layout, place.path[:-1])
    except TwinError as error:
        return f"Not computed: {error}."
    return f"It takes {report.in_a_line(told)}."


def _error(sheet: _Sheet, path: Keys) -> Json:
    refusal = sheet.wrong.get(path)
    return {"error": refusal.message, "tried": refusal.text} if refusal else {}


def _drawn(sheet: _Sheet, place: Place, node: Node | None) -> Json:
    value = place.value
    if place.key == "basis" and place.owner is not None:
        return _basis(sheet, place)
    kinds = kinds_of_time(place.annotation)
    if kinds and (value is None or isinstance(value, BaseModel)):
        return _time(sheet, place, kinds)
    if value is None and _is_compound(place.annotation):
        return {"kind": "absent", "fields": []}
    if isinstance(value, BaseModel):
        return {"kind": "group", "fields": [_field(sheet, each) for each in below(place)]}
    if isinstance(value, dict):
        return _mapping(sheet, place)
    if isinstance(value, tuple):
        return _list(sheet, place)
    return _scalar(sheet, place, node)


def _is_compound(annotation: Any) -> bool:
    bared = fields.bare(annotation)
    model = isinstance(bared, type) and issubclass(bared, BaseModel)
    return model or get_origin(bared) in (tuple, dict)


def _time(sheet: _Sheet, place: Place, kinds: Mapping[str, Any]) -> Json:
    value = place.value
    if value is None:
        return {"kind": "absent", "fields": []}
    options = [{"value": kind, "label": WORDS_OF_KINDS.get(kind, kind)} for kind in kinds]
    inside = [_field(sheet, each) for each in below(place) if each.key != "dist"]
    if value.dist == "constant":
        inside = [each for each in inside if each["path"][-1] != "basis"]
    return {"kind": "time", "dist": value.dist, "options": options, "fields": inside}


WORDS_OF_KINDS = {
    "constant": "always the same",
    "hyperexponential": "mix of exponentials",
    "empirical": "as observed",
    "formula": "by a formula",
}


def _basis(sheet: _Sheet, place: Place) -> Json:
    """Where the numbers of a thing come from: of the whole, or field by field."""
    inherited = basis_of(sheet.layout, place.path[:-1])
    if isinstance(place.value, dict):
        inside = [
            {
                "path": [*place.path, key],
                "key": "/".join(map(str, (*place.path, key))),
                "label": key.replace("_", " "),
                "help": "",
                "written": True,
                "required": False,
                "kind": "text",
                "text": text,
                **_error(sheet, (*place.path, key)),
            }
            for key, text in place.value.items()
        ]
        return {"kind": "group", "fields": inside, "help": BASIS_HELP}
    return {
        "kind": "basis",
        "text": place.value or "",
        "placeholder": inherited,
        "help": BASIS_HELP,
    }


BASIS_HELP = "Where the numbers come from: measured, sourced or guessed, with ': where from'."


def _mapping(sheet: _Sheet, place: Place) -> Json:
    items = [{**_field(sheet, each), "removable": True} for each in below(place)]
    options = names_for(sheet.layout, place, of_keys=True)
    taken = set(place.value)
    add: Json = {"named": True, "options": [o for o in options if o["value"] not in taken]}
    return {"kind": "mapping", "fields": items, "add": add}


def _list(sheet: _Sheet, place: Place) -> Json:
    bared = fields.bare(in_union(place.annotation, tuple))
    inner = get_args(bared)
    fixed = bool(inner) and inner[-1] is not Ellipsis
    items = [_field(sheet, each) for each in below(place)]
    if fixed:
        return {"kind": "pair", "fields": items}
    for item, each in zip(items, place.value, strict=True):
        item["removable"] = item["movable"] = True
        if isinstance(each, BaseModel):
            item["label"] = _row(each, item["label"])
        elif place.key == "points":
            item["label"] = f"Corner {item['label']}"
    item = Place((*place.path, len(items)), fields.step(place.annotation, 0), None, "")
    free = fields.bare(item.annotation) is str and not names_for(sheet.layout, item)
    return {"kind": "list", "fields": items, "add": {"named": free, "options": []}}


def _row(model: BaseModel, number: str) -> str:
    """What a row of a list is called: its number, and what it is about."""
    if isinstance(model, schema.Step):
        return f"{number}. {model.step}"
    if isinstance(model, schema.Branch):
        return f"{number}. to {model.to}"
    return f"{number}."


def _scalar(sheet: _Sheet, place: Place, node: Node | None) -> Json:
    text = "" if node is None else as_written(node, place.value)
    options = names_for(sheet.layout, place)
    bared = fields.bare(place.annotation)
    shared: Json = {
        "text": text,
        "placeholder": _default(place),
        "limits": limits(place.annotation, place.info),
    }
    if bared is bool:
        return {"kind": "toggle", "on": bool(place.value), **shared}
    if get_origin(bared) is Literal:
        choices = [{"value": c, "label": str(c).replace("_", " ")} for c in get_args(bared)]
        return {"kind": "choice", "options": choices, **shared}
    if options:
        if text and text not in [option["value"] for option in options]:
            options.append({"value": text, "label": f"{text} (not there)"})
        return {"kind": "choice", "options": options, **shared}
    name = fields.dimension(place.annotation)
    if name:
        return {"kind": "quantity", "unit": unit_of(text, place.value, name), **shared}
    if bared in (int, float):
        return {"kind": "number", **shared}
    return {"kind": "colour" if place.key == "colour" else "text", **shared}


def _default(place: Place) -> str:
    """What holds where nothing is written, as a planner would write it."""
    if place.info is None or place.info.is_required():
        return ""
    value = place.info.default
    if value is None or isinstance(value, (BaseModel, dict, tuple)):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return shown(value, fields.dimension(place.annotation))


def limits(annotation: Any, info: FieldInfo | None = None) -> str:
    """The range of a number in words: "at least 1, at most 64"; "" without one."""
    marks = [*(info.metadata if info else ()), *_marks(annotation)]
    share = fields.dimension(annotation) == "share"
    found = []
    for mark_type, attribute, words in BOUNDS:
        mark = next((m for m in marks if isinstance(m, mark_type)), None)
        if mark is not None:
            bound = getattr(mark, attribute)
            found.append(f"{words} {f'{100 * bound:g} %' if share else f'{bound:g}'}")
    return ", ".join(found)


def _marks(annotation: Any) -> Iterator[Any]:
    for mark in getattr(annotation, "__metadata__", ()):
        yield from mark.metadata if isinstance(mark, FieldInfo) else [mark]
    if hasattr(annotation, "__metadata__"):
        yield from _marks(get_args(annotation)[0])
    elif get_origin(annotation) in fields.Unions:
        for inner in get_args(annotation):
            yield from _marks(inner)
