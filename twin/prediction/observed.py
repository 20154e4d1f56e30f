"""A timeline -> how the plant stands at one of its times.

Where a part is follows from the machine that has it, its last move, or its route and what it has
been through; what was spent on it from the intervals of its stay. Nothing behind the time is used.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import timedelta

import numpy as np

from twin.errors import RecordingError, nearest
from twin.layout.schema import Layout, Product
from twin.prediction.clocks import OpenTime
from twin.production.plan import Plan
from twin.production.standing import (
    OpenOrder,
    Place,
    Standing,
    StandingPart,
    StandingStream,
    StandingUnit,
    StandingVehicle,
)
from twin.timeline import Outcome, State, Table, Timeline


@dataclass
class _Stay:
    """A part on a unit, without a break; times [s] of the timeline, `end` NaN while it lasts."""

    unit: int  # code
    part: int
    start: float
    end: float
    state: State = State.IDLE  # the last
    set_up: float = 0.0
    worked: float = 0.0
    done: bool = False


@dataclass
class _Seen:
    """A part's stays in order, and its last move."""

    stays: list[_Stay] = field(default_factory=list)
    move: Table | None = None


def clock_of(timeline: Timeline) -> float:
    """What to add to the timeline's times to have the layout's: its epoch since Monday [s]."""
    epoch = timeline.epoch
    monday = (epoch - timedelta(days=epoch.weekday())).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    return (epoch - monday).total_seconds()


def standing_at(
    layout: Layout,
    tables: Plan,
    timeline: Timeline,
    time: float,
    *,
    new_orders: bool = True,
) -> Standing:
    """The plant of a layout at a time [s] of a timeline, by the layout's clock.

    `new_orders`: whether orders go on to come in as the layout says. Raises RecordingError where
    the time is not in the timeline, or the timeline is not of this plant.
    """
    if not timeline.start <= time <= timeline.end:
        raise RecordingError(
            f"time {time:g} s: the timeline goes from {timeline.start:g} to {timeline.end:g} s"
        )
    return _Observed(layout, tables, timeline, time).standing(new_orders)


