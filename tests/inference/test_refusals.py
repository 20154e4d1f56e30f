"""Logs that say too little, or strange things: a clear answer, and nothing invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.inference.comparing import errors, layout_of
from twin.errors import RecordingError
from twin.inference import draft_layout
from twin.layout.basis import basis_of
from twin.recordings.log import read_log
from twin.recordings.mapping import parse_mapping
from twin.timeline import Timeline

MAPPING = """
mapping: 1
time: {zone: UTC}
columns: {part: case, resource: machine, activity: what, start: begin, end: end}
"""
HEAD = "case,machine,what,begin,end\n"


def row(case: int, machine: str, what: str, minute: float, lasts: float) -> str:
    def at(minute: float) -> str:
        seconds = round(minute * 60)
        hours, rest = divmod(seconds, 3600)
        day, hour = divmod(hours, 24)
        return f"2026-03-{2 + day:02d}T{hour:02d}:{rest // 60:02d}:{rest % 60:02d}"

    return f"c{case},{machine},{what},{at(minute)},{at(minute + lasts)}\n"


def read(tmp_path: Path, rows: list[str], mapping: str = MAPPING) -> Timeline:
    path = tmp_path / "log.csv"
    path.write_text(HEAD + "".join(rows))
    return read_log(path, parse_mapping(mapping)).timeline


def test_three_observations(tmp_path: Path) -> None:
    rows = [row(k, "mill", "mill", 20 * k, 10) for k in range(3)]
    with pytest.raises(RecordingError, match="too little data to say: 3 finished parts"):
        draft_layout(read(tmp_path, rows), "few")


def test_no_step_takes_any_time(tmp_path: Path) -> None:
    rows = [row(k, "mill", "mill", 20 * k, 0) for k in range(40)]
    with pytest.raises(RecordingError, match="no step of the log takes any time"):
        draft_layout(read(tmp_path, rows), "none")


def test_one_product_and_all_values_equal(tmp_path: Path) -> None:
    rows = [row(k, "mill", "mill", 20 * k, 10) for k in range(40)]
    text = draft_layout(read(tmp_path, rows), "one").text
    layout = layout_of(text)
    assert errors(layout) == [] and list(layout.products) == ["part"]
    (step,) = layout.products["part"].route
    assert step.run is not None and step.run.time is not None
    assert step.run.time.dist == "constant" and step.run.time.value == 600
    assert basis_of(layout, "products/part/route/0/run/time/value") == (
        "measured: n = 40, all alike"
    )
    assert layout.crews == {} and layout.calendars == {}


def test_negative_and_zero_times_are_counted_and_left_out(tmp_path: Path) -> None:
    rows = [row(k, "mill", "mill", 20 * k, 10) for k in range(1, 41)]
    rows += [row(50, "mill", "mill", 900, -5), row(51, "mill", "mill", 920, 0)]
    draft = draft_layout(read(tmp_path, rows), "odd")
    (step,) = layout_of(draft.text).products["part"].route
    assert step.run is not None and step.run.time is not None
    assert step.run.time.dist == "constant" and step.run.time.value == 600
    (note,) = [note for note in draft.notes if note.rule == "draft.zeros"]
    assert note.value == 1 and "no length" in note.message


def test_a_step_that_nobody_ended_in_the_evening_is_no_time_of_work(tmp_path: Path) -> None:
    rows = [row(k, f"m{k % 2}", "mill", 20 * k, 10 + k % 3) for k in range(60)]
    rows.append(row(99, "m0", "mill", 1300, 16 * 60))
    draft = draft_layout(read(tmp_path, rows), "night")
    (note,) = [note for note in draft.notes if note.rule == "draft.artefacts"]
    assert note.value == 1
    run = layout_of(draft.text).products["part"].route[0].run
    assert run is not None and run.time is not None and "measured: n = 60" in str(run.time.basis)


def test_few_times_are_a_mean_with_spread_and_fewer_a_guess(tmp_path: Path) -> None:
    rows = []
    for k in range(40):
        rows.append(row(k, "saw", "saw", 40 * k, 5))
        if k % 3 == 0:
            rows.append(row(k, "mill", "mill", 40 * k + 6, 8 + k % 5))
    layout = layout_of(draft_layout(read(tmp_path, rows), "few").text)
    times = {
        str(step.run.time.basis)
        for product in layout.products.values()
        for step in product.route
        if step.run is not None and step.run.time is not None and step.at == "mill"
    }
    assert times == {"measured: mean and spread of n = 14"}


def test_a_log_without_activities(tmp_path: Path) -> None:
    mapping = MAPPING.replace("activity: what, ", "")
    rows = [
        line
        for k in range(30)
        for line in (row(k, "saw", "x", 20 * k, 5), row(k, f"mill-{k % 2}", "x", 20 * k + 6, 9))
    ]
    draft = draft_layout(read(tmp_path, rows, mapping), "bare")
    assert "draft.activities" in {note.rule for note in draft.notes}
    assert [s.step for s in layout_of(draft.text).products["part"].route] == ["saw", "mill"]


def test_all_orders_at_once_is_a_guess_that_says_so(tmp_path: Path) -> None:
    mapping = MAPPING.replace("part: case", "part: what, order: case").replace(
        ", activity: what", ""
    )
    rows = [row(1, "mill", f"c1/{k}", 20 * k, 10) for k in range(20)]
    layout = layout_of(draft_layout(read(tmp_path, rows, mapping), "once").text)
    assert basis_of(layout, "orders/orders/every/mean").startswith("guessed: all orders")
    assert layout.orders["orders"].quantity == 20


def test_parts_that_are_of_no_order(tmp_path: Path) -> None:
    mapping = MAPPING.replace("part: case", "part: what, order: case").replace(
        ", activity: what", ""
    )
    rows = [row(1, "mill", f"p{k}", 20 * k, 10) for k in range(20)]
    with pytest.raises(RecordingError, match="call parts after their orders"):
        draft_layout(read(tmp_path, rows, mapping), "apart")


def test_strange_names_are_names_of_a_layout(tmp_path: Path) -> None:
    names = ["车床", "a: {b}", "# no", "out", "null", "x" * 300]
    rows = [
        row(k, name, name, 100 * k + 10 * place, 5)
        for k in range(12)
        for place, name in enumerate(names)
    ]
    layout = layout_of(draft_layout(read(tmp_path, rows), "strange").text)
    assert errors(layout) == [] and len(layout.stations) == len(names)
