"""When something happened: by its source's own time where that is true, else by the receive time.

A source is judged by how far its messages lag behind their own times. One whose usual lag is small
has a true clock. A message that lies far behind the usual lag repeats what was: a broker hands such
to who connects late; so may be the first message that is heard. Only what was heard before decides,
so that nothing is judged anew.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from statistics import median

from twin.recordings.messages import seconds

STALE = 60.0  # [s] behind its source's usual lag, a message is a repeated snapshot
RECENT = 25  # messages by which a source is judged


@dataclass(frozen=True)
class When:
    """`time` [s since 1970]; `old`: it repeats what was long ago."""

    time: float
    old: bool = False


class Clocks:
    """The lags [s] of sources."""

    def __init__(self) -> None:
        self._lags: dict[str, deque[float]] = {}

    def judge(self, source: str, received: float, told: float | None) -> When:
        """When a message of a source is from; `told` [s since 1970] is its own time."""
        if told is None:
            return When(received)
        lags = self._lags.setdefault(source, deque(maxlen=RECENT))
        lag = received - told
        usual = median(lags) if lags else 0.0
        lags.append(lag)
        if lag > usual + STALE:
            return When(received, old=True)
        true = abs(lag) <= STALE and abs(usual) <= STALE
        return When(told if true else received)


def moment(value: object, clock: str) -> float | None:
    """A time as a payload tells it [s since 1970]; None where it is none. Numbers are such even
    where they are written as texts."""
    try:
        if clock == "iso":
            return seconds(value)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return None
        number = float(value) / (1000.0 if clock == "milliseconds" else 1.0)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
