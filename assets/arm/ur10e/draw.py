"""Draws this folder's arm: writes ur10e.urdf and meshes/*.stl from the table below."""

from __future__ import annotations

import math
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

from drawing import Drawing, main  # noqa: E402
from ur_class import Size, drawing  # noqa: E402

# The maker's DH page, and its ROS 2 description (joint_limits.yaml, link masses).
SIZE = Size(
    "ur10e",
    d=(0.1807, 0.0, 0.0, 0.17415, 0.11985, 0.11655),
    a=(0.0, -0.6127, -0.57155, 0.0, 0.0, 0.0),
    masses=(4.396, 7.369, 13.051, 3.989, 2.1, 1.98, 0.615),  # the base: what is left of 33.5 kg
    effort=(330.0, 330.0, 150.0, 56.0, 56.0, 56.0),
    velocity=tuple(math.radians(v) for v in (120, 120, 180, 180, 180, 180)),
    wide=1.28,
    thick=1.25,
)


def drawn() -> Drawing:
    """The arm of this folder."""
    return drawing(SIZE)


if __name__ == "__main__":
    main(drawn, HERE)
