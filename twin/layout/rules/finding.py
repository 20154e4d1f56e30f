"""What a rule finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """A rule's result: data, not an exception. An "error" forbids a forecast.

    where: a path in the layout, "machines/place-1". value and limit are in `unit` where a number
    decided; `message` says in the planner's words what is wrong and what would be right.
    """

    rule: str
    where: str
    severity: Literal["error", "warning"]
    message: str
    value: float | None = None
    limit: float | None = None
    unit: str = ""
