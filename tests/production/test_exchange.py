"""An arm that exchanges brings the next part along: the same times in the kernel and the oracle."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.against.kernel_chance import KernelChance
from tests.against.oracle import run
from twin.cells.factory import Factory, Transfer
from twin.layout.schema import Layout
from twin.production.run import simulate
from twin.timeline import EXCHANGE, State, Timeline

CONSTANT = {"dist": "constant", "value": 100.0}
IN, OUT, WHOLE = 19.0, 18.0, 28.0  # s: to load, to unload, both in one visit
REST = WHOLE - OUT


def factory(
    orders: dict[str, Any],
    machines: tuple[str, ...] = ("mill",),
    whole: float = WHOLE,
    times: str = "nominal",
    **station: Any,
) -> Factory:
    raw = {
        "twin": 1,
        "name": "exchange",
        "floor": {"size": [9, 4]},
        "machines": {
            "rack": {"asset": "rack/tray_stand", "at": [1, 1]},
            **{
                name: {"asset": "inspection/tester", "at": [3 + 2 * k, 1]}
                for k, name in enumerate(machines)
            },
        },
        "arms": {"arm": {"asset": "arm/ur10e", "at": [2, 2], "exchange": True, "times": times}},
        "stations": {"milling": {"machines": list(machines), **station}},
        "products": {
            "block": {
                "route": [
                    {
                        "step": "mill",
                        "at": "milling",
                        "load": {"by": "arm", "from": "rack.slot"},
                        "run": {"time": CONSTANT},
                        "unload": {"by": "arm", "to": "rack.slot"},
                    }
                ]
            }
        },
        "orders": {"blocks": {"product": "block", **orders}},
    }

    def motion(time: float) -> Transfer:
        times = np.array([0.0, time])
        ends = "arm", "rack.slot", "rack.slot"
        low, high = 0.5 * time, 2.0 * time
        return Transfer(*ends, times, np.zeros((2, 6)), 0.0, time, 0.1, "", low=low, high=high)

    transfers, exchanges = {}, {}
    for name in machines:
        nest = f"{name}.nest"
        transfers["arm", "rack.slot", nest] = motion(IN)
        transfers["arm", nest, "rack.slot"] = motion(OUT)
        exchanges["arm", "rack.slot", nest, nest, "rack.slot"] = motion(whole)
    layout = Layout.model_validate(raw)
    return Factory(layout=layout, transfers=transfers, exchanges=exchanges)


def moves(timeline: Timeline) -> list[tuple[str, float, float, bool]]:
    """What the arm carries: the part, from when to when, and whether it came along."""
    arm = timeline.names.index("arm")
    return [
        (
            timeline.name(row["part"]),
            float(row["start"]),
            float(row["end"]),
            timeline.name(row["native"]) == EXCHANGE,
        )
        for row in timeline.moves[timeline.moves["carrier"] == arm]
    ]


def by_oracle(made: Factory, until: float) -> list[tuple[str, float, float]]:
    durations = {
        key: transfer.duration
        for key, transfer in [*made.transfers.items(), *made.exchanges.items()]
    }
    log = run(made.layout, durations, lambda a, b: 0.0, KernelChance(made, 1), until)
    return sorted((i.state.name, i.start, i.end) for i in log.intervals if i.resource == "mill")


def by_kernel(made: Factory, until: float) -> list[tuple[str, float, float]]:
    timeline = simulate(made, until=until, seed=1)
    mill = timeline.names.index("mill")
    rows = timeline.intervals[timeline.intervals["resource"] == mill]
    return sorted((State(r["state"]).name, float(r["start"]), float(r["end"])) for r in rows)


@pytest.mark.parametrize(
    "orders",
    [
        {"release": "always", "count": 5},
        {"every": {"dist": "constant", "value": 90.0}, "count": 5},
        {"every": {"dist": "constant", "value": 130.0}, "count": 5},
        {"every": {"dist": "constant", "value": 500.0}, "count": 2},
    ],
)
def test_the_oracle_says_the_same(orders: dict[str, Any]) -> None:
    made = factory(orders)
    assert by_kernel(made, 900.0) == by_oracle(made, 900.0)


def test_the_next_part_comes_along_and_takes_what_the_exchange_takes_longer() -> None:
    found = moves(simulate(factory({"release": "always", "count": 3}), until=600.0, seed=1))
    first = IN + 100.0
    second = first + WHOLE + 100.0
    assert found == [
        ("blocks-1", 0.0, IN, False),
        ("blocks-1", first, first + OUT, False),
        ("blocks-2", first + OUT, first + WHOLE, True),
        ("blocks-2", second, second + OUT, False),
        ("blocks-3", second + OUT, second + WHOLE, True),
        ("blocks-3", second + WHOLE + 100.0, second + WHOLE + 100.0 + OUT, False),
    ]


def test_what_comes_while_the_arm_is_at_the_machine_is_fetched_by_itself() -> None:
    """The first is finished at 119 s; the second comes at 125 s, when the arm is at the mill."""
    made = factory({"every": {"dist": "constant", "value": 125.0}, "count": 2})
    first, second, third, _ = moves(simulate(made, until=600.0, seed=1))
    start = first[1]
    assert second[1:3] == (start + 119.0, start + 137.0)
    assert third == ("blocks-2", start + 137.0, start + 137.0 + IN, False)


def test_an_exchange_that_takes_longer_than_both_is_not_done() -> None:
    made = factory({"release": "always", "count": 3}, whole=IN + OUT + 1.0)
    assert not any(along for *_, along in moves(simulate(made, until=600.0, seed=1)))


def test_the_arm_stays_with_the_machine_though_another_has_waited_longer() -> None:
    """Both mills are finished while the arm is busy: it unloads the one and loads it, then the
    other."""
    made = factory({"release": "always", "count": 6}, machines=("a", "b"))
    timeline = simulate(made, until=700.0, seed=1)
    along = [k for k, move in enumerate(moves(timeline)) if move[3]]
    assert len(along) == 4
    rows = moves(timeline)
    assert all(rows[k - 1][2] == rows[k][1] and not rows[k - 1][3] for k in along)


def test_uncertain_times_are_drawn_for_an_exchange_too() -> None:
    made = factory({"release": "always", "count": 3}, times="uncertain")
    rests = set()
    for seed in range(20):
        for _, start, end, along in moves(simulate(made, until=900.0, seed=seed)):
            if along:
                rests.add(round(end - start, 6))
    assert len(rests) > 15
    assert min(rests) >= 0.5 * WHOLE - 0.5 * OUT and max(rests) <= 2.0 * WHOLE - 2.0 * OUT
