"""The modal machine: words of G-code -> what the machine does line by line, all lines of a chunk
at once.

A word such as G90 or F200 holds until another of its kind comes. What holds at the end of one chunk
is what the next one begins with. Lengths become metres here, feeds metres a second.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from twin.programs.words import Words

Column = NDArray[np.float64]
Flags = NDArray[np.bool_]
INCH, MILLIMETRE = 0.0254, 0.001
RAPID, LINE, CLOCKWISE, COUNTER = 0, 1, 2, 3
NO_MOTION = 80
PECK = (73, 83)
CYCLES = (73, 74, 76, 81, 82, 83, 84, 85, 86, 87, 88, 89)  # drilling, tapping, boring
# Words of G that stand alone on their line: what X, Y, Z mean there is no motion of the modal kind.
DWELL, HOME, SECOND_HOME, PRESET = 4, 28, 30, 92
ALONE = (DWELL, HOME, SECOND_HOME, 31, 32, 33, 52, PRESET)
# Known words that take no time of their own: compensation, offsets of work and tool, modes.
SILENT_G = {
    *(7, 8, 9, 10, 11, 15, 21, 20, 17, 18, 19, 40, 41, 42, 43, 44, 49, 50, 53, 54, 55, 56, 57, 58),
    *(59, 61, 64, 80, 90, 91, 93, 94, 95, 97, 98, 99, 52, 69),
}
SILENT_G_TENTHS = {43.1, 43.4, 5.1, 54.1, 61.1, 91.1, 92.1, 92.2, 92.3}
# M: coolant, fans, heaters that are not waited for, counters, motors, limits of slicers.
SILENT_M = {
    *(2, 7, 8, 9, 10, 11, 17, 18, 29, 30, 41, 42, 48, 49, 73, 74, 75, 77, 82, 83, 84, 85, 88, 92),
    *(
        104,
        105,
        106,
        107,
        108,
        110,
        111,
        113,
        115,
        117,
        118,
        140,
        141,
        142,
        143,
        150,
        155,
        201,
        203,
    ),
    *(
        204,
        205,
        206,
        207,
        208,
        211,
        220,
        221,
        280,
        300,
        301,
        302,
        304,
        412,
        413,
        420,
        428,
        486,
        500,
    ),
    *(
        501,
        502,
        503,
        572,
        593,
        862,
        900,
        907,
        914,
        19,
        23,
        24,
        25,
        27,
        28,
        31,
        32,
        36,
        151,
        566,
        569,
    ),
}
SPINDLE_ON, SPINDLE_OFF = (3, 4), (5,)
TOOL_CHANGE = 6
WAITS_FOR_PERSON = (0, 60)
OPTIONAL_STOP = 1  # runs on where the machine is not told to stop there
HEAT_WAITS = (109, 116, 190, 191)
KNOWN_LETTERS = frozenset("NOGMXYZEFIJKRPQSTHDLU")
PLANES = {17: (0, 1, 2), 18: (2, 0, 1), 19: (1, 2, 0)}  # the two axes of arcs, and the one across


@dataclass
class Modal:
    """What holds between two lines: positions [m] of X, Y, Z and E, motion, units, feed [m/s]
    ..."""

    position: Column = field(default_factory=lambda: np.zeros(4))
    motion: int = NO_MOTION
    unit: float = MILLIMETRE
    absolute: bool = True
    extruder_absolute: bool = True
    plane: int = 17
    retract: int = 98
    feed_word: float = np.nan  # as it stands there
    feed_mode: int = 94
    exact: bool = False
    spindle: float = np.nan
    acceleration: float = np.nan  # m/s2, as the program says (M204)
    tool: float = np.nan
    cycle: Column = field(default_factory=lambda: np.full(4, np.nan))  # R, Z, P [s], Q


@dataclass(frozen=True)
class Lines:
    """What the lines of a chunk say, each of them once it is read.

    `position` (n + 1, 4) [m]: X, Y, Z, E before the first and after each line; `moved` (n, 4) [m]
    is how far, nothing where they are only called otherwise (G92); `motion` the modal code; `feed`
    [m/s] along the path, NaN where it was never said; `minutes` the time [s] that G93 asks for;
    `offset` (n, 3) [m] I, J, K, NaN if missing, and `radius` R; `cycle` (n, 4) R, Z, P, Q of
    canned cycles in m, m, s, m.
    """

    position: Column
    moved: Column
    given: Flags  # (n, 4): the axis is named in a line that moves
    motion: NDArray[np.int32]
    feed: Column
    asked: Column
    acceleration: Column
    exact: Flags
    plane: NDArray[np.int32]
    offset: Column
    radius: Column
    cycle: Column
    retract: NDArray[np.int32]
    absolute: Flags
    repeats: Column
    spindle: Column
    tool: Column
    dwell: Column  # s, of G4; NaN without one
    alone: NDArray[np.int32]  # the code of ALONE, else -1
    m_line: NDArray[np.int32]
    m_code: NDArray[np.int32]


def read_lines(words: Words, before: Modal, home: Column) -> tuple[Lines, Modal, Counter[str]]:
    """What the lines say, what holds after them, and the words that are not understood, counted.

    `home` (3,) [m] is where the axes stand after G28, NaN for those that stay where they are.
    """
    n = words.lines + 1  # the last one may have no end
    unknown: Counter[str] = Counter(words.commands)
    col = _Columns(words, n)
    g_line, g_code, m_line, m_code = _codes(words, unknown)

    def chosen(codes: tuple[int, ...], start: int) -> NDArray[np.int32]:
        return held(_picked(n, g_line, g_code, codes), start)

    motions = (RAPID, LINE, CLOCKWISE, COUNTER, NO_MOTION, *CYCLES)
    motion = chosen(motions, before.motion)
    unit = np.where(chosen((20, 21), 20 if before.unit == INCH else 21) == 20, INCH, MILLIMETRE)
    absolute = chosen((90, 91), 90 if before.absolute else 91) == 90
    extruder, own = _extruder(n, m_line, m_code, absolute, before.extruder_absolute)
    plane = chosen((17, 18, 19), before.plane)
    retract = chosen((98, 99), before.retract)
    mode = chosen((93, 94, 95), before.feed_mode)
    exact = (chosen((61, 64), 61 if before.exact else 64) == 61) | (
        _picked(n, g_line, g_code, (9,)) == 9
    )
    alone = _picked(n, g_line, g_code, ALONE)
    # In the machine's own places only its home is known: G53 Z0 is as G28.
    alone = np.where(_picked(n, g_line, g_code, (53,)) == 53, HOME, alone).astype(np.int32)
    spindle = _filled(col["S"], before.spindle)
    feed_word = _filled(np.where(alone == DWELL, np.nan, col["F"]), before.feed_word)
    feed = feed_word * unit / 60.0
    feed = np.where(mode == 95, feed * spindle, feed)
    asked = np.where(mode == 93, 60.0 / feed_word, np.nan)

    cycling = np.isin(motion, CYCLES)
    cycle = _cycle(col, cycling, before.cycle)
    axes = np.column_stack([col[letter] for letter in "XYZE"])
    given = ~np.isnan(axes) & (alone < 0)[:, None]
    position, moved = _positions(axes, alone, unit, absolute, extruder, cycling, before, home, col)
    _to_retract_level(position, moved, cycling, retract, absolute, cycle, unit)
    acceleration = _acceleration(n, m_line, m_code, col, before.acceleration)
    tool = _filled(_tools(n, col["T"], m_line, m_code), before.tool)
    cycle_si = cycle * np.column_stack([unit, unit, np.ones(n), unit])
    lines = Lines(
        position, moved, given, motion, np.where(mode == 93, np.nan, feed), asked, acceleration,
        exact, plane, np.column_stack([col[letter] for letter in "IJK"]) * unit[:, None],
        col["R"] * unit, cycle_si, retract, absolute,
        np.where(np.isnan(col["L"]), 1.0, col["L"]), spindle, tool,
        _dwell(col, alone == DWELL),
        alone, m_line, m_code,
    )  # fmt: skip
    after = Modal(
        position[-1], int(motion[-1]), float(unit[-1]), bool(absolute[-1]), own,
        int(plane[-1]), int(retract[-1]), float(feed_word[-1]), int(mode[-1]),
        bool(chosen((61, 64), 61 if before.exact else 64)[-1] == 61), float(spindle[-1]),
        float(acceleration[-1]), float(tool[-1]), cycle[-1],
    )  # fmt: skip
    return lines, replace(after, position=position[-1].copy()), unknown


def held(values: NDArray[np.int32], start: int) -> NDArray[np.int32]:
    """Each value until the next one; -1 is none, and `start` holds before the first."""
    places = np.maximum.accumulate(np.where(values >= 0, np.arange(len(values)), -1))
    return np.where(places >= 0, values[places], start).astype(np.int32)


def _filled(values: Column, start: float) -> Column:
    """Each value until the next one; NaN is none, and `start` holds before the first."""
    places = np.maximum.accumulate(np.where(np.isnan(values), -1, np.arange(len(values))))
    return np.where(places >= 0, values[places], start)


class _Columns:
    """Of each letter the last value on each line (n,), NaN without one."""

    def __init__(self, words: Words, n: int) -> None:
        self._words, self._n = words, n
        self._made: dict[str, Column] = {}

    def __getitem__(self, letter: str) -> Column:
        if letter not in self._made:
            column = np.full(self._n, np.nan)
            one = self._words.letter == ord(letter)
            column[self._words.line[one]] = self._words.value[one]
            self._made[letter] = column
        return self._made[letter]

    def pointed(self, letter: str) -> Flags:
        """Whether the letter's value has a decimal point on each line."""
        found = np.zeros(self._n, dtype=bool)
        mine = self._words.letter == ord(letter)
        found[self._words.line[mine]] = self._words.pointed[mine]
        return found

    def named(self, letter: str) -> Flags:
        """Whether the letter stands on each line, with or without a value."""
        found = np.zeros(self._n, dtype=bool)
        found[self._words.line[self._words.letter == ord(letter)]] = True
        return found


