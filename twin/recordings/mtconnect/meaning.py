"""Which data items say how a machine stands, and what their values mean.

Types and values are those of the MTConnect standard (part 2 and 3; https://model.mtconnect.org).
Where no device model tells the type of an item, its name does: adapters name the few items that
matter alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from twin.recordings.mtconnect.model import Device, Item
from twin.timeline import State

AVAILABILITY, EXECUTION, MODE = "AVAILABILITY", "EXECUTION", "CONTROLLER_MODE"
FUNCTION, STOP, PROGRAM = "FUNCTIONAL_MODE", "EMERGENCY_STOP", "PROGRAM"
COUNT, SCRAP, POWER, WAIT = "PART_COUNT", "PART_COUNT BAD", "POWER_STATE", "WAIT_STATE"
CONDITION, IGNORED = "CONDITION", "IGNORED"
ROLES = (
    *(AVAILABILITY, EXECUTION, MODE, FUNCTION, STOP, PROGRAM),
    *(COUNT, SCRAP, POWER, WAIT, CONDITION, IGNORED),
)

UNAVAILABLE = "UNAVAILABLE"
SETUP_MODES = frozenset({"MANUAL", "MANUAL_DATA_INPUT", "EDIT"})
AUTOMATIC_MODES = frozenset({"AUTOMATIC", "SEMI_AUTOMATIC"})
SETUP_FUNCTIONS = frozenset({"SETUP", "TEARDOWN"})
# In the order in which they count where a device has several paths.
EXECUTIONS = {
    "ACTIVE": State.PROCESSING,
    "WAIT": State.HELD,  # or starved, or blocked: WAIT_STATE says for what
    "FEED_HOLD": State.HELD,
    "INTERRUPTED": State.HELD,
    "PROGRAM_STOPPED": State.HELD,
    "PROGRAM_OPTIONAL_STOP": State.HELD,
    "OPTIONAL_STOP": State.HELD,
    "STOPPED": State.IDLE,
    "PROGRAM_COMPLETED": State.IDLE,
    "READY": State.IDLE,
}
COMPLETED = frozenset({"READY", "PROGRAM_COMPLETED"})  # after ACTIVE: the program ran to its end
WAITS = {
    "PART_LOAD": State.STARVED,
    "MATERIAL_LOAD": State.STARVED,
    "PART_UNLOAD": State.BLOCKED,
    "MATERIAL_UNLOAD": State.BLOCKED,
}

_COUNTS = {"": COUNT, "ALL": COUNT, "COMPLETE": COUNT, "BAD": SCRAP, "FAILED": SCRAP}
_TYPES = frozenset({AVAILABILITY, EXECUTION, MODE, FUNCTION, STOP, POWER, WAIT})
# A fault of these stops the machine; one of a drive, a coolant tank or a door is an alarm.
_STOPPING = frozenset({"Device", "Controller", "Path"})
_USUAL = {
    **dict.fromkeys(("avail", "availability"), AVAILABILITY),
    **dict.fromkeys(("execution", "exec", "programstatus"), EXECUTION),
    **dict.fromkeys(("mode", "controllermode"), MODE),
    **dict.fromkeys(("fmode", "functionalmode"), FUNCTION),
    **dict.fromkeys(("estop", "emergencystop"), STOP),
    **dict.fromkeys(("program", "programnamerunning"), PROGRAM),
    **dict.fromkeys(("partcount", "partcountact", "partcountall"), COUNT),
    **dict.fromkeys(("power", "powerstate"), POWER),
    **dict.fromkeys(("waitstate",), WAIT),
}
_PLAIN = re.compile(r"[^a-z0-9]")
_PATH = re.compile(r"^(p|p1|path|path1)(?=[a-z])")
_CONTROLLER = re.compile(r"system|logic|motion|comm|program|controller|path", re.IGNORECASE)


def role_of(key: str, is_condition: bool, device: Device | None, given: Mapping[str, str]) -> str:
    """What an item means: one of ROLES, or "" where it says nothing of the machine's state.

    `given` are a shop's own words for it; then counts the model, then the item's name.
    """
    if key in given:
        return "" if given[key] == IGNORED else given[key]
    item = device.items.get(key) if device else None
    if item:
        return _modelled(item, device)
    return CONDITION if is_condition else _usual(key)


def stops(key: str, device: Device | None) -> bool:
    """Whether a fault of it stops the machine: one of the controller's, or of a system."""
    item = device.items.get(key) if device else None
    if item:
        return item.component in _STOPPING or item.type == "SYSTEM"
    return bool(_CONTROLLER.search(key))


def _modelled(item: Item, device: Device | None) -> str:
    if item.category == "CONDITION":
        return CONDITION
    if item.type == COUNT:
        return _COUNTS.get(item.subtype, "")
    if item.type == PROGRAM:
        return PROGRAM if item.subtype in ("", "MAIN") else ""
    return item.type if item.type in _TYPES else ""


def _usual(key: str) -> str:
    plain = _PLAIN.sub("", key.lower())
    return _USUAL.get(plain) or _USUAL.get(_PATH.sub("", plain), "")
