"""The table "raw" of a log -> the table "events": columns by what they mean, times as numbers.

    events: row, resource, activity, part, order_id, product, worker, native, transition, instance,
    outcome, reason, carrier, origin, target (texts), quantity, length (numbers), time, start, stop,
    due (microseconds since 1970), state (-1: none of its own), m0, m1 ... (what is measured)

and "clock": from the first to the last time. Rows without a time that can be read are left out and
told; so are those that stand twice.
"""

from __future__ import annotations

from collections.abc import Mapping as Dictionary

import duckdb
import numpy as np

from twin.errors import RecordingError, nearest
from twin.recordings.mapping import TRANSITIONS, Mapping, Measured
from twin.recordings.remarks import Remarks
from twin.recordings.sheets import Raw
from twin.timeline import State

TEXTS = (
    "resource", "activity", "part", "product", "worker", "transition", "instance", "outcome",
    "reason", "carrier", "origin", "target",
)  # fmt: skip
TIMES = {"time": "time", "start": "start", "end": "stop", "due": "due"}
# A text with its own zone has an offset behind a time of day.
_ZONED = r"\d:\d\d.*(Z|[+-]\d\d(:?\d\d)?)$"
_WHOLE = r"-?\d+\.0+"
NO_ZONE = (
    "column of times names no zone, so they were read as UTC; say 'time: {zone: Europe/Berlin}' if "
    "they are local"
)
UNKNOWN_STATES = (
    "state is not in the mapping, and so UNAVAILABLE",
    "states are not in the mapping, and so UNAVAILABLE",
)


def make_events(
    database: duckdb.DuckDBPyConnection, raw: Raw, mapping: Mapping, remarks: Remarks
) -> None:
    """Makes "events" and "clock". Raises RecordingError where no row can be used."""
    made = prepare(database, raw, mapping, remarks)
    chosen = ", ".join(f"{sql} AS {name}" for name, sql in made.columns().items())
    told = " AND ".join(f"{name} IS NOT NULL" for name in _needed(mapping))
    renamed = _renamed(mapping)
    distinct = mapping.rows_are in ("rows", "transitions")
    query = f"SELECT * FROM (SELECT row, {chosen} FROM raw) WHERE {told}"
    if distinct:
        keys = ", ".join(made.columns())
        query = f"SELECT min(row) AS row, {keys}, count(*) AS times FROM ({query}) GROUP BY {keys}"
    database.execute(
        f"CREATE TABLE events AS SELECT * {renamed[0]} FROM ({query}) AS e {renamed[1]}"
    )
    if distinct:
        remarks.add(
            "duplicates",
            _number(database, "SELECT coalesce(sum(times - 1), 0) FROM events"),
            (
                "row stands there once more, word for word, and was left out",
                "rows stand there once more, word for word, and were left out",
            ),
            [
                f"{raw.place} {row}"
                for (row,) in database.execute(
                    "SELECT row FROM events WHERE times > 1 ORDER BY row LIMIT 3"
                ).fetchall()
            ],
        )
    _remark_words(database, mapping, remarks)
    _make_clock(database, raw)


def prepare(
    database: duckdb.DuckDBPyConnection, raw: Raw, mapping: Mapping, remarks: Remarks
) -> Expressions:
    """Puts a mapping's words in the database and looks at the times; what to ask "raw" for."""
    made = Expressions(raw, mapping)
    _bind(database, mapping)
    if not database.execute("SELECT 1 FROM raw LIMIT 1").fetchone():
        raise RecordingError(f"{raw.path}: has no rows but the columns' names")
    _refuse_other_times(database, raw, mapping, made, remarks)
    _remark_zone(database, raw, mapping, made, remarks)
    return made


def _needed(mapping: Mapping) -> list[str]:
    """The times without which a row says nothing: a step may lack its end, not its start."""
    if mapping.rows_are != "rows":
        return ["time"]
    return ["coalesce(start, stop)"]


