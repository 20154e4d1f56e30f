"""Stopped and gone on from a file is the same, bit for bit, as never stopped."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.against.plants import plants
from tests.against.strategies import Shop
from tests.plants import WORKING, line, shipped
from twin.errors import RunError
from twin.production import kernel
from twin.production.plan import Plan, plan
from twin.production.run import Runner
from twin.production.snapshot import OF_THE_PLAN

HOUR = 3600.0
ALWAYS = {"parts": {"product": "part", "release": "always"}}


def run_on(runner: Runner, until: float) -> None:
    """Go on; a plant that comes to a stand has a state, too."""
    try:
        runner.run(until)
    except RunError as error:
        if "deadlock" not in str(error):
            raise


def straight(tables: Plan, until: float) -> dict[str, Any]:
    """The state at the end of one run."""
    runner = Runner(tables)
    runner.start(3)
    run_on(runner, until)
    return runner.snapshot()


def in_pieces(tables: Plan, stops: list[float]) -> dict[str, Any]:
    """The same, but put into a file and taken up by another runner at each stop."""
    runner = Runner(tables)
    runner.start(3)
    for stop in stops[:-1]:
        run_on(runner, stop)
        text = json.dumps(runner.snapshot(), allow_nan=False)
        runner = Runner(tables)
        runner.resume(json.loads(text))
    run_on(runner, stops[-1])
    return runner.snapshot()


def differences(one: dict[str, Any], two: dict[str, Any]) -> list[str]:
    """What two states do not share, in words."""
    found = []
    for key in one:
        if one[key] == two[key]:
            continue
        if not isinstance(one[key], dict) or "rows" not in one[key]:
            found.append(f"{key}: {one[key]} != {two[key]}")
            continue
        a, b = one[key]["rows"], two[key]["rows"]
        pairs = (
            [(k, a[k], b[k]) for k in a] if isinstance(a, dict) else list(zip(a, a, b, strict=True))
        )
        for k, x, y in pairs:
            for column, v, w in zip(one[key]["columns"], x, y, strict=True):
                if v != w and (key, column) != ("parts", "version"):  # how often a row was used
                    found.append(f"{key} {k if isinstance(k, str) else ''} {column}: {v} != {w}")
    return found


@pytest.mark.parametrize("name", WORKING)
def test_shipped_plants_go_on_with_the_same_bits(name: str) -> None:
    tables = plan(shipped(name))
    stops = [9.37 * HOUR, 33.1 * HOUR, 57.0 * HOUR]
    assert differences(straight(tables, stops[-1]), in_pieces(tables, stops)) == []


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(plants(), st.lists(st.floats(0.0, 150.0), min_size=1, max_size=3).map(sorted))
def test_any_plant_goes_on_with_the_same_bits(shop: Shop, stops: list[float]) -> None:
    tables = plan(shop.factory)
    assert differences(straight(tables, 160.0), in_pieces(tables, [*stops, 160.0])) == []


def test_another_future_from_the_same_moment() -> None:
    time = {"dist": "exponential", "mean": 60}
    tables = plan(line([{"run": time}, {"run": time}]))
    runner = Runner(tables)
    runner.start(1)
    runner.run(HOUR)
    state = runner.snapshot()
    ends = []
    for k in range(4):
        runner.resume(state, (7, k))
        assert runner.w.now == HOUR
        runner.run(3 * HOUR)
        ends.append((int(runner.w.exits), float(runner.w.last_exit)))
    assert len(set(ends)) > 1


def test_what_is_of_the_plan_is_there() -> None:
    world = kernel.world_type()
    for table, names in OF_THE_PLAN.items():
        assert set(names) <= set(world[table].base.names), table


def test_finishes_and_numbers_go_on_where_a_log_is_full() -> None:
    runner = Runner(plan(line([{"run": 1}], orders=ALWAYS)))
    long = 2.0 * kernel.LOG
    assert runner.finishes(1, 0, 2, long).tolist() == [long, long]
    assert runner.numbers(1, 0, 2, [long / 2, long]).tolist() == [[1, 1], [1, 1]]


def test_a_state_of_another_plant_is_refused() -> None:
    runner = Runner(plan(line([{"run": 60}])))
    runner.start(1)
    state = runner.snapshot()
    other = Runner(plan(line([{"run": 60}, {"run": 60}])))
    with pytest.raises(RunError, match="another plant: units B1"):
        other.resume(state)
    with pytest.raises(RunError, match="no snapshot of version 2: its key 'snapshot' is 7"):
        other.resume({**state, "snapshot": 7})
