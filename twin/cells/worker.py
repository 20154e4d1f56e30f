"""One cell judged in a process of its own: `python -m twin.cells.worker`, told by one line.

The line, on stdin, is a JSON list of two paths: the cell and where its solution goes. PyBullet can
take its process along when it fails; then only this one is lost. Exit code 2 and a message on
stderr: the arm's files cannot be used. Where stdin ends without a line, nobody wants it any more.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from twin.cells.cell import read_cell
from twin.cells.judgement import solve
from twin.cells.store import write_solution
from twin.errors import TwinError


def main() -> int:
    """Judge the cell that the line names; the exit code."""
    line = sys.stdin.readline()
    if not line:
        return 0
    source, target = (Path(name) for name in json.loads(line))
    try:
        solution = solve(read_cell(source.read_text(encoding="utf-8")))
    except TwinError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    write_solution(target, solution)
    return 0


if __name__ == "__main__":
    sys.exit(main())
