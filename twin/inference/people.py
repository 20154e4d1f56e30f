"""Who works where -> crews: workers by the station at which they mostly are.

A worker is where a step begins when they begin; where the log tells whose part they hold, at that
part's step. How many people a crew has is how many are at work at once, not how many names there
are: shifts follow each other. Who tends several steps at once attends each for a share of its time.
Workers with hardly a step are left out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from twin.inference.stations import at_once
from twin.inference.visits import BUSY, PERSON, Roles, Visits
from twin.timeline import Table, Timeline

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SKILL = 0.05  # of a crew's steps: a station that has fewer is none of theirs
TENDED = 0.5  # of a station's steps begin with a worker's: else it works without people
FEWEST = 10  # spans of work: a crew that has fewer is left out
TOGETHER = 1.0  # s between the beginnings
MOST_PEOPLE = 100


@dataclass(frozen=True)
class Crew:
    """People who are alike: the names of the log, the stations (indices) that they tend, how many
    of them are at work at once, and from how many spans of work that is."""

    name: str
    workers: tuple[str, ...]
    stations: tuple[int, ...]
    people: int
    spans: int


@dataclass(frozen=True)
class Attendance:
    """The crews; the share of its time that a step's run is attended, by station (index); the
    stations whose set-ups are; the workers who are in no crew, as they are hardly seen; and how
    long each visit (n,) was attended [s], where the log tells."""

    crews: tuple[Crew, ...] = ()
    run: dict[int, float] = field(default_factory=dict[int, float])
    setup: frozenset[int] = frozenset()
    seldom: tuple[str, ...] = ()
    seconds: Floats | None = None

    def tends(self, station: int) -> bool:
        """Whether somebody attends a phase of a step there."""
        return station in self.run or station in self.setup

    def share(self, station: int, run: Floats, chosen: NDArray[np.bool_]) -> float | None:
        """The share of the `run` (n,) [s] of the `chosen` visits (n,), of one station, that is
        attended; None where it is not."""
        if self.seconds is None or not run[chosen].sum() > 0:
            return self.run.get(station)
        if station not in self.run:
            return None
        return float(np.minimum(self.seconds, run)[chosen].sum() / run[chosen].sum())


@dataclass(frozen=True)
class Matched:
    """Which spans of workers (m,) belong to which visits: one with `span` and `visit` each, how
    much the span counts as that visit's, and for how long [s] it is."""

    span: Ints
    visit: Ints
    weight: Floats
    seconds: Floats


def attendance_of(
    timeline: Timeline, roles: Roles, visits: Visits, station: Ints, names: list[str]
) -> Attendance:
    """Who tends which station; `station` (n,) is that of each visit."""
    rows = timeline.intervals
    rows = rows[np.isin(rows["resource"], roles.workers) & np.isin(rows["state"], BUSY)]
    rows = rows[~np.isnan(rows["end"])]
    if len(rows) == 0:
        return Attendance()
    told = bool((rows["part"] >= 0).any())
    # For each span of a worker, whose visits it is of, and how much of it counts for each.
    matched = (_of_the_part if told else _begun_with)(rows, visits)
    weights = np.zeros((len(rows), len(names)))
    np.add.at(weights, (matched.span, station[matched.visit]), matched.weight)
    parted: dict[str, list[int]] = defaultdict(list)
    seldom: list[str] = []
    for code in roles.workers:
        counts = weights[rows["resource"] == code].sum(axis=0)
        person = PERSON.fullmatch(timeline.name(code))
        if counts.sum() > 0:
            parted[person[1] if person else names[int(counts.argmax())]].append(code)
    crews: list[Crew] = []
    for name, codes in parted.items():
        chosen = np.isin(rows["resource"], codes)
        workers = tuple(timeline.name(code) for code in codes)
        if chosen.sum() < FEWEST:
            seldom += workers
            continue
        counts, mine = weights[chosen].sum(axis=0), rows[chosen]
        tended = tuple(int(k) for k in np.flatnonzero(counts >= SKILL * counts.sum()))
        people = min(at_once(mine["start"], mine["end"]), len(codes), MOST_PEOPLE)
        crews.append(Crew(name, workers, tended, people, len(mine)))
    skilled = {k for crew in crews for k in crew.stations}
    seconds = None
    if told:
        seconds = np.zeros(len(visits))
        np.add.at(seconds, matched.visit, matched.seconds)
    run, setup = _attended(rows, visits, station, matched, seconds)
    run = {k: share for k, share in run.items() if k in skilled}
    return Attendance(tuple(crews), run, frozenset(setup & skilled), tuple(seldom), seconds)


