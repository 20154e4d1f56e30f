"""What collectors have in common: a clock that never goes back, a bounded queue in front of the
journal, a state with the age of what is known, and patience between attempts.

A collector has a `source` (its name in the journal), `start()`, `stop()` and `status()`. It writes
into the journal before it acknowledges anything, keeps its cursor there, and puts a gap where it
cannot know what it missed. Network threads only `put`; one thread of the intake writes.
"""

from __future__ import annotations

import math
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Protocol

from twin.devices.journal import Gap, Journal, Raw
from twin.errors import DeviceError

FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0  # [s] between attempts to connect
STEP = 1.0  # [s] by which a clock differs from itself when somebody has set it
QUEUED_BYTES = 64 * 2**20
QUEUED = 100_000  # messages
BATCH = 5_000  # messages in one transaction
DROPPED = "dropped"  # the count of messages for which the queue had no room


class Link(Enum):
    """How a collector and its source stand."""

    CONNECTING = "connecting"  # it never was connected
    CONNECTED = "connected"
    LOST = "lost"  # it was; it is tried again
    STOPPED = "stopped"  # for good: asked to, or for a reason that trying again does not mend


@dataclass(frozen=True)
class Status:
    """What a collector says of itself; times [s] since 1970 on its clock.

    `since` is when `link` began, `why` is the reason where it is not connected, `heard` the time of
    the last message (NaN before the first), `answered` when its source was last known to be there
    though it had nothing new to say (NaN where it never says so, as a broker does not of those
    behind it), `queued` how many wait for the journal. `counts` are the journal's, since it began:
    dropped, duplicate, repeated, "too large", "unknown topic".
    """

    source: str
    link: Link
    since: float
    why: str = ""
    heard: float = math.nan
    received: int = 0
    queued: int = 0
    gaps: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    answered: float = math.nan

    def age(self, now: float | None = None) -> float:
        """How long ago [s] what is known was known to hold: the last message came, or an answer
        that nothing is new. NaN before the first message."""
        last = self.heard if math.isnan(self.answered) else max(self.heard, self.answered)
        return (time.time() if now is None else now) - last


class Collector(Protocol):
    """Follows one source into a journal."""

    source: str

    def start(self) -> None:
        """Begins to connect and to collect, in threads of its own."""
        ...

    def stop(self) -> None:
        """Ends it; what has been received is in the journal when it returns."""
        ...

    def status(self) -> Status:
        """How it stands."""
        ...


