"""What was found wrong or strange while a log was read: counts with examples, nothing silent."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb

from twin.layout.rules.finding import Finding

EXAMPLES = 3
Said = tuple[str, str]  # what is said behind "1", and behind any other count


class Remarks:
    """The findings of one file, as they are made; `place` is what its rows are called."""

    def __init__(self, path: Path, place: str) -> None:
        self._path, self._place = path, place
        self._found: list[Finding] = []

    def findings(self) -> tuple[Finding, ...]:
        """All findings so far."""
        return tuple(self._found)

    def add(self, rule: str, count: int, said: Said, examples: Iterable[str] = ()) -> None:
        """`count` of something; where there is none, nothing is said."""
        if count:
            shown = ", ".join(list(examples)[:EXAMPLES])
            message = said[0 if count == 1 else 1]
            told = f"{message}: {shown}" if shown else message
            self._found.append(
                Finding(
                    f"log.{rule}", str(self._path), "warning", f"{count:,} {told}", float(count)
                )
            )

    def count(self, database: duckdb.DuckDBPyConnection, rule: str, said: Said, query: str) -> int:
        """The count of a query's rows, which are (row, text); the first ones are the examples."""
        found = database.execute(
            f"SELECT count(*), min(ROW(place, text), {EXAMPLES}) "
            f"FROM ({query}) AS found(place, text)"
        ).fetchone()
        count, examples = found if found else (0, None)
        self.add(rule, count, said, [self._example(*one) for one in examples or []])
        return count

    def _example(self, row: int | None, text: str | None) -> str:
        place = "" if row is None else f"{self._place} {row}"
        shown = "" if text is None else repr(text if len(text) <= 60 else f"{text[:57]}...")
        return " ".join(word for word in (place, shown) if word)
