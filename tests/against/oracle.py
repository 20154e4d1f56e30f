"""The oracle of production: the meaning of a layout, written as SimPy processes.

It shares nothing with the compiled kernel but the draws of chance. A unit, a disturbance, a
calendar, a stream of orders and a part on its way are each a process; what several of them want
at once is settled by rank within the instant.

One instant, in the order of `Rank`: ends (phases, trips, repairs, walks, people let go), closings,
openings, failures, replacements of scrapped parts, demand, releases; then moves to a fixpoint,
then attendants, then clocks start, then states are booked. A zero duration comes back at ENDS.

Where the meaning leaves a choice, it is this:

* Moves visit the stations from the last to the first (in the order of first use by the routes)
  until nothing changes. At a station, blocked parts come in as long as there is room (by the time
  they were blocked, then part number), then one part goes from the queue to the lowest idle unit,
  and so on until neither is possible.
* Leaving by "out" or "scrap" needs no hand-over: it happens at the end of the last phase, also at
  the instant of closing or of failure.
* Released and replacement parts enter the first queue whether it has room or not.
* A station without places counts as full unless it has more idle units than parts queued; a part
  on its way there has its unit reserved (the lowest idle one), which stays STARVED meanwhile.
* A phase of zero length waits for its attendant like any other.
* A unit that is down or closed is given no attendant; its request keeps its time. One that has
  an attendant keeps it, also while he or she still walks; walking goes on when the crew closes.
* A person is where the last assignment led to, also if it was withdrawn on the way.
* While an attendant's crew is closed, the unit is WAITING_CREW; a repair waits as well.
* A bound attendant does not repair: a repairer is asked for like any other.
* Work failures due at the instant of a completion strike then, after it: the part is done.
* "restart" concerns a phase under way: after repair it asks for its attendant anew, unless that
  one is still bound. "scrap" concerns every part that is not finished, waiting ones too.
* Arms and their transfers follow no calendar of their own. A stream's `first` is a clock time.
* Scrapped parts' replacements are numbered before releases of the same instant, in the order of
  the numbers of the parts they replace.
"""

from __future__ import annotations

import math
from bisect import insort
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import count

import simpy

from tests.against.chance import PHASES, Chance, PartKey, phase_of, unit_names
from tests.against.instant import Clock, Gate, Rank, Steps, Stopwatch
from tests.against.log import Attendance, Interval, Log, OrderEnd, Stay
from twin.layout import schema
from twin.timeline import State

# From a machine or a point on the floor to a machine [m].
Distance = Callable[[str | tuple[float, float], str], float]
# (arm, origin port, target port) -> s.
Durations = Mapping[tuple[str, str, str], float]

# --- parts and people ------------------------------------------------------------------------


@dataclass(eq=False)
class Part:
    """One physical piece on its way through its product's route."""

    key: PartKey
    product: schema.Product
    order: Order
    step: int = 0
    visits: Counter[int] = field(default_factory=Counter)  # by step, those that are over
    taken: Counter[tuple[int, int]] = field(default_factory=Counter)  # by (step, branch)
    entered: float = 0.0  # the time of entering the queue it stands in

    @property
    def number(self) -> int:
        return self.key.number

    def __lt__(self, other: Part) -> bool:
        """First come, first served."""
        return (self.entered, self.number) < (other.entered, other.number)


@dataclass(eq=False)
class Order:
    """A wish for parts: how many there are (replacements too), how many still to come."""

    stream: str
    index: int
    release: float
    pieces: int
    pending: int
    out: int = 0


class Attendant:
    """A person or an arm."""

    def __init__(
        self,
        name: str,
        skills: tuple[str, ...],
        gate: Gate,
        place: str | tuple[float, float] | None = None,
        walking: float | None = None,
    ) -> None:
        self.name, self.skills, self.gate = name, skills, gate
        self.place, self.walking = place, walking
        self.unit: Unit | None = None  # bound to it ...
        self.since = 0.0  # ... since then


