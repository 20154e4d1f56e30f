"""What a printer says of itself at one moment, whatever its protocol."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from twin.timeline import Outcome, Quality, State


@dataclass(frozen=True)
class Report:
    """What a printer says; empty, None or NaN is what it does not speak of.

    `quality` is UNCERTAIN where it answers a question asked now and then: what it tells of began
    at some time since the last one. `ago` [s] is for how long it has been in this state at least.
    """

    state: State | None = None
    native: str = ""  # its word for the state
    quality: Quality = Quality.GOOD
    ago: float = 0.0
    works: bool = False  # a job is under way, be it heating or paused
    job: str = ""  # its own number of the job
    file: str = ""  # which it prints, with its folder
    outcome: Outcome | None = None  # how the last job ended
    progress: float = math.nan  # of the job, 0 to 1
    printed: float = math.nan  # [s] printing, pauses apart
    filament: float = math.nan  # [m] used by the job
    temperatures: Mapping[str, float] = field(default_factory=dict)  # [Cel] by heater
    alarm: str = ""  # what is wrong, in its words


@dataclass(frozen=True)
class Job:
    """A job as a history has it; times [s] since 1970 on the printer's clock, NaN if unknown."""

    file: str
    start: float
    end: float
    outcome: Outcome
    native: str
    quality: Quality = Quality.GOOD
    number: int = -1  # the history's own
    printed: float = math.nan  # [s], heating and pauses apart
    total: float = math.nan  # [s], with them
    filament: float = math.nan  # [m]


def mapping(value: object) -> dict[str, Any]:
    """A JSON object, or an empty one where something else stands in its place."""
    return value if isinstance(value, dict) else {}


def mappings(value: object) -> list[dict[str, Any]]:
    """The objects in a JSON array; none where something else stands in its place."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def number(value: object) -> float:
    """A finite number as it is; NaN for all else, truth values too."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return math.nan
    try:
        real = float(value)
    except OverflowError:
        return math.nan
    return real if math.isfinite(real) else math.nan


def text(value: object) -> str:
    """A text without space around it; empty for all else."""
    return value.strip() if isinstance(value, str) else ""
