"""A simulated shop's timeline gives back the shop: what was planted is what is inferred."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import twin
from tests.inference.comparing import busy, errors, layout_of, rate
from twin.inference import Draft, draft_layout
from twin.layout.basis import basis_of
from twin.layout.schema import (
    Constant,
    Drawn,
    Exponential,
    Gamma,
    Layout,
    Lognormal,
    Phase,
    Step,
    Weibull,
)
from twin.production.run import simulate
from twin.timeline import State, Timeline

SHOP = """
twin: 1
name: Planted
floor: {size: [14 m, 10 m]}
calendars: {week: {cycle: 7 day, open: [[7 h, 15 h], [31 h, 39 h],
  [55 h, 63 h], [79 h, 87 h], [103 h, 109 h]]}}
calendar: week
machines:
  saw: {asset: cutter/laser, at: [2.2 m, 8 m]}
  mill-1: {asset: mill/desktop, at: [6 m, 8 m]}
  mill-2: {asset: mill/desktop, at: [8.5 m, 8 m]}
  oven: {asset: oven/chamber, at: [11 m, 8 m], places: 3}
  gauge: {asset: inspection/cmm, at: [3 m, 3 m]}
stations:
  sawing: {machines: [saw]}
  milling: {machines: [mill-1, mill-2], changeover: {on_change: 6 min}}
  baking: {machines: [oven]}
  measuring: {machines: [gauge]}
crews:
  smith: {people: 2, skills: [cut, measure]}
products:
  plate:
    route:
      - {step: cut, at: sawing, run: {time: {dist: gamma, mean: 4 min, cv: 0.5}, by: cut}}
      - {step: mill, at: milling, run: {dist: lognormal, mean: 14 min, cv: 0.4}}
      - {step: bake, at: baking, run: {dist: uniform, low: 25 min, high: 31 min}}
      - step: measure
        at: measuring
        run: {time: {dist: weibull, shape: 2, scale: 5 min}, by: measure, attended: 1 min}
        then: [{to: mill, share: 10 %}, {to: scrap, share: 4 %}]
  ring:
    route:
      - {step: cut, at: sawing, run: {time: 3 min, by: cut}}
      - {step: measure, at: measuring, run: {time: 2 min, by: measure, attended: 1 min}}
orders:
  all:
    mix: {plate: 70 %, ring: 30 %}
    every: {dist: exponential, mean: 14 min}
    calendar: week
    due: 3 day
