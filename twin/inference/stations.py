"""Visits -> stations: which machines share a queue, how many parts each works at once.

Machines that do the same activity take turns if parts of the same product, at the same turn of that
activity in their way, go to either of them. Those that do are one station.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from twin.inference.visits import Visits

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
TURNS = 0.5  # share of the visits of the less used of two machines that the other could have had
ARTEFACT = 0.01  # of the busy time: more parts at once for less long are a booking, not a place
MOST_PLACES = 64


def turn_of(visits: Visits, key: Ints) -> Ints:
    """How often a part has come back to the same `key` (n,) after another one, (n,), from 0."""
    stays = np.zeros(len(visits), dtype=np.int64)
    stays[1:] = (visits.part[1:] == visits.part[:-1]) & (key[1:] == key[:-1])
    order = np.lexsort((np.arange(len(visits)), key, visits.part))
    part, what = visits.part[order], key[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (part[1:] != part[:-1]) | (what[1:] != what[:-1])
    begins = np.flatnonzero(new)
    turns = np.empty(len(order), dtype=np.int64)
    many = np.diff(np.append(begins, len(order)))
    come = np.cumsum(1 - stays[order])
    turns[order] = come - np.repeat(come[begins], many)
    return turns


def grouped(visits: Visits, product: Ints) -> list[list[int]]:
    """The machines of each station, as indices; `product` (n,) is what each visit's part is."""
    turns = turn_of(visits, visits.activity)
    rows = np.stack([visits.activity, product, turns, visits.machine], axis=1)
    kinds, counts = np.unique(rows, axis=0, return_counts=True)
    at: dict[tuple[int, ...], dict[int, int]] = defaultdict(dict)
    for (*key, machine), count in zip(kinds.tolist(), counts.tolist(), strict=True):
        at[tuple(key)][machine] = count
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for counted in at.values():
        for one, two in combinations(sorted(counted), 2):
            shared[one, two] += min(counted[one], counted[two])
    used = np.bincount(visits.machine, minlength=len(visits.machines))
    group = list(range(len(visits.machines)))
    for (one, two), both in sorted(shared.items()):
        if both >= TURNS * min(used[one], used[two]):
            old, new = group[two], group[one]
            group = [new if mine == old else mine for mine in group]
    return [
        [k for k, mine in enumerate(group) if mine == head and used[k]]
        for head in dict.fromkeys(group)
        if any(mine == head and used[k] for k, mine in enumerate(group))
    ]


def at_once(starts: Floats, ends: Floats) -> int:
    """How many of some spans (n,) [s] there are at once: the most, but for what lasts no longer
    than ARTEFACT of the time in which there is any."""
    times = np.concatenate([starts, ends])
    steps = np.concatenate([np.ones(len(starts)), -np.ones(len(ends))]).astype(np.int64)
    order = np.lexsort((steps, times))  # who ends makes room for who begins then
    level = np.cumsum(steps[order])[:-1]
    lasts = np.diff(times[order])
    held = np.bincount(np.maximum(level, 0), lasts) if len(level) else np.zeros(1)
    busy = held[1:].sum()
    above = busy - np.cumsum(held[1:])  # above[c - 1]: time with more than c at once
    fits = np.flatnonzero(above <= ARTEFACT * busy + 1e-9)
    return min(max(int(fits[0]) + 1 if len(fits) else 1, 1), MOST_PLACES)


def places(visits: Visits, machine: int) -> int:
    """How many parts a machine works at once."""
    mine = (visits.machine == machine) & visits.whole
    return at_once(visits.start[mine], visits.end[mine])


def slower(visits: Visits, machines: list[int], least: int) -> str:
    """Which of some machines takes much longer for what another does, too; empty if none."""
    for one, two in combinations(machines, 2):
        for activity in np.unique(visits.activity[visits.machine == one]):
            same = (visits.activity == activity) & visits.whole & (visits.run > 0)
            a, b = (visits.run[same & (visits.machine == k)] for k in (one, two))
            if min(len(a), len(b)) >= least:
                ratio = float(np.median(a) / np.median(b))
                if not 2 / 3 <= ratio <= 1.5:
                    slow, fast = (one, two) if ratio > 1 else (two, one)
                    factor = max(ratio, 1 / ratio)
                    return (
                        f"{visits.machines[slow]} takes {factor:.1f} times as long as "
                        f"{visits.machines[fast]} for the same"
                    )
    return ""
