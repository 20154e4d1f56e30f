"""OctoPrint, asked over HTTP: its state and its job, with an API key (TWIN_OCTOPRINT_KEY)."""

from __future__ import annotations

from collections.abc import Iterator

from twin.devices.addresses import parse_address
from twin.devices.journal import Journal
from twin.devices.polled import STEP, PolledPrinter
from twin.devices.web import Site
from twin.recordings.printers.octoprint import OctoPrint

# Without a printer OctoPrint answers that there is a conflict, which is an answer, too.
ANSWERS = frozenset({200, 409})


def collector(url: str, journal: Journal, machine: str = "", step: float = STEP) -> PolledPrinter:
    """A collector of the OctoPrint at "octoprint+http://host:port#machine".

    It is asked every `step` seconds. Raises DeviceError where the address is none.
    """
    return PolledPrinter(parse_address(url, machine), journal, _ask, OctoPrint, step)


def _ask(site: Site) -> Iterator[tuple[str, bytes]]:
    """The job first: the printer's answer is complete with it."""
    yield "job", site.ask("/api/job", ANSWERS)
    yield "printer", site.ask("/api/printer?exclude=sd", ANSWERS)
