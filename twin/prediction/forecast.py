"""Replications from where a plant stands -> when each open order is done, and what is busy.

All that is said of an order, of an hour or of a machine is a prediction interval: quantiles of what
happens over the futures, which more replications do not narrow.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin import experiments
from twin.cells.factory import Factory
from twin.cores import on_all_cores
from twin.errors import Cancelled, RunError
from twin.production.plan import Plan, Variant, plan
from twin.production.run import ENDS, Runner, refuse_errors, seconds
from twin.production.standing import OpenOrder, Standing
from twin.timeline import WORKING, Outcome, State

HOUR = 3600.0
REPLICATIONS = 200
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.9, 0.95)
_BLOCK = 25  # replications that share one world

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class OrderForecast:
    """What becomes of one open order.

    `finishes` (futures,): when it is done by the layout's clock [s]; infinite where that is not
    before the horizon, or never (it is scrapped). `scrapped`: the share of futures in which it is.
    """

    order: OpenOrder
    finishes: Floats
    scrapped: float

    def quantile(self, share: float) -> float:
        """When such a share of the futures has it done [s]; infinite: not before the horizon."""
        return float(np.quantile(self.finishes, share, method="inverted_cdf"))

    @property
    def on_time(self) -> float:
        """The share of futures in which it is done by its due date; NaN where it has none."""
        if np.isnan(self.order.due):
            return float("nan")
        return float(np.mean(self.finishes <= self.order.due))


@dataclass(frozen=True)
class Load:
    """How a place to work at spends the horizon, of its open time: mean share spent working, 5 and
    95 % quantiles over the futures, and the share of futures in which it is the busiest of all."""

    unit: str
    mean: float
    low: float
    high: float
    busiest: float


@dataclass(frozen=True)
class StateForecast:
    """The futures of a plant from `begin` to `end` [s] by the layout's clock.

    completed (futures, hours): parts that leave finished in each hour from `begin` on, the last one
    cut at `end`.
    """

    begin: float
    end: float
    orders: tuple[OrderForecast, ...]
    completed: Floats
    loads: tuple[Load, ...]

    @property
    def futures(self) -> int:
        """How many replications there were."""
        return len(self.completed)

    @property
    def next_bottleneck(self) -> Load | None:
        """The place that is the busiest in most futures; None where nothing is worked at all."""
        most = max(self.loads, key=lambda load: (load.busiest, load.mean), default=None)
        return most if most is not None and most.busiest > 0 else None

    def hours(self, share: float) -> Floats:
        """A quantile of the parts that leave in each hour (hours,)."""
        return np.quantile(self.completed, share, axis=0)


def forecast(
    factory: Factory,
    standing: Standing,
    horizon: float | str,
    *,
    replications: int = REPLICATIONS,
    seed: int = 1,
    variant: Variant | None = None,
    cancelled: threading.Event | None = None,
) -> StateForecast:
    """What happens from a standing on, up to a horizon [s, or a text such as "4 h"] after it.

    Raises FindingsError where the factory has an error finding, RunError where the plant cannot
    stand like that or there are fewer than two replications, Cancelled once `cancelled` is set.
    """
    refuse_errors(factory)
    if replications < 2:
        raise RunError(f"replications {replications}: quantiles need at least two; 200 are usual")
    length = seconds(horizon)
    if length <= 0:
        raise RunError("horizon 0: there is nothing to forecast; give a time such as '4 h'")
    tables = plan(factory, variant, standing)
    until = standing.time + length
    found: dict[int, tuple[Floats, Floats, Floats]] = {}

    def block(numbers: range, ended: threading.Event) -> None:
        runner = Runner(tables, ended, ENDS)
        for k in numbers:
            if ended.is_set():
                raise Cancelled
            found[k] = runner.future(seed, k, until)

    starts = range(0, replications, _BLOCK)
    blocks = [range(k, min(k + _BLOCK, replications)) for k in starts]
    on_all_cores(block, blocks, cancelled)
    runs = [found[k] for k in range(replications)]
    return _summed(tables, standing, until, runs)


def _summed(
    tables: Plan,
    standing: Standing,
    until: float,
    runs: Sequence[tuple[Floats, Floats, Floats]],
) -> StateForecast:
    begin = standing.time
    ends = np.array([run[0] for run in runs])  # (futures, 2, orders)
    done = ends[:, 1] == Outcome.DONE
    finishes = np.where(done, ends[:, 0], np.inf)
    scrapped = (ends[:, 1] == Outcome.SCRAPPED).mean(axis=0)
    edges = np.append(np.arange(begin, until, HOUR), until)
    completed = np.array([np.histogram(run[1], edges)[0] for run in runs], float)
    return StateForecast(
        begin=begin,
        end=until,
        orders=tuple(
            OrderForecast(order, finishes[:, k], float(scrapped[k]))
            for k, order in enumerate(standing.orders)
        ),
        completed=completed,
        loads=_loads(tables.units, np.array([run[2] for run in runs])),
    )


def _loads(units: Sequence[str], times: Floats) -> tuple[Load, ...]:
    """From time in each state (futures, units, states)."""
    working = times[:, :, sorted(WORKING)].sum(axis=2)
    outside = times[:, :, [State.OFF, State.MAINTENANCE, State.UNAVAILABLE]].sum(axis=2)
    planned = times.sum(axis=2) - outside
    shares = np.divide(working, planned, out=np.zeros_like(working), where=planned > 0)
    busiest = np.bincount(shares[shares.any(axis=1)].argmax(axis=1), minlength=len(units))
    low, high = np.quantile(shares, [0.05, 0.95], axis=0)
    return tuple(
        Load(name, float(m), float(a), float(b), float(c))
        for name, m, a, b, c in zip(
            units, shares.mean(axis=0), low, high, busiest / len(times), strict=True
        )
    )


def paired(before: StateForecast, after: StateForecast) -> Mapping[str, experiments.Estimate]:
    """By how much each order that is in both is done later, in mean over the futures that have it
    done in both [s], with the 95 % interval of that mean: future k of both shares its chance."""
    later = {}
    known = {one.order.name: one.finishes for one in before.orders}
    for one in after.orders:
        if one.order.name in known:
            both = np.isfinite(one.finishes) & np.isfinite(known[one.order.name])
            if both.sum() > 1:
                delay = one.finishes[both] - known[one.order.name][both]
                later[one.order.name] = experiments.estimate(delay)
    return later
