"""What the values of a column look like: times and how they are written, numbers, flags, people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from twin.recordings.looks import Column

# How times are written, besides ISO 8601 (None); day before month comes first.
FORMATS = (
    "%d.%m.%Y %H:%M:%S.%f", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M",
    "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M",
    "%d/%m/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p",
    "%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M",
    "%Y.%m.%d %H:%M:%S", "%d %b %Y %H:%M:%S", "%Y%m%dT%H%M%S", "%Y%m%d%H%M%S", "%Y%m%d %H%M%S",
)  # fmt: skip
# Numbers that count from 1970 are of these years, else they are something else.
SECONDS = (946_684_800.0, 4_102_444_800.0)  # 2000 .. 2100
_LOOKED_AT = 400  # values that are tried for each format
_ISO = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.,]\d+)?)?( ?(Z|[+-]\d\d(:?\d\d)?))?)?")
_CLOCK = re.compile(r"(\d+ days?,? *)?\d+(:\d\d){1,2}([.,]\d+)?")
_PERSON = re.compile(r"(id|emp|op|p|w|u|ma|pers|user|worker|operator)[-_ #.]?\d{2,}", re.IGNORECASE)
_FLAGS = frozenset({"true", "false", "yes", "no", "on", "off"})


@dataclass(frozen=True)
class Profile:
    """A column and what its values look like; shares are of the values that are there."""

    column: Column

    @property
    def name(self) -> str:
        """The log's name of the column."""
        return self.column.name

    @cached_property
    def words(self) -> str:
        """The name in small words: "Order-No." is "order no"."""
        split = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", self.name)
        return " ".join(re.findall(r"[^\W_]+", split.lower()))

    @cached_property
    def values(self) -> tuple[str, ...]:
        """All that are there."""
        return tuple(value for value in self.column.values if value is not None)

    @property
    def filled(self) -> float:
        """The share of the rows that have a value."""
        return len(self.values) / max(len(self.column.values), 1)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each value is there."""
        return Counter(self.values)

    @property
    def distinct(self) -> int:
        """How many values there are."""
        return len(self.counts)

    def share(self, is_so: Callable[[str], object]) -> float:
        """The share of the values of which something is so."""
        good = sum(count for value, count in self.counts.items() if is_so(value))
        return good / max(len(self.values), 1)

    @cached_property
    def numbers(self) -> tuple[float, ...]:
        """The values as numbers, none of them if one in twenty is no number."""
        found = [number for value in self.values if (number := _number(value)) is not None]
        return tuple(found) if len(found) > 0.95 * len(self.values) else ()

    @cached_property
    def is_whole(self) -> bool:
        """Whether all values are whole numbers."""
        return bool(self.numbers) and all(number.is_integer() for number in self.numbers)

    @cached_property
    def formats(self) -> tuple[str | None, ...]:
        """How its times may be written, the likeliest first: None for ISO 8601, a format of
        strptime, "seconds" or "milliseconds"; empty where they are no times."""
        seen = list(self.counts)[:_LOOKED_AT]
        if not seen:
            return ()
        if self.numbers:
            return _counted(self.numbers, seen)
        found: list[str | None] = [None] if _mostly(seen, _ISO.fullmatch) else []
        return (*found, *(form for form in FORMATS if _mostly(seen, _reader(form))))

    @cached_property
    def is_duration(self) -> bool:
        """Whether they are lengths of time, "mm:ss" or "1 days 02:00:00"."""
        return self.share(_CLOCK.fullmatch) > 0.95

    @cached_property
    def is_flag(self) -> bool:
        """Whether they say yes or no in words."""
        return bool(self.values) and all(value.lower() in _FLAGS for value in self.counts)

    @cached_property
    def are_people(self) -> bool:
        """Whether they look like numbers or names of people."""
        return self.share(_PERSON.fullmatch) > 0.5 and self.distinct > 2

    @cached_property
    def counts_up(self) -> bool:
        """Whether they are whole numbers that hardly ever fall."""
        if not self.is_whole or self.distinct < 2:
            return False
        steps = [b - a for a, b in zip(self.numbers, self.numbers[1:], strict=False)]
        return sum(step < 0 for step in steps) <= 0.05 * len(steps)

    @cached_property
    def numbers_rows(self) -> bool:
        """Whether they count the rows: each one further than the one before."""
        if not self.is_whole or len(self.values) < 3:
            return False
        pairs = zip(self.numbers, self.numbers[1:], strict=False)
        return all(b - a == 1 for a, b in pairs)


def _number(value: str) -> float | None:
    try:
        return float(value.replace(",", "."))
    except ValueError:
        return None


def _counted(numbers: Sequence[float], seen: Sequence[str]) -> tuple[str | None, ...]:
    low, high = min(numbers), max(numbers)
    if SECONDS[0] <= low and high <= SECONDS[1]:
        return ("seconds",)
    if SECONDS[0] * 1e3 <= low and high <= SECONDS[1] * 1e3:
        return ("milliseconds",)
    return tuple(form for form in ("%Y%m%d%H%M%S",) if _mostly(seen, _reader(form)))


def _mostly(seen: Iterable[str], is_so: Callable[[str], object]) -> bool:
    found = [bool(is_so(value)) for value in seen]
    return sum(found) > 0.95 * len(found)


def _reader(form: str) -> Callable[[str], object]:
    def read(value: str) -> bool:
        try:
            return datetime.strptime(value, form).year > 1900
        except ValueError:
            return False

    return read
