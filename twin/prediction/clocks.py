"""How much of a stretch of time counts for orders that come only while a calendar is open, or at
rates that change with the hour."""

from __future__ import annotations

import math
from itertools import pairwise

from twin.layout.schema import Layout, Orders
from twin.production.plan import merged


class OpenTime:
    """The clock by which the layout's orders of one kind come in."""

    def __init__(self, layout: Layout, orders: Orders) -> None:
        name = orders.calendar or layout.calendar
        calendar = layout.calendars[name] if name else None
        self.cycle = calendar.cycle if calendar else math.inf
        self.open = merged(calendar) if calendar else []
        self.profile = orders.profile

    def between(self, begin: float, end: float) -> float:
        """Time [s] that the clock has run between two times [s]; at a rate of 2 twice as long."""
        edges = sorted({begin, end, *self._edges(begin, end)})
        return sum((b - a) * self._rate((a + b) / 2) for a, b in pairwise(edges))

    def _edges(self, begin: float, end: float) -> list[float]:
        found: list[float] = []
        if self.open:
            within = [edge % self.cycle for pair in self.open for edge in pair]
            found += _repeated(within, self.cycle, begin, end)
        if self.profile:
            found += _repeated([t for t, _ in self.profile.rates], self.profile.cycle, begin, end)
        return found

    def _rate(self, time: float) -> float:
        rate = 1.0
        if self.open:
            at = time % self.cycle
            inside = any(a <= t < b for a, b in self.open for t in (at, at + self.cycle))
            rate = 1.0 if inside else 0.0
        if self.profile:
            at = time % self.profile.cycle
            said = [value for start, value in self.profile.rates if start <= at]
            rate *= said[-1] if said else self.profile.rates[-1][1]
        return rate


def _repeated(times: list[float], cycle: float, begin: float, end: float) -> list[float]:
    cycles = range(math.floor(begin / cycle), math.floor(end / cycle) + 1)
    return [t for k in cycles for t in (k * cycle + at for at in times) if begin < t < end]
