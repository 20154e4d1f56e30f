"""What a program in G-code takes: cutting, rapids, changes of tool, dwells, and what is not
understood.

A file is read in pieces, and the machine is taken to stand still between two of them; so a slicer's
100 MB need no more memory than one piece of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from twin.programs import modal, motion
from twin.programs.arcs import arcs
from twin.programs.capability import FILAMENT, Figures
from twin.programs.cycles import hole_rows, holes
from twin.programs.modal import Lines, Modal
from twin.programs.program_time import NO_FEED, ProgramTime, unreadable
from twin.programs.words import read_words

Column = NDArray[np.float64]
Rows = NDArray[np.int64] | NDArray[np.int32]
PIECE = 1 << 20  # bytes: what fits into a processor's cache, more or less
LONGEST_LINE = 1 << 20  # bytes: beyond it the file is no text
HOMES = (modal.HOME, modal.SECOND_HOME)


def time_gcode(path: Path, machine: Figures) -> ProgramTime:
    """The time of a program on a machine. Raises ProgramError for a file that cannot be read, or
    that moves nothing."""
    reader = _Reader(machine)
    try:
        with path.open("rb") as file:
            for text in _pieces(file, path):
                reader.read(text)
    except OSError as error:
        raise unreadable(path, error.strerror or "it is not there") from error
    if not reader.moves:
        raise unreadable(path, "there is no motion in it (G0 to G3); is it G-code?")
    return reader.found


def _pieces(file: BinaryIO, path: Path) -> Iterator[bytes]:
    """The text in pieces of whole lines."""
    rest = b""
    while chunk := file.read(PIECE):
        whole, newline, tail = chunk.rpartition(b"\n")
        if newline:
            yield rest + whole + newline
            rest = tail
        else:
            rest += tail
        if len(rest) > LONGEST_LINE and b"\n" not in chunk:
            raise unreadable(path, f"a line of more than {LONGEST_LINE:,} bytes; is it text?")
    if rest:
        yield rest + b"\n"


class _Reader:
    """Adds up the time of one piece after another."""

    def __init__(self, machine: Figures) -> None:
        self._machine = machine
        self._printing = machine.process == FILAMENT
        self._state = Modal()
        self._warmed = False
        if self._printing:  # all axes to 0, in a time of its own
            self._home = np.zeros(3)
        else:  # Z up to a level above the work
            self._home = np.array([np.nan, np.nan, machine.values.get("home", np.nan)])
        self.found = ProgramTime()
        self.moves = 0

    def read(self, text: bytes) -> None:
        """One piece of whole lines."""
        words = read_words(text)
        before = self._state
        lines, self._state, unknown = modal.read_lines(words, before, self._home)
        self.found.unknown.update(unknown)
        self.found.lines += words.lines
        each = np.zeros(len(lines.motion))
        self._motions(lines, each)
        self._holes(lines, each)
        self._events(lines, before, each)
        for tool in np.unique(lines.tool[~np.isnan(lines.tool)]).tolist():
            self.found.tools[f"T{tool:g}"] += float(each[lines.tool == tool].sum())

    def _spend(self, part: str, rows: Rows, seconds: Column, each: Column) -> None:
        if len(rows):
            self.found.parts[part] += float(seconds.sum())
            np.add.at(each, rows, seconds)

    def _motions(self, lines: Lines, each: Column) -> None:
        rows, path, rapid = self._path(lines)
        self.moves += len(rows)
        spent = motion.times(path, self._machine["corner"])
        names = ("printing", "travel") if self._printing else ("cutting", "rapids")
        for name, these in zip(names, (~rapid, rapid), strict=True):
            self._spend(name, rows[these], spent[these], each)

    def _path(self, lines: Lines) -> tuple[NDArray[np.int64], motion.Path, NDArray[np.bool_]]:
        """The lines that move, their path, and which of them cut nothing."""
        machine = self._machine
        moved = np.abs(lines.moved[:, :3]).max(axis=1) > 0.0
        curved = np.isin(lines.motion, (modal.CLOCKWISE, modal.COUNTER)) & (lines.alone < 0)
        homing = np.isin(lines.alone, HOMES)
        moves = (moved | (curved & ~np.isnan(lines.offset).all(axis=1))) & (lines.alone < 0)
        moves &= lines.motion != modal.NO_MOTION
        fed = (lines.moved[:, 3] != 0.0) & (lines.alone < 0) & ~moves  # only the filament moves
        if self._printing:
            moves |= fed
        else:
            moves |= homing & moved
        rows = np.flatnonzero(moves)
        way = lines.moved[rows, :3]
        length = np.sqrt((way**2).sum(axis=1))
        alone = length == 0.0
        length = np.where(alone, np.abs(lines.moved[rows, 3]), length)
        direction = way / np.maximum(length, 1e-15)[:, None]
        begins, ends, bend = direction.copy(), direction.copy(), np.full(len(rows), np.inf)
        bent = np.flatnonzero(curved[rows])
        if len(bent):
            length[bent], begins[bent], ends[bent], bend[bent] = arcs(lines, rows[bent])
        asked = lines.acceleration[rows]
        acceleration = np.where(np.isnan(asked), machine["acceleration"], asked)
        quick = np.isin(lines.motion[rows], (modal.RAPID, *modal.CYCLES)) | homing[rows]
        rapid = quick | (lines.moved[rows, 3] <= 0.0) if self._printing else quick
        unsaid = np.isnan(lines.feed[rows]) & np.isnan(lines.asked[rows]) & ~quick
        self.found.counts[NO_FEED] += int(unsaid.sum())
        speed = self._speeds(lines, rows, length, direction, quick & (not self._printing))
        speed = np.minimum(speed, np.sqrt(acceleration * bend))
        stop = self._stops(lines, rows, alone if self._printing else quick)
        return rows, motion.Path(length, speed, acceleration, begins, ends, stop), rapid

    def _speeds(
        self,
        lines: Lines,
        rows: NDArray[np.int64],
        length: Column,
        direction: Column,
        quick: NDArray[np.bool_],
    ) -> Column:
        """The speed [m/s] that is asked for: rapids run each axis as fast as it can, together."""
        machine = self._machine
        axes = np.maximum(np.abs(direction).max(axis=1), 1e-9)
        fastest = machine["rapid"] * machine["override"] / np.minimum(axes, 1.0)
        asked = lines.asked[rows]
        feed = np.where(np.isnan(asked), lines.feed[rows], length / np.maximum(asked, 1e-9))
        feed = np.where(np.isnan(feed) | (feed <= 0.0), machine["feed"], feed)
        return np.where(quick, fastest, np.minimum(feed, machine["feed"]))

    def _stops(
        self, lines: Lines, rows: NDArray[np.int64], exact: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Before which stretches the machine stands still: where it was told to, at both ends of
        what is positioned exactly, and where something else is done in between."""
        breaks = np.zeros(len(lines.motion), dtype=np.int32)
        halting = (
            ~np.isin(lines.m_code, sorted(modal.SILENT_M))
            if self._printing
            else np.ones(len(lines.m_code), dtype=bool)
        )
        breaks[lines.m_line[halting]] = 1
        breaks[np.isin(lines.alone, (modal.DWELL, *HOMES))] = 1
        along = np.cumsum(breaks)
        stop = np.ones(len(rows), dtype=bool)
        stop[1:] = (along[rows[1:]] != along[rows[:-1]]) | exact[1:] | exact[:-1]
        stop[1:] |= lines.exact[rows[:-1]]
        return stop

    def _holes(self, lines: Lines, each: Column) -> None:
        rows = hole_rows(lines)
        if not len(rows):
            return
        machine = self._machine
        rapid = machine["rapid"] * machine["override"]
        spent = holes(lines, rows, machine["feed"], rapid, machine["acceleration"])
        for column, part in enumerate(("cutting", "rapids", "dwells")):
            self._spend(part, rows, spent[:, column], each)

    def _events(self, lines: Lines, before: Modal, each: Column) -> None:
        machine = self._machine
        changes = self._changes(lines, before)
        self.found.counts["tool changes"] += len(changes)
        change = machine.values.get("tool_change", 0.0)
        self._spend("tool changes", changes, np.full(len(changes), change), each)
        dwelling = np.flatnonzero((lines.alone == modal.DWELL) & ~np.isnan(lines.dwell))
        self._spend("dwells", dwelling, lines.dwell[dwelling], each)
        if "spindle" in machine.values:
            turns = lines.m_line[np.isin(lines.m_code, (*modal.SPINDLE_ON, *modal.SPINDLE_OFF))]
            self._spend("spindle", turns, np.full(len(turns), machine["spindle"]), each)
        homes = np.flatnonzero(np.isin(lines.alone, HOMES))
        homing = machine.values.get("homing", 0.0)
        self._spend("homing", homes, np.full(len(homes), homing), each)
        heats = lines.m_line[np.isin(lines.m_code, modal.HEAT_WAITS)]
        if len(heats) and "warm_up" in machine.values and not self._warmed:
            self._warmed = True
            self._spend("warm-up", heats[:1], np.array([machine["warm_up"]]), each)
        self.found.counts["stops for a person"] += int(
            np.isin(lines.m_code, modal.WAITS_FOR_PERSON).sum()
        )

    def _changes(self, lines: Lines, before: Modal) -> NDArray[np.int64]:
        """The lines on which another tool comes into the spindle, or another filament to the
        nozzle. The first filament is there already."""
        was = np.append(before.tool, lines.tool[:-1])
        changed = (lines.tool != was) & ~np.isnan(lines.tool)
        if self._printing:
            changed &= ~np.isnan(was)
        return np.flatnonzero(changed)
