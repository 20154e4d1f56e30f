"""All drawn arms and tools: their files are what their scripts draw, and say what is published."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import trimesh

from twin.cells.cell import tools, with_tool
from twin.cells.robot import Robot
from twin.cells.scene import Scene
from twin.cells.urdf import load_robot
from twin.layout.catalog import asset_folder, known_assets, load_asset
from twin.pose import upright

pinocchio = pytest.importorskip("pinocchio")

ARMS = [name for name in known_assets() if name.startswith("arm/")]
# Published: mass of the arm [kg] without a tool; None where it is guessed.
MASSES = {"arm/ur3e": 11.2, "arm/ur10e": 33.5, "arm/franka": 17.8, "arm/ur5e": 20.6}
# Published reach [m], and from where to where it is told.
REACHES = {"arm/ur3e": 0.5, "arm/ur5e": 0.85, "arm/ur10e": 1.3, "arm/irb120": 0.58}


def urdf(name: str) -> Path:
    return asset_folder(name) / str(load_asset(name).urdf)


def armed(name: str) -> Robot:
    """The arm with the tool that its asset names."""
    tool = load_asset(name).options.get("tool")
    return with_tool(urdf(name), urdf(tool) if tool else None)


@pytest.mark.parametrize("name", [*ARMS, *tools()])
def test_the_committed_files_are_what_the_script_draws(name: str, tmp_path: Path) -> None:
    folder = asset_folder(name)
    spec = importlib.util.spec_from_file_location("drawn_here", folder / "draw.py")
    assert spec is not None and spec.loader is not None
    script: Any = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    try:
        spec.loader.exec_module(script)
        script.drawn().write(tmp_path)
    finally:
        sys.path[:] = before
    for part in (tmp_path / "meshes").iterdir():
        mine, committed = (trimesh.load_mesh(f / "meshes" / part.name) for f in (tmp_path, folder))
        assert np.allclose(mine.bounds, committed.bounds, atol=1e-6)
        assert mine.is_watertight and mine.volume == pytest.approx(committed.volume, rel=1e-6)
    assert {p.name for p in (tmp_path / "meshes").iterdir()} == {
        p.name for p in (folder / "meshes").iterdir()
    }
    mine, committed = (load_any(f / str(load_asset(name).urdf)) for f in (tmp_path, folder))
    assert mine == committed


def load_any(path: Path) -> list[str]:
    """The words of a URDF, its numbers in nine digits."""
    words = path.read_text("utf-8").replace('"', " ").split()
    return [
        f"{float(w):.9g}" if w.replace("-", "").replace(".", "").isdigit() else w for w in words
    ]


@pytest.mark.parametrize("name", ARMS)
def test_kinematics_against_pinocchio(name: str) -> None:
    robot = load_robot(urdf(name))
    model = pinocchio.buildModelFromUrdf(str(urdf(name)))
    data = model.createData()
    tool = model.getFrameId("tool0")
    random = np.random.default_rng(1)
    for _ in range(50):
        q = random.uniform(np.maximum(robot.lower, -3), np.minimum(robot.upper, 3))
        pinocchio.framesForwardKinematics(model, data, q)
        assert np.allclose(robot.tool(q), data.oMf[tool].homogeneous, atol=1e-9)


@pytest.mark.parametrize("name", ARMS)
def test_it_weighs_and_reaches_what_is_published(name: str) -> None:
    robot = load_robot(urdf(name))
    mass = sum(body.mass for body in robot.bodies)
    if name in MASSES:
        assert mass == pytest.approx(MASSES[name], rel=0.002)
    if name in REACHES:
        # Makers tell it to the middle of the wrist, or a bit beyond: from the shoulder to between
        # the joint before the last and the last.
        random = np.random.default_rng(2)
        q = random.uniform(robot.lower, robot.upper, (20_000, robot.dof))
        wrist = np.linalg.norm(robot.frames(q)[:, -2, :3, 3] - robot.shoulder, axis=1)
        assert 0.98 * wrist.max() < REACHES[name] < 1.02 * robot.span
    assert load_asset(name).options["payload"] > 0.0


@pytest.mark.parametrize("name", ARMS)
def test_it_waits_free_of_itself_with_its_tool_down(name: str) -> None:
    robot = armed(name)
    home = np.array(load_asset(name).options["home"], float)
    assert robot.within(home)
    assert robot.tool(home)[2, 2] < -0.99
    with Scene(robot, upright(0.0, 0.0), []) as scene:
        assert scene.clash(home, 1) is None
        low, high = np.maximum(robot.lower, -np.pi), np.minimum(robot.upper, np.pi)
        drawn = np.random.default_rng(3).uniform(low, high, (60, robot.dof))
        free = [scene.folded(q, 0) is None for q in drawn]
        assert np.mean(free) > 0.3
    for body in robot.bodies[1:]:
        moments = np.linalg.eigvalsh(body.inertia)
        assert moments[0] > 0.0 and moments[2] <= moments[0] + moments[1] + 1e-12


@pytest.mark.parametrize("name", tools())
def test_a_tool_ends_where_its_fingers_do(name: str) -> None:
    robot = with_tool(urdf("arm/ur10e"), urdf(name))
    bare = load_robot(urdf("arm/ur10e"))
    reach = np.linalg.inv(bare.tip) @ robot.tip
    assert 0.1 < reach[2, 3] < 0.3
    assert robot.bodies[-1].mass - bare.bodies[-1].mass == pytest.approx(
        load_asset(name).options["mass"], rel=0.001
    )
