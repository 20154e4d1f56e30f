"""Recorded MQTT messages: JSON lines, plain or gzip -> messages in order of their receive time.

A line is an object with "topic", "payload" (text), or "payload_base64" where it is none, and
"timestamp" (UTC, when the recorder received it); an object with "_kind" instead of a topic speaks
of the recording itself and is passed over.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from twin.errors import RecordingError

# A gzip file can swell a thousandfold; the largest session seen is 4 MB.
MOST_BYTES = 512 * 2**20
GZIP_MAGIC = b"\x1f\x8b"
HEADS, LONGEST_HEAD = 5, 2**21  # lines, and bytes of one, that are looked at to know a format


@dataclass(frozen=True)
class Message:
    """One message; `time` [s] since 1970 (UTC) on the recorder's clock, `line` counts from 1.

    `binary` is the payload of one that is no text; its `payload` is empty then.
    """

    line: int
    time: float
    topic: str
    payload: str
    binary: bytes | None = None

    @property
    def body(self) -> bytes:
        """The payload as it was sent."""
        return self.payload.encode("utf-8", "replace") if self.binary is None else self.binary


class Bounded(io.RawIOBase):
    """Reads from a stream and refuses to go beyond `most` bytes."""

    def __init__(self, stream: BinaryIO, path: Path, most: int) -> None:
        self._stream, self._path, self._most, self._left = stream, path, most, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk = self._stream.read(len(buffer))
        self._left -= len(chunk)
        if self._left < 0:
            raise RecordingError(
                f"{self._path}: holds more than {self._most // 2**20} MB once unpacked; "
                "a recording of one session is wanted"
            )
        buffer[: len(chunk)] = chunk
        return len(chunk)


def read_messages(path: Path) -> list[Message]:
    """The messages of a file, sorted by time (equal times keep the order of the lines).

    Raises RecordingError with file and line where the file is not one of recorded messages.
    """
    messages = [m for m in _messages(path) if m is not None]
    if not messages:
        raise RecordingError(f"{path}: holds no message; expected JSON lines with a topic each")
    return sorted(messages, key=lambda message: message.time)


def is_messages(path: Path) -> bool:
    """Whether a file looks like one of recorded messages, by its first line that speaks of one."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            packed = file.peek(2)[:2] == GZIP_MAGIC
            source = gzip.GzipFile(fileobj=file) if packed else file
            for _ in range(HEADS):
                record = parse(source.readline(LONGEST_HEAD))
                if isinstance(record, dict) and "topic" in record:
                    return "payload" in record or "payload_base64" in record
    except (OSError, EOFError, ValueError, zlib.error):
        return False
    return False


def seconds(text: object) -> float:
    """An ISO 8601 time, UTC where it names no zone, as seconds since 1970. Raises ValueError."""
    if not isinstance(text, str):
        raise ValueError(f"expected a time such as '2026-08-07T09:04:01.723Z', not {text!r}")
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def parse(text: str | bytes) -> Any:
    """JSON -> Python; ValueError where it is not JSON, also for nesting no recording has."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _messages(path: Path) -> Iterator[Message | None]:
    number = 0
    try:
        with path.open("rb") as file:
            packed = file.peek(2)[:2] == GZIP_MAGIC
            if path.suffix == ".gz" and not packed:
                raise RecordingError(f"{path}: is named .gz but is not a gzip file")
            source = gzip.GzipFile(fileobj=file) if packed else file
            # A gzip file reads as a raw file does, which its type does not say.
            lines = io.BufferedReader(Bounded(source, path, MOST_BYTES))  # type: ignore[arg-type]
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _message(path, number, line)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        place = f"{path}: after line {number}"
        raise RecordingError(f"{place}: the gzip stream is cut off or damaged ({error})") from error
    except OSError as error:
        raise RecordingError(f"{path}: cannot be read: {error.strerror or error}") from error


def _message(path: Path, number: int, line: bytes) -> Message | None:
    place = f"{path}: line {number}"
    try:
        record = parse(line)
    except ValueError as error:
        cut = "" if line.endswith(b"\n") else " (the line is cut off)"
        raise RecordingError(f"{place}: expected a JSON object{cut}: {error}") from error
    if not isinstance(record, dict):
        raise RecordingError(f"{place}: expected a JSON object, not {type(record).__name__}")
    if "_kind" in record and "topic" not in record:
        return None
    topic, payload, binary = record.get("topic"), record.get("payload"), None
    coded = record.get("payload_base64")
    if payload is None and isinstance(coded, str):
        try:
            payload, binary = "", base64.b64decode(coded, validate=True)
        except (binascii.Error, ValueError) as error:
            raise RecordingError(f"{place}: 'payload_base64': {error}") from error
    if not isinstance(topic, str) or not isinstance(payload, str):
        raise RecordingError(
            f"{place}: expected texts under 'topic' and 'payload' (or 'payload_base64')"
        )
    try:
        return Message(number, seconds(record.get("timestamp")), topic, payload, binary)
    except (ValueError, OverflowError) as error:
        raise RecordingError(f"{place}: 'timestamp': {error}") from error
