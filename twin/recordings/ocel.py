"""OCEL 2.0 as JSON or SQLite: events of several objects (https://www.ocel-standard.org).

Read into four tables, ocel_events, ocel_values, ocel_links and ocel_objects, of which a row an
event is made: its columns are "ocel:id", "ocel:activity" (the event's type), "ocel:timestamp", the
event's attributes, and the types of objects, which hold the object's id. Where an event has several
objects of a type, the first by name is taken, and that is told.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb

from twin.errors import RecordingError
from twin.recordings import sheets
from twin.recordings.sheets import Raw, chosen

MOST_BYTES = 2**30  # of a file of JSON, which is one value
SQLITE_MAGIC = b"SQLite format 3\x00"
OWN = ("ocel:id", "ocel:activity", "ocel:timestamp")
_ROWS = 50_000  # moved from SQLite at a time
_TABLES = {
    "ocel_events": ("id", "type", "time"),
    "ocel_values": ("id", "name", "value"),
    "ocel_links": ("event", "object", "qualifier"),
    "ocel_objects": ("id", "type"),
    "ocel_facts": ("id", "name", "value"),
}


def open_tables(database: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Makes the tables of a file's events and objects. Raises RecordingError."""
    try:
        with path.open("rb") as file:
            is_sqlite = file.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC
    except OSError as error:
        raise RecordingError(f"{path}: cannot be read: {error.strerror or error}") from error
    if is_sqlite:
        _from_sqlite(database, path)
    else:
        _from_json(database, path)
    if database.execute("SELECT 1 FROM ocel_events LIMIT 1").fetchone() is None:
        raise RecordingError(f"{path}: holds no event")


