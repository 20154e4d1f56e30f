"""Printers that are asked over HTTP: OctoPrint and PrusaLink.

All STEP seconds the same questions. An answer that says nothing new of state and job is counted as
repeated and kept only now and then, as a sign of life and for its temperatures.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator

from twin.devices.addresses import Address, credentials
from twin.devices.collector import Clock, Intake, Link, Standing, Status, waits
from twin.devices.journal import Gap, Journal, Raw
from twin.devices.web import Site, Unreachable
from twin.errors import DeviceError
from twin.recordings.messages import parse
from twin.recordings.printers.follower import NOT_UNDERSTOOD, TOPICS, Protocoled
from twin.recordings.printers.reports import Job, Report

STEP = 2.0  # [s] from one round of questions to the next
KEPT = 5.0  # [s] after which an answer is kept though it says nothing new
HOLE = 10.0  # [s] between two answers, from which on it is a gap
REPEATED = "repeated"

# One question after the other, with what it is called: (what, body of the answer).
Questions = Callable[[Site], Iterator[tuple[str, bytes]]]


class PolledPrinter:
    """A collector of one printer; `questions` are its protocol's, `reader` says what is new."""

    def __init__(
        self,
        address: Address,
        journal: Journal,
        questions: Questions,
        reader: Callable[[], Protocoled],
        step: float = STEP,
    ) -> None:
        self.source = address.source
        self._site = Site(address.web, credentials(address))
        self._topic = f"{TOPICS}{address.machine}/{address.protocol}/"
        self._questions, self._reader, self._step = questions, reader(), step
        self._journal, self._standing = journal, Standing(self.source)
        self._ends = threading.Event()
        self._intake = Intake(journal, self._standing, self._ends.set)
        self._thread = threading.Thread(target=self._run, name=self.source)
        self._heard = last_heard(journal, self.source)
        self._clock = Clock(self._heard)
        self._kept, self._told = -math.inf, None

    def start(self) -> None:
        self._intake.start()
        self._thread.start()

    def stop(self) -> None:
        self._ends.set()
        if self._thread.is_alive():
            self._thread.join()
        self._intake.stop()
        self._standing.change(Link.STOPPED)

    def status(self) -> Status:
        return self._standing.with_counts(self._journal, self._intake.queued())

    def _run(self) -> None:
        patience = waits()
        while not self._ends.is_set():
            wait = self._step
            try:
                self._round()
                self._standing.change(Link.CONNECTED)
                patience = waits()
            except Unreachable as error:
                self._standing.change(Link.LOST, str(error))
                wait = max(self._step, next(patience))
            except DeviceError as error:
                self._standing.change(Link.STOPPED, str(error))
                return
            self._ends.wait(wait)

    def _round(self) -> None:
        """Asks all questions once. Raises Unreachable or Refused."""
        answers: list[Raw] = []
        told: list[object] = []
        for what, body in self._questions(self._site):
            received = round(self._clock.now(), 6)
            try:
                told += [essence(report) for report in self._reader.read(what, parse(body))]
            except ValueError as error:
                self._intake.count(NOT_UNDERSTOOD)
                raise Unreachable(
                    f"{self.source}: what answers is not understood, is it another program? "
                    f"{what}: {' '.join(str(error).split())[:200]}"
                ) from error
            answers.append(Raw(received, self._topic + what, body))
        begin, self._heard = self._heard, answers[-1].received
        self._standing.answers(self._heard)
        if answers[0].received - begin > max(HOLE, 3.0 * self._step) and begin > -math.inf:
            self._intake.put(Gap(begin, answers[0].received))
            self._told = None
        if told == self._told and self._heard - self._kept < KEPT:
            self._intake.count(REPEATED, len(answers))
            return
        self._told, self._kept = told, self._heard
        for raw in answers:
            self._intake.put(raw)


def essence(told: Report | list[Job]) -> object:
    """What makes a report another one than the last: all but its measured values."""
    if isinstance(told, list):
        return told
    return (told.state, told.native, told.works, told.job, told.file, told.outcome, told.alarm)


def last_heard(journal: Journal, source: str) -> float:
    """When a source was heard last in an earlier run [s] since 1970; -inf where it never was."""
    for entry in journal.last(source):
        return entry.what.end if isinstance(entry.what, Gap) else entry.what.received
    return -math.inf
