"""Draws this folder's arm: writes ur5e.urdf and meshes/*.stl from the tables below.

Link i's frame is Denavit-Hartenberg frame i-1 turned by joint i, so that every joint turns about
its own z axis and joint i+1 sits at Tz(d_i) Tx(a_i) Rx(alpha_i) in link i. Lengths in metres.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

from drawing import Drawing, Joint, Link, Round, Shape, housing, main  # noqa: E402

# The maker's DH page: d, a, alpha of joints 1-6.
DH = (
    (0.1625, 0.0, math.pi / 2),
    (0.0, -0.425, 0.0),
    (0.0, -0.3922, 0.0),
    (0.1333, 0.0, math.pi / 2),
    (0.0997, 0.0, -math.pi / 2),
    (0.0996, 0.0, 0.0),
)
EFFORT = (150.0, 150.0, 150.0, 28.0, 28.0, 28.0)  # Nm
VELOCITY = math.pi  # rad/s, 180 deg/s, all six
LIMIT = 2 * math.pi  # rad, either way, all six
# kg: the six moving links from the maker's ROS description; the base is what is left of the arm's
# 20.6 kg.
MASS = (2.9, 3.761, 8.058, 2.846, 1.37, 1.3, 0.365)

LINKS: tuple[tuple[Shape, ...], ...] = (
    (  # base: foot and column
        Round((0, 0, 0), (0, 0, 0.018), 0.0745),
        Round((0, 0, 0.018), (0, 0, 0.089), 0.068, 0.062, rim=(0.001, 0.004)),
    ),
    (  # shoulder: a column that carries the housing of joint 2, whose axis is -y here
        Round((0, 0, 0.093), (0, 0, 0.165), 0.060),
        *housing("y", (0, 0, DH[0][0]), -0.069, 0.074, 0.060),
    ),
    (  # upper arm: tube beside the shoulder, 0.138 along the axis, as on the real arm
        *housing("z", (0, 0, 0), 0.073, 0.205, 0.060),
        Round((-0.030, 0, 0.138), (-0.400, 0, 0.138), 0.052, 0.045),
        *housing("z", (DH[1][1], 0, 0), 0.075, 0.196, 0.052),
    ),
    (  # forearm
        *housing("z", (0, 0, 0), 0.071, -0.052, 0.050),
        Round((-0.025, 0, 0.007), (-0.372, 0, 0.007), 0.042, 0.036),
        *housing("z", (DH[2][1], 0, 0), 0.051, -0.044, 0.041),
    ),
    (  # wrist 1: carries joint 5, whose axis is -y here
        *housing("z", (0, 0, 0), 0.055, 0.184, 0.040),
        Round((0, -0.010, DH[3][0]), (0, -0.050, DH[3][0]), 0.038),
    ),
    (  # wrist 2: carries joint 6, whose axis is +y here
        *housing("z", (0, 0, 0), 0.054, 0.150, 0.040),
        Round((0, 0.010, DH[4][0]), (0, 0.050, DH[4][0]), 0.038),
    ),
    (Round((0, 0, 0.054), (0, 0, DH[5][0]), 0.0375),),  # wrist 3: the flange
)


def drawn() -> Drawing:
    """The arm of this folder, which ends in `tool0` at its flange."""
    links = [Link(f"link_{k}", p, m) for k, (p, m) in enumerate(zip(LINKS, MASS, strict=True))]
    joints = []
    for k in range(6):
        d, a, alpha = DH[k - 1] if k else (0.0, 0.0, 0.0)
        joints.append(
            Joint(
                f"joint_{k + 1}",
                "revolute",
                f"link_{k}",
                f"link_{k + 1}",
                (a, 0.0, d),
                (alpha, 0.0, 0.0),
                lower=-LIMIT,
                upper=LIMIT,
                effort=EFFORT[k],
                velocity=VELOCITY,
            )
        )
    joints.append(Joint("flange", "fixed", "link_6", "tool0", (0.0, 0.0, DH[5][0])))
    return Drawing("ur5e", [*links, Link("tool0")], joints)


if __name__ == "__main__":
    main(drawn, HERE)
