"""The kernel's own draws, for the oracle: the only thing that the two share."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.against.chance import PHASES, Operation, PartKey
from tests.against.oracle import Distance
from twin.cells.factory import Factory
from twin.layout.paths import distances
from twin.production import kernel
from twin.production.plan import PHASE_NAMES, merged, name_key, plan

_BITS = (1 << 64) - 1
REFILLS = "stocks/"  # what the oracle calls the stream of a stock's own orders begins like this


class KernelChance:
    """`tests.against.chance.Chance` for a factory, by the kernel's hash and distributions."""

    def __init__(self, factory: Factory, seed: int, replication: int = 0) -> None:
        assert PHASES == PHASE_NAMES
        self.layout = factory.layout
        self.tables = plan(factory)
        self.w = self.tables.world
        with np.errstate(over="ignore"):
            stirred = int(kernel.mix(np.uint64((seed + int(kernel._GOLDEN)) & _BITS)))
            self.seed = np.uint64(kernel.mix(np.uint64((stirred + replication) & _BITS)))

    # --- keys ------------------------------------------------------------------------------------

    def _of(self, who: int, what: Any, count: int) -> np.uint64:
        with np.errstate(over="ignore"):
            key = kernel.key_of(self.seed, np.uint64(who), np.uint64(int(what) & _BITS), count)
            return np.uint64(key)

    def _stream(self, stream: str) -> int:
        if stream.startswith(REFILLS):
            stream = f"refill:{stream.removeprefix(REFILLS)}"
        return name_key("orders", stream)

    def _part(self, part: PartKey, what: int, visit: int) -> np.uint64:
        order = self._of(self._stream(part.stream), kernel.KEY_ORDER, part.order)
        with np.errstate(over="ignore"):
            piece = np.uint64(kernel.piece_key(order, part.piece))
            return np.uint64(kernel.part_key(piece, np.uint64(what), visit))

    def _uniform(self, key: np.uint64) -> float:
        with np.errstate(over="ignore"):
            return float(kernel.uniform(key, 0))

    def _draw(self, row: int, key: np.uint64) -> float:
        """A value of a distribution; of a formula only the factor beside it."""
        if self.w.dists[row].kind == kernel.D_FORMULA:
            row = int(self.w.dists[row].first)
            if row < 0:
                return 1.0
        with np.errstate(over="ignore"):
            return float(kernel.draw(self.w, int(row), key, -1))

    # --- parts -----------------------------------------------------------------------------------

    def _step(self, at: Operation) -> tuple[Any, str]:
        """The row of a step, and the path of it in a layout."""
        product = self.w.products[self.tables.products.index(at.product)]
        name = self.layout.products[at.product].route[at.step].step
        return self.w.steps[int(product.first) + at.step], f"products/{at.product}/route/{name}"

    def _phase(self, at: Operation, phase: int) -> tuple[Any, str]:
        step, path = self._step(at)
        option = int(step.first_option)
        if at.station:
            stations = self.layout.products[at.product].route[at.step].stations
            option += stations.index(at.station)
            path = f"{path}/or_at/{at.station}"
        row = self.w.phases[option * kernel.PHASES + kernel.SETUP_PHASE + phase]
        return row, f"{path}/{PHASES[phase]}"

    def phase_time(self, part: PartKey, at: Operation, phase: int, visit: int) -> float:
        row, path = self._phase(at, phase)
        return self._draw(int(row.dist), self._part(part, name_key("time", path), visit))

    def phase_happens(self, part: PartKey, at: Operation, phase: int, visit: int) -> bool:
        row, path = self._phase(at, phase)
        key = self._part(part, name_key("chance", path), visit)
        return self._uniform(key) < float(row.chance)

    def branch(self, part: PartKey, at: Operation, visit: int) -> float:
        name = self.layout.products[at.product].route[at.step].step
        return self._uniform(self._part(part, name_key("branch", at.product, name), visit))

    def delay(self, part: PartKey, at: Operation, visit: int) -> float:
        row, path = self._step(at)
        key = self._part(part, name_key("time", f"{path}/delay"), visit)
        return self._draw(int(row.delay), key)

    def travel(self, part: PartKey, station: str, visit: int) -> float:
        row = self.w.stations[self.tables.stations.index(station)]
        return self._draw(int(row.travel), self._part(part, name_key("travel", station), visit))

    # --- units -----------------------------------------------------------------------------------

    def _station(self, unit: str) -> tuple[Any, str]:
        s = int(self.tables.station_of[self.tables.units.index(unit)])
        return self.w.stations[s], self.tables.stations[s]

    def changeover(self, unit: str, what: str, count: int) -> float:
        station, _ = self._station(unit)
        purpose = {"on_change": kernel.KEY_CHANGEOVER, "after_idle": kernel.KEY_AFTER_IDLE}[what]
        key = self._of(name_key("unit", unit), purpose, count)
        return self._draw(int(station[what]), key)

    def _disturbed(self, unit: str, disturbance: str, lasts: bool, count: int) -> float:
        station, name = self._station(unit)
        k = sorted(self.layout.stations[name].disturbances).index(disturbance)
        what = name_key("disturbance", disturbance) + int(lasts)
        row = station.d_lasts[k] if lasts else station.d_every[k]
        return self._draw(int(row), self._of(name_key("unit", unit), what, count))

    def every(self, unit: str, disturbance: str, count: int) -> float:
        return self._disturbed(unit, disturbance, False, count)

    def lasts(self, unit: str, disturbance: str, count: int) -> float:
        return self._disturbed(unit, disturbance, True, count)

    # --- streams, people, stocks -----------------------------------------------------------------

    def interarrival(self, stream: str, count: int) -> float:
        row = self.w.streams[self.tables.streams.index(stream)]
        return self._draw(int(row.every), self._of(self._stream(stream), kernel.KEY_EVERY, count))

    def mix(self, stream: str, count: int) -> float:
        return self._uniform(self._of(self._stream(stream), kernel.KEY_WANT, count))

    def attribute(self, stream: str, name: str, count: int) -> float:
        row = self.w.streams[self.tables.streams.index(stream)]
        what = name_key("attribute", name)
        names = {a for p in self.layout.products.values() for a in p.attributes}
        names |= {a for o in self.layout.orders.values() for a in o.attributes}
        dist = int(row.attribute_dist[sorted(names).index(name)])
        return self._draw(dist, self._of(self._stream(stream), what, count))

    def absence(self, person: str, opening: int) -> float:
        crew = self.layout.crews[person.rpartition("#")[0]]
        name = crew.calendar or self.layout.calendar
        if name:
            calendar = self.layout.calendars[name]
            openings = merged(calendar)
            if openings and openings[-1][1] > calendar.cycle:
                opening -= 1  # the kernel counts what goes on from the cycle before as -1
        key = self._of(name_key("person", person), kernel.KEY_ABSENCE, opening + 1)
        return self._uniform(key)

    def delivery(self, stock: str, count: int) -> float:
        row = self.w.stocks[self.tables.stocks.index(stock)]
        key = self._of(name_key("stock", stock), kernel.KEY_DELIVERY, count)
        return self._draw(int(row.supplier), key)


def distance(factory: Factory) -> Distance:
    """The ways [m] that the kernel's plan uses, from a machine or somebody's home to a machine."""
    ways = distances(factory.layout)
    homes = {crew.home: f"home:{name}" for name, crew in factory.layout.crews.items()}

    def between(origin: str | tuple[float, float], target: str) -> float:
        place = origin if isinstance(origin, str) else homes[origin]
        return ways.between(place, target)

    return between
