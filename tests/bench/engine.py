"""The engine beside its peers: `python -m tests.bench.engine` prints the figures as JSON.

Speeds are parts a processor second on one core, and ratios of medians of rounds in which all take
turns in the same process; seconds say little on a shared machine.
"""

from __future__ import annotations

import json
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import get_args

from tests.bench.peers import cimba_job_shop, cimba_line, line, simpy_job_shop, simpy_line
from tests.bench.peers.ours import Ours, job_shop, serial_line
from tests.plants import shipped
from twin.experiments import Horizon, replicate

ROUNDS = 5
DAY = 86400.0


def speed(work: Callable[[], int]) -> float:
    """Parts a processor second of one call."""
    begin = time.process_time()
    parts = work()
    return parts / (time.process_time() - begin)


def in_turn(works: dict[str, Callable[[], int]]) -> dict[str, float]:
    """Medians of the speeds of several, measured in turn."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            found[name].append(speed(work))
    return {name: statistics.median(values) for name, values in found.items()}


def compared(what: str, works: dict[str, Callable[[], int]]) -> dict[str, float]:
    """Speed, and how many times as fast as each peer."""
    medians = in_turn(works)
    own = medians.pop("twin")
    result = {f"{what}: parts a processor second": own}
    for name, median in medians.items():
        result[f"{what}: times as fast as {name}"] = own / median
    return result


def lines() -> dict[str, float]:
    """The serial line without failures, and with those of each clock."""
    result: dict[str, float] = {}
    for failures in get_args(line.Failures):
        ours = Ours(serial_line(failures))
        ours.run(0, 100.0)
        cimba_line.prepare(failures)
        works: dict[str, Callable[[], int]] = {
            "twin": lambda o=ours: o.run(1, 5e3, 20),
            "SimPy": lambda f=failures: simpy_line.run(f, 1, 2e3),
            "Cimba": lambda f=failures: cimba_line.run(f, 1, 5e3, replications=20),
        }
        result |= compared(f"line, failures: {failures}", works)
    return result


def shops() -> dict[str, float]:
    """The re-entrant job shop with set-ups and people."""
    ours = Ours(job_shop())
    ours.run(0, 6000.0)
    cimba_job_shop.prepare()
    works: dict[str, Callable[[], int]] = {
        "twin": lambda: ours.run(1, 2e4 * 60, 20),
        "SimPy": lambda: simpy_job_shop.run(1, 1e4),
        "Cimba": lambda: cimba_job_shop.run(1, 2e4, replications=20),
    }
    return compared("job shop", works)


def logging() -> dict[str, float]:
    """What it costs to write the full timeline in memory."""
    ours = Ours(serial_line("none"))
    works = {"sums": lambda: ours.run(1, 5e4), "timeline": lambda: ours.timeline(1, 5e4)}
    medians = in_turn(works)
    return {"full timeline in memory, times the cost": medians["sums"] / medians["timeline"]}


def sizes() -> dict[str, float]:
    """Events a processor second by the number of stations."""
    result = {}
    for machines in (10, 30, 100, 300, 1000):
        ours = Ours(serial_line("none", machines))

        def events(ours: Ours = ours, until: float = 2e5 / machines) -> int:
            ours.run(1, until)
            return int(ours.runner.w.events)

        events()
        rate = statistics.median(speed(events) for _ in range(3))
        result[f"line of {machines} stations: million events a processor second"] = rate / 1e6
    return result


def memory() -> dict[str, float]:
    """Megabytes that 1e7 events take above the process at rest, statistics only."""
    script = (
        "import resource\n"
        "from tests.bench.peers.ours import Ours, serial_line\n"
        "ours = Ours(serial_line('none'))\n"
        "ours.run(1, 100.0)\n"
        "rest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "ours.run(1, 1.31e6)\n"
        "assert ours.runner.w.events > 1e7\n"
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - rest) / 1024)"
    )
    made = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return {"1e7 events, above rest [MB]": float(made.stdout)}


def cores() -> dict[str, float]:
    """The board line: 200 replications on all cores against one; a week a hundred times."""
    factory = shipped("pcb_line")
    replicate(factory, Horizon(0.0, DAY, 2))

    def wall(horizon: Horizon) -> float:
        begin = time.perf_counter()
        replicate(factory, horizon)
        return time.perf_counter() - begin

    def processor(horizon: Horizon) -> float:
        begin = time.process_time()
        replicate(factory, horizon)
        return time.process_time() - begin

    many = Horizon(0.0, 30 * DAY, 200)
    gains = [processor(many) / wall(many) for _ in range(3)]
    week = statistics.median(wall(Horizon(0.0, 7 * DAY, 100)) for _ in range(ROUNDS))
    return {
        "200 runs: cores at work": statistics.median(gains),
        "board line, a week, 100 runs [s]": week,
    }


def measure() -> dict[str, float]:
    """All figures; each key says what and in which unit."""
    return lines() | shops() | logging() | sizes() | memory() | cores()


def main() -> None:
    """Print the figures; on the other channel, what they were measured with."""
    names = ", ".join(f"{name} {version(name)}" for name in ("simpy", "cimba", "llvmlite", "numpy"))
    print(f"Python {platform.python_version()}, {names}", file=sys.stderr)
    print(json.dumps(measure()))


if __name__ == "__main__":
    main()
