"""States as they change, one after the other -> intervals that tile the clock."""

from __future__ import annotations

import math

import numpy as np

from twin.timeline import Names, Quality, State, Table, table

# One stretch: state, part, native value, quality.
Stretch = tuple[State, str, str, Quality]


class Track:
    """The states of one resource: a row for each stretch in which nothing changes.

    It begins as UNAVAILABLE, for nothing is known before the first message.
    """

    def __init__(self, start: float) -> None:
        self._rows: list[tuple[float, Stretch]] = [(start, _UNKNOWN)]
        self._coded: tuple[Names | None, Table] = (None, table("intervals"))

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
        other._rows, other._coded = self._rows.copy(), self._coded
        return other

    def table(self, name: str, names: Names) -> Table:
        """Its rows as a table of intervals of the resource `name`; codes are those of `names`.

        What cannot change any more is worked out once, as long as `names` is the same.
        """
        known, done = self._coded
        if known is not names:
            done = table("intervals")
        # `change` may take back the last row, and `lose` change the one before.
        settled = max(len(done), len(self._rows) - 2)
        if settled > len(done):
            done = np.concatenate([done, self._coded_rows(name, names, len(done), settled)])
        self._coded = names, done
        return np.concatenate([done, self._coded_rows(name, names, settled, len(self._rows))])

    def _coded_rows(self, name: str, names: Names, first: int, last: int) -> Table:
        resource = names[name]
        ends = [start for start, _ in self._rows[first + 1 : last + 1]]
        ends += [math.nan] * (last - first - len(ends))
        return table(
            "intervals",
            (
                (resource, state, names[part], start, end, quality, names[native])
                for (start, (state, part, native, quality)), end in zip(
                    self._rows[first:last], ends, strict=True
                )
            ),
        )

    def intervals(self) -> list[tuple[State, str, float, float, Quality, str]]:
        """Rows (state, part, start, end, quality, native); the last one is open: its end is NaN."""
        ends = [start for start, _ in self._rows[1:]] + [math.nan]
        return [
            (state, part, start, end, quality, native)
            for (start, (state, part, native, quality)), end in zip(self._rows, ends, strict=True)
        ]


_UNKNOWN: Stretch = (State.UNAVAILABLE, "", "", Quality.GOOD)
