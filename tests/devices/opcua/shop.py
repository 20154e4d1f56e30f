"""A small shop to publish, and what OPC UA can say of it."""

from __future__ import annotations

import numpy as np

from twin.devices.opcua.publication import WORDS
from twin.recordings.opcua import meaning
from twin.timeline import Names, State, Timeline, table


def shop(length=120.0) -> Timeline:
    """Two machines that go through all states, with parts, counts and orders."""
    names = Names(["mill", "saw"])
    rows, points, orders = [], [], []
    for machine, shift in (("mill", 0.0), ("saw", 1.3)):
        time, step = 0.0, 0
        while time < length:
            state = list(State)[step % len(State)]
            has_part = state in (State.PROCESSING, State.BLOCKED, State.WAITING_CREW, State.HELD)
            part = names[f"lot-{step // 11}/{machine}"] if has_part else -1
            end = min(length, time + 1.7 + (shift if step == 0 else 0.0))
            rows.append((names[machine], state, part, time, end, 0, -1))
            if state == State.PROCESSING:
                points.append((names[machine], names["done"], end, 1.0, -1, 0, -1))
            if state == State.HELD:
                points.append((names[machine], names["scrap"], end, 1.0, -1, 0, -1))
            time, step = end, step + 1
    for number in range(6):
        at = 18.0 * number
        end, outcome = (at + 15.0, number % 2 + 1) if number < 5 else (np.nan, 0)
        product = names["board"]
        orders.append((names[f"lot-{number}"], product, 3, at, at + 60, at + 4, end, outcome, 0))
    return Timeline(
        names=names.texts(),
        resources=(0, 1),
        start=0.0,
        end=length,
        intervals=table("intervals", rows),
        moves=table("moves"),
        orders=table("orders", orders),
        points=table("points", points),
    )


def as_told(timeline):
    """What OPC UA can say of a timeline: rows (machine, state, part, start), only what changes."""
    rows = []
    for row in sorted(timeline.intervals, key=lambda row: (row["resource"], row["start"])):
        machine, part = timeline.name(row["resource"]), timeline.name(row["part"])
        state, _ = meaning.machinery_state(*WORDS[State(row["state"])], bool(part))
        part = "" if state == State.UNAVAILABLE else part
        if not rows or rows[-1][:3] != (machine, state, part):
            rows.append((machine, state, part, float(row["start"])))
    return rows


def as_followed(timeline):
    """Rows (machine, state, part, start) of what was followed."""
    rows = []
    for row in sorted(timeline.intervals, key=lambda row: (row["resource"], row["start"])):
        machine, part = timeline.name(row["resource"]), timeline.name(row["part"])
        if not rows or rows[-1][:3] != (machine, State(row["state"]), part):
            rows.append((machine, State(row["state"]), part, float(row["start"])))
    return rows
