"""Simulate: a factory and a seed -> a Timeline, or only its sums."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from twin import units
from twin.cells.factory import Factory
from twin.errors import FindingsError, RunError
from twin.production import kernel
from twin.production.plan import Plan, Variant, new_world, plan
from twin.timeline import INTERVALS, MOVES, ORDERS, POINTS, Names, Outcome, Timeline

Floats = NDArray[np.float64]
LOGS = ("log_intervals", "log_moves", "log_orders", "log_parts", "log_points")
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
    factory: Factory, until: float | str, seed: int = 1, *, variant: Variant | None = None
) -> Timeline: ...
@overload
def simulate(
    factory: Factory, until: float | str, seed: Iterable[int], *, variant: Variant | None = None
) -> list[Timeline]: ...
def simulate(
    factory: Factory,
    until: float | str,
    seed: int | Iterable[int] = 1,
    *,
    variant: Variant | None = None,
) -> Timeline | list[Timeline]:
    """What happens from an empty plant at time 0 up to `until` [s, or a text such as "8 h"].

    One seed gives one Timeline, several seeds a list. Raises FindingsError where the factory has
    an error finding, RunError where the simulation cannot go on.
    """
    until = seconds(until)
    refuse_errors(factory)
    tables = plan(factory, variant)
    if isinstance(seed, int):
        return _timeline(tables, factory, seed, until, variant)
    return [_timeline(tables, factory, one, until, variant) for one in seed]


def refuse_errors(factory: Factory) -> None:
    """Raise FindingsError where a finding forbids a forecast."""
    errors = [f for f in factory.findings if f.severity == "error"]
    if errors:
        lines = "\n".join(f"  {f.where}: {f.message}" for f in errors)
        raise FindingsError(f"{factory.layout.name}: no forecast before these are mended:\n{lines}")


def run_id(factory: Factory, seed: int, until: float, variant: Variant | None = None) -> str:
    """What decides the bits of a run, hashed: factory, seed, end, variant, program, numbers."""
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

    unit_times (units, states) [s], people_times (people, states) [s]: time in each state. leads
    (orders,) [s]: from release to the end of the orders that ended in the window.
    """

    window: float
    exits: int
    product_exits: Floats
    starts: int
    scraps: int
    wip: float  # mean number of parts in the plant
    wip_change: int  # parts inside at the end less those at the beginning
    ordered: int  # parts that orders released in the window ask for
    leads: Floats
    unit_times: Floats
    people_times: Floats
    unit_done: Floats
    unit_scrapped: Floats
    unit_reworked: Floats
    events: int


