"""Makes the nodes of a server, one at a time, with the ids and types that a model gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from asyncua import ua
from asyncua.server.server import Server

from twin.devices.opcua.structures import STRUCTURES, Structure

FOLDER, BASE_OBJECT, PROPERTY, VARIABLE = "i=61", "i=58", "i=68", "i=63"
HAS_COMPONENT, HAS_PROPERTY, HAS_SUBTYPE, ORGANIZES = "i=47", "i=46", "i=45", "i=35"
HAS_ADD_IN, HAS_ENCODING = "i=17604", "i=38"
NOTHING = ua.NodeId()
_STANDARD_TYPES = {
    "String": "i=12",
    "LocalizedText": "i=21",
    "DateTime": "i=13",
    "Int16": "i=4",
    "Int32": "i=6",
    "UInt32": "i=7",
    "BaseDataType": "i=24",
    "EUInformation": "i=887",
    "RelativePath": "i=540",
}


def standard(text: str) -> ua.NodeId:
    """A node of OPC UA itself ("i=61")."""
    return ua.NodeId.from_string(text)


class Nodes:
    """Adds nodes to a server; `parent` and `kind` are ids of nodes that are there."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.spaces: dict[str, int] = {}

    async def space(self, uri: str) -> int:
        """The number of a namespace, which is registered where it is new."""
        if uri not in self.spaces:
            self.spaces[uri] = await self._server.register_namespace(uri)
        return self.spaces[uri]

    async def node(self, uri: str, number: int | str) -> ua.NodeId:
        """An id in a namespace."""
        kind = "i" if isinstance(number, int) else "s"
        return ua.NodeId.from_string(f"ns={await self.space(uri)};{kind}={number}")

    async def object(
        self,
        parent: ua.NodeId,
        node: ua.NodeId,
        name: str,
        kind: ua.NodeId,
        space: int | None = None,
        reference: str = HAS_COMPONENT,
    ) -> ua.NodeId:
        """An object; its name is of the namespace `space`, by default its id's."""
        attributes = ua.ObjectAttributes()
        return await self._add(
            ua.NodeClass.Object, parent, node, name, kind, space, reference, attributes
        )

    async def object_type(
        self, parent: ua.NodeId, node: ua.NodeId, name: str, space: int | None = None
    ) -> ua.NodeId:
        """A type of objects, below another."""
        attributes = ua.ObjectTypeAttributes()
        return await self._add(
            ua.NodeClass.ObjectType, parent, node, name, NOTHING, space, HAS_SUBTYPE, attributes
        )

    async def variable(
        self,
        parent: ua.NodeId,
        node: ua.NodeId,
        name: str,
        value: ua.Variant,
        data_type: ua.NodeId,
        kind: str = VARIABLE,
        space: int | None = None,
    ) -> ua.NodeId:
        """A variable that clients may read and none may write."""
        attributes = ua.VariableAttributes()
        attributes.Value = value
        attributes.DataType = data_type
        is_array = isinstance(value.Value, list)
        attributes.ValueRank = ua.ValueRank.OneDimension if is_array else ua.ValueRank.Scalar
        attributes.AccessLevel = ua.Byte(ua.AccessLevel.CurrentRead.mask)
        attributes.UserAccessLevel = ua.Byte(ua.AccessLevel.CurrentRead.mask)
        reference = HAS_PROPERTY if kind == PROPERTY else HAS_COMPONENT
        return await self._add(
            *(ua.NodeClass.Variable, parent, node, name),
            *(standard(kind), space, reference, attributes),
        )

    async def structure(self, uri: str, structure: Structure) -> ua.NodeId:
        """A data type with its definition and binary form, so that any client can read it."""
        node = await self.node(uri, structure.number)
        encoding = await self.node(uri, structure.encoding)
        attributes = ua.DataTypeAttributes()
        await self._add(
            *(ua.NodeClass.DataType, standard("i=22"), node, structure.name),
            *(NOTHING, None, HAS_SUBTYPE, attributes),
        )
        await self.object(node, encoding, "Default Binary", standard("i=76"), 0, HAS_ENCODING)
        definition = ua.StructureDefinition()
        definition.BaseDataType = standard("i=22")
        definition.DefaultEncodingId = encoding
        has_mask = any(field.is_optional for field in structure.fields)
        kinds = ua.StructureType
        definition.StructureType = (
            kinds.StructureWithOptionalFields if has_mask else kinds.Structure
        )
        definition.Fields = [
            await self._field(uri, field.name, field.kind, field.is_array, field.is_optional)
            for field in structure.fields
        ]
        await self._server.get_node(node).write_data_type_definition(definition)
        return node

    async def _field(
        self, uri: str, name: str, kind: str, is_array: bool, is_optional: bool
    ) -> ua.StructureField:
        field = ua.StructureField()
        field.Name = name
        field.Description = ua.LocalizedText(name)
        if kind in STRUCTURES:
            field.DataType = await self.node(uri, STRUCTURES[kind].number)
        else:
            field.DataType = standard(_STANDARD_TYPES[kind])
        field.ValueRank = ua.ValueRank.OneDimension if is_array else ua.ValueRank.Scalar
        field.ArrayDimensions = [0] if is_array else []
        field.IsOptional = is_optional
        return field

    async def _add(
        self,
        kind: ua.NodeClass,
        parent: ua.NodeId,
        node: ua.NodeId,
        name: str,
        definition: ua.NodeId,
        space: int | None,
        reference: str,
        attributes: Any,
    ) -> ua.NodeId:
        attributes.DisplayName = ua.LocalizedText(name)
        item = ua.AddNodesItem()
        item.ParentNodeId = _expanded(parent)
        item.ReferenceTypeId = standard(reference)
        item.RequestedNewNodeId = _expanded(node)
        item.BrowseName = ua.QualifiedName(
            name, int(node.NamespaceIndex) if space is None else space
        )
        item.NodeClass = kind
        item.NodeAttributes = attributes
        item.TypeDefinition = _expanded(definition)
        results: Sequence[ua.AddNodesResult] = await self._server.iserver.isession.add_nodes([item])
        results[0].StatusCode.check()
        return node


def _expanded(node: ua.NodeId) -> Any:
    """Services ask for ids that may be of another server; these are not."""
    return node
