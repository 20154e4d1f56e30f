"""What a user names as a recording -> Timeline, whatever its format."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np

from twin.errors import RecordingError
from twin.layout.schema import Layout
from twin.recordings import mqtt_aps, opcua, parquet
from twin.timeline import Outcome, State, Timeline


def read(path: Path | str, layout: Layout) -> Timeline:
    """A recording as a Timeline: a folder of Parquet files, or a file of MQTT or OPC UA messages.

    MQTT's messages are those of the APS 24V plant. Both are JSON lines, plain or gzip. Raises
    RecordingError where there is no such file, or its content is none of these.
    """
    path = Path(path)
    if path.is_dir():
        timeline = parquet.read(path)
        _check_floor(path, timeline, layout)
        return timeline
    if not path.exists():
        raise RecordingError(f"{path}: there is no such file or folder")
    if path.suffix == ".parquet":
        raise RecordingError(f"{path}: is one table of a recording; name its folder {path.parent}")
    if opcua.is_opcua(path):
        timeline = opcua.read_file(path)
        _check_floor(path, timeline, layout)
        return timeline
    return mqtt_aps.read_session(path, layout)


def _check_floor(path: Path, timeline: Timeline, layout: Layout) -> None:
    """A recording is shown on a floor: at least some of its resources must stand there."""
    names = {timeline.names[code] for code in timeline.resources}
    if not names & {*layout.machines, *layout.arms, *layout.transport.vehicles}:
        shown = ", ".join(sorted(names)[:6]) or "no resource at all"
        raise RecordingError(
            f"{path}: speaks of {shown}, none of which the layout {layout.name!r} has; "
            f"replay it on the layout that it was made with ({timeline.layout!r})"
        )


def summary(timeline: Timeline) -> dict[str, Any]:
    """Seconds per state of each resource, and the orders; fit for JSON.

    Times are in seconds from "epoch" (ISO 8601); an end that is not known is None. The seconds of
    each resource add up to the clock, "end" minus "start": an open interval counts to the end.
    """
    return {
        "origin": timeline.origin,
        "run": timeline.run,
        "layout": timeline.layout,
        "epoch": timeline.epoch.isoformat(),
        "start": timeline.start,
        "end": timeline.end,
        "stations": {
            timeline.names[code]: _state_seconds(timeline, code) for code in timeline.resources
        },
        "orders": [_order(timeline, row) for row in timeline.orders],
    }


def _state_seconds(timeline: Timeline, code: int) -> dict[str, float]:
    rows = timeline.intervals[timeline.intervals["resource"] == code]
    ends = np.where(np.isnan(rows["end"]), timeline.end, rows["end"])
    totals = np.bincount(rows["state"], ends - rows["start"], minlength=len(State))
    return {state.name: round(float(totals[state]), 6) for state in State if totals[state] > 0}


def _order(timeline: Timeline, row: np.void) -> dict[str, Any]:
    return {
        "id": timeline.name(int(row["id"])),
        "product": timeline.name(int(row["product"])),
        "start": _known(row["start"]),
        "end": _known(row["end"]),
        "outcome": Outcome(int(row["outcome"])).name,
    }


def _known(time: float) -> float | None:
    return None if math.isnan(time) else round(float(time), 6)
