"""A comparison as text, held against the numbers it is of."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.plants import line
from twin.bottlenecks import prove
from twin.comparison import INTERVALS, NO_DIFFERENCE, Effect, compare, observe
from twin.experiments import Estimate, Horizon
from twin.layout.schema import Layout
from twin.view import report
from twin.view.report import Pair, escaped

DAY = 86400.0
MINUS = "\N{MINUS SIGN}"
HORIZON = Horizon(DAY, 10 * DAY, 3)


@pytest.fixture(scope="module")
def pair() -> Pair:
    """The slower of two stations made twice as fast, with both proofs."""
    old, new = (
        line(
            [{"run": 50}, {"run": run, "label": "Mill | two"}],
            orders={"parts": {"product": "part", "every": 40}},
        )
        for run in (100, 50)
    )
    comparison = compare(observe(old, HORIZON), observe(new, HORIZON))
    return Pair(comparison, "old", "new", prove(old, HORIZON), prove(new, HORIZON))


def test_a_terminal_shows_aligned_columns(pair: Pair) -> None:
    lines = report.terminal([pair]).splitlines()
    assert lines[:3] == ["old -> new", "", "  part, step B: run 100 s -> 50 s"]
    assert max(map(len, lines)) <= 100
    head = next(k for k, said in enumerate(lines) if "before" in said)
    rows = lines[head : lines.index("", head)]
    for title in ("before", "after", "difference"):
        end = rows[0].index(title) + len(title)
        assert all(row[end - 1] != " " and row[end : end + 2] in ("", "  ") for row in rows), title
    assert rows[1].split() == [
        "Output",
        *["864", "±", "0"],
        *["1,728", "±", "0"],
        *["+864", "±", "0"],
        *["parts", "a", "day"],
    ]
    assert any(row.startswith("Carried") for row in rows)


def test_the_proof_stands_before_and_after(pair: Pair) -> None:
    said = report.terminal([pair])
    less, more = said.split("10 % less time:", 1)[1].split("one more:", 1)
    assert "Mill | two       +11.1 % ± 0.0  no measurable difference" in less
    assert "Before: 10 % less time: Mill | two +11.1 %" in more
    assert report.GAINS in more
    assert "less time" not in report.terminal([Pair(pair.comparison, "old", "new")])


def test_markdown_is_a_table_in_which_names_are_text(pair: Pair) -> None:
    said = report.markdown([pair])
    assert said.startswith("### old → new\n\n- part, step B: run 100 s -> 50 s\n\n|")
    tables = [block for block in said.split("\n\n") if block.startswith("|")]
    assert len(tables) == 3
    for table in tables:
        widths = [row.replace("\\|", "").count("|") for row in table.splitlines()]
        assert all(a == b for a, b in pairwise(widths))
    assert "| Output | 864 ± 0 | 1,728 ± 0 | +864 ± 0 | parts a day |" in tables[0]
    assert "| Mill \\| two | +11.1 % ± 0.0 |" in tables[1]
    assert INTERVALS in said


def test_nothing_different_is_said(pair: Pair) -> None:
    same = Pair(compare(pair.comparison.before, pair.comparison.before), "a", "a")
    for said in (report.terminal([same, same]), report.markdown([same])):
        assert "nothing is different" in said
        assert NO_DIFFERENCE in said and "+0" not in said
    assert report.terminal([same, same]).count("a -> a") == 2


@pytest.mark.parametrize(
    ("unit", "before", "after", "difference", "cells"),
    [
        ("s", 12 * DAY, 7200.0, 7200.0 - 12 * DAY,
         ("12.0 ± 0.1 days", "2.00 ± 0.02 h", f"{MINUS}11.9 ± 0.1 days", "")),
        ("s", 12 * DAY, 11 * DAY, -DAY,
         ("12.0 ± 0.1", "11.0 ± 0.1", f"{MINUS}1.00 ± 0.01", "days")),
        ("s", 12 * DAY, 11.9 * DAY, -0.1 * DAY,
         ("12.0 ± 0.1 days", "11.9 ± 0.1 days", f"{MINUS}2.40 ± 0.02 h", "")),
        ("s", 3600.0, 4200.0, 600.0, ("60.0 ± 0.6", "70.0 ± 0.7", "+10.0 ± 0.1", "min")),
        ("J/part", 0.4 * 3.6e6, 0.39 * 3.6e6, -0.01 * 3.6e6,
         ("0.400 ± 0.004", "0.390 ± 0.004", f"{MINUS}0.0100 ± 0.0001", "kWh a board")),
        ("share", 0.5, 0.75, 0.25, ("50.0 ± 0.5 %", "75.0 ± 0.8 %", "+25.0 ± 0.2 points", "")),
        ("m/day", None, 750.0, None, ("unknown", "750 ± 8", "not comparable", "m a day")),
        ("m/day", None, None, None, ("unknown", "unknown", "not comparable", "")),
    ],
)  # fmt: skip
def test_a_unit_stands_behind_the_row_where_it_is_one(
    unit: str,
    before: float | None,
    after: float | None,
    difference: float | None,
    cells: tuple[str, ...],
) -> None:
    def known(mean: float | None) -> Estimate | None:
        if mean is None:
            return None
        half = abs(mean) / 100
        return Estimate(mean, mean - half, mean + half)

    effect = Effect("key", "Label", unit, known(before), known(after), known(difference))
    assert report.row(effect, "boards") == ("Label", *cells)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pcb_line", "pcb_line"),
        ("a | b", "a \\| b"),
        ("<b>bold</b>", "\\<b>bold\\</b>"),
        ("*bold* _soft_ `code`", "\\*bold\\* \\_soft\\_ \\`code\\`"),
        ("[link](x)", "\\[link\\](x)"),
        ("# head", "\\# head"),
        ("- item", "\\- item"),
        ("+1 person", "+1 person"),
        ("1. mill", "1\\. mill"),
        ("R&D", "R&D"),
        ("&lt;b", "\\&lt;b"),
        ("two\n\n# lines", "two # lines"),
        ("\x1b[31mred", "\\[31mred"),
    ],
)
def test_a_name_is_never_markup(text: str, said: str) -> None:
    assert escaped(text) == said


def test_a_name_cannot_steer_a_terminal(pair: Pair) -> None:
    bad = Layout.model_validate(
        pair.comparison.after.layout.model_dump(by_alias=True) | {"name": "a\x1b[2J\nb"}
    )
    before = pair.comparison.before
    comparison = compare(before, replace(before, layout=bad))
    assert any("\x1b" in line for line in comparison.changes)
    said = report.terminal([Pair(comparison, "a", "b")])
    assert "\x1b" not in said and "name line -> a[2J b" in said
