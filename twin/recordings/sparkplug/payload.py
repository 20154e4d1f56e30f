"""Payloads of Sparkplug B: bytes <-> metrics.

Field numbers and data types after the Eclipse Sparkplug Specification 3.0.0, chapter 6 "Payloads"
(the schema "Google Protocol Buffer Schema" and "Data Types" there), compared with sparkplug_b.proto
of Eclipse Tahu. Data sets, templates,
properties and metadata are passed over: their metrics have no value.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass

from twin.errors import RecordingError
from twin.recordings.sparkplug.wire import (
    BYTES,
    FIXED32,
    FIXED64,
    VARINT,
    Value,
    chunk,
    double,
    fields,
    varint,
)

MOST_METRICS = 100_000
INT64, DOUBLE, BOOLEAN, STRING = 4, 10, 11, 12  # data types
_SIGNED = {1: 8, 2: 16, 3: 32, 4: 64}  # bits of the data types Int8 to Int64
_PAYLOAD = {1: VARINT, 2: BYTES, 3: VARINT}
_METRIC = {
    1: BYTES, 2: VARINT, 3: VARINT, 4: VARINT, 5: VARINT, 6: VARINT, 7: VARINT,
    10: VARINT, 11: VARINT, 12: FIXED32, 13: FIXED64, 14: VARINT, 15: BYTES,
}  # fmt: skip
Scalar = int | float | bool | str | None


@dataclass(frozen=True)
class Metric:
    """A metric: by its name, or by the alias that a birth gave it; `time` [s since 1970].

    `value` is None where it is null, or of a type that holds several values.
    """

    name: str = ""
    value: Scalar = None
    alias: int | None = None
    time: float | None = None
    historical: bool = False


@dataclass(frozen=True)
class Payload:
    """What a message holds; `seq` counts a node's messages, 0 to 255 and again."""

    metrics: tuple[Metric, ...] = ()
    time: float | None = None
    seq: int | None = None


def decode(data: bytes) -> Payload:
    """A payload from its bytes. Raises RecordingError, with the place, where they are none."""
    metrics: list[Metric] = []
    time, seq = None, None
    for number, kind, value in fields(data):
        if _PAYLOAD.get(number, kind) != kind:
            raise RecordingError(f"field {number} of the payload is of kind {kind}")
        if number == 2 and isinstance(value, bytes):
            if len(metrics) == MOST_METRICS:
                raise RecordingError(f"holds more than {MOST_METRICS:,} metrics")
            metrics.append(_metric(value))
        elif number == 1 and isinstance(value, int):
            time = value / 1000.0
        elif number == 3 and isinstance(value, int):
            seq = value
    return Payload(tuple(metrics), time, seq)


def encode(payload: Payload) -> bytes:
    """The bytes of a payload; whole numbers as Int64, others as Double."""
    out = b"" if payload.time is None else varint(1, round(payload.time * 1000))
    out += b"".join(chunk(2, _encoded(metric)) for metric in payload.metrics)
    return out if payload.seq is None else out + varint(3, payload.seq)


def rebirth() -> bytes:
    """The payload of an NCMD that asks a node for its birth."""
    return encode(Payload((Metric("Node Control/Rebirth", True),)))


def _metric(data: bytes) -> Metric:
    told: dict[int, Value] = {}
    for number, kind, value in fields(data):
        if _METRIC.get(number, kind) != kind:
            raise RecordingError(f"field {number} of a metric is of kind {kind}")
        told[number] = value
    alias, time = told.get(2), told.get(3)
    return Metric(
        name=_text(told.get(1, b"")),
        value=None if told.get(7) else _value(told),
        alias=alias if isinstance(alias, int) else None,
        time=time / 1000.0 if isinstance(time, int) else None,
        historical=bool(told.get(5)),
    )


def _value(told: dict[int, Value]) -> Scalar:
    for number in (10, 11, 12, 13, 14, 15):
        value = told.get(number)
        if isinstance(value, bytes):
            if number == 15:
                return _text(value)
            return float(struct.unpack("<f" if number == 12 else "<d", value)[0])
        if isinstance(value, int):
            return bool(value) if number == 14 else _whole(value, told.get(4))
    return None


def _whole(value: int, kind: Value | None) -> int:
    """Signed ones stand as the unsigned number of the same bits."""
    bits = _SIGNED.get(kind) if isinstance(kind, int) else None
    if bits is None:
        return value
    value &= 2**bits - 1
    return value - 2**bits if value >= 2 ** (bits - 1) else value


def _text(value: Value) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""


def _encoded(metric: Metric) -> bytes:
    parts: Iterable[bytes] = (
        chunk(1, metric.name.encode()) if metric.name else b"",
        b"" if metric.alias is None else varint(2, metric.alias),
        b"" if metric.time is None else varint(3, round(metric.time * 1000)),
        varint(5, 1) if metric.historical else b"",
        _encoded_value(metric.value),
    )
    return b"".join(parts)


def _encoded_value(value: Scalar) -> bytes:
    if value is None:
        return varint(7, 1)
    if isinstance(value, bool):
        return varint(4, BOOLEAN) + varint(14, value)
    if isinstance(value, int):
        return varint(4, INT64) + varint(11, value)
    if isinstance(value, float):
        return varint(4, DOUBLE) + double(13, value)
    return varint(4, STRING) + chunk(15, value.encode())
