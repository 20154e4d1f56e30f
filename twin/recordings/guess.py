"""What the columns of a log seem to mean, from their names and their values: Look -> Guess.

A name says most (`vocabulary`), what stands in the column has to agree: a start that holds no times
is none. Of all pairs of a role and a column the surest is taken, then the next one, and so on. What
cannot be seen is left open: the zone of a clock, what the numbers of states mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from twin.recordings.looks import Look
from twin.recordings.mapping import TRANSITIONS
from twin.recordings.profiles import Profile
from twin.recordings.vocabulary import (
    FAILURES,
    MEASURED,
    NAMES,
    PASSES,
    SETUP,
    flag_of,
    state_of,
    sureness,
    unit_in,
)

LEAST = 0.45  # how sure a guess has to be
TIMES = ("start", "end", "time", "due")
LONGEST_REACH = 10.0  # s that a row holds at least, where rows come one after the other
MOST_POINTS = 60
Fields = dict[str, Any]


@dataclass(frozen=True)
class Guess:
    """What a log seems to mean.

    `mapping` are fields of a Mapping as they stand in its file; it need not be whole: a log may
    have no column of times. `formats` are the ways in which its times can be read, the likeliest
    first (None: ISO 8601); `doubts` are sentences for who goes on with it.
    """

    mapping: Fields
    formats: tuple[str | None, ...]
    doubts: tuple[str, ...]


def guess(look: Look) -> Guess:
    """What a log's columns seem to mean."""
    profiles = [Profile(column) for column in look.columns]
    columns, doubts = _roles(profiles)
    named = {profile.name: profile for profile in profiles}
    formats = _formats([named[columns[role]] for role in TIMES if role in columns])
    mapping: Fields = {"columns": columns}
    written = look.sheet.model_dump(exclude_defaults=True)
    if written:
        mapping["log"] = written
    if formats and formats[0] is not None:
        mapping["time"] = {"format": formats[0]}
    if len(formats) > 1 and {"%d", "%m"} <= set(re.findall("%[dm]", str(formats[0]))):
        doubts.append("Days and months of its times could be the other way round.")
    _add_states(mapping, named)
    _add_points(mapping, profiles)
    return Guess(mapping, formats, tuple(doubts))


# --- what each column is -------------------------------------------------------------------------


def _roles(profiles: Sequence[Profile]) -> tuple[dict[str, str], list[str]]:
    """Role -> column, and what was doubtful."""
    sure = sorted(
        (
            (score, -rank, role, profile)
            for role in NAMES
            for rank, profile in enumerate(profiles)
            if (score := _score(role, profile)) >= LEAST
        ),
        key=lambda pair: pair[:2],
        reverse=True,
    )
    found: dict[str, Profile] = {}
    taken: set[str] = set()
    for _, _, role, profile in sure:
        if role not in found and profile.name not in taken:
            found[role] = profile
            taken.add(profile.name)
    doubts: list[str] = []
    _settle_times(found, profiles)
    _settle_rows(found)
    _settle_people(found, doubts)
    if "part" not in found and "order" in found:
        found["part"] = found.pop("order")
    return {role: found[role].name for role in NAMES if role in found}, doubts


def _score(role: str, profile: Profile) -> float:
    """How sure a column is of a role, 0 .. 1: what its name says, where its values agree."""
    named = sureness(role, profile.words)
    if not named or not profile.values:
        return 0.0
    return named * _FITS.get(role, _is_text)(profile)


def _is_text(profile: Profile) -> float:
    return 0.0 if profile.formats or profile.is_duration else 1.0


def _is_time(profile: Profile) -> float:
    return 1.0 if profile.formats else 0.0


def _is_quantity(profile: Profile) -> float:
    return 1.0 if profile.is_whole and min(profile.numbers) >= 0 else 0.0


def _is_duration(profile: Profile) -> float:
    return 1.0 if profile.is_duration or profile.numbers else 0.0


def _is_life(profile: Profile) -> float:
    # Twice as sure as any other role: three words that say the same are no accident.
    words = {value.lower() for value in profile.counts}
    return 2.0 if words <= TRANSITIONS.keys() and len(words) > 1 else 0.0


