"""The kernel's own draws, for the oracle: the only thing that the two share."""

from __future__ import annotations

import numpy as np

from tests.against.chance import PHASES, Operation, PartKey
from tests.against.oracle import Distance
from twin.cells.factory import Factory
from twin.layout.paths import distances
from twin.production import kernel
from twin.production.plan import PHASE_NAMES, name_key, plan

_BITS = (1 << 64) - 1


class KernelChance:
    """`tests.against.chance.Chance` for a factory, by the kernel's hash and distributions."""

    def __init__(self, factory: Factory, seed: int, replication: int = 0) -> None:
        assert PHASES == PHASE_NAMES
        self.layout = factory.layout
        self.tables = plan(factory)
        self.w = self.tables.world
        stirred = int(kernel.mix(np.uint64((seed + int(kernel._GOLDEN)) & _BITS)))
        self.seed = np.uint64(kernel.mix(np.uint64((stirred + replication) & _BITS)))
        self.first_step = {
            name: int(self.w.products[k].first) for k, name in enumerate(self.layout.products)
        }

    def _part(self, part: PartKey) -> np.uint64:
        stream = np.uint64(name_key("orders", part.stream))
        return np.uint64(kernel.key_of(np.uint64(0), stream, np.uint64(part.piece), part.order))

    def _key(self, part: PartKey, what: int, visit: int) -> np.uint64:
        return np.uint64(kernel.key_of(self.seed, self._part(part), np.uint64(what), visit))

    def _where(self, at: Operation, phase: int) -> tuple[str, int]:
        assert not at.station, "alternatives: once the kernel has them"
        name = self.layout.products[at.product].route[at.step].step
        row = (self.first_step[at.product] + at.step) * kernel.PHASES + phase
        return f"products/{at.product}/route/{name}/{PHASES[phase]}", row

    def phase_time(self, part: PartKey, at: Operation, phase: int, visit: int) -> float:
        where, row = self._where(at, phase)
        key = self._key(part, name_key("time", where), visit)
        return float(kernel.draw(self.w, int(self.w.phases[row].dist), key))

    def phase_happens(self, part: PartKey, at: Operation, phase: int, visit: int) -> bool:
        where, row = self._where(at, phase)
        key = self._key(part, name_key("chance", where), visit)
        return bool(kernel.uniform(key, 0) < self.w.phases[row].chance)

    def branch(self, part: PartKey, at: Operation, visit: int) -> float:
        name = self.layout.products[at.product].route[at.step].step
        what = name_key("branch", at.product, name)
        return float(kernel.uniform(self._key(part, what, visit), 0))

    def delay(self, part: PartKey, at: Operation, visit: int) -> float:
        raise NotImplementedError("once the kernel has it")

    def travel(self, part: PartKey, station: str, visit: int) -> float:
        raise NotImplementedError("once the kernel has it")

    def changeover(self, unit: str, what: str, count: int) -> float:
        raise NotImplementedError("once the kernel has it")

    def mix(self, stream: str, count: int) -> float:
        raise NotImplementedError("once the kernel has it")

    def attribute(self, stream: str, name: str, count: int) -> float:
        raise NotImplementedError("once the kernel has it")

    def absence(self, person: str, opening: int) -> float:
        raise NotImplementedError("once the kernel has it")

    def delivery(self, stock: str, count: int) -> float:
        raise NotImplementedError("once the kernel has it")

    def _disturbed(self, unit: str, disturbance: str, lasts: bool, count: int) -> float:
        station = self.w.stations[int(self.tables.station_of[self.tables.units.index(unit)])]
        name = self.tables.stations[int(self.tables.station_of[self.tables.units.index(unit)])]
        k = list(self.layout.stations[name].disturbances).index(disturbance)
        what = np.uint64((name_key("disturbance", disturbance) + int(lasts)) & _BITS)
        key = kernel.key_of(self.seed, np.uint64(name_key("unit", unit)), what, count)
        row = station.d_lasts[k] if lasts else station.d_every[k]
        return float(kernel.draw(self.w, int(row), np.uint64(key)))

    def every(self, unit: str, disturbance: str, count: int) -> float:
        return self._disturbed(unit, disturbance, False, count)

    def lasts(self, unit: str, disturbance: str, count: int) -> float:
        return self._disturbed(unit, disturbance, True, count)

    def interarrival(self, stream: str, count: int) -> float:
        row = self.w.streams[list(self.layout.orders).index(stream)]
        key = kernel.key_of(self.seed, np.uint64(name_key("orders", stream)), np.uint64(0), count)
        return float(kernel.draw(self.w, int(row.every), np.uint64(key)))


def distance(factory: Factory) -> Distance:
    """The ways [m] that the kernel's plan uses, from a machine or somebody's home to a machine."""
    ways = distances(factory.layout)
    homes = {crew.home: f"home:{name}" for name, crew in factory.layout.crews.items()}

    def between(origin: str | tuple[float, float], target: str) -> float:
        place = origin if isinstance(origin, str) else homes[origin]
        return ways.between(place, target)

    return between
