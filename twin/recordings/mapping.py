"""What the columns of a shop's log mean: a small file of YAML -> Mapping.

    mapping: 1
    name: Workshop
    time: {zone: Europe/Berlin}
    columns: {part: case_id, resource: Resource, activity: Activity, start: start, end: end}
    stations: {"CNC 01": mill-1}

What a row of the log is follows from the columns that are named:

* `start` and `end`, or one of them and `duration`: a row is a step, from when to when;
* `time` and `transition`: a row is a moment in the life of a step, which was scheduled, started or
  completed; `instance` tells which rows belong together, else they are paired in their order;
* `time` and `state`, `counter` or `flags`: a row says what its resource does from then on (or, with
  `stamped: end`, did until then), at most for `reach`;
* `time` alone: a row is a moment: its activity becomes a point, and so do its `points`.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from twin.errors import LayoutError, RecordingError, nearest
from twin.layout.files import read_text
from twin.layout.schema import Seconds
from twin.layout.tree import grow
from twin.layout.validation import validated
from twin.timeline import State

Column = Annotated[str, Field(min_length=1, max_length=300)]
Word = Annotated[str, Field(min_length=1, max_length=1000)]
# What a native value is compared with is text, as it stands in the log: 1 is written as "1", too.
Native = Annotated[Word, BeforeValidator(lambda value: _as_text(value))]
StateName = Literal[
    "OFF", "UNAVAILABLE", "IDLE", "SETUP", "PROCESSING", "STARVED", "BLOCKED", "WAITING_CREW",
    "HELD", "DOWN", "MAINTENANCE",
]  # fmt: skip
Transition = Literal["schedule", "start", "complete", "abort"]
Step = Literal["rows", "transitions", "states", "moments"]

# The transitions of XES (IEEE 1849, lifecycle extension) that say the same in other words.
TRANSITIONS: dict[str, Transition] = {
    "schedule": "schedule", "scheduled": "schedule", "assign": "schedule",
    "start": "start", "started": "start",
    "complete": "complete", "completed": "complete", "autoskip": "complete",
    "manualskip": "complete", "ate_abort": "abort", "pi_abort": "abort", "withdraw": "abort",
}  # fmt: skip


def _as_text(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "g") if isinstance(value, int | float) else value


class MappingPart(BaseModel):
    """No unknown keys, no change in place, no NaN."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Sheet(MappingPart):
    """How the file is written. The format follows from its name, the separator from its first
    line, where they are not told."""

    format: Literal["csv", "parquet", "xlsx", "xes", "ocel"] | None = None
    separator: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    decimal: Literal[".", ","] = "."
    encoding: Literal["utf-8", "latin-1", "utf-16"] = "utf-8"
    sheet: Word | None = None
    """Of a workbook; the first one if left out."""
    header: int = Field(default=1, ge=1, le=100)
    """The line in which the columns' names stand."""


class Clock(MappingPart):
    """How times are written. Without a format they are ISO 8601."""

    format: Word | None = None
    """As strptime has it ("%d.%m.%Y %H:%M:%S"), or "seconds", "milliseconds" for numbers."""
    zone: Word | None = None
    """Where the clock stands ("Europe/Berlin"), for times that name no zone; UTC if left out."""
    epoch: datetime | None = None
    """When the numbers begin to count; 1970 if left out."""

    @field_validator("zone")
    @classmethod
    def _known(cls, zone: str | None) -> str | None:
        if zone is not None and zone not in available_timezones():
            raise ValueError(f"unknown time zone {zone!r}; {nearest(zone, available_timezones())}")
        return zone


class Columns(MappingPart):
    """The log's name of each column that is used."""

    resource: Column | None = None
    activity: Column | None = None
    part: Column | None = None
    order: Column | None = None
    product: Column | None = None
    quantity: Column | None = None
    due: Column | None = None
    worker: Column | None = None
    time: Column | None = None
    start: Column | None = None
    end: Column | None = None
    duration: Column | None = None
    transition: Column | None = None
    instance: Column | None = None
    state: Column | None = None
    counter: Column | None = None
    outcome: Column | None = None
    reason: Column | None = None
    carrier: Column | None = None
    origin: Column | None = None
    target: Column | None = None


class Measured(MappingPart):
    """A column of measured values; each that is there becomes a point."""

    column: Column
    unit: str = ""
    """As told ("kW"); values are turned into SI where it is known."""
    kind: Literal["number", "duration", "flag"] = "number"
    """A duration is written "mm:ss.s", "hh:mm:ss" or "2 days 01:00:00", a flag true or false."""
    every: Seconds | None = None
    """The mean over so long, where there are too many of them."""


class Mapping(MappingPart):
    """What a log means."""

    name: str = ""
    mapping: Literal[1]
    log: Sheet = Sheet()
    time: Clock = Clock()
    columns: Columns
    resource: Word | None = None
    """Whose log it is, where no column says so."""
    transitions: dict[Native, Transition] = {}
    states: dict[Native, StateName] = {}
    flags: dict[Column, StateName] = {}
    """Columns that say true while their state holds, whatever `state` says."""
    stations: dict[Native, Word] = {}
    """The log's name of a station -> the layout's."""
    capacity: dict[Native, Annotated[int, Field(ge=1, le=10_000)] | Literal["any"]] = {}
    """How many parts a station takes at once; "any": as many as the log says, "*": all others."""
    between: StateName | None = None
    """What a resource does between its steps; if left out, it is IDLE between steps and
    UNAVAILABLE where a state reaches no further."""
    reach: Seconds | None = None
    stamped: Literal["start", "end"] = "start"
    finished_by: list[Native] = []
    """Activities that end an order; one whose last step is another is still open."""
    begun_by: list[Native] = []
    """Activities that begin an order; one whose first step is another began before the log."""
    failures: list[Native] = ["failure", "failed"]
    """Values of `outcome` that mean that a step failed."""
    points: dict[Word, Measured] = {}

    @model_validator(mode="after")
    def _is_a_log(self) -> Mapping:
        told = self.columns
        pair = [told.start, told.end, told.duration]
        if told.time is None and sum(x is not None for x in pair) < 2:
            raise ValueError("columns: name either 'time', or two of 'start', 'end' and 'duration'")
        if told.resource is None and self.resource is None and told.part is None:
            raise ValueError(
                "columns: name 'resource' or 'part', or give a 'resource' for all rows"
            )
        return self

    @property
    def rows_are(self) -> Step:
        """What a row of the log is, as the head of this file says."""
        told = self.columns
        if told.time is None:
            return "rows"
        if told.transition is not None:
            return "transitions"
        return "states" if told.state or told.counter or self.flags else "moments"

    def state_of(self, name: str) -> int:
        """The code of a state's name."""
        return int(State[name])


def read_mapping(path: Path | str) -> Mapping:
    """The mapping in a file. Raises RecordingError listing everything wrong, line by line."""
    path = Path(path)
    try:
        return parse_mapping(read_text(path), str(path))
    except LayoutError as error:
        raise RecordingError(str(error)) from error


def parse_mapping(text: str, name: str = "mapping") -> Mapping:
    """The mapping in a text of YAML; `name` is what messages call it. Raises RecordingError."""
    try:
        return validated(grow(text, name), Mapping, name, text)
    except LayoutError as error:
        raise RecordingError(str(error)) from error
