"""Arcs and helices of G2 and G3: how long they are, how they begin and end, how tight they turn."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from twin.programs.modal import COUNTER, PLANES, Lines

Column = NDArray[np.float64]
FULL_TURN = 2.0 * np.pi
SAME = 1e-9  # m: begin and end of a full circle
_AXES = np.array([PLANES[plane] for plane in (17, 18, 19)])


def arcs(lines: Lines, rows: NDArray[np.int64]) -> tuple[Column, Column, Column, Column]:
    """Of these lines: length [m], unit direction at the beginning and at the end (n, 3), and the
    radius of curvature [m]. Where no centre is said (I, J, K), the radius R says it; a negative
    one takes the long way round."""
    pick = np.arange(len(rows))
    along, aside, across = _AXES[lines.plane[rows] - 17].T
    moved = lines.moved[rows, :3]
    u, v = moved[pick, along], moved[pick, aside]
    turn = np.where(lines.motion[rows] == COUNTER, 1.0, -1.0)
    centre_u, centre_v = _centres(lines, rows, along, aside, u, v, turn)
    radius = np.hypot(centre_u, centre_v)
    first = np.arctan2(-centre_v, -centre_u)
    last = np.arctan2(v - centre_v, u - centre_u)
    sweep = np.mod(turn * (last - first), FULL_TURN)
    sweep = np.where((np.hypot(u, v) < SAME) | (sweep < SAME), FULL_TURN, sweep)
    around, rise = radius * sweep, moved[pick, across]
    length = np.hypot(around, rise)
    safe = np.maximum(length, 1e-15)
    directions = []
    for angle in (first, last):
        direction = np.zeros((len(rows), 3))
        direction[pick, along] = -turn * np.sin(angle) * around / safe
        direction[pick, aside] = turn * np.cos(angle) * around / safe
        direction[pick, across] = rise / safe
        directions.append(direction)
    bend = radius * (length / np.maximum(around, 1e-15)) ** 2
    return length, directions[0], directions[1], bend


def _centres(
    lines: Lines,
    rows: NDArray[np.int64],
    along: NDArray[np.int64],
    aside: NDArray[np.int64],
    u: Column,
    v: Column,
    turn: Column,
) -> tuple[Column, Column]:
    """From where each arc begins to its centre [m], in its plane."""
    pick = np.arange(len(rows))
    offset = lines.offset[rows]
    told = np.nan_to_num(offset)
    radius = lines.radius[rows]
    by_radius = ~np.isnan(radius) & np.isnan(offset).all(axis=1)
    chord = np.maximum(np.hypot(u, v), 1e-15)
    height = np.sqrt(np.maximum(np.nan_to_num(radius) ** 2 - chord**2 / 4.0, 0.0))
    side = turn * np.where(radius < 0.0, -1.0, 1.0) * height / chord
    centre_u = np.where(by_radius, u / 2.0 - side * v, told[pick, along])
    centre_v = np.where(by_radius, v / 2.0 + side * u, told[pick, aside])
    return centre_u, centre_v
