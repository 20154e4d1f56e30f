"""A timeline as a file of events for other programs, and back: the format by the file's name.

    x.events.csv    all of it, a row each: see `flat`
    x.xes, x.xes.gz what parts went through: see `xes`
    x.jsonocel      all of it, as OCEL 2.0 in JSON: see `ocel_timeline`
    x.sqlite        the same in SQLite

Times are to the microsecond in all of them; a folder of Parquet files keeps every bit.
"""

from __future__ import annotations

import gzip
import io
import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb

from twin.errors import RecordingError
from twin.recordings import flat, ocel, ocel_timeline, sheets, xes
from twin.recordings.log import Log, read_log
from twin.recordings.mapping import Columns, Mapping
from twin.recordings.tables import open_database
from twin.timeline import Timeline

Writer = Callable[[duckdb.DuckDBPyConnection, Timeline, Path], None]


def _csv(database: duckdb.DuckDBPyConnection, timeline: Timeline, path: Path) -> None:
    flat.spread(database, timeline)
    database.execute("COPY flat TO ? (FORMAT csv, HEADER)", [str(path)])


def _xes(database: duckdb.DuckDBPyConnection, timeline: Timeline, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        xes.write(database, timeline, out)


def _packed_xes(database: duckdb.DuckDBPyConnection, timeline: Timeline, path: Path) -> None:
    with (
        path.open("wb") as file,
        gzip.GzipFile(fileobj=file, mode="wb", filename="", mtime=0) as packed,
        io.TextIOWrapper(packed, "utf-8", newline="\n") as out,
    ):
        xes.write(database, timeline, out)


def _json(database: duckdb.DuckDBPyConnection, timeline: Timeline, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        ocel_timeline.write_json(database, timeline, out)


WRITERS: dict[str, Writer] = {
    ".events.csv": _csv,
    ".xes": _xes,
    ".xes.gz": _packed_xes,
    ".jsonocel": _json,
    ".sqlite": ocel_timeline.write_sqlite,
}


def ending_of(path: Path | str) -> str:
    """Which of WRITERS a file's name asks for; "" where it is none."""
    name = Path(path).name.lower()
    return next((ending for ending in WRITERS if name.endswith(ending)), "")


def write(timeline: Timeline, path: Path) -> None:
    """Writes a timeline as a file of events, whole or not at all. Raises RecordingError."""
    ending = ending_of(path)
    if not ending:
        raise RecordingError(f"{path}: its name has to end in one of {', '.join(WRITERS)}")
    draft = path.with_name(f".{os.getpid()}-{secrets.token_hex(4)}{ending}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open_database() as database:
            WRITERS[ending](database, timeline, draft)
        draft.replace(path)
    except (OSError, duckdb.Error, ocel_timeline.SqliteError) as error:
        raise RecordingError(f"{path}: cannot be written: {error}") from error
    finally:
        draft.unlink(missing_ok=True)


def read(path: Path) -> Log:
    """The timeline in a file of one of WRITERS.

    A log of XES by others is read by the standard's own keys; one of OCEL by others needs a
    mapping. Raises RecordingError.
    """
    ending = ending_of(path)
    with open_database() as database, tempfile.TemporaryDirectory(prefix="twin-") as folder:
        if ending == ".events.csv":
            return Log(_read_csv(database, path), ())
        if ending in (".xes", ".xes.gz"):
            keys = xes.keys_of(path, Path(folder))
            if xes.is_ours(keys):
                return Log(xes.read(database, path, Path(folder)), ())
            return read_log(path, _standard(path, keys))
        ocel.open_tables(database, path)
        if ocel_timeline.is_ours(database):
            return Log(ocel_timeline.read(database, path), ())
        types = database.execute("SELECT DISTINCT type FROM ocel_objects ORDER BY 1").fetchall()
        raise RecordingError(
            f"{path}: say with --mapping what its objects are: it has "
            f"{', '.join(repr(name) for (name,) in types[:12])}"
        )


def _read_csv(database: duckdb.DuckDBPyConnection, path: Path) -> Timeline:
    names = ", ".join(f"'{key}': 'VARCHAR'" for key in flat.COLUMNS)
    try:
        database.execute(
            "CREATE TABLE flat AS SELECT * FROM read_csv(?, auto_detect = false, delim = ',', "
            f"quote = '\"', escape = '\"', header = true, columns = {{{names}}})",
            [str(path)],
        )
    except duckdb.Error as error:
        raise RecordingError(sheets.csv_complaint(path, error, len(flat.COLUMNS), ",")) from error
    return flat.gather(database, path)


def _standard(path: Path, keys: list[str]) -> Mapping:
    """The mapping of a log of XES that follows the standard, as far as it does."""
    for name in ("part", "time"):
        if xes.STANDARD[name] not in keys:
            raise RecordingError(
                f"{path}: has no {xes.STANDARD[name]!r}, as the standard calls it; say with "
                "--mapping what its keys mean"
            )
    known = {name: key for name, key in xes.STANDARD.items() if key in keys}
    if "instance" in known and "transition" not in known:
        del known["instance"]
    return Mapping(mapping=1, columns=Columns(**known))
