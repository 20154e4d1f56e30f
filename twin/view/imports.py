"""What the page shows of a log that is brought: its columns, its words, what would come of it.

All as JSON. Texts of a log are cut to a length that can be shown; the page sets them as text.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo, available_timezones

import numpy as np

from twin.errors import RecordingError
from twin.layout.folders import user_folder
from twin.layout.schema import Layout
from twin.recordings import parquet, saved
from twin.recordings.guess import Guess, guess
from twin.recordings.log import Log, read_log
from twin.recordings.looks import Look, look, words_of
from twin.recordings.mapping import Mapping, Sheet
from twin.recordings.profiles import FORMATS, Profile
from twin.recordings.vocabulary import state_of
from twin.timeline import State, Timeline
from twin.view import words

Json = dict[str, Any]
SAMPLES = 4  # values of a column that are shown
ROWS = 12  # intervals of the preview
LINES = 24  # stations of the preview's chart
BARS = 400
LONGEST = 80  # letters of a log's text
NEAR = 0.62  # how alike two names are to be proposed for one another
# What a finding says to do in the mapping's file, as it is done in the dialog.
CURES = {
    "log.zone": "choose the zone of its clock under Columns",
    "log.states": "say what they mean under Stations and states",
    "log.times": "choose how times are written under Columns",
}


# --- columns -------------------------------------------------------------------------------------


def columns(path: Path, layout: Layout, sheet: Sheet | None = None) -> Json:
    """What a log holds and seems to mean, and the mappings of the user's own that fit, the newest
    first."""
    seen = look(path, sheet)
    made = guess(seen)
    fitting = saved.fitting(column.name for column in seen.columns)
    drafts = {name: _fields(mapping) for name, mapping in fitting.items()}
    for draft in drafts.values():
        draft["log"] = made.mapping.get("log", {})
    return {
        "rows": seen.rows,
        "format": seen.format,
        "sheets": list(seen.sheets),
        "columns": [_column(Profile(column)) for column in seen.columns],
        "guess": made.mapping,
        "drafts": [{"name": name, "fields": draft} for name, draft in drafts.items()],
        "formats": _formats(made, seen),
        "places": _options(layout),
        "zoned": _is_zoned(made, seen),
        "zones": sorted(available_timezones()),
        "doubts": list(made.doubts),
    }


def _fields(mapping: Mapping) -> Json:
    told = mapping.model_dump(mode="json", exclude_defaults=True)
    return {key: value for key, value in told.items() if key not in ("mapping", "name")}


def _column(profile: Profile) -> Json:
    shown = [_cut(value) for value in list(profile.counts)[:SAMPLES]]
    return {
        "name": profile.name,
        "samples": shown,
        "distinct": profile.distinct,
        "empty": round(1 - profile.filled, 3),
        "seems": _seems(profile),
    }


def _seems(profile: Profile) -> str:
    if not profile.values:
        return "empty"
    if profile.formats:
        return "times"
    if profile.is_duration:
        return "durations"
    if profile.is_flag:
        return "yes or no"
    if profile.numbers:
        return "numbers"
    count = profile.distinct
    return f"{count:,} {'word' if count == 1 else 'words'}"


def _formats(made: Guess, seen: Look) -> list[Json]:
    """How times can be written, each with the first one read so; those that fit come first."""
    known: list[str | None] = [*made.formats]
    known += [f for f in (None, "seconds", "milliseconds", *FORMATS) if f not in known]
    example = next((v for v in _times(made, seen) if v), "")
    return [
        {"value": form or "", "label": form or "ISO 8601", "fits": form in made.formats,
         "reads": _read(example, form) if form in made.formats else ""}
        for form in known
    ]  # fmt: skip


def _times(made: Guess, seen: Look) -> Sequence[str | None]:
    named = {made.mapping["columns"].get(role) for role in ("time", "start", "end")}
    return next((column.values for column in seen.columns if column.name in named), ())


def _read(text: str, form: str | None) -> str:
    if form is None or form in ("seconds", "milliseconds"):
        return ""
    try:
        return _date(datetime.strptime(text, form))
    except ValueError:
        return ""


def _is_zoned(made: Guess, seen: Look) -> bool:
    """Whether its times name their zone themselves, or count from a time that does."""
    if made.formats[:1] in (("seconds",), ("milliseconds",)):
        return True
    values = [value for value in _times(made, seen)[:200] if value]
    zone = re.compile(r"\d:\d\d.*(Z|[+-]\d\d(:?\d\d)?)$")
    return bool(values) and all(zone.search(value) for value in values)


# --- stations and states -------------------------------------------------------------------------


def vocabulary(path: Path, mapping: Mapping, layout: Layout) -> Json:
    """The log's words of stations and of states, and what each may be."""
    told = mapping.columns
    stations: list[Json] = []
    if told.resource:
        found = words_of(path, mapping, told.resource)
        likely = proposed((word for word, _ in found.counts), layout) | mapping.stations
        stations = [
            {"word": word, "count": count, "to": likely.get(word, "")}
            for word, count in found.counts
        ]
    states: list[Json] = []
    column = told.state or (told.activity if mapping.states else None)
    if column:
        known = words_of(path, mapping, column).counts
        states = [
            {"word": word, "count": count,
             "to": mapping.states.get(word) or (state_of(word) if told.state else None) or ""}
            for word, count in known
            if told.state or word in mapping.states
        ]  # fmt: skip
    return {
        "stations": stations,
        "states": states,
        "places": _options(layout),
        "meanings": [
            {"name": state.name, "label": label, "colour": colour}
            for state, (colour, label) in words.STATES.items()
        ],
    }


