"""Replications and pairs: the same random numbers for every variant, on all cores.

Two kinds of question: what a plant makes from empty up to a time, or what it makes in the long run.
The second takes replication and deletion: each replication is run through a warm-up that is
forgotten, then observed; the replications are independent, and their means have a t-interval.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from twin import units
from twin.cells.factory import Factory
from twin.cores import on_all_cores
from twin.errors import Cancelled, RunError
from twin.layout.schema import Layout
from twin.production.plan import Plan, Variant, plan
from twin.production.run import Runner, Tally, refuse_errors, seconds
from twin.warm_up import WarmUp, settles

Progress = Callable[[int, int], None]  # done, of
Finished = Callable[[int, list[Tally]], None]  # the number of a variant, its replications
Made = TypeVar("Made")

FEWEST = 10  # replications before a spread is believed enough to stop at it
MOST = 1000  # replications that a precision may take where nobody says how many


@dataclass(frozen=True)
class Horizon:
    """What is looked at: `warm_up` [s] is run and forgotten, then `window` [s] is observed.

    `found` says how the warm-up was found, where the layout does not name one.
    """

    warm_up: float
    window: float
    replications: int
    seed: int = 1
    found: WarmUp | None = None

    def pairs_with(self, other: Horizon) -> bool:
        """Whether replication k of both shares its chance and is observed for as long.

        Warm-ups that were found may differ, as those of a layout and of its edit do.
        """
        alike = replace(other, warm_up=self.warm_up, found=self.found) == self
        return alike and (
            self.warm_up == other.warm_up or (self.found is not None and other.found is not None)
        )


@dataclass(frozen=True)
class Estimate:
    """A mean over replications and the 95 % interval in which the model's mean lies."""

    mean: float
    low: float
    high: float

    @property
    def half_width(self) -> float:
        return (self.high - self.low) / 2

    def scaled(self, factor: float) -> Estimate:
        """The same in another unit (factor > 0)."""
        return Estimate(self.mean * factor, self.low * factor, self.high * factor)


@cache
def t_quantile(degrees: int, confidence: float) -> float:
    """Two-sided quantile of Student's t."""
    from scipy.special import stdtrit  # scipy.stats would add a second to every start

    return float(stdtrit(degrees, 0.5 + confidence / 2))


def estimate(values: ArrayLike, confidence: float = 0.95) -> Estimate:
    """t-interval of the mean of independent values (n,), n >= 2."""
    x = np.asarray(values, float)
    if len(x) < 2:
        raise RunError("an interval needs at least two replications")
    half = t_quantile(len(x) - 1, confidence) * float(x.std(ddof=1)) / len(x) ** 0.5
    mean = float(x.mean())
    return Estimate(mean, mean - half, mean + half)


def replicate(
    factory: Factory,
    horizon: Horizon,
    variants: Sequence[Variant] = (Variant(),),
    *,
    progress: Progress | None = None,
    cancelled: threading.Event | None = None,
    finished: Finished | None = None,
) -> list[list[Tally]]:
    """All replications of each variant; replication k of every variant shares its chance.

    The result is the same on one core or many. `progress` is called with replications done and
    in all, `finished` with each variant as soon as all of its replications are there, in any order;
    both by one thread at a time. `cancelled`, once set, ends the work early with `Cancelled`.
    Raises FindingsError where the factory has an error finding.
    """
    refuse_errors(factory)
    plans = [plan(factory, variant) for variant in variants]
    numbers = range(horizon.replications)
    return _tallies(plans, horizon, numbers, progress or _silent, cancelled, finished)


