"""OCEL 2.0 as JSON or SQLite: events of several objects (https://www.ocel-standard.org).

Read into four tables, ocel_events, ocel_values, ocel_links and ocel_objects, of which a row an
event is made: its columns are "ocel:id", "ocel:activity" (the event's type), "ocel:timestamp", the
event's attributes, and the types of objects, which hold the object's id. Where an event has several
objects of a type, the first by name is taken, and that is told.

Written: objects are the equipment, the orders and the parts (which say of which order they are),
and one for the recording itself; an event is an interval (its type the state), a move or a point,
at its start, with its end as an attribute. All that a timeline knows is in it, times to the
microsecond. What this program has written it reads back without a mapping.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import duckdb

from twin.errors import RecordingError
from twin.recordings import flat, sheets
from twin.recordings.sheets import Raw, chosen
from twin.timeline import Timeline

SqliteError = sqlite3.Error
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


def load(
    database: duckdb.DuckDBPyConnection, path: Path, wanted: Mapping[str, str]
) -> tuple[Raw, list[tuple[str, int]]]:
    """The events as "raw", and of which types of objects how many events have several.

    "row" counts the events by time. Raises RecordingError.
    """
    open_tables(database, path)
    types, names = (
        [name for (name,) in database.execute(query).fetchall()]
        for query in (
            "SELECT DISTINCT type FROM ocel_objects ORDER BY 1",
            "SELECT DISTINCT name FROM ocel_values ORDER BY 1",
        )
    )
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


# --- what this program has written ---------------------------------------------------------------

LINKS = ("resource", "part", "carrier", "origin", "target")
VALUES = {"end": "time", "state": "string", "quality": "string", "native": "string",
          "name": "string", "value": "float", "unit": "string"}  # fmt: skip
FACTS = {
    "recording": {"start": "time", "end": "time", "release": "time", "id": "string",
                  "name": "string", "native": "string"},
    "equipment": {"place": "integer"},
    "part": {},
    "order": {"product": "string", "quantity": "integer", "release": "time", "due": "time",
              "start": "time", "end": "time", "outcome": "string", "quality": "string",
              "row": "integer"},
}  # fmt: skip
_SQL = {"time": "TIMESTAMP", "string": "TEXT", "float": "REAL", "integer": "INTEGER"}
_BEGINNING = "1970-01-01T00:00:00.000000Z"  # since when an attribute holds that never changes


@dataclass(frozen=True)
class Thing:
    """An object: its type, its name, its attributes, and its order if it is a part."""

    type: str
    name: str
    facts: dict[str, Any]
    order: str | None = None

    @property
    def id(self) -> str:
        return f"{self.type}:{self.name}"


@dataclass(frozen=True)
class Event:
    """An event: its attributes, and (object's id, qualifier) of each object."""

    id: str
    type: str
    time: str
    values: dict[str, Any]
    links: list[tuple[str, str]]


def is_ours(database: duckdb.DuckDBPyConnection) -> bool:
    """Whether the tables hold what `write` has written."""
    query = "SELECT 1 FROM ocel_objects WHERE type = 'recording' AND id = 'recording:1'"
    return database.execute(query).fetchone() is not None


def read(database: duckdb.DuckDBPyConnection, path: Path) -> Timeline:
    """The timeline in tables that hold what was written here. Raises RecordingError."""

    def row(known: Mapping[str, str]) -> str:
        return ", ".join(f'{known.get(key, "NULL")} AS "{key}"' for key in flat.COLUMNS)

    def fact(name: str) -> str:
        return f"min(value) FILTER (name = '{name}')"

    name = "any_value(regexp_replace(o.id, '^[a-z]+:', ''))"
    facts = {kind: {key: fact(key) for key in keys} for kind, keys in FACTS.items()}
    facts["recording"] |= {"kind": "'recording'"}
    facts["order"] |= {"kind": "'order'", "id": name}
    facts["equipment"] = {"kind": "'resource'", "resource": name, "row": fact("place")}
    whole = "FROM ocel_objects AS o LEFT JOIN ocel_facts AS f ON f.id = o.id WHERE type"
    values = ", ".join(f'{fact(key)} AS "{key}"' for key in VALUES)
    links = ", ".join(
        f"min(regexp_replace(object, '^[a-z]+:', '')) FILTER (qualifier = '{key}') AS \"{key}\""
        for key in LINKS
    )
    event = {key: f'v."{key}"' for key in VALUES} | {key: f'l."{key}"' for key in LINKS}
    event |= {"kind": "split_part(e.id, '-', 1)", "row": "split_part(e.id, '-', 2)"}
    event |= {"start": "e.time"}
    database.execute(f"""
        CREATE TABLE flat AS
        SELECT {row(facts["recording"])} {whole} = 'recording' GROUP BY o.id
        UNION ALL SELECT {row(facts["order"])} {whole} = 'order' GROUP BY o.id
        UNION ALL SELECT {row(facts["equipment"])} {whole} = 'equipment' AND name = 'place'
            GROUP BY o.id
        UNION ALL SELECT {row(event)} FROM ocel_events AS e
            LEFT JOIN (SELECT id, {values} FROM ocel_values GROUP BY id) AS v ON v.id = e.id
            LEFT JOIN (SELECT event, {links} FROM ocel_links GROUP BY event) AS l
            ON l.event = e.id""")
    return flat.gather(database, path)


def things(database: duckdb.DuckDBPyConnection) -> Iterator[Thing]:
    """The objects of a timeline that stands in "flat"."""
    keys = list(FACTS["recording"])
    told = ", ".join(f'"{key}"' for key in keys)
    found = database.execute(f"SELECT {told} FROM flat WHERE kind = 'recording'").fetchone() or ()
    yield Thing("recording", "1", dict(zip(keys, found, strict=True)))
    equipment = database.execute("""
        WITH placed AS (SELECT resource, row FROM flat WHERE kind = 'resource')
        SELECT name, placed.row FROM (
            SELECT resource AS name FROM flat UNION SELECT carrier FROM flat
            UNION SELECT origin FROM flat UNION SELECT target FROM flat)
        LEFT JOIN placed ON placed.resource = name WHERE name IS NOT NULL ORDER BY 2, 1""")
    for name, place in equipment.fetchall():
        yield Thing("equipment", name, {"place": place})
    keys = list(FACTS["order"])
    told = ", ".join(f'"{key}"' for key in keys)
    orders = database.execute(f"SELECT id, {told} FROM flat WHERE kind = 'order' ORDER BY row")
    names = set()
    for name, *cells in orders.fetchall():
        names.add(name)
        yield Thing("order", name, dict(zip(keys, cells, strict=True)))
    parts = database.execute("SELECT DISTINCT part FROM flat WHERE part IS NOT NULL ORDER BY 1")
    for (name,) in parts.fetchall():
        order = name if name in names else name.rpartition("/")[0]
        yield Thing("part", name, {}, f"order:{order}" if order in names else None)


def events(database: duckdb.DuckDBPyConnection) -> Iterator[Event]:
    """The events of a timeline that stands in "flat", in order of time."""
    keys = ("kind", "row", "start", *LINKS, *VALUES)
    told = ", ".join(f'"{key}"' for key in keys)
    found = database.execute(
        f"SELECT {told} FROM flat WHERE kind IN ('interval', 'move', 'point') "
        'ORDER BY "start", kind, row'
    )
    while batch := found.fetchmany(10_000):
        for cells in batch:
            row = dict(zip(keys, cells, strict=True))
            kind = row["kind"]
            types = {"interval": str(row["state"]).lower(), "move": "move", "point": "point"}
            links = [
                (f"{'part' if key == 'part' else 'equipment'}:{row[key]}", key)
                for key in LINKS
                if row[key] is not None
            ]
            values = {key: row[key] for key in VALUES if row[key] is not None}
            if "value" in values:
                values["value"] = float(values["value"])
            yield Event(f"{kind}-{row['row']}", types[kind], row["start"], values, links)


def write_json(database: duckdb.DuckDBPyConnection, timeline: Timeline, out: IO[str]) -> None:
    """A timeline as JSON of OCEL 2.0, line by line."""
    flat.spread(database, timeline)
    kinds = [
        {"name": kind, "attributes": [{"name": n, "type": t} for n, t in keys.items()]}
        for kind, keys in FACTS.items()
    ]
    found = database.execute("SELECT DISTINCT lower(state) FROM flat WHERE state IS NOT NULL")
    states = sorted(state for (state,) in found.fetchall())
    attributes = [{"name": name, "type": kind} for name, kind in VALUES.items()]
    types = [{"name": name, "attributes": attributes} for name in (*states, "move", "point")]
    out.write(f'{{"objectTypes": {json.dumps(kinds)},\n"eventTypes": {json.dumps(types)},\n')
    out.write('"objects": [')
    _list(out, map(_object, things(database)))
    out.write('],\n"events": [')
    _list(out, map(_event, events(database)))
    out.write("]}\n")


def _list(out: IO[str], rows: Iterator[dict[str, Any]]) -> None:
    for index, row in enumerate(rows):
        out.write(",\n" if index else "\n")
        out.write(json.dumps(row, allow_nan=False))


def _object(thing: Thing) -> dict[str, Any]:
    known = {name: value for name, value in thing.facts.items() if value is not None}
    related = [{"objectId": thing.order, "qualifier": "of"}] if thing.order else []
    return {
        "id": thing.id,
        "type": thing.type,
        "attributes": [
            {"name": name, "time": _BEGINNING, "value": _typed(thing.type, name, value)}
            for name, value in known.items()
        ],
        "relationships": related,
    }


def _typed(kind: str, name: str, value: Any) -> Any:
    return int(value) if FACTS[kind][name] == "integer" else value


def _event(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type,
        "time": event.time,
        "attributes": [{"name": name, "value": value} for name, value in event.values.items()],
        "relationships": [{"objectId": o, "qualifier": q} for o, q in event.links],
    }


def write_sqlite(database: duckdb.DuckDBPyConnection, timeline: Timeline, path: Path) -> None:
    """A timeline as SQLite of OCEL 2.0, in a new file."""
    flat.spread(database, timeline)
    with closing(sqlite3.connect(path)) as made, made:
        made.execute("PRAGMA journal_mode = OFF")  # the file is put in its place when it is whole
        made.executescript(_SCHEMA)
        known: dict[tuple[str, str], str] = {}
        for kind, keys in FACTS.items():
            columns = {"ocel_time": "time", "ocel_changed_field": "string", **keys}
            known["object", kind] = _typed_table(made, "object", kind, columns)
        for thing in things(database):
            made.execute("INSERT INTO object VALUES (?, ?)", (thing.id, thing.type))
            cells = [thing.id, _BEGINNING, None, *thing.facts.values()]
            made.execute(_insert(known["object", thing.type], len(cells)), cells)
            if thing.order:
                made.execute(
                    "INSERT INTO object_object VALUES (?, ?, 'of')", (thing.id, thing.order)
                )
        for event in events(database):
            if ("event", event.type) not in known:
                columns = {"ocel_time": "time", **VALUES}
                known["event", event.type] = _typed_table(made, "event", event.type, columns)
            made.execute("INSERT INTO event VALUES (?, ?)", (event.id, event.type))
            cells = [event.id, event.time, *(event.values.get(key) for key in VALUES)]
            made.execute(_insert(known["event", event.type], len(cells)), cells)
            made.executemany(
                "INSERT INTO event_object VALUES (?, ?, ?)",
                [(event.id, o, q) for o, q in event.links],
            )


_SCHEMA = """
CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
CREATE TABLE event (ocel_id TEXT PRIMARY KEY, ocel_type TEXT);
CREATE TABLE object (ocel_id TEXT PRIMARY KEY, ocel_type TEXT);
CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT);
CREATE TABLE object_object (ocel_source_id TEXT, ocel_target_id TEXT, ocel_qualifier TEXT);
"""


def _typed_table(made: sqlite3.Connection, what: str, kind: str, columns: Mapping[str, str]) -> str:
    short = re.sub("[^A-Za-z0-9]", "", kind.title())
    made.execute(f"INSERT INTO {what}_map_type VALUES (?, ?)", (kind, short))
    table = f"{what}_{short}"
    kinds = ", ".join(f'"{name}" {_SQL[type_]}' for name, type_ in columns.items())
    made.execute(f"CREATE TABLE {table} (ocel_id TEXT, {kinds})")
    return table


def _insert(table: str, count: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * count)})"
