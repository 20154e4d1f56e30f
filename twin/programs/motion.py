"""How long a machine takes for a path of straight lines and arcs, given what its axes can.

Each stretch has a length, a speed that was asked for and an acceleration. Between two of them the
machine need not stop: it may cut the corner by as much as the machine's `corner`, on a circle that
it goes round at its acceleration; from one stop to the next it looks ahead as far as it must.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]
STRAIGHT = 1e-9  # of 1 - sin(half the angle): as good as no corner


@dataclass(frozen=True)
class Path:
    """Stretches in order: length [m] (n,), speed [m/s] (n,) and acceleration [m/s2] (n,) that are
    asked for, unit direction at the beginning and at the end (n, 3), and before which of them the
    machine stands still (n,)."""

    length: Column
    speed: Column
    acceleration: Column
    begins: Column
    ends: Column
    stop: NDArray[np.bool_]


def corner_speeds(path: Path, corner: float) -> Column:
    """The speeds [m/s] (n + 1,) at which the machine may pass from each stretch to the next one; it
    stands still before the first and after the last. `corner` [m] is how far it may cut a corner.

    A circle that touches both lines and passes the corner at the distance d has the radius
    d s / (1 - s), s the sine of half the angle between them; round it v^2 = a r.
    """
    n = len(path.length)
    passed = np.zeros(n + 1)
    if n < 2:
        return passed
    turn = np.clip(np.einsum("ij,ij->i", path.ends[:-1], path.begins[1:]), -1.0, 1.0)
    half = np.sqrt((1.0 + turn) / 2.0)
    slower = np.minimum(path.acceleration[:-1], path.acceleration[1:])
    around = np.sqrt(slower * corner * half / np.maximum(1.0 - half, STRAIGHT))
    around = np.where(1.0 - half <= STRAIGHT, np.inf, around)
    passed[1:-1] = np.minimum(around, np.minimum(path.speed[:-1], path.speed[1:]))
    passed[1:-1][path.stop[1:]] = 0.0
    return passed


def times(path: Path, corner: float) -> Column:
    """The time [s] (n,) of each stretch: trapezoids of speed, the fastest that keep all limits.

    A speed squared changes by at most 2 a l along a stretch. So the fastest one at a corner is the
    least, over all corners, of what is allowed there and the sum of 2 a l in between: one pass
    forwards and one backwards, as running minima.
    """
    if not len(path.length):
        return np.zeros(0)
    allowed = corner_speeds(path, corner) ** 2
    along = np.append(0.0, np.cumsum(2.0 * path.acceleration * path.length))
    forwards = np.minimum.accumulate(allowed - along) + along
    backwards = np.minimum.accumulate((allowed + along)[::-1])[::-1] - along
    squared = np.maximum(np.minimum(forwards, backwards), 0.0)
    first, last = squared[:-1], squared[1:]
    reach = path.acceleration * path.length
    peak = np.minimum(path.speed**2, (first + last) / 2.0 + reach)
    peak = np.maximum(peak, np.maximum(first, last))
    top = np.sqrt(np.maximum(peak, 1e-30))
    changing = (2.0 * top - np.sqrt(first) - np.sqrt(last)) / path.acceleration
    steady = np.maximum(path.length - (2.0 * peak - first - last) / (2.0 * path.acceleration), 0.0)
    return np.where(path.length > 0.0, changing + steady / top, 0.0)
