"""Where each number of a layout comes from: measured, sourced, computed or guessed."""

from __future__ import annotations

from pydantic import BaseModel

from twin.errors import LayoutError, nearest
from twin.layout import fields
from twin.layout.schema import Layout
from twin.layout.tree import Keys

KINDS = ("measured", "sourced", "computed", "guessed")
NO_FACTS = ("twin", "study")  # the file's version and the question asked: not of the world


def basis_of(layout: Layout, path: Keys | str) -> str:
    """The basis of what stands at a path, such as "stations/place/price": the nearest one upwards.

    A field named in an object's basis comes before that object's text. Without any: "guessed".
    Raises LayoutError for a path that leads nowhere.
    """
    keys: Keys = tuple(path.split("/")) if isinstance(path, str) else path
    found = "guessed"
    value: object = layout
    for depth, key in enumerate(keys):
        if isinstance(value, BaseModel):
            found = _nearer(value, str(key)) or found
        value = _below(value, key, keys[: depth + 1])
    if isinstance(value, BaseModel) and isinstance(getattr(value, "basis", None), str):
        found = str(getattr(value, "basis", found))
    return found


def _nearer(part: BaseModel, key: str) -> str | None:
    basis = getattr(part, "basis", None)
    return basis.get(key) if isinstance(basis, dict) else basis


def _below(value: object, key: str | int, way: Keys) -> object:
    known: list[str] = []
    if isinstance(value, BaseModel):
        attributes = fields.attributes(type(value))
        if str(key) in attributes:
            return getattr(value, attributes[str(key)])
        known = list(attributes)
    elif isinstance(value, dict):
        if str(key) in value:
            return value[str(key)]
        known = list(value)
    elif isinstance(value, tuple):
        if str(key).isdigit() and int(key) < len(value):
            return value[int(key)]
        known = [str(index) for index in range(len(value))]
    raise LayoutError(
        f"{'/'.join(map(str, way))}: is not in the layout; {nearest(str(key), known)}"
    )


def count_bases(layout: Layout) -> dict[str, int]:
    """How many numbers the planner wrote, by the kind of their basis; the keys are KINDS.

    Defaults are not counted: they are the program's, not the planner's.
    """
    counts: dict[str, int] = dict.fromkeys(KINDS, 0)
    for leaf in fields.leaves(layout):
        number = leaf.dimension is not None and leaf.value is not None
        if leaf.written and number and leaf.path[0] not in NO_FACTS:
            counts[basis_of(layout, leaf.path).partition(":")[0].partition(" ")[0]] += 1
    return counts
