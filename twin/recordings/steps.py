"""The table "events" of a log -> "steps", and "intervals" that tile the time of each resource.

    steps: row, resource, activity, part, order_id, product, worker, native, reason, carrier,
    origin, target (texts), state, quality, quantity, failed, scheduled, start, stop, due (us)

and "resources": name, place (in order of display). A step without an end has none: it is open.
"""

from __future__ import annotations

import duckdb
import numpy as np
from numpy.typing import NDArray

from twin.recordings.events import dictionary
from twin.recordings.mapping import Mapping
from twin.recordings.remarks import Remarks
from twin.timeline import Quality, State

Ints = NDArray[np.int64]
FAR = 2**62  # later than any time [us]
_KEPT = (
    "any_value(product) AS product, any_value(worker) AS worker, any_value(carrier) AS carrier, "
    "any_value(origin) AS origin, any_value(target) AS target, max(quantity) AS quantity, "
    "min(due) AS due, max(state) AS state"
)


def make_steps(database: duckdb.DuckDBPyConnection, mapping: Mapping, remarks: Remarks) -> None:
    """Makes "steps" out of "events", by what the mapping says that a row is."""
    make_failures(database, mapping)
    if mapping.rows_are == "states":
        _from_states(database, mapping, remarks)
    elif mapping.rows_are == "transitions":
        _from_transitions(database, mapping, remarks)
    elif mapping.rows_are == "rows":
        _from_rows(database)
    else:
        _from_moments(database)
    remarks.count(
        database, "durations",
        ("step ends before it begins, and was left out",
         "steps end before they begin, and were left out"),
        "SELECT row, concat_ws(' ', part, activity, resource) FROM steps WHERE stop < start",
    )  # fmt: skip
    database.execute("DELETE FROM steps WHERE stop < start")


def make_failures(database: duckdb.DuckDBPyConnection, mapping: Mapping) -> None:
    """Makes "failure_words"."""
    dictionary(database, "failure_words", dict.fromkeys(mapping.failures, True), "BOOLEAN")


def other_state(mapping: Mapping) -> int:
    """What a resource does where a row tells no state that is known."""
    if mapping.columns.counter:
        return int(State.PROCESSING)
    return int(State.UNAVAILABLE if mapping.columns.state else State.IDLE)


def _from_rows(database: duckdb.DuckDBPyConnection) -> None:
    database.execute(f"""
        CREATE TABLE steps AS
        SELECT row, resource, activity, part, order_id, product, worker, activity AS native,
            reason, carrier, origin, target,
            CASE WHEN state < 0 THEN {int(State.PROCESSING)} ELSE state END::TINYINT AS state,
            {int(Quality.GOOD)}::TINYINT AS quality, quantity,
            coalesce(outcome IN (SELECT word FROM failure_words), false) AS failed,
            NULL::BIGINT AS scheduled, start, stop, due
        FROM events""")


def _from_transitions(
    database: duckdb.DuckDBPyConnection, mapping: Mapping, remarks: Remarks
) -> None:
    """Rows of one step belong together by its instance, else the first start of an activity of a
    part at a resource goes with the first end, and so on."""
    if mapping.columns.instance:
        turn = "instance"
    else:
        order = "PARTITION BY part, activity, resource, transition ORDER BY time, row"
        turn = f"(row_number() OVER ({order}))::VARCHAR"
    ends = "transition IN ('complete', 'abort')"
    database.execute(f"""
        CREATE TABLE paired AS
        SELECT min(row) AS row, any_value(resource) AS resource, activity, part, order_id,
            {_KEPT}, any_value(reason) AS reason,
            coalesce(bool_or(outcome IN (SELECT word FROM failure_words) OR transition = 'abort'),
                false) AS failed,
            min(time) FILTER (transition = 'schedule') AS scheduled,
            min(time) FILTER (transition = 'start') AS start,
            max(time) FILTER ({ends}) AS stop
        FROM (SELECT *, {turn} AS turn FROM events WHERE transition NOT LIKE '?%')
        GROUP BY part, order_id, activity, {"" if mapping.columns.instance else "resource,"} turn
        ORDER BY 1""")
    remarks.count(
        database, "unstarted",
        ("step was never started: it counts for its order alone",
         "steps were never started: they count for their orders alone"),
        "SELECT row, concat_ws(' ', part, activity, resource) FROM paired WHERE start IS NULL",
    )  # fmt: skip
    database.execute(f"""
        CREATE TABLE steps AS
        SELECT row, resource, activity, part, order_id, product, worker, activity AS native,
            reason, carrier, origin, target,
            CASE WHEN state < 0 THEN {int(State.PROCESSING)} ELSE state END::TINYINT AS state,
            {int(Quality.GOOD)}::TINYINT AS quality, quantity, failed, scheduled, start, stop, due
        FROM paired""")