class Runner:
    """One world, used again for one replication after another."""

    def __init__(self, tables: Plan) -> None:
        self.tables = tables
        # A copy, as two runners of one plan may run side by side. (`np.array(record)` is none.)
        worlds = np.empty(1, tables.world.dtype).view(np.recarray)
        worlds[0] = tables.world
        self.w = worlds[0]
        self.logs: dict[str, list[Any]] = {name: [] for name in LOGS}

    def start(self, seed: int, replication: int = 0, *, logging: bool = False) -> None:
        """The empty plant at time 0."""
        self.logs = {name: [] for name in LOGS}
        self.w.logging = int(logging)
        with np.errstate(over="ignore"):  # hashing wraps around, also when interpreted
            kernel.start(self.w, seed, replication)

    def run(self, until: float) -> None:
        """Go on up to `until` [s]; RunError where that cannot be."""
        while True:
            with np.errstate(over="ignore"):
                code = kernel.run(self.w, until)
            self._drain()
            if code == kernel.DONE:
                return
            if code == kernel.NEED_ROOM:
                self._grow()
            elif code == kernel.ZERO_LOOP:
                raise RunError(
                    f"time stands still at {self.w.now:g} s: parts go round steps that take no "
                    "time; give one of them a time, or a branch a way out"
                )
            elif code != kernel.DRAIN:
                raise RunError(
                    f"more happens at {self.w.now:g} s than the engine can hold at once "
                    f"({kernel.LOG} rows); make the orders smaller or the times longer"
                )

    def _drain(self) -> None:
        for name in LOGS:
            count = f"{name}_n"
            if self.w[count]:
                self.logs[name].append(self.w[name][: self.w[count]].copy())
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
        for table, head in (("parts", "free_part"), ("orders", "free_order")):
            new = large[table]
            new["next"][room:-1] = np.arange(room + 1, len(new))
            new["next"][-1] = small[head]
            large[head] = room
        large.free_parts = small.free_parts + len(large["parts"]) - room
        self.w = large

    def forget(self) -> None:
        """Begin the window of observation here, as after a warm-up."""
        kernel.forget(self.w)
        self.logs = {name: [] for name in LOGS}

    def log(self, name: str) -> Any:
        """All rows of a log so far."""
        chunks = self.logs[name]
        return np.concatenate(chunks) if chunks else self.w[name][:0].copy()

    def tally(self, seed: int, replication: int, warm_up: float, until: float) -> Tally:
        """One replication: run to `warm_up` [s], forget, run to `until` [s]."""
        self.start(seed, replication)
        self.run(warm_up)
        before = self._releases()
        wip = int(self.w.wip)
        self.forget()
        self.run(until)
        return self._tally(until, before, wip)

    def _releases(self) -> Any:
        log = self.log("log_orders")
        return log[log["what"] == kernel.ORDER_RELEASED]

    def _tally(self, until: float, before: Any, wip: int) -> Tally:
        w, tables = self.w, self.tables
        units, people = w["units"][: w.units_n], w["people"][: w.people_n]
        releases = self._releases()
        orders = self.log("log_orders")
        ends = orders[orders["what"] == kernel.ORDER_DONE]
        released = np.concatenate([before["time"], releases["time"]])
        window = until - float(w.booked_from)
        area = float(w.wip_area) + int(w.wip) * (until - float(w.wip_since))
        return Tally(
            window=window,
            exits=int(w.exits),
            product_exits=w["products"]["exits"][: len(tables.products)].astype(float),
            starts=int(w.starts),
            scraps=int(w.scraps),
            wip=area / window if window > 0 else 0.0,
            wip_change=int(w.wip) - wip,
            ordered=int(np.array(tables.quantities)[releases["stream"]].sum()),
            leads=ends["time"] - released[ends["number"]],
            unit_times=_times(units, until),
            people_times=_times(people, until),
            unit_done=units["done"].astype(float),
            unit_scrapped=units["scrapped"].astype(float),
            unit_reworked=units["reworked"].astype(float),
            events=int(w.events),
        )


def _times(rows: Any, until: float) -> Floats:
    """Time in each state (rows, states) [s], with the states that are still going on."""
    times = rows["times"].copy()
    times[np.arange(len(rows)), rows["state"]] += until - rows["since"]
    return times


# --- logs -> Timeline ----------------------------------------------------------------------------


def _timeline(
    tables: Plan, factory: Factory, seed: int, until: float, variant: Variant | None
) -> Timeline:
    runner = Runner(tables)
    runner.start(seed, logging=True)
    runner.run(until)
    names = Names([*tables.units, *tables.people, *tables.places])
    parts, orders = _orders(runner, tables, names)
    return Timeline(
        resources=tuple(range(len(tables.units) + len(tables.people))),
        start=0.0,
        end=until,
        intervals=_intervals(runner, parts, until),
        moves=_moves(runner, tables, names, parts),
        orders=orders,
        points=_points(runner, names),
        names=names.texts(),
        run=run_id(factory, seed, until, variant),
        layout=factory.layout.name,
    )


