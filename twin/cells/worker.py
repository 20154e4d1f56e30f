"""One cell judged in a process of its own: `python -m twin.cells.worker CELL.json RESULT`.

PyBullet can take its process along when it fails; then only this one is lost. Exit code 2 and a
message on stderr: the arm's files cannot be used.
"""

from __future__ import annotations

import sys
from pathlib import Path

from twin.cells.cell import read_cell
from twin.cells.judgement import solve
from twin.cells.store import write_solution
from twin.errors import TwinError


def main(arguments: list[str]) -> int:
    """Judge the cell in the first file and write its solution to the second; the exit code."""
    source, target = (Path(argument) for argument in arguments)
    try:
        solution = solve(read_cell(source.read_text(encoding="utf-8")))
    except TwinError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    write_solution(target, solution)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
