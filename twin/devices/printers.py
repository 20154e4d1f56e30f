"""Desktop printers: which collector follows an address, and how what it keeps is read again."""

from __future__ import annotations

import json
from collections.abc import Callable

from twin.devices import moonraker, octoprint, prusalink
from twin.devices.addresses import SCHEMES, parse_address
from twin.devices.collector import Collector
from twin.devices.journal import Entry, Gap, Journal
from twin.recordings.messages import Message
from twin.recordings.printers.follower import GAP, TOPICS

COLLECTORS: dict[str, Callable[[str, Journal, str], Collector]] = {
    "moonraker": moonraker.collector,
    "octoprint": octoprint.collector,
    "prusalink": prusalink.collector,
}


def collector(url: str, journal: Journal, machine: str = "") -> Collector:
    """The collector of a printer, by the scheme of its address (one of SCHEMES).

    Its machine in the layout stands behind "#" in the address, or is given apart. Raises
    DeviceError where the address is none of a printer's.
    """
    return COLLECTORS[parse_address(url, machine).protocol](url, journal, machine)


def is_printer(url: str) -> bool:
    """Whether an address is one of a printer's."""
    return url.partition("://")[0] in SCHEMES


def message(entry: Entry) -> Message:
    """What a journal keeps, as the message that the follower hears and recordings have."""
    what = entry.what
    if isinstance(what, Gap):
        machine = entry.source.rpartition("#")[2]
        payload = json.dumps({"begin": what.begin, "end": what.end, "count": what.count})
        return Message(entry.position, what.end, f"{TOPICS}{machine}/{GAP}", payload)
    body = what.body.decode("utf-8", "replace")
    return Message(entry.position, what.received, what.topic, body)
