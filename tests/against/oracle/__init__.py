"""The oracle of production: the meaning of a layout (docs/production.md) as SimPy processes.

It shares nothing with the compiled kernel but the draws of chance. What a unit does with a load, a
disturbance, a calendar, a stream of orders, a walk and a part on its way are each a process; what
several of them want at once is settled by rank within the instant (`tests.against.instant`).

What the page leaves open is decided as said at the place where it is decided: see "Decided:" in
the modules of this package.
"""

from __future__ import annotations

from tests.against.chance import Chance
from tests.against.log import Log
from tests.against.oracle.plant import Distance, Durations, Plant, stations_in_order
from twin.layout import schema


def run(
    layout: schema.Layout,
    durations: Durations,
    distance: Distance,
    chance: Chance,
    until: float,
) -> Log:
    """Simulate a layout from empty to `until` [s].

    durations [s] are those of the arms' transfers and exchanges; distance(origin, machine) [m] is
    the way from a machine or a point to a machine.
    """
    return Plant(layout, durations, distance, chance).run(until)


__all__ = ["Distance", "Durations", "Plant", "run", "stations_in_order"]
