"""What hangs on a flange, against what the arm's maker allows about its last joints.

A rated mass is not all: makers draw diagrams of how far from the flange which mass may be. They
come from one figure a joint, the moment of inertia that its gear and brake are good for (IRB 120:
product manual 3HAC035960, "Maximum load and moment of inertia").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np

from twin.cells.cell import Cell, hands
from twin.cells.held import Hand, part, together
from twin.cells.robot import Body, Robot, joined
from twin.cells.tool import Tool, load_tool, mount
from twin.cells.urdf import load_robot
from twin.errors import LayoutError, nearest
from twin.layout.rules import Finding

BEYOND = 2  # joints beyond one that has a figure: those of a wrist
TURNS = 73  # of each of them that are looked at


@dataclass(frozen=True)
class Load:
    """The moment of inertia [kg m2] of tool and piece about a joint's axis, with the joints beyond
    it turned so that it is largest, and what the maker allows."""

    joint: str
    piece: str
    value: float
    limit: float


def overloaded(cell: Cell) -> list[Finding]:
    """Where a cell's arm carries more than its maker allows: in mass, or about its last joints."""
    where, found = f"arms/{cell.arm}/payload", []
    hand = load_tool(Path(cell.tool)).body.mass if cell.tool else 0.0
    mass = hand + payload(cell)
    if cell.rating is not None and mass > cell.rating:
        with_tool = f", {round(hand, 3):g} kg of it its tool" if hand else ""
        message = (
            f"{cell.arm} carries {round(mass, 3):g} kg{with_tool}, it is rated for "
            f"{cell.rating:g} kg; "
            "lighten the part or take a larger arm"
        )
        found.append(Finding("cell/limits", where, "error", message, mass, cell.rating, "kg"))
    for load in loads_of(cell):
        if load.value > load.limit:
            message = (
                f"{cell.arm} with {load.piece} has {load.value:.3g} kg m2 about {load.joint}, its "
                f"maker allows {load.limit:.3g}; take a lighter or shorter part or tool"
            )
            found.append(
                Finding("cell/limits", where, "error", message, load.value, load.limit, "kg m2")
            )
    return found


def payload(cell: Cell) -> float:
    """The most that a cell's arm carries at once, its tool apart [kg]."""
    return max((sum(held.mass for held in hand) for hand in hands(cell)), default=0.0)


def loads_of(cell: Cell) -> tuple[Load, ...]:
    """What a cell's arm carries about its last joints, where its maker says how much it may."""
    if not cell.inertias:
        return ()
    tool = load_tool(Path(cell.tool)) if cell.tool else None
    return loads(load_robot(Path(cell.urdf)), tool, hands(cell), cell.inertias)


def loads(
    arm: Robot, tool: Tool | None, carried: Sequence[Hand], allowed: Mapping[str, float]
) -> tuple[Load, ...]:
    """Of all that is carried at once, each figure that is `allowed` [kg m2] by the names of the
    arm's joints; the arm is the one without its tool.

    Raises LayoutError where a name is not that of one of the last joints.
    """
    names = [joint.name for joint in arm.joints]
    found = []
    for name, limit in allowed.items():
        if name not in names[-1 - BEYOND :]:
            raise LayoutError(
                f"options/inertia: {name!r} is none of the arm's last {BEYOND + 1} joints; "
                f"{nearest(name, names[-1 - BEYOND :])}"
            )
        for hand in carried:
            value = _about(arm, names.index(name), hung(arm, tool, hand))
            found.append(Load(name, together(held.name for held in hand), value, limit))
    return tuple(found)


@dataclass(frozen=True)
class Diagram:
    """A load diagram: how much [kg] an arm may carry as a point mass at distances `along` the
    flange's axis [m] (n,), for each of distances `beside` it [m]; and where each piece with the
    tool is: its name, along, beside [m], mass [kg]."""

    along: tuple[float, ...]
    beside: tuple[float, ...]
    most: tuple[tuple[float, ...], ...]
    pieces: tuple[tuple[str, float, float, float], ...]


BESIDE = (0.0, 0.1, 0.2)  # m


def diagram(cell: Cell) -> Diagram | None:
    """The load diagram of a cell's arm; None where its maker tells no more than a mass."""
    if not cell.inertias:
        return None
    arm = load_robot(Path(cell.urdf))
    tool = load_tool(Path(cell.tool)) if cell.tool else None
    names = [joint.name for joint in arm.joints]
    inverse = np.linalg.inv(arm.tip)
    points = []
    for hand in hands(cell):
        load = hung(arm, tool, hand)
        x, y, z = inverse[:3, :3] @ load.centre + inverse[:3, 3]
        words = together(held.name for held in hand)
        points.append((words, float(z), float(np.hypot(x, y)), load.mass))
    along = np.linspace(0.0, max(0.3, *(1.2 * z for _, z, _, _ in points), 0.0), 31)
    most = []
    for beside in BESIDE:
        row = []
        for z in along:
            at = arm.tip[:3, :3] @ np.array([beside, 0.0, z]) + arm.tip[:3, 3]
            unit = Body("unit", 1.0, at, np.zeros((3, 3)), ())
            limits = [
                limit / max(_about(arm, names.index(name), unit), 1e-12)
                for name, limit in cell.inertias.items()
            ]
            row.append(min(*limits, cell.rating or np.inf))
        most.append(tuple(map(float, row)))
    return Diagram(tuple(map(float, along)), BESIDE, tuple(most), tuple(points))


def hung(arm: Robot, tool: Tool | None, hand: Hand) -> Body:
    """The tool with all that is in it as one body, in the frame of the arm's last body."""
    fitted = mount(arm, tool) if tool is not None else arm
    placed = [(part(fitted, held), np.eye(4)) for held in hand]
    if tool is not None:
        placed.append((tool.body, arm.tip))
    return joined("load", placed)


def _about(arm: Robot, k: int, load: Body) -> float:
    """The load's moment of inertia about the axis of joint k [kg m2], at its largest."""
    joint, beyond = arm.joints[k], range(k + 1, arm.dof)
    span = [np.linspace(arm.lower[j], arm.upper[j], TURNS) for j in beyond]
    q = np.zeros((TURNS ** len(span), arm.dof))
    q[:, k + 1 :] = list(product(*span))
    frames = arm.frames(q)
    here = np.linalg.inv(frames[:, -1]) @ frames[:, k]  # body k, seen from the last one
    axis = here[:, :3, :3] @ joint.axis
    if joint.prismatic:
        raise LayoutError(f"options/inertia: {joint.name!r} slides; nothing turns about it")
    way = np.cross(axis, load.centre - here[:, :3, 3])
    own = np.einsum("ni,ij,nj->n", axis, load.inertia, axis)
    return float(np.max(own + load.mass * np.sum(way**2, axis=1)))
