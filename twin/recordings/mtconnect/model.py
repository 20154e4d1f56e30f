"""The device model of an agent (Devices.xml, /probe): which data item means what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from twin.errors import RecordingError, nearest
from twin.recordings.mtconnect.documents import walk

MOST_ITEMS = 100_000  # data items of one document


@dataclass(frozen=True)
class Item:
    """A data item; `component` is the kind of what it belongs to (Controller, Linear, Device)."""

    id: str
    name: str
    category: str  # SAMPLE, EVENT or CONDITION
    type: str
    subtype: str
    component: str


@dataclass
class Device:
    """A device of the model: `items` by id, by name and by the text that names their source."""

    name: str
    uuid: str
    items: dict[str, Item] = field(default_factory=dict)

    def listed(self) -> list[Item]:
        """Each item once, in the order of the document."""
        return list({item.id: item for item in self.items.values()}.values())


class _Grower:
    """Devices while a document is walked through."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.devices: list[Device] = []
        self.root = ""
        self._way: list[str] = []
        self._item: Item | None = None
        self._count = 0

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        self.root = self.root or tag
        if tag in ("Device", "Agent") and self._way[-1:] == ["Devices"]:
            name = attributes.get("name") or attributes.get("id") or attributes.get("uuid", "")
            self.devices.append(Device(name, attributes.get("uuid", "")))
        elif tag == "DataItem" and self.devices:
            self._count += 1
            if self._count > MOST_ITEMS:
                raise RecordingError(f"{self.name}: has more than {MOST_ITEMS:,} data items")
            self._item = Item(
                id=attributes.get("id", ""),
                name=attributes.get("name", ""),
                category=attributes.get("category", ""),
                type=attributes.get("type", ""),
                subtype=attributes.get("subType", ""),
                # ... Controller, DataItems, DataItem
                component=next((t for t in reversed(self._way) if t != "DataItems"), ""),
            )
            for key in (self._item.id, self._item.name):
                if key:
                    self.devices[-1].items.setdefault(key, self._item)
        self._way.append(tag)

    def end(self, tag: str, text: str) -> None:
        self._way.pop()
        if tag == "Source" and self._item and text:
            self.devices[-1].items.setdefault(text, self._item)
        elif tag == "DataItem":
            self._item = None


def read_model(chunks: Iterable[bytes], name: str) -> list[Device]:
    """The devices of a document; `name` is what messages call it. Raises RecordingError."""
    grower = _Grower(name)
    walk(chunks, grower.begin, grower.end, name)
    if grower.root != "MTConnectDevices":
        raise RecordingError(
            f"{name}: is <{grower.root}>, not the device model of an agent, <MTConnectDevices>"
        )
    return grower.devices


def read_file(path: Path) -> list[Device]:
    """The devices of a file such as Devices.xml. Raises RecordingError."""
    return read_model(chunks_of(path), str(path))


def chunks_of(path: Path) -> Iterator[bytes]:
    """A file's bytes, in pieces. Raises RecordingError."""
    try:
        with path.open("rb") as file:
            while chunk := file.read(2**16):
                yield chunk
    except OSError as error:
        raise RecordingError(f"{path}: cannot be read: {error.strerror or error}") from error


def find(devices: Iterable[Device], name: str) -> Device:
    """The device of a name or a uuid. Raises RecordingError that names those that there are."""
    known = list(devices)
    for device in known:
        if name in (device.name, device.uuid):
            return device
    raise RecordingError(
        f"the device model has no {name!r}; {nearest(name, [device.name for device in known])}"
    )
