"""Protocol Buffers as they stand on the wire: fields by number, in four kinds.

After "Encoding" of the public documentation of Protocol Buffers (protobuf.dev). A field is a key
(number and kind as a varint), then its value; groups, which are long out of use, are refused.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from twin.errors import RecordingError

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
_LONGEST = 10  # bytes of a varint of 64 bits
Value = int | bytes


def fields(data: bytes) -> Iterator[tuple[int, int, Value]]:
    """(number, kind, value) of each field; fixed ones as their bytes.

    Raises RecordingError with the place [bytes] where there is none.
    """
    place = 0
    while place < len(data):
        begin = place
        key, place = _varint(data, place)
        number, kind = key >> 3, key & 7
        if number == 0 or number >= 2**29:
            raise RecordingError(f"byte {begin}: there is no field {number}")
        if kind == VARINT:
            value, place = _varint(data, place)
            yield number, kind, value
            continue
        if kind == BYTES:
            length, place = _varint(data, place)
        elif kind in (FIXED64, FIXED32):
            length = 8 if kind == FIXED64 else 4
        else:
            raise RecordingError(f"byte {begin}: fields of kind {kind} are not known")
        if length > len(data) - place:
            raise RecordingError(
                f"byte {begin}: field {number} wants {length} bytes, {len(data) - place} are there"
            )
        yield number, kind, data[place : place + length]
        place += length


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = 0
    for k in range(_LONGEST):
        if place + k >= len(data):
            raise RecordingError(f"byte {place}: a number is cut off")
        byte = data[place + k]
        value |= (byte & 0x7F) << (7 * k)
        if byte < 0x80:
            return value & (2**64 - 1), place + k + 1
    raise RecordingError(f"byte {place}: a number is longer than {_LONGEST} bytes")


def varint(number: int, value: int) -> bytes:
    """A field that holds a whole number; negative ones as 64 bits."""
    return _key(number, VARINT) + _packed(value & (2**64 - 1))


def chunk(number: int, value: bytes) -> bytes:
    """A field that holds bytes: a text, or a message of its own."""
    return _key(number, BYTES) + _packed(len(value)) + value


def double(number: int, value: float) -> bytes:
    """A field that holds a float of 64 bits."""
    return _key(number, FIXED64) + struct.pack("<d", value)


def _key(number: int, kind: int) -> bytes:
    return _packed(number << 3 | kind)


def _packed(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
