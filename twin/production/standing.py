"""How a plant stands at one moment, in names: what a run may begin with instead of an empty plant.

It holds what can be known of a real shop from outside: where parts are and for how long, what was
spent on them, open failures and orders. What is left of anything that goes on is not known; each
run draws it, given that it has lasted so long already.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from twin.errors import RunError


class Place(Enum):
    """Where a part is."""

    OUTSIDE = "outside"  # released; nothing has happened to it yet
    WAITING = "waiting"  # in front of its step's station
    UNDER_WAY = "under way"  # carried, on a conveyor, or in a delay
    ON_MACHINE = "on a machine"
    ABOARD = "aboard"  # a vehicle drives it


@dataclass(frozen=True)
class OpenOrder:
    """An order that is not done; times [s] by the clock, NaN where there is none.

    `stream` is the layout's row of orders that it belongs to, `line` its number there from 0.
    `pieces` wanted in all, `finished` of them gone already.
    """

    name: str
    product: str
    stream: str
    line: int
    pieces: int
    release: float
    finished: int = 0
    start: float = math.nan
    due: float = math.nan


@dataclass(frozen=True)
class StandingPart:
    """A piece of an open order: at which step of its route, where, since when [s].

    set_up, worked: time spent on it on its machine so far [s]; `done`: it is finished there and
    waits to go on. `machine`: the one it was on before it waits or is under way.
    """

    order: str
    name: str
    product: str
    step: str
    place: Place
    since: float
    born: float
    station: str = ""  # of the step, where several can do it
    unit: str = ""
    set_up: float = 0.0
    worked: float = 0.0
    done: bool = False
    fresh: bool = True  # no machine has had it yet
    machine: str = ""
    vehicle: str = ""


@dataclass(frozen=True)
class StandingUnit:
    """A place to work at: the product that it had before what it has now, since when [s] it is
    empty (below 0: it never had a part), and for each disturbance how long it has been down by it,
    or up since the last one, by the disturbance's clock [s, or loads]."""

    product: str = ""
    emptied: float = -1.0
    down: Mapping[str, float] = field(default_factory=dict)
    up: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class StandingStream:
    """Orders of the layout: the number of the next one, time [s] since the last (below 0: none has
    come), and whether there are no more."""

    number: int = 0
    elapsed: float = -1.0
    over: bool = False


@dataclass(frozen=True)
class StandingVehicle:
    """Where a vehicle is, or where it has set out from and how long ago [s]."""

    place: str
    elapsed: float = 0.0


@dataclass(frozen=True)
class Standing:
    """A plant at `time` [s] by the layout's clock (a Monday 00:00 is 0)."""

    time: float
    orders: tuple[OpenOrder, ...] = ()
    parts: tuple[StandingPart, ...] = ()
    units: Mapping[str, StandingUnit] = field(default_factory=dict)
    streams: Mapping[str, StandingStream] = field(default_factory=dict)
    stocks: Mapping[str, int] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)  # who is at which machine
    vehicles: Mapping[str, StandingVehicle] = field(default_factory=dict)

    def refuse_impossible(self) -> None:
        """Raise RunError for a state that cannot be: a part in two places, or of no order."""
        orders = Counter(order.name for order in self.orders)
        for name, count in orders.items():
            if count > 1:
                raise RunError(f"order {name!r} stands there {count} times; an order is open once")
        for name, count in Counter(part.name for part in self.parts).items():
            if count > 1:
                places = " and ".join(
                    part.unit or f"{part.place.value} for {part.step}"
                    for part in self.parts
                    if part.name == name
                )
                raise RunError(f"part {name!r} is in {count} places at once: {places}")
        open_pieces = {order.name: order.pieces - order.finished for order in self.orders}
        for part in self.parts:
            if part.order not in orders:
                raise RunError(f"part {part.name!r} is of order {part.order!r}, which is not open")
            open_pieces[part.order] -= 1
        for name, left in open_pieces.items():
            if left < 0:
                raise RunError(f"order {name!r} has {-left} parts more in the plant than are open")
