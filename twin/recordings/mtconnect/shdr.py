"""SHDR, the lines of an MTConnect adapter: `time|item|value|item|value...`.

A condition has five fields behind its item: `time|item|level|code|severity|qualifier|text`. An item
may have its device in front, `device:item`. What begins with `@` speaks of assets, what begins with
`*` is a command; both tell no state. A text of several lines stands between two equal marks.

Three comments are this project's own; other readers pass them over: `* snapshot TIME`, `* news` and
`* lost BEGIN END COUNT` say what the lines behind them are (see `observations`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from twin.recordings.mtconnect.observations import (
    Damaged,
    Lost,
    News,
    Observation,
    Snapshot,
    Told,
    moment,
    moments,
    written,
)

LEVELS = frozenset({"NORMAL", "WARNING", "FAULT", "UNAVAILABLE"})
ROWS = 20_000  # lines whose times are read as one column
LONGEST = 65_536  # characters of a line that is read
_MULTILINE = re.compile(r"--multiline--\w+$")
_PIPE = re.compile(r"(?<!\\)\|")


def read(lines: Iterable[str], device: str = "", first: int = 1) -> Iterator[Told]:
    """What lines tell, in their order; lines count from `first`. `device` is whose they are.

    A line that is not understood comes out as Damaged.
    """
    numbers: list[int] = []
    rows: list[str] = []
    until = ""
    for number, line in enumerate(lines, start=first):
        line = line.rstrip("\r\n")
        if until:
            until = "" if line == until else until
            continue
        if "--multiline--" in line and (mark := _MULTILINE.search(line)):
            until = mark[0]
        if line:
            numbers.append(number)
            rows.append(line)
        if len(rows) >= ROWS:
            yield from _rows(numbers, rows, device)
            numbers, rows = [], []
    yield from _rows(numbers, rows, device)


def looks_like(line: str) -> bool:
    """Whether a line is one of SHDR."""
    time, bar, rest = line.partition("|")
    try:
        moment(time.partition("@")[0])
    except ValueError:
        return False
    return bool(bar) and "|" in rest


def line_of(told: Told) -> str:
    """The line that says it; what is damaged becomes a comment."""
    if isinstance(told, Observation):
        item = f"{told.device}:{told.item}" if told.device else told.item
        fields = (told.value, *(told.condition or ()))
        return "|".join((written(told.time), item, *map(_escaped, fields)))
    if isinstance(told, Snapshot):
        return "* snapshot" + ("" if told.time is None else f" {written(told.time)}")
    if isinstance(told, Lost):
        count = "" if told.count is None else f" {told.count}"
        return f"* lost {written(told.begin)} {written(told.end)}{count}"
    if isinstance(told, News):
        return "* news"
    return f"* damaged {told.what}".replace("\n", " ")


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("\r", " ").replace("\n", " ")


def _rows(numbers: list[int], rows: list[str], device: str) -> Iterator[Told]:
    """Lines -> what they tell; their times are read as one column."""
    texts = [row.partition("|")[0].partition("@")[0] for row in rows]
    for number, row, time in zip(numbers, rows, moments(texts).tolist(), strict=True):
        if time != time:  # no time
            if row[0] != "*":
                yield Damaged(f"line {number}: {row[:60]!r}")
            elif mark := _mark(row):
                yield mark
            continue
        if len(row) > LONGEST:
            yield Damaged(f"line {number}: {len(row):,} characters")
            continue
        fields = row.split("|") if "\\|" not in row else _unescaped(row)
        count = len(fields)
        if count == 3:
            yield from _one(time, device, fields[1], fields[2])
        elif count < 3:
            yield Damaged(f"line {number}: {row[:60]!r}")
        elif fields[1].startswith("@"):
            continue
        elif count == 7 and _is_condition(fields):
            owner, item = _owned(device, fields[1])
            code, severity, qualifier, text = fields[3:]
            yield Observation(
                time, owner, item, fields[2].upper(), (code, severity, qualifier, text)
            )
        else:
            # A message has three fields: item, code, text. Its text is passed over.
            for at in range(1, count - 1, 2):
                yield from _one(time, device, fields[at], fields[at + 1])


def _is_condition(fields: list[str]) -> bool:
    """Whether it is one, and not three pairs, the first of which is UNAVAILABLE."""
    level = fields[2].upper()
    return level in LEVELS and (level != "UNAVAILABLE" or not any(fields[3:]))


def _one(time: float, device: str, item: str, value: str) -> Iterator[Observation]:
    if ":" in item:
        device, item = _owned(device, item)
    if item and not item.startswith("@"):
        yield Observation(time, device, item, value)


def _owned(device: str, item: str) -> tuple[str, str]:
    owner, colon, name = item.partition(":")
    return (owner, name) if colon else (device, item)


def _unescaped(row: str) -> list[str]:
    return [field.replace("\\|", "|") for field in _PIPE.split(row)]


def _mark(row: str) -> Told | None:
    """What a comment of this project says; None for other comments."""
    words = row.split()
    try:
        match words[1:]:
            case ["snapshot"]:
                return Snapshot()
            case ["snapshot", time]:
                return Snapshot(moment(time))
            case ["news"]:
                return News()
            case ["lost", begin, end]:
                return Lost(moment(begin), moment(end))
            case ["lost", begin, end, count]:
                return Lost(moment(begin), moment(end), int(count))
    except ValueError:
        return Damaged(f"{row[:60]!r}")
    return None
