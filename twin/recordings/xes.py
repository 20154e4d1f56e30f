"""XES (IEEE 1849), plain or gzip: cases with events in XML, as process-mining tools have them.

Read as a stream: each event is a row, whose columns are the keys of its attributes, those of its
trace with "case:" before them, as such tools call them. Document types and entities are refused.

Written: a trace for each part, with what its order says as attributes; an interval or a move of the
part is a start and, if it has ended, a complete. XES knows nothing but cases: intervals in which a
resource holds no part, moves without one, and points are left out. Letters that XML cannot hold
are replaced.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

import duckdb

from twin.errors import RecordingError
from twin.recordings import flat, sheets
from twin.recordings.sheets import Raw, chosen
from twin.timeline import Timeline

ATTRIBUTES = {"string", "date", "int", "float", "boolean", "id"}
DEEPEST = 30
MOST_ROWS = 200_000  # held in Python at a time
STANDARD = {  # what a log of this format calls what a mapping names
    "part": "case:concept:name",
    "activity": "concept:name",
    "resource": "org:resource",
    "time": "time:timestamp",
    "transition": "lifecycle:transition",
    "instance": "concept:instance",
}
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def keys_of(path: Path, folder: Path) -> list[str]:
    """All keys of attributes in a log, each once. Raises RecordingError where it is none."""
    reader = _Reader(path, (), lambda rows: None)
    reader.read(sheets.unpacked(path, folder))
    return list(reader.keys)


def load(
    database: duckdb.DuckDBPyConnection, path: Path, wanted: Mapping[str, str], folder: Path
) -> Raw:
    """The events of a log as "raw"; "row" counts them. Raises RecordingError."""
    names = list(wanted)
    sheets.begin(database, [f"c{index}" for index in range(len(names))])
    reader = _Reader(path, names, lambda rows: sheets.append(database, rows))
    reader.read(sheets.unpacked(path, folder))
    chosen(path, list(reader.keys), wanted)
    return Raw(path, {n: (f"c{index}", "VARCHAR") for index, n in enumerate(names)}, "event")


class _Reader:
    """The tags of one file -> rows of texts: the event's number, then the wanted attributes."""

    def __init__(
        self, path: Path, names: Sequence[str], give: Callable[[list[list[str | None]]], None]
    ) -> None:
        self._path, self._give = path, give
        self._index = {name.strip(): k + 1 for k, name in enumerate(names)}
        self._blank: list[str | None] = [None] * (len(names) + 1)
        self._rows: list[list[str | None]] = []
        self._open: list[str] = []
        self._log, self._trace, self._event = [self._blank.copy() for _ in range(3)]
        self._count = self._before = 0
        self.keys: dict[str, None] = {}
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse

    def read(self, plain: Path) -> None:
        """All of a file, whose rows are given on bit by bit."""
        try:
            with plain.open("rb") as file:
                self._parser.ParseFile(file)
        except expat.ExpatError as error:
            place = f"{self._path}: line {error.lineno}"
            said = expat.ErrorString(error.code)
            raise RecordingError(f"{place}: is not whole XML: {said}") from error
        if any(cell is not None for cell in self._log):
            self._add(self._log)
        self._give(self._rows)
        if self._count == 0 and not self.keys:
            raise RecordingError(f"{self._path}: holds no event; expected a log of XES")

    def _refuse(self, *_: object) -> None:
        raise RecordingError(
            f"{self._path}: line {self._parser.CurrentLineNumber}: declares a document type or "
            "entities, which are not read"
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if not self._open and tag != "log":
            raise RecordingError(f"{self._path}: is XML, but no log of XES: it begins with <{tag}>")
        self._open.append(tag)
        if len(self._open) > DEEPEST:
            raise RecordingError(f"{self._path}: nests its elements deeper than {DEEPEST}")
        if tag in ATTRIBUTES and "key" in attributes and "value" in attributes:
            self._attribute(attributes["key"], attributes["value"])
        elif self._open == ["log", "trace"]:
            self._trace, self._before = self._blank.copy(), self._count
        elif self._open == ["log", "trace", "event"]:
            self._event = self._trace.copy()

    def _attribute(self, key: str, value: str) -> None:
        match self._open[:-1]:
            case ["log", "trace", "event"]:
                cells = self._event
            case ["log", "trace"]:
                cells, key = self._trace, f"case:{key}"
            case ["log"]:
                cells, key = self._log, f"log:{key}"
            case _:
                return  # of a global, a list or another attribute
        self.keys[key] = None
        index = self._index.get(key)
        if index is not None:
            cells[index] = value

    def _end(self, tag: str) -> None:
        if self._open == ["log", "trace", "event"]:
            self._add(self._event)
        elif self._open == ["log", "trace"] and self._count == self._before and any(self._trace):
            self._add(self._trace)  # a case without an event is one, too
        self._open.pop()

    def _add(self, cells: list[str | None]) -> None:
        self._count += 1
        cells[0] = str(self._count)
        self._rows.append(cells)
        if len(self._rows) >= MOST_ROWS:
            self._give(self._rows)
            self._rows.clear()


# --- what this program has written ---------------------------------------------------------------

OF_ORDER = (
    "id", "product", "quantity", "release", "due", "start", "end", "outcome", "quality", "row",
)  # fmt: skip
OF_EVENT = ("kind", "row", "resource", "state", "carrier", "origin", "target", "quality", "native")
OF_LOG = ("start", "end", "release", "id", "name", "native")
_DATES = {"start", "end", "release", "due"}


def is_ours(keys: Sequence[str]) -> bool:
    """Whether a log with these keys was written by `write`."""
    return "log:twin:release" in keys


def read(database: duckdb.DuckDBPyConnection, path: Path, folder: Path) -> Timeline:
    """The timeline in a log that `write` made. Raises RecordingError."""
    names = [f"log:twin:{key}" for key in (*OF_LOG, "resources")]
    names += ["case:concept:name", *(f"case:twin:{key}" for key in OF_ORDER)]
    names += ["time:timestamp", "lifecycle:transition", *(f"twin:{key}" for key in OF_EVENT)]
    sheets.begin(database, [f"c{index}" for index in range(len(names))])
    reader = _Reader(path, names, lambda rows: sheets.append(database, rows))
    reader.read(sheets.unpacked(path, folder))
    column = {name: f"c{index}" for index, name in enumerate(names)}

    def row(known: Mapping[str, str]) -> str:
        return ", ".join(f'{known.get(key, "NULL")} AS "{key}"' for key in flat.COLUMNS)

    log = {key: column[f"log:twin:{key}"] for key in OF_LOG} | {"kind": "'recording'"}
    order = {key: f"min({column[f'case:twin:{key}']})" for key in OF_ORDER} | {"kind": "'order'"}
    event = {key: f"min({column[f'twin:{key}']})" for key in OF_EVENT}
    event["part"] = f"min({column['case:concept:name']})"
    for key, word in (("start", "start"), ("end", "complete")):
        moment = f"min({column['time:timestamp']})"
        event[key] = f"{moment} FILTER ({column['lifecycle:transition']} = '{word}')"
    resource = {"kind": "'resource'", "resource": "name", "row": "place::VARCHAR"}
    resources = column["log:twin:resources"]
    kind, number = column["twin:kind"], column["twin:row"]
    database.execute(f"""
        CREATE TABLE flat AS
        SELECT {row(log)} FROM raw WHERE {log["release"]} IS NOT NULL
        UNION ALL SELECT {row(resource)} FROM (
            SELECT unnest(from_json({resources}, '["VARCHAR"]')) AS name,
                generate_subscripts(from_json({resources}, '["VARCHAR"]'), 1) AS place
            FROM raw WHERE {resources} IS NOT NULL)
        UNION ALL SELECT {row(order)} FROM raw WHERE {column["case:twin:id"]} IS NOT NULL
            GROUP BY {column["case:twin:id"]}
        UNION ALL SELECT {row(event)} FROM raw WHERE {kind} IS NOT NULL GROUP BY {kind}, {number}
        """)
    return flat.gather(database, path)


def write(database: duckdb.DuckDBPyConnection, timeline: Timeline, out: IO[str]) -> None:
    """A timeline as a log of XES."""
    flat.spread(database, timeline)
    out.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<log xes.version="2.0" xmlns="http://www.xes-standard.org/">\n'
    )
    for name, prefix in (("Concept", "concept"), ("Time", "time"), ("Lifecycle", "lifecycle"),
                         ("Organizational", "org")):  # fmt: skip
        uri = f"http://www.xes-standard.org/{prefix}.xesext"
        out.write(f'<extension name="{name}" prefix="{prefix}" uri="{uri}"/>\n')
    names = ", ".join(f'"{key}"' for key in OF_LOG)
    told = database.execute(f"SELECT {names} FROM flat WHERE kind = 'recording'").fetchone() or ()
    for key, value in zip(OF_LOG, told, strict=True):
        out.write(_tag(f"twin:{key}", value, key in _DATES))
    resources = json.dumps([timeline.name(code) for code in timeline.resources])
    out.write(_tag("twin:resources", resources))
    for case, events in _cases(database):
        out.write("<trace>\n" + case + "".join(events) + "</trace>\n")
    out.write("</log>\n")


