"""Messages with their payloads read and their age judged."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from twin.errors import RecordingError
from twin.recordings.messages import Message, parse, seconds
from twin.recordings.mqtt_aps.plant import SENSORS

STALE = 60.0  # [s] behind its source's usual lag, a message is a repeated snapshot
FEW = 5  # a source that spoke less often is taken to have a true clock


@dataclass(frozen=True)
class News:
    """A message read: `time` [s] from the epoch, `lag` [s] receive time minus the source's own.

    `serial` is the module's or vehicle's; `lag` is NaN where the payload has no time.
    """

    line: int
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


def read_news(path: Path, messages: Iterable[Message], epoch: float) -> list[News]:
    """The messages that a timeline is made of, repeated ones left out.

    Only payloads that are used are read: some others hold pictures. Raises RecordingError with
    file and line where such a payload is not JSON.
    """
    news, heard = [], set()
    for message in messages:
        if _used(message.topic) and (message.topic, message.payload) not in heard:
            item = _read(path, message, epoch)
            news.append(item)
            # Word for word the same, its own time too, it is a repeat; without a time it is not.
            if not math.isnan(item.lag) and not item.topic.endswith("/connection"):
                heard.add((message.topic, message.payload))
    old = _snapshots(news)
    return [item for item in news if item.line not in old]


def _read(path: Path, message: Message, epoch: float) -> News:
    topic = message.topic
    try:
        payload = parse(message.payload)
    except ValueError as error:
        place = f"{path}: line {message.line}: topic {topic!r}"
        raise RecordingError(f"{place}: expected JSON in 'payload': {error}") from error
    stamp = payload.get("timestamp") or payload.get("ts") if isinstance(payload, dict) else None
    try:
        lag = message.time - seconds(stamp)
    except ValueError:
        lag = math.nan  # no time of its own, which is legal: it cannot be told as old
    # Rounded, for seconds since 1970 have no more than the microseconds that were recorded.
    time = round(message.time - epoch, 6)
    return News(message.line, time, topic, payload, _serial(topic), lag)


def _used(topic: str) -> bool:
    own = topic.startswith(("module/", "fts/", "ccu/order/", "ccu/pairing/"))
    return own or topic.endswith(tuple(SENSORS))


def _serial(topic: str) -> str:
    """module/v1/ff/[NodeRed/]<serial>/<what> and fts/v1/ff/<serial>/<what>."""
    parts = topic.split("/")
    return parts[-2] if parts[0] in ("module", "fts") and len(parts) >= 5 else ""


def _snapshots(news: Iterable[News]) -> set[int]:
    """The lines of repeated snapshots: far behind the usual lag of their source."""
    sources: dict[str, list[News]] = defaultdict(list)
    for item in news:
        # The time in a connection message is that of the source's start.
        if not math.isnan(item.lag) and not item.topic.endswith("/connection"):
            sources[item.serial or item.topic].append(item)
    old = set()
    for items in sources.values():
        usual = median(item.lag for item in items) if len(items) >= FEW else 0.0
        old |= {item.line for item in items if item.lag - usual > STALE}
    return old
