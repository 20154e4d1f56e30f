"""Node ids, values and times of OPC UA as texts and JSON: what a journal keeps."""

from __future__ import annotations

import base64
import math
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Any, cast

from asyncua import ua

from twin.devices.opcua.structures import COUNTS, JOB_LIST, decode
from twin.recordings.opcua import meaning

MOST_BYTES = 4096  # of a byte string that is kept
DEEPEST = 12
# Which structure a node of a role holds.
STRUCTURE_OF = {meaning.JOB_LIST: JOB_LIST, meaning.COUNT: COUNTS, meaning.SCRAP: COUNTS}


def name_of(node: ua.NodeId, namespaces: Sequence[str]) -> str:
    """A node's id with its namespace's name in it: "nsu=urn:shop;s=mill", "i=2258"."""
    if isinstance(node, ua.ExpandedNodeId) and node.NamespaceUri:
        space = node.NamespaceUri
    else:
        index = int(node.NamespaceIndex)
        space = namespaces[index] if 0 < index < len(namespaces) else ""
        if index and not space:
            space = f"unknown:{index}"
    own = _identifier(node)
    return f"nsu={space};{own}" if space else own


def node_of(name: str, namespaces: Sequence[str]) -> ua.NodeId:
    """The node of an id as `name_of` writes it, or with the server's number ("ns=2;s=mill").

    Raises ValueError where the server has no such namespace, or it is no id.
    """
    space, _, own = name.rpartition(";") if name.startswith("nsu=") else ("", "", name)
    if name.startswith("nsu="):
        # A namespace's name holds no ";", but an identifier may.
        space, _, own = name[4:].partition(";")
        if space not in namespaces:
            raise ValueError(f"the server has no namespace {space!r}")
        own = f"ns={list(namespaces).index(space)};{own}"
    try:
        return ua.NodeId.from_string(own)
    except (ua.UaError, ValueError) as error:
        raise ValueError(f"{name!r} is no node id: {error}") from error


def seconds(moment: datetime | None) -> float:
    """A time [s] since 1970; NaN where there is none: OPC UA's clock begins in 1601."""
    if moment is None or moment.year < 1971:
        return math.nan
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.timestamp()


def moment(time: float) -> datetime:
    """A time [s] since 1970 as OPC UA has it."""
    return datetime.fromtimestamp(time, UTC)


def plain(value: Any, namespaces: Sequence[str], role: str = "") -> Any:
    """A value as JSON has it.

    A localised text is its text, a time seconds since 1970, a structure an object, a number that
    is none NaN's text. A structure that is not known is null.
    """
    return _plain(value, namespaces, role, 0)


def _plain(value: Any, namespaces: Sequence[str], role: str, depth: int) -> Any:
    def inner(each: Any) -> Any:
        return _plain(each, namespaces, role, depth + 1)

    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, datetime):
        time = seconds(value)
        return None if math.isnan(time) else time
    if isinstance(value, ua.LocalizedText):
        return value.Text
    if isinstance(value, ua.QualifiedName):
        return value.Name
    if isinstance(value, ua.NodeId):
        return name_of(value, namespaces)
    if isinstance(value, bytes):
        return base64.b64encode(value[:MOST_BYTES]).decode()
    if depth > DEEPEST:
        return None
    if isinstance(value, ua.Variant):
        return inner(value.Value)
    if isinstance(value, ua.ExtensionObject):
        return _structure(value, namespaces, role, depth)
    if isinstance(value, list | tuple):
        return [inner(each) for each in cast(Sequence[Any], value)]
    if isinstance(value, dict):
        return {str(key): inner(each) for key, each in cast(dict[Any, Any], value).items()}
    fields: Any = getattr(value, "__dataclass_fields__", None)
    if fields:
        return {name: inner(getattr(value, name)) for name in fields if name != "Encoding"}
    return str(value)


def _structure(value: ua.ExtensionObject, namespaces: Sequence[str], role: str, depth: int) -> Any:
    if role not in STRUCTURE_OF or value.Body is None:
        return None
    try:
        return _plain(decode(STRUCTURE_OF[role], value.Body), namespaces, "", depth + 1)
    except ValueError:
        return None  # it is counted where its meaning is asked for


def _identifier(node: ua.NodeId) -> str:
    kind = node.NodeIdType
    if kind == ua.NodeIdType.String:
        return f"s={node.Identifier}"
    if kind == ua.NodeIdType.Guid:
        return f"g={node.Identifier}"
    if kind == ua.NodeIdType.ByteString:
        return f"b={base64.b64encode(cast(bytes, node.Identifier)).decode()}"
    return f"i={node.Identifier}"
