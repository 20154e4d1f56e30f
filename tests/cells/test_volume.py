"""The room that an arm reaches: inside, it comes there; what it comes to is inside."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import least_squares

from tests.cells.sketches import layout, raw_cell, write_assets
from tests.cells.test_swept import inside, mesh
from twin.cells import volume
from twin.cells.factory import Factory
from twin.cells.judgement import STAND, _obstacles
from twin.cells.overlays import reached_by
from twin.cells.report import judged_cell, robot_of
from twin.cells.robot import Array, Robot
from twin.cells.scene import EMPTY, Scene
from twin.cells.swept import MOST, Surface
from twin.errors import Cancelled, LayoutError
from twin.layout.catalog import base_pose
from twin.pose import matrix

DOWN = np.array([0.0, 0.0, -1.0])


@pytest.fixture(scope="module")
def factory(tmp_path_factory: pytest.TempPathFactory) -> Factory:
    """An arm that is asked for nothing, beside a block that is higher than it reaches down from."""
    home = tmp_path_factory.mktemp("home")
    write_assets(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TWIN_HOME", str(home))
        raw = raw_cell()
        raw["machines"] = {"far": {"asset": "test/tall", "at": [2.6, 2.0]}}
        raw["stations"], raw["products"], raw["orders"] = {}, {}, {}
        return Factory(layout(raw))


@pytest.fixture(scope="module")
def found(factory: Factory, tmp_path_factory: pytest.TempPathFactory) -> Surface:
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("again")
        write_assets(home)
        patch.setenv("TWIN_HOME", str(home))
        return reached_by(factory, "cobot")


@pytest.fixture(autouse=True)
def assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    write_assets(tmp_path)


def free_poses(factory: Factory, starts: Array, at: Array | None = None) -> Array:
    """Where the tool comes (n, 3) [m] in the world when it is held down without touching anything,
    by least squares of forward kinematics from `starts` (n, dof); to a point `at`, where given."""
    robot, base = robot_of(factory.layout, "cobot"), base_pose(factory.layout, "cobot")
    cell, world = judged_cell(factory.layout, "cobot", robot), matrix(base)
    found = []

    def missing(q: Array) -> Array:
        tool = world @ robot.tool(q)
        turned = np.cross(tool[:3, 2], DOWN) + max(0.0, tool[2, 2])
        return turned if at is None else np.concatenate([turned, tool[:3, 3] - at])

    with Scene(robot, base, _obstacles(cell), (), frozenset({STAND})) as scene:
        for start in starts:
            made = least_squares(missing, start, bounds=(robot.lower, robot.upper), xtol=1e-12)
            if np.max(np.abs(made.fun)) < 1e-5 and scene.clash(made.x, EMPTY, 0.003) is None:
                found.append((world @ robot.tool(made.x))[:3, 3])
                if at is not None:
                    break
    return np.array(found).reshape(-1, 3)


def drawn(robot: Robot, count: int, seed: int) -> Array:
    return np.random.default_rng(seed).uniform(-3.0, 3.0, (count, robot.dof))


def test_it_is_closed_and_has_few_triangles(found: Surface) -> None:
    volume = mesh(found)
    assert volume.is_watertight and volume.is_winding_consistent and volume.volume > 0.5
    assert 1_000 < len(found.triangles) <= MOST and found.margin < 0.2


def test_points_well_inside_are_reached(factory: Factory, found: Surface, ur5e: Robot) -> None:
    chance = np.random.default_rng(3)
    low, high = found.points.min(axis=0), found.points.max(axis=0)
    points = chance.uniform(low, high, (400, 3))
    points = points[inside(found, points)]
    deep = [p for p in points if away(found, p) > found.margin / 2][:12]
    assert len(deep) == 12
    for point in deep:
        assert len(free_poses(factory, drawn(ur5e, 60, 4), point)) == 1, point


def test_where_the_tool_comes_is_inside(factory: Factory, found: Surface, ur5e: Robot) -> None:
    """Poses that are made by forward kinematics, wherever they lead: none well outside."""
    points = free_poses(factory, drawn(ur5e, 150, 5))
    assert len(points) > 40
    outside = points[~inside(found, points)]
    assert len(outside) < len(points) / 4
    assert all(away(found, point) < found.margin for point in outside)


def test_what_is_out_of_reach_or_in_the_block_is_outside(found: Surface) -> None:
    points = np.array([[2.0, 2.0, 2.2], [3.3, 2.0, 1.2], [2.6, 2.0, 1.0], [2.0, 2.0, 0.4]])
    assert not inside(found, points).any()


def away(found: Surface, point: Array) -> float:
    """How far a point (3,) is from the surface's corners [m]."""
    return float(np.linalg.norm(found.points - point, axis=1).min())


def test_too_many_triangles_make_the_lattice_coarser(
    factory: Factory, ur5e: Robot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(volume, "POINTS", 2_000)
    with Scene(ur5e, base_pose(factory.layout, "cobot"), ()) as scene:
        home = np.deg2rad([0, -90, 90, -90, -90, 0])
        fine = volume.reach_volume(scene, 1.2, DOWN, home)
        again = volume.reach_volume(scene, 1.2, DOWN, home)
        monkeypatch.setattr(volume, "MOST", len(fine.triangles) - 1)
        coarse = volume.reach_volume(scene, 1.2, DOWN, home)
    assert np.array_equal(fine.points, again.points)  # chance is seeded
    assert len(coarse.triangles) < len(fine.triangles) and coarse.margin > fine.margin


def test_an_arm_that_reaches_nothing_that_way_is_said(factory: Factory) -> None:
    raw = factory.layout.model_dump(mode="json", by_alias=True, exclude_unset=True)
    raw["arms"]["cobot"] = {"asset": "arm/scara", "at": [2, 2], "height": 0.8}
    with pytest.raises(LayoutError, match=r"cobot reaches nothing with its tool along \(0, 0, 1\)"):
        reached_by(Factory(layout(raw)), "cobot", direction=(0.0, 0.0, 1.0))


def test_it_ends_once_nobody_waits_for_it(factory: Factory) -> None:
    ended = threading.Event()
    ended.set()
    with pytest.raises(Cancelled):
        reached_by(factory, "cobot", cancelled=ended)
