"""Stocks that run dry for good, overflow, or are filled with something else."""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd, inf

from twin.layout.rules.attendance import steps
from twin.layout.rules.finding import Finding
from twin.layout.rules.streams import parts_of
from twin.layout.schema import Layout, Refill, Step, Stock


def sets(layout: Layout, step: Step) -> int:
    """Parts that a step starts with at the least: the smallest batch of its stations."""
    known = [layout.stations[at] for at in step.stations if at in layout.stations]
    return min(
        (1 if station.batch.wait_at_most is not None else station.batch.min for station in known),
        default=1,
    )


def _needs(layout: Layout) -> Iterator[tuple[str, str, int, float]]:
    """Where pieces of stocks go: the place, the stock, pieces at once, and in all."""
    for where, name, _, step in steps(layout):
        for stock, pieces in step.needs.items():
            once = pieces * sets(layout, step)
            yield f"{where}/needs/{stock}", stock, once, pieces * parts_of(layout, name)
    for name, orders in layout.orders.items():
        if orders.from_stock is not None:
            count = inf if orders.every is not None and orders.count is None else orders.count or 1
            where = f"orders/{name}/from_stock"
            yield where, orders.from_stock, orders.quantity, orders.quantity * count


def _filled(layout: Layout, name: str) -> bool:
    """Whether anything ever comes into a stock."""
    made = any(product.into == name for product in layout.products.values())
    return made or layout.stocks[name].refill is not None


def never_filled(layout: Layout) -> Iterator[Finding]:
    """Stocks that are used up and that nothing fills."""
    for where, name, once, total in _needs(layout):
        stock = layout.stocks.get(name)
        if stock is None or _filled(layout, name) or stock.start >= total:
            continue
        cure = "give it a 'refill', let a product go 'into' it, or a larger 'start'"
        if stock.start < once:
            message = f"{once} of {name!r} are needed, it has {stock.start} and nothing fills it"
            yield Finding(
                "stock-dry", where, "error", f"{message}; {cure}", stock.start, once, "pieces"
            )
        else:
            message = f"nothing fills {name!r}: its {stock.start} pieces run out for good"
            limit = None if total == inf else total
            yield Finding(
                "stock-dry", where, "warning", f"{message}; {cure}", stock.start, limit, "pieces"
            )


def too_small(layout: Layout) -> Iterator[Finding]:
    """What has no room in a stock: more at once than it ever holds, a start, a delivery."""
    for where, name, once, _ in _needs(layout):
        stock = layout.stocks.get(name)
        room = stock.capacity if stock else None
        # A supplier's lot comes as a whole, whether it has room or not.
        bought = stock is not None and stock.refill is not None and stock.refill.makes is None
        if room is not None and once > room and not bought:
            message = (
                f"{once} of {name!r} are needed at once, and it has room for {room}; "
                f"write 'capacity: {once}' or more"
            )
            yield Finding("stock-too-small", where, "error", message, once, room, "pieces")
    for name, stock in layout.stocks.items():
        if stock.capacity is not None:
            yield from _overflows(name, stock, stock.capacity)


def _overflows(name: str, stock: Stock, room: int) -> Iterator[Finding]:
    where = f"stocks/{name}"
    if stock.start > room:
        message = f"{name!r} begins with {stock.start} pieces and has room for {room}; correct one"
        yield Finding(
            "stock-too-small", f"{where}/start", "error", message, stock.start, room, "pieces"
        )
    refill = stock.refill
    if refill is None:
        return
    most = refill.up_to if refill.lot is None else refill.at + refill.lot
    if most is not None and most > room:
        # Neither stops the plant: a supplier's lot comes as a whole, what is made waits for room.
        message = (
            f"a refill brings {name!r} up to {most} pieces, and it has room for {room}; "
            f"write 'capacity: {most}' or more, or refill less"
        )
        yield Finding(
            "stock-too-small", f"{where}/refill", "warning", message, most, room, "pieces"
        )


def wrong_refill(layout: Layout) -> Iterator[Finding]:
    """Refills that make a product which goes elsewhere."""
    for name, stock in layout.stocks.items():
        made = stock.refill.makes if stock.refill else None
        product = layout.products.get(made or "")
        if product is not None and product.into != name:
            goes = "leaves the plant" if product.into is None else f"goes into {product.into!r}"
            message = f"{made!r} is made for {name!r} and {goes}; write 'into: {name}' under {made}"
            yield Finding("wrong-refill", f"stocks/{name}/refill/makes", "error", message)


def refilled_too_late(layout: Layout) -> Iterator[Finding]:
    """Stocks that come to hold too few for a step, and too many to be refilled.

    Steps that wait for pieces are not owed any: only what is on hand and ordered counts.
    """
    for where, name, once, _ in _needs(layout):
        stock = layout.stocks.get(name)
        if stock is None or stock.refill is None or where.startswith("orders/"):
            continue
        made = any(product.into == name for product in layout.products.values())
        if made and stock.refill.makes is None:
            continue  # what is made besides may fill it up, whatever is ordered
        between = _between(layout, name, stock, stock.refill, once)
        if between is not None:
            message = (
                f"with {between} pieces {name!r} has too few for this step, which needs {once}, "
                f"and is not refilled above {stock.refill.at}; refill it 'at: {once - 1}' or more"
            )
            yield Finding(
                "refill-too-late", where, "error", message, stock.refill.at, once - 1, "pieces"
            )


def _between(layout: Layout, name: str, stock: Stock, refill: Refill, once: int) -> int | None:
    """A number of pieces that the stock can come to, above the refill's and below what is needed.

    All amounts that come and go are multiples of a common one; the levels are so far apart.
    """
    amounts = [once for _, other, once, _ in _needs(layout) if other == name]
    amounts += [
        pieces for _, _, _, step in steps(layout) for n, pieces in step.needs.items() if n == name
    ]
    begins = [stock.start]
    if refill.lot is not None:
        amounts.append(refill.lot)
    else:
        begins.append(refill.up_to or 0)
    apart = gcd(*amounts)
    levels = range(max(0, refill.at + 1), once)
    return next((x for x in levels if any((x - begin) % apart == 0 for begin in begins)), None)


def unused_stocks(layout: Layout) -> Iterator[Finding]:
    """Stocks that nothing takes from."""
    used = {name for _, name, _, _ in _needs(layout)}
    for name in layout.stocks:
        if name not in used:
            message = f"nothing takes from {name!r}; remove it, or name it under 'needs' of a step"
            yield Finding("unused-stock", f"stocks/{name}", "warning", message)
