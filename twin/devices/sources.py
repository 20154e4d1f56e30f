"""Which collector and which follower an address and a layout ask for."""

from __future__ import annotations

import hashlib
from pathlib import Path

from twin.devices.collector import Collector
from twin.devices.following import Follower, Following
from twin.devices.journal import Entry, Journal, Raw
from twin.errors import DeviceError
from twin.layout.folders import user_folder
from twin.layout.schema import Layout
from twin.recordings.messages import Message
from twin.recordings.mqtt_aps.plant import SERIALS
from twin.recordings.mqtt_aps.session import Session
from twin.timeline import Timeline

KNOWN = "mqtt://host[:port][/topics], mqtts://..."


class Sessions:
    """The APS plant, as MQTT messages of a journal tell it."""

    def __init__(self, layout: Layout) -> None:
        self._session = Session(layout)
        self._heard = False

    def hear(self, entry: Entry, what: Raw) -> None:
        """The next message. Raises RecordingError where it is used and is not JSON."""
        self._heard = True
        self._session.hear(message_of(entry.position, what))

    def timeline(self) -> Timeline | None:
        """What the messages came to so far."""
        return self._session.timeline() if self._heard else None


def message_of(line: int, what: Raw) -> Message:
    """A message of a journal as a recorded one: it was said when it says so, else when it came."""
    time = what.received if what.told != what.told else what.told
    return Message(line, time, what.topic, what.body.decode("utf-8", "replace"))


def collector(url: str, journal: Journal) -> Collector:
    """What collects from an address. Raises DeviceError where nothing does."""
    scheme = url.partition("://")[0].lower()
    if scheme in ("mqtt", "mqtts"):
        from twin.devices.mqtt import Mqtt

        return Mqtt(url, journal)
    raise DeviceError(f"{url}: nothing here speaks {scheme!r}; addresses are {KNOWN}")


def follower(layout: Layout) -> Follower:
    """What makes a timeline of a shop's messages. Raises DeviceError where nothing does."""
    if set(SERIALS.values()) & set(layout.machines):
        return Sessions(layout)
    raise DeviceError(
        f"{layout.name}: nothing is known of how its machines speak; say it with --mapping"
    )


def journal_of(name: str, url: str) -> Path:
    """Where the journal of a layout's shop is kept: in the user's folder, one for each address."""
    told = hashlib.sha256(url.encode()).hexdigest()[:8]
    return user_folder() / "journals" / f"{name}-{told}.sqlite"


def connect(name: str, layout: Layout, url: str, path: Path | None = None) -> Following:
    """Follow the shop of a layout at an address; what its journal has from before is known at once.

    Raises DeviceError where the address, the journal or the layout cannot be used.
    """
    heard = follower(layout)
    journal = Journal(path or journal_of(name, url))
    try:
        made = Following(name, layout, journal, [collector(url, journal)], heard)
    except DeviceError:
        journal.close()
        raise
    made.start()
    return made
