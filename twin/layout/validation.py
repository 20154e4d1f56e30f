"""A tree against a schema: the model, or everything that is wrong with it, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from twin import units
from twin.errors import nearest
from twin.layout import fields
from twin.layout.tree import Keys, Node, Problem, complaint

Model = TypeVar("Model", bound=BaseModel)

NAME = "a name of letters, digits, - and _ that begins with a letter or a digit"
PATTERNS = {  # by field: what a text must look like
    "basis": "'measured', 'sourced' or 'guessed', with ': where from' behind it if you like",
    "colour": 'a colour such as "#1b7f4d", in quotes',
    "grade": "a grade from A to D",
}
BOUNDS = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "more than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}


def validated(root: Node, model: type[Model], name: str, text: str) -> Model:
    """The model that a tree describes; `name` and `text` are the file's, for messages.

    Raises LayoutError with every problem at its line and column.
    """
    if root.kind != "mapping":
        first = list(fields.hints(model))[1]
        what = "is empty" if root.value in (None, "") else "is not a mapping of fields"
        message = f"the file {what}; it begins with {first + ': 1'!r}"
        raise complaint(name, text, [Problem(root.span.start, "", message)])
    problems = [*_beyond_pydantic(root, model, ())]
    result = None
    try:
        result = model.model_validate(root.plain())
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        problems += [p for detail in details if (p := _problem(root, model, dict(detail)))]
    if result is None or problems:
        raise complaint(name, text, problems)
    return result


def _beyond_pydantic(node: Node, annotation: Any, place: Keys) -> Iterator[Problem]:
    """What pydantic lets pass: true as the number 1, and a basis for a field that is not there."""
    if isinstance(node.value, bool) and fields.bare(annotation) not in (None, Any, bool):
        yield Problem(node.span.start, _path(place), _expected(annotation, node))
    bared = fields.bare(annotation)
    is_model = isinstance(bared, type) and issubclass(bared, BaseModel)
    basis = node.child("basis") if is_model else None
    if basis is not None and basis.kind == "mapping":
        known = [key for key in fields.hints(bared) if key != "basis"]
        for key in basis.value:
            if key not in known:
                message = f"unknown field {key!r}; {nearest(key, known)}"
                yield Problem(basis.keys[key].start, _path((*place, "basis")), message)
    for key, child in _children(node):
        yield from _beyond_pydantic(child, _deeper(annotation, key), (*place, key))


def _children(node: Node) -> list[tuple[str | int, Node]]:
    if node.kind == "mapping":
        return list(node.value.items())
    return list(enumerate(node.value)) if node.kind == "list" else []


def _deeper(annotation: Any, key: str | int) -> Any:
    return fields.step(annotation, key) if annotation is not None else None


def _problem(root: Node, model: type[BaseModel], detail: dict[str, Any]) -> Problem | None:
    """One of pydantic's errors, at the place in the text it is about; None if another says it."""
    kind, loc = detail["type"], detail["loc"]
    if kind in ("missing", "extra_forbidden"):
        place, node, annotation = locate(root, model, loc[:-1])
        if kind == "missing":
            return Problem(node.span.start, _path(place), _missing(node, annotation, loc[-1]))
        key = str(loc[-1])
        message = f"unknown key {key!r}; {nearest(key, _known(annotation))}"
        return Problem(node.keys[key].start, _path(place), message)
    if loc[-1:] == ("[key]",):
        place, node, _ = locate(root, model, loc[:-2])
        key = str(loc[-2])
        said = detail.get("ctx", {}).get("error")
        message = str(said or f"{key!r} is no name; write {NAME}")
        return Problem(node.keys[key].start, _path(place), message)
    place, node, annotation = locate(root, model, loc)
    message = _wrong(kind, detail, place, node, annotation)
    return Problem(node.span.start, _path(place), message) if message else None


def _path(place: Keys) -> str:
    return "/".join(map(str, place))


def locate(root: Node, model: type[BaseModel], loc: Keys) -> tuple[Keys, Node, Any]:
    """How far a location leads through the text: the way, and the node and annotation there.

    pydantic's locations also name the members of unions and the fields that a short form leaves
    out ("12 min" is {dist: constant, value: 12 min}): these do not stand in the text.
    """
    place: Keys = ()
    node: Node = root
    annotation: Any = model
    for key in loc:
        below, child = _deeper(annotation, key), node.child(key)
        annotation = below if below is not None or child is not None else annotation
        if child is not None:
            place, node = (*place, key), child
    return place, node, annotation


def _known(annotation: Any) -> list[str]:
    bared = fields.bare(annotation)
    if isinstance(bared, type) and issubclass(bared, BaseModel):
        return sorted(fields.hints(bared))
    return []


