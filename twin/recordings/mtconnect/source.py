"""What one device tells, one observation after the other -> stretches without a hole.

The order in which it is heard is the order in which it happened; times only say when. An agent
stamps what it says itself (UNAVAILABLE, when it loses a machine) by its own clock, which may lie
behind the machine's by a minute: such a time counts as the last one heard.

A time that lies far back means something else: what follows is how things stood, with the times
since when (a daily file begins so), or another recording. That is decided when a data item comes
for the second time: its time is that of news, and what was told before it, if it is much older, is
how things stood. What lies between two stretches is not known.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable

from twin.recordings.mtconnect import meaning
from twin.recordings.mtconnect.machine import Machine, Stretch
from twin.recordings.mtconnect.observations import Lost, Observation, Snapshot
from twin.recordings.tracks import Track
from twin.timeline import State

BACK = 300.0  # [s]: a time this far behind the last one is not a late one
OLD = 3600.0  # [s]: so long before the first news, it is how things stood
# A machine that runs and is silent this many times as long as it usually is has been lost.
SILENT = 50.0
TALKATIVE = 100  # times it has spoken while running, before its silence means anything
MOST_ITEMS = 10_000  # of one device
MOST_HEAD = 100_000  # observations that may wait until it is known what they are

Role = tuple[str, bool]  # a role, and whether a fault of it stops the machine


class Source:
    """One device while it is heard; `silence` [s] is the shortest that can mean a loss."""

    def __init__(
        self,
        roles: Callable[[str, bool], Role],
        words: dict[str, dict[str, str]],
        silence: float,
    ) -> None:
        self.machine = Machine(words)
        self.stretches: list[Stretch] = []
        self.tallies: Counter[str] = Counter()
        self.lost: list[Lost] = []
        self.executes = False  # it has told its execution: it is a machine
        self._roles = roles
        self._role: dict[str, Role] = {}
        self._silence = silence
        self._known: dict[str, tuple[float, object]] = {}  # of items with a role: when, and what
        self._open: Stretch | None = None
        self._now = float("-inf")
        self._before, self._since = self._now, 0.0  # the time before, and how long ago that was
        self._head: Head | None = Head()
        self._running, self._spoke = 0.0, 0  # [s] it ran, and how often it spoke in that time

    # --- what is heard ---------------------------------------------------------------------------

    def hear(self, told: Observation) -> None:
        """An observation, in the order in which they are told."""
        head = self._head
        if head is not None:
            if self.stretches and head.repeats(told):
                # Two files without news: the second says how things stood, as the first did.
                self.settle()
                self._head = head = Head()
            if not head.ends_with(told):
                head.add(told)
                return
            self._understand(head, told.time)
        self._news(told)

    def snapshot(self, told: Snapshot) -> None:
        """What follows, up to `news`, is how things stand."""
        self.settle()
        self._head = Head(told)

    def news(self) -> None:
        """What follows are news."""
        head = self._head
        if head is None or head.snapshot is None:
            self.settle()
        elif head.snapshot.time is None:
            head.whole = True
        else:
            self._understand(head, head.snapshot.time)

    def lose(self, lost: Lost) -> None:
        """Some observations are missing."""
        self.settle()
        self.lost.append(lost)
        self._close()

    def items(self) -> list[str]:
        """The items that were heard."""
        return list(self._role)

    @property
    def waits(self) -> bool:
        """Whether something was heard of which it is not yet known what it is."""
        return self._head is not None and bool(self._head.told)

    def settled(self) -> Source:
        """The same with all understood; itself goes on waiting for what it waits for."""
        if not self.waits:
            return self
        ahead = copy.deepcopy(self)
        while ahead.waits:
            ahead.settle()
        return ahead

    def settle(self) -> None:
        """Takes what is not yet understood for what it most likely is."""
        head, self._head = self._head, None
        if head is not None and head.told:
            self._understand(head, max(told.time for told in head.told))

    # --- news ------------------------------------------------------------------------------------

    def _news(self, told: Observation) -> None:
        time = told.time
        if time > self._now:
            self._advance(time)
        elif time < self._now:
            if time < self._now - BACK:
                self._head = Head()
                self._head.add(told)
                return
            self.tallies["late"] += 1
        role = self._role.get(told.item) or self._role_of(told)
        if role[0]:
            self._tell(told, role)

    def _role_of(self, told: Observation) -> Role:
        role = self._role.get(told.item)
        if role is None and len(self._role) >= MOST_ITEMS:
            self.tallies["of too many items"] += 1
            return "", False
        if role is None:
            role = self._role[told.item] = self._roles(told.item, told.condition is not None)
            self.executes = self.executes or role[0] == meaning.EXECUTION
        return role

    def _tell(self, told: Observation, role: Role) -> None:
        if role[0] == meaning.AVAILABILITY and self._since > self._silence:
            known = self._known.get(told.item)
            if known and known[1] == _content(told) and told.value == "AVAILABLE":
                # An adapter says so when it connects: what lay between was not heard.
                self._close(self._before)
                self.machine.forget_counters()
                self._since = 0.0
        self._known[told.item] = (told.time, _content(told))
        self.machine.hear(role[0], told, role[1], self._open or self._start(self._now))

    def _advance(self, time: float) -> None:
        """The clock goes on to `time`."""
        pause = time - self._now
        if self._open is not None and self.machine.state == State.PROCESSING:
            if self._falls_silent(pause):
                self.tallies["silences"] += 1
                self._close()
            else:
                self._running += pause
                self._spoke += 1
        self._before, self._since = self._now, 0.0 if self._open is None else pause
        self._now = time
        if self._open is None:
            self._start(time)
            return
        if pause > self._silence:
            self._open.pauses.append((self._before, time))
        self._open.end = time

    def _falls_silent(self, pause: float) -> bool:
        if pause <= self._silence or self._spoke < TALKATIVE:
            return False
        return pause > SILENT * self._running / self._spoke

    def _start(self, time: float) -> Stretch:
        self._now = time
        self._open = Stretch(Track(time), time, time)
        self.stretches.append(self._open)
        self.machine.write(self._open)
        return self._open

    def _close(self, end: float | None = None) -> None:
        """Nothing is known from the last observation on, or from `end` [s] on."""
        if self._open is not None:
            self._open.end = self._open.end if end is None else end
            self._open = None
            self.machine.interrupt()

    # --- how things stood ------------------------------------------------------------------------

    def _understand(self, head: Head, news: float) -> None:
        """What waits is understood: it comes before news of the time `news` [s]."""
        self._head = None
        # The agent's clock, by which a snapshot was taken, may be minutes behind the machine's.
        if news < self._now - (OLD if head.snapshot else BACK):
            self._begin_anew()
        if head.snapshot:
            stood, young = head.told, []
        else:
            stood = [told for told in head.told if told.time < news - OLD]
            young = [told for told in head.told if told.time >= news - OLD]
        changed = self._stand(stood)
        missed = changed > self._now > float("-inf")
        if missed:
            self.tallies["missed"] += 1
            self._close()
        if head.snapshot:
            news = max(news, self._now)
            if self._open is None:
                self._start(news)
            else:
                self._open.end = self._now = news
        elif missed:
            self._start(min(changed, news))
        if self._open is not None:
            self.machine.write(self._open)
        for told in young:
            self._news(told)

    def _begin_anew(self) -> None:
        """Another recording, of an earlier time."""
        self._close()
        self.tallies["recordings"] += 1
        self._now = float("-inf")
        self._known.clear()
        self.machine.forget()

    def _stand(self, stood: list[Observation]) -> float:
        """How things stood, told again or for the first time; when the last change was [s]."""
        last = float("-inf")
        anew = []
        for told in stood:
            role = self._role_of(told)
            known = self._known.get(told.item)
            if known and told.time <= known[0]:
                self.tallies["repeated"] += 1
            elif role[0]:
                anew.append((told, role))
        for told, role in anew:
            last = max(last, told.time)
            self._known[told.item] = (told.time, _content(told))
            self.machine.hear(role[0], told, role[1], None)
        return last


class Head:
    """What is heard and not yet understood: how things stood, or news?

    `snapshot` says that it is the former, `whole` that it is complete.
    """

    def __init__(self, snapshot: Snapshot | None = None) -> None:
        self.told: list[Observation] = []
        self.snapshot = snapshot
        self.whole = False
        self._items: dict[str, float] = {}  # when each was told

    def add(self, told: Observation) -> None:
        """One more that waits."""
        self.told.append(told)
        self._items[told.item] = told.time

    def repeats(self, told: Observation) -> bool:
        """Whether it is the same once more."""
        return self.snapshot is None and told.time == self._items.get(told.item)

    def ends_with(self, told: Observation) -> bool:
        """Whether this observation is news, and what was told before it can be understood."""
        if self.snapshot:
            return self.whole
        comes_again = told.time > self._items.get(told.item, float("inf"))
        return comes_again or len(self.told) >= MOST_HEAD


def _content(told: Observation) -> object:
    return told.value if told.condition is None else (told.value, told.condition[0])
