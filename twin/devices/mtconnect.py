"""Follows an MTConnect agent over HTTP into the journal.

What the agent numbers is asked for from the cursor on, and stands in the journal, with the cursor,
before more is asked for. Each observation is kept as a line of SHDR under the agent's instance and
its sequence number, so that none stands there twice; how things stand (`/current`) is kept the same
way, between two marks. Where the agent's buffer has run over, or its numbering begins anew, a gap
stands in between, with how many were lost where that can be known.

The journal's lines are what a follower hears (`hear`) and what a recording is made of (`write`): a
live timeline equals the one that is read from the file.
"""

from __future__ import annotations

import gzip
import http.client
import math
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlsplit

from twin.devices.collector import Clock, Link, Standing, Status, waits
from twin.devices.journal import Entry, Gap, Journal, Raw
from twin.errors import DeviceError, RecordingError, TwinError
from twin.recordings.mtconnect import Follower, files, model, shdr, streams
from twin.recordings.mtconnect.observations import Lost, News, Snapshot, Told

COUNT = 5_000  # observations asked for at once
PAUSE = 0.2  # [s] before an agent that had nothing new is asked again
PATIENCE = 10.0  # [s] for an agent to say anything
LONGEST = 60.0  # [s] for a whole document
PROBE = "probe"  # the topic of a device model
CLOCK = 60.0  # [s] by which two clocks differ that do not agree
RETRIES = 3  # times that how things stood is asked for while the buffer runs on

# What is counted in the journal beside what it counts itself.
LOST, RESTARTS, DAMAGED, CLOCKS = "lost", "agent restarts", "not understood", "clock differs"


