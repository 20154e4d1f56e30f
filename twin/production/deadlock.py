"""Parts that wait for each other: a plant, or a corner of it, that will never move again."""

from __future__ import annotations

from typing import Any

import numpy as np

from twin.errors import RunError
from twin.production import kernel
from twin.production.plan import Plan

SHOWN = 6  # parts that a message names


def refuse_deadlock(tables: Plan, w: Any) -> None:
    """RunError where parts wait for each other in a ring, or nothing will ever happen again.

    A machine is stuck if all its finished parts wait for stations of which every machine is stuck.
    Whatever else goes on (failures, other parts) does not help them.
    """
    ring = _ring(w)
    if len(ring):
        parts = w["parts"]
        held = [int(p) for u in ring for p in _load(w, u)]
        since = max(float(parts[p]["held"]) for p in held)
        told = _told(tables, w, held)
        raise RunError(
            f"deadlock at t = {since:g} s, these parts wait for each other: {told}; "
            "give one of the stations more places, or the way back a limit"
        )
    if int(w["heap_n"]) - int(w["hole"]) == 0 and int(w["wip"]) > 0:
        used = w["parts"][: w.parts_top]
        waiting = np.flatnonzero(used["where"] != kernel.GONE)
        told = _told(tables, w, [int(p) for p in waiting])
        raise RunError(
            f"deadlock at t = {float(w.now):g} s: nothing happens any more, and these parts are "
            f"not finished: {told}; look at the batches, stocks, tools and people they wait for"
        )


def _load(w: Any, u: int) -> list[int]:
    """The parts on a unit."""
    found, p = [], int(w["units"][u]["part"])
    while p >= 0:
        found.append(p)
        p = int(w["parts"][p]["mate"])
    return found


def _ring(w: Any) -> list[int]:
    """The units that are stuck for good."""
    units, parts, options = w["units"][: w["units_n"]], w["parts"], w["options"]
    holding = (units["phase"] == kernel.HOLD) & (units["load"] > 0)
    if not holding.any():
        return []
    targets: dict[int, set[int]] = {}
    for u in np.flatnonzero(holding):
        load = _load(w, int(u))
        if any(parts[p]["where"] != kernel.OUTSIDE or parts[p]["option"] < 0 for p in load):
            continue  # one of them is fetched, or waits for stock
        targets[int(u)] = {int(options[int(parts[p]["option"])]["station"]) for p in load}
    stuck = set(targets)
    while True:
        working = {int(s) for u, s in enumerate(units["station"]) if u not in stuck}
        free = {u for u in stuck if targets[u] & working or any(_room(w, s) for s in targets[u])}
        if not free:
            return sorted(stuck)
        stuck -= free


def _room(w: Any, s: int) -> bool:
    """Whether a station has a waiting place free."""
    station = w["stations"][s]
    there = int(station["queued"]) + int(station["coming"])
    return int(station["capacity"]) < 0 or there < int(station["capacity"])


def _told(tables: Plan, w: Any, found: list[int]) -> str:
    """Parts and where they are, in words."""
    parts, options = w["parts"], w["options"]
    texts = []
    for p in sorted(found, key=lambda p: int(parts[p]["number"]))[:SHOWN]:
        row = parts[p]
        order = w["orders"][int(row["order"])]
        name = f"{tables.streams[int(order['stream'])]}-{int(order['line']) + 1}"
        text = name if int(row["piece"]) == 0 else f"{name}/{int(row['piece']) + 1}"
        if int(row["unit"]) >= 0:
            text += f" on {tables.units[int(row['unit'])]}"
        if int(row["option"]) >= 0:
            station = tables.stations[int(options[int(row["option"])]["station"])]
            text += f" before {station}" if int(row["where"]) != kernel.ON_UNIT else ""
        texts.append(text)
    more = len(found) - SHOWN
    return ", ".join(texts) + (f" and {more} more" if more > 0 else "")
