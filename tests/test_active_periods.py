"""Active periods: the rule by hand, and as cases with exact answers have it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twin.active_periods import active_periods, bottleneck_history
from twin.exact.trials import timeline_of
from twin.timeline import Names, State, Timeline, table


def recorded(rows: list[tuple[str, State, float, float]], end: float) -> Timeline:
    """A timeline of states."""
    names = Names(name for name, *_ in rows)
    intervals = [(names[n], state, -1, a, b, 0, -1) for n, state, a, b in rows]
    empty = {name: table(name) for name in ("moves", "orders", "points")}
    resources = tuple(range(len(names.texts())))
    return Timeline(names.texts(), resources, 0.0, end, table("intervals", intervals), **empty)


def test_successive_parts_set_ups_and_repairs_are_one_stretch() -> None:
    timeline = recorded(
        [
            ("mill", State.PROCESSING, 4, 6),
            ("mill", State.SETUP, 2, 4),
            ("mill", State.DOWN, 6, 7),
            ("mill", State.BLOCKED, 7, 8),
            ("mill", State.PROCESSING, 8, math.nan),
        ],
        10,
    )
    assert active_periods(timeline)["mill"].tolist() == [[2, 7], [8, 10]]
    assert bottleneck_history(timeline).mean_period == {"mill": 3.5}


def test_the_bottleneck_stays_until_its_period_ends() -> None:
    log = {"A": [(0.0, 10.0)], "B": [(2.0, 30.0)], "C": [(9.0, 40.0)], "D": []}
    history = bottleneck_history(timeline_of(log, 50))
    assert [one.resource for one in history.chain] == ["A", "C"]
    assert history.sole == {"A": 9, "B": 0, "C": 30, "D": 0}
    assert history.shifting == {"A": 1, "B": 0, "C": 1, "D": 0}
    assert math.isnan(history.mean_period["D"])


def test_what_shifts_on_both_sides_is_never_sole() -> None:
    log = {"A": [(0.0, 10.0)], "B": [(8.0, 17.0)], "C": [(9.0, 17.0), (16.0, 30.0)]}
    history = bottleneck_history(timeline_of(log, 30))
    assert [one.resource for one in history.chain] == ["A", "C"]  # C's own periods touch
    log["C"] = [(9.5, 30.0)]
    log["B"] = [(8.0, 12.0)]
    assert bottleneck_history(timeline_of(log, 30)).sole["B"] == 0


def test_nothing_active_is_no_bottleneck() -> None:
    history = bottleneck_history(timeline_of({"A": []}, 8))
    assert history.chain == () and history.sole == {"A": 0}


@given(
    st.dictionaries(
        st.sampled_from("ABCD"),
        st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=6),
        min_size=1,
    )
)
def test_there_is_a_bottleneck_whenever_something_is_active(log: dict) -> None:
    times = {name: [(a, a + n) for a, n in rows] for name, rows in log.items()}
    timeline = timeline_of(times, 50)
    history = bottleneck_history(timeline)
    grid = np.arange(0, 50) + 0.5
    active = {
        t for rows in active_periods(timeline).values() for a, b in rows for t in grid if a < t < b
    }
    held = {t for one in history.chain for t in grid if one.start < t < one.end}
    assert held == active
    ends = [one.end for one in history.chain]
    assert ends == sorted(ends)
    shared = sum(history.shifting.values())
    assert sum(history.sole.values()) + shared == pytest.approx(
        sum(one.end - one.start for one in history.chain)
    )
