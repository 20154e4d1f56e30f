"""What the recordings of machined parts say, read plainly: nothing here knows the twin.

A run is *undisturbed* if
1. it goes from ACTIVE to PROGRAM_COMPLETED without another status in between;
2. its program, by name, lies in the folder (an absent name is that of the record before);
3. the machine was never silent for more than 20 s meanwhile (its own clock of the program tells
each second: a silence is a wait for a person);
4. it never kept a speed, for more than 5 s in all, that is faster by 3 % than the program asks for
   there, nor was its feed override turned: else another version of the program ran, or another
   speed. (What is not kept is a rapid that gathers speed; above 100 mm/s all are rapids.)
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path

SILENCE = 20.0  # s
RAPID = 100.0  # mm/s
KEPT = 5.0  # s
INCH_A_MINUTE = 25.4 / 60.0  # mm/s


@dataclass
class Run:
    """One program on one part."""

    plate: int
    program: str
    seconds: float = 0.0
    override: float = 1.0  # of rapids, what it was longest
    why_not: list[str] = field(default_factory=list)


def runs(folder: Path) -> list[Run]:
    """The longest run of each plate, with why it is not undisturbed."""
    program, found = "", []
    for path in sorted((folder / "PartData").glob("Plate-*.txt.gz")):
        rows = _rows(path)
        longest = max(_actives(rows), key=lambda span: span[1] - span[0])
        named = [(time, value) for time, item, value in rows if item == "Program_Name_Running"]
        before = [value for time, value in named if time <= longest[0] + 1.0]
        run = Run(int(path.name.partition("of")[0][-2:]), before[-1] if before else program)
        run.seconds = longest[1] - longest[0]
        _judge(run, rows, longest, folder / "NC-Code")
        # The last program of the day before the back faces, which all have one and the same.
        program = next((v for _, v in reversed(named) if "BACK" not in v), program)
        found.append(run)
    return found


def box_runs(folder: Path) -> list[Run]:
    """The runs of the boxes' programs on another mill that ended whole, were never silent for
    long, and whose feed was never turned. The names that are told do not tell one operation from
    another: it is the program with as many lines as the run had blocks."""
    files = sorted((folder / "NC-Code").glob("*BOX*.NC"))
    lengths = {len(file.read_text().splitlines()): file.name for file in files}
    found = []
    for path in sorted((folder / "PartData").glob("Box-*.txt.gz")):
        rows = _rows(path)
        for begin, end, ended in _actives(rows):
            within = [row for row in rows if begin <= row[0] <= end]
            blocks = [int(value) for _, item, value in within if item == "Block_Number"]
            turned = [v for t, item, v in rows if item == "Feed_Override" and t <= begin][-1:]
            turned += [value for _, item, value in within if item == "Feed_Override"]
            silent = max((b[0] - a[0] for a, b in pairwise(within)), default=0.0)
            program = lengths.get(blocks[-1] + 1) if blocks else None
            whole = program and ended == "PROGRAM_COMPLETED" and silent <= SILENCE
            if program and whole and all(float(value) == 100.0 for value in turned):
                number = int(path.name.partition("of")[0][-2:])
                found.append(Run(number, program, end - begin))
    return found


def _rows(path: Path) -> list[tuple[float, str, str]]:
    rows = []
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as file:
        for line in file:
            parts = line.rstrip("\n").split("|")
            if len(parts) == 3 and parts[2]:
                moment = datetime.fromisoformat(parts[0][:26].rstrip("Z"))
                rows.append((moment.timestamp(), parts[1], parts[2]))
    return rows


def _actives(rows: list[tuple[float, str, str]]) -> list[tuple[float, float, str]]:
    """From, to and what came then, of each time that a program was ACTIVE."""
    found, begun = [], None
    for time, item, value in rows:
        if item == "Program_Status":
            if begun is not None:
                found.append((begun, time, value))
            begun = time if value == "ACTIVE" else None
    return found


def _judge(
    run: Run, rows: list[tuple[float, str, str]], span: tuple[float, float, str], programs: Path
) -> None:
    if span[2] != "PROGRAM_COMPLETED":
        run.why_not.append(f"ended as {span[2]}")
    file = programs / run.program
    if not file.is_file():
        run.why_not.append(f"{run.program} is not in the folder")
        return
    feeds = [
        float(found[1]) if (found := re.search(r"F([\d.]+)", line)) else None
        for line in file.read_text().splitlines()
    ]
    block, feed, override, last = 0, 0.0, None, span[0]
    faster: dict[float, float] = {}
    overrides: dict[float, float] = {}
    for time, item, value in rows:
        if not span[0] <= time <= span[1]:
            override = float(value) if item == "Rapid_Override" and time < span[0] else override
            continue
        if time - last > SILENCE:
            run.why_not.append(f"silent for {time - last:.0f} s in block {block}")
        said = [each for each in feeds[: block + 1] if each is not None]
        # The head of a drill's cycle comes before the first F: nothing to compare with.
        if said and 1.03 * said[-1] * INCH_A_MINUTE < feed < RAPID:
            faster[feed] = faster.get(feed, 0.0) + time - last
        if override is not None:
            overrides[override] = overrides.get(override, 0.0) + time - last
        last = time
        if item == "Block_Number":
            block = int(value)
        elif item == "Feed_Rate":
            feed = float(value)
        elif item == "Rapid_Override":
            override = float(value)
        elif item == "Feed_Override" and float(value) != 100.0:
            run.why_not.append(f"feed override at {float(value):g} %")
    run.override = max(overrides, key=lambda each: overrides[each]) / 100.0
    for speed, seconds in faster.items():
        if seconds > KEPT:
            run.why_not.append(f"{seconds:.0f} s at {speed:.1f} mm/s, faster than {run.program}")
