"""A program of any kind -> its time on a machine: which reader knows the file, by its ending."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from twin.errors import ProgramError
from twin.programs.capability import FILAMENT, MACHINING, Figures
from twin.programs.gcode import time_gcode
from twin.programs.program_time import ProgramTime, unreadable

Sheet = tuple[str | None, float | None]  # material, thickness [m]


def time_program(path: Path, machine: Figures, sheet: Sheet = (None, None)) -> ProgramTime:
    """What the program in a file takes on a machine; `sheet` is what a cutter cuts, and how thick
    [m]. Looked at again only when the file has changed. Raises ProgramError."""
    try:
        state = path.stat()
    except OSError as error:
        raise unreadable(path, error.strerror or "is not there") from error
    if not path.is_file():
        raise unreadable(path, "is no file")
    values = tuple(sorted(machine.values.items()))
    speeds = tuple(machine.sheets.items())
    return _timed(path, state.st_mtime_ns, state.st_size, machine.process, values, speeds, sheet)


@lru_cache(maxsize=256)
def _timed(
    path: Path, changed: int, size: int, process: str, values: tuple, speeds: tuple, sheet: Sheet
) -> ProgramTime:
    machine = Figures(process, dict(values), {}, dict(speeds))
    if process in (MACHINING, FILAMENT):
        return time_gcode(path, machine)
    raise ProgramError(f"{path}: programs for {process} are not known")
