"""Logs that are tables: CSV (plain or gzip), Parquet, Excel -> the table "raw" of a database.

The columns that a mapping names become c0, c1 ... of "raw", and "row" tells the place in the file:
the line of a CSV whose fields have no line ends in them, the row of a sheet, the number of a record
of Parquet. No column is called in SQL by the name that its file gives it.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import BinaryIO

import duckdb
import numpy as np

from twin.errors import RecordingError, nearest
from twin.recordings.mapping import Sheet
from twin.recordings.messages import GZIP_MAGIC

MOST_BYTES = 8 * 2**30  # of a log once it is unpacked: 1e7 events have some 1 GB
MOST_OF_A_BOOK = 512 * 2**20  # of a workbook, which is read cell by cell
MOST_COLUMNS = 2000
SEPARATORS = ",;\t|"
_CHUNK = 2**20
_MEMORY = 200_000  # rows that are held in Python at a time


@dataclass(frozen=True)
class Raw:
    """What stands in "raw": `columns` is the log's name of a column -> (name in raw, type)."""

    path: Path
    columns: Mapping[str, tuple[str, str]]
    place: str  # what "row" counts: "line", "row", "event"


def chosen(path: Path, known: Sequence[str], wanted: Mapping[str, str]) -> dict[str, int]:
    """The index of each column that a mapping names; `wanted`: its name -> where the mapping
    names it. Spaces around a name do not count. Raises RecordingError where there is none."""
    places: dict[str, int] = {}
    for index, name in enumerate(known):
        places.setdefault(name.strip(), index)
    missing = [name for name in wanted if name.strip() not in places]
    if missing:
        told = "; ".join(
            f"{wanted[name]} names the column {name!r}, which there is not; "
            f"{nearest(name.strip(), [one for one in places if one])}"
            for name in missing
        )
        raise RecordingError(f"{path}: the mapping's {told}")
    return {name: places[name.strip()] for name in wanted}


# --- CSV -----------------------------------------------------------------------------------------


def load_csv(
    database: duckdb.DuckDBPyConnection,
    path: Path,
    sheet: Sheet,
    wanted: Mapping[str, str],
    folder: Path,
) -> Raw:
    """CSV, all of it as text; `folder` is for what has to be unpacked. Raises RecordingError."""
    plain = unpacked(path, folder)
    names, separator = csv_header(path, plain, sheet)
    places = chosen(path, names, wanted)
    used = {name: (f"c{index}", "VARCHAR") for name, index in places.items()}
    shape = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(len(names)))
    kept = "".join(f", {name}" for name in sorted({column for column, _ in used.values()}))
    database.execute("SET VARIABLE separator = ?", [separator])
    database.execute("SET VARIABLE encoding = ?", [sheet.encoding])
    try:
        database.execute(
            f"CREATE TABLE raw AS SELECT row_number() OVER () + {sheet.header} AS row{kept} "
            "FROM read_csv(?, auto_detect = false, delim = getvariable('separator'), "
            "encoding = getvariable('encoding'), quote = '\"', escape = '\"', header = false, "
            f"skip = {sheet.header}, columns = {{{shape}}}, max_line_size = 16777216)",
            [str(plain)],
        )
    except duckdb.Error as error:
        raise RecordingError(csv_complaint(path, error, len(names), separator)) from error
    return Raw(path, used, "line")


def csv_complaint(path: Path, error: duckdb.Error, count: int, separator: str) -> str:
    """What is wrong with a CSV, in place of what DuckDB says at length."""
    said = str(error)
    line = re.search(r"Line: (\d+)", said)
    place = f"{path}: line {line[1]}" if line else f"{path}"
    if re.search("invalid unicode|not utf-8|not .*encoded", said, re.IGNORECASE):
        return f"{place}: is not text of its encoding; say 'log: {{encoding: latin-1}}' or so"
    if "unterminated quote" in said.lower():
        return f"{place}: a quoted field does not end"
    return f"{place}: expected {count} columns, as the header has, with {separator!r} between them"


def unpacked(path: Path, folder: Path) -> Path:
    """The file itself, or what a gzip file holds, whole: a cut one is refused."""
    try:
        with path.open("rb") as file:
            packed = file.peek(2)[:2] == GZIP_MAGIC
            if not packed:
                if path.suffix == ".gz":
                    raise RecordingError(f"{path}: is named .gz but is not a gzip file")
                return path
            plain = folder / "plain"
            with plain.open("wb") as out:
                unpack(path, file, out, MOST_BYTES)
            return plain
    except OSError as error:
        raise RecordingError(f"{path}: cannot be read: {error.strerror or error}") from error


