"""Work that does not fit into the open time, and words of a calendar that say nothing."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from twin.layout.rules.attendance import PHASES, phase_at, steps
from twin.layout.rules.finding import Finding
from twin.layout.rules.flow import shortest
from twin.layout.schema import Calendar, Layout, Step


def calendar_of(layout: Layout, name: str | None) -> Calendar | None:
    """The calendar that holds; None is always open (so is one that is not there)."""
    return layout.calendars.get(name or layout.calendar or "")


def longest_opening(calendar: Calendar) -> float:
    """The longest time [s] without a closing; openings that touch are one, also over the cycle."""
    merged: list[list[float]] = []
    for begin, end in calendar.open:
        if merged and merged[-1][1] == begin:
            merged[-1][1] = end
        else:
            merged.append([begin, end])
    if merged == [[0.0, calendar.cycle]]:
        return inf
    lengths = [end - begin for begin, end in merged]
    if merged[0][0] == 0 and merged[-1][1] == calendar.cycle:
        lengths.append(lengths[0] + lengths[-1])
    return max(lengths)


def never_fits(layout: Layout) -> Iterator[Finding]:
    """Steps that take longer than a station is ever open, where work must fit in."""
    for where, _, _, step in steps(layout):
        for name in step.stations:
            station = layout.stations.get(name)
            calendar = calendar_of(layout, station.calendar) if station else None
            if calendar is None or calendar.at_close != "fit":
                continue
            least, most = _least(step, name), longest_opening(calendar)
            if least > most:
                message = (
                    f"step {step.step!r} takes {least / 60:g} min, and {name!r} is open for "
                    f"{most / 60:g} min at the longest: it never starts; write 'at_close: pause'"
                )
                yield Finding("never-fits", where, "error", message, least, most, "s")


def _least(step: Step, station: str) -> float:
    """The shortest time [s] of the phases that are never left out.

    Whether work fits in goes by these times, whoever attends them at whatever pace.
    """
    phases = [phase_at(step, station, kind) for kind in PHASES]
    return sum(shortest(p.time) for p in phases if p and p.time is not None and p.chance == 1)


def never_absent(layout: Layout) -> Iterator[Finding]:
    """Absence from openings where there are none: without a calendar nobody ever comes or goes."""
    for name, crew in layout.crews.items():
        if crew.absence and crew.calendar is None and layout.calendar is None:
            message = f"{name} have no openings to be absent from; give them a 'calendar'"
            yield Finding("absence", f"crews/{name}/absence", "error", message)


def at_close_of_nothing(layout: Layout) -> Iterator[Finding]:
    """Calendars that say what becomes of work at closing, and that no station follows."""
    followed = {station.calendar or layout.calendar for station in layout.stations.values()}
    attended = {crew.calendar or layout.calendar for crew in layout.crews.values()}
    for name, calendar in layout.calendars.items():
        if calendar.at_close == "fit" and name not in followed:
            message = "whether work fits in is asked of stations, and none follows this calendar"
        elif calendar.at_close == "finish" and name not in followed | attended:
            message = "no station and no crew follows this calendar, so nothing is finished by it"
        else:
            continue
        cure = "leave 'at_close' out, or name the calendar at a station"
        where = f"calendars/{name}/at_close"
        yield Finding("at-close", where, "warning", f"{message}; {cure}")
