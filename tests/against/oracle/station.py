"""Stations: their places, and which set of parts a unit takes next."""

from __future__ import annotations

import math
from bisect import insort
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING

from tests.against.chance import unit_names
from tests.against.instant import Gate, Rank
from tests.against.oracle.formulas import evaluate
from tests.against.oracle.part import Part
from tests.against.oracle.unit import RUN, Doing, Unit
from twin.layout import schema

if TYPE_CHECKING:
    from tests.against.oracle.plant import Plant


class Station:
    """A group of units that are alike behind one queue."""

    def __init__(
        self, plant: Plant, name: str, index: int, station: schema.Station, gate: Gate
    ) -> None:
        self.plant, self.name, self.index, self.gate = plant, name, index, gate
        self.layout = station
        self.machine = station.machines[0]  # where the way to the station ends
        self.capacity = station.input.capacity
        self.queue: list[Part] = []  # by (entered, number)
        self.under_way: list[Part] = []  # carried or on the conveyor; they have a place
        self.knocking: list[Part] = []  # blocked or outside, by (since, number)
        self.units: list[Unit] = []
        for machine in station.machines:
            for unit in unit_names(machine, plant.layout.machines[machine].places):
                self.units.append(Unit(plant, self, unit, machine, len(self.units)))
        for unit in self.units:
            for key, disturbance in sorted(station.disturbances.items()):
                plant.clock.process(unit.suffer(key, disturbance))

    # Places.

    @property
    def idle(self) -> list[Unit]:
        """Units that may take a part at once, those that are up first."""
        idle = [unit for unit in self.units if unit.loadable and unit.reserved is None]
        return sorted(idle, key=lambda unit: (bool(unit.down), unit.index))

    @property
    def room(self) -> bool:
        """Whether one more part may come in."""
        if self.capacity is None:
            return True
        if self.capacity == 0:
            # Only parts that were interrupted stand in the queue without a unit of their own.
            return len(self.idle) > sum(part.bound is None for part in self.queue)
        return len(self.queue) + len(self.under_way) < self.capacity

    @property
    def first_free(self) -> bool:
        """Whether a part that comes would be taken at once; units may be reserved for others."""
        there = [part for part in [*self.queue, *self.under_way] if part.bound is None]
        return bool(self.idle) and not (there or self.knocking)

    @property
    def crowd(self) -> float:
        """Parts for each unit: waiting, coming, on units.

        Decided: those that are blocked or outside and have decided for this station are coming,
        too; otherwise all parts of an order, which decide together, would choose the same station.
        """
        there = len(self.queue) + len(self.under_way) + len(self.knocking)
        return (there + sum(len(unit.parts) for unit in self.units)) / len(self.units)

    def enter(self, part: Part, again: bool = False) -> None:
        """Let a part into the queue; `again`: it was here before and keeps its time."""
        plant, batch = self.plant, self.layout.batch
        part.station, part.stay = self, part.stay + 1
        if not again:
            part.entered = plant.clock.now
            most, stay = part.here.waits_at_most, part.stay
            if most is not None:
                plant.clock.after(most, Rank.ENDS, lambda: self._expire(part, stay))
            if batch.wait_at_most is not None:
                plant.clock.after(batch.wait_at_most, Rank.ENDS, plant.touch)
        insort(self.queue, part, key=lambda p: (p.entered, p.number))
        plant.touch()

    def _expire(self, part: Part, stay: int) -> None:
        if part.station is self and part.stay == stay and part in self.queue:
            self.plant.scrap(part)
            self.plant.touch()

    def remove(self, part: Part) -> None:
        """Take a part out of the queue."""
        self.queue.remove(part)
        part.station = None
        if part.bound is not None:
            part.bound.reserved, part.bound = None, None

    # Sets.

    def choose(self, unit: Unit, extra: Iterable[Part] = ()) -> list[Part]:
        """The first set of the queue (and of `extra` parts) that a unit may take; empty: none."""
        parts: Iterable[Part] = (p for p in self.queue if p.bound is None)
        ranked = self.layout.rule != "fifo" or self.layout.ties == "number"
        if ranked or extra:
            parts = sorted(chain(parts, extra), key=lambda part: self.rank(unit, part))
        if self.layout.batch.max == 1:
            return next(([part] for part in parts if self.complete(unit, [part])), [])
        parts = list(parts)
        for index, part in enumerate(parts):
            chosen = self.batch(part, parts[index + 1 :])
            if self.complete(unit, chosen):
                return chosen
        return []

    def batch(self, first: Part, others: Iterable[Part]) -> list[Part]:
        """A part and those behind it that go with it, as many as needs and tools allow.

        Decided: one that finds too little is left out, those behind it are looked at. An
        interrupted part goes on alone.
        """
        chosen = [first]
        if first.left is not None:
            return chosen
        for part in others:
            if len(chosen) == self.layout.batch.max:
                break
            fits = part.left is None and self._alike(first, part)
            if fits and self.plant.supplied([*chosen, part]):
                chosen.append(part)
        return chosen

    def _alike(self, a: Part, b: Part) -> bool:
        match self.layout.batch.same:
            case "anything":
                return True
            case "product":
                return a.name == b.name
            case "family":
                return a.family == b.family
            case "order":
                return a.order is b.order
            case text:
                return evaluate(text, a.attributes) == evaluate(text, b.attributes)

    def complete(self, unit: Unit, parts: list[Part]) -> bool:
        """Whether a unit may take these parts now."""
        batch, now = self.layout.batch, self.plant.clock.now
        if parts[0].left is None and len(parts) < batch.min:
            # Decided: "the first of them" is the one that has waited for longest.
            if batch.wait_at_most is None:
                return False
            if now < min(part.entered for part in parts) + batch.wait_at_most:
                return False
        if not self.plant.supplied(parts):
            return False
        if not self.gate.fits:
            return True
        # Decided: the times count as drawn, without waiting for people and without their speed.
        return now + sum(work.time for work in unit.plan(parts[0])) <= self.gate.closing

    def rank(self, unit: Unit, part: Part) -> tuple[float, ...]:
        """By the station's rule; the smallest is first."""
        if self.layout.rule == "same_setup":  # then fifo, also where ties go by number
            other = unit.family is not None and unit.family != part.family
            return (float(other), part.entered, part.number)
        arrival = () if self.layout.ties == "number" else (part.entered,)
        return (self._rank(part), *arrival, part.number)

    def _rank(self, part: Part) -> float:
        match self.layout.rule:
            case "fifo":
                return part.entered
            case "lifo":
                return -part.entered
            case "spt":
                return self.run_time(part)
            case "lpt":
                return -self.run_time(part)
            case "edd":
                return part.order.due
            case "priority":
                return part.priority
            case "wspt":
                time = self.run_time(part)
                return -part.weight / time if time > 0 else -math.inf
            case "critical_ratio":
                # Decided: no due date: last; no work left: first if it is late, else last.
                slack, work = part.order.due - self.plant.clock.now, self.work_left(part)
                return slack / work if work > 0 else math.copysign(math.inf, slack)
            case "most_work":
                return -self.work_left(part)
            case "least_work":
                return self.work_left(part)
        raise AssertionError(self.layout.rule)

    def run_time(self, part: Part) -> float:
        """A piece's own run time [s] at this step here."""
        return self.plant.time(part, part.step, RUN, self.name)

    def work_left(self, part: Part) -> float:
        """Run times [s] from this step on: of this station here, of the steps' own after it."""
        total = self.run_time(part)
        for step in range(part.step + 1, len(part.product.route)):
            at = part.product.route[step].at
            if at is not None:
                total += self.plant.time(part, step, RUN, at)
        return total

    # Moves.

    def take(self) -> bool:
        """Put one set on a unit, if that is possible."""
        for unit in self.units:
            part = unit.reserved
            if part in self.queue and unit.loadable and part and self.complete(unit, [part]):
                unit.put([part])
                return True
        for unit in self.idle:
            chosen = self.choose(unit) or self.plant.more(unit)
            if chosen:
                unit.put(chosen)
                return True
        return self.layout.interruptible and self._interrupt()

    def _interrupt(self) -> bool:
        """Let the most urgent part take over the unit with the least urgent one in its run."""
        running = [
            unit
            for unit in self.units
            if unit.doing is Doing.RUNNING and unit.phase == RUN and unit.open and not unit.down
        ]
        if not running or not self.queue:
            return False
        victim = max(running, key=lambda unit: (unit.urgency, unit.index))
        for part in sorted(self.queue, key=lambda p: self.rank(victim, p)):
            if part.priority >= victim.urgency or part.bound is not None:
                continue
            others = [p for p in self.queue if p.bound is None and p is not part]
            chosen = self.batch(part, sorted(others, key=lambda p: self.rank(victim, p)))
            if self.gate.open and self.complete(victim, chosen):
                for other in victim.interrupt():
                    self.enter(other, again=True)
                victim.put(chosen)
                return True
        return False


def supplies(parts: Iterable[Part]) -> tuple[Counter[str], Counter[str]]:
    """The pieces of stocks and the tools that parts need to be taken.

    Decided: `takes` brings what a part holds of a tool to that number; an interrupted part has
    all it needs.
    """
    pieces: Counter[str] = Counter()
    tools: Counter[str] = Counter()
    for part in parts:
        if part.left is None:
            pieces.update(part.here.needs)
            tools.update({k: max(0, n - part.tools[k]) for k, n in part.here.takes.items()})
    return pieces, tools


__all__ = ["Station", "supplies"]
