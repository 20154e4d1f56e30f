"""The structures of the companion specifications that are read and published here: their fields in
order, and their binary form (OPC 10000-6, 5.2.6 and 5.2.7).

They are read by this table and not by what a server says of its types: that would register them
for the whole process, under numbers that another server uses for others.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from asyncua import ua
from asyncua.common.utils import Buffer, NotEnoughData
from asyncua.ua.ua_binary import from_binary, pack_uatype, struct_to_binary, unpack_uatype

MOST_ELEMENTS = 10_000  # of an array in a structure
DEEPEST = 10  # parameters may hold parameters
_PRIMITIVES = {
    "String": ua.VariantType.String,
    "LocalizedText": ua.VariantType.LocalizedText,
    "DateTime": ua.VariantType.DateTime,
    "Int16": ua.VariantType.Int16,
    "Int32": ua.VariantType.Int32,
    "UInt32": ua.VariantType.UInt32,
    "BaseDataType": ua.VariantType.Variant,
}
_STANDARD: Mapping[str, type] = {
    "EUInformation": ua.EUInformation,
    "RelativePath": ua.RelativePath,
}


@dataclass(frozen=True)
class Field:
    """A field of a structure; `kind` is a basic type or another structure."""

    name: str
    kind: str
    is_array: bool = False
    is_optional: bool = False


@dataclass(frozen=True)
class Structure:
    """`number` and `encoding` are the ids of the type and its binary form in its namespace."""

    name: str
    number: int
    encoding: int
    fields: tuple[Field, ...]


def _described(*more: Field) -> tuple[Field, ...]:
    return (Field("ID", "String"), *more)


def _used(use: str) -> tuple[Field, ...]:
    """What personnel, equipment and assets have in common."""
    return _described(
        Field("Description", "LocalizedText", True, True),
        Field(use, "String", False, True),
        Field("Quantity", "String", False, True),
        Field("EngineeringUnits", "EUInformation", False, True),
        Field("Properties", "ISA95PropertyDataType", True, True),
    )


def _valued(inner: str, kind: str) -> tuple[Field, ...]:
    return _described(
        Field("Value", "BaseDataType"),
        Field("Description", "LocalizedText", True, True),
        Field("EngineeringUnits", "EUInformation", False, True),
        Field(inner, kind, True, True),
    )


_JOB_ORDER = (
    Field("JobOrderID", "String"),
    Field("Description", "LocalizedText", True, True),
    Field("WorkMasterID", "ISA95WorkMasterDataType", True, True),
    Field("StartTime", "DateTime", False, True),
    Field("EndTime", "DateTime", False, True),
    Field("Priority", "Int16", False, True),
    Field("JobOrderParameters", "ISA95ParameterDataType", True, True),
    Field("PersonnelRequirements", "ISA95PersonnelDataType", True, True),
    Field("EquipmentRequirements", "ISA95EquipmentDataType", True, True),
    Field("PhysicalAssetRequirements", "ISA95PhysicalAssetDataType", True, True),
    Field("MaterialRequirements", "ISA95MaterialDataType", True, True),
)
_MATERIAL = (
    Field("MaterialClassID", "String", False, True),
    Field("MaterialDefinitionID", "String", False, True),
    Field("MaterialLotID", "String", False, True),
    Field("MaterialSublotID", "String", False, True),
    Field("Description", "LocalizedText", True, True),
    Field("MaterialUse", "String", False, True),
    Field("Quantity", "String", False, True),
    Field("EngineeringUnits", "EUInformation", False, True),
    Field("Properties", "ISA95PropertyDataType", True, True),
)
_STATE = (
    Field("BrowsePath", "RelativePath"),
    Field("StateText", "LocalizedText"),
    Field("StateNumber", "UInt32"),
)
_WORK_MASTER = _described(
    Field("Description", "LocalizedText", False, True),
    Field("Parameters", "ISA95ParameterDataType", True, True),
)
JOB_LIST = "ISA95JobOrderAndStateDataType"
COUNTS = "PackMLCountDataType"
# OPC 10031-4, in the order in which each needs those before it.
ISA95 = (
    Structure(
        "ISA95PropertyDataType", 3002, 5002, _valued("Subproperties", "ISA95PropertyDataType")
    ),
    Structure(
        "ISA95ParameterDataType", 3003, 5005, _valued("Subparameters", "ISA95ParameterDataType")
    ),
    Structure("ISA95EquipmentDataType", 3005, 5008, _used("EquipmentUse")),
    Structure("ISA95WorkMasterDataType", 3007, 5011, _WORK_MASTER),
    Structure("ISA95MaterialDataType", 3010, 5017, _MATERIAL),
    Structure("ISA95PersonnelDataType", 3011, 5020, _used("PersonnelUse")),
    Structure("ISA95PhysicalAssetDataType", 3012, 5023, _used("PhysicalAssetUse")),
    Structure("ISA95JobOrderDataType", 3008, 5014, _JOB_ORDER),
    Structure("ISA95StateDataType", 3006, 5029, _STATE),
    Structure(
        JOB_LIST,
        3015,
        5032,
        (Field("JobOrder", "ISA95JobOrderDataType"), Field("State", "ISA95StateDataType", True)),
    ),
)
_COUNT = (
    Field("ID", "Int32"),
    Field("Name", "String"),
    Field("Unit", "EUInformation"),
    Field("Count", "Int32"),
    Field("AccCount", "Int32"),
)
STRUCTURES: Mapping[str, Structure] = {
    structure.name: structure for structure in (*ISA95, Structure(COUNTS, 14, 0, _COUNT))
}


def encode(name: str, values: Mapping[str, Any]) -> bytes:
    """A structure in its binary form; optional fields that are missing are left out."""
    structure = STRUCTURES[name]
    parts: list[bytes] = []
    optional = [field.name for field in structure.fields if field.is_optional]
    if optional:
        mask = sum(1 << bit for bit, field in enumerate(optional) if field in values)
        parts.append(pack_uatype(ua.VariantType.UInt32, mask))
    for field in structure.fields:
        if field.is_optional and field.name not in values:
            continue
        value = values[field.name]
        if field.is_array:
            parts.append(pack_uatype(ua.VariantType.Int32, len(value)))
            parts += [_encode(field.kind, each) for each in value]
        else:
            parts.append(_encode(field.kind, value))
    return b"".join(parts)


def decode(name: str, data: bytes) -> dict[str, Any]:
    """What a structure holds, by the names of its fields. Raises ValueError where it is none."""
    buffer = Buffer(data)
    try:
        values = _decode_structure(name, buffer, 0)
    except (NotEnoughData, ua.UaError, OverflowError, RecursionError) as error:
        raise ValueError(f"is no {name}: {error}") from error
    if len(buffer):
        raise ValueError(f"is no {name}: {len(buffer)} bytes are left over")
    return values


def _encode(kind: str, value: Any) -> bytes:
    if kind in STRUCTURES:
        return encode(kind, value)
    return struct_to_binary(value) if kind in _STANDARD else pack_uatype(_PRIMITIVES[kind], value)


def _decode_structure(name: str, buffer: Buffer, depth: int) -> dict[str, Any]:
    if depth > DEEPEST:
        raise ValueError(f"is no {name}: nested more than {DEEPEST} deep")
    fields = STRUCTURES[name].fields
    has_mask = any(field.is_optional for field in fields)
    mask = unpack_uatype(ua.VariantType.UInt32, buffer) if has_mask else 0
    values: dict[str, Any] = {}
    for field in fields:
        if field.is_optional:
            is_there, mask = mask & 1, mask >> 1
            if not is_there:
                continue
        if field.is_array:
            length = max(0, unpack_uatype(ua.VariantType.Int32, buffer))
            if length > MOST_ELEMENTS:
                raise ValueError(f"is no {name}: {field.name} has {length:,} elements")
            values[field.name] = [_decode(field.kind, buffer, depth) for _ in range(length)]
        else:
            values[field.name] = _decode(field.kind, buffer, depth)
    return values


def _decode(kind: str, buffer: Buffer, depth: int) -> Any:
    if kind in STRUCTURES:
        return _decode_structure(kind, buffer, depth + 1)
    if kind in _STANDARD:
        read = from_binary(_STANDARD[kind], buffer)
        return {f.name: getattr(read, f.name) for f in dataclasses.fields(read)}
    return unpack_uatype(_PRIMITIVES[kind], buffer)
