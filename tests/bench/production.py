"""How fast the engine is: `python -m tests.bench.production` prints the figures as JSON.

Speeds are ratios to a plain SimPy model of the same line, measured in turn in the same process,
as seconds say little on a shared machine.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

from tests.against.board_line import boards_a_day
from tests.plants import shipped
from twin.bottlenecks import find_bottlenecks
from twin.experiments import Horizon, replicate
from twin.forecast import predict

DAY = 86400.0
ROUNDS = 5


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds of one call."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def processor(work: Callable[[], object]) -> float:
    """Processor seconds of one call, over all threads."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def first_call(cache: str) -> float:
    """Seconds from nothing imported to the first run, with a folder as the cache."""
    script = (
        "import time; begin = time.perf_counter()\n"
        "from tests.plants import shipped\n"
        "from twin.production.run import simulate\n"
        "simulate(shipped('pcb_line'), '1 h')\n"
        "print(time.perf_counter() - begin)"
    )
    own = {**os.environ, "TWIN_CACHE": cache}
    made = subprocess.run(
        [sys.executable, "-c", script], env=own, capture_output=True, text=True, check=True
    )
    return float(made.stdout)


def measure() -> dict[str, float]:
    """Medians of a few rounds; each key says what and in which unit."""
    factory = shipped("pcb_line")
    with tempfile.TemporaryDirectory() as cache:
        result = {
            "first run, nothing compiled [s]": first_call(cache),
            "first run, from the cache [s]": first_call(cache),
        }
    weeks = Horizon(0.0, 5 * DAY, 200)
    replicate(factory, weeks)
    result["200 runs of 5 working days [s]"] = statistics.median(
        seconds(lambda: replicate(factory, weeks)) for _ in range(ROUNDS)
    )
    result["forecast, 20 runs of 60 days [s]"] = statistics.median(
        seconds(lambda: predict(factory)) for _ in range(ROUNDS)
    )
    result["proof of bottlenecks, 20 runs a variant [s]"] = statistics.median(
        seconds(lambda: find_bottlenecks(factory)) for _ in range(3)
    )
    ratios = []
    for k in range(ROUNDS):
        plain = processor(lambda k=k: boards_a_day(k, 0, 50))
        ours = processor(lambda: replicate(factory, Horizon(0.0, 50 * DAY, 10))) / 10
        ratios.append(plain / ours)
    result["times as fast as plain SimPy (processor time)"] = statistics.median(ratios)
    return result


if __name__ == "__main__":
    json.dump({"The planner's questions": measure()}, sys.stdout, indent=1)
    print()
