"""Changeovers, batches, multiplying, patience, closing and failing, worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.against.log import Log
from tests.against.small import (
    AT_ONCE,
    BLOCKED,
    DOWN,
    HALF_OPEN,
    MAINTENANCE,
    OFF,
    ONE_PERSON,
    SETUP,
    STARVED,
    WORK,
    line,
    one,
    simulate,
    states,
    stop,
    taken,
    two_orders,
    work,
)

# --- changeovers -----------------------------------------------------------------------------


def families(sequence: str, changeover: dict[str, Any], every: float = 0.001, **more: Any) -> Log:
    """Parts of the families red, red, blue, green, that come one after the other; runs of 2."""
    names = {"P": "red", "Q": "red", "R": "blue", "S": "green"}
    products = {name: {"route": work(2), "family": family} for name, family in names.items()}
    orders = {"o": {"sequence": list(sequence), "every": every, "first": 0, "count": len(sequence)}}
    stations = one(changeover=changeover)
    return simulate(stations, [], products=products, orders=orders, **more)


def changes(log: Log) -> list[tuple[int, float]]:
    return [(change.part, change.lasts) for change in log.changeovers]


def test_a_changeover_before_another_family() -> None:
    log = families("PQRP", {"on_change": 3})
    assert changes(log) == [(2, 3.0), (3, 3.0)]
    assert states(log, "a")[:4] == [
        (WORK, 0, 0.0, 2.0),
        (WORK, 1, 2.0, 4.0),
        (SETUP, 2, 4.0, 7.0),
        (WORK, 2, 7.0, 9.0),
    ]


def test_a_matrix_of_changeovers_and_what_it_leaves_out() -> None:
    matrix = {"red": {"blue": 4, "green": 0}, "blue": {"red": 1}}
    assert changes(families("PRPS", {"matrix": matrix})) == [(1, 4.0), (2, 1.0)]
    log = families("PRSP", {"matrix": matrix, "on_change": 9})
    assert changes(log) == [(1, 4.0), (2, 9.0), (3, 9.0)]


@pytest.mark.parametrize(("first", "lasts"), [(5, 5.0), ({"red": 6}, 6.0), ({"blue": 6}, None)])
def test_a_changeover_before_the_very_first_part(first: Any, lasts: float | None) -> None:
    log = families("PQ", {"first": first})
    assert changes(log) == ([] if lasts is None else [(0, lasts)])


def test_a_changeover_after_standing_empty_and_the_longer_of_two() -> None:
    change = {"after_idle": 1, "on_change": 3}
    assert changes(families("PQRP", change)) == [(0, 1.0), (2, 3.0), (3, 3.0)]
    assert changes(families("PQR", change, every=20)) == [(0, 1.0), (1, 1.0), (2, 3.0)]
    # A part that comes at the very end of the one before finds a machine that never stood empty.
    assert changes(families("PP", {"after_idle": 1}, every=3)) == [(0, 1.0)]


def test_somebody_does_the_changeover_and_goes_on_with_the_setup() -> None:
    products = {"P": {"route": work(2, setup={"time": 1, "by": "ann"})}}
    log = simulate(
        one(changeover={"first": 4, "by": "ann"}), [], products=products, crews=ONE_PERSON
    )
    assert [row[2:] for row in log.attendances] == [(0.0, 5.0)]
    assert states(log, "a")[0] == (SETUP, 0, 0.0, 5.0)


# --- batches and multiplying -----------------------------------------------------------------


def test_a_batch_of_at_most_so_many() -> None:
    log = simulate(one(batch={"max": 3}), work(5), parts=7)
    assert [stay.taken for stay in log.stays] == [0.0] * 3 + [5.0] * 3 + [10.0]
    assert [t for t, _ in log.exits] == [5.0] * 3 + [10.0] * 3 + [15.0]


def test_a_batch_waits_until_it_is_complete() -> None:
    orders = {"o": {"product": "P", "every": 4, "first": 0}}
    log = simulate(one(batch={"min": 2, "max": 2}), work(1), orders=orders, until=14)
    assert taken(log, "A") == [(0, 4.0), (1, 4.0), (2, 12.0), (3, 12.0)]


@pytest.mark.parametrize(
    ("wait", "found"),
    [(3, [(0, 3.0), (1, 7.0)]), (4, [(0, 4.0), (1, 4.0)]), (5, [(0, 5.0), (1, 5.0)])],
)
def test_a_batch_that_has_waited_enough_starts_with_fewer(
    wait: float, found: list[tuple[int, float]]
) -> None:
    batch = {"min": 3, "max": 3, "wait_at_most": wait}
    log = simulate(one(batch=batch), work(1), orders=two_orders(4.0), until=14)
    assert taken(log, "A") == found


def test_batches_have_something_in_common() -> None:
    products = {
        "P": {"route": work(5), "family": "red"},
        "Q": {"route": work(5), "family": "blue"},
        "R": {"route": work(5), "family": "red"},
    }
    orders = {"o": {"sequence": ["P", "Q", "R", "P"], "every": 0.5, "first": 0, "count": 4}}
    blocker = {"a": {"product": "Q", "first": 0}}

    def batches(same: str) -> list[list[int]]:
        station = one(batch={"max": 4, "same": same})
        log = simulate(station, [], products=products, orders=blocker | orders, until=40)
        times = sorted({time for _, time in taken(log, "A")})
        return [sorted(p for p, t in taken(log, "A") if t == time) for time in times]

    # At 0: 0 (Q of a) and 1 (P of o); they go together only if nothing is asked.
    assert batches("anything") == [[0, 1], [2, 3, 4]]
    assert batches("family") == [[0], [1, 3, 4], [2]]
    assert batches("product") == [[0], [1, 4], [2], [3]]
    assert batches("order") == [[0], [1], [2], [3], [4]]


def test_a_batch_is_blocked_until_the_last_has_gone() -> None:
    stations, route = line(2.0, 5.0, B={"capacity": 0})
    stations["A"]["batch"] = {"min": 2, "max": 2}
    log = simulate(stations, route, parts=2, transport=AT_ONCE, until=10)
    assert states(log, "a") == [
        (WORK, 0, 0.0, 2.0),
        (BLOCKED, 1, 2.0, 7.0),
        (STARVED, None, 7.0, 10.0),
    ]


def test_one_part_becomes_several() -> None:
    stations, route = line(2.0, 5.0)
    route[0]["makes"] = 3
    log = simulate(stations, route, transport=AT_ONCE)
    assert [key[:3] for key in log.parts] == [("o", 0, 0), ("o", 0, 1), ("o", 0, 2)]
    assert taken(log, "B") == [(0, 2.0), (1, 7.0), (2, 12.0)]
    assert [(o.release, o.end) for o in log.orders] == [(0.0, 17.0)]


# --- patience --------------------------------------------------------------------------------


def test_a_part_that_waits_too_long_is_scrapped_even_as_the_machine_becomes_free() -> None:
    log = simulate(one(), work(5, waits_at_most=5), parts=3)
    assert log.scrapped == [(5.0, 1), (5.0, 2)] and log.exits == [(5.0, 0)]
    longer = simulate(one(), work(5, waits_at_most=5.5), parts=3)
    assert longer.scrapped == [(5.5, 2)] and [t for t, _ in longer.exits] == [5.0, 10.0]


def test_outside_nobody_loses_patience() -> None:
    log = simulate(one(input={"capacity": 1}), work(5, waits_at_most=6), parts=3)
    assert log.scrapped == [] and [s.entered for s in log.stays] == [0.0, 0.0, 5.0]


def test_without_patience_only_a_free_machine_takes_a_part() -> None:
    log = simulate(one(), work(5, waits_at_most=0), parts=2)
    assert log.scrapped == [(0.0, 1)] and log.exits == [(5.0, 0)]


# --- closing ---------------------------------------------------------------------------------


def day(at_close: str) -> dict[str, Any]:
    entry = HALF_OPEN["day"] | {"at_close": at_close}
    return {"calendars": {"day": entry}, "calendar": "day"}


def test_a_machine_finishes_its_part_before_it_closes() -> None:
    log = simulate(one(), work(8), parts=3, until=30, **day("finish"))
    assert states(log, "a") == [
        (WORK, 0, 0.0, 8.0),
        (WORK, 1, 8.0, 16.0),
        (OFF, None, 16.0, 20.0),
        (WORK, 2, 20.0, 28.0),
        (STARVED, None, 28.0, 30.0),
    ]


def test_a_part_finished_after_closing_stays_until_the_machine_opens() -> None:
    stations, route = line(8.0, 1.0)
    log = simulate(stations, route, parts=2, until=25, transport=AT_ONCE, **day("finish"))
    assert states(log, "a")[1:] == [
        (WORK, 1, 8.0, 16.0),
        (OFF, 1, 16.0, 20.0),
        (STARVED, None, 20.0, 25.0),
    ]


def test_closing_exactly_at_completion() -> None:
    for at_close in ("pause", "finish", "fit"):
        log = simulate(one(), work(5), parts=3, until=30, **day(at_close))
        assert log.exits == [(5.0, 0), (10.0, 1), (25.0, 2)], at_close
        assert states(log, "a")[2][:2] == (OFF, None)


def test_only_what_fits_before_closing_is_started() -> None:
    products = {"P": {"route": work(6, unload=1)}, "Q": {"route": work(3)}}
    orders = {"o": {"sequence": ["P", "P", "Q"], "every": 1e-9, "first": 0, "count": 3}}
    log = simulate(one(), [], products=products, orders=orders, **day("fit"))
    # At 7 the second P does not fit until 10, but Q does, to the last second.
    assert [(part, time) for part, time in taken(log, "A")] == [(0, 0.0), (2, 7.0), (1, 20.0)]
    assert [t for t, _ in log.exits] == [7.0, 10.0, 27.0]


def test_a_person_finishes_the_request() -> None:
    crews = {"ann": {"people": 1, "calendar": "day"}}
    calendars = {"day": HALF_OPEN["day"] | {"at_close": "finish"}}
    run = {"time": 8, "by": "ann"}
    log = simulate(one(), work(run), parts=3, crews=crews, calendars=calendars)
    assert [row[2:] for row in log.attendances] == [(0.0, 8.0), (8.0, 16.0), (20.0, 28.0)]


# --- disturbances ----------------------------------------------------------------------------


def test_after_so_many_loads_it_strikes_as_the_load_is_finished() -> None:
    log = simulate(one(disturbances=stop("cycles", 2, 3, planned=True)), work(4), parts=3, until=20)
    assert states(log, "a") == [
        (WORK, 0, 0.0, 4.0),
        (WORK, 1, 4.0, 8.0),
        (MAINTENANCE, None, 8.0, 11.0),
        (WORK, 2, 11.0, 15.0),
        (STARVED, None, 15.0, 20.0),
    ]


def test_a_batch_is_one_load() -> None:
    stations = one(batch={"max": 2}, disturbances=stop("cycles", 2, 3))
    log = simulate(stations, work(4), parts=6)
    assert [t for t, _ in log.exits] == [4.0] * 2 + [8.0] * 2 + [15.0] * 2


@pytest.mark.parametrize(("may_unload", "leaves"), [(True, 9.0), (False, 13.0)])
def test_a_broken_machine_may_keep_its_finished_part(may_unload: bool, leaves: float) -> None:
    stations, route = line(3.0, 6.0, B={"capacity": 0})
    stations["A"]["disturbances"] = stop("calendar", 7, 6, may_unload=may_unload)
    log = simulate(stations, route, orders=two_orders(0.0), transport=AT_ONCE, until=20)
    # 1 is blocked at 6, b is free at 9, the machine is down from 7 to 13.
    assert taken(log, "B")[1] == (1, leaves)


@pytest.mark.parametrize(("may_load", "enters"), [(True, 5.0), (False, 10.0)])
def test_a_broken_machine_may_take_a_part(may_load: bool, enters: float) -> None:
    stations = one(disturbances=stop("calendar", 4, 6, may_load=may_load))
    log = simulate(stations, work(2), orders=two_orders(5.0), until=20)
    assert taken(log, "A") == [(0, 0.0), (1, enters)]
    assert log.exits == [(2.0, 0), (12.0, 1)]


def test_machines_that_are_up_come_before_those_that_may_be_loaded() -> None:
    stations = {"A": {"machines": ["a", "b"], "disturbances": stop("work", 2, 50, may_load=True)}}
    log = simulate(stations, work(2), orders=two_orders(5.0), until=20)
    assert [s.unit for s in log.stays] == ["a", "b"]


def test_a_failure_at_the_end_of_the_last_load_of_the_day() -> None:
    log = simulate(one(disturbances=stop("cycles", 1, 3)), work(10), until=30, **day("pause"))
    assert log.exits == [(10.0, 0)]
    assert states(log, "a")[1:3] == [(OFF, None, 10.0, 20.0), (DOWN, None, 20.0, 23.0)]
