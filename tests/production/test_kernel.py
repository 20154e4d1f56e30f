"""The kernel: the same bits however it is run, and the meaning of its numbers."""

from __future__ import annotations

import hashlib
import math
import os
import subprocess
import sys

import numpy as np
import pytest
from scipy import stats

from tests.plants import ROOT, document, line, shipped
from twin.cells.factory import Factory
from twin.errors import FindingsError, RunError
from twin.layout.rules import Finding
from twin.layout.schema import Layout
from twin.production import kernel
from twin.production.machine_code import doors
from twin.production.plan import RULES, Variant, merged, plan
from twin.production.run import Runner, run_id, simulate
from twin.timeline import State, Timeline

DAY = 86400.0
TABLES = ("intervals", "moves", "orders", "points")


def bits(timeline: Timeline) -> str:
    """A hash of all that a timeline says."""
    stirred = hashlib.sha256(repr(timeline.names).encode())
    for name in TABLES:
        stirred.update(getattr(timeline, name).tobytes())
    return stirred.hexdigest()


def test_states_are_those_of_the_timeline() -> None:
    named = ("OFF", "IDLE", "SETUP", "PROCESSING", "STARVED", "BLOCKED", "WAITING_CREW", "DOWN")
    for name in named:
        assert getattr(kernel, name) == State[name]
    assert len(State) == kernel.N_STATES


def test_queues_have_the_rules_of_the_schema() -> None:
    assert [getattr(kernel, rule.upper()) for rule in RULES] == list(range(len(RULES)))


def test_no_field_hides_behind_a_method_of_a_record() -> None:
    # Interpreted, such a field would silently be the method.
    def names(kind: np.dtype) -> set[str]:
        found = set(kind.names or ())
        for name in kind.names or ():
            field = kind[name].subdtype[0] if kind[name].subdtype else kind[name]
            found |= names(field)
        return found

    taken = set(dir(np.record)) - {"__class__"}
    assert not names(kernel.world_type()) & taken


def test_no_table_repeats_at_the_length_of_a_page() -> None:
    # All fields of a row would fall into one set of the processor's cache.
    for name in ("units", "stations", "parts", "orders"):
        row, shape = kernel.world_type()[name].subdtype
        assert (row.itemsize * shape[0]) % 4096 != 0, name


def test_repeated_runs_have_the_same_bits() -> None:
    factory = shipped("pcb_line")
    first, second = simulate(factory, "1 day", 5), simulate(factory, "1 day", 5)
    assert bits(first) == bits(second)
    assert bits(first) != bits(simulate(factory, "1 day", 6))
    assert first.run == second.run != simulate(factory, "1 day", 6).run


def test_interpreted_runs_have_the_same_bits() -> None:
    script = (
        "from tests.production.test_kernel import bits\n"
        "from tests.plants import shipped\n"
        "from twin.production.run import simulate\n"
        "print(bits(simulate(shipped('pcb_line'), '1 day', 5)))"
    )
    own = {**os.environ, "TWIN_INTERPRETED": "1", "PYTHONPATH": str(ROOT)}
    asked = subprocess.run(
        [sys.executable, "-c", script], env=own, cwd=ROOT, capture_output=True, text=True
    )
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.strip() == bits(simulate(shipped("pcb_line"), "1 day", 5))


def test_stopping_on_the_way_changes_no_bit() -> None:
    tables = plan(shipped("pcb_line"))
    whole, pieces = Runner(tables), Runner(tables)
    whole.start(3, logging=True)
    whole.run(2 * DAY)
    pieces.start(3, logging=True)
    for k in range(1, 201):
        pieces.run(2 * DAY * k / 200)
    for name in ("log_intervals", "log_moves", "log_orders", "log_points"):
        assert whole.log(name).tobytes() == pieces.log(name).tobytes()


GROWING = """
from tests.plants import line
from twin.production.plan import new_world, plan
from twin.production.run import Runner

tables = plan(line([{"run": 30}, {"run": 100}]))
large, small = Runner(tables), Runner(tables)
tight = new_world(1237)
for name in small.w.dtype.names:
    if name not in ("parts", "orders", "heap_time", "heap_key"):
        tight[name] = small.w[name]
tight.burst = 1200  # at once more than there is room for soon
small.move(tight)
for runner in (large, small):
    runner.start(1, logging=True)
    runner.run(20_000.0)
assert len(small.w["parts"]) > 1237
assert int(large.w.wip) > 37
for name in ("log_intervals", "log_moves", "log_orders"):
    assert large.log(name).tobytes() == small.log(name).tobytes(), name
"""


