"""Figures: worked examples, identities, and agreement of a timeline with the kernel's own sums."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.plants import line, shipped
from twin.errors import RunError
from twin.kpis import ResourceKpis, check, measure, state_times
from twin.production import kernel
from twin.production.plan import plan
from twin.production.run import Runner, simulate
from twin.timeline import Names, Outcome, State, Timeline, table

DAY = 86400.0
MINUTE = 60.0


def test_the_worked_example_of_a_day() -> None:
    # One day of one machine [min]: ISO 22400-2's elements with an item planned at 1.5 min.
    minutes = {
        State.PROCESSING: 720,
        State.SETUP: 60,
        State.STARVED: 20,
        State.BLOCKED: 15,
        State.WAITING_CREW: 10,
        State.DOWN: 75,
        State.MAINTENANCE: 60,
        State.OFF: 480,
    }
    seconds = {state: value * MINUTE for state, value in minutes.items()}
    day = ResourceKpis("mill", seconds, done=440, scrap=10, rework=12, planned=1.5 * MINUTE)
    assert day.planned_busy == 900 * MINUTE
    assert day.availability == pytest.approx(0.8)
    assert day.effectiveness == pytest.approx(0.9167, abs=5e-5)
    assert day.quality == pytest.approx(0.95)
    assert day.oee == pytest.approx(0.6967, abs=5e-5)
    assert day.oee == pytest.approx(1.5 * 418 / 900)
    assert day.utilisation == pytest.approx(780 / 900)


def test_a_timeline_says_what_the_kernel_summed() -> None:
    factory = shipped("pcb_line")
    timeline = simulate(factory, 3 * DAY, 4)
    runner = Runner(plan(factory))
    tally = runner.tally(4, 0, 0.0, 3 * DAY)
    kpis = measure(timeline)
    names = (*runner.tables.units, *runner.tables.people)
    sums = np.concatenate([tally.unit_times, tally.people_times])
    for name, row in zip(names, sums, strict=True):
        for state in State:
            booked = kpis.resources[name].states.get(state, 0.0)
            assert booked == pytest.approx(row[state], abs=1e-6)
    assert kpis.parts == tally.exits
    assert sorted(kpis.leads) == pytest.approx(sorted(tally.leads))
    for name, done in zip(runner.tables.units, tally.unit_done, strict=True):
        assert kpis.resources[name].done == done


@pytest.mark.parametrize("name", ["pcb_line", "dental_lab", "fixtures_and_conveyor", "print_farm"])
def test_ways_are_summed_in_metres(name: str) -> None:
    """The kernel's sums beside the ways on the floor of each move that takes time."""
    factory = shipped(name)
    timeline = simulate(factory, 3 * DAY, 4)
    tally = Runner(plan(factory)).tally(4, 0, 0.0, 3 * DAY)
    vehicles = factory.layout.transport.vehicles
    expected = {"walked": 0.0, "driven": 0.0, "carried": 0.0}
    for move in timeline.moves[timeline.moves["end"] > timeline.moves["start"]]:
        origin, target = (timeline.names[move[end]] for end in ("origin", "target"))
        carrier = timeline.names[move["carrier"]] if move["carrier"] >= 0 else ""
        if carrier in factory.layout.arms:
            continue
        who = "driven" if carrier in vehicles else "walked" if carrier else "carried"
        start = origin.partition("#")[0]  # each person has a home of his or her own
        expected[who] += factory.ways.between(start, target, on_foot=who == "walked")
    assert any(expected.values())
    assert tally.walked.sum() == pytest.approx(expected["walked"])
    assert tally.driven.sum() == pytest.approx(expected["driven"])
    assert tally.carried == pytest.approx(expected["carried"])


