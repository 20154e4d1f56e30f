"""Small cases worked out by hand: one rule of production each."""

from __future__ import annotations

import pytest

from tests.against.small import (
    BLOCKED,
    DOWN,
    HALF_OPEN,
    OFF,
    ONE_PERSON,
    SETUP,
    STARVED,
    TWO,
    WAIT,
    WORK,
    one,
    simulate,
    states,
    stop,
    two_orders,
    work,
)


def test_work_pauses_while_closed() -> None:
    log = simulate(one(), work(15), calendars=HALF_OPEN, calendar="day", until=30.0)
    assert states(log, "a") == [
        (WORK, 0, 0.0, 10.0),
        (OFF, 0, 10.0, 20.0),
        (WORK, 0, 20.0, 25.0),
        (STARVED, None, 25.0, 30.0),
    ]


def test_a_part_finished_at_closing_is_finished_but_goes_on_at_opening() -> None:
    stations = one() | {"B": {"machines": ["b"]}}
    route = [*work(10), {"step": "more", "at": "B", "run": 5}]
    log = simulate(stations, route, calendars=HALF_OPEN, calendar="day", until=30.0)
    assert states(log, "a")[1:] == [(OFF, 0, 10.0, 20.0), (STARVED, None, 20.0, 30.0)]
    assert simulate(one(), work(10), calendars=HALF_OPEN, calendar="day").exits == [(10.0, 0)]


def test_a_failure_by_work_at_completion_leaves_the_part_done() -> None:
    log = simulate(one(disturbances=stop("work", 10, 5)), work(10), parts=2, until=25.0)
    assert log.exits == [(10.0, 0)]
    assert states(log, "a") == [
        (WORK, 0, 0.0, 10.0),
        (DOWN, None, 10.0, 15.0),
        (WORK, 1, 15.0, 25.0),
    ]


def test_a_failure_by_work_counts_progress_only() -> None:
    stations = one(disturbances=stop("work", 7, 2))
    log = simulate(stations, work(5), parts=1, until=60.0, orders=two_orders(20.0))
    assert states(log, "a")[:5] == [
        (WORK, 0, 0.0, 5.0),
        (STARVED, None, 5.0, 20.0),
        (WORK, 1, 20.0, 22.0),
        (DOWN, 1, 22.0, 24.0),
        (WORK, 1, 24.0, 27.0),
    ]


@pytest.mark.parametrize(("part", "end"), [("resume", 8.0), ("restart", 12.0)])
def test_a_failed_part_goes_on_or_starts_anew(part: str, end: float) -> None:
    log = simulate(one(disturbances=stop("work", 4, 2, part=part)), work(6))
    assert log.exits == [(end, 0)]


def test_a_failed_part_is_scrapped_and_replaced() -> None:
    stations = one(disturbances=stop("work", 4, 2, part="scrap"))
    log = simulate(stations, work(6), when_scrapped="replace", until=12.0)
    assert log.scrapped == [(4.0, 0)]
    assert states(log, "a") == [
        (WORK, 0, 0.0, 4.0),
        (DOWN, None, 4.0, 6.0),
        (WORK, 1, 6.0, 12.0),
    ]
    lost = simulate(stations, work(6))
    assert lost.exits == [] and [(o.end, o.done) for o in lost.orders] == [(4.0, False)]


def test_an_idle_machine_that_is_down_takes_no_part() -> None:
    stations = one(disturbances=stop("calendar", 4, 6))
    log = simulate(stations, work(2), orders=two_orders(5.0), until=12.0)
    assert states(log, "a")[2:] == [(DOWN, None, 4.0, 10.0), (WORK, 1, 10.0, 12.0)]


def test_a_blocked_machine_that_is_down_hands_over() -> None:
    stations = one(disturbances=stop("calendar", 8, 10)) | {
        "B": {"machines": ["b"], "input": {"capacity": 0}}
    }
    route = [*work(3), {"step": "more", "at": "B", "run": 7}]
    log = simulate(stations, route, parts=2, until=20.0, transport={"speed": 1e300})
    assert states(log, "a")[1:] == [
        (WORK, 1, 3.0, 6.0),
        (BLOCKED, 1, 6.0, 8.0),
        (DOWN, 1, 8.0, 10.0),
        (DOWN, None, 10.0, 18.0),
        (STARVED, None, 18.0, 20.0),
    ]


