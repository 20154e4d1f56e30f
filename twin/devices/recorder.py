"""What is live, kept as a file that is read as a recording: `twin record`."""

from __future__ import annotations

import base64
import gzip
import json
import math
import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from twin.devices.collector import Link, Status
from twin.devices.journal import Entry, Gap, Journal
from twin.devices.sources import collector
from twin.errors import DeviceError

LOOK = 0.5  # [s] between two looks at how it stands


def record(
    url: str,
    path: Path,
    seconds: float = math.inf,
    shown: Callable[[Status], bool] = lambda _: True,
) -> int:
    """Record what is told at an address for so long [s]; how many messages are in the file then.

    What comes is kept in a journal beside the file first, and goes on from there where an earlier
    recording was killed. `shown` is told now and then how it stands, and ends it by False. Raises
    DeviceError where nothing can be collected or written; the journal stays then.
    """
    kept = path.with_name(f".{path.name}.journal")
    if path.exists():
        raise DeviceError(f"{path}: is there already; name another file")
    journal = Journal(kept)
    try:
        source = collector(url, journal, lasting=False)
        source.start()
        end = time.monotonic() + seconds
        try:
            while time.monotonic() < end:
                status = source.status()
                if not shown(status) or status.link is Link.STOPPED:
                    break
                time.sleep(min(LOOK, max(0.0, end - time.monotonic())))
        finally:
            source.stop()
        number = write(journal, url, source.source, path)
    finally:
        journal.close()
    for each in kept.parent.glob(f"{kept.name}*"):
        each.unlink()
    return number


def write(journal: Journal, url: str, source: str, path: Path) -> int:
    """Write what a journal holds of a source as its recordings are: a folder of MTConnect's, else
    lines; how many entries. Raises DeviceError where it cannot be written."""
    if url.startswith("http"):
        from twin.devices import mtconnect

        return mtconnect.write(journal, source, path)
    line = _line_of(url)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    number = 0
    try:
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(draft, "wt", encoding="utf-8") as file:
            for entry in _all(journal, source):
                file.write(line(entry) + "\n")
                number += 1
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise DeviceError(
            f"{path}: cannot be written: {error.strerror or error}; what was recorded stays in "
            f"{journal.path}"
        ) from error
    return number


def _line_of(url: str) -> Callable[[Entry], str]:
    if url.startswith("opc.tcp"):
        from twin.devices import opcua

        return opcua.line
    if url.startswith("mqtt"):
        return message_line
    from twin.devices.printers import message

    def printed(entry: Entry) -> str:
        told = message(entry)
        line = {"topic": told.topic, "payload": told.payload, "timestamp": _iso(told.time)}
        return json.dumps(line, ensure_ascii=False)

    return printed


def message_line(entry: Entry) -> str:
    """An MQTT message as a line of JSON; a payload that is no text as base64."""
    what = entry.what
    if isinstance(what, Gap):
        kept = {"_kind": "gap", "begin": what.begin, "end": what.end, "count": what.count}
        return json.dumps(kept)
    told = what.received if math.isnan(what.told) else what.told
    line: dict[str, object] = {"topic": what.topic}
    try:
        line["payload"] = what.body.decode("utf-8")
    except UnicodeDecodeError:
        line["payload_base64"] = base64.b64encode(what.body).decode()
    line |= {"timestamp": _iso(told), "qos": what.qos, "retain": what.retain}
    return json.dumps(line, ensure_ascii=False)


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")


def _all(journal: Journal, source: str) -> Iterator[Entry]:
    position = 0
    while entries := journal.read(position):
        yield from (entry for entry in entries if entry.source == source)
        position = entries[-1].position
