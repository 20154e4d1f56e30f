"""What the cells page plays, says and draws: physics' own results, nothing else."""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.plants import LAYOUTS, shipped
from twin.cells.factory import Factory
from twin.cells.load import diagram
from twin.cells.maps import VERDICTS, ReachMap
from twin.cells.report import judged_cell, robot_of
from twin.cells.swept import Surface
from twin.cells.transfer import Solution, Target
from twin.errors import LayoutError
from twin.layout import files
from twin.layout.catalog import base_pose, port_pose
from twin.layout.edits import MoveMachine
from twin.pose import apply
from twin.view import codec
from twin.view.blobs import Blobs
from twin.view.cells import figures
from twin.view.cells.bench import CellBench, offered_arm
from twin.view.cells.film import IDLE, film, starts, transfers_of


@pytest.fixture(scope="module")
def factory() -> Factory:
    return shipped("pcb_line")


def test_the_film_is_one_transfer_after_the_other_and_follows_their_programs(
    factory: Factory,
) -> None:
    shown = transfers_of(factory, "cobot")
    played = film(factory, "cobot")
    assert played.origin == "validated"
    assert played.end == pytest.approx(sum(one.duration for one in shown))
    assert played.moves["start"].tolist() == pytest.approx(starts(shown))
    blob = codec.decode(codec.encode(played, programs=factory.transfers))
    moved = blob.tables["moves"]["program"].tolist()
    keys = [
        (blob.header["programs"][k]["origin"], blob.header["programs"][k]["target"]) for k in moved
    ]
    assert keys == [(one.origin, one.target) for one in shown]


def test_of_an_arm_without_transfers_nothing_is_known(factory: Factory) -> None:
    played = film(Factory(factory.layout), "cobot")
    assert (played.origin, played.end, len(played.moves)) == ("unknown", IDLE, 0)


def test_series_are_those_of_physics(factory: Factory) -> None:
    told = figures.series(factory, "cobot")
    robot = robot_of(factory.layout, "cobot")
    json.dumps(told, allow_nan=False)
    assert [joint["name"] for joint in told["joints"]] == [j.name for j in robot.joints]
    for drawn, one in zip(told["transfers"], transfers_of(factory, "cobot"), strict=True):
        assert np.array(drawn["q"]) == pytest.approx(one.path, abs=1e-4)
        assert np.array(drawn["torque"]) == pytest.approx(one.effort, abs=1e-4)
        assert [m["kind"] for m in drawn["motions"]] == [m.kind for m in one.motions]


def test_a_verdict_says_the_slowest_and_a_failure_its_reason(factory: Factory) -> None:
    told = figures.said(factory, "cobot")
    slowest = max(transfers_of(factory, "cobot"), key=lambda one: one.duration)
    assert told["word"] == "pass" and f"{slowest.duration:.1f} s" in told["reason"]
    assert figures.said(Factory(factory.layout), "cobot")["word"] == "not checked"


def test_the_tools_way_begins_and_ends_at_home_and_comes_to_both_ports(factory: Factory) -> None:
    way = figures.sketch(factory, "cobot")["way"]["lines"]
    one = transfers_of(factory, "cobot")[0]
    robot, base = robot_of(factory.layout, "cobot"), base_pose(factory.layout, "cobot")
    home = apply(base, robot.tool(one.path[0])[:3, 3])
    assert way[0]["points"][0] == pytest.approx(home.tolist(), abs=1e-3)
    at, _ = port_pose(factory.layout, one.origin)
    assert way[1]["points"][-1] == pytest.approx(at.tolist(), abs=2e-3)


def test_what_is_swept_is_drawn_as_it_was_found() -> None:
    points = np.array([[0.0, 0, 0], [1.5, 0, 0], [0, 1, 0], [0, 0, 1]])
    triangles = np.array([[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]], np.int32)
    drawn = figures.skin(Surface(points, triangles, 0.05), figures.FREE)["surface"]
    read = np.frombuffer(b64decode(drawn["points"]), "<f4").reshape(-1, 3)
    assert np.array_equal(read, points)
    assert np.array_equal(np.frombuffer(b64decode(drawn["triangles"]), "<u4"), triangles.ravel())