class Request:
    """A unit wants someone who has a skill; `granted` brings who."""

    def __init__(self, unit: Unit, skill: str, repair: bool) -> None:
        plant = unit.plant
        self.unit, self.skill, self.repair = unit, skill, repair
        self.granted = simpy.Event(plant.clock)
        self.rank = (plant.clock.now, -unit.station.index, unit.index, next(plant.asked))
        plant.requests.append(self)
        plant.touch()

    @property
    def eligible(self) -> bool:
        return self.unit.station.gate.open and (self.repair or not self.unit.down)


# --- stations --------------------------------------------------------------------------------


class Station:
    """A group of units that are alike behind one queue."""

    def __init__(
        self, plant: Plant, name: str, index: int, station: schema.Station, gate: Gate
    ) -> None:
        self.name, self.index, self.gate = name, index, gate
        self.machine = station.machines[0]  # where the way to the station ends
        self.capacity = station.input.capacity
        self.queue: list[Part] = []
        self.coming = 0  # parts on their way that have a place reserved
        self.units: list[Unit] = []
        for machine in station.machines:
            for unit in unit_names(machine, plant.layout.machines[machine].places):
                self.units.append(Unit(plant, self, unit, machine, len(self.units)))
        for unit in self.units:
            for key, disturbance in station.disturbances.items():
                plant.clock.process(unit.suffer(key, disturbance))

    @property
    def idle(self) -> list[Unit]:
        return [unit for unit in self.units if unit.usable and unit.reserved is None]

    @property
    def room(self) -> bool:
        """Whether one more part may come in from another unit."""
        if self.capacity is None:
            return True
        if self.capacity == 0:
            return len(self.idle) > len(self.queue)
        return len(self.queue) + self.coming < self.capacity


class Doing(IntEnum):
    """Where a unit is in a part's life on it."""

    EMPTY = 0
    WAITING = 1  # for an attendant, or for repair before a phase starts anew
    RUNNING = 2
    FINISHED = 3


