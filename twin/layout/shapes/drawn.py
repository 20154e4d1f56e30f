"""What is drawn by points as bodies: walls and conveyors, in the frame of the floor [m]."""

from __future__ import annotations

import math
from collections.abc import Iterator

from twin.layout import outlines
from twin.layout.schema import Conveyor, Wall
from twin.layout.shapes.solids import Material, Piece, hull

LEGS = 1.2  # m between two pairs of legs, at most
RAIL = 0.03  # m
LEG = 0.04  # m


def wall(drawn: Wall) -> list[Piece]:
    """A wall at its full height, one convex piece a stretch."""
    return list(_bars(drawn.points, -drawn.thickness / 2, drawn.thickness / 2, 0.0, drawn.height))


def conveyor(drawn: Conveyor) -> list[Piece]:
    """A belt between two rails, on legs."""
    half, high = drawn.width / 2, drawn.height
    rail, thick = min(RAIL, drawn.width / 8), min(0.06, high / 6)
    pieces = list(_bars(drawn.points, -half + rail, half - rail, high - thick, high, "dark"))
    for right, left in ((-half, -half + rail), (half - rail, half)):
        low, top = high - 2.4 * thick, high + 0.3 * thick
        pieces += _bars(drawn.points, right, left, low, top, "metal")
    for a, b in zip(drawn.points, drawn.points[1:], strict=False):
        count = max(1, math.ceil(math.dist(a, b) / LEGS))
        for k in range(count):
            share = (k + 0.5) / count
            x, y = (p + share * (q - p) for p, q in zip(a, b, strict=True))
            pieces += _legs((x, y), math.atan2(b[1] - a[1], b[0] - a[0]), half, high - 2 * thick)
    return pieces


def _legs(at: tuple[float, float], heading: float, half: float, high: float) -> Iterator[Piece]:
    along = (math.cos(heading) * LEG / 2, math.sin(heading) * LEG / 2)
    ends = tuple((at[0] + s * along[0], at[1] + s * along[1]) for s in (-1, 1))
    for side in (-1, 1):
        inner, outer = sorted((side * (half - LEG), side * half))
        yield from _bars(ends, inner, outer, 0.0, high, "dark")


def _bars(
    points: outlines.Line,
    right: float,
    left: float,
    low: float,
    high: float,
    material: Material = "body",
) -> Iterator[Piece]:
    """A bar along a line, from one distance [m] to its left to another, mitred where it turns."""
    one, two = outlines.beside(points, right), outlines.beside(points, left)
    for k in range(len(points) - 1):
        outline = (one[k], one[k + 1], two[k + 1], two[k])
        yield hull([(*corner, z) for corner in outline for z in (low, high)], material)
