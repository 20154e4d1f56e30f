"""A layout and one of its things -> a form: its fields as plain values, fit for JSON.

The form follows the schema: what a field is called, what it means, its unit, default, choices and
limits are read off the models. Each field has the `path` that an edit of it names. `text` is what
the planner wrote, or empty where a default holds, which is then the `placeholder`.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from twin import units
from twin.errors import LayoutError
from twin.layout import fields, schema
from twin.layout.basis import basis_of
from twin.layout.catalog import has_asset, known_assets, load_asset
from twin.layout.changes import SINGULAR, shown
from twin.layout.edits import Command, RemoveField, SetField, written_path
from twin.layout.files import Document
from twin.layout.schema import Layout
from twin.layout.splice import Source, quantity
from twin.layout.starters import (
    distribution,
    machine_assets,
    skilled_names,
    start_of,
)
from twin.layout.things import PutInstead
from twin.layout.tree import Keys, Node
from twin.view.words import DAY

Json = dict[str, Any]

SECTIONS = ("floor", "study", "economics", "transport", "present")  # forms of their own
COLLECTIONS = tuple(SINGULAR)
TITLES = {
    "floor": "Floor",
    "study": "The question asked",
    "economics": "Prices",
    "transport": "Transport",
    "present": "There at the start",
    "": "Plant",
}
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
    place = _place(document.layout, path)
    if place is None:
        return None
    own_name = len(path) == 2 and path[0] in COLLECTIONS
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
    below = _below(place)
    if not place.path:
        apart = {*COLLECTIONS, *SECTIONS, "twin"}
        below = (each for each in below if each.key not in apart)
    return [_field(sheet, each) for each in below]


def _title(path: Keys, value: Any) -> str:
    if len(path) == 2:
        label = getattr(value, "label", "") or str(path[1])
        return f"{SINGULAR[str(path[0])].capitalize()} {label}"
    return TITLES[str(path[0]) if path else ""]


def _about(value: Any) -> str:
    """The first sentence that the schema says of a model."""
    if not isinstance(value, BaseModel):
        return ""
    return inspect.cleandoc(type(value).__doc__ or "").split("\n\n")[0].replace("\n", " ")


def _related(layout: Layout, path: Keys) -> list[Json]:
    """The forms next door: of a station its machines, of a machine its station."""
    if len(path) != 2:
        return []
    kind, name = str(path[0]), str(path[1])
    if kind == "stations":
        machines = [m for m in layout.stations[name].machines if m in layout.machines]
        visits = [p for p, drawn in layout.products.items() if _visits(drawn, name)]
        found = [("machines", m) for m in machines] + [("products", p) for p in visits]
    elif kind == "machines":
        found = [("stations", s) for s, each in layout.stations.items() if name in each.machines]
    else:
        found = []
    return [
        {"path": list(each), "label": _title(each, getattr(layout, each[0])[each[1]])}
        for each in found
    ]


def _visits(product: schema.Product, station: str) -> bool:
    return any(station in step.stations for step in product.route)


# --- places in the layout ------------------------------------------------------------------------


def _place(layout: Layout, path: Keys) -> Place | None:
    """The place that a path leads to; None where nothing stands there."""
    place = Place((), Layout, layout, "Plant")
    for key in path:
        found = next((each for each in _below(place) if each.key == key), None)
        if found is None:
            return None
        place = found
    return place


def _below(place: Place) -> Iterator[Place]:
    """The places right below one: fields, items, entries."""
    value, path = place.value, place.path
    if isinstance(value, BaseModel):
        yield from _fields(value, path)
    elif isinstance(value, dict):
        for key, item in value.items():
            annotation = _in_union(place.annotation, dict)
            yield Place((*path, key), fields.step(annotation, key), item, str(key))
    elif isinstance(value, tuple):
        annotation = _in_union(place.annotation, tuple)
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


def _in_union(annotation: Any, origin: type) -> Any:
    """The member of a union that is a mapping or a list; the annotation itself where it is none."""
    bared = fields.bare(annotation)
    if get_origin(bared) in fields.Unions:
        return next(
            (a for a in get_args(bared) if get_origin(fields.bare(a)) is origin), annotation
        )
    return annotation


def _node(document: Document, path: Keys) -> Node | None:
    """What stands in the text for a field; None where a default holds."""
    keys = written_path(Source(document.text, document.tree), path)
    node = document.tree
    for key in keys:
        child = node.child(key)
        if child is None:
            return None
        node = child
    return node


# --- one field -----------------------------------------------------------------------------------


def _field(sheet: _Sheet, place: Place) -> Json:
    """A field with all that is needed to draw it."""
    node = _node(sheet.document, place.path)
    return {
        "path": list(place.path),
        "key": "/".join(map(str, place.path)),
        "label": place.label,
        "help": place.help,
        "written": node is not None,
        "required": bool(place.info and place.info.is_required()),
        **_drawn(sheet, place, node),
        **_error(sheet, place.path),
    }


def _error(sheet: _Sheet, path: Keys) -> Json:
    refusal = sheet.wrong.get(path)
    return {"error": refusal.message, "tried": refusal.text} if refusal else {}


def _drawn(sheet: _Sheet, place: Place, node: Node | None) -> Json:
    value = place.value
    if place.key == "basis" and place.owner is not None:
        return _basis(sheet, place)
    kinds = _kinds_of_time(place.annotation)
    if kinds and (value is None or isinstance(value, BaseModel)):
        return _time(sheet, place, kinds)
    if value is None and _is_compound(place.annotation):
        return {"kind": "absent", "fields": []}
    if isinstance(value, BaseModel):
        return {"kind": "group", "fields": [_field(sheet, each) for each in _below(place)]}
    if isinstance(value, dict):
        return _mapping(sheet, place)
    if isinstance(value, tuple):
        return _list(sheet, place)
    return _scalar(sheet, place, node)


def _is_compound(annotation: Any) -> bool:
    bared = fields.bare(annotation)
    model = isinstance(bared, type) and issubclass(bared, BaseModel)
    return model or get_origin(bared) in (tuple, dict)


def _kinds_of_time(annotation: Any) -> dict[str, type[BaseModel]]:
    """The distributions that a place may hold, also beside a plain number."""
    found = fields.members(annotation)
    bared = fields.bare(annotation)
    if found or get_origin(bared) not in fields.Unions:
        return found
    return next((f for a in get_args(bared) if (f := fields.members(a))), {})


def _time(sheet: _Sheet, place: Place, kinds: Mapping[str, Any]) -> Json:
    value = place.value
    if value is None:
        return {"kind": "absent", "fields": []}
    options = [{"value": kind, "label": WORDS_OF_KINDS.get(kind, kind)} for kind in kinds]
    inside = [_field(sheet, each) for each in _below(place) if each.key != "dist"]
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
    items = [{**_field(sheet, each), "removable": True} for each in _below(place)]
    options = _names(sheet.layout, place, of_keys=True)
    taken = set(place.value)
    add: Json = {"named": True, "options": [o for o in options if o["value"] not in taken]}
    return {"kind": "mapping", "fields": items, "add": add}


def _list(sheet: _Sheet, place: Place) -> Json:
    bared = fields.bare(_in_union(place.annotation, tuple))
    inner = get_args(bared)
    fixed = bool(inner) and inner[-1] is not Ellipsis
    items = [_field(sheet, each) for each in _below(place)]
    if fixed:
        return {"kind": "pair", "fields": items}
    for item, each in zip(items, place.value, strict=True):
        item["removable"] = item["movable"] = True
        if isinstance(each, BaseModel):
            item["label"] = _row(each, item["label"])
    below = Place((*place.path, len(items)), fields.step(place.annotation, 0), None, "")
    free = fields.bare(below.annotation) is str and not _names(sheet.layout, below)
    return {"kind": "list", "fields": items, "add": {"named": free, "options": []}}


def _row(model: BaseModel, number: str) -> str:
    """What a row of a list is called: its number, and what it is about."""
    if isinstance(model, schema.Step):
        return f"{number}. {model.step}"
    if isinstance(model, schema.Branch):
        return f"{number}. to {model.to}"
    return f"{number}."


def _scalar(sheet: _Sheet, place: Place, node: Node | None) -> Json:
    text = "" if node is None else _as_written(node, place.value)
    options = _names(sheet.layout, place)
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
        return {"kind": "quantity", "unit": _unit(text, place.value, name), **shared}
    if bared in (int, float):
        return {"kind": "number", **shared}
    return {"kind": "colour" if place.key == "colour" else "text", **shared}


def _as_written(node: Node, value: Any) -> str:
    if node.kind != "scalar" or node.value is None:
        return "" if node.value is None else str(value)
    if isinstance(node.value, bool):
        return str(node.value).lower()
    return f"{node.value:.12g}" if isinstance(node.value, float) else str(node.value)


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


def _unit(text: str, value: Any, dimension: str) -> str:
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


# --- names that may stand in a field -------------------------------------------------------------

SCALARS = {  # a model and its field -> the collections whose names may stand there
    (schema.Layout, "calendar"): ("calendars",),
    (schema.Station, "calendar"): ("calendars",),
    (schema.Crew, "calendar"): ("calendars",),
    (schema.Orders, "calendar"): ("calendars",),
    (schema.Step, "at"): ("stations",),
    (schema.Product, "into"): ("stocks",),
    (schema.Orders, "product"): ("products",),
    (schema.Orders, "from_stock"): ("stocks",),
    (schema.Refill, "makes"): ("products",),
    (schema.Present, "orders"): ("orders",),
    (schema.Present, "product"): ("products",),
}
ITEMS = {  # a list or a mapping by its name -> the collections whose names are its items or keys
    ("stations", "machines"): ("machines",),
    ("route", "or_at"): ("stations",),
    ("route", "needs"): ("stocks",),
    ("route", "takes"): ("tools",),
    ("route", "returns"): ("tools",),
    ("orders", "mix"): ("products",),
    ("orders", "sequence"): ("products",),
    ("orders", "lines"): ("products",),
}


def _names(layout: Layout, place: Place, of_keys: bool = False) -> list[Json]:
    """The names that may stand at a place, each with what people call it; none where any may."""
    collections = None if of_keys else SCALARS.get((place.owner or Layout, str(place.key)))
    holder = place.path if of_keys else place.path[:-1]
    if collections is None:
        collections = next((c for (a, b), c in ITEMS.items() if _is_in(holder, a, b)), None)
    if collections is not None:
        return [_option(n, t) for kind in collections for n, t in getattr(layout, kind).items()]
    return [] if of_keys else [_option(name) for name in _special(layout, place)]


def _is_in(path: Keys, above: str, last: str) -> bool:
    return bool(path) and path[-1] == last and above in path[:-1]


def _special(layout: Layout, place: Place) -> list[str]:
    """Names that come from more than one collection."""
    key, path, owner = place.key, place.path, place.owner
    if key == "by":
        return skilled_names(layout)
    if key == "asset":
        kind = {"arms": "arm", "vehicles": "vehicle"}.get(str(path[-3]))
        if kind is None:
            return machine_assets()
        return [name for name in known_assets() if name.startswith(f"{kind}/")]
    if owner is schema.Branch and key == "to":
        return [step.step for step in layout.products[str(path[1])].route] + ["out", "scrap"]
    if owner is schema.Present and key == "step":
        return list(dict.fromkeys(s.step for p in layout.products.values() for s in p.route))
    if owner is schema.Station and key == "served_by":
        return [*layout.transport.fleets, *layout.arms]
    if owner is schema.Phase and key in ("from", "to"):
        machines = {n: m.asset for n, m in layout.machines.items() if has_asset(m.asset)}
        return [f"{n}.{port}" for n, asset in machines.items() for port in load_asset(asset).ports]
    if (owner is schema.Vehicle and key == "home") or _is_in(path[:-1], "roads", "ends"):
        return [*layout.transport.nodes, *layout.machines]
    if _is_in(path[:-1], "fleets", "vehicles"):
        return list(layout.transport.vehicles)
    return []


def _option(name: str, thing: Any = None) -> Json:
    label = getattr(thing, "label", "")
    return {"value": name, "label": f"{label} ({name})" if label and label != name else name}


# --- what is typed -> an edit --------------------------------------------------------------------


def typed(document: Document, path: Keys, text: str) -> Command | None:
    """The edit that what was typed into a field asks for; None where it changes nothing.

    An empty text lets the default hold again. A bare number gets the unit that the form shows.
    Raises LayoutError where there is no such field, or it cannot be empty.
    """
    place = _reached(document.layout, path)
    node = _node(document, path)
    text = text.strip()
    if not text:
        return _emptied(place, node)
    if node is not None and node.kind == "scalar" and _as_written(node, place.value) == text:
        return None
    return _put(document, place, _value(place, node, text))


EXCLUSIVE = (  # fields of which a model has one
    (schema.Orders, ("product", "mix", "sequence", "lines", "from_stock")),
    (schema.Refill, ("lot", "up_to")),
    (schema.Refill, ("takes", "makes")),
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
    for owner, keys in EXCLUSIVE:
        if place.owner is owner and place.key in keys and not place.value:
            others = [(*above, key) for key in keys if key != place.key]
            written = tuple(each for each in others if _node(document, each) is not None)
            if written:
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
        before = "" if node is None else _as_written(node, place.value)
        unit = _unit(before, place.value, name)
        bare = not unit or unit == units.DIMENSIONS[name][0]
        return _number(text) if bare and NUMBER.fullmatch(before) else f"{text} {unit}".strip()
    numeric = bared in (int, float) or get_origin(bared) in fields.Unions
    return _number(text) if not name and numeric and NUMBER.fullmatch(text) else text


def _number(text: str) -> float | int:
    return int(text) if re.fullmatch(r"\s*[-+]?\d{1,18}\s*", text) else float(text)


def _reached(layout: Layout, path: Keys) -> Place:
    """The place of a field that a form has shown, also of one that an optional group would hold."""
    place = _place(layout, path)
    if place is None:
        where = "/".join(map(str, path))
        raise LayoutError(f"{where}: is not in the layout any more; look at it again")
    return place


def reshaped(document: Document, path: Keys, kind: str) -> Command:
    """The edit that gives a time another distribution, as long on average. Raises LayoutError."""
    _reached(document.layout, path)
    node = _node(document, path)
    return SetField(path, distribution(kind, node.plain() if node is not None else None))


def added(document: Document, path: Keys, name: str = "") -> Command:
    """The edit that adds a row to a list, an entry `name` to a mapping, or an optional group.

    Raises LayoutError where there is nothing to add to, or an entry has no name.
    """
    layout = document.layout
    place = _reached(layout, path)
    value, kinds = place.value, _kinds_of_time(place.annotation)
    if isinstance(value, dict):
        return _entry(document, place, name.strip())
    if isinstance(value, tuple):
        row = _new_row(layout, place, name.strip())
        node = _node(document, path)
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
    annotation = fields.step(_in_union(place.annotation, dict), name)
    value = start_of(annotation)
    if place.owner is schema.Orders and place.key == "mix" and not place.value:
        value = "100 %"
    if fields.bare(annotation) is schema.Fleet:
        value = {"vehicles": list(document.layout.transport.vehicles)[:1]}
    if fields.bare(annotation) is schema.Vehicle:
        value = {**value, "asset": "vehicle/amr", "home": _ends(document.layout)[0]}
    if not place.value:
        return _put(document, place, {name: value})
    return SetField((*place.path, name), value)


def _new_row(layout: Layout, place: Place, name: str) -> object:
    """A new row of a list. Raises LayoutError where there is nothing to make it of."""
    path, value = place.path, place.value
    annotation = fields.step(_in_union(place.annotation, tuple), 0)
    bared = fields.bare(annotation)
    if bared is schema.Step:
        return _new_step(layout, value)
    if bared is schema.Present:
        return _new_present(layout)
    if bared is schema.Road:
        return {"ends": _ends(layout)[:2]}
    if place.owner is schema.Calendar and value:
        last = value[-1][1]
        return [_seconds(last), _seconds((last + _cycle(layout, path)) / 2)]
    if place.owner is schema.Profile and value:
        return [_seconds((value[-1][0] + _cycle(layout, path)) / 2), 1]
    if bared is str and name:
        return name
    below = Place((*path, len(value)), annotation, None, "")
    options = [option["value"] for option in _names(layout, below)]
    row = start_of(annotation, [option for option in options if option not in value] or options)
    if row in ("new", []):
        raise LayoutError(f"{place.label}: there is nothing to choose from yet")
    return row


def _ends(layout: Layout) -> list[str]:
    """What roads may join; at least two."""
    ends = [*layout.transport.nodes, *layout.machines]
    if len(ends) < 2:
        raise LayoutError("roads join nodes or machines; add two of them first")
    return ends


def _cycle(layout: Layout, path: Keys) -> float:
    """The cycle [s] of the calendar or profile that a list is in."""
    place = _place(layout, (*path[:-1], "cycle"))
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