def _codes(words: Words, unknown: Counter[str]) -> tuple[NDArray[np.int32], ...]:
    """The lines and codes of words G and M that are known, whole numbers all; the rest is
    counted."""
    told: list[NDArray[np.int32]] = []
    for letter, known, tenths in (("G", _G_KNOWN, SILENT_G_TENTHS), ("M", _M_KNOWN, frozenset())):
        mine = words.letter == ord(letter)
        line, value = words.line[mine], words.value[mine]
        value = np.where(np.isnan(value), -1.0, value)
        whole = value == np.floor(value)
        good = whole & np.isin(value, sorted(known))
        odd = ~good & ~np.isin(value, sorted(tenths))
        for code, count in zip(*np.unique(value[odd], return_counts=True), strict=True):
            unknown[f"{letter}{code:g}" if code >= 0 else letter] += int(count)
        told += [line[good], value[good].astype(np.int32)]
    letters, counts = np.unique(words.letter, return_counts=True)
    for code, count in zip(letters.tolist(), counts.tolist(), strict=True):
        if chr(code) not in KNOWN_LETTERS:
            unknown[chr(code)] += count
    return tuple(told)


_G_KNOWN = SILENT_G | {RAPID, LINE, CLOCKWISE, COUNTER, NO_MOTION, *CYCLES, DWELL, HOME, 30, PRESET}
_M_KNOWN = SILENT_M | {
    *SPINDLE_ON,
    *SPINDLE_OFF,
    TOOL_CHANGE,
    *WAITS_FOR_PERSON,
    OPTIONAL_STOP,
    *HEAT_WAITS,
    400,
}


