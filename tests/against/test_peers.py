"""The models that the engine is compared with: that they model the same plants."""

from __future__ import annotations

from typing import get_args

import pytest

from tests.bench.peers import simpy_line
from tests.bench.peers.line import THROUGHPUT, Failures

ALL = get_args(Failures)


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
