"""Each shipped layout runs: a short simulation and a small forecast, and no part gets lost."""

from __future__ import annotations

import numpy as np
import pytest

import twin
from tests.plants import WORKING, shipped
from twin.production.plan import plan
from twin.production.run import Runner, Tally
from twin.timeline import ORDERS

DAY = 86400.0


def assert_conserved(tally: Tally) -> None:
    """What was begun has left, was scrapped, was lost, or is inside."""
    assert tally.starts == tally.exits + tally.scraps + tally.lost + tally.wip_change


@pytest.mark.parametrize("name", WORKING)
def test_a_short_run_and_what_it_says(name: str) -> None:
    factory = shipped(name)
    assert not [finding for finding in factory.findings if finding.severity == "error"]
    run = twin.simulate(factory, "2 day", seed=1)
    assert len(run.orders) and run.orders.dtype == ORDERS
    assert (run.orders["release"] <= run.end).all()
    done = run.orders[~np.isnan(run.orders["end"])]
    assert len(done) and (done["end"] >= done["release"]).all()
    assert not (done["end"] < done["start"]).any()  # what comes from stock was never started
    for resource in run.resources:
        rows = run.intervals[run.intervals["resource"] == resource]
        assert rows["start"][0] == 0 and rows["end"][-1] == run.end
        assert (rows["start"][1:] == rows["end"][:-1]).all()
    measured = twin.measure(run)
    assert measured.parts > 0 and measured.throughput > 0


@pytest.mark.parametrize("name", WORKING)
def test_parts_are_conserved(name: str) -> None:
    runner = Runner(plan(shipped(name)))
    for replication, warm_up in ((0, 0.0), (1, 0.0), (2, 1.5 * DAY)):
        tally = runner.tally(1, replication, warm_up, 4 * DAY)
        assert_conserved(tally)
        assert tally.exits > 0


@pytest.mark.parametrize("name", WORKING)
def test_a_small_forecast(name: str) -> None:
    forecast = twin.predict(shipped(name), "5 day", replications=3)
    assert forecast.output.mean > 0
    assert len(forecast.tallies) == 3
    for tally in forecast.tallies:
        assert_conserved(tally)
    assert all(0 <= share.mean <= 1 for share in forecast.utilisation.values())
    assert "a day" in forecast.headline()
