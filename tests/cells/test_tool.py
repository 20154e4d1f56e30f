"""A tool on the flange: kinematics and torques against Pinocchio, the drawing against physics."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.cells.conftest import UR5E
from tests.cells.sketches import layout, one_tester, raw_cell, write_assets
from twin.cells.cell import cell_of, fitted, tools, wanted, with_tool
from twin.cells.judgement import solve
from twin.cells.robot import Robot
from twin.cells.scene import EMPTY, Scene
from twin.cells.tool import load_tool, mount
from twin.cells.urdf import load_robot
from twin.errors import LayoutError
from twin.layout import rules
from twin.pose import upright
from twin.view.linkage import read_linkage
from twin.view.linkage import with_tool as drawn_with

pinocchio = pytest.importorskip("pinocchio")

BLOCK = '<geometry><box size="0.06 0.08 0.1"/></geometry>'
LINK = (
    '<inertial><origin xyz="0 0 0.05"/><mass value="1.2"/>'
    '<inertia ixx="0.002" iyy="0.003" izz="0.002" ixy="0" ixz="0" iyz="0"/></inertial>'
    f'<collision><origin xyz="0 0 0.05"/>{BLOCK}</collision>'
    f'<visual><origin xyz="0 0 0.05"/>{BLOCK}</visual>'
)


@pytest.fixture(scope="module")
def bare() -> Robot:
    """An arm that ends at its flange."""
    return load_robot(UR5E)


def tip(name: str, at: str, rpy: str = "0 0 0") -> str:
    return (
        f'<link name="{name}"/><joint name="to_{name}" type="fixed"><parent link="flange"/>'
        f'<child link="{name}"/><origin xyz="{at}" rpy="{rpy}"/></joint>'
    )


SINGLE = f'<robot name="t"><link name="flange">{LINK}</link>{tip("tcp", "0.01 0 0.12")}</robot>'
DOUBLE = (
    f'<robot name="t"><link name="flange">{LINK}</link>'
    f"{tip('tcp_a', '0.06 0 0.1', '0 0.7853981633974483 0')}"
    f"{tip('tcp_b', '-0.06 0 0.1', '0 -0.7853981633974483 0')}</robot>"
)


@pytest.fixture
def written(tmp_path: Path) -> Any:
    def write(text: str) -> Path:
        path = tmp_path / "tool.urdf"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_kinematics_and_torques_with_a_tool(bare: Robot, written: Any) -> None:
    robot = with_tool(UR5E, written(SINGLE))
    model = pinocchio.buildModelFromUrdf(str(UR5E))
    model.gravity.linear = np.array([0.0, 0.0, -9.80665])
    flange = pinocchio.SE3(bare.tip)
    inertia = pinocchio.Inertia(1.2, np.array([0, 0, 0.05]), np.diag([0.002, 0.003, 0.002]))
    model.appendBodyToJoint(6, inertia, flange)
    data = model.createData()
    random = np.random.default_rng(2)
    with Scene(robot, upright(0, 0), []) as scene:
        for _ in range(40):
            q, speed, acceleration = random.uniform(-2, 2, (3, 6))
            expected = pinocchio.rnea(model, data, q, speed, acceleration)
            assert np.allclose(scene.torque(q, speed, acceleration, EMPTY), expected, atol=1e-9)
            pinocchio.forwardKinematics(model, data, q)
            place = data.oMi[6] * flange * pinocchio.SE3(np.eye(3), np.array([0.01, 0, 0.12]))
            assert np.allclose(robot.tool(q), place.homogeneous, atol=1e-12)


def test_a_double_gripper_works_with_either_tip(bare: Robot, written: Any) -> None:
    tool = load_tool(written(DOUBLE))
    a, b = (mount(bare, tool, name) for name in ("tcp_a", "tcp_b"))
    assert np.array_equal(mount(bare, tool).tip, a.tip)
    assert a.bodies[-1].mass == b.bodies[-1].mass == bare.bodies[-1].mass + 1.2
    assert np.allclose(a.tip[:3, 2] @ b.tip[:3, 2], 0.0)  # they point a right angle apart
    with pytest.raises(LayoutError, match=r"no tip 'tcp'; it has: tcp_a, tcp_b"):
        mount(bare, tool, "tcp")


@pytest.mark.parametrize("name", tools())
def test_every_tool_hangs_on_the_ur5e_in_a_layout(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    write_assets(tmp_path)
    raw = one_tester(raw_cell())
    raw["arms"]["cobot"]["tool"] = name
    plan = layout(raw)
    cell = cell_of(plan, "cobot", wanted(plan)[0]["cobot"], 2.0)
    hand = load_tool(Path(cell.tool)).body.mass
    assert fitted(cell).bodies[-1].mass == pytest.approx(
        0.365 + hand, abs=1e-5
    )  # kg: its last link
    assert len(solve(cell).transfers) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (SINGLE.replace('"flange"', '"hand"'), "hangs on the link 'flange', not on 'hand'"),
        (SINGLE.replace('"tcp"', '"tip"'), "has no tip; name a link 'tcp'"),
        (SINGLE.replace(LINK, ""), "weighs nothing"),
        (
            SINGLE.replace('type="fixed"', 'type="prismatic"').replace(
                "</joint>", '<limit lower="0" upper="1" velocity="1" effort="1"/></joint>'
            ),
            "joint to_tcp: moves; a tool has fixed joints only",
        ),
    ],
)
def test_what_is_no_tool_is_refused(written: Any, text: str, message: str) -> None:
    with pytest.raises(LayoutError, match=message):
        load_tool(written(text))


def test_it_is_drawn_where_physics_has_it(bare: Robot, written: Any) -> None:
    path = written(SINGLE)
    robot, drawn = with_tool(UR5E, path), drawn_with(read_linkage(UR5E), path)
    assert np.allclose(drawn.tip, robot.tip)
    _, mesh = drawn.links[-1][-1]
    solid = robot.bodies[-1].solids[-1]
    assert np.allclose(mesh.bounds.mean(axis=0), solid.origin[:3, 3])
    assert len(read_linkage(UR5E).links[-1]) == len(drawn.links[-1]) - 1


def test_a_layout_names_the_tool_and_the_cell_is_judged_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    write_assets(tmp_path)
    folder = tmp_path / "assets" / "tool" / "block"
    folder.mkdir(parents=True)
    (folder / "tool.urdf").write_text(SINGLE, encoding="utf-8")
    (folder / "asset.yaml").write_text(
        "asset: 1\nlabel: Block\nsize: [0.1, 0.1, 0.12]\nurdf: tool.urdf\n"
        "licence: Apache-2.0\nderivation: a block for tests\n",
        encoding="utf-8",
    )
    raw = one_tester(raw_cell())
    raw["arms"]["cobot"]["tool"] = "tool/block"
    plan = layout(raw)
    cell = cell_of(plan, "cobot", wanted(plan)[0]["cobot"], 2.0)
    found = solve(cell)
    robot = with_tool(UR5E, folder / "tool.urdf")
    for target in found.targets:
        assert target.verdict == "reachable"
        assert (np.array([2, 2, 0.8]) + robot.tool(target.q)[:3, 3])[2] == pytest.approx(
            0.9, abs=1e-4
        )


def test_a_tool_that_is_not_there_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # the rules speak here
    raw = raw_cell()
    raw["arms"]["cobot"]["tool"] = "tool/none"
    where = [f.where for f in rules.check(layout(raw)) if f.rule == "unknown-name"]
    assert "arms/cobot/tool" in where
