"""Two small grippers a right angle apart: one takes the finished part, one brings the next."""

from __future__ import annotations

import math
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

from drawing import Block, Drawing, Joint, Link, Round, main  # noqa: E402

TILT = math.pi / 4  # of each gripper against the flange's axis
REACH = 0.17  # m, from where the two axes meet to the tips
MEET = 0.03  # m, from the flange


def along(side: float, distance: float) -> tuple[float, float, float]:
    """A point on the axis of one gripper."""
    return (side * distance * math.sin(TILT), 0.0, MEET + distance * math.cos(TILT))


def gripper(side: float) -> tuple[Round | Block, ...]:
    """The pieces of one gripper; its fingers open along y."""
    fingers = []
    for y in (-0.03, 0.03):
        (x, _, z), (a, _, b) = along(side, 0.115), along(side, REACH)
        fingers.append(Round((x, y, z), (a, y, b), 0.008, material="body"))
    return (
        Round(along(side, 0.03), along(side, 0.085), 0.032, material="dark"),
        Round(along(side, 0.085), along(side, 0.12), 0.042, material="dark"),
        *fingers,
    )


def drawn() -> Drawing:
    """The double gripper of this folder."""
    base = Round((0, 0, 0), (0, 0, 0.05), 0.04, material="accent")
    hand = (base, *gripper(1.0), *gripper(-1.0))
    tips = [
        Joint(f"to_{name}", "fixed", "flange", name, along(side, REACH), (0.0, side * TILT, 0.0))
        for name, side in (("tcp_a", 1.0), ("tcp_b", -1.0))
    ]
    links = [Link("flange", hand, 1.7), Link("tcp_a"), Link("tcp_b")]
    return Drawing("parallel_double", links, tips)


if __name__ == "__main__":
    main(drawn, HERE)