transport: {speed: null}
"""
NAMES = {"saw": "Sägen", "mill-1": "Fräsen", "mill-2": "Fräsen", "oven": "Oven", "gauge": "Inspect"}
DAYS = 84


def as_logged(timeline: Timeline, activities: dict[str, str]) -> Timeline:
    """The timeline as a log would have it: steps have names, and nobody says what is not work."""
    names = [*timeline.names, *sorted(set(activities.values()))]
    rows = timeline.intervals[np.isin(timeline.intervals["state"], [State.SETUP, State.PROCESSING])]
    for code in timeline.resources:
        activity = activities.get(timeline.name(code).partition(".")[0])
        if activity:
            rows["native"][rows["resource"] == code] = names.index(activity)
    return replace(timeline, names=tuple(names), intervals=rows)


@pytest.fixture(scope="module")
def planted() -> Timeline:
    return simulate(twin.validate(layout_of(SHOP)), f"{DAYS} day", 1)


@pytest.fixture(scope="module")
def draft(planted: Timeline) -> Draft:
    return draft_layout(as_logged(planted, NAMES), "found")


@pytest.fixture(scope="module")
def found(draft: Draft) -> Layout:
    return layout_of(draft.text)


def mean(time: object) -> float:
    """The mean of a time [s]."""
    if isinstance(time, Phase):
        return mean(time.time)
    if isinstance(time, Constant):
        return time.value
    if isinstance(time, Lognormal | Gamma | Exponential):
        return time.mean
    assert isinstance(time, Weibull)
    from math import gamma

    return time.scale * gamma(1 + 1 / time.shape)


def step_of(layout: Layout, product: str, step: str) -> Step:
    return next(s for s in layout.products[product].route if s.step == step)


def test_the_draft_is_a_layout_without_errors(found: Layout) -> None:
    assert errors(found) == []


def test_stations_queues_and_capacities(found: Layout) -> None:
    stations = {frozenset(s.machines) for s in found.stations.values()}
    assert stations == {*map(frozenset, (["saw"], ["mill-1", "mill-2"], ["oven"], ["gauge"]))}
    assert {m: found.machines[m].places for m in found.machines} == {
        "saw": 1, "mill-1": 1, "mill-2": 1, "oven": 3, "gauge": 1
    }  # fmt: skip
    assert found.machines["oven"].asset == "oven/chamber"
    assert found.machines["gauge"].asset == "inspection/cmm"


def test_routes_rework_and_scrap(found: Layout) -> None:
    plate = [s.step for s in found.products["plate"].route]
    assert plate == ["s-gen", "fr-sen", "oven", "inspect"] and set(found.products) == {
        "plate", "ring",
    }  # fmt: skip
    assert [s.step for s in found.products["ring"].route] == ["s-gen", "inspect"]
    then = {b.to: b.share for b in step_of(found, "plate", "inspect").then}
    # 2,700 plates and more: three standard errors of a share of 10 % are 1.8 %.
    assert then == {
        "fr-sen": pytest.approx(0.10, abs=0.018),
        "scrap": pytest.approx(0.04, abs=0.012),
    }
    assert not step_of(found, "plate", "oven").then
    assert found.orders["orders"].mix["plate"] == pytest.approx(0.7, abs=0.03)


@pytest.mark.parametrize(
    ("product", "step", "minutes"),
    [
        ("plate", "s-gen", 4.0), ("plate", "fr-sen", 14.0), ("plate", "oven", 28.0),
        ("plate", "inspect", 5 * 0.886227), ("ring", "s-gen", 3.0), ("ring", "inspect", 2.0),
    ],
)  # fmt: skip
def test_times_are_those_that_were_planted(
    found: Layout, product: str, step: str, minutes: float
) -> None:
    # Of 1,000 observations with a cv of 0.5 the mean is known to 1.6 % (one standard error).
    assert mean(step_of(found, product, step).run) == pytest.approx(60 * minutes, rel=0.04)


def test_the_law_with_the_least_aic_is_the_planted_one(found: Layout) -> None:
    for step, law, cv in (("fr-sen", Lognormal, 0.4), ("s-gen", Gamma, 0.5)):
        run = step_of(found, "plate", step).run
        assert run is not None and isinstance(run.time, law), step
        assert run.time.cv == pytest.approx(cv, rel=0.1)
    run = step_of(found, "plate", "inspect").run
    assert run is not None and isinstance(run.time, Weibull)
    assert run.time.shape == pytest.approx(2, rel=0.1)
    assert isinstance(run.time, Drawn) and basis_of(
        found, "products/plate/route/3/run/time/scale"
    ).startswith("measured: n = ")


def test_set_ups_come_with_a_change_of_product(found: Layout) -> None:
    # Only plates are milled: there is no change, and so no set-up in the log to be seen.
    assert all(s.changeover is None for s in found.stations.values())
    text = SHOP.replace(
        "- {step: measure, at: measuring, run: {time: 2 min",
        "- {step: mill, at: milling, run: 8 min}\n"
        "      - {step: measure, at: measuring, run: {time: 2 min",
    )
    run = simulate(twin.validate(layout_of(text)), "42 day", 1)
    for hidden in (False, True):
        logged = as_logged(run, NAMES)
        if hidden:  # a log that counts set-ups as work: one row from the beginning to the end
            logged = replace(logged, intervals=merged(logged.intervals))
        layout = layout_of(draft_layout(logged, "found").text)
        change = layout.stations["mill"].changeover
        assert change is not None, hidden
        # One of the set-ups is cut by the end of the log; what is hidden is a difference of means.
        assert mean(change.on_change) == pytest.approx(360, rel=0.15 if hidden else 0.01)
        assert mean(step_of(layout, "plate", "fr-sen").run) == pytest.approx(840, rel=0.06)


def merged(rows):
    """Each set-up and the work behind it as one interval of work."""
    rows = rows[np.lexsort((rows["start"], rows["resource"]))].copy()
    keep = np.ones(len(rows), dtype=bool)
    for k in range(len(rows) - 1):
        one, two = rows[k], rows[k + 1]
        same = one["resource"] == two["resource"] and one["part"] == two["part"]
        if same and one["state"] == State.SETUP and one["end"] == two["start"]:
            rows["start"][k + 1] = one["start"]
            keep[k] = False
    rows["state"][rows["state"] == State.SETUP] = State.PROCESSING
    return rows[keep]


def test_the_week_is_that_of_the_calendar(found: Layout, planted: Timeline) -> None:
    calendar = found.calendars["open"]
    assert calendar.cycle == 7 * 86400 and len(calendar.open) == 5
    for day, (begin, end) in enumerate(calendar.open):
        closing = 15 if day < 4 else 13
        # The first step of a day begins a little after the opening, the last one is paused at the
        # closing; both are told to a quarter of an hour.
        assert begin - day * 86400 == pytest.approx(7 * 3600, abs=900)
        assert end - day * 86400 == pytest.approx(closing * 3600, abs=900)
    assert found.orders["orders"].calendar == found.calendar == "open"


def test_crews_are_who_begins_what(found: Layout) -> None:
    crew = found.crews["smith"]
    assert crew.people == 2 and set(crew.skills) == {"saw", "gauge"}
    cut, measure = (step_of(found, "plate", s).run for s in ("s-gen", "inspect"))
    assert cut is not None and cut.by == "saw" and cut.attended is None
    assert measure is not None and measure.by == "gauge"
    assert measure.attended == pytest.approx(60, rel=0.15)
    mill = step_of(found, "plate", "fr-sen").run
    assert mill is not None and mill.by is None


def test_orders_come_as_often_and_are_due_as_late(found: Layout) -> None:
    orders = found.orders["orders"]
    # 3 standard errors of the mean of 1,950 exponential times are 7 %.
    assert mean(orders.every) == pytest.approx(840, rel=0.07)
    assert orders.due == pytest.approx(3 * 86400, rel=1e-3)


def test_each_number_says_where_it_comes_from(found: Layout) -> None:
    for path in (
        "products/plate/route/1/run/time/mean", "calendars/open/open", "machines/oven/places",
        "crews/smith/people", "orders/orders/every/mean", "orders/orders/mix", "orders/orders/due",
    ):  # fmt: skip
        assert basis_of(found, path).startswith("measured: "), path
    for path in ("machines/saw/at", "floor/size", "crews/smith/walking"):
        assert basis_of(found, path) == "guessed", path


def test_the_draft_makes_what_the_shop_made(found: Layout, planted: Timeline) -> None:
    again = simulate(twin.validate(found), f"{DAYS} day", 2)
    assert rate(again) == pytest.approx(rate(planted), rel=0.07)  # as the orders' mean, above
    for machines in (["saw"], ["mill-1", "mill-2"], ["oven"], ["gauge"]):
        # A share is the product of the rate and of a mean time, each known to a few per cent.
        assert busy(again, machines) == pytest.approx(busy(planted, machines), rel=0.1)


def test_a_run_without_activities_names_steps_after_stations(planted: Timeline) -> None:
    draft = draft_layout(planted, "found")
    assert "draft.activities" in {note.rule for note in draft.notes}
    layout = layout_of(draft.text)
    assert [s.step for s in layout.products["plate"].route] == ["saw", "mill", "oven", "gauge"]
    assert layout.stations["mill"].machines == ("mill-1", "mill-2")


def test_the_same_log_gives_the_same_text(planted: Timeline, draft: Draft) -> None:
    assert draft_layout(as_logged(planted, NAMES), "found").text == draft.text
