"""The words of G-code: bytes -> (line, letter, value), millions at once, no object for any of them.

A word is a letter with a number behind it ("X1.5"); blanks mean nothing. Comments stand behind `;`
or in parentheses; what follows `*` is a checksum. A line that begins with a name, a variable or a
condition ("SET_FAN SPEED=1", "#100=3", "IF[...]") is no line of words: it is left out, and told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

NEWLINE = ord("\n")
TEXT_FOLLOWS = (
    23.0,
    28.0,
    30.0,
    32.0,
    117.0,
    118.0,
)  # M words that a file's name or a text may follow
NAMES_SHOWN = 40  # characters of an unknown command that are told
NAME = re.compile(r"[A-Za-z_][A-Za-z_]*[0-9.]*")
TENS = 10.0 ** np.arange(300)  # a number of more digits than this is none
_LETTER = np.zeros(256, dtype=bool)
_LETTER[ord("A") : ord("Z") + 1] = True
_DIGIT = np.zeros(256, dtype=bool)
_DIGIT[ord("0") : ord("9") + 1] = True
_UPPER = np.arange(256, dtype=np.uint8)
_UPPER[ord("a") : ord("z") + 1] -= 32
_BLANK = np.zeros(256, dtype=bool)
_BLANK[[ord(sign) for sign in " \t\r%/\0"]] = True
_BLANK[[0xEF, 0xBB, 0xBF]] = True  # the mark that some editors put before UTF-8
_WORDLY = _LETTER | _DIGIT
_WORDLY[[ord(sign) for sign in "+-.\n"]] = True


@dataclass(frozen=True)
class Words:
    """The words of some lines in order: of each its line (from 0), its letter (ASCII), its value
    (NaN where a letter stands alone) and whether that has a decimal point; and the commands that
    are not made of words, with how often."""

    lines: int
    line: NDArray[np.int32]
    letter: NDArray[np.uint8]
    value: NDArray[np.float64]
    pointed: NDArray[np.bool_]
    commands: dict[str, int] = field(default_factory=dict)


def read_words(text: bytes) -> Words:
    """The words of a text that ends with a whole line."""
    letters = np.frombuffer(text, dtype=np.uint8)
    kept = ~(_commented(letters) | _BLANK[letters])
    letters, commands = _without_commands(_UPPER[letters[kept]], text, kept)
    breaks = letters == NEWLINE
    begins = np.flatnonzero(_LETTER[letters])
    if not len(begins):
        none = np.zeros(0, dtype=bool)
        columns = (none.astype(np.int32), none.astype(np.uint8), none.astype(np.float64), none)
        return Words(int(breaks.sum()), *columns, commands)
    line = np.cumsum(breaks, dtype=np.int32)
    value, pointed = _values(letters, begins)
    found = Words(int(breaks.sum()), line[begins], letters[begins], value, pointed, commands)
    return _without_texts(found)


def _commented(letters: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which bytes stand in comments; one in parentheses ends with its line."""
    ends = np.append(np.flatnonzero(letters == NEWLINE), len(letters))
    tails = np.flatnonzero((letters == ord(";")) | (letters == ord("*")))
    inside = np.flatnonzero(letters == ord("("))
    closes = np.append(np.flatnonzero(letters == ord(")")) + 1, len(letters))
    change = np.zeros(len(letters) + 1, dtype=np.int32)
    np.add.at(change, tails, 1)
    np.add.at(change, ends[np.searchsorted(ends, tails)], -1)
    np.add.at(change, inside, 1)
    closed = np.minimum(
        closes[np.searchsorted(closes, inside)], ends[np.searchsorted(ends, inside)]
    )
    np.add.at(change, closed, -1)
    return np.cumsum(change[:-1]) > 0


def _without_commands(
    letters: NDArray[np.uint8], text: bytes, kept: NDArray[np.bool_]
) -> tuple[NDArray[np.uint8], dict[str, int]]:
    """Without the lines that hold other signs than those of words, or begin with two letters; and
    the names of what stood there, as the text has them, of which `kept` are the bytes that are
    left."""
    odd = ~_WORDLY[letters]
    starts = np.append(0, np.flatnonzero(letters == NEWLINE) + 1)
    starts = starts[starts + 1 < len(letters)]
    named = _LETTER[letters[starts]] & _LETTER[letters[starts + 1]]
    suspects = np.union1d(starts[named], _start_of(starts, np.flatnonzero(odd)))
    if not len(suspects):
        return letters, {}
    ends = np.append(np.flatnonzero(letters == NEWLINE), len(letters))
    keep = np.ones(len(letters), dtype=bool)
    commands: dict[str, int] = {}
    origin = np.flatnonzero(kept)[suspects].tolist()
    for begin, place in zip(suspects.tolist(), origin, strict=True):
        keep[begin : int(ends[np.searchsorted(ends, begin)])] = False
        name = _name(text[place : place + NAMES_SHOWN])
        if name is not None:
            commands[name] = commands.get(name, 0) + 1
    return letters[keep], commands


def _start_of(starts: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
    if not len(starts) or not len(places):
        return np.zeros(0, dtype=np.int64)
    return np.unique(starts[np.maximum(np.searchsorted(starts, places, side="right") - 1, 0)])


def _name(line: bytes) -> str | None:
    """What to call a line that is not made of words; None for a text that is shown to the
    operator."""
    text = line.decode("ascii", errors="replace")
    if text.upper().startswith(("M117", "M118")):
        return None
    found = NAME.match(text)
    return found[0] if found else text[:1]


def _values(
    letters: NDArray[np.uint8], begins: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The number behind each letter, NaN where there is none, and whether it has a decimal
    point."""
    digit = _DIGIT[letters]
    digits = np.cumsum(digit, dtype=np.int32)  # up to and with this byte
    before = digits[begins]
    total = digits[np.append(begins[1:], len(letters)) - 1]
    places = np.flatnonzero(digit)
    places = places[np.searchsorted(places, begins[0]) :]  # stray digits before the first letter
    counts = total - before
    power = np.repeat(total, counts) - digits[places]
    parts = (letters[places] - ord("0")) * TENS[np.minimum(power, len(TENS) - 1)]
    value = np.zeros(len(begins))
    some = np.flatnonzero(counts)
    if len(some):
        value[some] = np.add.reduceat(parts, (np.cumsum(counts) - counts)[some])
    dots = np.flatnonzero(letters == ord("."))
    whose = np.searchsorted(begins, dots, side="right") - 1
    dots, whose = dots[whose >= 0], whose[whose >= 0]
    value[whose] /= TENS[np.minimum(total[whose] - digits[dots], len(TENS) - 1)]
    pointed = np.zeros(len(begins), dtype=bool)
    pointed[whose] = True
    after = np.minimum(begins + 1, len(letters) - 1)
    value[letters[after] == ord("-")] *= -1.0
    value[counts == 0] = np.nan
    return value, pointed


def _without_texts(words: Words) -> Words:
    """Without what follows a word such as M117: a text, or the name of a file, in its letters."""
    told = (words.letter == ord("M")) & np.isin(words.value, TEXT_FOLLOWS)
    if not told.any():
        return words
    first = np.full(words.lines + 1, len(words.line), dtype=np.int64)
    np.minimum.at(first, words.line[told], np.flatnonzero(told))
    keep = np.arange(len(words.line)) <= first[words.line]
    columns = words.line[keep], words.letter[keep], words.value[keep], words.pointed[keep]
    return Words(words.lines, *columns, words.commands)
