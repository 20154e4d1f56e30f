"""Attributes and formulas, worked out by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.against.oracle.formulas import evaluate
from tests.against.small import one, simulate, taken, work


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 min + 0.5 min * length", 180.0),
        ("450 mm", 0.45),
        ("length ** 2 - -1", 5.0),
        ("max(length, 3, hard) / 4", 0.75),
        ("1 if length > 1 and not hard else 0", 1.0),
        ("1 if hard or length == 2 else 0", 1.0),
        ("length >= 3", 0.0),
        ("hard == 0 or 1 / hard > 2", 1.0),
    ],
)
def test_values(text: str, value: float) -> None:
    assert evaluate(text, {"length": 2.0, "hard": 0.0}) == value


def test_what_has_no_value_is_none() -> None:
    assert math.isnan(evaluate("1 + 1 / hard", {"hard": 0.0}))


def sized(*sizes: float, station: dict[str, Any] | None = None, **step: Any) -> Any:
    """Orders of parts of these sizes, all at 0; a run takes twice the size."""
    product = {
        "route": work({"time": {"formula": "2 * size"}}, **step),
        "attributes": {"size": 1},
        "priority": "size",
        "weight": "10 - size",
    }
    orders = {
        f"o{k}": {"product": "P", "first": 0, "attributes": {"size": size}}
        for k, size in enumerate(sizes)
    }
    return simulate(one(**(station or {})), [], products={"P": product}, orders=orders)


def test_a_time_by_formula() -> None:
    assert [t for t, _ in sized(1, 3, 2).exits] == [2.0, 8.0, 12.0]


def test_a_product_has_attributes_where_the_order_has_none() -> None:
    product = {"route": work({"time": {"formula": "2 * size"}}), "attributes": {"size": 4}}
    assert simulate(one(), [], products={"P": product}).exits == [(8.0, 0)]


def test_a_priority_by_formula() -> None:
    log = sized(2, 3, 1, station={"rule": "priority"})
    assert [part for part, _ in taken(log, "A")] == [2, 0, 1]


def test_an_order_may_have_its_own_priority() -> None:
    orders = {
        name: {"product": "P", "first": 0, "priority": priority}
        for name, priority in (("a", 3), ("b", "1 + 1"), ("c", 1))
    }
    log = simulate(one(rule="priority"), work(1), orders=orders)
    assert [part for part, _ in taken(log, "A")] == [2, 1, 0]


def test_a_branch_by_formula_is_tried_before_chance() -> None:
    then = [{"to": "scrap", "when": "size > 2"}, {"to": "out", "share": 1}]
    log = sized(1, 3, 2, then=then)
    assert log.scrapped == [(8.0, 1)] and [part for _, part in log.exits] == [0, 2]


def test_a_branch_that_may_not_be_taken_again_leads_on() -> None:
    then = [{"to": "work", "when": "size > 2", "at_most": 1}]
    log = sized(3, 2, then=then)
    assert [part for part, _ in taken(log, "A")] == [0, 1, 0] and len(log.exits) == 2


def test_batches_that_are_alike_by_formula() -> None:
    log = sized(1, 4, 2, station={"batch": {"max": 3, "same": "size > 2"}})
    # 1 and 2 go together, for the time of the first.
    assert taken(log, "A") == [(0, 0.0), (2, 0.0), (1, 2.0)]


def test_attributes_may_be_drawn_for_each_order() -> None:
    drawn = {"dist": "uniform", "low": 1, "high": 2}
    orders = {
        "o": {"product": "P", "every": 10, "first": 0, "quantity": 2, "attributes": {"size": drawn}}
    }
    product = {"route": work({"time": {"formula": "size"}})}
    log = simulate(one(), [], products={"P": product}, orders=orders, until=55)
    spans = [row.end - row.start for row in log.intervals if row.part is not None]
    assert all(1 <= span <= 2 for span in spans) and len(set(spans)) == 6
    assert spans[0] == pytest.approx(spans[1]) and spans[2] == pytest.approx(spans[3])
    assert spans[0] != pytest.approx(spans[2])
