"""A forecast from a state as lines of text and as JSON; times by the clock of a timeline."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from twin.prediction.forecast import HOUR, QUANTILES, StateForecast
from twin.prediction.observed import clock_of
from twin.timeline import Timeline

MOST = 40  # orders that are printed


def told(made: StateForecast, timeline: Timeline) -> list[str]:
    """What is likely to become of each open order, of the next hours and of the machines."""
    date = _dates(timeline)
    lines = [
        f"From how it stands at {date(made.begin)}: {len(made.orders)} open orders, "
        f"{made.futures} futures up to {date(made.end)}.",
        "",
        f"{'order':<24} {'product':<16} {'5 %':>16} {'half':>16} {'95 %':>16} {'done':>6} "
        f"{'on time':>8}",
    ]
    ordered = sorted(made.orders, key=lambda one: (one.quantile(0.5), one.order.name))
    for one in ordered[:MOST]:
        early, half, late = (date(one.quantile(share)) for share in (0.05, 0.5, 0.95))
        done = f"{np.isfinite(one.finishes).mean():.0%}"
        on_time = "" if math.isnan(one.on_time) else f"{one.on_time:.0%}"
        lines.append(
            f"{one.order.name[:24]:<24} {one.order.product[:16]:<16} {early:>16} {half:>16} "
            f"{late:>16} {done:>6} {on_time:>8}"
        )
    if len(ordered) > MOST:
        lines.append(f"... and {len(ordered) - MOST} more (--json has all)")
    low, half, high = (made.hours(share) for share in (0.05, 0.5, 0.95))
    hours = ", ".join(
        f"{h:.0f} ({a:.0f} to {b:.0f})" for a, h, b in zip(low, half, high, strict=True)
    )
    lines += ["", f"Parts finished in each hour: {hours}"]
    next_one = made.next_bottleneck
    if next_one is not None:
        lines.append(
            f"Busiest next: {next_one.unit}, in {next_one.busiest:.0%} of the futures "
            f"({next_one.mean:.0%} of its time at work)"
        )
    lines.append("These are prediction intervals: 9 of 10 futures lie from 5 % to 95 %.")
    return lines


def as_json(made: StateForecast, timeline: Timeline) -> dict[str, Any]:
    """The same as plain data; a time that is not before the horizon is null."""
    moment = _moments(timeline)

    def when(t: float) -> str | None:
        return moment(t).isoformat() if math.isfinite(t) else None

    return {
        "from": when(made.begin),
        "to": when(made.end),
        "futures": made.futures,
        "interval": "prediction",
        "orders": [
            {
                "name": one.order.name,
                "product": one.order.product,
                "due": when(one.order.due),
                "finish": {f"{share:g}": when(one.quantile(share)) for share in QUANTILES},
                "done": float(np.isfinite(one.finishes).mean()),
                "scrapped": one.scrapped,
                "on_time": None if math.isnan(one.on_time) else one.on_time,
            }
            for one in made.orders
        ],
        "hours": [
            {"from": when(made.begin + k * HOUR)}
            | {f"{share:g}": float(made.hours(share)[k]) for share in QUANTILES}
            for k in range(made.completed.shape[1])
        ],
        "loads": [
            {"unit": load.unit, "mean": load.mean, "0.05": load.low, "0.95": load.high,
             "busiest": load.busiest}
            for load in made.loads
        ],
    }  # fmt: skip


def _moments(timeline: Timeline) -> Any:
    shift = clock_of(timeline)

    def moment(t: float) -> datetime:
        return timeline.epoch + timedelta(seconds=t - shift)

    return moment


def _dates(timeline: Timeline) -> Any:
    moment = _moments(timeline)

    def date(t: float) -> str:
        return f"{moment(t):%Y-%m-%d %H:%M}" if math.isfinite(t) else "later"

    return date
