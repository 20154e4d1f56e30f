"""How late messages are that a broker kept while nobody listened, by what their sources tell.

After a time in which nobody was connected, a broker hands out at once what was said meanwhile. Such
a message lies far behind its source's usual lag, as an old snapshot does; but it tells a later time
than the last that was heard of that source. Messages that tell no time come in order among the
others, and so are as late as those.
"""

from __future__ import annotations

import math
from collections import deque
from statistics import median

STALE = 60.0  # [s] behind its source's usual lag, a message is late or a repeated snapshot
CAUGHT_UP = 1.0  # [s] behind it, a message that follows late ones is late as well
RECENT = 25  # messages by which a source is judged


class Lateness:
    """Judges each message by what was heard before it, so that nothing is judged anew."""

    def __init__(self) -> None:
        self._lags: dict[str, deque[float]] = {}
        self._latest: dict[str, float] = {}  # the latest time that a source has told in time
        self._late = 0.0

    def usual(self, source: str) -> float:
        """How far [s] a source's messages lag behind their times as a rule; 0 before the first."""
        lags = self._lags.get(source)
        return median(lags) if lags else 0.0

    def of(self, source: str, received: float, told: float) -> float:
        """How late [s] a message came; `received` and `told` [s since 1970], NaN where it tells no
        time of its own. 0 for what comes in time and for snapshots."""
        if math.isnan(told):
            return self._late
        lag, usual, latest = received - told, self.usual(source), self._latest.get(source)
        behind = lag > usual + (CAUGHT_UP if self._late else STALE)
        if behind and latest is not None and told > latest:
            self._late = lag - usual
        else:
            self._lags.setdefault(source, deque(maxlen=RECENT)).append(lag)
            if behind:  # a snapshot, or a clock that is wrong: what follows will tell
                return 0.0
            self._late = 0.0
        self._latest[source] = max(told, self._latest.get(source, told))
        return self._late
