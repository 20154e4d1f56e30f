"""The re-entrant job shop that every peer models: plain data, times in minutes.

* An order is one part of a product, and orders of each product arrive as a Poisson stream.
* A part visits the stations of its route in turn, in no time. Where no machine is idle it queues,
  first come first served and without limit; where several are, it takes the first of them.
* A machine that takes another product than its last one is set up for it; before its very first
  part it is not. Then it runs, for a lognormal time.
* Somebody of the crew attends throughout set-up and run, repairs within them included. The machine
  with its part waits for him or her; whoever is free goes where the wait has been longest.
* A machine fails by its work, set-up or run, and resumes after a repair that needs nobody.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Station:
    """Identical machines before which parts share a queue."""

    run: float  # mean run of a part [min]
    machines: int = 2


@dataclass(frozen=True)
class Product:
    """What is ordered, and the stations it visits."""

    every: float  # mean time between orders [min], exponential
    route: tuple[str, ...]


STATIONS = {
    "saw": Station(3.0),
    "turn": Station(5.0),
    "mill": Station(9.2),
    "drill": Station(6.0),
    "grind": Station(6.0),
    "harden": Station(6.0),
    "wash": Station(2.5),
    "inspect": Station(3.5),
}

PRODUCTS = {
    "shaft": Product(
        30.0, ("saw", "turn", "mill", "wash", "harden", "grind", "turn", "wash", "inspect")
    ),
    "gear": Product(
        40.0,
        ("saw", "turn", "drill", "mill", "wash", "harden", "mill", "grind", "wash", "inspect"),
    ),
    "bracket": Product(60.0, ("saw", "mill", "drill", "wash", "mill", "drill", "wash", "inspect")),
    "housing": Product(
        120.0,
        (
            *("saw", "mill", "drill", "turn", "wash", "harden"),
            *("mill", "grind", "drill", "turn", "wash", "inspect"),
        ),
    ),
}

SET_UP = 3.0  # [min], fixed
CV = 0.3  # of a run: standard deviation over mean
UP = 100.0  # mean working time to a failure, exponential, as a multiple of the mean run
DOWN = 10.0  # mean repair, exponential, likewise
PEOPLE = 8

SIGMA = math.sqrt(math.log1p(CV**2))  # of the logarithm of a run


def log_mean(run: float) -> float:
    """Mean of the logarithm of a lognormal run of a mean [min]."""
    return math.log(run) - SIGMA**2 / 2


def visits(station: str) -> float:
    """Mean visits of a station per minute, by all products together."""
    return sum(product.route.count(station) / product.every for product in PRODUCTS.values())


def running(station: str) -> float:
    """Share of their time that a station's machines run in the long run, without set-ups."""
    return visits(station) * STATIONS[station].run / STATIONS[station].machines
