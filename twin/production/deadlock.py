"""Parts that wait for each other: a plant that will never move again."""

from __future__ import annotations

from typing import Any

from twin.production.plan import Plan


def refuse_deadlock(tables: Plan, w: Any) -> None:
    """RunError where parts wait for each other in a ring, or nothing will ever happen again."""
