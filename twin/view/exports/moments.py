"""The moments of a timeline that are worth a look, as captions of a replay."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

import numpy as np

from twin.layout.schema import Layout
from twin.timeline import Outcome, State, Timeline
from twin.view import figures, words

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONG = 120.0  # s; a shorter wait is no event


class Moment(NamedTuple):
    """At t [s] from the timeline's epoch: what happens, and the name of what to look at, if any."""

    t: float
    text: str
    focus: str = ""


def moments(timeline: Timeline, layout: Layout) -> list[Moment]:
    """In the order of time: the start, first and middle of what is finished, the longest waits and
    stops, the end. A timeline without events has a start and an end."""
    done = np.sort(_finished(timeline))
    one, many = figures.singular(layout), figures.noun(layout)
    what = "shift" if timeline.origin == "simulated" else "record"
    told = [Moment(timeline.start, f"The {what} begins.")]
    if len(done):
        told.append(Moment(float(done[0]), f"The first {one} is finished."))
    half = timeline.start + (timeline.end - timeline.start) / 2
    told.append(
        Moment(half, f"Halfway: {words.plural(int((done <= half).sum()), one, many)} so far.")
    )
    for state, said in (
        (State.WAITING_CREW, "waits for a person"),
        (State.BLOCKED, "is blocked"),
        (State.DOWN, "is down"),
    ):
        told += _longest(timeline, layout, state, said)
    end = f"The {what} ends: {words.plural(len(done), one, many)} finished."
    told.append(Moment(timeline.end, end))
    return sorted(told, key=lambda moment: moment.t)


def clock(timeline: Timeline, t: float) -> str:
    """The time of day as people say it: "Mon 07:42"."""
    at = timeline.epoch + timedelta(seconds=t)
    return f"{_DAYS[at.weekday()]} {at:%H:%M}"


def _finished(timeline: Timeline) -> np.ndarray:
    """When each part was finished within the clock [s] (n,)."""
    rows = timeline.orders
    rows = rows[(rows["outcome"] == Outcome.DONE) & (rows["end"] <= timeline.end)]
    return np.repeat(rows["end"], rows["quantity"])


def _longest(timeline: Timeline, layout: Layout, state: State, said: str) -> list[Moment]:
    """The longest stretch of a state, where one is long enough to speak of."""
    rows = timeline.intervals[timeline.intervals["state"] == state]
    lengths = np.where(np.isnan(rows["end"]), timeline.end, rows["end"]) - rows["start"]
    if not len(rows) or lengths.max() < LONG:
        return []
    row = rows[lengths.argmax()]
    name = timeline.name(int(row["resource"]))
    machine = name.rpartition(".")[0] if name.rpartition(".")[0] in layout.machines else name
    label = figures.label_of(layout, name)
    text = f"{label} {said} for {words.duration(float(lengths.max()))}, longer than any other."
    return [Moment(float(row["start"]), text, machine)]
