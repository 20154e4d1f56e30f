"""What an arm holds: the part in its gripper as a body."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from twin.cells.robot import Body, Robot, Solid, transform

Hand = tuple["Held", ...]  # all that is held at once
WEIGHTLESS = 1e-12  # kg: PyBullet takes none for 1 kg


@dataclass(frozen=True)
class Held:
    """A part as the gripper holds it: a block of edges `size` [m] along the tool's x, y, z, of
    `mass` [kg], that stands out by `beyond` [m] beyond the gripper's tips, towards the port. Its
    middle lies `aside` (x, y) [m] of the tool's axis, and it is turned by `turn` [rad] about that:
    its grasp. `tip` numbers the gripper of a double one. What is put down at the port `via` on its
    way is held as `again` from there on."""

    name: str
    size: tuple[float, float, float]
    mass: float = 0.0
    beyond: float = 0.0
    aside: tuple[float, float] = (0.0, 0.0)
    turn: float = 0.0
    tip: int = 0
    via: str = ""
    again: Held | None = None

    @property
    def second(self) -> Held:
        """The same in the second gripper."""
        return replace(self, name=f"{self.name} (second gripper)", tip=1)


def together(names: Iterable[str]) -> str:
    """What is held at once, in words; "" for nothing."""
    return " beside ".join(names)


def read_held(raw: dict[str, Any]) -> Held:
    """A part from its fields, as JSON has them."""
    again = read_held(raw["again"]) if raw["again"] else None
    return Held(**{**raw, "size": tuple(raw["size"]), "aside": tuple(raw["aside"]), "again": again})


# Where nothing says how large it is: a small printed board (guessed); its face towards the port
# lies at the tool's tip.
BOARD = Held("part", (0.1, 0.1, 0.01))


def part(robot: Robot, held: Held) -> Body:
    """The part in the frame of the robot's last body, with a cuboid's inertia about its centre."""
    size, mass = np.array(held.size), max(held.mass, WEIGHTLESS)
    tip = robot.by_second().tip if held.tip else robot.tip
    at = tip @ transform((*held.aside, held.beyond - size[2] / 2), (0.0, 0.0, held.turn))
    own = mass / 12 * np.diag(size @ size - size**2)
    turned = at[:3, :3]
    solid = Solid("box", at, held.size)
    return Body(held.name, mass, at[:3, 3], turned @ own @ turned.T, (solid,))