class Clock:
    """Receive times [s] since 1970 that never go back, so that order of time is order of receipt.

    Where the computer's clock is put back, time goes on as measured from then, and `ahead` says by
    how much [s] it is ahead of that clock.
    """

    def __init__(
        self,
        last: float = -math.inf,
        wall: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wall, self._steady = wall, steady
        self._last, self._at = last, steady()
        self._lock = threading.Lock()
        self.ahead = 0.0

    def now(self) -> float:
        with self._lock:
            wall, steady = self._wall(), self._steady()
            expected = self._last + max(0.0, steady - self._at)
            put_back = wall < expected - STEP
            self._last = expected if put_back else max(wall, self._last)
            self.ahead = self._last - wall if put_back else 0.0
            self._at = steady
            return self._last


def waits(chance: Callable[[], float] = random.random) -> Iterator[float]:
    """How long [s] to wait before each new attempt: twice as long each time up to a bound, less a
    chance part, so that not all collectors of a shop come back at the same instant."""
    wait = FIRST_WAIT
    while True:
        yield wait * (1.0 - 0.5 * chance())
        wait = min(2.0 * wait, LONGEST_WAIT)


class Standing:
    """The state of a link as its threads change it."""

    def __init__(self, source: str) -> None:
        self._status = Status(source, Link.CONNECTING, time.time())
        self._lock = threading.Lock()

    def change(self, link: Link, why: str = "") -> None:
        """The link is in another state from now on; stopped is for good, and its reason stays."""
        with self._lock:
            now = self._status
            if now.link is Link.STOPPED:
                return
            if link is Link.LOST and math.isnan(now.heard) and now.link is Link.CONNECTING:
                link = Link.CONNECTING  # there was nothing to lose yet
            since = now.since if link is now.link else time.time()
            self._status = replace(now, link=link, why=why, since=since)

    def told(self, number: int, heard: float, gaps: int = 0) -> None:
        """Some messages are in the journal, the last one received at `heard`."""
        with self._lock:
            now = self._status
            heard = heard if number else now.heard
            received = now.received + number
            self._status = replace(now, heard=heard, received=received, gaps=now.gaps + gaps)

    def answers(self, at: float) -> None:
        """The source answered at that time [s since 1970], with news or without."""
        with self._lock:
            self._status = replace(self._status, answered=at)

    def now(self) -> Status:
        with self._lock:
            return self._status

    def with_counts(self, journal: Journal, queued: int) -> Status:
        """The same, with what the journal counted and how many wait for it."""
        now = self.now()
        return replace(now, queued=queued, counts=journal.counts(now.source))


# Called when what it came with is in the journal.
Acknowledge = Callable[[], None]


class Intake:
    """A bounded queue in front of the journal, and the thread that empties it.

    A batch is all that waits; it is acknowledged one by one when the journal has it. Where the
    journal fails the intake ends: nothing more is acknowledged, `why` says the reason, `failed` is
    called once.
    """

    def __init__(
        self, journal: Journal, standing: Standing, failed: Callable[[], None] = lambda: None
    ) -> None:
        self.why = ""
        self._journal, self._standing, self._failed = journal, standing, failed
        self._source = standing.now().source
        self._waiting: deque[tuple[Raw | Gap | None, Acknowledge | None]] = deque()
        self._bytes = 0
        self._put = self._done = 0
        self._counts: dict[str, int] = {}
        self._changed = threading.Condition()
        self._ends = False
        self._thread = threading.Thread(target=self._run, name=f"journal {self._source}")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Writes what waits and ends."""
        with self._changed:
            self._ends = True
            self._changed.notify_all()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()

    def put(
        self, what: Raw | Gap, acknowledge: Acknowledge | None = None, patient: bool = False
    ) -> bool:
        """Takes a message to be written; False where there is no room, which is counted.

        `patient` waits for room instead: for a source that keeps what it was not thanked for.
        """
        with self._changed:
            while patient and not self._has_room() and not (self.why or self._ends):
                self._changed.wait(1.0)
            if self.why or not (patient or self._has_room()):
                self._counts[DROPPED] = self._counts.get(DROPPED, 0) + 1
                self._changed.notify_all()
                return False
            self._waiting.append((what, acknowledge))
            self._put += 1
            self._bytes += _size(what)
            self._changed.notify_all()
            return True

    def count(self, what: str, number: int = 1) -> None:
        """Counts something with the next batch."""
        with self._changed:
            self._counts[what] = self._counts.get(what, 0) + number
            self._changed.notify_all()

    def pass_over(self, why: str, acknowledge: Acknowledge | None = None) -> None:
        """Counts a message that is not kept; it is thanked for in its turn all the same."""
        with self._changed:
            self._counts[why] = self._counts.get(why, 0) + 1
            if acknowledge is not None:
                self._waiting.append((None, acknowledge))
                self._put += 1
            self._changed.notify_all()

    def settle(self, patience: float = 10.0) -> None:
        """Waits until what was put so far is written and acknowledged, at most that long [s]."""
        with self._changed:
            until = self._put
            ends = time.monotonic() + patience
            while self._done < until and not self.why and time.monotonic() < ends:
                self._changed.wait(0.1)

    def queued(self) -> int:
        return len(self._waiting)

    def _has_room(self) -> bool:
        return len(self._waiting) < QUEUED and self._bytes < QUEUED_BYTES

    def _run(self) -> None:
        while True:
            with self._changed:
                while not (self._waiting or self._counts or self._ends):
                    self._changed.wait()
                several = min(len(self._waiting), BATCH)
                batch = [self._waiting.popleft() for _ in range(several)]
                self._bytes -= sum(_size(what) for what, _ in batch)
                counts, self._counts = self._counts, {}
                if not batch and not counts:
                    return
                self._changed.notify_all()
            if not self._written([what for what, _ in batch if what is not None], counts):
                return
            for _, acknowledge in batch:
                if acknowledge is not None:
                    acknowledge()
            with self._changed:
                self._done += len(batch)
                self._changed.notify_all()

    def _written(self, batch: list[Raw | Gap], counts: dict[str, int]) -> bool:
        try:
            self._journal.append(self._source, batch, counts=counts)
        except DeviceError as error:
            with self._changed:
                self.why = str(error)
                self._changed.notify_all()
            self._standing.change(Link.STOPPED, self.why)
            self._failed()
            return False
        heard = [what.received for what in batch if isinstance(what, Raw)]
        self._standing.told(len(heard), heard[-1] if heard else math.nan, len(batch) - len(heard))
        return True


def _size(what: Raw | Gap | None) -> int:
    return len(what.body) + len(what.topic) if isinstance(what, Raw) else 0
