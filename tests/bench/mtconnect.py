"""How fast MTConnect is read: `python -m tests.bench.mtconnect` prints the figures as JSON.

A day of SHDR as a busy lathe tells it, made here: axes and loads several times a second, a program
every few minutes, conditions, and a head of how things stood. Figures are of one core, in processor
seconds: lines -> observations -> the follower -> the timeline.
"""

from __future__ import annotations

import json
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

from twin.devices.agent import Agent
from twin.recordings.mtconnect import Follower, shdr, streams
from twin.recordings.mtconnect.observations import Observation

OBSERVATIONS = 500_000
DOCUMENT = 5_000  # observations that an agent is asked for at once
ROUNDS = 3
START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


def lines() -> Iterator[str]:
    """Lines with some two observations each, until there are enough."""
    chance = random.Random(1)
    made = 0
    told = START
    for second in count():
        told += timedelta(microseconds=chance.randrange(50_000, 350_000))
        stamp = told.isoformat(timespec="microseconds").replace("+00:00", "Z")
        if second == 0:
            yield f"{stamp}|avail|AVAILABLE|execution|READY|mode|AUTOMATIC"
            yield f"{stamp}|program|P0|PartCountAct|0"
            yield f"{stamp}|system_cond|Normal||||"
            made += 6
        elif second % 1000 == 0:
            cycle = second // 1000
            word = "ACTIVE" if cycle % 2 else "READY"
            yield f"{stamp}|execution|{word}|program|P{cycle % 5}|PartCountAct|{cycle // 2}"
            made += 3
        elif second % 5000 == 17:
            yield f"{stamp}|system_cond|Warning|{second % 300}|||COOLANT"
            yield f"{stamp}|system_cond|Normal||||"
            made += 2
        else:
            load, at = chance.randrange(100), chance.random() * 500
            yield f"{stamp}|Xabs|{at:.4f}|Sload|{load}" if second % 3 else f"{stamp}|Zabs|{at:.4f}"
            made += 2 if second % 3 else 1
        if made >= OBSERVATIONS:
            return


def processor(work: Callable[[], object]) -> float:
    """Processor seconds of one call."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def read(text: list[str]) -> int:
    """All of it as a timeline; how many observations it was."""
    follower, heard = Follower(), 0
    for told in shdr.read(text, "lathe"):
        follower.hear(told)
        heard += 1
    timeline = follower.timeline()
    if not len(timeline.intervals) > 100:
        raise SystemExit("the benchmark's lathe has not run")
    return heard


def documents(text: list[str]) -> list[bytes]:
    """Some of it as an agent's answers to /sample."""
    told = shdr.read(text[: 20 * DOCUMENT], "lathe")
    agent = Agent(buffer=OBSERVATIONS, instance=1)
    agent.say(each for each in told if isinstance(each, Observation))
    numbers = range(1, agent.next - DOCUMENT, DOCUMENT)
    return [agent.answer(f"/sample?from={n}&count={DOCUMENT}")[1].encode() for n in numbers]


def measure() -> dict[str, float]:
    """Medians of a few rounds; each key says what and in which unit."""
    text = list(lines())
    heard = read(text)
    spent = statistics.median(processor(lambda: read(text)) for _ in range(ROUNDS))
    answers = documents(text)
    parsed = statistics.median(
        processor(lambda: [streams.read_document([answer], "sample") for answer in answers])
        for _ in range(ROUNDS)
    )
    return {
        "SHDR into the timeline, one core [observations/s]": heard / spent,
        "an agent's documents, one core [observations/s]": DOCUMENT * len(answers) / parsed,
    }


def main() -> None:
    """Print the figures."""
    print(json.dumps({"MTConnect": measure()}, indent=1))


if __name__ == "__main__":
    main()
