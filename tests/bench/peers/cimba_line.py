"""The line in cimba, whose models are compiled to run on an engine in C.

Chance comes from `cimba.random`, the engine's own; a `cimba.Input` gives each machine a stream of
its own for 6 % more time. The engine keeps the history of every buffer's level while the window
of an experiment is open, and has no switch for it; only what runs as warm-up is not recorded.
Long histories cost memory traffic: many replications of 5,000 units are faster than one long run.

Annotations are read while a model is built, so the names in them stay imported at run time.
"""

from __future__ import annotations

import functools
from typing import Any

import cimba

from tests.bench.peers.line import BUFFER, DOWN, MACHINES, PROCESSING, UP, Failures

MOMENT = 1e-6  # the shortest window of an experiment that is to record nothing


class Buffer(cimba.Model):
    """The room between two machines."""

    parts: cimba.Store[int]

    def __init__(self) -> None:
        self.parts = cimba.Store(capacity=BUFFER)


class Machine(cimba.Model):
    """Takes a part from `source`, works on it, and puts it into `target`.

    No source: never starved. No target: the parts leave, and `finished` counts them.
    """

    source: cimba.Ref[cimba.Store[int]] | None
    target: cimba.Ref[cimba.Store[int]] | None
    finished: int = 0

    def __init__(self, source: Any, target: Any) -> None:
        self.source = source
        self.target = target

    @cimba.process
    def run(self) -> None:
        """Part after part. The loop is written out in each class: to delegate costs 6 %."""
        while True:
            if self.source is not None:
                self.source.get()
            cimba.hold(cimba.random.exponential(PROCESSING))
            if self.target is not None:
                self.target.put(1)
            else:
                self.finished += 1


class Wearing(Machine):
    """Fails by its work: the clock to the next failure stands while no work is done."""

    @cimba.process
    def run(self) -> None:
        """Part after part; work that a failure interrupts goes on after the repair."""
        to_failure = cimba.random.exponential(UP)
        while True:
            if self.source is not None:
                self.source.get()
            left = cimba.random.exponential(PROCESSING)
            while to_failure < left:
                left -= to_failure
                cimba.hold(to_failure)
                cimba.hold(cimba.random.exponential(DOWN))
                to_failure = cimba.random.exponential(UP)
            to_failure -= left
            cimba.hold(left)
            if self.target is not None:
                self.target.put(1)
            else:
                self.finished += 1


class Ageing(Machine):
    """Fails by the calendar: whatever it does, from the end of a repair to the next failure.

    A failure under work puts the completion off by the time of repair, so nobody need be
    interrupted, which would be slower.
    """

    working: bool = False
    repaired: float = 0.0  # when the last repair ends
    owed: float = 0.0  # repairs since the work was begun

    @cimba.process
    def run(self) -> None:
        """Part after part; a machine under repair begins none."""
        while True:
            if self.source is not None:
                self.source.get()
            wait = max(0.0, self.repaired - cimba.now())
            self.working = True
            cimba.hold(wait + cimba.random.exponential(PROCESSING))
            while self.owed > 0.0:
                wait = self.owed
                self.owed = 0.0
                cimba.hold(wait)
            self.working = False
            if self.target is not None:
                self.target.put(1)
            else:
                self.finished += 1

    @cimba.process
    def breakdowns(self) -> None:
        """Failure and repair in turn."""
        while True:
            cimba.hold(cimba.random.exponential(UP))
            down = cimba.random.exponential(DOWN)
            self.repaired = cimba.now() + down
            if self.working:
                self.owed += down
            cimba.hold(down)


class Line(cimba.Model):
    """The machines in a row, with a buffer between each two."""

    buffers: list[Buffer]
    machines: list[Machine]
    finished: cimba.Output[int]

    def __init__(self, kind: type[Machine]) -> None:
        self.buffers = [Buffer() for _ in range(MACHINES - 1)]
        stores = [buffer.parts for buffer in self.buffers]
        self.machines = [
            kind(source, target)
            for source, target in zip([None, *stores], [*stores, None], strict=True)
        ]

    @cimba.on_end
    def count(self) -> None:
        """Report what left the last machine."""
        self.finished = self.machines[len(self.machines) - 1].finished


KINDS: dict[Failures, type[Machine]] = {"none": Machine, "work": Wearing, "calendar": Ageing}


@functools.cache
def prepare(failures: Failures) -> None:
    """Compile a line, once a process; the first call of `run` would do it otherwise."""
    run(failures, 0, PROCESSING)


def run(
    failures: Failures, seed: int, until: float, replications: int = 1, recorded: bool = True
) -> int:
    """Parts finished from empty lines until a time [mean processing times], on one core.

    The sum over all replications; not `recorded`: without the histories of the buffers.
    """
    line = Line(KINDS[failures])
    window = cimba.Window(duration=until) if recorded else cimba.Window(until, MOMENT)
    experiment = cimba.Experiment(line, replications=replications, window=window, seed=seed)
    results = experiment.run(workers=1, on_failure="raise")
    return int(results[line].finished.values.sum())
