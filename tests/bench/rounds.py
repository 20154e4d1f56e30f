"""Works that are compared take turns in one process, so that a shared machine is fair to all."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping

ROUNDS = 5

Work = Callable[[], float]  # how much was done: parts, events, replications


def processor(work: Work) -> float:
    """How much one call does in a processor second, over all threads."""
    gc.collect()
    begin = time.process_time()
    done = work()
    return done / (time.process_time() - begin)


def wall(work: Work) -> float:
    """How much one call does in a second by the clock on the wall."""
    gc.collect()
    begin = time.perf_counter()
    done = work()
    return done / (time.perf_counter() - begin)


def in_turn(
    works: Mapping[str, Work], speed: Callable[[Work], float] = processor, rounds: int = ROUNDS
) -> dict[str, list[float]]:
    """The speed of each work in each round; every round runs all works once."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            found[name].append(speed(work))
    return found


def ratio(above: list[float], below: list[float]) -> float:
    """The median over rounds of one speed as a multiple of another of the same round."""
    return statistics.median(a / b for a, b in zip(above, below, strict=True))
