"""What happened: the one record that crosses from doing to seeing.

A Timeline is four tables over one clock. Time is in seconds from `epoch` (UTC). Texts (resources,
parts, places, products, units, native values) are codes into `names`; -1 is none. An interval, a
move or an order whose end is NaN is still open.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any

import numpy as np


class State(IntEnum):
    """What a resource is doing; the kernel uses the same numbers."""

    OFF = 0  # outside its calendar
    UNAVAILABLE = 1  # no data
    IDLE = 2  # ready, and nothing asks for it
    SETUP = 3
    PROCESSING = 4
    STARVED = 5  # waits for a part
    BLOCKED = 6  # holds a finished part that cannot go on
    WAITING_CREW = 7  # holds a part and waits for a person or an arm
    HELD = 8  # stopped by its operator
    DOWN = 9  # failed, waiting for repair or under repair
    MAINTENANCE = 10  # planned


WORKING = frozenset({State.SETUP, State.PROCESSING})
WAITING = frozenset({State.IDLE, State.STARVED, State.BLOCKED, State.WAITING_CREW, State.HELD})
STOPPED = frozenset({State.OFF, State.UNAVAILABLE, State.DOWN, State.MAINTENANCE})


class Quality(IntEnum):
    """How far a row can be trusted."""

    GOOD = 0
    UNCERTAIN = 1
    INFERRED = 3


class Outcome(IntEnum):
    """How an order ended."""

    OPEN = 0
    DONE = 1
    SCRAPPED = 2
    CANCELLED = 3


# The native value of a move by an arm that brought the part along when it fetched the last one.
EXCHANGE = "exchange"

Table = Any  # a structured array; numpy cannot type its columns

INTERVALS = np.dtype(
    [
        ("resource", "i4"),
        ("state", "i1"),
        ("part", "i4"),
        ("start", "f8"),
        ("end", "f8"),
        ("quality", "i1"),
        ("native", "i4"),
    ]
)
MOVES = np.dtype(
    [
        ("part", "i4"),  # -1: the carrier moves empty
        ("carrier", "i4"),  # an arm, a vehicle or a person; -1: by hand, nobody in particular
        ("origin", "i4"),
        ("target", "i4"),
        ("start", "f8"),
        ("end", "f8"),
        ("quality", "i1"),
        ("native", "i4"),
    ]
)
ORDERS = np.dtype(
    [
        ("id", "i4"),
        ("product", "i4"),
        ("quantity", "i4"),
        ("release", "f8"),
        ("due", "f8"),
        ("start", "f8"),
        ("end", "f8"),
        ("outcome", "i1"),
        ("quality", "i1"),
    ]
)
POINTS = np.dtype(
    [
        ("resource", "i4"),
        ("name", "i4"),  # what is measured or counted: "scrap", "rework", "temperature", "gap"
        ("time", "f8"),
        ("value", "f8"),
        ("unit", "i4"),
        ("quality", "i1"),
        ("native", "i4"),
    ]
)
TABLES = {"intervals": INTERVALS, "moves": MOVES, "orders": ORDERS, "points": POINTS}
# Which columns hold codes into `names`.
TEXTS = {
    "intervals": ("resource", "part", "native"),
    "moves": ("part", "carrier", "origin", "target", "native"),
    "orders": ("id", "product"),
    "points": ("resource", "name", "unit", "native"),
}


@dataclass(frozen=True)
class Timeline:
    """Four tables over one clock.

    `origin` is "simulated", "recorded", "synthetic" (simulated, but shipped as a recording) or
    "unknown" (a clock on which nothing is known).
    A part is named after its order, with "/k" behind it where the order wants several.
    `start` and `end` [s] bound the clock; `resources` lists the stations' machines, arms, vehicles
    and people that the timeline speaks of, in display order, as codes into `names`.
    """

    names: tuple[str, ...]
    resources: tuple[int, ...]
    start: float
    end: float
    intervals: Table
    moves: Table
    orders: Table
    points: Table
    epoch: datetime = field(default=datetime(2026, 1, 5, tzinfo=UTC))  # a Monday
    origin: str = "simulated"
    run: str = ""
    layout: str = ""

    def code(self, name: str) -> int:
        """The code of a name; KeyError where the timeline does not know it."""
        try:
            return self.names.index(name)
        except ValueError:
            raise KeyError(name) from None

    def name(self, code: int) -> str:
        """The text behind a code; empty for -1."""
        return self.names[code] if code >= 0 else ""

    def clip(self, start: float, end: float) -> Timeline:
        """The part of the timeline between two times [s]; intervals and moves are cut there."""
        tables = {}
        for key in ("intervals", "moves"):
            table = getattr(self, key)
            last = np.where(np.isnan(table["end"]), self.end, table["end"])
            kept = table[(table["start"] < end) & (last > start)].copy()
            kept["start"] = np.maximum(kept["start"], start)
            kept["end"] = np.minimum(kept["end"], end)  # an open end stays NaN
            tables[key] = kept
        orders = self.orders
        alive = (orders["release"] < end) & ~(orders["end"] <= start)
        points = self.points
        inside = (points["time"] >= start) & (points["time"] < end)
        return replace(
            self, start=start, end=end, orders=orders[alive], points=points[inside], **tables
        )


class Names:
    """Texts -> codes while a timeline is being made; `names[text]` adds what is new."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._codes: dict[str, int] = {}
        for text in texts:
            self[text]

    def __getitem__(self, text: str | None) -> int:
        if text is None or text == "":
            return -1
        return self._codes.setdefault(text, len(self._codes))

    def texts(self) -> tuple[str, ...]:
        return tuple(self._codes)


def table(name: str, rows: Iterable[tuple[object, ...]] = ()) -> Table:
    """A table of the given name (a key of TABLES) from rows in column order."""
    return np.array(list(rows), dtype=TABLES[name])


def is_open(end: float) -> bool:
    """Whether an interval, a move or an order that ends at `end` [s] is still going on."""
    return math.isnan(end)