class Unit:
    """What works on one part at a time: set-up, load, run, unload, hand over."""

    def __init__(self, plant: Plant, station: Station, name: str, machine: str, index: int) -> None:
        self.plant, self.station, self.name, self.machine = plant, station, name, machine
        self.index = index
        self.part: Part | None = None
        self.reserved: Part | None = None  # what is on its way to it
        self.reserved_here = False
        self.doing = Doing.EMPTY
        self.phase = 0
        self.blocked_since = 0.0
        self.attendant: Attendant | None = None
        self.down: set[str] = set()  # the disturbances that stop it now
        self.repaired = simpy.Event(plant.clock)
        self.loaded = simpy.Event(plant.clock)
        self.handed = simpy.Event(plant.clock)
        self.process = plant.clock.process(self._work())

    # What is asked of it.

    @property
    def usable(self) -> bool:
        """Whether it can take a part at once, reservations apart."""
        return self.part is None and not self.down and self.station.gate.open

    @property
    def progresses(self) -> bool:
        """Whether work goes on."""
        if self.doing is not Doing.RUNNING or self.down or not self.station.gate.open:
            return False
        return self.attendant is None or self.attendant.gate.open

    @property
    def state(self) -> State:
        if not self.station.gate.open:
            return State.OFF
        if self.down:
            return State.DOWN
        if self.doing is Doing.EMPTY:
            return State.STARVED
        if self.doing is Doing.FINISHED:
            return State.BLOCKED
        if not self.progresses:
            return State.WAITING_CREW
        return State.SETUP if PHASES[self.phase] == "setup" else State.PROCESSING

    # What is done to it.

    def put(self, part: Part) -> None:
        """Take a part; the unit is usable."""
        assert self.usable, f"{self.name} cannot take part {part.number}"
        self.part, self.doing = part, Doing.WAITING
        self.reserved, self.reserved_here = None, False
        self.handed = simpy.Event(self.plant.clock)
        self.loaded.succeed()
        self.plant.touch()

    def empty(self) -> Part:
        """Give the part away."""
        part = self.part
        assert part is not None
        self.part, self.doing = None, Doing.EMPTY
        self.loaded = simpy.Event(self.plant.clock)
        self.handed.succeed()
        self.plant.touch()
        return part

    # What it does.

    def _work(self) -> Steps:
        while True:
            yield self.loaded
            part = self.part
            assert part is not None
            try:
                yield from self._phases(part)
            except simpy.Interrupt:
                self._let_go()
                self.plant.scrap(self.empty())
                continue
            self.doing, self.blocked_since = Doing.FINISHED, self.plant.clock.now
            self.plant.touch()
            self.plant.route(self, part)
            yield self.handed

    def _phases(self, part: Part) -> Steps:
        step, visit = part.product.route[part.step], part.visits[part.step]
        chance = self.plant.chance
        drawn: list[tuple[int, schema.Phase]] = []
        for index in range(len(PHASES)):
            phase = phase_of(step, index)
            if phase is not None and chance.phase_happens(part.key, part.step, index, visit):
                drawn.append((index, phase))
        for position, (index, phase) in enumerate(drawn):
            self.phase = index
            yield from self._phase(phase, self._time(part, index, phase, visit))
            later = drawn[position + 1 :]
            if phase.attended is not None or not later or later[0][1].by != phase.by:
                self._let_go()

    def _time(self, part: Part, index: int, phase: schema.Phase, visit: int) -> float:
        if phase.by in self.plant.layout.arms:
            return self.plant.transfer(phase, self.machine)
        return self.plant.chance.phase_time(part.key, part.step, index, visit)

    def _phase(self, phase: schema.Phase, time: float) -> Steps:
        """From asking for the attendant to the end; anew after a disturbance that says so."""
        while True:
            self.doing = Doing.WAITING
            self.plant.touch()
            if phase.by is not None and self.attendant is None:
                yield from self._fetch(phase.by)
            self.doing = Doing.RUNNING
            watches = [Stopwatch(self.plant.clock, time, lambda: self.progresses, Rank.ENDS)]
            if phase.attended is not None and phase.attended < time:
                attended = Stopwatch(
                    self.plant.clock, phase.attended, lambda: self.progresses, Rank.ENDS
                )
                assert attended.done.callbacks is not None
                attended.done.callbacks.append(lambda _: self._let_go())
                watches.append(attended)
            try:
                yield watches[0].done
                return
            except simpy.Interrupt as stop:
                if stop.cause == "scrap":
                    raise
            finally:
                for watch in watches:
                    watch.cancel()
            self.doing = Doing.WAITING
            while self.down:
                yield self.repaired

    def _fetch(self, skill: str) -> Steps:
        """Wait for an attendant, and until he or she is here."""
        request = Request(self, skill, repair=False)
        try:
            self.attendant = yield request.granted
        except simpy.Interrupt:
            self.plant.requests.remove(request)
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
        plant, gate = self.plant, self.station.gate
        for turn in count():
            every = plant.chance.every(self.name, name, turn)
            if disturbance.clock == "work":
                yield Stopwatch(plant.clock, every, lambda: self.progresses, Rank.FAILURES).done
            else:
                yield Stopwatch(plant.clock, every, lambda: gate.open, Rank.FAILURES).done
            self._fail(name, disturbance.part)
            lasts = plant.chance.lasts(self.name, name, turn)
            if disturbance.by is None:
                yield Stopwatch(plant.clock, lasts, lambda: gate.open, Rank.ENDS).done
            else:
                yield from self._repair(disturbance.by, lasts)
            self.down.remove(name)
            if not self.down:
                self.repaired.succeed()
                self.repaired = simpy.Event(plant.clock)
            plant.touch()

    def _fail(self, name: str, part: str) -> None:
        self.down.add(name)
        self.plant.touch()
        under_way = self.doing is Doing.RUNNING
        if (part == "restart" and under_way) or (
            part == "scrap" and (under_way or self.doing is Doing.WAITING)
        ):
            self.process.interrupt(part)

    def _repair(self, skill: str, lasts: float) -> Steps:
        plant = self.plant
        repairer: Attendant = yield Request(self, skill, repair=True).granted
        yield from plant.walk(repairer, self.machine)
        yield Stopwatch(
            plant.clock, lasts, lambda: self.station.gate.open and repairer.gate.open, Rank.ENDS
        ).done
        plant.free(repairer)