def test_repair_waits_for_the_repairer_and_runs_in_open_time() -> None:
    stations = {"A": {"machines": ["a", "b"], "disturbances": stop("work", 4, 8, by="fix")}}
    crews = {"fix": {"people": 1}}
    log = simulate(stations, work(6), parts=2, crews=crews, calendars=HALF_OPEN, calendar="day")
    assert states(log, "a")[:4] == [
        (WORK, 0, 0.0, 4.0),
        (DOWN, 0, 4.0, 10.0),
        (OFF, 0, 10.0, 20.0),
        (DOWN, 0, 20.0, 22.0),
    ]
    assert states(log, "b")[3] == (DOWN, 1, 20.0, 30.0)
    assert [a[1:] for a in log.attendances] == [("a", 4.0, 22.0), ("b", 22.0, 30.0)]


def test_an_attendant_leaves_after_the_attended_time() -> None:
    run = {"time": 10, "by": "ann", "attended": 3}
    log = simulate(TWO, work(run), parts=2, crews=ONE_PERSON)
    assert log.exits == [(10.0, 0), (13.0, 1)]
    assert states(log, "b")[:2] == [(WAIT, 1, 0.0, 3.0), (WORK, 1, 3.0, 13.0)]


def test_an_attendant_stays_for_the_next_phase_after_one_attended_throughout() -> None:
    setup, run = {"time": 2, "by": "ann"}, {"time": 5, "by": "ann"}
    log = simulate(TWO, work(run, setup=setup), parts=2, crews=ONE_PERSON)
    assert states(log, "a")[:2] == [(SETUP, 0, 0.0, 2.0), (WORK, 0, 2.0, 7.0)]
    assert states(log, "b")[0] == (WAIT, 1, 0.0, 7.0)


def test_an_attendant_who_may_leave_goes_to_the_older_request() -> None:
    setup, run = {"time": 2, "by": "ann", "attended": 2}, {"time": 5, "by": "ann"}
    log = simulate(TWO, work(run, setup=setup), parts=2, crews=ONE_PERSON)
    assert states(log, "b")[:2] == [(WAIT, 1, 0.0, 2.0), (SETUP, 1, 2.0, 4.0)]
    assert states(log, "a")[:3] == [
        (SETUP, 0, 0.0, 2.0),
        (WAIT, 0, 2.0, 4.0),
        (WORK, 0, 4.0, 9.0),
    ]


def test_requests_of_one_instant_are_served_downstream_first() -> None:
    stations = one() | {"B": {"machines": ["b"]}}
    run = {"time": 5, "by": "ann"}
    route = [*work(run), {"step": "more", "at": "B", "run": run}]
    log = simulate(stations, route, parts=2, crews=ONE_PERSON, transport={"speed": 4.0})
    # Part 0 leaves a at 5 and is at b at 6; a asks again at 5 and is served; then b, asked at 6.
    assert [a[1:] for a in log.attendances][:3] == [("a", 0, 5), ("a", 5, 10), ("b", 10, 15)]
    both = simulate(stations, route, parts=2, crews=ONE_PERSON, transport={"speed": 1e300})
    assert [a.unit for a in both.attendances] == ["a", "b", "a", "b"]


def test_people_walk_from_where_they_are() -> None:
    crews = {"ann": {"people": 1, "home": [0, 3], "walking": 1.0}}
    log = simulate(TWO, work({"time": 5, "by": "ann"}), parts=2, crews=crews)
    assert states(log, "a")[:2] == [(WAIT, 0, 0.0, 3.0), (WORK, 0, 3.0, 8.0)]
    assert states(log, "b")[:2] == [(WAIT, 1, 0.0, 12.0), (WORK, 1, 12.0, 17.0)]
    assert [a[2:] for a in log.attendances] == [(0.0, 8.0), (8.0, 17.0)]


def test_work_waits_while_its_attendant_is_away() -> None:
    crews = {"ann": {"people": 1, "calendar": "day"}}
    log = simulate(one(), work({"time": 15, "by": "ann"}), crews=crews, calendars=HALF_OPEN)
    assert states(log, "a")[:3] == [
        (WORK, 0, 0.0, 10.0),
        (WAIT, 0, 10.0, 20.0),
        (WORK, 0, 20.0, 25.0),
    ]