def test_growing_into_a_larger_world_changes_no_bit() -> None:
    # Interpreted: another size is another record, and would be compiled anew.
    own = {**os.environ, "TWIN_INTERPRETED": "1", "PYTHONPATH": str(ROOT)}
    asked = subprocess.run(
        [sys.executable, "-c", GROWING], env=own, cwd=ROOT, capture_output=True, text=True
    )
    assert asked.returncode == 0, asked.stderr


def test_a_permuted_layout_is_the_same_plant() -> None:
    raw = document("pcb_line")
    turned = dict(raw)
    for table in ("machines", "stations"):
        turned[table] = dict(reversed(raw[table].items()))
    factory = shipped("pcb_line")
    other = Factory(Layout.model_validate(turned), factory.transfers, (), factory.key)
    assert bits(simulate(factory, "2 day", 1)) == bits(simulate(other, "2 day", 1))


def test_doubling_all_times_doubles_the_clock_bit_for_bit() -> None:
    def factory(scale: float) -> Factory:
        return line(
            [
                {"run": {"dist": "exponential", "mean": 40 * scale}},
                {
                    "run": {"dist": "uniform", "low": 10 * scale, "high": 70 * scale},
                    "input": {"capacity": 2},
                    "disturbances": {
                        "jam": {"clock": "work", "every": 300 * scale, "lasts": 50 * scale}
                    },
                },
            ],
            orders={"parts": {"product": "part", "every": 50 * scale}},
            transport={"speed": 2.0 / scale},
        )

    once, twice = simulate(factory(1), DAY), simulate(factory(2), 2 * DAY)
    assert (2 * once.intervals["start"] == twice.intervals["start"]).all()
    assert (2 * once.intervals["end"] == twice.intervals["end"]).all()


KEYS = np.random.default_rng(1).integers(1 << 64, size=6000, dtype=np.uint64).tolist()
DISTRIBUTIONS = [
    ({"dist": "exponential", "mean": 7}, stats.expon(scale=7)),
    ({"dist": "erlang", "shape": 3, "mean": 6}, stats.gamma(3, scale=2)),
    ({"dist": "lognormal", "mean": 5, "cv": 0.6}, None),
    ({"dist": "gamma", "mean": 5, "cv": 0.5}, stats.gamma(4, scale=1.25)),
    ({"dist": "gamma", "mean": 5, "cv": 1.5}, stats.gamma(1 / 2.25, scale=11.25)),
    ({"dist": "uniform", "low": 2, "high": 9}, stats.uniform(2, 7)),
    ({"dist": "triangular", "low": 1, "mode": 2, "high": 6}, stats.triang(0.2, 1, 5)),
    ({"dist": "weibull", "shape": 1.7, "scale": 4}, stats.weibull_min(1.7, scale=4)),
]


@pytest.mark.parametrize(("time", "law"), DISTRIBUTIONS, ids=lambda v: str(v)[:40])
def test_draws_follow_their_law(time: dict[str, object], law: object) -> None:
    if law is None:
        spread = math.log1p(0.6**2)
        law = stats.lognorm(math.sqrt(spread), scale=math.exp(math.log(5) - spread / 2))
    w = plan(line([{"run": time}])).world
    row = int(w.phases[kernel.RUN].dist)
    drawn = [doors(w).draw(row, key, -1) for key in KEYS]
    assert stats.kstest(drawn, law.cdf).pvalue > 1e-4  # type: ignore[attr-defined]


def test_a_mixture_of_exponentials_and_observed_values() -> None:
    mixture = {"dist": "hyperexponential", "probs": [0.3, 0.7], "means": [10, 1]}
    w = plan(line([{"run": mixture}, {"run": {"dist": "empirical", "values": [1, 2, 4]}}])).world
    first = int(w.phases[kernel.RUN].dist)
    mixed = np.array([doors(w).draw(first, key, -1) for key in KEYS])
    share = (mixed > 5).mean()
    exact = 0.3 * math.exp(-0.5) + 0.7 * math.exp(-5)
    assert abs(share - exact) < 5 * math.sqrt(exact * (1 - exact) / len(KEYS))
    second = int(w.phases[kernel.PHASES + kernel.RUN].dist)
    values, counts = np.unique([doors(w).draw(second, key, -1) for key in KEYS], return_counts=True)
    assert values.tolist() == [1, 2, 4]
    assert stats.chisquare(counts).pvalue > 1e-4