# --- the whole -------------------------------------------------------------------------------


class Plant:
    """Everything of one layout, over one clock."""

    def __init__(
        self, layout: schema.Layout, durations: Durations, distance: Distance, chance: Chance
    ) -> None:
        self.layout, self.durations, self.distance = layout, durations, distance
        self.chance = chance
        self.clock = Clock()
        self.clock.settle_with(Rank.MOVES, self._move)
        self.clock.settle_with(Rank.ATTENDANTS, self._assign)
        self.clock.settle_with(Rank.BOOKS, self._book)
        self.log = Log(math.nan)
        self.requests: list[Request] = []
        self.asked = count()
        self._scrapped: list[Part] = []
        self._due: list[tuple[int, str, int, int, schema.Product]] = []
        self._gates: dict[str | None, Gate] = {}
        order = stations_in_order(layout)
        self.stations = [
            Station(self, name, index, station, self._gate(station.calendar))
            for index, name in enumerate(order)
            for station in [layout.stations[name]]
        ]
        self._named = {station.name: station for station in self.stations}
        self.units = [unit for station in self.stations for unit in station.units]
        self._booked: dict[Unit, tuple[State, int | None, float]] = {}
        self.attendants = self._people()
        for stream, orders in layout.orders.items():
            self.clock.process(self._demand(stream, orders))
        self.touch()

    def _gate(self, calendar: str | None) -> Gate:
        name = calendar or self.layout.calendar
        if name not in self._gates:
            self._gates[name] = Gate(self.clock, self.layout.calendars[name] if name else None)
        return self._gates[name]

    def _people(self) -> list[Attendant]:
        people = []
        for name, crew in self.layout.crews.items():
            names = [f"{name}#{k + 1}" for k in range(crew.people)]
            gate, skills = self._gate(crew.calendar), crew.skills or (name,)
            people += [Attendant(n, skills, gate, crew.home, crew.walking) for n in names]
        always = Gate(self.clock, None)
        return people + [Attendant(arm, (arm,), always) for arm in self.layout.arms]

    # The instant.

    def touch(self) -> None:
        self.clock.touch()

    def _book(self) -> None:
        now = self.clock.now
        for unit in self.units:
            state, part = unit.state, unit.part.number if unit.part else None
            before = self._booked.get(unit)
            if before is None:
                self._booked[unit] = (state, part, now)
            elif before[:2] != (state, part):
                self.log.intervals.append(Interval(unit.name, *before, now))
                self._booked[unit] = (state, part, now)

    # Moves.

    def _move(self) -> None:
        moved = True
        while moved:
            moved = False
            for station in reversed(self.stations):
                while self._admit(station) or self._load(station):
                    moved = True

    def _admit(self, station: Station) -> bool:
        """Let the part come in that is blocked in front of the station for longest."""
        waiting = [
            unit
            for unit in self.units
            if unit.part is not None
            and unit.doing is Doing.FINISHED
            and unit.station.gate.open
            and self.station_of(unit.part) is station
        ]
        if not waiting or not station.room:
            return False
        unit = min(waiting, key=lambda u: (u.blocked_since, u.part.number if u.part else -1))
        part = unit.empty()
        travel = 0.0
        if unit.station is not station:
            transport = self.layout.transport
            way = self.distance(unit.machine, station.machine)
            travel = way / transport.speed + transport.handling
        target = station.idle[0] if station.capacity == 0 else None
        if travel > 0:
            # Reserved here and now: a process begins only after the moves of this instant.
            if target is not None:
                target.reserved = part
            else:
                station.coming += 1
            self.clock.process(self._travel(part, station, target, travel))
        elif target is not None:
            self._stay(part, target, self.clock.now)
            target.put(part)
        else:
            self.enter(part, station)
        return True

    def _travel(self, part: Part, station: Station, target: Unit | None, travel: float) -> Steps:
        yield self.clock.at(self.clock.now + travel, Rank.ENDS)
        if target is not None:
            part.entered, target.reserved_here = self.clock.now, True
        else:
            station.coming -= 1
            self.enter(part, station)
        self.touch()

    def enter(self, part: Part, station: Station) -> None:
        part.entered = self.clock.now
        insort(station.queue, part)
        self.touch()

    def _load(self, station: Station) -> bool:
        """Put one part on a unit: one with its unit reserved, else the next of the queue."""
        for unit in station.units:
            if unit.reserved is not None and unit.reserved_here and unit.usable:
                self._stay(unit.reserved, unit, unit.reserved.entered)
                unit.put(unit.reserved)
                return True
        if not station.queue or not station.idle:
            return False
        unit, part = station.idle[0], station.queue.pop(0)
        self._stay(part, unit, part.entered)
        unit.put(part)
        return True

    def _stay(self, part: Part, unit: Unit, entered: float) -> None:
        stay = Stay(part.number, part.step, unit.station.name, unit.name, entered, self.clock.now)
        self.log.stays.append(stay)

    # Parts.

    def station_of(self, part: Part) -> Station:
        return self._named[part.product.route[part.step].at]

    def route(self, unit: Unit, part: Part) -> None:
        """Say where a finished part goes next; let it leave if that is out or scrap."""
        target = self._target(part)
        part.visits[part.step] += 1
        if target == "out":
            unit.empty()
            self.log.exits.append((self.clock.now, part.number))
            part.order.out += 1
            self._close(part.order)
        elif isinstance(target, str):
            unit.empty()
            self.scrap(part)
        else:
            part.step = target

    def _target(self, part: Part) -> int | str:
        route, here = part.product.route, part.step
        drawn = self.chance.branch(part.key, here, part.visits[here])
        total = 0.0
        for index, branch in enumerate(route[here].then):
            total += branch.share
            if drawn >= total:
                continue
            if branch.at_most is not None and part.taken[here, index] >= branch.at_most:
                break
            part.taken[here, index] += 1
            if branch.to in ("out", "scrap"):
                return branch.to
            return next(k for k, step in enumerate(route) if step.step == branch.to)
        return here + 1 if here + 1 < len(route) else "out"

    def scrap(self, part: Part) -> None:
        """Lose a part that is on no unit any more, or have it replaced."""
        self.log.scrapped.append((self.clock.now, part.number))
        if part.product.when_scrapped == "replace":
            self._scrapped.append(part)
            self.clock.later(Rank.REPLACEMENTS, self._replace)
        else:
            self._close(part.order)

    def _replace(self) -> None:
        scrapped, self._scrapped = self._scrapped, []
        for part in sorted(scrapped, key=lambda p: p.number):
            self._new_part(part.order, part.product)

    def _new_part(self, order: Order, product: schema.Product) -> None:
        key = PartKey(order.stream, order.index, order.pieces, len(self.log.parts))
        order.pieces += 1
        self.log.parts.append(key)
        self.log.releases.append(self.clock.now)
        part = Part(key, product, order)
        self.enter(part, self.station_of(part))

    def _close(self, order: Order) -> None:
        """One wanted part less to come."""
        order.pending -= 1
        if order.pending == 0:
            end = OrderEnd(order.stream, order.index, order.release, self.clock.now, order.out > 0)
            self.log.orders.append(end)

    def _demand(self, stream: str, orders: schema.Orders) -> Steps:
        gate, product = self._gate(orders.calendar), self.layout.products[orders.product]
        place = list(self.layout.orders).index(stream)
        for index in count():
            if index == 0 and orders.first is not None:
                yield self.clock.at(orders.first, Rank.DEMAND)
            else:
                every = self.chance.interarrival(stream, index)
                yield Stopwatch(self.clock, every, lambda: gate.open, Rank.DEMAND).done
            # Streams that fall due together release in their order, whoever came first.
            self._due.append((place, stream, index, orders.quantity, product))
            self.clock.later(Rank.RELEASES, self._release)

    def _release(self) -> None:
        due = sorted(self._due, key=lambda entry: entry[0])
        self._due.clear()
        for _, stream, index, quantity, product in due:
            order = Order(stream, index, self.clock.now, 0, quantity)
            for _ in range(quantity):
                self._new_part(order, product)

    # People.

    def _assign(self) -> None:
        for request in sorted(self.requests, key=lambda r: r.rank):
            if not request.eligible:
                continue
            for attendant in self.attendants:
                fits = request.skill in attendant.skills
                if fits and attendant.unit is None and attendant.gate.open:
                    attendant.unit, attendant.since = request.unit, self.clock.now
                    self.requests.remove(request)
                    request.granted.succeed(attendant)
                    break

    def walk(self, attendant: Attendant, machine: str) -> Steps:
        """From where a person is to a machine."""
        place, attendant.place = attendant.place, machine
        if attendant.walking is not None and place is not None:
            way = self.distance(place, machine) / attendant.walking
            if way > 0:
                yield self.clock.at(self.clock.now + way, Rank.ENDS)
                self.touch()

    def free(self, attendant: Attendant) -> None:
        """Bind a person no longer."""
        now, unit = self.clock.now, attendant.unit
        assert unit is not None
        if now > attendant.since:
            bound = Attendance(attendant.name, unit.name, attendant.since, now)
            self.log.attendances.append(bound)
        attendant.unit = None
        self.touch()

    def transfer(self, phase: schema.Phase, machine: str) -> float:
        """The duration [s] of the arm's motion that a phase asks for."""
        found = [
            duration
            for (arm, origin, target), duration in self.durations.items()
            if arm == phase.by
            and (origin == phase.from_ or (not phase.from_ and origin.startswith(f"{machine}.")))
            and (target == phase.to or (not phase.to and target.startswith(f"{machine}.")))
        ]
        if len(found) != 1:
            raise ValueError(f"{len(found)} transfers of {phase.by} fit at {machine}, not one")
        return found[0]

    def run(self, until: float) -> Log:
        """All instants before `until` [s]."""
        self.clock.run(until)
        for unit, before in self._booked.items():
            self.log.intervals.append(Interval(unit.name, *before, until))
        for attendant in self.attendants:
            if attendant.unit is not None:
                bound = (attendant.name, attendant.unit.name, attendant.since, until)
                self.log.attendances.append(Attendance(*bound))
        self.log.end = until
        self.log.intervals.sort(key=lambda i: (i.resource, i.start))
        self.log.attendances.sort(key=lambda a: (a.attendant, a.start))
        return self.log


def stations_in_order(layout: schema.Layout) -> list[str]:
    """Stations in the order of their first use by the routes; unused ones last."""
    used = (step.at for product in layout.products.values() for step in product.route)
    return list(dict.fromkeys([*used, *layout.stations]))


def run(
    layout: schema.Layout,
    durations: Durations,
    distance: Distance,
    chance: Chance,
    until: float,
) -> Log:
    """Simulate a layout from empty to `until` [s].

    durations [s] are those of the arms' transfers; distance(origin, machine) [m] is the way from
    a machine or a point to a machine.
    """
    return Plant(layout, durations, distance, chance).run(until)
