"""What a robot cell costs, and how right it is: `python -m tests.bench.cells` (JSON).

Inverse kinematics of poses that are reachable for sure, collisions against coal, torques against
Pinocchio, ways among shelves and in a cage, and a cell of one arm and ten ports among 20 machines.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

import coal
import numpy as np
import pinocchio

from tests.against.test_cells_against_coal import at, shape
from tests.bench.soak import resident
from tests.cells.sketches import one_tester, write_assets
from tests.cells.sketches import raw_cell as sketch
from twin.cells import motion
from twin.cells.cell import with_tool
from twin.cells.factory import validate
from twin.cells.held import BOARD, part
from twin.cells.motion import find_path, path_clear, turned
from twin.cells.reach import MORE, STARTS, Goal, error, solutions, ways
from twin.cells.robot import Array, Robot
from twin.cells.scene import Box, Obstacle, Scene
from twin.cells.urdf import load_robot
from twin.layout.catalog import asset_folder, known_assets, load_asset
from twin.layout.schema import Layout
from twin.pose import upright

POSES = 1000
QUESTIONS = 3000  # configurations asked of both collision libraries
PROBLEMS = 120  # of planning
CHECKS = 60_000  # of a way, some three seconds
VALIDATIONS = 200
STANDING = upright(0.0, 0.0, 0.0, 0.0)
UPRIGHT = np.array([1.0, 0.0, 0.0, 0.0])
Figures = dict[str, float]


def arms() -> dict[str, Robot]:
    """Every arm of the catalogue."""
    found = {}
    for name in known_assets():
        urdf = load_asset(name).urdf
        if urdf is not None and not name.startswith("tool/"):
            found[name] = load_robot(asset_folder(name) / urdf)
    return found


def drawn(robot: Robot, count: int, seed: int) -> Array:
    """Configurations within the limits, and within half a turn each way."""
    low, high = np.maximum(robot.lower, -np.pi), np.minimum(robot.upper, np.pi)
    return np.random.default_rng(seed).uniform(low, high, (count, robot.dof))


def off(robot: Robot, q: Array, target: Array) -> bool:
    """Whether a configuration misses its target by 1 mm or 0.01 rad; an arm of fewer than six
    joints may turn its tool about its own axis."""
    missing = error(robot, q, target)
    turn = missing[3:]
    if robot.dof < 6:
        axis = robot.tool(q)[:3, 2]
        turn = turn - (turn @ axis) * axis
    return bool(np.linalg.norm(missing[:3]) > 1e-3 or np.linalg.norm(turn) > 1e-2)


def inverse(name: str, robot: Robot) -> Figures:
    """Poses made by forward kinematics and solved again; and one that is out of reach refused."""
    solved = wrong = 0
    starts = MORE if robot.dof > 6 else STARTS
    times = []
    chance = np.random.default_rng(7)
    home = np.clip(np.zeros(robot.dof), robot.lower, robot.upper)
    with Scene(robot, STANDING, []) as scene:
        for target in robot.tool(drawn(robot, POSES, 1)):
            begun = perf_counter()
            found, _ = solutions(scene, target[None], home, chance)
            times.append(perf_counter() - begun)
            solved += bool(found)
            wrong += any(off(robot, q, target) or not robot.within(q) for q, _ in found)
        refused = []
        for k in range(20):
            away = np.array([robot.length + 0.3, 0.01 * k, 0.3])
            far = Goal("far", "far", away, np.array([0, 0, -1.0]), 0.1)
            begun = perf_counter()
            verdict = ways(scene, far, home, 1).verdict
            refused.append(perf_counter() - begun)
            assert verdict is not None and verdict.reason == "radius"
    return {
        f"{name}: reachable poses solved, {starts} starts [%]": 100 * solved / POSES,
        f"{name}: of them outside 1 mm, 0.01 rad or a limit": wrong,
        f"{name}: all branches of a pose, median [ms]": 1e3 * statistics.median(times),
        f"{name}: a pose out of reach refused, median [ms]": 1e3 * statistics.median(refused),
    }


def cluttered(seed: int, count: int = 20) -> list[Obstacle]:
    """Blocks around an arm, none of them at its foot."""
    random = np.random.default_rng(seed)
    found: list[Obstacle] = []
    while len(found) < count:
        centre, half = random.uniform(-1.0, 1.0, 3), random.uniform(0.03, 0.15, 3)
        if np.linalg.norm(centre[:2]) > 0.35:
            found.append(Obstacle(f"block {len(found)}", (Box(centre, half, UPRIGHT),)))
    return found


def collides(robot: Robot, scene: Scene, q: Array, blocks: list[Obstacle]) -> bool:
    """What coal says of the arm with a part in its gripper."""
    bodies = (*robot.bodies, part(robot, BOARD))
    frames = [np.eye(4), *robot.frames(q), robot.frames(q)[-1]]
    placed = [
        [(shape(solid), at(frame @ solid.origin)) for solid in body.solids]
        for body, frame in zip(bodies, frames, strict=True)
    ]
    around = [(coal.Box(*(2 * box.half)), at(_frame(box))) for one in blocks for box in one.boxes]
    pairs = [(mine, other) for body in placed[1:] for mine in body for other in around]
    pairs += [(a, b) for i, j in scene._pairs[1] for a in placed[i] for b in placed[j]]
    return any(
        coal.collide(a[0], a[1], b[0], b[1], coal.CollisionRequest(), coal.CollisionResult())
        for a, b in pairs
    )


def _frame(box: Box) -> Array:
    frame = np.eye(4)
    frame[:3, 3] = box.centre
    return frame


def verdicts(robot: Robot) -> Figures:
    """The same questions to this project and to coal."""
    blocks = cluttered(3)
    agreed = missed = 0
    with Scene(robot, STANDING, blocks) as scene:
        for q in drawn(robot, QUESTIONS, 2):
            ours, theirs = scene.clash(q, True) is not None, collides(robot, scene, q, blocks)
            agreed += ours == theirs
            missed += theirs and not ours
        asked = drawn(robot, QUESTIONS, 4)
        begun = perf_counter()
        for q in asked:
            scene.clash(q, True)
        spent = perf_counter() - begun
    return {
        "collisions: agree with coal [%]": 100 * agreed / QUESTIONS,
        "collisions: free here, hit there [%]": 100 * missed / QUESTIONS,
        "collisions: a configuration among 20 blocks [ms]": 1e3 * spent / QUESTIONS,
    }


def torques(robot: Robot, urdf: Path) -> Figures:
    """Inverse dynamics against Pinocchio, with speed and acceleration."""
    model = pinocchio.buildModelFromUrdf(str(urdf))
    model.gravity.linear = np.array([0.0, 0.0, -9.80665])
    data = model.createData()
    random = np.random.default_rng(5)
    worst = 0.0
    with Scene(robot, STANDING, []) as scene:
        for q in drawn(robot, 300, 6):
            speed, acceleration = random.uniform(-2, 2, (2, robot.dof))
            ours = scene.torque(q, speed, acceleration, False)
            theirs = pinocchio.rnea(model, data, q, speed, acceleration)
            worst = max(worst, float(np.max(np.abs(ours - theirs))))
    return {"torques: largest difference to Pinocchio [nNm]": 1e9 * worst}


def planning(robot: Robot) -> Figures:
    """Ways between drawn free configurations on a table, between shelves, in a box, in a cage."""
    solved = failed = asked = 0
    raw, whole = [], []
    for kind, blocks in furniture().items():
        with Scene(robot, STANDING, blocks) as scene:

            def free(path: Array, scene: Scene = scene) -> bool:
                return scene.clash(path, True, 0.003) is None

            ends = [q for q in drawn(robot, 3000, len(kind)) if free(q[None])]
            for k in range(PROBLEMS // 4):
                # The goal with any whole turns: with some it lies beyond a table for good.
                start, goal = ends[2 * k], turned(ends[2 * k + 1], robot)
                asked += 1
                kept, motion.SHORTCUTS = motion.SHORTCUTS, 0
                begun = perf_counter()
                found = find_path(start, goal, free, robot.lower, robot.upper, k, CHECKS)
                raw.append(perf_counter() - begun)
                motion.SHORTCUTS = kept
                begun = perf_counter()
                path = find_path(start, goal, free, robot.lower, robot.upper, k, CHECKS)
                again = path is not None and path_clear(
                    lambda q, spread, scene=scene: scene.clear(q, True, 0.0015, spread),
                    lambda q, scene=scene: scene.clash(q, True, 0.0015) is None,
                    path,
                )
                whole.append(perf_counter() - begun)
                solved += found is not None and raw[-1] < 5.0
                failed += path is not None and not again
    return {
        "planning: problems solved in 5 s [%]": 100 * solved / asked,
        "planning: a way, raw, median [ms]": 1e3 * statistics.median(raw),
        "planning: shortened and looked at again, median [ms]": 1e3 * statistics.median(whole),
        "planning: ways that the second look refuses [%]": 100 * failed / asked,
    }


def furniture() -> dict[str, list[Obstacle]]:
    """The four kinds of clutter: half edges and centres of boards [m]."""

    def boards(*parts: tuple[tuple[float, ...], tuple[float, ...]]) -> list[Obstacle]:
        boxes = tuple(Box(np.array(c), np.array(h), UPRIGHT) for c, h in parts)
        return [Obstacle("boards", boxes)]

    table = ((0.0, 0.0, -0.06), (1.2, 1.2, 0.03))
    posts = [((x, y, 0.5), (0.02, 0.02, 0.5)) for x in (-0.5, 0.5) for y in (-0.5, 0.5)]
    bars = [((0.0, y, z), (0.5, 0.02, 0.02)) for y in (-0.5, 0.5) for z in (0.35, 0.7, 1.0)]
    return {
        "table": boards(table, ((0.5, 0.2, 0.15), (0.1, 0.1, 0.18))),
        "shelf": boards(table, *[((0.65, 0.0, z), (0.15, 0.5, 0.015)) for z in (0.25, 0.55, 0.85)]),
        "box": boards(
            table,
            *[((x, 0.0, 0.15), (0.015, 0.25, 0.18)) for x in (0.4, 0.8)],
            *[((0.6, y, 0.15), (0.2, 0.015, 0.18)) for y in (-0.25, 0.25)],
        ),
        "cage": boards(table, *posts, *bars),
    }


def raw_cell(moved: float = 0.0) -> dict[str, Any]:
    """One arm, ten machines around it that it loads and unloads, ten more behind them."""
    constant = {"dist": "constant", "value": 60}
    machines = {}
    for k in range(10):
        angle = 2 * np.pi * k / 10
        for name, radius in ((f"m{k}", 0.62), (f"b{k}", 1.25)):
            x, y = 3 + radius * np.cos(angle), 3 + radius * np.sin(angle)
            machines[name] = {"asset": "test/stand", "at": [float(x), float(y)]}
    machines["m0"]["at"][0] += moved
    route = [
        {
            "step": f"s{k}",
            "at": f"m{k}",
            "load": {"by": "cobot", "from": f"m{(k - 1) % 10}.slot"},
            "run": {"time": constant},
            "unload": {"by": "cobot", "to": f"m{(k + 2) % 10}.slot"},
        }
        for k in range(10)
    ]
    return {
        "twin": 1,
        "name": "Cell",
        "floor": {"size": [6, 6]},
        "machines": machines,
        "arms": {"cobot": {"asset": "arm/ur5e", "at": [3, 3], "height": 0.8, "payload": 0.2}},
        "stations": {f"m{k}": {"machines": [f"m{k}"]} for k in range(10)},
        "products": {"board": {"route": route}},
        "orders": {"boards": {"product": "board", "every": constant}},
    }


def whole_cell() -> Figures:
    """A cell validated cold, from the cache, and after a machine was moved by 100 mm."""
    with tempfile.TemporaryDirectory() as folder:
        write_assets(Path(folder))
        os.environ["TWIN_HOME"], os.environ["TWIN_CACHE"] = folder, f"{folder}/cache"
        times = []
        for moved in (0.0, 0.0, 0.1):
            plan = Layout.model_validate(raw_cell(moved))
            begun = perf_counter()
            made = validate(plan)
            times.append(perf_counter() - begun)
            if len(made.transfers) != 20:
                raise SystemExit("\n".join(finding.message for finding in made.findings))
    return {
        "cell of 20 transfers among 20 machines: cold [s]": times[0],
        "the same from the cache [ms]": 1e3 * times[1],
        "the same, a machine moved by 100 mm [s]": times[2],
    }


def many() -> Figures:
    """What judging one cell after the other leaves behind in the process that asks for it."""
    with tempfile.TemporaryDirectory() as folder:
        write_assets(Path(folder))
        os.environ["TWIN_HOME"], os.environ["TWIN_CACHE"] = folder, f"{folder}/cache"
        held, files = [], []
        for k in range(VALIDATIONS):
            raw = one_tester(sketch())
            raw["machines"]["test-1"]["at"][0] += 1e-4 * k  # a cell that nobody has seen
            if len(validate(Layout.model_validate(raw)).transfers) != 1:
                raise SystemExit("a cell of one transfer has none")
            held.append(resident())
            files.append(len(list(Path("/proc/self/fd").iterdir())))
    first = VALIDATIONS // 5
    return {
        f"{VALIDATIONS} validations in a row: memory above that after {first} [MB]": held[-1]
        - held[first],
        f"{VALIDATIONS} validations in a row: open files above those after {first}": files[-1]
        - files[first],
    }


def main() -> None:
    """Prints the figures as JSON."""
    found: Figures = {}
    for name, robot in arms().items():
        found |= inverse(name, robot)
    name = "arm/ur5e"
    robot = arms()[name]
    urdf = asset_folder(name) / str(load_asset(name).urdf)
    found |= torques(robot, urdf)
    gripper = str(load_asset(name).options["tool"])
    armed = with_tool(urdf, asset_folder(gripper) / str(load_asset(gripper).urdf))
    found |= verdicts(armed)
    found |= planning(armed)
    found |= whole_cell()
    found |= many()
    json.dump({"Robot cells": found}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
