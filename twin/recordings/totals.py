"""What figures need of a log, without its timeline: sums in DuckDB instead of ten million rows.

Of a log whose rows tell states, the seconds in each state are summed straight out of the file: its
few resources and states become small numbers first, which a window sorts three times as fast as
texts. Any other log is read as always, but for the rows of its timeline.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from pathlib import Path

import duckdb

from twin.layout.rules.finding import Finding
from twin.recordings import events, orders
from twin.recordings.events import UNKNOWN_STATES, Expressions
from twin.recordings.log import SECOND, head, load, open_log
from twin.recordings.mapping import Mapping
from twin.recordings.remarks import Remarks
from twin.recordings.sheets import Raw
from twin.recordings.steps import make_failures, other_state, remark_disorder
from twin.recordings.tables import make_empty, open_database, take
from twin.timeline import State, Timeline


@dataclass(frozen=True)
class Totals:
    """Sums over a timeline, which itself has nothing but its clock, its resources and its orders.

    states: resource -> seconds in each state that it was in; counts: (resource, name of a point)
    -> how many.
    """

    timeline: Timeline
    states: Dictionary[str, Dictionary[State, float]]
    counts: Dictionary[tuple[str, str], int]
    findings: tuple[Finding, ...] = ()


def totals_of_log(path: Path | str, mapping: Mapping, layout: str = "") -> Totals:
    """The sums of a log. Raises RecordingError, as `read_log` does."""
    path = Path(path)
    if mapping.rows_are == "states":
        with open_database() as database, tempfile.TemporaryDirectory(prefix="twin-") as folder:
            raw, _ = load(database, path, mapping, Path(folder))
            remarks = Remarks(path, raw.place)
            _sum_states(database, raw, mapping, remarks)
            return _totals(database, path, mapping, layout, remarks)
    with open_log(path, mapping) as (database, remarks):
        database.execute(
            "CREATE TABLE counts AS SELECT resource, name, count(*) AS many FROM found_points "
            "GROUP BY resource, name"
        )
        database.execute(
            "CREATE TABLE sums AS SELECT resource, state, "
            "sum(coalesce(stop, ends) - start)::DOUBLE AS length FROM tiles, clock "
            "GROUP BY resource, state"
        )
        for name in ("intervals", "moves", "points"):
            database.execute(f"DROP TABLE {name}")
        return _totals(database, path, mapping, layout, remarks)


def _totals(
    database: duckdb.DuckDBPyConnection,
    path: Path,
    mapping: Mapping,
    layout: str,
    remarks: Remarks,
) -> Totals:
    make_empty(database, ("intervals", "moves", "points"))
    timeline = take(database, head(database, path, mapping, layout))
    states: dict[str, dict[State, float]] = {timeline.name(c): {} for c in timeline.resources}
    query = "SELECT resource, state, length FROM sums WHERE length > 0 ORDER BY resource, state"
    for name, state, length in database.execute(query).fetchall():
        states[name][State(state)] = length / SECOND
    clock = timeline.end - timeline.start
    for times in states.values():
        missing = clock - sum(times.values())
        if missing > 1e-6 * max(clock, 1.0):
            times[State.UNAVAILABLE] = times.get(State.UNAVAILABLE, 0.0) + missing
    counts = database.execute("SELECT resource, name, many FROM counts").fetchall()
    return Totals(
        timeline,
        states,
        {(resource or "", name): many for resource, name, many in counts},
        remarks.findings(),
    )


def _sum_states(
    database: duckdb.DuckDBPyConnection, raw: Raw, mapping: Mapping, remarks: Remarks
) -> None:
    """Makes "sums", "counts", "orders", "resources" and "clock" of rows that tell states."""
    made = events.prepare(database, raw, mapping, remarks)
    _make_codes(database, made, mapping)
    _make_spans(database, made, mapping)
    remarks.count(
        database, "states", UNKNOWN_STATES,
        "SELECT NULL::BIGINT, native FROM whats WHERE unknown",
    )  # fmt: skip
    # Where nothing is known there is no interval either: these are what is missing of the clock.
    database.execute("""
        CREATE TABLE sums AS
        SELECT name AS resource, state, sum(length) AS length FROM (
            SELECT who, what, sum(coalesce(stop, ends) - start)::DOUBLE AS length
            FROM spans, clock GROUP BY who, what)
        JOIN (SELECT DISTINCT code, name FROM whos) AS w ON w.code = who
        JOIN whats AS s ON s.code = what
        GROUP BY name, state""")
    _fill(database, mapping)
    database.execute(
        "CREATE TABLE resources AS SELECT DISTINCT name, 0 AS place FROM whos "
        "WHERE name IS NOT NULL"
    )
    _count_points(database, mapping, made)
    told = mapping.columns
    whose = made.text(told.resource) if told.resource else "getvariable('resource')"
    database.execute(
        f"CREATE VIEW events AS SELECT * FROM (SELECT row, {made.time(told.time)} AS time, "
        f"{whose} AS resource, {made.text(told.state or told.counter)} AS native, "
        f"{made.flags()} AS state FROM raw) WHERE time IS NOT NULL"
    )
    if database.execute("SELECT 1 FROM spans WHERE back LIMIT 1").fetchone():
        remark_disorder(database, mapping, remarks)
    _make_orders(database, mapping)


def _make_codes(database: duckdb.DuckDBPyConnection, made: Expressions, mapping: Mapping) -> None:
    """Makes "whos" and "whats": the resources and what they may be doing, with a number each."""
    told = mapping.columns
    whose = made.name(told.resource) if told.resource else "NULL::VARCHAR"
    text = "nullif(trim(given::VARCHAR), '')" if told.resource else "getvariable('resource')"
    database.execute(f"""
        CREATE TABLE whos AS
        SELECT given, name, dense_rank() OVER (ORDER BY name)::SMALLINT AS code FROM (
            SELECT given, coalesce(meaning, {text}) AS name
            FROM (SELECT DISTINCT {whose} AS given FROM raw)
            LEFT JOIN station_words ON word = {text})""")
    order = told.order or told.part
    if order:
        database.execute(f"""
            CREATE TABLE order_codes AS
            SELECT given, name, dense_rank() OVER (ORDER BY name)::INTEGER AS code
            FROM (SELECT given, nullif(trim(given::VARCHAR), '') AS name
                FROM (SELECT DISTINCT {made.name(order)} AS given FROM raw))
            WHERE name IS NOT NULL""")
    state = _native(made, mapping)
    flags = made.flags()
    other = other_state(mapping)
    number = events.whole("native")
    unknown = "flag < 0 AND meaning IS NULL AND native IS NOT NULL" if told.state else "false"
    meaning = "meaning" if told.state else "NULL"
    database.execute(f"""
        CREATE TABLE whats AS
        SELECT given, flag, native, {unknown} AS unknown,
            (CASE WHEN flag >= 0 THEN flag ELSE coalesce({meaning}, {other}) END)::TINYINT AS state,
            row_number() OVER ()::INTEGER AS code
        FROM (SELECT given, flag, nullif(trim(given::VARCHAR), '') AS native
            FROM (SELECT DISTINCT {state} AS given, {flags} AS flag FROM raw))
        LEFT JOIN state_words ON word = {number}""")


def _native(made: Expressions, mapping: Mapping) -> str:
    """The column that tells the state or counts the cycles."""
    column = mapping.columns.state or mapping.columns.counter
    return made.name(column) if column else "NULL"


def _make_spans(database: duckdb.DuckDBPyConnection, made: Expressions, mapping: Mapping) -> None:
    """Makes "spans" (who, what, start, stop [us], and what orders need) and "clock"."""
    told = mapping.columns
    state = _native(made, mapping)
    reach = None if mapping.reach is None else round(mapping.reach * 1e6)
    same_what = "whats.given IS NOT DISTINCT FROM e.given" if state != "NULL" else "true"
    same_what += " AND whats.flag = e.flag" if mapping.flags else ""
    whose = made.name(told.resource) if told.resource else "NULL::VARCHAR"
    same_who = "whos.given = e.whose" if told.resource else "true"
    said = "(whats.native IS NOT NULL OR whats.flag >= 0)" if told.state else "true"
    order = told.order or told.part
    wanted = {"product": told.product, "activity": told.activity}
    extras = {key: made.name(column) for key, column in wanted.items() if column}
    chosen = "".join(f", {name} AS {key}" for key, name in extras.items())
    kept = "".join(f", {key}" for key in extras)
    coded = by_order = ""
    if order:
        chosen += f", {made.name(order)} AS its_order"
        coded = ", order_codes.code AS order_id"
        by_order = "LEFT JOIN order_codes ON order_codes.given = e.its_order"
    if mapping.stamped == "end":
        before = "lag(time) OVER w"
        start = f"coalesce({before}, time - {reach or 0})"
        start = start if reach is None else f"greatest({start}, time - {reach})"
        stop = "time"
    else:
        start, stop = "time", "lead(time) OVER w"
        if reach is not None:
            stop = f"least(coalesce({stop}, time + {reach}), time + {reach})"
    database.execute(f"""
        CREATE TABLE spans AS
        SELECT who, what, row < lag(row) OVER w AS back, {start} AS start, {stop} AS stop
            {kept}{", order_id" if order else ""}
        FROM (
            SELECT whos.code AS who, whats.code AS what, row, time{kept}{coded}
            FROM (SELECT row, {made.time(told.time)} AS time, {whose} AS whose, {state} AS given,
                {made.flags()} AS flag{chosen} FROM raw) AS e
            JOIN whos ON {same_who} JOIN whats ON {same_what} {by_order}
            WHERE time IS NOT NULL AND whos.name IS NOT NULL AND {said})
        WINDOW w AS (PARTITION BY who ORDER BY time, row)""")
    database.execute(f"""
        CREATE TABLE clock AS
        SELECT least(min(time), (SELECT min(start) FROM spans)) AS epoch, max(time) AS ends
        FROM (SELECT {made.time(told.time)} AS time FROM raw)""")
    if reach is not None and mapping.stamped == "start":
        database.execute("UPDATE spans SET stop = NULL FROM clock WHERE stop > ends")


def _fill(database: duckdb.DuckDBPyConnection, mapping: Mapping) -> None:
    """The state between, where the mapping names one, for what is missing of the clock."""
    if mapping.between and mapping.between != "UNAVAILABLE":
        database.execute(f"""
            INSERT INTO sums
            SELECT resource, {int(State[mapping.between])}, ends - epoch - sum(length)
            FROM sums, clock GROUP BY resource, ends, epoch""")


def _count_points(database: duckdb.DuckDBPyConnection, mapping: Mapping, made: Expressions) -> None:
    database.execute("CREATE TABLE counts (resource VARCHAR, name VARCHAR, many BIGINT)")
    told = mapping.columns
    for name, measured in mapping.points.items():
        if measured.every is None:
            whose = made.name(told.resource) if told.resource else "NULL"
            same = "whos.given IS NOT DISTINCT FROM whose"
            value, time = made.measured(measured), made.time(told.time)
            database.execute(
                f"INSERT INTO counts SELECT whos.name, ?, sum(n)::BIGINT FROM (SELECT {whose} AS "
                f"whose, count(*) AS n FROM raw WHERE isfinite({value}) AND {time} IS NOT NULL "
                f"GROUP BY 1) LEFT JOIN whos ON {same} GROUP BY whos.name",
                [name],
            )


def _make_orders(database: duckdb.DuckDBPyConnection, mapping: Mapping) -> None:
    make_failures(database, mapping)
    told = mapping.columns

    def column(key: str, known: str | None) -> str:
        return f"nullif(trim({key}::VARCHAR), '') AS {key}" if known else f"NULL::VARCHAR AS {key}"

    order = told.order or told.part
    database.execute(f"""
        CREATE VIEW steps AS
        SELECT start AS row, start, stop, {"order_id" if order else "0 AS order_id"},
            {column("product", told.product)}, {column("activity", told.activity)},
            NULL::DOUBLE AS quantity, NULL::BIGINT AS due, NULL::BIGINT AS scheduled,
            false AS failed
        FROM spans WHERE {"order_id IS NOT NULL" if order else "false"}""")
    orders.make_orders(database, mapping)
    known = "SELECT DISTINCT code, name FROM order_codes" if order else "SELECT 0, ''"
    database.execute(
        "CREATE OR REPLACE TABLE orders AS SELECT orders.* REPLACE (name AS id) "
        f"FROM orders JOIN ({known}) AS known(code, name) ON code = id"
    )
