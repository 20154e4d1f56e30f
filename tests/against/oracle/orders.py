"""Streams of orders: when they come, what they want, when their parts are released."""

from __future__ import annotations

from collections import deque
from itertools import count
from typing import TYPE_CHECKING

from tests.against.instant import Rank, Rates, Steps, Stopwatch
from tests.against.oracle.part import Order, Part
from twin.layout import schema

if TYPE_CHECKING:
    from tests.against.oracle.plant import Plant


class Stream:
    """One stream of orders.

    Decided: cards and "always" release part by part; an order of several parts begins with its
    first. Cards count the parts of the stream in the plant: a replacement has the card of what it
    replaces, and with `makes` several leave before the next one comes.
    """

    def __init__(self, plant: Plant, name: str, place: int, orders: schema.Orders) -> None:
        self.plant, self.name, self.place, self.layout = plant, name, place, orders
        self.inside = 0  # parts in the plant
        self.wanted: deque[tuple[Order, str]] = deque()  # parts that wait for a card, or a unit
        self.issued = 0
        self._rates = Rates(plant.clock, orders.profile)
        plant.clock.process(self._dates() if orders.release == "dated" else self._start())

    # Orders.

    def order(self, release: float | None) -> Order:
        """The next order."""
        layout, index = self.layout, self.issued
        self.issued += 1
        attributes = {
            name: value
            if isinstance(value, float)
            else self.plant.chance.attribute(self.name, name, index)
            for name, value in layout.attributes.items()
        }
        return Order(
            self.name,
            index,
            release,
            self._wishes(index),
            layout.due,
            layout.priority,
            layout.weight,
            attributes,
        )

    def _wishes(self, index: int) -> list[str]:
        layout = self.layout
        if layout.lines:
            # Decided: a quantity repeats the lines.
            once = [p for p, n in layout.lines.items() for _ in range(n)]
            return once * layout.quantity
        if layout.sequence:
            product = layout.sequence[index % len(layout.sequence)]
        elif layout.mix:
            drawn, total = self.plant.chance.mix(self.name, index), 0.0
            product = list(layout.mix)[-1]
            for name, share in layout.mix.items():
                total += share
                if drawn < total:
                    product = name
                    break
        else:
            product = layout.product or ""
        return [product] * layout.quantity if product else []

    # Dates.

    def _dates(self) -> Steps:
        """Decided: a single order without `first` and `every` comes at time 0."""
        plant, layout = self.plant, self.layout
        gate = plant.gate(layout.calendar)
        for index in count():
            if index == (layout.count or (1 if layout.every is None else -1)):
                return
            if index == 0 and (layout.first is not None or layout.every is None):
                yield plant.clock.at(layout.first or 0.0, Rank.DEMAND)
            else:
                every = plant.chance.interarrival(self.name, index)
                yield Stopwatch(
                    plant.clock, every, lambda: gate.open * self._rates.rate, Rank.DEMAND
                ).done
            plant.release_later(self)

    def _start(self) -> Steps:
        yield self.plant.clock.at(0.0, Rank.DEMAND)
        self.plant.release_later(self)

    # Releases.

    def release(self) -> None:
        """What falls due now: an order by its date, or all cards at time 0."""
        layout, plant = self.layout, self.plant
        if layout.release == "dated":
            order = self.order(plant.clock.now)
            if layout.from_stock:
                plant.stores[layout.from_stock].demand(order, layout.quantity)
                return
            waited = bool(self.wanted)
            self.wanted.extend((order, product) for product in order.wishes)
            if waited:
                return  # those before it wait for cards that come back in this instant, or later
        if layout.release != "always":
            self.go_on()

    def go_on(self) -> None:
        """Release what cards allow."""
        while self.may_release and self._next() is not None:
            self._make()

    @property
    def may_release(self) -> bool:
        return self.layout.cards is None or self.inside < self.layout.cards

    @property
    def hands_cards_on(self) -> bool:
        """Whether a part that leaves lets another one in; "always" looks for itself."""
        return self.layout.cards is not None and self.layout.release != "always"

    def _next(self) -> tuple[Order, str] | None:
        """The part that is wanted next."""
        layout = self.layout
        more = layout.count is None or self.issued < layout.count
        if not self.wanted and layout.release != "dated" and more:
            order = self.order(None)
            self.wanted.extend((order, product) for product in order.wishes)
        return self.wanted[0] if self.wanted else None

    def _make(self) -> Part:
        order, product = self.wanted.popleft()
        return self.plant.make(order, product, dated=self.layout.release == "dated")

    def draft(self) -> Part | None:
        """The part that release "always" would make next, if it may."""
        if self.layout.release != "always" or not self.may_release:
            return None
        wanted = self._next()
        return self.plant.draft(*wanted) if wanted else None

    def drawn(self, part: Part) -> None:
        """The part that was drafted is made."""
        self.wanted.popleft()
        self.plant.register(part)
