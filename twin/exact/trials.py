"""Runs of a case, as its measures ask for them: measure -> Sample."""

from __future__ import annotations

import hashlib
import json
import math
import threading
from dataclasses import dataclass

import numpy as np

from twin.active_periods import bottleneck_history
from twin.cells.factory import Factory
from twin.errors import RunError
from twin.exact.cases import Case, Measure
from twin.exact.documents import ONLY, Document, Unsupported, documents_of
from twin.exact.measures import ENDING, STEADY, WHOLE, Floats, Name, View, spread
from twin.experiments import Estimate, estimate, gain
from twin.layout.schema import Layout
from twin.production.plan import Variant, plan
from twin.production.run import Runner
from twin.timeline import Names, State, Timeline, table

FEWEST = 20  # replications behind an interval
GROUPS = 20  # of runs, behind the interval of a quantile
FASTER = 1 / 1.05  # on the times of a station: its rate is 5 % higher
CYCLES = 100  # exits for which a run that repeats itself is watched
FIRST_LOOK, FARTHEST = 64.0, 1e7  # units of time within which a run that ends does so
BEYOND = 1000.0  # as many times as long as one run took is enough for any other
BY_CHANCE = ("ci_cover", "analytic", "abs")  # rules that may ask for many runs


@dataclass(frozen=True)
class Sample:
    """What runs say of a measure: a value, and the half-width of its interval; NaN without one."""

    value: float | str
    half_width: float = math.nan


class Plant:
    """A factory or a variant of it, ready to run; `unit` [s] is the case's unit of time.

    Once `ended` is set, its runs end with Cancelled.
    """

    def __init__(
        self,
        factory: Factory,
        unit: float,
        variant: Variant | None = None,
        ended: threading.Event | None = None,
    ) -> None:
        self.factory = factory
        self.layout = factory.layout
        self.unit = unit
        self.tables = plan(factory, variant)
        self.ended = ended
        self.runner = Runner(self.tables, ended)
        self._views: dict[tuple[float, ...], list[View]] = {}

    @classmethod
    def drawn(cls, document: Document, unit: float, ended: threading.Event | None = None) -> Plant:
        """The plant of a document."""
        key = hashlib.sha256(json.dumps(document).encode()).hexdigest()
        return cls(Factory(Layout.model_validate(document), key=key), unit, ended=ended)

    def steady(self, seed: int, count: int, warm_up: float, end: float) -> list[View]:
        """Replications over the window from `warm_up` to `end` [units of time]."""
        if end <= warm_up:
            raise ValueError("suggested_run: has no 'end' above its 'warmup', and one is asked for")
        key = (seed, count, warm_up, end)
        if key not in self._views:
            self._views[key] = [self._view(seed, k, warm_up, end) for k in range(count)]
        return self._views[key]

    def whole(self, seed: int, count: int, needed: float) -> list[View]:
        """Replications from time 0 until `needed` parts have left."""
        key = (seed, count, needed)
        if key not in self._views:
            self._views[key] = [self._until(seed, k, needed) for k in range(count)]
        return self._views[key]

    def _view(self, seed: int, k: int, warm_up: float, end: float) -> View:
        tally = self.runner.tally(seed, k, warm_up * self.unit, end * self.unit)
        return View(tally, self.tables, self.layout, self.unit)

    def _until(self, seed: int, k: int, needed: float) -> View:
        if math.isinf(needed):
            raise ValueError("a time until all is done is asked for, and orders come without end")
        end = FIRST_LOOK
        while True:
            view = self._view(seed, k, 0.0, end)
            gone = len(view.ends()) + view.tally.scraps + view.tally.lost
            if gone >= needed:
                return view
            if end > FARTHEST:
                raise RunError(f"{needed:g} parts must leave, and only {gone:g} do")
            end *= 4

    def finishes(self, seed: int, count: int) -> Floats:
        """When the last part leaves (count,), in the case's unit."""
        (once,) = self.whole(seed, 1, self.pieces)
        until = BEYOND * max(float(once.ends()[-1]), 1.0) * self.unit
        return self.runner.finishes(seed, 0, count, until) / self.unit

    def numbers(self, seed: int, count: int, time: float) -> Floats:
        """Parts in the plant at a time [units of time] (count,)."""
        at = [time * self.unit]
        return np.asarray(self.runner.numbers(seed, 0, count, at), float)[:, 0]

    @property
    def pieces(self) -> float:
        """Parts that all orders together ask for; infinity where they go on."""
        total = 0.0
        for orders in self.layout.orders.values():
            goes_on = orders.every is not None or orders.release != "dated"
            total += orders.pieces * (orders.count or (math.inf if goes_on else 1))
        return total