class Expressions:
    """Each column of "events" as an expression over "raw"; no word of a user is in it."""

    def __init__(self, raw: Raw, mapping: Mapping) -> None:
        self._raw, self._mapping = raw, mapping

    def columns(self) -> dict[str, str]:
        """Name -> expression, all of them: what the log has not is NULL."""
        told = self._mapping.columns
        found = {name: self.text(getattr(told, name)) for name in TEXTS}
        if told.resource is None and self._mapping.resource is not None:
            found["resource"] = "getvariable('resource')"
        found["order_id"] = self.text(told.order) if told.order else found["part"]
        found["native"] = self.text(told.state or told.counter)
        found["quantity"] = self.number(told.quantity)
        found |= {name: self.time(getattr(told, key)) for key, name in TIMES.items()}
        found["length"] = self.duration(told.duration)
        if told.duration and not (told.start and told.end):
            one, sign = ("start", "-") if told.start is None else ("stop", "+")
            other = found["stop" if one == "start" else "start"]
            found[one] = f"{other} {sign} {found['length']}"
        found["state"] = self.flags()
        for index, measured in enumerate(self._mapping.points.values()):
            found[f"m{index}"] = self.measured(measured)
        return found

    def name(self, column: str) -> str:
        """A column of "raw" as it stands there."""
        return self._raw.columns[column][0]

    def measured(self, what: Measured) -> str:
        """What is measured, as a number."""
        make = {"number": self.number, "duration": self.seconds, "flag": self.flag}
        return make[what.kind](what.column)

    def text(self, column: str | None) -> str:
        """A text without the blanks around it; an empty one is none."""
        if column is None:
            return "NULL::VARCHAR"
        name, kind = self._raw.columns[column]
        return f"nullif(trim({name}), '')" if kind == "VARCHAR" else f"{name}::VARCHAR"

    def number(self, column: str | None) -> str:
        """A number; what is none is NULL."""
        if column is None:
            return "NULL::DOUBLE"
        name, kind = self._raw.columns[column]
        if kind != "VARCHAR":
            return f"TRY_CAST({name} AS DOUBLE)"
        if self._mapping.log.decimal == ",":
            name = f"replace({name}, ',', '.')"
        return f"TRY_CAST(trim({name}) AS DOUBLE)"

    def flag(self, column: str) -> str:
        """1 where a text says yes, 0 where it says no."""
        text = f"lower({self.text(column)})"
        yes, no = "('true', '1', 'yes', 'on', 't', 'y')", "('false', '0', 'no', 'off', 'f', 'n')"
        return f"CASE WHEN {text} IN {yes} THEN 1.0 WHEN {text} IN {no} THEN 0.0 END"

    def seconds(self, column: str) -> str:
        """A length of time [s]: a number, "mm:ss.s", "hh:mm:ss", "2 days 01:00:00"."""
        text = self.text(column)
        days = f"coalesce(TRY_CAST(regexp_extract({text}, '^(\\d+) days?', 1) AS DOUBLE), 0)"
        clock = f"string_split(regexp_replace({text}, '^\\d+ days?,? *', ''), ':')"
        number = "lambda x: TRY_CAST(replace(x, ',', '.') AS DOUBLE)"
        clocked = f"list_reduce(list_transform({clock}, {number}), lambda a, b: a * 60 + b)"
        return f"{days} * 86400 + {clocked}"

    def duration(self, column: str | None) -> str:
        """A length of time [us]; "raw" has it in seconds or as `seconds` reads it."""
        if column is None:
            return "NULL::BIGINT"
        kind = self._raw.columns[column][1]
        value = self.seconds(column) if kind == "VARCHAR" else self.number(column)
        return f"round(({value}) * 1e6)::BIGINT"

    def time(self, column: str | None) -> str:
        """A time [us since 1970]; what cannot be read is NULL."""
        if column is None:
            return "NULL::BIGINT"
        name, kind = self._raw.columns[column]
        form = self._mapping.time.format
        if form in ("seconds", "milliseconds"):
            factor = "1e6" if form == "seconds" else "1e3"
            return f"getvariable('epoch') + round({self.number(column)} * {factor})::BIGINT"
        if kind == "VARCHAR":
            text = f"trim({name})"
            read = f"try_strptime({text}, getvariable('form'))" if form else text
            return f"epoch_us(TRY_CAST({read} AS TIMESTAMPTZ))"
        if kind == "TIMESTAMP" and self._mapping.time.zone in (None, "UTC"):
            return f"epoch_us({name})"
        return f"epoch_us(TRY_CAST({name} AS TIMESTAMPTZ))"

    def flags(self) -> str:
        """The state that a flag tells, or -1; the first one that is up counts."""
        cases = [
            f"WHEN {self.flag(column)} = 1.0 THEN {int(State[state])}"
            for column, state in self._mapping.flags.items()
        ]
        return f"(CASE {' '.join(cases)} ELSE -1 END)::TINYINT" if cases else "-1::TINYINT"


