"""Replications and pairs: the same random numbers for every variant, on all cores."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from twin.cells.factory import Factory
from twin.cores import on_all_cores
from twin.errors import Cancelled, RunError
from twin.production.plan import Plan, Variant, plan
from twin.production.run import Runner, Tally, refuse_errors, seconds

Progress = Callable[[int, int], None]  # done, of


@dataclass(frozen=True)
class Horizon:
    """What is looked at: `warm_up` [s] is run and forgotten, then `window` [s] is observed."""

    warm_up: float
    window: float
    replications: int
    seed: int = 1


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
) -> list[list[Tally]]:
    """All replications of each variant; replication k of every variant shares its chance.

    The result is the same on one core or many. `progress` is called with replications done and
    in all; `cancelled`, once set, ends the work early with `Cancelled`. Raises FindingsError where
    the factory has an error finding.
    """
    refuse_errors(factory)
    plans = [plan(factory, variant) for variant in variants]
    total = len(plans) * horizon.replications
    done = 0
    lock = threading.Lock()

    def one_block(block: tuple[Plan, range], ended: threading.Event) -> list[Tally]:
        nonlocal done
        tables, numbers = block
        runner = Runner(tables, ended)
        result = []
        for k in numbers:
            if ended.is_set():
                raise Cancelled
            end = horizon.warm_up + horizon.window
            result.append(runner.tally(horizon.seed, k, horizon.warm_up, end))
            with lock:
                done += 1
                if progress:
                    progress(done, total)
        return result

    blocks = [
        (tables, range(first, min(first + _BLOCK, horizon.replications)))
        for tables in plans
        for first in range(0, horizon.replications, _BLOCK)
    ]
    # Threads, not processes: the kernel lets go of the interpreter while it runs.
    parts = on_all_cores(one_block, blocks, cancelled)
    per_variant = -(-horizon.replications // _BLOCK)
    return [
        [tally for part in parts[i * per_variant : (i + 1) * per_variant] for tally in part]
        for i in range(len(plans))
    ]


_BLOCK = 5  # replications that share one world: few enough to spread, many enough to amortise it


def horizon_of(
    factory: Factory, until: float | str | None = None, replications: int | None = None
) -> Horizon:
    """The layout's own study; `until` instead looks at the time from an empty plant up to then."""
    study = factory.layout.study
    count = study.replications if replications is None else replications
    if until is None:
        return Horizon(study.warm_up, study.window, count, study.seed)
    return Horizon(0.0, seconds(until), count, study.seed)


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
    growth = piling(tallies)
    return growth.low > 0 and growth.mean > 0.01 * demand(tallies).mean


def gain(old: ArrayLike, new: ArrayLike, confidence: float = 0.95) -> Estimate:
    """Relative change of the mean between paired replications (n,), with its paired interval."""
    a, b = np.asarray(old, float), np.asarray(new, float)
    if a.mean() == 0:
        raise RunError("nothing is made within the window: there is no gain to speak of")
    return estimate((b - a) / a.mean(), confidence)