def replicate_until(
    factory: Factory,
    horizon: Horizon,
    precision: float,
    *,
    progress: Progress | None = None,
    cancelled: threading.Event | None = None,
) -> list[Tally]:
    """As many replications as it takes until the half-width of the output's 95 % interval is no
    more than `precision` (a share) of its mean; at most those of the horizon.

    Sequential: ten at first; then what the spread so far asks for, rounded up, but no more than
    twice as many as there are (A. M. Law, "Simulation Modeling and Analysis", chapter 9.4.1, which
    adds one at a time). Replication k is the same whatever their number. Raises RunError where
    nothing is made.
    """
    refuse_errors(factory)
    plans = [plan(factory)]
    found: list[Tally] = []
    wanted = min(FEWEST, horizon.replications)
    while True:
        known = len(found)

        def shown(done: int, _: int, known: int = known, wanted: int = wanted) -> None:
            if progress:
                progress(known + done, wanted)

        found += _tallies(plans, horizon, range(known, wanted), shown, cancelled)[0]
        made = estimate(output(found))
        if made.mean <= 0:
            raise RunError(
                f"precision: nothing is made within the window of {horizon.window:g} s, and no "
                "number of replications makes that precise; look at a longer time"
            )
        if made.half_width <= precision * made.mean or wanted >= horizon.replications:
            return found
        needed = wanted * (made.half_width / (precision * made.mean)) ** 2
        blocks = math.ceil(max(min(needed, 2 * wanted), wanted + 1) / _BLOCK)
        wanted = min(blocks * _BLOCK, horizon.replications)


def share_of_mean(precision: float | str) -> float:
    """A relative half-width as a share; RunError where it is none."""
    try:
        result = units.parse(precision, "share")
    except ValueError as error:
        raise RunError(f"precision {precision!r}: {error}") from error
    if not 0 < result < 1:
        raise RunError(
            f"precision {precision!r}: is no half-width of an interval; give a share of the mean "
            "above 0 and below 1, such as 0.02 or '2 %'"
        )
    return result


def _silent(done: int, total: int) -> None:
    """For whoever asks for no progress."""


def _tallies(
    plans: Sequence[Plan],
    horizon: Horizon,
    numbers: range,
    progress: Progress,
    cancelled: threading.Event | None,
    finished: Finished | None = None,
) -> list[list[Tally]]:
    """The replications of some numbers, for each plan."""
    end = horizon.warm_up + horizon.window

    def one(runner: Runner, k: int) -> Tally:
        return runner.tally(horizon.seed, k, horizon.warm_up, end)

    return _made_by_all(plans, numbers, one, progress, cancelled, finished)


def _made_by_all(
    plans: Sequence[Plan],
    numbers: range,
    one: Callable[[Runner, int], Made],
    progress: Progress,
    cancelled: threading.Event | None,
    finished: Callable[[int, list[Made]], None] | None = None,
) -> list[list[Made]]:
    """What `one` makes of each replication's number, for each plan; in order, on any cores."""
    made: list[dict[int, Made]] = [{} for _ in plans]
    total = len(plans) * len(numbers)
    lock = threading.Lock()

    def one_block(block: tuple[int, range], ended: threading.Event) -> None:
        i, mine = block
        runner = Runner(plans[i], ended)
        for k in mine:
            if ended.is_set():
                raise Cancelled
            result = one(runner, k)
            with lock:
                made[i][k] = result
                progress(sum(map(len, made)), total)
                if finished and len(made[i]) == len(numbers):
                    finished(i, in_order(i))

    def in_order(i: int) -> list[Made]:
        return [made[i][k] for k in numbers]

    starts = range(0, len(numbers), _BLOCK)
    blocks = [(i, numbers[k : k + _BLOCK]) for i in range(len(plans)) for k in starts]
    # Threads, not processes: the kernel lets go of the interpreter while it runs.
    on_all_cores(one_block, blocks, cancelled)
    return [in_order(i) for i in range(len(plans))]


_BLOCK = 5  # replications that share one world: few enough to spread, many enough to amortise it


def horizon_of(
    factory: Factory,
    until: float | str | None = None,
    replications: int | None = None,
    *,
    cancelled: threading.Event | None = None,
) -> Horizon:
    """The layout's own study; `until` instead looks at the time from an empty plant up to then.

    A study without a warm-up gets one that is found by runs. Raises RunError for fewer than two
    replications, and as `find_warm_up` does.
    """
    study = factory.layout.study
    count = study.replications if replications is None else replications
    if count < 2:
        raise RunError(f"replications {count}: an interval needs at least two; 20 are usual")
    if until is not None:
        return Horizon(0.0, seconds(until), count, study.seed)
    if study.warm_up is not None:
        return Horizon(study.warm_up, study.window, count, study.seed)
    found = find_warm_up(factory, cancelled=cancelled)
    return Horizon(found.time, study.window, count, study.seed, found)


# --- the warm-up ---------------------------------------------------------------------------------