def plain_number(text: str) -> str:
    """A whole number as such, "2.0" as "2": what native values are compared as."""
    head, _, tail = text.partition(".")
    return head if tail and not tail.strip("0") and head.lstrip("-").isdigit() else text


def whole(text: str) -> str:
    """The same in SQL."""
    return (
        f"CASE WHEN regexp_full_match({text}, '{_WHOLE}') THEN split_part({text}, '.', 1) "
        f"ELSE {text} END"
    )


def _bind(database: duckdb.DuckDBPyConnection, mapping: Mapping) -> None:
    zone = mapping.time.zone or "UTC"
    known = database.execute("SELECT name FROM pg_timezone_names() WHERE name = ?", [zone])
    if known.fetchone() is None:
        names = [n for (n,) in database.execute("SELECT name FROM pg_timezone_names()").fetchall()]
        raise RecordingError(f"mapping: time/zone: unknown zone {zone!r}; {nearest(zone, names)}")
    quoted = zone.replace("'", "''")
    database.execute(f"SET TimeZone = '{quoted}'")  # it is one that DuckDB has just named itself
    database.execute("SET VARIABLE resource = ?", [mapping.resource])
    database.execute("SET VARIABLE form = ?", [mapping.time.format])
    epoch = round(mapping.time.epoch.timestamp() * 1e6) if mapping.time.epoch else 0
    database.execute("SET VARIABLE epoch = ?::BIGINT", [epoch])
    words = {plain_number(name): int(State[state]) for name, state in mapping.states.items()}
    words = {**{state.name: int(state) for state in State}, **words}
    dictionary(database, "state_words", words, "TINYINT")
    dictionary(database, "station_words", dict(mapping.stations), "VARCHAR")
    dictionary(database, "transition_words", {**TRANSITIONS, **mapping.transitions}, "VARCHAR")


def dictionary(
    database: duckdb.DuckDBPyConnection, name: str, words: Dictionary[str, object], kind: str
) -> None:
    """A table (word, meaning) of what a mapping tells."""
    given = {
        "word": np.array(list(words), dtype=object),
        "meaning": np.array(list(words.values()), dtype=object),
    }
    database.execute(f"CREATE TABLE {name} (word VARCHAR, meaning {kind})")
    if words:
        database.register("given", given)
        database.execute(f"INSERT INTO {name} SELECT word, meaning FROM given")
        database.unregister("given")


def _renamed(mapping: Mapping) -> tuple[str, str]:
    """What replaces native words by ours, and the joins for it."""
    replaced, joins = [], []
    if mapping.stations:
        for key in ("resource", "origin", "target"):
            replaced.append(f"coalesce({key}_.meaning, e.{key}) AS {key}")
            joins.append(f"LEFT JOIN station_words AS {key}_ ON e.{key} = {key}_.word")
    if mapping.columns.transition:
        replaced.append("coalesce(transition_.meaning, '?' || e.transition) AS transition")
        joins.append(
            "LEFT JOIN transition_words AS transition_ ON lower(e.transition) = transition_.word "
            "OR e.transition = transition_.word"
        )
    # A native state is looked up by its own column, else by the activity.
    key = "native" if mapping.columns.state else "activity"
    word = whole(f"e.{key}")
    if mapping.columns.state or mapping.states:
        replaced.append(
            "CASE WHEN e.state >= 0 THEN e.state ELSE coalesce(state_.meaning, -1) END::TINYINT "
            "AS state"
        )
        joins.append(f"LEFT JOIN state_words AS state_ ON state_.word = {word}")
    return (f"REPLACE ({', '.join(replaced)})" if replaced else "", " ".join(joins))


