"""One task about a cell in a process of its own: `python -m twin.cells.worker`, told by one line.

The line, on stdin, is a JSON list: the task, the file that it is about and the one where its result
goes. "judge": a cell becomes its solution; "map": a cell and points become a map of reach;
"volume": a cell becomes the surface around what is reached; "near": transfers become their
distances over time; "sweep": ways become the surface around what is swept; "gate": a robot's files
become an asset. PyBullet can take its process along when it fails; then only this one is lost. Exit
code 2 and a message on stderr: the files cannot be used. Where stdin ends without a line, nobody
wants it any more.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np

from twin.cells.cell import by_name, fitted, read_cell
from twin.cells.judgement import filled, mapped, profiled, solve
from twin.cells.maps import write_map
from twin.cells.store import memory_file, write_solution
from twin.errors import TwinError
from twin.pose import matrix, upright


def main() -> int:
    """Do what the line says; the exit code."""
    line = sys.stdin.readline()
    if not line:
        return 0
    return done(*json.loads(line))


def done(task: str, source: str, target: str) -> int:
    """Do a task from one file into another; the exit code."""
    try:
        TASKS[task](Path(source).read_text(encoding="utf-8"), Path(target))
    except TwinError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def judge(text: str, target: Path) -> None:
    """The solution of the cell in `text`."""
    cell = read_cell(text)
    write_solution(target, solve(cell, memory_file(cell), PROCESSES))


def chart(text: str, target: Path) -> None:
    """The map of reach of a cell for points and a direction, all three in `text`."""
    asked = json.loads(text)
    points, direction = np.array(asked["points"]), np.array(asked["direction"])
    write_map(target, mapped(read_cell(asked["cell"]), points, direction))


def fill(text: str, target: Path) -> None:
    """The surface around what a cell's arm reaches along a direction, both in `text`."""
    from twin.cells.swept import write_surface  # few ask for it

    asked = json.loads(text)
    cell, direction = read_cell(asked["cell"]), np.array(asked["direction"])
    write_surface(target, filled(cell, direction, PROCESSES))


def near(text: str, target: Path) -> None:
    """How near an arm is to anything over transfers of its cell, all in `text`."""
    asked = json.loads(text)
    found = [asdict(one) for one in profiled(read_cell(asked["cell"]), asked["transfers"])]
    target.write_text(json.dumps(found), encoding="utf-8")


def sweep(text: str, target: Path) -> None:
    """The surface around what a cell's arm sweeps on ways with what it holds, all in `text`."""
    from twin.cells.swept import swept, write_surface  # few ask for it

    asked = json.loads(text)
    cell = read_cell(asked["cell"])
    held = by_name(cell)
    ways = [(np.array(one["path"]), held[one["held"]]) for one in asked["ways"]]
    base = matrix(upright(*cell.at, cell.height, cell.heading))
    write_surface(target, swept(fitted(cell), base, ways))


def gate(text: str, target: Path) -> None:
    """A robot's files as an asset in a new folder; what they ask for in memory is bounded."""
    from twin.cells.gate.adding import pass_through  # few ask for it

    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    pass_through(text, target)


TASKS = {
    "judge": judge,
    "map": chart,
    "volume": fill,
    "near": near,
    "sweep": sweep,
    "gate": gate,
}
MEMORY = 8 * 2**30  # bytes
# For one cell, where this one may fork; more of them would mostly do what others do as well.
PROCESSES = min(os.cpu_count() or 1, 8) if sys.platform == "linux" else 1


if __name__ == "__main__":
    sys.exit(main())