def unpack(path: Path, file: BinaryIO, out: BinaryIO, most: int) -> None:
    """Writes what a gzip file holds, up to `most` bytes. Raises RecordingError."""
    size = 0
    try:
        source = gzip.GzipFile(fileobj=file)
        while piece := source.read(_CHUNK):
            size += len(piece)
            if size > most:
                raise RecordingError(f"{path}: holds more than {most // 2**20} MB once unpacked")
            out.write(piece)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise RecordingError(
            f"{path}: after {size:,} bytes: the gzip stream is cut off or damaged ({error})"
        ) from error


def csv_header(path: Path, plain: Path, sheet: Sheet) -> tuple[list[str], str]:
    """The columns' names, and what separates them; `plain` is the file, unpacked. Raises
    RecordingError."""
    encoding = "utf-8-sig" if sheet.encoding == "utf-8" else sheet.encoding
    try:
        with plain.open("rb") as file:
            lines = io.TextIOWrapper(io.BytesIO(file.read(_CHUNK)), encoding, newline="")
            for _ in range(sheet.header - 1):
                lines.readline()
            line = lines.readline()
    except UnicodeDecodeError as error:
        raise RecordingError(
            f"{path}: is not {sheet.encoding} text (byte {error.start}); say "
            "'log: {encoding: latin-1}' in the mapping, or save it so"
        ) from error
    if not line.strip():
        raise RecordingError(f"{path}: is empty; expected the columns' names in a line")
    separator = sheet.separator or max(SEPARATORS, key=line.count)
    names = next(csv.reader([line], delimiter=separator))
    if len(names) > MOST_COLUMNS:
        raise RecordingError(f"{path}: has {len(names)} columns; at most {MOST_COLUMNS} are read")
    return names, separator


# --- Parquet -------------------------------------------------------------------------------------


def parquet_names(database: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    """The names of a file's columns. Raises RecordingError."""
    try:
        described = database.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)])
    except duckdb.Error as error:
        raise RecordingError(f"{path}: cannot be read as Parquet: {error}") from error
    return [row[0] for row in described.fetchall()]


def load_parquet(database: duckdb.DuckDBPyConnection, path: Path, wanted: Mapping[str, str]) -> Raw:
    """Parquet; its columns keep their types. Raises RecordingError."""
    try:
        described = database.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)])
        types = [(row[0], row[1]) for row in described.fetchall()]
        places = chosen(path, [name for name, _ in types], wanted)
        used = {name: (f"c{index}", types[index][1]) for name, index in places.items()}
        kept = "".join(f", {name}" for name in sorted({column for column, _ in used.values()}))
        names = ", ".join(f"c{index}" for index in range(len(types)))
        database.execute("SET VARIABLE log = ?", [str(path)])
        database.execute(
            f"CREATE VIEW raw AS SELECT row + 1 AS row{kept} "
            "FROM read_parquet(getvariable('log'), file_row_number = true) "
            f"AS file({names}, row)"
        )
    except duckdb.Error as error:
        raise RecordingError(f"{path}: cannot be read as Parquet: {error}") from error
    return Raw(path, used, "row")


# --- Excel ---------------------------------------------------------------------------------------


