"""Lines and areas that are drawn by their corners: lengths, crossings, rectangles, areas.

Points are pairs (x, y) [m], seen from above. A line with a width is a strip: a rectangle for each
stretch, mitred where it turns.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

Corner = tuple[float, float]
Line = Sequence[Corner]
# centre [m], half along and half across [m], heading [rad]
Rectangle = tuple[Corner, tuple[float, float], float]

CLOSE = 1e-6  # m: two corners nearer than this are one
SHARPEST = 1.0  # tangent of half the turn, beyond which a corner is not drawn out any further


def length(points: Sequence[Corner]) -> float:
    """How long [m] a line is."""
    return sum(math.dist(a, b) for a, b in pairwise(points))


def refuse_repeats(points: Sequence[Corner]) -> None:
    """Raises ValueError where a corner of a line is the one before it."""
    for index, (a, b) in enumerate(pairwise(points), 1):
        if math.dist(a, b) < CLOSE:
            raise ValueError(
                f"corners {index} and {index + 1} are the same point; leave one of them out"
            )


def refuse_crossings(points: Sequence[Corner]) -> None:
    """Raises ValueError where an outline repeats a corner, has no area, or crosses itself."""
    count = len(points)
    refuse_repeats(points)
    if math.dist(points[0], points[-1]) < CLOSE:
        raise ValueError(
            f"corners 1 and {count} are the same point; the outline closes by itself: "
            "leave the last one out"
        )
    sides = [(points[i], points[(i + 1) % count]) for i in range(count)]
    for i, one in enumerate(sides):
        for k in range(i + 1, count):
            beside = k == i + 1 or (i == 0 and k == count - 1)
            if not beside and _meet(*one, *sides[k]):
                raise ValueError(
                    f"the outline crosses itself: the side from corner {i + 1} to {i + 2} meets "
                    f"that from {k + 1} to {(k + 1) % count + 1}; put the corners in order, once "
                    "round"
                )
    if abs(area(points)) < CLOSE:
        raise ValueError("the corners lie on one line; an area has three that do not")


def _side(a: Corner, b: Corner, c: Corner) -> float:
    """Above 0 where c lies on the left of the line from a to b, below on the right."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _meet(a: Corner, b: Corner, c: Corner, d: Corner) -> bool:
    """Whether two stretches have a point in common."""
    ends = _side(a, b, c), _side(a, b, d), _side(c, d, a), _side(c, d, b)
    if ends[0] * ends[1] < 0 and ends[2] * ends[3] < 0:
        return True
    on = ((a, b, c), (a, b, d), (c, d, a), (c, d, b))
    return any(
        abs(side) < CLOSE * CLOSE and _between(*three) for side, three in zip(ends, on, strict=True)
    )


def _between(a: Corner, b: Corner, c: Corner) -> bool:
    """Whether c, on the line through a and b, lies from a to b."""
    return all(min(p, q) <= x <= max(p, q) for p, q, x in zip(a, b, c, strict=True))


def area(points: Sequence[Corner]) -> float:
    """The area [m2] in an outline, negative where it runs clockwise (the shoelace formula)."""
    pairs = zip(points, (*points[1:], *points[:1]), strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


def strip(points: Sequence[Corner], width: float) -> list[Rectangle]:
    """The rectangles that a line of a width [m] covers, one a stretch.

    Where it turns, both are drawn out to where their outer sides meet, at a right angle to a
    square corner; round a sharper turn no farther than half the width.
    """
    headings = [math.atan2(b[1] - a[1], b[0] - a[0]) for a, b in pairwise(points)]
    more = [0.0, *(_mitre(p, q) * width / 2 for p, q in pairwise(headings)), 0.0]
    return [
        _stretch(a, b, heading, width, more[i], more[i + 1])
        for i, ((a, b), heading) in enumerate(zip(pairwise(points), headings, strict=True))
    ]


def _mitre(before: float, after: float) -> float:
    turn = abs(math.remainder(after - before, 2 * math.pi))
    return min(SHARPEST, math.tan(min(turn, 3.0) / 2))


def _stretch(
    a: Corner, b: Corner, heading: float, width: float, before: float, after: float
) -> Rectangle:
    """The rectangle of one stretch, longer by `before` and `after` [m] at its ends."""
    along = (math.cos(heading), math.sin(heading))
    shift = (after - before) / 2
    x, y = ((p + q) / 2 + shift * way for p, q, way in zip(a, b, along, strict=True))
    return (x, y), ((math.dist(a, b) + before + after) / 2, width / 2), heading


def beside(points: Line, by: float) -> list[Corner]:
    """The corners of a line that runs beside another, `by` [m] to its left, mitred where it turns.

    Round a turn so sharp that this would be a needle, the point is cut off.
    """
    normals = []
    for a, b in pairwise(points):
        length = math.dist(a, b)
        normals.append(((a[1] - b[1]) / length, (b[0] - a[0]) / length))
    found = []
    for (x, y), p, q in zip(points, [normals[0], *normals], [*normals, normals[-1]], strict=True):
        bend = max(0.5, 1 + p[0] * q[0] + p[1] * q[1])
        found.append((x + (p[0] + q[0]) / bend * by, y + (p[1] + q[1]) / bend * by))
    return found


def shared_area(points: Sequence[Corner], convex: Sequence[Corner]) -> float:
    """The area [m2] that an outline has in common with a convex one that runs counter-clockwise.

    Sutherland and Hodgman, "Reentrant polygon clipping", Communications of the ACM 17, 1974: what
    it may leave along the sides has no area.
    """
    left = list(points)
    for a, b in zip(convex, (*convex[1:], *convex[:1]), strict=True):
        left = list(_cut(left, a, b))
    return abs(area(left)) if left else 0.0


def _cut(points: list[Corner], a: Corner, b: Corner) -> Iterator[Corner]:
    """What of an outline lies on the left of the line from a to b."""
    for p, q in zip(points, (*points[1:], *points[:1]), strict=True):
        here, there = _side(a, b, p), _side(a, b, q)
        if here >= 0:
            yield p
        if (here > 0 > there) or (here < 0 < there):
            share = here / (here - there)
            yield p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1])
