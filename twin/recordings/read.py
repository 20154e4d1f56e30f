"""What a user names as a recording -> Timeline, whatever its format."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from twin.errors import RecordingError
from twin.layout.schema import Layout
from twin.recordings import mqtt_aps, mtconnect, parquet
from twin.timeline import Outcome, State, Timeline


def read(
    recording: Path | str | Sequence[Path | str],
    layout: Layout | None = None,
    mapping: Path | str | None = None,
) -> Timeline:
    """A recording as a Timeline, its format known by its content.

    A folder of Parquet files; a file of MQTT messages of the APS 24V plant (JSON lines); or any
    number of files of MTConnect (SHDR lines, documents of an agent), in one folder or several. All
    plain or gzip. `mapping` is the shop's own, for MTConnect. Without a layout the recording is not
    held against a floor. Raises RecordingError where there is no such file, or its content is none
    of these.
    """
    several = [recording] if isinstance(recording, Path | str) else list(recording)
    paths = [Path(path) for path in several]
    for path in paths:
        if not path.exists():
            raise RecordingError(f"{path}: there is no such file or folder")
    files = _mtconnect_files(paths)
    if files:
        timeline = mtconnect.read_files(
            files, mtconnect.read_mapping(Path(mapping)) if mapping else None
        )
        return _on_floor(paths[0], timeline, layout)
    if len(paths) > 1 or mapping:
        told = "several files" if len(paths) > 1 else "a mapping"
        raise RecordingError(f"{paths[0]}: is not of MTConnect; {told} can be named for that only")
    (path,) = paths
    if path.is_dir():
        return _on_floor(path, parquet.read(path), layout)
    if path.suffix == ".parquet":
        raise RecordingError(f"{path}: is one table of a recording; name its folder {path.parent}")
    if layout is None:
        raise RecordingError(
            f"{path}: to read a file, name the layout it was recorded on: --layout"
        )
    return mqtt_aps.read_session(path, layout)


def _mtconnect_files(paths: list[Path]) -> list[Path]:
    """The files of MTConnect where all that is named are such files, or folders of some."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir() and not parquet.is_recording(path):
            inside = sorted(entry for entry in path.iterdir() if entry.is_file())
            found = [entry for entry in inside if mtconnect.is_mtconnect(entry)]
        else:
            found = [path] if path.is_file() and mtconnect.is_mtconnect(path) else []
        if not found:
            return []
        files += found
    return files


def _on_floor(path: Path, timeline: Timeline, layout: Layout | None) -> Timeline:
    if layout is None:
        return timeline
    _check_floor(path, timeline, layout)
    return timeline if timeline.layout else replace(timeline, layout=layout.name)


def _check_floor(path: Path, timeline: Timeline, layout: Layout) -> None:
    """A recording is shown on a floor: at least some of its resources must stand there."""
    names = {timeline.names[code] for code in timeline.resources}
    if not names & {*layout.machines, *layout.arms, *layout.transport.vehicles}:
        shown = ", ".join(sorted(names)[:6]) or "no resource at all"
        made = f" ({timeline.layout!r})" if timeline.layout else ""
        raise RecordingError(
            f"{path}: speaks of {shown}, none of which the layout {layout.name!r} has; "
            f"replay it on the layout that it was made with{made}, or measure it"
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
