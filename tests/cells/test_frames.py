"""Ports that are taught: written into the layout where they belong, found there by everybody."""

from __future__ import annotations

import numpy as np
import pytest

from tests.plants import LAYOUTS
from twin.cells.cell import cell_of, wanted
from twin.cells.factory import validate
from twin.errors import LayoutError
from twin.layout import files
from twin.layout.catalog import load_asset, port_pose, ports_of
from twin.layout.edits import Log, MoveMachine
from twin.layout.frames import Forget, Teach
from twin.layout.things import RenameThing
from twin.view.scene import scene_manifest


@pytest.fixture
def log() -> Log:
    return Log(files.open_document(LAYOUTS / "pcb_line.yaml"))


def test_a_port_lies_where_it_was_taught_however_its_machine_is_turned(log: Log) -> None:
    log.do(MoveMachine("test-1", (3.25, 6.25), 0.7))
    at, approach = (3.1, 6.2, 1.05), (0.6, 0.0, -0.8)
    layout = log.do(Teach("cobot", "test-1", "lid", at, approach, clear=0.05))
    position, direction = port_pose(layout, "test-1.lid")
    assert position == pytest.approx(np.array(at), abs=1e-4)
    assert direction == pytest.approx(np.array(approach), abs=1e-5)
    assert layout.arms["cobot"].serves == ("test-1.lid",)
    moved = log.do(MoveMachine("test-1", (3.35, 6.25)))
    assert port_pose(moved, "test-1.lid")[0] == pytest.approx(
        position + np.array([0.1, 0.0, 0.0]), abs=1e-4
    )


def test_only_what_was_taught_is_new_in_the_text_and_undo_takes_it_back(log: Log) -> None:
    before = log.text()
    log.do(Teach("cobot", "test-1", "lid", (3.1, 6.2, 1.05)))
    gone = [line for line in before.splitlines() if line not in log.text().splitlines()]
    assert [line.split(":")[0].strip() for line in gone] == ["test-1"]
    log.undo()
    assert log.text() == before


def test_a_tray_has_a_port_a_place(log: Log) -> None:
    tray = Teach("cobot", "tray-in", "cup", (3.8, 5.4, 1.0), rows=2, columns=3, pitch=(0.05, 0.04))
    layout = log.do(tray)
    names = [f"cup-{row}-{column}" for row in (1, 2) for column in (1, 2, 3)]
    assert list(layout.machines["tray-in"].ports) == names
    first, last = (layout.machines["tray-in"].ports[name].at for name in (names[0], names[-1]))
    assert np.subtract(last, first) == pytest.approx([0.1, 0.04, 0.0])
    assert layout.arms["cobot"].serves == tuple(f"tray-in.{name}" for name in names)
    again = log.do(tray)
    assert again.arms["cobot"].serves == layout.arms["cobot"].serves


def test_physics_the_viewer_and_names_know_of_it(log: Log) -> None:
    layout = log.do(Teach("cobot", "test-1", "lid", (3.1, 6.2, 1.05)))
    pairs, problems = wanted(layout)
    assert problems == []
    assert "test-1.lid" in cell_of(layout, "cobot", pairs["cobot"], 1.5).ports
    drawn = scene_manifest(layout)
    assert "test-1.lid" in drawn["arms"][0]["serves"]
    tester = next(one for one in drawn["machines"] if one["name"] == "test-1")
    assert tester["ports"]["lid"] == pytest.approx(layout.machines["test-1"].ports["lid"].at)
    renamed = log.do(RenameThing(("machines", "test-1"), "tester"))
    assert renamed.arms["cobot"].serves == ("tester.lid",)


def test_a_port_that_is_gone_is_a_problem_of_the_arm_that_shall_serve_it(log: Log) -> None:
    layout = log.do(Teach("cobot", "test-1", "lid", (3.1, 6.2, 1.05)))
    gone = layout.model_copy(
        update={"arms": {"cobot": layout.arms["cobot"].model_copy(update={"serves": ("a.b",)})}}
    )
    _, problems = wanted(gone)
    assert problems == ["arms/cobot/serves: there is no machine 'a'"]


def test_forgetting_takes_it_out_of_machine_and_arm(log: Log) -> None:
    log.do(Teach("cobot", "test-1", "lid", (3.1, 6.2, 1.05)))
    layout = log.do(Forget("test-1.lid"))
    assert layout.machines["test-1"].ports == {} and layout.arms["cobot"].serves == ()
    with pytest.raises(LayoutError, match="belongs to its asset"):
        log.do(Forget("test-1.nest"))


@pytest.mark.parametrize(
    ("teach", "said"),
    [
        (Teach("cobott", "test-1", "a", (0, 0, 1)), "did you mean 'cobot'"),
        (Teach("cobot", "test-9", "a", (0, 0, 1)), "no machine 'test-9'"),
        (Teach("cobot", "test-1", "nest", (0, 0, 1)), "its asset has a port 'nest'"),
        (Teach("cobot", "test-1", "a", (0, 0, float("nan"))), "finite"),
        (Teach("cobot", "test-1", "a", (0, 0, 1), (0, 0, 0)), "no direction"),
        (Teach("cobot", "test-1", "a", (0, 0, 1), rows=11, columns=10), "1 to 100"),
        (Teach("cobot", "test-1", "a b", (0, 0, 1)), "a b"),
    ],
)
def test_what_cannot_be_taught_changes_nothing(log: Log, teach: Teach, said: str) -> None:
    before = log.text()
    with pytest.raises(LayoutError, match=said):
        log.do(teach)
    assert log.text() == before


def test_its_own_ports_stand_beside_those_of_the_asset(log: Log) -> None:
    layout = log.do(Teach("cobot", "test-1", "lid", (3.1, 6.2, 1.05)))
    machine = layout.machines["test-1"]
    assert list(ports_of(machine)) == [*load_asset(machine.asset).ports, "lid"]


def test_a_taught_port_is_judged_like_any_other(log: Log) -> None:
    log.do(Teach("cobot", "test-1", "lid", (3.1, 6.0, 1.15)))
    layout = log.do(Teach("cobot", "test-2", "far", (1.0, 8.0, 1.25)))
    found = validate(layout)
    verdicts = {one.port: one.verdict for one in found.solutions["cobot"].targets}
    assert (verdicts["test-1.lid"], verdicts["test-2.far"]) == ("reachable", "radius")
    assert len(found.transfers) == 4
    (error,) = [one for one in found.findings if one.severity == "error"]
    assert error.where == "arms/cobot/test-2.far"
