"""Stocks: pieces that are only counted, what is owed from them, how they are filled again."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from tests.against.instant import Rank
from tests.against.log import Level, Loss, OrderEnd
from tests.against.oracle.part import Order, Part
from twin.layout import schema

if TYPE_CHECKING:
    from tests.against.oracle.plant import Plant


class Store:
    """One stock. Decided: its capacity holds for products put into it, not for deliveries."""

    def __init__(self, plant: Plant, name: str, place: int, stock: schema.Stock) -> None:
        self.plant, self.name, self.place, self.layout = plant, name, place, stock
        self.on_hand = stock.start
        self.ordered = 0
        self.waiting: deque[tuple[Order, int]] = deque()  # orders and how many pieces they want
        self.knocking: list[Part] = []  # finished parts that want to get in, by (since, number)
        self._refills = 0
        self._told: tuple[int, int, int] | None = None

    @property
    def owed(self) -> int:
        return sum(quantity for _, quantity in self.waiting)

    @property
    def room(self) -> bool:
        return self.layout.capacity is None or self.on_hand < self.layout.capacity

    def demand(self, order: Order, quantity: int) -> None:
        """An order takes its quantity, or waits for it, or is lost."""
        plant = self.plant
        if not self.waiting and self.on_hand >= quantity:
            self._serve(order, quantity)
        elif self.layout.short == "lose":
            plant.log.losses.append(Loss(plant.clock.now, order.stream, order.index, None))
        else:
            self.waiting.append((order, quantity))
        self.changed()

    def _serve(self, order: Order, quantity: int) -> None:
        plant = self.plant
        self.on_hand -= quantity
        assert order.release is not None
        end = OrderEnd(order.stream, order.index, order.release, plant.clock.now, True)
        plant.log.orders.append(end)

    def changed(self) -> None:
        """Serve who waits."""
        while self.waiting and self.on_hand >= self.waiting[0][1]:
            self._serve(*self.waiting.popleft())
        self.plant.touch()

    def order(self) -> bool:
        """Order anew where the position asks for it; whether the own shop makes it.

        Decided: as many lots are ordered as bring the position above `at`, also at time 0; before
        anything moves and after the moves at each station, so that what is taken at once is one
        change.
        """
        refill, made = self.layout.refill, False
        while refill is not None and self.position <= refill.at:
            quantity = refill.lot if refill.lot else (refill.up_to or 0) - self.position
            count, self._refills = self._refills, self._refills + 1
            self.ordered += quantity
            if refill.takes is not None:
                takes = self.plant.chance.delivery(self.name, count)
                self.plant.clock.after(takes, Rank.ENDS, lambda n=quantity: self._delivered(n))
            else:
                self._make(quantity, count)
                made = True
        return made

    @property
    def position(self) -> int:
        return self.on_hand + self.ordered - self.owed

    def _delivered(self, quantity: int) -> None:
        self.ordered -= quantity
        self.on_hand += quantity
        self.changed()

    def _make(self, quantity: int, count: int) -> None:
        """The own shop makes a lot, as an order of a stream of its own."""
        refill = self.layout.refill
        assert refill is not None and refill.makes is not None
        stream, now = f"stocks/{self.name}", self.plant.clock.now
        order = Order(stream, count, now, [refill.makes] * quantity, refills=self)
        for product in order.wishes:
            self.plant.make(order, product)

    def receive(self, part: Part) -> None:
        """A finished part gets in."""
        self.on_hand += 1
        if part.order.refills is self:
            self.ordered -= 1
        self.changed()

    def tell(self, now: float) -> None:
        """Write the level down if it has changed."""
        level = (self.on_hand, self.ordered, self.owed)
        if level != self._told:
            self._told = level
            self.plant.log.levels.append(Level(self.name, *level, now))
