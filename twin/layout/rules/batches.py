"""Batches that never come together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import inf, prod

from twin.layout.conveyors import entrance
from twin.layout.rules.attendance import steps
from twin.layout.rules.finding import Finding
from twin.layout.rules.streams import parts_of
from twin.layout.schema import Layout, Orders, Product, Station


def no_room(layout: Layout) -> Iterator[Finding]:
    """Queues with fewer places than a batch needs: nothing is taken from them one by one."""
    for name, station in layout.stations.items():
        batch, room = station.batch, entrance(layout, name).capacity
        if room is None or batch.max <= max(room, 1):
            continue
        stuck = batch.min > max(room, 1) and batch.wait_at_most is None
        count = batch.min if stuck else batch.max
        what = "is never complete" if stuck else "is never full"
        belt = station.input.conveyor
        cure = f"draw conveyor {belt!r} longer" if belt else f"write 'input: {{capacity: {count}}}'"
        message = f"a batch of {count} {what} with {room} places in front of {name!r}; {cure}"
        message += "" if belt else " or more"
        where = f"stations/{name}/batch/{'min' if stuck else 'max'}"
        severity = "error" if stuck else "warning"
        yield Finding("batch-no-room", where, severity, message, count, room, "parts")


def never_complete(layout: Layout) -> Iterator[Finding]:
    """Batches for which there are never enough parts that go together."""
    for name, station in layout.stations.items():
        batch = station.batch
        if batch.min == 1 or batch.wait_at_most is not None:
            continue
        for what, most in _together(layout, name, station).items():
            if 0 < most < batch.min:
                message = (
                    f"a batch at {name!r} needs {batch.min} parts of {what}, and there are never "
                    f"more than {most:g}; write a smaller 'min', or 'wait_at_most'"
                )
                where = f"stations/{name}/batch/min"
                yield Finding("batch-incomplete", where, "error", message, batch.min, most, "parts")


def _together(layout: Layout, name: str, station: Station) -> dict[str, float]:
    """What parts have in common at a station -> how many of them can come together there."""
    same = station.batch.same
    if same == "order":
        return {
            f"one order of {stream!r}": pieces
            for stream, orders in layout.orders.items()
            if (pieces := _of_one_order(layout, name, orders))
        }
    most: dict[str, float] = defaultdict(float)
    for product, what in layout.products.items():
        pieces = _times(what, name) * parts_of(layout, product)
        if pieces and same in ("anything", "product", "family"):
            label = {"product": f"product {product!r}", "anything": "any kind"}
            most[label.get(same, f"family {what.family or product!r}")] += pieces
    return dict(most)


def _of_one_order(layout: Layout, name: str, orders: Orders) -> float:
    """The most parts of one order that can come to a station."""
    counts = [
        _times(layout.products[product], name)
        * min(orders.quantity * orders.lines.get(product, 1), orders.cards or inf)
        for product in orders.products
        if product in layout.products
    ]
    return sum(counts) if orders.lines else max(counts, default=0)


def _times(product: Product, station: str) -> int:
    """How many parts come to a station for one that is started; 0 if the route leads past it."""
    at = [index for index, step in enumerate(product.route) if station in step.stations]
    return prod(step.makes for step in product.route[: at[-1]]) if at else 0


def interrupted(layout: Layout) -> Iterator[Finding]:
    """Machines that a more urgent part takes over, where nothing says what is urgent."""
    for name, station in layout.stations.items():
        if not station.interruptible:
            continue
        where = f"stations/{name}/interruptible"
        if station.rule != "priority":
            message = "only a more urgent part takes a machine over; write 'rule: priority', too"
            yield Finding("interruptible", where, "error", message)
        if station.batch.max > 1:
            message = "a batch cannot be taken apart; leave out 'interruptible', or 'batch'"
            yield Finding("interruptible", where, "error", message)


def matrix_families(layout: Layout) -> Iterator[Finding]:
    """Families in a changeover that no product worked there has."""
    for name, station in layout.stations.items():
        if station.changeover is None:
            continue
        come = {
            what.family or product
            for _, product, what, step in steps(layout)
            if name in step.stations
        }
        matrix, first = station.changeover.matrix, station.changeover.first
        named = {
            **{f"matrix/{a}": a for a in matrix},
            **{f"matrix/{a}/{b}": b for a, row in matrix.items() for b in row},
            **({f"first/{a}": a for a in first} if isinstance(first, dict) else {}),
        }
        for place, family in named.items():
            if family not in come:
                known = ", ".join(sorted(come)) or "none"
                message = f"no product worked at {name!r} is of family {family!r}; known: {known}"
                where = f"stations/{name}/changeover/{place}"
                yield Finding("unknown-family", where, "warning", message)
