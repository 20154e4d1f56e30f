"""Canned cycles: what a hole takes down and up again, by G73 and G81 to G89."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin.programs.modal import CYCLES, PECK, Lines

CHIP_BREAK = (
    0.0005  # m, up again after each peck of G73, and short of the last depth in G83: guessed
)
DWELLING = (82, 88, 89)
FEEDS_OUT = (74, 84, 85, 88, 89)  # out at the feed that goes in: tapping, reaming


@dataclass(frozen=True)
class Hole:
    """Seconds of one hole: at feed, at rapid, at rest on its ground."""

    feeding: float
    rapid: float
    dwelling: float


def hole_rows(lines: Lines) -> NDArray[np.int64]:
    """The lines that make a hole: those of a canned cycle that name a place or a depth."""
    cycling = np.isin(lines.motion, CYCLES) & (lines.alone < 0)
    return np.flatnonzero(cycling & lines.given[:, :3].any(axis=1))


def holes(
    lines: Lines, rows: NDArray[np.int64], feed: float, rapid: float, acceleration: float
) -> NDArray[np.float64]:
    """Seconds at feed, at rapid and at rest (n, 3) of the holes of these lines; `feed` [m/s] is the
    most the machine can, `rapid` [m/s] its speed without cutting. Holes that are alike are worked
    out once."""
    level = lines.position[rows, 2]
    retract, bottom, dwell, peck = lines.cycle[rows].T
    relative = ~lines.absolute[rows]
    retract = np.where(np.isnan(retract), level, np.where(relative, level + retract, retract))
    bottom = np.where(np.isnan(bottom), retract, np.where(relative, retract + bottom, bottom))
    speed = np.minimum(np.nan_to_num(lines.feed[rows], nan=feed), feed)
    speed = np.where(speed > 0.0, speed, feed)
    back = np.where(lines.retract[rows] == 98, np.maximum(level - retract, 0.0), 0.0)
    alike = np.column_stack(
        [
            lines.motion[rows], level - retract, retract - bottom, back,
            speed, np.nan_to_num(dwell), np.nan_to_num(peck), lines.repeats[rows],
        ]
    )  # fmt: skip
    kinds, which = np.unique(alike, axis=0, return_inverse=True)
    spent = np.zeros((len(kinds), 3))
    for number, (code, down, depth, up, at, rest, each, times) in enumerate(kinds.tolist()):
        one = hole(int(code), depth, each, rest, at, rapid, acceleration)
        approach = _from_rest(abs(down), rapid, acceleration) + _from_rest(up, rapid, acceleration)
        spent[number] = np.array([one.feeding, one.rapid + approach, one.dwelling]) * times
    return spent[which.reshape(-1)]


def hole(
    code: int,
    depth: float,
    peck: float,
    rest: float,
    feed: float,
    rapid: float,
    acceleration: float,
) -> Hole:
    """A hole of this depth [m] below the retract level, and out of it: `peck` [m] is the depth
    that is drilled at once, `rest` [s] what is waited on the ground."""
    depth = abs(depth)
    pecks = math.ceil(depth / peck - 1e-9) if peck > 0.0 and code in PECK else 1
    feeding, fast = 0.0, 0.0
    for number in range(pecks):
        last = number == pecks - 1
        reached = depth if last else peck * (number + 1)
        begun = max(peck * number - (CHIP_BREAK if number else 0.0), 0.0)
        feeding += _from_rest(reached - begun, feed, acceleration)
        if not last and code == 83:  # out for the chips, and in again
            fast += _from_rest(reached, rapid, acceleration)
            fast += _from_rest(reached - CHIP_BREAK, rapid, acceleration)
        elif not last:
            fast += _from_rest(CHIP_BREAK, rapid, acceleration)
    if code in FEEDS_OUT:
        feeding += _from_rest(depth, feed, acceleration)
    else:
        fast += _from_rest(depth, rapid, acceleration)
    return Hole(feeding, fast, rest if code in DWELLING else 0.0)


def _from_rest(length: float, speed: float, acceleration: float) -> float:
    """From rest to rest over a length [m]: a trapezoid of speed, or a triangle."""
    length = max(length, 0.0)
    if length >= speed**2 / acceleration:
        return length / speed + speed / acceleration
    return 2.0 * math.sqrt(length / acceleration)
