"""How fast recordings are read: `python -m tests.bench.recordings` prints JSON.

Ten million events of 50 machines, as Parquet: each says that a machine is in another state, a
quarter of them for an order. They are made here, by a formula.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from twin.kpis import measure_totals
from twin.recordings.log import read_log
from twin.recordings.mapping import parse_mapping
from twin.recordings.totals import totals_of_log

EVENTS = 10_000_000
SOME = 1_000_000  # for a whole timeline
ROUNDS = 5
MAPPING = """
mapping: 1
time: {zone: UTC}
columns: {resource: machine, time: time, state: state, part: job}
states: {READY: IDLE, ACTIVE: PROCESSING, FAULT: DOWN}
"""


def make_events(path: Path, count: int) -> None:
    """A log of `count` events, in order of time; a machine changes its state each hour or so."""
    duckdb.execute(
        """
        COPY (
            SELECT 'machine-' || lpad((i % 50)::VARCHAR, 2, '0') AS machine,
                make_timestamp(1767571200000000 + (i // 50) * 3600000000
                    + (hash(i) % 3000000000)::BIGINT)
                    AS time,
                ['READY', 'ACTIVE', 'SETUP', 'FAULT'][1 + (i // 50 % 4)::INTEGER] AS state,
                CASE WHEN i // 50 % 4 = 1 THEN 'order-' || (i // 4000) END AS job
            FROM range(?) AS t(i)
        ) TO ? (FORMAT parquet, COMPRESSION zstd)""",
        [count, str(path)],
    )


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Medians of what some work takes by the clock on the wall, and of processors [s]."""
    walls, processors = [], []
    for _ in range(ROUNDS):
        wall, processor = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    return statistics.median(walls), statistics.median(processors)


def figures(count: int = EVENTS, some: int = SOME) -> dict[str, float]:
    """What was measured, with its unit."""
    mapping = parse_mapping(MAPPING)
    with tempfile.TemporaryDirectory() as folder:
        many, few = Path(folder) / "many.parquet", Path(folder) / "few.parquet"
        make_events(many, count)
        make_events(few, some)
        sums = seconds(lambda: measure_totals(totals_of_log(many, mapping)))
        timeline = seconds(lambda: read_log(few, mapping))
    return {
        f"{count / 1e6:g} million events of Parquet to figures [s]": sums[0],
        "the same, of all processors [s]": sums[1],
        f"{some / 1e6:g} million events of Parquet to a timeline [s]": timeline[0],
    }


def main() -> None:
    """Print all figures."""
    print(json.dumps({"Recordings": figures()}, indent=1))


if __name__ == "__main__":
    main()
