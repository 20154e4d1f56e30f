"""The journal of a site: every message as it came, in one SQLite file, durable before it is
acknowledged.

A collector appends in batches; each batch is one transaction, on the disk when `append` returns,
and moves the source's cursor with it: after a crash both or neither are there. A source that
numbers what it says (`key`) is heard once however often it repeats itself. Where something may have
been missed, a gap stands between the messages, in their order. Followers read from a position on,
in the same process or another, while a collector writes.
"""

from __future__ import annotations

import hashlib
import json
import math
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from twin.errors import DeviceError

APPLICATION = 0x7477696E  # "twin" in the header of the file: this is no other program's database
VERSION = 1
PATIENCE = 10.0  # [s] to wait for another writer of the same file
DUPLICATE = "duplicate"  # the count of what its source's key told to be there already

# In `entries` NULL says: no key, no time of its own; without a topic it is a gap.
SCHEMA = """
CREATE TABLE sources (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, cursor TEXT);
CREATE TABLE counts (
    source INTEGER, what TEXT, number INTEGER NOT NULL, PRIMARY KEY (source, what)
);
CREATE TABLE entries (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    source INTEGER NOT NULL,
    key TEXT,
    received REAL NOT NULL,
    told REAL,
    topic TEXT,
    body BLOB NOT NULL,
    qos INTEGER NOT NULL,
    retain INTEGER NOT NULL,
    packet INTEGER NOT NULL
);
CREATE UNIQUE INDEX once ON entries (source, key) WHERE key IS NOT NULL;
"""
_INSERT = (
    "INSERT OR IGNORE INTO entries (source, key, received, told, topic, body, qos, retain, packet)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_SELECT = (
    "SELECT position, name, key, received, told, topic, body, qos, retain, packet"
    " FROM entries JOIN sources ON sources.id = entries.source"
)


