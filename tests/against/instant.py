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
    PARTINGS = auto()
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
        self._starts: list[tuple[Rank, Callable[[], None]]] = []
        self._round = (0.0, 0)

    def at(self, time: float, rank: Rank) -> simpy.Event:
        """An event that happens at `time` [s], in the order of its rank.

        SimPy's own `schedule` takes a delay, and now + (time - now) is not always `time`.
        """
        event = simpy.Event(self)
        event._ok, event._value = True, None
        heappush(self._queue, (time, EventPriority(rank), next(self._eid), event))
        return event

    def after(self, duration: float, rank: Rank, what: Callable[[], None]) -> None:
        """Do `what` when a time [s] is over; a zero time starts with the clocks of this instant."""
        if duration > 0:
            self._call(self.now + duration, rank, what)
        else:
            self._starts.append((rank, what))
            self.touch()

    def _call(self, time: float, rank: Rank, what: Callable[[], None]) -> None:
        event = self.at(time, rank)
        assert event.callbacks is not None
        event.callbacks.append(lambda _: what())

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
        starts, self._starts = self._starts, []
        for rank, what in starts:
            self._call(self.now, rank, what)
        for watch in list(self.watches):
            watch.settle()


class Gate:
    """Whether a calendar is open, until when, and for the how manieth time (from 0).

    Without a calendar it always is, in its opening 0.
    """

    def __init__(self, clock: Clock, calendar: schema.Calendar | None) -> None:
        self.open = True
        self.number, self.closing = 0, math.inf
        self.opened: list[Callable[[], None]] = []  # what it sets off when it opens
        self.finishes = calendar is not None and calendar.at_close == "finish"
        self.fits = calendar is not None and calendar.at_close == "fit"
        if calendar is not None:
            changes = open_times(calendar)
            self._first = next(changes)
            self.open = self._first[0] == 0.0
            self.number = 0 if self.open else -1
            self.closing = self._first[1]
            clock.process(self._turn(clock, changes))

    def _turn(self, clock: Clock, changes: Iterator[tuple[float, float]]) -> Steps:
        opening, closing = self._first
        while True:
            if not self.open:
                yield clock.at(opening, Rank.OPENINGS)
                self.open, self.closing = True, closing
                self.number += 1
                for what in self.opened:
                    what()
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


class Rates:
    """How fast the time between orders runs, by a profile that repeats; 1 without one."""

    def __init__(self, clock: Clock, profile: schema.Profile | None) -> None:
        self.rate = 1.0
        if profile is not None:
            self.rate = profile.rates[-1][1]
            clock.process(self._turn(clock, profile))

    def _turn(self, clock: Clock, profile: schema.Profile) -> Steps:
        for cycle in count():
            for begin, rate in profile.rates:
                yield clock.at(cycle * profile.cycle + begin, Rank.OPENINGS)
                self.rate = rate
                clock.touch()


class Stopwatch:
    """Counts `left` [s] down at the rate (False: not at all) that `runs()` says when clocks start.

    `done` happens when nothing is left.
    """

    def __init__(
        self, clock: Clock, left: float, runs: Callable[[], float], rank: Rank = Rank.ENDS
    ) -> None:
        self.done = simpy.Event(clock)
        self._clock, self._left, self._runs, self._rank = clock, left, runs, rank
        self._rate = 0.0
        self._due: simpy.Event | None = None
        self._time = math.nan  # when it is due
        clock.watches[self] = None
        clock.touch()

    @property
    def left(self) -> float:
        """What it still has to count."""
        return self._left if self._due is None else (self._time - self._clock.now) * self._rate

    def settle(self) -> None:
        """Start, pause or change pace, whichever its condition asks for now."""
        rate = float(self._runs())
        if rate == self._rate:
            return
        self._left = self.left
        self._forget()
        self._rate = rate
        if rate > 0:
            self._time = self._clock.now + self._left / rate
            self._due = due = self._clock.at(self._time, self._rank)
            assert due.callbacks is not None
            due.callbacks.append(self._end)

    def cancel(self) -> None:
        """Never be done."""
        self._clock.watches.pop(self, None)
        self._left = self.left
        self._forget()

    def _forget(self) -> None:
        if self._due is not None and self._due.callbacks is not None:
            self._due.callbacks.clear()
        self._due = None

    def _end(self, _: simpy.Event) -> None:
        self._left, self._due = 0.0, None
        self._clock.watches.pop(self, None)
        self._clock.touch()
        self.done.succeed()
