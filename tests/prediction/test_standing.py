"""A forecast from how a simulated plant stands at a time equals going on with that run."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import kstest

from tests.plants import line
from twin.cells.factory import Factory
from twin.prediction.observed import standing_at
from twin.production.plan import plan
from twin.production.run import ENDS, Runner, simulate
from twin.timeline import Timeline

HOUR = 3600.0


def ends(timeline: Timeline) -> dict[str, float]:
    rows = timeline.orders
    return {timeline.name(row["id"]): float(row["end"]) for row in rows}


def from_standing(factory: Factory, run: Timeline, time: float, until: float) -> dict[str, float]:
    tables = plan(factory)
    standing = standing_at(factory.layout, tables, run, time)
    runner = Runner(plan(factory, standing=standing), None, ENDS)
    found, _, _ = runner.future(5, 0, until)
    return {order.name: end for order, end in zip(standing.orders, found[0], strict=True)}


CERTAIN: dict[str, Any] = {
    "plain": line([{"run": 50}, {"run": 70}, {"run": 40}]),
    "small buffers": line(
        [{"run": 50}, {"run": 90, "input": {"capacity": 1}}, {"run": 40, "input": {"capacity": 0}}],
        orders={"parts": {"product": "part", "every": 80}},
    ),
    "phases": line(
        [{"setup": 9, "load": 5, "run": 30, "unload": 6}, {"run": 55, "machines": 2}],
        orders={"parts": {"product": "part", "every": 45, "quantity": 2}},
    ),
    "way": line([{"run": 50}, {"run": 40}, {"run": 30}], transport={"speed": 0.2, "handling": 5}),
}


@pytest.mark.parametrize("name", sorted(CERTAIN))
@pytest.mark.parametrize("time", [333.0, 1217.0, 2600.5])
def test_where_nothing_is_random_the_forecast_is_what_happens(name: str, time: float) -> None:
    factory = CERTAIN[name]
    run = simulate(factory, 2 * HOUR, 1)
    found = from_standing(factory, run, time, 2 * HOUR)
    happened = ends(run)
    assert len(found) >= 1
    for order, end in found.items():
        assert end == pytest.approx(happened[order], nan_ok=True, abs=1e-6), order


BREAKS = {
    "clock": "work",
    "every": {"dist": "exponential", "mean": 900},
    "lasts": {"dist": "lognormal", "mean": 200, "cv": 0.6},
}
LOGNORMAL = {"dist": "lognormal", "mean": 60, "cv": 0.5}
CHANCE: dict[str, Any] = {
    "breakdowns": line(
        [
            {"run": LOGNORMAL, "disturbances": {"jam": BREAKS}},
            {"load": 10, "run": {"dist": "gamma", "mean": 50, "cv": 0.4}, "unload": 5},
            {"run": {"dist": "exponential", "mean": 65}},
        ],
        orders={"parts": {"product": "part", "every": {"dist": "exponential", "mean": 75}}},
    ),
    "people": line(
        [
            {"setup": {"time": 20, "by": "hand"}, "run": LOGNORMAL},
            {"run": {"time": LOGNORMAL, "by": "hand", "attended": 15}},
        ],
        crews={"hand": {"people": 1}},
        orders={"parts": {"product": "part", "every": {"dist": "erlang", "mean": 90, "shape": 3}}},
    ),
}


@pytest.mark.parametrize("name", sorted(CHANCE))
def test_what_happens_falls_where_the_forecast_says(name: str) -> None:
    """The share of futures below what happened is uniform, run after run."""
    factory, time, until = CHANCE[name], 2 * HOUR, 4 * HOUR
    shares = []
    for seed in range(50):
        run = simulate(factory, until, 100 + seed)
        standing = standing_at(factory.layout, plan(factory), run, time)
        if not standing.orders:
            continue
        runner = Runner(plan(factory, standing=standing), None, ENDS)
        drawn = [runner.future(7, k, until)[0][0].max() for k in range(40)]
        happened = max(ends(run)[order.name] for order in standing.orders)
        shares.append((np.sum(np.array(drawn) < happened) + 0.5) / 41)
    assert len(shares) > 40
    assert kstest(shares, "uniform").pvalue > 0.01
    assert np.std(shares) == pytest.approx(12**-0.5, abs=0.06)
