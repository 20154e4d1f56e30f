"""When orders come, of what, and when they are due."""

from __future__ import annotations

import numpy as np

from twin.inference.durations import FITTED, observe, spoken
from twin.inference.evidence import Evidence
from twin.inference.routes import Route, shares, visits_per_part

CUT = 0.1  # of the parts: if more are cut by the log, it tells less of when orders come
BURSTS = 1.5  # coefficient of variation of the time between orders; by chance it is 1


def orders_of(seen: Evidence, routes: dict[str, Route]) -> dict[str, object]:
    """The stream of all orders, as a layout has it; `routes` are those of the products."""
    made: dict[str, object] = {}
    basis: dict[str, str] = {}
    parts = [route.parts for route in routes.values()]
    if len(routes) == 1:
        made["product"] = next(iter(routes))
    else:
        split = zip(routes, shares(parts), strict=True)
        made["mix"] = {name: f"{share / 100:g} %" for name, share in split if share}
        basis["mix"] = f"measured: n = {sum(parts):,} parts"
    made["every"] = _by_steps(seen, routes) if seen.cut > CUT else _by_releases(seen)
    if seen.openings is not None:
        made["calendar"] = "open"
    if seen.pieces > 1:
        made["quantity"] = seen.pieces
        basis["quantity"] = f"measured: n = {seen.orders:,} orders"
    if len(seen.due):
        made["due"] = spoken(max(float(np.median(seen.due)), 0.0))
        basis["due"] = f"measured: the median of n = {len(seen.due):,}"
    return {**made, **({"basis": basis} if basis else {})}


def _by_releases(seen: Evidence) -> dict[str, object]:
    """What lay between the releases. Where several come at once, or in bursts, only its mean."""
    between = seen.between_releases()
    if not between.sum() > 0:
        basis = "guessed: all orders of the log come at once; here they come over its length"
        return {"dist": "exponential", "mean": spoken(seen.open_time / seen.orders), "basis": basis}
    found = observe(between, float("inf"))
    mean = float(between.mean())
    bursts = mean > 0 and float(between.std()) >= BURSTS * mean
    ties = found is None or found.zeros > 0
    if found and found.count >= FITTED and not ties and not bursts:
        return found.value
    basis = f"measured: the mean of n = {len(between):,}; that they come by chance is guessed"
    if bursts or ties:
        basis += f", in the log they come {'in bursts' if bursts else 'several at once'}"
    return {"dist": "exponential", "mean": spoken(mean), "basis": basis}


def _by_steps(seen: Evidence, routes: dict[str, Route]) -> dict[str, object]:
    """As many orders as make the steps that the log has. Parts that were begun before the log would
    seem to come as it begins, and none would ever have as many steps as its route."""
    parts = np.array([route.parts for route in routes.values()], dtype=float)
    each = np.array([visits_per_part(route) for route in routes.values()])
    used = {label for route in routes.values() for label in route.steps}
    visits = int(np.isin(seen.label, list(used)).sum())
    orders = visits / float(parts @ each / parts.sum()) / seen.pieces
    basis = (
        f"measured: n = {visits:,} steps over those that a part takes, as {100 * seen.cut:.0f} % "
        "of the parts are cut by the log; that they come by chance is guessed"
    )
    return {"dist": "exponential", "mean": spoken(seen.open_time / orders), "basis": basis}
