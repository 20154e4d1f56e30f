"""The history of what held a plant back: active periods after Roser, Nakano and Tanaka (2002).

It reads any timeline, recorded or simulated, and says which machine was the bottleneck when. What a
change would bring it does not say: that takes the paired proof of `twin.bottlenecks`.

Source: C. Roser, M. Nakano, M. Tanaka, "Shifting bottleneck detection", Proceedings of the 2002
Winter Simulation Conference.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin.timeline import WORKING, State, Timeline

ACTIVE = WORKING | {State.DOWN, State.MAINTENANCE}

Periods = NDArray[np.float64]  # (n, 2): start, end [s], in order of time, apart from each other


@dataclass(frozen=True)
class Bottleneck:
    """A resource as the momentary bottleneck, over its whole active period [s]."""

    resource: str
    start: float
    end: float


@dataclass(frozen=True)
class History:
    """Who held the plant back over a timeline.

    chain: the momentary bottlenecks in turn; where two overlap, the bottleneck shifts. sole,
    shifting [s]: resource -> time as the only bottleneck, and time shared with the one before or
    after. mean_period [s]: resource -> mean length of its active periods; NaN if it has none.
    """

    chain: tuple[Bottleneck, ...]
    sole: dict[str, float]
    shifting: dict[str, float]
    mean_period: dict[str, float]


def active_periods(timeline: Timeline) -> dict[str, Periods]:
    """Resource -> its uninterrupted stretches of working, being set up or being down (n, 2) [s].

    Successive parts without a gap are one stretch; what is still open ends with the timeline.
    """
    table = timeline.intervals[np.isin(timeline.intervals["state"], [int(s) for s in ACTIVE])]
    periods = {}
    for code in timeline.resources:
        rows = np.sort(table[table["resource"] == code], order="start")
        ends = np.where(np.isnan(rows["end"]), timeline.end, rows["end"])
        periods[timeline.name(code)] = _merged(rows["start"], ends)
    return periods


def _merged(starts: NDArray[np.float64], ends: NDArray[np.float64]) -> Periods:
    """Intervals in order of their starts, those that touch or overlap made one."""
    lasting = ends > starts
    starts, ends = starts[lasting], np.maximum.accumulate(ends[lasting])
    if len(starts) == 0:
        return np.zeros((0, 2))
    first = np.append(True, starts[1:] > ends[:-1])
    last = np.append(first[1:], True)
    return np.column_stack([starts[first], ends[last]])


def bottleneck_history(timeline: Timeline) -> History:
    """The momentary bottlenecks of a timeline, and how long each resource was one.

    Of all resources active at an instant the bottleneck is the one whose active period is longest
    in full length (the first in the timeline's order, if several are); it stays so until that
    period ends. Resources without parallel twins: in a bank of alike machines each is its own.
    """
    periods = active_periods(timeline)
    chain = _chain(periods)
    sole = dict.fromkeys(periods, 0.0)
    shifting = dict.fromkeys(periods, 0.0)
    for k, one in enumerate(chain):
        before = chain[k - 1].end if k else one.start
        after = chain[k + 1].start if k + 1 < len(chain) else one.end
        alone = max(0.0, min(after, one.end) - max(before, one.start))
        sole[one.resource] += alone
        shifting[one.resource] += one.end - one.start - alone
    means = {
        name: float(np.diff(rows).mean()) if len(rows) else float("nan")
        for name, rows in periods.items()
    }
    return History(tuple(chain), sole, shifting, means)


def _chain(periods: dict[str, Periods]) -> list[Bottleneck]:
    """The momentary bottlenecks in turn."""
    rows = [Bottleneck(name, *map(float, row)) for name, table in periods.items() for row in table]
    rows.sort(key=lambda one: one.start)  # stable: the timeline's order among those that tie
    chain: list[Bottleneck] = []
    active: list[Bottleneck] = []
    ahead, now = 0, -np.inf
    while ahead < len(rows) or active:
        if not active:
            now = max(now, rows[ahead].start)
        while ahead < len(rows) and rows[ahead].start <= now:
            active.append(rows[ahead])
            ahead += 1
        active = [one for one in active if one.end > now]
        if active:
            longest = max(active, key=lambda one: one.end - one.start)
            chain.append(longest)
            now = longest.end
    return chain
