"""A small electric gripper with two fingers."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

from drawing import Block, Drawing, Joint, Link, Round, main  # noqa: E402

TIP = 0.15  # m, from the flange


def drawn() -> Drawing:
    """The gripper of this folder."""
    hand = (
        Round((0, 0, 0), (0, 0, 0.055), 0.034, material="dark"),
        Block((0, 0, 0.074), (0.110, 0.048, 0.040)),
        Block((-0.044, 0, 0.122), (0.010, 0.026, 0.056), material="body"),
        Block((0.044, 0, 0.122), (0.010, 0.026, 0.056), material="body"),
    )
    tip = Joint("tip", "fixed", "flange", "tcp", (0.0, 0.0, TIP))
    return Drawing("parallel_small", [Link("flange", hand, 0.9), Link("tcp")], [tip])


if __name__ == "__main__":
    main(drawn, HERE)
