"""A gantry: a bridge on two rails with a carriage and a spindle that turns."""

from __future__ import annotations

import math
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

from drawing import Block, Drawing, Joint, Link, Round, by_volume, main  # noqa: E402

X, Y, Z = 0.6, 0.4, 0.4  # m, how far it goes each way of the middle, and down
W, D, H = 0.8, 0.6, 1.0  # m, half its width and depth, and the height of its rails
POSTS = tuple(
    Block((x, y, H / 2 - 0.02), (0.06, 0.06, H - 0.04), material="body")
    for x in (-W, W)
    for y in (-D, D)
)
RAILS = tuple(Block((0, y, H), (2 * W + 0.06, 0.06, 0.05)) for y in (-D, D))
LINKS = (
    (*POSTS, *RAILS),
    (
        Block((0, 0, 0.09), (0.09, 2 * D + 0.06, 0.07), material="body"),
        *(Block((0, y, 0.045), (0.14, 0.08, 0.03), material="accent") for y in (-D, D)),
    ),
    (Block((0.085, 0, 0.10), (0.07, 0.16, 0.18), material="accent"),),
    (
        Block((0.15, 0, 0.24), (0.05, 0.07, 0.6), material="body"),
        Round((0.15, 0, -0.10), (0.15, 0, -0.06), 0.035, material="dark"),
    ),
    (Round((0, 0, -0.035), (0, 0, -0.005), 0.03, material="dark"),),
)
TURN = math.pi


def drawn() -> Drawing:
    """The gantry of this folder."""
    masses = by_volume(LINKS, 85.0)
    links = [Link(f"link_{k}", p, m) for k, (p, m) in enumerate(zip(LINKS, masses, strict=True))]
    joints = [
        Joint(
            "joint_x",
            "prismatic",
            "link_0",
            "link_1",
            (0.0, 0.0, H),
            axis=(1.0, 0.0, 0.0),
            lower=-X,
            upper=X,
            effort=800.0,
            velocity=1.0,
        ),
        Joint(
            "joint_y",
            "prismatic",
            "link_1",
            "link_2",
            axis=(0.0, 1.0, 0.0),
            lower=-Y,
            upper=Y,
            effort=500.0,
            velocity=1.0,
        ),
        Joint(
            "joint_z",
            "prismatic",
            "link_2",
            "link_3",
            (0.0, 0.0, 0.02),
            lower=-Z,
            upper=0.0,
            effort=600.0,
            velocity=0.6,
        ),
        Joint(
            "joint_c",
            "revolute",
            "link_3",
            "link_4",
            (0.15, 0.0, -0.10),
            lower=-TURN,
            upper=TURN,
            effort=20.0,
            velocity=6.0,
        ),
    ]
    joints.append(
        Joint("flange", "fixed", "link_4", "tool0", (0.0, 0.0, -0.035), (math.pi, 0.0, 0.0))
    )
    return Drawing("gantry", [*links, Link("tool0")], joints)


if __name__ == "__main__":
    main(drawn, HERE)
