"""A timeline -> what a shop's server says, one instant after the other.

The companion specifications know fewer states than a timeline. OFF is NotAvailable; DOWN is
OutOfService; a machine that starves, or has nothing to do, does not execute; one that holds a part
and does not work (BLOCKED, HELD, WAITING_CREW) does not either, and its job is interrupted.
Movements are not told.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from twin.timeline import Outcome, State, Timeline

MOST_ENDED = 20  # orders that stay in the list when they have ended

# State -> MachineryItemState, MachineryOperationMode
WORDS: Mapping[State, tuple[str, str]] = {
    State.OFF: ("NotAvailable", "None"),
    State.UNAVAILABLE: ("NotAvailable", "None"),
    State.IDLE: ("NotExecuting", "Processing"),
    State.SETUP: ("Executing", "Setup"),
    State.PROCESSING: ("Executing", "Processing"),
    State.STARVED: ("NotExecuting", "Processing"),
    State.BLOCKED: ("NotExecuting", "Processing"),
    State.WAITING_CREW: ("NotExecuting", "Processing"),
    State.HELD: ("NotExecuting", "Processing"),
    State.DOWN: ("OutOfService", "Processing"),
    State.MAINTENANCE: ("OutOfService", "Maintenance"),
}


@dataclass(frozen=True)
class Job:
    """A job order as it stands; times [s] on the timeline's clock, NaN where unknown."""

    id: str
    state: str
    product: str = ""
    quantity: int = 1
    release: float = math.nan
    due: float = math.nan


@dataclass(frozen=True)
class Instant:
    """What is said at `time` [s]: (machine, what) -> its value; the shop's own machine is "".

    `what` is "item state", "mode", "jobs" (a tuple of Job), "count" or "scrap".
    """

    time: float
    values: Mapping[tuple[str, str], Any] = field(default_factory=dict[tuple[str, str], Any])


def instants(timeline: Timeline, machines: Iterable[str]) -> Iterator[Instant]:
    """What is said, in order of time; only what changes."""
    told: dict[tuple[str, str], Any] = {}
    for time, changes in groupby(_changes(timeline, set(machines)), itemgetter(0)):
        values: dict[tuple[str, str], Any] = {}
        for _, _, key, value in changes:
            values[key] = value
        new = {key: value for key, value in values.items() if told.get(key) != value}
        told |= new
        if new:
            yield Instant(time, new)


def _changes(
    timeline: Timeline, machines: set[str]
) -> list[tuple[float, int, tuple[str, str], Any]]:
    """(time, order of appearance, key, value), sorted."""
    rows: list[tuple[float, tuple[str, str], Any]] = []
    for row in timeline.intervals:
        machine = timeline.name(int(row["resource"]))
        if machine not in machines:
            continue
        time, state = float(row["start"]), State(int(row["state"]))
        item_state, mode = WORDS[state]
        part = timeline.name(int(row["part"]))
        rows.append((time, (machine, "item state"), item_state))
        rows.append((time, (machine, "mode"), mode))
        running = "Running" if item_state == "Executing" else "Interrupted"
        rows.append((time, (machine, "jobs"), (Job(part, running),) if part else ()))
    counts: dict[tuple[str, str], int] = {}
    names = {"done": "count", "scrap": "scrap"}
    for row in sorted(timeline.points, key=lambda row: float(row["time"])):
        machine, name = (timeline.name(int(row[column])) for column in ("resource", "name"))
        if machine in machines and name in names:
            key = (machine, names[name])
            counts[key] = counts.get(key, 0) + round(float(row["value"]))
            rows.append((float(row["time"]), key, counts[key]))
    rows += _orders(timeline)
    return sorted((time, number, key, value) for number, (time, key, value) in enumerate(rows))


def _orders(timeline: Timeline) -> Iterator[tuple[float, tuple[str, str], Any]]:
    """The shop's list of jobs, each time that one of them changes."""
    happenings: list[tuple[float, int, Job]] = []
    for row in timeline.orders:
        release, start, end = (float(row[column]) for column in ("release", "start", "end"))
        given = (
            *(timeline.name(int(row["product"])), int(row["quantity"])),
            *(release, float(row["due"])),
        )
        name = timeline.name(int(row["id"]))
        ended = "Ended" if Outcome(int(row["outcome"])) == Outcome.DONE else "Aborted"
        stages = ((release, 0, "AllowedToStart"), (start, 1, "Running"), (end, 2, ended))
        for time, stage, state in stages:
            if not math.isnan(time) and time <= timeline.end:
                happenings.append((time, stage, Job(name, state, *given)))
    listed: dict[str, Job] = {}
    over: list[str] = []
    for time, stage, job in sorted(happenings, key=lambda each: (each[0], each[1])):
        listed[job.id] = job
        if stage == 2:
            over.append(job.id)
        if len(over) > MOST_ENDED:
            listed.pop(over.pop(0), None)
        yield max(time, timeline.start), ("", "jobs"), tuple(listed.values())
