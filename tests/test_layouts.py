"""The shipped layouts at work: what each is there to show comes out of a run."""

from __future__ import annotations

from functools import cache

import pytest

import twin
from tests.plants import WORKING, shipped
from twin.kpis import Kpis
from twin.timeline import State

DAYS = 60


@cache
def measured(name: str) -> Kpis:
    """The figures of one run of 60 days from an empty plant."""
    return twin.measure(twin.simulate(shipped(name), until=f"{DAYS} day", seed=1))


def share(name: str, resource: str, *states: State) -> float:
    """Part of its open time that a resource is in some states."""
    times = measured(name).resources[resource].states
    open_ = sum(times.values()) - times.get(State.OFF, 0.0)
    return sum(times.get(state, 0.0) for state in states) / open_


@pytest.mark.parametrize("name", WORKING)
def test_orders_are_met_but_where_the_layout_shows_that_they_are_not(name: str) -> None:
    kpis = measured(name)
    met = (kpis.finished + kpis.scrapped) / kpis.released
    assert 0.5 < met < 0.85 if name in ("pcb_line", "print_farm_day") else met > 0.95


def test_the_job_shop_has_two_rivals() -> None:
    """An independent model of it (no walking) made 74.6 a day: weld 96 %, mills 90 % in use."""
    working = (State.SETUP, State.PROCESSING)
    assert measured("job_shop").parts / DAYS == pytest.approx(74.6, rel=0.03)
    assert share("job_shop", "weld", *working) == pytest.approx(0.93, abs=0.05)
    mills = [share("job_shop", name, *working) for name in ("mill-1", "mill-2")]
    assert sum(mills) / 2 == pytest.approx(0.90, abs=0.05)


def test_without_the_arm_printers_stand_idle_as_published() -> None:
    """Published for farms whose plates are changed by hand: 30 to 50 % of the time."""
    printers = shipped("print_farm").layout.stations["print"].machines
    by_day = [share("print_farm_day", name, State.WAITING_CREW) for name in printers]
    by_arm = [share("print_farm", name, State.WAITING_CREW) for name in printers]
    assert 0.30 < sum(by_day) / len(by_day) < 0.50
    assert sum(by_arm) / len(by_arm) < 0.02
    assert measured("print_farm").parts > 1.2 * measured("print_farm_day").parts


def test_the_coater_keeps_to_its_colour_and_the_belt_never_holds_up_the_mills() -> None:
    assert 0.2 < share("fixtures_and_conveyor", "coater", State.SETUP) < 0.5
    assert share("fixtures_and_conveyor", "mill-1", State.BLOCKED) < 0.02
