"""What the standard state machines say of a machine, and how that becomes a `State`.

- OPC 40001-1, Machinery (https://reference.opcfoundation.org/Machinery/v103/docs/12 and 13): the
  numbers and node ids of MachineryItemState and MachineryOperationMode. Executing alone is not
  productive time: only with the mode Processing it is; without a mode PROCESSING is inferred.
- OPC 30050, PackML (https://reference.opcfoundation.org/PackML/v100/docs/): the numbers and node
  ids of the states of all three levels, and the modes.
- OPC 10031-4, ISA-95 job control (https://reference.opcfoundation.org/ISA95JOBCONTROL/v200/docs/).
"""

from __future__ import annotations

from typing import Any

from twin.timeline import Quality, State

MACHINERY = "http://opcfoundation.org/UA/Machinery/"
PACKML = "http://opcfoundation.org/UA/PackML/"
JOBS = "http://opcfoundation.org/UA/ISA95-JOBCONTROL_V2/"
SHOP = "urn:twin:shop"  # of the counters that a simulated shop publishes beside the standard's

STATE, ITEM_STATE, MODE = "state", "item state", "mode"
PACKML_MODE, STARVED, BLOCKED = "packml mode", "starved", "blocked"
PACKML_BASE, PACKML_MACHINE, PACKML_EXECUTE = "packml base", "packml machine", "packml execute"
JOB_LIST, PART, ORDER, PROGRAM = "jobs", "part", "order", "program"
COUNT, SCRAP, ENERGY, CLOCK = "count", "scrap", "energy", "clock"
LEVELS = (PACKML_BASE, PACKML_MACHINE, PACKML_EXECUTE)
ROLES = frozenset(
    {STATE, ITEM_STATE, MODE, PACKML_MODE, STARVED, BLOCKED, *LEVELS, JOB_LIST}
    | {PART, ORDER, PROGRAM, COUNT, SCRAP, ENERGY, CLOCK}
)

ITEM_STATES = {0: "NotAvailable", 1: "OutOfService", 2: "NotExecuting", 3: "Executing"}
MODES = {0: "None", 1: "Maintenance", 2: "Setup", 3: "Processing"}
PACKML_STATES = {
    **{1: "Clearing", 2: "Stopped", 3: "Starting", 4: "Idle", 5: "Suspended", 6: "Execute"},
    **{7: "Stopping", 8: "Aborting", 9: "Aborted", 10: "Holding", 11: "Held", 12: "Unholding"},
    **{13: "Suspending", 14: "Unsuspending", 15: "Resetting", 16: "Completing", 17: "Complete"},
    **{18: "Running", 19: "Cleared"},
}
PACKML_MODES = {0: "Invalid", 1: "Produce", 2: "Maintenance", 3: "Manual"}
JOB_STATES = {
    **{1: "NotAllowedToStart", 2: "AllowedToStart", 3: "Running"},
    **{4: "Interrupted", 5: "Ended", 6: "Aborted"},
}

# The state objects of the types, by their numbers in the standard's own namespace.
ITEM_STATE_NODES = {"NotAvailable": 5005, "OutOfService": 5004, "NotExecuting": 5007} | {
    "Executing": 5006
}
MODE_NODES = {"None": 5024, "Maintenance": 5025, "Setup": 5027, "Processing": 5026}
PACKML_NODES = {
    **{"Resetting": 27, "Idle": 28, "Starting": 29, "Suspending": 30, "Suspended": 31},
    **{"Unsuspending": 32, "Holding": 33, "Held": 34, "Unholding": 35, "Execute": 36},
    **{"Completing": 37, "Complete": 38, "Stopped": 53, "Stopping": 54, "Clearing": 55},
    **{"Aborting": 61, "Aborted": 62, "Cleared": 71, "Running": 75},
}
_WORDS: dict[str, tuple[dict[int, str], dict[str, int], str]] = {
    ITEM_STATE: (ITEM_STATES, ITEM_STATE_NODES, MACHINERY),
    MODE: (MODES, MODE_NODES, MACHINERY),
    PACKML_MODE: (PACKML_MODES, {}, PACKML),
    **dict.fromkeys(LEVELS, (PACKML_STATES, PACKML_NODES, PACKML)),
}
_KNOWN: dict[str, dict[Any, str]] = {
    role: {
        **numbers,
        **{word.casefold(): word for word in numbers.values()},
        **{f"nsu={uri};i={node}": word for word, node in nodes.items()},
    }
    for role, (numbers, nodes, uri) in _WORDS.items()
}

_PACKML = {
    "Clearing": State.DOWN,
    "Aborting": State.DOWN,
    "Aborted": State.DOWN,
    "Stopped": State.IDLE,
    "Stopping": State.IDLE,
    "Resetting": State.IDLE,
    "Idle": State.IDLE,
    "Complete": State.IDLE,
    "Starting": State.SETUP,
    "Execute": State.PROCESSING,
    "Completing": State.PROCESSING,
    "Holding": State.HELD,
    "Held": State.HELD,
    "Unholding": State.HELD,
    "Suspending": State.STARVED,
    "Suspended": State.STARVED,
    "Unsuspending": State.STARVED,
}


def word(role: str, value: Any) -> str:
    """The standard's word for a value (a text, a number or a node id); "" where it has none.

    A state machine's variables say the same in three ways; texts may be in any language.
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | str):
        return ""
    if isinstance(value, str):
        text = value.strip()
        value = text if text.startswith("nsu=") else text.casefold()
    return _KNOWN[role].get(value, "")


def machinery_state(item_state: str, mode: str, has_job: bool) -> tuple[State, Quality]:
    """MachineryItemState and MachineryOperationMode ("" where unknown) -> our state.

    Table of OPC 40001-1, annex C; `has_job` tells that a job is open at the machine: then it has
    not ended its work but interrupts it, which is inferred.
    """
    if item_state in ("", "NotAvailable"):
        return State.UNAVAILABLE, Quality.GOOD
    if mode == "Maintenance":
        return State.MAINTENANCE, Quality.GOOD
    if mode == "Setup":
        return State.SETUP, Quality.GOOD
    if item_state == "OutOfService":
        return State.DOWN, Quality.GOOD
    if item_state == "Executing":
        known = Quality.GOOD if mode == "Processing" else Quality.INFERRED
        return State.PROCESSING, known
    return (State.HELD, Quality.INFERRED) if has_job else (State.IDLE, Quality.GOOD)


def packml_state(
    state: str, mode: str, starved: bool | None, blocked: bool | None
) -> tuple[State, Quality]:
    """A state and a mode of PackML ("" where unknown) -> our state.

    Suspended is a cause from outside: EquipmentStarved and EquipmentBlocked (None where they are
    not told) say which; without them it is inferred to be starved.
    """
    if not state:
        return State.UNAVAILABLE, Quality.GOOD
    found = _PACKML.get(state, State.UNAVAILABLE)
    if found == State.DOWN:
        return found, Quality.GOOD
    if mode == "Maintenance":
        return State.MAINTENANCE, Quality.GOOD
    if mode == "Manual":
        return State.SETUP, Quality.GOOD
    if found == State.STARVED:
        if blocked:
            return State.BLOCKED, Quality.GOOD
        return found, Quality.GOOD if starved else Quality.INFERRED
    return found, Quality.GOOD
