"""Tracks: rows tile the clock, and nothing is told twice."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twin.recordings.tracks import Track
from twin.timeline import Quality, State

CHANGES = st.lists(
    st.tuples(
        st.integers(0, 20).map(float),
        st.sampled_from(list(State)),
        st.sampled_from(["", "part"]),
        st.sampled_from(["", "DRILL RUNNING"]),
    )
).map(lambda rows: sorted(rows, key=lambda row: row[0]))


@given(CHANGES)
def test_rows_tile_and_each_differs_from_the_one_before(changes):
    track = Track(0.0)
    for change in changes:
        track.change(*change)
    rows = track.intervals()
    assert rows[0][2] == 0.0
    assert math.isnan(rows[-1][3])
    for row, following in pairwise(rows):
        assert row[3] == following[2] > row[2]
        assert (row[0], row[1], row[5]) != (following[0], following[1], following[5])


@given(CHANGES)
def test_the_last_word_at_a_time_counts(changes):
    track = Track(0.0)
    for change in changes:
        track.change(*change)
    rows = track.intervals()
    for time in {change[0] for change in changes}:
        told = [change for change in changes if change[0] == time][-1]
        (row,) = [r for r in rows if r[2] <= time and not r[3] <= time]
        assert (row[0], row[1], row[5]) == told[1:]


def test_what_a_loss_cuts_off_is_uncertain():
    track = Track(0.0)
    track.change(1.0, State.PROCESSING, "p", "MILL RUNNING")
    track.lose(3.0)
    track.change(5.0, State.IDLE)
    states = [(row[0], row[2], row[4]) for row in track.intervals()]
    assert states == [
        (State.UNAVAILABLE, 0.0, Quality.GOOD),
        (State.PROCESSING, 1.0, Quality.UNCERTAIN),
        (State.UNAVAILABLE, 3.0, Quality.GOOD),
        (State.IDLE, 5.0, Quality.GOOD),
    ]


def test_time_does_not_go_back():
    track = Track(0.0)
    track.change(2.0, State.IDLE)
    with pytest.raises(ValueError, match="after one at 2"):
        track.change(1.0, State.DOWN)
