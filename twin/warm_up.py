"""How much of a run's beginning to forget: MSER-5 on series averaged over replications.

A plant that starts empty makes less at first, and holds fewer parts, than it will later on. What is
observed of its steady state has to begin after that. Truncating each replication by itself misleads
(it cuts into stretches that were lucky); the mean over replications shows the start and little
noise. The truncation found is doubled: one that is too long costs time, one too short is a bias.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

BATCH = 5  # observations in a batch, the 5 of MSER-5
LAST = 5  # batches that are always kept: fewer may be alike by chance, and would win
ROUNDING = 1e-9  # of the largest value: what is closer is equal, so that rounding decides nothing


@dataclass(frozen=True)
class WarmUp:
    """What was found on `looked` [s] of `runs` replications from the start.

    time [s]: what is run and forgotten, twice the longer truncation. output, parts [s]: how much
    MSER-5 truncates of the output and of the number of parts in the plant; None where that would be
    more than half of what was looked at: no steady part was found. piles_up: the number of parts
    has no steady part because it grows all the time.
    """

    time: float
    output: float | None
    parts: float | None
    looked: float
    runs: int
    piles_up: bool = False

    @property
    def is_steady(self) -> bool:
        """Whether output and parts both have a steady part."""
        return self.output is not None and self.parts is not None


def mser(series: ArrayLike, last: int = LAST) -> int:
    """How many observations to delete from the beginning of a series (n,).

    The truncation d that minimises the squared marginal standard error of what is left,
    sum over i > d of (x_i - mean)^2 / (n - d)^2, with the mean over i > d too: K. P. White Jr, "An
    effective truncation heuristic for bias reduction in simulation output", Simulation 69 (1997),
    323-334. At least `last` observations are kept; ValueError where there are not more.
    """
    x = np.asarray(series, float)
    n = len(x)
    if n <= last:
        raise ValueError(f"a series of {n} observations is too short to keep {last} and compare")
    size = float(np.abs(x).max())
    if size > 0:
        # From the last value, so that a constant end is zeros, whatever came before it.
        x = np.round((x - x[-1]) / (ROUNDING * size)) * ROUNDING
    left = np.arange(n, 0, -1)  # n - d, for d = 0, 1, ...
    sums = np.cumsum(x[::-1])[::-1]
    squares = np.cumsum((x * x)[::-1])[::-1]
    errors = np.maximum(squares - sums * sums / left, 0.0) / left**2
    return int(np.argmin(errors[: n - last + 1]))


def mser5(series: ArrayLike) -> int:
    """The same on means of batches of five, as K. P. White, M. J. Cobb and S. C. Spratt compare it
    ("A comparison of five steady-state truncation heuristics for simulation", Winter Simulation
    Conference 2000, 755-760). The result counts observations, not batches."""
    x = np.asarray(series, float)
    whole = len(x) // BATCH * BATCH
    return BATCH * mser(x[:whole].reshape(-1, BATCH).mean(axis=1))


def settles(series: ArrayLike) -> int | None:
    """How many observations of a series (n,) to delete; at least one batch, as a plant starts
    empty. None where MSER-5 would delete more than half: the series is too short to tell, or has no
    steady part (K. Hoad, S. Robinson and R. Davies, "Automating warm-up length estimation", Journal
    of the Operational Research Society 61 (2010), 1389-1403)."""
    found = mser5(series)
    return max(found, BATCH) if 2 * found <= len(np.asarray(series)) else None
