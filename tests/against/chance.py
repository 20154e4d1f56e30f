"""The draws of chance that a model of production asks for, and a plain seeded source of them.

A draw is a function of what it is for, not of when it is asked: a change at one station shifts no
other draw, and two models that name their draws alike see the same chance.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import NamedTuple, Protocol

import numpy as np

from twin.layout.schema import (
    AnyTime,
    Constant,
    Empirical,
    Erlang,
    Exponential,
    Gamma,
    Hyperexponential,
    Layout,
    Lognormal,
    Phase,
    Step,
    Triangular,
    Uniform,
    Weibull,
)

PHASES = ("setup", "load", "run", "unload")


class PartKey(NamedTuple):
    """Who a part is: its order stream, the order's index there, its index in the order, and its
    running number among all parts released (all from 0). A replacement takes the next index in
    its order."""

    stream: str
    order: int
    piece: int
    number: int


class Chance(Protocol):
    """All draws; times in s. Counts and visits run from 0, a phase's index is that of PHASES.

    `interarrival(stream, n)` is the interval that leads to order n of the stream; where the
    stream has a `first`, draw 0 stays unused. `unit` is the name of the resource.
    """

    def phase_time(self, part: PartKey, step: int, phase: int, visit: int) -> float: ...
    def phase_happens(self, part: PartKey, step: int, phase: int, visit: int) -> bool: ...
    def branch(self, part: PartKey, step: int, visit: int) -> float: ...
    def every(self, unit: str, disturbance: str, count: int) -> float: ...
    def lasts(self, unit: str, disturbance: str, count: int) -> float: ...
    def interarrival(self, stream: str, count: int) -> float: ...


def unit_names(machine: str, places: int) -> list[str]:
    """The resources of a machine: itself, or one a place, numbered from 1."""
    return [machine] if places == 1 else [f"{machine}.{k + 1}" for k in range(places)]


def phase_of(step: Step, index: int) -> Phase | None:
    """The phase of a step by its index in PHASES."""
    return (step.setup, step.load, step.run, step.unload)[index]


def sample(time: AnyTime, chance: np.random.Generator) -> float:
    """One value of a time [s]; mean and cv are those of the value itself."""
    match time:
        case Constant(value=value):
            return value
        case Exponential(mean=mean):
            return chance.exponential(mean)
        case Erlang(shape=shape, mean=mean):
            return chance.gamma(shape, mean / shape)
        case Hyperexponential(probs=probs, means=means):
            return chance.exponential(means[chance.choice(len(means), p=probs)])
        case Lognormal(mean=mean, cv=cv):
            variance = np.log1p(cv * cv)
            return mean * float(np.exp(chance.normal(-variance / 2, np.sqrt(variance))))
        case Gamma(mean=mean, cv=cv):
            return chance.gamma(1 / cv**2, mean * cv**2)
        case Uniform(low=low, high=high):
            return chance.uniform(low, high)
        case Triangular(low=low, mode=mode, high=high):
            return chance.triangular(low, mode, high) if low < high else low
        case Weibull(shape=shape, scale=scale):
            return scale * chance.weibull(shape)
        case Empirical(values=values):
            return values[chance.integers(len(values))]


class SeededChance:
    """A source that needs nothing but a layout and a seed: each draw seeds its own generator."""

    def __init__(self, layout: Layout, seed: int) -> None:
        self._layout = layout
        self._seed = seed
        self._disturbances = {
            name: station.disturbances
            for station in layout.stations.values()
            for machine in station.machines
            for name in unit_names(machine, layout.machines[machine].places)
        }

    def _generator(self, *purpose: object) -> np.random.Generator:
        text = repr((self._seed, *purpose)).encode()
        return np.random.Generator(
            np.random.PCG64(int.from_bytes(blake2b(text, digest_size=8).digest()))
        )

    def _phase(self, part: PartKey, step: int, phase: int) -> Phase:
        product = self._layout.orders[part.stream].product
        found = phase_of(self._layout.products[product].route[step], phase)
        assert found is not None
        return found

    def phase_time(self, part: PartKey, step: int, phase: int, visit: int) -> float:
        time = self._phase(part, step, phase).time
        if time is None:
            raise ValueError(f"{PHASES[phase]} of step {step} has neither a time nor a transfer")
        return sample(time, self._generator("time", part[:3], step, phase, visit))

    def phase_happens(self, part: PartKey, step: int, phase: int, visit: int) -> bool:
        share = self._phase(part, step, phase).chance
        drawn = self._generator("happens", part[:3], step, phase, visit).random()
        return bool(drawn < share)

    def branch(self, part: PartKey, step: int, visit: int) -> float:
        return self._generator("branch", part[:3], step, visit).random()

    def every(self, unit: str, disturbance: str, count: int) -> float:
        time = self._disturbances[unit][disturbance].every
        return sample(time, self._generator("every", unit, disturbance, count))

    def lasts(self, unit: str, disturbance: str, count: int) -> float:
        time = self._disturbances[unit][disturbance].lasts
        return sample(time, self._generator("lasts", unit, disturbance, count))

    def interarrival(self, stream: str, count: int) -> float:
        time = self._layout.orders[stream].every
        return sample(time, self._generator("interval", stream, count))
