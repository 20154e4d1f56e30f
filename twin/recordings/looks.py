"""What stands in a log before anybody has said what it means: its columns and their first rows.

Nothing is asked but the file: its format follows from its name, how it is written from its
beginning. Of a large CSV only the beginning is read.
"""

from __future__ import annotations

import codecs
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from twin.errors import RecordingError
from twin.recordings import log, ocel, sheets, xes
from twin.recordings.events import plain_number
from twin.recordings.mapping import Columns, Mapping, Sheet
from twin.recordings.tables import open_database

ROWS = 5000  # that are looked at
MOST_WORDS = 300  # of a column that are listed
_BEGINNING = 4 * 2**20  # bytes of a CSV


@dataclass(frozen=True)
class Column:
    """A column by its name in the log; `values` are those of the first rows, None where empty."""

    name: str
    values: tuple[str | None, ...]


@dataclass(frozen=True)
class Look:
    """What was seen of a log. `sheets` are the names of a workbook's sheets, if it is one."""

    path: Path
    format: str
    sheet: Sheet
    columns: tuple[Column, ...]
    sheets: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows were looked at."""
        return len(self.columns[0].values) if self.columns else 0


@dataclass(frozen=True)
class Words:
    """The values of a column, the commonest first, each with the count of its rows.

    Values beyond MOST_WORDS are left out; `distinct` is how many there are in all.
    """

    counts: tuple[tuple[str, int], ...]
    distinct: int


def look(path: Path | str, sheet: Sheet | None = None) -> Look:
    """The columns of a log and its first rows; what `sheet` leaves open is found out.

    Raises RecordingError where the file is not of its format or has no rows.
    """
    path = Path(path)
    with open_database() as database, tempfile.TemporaryDirectory(prefix="twin-") as folder:
        return _look(database, path, sheet or Sheet(), Path(folder))


def _look(database: duckdb.DuckDBPyConnection, path: Path, sheet: Sheet, folder: Path) -> Look:
    kind = log.format_of(path, Mapping(mapping=1, log=sheet, columns=_ANY, resource="any"))
    if not path.is_file() or path.stat().st_size == 0:
        raise RecordingError(f"{path}: is empty")
    books: tuple[str, ...] = ()
    if kind == "csv":
        plain = sheets.unpacked(path, folder)
        sheet = _as_written(plain, sheet)
        names, separator = sheets.csv_header(path, plain, sheet)
        sheet = sheet.model_copy(update={"separator": separator})
        wanted = _named(names)
        try:
            raw = sheets.load_csv(database, _beginning(plain, sheet, folder), sheet, wanted, folder)
        except RecordingError as error:
            said = str(error)
            for made in ("head", "plain"):
                said = said.replace(str(folder / made), str(path))
            raise RecordingError(said) from error
    elif kind == "parquet":
        names = sheets.parquet_names(database, path)
        wanted = _named(names)
        raw = sheets.load_parquet(database, path, wanted)
    elif kind == "xlsx":
        books, names = sheets.xlsx_names(path, sheet)
        wanted = _named(names)
        raw = sheets.load_xlsx(database, path, sheet, wanted)
    elif kind == "xes":
        wanted = _named(xes.keys_of(path, folder))
        raw = xes.load(database, path, wanted, folder)
    else:
        with open_database() as other:
            wanted = _named(ocel.names_of(other, path))
        raw, _ = ocel.load(database, path, wanted)
    chosen = ", ".join(f"{raw.columns[name][0]}::VARCHAR" for name in wanted)
    rows = database.execute(f"SELECT {chosen} FROM raw LIMIT {ROWS}").fetchall() if wanted else []
    if not rows:
        raise RecordingError(f"{path}: has no rows but the columns' names")
    cells = zip(*rows, strict=True)
    columns = tuple(
        Column(name, tuple((value or "").strip() or None for value in values))
        for name, values in zip(wanted, cells, strict=True)
    )
    if kind == "csv" and sheet.decimal == "." and _has_decimal_commas(columns):
        sheet = sheet.model_copy(update={"decimal": ","})
    return Look(path, kind, sheet, columns, books)


_ANY = Columns(time="any")


def words_of(path: Path | str, mapping: Mapping, column: str) -> Words:
    """All values of a column of a log, counted. Raises RecordingError where there is none."""
    alone = {"columns": Columns(state=column), "flags": {}, "points": {}}
    with open_database() as database, tempfile.TemporaryDirectory(prefix="twin-") as folder:
        raw, _ = log.load(database, Path(path), mapping.model_copy(update=alone), Path(folder))
        name = raw.columns[column][0]
        found = database.execute(
            f"SELECT nullif(trim({name}::VARCHAR), '') AS word, count(*) FROM raw "
            "WHERE word IS NOT NULL GROUP BY word ORDER BY 2 DESC, 1"
        ).fetchall()
    counts: dict[str, int] = {}
    for word, count in found:
        plain = plain_number(word)
        counts[plain] = counts.get(plain, 0) + count
    return Words(tuple(list(counts.items())[:MOST_WORDS]), len(counts))


def _named(names: Sequence[str]) -> dict[str, str]:
    """The columns that can be spoken of: one without a name is none, of two alike the first."""
    trimmed = dict.fromkeys(name.strip() for name in names)
    return {name: "columns" for name in trimmed if name and len(name) <= 300}


def _beginning(plain: Path, sheet: Sheet, folder: Path) -> Path:
    """The first lines of a CSV in a file of their own, where it is long."""
    if plain.stat().st_size <= _BEGINNING:
        return plain
    end = "\n".encode("utf-16-le" if sheet.encoding == "utf-16" else "ascii")
    head = folder / "head"
    with plain.open("rb") as file:
        content = file.read(_BEGINNING)
    head.write_bytes(content[: content.rfind(end) + len(end)])
    return head


def _as_written(plain: Path, sheet: Sheet) -> Sheet:
    """A sheet with its encoding found out, where it is not told to be another than UTF-8."""
    if sheet.encoding != "utf-8":
        return sheet
    with plain.open("rb") as file:
        beginning = file.read(_BEGINNING)
    if beginning[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return sheet.model_copy(update={"encoding": "utf-16"})
    try:
        codecs.getincrementaldecoder("utf-8")().decode(beginning)
    except UnicodeDecodeError:
        return sheet.model_copy(update={"encoding": "latin-1"})
    return sheet


def _has_decimal_commas(columns: Sequence[Column]) -> bool:
    """Whether numbers are written "0,5": more columns hold such than hold "0.5"."""
    commas = points = 0
    for column in columns:
        seen = [value for value in column.values[:200] if value]
        commas += (
            bool(seen)
            and all(_is_number(v.replace(",", ".", 1)) for v in seen)
            and any("," in value for value in seen)
        )
        points += bool(seen) and all(map(_is_number, seen)) and any("." in v for v in seen)
    return commas > points


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
