"""PrusaLink, asked over HTTP, with a key (TWIN_PRUSALINK_KEY) or by digest authentication
(TWIN_PRUSALINK_USER, TWIN_PRUSALINK_PASSWORD)."""

from __future__ import annotations

from collections.abc import Iterator

from twin.devices.addresses import parse_address
from twin.devices.journal import Journal
from twin.devices.polled import STEP, PolledPrinter
from twin.devices.web import Site
from twin.recordings.printers.prusalink import PrusaLink

NOTHING = 204  # the status where there is no job


def collector(url: str, journal: Journal, machine: str = "", step: float = STEP) -> PolledPrinter:
    """A collector of the printer at "prusalink+http://host#machine".

    It is asked every `step` seconds. Raises DeviceError where the address is none.
    """
    return PolledPrinter(parse_address(url, machine), journal, _ask, PrusaLink, step)


def _ask(site: Site) -> Iterator[tuple[str, bytes]]:
    """The file's name stands with the job, which is told of before its state is."""
    job = site.ask("/api/v1/job", frozenset({200, NOTHING}))
    if job:
        yield "job", job
    yield "status", site.ask("/api/v1/status")