def _missing(node: Node, annotation: Any, key: str | int) -> str:
    if isinstance(key, int):
        return f"has {len(node.value)} of {_count(annotation)} values; write {_shape(annotation)}"
    return f"{key!r} is missing: {_shape(_deeper(annotation, key))}"


def _count(annotation: Any) -> int:
    return len(get_args(fields.bare(annotation)))


def _shape(annotation: Any) -> str:
    """What belongs there, with an example: "a length such as '450 mm'"."""
    bared = fields.bare(annotation)
    name = fields.dimension(annotation)
    if name:
        return f"{_article(name)} such as {units.DIMENSIONS[name][1]!r}"
    if fields.members(annotation):
        return "a time such as '12 min' or {dist: exponential, mean: 12 min}"
    if get_origin(bared) is tuple and get_args(bared)[-1] is not Ellipsis:
        inner = [fields.dimension(item) for item in get_args(bared)]
        shown = [units.DIMENSIONS[name][1] if name else "..." for name in inner]
        return f"a list [{', '.join(shown)}]"
    if isinstance(bared, type) and issubclass(bared, BaseModel):
        needed = [key for key in fields.hints(bared) if fields.required(bared, key)]
        inside = ", ".join(f"{key}: ..." for key in needed or _known(bared)[:2])
        return f"a mapping {{{inside}}}"
    return _article(fields.words(annotation))


def _article(words: str) -> str:
    if words.startswith(("[", "'")):
        return words
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def _shown(node: Node) -> str:
    if node.kind == "scalar":
        if node.value is None:
            return "nothing"
        return str(node.value).lower() if isinstance(node.value, bool) else repr(node.value)
    return "an empty list" if node.value == [] else f"a {node.kind}"


def _expected(annotation: Any, node: Node) -> str:
    return f"expected {_shape(annotation)}, not {_shown(node)}"


def _wrong(kind: str, detail: dict[str, Any], place: Keys, node: Node, annotation: Any) -> str:
    """The sentence for one of pydantic's error types; "" where another error says it better."""
    context = detail.get("ctx", {})
    field = next((str(key) for key in reversed(place) if isinstance(key, str)), "")
    if field == "basis" or place[-2:-1] == ("basis",):
        return f"expected {PATTERNS['basis']}"
    if kind == "value_error":
        return str(context.get("error", detail["msg"]))
    if kind in BOUNDS:
        bound, words = BOUNDS[kind]
        return f"{_shown(node)} is out of range: must be {words} {context[bound]:g}"
    if kind == "string_pattern_mismatch":
        return f"{_shown(node)} is not {PATTERNS.get(field, NAME)}"
    if kind == "string_type" and isinstance(node.value, (int, float)):
        return f"expected a text; put it in quotes: '{node.value}'"
    if kind in ("literal_error", "float_parsing") and _may_be_a_formula(annotation):
        return ""  # what is wrong with the formula is said apart
    if kind == "literal_error":
        options = get_args(fields.bare(annotation))
        return f"{_shown(node)} is not known here; {nearest(str(node.value), options)}"
    length = _wrong_length(kind, context, node, annotation)
    return _wrong_union(kind, context, node, annotation) if length is None else length


def _may_be_a_formula(annotation: Any) -> bool:
    """Whether a text may stand there besides a number or one of some words."""
    bared = fields.bare(annotation)
    return get_origin(bared) in fields.Unions and str in map(fields.bare, get_args(bared))


def _wrong_length(kind: str, context: dict[str, Any], node: Node, annotation: Any) -> str | None:
    if kind == "string_too_long":
        return f"has {len(str(node.value))} characters; at most {context['max_length']} fit"
    if kind == "too_short" and node.kind == "list":
        least = context["min_length"]
        # A list whose members are wrong also counts as too short: only say so if it is.
        return f"needs at least {least} of them" if len(node.value) < least else ""
    if kind == "too_long" and node.kind == "list":
        fixed = get_args(fields.bare(annotation))[-1] is not Ellipsis
        cure = f"write {_shape(annotation)}" if fixed else f"at most {context['max_length']} fit"
        return f"has {len(node.value)} values; {cure}"
    return None


def _wrong_union(kind: str, context: dict[str, Any], node: Node, annotation: Any) -> str:
    if kind == "union_tag_invalid":
        known = fields.members(annotation)
        return f"unknown distribution {context['tag']!r}; {nearest(context['tag'], known)}"
    if kind == "union_tag_not_found":
        return f"needs a 'dist', one of {', '.join(sorted(fields.members(annotation)))}"
    return _expected(annotation, node)
