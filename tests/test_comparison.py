"""Two layouts compared: exact differences, pairs that share their chance, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import stats

from tests.plants import line, shipped
from twin.cells.factory import Factory
from twin.comparison import (
    NO_DIFFERENCE,
    NOT_COMPARABLE,
    Comparison,
    Effect,
    compare,
    figures_of,
    observe,
    shared_horizon,
)
from twin.errors import FindingsError, RunError
from twin.experiments import Estimate, Horizon, horizon_of
from twin.layout.rules import Finding
from twin.warm_up import WarmUp

DAY = 86400.0
STUDY = {"warm_up": DAY, "window": 10 * DAY, "replications": 3}
STEADY = Horizon(DAY, 10 * DAY, 3)


def compared(before: Factory, after: Factory, horizon: Horizon = STEADY) -> Comparison:
    return compare(observe(before, horizon), observe(after, horizon))


def by_key(comparison: Comparison) -> dict[str, Effect]:
    return {effect.key: effect for effect in comparison.effects}


def exact(mean: float, rel: float = 1e-3) -> Any:
    """An estimate without any spread."""
    return pytest.approx((mean, mean, mean), rel=rel, abs=1e-9)


def bounds(estimate: Estimate | None) -> tuple[float, float, float]:
    assert estimate is not None
    return estimate.mean, estimate.low, estimate.high


@pytest.mark.parametrize("name", ["pcb_line", "dental_lab", "aps_24v"])
def test_a_layout_against_itself_has_no_difference_in_anything(name: str) -> None:
    factory = shipped(name)
    comparison = compared(factory, factory, Horizon(2 * DAY, 5 * DAY, 4))
    assert comparison.changes == ()
    for effect in comparison.effects:
        assert bounds(effect.difference) == (0.0, 0.0, 0.0), effect.key
        assert effect.before == effect.after
        assert not effect.is_measurable and effect.words == NO_DIFFERENCE


def test_a_machine_twice_as_fast_makes_twice_as_much() -> None:
    # Constant times: B holds the output back, 864 a day of 2160 ordered; then 1728 of them.
    def plant(run: float) -> Factory:
        return line(
            [{"run": 10, "power": {"processing": 500, "idle": 100}}, {"run": run}],
            orders={"parts": {"product": "part", "every": 40}},
            study=STUDY,
        )

    comparison = compared(plant(100), plant(50))
    assert comparison.changes == ("part, step B: run 100 s -> 50 s",)
    effects = by_key(comparison)
    output, piling, energy = effects["output"], effects["piling"], effects["energy"]
    assert bounds(output.before) == exact(864)
    assert bounds(output.after) == exact(1728)
    assert bounds(output.difference) == exact(864)
    assert output.is_measurable and output.words == ""
    assert bounds(piling.difference) == exact(-864)
    # A works 10 s of each 40 s, whatever B does: 200 W over the day, for twice as many parts.
    assert bounds(energy.before) == exact(200 * DAY / 864)
    assert bounds(energy.difference) == exact(-100 * DAY / 864)


def test_lead_times_and_parts_in_the_plant_by_hand() -> None:
    # An order a minute, 20 s at A, then B: nobody ever waits.
    slow, fast = (line([{"run": 20}, {"run": run}], study=STUDY) for run in (40, 10))
    effects = by_key(compared(slow, fast))
    assert bounds(effects["lead"].difference) == exact(-30)
    assert bounds(effects["lead_p90"].after) == exact(30)
    assert bounds(effects["wip"].difference) == exact(-0.5)
    assert effects["output"].words == NO_DIFFERENCE
    # Nothing piles up, is due, walked, driven or scrapped: none of that is told.
    assert set(effects) == {"output", "lead", "lead_p90", "wip", "carried", "energy", "cost"}


def test_on_time_is_told_where_orders_are_due() -> None:
    # Four orders of one part every 100 s, 10 s each and one machine: they take 10, 20, 30, 40 s.
    def plant(run: float, **due: Any) -> Factory:
        orders = {"every": 100, "quantity": 1, "product": "part", **due}
        return line(
            [{"run": run}],
            orders={f"s{k}": {**orders, "first": 100} for k in range(4)},
            study=STUDY,
        )

    effects = by_key(compared(plant(10, due=25), plant(5, due=25)))
    assert bounds(effects["on_time"].before) == exact(0.5)
    assert bounds(effects["on_time"].after) == exact(1.0)
    assert bounds(effects["on_time"].difference) == exact(0.5)
    assert "on_time" not in by_key(compared(plant(10), plant(5)))
    # Where only one of them has due dates, there is nothing to compare with.
    only = by_key(compared(plant(10), plant(10, due=25)))["on_time"]
    assert (only.before, only.difference, only.words) == (None, None, NOT_COMPARABLE)
    assert bounds(only.after) == exact(0.5)


def test_scrap_is_a_share_of_what_ended() -> None:
    def plant(share: float) -> Factory:
        then = [{"to": "scrap", "share": share}]
        return line([{"run": 30, "then": then}], study=STUDY | {"window": 100 * DAY})

    effects = by_key(compared(plant(0.0), plant(0.2), Horizon(0.0, 100 * DAY, 5)))
    assert bounds(effects["scrap"].before) == exact(0.0)
    assert effects["scrap"].after and effects["scrap"].after.mean == pytest.approx(0.2, abs=0.01)
    assert effects["scrap"].is_measurable
    assert "scrap" not in by_key(compared(plant(0.0), plant(0.0)))


def crewed(walking: float | None, speed: float | None = 1e9) -> Factory:
    """Two stations 4 m apart and one person who loads parts at both."""
    phases = {"load": {"time": 1, "by": "crew"}, "run": 5}
    home = {"home": [1, 8]} if walking else {}
    return line(
        [phases, phases],
        crews={"crew": {"people": 1, **home, **({"walking": walking} if walking else {})}},
        transport={"speed": speed},
        study=STUDY,
    )


def test_ways_are_told_where_they_are_modelled() -> None:
    walks, flies = crewed(1.5), crewed(None)
    tallies = observe(walks, STEADY).tallies
    walked = by_key(compared(walks, walks))["walked"]
    expected = np.mean([t.walked.sum() for t in tallies]) / 10
    assert walked.before and walked.before.mean == pytest.approx(expected)
    assert "walked" not in by_key(compared(flies, flies))
    # Without a speed no way is counted, which is not the same as none.
    assert by_key(compared(walks, flies))["walked"].words == NOT_COMPARABLE
    assert "carried" in by_key(compared(walks, walks))
    assert by_key(compared(walks, crewed(1.5, None)))["carried"].after is None


def test_a_vehicle_that_is_gone_drives_no_metre() -> None:
    without = observe(crewed(1.5), STEADY)
    driving = tuple(replace(tally, driven=np.array([3000.0, 2000.0])) for tally in without.tallies)
    driven = by_key(compare(replace(without, tallies=driving), without))["driven"]
    assert bounds(driven.before) == exact(500)
    assert bounds(driven.difference) == exact(-500)
    assert "driven" not in {figure.key for figure in figures_of(without)}


def test_pairs_share_their_chance() -> None:
    # A faster machine that is hardly ever asked: unpaired noise would drown what it brings.
    def plant(run: float) -> Factory:
        orders = {"product": "part", "every": {"dist": "exponential", "mean": 90}}
        return line(
            [{"run": {"dist": "exponential", "mean": 60}}, {"run": run}],
            orders={"parts": orders},
            study=STUDY,
        )

    horizon = replace(STEADY, replications=10)
    a, b = observe(plant(5), horizon), observe(plant(4), horizon)
    lead = by_key(compare(a, b))["lead"]
    old, new = (np.array([np.median(t.leads) for t in sample.tallies]) for sample in (a, b))
    low, high = stats.t.interval(0.95, 9, loc=(new - old).mean(), scale=stats.sem(new - old))
    assert bounds(lead.difference) == pytest.approx(((new - old).mean(), low, high))
    assert lead.difference and lead.before and lead.is_measurable
    assert lead.difference.mean == pytest.approx(-1, abs=0.2)
    assert lead.difference.half_width < 0.05 * lead.before.half_width
    # Another seed for one of them makes independent runs, in which it cannot be seen.
    other = observe(plant(4), replace(horizon, seed=2))
    unpaired = compare(a, replace(other, horizon=horizon))
    assert by_key(unpaired)["lead"].words == NO_DIFFERENCE


def test_runs_that_are_no_pairs_are_refused() -> None:
    factory = line([{"run": 30}], study=STUDY)
    sample = observe(factory, STEADY)
    for other in (
        replace(STEADY, seed=2),
        replace(STEADY, window=5 * DAY),
        replace(STEADY, replications=4),
        replace(STEADY, warm_up=2 * DAY),
    ):
        with pytest.raises(RunError, match="observe both over one horizon"):
            compare(sample, observe(factory, other))


def test_one_horizon_with_the_longest_warm_up() -> None:
    found = WarmUp(3 * DAY, 1.0, 1.0, 9 * DAY, 20, False)
    first = Horizon(DAY, 5 * DAY, 7, 4)
    longest = Horizon(3 * DAY, 8 * DAY, 9, 5, found)
    assert shared_horizon([first, longest, first]) == Horizon(3 * DAY, 5 * DAY, 7, 4, found)
    assert shared_horizon([longest, first]) == longest


def test_a_difference_by_rounding_is_none() -> None:
    def effect(low: float, high: float) -> Effect:
        mean = (low + high) / 2
        known = Estimate(1000.0, 999.0, 1001.0)
        return Effect("output", "Output", "parts/day", known, known, Estimate(mean, low, high))

    assert effect(1e-13, 1e-13).words == NO_DIFFERENCE
    assert effect(-0.1, 2.0).words == NO_DIFFERENCE
    assert effect(0.1, 2.0).is_measurable
    assert effect(-2.0, -0.1).is_measurable


def test_what_makes_nothing_or_must_not_run_is_refused() -> None:
    idle = line([{"run": 30 * DAY}], study=STUDY)
    with pytest.raises(RunError, match="nothing is made within the window of 864000 s"):
        observe(idle, STEADY)
    finding = Finding("overlap", "machines/A1", "error", "stands in the wall")
    with pytest.raises(FindingsError, match="stands in the wall"):
        observe(replace(idle, findings=(finding,)), STEADY)
    with pytest.raises(RunError, match="at least two"):
        horizon_of(idle, replications=1)
    with pytest.raises(RunError, match="at least two"):
        made = observe(line([{"run": 30}], study=STUDY), replace(STEADY, replications=1))
        compare(made, made)
