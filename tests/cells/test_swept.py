"""What an arm sweeps: nothing of it is outside, little else inside, and the surface is closed."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
import trimesh

from tests.plants import shipped
from twin.cells import swept
from twin.cells.cell import by_name
from twin.cells.factory import Factory
from twin.cells.held import BOARD, part
from twin.cells.overlays import swept_by
from twin.cells.report import judged_cell, robot_of
from twin.cells.robot import Array, Body, Joint, Robot, Solid, transform
from twin.cells.swept import MOST, Surface
from twin.errors import Cancelled
from twin.layout.catalog import base_pose
from twin.pose import matrix


def mesh(found: Surface) -> trimesh.Trimesh:
    return trimesh.Trimesh(found.points, found.triangles, process=False)


def inside(found: Surface, points: Array) -> np.ndarray:
    """Which points (n, 3) a closed surface goes round once: by the solid angles of its triangles
    (van Oosterom and Strackee, IEEE Trans. Biomed. Eng. 30(2), 1983)."""
    turns = []
    for point in points:
        a, b, c = np.swapaxes(found.points[found.triangles] - point, 0, 1)
        la, lb, lc = (np.linalg.norm(one, axis=1) for one in (a, b, c))
        volume = np.einsum("ij,ij->i", a, np.cross(b, c))
        ab, bc, ca = (np.einsum("ij,ij->i", *two) for two in ((a, b), (b, c), (c, a)))
        turns.append(np.arctan2(volume, la * lb * lc + ab * lc + bc * la + ca * lb).sum())
    return np.round(np.array(turns) / (2 * np.pi)) == 1


def turning(*solids: Solid) -> Robot:
    """One body on one joint about z."""
    still = Body("foot", 1.0, np.zeros(3), np.zeros((3, 3)), ())
    body = Body("arm", 1.0, np.zeros(3), np.zeros((3, 3)), solids)
    axis = np.array([0.0, 0.0, 1.0])
    joint = Joint("joint_1", False, np.eye(4), axis, -3.0, 3.0, 1.0, 1.0)
    return Robot("one", (still, body), (joint,), np.eye(4))


def surface_points(solid: Solid, chance: np.random.Generator, count: int = 30) -> Array:
    """Points (n, 3) of a solid, on its surface and inside, in its body's frame."""
    if solid.kind in ("sphere", "capsule", "cylinder"):
        radius, half = solid.size[0], (solid.size[1] / 2 if len(solid.size) > 1 else 0.0)
        turn = chance.uniform(0, 2 * np.pi, count)
        ring = np.column_stack([np.cos(turn), np.sin(turn), 0 * turn])
        if solid.kind == "cylinder":
            points = radius * ring + np.outer(chance.uniform(-half, half, count), [0, 0, 1])
        else:
            way = chance.normal(size=(count, 3))
            way /= np.linalg.norm(way, axis=1)[:, None]
            points = radius * way
            points[:, 2] += np.sign(way[:, 2]) * half
    else:
        weights = chance.dirichlet(np.full(len(solid.corners), 0.2), count)
        points = np.concatenate([solid.corners, weights @ solid.corners])
    return points @ solid.origin[:3, :3].T + solid.origin[:3, 3]


HULL = np.array([[0, 0, 0], [0.3, 0, 0], [0, 0.2, 0], [0, 0, 0.1], [0.3, 0.2, 0.02]])
AT = transform((0.5, 0.0, 0.1), (0.3, 0.2, 0.1))
SOLIDS = [
    Solid("box", AT, (0.2, 0.01, 0.3)),
    Solid("sphere", AT, (0.1,)),
    Solid("cylinder", AT, (0.05, 0.4)),
    Solid("capsule", AT, (0.03, 0.2)),
    Solid("hull", AT, (), HULL),
    Solid("hull", AT, (), HULL * [1.0, 1.0, 0.0]),  # flat
]


