"""Messages with their payloads read and their age judged."""

from __future__ import annotations

import hashlib
import math
from bisect import bisect_right, insort
from collections import deque
from dataclasses import dataclass
from typing import Any

from twin.errors import RecordingError
from twin.recordings.lateness import STALE
from twin.recordings.messages import Message, parse, seconds
from twin.recordings.mqtt_aps.plant import SENSORS

FEW = 5  # a source that spoke less often is taken to have a true clock
RECENT = 4000  # messages that stay read; older ones are read again where they are asked for


@dataclass(frozen=True)
class News:
    """A message read: `time` [s] from the epoch, `lag` [s] receive time minus the source's own.

    `index` counts the messages that are used, from 0; `serial` is the module's or vehicle's; `lag`
    is NaN where the payload has no time.
    """

    index: int
    time: float
    topic: str
    payload: Any
    serial: str
    lag: float


def mapping(value: object) -> dict[str, Any]:
    """A JSON object, or an empty one where something else stands in its place."""
    return value if isinstance(value, dict) else {}


def mappings(value: object) -> list[dict[str, Any]]:
    """The objects in a JSON array; none where something else stands in its place."""
    return [x for x in value if isinstance(x, dict)] if isinstance(value, list) else []


class Lags:
    """Lags [s] in order of size, each with the index of its message."""

    def __init__(self) -> None:
        self._sorted: list[tuple[float, int]] = []

    def add(self, lag: float, index: int) -> None:
        insort(self._sorted, (lag, index))

    def __len__(self) -> int:
        return len(self._sorted)

    def above(self, lag: float) -> set[int]:
        """The indexes of all that are larger."""
        return {index for _, index in self._sorted[bisect_right(self._sorted, (lag, math.inf)) :]}

    def median(self, without: set[int] | frozenset[int] = frozenset()) -> float:
        """The median, some left out; 0 where there is nothing."""
        lags = self._sorted
        if without and any(index in without for _, index in lags):
            lags = [item for item in lags if item[1] not in without]
        if not lags:
            return 0.0
        low, high = lags[(len(lags) - 1) // 2][0], lags[len(lags) // 2][0]
        return low if low == high else (low + high) / 2


class Heard:
    """The messages that a timeline is made of, in order, and which of them repeat old ones.

    Only payloads that are used are read: some others hold pictures.
    """

    def __init__(self, name: str, epoch: float) -> None:
        self._name, self._epoch = name, epoch
        self._messages: list[Message] = []
        self._recent: deque[News] = deque(maxlen=RECENT)
        self._said: set[bytes] = set()
        self._lags: dict[str, Lags] = {}
        self._old_of: dict[str, set[int]] = {}
        self._asked_again: set[str] = set()  # sources that have spoken since `old` was asked

    def __len__(self) -> int:
        return len(self._messages)

    def __getitem__(self, index: int) -> News:
        first = len(self._messages) - len(self._recent)
        if index >= first:
            return self._recent[index - first]
        return self._read(self._messages[index], index)

    def read(self, message: Message) -> News | None:
        """A message read; None where it is not used or repeats another word for word.

        Raises RecordingError with name and line where the payload is not JSON.
        """
        if not _used(message.topic) or _mark(message) in self._said:
            return None
        return self._read(message, len(self._messages))

    def hear(self, message: Message, item: News) -> None:
        """The next message, and what was read in it."""
        self._messages.append(message)
        self._recent.append(item)
        # The time in a connection message is that of the source's start.
        if not math.isnan(item.lag) and not item.topic.endswith("/connection"):
            # Word for word the same, its own time too, it is a repeat; without a time it is not.
            self._said.add(_mark(message))
            source = item.serial or item.topic
            self._lags.setdefault(source, Lags()).add(item.lag, item.index)
            self._asked_again.add(source)

    def old(self) -> frozenset[int]:
        """The indexes of repeated snapshots: far behind the usual lag of their source."""
        for source in self._asked_again:
            lags = self._lags[source]
            usual = lags.median() if len(lags) >= FEW else 0.0
            self._old_of[source] = lags.above(usual + STALE)
        self._asked_again.clear()
        return frozenset().union(*self._old_of.values())

    def _read(self, message: Message, index: int) -> News:
        topic = message.topic
        try:
            payload = parse(message.payload)
        except ValueError as error:
            place = f"{self._name}: line {message.line}: topic {topic!r}"
            raise RecordingError(f"{place}: expected JSON in 'payload': {error}") from error
        stamp = payload.get("timestamp") or payload.get("ts") if isinstance(payload, dict) else None
        try:
            lag = message.time - seconds(stamp)
        except ValueError:
            lag = math.nan  # no time of its own, which is legal: it cannot be told as old
        # Rounded, for seconds since 1970 have no more than the microseconds that were recorded.
        time = round(message.time - self._epoch, 6)
        return News(index, time, topic, payload, _serial(topic), lag)


def _mark(message: Message) -> bytes:
    said = f"{message.topic}\n{message.payload}".encode(errors="surrogatepass")
    return hashlib.blake2b(said, digest_size=16).digest()


def _used(topic: str) -> bool:
    own = topic.startswith(("module/", "fts/", "ccu/order/", "ccu/pairing/"))
    return own or topic.endswith(tuple(SENSORS))


def _serial(topic: str) -> str:
    """module/v1/ff/[NodeRed/]<serial>/<what> and fts/v1/ff/<serial>/<what>."""
    parts = topic.split("/")
    return parts[-2] if parts[0] in ("module", "fts") and len(parts) >= 5 else ""
