"""What a server presents, as a tree of nodes -> the nodes to listen to, and what they mean.

Machines stand below the folder Machines (OPC 40001-1, 9) and below PackMLObjects (OPC 30050); a
state machine of these models elsewhere is that of the object which it belongs to. Their building
blocks are known by their types, or by the names that the models give them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from twin.recordings.opcua import meaning as of
from twin.recordings.opcua.changes import Item

_ROOTS = frozenset({f"nsu={of.MACHINERY};i=1001", f"nsu={of.PACKML};i=72"})
_MACHINES = {
    (of.MACHINERY, "MachineryItemState"): of.ITEM_STATE,
    (of.MACHINERY, "MachineryOperationMode"): of.MODE,
    (of.PACKML, "BaseStateMachine"): of.PACKML_BASE,
    (of.PACKML, "MachineState"): of.PACKML_MACHINE,
    (of.PACKML, "ExecuteState"): of.PACKML_EXECUTE,
}
_TYPES = {
    f"nsu={of.MACHINERY};i=1002": of.ITEM_STATE,
    f"nsu={of.MACHINERY};i=1008": of.MODE,
    f"nsu={of.PACKML};i=3": of.PACKML_BASE,
    f"nsu={of.PACKML};i=2": of.PACKML_MACHINE,
    f"nsu={of.PACKML};i=1": of.PACKML_EXECUTE,
}
_VARIABLES = {
    (of.PACKML, "UnitModeCurrent"): of.PACKML_MODE,
    (of.PACKML, "EquipmentStarved"): of.STARVED,
    (of.PACKML, "EquipmentBlocked"): of.BLOCKED,
    (of.PACKML, "ProdProcessedCount"): of.COUNT,
    (of.PACKML, "ProdDefectiveCount"): of.SCRAP,
    (of.JOBS, "JobOrderList"): of.JOB_LIST,
    (of.SHOP, "PartsDone"): of.COUNT,
    (of.SHOP, "PartsScrapped"): of.SCRAP,
}
# What belongs to a machine, and is none.
_BLOCKS = frozenset(
    {"MachineryBuildingBlocks", "Monitoring", "Production", "Status", "Admin"}
    | {"JobManagement", "JobOrderControl", *(name for _, name in _MACHINES)}
)
# Text last: it may be in any language, and is asked only where the others are not understood.
_VOICES = ("Id", "Number", "")


@dataclass
class Node:
    """A node as browsed: ids with the namespace's name in them, `name` as (namespace, name)."""

    id: str
    name: tuple[str, str]
    type: str = ""  # the id of its type definition
    is_variable: bool = False
    children: list[Node] = field(default_factory=list["Node"])


def find_items(objects: Node) -> list[Item]:
    """The items below the Objects folder, each node once."""
    items: dict[str, Item] = {}
    names: dict[str, str] = {}  # of machines, by node: one name may be there twice

    def named(node: Node) -> str:
        if node.id not in names:
            same = sum(name.split("#")[0] == node.name[1] for name in names.values())
            names[node.id] = f"{node.name[1]}#{same + 1}" if same else node.name[1]
        return names[node.id]

    def visit(node: Node, owner: Node | None, is_machine: bool) -> None:
        for child in node.children:
            state_machine = _TYPES.get(child.type) or _MACHINES.get(child.name)
            role = _VARIABLES.get(child.name) if child.is_variable else None
            if state_machine and not child.is_variable:
                machine = named(owner) if owner else ""
                for voice in _voices(child):
                    items.setdefault(voice.id, Item(voice.id, state_machine, machine))
            elif role:
                # A list of jobs that no machine owns is the whole shop's.
                of_shop = role == of.JOB_LIST and not is_machine
                machine = named(owner) if owner and not of_shop else ""
                items.setdefault(child.id, Item(child.id, role, machine))
            if node.id in _ROOTS:
                visit(child, child, True)
            elif is_machine or child.name[1] in _BLOCKS:
                visit(child, owner, is_machine)
            else:
                visit(child, child, False)

    visit(objects, None, False)
    return list(items.values())


def _voices(machine: Node) -> Iterator[Node]:
    """The variables that tell a state machine's state: CurrentState and what hangs on it."""
    for current in machine.children:
        if current.is_variable and current.name[1] == "CurrentState":
            told = {child.name[1]: child for child in current.children} | {"": current}
            yield from (told[voice] for voice in _VOICES if voice in told)
