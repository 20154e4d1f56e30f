"""Recorded printers as files: a session's messages, or a printer's own history -> Timeline."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace
from pathlib import Path

from twin.errors import RecordingError
from twin.layout.schema import Layout
from twin.recordings.messages import GZIP_MAGIC, read_messages
from twin.recordings.printers.follower import TOPICS, Printers
from twin.recordings.printers.histories import HEAD, is_history, read_history
from twin.timeline import Timeline


def is_printers(path: Path) -> bool:
    """Whether a file looks like one of printers, by its first bytes."""
    return is_session(path) or is_history(path)


def is_session(path: Path) -> bool:
    """Whether a file looks like messages of printers, by its first bytes, plain or gzip."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError:
        return False
    if head[:2] == GZIP_MAGIC:
        try:
            head = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, HEAD)
        except zlib.error:
            return False
    return f'"topic": "{TOPICS}'.encode() in head or f'"topic":"{TOPICS}'.encode() in head


def read_file(path: Path, layout: Layout | None = None) -> Timeline:
    """A session of printers, or the history of one, as a Timeline.

    In a session each printer has the name that it was recorded with. A history has none: it is of
    the machine that its file is named after, or of the only one that the layout has; without a
    layout, of one that is called as the file. Raises RecordingError with the place where the file
    is neither.
    """
    if not is_session(path):
        return read_history(path, _machine(path, layout), layout.name if layout else "")
    messages = read_messages(path)
    spoken = {message.topic.removeprefix(TOPICS).partition("/")[0] for message in messages}
    machines = [name for name in (layout.machines if layout else ()) if name in spoken]
    follower = Printers(machines, layout.name if layout else "")
    for message in messages:
        follower.hear(message)
    return replace(follower.timeline(), run=hashlib.sha256(path.read_bytes()).hexdigest()[:12])


def _machine(path: Path, layout: Layout | None) -> str:
    """Whose history it is: "printer-2.json" is printer-2's."""
    name = path.name.lstrip(".").partition(".")[0]
    if layout is None or name in layout.machines:
        return name
    if len(layout.machines) == 1:
        return next(iter(layout.machines))
    known = ", ".join(list(layout.machines)[:6])
    raise RecordingError(
        f"{path}: does not say which printer it is of; name the file after one of the machines of "
        f"the layout {layout.name!r} ({known}), such as {next(iter(layout.machines), 'printer')}"
        f"{path.suffix}"
    )
