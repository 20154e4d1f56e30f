"""The compiled kernel against the oracle: on random plants both do the same at the same times.

They share the draws of chance and the distances on the floor, nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.against import oracle
from tests.against.chance import PartKey
from tests.against.kernel_chance import REFILLS, KernelChance, distance
from tests.against.log import Log
from tests.against.mirror import mirror, records
from tests.against.plants import FEATURES, plants
from tests.against.strategies import Shop
from twin.errors import RunError
from twin.production import kernel
from twin.production.machine_code import interpreted as is_interpreted
from twin.production.plan import Plan, plan
from twin.production.run import LOGS, Runner, intervals, resources
from twin.timeline import State

UNTIL = 150.0
NEAR = 1e-9  # relative

# TWIN_EXAMPLES=2000 for a long look.
many = settings(
    max_examples=int(os.environ.get("TWIN_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
seeds = st.integers(0, 3)

# What is asked of that which still goes on at the end.
LASTING = np.dtype([("state", "i8"), ("booked_part", "i8"), ("since", "f8")])
# Who, what, with which part; from, to [s].
Row = tuple[str, str, str, float, float]


def name(part: PartKey) -> str:
    stream = part.stream
    if stream.startswith(REFILLS):
        stream = f"refill:{stream.removeprefix(REFILLS)}"
    return f"{stream}-{part.order + 1}/{part.piece + 1}"


def compiled(tables: Plan, seed: int) -> tuple[Any, dict[str, Any]]:
    """The world at the end, and its logs."""
    runner = Runner(tables)
    runner.start(seed, logging=True)
    try:
        runner.run(UNTIL)
    except RunError as error:  # it has come to a stand, as the oracle's has
        if "deadlock" not in str(error):
            raise
    return runner.w, {log: runner.log(log) for log in LOGS}


def interpreted(tables: Plan, seed: int) -> tuple[Any, dict[str, Any]]:
    """The same without a compiler."""
    w = mirror(tables.world)
    w.logging, w.slice = 1, 20_000
    with np.errstate(over="ignore"):
        kernel.start(w, seed, 0)
        code = w.fail or kernel.run(w, UNTIL)
    assert code == kernel.DONE, f"the kernel stops at {w.now} s with {code}"
    rows = {log: getattr(w, log)[: getattr(w, f"{log}_n")] for log in LOGS}
    return w, {log: records(rows[log], tables.world[log].dtype) for log in LOGS}


def by_kernel(shop: Shop, seed: int) -> list[Row]:
    """All that the kernel's logs say of a shop."""
    tables = plan(shop.factory)
    w, logs = interpreted(tables, seed) if is_interpreted() else compiled(tables, seed)
    lasting = resources(w)
    if is_interpreted():
        lasting = [records(rows, LASTING) for rows in lasting]
    streams = {}
    ended = [(row, State.OFF) for row in logs["log_orders"]]
    going = [row for row in w["orders"][: w.orders_top] if row["number"] >= 0]
    for row in [*(row for row, _ in ended), *going]:
        streams[int(row["number"])] = f"{tables.streams[row['stream']]}-{row['line'] + 1}"
    parts = {-1: ""}
    for row in logs["log_parts"]:
        parts[int(row["number"])] = f"{streams[int(row['order'])]}/{row['piece'] + 1}"
    names = [*tables.units, *tables.people]
    rows: list[Row] = []
    for row, end in zip(*intervals(lasting, logs["log_intervals"], UNTIL), strict=True):
        who, state = int(row["resource"]), State(row["state"]).name
        part = parts[int(row["part"])] if who < len(tables.units) else ""
        rows.append((names[who], state, part, float(row["start"]), float(end)))
    for row, _ in ended:
        order = f"{tables.streams[row['stream']]}-{row['line'] + 1}"
        what = "done" if row["outcome"] == kernel.ORDER_DONE else "not done"
        if not tables.streams[row["stream"]].startswith("refill:"):
            rows.append((f"order {order}", what, "", float(row["release"]), float(row["end"])))
    for row in logs["log_exits"]:
        rows.append(("exit", parts[int(row["number"])], "", float(row["end"]), float(row["end"])))
    return rows


