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
    """An order was released and ended [s]; without a part that got out it ended as scrap."""

    stream: str
    order: int
    release: float
    end: float
    done: bool


@dataclass
class Log:
    """All that a run leaves behind; times in s, parts by number."""

    end: float
    parts: list[PartKey] = field(default_factory=list)  # by number
    releases: list[float] = field(default_factory=list)  # by number
    intervals: list[Interval] = field(default_factory=list)  # of units, each longer than 0 s
    attendances: list[Attendance] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    exits: list[tuple[float, int]] = field(default_factory=list)
    scrapped: list[tuple[float, int]] = field(default_factory=list)
    orders: list[OrderEnd] = field(default_factory=list)
