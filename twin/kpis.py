"""Timeline -> figures, by the names of ISO 22400-2.

How a state counts: processing is production time (APT), set-up is AUST; starved, blocked, waiting
for crew, held and idle are delay (ADET); down is ADOT; off and maintenance lie outside planned
busy time (PBT), and so does unavailable, which is reported apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from twin.errors import RunError
from twin.recordings.totals import Totals
from twin.timeline import Outcome, State, Timeline

Floats = NDArray[np.float64]
_NO_LENGTH = "the timeline has no length: there is nothing to measure"
_DELAY = (State.IDLE, State.STARVED, State.BLOCKED, State.WAITING_CREW, State.HELD)


@dataclass(frozen=True)
class ResourceKpis:
    """Figures of one machine place, arm, vehicle or person.

    states: seconds in each state; they add up to the clock. Counts are of finished operations.
    `planned` is the planned run time of an item (PRI) [s]; without one, the realised mean is
    taken, and then effectiveness is 1 by definition.
    """

    name: str
    states: Mapping[State, float]
    done: int = 0
    scrap: int = 0
    rework: int = 0
    planned: float | None = None

    def _sum(self, *states: State) -> float:
        return sum(self.states.get(state, 0.0) for state in states)

    @property
    def production(self) -> float:
        """APT [s]."""
        return self._sum(State.PROCESSING)

    @property
    def setup(self) -> float:
        """AUST [s]."""
        return self._sum(State.SETUP)

    @property
    def delay(self) -> float:
        """ADET [s]."""
        return self._sum(*_DELAY)

    @property
    def down(self) -> float:
        """ADOT [s]."""
        return self._sum(State.DOWN)

    @property
    def outside(self) -> float:
        """Outside planned busy time, or without data [s]."""
        return self._sum(State.OFF, State.MAINTENANCE, State.UNAVAILABLE)

    @property
    def planned_busy(self) -> float:
        """PBT [s]."""
        return self.production + self.setup + self.delay + self.down

    @property
    def utilisation(self) -> float:
        """(APT + AUST) / PBT; 0 where nothing was planned."""
        return _ratio(self.production + self.setup, self.planned_busy)

    @property
    def availability(self) -> float:
        """APT / PBT, as ISO has it: set-up and delay count as losses."""
        return _ratio(self.production, self.planned_busy)

    @property
    def effectiveness(self) -> float:
        """PRI * PQ / APT."""
        if self.planned is None:
            return 1.0 if self.done else 0.0
        return _ratio(self.planned * self.done, self.production)

    @property
    def quality(self) -> float:
        """GQ / PQ."""
        return _ratio(self.done - self.scrap - self.rework, self.done)

    @property
    def oee(self) -> float:
        """Availability * effectiveness * quality = PRI * GQ / PBT."""
        return self.availability * self.effectiveness * self.quality


@dataclass(frozen=True)
class Kpis:
    """Figures of a timeline. Times in s; `leads` (n,) [s] from release to end of finished orders;
    `throughput` is parts of finished orders a second; `wip` the mean number of parts on order."""

    window: float
    resources: Mapping[str, ResourceKpis]
    finished: int
    released: int
    scrapped: int
    parts: int
    leads: Floats
    wip: float
    origin: str
    run: str
    products: Mapping[str, int] = field(default_factory=dict)

    @property
    def throughput(self) -> float:
        return self.parts / self.window

    def lead(self, share: float) -> float:
        """Quantile of the lead time [s]; NaN where no order ended."""
        return float(np.quantile(self.leads, share)) if len(self.leads) else float("nan")


def _ratio(top: float, bottom: float) -> float:
    return top / bottom if bottom > 0 else 0.0


def state_times(timeline: Timeline) -> dict[str, dict[State, float]]:
    """Seconds in each state of each resource, open intervals counted up to the end of the clock.

    Where a resource has no interval, it is UNAVAILABLE. Raises RunError where intervals of one
    resource overlap or lie outside the clock.
    """
    clock = timeline.end - timeline.start
    rows = timeline.intervals
    ends = np.where(np.isnan(rows["end"]), timeline.end, rows["end"])
    result: dict[str, dict[State, float]] = {}
    for code in timeline.resources:
        mine = rows["resource"] == code
        lengths = ends[mine] - rows["start"][mine]
        sums = np.bincount(rows["state"][mine], weights=lengths, minlength=len(State))
        times = {state: float(sums[state]) for state in State if sums[state] > 0}
        missing = clock - sum(times.values())
        _check_tiling(timeline, code, rows["start"][mine], ends[mine])
        if missing > 1e-6 * max(clock, 1.0):
            times[State.UNAVAILABLE] = times.get(State.UNAVAILABLE, 0.0) + missing
        result[timeline.name(code)] = times
    return result


def _check_tiling(timeline: Timeline, code: int, starts: Floats, ends: Floats) -> None:
    order = np.argsort(starts, kind="stable")
    starts, ends = starts[order], ends[order]
    slack = 1e-6 * max(1.0, timeline.end - timeline.start)
    if len(starts) == 0:
        return
    overlap = starts[1:] < ends[:-1] - slack
    outside = (starts[0] < timeline.start - slack) | (ends[-1] > timeline.end + slack)
    if overlap.any() or outside or (ends < starts).any():
        raise RunError(
            f"the timeline says that {timeline.name(code)!r} is in two states at once, "
            "or outside the clock"
        )


def measure(timeline: Timeline, planned: Mapping[str, float] | None = None) -> Kpis:
    """All figures of a timeline; `planned`: resource -> planned run time of an item [s].

    Raises RunError where the timeline contradicts itself (see `check`).
    """
    if timeline.end <= timeline.start:
        raise RunError(_NO_LENGTH)
    return measure_totals(Totals(timeline, state_times(timeline), _counts(timeline)), planned)


def measure_totals(totals: Totals, planned: Mapping[str, float] | None = None) -> Kpis:
    """All figures of the sums over a timeline, as `measure` has them. Raises RunError."""
    timeline, counts, planned = totals.timeline, totals.counts, planned or {}
    window = timeline.end - timeline.start
    if window <= 0:
        raise RunError(_NO_LENGTH)
    resources = {
        name: ResourceKpis(
            name,
            times,
            done=counts.get((name, "done"), 0),
            scrap=counts.get((name, "scrap"), 0),
            rework=counts.get((name, "rework"), 0),
            planned=planned.get(name),
        )
        for name, times in totals.states.items()
    }
    orders = timeline.orders
    ended = (orders["end"] > timeline.start) & (orders["end"] <= timeline.end)
    done = orders[ended & (orders["outcome"] == Outcome.DONE)]
    released = (orders["release"] >= timeline.start) & (orders["release"] < timeline.end)
    begin = np.fmax(orders["release"], timeline.start)
    until = np.fmin(np.where(np.isnan(orders["end"]), timeline.end, orders["end"]), timeline.end)
    inside = np.fmax(until - begin, 0.0)
    leads = done["end"] - done["release"]
    products = {
        timeline.name(code): int(done["quantity"][done["product"] == code].sum())
        for code in np.unique(done["product"])
    }
    result = Kpis(
        window=window,
        resources=resources,
        finished=len(done),
        released=int(released.sum()),
        scrapped=int((ended & (orders["outcome"] == Outcome.SCRAPPED)).sum()),
        parts=int(done["quantity"].sum()),
        leads=leads[~np.isnan(leads)],
        wip=float((inside * orders["quantity"]).sum() / window),
        origin=timeline.origin,
        run=timeline.run,
        products=products,
    )
    check(result)
    return result


def _counts(timeline: Timeline) -> dict[tuple[str, str], int]:
    points = timeline.points
    pairs, counts = np.unique(
        np.stack([points["resource"], points["name"]]), axis=1, return_counts=True
    )
    return {
        (timeline.name(r), timeline.name(n)): int(count)
        for (r, n), count in zip(pairs.T, counts, strict=True)
    }


def check(kpis: Kpis) -> None:
    """Assert the identities that hold on every timeline; RunError names the one that does not.

    State times add up to the clock; the time elements add up to the clock; the OEE product is
    PRI * GQ / PBT.
    """
    for one in kpis.resources.values():
        clock = sum(one.states.values())
        if abs(clock - kpis.window) > 1e-6 * kpis.window:
            raise RunError(f"state times of {one.name!r} add up to {clock}, not {kpis.window} s")
        elements = one.planned_busy + one.outside
        if abs(elements - kpis.window) > 1e-6 * kpis.window:
            raise RunError(f"time elements of {one.name!r} add up to {elements} s")
        if one.planned is not None and one.production > 0:
            good = one.done - one.scrap - one.rework
            direct = _ratio(one.planned * good, one.planned_busy)
            if abs(direct - one.oee) > 1e-9 * max(1.0, direct):
                raise RunError(f"the OEE of {one.name!r} is {one.oee}, its parts say {direct}")