def test_the_normal_quantile_is_exact() -> None:
    shares = np.concatenate([np.linspace(1e-6, 1 - 1e-6, 999), [1e-300, 1e-20, 1e-9]])
    ours = [kernel.normal_quantile(float(p)) for p in shares]
    np.testing.assert_allclose(ours, stats.norm.ppf(shares), rtol=1e-13, atol=1e-13)


def test_openings_that_touch_are_one_and_all_day_never_closes() -> None:
    def calendar(*openings: tuple[float, float]):
        raw = {"cycle": 100, "open": openings}
        return merged(Layout.model_fields["calendars"].annotation.__args__[1](**raw))

    assert calendar((10, 20), (20, 30), (40, 50)) == [(10, 30), (40, 50)]
    assert calendar((0, 100)) == []
    assert calendar((0, 10), (30, 100)) == [(30, 110)]


def test_parts_that_take_no_time_are_told() -> None:
    raw = [{"run": 0, "then": [{"to": "A", "share": 1}]}]
    with pytest.raises(RunError, match="time stands still"):
        simulate(line(raw), 600)


def test_a_plant_too_large_for_the_engine_is_told() -> None:
    room = kernel.MACHINES
    with pytest.raises(RunError, match=f"{room + 1} machines; the engine has room for {room}"):
        plan(line([{"run": 1, "machines": room + 1}]))


def test_a_factory_with_an_error_is_not_simulated() -> None:
    good = line([{"run": 30}])
    finding = Finding("cell/reach", "arms/cobot", "error", "cobot cannot reach test-1.nest")
    with pytest.raises(FindingsError, match="cobot cannot reach") as refused:
        simulate(Factory(good.layout, {}, (finding,), "k"), 600)
    assert refused.value.exit_code == 1


@pytest.mark.parametrize("until", ["8 kg", "-1 h", "soon"])
def test_a_time_that_is_none_is_told(until: str) -> None:
    with pytest.raises(RunError, match="time"):
        simulate(line([{"run": 30}]), until)


def test_the_run_id_names_all_that_decides_the_bits() -> None:
    factory = line([{"run": 30}])
    other = Factory(factory.layout, key="another")
    ids = {
        run_id(factory, 1, 60.0),
        run_id(factory, 2, 60.0),
        run_id(factory, 1, 61.0),
        run_id(other, 1, 60.0),
        run_id(factory, 1, 60.0, Variant(pace={"A": 0.9})),
        run_id(factory, 1, 60.0, Variant(more={"A": 1})),
    }
    assert len(ids) == 6


def test_each_line_of_an_order_has_the_attributes_of_its_product() -> None:
    run = {"formula": "1 s * size"}
    steps = line([{"run": 1}]).layout.model_dump(exclude_unset=True, by_alias=True)
    route = [{"step": "work", "at": "A", "run": run}]
    steps["products"] = {
        "small": {"route": route, "attributes": {"size": 1}},
        "large": {"route": route, "attributes": {"size": 7}},
    }
    steps["orders"] = {"both": {"lines": {"large": 2, "small": 1}}}
    timeline = simulate(Factory(Layout.model_validate(steps), key="lines"), 100)
    worked = timeline.intervals[timeline.intervals["state"] == State.PROCESSING]
    assert (worked["end"] - worked["start"]).tolist() == [7, 7, 1]


def test_what_is_handed_on_at_once_stands_between_the_other_moves() -> None:
    # B and C take no time, and where D is full they hold: several moves of a part at one instant.
    stations = [{"run": 30}, {"run": 0}, {"run": 0}, {"run": "80 s", "input": {"capacity": 2}}]
    factory = line(stations, transport={"speed": None})
    runner = Runner(plan(factory))
    runner.start(1, logging=True)
    runner.run(DAY)
    assert (runner.log("log_points")["what"] >= kernel.HANDED_ON).any()
    assert len(runner.log("log_moves")) > 100
    run = simulate(factory, DAY, 1)
    ways: dict[int, list[str]] = {}
    for move in run.moves:
        assert move["start"] == move["end"]
        way = f"{run.names[move['origin']]} {run.names[move['target']]}"
        ways.setdefault(int(move["part"]), []).append(way)
    assert len(ways) > 1000
    for way in ways.values():
        assert ["A1 B1", "B1 C1", "C1 D1"][: len(way)] == way
    done = run.points["resource"][run.points["name"] == run.names.index("done")]
    passed = [sum(len(way) > k for way in ways.values()) for k in range(3)]
    blocked = np.bincount(done)[:3] - passed
    assert ((blocked >= 0) & (blocked <= 1)).all()  # one may stand finished before a full station
