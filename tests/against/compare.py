"""What a unit did, in the oracle's log and in a timeline, made comparable; the first difference.

Parts are compared up to their names: the same part on one side must be the same on the other.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tests.against.log import Log
from twin.timeline import WORKING, Outcome, State, Timeline

TOLERANCE = 1e-6  # s


class Row(NamedTuple):
    """A resource was in a state with a part from start to end [s]; part "" is none."""

    resource: str
    state: str
    part: str
    start: float
    end: float


def merged(rows: Iterable[Row]) -> list[Row]:
    """In order of resource and time; neighbours that say the same are one, empty ones none."""
    result: list[Row] = []
    for row in sorted(rows, key=lambda r: (r.resource, r.start, r.end)):
        if row.end - row.start <= TOLERANCE:
            continue
        last = result[-1] if result else None
        if last and last[:3] == row[:3] and abs(last.end - row.start) <= TOLERANCE:
            result[-1] = last._replace(end=row.end)
        else:
            result.append(row)
    return result


def log_rows(log: Log) -> list[Row]:
    """What the units did, by the oracle."""
    return merged(
        Row(i.resource, i.state.name, "" if i.part is None else str(i.part), i.start, i.end)
        for i in log.intervals
    )


def log_attendances(log: Log) -> list[Row]:
    """When people and arms were bound, by the oracle."""
    return merged(Row(a.attendant, "bound", "", a.start, a.end) for a in log.attendances)


def _rows(timeline: Timeline) -> Iterable[Row]:
    for row in timeline.intervals:
        end = timeline.end if math.isnan(row["end"]) else float(row["end"])
        resource, part = timeline.name(row["resource"]), timeline.name(row["part"])
        state = State(row["state"])
        yield Row(resource, state.name, part, float(row["start"]), min(end, timeline.end))


def timeline_rows(timeline: Timeline, resources: set[str]) -> list[Row]:
    """What some resources did, by a timeline."""
    return merged(row for row in _rows(timeline) if row.resource in resources)


def timeline_attendances(timeline: Timeline, resources: set[str]) -> list[Row]:
    """When people and arms were bound, by a timeline: the times of their working states."""
    working = {state.name for state in WORKING}
    return merged(
        row._replace(state="bound", part="")
        for row in _rows(timeline)
        if row.resource in resources and row.state in working
    )


def timeline_orders(timeline: Timeline) -> list[tuple[float, float]]:
    """(release, end) [s] of the orders that were done before the end of the clock."""
    orders = timeline.orders[timeline.orders["outcome"] == Outcome.DONE]
    return sorted((float(o["release"]), float(o["end"])) for o in orders)


def log_orders(log: Log) -> list[tuple[float, float]]:
    """(release, end) [s] of the orders that were done, by the oracle."""
    return sorted((order.release, order.end) for order in log.orders if order.done)


def first_difference(expected: Sequence[Row], found: Sequence[Row]) -> str:
    """In words, the difference that comes first in time; empty where there is none."""
    there: dict[str, str] = {"": ""}
    back: dict[str, str] = {"": ""}
    differences: list[tuple[float, str]] = []
    for resource in sorted({row.resource for row in [*expected, *found]}):
        ours = [row for row in expected if row.resource == resource]
        theirs = [row for row in found if row.resource == resource]
        for a, b in zip(ours, theirs, strict=False):
            same = there.setdefault(a.part, b.part) == b.part
            same = back.setdefault(b.part, a.part) == a.part and same
            same = same and a.state == b.state
            near = abs(a.start - b.start) <= TOLERANCE and abs(a.end - b.end) <= TOLERANCE
            if not (same and near):
                differences.append((min(a.start, b.start), f"expected {a}\n   found {b}"))
                break
        else:
            for row in [*ours[len(theirs) :], *theirs[len(ours) :]][:1]:
                side = "expected" if len(ours) > len(theirs) else "found"
                differences.append((row.start, f"only {side}: {row}"))
    return min(differences, default=(0.0, ""))[1]