def _cases(database: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, list[str]]]:
    """Each part with its order: its attributes, and its events in order of time."""
    chosen_ = ", ".join(f'o."{key}"' for key in OF_ORDER)
    rows = ", ".join(f'e."{key}"' for key in (*OF_EVENT, "start", "end"))
    found = database.execute(f"""
        WITH o AS (SELECT * FROM flat WHERE kind = 'order'),
        e AS (SELECT * FROM flat WHERE kind IN ('interval', 'move') AND part IS NOT NULL),
        -- A part is named after its order, with "/k" behind it where there are several.
        p AS (SELECT DISTINCT part, CASE WHEN part IN (SELECT id FROM o) THEN part
                ELSE regexp_replace(part, '/[0-9]+$', '') END AS whose FROM e
              UNION SELECT id, id FROM o WHERE id NOT IN (SELECT regexp_replace(part,
                '/[0-9]+$', '') FROM e) AND id NOT IN (SELECT part FROM e))
        SELECT p.part, {chosen_}, {rows}
        FROM p LEFT JOIN o ON o.id = p.whose LEFT JOIN e ON e.part = p.part
        ORDER BY p.part, e.start, e.kind, e.row""")
    part, case = None, ""
    moments: list[tuple[str, str]] = []
    while batch := found.fetchmany(10_000):
        for name, *cells in batch:
            if name != part:
                if part is not None:
                    yield case, [text for _, text in sorted(moments)]
                part, moments = name, []
                case = _tag("concept:name", name) + "".join(
                    _tag(f"twin:{key}", value, key in _DATES)
                    for key, value in zip(OF_ORDER, cells, strict=False)
                )
            moments += _moments(
                dict(zip((*OF_EVENT, "start", "end"), cells[len(OF_ORDER) :], strict=True))
            )
    if part is not None:
        yield case, [text for _, text in sorted(moments)]


