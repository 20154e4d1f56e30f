"""Time for the oracle: the ranks of one instant, calendars, and clocks that can be paused."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterator
from enum import IntEnum, auto
from heapq import heappush
from itertools import count
from typing import Any

import simpy
from simpy.events import EventPriority

from twin.layout import schema

Steps = Generator[simpy.Event, Any, Any]

ROUNDS = 10_000  # of zero-length phases in one instant before it counts as endless


class Rank(IntEnum):
    """The order of effects within one instant; SimPy's own 0 and 1 (immediate) come before."""

    ENDS = 10
    CLOSINGS = auto()
    OPENINGS = auto()
    FAILURES = auto()
    REPLACEMENTS = auto()
    DEMAND = auto()
    RELEASES = auto()
    MOVES = auto()
    ATTENDANTS = auto()
    CLOCKS = auto()
    BOOKS = auto()


class Clock(simpy.Environment):
    """SimPy's environment with events at an exact time and rank, and what settles an instant."""

    def __init__(self) -> None:
        super().__init__()
        self.watches: dict[Stopwatch, None] = {}  # those that are not done, in order
        self._settlers: dict[Rank, Callable[[], None]] = {Rank.CLOCKS: self._settle}
        self._pending: set[Rank] = set()
        self._round = (0.0, 0)

    def at(self, time: float, rank: Rank) -> simpy.Event:
        """An event that happens at `time` [s], in the order of its rank.

        SimPy's own `schedule` takes a delay, and now + (time - now) is not always `time`.
        """
        event = simpy.Event(self)
        event._ok, event._value = True, None
        heappush(self._queue, (time, EventPriority(rank), next(self._eid), event))
        return event

    def settle_with(self, rank: Rank, what: Callable[[], None]) -> None:
        """Do `what` in every instant in which something changes."""
        self._settlers[rank] = what

    def touch(self) -> None:
        """Something has changed: settle this instant."""
        for rank, what in self._settlers.items():
            self.later(rank, what)

    def later(self, rank: Rank, what: Callable[[], None]) -> None:
        """Do `what` once, later in this instant; again if asked again afterwards."""
        if rank in self._pending:
            return
        self._pending.add(rank)

        def now(_: simpy.Event) -> None:
            self._pending.remove(rank)
            what()

        event = self.at(self.now, rank)
        assert event.callbacks is not None
        event.callbacks.append(now)

    def _settle(self) -> None:
        """Let all clocks start or pause, as they should."""
        time, rounds = self._round
        rounds = rounds + 1 if time == self.now else 0
        if rounds > ROUNDS:
            raise RuntimeError(f"time stands still at {time} s: phases of zero length for ever")
        self._round = (self.now, rounds)
        for watch in list(self.watches):
            watch.settle()


class Gate:
    """Whether a calendar is open; without one it always is."""

    def __init__(self, clock: Clock, calendar: schema.Calendar | None) -> None:
        self.open = True
        if calendar is not None:
            changes = open_times(calendar)
            self._first = next(changes)
            self.open = self._first[0] == 0.0
            clock.process(self._turn(clock, changes))

    def _turn(self, clock: Clock, changes: Iterator[tuple[float, float]]) -> Steps:
        opening, closing = self._first
        while True:
            if not self.open:
                yield clock.at(opening, Rank.OPENINGS)
                self.open = True
                clock.touch()
            if math.isinf(closing):
                return
            yield clock.at(closing, Rank.CLOSINGS)
            self.open = False
            clock.touch()
            opening, closing = next(changes)


def open_times(calendar: schema.Calendar) -> Iterator[tuple[float, float]]:
    """The open times (begin, end) [s] from 0 on for ever; those that touch are one."""
    if sum(end - begin for begin, end in calendar.open) == calendar.cycle:
        yield 0.0, math.inf
        return
    spans = (
        (turn * calendar.cycle + begin, turn * calendar.cycle + end)
        for turn in count()
        for begin, end in calendar.open
    )
    begin, end = next(spans)
    for following in spans:
        if following[0] == end:
            end = following[1]
        else:
            yield begin, end
            begin, end = following


class Stopwatch:
    """Counts `left` [s] down while `runs()` holds, looked at when clocks start; then `done`."""

    def __init__(self, clock: Clock, left: float, runs: Callable[[], bool], rank: Rank) -> None:
        self.done = simpy.Event(clock)
        self._clock, self._left, self._runs, self._rank = clock, left, runs, rank
        self._due: simpy.Event | None = None
        self._time = math.nan  # when it is due
        clock.watches[self] = None
        clock.touch()

    def settle(self) -> None:
        """Start or pause, whichever its condition asks for now."""
        clock, runs = self._clock, self._runs()
        if runs and self._due is None:
            self._time = clock.now + self._left
            self._due = clock.at(self._time, self._rank)
            assert self._due.callbacks is not None
            self._due.callbacks.append(self._end)
        elif not runs and self._due is not None:
            self._left = self._time - clock.now
            self._forget()

    def cancel(self) -> None:
        """Never be done."""
        self._clock.watches.pop(self, None)
        self._forget()

    def _forget(self) -> None:
        if self._due is not None and self._due.callbacks is not None:
            self._due.callbacks.clear()
        self._due = None

    def _end(self, _: simpy.Event) -> None:
        self._clock.watches.pop(self, None)
        self._clock.touch()
        self.done.succeed()