_PILOTS = 20  # replications that are averaged to find a warm-up, whatever the study's number
_FIRST_PILOT = 10_000  # beyond the numbers that a study has: they owe nothing to what is observed
_PERIODS = 300  # in which a pilot is seen: 60 batches of five
_FEWEST_PERIODS = 60  # where one must be as long as a day or a week
_DOUBLINGS = 2  # of a pilot that is too short


def find_warm_up(factory: Factory, *, cancelled: threading.Event | None = None) -> WarmUp:
    """How much to forget of a layout's beginning: MSER-5, doubled, on the output and the number of
    parts in the plant, each averaged over replications of its own (by the study's seed).

    A pilot is as long as the study's window. It is seen in periods that are whole cycles of the
    plant's longest calendar or order profile, as nights and weekends are no trend. One that is too
    short for a steady part is made twice as long, up to four times; unless parts pile up, twice
    running: then only the output can be steady. Raises FindingsError and RunError as runs do.
    """
    refuse_errors(factory)
    study = factory.layout.study
    tables = plan(factory)
    period, count = _periods(factory.layout, study.window)
    piled_up = False
    for doubling in range(_DOUBLINGS + 1):
        seen = count * 2**doubling

        def one(runner: Runner, k: int, seen: int = seen) -> NDArray[np.float64]:
            return np.array(runner.series(study.seed, k, period, seen))

        numbers = range(_FIRST_PILOT, _FIRST_PILOT + _PILOTS)
        (runs,) = _made_by_all([tables], numbers, one, _silent, cancelled)
        made, parts = np.stack(runs, axis=1)  # (runs, periods) each
        output_from, parts_from = settles(made.mean(axis=0)), settles(parts.mean(axis=0))
        if not made[:, seen // 2 :].any():
            output_from = None  # nothing leaves: what is steady is a plant at a stand
        growth = estimate((parts[:, -1] - parts[:, seen // 2]) / (seen - 1 - seen // 2))
        piles = parts_from is None and _grows(growth, float(made.mean()))
        if output_from is not None and (parts_from is not None or (piles and piled_up)):
            break
        piled_up = piles
    deleted = max(output_from or 0, parts_from or 0)
    return WarmUp(
        time=period * (seen / 2 if output_from is None else 2 * deleted),
        output=None if output_from is None else output_from * period,
        parts=None if parts_from is None else parts_from * period,
        looked=seen * period,
        runs=_PILOTS,
        piles_up=piles,
    )


def _periods(layout: Layout, window: float) -> tuple[float, int]:
    """Length [s] and number of the periods in which a pilot about as long as `window` is seen."""
    calendars = [calendar.cycle for calendar in layout.calendars.values()]
    profiles = [orders.profile.cycle for orders in layout.orders.values() if orders.profile]
    cycle = max([*calendars, *profiles], default=0.0)
    if cycle == 0.0:
        return window / _PERIODS, _PERIODS
    period = cycle * max(1, round(window / (cycle * _PERIODS)))
    return period, max(_FEWEST_PERIODS, math.ceil(window / period))


# --- what replications say -----------------------------------------------------------------------


def output(tallies: Sequence[Tally]) -> NDArray[np.float64]:
    """Parts that left the plant a second, for each replication (n,)."""
    return np.array([t.exits / t.window for t in tallies])


def demand(tallies: Sequence[Tally]) -> Estimate:
    """Parts a second that orders ask for."""
    return estimate([t.ordered / t.window for t in tallies])


def piling(tallies: Sequence[Tally]) -> Estimate:
    """Growth of unfinished parts a second."""
    return estimate([t.wip_change / t.window for t in tallies])


def piles_up(tallies: Sequence[Tally]) -> bool:
    """Whether orders come in faster than they are made: by more than 1 %, and not by chance."""
    return _grows(piling(tallies), demand(tallies).mean)


def _grows(growth: Estimate, rate: float) -> bool:
    return growth.low > 0 and growth.mean > 0.01 * rate


def gain(old: ArrayLike, new: ArrayLike, confidence: float = 0.95) -> Estimate:
    """Relative change of the mean between paired replications (n,), with its paired interval."""
    a, b = np.asarray(old, float), np.asarray(new, float)
    if a.mean() == 0:
        raise RunError("nothing is made within the window: there is no gain to speak of")
    return estimate((b - a) / a.mean(), confidence)
