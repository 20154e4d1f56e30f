"""What OctoPrint answers -> reports.

Its REST API (docs.octoprint.org, "Common data model") has the state of the printer, as flags, apart
from the job. They are asked for one after the other, the job first; the answers count where both
name the same state.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from twin.recordings.printers.reports import Job, Report, mapping, number, text
from twin.timeline import Outcome, Quality, State

MILLIMETRE = 1e-3  # [m]
PERCENT = 1e-2

# Flags of a state, the first that is set counts.
FLAGS = (
    ("error", State.DOWN),
    ("closedOrError", State.UNAVAILABLE),
    ("paused", State.HELD),
    ("resuming", State.HELD),
    ("cancelling", State.PROCESSING),
    ("pausing", State.PROCESSING),
    ("finishing", State.PROCESSING),
    ("printing", State.PROCESSING),
    ("operational", State.IDLE),
)
WORKS = frozenset({State.PROCESSING, State.HELD})
# How the job's words for these states begin: "Printing from SD", "Pausing".
WORKING = ("Starting", "Print", "Paus", "Resum", "Cancel", "Finish")


class OctoPrint:
    """Reads the answers of one server in their order; `what` is what was asked for."""

    def __init__(self) -> None:
        self._job: dict[str, Any] = {}

    def read(self, what: str, payload: object) -> Iterator[Report | list[Job]]:
        """The report in an answer. Raises ValueError where it is none of this protocol."""
        answer = mapping(payload)
        if what == "job":
            if "job" not in answer:
                raise ValueError("expected an answer with 'job'")
            self._job = answer
        elif what == "printer":
            if "state" in answer:
                yield from self._report(mapping(answer["state"]), answer.get("temperature"))
            elif "error" in answer:  # no printer is connected; the job's state says why
                yield self._offline(text(answer["error"]))
            else:
                raise ValueError("expected an answer with 'state'")
        else:
            raise ValueError(f"there is no answer {what!r} of OctoPrint")

    def _report(self, told: Mapping[str, Any], heat: object) -> Iterator[Report]:
        flags, native = mapping(told.get("flags")), text(told.get("text"))
        state = next((state for flag, state in FLAGS if flags.get(flag) is True), None)
        alarm = text(told.get("error"))
        if state is None:
            state, alarm = State.UNAVAILABLE, f"unknown state {native!r}"
        if self._stale(state):
            return
        job, progress = mapping(self._job.get("job")), mapping(self._job.get("progress"))
        done = number(progress.get("completion")) * PERCENT
        works = state in WORKS
        outcome = None
        if state == State.IDLE:  # only a job that went to its end leaves its progress behind
            outcome = Outcome.DONE if done >= 1.0 else Outcome.CANCELLED
        elif state == State.DOWN:
            outcome, alarm = Outcome.SCRAPPED, alarm or native
        file, lengths = mapping(job.get("file")), mapping(job.get("filament"))
        yield Report(
            state,
            native,
            Quality.UNCERTAIN,
            works=works,
            file=text(file.get("path")) or text(file.get("name")),
            outcome=outcome,
            progress=done if works else math.nan,
            printed=number(progress.get("printTime")) if works else math.nan,
            filament=_filament(lengths, done),
            temperatures=_temperatures(heat),
            alarm=alarm,
        )

    def _stale(self, state: State) -> bool:
        """Whether the job's answer is from before the printer's, of another state."""
        return text(self._job.get("state")).startswith(WORKING) != (state in WORKS)

    def _offline(self, error: str) -> Report:
        native = text(self._job.get("state"))
        if not native or native.startswith((*WORKING, "Operational")):
            native = error  # the printer went away between the two questions
        failed = "error" in native.lower()
        state = State.DOWN if failed else State.UNAVAILABLE
        return Report(state, native, Quality.UNCERTAIN, alarm=native if failed else "")


def _filament(lengths: Mapping[str, Any], done: float) -> float:
    """[m] of filament used: what the file needs, as analysed, times the progress."""
    tools = lengths.values() if "length" not in lengths else [lengths]
    needed = sum(number(mapping(tool).get("length")) for tool in tools) * MILLIMETRE
    return needed * done if lengths and needed > 0 else math.nan


def _temperatures(heat: object) -> dict[str, float]:
    """[Cel] by heater: "tool0" is the first nozzle."""
    found = {}
    for name, values in mapping(heat).items():
        degrees = number(mapping(values).get("actual"))
        if not math.isnan(degrees):
            extruder = name.removeprefix("tool")
            ours = f"nozzle{'' if extruder == '0' else extruder}" if name != extruder else name
            found[ours] = degrees
    return found
