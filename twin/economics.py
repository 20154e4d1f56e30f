"""State times -> energy, cost and carbon, of the plant and for each good part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from twin.cells.factory import Factory
from twin.experiments import Estimate, estimate
from twin.layout.schema import Layout
from twin.production.plan import plan
from twin.production.run import Tally
from twin.timeline import State


@dataclass(frozen=True)
class Bill:
    """What the plant used over a window: energy [J], money [EUR], carbon [kg CO2e]."""

    energy: float
    electricity: float
    labour: float
    machines: float
    material: float
    carbon: float

    @property
    def cost(self) -> float:
        return self.electricity + self.labour + self.machines + self.material


@dataclass(frozen=True)
class PartCost:
    """Per good part: energy [J], cost [EUR], carbon [kg CO2e], with intervals."""

    energy: Estimate
    cost: Estimate
    carbon: Estimate


class Prices:
    """A layout's powers and prices laid out along the rows of a plan.

    Energy is state time x power. Labour is paid while the crew's calendar is open; a machine
    costs its price, spread evenly over the machine life in calendar time.
    """

    def __init__(self, layout: Layout, units: tuple[str, ...], people: tuple[str, ...]) -> None:
        self.layout = layout
        owner = {m: (n, s) for n, s in layout.stations.items() for m in s.machines}
        self.unit_power = np.zeros((len(units), len(State)))
        price = 0.0
        for u, unit in enumerate(units):
            machine = unit.split(".")[0].split("+")[0]
            _, station = owner[machine]
            power, places = station.power, layout.machines[machine].places
            row = np.full(len(State), power.idle)
            row[State.PROCESSING] = power.processing
            row[State.SETUP] = power.idle if power.setup is None else power.setup
            row[State.OFF] = power.off
            self.unit_power[u] = row / places
            price += station.price / places
        self.people_power = np.zeros((len(people), len(State)))
        self.wages = np.zeros(len(people))
        for p, person in enumerate(people):
            arm = layout.arms.get(person.split("+")[0])
            if arm is not None:
                self.people_power[p, State.PROCESSING] = arm.power
                price += arm.price
            else:
                self.wages[p] = layout.crews[person.split("#")[0]].wage
        self.price = price

    def bill(self, tally: Tally) -> Bill:
        """What one replication used over its window."""
        economics = self.layout.economics
        energy = float((self.unit_power * tally.unit_times).sum())
        energy += float((self.people_power * tally.people_times).sum())
        paid = tally.people_times.sum(axis=1) - tally.people_times[:, State.OFF]
        materials = [product.material for product in self.layout.products.values()]
        share = tally.product_exits / max(tally.product_exits.sum(), 1.0)
        return Bill(
            energy=energy,
            electricity=energy * economics.electricity,
            labour=float((self.wages * paid).sum()),
            machines=self.price * tally.window / economics.machine_life,
            material=float((share * materials).sum()) * tally.starts,
            carbon=energy * economics.grid,
        )

    def per_part(self, tallies: list[Tally]) -> PartCost | None:
        """Per good part over replications (at least two); None where one made nothing."""
        if any(t.exits == 0 for t in tallies):
            return None
        bills = [self.bill(t) for t in tallies]

        def each(values: list[float]) -> Estimate:
            return estimate([v / t.exits for v, t in zip(values, tallies, strict=True)])

        return PartCost(
            energy=each([b.energy for b in bills]),
            cost=each([b.cost for b in bills]),
            carbon=each([b.carbon for b in bills]),
        )


def part_cost(factory: Factory, tallies: Sequence[Tally]) -> PartCost | None:
    """What a good part of a factory costs, over its replications; None where one made nothing."""
    tables = plan(factory)
    return Prices(factory.layout, tables.units, tables.people).per_part(list(tallies))
