"""A world of plain Python objects: the interpreted kernel is many times as fast on it.

Numpy's records are slow to read field by field. Where the kernel is not compiled
(TWIN_INTERPRETED=1), tests run it on this instead; the meaning is the same, bit for bit.
"""

from __future__ import annotations

from typing import Any

import numpy as np


class Row:
    """One row of a table; fields are attributes."""

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)


class Table:
    """Rows, or plain values, that are made when they are asked for."""

    def __init__(self, source: Any) -> None:
        self._source, self._made = source, {}
        self.shape = source.shape

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[k] for k in range(*index.indices(self.shape[0]))]
        made = self._made.get(index)
        if made is None:
            assert 0 <= index < self.shape[0], f"row {index} of {self.shape[0]}"
            made = self._made[index] = plain(self._source[index])
        return made

    def __setitem__(self, index: int, value: Any) -> None:
        self._made[index] = value


def plain(value: Any) -> Any:
    """A value of Python, but 64-bit keys, which have to wrap around."""
    if isinstance(value, np.void):
        return mirror(value)
    if isinstance(value, np.ndarray):
        return Table(value)
    return value if isinstance(value, np.uint64) else value.item()


def records(rows: Any, dtype: np.dtype) -> Any:
    """Rows of a mirror as rows of numpy (rows,)."""
    return np.array([tuple(row[name] for name in dtype.names) for row in rows], dtype)


def mirror(record: Any) -> Any:
    """The same as a record of numpy, at this moment."""
    row = Row()
    for name in record.dtype.names:
        setattr(row, name, plain(record[name]))
    return row
