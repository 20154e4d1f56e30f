"""What an agent, an adapter or a recording tells of a device: observations, and marks between them.

Times are seconds since 1970 (UTC), whole microseconds, whether they come one by one or as a column:
what is heard live and what is read from a file gives the same numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Observation(NamedTuple):
    """One value of one data item.

    `value` is the text as sent; of a condition it is the level (NORMAL, WARNING, FAULT,
    UNAVAILABLE), and `condition` holds its native code, native severity, qualifier and text.
    `device` is empty where the source does not name it.
    """

    time: float
    device: str
    item: str
    value: str
    condition: tuple[str, str, str, str] | None = None


@dataclass(frozen=True)
class Snapshot:
    """What follows, up to `News`, is how things stand, with the times since when they do.

    It was taken at `time` [s]; None: just before the next news.
    """

    time: float | None = None


@dataclass(frozen=True)
class News:
    """What follows are changes, as they happen."""


@dataclass(frozen=True)
class Lost:
    """Between `begin` and `end` [s] observations are missing; `count` of them if known."""

    begin: float
    end: float
    count: int | None = None


@dataclass(frozen=True)
class Damaged:
    """Something that is not understood; `what` names the place and shows it."""

    what: str


Told = Observation | Snapshot | News | Lost | Damaged


def moment(text: str) -> float:
    """An ISO 8601 time, UTC where it names no zone -> seconds since 1970. Raises ValueError."""
    if len(text) < 11 or text[10] not in "T ":
        raise ValueError(f"expected a time such as 2018-10-03T09:32:34.936Z, not {text[:40]!r}")
    read = datetime.fromisoformat(text)
    read = read if read.tzinfo else read.replace(tzinfo=UTC)
    return ((read - _EPOCH) // _MICROSECOND) / 1e6


def moments(texts: Sequence[str]) -> NDArray[np.float64]:
    """Times as texts -> seconds since 1970 (n,); NaN where a text is no time."""
    # What names a zone, or is no full time, is read one by one: numpy takes "2017" for a time, too.
    plain = all(len(text) > 18 and "+" not in text and text.count("-") == 2 for text in texts)
    if plain:
        try:
            column = np.array([text.removesuffix("Z") for text in texts], dtype="M8[ns]")
            return (column.astype(np.int64) // 1000) / 1e6
        except ValueError:
            pass  # one of them is no time: found below
    return np.array([_or_nan(text) for text in texts], dtype=np.float64)


def written(time: float) -> str:
    """Seconds since 1970 -> an ISO 8601 time in UTC."""
    read = _EPOCH + timedelta(microseconds=round(time * 1e6))
    return read.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _or_nan(text: str) -> float:
    try:
        return moment(text)
    except ValueError:
        return float("nan")
