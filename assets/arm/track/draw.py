"""An arm of the UR5e's dimensions on a linear track: seven axes."""

from __future__ import annotations

import math
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

from drawing import Block, Drawing, Joint, Link, main  # noqa: E402
from ur_class import Size, drawing  # noqa: E402

STROKE = 1.0  # m, each way of the middle
HEIGHT = 0.16  # m, of the carriage's plate above the floor
ARM = Size(
    "track",
    d=(0.1625, 0.0, 0.0, 0.1333, 0.0997, 0.0996),
    a=(0.0, -0.425, -0.3922, 0.0, 0.0, 0.0),
    masses=(2.9, 3.761, 8.058, 2.846, 1.37, 1.3, 0.365),
    effort=(150.0, 150.0, 150.0, 28.0, 28.0, 28.0),
    velocity=(math.pi,) * 6,
)
BED = (
    Block((0, 0, 0.05), (2 * STROKE + 0.5, 0.26, 0.1), material="body"),
    Block((0, 0.09, 0.11), (2 * STROKE + 0.5, 0.03, 0.02)),
    Block((0, -0.09, 0.11), (2 * STROKE + 0.5, 0.03, 0.02)),
)
CARRIAGE = (Block((0, 0, -0.018), (0.3, 0.28, 0.028), material="accent"),)


def drawn() -> Drawing:
    """The arm on its track."""
    arm = drawing(ARM)
    links = [Link("bed", BED, 60.0), Link("carriage", CARRIAGE, 12.0), *arm.links]
    slide = Joint(
        "slide",
        "prismatic",
        "bed",
        "carriage",
        (0.0, 0.0, HEIGHT),
        axis=(1.0, 0.0, 0.0),
        lower=-STROKE,
        upper=STROKE,
        effort=1500.0,
        velocity=1.0,
    )
    bolted = Joint("bolted", "fixed", "carriage", "link_0")
    return Drawing("track", links, [slide, bolted, *arm.joints])


if __name__ == "__main__":
    main(drawn, HERE)
