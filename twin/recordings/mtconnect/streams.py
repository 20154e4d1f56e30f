"""An agent's documents: MTConnectStreams (/current, /sample) and MTConnectError."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from twin.errors import RecordingError
from twin.recordings.mtconnect.documents import walk
from twin.recordings.mtconnect.model import Device, Item
from twin.recordings.mtconnect.observations import Observation, moment

MOST_OBSERVATIONS = 1_000_000  # of one document
_CATEGORIES = {"Samples": "SAMPLE", "Events": "EVENT", "Condition": "CONDITION"}
_LEVELS = {"Normal", "Warning", "Fault", "Unavailable"}
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True)
class Header:
    """What an agent says of itself: the instance of its numbering, and what it still holds."""

    instance: str
    first: int
    last: int
    next: int
    made: float  # when it wrote the document [s], by its own clock


@dataclass
class Document:
    """A document of observations: (sequence, observation), in order of their sequence.

    `devices` are what it tells of the device model: the items that it has values of. `damaged` are
    observations that are not understood, in words.
    """

    header: Header
    observations: list[tuple[int, Observation]] = field(default_factory=list)
    devices: list[Device] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)


class AgentError(RecordingError):
    """What an agent answers in place of a document; `code` is its word, such as OUT_OF_RANGE."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


class _Grower:
    """A document while it is walked through."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root = ""
        self.header: Header | None = None
        self.observations: list[tuple[int, Observation]] = []
        self.devices: list[Device] = []
        self.damaged: list[str] = []
        self.errors: list[tuple[str, str]] = []
        self._category = ""
        self._component = ""
        self._open: tuple[str, dict[str, str]] | None = None  # an observation
        self._depth = 0
        self._code = ""

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        if not self.root:
            self.root = tag
        if self._open is not None:
            self._depth += 1  # an entry of a data set: not read
        elif self._category:
            self._open, self._depth = (tag, attributes), 0
        elif tag in _CATEGORIES:
            self._category = _CATEGORIES[tag]
        elif tag == "ComponentStream":
            self._component = attributes.get("component", "")
        elif tag == "DeviceStream":
            name = attributes.get("name") or attributes.get("uuid", "")
            self.devices.append(Device(name, attributes.get("uuid", "")))
        elif tag == "Header" and self.root == "MTConnectStreams":
            self.header = self._header(attributes)
        elif "errorCode" in attributes:
            self._code = attributes["errorCode"]

    def end(self, tag: str, text: str) -> None:
        if self._open is not None:
            if self._depth:
                self._depth -= 1
                return
            (kind, attributes), self._open = self._open, None
            self._observed(kind, attributes, text)
        elif tag in _CATEGORIES:
            self._category = ""
        elif self._code:
            self.errors.append((self._code, text))
            self._code = ""

    def _header(self, attributes: dict[str, str]) -> Header:
        try:
            first, last, following = (
                int(attributes[key]) for key in ("firstSequence", "lastSequence", "nextSequence")
            )
            made = moment(attributes["creationTime"])
        except (KeyError, ValueError) as error:
            raise RecordingError(
                f"{self.name}: its header lacks firstSequence, lastSequence, nextSequence or "
                f"creationTime ({error}); is this an MTConnect agent?"
            ) from error
        return Header(attributes.get("instanceId", ""), first, last, following, made)

    def _observed(self, tag: str, attributes: dict[str, str], text: str) -> None:
        if len(self.observations) >= MOST_OBSERVATIONS:
            raise RecordingError(f"{self.name}: has more than {MOST_OBSERVATIONS:,} observations")
        key = attributes.get("name") or attributes.get("dataItemId", "")
        is_condition = self._category == "CONDITION" and tag in _LEVELS
        try:
            time, sequence = moment(attributes["timestamp"]), int(attributes["sequence"])
            if not key or not self.devices:
                raise ValueError("it is of no data item")
        except (KeyError, ValueError) as error:
            self.damaged.append(f"<{tag} {key[:40]}>: {error}")
            return
        self._learn(tag, key, attributes, is_condition)
        device = self.devices[-1].name
        if is_condition:
            code = attributes.get("nativeCode") or attributes.get("conditionId", "")
            severity, qualifier = (
                attributes.get("nativeSeverity", ""),
                attributes.get("qualifier", ""),
            )
            told = Observation(time, device, key, tag.upper(), (code, severity, qualifier, text))
        else:
            told = Observation(time, device, key, text)
        self.observations.append((sequence, told))

    def _learn(self, tag: str, key: str, attributes: dict[str, str], is_condition: bool) -> None:
        items = self.devices[-1].items
        if key not in items:
            kind = attributes.get("type", "") if is_condition else _CAPITAL.sub("_", tag).upper()
            items[key] = Item(
                id=attributes.get("dataItemId", key),
                name=attributes.get("name", ""),
                category=self._category,
                type=kind,
                subtype=attributes.get("subType", ""),
                component=self._component,
            )


def read_document(chunks: Iterable[bytes], name: str) -> Document:
    """A document of an agent; `name` is what messages call it.

    Raises AgentError where the agent answers with an error, RecordingError where it is no document
    of an agent.
    """
    grower = _Grower(name)
    walk(chunks, grower.begin, grower.end, name)
    if grower.errors or grower.root == "MTConnectError":
        code, text = grower.errors[0] if grower.errors else ("", "an error without words")
        raise AgentError(f"{name}: the agent answers {code}: {text[:200]}", code)
    if grower.root != "MTConnectStreams" or grower.header is None:
        raise RecordingError(
            f"{name}: is <{grower.root}>, not a document of observations, <MTConnectStreams>"
        )
    grower.observations.sort(key=lambda each: each[0])
    return Document(grower.header, grower.observations, grower.devices, grower.damaged)