def _is_kind(profile: Profile) -> float:
    """One of few words, again and again."""
    few = profile.distinct <= max(10, min(60, len(profile.values) // 3))
    return _is_text(profile) if few else 0.0


def _is_outcome(profile: Profile) -> float:
    words = {value.lower() for value in profile.counts}
    return 1.1 if words & (FAILURES | PASSES) and len(words) <= 20 else 0.0


def _is_counter(profile: Profile) -> float:
    return 1.0 if profile.counts_up and not profile.numbers_rows else 0.0


def _is_station(profile: Profile) -> float:
    return _is_kind(profile) if profile.distinct <= 200 or profile.are_people else 0.0


_FITS: dict[str, Callable[[Profile], float]] = {
    **dict.fromkeys(TIMES, _is_time),
    "quantity": _is_quantity,
    "duration": _is_duration,
    "transition": _is_life,
    "state": _is_kind,
    "counter": _is_counter,
    "outcome": _is_outcome,
    "resource": _is_station,
}


def _settle_times(found: dict[str, Profile], profiles: Sequence[Profile]) -> None:
    """Where no name says which column holds the times, a column of times is taken all the same."""
    if found.keys() & {"time", "start", "end"}:
        return
    spare = [p for p in profiles if p.formats and p not in found.values()]
    if len(spare) == 2:
        found["start"], found["end"] = spare
    elif spare:
        found["time"] = spare[0]


def _settle_rows(found: dict[str, Profile]) -> None:
    """A row is one thing: a step from when to when, a moment in its life, or a state."""
    if "transition" in found and found.keys() & {"time", "start", "end"}:
        if "time" not in found:
            found["time"] = found.pop("start" if "start" in found else "end")
        drop = ("start", "end", "duration", "state", "counter")
    elif "start" in found and "end" in found:
        drop = ("time", "duration", "transition", "instance", "counter")
    elif "duration" in found and (
        found.keys() & {"start", "end"} or ("time" in found and "state" not in found)
    ):
        if not found.keys() & {"start", "end"}:
            found["start"] = found.pop("time")
        drop = ("time", "transition", "instance", "counter")
    else:
        if "time" not in found:
            for one in ("start", "end"):
                if one in found:
                    found["time"] = found.pop(one)
                    break
        drop = ("start", "end", "duration", "transition", "instance")
        if "state" in found:
            drop = (*drop, "counter")
    tells_states = bool({"state", "counter"} & (found.keys() - set(drop)))
    if tells_states and "activity" not in found and "product" in found:
        # What a machine works on while it is in a state is what it does.
        found["activity"] = found.pop("product")
    for role in drop:
        found.pop(role, None)


def _settle_people(found: dict[str, Profile], doubts: list[str]) -> None:
    """Logs of cases call a person a resource, too: then the activity tells the station."""
    resource = found.get("resource")
    if resource is None or not resource.are_people:
        return
    if "worker" not in found:
        found["worker"] = found.pop("resource")
        doubts.append(f"{resource.name!r} seems to name people, not stations.")
        if "activity" in found:
            found["resource"] = found["activity"]


def _formats(times: Sequence[Profile]) -> tuple[str | None, ...]:
    """The ways in which all columns of times can be read."""
    if not times:
        return ()
    return tuple(f for f in times[0].formats if all(f in other.formats for other in times[1:]))


# --- states, and what is measured ----------------------------------------------------------------


def _add_states(mapping: Fields, named: Mapping[str, Profile]) -> None:
    columns = mapping["columns"]
    words: dict[str, str] = {}
    if "state" in columns:
        found = {word: state_of(word) for word in named[columns["state"]].counts}
        words = {word: state for word, state in found.items() if state}
    elif "activity" in columns:
        activities = named[columns["activity"]].counts
        words = {word: "SETUP" for word in activities if SETUP.match(word)}
    if words:
        mapping["states"] = words
    if columns.get("resource") and columns.get("resource") == columns.get("activity"):
        mapping["capacity"] = {"*": "any"}
    if "outcome" in columns:
        outcomes = named[columns["outcome"]].counts
        failures = [word for word in outcomes if word.lower() in FAILURES]
        if failures and set(failures) - {"failure", "failed"}:
            mapping["failures"] = failures
    if "time" not in columns or "transition" in columns:
        return
    flags = {
        profile.name: state
        for profile in named.values()
        if profile.is_flag and (state := flag_of(profile.words))
    }
    if flags:
        mapping["flags"] = flags
    if flags or columns.keys() & {"state", "counter"}:
        mapping["reach"] = _reach(mapping, named)


def _reach(mapping: Fields, named: Mapping[str, Profile]) -> str:
    """How long a row holds: as long as rows of one station are apart, mostly."""
    times = named[mapping["columns"]["time"]]
    form = times.formats[0]
    if form in ("seconds", "milliseconds"):
        when = np.array([float(value or "nan") for value in times.column.values])
        when = when / (1e3 if form == "milliseconds" else 1.0)
    elif form is None:
        texts = [(value or "NaT").split("+")[0].rstrip("Z ") for value in times.column.values]
        try:
            when = np.array(texts, "datetime64[us]").astype("f8") / 1e6
        except ValueError:
            return "5 min"
    else:
        return "5 min"
    resource = mapping["columns"].get("resource")
    whose = named[resource].column.values if resource else ("",) * len(when)
    gaps: list[float] = []
    for one in set(whose):
        its = np.sort(when[[who == one for who in whose]])
        steps = np.diff(its[np.isfinite(its)])
        gaps += steps[steps > 0].tolist()
    if not gaps:
        return "5 min"
    gap = max(float(np.median(gaps)), LONGEST_REACH)
    return f"{round(gap / 60)} min" if gap >= 120 else f"{round(gap)} s"


def _add_points(mapping: Fields, profiles: Sequence[Profile]) -> None:
    """What is left and looks like something measured."""
    used = {*mapping["columns"].values(), *mapping.get("flags", {})}
    points: dict[str, Fields] = {}
    for profile in profiles:
        if profile.name in used or len(points) >= MOST_POINTS:
            continue
        told = _measured(profile)
        if told is not None:
            name = re.sub(r"\W+", "_", profile.name.strip().lower()).strip("_") or "value"
            points[name] = {"column": profile.name, **told}
    if points:
        mapping["points"] = points


def _measured(profile: Profile) -> Fields | None:
    if not profile.values or profile.formats:
        return None
    if profile.is_duration:
        return {"kind": "duration"}
    if profile.is_flag:
        return {"kind": "flag"} if profile.filled > 0.5 else None
    if not profile.numbers or profile.numbers_rows:
        return None
    told = unit_in(profile.name)
    for form, unit in MEASURED:
        if re.search(rf"\b({form})\b", profile.words):
            unit = told or unit
            return {"unit": unit} if unit else {}
    if told:
        return {"unit": told}
    return None if profile.is_whole else {}
