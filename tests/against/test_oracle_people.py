"""Crews, worked out by hand: whom a free person goes to, speeds, absence."""

from __future__ import annotations

from typing import Any

import pytest

from tests.against.chance import SeededChance
from tests.against.log import Log
from tests.against.small import (
    AT_ONCE,
    DOWN,
    HALF_OPEN,
    TWO,
    WAIT,
    WORK,
    one,
    simulate,
    states,
    stop,
    work,
)


def asked(rule: str, **ann: Any) -> list[str]:
    """Ann is busy at d until 9; a (priority 2) asks at 1, b (1) at 3, c (3) at 5: who is next?

    The machines a, b, c, d stand at 0, 4, 8, 12 m.
    """
    products: dict[str, Any] = {}
    orders: dict[str, Any] = {}
    for name, priority, first in (("A", 2, 1), ("B", 1, 3), ("C", 3, 5), ("D", 0, 0)):
        run = {"time": 9 if name == "D" else 2, "by": "ann"}
        route = [{"step": "w", "at": name, "run": run}]
        products[name] = {"route": route, "priority": priority}
        orders[name] = {"product": name, "first": first}
    stations = {name: {"machines": [name.lower()]} for name in "ABCD"}
    crews = {"ann": {"people": 1, "rule": rule, **ann}}
    log = simulate(stations, [], products=products, orders=orders, crews=crews)
    return [row.unit for row in log.attendances][1:]


@pytest.mark.parametrize(
    ("rule", "units"),
    [
        ("oldest", ["a", "b", "c"]),
        ("downstream", ["c", "b", "a"]),
        ("urgent", ["b", "a", "c"]),
        ("nearest", ["c", "b", "a"]),
    ],
)
def test_whom_a_free_person_goes_to(rule: str, units: list[str]) -> None:
    assert asked(rule, walking=1e300) == units


def test_nearest_goes_by_where_a_person_is() -> None:
    stations = {"A": {"machines": ["a", "b", "c"]}}
    crews = {"ann": {"people": 1, "rule": "nearest", "home": [9, 0], "walking": 1e300}}
    log = simulate(stations, work({"time": 5, "by": "ann"}), parts=3, crews=crews)
    assert [row.unit for row in log.attendances] == ["c", "b", "a"]


def test_crews_choose_in_the_order_of_their_names_each_by_its_rule() -> None:
    crews = {
        "ann": {"people": 1},
        "abe": {"people": 1, "skills": ["ann"], "rule": "downstream"},
    }
    stations = {"A": {"machines": ["a"]}, "B": {"machines": ["b"]}}
    products = {
        name: {"route": [{"step": "w", "at": name, "run": {"time": 5, "by": "ann"}}]}
        for name in "AB"
    }
    orders = {name: {"product": name, "first": 0} for name in "AB"}
    log = simulate(stations, [], products=products, orders=orders, crews=crews)
    assert [row[:2] for row in log.attendances] == [("abe#1", "b"), ("ann#1", "a")]


def test_a_skilled_person_is_faster() -> None:
    crews = {"ann": {"people": 1, "skills": {"run": 2.0, "mend": 0.5}}}
    failing = stop("work", 3, 4, by="mend")
    log = simulate(one(), work({"time": 10, "by": "run"}, unload=1), crews=crews)
    assert log.exits == [(6.0, 0)]
    log = simulate(one(disturbances=failing), work(5), crews=crews, until=20)
    assert states(log, "a")[1] == (DOWN, 0, 3.0, 11.0)


def test_who_stays_attends_each_phase_at_the_speed_of_its_skill() -> None:
    crews = {"ann": {"people": 1, "skills": {"run": 2.0}}}
    setup = {"time": 4, "by": "run"}
    log = simulate(one(), work({"time": 10, "by": "run", "attended": 4}, setup=setup), crews=crews)
    # The machine's run keeps its time; half of the attended part of it is enough.
    assert [row[2:] for row in log.attendances] == [(0.0, 4.0)] and log.exits == [(12.0, 0)]


def test_a_restart_takes_the_same_time_at_the_speed_of_who_comes() -> None:
    stations = one(disturbances=stop("work", 3, 4, part="restart"))
    crews = {"ann": {"people": 1, "skills": {"run": 0.5}}}
    log = simulate(stations, work({"time": 4, "by": "run"}), crews=crews, until=20)
    assert log.exits == [(15.0, 0)]


def absent(drawn: dict[tuple[str, int], float], share: float = 0.5, **entries: Any) -> Log:
    def draw(_self: SeededChance, person: str, opening: int) -> float:
        return drawn.get((person, opening), 0.9)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SeededChance, "absence", draw)
        crew = {"people": 2, "absence": share, "calendar": "day"}
        return simulate(
            TWO,
            work({"time": 6, "by": "ann"}),
            crews={"ann": crew},
            calendars=HALF_OPEN,
            transport=AT_ONCE,
            **entries,
        )


def test_who_is_absent_does_not_come_in_that_opening() -> None:
    log = absent({("ann#1", 0): 0.4, ("ann#2", 1): 0.4}, parts=4)
    # 0: ann#2 alone: a to 6, b from 6, stopped from 10. Drawn away at 20, it ends what it began.
    assert states(log, "b")[:4] == [
        (WAIT, 1, 0.0, 6.0),
        (WORK, 1, 6.0, 10.0),
        (WAIT, 1, 10.0, 20.0),
        (WORK, 1, 20.0, 22.0),
    ]
    assert [row.start for row in log.attendances if row.attendant == "ann#1"] == [20.0]


def test_the_share_of_absence_is_that_of_the_draws_below_it() -> None:
    log = absent({("ann#1", 0): 0.5, ("ann#2", 0): 0.4999}, parts=1)
    assert log.attendances[0].attendant == "ann#1"
