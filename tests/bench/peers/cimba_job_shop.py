"""The job shop in cimba: a process a machine, a Store a queue, the crew a Resource.

A part is a number, its place in all routes written one after the other: that spares the engine a
process a part. Machines wait for parts by their priority, so the first idle one gets the part.
"""

from __future__ import annotations

import functools
from typing import Any

import cimba
import numpy as np

from tests.bench.peers import shop

NAMES = list(shop.STATIONS)
ROUTES = [product.route for product in shop.PRODUCTS.values()]
OUT = -1  # after the last step of a route
STATION = np.array([k for route in ROUTES for k in (*map(NAMES.index, route), OUT)])
PRODUCT = np.array([k for k, route in enumerate(ROUTES) for _ in range(len(route) + 1)])
SET_UP, SIGMA = shop.SET_UP, shop.SIGMA


class Station(cimba.Model):
    """The queue of machines of one kind, and their figures [min]."""

    queue: cimba.Store[int]
    log_mean: cimba.Param[float]
    up: cimba.Param[float]
    down: cimba.Param[float]
    run: float = 0.0  # begun runs

    def __init__(self, kind: shop.Station) -> None:
        self.log_mean = shop.log_mean(kind.run)
        self.up = shop.UP * kind.run
        self.down = shop.DOWN * kind.run


class Orders(cimba.Model):
    """The orders of a product; `first` is the place of the first step of its route."""

    shop: cimba.Ref[Shop]
    first: cimba.Param[int]
    every: cimba.Param[float]
    ordered: int = 0

    def __init__(self, shop: Any, first: int, every: float) -> None:
        self.shop = shop
        self.first = first
        self.every = every

    @cimba.process
    def orders(self) -> None:
        """Order after order."""
        while True:
            cimba.hold(cimba.random.exponential(self.every))
            self.ordered += 1
            self.shop.stations[STATION[self.first]].queue.put(self.first)


class Machine(cimba.Model):
    """A machine; of idle ones, the first by `number` takes the part."""

    shop: cimba.Ref[Shop]
    station: cimba.Ref[Station]
    number: cimba.Param[int]
    finished: int = 0
    setups: int = 0

    def __init__(self, shop: Any, station: Any, number: int) -> None:
        self.shop = shop
        self.station = station
        self.number = number

    @cimba.process
    def work(self) -> None:
        """Part after part."""
        cimba.this_process().priority_set(-self.number)
        station = self.station
        shop = self.shop
        to_failure = cimba.random.exponential(station.up)
        last = -1
        while True:
            part = station.queue.get()
            product = PRODUCT[part]
            left = cimba.random.lognormal(station.log_mean, SIGMA)
            station.run += left
            if last not in (-1, product):
                left += SET_UP
                self.setups += 1
            last = product
            shop.crew.acquire(1, 0)
            while to_failure < left:
                left -= to_failure
                cimba.hold(to_failure)
                cimba.hold(cimba.random.exponential(station.down))
                to_failure = cimba.random.exponential(station.up)
            to_failure -= left
            cimba.hold(left)
            shop.crew.release()
            if STATION[part + 1] == OUT:
                self.finished += 1
            else:
                shop.stations[STATION[part + 1]].queue.put(part + 1)


class Shop(cimba.Model):
    """The whole shop."""

    crew: cimba.Resource = cimba.Resource(capacity=shop.PEOPLE)
    stations: list[Station]
    products: list[Orders]
    machines: list[Machine]
    ordered: cimba.Output[int]
    finished: cimba.Output[int]
    setups: cimba.Output[int]
    busy: cimba.Output[float]

    def __init__(self) -> None:
        self.stations = [Station(kind) for kind in shop.STATIONS.values()]
        firsts = [int(np.flatnonzero(k == PRODUCT)[0]) for k in range(len(ROUTES))]
        self.products = [
            Orders(self, first, product.every)
            for first, product in zip(firsts, shop.PRODUCTS.values(), strict=True)
        ]
        self.machines = [
            Machine(self, station, number)
            for station, kind in zip(self.stations, shop.STATIONS.values(), strict=True)
            for number in range(kind.machines)
        ]

    @cimba.on_end
    def count(self) -> None:
        """Add up what the machines and streams have counted."""
        for k in range(len(self.products)):
            self.ordered += self.products[k].ordered
        for k in range(len(self.machines)):
            self.finished += self.machines[k].finished
            self.setups += self.machines[k].setups
        self.busy = self.crew.mean_in_use()


def simulate(seed: int, until: float, replications: int = 1) -> Any:
    """The outputs of `Shop`, from empty shops until a time [min], on one core."""
    made = Shop()
    experiment = cimba.Experiment(
        made, replications=replications, window=cimba.Window(duration=until), seed=seed
    )
    return experiment.run(workers=1, on_failure="raise")[made]


@functools.cache
def prepare() -> None:
    """Compile the shop, once a process; the first call of `run` would do it otherwise."""
    run(0, 1.0)


def run(seed: int, until: float, replications: int = 1) -> int:
    """Parts finished from empty shops until a time [min]: the sum over all replications."""
    return int(simulate(seed, until, replications).finished.values.sum())
