"""Who works where -> crews: workers by the station at which they mostly are.

A worker is where a step begins when they begin. How many people a crew has is how many are at work
at once, not how many names there are: shifts follow each other. A worker who tends several steps at
once attends each for a share of its time.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin.inference.stations import at_once
from twin.inference.visits import BUSY, PERSON, Roles, Visits
from twin.timeline import Timeline

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SKILL = 0.05  # of a crew's steps: a station that has fewer is none of theirs
TENDED = 0.5  # of a station's steps begin with a worker's: else it works without people
TOGETHER = 1.0  # s between the beginnings


@dataclass(frozen=True)
class Crew:
    """People who are alike: the names of the log, the stations (indices) that they tend with how
    many of their steps, and how many of them are at work at once."""

    name: str
    workers: tuple[str, ...]
    stations: dict[int, float]
    people: int
    spans: int


@dataclass(frozen=True)
class Attendance:
    """The crews, and the share of a step's time that it is attended, by station (index)."""

    crews: tuple[Crew, ...]
    attended: dict[int, float]


def attendance_of(
    timeline: Timeline, roles: Roles, visits: Visits, station: Ints, names: list[str]
) -> Attendance:
    """Who tends which station; `station` (n,) is that of each visit."""
    if not roles.workers or len(visits) == 0:
        return Attendance((), {})
    rows = timeline.intervals
    rows = rows[np.isin(rows["resource"], roles.workers) & np.isin(rows["state"], BUSY)]
    rows = rows[~np.isnan(rows["end"])]
    weights = _begun_with(rows["start"], rows["part"], visits, station, len(names))
    by_worker = {code: weights[rows["resource"] == code].sum(axis=0) for code in roles.workers}
    parted: dict[str, list[int]] = defaultdict(list)
    for code, counts in by_worker.items():
        if counts.sum() == 0:
            continue
        person = PERSON.fullmatch(timeline.name(code))
        parted[person[1] if person else names[int(counts.argmax())]].append(code)
    crews = []
    for name, codes in parted.items():
        counts = sum((by_worker[code] for code in codes), np.zeros(len(names)))
        tended = {
            k: float(counts[k]) for k in range(len(names)) if counts[k] >= SKILL * counts.sum()
        }
        mine = rows[np.isin(rows["resource"], codes)]
        people = min(at_once(mine["start"], mine["end"]), len(codes), 100)
        workers = tuple(timeline.name(code) for code in codes)
        crews.append(Crew(name, workers, tended, people, len(mine)))
    return Attendance(tuple(crews), _attended(rows, weights, visits, station, crews))


def _begun_with(starts: Floats, part: Ints, visits: Visits, station: Ints, many: int) -> Floats:
    """How much of each worker's span (m,) is at which station (m, many): of the steps that begin
    when it begins, of the same part where the log tells it, each counts alike."""
    order = np.argsort(visits.start, kind="stable")
    begins = visits.start[order]
    low = np.searchsorted(begins, starts - TOGETHER, side="left")
    high = np.searchsorted(begins, starts + TOGETHER, side="right")
    weights = np.zeros((len(starts), many))
    told = bool((part >= 0).any())
    if told:
        _of_the_part(weights, starts, part, visits, station)
        return weights
    for row in np.flatnonzero(high > low):
        mine = station[order[low[row] : high[row]]]
        np.add.at(weights[row], mine, 1 / len(mine))
    return weights


def _of_the_part(
    weights: Floats, starts: Floats, part: Ints, visits: Visits, station: Ints
) -> None:
    """The visit of the same part that was the last to begin, or begins just then."""
    shift = float(visits.start.max() - min(0.0, visits.start.min())) + 1e6
    keys = visits.part * shift + visits.start  # visits are by part and start
    at = np.searchsorted(keys, part * shift + starts + TOGETHER, side="right") - 1
    fits = (part >= 0) & (at >= 0)
    fits[fits] &= visits.part[at[fits]] == part[fits]
    weights[np.flatnonzero(fits), station[at[fits]]] = 1.0


def _attended(
    rows: Floats, weights: Floats, visits: Visits, station: Ints, crews: list[Crew]
) -> dict[int, float]:
    """The share of each tended station's time that somebody is there."""
    spent = rows["end"] - rows["start"]
    worked = visits.end - visits.start
    told = bool((rows["part"] >= 0).any())
    skilled = {k for crew in crews for k in crew.stations}
    begun = weights.sum(axis=0)
    many = np.bincount(station, minlength=weights.shape[1])
    tended = {k for k in skilled if begun[k] >= TENDED * many[k] or not told}
    if not told:  # of a worker's span only the first step is known: one share holds for all
        mine = np.isin(station, list(tended))
        share = min(1.0, float(spent.sum() / max(worked[mine].sum(), 1e-9)))
        return dict.fromkeys(sorted(tended), share)
    by_station = (weights * spent[:, None]).sum(axis=0)
    whole = np.bincount(station, visits.run + visits.setup, minlength=weights.shape[1])
    return {k: min(1.0, float(by_station[k] / max(whole[k], 1e-9))) for k in sorted(tended)}
