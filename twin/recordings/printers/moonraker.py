"""What Moonraker says -> reports.

Names and meanings are those of its documentation (github.com/Arksine/moonraker, docs/external_api)
and of Klipper's status reference (klipper3d.org/Status_Reference.html). The server tells what has
changed since it was subscribed to; the first answer has all.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from twin.recordings.printers.reports import Job, Report, mapping, mappings, number, text
from twin.timeline import Outcome, Quality, State

MILLIMETRE = 1e-3  # [m]

# print_stats.state -> state, and how the job ended.
STATES: dict[str, tuple[State, Outcome | None]] = {
    "standby": (State.IDLE, None),
    "printing": (State.PROCESSING, None),
    "paused": (State.HELD, None),
    "complete": (State.IDLE, Outcome.DONE),
    "cancelled": (State.IDLE, Outcome.CANCELLED),
    "error": (State.DOWN, Outcome.SCRAPPED),
}
WORKS = frozenset({"printing", "paused"})
# The state of Klipper, which drives the printer, where it is not "ready".
KLIPPER = {
    "startup": State.UNAVAILABLE,
    "disconnected": State.UNAVAILABLE,
    "shutdown": State.DOWN,
    "error": State.DOWN,
}
# What a history says of a job -> how it ended.
IN_PROGRESS = "in_progress"
ENDS = {
    IN_PROGRESS: Outcome.OPEN,
    "completed": Outcome.DONE,
    "cancelled": Outcome.CANCELLED,
    "error": Outcome.SCRAPPED,
    "klippy_shutdown": Outcome.SCRAPPED,
    "klippy_disconnect": Outcome.SCRAPPED,
    "interrupted": Outcome.OPEN,  # Moonraker itself was: nobody saw the end
}
NOTIFIED = {
    "notify_klippy_ready": "ready",
    "notify_klippy_shutdown": "shutdown",
    "notify_klippy_disconnected": "disconnected",
}


class Moonraker:
    """Reads the messages of one server in their order; `what` is a message's method."""

    def __init__(self) -> None:
        self._klipper = ""
        self._objects: dict[str, dict[str, Any]] = {}
        self._heating = False

    def read(self, what: str, payload: object) -> Iterator[Report | list[Job]]:
        """The reports in a message, or the jobs of a history. Raises ValueError where it is none
        of this protocol."""
        message = mapping(payload)
        if what in NOTIFIED:
            self._klipper = NOTIFIED[what]
            if self._klipper != "ready":
                yield self._report()  # a ready one is subscribed to anew, and says then how it is
        elif what == "server.info":
            self._klipper = text(_result(message).get("klippy_state"))
            if self._klipper != "ready":
                yield self._report()
        elif what in ("printer.objects.subscribe", "printer.objects.query"):
            yield from self._update(_result(message).get("status"))
        elif what == "notify_status_update":
            parameters = message.get("params")
            yield from self._update(parameters[0] if isinstance(parameters, list) else None)
        elif what == "server.history.list":
            yield read_jobs(_result(message))
        elif what == "notify_history_changed":
            yield from self._history(message.get("params"))
        else:
            raise ValueError(f"there is no message {what!r} of Moonraker")

    def _update(self, status: object) -> Iterator[Report]:
        changed = mapping(status)
        if not isinstance(status, dict):
            raise ValueError("expected the status of the printer's objects")
        if not changed:  # Klipper is not ready; that is told elsewhere
            return
        stats, now = mapping(changed.get("print_stats")), self._objects.get("print_stats", {})
        if stats.get("state") == "printing" and now.get("state") not in WORKS:
            # A new job: what the last one came to is not this one's, whether it is told or not.
            for key in ("print_duration", "filament_used"):
                now.pop(key, None)
            self._objects.pop("virtual_sdcard", None)
        for name, values in changed.items():
            self._objects.setdefault(name, {}).update(mapping(values))
        klipper = text(self._objects.get("webhooks", {}).get("state"))
        self._klipper = klipper or self._klipper or "ready"
        yield self._report()

    def _report(self) -> Report:
        stats = self._objects.get("print_stats", {})
        temperatures = {
            _heater(name): number(values["temperature"])
            for name, values in self._objects.items()
            if "temperature" in values and not math.isnan(number(values["temperature"]))
        }
        if self._klipper != "ready":
            hooks = self._objects.pop("webhooks", {})
            state = KLIPPER.get(self._klipper, State.UNAVAILABLE)
            self._objects.clear()  # it restarts, and tells all anew
            self._heating = False
            alarm = text(hooks.get("state_message")) if state == State.DOWN else ""
            native = f"klippy {self._klipper}"
            strange = "" if self._klipper in KLIPPER else f"unknown state {native!r}"
            return Report(state, native, alarm=strange or alarm or _alarm_of(state, native))
        return self._print_report(stats, temperatures)

    def _print_report(self, stats: dict[str, Any], temperatures: Mapping[str, float]) -> Report:
        word = text(stats.get("state"))
        if not word:
            return Report(temperatures=temperatures)
        works, printed = word in WORKS, number(stats.get("print_duration"))
        state, outcome = STATES.get(word, (State.UNAVAILABLE, None))
        alarm = "" if word in STATES else f"unknown state {word!r}"
        quality, ago = Quality.GOOD, 0.0
        if word == "printing":
            # The time of a print runs from its first extrusion: before that it homes and heats.
            if not printed > 0:
                state, quality, self._heating = State.SETUP, Quality.INFERRED, True
            elif self._heating:
                self._heating, ago = False, printed
        elif not works:
            self._heating = False
        if word == "error":
            alarm = text(stats.get("message")) or "error"
        return Report(
            state,
            word,
            quality,
            ago=ago,
            works=works,
            file=text(stats.get("filename")) if works or outcome is not None else "",
            outcome=outcome,
            progress=number(self._objects.get("virtual_sdcard", {}).get("progress"))
            if works
            else math.nan,
            printed=printed if works else math.nan,
            filament=number(stats.get("filament_used")) * MILLIMETRE,
            temperatures=temperatures,
            alarm=alarm,
        )

    def _history(self, parameters: object) -> Iterator[Report]:
        for entry in mappings(parameters):
            job = mapping(entry.get("job"))
            if entry.get("action") == "finished":
                yield Report(
                    file=text(job.get("filename")),
                    outcome=ENDS.get(text(job.get("status"))),
                    filament=number(job.get("filament_used")) * MILLIMETRE,
                )


