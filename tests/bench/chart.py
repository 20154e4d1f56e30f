"""Points and curves over two axes -> SVG text: no more than the benchmark's plot needs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 430, 320  # of a panel [px]
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 36, 48  # around the axes [px]
COLOURS, GUIDE = ("#0b62a4", "#b3541e"), "#666"

Point = tuple[float, float]


@dataclass(frozen=True)
class Series:
    """What is drawn over one another in a panel: points that were measured, or a curve."""

    label: str
    points: Sequence[Point]
    measured: bool = True


@dataclass(frozen=True)
class Axis:
    """One axis: what it shows, its unit included, and the values that are marked on it."""

    label: str
    ticks: Sequence[float]
    logarithmic: bool = False

    def share(self, value: float) -> float:
        """Where a value stands between the first mark (0) and the last (1)."""
        low, high = self.ticks[0], self.ticks[-1]
        if self.logarithmic:
            return math.log(value / low) / math.log(high / low)
        return (value - low) / (high - low)


def decades(values: Sequence[float]) -> list[float]:
    """Powers of ten around positive values."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return [10.0**k for k in range(low, max(high, low + 1) + 1)]


def even(values: Sequence[float], steps: int = 4) -> list[float]:
    """Round marks from 0 to beyond the largest value."""
    step = max(values) / steps
    power = 10.0 ** math.floor(math.log10(step))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= step * (1 - 1e-9))
    return [k * step for k in range(math.ceil(max(values) / step - 1e-9) + 1)]


def _text(x: float, y: float, text: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}"{more}>{escape(text)}</text>'


def panel(title: str, across: Axis, up: Axis, series: Sequence[Series], at: float = 0) -> list[str]:
    """The elements of one panel whose left edge stands at `at` [px]."""
    wide, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def place(point: Point) -> Point:
        x, y = point
        return at + LEFT + wide * across.share(x), TOP + high * (1 - up.share(y))

    drawn = [_text(at + LEFT, 20, title, ' font-weight="bold"')]
    for value in across.ticks:
        x, _ = place((value, up.ticks[0]))
        drawn.append(f'<path d="M{x:.1f} {TOP}v{high}" stroke="#ddd"/>')
        drawn.append(_text(x, TOP + high + 16, f"{value:,g}", ' text-anchor="middle"'))
    for value in up.ticks:
        _, y = place((across.ticks[0], value))
        drawn.append(f'<path d="M{at + LEFT:.1f} {y:.1f}h{wide}" stroke="#ddd"/>')
        drawn.append(_text(at + LEFT - 6, y + 4, f"{value:,g}", ' text-anchor="end"'))
    drawn.append(_text(at + LEFT + wide / 2, HEIGHT - 12, across.label, ' text-anchor="middle"'))
    middle = TOP + high / 2
    turned = f' text-anchor="middle" transform="rotate(-90 {at + 14:.1f} {middle:.1f})"'
    drawn.append(_text(at + 14, middle, up.label, turned))
    for k, one in enumerate(series):
        colour = COLOURS[k % len(COLOURS)] if one.measured else GUIDE
        spots = [place(point) for point in one.points]
        way = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        dashes = "" if one.measured else ' stroke-dasharray="5 4"'
        drawn.append(f'<polyline points="{way}" fill="none" stroke="{colour}"{dashes}/>')
        if one.measured:
            drawn += [
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in spots
            ]
        if one.label:
            drawn.append(_text(at + LEFT + 10, TOP + 16 + 16 * k, one.label, f' fill="{colour}"'))
    return drawn


def picture(panels: Sequence[list[str]]) -> str:
    """Panels side by side as the text of an SVG file."""
    wide = WIDTH * len(panels)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {HEIGHT}" width="{wide}"'
        f' font-family="sans-serif" font-size="12" fill="#222">',
        f'<rect width="{wide}" height="{HEIGHT}" fill="#fff"/>',
        *(element for one in panels for element in one),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"
