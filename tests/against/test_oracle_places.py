"""Places, worked out by hand: waiting outside, turning away, delays, conveyors, no transport."""

from __future__ import annotations

import pytest

from tests.against.small import (
    AT_ONCE,
    BLOCKED,
    STARVED,
    WORK,
    line,
    one,
    simulate,
    states,
    taken,
    work,
)


def test_released_parts_wait_outside_and_come_in_as_there_is_room() -> None:
    log = simulate(one(input={"capacity": 1}), work(5), parts=4)
    assert log.releases == [0.0] * 4
    # One on the machine, one in front; the others enter when the machine takes the next.
    assert [stay.entered for stay in log.stays] == [0.0, 0.0, 5.0, 10.0]
    assert taken(log, "A") == [(0, 0.0), (1, 5.0), (2, 10.0), (3, 15.0)]


def test_blocked_and_outside_parts_come_in_in_one_order() -> None:
    # B has no places. Part 0 of p is blocked at a since 2; the order of q comes at 1 and at 3.
    stations, route = line(2.0, 10.0, B={"capacity": 0})
    products = {"P": {"route": route}, "Q": {"route": [{"step": "q", "at": "B", "run": 10.0}]}}
    each = {"every": 1e9}
    orders = {
        "p": {"product": "P", "first": 0, "quantity": 2} | each,
        "q": {"product": "Q", "first": 1, "quantity": 1} | each,
        "r": {"product": "Q", "first": 3} | each,
    }
    log = simulate(stations, [], products=products, orders=orders, transport=AT_ONCE, until=60)
    # Parts: 0, 1 of p; 2 of q takes b at 1; 0 blocked since 2, 3 of r since 3, 1 (on a from 11) 13.
    assert taken(log, "B") == [(2, 1.0), (0, 11.0), (3, 21.0), (1, 31.0)]


def test_a_released_part_that_finds_no_room_is_turned_away() -> None:
    stations = one(input={"capacity": 1, "when_full": "turn_away"})
    log = simulate(stations, work(5), parts=4)
    assert [(loss.time, loss.part) for loss in log.losses] == [(0.0, 2), (0.0, 3)]
    assert log.exits == [(5.0, 0), (10.0, 1)]


def test_turning_away_waits_for_the_fixpoint_of_moves() -> None:
    # At 5 the machine is free again and the part of that instant is taken, not turned away.
    stations = one(input={"capacity": 0, "when_full": "turn_away"})
    orders = {"o": {"product": "P", "every": 2.5, "first": 0}}
    log = simulate(stations, work(5), orders=orders, until=11.0)
    assert taken(log, "A") == [(0, 0.0), (2, 5.0), (4, 10.0)]
    assert [(loss.time, loss.part) for loss in log.losses] == [(2.5, 1), (7.5, 3)]


def test_a_finished_part_that_finds_no_room_leaves_its_machine_and_is_lost() -> None:
    stations, route = line(2.0, 5.0, B={"capacity": 0, "when_full": "turn_away"})
    log = simulate(stations, route, parts=3, transport=AT_ONCE, until=20)
    assert [(loss.time, loss.part) for loss in log.losses] == [(4.0, 1), (6.0, 2)]
    assert states(log, "a") == [
        (WORK, 0, 0.0, 2.0),
        (WORK, 1, 2.0, 4.0),
        (WORK, 2, 4.0, 6.0),
        (STARVED, None, 6.0, 20.0),
    ]
    assert log.exits == [(7.0, 0)]


def test_a_delay_holds_any_number_of_parts() -> None:
    route = [*work(2), {"step": "cool", "delay": 10}, {"step": "more", "at": "B", "run": 1}]
    stations = one() | {"B": {"machines": ["b"]}}
    log = simulate(stations, route, parts=3, transport=AT_ONCE)
    assert taken(log, "B") == [(0, 12.0), (1, 14.0), (2, 16.0)]


def test_a_route_may_begin_and_end_with_a_delay() -> None:
    route = [{"step": "thaw", "delay": 3}, *work(2), {"step": "cool", "delay": 4}]
    log = simulate(one(), route, parts=2)
    assert log.exits == [(9.0, 0), (11.0, 1)]


def test_after_a_delay_parts_wait_outside() -> None:
    # Delays end at 3 for all; there is one place. The unit of 0 takes parts by number.
    route = [{"step": "thaw", "delay": 3}, *work(2)]
    log = simulate(one(input={"capacity": 1}), route, parts=3)
    assert [(s.part, s.entered, s.taken) for s in log.stays] == [(0, 3, 3), (1, 3, 5), (2, 5, 7)]


