"""What a station loses: set-ups, by chance or by a change of product, and stops.

Where the log has no set-ups, a step that takes longer after another product than after the same one
shows them: significantly (Mann-Whitney, one in a thousand) and by a tenth of its time at least.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from twin.inference.durations import FITTED, SHIFT, Observed, observe, spoken
from twin.inference.evidence import Evidence
from twin.inference.stations import turn_of
from twin.inference.visits import Flags, Visits
from twin.timeline import State

OFTEN, SELDOM, ENOUGH = 0.8, 0.05, 10
SURE, LONGER = 1e-3, 0.1
FEWEST_STOPS = 3


@dataclass(frozen=True)
class Change:
    """What a station needs after another product; None where it needs nothing. `hidden` (n,) are
    the visits whose run has such a set-up within it."""

    time: Observed | None = None
    hidden: Flags | None = None


def changeover(seen: Evidence, station: int, longest: float = SHIFT) -> Change:
    """The set-ups of a station that come with a change of product."""
    visits = seen.visits
    mine = np.flatnonzero(seen.station == station)
    mine = mine[np.lexsort((visits.start[mine], visits.machine[mine]))]
    if len(mine) < 2:
        return Change()
    follows = visits.machine[mine][1:] == visits.machine[mine][:-1]
    differs = seen.product[mine][1:] != seen.product[mine][:-1]
    changed, same = mine[1:][follows & differs], mine[1:][follows & ~differs]
    if len(changed) < ENOUGH or len(same) < ENOUGH:
        return Change()
    if (visits.setup[mine] > 0).any():
        often = (visits.setup[changed] > 0).mean() >= OFTEN
        if often and (visits.setup[same] > 0).mean() <= SELDOM:
            return Change(observe(visits.setup[changed][visits.whole[changed]], longest))
        return Change()
    return _hidden(seen, changed, same)


def _hidden(seen: Evidence, changed: np.ndarray, same: np.ndarray) -> Change:
    """Set-ups that the log counts as work."""
    visits = seen.visits
    changed, same = (x[visits.whole[x] & (visits.run[x] > 0)] for x in (changed, same))
    if len(changed) < FITTED or len(same) < FITTED:
        return Change()
    turn = np.minimum(turn_of(visits, seen.label), 9)
    kind = (seen.label * (int(seen.product.max()) + 1) + seen.product) * 10 + turn
    total = np.bincount(kind[same], visits.run[same], minlength=int(kind.max()) + 1)
    many = np.bincount(kind[same], minlength=int(kind.max()) + 1)
    mean = np.where(many > 0, total / np.maximum(many, 1), np.nan)
    changed = changed[many[kind[changed]] >= ENOUGH]
    if len(changed) < FITTED:
        return Change()
    after, usual = visits.run[changed] / mean[kind[changed]], visits.run[same] / mean[kind[same]]
    sure = stats.mannwhitneyu(after, usual, alternative="greater").pvalue < SURE
    longer = float((visits.run[changed] - mean[kind[changed]]).mean())
    if not sure or longer < LONGER * float(visits.run[same].mean()):
        return Change()
    basis = f"measured: longer after another product, n = {len(changed):,}"
    value: dict[str, object] = {"dist": "constant", "value": spoken(longer), "basis": basis}
    hidden = np.zeros(len(visits), dtype=bool)
    hidden[changed] = True
    return Change(Observed(value, longer, len(changed), 0, 0), hidden)


def steps_with_setup(visits: Visits, chosen: Flags, longest: float) -> dict[str, object] | None:
    """The set-up of a step that comes by chance: how long, and how often."""
    with_setup = chosen & (visits.setup > 0)
    time = observe(visits.setup[with_setup], longest)
    if time is None:
        return None
    count, total = int(with_setup.sum()), int(chosen.sum())
    found: dict[str, object] = {"time": time.value}
    if count < total:
        found["chance"] = f"{round(100 * count / total, 2):g} %"
        found["basis"] = {"chance": f"measured: {count:,} of {total:,}"}
    return found


def stops(seen: Evidence, station: int) -> dict[str, object] | None:
    """How often and for how long the machines of a station are down."""
    names = {seen.visits.machines[k] for k in seen.groups[station]}
    codes = [code for code, name in seen.roles.machines.items() if name in names]
    rows = seen.timeline.intervals
    mine = rows[np.isin(rows["resource"], codes) & ~np.isnan(rows["end"])]
    down = mine[mine["state"] == State.DOWN]
    lasts = observe(down["end"] - down["start"], float("inf"))
    if lasts is None or lasts.count < FEWEST_STOPS:
        return None
    work = mine[mine["state"] == State.PROCESSING]
    every = float((work["end"] - work["start"]).sum()) / lasts.count
    if every <= 0:
        return None
    basis = f"measured: time of work over n = {lasts.count:,}; that they come by chance is guessed"
    return {
        "clock": "work",
        "every": {"dist": "exponential", "mean": spoken(every), "basis": basis},
        "lasts": lasts.value,
    }
