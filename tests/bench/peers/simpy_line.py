"""The line in SimPy: a process a machine, a Store a buffer."""

from __future__ import annotations

import random
from collections.abc import Callable, Generator
from typing import Any

import simpy

from tests.bench.peers.line import BUFFER, DOWN, MACHINES, PROCESSING, UP, Failures

Steps = Generator[simpy.Event, Any, None]


class Machine:
    """Takes a part from `source`, works on it, and puts it into `target`.

    No source: never starved. No target: the parts leave, and `finished` counts them.
    """

    def __init__(
        self,
        env: simpy.Environment,
        draw: Callable[[float], float],
        source: simpy.Store | None,
        target: simpy.Store | None,
    ) -> None:
        self.env = env
        self.draw = draw  # an exponential time of a rate
        self.source = source
        self.target = target
        self.finished = 0
        env.process(self.run())

    def run(self) -> Steps:
        """Part after part. The loop is written out in each class: to delegate costs 5 %."""
        part = None
        while True:
            if self.source is not None:
                part = yield self.source.get()
            yield self.env.timeout(self.draw(1 / PROCESSING))
            if self.target is not None:
                yield self.target.put(part)
            else:
                self.finished += 1


class Wearing(Machine):
    """Fails by its work: the clock to the next failure stands while no work is done."""

    def run(self) -> Steps:
        """Part after part; work that a failure interrupts goes on after the repair."""
        part = None
        to_failure = self.draw(1 / UP)
        while True:
            if self.source is not None:
                part = yield self.source.get()
            left = self.draw(1 / PROCESSING)
            while to_failure < left:
                left -= to_failure
                yield self.env.timeout(to_failure)
                yield self.env.timeout(self.draw(1 / DOWN))
                to_failure = self.draw(1 / UP)
            to_failure -= left
            yield self.env.timeout(left)
            if self.target is not None:
                yield self.target.put(part)
            else:
                self.finished += 1


class Ageing(Machine):
    """Fails by the calendar: whatever it does, from the end of a repair to the next failure.

    A failure under work puts the completion off by the time of repair, so nobody need be
    interrupted, which would be slower.
    """

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.working = False
        self.repaired = 0.0  # when the last repair ends
        self.owed = 0.0  # repairs since the work was begun
        self.env.process(self.breakdowns())

    def run(self) -> Steps:
        """Part after part; a machine under repair begins none."""
        part = None
        while True:
            if self.source is not None:
                part = yield self.source.get()
            wait = max(0.0, self.repaired - self.env.now)
            self.working = True
            yield self.env.timeout(wait + self.draw(1 / PROCESSING))
            while self.owed:
                wait, self.owed = self.owed, 0.0
                yield self.env.timeout(wait)
            self.working = False
            if self.target is not None:
                yield self.target.put(part)
            else:
                self.finished += 1

    def breakdowns(self) -> Steps:
        """Failure and repair in turn."""
        while True:
            yield self.env.timeout(self.draw(1 / UP))
            down = self.draw(1 / DOWN)
            self.repaired = self.env.now + down
            if self.working:
                self.owed += down
            yield self.env.timeout(down)


KINDS: dict[Failures, type[Machine]] = {"none": Machine, "work": Wearing, "calendar": Ageing}


def run(failures: Failures, seed: int, until: float) -> int:
    """Parts finished from an empty line until a time [mean processing times]."""
    env = simpy.Environment()
    draw = random.Random(seed).expovariate
    buffers = [simpy.Store(env, BUFFER) for _ in range(MACHINES - 1)]
    machines = [
        KINDS[failures](env, draw, source, target)
        for source, target in zip([None, *buffers], [*buffers, None], strict=True)
    ]
    env.run(until)
    return machines[-1].finished
