"""The pure parts of the benchmark: rounds, versions, the table, the plot. Nothing is timed here."""

from __future__ import annotations

import math
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.bench import growth, recordings, rounds, table, versions
from tests.bench.chart import Axis, Series, decades, even, panel
from tests.bench.peers import shop
from tests.bench.peers.line import THROUGHPUT, Failures
from tests.bench.peers.ours import Ours, job_shop, serial_line
from tests.plants import ROOT
from twin.cells.factory import Factory
from twin.layout import rules
from twin.layout.schema import Orders
from twin.recordings.mapping import parse_mapping
from twin.recordings.totals import totals_of_log

README = (ROOT / "README.md").read_text("utf-8")


def test_works_take_turns() -> None:
    order: list[str] = []

    def work(name: str) -> float:
        order.append(name)
        return 1.0

    works = {name: (lambda n=name: work(n)) for name in ("a", "b")}
    speeds = rounds.in_turn(works, lambda one: 2.0 * one(), rounds=3)
    assert order == ["a", "b"] * 3
    assert speeds == {"a": [2.0] * 3, "b": [2.0] * 3}


def test_a_ratio_is_of_the_same_round() -> None:
    assert rounds.ratio([10.0, 2.0, 9.0], [5.0, 1.0, 3.0]) == 2.0


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (None, "build not known"),
        ("'--enable-shared'", "built without PGO, without LTO"),
        ("'--enable-optimizations' '--with-lto=full'", "built with PGO, with LTO"),
    ],
)
def test_how_python_was_built_is_said(options: str | None, says: str) -> None:
    assert versions.built(options) == says
    assert "simpy" in versions.versions() and "CPython" in versions.versions()


def test_the_table_has_its_groups_and_units() -> None:
    made = table.table({"Speed": {"a run [s]": 0.123456, "parts": 1234567.0}}, "Python")
    lines = made.splitlines()
    assert lines[1:5] == ["|---|---|", "| **Speed** | |", "| a run [s] | 0.123 |",
                          "| parts | 1,234,567 |"]  # fmt: skip
    assert lines[-1] == "Measured with Python."


def test_the_readme_has_the_marks_of_the_table_and_the_plot() -> None:
    assert len(table.MARKS.findall(README)) == 1
    assert growth.PLOT.relative_to(ROOT).as_posix() in README
    ElementTree.fromstring(growth.PLOT.read_text("utf-8"))


def test_figures_of_growth() -> None:
    found = growth.figures([(10.0, 1.0), (1000.0, 1.5)], [(100.0, 1.0), (800.0, 8.0)])
    assert list(found.values()) == [1.5, pytest.approx(3), 1.0]
    assert growth.n_log_n([(10.0, 2.0), (100.0, 0.0)]) == [(10.0, 2.0), (100.0, pytest.approx(40))]


def test_the_plot_is_well_formed_and_shows_all_points() -> None:
    stations = [(10.0, 0.3), (100.0, 0.3), (1000.0, 0.5)]
    parts = [(1e5, 0.3), (2e5, 0.6)]
    text = growth.plot(stations, parts, parts)
    drawn = list(ElementTree.fromstring(text).iter("{http://www.w3.org/2000/svg}circle"))
    assert len(drawn) == 7
    for spot in drawn:
        assert 0 < float(spot.attrib["cx"]) < 860 and 36 <= float(spot.attrib["cy"]) <= 272


def test_axes() -> None:
    assert decades([3.0, 450.0]) == [1.0, 10.0, 100.0, 1000.0]
    assert decades([5.0]) == [1.0, 10.0]
    assert even([7.0]) == [0.0, 2.0, 4.0, 6.0, 8.0]
    assert Axis("x", [1, 10, 100], True).share(10) == pytest.approx(0.5)
    assert Axis("x", [0, 1, 4]).share(1) == 0.25


def test_a_label_may_hold_any_text() -> None:
    text = "".join(panel("a < b & c", Axis("x", [0, 1]), Axis("y", [0, 1]), [Series("<", [])]))
    assert "a &lt; b &amp; c" in text


@pytest.mark.parametrize("failures", THROUGHPUT)
def test_our_line_against_known_throughput(failures: Failures) -> None:
    parts = Ours(serial_line(failures)).run(1, 20_000.0, 5)
    assert parts / 100_000 == pytest.approx(THROUGHPUT[failures], rel=0.015)


def test_our_job_shop_keeps_up_with_its_orders() -> None:
    orders = sum(1 / product.every for product in shop.PRODUCTS.values())
    assert Ours(job_shop()).run(1, 20_000 * 60.0, 5) / 1e5 == pytest.approx(orders, rel=0.03)


def test_a_shop_without_orders_changes_nothing_and_would_work() -> None:
    factory = serial_line("none", workshop=True)
    alone, beside = Ours(serial_line("none")), Ours(factory)
    assert alone.run(1, 2000.0) == beside.run(1, 2000.0)
    assert int(alone.runner.w.events) == int(beside.runner.w.events)
    assert int(beside.runner.w.vehicles_n) == 1 and int(beside.runner.w.people_n) == 3
    orders = {name: Orders(product=name, every=900.0) for name in ("lamp", "vase")}
    layout = factory.layout.model_copy(update={"orders": orders})
    assert not [f for f in rules.check(layout) if f.severity == "error"]
    made = Ours(Factory(layout)).run(1, 40_000.0)
    assert math.isclose(made, 2 * 40_000 / 900, rel_tol=0.1)


def test_a_log_that_is_made_has_all_machines_and_orders(tmp_path: Path) -> None:
    recordings.make_events(tmp_path / "log.parquet", 20_000)
    totals = totals_of_log(tmp_path / "log.parquet", parse_mapping(recordings.MAPPING))
    assert len(totals.states) == 50 and not totals.findings
    assert len(totals.timeline.orders) == 5  # one for each four thousand events
    found = recordings.figures(20_000, 2_000)
    assert [key.split(" ")[0] for key in found] == ["0.02", "the", "0.002"]