def read_jobs(result: object) -> list[Job]:
    """The jobs in the answer to server.history.list, those without a start left out."""
    jobs = []
    for entry in mappings(mapping(result).get("jobs")):
        native, start, end = text(entry.get("status")), number(entry.get("start_time")), math.nan
        if math.isnan(start):
            continue
        if native != IN_PROGRESS:
            end = number(entry.get("end_time"))
        outcome = ENDS.get(native, Outcome.OPEN)
        known = native == IN_PROGRESS or (outcome != Outcome.OPEN and not math.isnan(end))
        if math.isnan(end):
            outcome = Outcome.OPEN
        elif outcome == Outcome.OPEN:  # it has ended, and nobody says that it is done
            outcome = Outcome.CANCELLED
        jobs.append(
            Job(
                file=text(entry.get("filename")),
                start=start,
                end=end,
                outcome=outcome,
                native=native,
                quality=Quality.GOOD if known else Quality.UNCERTAIN,
                number=_job_number(entry.get("job_id")),
                printed=number(entry.get("print_duration")),
                total=number(entry.get("total_duration")),
                filament=number(entry.get("filament_used")) * MILLIMETRE,
            )
        )
    return jobs


def _job_number(told: object) -> int:
    """Moonraker counts its jobs in hexadecimal digits: "00001A"."""
    try:
        return int(text(told), 16)
    except ValueError:
        return -1


def _result(message: dict[str, Any]) -> dict[str, Any]:
    if "error" in message:
        told = text(mapping(message["error"]).get("message")) or "an error"
        raise ValueError(f"the server answers: {told}")
    return mapping(message.get("result"))


def _heater(name: str) -> str:
    """Klipper's name of a heater -> ours: "heater_bed" -> "bed", "extruder" -> "nozzle"."""
    if name.startswith("extruder"):
        return f"nozzle{name.removeprefix('extruder')}"
    return name.removeprefix("heater_generic ").removeprefix("heater_")


def _alarm_of(state: State, native: str) -> str:
    return native if state == State.DOWN else ""
