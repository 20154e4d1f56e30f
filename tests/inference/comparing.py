"""A layout out of a text, and the figures in which two timelines of a shop are compared."""

from __future__ import annotations

import numpy as np

import twin
from twin.layout.files import parse
from twin.layout.schema import Layout
from twin.timeline import Outcome, State, Timeline


def layout_of(text: str) -> Layout:
    return parse(text).layout


def errors(layout: Layout) -> list[str]:
    return [f"{f.where}: {f.message}" for f in twin.check(layout) if f.severity == "error"]


def rate(timeline: Timeline) -> float:
    """Finished orders a second."""
    done = (timeline.orders["outcome"] == Outcome.DONE).sum()
    return float(done) / (timeline.end - timeline.start)


def busy(timeline: Timeline, machines: list[str]) -> float:
    """Mean number of places of some machines at work."""
    codes = [c for c in timeline.resources if timeline.name(c).partition(".")[0] in machines]
    rows = timeline.intervals
    rows = rows[np.isin(rows["resource"], codes) & (rows["state"] == State.PROCESSING)]
    ends = np.where(np.isnan(rows["end"]), timeline.end, rows["end"])
    return float((ends - rows["start"]).sum() / (timeline.end - timeline.start))