def _picked(
    n: int, line: NDArray[np.int32], code: NDArray[np.int32], codes: tuple[int, ...]
) -> NDArray[np.int32]:
    """The last of these codes on each line (n,), -1 without one."""
    found = np.full(n, -1, dtype=np.int32)
    ours = np.isin(code, codes)
    found[line[ours]] = code[ours]
    return found


def _extruder(
    n: int, m_line: NDArray[np.int32], m_code: NDArray[np.int32], absolute: Flags, start: bool
) -> tuple[Flags, bool]:
    """Whether E is absolute on each line, and what M82 and M83 said last: E counts from where it is
    after either M83 or G91. (Marlin lets G90 undo M83; programs for it say M83 behind G90.)"""
    said = np.full(n, -1, dtype=np.int32)
    said[m_line[m_code == 82]] = 1
    said[m_line[m_code == 83]] = 0
    own = held(said, int(start)) == 1
    return own & absolute, bool(own[-1])


def _dwell(col: _Columns, dwelling: Flags) -> Column:
    """What G4 waits [s] (n,): S, X and U are seconds; so is P with a decimal point, a whole P is
    milliseconds, as most controls and all printers read it."""
    waited = np.where(
        np.isnan(col["S"]), np.where(np.isnan(col["X"]), col["U"], col["X"]), col["S"]
    )
    wait = np.where(np.isnan(col["P"]), waited, col["P"] * np.where(col.pointed("P"), 1.0, 1e-3))
    return np.where(dwelling, wait, np.nan)


