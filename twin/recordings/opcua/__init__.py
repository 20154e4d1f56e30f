"""OPC UA, recorded and live -> Timeline.

Servers that present their machines by OPC 40001-1 (Machinery), OPC 30050 (PackML) and OPC 10031-4
(ISA-95 job control), or plain nodes that a shop's mapping names. A server's values are heard one
after the other (`Follower`), whether they come from a file or from a live server.
"""

from twin.recordings.opcua.changes import (
    Change,
    Item,
    Lost,
    Session,
    Told,
    body,
    is_opcua,
    line,
    read_changes,
    told,
)
from twin.recordings.opcua.files import read_file
from twin.recordings.opcua.follower import Follower
from twin.recordings.opcua.mapping import Mapping, read_mapping
from twin.recordings.opcua.model import Node, find_items

__all__ = [
    "Change",
    "Follower",
    "Item",
    "Lost",
    "Mapping",
    "Node",
    "Session",
    "Told",
    "body",
    "find_items",
    "is_opcua",
    "line",
    "read_changes",
    "read_file",
    "read_mapping",
    "told",
]
