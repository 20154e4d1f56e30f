"""The engine beside its peers: `python -m tests.bench.engine` prints the figures as JSON.

Speeds are parts a processor second on one core. What is compared takes turns in one process, and a
ratio is the median over rounds; seconds say little on a shared machine, ratios say more.
"""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from typing import get_args
from unittest.mock import patch

from tests.bench.peers import cimba_job_shop, cimba_line, line, simpy_job_shop, simpy_line
from tests.bench.peers.ours import Ours, job_shop, serial_line
from tests.bench.rounds import ROUNDS, Work, in_turn, ratio, wall
from tests.bench.versions import versions
from tests.plants import ROOT, shipped
from twin.cells.factory import Factory
from twin.experiments import Horizon, replicate
from twin.production.run import simulate

DAY = 86400.0
MINUTE = 60.0
Figures = dict[str, float]

LINES: dict[line.Failures, str] = {
    "none": "line, no failures",
    "work": "line, failures by work",
    "calendar": "line, failures by calendar",
}


def beside_peers(what: str, works: dict[str, tuple[float, Work]]) -> Figures:
    """Speed, and how many times as fast as each peer.

    A work comes with the time it simulates, over all replications. All have to make as many parts
    in that: a model that makes others is another plant.
    """
    made = {name: work() / span for name, (span, work) in works.items()}
    for name, throughput in made.items():
        if abs(throughput / made["twin"] - 1) > 0.05:
            raise SystemExit(f"{what}: {name} and twin are different plants: {made}")
    speeds = in_turn({name: work for name, (_, work) in works.items()})
    own = speeds.pop("twin")
    result = {f"{what}: parts a processor second": statistics.median(own)}
    for name, speed in speeds.items():
        result[f"{what}: times as fast as {name}"] = ratio(own, speed)
    return result


def lines() -> Figures:
    """The serial line without failures, and with those of each clock."""
    result: Figures = {}
    until, runs = 5e3, 40
    for failures in get_args(line.Failures):
        ours = Ours(serial_line(failures))
        cimba = partial(cimba_line.run, failures, 1, until, runs)
        works: dict[str, tuple[float, Work]] = {
            "twin": (runs * until, partial(ours.run, 1, until, runs)),
            "SimPy": (until, partial(simpy_line.run, failures, 1, until)),
            "Cimba": (runs * until, cimba),
            # For the doubt: it then keeps no statistics at all.
            "Cimba, its statistics off": (runs * until, partial(cimba, recorded=False)),
        }
        result |= beside_peers(LINES[failures], works)
    return result


def shop() -> Figures:
    """The re-entrant job shop with set-ups and people."""
    ours = Ours(job_shop())
    until, runs = 2e4, 40  # [min]
    works: dict[str, tuple[float, Work]] = {
        "twin": (runs * until, partial(ours.run, 1, until * MINUTE, runs)),
        "SimPy": (until, partial(simpy_job_shop.run, 1, until)),
        "Cimba": (runs * until, partial(cimba_job_shop.run, 1, until, runs)),
    }
    return beside_peers("job shop", works)


def unused() -> Figures:
    """What features cost a plant that does not use them: a second shop that has no orders."""
    result: Figures = {}
    for failures in get_args(line.Failures):
        alone = Ours(serial_line(failures))
        beside = Ours(serial_line(failures, workshop=True))
        if alone.run(1, 5e3, 5) != beside.run(1, 5e3, 5):
            raise SystemExit("the line makes something else where a shop stands beside it")
        speeds = in_turn(
            {name: partial(o.run, 1, 5e3, 40) for name, o in (("alone", alone), ("beside", beside))}
        )
        what = f"{LINES[failures]}, beside an idle shop with all features: times the cost"
        result[what] = ratio(speeds["alone"], speeds["beside"])
    return result


def logging() -> Figures:
    """What it costs to write the full timeline in memory, and to make its tables of it."""
    result: Figures = {}
    plants = {"line": (serial_line("none"), 1e5), "job shop": (job_shop(), 4e5 * MINUTE)}
    for name, (factory, until) in plants.items():
        ours = Ours(factory)
        parts = ours.run(1, until)

        def tables(factory: Factory = factory, until: float = until, parts: int = parts) -> int:
            simulate(factory, until, 1)
            return parts

        speeds = in_turn(
            {
                "sums": partial(ours.run, 1, until),
                "timeline": partial(ours.timeline, 1, until),
                "tables": tables,
            }
        )
        what = f"{name}, full timeline in memory"
        result[f"{what}: times the cost of sums"] = ratio(speeds["sums"], speeds["timeline"])
        first = [float(printed(FIRST.format(plant=name, until=until))) for _ in range(ROUNDS)]
        result[f"{what}, the first of a process: times"] = statistics.median(first)
        result[f"{what}, with names and sorted: times"] = ratio(speeds["sums"], speeds["tables"])
    return result


