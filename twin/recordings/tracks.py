"""States as they change, one after the other -> intervals that tile the clock."""

from __future__ import annotations

import math

from twin.timeline import Quality, State

# One stretch: state, part, native value, quality.
Stretch = tuple[State, str, str, Quality]


class Track:
    """The states of one resource: a row for each stretch in which nothing changes.

    It begins as UNAVAILABLE, for nothing is known before the first message.
    """

    def __init__(self, start: float) -> None:
        self._rows: list[tuple[float, Stretch]] = [(start, _UNKNOWN)]

    @property
    def now(self) -> Stretch:
        return self._rows[-1][1]

    def change(
        self,
        time: float,
        state: State,
        part: str = "",
        native: str = "",
        quality: Quality = Quality.GOOD,
    ) -> None:
        """From `time` [s] on the resource is in `state`; times must not go back."""
        last, stretch = self._rows[-1]
        if time < last:
            raise ValueError(f"a change at {time} s after one at {last} s")
        following = (state, part, native, quality)
        if following == stretch:
            return
        if time == last:
            self._rows.pop()
            if self._rows and self._rows[-1][1] == following:
                return
        self._rows.append((time, following))

    def lose(self, time: float) -> None:
        """No data from `time` [s] on: what went on is cut there, and so is uncertain."""
        last, (state, part, native, _) = self._rows[-1]
        if native and state != State.UNAVAILABLE:
            self._rows[-1] = (last, (state, part, native, Quality.UNCERTAIN))
        self.change(time, *_UNKNOWN)

    def copy(self) -> Track:
        """Another one that goes on from here."""
        other = Track(0.0)
        other._rows = self._rows.copy()
        return other

    def intervals(self) -> list[tuple[State, str, float, float, Quality, str]]:
        """Rows (state, part, start, end, quality, native); the last one is open: its end is NaN."""
        ends = [start for start, _ in self._rows[1:]] + [math.nan]
        return [
            (state, part, start, end, quality, native)
            for (start, (state, part, native, quality)), end in zip(self._rows, ends, strict=True)
        ]


_UNKNOWN: Stretch = (State.UNAVAILABLE, "", "", Quality.GOOD)
