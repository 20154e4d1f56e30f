"""What a server presents -> a tree of nodes; the addresses of a shop's mapping -> node ids."""

from __future__ import annotations

from collections.abc import Sequence

from asyncua import ua
from asyncua.client.client import Client

from twin.devices.opcua.values import name_of, node_of
from twin.errors import DeviceError
from twin.recordings.opcua import Item, Mapping, Node, find_items, meaning

MOST_NODES = 50_000  # that are looked at
DEEPEST = 12
AT_ONCE = 100  # nodes in one request
CLOCK = Item("i=2258", meaning.CLOCK)  # Server_ServerStatus_CurrentTime
_WANTED = ua.NodeClass.Object | ua.NodeClass.Variable
_HIERARCHY = ua.NodeId.from_string("i=33")
_SERVER = ua.NodeId.from_string("i=2253")


async def tree(client: Client, namespaces: Sequence[str]) -> tuple[Node, bool]:
    """All objects and variables below Objects, but for the server's own; whether that is all."""
    root = Node("i=85", ("", "Objects"))
    seen = {root.id, name_of(_SERVER, namespaces)}
    layer: list[tuple[Node, ua.NodeId]] = [(root, ua.NodeId.from_string(root.id))]
    for _ in range(DEEPEST):
        below: list[tuple[Node, ua.NodeId]] = []
        for first in range(0, len(layer), AT_ONCE):
            several = layer[first : first + AT_ONCE]
            found = await _children(client, [node for _, node in several])
            for (parent, _), references in zip(several, found, strict=True):
                for reference in references:
                    child = _node(reference, namespaces)
                    if child.id in seen:
                        continue
                    if len(seen) >= MOST_NODES:
                        return root, False
                    seen.add(child.id)
                    parent.children.append(child)
                    below.append((child, reference.NodeId))
        if not below:
            return root, True
        layer = below
    return root, False


async def items(
    client: Client, namespaces: Sequence[str], mapping: Mapping
) -> tuple[list[Item], bool]:
    """What is to be listened to: the server's clock, what is found, what the mapping names; and
    whether all that the server has was looked at.

    Raises DeviceError where an address of the mapping leads nowhere, or there is nothing at all.
    """
    root, is_all = await tree(client, namespaces)
    found = {item.node: item for item in find_items(root)}
    for name, machine in mapping.machines.items():
        for role, address in machine.addresses():
            try:
                node = await _resolve(client, namespaces, root, address)
            except ValueError as error:
                raise DeviceError(f"machine {name!r}: {role}: {error}") from error
            found[node] = Item(node, role, name)
    if not found:
        raise DeviceError(
            "the server presents no machine by a model that is known (Machinery, PackML, "
            "ISA-95 jobs); a mapping can name plain nodes"
        )
    return [CLOCK, *found.values()], is_all


async def _children(client: Client, nodes: list[ua.NodeId]) -> list[list[ua.ReferenceDescription]]:
    asked: list[ua.BrowseDescription] = []
    for node in nodes:
        one = ua.BrowseDescription()
        one.NodeId = node
        one.BrowseDirection = ua.BrowseDirection.Forward
        one.ReferenceTypeId = _HIERARCHY
        one.IncludeSubtypes = True
        one.NodeClassMask = _WANTED
        one.ResultMask = ua.BrowseResultMask.All
        asked.append(one)
    parameters = ua.BrowseParameters()
    parameters.View = ua.ViewDescription()
    parameters.RequestedMaxReferencesPerNode = 0
    parameters.NodesToBrowse = asked
    results = await client.uaclient.session.browse(parameters)
    found = [list(result.References or []) for result in results]
    # A server that answers in pieces keeps the rest until it is asked for.
    open_ends = [(row, r.ContinuationPoint) for row, r in enumerate(results) if r.ContinuationPoint]
    while open_ends:
        more = ua.BrowseNextParameters()
        more.ReleaseContinuationPoints = False
        more.ContinuationPoints = [point for _, point in open_ends]
        results = await client.uaclient.session.browse_next(more)
        rest: list[tuple[int, bytes]] = []
        for (row, _), result in zip(open_ends, results, strict=True):
            found[row] += result.References or []
            if result.ContinuationPoint and len(found[row]) < MOST_NODES:
                rest.append((row, result.ContinuationPoint))
        open_ends = rest
    return found


def _node(reference: ua.ReferenceDescription, namespaces: Sequence[str]) -> Node:
    name = reference.BrowseName
    index = int(name.NamespaceIndex)
    space = namespaces[index] if 0 < index < len(namespaces) else ""
    return Node(
        name_of(reference.NodeId, namespaces),
        (space, name.Name or ""),
        name_of(reference.TypeDefinition, namespaces),
        reference.NodeClass == ua.NodeClass.Variable,
    )


async def _resolve(client: Client, namespaces: Sequence[str], root: Node, address: str) -> str:
    """An address of a mapping -> the id of a node that is there."""
    if not address.startswith("/"):
        node = node_of(address, namespaces)
        try:
            await client.get_node(node).read_node_class()
        except ua.UaStatusCodeError as error:
            raise ValueError(f"the server has no node {address!r}") from error
        return name_of(node, namespaces)
    here, passed = root, ""
    for step in address[1:].split("/"):
        index, colon, name = step.partition(":")
        space = None
        if colon and index.isdigit():
            space = namespaces[int(index)] if int(index) < len(namespaces) else None
        else:
            name = step
        following = [
            child
            for child in here.children
            if child.name[1] == name and space in (None, child.name[0])
        ]
        if not following:
            known = ", ".join(child.name[1] for child in here.children[:8]) or "nothing"
            raise ValueError(f"{passed or 'Objects'} has no {step!r}; it has {known}")
        here, passed = following[0], f"{passed}/{step}"
    return here.id
