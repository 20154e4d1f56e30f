"""One machine: the values of its nodes -> its state, its counts, its energy."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any, cast

from twin.recordings.opcua import meaning as of
from twin.recordings.opcua.changes import Change, Json
from twin.recordings.opcua.mapping import JOULES, Mapping
from twin.recordings.opcua.mapping import Machine as Words
from twin.recordings.tracks import Track
from twin.timeline import Quality, State

MOST_PARTS = 1000  # a counter that jumps by more has been set, not counted up
ENERGY_STEP = 1.0  # [s] between two values of energy that are kept
MOST_WORD = 200  # characters of a native value that are kept

# (name, time [s] since 1970, value, unit, quality, native value)
Point = tuple[str, float, float, str, Quality, str]


class Machine:
    """A machine while its nodes are heard; `time` [s] since 1970 is that of its last change."""

    def __init__(self, name: str, start: float, mapping: Mapping) -> None:
        self.name = name
        self.time = start
        self.track = Track(start)
        self.points: list[Point] = []
        self.unknown: Counter[str] = Counter()
        self._words = mapping.machines.get(name, Words())
        self._values: dict[str, str] = {}  # role -> the word that counts now
        self._flags: dict[str, bool] = {}
        self._bad: dict[str, set[str]] = {}  # role -> nodes without a value
        self._uncertain: set[str] = set()
        self._understood: set[str] = set()  # roles whose number or id was understood
        self._counters: dict[str, float] = {}  # node -> its last value
        self._running = ""  # the job at the machine, by its list of jobs
        self._energy = -math.inf
        self._stale: set[str] = set()  # counters whose last value is from before a hole
        self._told: dict[str, float] = {}  # node -> [s] when its last value was told

    def hear(self, role: str, change: Change, time: float) -> None:
        """A value of one of its nodes, from `time` [s] since 1970 on; times must not go back."""
        self.time = time
        if change.has_overflowed:
            self._overflow(self._told.get(change.node, time), time)
        self._told[change.node] = time
        if role in (of.COUNT, of.SCRAP):
            self._count(role, change, time)
        elif role == of.ENERGY:
            self._measure(change, time)
        elif role == of.PROGRAM:
            program = _text(change.value)
            if program and program != self._values.get(role):
                self.points.append(("program", time, math.nan, "", Quality.GOOD, program))
            self._values[role] = program
        else:
            self._hear_state(role, change)
            self._settle(time)

    def has_job(self, part: str, time: float) -> None:
        """Which job is at the machine ("" for none), by its list of jobs."""
        self.time = time
        self._running = part
        self._settle(time)

    def lose(self, begin: float, end: float) -> None:
        """Nothing is known between two times; what is told next is how things stand."""
        if self.time > begin:
            begin = self.time
        self.track.lose(begin)
        if end > begin:
            self.points.append(("gap", begin, end - begin, "s", Quality.GOOD, ""))
        self.time = max(begin, end)
        self._values.clear()
        self._flags.clear()
        self._bad.clear()
        self._uncertain.clear()
        self._running = ""
        self._stale = set(self._counters)
        self._told.clear()

    # --- states ----------------------------------------------------------------------------------

    def _hear_state(self, role: str, change: Change) -> None:
        bad = self._bad.setdefault(role, set())
        if change.is_bad:
            bad.add(change.node)
            return
        bad.discard(change.node)
        if change.is_uncertain:
            self._uncertain.add(change.node)
        else:
            self._uncertain.discard(change.node)
        if role in (of.STARVED, of.BLOCKED):
            self._flags[role] = change.value is True
        elif role in (of.STATE, of.PART, of.ORDER):
            self._values[role] = _text(change.value)
            if role == of.STATE and self._words.state_of(self._values[role]) is None:
                self.unknown[f"{role} {self._values[role]!r}"] += 1
        else:
            self._standard(role, change.value)

    def _standard(self, role: str, value: Any) -> None:
        word = of.word(role, value)
        is_text = isinstance(value, str) and not value.startswith("nsu=")
        if word:
            self._values[role] = word
            if not is_text:
                self._understood.add(role)
        elif value is None or value == "":
            self._values.pop(role, None)
        elif is_text and role in self._understood:
            pass  # in another language: the state's number or id has told it
        else:
            self._values[role] = _text(value)
            self.unknown[f"{role} {_text(value)!r}"] += 1

    def _settle(self, time: float) -> None:
        state, quality, native = self._now()
        told = self._values.get(of.PART) or self._values.get(of.ORDER)
        part = self._running if told is None else told
        if state == State.UNAVAILABLE:
            part = ""
        elif self._uncertain and quality == Quality.GOOD:
            quality = Quality.UNCERTAIN
        self.track.change(time, state, part, native, quality)

    def _now(self) -> tuple[State, Quality, str]:
        told = self._values
        if any(self._bad.get(role) for role in (of.STATE, of.ITEM_STATE, *of.LEVELS)):
            return State.UNAVAILABLE, Quality.GOOD, "bad status"
        if of.STATE in told:
            native = told[of.STATE]
            state = self._words.state_of(native)
            if state is None:
                return State.UNAVAILABLE, Quality.UNCERTAIN, native
            return state, Quality.GOOD, native
        level = next((told[role] for role in of.LEVELS if _decides(told, role)), "")
        if level:
            mode = told.get(of.PACKML_MODE, "")
            flags = (self._flags.get(of.STARVED), self._flags.get(of.BLOCKED))
            state, quality = of.packml_state(level, mode, *flags)
            if level not in of.PACKML_STATES.values():
                quality = Quality.UNCERTAIN
            return state, quality, f"{level}, {mode}" if mode else level
        item, mode = told.get(of.ITEM_STATE, ""), told.get(of.MODE, "")
        if not item:
            return State.UNAVAILABLE, Quality.GOOD, ""
        native = f"{item}, {mode}" if mode else item
        if item not in of.ITEM_STATES.values():
            return State.UNAVAILABLE, Quality.UNCERTAIN, native
        return *of.machinery_state(item, mode, bool(self._running)), native

    def _overflow(self, since: float, time: float) -> None:
        """The server lost values between two of a node: what was taken to go on may not have."""
        self.track.lose(time)
        self.points.append(("gap", since, time - since, "s", Quality.UNCERTAIN, "overflow"))

    # --- counters --------------------------------------------------------------------------------

    def _count(self, role: str, change: Change, time: float) -> None:
        if change.is_bad:
            return
        value = _counted(change.value)
        if value is None:
            self.unknown[f"{role} {_text(change.value)!r}"] += 1
            return
        last = self._counters.get(change.node)
        self._counters[change.node] = value
        is_stale = change.node in self._stale
        self._stale.discard(change.node)
        if last is None or value == last:
            return
        # A counter that goes back has been set to nothing, and counts on.
        new = round(value - last if value > last else value)
        if new > MOST_PARTS:
            self.unknown[f"{role} from {last:g} to {value:g}"] += 1
            return
        name = "done" if role == of.COUNT else "scrap"
        quality = Quality.UNCERTAIN if is_stale or value < last else Quality.GOOD
        self.points += [(name, time, 1.0, "1", quality, "")] * new

    def _measure(self, change: Change, time: float) -> None:
        value = change.value
        if change.is_bad:
            return
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.unknown[f"{of.ENERGY} {_text(value)!r}"] += 1
        elif time >= self._energy + ENERGY_STEP:
            self._energy = time
            joules = float(value) * JOULES[self._words.energy_unit]
            quality = Quality.UNCERTAIN if change.is_uncertain else Quality.GOOD
            self.points.append(("energy", time, joules, "J", quality, ""))


def _decides(told: dict[str, str], role: str) -> bool:
    """Whether a level of PackML says how the machine stands, or only that the next one does."""
    deeper = {"Cleared": of.PACKML_MACHINE, "Running": of.PACKML_EXECUTE}
    word = told.get(role, "")
    return bool(word) and deeper.get(word, "") not in told


def _counted(value: Any) -> float | None:
    """A counter's value: a number, or PackML's counts of several products, added up."""
    if isinstance(value, list):
        counts = [_counted(each) for each in cast(list[Any], value)]
        known = [count for count in counts if count is not None]
        return sum(known) if len(known) == len(counts) else None
    if isinstance(value, dict):
        counts = cast(Json, value)
        return _counted(counts.get("AccCount") or counts.get("Count"))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and value >= 0 else None


def _text(value: Any) -> str:
    """A value as the words of a mapping have it; bounded."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)[:MOST_WORD]
