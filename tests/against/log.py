"""What happened in a run of the oracle."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from tests.against.chance import PartKey
from twin.timeline import State


class Interval(NamedTuple):
    """A unit was in one state with one part (its number; None: empty) from start to end [s]."""

    resource: str
    state: State
    part: int | None
    start: float
    end: float


class Attendance(NamedTuple):
    """A person or an arm was bound to a unit, walking there included, from start to end [s]."""

    attendant: str
    unit: str
    start: float
    end: float


class Stay(NamedTuple):
    """A part stood in a station's queue from `entered` until a unit took it, `taken` [s]."""

    part: int
    step: int
    station: str
    unit: str
    entered: float
    taken: float


class OrderEnd(NamedTuple):
    """An order was released and ended [s]; without a part that got out it ended as scrap.

    One taken from a stock ended when it was served.
    """

    stream: str
    order: int
    release: float
    end: float
    done: bool


class Exit(NamedTuple):
    """A part left by "out" (or into a stock): who it is, its release and its end [s]."""

    part: PartKey
    release: float
    end: float


class Loss(NamedTuple):
    """Something was lost for want of room or stock: a part, or all of an order (part None)."""

    time: float
    stream: str
    order: int
    part: int | None


class Level(NamedTuple):
    """What a stock held, had ordered and owed, from `start` [s] on."""

    stock: str
    on_hand: int
    ordered: int
    owed: int
    start: float


class Change(NamedTuple):
    """A unit had to change over before a part, for `lasts` [s] of work, asked at `time` [s]."""

    unit: str
    part: int
    before: str | None  # the family it was set up for
    family: str
    lasts: float
    time: float


@dataclass
class Log:
    """All that a run leaves behind; times in s, parts by number."""

    end: float
    parts: list[PartKey] = field(default_factory=list)  # by number
    releases: list[float] = field(default_factory=list)  # by number
    intervals: list[Interval] = field(default_factory=list)  # of units, each longer than 0 s
    people: list[Interval] = field(default_factory=list)  # people and arms: OFF, IDLE, PROCESSING
    attendances: list[Attendance] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    exits: list[tuple[float, int]] = field(default_factory=list)
    scrapped: list[tuple[float, int]] = field(default_factory=list)
    orders: list[OrderEnd] = field(default_factory=list)
    ends: list[Exit] = field(default_factory=list)  # as in exits
    losses: list[Loss] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)  # by time; at most one an instant and stock
    changeovers: list[Change] = field(default_factory=list)
