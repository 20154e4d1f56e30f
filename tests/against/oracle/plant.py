"""The whole plant over one clock: moves, partings, new parts, booking.

Decided, beyond what the other modules say:

* Parts that finish in one instant part ways after its closings and failures and before its
  demand: first a step's `makes` by unit, then by number branches, then who leaves.
* New parts are made before anything moves, and after the moves at a station: replacements and what
  returning cards bring by the number of the part that caused them, then refills by stock.
* Alternatives are chosen right after them, by number, before anything moves.
* After all moves at a station, the last one of the flow is looked at again.
* Going into a full stock needs a unit that hands over; into a stock with room at the end of the
  last phase, or into a delay, it does not, as "out" does not.
* The way after a delay begins where the part was last on a machine; into a delay there is none.
* Transport without a speed takes no time at all, handling included.
* A part turned away is not replaced; it gives its card back.
"""

from __future__ import annotations

import math
from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from tests.against.chance import Chance, Operation, PartKey, operation, phase_of
from tests.against.instant import Clock, Gate, Rank, Steps
from tests.against.log import Attendance, Exit, Interval, Log, Loss, OrderEnd
from tests.against.oracle.crew import Attendant, Crew
from tests.against.oracle.formulas import evaluate, time_of
from tests.against.oracle.orders import Stream
from tests.against.oracle.part import Order, Part
from tests.against.oracle.station import Station, supplies
from tests.against.oracle.stock import Store
from tests.against.oracle.unit import Unit
from twin.layout import schema
from twin.timeline import State

# From a machine or a point on the floor to a machine [m].
Distance = Callable[[str | tuple[float, float], str], float]
# (arm, origin port, target port) -> s; of exchanges (arm, origin, into, out, target) -> s.
Durations = Mapping[tuple[str, ...], float]

# Who caused a new part, of what kind it is, which of them: the order in which they are made.
Cause = tuple[int, int, int]


