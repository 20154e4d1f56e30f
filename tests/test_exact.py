"""`twin verify`: adapters that know no answer, rules of tolerance that wrong values fail."""

from __future__ import annotations

import ast
import inspect
import json
import math
import threading
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from twin import cli
from twin.errors import TwinError
from twin.exact import documents, known_cases, read_cases, verdicts, verify, write_documents
from twin.exact.cases import Case, Measure, Tolerance
from twin.exact.documents import Unsupported, documents_of
from twin.exact.measures import STEADY, WHOLE, Name, View, spread
from twin.exact.trials import Sample, Trial
from twin.layout import files, rules
from twin.layout.schema import Layout
from twin.timeline import State

PUBLIC = {case.id: case for case in read_cases(known_cases())}
LOGS = {case.id for case in PUBLIC.values() if case.kind == "activity_log"}
DRAWN = [case for case in PUBLIC.values() if case.id not in LOGS]
EXPONENTIAL = {"dist": "exponential", "mean": 1.0}


def case_of(model: dict[str, Any], *measures: tuple[str, Any, str], **said: Any) -> Case:
    """A case of a model; measures are (name, exact, rule)."""
    raw = {
        "id": "own",
        "title": "Own",
        "time_unit": "h",
        "model": model,
        "measures": [
            {"name": n, "exact": exact, "tolerance": {"rule": rule}} for n, exact, rule in measures
        ]
        or [{"name": "throughput", "exact": 1, "tolerance": {"rule": "ci_cover"}}],
    }
    return Case.model_validate(raw | said)


def layout_of(model: dict[str, Any]) -> Layout:
    """The one layout of a model, without errors."""
    ((_, document),) = documents_of(case_of(model)).items()
    layout = Layout.model_validate(document)
    assert not [finding for finding in rules.check(layout) if finding.severity == "error"]
    return layout


def line(**changes: Any) -> dict[str, Any]:
    """A saturated line of two stations."""
    stations = [
        {"id": "M1", "servers": 1, "process": EXPONENTIAL},
        {"id": "M2", "servers": 1, "process": EXPONENTIAL},
    ]
    return {"population": {"type": "saturated", "start": "M1"}, "stations": stations} | changes


def station(**changes: Any) -> dict[str, Any]:
    """A saturated line whose second station is changed."""
    model = line()
    model["stations"][1] |= changes
    return model


# --- adapters ------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", DRAWN, ids=lambda case: case.id)
def test_every_case_is_a_layout_without_errors(case: Case) -> None:
    drawn = documents_of(case)
    assert drawn
    for document in drawn.values():
        layout = Layout.model_validate(document)
        assert [f.message for f in rules.check(layout) if f.severity == "error"] == []


def test_adapters_are_short() -> None:
    source = ast.parse(inspect.getsource(documents))
    for node in source.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("_"):
            last, first = node.end_lineno, node.lineno
            described = ast.get_docstring(node) is not None
            lines = (last or first) - first + 1 - (described and _length(node.body[0]))
            assert lines <= 15, f"{node.name} has {lines} lines"


def _length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("case", DRAWN, ids=lambda case: case.id)
def test_no_adapter_looks_at_names_or_answers(case: Case) -> None:
    measures = [m.model_copy(update={"exact": 0.0}) for m in case.measures]
    other = case.model_copy(update={"id": "x", "family": "y", "title": "z", "measures": measures})
    for one, two in zip(documents_of(case).values(), documents_of(other).values(), strict=True):
        own = ("name", "basis")
        assert {k: v for k, v in one.items() if k not in own} == {
            k: v for k, v in two.items() if k not in own
        }


@pytest.mark.parametrize("key", ["mm1-080", "js-ft06", "unrel2-crew1", "cell-long"])
def test_exported_documents_are_layout_files(key: str, tmp_path: Path) -> None:
    paths = write_documents(PUBLIC[key], tmp_path)
    drawn = documents_of(PUBLIC[key])
    assert len(paths) == len(drawn)
    for path, document in zip(paths, drawn.values(), strict=True):
        assert files.load(path) == Layout.model_validate(document)


