"""What a layout will make: its steady output, with intervals, and whether orders pile up."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from twin import experiments
from twin.cells.factory import Factory
from twin.errors import RunError
from twin.experiments import Estimate, Horizon, Progress, estimate, output, replicate
from twin.production.plan import plan
from twin.production.run import Tally, run_id
from twin.timeline import WORKING, State
from twin.warm_up import WarmUp

DAY = 86400.0


@dataclass(frozen=True)
class Forecast:
    """The headline of a layout that starts empty.

    An `Estimate` is where the model's mean lies, and narrows with more replications. `lead_p05`,
    `lead_median`, `lead_p90` and `lead_p95` are quantiles [s] over all orders that ended in the
    window: where the next order falls (between p05 and p95 nine times of ten), which no number of
    replications narrows. Rates are parts or orders a second. `piling` is the growth of unfinished
    parts a second; they pile up where its interval lies above zero and it is more than 1 % of the
    demand. utilisation: resource -> share of its open time spent working. precision: the relative
    half-width of the output's interval that was asked for, if any.
    """

    horizon: Horizon
    run: str
    output: Estimate
    demand: Estimate
    piling: Estimate
    wip: Estimate
    lead_mean: Estimate | None
    lead_p05: float
    lead_median: float
    lead_p90: float
    lead_p95: float
    scrap: Estimate
    utilisation: Mapping[str, Estimate]
    tallies: tuple[Tally, ...]
    precision: float | None = None

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

    @property
    def is_precise(self) -> bool:
        """Whether the output's interval is as narrow as was asked for."""
        wanted = np.inf if self.precision is None else self.precision
        return self.output.half_width <= wanted * self.output.mean

    def notes(self) -> list[str]:
        """Sentences on how the warm-up was found and how precise the output is; none where neither
        was asked for."""
        said = [] if self.horizon.found is None else [_found(self.horizon.found)]
        if self.precision is not None:
            reached = f"{100 * self.output.half_width / self.output.mean:.2g} % of its mean"
            count, wanted = self.horizon.replications, f"{100 * self.precision:g} %"
            said.append(
                f"{count} runs: the mean output is known to ± {reached} ({wanted} was asked for)."
                if self.is_precise
                else f"Stopped at {count} runs, the most allowed, with the mean output known to"
                f" ± {reached} only: {wanted} was asked for; allow more replications."
            )
        return said


def _found(found: WarmUp) -> str:
    """How a warm-up was found, and what had no steady part."""
    looked = f"{found.looked / DAY:.3g} days"
    if found.output is None:
        return (
            f"No steady output was found in {looked} from the start: half of that is forgotten, and"
            " the figures may still drift; name a longer window, or a warm_up, under study."
        )
    how = f"Warm-up found by MSER-5 on the mean of {found.runs} runs of {looked}, doubled"
    if found.parts is not None:
        return f"{how}: output and parts in the plant are steady."
    why = "pile up" if found.piles_up else "did not settle in that time"
    return (
        f"{how}: output is steady, parts in the plant {why}; lead times depend on when one looks."
    )


def predict(
    factory: Factory,
    until: float | str | None = None,
    *,
    replications: int | None = None,
    precision: float | str | None = None,
    progress: Progress | None = None,
    cancelled: threading.Event | None = None,
) -> Forecast:
    """The steady output of a layout, or what it makes from empty up to `until`.

    precision: a share of the mean ("2 %"), such that there are as many replications as bring the
    half-width of the output's 95 % interval below it, at least 10 and at most `replications` (1000
    where that is not given). Raises FindingsError where the factory has an error finding, RunError
    for a precision or a number of replications that cannot be, Cancelled once `cancelled` is set.
    """
    if precision is None:
        horizon = experiments.horizon_of(factory, until, replications, cancelled=cancelled)
        tallies = replicate(factory, horizon, progress=progress, cancelled=cancelled)[0]
        return summarise(factory, horizon, tallies)
    share = experiments.share_of_mean(precision)
    most = experiments.MOST if replications is None else replications
    if most < experiments.FEWEST:
        raise RunError(
            f"replications {most}: with a precision this is the most there may be; give at least"
            f" {experiments.FEWEST}"
        )
    horizon = experiments.horizon_of(factory, until, most, cancelled=cancelled)
    tallies = experiments.replicate_until(
        factory, horizon, share, progress=progress, cancelled=cancelled
    )
    made = summarise(factory, replace(horizon, replications=len(tallies)), tallies)
    return replace(made, precision=share)


def summarise(factory: Factory, horizon: Horizon, tallies: Sequence[Tally]) -> Forecast:
    """The forecast that replications add up to."""
    tables = plan(factory)
    leads = np.concatenate([t.leads for t in tallies])
    asked = (0.05, 0.5, 0.9, 0.95)
    quantiles = np.quantile(leads, asked).tolist() if len(leads) else [float("nan")] * len(asked)
    means = [float(t.leads.mean()) for t in tallies if len(t.leads)]
    return Forecast(
        horizon=horizon,
        run=run_id(factory, horizon.seed, horizon.warm_up + horizon.window),
        output=estimate(output(tallies)),
        demand=experiments.demand(tallies),
        piling=experiments.piling(tallies),
        wip=estimate([t.wip for t in tallies]),
        lead_mean=estimate(means) if len(means) == len(tallies) else None,
        lead_p05=quantiles[0],
        lead_median=quantiles[1],
        lead_p90=quantiles[2],
        lead_p95=quantiles[3],
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
