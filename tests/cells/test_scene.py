"""PyBullet behind its gate: each trap that it has set before is walked into here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import trimesh

from tests.cells.conftest import two_links
from twin.cells.held import BOARD
from twin.cells.robot import Robot
from twin.cells.scene import Obstacle, Scene, placed_box
from twin.cells.urdf import load_robot
from twin.pose import pose, upright

HULL_MARGIN = 0.0021  # m that PyBullet reads too little, where a hull or a box takes part
AT_ORIGIN = upright(0.0, 0.0)


def block(name: str, at: tuple[float, float, float], half: float = 0.1) -> Obstacle:
    return Obstacle(name, (placed_box(pose(at), (0, 0, 0), (half, half, half)),))


@pytest.fixture
def two(tmp_path: Path) -> Robot:
    path = tmp_path / "two.urdf"
    path.write_text(two_links(), encoding="utf-8")
    return load_robot(path)


def test_a_distance_is_the_geometrys(two: Robot) -> None:
    """A ball of 0.1 m at x = 2, a face at x = 2.15."""
    with Scene(two, AT_ORIGIN, [block("post", (2.25, 0, 0))]) as scene:
        near = scene.nearest(np.zeros(2), False, 0.1)
        assert near is not None and (near.body, near.other) == ("lower", "post")
        assert 0.05 - HULL_MARGIN <= near.distance <= 0.05 + 1e-9
        assert scene.nearest(np.zeros(2), False, 0.04) is None


def test_a_base_on_the_floor_turns_and_carries_the_arm_along(two: Robot) -> None:
    base = upright(10.0, 5.0, 0.5, np.pi / 2)
    with Scene(two, base, [block("post", (10.0, 7.25, 0.5))]) as scene:
        near = scene.nearest(np.zeros(2), False, 0.1)
        assert near is not None and near.distance == pytest.approx(0.05, abs=HULL_MARGIN)


def test_a_clash_names_both_and_keeps_its_margin(two: Robot) -> None:
    with Scene(two, AT_ORIGIN, [block("far", (0, 5, 0)), block("post", (2.25, 0, 0))]) as scene:
        assert scene.clash(np.zeros(2), False, 0.04) is None
        near = scene.clash(np.zeros(2), False, 0.06)
        assert near is not None and (near.body, near.other) == ("lower", "post")
    with Scene(two, AT_ORIGIN, [block("post", (2.15, 0, 0))]) as scene:
        near = scene.clash(np.zeros(2), False)
        assert near is not None and near.distance == pytest.approx(-0.05, abs=HULL_MARGIN)


def test_the_part_in_the_gripper_counts_only_when_it_is_held(two: Robot) -> None:
    """The tool points along x at 2 m; the part reaches 50 mm to its side, this arm's hand none."""
    bare = replace(two, bodies=(*two.bodies[:2], replace(two.bodies[2], solids=())))
    with Scene(bare, AT_ORIGIN, [block("post", (1.995, 0.22, 0.0))]) as scene:
        empty = scene.nearest(np.zeros(2), False, 0.1)
        held = scene.nearest(np.zeros(2), True, 0.1)
    assert empty is None
    assert held is not None and held.distance == pytest.approx(0.07, abs=HULL_MARGIN)


def test_an_arm_that_folds_onto_itself_clashes(ur5e: Robot) -> None:
    folded = np.array([0.0, -np.pi / 2, np.deg2rad(175), 0.0, 0.0, 0.0])
    with Scene(ur5e, AT_ORIGIN, []) as scene:
        hit = scene.clash(folded, False)
        straight = scene.clash(np.array([0.0, -np.pi / 2, 0.0, -np.pi / 2, 0.0, 0.0]), False)
    assert hit is not None and {hit.body, hit.other} <= {body.name for body in ur5e.bodies}
    assert straight is None