def _cycle(col: _Columns, cycling: Flags, start: Column) -> Column:
    """R, Z, P [s] and Q of canned cycles (n, 4), lengths as they stand there, as they hold."""
    wait = col["P"] * np.where(col.pointed("P"), 1.0, 1e-3)
    columns = [
        _filled(np.where(cycling, told, np.nan), start[number])
        for number, told in enumerate((col["R"], col["Z"], wait, col["Q"]))
    ]
    return np.column_stack(columns)


def _positions(
    axes: Column,
    alone: NDArray[np.int32],
    unit: Column,
    absolute: Flags,
    extruder: Flags,
    cycling: Flags,
    before: Modal,
    home: Column,
    col: _Columns,
) -> tuple[Column, Column]:
    """Where the axes stand (n + 1, 4) before and after each line, and how far they went (n, 4)."""
    n = len(alone)
    position = np.empty((n + 1, 4))
    moved = np.empty((n, 4))
    preset = alone == PRESET
    homing = (alone == HOME) | (alone == SECOND_HOME)
    nothing_named = homing & ~(col.named("X") | col.named("Y") | col.named("Z"))
    for axis in range(4):
        value = axes[:, axis] * unit
        there = absolute if axis < 3 else extruder
        given = ~np.isnan(value)
        moves = given & (alone < 0) & ~(cycling if axis == 2 else np.zeros(n, dtype=bool))
        fixed = (moves & there) | (given & preset)
        if axis < 3 and not np.isnan(home[axis]):
            homed = homing & (col.named("XYZ"[axis]) | nothing_named)
            value = np.where(homed, home[axis], value)
            fixed |= homed
        step = np.where(moves & ~there, value, 0.0)
        along = np.cumsum(step)
        last = np.maximum.accumulate(np.where(fixed, np.arange(n), -1))
        at = np.where(last >= 0, value[last] + along - along[last], before.position[axis] + along)
        position[0, axis] = before.position[axis]
        position[1:, axis] = at
        moved[:, axis] = np.where(preset, 0.0, np.diff(position[:, axis]))
    return position, moved


def _to_retract_level(
    position: Column,
    moved: Column,
    cycling: Flags,
    retract: NDArray[np.int32],
    absolute: Flags,
    cycle: Column,
    unit: Column,
) -> None:
    """After a canned cycle with G99 the tool stands at the level R, until Z is said again."""
    lowered = cycling & (retract == 99) & absolute & ~np.isnan(cycle[:, 0])
    if not lowered.any():
        return
    own = np.append(False, lowered)
    said = np.append(False, np.abs(moved[:, 2]) > 0.0)
    last = np.maximum.accumulate(np.where(own | said, np.arange(len(own)), 0))
    stands = own[last]
    level = np.append(0.0, cycle[:, 0] * unit)
    position[:, 2] = np.where(stands, level[last], position[:, 2])
    moved[:, 2] = np.where(said[1:] & ~lowered, np.diff(position[:, 2]), 0.0)


def _acceleration(
    n: int, m_line: NDArray[np.int32], m_code: NDArray[np.int32], col: _Columns, start: float
) -> Column:
    """What M204 says [m/s2] (n,): P of printing, else S of all."""
    said = np.full(n, np.nan)
    lines = m_line[m_code == 204]
    chosen = np.where(np.isnan(col["P"][lines]), col["S"][lines], col["P"][lines])
    said[lines] = np.where(chosen > 0, chosen * MILLIMETRE, np.nan)
    return _filled(said, start)


def _tools(n: int, named: Column, m_line: NDArray[np.int32], m_code: NDArray[np.int32]) -> Column:
    """The tool that comes into the spindle (n,): T counts where, or before, M6 stands."""
    waiting = _filled(named, np.nan)
    fetched = np.full(n, np.nan)
    lines = m_line[m_code == TOOL_CHANGE]
    fetched[lines] = waiting[lines]
    return fetched if len(lines) else named
