"""The interface's words: states, times, rates and differences as a planner says them."""

from __future__ import annotations

import math
from typing import NamedTuple

from twin.comparison import ALIKE, Effect
from twin.experiments import Estimate
from twin.layout.schema import Layout
from twin.timeline import State

DAY, HOUR, MINUTE = 86400.0, 3600.0, 60.0
KWH = 3.6e6

# Colour and words of a state; the viewer's own table (viewer/src/words.js) says the same.
STATES: dict[State, tuple[str, str]] = {
    State.PROCESSING: ("#0d915f", "processing"),
    State.SETUP: ("#835ccb", "being set up"),
    State.WAITING_CREW: ("#fd7090", "waits for a person"),
    State.BLOCKED: ("#e8b55d", "blocked"),
    State.STARVED: ("#98b3d4", "waits for parts"),
    State.HELD: ("#b8a032", "held"),
    State.DOWN: ("#cf211b", "down"),
    State.MAINTENANCE: ("#906e61", "maintenance"),
    State.IDLE: ("#d2d3d2", "idle"),
    State.OFF: ("#5d6675", "off shift"),
    State.UNAVAILABLE: ("#a2a6ae", "no data"),
}
CLOSED = (State.OFF, State.MAINTENANCE, State.UNAVAILABLE)  # not part of open time


class Unit(NamedTuple):
    """A unit as it is written: what is shown is the value x scale."""

    text: str
    scale: float


def noun(layout: Layout) -> str:
    """What the plant makes, in the plural: "boards"; "parts" where there are several products."""
    if len(layout.products) != 1:
        return "parts"
    name, product = next(iter(layout.products.items()))
    return f"{(product.label or name).lower()}s"


def singular(layout: Layout) -> str:
    """One of what the plant makes: "board"."""
    return noun(layout).removesuffix("s")


def unit_of_time(seconds: float) -> Unit:
    """The unit a planner would choose for a time."""
    size = abs(seconds)
    if size < 90:
        return Unit("s", 1.0)
    if size < 120 * MINUTE:
        return Unit("min", 1 / MINUTE)
    return Unit("h", 1 / HOUR) if size < 2 * DAY else Unit("days", 1 / DAY)


def duration(seconds: float) -> str:
    """A time in the unit a planner would choose: "45 s", "12 min", "3.4 h", "12.2 days"."""
    if math.isnan(seconds):
        return "unknown"
    unit = unit_of_time(seconds)
    value = seconds * unit.scale
    digits = 0 if unit.text in ("s", "min") or value.is_integer() else 1
    return f"{value:.{digits}f} {unit.text}"


def unit_of_figure(unit: str, size: float, made: str) -> Unit:
    """How the unit of a `comparison.Figure` is written for values of a size: so that they are no
    string of zeros. made: what the plant makes, in the plural."""
    one = made.removesuffix("s")
    if unit == "s":
        return unit_of_time(size)
    if unit == "J/part":
        small = size < 0.02 * KWH
        return Unit(f"Wh a {one}", 1000 / KWH) if small else Unit(f"kWh a {one}", 1 / KWH)
    if unit == "EUR/part":
        return Unit(f"ct a {one}", 100.0) if size < 0.05 else Unit(f"€ a {one}", 1.0)
    if unit == "m/day":
        return Unit("m a day", 1.0) if size < 10_000 else Unit("km a day", 1e-3)
    return {
        "parts/day": Unit(f"{made} a day", 1.0),
        "parts": Unit(made, 1.0),
        "share": Unit("%", 100.0),
    }[unit]


def decimals(half_width: float, value: float = 0.0) -> int:
    """How many decimals a number deserves whose interval is +- half_width."""
    size = max(half_width, abs(value) / 200)  # three figures say enough
    if not math.isfinite(size) or size <= 0:
        return 0
    return min(4, max(0, math.ceil(-math.log10(size) - 0.1)))


def number(value: float, digits: int = 0) -> str:
    """Thousands apart, a true minus sign, never "-0"."""
    text = f"{value:,.{digits}f}"
    if float(text.replace(",", "")) == 0:
        text = text.removeprefix("-")
    return text.replace("-", "\N{MINUS SIGN}")


def plus_minus(estimate: Estimate) -> tuple[str, str]:
    """The mean and its half interval, as finely as the interval allows: ("77.9", "± 0.7")."""
    half = estimate.half_width
    digits = decimals(half, estimate.mean)
    told = number(half, digits)
    if float(told.replace(",", "")) == 0 and half > ALIKE * abs(estimate.mean):
        told = f"{half:.1g}"  # narrower than the mean is written: yet it is not known exactly
    return number(estimate.mean, digits), f"± {told}"


def percent(share: float, digits: int = 0) -> str:
    """A share as "46 %"."""
    return f"{number(100 * share, digits)} %"


def gained(mean: float, low: float, high: float) -> tuple[str, str]:
    """A relative gain and its half interval: ("+7.1 %", "± 0.4")."""
    sign = "+" if mean >= 0 else ""
    return f"{sign}{percent(mean, 1)}", f"± {number(50 * (high - low), 1)}"


def unit_of_difference(unit: str, size: float, made: str) -> Unit:
    """As `unit_of_figure`, for differences of a size: those of shares are no shares of anything."""
    return Unit("points", 100.0) if unit == "share" else unit_of_figure(unit, size, made)


def signed(change: Estimate) -> str:
    """A difference and its half interval: "+41.6 ± 1.0"."""
    mean, half = plus_minus(change)
    return f"{'+' if change.mean > 0 else ''}{mean} {half}"


def effect(effect: Effect, made: str) -> str:
    """A paired difference in words: "+41.6 ± 1.0 boards a day", or that none can be measured.

    made: what the plant makes, in the plural.
    """
    change = effect.difference
    if change is None or not effect.is_measurable:
        return effect.words
    unit = unit_of_difference(effect.unit, abs(change.mean), made)
    return f"{signed(change.scaled(unit.scale))} {unit.text}"


def plural(count: float, one: str, many: str | None = None) -> str:
    """ "1 finding", "3 findings"."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def listed(texts: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"
