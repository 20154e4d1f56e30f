"""Targets that are taught: ports of a machine that an arm shall reach, one or a tray of them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from twin.errors import LayoutError, nearest
from twin.layout.catalog import base_pose, ports_of
from twin.layout.rules.attendance import phases
from twin.layout.schema import Layout
from twin.layout.splice import Change, Source, put_all, take
from twin.pose import Vector, apply, invert, rotate

MOST = 100  # ports of a tray


@dataclass(frozen=True)
class Teach:
    """Gives a machine a port at a point [m] of the world, to which the tool comes along `approach`
    over the last `clear` [m], and has an arm serve it. A port of the machine's own of that name is
    put anew.

    With rows and columns, it is a tray: ports name-1-1, name-1-2 and so on, `pitch` [m] from column
    to column and from row to row, along the machine's x and y; the first is at the point.
    """

    arm: str
    machine: str
    name: str
    at: tuple[float, float, float]
    approach: tuple[float, float, float] = (0.0, 0.0, -1.0)
    clear: float = 0.1
    rows: int = 1
    columns: int = 1
    pitch: tuple[float, float] = (0.1, 0.1)

    def apply(self, source: Source, layout: Layout) -> Source:
        self._refuse(layout)
        base = invert(base_pose(layout, self.machine))
        first = apply(base, self.at)
        length = float(np.linalg.norm(self.approach))
        towards = rotate(base.quaternion, np.array(self.approach) / length)
        known = layout.arms[self.arm].serves
        made = dict(self._places(first))
        changes = [
            Change(("machines", self.machine, "ports", name), self._written(at, towards))
            for name, at in made.items()
        ]
        new = [port for name in made if (port := f"{self.machine}.{name}") not in known]
        if new:
            changes.append(Change(("arms", self.arm, "serves"), [*known, *new]))
        return put_all(source, changes)

    def _refuse(self, layout: Layout) -> None:
        """Raises LayoutError for what cannot be taught."""
        if self.arm not in layout.arms:
            raise LayoutError(f"there is no arm {self.arm!r}; {nearest(self.arm, layout.arms)}")
        if self.machine not in layout.machines:
            known = nearest(self.machine, layout.machines)
            raise LayoutError(f"there is no machine {self.machine!r}; {known}")
        numbers = (*self.at, *self.approach, self.clear, *self.pitch)
        if not all(map(math.isfinite, numbers)):
            raise LayoutError(f"{self.name}: expected finite numbers, not {numbers}")
        if not any(self.approach):
            raise LayoutError(f"{self.name}: the approach has no direction")
        if not (self.rows >= 1 and self.columns >= 1 and self.rows * self.columns <= MOST):
            raise LayoutError(
                f"{self.name}: {self.rows} x {self.columns} ports; a tray has 1 to {MOST} of them"
            )
        own = layout.machines[self.machine].ports
        theirs = [name for name in ports_of(layout.machines[self.machine]) if name not in own]
        taken = [name for name, _ in self._places(np.zeros(3)) if name in theirs]
        if taken:
            raise LayoutError(
                f"{self.machine}: its asset has a port {taken[0]!r} already; choose another name"
            )

    def _places(self, first: Vector) -> Iterator[tuple[str, Vector]]:
        if self.rows == self.columns == 1:
            yield self.name, first
            return
        for row in range(self.rows):
            for column in range(self.columns):
                along = np.array([column * self.pitch[0], row * self.pitch[1], 0.0])
                yield f"{self.name}-{row + 1}-{column + 1}", first + along

    def _written(self, at: Vector, approach: Vector) -> dict[str, object]:
        told: dict[str, object] = {"at": [f"{round(float(x), 4) + 0.0:.12g} m" for x in at]}
        if np.max(np.abs(approach - (0.0, 0.0, -1.0))) > 1e-6:
            told["approach"] = [round(float(x), 6) + 0.0 for x in approach]
        if self.clear != 0.1:
            told["clear"] = f"{self.clear:.12g} m"
        return told


@dataclass(frozen=True)
class Forget:
    """Takes a port that was taught out of its machine, and out of what arms shall reach. Raises
    LayoutError where a route asks for it."""

    port: str  # "machine.port"

    def apply(self, source: Source, layout: Layout) -> Source:
        machine, _, name = self.port.partition(".")
        if machine not in layout.machines or name not in layout.machines[machine].ports:
            raise LayoutError(f"{self.port} was not taught here; it belongs to its asset")
        for asked in phases(layout):
            if self.port in asked.phase.ports.values():
                raise LayoutError(
                    f"{self.port} is still spoken of by {asked.where}; change it first"
                )
        for arm, one in layout.arms.items():
            for k in reversed([k for k, port in enumerate(one.serves) if port == self.port]):
                source = take(source, ("arms", arm, "serves", k))
        return take(source, ("machines", machine, "ports", name))