def _from_moments(database: duckdb.DuckDBPyConnection) -> None:
    """A moment is no step; its part has been seen then."""
    database.execute(f"""
        CREATE TABLE steps AS
        SELECT row, NULL::VARCHAR AS resource, activity, part, order_id, product,
            NULL::VARCHAR AS worker, NULL::VARCHAR AS native, reason, carrier, origin, target,
            {int(State.PROCESSING)}::TINYINT AS state, {int(Quality.GOOD)}::TINYINT AS quality,
            quantity, coalesce(outcome IN (SELECT word FROM failure_words), false) AS failed,
            NULL::BIGINT AS scheduled, time AS start, time AS stop, due
        FROM events WHERE part IS NOT NULL OR order_id IS NOT NULL""")


def _from_states(database: duckdb.DuckDBPyConnection, mapping: Mapping, remarks: Remarks) -> None:
    """Rows that say the same one after the other are one step; it ends where the next begins, and
    where nothing is known any more."""
    reach = None if mapping.reach is None else round(mapping.reach * 1e6)
    told = mapping.columns
    other = other_state(mapping)
    keys = [key for key in ("activity", "part", "order_id", "product", "worker") if _has(told, key)]
    same = ["state", "native", *keys]
    changed = " OR ".join(f"{key} IS DISTINCT FROM lag({key}) OVER w" for key in same)
    if mapping.stamped == "end":
        start = "time" if reach is None else f"time - {reach}"
        start = f"greatest(coalesce(lag(time) OVER w, time - {reach or 0}), {start})"
        start = start if reach is not None else "coalesce(lag(time) OVER w, time)"
        reached, last = "lag(time) OVER w", "time"
    else:
        start = "time"
        reached = "time" if reach is None else f"least(time, lag(time) OVER w + {reach})"
        last = "NULL::BIGINT" if reach is None else f"time + {reach}"
    columns = ", ".join(["row", "resource", *same, "time"])
    # The last step of a resource ends where its last row reaches to, not its own first one.
    database.execute(f"""
        CREATE TABLE steps AS
        WITH said AS (
            SELECT {columns}, {start} AS start,
                {reached} AS reached, {last} AS last,
                lag(row) OVER w IS NULL OR {changed} AS changed,
                time = lag(time) OVER w AND NOT ({changed}) AS twice
            FROM events WHERE resource IS NOT NULL AND {says_something(mapping)}
            WINDOW w AS (PARTITION BY resource ORDER BY time, row)
        ), kept AS (
            SELECT * FROM said WHERE changed OR start > reached
        ), ended AS (
            SELECT resource AS whose, arg_max(last, ROW(time, row)) AS last_end
            FROM said GROUP BY resource
        )
        SELECT row, resource, {_or_null(told, "activity")}, {_or_null(told, "part")},
            {_or_null(told, "order_id")}, {_or_null(told, "product")},
            {_or_null(told, "worker")},
            {"concat_ws(' ', activity, native)" if "activity" in keys else "native"} AS native,
            NULL::VARCHAR AS reason, NULL::VARCHAR AS carrier, NULL::VARCHAR AS origin,
            NULL::VARCHAR AS target,
            CASE WHEN state < 0 THEN {other} ELSE state END::TINYINT AS state,
            (CASE WHEN state < 0 AND {"true" if told.state else "false"}
                THEN {int(Quality.UNCERTAIN)} ELSE {int(Quality.GOOD)} END)::TINYINT AS quality,
            NULL::DOUBLE AS quantity, false AS failed, NULL::BIGINT AS scheduled, start,
            CASE WHEN lead(row) OVER v IS NULL THEN last_end ELSE lead(reached) OVER v END AS stop,
            NULL::BIGINT AS due
        FROM kept JOIN ended ON resource = whose
        WINDOW v AS (PARTITION BY resource ORDER BY time, row)""")
    # Rows that are stamped at their end reach back before the first of them; what is still so when
    # the log ends is open.
    database.execute("UPDATE clock SET epoch = least(epoch, (SELECT min(start) FROM steps))")
    database.execute("UPDATE steps SET stop = NULL FROM clock WHERE stop > ends")
    remark_disorder(database, mapping, remarks)


def _has(told: object, key: str) -> bool:
    name = "order" if key == "order_id" else key
    return getattr(told, name) is not None or (key == "order_id" and _has(told, "part"))


def _or_null(told: object, key: str) -> str:
    return key if _has(told, key) else f"NULL::VARCHAR AS {key}"


def says_something(mapping: Mapping) -> str:
    """Which rows of "events" tell a state; a blank cell is no news."""
    return "(native IS NOT NULL OR state >= 0)" if mapping.columns.state else "true"


