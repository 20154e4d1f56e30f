"""Names -> tables: a factory as the record that the kernel runs.

Stations are numbered by the flow (first use in the routes), so that "further down" is a larger
number and a permuted file is the same plant.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from twin.cells.factory import Factory
from twin.errors import RunError
from twin.layout import paths, schema
from twin.layout.schema import AnyTime, Calendar, Layout, Phase, Station
from twin.production import kernel

PHASE_NAMES = ("setup", "load", "run", "unload")
FATES = ("resume", "restart", "scrap")


@dataclass(frozen=True)
class Variant:
    """What is different from the layout in an experiment.

    pace: station, crew or arm -> factor on the time of what it does itself (a station's runs, a
    crew's attended times, an arm's transfers). more: station -> machines, crew or arm -> people,
    added. room: station -> waiting places added.
    """

    pace: Mapping[str, float] = field(default_factory=dict)
    more: Mapping[str, int] = field(default_factory=dict)
    room: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """The kernel's tables and the names behind their rows.

    `world` is a template: `kernel.start` empties it. machine_of (units,): unit -> machine.
    """

    world: Any
    stations: tuple[str, ...]
    machines: tuple[str, ...]
    units: tuple[str, ...]
    machine_of: np.ndarray
    station_of: np.ndarray
    people: tuple[str, ...]  # people and arms
    places: tuple[str, ...]  # machines, then homes
    crews: tuple[str, ...]
    products: tuple[str, ...]
    streams: tuple[str, ...]
    quantities: tuple[int, ...]
    due: tuple[float, ...]  # after the release [s]; NaN: none
    ports: Mapping[tuple[int, int], tuple[str, str]]  # (phase row, machine) -> from, to


def name_key(*names: str) -> int:
    """64 bits from names: what their draws of chance depend on."""
    text = "\x1f".join(names).encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little")


def flow(layout: Layout) -> tuple[str, ...]:
    """Stations in the order of their first use in the routes, then those not used."""
    used = [step.at for product in layout.products.values() for step in product.route]
    return tuple(dict.fromkeys([*used, *layout.stations]))


def plan(factory: Factory, variant: Variant | None = None) -> Plan:
    """The tables of a factory, or of a variant of it.

    Raises RunError where the plant is larger than the tables, or a name is not known.
    """
    return _Tables(factory, variant or Variant()).plan()


class _Tables:
    """Fills the record, one table a method, in the order in which they refer to each other."""

    def __init__(self, factory: Factory, variant: Variant) -> None:
        self.factory = factory
        self.layout = factory.layout
        self.variant = variant
        self.w = new_world()
        self.distances = paths.distances(self.layout)
        self.rows = {"dists": 0, "values": 0, "openings": 0, "transfers": 0, "branches": 0}
        self.ports: dict[tuple[int, int], tuple[str, str]] = {}

    def plan(self) -> Plan:
        layout = self.layout
        self.stations = flow(layout)
        self._number_machines()
        self._number_people()
        self._calendars()
        self._stations()
        self._people()
        self._distances()
        self._products()
        self._streams()
        return Plan(
            world=self.w,
            stations=self.stations,
            machines=self.machines,
            units=self.units,
            machine_of=np.array([unit[1] for unit in self.unit_rows]),
            station_of=np.array([unit[0] for unit in self.unit_rows]),
            people=self.people,
            places=self.places,
            crews=self.crews,
            products=tuple(layout.products),
            streams=tuple(layout.orders),
            quantities=tuple(o.quantity for o in layout.orders.values()),
            due=tuple(math.nan if o.due is None else o.due for o in layout.orders.values()),
            ports=self.ports,
        )

    # --- numbering -------------------------------------------------------------------------------

    def _number_machines(self) -> None:
        layout = self.layout
        machines: list[str] = []
        units: list[tuple[int, int, str]] = []  # station, machine, name
        for s, station in enumerate(self.stations):
            names = layout.stations[station].machines
            for name in names:
                machines.append(name)
                places = layout.machines[name].places
                for k in range(places):
                    unit = name if places == 1 else f"{name}.{k + 1}"
                    units.append((s, len(machines) - 1, unit))
            for k in range(self.variant.more.get(station, 0)):
                # One more machine is like the last one and stands where that stands.
                for i in range(layout.machines[names[-1]].places):
                    units.append((s, len(machines) - 1, f"{names[-1]}+{k + 1}.{i + 1}"))
        self.machines = tuple(machines)
        self.unit_rows = units
        self.units = tuple(name for _, _, name in units)
        self._fits("machines", len(machines), kernel.MACHINES)
        self._fits("places to work at", len(units), kernel.UNITS)
        self._fits("stations", len(self.stations), kernel.STATIONS)

    def _number_people(self) -> None:
        layout = self.layout
        self.crews = (*layout.crews, *layout.arms)
        more = self.variant.more
        people: list[tuple[int, str]] = []
        for c, name in enumerate(self.crews):
            if name in layout.crews:
                count = layout.crews[name].people + more.get(name, 0)
                people += [(c, f"{name}#{k + 1}") for k in range(count)]
            else:
                extra = [(c, f"{name}+{k + 1}") for k in range(more.get(name, 0))]
                people += [(c, name), *extra]
        self.people_rows = people
        self.people = tuple(name for _, name in people)
        self.skills: dict[str, int] = {}
        for name, crew in layout.crews.items():
            for skill in crew.skills or (name,):
                self.skills.setdefault(skill, len(self.skills))
        for name in layout.arms:
            self.skills.setdefault(name, len(self.skills))
        homes = [f"home:{name}" for name in layout.crews]
        self.places = (*self.machines, *homes)
        self._fits("people and arms", len(people), kernel.PEOPLE)
        self._fits("crews and arms", len(self.crews), kernel.CREWS)
        self._fits("skills", len(self.skills), kernel.SKILLS)

    @staticmethod
    def _fits(what: str, count: int, room: int) -> None:
        if count > room:
            raise RunError(f"the layout has {count} {what}; the engine has room for {room}")

    def _skill(self, name: str | None, where: str) -> int:
        if name is None:
            return -1
        if name not in self.skills:
            raise RunError(f"{where}: no crew has the skill {name!r} and no arm is called so")
        return self.skills[name]

    def _row(self, table: str, count: int, room: int) -> int:
        first = self.rows[table]
        self._fits(table, first + count, room)
        self.rows[table] = first + count
        return first

    # --- values of time --------------------------------------------------------------------------

    def _time(self, time: AnyTime) -> int:
        """A row of the table of distributions."""
        number = self._row("dists", 1, kernel.DISTS)
        row = self.w.dists[number]
        match time:
            case schema.Constant():
                row.kind, row.a = kernel.D_CONSTANT, time.value
            case schema.Exponential():
                row.kind, row.a = kernel.D_EXPONENTIAL, time.mean
            case schema.Erlang():
                row.kind, row.a, row.count = kernel.D_ERLANG, time.mean, time.shape
            case schema.Uniform():
                row.kind, row.a, row.b = kernel.D_UNIFORM, time.low, time.high
            case schema.Triangular():
                row.kind, row.a, row.b, row.c = kernel.D_TRIANGULAR, time.low, time.mode, time.high
            case schema.Weibull():
                row.kind, row.a, row.b = kernel.D_WEIBULL, time.shape, time.scale
            case schema.Gamma():
                row.kind, row.a, row.b = kernel.D_GAMMA, 1 / time.cv**2, time.mean * time.cv**2
            case schema.Lognormal() if time.cv == 0 or time.mean == 0:
                row.kind, row.a = kernel.D_CONSTANT, time.mean
            case schema.Lognormal():
                spread = math.log1p(time.cv**2)
                row.kind = kernel.D_LOGNORMAL
                row.a, row.b = math.log(time.mean) - spread / 2, math.sqrt(spread)
            case schema.Hyperexponential():
                row.kind = kernel.D_HYPEREXPONENTIAL
                row.first, row.count = self._values(time.means)
                first = int(row.first)
                self.w.weights[first : first + len(time.probs)] = np.cumsum(time.probs)
            case schema.Empirical():
                row.kind = kernel.D_EMPIRICAL
                row.first, row.count = self._values(time.values)
        return number

    def _values(self, values: tuple[float, ...]) -> tuple[int, int]:
        first = self._row("values", len(values), kernel.VALUES)
        self.w.values[first : first + len(values)] = values
        return first, len(values)

    # --- tables ----------------------------------------------------------------------------------

    def _calendars(self) -> None:
        self.calendars: dict[str, int] = {}
        for name, calendar in self.layout.calendars.items():
            openings = merged(calendar)
            if not openings:  # never closes
                self.calendars[name] = -1
                continue
            number = len([c for c in self.calendars.values() if c >= 0])
            self._fits("calendars", number + 1, kernel.CALENDARS)
            first = self._row("openings", len(openings), kernel.OPENINGS)
            row = self.w.calendars[number]
            row.cycle, row.first, row.count = calendar.cycle, first, len(openings)
            for k, (begin, end) in enumerate(openings):
                self.w.opening[first + k], self.w.closing[first + k] = begin, end
            self.calendars[name] = number
        self.w.calendars_n = len([c for c in self.calendars.values() if c >= 0])

    def _calendar(self, name: str | None) -> int:
        name = name or self.layout.calendar
        return self.calendars[name] if name else -1

    def _stations(self) -> None:
        w = self.w
        for s, name in enumerate(self.stations):
            station = self.layout.stations[name]
            row = w.stations[s]
            units = [u for u, unit in enumerate(self.unit_rows) if unit[0] == s]
            row.first, row.count = units[0], len(units)
            capacity = station.input.capacity
            more_room = self.variant.room.get(name, 0)
            row.capacity = -1 if capacity is None else capacity + more_room
            row.calendar = self._calendar(station.calendar)
            row.pace = self.variant.pace.get(name, 1.0)
            self._disturbances(row, name, station)
            w.carry_to[s] = self.machines.index(station.machines[0])
        for u, (s, m, name) in enumerate(self.unit_rows):
            w.units[u].station, w.units[u].machine = s, m
            w.units[u].name_key = name_key("unit", name)
        w.stations_n, w.units_n = len(self.stations), len(self.unit_rows)

    def _disturbances(self, row: Any, name: str, station: Station) -> None:
        self._fits(f"disturbances at {name}", len(station.disturbances), kernel.DISTURBANCES)
        row.disturbances = len(station.disturbances)
        for k, (label, what) in enumerate(station.disturbances.items()):
            row.d_calendar[k] = what.clock == "calendar"
            row.d_every[k] = self._time(what.every)
            row.d_lasts[k] = self._time(what.lasts)
            row.d_skill[k] = self._skill(what.by, f"stations/{name}/disturbances/{label}")
            row.d_fate[k] = FATES.index(what.part)
            row.d_key[k] = name_key("disturbance", label)

    def _people(self) -> None:
        w, layout = self.w, self.layout
        first = 0
        for c, name in enumerate(self.crews):
            row = w.crews[c]
            row.first = first
            row.count = len([1 for crew, _ in self.people_rows if crew == c])
            row.pace = self.variant.pace.get(name, 1.0)
            if name in layout.crews:
                crew = layout.crews[name]
                row.calendar, row.on_foot = self._calendar(crew.calendar), 1
                row.speed = crew.walking or 0.0
                skills = crew.skills or (name,)
                at_home = self.places.index(f"home:{name}") if crew.home else -1
            else:
                row.calendar, row.on_foot, skills, at_home = -1, 0, (name,), -1
            for skill in skills:
                row.offers[self.skills[skill]] = 1
            for p in range(first, first + int(row.count)):
                w.people[p].crew, w.people[p].home = c, at_home
            first += int(row.count)
        w.crews_n, w.people_n, w.skills_n = len(self.crews), first, len(self.skills)

    def _distances(self) -> None:
        w, transport = self.w, self.layout.transport
        known = set(self.distances.places)
        for p, place in enumerate(self.places):
            for m, machine in enumerate(self.machines):
                if place in known:
                    w.walk[p, m] = self.distances.between(place, machine, on_foot=True)
        for m in range(len(self.machines)):
            for s in range(len(self.stations)):
                target = self.machines[int(w.carry_to[s])]
                metres = self.distances.between(self.machines[m], target)
                w.carry[m, s] = metres / transport.speed + transport.handling

    def _products(self) -> None:
        w = self.w
        number = 0
        for p, (name, product) in enumerate(self.layout.products.items()):
            self._fits(f"steps of {name}", len(product.route), kernel.ROUTE)
            self._fits("steps", number + len(product.route), kernel.STEPS)
            w.products[p].first = number
            w.products[p].replace = product.when_scrapped == "replace"
            steps = {step.step: number + k for k, step in enumerate(product.route)}
            targets = {**steps, "out": kernel.OUT, "scrap": kernel.SCRAP}
            counted = 0
            for k, step in enumerate(product.route):
                row = w.steps[number + k]
                row.station, row.local = self.stations.index(step.at), k
                row.next = number + k + 1 if k + 1 < len(product.route) else kernel.OUT
                row.key = name_key("branch", name, step.step)
                row.branches = len(step.then)
                row.first_branch = self._row("branches", len(step.then), kernel.BRANCHES)
                for b, branch in enumerate(step.then):
                    line = w.branches[int(row.first_branch) + b]
                    line.target, line.share = targets[branch.to], branch.share
                    line.at_most = -1 if branch.at_most is None else branch.at_most
                    if branch.at_most is not None:
                        line.counter = counted
                        counted += 1
                phases = (step.setup, step.load, step.run, step.unload)
                for i, phase in enumerate(phases):
                    where = f"products/{name}/route/{step.step}/{PHASE_NAMES[i]}"
                    self._phase((number + k) * kernel.PHASES + i, phase, step.at, i, where)
            self._fits(f"counted branches of {name}", counted, kernel.COUNTED)
            number += len(product.route)
        self._fits("products", len(self.layout.products), kernel.PRODUCTS)
        w.products_n = len(self.layout.products)

    def _phase(self, number: int, phase: Phase | None, at: str, i: int, where: str) -> None:
        row = self.w.phases[number]
        row.present = phase is not None
        row.skill = row.transfer = row.dist = -1
        if phase is None:
            return
        row.chance = phase.chance
        row.skill = self._skill(phase.by, where)
        row.attended = -1.0 if phase.attended is None else phase.attended
        row.time_key = name_key("time", where)
        row.chance_key = name_key("chance", where)
        if phase.by in self.layout.arms:
            row.transfer = self._transfers(number, phase, at, PHASE_NAMES[i] == "unload", where)
        elif phase.time is not None:
            row.dist = self._time(phase.time)
        else:
            raise RunError(f"{where}: needs a time")

    def _transfers(self, number: int, phase: Phase, at: str, away: bool, where: str) -> int:
        """A row of transfer times: what the arm needs at each machine of the station."""
        first = self._row("transfers", 1, kernel.TRANSFERS)
        for machine in self.layout.stations[at].machines:
            m = self.machines.index(machine)
            for (arm, origin, target), transfer in self.factory.transfers.items():
                own, other = (origin, target) if away else (target, origin)
                wanted = phase.to if away else phase.from_
                if arm == phase.by and other == wanted and own.split(".")[0] == machine:
                    self.w.transfer[first, m] = transfer.duration
                    self.ports[number, m] = (origin, target)
            if (number, m) not in self.ports:
                raise RunError(f"{where}: the arm {phase.by!r} has no transfer at {machine!r}")
        return first

    def _streams(self) -> None:
        w, layout = self.w, self.layout
        self._fits("streams of orders", len(layout.orders), kernel.STREAMS)
        products = list(layout.products)
        for k, (name, orders) in enumerate(layout.orders.items()):
            row = w.streams[k]
            row.product = products.index(orders.product)
            row.every = self._time(orders.every)
            row.quantity = orders.quantity
            row.calendar = self._calendar(orders.calendar)
            row.first = -1.0 if orders.first is None else orders.first
            row.key = name_key("orders", name)
        w.streams_n = len(layout.orders)
        w.burst = 2 * sum(o.quantity for o in layout.orders.values()) + 8


def new_world(parts: int | None = None) -> Any:
    """An empty record, with room for `parts` parts in the plant at once."""
    kind = kernel.world_type() if parts is None else kernel.world_type(parts)
    return np.zeros(1, kind).view(np.recarray)[0]


def merged(calendar: Calendar) -> list[tuple[float, float]]:
    """Openings with those that touch made one; empty where it never closes.

    The last one ends behind the cycle where it goes on into the next.
    """
    result: list[tuple[float, float]] = []
    for begin, end in calendar.open:
        if result and result[-1][1] == begin:
            result[-1] = (result[-1][0], end)
        else:
            result.append((begin, end))
    if result[0][0] == 0.0 and result[-1][1] == calendar.cycle:
        if len(result) == 1:
            return []
        first = result.pop(0)
        result[-1] = (result[-1][0], calendar.cycle + first[1])
    return result