def test_times_keep_the_unit_of_the_case() -> None:
    model = line(arrivals=[{"item": "A", "interarrival": EXPONENTIAL, "to": "M1"}])
    del model["population"]
    (document,) = documents_of(case_of(model, time_unit="min")).values()
    assert document["orders"]["arrivals-1"]["every"] == {"dist": "exponential", "mean": "1.0 min"}
    every = Layout.model_validate(document).orders["arrivals-1"].every
    assert every is not None and every.model_dump()["mean"] == 60.0


@pytest.mark.parametrize(
    "dist",
    [
        {"dist": "constant", "value": 2},
        {"dist": "erlang", "shape": 3, "mean": 2.0},
        {"dist": "hyperexponential", "probs": [0.5, 0.5], "means": [1.0, 3.0]},
        {"dist": "lognormal", "mean": 1.0, "cv": 0.5},
        {"dist": "gamma", "mean": 1.0, "cv": 0.5},
        {"dist": "uniform", "low": 1.0, "high": 2},
        {"dist": "triangular", "low": 1, "mode": 2.0, "high": 4.0},
        {"dist": "weibull", "shape": 1.5, "scale": 2.0},
    ],
    ids=lambda dist: dist["dist"],
)
def test_every_distribution_is_drawn(dist: dict[str, Any]) -> None:
    run = layout_of(station(process=dist)).products["part"].route[1].run
    assert run is not None and run.time is not None
    for key, value in dist.items():
        drawn = getattr(run.time, key)
        hours = 3600.0 if key in documents.TIMES else 1
        if isinstance(value, list):
            assert drawn == tuple(one * hours for one in value)
        else:
            assert drawn == (value * hours if key in documents.TIMES else value)


def test_arrivals_in_batches_with_priorities_and_routes_of_their_own() -> None:
    layout = layout_of(
        {
            "arrivals": [
                {"item": "A", "interarrival": EXPONENTIAL, "to": "M1", "batch_size": 3},
                {"item": "B", "interarrival": EXPONENTIAL, "to": "M2", "priority": 2},
            ],
            "stations": [
                {"id": "M1", "servers": 2, "process": {"A": EXPONENTIAL}},
                {"id": "M2", "process": EXPONENTIAL, "discipline": "priority_preemptive_resume"},
                {"id": "M3", "process": EXPONENTIAL},
            ],
            "routing": [
                {"from": "M2", "item": "B", "to": [{"to": "scrap", "prob": 0.5}, {"to": "M3"}]}
            ],
        }
        | {"routing": [{"from": "M2", "item": "B", "to": [{"to": "out"}]}]}
    )
    assert [step.at for step in layout.products["A"].route] == ["M1", "M2", "M3"]
    assert [step.at for step in layout.products["B"].route] == ["M2"]
    assert layout.orders["arrivals-1"].quantity == 3
    assert layout.orders["arrivals-2"].priority == 2
    assert layout.stations["M2"].rule == "priority" and layout.stations["M2"].interruptible
    assert len(layout.stations["M1"].machines) == 2


def test_failures_operators_set_ups_and_powers() -> None:
    failures = {
        "clock": "calendar",
        "time_to_failure": {"dist": "weibull", "shape": 2, "scale": 30.0},
        "time_to_repair": EXPONENTIAL,
        "after_repair": "restart",
        "crew": "fix",
    }
    layout = layout_of(
        station(
            failures=failures,
            operator="staff",
            setup={"when": "idle_start", "time": EXPONENTIAL},
            power_kw={"busy": 2.0, "idle": 0.5, "down": 0.5},
            input_buffer={"capacity": 0},
        )
        | {"crews": [{"id": "fix", "size": 2}, {"id": "staff", "size": 1, "rule": "downstream"}]}
    )
    two = layout.stations["M2"]
    (failure,) = two.disturbances.values()
    assert (failure.clock, failure.may_load, failure.part) == ("calendar", True, "restart")
    assert failure.by == "fix" and layout.crews["fix"].people == 2
    assert layout.crews["staff"].rule == "downstream"
    run = layout.products["part"].route[1].run
    assert run is not None and run.by == "staff"
    assert two.changeover is not None and two.changeover.after_idle is not None
    assert two.power.processing == 2000 and two.input.capacity == 0


