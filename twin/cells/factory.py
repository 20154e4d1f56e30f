"""A layout that physics has looked at: its transfers, findings and key."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from twin.layout.rules import Finding
from twin.layout.schema import Layout


@dataclass(frozen=True)
class Transfer:
    """An arm's motion: from its home to a port, grip, to another port, let go, and home again.

    times [s] (n,) from 0; path [rad] (n, dof), joint angles at those times. The part is in the
    gripper from `grip` to `release` [s]. clearance [m] is the least distance to anything on the
    way outside the straight approaches; `nearest` names what is there.
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

    @property
    def duration(self) -> float:
        """How long the arm is taken [s]."""
        return float(self.times[-1])


@dataclass(frozen=True)
class Factory:
    """What production runs on. `transfers` are keyed (arm, origin, target)."""

    layout: Layout
    transfers: dict[tuple[str, str, str], Transfer] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    key: str = ""
