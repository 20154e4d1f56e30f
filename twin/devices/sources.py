"""Which collector an address asks for, and a layout's shop that is followed at some addresses."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from twin.devices.collector import Collector
from twin.devices.followers import Topics, follower
from twin.devices.following import Following, Voice
from twin.devices.journal import Journal
from twin.errors import DeviceError
from twin.layout.folders import user_folder
from twin.layout.schema import Layout

if TYPE_CHECKING:
    from twin.cells.factory import Factory

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
    factory: Factory | Layout,
    urls: str | Sequence[str],
    journal: Path | None = None,
    mapping: Path | Sequence[Path | None] | None = None,
    *,
    name: str = "",
) -> Following:
    """Follow the shop of a layout, at one address or several, whatever each speaks.

    What its journal has from before is known at once; it is in the user's folder, under `name` (the
    layout's, if left out), unless `journal` says where. `mapping`: one for all, or one for each.

    Raises DeviceError where the addresses, the journal or the layout cannot be used, RecordingError
    where a mapping cannot.
    """
    layout = factory if isinstance(factory, Layout) else factory.layout
    called = name or re.sub(r"[^A-Za-z0-9_-]+", "-", layout.name)[:60].strip("-") or "shop"
    named = [urls] if isinstance(urls, str) else list(urls)
    words = [mapping] * len(named) if mapping is None or isinstance(mapping, Path) else mapping
    if len(words) != len(named):
        raise DeviceError(
            f"{len(words)} mappings for {len(named)} addresses: give one for all, or one for each"
        )
    heard = [follower(layout, url, one) for url, one in zip(named, words, strict=True)]
    kept = Journal(journal or journal_of(called, named))
    try:
        collectors = [collector(url, kept, one) for url, one in zip(named, words, strict=True)]
        sources = [one.source for one in collectors]
        twice = [
            url for url, source in zip(named, sources, strict=True) if sources.count(source) > 1
        ]
        if twice:
            raise DeviceError(f"{', '.join(twice)}: are one source; name it once")
    except DeviceError:
        kept.close()
        raise
    voices = [Voice(*both) for both in zip(collectors, heard, strict=True)]
    asking = [one for voice in voices if (one := _asking(voice)) is not None]

    def ask() -> None:
        for one in asking:
            one()

    made = Following(called, layout, kept, voices, ask)
    made.start()
    return made


def _asking(voice: Voice) -> Callable[[], None] | None:
    """What asks nodes for their birth, where there can be such."""
    from twin.devices.mqtt import Mqtt
    from twin.devices.rebirths import Rebirths

    if isinstance(voice.follower, Topics) and isinstance(voice.collector, Mqtt):
        return Rebirths(voice.follower.wants_rebirth, voice.collector.say).ask
    return None
