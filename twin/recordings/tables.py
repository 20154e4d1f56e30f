"""The four tables of a timeline in DuckDB, with texts where numpy has codes <-> Timeline.

In the database an unknown text, time or value is NULL; each table has a column "row" that keeps its
order. No text of a user becomes SQL: paths and words are bound as parameters and variables, names
go in as a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import duckdb
import numpy as np

from twin.timeline import TABLES, TEXTS, Table, Timeline

# Nothing is fetched or loaded from elsewhere while it runs.
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
TYPES = {"i1": "TINYINT", "i4": "INTEGER", "f8": "DOUBLE"}


@dataclass(frozen=True)
class Head:
    """What holds for a whole timeline, with `resources` by name."""

    resources: tuple[str, ...]
    start: float
    end: float
    epoch: datetime
    origin: str = "recorded"
    run: str = ""
    layout: str = ""


@contextmanager
def open_database() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory. DuckDB tells of Ctrl-C as an error of its own."""
    try:
        with duckdb.connect(":memory:", config=SETTINGS) as database:
            yield database
    except (RuntimeError, duckdb.InterruptException) as error:
        if "interrupt" in str(error).lower():
            raise KeyboardInterrupt from None
        raise


def columns(name: str) -> tuple[str, ...]:
    """The columns of one of TABLES, in order."""
    return tuple(TABLES[name].names or ())


def sql_type(name: str, key: str) -> str:
    """The type in DuckDB of a column of one of TABLES."""
    return "VARCHAR" if key in TEXTS[name] else TYPES[TABLES[name][key].str[1:]]


def put(database: duckdb.DuckDBPyConnection, timeline: Timeline) -> None:
    """Makes the tables intervals, moves, orders and points of a timeline."""
    _name_table(database, timeline.names)
    for name in TABLES:
        table: Table = getattr(timeline, name)
        arrays = {key: np.ascontiguousarray(table[key]) for key in columns(name)}
        database.register("rows", arrays | {"row": np.arange(len(table))})
        database.execute(f"CREATE TABLE {name} AS {_worded(name)}")
        database.unregister("rows")


def take(database: duckdb.DuckDBPyConnection, head: Head) -> Timeline:
    """The timeline in the tables intervals, moves, orders and points of a database.

    Names get new codes: the resources first, in their order, then the others, sorted.
    """
    names = (*head.resources, *sorted(_texts(database) - set(head.resources)))
    _name_table(database, names)
    return Timeline(
        names=names,
        resources=tuple(range(len(head.resources))),
        start=head.start,
        end=head.end,
        epoch=head.epoch,
        origin=head.origin,
        run=head.run,
        layout=head.layout,
        **{name: _coded(database, name) for name in TABLES},
    )


def make_empty(database: duckdb.DuckDBPyConnection, names: Iterable[str] = TABLES) -> None:
    """Makes tables without rows."""
    for name in names:
        kinds = ", ".join(f'"{key}" {sql_type(name, key)}' for key in columns(name))
        database.execute(f'CREATE TABLE {name} ({kinds}, "row" BIGINT)')


def _name_table(database: duckdb.DuckDBPyConnection, names: tuple[str, ...]) -> None:
    codes = np.arange(len(names), dtype="i4")
    database.register("given", {"code": codes, "name": np.array(names, dtype=object)})
    database.execute(
        "CREATE OR REPLACE TABLE names AS "
        "SELECT code::INTEGER AS code, name::VARCHAR AS name FROM given"
    )
    database.unregister("given")


def _worded(name: str) -> str:
    """Rows of codes -> rows of texts; the query holds nothing but this module's own words."""
    chosen, joins = [], []
    for key in columns(name):
        if key in TEXTS[name]:
            chosen.append(f'"{key}_".name AS "{key}"')
            joins.append(f'LEFT JOIN names AS "{key}_" ON rows."{key}" = "{key}_".code')
        else:
            chosen.append(f'rows."{key}"::{sql_type(name, key)} AS "{key}"')
    return f"SELECT {', '.join(chosen)}, rows.row FROM rows {' '.join(joins)} ORDER BY rows.row"


def _texts(database: duckdb.DuckDBPyConnection) -> set[str]:
    union = " UNION ".join(
        f'SELECT "{key}" AS name FROM {name}' for name, keys in TEXTS.items() for key in keys
    )
    found = database.execute(f"SELECT name FROM ({union}) WHERE name IS NOT NULL").fetchall()
    return {name for (name,) in found}


def _coded(database: duckdb.DuckDBPyConnection, name: str) -> Table:
    chosen, joins = [], []
    for key in columns(name):
        if key in TEXTS[name]:
            chosen.append(f'coalesce("{key}_".code, -1) AS "{key}"')
            joins.append(f'LEFT JOIN names AS "{key}_" ON {name}."{key}" = "{key}_".name')
        elif TABLES[name][key].kind == "f":
            chosen.append(f'coalesce({name}."{key}", \'nan\'::DOUBLE) AS "{key}"')
        else:
            chosen.append(f'coalesce({name}."{key}", 0) AS "{key}"')
    query = f"SELECT {', '.join(chosen)} FROM {name} {' '.join(joins)} ORDER BY {name}.row"
    fetched = database.execute(query).fetchnumpy()
    table = np.empty(len(fetched["quality"]), dtype=TABLES[name])
    for key in columns(name):
        table[key] = np.ma.getdata(fetched[key])
    return table