class _Observed:
    def __init__(self, layout: Layout, tables: Plan, timeline: Timeline, time: float) -> None:
        self.layout, self.tables, self.timeline, self.time = layout, tables, timeline, time
        self.shift = clock_of(timeline)
        units = {name: k for k, name in enumerate(timeline.names) if name in set(tables.units)}
        if not units:
            raise RecordingError(
                f"the timeline of {timeline.layout or 'an unknown plant'} speaks of none of the "
                f"machines of the layout {layout.name!r}: {', '.join(tables.machines[:8])}"
            )
        self.units = units
        self.stays = self._stays()
        self.products = self._products()

    def standing(self, new_orders: bool) -> Standing:
        orders = self._orders()
        parts = self._parts(orders)
        gone = {order.name: order.pieces for order in orders}
        for part in parts:
            gone[part.order] -= 1
        cards = {name for name, row in self.layout.orders.items() if row.cards is not None}
        orders = [
            # Pieces that nobody has seen wait for a card where there are cards.
            replace(order, finished=self._finished(order))
            if order.stream in cards
            else replace(order, finished=gone[order.name])
            for order in orders
        ]
        return Standing(
            time=self.time + self.shift,
            orders=tuple(orders),
            parts=tuple(parts),
            units={name: self._unit(name) for name in self.tables.units},
            streams=self._streams(orders, new_orders),
            people=self._people(),
            vehicles=self._vehicles(),
        )

    # --- who was where -------------------------------------------------------------------------

    def _stays(self) -> dict[int, list[_Stay]]:
        """The stays of parts on each unit, by its code; a piece that is finished ends one."""
        timeline, time = self.timeline, self.time
        table = timeline.intervals
        known = np.isin(table["resource"], list(self.units.values())) & (table["start"] < time)
        rows = table[known]
        rows = rows[np.lexsort((rows["start"], rows["resource"]))]
        done = defaultdict(list)
        if "done" in timeline.names:
            points = timeline.points
            for row in points[(points["name"] == timeline.code("done")) & (points["time"] <= time)]:
                done[int(row["resource"])].append(float(row["time"]))
        result: dict[int, list[_Stay]] = {code: [] for code in self.units.values()}
        for row in rows:
            code, part = int(row["resource"]), int(row["part"])
            start, end = float(row["start"]), float(row["end"])
            going = not end < time  # NaN is open, too
            if part < 0:
                continue
            stays = result[code]
            last = stays[-1] if stays else None
            broken = last is None or last.part != part or last.end < start
            if last is not None and not broken:
                broken = last.done and row["state"] in (State.SETUP, State.PROCESSING)
            if broken:
                last = _Stay(code, part, start, end)
                stays.append(last)
            assert last is not None
            spent = (time if going else end) - start
            last.state, last.end = State(row["state"]), math.nan if going else end
            last.set_up += spent if last.state is State.SETUP else 0.0
            last.worked += spent if last.state is State.PROCESSING else 0.0
            last.done |= last.state is State.BLOCKED
            last.done |= not going and any(math.isclose(end, t) for t in done[code])
        return result

    def _products(self) -> dict[str, str]:
        """Order -> product, of all orders."""
        timeline = self.timeline
        return {timeline.name(row["id"]): timeline.name(row["product"]) for row in timeline.orders}

    def _order_of(self, part: int) -> str:
        name = self.timeline.name(part)
        return name if name in self.products else name.rpartition("/")[0]

    def _seen(self) -> dict[str, _Seen]:
        seen: dict[str, _Seen] = defaultdict(_Seen)
        every = [stay for stays in self.stays.values() for stay in stays]
        for stay in sorted(every, key=lambda stay: stay.start):
            seen[self.timeline.name(stay.part)].stays.append(stay)
        moves = self.timeline.moves
        for row in moves[(moves["start"] <= self.time) & (moves["part"] >= 0)]:
            seen[self.timeline.name(row["part"])].move = row
        return seen

    # --- orders and parts ----------------------------------------------------------------------

    def _orders(self) -> list[OpenOrder]:
        timeline, time, layout = self.timeline, self.time, self.layout
        found = []
        table = timeline.orders
        ends = np.where(table["outcome"] == Outcome.OPEN, np.inf, table["end"])
        ends = np.where(np.isnan(ends), np.inf, ends)
        after = dict.fromkeys(self.tables.streams, 0)
        for row in table[table["release"] <= time]:
            stream, line = self._stream(timeline.name(row["id"]), timeline.name(row["product"]))
            if stream:
                after[stream] = max(after[stream], line + 1)
        self.after = after
        for row in table[(table["release"] <= time) & (ends > time)]:
            name, product = timeline.name(row["id"]), timeline.name(row["product"])
            if product not in layout.products:
                raise RecordingError(
                    f"order {name!r} is for {product!r}, which the layout {layout.name!r} does not "
                    f"make; {nearest(product, layout.products)}"
                )
            stream, line = self._stream(name, product)
            if not stream:
                raise RecordingError(
                    f"order {name!r} is for {product!r}, which no orders of the layout ask for; add"
                    f" one under orders, such as '{product.lower()}: {{product: {product}}}'"
                )
            if line < 0:
                line = after[stream]
                after[stream] += 1
            start = float(row["start"])
            found.append(
                OpenOrder(
                    name=name,
                    product=product,
                    stream=stream,
                    line=line,
                    pieces=max(1, int(row["quantity"])),
                    release=float(row["release"]) + self.shift,
                    start=start + self.shift if start <= time else math.nan,
                    due=float(row["due"]) + self.shift,
                )
            )
        return found

    def _stream(self, name: str, product: str) -> tuple[str, int]:
        """The layout's row of orders that an order belongs to, and its number there or -1."""
        stream, _, number = name.rpartition("-")
        if stream in self.layout.orders and number.isdecimal() and int(number) > 0:
            return stream, int(number) - 1
        for stream, orders in sorted(self.layout.orders.items()):
            if product in orders.products:
                return stream, -1
        return "", -1

    def _pieces(self, order: OpenOrder, seen: dict[str, _Seen]) -> list[str]:
        """Names of an order's parts, those that replace scrapped ones too."""
        names = [order.name] if order.pieces == 1 else []
        more = 1 if order.pieces > 1 else 2
        while f"{order.name}/{more}" in seen or more <= order.pieces:
            names.append(f"{order.name}/{more}")
            more += 1
        return names

    def _parts(self, orders: list[OpenOrder]) -> list[StandingPart]:
        seen = self._seen()
        self.seen = seen
        scrapped = self._scrapped()
        found = []
        for order in orders:
            limited = self.layout.orders[order.stream].cards is not None
            for name in self._pieces(order, seen):
                if name not in seen:
                    if not limited:
                        found.append(self._unseen(order, name))
                    continue
                part = self._part(order, name, seen[name], scrapped)
                if part is not None:
                    found.append(part)
        return found

    def _finished(self, order: OpenOrder) -> int:
        """Pieces of an order that have left."""
        scrapped = self._scrapped()
        gone = [
            name
            for name in self._pieces(order, self.seen)
            if name in self.seen and self._part(order, name, self.seen[name], scrapped) is None
        ]
        return len(gone)

    def _unseen(self, order: OpenOrder, name: str) -> StandingPart:
        route = self.layout.products[order.product].route
        return StandingPart(
            order.name,
            name,
            order.product,
            route[0].step,
            Place.OUTSIDE,
            order.release,
            order.release,
        )

    def _scrapped(self) -> set[tuple[int, float]]:
        """Where and when a part was scrapped."""
        timeline = self.timeline
        if "scrap" not in timeline.names:
            return set()
        rows = timeline.points[timeline.points["name"] == timeline.code("scrap")]
        return {(int(row["resource"]), float(row["time"])) for row in rows}

    def _part(
        self, order: OpenOrder, name: str, seen: _Seen, scrapped: set[tuple[int, float]]
    ) -> StandingPart | None:
        """Where a part is that was seen before; None where it has left."""
        timeline, product = self.timeline, self.layout.products[order.product]
        part = StandingPart(
            order=order.name,
            name=name,
            product=order.product,
            step=product.route[0].step,
            place=Place.WAITING,
            since=order.release,
            born=order.release,
            fresh=not seen.stays,
        )
        at = self._steps_of(name, product, seen.stays)
        last = seen.stays[-1] if seen.stays else None
        if last is not None and math.isnan(last.end):
            return replace(
                part,
                step=product.route[at].step,
                place=Place.ON_MACHINE,
                since=last.start + self.shift,
                unit=timeline.name(last.unit),
                set_up=last.set_up,
                worked=last.worked,
                done=last.done,
                fresh=False,
            )
        if last is not None:
            if (last.unit, last.end) in scrapped:
                return None
            machine = self._machine(timeline.name(last.unit))
            part = replace(part, machine=machine, since=last.end + self.shift)
        return self._between(part, product, at + 1, seen, last)

    def _between(
        self, part: StandingPart, product: Product, at: int, seen: _Seen, last: _Stay | None
    ) -> StandingPart | None:
        """A part on no machine: under way, or in front of its next step; None: it has left."""
        move, timeline = seen.move, self.timeline
        if move is not None and (last is None or not move["start"] < last.start):
            target = timeline.name(move["target"])
            to = self._next_at(product, at, target)
            carrier = timeline.name(move["carrier"])
            since = float(move["start"]) + self.shift
            going = not move["end"] <= self.time
            on_vehicle = carrier in self.tables.vehicles
            if to < len(product.route):
                part = replace(part, step=product.route[to].step)
                if on_vehicle and (going or target not in self.tables.machines):
                    return replace(part, place=Place.ABOARD, since=since, vehicle=carrier)
                if going and carrier not in self.tables.people:
                    return replace(part, place=Place.UNDER_WAY, since=since)
                part = replace(part, since=(since if going else float(move["end"]) + self.shift))
                at = to
        if at >= len(product.route):
            return None
        step = product.route[at]
        if not step.stations:
            return replace(part, step=step.step, place=Place.UNDER_WAY)
        return replace(part, step=step.step)

    def _next_at(self, product: Product, at: int, target: str) -> int:
        """The step, from number `at` on, that is done where a move leads to; else that number."""
        for k in range(at, len(product.route)):
            for station in product.route[k].stations:
                if target.partition(".")[0] in self.layout.stations[station].machines:
                    return k
        return at

    def _steps_of(self, name: str, product: Product, stays: list[_Stay]) -> int:
        """The number of the step that the last of a part's stays was for; -1: it had none."""
        at = -1
        for stay in stays:
            unit = self.timeline.name(stay.unit)
            station = self.tables.stations[
                int(self.tables.station_of[self.tables.units.index(unit)])
            ]
            ahead = [*range(at + 1, len(product.route)), *range(at + 1)]
            at_station = [k for k in ahead if station in product.route[k].stations]
            if not at_station:
                raise RecordingError(
                    f"part {name!r} was on {unit}, where no step of its product is done; the route "
                    f"goes over {', '.join(s for step in product.route for s in step.stations)}"
                )
            at = at_station[0]
        return at

    def _machine(self, unit: str) -> str:
        tables = self.tables
        return tables.machines[int(tables.machine_of[tables.units.index(unit)])]

    # --- machines, orders to come, who moves ----------------------------------------------------

    def _unit(self, name: str) -> StandingUnit:
        if name not in self.units:
            return StandingUnit()
        code = self.units[name]
        stays = self.stays[code]
        before = [stay for stay in stays if not math.isnan(stay.end)]
        last = before[-1] if before else None
        station = self.layout.stations[
            self.tables.stations[int(self.tables.station_of[self.tables.units.index(name)])]
        ]
        down, up = {}, {}
        if station.disturbances:
            rows = self.timeline.intervals
            rows = rows[(rows["resource"] == code) & (rows["start"] < self.time)]
            for label, what in sorted(station.disturbances.items()):
                state = State.MAINTENANCE if what.planned else State.DOWN
                stopped = rows[rows["state"] == state]
                going = len(stopped) > 0 and not stopped["end"][-1] < self.time
                if going and not down:
                    down[label] = self.time - float(stopped["start"][-1])
                    continue
                since = float(stopped["end"][-1]) if len(stopped) and not going else -math.inf
                later = rows[rows["start"] >= since]
                up[label] = self._counted(later, stays, since, what.clock)
        return StandingUnit(
            product="" if last is None else self.products.get(self._order_of(last.part), ""),
            emptied=-1.0 if last is None else last.end + self.shift,
            down=down,
            up=up,
        )

    def _counted(self, rows: Table, stays: list[_Stay], since: float, clock: str) -> float:
        """How far a disturbance's clock has come."""
        if clock == "cycles":
            return float(sum(stay.end >= since for stay in stays))
        outside = (State.OFF, State.DOWN, State.MAINTENANCE)
        if clock == "work":
            counts = np.isin(rows["state"], (State.SETUP, State.PROCESSING))
        else:
            counts = ~np.isin(rows["state"], outside)
        ends = np.fmin(rows["end"], self.time)
        return float((ends - rows["start"])[counts].sum())

    def _streams(self, orders: list[OpenOrder], new_orders: bool) -> dict[str, StandingStream]:
        table = self.timeline.orders
        released: dict[str, float] = {}
        for row in table[table["release"] <= self.time]:
            name = self.timeline.name(row["id"])
            stream, _ = self._stream(name, self.timeline.name(row["product"]))
            if stream:
                released[stream] = max(float(row["release"]), released.get(stream, -math.inf))
        result = {}
        for name in self.tables.streams:
            elapsed = -1.0
            if name in released and name in self.layout.orders:
                clock = OpenTime(self.layout, self.layout.orders[name])
                elapsed = clock.between(released[name] + self.shift, self.time + self.shift)
            result[name] = StandingStream(self.after.get(name, 0), elapsed, not new_orders)
        return result

    def _people(self) -> dict[str, str]:
        """Who is at which machine: where they work, else where they went last."""
        moves = self.timeline.moves
        places = {}
        for name in self.tables.people:
            if name not in self.timeline.names:
                continue
            mine = moves[
                (moves["carrier"] == self.timeline.code(name)) & (moves["start"] <= self.time)
            ]
            if len(mine):
                places[name] = self.timeline.name(mine["target"][-1])
        return places

    def _vehicles(self) -> dict[str, StandingVehicle]:
        moves = self.timeline.moves
        places = {}
        for name in self.tables.vehicles:
            if name not in self.timeline.names:
                continue
            mine = moves[
                (moves["carrier"] == self.timeline.code(name)) & (moves["start"] <= self.time)
            ]
            if not len(mine):
                continue
            last = mine[-1]
            place, elapsed = self.timeline.name(last["target"]), 0.0
            if not last["end"] <= self.time:
                elapsed = self.time - float(last["start"])
                if last["part"] >= 0:
                    place = self.timeline.name(last["origin"])
            places[name] = StandingVehicle(place, elapsed)
        return places
