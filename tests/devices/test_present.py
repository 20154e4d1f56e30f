"""What is not heard is not known, and never looks fresh."""

from __future__ import annotations

import math

import numpy as np
import pytest

from twin.devices.present import present
from twin.kpis import measure, state_times
from twin.timeline import Names, Quality, State, Timeline, table


def shop() -> Timeline:
    """A mill that is at work since 40 s, a saw that stands; the last message came at 100 s."""
    names = Names(["mill", "saw"])
    rows = [
        (names["mill"], State.IDLE, -1, 0.0, 40.0, Quality.GOOD, -1),
        (names["mill"], State.PROCESSING, names["a-1"], 40.0, math.nan, Quality.GOOD, -1),
        (names["saw"], State.IDLE, -1, 0.0, math.nan, Quality.GOOD, -1),
    ]
    return Timeline(
        names=names.texts(), resources=(0, 1), start=0.0, end=100.0,
        intervals=table("intervals", rows), moves=table("moves"), orders=table("orders"),
        points=table("points"), origin="recorded",
    )  # fmt: skip


def test_what_is_heard_goes_on_until_now() -> None:
    now = present(shop(), 160.0, {})
    assert (now.end, now.origin) == (160.0, "live")
    assert state_times(now)["mill"] == {State.IDLE: 40.0, State.PROCESSING: 120.0}


def test_of_what_is_lost_nothing_is_known_from_then_on() -> None:
    now = present(shop(), 160.0, {"mill": 110.0, "drill": 5.0})
    times = state_times(now)
    assert times["mill"] == {
        State.IDLE: 40.0,
        State.PROCESSING: 70.0,
        State.UNAVAILABLE: 50.0,
    }
    assert times["saw"] == {State.IDLE: 160.0}
    cut = now.intervals[now.intervals["state"] == State.PROCESSING]
    assert cut["quality"].tolist() == [Quality.UNCERTAIN] and cut["end"].tolist() == [110.0]
    assert measure(now).window == 160.0


def test_what_began_after_the_loss_is_left_out() -> None:
    now = present(shop(), 160.0, {"mill": 30.0})
    assert state_times(now)["mill"] == {State.IDLE: 30.0, State.UNAVAILABLE: 130.0}


def test_the_timeline_itself_stays_as_it_is() -> None:
    before = shop()
    kept = before.intervals.copy()
    present(before, 160.0, {"mill": 30.0})
    assert np.array_equal(kept[["start", "state"]], before.intervals[["start", "state"]])
    assert before.origin == "recorded" and before.end == 100.0


def test_time_does_not_go_back() -> None:
    assert present(shop(), 20.0, {}).end == pytest.approx(100.0)
