"""Names -> tables: a factory as the record that the kernel runs.

Everything is numbered by the flow of parts, then by name, so that "further down" is a larger number
and a permuted file is the same plant.
"""

from __future__ import annotations

import hashlib
import math
import mmap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

import numpy as np

from twin.cells.factory import Factory
from twin.errors import RunError
from twin.layout import expressions, paths, schema
from twin.layout.conveyors import entrance
from twin.layout.schema import AnyTime, Calendar, Layout, Phase, Station, Step
from twin.production import kernel
from twin.production.standing import (
    Place,
    Standing,
    StandingPart,
    StandingStream,
    StandingUnit,
)

PHASE_NAMES = ("setup", "load", "run", "unload")
FATES = ("resume", "restart", "scrap")
RULES: tuple[str, ...] = get_args(schema.Rank)  # the kernel numbers them in this order
# These look at the moment, or at more than one part: a unit asks before it takes.
ASKING_RULES = ("critical_ratio", "same_setup")
AT_CLOSE = ("pause", "finish", "fit")
CREW_RULES = ("oldest", "downstream", "urgent", "nearest")
CLOCKS = ("work", "calendar", "cycles")
RELEASES = ("dated", "always", "cards")
SAME = {"anything": 0, "product": 1, "family": 2, "order": 3}


@dataclass(frozen=True)
class Variant:
    """What is different from the layout in an experiment.

    pace: station, crew or arm -> factor on the time of what it does itself (a station's runs, a
    crew's attended times, an arm's transfers). more: station -> machines, crew or arm -> people,
    tool -> tools, added. room: station -> waiting places added.
    """

    pace: Mapping[str, float] = field(default_factory=dict)
    more: Mapping[str, int] = field(default_factory=dict)
    room: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """The kernel's tables and the names behind their rows.

    `world` is a template: `kernel.start` empties it. machine_of, station_of (units,): unit ->
    machine, station. stocks: stocks, then tools.
    """

    world: Any
    used: Mapping[str, int]  # table of the world -> rows that the plan fills
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
    quantities: tuple[int, ...]  # parts of one order of a stream
    stocks: tuple[str, ...]
    vehicles: tuple[str, ...]
    spots: tuple[str, ...]  # where vehicles go: machines, then crossings
    hand: tuple[float, float]  # a part carried by hand: speed [m/s] (0: in no time), handling [s]
    drive_speed: np.ndarray  # (vehicles,) [m/s]; 0: in no time
    formulas: tuple[str, ...]
    ports: Mapping[tuple[int, int], tuple[str, str]]  # (phase row, machine) -> from, to
    uncertain: tuple[Uncertain, ...]


@dataclass(frozen=True)
class Uncertain:
    """A transfer whose time [s] is known between bounds only: its place in the table, the key of
    its arm's chance, the least, the likeliest and the most that it takes."""

    index: int
    key: int
    low: float
    likely: float
    high: float


def name_key(*names: str) -> int:
    """64 bits from names: what their draws of chance depend on."""
    text = "\x1f".join(names).encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little")


def flow(layout: Layout) -> tuple[str, ...]:
    """Stations in the order of the flow: by the place where routes first use them (the last such
    one), then by name; then those not used."""
    place: dict[str, int] = {}
    for product in layout.products.values():
        first: dict[str, int] = {}
        for k, step in enumerate(product.route):
            for station in step.stations:
                first.setdefault(station, k)
        for station, k in first.items():
            place[station] = max(place.get(station, -1), k)
    used = sorted((name for name in place if name in layout.stations), key=lambda s: (place[s], s))
    return (*used, *sorted(set(layout.stations) - set(used)))


def plan(
    factory: Factory, variant: Variant | None = None, standing: Standing | None = None
) -> Plan:
    """The tables of a factory, or of a variant of it; with `standing`, runs begin as it stands.

    Raises RunError where the plant is larger than the tables, a name is not known, or the plant
    cannot stand like that.
    """
    return _Tables(factory, variant or Variant(), standing).plan()