def test_any_person_with_the_skill_comes_in_the_order_of_the_file() -> None:
    crews = {
        "none": {"people": 2, "skills": ["other"]},
        "both": {"people": 1, "skills": ["other", "mend"]},
        "last": {"people": 1, "skills": ["mend"]},
    }
    log = simulate(TWO, work({"time": 5, "by": "mend"}), parts=2, crews=crews)
    assert [a[:2] for a in log.attendances] == [("both#1", "a"), ("last#1", "b")]


def test_an_arm_takes_the_time_of_its_transfer() -> None:
    step = {"load": {"by": "arm", "from": "tray.slot"}, "unload": {"by": "arm", "to": "out.slot"}}
    durations = {
        ("arm", "tray.slot", "a.nest"): 3.0,
        ("arm", "tray.slot", "b.nest"): 4.0,
        ("arm", "a.nest", "out.slot"): 1.0,
        ("arm", "b.nest", "out.slot"): 2.0,
    }
    arms = {"arm": {"asset": "arm/ur5e", "at": [1, 1]}}
    log = simulate(TWO, work(10, **step), parts=2, arms=arms, durations=durations)
    assert states(log, "a")[0] == (WORK, 0, 0.0, 14.0)
    assert states(log, "b")[:2] == [(WAIT, 1, 0.0, 3.0), (WORK, 1, 3.0, 19.0)]


def test_a_station_without_places_reserves_a_machine_for_the_part_under_way() -> None:
    stations = {
        "A": {"machines": ["a1", "a2"]},
        "B": {"machines": ["b"], "input": {"capacity": 0}},
    }
    route = [*work(1), {"step": "more", "at": "B", "run": 10}]
    log = simulate(stations, route, parts=2, transport={"speed": 4.0, "handling": 1.0})
    # a1 stands 8 m from b (3 s in all), a2 4 m (2 s).
    assert states(log, "b")[:4] == [
        (STARVED, None, 0.0, 4.0),
        (WORK, 0, 4.0, 14.0),
        (STARVED, None, 14.0, 16.0),
        (WORK, 1, 16.0, 26.0),
    ]
    assert states(log, "a2")[1] == (BLOCKED, 1, 1.0, 14.0)


def test_the_part_that_was_blocked_first_goes_first() -> None:
    stations = {
        "A": {"machines": ["a"]},
        "B": {"machines": ["b"]},
        "C": {"machines": ["c"], "input": {"capacity": 0}},
    }
    end = {"step": "last", "at": "C", "run": 10}
    products = {
        "P": {"route": [*work(1), end]},
        "Q": {"route": [{"step": "work", "at": "B", "run": 2}, end]},
    }
    each = {"every": 1e9, "first": 0}
    orders = {"a": {"product": "Q"} | each, "b": {"product": "P", "quantity": 2} | each}
    log = simulate(stations, [], products=products, orders=orders, transport={"speed": 1e300})
    # Parts: 0 by way of b, 1 and 2 by way of a. 1 is at c at 1; 0 and 2 are blocked since 2.
    assert [stay.part for stay in log.stays if stay.station == "C"] == [1, 0, 2]


def test_streams_that_fall_due_together_release_in_their_order() -> None:
    orders = {
        "late": {"product": "P", "every": 10, "quantity": 2},
        "soon": {"product": "P", "every": 5},
    }
    log = simulate(one(), work(1), orders=orders, until=11.0)
    assert [key[:3] for key in log.parts] == [
        ("soon", 0, 0),
        ("late", 0, 0),
        ("late", 0, 1),
        ("soon", 1, 0),
    ]


def test_orders_come_in_open_time() -> None:
    orders = {"o": {"product": "P", "every": 8, "calendar": "day"}}
    log = simulate(one(), work(1), orders=orders, calendars=HALF_OPEN, until=50.0)
    assert log.releases == [8.0, 26.0, 34.0, 42.0]


def test_phases_of_zero_length_for_ever_are_told() -> None:
    route = work(0, then=[{"to": "work", "share": 1}])
    with pytest.raises(RuntimeError, match="time stands still at 0"):
        simulate(one(), route)