class Trial:
    """The runs of one case with one seed, `times` as many replications as it suggests.

    Once `ended` is set, they end with Cancelled.
    """

    def __init__(
        self, case: Case, seed: int, times: int = 1, ended: threading.Event | None = None
    ) -> None:
        run = case.suggested_run
        self.case = case
        self.seed = seed
        self.ended = ended
        self.span = (run.warmup, run.end)
        per_group = -(-max(FEWEST, run.replications) // GROUPS)
        self.count = times * per_group * GROUPS
        self._plants: dict[str, Plant] = {}
        self._documents: dict[str, Document] | None = None
        self._exits: dict[str, Floats] = {}

    def sample(self, measure: Measure) -> Sample:
        """The value of one measure. Raises Unsupported, or RunError where a run cannot be."""
        name = Name.parse(measure.name)
        if self.case.kind == "activity_log":
            return Sample(_of_log(self.case, name))
        plant = self._plant(name)
        rule, confidence = measure.tolerance.rule, measure.tolerance.confidence
        if name.whole == "gain_plus5":
            return _sample(self._gain(plant, name.what, confidence))
        if name.whole == "true_bottleneck":
            gains = {s: self._gain(plant, s, confidence).mean for s in plant.tables.stations}
            return Sample(max(gains, key=lambda station: gains[station]))
        values = self._values(plant, name, self.count if rule in BY_CHANCE else 1)
        return (
            _sample(estimate(values, confidence)) if len(values) > 1 else Sample(float(values[0]))
        )

    def _plant(self, name: Name) -> Plant:
        """The plant that a measure is of: of several documents the one it names."""
        if self._documents is None:
            self._documents = documents_of(self.case)
        keys = [name.what, name.whole, name.figure, ONLY]
        key = next((key for key in keys if key in self._documents), None)
        if key is None:
            raise Unsupported(f"measure {name.whole}[{name.what}]")
        if key not in self._plants:
            self._plants[key] = Plant.drawn(self._documents[key], self.case.seconds, self.ended)
        return self._plants[key]

    def _values(self, plant: Plant, name: Name, count: int) -> Floats:
        """A measure's independent values: one for each run or group of runs."""
        if name.whole in STEADY:
            views = plant.steady(self.seed, count, *self.span)
            return np.array([STEADY[name.whole](view, name.what) for view in views])
        if name.figure == "lead_time":
            views = plant.steady(self.seed, count, *self.span)
            return np.array([spread(view.leads(name.what), name.of) for view in views])
        if name.whole in WHOLE:
            views = plant.whole(self.seed, count, _needed(plant, name))
            return np.array([WHOLE[name.whole](view, name.what) for view in views])
        if name.whole == "mean_number_at":
            return plant.numbers(self.seed, count, float(name.what))
        if name.figure in ENDING and name.of == "mean":
            return plant.finishes(self.seed, count)
        if name.figure in ENDING:
            groups = np.split(plant.finishes(self.seed, count), min(GROUPS, count))
            return np.array([spread(group, name.of) for group in groups])
        raise Unsupported(f"measure {name.whole!r}")

    def _gain(self, plant: Plant, station: str, confidence: float) -> Estimate:
        """Relative change of throughput, in pairs of runs, when a station is 5 % faster."""
        if station not in plant.tables.stations:
            raise Unsupported(f"a gain of {station!r}, which is no station")
        if station not in self._exits:
            faster = Plant(plant.factory, plant.unit, Variant(pace={station: FASTER}), self.ended)
            self._exits[station] = self._exits_of(faster)
        return gain(self._exits_of(plant), self._exits[station], confidence)

    def _exits_of(self, plant: Plant) -> Floats:
        views = plant.steady(self.seed, self.count, *self.span)
        return np.array([view.exits() for view in views])


def _sample(estimated: Estimate) -> Sample:
    return Sample(estimated.mean, estimated.half_width)


def _needed(plant: Plant, name: Name) -> float:
    """Parts that must have left before a figure of the whole run is known."""
    if name.whole == "completion_time":
        return float(name.what)
    return CYCLES if name.whole == "cycle_time" else plant.pieces


# --- a log of activity ---------------------------------------------------------------------------


def timeline_of(log: dict[str, list[tuple[float, float]]], horizon: float) -> Timeline:
    """A timeline from times [s] of activity: resource -> intervals from, to."""
    names = Names(log)
    working = State.PROCESSING
    rows = [(names[n], working, -1, a, b, 0, -1) for n, times in log.items() for a, b in times]
    return Timeline(
        names=names.texts(),
        resources=tuple(range(len(log))),
        start=0.0,
        end=horizon,
        intervals=table("intervals", rows),
        moves=table("moves"),
        orders=table("orders"),
        points=table("points"),
        origin="recorded",
    )


def _of_log(case: Case, name: Name) -> float:
    unit = case.seconds
    log = {
        machine: [(a * unit, b * unit) for a, b in times]
        for machine, times in case.model["log"].items()
    }
    history = bottleneck_history(timeline_of(log, case.model["horizon"] * unit))
    figures = {
        "sole": history.sole,
        "shifting": history.shifting,
        "active_period_mean": history.mean_period,
    }
    if name.what not in figures.get(name.whole, {}):
        raise Unsupported(f"measure {name.whole}[{name.what}] of a log")
    return figures[name.whole][name.what] / unit