# The first timeline of a process also asks the system for its memory, page by page.
FIRST = """
import statistics
from tests.bench.peers.ours import Ours, job_shop, serial_line
from tests.bench.rounds import processor

ours = Ours({{"line": lambda: serial_line("none"), "job shop": job_shop}}["{plant}"]())
ours.run(1, {until})
sums = [processor(lambda: ours.run(1, {until})) for _ in range(5)]
print(statistics.median(sums) / processor(lambda: ours.timeline(1, {until})))
"""
RESTING = """
from pathlib import Path
from tests.bench.peers.ours import Ours, serial_line

def kilobytes(what):
    status = dict(line.split(":") for line in Path("/proc/self/status").read_text().splitlines())
    return int(status[what].split()[0])

ours = Ours(serial_line("none"))
ours.run(1, 100.0)
rest = kilobytes("VmRSS")
ours.run(1, 1.32e6)
events = int(ours.runner.w.events)
if events < 1e7:
    raise SystemExit(f"only {events} events")
print((kilobytes("VmHWM") - rest) * 1024 / 1e6)
"""


def memory() -> Figures:
    """Megabytes that 1e7 events take at most above the process at rest, statistics only.

    The engine is in its cache by now: the peak is none of compiling. (`ru_maxrss` would not do: a
    process inherits that of the one that started it.) Linux only.
    """
    if sys.platform != "linux":
        return {}
    return {"1e7 events, statistics only: memory above rest [MB]": float(printed(RESTING))}


# From nothing imported to the first result, and the same without the engine.
STARTING = """
from tests.bench.peers.ours import Ours, serial_line
print(Ours(serial_line("none")).run(1, 100.0))
"""
WITHOUT = """
from tests.bench.peers.ours import Ours, serial_line
from twin.production.plan import plan
print(len(plan(serial_line("none")).units))
"""


def printed(script: str, cache: str | None = None) -> str:
    """What a script prints in a process of its own, with a folder as its cache."""
    own = {**os.environ} | ({} if cache is None else {"TWIN_CACHE": cache})
    made = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=own,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return made.stdout


def starts() -> Figures:
    """Seconds from the start of a process to its first result."""

    def seconds(script: str, cache: str) -> float:
        begin = time.perf_counter()
        printed(script, cache)
        return time.perf_counter() - begin

    first = []
    for _ in range(3):
        with tempfile.TemporaryDirectory() as cache:
            first.append(seconds(STARTING, cache))
    with tempfile.TemporaryDirectory() as cache:
        seconds(STARTING, cache)
        pairs = [(seconds(STARTING, cache), seconds(WITHOUT, cache)) for _ in range(ROUNDS)]
    return {
        "first start, compiling included [s]": statistics.median(first),
        "start from the cache [s]": statistics.median(a for a, _ in pairs),
        "start from the cache, above one without the engine [s]": statistics.median(
            a - b for a, b in pairs
        ),
    }


def cores() -> Figures:
    """The board line: 200 replications on two cores against one; a week a hundred times."""
    if (os.cpu_count() or 1) < 2:
        return {}
    factory = shipped("pcb_line")
    replicate(factory, Horizon(0.0, DAY, 2))
    weeks, week = Horizon(0.0, 15 * DAY, 200), Horizon(0.0, 7 * DAY, 100)

    def on(count: int, horizon: Horizon) -> int:
        with patch.object(os, "cpu_count", return_value=count):
            replicate(factory, horizon)
        return horizon.replications

    works: dict[str, Work] = {
        "one": lambda: on(1, weeks),
        "two": lambda: on(2, weeks),
        "week": lambda: on(2, week),
    }
    speeds = in_turn(works, wall)
    return {
        "200 replications, two cores against one: times as fast": ratio(
            speeds["two"], speeds["one"]
        ),
        "board line, a week, 100 replications on two cores [s]": statistics.median(
            week.replications / speed for speed in speeds["week"]
        ),
    }


def measure() -> dict[str, Figures]:
    """All figures by group; each key says what and in which unit."""
    with contextlib.redirect_stdout(sys.stderr):  # what a peer prints is no figure
        cimba_job_shop.prepare()
        for failures in get_args(line.Failures):
            cimba_line.prepare(failures)
        return {
            "The engine beside its peers, one core": lines() | shop(),
            "What the engine asks for": unused() | logging() | memory() | starts() | cores(),
        }


def main() -> None:
    """Print the figures; on the other channel, what they were measured with."""
    print(versions(), file=sys.stderr)
    json.dump(measure(), sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
