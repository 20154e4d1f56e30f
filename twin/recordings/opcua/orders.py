"""Lists of job orders (ISA-95 job control) -> orders, and the job that runs at a machine.

An entry's own times count where it has some: StartTime is taken as its release, EndTime as when it
is due. When it started and ended is when its state was first told to be so.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from twin.recordings.opcua import meaning as of
from twin.recordings.opcua.changes import Json
from twin.timeline import Outcome, Quality

MOST_ORDERS = 100_000
MOST_LISTED = 1000  # entries of one list
_BEGUN = frozenset({"Running", "Interrupted"})
_ENDED = {"Ended": Outcome.DONE, "Aborted": Outcome.CANCELLED}


@dataclass
class Order:
    """A job order; times [s] since 1970, NaN where unknown."""

    id: str
    product: str = ""
    quantity: int = 1
    release: float = math.nan
    due: float = math.nan
    start: float = math.nan
    end: float = math.nan
    outcome: Outcome = Outcome.OPEN
    quality: Quality = Quality.GOOD


class Orders:
    """The orders of a shop while its lists are heard."""

    def __init__(self) -> None:
        self.unknown: Counter[str] = Counter()
        self._orders: dict[tuple[bool, str], Order] = {}  # by whether it is the shop's, and its id
        self._listed: dict[str, set[str]] = {}  # the ids of each list's last value
        self._of_shop = False

    def rows(self) -> list[Order]:
        """All orders: those of the whole shop's list, or of the machines' where it has none."""
        of_shop = any(is_shops for is_shops, _ in self._orders)
        return [order for (is_shops, _), order in self._orders.items() if is_shops == of_shop]

    def hear(self, node: str, machine: str, value: Any, time: float, is_news: bool) -> str:
        """A list's value at `time` [s]; the job that is open at the machine, "" for none.

        `is_news` tells that it was heard when it changed, not only found so.
        """
        running, listed = "", set[str]()
        for each in self._entries(value):
            job = _job(each)
            name = job.get("JobOrderID")
            if not isinstance(name, str) or not name:
                self.unknown["job order without JobOrderID"] += 1
                continue
            listed.add(name)
            state = self._state(each)
            order = self._order(name, not machine)
            if order:
                self._take(order, job, state, time, is_news)
            if state in _BEGUN and not running:
                running = name
        for name in self._listed.get(node, set()) - listed:
            order = self._orders.get((not machine, name))
            if order and order.outcome == Outcome.OPEN:
                order.quality = Quality.UNCERTAIN  # it has left the list; nobody said how it ended
        self._listed[node] = listed
        return running

    def at_machine(self, name: str, time: float) -> None:
        """A machine says which order it works on, which is all that is told of it."""
        order = self._order(name, False)
        if order and math.isnan(order.start):
            order.release = order.start = time
            order.quality = Quality.INFERRED

    def _entries(self, value: Any) -> Iterator[Json]:
        if value is None:
            return
        if not isinstance(value, list):
            self.unknown["list of job orders that is none"] += 1
            return
        several = cast(list[Any], value)
        if len(several) > MOST_LISTED:
            self.unknown[f"job orders beyond {MOST_LISTED} in a list"] += 1
        for each in several[:MOST_LISTED]:
            if isinstance(each, dict):
                yield cast(Json, each)
            else:
                self.unknown["job order that is no structure"] += 1

    def _state(self, entry: Json) -> str:
        """The top state of an entry; its substates follow it in the list."""
        states: Any = entry.get("State")
        several = cast(list[Any], states) if isinstance(states, list) else [states]
        for each in several:
            if isinstance(each, dict):
                told = cast(Json, each)
                word = of.JOB_STATES.get(told.get("StateNumber", -1))
                if word is None:
                    text = str(told.get("StateText") or "")
                    word = next((w for w in of.JOB_STATES.values() if w == text), None)
                if word:
                    return word
        self.unknown["job order whose state is unknown"] += 1
        return ""

    def _order(self, name: str, is_shops: bool) -> Order | None:
        key = (is_shops, name)
        if key not in self._orders:
            if len(self._orders) >= MOST_ORDERS:
                self.unknown[f"job orders beyond {MOST_ORDERS:,}"] += 1
                return None
            self._orders[key] = Order(name)
        return self._orders[key]

    def _take(self, order: Order, job: Json, state: str, time: float, is_news: bool) -> None:
        order.product = _first(job, "WorkMasterID", "ID") or order.product
        quantity = _first(job, "MaterialRequirements", "Quantity")
        order.quantity = _whole(quantity) or order.quantity
        order.due = _time(job.get("EndTime"), order.due)
        order.release = _time(job.get("StartTime"), order.release)
        if math.isnan(order.release):
            order.release = time
        known = Quality.GOOD if is_news else Quality.UNCERTAIN
        if state in _BEGUN and math.isnan(order.start):
            order.start, order.quality = time, max(order.quality, known)
        if state in _ENDED and order.outcome == Outcome.OPEN:
            order.end, order.outcome = time, _ENDED[state]
            order.quality = max(order.quality, known)


def _job(entry: Json) -> Json:
    job = entry.get("JobOrder")
    return cast(Json, job) if isinstance(job, dict) else {}


def _first(job: Json, key: str, name: str) -> str:
    several: Any = job.get(key)
    first = cast(list[Any], several)[0] if isinstance(several, list) and several else None
    text = cast(Json, first).get(name) if isinstance(first, dict) else None
    return text if isinstance(text, str) else ""


def _whole(text: str) -> int:
    """A quantity as a whole number of parts; 0 where it is none."""
    try:
        number = float(text)
    except ValueError:
        return 0
    return int(number) if 1 <= number < 2**31 and number.is_integer() else 0


def _time(value: Any, otherwise: float) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and value > 0 else otherwise