class Plant:
    """Everything of one layout."""

    def __init__(
        self, layout: schema.Layout, durations: Durations, distance: Distance, chance: Chance
    ) -> None:
        self.layout, self.durations, self.distance = layout, durations, distance
        self.chance = chance
        self.clock = Clock()
        self.clock.settle_with(Rank.MOVES, self._move)
        self.clock.settle_with(Rank.ATTENDANTS, lambda: self.crew.assign())
        self.clock.settle_with(Rank.BOOKS, self._book)
        self.log = Log(math.nan)
        self._gates: dict[str | None, Gate] = {}
        self._finished: list[Part] = []
        self._new: list[tuple[Cause, Callable[[], None]]] = []
        self._due: list[Stream] = []
        self._undecided: list[Part] = []
        self.crew = Crew(self, layout)
        self.tools = Counter({name: tool.count for name, tool in layout.tools.items()})
        self.stores = {
            name: Store(self, name, place, stock)
            for place, (name, stock) in enumerate(sorted(layout.stocks.items()))
        }
        order = stations_in_order(layout)
        self.stations = [
            Station(self, name, index, station, self.gate(station.calendar))
            for index, name in enumerate(order)
            for station in [layout.stations[name]]
        ]
        self.named = {station.name: station for station in self.stations}
        self.units = [unit for station in self.stations for unit in station.units]
        self._booked: dict[Unit, tuple[State, int | None, float]] = {}
        self._on_duty: dict[Attendant, tuple[State, float]] = {}
        self.streams = {
            name: Stream(self, name, place, orders)
            for place, (name, orders) in enumerate(sorted(layout.orders.items()))
        }
        self.touch()

    def gate(self, calendar: str | None) -> Gate:
        """The calendar of that name, else the layout's, else one that is always open."""
        name = calendar or self.layout.calendar
        if name not in self._gates:
            self._gates[name] = Gate(self.clock, self.layout.calendars[name] if name else None)
        return self._gates[name]

    # The instant.

    def touch(self) -> None:
        self.clock.touch()

    def _book(self) -> None:
        now = self.clock.now
        for unit in self.units:
            state, part = unit.state, unit.parts[0].number if unit.parts else None
            before = self._booked.get(unit)
            if before is None:
                self._booked[unit] = (state, part, now)
            elif before[:2] != (state, part):
                self.log.intervals.append(Interval(unit.name, *before, now))
                self._booked[unit] = (state, part, now)
        for attendant in self.crew.attendants:
            state, before = attendant.state, self._on_duty.get(attendant)
            if before is None:
                self._on_duty[attendant] = (state, now)
            elif before[0] is not state:
                self.log.people.append(Interval(attendant.name, before[0], None, before[1], now))
                self._on_duty[attendant] = (state, now)
        for store in self.stores.values():
            store.tell(now)

    # Moves.

    def _move(self) -> None:
        while True:
            self._stock()
            self._make_new()
            self._decide()
            if self._order() or self._new or self._undecided:
                continue
            moved = any(self._exhaust(station) for station in reversed(self.stations))
            if not moved and not self._turn_away():
                return

    def _exhaust(self, station: Station) -> bool:
        """All moves that are possible at a station; whether there are any."""
        moved = False
        while self._admit(station) or station.take():
            moved = True
        return moved

    def _order(self) -> bool:
        """Order anew what stocks lack; whether the own shop makes some of it."""
        return any([store.order() for store in self.stores.values()])

    def _decide(self) -> None:
        undecided, self._undecided = self._undecided, []
        for part in sorted(undecided, key=lambda p: p.number):
            self._knock(part, self.choice(part))

    def choice(self, part: Part) -> Station:
        """Which of the stations that can do its step a part goes to."""
        step = part.here
        stations = [self.named[name] for name in step.stations]
        if step.choose == "first_free":
            for station in stations:
                if station.first_free:
                    return station
        return min(stations, key=lambda station: station.crowd)

    def _knock(self, part: Part, goal: Station | Store) -> None:
        part.goal = goal
        insort(goal.knocking, part, key=lambda p: (p.since, p.number))
        self.touch()

    def _delay(self, part: Part) -> None:
        """A part waits for some time, at no station."""
        self._depart(part)
        time = part.here.delay
        assert time is not None
        drawn = self.chance.delay(part.key, Operation(part.name, part.step), part.visit)
        lasts = time_of(time, drawn, part.attributes)
        self.clock.after(lasts, Rank.ENDS, partial(self.finish, [part]))

    def _stock(self) -> bool:
        """Let finished parts into stocks, as far as there is room."""
        moved = False
        for store in self.stores.values():
            for part in list(store.knocking):
                if store.room and (part.may_leave or part.since == self.clock.now):
                    store.knocking.remove(part)
                    part.goal = None
                    self._out(part, store)
                    moved = True
        return moved

    def _admit(self, station: Station) -> bool:
        """Let the part come in that has been blocked in front of the station for longest."""
        offers = (part for part in station.knocking if part.may_leave)
        if station.room:
            part = next(offers, None)
            if part is None:
                return False
            target = station.idle[0] if station.capacity == 0 else None
            self._bring(part, station, target)
            return True
        for part in offers:
            unit = part.unit
            if unit is not None and unit.station is station and self._swaps(part, unit):
                self._bring(part, station, unit if station.capacity == 0 else None)
                if station.capacity != 0:
                    assert station.take()
                return True
        return False

    def _swaps(self, part: Part, unit: Unit) -> bool:
        """Whether a part may come back to its own full station, since it frees a unit there.

        Decided: where there are places, only if that unit then takes a set at once.
        """
        station = unit.station
        if len(unit.parts) > 1 or any(not stop.may_load for stop in unit.down.values()):
            return False
        if station.capacity == 0:
            return all(other.bound is not None for other in station.queue)
        at_once = station.layout.input.travel is None
        number, entered = unit.parts, part.entered
        unit.parts, part.entered = [], self.clock.now
        chosen = station.choose(unit, [part] if at_once else [])
        unit.parts, part.entered = number, entered
        return bool(chosen)

    def _bring(self, part: Part, station: Station, target: Unit | None) -> None:
        """A place is the part's from now on: it goes there, or is there at once."""
        station.knocking.remove(part)
        part.goal = None
        self._depart(part)
        transport, origin = self.layout.transport, part.last
        way = 0.0
        if origin is not None and origin.station is not station and transport.speed is not None:
            metres = self.distance(origin.machine, station.machine)
            way = metres / transport.speed + transport.handling
        conveyor = 0.0
        if station.layout.input.travel is not None:
            drawn = self.chance.travel(part.key, station.name, part.visit)
            conveyor = time_of(station.layout.input.travel, drawn, part.attributes)
        if target is not None:
            target.reserved, part.bound = part, target
        if way > 0 or conveyor > 0:
            station.under_way.append(part)
            # Reserved here and now: a process begins only after the moves of this instant.
            self.clock.process(self._travel(part, station, way, conveyor))
        else:
            station.enter(part)

    def _travel(self, part: Part, station: Station, *times: float) -> Steps:
        for time in times:
            if time > 0:
                yield self.clock.at(self.clock.now + time, Rank.ENDS)
        station.under_way.remove(part)
        station.enter(part)

    def _depart(self, part: Part) -> None:
        """Leave the unit or the queue, if the part is there."""
        if part.unit is not None:
            part.unit.remove(part)
        elif part.station is not None:
            part.station.remove(part)

    def _turn_away(self) -> bool:
        """Lose whoever finds no room, at the fixpoint of moves."""
        lost = [
            part
            for station in self.stations
            if station.layout.input.when_full == "turn_away"
            for part in station.knocking
            if part.may_leave
        ]
        for part in sorted(lost, key=lambda p: (p.since, p.number)):
            key = part.key
            self.log.losses.append(Loss(self.clock.now, key.stream, key.order, key.number))
            self._leave(part)
            self._gone(part)
        return bool(lost)

    # Partings.

    def finish(self, parts: Sequence[Part]) -> None:
        """A step of some parts is over; what becomes of them is settled after all ends."""
        self._finished.extend(parts)
        self.clock.later(Rank.PARTINGS, self._part_ways)
        self.touch()

    def _part_ways(self) -> None:
        ended, self._finished = self._finished, []
        ended.sort(key=lambda part: part.unit.place if part.unit else (-1, -1))
        finished: list[Part] = []
        for part in ended:
            step = part.here
            finished.append(part)
            beside = [self._sibling(part) for _ in range(step.makes - 1)]
            finished += beside
            if part.unit is not None:
                behind = part.unit.parts.index(part) + 1
                part.unit.parts[behind:behind] = beside
        for part in sorted(finished, key=lambda part: part.number):
            for tool in part.here.returns:
                self.tools[tool] += part.tools.pop(tool, 0)
            self._route(part)
        self._stock()

    def _sibling(self, part: Part) -> Part:
        """One more part beside another. Decided: it has visited nothing yet."""
        other = self.draft(part.order, part.name)
        other.order.pending += 1
        other.step, other.unit, other.station = part.step, part.unit, part.station
        other.last = part.last  # what is made in a delay lies where that part lies
        if part.order.refills is not None:
            part.order.refills.ordered += 1
        self._register(other, part.release)
        return other

    def _route(self, part: Part) -> None:
        """Say where a finished part goes next; let it leave if that is out or scrap."""
        target = self._target(part)
        part.visits[part.step] += 1
        part.since = self.clock.now
        if target == "scrap":
            self.scrap(part)
        elif target == "out" and part.product.into is not None:
            self._knock(part, self.stores[part.product.into])
        elif target == "out":
            self._out(part, None)
        else:
            assert isinstance(target, int)
            part.step = target
            self._aim(part)

    def _aim(self, part: Part) -> None:
        """The part wants to get to the station, or into the delay, of its step."""
        if part.here.delay is not None:
            self._delay(part)
        elif part.here.or_at:
            self._undecided.append(part)
        else:
            self._knock(part, self.named[part.here.stations[0]])
        self.touch()

    def _target(self, part: Part) -> int | str:
        route, here = part.product.route, part.step
        at = Operation(part.name, here)
        drawn = self.chance.branch(part.key, at, part.visit) if route[here].then else 1.0
        total = 0.0
        for index, branch in enumerate(route[here].then):
            if branch.when is not None:
                if not evaluate(branch.when, part.attributes):
                    continue
            else:
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

    # Leaving.

    def _out(self, part: Part, store: Store | None) -> None:
        now = self.clock.now
        self._leave(part)
        self.log.exits.append((now, part.number))
        self.log.ends.append(Exit(part.key, part.release, now))
        part.order.out += 1
        if store is not None:
            store.receive(part)
        if part.order.refills not in (None, store):
            self._give_up_refill(part)
        self._gone(part, refilled=True)

    def scrap(self, part: Part) -> None:
        """Lose a part, or have it replaced."""
        self._leave(part)
        self.log.scrapped.append((self.clock.now, part.number))
        if part.product.when_scrapped == "replace":
            self.make_later((part.number, 0, 0), partial(self._replace, part))
        else:
            self._gone(part)

    def _leave(self, part: Part) -> None:
        """Take a part out of where it is; it returns what it holds."""
        self._depart(part)
        if part.goal is not None:
            part.goal.knocking.remove(part)
            part.goal = None
        for tool, held in part.tools.items():
            self.tools[tool] += held
        part.tools.clear()
        self.touch()

    def _replace(self, part: Part) -> None:
        self._count(part, -1)
        self.make(part.order, part.name)

    def _give_up_refill(self, part: Part) -> None:
        store = part.order.refills
        assert store is not None
        store.ordered -= 1
        store.changed()

    def _count(self, part: Part, more: int) -> None:
        stream = self.streams.get(part.key.stream)
        if stream is not None:
            stream.inside += more

    def _gone(self, part: Part, refilled: bool = False) -> None:
        """One wanted part less to come; its card is free."""
        order, stream = part.order, self.streams.get(part.key.stream)
        order.pending -= 1
        if order.pending == 0 and order.refills is None:
            assert order.release is not None
            end = (order.stream, order.index, order.release, self.clock.now, order.out > 0)
            self.log.orders.append(OrderEnd(*end))
        if order.refills is not None and not refilled:
            self._give_up_refill(part)
        self._count(part, -1)
        if stream is not None and stream.hands_cards_on:
            self.make_later((part.number, 1, stream.place), stream.go_on)

    # New parts.

    def make_later(self, cause: Cause, what: Callable[[], None]) -> None:
        """Make new parts in the moves of this instant, by their cause."""
        self._new.append((cause, what))
        self.touch()

    def _make_new(self) -> bool:
        new, self._new = self._new, []
        for _, what in sorted(new, key=lambda entry: entry[0]):
            what()
        return bool(new)

    def draft(self, order: Order, product: str) -> Part:
        """A part as it would be if it were made now."""
        entry = self.layout.products[product]
        key = PartKey(order.stream, order.index, order.pieces, len(self.log.parts))
        return Part(key, product, entry, order, {**entry.attributes, **order.attributes})

    def register(self, part: Part) -> None:
        """A draft is made now."""
        self._register(part, self.clock.now)

    def _register(self, part: Part, release: float) -> None:
        part.order.pieces += 1
        if part.order.release is None:
            part.order.release = release
        part.release = release
        self.log.parts.append(part.key)
        self.log.releases.append(release)
        self._count(part, 1)

    def make(self, order: Order, product: str, dated: bool = False) -> Part:
        """A new part waits outside; a dated one is as old as its order."""
        part, now = self.draft(order, product), self.clock.now
        self._register(part, order.release if dated and order.release is not None else now)
        part.since = now
        self._aim(part)
        return part

    def more(self, unit: Unit) -> list[Part]:
        """The part that an idle unit lacks, if a stream makes it at once ("always").

        Decided: where its first step has alternatives, any of their units draws it.
        """
        for stream in self.streams.values():
            part = stream.draft()
            if part is None or unit.station.name not in part.here.stations:
                continue
            part.entered = self.clock.now
            if unit.station.complete(unit, [part]):
                stream.drawn(part)
                return [part]
        return []

    def release_later(self, stream: Stream) -> None:
        """Streams that fall due together release in their order, whoever came first."""
        self._due.append(stream)
        self.clock.later(Rank.RELEASES, self._release)

    def _release(self) -> None:
        due, self._due = self._due, []
        # Cards are there before the first order comes.
        for stream in sorted(due, key=lambda s: (s.layout.release != "cards", s.place)):
            stream.release()
        self.touch()

    # What steps ask for.

    def happens(self, part: Part, step: int, phase: int, station: str) -> bool:
        at = operation(part.name, step, part.product.route[step], phase, station)
        return self.chance.phase_happens(part.key, at, phase, part.visits[step])

    def time(self, part: Part, step: int, phase: int, station: str) -> float:
        """How long a phase takes a part at a station [s]; 0 if it does not happen."""
        entry = part.product.route[step]
        found = phase_of(entry, phase, station)
        if found is None or found.time is None:
            return 0.0
        if not self.happens(part, step, phase, station):
            return 0.0
        at = operation(part.name, step, entry, phase, station)
        drawn = self.chance.phase_time(part.key, at, phase, part.visits[step])
        return time_of(found.time, drawn, part.attributes)

    def supplied(self, parts: Iterable[Part]) -> bool:
        """Whether all that some parts need together is on hand."""
        pieces, tools = supplies(parts)
        there = all(self.stores[name].on_hand >= n for name, n in pieces.items())
        return there and all(self.tools[name] >= n for name, n in tools.items())

    def supply(self, parts: Sequence[Part]) -> None:
        """Give some parts what they need to be taken."""
        pieces, _ = supplies(parts)
        for part in parts:
            _, tools = supplies([part])
            part.tools.update(tools)
            self.tools.subtract(tools)
        for name, count in sorted(pieces.items(), key=lambda entry: self.stores[entry[0]].place):
            self.stores[name].on_hand -= count
            self.stores[name].changed()

    def transfer(self, phase: schema.Phase, machine: str) -> float:
        """The duration [s] of the arm's motion that a phase asks for."""
        found = [
            duration
            for (arm, origin, *others, target), duration in self.durations.items()
            if not others
            and arm == phase.by
            and (origin == phase.from_ or (not phase.from_ and origin.startswith(f"{machine}.")))
            and (target == phase.to or (not phase.to and target.startswith(f"{machine}.")))
        ]
        if len(found) != 1:
            raise ValueError(f"{len(found)} transfers of {phase.by} fit at {machine}, not one")
        return found[0]

    def exchange(
        self, bringing: schema.Phase, fetching: schema.Phase, machine: str
    ) -> float | None:
        """How much longer [s] an arm takes to bring a part to a machine than to fetch the last one
        alone, where it does both in one visit; None where it cannot, or where that is no quicker.
        """
        alone, after = self.transfer(fetching, machine), self.transfer(bringing, machine)
        for (arm, origin, *ports, target), whole in self.durations.items():
            ends = (arm, origin, target) == (bringing.by, bringing.from_, fetching.to)
            if ends and ports and all(port.startswith(f"{machine}.") for port in ports):
                rest = whole - alone
                return rest if 0.0 <= rest < after else None
        return None

    # People.

    def walk(self, attendant: Attendant, machine: str) -> Steps:
        """From where a person is to a machine."""
        way = attendant.way(machine)
        attendant.place = machine
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

    def run(self, until: float) -> Log:
        """All instants before `until` [s]."""
        self.clock.run(until)
        for unit, before in self._booked.items():
            self.log.intervals.append(Interval(unit.name, *before, until))
        for attendant, (state, since) in self._on_duty.items():
            self.log.people.append(Interval(attendant.name, state, None, since, until))
        for attendant in self.crew.attendants:
            if attendant.unit is not None:
                bound = (attendant.name, attendant.unit.name, attendant.since, until)
                self.log.attendances.append(Attendance(*bound))
        self.log.end = until
        self.log.intervals.sort(key=lambda i: (i.resource, i.start))
        self.log.attendances.sort(key=lambda a: (a.attendant, a.start))
        return self.log


def stations_in_order(layout: schema.Layout) -> list[str]:
    """Stations by how far down the routes their first use is (of several routes the furthest),
    then by name; then the rest by name."""
    depth = dict.fromkeys(layout.stations, -1)
    for product in layout.products.values():
        along = [set(step.stations) for step in product.route]
        for name in set().union(*along):
            first = next(k for k, stations in enumerate(along) if name in stations)
            depth[name] = max(depth[name], first)
    unused = len(layout.stations) * 1000
    return sorted(depth, key=lambda name: (depth[name] if depth[name] >= 0 else unused, name))


__all__ = ["Distance", "Durations", "Plant", "stations_in_order"]
