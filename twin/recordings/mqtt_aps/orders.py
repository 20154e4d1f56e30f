"""Orders as the control unit tells them, and the parts that are made for them."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from twin.recordings.messages import seconds
from twin.recordings.mqtt_aps.news import STALE, News, mappings
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
    start: float = math.nan
    end: float = math.nan
    outcome: Outcome = Outcome.OPEN
    quality: Quality = Quality.GOOD
    workpiece: str = ""


class Orders:
    """The orders of a session; those of earlier ones, which the lists repeat, are left out."""

    def __init__(self, news: Iterable[News], epoch: float) -> None:
        news = list(news)
        # The control unit also writes the modules' orders: they tell its clock's usual lag.
        lags = [item.lag for item in news if item.topic.endswith("/order")]
        lags = [lag for lag in lags if abs(lag) < STALE]
        self._shift = (median(lags) if lags else 0.0) - epoch
        self.by_name: dict[str, Order] = {}
        for item in news:
            if item.topic in TOPICS:
                entries = item.payload if isinstance(item.payload, list) else [item.payload]
                for entry in mappings(entries):
                    if isinstance(entry.get("orderId"), str) and entry["orderId"]:
                        self._note(entry, item.time)
        # Both in order of release: the last and the next one are looked for.
        self._of_workpiece: dict[str, list[Order]] = {}
        self._storing: list[Order] = []
        for order in sorted(self.by_name.values(), key=lambda order: order.release):
            self._of_workpiece.setdefault(order.workpiece, []).append(order)
            if order.product.startswith(STORE):
                self._storing.append(order)

    def _when(self, entry: dict[str, Any], key: str) -> float:
        try:
            return seconds(entry.get(key)) + self._shift
        except ValueError:  # not there yet
            return math.nan

    def _note(self, entry: dict[str, Any], time: float) -> None:
        name, end = entry["orderId"], self._when(entry, "stoppedAt")
        if name not in self.by_name:
            if end < 0:
                return
            storing = STORE if entry.get("orderType") == "STORAGE" else ""
            release = self._when(entry, "timestamp")
            release = time if math.isnan(release) else release
            self.by_name[name] = Order(name, f"{storing}{entry.get('type', '')}", release)
        order = self.by_name[name]
        order.start = self._when(entry, "startedAt")
        order.workpiece = str(entry.get("workpieceId") or order.workpiece)
        if not math.isnan(end):
            order.end = end
            order.outcome, order.quality = _outcome(entry)

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
