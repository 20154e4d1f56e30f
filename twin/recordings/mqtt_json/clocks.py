"""When something happened: by its source's own time where that is true, else by the receive time.

A source is judged by how far its messages lag behind their own times. One whose usual lag is small
has a true clock. A message that lies far behind the usual lag repeats what was: a broker hands such
to who connects late; so may be the first message that is heard. Where it tells more than was known
it is no repeat, but was kept while nobody listened. Only what was heard before decides, so that
nothing is judged anew.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from twin.recordings.lateness import STALE, Lateness
from twin.recordings.messages import seconds


@dataclass(frozen=True)
class When:
    """`time` [s since 1970]; `old`: it repeats what was long ago."""

    time: float
    old: bool = False


class Clocks:
    """The clocks of sources, as their messages show them."""

    def __init__(self) -> None:
        self._lateness = Lateness()

    def judge(self, source: str, received: float, told: float | None) -> When:
        """When a message of a source is from; `told` [s since 1970] is its own time."""
        usual = self._lateness.usual(source)
        late = self._lateness.of(source, received, math.nan if told is None else told)
        if told is None:
            return When(received - late)
        lag = received - told
        if late:
            return When(told if abs(usual) <= STALE else received - late)
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
