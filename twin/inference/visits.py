"""A timeline -> visits: one part at one machine, set up and worked, however often interrupted.

A resource that works and never holds a part, while others hold parts, is a worker; so is `crew#2`.
`oven.1`, `oven.2` are places of one machine. What carries parts in moves is no machine.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from twin.timeline import Quality, State, Table, Timeline

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
PERSON = re.compile(r"(.+)#\d+")
PLACE = re.compile(r"(.+)\.\d+")
NUMBERED = re.compile(r"(.*?)[-_ ]*\d+")
BUSY = (int(State.SETUP), int(State.PROCESSING))
# What may lie between two intervals of one visit.
PAUSES = tuple(
    int(s) for s in (State.OFF, State.DOWN, State.MAINTENANCE, State.HELD, State.WAITING_CREW)
)


@dataclass(frozen=True)
class Roles:
    """Which resource is what: names of machines by code, workers and carriers as codes."""

    machines: dict[int, str]
    workers: tuple[int, ...]
    carriers: tuple[int, ...]

    @property
    def names(self) -> list[str]:
        """The machines, in display order."""
        return list(dict.fromkeys(self.machines.values()))


@dataclass(frozen=True)
class Visits:
    """Columns (n,), by part and start. `machine` and `activity` are indices into `machines` and
    `activities`, `part` codes of the timeline; `start`, `end`, `run` and `setup` are in s, `whole`
    where the log has seen all of it; `told` is whether it tells activities at all."""

    machines: tuple[str, ...]
    activities: tuple[str, ...]
    machine: Ints
    activity: Ints
    part: Ints
    start: Floats
    end: Floats
    run: Floats
    setup: Floats
    whole: Flags
    told: bool

    def __len__(self) -> int:
        return len(self.part)


def roles_of(timeline: Timeline) -> Roles:
    """What each resource is."""
    rows = timeline.intervals
    working = np.isin(rows["state"], BUSY)
    with_part = set(np.unique(rows["resource"][working & (rows["part"] >= 0)]).tolist())
    at_work = set(np.unique(rows["resource"][working]).tolist())
    carriers = {int(code) for code in np.unique(timeline.moves["carrier"]) if code >= 0}
    workers, machines = [], []
    for code in timeline.resources:
        name = timeline.name(code)
        if PERSON.fullmatch(name) or (with_part and code in at_work and code not in with_part):
            workers.append(code)
        elif code not in carriers and code in with_part:
            machines.append(code)
    places: dict[str, list[int]] = defaultdict(list)
    for code in machines:
        match = PLACE.fullmatch(timeline.name(code))
        places[match[1] if match else timeline.name(code)].append(code)
    named = {
        code: stem if len(codes) > 1 else timeline.name(code)
        for stem, codes in places.items()
        for code in codes
    }
    moving = tuple(code for code in timeline.resources if code in carriers and code not in workers)
    return Roles({code: named[code] for code in machines}, tuple(workers), moving)


def visits_of(timeline: Timeline, roles: Roles) -> Visits:
    """All visits of parts to machines that have ended."""
    rows = timeline.intervals
    rows = rows[np.isin(rows["resource"], list(roles.machines))]
    rows = rows[np.lexsort((rows["end"], rows["start"], rows["resource"]))]
    at = np.flatnonzero(np.isin(rows["state"], BUSY) & (rows["part"] >= 0))
    busy = rows[at]
    begins = _begins(rows, at)
    firsts = np.flatnonzero(begins)
    names, told = _activities(timeline, roles, busy, firsts)
    activities = sorted(set(names))
    machines = roles.names
    if len(firsts) == 0:
        none = np.zeros(0)
        whole = np.zeros(0, dtype=bool)
        ints = np.zeros(0, dtype=np.int64)
        return Visits((), (), ints, ints, ints, none, none, none, none, whole, False)
    length = busy["end"] - busy["start"]
    is_setup = busy["state"] == State.SETUP
    ends = np.maximum.reduceat(busy["end"], firsts)
    bad = np.isnan(busy["end"]) | (busy["quality"] == Quality.UNCERTAIN) | (length < 0)
    index_of = {name: k for k, name in enumerate(activities)}
    machine_of = {code: machines.index(name) for code, name in roles.machines.items()}
    found = Visits(
        machines=tuple(machines),
        activities=tuple(activities),
        machine=np.array([machine_of[int(code)] for code in busy["resource"][firsts]]),
        activity=np.array([index_of[name] for name in names]),
        part=busy["part"][firsts].astype(np.int64),
        start=busy["start"][firsts],
        end=ends,
        run=np.add.reduceat(np.where(is_setup, 0.0, length), firsts),
        setup=np.add.reduceat(np.where(is_setup, length, 0.0), firsts),
        whole=~np.logical_or.reduceat(bad, firsts),
        told=told,
    )
    return take(found, np.lexsort((found.end, found.start, found.part)))


def take(visits: Visits, chosen: Ints | Flags) -> Visits:
    """Some of the visits, or all in another order."""
    columns = {
        key: getattr(visits, key)[chosen]
        for key in ("machine", "activity", "part", "start", "end", "run", "setup", "whole")
    }
    return Visits(visits.machines, visits.activities, told=visits.told, **columns)


def joined(visits: Visits, on: Flags) -> Visits:
    """The visits, with those that go `on` (n - 1,) from the one before as one with it."""
    firsts = np.flatnonzero(np.append(True, ~on))
    if len(firsts) == len(visits):
        return visits
    return replace(
        take(visits, firsts),
        end=np.maximum.reduceat(visits.end, firsts),
        run=np.add.reduceat(visits.run, firsts),
        setup=np.add.reduceat(visits.setup, firsts),
        whole=np.logical_and.reduceat(visits.whole, firsts),
    )


def _begins(rows: Table, at: Ints) -> Flags:
    """Which busy rows begin a visit: those that do not go on with the one before them."""
    busy = rows[at]
    begins = np.ones(len(at), dtype=bool)
    if len(at) < 2:
        return begins
    before, after = busy[:-1], busy[1:]
    between = np.diff(at) - 1
    pauses = np.cumsum(np.isin(rows["state"], PAUSES))
    paused = (between > 0) & (pauses[at[1:]] - pauses[at[:-1]] == between)
    same = (before["resource"] == after["resource"]) & (before["part"] == after["part"])
    set_up = (before["state"] == State.SETUP) & ((between == 0) | paused)
    resumed = paused & (before["native"] == after["native"]) & (after["state"] == before["state"])
    begins[1:] = ~(same & (set_up | resumed))
    return begins


def _activities(
    timeline: Timeline, roles: Roles, busy: Table, firsts: Ints
) -> tuple[list[str], bool]:
    """What each visit does: what the log calls its last interval, else its machine without the
    number behind it."""
    if len(firsts) == 0:
        return [], False
    lasts = np.append(firsts[1:], len(busy)) - 1
    natives = busy["native"][lasts]
    plain = {
        code: (match[1] if (match := NUMBERED.fullmatch(name)) and match[1] else name)
        for code, name in roles.machines.items()
    }
    pairs = zip(natives.tolist(), busy["resource"][lasts].tolist(), strict=True)
    names = [timeline.name(native) or plain[resource] for native, resource in pairs]
    return names, bool((natives >= 0).any())