def test_populations() -> None:
    capped = layout_of(line(wip_cap=4)).orders["population"]
    assert (capped.release, capped.cards) == ("always", 4)
    sequence = {"type": "finite", "sequence": ["A", "B", "A"], "start": "M1"}
    finite = layout_of(line(population=sequence)).orders["population"]
    assert finite.sequence == ("A", "B", "A") and finite.count == 3
    loop = {"type": "constant_wip", "wip": 5, "start": "M2"}
    middle = layout_of(line(population=loop))
    assert [step.at for step in middle.products["part"].route] == ["M1", "M2"]
    assert [(there.step, there.count) for there in middle.present] == [("M2", 5)]


def test_delays_and_what_is_there_at_first() -> None:
    model = station(servers="infinite") | {"initial": {"M1": 2}}
    model["transport"] = [{"from": "M1", "to": "M2", "time": EXPONENTIAL, "vehicles": None}]
    layout = layout_of(model | {"population": {"type": "constant_wip", "wip": 9, "start": "M1"}})
    route = layout.products["part"].route
    assert [step.at for step in route] == ["M1", None, None]
    assert [step.then[0].to for step in route] == ["M1-to-M2", "out", "M2"]
    assert [(there.step, there.count) for there in layout.present] == [("M1", 2)]


@pytest.mark.parametrize(
    ("model", "says"),
    [
        ({"kind": "eoq", "demand": 3}, "eoq"),
        (line(weather="rain"), "weather"),
        (station(discipline="sometimes"), "sometimes"),
        (station(servers="infinite", operator="staff"), "operator"),
        (station(input_buffer={"capacity": 1, "when_full": "explode"}), "explode"),
        (station(power_kw={"busy": 2.0, "idle": 0.5, "down": 0.1}), "power_kw"),
        (station(failures={"clock": "moon"}), "moon"),
        (line(crews=[{"id": "c", "size": 1, "rule": "most upstream first"}]), "upstream"),
        (line(population={"type": "sporadic", "start": "M1"}), "sporadic"),
        (line(transport=[{"from": "M1", "to": "M2", "time": EXPONENTIAL, "vehicles": 2}]), "veh"),
    ],
)
def test_what_layouts_have_no_words_for_is_unsupported(model: dict, says: str) -> None:
    with pytest.raises(Unsupported, match=says):
        documents_of(case_of(model))
    report = verify([case_of(model)])
    assert report.count("unsupported") == 1 and not report.is_right


# --- measures ------------------------------------------------------------------------------------


def view_of(key: str, **sums: Any) -> View:
    """A view of a case's layout on sums made by hand."""
    (document, *_) = documents_of(PUBLIC[key]).values()
    layout = Layout.model_validate(document)
    stations = tuple(layout.stations)
    units = [s for s, name in enumerate(stations) for _ in layout.stations[name].machines]
    tables = SimpleNamespace(
        stations=stations,
        station_of=np.array(units),
        units=tuple(m for name in stations for m in layout.stations[name].machines),
        people=(),
        products=tuple(layout.products),
    )
    tally: Any = SimpleNamespace(window=36000.0, **sums)
    return View(tally, tables, layout, 3600.0)  # pyright: ignore[reportArgumentType]


def test_shares_are_of_each_server() -> None:
    times = np.zeros((5, len(State)))
    times[:2, State.PROCESSING] = 18000.0, 36000.0  # M1 has two servers
    times[2, [State.BLOCKED, State.STARVED, State.IDLE]] = 9000.0, 3600.0, 1800.0
    times[2, [State.DOWN, State.SETUP]] = 7200.0, 14400.0
    view = view_of("line3-multi", unit_times=times)
    read = {m: STEADY[Name.parse(m).whole](view, Name.parse(m).what) for m in SHARES}
    assert read == pytest.approx(SHARES)


SHARES = {
    "busy[M1]": 0.75,
    "blocked[M2]": 0.25,
    "starved[M2]": 0.15,
    "down[M2]": 0.2,
    "setup[M2]": 0.4,
    "busy[M3]": 0.0,
}


