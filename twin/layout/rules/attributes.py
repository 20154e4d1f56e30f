"""Formulas over attributes that an order does not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel

from twin.errors import nearest
from twin.layout import fields
from twin.layout.expressions import parse
from twin.layout.rules.attendance import steps
from twin.layout.rules.finding import Finding
from twin.layout.schema import Batch, Formula, Layout

WORDS = frozenset(get_args(get_args(fields.bare(fields.hints(Batch)["same"]))[0]))
Written = tuple[str, str]  # where a formula stands, and its text


def formulas(value: object, where: str) -> Iterator[Written]:
    """All formulas in a part of a layout: times, conditions, priorities, what batches share."""
    if isinstance(value, Formula):
        yield f"{where}/formula", value.formula
    elif isinstance(value, BaseModel):
        for key, attribute in fields.attributes(type(value)).items():
            below = getattr(value, attribute)
            if isinstance(below, str) and _is_formula(type(value), key, below):
                yield f"{where}/{key}", below
            else:
                yield from formulas(below, f"{where}/{key}")
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from formulas(below, f"{where}/{key}")
    elif isinstance(value, tuple):
        for index, below in enumerate(value):
            yield from formulas(below, f"{where}/{index}")


def _is_formula(model: type[BaseModel], key: str, text: str) -> bool:
    if key == "same":
        return model is Batch and text not in WORDS
    return key in ("when", "priority", "weight")


def attributes_missing(layout: Layout) -> Iterator[Finding]:
    """Formulas that name what the orders they are worked out for do not have."""
    for product, what in layout.products.items():
        asked = [*formulas(what, f"products/{product}"), *_at_stations(layout, product)]
        for name, orders in layout.orders.items():
            if product in orders.products:
                known = {*what.attributes, *orders.attributes}
                for where, text in [*asked, *_of_the_order(layout, name)]:
                    yield from _missing(where, text, f"orders {name!r} of {product!r}", known)
        for name, stock in layout.stocks.items():
            if stock.refill is not None and stock.refill.makes == product:
                for where, text in asked:
                    yield from _missing(where, text, f"refills of {name!r}", {*what.attributes})
    for where, text in _of_no_order(layout):
        for name in parse(text).names:
            message = (
                f"{text!r} asks for {name!r}, and is worked out for no order; write a number or a "
                "distribution"
            )
            yield Finding("unknown-attribute", where, "error", message)


def _missing(where: str, text: str, who: str, known: set[str]) -> Iterator[Finding]:
    for name in parse(text).names:
        if name not in known:
            message = (
                f"{text!r} asks for {name!r}, and {who} have no such attribute; "
                f"{nearest(name, known)}"
            )
            yield Finding("unknown-attribute", where, "error", message)


def _at_stations(layout: Layout, product: str) -> Iterator[Written]:
    """The formulas of the stations that a product is worked at, what stops them apart."""
    used = {at for _, name, _, step in steps(layout) if name == product for at in step.stations}
    for name, station in layout.stations.items():
        if name in used:
            for where, text in formulas(station, f"stations/{name}"):
                if "/disturbances/" not in where:
                    yield where, text


def _of_the_order(layout: Layout, name: str) -> Iterator[Written]:
    """The formulas of a stream, but for when its orders come."""
    for where, text in formulas(layout.orders[name], f"orders/{name}"):
        if not where.endswith("/every/formula"):
            yield where, text


def _of_no_order(layout: Layout) -> Iterator[Written]:
    """Formulas that are worked out when there is no order to ask."""
    for name, station in layout.stations.items():
        yield from formulas(station.disturbances, f"stations/{name}/disturbances")
    for name, orders in layout.orders.items():
        yield from formulas(orders.every, f"orders/{name}/every")
    for name, stock in layout.stocks.items():
        yield from formulas(stock, f"stocks/{name}")
