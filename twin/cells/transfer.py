"""What an arm can do between two ports, as physics found it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from twin.layout.rules import Finding


@dataclass(frozen=True)
class Target:
    """Whether an arm reaches a port, straight along its approach, and how well.

    q: the joint angles [rad] (or positions [m]) there that are nearest to its home, () where there
    are none; `branches` how many ways to hold the tool there are; `margin` how far q is from the
    nearest joint limit [rad or m], that of `joint`; manipulability as Yoshikawa has it (Int. J.
    Robotics Research 4(2), 1985): the root of det(J J'); `approach` the straight way that is free
    before the port [m]; `nearest` the point [m] in the world, on the line from the port to the
    shoulder, that the tool reaches instead, where it does not reach the port; `piece` what is in
    the hand.
    """

    port: str  # "machine.port"
    verdict: str  # reachable, or why not: radius, orientation, limits, approach, collision
    message: str = ""
    branches: int = 0
    q: tuple[float, ...] = ()
    margin: float = 0.0
    joint: str = ""
    manipulability: float = 0.0
    approach: float = 0.0
    nearest: tuple[float, ...] = ()
    piece: str = ""


@dataclass(frozen=True)
class Motion:
    """A stretch of a transfer, from `start` to `end` [s] of its clock.

    clearance [m] is the least distance on it between `body`, of the arm, and `other`, at the time
    `at` [s]; on a straight approach the machine that is served is left out. `bound` says what sets
    its pace: "shoulder speed", "tool speed", "gripper".
    """

    kind: str  # travel, wait (for a door), approach, grip, retract, release
    start: float
    end: float
    bound: str
    clearance: float
    body: str = ""
    other: str = ""
    at: float = 0.0


@dataclass(frozen=True)
class Transfer:
    """An arm's motion: from its home to a port, grip, to another port, let go, and home again.

    times [s] (n,) from 0; path [rad] (n, dof), joint angles at those times, and `effort` (n, dof)
    the torques [Nm] that they ask for. The part is in the gripper from `grip` [s], when it has
    closed, to `release` [s], when it has opened. clearance [m] is the least distance to anything on
    the way outside the straight approaches; `nearest` names what is there. Its duration lies
    between `low` and `high` [s], as far as the arm's limits are known; `energy` [J] is what the
    joints do against gravity and inertia, losses apart.
    """

    arm: str
    origin: str  # "machine.port"
    target: str
    times: NDArray[np.float64]
    path: NDArray[np.float64]
    grip: float
    release: float
    clearance: float
    nearest: str
    torque: float = 0.0  # the largest share of a joint's torque limit that it takes
    low: float = 0.0
    high: float = 0.0
    energy: float = 0.0
    motions: tuple[Motion, ...] = ()
    piece: str = ""  # what is carried
    effort: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 0)))

    @property
    def duration(self) -> float:
        """How long the arm is taken [s]."""
        return float(self.times[-1])


@dataclass(frozen=True)
class Solution:
    """What physics says of one cell."""

    transfers: tuple[Transfer, ...]
    findings: tuple[Finding, ...]
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True)
class Profile:
    """How near an arm is to anything over a transfer: times [s], least distances [m], as far as
    they are asked for, and between what ("" where nothing is as near)."""

    times: tuple[float, ...]
    distances: tuple[float, ...]
    between: tuple[str, ...]
