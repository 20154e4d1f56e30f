"""What a user names as a recording -> Timeline, whatever its format."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np

from twin.errors import RecordingError, nearest
from twin.layout.rules.finding import Finding
from twin.layout.schema import Layout
from twin.recordings import exports, mqtt_aps, parquet
from twin.recordings.log import Log, read_log
from twin.recordings.mapping import Mapping
from twin.timeline import Outcome, State, Timeline


def read(path: Path | str, layout: Layout) -> Timeline:
    """A recording as a Timeline: a folder of Parquet files, or a file of MQTT messages.

    The messages are those of the APS 24V plant, as JSON lines, plain or gzip. Raises
    RecordingError where there is no such file, or its content is neither.
    """
    return look_into(path, layout).timeline


def look_into(
    path: Path | str, layout: Layout | None = None, mapping: Mapping | None = None
) -> Log:
    """A recording of any format as a Timeline, with what was found wrong or strange in it.

    An event log needs a mapping, a session of MQTT messages its layout. Raises RecordingError
    where there is no such file, what it needs is not given, or it speaks of nothing on the layout.
    """
    path = Path(path)
    if not path.exists():
        raise RecordingError(f"{path}: there is no such file or folder")
    if mapping is not None:
        log = read_log(path, mapping, layout.name if layout else "")
        return Log(log.timeline, (*log.findings, *_strangers(path, log.timeline, layout)))
    if path.is_dir():
        timeline = parquet.read(path)
        if layout:
            _check_floor(path, timeline, layout)
        return Log(timeline, ())
    if path.suffix == ".parquet":
        raise RecordingError(
            f"{path}: is one table of a recording; name its folder {path.parent}, or, if it is an "
            "event log, say with --mapping what its columns mean"
        )
    if exports.ending_of(path):
        log = exports.read(path)
        return Log(log.timeline, (*log.findings, *_strangers(path, log.timeline, layout)))
    if layout is None:
        raise RecordingError(
            f"{path}: say with --mapping what the columns of an event log mean, or with --layout "
            "where a session of MQTT messages was recorded"
        )
    return Log(mqtt_aps.read_session(path, layout), ())


def _strangers(path: Path, timeline: Timeline, layout: Layout | None) -> tuple[Finding, ...]:
    """The resources of a log that do not stand on its floor."""
    if layout is None:
        return ()
    _check_floor(path, timeline, layout)
    known = {*layout.machines, *layout.stations, *layout.arms, *layout.crews}
    known |= {*layout.transport.vehicles}
    names = [timeline.name(code) for code in timeline.resources]
    missing = [name for name in names if name.rsplit(".", 1)[0] not in known and name not in known]
    if not missing:
        return ()
    shown = "; ".join(f"{name!r}, {nearest(name, known)}" for name in missing[:3])
    message = (
        f"{len(missing)} resources do not stand on {layout.name!r}: {shown}; say under 'stations' "
        "of the mapping what they are called there"
    )
    return (Finding("log.stations", str(path), "warning", message, float(len(missing))),)


def _check_floor(path: Path, timeline: Timeline, layout: Layout) -> None:
    """A recording is shown on a floor: at least some of its resources must stand there."""
    names = {timeline.names[code] for code in timeline.resources}
    machines = {name.rsplit(".", 1)[0] for name in names}  # of which they may be places
    if not (names | machines) & {*layout.machines, *layout.arms, *layout.transport.vehicles}:
        shown = ", ".join(sorted(names)[:6]) or "no resource at all"
        made = f"; replay it on the layout that it was made with ({timeline.layout!r})"
        if timeline.layout in ("", layout.name):
            made = "; say under 'stations' of the mapping what the log calls its stations"
        raise RecordingError(
            f"{path}: speaks of {shown}, none of which the layout {layout.name!r} has{made}"
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
