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
    Formula,
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


class Operation(NamedTuple):
    """A step of a product; with the station of the alternative that has the phase as its own."""

    product: str
    step: int
    station: str = ""


class Chance(Protocol):
    """All draws; times in s. Counts and visits run from 0, a phase's index is that of PHASES.

    `interarrival(stream, n)` is the interval that leads to order n of the stream; where the
    stream has a `first`, draw 0 stays unused. `unit` is the name of the resource. `branch`, `mix`
    and `absence` are uniform in [0, 1). What a formula gives is not drawn, only its factor.
    """

    def phase_time(self, part: PartKey, at: Operation, phase: int, visit: int) -> float: ...
    def phase_happens(self, part: PartKey, at: Operation, phase: int, visit: int) -> bool: ...
    def branch(self, part: PartKey, at: Operation, visit: int) -> float: ...
    def delay(self, part: PartKey, at: Operation, visit: int) -> float: ...
    def travel(self, part: PartKey, station: str, visit: int) -> float: ...
    def changeover(self, unit: str, what: str, count: int) -> float: ...
    def every(self, unit: str, disturbance: str, count: int) -> float: ...
    def lasts(self, unit: str, disturbance: str, count: int) -> float: ...
    def interarrival(self, stream: str, count: int) -> float: ...
    def mix(self, stream: str, count: int) -> float: ...
    def attribute(self, stream: str, name: str, count: int) -> float: ...
    def absence(self, person: str, opening: int) -> float: ...
    def delivery(self, stock: str, count: int) -> float: ...


def unit_names(machine: str, places: int) -> list[str]:
    """The resources of a machine: itself, or one a place, numbered from 1."""
    return [machine] if places == 1 else [f"{machine}.{k + 1}" for k in range(places)]


def phase_of(step: Step, index: int, station: str = "") -> Phase | None:
    """The phase of a step by its index in PHASES; that of an alternative if it has its own."""
    own = step.or_at.get(station)
    found: Phase | None = getattr(own, PHASES[index]) if own else None
    return getattr(step, PHASES[index]) if found is None else found


def operation(product: str, number: int, step: Step, phase: int, station: str) -> Operation:
    """Whose phase it is that a part has at a station: the step's or an alternative's own."""
    own = step.or_at.get(station)
    its = own is not None and getattr(own, PHASES[phase]) is not None
    return Operation(product, number, station if its else "")


def sample(time: AnyTime, chance: np.random.Generator) -> float:
    """One value of a time [s]; mean and cv are those of the value itself."""
    return _sample(time, chance) + getattr(time, "shift", 0.0)


def _sample(time: AnyTime, chance: np.random.Generator) -> float:
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
        case Empirical(values=values, weights=weights):
            shares = np.array(weights or [1.0] * len(values))
            return values[chance.choice(len(values), p=shares / shares.sum())]
        case Formula(times=times):
            return 1.0 if times is None else sample(times, chance)


def _where(at: Operation) -> tuple[int | str, ...]:
    return (at.step, at.station) if at.station else (at.step,)


class SeededChance:
    """A source that needs nothing but a layout and a seed: each draw seeds its own generator."""

    def __init__(self, layout: Layout, seed: int) -> None:
        self._layout = layout
        self._seed = seed
        stations = {
            name: station
            for station in layout.stations.values()
            for machine in station.machines
            for name in unit_names(machine, layout.machines[machine].places)
        }
        self._disturbances = {name: station.disturbances for name, station in stations.items()}
        self._changeovers = {name: station.changeover for name, station in stations.items()}
        # Rules that look at the work left ask for the same ones at each choice.
        self._phase_times: dict[tuple[object, ...], float] = {}
        self._phase_happens: dict[tuple[object, ...], bool] = {}

    def _generator(self, *purpose: object) -> np.random.Generator:
        text = repr((self._seed, *purpose)).encode()
        return np.random.Generator(
            np.random.PCG64(int.from_bytes(blake2b(text, digest_size=8).digest()))
        )

    def _step(self, at: Operation) -> Step:
        return self._layout.products[at.product].route[at.step]

    def _phase(self, at: Operation, phase: int) -> Phase:
        found = phase_of(self._step(at), phase, at.station)
        assert found is not None
        return found

    def phase_time(self, part: PartKey, at: Operation, phase: int, visit: int) -> float:
        asked = (part[:3], at, phase, visit)
        if asked not in self._phase_times:
            time = self._phase(at, phase).time
            if time is None:
                raise ValueError(f"{PHASES[phase]} of {at} has neither a time nor a transfer")
            drawn = self._generator("time", part[:3], *_where(at), phase, visit)
            self._phase_times[asked] = sample(time, drawn)
        return self._phase_times[asked]

    def phase_happens(self, part: PartKey, at: Operation, phase: int, visit: int) -> bool:
        asked = (part[:3], at, phase, visit)
        if asked not in self._phase_happens:
            share = self._phase(at, phase).chance
            drawn = self._generator("happens", part[:3], *_where(at), phase, visit).random()
            self._phase_happens[asked] = bool(drawn < share)
        return self._phase_happens[asked]

    def branch(self, part: PartKey, at: Operation, visit: int) -> float:
        return self._generator("branch", part[:3], at.step, visit).random()

    def delay(self, part: PartKey, at: Operation, visit: int) -> float:
        time = self._step(at).delay
        assert time is not None
        return sample(time, self._generator("delay", part[:3], at.step, visit))

    def travel(self, part: PartKey, station: str, visit: int) -> float:
        time = self._layout.stations[station].input.travel
        assert time is not None
        return sample(time, self._generator("travel", part[:3], station, visit))

    def changeover(self, unit: str, what: str, count: int) -> float:
        time = getattr(self._changeovers[unit], what)
        return sample(time, self._generator(what, unit, count))

    def clock_of(self, unit: str, disturbance: str) -> str:
        """What the time to a failure counts; for tests."""
        return self._disturbances[unit][disturbance].clock

    def every(self, unit: str, disturbance: str, count: int) -> float:
        time = self._disturbances[unit][disturbance].every
        return sample(time, self._generator("every", unit, disturbance, count))

    def lasts(self, unit: str, disturbance: str, count: int) -> float:
        time = self._disturbances[unit][disturbance].lasts
        return sample(time, self._generator("lasts", unit, disturbance, count))

    def interarrival(self, stream: str, count: int) -> float:
        time = self._layout.orders[stream].every
        assert time is not None
        return sample(time, self._generator("interval", stream, count))

    def mix(self, stream: str, count: int) -> float:
        return self._generator("mix", stream, count).random()

    def attribute(self, stream: str, name: str, count: int) -> float:
        value = self._layout.orders[stream].attributes[name]
        assert not isinstance(value, float)
        return sample(value, self._generator("attribute", stream, name, count))

    def absence(self, person: str, opening: int) -> float:
        return self._generator("absence", person, opening).random()

    def delivery(self, stock: str, count: int) -> float:
        refill = self._layout.stocks[stock].refill
        assert refill is not None and refill.takes is not None
        return sample(refill.takes, self._generator("delivery", stock, count))
