"""What an arm can do between two ports, as physics found it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin.layout.rules import Finding


@dataclass(frozen=True)
class Transfer:
    """An arm's motion: from its home to a port, grip, to another port, let go, and home again.

    times [s] (n,) from 0; path [rad] (n, dof), joint angles at those times. The part is in the
    gripper from `grip` [s], when it has closed, to `release` [s], when it has opened. clearance [m]
    is the least distance to anything on the way outside the straight approaches; `nearest` names
    what is there.
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

    @property
    def duration(self) -> float:
        """How long the arm is taken [s]."""
        return float(self.times[-1])


@dataclass(frozen=True)
class Solution:
    """What physics says of one cell."""

    transfers: tuple[Transfer, ...]
    findings: tuple[Finding, ...]