def xlsx_names(path: Path, sheet: Sheet) -> tuple[tuple[str, ...], list[str]]:
    """The names of a workbook's sheets, and of the columns of the one that `sheet` tells. Raises
    RecordingError."""
    from openpyxl import load_workbook

    _refuse_bombs(path)
    with path.open("rb") as file:
        try:
            book = load_workbook(file, read_only=True, data_only=True)
        except (KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
            raise RecordingError(f"{path}: cannot be read as a workbook: {error}") from error
        known = tuple(each.title for each in book.worksheets)
        name = sheet.sheet or (known[0] if known else "")
        if name not in known:
            raise RecordingError(f"{path}: has no sheet {name!r}; {nearest(name, known)}")
        rows = book[name].iter_rows(min_row=sheet.header, max_row=sheet.header, values_only=True)
        return known, ["" if cell is None else str(cell) for cell in next(rows, ())]


def load_xlsx(
    database: duckdb.DuckDBPyConnection, path: Path, sheet: Sheet, wanted: Mapping[str, str]
) -> Raw:
    """A sheet of a workbook, all of it as text; a formula counts as what it came to when the
    workbook was saved. Raises RecordingError."""
    from openpyxl import load_workbook

    _refuse_bombs(path)
    # What is read bit by bit stays open: the files are closed here, whatever happens.
    with path.open("rb") as one, path.open("rb") as other:
        try:
            values = load_workbook(one, read_only=True, data_only=True)
            formulas = load_workbook(other, read_only=True)
        except (KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
            raise RecordingError(f"{path}: cannot be read as a workbook: {error}") from error
        known = [each.title for each in values.worksheets]
        name = sheet.sheet or (known[0] if known else "")
        if name not in known:
            raise RecordingError(
                f"{path}: has no sheet {name!r}; {nearest(name, known)} (log/sheet)"
            )
        rows = values[name].iter_rows(min_row=sheet.header, values_only=True)
        names = ["" if cell is None else str(cell) for cell in next(rows, ())]
        if not any(names):
            raise RecordingError(
                f"{path}: sheet {name!r} has no names of columns in row {sheet.header}"
            )
        places = chosen(path, names, wanted)
        indices = sorted(set(places.values()))
        written = formulas[name].iter_rows(min_row=sheet.header + 1, values_only=True)
        begin(database, [f"c{index}" for index in indices])
        found: list[list[str | None]] = []
        for number, (row, shown) in enumerate(zip(rows, written, strict=True), sheet.header + 1):
            cells = [row[index] if index < len(row) else None for index in indices]
            for index, cell in zip(indices, cells, strict=True):
                formula = shown[index] if index < len(shown) else None
                if cell is None and isinstance(formula, str) and formula.startswith("="):
                    raise RecordingError(
                        f"{path}: sheet {name!r}, row {number}, column {names[index]!r}: the "
                        f"formula {formula[:40]!r} has no value; open the workbook in a "
                        "spreadsheet and save it"
                    )
            if any(cell is not None for cell in cells):
                found.append([str(number), *map(_text, cells)])
            if len(found) >= _MEMORY:
                append(database, found)
                found.clear()
        append(database, found)
    return Raw(path, {n: (f"c{index}", "VARCHAR") for n, index in places.items()}, "row")


def _refuse_bombs(path: Path) -> None:
    """A workbook is a zip of XML: neither may unfold into what nobody wrote."""
    try:
        with zipfile.ZipFile(path) as book:
            members = book.infolist()
            size = sum(member.file_size for member in members)
            if size > MOST_OF_A_BOOK:
                raise RecordingError(
                    f"{path}: holds {size // 2**20:,} MB once unpacked; at most "
                    f"{MOST_OF_A_BOOK // 2**20} MB of a workbook are read; save it as CSV"
                )
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    with book.open(member) as file:
                        if b"<!" in file.read(2048).replace(b"<!--", b""):
                            raise RecordingError(
                                f"{path}: {member.filename} declares a document type or entities, "
                                "which are not read"
                            )
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise RecordingError(f"{path}: cannot be read as a workbook: {error}") from error
    except OSError as error:
        raise RecordingError(f"{path}: cannot be read: {error.strerror or error}") from error


def _text(cell: object) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return format(int(cell), "d") if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return cell.isoformat() if isinstance(cell, date | datetime | time) else str(cell)


# --- rows that come one by one -------------------------------------------------------------------


def begin(database: duckdb.DuckDBPyConnection, columns: Iterable[str]) -> None:
    """An empty "raw" of texts; `columns` are names of this program."""
    kinds = "".join(f", {name} VARCHAR" for name in columns)
    database.execute(f"CREATE TABLE raw (row BIGINT{kinds})")


def append(
    database: duckdb.DuckDBPyConnection, rows: Sequence[Sequence[str | None]], table: str = "raw"
) -> None:
    """Adds rows of texts to "raw", or to another table of this program."""
    if rows:
        cells = zip(*rows, strict=True)
        given = {f"x{k}": np.array(column, dtype=object) for k, column in enumerate(cells)}
        database.register("given", given)
        database.execute(f"INSERT INTO {table} SELECT * FROM given")
        database.unregister("given")