def by_oracle(shop: Shop, seed: int) -> list[Row]:
    """All that the oracle's log says of a shop."""
    factory = shop.factory
    chance = KernelChance(factory, seed)
    log: Log = oracle.run(shop.layout, shop.durations, distance(factory), chance, UNTIL)
    rows: list[Row] = []
    for i in log.intervals:
        part = "" if i.part is None else name(log.parts[i.part])
        rows.append((i.resource, i.state.name, part, i.start, i.end))
    for i in log.people:
        rows.append((i.resource, i.state.name, "", i.start, i.end))
    for order in log.orders:
        what = "done" if order.done else "not done"
        rows.append((f"order {order.stream}-{order.order + 1}", what, "", order.release, order.end))
    for loss in log.losses:
        if loss.part is None:
            rows.append((f"order {loss.stream}-{loss.order + 1}", "not done", "", *[loss.time] * 2))
    for end, part in log.exits:
        rows.append(("exit", name(log.parts[part]), "", end, end))
    return rows


def merged(rows: Sequence[Row]) -> list[Row]:
    """By who and time; neighbours that say the same are one, what ends with the clock is cut."""
    result: list[Row] = []
    for row in sorted(rows, key=lambda r: (r[0], r[3], r[4], r[1])):
        lasts = row[1] in State.__members__
        if row[3] >= UNTIL or (lasts and row[4] <= row[3]) or (not lasts and row[4] >= UNTIL):
            continue
        last = result[-1] if result else None
        if lasts and last and last[:3] == row[:3] and last[4] == row[3]:
            result[-1] = (*row[:3], last[3], row[4])
        else:
            result.append(row)
    return result


def near(a: float, b: float) -> bool:
    return abs(a - b) <= NEAR * max(1.0, abs(a))


def first_difference(expected: Sequence[Row], found: Sequence[Row]) -> tuple[float, str]:
    """When [s] and, in words, how the two differ first; empty where they do not."""
    differences: list[tuple[float, str]] = []
    for who in sorted({row[0] for row in [*expected, *found]}):
        ours = [row for row in expected if row[0] == who]
        theirs = [row for row in found if row[0] == who]
        for a, b in zip(ours, theirs, strict=False):
            if a[:3] != b[:3] or not (near(a[3], b[3]) and near(a[4], b[4])):
                time = min(a[3], b[3]) if not near(a[3], b[3]) else min(a[4], b[4])
                time = min(a[3], b[3]) if a[:3] != b[:3] else time
                differences.append((time, f"oracle {a}\nkernel {b}"))
                break
        else:
            for row in [*ours[len(theirs) :], *theirs[len(ours) :]][:1]:
                side = "oracle" if len(ours) > len(theirs) else "kernel"
                differences.append((row[3], f"only {side}: {row}"))
    differences.sort()
    time = differences[0][0] if differences else UNTIL
    return time, "\n".join(text for _, text in differences[:4])


def is_toss(time: float, *logs: Sequence[Row]) -> bool:
    """Whether things happen about a time that fall on one instant but for rounding.

    Nobody can know their order then: a failure is due after so much work as the run still takes,
    and both are reckoned from other beginnings.
    """
    times = {t for rows in logs for row in rows for t in row[3:] if near(time, t)}
    return len(times) > 1


def assert_same(shop: Shop, seed: int) -> None:
    ours, theirs = merged(by_oracle(shop, seed)), merged(by_kernel(shop, seed))
    time, text = first_difference(ours, theirs)
    assume(not text or not is_toss(time, ours, theirs))
    assert not text, text


@many
@given(plants(), seeds)
def test_all_features_mixed(shop: Shop, seed: int) -> None:
    assert_same(shop, seed)


@many
@given(plants(kinds=("few",), share=20), seeds)
def test_few_features_where_much_happens_at_once(shop: Shop, seed: int) -> None:
    assert_same(shop, seed)


@many
@given(plants(arms=True, share=20), seeds)
def test_arms(shop: Shop, seed: int) -> None:
    assert_same(shop, seed)


__all__ = ["FEATURES", "assert_same"]
