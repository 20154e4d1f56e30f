"""Charts over the clock: what they draw adds up to what the timeline says."""

from __future__ import annotations

import numpy as np
import pytest

from tests.plants import shipped
from twin.experiments import Horizon, replicate
from twin.kpis import measure, state_times
from twin.production.run import simulate
from twin.timeline import State, Timeline
from twin.view import charts
from twin.view.charts import Charts

DAY = 86400.0


@pytest.fixture(scope="module")
def days() -> Timeline:
    return simulate(shipped("pcb_line"), 3 * DAY, 4)


def test_stretches_are_as_long_as_the_intervals_and_neighbours_differ(days: Timeline) -> None:
    names = [days.names[code] for code in days.resources]
    found = charts.stretches(days, [(f"{name}!", name) for name in names])
    assert found.labels == tuple(f"{name}!" for name in names) and found.left_out == 0
    for k, name in enumerate(names):
        mine = found.row == k
        spent = state_times(days)[name]
        for state in State:
            these = mine & (found.state == state)
            length = (found.end - found.start)[these].sum()
            assert length == pytest.approx(spent.get(state, 0.0), abs=1e-6)
        assert (np.diff(found.state[mine]) != 0).all()
        assert (found.start[mine][1:] == found.end[mine][:-1]).all()
    assert len(found.row) < len(days.intervals)


def test_rows_that_are_not_in_the_timeline_or_too_many_are_left_out(days: Timeline) -> None:
    name = days.names[days.resources[0]]
    assert charts.stretches(days, [("a", "nobody")]).labels == ()
    many = charts.stretches(days, [(str(k), name) for k in range(charts.MOST_ROWS + 3)])
    assert len(many.labels) == charts.MOST_ROWS and many.left_out >= 3


def test_open_parts_are_the_work_in_process(days: Timeline) -> None:
    times, parts = charts.open_parts(days)
    assert times[0] == days.start and times[-1] == days.end and (np.diff(times) >= 0).all()
    mean = (parts[:-1] * np.diff(times)).sum() / (days.end - days.start)
    assert mean == pytest.approx(measure(days).wip)
    clipped = days.clip(DAY, 2 * DAY)
    later, then = charts.open_parts(clipped)
    assert then[0] == parts[times <= DAY][-1] and later[0] == DAY


def test_what_is_finished_is_counted_once(days: Timeline) -> None:
    edges, count = charts.made(days)
    assert np.diff(edges) == pytest.approx(3600)
    assert count.sum() == measure(days).parts
    edges, count = charts.made(simulate(shipped("pcb_line"), 5 * DAY, 4))
    assert np.diff(edges) == pytest.approx(DAY) and len(count) == 5


def test_lead_times_are_spread_over_all_orders_but_the_longest() -> None:
    (tallies,) = replicate(shipped("pcb_line"), Horizon(DAY, 5 * DAY, 4))
    spread = charts.lead_times(tallies)
    assert spread is not None
    assert spread[1].sum() == pytest.approx(1 - charts.REST, abs=0.01)
    assert charts.lead_times([]) is None


def test_the_figures_follow_timeline_clock_and_theme(days: Timeline) -> None:
    asked: list[float] = []
    shown = Charts(asked.append)
    name = days.names[days.resources[0]]
    shown.show(days, [("First", name)], [])
    assert shown.rows.factors == ["First"]
    monday = 1000 * days.epoch.timestamp()
    assert shown.span.start == monday
    shown.at(3600)
    assert shown.clock.location == monday + 3_600_000
    assert not shown.median.visible
    shown.paint("dark")
    assert shown.gantt.title.text_color == "#cbd5e1"
    shown.click(monday + 7_200_000)
    assert asked == [pytest.approx(7200)]