class _Tables:
    """Fills the record, one table a method, in the order in which they refer to each other."""

    def __init__(self, factory: Factory, variant: Variant, standing: Standing | None) -> None:
        self.factory = factory
        self.layout = factory.layout
        self.variant = variant
        self.standing = standing
        self.w = new_world()
        self.rows: dict[str, int] = {}
        self.ports: dict[tuple[int, int], tuple[str, str]] = {}
        self.uncertain: list[Uncertain] = []
        self.bringing: list[tuple[int, str]] = []  # phase rows of arms that load a station, ...
        self.fetching: list[tuple[int, str]] = []  # ... and of those that unload one
        self.formulas: list[str] = []
        self.spots: tuple[str, ...] = ()

    def plan(self) -> Plan:
        layout = self.layout
        self.stations = flow(layout)
        self.products = tuple(sorted(layout.products))
        self.stocks = (*sorted(layout.stocks), *sorted(layout.tools))
        self._number_machines()
        self._number_people()
        self._number_streams()
        self._attributes()
        self._calendars()
        self._families()
        self._stations()
        self._people()
        self._stocks()
        self._products()
        self._exchanges()
        self._streams()
        self._users()
        self._fleets()
        self._distances()
        self._ways_on()
        if self.standing is None:
            self._present()
        else:
            self._found(self.standing)
        return Plan(
            world=self.w,
            used=self._used(),
            stations=self.stations,
            machines=self.machines,
            units=self.units,
            machine_of=np.array([unit[1] for unit in self.unit_rows], int),
            station_of=np.array([unit[0] for unit in self.unit_rows], int),
            people=self.people,
            places=self.places,
            crews=self.crews,
            products=self.products,
            streams=self.streams,
            quantities=tuple(int(s.pieces) for s in self.w.streams[: len(self.streams)]),
            stocks=self.stocks,
            vehicles=self.vehicles,
            spots=self.spots,
            hand=(layout.transport.speed or 0.0, layout.transport.handling),
            drive_speed=np.array(self._drive_speeds()),
            formulas=tuple(self.formulas),
            ports=self.ports,
            uncertain=tuple(self.uncertain),
        )

    def _used(self) -> dict[str, int]:
        """How much of each table is filled; the rest is empty, and never copied."""
        w, rows = self.w, self.rows
        machines, stations = len(self.machines), len(self.stations)
        options = rows.get("options", 0)
        return {
            "units": len(self.units),
            "people": len(self.people),
            "stations": stations,
            "crews": len(self.crews),
            "calendars": rows.get("calendars", 0),
            "opening": rows.get("openings", 0),
            "closing": rows.get("openings", 0),
            "dists": rows.get("dists", 0),
            "values": rows.get("values", 0),
            "weights": rows.get("values", 0),
            "steps": rows.get("steps", 0),
            "options": options,
            "phases": options * kernel.PHASES,
            "branches": rows.get("branches", 0),
            "needs": rows.get("needs", 0),
            "exchanges": rows.get("exchanges", 0),
            "products": len(self.products),
            "changeover": rows.get("changeovers", 0),
            "streams": len(self.streams),
            "wants": rows.get("wants", 0),
            "rate_from": rows.get("rates", 0),
            "rate_value": rows.get("rates", 0),
            "stocks": len(self.stocks),
            "users": rows.get("users of stocks", 0),
            "codes": rows.get("formulas", 0),
            "op": rows.get("operations", 0),
            "operand": rows.get("operations", 0),
            "present": rows.get("present", 0),
            "found_orders": int(w.found_orders_n),
            "found_units": len(self.units) if w.found else 0,
            "found_streams": len(self.streams) if w.found else 0,
            "found_people": len(self.people) if w.found else 0,
            "found_vehicles": int(w.vehicles_n) if w.found else 0,
            "fleets": int(w.fleets_n),
            "stops": rows.get("stops", 0),
            "vehicles": int(w.vehicles_n),
            "road_user": int(w.roads_n),
            "road_time": int(w.roads_n * w.fleets_n),
            "hop": int(w.spots_n) ** 2,
            "hop_road": int(w.spots_n) ** 2,
            "carry": machines * stations,
            "walk": len(self.places) * machines,
            "drive": int(w.fleets_n) * int(w.spots_n) ** 2,
            "transfer": rows.get("transfers", 0) * machines,
        }

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
        self.w.machines_n = len(machines)

    def _number_people(self) -> None:
        layout = self.layout
        self.crews = (*sorted(layout.crews), *sorted(layout.arms))
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
        for name in sorted(layout.crews):
            for skill in layout.crews[name].skills or (name,):
                self.skills.setdefault(skill, len(self.skills))
        for name in sorted(layout.arms):
            self.skills.setdefault(name, len(self.skills))
        homes = [f"home:{name}" for name in sorted(layout.crews)]
        self.places = (*self.machines, *homes)
        self._fits("people and arms", len(people), kernel.PEOPLE)
        self._fits("crews and arms", len(self.crews), kernel.CREWS)
        self._fits("skills", len(self.skills), kernel.SKILLS)

    def _number_streams(self) -> None:
        layout = self.layout
        makers = [f"refill:{n}" for n in sorted(layout.stocks) if self._maker(n) is not None]
        self.streams = (*sorted(layout.orders), *makers)
        self._fits("streams of orders", len(self.streams), kernel.STREAMS)

    def _maker(self, stock: str) -> str | None:
        refill = self.layout.stocks[stock].refill
        return None if refill is None else refill.makes

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
        first = self.rows.get(table, 0)
        self._fits(table, first + count, room)
        self.rows[table] = first + count
        return first

    @staticmethod
    def _index(names: Sequence[str], name: str, where: str) -> int:
        if name not in names:
            raise RunError(f"{where}: there is no {name!r}; there is {', '.join(names) or 'none'}")
        return names.index(name)

    # --- values of time, formulas ----------------------------------------------------------------

    def _time(self, time: AnyTime, where: str = "") -> int:
        """A row of the table of distributions."""
        number = self._row("dists", 1, kernel.DISTS)
        row = self.w.dists[number]
        row.shift = 0.0 if isinstance(time, schema.Constant | schema.Formula) else time.shift
        match time:
            case schema.Constant():
                row.kind, row.a = kernel.D_CONSTANT, time.value
            case schema.Exponential():
                row.kind, row.a = kernel.D_EXPONENTIAL, time.mean
            case schema.Erlang():
                row.kind, row.a, row.count = kernel.D_ERLANG, time.mean, time.shape
            case schema.Uniform():
                row.kind, row.a, row.b = kernel.D_UNIFORM, time.low, time.high
            case schema.Triangular() if time.low == time.high:
                row.kind, row.a = kernel.D_CONSTANT, time.low + time.shift
                row.shift = 0.0
            case schema.Triangular():
                row.kind, row.a, row.b, row.c = kernel.D_TRIANGULAR, time.low, time.mode, time.high
            case schema.Weibull():
                row.kind, row.a, row.b = kernel.D_WEIBULL, time.shape, time.scale
            case schema.Gamma():
                row.kind, row.a, row.b = kernel.D_GAMMA, 1 / time.cv**2, time.mean * time.cv**2
            case schema.Lognormal() if time.cv == 0 or time.mean == 0:
                row.kind, row.a = kernel.D_CONSTANT, time.mean + time.shift
                row.shift = 0.0
            case schema.Lognormal():
                spread = math.log1p(time.cv**2)
                row.kind = kernel.D_LOGNORMAL
                row.a, row.b = math.log(time.mean) - spread / 2, math.sqrt(spread)
            case schema.Hyperexponential():
                row.kind = kernel.D_HYPEREXPONENTIAL
                row.first, row.count = self._values(time.means, time.probs)
            case schema.Empirical():
                row.kind, row.a = kernel.D_EMPIRICAL, float(bool(time.weights))
                row.first, row.count = self._values(time.values, time.weights)
            case schema.Formula():
                row.kind, row.a = kernel.D_FORMULA, self._formula(time.formula, where)
                row.first = -1 if time.times is None else self._time(time.times)
        return number

    def _values(self, values: Sequence[float], weights: Sequence[float] = ()) -> tuple[int, int]:
        first = self._row("values", len(values), kernel.VALUES)
        self.w.values[first : first + len(values)] = values
        if weights:
            shares = np.cumsum(weights) / np.sum(weights)
            self.w.weights[first : first + len(values)] = shares
        return first, len(values)

    def _attributes(self) -> None:
        owners = [*self.layout.products.values(), *self.layout.orders.values()]
        self.attributes = tuple(sorted({name for owner in owners for name in owner.attributes}))
        self._fits("attributes of orders", len(self.attributes), kernel.ATTRIBUTES)
        self.w.attributes_n = len(self.attributes)

    def _formula(self, text: str, where: str) -> int:
        """A row of the table of formulas."""
        code = expressions.parse(text).code(self.attributes)
        number = self._row("formulas", 1, kernel.CODES)
        first = self._row("operations", len(code.ops), kernel.OPS)
        row = self.w.codes[number]
        row.first, row.count = first, len(code.ops)
        self.w.op[first : first + len(code.ops)] = code.ops
        self.w.operand[first : first + len(code.ops)] = code.values
        self.formulas.append(f"{where}: {text}")
        return number

    def _number(self, value: float | str | None, default: float, where: str) -> tuple[float, int]:
        """A number and -1, or the row of the formula that gives it."""
        if isinstance(value, str):
            return 0.0, self._formula(value, where)
        return (default if value is None else value), -1

    # --- calendars, stations, people -------------------------------------------------------------

    def _calendars(self) -> None:
        self.calendars: dict[str, int] = {}
        for name, calendar in sorted(self.layout.calendars.items()):
            openings = merged(calendar)
            if not openings:  # never closes
                self.calendars[name] = -1
                continue
            number = self._row("calendars", 1, kernel.CALENDARS)
            first = self._row("openings", len(openings), kernel.OPENINGS)
            row = self.w.calendars[number]
            row.cycle, row.first, row.count = calendar.cycle, first, len(openings)
            row.at_close = AT_CLOSE.index(calendar.at_close)
            for k, (begin, end) in enumerate(openings):
                self.w.opening[first + k], self.w.closing[first + k] = begin, end
            self.calendars[name] = number
        self.w.calendars_n = self.rows.get("calendars", 0)

    def _calendar(self, name: str | None) -> int:
        name = name or self.layout.calendar
        return self.calendars[name] if name else -1

    def _families(self) -> None:
        products = self.layout.products
        named = {name: products[name].family or name for name in self.products}
        families = sorted(set(named.values()))
        self._fits("families of products", len(families), kernel.FAMILIES)
        self.families = {name: k for k, name in enumerate(families)}
        self.family_of = {name: self.families[family] for name, family in named.items()}
        self.w.families_n = len(families)

    def _stations(self) -> None:
        w = self.w
        for s, name in enumerate(self.stations):
            station = self.layout.stations[name]
            where = f"stations/{name}"
            row = w.stations[s]
            units = [u for u, unit in enumerate(self.unit_rows) if unit[0] == s]
            row.first, row.units = units[0], len(units)
            door = entrance(self.layout, name)
            capacity = door.capacity
            more_room = self.variant.room.get(name, 0)
            row.capacity = -1 if capacity is None else capacity + more_room
            row.places = kernel.ANY_NUMBER if capacity is None else row.capacity
            row.turn_away = door.when_full == "turn_away"
            travel = door.travel
            row.travel = -1 if travel is None else self._time(travel, f"{where}/input/travel")
            row.travel_key = name_key("travel", name)
            row.calendar = self._calendar(station.calendar)
            row.pace = self.variant.pace.get(name, 1.0)
            row.rule = RULES.index(station.rule)
            row.by_number = station.ties == "number"
            row.ranked = row.rule != kernel.FIFO or row.by_number
            row.interruptible = station.interruptible
            self._batch(row, where, station)
            self._changeover(row, where, station)
            self._disturbances(row, name, station)
            row.carry_to = self.machines.index(station.machines[0])
            row.fleet = row.sources = -1
            # A step that needs more than a machine makes its station ask (see _products).
            fits = row.calendar >= 0 and w.calendars[int(row.calendar)].at_close == kernel.FIT
            row.plain = not (station.rule in ASKING_RULES or station.batch.max > 1 or fits)
        for u, (s, m, name) in enumerate(self.unit_rows):
            w.units[u].station, w.units[u].machine = s, m
            w.units[u].name_key = name_key("unit", name)
            stops = self.layout.stations[self.stations[s]].disturbances.values()
            w.units[u].clocks = sum({1 << CLOCKS.index(stop.clock) for stop in stops})
        w.stations_n, w.units_n = len(self.stations), len(self.unit_rows)

    def _batch(self, row: Any, where: str, station: Station) -> None:
        batch = station.batch
        row.batch_min, row.batch_max = batch.min, batch.max
        row.batch_wait = -1.0 if batch.wait_at_most is None else batch.wait_at_most
        row.batch_code = -1
        if batch.same in SAME:
            row.batch_same = SAME[batch.same]
        else:
            row.batch_same = kernel.SAME_FORMULA
            row.batch_code = self._formula(batch.same, f"{where}/batch/same")

    def _changeover(self, row: Any, where: str, station: Station) -> None:
        change = station.changeover
        row.changes = change is not None or station.rule == "same_setup"  # it asks what came last
        row.on_change = row.after_idle = row.matrix = row.first_change = row.change_skill = -1
        if change is None:
            return
        where = f"{where}/changeover"
        if change.on_change is not None:
            row.on_change = self._time(change.on_change, f"{where}/on_change")
        if change.after_idle is not None:
            row.after_idle = self._time(change.after_idle, f"{where}/after_idle")
        row.change_skill = self._skill(change.by, f"{where}/by")
        count = len(self.families)
        if change.matrix:
            first = self._row("changeovers", count * count, kernel.VALUES)
            self.w.changeover[first : first + count * count] = -1.0
            for old, times in change.matrix.items():
                for new, time in times.items():
                    if old in self.families and new in self.families:
                        cell = self.families[old] * count + self.families[new]
                        self.w.changeover[first + cell] = time
            row.matrix = first
        first = self._row("changeovers", count, kernel.VALUES)
        for family, k in self.families.items():
            time = change.first
            self.w.changeover[first + k] = time.get(family, 0.0) if isinstance(time, dict) else time
        row.first_change = first

    def _disturbances(self, row: Any, name: str, station: Station) -> None:
        self._fits(f"disturbances at {name}", len(station.disturbances), kernel.DISTURBANCES)
        row.disturbances = len(station.disturbances)
        for k, (label, what) in enumerate(sorted(station.disturbances.items())):
            where = f"stations/{name}/disturbances/{label}"
            row.d_clock[k] = CLOCKS.index(what.clock)
            row.d_every[k] = self._time(what.every, f"{where}/every")
            row.d_lasts[k] = self._time(what.lasts, f"{where}/lasts")
            row.d_skill[k] = self._skill(what.by, where)
            row.d_fate[k] = FATES.index(what.part)
            no_load = 0 if what.may_load else kernel.BIT_NO_LOAD
            row.d_bits[k] = no_load | (0 if what.may_unload else kernel.BIT_NO_UNLOAD)
            row.d_planned[k] = what.planned
            row.d_key[k] = name_key("disturbance", label)

    def _people(self) -> None:
        w, layout = self.w, self.layout
        first = 0
        for c, name in enumerate(self.crews):
            row = w.crews[c]
            row.first = first
            row.count = len([1 for crew, _ in self.people_rows if crew == c])
            row.pace = self.variant.pace.get(name, 1.0)
            who = layout.crews.get(name) or layout.arms[name]
            row.rule = CREW_RULES.index(who.rule)
            speeds: Mapping[str, float] = {name: 1.0}
            at_home = -1
            row.calendar, row.on_foot = -1, 0
            if name in layout.crews:
                crew = layout.crews[name]
                row.calendar, row.on_foot = self._calendar(crew.calendar), 1
                row.speed = crew.walking or 0.0
                row.absence = crew.absence
                skills = crew.skills or (name,)
                speeds = skills if isinstance(skills, dict) else dict.fromkeys(skills, 1.0)
                at_home = self.places.index(f"home:{name}") if crew.home else -1
            for skill, speed in speeds.items():
                row.offers[self.skills[skill]] = speed
            for p in range(first, first + int(row.count)):
                w.people[p].crew, w.people[p].home = c, at_home
                w.people[p].name_key = name_key("person", self.people[p])
            first += int(row.count)
        w.crews_n, w.people_n, w.skills_n = len(self.crews), first, len(self.skills)

    # --- ways ------------------------------------------------------------------------------------

    def _distances(self) -> None:
        w, layout = self.w, self.layout
        count, stations = len(self.machines), len(self.stations)
        self._fits("ways", max(len(self.places), count) * max(count, stations), kernel.PACES)
        walks = any(crew.walking for crew in layout.crews.values())
        speed = layout.transport.speed
        if speed is None and not walks and not layout.transport.fleets:
            return
        known = self.factory.ways
        if layout.transport.fleets:
            self._drives(known)
        if walks:
            reachable = set(known.places)
            for p, place in enumerate(self.places):
                if place in reachable:
                    for m, machine in enumerate(self.machines):
                        w.walk[p * count + m] = known.between(place, machine, on_foot=True)
        if speed is not None:
            targets = [self.machines[int(w.stations[s].carry_to)] for s in range(stations)]
            for m, machine in enumerate(self.machines):
                for s, target in enumerate(targets):
                    metres = known.between(machine, target)
                    w.carry[m * stations + s] = metres / speed + layout.transport.handling

    def _ways_on(self) -> None:
        """From which steps all parts go on to one station, by hand and in no time."""
        w, layout = self.w, self.layout
        for product in self.products:
            route = layout.products[product].route
            for k, (step, ahead) in enumerate(zip(route, [*route[1:], None], strict=True)):
                row = w.steps[self.first_step[product] + k]
                row.glides_to = -1
                if ahead is None or len(ahead.stations) != 1 or step.delay is not None:
                    continue
                if step.then or step.returns or step.makes > 1:
                    continue
                name = ahead.stations[0]
                station, s = layout.stations[name], self.stations.index(name)
                door = entrance(layout, name)
                if door.capacity == 0 or door.travel is not None or station.served_by is not None:
                    continue
                machines = [m for n in step.stations for m in layout.stations[n].machines]
                ways = [w.carry[self.machines.index(m) * w.stations_n + s] for m in machines]
                if name not in step.stations and not any(ways) and door.when_full != "turn_away":
                    row.glides_to = s

    # --- stock -----------------------------------------------------------------------------------

    def _stocks(self) -> None:
        w, layout = self.w, self.layout
        self._fits("stocks and tools", len(self.stocks), kernel.STOCKS)
        for k, name in enumerate(self.stocks):
            row = w.stocks[k]
            row.key = name_key("stock", name)
            row.supplier = row.maker = row.capacity = -1
            if name in layout.tools and k >= len(layout.stocks):
                row.start = layout.tools[name].count + self.variant.more.get(name, 0)
                continue
            stock = layout.stocks[name]
            row.start = stock.start
            row.capacity = -1 if stock.capacity is None else stock.capacity
            row.loses = stock.short == "lose"
            refill = stock.refill
            if refill is None:
                continue
            row.at = refill.at
            row.lot = refill.lot or 0
            row.up_to = refill.up_to or 0
            if refill.takes is not None:
                row.supplier = self._time(refill.takes, f"stocks/{name}/refill/takes")
            if refill.makes is not None:
                row.maker = self.streams.index(f"refill:{name}")
        w.stocks_n = len(self.stocks)

    def _stock(self, name: str, where: str, tool: bool = False) -> int:
        names = self.stocks[len(self.layout.stocks) :] if tool else self.stocks
        return self._index(names, name, where) + (len(self.layout.stocks) if tool else 0)

    def _users(self) -> None:
        """Which stations look again when the level of a stock changes."""
        users: list[set[int]] = [set() for _ in self.stocks]
        for step in self.w.steps[: self.rows.get("steps", 0)]:
            options = range(int(step.first_option), int(step.first_option + step.options))
            stations = {int(self.w.options[k].station) for k in options}
            for first, count in ((step.first_need, step.needs), (step.first_take, step.takes)):
                for k in range(int(first), int(first + count)):
                    users[int(self.w.needs[k].stock)] |= stations
        for k, stations in enumerate(users):
            row = self.w.stocks[k]
            row.users = len(stations)
            row.first_user = self._row("users of stocks", len(stations), kernel.USERS)
            first = int(row.first_user)
            self.w.users[first : first + len(stations)] = sorted(stations)

    # --- products --------------------------------------------------------------------------------

    def _products(self) -> None:
        w = self.w
        self._fits("products", len(self.products), kernel.PRODUCTS)
        self.first_step: dict[str, int] = {}
        for p, name in enumerate(self.products):
            product = self.layout.products[name]
            where = f"products/{name}"
            row = w.products[p]
            first = self._row("steps", len(product.route), kernel.STEPS)
            self.first_step[name] = first
            row.first, row.steps = first, len(product.route)
            row.family = self.family_of[name]
            row.replace = product.when_scrapped == "replace"
            row.into = -1 if product.into is None else self._stock(product.into, f"{where}/into")
            row.priority, row.priority_code = self._number(
                product.priority, 0.0, f"{where}/priority"
            )
            row.weight, row.weight_code = self._number(product.weight, 1.0, f"{where}/weight")
            for k, attribute in enumerate(self.attributes):
                row.attribute[k] = product.attributes.get(attribute, 0.0)
            for k, step in enumerate(product.route):
                self._step(p, name, first, k, step)
            row.counted = self._branches(name, first, product.route)
            row.loops = self._loops(first, product.route)
            lines = w["steps"][first : first + len(product.route)]
            lines["loops"] = row.loops
            lines["special"] = (lines["loops"] > 0) | (lines["needs"] > 0) | (lines["takes"] > 0)
            if row.loops:  # visits are counted by step
                self._fits(f"steps of {name}", len(product.route), kernel.ROUTE)
        w.products_n = len(self.products)

    def _step(self, p: int, name: str, first: int, k: int, step: Step) -> None:
        w = self.w
        where = f"products/{name}/route/{step.step}"
        row = w.steps[first + k]
        row.product, row.local = p, k
        row.key = name_key("branch", name, step.step)
        row.delay = -1
        row.makes = step.makes
        row.spoils = -1.0 if step.waits_at_most is None else step.waits_at_most
        row.shortest = step.choose == "shortest_queue"
        if step.delay is not None:
            row.delay = self._time(step.delay, f"{where}/delay")
            row.delay_key = name_key("time", f"{where}/delay")
        row.first_need, row.needs = self._needs(step.needs.items(), f"{where}/needs")
        row.first_take, row.takes = self._needs(step.takes.items(), f"{where}/takes", tool=True)
        back = [(tool, 1) for tool in step.returns]
        row.first_return, row.returns = self._needs(back, f"{where}/returns", tool=True)
        row.first_option = self._row("options", len(step.stations), kernel.OPTIONS)
        row.options = len(step.stations)
        for i, station in enumerate(step.stations):
            option = int(row.first_option) + i
            s = self._index(self.stations, station, f"{where}/at")
            if row.needs or row.takes:
                w.stations[s].plain = 0
            if row.spoils >= 0 or w.stations[s].batch_wait >= 0:
                row.watched = 1
            self._option(option, first + k, s, where, step, None if i == 0 else station)

    def _needs(
        self, needs: Iterable[tuple[str, int]], where: str, tool: bool = False
    ) -> tuple[int, int]:
        rows = sorted((self._stock(name, where, tool), count) for name, count in needs)
        first = self._row("needs", len(rows), kernel.NEEDS)
        for k, (stock, count) in enumerate(rows):
            self.w.needs[first + k].stock, self.w.needs[first + k].pieces = stock, count
        return first, len(rows)

    def _option(
        self, number: int, step_row: int, s: int, where: str, step: Step, other: str | None
    ) -> None:
        w = self.w
        row = w.options[number]
        row.step, row.station = step_row, s
        own = step.or_at[other] if other is not None else None
        for i, kind in enumerate(PHASE_NAMES):
            phase, path = getattr(step, kind), f"{where}/{kind}"
            if own is not None and getattr(own, kind) is not None:
                phase, path = getattr(own, kind), f"{where}/or_at/{other}/{kind}"
            line = number * kernel.PHASES + kernel.SETUP_PHASE + i
            self._phase(line, phase, other or str(step.at), kind == "unload", path)
        phases = [w.phases[number * kernel.PHASES + k] for k in range(1, kernel.PHASES)]
        run = w.phases[number * kernel.PHASES + kernel.RUN]
        row.run_dist, row.run_key = run.dist, run.time_key
        alone = [bool(phase.present) for phase in phases] == [False, False, True, False]
        alone = alone and run.skill < 0 and run.chance >= 1.0 and run.transfer < 0
        row.simple = alone and step.makes == 1 and not w.stations[s].interruptible

    def _phase(self, number: int, phase: Phase | None, at: str, away: bool, where: str) -> None:
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
            row.transfer = self._transfers(number, phase, at, away, where)
            if phase.time is None:
                (self.fetching if away else self.bringing).append((number, at))
        elif phase.time is None:
            raise RunError(f"{where}: needs a time")
        if phase.time is not None:
            row.dist = self._time(phase.time, where)

    def _transfers(self, number: int, phase: Phase, at: str, away: bool, where: str) -> int:
        """A row of transfer times: what the arm needs at each machine of the station."""
        count = len(self.machines)
        first = self._row("transfers", 1, kernel.TRANSFERS // max(count, 1))
        for machine in self.layout.stations[at].machines:
            m = self.machines.index(machine)
            for (arm, origin, target), transfer in self.factory.transfers.items():
                own, other = (origin, target) if away else (target, origin)
                wanted = phase.to if away else phase.from_
                if arm == phase.by and other == wanted and own.split(".")[0] == machine:
                    self.w.transfer[first * count + m] = transfer.duration
                    if self.layout.arms[arm].times == "uncertain" and transfer.high:
                        between = (transfer.low, transfer.duration, transfer.high)
                        self.uncertain.append(Uncertain(first * count + m, name_key(arm), *between))
                    self.ports[number, m] = (origin, target)
            if (number, m) not in self.ports:
                raise RunError(f"{where}: the arm {phase.by!r} has no transfer at {machine!r}")
        return first

    def _exchanges(self) -> None:
        """What an arm needs to load a machine that it has just unloaded, if it does both in one
        visit: the whole exchange without what the unloading alone has taken. None where that is not
        quicker."""
        w, count = self.w, len(self.machines)
        for number, at in self.bringing:
            row = w.phases[number]
            row.first_exchange = self.rows.get("exchanges", 0)
            for other, there in self.fetching if self.factory.exchanges else ():
                rests = self._rests(number, other) if there == at else {}
                if not rests:
                    continue
                line = w.exchanges[self._row("exchanges", 1, kernel.EXCHANGES)]
                line.fetched = other
                line.transfer = self._row("transfers", 1, kernel.TRANSFERS // max(count, 1))
                row.exchanges += 1
                for m in range(count):
                    w.transfer[line.transfer * count + m] = -1.0
                for m, (arm, low, likely, high) in rests.items():
                    w.transfer[line.transfer * count + m] = likely
                    w.crews[self.crews.index(arm)].exchanges = 1
                    if self.layout.arms[arm].times == "uncertain":
                        index = int(line.transfer * count + m)
                        self.uncertain.append(Uncertain(index, name_key(arm), low, likely, high))

    def _rests(self, bringing: int, fetching: int) -> dict[int, tuple[str, float, float, float]]:
        """By machine: the arm, and the least, likeliest and most [s] that its exchange takes longer
        than its unloading."""
        found = {}
        for m in range(len(self.machines)):
            for (arm, origin, into, out, target), whole in self.factory.exchanges.items():
                ends = (origin, into), (out, target)
                if (self.ports.get((bringing, m)), self.ports.get((fetching, m))) != ends:
                    continue
                fetch = self.factory.transfers.get((arm, out, target))
                bring = self.factory.transfers.get((arm, origin, into))
                if fetch is None or bring is None:
                    continue
                likely = whole.duration - fetch.duration
                if 0.0 <= likely < bring.duration:
                    low = min(max(whole.low - fetch.low, 0.0), likely)
                    found[m] = arm, low, likely, max(whole.high - fetch.high, likely)
        return found

    def _branches(self, name: str, first: int, route: Sequence[Step]) -> int:
        """Where parts go after each step; how many branches count how often they are taken."""
        w = self.w
        steps = {step.step: first + k for k, step in enumerate(route)}
        targets = {**steps, "out": kernel.OUT, "scrap": kernel.SCRAP}
        counted = 0
        for k, step in enumerate(route):
            row = w.steps[first + k]
            row.next = first + k + 1 if k + 1 < len(route) else kernel.OUT
            row.branches = len(step.then)
            row.first_branch = self._row("branches", len(step.then), kernel.BRANCHES)
            for b, branch in enumerate(step.then):
                where = f"products/{name}/route/{step.step}/then/{b}"
                line = w.branches[int(row.first_branch) + b]
                line.target, line.share = targets[branch.to], branch.share
                line.code = -1
                if branch.when is not None:
                    line.code = self._formula(branch.when, f"{where}/when")
                line.at_most = -1 if branch.at_most is None else branch.at_most
                if branch.at_most is not None:
                    line.counter = counted
                    counted += 1
        self._fits(f"counted branches of {name}", counted, kernel.COUNTED)
        return counted

    def _loops(self, first: int, route: Sequence[Step]) -> bool:
        """Whether a part may come to a step more than once: rework, or an interruption."""
        steps = {step.step: k for k, step in enumerate(route)}
        back = any(steps.get(b.to, k + 1) <= k for k, step in enumerate(route) for b in step.then)
        stations = {name for step in route for name in step.stations}
        return back or any(self.layout.stations[name].interruptible for name in stations)

    # --- orders ----------------------------------------------------------------------------------

    def _streams(self) -> None:
        w, layout = self.w, self.layout
        for k, name in enumerate(self.streams):
            row = w.streams[k]
            row.key = name_key("orders", name)
            row.product = row.stock = row.every = row.profile = -1
            row.limit = row.cards = -1
            row.calendar = -1
            row.first, row.due_after = -1.0, math.nan
            row.quantity = row.pieces = 1
            row.priority_code = row.weight_code = -1
            row.attribute_said[: len(self.attributes)] = 0
            if name in layout.orders:
                self._stream(row, name, layout.orders[name])
            else:
                stock = name.removeprefix("refill:")
                row.product = self._index(self.products, str(self._maker(stock)), name)
                row.stock = self._stock(stock, name)
        for k, name in enumerate(self.streams):
            row = w.streams[k]
            if row.release != kernel.ALWAYS:
                continue
            for product in layout.orders[name].products:
                for first in layout.products[product].route[0].stations:
                    station = w.stations[self.stations.index(first)]
                    station.sources = k if station.sources < 0 else min(k, station.sources)
        w.streams_n = len(self.streams)
        largest = max((p.makes for q in layout.products.values() for p in q.route), default=1)
        most = sum(int(row.pieces) for row in w.streams[: len(self.streams)])
        lots = sum(int(max(row.lot, row.up_to)) for row in w.stocks[: len(self.stocks)])
        w.burst = 2 * (most + lots + largest * len(self.units) * 12) + 8

    def _stream(self, row: Any, name: str, orders: schema.Orders) -> None:
        w = self.w
        where = f"orders/{name}"
        row.release = RELEASES.index(orders.release)
        row.calendar = self._calendar(orders.calendar)
        row.quantity, row.pieces = orders.quantity, orders.pieces
        row.first = -1.0 if orders.first is None else orders.first
        if orders.every is not None:
            row.every = self._time(orders.every, f"{where}/every")
        elif orders.release == "dated":
            row.limit = 1
            row.first = orders.first or 0.0
        if orders.count is not None:
            row.limit = orders.count
        row.due_after = math.nan if orders.due is None else orders.due
        row.cards = -1 if orders.cards is None else orders.cards
        row.own_priority = orders.priority is not None
        row.priority, row.priority_code = self._number(orders.priority, 0.0, f"{where}/priority")
        row.own_weight = orders.weight is not None
        row.weight, row.weight_code = self._number(orders.weight, 1.0, f"{where}/weight")
        for k, attribute in enumerate(self.attributes):
            value = orders.attributes.get(attribute)
            row.attribute_dist[k] = -1
            row.attribute_key[k] = name_key("attribute", attribute)
            if isinstance(value, int | float):
                row.attribute_said[k], row.attribute[k] = 1, value
            elif value is not None:
                row.attribute_said[k] = 2
                row.attribute_dist[k] = self._time(value, f"{where}/attributes/{attribute}")
        wants: list[tuple[str, int, float]] = []
        if orders.product is not None:
            row.want = kernel.ONE
            row.product = self._index(self.products, orders.product, f"{where}/product")
        elif orders.from_stock is not None:
            row.want = kernel.FROM_STOCK
            row.stock = self._stock(orders.from_stock, f"{where}/from_stock")
        elif orders.mix:
            row.want = kernel.MIX
            shares = np.cumsum(list(orders.mix.values()))
            wants = [(p, 1, float(c)) for p, c in zip(orders.mix, shares, strict=True)]
        elif orders.sequence:
            row.want = kernel.SEQUENCE
            wants = [(p, 1, 0.0) for p in orders.sequence]
        else:
            row.want = kernel.LINES
            wants = [(p, n, 0.0) for p, n in orders.lines.items()]
        row.wants = len(wants)
        row.first_want = self._row("wants", len(wants), kernel.WANTS)
        for k, (product, pieces, share) in enumerate(wants):
            line = w.wants[int(row.first_want) + k]
            line.product = self._index(self.products, product, where)
            line.pieces, line.share = pieces, share
        if orders.profile is not None:
            rates = orders.profile.rates
            row.rates, row.rate_cycle = len(rates), orders.profile.cycle
            row.profile = self._row("rates", len(rates), kernel.VALUES)
            for k, (begin, rate) in enumerate(rates):
                w.rate_from[int(row.profile) + k] = begin
                w.rate_value[int(row.profile) + k] = rate

    # --- vehicles --------------------------------------------------------------------------------

    def _fleets(self) -> None:
        w, transport = self.w, self.layout.transport
        vehicles: list[str] = []
        for f, (name, fleet) in enumerate(sorted(transport.fleets.items())):
            where = f"transport/fleets/{name}"
            row = w.fleets[f]
            row.first, row.count = len(vehicles), len(fleet.vehicles)
            vehicles += fleet.vehicles
            row.nearest = fleet.rule == "nearest"
            row.load = -1 if fleet.load is None else self._time(fleet.load, f"{where}/load")
            row.unload = -1 if fleet.unload is None else self._time(fleet.unload, f"{where}/unload")
            row.one_by_one = fleet.one_by_one
            row.stops = len(fleet.cycle)
            row.first_stop = self._row("stops", len(fleet.cycle), kernel.STOPS_OF_CYCLES)
            for k, text in enumerate(fleet.cycle):
                ends = [end.strip() for end in text.split(">")]
                if len(ends) != 2:
                    raise RunError(f"{where}/cycle/{k}: {text!r} is no 'station > station'")
                stop = w.stops[int(row.first_stop) + k]
                stop.origin = self._index(self.stations, ends[0], f"{where}/cycle/{k}")
                stop.target = self._index(self.stations, ends[1], f"{where}/cycle/{k}")
        self.vehicles = tuple(vehicles)
        self._fits("fleets", len(transport.fleets), kernel.FLEETS)
        self._fits("vehicles", len(vehicles), kernel.VEHICLES)
        w.fleets_n, w.vehicles_n = len(transport.fleets), len(vehicles)
        w.cycles_n = sum(1 for fleet in transport.fleets.values() if fleet.cycle)
        if not transport.fleets:
            return
        names = sorted(transport.fleets)
        for s, name in enumerate(self.stations):
            served_by = self.layout.stations[name].served_by
            if served_by is not None:
                w.stations[s].fleet = self._index(names, served_by, f"stations/{name}/served_by")
        self.spots = (*self.machines, *sorted(transport.nodes))
        w.spots_n = len(self.spots)
        self._fits("ways of fleets", len(names) * len(self.spots) ** 2, kernel.PACES)
        for f, name in enumerate(names):
            for v in transport.fleets[name].vehicles:
                row = w.vehicles[vehicles.index(v)]
                vehicle = transport.vehicles[v]
                row.fleet, row.name_key = f, name_key("vehicle", v)
                row.home = self._index(self.spots, vehicle.home, f"transport/vehicles/{v}/home")

    def _drives(self, known: paths.Distances) -> None:
        """Times [s] of each fleet from spot to spot, and the roads on the way."""
        w, transport, spots = self.w, self.layout.transport, self.spots
        count = len(spots)
        metres = np.array([[known.between(a, b) for b in spots] for a in spots])
        station_of = {
            name: station
            for station in self.stations
            for name in self.layout.stations[station].machines
        }
        for f, (_, fleet) in enumerate(sorted(transport.fleets.items())):
            speed = fleet.speed or transport.speed
            times = metres / speed if speed else np.zeros((count, count))
            for i, a in enumerate(self.machines):
                for j, b in enumerate(self.machines):
                    said = fleet.travel.get(station_of[a], {}).get(station_of[b])
                    if said is not None:
                        times[i, j] = said
            w.drive[f * count * count : (f + 1) * count * count] = times.ravel()
        if any(fleet.one_by_one for fleet in transport.fleets.values()):
            self._roads(known)

    def _drive_speeds(self) -> list[float]:
        transport = self.layout.transport
        speeds = {
            vehicle: fleet.speed or transport.speed or 0.0
            for fleet in transport.fleets.values()
            for vehicle in fleet.vehicles
        }
        return [speeds[vehicle] for vehicle in self.vehicles]

    def _roads(self, known: paths.Distances) -> None:
        """Which road comes next on the way from a spot to another, where they are shared."""
        w, transport, spots = self.w, self.layout.transport, self.spots
        self._fits("roads", len(transport.roads), kernel.ROADS)
        w.roads_n = len(transport.roads)
        steps: dict[tuple[int, int], tuple[float, int]] = {}
        for r, road in enumerate(transport.roads):
            a, b = (self._index(spots, end, f"transport/roads/{r}/ends") for end in road.ends)
            length = known.between(*road.ends) if road.length is None else road.length
            for pair in ((a, b), (b, a)):
                steps[pair] = min(steps.get(pair, (math.inf, r)), (length, r))
            for f, (_, fleet) in enumerate(sorted(transport.fleets.items())):
                speed = fleet.speed or transport.speed
                w.road_time[f * len(transport.roads) + r] = length / speed if speed else 0.0
        count = len(spots)
        for target in range(count):
            far = np.full(count, math.inf)
            far[target] = 0.0
            for _ in range(count):  # Bellman and Ford: short roads, few spots
                for (a, b), (length, r) in sorted(steps.items()):
                    if far[b] + length < far[a]:
                        far[a] = far[b] + length
                        w.hop[a * count + target], w.hop_road[a * count + target] = b, r

    # --- what is there at time 0 -----------------------------------------------------------------

    def _present(self) -> None:
        for k, present in enumerate(self.layout.present):
            where = f"present/{k}"
            number = self._row("present", 1, kernel.PRESENTS)
            row = self.w.present[number]
            row.stream = self._index(self.streams, present.orders, f"{where}/orders")
            products = self.layout.orders[present.orders].products
            product = present.product or (products[0] if products else "")
            row.product = self._index(self.products, product, f"{where}/product")
            names = [step.step for step in self.layout.products[product].route]
            row.step = self.first_step[product] + self._index(names, present.step, f"{where}/step")
            row.pieces = present.count
            row.elapsed = -1.0 if present.elapsed is None else present.elapsed
        self.w.present_n = len(self.layout.present)

    def _found(self, standing: Standing) -> None:
        """The plant as it stands at the beginning."""
        standing.refuse_impossible()
        w = self.w
        w.found, w.begin = 1, standing.time
        w.found_orders_n = len(standing.orders)
        self._fits("open orders", len(standing.orders), kernel.PRESENTS)
        number = {order.name: k for k, order in enumerate(standing.orders)}
        released = Counter(part.order for part in standing.parts)
        for k, order in enumerate(standing.orders):
            where = f"order {order.name!r}"
            row = w.found_orders[k]
            row.stream = self._index(self.streams, order.stream, where)
            row.product = self._index(self.products, order.product, where)
            row.line, row.open = order.line, order.pieces - order.finished
            # A piece that replaces a scrapped one counts on.
            row.pieces = order.pieces - row.open
            row.to_make = row.open - released[order.name]
            row.release, row.start, row.due = order.release, order.start, order.due
        self._found_parts(standing, number)
        for u, name in enumerate(self.units):
            self._found_unit(w.found_units[u], self.unit_rows[u][0], standing.units.get(name))
        for k, name in enumerate(self.streams):
            row, stream = w.found_streams[k], standing.streams.get(name, StandingStream())
            row.number, row.elapsed, row.over = stream.number, stream.elapsed, stream.over
        for k, name in enumerate(self.people):
            place = standing.people.get(name)
            w.found_people[k] = self.machines.index(place) if place in self.machines else -1
        for v, name in enumerate(self.vehicles):
            row, vehicle = w.found_vehicles[v], standing.vehicles.get(name)
            row.place = w.vehicles[v].home
            if vehicle is not None and vehicle.place in self.spots:
                row.place, row.elapsed = self.spots.index(vehicle.place), vehicle.elapsed
        for k, name in enumerate(self.stocks):
            if name in standing.stocks:
                w.stocks[k].start = standing.stocks[name]

    def _found_parts(self, standing: Standing, number: Mapping[str, int]) -> None:
        """Those of one load one after the other, all else by when it came to where it is."""
        w = self.w
        loads: dict[str, list[StandingPart]] = {}
        for part in standing.parts:
            if part.place is Place.ON_MACHINE:
                loads.setdefault(part.unit, []).append(part)
        waiting = [part for part in standing.parts if part.place is not Place.ON_MACHINE]
        groups = [*loads.values(), *([part] for part in waiting)]
        groups.sort(key=lambda group: group[0].since)
        row_of = self._row("present", len(standing.parts), kernel.PRESENTS)
        w.present_n = len(standing.parts)
        for group in groups:
            for k, part in enumerate(group):
                self._found_part(w.present[row_of], part, number, 0 if k else len(group))
                row_of += 1

    def _found_part(
        self, row: Any, part: StandingPart, number: Mapping[str, int], load: int
    ) -> None:
        w, where = self.w, f"part {part.name!r}"
        row.order, row.load = number[part.order], load
        row.product = self._index(self.products, part.product, where)
        route = [step.step for step in self.layout.products[part.product].route]
        row.step = self.first_step[part.product] + self._index(route, part.step, where)
        step = w.steps[int(row.step)]
        first = int(step.first_option)
        stations = [int(w.options[first + k].station) for k in range(int(step.options))]
        row.option = first if len(stations) == 1 else -1
        row.unit = row.vehicle = -1
        row.where = _WHERE[part.place]
        station = part.station
        if part.place is Place.ON_MACHINE:
            row.unit = self._index(self.units, part.unit, where)
            station = self.stations[self.unit_rows[int(row.unit)][0]]
        elif part.place is Place.ABOARD:
            row.vehicle = self._index(self.vehicles, part.vehicle, where)
        if station and stations:
            s = self._index(self.stations, station, where)
            if s not in stations:
                raise RunError(
                    f"{where}: stands at {part.unit or station}, where its step {part.step!r} of "
                    f"{part.product} is not done; that is done at "
                    f"{', '.join(self.stations[k] for k in stations)}"
                )
            row.option = first + stations.index(s)
        row.since, row.born, row.fresh = part.since, part.born, part.fresh
        row.done, row.set_up, row.worked = part.done, part.set_up, part.worked
        row.machine = self.machines.index(part.machine) if part.machine in self.machines else -1

    def _found_unit(self, row: Any, s: int, unit: StandingUnit | None) -> None:
        unit = unit or StandingUnit()
        row.family = self.family_of.get(unit.product, -1)
        row.emptied = unit.emptied
        for k, name in enumerate(sorted(self.layout.stations[self.stations[s]].disturbances)):
            row.down[k] = name in unit.down
            row.lasts[k] = unit.down.get(name, unit.up.get(name, 0.0))


_WHERE = {
    Place.OUTSIDE: kernel.OUTSIDE,
    Place.WAITING: kernel.QUEUED,
    Place.UNDER_WAY: kernel.UNDER_WAY,
    Place.ON_MACHINE: kernel.ON_UNIT,
    Place.ABOARD: kernel.ABOARD,
}


def new_world(parts: int | None = None) -> Any:
    """An empty record, with room for `parts` parts in the plant at once.

    It is mapped in small pages, of which only those that are touched cost memory: numpy itself asks
    for large ones, and a plant with a few rows in each table would take fifty times as much.
    """
    kind = kernel.world_type() if parts is None else kernel.world_type(parts)
    memory = mmap.mmap(-1, kind.itemsize)
    world = np.frombuffer(memory, kind).view(np.recarray)[0]
    edge = [7.69711747013104972]
    area = 0.0039496598225815571993
    while len(edge) < 255:
        edge.append(-math.log(area / edge[-1] + math.exp(-edge[-1])))
    world.edge[:] = [area * math.exp(edge[0]), *edge, 0.0]
    world.height[:] = np.exp(-world.edge)
    return world


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
