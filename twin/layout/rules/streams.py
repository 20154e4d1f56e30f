"""Streams of orders: how many parts they can bring, and what keeps them from coming at all."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from twin.layout.conveyors import entrance
from twin.layout.rules.attendance import units
from twin.layout.rules.finding import Finding
from twin.layout.schema import Layout, Orders

SOONEST = ("edd", "critical_ratio")  # rules that look at due dates


def _wanted(orders: Orders, product: str) -> float:
    """Parts of a product that a stream can have in the plant at once, over all time."""
    if product not in orders.products:
        return 0
    pieces = orders.quantity * orders.lines.get(product, 1)
    endless = orders.release != "dated" or orders.every is not None
    count = orders.count or (inf if endless else 1)
    return min(pieces * count, orders.cards or inf)


def parts_of(layout: Layout, product: str) -> float:
    """Parts of a product that all streams together can have in the plant at once."""
    if any(stock.refill and stock.refill.makes == product for stock in layout.stocks.values()):
        return inf
    there = sum(
        present.count
        for present in layout.present
        if present.product in (product, None) and present.orders in layout.orders
    )
    return there + sum(_wanted(orders, product) for orders in layout.orders.values())


def first_station(layout: Layout, product: str) -> str | None:
    """The station of a product's first step; None for a delay, or a product that is not there."""
    return layout.products[product].route[0].at if product in layout.products else None


def always_where(layout: Layout) -> Iterator[Finding]:
    """Streams that release a part whenever a machine is free: which machine, and which stream."""
    owner: dict[str, str] = {}
    for name, orders in layout.orders.items():
        if orders.release != "always":
            continue
        where = f"orders/{name}/release"
        firsts = {p: first_station(layout, p) for p in orders.products if p in layout.products}
        for product, station in firsts.items():
            if station is None:
                message = (
                    f"{product!r} begins with a delay, and no machine says when one more comes; "
                    "begin with a station, or release by 'cards'"
                )
                yield Finding("release-always", where, "error", message)
        for station in dict.fromkeys(filter(None, firsts.values())):
            other = owner.setdefault(station, name)
            if other != name:
                message = (
                    f"{other!r} always has one more part for station {station!r} too, and nothing "
                    "says which comes first; make it one stream with a 'mix' or a 'sequence'"
                )
                yield Finding("release-always", where, "error", message)


def profile_of_nothing(layout: Layout) -> Iterator[Finding]:
    """Busy and quiet hours of streams that do not come by time."""
    for name, orders in layout.orders.items():
        if orders.profile is not None and orders.every is None:
            message = "a profile makes the time between orders run faster; write 'every: ...', too"
            yield Finding("profile", f"orders/{name}/profile", "error", message)


def never_due(layout: Layout) -> Iterator[Finding]:
    """Stations that go by due dates where no order has one."""
    if any(orders.due is not None for orders in layout.orders.values()):
        return
    for name, station in layout.stations.items():
        if station.rule in SOONEST:
            message = f"no order is ever due, so rule {station.rule!r} says nothing"
            where = f"stations/{name}/rule"
            yield Finding("never-due", where, "warning", f"{message}; write 'due' under orders")


def present_parts(layout: Layout) -> Iterator[Finding]:
    """Parts there at time 0 that no stream, product or machine can have."""
    for index, present in enumerate(layout.present):
        where = f"present/{index}"
        orders = layout.orders.get(present.orders)
        if orders is None:
            continue
        if present.product is None and len(orders.products) != 1:
            known = ", ".join(orders.products) or "none: it takes from a stock"
            message = f"stream {present.orders!r} wants several products; write 'product': {known}"
            yield Finding("present", where, "error", message)
            continue
        yield from _too_many(layout, where, present.product or orders.products[0], index)


def _too_many(layout: Layout, where: str, product: str, index: int) -> Iterator[Finding]:
    present = layout.present[index]
    route = layout.products[product].route if product in layout.products else ()
    step = next((step for step in route if step.step == present.step), None)
    at = (step.at if step else None) or ""
    station = layout.stations.get(at)
    if station is None:
        return
    if present.elapsed is not None:
        most = units(layout, at) * station.batch.max
        text = f"station {at!r} works {most} at once"
    elif (room := entrance(layout, at).capacity) is not None:
        most, text = room, f"{room} have room to wait there"
    else:
        return
    if present.count > most:
        message = f"{present.count} parts are there and {text}; write 'count: {most}' or less"
        yield Finding("present", f"{where}/count", "error", message, present.count, most, "parts")
