"""Observed times -> a time of the layout, with its basis.

* 30 and more: log-normal, gamma or Weibull, the one with the least AIC; the mean is the observed
  one, the spread is that of the fit. How far it is off at most stands in its basis.
* 3 to 29: their mean and spread.
* fewer: their mean, as a guess.

A time that is more than ten times the median and longer than the longest opening is not work: the
step was not ended in the evening. Such times, and those of no length, are left out and counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special, stats

Floats = NDArray[np.float64]
FITTED, SPREAD = 30, 3  # observations
ALIKE = 0.005  # coefficient of variation below which times are all the same
ARTEFACT = 10.0  # times the median
SHIFT = 8 * 3600.0  # s, where no opening is known


@dataclass(frozen=True)
class Observed:
    """A time of the layout, and what it is from; `mean` in s."""

    value: dict[str, object]
    mean: float
    count: int
    left_out: int  # artefacts
    zeros: int


def sound(values: Floats, longest: float = SHIFT) -> tuple[Floats, int, int]:
    """The times (n,) [s] that are times of work; how many are artefacts, how many of no length."""
    finite = values[np.isfinite(values)]
    some = finite[finite > 0]
    if len(some) == 0:
        return some, 0, len(finite)
    kept = some[~((some > ARTEFACT * np.median(some)) & (some > longest))]
    return kept, len(some) - len(kept), len(finite) - len(some)


def observe(values: Floats, longest: float = SHIFT) -> Observed | None:
    """What some times (n,) [s] say; None where there is none that is a time of work."""
    kept, left_out, zeros = sound(values, longest)
    count = len(kept)
    if count == 0:
        return None
    mean, deviation = float(kept.mean()), float(kept.std(ddof=1)) if count > 1 else 0.0
    value: dict[str, object]
    if count < SPREAD:
        value = {"dist": "constant", "value": spoken(mean), "basis": f"guessed: only n = {count}"}
    elif deviation <= ALIKE * mean:
        basis = f"measured: n = {count:,}, all alike"
        value = {"dist": "constant", "value": spoken(mean), "basis": basis}
    elif count < FITTED:
        basis = f"measured: mean and spread of n = {count}"
        value = {"dist": "lognormal", "mean": spoken(mean), "cv": _round(deviation / mean)}
        value["basis"] = basis
    else:
        value = _fitted(kept, mean)
    return Observed(value, mean, count, left_out, zeros)


def _fitted(values: Floats, mean: float) -> dict[str, object]:
    logs = np.log(values)
    sigma = float(logs.std())
    shape = _gamma_shape(float(np.log(mean) - logs.mean()))
    bend, scale = _weibull(values)
    laws: dict[str, Any] = {
        "lognormal": stats.lognorm(sigma, scale=np.exp(logs.mean())),
        "gamma": stats.gamma(shape, scale=mean / shape),
        "weibull": stats.weibull_min(bend, scale=scale),
    }
    # All three have two parameters, so that the least AIC is the greatest likelihood.
    best = max(laws, key=lambda name: float(laws[name].logpdf(values).sum()))
    off = float(stats.kstest(values, laws[best].cdf).statistic)
    value: dict[str, object] = {"dist": best}
    if best == "lognormal":
        cv = float(np.sqrt(np.expm1(sigma**2)))
        value |= {"mean": spoken(mean), "cv": _round(cv)}
    elif best == "gamma":
        value |= {"mean": spoken(mean), "cv": _round(1 / np.sqrt(shape))}
    else:
        value |= {"shape": _round(bend), "scale": spoken(mean / special.gamma(1 + 1 / bend))}
    value["basis"] = f"measured: n = {len(values):,}, off by at most {100 * off:.0f} %"
    return value


def _weibull(values: Floats) -> tuple[float, float]:
    """Shape and scale of the most likely Weibull law: the root of its score (Cohen, Maximum
    likelihood estimation in the Weibull distribution, 1965), between bounds, by halving."""
    logs = np.log(values / values.max())
    target = float(logs.mean())

    def score(shape: float) -> float:
        powers = np.exp(shape * logs)
        return float(powers @ logs / powers.sum()) - 1 / shape - target

    root: Any = optimize.brentq(score, 1e-3, 1e4)
    shape = float(root)
    return shape, float(values.max() * np.exp(shape * logs).mean() ** (1 / shape))


def _gamma_shape(s: float) -> float:
    """The shape of a gamma law whose log of the mean exceeds the mean of the log by `s`; Newton's
    steps from Minka's start (Estimating a Gamma distribution, 2002)."""
    shape = (3 - s + np.sqrt((s - 3) ** 2 + 24 * s)) / (12 * s)
    for _ in range(20):
        slope = 1 / shape - special.polygamma(1, shape)
        shape -= (np.log(shape) - special.digamma(shape) - s) / slope
    return float(shape)


def _round(value: float) -> float:
    return float(f"{value:.4g}")


def spoken(seconds: float) -> str:
    """A time as a planner writes it, to four digits."""
    unit, length = next(
        (u, s) for u, s in (("h", 3600.0), ("min", 60.0), ("s", 0.0)) if seconds >= 2 * s
    )
    return f"{float(f'{seconds / (length or 1.0):.4g}'):.12g} {unit}"
