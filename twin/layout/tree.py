"""A YAML text as a tree whose nodes know where they stand, so that an edit can touch them alone.

What a planner brings is data, nothing else: YAML 1.2 core schema, bounded in size and depth, no
tags, no anchors and aliases (a few of them unfold into gigabytes), no key twice.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from twin.errors import LayoutError

LARGEST = 1_000_000  # characters
MOST = 50  # problems listed
DEEPEST = 30  # mappings and lists within each other

FATAL = ("a second document", "nested deeper", "a key must be")  # what follows makes no sense

Keys = tuple[str | int, ...]
Scalar = str | int | float | bool | None

_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_CONSTANTS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf"), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
}


@dataclass(frozen=True)
class Span:
    """From `start` up to `end`, as indices into the text."""

    start: int
    end: int


@dataclass(frozen=True)
class Node:
    """A value and the span of text it stands in.

    value: a scalar, a dict of name -> Node or a list of Nodes. `keys` are the spans of a mapping's
    keys. `flow` says that it is written with brackets (or is a scalar).
    """

    value: Any
    span: Span
    flow: bool = True
    keys: dict[str, Span] = field(default_factory=dict)

    @property
    def kind(self) -> Literal["mapping", "list", "scalar"]:
        if isinstance(self.value, dict):
            return "mapping"
        return "list" if isinstance(self.value, list) else "scalar"

    def child(self, key: str | int) -> Node | None:
        """The node under a key of a mapping or an index of a list; None where there is none."""
        if self.kind == "mapping":
            return self.value.get(str(key))
        if self.kind == "list" and isinstance(key, int) and 0 <= key < len(self.value):
            return self.value[key]
        return None

    def at(self, keys: Keys) -> Node | None:
        """The node that a path leads to; None where there is none."""
        node: Node | None = self
        for key in keys:
            node = None if node is None else node.child(key)
        return node

    def plain(self) -> Any:
        """The same as plain dicts, lists and scalars."""
        if self.kind == "mapping":
            return {key: node.plain() for key, node in self.value.items()}
        if self.kind == "list":
            return [node.plain() for node in self.value]
        return self.value


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong at an index of the text; `path` is the way to it, "machines/place-1"."""

    index: int
    path: str
    message: str


def complaint(name: str, text: str, problems: list[Problem]) -> LayoutError:
    """One error that lists every problem as `file:line:column: path: message`."""
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
    lines = []
    listed = sorted(set(problems))
    for problem in listed[:MOST]:
        line = bisect_right(starts, problem.index)
        column = problem.index - starts[line - 1] + 1
        place = f"{problem.path}: " if problem.path else ""
        lines.append(f"{name}:{line}:{column}: {place}{problem.message}")
    if len(listed) > MOST:
        lines.append(f"{name}: and {len(listed) - MOST} more")
    return LayoutError("\n".join(lines), [(each.path, each.message) for each in listed])


def grow(text: str, name: str) -> Node:
    """The tree of a YAML text; `name` is what messages call it.

    Raises LayoutError with line and column of whatever is not plain data.
    """
    if len(text) > LARGEST:
        raise LayoutError(
            f"{name}: has {len(text):,} characters; at most {LARGEST:,} are read. "
            "Is this a layout file?"
        )
    try:
        root, problems = _grown(text)
    except ReaderError as error:
        character = f"a character that no text has, U+{ord(text[error.position]):04X}"
        raise complaint(
            name, text, [Problem(error.position, "", f"{character}; remove it")]
        ) from None
    except MarkedYAMLError as error:
        raise complaint(name, text, [_malformed(error)]) from None
    except (YAMLError, ValueError) as error:
        raise LayoutError(f"{name}: is not YAML: {error}") from error
    if problems:
        raise complaint(name, text, list(problems))
    return root


@lru_cache(maxsize=8)  # an edit is read where it is made, and once more as a whole file
def _grown(text: str) -> tuple[Node, tuple[Problem, ...]]:
    problems: list[Problem] = []
    try:
        root = _Grower(text, problems).document(_quick(text))
    except yaml.YAMLError:  # the other one says better what is wrong, and where
        problems.clear()
        root = _Grower(text, problems).document(YAML(typ="safe", pure=True).parse(text))
    return root, tuple(problems)


def _quick(text: str) -> Iterator[Any]:
    """The events of a text by libyaml, in a twentieth of the time that Python alone takes; nothing
    is made of them but what stands here. YAMLError where it cannot be read so."""
    if not yaml.__with_libyaml__ or _READ_OTHERWISE.search(text):
        raise yaml.YAMLError("is left to the other reader")
    return yaml.parse(text, Loader=yaml.CSafeLoader)


# Tabs and breaks that YAML 1.1, which libyaml reads, takes for something else than 1.2 does.
_READ_OTHERWISE = re.compile("[\t\x85\u2028\u2029\ufeff]")
_NO_ALIAS = "anchors and aliases (&, *) are not read; write the value out"


