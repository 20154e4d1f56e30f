"""Draws this folder's arm: writes ur3e.urdf and meshes/*.stl from the table below."""

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
    "ur3e",
    d=(0.15185, 0.0, 0.0, 0.13105, 0.08535, 0.0921),
    a=(0.0, -0.24355, -0.2132, 0.0, 0.0, 0.0),
    masses=(2.402, 1.98, 3.4445, 1.437, 0.871, 0.805, 0.261),  # the base: what is left of 11.2 kg
    effort=(56.0, 56.0, 28.0, 12.0, 12.0, 12.0),
    velocity=tuple(math.radians(v) for v in (180, 180, 180, 360, 360, 360)),
    wide=0.94,
    thick=0.82,
)


def drawn() -> Drawing:
    """The arm of this folder."""
    return drawing(SIZE)


if __name__ == "__main__":
    main(drawn, HERE)
