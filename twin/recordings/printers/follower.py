"""Messages of a shop's printers, heard one after the other -> Timeline, at any time.

A message's topic is "printers/MACHINE/PROTOCOL/WHAT", its payload is what the printer sent; a gap
is one, too, "printers/MACHINE/gap", whose payload has its begin and end. The clock is that of who
received them.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from twin.recordings.messages import Message, parse
from twin.recordings.printers.moonraker import Moonraker
from twin.recordings.printers.octoprint import OctoPrint
from twin.recordings.printers.printer import SILENCE, Printer
from twin.recordings.printers.prusalink import PrusaLink
from twin.recordings.printers.reports import Job, Report, mapping, number
from twin.timeline import Names, Quality, State, Timeline, table

TOPICS = "printers/"  # all topics begin so
GAP = "gap"
NOT_UNDERSTOOD = "not understood"
UNKNOWN_TOPIC = "unknown topic"

Row = tuple[object, ...]


class Protocoled(Protocol):
    """What one server says -> reports."""

    def read(self, what: str, payload: object) -> Iterator[Report | list[Job]]:
        """Raises ValueError where the payload is none of its protocol."""
        ...


PROTOCOLS: dict[str, type[Protocoled]] = {
    "moonraker": Moonraker,
    "octoprint": OctoPrint,
    "prusalink": PrusaLink,
}


class Printers:
    """Hears messages in order of their receive time; `timeline` is what they came to so far.

    `machines` are printers in the order in which they are shown, whether they speak or not; others
    follow as they are first heard. `counts` says how much was not understood.
    """

    def __init__(self, machines: Iterable[str] = (), layout: str = "") -> None:
        self._layout = layout
        self._printers = {name: Printer(name) for name in machines}
        self._protocols: dict[tuple[str, str], Protocoled] = {}
        self._epoch = math.nan
        self._end = 0.0  # [s] from the epoch
        self._run = hashlib.sha256()
        self.counts: Counter[str] = Counter()

    def hear(self, message: Message) -> None:
        """The next message; one that was received before the last is taken to come with it.

        What is not understood is counted and leaves an alarm; the rest is heard as before.
        """
        parts = message.topic.split("/", 3)
        if parts[0] != TOPICS[:-1] or len(parts) < 3 or not parts[1]:
            self.counts[UNKNOWN_TOPIC] += 1
            return
        if math.isnan(self._epoch):
            self._epoch = message.time
        # Rounded, for seconds since 1970 have no more than the microseconds that were recorded.
        self._end = time = max(self._end, round(message.time - self._epoch, 6))
        self._run.update(f"{message.time}\n{message.topic}\n{message.payload}\n".encode())
        printer = self._printers.setdefault(parts[1], Printer(parts[1]))
        try:
            self._hear(printer, time, parts[2:], parse(message.payload))
        except ValueError as error:
            self.counts[NOT_UNDERSTOOD] += 1
            told = " ".join(f"{'/'.join(parts[2:])}: {error}".split())
            printer.remark(time, f"{NOT_UNDERSTOOD}: {told[:200]}")

    def timeline(self) -> Timeline:
        """All that was heard so far, up to the last message; UNAVAILABLE before the first."""
        names = Names(self._printers)
        printers = list(self._printers.values())
        epoch = 0.0 if math.isnan(self._epoch) else self._epoch
        return Timeline(
            resources=tuple(names[printer.name] for printer in printers),
            start=0.0,
            end=self._end,
            intervals=table("intervals", intervals_of(names, printers, self._end)),
            moves=table("moves"),
            orders=table("orders", orders_of(names, printers)),
            points=table("points", points_of(names, printers)),
            names=names.texts(),
            epoch=datetime.fromtimestamp(epoch, UTC),
            origin="recorded",
            run=self._run.hexdigest()[:12],
            layout=self._layout,
        )

    def _hear(self, printer: Printer, time: float, what: list[str], payload: object) -> None:
        if what == [GAP]:
            begin = number(mapping(payload).get("begin")) - self._epoch
            end = number(mapping(payload).get("end")) - self._epoch
            if not begin <= end:
                raise ValueError("expected numbers under 'begin' and 'end', in their order")
            printer.lose(max(0.0, round(begin, 6)), min(round(end, 6), time))
            return
        protocol = what[0]
        if protocol not in PROTOCOLS or len(what) < 2:
            raise ValueError(f"expected a topic of {', '.join(PROTOCOLS)}")
        source = self._protocols.setdefault((printer.name, protocol), PROTOCOLS[protocol]())
        for told in source.read(what[1], payload):
            if isinstance(told, Report):
                printer.hear(time, told)
            else:
                printer.silent(time)
                printer.fill(time, (_from(self._epoch, job) for job in told))


def _from(epoch: float, job: Job) -> Job:
    return replace(job, start=job.start - epoch, end=job.end - epoch)


def intervals_of(names: Names, printers: Iterable[Printer], end: float) -> Iterator[Row]:
    """Rows of intervals, printer by printer; `end` [s] is the last time of the timeline."""
    for printer in printers:
        rows = printer.track.intervals()
        if end - printer.heard > SILENCE and rows[-1][0] != State.UNAVAILABLE:
            # It is silent now, while others speak: what it does is not known any more.
            state, part, start, _, _, native = rows.pop()
            last = max(start, printer.heard)  # what its history told may have begun later
            if last > start:
                rows.append((state, part, start, last, Quality.UNCERTAIN, native))
            rows.append((State.UNAVAILABLE, "", last, math.nan, Quality.GOOD, ""))
        for state, part, start, until, quality, native in rows:
            yield (
                *(names[printer.name], state, names[part]),
                *(start, until, quality, names[native]),
            )


def orders_of(names: Names, printers: Iterable[Printer]) -> Iterator[Row]:
    """Rows of orders, in order of their start: one for each job."""
    orders = [order for printer in printers for order in printer.orders]
    for order in sorted(orders, key=lambda order: order.release):
        yield (
            *(names[order.name], names[order.product], 1, order.release, math.nan),
            *(order.start, order.end, order.outcome, order.quality),
        )


def points_of(names: Names, printers: Iterable[Printer]) -> Iterator[Row]:
    """Rows of points, in order of time; the file of each job is one, its "program"."""
    points = [(printer.name, *point) for printer in printers for point in printer.points]
    points += [
        (printer.name, "program", order.release, math.nan, "", order.quality, order.file)
        for printer in printers
        for order in printer.orders
        if order.file
    ]
    for resource, name, time, value, unit, quality, native in sorted(points, key=lambda p: p[2]):
        yield (
            *(names[resource], names[name], time, value),
            *(names[unit], quality, names[native]),
        )
