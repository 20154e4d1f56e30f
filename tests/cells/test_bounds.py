"""The boxes around an arm against PyBullet: what they call far away is far away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.cells.test_scene import block
from twin.cells.held import BOARD
from twin.cells.robot import Robot
from twin.cells.scene import Scene
from twin.pose import upright

BASE = upright(0.3, -0.2, 0.4, 0.7)


@pytest.fixture
def scene(ur5e: Robot) -> Scene:
    random = np.random.default_rng(4)
    blocks = [block(f"b{k}", tuple(random.uniform(-0.9, 0.9, 3))) for k in range(12)]
    return Scene(ur5e, BASE, blocks, carried=[replace(BOARD, mass=1.0)])


def test_no_body_is_nearer_to_an_obstacle_than_its_box(scene: Scene, ur5e: Robot) -> None:
    drawn = np.random.default_rng(5).uniform(-np.pi, np.pi, (120, 6))
    with scene:
        for holding in (False, True):
            bounds = scene._bounds[holding]
            gaps = bounds.gaps(bounds.placed(drawn), np.zeros(12, bool)).min(axis=(1, 2))
            near = [scene.nearest(q, holding, 2.0) for q in drawn]
            assert all(found is not None for found in near)
            true = np.array([found.distance for found in near if found])
            assert np.all(gaps <= true)
            assert np.median(true - gaps) < 0.1  # and it is worth asking them


def test_a_path_clashes_where_its_first_configuration_does_and_with_the_same(
    scene: Scene, ur5e: Robot
) -> None:
    drawn = np.random.default_rng(6).uniform(-np.pi, np.pi, (150, 6))
    with scene:
        everything = range(len(scene._obstacles))
        free = 0
        for q in drawn:
            found = scene.clash(q[None], True, 0.03)
            scene._put(q, 1)
            wanted = scene._meets(1, everything, 0.03, "", (0.0, 0.0))
            wanted = wanted or scene._meets_itself(1, range(len(scene._pairs[1])))
            assert found == wanted
            free += found is None
        assert 5 < free < 145
        one_by_one = next(hit for q in drawn if (hit := scene.clash(q, True, 0.03)))
        assert scene.clash(drawn, True, 0.03) == one_by_one


def test_the_nearest_on_a_path_is_the_nearest_of_all(scene: Scene, ur5e: Robot) -> None:
    path = np.linspace([0, -2.0, 1.0, 0, 0, 0], [2.0, -1.0, 0.5, 0, 1, 0], 40)
    with scene:
        single = [found for q in path if (found := scene.nearest(q, True, 0.6))]
        least = min(found.distance for found in single)
        along = scene.nearest(path, True, 0.6)
    assert along is not None and along.distance == pytest.approx(least, abs=1e-12)


def test_where_it_is_sure_nothing_comes_near_within_the_spread(scene: Scene) -> None:
    random = np.random.default_rng(8)
    drawn = random.uniform(-np.pi, np.pi, (200, 6))
    spread = random.uniform(0.0, 0.06, (200, 6))
    with scene:
        sure = scene.clear(drawn, True, 0.01, spread)
        assert 20 < np.sum(sure) < 150
        for q, wide in zip(drawn[sure], spread[sure], strict=True):
            around = q + random.choice([-1.0, 1.0], (20, 6)) * wide
            assert all(hits_nothing(scene, turned) for turned in around)
        still = scene.clear(drawn, True, 0.01, np.zeros((200, 6)))
        assert still.tolist() == [hits_nothing(scene, q) for q in drawn]


def hits_nothing(scene: Scene, q: np.ndarray) -> bool:
    """Whether the arm keeps 0.01 m from all obstacles."""
    scene._put(q, 1)
    return scene._meets(1, range(12), 0.01, "", (0.0, 0.0)) is None


def test_what_comes_nearer_by_less_than_the_slack_changes_no_answer(ur5e: Robot) -> None:
    random = np.random.default_rng(9)
    drawn = random.uniform(-np.pi, np.pi, (40, 6))
    for k in range(20):
        at = random.uniform(-0.9, 0.9, 3)
        way = random.normal(size=3)
        with Scene(ur5e, BASE, [block("b", tuple(at))]) as scene:
            before = [scene.clash(q, True, 0.02) for q in drawn[k::20]]
            slack = float(scene.slack[0])
        if slack <= 0.0:
            continue
        moved = at + way / np.linalg.norm(way) * slack * 0.999
        with Scene(ur5e, BASE, [block("b", tuple(moved))]) as scene:
            assert [scene.clash(q, True, 0.02) for q in drawn[k::20]] == before
