"""One figure of a machine from recorded times: what its programs took in truth decides it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar

from twin.errors import ProgramError, nearest
from twin.programs.capability import Figures

LEAST, MOST = 1 / 30, 30.0  # times what was assumed
NEAR = 1e-3  # of the logarithm of the figure

Timing = Callable[[Figures], float]  # what one program takes [s]


@dataclass(frozen=True)
class Fit:
    """The machine with the figure that fits, and how far each time is off with it: (n,), a share of
    the recorded one."""

    machine: Figures
    figure: str
    errors: tuple[float, ...]

    @property
    def value(self) -> float:
        """The figure [SI]."""
        return self.machine[self.figure]


def fit(programs: Sequence[Timing], took: Sequence[float], machine: Figures, figure: str) -> Fit:
    """The value of one figure ("acceleration", "calibration") with which the programs come nearest
    to what they took [s]: least squares of relative errors. Raises ProgramError for an unknown
    figure, and for one that the times do not depend on."""
    if figure not in machine.values:
        raise ProgramError(
            f"a machine for {machine.process} has no {figure!r}; {nearest(figure, machine.values)}"
        )
    if len(programs) != len(took) or not took or min(took) <= 0.0:
        raise ProgramError("needs a recorded time above 0 s for each program")

    def errors(logarithm: float) -> np.ndarray:
        tried = with_figure(machine, figure, machine[figure] * math.exp(logarithm), "guessed")
        return np.array([timing(tried) for timing in programs]) / np.array(took) - 1.0

    found: Any = minimize_scalar(
        lambda x: float((errors(x) ** 2).sum()),
        bounds=(math.log(LEAST), math.log(MOST)),
        method="bounded",
        options={"xatol": NEAR},
    )
    if np.allclose(errors(0.0), errors(1.0), atol=1e-9):
        raise ProgramError(f"the times do not depend on {figure!r}; fit another figure")
    basis = f"measured: fitted to {len(took)} recorded {'time' if len(took) == 1 else 'times'}"
    value = machine[figure] * math.exp(float(found.x))
    fitted = with_figure(machine, figure, value, basis)
    return Fit(fitted, figure, tuple(float(e) for e in errors(float(found.x))))


def with_figure(machine: Figures, figure: str, value: float, basis: str) -> Figures:
    """The machine with another value for one figure."""
    values, bases = {**machine.values, figure: value}, {**machine.bases, figure: basis}
    return replace(machine, values=values, bases=bases)
