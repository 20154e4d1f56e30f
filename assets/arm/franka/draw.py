"""A seven-axis arm of the dimensions of the Franka Research 3."""

from __future__ import annotations

import math
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

from drawing import Drawing, Joint, Link, Round, by_volume, housing, main  # noqa: E402

RIGHT = math.pi / 2
# Modified Denavit-Hartenberg: where joint k sits in link k-1, and its turn about x.
JOINTS = (
    ((0.0, 0.0, 0.333), 0.0, -2.7437, 2.7437, 87.0, 2.62),
    ((0.0, 0.0, 0.0), -RIGHT, -1.7837, 1.7837, 87.0, 2.62),
    ((0.0, -0.316, 0.0), RIGHT, -2.9007, 2.9007, 87.0, 2.62),
    ((0.0825, 0.0, 0.0), RIGHT, -3.0421, -0.1518, 87.0, 2.62),
    ((-0.0825, 0.384, 0.0), -RIGHT, -2.8065, 2.8065, 12.0, 5.26),
    ((0.0, 0.0, 0.0), RIGHT, 0.5445, 4.5169, 12.0, 4.18),
    ((0.088, 0.0, 0.0), RIGHT, -3.0159, 3.0159, 12.0, 5.26),
)
FLANGE = 0.107
TOTAL = 17.8  # kg
LINKS = (
    (
        Round((0, 0, 0), (0, 0, 0.05), 0.09),
        Round((-0.05, 0, 0.02), (-0.13, 0, 0.02), 0.05, 0.04),
        Round((0, 0, 0.05), (0, 0, 0.19), 0.078, 0.065),
    ),
    (Round((0, 0, -0.135), (0, 0, 0.03), 0.062), *housing("y", (0, 0, 0), -0.07, 0.07, 0.064)),
    (Round((0, -0.04, 0), (0, -0.19, 0), 0.056),),
    (
        Round((0, 0, -0.118), (0, 0, -0.02), 0.056),
        Round((0.0, 0, -0.03), (0.0825, 0, 0), 0.045),
        *housing("y", (0.0825, 0, 0), -0.066, 0.066, 0.055),
    ),
    (
        Round((-0.03, 0.01, 0), (-0.0825, 0.075, 0), 0.044),
        Round((-0.0825, 0.07, 0), (-0.0825, 0.12, 0), 0.055),
    ),
    (
        Round((0, 0, -0.256), (0, 0, -0.16), 0.055, 0.05),
        Round((0, 0.045, -0.17), (0, 0.05, -0.05), 0.036, 0.04),
        *housing("y", (0, 0, 0), 0.085, -0.055, 0.047),
    ),
    (Round((0.01, 0, 0), (0.075, 0, 0), 0.042), *housing("z", (0.088, 0, 0), -0.06, 0.045, 0.044)),
    (Round((0, 0, 0.052), (0, 0, 0.107), 0.04, material="dark"),),
)


def drawn() -> Drawing:
    """The arm of this folder."""
    masses = by_volume(LINKS, TOTAL)
    links = [Link(f"link_{k}", p, m) for k, (p, m) in enumerate(zip(LINKS, masses, strict=True))]
    joints = [
        Joint(
            f"joint_{k}",
            "revolute",
            f"link_{k - 1}",
            f"link_{k}",
            at,
            (turn, 0.0, 0.0),
            lower=low,
            upper=high,
            effort=effort,
            velocity=speed,
        )
        for k, (at, turn, low, high, effort, speed) in enumerate(JOINTS, 1)
    ]
    joints.append(Joint("flange", "fixed", "link_7", "tool0", (0.0, 0.0, FLANGE)))
    return Drawing("franka", [*links, Link("tool0")], joints)


if __name__ == "__main__":
    main(drawn, HERE)