def test_a_delay_of_no_time_passes_in_the_same_instant() -> None:
    log = simulate(one(), [{"step": "thaw", "delay": 0}, *work(2)], parts=2)
    assert taken(log, "A") == [(0, 0.0), (1, 2.0)]


def test_the_way_after_a_delay_begins_where_it_was_left() -> None:
    route = [*work(2), {"step": "cool", "delay": 3}, {"step": "more", "at": "B", "run": 1}]
    log = simulate(one() | {"B": {"machines": ["b"]}}, route, transport={"speed": 4.0})
    assert taken(log, "B") == [(0, 6.0)]


def test_what_is_made_in_a_delay_is_carried_from_where_the_part_before_lies() -> None:
    route = [
        {"step": "a", "at": "A", "run": {"time": 2}},
        {"step": "dry", "delay": 5, "makes": 2},
        {"step": "b", "at": "B", "run": {"time": 3}},
    ]
    log = simulate(one() | {"B": {"machines": ["b"]}}, route, transport={"speed": 4.0})
    assert log.exits == [(11.0, 0), (14.0, 1)]  # both are there at 8


def test_a_conveyor_takes_its_time_and_its_place() -> None:
    stations, route = line(2.0, 1.0, B={"capacity": 1, "travel": 5})
    log = simulate(stations, route, parts=3, transport=AT_ONCE, until=30)
    # 0 is on the conveyor from 2 to 7 and has the only place; 1 is blocked until it is taken.
    assert taken(log, "B") == [(0, 7.0), (1, 12.0), (2, 17.0)]
    assert states(log, "a")[:4] == [
        (WORK, 0, 0.0, 2.0),
        (WORK, 1, 2.0, 4.0),
        (BLOCKED, 1, 4.0, 7.0),
        (WORK, 2, 7.0, 9.0),
    ]


def test_released_parts_ride_on_the_conveyor_too() -> None:
    log = simulate(one(input={"travel": 5}), work(1), parts=2)
    assert taken(log, "A") == [(0, 5.0), (1, 6.0)]


def test_carrying_without_a_speed_takes_no_time() -> None:
    stations, route = line(2.0, 1.0)
    log = simulate(stations, route, transport={"speed": None, "handling": 7.0})
    assert log.exits == [(3.0, 0)]


@pytest.mark.parametrize("names", [("A", "B", "C"), ("C", "A", "B"), ("B", "C", "A")])
def test_the_order_of_the_stations_in_the_file_means_nothing(names: tuple[str, ...]) -> None:
    stations, route = line(2.0, 4.0, 1.0, B={"capacity": 1}, C={"capacity": 0})
    log = simulate({n: stations[n] for n in names}, route, parts=4, transport=AT_ONCE)
    assert log.exits == [(7.0, 0), (11.0, 1), (15.0, 2), (19.0, 3)]


def test_a_chain_without_time_passes_in_one_instant() -> None:
    stations, route = line(0.0, 0.0, 0.0, B={"capacity": 0}, C={"capacity": 0})
    log = simulate(stations, route, parts=5, transport=AT_ONCE, until=10)
    assert log.exits == [(0.0, part) for part in range(5)]
    assert all(row[0] == STARVED for unit in "abc" for row in states(log, unit))


def test_two_units_without_places_take_the_first_two() -> None:
    stations = {"A": {"machines": ["a", "b"], "input": {"capacity": 0}}}
    log = simulate(stations, work(5), parts=3)
    assert [(s.part, s.unit, s.entered) for s in log.stays] == [
        (0, "a", 0.0),
        (1, "b", 0.0),
        (2, "a", 5.0),
    ]


def test_a_part_may_use_the_place_it_frees_at_its_own_station() -> None:
    again = {"then": [{"to": "work", "share": 1, "at_most": 1}]}
    log = simulate(one(input={"capacity": 0}), work(5, **again), parts=2)
    # Nobody else fits in while 0 comes back: it was blocked at 5, 1 waits outside since 0.
    assert sorted(log.exits)[-1][0] == 20.0 and len(log.exits) == 2
    one_place = simulate(one(input={"capacity": 1}), work(5, **again), parts=3)
    assert sorted(t for t, _ in one_place.exits)[-1] == 30.0 and len(one_place.exits) == 3
