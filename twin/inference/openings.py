"""When a shop is open, out of when things begin and end there.

The time of day at which nothing much happens parts one working day from the next; where there is
none, midnight does. A date is worked on if at least a tenth of what is usual happens on it, a
weekday is open if at least half of its dates are. It opens at what nine of ten days begin after and
closes at what nine of ten days end before, to a quarter of an hour; closings of less than two hours
are none. With less than two weeks, or fewer than ten days of work, nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
DAY, WEEK, QUARTER = 86400.0, 604800.0, 900.0
FEWEST_DAYS, FEWEST_OF_A_WEEKDAY, SHORTEST = (
    10,
    5,
    14 * DAY,
)  # less than that says nothing about a week
REST = 2 * 3600.0  # s: a shop that is quiet for less every night never closes
RARE = 0.1  # of what happens in a quarter of an hour on average
ENDS = 0.1  # share of the days that may begin before the opening, or end after the closing


@dataclass(frozen=True)
class Openings:
    """Open times [s] in a week that begins on Monday 00:00, in order; `days` is what they are of.

    `outside` is the share of what happens that lies outside them.
    """

    spans: tuple[tuple[float, float], ...]
    days: int
    outside: float

    def worked(self, times: Floats) -> Floats:
        """Open time [s] from the beginning of a week to some times (n,) [s]."""
        knots, heights = [0.0], [0.0]
        for begin, end in self.spans:
            knots += [begin, end]
            heights += [heights[-1], heights[-1] + end - begin]
        whole, rest = np.divmod(times, WEEK)
        return whole * heights[-1] + np.interp(rest, knots, heights)

    @property
    def daily(self) -> tuple[tuple[float, float], ...] | None:
        """The openings of one day [s], if all seven are alike."""
        first = [span for span in self.spans if span[0] < DAY]
        week = [(a + k * DAY, b + k * DAY) for k in range(7) for a, b in first]
        return tuple(first) if week == list(self.spans) else None

    @property
    def longest(self) -> float:
        """The longest opening [s]."""
        return max(end - begin for begin, end in self.spans)


def local_times(times: Floats, epoch: datetime, zone: str) -> Floats:
    """Times (n,) [s] from an epoch as seconds since a Monday 00:00 by the clocks of a zone."""
    if len(times) == 0:
        return times
    monday = datetime(epoch.year, epoch.month, epoch.day, tzinfo=UTC)
    monday -= timedelta(days=monday.weekday())
    place = ZoneInfo(zone)
    # Clocks change on the hour, so that one look an hour is enough.
    hours, where = np.unique(np.floor(times / 3600.0), return_inverse=True)
    shifts = np.empty(len(hours))
    for index, hour in enumerate(hours):
        moment = (epoch + timedelta(seconds=float(hour) * 3600.0)).astimezone(place)
        shifts[index] = (moment.utcoffset() or timedelta()).total_seconds()
    return times + (epoch - monday).total_seconds() + shifts[where]


def find_openings(moments: Floats, length: float) -> Openings | None:
    """The openings of a shop; `moments` (n,) are when steps begin and end [s since a Monday 00:00],
    `length` is how long was looked [s]. None where there is too little to say."""
    if len(moments) == 0 or length < SHORTEST:
        return None
    dawn = _dawn(moments)
    # A working day runs from dawn to dawn, so that a late shift belongs to the day it began on.
    dates, where, counts = np.unique(
        np.floor((moments - dawn) / DAY), return_inverse=True, return_counts=True
    )
    worked = counts >= RARE * np.median(counts)
    if worked.sum() < FEWEST_DAYS:
        return None
    first, last = np.full(len(dates), np.inf), np.full(len(dates), -np.inf)
    clock = moments - dates[where] * DAY
    np.minimum.at(first, where, clock)
    np.maximum.at(last, where, clock)
    every_date = np.arange(dates[0], dates[-1] + 1)
    spans: list[tuple[float, float]] = []
    for weekday in range(7):
        mine = worked & (dates % 7 == weekday)
        if mine.sum() * 2 < max(1, (every_date % 7 == weekday).sum()):
            continue
        chosen = mine if mine.sum() >= FEWEST_OF_A_WEEKDAY else worked
        begin = np.floor(np.quantile(first[chosen], ENDS) / QUARTER) * QUARTER
        end = np.ceil(np.quantile(last[chosen], 1 - ENDS) / QUARTER) * QUARTER
        spans += _wrapped(weekday * DAY + begin, weekday * DAY + max(end, begin + QUARTER))
    merged = _merged(sorted(spans))
    if not merged:
        return None
    found = Openings(tuple(merged), int(worked.sum()), 0.0)
    inside = np.zeros(len(moments), dtype=bool)
    for begin, end in found.spans:
        inside |= (moments % WEEK >= begin) & (moments % WEEK <= end)
    return replace(found, outside=float(1 - inside.mean()))


def _dawn(moments: Floats) -> float:
    """The time of day [s] in the middle of the longest quiet time; midnight where nobody rests."""
    bins = int(DAY / QUARTER)
    counts = np.bincount((moments % DAY // QUARTER).astype(int), minlength=bins)
    quiet = counts <= RARE * counts.mean()
    best, run = (0, 0), 0
    for index in range(2 * bins):  # twice round: the quiet time may go past midnight
        run = run + 1 if quiet[index % bins] else 0
        if best[0] < run <= bins:
            best = (run, index)
    if best[0] * QUARTER < REST:
        return 0.0
    return float((best[1] + 1 - best[0] / 2) * QUARTER % DAY)


def _wrapped(begin: float, end: float) -> list[tuple[float, float]]:
    """A span that leaves the week goes on at its beginning."""
    if begin >= WEEK:
        return [(begin - WEEK, end - WEEK)]
    return [(begin, end)] if end <= WEEK else [(0.0, end - WEEK), (begin, WEEK)]


def _merged(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Openings in order, those with hardly a closing between them as one; Sunday night, too."""
    merged: list[tuple[float, float]] = []
    for begin, end in spans:
        if merged and begin - merged[-1][1] < REST:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    if merged and merged[0][0] + WEEK - merged[-1][1] < REST:
        merged[0] = (0.0, merged[0][1])
        merged[-1] = (merged[-1][0], WEEK)
    return merged