def _refuse_other_times(
    database: duckdb.DuckDBPyConnection,
    raw: Raw,
    mapping: Mapping,
    made: Expressions,
    remarks: Remarks,
) -> None:
    """Times that cannot be read are told; if there is no other one, the log cannot be used."""
    for key in TIMES:
        column = getattr(mapping.columns, key)
        if column is None:
            continue
        read, text = made.time(column), made.text(column)
        where = f"{text} IS NOT NULL AND ({read}) IS NULL"
        good = database.execute(f"SELECT 1 FROM raw WHERE ({read}) IS NOT NULL LIMIT 1").fetchone()
        if good is None and key != "due":
            one = database.execute(f"SELECT row, {text} FROM raw WHERE {where} LIMIT 1").fetchone()
            if one is None:
                raise RecordingError(f"{raw.path}: the column {column!r} is empty in all rows")
            form = mapping.time.format or "ISO 8601, such as 2026-08-07T09:04:01+02:00"
            raise RecordingError(
                f"{raw.path}: {raw.place} {one[0]}: column {column!r}: {one[1]!r} is not a "
                f"time ({form}), nor is any other; say how it is written: 'time: {{format: ...}}'"
            )
        if raw.columns[column][1] == "VARCHAR" or mapping.time.format:
            remarks.count(
                database,
                "times",
                (
                    f"time of {column!r} cannot be read; its row was left out",
                    f"times of {column!r} cannot be read; their rows were left out",
                ),
                f"SELECT row, {text} FROM raw WHERE {where}",
            )


def _remark_words(database: duckdb.DuckDBPyConnection, mapping: Mapping, remarks: Remarks) -> None:
    if mapping.columns.state:
        unknown = "FROM events WHERE state < 0 AND native IS NOT NULL"
        remarks.count(
            database, "states", UNKNOWN_STATES,
            f"SELECT min(row), native {unknown} GROUP BY native",
        )  # fmt: skip
    if mapping.columns.transition:
        remarks.count(
            database, "transitions",
            ("kind of transition is not in the mapping: left out",
             "kinds of transition are not in the mapping: left out"),
            "SELECT min(row), transition[2:] FROM events WHERE transition LIKE '?%' "
            "GROUP BY transition",
        )  # fmt: skip
    if mapping.columns.resource:
        remarks.count(
            database, "resources", ("row names no resource", "rows name no resource"),
            "SELECT row, activity FROM events WHERE resource IS NULL",
        )  # fmt: skip


def _remark_zone(
    database: duckdb.DuckDBPyConnection,
    raw: Raw,
    mapping: Mapping,
    made: Expressions,
    remarks: Remarks,
) -> None:
    """A time without a zone might be of any: the mapping should tell."""
    told = mapping.time
    column = mapping.columns.time or mapping.columns.start or mapping.columns.end
    if column is None or told.zone or told.format in ("seconds", "milliseconds"):
        return
    kind = raw.columns[column][1]
    if kind == "VARCHAR":
        query = f"SELECT row, {made.text(column)} FROM raw WHERE NOT regexp_matches("
        query += f"{made.text(column)}, '{_ZONED}') LIMIT 1"
        local = database.execute(query).fetchone()
    else:
        local = (1, kind) if kind.startswith("TIMESTAMP") and "ZONE" not in kind else None
    if local:
        remarks.add(
            "zone", 1, (NO_ZONE, NO_ZONE), [repr(column)],
        )  # fmt: skip


def _make_clock(database: duckdb.DuckDBPyConnection, raw: Raw) -> None:
    database.execute(
        "CREATE TABLE clock AS SELECT min(least(time, start, stop)) AS epoch, "
        "max(greatest(time, start, stop)) AS ends FROM events"
    )
    if _number(database, "SELECT count(*) FROM events") == 0:
        raise RecordingError(f"{raw.path}: no row has both times that can be read")


def _number(database: duckdb.DuckDBPyConnection, query: str) -> int:
    found = database.execute(query).fetchone()
    return int(found[0]) if found else 0
