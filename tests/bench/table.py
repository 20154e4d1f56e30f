"""All benchmarks -> the table of the README: `python -m tests.bench.table` (`make bench`).

With --write, the table between the marks in README.md is replaced, and docs/cost.svg drawn.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

from tests.bench.versions import versions

ROOT = Path(__file__).resolve().parents[2]
PARTS = (
    "tests.bench.engine",
    "tests.bench.growth",
    "tests.bench.production",
    "tests.bench.recordings",
    "tests.bench.mtconnect",
    "tests.bench.live",
    "tests.bench.coverage",
    "tests.bench.cells",
    "tests.bench.page",
    "tests.bench.viewer",
    "tests.bench.soak",
)
Groups = dict[str, dict[str, float]]  # title -> what, with its unit -> figure
MARKS = re.compile(r"(<!-- made by `make bench` -->\n).*?(<!-- end -->)", re.DOTALL)


def figures(*options: str) -> Groups:
    """Every figure of every part, each measured in a process of its own, which gets the options."""
    found: Groups = {}
    for part in PARTS:
        print(f"{part} ...", file=sys.stderr, flush=True)
        made = subprocess.run(
            [sys.executable, "-m", part, *options],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        print(made.stdout, file=sys.stderr, flush=True)  # a later part may fail
        for title, rows in json.loads(made.stdout).items():
            found.setdefault(title, {}).update(rows)
    return found


def table(found: Groups, measured_with: str = "") -> str:
    """The figures as Markdown, group by group, with what they were measured with."""
    machine = f"{os.cpu_count()} cores, {platform.machine()}, medians"
    lines = [f"| on {machine} | |", "|---|---|"]
    for title, rows in found.items():
        lines.append(f"| **{title}** | |")
        lines += [f"| {what} | {number(value)} |" for what, value in rows.items()]
    if measured_with:
        lines += ["", f"Measured with {measured_with}."]
    return "\n".join(lines) + "\n"


def number(value: float) -> str:
    """Three digits that count, and no exponent before a billion."""
    return f"{value:,.0f}" if 100 <= abs(value) < 1e9 else f"{value:.3g}"


def main() -> None:
    """Print the table; put it into the README if asked to."""
    options = [option for option in sys.argv[1:] if option == "--write"]
    made = table(figures(*options), versions())
    print(made)
    if options:
        path = ROOT / "README.md"
        text = path.read_text("utf-8")
        if not MARKS.search(text):
            raise SystemExit("README.md has lost the marks of the table")
        path.write_text(MARKS.sub(lambda m: m[1] + made + m[2], text), "utf-8")


if __name__ == "__main__":
    main()
