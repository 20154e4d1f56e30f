"""One machine: the values of its data items -> its state, its cycles, counts and alarms."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

from twin.recordings.mtconnect import meaning as of
from twin.recordings.mtconnect.observations import Observation
from twin.recordings.tracks import Track
from twin.timeline import Quality, State

MOST_PARTS = 1000  # a counter that jumps by more has been set, not counted up
MOST_UNKNOWN = 20  # words that are shown
_HELD = frozenset({State.HELD, State.STARVED, State.BLOCKED})


@dataclass(frozen=True)
class Cycle:
    """A program that ran from `start` to its end at `end` [s]."""

    start: float
    end: float
    program: str


@dataclass
class Stretch:
    """A time without a hole in it; all times [s] since 1970.

    `pauses` are the times in which nothing was said; that may be, where nothing changes.
    """

    track: Track
    start: float
    end: float
    cycles: list[Cycle] = field(default_factory=list)
    # (time, how many, role, quality) of counters that moved
    counts: list[tuple[float, int, str, Quality]] = field(default_factory=list)
    alarms: list[tuple[float, str]] = field(default_factory=list)
    programs: list[tuple[float, str]] = field(default_factory=list)
    pauses: list[tuple[float, float]] = field(default_factory=list)


class Machine:
    """The last values of a device's items; what changes is written on a stretch of its track."""

    def __init__(self, words: dict[str, dict[str, str]]) -> None:
        self._words = words
        self._values: dict[str, dict[str, str]] = {role: {} for role in of.ROLES}
        self._was_available = False
        # item -> native code -> (level, text), of what is not normal
        self._conditions: dict[str, dict[str, tuple[str, str]]] = {}
        self._stopping: dict[str, bool] = {}
        self._counters: dict[str, float] = {}
        self._begun: tuple[float, str] | None = None  # a cycle: when, and which program
        self._doubtful = False  # counters may have moved unheard
        self.state = State.UNAVAILABLE  # as last written
        self.unknown: Counter[str] = Counter()  # values that the standard does not have

    # --- what is heard ---------------------------------------------------------------------------

    def hear(self, role: str, told: Observation, stops: bool, stretch: Stretch | None) -> None:
        """A value; without a stretch it only says how things stand, and nothing happens."""
        if role == of.CONDITION:
            alarm = self._condition(told, stops)
            if alarm and stretch:
                stretch.alarms.append((stretch.end, alarm))
        elif role in (of.COUNT, of.SCRAP):
            self._counted(role, told, stretch)
            return
        else:
            self._value(role, told, stretch)
        if stretch:
            self.write(stretch)

    def write(self, stretch: Stretch) -> None:
        """How it stands, from the end of the stretch on."""
        state, native, quality = self._stands()
        self.state = state
        before = stretch.track.now
        if (state, native, quality) == (before[0], before[2], before[3]):
            return
        self._cycle(before[0], state, stretch)
        stretch.track.change(stretch.end, state, "", native, quality)

    def interrupt(self) -> None:
        """Something may have been missed: what goes on is not known to be one cycle."""
        self._begun = None
        self._doubtful = True

    def forget_counters(self) -> None:
        """They may have been set back, or count something else by now."""
        self._counters.clear()

    def forget(self) -> None:
        """Nothing is known any more but what items there are."""
        unknown = self.unknown
        self.__init__(self._words)
        self.unknown = unknown

    # --- values ----------------------------------------------------------------------------------

    def _value(self, role: str, told: Observation, stretch: Stretch | None) -> None:
        word = self._words.get(role, {}).get(told.value, told.value)
        word = word if role == of.PROGRAM else word.strip().upper()
        if role == of.AVAILABILITY and word == "AVAILABLE":
            self._was_available = True
        if role == of.PROGRAM and stretch and word != self._values[role].get(told.item):
            stretch.programs.append((stretch.end, word))
        if role == of.EXECUTION and word not in of.EXECUTIONS and word != of.UNAVAILABLE:
            shown = f"{told.item} {word[:40]!r}"
            known = shown in self.unknown or len(self.unknown) < MOST_UNKNOWN
            self.unknown[shown if known else "others"] += 1
        self._values[role].pop(told.item, None)  # the last one told stands last
        self._values[role][told.item] = word

    def _condition(self, told: Observation, stops: bool) -> str:
        """Keeps what is not normal; the words of an alarm where something new is wrong."""
        code, _, _, text = told.condition or ("", "", "", "")
        active = self._conditions.setdefault(told.item, {})
        self._stopping[told.item] = stops
        if told.value in ("WARNING", "FAULT"):
            known = active.get(code, ("", ""))[0]
            active[code] = (told.value, text)
            words = f"{told.value} {told.item} {code} {text.strip()}"
            return " ".join(words.split()) if known != told.value else ""
        if told.value == "NORMAL" and code:
            active.pop(code, None)
        else:
            active.clear()
        return ""

    def _counted(self, role: str, told: Observation, stretch: Stretch | None) -> None:
        try:
            count = float(told.value)
        except ValueError:
            return  # UNAVAILABLE, or a text: the counter stands where it stood
        if not math.isfinite(count):
            return
        last = self._counters.get(told.item)
        self._counters[told.item] = count
        if stretch and last is not None and 1 <= count - last <= MOST_PARTS:
            # Of several at once all but one were made unheard.
            doubtful = self._doubtful or count - last > 1
            quality = Quality.UNCERTAIN if doubtful else Quality.GOOD
            stretch.counts.append((stretch.end, int(count - last), role, quality))
        self._doubtful = False

    # --- what they come to -----------------------------------------------------------------------

    def _last(self, role: str) -> str:
        """The value last told for a role, of any item that tells one."""
        known = [value for value in self._values[role].values() if value != of.UNAVAILABLE]
        return known[-1] if known else ""

    def _execution(self) -> str:
        """Of several paths the busiest counts; empty where none is known."""
        words = set(self._values[of.EXECUTION].values()) - {of.UNAVAILABLE}
        return next((word for word in of.EXECUTIONS if word in words), next(iter(words), ""))

    def _stands(self) -> tuple[State, str, Quality]:
        """State, native value, quality."""
        execution = self._execution()
        # An agent calls what was never told unavailable, too: only what was there can go.
        gone = self._was_available and not self._last(of.AVAILABILITY)
        if gone or not execution:
            return State.UNAVAILABLE, "", Quality.GOOD
        if self._last(of.STOP) == "TRIGGERED":
            return State.DOWN, "EMERGENCY_STOP TRIGGERED", Quality.GOOD
        for item, active in self._conditions.items():
            for code, (level, text) in active.items():
                if level == "FAULT" and self._stopping[item]:
                    native = " ".join(f"FAULT {item} {code} {text}".split())
                    return State.DOWN, native, Quality.GOOD
        if self._last(of.POWER) == "OFF":
            return State.OFF, "POWER_STATE OFF", Quality.GOOD
        return self._by_mode(execution)

    def _by_mode(self, execution: str) -> tuple[State, str, Quality]:
        function, mode = self._last(of.FUNCTION), self._last(of.MODE)
        if function == "MAINTENANCE":
            return State.MAINTENANCE, function, Quality.GOOD
        if mode in of.SETUP_MODES or function in of.SETUP_FUNCTIONS:
            word = mode if mode in of.SETUP_MODES else function
            return State.SETUP, f"{execution} {word}", Quality.GOOD
        if execution not in of.EXECUTIONS:
            return State.UNAVAILABLE, execution[:80], Quality.UNCERTAIN
        state, native, quality = of.EXECUTIONS[execution], execution, Quality.GOOD
        if execution == "ACTIVE" and mode not in of.AUTOMATIC_MODES:
            quality = Quality.INFERRED  # it runs, and nobody says by which mode
        if execution == "WAIT":
            state = of.WAITS.get(self._last(of.WAIT), State.HELD)
            native, quality = f"WAIT {self._last(of.WAIT)}".strip(), Quality.INFERRED
        if state != State.IDLE and (program := self._last(of.PROGRAM)):
            native = f"{native} {program}"[:200]
        return state, native, quality

    def _cycle(self, before: State, state: State, stretch: Stretch) -> None:
        """A cycle begins with ACTIVE, lasts through holds, and ends when the machine is ready."""
        time = stretch.end
        if state == State.PROCESSING:
            self._begun = self._begun or (time, self._last(of.PROGRAM))
        elif state not in _HELD:
            ended = before == State.PROCESSING and self._execution() in of.COMPLETED
            if self._begun and ended and time > self._begun[0]:
                stretch.cycles.append(Cycle(self._begun[0], time, self._begun[1]))
            self._begun = None
