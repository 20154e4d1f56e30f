"""Distances and the clearance of whole transfers against coal, an independent collision library."""

from __future__ import annotations

import numpy as np
import pytest

from tests.cells.conftest import GRIPPER, UR5E
from tests.cells.sketches import layout, one_tester, raw_cell, write_assets
from twin.cells.cell import Cell, cell_of, wanted, with_tool
from twin.cells.held import BOARD, part
from twin.cells.judgement import solve
from twin.cells.robot import Robot, Solid
from twin.cells.scene import Box, Obstacle, Scene, placed_box
from twin.cells.transfer import Transfer
from twin.pose import matrix, pose, upright

coal = pytest.importorskip("coal")

# PyBullet reads up to 2 mm too little for shapes with margins, and up to 1.4 mm too much where the
# edge of a cylinder, which it rounds, is nearest.
MARGIN, ROUNDED = 0.002, 0.002  # m


@pytest.fixture(scope="module")
def robot() -> Robot:
    return with_tool(UR5E, GRIPPER)


def at(frame: np.ndarray):
    return coal.Transform3s(frame[:3, :3], frame[:3, 3])


def shape(solid: Solid):
    if solid.kind == "box":
        return coal.Box(*solid.size)
    assert solid.kind == "cylinder"
    return coal.Cylinder(*solid.size)


def distance(robot: Robot, base: np.ndarray, q: np.ndarray, box: Box, held: bool) -> float:
    """Of the moving bodies to a box, pair by pair; negative where they overlap."""
    other = coal.Box(*(2 * box.half))
    place = at(matrix(pose(box.centre, box.quaternion)))
    frames = robot.frames(q)
    bodies = [*zip(robot.bodies[1:], frames, strict=True)]
    bodies += [(part(robot, BOARD), frames[-1])] * held
    least = np.inf
    for body, frame in bodies:
        for solid in body.solids:
            result = coal.DistanceResult()
            coal.distance(
                shape(solid), at(base @ frame @ solid.origin), other, place,
                coal.DistanceRequest(), result,
            )  # fmt: skip
            least = min(least, result.min_distance)
    return least


def test_distances_against_coal(robot: Robot) -> None:
    random = np.random.default_rng(1)
    base = upright(0.3, -0.2, 0.8, 0.4)
    stands = upright(0.7, 0.2, 0.9, 0.3)
    edges = (
        ((0, 0, 0), (0.15, 0.1, 0.2)),
        ((0, 0.4, 0.3), (0.1, 0.1, 0.1)),
        ((-0.9, 0, 0), (0.05,) * 3),
    )
    frame = tuple(placed_box(stands, at, half) for at, half in edges)
    compared = 0
    with Scene(robot, base, [Obstacle("frame", frame)]) as scene:
        for q in random.uniform(-np.pi, np.pi, (600, 6)):
            expected = min(distance(robot, matrix(base), q, box, True) for box in frame)
            near = scene.nearest(q, True, 0.25)
            if near is None:
                assert expected > 0.25 - 1e-6
                continue
            compared += 1
            if expected > ROUNDED:
                assert expected - MARGIN <= near.distance <= expected + ROUNDED
            elif expected < -ROUNDED:
                assert near.distance < 0.0
                assert scene.clash(q, True) is not None
    assert compared > 100


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Cell, Transfer]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("home")
        write_assets(folder)
        patch.setenv("TWIN_HOME", str(folder))
        plan = layout(one_tester(raw_cell()))
        cell = cell_of(plan, "cobot", wanted(plan)[0]["cobot"], 2.0)
        (transfer,) = solve(cell).transfers
        return cell, transfer


def boxes(cell: Cell) -> dict[str, Box]:
    """The blocks of this layout, the floor and the stand, worked out here once more."""
    found = {
        name: placed_box(upright(*item.at), (0, 0, item.asset["size"][2] / 2),
                         np.array(item.asset["size"]) / 2)
        for name, item in cell.machines.items()
    }  # fmt: skip
    found["the floor"] = placed_box(upright(*cell.at), (0, 0, -0.5), (5, 5, 0.5))
    return found


def board(port: np.ndarray) -> Box:
    """One that lies on a port."""
    return placed_box(upright(*port), (0, 0, BOARD.size[2] / 2), np.array(BOARD.size) / 2)


def test_a_transfer_is_free_and_its_clearance_is_right_against_coal(
    robot: Robot, judged: tuple[Cell, Transfer]
) -> None:
    cell, transfer = judged
    base = matrix(upright(*cell.at, cell.height, cell.heading))
    ports = {name: np.array(spot.position) for name, spot in cell.ports.items()}
    travel, straight = np.inf, np.inf
    between = (transfer.path[1:] + transfer.path[:-1]) / 2  # not the samples that were planned
    for time, q in zip(transfer.times[1:], between, strict=True):
        tool = (base @ robot.tool(q))[:3, 3]
        held = bool(transfer.grip < time <= transfer.release)
        above = any(
            np.linalg.norm(tool[:2] - port[:2]) < 2e-3 and tool[2] < port[2] + 0.0995
            for port in ports.values()
        )
        least = min(distance(robot, base, q, box, held) for box in boxes(cell).values())
        if above:
            straight = min(straight, least)
        else:
            # With nothing in its hands it comes from and goes to ports where a board lies.
            boards = [board(port) for port in ports.values() if not held]
            travel = min([travel, least, *(distance(robot, base, q, one, held) for one in boards)])
    assert straight > -0.001  # the part rests on the port, nothing is pushed into it
    assert transfer.clearance - ROUNDED - 0.001 <= travel <= transfer.clearance + MARGIN + 0.004
