"""A shop that is followed in tests: a simulated day, told up to a time that the test sets."""

from __future__ import annotations

import threading
import time

from tests.view.plants import plant
from twin.cells.factory import validate
from twin.devices.collector import Link, Status
from twin.devices.present import present
from twin.errors import RecordingError
from twin.layout.schema import Layout
from twin.production.run import simulate
from twin.timeline import Timeline

HOUR = 3600.0


class Played:
    """A shop whose day is simulated: what a test sets is its clock, and whether it is heard."""

    name = "the shop"

    def __init__(self) -> None:
        self.layout: Layout = plant().layout
        self.day = simulate(validate(self.layout), "20 h", 1)
        self.at = 12 * HOUR
        self.lost: float | None = None
        self.problem = ""
        self.looks = 0
        self.closed = False
        self._news = threading.Event()

    def go_on(self, **changes: object) -> None:
        for name, value in changes.items():
            setattr(self, name, value)
        self._news.set()

    def timeline(self) -> Timeline:
        self.looks += 1
        if self.problem:
            raise RecordingError(self.problem)
        known = self.day.clip(0.0, self.at)
        names = [known.names[code] for code in known.resources]
        return present(known, self.at, dict.fromkeys(names, self.lost) if self.lost else {})

    def status(self) -> list[Status]:
        link = Link.LOST if self.lost else Link.CONNECTED
        heard = time.time() - (self.at - (self.lost or self.at))
        counts = {"dropped": 3, "repeated": 0}
        return [Status("mqtt", link, 0.0, "refused" if self.lost else "", heard, 7, 0, 2, counts)]

    def wait(self, seconds: float) -> bool:
        new = self._news.wait(seconds)
        self._news.clear()
        return new

    def close(self) -> None:
        self.closed = True
        self._news.set()
