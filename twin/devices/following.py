"""A shop that is followed: collectors write its journal, followers make a timeline of it.

A follower hears the journal and nothing else, so that what is live is what is kept: a shop that is
followed anew from its journal has the same timeline, and so has the recording that is written from
it.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from twin.devices.collector import Collector, Link, Status
from twin.devices.followers import Follower
from twin.devices.journal import Entry, Journal
from twin.devices.present import present
from twin.devices.together import together
from twin.errors import DeviceError, RecordingError
from twin.layout.schema import Layout
from twin.timeline import Timeline

UNREADABLE = "unreadable"  # the count of messages that are used and cannot be read


@dataclass
class Voice:
    """A source: what collects it, and what makes a timeline of what it says."""

    collector: Collector
    follower: Follower
    unreadable: int = 0

    def hear(self, entry: Entry) -> None:
        """The next entry of it; one that cannot be read is counted, and the rest flows on."""
        try:
            self.follower.hear(entry)
        except (RecordingError, DeviceError):
            self.unreadable += 1

    def status(self) -> Status:
        """How its collector stands; what could not be read is among its counts."""
        told = self.collector.status()
        counts = {**told.counts, UNREADABLE: self.unreadable} if self.unreadable else told.counts
        return replace(told, counts=counts)

    def present(self, known: Timeline) -> Timeline:
        """What it said, up to now; of what it speaks of nothing is known since it was lost."""
        status = self.collector.status()
        # Its clock need not be this computer's: its last message tells how they differ.
        ahead = known.end - (time.time() if math.isnan(status.heard) else status.heard)
        since: dict[str, float] = {}
        if status.link is not Link.CONNECTED:
            lost = max(known.end, status.since + ahead)
            since = dict.fromkeys((known.names[code] for code in known.resources), lost)
        return present(known, time.time() + ahead, since)


class Following:
    """A followed shop; threads may share it. It owns its collectors and the journal, and is a
    context that closes them.

    `afterwards` is called whenever all that the journal has was heard.
    """

    def __init__(
        self,
        name: str,
        layout: Layout,
        journal: Journal,
        voices: Sequence[Voice],
        afterwards: Callable[[], None] = lambda: None,
    ) -> None:
        self.name = name
        self.layout = layout
        self._journal = journal
        self._voices = {voice.collector.source: voice for voice in voices}
        self._afterwards = afterwards
        self._position = 0
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Begin to collect; what the journal has from before is heard first."""
        for voice in self._voices.values():
            voice.collector.start()

    def close(self) -> None:
        """Collect no more; what was received is in the journal."""
        for voice in self._voices.values():
            voice.collector.stop()
        with self._lock:
            self._journal.close()

    def wait(self, seconds: float) -> bool:
        """Wait until the journal has something that was not heard, at most that long [s]; whether
        it has."""
        return self._journal.wait(self._position, seconds)

    def status(self) -> list[Status]:
        """How the sources stand, each by itself."""
        return [voice.status() for voice in self._voices.values()]

    def heard(self) -> Timeline:
        """What has been heard so far, up to the last message. Raises RecordingError before it."""
        return together([known for _, known in self._heard()])

    def timeline(self) -> Timeline:
        """What happened up to now; of what a lost source speaks of nothing is known any more.

        Raises RecordingError before the first message.
        """
        return together([voice.present(known) for voice, known in self._heard()])

    def _heard(self) -> list[tuple[Voice, Timeline]]:
        with self._lock:
            self._hear()
            told = [(voice, voice.follower.timeline()) for voice in self._voices.values()]
        found = [(voice, known) for voice, known in told if known is not None]
        if not found:
            raise RecordingError(f"{self.name}: nothing has been heard of it yet")
        return found

    def _hear(self) -> None:
        while entries := self._journal.read(self._position):
            for entry in entries:
                self._position = entry.position
                voice = self._voices.get(entry.source)
                if voice is not None:  # another source may have been followed into this journal
                    voice.hear(entry)
        self._afterwards()