def remark_disorder(
    database: duckdb.DuckDBPyConnection, mapping: Mapping, remarks: Remarks
) -> None:
    """Rows that go back in time: sorted, and told. Where the file goes through one resource after
    the other, that is no disorder."""
    remarks.count(
        database, "disorder",
        ("row goes back in time, and was sorted", "rows go back in time, and were sorted"),
        "SELECT row, concat_ws(' ', resource, 'by', (before - time) / 1e6, 's') FROM (SELECT *, "
        "lag(time) OVER (PARTITION BY resource ORDER BY row) AS before FROM events "
        f"WHERE resource IS NOT NULL AND {says_something(mapping)}) WHERE time < before",
    )  # fmt: skip


# --- intervals -----------------------------------------------------------------------------------


def make_intervals(database: duckdb.DuckDBPyConnection, mapping: Mapping, remarks: Remarks) -> None:
    """Makes "intervals" and "resources", and the points "overlap" and "gap" in "found_points"."""
    database.execute(
        "CREATE TABLE found_points (resource VARCHAR, name VARCHAR, time BIGINT, value DOUBLE, "
        "unit VARCHAR, quality TINYINT, native VARCHAR)"
    )
    states = mapping.rows_are == "states"
    if not states:
        _spread(database, mapping)
    _tile(database, remarks, overlapping=not states)
    if mapping.columns.worker and not states:
        _add_workers(database)
    _remark_gaps(database, mapping)
    _fill(database, mapping)
    database.execute("""
        CREATE TABLE intervals AS
        SELECT resource, state, part, (start - epoch) / 1e6 AS "start",
            (stop - epoch) / 1e6 AS "end", quality, native,
            row_number() OVER (ORDER BY resource, start, stop NULLS LAST) AS row
        FROM tiles, clock""")
    database.execute("""
        CREATE TABLE resources AS
        SELECT name, min(place) AS place FROM (
            SELECT resource AS name, 0 AS place FROM tiles
            UNION ALL SELECT resource, 0 FROM events WHERE resource IS NOT NULL
                AND resource NOT IN (SELECT origin FROM lanes WHERE resource <> origin)
            UNION ALL SELECT worker, 1 FROM steps WHERE worker IS NOT NULL)
        GROUP BY name""")


def _spread(database: duckdb.DuckDBPyConnection, mapping: Mapping) -> None:
    """A station of several places becomes as many resources, which take turns."""
    database.execute("CREATE TABLE lanes (row BIGINT, origin VARCHAR, resource VARCHAR)")
    if not mapping.capacity:
        return
    names = [
        name
        for (name,) in database.execute(
            "SELECT DISTINCT resource FROM steps WHERE resource IS NOT NULL ORDER BY 1"
        ).fetchall()
    ]
    for name in names:
        capacity = mapping.capacity.get(name, mapping.capacity.get("*", 1))
        if capacity == 1:
            continue
        found = database.execute(
            "SELECT row, start, coalesce(stop, ?) AS stop FROM steps "
            "WHERE resource = ? AND start IS NOT NULL ORDER BY start, stop NULLS LAST, row",
            [FAR, name],
        ).fetchnumpy()
        lanes = take_turns(np.asarray(found["start"]), np.asarray(found["stop"]))
        many = int(lanes.max(initial=0)) + 1
        if capacity != "any":
            many, lanes = min(many, capacity), lanes % capacity
        if many > 1:
            database.register("given", {"row": found["row"], "lane": lanes + 1})
            database.execute(
                "INSERT INTO lanes SELECT row, ?, ? || '.' || lane FROM given", [name, name]
            )
            database.unregister("given")
    database.execute(
        "UPDATE steps SET resource = lanes.resource FROM lanes "
        "WHERE steps.row = lanes.row AND steps.resource = lanes.origin"
    )


def take_turns(starts: Ints, stops: Ints) -> Ints:
    """Which of the fewest places each of some steps takes, (n,), from 0: `starts` in order (n,).

    The step that begins as the j-th takes the place which the (j - k)-th end has left free, where k
    is how many steps there are at once at most: so no two in one place overlap.
    """
    count = len(starts)
    real = np.flatnonzero(stops > starts)  # what takes no time takes no place
    lanes = np.zeros(count, dtype=np.int64)
    if len(real) == 0:
        return lanes
    begins, ends = starts[real], stops[real]
    by_end = np.argsort(ends, kind="stable")
    begun = np.arange(1, len(real) + 1)
    many = int((begun - np.searchsorted(ends[by_end], begins, side="right")).max())
    before = np.arange(len(real))
    before[many:] = by_end[: len(real) - many]
    while True:  # who was there before, and before that: each round goes twice as far back
        further = before[before]
        if (further == before).all():
            break
        before = further
    lanes[real] = before
    return lanes