def test_rates_waits_and_periods() -> None:
    view = view_of(
        "line3-multi",
        product_exits=np.array([20.0]),
        scraps=5,
        lost=3,
        ordered=30,
        station_waits=np.array([0.0, 7200.0, 0.0]),
        station_taken=np.array([0, 4, 0]),
        unit_active=np.full(5, 3600.0),
        unit_stretches=np.array([1, 1, 4, 2, 3]),
        unit_parts=np.array([8, 8, 6, 0, 0]),
        unit_loads=np.array([4, 4, 2, 0, 0]),
        part_leads=np.array([3600.0, 7200.0]),
        part_products=np.array([0, 0]),
    )
    expected = {
        "throughput": 2.0,
        "scrap_rate": 0.5,
        "yield": 0.8,
        "loss_fraction": 0.1,
        "wait[M2]": 0.5,
        "active_period_mean[M2]": 0.25,
        "mean_load[M1]": 2.0,
        "lead_time": 1.5,
    }
    for measure, value in expected.items():
        name = Name.parse(measure)
        assert STEADY[name.whole](view, name.what) == pytest.approx(value), measure
    assert math.isnan(STEADY["wait"](view, "M1"))
    with pytest.raises(Unsupported, match="M9"):
        STEADY["wait"](view, "M9")
    with pytest.raises(Unsupported, match="one of several"):
        STEADY["wait"](view, "")


def test_parts_that_go_into_a_stock_do_not_leave() -> None:
    sums = {"product_exits": np.array([50.0, 50.0, 30.0])}
    assert STEADY["throughput"](view_of("asm2", **sums), "") == 3.0
    assert STEADY["throughput"](view_of("asm2", **sums), "set") == 3.0


def test_the_lead_time_of_an_order_of_several_products_is_the_orders() -> None:
    sums = {"leads": np.array([7200.0]), "part_leads": np.array([3600.0, 7200.0])}
    view = view_of("forkjoin2", part_products=np.array([0, 1]), **sums)
    assert STEADY["lead_time"](view, "") == 2.0
    assert STEADY["lead_time"](view, "B1") == 1.0


def test_figures_of_a_whole_run() -> None:
    ends = np.array([9.0, 24, 34]) * 3600
    leads = {"part_ends": ends, "part_leads": ends, "part_products": np.array([0, 1, 2])}
    view = replace(view_of("due7", **leads), unit=3600.0)
    assert WHOLE["completion_time"](view, "2") == 24
    assert math.isnan(WHOLE["completion_time"](view, "4"))
    assert WHOLE["makespan"](view, "") == 34
    assert WHOLE["mean_flow_time"](view, "SPT") == pytest.approx(67 / 3)
    assert WHOLE["total_flow_time"](view, "SPT") == 67
    assert WHOLE["weighted_flow_time"](view, "") == 9 * 4 + 24 * 6 + 34 * 5
    minutes = np.array([56.0, 78, 61]) / 60
    assert WHOLE["max_lateness"](view, "") == pytest.approx(max(np.array([9, 24, 34]) - minutes))
    assert WHOLE["total_tardiness"](view, "") == pytest.approx(67 - minutes.sum())


def test_energy_is_state_time_times_power() -> None:
    times = np.zeros((2, len(State)))
    times[0, [State.PROCESSING, State.BLOCKED]] = 18000.0, 18000.0
    times[1, [State.PROCESSING, State.STARVED]] = 9000.0, 27000.0
    view = view_of(
        "energy-line2",
        unit_times=times,
        people_times=np.zeros((0, len(State))),
        product_exits=np.array([4.0]),
        starts=4,
        exits=4,
    )
    energy = (5 * 5.0 + 5 * 1.5 + 2.5 * 3.0 + 7.5 * 0.8) / 4
    assert STEADY["energy_per_part"](view, "") == pytest.approx(energy)


def test_names_of_measures() -> None:
    assert Name.parse("lead_time_p95[A]") == Name("lead_time", "p95", "A")
    assert Name.parse("active_period_mean[M2]").whole == "active_period_mean"
    assert Name.parse("mean_load") == Name("mean_load")
    assert Name.parse("gain_plus5[M1]") == Name("gain_plus5", "", "M1")
    with pytest.raises(Unsupported):
        Name.parse("a measure")


def test_spreads() -> None:
    values = np.arange(1.0, 202.0)
    assert spread(values, "mean") == spread(values, "p50") == 101
    assert spread(values, "sd") == pytest.approx(np.std(values, ddof=1))
    assert spread(values, "p05") == pytest.approx(202 - spread(values, "p95"))


