"""State shares of MTConnect recordings, worked out apart: plain Python, nothing of twin.

Written from what the recordings' SOURCE.md files say and from the MTConnect standard (values of
Execution, ControllerMode, EmergencyStop, conditions). Each function knows the layout of its own
recordings, so that no heuristic is needed: NIST files name their day, the Okuma file tells its
availability whenever a recording begins.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

HELD = {"FEED_HOLD", "INTERRUPTED", "OPTIONAL_STOP", "PROGRAM_STOPPED"}
FAULTS = {"system_cond", "logic_cond", "motion_cond", "comms_cond", "path_system", "system"}
Line = tuple[float, list[str]]


def seconds(text: str) -> float:
    """ISO 8601 in UTC -> seconds since 1970, cut to microseconds."""
    whole, _, part = text.removesuffix("Z").partition(".")
    time = datetime.strptime(whole, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
    return time.timestamp() + int((part + "000000")[:6]) / 1e6


def lines_of(path: Path) -> Iterator[Line]:
    """(time, fields) of each line that has a time."""
    inside = ""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if inside:
                inside = "" if line == inside else inside
                continue
            if "--multiline--" in line:
                inside = line[line.index("--multiline--") :]
            fields = line.split("|")
            if len(fields) > 2 and not fields[1].startswith("@"):
                yield seconds(fields[0]), fields


class Machine:
    """The last values, and the seconds in each state."""

    def __init__(self, execution: str, mode: str) -> None:
        self.names = {execution: "execution", mode: "mode", "estop": "estop"}
        self.last: dict[str, str] = {}
        self.faults: dict[str, set[str]] = {}
        self.shares: Counter[str] = Counter()
        self.clock = float("nan")
        self.ends = 0  # programs that ran to their end
        self._runs = False

    def state(self) -> str:
        execution = self.last.get("execution", "UNAVAILABLE")
        mode = self.last.get("mode", "")
        if execution == "UNAVAILABLE":
            return "UNAVAILABLE"
        if self.last.get("estop") == "TRIGGERED" or any(self.faults.values()):
            return "DOWN"
        if mode in ("MANUAL", "MANUAL_DATA_INPUT", "EDIT"):
            return "SETUP"
        if execution == "ACTIVE":
            return "PROCESSING"
        return "HELD" if execution in HELD else "IDLE"

    def take(self, fields: list[str]) -> None:
        """The values of a line."""
        item = fields[1]
        if len(fields) == 7 and fields[2].upper() in ("NORMAL", "WARNING", "FAULT", "UNAVAILABLE"):
            if item in FAULTS:
                codes = self.faults.setdefault(item, set())
                if fields[2].upper() == "FAULT":
                    codes.add(fields[3])
                elif fields[2].upper() == "NORMAL" and fields[3]:
                    codes.discard(fields[3])
                elif fields[2].upper() != "WARNING":
                    codes.clear()
                else:
                    codes.discard(fields[3])  # what was a fault is a warning by now
            return
        for item, value in zip(fields[1::2], fields[2::2], strict=False):
            if item in self.names:
                self.last[self.names[item]] = value

    def hear(self, time: float, fields: list[str]) -> None:
        """A line: the time up to it goes to the state that was; a time behind counts as now."""
        if self.clock != self.clock:
            self.clock = time
        if time > self.clock:
            self.shares[self.state()] += time - self.clock
            self.clock = time
        before = self.state()
        self.take(fields)
        after = self.state()
        if before != after:
            ended = self.last["execution"] in ("READY", "PROGRAM_COMPLETED")
            self.ends += self._runs and before == "PROCESSING" and ended and after == "IDLE"
            self._runs = after == "PROCESSING" or (self._runs and after == "HELD")


def nist(files: Iterable[Path]) -> Machine:
    """A machine of the NIST test bed: what is older than a file's day is how things stood."""
    machine = Machine("execution", "mode")
    for path in sorted(files):
        day = datetime.strptime(path.name.split("-")[1], "%Y%m%d").replace(tzinfo=UTC)
        for time, fields in lines_of(path):
            if time < day.timestamp():
                machine.take(fields)
            else:
                machine.hear(time, fields)
    return machine


def okuma(path: Path) -> tuple[Counter[str], int, float]:
    """Shares of all recordings in the file, programs that ran to their end, and the whole span."""
    recordings: list[list[Line]] = []
    for time, fields in lines_of(path):
        if fields[1] == "avail":
            recordings.append([])
        recordings[-1].append((time, fields))
    total: Counter[str] = Counter()
    ends, bounds = 0, []
    for recording in recordings:
        machine = Machine("pexecution", "pmode")
        for time, fields in recording:
            machine.hear(time, fields)
        total += machine.shares
        ends += machine.ends
        bounds += [recording[0][0], machine.clock]
    span = max(bounds) - min(bounds)
    total["UNAVAILABLE"] += span - sum(total.values())
    return total, ends, span


def hurco(path: Path, silence: float) -> tuple[Counter[str], float]:
    """Shares of a part's record, and the time [s] that it was ACTIVE, silences cut out.

    A silence longer than `silence` [s] while ACTIVE is no data.
    """
    machine, programs = Counter[str](), 0.0
    status, last = "UNAVAILABLE", float("nan")
    for time, (_, item, value) in lines_of(path):
        if last == last and time > last:
            state = {"ACTIVE": "PROCESSING", "UNAVAILABLE": "UNAVAILABLE"}.get(status)
            state = state or ("HELD" if status in HELD else "IDLE")
            lost = state == "PROCESSING" and time - last > silence
            machine["UNAVAILABLE" if lost else state] += time - last
            programs += time - last if state == "PROCESSING" else 0.0
        last = time if last != last else max(last, time)
        if item == "Program_Status":
            status = value
    return machine, programs
