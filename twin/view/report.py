"""A comparison as text: aligned for a terminal, or as Markdown for a pull request."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from twin.bottlenecks import CHANGES, Gain, Proof
from twin.comparison import INTERVALS, NO_DIFFERENCE, Comparison, Effect
from twin.experiments import Estimate
from twin.view import words

Table = list[tuple[str, ...]]  # rows of cells, the head first
HEAD = ("", "before", "after", "difference", "")
GAINS = (
    "Mean gain in output by paired runs; the intervals of a list hold together with 95 % "
    "(Bonferroni)."
)


@dataclass(frozen=True)
class Pair:
    """A comparison, what its layouts are called, and the proofs of both where they were asked."""

    comparison: Comparison
    before: str
    after: str
    proof_before: Proof | None = None
    proof_after: Proof | None = None


def terminal(pairs: Sequence[Pair]) -> str:
    """Pairs one below the other, in aligned columns."""
    blocks = []
    for pair in pairs:
        lines = [f"{pair.before} -> {pair.after}", ""]
        lines += [f"  {line}" for line in pair.comparison.changes or (_UNCHANGED,)]
        lines += ["", *_aligned(_effects(pair.comparison))]
        for change, rows in _gains(pair):
            lines += ["", *_aligned([(f"{change}:", *rows[0][1:]), *rows[1:]])]
        if verdicts := _verdicts(pair):
            lines += ["", *verdicts, GAINS]
        prose = (line for text in origin(pair) for line in textwrap.wrap(text, WIDTH))
        blocks.append("\n".join(map(_printable, [*lines, "", *prose])))
    return "\n\n\n".join(blocks)


def markdown(pairs: Sequence[Pair]) -> str:
    """Pairs one below the other, as headings, lists and tables of GitHub's Markdown."""
    blocks = []
    for pair in pairs:
        changes = pair.comparison.changes or (_UNCHANGED,)
        lines = [f"### {escaped(pair.before)} → {escaped(pair.after)}", ""]
        lines += [f"- {escaped(line)}" for line in changes]
        lines += ["", *_piped(_effects(pair.comparison))]
        for change, rows in _gains(pair):
            lines += ["", *_piped([(change, *rows[0][1:]), *rows[1:]])]
        if verdicts := _verdicts(pair):
            lines += ["", *(f"- {escaped(said)}" for said in verdicts), "", GAINS]
        blocks.append("\n".join([*lines, "", *(escaped(line) for line in origin(pair))]))
    return "\n\n".join(blocks)


_UNCHANGED = "nothing is different"
_MARKUP = re.compile(
    r"[\\`*\[\]<|~]"  # anywhere
    r"|(?<![^\W_])_|_(?![^\W_])"  # not within a word
    r"|&(?=#?\w+;)"
    r"|^[-+>#](?=[\s#>]|$)|(?<=^\d)[.)](?=\s)|(?<=^\d\d)[.)](?=\s)"  # where a line begins
)
WIDTH = 100  # of a terminal's lines of prose


def escaped(text: str) -> str:
    """Text as Markdown that shows it as it is: a name in a layout is never markup."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(_printable(text).split()))


def _printable(text: str) -> str:
    """Without what would steer a terminal: a name in a layout may hold any character."""
    return "".join(c for c in text.replace("\n", " ") if c.isprintable())


# --- figures -------------------------------------------------------------------------------------


def _effects(comparison: Comparison) -> Table:
    made = words.noun(comparison.after.layout)
    return [HEAD, *(row(effect, made) for effect in comparison.effects)]


def row(effect: Effect, made: str) -> tuple[str, ...]:
    """A figure before and after, and its difference; the unit stands behind them where it is one
    for all, else with each."""
    known = [each for each in (effect.before, effect.after) if each is not None]
    size = max((abs(each.mean) for each in known), default=0.0)
    means = [_cell(each, effect.unit, size, made) for each in (effect.before, effect.after)]
    change = (effect.words, "")
    if effect.difference is not None and effect.is_measurable:
        unit = words.unit_of_difference(effect.unit, size, made)
        if effect.unit == "s" and abs(effect.difference.mean) * unit.scale < 0.5:
            unit = words.unit_of_time(effect.difference.mean)  # "7 h" says more than "0.3 days"
        change = (words.signed(effect.difference.scaled(unit.scale)), unit.text)
    cells = [*means, change]
    units = {unit for _, unit in cells if unit}
    if len(units) == 1:
        return (effect.label, *(value for value, _ in cells), *units)
    return (effect.label, *(f"{value} {unit}".strip() for value, unit in cells), "")


def _cell(mean: Estimate | None, unit: str, size: float, made: str) -> tuple[str, str]:
    """A mean with its half interval, and its unit for a figure of a size."""
    if mean is None:
        return "unknown", ""
    shown = words.unit_of_figure(unit, abs(mean.mean) if unit == "s" else size, made)
    return " ".join(words.plus_minus(mean.scaled(shown.scale))), shown.text


def origin(pair: Pair) -> list[str]:
    """What was run, and what the intervals are."""
    before, after = pair.comparison.before, pair.comparison.after
    horizon = before.horizon
    start = f"{words.duration(horizon.warm_up)} of warm-up" if horizon.warm_up else "an empty start"
    return [
        f"{horizon.replications} pairs of {words.duration(horizon.window)} after {start}, "
        f"seed {horizon.seed}; runs {before.run} and {after.run}.",
        INTERVALS,
    ]


# --- proofs --------------------------------------------------------------------------------------


def _gains(pair: Pair) -> Iterator[tuple[str, Table]]:
    """For each change its head and a row a resource, with its gain before and after; those that
    bring nothing in either are left out."""
    if pair.proof_before is None or pair.proof_after is None:
        return
    for change in CHANGES:
        before = {(g.kind, g.name): g for g in pair.proof_before.of(change)}
        after = {(g.kind, g.name): g for g in pair.proof_after.of(change)}
        rows: Table = [("", "before", "after")]
        for key in dict.fromkeys((*after, *before)):
            one, two = before.get(key), after.get(key)
            gains = [g for g in (one, two) if g is not None]
            if any(_is_told(g) for g in gains):
                rows.append((gains[-1].label, _gain(one), _gain(two)))
        if len(rows) == 1:
            rows.append(("all", NO_DIFFERENCE, NO_DIFFERENCE))
        yield change, rows


def _is_told(gain: Gain) -> bool:
    return gain.is_measurable or gain.high < 0


def _gain(gain: Gain | None) -> str:
    if gain is None:
        return "not there"
    if not _is_told(gain):
        return NO_DIFFERENCE
    return " ".join(words.gained(gain.gain, gain.low, gain.high))


def _verdicts(pair: Pair) -> list[str]:
    """A sentence on what holds each layout back; none where there are no proofs."""
    sides = (("Before", pair.proof_before), ("After", pair.proof_after))
    return [f"{side}: {proof.verdict().removesuffix('.')}." for side, proof in sides if proof]


# --- tables --------------------------------------------------------------------------------------


def _aligned(table: Table) -> list[str]:
    """Columns as wide as their longest cell: the first and a unit to the left, numbers right."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if 1 <= k <= 3 else cell.ljust(width)
            for k, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in table
    ]


def _piped(table: Table) -> list[str]:
    """A table of Markdown, numbers to the right."""
    head, *rows = ([escaped(cell) for cell in row] for row in table)
    rule = ["---", *("--:" for _ in head[1:4]), *("---" for _ in head[4:])]
    return [f"| {' | '.join(row)} |" for row in (head, rule, *rows)]
