"""Stocks and tools, worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.against.small import AT_ONCE, line, one, simulate, taken, two_orders, work


def levels(log: Any, stock: str = "nut") -> list[tuple[int, int, int, float]]:
    """(on hand, ordered, owed, since)"""
    return [level[1:] for level in log.levels if level.stock == stock]


def supplier(at: int, lot: int, takes: float, start: int = 0) -> dict[str, Any]:
    return {"nut": {"start": start, "refill": {"at": at, "lot": lot, "takes": takes}}}


NEEDS = {"needs": {"nut": 2}}


def test_a_set_is_taken_only_when_it_is_complete() -> None:
    log = simulate(one(), work(4, **NEEDS), parts=3, stocks={"nut": {"start": 5}})
    assert [t for t, _ in log.exits] == [4.0, 8.0]
    assert levels(log) == [(3, 0, 0, 0.0), (1, 0, 0, 4.0)]


def test_a_set_incomplete_by_one_waits_for_the_refill() -> None:
    # 2 of 3 on hand: nothing is taken one by one; the next lot comes at 6.
    stocks = supplier(at=2, lot=1, takes=6, start=2)
    log = simulate(one(), work(4, needs={"nut": 3}), stocks=stocks, until=20)
    assert taken(log, "A") == [(0, 6.0)]
    assert levels(log)[:2] == [(2, 1, 0, 0.0), (0, 3, 0, 6.0)]


def test_the_first_part_whose_set_is_complete_is_taken() -> None:
    products = {
        "P": {"route": work(4, needs={"nut": 3})},
        "Q": {"route": work(1, needs={"nut": 1})},
    }
    orders = {"p": {"product": "P", "first": 0}, "q": {"product": "Q", "first": 1}}
    log = simulate(one(), [], products=products, orders=orders, stocks={"nut": {"start": 2}})
    assert taken(log, "A") == [(1, 1.0)]


def test_a_batch_is_no_larger_than_what_is_on_hand() -> None:
    log = simulate(one(batch={"max": 4}), work(4, **NEEDS), parts=4, stocks={"nut": {"start": 5}})
    assert taken(log, "A") == [(0, 0.0), (1, 0.0)]


def test_a_part_without_its_set_keeps_the_unit_that_is_reserved() -> None:
    stations, route = line(1.0, 2.0, B={"capacity": 0})
    route[1]["needs"] = {"nut": 1}
    stocks = supplier(at=0, lot=1, takes=10)
    log = simulate(stations, route, parts=2, stocks=stocks, transport=AT_ONCE, until=25)
    assert [(s.part, s.entered, s.taken) for s in log.stays if s.station == "B"] == [
        (0, 1.0, 10.0),
        (1, 12.0, 20.0),
    ]


def from_stock(*firsts: float, quantity: int = 1) -> dict[str, Any]:
    each = {"from_stock": "nut", "quantity": quantity}
    return {f"d{k}": each | {"first": first} for k, first in enumerate(firsts)}


def test_orders_are_served_from_stock_or_wait_in_their_order() -> None:
    orders = from_stock(0.0, quantity=3) | {"small": {"from_stock": "nut", "first": 1}}
    stocks = supplier(at=-1, lot=4, takes=5, start=2)
    log = simulate(one(), work(1), orders=orders, stocks=stocks)
    # The order of 3 is owed; the small one waits behind it though there are two on hand.
    assert levels(log) == [(2, 4, 3, 0.0), (2, 4, 4, 1.0), (2, 0, 0, 5.0)]
    assert [(o.stream, o.release, o.end) for o in log.orders] == [
        ("d0", 0.0, 5.0),
        ("small", 1.0, 5.0),
    ]


def test_an_order_that_finds_too_few_may_be_lost() -> None:
    stocks = {"nut": {"start": 1, "short": "lose"}}
    log = simulate(one(), work(1), orders=from_stock(0.0, 1.0, 2.0), stocks=stocks)
    assert [(loss.stream, loss.time) for loss in log.losses] == [("d1", 1.0), ("d2", 2.0)]
    assert [o.stream for o in log.orders] == ["d0"]


def test_a_refill_that_arrives_with_the_demand_is_found() -> None:
    stocks = supplier(at=0, lot=1, takes=5, start=1)
    stocks["nut"]["short"] = "lose"
    log = simulate(one(), work(1), orders=from_stock(0.0, 5.0), stocks=stocks)
    assert log.losses == []
    assert [(o.release, o.end) for o in log.orders] == [(0.0, 0.0), (5.0, 5.0)]


def test_a_finished_part_of_that_instant_is_found_too() -> None:
    products = {"P": {"route": work(5), "into": "nut"}}
    orders = {"o": {"product": "P", "first": 0}} | from_stock(5.0)
    stocks = {"nut": {"short": "lose"}}
    log = simulate(one(), [], products=products, orders=orders, stocks=stocks)
    assert log.losses == [] and [o.end for o in log.orders] == [5.0, 5.0]


def test_refills_go_by_the_position() -> None:
    # s, S: 5 at the beginning; at 2 or below up to 6.
    stocks = {"nut": {"start": 5, "refill": {"at": 2, "up_to": 6, "takes": 10}}}
    log = simulate(one(), work(1), orders=from_stock(1.0, 2.0, 3.0, 4.0), stocks=stocks)
    assert levels(log) == [
        (5, 0, 0, 0.0),
        (4, 0, 0, 1.0),
        (3, 0, 0, 2.0),
        (2, 4, 0, 3.0),
        (1, 4, 0, 4.0),
        (5, 0, 0, 13.0),
    ]


def test_as_many_lots_are_ordered_as_the_position_asks_for() -> None:
    log = simulate(one(), work(1), orders=from_stock(50.0), stocks=supplier(3, 2, 5), until=9)
    assert levels(log) == [(0, 4, 0, 0.0), (4, 0, 0, 5.0)]


def test_the_own_shop_refills_a_stock() -> None:
    products = {"P": {"route": work(3), "into": "nut"}}
    stocks = {"nut": {"start": 2, "refill": {"at": 1, "lot": 2, "makes": "P"}}}
    log = simulate(one(), [], products=products, orders=from_stock(1.0), stocks=stocks, until=20)
    assert levels(log) == [(2, 0, 0, 0.0), (1, 2, 0, 1.0), (2, 1, 0, 4.0), (3, 0, 0, 7.0)]
    assert [key[:3] for key in log.parts] == [("stocks/nut", 0, 0), ("stocks/nut", 0, 1)]


def test_what_the_own_shop_loses_is_ordered_again() -> None:
    route = work(3, then=[{"to": "scrap", "share": 1}])
    products = {"P": {"route": route, "into": "nut"}}
    stocks = {"nut": {"refill": {"at": 0, "lot": 1, "makes": "P"}}}
    orders = {"never": {"product": "P", "first": 999}}
    log = simulate(one(), [], products=products, orders=orders, stocks=stocks, until=8)
    assert [key[:3] for key in log.parts] == [("stocks/nut", k, 0) for k in range(3)]
    assert log.releases == [0.0, 3.0, 6.0]


def test_a_full_stock_blocks() -> None:
    products = {"P": {"route": work(2), "into": "nut"}}
    orders = {"o": {"product": "P", "first": 0, "quantity": 3}} | from_stock(7.0)
    stocks = {"nut": {"capacity": 1}}
    log = simulate(one(), [], products=products, orders=orders, stocks=stocks)
    assert log.exits == [(2.0, 0), (7.0, 1)]
    assert taken(log, "A") == [(0, 0.0), (1, 2.0), (2, 7.0)]


def test_waiting_orders_come_before_needs() -> None:
    stocks = supplier(at=-2, lot=2, takes=5)
    orders = {"o": {"product": "P", "first": 0}} | from_stock(0.0, 1.0)
    log = simulate(one(), work(1, needs={"nut": 1}), orders=orders, stocks=stocks)
    assert [o.stream for o in log.orders] == ["d0", "d1"]
    assert taken(log, "A") == []


# --- tools -----------------------------------------------------------------------------------


def test_a_tool_is_held_until_it_is_returned() -> None:
    stations, route = line(1.0, 4.0)
    route[0]["takes"] = {"plate": 1}
    route[1]["returns"] = ["plate"]
    log = simulate(stations, route, parts=3, transport=AT_ONCE, tools={"plate": {"count": 2}})
    assert taken(log, "A") == [(0, 0.0), (1, 1.0), (2, 5.0)]


def test_a_lost_part_returns_its_tools() -> None:
    step = {"takes": {"plate": 1}, "then": [{"to": "scrap", "share": 1}]}
    log = simulate(one(), work(2, **step), parts=2, tools={"plate": {}})
    assert log.scrapped == [(2.0, 0), (4.0, 1)]


def test_a_tool_comes_back_at_the_end_of_the_step_even_if_the_part_is_blocked() -> None:
    stations, route = line(2.0, 9.0, B={"capacity": 0})
    stations["A"]["machines"] = ["a", "c"]
    route[0] |= {"takes": {"plate": 1}, "returns": ["plate"]}
    log = simulate(stations, route, parts=3, transport=AT_ONCE, tools={"plate": {}})
    assert [s.taken for s in log.stays if s.station == "A"] == [0.0, 2.0, 4.0]


@pytest.mark.parametrize(("count", "together"), [(1, 1), (3, 3), (9, 4)])
def test_a_batch_takes_no_more_than_there_are_tools(count: int, together: int) -> None:
    step = {"takes": {"plate": 1}, "returns": ["plate"]}
    log = simulate(
        one(batch={"max": 4}), work(2, **step), parts=9, tools={"plate": {"count": count}}
    )
    assert sum(time == 0.0 for _, time in taken(log, "A")) == together


def test_an_order_of_later_finds_what_is_left() -> None:
    log = simulate(one(), work(1, **NEEDS), orders=two_orders(3.0), stocks={"nut": {"start": 3}})
    assert taken(log, "A") == [(0, 0.0)]
