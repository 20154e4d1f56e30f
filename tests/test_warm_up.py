"""The warm-up, against the formula written out, plants that are known, and exact means."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.bench.coverage import QUESTIONS, coverage, found_warm_up, no_warm_up, one_run
from tests.plants import line, shipped
from twin.experiments import Horizon, find_warm_up, horizon_of
from twin.forecast import predict
from twin.production.plan import plan
from twin.production.run import Runner
from twin.warm_up import BATCH, LAST, mser, mser5, settles

DAY = 86400.0
HOUR = 3600.0


def written_out(x: NDArray[np.float64]) -> list[float]:
    """The statistic of White (1997) for each truncation that keeps enough."""
    kept = [x[d:] for d in range(len(x) - LAST + 1)]
    return [float(((y - y.mean()) ** 2).sum() / len(y) ** 2) for y in kept]


@given(st.lists(st.integers(-50, 50), min_size=LAST + 1, max_size=60))
def test_the_truncation_has_the_smallest_statistic(values: list[int]) -> None:
    x = np.array(values, float)
    by_hand = written_out(x)
    assert by_hand[mser(x)] == pytest.approx(min(by_hand), abs=1e-6)


def test_a_step_is_cut_off_where_it_is() -> None:
    x = np.r_[np.full(20, 3.0), np.full(80, 7.0)]
    assert mser(x) == mser5(x) == 20
    assert mser5(np.r_[np.full(18, 3.0), np.full(82, 7.0)]) == 20  # in whole batches


def test_rounding_decides_nothing() -> None:
    x = 0.1 + 1e-14 * np.random.default_rng(1).standard_normal(200)
    assert mser5(x) == 0
    assert settles(x) == BATCH  # a plant that starts empty forgets something at least


def test_what_rises_to_the_end_never_settles() -> None:
    assert settles(np.arange(300.0)) is None
    assert settles(np.arange(300.0) ** 0.5) is None


def test_a_short_series_is_refused() -> None:
    with pytest.raises(ValueError, match="a series of 5 observations is too short"):
        mser(np.ones(LAST))


# --- of a plant ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["job_shop", "oven_and_kits"])
def test_a_series_adds_up_to_the_tally(name: str) -> None:
    runner = Runner(plan(shipped(name)))
    made, parts = runner.series(3, 7, DAY / 3, 30)
    whole = runner.tally(3, 7, 0.0, 10 * DAY)
    assert made.sum() == whole.exits > 0
    assert parts.mean() == pytest.approx(whole.wip, rel=1e-9)


def test_a_named_warm_up_stays_and_a_missing_one_is_found() -> None:
    stations = [{"run": {"dist": "exponential", "mean": 30}}]
    named = horizon_of(line(stations, study={"warm_up": 7200, "window": DAY}))
    assert named == Horizon(7200.0, DAY, 20, 1)
    found = horizon_of(line(stations, study={"window": DAY}))
    assert found.found is not None and found.found.is_steady
    assert found.warm_up == found.found.time > 0
    # It is the same however many runs are observed, so that run k is the same, too.
    assert horizon_of(line(stations, study={"window": DAY}), replications=3).found == found.found


def test_a_warm_up_is_the_same_on_one_core_or_many(monkeypatch: pytest.MonkeyPatch) -> None:
    factory = line([{"run": {"dist": "exponential", "mean": 40}}], study={"window": DAY})
    many = find_warm_up(factory)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert find_warm_up(factory) == many


def test_a_long_transient_is_found_and_doubled() -> None:
    # Sixty hours of work wait at first; a third of the machine's time is left to work them off.
    factory = line(
        [{"run": 60}],
        orders={"parts": {"product": "part", "every": 90}},
        present=[{"orders": "parts", "step": "A", "count": 3600}],
        study={"window": 30 * DAY},
    )
    found = find_warm_up(factory)
    assert found.parts is not None
    assert 180 * HOUR <= found.parts <= 180 * HOUR + BATCH * 30 * DAY / 300
    assert found.time == 2 * max(found.parts, found.output or 0.0)


def test_where_parts_pile_up_only_the_output_is_steady() -> None:
    factory = line(
        [{"run": {"dist": "exponential", "mean": 90}}], study={"window": DAY, "replications": 3}
    )
    found = find_warm_up(factory)
    assert found.output is not None and found.parts is None and found.piles_up
    forecast = predict(factory)
    assert "orders pile up" in forecast.headline()
    (note,) = forecast.notes()
    assert "parts in the plant pile up" in note and "steady" in note


def test_where_orders_end_no_steady_output_is_told() -> None:
    orders = {"parts": {"product": "part", "every": 60, "count": 100}}
    factory = line([{"run": 30}], orders=orders, study={"window": DAY, "replications": 2})
    assert find_warm_up(factory).output is None
    (note,) = predict(factory).notes()
    assert note.startswith("No steady output was found in 4 days")
    assert "under study" in note


def test_nights_and_weekends_are_no_trend() -> None:
    week = [[f"{24 * d + 8} h", f"{24 * d + 16} h"] for d in range(5)]
    factory = line(
        [{"run": 30}],
        calendars={"week": {"cycle": "168 h", "open": week}},
        calendar="week",
        orders={"parts": {"product": "part", "every": 60, "calendar": "week"}},
        study={"window": 20 * DAY},
    )
    found = find_warm_up(factory)
    assert found.is_steady
    assert found.looked % (7 * DAY) == 0 and found.time % (7 * DAY) == 0
    assert found.time == 2 * BATCH * 7 * DAY  # the least there is


def test_horizons_pair_where_only_a_found_warm_up_differs() -> None:
    stations = [{"run": {"dist": "exponential", "mean": 30}}]
    a = horizon_of(line(stations, study={"window": DAY}))
    b = horizon_of(line([{"run": {"dist": "exponential", "mean": 50}}], study={"window": DAY}))
    assert a.pairs_with(b) and b.pairs_with(a)
    given_one, other = Horizon(60.0, DAY, 20), Horizon(120.0, DAY, 20)
    assert given_one.pairs_with(given_one)
    assert not given_one.pairs_with(other)
    assert not a.pairs_with(Horizon(a.warm_up + 1, DAY, 20))
    assert not a.pairs_with(Horizon(a.warm_up, DAY, 10, found=a.found))


# --- coverage ------------------------------------------------------------------------------------


def test_intervals_hold_the_exact_mean_and_those_of_broken_procedures_do_not() -> None:
    """Lead time in M/M/1 at load 0.8, from a backlog of forty parts: exactly 5 h."""
    question = QUESTIONS[0]
    assert (question.case, question.exact) == ("mm1-080", pytest.approx(5.0))
    assert 0.8 <= coverage(question, 25, found_warm_up, first_seed=500) <= 1.0
    assert coverage(question, 25, no_warm_up, first_seed=500) <= 0.2
    assert coverage(question, 50, one_run, first_seed=500) <= 0.5
