"""What printers remember of their jobs -> Timeline.

Moonraker's answer to server.history.list (JSON), OctoPrint's own record of its files
(.metadata.json of its uploads) and the export of its Print History plugin (CSV, github.com/imrahil/
OctoPrint-PrintHistory). Each of them is of one printer, whose name they do not have.

A job is an interval. Between two jobs the printer is IDLE, which is inferred, where the history
numbers its jobs, none is missing, and the first did not end with the printer itself; else nobody
knows what it did: UNAVAILABLE.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from twin.errors import RecordingError
from twin.recordings.messages import parse
from twin.recordings.printers.follower import intervals_of, orders_of, points_of
from twin.recordings.printers.moonraker import IN_PROGRESS, MILLIMETRE, read_jobs
from twin.recordings.printers.printer import Printer
from twin.recordings.printers.reports import Job, mapping, mappings, number, text
from twin.timeline import Names, Outcome, Quality, State, Timeline, table

MOST_BYTES = 64 * 2**20  # some 30,000 jobs with all their metadata
HEAD = 2**16  # bytes by which a file is known
COLUMNS = ("File name", "Timestamp", "Success", "Print time")  # of the plugin's export
LENGTH = "Filament length"  # [mm]
# A job that did not print for a larger part of its time was heated or paused, nobody knows when.
IDLING = 0.1
# After these the printer is not known to have been ready.
BROKEN = frozenset({"error", "klippy_shutdown", "klippy_disconnect", "interrupted"})


def is_history(path: Path) -> bool:
    """Whether a file looks like one of these, by its first bytes."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD).decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    except OSError:
        return False
    if head.startswith("{"):
        of_moonraker = '"jobs"' in head and '"job_id"' in head
        return of_moonraker or ('"history"' in head and '"printerProfile"' in head)
    first = next(csv.reader(head.splitlines()[:1]), [])
    return set(COLUMNS) <= {column.strip() for column in first}


def read_history(path: Path, machine: str, layout: str = "") -> Timeline:
    """The jobs of a printer that is called `machine`, as a Timeline.

    It runs from the first to the last time that the jobs have; orders are numbered by their start.
    Raises RecordingError with the place where the file is none of these histories or has no job.
    """
    body = _body(path)
    jobs = sorted((job for job in _jobs(path, body) if not math.isnan(_when(job))), key=_when)
    if not jobs:
        raise RecordingError(f"{path}: has no job with a time")
    epoch = _when(jobs[0])
    printer = Printer(machine)
    recalled = _Recalled(printer)
    for job in jobs:
        start, until = round(job.start - epoch, 6), round(job.end - epoch, 6)
        recalled.add(replace(job, start=start, end=until))
    end = recalled.end
    names = Names([machine])
    return Timeline(
        resources=(names[machine],),
        start=0.0,
        end=end,
        intervals=table("intervals", intervals_of(names, [printer], end)),
        moves=table("moves"),
        orders=table("orders", orders_of(names, [printer])),
        points=table("points", points_of(names, [printer])),
        names=names.texts(),
        epoch=datetime.fromtimestamp(epoch, UTC),
        origin="recorded",
        run=hashlib.sha256(body).hexdigest()[:12],
        layout=layout,
    )


def _when(job: Job) -> float:
    """The first time that a job has; NaN where it has none."""
    return job.end if math.isnan(job.start) else job.start


# --- jobs -> a printer ---------------------------------------------------------------------------


class _Recalled:
    """A printer while its jobs are recalled, in order of their start; times [s] from the epoch."""

    def __init__(self, printer: Printer) -> None:
        self.printer, self.end = printer, 0.0
        self._last: Job | None = None

    def add(self, job: Job) -> None:
        printer = self.printer
        if job.end < job.start:
            printer.remark(self.end, f"the job of {job.file!r} ends before it begins; left out")
            return
        order = printer.recall(job)
        if math.isnan(job.start):  # it is only known when it ended
            self.end = max(self.end, job.end)
            return
        begin = job.start
        if begin < self.end:
            printer.remark(begin, f"the job of {job.file!r} begins before another has ended")
            begin = self.end
        elif begin > self.end:
            state, quality = self._between(job)
            printer.track.change(self.end, state, quality=quality)
        until = job.start + job.total if math.isnan(job.end) else job.end
        until = begin if math.isnan(until) else max(begin, until)
        steady = not job.printed < (1.0 - IDLING) * job.total
        quality = job.quality if steady else Quality.UNCERTAIN
        printer.track.change(begin, State.PROCESSING, order.name, job.native, quality)
        self.end, self._last = until, job
        if job.native != IN_PROGRESS:
            printer.track.change(until, State.UNAVAILABLE)

    def _between(self, job: Job) -> tuple[State, Quality]:
        last = self._last
        is_next = last is not None and 0 <= last.number == job.number - 1
        if last is not None and is_next and last.native not in BROKEN:
            return State.IDLE, Quality.INFERRED
        return State.UNAVAILABLE, Quality.GOOD