@pytest.mark.parametrize("solid", SOLIDS, ids=lambda solid: solid.kind)
def test_nothing_of_a_body_is_outside_at_any_time(solid: Solid) -> None:
    """Between the configurations that are told, too."""
    robot = turning(solid)
    found = swept.swept(robot, np.eye(4), [(np.array([[-1.0], [0.2], [1.0]]), ())])
    volume, chance = mesh(found), np.random.default_rng(2)
    assert volume.is_watertight and volume.is_winding_consistent and volume.volume > 0.0
    points = surface_points(solid, chance)
    for q in chance.uniform(-1.0, 1.0, 8):
        frame = robot.frames([q])[0]
        assert np.all(inside(found, points @ frame[:3, :3].T + frame[:3, 3]))


def test_it_is_no_further_out_than_it_says() -> None:
    """A ball that stands: its surface lies between the ball's and `margin` beyond."""
    ball = Solid("sphere", transform((0.3, 0.0, 0.0)), (0.1,))
    found = swept.swept(turning(ball), np.eye(4), [(np.zeros((1, 1)), ())])
    away = np.linalg.norm(found.points - [0.3, 0.0, 0.0], axis=1) - 0.1
    assert found.margin < 0.05 and away.min() > 0.0 and away.max() <= found.margin


def test_a_room_that_is_enclosed_is_filled() -> None:
    """Once round: a ring of boxes above and below closes it."""
    shell = [
        Solid("box", transform((0.3, 0, 0)), (0.02, 0.3, 0.6)),
        Solid("box", transform((0.0, 0, 0.3)), (0.62, 0.62, 0.02)),
        Solid("box", transform((0.0, 0, -0.3)), (0.62, 0.62, 0.02)),
    ]
    found = swept.swept(turning(*shell), np.eye(4), [(np.array([[-3.0], [3.2]]), ())])
    volume = mesh(found)
    assert volume.body_count == 1 and inside(found, np.zeros((1, 3)))[0]


def test_what_does_not_move_has_no_volume() -> None:
    with pytest.raises(ValueError, match="nothing moves"):
        swept.swept(turning(), np.eye(4), [(np.zeros((2, 1)), ())])


@pytest.fixture(scope="module")
def factory() -> Factory:
    return shipped("pcb_line")


@pytest.fixture(scope="module")
def found(factory: Factory) -> Surface:
    return swept_by(factory, "cobot", factory.solutions["cobot"].transfers)


def test_of_a_cell_it_is_one_closed_surface_of_few_triangles(found: Surface) -> None:
    volume = mesh(found)
    assert volume.is_watertight and volume.body_count == 1
    assert 5_000 < len(found.triangles) <= MOST and found.margin < 0.1


def test_every_link_the_tool_and_the_part_are_inside_whenever_they_are_sampled(
    factory: Factory, found: Surface
) -> None:
    robot, base = robot_of(factory.layout, "cobot"), matrix(base_pose(factory.layout, "cobot"))
    cell = judged_cell(factory.layout, "cobot", robot)
    carried = by_name(cell)
    chance, points = np.random.default_rng(1), []
    for one in factory.solutions["cobot"].transfers:
        for k in chance.choice(len(one.times), 3):
            frames = base @ robot.frames(one.path[k])
            bodies = list(zip(robot.bodies[1:], frames, strict=True))
            held = one.held(float(one.times[k]))
            bodies += [(part(robot, each), frames[-1]) for each in carried[held]]
            for body, frame in bodies:
                for solid in body.solids:
                    local = surface_points(solid, chance, 2)
                    points.append(local @ frame[:3, :3].T + frame[:3, 3])
    asked = np.concatenate(points)
    assert len(asked) > 400 and np.all(inside(found, asked))


def test_what_is_carried_counts_where_it_is_carried(factory: Factory) -> None:
    robot, base = robot_of(factory.layout, "cobot"), matrix(base_pose(factory.layout, "cobot"))
    (one, *_) = factory.solutions["cobot"].transfers
    large = replace(BOARD, size=(0.6, 0.6, 0.01))
    path = one.path[:40]
    alone, laden = (swept.swept(robot, base, [(path, held)]) for held in ((), (large,)))
    assert mesh(laden).volume > mesh(alone).volume + 0.01


def test_it_ends_once_nobody_waits_for_it(factory: Factory) -> None:
    ended = threading.Event()
    ended.set()
    with pytest.raises(Cancelled):
        swept_by(factory, "cobot", factory.solutions["cobot"].transfers, cancelled=ended)
