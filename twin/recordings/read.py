"""What a user names as a recording -> Timeline, whatever its format."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from twin.errors import RecordingError, nearest
from twin.layout.rules.finding import Finding
from twin.layout.schema import Layout
from twin.recordings import (
    exports,
    mqtt_aps,
    mqtt_json,
    mtconnect,
    opcua,
    parquet,
    printers,
    sparkplug,
)
from twin.recordings.log import Log, read_log
from twin.recordings.mapping import Mapping, read_mapping
from twin.recordings.messages import is_messages
from twin.recordings.totals import Totals, totals_of_log
from twin.timeline import Outcome, State, Timeline


def read(
    recording: Path | str | Sequence[Path | str],
    layout: Layout | None = None,
    mapping: Path | str | None = None,
) -> Timeline:
    """A recording as a Timeline, its format known by its content.

    A folder of Parquet files; an event log, which needs a mapping unless this program wrote it;
    messages of the APS 24V plant, of printers or of OPC UA (JSON lines), or a printer's history;
    any number of files of MTConnect (SHDR lines, documents of an agent), in one folder or several.
    Plain or gzip. `mapping` is the shop's own. Without a layout the recording is not held against
    a floor. Raises RecordingError where there is no such file, or its content is none of these.
    """
    return look_into(recording, layout, mapping).timeline


def look_into(
    recording: Path | str | Sequence[Path | str],
    layout: Layout | None = None,
    mapping: Mapping | Path | str | None = None,
) -> Log:
    """A recording of any format as a Timeline, with what was found wrong or strange in it.

    As `read`; an event log needs a mapping, a session of MQTT messages its layout.
    """
    paths = _there(recording)
    files = [] if isinstance(mapping, Mapping) else _mtconnect_files(paths)
    if files:
        words = mtconnect.read_mapping(Path(mapping)) if isinstance(mapping, Path | str) else None
        return Log(_on_floor(paths[0], mtconnect.read_files(files, words), layout), ())
    if len(paths) > 1:
        raise RecordingError(
            f"{paths[0]}: is not of MTConnect; several files can be named for that only"
        )
    (path,) = paths
    if path.is_file() and not isinstance(mapping, Mapping) and opcua.is_opcua(path):
        told = opcua.read_file(path, opcua.read_mapping(Path(mapping)) if mapping else None)
        return Log(_on_floor(path, told, layout), ())
    words = mapping if isinstance(mapping, Path | str) else None
    if words is not None and is_messages(path) and not printers.is_printers(path):
        return Log(_on_floor(path, _by_topics(path, Path(words), layout), layout), ())
    if mapping is not None:
        columns = mapping if isinstance(mapping, Mapping) else read_mapping(mapping)
        log = read_log(path, columns, layout.name if layout else "")
        return Log(log.timeline, (*log.findings, *_strangers(path, log.timeline, layout)))
    if path.is_dir():
        return Log(_on_floor(path, parquet.read(path), layout), ())
    if path.suffix == ".parquet":
        raise RecordingError(
            f"{path}: is one table of a recording; name its folder {path.parent}, or, if it is an "
            "event log, say with --mapping what its columns mean"
        )
    if exports.ending_of(path):
        log = exports.read(path)
        return Log(log.timeline, (*log.findings, *_strangers(path, log.timeline, layout)))
    if printers.is_printers(path):
        return Log(_on_floor(path, printers.read_file(path, layout), layout), ())
    if layout is None:
        raise RecordingError(
            f"{path}: say with --mapping what the columns of an event log mean, or with --layout "
            "where a session of MQTT messages was recorded"
        )
    return Log(mqtt_aps.read_session(path, layout), ())


def _by_topics(path: Path, mapping: Path, layout: Layout | None) -> Timeline:
    """Messages whose topics a mapping explains, of JSON or of Sparkplug B."""
    told = mqtt_json.read_mapping(mapping)
    spoken = any(topic.topic.startswith(sparkplug.SPACE) for topic in told.topics)
    return (sparkplug if spoken else mqtt_json).read_file(path, told, layout)


def totals(
    recording: Sequence[Path | str], mapping: Mapping | Path | str | None = None
) -> Totals | None:
    """The figures of one event log, without a timeline of it; None for what is no such log."""
    paths = _there(recording)
    if mapping is None or len(paths) > 1 or paths[0].is_dir() or opcua.is_opcua(paths[0]):
        return None
    if _mtconnect_files(paths) or is_messages(paths[0]):
        return None
    told = mapping if isinstance(mapping, Mapping) else read_mapping(mapping)
    return totals_of_log(paths[0], told)


def _there(recording: Path | str | Sequence[Path | str]) -> list[Path]:
    several = [recording] if isinstance(recording, Path | str) else list(recording)
    paths = [Path(path) for path in several]
    for path in paths:
        if not path.exists():
            raise RecordingError(f"{path}: there is no such file or folder")
    return paths


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
    machines = {name.rsplit(".", 1)[0] for name in names}  # of which they may be places
    if not (names | machines) & {*layout.machines, *layout.arms, *layout.transport.vehicles}:
        shown = ", ".join(sorted(names)[:6]) or "no resource at all"
        made = f"; replay it on the layout that it was made with ({timeline.layout!r})"
        if timeline.layout in ("", layout.name):
            made = "; say with --mapping what it calls the layout's machines, or measure it"
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
