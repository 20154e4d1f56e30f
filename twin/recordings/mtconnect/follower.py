"""What is told of any number of devices, heard in order -> a Timeline, at any time."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from twin.recordings.mtconnect import meaning
from twin.recordings.mtconnect.machine import Stretch
from twin.recordings.mtconnect.mapping import Mapping
from twin.recordings.mtconnect.model import Device
from twin.recordings.mtconnect.observations import (
    Damaged,
    Lost,
    News,
    Observation,
    Snapshot,
    Told,
)
from twin.recordings.mtconnect.source import Role, Source
from twin.recordings.tracks import Track
from twin.timeline import Names, Quality, State, Timeline, table

MOST_DEVICES = 1000
MOST_STRANGE = 20  # items that the model does not have: so many are named
MOST_DAMAGED = 100  # of what is not understood, so much is shown; all of it is counted

Row = tuple[object, ...]
# (resource, name, time [s], value, unit, quality, native value)
Point = tuple[str, str, float, float, str, Quality, str]


class Follower:
    """Hears what is told, in order of its receive time; `timeline` is what it knows so far.

    A recorded file and a live source are heard by the same object, and so give the same timeline.
    `tallies` counts what was late, repeated, damaged or unknown.
    """

    def __init__(self, mapping: Mapping | None = None, devices: Iterable[Device] = ()) -> None:
        self.mapping = mapping or Mapping()
        self.tallies: Counter[str] = Counter()
        self._model: dict[str, Device] = {}
        self._sources: dict[str, Source] = {}
        self._damaged: list[tuple[float, str]] = []
        self._strangers: set[str] = set()  # items that the model does not have
        self._snapshot: Snapshot | None = None  # what is told now is how things stand
        self.learn(devices)

    def learn(self, devices: Iterable[Device]) -> None:
        """Takes in a device model; it counts for the items that have not been heard yet."""
        for device in devices:
            known = self._model.get(device.name)
            if known is None:
                self._model[device.name] = device
                continue
            for key, item in device.items.items():
                known.items.setdefault(key, item)

    def devices(self) -> list[str]:
        """The names of the devices in the model."""
        return list(self._model)

    def hear(self, told: Told) -> None:
        """What is told next."""
        if isinstance(told, Observation):
            source = self._sources.get(told.device) or self._source(told.device)
            if source:
                source.hear(told)
        elif isinstance(told, Damaged):
            self.tallies["damaged"] += 1
            if len(self._damaged) < MOST_DAMAGED:
                self._damaged.append((self._time(), told.what))
        else:
            self._mark(told)

    def timeline(self, run: str = "", layout: str = "") -> Timeline:
        """All that is known by now.

        It runs from the first to the last observation of devices that tell an execution: the
        machines. An interval's native value is the execution
        as sent, with what decided beside it: the program, the mode, the fault. Points: "done"
        (a part; where the counter of a machine never moves, a program that ran to its end, as
        inferred), "cycle" [s] (a program from ACTIVE to its end), "scrap", "program", "alarm",
        "gap" [s] (nothing is known), "lost" (so many observations), "damaged".
        """
        sources = {name: source.settled() for name, source in self._sources.items()}
        heard = {name: source for name, source in sources.items() if source.executes}
        heard = {name: source for name, source in heard.items() if source.stretches}
        stretches = {name: _in_order(source.stretches) for name, source in heard.items()}
        begin = min((each[0].start for each in stretches.values()), default=0.0)
        end = max((max(s.end for s in each) for each in stretches.values()), default=0.0)
        machines = {name: self.mapping.machine(name) for name in heard}
        names = Names(machines.values())
        points = [*self._lost(begin, end), *self._not_understood(begin)]
        intervals: list[Row] = []
        for name, machine in machines.items():
            for state, start, stop, quality, native in _intervals(stretches[name], begin, end):
                code = names[native]
                intervals.append((names[machine], state, -1, start, stop, quality, code))
            points += _gaps(machine, stretches[name])
            points += _points(machine, heard[name].stretches)
        return Timeline(
            resources=tuple(names[machine] for machine in machines.values()),
            start=0.0,
            end=round(end - begin, 6),
            intervals=table("intervals", _since(intervals, begin)),
            moves=table("moves"),
            orders=table("orders"),
            points=table("points", _coded(names, points, begin)),
            names=names.texts(),
            epoch=datetime.fromtimestamp(begin, UTC),
            origin="recorded",
            run=run,
            layout=layout,
        )

    def items(self) -> list[str]:
        """The items that were heard, of any device."""
        return sorted({item for source in self._sources.values() for item in source.items()})

    def count(self) -> dict[str, int]:
        """How much was late, repeated, missed, damaged, unknown, or another recording."""
        total = Counter(self.tallies)
        for source in self._sources.values():
            total += source.tallies
            for words, number in source.machine.unknown.items():
                total[f"unknown value: {words}"] += number
        return dict(total)

    # --- within ----------------------------------------------------------------------------------

    def _time(self) -> float:
        return max(
            (s.stretches[-1].end for s in self._sources.values() if s.stretches), default=0.0
        )

    def _source(self, name: str) -> Source | None:
        if len(self._sources) >= MOST_DEVICES or not self.mapping.hears(name):
            self.tallies["of other devices"] += 1
            return None
        device = self._model.setdefault(name, Device(name, ""))

        def role(key: str, is_condition: bool) -> Role:
            found = meaning.role_of(key, is_condition, device, self.mapping.items)
            if not found and device.items and key not in device.items:
                self._strange(key)
            return found, found == meaning.CONDITION and meaning.stops(key, device)

        words = {str(role): words for role, words in self.mapping.values.items()}
        source = Source(role, words, self.mapping.silence)
        self._sources[name] = source
        if self._snapshot:
            source.snapshot(self._snapshot)
        return source

    def _strange(self, key: str) -> None:
        """An item that the device model does not have; told once."""
        if key in self._strangers:
            return
        self._strangers.add(key)
        shown = f"not in the device model: {key[:60]}"
        known = sum(words.startswith("not in the device model") for words in self.tallies)
        self.tallies[shown if known < MOST_STRANGE else "not in the device model: others"] += 1

    def _mark(self, told: Snapshot | News | Lost) -> None:
        self._snapshot = told if isinstance(told, Snapshot) else None
        for source in self._sources.values():
            if isinstance(told, Snapshot):
                source.snapshot(told)
            elif isinstance(told, News):
                source.news()
            else:
                source.lose(told)

    def _lost(self, begin: float, end: float) -> Iterator[Point]:
        for source in self._sources.values():
            for lost in source.lost:
                if lost.count:
                    time = min(max(lost.begin, begin), end)
                    yield "", "lost", time, float(lost.count), "1", Quality.GOOD, ""
            return  # a loss is of all devices

    def _not_understood(self, begin: float) -> Iterator[Point]:
        for time, what in self._damaged:
            yield "", "damaged", max(time, begin), 1.0, "1", Quality.UNCERTAIN, what


# --- rows ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Piece:
    """A part of a stretch, from `start` to `end` [s] since 1970."""

    track: Track
    start: float
    end: float


def _in_order(stretches: list[Stretch]) -> list[_Piece]:
    """What tells of each time, in order of time.

    Recordings of one machine may overlap: each is of a part, and says nothing while others are
    machined. Then a pause in one of them is no time that it tells of.
    """
    pieces = sorted(
        (_Piece(stretch.track, stretch.start, stretch.end) for stretch in stretches),
        key=lambda piece: piece.start,
    )
    if any(after.start < before.end for before, after in pairwise(pieces)):
        ends_of_pauses = (end for stretch in stretches for _, end in stretch.pauses)
        starts = sorted([*(piece.start for piece in pieces), *ends_of_pauses])
        pieces = [piece for stretch in stretches for piece in _between_pauses(stretch, starts)]
    kept: list[_Piece] = []
    for piece in sorted(pieces, key=lambda each: (each.start, -each.end)):
        # One that lies within another is left out: a clock was set back.
        if not kept or piece.end > kept[-1].end:
            kept.append(piece)
    return kept


def _between_pauses(stretch: Stretch, starts: list[float]) -> Iterator[_Piece]:
    """A stretch without the pauses in which another one begins, or goes on after one of its own."""
    start = stretch.start
    for begin, end in stretch.pauses:
        others = bisect_left(starts, end) > bisect_right(starts, begin)
        if begin < stretch.end and others:
            yield _Piece(stretch.track, start, begin)
            start = end
    yield _Piece(stretch.track, start, max(start, stretch.end))


def _intervals(
    stretches: list[_Piece], begin: float, end: float
) -> Iterator[tuple[State, float, float, Quality, str]]:
    """Rows (state, start, end, quality, native value) that tile the clock; the last one is open."""
    last = begin
    for stretch, following in pairwise([*stretches, None]):
        if stretch is None:
            break
        start = max(stretch.start, last)
        stop = stretch.end if following is None else min(stretch.end, following.start)
        if start > last:
            yield State.UNAVAILABLE, last, start, Quality.GOOD, ""
        for state, _, since, until, quality, native in stretch.track.intervals():
            is_last = math.isnan(until)
            if is_last and following is None:
                yield state, max(since, start), math.nan, quality, native
                return
            until = stop if is_last else min(until, stop)
            if until > max(since, start):
                # What goes on where the hole begins is cut there.
                cut = is_last and state != State.UNAVAILABLE
                cut_quality = Quality.UNCERTAIN if cut else quality
                yield state, max(since, start), until, cut_quality, native
        last = max(last, stop)


def _since(rows: list[Row], begin: float) -> Iterator[Row]:
    """Intervals with their times since the epoch; those that are alike and touch are one."""
    kept: list[Row] = []
    for resource, state, part, start, end, quality, native in rows:
        start, end = round(float(str(start)) - begin, 6), round(float(str(end)) - begin, 6)
        row = (resource, state, part, start, end, quality, native)
        if kept and kept[-1][4] == start and kept[-1][:3] + kept[-1][5:] == row[:3] + row[5:]:
            kept[-1] = (*row[:3], kept[-1][3], *row[4:])
        else:
            kept.append(row)
    return iter(kept)


def _gaps(machine: str, stretches: list[_Piece]) -> Iterator[Point]:
    for before, after in pairwise(stretches):
        if after.start > before.end:
            length = round(after.start - before.end, 6)
            yield machine, "gap", before.end, length, "s", Quality.GOOD, ""


def _points(machine: str, stretches: list[Stretch]) -> Iterator[Point]:
    counted = any(role == meaning.COUNT for s in stretches for _, _, role, _ in s.counts)
    for stretch in stretches:
        for cycle in stretch.cycles:
            length = round(cycle.end - cycle.start, 6)
            yield machine, "cycle", cycle.end, length, "s", Quality.GOOD, cycle.program
            if not counted:
                yield machine, "done", cycle.end, 1.0, "1", Quality.INFERRED, cycle.program
        for time, count, role, quality in stretch.counts:
            name = "done" if role == meaning.COUNT else "scrap"
            for _ in range(count):
                yield machine, name, time, 1.0, "1", quality, ""
        for time, words in stretch.alarms:
            yield machine, "alarm", time, math.nan, "", Quality.GOOD, words
        for time, program in stretch.programs:
            yield machine, "program", time, math.nan, "", Quality.GOOD, program


def _coded(names: Names, points: list[Point], begin: float) -> Iterator[Row]:
    """Points in order of time."""
    for resource, name, time, value, unit, quality, native in sorted(points, key=lambda p: p[2]):
        yield (
            *(names[resource], names[name], round(time - begin, 6), value),
            *(names[unit], quality, names[native]),
        )
