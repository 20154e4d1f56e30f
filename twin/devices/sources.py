"""Which collector an address asks for, and a layout's shop that is followed at some addresses."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from twin.devices.collector import Collector
from twin.devices.followers import Follower, Topics, follower
from twin.devices.following import Following
from twin.devices.journal import Journal
from twin.errors import DeviceError
from twin.layout.folders import user_folder
from twin.layout.schema import Layout

KNOWN = (
    "mqtt[s]://host[/topics], http[s]://agent (MTConnect), opc.tcp://host, moonraker[s]://host"
    "#machine, octoprint+http[s]://host#machine, prusalink+http[s]://host#machine"
)


def collector(
    url: str, journal: Journal, mapping: Path | None = None, *, lasting: bool = True
) -> Collector:
    """What collects from an address. `lasting`: it will come back, so that a broker is to keep
    what is said meanwhile. Raises DeviceError where nothing does."""
    scheme = url.partition("://")[0].lower()
    if scheme in ("mqtt", "mqtts"):
        from twin.devices.mqtt import Mqtt

        return Mqtt(url, journal, lasting=lasting)
    if scheme in ("http", "https"):
        from twin.devices.mtconnect import AgentCollector

        return AgentCollector(url, journal)
    if scheme == "opc.tcp":
        from twin.devices import opcua
        from twin.recordings.opcua import read_mapping

        return opcua.Collector(url, journal, read_mapping(mapping) if mapping else None)
    from twin.devices import printers

    if printers.is_printer(url):
        return printers.collector(url, journal)
    raise DeviceError(f"{url}: nothing here speaks {scheme!r}; known: {KNOWN}")


def journal_of(name: str, urls: Sequence[str]) -> Path:
    """Where the journal of a layout's shop is kept: in the user's folder, by its addresses."""
    told = hashlib.sha256("\n".join(sorted(urls)).encode()).hexdigest()[:8]
    return user_folder() / "journals" / f"{name}-{told}.sqlite"


def connect(
    name: str,
    layout: Layout,
    urls: str | Sequence[str],
    path: Path | None = None,
    mapping: Path | None = None,
) -> Following:
    """Follow the shop of a layout, at one address or several of one protocol; what its journal
    (`path`) has from before is known at once.

    Raises DeviceError where the addresses, the journal or the layout cannot be used, RecordingError
    where the mapping cannot.
    """
    named = [urls] if isinstance(urls, str) else list(urls)
    kinds = {url.partition("://")[0].lower() for url in named}
    if len({follower_kind(kind) for kind in kinds}) != 1:
        raise DeviceError(f"{', '.join(named)}: a shop is followed by one protocol at a time")
    heard = follower(layout, named[0], mapping)
    journal = Journal(path or journal_of(name, named))
    try:
        collectors = [collector(url, journal, mapping) for url in named]
    except DeviceError:
        journal.close()
        raise
    made = Following(name, layout, journal, collectors, heard, _asking(heard, collectors))
    made.start()
    return made


def _asking(heard: Follower, collectors: Sequence[Collector]) -> Callable[[], None]:
    """What asks nodes for their birth, where there can be such."""
    if not isinstance(heard, Topics):
        return lambda: None
    from twin.devices.mqtt import Mqtt
    from twin.devices.rebirths import Rebirths

    brokers = [one for one in collectors if isinstance(one, Mqtt)]

    def say(topic: str, body: bytes) -> bool:
        return any([one.say(topic, body) for one in brokers])

    return Rebirths(heard.wants_rebirth, say).ask


def follower_kind(scheme: str) -> str:
    """What is heard by one follower: printers of all makes are."""
    return scheme.rstrip("s") if scheme in ("mqtt", "mqtts", "http", "https", "opc.tcp") else "any"
