"""Simulate: a factory and a seed -> a Timeline, or only its sums."""

from __future__ import annotations

import hashlib
import json
import math
import threading
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from twin import units
from twin.cells.factory import Factory
from twin.errors import Cancelled, FindingsError, RunError
from twin.production import kernel
from twin.production.deadlock import refuse_deadlock
from twin.production.machine_code import doors
from twin.production.plan import Plan, Variant, name_key, new_world, plan
from twin.production.snapshot import restore, snapshot
from twin.timeline import (
    EXCHANGE,
    INTERVALS,
    MOVES,
    ORDERS,
    POINTS,
    Names,
    Outcome,
    State,
    Timeline,
)

Floats = NDArray[np.float64]
LOGS = ("log_intervals", "log_moves", "log_orders", "log_exits", "log_parts", "log_points")
SLICE = 1_000_000  # events between two looks at whether to go on
# By the kernel's number.
OUTCOMES = np.array([Outcome.OPEN, Outcome.DONE, Outcome.SCRAPPED, Outcome.CANCELLED])
POINT_NAMES = ("scrap", "rework", "done")  # by the kernel's number


def seconds(value: float | str) -> float:
    """A time [s], or a text with a unit ("8 h"); RunError where it is neither, or negative."""
    try:
        result = units.parse(value, "time")
    except ValueError as error:
        raise RunError(f"time {value!r}: {error}") from error
    if result < 0:
        raise RunError(f"time {value!r} is negative")
    return result


@overload
def simulate(
    factory: Factory,
    until: float | str,
    seed: int | None = None,
    *,
    variant: Variant | None = None,
    state: Mapping[str, Any] | None = None,
) -> Timeline: ...
@overload
def simulate(
    factory: Factory,
    until: float | str,
    seed: Iterable[int],
    *,
    variant: Variant | None = None,
    state: Mapping[str, Any] | None = None,
) -> list[Timeline]: ...
def simulate(
    factory: Factory,
    until: float | str,
    seed: int | Iterable[int] | None = None,
    *,
    variant: Variant | None = None,
    state: Mapping[str, Any] | None = None,
) -> Timeline | list[Timeline]:
    """What happens from time 0 up to `until` [s, or a text such as "8 h"].

    The plant begins empty, but for what its layout says is present; with `state`, a snapshot, it
    goes on from there, by its own chance unless a seed is given. (Without a state, no seed is 1.)
    One seed gives one Timeline, several a list. Raises FindingsError where the factory has an error
    finding, RunError where the simulation cannot go on.
    """
    until = seconds(until)
    refuse_errors(factory)
    tables = plan(factory, variant)
    runner = Runner(tables)
    if seed is None or isinstance(seed, int):
        return _timeline(runner, factory, seed, until, variant, state)
    return [_timeline(runner, factory, one, until, variant, state) for one in seed]


