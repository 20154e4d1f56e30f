"""What the page shows of a log that is brought, its columns and its words; and how it is kept.

All as JSON. Texts of a log are cut to a length that can be shown; the page sets them as text.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, cast
from zoneinfo import available_timezones

from twin.errors import RecordingError
from twin.inference import draft_layout
from twin.layout.files import parse
from twin.layout.folders import user_folder, write_new
from twin.layout.schema import Layout
from twin.recordings import parquet, saved
from twin.recordings.guess import Guess, guess
from twin.recordings.log import read_log
from twin.recordings.looks import Look, look, words_of
from twin.recordings.mapping import Mapping, Sheet
from twin.recordings.profiles import FORMATS, Profile
from twin.recordings.vocabulary import state_of
from twin.view import words
from twin.view.preview import cut, date, misfit, places

Json = dict[str, Any]
SAMPLES = 4  # values of a column that are shown
NEAR = 0.62  # how alike two names are to be proposed for one another

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
    shown = [cut(value) for value in list(profile.counts)[:SAMPLES]]
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
        {"value": form or "", "label": _spelled(form), "fits": form in made.formats,
         "reads": _read(example, form) if form in made.formats else ""}
        for form in known
    ]  # fmt: skip


def _spelled(form: str | None) -> str:
    """A format as people write it: "DD.MM.YYYY hh:mm:ss"."""
    if form is None:
        return "ISO 8601"
    if form in ("seconds", "milliseconds"):
        return f"{form} since 1970"
    signs = {"%d": "DD", "%m": "MM", "%Y": "YYYY", "%H": "hh", "%I": "hh", "%M": "mm", "%S": "ss",
             "%f": "ffffff", "%p": "AM/PM", "%b": "Mon"}  # fmt: skip
    return re.sub("%[A-Za-z]", lambda found: signs[found[0]], form)


def _times(made: Guess, seen: Look) -> Sequence[str | None]:
    named = {made.mapping["columns"].get(role) for role in ("time", "start", "end")}
    return next((column.values for column in seen.columns if column.name in named), ())


def _read(text: str, form: str | None) -> str:
    if form is None or form in ("seconds", "milliseconds"):
        return ""
    try:
        return date(datetime.strptime(text, form))
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
    """The log's words of stations, of states and of steps, and what each may be."""
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
        "steps": _steps(path, mapping),
        "places": _options(layout),
        "meanings": [
            {"name": state.name, "label": label, "colour": colour}
            for state, (colour, label) in words.STATES.items()
        ],
    }


def _steps(path: Path, mapping: Mapping) -> list[Json]:
    """What is done to parts, where a log of parts says so: an order may begin or end with it."""
    told = mapping.columns
    if not told.activity or not (told.part or told.order):
        return []
    found = words_of(path, mapping, told.activity).counts
    return [{"word": word, "count": count} for word, count in found if word not in mapping.states]


def _options(layout: Layout) -> list[Json]:
    return [{"name": name, "label": label} for name, label in places(layout).items()]


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
    problem = misfit(timeline, layout)
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


def keep_with_floor(name: str, path: Path, mapping: Mapping) -> None:
    """Makes a first layout of the shop that a log is of, and keeps both: the layout, and the log as
    a recording that is replayed on it. All of it or nothing.

    Raises RecordingError where the log says too little, LayoutError where the name is fit for no
    layout or taken.
    """
    log = read_log(path, mapping, name)
    draft = draft_layout(log.timeline, name, mapping.time.zone or "UTC")
    file = write_new(name, draft.text.encode())
    try:
        keep(name, path, _on_floor(mapping, path, draft.machines), parse(draft.text, name).layout)
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def _on_floor(mapping: Mapping, path: Path, called: dict[str, str]) -> Mapping:
    """A mapping that says what a drawn-up layout calls the log's stations."""
    if mapping.columns.resource is None:
        of = mapping.resource or ""
        return mapping.model_copy(update={"resource": called.get(of, of)})
    found = [word for word, _ in words_of(path, mapping, mapping.columns.resource).counts]
    named = {word: mapping.stations.get(word, word) for word in (*found, *mapping.stations)}
    stations = {word: called.get(to, to) for word, to in named.items()}
    told = {word: to for word, to in stations.items() if word != to or word in mapping.stations}
    capacity = {called.get(name, name): most for name, most in mapping.capacity.items()}
    return mapping.model_copy(update={"stations": told, "capacity": capacity})


def _named(mapping: Mapping) -> list[str]:
    told = cast(dict[str, str], mapping.columns.model_dump(exclude_none=True))
    return [*told.values(), *mapping.flags, *(point.column for point in mapping.points.values())]


def _same(one: Mapping, other: Mapping) -> bool:
    return one.model_copy(update={"name": ""}) == other.model_copy(update={"name": ""})
