"""A timeline as one flat table of texts, as files of events hold it, and back.

    flat: kind, row, and what the kind needs of resource, state, part, carrier, origin, target, id,
    product, quantity, name, value, unit, start, end, release, due, outcome, quality, native

kind is "interval", "move", "order" or "point" (a row of the table of that name), "resource" (in
order of display) or "recording": from start to end, release is the epoch, id the run, name the
layout, native the origin. Times are ISO 8601 in UTC, to the microsecond; a point's stands as start.
"""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import duckdb

from twin.errors import RecordingError
from twin.recordings.tables import Head, columns, put, sql_type, take
from twin.timeline import TABLES, Outcome, Quality, State, Timeline

COLUMNS = (
    "kind", "row", "resource", "state", "part", "carrier", "origin", "target", "id", "product",
    "quantity", "name", "value", "unit", "start", "end", "release", "due", "outcome", "quality",
    "native",
)  # fmt: skip
KINDS = {"interval": "intervals", "move": "moves", "order": "orders", "point": "points"}
WORDS = {"state": State, "outcome": Outcome, "quality": Quality}


def spread(database: duckdb.DuckDBPyConnection, timeline: Timeline) -> None:
    """Makes "flat" of a timeline, in order of the clock, the recording and its resources first."""
    put(database, timeline)
    epoch = round(timeline.epoch.timestamp() * 1e6)
    rows = [
        ("recording", 0, None, timeline.start, timeline.end, timeline.run, timeline.layout,
         timeline.origin),
        *(("resource", place, timeline.name(code), None, None, None, None, None)
          for place, code in enumerate(timeline.resources)),
    ]  # fmt: skip
    database.execute(
        'CREATE TABLE heads (kind VARCHAR, row BIGINT, resource VARCHAR, "start" DOUBLE, '
        '"end" DOUBLE, id VARCHAR, name VARCHAR, native VARCHAR)'
    )
    database.executemany("INSERT INTO heads VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    parts = [
        f"SELECT kind, row, resource, {_nulls('state', 'part', 'carrier', 'origin', 'target')}, id,"
        f" {_nulls('product', 'quantity')}, name, {_nulls('value', 'unit')}, "
        f"""{_told('"start"', epoch)}, {_told('"end"', epoch)}, """
        f"CASE WHEN kind = 'recording' THEN {_told('0', epoch)} END, "
        f"{_nulls('due', 'outcome', 'quality')}, native, -1 AS place, row AS moment FROM heads"
    ]
    for place, (kind, table) in enumerate(KINDS.items()):
        chosen = [f"'{kind}', row", *(_column(table, key, epoch) for key in COLUMNS[2:])]
        moment = {"orders": "release", "points": "time"}.get(table, "start")
        parts.append(f'SELECT {", ".join(chosen)}, {place}, "{moment}" FROM {table}')
    named = ", ".join(f'"{key}"' for key in COLUMNS)
    database.execute(
        f"CREATE TABLE flat AS SELECT {named} FROM ({' UNION ALL '.join(parts)}) "
        f"AS all_rows({named}, place, moment) ORDER BY place >= 0, moment NULLS FIRST, place, row"
    )


def gather(database: duckdb.DuckDBPyConnection, path: Path) -> Timeline:
    """The timeline in "flat", whose columns are texts. Raises RecordingError, naming `path`."""
    told = database.execute(
        'SELECT epoch_us(TRY_CAST("release" AS TIMESTAMPTZ)), epoch_us(TRY_CAST("start" AS '
        'TIMESTAMPTZ)), epoch_us(TRY_CAST("end" AS TIMESTAMPTZ)), id, name, native, '
        "TRY_CAST(\"release\" AS TIMESTAMPTZ) AT TIME ZONE 'UTC' FROM flat WHERE kind = 'recording'"
    ).fetchone()
    if told is None or any(time is None for time in told[:3]):
        raise RecordingError(f"{path}: has no row of the recording itself: it was not written here")
    epoch, start, end, run, layout, origin, moment = told
    for kind, table in KINDS.items():
        keys = ", ".join(f'{_read(table, key, epoch)} AS "{key}"' for key in columns(table))
        query = f"SELECT {keys}, TRY_CAST(row AS BIGINT) AS row FROM flat WHERE kind = '{kind}'"
        try:
            database.execute(f"CREATE TABLE {table} AS {query}")
        except duckdb.Error as error:
            said = str(error).splitlines()[0]
            raise RecordingError(
                f"{path}: a row of kind {kind!r} cannot be read: {said}"
            ) from error
    names = database.execute(
        "SELECT resource FROM flat WHERE kind = 'resource' ORDER BY TRY_CAST(row AS BIGINT)"
    ).fetchall()
    return take(
        database,
        Head(
            resources=tuple(dict.fromkeys(name for (name,) in names)),
            start=(start - epoch) / 1e6,
            end=(end - epoch) / 1e6,
            epoch=moment.replace(tzinfo=UTC),
            origin=origin or "unknown",
            run=run or "",
            layout=layout or "",
        ),
    )


def _nulls(*keys: str) -> str:
    return ", ".join("NULL" for _ in keys)


def _told(seconds: str, epoch: int) -> str:
    """A time [s from the epoch] as text; NULL where it is not known."""
    known = f"CASE WHEN isfinite({seconds}::DOUBLE) THEN {seconds} END"
    moment = f"make_timestamp({epoch} + round({known} * 1e6)::BIGINT)"
    return f"strftime({moment}, '%Y-%m-%dT%H:%M:%S.%fZ')"


def _column(table: str, key: str, epoch: int) -> str:
    """One column of "flat" out of a table of the timeline."""
    source = "time" if table == "points" and key == "start" else key
    if source not in columns(table):
        return "NULL"
    if key in WORDS:
        cases = " ".join(f"WHEN {int(word)} THEN '{word.name}'" for word in WORDS[key])
        return f'CASE "{key}" {cases} END'
    if sql_type(table, source) == "DOUBLE" and key != "value":
        return _told(f'"{source}"', epoch)
    if key == "value":
        return "CASE WHEN NOT isnan(value) THEN value::VARCHAR END"
    return f'"{source}"::VARCHAR'


def _read(table: str, key: str, epoch: int) -> str:
    """One column of a table of the timeline out of "flat"."""
    source = "start" if table == "points" and key == "time" else key
    if key in WORDS:
        cases = " ".join(f"WHEN '{word.name}' THEN {int(word)}" for word in WORDS[key])
        other = f"error('there is no {key} ' || coalesce(\"{key}\", '(none)'))::TINYINT"
        return f'(CASE "{key}" {cases} ELSE {other} END)::TINYINT'
    kind = sql_type(table, key)
    if kind == "DOUBLE" and key != "value":
        return f"""(epoch_us("{source}"::TIMESTAMPTZ) - {epoch}) / 1e6"""
    return f'"{source}"' if kind == "VARCHAR" else f'"{source}"::{kind}'


assert set(COLUMNS) >= {"row"} | {
    "start" if key == "time" else key for name in TABLES for key in columns(name)
}
