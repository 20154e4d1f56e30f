"""What would come of a log that is brought: the first intervals, the first bars, what is strange.

As JSON; the page sets its texts as text. Times are told in the zone of the log's clock.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from twin.layout.schema import Layout
from twin.recordings.log import Log, read_log
from twin.recordings.mapping import Mapping
from twin.timeline import State, Timeline
from twin.view import words

Json = dict[str, Any]
ROWS = 12  # intervals that are shown
LINES = 24  # stations of the chart
BARS = 400
LONGEST = 80  # letters of a log's text
# What a finding says to do in the mapping's file, as it is done in the dialog.
CURES = {
    "log.zone": "choose the zone of its clock under Columns",
    "log.states": "say what they mean under Stations and states",
    "log.times": "choose how times are written under Columns",
}


def preview(path: Path, mapping: Mapping, layout: Layout) -> Json:
    """The first of what would be replayed, and all that was found wrong or strange."""
    log = read_log(path, mapping, layout.name)
    timeline, zone = log.timeline, ZoneInfo(mapping.time.zone or "UTC")
    order = np.argsort(timeline.intervals["start"], kind="stable")
    told = timeline.intervals[order]
    told = told[~np.isin(told["state"], (State.IDLE, State.UNAVAILABLE))]
    return {
        "sentence": _sentence(timeline, zone),
        "intervals": [_interval(timeline, row, layout, zone) for row in told[:ROWS]],
        "chart": _chart(timeline, told, layout, zone),
        "findings": [*_findings(log), *_gaps(timeline), *_strangers(timeline, layout)],
        "problem": misfit(timeline, layout),
    }


def _sentence(timeline: Timeline, zone: ZoneInfo) -> str:
    counts = [
        _count(len(timeline.intervals), "interval"),
        _count(len(timeline.resources), "station or person", "stations and people"),
        _count(len(timeline.orders), "order"),
        _count(len(timeline.points), "measured value or event", "measured values and events"),
    ]
    span = words.duration(timeline.end - timeline.start)
    begun = date(timeline.epoch.astimezone(zone))
    return f"{', '.join(counts)}: {span} from {begun} ({zone.key})."


def _count(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _interval(timeline: Timeline, row: np.void, layout: Layout, zone: ZoneInfo) -> Json:
    colour, label = words.STATES[State(int(row["state"]))]
    end = float(row["end"])
    return {
        "station": cut(_label(timeline.name(int(row["resource"])), layout)),
        "state": label,
        "colour": colour,
        "native": cut(timeline.name(int(row["native"]))) if row["native"] >= 0 else "",
        "part": cut(timeline.name(int(row["part"]))) if row["part"] >= 0 else "",
        "start": date(_at(timeline, float(row["start"])).astimezone(zone)),
        "lasts": "open" if np.isnan(end) else words.duration(end - float(row["start"])),
    }


def _chart(timeline: Timeline, told: Any, layout: Layout, zone: ZoneInfo) -> Json:
    """The first bars of each station: [start, end, state] as shares of the time that is shown."""
    end = timeline.end
    if len(told) > BARS:
        end = max(float(told["start"][BARS]), timeline.start + 1.0)
    span = max(end - timeline.start, 1e-9)
    lines: list[Json] = []
    for code in timeline.resources[:LINES]:
        rows = told[(told["resource"] == code) & (told["start"] < end)]
        stops = np.minimum(np.where(np.isnan(rows["end"]), end, rows["end"]), end)
        bars = zip(rows["start"].tolist(), stops.tolist(), rows["state"].tolist(), strict=True)
        name = timeline.name(code)
        lines.append({
            "label": cut(_label(name, layout)), "stands": _stands(name, layout),
            "bars": [[round((a - timeline.start) / span, 5), round((b - timeline.start) / span, 5),
                      words.STATES[State(state)][0]] for a, b, state in bars],
        })  # fmt: skip
    seen = {int(state) for state in told["state"][:BARS]}
    return {
        "lines": lines,
        "more": max(len(timeline.resources) - LINES, 0),
        "start": date(_at(timeline, timeline.start).astimezone(zone)),
        "end": date(_at(timeline, end).astimezone(zone)),
        "legend": [
            {"colour": colour, "words": label}
            for state, (colour, label) in words.STATES.items()
            if int(state) in seen
        ],
    }


def _findings(log: Log) -> list[Json]:
    told: list[Json] = []
    for finding in log.findings:
        message = finding.message
        if finding.rule in CURES:
            message = f"{message.partition('; say ')[0]}; {CURES[finding.rule]}"
        told.append({"severity": finding.severity, "text": message[:600]})
    return told


def _gaps(timeline: Timeline) -> list[Json]:
    """How long nothing is known: a log that was cut, a clock that jumped, a reach too short."""
    if "gap" not in timeline.names:
        return []
    gaps = timeline.points[timeline.points["name"] == timeline.names.index("gap")]
    if not len(gaps):
        return []
    longest = gaps[int(np.argmax(gaps["value"]))]
    whole = words.duration(float(gaps["value"].sum()))
    text = (
        f"{_count(len(gaps), 'gap')} of which nothing is known, {whole} in all; the longest one, "
        f"{words.duration(float(longest['value']))}, is of "
        f"{cut(timeline.name(int(longest['resource'])))}"
    )
    return [{"severity": "info", "text": text}]


def _strangers(timeline: Timeline, layout: Layout) -> list[Json]:
    """Who is at work in a recording and does not stand on the floor."""
    names = [timeline.name(code) for code in timeline.resources]
    stray = [n for n in names if not _stands(n, layout) and n.partition("#")[0] not in layout.crews]
    if not stray or len(stray) == len(names):  # none of them: `misfit` says it
        return []
    shown = ", ".join(map(cut, stray[:5])) + (" …" if len(stray) > 5 else "")
    one = len(stray) == 1
    text = (
        f"{len(stray)} {'station or person does' if one else 'stations or people do'} not stand on "
        f"this floor: kept, and not drawn ({shown})"
    )
    return [{"severity": "info", "text": text}]


def misfit(timeline: Timeline, layout: Layout) -> str:
    """Why a timeline cannot be replayed on a floor; "" where it can."""
    names = [timeline.name(code) for code in timeline.resources]
    standing = [name for name in names if _stands(name, layout)]
    if standing:
        return ""
    shown = ", ".join(cut(name) for name in names[:5]) or "no station at all"
    return (
        f"It speaks of {shown}, none of which stands on {layout.name!r}: say under Stations and "
        "states which machines they are."
    )


def _stands(name: str, layout: Layout) -> bool:
    known = {*layout.machines, *layout.arms, *layout.transport.vehicles}
    return name in known or name.rsplit(".", 1)[0] in known


def _label(name: str, layout: Layout) -> str:
    machine, dot, place = name.rpartition(".") if name not in layout.machines else (name, "", "")
    known = places(layout)
    return f"{known[machine]}{dot}{place}" if machine in known else name


def _at(timeline: Timeline, time: float) -> datetime:
    return timeline.epoch + timedelta(seconds=time)


def date(when: datetime) -> str:
    """A time as it is read: "3 Aug 2026 08:00:00"."""
    return f"{when.day} {when:%b %Y %H:%M:%S}"


def cut(text: str) -> str:
    """A text of a log, as long as it can be shown."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def places(layout: Layout) -> dict[str, str]:
    """What of a layout a log's station can be: name -> label."""
    found = {name: machine.label or name for name, machine in layout.machines.items()}
    found |= {name: arm.label or name for name, arm in layout.arms.items()}
    return found | {name: name for name in layout.transport.vehicles}
