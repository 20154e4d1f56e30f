"""The interface's words: states, times, rates and differences as a planner says them."""

from __future__ import annotations

import math

from twin.experiments import Estimate
from twin.timeline import State

DAY, HOUR, MINUTE = 86400.0, 3600.0, 60.0
KWH = 3.6e6
NO_DIFFERENCE = "no measurable difference"

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


def duration(seconds: float) -> str:
    """A time in the unit a planner would choose: "45 s", "12 min", "3.4 h", "12.2 days"."""
    if math.isnan(seconds):
        return "unknown"
    size = abs(seconds)
    if size < 90:
        return f"{seconds:.0f} s"
    if size < 120 * MINUTE:
        return f"{seconds / MINUTE:.0f} min"
    if size < 2 * DAY:
        return f"{seconds / HOUR:.1f} h"
    return f"{seconds / DAY:.1f} days"


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
    digits = decimals(estimate.half_width, estimate.mean)
    return number(estimate.mean, digits), f"± {number(estimate.half_width, digits)}"


def percent(share: float, digits: int = 0) -> str:
    """A share as "46 %"."""
    return f"{number(100 * share, digits)} %"


def gained(mean: float, low: float, high: float) -> tuple[str, str]:
    """A relative gain and its half interval: ("+7.1 %", "± 0.4")."""
    sign = "+" if mean >= 0 else ""
    return f"{sign}{percent(mean, 1)}", f"± {number(50 * (high - low), 1)}"


def difference(change: Estimate, unit: str = "") -> str:
    """A paired difference in words: "+41.6 ± 1.0 boards a day" or that none can be measured."""
    if change.low <= 0 <= change.high:
        return NO_DIFFERENCE
    mean, half = plus_minus(change)
    sign = "+" if change.mean > 0 else ""
    return f"{sign}{mean} {half}{' ' + unit if unit else ''}"


def plural(count: float, one: str, many: str | None = None) -> str:
    """ "1 finding", "3 findings"."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def listed(texts: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"
