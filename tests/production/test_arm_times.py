"""An arm in production: how long its transfers take, as validated, as measured or as far as known,
and which machine it tends first."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.production.test_snapshot import differences, in_pieces, straight
from twin.cells.factory import Factory
from twin.cells.transfer import Transfer
from twin.layout.schema import Layout
from twin.production.plan import plan
from twin.production.run import Runner, simulate
from twin.timeline import Timeline

CONSTANT = {"dist": "constant", "value": 30}


def factory(times: str = "nominal", measured: Any = None) -> Factory:
    load: dict[str, Any] = {"by": "cobot", "from": "rack.slot"}
    if measured is not None:
        load["time"] = measured
    raw = {
        "twin": 1,
        "name": "Arm",
        "floor": {"size": [4, 4]},
        "machines": {
            "rack": {"asset": "rack/tray_stand", "at": [1, 1]},
            "test": {"asset": "inspection/tester", "at": [3, 1]},
        },
        "arms": {"cobot": {"asset": "arm/ur5e", "at": [2, 2], "times": times}},
        "stations": {"test": {"machines": ["test"]}},
        "products": {
            "board": {
                "route": [
                    {
                        "step": "test",
                        "at": "test",
                        "load": load,
                        "run": {"time": CONSTANT},
                        "unload": {"by": "cobot", "to": "rack.slot"},
                    }
                ]
            }
        },
        "orders": {"boards": {"product": "board", "every": {"dist": "constant", "value": 100}}},
    }
    two = np.zeros((2, 6))
    transfers = {
        ("cobot", a, b): Transfer(
            "cobot", a, b, np.array([0.0, 6.0]), two, 2.0, 4.0, 0.1, "", low=3.0, high=12.0
        )
        for a, b in (("rack.slot", "test.nest"), ("test.nest", "rack.slot"))
    }
    return Factory(layout=Layout.model_validate(raw), transfers=transfers)


def carried(timeline: Timeline) -> np.ndarray:
    """How long the arm's moves take [s], loads and unloads in turn."""
    arm = timeline.names.index("cobot")
    mine = timeline.moves[timeline.moves["carrier"] == arm]
    return mine["end"] - mine["start"]


def test_nominal_times_are_physics() -> None:
    assert np.allclose(carried(simulate(factory(), until=2000.0, seed=3)), 6.0)


def test_a_measured_time_counts_instead_and_the_arm_still_moves() -> None:
    measured = {"dist": "uniform", "low": 8.0, "high": 9.0}
    times = carried(simulate(factory(measured=measured), until=2000.0, seed=3))
    loads, unloads = times[::2], times[1::2]
    assert len(loads) > 10 and np.all((loads >= 8.0) & (loads <= 9.0)) and np.ptp(loads) > 0.1
    assert np.allclose(unloads, 6.0)


def test_an_uncertain_arm_is_as_fast_in_all_of_a_run_and_another_in_the_next() -> None:
    found = []
    for seed in range(40):
        times = carried(simulate(factory("uncertain"), until=1000.0, seed=seed))
        assert np.allclose(times, times[0])
        found.append(times[0])
    assert 3.0 < min(found) < 4.5 and 9.0 < max(found) < 12.0
    assert np.mean(found) == pytest.approx((3 + 6 + 12) / 3, abs=4 * 1.87 / np.sqrt(40))


def test_it_goes_on_with_the_same_bits() -> None:
    tables = plan(factory("uncertain"))
    assert differences(straight(tables, 900.0), in_pieces(tables, [150.5, 420.0, 900.0])) == []


def test_another_future_has_another_arm() -> None:
    runner = Runner(plan(factory("uncertain")))
    runner.start(1)
    runner.run(300.0)
    state, before = runner.snapshot(), runner.w["transfer"][:4].copy()
    runner.resume(state)
    assert np.array_equal(runner.w["transfer"][:4], before)
    runner.resume(state, (2, 0))
    assert not np.array_equal(runner.w["transfer"][:4], before)


@pytest.mark.parametrize(
    ("rule", "machines"), [("oldest", "abc"), ("downstream", "cba"), ("urgent", "bac")]
)
def test_an_arm_tends_several_machines_by_its_rule(rule: str, machines: str) -> None:
    """The arm serves d from 0 to 9; meanwhile a (priority 2) asks at 1, b (1) at 3, c (3) at 5."""
    products: dict[str, Any] = {}
    orders: dict[str, Any] = {}
    for name, priority, first in (("a", 2, 1), ("b", 1, 3), ("c", 3, 5), ("d", 0, 0)):
        step = {"step": "w", "at": name, "run": {"time": 1}}
        step["load"] = {"by": "cobot", "from": "rack.slot", "time": 9 if name == "d" else 2}
        products[name] = {"route": [step], "priority": priority}
        orders[name] = {"product": name, "first": first, "count": 1}
    raw = {
        "twin": 1,
        "name": "Tending",
        "floor": {"size": [12, 4]},
        "machines": {"rack": {"asset": "rack/tray_stand", "at": [1, 1]}}
        | {m: {"asset": "inspection/tester", "at": [3 + 2 * k, 1]} for k, m in enumerate("abcd")},
        "arms": {"cobot": {"asset": "arm/ur5e", "at": [5, 3], "rule": rule}},
        "stations": {name: {"machines": [name]} for name in "abcd"},
        "products": products,
        "orders": orders,
    }
    two = np.zeros((2, 6))
    transfers = {
        ("cobot", "rack.slot", f"{m}.nest"): Transfer(
            "cobot", "rack.slot", f"{m}.nest", np.array([0.0, 6.0]), two, 2.0, 4.0, 0.1, ""
        )
        for m in "abcd"
    }
    plant = Factory(layout=Layout.model_validate(raw), transfers=transfers)
    timeline = simulate(plant, until=100.0, seed=1)
    arm = timeline.names.index("cobot")
    mine = timeline.moves[timeline.moves["carrier"] == arm]
    parts = [timeline.names[k] for k in mine[np.argsort(mine["start"])]["part"]]
    assert [part[0] for part in parts] == ["d", *machines]