class AgentCollector:
    """One agent, followed by a thread of its own. `url`: http(s)://host:port, or with /device.

    Raises DeviceError where the URL is none. What goes wrong later is told by `status`.
    """

    def __init__(
        self, url: str, journal: Journal, source: str = "", count: int = COUNT, pause: float = PAUSE
    ) -> None:
        self._http = _Http(url)
        self.source = source or self._http.name
        self._journal = journal
        self._count, self._pause = count, pause
        self._standing = Standing(self.source)
        self._clock = Clock()
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"agent {self.source}", daemon=True)
        self._instance = ""
        self._label = ""  # the instance, and how often its numbers began anew, in keys and cursors
        self._told = math.nan  # when the last observation was told, on the agent's clock

    def start(self) -> None:
        """Begins to collect."""
        self._thread.start()

    def stop(self) -> None:
        """Ends it; what was received is in the journal."""
        self._ends.set()
        self._http.interrupt()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()
        self._standing.change(Link.STOPPED, "asked to stop")

    def status(self) -> Status:
        """How it stands, with what the journal counts of it."""
        return replace(self._standing.now(), counts=self._journal.counts(self.source))

    # --- the thread ------------------------------------------------------------------------------

    def _run(self) -> None:
        patience = waits()
        while not self._ends.is_set():
            try:
                following = self._connect()
                self._standing.change(Link.CONNECTED)
                while not self._ends.is_set():
                    following = self._take(following)
                    patience = waits()
            except (OSError, http.client.HTTPException, RecordingError) as error:
                if self._ends.is_set():
                    break
                self._wrong(error)
                self._ends.wait(next(patience))
            except DeviceError as error:  # of the journal: nothing more can be kept
                self._standing.change(Link.STOPPED, str(error))
                return
            finally:
                self._http.close()

    def _wrong(self, error: Exception) -> None:
        if isinstance(error, TwinError):
            self._journal.count(self.source, DAMAGED)
            self._standing.change(Link.LOST, str(error))
        else:
            self._standing.change(Link.LOST, f"{self._http.shown}: {error or type(error).__name__}")

    def _connect(self) -> int:
        """Asks who it is and where it stands; the number to go on from."""
        header = self._document("/current").header
        cursor = self._journal.cursor(self.source) or ""
        label, _, number = cursor.rpartition(":")
        instance, _, times = label.partition("~")
        self._instance, self._label = header.instance, header.instance
        self._told = self._last_told()
        if instance == header.instance:
            self._label = label
            if number.isdigit() and int(number) <= header.next:
                self._learn()
                return int(number)
            # Some agents call every instance the same.
            self._label = f"{instance}~{int(times or 0) + 1}"
        self._learn()
        if abs(header.made - time.time()) > CLOCK:
            self._journal.count(self.source, CLOCKS)
        if not cursor:
            return 1 if header.first == 1 else self._resume(header.first, None)
        self._journal.count(self.source, RESTARTS)
        gap = Gap(self._begin(header), header.made)
        if header.first > 1:
            return self._resume(header.first, gap)
        self._keep([gap], f"{self._label}:1")
        return 1

    def _learn(self) -> None:
        """Keeps the device model, once for each that there is."""
        probe = self._http.fetch("/probe")
        model.read_model([probe], f"{self._http.shown}/probe")
        key = f"{self._label}:{PROBE}:{zlib.crc32(probe):08x}"
        self._keep([Raw(self._clock.now(), PROBE, probe, key=key)], None)

    def _take(self, following: int) -> int:
        """The next observations, into the journal; the number to go on from."""
        path = f"/sample?from={following}&count={self._count}"
        try:
            document = self._document(path)
        except streams.AgentError as error:
            if error.code != "OUT_OF_RANGE":
                raise
            return self._overrun(following)
        self._standing.answers(self._clock.now())
        header = document.header
        if header.instance != self._instance or header.next < following:
            return self._connect()
        entries = self._entries(document)
        if header.next > following:
            counts = {DAMAGED: len(document.damaged)} if document.damaged else {}
            self._keep(entries, f"{self._label}:{header.next}", counts)
        if header.next < following + self._count:
            self._ends.wait(self._pause)  # there was not more
        return header.next

    def _overrun(self, following: int) -> int:
        """The buffer no longer holds what comes next, or the agent is another one."""
        header = self._document("/current").header
        if header.instance != self._instance or header.next < following:
            return self._connect()
        if header.first <= following:
            return following  # it does hold it: the question was wrong for another reason
        return self._resume(header.first, Gap(self._begin(header), header.made), following)

    def _resume(self, first: int, gap: Gap | None, following: int | None = None) -> int:
        """Takes in how things stood at the oldest observation that the buffer holds.

        The buffer runs on meanwhile; where it is faster, how things stand now is taken.
        """
        at: int | None = first
        for attempt in range(RETRIES + 1):
            if attempt == RETRIES:
                at = None
            try:
                document = self._document("/current" if at is None else f"/current?at={at}")
                break
            except streams.AgentError as error:
                if error.code != "OUT_OF_RANGE" or at is None:
                    raise
                header = self._document("/current").header
                # A share of the buffer further on, so that it is still there when asked for.
                at = header.first + (header.next - header.first) * (attempt + 1) // (RETRIES + 1)
        header = document.header
        if header.instance != self._instance:
            return self._connect()
        last = header.next - 1 if at is None else at
        counts = {}
        if gap is not None and following is not None:
            heard = sum(following <= number <= last for number, _ in document.observations)
            lost = last + 1 - following - heard
            gap = replace(gap, count=lost)
            counts[LOST] = lost
        mark = Snapshot(header.made if at is None else None)
        batch: list[Raw | Gap] = [] if gap is None else [gap]
        batch += [self._mark(mark), *self._entries(document), self._mark(News())]
        self._keep(batch, f"{self._label}:{last + 1}", counts)
        return last + 1

    # --- the journal -----------------------------------------------------------------------------

    def _keep(
        self,
        batch: list[Raw] | list[Raw | Gap],
        cursor: str | None,
        counts: dict[str, int] | None = None,
    ) -> None:
        self._journal.append(self.source, batch, cursor, counts)
        told = [what for what in batch if isinstance(what, Raw) and what.topic not in ("", PROBE)]
        gaps = sum(isinstance(what, Gap) for what in batch)
        heard = told[-1].received if told else math.nan
        self._standing.told(len(told), heard, gaps)
        if told:
            self._told = told[-1].told

    def _entries(self, document: streams.Document) -> list[Raw]:
        received = self._clock.now()
        return [
            Raw(
                received,
                told.device,
                shdr.line_of(told).encode(),
                told.time,
                f"{self._label}:{number}",
            )
            for number, told in document.observations
        ]

    def _mark(self, told: Told) -> Raw:
        return Raw(self._clock.now(), "", shdr.line_of(told).encode())

    def _begin(self, header: streams.Header) -> float:
        return min(self._told, header.made) if self._told == self._told else header.made

    def _last_told(self) -> float:
        for entry in self._journal.last(self.source, 10):
            if isinstance(entry.what, Raw) and not math.isnan(entry.what.told):
                return entry.what.told
        return math.nan

    def _document(self, path: str) -> streams.Document:
        return streams.read_document([self._http.fetch(path)], f"{self._http.shown}{path}")


