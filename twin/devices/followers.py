"""What a journal holds -> a timeline, for each protocol by the object that hears its recordings."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import numpy as np

from twin.devices.journal import Entry, Gap, Raw
from twin.layout.schema import Layout
from twin.recordings import mqtt_json, sparkplug
from twin.recordings.messages import Message
from twin.recordings.mqtt_aps.plant import SERIALS
from twin.recordings.mqtt_aps.session import Session
from twin.timeline import POINTS, Names, Quality, Timeline


class Follower(Protocol):
    """Hears the entries of a shop's journal in their order."""

    def hear(self, entry: Entry) -> None:
        """The next entry. Raises RecordingError or DeviceError where it is used and cannot be
        read; it is left out then."""
        ...

    def timeline(self) -> Timeline | None:
        """What the entries came to so far; None before there is anything."""
        ...


def follower(layout: Layout, url: str, mapping: Path | None = None) -> Follower:
    """What hears a source of a layout's shop. Raises RecordingError where the mapping cannot be
    read."""
    scheme = url.partition("://")[0].lower()
    if scheme == "opc.tcp":
        return Server(layout, mapping)
    if scheme in ("http", "https"):
        return Agent(layout, mapping)
    if "mqtt" not in scheme:
        return Printers(layout)
    if mapping is None and set(SERIALS.values()) & set(layout.machines):
        return Sessions(layout)
    return Topics(layout, mapping)


class Sessions:
    """The APS plant, by MQTT."""

    def __init__(self, layout: Layout) -> None:
        self._session = Session(layout)
        self._heard = False
        self._gaps: list[Gap] = []

    def hear(self, entry: Entry) -> None:
        if isinstance(entry.what, Gap):
            self._gaps.append(entry.what)
            return
        self._heard = True
        self._session.hear(message_of(entry.position, entry.what))

    def timeline(self) -> Timeline | None:
        return _with_gaps(self._session.timeline(), self._gaps) if self._heard else None


class Topics:
    """A shop whose MQTT topics a mapping explains, of JSON or of Sparkplug B; without one, what
    `twin publish` says."""

    def __init__(self, layout: Layout, mapping: Path | None) -> None:
        words = mqtt_json.read_mapping(mapping) if mapping else mqtt_json.mapping_of()
        kind = sparkplug if any(t.topic.startswith(sparkplug.SPACE) for t in words.topics) else None
        self._follower = (kind or mqtt_json).Follower(words, layout)
        self._gaps: list[Gap] = []

    def hear(self, entry: Entry) -> None:
        if isinstance(entry.what, Gap):
            self._gaps.append(entry.what)
        else:
            self._follower.hear(message_of(entry.position, entry.what))

    def timeline(self) -> Timeline | None:
        known = self._follower.timeline()
        return None if known is None else _with_gaps(known, self._gaps)

    def wants_rebirth(self) -> set[str]:
        """The nodes of Sparkplug B, "<group>/<node>", whose data cannot be understood before they
        have told of their birth once more."""
        heard = self._follower
        return set(heard.wants_rebirth) if isinstance(heard, sparkplug.Follower) else set()


class Agent:
    """A shop that speaks MTConnect."""

    def __init__(self, layout: Layout, mapping: Path | None) -> None:
        from twin.recordings import mtconnect

        words = mtconnect.read_mapping(mapping) if mapping else None
        self._follower = mtconnect.Follower(words)
        self._layout = layout.name
        self._heard = False

    def hear(self, entry: Entry) -> None:
        from twin.devices import mtconnect

        mtconnect.hear(self._follower, [entry])
        self._heard = self._heard or not isinstance(entry.what, Gap)

    def timeline(self) -> Timeline | None:
        return self._follower.timeline(layout=self._layout) if self._heard else None


class Server:
    """A shop that speaks OPC UA."""

    def __init__(self, layout: Layout, mapping: Path | None) -> None:
        from twin.recordings import opcua

        self._follower = opcua.Follower(opcua.read_mapping(mapping) if mapping else None)
        self._layout = layout.name
        self._heard = False

    def hear(self, entry: Entry) -> None:
        from twin.devices import opcua

        self._follower.hear(opcua.read_entry(entry))
        self._heard = self._heard or not isinstance(entry.what, Gap)

    def timeline(self) -> Timeline | None:
        return self._follower.timeline(layout=self._layout) if self._heard else None


class Printers:
    """Desktop printers, each named by its address."""

    def __init__(self, layout: Layout) -> None:
        from twin.recordings import printers

        self._follower = printers.Printers(layout.machines, layout.name)
        self._heard = False

    def hear(self, entry: Entry) -> None:
        from twin.devices import printers

        self._follower.hear(printers.message(entry))
        self._heard = True

    def timeline(self) -> Timeline | None:
        return self._follower.timeline() if self._heard else None


def message_of(line: int, what: Raw) -> Message:
    """A message of a journal as a recorded one: said when it says so, else when it came."""
    time = what.received if math.isnan(what.told) else what.told
    try:
        return Message(line, time, what.topic, what.body.decode("utf-8"))
    except UnicodeDecodeError:
        return Message(line, time, what.topic, "", what.body)


def _with_gaps(timeline: Timeline, gaps: Sequence[Gap]) -> Timeline:
    """A point for each gap that a collector knows of: where it begins, how long it is [s]."""
    if not gaps:
        return timeline
    names = Names(timeline.names)
    epoch = timeline.epoch.timestamp()
    rows = [
        (-1, names["gap"], gap.begin - epoch, gap.end - gap.begin, names["s"], Quality.GOOD, -1)
        for gap in gaps
    ]
    points = np.concatenate([timeline.points, np.array(rows, POINTS)])
    points = points[np.argsort(points["time"], kind="stable")]
    return replace(timeline, points=points, names=names.texts())
