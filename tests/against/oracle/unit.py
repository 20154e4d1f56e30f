"""Units: what works on one load of parts at a time, and what stops it."""

from __future__ import annotations

from enum import IntEnum
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

import simpy

from tests.against.chance import PHASES, operation, phase_of
from tests.against.instant import Rank, Steps, Stopwatch
from tests.against.log import Change, Stay
from tests.against.oracle.crew import Attendant, Request
from tests.against.oracle.formulas import time_of
from tests.against.oracle.part import Part
from twin.layout import schema
from twin.timeline import State

if TYPE_CHECKING:
    from tests.against.oracle.plant import Plant
    from tests.against.oracle.station import Station

CHANGEOVER = -1
LOAD, RUN, UNLOAD = (PHASES.index(name) for name in ("load", "run", "unload"))


class Doing(IntEnum):
    """Where a unit is in a load's life on it."""

    EMPTY = 0
    WAITING = 1  # for an attendant, or for repair before a phase starts anew
    RUNNING = 2
    FINISHED = 3


class Work(NamedTuple):
    """One phase of a visit: which, how long [s], who attends it and for how long."""

    phase: int
    time: float
    by: str | None
    attended: float | None
    goes_on: bool = False  # an interrupted run, with the time it has left


class Unit:
    """What works on a load: changeover, set-up, load, run, unload, hand over."""

    def __init__(self, plant: Plant, station: Station, name: str, machine: str, index: int) -> None:
        self.plant, self.station, self.name, self.machine = plant, station, name, machine
        self.index = index
        self.parts: list[Part] = []
        self.reserved: Part | None = None  # what is on its way to it, or in front of it
        self.doing = Doing.EMPTY
        self.phase = 0
        self.attendant: Attendant | None = None
        self.down: dict[str, schema.Disturbance] = {}  # what stops it now
        self.repaired = simpy.Event(plant.clock)
        self.process: simpy.Process | None = None
        self.family: str | None = None  # of the last load
        self.emptied = 0.0
        self.changes = 0  # changeovers so far
        self._watch: Stopwatch | None = None  # of the phase under way
        self._attended: Stopwatch | None = None
        self._cycles: dict[str, _Cycles] = {}  # disturbances that count loads

    # What is asked of it.

    @property
    def open(self) -> bool:
        """Whether it is open: as its station, or (at close: finish) until its load is finished.

        Decided: this also holds for the clocks of its disturbances and repairs.
        """
        gate = self.station.gate
        return gate.open or (gate.finishes and self.doing in (Doing.WAITING, Doing.RUNNING))

    @property
    def place(self) -> tuple[int, int]:
        """Its number among all."""
        return self.station.index, self.index

    @property
    def loadable(self) -> bool:
        """Whether it can take a load, reservations apart."""
        ready = all(stop.may_load for stop in self.down.values())
        return not self.parts and self.station.gate.open and ready

    @property
    def hands_over(self) -> bool:
        """Whether its finished parts may leave."""
        ready = all(stop.may_unload for stop in self.down.values())
        return self.doing is Doing.FINISHED and self.open and ready

    @property
    def progresses(self) -> bool:
        """Whether work goes on."""
        if self.doing is not Doing.RUNNING or self.down or not self.open:
            return False
        return self.attendant is None or self.attendant.present

    @property
    def urgency(self) -> float:
        """The smallest priority of its parts; without any, none."""
        return min((part.priority for part in self.parts), default=float("inf"))

    @property
    def state(self) -> State:
        if not self.open:
            return State.OFF
        if self.down:
            # Decided: a failure counts before maintenance.
            planned = all(stop.planned for stop in self.down.values())
            return State.MAINTENANCE if planned else State.DOWN
        if self.doing is Doing.EMPTY:
            return State.STARVED
        if self.doing is Doing.FINISHED:
            return State.BLOCKED
        if not self.progresses:
            return State.WAITING_CREW
        setting = self.phase == CHANGEOVER or PHASES[self.phase] == "setup"
        return State.SETUP if setting else State.PROCESSING

    # Taking a load.

    def plan(self, first: Part) -> list[Work]:
        """The phases of a visit, by the first part of a load, as they would be from now on."""
        plant, station = self.plant, self.station
        works = []
        change = station.layout.changeover
        lasts = self._changeover(first)
        if change is not None and lasts > 0:
            works.append(Work(CHANGEOVER, lasts, change.by, None))
        for index in range(len(PHASES)):
            phase = phase_of(first.here, index, station.name)
            if phase is None or (first.left is not None and index < RUN):
                continue
            if first.left is not None and index == RUN:
                works.append(Work(RUN, first.left, phase.by, phase.attended, True))
            elif plant.happens(first, first.step, index, station.name):
                time = self._time(first, index, phase)
                works.append(Work(index, time, phase.by, phase.attended))
        return works

    def _time(self, part: Part, index: int, phase: schema.Phase) -> float:
        if phase.by in self.plant.layout.arms and phase.time is None:
            return self.plant.transfer(phase, self.machine)
        at = operation(part.name, part.step, part.here, index, self.station.name)
        assert phase.time is not None
        drawn = self.plant.chance.phase_time(part.key, at, index, part.visit)
        return time_of(phase.time, drawn, part.attributes)

    def brought(self, arm: Attendant) -> float | None:
        """How long an arm needs for this load if it has brought it along when it fetched the last
        one, in this very instant [s]; None where it has not.

        Decided: it brings what waited when it set out, or what is always there.
        """
        now = self.plant.clock.now
        if arm.fetched is None or self.phase != LOAD or not self.parts:
            return None
        unit, fetching, since, until = arm.fetched
        first = self.parts[0]
        stream = self.plant.streams.get(first.order.stream)  # none: a refill by the own shop
        always = stream is not None and stream.layout.release == "always"
        if unit is not self or until != now or not (first.entered <= since or always):
            return None
        bringing = phase_of(first.here, LOAD, self.station.name)
        if bringing is None or bringing.by != arm.name or bringing.time or fetching.time:
            return None
        return self.plant.exchange(bringing, fetching, self.machine)

    def _changeover(self, part: Part) -> float:
        """How long it takes to change over to a part now [s]; 0: it is not needed."""
        family = part.family
        change, now = self.station.layout.changeover, self.plant.clock.now
        if change is None:
            return 0.0
        chance, last = self.plant.chance, self.family
        times = [0.0]
        if last is None:
            first = change.first
            times.append(first.get(family, 0.0) if isinstance(first, dict) else first)
        elif family in change.matrix.get(last, {}):
            times.append(change.matrix[last][family])
        elif family != last and change.on_change is not None:
            drawn = chance.changeover(self.name, "on_change", self.changes)
            times.append(time_of(change.on_change, drawn, part.attributes))
        if change.after_idle is not None and (
            last is None or (not self.parts and self.emptied < now)
        ):
            drawn = chance.changeover(self.name, "after_idle", self.changes)
            times.append(time_of(change.after_idle, drawn, part.attributes))
        return max(times)

    def put(self, parts: list[Part]) -> None:
        """Take a load; the unit is loadable, the set is complete."""
        plant, station, now = self.plant, self.station, self.plant.clock.now
        assert self.loadable, f"{self.name} cannot take part {parts[0].number}"
        works = self.plan(parts[0])
        if works and works[0].phase == CHANGEOVER:
            self.changes += 1
            change = (self.family, parts[0].family, works[0].time, now)
            plant.log.changeovers.append(Change(self.name, parts[0].number, *change))
        self.family = parts[0].family
        plant.supply(parts)
        for part in parts:
            if part in station.queue:
                station.remove(part)
            else:  # made for this unit
                part.entered = now
            stay = (part.number, part.step, station.name, self.name, part.entered, now)
            plant.log.stays.append(Stay(*stay))
            part.unit, part.station, part.left = self, station, None
        self.reserved = None
        self.parts, self.doing = list(parts), Doing.WAITING
        self.process = plant.clock.process(self._visit(works))
        plant.touch()

    def remove(self, part: Part) -> None:
        """Give a part away."""
        self.parts.remove(part)
        part.unit, part.station, part.last = None, None, self
        if not self.parts:
            self.doing, self.process = Doing.EMPTY, None
            self.emptied = self.plant.clock.now
        self.plant.touch()

    def interrupt(self) -> list[Part]:
        """Give the load of a run back, with what is left of it."""
        assert self._watch is not None and self.process is not None
        left = self._watch.left
        self.process.interrupt("interrupted")
        self._stop_watches()
        self._let_go()
        parts = list(self.parts)
        for part in parts:
            part.left = left
            self.remove(part)
        # It never stood empty: the next load comes at once.
        return parts

    # What it does.

    def _visit(self, works: list[Work]) -> Steps:
        try:
            for position, work in enumerate(works):
                self.phase = work.phase
                yield from self._phase(work)
                later = works[position + 1 :]
                if work.attended is not None or not later or later[0].by != work.by:
                    self._let_go()
        except simpy.Interrupt:
            return  # whoever interrupted it has settled the rest
        self.doing = Doing.FINISHED
        for counter in self._cycles.values():
            counter.add()
        self.plant.finish(self.parts)

    def _phase(self, work: Work) -> Steps:
        """From asking for the attendant to the end; anew after a disturbance that says so."""
        clock = self.plant.clock
        while True:
            self.doing = Doing.WAITING
            self.plant.touch()
            if work.by is not None and self.attendant is None:
                yield from self._fetch(work.by)
            # Decided: somebody of speed 2 halves what he or she does: the phase, or the attended
            # part of it, then the machine keeps its time; what was interrupted is left as it is.
            speed = self.attendant.speed(work.by) if self.attendant else 1.0
            time, attended = work.time, work.attended
            if attended is not None:
                attended /= speed
            elif not work.goes_on:
                time /= speed
            if self.attendant is not None and work.phase == LOAD:
                sooner = self.brought(self.attendant)
                time = time if sooner is None else sooner
            begun = clock.now
            self.doing = Doing.RUNNING
            self._watch = Stopwatch(clock, time, lambda: self.progresses)
            if attended is not None and work.by is not None and attended < time:
                self._attended = Stopwatch(clock, attended, lambda: self.progresses)
                assert self._attended.done.callbacks is not None
                self._attended.done.callbacks.append(lambda _: self._let_go())
            try:
                yield self._watch.done
                self._stop_watches()
                if self.attendant is not None and work.phase == UNLOAD:
                    phase = phase_of(self.parts[0].here, UNLOAD, self.station.name)
                    assert phase is not None
                    self.attendant.fetched = self, phase, begun, clock.now
                return
            except simpy.Interrupt as stop:
                if stop.cause != "restart":
                    raise
            self._stop_watches()
            self.doing = Doing.WAITING
            while self.down:
                yield self.repaired

    def _stop_watches(self) -> None:
        for watch in (self._watch, self._attended):
            if watch is not None:
                watch.cancel()
        self._watch = self._attended = None

    def _fetch(self, skill: str) -> Steps:
        """Wait for an attendant, and until he or she is here."""
        request = Request(self, skill)
        try:
            self.attendant = yield request.granted
        except simpy.Interrupt:
            if request in self.plant.crew.requests:
                self.plant.crew.requests.remove(request)
            raise
        assert self.attendant is not None
        yield from self.plant.walk(self.attendant, self.machine)

    def _let_go(self) -> None:
        if self.attendant is not None:
            self.plant.free(self.attendant)
            self.attendant = None

    # What stops it.

    def suffer(self, name: str, disturbance: schema.Disturbance) -> Steps:
        """One disturbance of this unit, from failure to repair to the next failure."""
        plant = self.plant
        for turn in count():
            every = plant.chance.every(self.name, name, turn)
            if disturbance.clock == "work":
                yield Stopwatch(plant.clock, every, lambda: self.progresses, Rank.FAILURES).done
            elif disturbance.clock == "calendar":
                yield Stopwatch(plant.clock, every, lambda: self.open, Rank.FAILURES).done
            else:
                counter = self._cycles[name] = _Cycles(plant.clock, every)
                yield counter.full
                del self._cycles[name]
                yield plant.clock.at(plant.clock.now, Rank.FAILURES)
            self._fail(name, disturbance)
            lasts = plant.chance.lasts(self.name, name, turn)
            if disturbance.by is None:
                yield Stopwatch(plant.clock, lasts, lambda: self.open).done
            else:
                yield from self._repair(name, disturbance.by, lasts)
            del self.down[name]
            if not self.down:
                self.repaired.succeed()
                self.repaired = simpy.Event(plant.clock)
            plant.touch()

    def _fail(self, name: str, disturbance: schema.Disturbance) -> None:
        self.down[name] = disturbance
        self.plant.touch()
        under_way = self.doing is Doing.RUNNING
        if disturbance.part == "restart" and under_way:
            assert self.process is not None
            self.process.interrupt("restart")
        elif disturbance.part == "scrap" and (under_way or self.doing is Doing.WAITING):
            assert self.process is not None
            self.process.interrupt("scrap")
            self._stop_watches()
            self._let_go()
            for part in sorted(self.parts, key=lambda p: p.number):
                self.plant.scrap(part)

    def _repair(self, name: str, skill: str, lasts: float) -> Steps:
        plant = self.plant
        repairer: Attendant = yield Request(self, skill, name).granted
        yield from plant.walk(repairer, self.machine)
        time = lasts / repairer.speed(skill)
        yield Stopwatch(plant.clock, time, lambda: self.open and repairer.present).done
        plant.free(repairer)


class _Cycles:
    """Counts finished loads until there are as many as a failure needs: one at least."""

    def __init__(self, clock: simpy.Environment, every: float) -> None:
        self.full = simpy.Event(clock)
        self._every, self._count = every, 0

    def add(self) -> None:
        self._count += 1
        if self._count >= self._every and not self.full.triggered:
            self.full.succeed()


__all__ = ["CHANGEOVER", "RUN", "Doing", "Unit", "Work"]
