"""The four tables of a shop that is followed: rows are added and mended, never made anew."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from twin.timeline import TABLES, Names, Outcome, Quality, State, Table, Timeline


class Rows:
    """A table that grows."""

    def __init__(self, name: str) -> None:
        self._rows: Table = np.empty(64, TABLES[name])
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, row: tuple[object, ...]) -> int:
        """Add a row; its place."""
        if self._count == len(self._rows):
            grown: Table = np.empty(2 * len(self._rows), self._rows.dtype)
            grown[: self._count] = self._rows
            self._rows = grown
        self._rows[self._count] = row
        self._count += 1
        return self._count - 1

    def __getitem__(self, place: int) -> Table:
        return self._rows[place]

    def copy(self) -> Table:
        """The rows so far."""
        return self._rows[: self._count].copy()

    def sort(self, column: str) -> None:
        """Put the rows in order; equal ones keep theirs."""
        rows = self._rows[: self._count]
        rows[:] = rows[np.argsort(rows[column], kind="stable")]


@dataclass(frozen=True)
class Doing:
    """What a resource does: the columns of an interval but for its times."""

    state: State
    part: str = ""
    quality: Quality = Quality.GOOD
    native: str = ""


class Ledger:
    """What is known of a shop; times in seconds from its epoch."""

    def __init__(self) -> None:
        self._names = Names()
        self._intervals, self._moves = Rows("intervals"), Rows("moves")
        self._orders, self._points = Rows("orders"), Rows("points")
        self._resources: dict[str, int | None] = {}  # where their open interval stands
        self._doing: dict[str, Doing] = {}
        self._places: dict[tuple[str, str], int] = {}  # of moves and orders
        self._latest = -math.inf
        self._sorted = True
        self.end = 0.0

    def __len__(self) -> int:
        return sum(map(len, (self._intervals, self._moves, self._orders, self._points)))

    def doing(self, resource: str) -> Doing | None:
        """What a resource does as far as was told; None where nothing is known."""
        return self._doing.get(resource)

    def meet(self, resource: str) -> None:
        """A resource that is spoken of."""
        self._resources.setdefault(resource, None)
        self._names[resource]

    def state(self, resource: str, doing: Doing | None, time: float) -> float:
        """From then on a resource does something else, or nothing is told of it; the time that
        was taken, which is never before what was told last."""
        self.meet(resource)
        self.end = max(self.end, time)
        place = self._resources[resource]
        if place is not None:
            row = self._intervals[place]
            time = max(time, float(row["start"]))
            row["end"] = time
        self._resources[resource] = None
        if doing is None:
            self._doing.pop(resource, None)
            return time
        self._doing[resource] = doing
        self._resources[resource] = self._intervals.add(
            (
                *(self._names[resource], doing.state, self._names[doing.part]),
                *(time, math.nan, doing.quality, self._names[doing.native]),
            )
        )
        return time

    def point(
        self,
        resource: str,
        name: str,
        time: float,
        value: float,
        unit: str = "",
        quality: Quality = Quality.GOOD,
        native: str = "",
    ) -> None:
        """Something was measured or counted."""
        if resource:
            self.meet(resource)
        codes = self._names[resource], self._names[name]
        self._points.add((*codes, time, value, self._names[unit], quality, self._names[native]))
        self._sorted = self._sorted and time >= self._latest
        self._latest = max(self._latest, time)
        self.end = max(self.end, time)

    def move(self, carrier: str, key: str, told: dict[str, object], time: float) -> None:
        """What is told of a move: texts under part, origin, target and native, times under start
        and end. What is not told stays as it is."""
        if carrier:
            self.meet(carrier)
        place = self._places.get((f"move {carrier}", key))
        if place is None:
            row = (-1, self._names[carrier], -1, -1, time, math.nan, Quality.GOOD, -1)
            place = self._places[f"move {carrier}", key] = self._moves.add(row)
        self._write(self._moves[place], told, time)

    def order(self, key: str, told: dict[str, object], time: float) -> None:
        """What is told of an order: the columns of the table of orders."""
        place = self._places.get(("order", key))
        if place is None:
            none = math.nan
            row = (self._names[key], -1, 1, time, none, none, none, Outcome.OPEN, Quality.GOOD)
            place = self._places["order", key] = self._orders.add(row)
        self._write(self._orders[place], told, time)

    def order_started(self, key: str) -> bool:
        """Whether the beginning of an order is known."""
        place = self._places.get(("order", key))
        return place is not None and not math.isnan(self._orders[place]["start"])

    def _write(self, row: Table, told: dict[str, object], time: float) -> None:
        for column, value in told.items():
            row[column] = self._names[value] if isinstance(value, str) else value
        self.end = max(self.end, time)

    def timeline(self, epoch: datetime, run: str, layout: str) -> Timeline:
        """All that is known so far."""
        if not self._sorted:
            self._points.sort("time")
            self._sorted = True
        return Timeline(
            resources=tuple(self._names[name] for name in self._resources),
            start=0.0,
            end=self.end,
            intervals=self._intervals.copy(),
            moves=self._moves.copy(),
            orders=self._orders.copy(),
            points=self._points.copy(),
            names=self._names.texts(),
            epoch=epoch,
            origin="recorded",
            run=run,
            layout=layout,
        )
