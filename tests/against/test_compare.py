"""The comparison itself must be able to fail."""

from __future__ import annotations

import numpy as np
import pytest

from tests.against.compare import (
    Row,
    first_difference,
    merged,
    timeline_attendances,
    timeline_orders,
    timeline_rows,
)
from twin.timeline import Names, Outcome, State, Timeline, table

ROWS = [
    Row("m", "STARVED", "", 0.0, 1.0),
    Row("m", "PROCESSING", "7", 1.0, 2.0),
    Row("n", "PROCESSING", "7", 2.0, 3.0),
]


def renamed(rows: list[Row]) -> list[Row]:
    return [row._replace(part=row.part and f"order/{row.part}") for row in rows]


def test_names_of_parts_do_not_matter() -> None:
    assert first_difference(ROWS, renamed(ROWS)) == ""


@pytest.mark.parametrize(
    "changed",
    [
        [*ROWS[:2], ROWS[2]._replace(part="8")],
        [*ROWS[:2], ROWS[2]._replace(state="SETUP")],
        [*ROWS[:2], ROWS[2]._replace(end=3.1)],
        ROWS[:2],
        [*ROWS, Row("o", "STARVED", "", 0.0, 1.0)],
    ],
)
def test_another_part_state_time_or_row_is_told(changed: list[Row]) -> None:
    assert first_difference(ROWS, changed)
    assert first_difference(changed, ROWS)


def test_the_earliest_difference_is_told() -> None:
    changed = [ROWS[0]._replace(end=1.5), ROWS[1]._replace(start=1.5), ROWS[2]._replace(end=4.0)]
    assert "resource='m'" in first_difference(ROWS, changed)


def test_neighbours_that_say_the_same_are_one() -> None:
    halves = [Row("m", "DOWN", "1", 1.0, 2.0), Row("m", "DOWN", "1", 0.0, 1.0)]
    assert merged([*halves, Row("m", "OFF", "1", 2.0, 2.0)]) == [Row("m", "DOWN", "1", 0.0, 2.0)]


def test_a_timeline_is_read_by_its_names() -> None:
    names = Names(["m", "ann", "order"])
    rows = [
        (0, State.PROCESSING, 2, 1.0, np.nan, 0, -1),
        (0, State.STARVED, -1, 0.0, 1.0, 0, -1),
        (1, State.PROCESSING, -1, 0.5, 1.0, 0, -1),
        (1, State.IDLE, -1, 1.0, 4.0, 0, -1),
    ]
    orders = [
        (2, -1, 1, 0.5, np.nan, 0.5, 3.0, Outcome.DONE, 0),
        (2, -1, 1, 0.5, np.nan, 0.5, np.nan, Outcome.OPEN, 0),
    ]
    timeline = Timeline(
        names.texts(),
        (0, 1),
        0.0,
        4.0,
        table("intervals", rows),
        table("moves"),
        table("orders", orders),
        table("points"),
    )
    assert timeline_rows(timeline, {"m"}) == [
        Row("m", "STARVED", "", 0.0, 1.0),
        Row("m", "PROCESSING", "order", 1.0, 4.0),
    ]
    assert timeline_attendances(timeline, {"ann"}) == [Row("ann", "bound", "", 0.5, 1.0)]
    assert timeline_orders(timeline) == [(0.5, 3.0)]
