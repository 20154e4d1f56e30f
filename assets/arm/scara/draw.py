"""A SCARA of the 350 mm class."""

from __future__ import annotations

import math
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

from drawing import Block, Drawing, Joint, Link, Round, by_volume, main  # noqa: E402

L1, L2 = 0.20, 0.15  # m
COLUMN = 0.26  # m, the height of its arm
STROKE = 0.15  # m
LINKS = (
    (
        Block((-0.05, 0, 0.09), (0.16, 0.15, 0.18), material="body"),
        Round((0, 0, 0), (0, 0, 0.205), 0.07),
    ),
    (
        Round((0, 0, -0.05), (0, 0, 0.0), 0.062),
        Block((L1 / 2, 0, -0.022), (L1, 0.09, 0.042), material="body"),
        Round((L1, 0, -0.045), (L1, 0, 0.0), 0.05),
    ),
    (
        Round((0, 0, 0.004), (0, 0, 0.05), 0.05),
        Block((L2 / 2, 0, 0.06), (L2 + 0.06, 0.1, 0.11), material="body"),
        Round((L2, 0, 0.115), (L2, 0, 0.20), 0.032, 0.028),
    ),
    (Round((0, 0, -0.14), (0, 0, 0.20), 0.010, material="dark"),),
    (Round((0, 0, -0.03), (0, 0, 0.0), 0.02, material="dark"),),
)


def drawn() -> Drawing:
    """The arm of this folder."""
    masses = by_volume(LINKS, 16.0)
    links = [Link(f"link_{k}", p, m) for k, (p, m) in enumerate(zip(LINKS, masses, strict=True))]
    joints = [
        Joint(
            "joint_1",
            "revolute",
            "link_0",
            "link_1",
            (0.0, 0.0, COLUMN),
            lower=-2.44,
            upper=2.44,
            effort=60.0,
            velocity=7.5,
        ),
        Joint(
            "joint_2",
            "revolute",
            "link_1",
            "link_2",
            (L1, 0.0, 0.0),
            lower=-2.44,
            upper=2.44,
            effort=30.0,
            velocity=12.0,
        ),
        Joint(
            "joint_3",
            "prismatic",
            "link_2",
            "link_3",
            (L2, 0.0, 0.0),
            lower=-STROKE,
            upper=0.0,
            effort=200.0,
            velocity=1.1,
        ),
        Joint(
            "joint_4",
            "revolute",
            "link_3",
            "link_4",
            (0.0, 0.0, -0.14),
            lower=-2 * math.pi,
            upper=2 * math.pi,
            effort=5.0,
            velocity=35.0,
        ),
    ]
    down = (math.pi, 0.0, 0.0)
    joints.append(Joint("flange", "fixed", "link_4", "tool0", (0.0, 0.0, -0.03), down))
    return Drawing("scara", [*links, Link("tool0")], joints)


if __name__ == "__main__":
    main(drawn, HERE)
