"""The schema as data: which fields there are, of which dimension, and the quantities in a layout.

Paths lead through a model by field names (as they are written in a file), names and indices.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from twin import units
from twin.layout.schema import Dimension
from twin.layout.tree import Keys

Unions = (Union, type(int | str))


@dataclass(frozen=True)
class Row:
    """One row of a field table."""

    field: str
    type: str
    unit: str
    default: str
    description: str


@dataclass(frozen=True)
class Leaf:
    """One value of a model; `dimension` is a key of units.DIMENSIONS, "" for a plain number."""

    path: Keys
    value: object
    dimension: str | None
    written: bool  # by the user; else it is a default


@cache
def hints(model: type[BaseModel]) -> dict[str, Any]:
    """Field name as written in a file -> its annotation, with what Annotated adds."""
    found = get_type_hints(model, include_extras=True)
    return {info.alias or name: found[name] for name, info in model.model_fields.items()}


@cache
def attributes(model: type[BaseModel]) -> dict[str, str]:
    """Field name as written in a file -> the attribute's name in Python."""
    return {info.alias or name: name for name, info in model.model_fields.items()}


def bare(annotation: Any) -> Any:
    """Without Annotated and without the None of an optional."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in Unions:
        kept = [a for a in get_args(annotation) if a is not type(None)]
        if len(kept) == 1:
            return bare(kept[0])
    return annotation


def dimension(annotation: Any) -> str | None:
    """The dimension an annotation is marked with, also inside an optional."""
    if get_origin(annotation) is Annotated:
        for mark in get_args(annotation)[1:]:
            if isinstance(mark, Dimension):
                return mark.name
        return dimension(get_args(annotation)[0])
    if get_origin(annotation) in Unions:
        found = [dimension(a) for a in get_args(annotation)]
        return next((name for name in found if name is not None), None)
    return None


def members(annotation: Any) -> dict[str, type[BaseModel]]:
    """The models a union chooses from, by the literal that tells them apart ("dist")."""
    bared = bare(annotation)
    if get_origin(bared) not in Unions:
        return {}
    models = [bare(a) for a in get_args(bared)]
    models = [m for m in models if isinstance(m, type) and issubclass(m, BaseModel)]
    return {str(get_args(bare(hints(m)["dist"]))[0]): m for m in models if "dist" in hints(m)}


def step(annotation: Any, key: str | int) -> Any:
    """The annotation under a key, an index or the literal of a union's member; None without one."""
    bared = bare(annotation)
    if isinstance(bared, type) and issubclass(bared, BaseModel):
        return hints(bared).get(str(key))
    if get_origin(bared) is dict:
        return get_args(bared)[1]
    if get_origin(bared) is tuple and isinstance(key, int):
        inner = get_args(bared)
        if inner[-1] is Ellipsis:
            return inner[0]
        return inner[key] if 0 <= key < len(inner) else None
    named = members(annotation)
    if named or get_origin(bared) not in Unions:
        return named.get(str(key))
    below = (step(member, key) for member in get_args(bared))  # of a list or a mapping
    return next((found for found in below if found is not None), None)


def required(model: type[BaseModel], key: str) -> bool:
    """Whether a model's field must be written."""
    return model.model_fields[attributes(model)[key]].is_required()


def leaves(model: BaseModel, bases: bool = False) -> Iterator[Leaf]:
    """Every single value in a model, in the schema's order; the texts of bases only if asked."""
    for leaf in _leaves(model, type(model), (), True):
        if bases or not _in_basis(leaf.path):
            yield leaf


def _in_basis(path: Keys) -> bool:
    """Whether a path leads to a basis: the last field, or the last but one with a field's name."""
    return "basis" in path[-2:]


def _leaves(value: Any, annotation: Any, path: Keys, written: bool) -> Iterator[Leaf]:
    if isinstance(value, BaseModel):
        below = hints(type(value))
        for key, attribute in attributes(type(value)).items():
            given = written and attribute in value.model_fields_set
            yield from _leaves(getattr(value, attribute), below[key], (*path, key), given)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, step(annotation, key), (*path, key), written)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _leaves(item, step(annotation, index), (*path, index), written)
    else:
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        yield Leaf(path, value, dimension(annotation) or ("" if number else None), written)


def field_table(model: type[BaseModel]) -> list[Row]:
    """The fields of a model for a person to read: type or dimension, SI unit, default, meaning."""
    rows = []
    for key, annotation in hints(model).items():
        info = model.model_fields[attributes(model)[key]]
        name = dimension(annotation) or dimension(step(annotation, 0))
        unit = units.DIMENSIONS[name][0] if name else ""
        rows.append(Row(key, words(annotation), unit, _default(info), info.description or ""))
    return rows


def words(annotation: Any) -> str:
    """A type in plain words: "length", "list of name", "mapping of Machine by name"."""
    name = dimension(annotation)
    if name:
        return name
    bared = bare(annotation)
    origin, inner = get_origin(bared), get_args(bared)
    if members(annotation):
        return "time or distribution"
    if origin is Literal:
        return " or ".join(repr(choice) for choice in inner)
    if origin is dict:
        return f"mapping of {words(inner[1])} by name"
    if origin is tuple:
        if inner[-1] is Ellipsis:
            return f"list of {words(inner[0])}"
        return "[" + ", ".join(words(item) for item in inner) + "]"
    if origin in Unions:
        return " or ".join(words(item) for item in inner if item is not type(None))
    plain = {str: "text", int: "whole number", float: "number", bool: "true or false"}
    return plain.get(bared, getattr(bared, "__name__", str(bared)))


def _default(info: FieldInfo) -> str:
    if info.is_required():
        return "required"
    value = info.default
    if isinstance(value, BaseModel):
        return "its defaults"
    if value is None or value == () or value == {} or value == "":
        return ""
    return f"{value:.4g}" if isinstance(value, float) else str(value)
