"""A six-axis industrial arm of the dimensions of the ABB IRB 120."""

from __future__ import annotations

import math
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

from drawing import Drawing, Joint, Link, Round, housing, main  # noqa: E402

Y, X, Z = (0.0, 1.0, 0.0), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)
# Where each joint sits in the link before it, its axis, limits [deg], speed [deg/s], torque [Nm].
JOINTS = (
    ((0.0, 0.0, 0.0), Z, -165, 165, 250, 120.0),
    ((0.0, 0.0, 0.290), Y, -110, 110, 250, 120.0),
    ((0.0, 0.0, 0.270), Y, -110, 70, 250, 60.0),
    ((0.0, 0.0, 0.070), X, -160, 160, 320, 25.0),
    ((0.302, 0.0, 0.0), Y, -120, 120, 320, 20.0),
    ((0.072, 0.0, 0.0), X, -400, 400, 420, 15.0),
)
MASSES = (6.215, 3.067, 3.909, 2.944, 1.328, 0.546, 0.137)
WHITE = {"body": "0.93 0.92 0.89 1", "accent": "0.85 0.33 0.12 1", "dark": "0.20 0.20 0.21 1"}
LINKS = (
    (Round((0, 0, 0), (0, 0, 0.02), 0.09), Round((0, 0, 0.02), (0, 0, 0.145), 0.085, 0.075)),
    (Round((0, 0, 0.15), (0, 0, 0.25), 0.08), *housing("y", (0, 0, 0.29), 0.07, -0.07, 0.07)),
    (
        Round((0, 0.085, 0), (0, 0.085, 0.27), 0.048, 0.042),
        Round((0, -0.085, 0), (0, -0.085, 0.27), 0.048, 0.042),
        Round((0, -0.085, 0.135), (0, 0.085, 0.135), 0.036),
    ),
    (
        *housing("y", (0, 0, 0), 0.038, -0.038, 0.062),
        Round((-0.06, 0, 0.07), (0.085, 0, 0.07), 0.056, 0.05),
    ),
    (
        Round((0.09, 0, 0), (0.24, 0, 0), 0.046, 0.036),
        Round((0.24, 0.036, 0), (0.31, 0.036, 0), 0.022),
        Round((0.24, -0.036, 0), (0.31, -0.036, 0), 0.022),
    ),
    (*housing("y", (0, 0, 0), 0.01, -0.01, 0.03, 0.006), Round((0.0, 0, 0), (0.055, 0, 0), 0.026)),
    (Round((-0.012, 0, 0), (0.0, 0, 0), 0.025, material="dark"),),
)


def drawn() -> Drawing:
    """The arm of this folder."""
    links = [Link(f"link_{k}", p, m) for k, (p, m) in enumerate(zip(LINKS, MASSES, strict=True))]
    joints = [
        Joint(
            f"joint_{k}",
            "revolute",
            f"link_{k - 1}",
            f"link_{k}",
            at,
            axis=axis,
            lower=math.radians(low),
            upper=math.radians(high),
            effort=effort,
            velocity=math.radians(speed),
        )
        for k, (at, axis, low, high, speed, effort) in enumerate(JOINTS, 1)
    ]
    turned = (0.0, math.pi / 2, 0.0)  # z out of the flange
    joints.append(Joint("flange", "fixed", "link_6", "tool0", rpy=turned))
    return Drawing("irb120", [*links, Link("tool0")], joints, WHITE)


if __name__ == "__main__":
    main(drawn, HERE)