def _malformed(error: MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    what = " ".join(str(part) for part in (error.context, error.problem) if part)
    if "\\t" in what:
        what += "; indent with spaces, not with tabs"
    return Problem(mark.index if mark else 0, "", f"malformed YAML: {what}")


@dataclass
class _Open:
    """A collection that is still being read, and the key its next value belongs to."""

    start: int
    flow: bool
    value: dict[str, Node] | list[Node]
    keys: dict[str, Span] = field(default_factory=dict)
    key: str | None = None


class _Grower:
    """Events -> nodes on a stack of its own: deep nesting costs no recursion. Events of the two
    readers are classes of the same names."""

    def __init__(self, text: str, problems: list[Problem]) -> None:
        self.text = text
        self.problems = problems
        self.stack: list[_Open] = []
        self.root: Node | None = None

    def document(self, events: Iterator[Any]) -> Node:
        for event in events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent" and self.root is not None:
                self._report(event.start_mark.index, "a second document begins; write one a file")
            if len(self.stack) > DEEPEST:
                self._report(event.start_mark.index, f"nested deeper than {DEEPEST} levels")
            if self.problems and self.problems[-1].message.startswith(FATAL):
                break
            if kind == "AliasEvent":
                self._alias(event)
            elif kind == "ScalarEvent":
                self._refuse(event)
                self._scalar(event)
            elif kind in ("MappingStartEvent", "SequenceStartEvent"):
                self._refuse(event)
                self._begin(event, {} if kind == "MappingStartEvent" else [])
            elif kind in ("MappingEndEvent", "SequenceEndEvent"):
                self._finish(event)
        return self.root or Node(None, Span(0, 0))

    def _report(self, index: int, message: str) -> None:
        keys = [frame.key for frame in self.stack if frame.key]
        self.problems.append(Problem(index, "/".join(keys), message))

    def _alias(self, event: Any) -> None:
        self._report(event.start_mark.index, _NO_ALIAS)
        self._place(Node(None, Span(event.start_mark.index, event.end_mark.index)))

    def _refuse(self, event: Any) -> None:
        if event.anchor:
            self._report(event.start_mark.index, _NO_ALIAS)
        elif event.tag:
            self._report(event.start_mark.index, "tags (!) are not read; write the plain value")

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        while event.style in ("|", ">") and self.text[start:end].endswith(("\n", "\r")):
            end -= 1  # a block text's span runs on over the line ends that follow it
        if start == end:  # nothing is written: the value would stand right behind its colon
            start = end = self._behind_colon(start)
        span = Span(start, end)
        frame = self.stack[-1] if self.stack else None
        if frame and isinstance(frame.value, dict) and frame.key is None:
            self._key(frame, event.value, span)
        else:
            value = event.value if event.style else resolve(event.value)
            self._place(Node(value, span))

    def _behind_colon(self, index: int) -> int:
        frame = self.stack[-1] if self.stack else None
        if frame is None or frame.key is None:
            return index
        return self.text.index(":", frame.keys[frame.key].end) + 1

    def _key(self, frame: _Open, key: str, span: Span) -> None:
        if key in frame.keys:
            self._report(span.start, f"{key!r} is written twice; keep one of them")
        frame.key = key
        frame.keys[key] = span

    def _begin(self, event: Any, value: dict[str, Node] | list[Node]) -> None:
        frame = self.stack[-1] if self.stack else None
        start = event.start_mark.index
        if frame and isinstance(frame.value, dict) and frame.key is None:
            self._report(start, "a key must be a plain name, not a list or a mapping")
            frame.key = ""
        self.stack.append(_Open(start, bool(event.flow_style), value))

    def _finish(self, event: Any) -> None:
        frame = self.stack.pop()
        end = event.end_mark.index if frame.flow else _last(frame)
        self._place(Node(frame.value, Span(frame.start, end), frame.flow, frame.keys))

    def _place(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        frame = self.stack[-1]
        if isinstance(frame.value, list):
            frame.value.append(node)
        elif frame.key is not None:
            frame.value[frame.key] = node
            frame.key = None


def _last(frame: _Open) -> int:
    """Where a collection without brackets ends: behind its last value, not at the next token."""
    nodes = frame.value.values() if isinstance(frame.value, dict) else frame.value
    return max((node.span.end for node in nodes), default=frame.start)


def resolve(text: str) -> Scalar:
    """The value of an unquoted scalar by the core schema of YAML 1.2 (section 10.3.2).

    Whole numbers of more than 18 digits become floats: nothing on a floor is counted that far.
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INT.fullmatch(text):
        return int(text) if len(text) <= 18 else float(text)
    if text.startswith(("0x", "0o")) and re.fullmatch(r"0x[0-9a-fA-F]{1,15}|0o[0-7]{1,20}", text):
        return int(text, 0)
    return float(text) if _FLOAT.fullmatch(text) else text
