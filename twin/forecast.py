"""What a layout will make: its steady output, with intervals, and whether orders pile up."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from twin import experiments
from twin.cells.factory import Factory
from twin.experiments import Estimate, Horizon, Progress, estimate, output, replicate
from twin.production.plan import plan
from twin.production.run import Tally, run_id
from twin.timeline import WORKING, State

DAY = 86400.0


@dataclass(frozen=True)
class Forecast:
    """The headline of a layout that starts empty.

    Rates are parts or orders a second. `piling` is the growth of unfinished parts a second; they
    pile up where its interval lies above zero and it is more than 1 % of the demand. `lead_median`
    and `lead_p90` are quantiles [s] over all orders that ended in the window: where the next order
    falls, not where a mean lies. utilisation: resource -> share of its open time spent working.
    """

    horizon: Horizon
    run: str
    output: Estimate
    demand: Estimate
    piling: Estimate
    wip: Estimate
    lead_mean: Estimate | None
    lead_median: float
    lead_p90: float
    scrap: Estimate
    utilisation: Mapping[str, Estimate]
    tallies: tuple[Tally, ...]

    @property
    def piles_up(self) -> bool:
        """Whether orders come in faster than they are made."""
        return experiments.piles_up(self.tallies)

    def headline(self, noun: str = "parts") -> str:
        """One sentence: output with its interval, and what becomes of the rest."""
        made = self.output.scaled(DAY)
        text = (
            f"{made.mean:.0f} {noun} a day (mean within {made.low:.1f}-{made.high:.1f})"
            f" of {self.demand.mean * DAY:.0f} ordered"
        )
        if self.horizon.warm_up == 0:  # filling an empty plant is no piling up
            left = self.piling.mean * self.horizon.window
            return f"{text}, from an empty plant: {left:.0f} unfinished at the end"
        if self.piles_up:
            return f"{text}: orders pile up: {self.piling.mean * DAY:.0f} a day"
        return f"{text}: orders are met"


def predict(
    factory: Factory,
    until: float | str | None = None,
    *,
    replications: int | None = None,
    progress: Progress | None = None,
    cancelled: threading.Event | None = None,
) -> Forecast:
    """The steady output of a layout, or what it makes from empty up to `until`.

    Raises FindingsError where the factory has an error finding, Cancelled once `cancelled` is set.
    """
    horizon = experiments.horizon_of(factory, until, replications)
    tallies = replicate(factory, horizon, progress=progress, cancelled=cancelled)[0]
    return summarise(factory, horizon, tallies)


def summarise(factory: Factory, horizon: Horizon, tallies: Sequence[Tally]) -> Forecast:
    """The forecast that replications add up to."""
    tables = plan(factory)
    leads = np.concatenate([t.leads for t in tallies])
    means = [float(t.leads.mean()) for t in tallies if len(t.leads)]
    return Forecast(
        horizon=horizon,
        run=run_id(factory, horizon.seed, horizon.warm_up + horizon.window),
        output=estimate(output(tallies)),
        demand=experiments.demand(tallies),
        piling=experiments.piling(tallies),
        wip=estimate([t.wip for t in tallies]),
        lead_mean=estimate(means) if len(means) == len(tallies) else None,
        lead_median=float(np.median(leads)) if len(leads) else float("nan"),
        lead_p90=float(np.quantile(leads, 0.9)) if len(leads) else float("nan"),
        scrap=estimate([t.scraps / t.window for t in tallies]),
        utilisation=_utilisation((*tables.units, *tables.people), tallies),
        tallies=tuple(tallies),
    )


def _utilisation(names: tuple[str, ...], tallies: Sequence[Tally]) -> dict[str, Estimate]:
    times = np.array([np.concatenate([t.unit_times, t.people_times]) for t in tallies])
    working = times[:, :, sorted(WORKING)].sum(axis=2)
    outside = times[:, :, [State.OFF, State.MAINTENANCE, State.UNAVAILABLE]].sum(axis=2)
    planned = times.sum(axis=2) - outside
    shares = np.divide(working, planned, out=np.zeros_like(working), where=planned > 0)
    return {name: estimate(shares[:, i]) for i, name in enumerate(names)}
