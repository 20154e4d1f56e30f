"""The tables "events" and "steps" of a log -> "orders", "moves" and "points"."""

from __future__ import annotations

import duckdb

from twin.recordings.events import dictionary
from twin.recordings.mapping import Mapping
from twin.recordings.remarks import Remarks
from twin.timeline import Outcome, Quality
from twin.units import in_si

GOOD = int(Quality.GOOD)


def make_orders(database: duckdb.DuckDBPyConnection, mapping: Mapping) -> None:
    """Makes "orders": one for each that steps are of.

    An order is done when its last step has ended. Where the mapping lists which activities begin
    and end an order, one that began before the log has no release, and one that has not come to
    its end is open; so is one with an open step.
    """
    dictionary(database, "first_words", dict.fromkeys(mapping.begun_by, True), "BOOLEAN")
    dictionary(database, "last_words", dict.fromkeys(mapping.finished_by, True), "BOOLEAN")
    begun = "first IN (SELECT word FROM first_words)" if mapping.begun_by else "true"
    ended = "last IN (SELECT word FROM last_words)" if mapping.finished_by else "true"
    database.execute(f"""
        CREATE TABLE orders AS
        WITH told AS (
            SELECT order_id AS id, arg_min(product, row) AS product,
                greatest(coalesce(max(quantity), 1), 1) AS quantity,
                min(least(scheduled, start)) AS release, min(due) AS due, min(start) AS start,
                max(stop) AS stop, bool_or(stop IS NULL) AS going,
                arg_min(activity, ROW(coalesce(scheduled, start), row)) AS first,
                arg_max(activity, ROW(coalesce(stop, start), row)) AS last,
                arg_max(failed, ROW(coalesce(stop, start), row)) AS failed
            FROM steps WHERE order_id IS NOT NULL GROUP BY order_id
        ), judged AS (
            SELECT *, coalesce({begun}, false) AS begun,
                NOT going AND (failed OR coalesce({ended}, false)) AS ended
            FROM told
        )
        SELECT id, product, quantity::INTEGER AS quantity,
            CASE WHEN begun THEN (release - epoch) / 1e6 END AS release,
            (due - epoch) / 1e6 AS due, (start - epoch) / 1e6 AS "start",
            CASE WHEN ended THEN (stop - epoch) / 1e6 END AS "end",
            (CASE WHEN NOT ended THEN {int(Outcome.OPEN)} WHEN failed THEN {int(Outcome.CANCELLED)}
                ELSE {int(Outcome.DONE)} END)::TINYINT AS outcome,
            (CASE WHEN begun THEN {GOOD} ELSE {int(Quality.UNCERTAIN)} END)::TINYINT AS quality,
            row_number() OVER (ORDER BY coalesce(release, start), id) AS row
        FROM judged, clock""")


def make_moves(database: duckdb.DuckDBPyConnection, mapping: Mapping) -> None:
    """Makes "moves": the steps that say from where and to where.

    Where the log has no such columns, a part is INFERRED to have come from the station of its last
    step to that of the next, by hand, at the moment when that begins: no log says when it left.
    """
    told = mapping.columns
    if told.origin or told.target:
        query = """
            SELECT part, coalesce(carrier, resource) AS carrier, origin, target,
                start, stop, quality, native, row
            FROM steps WHERE start IS NOT NULL AND (origin IS NOT NULL OR target IS NOT NULL)"""
    else:
        query = f"""
            SELECT part, NULL::VARCHAR AS carrier, before AS origin, station AS target,
                start, start AS stop, {int(Quality.INFERRED)}::TINYINT AS quality,
                NULL::VARCHAR AS native, row
            FROM (
                SELECT *, lag(station) OVER (PARTITION BY part ORDER BY start, row) AS before
                FROM (
                    SELECT steps.*, coalesce(lanes.origin, steps.resource) AS station
                    FROM steps LEFT JOIN lanes ON steps.row = lanes.row
                ) WHERE part IS NOT NULL AND station IS NOT NULL AND start IS NOT NULL)
            WHERE before <> station"""
    database.execute(f"""
        CREATE TABLE moves AS
        SELECT part, carrier, origin, target, (start - epoch) / 1e6 AS "start",
            (stop - epoch) / 1e6 AS "end", quality, native,
            row_number() OVER (ORDER BY start, row) AS row
        FROM ({query}), clock""")


def make_points(database: duckdb.DuckDBPyConnection, mapping: Mapping, remarks: Remarks) -> None:
    """Makes "points" out of what was found on the way, of the steps and of what is measured."""
    database.execute(f"""
        INSERT INTO found_points
        SELECT resource, 'wait', start, (start - scheduled) / 1e6, 's', {GOOD}, part
        FROM steps WHERE scheduled <= start""")
    database.execute(f"""
        INSERT INTO found_points
        SELECT resource, 'failure', coalesce(stop, start, scheduled), 1, '1', {GOOD},
            coalesce(reason, activity)
        FROM steps WHERE failed""")
    if mapping.rows_are == "moments":
        database.execute(f"""
            INSERT INTO found_points
            SELECT resource, activity, time, 1, '1', {GOOD}, part
            FROM events WHERE activity IS NOT NULL""")
    for index in range(len(mapping.points)):
        _measure(database, mapping, index, remarks)
    database.execute("""
        CREATE TABLE points AS
        SELECT resource, name, (time - epoch) / 1e6 AS "time", value, unit, quality, native,
            row_number() OVER (ORDER BY time, resource, name, value) AS row
        FROM found_points, clock""")


def _measure(
    database: duckdb.DuckDBPyConnection, mapping: Mapping, index: int, remarks: Remarks
) -> None:
    """The values of one column. A step's stand at its end, a row's at its time."""
    name, measured = list(mapping.points.items())[index]
    factor, unit = in_si(measured.unit)
    if measured.kind == "duration":
        unit = "s"
    when = "coalesce(stop, start)" if mapping.rows_are == "rows" else "time"
    database.execute("SET VARIABLE name = ?", [name])
    database.execute("SET VARIABLE unit = ?", [unit or None])
    values = f"SELECT resource, {when} AS time, m{index} AS value, part FROM events"
    values += f" WHERE isfinite(m{index})"
    if mapping.columns.instance:  # each row of a step may say it once more
        values = (
            f"SELECT any_value(resource) AS resource, min(time) AS time, m{index} AS value, part "
            f"FROM events WHERE isfinite(m{index}) GROUP BY part, activity, instance, m{index}"
        )
    if measured.every:
        # The mean stands at the first time that it is of.
        width = max(1, round(measured.every * 1e6))
        values = (
            "SELECT resource, min(time) AS time, avg(value) AS value, NULL AS part "
            f"FROM ({values}) GROUP BY resource, time // {width}"
        )
    database.execute(
        "INSERT INTO found_points SELECT resource, getvariable('name'), time, "
        f"value * {factor!r}, getvariable('unit'), {GOOD}, part FROM ({values})"
    )