def _begun_with(rows: Table, visits: Visits) -> Matched:
    """The visits that begin when a worker's span does; several count alike."""
    order = np.argsort(visits.start, kind="stable")
    begins = visits.start[order]
    low = np.searchsorted(begins, rows["start"] - TOGETHER, side="left")
    high = np.searchsorted(begins, rows["start"] + TOGETHER, side="right")
    span, at = _ranges(low, high)
    weight = 1 / (high - low)[span]
    return Matched(span, order[at], weight, weight * (rows["end"] - rows["start"])[span])


def _of_the_part(rows: Table, visits: Visits) -> Matched:
    """The visits of the part that a worker holds, as far as they lie in the worker's span."""
    origin = min(0.0, float(visits.start.min()))
    length = float(max(visits.end.max(), rows["end"].max()) - origin) + 1.0
    keys = visits.part * length + visits.start - origin  # visits are by part and start
    head = rows["part"] * length - origin
    low = np.searchsorted(keys, head + rows["start"], side="right") - 1
    high = np.searchsorted(keys, head + rows["end"], side="left")
    span, at = _ranges(np.maximum(low, 0), np.maximum(high, 0))
    inside = np.minimum(visits.end[at], rows["end"][span])
    inside = inside - np.maximum(visits.start[at], rows["start"][span])
    fits = (visits.part[at] == rows["part"][span]) & (inside > 0)
    return Matched(span[fits], at[fits], np.ones(int(fits.sum())), inside[fits])


def _ranges(low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """All whole numbers from `low` to below `high` (m,), one range after the other, and of which
    range each is."""
    many = np.maximum(high - low, 0)
    span = np.repeat(np.arange(len(low)), many)
    within = np.arange(len(span)) - np.repeat(np.cumsum(many) - many, many)
    return span, np.repeat(low, many) + within


def _attended(
    rows: Table, visits: Visits, station: Ints, matched: Matched, seen: Floats | None
) -> tuple[dict[int, float], set[int]]:
    """The share of the run of each tended station's steps that somebody is there, and where
    set-ups are tended."""
    many = int(station.max()) + 1
    if seen is None:  # of a worker's span only the first step is known: one share holds for all
        tended = np.unique(station[matched.visit])
        worked = (visits.end - visits.start)[np.isin(station, tended)].sum()
        share = min(1.0, float((rows["end"] - rows["start"]).sum() / max(worked, 1e-9)))
        shares = {int(k): share for k in tended}
        return shares, set(shares)
    with_setup, plain = visits.setup > 0, visits.setup == 0
    setup = _mostly(station[with_setup], seen[with_setup] > 0, many)
    run = _mostly(station[plain], seen[plain] > 0, many)
    there = np.bincount(station[plain], np.minimum(seen, visits.run)[plain], minlength=many)
    whole = np.bincount(station[plain], visits.run[plain], minlength=many)
    return {k: float(there[k] / max(whole[k], 1e-9)) for k in sorted(run)}, setup


def _mostly(station: Ints, tended: NDArray[np.bool_], many: int) -> set[int]:
    """The stations most of whose visits are tended."""
    count = np.bincount(station, minlength=many)
    share = np.bincount(station, tended, minlength=many) / np.maximum(count, 1)
    return {int(k) for k in np.flatnonzero((count > 0) & (share >= TENDED))}