def _options(layout: Layout) -> list[Json]:
    return [{"name": name, "label": label} for name, label in places(layout).items()]


def places(layout: Layout) -> dict[str, str]:
    """What of a layout a log's station can be: name -> label."""
    found = {name: machine.label or name for name, machine in layout.machines.items()}
    found |= {name: arm.label or name for name, arm in layout.arms.items()}
    return found | {name: name for name in layout.transport.vehicles}


def proposed(names: Iterable[str], layout: Layout) -> dict[str, str]:
    """Log's name -> the layout's that is most like it; each is proposed once."""
    known: dict[str, set[str]] = {}
    for name, label in places(layout).items():
        known[name] = {_bare(name), _bare(label)}
    for name, station in layout.stations.items():
        if len(station.machines) == 1:
            known[station.machines[0]] |= {_bare(name), _bare(station.label or name)}
    pairs = sorted(
        (
            (-max(_likeness(_bare(word), form) for form in forms), word, name)
            for word in names
            for name, forms in known.items()
        ),
    )
    found: dict[str, str] = {}
    for less, word, name in pairs:
        if -less >= NEAR and word not in found and name not in found.values():
            found[word] = name
    return found


def _bare(text: str) -> str:
    """A name without case, signs and leading zeros: "CNC_01" is "cnc 1"."""
    parts = re.findall(r"[^\W\d_]+|\d+", text.lower())
    return " ".join(part.lstrip("0") or part for part in parts)


def _likeness(one: str, other: str) -> float:
    # "mill 1" and "mill 2" are alike in all but what tells them apart.
    if re.findall(r"\d+", one) != re.findall(r"\d+", other) and re.search(r"\d", one):
        return 0.0 if re.search(r"\d", other) else 0.9 * SequenceMatcher(None, one, other).ratio()
    return SequenceMatcher(None, one, other).ratio()


# --- preview -------------------------------------------------------------------------------------


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
        "findings": _findings(log),
        "problem": _misfit(timeline, layout),
    }


def _sentence(timeline: Timeline, zone: ZoneInfo) -> str:
    counts = [
        _count(len(timeline.intervals), "interval"),
        _count(len(timeline.resources), "station or person", "stations and people"),
        _count(len(timeline.orders), "order"),
        _count(len(timeline.points), "measured value or event", "measured values and events"),
    ]
    span = words.duration(timeline.end - timeline.start)
    begun = _date(timeline.epoch.astimezone(zone))
    return f"{', '.join(counts)}: {span} from {begun} ({zone.key})."


def _count(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _interval(timeline: Timeline, row: np.void, layout: Layout, zone: ZoneInfo) -> Json:
    colour, label = words.STATES[State(int(row["state"]))]
    end = float(row["end"])
    return {
        "station": _cut(_label(timeline.name(int(row["resource"])), layout)),
        "state": label,
        "colour": colour,
        "native": _cut(timeline.name(int(row["native"]))) if row["native"] >= 0 else "",
        "part": _cut(timeline.name(int(row["part"]))) if row["part"] >= 0 else "",
        "start": _date(_at(timeline, float(row["start"])).astimezone(zone)),
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
            "label": _cut(_label(name, layout)), "stands": _stands(name, layout),
            "bars": [[round((a - timeline.start) / span, 5), round((b - timeline.start) / span, 5),
                      words.STATES[State(state)][0]] for a, b, state in bars],
        })  # fmt: skip
    seen = {int(state) for state in told["state"][:BARS]}
    return {
        "lines": lines,
        "more": max(len(timeline.resources) - LINES, 0),
        "start": _date(_at(timeline, timeline.start).astimezone(zone)),
        "end": _date(_at(timeline, end).astimezone(zone)),
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


def _misfit(timeline: Timeline, layout: Layout) -> str:
    names = [timeline.name(code) for code in timeline.resources]
    standing = [name for name in names if _stands(name, layout)]
    if standing:
        return ""
    shown = ", ".join(_cut(name) for name in names[:5]) or "no station at all"
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


def _date(when: datetime) -> str:
    return f"{when.day} {when:%b %Y %H:%M:%S}"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


# --- keeping -------------------------------------------------------------------------------------


def keep(name: str, path: Path, mapping: Mapping, layout: Layout) -> Path:
    """Keeps a log as a recording of the user's own, and its mapping: both or none.

    Raises RecordingError where the name is fit for none or taken, or nothing of it is on the floor.
    """
    file = saved.mapping_path(name)
    folder = user_folder() / "recordings" / name
    if folder.exists():
        raise RecordingError(f"There is a recording {name!r} already; choose another name.")
    named = mapping if mapping.name else mapping.model_copy(update={"name": name})
    is_kept = any(_same(each, mapping) for each in saved.fitting(_named(mapping)).values())
    if file.exists() and not is_kept:
        raise RecordingError(f"There is a mapping {name!r} already; choose another name.")
    timeline = read_log(path, mapping, layout.name).timeline
    problem = _misfit(timeline, layout)
    if problem:
        raise RecordingError(problem)
    parquet.write(timeline, folder)
    try:
        if not is_kept:
            saved.write_mapping(name, named)
    except RecordingError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _named(mapping: Mapping) -> list[str]:
    told = cast(dict[str, str], mapping.columns.model_dump(exclude_none=True))
    return [*told.values(), *mapping.flags, *(point.column for point in mapping.points.values())]


def _same(one: Mapping, other: Mapping) -> bool:
    return one.model_copy(update={"name": ""}) == other.model_copy(update={"name": ""})
