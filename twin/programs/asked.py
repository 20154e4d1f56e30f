"""What somebody asks of a program without a layout: for which machine, with which figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from twin import units
from twin.errors import ProgramError, nearest
from twin.layout import fields
from twin.layout.schema import Capability
from twin.programs.capability import Figures, figures_of_asset
from twin.programs.fitting import Fit, fit, with_figure
from twin.programs.report import Told, usual_asset
from twin.programs.timing import Sheet, time_program


@dataclass(frozen=True)
class Asked:
    """The asset, figures as "name=value", the sheet that is cut; a time is a number in SI, or a
    text with a unit."""

    asset: str | None = None
    figures: tuple[str, ...] = ()
    material: str | None = None
    thickness: str | None = None

    @property
    def sheet(self) -> Sheet:
        """The sheet that is cut."""
        return self.material, None if self.thickness is None else quantity(self.thickness, "length")

    def machine(self, path: Path) -> tuple[str, Figures]:
        """The asset for a file, and what it can. Raises LayoutError and ProgramError."""
        asset = self.asset or usual_asset(path)
        machine = figures_of_asset(asset)
        for text in self.figures:
            name, equals, value = text.partition("=")
            if not equals:
                raise ProgramError(f"{text!r}: write NAME=VALUE, such as 'rapid=20 m/min'")
            name = name.strip()
            if name not in machine.values:
                raise ProgramError(f"{asset} has no {name!r}; {nearest(name, machine.values)}")
            dimension = fields.dimension(fields.hints(Capability)[name])
            told = quantity(value, dimension or "share")
            if told <= 0.0 and name not in ("corner", "homing", "first_layers"):
                raise ProgramError(f"{text!r}: must be above 0")
            machine = with_figure(machine, name, told, "given")
        return asset, machine


def quantity(text: str, dimension: str) -> float:
    """A number in SI from a text. Raises ProgramError."""
    try:
        return units.parse(text.strip(), dimension)
    except ValueError as error:
        raise ProgramError(str(error)) from error


def told(path: Path, asked: Asked) -> Told:
    """What one program takes. Raises ProgramError and LayoutError."""
    asset, machine = asked.machine(path)
    return Told(path, time_program(path, machine, asked.sheet), machine, asset)


def fitted(paths: Sequence[Path], took: Sequence[str], figure: str, asked: Asked) -> Fit:
    """The figure that fits recorded times of programs, all of one machine. Raises ProgramError."""
    if len(took) != len(paths):
        raise ProgramError(f"{len(paths)} programs, but {len(took)} times behind --took")
    machine = asked.machine(paths[0])[1]
    real = [quantity(text, "time") for text in took]
    return fit([partial(_seconds, path, asked.sheet) for path in paths], real, machine, figure)


def _seconds(path: Path, sheet: Sheet, machine: Figures) -> float:
    plain = replace(machine, bases={})
    return time_program(path, plain, sheet).seconds * machine["calibration"]
