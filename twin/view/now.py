"""What a followed shop does right now -> what stands on the page, each with its age."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from twin.devices.collector import Link, Status
from twin.timeline import State, Timeline
from twin.view import words
from twin.view.figures import Json, label_of
from twin.view.live import SPANS, STALE, Seen
from twin.view.workbench import Snapshot

ALARMS = 8  # the last ones
_LINKS = {
    Link.CONNECTING: "is being connected",
    Link.CONNECTED: "connected",
    Link.LOST: "lost, is tried again",
    Link.STOPPED: "stopped",
}
_COUNTED = {  # what a journal counts, in a planner's words
    "dropped": "dropped",
    "duplicate": "heard twice",
    "repeated": "repeated",
}


def badge(seen: Seen) -> Json:
    """LIVE with the age of the data; the browser lets it grow by itself."""
    heard = [status for status in seen.statuses if not math.isnan(status.heard)]
    fresh = seen.is_heard
    text = "LIVE" if fresh else "NOT CONNECTED"
    kind = "live" if fresh else "lost"
    told = {"text": text, "kind": kind, "run": "", "note": "nothing heard yet"}
    if heard:
        told |= {"note": "", "age": round(max(0.0, seen.age), 1), "stale": STALE}
    return told


def now(snapshot: Snapshot, seen: Seen) -> Json:
    """Spans to choose from, sources, what each station does, the last alarms."""
    return {
        "at": round(seen.at, 2),  # ages that stay the same are ages of another moment
        "spans": [
            {"key": key, "label": label, "on": key == snapshot.span} for key, label in SPANS.items()
        ],
        "sources": [_source(status, seen.at) for status in seen.statuses],
        "stations": list(_stations(snapshot, seen.timeline)),
        "alarms": list(_alarms(seen.timeline)),
    }


def _source(status: Status, now: float) -> Json:
    """A source: how it stands, when it was last heard, what was missed."""
    told = [words.plural(status.received, "message")]
    if status.gaps:
        told.append(words.plural(status.gaps, "gap"))
    for what, count in sorted(status.counts.items()):
        if count:
            told.append(f"{words.number(count)} {_COUNTED.get(what, what)}")
    link = _LINKS[status.link]
    return {
        "name": status.source,
        "link": f"{link}: {status.why}" if status.why else link,
        "good": status.link is Link.CONNECTED,
        "age": None if math.isnan(status.heard) else round(max(0.0, status.age(now)), 1),
        "stale": STALE,
        "note": ", ".join(told),
    }


def _stations(snapshot: Snapshot, timeline: Timeline) -> Iterator[Json]:
    """What each machine, arm, vehicle and person that is heard does, and since when."""
    rows = timeline.intervals
    rows = rows[~(rows["end"] < timeline.end)]
    latest: dict[int, Any] = {}
    for row in rows[np.argsort(rows["start"], kind="stable")]:
        latest[int(row["resource"])] = row
    for code in timeline.resources:
        name = timeline.name(int(code))
        row = latest.get(int(code))
        state = State.UNAVAILABLE if row is None else State(int(row["state"]))
        colour, told = words.STATES[state]
        yield {
            "name": name,
            "label": label_of(snapshot.layout, name),
            "colour": colour,
            "state": told,
            "known": state is not State.UNAVAILABLE,
            "age": None if row is None else round(timeline.end - float(row["start"]), 1),
            "part": "" if row is None else timeline.name(int(row["part"])),
        }


def _alarms(timeline: Timeline) -> Iterator[Json]:
    """The last alarms, the newest first."""
    codes = [code for code, name in enumerate(timeline.names) if name == "alarm"]
    rows = timeline.points[np.isin(timeline.points["name"], codes)]
    for row in rows[np.argsort(-rows["time"], kind="stable")][:ALARMS]:
        yield {
            "who": timeline.name(int(row["resource"])),
            "text": timeline.name(int(row["native"])) or "alarm",
            "age": round(timeline.end - float(row["time"]), 1),
        }
