"""Small timelines that the codec's tests and the golden files share."""

from __future__ import annotations

import numpy as np

from twin.cells.factory import Transfer
from twin.timeline import INTERVALS, MOVES, ORDERS, Names, Outcome, State, Timeline, table

NAN = float("nan")


def small() -> tuple[Timeline, dict[tuple[str, str, str], Transfer]]:
    """Two machines (one of two places), a person, a cobot, a vehicle; three orders, all states."""
    n = Names()
    resources = tuple(n[r] for r in ("mill", "oven.1", "oven.2", "setup-1", "cobot", "agv"))
    good = 0
    intervals = [
        (n["oven.1"], State.IDLE, -1, 0.0, 90.0, good, -1),
        (n["mill"], State.OFF, -1, 0.0, 10.0, good, -1),
        (n["mill"], State.SETUP, n["o1"], 10.0, 30.5, good, -1),
        (n["mill"], State.PROCESSING, n["o1"], 30.5, 60.25, good, -1),
        (n["mill"], State.BLOCKED, n["o1"], 60.25, 70.0, good, -1),
        (n["mill"], State.STARVED, -1, 70.0, 120.0, good, -1),
        (n["mill"], State.PROCESSING, n["o2/1"], 120.0, NAN, good, -1),
        (n["oven.1"], State.PROCESSING, n["o1"], 90.0, 150.0, good, -1),
        (n["oven.1"], State.DOWN, -1, 150.0, 200.0, good, -1),
        (n["oven.2"], State.IDLE, -1, 0.0, 200.0, good, -1),
        (n["setup-1"], State.PROCESSING, n["o1"], 10.0, 30.5, good, -1),
    ]
    moves = [
        (n["o1"], n["cobot"], n["mill.nest"], n["oven.in"], 70.0, 80.0, good, -1),
        (-1, n["setup-1"], n["home:setup-1"], n["mill"], 4.0, 10.0, good, -1),
        (n["o1"], n["agv"], n["oven"], n["1"], 150.0, 170.0, good, -1),
        (n["o2/1"], -1, n["1"], n["mill"], 100.0, 115.0, good, -1),
    ]
    orders = [
        (n["o1"], n["board"], 1, 0.0, 180.0, 10.0, 180.0, Outcome.DONE, good),
        (n["o2"], n["board"], 2, 95.0, NAN, 120.0, NAN, Outcome.OPEN, good),
        (n["o3"], n["frame"], 1, -20.0, 500.0, NAN, NAN, Outcome.OPEN, good),
    ]
    timeline = Timeline(
        names=n.texts(),
        resources=resources,
        start=0.0,
        end=200.0,
        intervals=table("intervals", intervals),
        moves=table("moves", moves),
        orders=table("orders", orders),
        points=table("points"),
        run="4f2a9c",
        layout="golden",
    )
    times = np.linspace(0.0, 10.0, 11)
    path = np.stack([np.sin(times / 3), times / 10], axis=-1)
    transfer = Transfer("cobot", "mill.nest", "oven.in", times, path, 3.0, 7.0, 0.1, "mill")
    return timeline, {("cobot", "mill.nest", "oven.in"): transfer}


def shift(parts: int, stations: int = 10, arms: int = 20) -> Timeline:
    """Eight hours in which `parts` parts each visit every station: for sizes and speeds."""
    names = Names(f"m{s}" for s in range(stations))
    machine = np.arange(stations)
    arm = np.array([names[f"arm{a}"] for a in range(arms)])
    part = np.array([names[f"p{p}"] for p in range(parts)])
    product = names["board"]
    seconds = 8 * 3600.0
    entry = np.arange(parts) * (seconds * 0.9 / parts)
    step = seconds * 0.08 / stations
    start = entry[:, None] + np.arange(stations) * step
    start = np.sort(start, axis=0)
    kinds = [(State.SETUP, 0.0, 0.2), (State.PROCESSING, 0.2, 0.7), (State.BLOCKED, 0.7, 0.8)]
    intervals = np.zeros((parts, stations, len(kinds)), INTERVALS)
    for k, (state, begin, end) in enumerate(kinds):
        rows = intervals[:, :, k]
        rows["resource"], rows["part"] = machine[None, :], part[:, None]
        rows["state"], rows["native"] = state, -1
        rows["start"], rows["end"] = start + begin * step, start + end * step
    moves = np.zeros((parts, stations), MOVES)
    moves["part"], moves["native"] = part[:, None], -1
    moves["carrier"] = np.where(machine % 2, arm[machine % arms][None, :], -1)
    moves["origin"], moves["target"] = machine, np.roll(machine, -1)
    moves["start"], moves["end"] = start + 0.8 * step, start + step
    orders = np.zeros(parts, ORDERS)
    orders["id"], orders["product"], orders["quantity"] = part, product, 1
    orders["release"], orders["due"], orders["start"] = entry, np.nan, entry
    orders["end"] = moves["end"][:, -1]
    return Timeline(
        names=names.texts(),
        resources=tuple(machine.tolist()) + tuple(arm.tolist()),
        start=0.0,
        end=seconds,
        intervals=intervals.ravel(),
        moves=moves.ravel(),
        orders=orders,
        points=table("points"),
    )