# --- tolerances ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tolerance", "exact", "value", "half", "right"),
    [
        ({"rule": "ci_cover", "max_rel_halfwidth": 0.05}, 2.0, 2.05, 0.06, True),
        ({"rule": "ci_cover", "max_rel_halfwidth": 0.05}, 2.0, 2.05, 0.04, False),  # not covered
        ({"rule": "ci_cover", "max_rel_halfwidth": 0.05}, 2.0, 2.05, 0.11, False),  # too wide
        ({"rule": "ci_cover", "max_rel_halfwidth": 0.05}, 2.0, 2.0, math.nan, False),
        ({"rule": "ci_cover", "max_rel_halfwidth": 0.05}, 2.0, math.nan, 0.01, False),
        ({"rule": "ci_cover", "max_rel_halfwidth": 0.02, "floor": 0.25}, 0.0, 0.001, 0.004, True),
        ({"rule": "ci_cover", "max_rel_halfwidth": 0.02, "floor": 0.25}, 0.0, 0.001, 0.006, False),
        ({"rule": "exact", "rel": 1e-9}, 65.0, 65.0 + 6e-8, math.nan, True),
        ({"rule": "exact", "rel": 1e-9}, 65.0, 65.0 + 7e-8, math.nan, False),
        ({"rule": "exact", "rel": 1e-9}, 0.001, 0.001 + 9e-10, math.nan, True),
        ({"rule": "deterministic_rate", "rel": 0.002}, 0.5, 0.5009, math.nan, True),
        ({"rule": "deterministic_rate", "rel": 0.002}, 0.5, 0.5011, math.nan, False),
        ({"rule": "analytic", "rel": 1e-6}, 5.0, 5.000004, math.nan, True),
        ({"rule": "analytic", "rel": 1e-6}, 5.0, 5.00001, math.nan, False),
        ({"rule": "analytic", "rel": 1e-6}, 5.0, 5.1, 0.2, True),
        ({"rule": "abs", "abs": 0.001}, 0.0013, 0.0022, 0.5, True),
        ({"rule": "abs", "abs": 0.001}, 0.0013, 0.0024, 0.5, False),
        ({"rule": "equals"}, "M3", "M3", math.nan, True),
        ({"rule": "equals"}, "M3", "M1", math.nan, False),
        ({"rule": "exact"}, 1.0, "M1", math.nan, False),
    ],
)
def test_tolerances(tolerance: dict, exact: Any, value: Any, half: float, right: bool) -> None:
    said = verdicts.miss(exact, Sample(value, half), Tolerance(**tolerance))
    assert (said == "") == right, said


def test_a_rule_that_is_not_known_is_unsupported() -> None:
    with pytest.raises(Unsupported, match="feeling"):
        verdicts.miss(1.0, Sample(1.0), Tolerance(rule="feeling"))


class Scripted:
    """Trials that say what they are told to, and remember what they were asked."""

    asked: list[tuple[int, int, str]]

    def __init__(
        self, case: Case, seed: int, times: int = 1, ended: threading.Event | None = None
    ) -> None:
        self.seed, self.times, self.ended = seed, times, ended
        self.script: dict[str, Any] = case.model["script"]

    def sample(self, measure: Measure) -> Sample:
        Scripted.asked.append((self.seed, self.times, measure.name))
        said = self.script[measure.name][self.times > 1]
        if isinstance(said, Exception):
            raise said
        return Sample(*said)


def scripted(monkeypatch: pytest.MonkeyPatch, script: dict[str, Any], rule: str = "ci_cover"):
    """The rows of a case of scripted samples of the value 1."""
    monkeypatch.setattr(verdicts, "Trial", Scripted)
    Scripted.asked = []
    case = case_of({"script": script}, *((name, 1.0, rule) for name in script))
    return verify([case], seed=7)


def test_a_miss_is_run_once_more_and_both_conditions_count(monkeypatch: pytest.MonkeyPatch) -> None:
    report = scripted(
        monkeypatch,
        {
            "right": [(1.0, 0.01), None],
            "mended": [(1.1, 0.01), (1.0, 0.01)],
            "narrowed": [(1.0, 0.5), (1.0, 0.01)],
            "missed": [(1.1, 0.01), (1.1, 0.01)],
            "wide": [(1.0, 0.5), (1.0, 0.06)],
        },
    )
    found = {row.measure: row.verdict for row in report.rows}
    assert [name for name, v in found.items() if v == "passed"] == ["right", "mended", "narrowed"]
    again = [(seed, times) for seed, times, _ in Scripted.asked if times > 1]
    assert again == [(8, 4)] * 4
    assert report.count("failed") == 1 and report.count("passed") == 0