def test_lateness_is_from_the_due_date() -> None:
    timeline = simulate(shipped("job_shop"), 20 * DAY, 3)
    tally = Runner(plan(shipped("job_shop"))).tally(3, 0, 0.0, 20 * DAY)
    done = timeline.orders[timeline.orders["outcome"] == Outcome.DONE]
    assert len(tally.lateness) == len(tally.leads) > 0
    late = np.sort(done["end"] - done["due"])
    assert np.sort(tally.lateness) == pytest.approx(late, nan_ok=True)


def test_parts_are_conserved_and_littles_law_holds() -> None:
    runner = Runner(plan(shipped("pcb_line")))
    tally = runner.tally(9, 0, DAY, 6 * DAY)
    assert tally.starts == tally.exits + tally.scraps + tally.wip_change
    timeline = simulate(shipped("pcb_line"), 6 * DAY, 9)
    orders = timeline.orders
    ends = np.where(np.isnan(orders["end"]), timeline.end, orders["end"])
    inside = (ends - orders["release"]).sum()
    # Over the whole clock, with those still inside: an equality of the same sample path.
    assert measure(timeline).wip * timeline.end == pytest.approx(inside)


def test_energy_by_state_is_energy_in_all() -> None:
    from twin.economics import Prices

    factory = shipped("pcb_line")
    tables = plan(factory)
    tally = Runner(tables).tally(1, 0, 0.0, 2 * DAY)
    prices = Prices(factory.layout, tables.units, tables.people)
    by_machine = (prices.unit_power * tally.unit_times).sum(axis=1)
    by_state = (prices.unit_power * tally.unit_times).sum(axis=0)
    arms = (prices.people_power * tally.people_times).sum()
    assert by_machine.sum() == pytest.approx(by_state.sum())
    assert prices.bill(tally).energy == pytest.approx(by_machine.sum() + arms)


def small(*rows: tuple[object, ...]) -> Timeline:
    names = Names(["mill", "a"])
    return Timeline(
        names=names.texts(),
        resources=(0,),
        start=0.0,
        end=100.0,
        intervals=table("intervals", rows),
        moves=table("moves"),
        orders=table("orders"),
        points=table("points"),
    )


def test_what_is_not_said_is_unavailable_and_an_open_interval_goes_on() -> None:
    nan = float("nan")
    timeline = small((0, 4, 1, 10.0, 30.0, 0, -1), (0, 5, -1, 60.0, nan, 0, -1))
    assert state_times(timeline)["mill"] == {
        State.PROCESSING: 20.0,
        State.STARVED: 40.0,
        State.UNAVAILABLE: 40.0,
    }
    one = measure(timeline).resources["mill"]
    assert one.planned_busy == 60.0
    assert one.utilisation == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    "rows",
    [
        [(0, 4, 1, 10.0, 30.0, 0, -1), (0, 5, -1, 20.0, 40.0, 0, -1)],
        [(0, 4, 1, 10.0, 130.0, 0, -1)],
        [(0, 4, 1, 30.0, 10.0, 0, -1)],
    ],
)
def test_a_timeline_that_contradicts_itself_is_told(rows: list[tuple[object, ...]]) -> None:
    with pytest.raises(RunError, match="'mill' is in two states at once"):
        measure(small(*rows))


def test_an_empty_clock_cannot_be_measured() -> None:
    with pytest.raises(RunError, match="no length"):
        measure(replace(small(), end=0.0))


def test_a_wrong_identity_is_told() -> None:
    kpis = measure(simulate(line([{"run": 30}]), DAY))
    name = "A1"
    wrong = replace(kpis.resources[name], states={State.PROCESSING: 1.0})
    with pytest.raises(RunError, match="add up"):
        check(replace(kpis, resources={name: wrong}))


def test_the_kernel_books_every_second() -> None:
    runner = Runner(plan(shipped("pcb_line")))
    tally = runner.tally(2, 0, DAY / 3, 2 * DAY)
    assert tally.unit_times.sum(axis=1) == pytest.approx(tally.window)
    assert tally.people_times.sum(axis=1) == pytest.approx(tally.window)
    assert tally.unit_times.shape[1] == kernel.N_STATES
