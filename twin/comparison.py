"""Layouts compared by paired replications: what each does, and what the step between them changes.

Replication k of every layout shares its chance (common random numbers): what a machine or an order
draws in one it draws in the other, too, so that the differences of pairs vary far less than the
figures themselves. All intervals here are 95 % confidence intervals of means: they say where the
model's mean lies and narrow with more replications. Where the next order falls is another question,
which a forecast's quantiles answer.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from twin.cells.factory import Factory
from twin.economics import Bill, Prices
from twin.errors import RunError
from twin.experiments import Estimate, Horizon, Progress, estimate, output, piles_up, replicate
from twin.layout.changes import difference
from twin.layout.schema import Layout
from twin.production.plan import plan
from twin.production.run import Tally, run_id

DAY = 86400.0
NO_DIFFERENCE = "no measurable difference"
NOT_COMPARABLE = "not comparable"
INTERVALS = (
    "± is the 95 % confidence interval of a mean over the replications (Student's t), each by "
    "itself; a difference is the mean over pairs of replications that share their chance."
)
ALIKE = 1e-5  # of a figure's size: nobody could measure a difference below it on a floor

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """The replications of a layout over a horizon.

    run: their id. units, people: names of the rows of each tally's unit_times and people_times.
    """

    layout: Layout
    horizon: Horizon
    run: str
    units: tuple[str, ...]
    people: tuple[str, ...]
    tallies: tuple[Tally, ...]

    @cached_property
    def values(self) -> Mapping[str, Floats]:
        """Key of a figure -> what each replication says, in the figure's unit (replications,);
        NaN where one says nothing, as of the lead time where no order ended."""
        return {each.key: np.asarray(each.values(self), float) for each in MEASURES}

    @cached_property
    def bills(self) -> Sequence[Bill]:
        """What each replication used."""
        prices = Prices(self.layout, self.units, self.people)
        return [prices.bill(tally) for tally in self.tallies]

    @cached_property
    def leads(self) -> Floats:
        """Median and 90 % quantile of the lead times [s] in each replication (replications, 2)."""
        nothing = np.full(2, np.nan)
        quantiles = [
            np.quantile(tally.leads, (0.5, 0.9)) if len(tally.leads) else nothing
            for tally in self.tallies
        ]
        return np.array(quantiles)

    def mean(self, key: str) -> Estimate | None:
        """The mean of a figure over the replications; None where one of them says nothing."""
        return _mean(self.values[key])


@dataclass(frozen=True)
class Figure:
    """One figure of one layout. unit: parts/day, s, parts, share, m/day, J/part or EUR/part."""

    key: str
    label: str
    unit: str
    mean: Estimate | None


@dataclass(frozen=True)
class Effect:
    """One figure of two layouts, and the mean difference of their pairs (after less before).

    unit: as of a `Figure`. An estimate is None where a replication says nothing.
    """

    key: str
    label: str
    unit: str
    before: Estimate | None
    after: Estimate | None
    difference: Estimate | None

    @property
    def is_measurable(self) -> bool:
        """Whether the interval of the difference leaves out zero."""
        if self.difference is None or self.before is None or self.after is None:
            return False
        size = max(abs(self.before.mean), abs(self.after.mean))
        low, high = self.difference.low, self.difference.high
        return (low > 0 or high < 0) and abs(self.difference.mean) > ALIKE * size

    @property
    def words(self) -> str:
        """What is to be said instead of a difference; empty where there is one."""
        if self.difference is None:
            return NOT_COMPARABLE
        return "" if self.is_measurable else NO_DIFFERENCE


@dataclass(frozen=True)
class Comparison:
    """The step from one layout to another: what was changed, in words, and what that does."""

    before: Sample
    after: Sample
    changes: tuple[str, ...]
    effects: tuple[Effect, ...]


def shared_horizon(horizons: Sequence[Horizon]) -> Horizon:
    """One horizon for all layouts of a comparison: that of the first, with the longest warm-up."""
    longest = max(horizons, key=lambda each: each.warm_up)
    return replace(horizons[0], warm_up=longest.warm_up, found=longest.found)


def observe(
    factory: Factory,
    horizon: Horizon,
    *,
    progress: Progress | None = None,
    cancelled: threading.Event | None = None,
) -> Sample:
    """The replications of a layout, to be compared.

    Raises FindingsError where the factory has an error finding, RunError where nothing is made or
    a simulation cannot go on, Cancelled once `cancelled` is set.
    """
    (tallies,) = replicate(factory, horizon, progress=progress, cancelled=cancelled)
    if not output(tallies).any():
        raise RunError(
            f"nothing is made within the window of {horizon.window:g} s, so that there is nothing "
            "to compare; look at a longer time"
        )
    tables = plan(factory)
    run = run_id(factory, horizon.seed, horizon.warm_up + horizon.window)
    return Sample(factory.layout, horizon, run, tables.units, tables.people, tuple(tallies))


def compare(before: Sample, after: Sample) -> Comparison:
    """Two layouts that were observed alike. Raises RunError where they were not."""
    return Comparison(
        before,
        after,
        tuple(difference(before.layout, after.layout)),
        effects(before, after),
    )


def figures_of(sample: Sample) -> tuple[Figure, ...]:
    """The figures that say something of a layout."""
    return tuple(
        Figure(each.key, each.label, each.unit, sample.mean(each.key))
        for each in MEASURES
        if each.matters(sample, sample.values[each.key])
    )


def effects(before: Sample, after: Sample) -> tuple[Effect, ...]:
    """The figures that say something of either layout, and their paired differences.

    Raises RunError where replication k of one does not pair with replication k of the other.
    """
    if not before.horizon.pairs_with(after.horizon):
        raise RunError(
            f"{before.layout.name} and {after.layout.name} cannot be compared: their seeds, "
            "windows, replications or warm-ups differ; observe both over one horizon"
        )
    return tuple(
        _effect(each, before, after)
        for each in MEASURES
        if any(each.matters(one, one.values[each.key]) for one in (before, after))
    )


def _effect(measure: Measure, before: Sample, after: Sample) -> Effect:
    old, new = before.values[measure.key], after.values[measure.key]
    change = _mean(new - old)
    return Effect(measure.key, measure.label, measure.unit, _mean(old), _mean(new), change)


def _mean(values: Floats) -> Estimate | None:
    return estimate(values) if np.isfinite(values).all() else None


# --- what is measured of each replication ------------------------------------------------------


def _says_something(sample: Sample, values: Floats) -> bool:
    return bool(np.isfinite(values).any())


def _occurs(sample: Sample, values: Floats) -> bool:
    return bool((values > 0).any())


def _piles_up(sample: Sample, values: Floats) -> bool:
    return piles_up(sample.tallies)


@dataclass(frozen=True)
class Measure:
    """How a figure is read from replications; `matters` says where it is worth telling."""

    key: str
    label: str
    unit: str
    values: Callable[[Sample], Sequence[float] | Floats]
    matters: Callable[[Sample, Floats], bool] = _says_something


def _daily(sample: Sample, amount: Callable[[Tally], float]) -> list[float]:
    return [amount(tally) / tally.window * DAY for tally in sample.tallies]


def _per_part(sample: Sample, amount: Callable[[Bill], float]) -> list[float]:
    """Of each good part; NaN where a replication made none."""
    pairs = zip(sample.bills, sample.tallies, strict=True)
    return [amount(bill) / tally.exits if tally.exits else np.nan for bill, tally in pairs]


def _output(sample: Sample) -> list[float]:
    return _daily(sample, lambda tally: tally.exits)


def _piling(sample: Sample) -> list[float]:
    return _daily(sample, lambda tally: tally.wip_change)


def _lead_median(sample: Sample) -> Floats:
    return sample.leads[:, 0]


def _lead_p90(sample: Sample) -> Floats:
    return sample.leads[:, 1]


def _wip(sample: Sample) -> list[float]:
    return [tally.wip for tally in sample.tallies]


def _on_time(sample: Sample) -> list[float]:
    """Of the orders with a due date that were done in the window."""
    due = [tally.lateness[~np.isnan(tally.lateness)] for tally in sample.tallies]
    return [float((late <= 0).mean()) if len(late) else np.nan for late in due]


def _walked(sample: Sample) -> list[float]:
    """NaN where people walk in no time: their ways are not counted then."""
    crews = [crew for crew in sample.layout.crews.values() if crew.people]
    if crews and not any(crew.walking for crew in crews):
        return [np.nan] * len(sample.tallies)
    return _daily(sample, lambda tally: float(tally.walked.sum()))


def _carried(sample: Sample) -> list[float]:
    """NaN where parts are carried in no time, as above."""
    if not sample.layout.transport.speed:
        return [np.nan] * len(sample.tallies)
    return _daily(sample, lambda tally: tally.carried)


def _driven(sample: Sample) -> list[float]:
    return _daily(sample, lambda tally: float(tally.driven.sum()))


def _energy(sample: Sample) -> list[float]:
    return _per_part(sample, lambda bill: bill.energy)


def _cost(sample: Sample) -> list[float]:
    return _per_part(sample, lambda bill: bill.cost)


def _scrap(sample: Sample) -> list[float]:
    """Of the parts that were finished or scrapped."""
    ended = [(tally.scraps, tally.scraps + tally.exits) for tally in sample.tallies]
    return [scraps / both if both else np.nan for scraps, both in ended]


MEASURES = (
    Measure("output", "Output", "parts/day", _output),
    Measure("piling", "Unfinished parts, growth", "parts/day", _piling, _piles_up),
    Measure("lead", "Lead time, median", "s", _lead_median),
    Measure("lead_p90", "Lead time, 90 %", "s", _lead_p90),
    Measure("wip", "Work in process", "parts", _wip),
    Measure("on_time", "On time", "share", _on_time),
    Measure("walked", "Walking", "m/day", _walked, _occurs),
    Measure("carried", "Carried by hand", "m/day", _carried, _occurs),
    Measure("driven", "Driven by vehicles", "m/day", _driven, _occurs),
    Measure("energy", "Energy", "J/part", _energy),
    Measure("cost", "Cost", "EUR/part", _cost),
    Measure("scrap", "Scrap", "share", _scrap, _occurs),
)
