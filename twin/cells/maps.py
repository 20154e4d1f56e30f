"""Where an arm can hold its tool: a map over points, each with its verdict."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from twin.cells.robot import Array

VERDICTS = ("reachable", "collision", "orientation", "radius")


@dataclass(frozen=True)
class ReachMap:
    """Points (n, 3) [m] in the world, and for each the number of its verdict in VERDICTS (n,)."""

    points: Array
    verdicts: NDArray[np.int8]


def plane(middle: Array, reach: float, height: float, step: float) -> Array:
    """Points (n, 3) of a grid of `step` [m] on the plane z = height around `middle` (2,), out to
    `reach` [m]."""
    steps = np.arange(-np.floor(reach / step), np.floor(reach / step) + 1) * step
    x, y = (part.ravel() for part in np.meshgrid(steps, steps))
    near = np.hypot(x, y) <= reach
    return np.column_stack([middle[0] + x[near], middle[1] + y[near], np.full(near.sum(), height)])


def write_map(path: Path, found: ReachMap) -> None:
    """As one file."""
    content = io.BytesIO()
    np.savez_compressed(content, points=found.points, verdicts=found.verdicts)
    path.write_bytes(content.getvalue())


def read_map(content: bytes) -> ReachMap:
    """The map in a file's content."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        return ReachMap(file["points"], file["verdicts"])
