"""A shop that is followed: collectors write its journal, a follower makes a timeline of it.

The follower hears the journal and nothing else, so that what is live is what is kept: a shop that
is followed anew from its journal has the same timeline, and so has the recording that is written
from it.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from twin.devices.collector import Collector, Link, Status
from twin.devices.followers import Follower
from twin.devices.journal import Journal
from twin.devices.present import present
from twin.errors import DeviceError, RecordingError
from twin.layout.schema import Layout
from twin.timeline import Timeline

UNREADABLE = "unreadable"  # the count of messages that are used and cannot be read


class Following:
    """A followed shop; threads may share it. It owns its collectors and the journal.

    `afterwards` is called whenever all that the journal has was heard.
    """

    def __init__(
        self,
        name: str,
        layout: Layout,
        journal: Journal,
        collectors: Sequence[Collector],
        follower: Follower,
        afterwards: Callable[[], None] = lambda: None,
    ) -> None:
        self.name = name
        self.layout = layout
        self._journal = journal
        self._collectors = tuple(collectors)
        self._follower = follower
        self._afterwards = afterwards
        self._position = 0
        self._unreadable: dict[str, int] = {}
        self._lock = threading.Lock()

    def start(self) -> None:
        """Begin to collect; what the journal has from before is heard first."""
        for collector in self._collectors:
            collector.start()

    def close(self) -> None:
        """Collect no more; what was received is in the journal."""
        for collector in self._collectors:
            collector.stop()
        with self._lock:
            self._journal.close()

    def wait(self, seconds: float) -> bool:
        """Wait until the journal has something that was not heard, at most that long [s]; whether
        it has."""
        return self._journal.wait(self._position, seconds)

    def status(self) -> list[Status]:
        """How the collectors stand; what could not be read is among their counts."""
        return [self._told(collector.status()) for collector in self._collectors]

    def heard(self) -> Timeline:
        """What has been heard so far, up to the last message. Raises RecordingError before it."""
        with self._lock:
            self._hear()
            known = self._follower.timeline()
        if known is None:
            raise RecordingError(f"{self.name}: nothing has been heard of it yet")
        return known

    def timeline(self) -> Timeline:
        """What happened up to now. Nothing is known of the shop since a source of it was lost, as
        nobody says which of its resources that one speaks of.

        Raises RecordingError before the first message.
        """
        known, statuses = self.heard(), self.status()
        # The shop's clock need not be this computer's: its last message tells how they differ.
        heard = [status.heard for status in statuses if not math.isnan(status.heard)]
        ahead = known.end - max(heard, default=time.time())
        lost = [
            max(known.end, status.since + ahead)
            for status in statuses
            if status.link is not Link.CONNECTED
        ]
        names = [known.names[code] for code in known.resources]
        since = dict.fromkeys(names, min(lost)) if lost else {}
        return present(known, time.time() + ahead, since)

    def _hear(self) -> None:
        while entries := self._journal.read(self._position):
            for entry in entries:
                self._position = entry.position
                try:
                    self._follower.hear(entry)
                except (RecordingError, DeviceError):  # counted and shown; the rest flows on
                    count = self._unreadable.get(entry.source, 0)
                    self._unreadable[entry.source] = count + 1
        self._afterwards()

    def _told(self, status: Status) -> Status:
        count = self._unreadable.get(status.source, 0)
        counts = {**status.counts, UNREADABLE: count} if count else status.counts
        return replace(status, counts=counts)
