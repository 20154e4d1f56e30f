"""What a program takes, for a person to read and for other programs: parts, tools, figures,
doubts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from twin.programs.capability import FACTORS, Figures
from twin.programs.program_time import ProgramTime

if TYPE_CHECKING:
    from twin.programs.fitting import Fit  # scipy's optimisers take a while to load

# By the ending of a file: the asset that is taken where none is named.
USUAL = {
    **dict.fromkeys((".gcode", ".gco", ".g"), "printer/filament"),
    **dict.fromkeys((".sl1", ".sl1s", ".stl", ".3mf"), "printer/resin"),
    ".dxf": "cutter/laser",
}
MILL = "mill/desktop"


@dataclass(frozen=True)
class Told:
    """A program, what it takes, and the machine that it was worked out for."""

    path: Path
    time: ProgramTime
    machine: Figures
    asset: str

    @property
    def seconds(self) -> float:
        """With the machine's calibration [s]."""
        return self.time.seconds * self.machine["calibration"]

    @property
    def guessed(self) -> list[str]:
        """The machine's figures that are guesses."""
        bases = self.machine.bases
        return [n for n in bases if n not in FACTORS and bases[n].startswith("guessed")]


def usual_asset(path: Path) -> str:
    """The asset that a file is probably for, by its ending."""
    return USUAL.get(path.suffix.lower(), MILL)


def as_dict(told: Told) -> dict[str, Any]:
    """All of it as plain values, in SI."""
    return {
        "program": str(told.path),
        "basis": f"computed from {told.path.name}",
        "seconds": told.seconds,
        "parts": dict(told.time.parts),
        "tools": dict(told.time.tools),
        "counts": {name: count for name, count in told.time.counts.items() if count},
        "lines": told.time.lines,
        "not_understood": dict(told.time.unknown.most_common()),
        "machine": told.asset,
        "figures": {
            name: {"value": value, "basis": told.machine.bases[name]}
            for name, value in sorted(told.machine.values.items())
        },
    }


def in_lines(told: Told) -> list[str]:
    """All of it in words."""
    time, machine = told.time, told.machine
    lines = [f"{told.path}: {clock(told.seconds)}, computed for {told.asset}"]
    factor = machine["calibration"]
    for part, seconds in sorted(time.parts.items(), key=lambda item: -item[1]):
        if seconds > 0.0:
            lines.append(f"  {part:<18} {clock(seconds * factor):>12}")
    for tool, seconds in time.tools.items():
        if len(time.tools) > 1:
            lines.append(f"  with {tool:<13} {clock(seconds * factor):>12}")
    for name, count in time.counts.items():
        if count:
            lines.append(f"  {name}: {count}")
    if time.unknown:
        lines.append(f"not understood, and left out: {in_words(time)}")
    return [*lines, *figures_in_lines(machine)]


def in_a_line(told: Told) -> str:
    """The time, what most of it is, and how many figures are guessed: for who reads a form."""
    parts = sorted(told.time.parts.items(), key=lambda item: -item[1])[:3]
    named = ", ".join(f"{part} {clock(s * told.machine['calibration'])}" for part, s in parts if s)
    count = len(told.guessed)
    doubt = f"; {count} of the machine's figures are guessed" if count else ""
    return f"{clock(told.seconds)} ({named}{doubt})"


def figures_in_lines(machine: Figures) -> list[str]:
    """The machine's figures with their bases, the guesses together."""
    known = [n for n in sorted(machine.values) if not machine.bases[n].startswith("guessed: the")]
    told = [f"{name} = {machine[name]:.4g} ({machine.bases[name]})" for name in known]
    guesses = [
        f"{name} {machine[name]:.4g}"
        for name in sorted(machine.values)
        if name not in known and name not in FACTORS
    ]
    return [*told, f"guessed, in SI: {', '.join(guesses)}"] if guesses else told


def fit_in_lines(fitted: Fit, paths: Sequence[Path]) -> list[str]:
    """What a fit found: the figure as a layout takes it, and how far each program is off with
    it."""
    lines = [
        f"{fitted.figure} = {fitted.value:.4g} in SI fits best "
        f"({fitted.machine.bases[fitted.figure]}); for the machine in a layout:",
        f"  capability: {{{fitted.figure}: {fitted.value:.4g}, "
        f"basis: {{{fitted.figure}: '{fitted.machine.bases[fitted.figure]}'}}}}",
    ]
    for path, error in zip(paths, fitted.errors, strict=True):
        lines.append(f"  {path.name}: off by {100 * error:+.1f} % with it")
    return lines


def clock(seconds: float) -> str:
    """A time as people at a machine say it: "23.4 s", "18:32 min", "2:05:10 h"."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02} h" if hours else f"{minutes}:{rest:02} min"


def in_words(told: ProgramTime) -> str:
    """What was not understood, the most frequent first: "M999 (2 times), A"."""
    shown = [f"{word} ({n} times)" if n > 1 else word for word, n in told.unknown.most_common(8)]
    more = len(told.unknown) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")
