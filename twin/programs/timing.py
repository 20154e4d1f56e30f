"""A program of any kind -> its time on a machine: which reader knows the file, by its ending."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from twin.programs.capability import CUTTING, POWDER, RESIN, Figures
from twin.programs.gcode import time_gcode
from twin.programs.layers import MESHES, SLICED, time_layers
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
    ending = path.suffix.lower()
    if process in (RESIN, POWDER):
        if ending in (*MESHES, *SLICED):
            return time_layers(path, machine)
        readable = ", ".join((*MESHES, *SLICED))
        raise unreadable(path, f"is no part for {process}; it takes {readable}")
    if process == CUTTING and ending == ".dxf":
        from twin.programs.cutting import time_drawing  # half a second that only drawings pay for

        return time_drawing(path, machine, sheet)
    if ending in (*MESHES, *SLICED, ".dxf"):
        raise unreadable(path, f"is no program for {process}; it takes G-code")
    return time_gcode(path, machine)