def test_static_overlap_is_found_though_bullet_makes_no_contact_of_it(ur5e: Robot) -> None:
    stand = block("stand", (0, 0, -0.1))
    machine = block("machine", (0.15, 0.0, 0.05))
    with Scene(ur5e, AT_ORIGIN, [stand, machine], mounts=frozenset({"stand"})) as scene:
        found = scene.base_overlaps()
    assert [near.other for near in found] == ["machine"]
    assert found[0].distance == pytest.approx(-0.0245, abs=2 * HULL_MARGIN)
    with Scene(ur5e, AT_ORIGIN, [block("apart", (0.3, 0, 0.05))]) as scene:
        assert scene.base_overlaps() == []


def test_a_file_of_the_same_name_is_read_again(
    written: Callable[[str], Path],
) -> None:
    """PyBullet's own cache would give the first radius to the second arm."""
    found = []
    for radius in ("0.1", "0.3"):
        robot = load_robot(written(two_links(f'<sphere radius="{radius}"/>')))
        with Scene(robot, AT_ORIGIN, [block("post", (2.5, 0, 0))]) as scene:
            near = scene.nearest(np.zeros(2), False, 0.5)
            assert near is not None
            found.append(near.distance)
    assert found == pytest.approx([0.3, 0.1], abs=HULL_MARGIN)


@pytest.mark.parametrize("kind", ["stl", "stl_ascii", "ply"])
def test_a_mesh_is_solid_whatever_its_file(
    kind: str, written: Callable[[str], Path], tmp_path: Path
) -> None:
    name = f"ball.{kind.split('_')[0]}"
    trimesh.creation.box((0.2, 0.2, 0.2)).export(tmp_path / name, file_type=kind)
    robot = load_robot(written(two_links(f'<mesh filename="{name}"/>')))
    with Scene(robot, AT_ORIGIN, [block("post", (2.15, 0, 0))]) as scene:
        near = scene.clash(np.zeros(2), False)
    assert near is not None and near.distance == pytest.approx(-0.05, abs=2 * HULL_MARGIN)


def test_inverse_kinematics_finds_what_forward_kinematics_made(ur5e: Robot) -> None:
    """With PyBullet's default damping a third of these poses are solved."""
    random = np.random.default_rng(5)
    base = upright(2.9, 5.6, 0.8, 1.0)
    solved = 0
    with Scene(ur5e, base, []) as scene:
        for q in random.uniform(-np.pi, np.pi, (60, 6)):
            target = ur5e.tool(q)
            starts = random.uniform(-np.pi, np.pi, (12, 6))
            answers = (ur5e.tool(scene.inverse(target, start)) for start in starts)
            solved += any(np.abs(answer - target).max() < 1e-3 for answer in answers)
    assert solved >= 59


def test_torque_at_rest_is_the_weight_times_its_arm(two: Robot) -> None:
    """The elbow holds 2 kg at 0.5 m and 3 kg at 0.995 m; turning about z needs nothing."""
    with Scene(two, AT_ORIGIN, [], carried=[replace(BOARD, mass=3.0)]) as scene:
        empty = scene.torque(np.zeros(2), np.zeros(2), np.zeros(2), False)
        held = scene.torque(np.zeros(2), np.zeros(2), np.zeros(2), True)
    assert np.abs(empty) == pytest.approx([0.0, 2 * 9.80665 * 0.5], abs=1e-7)
    assert np.abs(held) == pytest.approx([0.0, 9.80665 * (2 * 0.5 + 3 * 0.995)], abs=1e-7)


def test_an_obstacle_of_many_boxes_is_there_to_the_last_one(two: Robot) -> None:
    far, near = block("far", (5.0, 0.0, 0.5)), block("near", (0.9, 0.0, 0.5))
    many = Obstacle("many", far.boxes * 40 + near.boxes)
    with Scene(two, AT_ORIGIN, [near]) as alone, Scene(two, AT_ORIGIN, [many]) as crowd:
        one, last = (scene.nearest([0.0, 0.0], False, 2.0) for scene in (alone, crowd))
    assert one is not None and last is not None
    assert (last.other, last.distance) == ("many", one.distance)