class _Http:
    """One connection to an agent, kept open; answers are bounded in size and in time."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        try:
            self._port = parts.port
        except ValueError as error:
            raise DeviceError(f"{parts.hostname}: {error}") from error
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
            raise DeviceError(
                f"{parts.scheme or url}: expected the URL of an agent, such as http://agent:5000 "
                "(without a password in it)"
            )
        self._tls = parts.scheme == "https"
        self._host = parts.hostname
        self._device = quote(parts.path.rstrip("/"))
        self.name = parts.netloc + self._device
        self.shown = f"{parts.scheme}://{self.name}"
        self._connection: http.client.HTTPConnection | None = None

    def fetch(self, path: str) -> bytes:
        """The body of an answer, whatever its status.

        Raises OSError or HTTPException where there is none, RecordingError where it does not end.
        """
        connection = self._connection
        if connection is None:
            connection = self._connection = self._connected()
        try:
            connection.request("GET", self._device + path, headers={"Accept": "text/xml"})
            with connection.getresponse() as response:
                return b"".join(self._body(response, path))
        except BaseException:
            self.close()  # what is left of the answer must not be taken for the next one
            raise

    def close(self) -> None:
        """Ends the connection; the next question opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def interrupt(self) -> None:
        """Wakes a thread that waits for an answer, with an error."""
        sock = self._connection and self._connection.sock
        if sock:
            with suppress(OSError):  # it is closed already
                sock.shutdown(socket.SHUT_RDWR)

    def _connected(self) -> http.client.HTTPConnection:
        if self._tls:
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(
                self._host, self._port, timeout=PATIENCE, context=context
            )
        return http.client.HTTPConnection(self._host, self._port, timeout=PATIENCE)

    def _body(self, response: http.client.HTTPResponse, path: str) -> Iterator[bytes]:
        until = time.monotonic() + LONGEST
        total = 0
        while chunk := response.read1(2**16):
            total += len(chunk)
            if total > MOST_BYTES:
                raise RecordingError(
                    f"{self.shown}{path}: the answer is larger than {MOST_BYTES // 2**20} MB"
                )
            if time.monotonic() > until:
                raise RecordingError(f"{self.shown}{path}: no whole answer in {LONGEST:g} s")
            yield chunk


MOST_BYTES = 64 * 2**20  # of one answer


# --- out of the journal --------------------------------------------------------------------------


def told_by(entries: Iterable[Entry]) -> Iterator[Told | model.Device]:
    """What entries of an agent's journal tell, in their order."""
    for entry in entries:
        what = entry.what
        if isinstance(what, Gap):
            yield Lost(what.begin, what.end, what.count)
        elif what.topic == PROBE:
            yield from model.read_model([what.body], PROBE)
        else:
            yield from shdr.read([what.body.decode("utf-8", "replace")])


def hear(follower: Follower, entries: Iterable[Entry]) -> None:
    """Has a follower hear entries of the journal, in their order."""
    for told in told_by(entries):
        if isinstance(told, model.Device):
            follower.learn([told])
        else:
            follower.hear(told)


def write(journal: Journal, source: str, folder: Path) -> int:
    """Writes what the journal holds of an agent as a recording that `read` reads; its lines.

    `folder` gets the observations as SHDR, gzip, and the device model. Raises DeviceError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lines = 0
        with gzip.open(folder / "observations.txt.gz", "wt", encoding="utf-8") as file:
            for entry in _all(journal, source):
                if isinstance(entry.what, Raw) and entry.what.topic == PROBE:
                    (folder / files.MODEL).write_bytes(entry.what.body)
                    continue
                for told in told_by([entry]):
                    if not isinstance(told, model.Device):
                        file.write(shdr.line_of(told) + "\n")
                        lines += 1
        return lines
    except OSError as error:
        raise DeviceError(f"{folder}: cannot be written: {error.strerror or error}") from error


def _all(journal: Journal, source: str) -> Iterator[Entry]:
    position = 0
    while entries := journal.read(position):
        yield from (entry for entry in entries if entry.source == source)
        position = entries[-1].position
