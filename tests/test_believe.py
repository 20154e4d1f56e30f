"""The section "Why believe it": its marks, and how it is put together from what was found."""

from __future__ import annotations

import math

from hypothesis import strategies as st

from tests import believe
from tests.plants import ROOT, document
from twin.exact import Report, Row

README = (ROOT / "README.md").read_text("utf-8")


def row(key: str, simulated: float | str | None, half: float, verdict: str = "passed") -> Row:
    """A figure whose exact value is 10."""
    return Row(key, "M/M/1", "wip", 10.0, simulated, half, verdict)


def test_the_readme_has_the_section_and_nothing_in_it_disagrees() -> None:
    (made,) = [m.group(0) for m in believe.MARKS.finditer(README)]
    assert "NOT SO" not in made
    assert len(made.splitlines()) <= 18


def test_deviation_is_in_half_widths() -> None:
    assert believe.deviation(row("a", 11.0, 2.0)) == 0.5
    for simulated, half in ((10.0, 0.0), (10.0, math.nan), ("B2", 1.0), (None, 1.0)):
        assert math.isnan(believe.deviation(row("a", simulated, half)))


def test_a_report_is_told_with_its_farthest_figure() -> None:
    rows = (row("a", 10.5, 1.0), row("b", 10.9, 1.0), row("c", 99.0, 1.0), row("d", 10.0, 0.0))
    first, second = believe.judged(Report(rows), {("a", "wip"), ("b", "wip"), ("d", "wip")})
    assert "4 figures of 4 cases in 1 families" in first.what and first.found == "4 cases pass"
    assert (
        "2 figures" in second.what and "0.90 half-widths" in second.found and "(b," in second.found
    )
    assert first.right and second.right


def test_a_case_that_fails_is_named() -> None:
    report = Report((row("a", 10.0, 1.0), row("b", 20.0, 1.0, "failed")))
    first, second = believe.judged(report, {("b", "wip")})
    assert first.right is False and first.found == "1 cases pass; not: b"
    assert second.right is False


def test_bits_that_differ_are_named() -> None:
    one = {"x": ("0f", 1200), "y": ("aa", 34)}
    assert believe.same("w", one, dict(one)).found.startswith("1,234 rows")
    other = believe.same("w", one, {"x": ("0f", 1200), "y": ("ab", 34)})
    assert other.right is False and "y differ" in other.found


def test_a_file_turned_round_holds_the_same() -> None:
    raw = document("pcb_line")
    turned = believe.turned_round(raw)
    assert turned == raw
    assert list(turned["machines"]) == list(reversed(raw["machines"]))


def test_tests_are_counted() -> None:
    def line(**counts: int) -> believe.Line:
        said = " ".join(f'{key}="{value}"' for key, value in counts.items())
        return believe.of_tests("w", f"<testsuites><testsuite {said}/></testsuites>")

    assert line(tests=5, failures=0, errors=0, skipped=1).found == "4 tests pass, 1 not run here"
    assert line(tests=5, failures=1, errors=1, skipped=0).right is False
    assert line(tests=1, failures=0, errors=0, skipped=1).right is None
    assert believe.of_tests("w", "<none/>").right is False


def test_trials_stop_at_the_first_failure_and_say_it() -> None:
    tried: list[int] = []

    def work(value: int) -> None:
        tried.append(value)
        assert value < 10, "too large"

    assert believe.tried([(work, (st.integers(0, 5),), 10)]) == ""
    assert len(tried) <= 10
    assert "too large" in believe.tried([(work, (st.integers(11, 12),), 10)])


def test_the_section_is_a_list() -> None:
    made = believe.section([believe.Line("a against b", "equal")])
    assert made.startswith("- a against b: equal.\n\nFound by `make believe`")
