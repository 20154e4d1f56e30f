"""Work that nobody can do, and people whom nobody needs."""

from __future__ import annotations

import math
from collections.abc import Iterator

from twin.layout.rules.attendance import phases, skilled, skills, units
from twin.layout.rules.calendars import calendar_of
from twin.layout.rules.finding import Finding
from twin.layout.rules.names import station_skills
from twin.layout.schema import Calendar, Layout

# Beyond so many repetitions of a cycle, two calendars drift past each other and meet some day.
MOST_CYCLES = 1000


def _needed(layout: Layout) -> dict[str, tuple[str, str]]:
    """Skill -> the first place that asks for it, and what it is asked for there."""
    needed: dict[str, tuple[str, str]] = {}
    for asked in phases(layout):
        if asked.phase.by is not None and asked.phase.by not in layout.arms:
            text = f"the {asked.kind} of step {asked.step.step!r}"
            needed.setdefault(asked.phase.by, (f"{asked.where}/by", text))
    for name, station in layout.stations.items():
        for where, skill in station_skills(name, station):
            text = where.removeprefix(f"stations/{name}/").split("/")
            what = "the changeover" if text[0] == "changeover" else f"repair of {text[1]!r}"
            needed.setdefault(skill, (where, f"{what} at {name!r}"))
    return needed


def nobody(layout: Layout) -> Iterator[Finding]:
    """Skills that are asked for and that no person has."""
    for skill, (where, text) in _needed(layout).items():
        crews = skilled(layout, skill)
        names = ", ".join(crews)
        if crews and not any(crew.people for crew in crews.values()):
            message = f"nobody can do {text}: {names} has 0 people; give it at least 1"
            yield Finding("nobody", where, "error", message, 0.0, 1.0, "people")
        elif crews and all(crew.absence == 1 or not crew.people for crew in crews.values()):
            message = f"nobody can do {text}: {names} are always absent; lower 'absence'"
            yield Finding("nobody", where, "error", message, 0.0, 1.0, "people")


def mends_alone(layout: Layout) -> Iterator[Finding]:
    """Repairs by people who may all stand, bound, at the very machines that wait for them.

    Who attends a phase stays with it when the machine breaks, and is not free to mend it.
    """
    broken: dict[str, list[tuple[str, str]]] = {}  # skill -> where it is asked for, station
    for name, station in layout.stations.items():
        for key, disturbance in station.disturbances.items():
            amid = disturbance.clock != "cycles" and disturbance.part != "scrap"
            if amid and disturbance.by is not None:
                where = f"stations/{name}/disturbances/{key}/by"
                broken.setdefault(disturbance.by, []).append((where, name))
    for skill, asked in broken.items():
        crews = skilled(layout, skill)
        bound = {ability for name, crew in crews.items() for ability in skills(name, crew)}
        attended = {a.station for a in phases(layout) if a.phase.by in bound - {*layout.arms}}
        places = sum(units(layout, name) for name in {name for _, name in asked} & attended)
        people = sum(crew.people for crew in crews.values())
        for where, name in asked:
            if name in attended and 0 < people <= places:
                message = (
                    f"who can do {skill!r} may attend {name!r} when it breaks, and is not free to "
                    "mend it: it can stand still for ever; let others have the skill, too, or "
                    "leave 'by' out"
                )
                limit = places + 1
                yield Finding("mends-alone", where, "warning", message, people, limit, "people")


def not_needed(layout: Layout) -> Iterator[Finding]:
    """Crews none of whose skills anything asks for."""
    needed = _needed(layout)
    for name, crew in layout.crews.items():
        if crew.people and not any(skill in needed for skill in skills(name, crew)):
            message = f"nothing needs {name}; write 'by: {skills(name, crew)[0]}' where they work"
            yield Finding("crew-not-needed", f"crews/{name}", "warning", message)


def never_there(layout: Layout) -> Iterator[Finding]:
    """Stations whose people are never at work while they are open."""
    asked = [(f"{a.where}/by", a.phase.by, a.station) for a in phases(layout)]
    for name, station in layout.stations.items():
        asked += [(where, skill, name) for where, skill in station_skills(name, station)]
    for where, skill, name in asked:
        station = layout.stations.get(name)
        if skill is None or skill in layout.arms or station is None:
            continue
        crews = skilled(layout, skill)
        open_ = calendar_of(layout, station.calendar)
        if crews and not any(meet(open_, calendar_of(layout, c.calendar)) for c in crews.values()):
            message = (
                f"{skill} is never at work while station {name!r} is open; "
                "let their calendars share some time"
            )
            yield Finding("never-there", where, "error", message)


def meet(a: Calendar | None, b: Calendar | None) -> bool:
    """Whether two calendars are ever open at the same time."""
    if a is None or b is None:
        return True
    # In whole milliseconds the two cycles have a common one.
    first, second = round(a.cycle * 1000), round(b.cycle * 1000)
    common = math.lcm(first, second)
    if common // min(first, second) > MOST_CYCLES:
        return True
    ours, theirs = _windows(a, first, common), _windows(b, second, common)
    return any(x < v and u < y for x, y in ours for u, v in theirs)


def _windows(calendar: Calendar, cycle: int, common: int) -> list[tuple[float, float]]:
    """The open times [ms] within the common cycle."""
    return [
        (start + begin * 1000, start + end * 1000)
        for start in range(0, common, cycle)
        for begin, end in calendar.open
    ]
