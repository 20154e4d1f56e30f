"""All benchmarks -> the table of the README: `python -m tests.bench.table` (`make bench`).

With --write, the table between the marks in README.md is replaced.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARTS = (
    "tests.bench.production",
    "tests.bench.coverage",
    "tests.bench.page",
    "tests.bench.viewer",
)
MARKS = re.compile(r"(<!-- made by `make bench` -->\n).*?(<!-- end -->)", re.DOTALL)


def figures() -> dict[str, float]:
    """Every figure of every part, each measured in a process of its own."""
    found: dict[str, float] = {}
    for part in PARTS:
        made = subprocess.run(
            [sys.executable, "-m", part], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
        )
        found |= json.loads(made.stdout)
    return found


def table(found: dict[str, float]) -> str:
    """The figures as Markdown, with the machine they are of."""
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.machine()}"
    lines = [f"| on {machine}, medians | |", "|---|---|"]
    lines += [f"| {what} | {value:.3g} |" for what, value in found.items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the table; put it into the README if asked to."""
    made = table(figures())
    print(made)
    if "--write" in sys.argv:
        path = ROOT / "README.md"
        text = path.read_text("utf-8")
        if not MARKS.search(text):
            raise SystemExit("README.md has lost the marks of the table")
        path.write_text(MARKS.sub(lambda m: m[1] + made + m[2], text), "utf-8")


if __name__ == "__main__":
    main()
