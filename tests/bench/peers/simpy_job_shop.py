"""The job shop in SimPy: a process a part, idle machines in Stores, the crew a Resource."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

import simpy

from tests.bench.peers import shop

Steps = Generator[simpy.Event, Any, None]


@dataclass
class Machine:
    """One machine: what it was last set up for, and its working time to the next failure."""

    last: str | None
    to_failure: float  # [min]


class Station:
    """Machines of one kind; waiting for one of them is the queue."""

    def __init__(self, env: simpy.Environment, chance: random.Random, kind: shop.Station) -> None:
        self.env = env
        self.chance = chance
        self.machines = kind.machines
        self.log_mean = shop.log_mean(kind.run)
        self.failures = 1 / (shop.UP * kind.run)
        self.repairs = 1 / (shop.DOWN * kind.run)
        self.idle = simpy.PriorityStore(env)
        for k in range(kind.machines):
            self.idle.put((k, Machine(None, chance.expovariate(self.failures))))

    def work(self, machine: Machine, left: float) -> Steps:
        """Work of a duration [min], and the repairs that interrupt it."""
        while machine.to_failure < left:
            left -= machine.to_failure
            yield self.env.timeout(machine.to_failure)
            yield self.env.timeout(self.chance.expovariate(self.repairs))
            machine.to_failure = self.chance.expovariate(self.failures)
        machine.to_failure -= left
        yield self.env.timeout(left)


@dataclass
class Tally:
    """What happened in a run; times in minutes."""

    ordered: int = 0
    finished: int = 0
    setups: int = 0
    run: Counter[str] = field(default_factory=Counter)  # begun runs, by station
    held: Counter[str] = field(default_factory=Counter)  # from a person's coming to going
    queueing: int = 0  # parts at the end
    at_machines: int = 0  # parts at the end


class Shop:
    """One run of the shop."""

    def __init__(self, seed: int) -> None:
        self.env = simpy.Environment()
        self.chance = random.Random(seed)
        self.tally = Tally()
        self.crew = simpy.Resource(self.env, shop.PEOPLE)
        self.stations = {
            name: Station(self.env, self.chance, kind) for name, kind in shop.STATIONS.items()
        }
        for name in shop.PRODUCTS:
            self.env.process(self.orders(name))

    def orders(self, product: str) -> Steps:
        """Order after order of a product."""
        every = shop.PRODUCTS[product].every
        while True:
            yield self.env.timeout(self.chance.expovariate(1 / every))
            self.tally.ordered += 1
            self.env.process(self.part(product))

    def part(self, product: str) -> Steps:
        """A part's way along its route."""
        tally = self.tally
        for name in shop.PRODUCTS[product].route:
            station = self.stations[name]
            number, machine = yield station.idle.get()
            with self.crew.request() as person:
                yield person
                begin = self.env.now
                run = self.chance.lognormvariate(station.log_mean, shop.SIGMA)
                tally.run[name] += run
                setup = 0.0
                if machine.last not in (None, product):
                    tally.setups += 1
                    setup = shop.SET_UP
                machine.last = product
                yield from station.work(machine, setup + run)
                tally.held[name] += self.env.now - begin
            station.idle.put((number, machine))
        tally.finished += 1


def simulate(seed: int, until: float) -> Tally:
    """What happens from an empty shop until a time [min]."""
    made = Shop(seed)
    made.env.run(until)
    for station in made.stations.values():
        made.tally.queueing += len(station.idle.get_queue)
        made.tally.at_machines += station.machines - len(station.idle.items)
    return made.tally


def run(seed: int, until: float) -> int:
    """Parts finished from an empty shop until a time [min]."""
    return simulate(seed, until).finished