def _tile(database: duckdb.DuckDBPyConnection, remarks: Remarks, overlapping: bool) -> None:
    """One thing at a time: "tiles" (resource, state, part, start, stop, quality, native)."""
    if not overlapping:
        database.execute("CREATE TABLE lanes (row BIGINT, origin VARCHAR, resource VARCHAR)")
        database.execute(
            "CREATE TABLE tiles AS SELECT resource, state, part, start, stop, quality, native "
            "FROM steps"
        )
        return
    database.execute(f"""
        CREATE TABLE ranked AS
        WITH cut AS (
            SELECT *, stop IS NULL AND lead(start) OVER w IS NOT NULL AS unfinished,
                coalesce(stop, lead(start) OVER w, {FAR}) AS until
            FROM steps WHERE resource IS NOT NULL AND start IS NOT NULL
            WINDOW w AS (PARTITION BY resource ORDER BY start, stop NULLS LAST, row)
        )
        SELECT *, max(until) OVER (PARTITION BY resource ORDER BY start, stop NULLS LAST, row
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS busy
        FROM cut""")
    remarks.count(
        database, "unfinished",
        ("step has no end but another follows it there: cut",
         "steps have no end but another follows them there: cut"),
        "SELECT row, concat_ws(' ', part, activity, resource) FROM ranked WHERE unfinished",
    )  # fmt: skip
    remarks.count(
        database, "overlaps",
        ("step begins while its resource is busy with another",
         "steps begin while their resource is busy with another"),
        "SELECT row, concat_ws(' ', part, activity, resource) FROM ranked WHERE start < busy",
    )  # fmt: skip
    database.execute(f"""
        INSERT INTO found_points
        SELECT resource, 'overlap', start, (least(busy, until) - start) / 1e6, 's',
            {int(Quality.GOOD)}, concat_ws(' ', part, activity)
        FROM ranked WHERE start < busy""")
    database.execute(f"""
        CREATE TABLE tiles AS
        SELECT resource, state, part, greatest(start, coalesce(busy, start)) AS start,
            nullif(until, {FAR}) AS stop,
            (CASE WHEN unfinished OR start < busy THEN {int(Quality.UNCERTAIN)} ELSE quality END
                )::TINYINT AS quality, native
        FROM ranked
        WHERE busy IS NULL OR start >= busy OR until > busy""")


def _add_workers(database: duckdb.DuckDBPyConnection) -> None:
    """A worker is at work while any of their steps is: they may tend several at once."""
    database.execute(f"""
        INSERT INTO tiles
        WITH cut AS (
            SELECT worker, row, start, coalesce(stop, lead(start) OVER w, {FAR}) AS until
            FROM steps WHERE worker IS NOT NULL AND start IS NOT NULL
            WINDOW w AS (PARTITION BY worker ORDER BY start, stop NULLS LAST, row)
        ), ranked AS (
            SELECT *, coalesce(start > max(until) OVER (PARTITION BY worker ORDER BY start, until,
                row ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), true) AS anew
            FROM cut
        ), numbered AS (
            SELECT *, sum(anew::INTEGER) OVER (PARTITION BY worker ORDER BY start, until, row)
                AS turn
            FROM ranked
        )
        SELECT worker, {int(State.PROCESSING)}::TINYINT, NULL, min(start),
            nullif(max(until), {FAR}), {int(Quality.GOOD)}::TINYINT, NULL
        FROM numbered GROUP BY worker, turn""")


def _remark_gaps(database: duckdb.DuckDBPyConnection, mapping: Mapping) -> None:
    """Where states reach no further nothing is known: a gap."""
    if mapping.rows_are == "states" and mapping.reach is not None:
        database.execute(f"""
            INSERT INTO found_points
            SELECT resource, 'gap', stop, (next - stop) / 1e6, 's', {int(Quality.GOOD)}, NULL
            FROM (SELECT resource, stop,
                lead(start) OVER (PARTITION BY resource ORDER BY start, stop) AS next FROM tiles)
            WHERE next > stop""")


def _fill(database: duckdb.DuckDBPyConnection, mapping: Mapping) -> None:
    """What a resource does between its steps, from the first to the last time of the log."""
    between = mapping.between or ("UNAVAILABLE" if mapping.rows_are == "states" else "IDLE")
    state, quality = int(State[between]), int(Quality.INFERRED)
    if state == State.UNAVAILABLE:
        return  # which is what no interval means
    database.execute(f"""
        INSERT INTO tiles
        WITH holes AS (
            SELECT resource, stop AS start,
                lead(start) OVER (PARTITION BY resource ORDER BY start, stop NULLS LAST) AS stop,
            FROM tiles
            UNION ALL SELECT resource, epoch, min(start) FROM tiles, clock GROUP BY resource, epoch
        )
        SELECT resource, {state}::TINYINT, NULL, start, stop, {quality}::TINYINT, NULL
        FROM holes, clock
        WHERE start < coalesce(stop, ends)""")
