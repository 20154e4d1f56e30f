"""The serial line that every peer models; time is in units of the mean processing time."""

from __future__ import annotations

from typing import Literal

Failures = Literal["none", "work", "calendar"]

MACHINES = 10
PROCESSING = 1.0  # mean, exponential
BUFFER = 5  # parts between two machines, beside the one each holds
UP = 50.0  # mean to a failure, exponential; of working time or, by calendar, of all time
DOWN = 5.0  # mean of a repair, exponential

THROUGHPUT: dict[Failures, float] = {"none": 0.7636, "work": 0.600, "calendar": 0.571}
"""Parts per unit of time in the long run, measured in long runs of several engines."""