# --- files -> jobs -------------------------------------------------------------------------------


def _body(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            body = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise RecordingError(f"{path}: cannot be read: {error.strerror or error}") from error
    if len(body) > MOST_BYTES:
        raise RecordingError(f"{path}: has more than {MOST_BYTES // 2**20} MB; no history has")
    return body


def _jobs(path: Path, body: bytes) -> Iterator[Job]:
    try:
        told = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordingError(f"{path}: is not a text in UTF-8: {error}") from error
    if not told.lstrip().startswith(("{", "[")):
        yield from _exported(path, told)
        return
    try:
        found = mapping(parse(told))
    except ValueError as error:
        raise RecordingError(f"{path}: expected JSON: {error}") from error
    result = mapping(found.get("result")) or found
    if isinstance(result.get("jobs"), list):
        yield from read_jobs(result)
    else:
        yield from _recorded(path, found)


def _recorded(path: Path, files: dict[str, object]) -> Iterator[Job]:
    """OctoPrint's .metadata.json: each file with its history; a failed print has no duration."""
    if not any("history" in mapping(entry) for entry in files.values()):
        raise RecordingError(
            f"{path}: is no history of prints: expected the 'jobs' of Moonraker's "
            "server.history.list, or OctoPrint's files with a 'history' each"
        )
    for name, entry in files.items():
        for event in mappings(mapping(entry).get("history")):
            end, took = number(event.get("timestamp")), number(event.get("printTime"))
            yield _octoprint_job(name, end, took, event.get("success") is True)


def _exported(path: Path, told: str) -> Iterator[Job]:
    """The export of OctoPrint's plugin: rows with the end of a print and how long it took."""
    rows = csv.reader(io.StringIO(told, newline=""))
    try:
        header = [column.strip() for column in next(rows, [])]
        missing = [column for column in COLUMNS if column not in header]
        if missing:
            raise RecordingError(
                f"{path}: line 1: expected the columns {', '.join(COLUMNS)}; "
                f"{', '.join(missing)} is missing"
            )
        for row in rows:
            if row:
                yield _exported_job(path, rows.line_num, dict(zip(header, row, strict=False)))
    except csv.Error as error:
        raise RecordingError(f"{path}: line {rows.line_num}: {error}") from error


def _exported_job(path: Path, line: int, row: dict[str, str]) -> Job:
    place = f"{path}: line {line}"
    if any(column not in row for column in COLUMNS):
        raise RecordingError(f"{place}: has fewer columns than line 1")
    end, took = (_seconds(place, column, row[column]) for column in ("Timestamp", "Print time"))
    word = row["Success"].strip().lower()
    if word not in ("true", "1", "false", "0"):
        raise RecordingError(f"{place}: 'Success': expected True or False, not {word!r}")
    job = _octoprint_job(row["File name"].strip(), end, took, word in ("true", "1"))
    length = _seconds(place, LENGTH, row.get(LENGTH, "-"))
    return replace(job, filament=length * MILLIMETRE)


def _seconds(place: str, column: str, told: str) -> float:
    """A number with a point or a comma; "-" or nothing is none."""
    told = told.strip()
    if told in ("", "-"):
        return math.nan
    try:
        value = float(told.replace(",", "."))
    except ValueError as error:
        raise RecordingError(f"{place}: {column!r}: expected a number, not {told!r}") from error
    if not math.isfinite(value):
        raise RecordingError(f"{place}: {column!r}: expected a number, not {told!r}")
    return value


def _octoprint_job(file: str, end: float, took: float, success: bool) -> Job:
    """OctoPrint does not tell a cancelled print from a failed one."""
    return Job(
        file=text(file),
        start=end - took,
        end=end,
        outcome=Outcome.DONE if success else Outcome.CANCELLED,
        native="success" if success else "no success",
        quality=Quality.GOOD if success else Quality.UNCERTAIN,
        printed=took,
        total=took,
    )
