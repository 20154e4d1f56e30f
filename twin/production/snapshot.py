"""The state of a plant at one moment as plain data with names, and back: the same bits go on.

A snapshot is taken between two instants. It names everything (units, parts by their number, orders
by theirs), holds due times by the clock rather than what is left, and has no event in it: what is
going to happen follows from the state, and is worked out anew.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from twin.errors import RunError
from twin.production import kernel
from twin.production.plan import Plan

VERSION = 2
# What the plan says of a row; everything else is the row's state.
OF_THE_PLAN = {
    "units": ("station", "machine", "clocks", "name_key"),
    "people": ("crew", "home", "name_key"),
    "requests": (),
    "stations": (
        "first",
        "units",
        "capacity",
        "places",
        "turn_away",
        "travel",
        "travel_key",
        "calendar",
        "pace",
        "rule",
        "by_number",
        "interruptible",
        "plain",
        "ranked",
        "batch_min",
        "batch_max",
        "batch_same",
        "batch_code",
        "batch_wait",
        "changes",
        "on_change",
        "after_idle",
        "matrix",
        "first_change",
        "change_skill",
        "disturbances",
        "d_clock",
        "d_every",
        "d_lasts",
        "d_skill",
        "d_fate",
        "d_bits",
        "d_planned",
        "d_key",
        "carry_to",
        "fleet",
        "sources",
    ),
    "crews": (
        "first",
        "count",
        "calendar",
        "on_foot",
        "speed",
        "pace",
        "rule",
        "absence",
        "offers",
    ),
    "calendars": ("cycle", "first", "count", "at_close"),
    "products": (
        "first",
        "steps",
        "family",
        "replace",
        "into",
        "loops",
        "counted",
        "priority",
        "priority_code",
        "weight",
        "weight_code",
        "attribute",
    ),
    "streams": (
        "release",
        "want",
        "product",
        "first_want",
        "wants",
        "stock",
        "every",
        "quantity",
        "pieces",
        "limit",
        "calendar",
        "first",
        "due_after",
        "own_priority",
        "priority",
        "priority_code",
        "own_weight",
        "weight",
        "weight_code",
        "cards",
        "attribute_said",
        "attribute",
        "attribute_dist",
        "attribute_key",
        "key",
        "profile",
        "rates",
        "rate_cycle",
    ),
    "stocks": (
        "start",
        "capacity",
        "at",
        "lot",
        "up_to",
        "supplier",
        "maker",
        "loses",
        "key",
        "first_user",
        "users",
    ),
    "fleets": ("first", "count", "nearest", "load", "unload", "one_by_one", "first_stop", "stops"),
    "vehicles": ("fleet", "home", "name_key"),
    "parts": (),
    "orders": (),
    "deliveries": ("next",),
}
# Scalars of the world that are state.
SCALARS = (
    "now",
    "seed",
    "parts_made",
    "orders_made",
    "events",
    "wip",
    "wip_since",
    "wip_area",
    "exits",
    "last_exit",
    "scraps",
    "carries",
    "carried",
    "lost",
    "starts",
    "ordered",
    "booked_from",
)
# What is 0 between two instants.
_BETWEEN = (
    "unsettled",
    "more",
    "dirty_n",
    "aside",
    "stocks_dirty",
    "crew_dirty",
    "fleet_dirty",
    "losers",
    "passing_n",
    "passing_now",
    "touched_units_n",
    "touched_people_n",
    "touched_vehicles_n",
    "fail",
    "pause",
)
# Fields that hold the row of a part or an order: told by their numbers.
PARTS_IN = {
    "units": ("part", "reserved"),
    "stations": ("head", "tail", "out_head", "out_tail"),
    "stocks": ("out_head", "out_tail"),
    "fleets": ("head", "tail"),
    "vehicles": ("part",),
    "parts": ("next", "prev", "mate"),
}
ORDERS_IN = {
    "parts": ("order",),
    "orders": ("next",),
    "streams": ("wait_head", "wait_tail"),
    "stocks": ("wait_head", "wait_tail"),
}


def snapshot(tables: Plan, w: Any) -> dict[str, Any]:
    """The state of a world between two instants, fit for JSON (non-finite numbers are texts)."""
    parts = np.flatnonzero(w["parts"]["where"][: w.parts_top] != kernel.GONE)
    parts = parts[np.argsort(w["parts"]["number"][parts], kind="stable")]
    orders = np.flatnonzero(w["orders"]["number"][: w.orders_top] >= 0)
    orders = orders[np.argsort(w["orders"]["number"][orders], kind="stable")]
    number = {int(p): int(w["parts"][p]["number"]) for p in parts}
    order = {int(o): int(w["orders"][o]["number"]) for o in orders}
    deliveries = [d for d in range(int(w.deliveries_top)) if w["deliveries"][d]["stock"] >= 0]
    # By what they are: which row one has got depends on which others have come before.
    deliveries.sort(
        key=lambda d: [_plain(w["deliveries"][d][k]) for k in ("due", "stock", "pieces")]
    )
    result: dict[str, Any] = {
        "snapshot": VERSION,
        "seed": int(w.seed),
        "world": {name: _plain(w[name]) for name in SCALARS},
        "skills": [[int(w["skill_head"][k]), int(w["skill_tail"][k])] for k in range(w.skills_n)],
        "roads": [int(v) for v in w["road_user"][: w.roads_n]],
    }
    for table, names in _named(tables, w):
        rows = {name: _row(w, table, k) for k, name in enumerate(names)}
        result[table] = {"columns": _columns(w, table), "rows": rows}
    for table, found in (("parts", parts), ("orders", orders), ("deliveries", deliveries)):
        rows = [_row(w, table, int(k)) for k in found]
        if table != "deliveries":
            rows = [_used(w, table, int(k), row) for k, row in zip(found, rows, strict=True)]
        result[table] = {"columns": _columns(w, table), "rows": rows}
    _rename(result, PARTS_IN, number)
    _rename(result, ORDERS_IN, order)
    return result


def restore(
    tables: Plan, w: Any, state: dict[str, Any], future: tuple[int, int] | None = None
) -> None:
    """Put a state into a started world of a plan with the same names.

    `future`: a seed and a replication instead of the state's own chance. Raises RunError
    where the state is no snapshot of this version, or of a plant with other names.
    """
    if state.get("snapshot") != VERSION:
        raise RunError(
            f"this is no snapshot of version {VERSION}: its key 'snapshot' is "
            f"{state.get('snapshot')!r}"
        )
    part = {
        row[state["parts"]["columns"].index("number")]: k
        for k, row in enumerate(state["parts"]["rows"])
    }
    order = {
        row[state["orders"]["columns"].index("number")]: k
        for k, row in enumerate(state["orders"]["rows"])
    }
    state = {key: dict(value) if isinstance(value, dict) else value for key, value in state.items()}
    _rename(state, PARTS_IN, part)
    _rename(state, ORDERS_IN, order)
    if len(part) > len(w["parts"]):
        raise RunError(
            f"the snapshot has {len(part)} parts; the engine has room for {len(w['parts'])}"
        )
    for name in SCALARS:
        w[name] = state["world"][name]
    for name in _BETWEEN:
        w[name] = 0
    w.back_head = w.dirty_top = w.undecided_head = w.undecided_tail = -1
    if future is not None:
        with np.errstate(over="ignore"):
            kernel.reseed(w, *future)
    for table, names in _named(tables, w):
        given = state[table]["rows"]
        if set(given) != set(names):
            other = sorted(set(given) ^ set(names))
            raise RunError(
                f"the snapshot is of another plant: {table} {', '.join(other[:6])} "
                "are in one of them only"
            )
        for k, name in enumerate(names):
            _put(w, table, k, state[table]["columns"], given[name])
    for table, top in (
        ("parts", "parts_top"),
        ("orders", "orders_top"),
        ("deliveries", "deliveries_top"),
    ):
        rows = state[table]["rows"]
        for k, row in enumerate(rows):
            _put(w, table, k, state[table]["columns"], row)
        w[top] = len(rows)
    w.parts_used = len(part)
    w.free_part = w.free_order = w.free_delivery = -1
    for k, (head, tail) in enumerate(state["skills"]):
        w["skill_head"][k], w["skill_tail"][k] = head, tail
    w["road_user"][: w.roads_n] = state["roads"]
    w["listed"] = w["requests"]["listed"][: w.units_n * kernel.REQUESTS].sum()
    _rebuild_heap(w)


def _named(tables: Plan, w: Any) -> Iterator[tuple[str, Sequence[str]]]:
    """The tables whose rows have names, and these."""
    yield "units", tables.units
    yield "people", tables.people
    yield "requests", [f"{u}/{k}" for u in tables.units for k in range(kernel.REQUESTS)]
    yield "stations", tables.stations
    yield "crews", tables.crews
    yield "calendars", [str(k) for k in range(int(w.calendars_n))]
    yield "products", tables.products
    yield "streams", tables.streams
    yield "stocks", [f"{k}:{name}" for k, name in enumerate(tables.stocks)]
    yield "fleets", [str(k) for k in range(int(w.fleets_n))]
    yield "vehicles", tables.vehicles


def _columns(w: Any, table: str) -> list[str]:
    known = OF_THE_PLAN[table]
    return [name for name in w[table].dtype.names if name not in known]


def _row(w: Any, table: str, k: int) -> list[Any]:
    return [_plain(w[table][name][k]) for name in _columns(w, table)]


def _used(w: Any, table: str, k: int, row: list[Any]) -> list[Any]:
    """The row without what it keeps from an earlier part or order that had the same place."""
    columns = _columns(w, table)
    if table == "orders":
        place = columns.index("attribute")
        return [*row[:place], row[place][: int(w.attributes_n)], *row[place + 1 :]]
    part = w["parts"][k]
    product = w["products"][int(part["product"])]
    lengths = {
        "visits": int(product["steps"]) if product["loops"] else 0,
        "taken": int(product["counted"]),
        "tool": int(part["held_tools"]),
        "tools": int(part["held_tools"]),
    }
    # Links lead somewhere only in a list, or on a unit.
    fetched = k in w["vehicles"]["part"][: w.vehicles_n]
    outside = part["where"] in (kernel.OUTSIDE, kernel.ABOARD) and not fetched
    listed = outside or (part["where"] == kernel.QUEUED and part["unit"] < 0)
    loaded = part["unit"] >= 0 and part["where"] != kernel.QUEUED
    gone = {} if listed else {"next": -1, "prev": -1}
    gone |= {} if loaded else {"mate": -1}
    return [
        value[: lengths[name]] if name in lengths else gone.get(name, value)
        for name, value in zip(columns, row, strict=True)
    ]


def _put(w: Any, table: str, k: int, columns: Sequence[str], row: Sequence[Any]) -> None:
    for name, value in zip(columns, row, strict=True):
        if isinstance(value, list):
            w[table][name][k] = 0
            w[table][name][k][: len(value)] = [_number(v) for v in value]
        else:
            w[table][name][k] = _number(value)


def _plain(value: Any) -> Any:
    """A number, or a list of them, as JSON has it."""
    if isinstance(value, np.ndarray):
        return [_plain(v) for v in value]
    number = value.item() if isinstance(value, np.generic) else value
    return number if isinstance(number, int) or math.isfinite(number) else repr(number)


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, str) else value


def _rename(
    state: dict[str, Any], fields: dict[str, tuple[str, ...]], names: dict[int, int]
) -> None:
    """Other names for the rows that some fields hold; -1 stays, what is gone becomes -1."""

    def named(row: list[Any], places: list[int]) -> list[Any]:
        row = list(row)
        for place in places:
            row[place] = names.get(row[place], -1)
        return row

    for table, which in fields.items():
        columns = state[table]["columns"]
        places = [columns.index(name) for name in which]
        rows = state[table]["rows"]
        if isinstance(rows, dict):
            rows = {name: named(row, places) for name, row in rows.items()}
        else:
            rows = [named(row, places) for row in rows]
        state[table] = {"columns": columns, "rows": rows}


# --- what is going to happen ---------------------------------------------------------------------


def _rebuild_heap(w: Any) -> None:
    """The events that follow from the state, in order (which is a heap)."""
    events: list[tuple[float, int]] = []

    def add(time: Any, kind: int, entity: int, version: Any) -> None:
        key = (kind << 56) | (entity << 28) | (int(version) & kernel._VERSIONS)
        events.append((float(time), key))

    _of_units(w, add)
    _of_people(w, add)
    for p in range(int(w.parts_top)):
        row = w["parts"][p]
        if row["where"] == kernel.UNDER_WAY:
            add(row["due"], kernel.E_TRIP, p, row["version"])
        elif row["where"] == kernel.QUEUED:
            step = w["steps"][int(row["step"])]
            station = w["stations"][int(w["options"][int(row["option"])]["station"])]
            if station["batch_wait"] >= 0 and row["entered"] + station["batch_wait"] > w.now:
                due = row["entered"] + station["batch_wait"]
                add(due, kernel.E_WAITED, p, row["version"])
            if step["spoils"] >= 0:
                add(row["entered"] + step["spoils"], kernel.E_SPOILT, p, row["version"])
    for d in range(int(w.deliveries_top)):
        add(w["deliveries"][d]["due"], kernel.E_DELIVERY, d, 0)
    for v, row in enumerate(w["vehicles"][: w.vehicles_n]):
        if row["leg"] not in (kernel.PARKED, kernel.AT_STOP) and not row["waits"]:
            add(row["due"], kernel.E_DRIVEN, v, row["version"])
    for c, row in enumerate(w["calendars"][: w.calendars_n]):
        add(row["due"], kernel.E_OPEN if row["closed"] else kernel.E_CLOSE, c, 0)
    for k, row in enumerate(w["streams"][: w.streams_n]):
        if row["runs"]:
            add(row["due"], kernel.E_ORDER, k, row["version"])
        if row["profile"] >= 0:
            add(row["rate_due"], kernel.E_RATE, k, 0)
    events.sort()
    w.hole = 0
    kernel.clear_behind(w, len(events))
    w["heap_time"][: len(events)] = [time for time, _ in events]
    w["heap_key"][: len(events)] = [key for _, key in events]


def _of_units(w: Any, add: Callable[[Any, int, int, Any], None]) -> None:
    """Ends of phases, failures and repairs."""
    for u, row in enumerate(w["units"][: w.units_n]):
        station = w["stations"][int(row["station"])]
        if row["stage"] == kernel.RUNNING:
            add(row["due"], kernel.E_PHASE, u, row["version"])
            if row["leave_left"] >= 0:
                add(row["leave_due"], kernel.E_LEAVE, u, row["leave_version"])
        for k in range(int(station["disturbances"])):
            entity, version = u * kernel.DISTURBANCES + k, row["d_version"][k]
            if row["d_runs"][k]:
                kind = kernel.E_REPAIRED if row["d_active"][k] else kernel.E_FAIL
                add(row["d_due"][k], kind, entity, version)


def _of_people(w: Any, add: Callable[[Any, int, int, Any], None]) -> None:
    """Ends of walks."""
    for p, row in enumerate(w["people"][: w.people_n]):
        if row["request"] < 0:
            continue
        u, k = divmod(int(row["request"]), kernel.REQUESTS)
        unit = w["units"][u]
        walks = unit["stage"] == kernel.COMING if k == 0 else not unit["d_ready"][k - 1]
        if walks:
            add(row["due"], kernel.E_WALKED, p, row["version"])
