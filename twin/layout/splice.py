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

WIDEST = 100  # characters of a line
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
            value = change.value
            if change.dimension and isinstance(value, (int, float)) and math.isfinite(value):
                value = quantity(value, change.dimension)
            new = written(value)
            inner = _nested(keys, depth, value)
            at, above = keys[depth], longer[keys[:depth]]
            if node.kind == "list" and at != len(node.value) + above:
                raise LayoutError(f"{_shown(keys)}: the list has {len(node.value) + above} items")
            longer[keys[:depth]] += 1
            add = partial(_add, tree=source.tree, node=node, keys=keys, depth=depth, value=inner)
            pieces.append((node.span.end, add))
        said.append((keys, new))
    text = source.text
    # Of those at one place, the last goes in first: it is to stand behind the others.
    for _, write in sorted(reversed(pieces), key=lambda piece: -piece[0]):
        text = write(text)
    return _checked(source, text, said)


def _nested(keys: Keys, depth: int, value: Any) -> Any:
    """A value inside the mappings that the path still lacks."""
    for key in reversed(keys[depth + 1 :]):
        if isinstance(key, int):
            raise LayoutError(f"{_shown(keys)}: there is no list to put it into")
        value = {str(key): value}
    return value


def rekey(source: Source, keys: Keys, name: str) -> Source:
    """The source in which the last key of a path is called `name`; what it leads to stays.

    Raises LayoutError if nothing stands there, or something does under `name`.
    """
    holder, depth = _follow(source.tree, keys[:-1])
    old = str(keys[-1])
    if depth < len(keys) - 1 or old not in holder.keys:
        raise LayoutError(f"{_shown(keys)}: is not written in the file, so it cannot be renamed")
    if name in holder.keys:
        raise LayoutError(f"{_shown((*keys[:-1], name))}: is there already; choose another name")
    text = _over(source.text, holder.keys[old], written(name))
    expected = source.tree.plain()
    above = _holder(expected, keys)
    above[name] = above.pop(old)
    return _meant(text, expected, keys)


def swap(source: Source, keys: Keys, other: int) -> Source:
    """The source in which the item of a list that a path leads to changes places with another.

    Comments go with the item they stand behind or above. Raises LayoutError if there is no such
    item.
    """
    holder, depth = _follow(source.tree, keys[:-1])
    one = keys[-1]
    known = isinstance(holder.value, list) and depth == len(keys) - 1
    if not known or not isinstance(one, int) or not min(one, other) >= 0:
        raise LayoutError(f"{_shown(keys)}: is no item of a list")
    if max(one, other) >= len(holder.value):
        raise LayoutError(f"{_shown(keys)}: the list has {len(holder.value)} items")
    text, spans = source.text, _items(holder)
    first, second = (_with_comments(text, holder, spans[k]) for k in sorted((one, other)))
    between = text[first.end : second.start]
    moved = text[second.start : second.end] + between + text[first.start : first.end]
    expected = source.tree.plain()
    items = _holder(expected, keys)
    items[one], items[other] = items[other], items[one]
    return _meant(text[: first.start] + moved + text[second.end :], expected, keys)


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
    return _meant(text, expected, *(keys for keys, _ in changes))


def _meant(text: str, expected: Any, *places: Keys) -> Source:
    """A text as a source, if it says what is expected at some places and elsewhere."""
    tree = grow(text, "the edited file")
    if tree.plain() != expected:
        where = ", ".join(map(_shown, places))
        raise LayoutError(f"{where}: cannot be changed in place here; edit the file by hand")
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


def _add(text: str, tree: Node, node: Node, keys: Keys, depth: int, value: Any) -> str:
    key = keys[depth]
    if node.kind != "list" and node.value is not None and node.kind != "mapping":
        raise LayoutError(f"{_shown(keys)}: {_shown(keys[:depth])} is a plain value, not a mapping")
    head = "" if node.kind == "list" else f"{written(str(key))}: "
    spans = _items(node) if node.kind != "scalar" else []
    if not spans:
        return _into_empty(text, tree, node, keys[:depth], head, {str(key): value})
    end = spans[-1].end
    if node.flow:
        return f"{text[:end]}, {head}{written(value)}{text[end:]}"
    behind = _line_end(text, end)
    first = spans[0].start
    if node.kind == "list":
        first = text.rindex("-", 0, first)
    added = _block([value] if node.kind == "list" else {str(key): value}, _column(text, first))
    return f"{text[:behind]}{_newline(text)}{_newline(text).join(added)}{text[behind:]}"


def _into_empty(
    text: str, tree: Node, node: Node, keys: Keys, head: str, value: dict[str, Any]
) -> str:
    """The first item of a collection: on lines of its own where there is room for them."""
    parent, _ = _follow(tree, keys[:-1])
    added = next(iter(value.values()))
    if keys and not parent.flow and parent.kind == "mapping" and node.kind != "list":
        column = _column(text, parent.keys[str(keys[-1])].start)
        if _spreads(value, column):
            behind = _line_end(text, node.span.end)
            before = text[: node.span.start].rstrip(" ")
            lines = _newline(text).join(_block(value, column + 2))
            return f"{before}{text[node.span.end : behind]}{_newline(text)}{lines}{text[behind:]}"
    inner = head + written(added)
    return _over(text, node.span, f"[{inner}]" if node.kind == "list" else f"{{{inner}}}")


def block(value: dict[str, Any]) -> str:
    """A mapping as the text of a file: what is short on one line, the rest over several."""
    return "".join(f"{line}\n" for line in _block(value, 0))


def _block(value: dict[str, Any] | list[Any], column: int) -> list[str]:
    """The items of a collection as lines that begin at a column."""
    lines = []
    items = list(value.items()) if isinstance(value, dict) else [("", item) for item in value]
    for key, item in items:
        head = f"{written(str(key))}:" if isinstance(value, dict) else "-"
        if not _spreads(item, column):
            lines.append(f"{' ' * column}{head} {written(item)}")
        elif isinstance(value, dict):
            lines += [f"{' ' * column}{head}", *_block(item, column + 2)]
        else:
            first, *rest = _block(item, column + 2)
            lines += [f"{' ' * column}- {first.lstrip(' ')}", *rest]
    return lines


def _spreads(value: Any, column: int) -> bool:
    """Whether a value is written over several lines: a list of mappings, as a route is; named
    things at the left margin; and what is too long for one line."""
    if not isinstance(value, (dict, list, tuple)) or not value:
        return False
    inner = list(value.values()) if isinstance(value, dict) else list(value)
    if not isinstance(value, dict) and not isinstance(inner[0], dict):
        return False
    if not isinstance(value, dict) or any(_spreads(item, 1) for item in inner):
        return True
    if column == 0 and any(isinstance(item, dict) for item in inner):
        return True
    return column + len(written(value)) > WIDEST


def _with_comments(text: str, holder: Node, item: Span) -> Span:
    """An item of a list without brackets with its whole lines, and the comments right above it."""
    if holder.flow:
        return item
    dash = text.rindex("-", 0, item.start)
    start = _line_start(text, dash)
    if text[start:dash].strip(" "):  # it stands behind the dash or key of what is around it
        return Span(dash, item.end)
    while start and text[_line_start(text, start - 1) : start].lstrip(" ").startswith("#"):
        start = _line_start(text, start - 1)
    return Span(start, _line_end(text, item.end))


def _column(text: str, index: int) -> int:
    return index - _line_start(text, index)


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
