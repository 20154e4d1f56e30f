"""What is known of a shop right now: a timeline that ends with the last message, brought up to this
moment; of what is not heard any more, nothing is known."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from twin.timeline import INTERVALS, Quality, State, Table, Timeline

LIVE = "live"  # the origin of such a timeline


def present(timeline: Timeline, now: float, lost: Mapping[str, float]) -> Timeline:
    """The timeline up to `now` [s] on its clock; of each resource in `lost` nothing is known from
    the time [s] on that stands there.

    An interval that is open goes on: as long as it is heard, a source tells what changes. One that
    was going on when its resource was lost is cut there, and uncertain.
    """
    names = {timeline.names[code]: code for code in timeline.resources}
    since = {names[name]: time for name, time in lost.items() if name in names}
    intervals = timeline.intervals
    if since:
        intervals = _cut(intervals, since, timeline.start)
    return replace(timeline, intervals=intervals, end=max(now, timeline.end), origin=LIVE)


def _cut(intervals: Table, since: Mapping[int, float], start: float) -> Table:
    """Each of the resources is UNAVAILABLE from its time on."""
    told = intervals.copy()
    gone = np.zeros(len(told), bool)
    for code, time in since.items():
        its = told["resource"] == code
        gone |= its & (told["start"] >= time)
        last = its & (told["start"] < time) & ~(told["end"] <= time)
        told["quality"][last & (told["state"] != State.UNAVAILABLE)] = Quality.UNCERTAIN
        told["end"][last] = time
    rows = [
        (code, State.UNAVAILABLE, -1, max(time, start), math.nan, Quality.GOOD, -1)
        for code, time in since.items()
    ]
    return np.concatenate([told[~gone], np.array(rows, INTERVALS)])
