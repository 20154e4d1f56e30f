"""All that was inferred of a shop -> the text of its layout, and what could not be said.

What is measured says so with how many observations; where machines stand, what they look like, how
fast people walk and what things cost is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass

from twin.errors import LayoutError, RecordingError
from twin.inference import ground, stations
from twin.inference.demand import orders_of
from twin.inference.durations import FITTED, SHIFT
from twin.inference.evidence import Evidence, evidence_of
from twin.inference.notes import Notes, note_the_log, some
from twin.inference.openings import DAY, Openings
from twin.inference.people import Attendance, attendance_of
from twin.inference.products import Products
from twin.inference.setups import Change, changeover, stops
from twin.layout.files import parse
from twin.layout.rules.finding import Finding
from twin.layout.splice import block
from twin.layout.starters import named
from twin.timeline import Timeline


@dataclass(frozen=True)
class Draft:
    """The text of a layout file; what was left out, guessed or strange; and how the layout calls
    each resource of the log that became a machine of it."""

    text: str
    notes: tuple[Finding, ...]
    machines: dict[str, str]


def draft_layout(timeline: Timeline, name: str, zone: str = "UTC") -> Draft:
    """A first layout of the shop that a timeline is of; `zone` is by whose clocks it opens.

    Raises RecordingError where there is too little data to say anything, and says what is missing.
    """
    seen = evidence_of(timeline, zone)
    notes = Notes()
    longest = seen.openings.longest if seen.openings else SHIFT
    names = _station_names(seen)
    crews = attendance_of(timeline, seen.roles, seen.visits, seen.station, names)
    changes = [changeover(seen, k, longest) for k in range(len(names))]
    products = Products(seen, names, crews, changes, longest, notes)
    used = [k for k in seen.flow() if names[k] in products.stations]
    unused = [name for k, name in enumerate(names) if k not in used]
    text = f"stations that no route goes to were left out: {some(unused)}"
    notes.count("stations", "stations", len(unused), text)
    layout: dict[str, object] = {
        "twin": 1,
        "name": name,
        "about": f"Made from a log of {seen.length / DAY:.3g} days from "
        f"{timeline.epoch.date().isoformat()} on, in which {seen.finished:,} parts were finished.",
        "basis": "guessed",
    }
    machines, called, size = _machines(seen, used)
    layout["floor"] = {"size": size}
    if seen.openings is not None:
        layout["calendars"] = {"open": _calendar(seen.openings)}
        layout["calendar"] = "open"
    layout["machines"] = {short: made for made in machines.values() for short, made in made.items()}
    layout["stations"] = {
        names[k]: _station(seen, k, list(machines[k]), changes[k], f"stations/{names[k]}", notes)
        for k in used
    }
    people = _crews(crews, names, used, notes)
    if people:
        layout["crews"] = people
    layout["products"] = products.written
    layout["orders"] = {"orders": orders_of(seen, products.routes)}
    note_the_log(notes, seen)
    text = notes.comment() + block(layout)
    try:
        parse(text, name)
    except LayoutError as error:
        raise RecordingError(f"the log gives no layout that can be read: {error}") from error
    return Draft(text, notes.findings(), called)


def _station_names(seen: Evidence) -> list[str]:
    """A name of each station: its machine's, or what its machines have in common."""
    taken: list[str] = []
    for machines in seen.groups:
        labels = [seen.visits.machines[k] for k in machines]
        stem = labels[0]
        for label in labels[1:]:
            alike = next(k for k in range(len(stem), -1, -1) if label[:k] == stem[:k])
            stem = stem[:alike].rstrip(" -_.0123456789")
        taken.append(named(stem or labels[0], taken, "station"))
    return taken


def _machines(
    seen: Evidence, used: list[int]
) -> tuple[dict[int, dict[str, dict[str, object]]], dict[str, str], list[str]]:
    """The machines of each station that is used, in the order of the flow; what each of the log is
    called in the layout; the floor's size."""
    assets: dict[str, str] = {}
    of: dict[str, tuple[int, int]] = {}
    for k in used:
        for machine in seen.groups[k]:
            label = seen.visits.machines[machine]
            short = named(label, assets, "machine")
            assets[short] = ground.asset_for(f"{label} {' '.join(seen.done_by(machine))}")
            of[short] = (k, machine)
    floor = ground.stand(assets)
    made: dict[int, dict[str, dict[str, object]]] = {k: {} for k in used}
    for short, (k, machine) in of.items():
        one: dict[str, object] = {"asset": assets[short]}
        one["at"] = [f"{value:g} m" for value in floor.at[short]]
        places = stations.places(seen.visits, machine)
        if places > 1:
            count = int((seen.visits.machine == machine).sum())
            one["places"] = places
            one["basis"] = {"places": f"measured: the most at once, n = {count:,}"}
        made[k][short] = {**one, "label": seen.visits.machines[machine][:120]}
    called = {seen.visits.machines[machine]: short for short, (_, machine) in of.items()}
    return made, called, [f"{value:g} m" for value in floor.size]


def _station(
    seen: Evidence, k: int, machines: list[str], change: Change, where: str, notes: Notes
) -> dict[str, object]:
    made: dict[str, object] = {"machines": machines}
    if change.time is not None:
        made["changeover"] = {"on_change": change.time.value}
    lost = stops(seen, k)
    if lost is not None:
        made["disturbances"] = {"stop": lost}
    remark = stations.slower(seen.visits, seen.groups[k], FITTED)
    if remark:
        notes.add("alike", where, 1, f"its machines are not alike: {remark}")
    return made


def _calendar(openings: Openings) -> dict[str, object]:
    return {
        "cycle": "24 h" if openings.daily else "7 day",
        "open": [[_hour(a), _hour(b)] for a, b in openings.daily or openings.spans],
        "basis": f"measured: when steps begin and end, n = {openings.days} days",
    }


def _hour(seconds: float) -> str:
    """A time of the week: on the first day as the clock shows it."""
    if seconds <= DAY:
        return f"{int(seconds // 3600):02d}:{int(seconds % 3600 // 60):02d}"
    return f"{seconds / 3600:g} h"


def _crews(found: Attendance, names: list[str], used: list[int], notes: Notes) -> dict[str, object]:
    made: dict[str, object] = {}
    for crew in found.crews:
        tended = [names[k] for k in crew.stations if k in used and found.tends(k)]
        if not tended:
            continue
        made[named(crew.name, made, "crew")] = {
            "people": max(crew.people, 1),
            "skills": tended,
            "walking": "1.2 m/s",
            "basis": {
                "people": f"measured: the most at once, of {len(crew.workers)} names, "
                f"n = {crew.spans:,}",
                "skills": f"measured: what they begin, n = {crew.spans:,}",
                "walking": "guessed",
            },
        }
    text = f"workers with hardly a step were left out: {some(list(found.seldom))}"
    notes.count("workers", "crews", len(found.seldom), text)
    return made
