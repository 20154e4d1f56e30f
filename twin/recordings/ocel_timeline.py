"""A timeline as OCEL 2.0 in JSON or SQLite, and back.

Objects are the equipment, the orders and the parts (which say of which order they are), and one for
the recording itself; an event is an interval (its type the state), a move or a point, at its start,
with its end as an attribute. All that a timeline knows is in it, times to the microsecond.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import duckdb

from twin.recordings import flat
from twin.timeline import Timeline

SqliteError = sqlite3.Error
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
