"""Forecasts, pairs and the proof of bottlenecks, against answers that are known otherwise."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import stats

from tests.plants import line, shipped
from twin.bottlenecks import LESS_TIME, ONE_MORE, find_bottlenecks, prove
from twin.cells.factory import Factory
from twin.economics import Prices
from twin.errors import RunError
from twin.experiments import Cancelled, Horizon, estimate, gain, output, replicate
from twin.forecast import predict, summarise
from twin.production.plan import Variant, plan

DAY = 86400.0


def test_the_interval_is_students() -> None:
    values = np.array([3.1, 2.7, 3.6, 2.9, 3.3])
    low, high = stats.t.interval(0.95, 4, loc=values.mean(), scale=stats.sem(values))
    ours = estimate(values)
    assert (ours.low, ours.high) == pytest.approx((low, high))
    with pytest.raises(RunError, match="at least two"):
        estimate([1.0])


def test_one_core_or_many_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    factory = shipped("pcb_line")
    horizon = Horizon(0.0, 2 * DAY, 12, 3)
    many = output(replicate(factory, horizon)[0])
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert (output(replicate(factory, horizon)[0]) == many).all()


def test_progress_ends_at_all_and_cancelling_stops() -> None:
    factory = line([{"run": 30}])
    seen: list[tuple[int, int]] = []
    horizon = Horizon(0.0, DAY, 7)
    replicate(factory, horizon, [Variant()] * 3, progress=lambda a, b: seen.append((a, b)))
    assert seen[-1] == (21, 21)
    cancelled = threading.Event()
    cancelled.set()
    with pytest.raises(Cancelled):
        replicate(factory, horizon, cancelled=cancelled)


def test_more_machines_elsewhere_shift_nobodys_draws() -> None:
    # The second station is never short of machines: one more of them changes nothing at all.
    factory = line(
        [
            {"run": {"dist": "exponential", "mean": 50}},
            {"run": {"dist": "exponential", "mean": 5}, "machines": 30},
        ]
    )
    base, more = replicate(factory, Horizon(0.0, DAY, 4), [Variant(), Variant(more={"B": 1})])
    for a, b in zip(base, more, strict=True):
        assert a.exits == b.exits
        assert (a.leads == b.leads).all()


def test_the_gain_on_a_line_whose_answer_is_known() -> None:
    # Constant times, orders faster than the slowest station: the output is that of the slowest,
    # so 10 % less time there gives 1/0.9 - 1, anywhere else nothing.
    factory = line(
        [{"run": 50}, {"run": 100}, {"run": 80}],
        orders={"parts": {"product": "part", "every": 40}},
        study={"warm_up": 86400, "window": 864000, "replications": 3},
    )
    proof = find_bottlenecks(factory)
    gains = {(g.name, g.change): g.gain for g in proof.gains}
    assert gains["B", LESS_TIME] == pytest.approx(1 / 0.9 - 1, abs=1e-3)
    assert gains["A", LESS_TIME] == gains["C", LESS_TIME] == pytest.approx(0, abs=1e-3)
    assert gains["B", ONE_MORE] == pytest.approx(100 / 80 - 1, abs=1e-3)
    assert [g.change for g in proof.gains] == [LESS_TIME] * 3 + [ONE_MORE] * 3
    base = summarise(factory, proof.horizon, proof.base)
    assert base.piles_up
    assert "orders pile up" in base.headline()
    seen: list[int] = []
    again = prove(factory, proof.horizon, base=proof.base, found=lambda p: seen.append(p.untried))
    assert again.gains == proof.gains
    assert seen == [5, 4, 3, 2, 1]  # the layout as it is has been seen already
    assert proof.verdict().startswith(f"{LESS_TIME}: B")


def test_where_orders_are_met_nothing_holds_the_output_back() -> None:
    factory = line(
        [{"run": 10}, {"run": 20}], study={"warm_up": 3600, "window": 86400, "replications": 3}
    )
    proof = find_bottlenecks(factory)
    base = summarise(factory, proof.horizon, proof.base)
    assert not base.piles_up
    assert "orders are met" in base.headline()
    assert proof.verdict() == "Orders are met: nothing holds the output back."


def test_from_an_empty_plant_what_is_unfinished_is_told() -> None:
    # One part a minute, 40 min each on forty machines: 40 parts are inside at the end.
    factory = line([{"run": 2400, "machines": 41}], study={"replications": 2})
    said = predict(factory, until="1 day").headline()
    assert said.endswith("from an empty plant: 40 unfinished at the end")


def test_nothing_made_is_told() -> None:
    with pytest.raises(RunError, match="nothing is made"):
        gain([0.0, 0.0], [1.0, 1.0])


def test_one_more_place_before_a_station() -> None:
    factory = line(
        [
            {"run": {"dist": "exponential", "mean": 60}},
            {"run": {"dist": "exponential", "mean": 60}, "input": {"capacity": 0}},
        ],
        orders={"parts": {"product": "part", "every": 10}},
        study={"warm_up": 86400, "window": 20 * 86400, "replications": 10},
    )
    (place,) = [g for g in find_bottlenecks(factory).gains if g.kind == "buffer"]
    # Two exponential machines in a row: 2/3 of one's rate without a place, 3/4 with one.
    assert place.low < (3 / 4) / (2 / 3) - 1 < place.high


def test_the_board_line_agrees_with_an_independent_simulation() -> None:
    """Published with the line: 77 boards a day of 120 with one set-up person and 119 with two,
    from 5 runs whose noise is about 2 %; without walking and carrying."""
    factory = shipped("pcb_line")
    proof = find_bottlenecks(factory, replications=10)
    base = summarise(factory, proof.horizon, proof.base)
    made = base.output.mean * DAY
    assert 74 < made < 81
    assert base.piling.mean * DAY == pytest.approx(120 - made, abs=2)
    best = proof.of(ONE_MORE)[0]
    assert (best.name, best.kind) == ("setup", "crew")
    assert 0.45 < best.gain < 0.60
    assert made * (1 + best.gain) == pytest.approx(119, abs=3)
    others = [g.gain for g in proof.of(ONE_MORE)[1:]]
    assert max(others) < 0.08
    first, second = proof.of(LESS_TIME)[:2]
    assert (first.name, second.name) == ("setup", "place")
    assert 0.05 < first.gain < 0.09
    assert 0.02 < second.gain < 0.065


def test_cost_and_energy_of_a_line_known_by_hand() -> None:
    # One machine of 1 kW and 36,000 EUR that works half the time on 1,440 parts a day, and
    # nobody: 0.5 kW x 24 h / 1440; the price spread over six years.
    factory = line(
        [{"run": 30, "power": {"processing": 1000}, "price": 36000}],
        study={"warm_up": 86400, "window": 864000, "replications": 2},
    )
    forecast = predict(factory)
    tables = plan(factory)
    each = Prices(factory.layout, tables.units, tables.people).per_part(list(forecast.tallies))
    assert each is not None
    assert each.energy.mean / 3.6e6 == pytest.approx(12 / 1440, rel=1e-3)
    machine = 36000 / (6 * 365.25) / 1440
    assert each.cost.mean == pytest.approx(machine + 0.25 * 12 / 1440, rel=1e-3)


# --- sequential stopping, and what an interval is of ----------------------------------------------


def noisy() -> Factory:
    """A machine that is the bottleneck, by chance: the output is spread over replications."""
    return line(
        [{"run": {"dist": "exponential", "mean": 90}}],
        study={"warm_up": 3600, "window": 43200, "seed": 4},
    )


def test_replications_go_on_until_the_mean_is_known_well_enough() -> None:
    rough, fine = predict(noisy(), precision=0.05), predict(noisy(), precision="1 %")
    assert len(rough.tallies) == 10
    assert len(fine.tallies) == fine.horizon.replications > 20
    for made, wanted in ((rough, 0.05), (fine, 0.01)):
        assert made.is_precise and made.output.half_width <= wanted * made.output.mean
    # Law: (t s / (precision x mean))^2 runs are needed; no more than twice as many are made.
    values = output(fine.tallies)
    needed = (1.96 * values.std(ddof=1) / (0.01 * values.mean())) ** 2
    assert needed < len(values) < 2.5 * needed
    (note,) = fine.notes()
    assert note.startswith(f"{len(values)} runs: the mean output is known to ± ")


def test_run_k_is_the_same_whatever_the_number_of_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    fine = predict(noisy(), precision=0.01)
    fixed = predict(noisy(), replications=12)
    assert (output(fine.tallies)[:12] == output(fixed.tallies)).all()
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert (output(predict(noisy(), precision=0.01).tallies) == output(fine.tallies)).all()


def test_the_most_allowed_is_told() -> None:
    made = predict(noisy(), precision=0.001, replications=15)
    assert len(made.tallies) == 15 and not made.is_precise
    (note,) = made.notes()
    assert note.startswith("Stopped at 15 runs, the most allowed")
    assert "0.1 % was asked for; allow more replications" in note


def test_where_there_is_no_chance_ten_runs_are_enough() -> None:
    factory = line([{"run": 30}], study={"warm_up": 3600, "window": 43200})
    assert len(predict(factory, precision=1e-6).tallies) == 10


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"precision": 0}, "precision 0: .* above 0 and below 1"),
        ({"precision": -0.1}, "precision -0.1: "),
        ({"precision": "120 %"}, "precision '120 %': "),
        ({"precision": "2 kg"}, "precision '2 kg': .* is not a share"),
        ({"precision": 0.02, "replications": 9}, "replications 9: .* at least 10"),
        ({"replications": 1}, "replications 1: an interval needs at least two"),
    ],
)
def test_what_cannot_be_asked_is_refused(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(RunError, match=said):
        predict(noisy(), **asked)


def test_nothing_made_has_no_precision() -> None:
    factory = line([{"run": 10 * DAY}], study={"warm_up": 3600, "window": 3600})
    with pytest.raises(RunError, match="precision: nothing is made within the window of 3600 s"):
        predict(factory, precision=0.02)


def test_nine_of_ten_orders_fall_into_the_range_that_is_shown_for_one() -> None:
    # M/M/1: lead times are exponential with mean 1 / (1/40 - 1/60) = 120 s, so known by quantile.
    factory = line(
        [{"run": {"dist": "exponential", "mean": 40}}],
        orders={"parts": {"product": "part", "every": {"dist": "exponential", "mean": 60}}},
        study={"warm_up": DAY, "window": 10 * DAY, "replications": 20},
    )
    made = predict(factory)
    low, high = stats.expon.ppf([0.05, 0.95], scale=120.0)
    assert made.lead_p05 == pytest.approx(low, rel=0.05)
    assert made.lead_p95 == pytest.approx(high, rel=0.05)
    others = np.concatenate([t.leads for t in replicate(factory, replace(made.horizon, seed=9))[0]])
    inside = (made.lead_p05 <= others) & (others <= made.lead_p95)
    assert inside.mean() == pytest.approx(0.9, abs=0.01)
    # The interval of the mean is no promise for the next order.
    assert made.lead_mean
    known = (made.lead_mean.low <= others) & (others <= made.lead_mean.high)
    assert known.mean() < 0.1
