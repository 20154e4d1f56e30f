"""A fork that takes build plates from below their front edge."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

from drawing import Block, Drawing, Joint, Link, Round, main  # noqa: E402


def drawn() -> Drawing:
    """The plate lifter of this folder."""
    hand = (
        Round((0, 0, 0), (0, 0, 0.04), 0.034, material="dark"),
        Block((0, 0, 0.055), (0.20, 0.05, 0.03)),
        Block((-0.08, 0, 0.16), (0.03, 0.012, 0.18), material="body"),
        Block((0.08, 0, 0.16), (0.03, 0.012, 0.18), material="body"),
    )
    tip = Joint("tip", "fixed", "flange", "tcp", (0.0, 0.0, 0.25))
    return Drawing("plate_lifter", [Link("flange", hand, 1.1), Link("tcp")], [tip])


if __name__ == "__main__":
    main(drawn, HERE)