def test_nothing_is_swept_before_somebody_asks(factory: Factory) -> None:
    assert list(figures.sketch(factory, "cobot")) == ["targets", "way"]


def test_the_load_diagram_is_that_of_the_report(factory: Factory) -> None:
    assert figures.load(factory, "cobot") is None  # its maker tells a mass only
    arms = {**factory.layout.arms}
    arms["cobot"] = arms["cobot"].model_copy(update={"asset": "arm/irb120", "tool": None})
    small = replace(factory, layout=factory.layout.model_copy(update={"arms": arms}))
    told = figures.load(small, "cobot")
    assert told is not None
    json.dumps(told, allow_nan=False)
    found = diagram(judged_cell(small.layout, "cobot", robot_of(small.layout, "cobot")))
    assert found is not None
    assert told["along"] == pytest.approx(found.along, abs=1e-4)
    assert [line["most"] for line in told["lines"]] == [
        pytest.approx(m, abs=1e-4) for m in found.most
    ]
    assert [one["over"] for one in told["loads"]] == [False] * len(told["loads"])
    assert "joint_5, with" in told["loads"][0]["text"]
    assert figures.load(Factory(small.layout), "cobot") is None


def test_a_target_that_is_not_reached_shows_where_it_would_be(factory: Factory) -> None:
    far = Target("test-1.nest", "radius", "too far", nearest=(3.0, 6.0, 1.0))
    told = Factory(factory.layout, solutions={"cobot": Solution((), (), (far,))})
    drawn = figures.sketch(told, "cobot")
    assert list(drawn) == ["targets"]
    assert drawn["targets"]["points"][1]["at"] == [3.0, 6.0, 1.0]
    (row,) = figures.targets(told, "cobot")
    assert not row["reached"] and "it reaches (3.00, 6.00, 1.00) m instead" in row["text"]


def test_points_of_a_map_say_by_their_colour_what_is_so_there(factory: Factory) -> None:
    points = np.array([[2.0, 5.0, 1.0], [2.1, 5.0, 1.0], [2.2, 5.0, 1.0], [9.0, 9.0, 1.0]])
    names = ("reachable", "collision", "orientation", "radius")
    found = ReachMap(points, np.array([VERDICTS.index(name) for name in names], np.int8))
    drawn = figures.reach(found)["points"]
    assert [point["at"] for point in drawn] == points[:3].tolist()
    assert len({point["colour"] for point in drawn}) == 3
    heights = [port_pose(factory.layout, one.port)[0][2] for one in _targets(factory)]
    assert min(heights) <= figures.working_height(factory, "cobot") <= max(heights)
    assert figures.working_height(Factory(factory.layout), "cobot") == pytest.approx(1.3)


def _targets(factory: Factory) -> tuple[Target, ...]:
    return factory.solutions["cobot"].targets


def test_an_unknown_arm_is_named_with_the_nearest(factory: Factory) -> None:
    assert offered_arm(factory.layout, "") == "cobot"
    with pytest.raises(LayoutError, match="did you mean 'cobot'"):
        offered_arm(factory.layout, "kobot")
    with pytest.raises(LayoutError, match="no arm in this layout"):
        offered_arm(shipped("print_farm").layout, "")


def test_a_bench_judges_again_what_was_moved(tmp_path: Path) -> None:
    document = files.open_document(LAYOUTS / "pcb_line.yaml")
    bench = CellBench(document, Blobs(tmp_path), arm="cobot")
    bench.start()
    assert bench.wait(120) and not bench.is_stale
    assert bench.factory is not None and bench.shown.floor is not None
    before = bench.shown.floor.timeline
    bench.do(MoveMachine("test-1", (4.6, 7.6), 0.0))
    assert bench.is_stale
    assert bench.wait(120) and not bench.is_stale
    assert figures.said(bench.factory, "cobot")["word"] == "fail"
    assert bench.shown.floor.timeline != before
    bench.undo()
    assert bench.wait(120) and bench.shown.floor.timeline == before