def _moments(event: dict[str, str | None]) -> Iterator[tuple[str, str]]:
    """An interval or a move -> (time, event): its start, and its end if there is one."""
    if event["kind"] is None:
        return
    if event["kind"] == "move":
        resource, name = event["carrier"], f"move to {event['target'] or 'nowhere'}"
    else:
        resource, state = event["resource"], str(event["state"]).lower()
        name = str(resource) if state == "processing" else f"{resource} {state}"
    own = "".join(_tag(f"twin:{key}", event[key]) for key in OF_EVENT)
    for key, transition in (("start", "start"), ("end", "complete")):
        moment = event[key]
        if moment is not None:
            yield (
                moment,
                (
                    "<event>"
                    + _tag("concept:name", event["native"] or name)
                    + _tag("org:resource", resource)
                    + _tag("lifecycle:transition", transition)
                    + _tag("concept:instance", f"{event['kind']} {event['row']}")
                    + _tag("time:timestamp", moment, date=True)
                    + f"{own}</event>\n"
                ),
            )


def _tag(key: str, value: object, date: bool = False) -> str:
    """One attribute; nothing where there is no value."""
    if value is None:
        return ""
    text = quoteattr(
        _UNFIT.sub("\N{REPLACEMENT CHARACTER}", str(value)),
        {"\n": "&#10;", "\t": "&#9;", "\r": "&#13;"},
    )
    return f'<{"date" if date else "string"} key="{key}" value={text}/>\n'
