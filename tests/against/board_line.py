"""The board line as a plain SimPy model, as somebody would write it who has only the description.

It shares nothing with the twin, not even chance: resources and stores, one process a board. It
leaves out walking and carrying, and knows no calendar: its clock runs in working minutes.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from typing import Any, NamedTuple

import simpy


class Kind(NamedTuple):
    """machines, run mean [min] and cv, who attends and how long, set-up [min] and its chance,
    mean working time to a failure and mean repair [min]."""

    machines: int
    run: float
    cv: float
    crew: str | None = None
    attended: float = 0.0
    setup: float = 0.0
    chance: float = 0.0
    failures: tuple[float, float] | None = None


STATIONS = {
    "print": Kind(1, 1.5, 0.2, "setup", 1.5, 6, 0.1),
    "place": Kind(5, 12.9, 0.1, "setup", 0.3, 35, 0.1, (600, 12)),
    "reflow": Kind(4, 6, 0.02, failures=(9600, 60)),
    "inspect": Kind(1, 1.2, 0.2, failures=(4800, 30)),
    "tht": Kind(1, 2.8, 0.4, "tht", 2.8),
    "test": Kind(2, 3, 0.2, "test", 0.6, 5, 0.1, (2400, 20)),
    "pack": Kind(1, 1, 0.2, "test", 1),
}
INTERVAL = 4.0  # min between boards


class Line:
    """One run; `out` counts the boards that left after the warm-up."""

    def __init__(self, seed: int, warm_up: float, **changes: Any) -> None:
        self.env = simpy.Environment()
        self.chance = random.Random(seed)
        self.warm_up = warm_up
        people = {"setup": changes.get("people", 1), "tht": 1, "test": 1}
        self.crews = {name: simpy.Resource(self.env, n) for name, n in people.items()}
        self.faster = changes.get("faster", 1.0)  # factor on the placement's run
        self.machines: dict[str, simpy.Store] = {}
        for name, kind in STATIONS.items():
            self.machines[name] = simpy.Store(self.env)
            extra = changes.get("placers", 0) if name == "place" else 0
            for _ in range(kind.machines + extra):
                self.machines[name].put({"left": self.life(kind)})
        self.out = 0
        self.env.process(self.arrivals())

    def life(self, kind: Kind) -> float:
        return self.chance.expovariate(1 / kind.failures[0]) if kind.failures else math.inf

    def work(self, machine: dict[str, float], time: float, kind: Kind) -> Iterator[Any]:
        while machine["left"] < time:
            time -= machine["left"]
            yield self.env.timeout(machine["left"])
            assert kind.failures
            yield self.env.timeout(self.chance.expovariate(1 / kind.failures[1]))
            machine["left"] = self.life(kind)
        machine["left"] -= time
        yield self.env.timeout(time)

    def visit(self, name: str) -> Iterator[Any]:
        kind = STATIONS[name]
        machine = yield self.machines[name].get()
        spread = math.sqrt(math.log1p(kind.cv**2))
        time = self.chance.lognormvariate(math.log(kind.run) - spread**2 / 2, spread)
        time *= self.faster if name == "place" else 1.0
        if kind.crew:
            with self.crews[kind.crew].request() as person:
                yield person
                if self.chance.random() < kind.chance:
                    yield from self.work(machine, kind.setup, kind)
                attended = min(kind.attended, time)
                yield from self.work(machine, attended, kind)
            time -= attended
        if time > 0:
            yield from self.work(machine, time, kind)
        self.machines[name].put(machine)

    def board(self) -> Iterator[Any]:
        names = list(STATIONS)
        at = 0
        while at < len(names):
            yield from self.visit(names[at])
            drawn = self.chance.random()
            if names[at] == "inspect" and drawn < 0.085:
                at = at if drawn < 0.08 else 0  # again, or scrapped: another board from the start
            elif names[at] == "test" and drawn < 0.03:
                continue
            else:
                at += 1
        self.out += self.env.now > self.warm_up

    def arrivals(self) -> Iterator[Any]:
        while True:
            yield self.env.timeout(self.chance.expovariate(1 / INTERVAL))
            self.env.process(self.board())


def boards_a_day(seed: int, warm_up: float = 10, days: float = 50, **changes: Any) -> float:
    """Boards a day of 480 min after `warm_up` days, over `days`."""
    line = Line(seed, warm_up * 480, **changes)
    line.env.run((warm_up + days) * 480)
    return line.out / days