def names_of(database: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    """The columns that `load` can make of a file. Raises RecordingError."""
    open_tables(database, path)
    types, names = _types_and_names(database)
    return [*OWN, *types, *names]


def _types_and_names(database: duckdb.DuckDBPyConnection) -> tuple[list[str], list[str]]:
    """The types of a file's objects, and the names of its events' attributes."""
    queries = (
        "SELECT DISTINCT type FROM ocel_objects ORDER BY 1",
        "SELECT DISTINCT name FROM ocel_values ORDER BY 1",
    )
    types, names = ([name for (name,) in database.execute(q).fetchall()] for q in queries)
    return types, names


def load(
    database: duckdb.DuckDBPyConnection, path: Path, wanted: Mapping[str, str]
) -> tuple[Raw, list[tuple[str, int]]]:
    """The events as "raw", and of which types of objects how many events have several.

    "row" counts the events by time. Raises RecordingError.
    """
    open_tables(database, path)
    types, names = _types_and_names(database)
    chosen(path, [*OWN, *types, *names], wanted)
    columns, several = {}, []
    parts = ["row_number() OVER (ORDER BY e.time, e.id) AS row"]
    joins = []
    for index, name in enumerate(wanted):
        key = name.strip()
        columns[name] = (f"c{index}", "VARCHAR")
        database.execute(f"SET VARIABLE k{index} = ?", [key])
        if key in OWN:
            source = {"ocel:id": "id", "ocel:activity": "type", "ocel:timestamp": "time"}[key]
            parts.append(f"e.{source} AS c{index}")
        elif key in types:
            joins.append(
                f"LEFT JOIN (SELECT event, min(object) AS found, count(*) AS many FROM ocel_links "
                f"JOIN ocel_objects AS o ON o.id = object WHERE type = getvariable('k{index}') "
                f"GROUP BY event) AS j{index} ON j{index}.event = e.id"
            )
            parts.append(f"j{index}.found AS c{index}")
            many = database.execute(
                "SELECT count(*) FROM (SELECT 1 FROM ocel_links JOIN ocel_objects AS o ON o.id = "
                "object WHERE type = ? GROUP BY event HAVING count(*) > 1)", [key],
            ).fetchone()  # fmt: skip
            several.append((key, int(many[0]) if many else 0))
        else:
            joins.append(
                f"LEFT JOIN (SELECT id, min(value) AS found FROM ocel_values "
                f"WHERE name = getvariable('k{index}') GROUP BY id) AS j{index} "
                f"ON j{index}.id = e.id"
            )
            parts.append(f"j{index}.found AS c{index}")
    database.execute(
        f"CREATE TABLE raw AS SELECT {', '.join(parts)} FROM ocel_events AS e {' '.join(joins)}"
    )
    return Raw(path, columns, "event"), [(name, count) for name, count in several if count]


def _from_json(database: duckdb.DuckDBPyConnection, path: Path) -> None:
    if path.stat().st_size > MOST_BYTES:
        raise RecordingError(
            f"{path}: has more than {MOST_BYTES // 2**20} MB of JSON; SQLite holds more"
        )
    pair = "STRUCT(name VARCHAR, value JSON)[]"
    link = 'STRUCT("objectId" VARCHAR, qualifier VARCHAR)[]'
    shape = {
        "events": f"STRUCT(id VARCHAR, type VARCHAR, time VARCHAR, attributes {pair}, "
        f"relationships {link})[]",
        "objects": f"STRUCT(id VARCHAR, type VARCHAR, attributes {pair}, relationships {link})[]",
    }
    columns = ", ".join(f"{key}: '{kind}'" for key, kind in shape.items())
    try:
        database.execute(
            f"CREATE TABLE document AS SELECT * FROM read_json(?, format = 'unstructured', "
            f"maximum_object_size = {MOST_BYTES}, columns = {{{columns}}})",
            [str(path)],
        )
    except duckdb.Error as error:
        said = str(error).splitlines()[0]
        raise RecordingError(f"{path}: is not JSON of OCEL 2.0: {said}") from error
    known = database.execute("SELECT count(*), count(events) FROM document").fetchone()
    if known != (1, 1):
        raise RecordingError(
            f"{path}: is not JSON of OCEL 2.0: expected one object with 'events' and 'objects'"
        )
    database.execute("""
        CREATE TABLE one AS SELECT unnest(events) AS e FROM document;
        CREATE TABLE ocel_events AS SELECT e.id AS id, e.type AS type, e.time AS time FROM one;
        CREATE TABLE ocel_values AS SELECT id, a.name AS name, a.value ->> '$' AS value
            FROM (SELECT e.id AS id, unnest(e.attributes) AS a FROM one);
        CREATE TABLE ocel_links AS SELECT id AS event, r."objectId" AS object, r.qualifier
            FROM (SELECT e.id AS id, unnest(e.relationships) AS r FROM one);
        CREATE TABLE things AS SELECT unnest(objects) AS o FROM document;
        CREATE TABLE ocel_objects AS SELECT o.id AS id, o.type AS type FROM things;
        CREATE TABLE ocel_facts AS SELECT id, a.name AS name, a.value ->> '$' AS value
            FROM (SELECT o.id AS id, unnest(o.attributes) AS a FROM things)""")


def _from_sqlite(database: duckdb.DuckDBPyConnection, path: Path) -> None:
    for name, columns in _TABLES.items():
        kinds = ", ".join(f"{column} VARCHAR" for column in columns)
        database.execute(f"CREATE TABLE {name} ({kinds})")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as source:
            _move(database, "ocel_objects", source.execute("SELECT ocel_id, ocel_type FROM object"))
            _move(
                database,
                "ocel_links",
                source.execute(
                    "SELECT ocel_event_id, ocel_object_id, ocel_qualifier FROM event_object"
                ),
            )
            for kind, table in source.execute(
                "SELECT ocel_type, ocel_type_map FROM event_map_type"
            ):
                _move_type(database, source, f"event_{table}", kind)
            for _, table in source.execute("SELECT ocel_type, ocel_type_map FROM object_map_type"):
                _move_facts(database, source, f"object_{table}")
    except sqlite3.Error as error:
        raise RecordingError(f"{path}: is not SQLite of OCEL 2.0: {error}") from error


def _quoted(name: str) -> str:
    """A name of SQLite's own, which SQL cannot take as anything else."""
    return '"' + name.replace('"', '""') + '"'


def _names(source: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in source.execute(f"PRAGMA table_info({_quoted(table)})")]


def _move_type(
    database: duckdb.DuckDBPyConnection, source: sqlite3.Connection, table: str, kind: str
) -> None:
    rows = source.execute(f"SELECT ocel_id, ocel_time FROM {_quoted(table)}")
    _move(database, "ocel_events", ((one, kind, time) for one, time in rows))
    for name in _names(source, table):
        if name not in ("ocel_id", "ocel_time"):
            column = _quoted(name)
            rows = source.execute(
                f"SELECT ocel_id, {column} FROM {_quoted(table)} WHERE {column} IS NOT NULL"
            )
            _move(database, "ocel_values", ((one, name, value) for one, value in rows))


def _move_facts(
    database: duckdb.DuckDBPyConnection, source: sqlite3.Connection, table: str
) -> None:
    for name in _names(source, table):
        if name not in ("ocel_id", "ocel_time", "ocel_changed_field"):
            column = _quoted(name)
            rows = source.execute(
                f"SELECT ocel_id, {column} FROM {_quoted(table)} WHERE {column} IS NOT NULL"
            )
            _move(database, "ocel_facts", ((one, name, value) for one, value in rows))


def _move(
    database: duckdb.DuckDBPyConnection,
    table: str,
    rows: Iterator[tuple[Any, ...]] | sqlite3.Cursor,
) -> None:
    """Rows into a table, some at a time."""
    given: list[Sequence[str | None]] = []
    for row in rows:
        given.append([None if cell is None else str(cell) for cell in row])
        if len(given) == _ROWS:
            sheets.append(database, given, table)
            given = []
    sheets.append(database, given, table)
