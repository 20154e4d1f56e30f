"""What a server tells, as messages: a session begins, a value changes, something was lost.

Each has a JSON form, which a journal keeps and a recorded file has line by line:

    {"received": 1767600000.5, "topic": "session", "body": {"time": ..., "items": [...]}}
    {"received": 1767600001.2, "topic": "nsu=urn:shop;s=mill.state", "told": ..., "body": {...}}
    {"received": 1767600009.0, "topic": "", "body": {"begin": 1767600003.1, "count": null}}
"""

from __future__ import annotations

import gzip
import io
import json
import math
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from twin.errors import RecordingError
from twin.recordings.messages import GZIP_MAGIC, MOST_BYTES, Bounded, parse

SESSION = "session"  # the topic of what a session begins with; nodes have others
MOST_ITEMS = 100_000  # of one session
MOST_BODY = 2**20  # bytes of one value
_OVERFLOW = 0x480  # a data value's information bits, and among them the one for overflow
_STATUS = 0xFFFF0000  # a status without such bits

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Item:
    """A node that is listened to: what it is (`role`, see meaning.ROLES) of which machine.

    `node` is its id with the namespace's name in it ("nsu=urn:shop;s=mill.state"), which outlives
    the server's numbering. `machine` is empty for what is the whole shop's.
    """

    node: str
    role: str
    machine: str = ""


@dataclass(frozen=True)
class Session:
    """A client has begun to listen: `time` [s] since 1970 on the server's clock (NaN: unknown)."""

    received: float
    time: float
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Change:
    """A node has a value: JSON's kinds, a time as seconds since 1970, a structure as an object.

    `told` [s] since 1970 is when, by its source or else its server; NaN where neither says it.
    """

    received: float
    node: str
    value: Any
    told: float = math.nan
    status: int = 0

    @property
    def is_bad(self) -> bool:
        return self.status >> 30 >= 2

    @property
    def is_uncertain(self) -> bool:
        return self.status >> 30 == 1

    @property
    def has_overflowed(self) -> bool:
        """Whether the server's queue lost values of this node between the last one and this."""
        return self.status & _OVERFLOW == _OVERFLOW

    @property
    def reason(self) -> int:
        """The status without its information bits."""
        return self.status & _STATUS


@dataclass(frozen=True)
class Lost:
    """From `begin` to `end` [s] since 1970, as received, changes may be missing."""

    begin: float
    end: float
    count: int | None = None


Told = Session | Change | Lost


def body(told: Session | Change) -> bytes:
    """The JSON that is kept of it, beside its topic and times."""
    if isinstance(told, Session):
        items = [[item.node, item.role, item.machine] for item in told.items]
        kept: dict[str, Any] = {"items": items}
        if not math.isnan(told.time):
            kept["time"] = told.time
    else:
        kept = {"value": told.value}
        if told.status:
            kept["status"] = told.status
    return json.dumps(kept, separators=(",", ":"), ensure_ascii=False).encode()


def told(received: float, topic: str, kept: Json, source_time: float = math.nan) -> Told:
    """What was kept, as it was told. Raises ValueError where it is not of this form."""
    if not topic:
        count = kept.get("count")
        return Lost(_number(kept, "begin"), received, None if count is None else int(count))
    if topic == SESSION:
        items: Any = kept.get("items")
        if not isinstance(items, list) or len(cast(list[Any], items)) > MOST_ITEMS:
            raise ValueError(f"expected at most {MOST_ITEMS:,} 'items' of a session")
        time = _number(kept, "time") if "time" in kept else math.nan
        return Session(received, time, tuple(_item(each) for each in cast(list[Any], items)))
    status = kept.get("status", 0)
    if "value" not in kept or not isinstance(status, int) or not 0 <= status < 2**32:
        raise ValueError("expected a 'value', and a 'status' below 2^32 where there is one")
    return Change(received, topic, kept["value"], source_time, status)


def is_opcua(path: Path) -> bool:
    """Whether a file looks like a recording of this form: its first line begins a session."""
    try:
        with _opened(path) as file:
            first = parse(file.readline(MOST_BODY))
    except (OSError, EOFError, zlib.error, ValueError, RecordingError):
        return False
    return isinstance(first, dict) and cast(Json, first).get("topic") == SESSION


def read_changes(path: Path) -> Iterator[Told]:
    """What a recorded file tells, line by line; plain or gzip.

    Raises RecordingError with the line's number.
    """
    number = 0
    try:
        with _opened(path) as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield _line(line, f"{path}: line {number}")
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        place = f"{path}: after line {number}"
        raise RecordingError(f"{place}: the gzip stream is cut off or damaged ({error})") from error
    except OSError as error:
        raise RecordingError(f"{path}: cannot be read: {error.strerror or error}") from error


@contextmanager
def _opened(path: Path) -> Iterator[io.BufferedReader]:
    with path.open("rb") as file:
        is_packed = file.peek(2)[:2] == GZIP_MAGIC
        source = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if is_packed else file
        yield io.BufferedReader(Bounded(source, path, MOST_BYTES))


def line(received: float, topic: str, kept: Json, source_time: float = math.nan) -> str:
    """A line of a recorded file, without its end."""
    head: dict[str, Any] = {"received": received, "topic": topic}
    if not math.isnan(source_time):
        head["told"] = source_time
    return json.dumps({**head, "body": kept}, separators=(",", ":"), ensure_ascii=False)


def _line(line: bytes, place: str) -> Told:
    try:
        record: Any = parse(line)
        if not isinstance(record, dict):
            raise ValueError("expected a JSON object")
        record = cast(Json, record)
        topic, kept = record.get("topic"), record.get("body")
        if not isinstance(topic, str) or not isinstance(kept, dict):
            raise ValueError("expected a text under 'topic' and an object under 'body'")
        source_time = _number(record, "told") if "told" in record else math.nan
        return told(_number(record, "received"), topic, cast(Json, kept), source_time)
    except ValueError as error:
        raise RecordingError(f"{place}: {error}") from error


def _item(each: Any) -> Item:
    if not isinstance(each, list):
        raise ValueError("expected each item as [node, role, machine]")
    texts = cast(list[Any], each)
    if len(texts) != 3 or not all(isinstance(text, str) for text in texts):
        raise ValueError("expected each item as [node, role, machine]")
    return Item(*texts)


def _number(kept: Json, key: str) -> float:
    value = kept.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"expected a number under {key!r}, not {value!r}")
    return float(value)
