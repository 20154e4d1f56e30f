"""Rules of taking, interruption and alternatives, worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.against.log import Log
from tests.against.small import (
    AT_ONCE,
    ONE_PERSON,
    SETUP,
    STARVED,
    WAIT,
    WORK,
    one,
    simulate,
    states,
    taken,
    work,
)

JOBS = {  # product: run, later run, due, priority, weight; F keeps the machine until all are there
    "P": (4, 1, 30, 2, 1),
    "Q": (2, 9, 10, 3, 4),
    "R": (6, 0, 20, 1, 3),
}


def order_of(rule: str, ties: str = "arrival") -> str:
    """In which order a machine takes P, Q, R, that came at 1, 2, 3, when it is free at 5."""
    stations = one(rule=rule, ties=ties) | {"B": {"machines": ["b"]}}
    products: dict[str, Any] = {"F": {"route": work(5)}}
    orders: dict[str, Any] = {"f": {"product": "F", "first": 0}}
    for k, (name, (run, later, due, priority, weight)) in enumerate(JOBS.items()):
        route = [*work(run), {"step": "later", "at": "B", "run": later}]
        products[name] = {"route": route, "priority": priority, "weight": weight}
        orders[name] = {"product": name, "first": k + 1, "due": due}
    log = simulate(stations, [], products=products, orders=orders)
    return "".join(log.parts[part].stream for part, _ in taken(log, "A"))[1:]


@pytest.mark.parametrize(
    ("rule", "order"),
    [
        ("fifo", "PQR"),
        ("lifo", "RQP"),
        ("spt", "QPR"),
        ("lpt", "RPQ"),
        ("edd", "QRP"),  # due at 31, 12, 23
        ("priority", "RPQ"),
        ("wspt", "QRP"),  # 1/4, 4/2, 3/6
        ("critical_ratio", "QRP"),  # at 5: 26/5, 7/11, 18/6
        ("most_work", "QRP"),  # 5, 11, 6
        ("least_work", "PRQ"),
        ("same_setup", "PQR"),
    ],
)
def test_which_part_is_taken_first(rule: str, order: str) -> None:
    assert order_of(rule) == order


@pytest.mark.parametrize(("ties", "order"), [("arrival", [2, 1]), ("number", [1, 2])])
def test_ties_go_by_arrival_or_number(ties: str, order: list[int]) -> None:
    # 1 is on its way for longer than 2; both are in front of B before F has left it.
    stations = one() | {"C": {"machines": ["c"]}, "B": {"machines": ["b"], "ties": ties}}
    stations["B"]["rule"] = "spt"
    end = {"step": "end", "at": "B", "run": 1}
    products = {
        "P": {"route": [{"step": "w", "at": "A", "run": 3}, end]},
        "Q": {"route": [{"step": "w", "at": "C", "run": 2}, end]},
        "F": {"route": [{"step": "w", "at": "B", "run": 9}]},
    }
    orders = {name: {"product": name.upper(), "first": 0} for name in "pqf"}
    log = simulate(stations, [], products=products, orders=orders, transport=AT_ONCE)
    assert [part for part, _ in taken(log, "B")] == [0, *order]


def test_same_setup_takes_the_family_of_the_machine_first() -> None:
    products = {
        "P": {"route": work(2), "family": "red"},
        "Q": {"route": work(2), "family": "blue"},
        "R": {"route": work(2), "family": "red"},
    }
    orders = {name: {"product": name, "first": 0, "quantity": 2} for name in "PQR"}
    log = simulate(one(rule="same_setup"), [], products=products, orders=orders)
    streams = "".join(log.parts[part].stream for part, _ in taken(log, "A"))
    assert streams == "PPRRQQ"


def urgent(second: float, run: Any = 10, **entries: Any) -> Log:
    """P is at work from 0; Q, more urgent, comes at `second` and needs 4."""
    products = {
        "P": {"route": work(run, setup=1, unload=1), "priority": 2},
        "Q": {"route": work(4), "priority": 1},
    }
    orders = {"p": {"product": "P", "first": 0}, "q": {"product": "Q", "first": second}}
    stations = one(rule="priority", interruptible=True, **entries.pop("station", {}))
    return simulate(stations, [], products=products, orders=orders, until=30, **entries)


def test_an_urgent_part_takes_the_machine_over() -> None:
    log = urgent(4)
    assert states(log, "a") == [
        (SETUP, 0, 0.0, 1.0),
        (WORK, 0, 1.0, 4.0),
        (WORK, 1, 4.0, 8.0),
        (WORK, 0, 8.0, 16.0),  # the 7 left and the unloading; no second set-up
        (STARVED, None, 16.0, 30.0),
    ]
    assert [(s.part, s.entered) for s in log.stays] == [(0, 0.0), (1, 4.0), (0, 0.0)]


@pytest.mark.parametrize(("second", "begins"), [(0.5, 1.0), (11.0, 12.0)])
def test_only_the_run_is_interrupted(second: float, begins: float) -> None:
    # At 0.5 it is being set up: the run is taken over as it starts; at 11 it unloads until 12.
    log = urgent(second)
    assert taken(log, "A")[1] == (1, begins)


def test_an_interrupted_part_lets_its_attendant_go() -> None:
    log = urgent(4, run={"time": 10, "by": "ann"}, crews=ONE_PERSON)
    assert [row[2:] for row in log.attendances] == [(1.0, 4.0), (8.0, 15.0)]
    short = urgent(4, run={"time": 10, "by": "ann", "attended": 5}, crews=ONE_PERSON)
    assert [row[2:] for row in short.attendances] == [(1.0, 4.0), (8.0, 13.0)]
    over = urgent(4, run={"time": 10, "by": "ann", "attended": 2}, crews=ONE_PERSON)
    # Whoever has left comes anew when it goes on.
    assert [row[2:] for row in over.attendances] == [(1.0, 3.0), (8.0, 10.0)]


def test_of_several_the_least_urgent_highest_unit_is_taken_over() -> None:
    products = {
        name: {"route": work(10), "priority": priority}
        for name, priority in {"P": 3, "Q": 3, "R": 2, "S": 1, "T": 3}.items()
    }
    orders = {name.lower(): {"product": name, "first": 0} for name in "PQR"}
    orders["s"] = {"product": "S", "first": 1}
    orders["t"] = {"product": "T", "first": 2}  # not strictly more urgent
    stations = {"A": {"machines": ["a", "b", "c"], "rule": "priority", "interruptible": True}}
    log = simulate(stations, [], products=products, orders=orders)
    # By priority: R on a, P on b, Q on c.
    assert [(s.part, s.unit, s.taken) for s in log.stays][:4] == [
        (2, "a", 0.0),
        (0, "b", 0.0),
        (1, "c", 0.0),
        (3, "c", 1.0),
    ]
    assert [(s.part, s.taken) for s in log.stays][4:] == [(1, 10.0), (4, 10.0)]


def test_a_machine_that_is_interrupted_while_it_waits_for_repair_is_not() -> None:
    stop = {"stop": {"clock": "work", "every": 2, "lasts": 5}}
    log = urgent(4, station={"disturbances": stop})
    assert taken(log, "A")[1] == (1, 7.0)  # 0 is stopped from 2 to 7


SHARED = {
    "A": {"machines": ["a"]},
    "B": {"machines": ["b"]},
}


def test_parts_go_to_the_first_free_of_the_alternatives() -> None:
    log = simulate(SHARED, work(4, or_at={"B": {}}), parts=2)
    assert [(s.part, s.station) for s in log.stays] == [(1, "B"), (0, "A")]
    third = simulate(SHARED, work(4, or_at={"B": {}}), parts=4)
    assert {s.part: s.station for s in third.stays} == {0: "A", 1: "B", 2: "A", 3: "B"}


def test_an_alternative_may_have_its_own_phases() -> None:
    step = {"setup": 1, "or_at": {"B": {"run": 7}}}
    log = simulate(SHARED, work(4, **step), parts=2)
    assert log.exits == [(5.0, 0), (8.0, 1)]


def test_the_choice_is_made_once() -> None:
    # 2 goes to A, since both have one; B is free at 1, but it stays where it is.
    log = simulate(SHARED, work(4, or_at={"B": {"run": 1}}), parts=3)
    assert {s.part: s.station for s in log.stays} == {0: "A", 1: "B", 2: "A"}
    assert log.exits == [(1.0, 1), (4.0, 0), (8.0, 2)]


def test_the_shortest_queue_counts_per_machine() -> None:
    stations = {"A": {"machines": ["a"]}, "B": {"machines": ["b", "c"]}}
    step = {"or_at": {"B": {}}, "choose": "shortest_queue"}
    log = simulate(stations, work(4, **step), parts=6)
    assert "".join(s.station for s in sorted(log.stays)) == "ABBABB"


def test_an_alternative_is_chosen_when_the_step_before_is_finished() -> None:
    stations = {"S": {"machines": ["s"]}} | SHARED
    route = [{"step": "first", "at": "S", "run": 1}, *work(5, or_at={"B": {}})]
    log = simulate(stations, route, parts=3, transport=AT_ONCE)
    assert {s.part: (s.station, s.taken) for s in log.stays if s.station != "S"} == {
        0: ("A", 1.0),
        1: ("B", 2.0),
        2: ("A", 6.0),
    }


def test_always_fills_every_idle_alternative_the_last_of_the_flow_first() -> None:
    orders = {"o": {"product": "P", "release": "always"}}
    log = simulate(SHARED, work(4, or_at={"B": {"run": 3}}), orders=orders, until=5)
    assert [(s.part, s.station, s.taken) for s in log.stays] == [
        (0, "B", 0.0),
        (1, "A", 0.0),
        (2, "B", 3.0),
        (3, "A", 4.0),
    ]
    assert states(log, "a")[0] == (WORK, 1, 0.0, 4.0)


def test_an_attendant_is_asked_where_the_part_went() -> None:
    step = {"or_at": {"B": {"run": {"time": 4, "by": "ann"}}}}
    log = simulate(SHARED, work(6, **step), parts=4, crews=ONE_PERSON)
    assert [a.unit for a in log.attendances] == ["b", "b"]
    assert WAIT not in {row[0] for row in states(log, "b")}
