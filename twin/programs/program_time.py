"""What a program takes, by its parts, and what was not understood of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from twin.errors import ProgramError

NO_FEED = "cutting moves before any feed is said"  # counted


@dataclass
class ProgramTime:
    """Seconds by part of the work ("cutting", "rapids") and by tool, as the machine's figures say,
    before its calibration; what was counted; lines read; words that were not understood, with how
    often."""

    parts: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    tools: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    counts: Counter[str] = field(default_factory=Counter)
    lines: int = 0
    unknown: Counter[str] = field(default_factory=Counter)

    @property
    def seconds(self) -> float:
        """All of it [s]."""
        return float(sum(self.parts.values()))


def unreadable(path: Path, why: str) -> ProgramError:
    """What is said of a program that cannot be timed."""
    return ProgramError(f"{path}: {why}")
