"""Orders as the control unit tells them, and the parts that are made for them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import isnan, nan
from typing import Any

from twin.recordings.lateness import STALE
from twin.recordings.messages import seconds
from twin.recordings.mqtt_aps.news import Lags, News, mappings
from twin.timeline import Outcome, Quality

TOPICS = ("ccu/order/active", "ccu/order/response", "ccu/order/completed")
STORE = "STORE-"  # before the colour, in the product of an order that only stores a workpiece
AHEAD = 120.0  # [s] between a workpiece at the input and the order to store it, at most
TOLERANCE = 1.0  # [s] between the clocks of the control unit and of the recorder


@dataclass
class Order:
    """One order; times [s] from the epoch on the recorder's clock, NaN while unknown."""

    name: str
    product: str
    release: float
    start: float = nan
    end: float = nan
    outcome: Outcome = Outcome.OPEN
    quality: Quality = Quality.GOOD
    workpiece: str = ""


@dataclass(frozen=True)
class Mention:
    """What a message says of an order; times [s] since 1970 on the control unit's clock."""

    index: int  # of the message
    topic: str
    time: float  # [s] from the epoch when it was received
    lag: float  # [s] of the message, NaN where it has no time of its own
    product: str
    release: float
    start: float
    end: float
    workpiece: str
    outcome: Outcome
    quality: Quality

    def says(self) -> str:
        """All of it but when: to tell what is repeated."""
        return repr(replace(self, index=0, topic="", time=0.0, lag=0.0))

    def outlasts(self, other: Mention) -> bool:
        """Whether this one is an old snapshot only if the other is one, too."""
        return isnan(self.lag) or (self.topic == other.topic and self.lag <= other.lag)


class Book:
    """What was said of orders so far; `orders` makes the orders of it."""

    def __init__(self, epoch: float) -> None:
        self._epoch = epoch
        self._mentions: dict[str, list[Mention]] = {}
        self._lags = Lags()
        self._last: tuple[object, Orders] | None = None
        self._number = 0

    def hear(self, item: News) -> None:
        """A message of the control unit, or one that it sent to a module or vehicle."""
        if item.topic.endswith("/order") and abs(item.lag) < STALE:
            # The control unit also writes the modules' orders: they tell its clock's usual lag.
            self._lags.add(item.lag, item.index)
        if item.topic not in TOPICS:
            return
        entries = item.payload if isinstance(item.payload, list) else [item.payload]
        for entry in mappings(entries):
            name = entry.get("orderId")
            if isinstance(name, str) and name:
                self._note(self._mentions.setdefault(name, []), _mention(entry, item))

    def _note(self, mentions: list[Mention], new: Mention) -> None:
        last = mentions[-1] if mentions else None
        # A repeat changes nothing, unless what it repeats may yet turn out to be an old snapshot.
        if last is None or last.says() != new.says() or not last.outlasts(new):
            mentions.append(new)
            self._number += 1

    def orders(self, old: frozenset[int]) -> Orders:
        """The orders that follow from it; `old` are the messages that do not count.

        Those of earlier sessions, which the lists repeat, are left out.
        """
        shift = self._lags.median(without=old) - self._epoch
        key = (shift, old, self._number)
        if self._last is None or self._last[0] != key:
            found = {}
            for name, mentions in self._mentions.items():
                counting = [m for m in mentions if m.index not in old]
                order = _order(name, counting, shift)
                if order is not None:
                    found[name] = order
            self._last = key, Orders(found)
        return self._last[1]


def _mention(entry: dict[str, Any], item: News) -> Mention:
    storing = STORE if entry.get("orderType") == "STORAGE" else ""
    outcome, quality = _outcome(entry)
    return Mention(
        index=item.index,
        topic=item.topic,
        time=item.time,
        lag=item.lag,
        product=f"{storing}{entry.get('type', '')}",
        release=_when(entry, "timestamp"),
        start=_when(entry, "startedAt"),
        end=_when(entry, "stoppedAt"),
        workpiece=str(entry.get("workpieceId") or ""),
        outcome=outcome,
        quality=quality,
    )


