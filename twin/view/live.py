"""A shop that is followed, for all pages of a server: what is known of it is worked out once.

One thread asks the shop; pages hear of what is new by `listen`. The viewer gets the last hours as
one blob, so small for a shop of this size that all of it is sent again: about four times a second,
less often where it is large.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from twin.devices.collector import Link, Status
from twin.errors import TwinError
from twin.kpis import Kpis, measure
from twin.layout.schema import Layout
from twin.production.plan import merged
from twin.timeline import Timeline
from twin.view import codec

EVERY = 0.2  # s between two looks at a shop that tells much
IDLE = 1.0  # s between two looks at one that tells nothing: time goes on all the same
SHOWN = 8 * 3600.0  # s that the viewer can go back
STALE = 10.0  # s after which nobody may take what was heard for how it is
SPANS = {"hour": "last hour", "shift": "this shift", "day": "last day"}
SHIFT = 8 * 3600.0  # s, where the layout has no calendar
COST = 4.0  # a look is followed by a pause of so many times as long as it took


class Shop(Protocol):
    """What a followed shop is asked for."""

    name: str
    layout: Layout

    def timeline(self) -> Timeline:
        """What happened up to now; what is not heard is UNAVAILABLE."""
        ...

    def status(self) -> Sequence[Status]:
        """How its sources stand."""
        ...

    def wait(self, seconds: float) -> bool:
        """Wait until there is something new, at most that long; whether there is."""
        ...

    def close(self) -> None:
        """Follow it no longer."""
        ...


@dataclass(frozen=True)
class Seen:
    """What is known of a shop at `at` [s since 1970]."""

    timeline: Timeline
    statuses: tuple[Status, ...]
    at: float

    @cached_property
    def blob(self) -> bytes:
        """What the viewer plays: the last hours."""
        return codec.encode(last(self.timeline, SHOWN))

    @property
    def age(self) -> float:
        """How long ago [s] the source was heard that is silent longest; NaN where
        one has told nothing yet."""
        return max((status.age(self.at) for status in self.statuses), default=float("nan"))

    @property
    def is_heard(self) -> bool:
        """Whether all sources are connected."""
        return bool(self.statuses) and all(s.link is Link.CONNECTED for s in self.statuses)

    def kpis(self, span: str, layout: Layout) -> Kpis | None:
        """Figures over a span (a key of SPANS); None before there is any time to measure."""
        shown = last(self.timeline, seconds_of(span, layout, self.at))
        return measure(shown) if shown.end > shown.start else None


def last(timeline: Timeline, seconds: float) -> Timeline:
    """The last so many seconds of a timeline."""
    start = max(timeline.start, timeline.end - seconds)
    return timeline.clip(start, timeline.end) if start > timeline.start else timeline


def seconds_of(span: str, layout: Layout, now: float) -> float:
    """How long [s] a span is that ends now [s since 1970]: a shift began when the layout's calendar
    opened last, by the clock on the wall."""
    if span != "shift":
        return {"hour": 3600.0, "day": 86400.0}[span]
    calendar = layout.calendars.get(layout.calendar or "")
    if calendar is None:
        return SHIFT
    wall = time.localtime(now)
    of_week = 86400.0 * wall.tm_wday + 3600.0 * wall.tm_hour + 60.0 * wall.tm_min + wall.tm_sec
    since = [(of_week - opening) % calendar.cycle for opening, _ in merged(calendar)]
    return max(60.0, min(since, default=SHIFT))


class Live:
    """A shop and who looks at it. Pages are told from its thread; it ends with `close`."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.seen: Seen | None = None
        self.problem = ""  # why nothing more is seen
        self._listeners: set[Callable[[Seen], None]] = set()
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, name="live", daemon=True)
        self._thread.start()

    def listen(self, listener: Callable[[Seen], None]) -> None:
        """Have what is new told, from another thread; what is known by now, too."""
        with self._lock:
            self._listeners.add(listener)
            seen = self.seen
        if seen is not None:
            listener(seen)

    def forget(self, listener: Callable[[Seen], None]) -> None:
        """Tell it nothing more."""
        with self._lock:
            self._listeners.discard(listener)

    def close(self) -> None:
        """Follow the shop no longer."""
        self._ended.set()
        if threading.current_thread() is not self._thread:
            self._thread.join()  # it may be asking the journal
        self.shop.close()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait [s] until nothing is looked at any more; whether that is so."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _look(self) -> None:
        while not self._ended.is_set():
            begun = time.monotonic()
            try:
                seen = Seen(self.shop.timeline(), tuple(self.shop.status()), time.time())
            except TwinError as error:  # what was seen stays, and grows old
                self.problem = str(error)
            else:
                self.problem = ""
                self._tell(seen)
            took = time.monotonic() - begun
            self._ended.wait(max(EVERY, COST * took))
            self.shop.wait(IDLE)

    def _tell(self, seen: Seen) -> None:
        with self._lock:
            self.seen = seen
            told = tuple(self._listeners)
        for listener in told:
            listener(seen)