def test_what_chance_has_no_part_in_is_not_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    report = scripted(monkeypatch, {"late": [(2.0,), (1.0,)]}, "exact")
    assert report.count("failed") == 1 and len(Scripted.asked) == 1


def test_a_case_that_raises_fails_with_the_message(monkeypatch: pytest.MonkeyPatch) -> None:
    report = scripted(
        monkeypatch,
        {"dead": [ZeroDivisionError("no time"), None], "alien": [Unsupported("warp"), None]},
    )
    assert [row.verdict for row in report.rows] == ["failed", "unsupported"]
    assert "ZeroDivisionError: no time" in report.rows[0].reason and "warp" in report.rows[1].reason
    assert (report.count("failed"), report.count("unsupported")) == (1, 0)


# --- the command ---------------------------------------------------------------------------------


def test_the_log_of_activity_is_read_without_a_run(capsys: pytest.CaptureFixture[str]) -> None:
    (key,) = LOGS
    assert cli.main(["verify", "--case", key, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["passed"], report["failed"], report["unsupported"]) == (1, 0, 0)
    assert {row["verdict"] for row in report["cases"]} == {"passed"}
    keys = {"id", "measure", "exact", "simulated", "half_width", "verdict"}
    assert all(set(row) == keys for row in report["cases"])


def test_the_engine_passes_all_cases_that_ask_no_chance(capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.main(["verify", "--fast", "--json"])
    report = json.loads(capsys.readouterr().out)
    wrong = [row for row in report["cases"] if row["verdict"] != "passed"]
    assert (code, wrong) == (0, [])
    assert report["passed"] > 20


def test_the_table_ends_with_the_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (key,) = LOGS
    content = json.loads(known_cases().read_text())
    (case,) = [case for case in content["cases"] if case["id"] == key]
    case["measures"][0]["exact"] = 5.0
    alien = {**case, "id": "alien", "model": {"kind": "eoq"}}
    path = tmp_path / "mine.json"
    path.write_text(json.dumps({**content, "cases": [case, alien]}))
    assert cli.main(["verify", str(path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    head = ["family", "case", "measure", "exact", "simulated", "half-width", "verdict"]
    assert lines[0].split() == head
    assert lines[1].endswith("FAILED") and any(line.endswith("UNSUPPORTED") for line in lines)
    assert "not supported: kind 'eoq'" in lines[-2]
    assert lines[-1] == "cases: 0 passed, 1 failed, 1 unsupported"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "cannot be read"),
        (b"\xff\xfe{", "not UTF-8"),
        (b'{"format": ', "line 1, column"),
        (b"[" * 100_000, "nested too deep"),
        (b"[]", '"format": "exact-production-cases/1"'),
        (b'{"format": "cases/9", "cases": []}', "'cases/9'"),
        (b'{"format": "exact-production-cases/1", "cases": []}', '"cases": ['),
        (b'{"format": "exact-production-cases/1", "cases": [3]}', "cases/0"),
        (
            b'{"format": "exact-production-cases/1", "cases": [{"id": "a", "time_unit": "kg",'
            b' "model": {}, "measures": []}]}',
            "cases/0 (a)/time_unit",
        ),
    ],
)
def test_a_file_that_is_none_of_cases(
    content: bytes | None, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cases.json"
    if content is not None:
        path.write_bytes(content)
    assert cli.main(["verify", str(path)]) == 2
    error = capsys.readouterr().err
    assert str(path) in error and says in error and "Traceback" not in error


def test_a_case_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", "--case", "mm1-08"]) == 2
    assert "mm1-080" in capsys.readouterr().err
    with pytest.raises(TwinError, match="fast"):
        cli._chosen(Path("x"), [PUBLIC["mm1-080"]], None, True)


def test_the_shipped_cases_are_the_given_ones(cases_folder: Path) -> None:
    assert known_cases().read_bytes() == (cases_folder / "cases_public.json").read_bytes()


def test_trials_ask_for_enough_runs() -> None:
    assert Trial(PUBLIC["mm1-080"], 1).count == 20
    assert Trial(PUBLIC["mm1-080"], 2, 4).count == 80
    assert Trial(PUBLIC["backlog-20"], 1).count == 4000