def _when(entry: dict[str, Any], key: str) -> float:
    try:
        return seconds(entry.get(key))
    except ValueError:  # not there yet
        return nan


def _order(name: str, mentions: Iterable[Mention], shift: float) -> Order | None:
    order = None
    for said in mentions:
        end = said.end + shift
        if order is None:
            if end < 0:
                continue
            release = said.time if isnan(said.release) else said.release + shift
            order = Order(name, said.product, release)
        order.start = said.start + shift
        order.workpiece = said.workpiece or order.workpiece
        if not isnan(end):
            order.end = end
            order.outcome, order.quality = said.outcome, said.quality
    return order


class Orders:
    """The orders as they are known at one moment."""

    def __init__(self, by_name: dict[str, Order]) -> None:
        self.by_name = by_name
        # Both in order of release: the last and the next one are looked for.
        self._of_workpiece: dict[str, list[Order]] = {}
        self._storing: list[Order] = []
        for order in sorted(by_name.values(), key=lambda order: order.release):
            self._of_workpiece.setdefault(order.workpiece, []).append(order)
            if order.product.startswith(STORE):
                self._storing.append(order)

    def part(self, order: object) -> str:
        """The part of an order, by the order's id; empty where there is no such order."""
        return order if isinstance(order, str) and order in self.by_name else ""

    def carrying(self, workpiece: str, time: float) -> str:
        """The part that a workpiece is at a time [s]: that of its last order that has begun."""
        mine = self._of_workpiece.get(workpiece, [])
        begun = [order for order in mine if not order.start > time + TOLERANCE]
        return begun[-1].name if begun else ""

    def arriving(self, time: float) -> str:
        """The part that is looked at at the input at a time [s]: of the next order to store."""
        at = bisect_left(self._storing, time - TOLERANCE, key=lambda order: order.release)
        ahead = self._storing[at : at + 1]
        return ahead[0].name if ahead and ahead[0].release <= time + AHEAD else ""


def _outcome(entry: dict[str, Any]) -> tuple[Outcome, Quality]:
    state = entry.get("state")
    if state == "FINISHED":
        return Outcome.DONE, Quality.GOOD
    rejected = any(
        step.get("command") == "CHECK_QUALITY" and step.get("state") == "ERROR"
        for step in mappings(entry.get("productionSteps"))
    )
    if rejected:
        return Outcome.SCRAPPED, Quality.GOOD
    # An order that failed for another reason has not made its part, as if it were cancelled.
    return Outcome.CANCELLED, Quality.GOOD if state == "CANCELLED" else Quality.UNCERTAIN


class Asked:
    """The orders, and each answer that was had of them: what was made of an answer is to be made
    anew where another is right now."""

    def __init__(self) -> None:
        self._orders = Orders({})
        self._answers: list[tuple[int, str, tuple[Any, ...], str]] = []
        self.index = 0  # of the message that is being heard

    def know(self, orders: Orders) -> int | None:
        """From now on `orders` answer; the index of the first message that was answered wrongly
        before, None where none was."""
        if orders is self._orders:
            return None
        self._orders = orders
        for index, what, arguments, answer in self._answers:
            if getattr(orders, what)(*arguments) != answer:
                return index
        return None

    def forget(self, index: int) -> None:
        """The messages from `index` on are heard again."""
        self._answers = self._answers[: bisect_left(self._answers, index, key=lambda a: a[0])]

    def part(self, order: object) -> str:
        """As `Orders.part`."""
        return self._answer("part", order)

    def carrying(self, workpiece: str, time: float) -> str:
        """As `Orders.carrying`."""
        return self._answer("carrying", workpiece, time)

    def arriving(self, time: float) -> str:
        """As `Orders.arriving`."""
        return self._answer("arriving", time)

    def _answer(self, what: str, *arguments: Any) -> str:
        answer = getattr(self._orders, what)(*arguments)
        self._answers.append((self.index, what, arguments, answer))
        return answer