def _orders(runner: Runner, tables: Plan, names: Names) -> tuple[NDArray[np.int32], Any]:
    """Codes of the parts by their number, with -1 (none) at the end, and the table of orders."""
    log = runner.log("log_orders")
    released = log[log["what"] == kernel.ORDER_RELEASED]
    rows: Any = np.zeros(len(released), ORDERS)
    lines = zip(released["stream"], released["line"], strict=True)
    titles = [f"{tables.streams[s]}-{line + 1}" for s, line in lines]
    rows["id"] = [names[title] for title in titles]
    stream = released["stream"]
    products = np.array([names[name] for name in tables.products], np.int32)
    rows["product"] = products[runner.w["streams"]["product"][stream]]
    rows["quantity"] = np.array(tables.quantities, int)[stream]
    rows["release"] = released["time"]
    rows["due"] = released["time"] + np.array(tables.due, float)[stream]
    rows["start"] = rows["end"] = np.nan
    rows["outcome"] = Outcome.OPEN
    for what, column, outcome in (
        (kernel.ORDER_STARTED, "start", None),
        (kernel.ORDER_DONE, "end", Outcome.DONE),
        (kernel.ORDER_SCRAPPED, "end", Outcome.SCRAPPED),
    ):
        these = log[log["what"] == what]
        rows[column][these["number"]] = these["time"]
        if outcome is not None:
            rows["outcome"][these["number"]] = outcome
    made = runner.log("log_parts")
    several = np.array(tables.quantities, int)[stream] > 1
    codes = np.full(len(made) + 1, -1, np.int32)
    for number, order, piece in made:
        # A piece that replaces a scrapped one counts on: it is the second of an order for one.
        tail = f"/{piece + 1}" if several[order] or piece else ""
        codes[number] = names[titles[order] + tail]
    return codes, rows


def _intervals(runner: Runner, parts: NDArray[np.int32], until: float) -> Any:
    log = runner.log("log_intervals")
    w = runner.w
    chunks = [log]
    for rows, first in ((w["units"][: w.units_n], 0), (w["people"][: w.people_n], int(w.units_n))):
        going: Any = np.zeros(len(rows), log.dtype)
        going["resource"] = first + np.arange(len(rows))
        going["state"] = rows["state"]
        going["part"] = rows["booked_part"]
        going["start"] = rows["since"]
        going["end"] = until
        chunks.append(going[going["start"] < until])
    log = np.concatenate(chunks)
    result: Any = np.zeros(len(log), INTERVALS)
    for column in ("resource", "state", "start", "end"):
        result[column] = log[column]
    result["part"] = parts[log["part"]]
    result["native"] = -1
    return result[np.lexsort((result["start"], result["resource"]))]


def _moves(runner: Runner, tables: Plan, names: Names, parts: NDArray[np.int32]) -> Any:
    log = runner.log("log_moves")
    result: Any = np.zeros(len(log), MOVES)
    places = np.array([names[p] for p in tables.places] + [-1], np.int32)
    # Whoever starts from home starts from a place of his or her own there.
    homes = np.array([names[f"home:{p}"] for p in tables.people] + [-1], np.int32)
    walker = np.where(log["kind"] == kernel.ON_FOOT, log["carrier"] - len(tables.units), -1)
    result["part"] = parts[log["part"]]
    result["carrier"] = log["carrier"]
    result["origin"] = places[np.where(log["kind"] == kernel.BY_ARM, -1, log["origin"])]
    from_home = (log["kind"] == kernel.ON_FOOT) & (log["origin"] >= len(tables.machines))
    result["origin"][from_home] = homes[walker[from_home]]
    result["target"] = places[log["target"]]
    for (row, machine), (origin, target) in tables.ports.items():
        by_arm = log["kind"] == kernel.BY_ARM
        these = by_arm & (log["origin"] == row) & (log["target"] == machine)
        result["origin"][these] = names[origin]
        result["target"][these] = names[target]
    result["start"], result["end"] = log["start"], log["end"]
    result["native"] = -1
    return result[np.argsort(result["start"], kind="stable")]


def _points(runner: Runner, names: Names) -> Any:
    log = runner.log("log_points")
    result: Any = np.zeros(len(log), POINTS)
    codes = np.array([names[name] for name in POINT_NAMES], np.int32)
    result["resource"] = log["unit"]
    result["name"] = codes[log["what"]]
    result["time"] = log["time"]
    result["value"] = 1.0
    result["unit"] = result["native"] = -1
    return result
