"""A conveyor that is drawn is the capacity and the travel that it stands for, bit for bit."""

from __future__ import annotations

import numpy as np
import pytest

from tests.plants import LAYOUTS, shipped
from twin.bottlenecks import resources
from twin.cells.factory import Factory
from twin.layout.conveyors import entrance
from twin.layout.files import load
from twin.layout.schema import Layout
from twin.production.run import simulate
from twin.timeline import State


def written_out(layout: Layout) -> Layout:
    """The same plant with 'capacity' and 'travel' in the place of each conveyor."""
    stations = {
        name: station.model_copy(
            update={"input": entrance(layout, name).model_copy(update={"conveyor": None})}
        )
        for name, station in layout.stations.items()
    }
    return layout.model_copy(update={"stations": stations})


def test_the_engine_sees_a_capacity_and_a_travel() -> None:
    drawn = load(LAYOUTS / "belt_line.yaml")
    other = written_out(drawn)
    assert other.stations["test"].input.capacity == 13
    runs = [simulate(Factory(each, {}, ()), "2 day", seed=4) for each in (drawn, other)]
    for table in ("intervals", "moves", "orders"):
        one, two = (getattr(run, table) for run in runs)
        assert len(one) and one.tobytes() == two.tobytes(), table
    assert resources(drawn) == resources(other)
    assert ("test", "buffer") in resources(drawn)


def test_no_part_is_worked_before_it_has_travelled_and_no_belt_holds_more_than_it_can() -> None:
    factory = shipped("belt_line")
    belt = entrance(factory.layout, "test")
    time = getattr(belt.travel, "value", 0.0)
    assert time == pytest.approx((3.0 + 2.35) / 0.12)
    run = simulate(factory, "3 day", seed=1)
    oven = [k for k, name in enumerate(run.names) if name.startswith("oven")]
    tester = run.names.index("test")
    work = run.intervals
    cured = work[np.isin(work["resource"], oven) & (work["state"] == State.PROCESSING)]
    left = {int(row["part"]): float(row["end"]) for row in cured}
    tested = work[(work["resource"] == tester) & (work["part"] >= 0)]
    waits = [
        float(row["start"]) - left[int(row["part"])] for row in tested if int(row["part"]) in left
    ]
    assert len(waits) > 100 and min(waits) >= time - 1e-6
