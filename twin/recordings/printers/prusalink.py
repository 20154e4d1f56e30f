"""What PrusaLink answers -> reports.

Its API (github.com/prusa3d/Prusa-Link-Web, spec/openapi.yaml) has state, temperatures and the
number of the job in one answer, the job's file in another.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from twin.recordings.printers.reports import Job, Report, mapping, number, text
from twin.timeline import Outcome, Quality, State

PERCENT = 1e-2

# Its word -> state, and how the job ended.
STATES: dict[str, tuple[State, Outcome | None]] = {
    "IDLE": (State.IDLE, None),
    "READY": (State.IDLE, None),
    "BUSY": (State.SETUP, None),  # moves or heats outside of a print
    "PRINTING": (State.PROCESSING, None),
    "PAUSED": (State.HELD, None),
    "ATTENTION": (State.HELD, None),  # wants its operator
    "FINISHED": (State.IDLE, Outcome.DONE),
    "STOPPED": (State.IDLE, Outcome.CANCELLED),
    "ERROR": (State.DOWN, Outcome.SCRAPPED),
}
# In these a job is under way; in the others of them, where the answer has one.
WORKS, PERHAPS = frozenset({"PRINTING", "PAUSED"}), frozenset({"BUSY", "ATTENTION"})
HEATERS = {"temp_nozzle": "nozzle", "temp_bed": "bed", "temp_chamber": "chamber"}


class PrusaLink:
    """Reads the answers of one printer in their order; `what` is what was asked for."""

    def __init__(self) -> None:
        self._job, self._file = "", ""  # of the last answer about a job

    def read(self, what: str, payload: object) -> Iterator[Report | list[Job]]:
        """The report in an answer. Raises ValueError where it is none of this protocol."""
        answer = mapping(payload)
        if what == "status":
            report = _status(answer)
            yield replace(report, file=self._file) if report.job == self._job else report
        elif what == "job":
            file = mapping(answer.get("file"))
            path = "/".join(part for part in (text(file.get("path")), _name(file)) if part)
            self._job, self._file = _number(answer.get("id")), path.strip("/")
        else:
            raise ValueError(f"there is no answer {what!r} of PrusaLink")


def _status(answer: dict[str, Any]) -> Report:
    printer, job = mapping(answer.get("printer")), mapping(answer.get("job"))
    native = text(printer.get("state")).upper()
    if not native:
        raise ValueError("expected an answer with the state of 'printer'")
    state, outcome = STATES.get(native, (State.UNAVAILABLE, None))
    said = mapping(printer.get("status_printer"))
    alarm = "" if native in STATES else f"unknown state {native!r}"
    if native in ("ERROR", "ATTENTION"):
        alarm = text(said.get("message")) or native
    works = native in WORKS or (native in PERHAPS and bool(job))
    temperatures = {name: number(printer.get(key)) for key, name in HEATERS.items()}
    return Report(
        state,
        native,
        Quality.UNCERTAIN,
        works=works,
        job=_number(job.get("id")) if works or outcome is not None else "",
        outcome=outcome,
        progress=number(job.get("progress")) * PERCENT if works else math.nan,
        printed=number(job.get("time_printing")) if works else math.nan,
        temperatures={k: v for k, v in temperatures.items() if not math.isnan(v)},
        alarm=alarm,
    )


def _name(file: dict[str, Any]) -> str:
    """The name of a file: the long one, where it also has one of eight letters."""
    return text(file.get("display_name")) or text(file.get("name"))


def _number(told: object) -> str:
    return str(told) if isinstance(told, (int, str)) and not isinstance(told, bool) else ""
