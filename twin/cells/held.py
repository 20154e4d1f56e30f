"""What an arm holds: the part in its gripper as a body."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from twin.cells.robot import Body, Robot, Solid

WEIGHTLESS = 1e-12  # kg: PyBullet takes none for 1 kg


@dataclass(frozen=True)
class Held:
    """A part as the gripper holds it: a block of edges `size` [m] along the tool's x, y, z, of
    `mass` [kg], that stands out by `beyond` [m] beyond the gripper's tips, towards the port."""

    name: str
    size: tuple[float, float, float]
    mass: float = 0.0
    beyond: float = 0.0


# Where nothing says how large it is: a small printed board (guessed); its face towards the port
# lies at the tool's tip.
BOARD = Held("part", (0.1, 0.1, 0.01))


def part(robot: Robot, held: Held) -> Body:
    """The part in the frame of the robot's last body, with a cuboid's inertia about its centre."""
    size, mass = np.array(held.size), max(held.mass, WEIGHTLESS)
    at = robot.tip.copy()
    at[:3, 3] += at[:3, 2] * (held.beyond - size[2] / 2)
    own = mass / 12 * np.diag(size @ size - size**2)
    turned = at[:3, :3]
    solid = Solid("box", at, held.size)
    return Body(held.name, mass, at[:3, 3], turned @ own @ turned.T, (solid,))
