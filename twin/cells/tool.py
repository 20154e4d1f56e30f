"""A tool on an arm's flange: its bodies join the arm's last one, its tip becomes the arm's.

A tool is a URDF of fixed joints. Its root is the link `flange`, which lies on the arm's `tool0`; it
ends in a link `tcp`, or `tcp_a` and `tcp_b` of a double gripper: between the tips of its fingers, z
pointing out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from twin.cells.robot import Array, Body, Robot, joined
from twin.cells.urdf import read_fixed
from twin.errors import LayoutError

FLANGE = "flange"
TIPS = ("tcp", "tcp_a", "tcp_b")


@dataclass(frozen=True)
class Tool:
    """A tool as one body in the flange's frame, and where its tips are: (4, 4) by name."""

    body: Body
    tips: dict[str, Array]
    files: tuple[Path, ...]


def load_tool(path: Path) -> Tool:
    """The tool in a URDF file. Raises LayoutError with the file and what is wrong."""
    root, bodies, files = read_fixed(path)
    if root != FLANGE:
        raise LayoutError(f"{path}: a tool hangs on the link {FLANGE!r}, not on {root!r}")
    tips = {name: frame for name, (_, frame) in bodies.items() if name in TIPS}
    if not tips:
        raise LayoutError(f"{path}: has no tip; name a link {TIPS[0]!r}, z pointing out of it")
    body = joined("tool", list(bodies.values()))
    if body.mass <= 0.0:
        raise LayoutError(f"{path}: weighs nothing; give its links an <inertial>")
    return Tool(body, tips, files)


def mount(robot: Robot, tool: Tool, tip: str = "") -> Robot:
    """The arm with the tool on its flange; `tip` says which one works, without it the first;
    another one is the second gripper."""
    name = tip or next(iter(tool.tips))
    if name not in tool.tips:
        raise LayoutError(f"the tool has no tip {name!r}; it has: {', '.join(tool.tips)}")
    second = next((frame for other, frame in tool.tips.items() if other != name), None)
    last = robot.bodies[-1]
    hand = joined(last.name, [(last, np.eye(4)), (tool.body, robot.tip)])
    return replace(
        robot,
        bodies=(*robot.bodies[:-1], hand),
        tip=robot.tip @ tool.tips[name],
        second=None if second is None else robot.tip @ second,
        files=(*robot.files, *tool.files),
    )
