"""An event log and what its columns mean -> Timeline, column by column in DuckDB.

What the rows are (steps, moments in the life of steps, states, moments) follows from the mapping.
Each kind becomes the table "steps", and that the tables of a timeline:

* A station that takes one part at a time is in one state at a time. Where the log has the next step
  begin before the last one ends, the next one's interval begins where the last one's ends, is
  UNCERTAIN, and a point "overlap" says for how long [s].
* A station that takes several is as many resources as the log needs, "oven.1", "oven.2".
* Who is named as worker is a resource, at work while any step of theirs is.
* Between its steps a resource is IDLE (INFERRED). Where rows tell states that reach no further, a
  point "gap" says how long nothing is known [s], and the intervals leave it out.
* A step without an end is open; if its resource has begun another since, it is cut there.
* An order is released when its first step is scheduled, or else begins.

Further points: "wait", from scheduled to started [s]; "failure", where an outcome says so; the
activities of rows that only tell a moment; what the mapping lists. Times are to the microsecond.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from twin.errors import RecordingError
from twin.layout.rules.finding import Finding
from twin.recordings import ocel, orders, sheets, steps, xes
from twin.recordings.events import make_events
from twin.recordings.mapping import Mapping
from twin.recordings.remarks import Remarks
from twin.recordings.sheets import Raw
from twin.recordings.tables import Head, open_database, take
from twin.timeline import Timeline

SECOND = 1_000_000  # times are in microseconds while they are in the database
SUFFIXES = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".parquet": "parquet", ".xlsx": "xlsx",
    ".xlsm": "xlsx", ".xes": "xes", ".jsonocel": "ocel", ".json": "ocel", ".sqlite": "ocel",
    ".sqlocel": "ocel",
}  # fmt: skip


@dataclass(frozen=True)
class Log:
    """A timeline that was read, and what was found wrong or strange on the way."""

    timeline: Timeline
    findings: tuple[Finding, ...]


def read_log(path: Path | str, mapping: Mapping, layout: str = "") -> Log:
    """An event log as a Timeline; `layout` is the name of the floor that it is of.

    The clock runs from the first to the last time in the log. Raises RecordingError where the file
    is not of its format, lacks a column that the mapping names or holds nothing that can be used.
    """
    path = Path(path)
    with open_log(path, mapping) as (database, remarks):
        timeline = take(database, head(database, path, mapping, layout))
        return Log(timeline, remarks.findings())


@contextmanager
def open_log(path: Path, mapping: Mapping) -> Iterator[tuple[duckdb.DuckDBPyConnection, Remarks]]:
    """A database with the tables of a log's timeline and with "clock" (epoch, ends [us])."""
    with open_database() as database, tempfile.TemporaryDirectory(prefix="twin-") as folder:
        raw, several = load(database, path, mapping, Path(folder))
        remarks = Remarks(path, raw.place)
        for name, count in several:
            remarks.add(
                "several",
                count,
                (
                    f"event has several objects of type {name!r}: one counts",
                    f"events have several objects of type {name!r}: one counts",
                ),
            )
        make_events(database, raw, mapping, remarks)
        steps.make_steps(database, mapping, remarks)
        steps.make_intervals(database, mapping, remarks)
        orders.make_orders(database, mapping)
        orders.make_moves(database, mapping)
        orders.make_points(database, mapping, remarks)
        yield database, remarks


def head(
    database: duckdb.DuckDBPyConnection, path: Path, mapping: Mapping, layout: str = ""
) -> Head:
    """What holds for the whole timeline."""
    found = database.execute("SELECT epoch, ends FROM clock").fetchone()
    epoch, ends = found if found else (0, 0)
    names = database.execute("SELECT name FROM resources ORDER BY place, name").fetchall()
    return Head(
        resources=tuple(name for (name,) in names),
        start=0.0,
        end=(ends - epoch) / SECOND,
        epoch=datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=epoch),
        run=_run(path, mapping),
        layout=layout,
    )


def wanted(mapping: Mapping) -> dict[str, str]:
    """The log's columns that a mapping names, and where it does."""
    told = mapping.columns.model_dump(exclude_none=True)
    found = {column: f"columns/{key}" for key, column in told.items()}
    for column in mapping.flags:
        found.setdefault(column, "flags")
    for name, measured in mapping.points.items():
        found.setdefault(measured.column, f"points/{name}/column")
    return found


def format_of(path: Path, mapping: Mapping) -> str:
    """The format that a mapping tells or a file's name does. Raises RecordingError."""
    if mapping.log.format:
        return mapping.log.format
    suffix = path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
    if suffix.lower() not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise RecordingError(
            f"{path}: its name does not say what it is (known: {known}); say "
            "'log: {format: csv}' in the mapping"
        )
    return SUFFIXES[suffix.lower()]


def load(
    database: duckdb.DuckDBPyConnection, path: Path, mapping: Mapping, folder: Path
) -> tuple[Raw, list[tuple[str, int]]]:
    """The log as "raw", and how many events have several objects of a type. Raises
    RecordingError."""
    if not path.is_file():
        raise RecordingError(f"{path}: there is no such file")
    if path.stat().st_size == 0:
        raise RecordingError(f"{path}: is empty")
    columns = wanted(mapping)
    kind = format_of(path, mapping)
    if kind == "ocel":
        return ocel.load(database, path, columns)
    if kind == "csv":
        raw = sheets.load_csv(database, path, mapping.log, columns, folder)
    elif kind == "parquet":
        raw = sheets.load_parquet(database, path, columns)
    elif kind == "xlsx":
        raw = sheets.load_xlsx(database, path, mapping.log, columns)
    else:
        raw = xes.load(database, path, columns, folder)
    return raw, []


def _run(path: Path, mapping: Mapping) -> str:
    """The id of what was read: the file and how it was understood."""
    made = hashlib.sha256(mapping.model_dump_json().encode())
    with path.open("rb") as file:
        made.update(hashlib.file_digest(file, "sha256").digest())
    return made.hexdigest()[:12]
