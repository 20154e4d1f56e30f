"""Timeline -> what its machines would tell an MTConnect agent: the way back.

Each machine is a device with the few items that every shop's monitoring reads: availability,
execution, controller mode, functional mode, wait state, power, a condition, program and part count.
MTConnect has no word for a machine that waits for a person: such a one is stopped by its program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge

from twin.recordings.mtconnect.model import Device, Item
from twin.recordings.mtconnect.observations import Observation
from twin.timeline import State, Timeline

_ITEMS = (
    ("avail", "EVENT", "AVAILABILITY", "Device"),
    ("execution", "EVENT", "EXECUTION", "Path"),
    ("mode", "EVENT", "CONTROLLER_MODE", "Controller"),
    ("fmode", "EVENT", "FUNCTIONAL_MODE", "Device"),
    ("wait", "EVENT", "WAIT_STATE", "Path"),
    ("power", "EVENT", "POWER_STATE", "Controller"),
    ("program", "EVENT", "PROGRAM", "Path"),
    ("parts", "EVENT", "PART_COUNT", "Path"),
    ("system", "CONDITION", "SYSTEM", "Controller"),
)
_RUNS = {"avail": "AVAILABLE", "mode": "AUTOMATIC", "fmode": "PRODUCTION", "power": "ON"}
_REST = {**_RUNS, "execution": "READY"}
_SAID: dict[State, dict[str, str]] = {
    State.OFF: {**_REST, "power": "OFF"},
    State.UNAVAILABLE: {"avail": "UNAVAILABLE", "execution": "UNAVAILABLE"},
    State.IDLE: _REST,
    State.SETUP: {**_REST, "mode": "MANUAL"},
    State.PROCESSING: {**_RUNS, "execution": "ACTIVE"},
    State.STARVED: {**_RUNS, "execution": "WAIT", "wait": "PART_LOAD"},
    State.BLOCKED: {**_RUNS, "execution": "WAIT", "wait": "PART_UNLOAD"},
    State.WAITING_CREW: {**_RUNS, "execution": "PROGRAM_STOPPED"},
    State.HELD: {**_RUNS, "execution": "FEED_HOLD"},
    State.DOWN: {**_RUNS, "execution": "INTERRUPTED"},
    State.MAINTENANCE: {**_REST, "fmode": "MAINTENANCE"},
}


def model_of(machines: Iterable[str]) -> list[Device]:
    """The device model of machines."""
    devices = []
    for machine in machines:
        items = {
            name: Item(f"{machine}_{name}", name, category, kind, "", component)
            for name, category, kind, component in _ITEMS
        }
        devices.append(Device(machine, f"twin.{machine}", items))
    return devices


def told_of(timeline: Timeline, machines: Iterable[str]) -> Iterator[Observation]:
    """What machines of a timeline tell, in order of time; times [s] are since 1970."""
    return merge(*(_machine(timeline, name) for name in machines), key=lambda told: told.time)


def _machine(timeline: Timeline, machine: str) -> Iterator[Observation]:
    """In order of time; what is told at one instant ends with the execution."""
    code = timeline.code(machine)
    epoch = timeline.epoch.timestamp()
    rows = timeline.intervals[timeline.intervals["resource"] == code]
    changes = [(float(row["start"]), 1, row) for row in rows]
    done = timeline.code("done") if "done" in timeline.names else -2
    points = timeline.points
    mine = points[(points["resource"] == code) & (points["name"] == done)]
    changes += [(float(time), 0, None) for time in mine["time"]]
    changes.sort(key=lambda change: change[:2])
    last = {"parts": "0"}
    parts = 0
    start = round(epoch + timeline.start, 6)
    yield Observation(start, machine, "parts", "0")
    for time, _, row in changes:
        if row is None:
            parts += 1
            said = {"parts": str(parts)}
        else:
            state = State(int(row["state"]))
            said = {**_SAID[state], "system": "FAULT" if state == State.DOWN else "NORMAL"}
            if state == State.UNAVAILABLE:
                said["system"] = "UNAVAILABLE"
            if state == State.PROCESSING:
                said["program"] = timeline.name(int(row["part"])) or "UNAVAILABLE"
        for item in sorted(said, key=lambda name: name == "execution"):
            if last.get(item) != said[item]:
                last[item] = said[item]
                condition = ("", "", "", "") if item == "system" else None
                told = round(epoch + time, 6)
                yield Observation(told, machine, item, said[item], condition)
