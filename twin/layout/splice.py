"""A value set or removed in a YAML text: nothing else in the text changes.

The tree says where each value stands; only that span is written anew, in the style that is there:
a quantity keeps its unit, a mapping its brackets or its indentation.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from twin import units
from twin.errors import LayoutError
from twin.layout.tree import Keys, Node, Span, grow, resolve

OLD_BOOLS = {"yes", "no", "on", "off"}  # in YAML 1.1
_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 _./%+-]*[A-Za-z0-9_./%+-])?")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")
_UNIT = re.compile(r"\s*[-+]?[.0-9]+(?:[eE][-+]?[0-9]+)?(\s*)(\S.*?)\s*")


@dataclass(frozen=True)
class Source:
    """A text and its tree."""

    text: str
    tree: Node


@dataclass(frozen=True)
class Change:
    """A value for a path; a number of a `dimension` is in SI."""

    keys: Keys
    value: Any
    dimension: str | None = None


def put(source: Source, keys: Keys, value: Any, dimension: str | None = None) -> Source:
    """The source with `value` at a path: replaced if something stands there, else added.

    `value` is a scalar, or dicts and lists of them; a number of a `dimension` is in SI and written
    in the unit that stands there. Raises LayoutError if the path leads through something that has
    no place for it.
    """
    return put_all(source, [Change(keys, value, dimension)])


def put_all(source: Source, changes: Sequence[Change]) -> Source:
    """The source with several values put, as `put` would one after the other; read only once.

    Raises LayoutError, as `put` does, where one of them has no place.
    """
    while changes:
        now, changes = _apart(source.tree, changes)
        source = _put_at_once(source, now)
    return source


def _apart(tree: Node, changes: Sequence[Change]) -> tuple[list[Change], list[Change]]:
    """The changes that one look at the tree is enough for, and those that need what these add."""
    now, later = [], []
    begun: set[tuple[Keys, str | int]] = set()
    for change in changes:
        node, depth = _follow(tree, change.keys)
        if depth < len(change.keys):
            empty = node.kind == "scalar" or not node.value
            key = "" if empty else change.keys[depth]
            added = (change.keys[:depth], key)
            (later if added in begun else now).append(change)
            begun.add(added)
        else:
            now.append(change)
    return now, later


def _put_at_once(source: Source, changes: Sequence[Change]) -> Source:
    """Changes that do not rest on each other, from the end of the text to its beginning."""
    pieces: list[tuple[int, Callable[[str], str]]] = []
    said: list[tuple[Keys, str]] = []
    longer: Counter[Keys] = Counter()  # how many items each list is given
    for change in changes:
        keys = change.keys
        node, depth = _follow(source.tree, keys)
        if depth == len(keys):
            old = node.value if node.kind == "scalar" else None
            new = written(change.value, change.dimension, old)
            pieces.append((node.span.start, partial(_over, span=node.span, new=new)))
        else:
            new = written(change.value, change.dimension)
            inner = _nested(keys, depth, new)
            at, above = keys[depth], longer[keys[:depth]]
            if node.kind == "list" and at != len(node.value) + above:
                raise LayoutError(f"{_shown(keys)}: the list has {len(node.value) + above} items")
            longer[keys[:depth]] += 1
            add = partial(_add, node=node, keys=keys, depth=depth, new=inner)
            pieces.append((node.span.end, add))
        said.append((keys, new))
    text = source.text
    # Of those at one place, the last goes in first: it is to stand behind the others.
    for _, write in sorted(reversed(pieces), key=lambda piece: -piece[0]):
        text = write(text)
    return _checked(source, text, said)


def _nested(keys: Keys, depth: int, new: str) -> str:
    """A written value inside the mappings that the path still lacks."""
    for key in reversed(keys[depth + 1 :]):
        if isinstance(key, int):
            raise LayoutError(f"{_shown(keys)}: there is no list to put it into")
        new = f"{{{written(key)}: {new}}}"
    return new


def take(source: Source, keys: Keys) -> Source:
    """The source without what stands at a path. Raises LayoutError if nothing does."""
    _, depth = _follow(source.tree, keys)
    if depth < len(keys) or not keys:
        raise LayoutError(f"{_shown(keys)}: is not written in the file, so it cannot be removed")
    text = source.text
    parent, _ = _follow(source.tree, keys[:-1])
    spans = _items(parent)
    index = list(parent.value).index(str(keys[-1])) if parent.keys else int(keys[-1])
    if len(spans) == 1:
        new = _over(text, parent.span, "{}" if parent.kind == "mapping" else "[]")
    elif parent.flow and index == len(spans) - 1:
        new = _over(text, Span(spans[index - 1].end, spans[index].end), "")
    elif parent.flow:
        new = _over(text, Span(spans[index].start, spans[index + 1].start), "")
    else:
        new = _without_lines(text, parent, index, spans)
    return _checked(source, new, [(keys, None)])


def _checked(source: Source, text: str, changes: Sequence[tuple[Keys, str | None]]) -> Source:
    """The new source, if it means what the old one did but for the changes that were asked for.

    Each change is a path and what is written there now, None where it was taken out.
    """
    expected = source.tree.plain()
    for keys, new in changes:
        if new is None:
            del _holder(expected, keys)[keys[-1] if isinstance(keys[-1], int) else str(keys[-1])]
        else:
            _set(expected, keys, grow(f"[{new}]", "the new value").plain()[0])
    tree = grow(text, "the edited file")
    if tree.plain() != expected:
        places = ", ".join(_shown(keys) for keys, _ in changes)
        raise LayoutError(f"{places}: cannot be changed in place here; edit the file by hand")
    return Source(text, tree)


def _holder(plain: Any, keys: Keys) -> Any:
    for key in keys[:-1]:
        plain = plain[key if isinstance(plain, list) else str(key)]
    return plain


def _set(plain: Any, keys: Keys, value: Any) -> None:
    holder: Any = plain
    for key, after in pairwise(keys):
        at: Any = key if isinstance(holder, list) else str(key)
        if isinstance(holder, dict) and holder.get(at) is None:
            holder[at] = {} if isinstance(after, str) else []
        holder = holder[at]
    last = keys[-1]
    if isinstance(holder, list):
        holder[int(last) : int(last) + 1] = [value]
    else:
        holder[str(last)] = value


def _follow(tree: Node, keys: Keys) -> tuple[Node, int]:
    """How far a path leads: the last node on it, and how many of the keys were taken."""
    node = tree
    for depth, key in enumerate(keys):
        child = node.child(key)
        if child is None:
            return node, depth
        node = child
    return node, len(keys)


def _shown(keys: Keys) -> str:
    return "/".join(map(str, keys))


def _items(node: Node) -> list[Span]:
    """Where each item of a mapping (with its key) or of a list stands."""
    if node.kind == "mapping":
        ends = {key: max(node.keys[key].end, child.span.end) for key, child in node.value.items()}
        return [Span(node.keys[key].start, end) for key, end in ends.items()]
    return [child.span for child in node.value]


def _over(text: str, span: Span, new: str) -> str:
    # An empty value stands right behind its colon and needs a space before it.
    empty = span.start == span.end and text[: span.start].endswith(":")
    return f"{text[: span.start]}{' ' if empty and new else ''}{new}{text[span.end :]}"


# --- adding and removing -------------------------------------------------------------------------


def _add(text: str, node: Node, keys: Keys, depth: int, new: str) -> str:
    key = keys[depth]
    if node.value is None or node.kind == "mapping":
        new = f"{written(str(key))}: {new}"
    elif node.kind == "scalar":
        raise LayoutError(f"{_shown(keys)}: {_shown(keys[:depth])} is a plain value, not a mapping")
    spans = _items(node) if node.kind != "scalar" else []
    if not spans:
        return _over(text, node.span, f"[{new}]" if node.kind == "list" else f"{{{new}}}")
    end = spans[-1].end
    if node.flow:
        return f"{text[:end]}, {new}{text[end:]}"
    behind = _line_end(text, end)
    first = spans[0].start
    if node.kind == "list":
        first, new = text.rindex("-", 0, first), f"- {new}"
    indent = " " * (first - _line_start(text, first))
    return f"{text[:behind]}{_newline(text)}{indent}{new}{text[behind:]}"


def _without_lines(text: str, parent: Node, index: int, spans: list[Span]) -> str:
    """An item of a collection without brackets goes with its whole lines.

    What stands behind the dash of a list around it gives its place to the next item.
    """
    item = spans[index]
    start = item.start if parent.kind == "mapping" else text.rindex("-", 0, item.start)
    line = _line_start(text, start)
    if text[line:start].strip(" ") and index + 1 < len(spans):
        return text[: item.start] + text[spans[index + 1].start :]
    end = _line_end(text, item.end)
    return text[:line] + text[end + len(_newline(text)) :]


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _line_end(text: str, index: int) -> int:
    """The end of the line that an index is in, without its line break."""
    end = text.find(_newline(text), index)
    return len(text) if end < 0 else end


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


# --- how a value is written ----------------------------------------------------------------------


def written(value: Any, dimension: str | None = None, old: Any = None) -> str:
    """A value as YAML on one line, fit for any place.

    A number of a dimension is in SI; it is written in the unit that `old` has.
    """
    if isinstance(value, dict):
        inner = ", ".join(f"{written(str(key))}: {written(item)}" for key, item in value.items())
        return f"{{{inner}}}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(written(item) for item in value) + "]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (int, float)):
        if not math.isfinite(value):
            raise LayoutError(f"expected a finite number, not {value}")
        shown = quantity(value, dimension, old) if dimension else _number(value)
        return shown if re.fullmatch(r"[^:#,]+", shown) else _text(shown)
    return _text(str(value))


def _number(value: float) -> str:
    """The shortest decimal that is the number to 12 digits."""
    text = str(value) if isinstance(value, int) else f"{value:.12g}"
    # YAML takes 1e-05 for a number and 1e+16 too, but a person would rather not.
    return "0" if text == "-0" else text


def _text(text: str) -> str:
    """A text without quotes where it stays a text without them, also to a reader of YAML 1.1."""
    if _PLAIN.fullmatch(text) and isinstance(resolve(text), str) and text.lower() not in OLD_BOOLS:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(char if char.isprintable() else _escape(ord(char)) for char in quoted)


def _escape(code: int) -> str:
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def quantity(value: float, dimension: str, old: Any = None) -> str:
    """An SI number of a dimension in the unit of `old`; else in the customary one."""
    if isinstance(old, (int, float)) and not isinstance(old, bool):
        return _number(value)
    space, unit = " ", _customary(value, dimension)
    if isinstance(old, str):
        if _CLOCK.fullmatch(old.strip()) and value % 60 == 0 and 0 <= value <= 86400:
            return f"{int(value // 3600):02d}:{int(value % 3600 // 60):02d}"
        match = _UNIT.fullmatch(old)
        if match and not _CLOCK.fullmatch(old.strip()):
            space, unit = match[1], match[2]
    if not unit:
        return _number(value)
    return f"{_number(value / units.parse(f'1 {unit}', dimension))}{space}{unit}"


def _customary(value: float, dimension: str) -> str:
    """What a planner would write it in."""
    if dimension == "time":
        return next((u for u, s in (("h", 3600), ("min", 60)) if value and value % s == 0), "s")
    plain = {"length": "m", "angle": "deg", "share": "%", "wage": "EUR/h"}
    priced = {"energy price": "EUR/kWh", "carbon": "kg/kWh"}
    return {**plain, **priced}.get(dimension, units.DIMENSIONS[dimension][0])
