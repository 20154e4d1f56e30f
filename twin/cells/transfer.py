"""What an arm can do between two ports, as physics found it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from twin.cells.held import together
from twin.layout.rules import Finding

LOW = 0.02  # m: to pass anything nearer is a warning


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
    tip: int = 0  # the gripper that works, of a double one


@dataclass(frozen=True)
class Event:
    """What a transfer does at a port ("machine.port"): "grip" or "release" a piece."""

    port: str
    kind: str
    piece: str


@dataclass(frozen=True)
class Carry:
    """A part's way in a gripper: from one port to another ("machine.port"), in the gripper `tip`
    from `grip` [s], when that has closed, to `release` [s], when it has opened."""

    piece: str
    origin: str
    target: str
    grip: float
    release: float
    tip: int = 0


@dataclass(frozen=True)
class Transfer:
    """An arm's motion: from its home to a port, grip, to another port, let go, and home again.

    Between the two it may put the part down and grip it anew, or, with a double gripper, take one
    part out of a machine and put in the one that it brings, an exchange: `carries` tells each
    part's way, in the order of gripping.

    times [s] (n,) from 0; path [rad] (n, dof), joint angles at those times, and `effort` (n, dof)
    the torques [Nm] that they ask for. Something is in a gripper from `grip` [s], when the first
    has closed, to `release` [s], when the last has opened. clearance [m] is the least distance to
    anything on the way outside the straight approaches; `nearest` names what is there. Its duration
    lies between `low` and `high` [s], as far as the arm's limits are known; `energy` [J] is what
    the joints do against gravity and inertia, losses apart.
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
    carries: tuple[Carry, ...] = ()
    near: Profile | None = None  # at its times, once that has been asked for

    @property
    def duration(self) -> float:
        """How long the arm is taken [s]."""
        return float(self.times[-1])

    @property
    def exchange(self) -> bool:
        """Whether it takes one part out of a machine and puts another in."""
        return len({carry.tip for carry in self.carries}) > 1

    @property
    def visits(self) -> tuple[str, ...]:
        """The ports where it grips or lets go, in that order."""
        return tuple(event.port for event in self.events) or (self.origin, self.target)

    @property
    def events(self) -> tuple[Event, ...]:
        """What it does at ports, in turn."""
        return tuple(event for _, event in self._ends)

    @property
    def _ends(self) -> list[tuple[float, Event]]:
        """Its events with the times [s] when they are done."""
        ends = [(c.grip, Event(c.origin, "grip", c.piece)) for c in self.carries]
        ends += [(c.release, Event(c.target, "release", c.piece)) for c in self.carries]
        return sorted(ends, key=lambda end: end[0])

    def done(self, time: float) -> int:
        """How many of its events are done at a time [s]."""
        return sum(end < time for end, _ in self._ends)

    @property
    def stops(self) -> tuple[str, ...]:
        """The same, without the one that it is at already."""
        return tuple(port for port, _ in groupby(self.visits))

    @property
    def way(self) -> str:
        """From where to where it goes, in words."""
        return " → ".join(self.stops)

    def held(self, time: float) -> str:
        """What is in its grippers at a time [s], "" for nothing."""
        inside = [c for c in self.carries if c.grip < time <= c.release]
        return together(c.piece for c in sorted(inside, key=lambda carry: carry.tip))

    def served(self, time: float) -> str:
        """The machine that it serves at a time [s], straight before a port or at it; "" on its way
        between them."""
        at = next(k for k, motion in enumerate(self.motions) if time <= motion.end + 1e-9)
        if self.motions[at].kind == "travel":
            return ""
        travels = sum(motion.kind == "travel" for motion in self.motions[:at])
        return self.visits[travels - 1].rpartition(".")[0]


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
