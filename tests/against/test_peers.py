"""The models that the engine is compared with: that they model the same plants."""

from __future__ import annotations

from typing import get_args

import pytest

from tests.bench.peers import shop, simpy_job_shop, simpy_line
from tests.bench.peers.line import THROUGHPUT, Failures

ALL = get_args(Failures)
MINUTES = 20_000.0  # of the job shop


@pytest.fixture(scope="module")
def tally() -> simpy_job_shop.Tally:
    """One run of the shop in SimPy."""
    return simpy_job_shop.simulate(1, MINUTES)


@pytest.mark.parametrize("failures", ALL)
def test_simpy_line_against_known_throughput(failures: Failures) -> None:
    parts = simpy_line.run(failures, 1, 4000.0)
    assert parts / 4000 == pytest.approx(THROUGHPUT[failures], rel=0.05)


@pytest.mark.parametrize("failures", ALL)
def test_cimba_line_against_known_throughput(failures: Failures) -> None:
    pytest.importorskip("cimba")
    from tests.bench.peers import cimba_line

    parts = cimba_line.run(failures, 1, 5000.0, replications=20)
    assert parts / 100_000 == pytest.approx(THROUGHPUT[failures], rel=0.015)


def test_cimba_line_is_the_same_without_its_histories() -> None:
    pytest.importorskip("cimba")
    from tests.bench.peers import cimba_line

    recorded, bare = (cimba_line.run("none", 1, 1000.0, recorded=r) for r in (True, False))
    assert recorded == bare


def test_shop_is_as_described() -> None:
    assert set(shop.STATIONS) == {name for p in shop.PRODUCTS.values() for name in p.route}
    for product in shop.PRODUCTS.values():
        assert 8 <= len(product.route) <= 12
        assert len(set(product.route)) < len(product.route)


def test_simpy_job_shop_conserves_parts(tally: simpy_job_shop.Tally) -> None:
    assert tally.ordered == tally.finished + tally.queueing + tally.at_machines
    orders = sum(1 / product.every for product in shop.PRODUCTS.values())
    assert tally.ordered / MINUTES == pytest.approx(orders, rel=0.06)


def test_simpy_job_shop_has_its_load(tally: simpy_job_shop.Tally) -> None:
    for name, station in shop.STATIONS.items():
        share = tally.run[name] / MINUTES / station.machines
        assert share == pytest.approx(shop.running(name), rel=0.08)
    # Whoever attends stays through the repairs.
    work = sum(tally.run.values()) + tally.setups * shop.SET_UP
    held = sum(tally.held.values())
    assert held == pytest.approx(work * (1 + shop.DOWN / shop.UP), rel=0.03)
    busy = {n: tally.held[n] / MINUTES / s.machines for n, s in shop.STATIONS.items()}
    assert max(busy, key=busy.__getitem__) == "mill"
    assert busy["mill"] == pytest.approx(0.83, abs=0.04)
    assert held / MINUTES / shop.PEOPLE == pytest.approx(0.75, abs=0.04)


def test_cimba_job_shop_against_simpy(tally: simpy_job_shop.Tally) -> None:
    pytest.importorskip("cimba")
    from tests.bench.peers import cimba_job_shop

    made = cimba_job_shop.simulate(1, MINUTES, replications=5)
    ordered, finished, setups = (v.values.sum() for v in (made.ordered, made.finished, made.setups))
    left = made.ordered.values - made.finished.values
    assert (left >= 0).all() and left.max() < 150
    assert ordered / 5 == pytest.approx(tally.ordered, rel=0.06)
    assert setups / finished == pytest.approx(tally.setups / tally.finished, rel=0.03)
    people = sum(tally.held.values()) / MINUTES
    assert made.busy.values.mean() == pytest.approx(people, rel=0.06)