def state_at(
    factory: Factory,
    time: float | str,
    seed: int | None = None,
    *,
    state: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The snapshot of a run at a time [s, or a text], as `simulate` takes it: plain data for JSON.

    Raises FindingsError and RunError as `simulate` does.
    """
    refuse_errors(factory)
    runner = Runner(plan(factory))
    if state is None:
        runner.start(1 if seed is None else seed)
    else:
        runner.resume(dict(state), None if seed is None else (seed, 0))
    runner.run(seconds(time))
    return runner.snapshot()


def refuse_errors(factory: Factory) -> None:
    """Raise FindingsError where a finding forbids a forecast."""
    errors = [f for f in factory.findings if f.severity == "error"]
    if errors:
        lines = "\n".join(f"  {f.where}: {f.message}" for f in errors)
        raise FindingsError(f"{factory.layout.name}: no forecast before these are mended:\n{lines}")


def run_id(
    factory: Factory,
    seed: int | None,
    until: float,
    variant: Variant | None = None,
    state: Mapping[str, Any] | None = None,
) -> str:
    """What decides the bits of a run, hashed: factory, seed, end, variant, state, program."""
    changes = variant or Variant()
    facts = [
        factory.key,
        seed,
        until,
        sorted(changes.pace.items()),
        sorted(changes.more.items()),
        sorted(changes.room.items()),
        program_version(),
        np.__version__,
        *([] if state is None else [dict(state)]),
    ]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:12]


def program_version() -> str:
    """The version of this package; "source" where it runs without having been installed."""
    try:
        return version("twin")
    except PackageNotFoundError:
        return "source"


@dataclass(frozen=True)
class Tally:
    """The sums of one replication over its window of observation.

    Times are in s. unit_times (units, states), people_times (people, states): time in each state.
    leads (orders,): from release to the end of the orders that were done in the window; lateness
    (orders,): from their due dates to their ends (below 0: early; NaN: none was due). walked
    (people,), driven (vehicles,), carried by hand: ways [m], where they take time. part_leads,
    part_ends, part_products (parts,): of the parts that left finished, how long they were in the
    plant, when they left by the clock, and which of the plan's products they are. station_waits
    (stations,): time between coming to wait and being taken, summed over station_taken parts.
    unit_loads begun with unit_parts parts in all; unit_stretches of working or being down without a
    gap, unit_active in all. stock_level and stock_owed (stocks,): means over time; of stock_demands
    orders, stock_filled were served at once; stock_ordered lots were ordered.
    """

    window: float
    exits: int
    product_exits: Floats
    starts: int
    scraps: int
    lost: int
    wip: float  # mean number of parts in the plant
    wip_change: int  # parts inside at the end less those at the beginning
    ordered: int  # parts that orders released in the window ask for
    leads: Floats
    lateness: Floats
    walked: Floats
    driven: Floats
    carried: float
    part_leads: Floats
    part_ends: Floats
    part_products: NDArray[np.int64]
    unit_times: Floats
    people_times: Floats
    unit_done: Floats
    unit_scrapped: Floats
    unit_reworked: Floats
    unit_loads: Floats
    unit_parts: Floats
    unit_stretches: Floats
    unit_active: Floats
    station_waits: Floats
    station_taken: Floats
    stock_level: Floats
    stock_owed: Floats
    stock_demands: Floats
    stock_filled: Floats
    stock_ordered: Floats
    events: int


def _done(rows: Any) -> Floats:
    """From release to end, and from the due date to the end [s], of the orders in a log that were
    done (2, orders)."""
    done = rows[rows["outcome"] == kernel.ORDER_DONE]
    return np.array([done["end"] - done["release"], done["end"] - done["due"]])


def _exits(rows: Any) -> Floats:
    """Lead times and ends [s], and products, of the parts in a log (3, parts)."""
    return np.array([rows["end"] - rows["born"], rows["end"], rows["product"]])


def _joined(found: list[Floats]) -> Floats:
    """One array from several, along the last axis."""
    return found[0] if len(found) == 1 else np.concatenate(found, axis=-1)


# What is kept of a log for sums; the others are empty then.
SUMMED = {"log_orders": _done, "log_exits": _exits}


def _ends(rows: Any) -> Floats:
    """Numbers, ends [s] and outcomes of the orders in a log (3, orders)."""
    return np.array([rows["number"], rows["end"], rows["outcome"]])


# What is kept where it matters which orders have ended.
ENDS = {"log_orders": _ends, "log_exits": _exits}


LIMITS = np.uint64(name_key("limits"))  # what for a draw is


def _triangular(share: float, low: float, likely: float, high: float) -> float:
    """The quantile of a triangular distribution."""
    width = high - low
    if share * width < likely - low:
        return low + math.sqrt(share * width * (likely - low))
    return high - math.sqrt((1.0 - share) * width * (high - likely))


class Runner:
    """One world, used again for one replication after another.

    Fields are asked for by subscripts: an attribute of a record takes four times as long.
    """

    def __init__(
        self,
        tables: Plan,
        cancelled: threading.Event | None = None,
        summed: Mapping[str, Callable[[Any], Floats]] = SUMMED,
    ) -> None:
        self.tables = tables
        self.summed = summed
        self.cancelled = cancelled  # once it is set, what runs ends with Cancelled
        self.move(_copied(tables))
        self.logs: dict[str, list[Any]] = {name: [] for name in LOGS}
        # Room of earlier rows, as int64: memory that nobody has touched yet costs more than a run.
        self._spare: list[Any] = []
        # Parts that were there when a state was taken up: number, number of the order, piece.
        self.there: list[tuple[int, int, int]] = []

    def move(self, world: Any) -> None:
        """Go on in another record."""
        self.w = world
        self.doors = doors(world)

    def start(self, seed: int, replication: int = 0, *, logging: bool = False) -> None:
        """The plant at time 0."""
        self._forget_logs()
        self.there = []
        self.w["logging"] = int(logging)
        self.w["slice"] = SLICE
        with np.errstate(over="ignore"):  # hashing wraps around, also when interpreted
            self.doors.start(seed, replication)
        self._refuse(int(self.w["fail"]))
        if logging and self.w["found"]:
            self.there = self._parts_there()
        self._draw_transfers()

    def _parts_there(self) -> list[tuple[int, int, int]]:
        """The parts in the plant now: number, number of the order, piece."""
        w = self.w
        return [
            (int(p["number"]), int(w["orders"]["number"][p["order"]]), int(p["piece"]))
            for p in w["parts"][: w.parts_top]
        ]

    def run(self, until: float) -> None:
        """Go on up to `until` [s]; RunError where that cannot be, Cancelled once it shall not."""
        self._advance(until)
        self._drain()
        refuse_deadlock(self.tables, self.w)

    def _advance(self, until: float) -> None:
        """Go on up to `until` [s], without a last look at the logs and for deadlocks."""
        while True:
            with np.errstate(over="ignore"):
                code = self.doors.run(until)
            if code == kernel.DONE:
                return
            self._drain()
            if code == kernel.NEED_ROOM:
                self._grow()
            elif code == kernel.SLICE:
                refuse_deadlock(self.tables, self.w)
            elif code != kernel.DRAIN:
                self._refuse(code)
            if self.cancelled is not None and self.cancelled.is_set():
                raise Cancelled

    def snapshot(self) -> dict[str, Any]:
        """The state now, as plain data (see `twin.production.snapshot`)."""
        if self.w.unsettled:
            self.run(float(self.w.now))
        return snapshot(self.tables, self.w)

    def resume(
        self,
        state: dict[str, Any],
        future: tuple[int, int] | None = None,
        *,
        logging: bool = False,
    ) -> None:
        """The plant as a snapshot has it; `future`: a seed and a replication for other chance."""
        self.start(0, logging=False)
        restore(self.tables, self.w, state, future)
        self._draw_transfers()
        w = self.w
        self._forget_logs()
        w.logging = int(logging)
        for name in LOGS:
            w[f"{name}_n"] = 0
        w["points"] = 0
        self.there = self._parts_there()

    def _draw_transfers(self) -> None:
        """What is known of an arm between bounds only is the same in all of a run: one draw an arm,
        by which each of its transfers lies as far in its triangle between low, likely and high."""
        for at in self.tables.uncertain:
            with np.errstate(over="ignore"):
                key = kernel.key_of(self.w["seed"], np.uint64(at.key), LIMITS, 0)
                share = kernel.uniform(key, 0)
            self.w["transfer"][at.index] = _triangular(share, at.low, at.likely, at.high)

    def _refuse(self, code: int) -> None:
        """Say why the kernel cannot go on."""
        now = float(self.w.now)
        if code == kernel.ZERO_LOOP:
            raise RunError(
                f"time stands still at {now:g} s: parts go round steps that take no "
                "time; give one of them a time, or a branch a way out"
            )
        if code == kernel.FULL:
            raise RunError(
                f"more happens at {now:g} s than the engine can hold at once "
                f"({kernel.LOG} rows); make the orders smaller or the times longer"
            )
        if code == kernel.BAD_TIME:
            formula = self.tables.formulas[int(self.w.fail_row)]
            raise RunError(
                f"at {now:g} s the formula {formula!r} gives a time that is negative, infinite or "
                "no number; keep it at 0 or above, with max(0, ...)"
            )

    def _forget_logs(self) -> None:
        for found in self.logs.values():
            self._spare += [rows.base for rows in found if rows.base is not None]
            found.clear()
        self._spare.sort(key=len)

    def _kept(self, rows: Any) -> Any:
        """A copy of rows as int64, which numpy copies many times as fast as records."""
        words = rows.view(np.int64)
        fits = bisect_left(self._spare, len(words), key=len)
        room = self._spare.pop(fits) if fits < len(self._spare) else np.empty(len(words), np.int64)
        kept = room[: len(words)]
        kept[:] = words
        return kept

    def _drain(self) -> None:
        for name in LOGS:
            count = f"{name}_n"
            if self.w[count]:
                rows = self.w[name][: self.w[count]]
                kept = self._kept(rows) if self.w["logging"] else self.summed[name](rows)
                self.logs[name].append(kept)
                if name == "log_points":
                    self.w["points"] += self.w[count]
                self.w[count] = 0

    def _grow(self) -> None:
        """The same state in a world with four times the room for parts."""
        small = self.w
        room = len(small["parts"])
        if room > 2_000_000:
            raise RunError(
                f"more than {room} parts in the plant at {small.now:g} s: orders come in far "
                "faster than they are made; shorten the time or lower the demand"
            )
        large = new_world(4 * room + 27)
        for name in small.dtype.names:
            if name in ("parts", "orders", "heap_time", "heap_key"):
                large[name][: len(small[name])] = small[name]
            else:
                large[name] = small[name]
        self.move(large)

    def forget(self) -> None:
        """Begin the window of observation here, as after a warm-up."""
        self.doors.forget()
        self._forget_logs()

    def log(self, name: str) -> Any:
        """All rows of a log so far."""
        none = self.w[name][:0]
        return np.concatenate([none.view(np.int64), *self.logs[name]]).view(none.dtype)

    def tally(self, seed: int, replication: int, warm_up: float, until: float) -> Tally:
        """One replication: run to `warm_up` [s], forget, run to `until` [s]."""
        self.start(seed, replication)
        if warm_up > 0:
            self.run(warm_up)
            self.forget()
        wip = int(self.w["wip"]) if warm_up > 0 else 0
        self.run(until)
        return self._tally(until, wip)

    def finishes(self, seed: int, first: int, count: int, until: float) -> Floats:
        """When the last part left, by the clock [s], in each of `count` replications (count,).

        `until` [s] bounds each; RunError where one cannot go on.
        """
        result = np.empty(count)
        for k in range(count):
            self.start(seed, first + k)
            self._advance(until)
            result[k] = self.w["last_exit"]
        return result

    def numbers(self, seed: int, first: int, count: int, times: Sequence[float]) -> Floats:
        """Parts in the plant at given times [s], in order, in each replication (count, times)."""
        result = np.empty((count, len(times)))
        for k in range(count):
            self.start(seed, first + k)
            for i, time in enumerate(times):
                self._advance(time)
                result[k, i] = self.w["wip"]
        return result

    def future(self, seed: int, replication: int, until: float) -> tuple[Floats, Floats, Floats]:
        """One replication from where the plant stands up to `until` [s]: what became of each order
        found there, its end by the clock [s] or NaN, and its outcome (2, orders); when parts left
        finished (parts,) [s]; time in each state (units, states) [s].

        For a runner that keeps `ENDS` of its logs.
        """
        self.start(seed, replication)
        self.run(until)
        w = self.w
        ends = np.full((2, int(w["found_orders_n"])), np.nan)
        ends[1] = Outcome.OPEN
        for number, end, outcome in _joined(self.logs["log_orders"] or [np.empty((3, 0))]).T:
            if number < ends.shape[1]:
                ends[:, int(number)] = end, OUTCOMES[int(outcome)]
        exits = _joined(self.logs["log_exits"] or [np.empty((3, 0))])[1]
        return ends, exits, _times(w["units"][: w["units_n"]], until)

    def series(
        self, seed: int, replication: int, period: float, count: int
    ) -> tuple[Floats, Floats]:
        """One replication from time 0, seen in `count` periods of `period` [s] each: parts that
        left finished in a period (count,), and the mean number in the plant over it (count,)."""
        exits, area = np.zeros(count + 1), np.zeros(count + 1)
        self.start(seed, replication)
        for k in range(1, count + 1):
            until = k * period
            self._advance(until)
            w = self.w
            exits[k] = w["exits"]
            area[k] = w["wip_area"] + w["wip"] * (until - w["wip_since"])
        refuse_deadlock(self.tables, self.w)
        return np.diff(exits), np.diff(area) / period

    def _tally(self, until: float, wip: int) -> Tally:
        w, tables = self.w, self.tables
        units, people = w["units"][: w["units_n"]], w["people"][: w["people_n"]]
        stations, stocks = w["stations"][: w["stations_n"]], w["stocks"][: w["stocks_n"]]
        leads, lateness = _joined(self.logs["log_orders"] or [np.empty((2, 0))])
        exits = _joined(self.logs["log_exits"] or [np.empty((3, 0))])
        vehicles = w["vehicles"][: w["vehicles_n"]]
        hand_speed, handling = tables.hand
        window = until - float(w["booked_from"])
        area = float(w["wip_area"]) + int(w["wip"]) * (until - float(w["wip_since"]))
        times = _times(units, until)
        rest = until - stocks["since"]
        return Tally(
            window=window,
            exits=int(w["exits"]),
            product_exits=w["products"]["exits"][: len(tables.products)].astype(float),
            starts=int(w["starts"]),
            scraps=int(w["scraps"]),
            lost=int(w["lost"]),
            wip=area / window if window > 0 else 0.0,
            wip_change=int(w["wip"]) - wip,
            ordered=int(w["ordered"]),
            leads=leads,
            lateness=lateness,
            walked=people["walked"] * w["crews"]["speed"][people["crew"]],
            driven=vehicles["driven"] * tables.drive_speed,
            carried=(float(w["carried"]) - int(w["carries"]) * handling) * hand_speed,
            part_leads=exits[0],
            part_ends=exits[1],
            part_products=exits[2].astype(np.int64),
            unit_times=times,
            people_times=_times(people, until),
            unit_done=units["finished"].astype(float),
            unit_scrapped=units["scrapped"].astype(float),
            unit_reworked=units["reworked"].astype(float),
            unit_loads=units["loads"].astype(float),
            unit_parts=units["parts_taken"].astype(float),
            unit_stretches=units["stretches"].astype(float),
            unit_active=times[:, [State.PROCESSING, State.SETUP, State.DOWN]].sum(axis=1),
            station_waits=stations["waited"].copy(),
            station_taken=_per_station(tables, units["parts_taken"]),
            stock_level=(stocks["level_area"] + stocks["level"] * rest) / window,
            stock_owed=(stocks["owed_area"] + stocks["owed"] * rest) / window,
            stock_demands=stocks["demands"].astype(float),
            stock_filled=stocks["filled"].astype(float),
            stock_ordered=stocks["lots"].astype(float),
            events=int(w["events"]),
        )


# Rows that a run fills itself: a copy of a plan leaves them alone, so that they cost no memory.
_OF_A_RUN = ("parts", "orders", "deliveries", "heap_time", "heap_key", "requests", *LOGS)


def _copied(tables: Plan) -> Any:
    """A world of its own for a runner, as two of one plan may run side by side.

    (`np.array(record)` would not copy it, and copying all would touch pages that nobody uses.)
    """
    w = new_world()
    for name in tables.world.dtype.names:
        rows = tables.used.get(name)
        if rows is not None:
            w[name][:rows] = tables.world[name][:rows]
        elif name not in _OF_A_RUN:
            w[name] = tables.world[name]
    return w


def _per_station(tables: Plan, counts: Any) -> Floats:
    """Sums over the units of each station."""
    total = np.bincount(tables.station_of, counts, len(tables.stations))
    return total.astype(np.float64)


def _times(rows: Any, until: float) -> Floats:
    """Time in each state (rows, states) [s], with the states that are still going on."""
    times = rows["times"].copy()
    times[np.arange(len(rows)), rows["state"]] += until - rows["since"]
    return times


# --- logs -> Timeline ----------------------------------------------------------------------------


def _timeline(
    runner: Runner,
    factory: Factory,
    seed: int | None,
    until: float,
    variant: Variant | None,
    state: Mapping[str, Any] | None,
) -> Timeline:
    tables = runner.tables
    begin = 0.0
    if state is None:
        seed = 1 if seed is None else seed
        runner.start(seed, logging=True)
    else:
        runner.resume(dict(state), None if seed is None else (seed, 0), logging=True)
        runner.forget()  # the timeline begins here
        begin = float(runner.w.now)
        if until <= begin:
            raise RunError(f"the state is of {begin:g} s already, and the run ends at {until:g} s")
    runner.run(until)
    names = Names([*tables.units, *tables.people, *tables.vehicles, *tables.places])
    parts, orders = _orders(runner, tables, names)
    return Timeline(
        resources=tuple(range(len(tables.units) + len(tables.people) + len(tables.vehicles))),
        start=begin,
        end=until,
        intervals=_intervals(runner, parts, until),
        moves=_moves(runner, tables, names, parts),
        orders=orders,
        points=_points(runner, names),
        names=names.texts(),
        run=run_id(factory, seed, until, variant, state),
        layout=factory.layout.name,
    )


def _orders(runner: Runner, tables: Plan, names: Names) -> tuple[NDArray[np.int32], Any]:
    """Codes of the parts by their number, with -1 (none) at the end, and the table of orders."""
    log = runner.log("log_orders")
    rows = runner.w["orders"][: runner.w.orders_top]
    going: Any = np.zeros(int((rows["number"] >= 0).sum()), log.dtype)
    for column in ("number", "stream", "line", "product", "release", "start", "due"):
        going[column] = rows[rows["number"] >= 0][column]
    going["outcome"], going["end"] = kernel.ORDER_OPEN, np.nan
    log = np.concatenate([log, going])
    log = log[np.argsort(log["number"], kind="stable")]
    lines = zip(log["stream"], log["line"], strict=True)
    titles = [f"{tables.streams[s]}-{line + 1}" for s, line in lines]
    result: Any = np.zeros(len(log), ORDERS)
    result["id"] = [names[title] for title in titles]
    products = np.array([*(names[name] for name in tables.products), -1], np.int32)
    result["product"] = products[log["product"]]
    result["quantity"] = np.array(tables.quantities, int)[log["stream"]]
    for column in ("release", "due", "start", "end"):
        result[column] = log[column]
    result["outcome"] = OUTCOMES[log["outcome"]]
    made = runner.log("log_parts")
    several = np.array(tables.quantities, int)[log["stream"]] > 1
    place = {int(number): k for k, number in enumerate(log["number"])}
    codes = np.full(int(runner.w.parts_made) + 1, -1, np.int32)
    for number, order, piece in [*runner.there, *made]:
        # A piece that replaces a scrapped one counts on: it is the second of an order for one.
        k = place[order]
        codes[number] = names[titles[k] + (f"/{piece + 1}" if several[k] or piece else "")]
    return codes, result


def resources(w: Any) -> list[Any]:
    """The rows of all that can be in a state, in the order in which logs number them."""
    return [w[name][: w[f"{name}_n"]] for name in ("units", "people", "vehicles")]


def intervals(tables: Sequence[Any], log: Any, until: float) -> tuple[Any, Floats]:
    """The rows of a log of intervals (n,), with those that still go on at `until` [s], in the order
    of resource and start; and their ends [s] (n,). `tables`: as from `resources`."""
    chunks = [log]
    first = 0
    for rows in tables:
        going: Any = np.zeros(len(rows), log.dtype)
        going["resource"] = first + np.arange(len(rows))
        going["state"] = rows["state"]
        going["part"] = rows["booked_part"]
        going["start"] = rows["since"]
        chunks.append(going)
        first += len(rows)
    log = np.concatenate(chunks)
    # What still goes on is the last of its resource, also where it has begun just now.
    log = log[np.argsort(log["resource"], kind="stable")]
    ends = np.append(log["start"][1:], until)
    ends[np.append(np.diff(log["resource"]) > 0, True)] = until
    lasting = log["start"] < ends
    return log[lasting], ends[lasting]


def _intervals(runner: Runner, parts: NDArray[np.int32], until: float) -> Any:
    log, ends = intervals(resources(runner.w), runner.log("log_intervals"), until)
    result: Any = np.zeros(len(log), INTERVALS)
    for column in ("resource", "state", "start"):
        result[column] = log[column]
    result["end"] = ends
    result["part"] = parts[log["part"]]
    result["native"] = -1
    return result


def moves(tables: Plan, log: Any, points: Any) -> Any:
    """The rows of a log of moves with those that its points tell of, in the order of events."""
    places = np.flatnonzero(points["what"] >= kernel.HANDED_ON)
    points = points[places]
    handed: Any = np.zeros(len(points), log.dtype)
    handed["kind"] = kernel.BY_HAND
    handed["carrier"] = -1
    handed["origin"] = tables.world["units"]["machine"][points["unit"]]
    handed["target"] = points["what"] - kernel.HANDED_ON
    handed["part"] = points["part"]
    handed["start"] = handed["end"] = points["time"]
    handed["after"] = places + 1
    log = np.concatenate([handed, log])
    return log[np.argsort(log["after"], kind="stable")]


def _moves(runner: Runner, tables: Plan, names: Names, parts: NDArray[np.int32]) -> Any:
    log = moves(tables, runner.log("log_moves"), runner.log("log_points"))
    result: Any = np.zeros(len(log), MOVES)
    places = np.array([names[p] for p in tables.places] + [-1], np.int32)
    spots = np.array([names[p] for p in tables.spots] + [-1], np.int32)
    # Whoever starts from home starts from a place of his or her own there.
    homes = np.array([names[f"home:{p}"] for p in tables.people] + [-1], np.int32)
    walker = np.where(log["kind"] == kernel.ON_FOOT, log["carrier"] - len(tables.units), -1)
    result["part"] = parts[log["part"]]
    result["carrier"] = log["carrier"]
    by_arm = np.isin(log["kind"], (kernel.BY_ARM, kernel.BY_EXCHANGE))
    elsewhere = by_arm | (log["kind"] == kernel.BY_VEHICLE)
    result["origin"] = places[np.where(elsewhere, -1, log["origin"])]
    driven = log["kind"] == kernel.BY_VEHICLE
    result["origin"][driven] = spots[log["origin"][driven]]
    from_home = (log["kind"] == kernel.ON_FOOT) & (log["origin"] >= len(tables.machines))
    result["origin"][from_home] = homes[walker[from_home]]
    result["target"] = places[np.where(driven, -1, log["target"])]
    result["target"][driven] = spots[log["target"][driven]]
    for (row, machine), (origin, target) in tables.ports.items():
        these = by_arm & (log["origin"] == row) & (log["target"] == machine)
        result["origin"][these] = names[origin]
        result["target"][these] = names[target]
    result["start"], result["end"] = log["start"], log["end"]
    result["native"] = -1
    brought = log["kind"] == kernel.BY_EXCHANGE
    if brought.any():
        result["native"][brought] = names[EXCHANGE]
    return result[np.argsort(result["start"], kind="stable")]


def _points(runner: Runner, names: Names) -> Any:
    log = runner.log("log_points")
    result: Any = np.zeros(len(log), POINTS)
    codes = np.array([names[name] for name in POINT_NAMES], np.int32)
    result["resource"] = log["unit"]
    result["name"] = codes[np.where(log["what"] < kernel.HANDED_ON, log["what"], kernel.COUNT_DONE)]
    result["time"] = log["time"]
    result["value"] = 1.0
    result["unit"] = result["native"] = -1
    return result