@dataclass(frozen=True, slots=True)
class Raw:
    """A message as it came; `received` and `told` [s] since 1970, on the collector's clock and on
    the source's (NaN where it tells no time).

    `topic` is where it belongs (an MQTT topic, an MTConnect device); `key` is the source's own
    number of it, unique for ever, empty where it has none. `qos`, `retain` and `packet` (the number
    of its delivery) are MQTT's.
    """

    received: float
    topic: str
    body: bytes
    told: float = math.nan
    key: str = ""
    qos: int = 0
    retain: bool = False
    packet: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """From `begin` to `end` [s] since 1970 messages may be missing; `count` of them if known."""

    begin: float
    end: float
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands at a position of the journal, and which source it is of."""

    position: int
    source: str
    what: Raw | Gap


def digest(topic: str, body: bytes) -> bytes:
    """A mark that tells messages of other content apart."""
    return hashlib.blake2b(topic.encode() + b"\0" + body, digest_size=16).digest()


class Journal:
    """An open journal; threads may share it. Raises DeviceError where its file cannot be used."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._grown = threading.Condition()
        self._ids: dict[str, int] = {}
        with self._told():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._write = _connect(path)
            self._read = _connect(path)
        self._read_lock = threading.Lock()

    def close(self) -> None:
        """Ends the use of the file; what was appended is in it."""
        with self._lock, self._read_lock, self._told():
            self._write.close()
            self._read.close()

    # --- a collector writes ----------------------------------------------------------------------

    def append(
        self,
        source: str,
        batch: Sequence[Raw | Gap],
        cursor: str | None = None,
        counts: Mapping[str, int] | None = None,
    ) -> int:
        """Keeps a batch in its order, and moves the source's cursor, all or nothing; the number of
        entries that are new. Those whose key is there already are left out and counted.

        On the disk when it returns. Raises DeviceError where the disk is full or the file is not
        to be written: what stood in the journal before still does, nothing of the batch.
        """
        with self._lock, self._transaction() as write:
            number = self._source(write, source)
            before = write.total_changes
            write.executemany(_INSERT, (_row(number, what) for what in batch))
            new = write.total_changes - before
            told = dict(counts or {})
            if new < len(batch):
                told[DUPLICATE] = told.get(DUPLICATE, 0) + len(batch) - new
            _count(write, number, told)
            if cursor is not None:
                write.execute("UPDATE sources SET cursor = ? WHERE id = ?", (cursor, number))
        self._ids[source] = number
        with self._grown:
            self._grown.notify_all()
        return new

    def count(self, source: str, what: str, number: int = 1) -> None:
        """Counts something that is not kept: "dropped", "too large", "repeated"."""
        self.append(source, (), counts={what: number})

    # --- what is known of a source ---------------------------------------------------------------

    def cursor(self, source: str) -> str | None:
        """Where the source is to be read on; None before the first cursor."""
        rows = self._rows("SELECT cursor FROM sources WHERE name = ?", source)
        return rows[0][0] if rows else None

    def counts(self, source: str) -> dict[str, int]:
        """How often something was counted, since the journal began."""
        asked = "SELECT what, number FROM counts JOIN sources ON id = source WHERE name = ?"
        return dict(self._rows(asked, source))

    def sources(self) -> list[str]:
        """The sources it has heard of, in order of their first entry."""
        return [name for (name,) in self._rows("SELECT name FROM sources ORDER BY id")]

    def last(self, source: str, most: int = 1) -> list[Entry]:
        """The last entries of a source, the newest first; at most `most`."""
        rows = self._rows(f"{_SELECT} WHERE name = ? ORDER BY position DESC LIMIT ?", source, most)
        return [_entry(row) for row in rows]

    def deliveries(self, source: str, most: int = 65_535) -> dict[int, bytes]:
        """The digest of what came last under each number of a delivery; of the last `most`."""
        asked = (
            "SELECT packet, topic, body FROM entries JOIN sources ON id = source"
            " WHERE name = ? AND packet > 0 ORDER BY position DESC LIMIT ?"
        )
        found: dict[int, bytes] = {}
        with self._read_lock, self._told():
            for packet, topic, body in self._read.execute(asked, (source, most)):
                found.setdefault(packet, digest(topic, body))
        return found

    # --- a follower reads ------------------------------------------------------------------------

    def read(self, after: int = 0, most: int = 10_000) -> list[Entry]:
        """The entries behind a position, in order; at most `most`."""
        rows = self._rows(f"{_SELECT} WHERE position > ? ORDER BY position LIMIT ?", after, most)
        return [_entry(row) for row in rows]

    def end(self) -> int:
        """The position of the last entry; 0 while there is none."""
        return self._rows("SELECT coalesce(max(position), 0) FROM entries")[0][0]

    def wait(self, after: int, seconds: float) -> bool:
        """Waits until something stands behind a position, at most that long; whether it does.

        What another process appends is seen when the time is over.
        """
        with self._grown:
            if self.end() <= after:
                self._grown.wait(seconds)
        return self.end() > after

    # --- within ----------------------------------------------------------------------------------

    def _source(self, write: sqlite3.Connection, name: str) -> int:
        if name not in self._ids:
            write.execute("INSERT OR IGNORE INTO sources (name) VALUES (?)", (name,))
            (row,) = write.execute("SELECT id FROM sources WHERE name = ?", (name,))
            return row[0]
        return self._ids[name]

    def _rows(self, asked: str, *values: object) -> list[tuple]:
        with self._read_lock, self._told():
            return self._read.execute(asked, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._told():
            self._write.execute("BEGIN IMMEDIATE")
            try:
                yield self._write
                self._write.execute("COMMIT")
            except BaseException:
                if self._write.in_transaction:
                    self._write.execute("ROLLBACK")
                raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What SQLite says, as one message with the file in it."""
        try:
            yield
        except sqlite3.Error as error:
            raise DeviceError(f"{self.path}: {_reason(error)}") from error
        except OSError as error:
            raise DeviceError(f"{self.path}: {error.strerror or error}") from error


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
    )
    try:
        _recognise(connection, path)
        # FULL: a commit is on the disk, not only on its way, when it returns.
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "wal_autocheckpoint = 4000"):
            connection.execute(f"PRAGMA {pragma}")
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _recognise(connection: sqlite3.Connection, path: Path) -> None:
    """Refuses another program's file and a later version's, before anything in it changes."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    is_new = not (tables or application or version)
    if not is_new and (application, version) != (APPLICATION, VERSION):
        ours = application == APPLICATION
        told = f"it has version {version}" if ours else "it is another program's"
        raise DeviceError(
            f"{path}: is not a journal of version {VERSION} ({told}); name another file"
        )


def _prepare(connection: sqlite3.Connection) -> None:
    """Makes the tables of a new file; two programs may begin at the same time."""
    connection.execute("BEGIN IMMEDIATE")
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not tables:
        for statement in SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _reason(error: sqlite3.Error) -> str:
    said = str(error)
    if "disk is full" in said or "disk I/O error" in said:
        return f"the disk is full or cannot be written ({said}); what is in the journal is kept"
    if "not a database" in said:
        return "is not a journal (no SQLite file); name another file"
    if "unable to open" in said:
        return "cannot be opened as a file to write"
    if "locked" in said:
        return f"another program has been writing it for more than {PATIENCE:g} s"
    return said


def _row(source: int, what: Raw | Gap) -> tuple[object, ...]:
    if isinstance(what, Gap):
        body = json.dumps({"begin": what.begin, "count": what.count}).encode()
        return source, None, what.end, None, None, body, 0, 0, 0
    told = None if math.isnan(what.told) else what.told
    tail = (what.body, what.qos, what.retain, what.packet)
    return source, what.key or None, what.received, told, what.topic, *tail


def _entry(row: tuple) -> Entry:
    position, source, key, received, told, topic, body, qos, retain, packet = row
    if topic is None:
        gap = json.loads(body)
        return Entry(position, source, Gap(gap["begin"], received, gap["count"]))
    told = math.nan if told is None else told
    raw = Raw(received, topic, body, told, key or "", qos, bool(retain), packet)
    return Entry(position, source, raw)


def _count(write: sqlite3.Connection, source: int, counts: Mapping[str, int]) -> None:
    rows: Iterable[tuple[int, str, int]] = ((source, *item) for item in counts.items())
    write.executemany(
        "INSERT INTO counts VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET number = number + excluded.number",
        rows,
    )
