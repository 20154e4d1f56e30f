"""One robot cell, judged by physics: a Cell in, its transfers and findings out.

A pure function of the cell and the arm's files: seeded, limited in checks, the same anywhere.
"""

from __future__ import annotations

import hashlib
from itertools import product
from pathlib import Path

import numpy as np

from twin.cells.cell import Cell, Furniture
from twin.cells.clearance import LOW, clearance, denser
from twin.cells.motion import FINE, find_path, path_free
from twin.cells.reach import Goal, Verdict, solutions, tool_poses, ways
from twin.cells.robot import Array, Robot
from twin.cells.scene import Box, Obstacle, Scene, placed_box
from twin.cells.timing import Leg, Limits, along, join, limits, rest, through
from twin.cells.transfer import Solution, Transfer
from twin.cells.urdf import load_robot
from twin.layout.catalog import Asset
from twin.layout.rules import Finding
from twin.pose import apply, invert, rotate, upright

# Travel keeps away from everything by the first of these margins that its two ends keep [m].
MARGINS = (0.04, 0.025, 0.01, 0.003)
CHECKS = 20_000  # configurations asked about for one way
TRIES = 3  # of one way, with other seeds, if the second and finer look finds it blocked
CHOICES = 4  # pairs of straight lines that are planned for one transfer
HOME_MARGIN = 0.05  # m
PEDESTAL = 0.1  # m, half the side of the stand under the arm
FLOOR, STAND = "the floor", "its stand"


def solve(cell: Cell) -> Solution:
    """Judges a cell. Raises LayoutError where the arm's files cannot be used."""
    robot = load_robot(Path(cell.urdf))
    refused = _rated(cell, robot)
    if refused:
        return Solution((), tuple(refused))
    base = upright(*cell.at, cell.height, cell.heading)
    with Scene(robot, base, _obstacles(cell), cell.payload, frozenset({STAND})) as scene:
        return _Solver(cell, scene).solution()


def _rated(cell: Cell, robot: Robot) -> list[Finding]:
    """What needs no physics: payload, speed, the shape of the home."""
    findings = []
    where = f"arms/{cell.arm}"
    if cell.rating is not None and cell.payload > cell.rating:
        findings.append(
            Finding(
                "cell/limits",
                f"{where}/payload",
                "error",
                f"{cell.arm} carries {cell.payload:g} kg, it is rated for {cell.rating:g} kg; "
                "lighten the part or take a larger arm",
                cell.payload,
                cell.rating,
                "kg",
            )
        )
    if cell.speed <= 0.0:
        message = f"{cell.arm} is allowed 0 % of its speed: it never moves; allow more"
        findings.append(Finding("cell/limits", f"{where}/speed", "error", message, cell.speed, 0.0))
    if cell.home and (len(cell.home) != robot.dof or not robot.within(cell.home)):
        span = ", ".join(
            f"{np.degrees(low):.0f} to {np.degrees(high):.0f}"
            for low, high in zip(robot.lower, robot.upper, strict=True)
        )
        message = f"the home of {cell.arm} must be {robot.dof} angles within its limits: {span} deg"
        findings.append(Finding("cell/limits", f"{where}/home", "error", message))
    return findings


# --- what stands around --------------------------------------------------------------------------


def _obstacles(cell: Cell) -> list[Obstacle]:
    found = [Obstacle(name, _boxes(item)) for name, item in cell.machines.items()]
    ground = Box(np.array([*cell.at, -0.05]), np.array([5.0, 5.0, 0.05]), np.array([1.0, 0, 0, 0]))
    found.append(Obstacle(FLOOR, (ground,)))
    if cell.height > 0.0:
        half = cell.height / 2
        stand = placed_box(
            upright(*cell.at, 0.0, cell.heading), (0, 0, half), (PEDESTAL, PEDESTAL, half)
        )
        found.append(Obstacle(STAND, (stand,)))
    return found


def _boxes(item: Furniture) -> tuple[Box, ...]:
    """A machine's solid parts; an asset without a shape is a block of its size."""
    asset = Asset.model_validate(item.asset)
    pose = upright(*item.at, 0.0, item.heading)
    if asset.shape is None:
        x, y, z = (edge / 2 for edge in asset.size)
        return (placed_box(pose, (0.0, 0.0, z), (x, y, z)),)
    from twin.layout import shapes  # it loads trimesh, a second that only drawn machines need

    return tuple(placed_box(pose, at, half) for at, half in shapes.collision_boxes(asset))


# --- the cell ------------------------------------------------------------------------------------


class _Solver:
    """What is found out about one cell, step by step."""

    def __init__(self, cell: Cell, scene: Scene) -> None:
        self.cell = cell
        self.scene = scene
        self.limits: Limits = limits(scene.robot, cell.speed)
        self.findings: list[Finding] = []
        self._paths: dict[tuple[bytes, bytes, bool], Array | None] = {}

    def solution(self) -> Solution:
        for near in self.scene.base_overlaps():
            message = (
                f"the foot of {self.cell.arm} stands {-near.distance * 1000:.0f} mm inside "
                f"{near.other}; move one of them"
            )
            self._error("cell/collision", "", message, -near.distance, 0.0, "m")
        if self.findings or not self.cell.pairs:
            return Solution((), tuple(self.findings))
        goals = {port: self._goal(port) for port in self.cell.ports}
        home = self._home(goals)
        if home is None:
            return Solution((), tuple(self.findings))
        lines = {port: self._ways(goal, home) for port, goal in goals.items()}
        transfers = []
        for origin, target in self.cell.pairs:
            if lines[origin] and lines[target]:
                found = self._transfer(home, (origin, lines[origin]), (target, lines[target]))
                transfers += [found] if found else []
        return Solution(tuple(transfers), tuple(self.findings))

    def _error(
        self,
        rule: str,
        place: str,
        message: str,
        value: float | None = None,
        limit: float | None = None,
        unit: str = "",
    ) -> None:
        where = f"arms/{self.cell.arm}{'/' if place else ''}{place}"
        self.findings.append(Finding(rule, where, "error", message, value, limit, unit))

    def _goal(self, port: str) -> Goal:
        """The port seen from the arm's base."""
        spot = self.cell.ports[port]
        inverse = invert(self.scene.base)
        return Goal(
            port,
            spot.machine,
            apply(inverse, spot.position),
            rotate(inverse.quaternion, spot.direction),
            spot.clear,
        )

    def _ways(self, goal: Goal, home: Array) -> list[Array]:
        lines, verdict = ways(self.scene, goal, home, _seed(goal.port))
        if verdict is not None:
            self._error(
                _rule(verdict),
                goal.port,
                f"{self.cell.arm} {verdict.message}",
                verdict.value,
                verdict.limit,
                verdict.unit,
            )
        return lines

    # --- home ------------------------------------------------------------------------------------

    def _home(self, goals: dict[str, Goal]) -> Array | None:
        if self.cell.home:
            home = np.array(self.cell.home)
            hit = self.scene.clash(home, False)
            if hit is None:
                return home
            message = (
                f"the home of {self.cell.arm} is in collision: its {hit.body} with {hit.other}, "
                f"{-hit.distance * 1000:.0f} mm deep; choose another home"
            )
            self._error("cell/collision", "home", message, -hit.distance, 0.0, "m")
            return None
        middle = np.mean([goal.position for goal in goals.values()], axis=0)
        for margin in (HOME_MARGIN, MARGINS[-1]):
            free = [q for q in self._homes(middle) if not self.scene.clash(q, True, margin)]
            if free:
                return min(free, key=lambda q: self._off(q, middle))
        message = (
            f"{self.cell.arm} finds no free place to wait at among the machines; "
            "give it a home or more room"
        )
        self._error("cell/collision", "home", message)
        return None

    def _off(self, q: Array, middle: Array) -> float:
        """How far the waiting tool is from the middle of the ports, on the floor [m], in 1 mm."""
        return round(float(np.linalg.norm(self.scene.robot.tool(q)[:2, 3] - middle[:2])), 3)

    def _homes(self, middle: Array) -> list[Array]:
        """The asset's own home turned about the first axis; else poses above the ports' middle."""
        robot = self.scene.robot
        found = []
        if len(self.cell.preferred) == robot.dof:
            for turn in np.deg2rad(np.arange(-180, 180, 30)):
                q = np.array(self.cell.preferred)
                q[0] += turn
                if robot.within(q):
                    found.append(q)
        if not found:
            random = np.random.default_rng(0)
            centre = np.clip(np.zeros(robot.dof), robot.lower, robot.upper)
            for share, lift in product((0.5, 0.8, 0.3), (0.25, 0.4, 0.15)):
                point = np.array([*(middle[:2] * share), middle[2] + lift])
                poses = np.array(list(tool_poses(point, np.array([0.0, 0.0, -1.0])))[::3])
                found += [q for q, _ in solutions(self.scene, poses, centre, random)[0]]
        return found

    # --- transfers -------------------------------------------------------------------------------

    def _transfer(
        self, home: Array, origin: tuple[str, list[Array]], target: tuple[str, list[Array]]
    ) -> Transfer | None:
        """The shortest of the transfers by the most promising pairs of straight lines."""
        checks = self.scene.checks
        pairs = sorted(product(origin[1], target[1]), key=lambda pair: self._least(home, *pair))
        best: tuple[float, list[Leg], list[tuple[Array, bool]]] | None = None
        for a, b in pairs[:CHOICES]:
            if best is not None and self._least(home, a, b) >= best[0]:
                break
            paths = self._three(home, a, b)
            if paths is None:
                continue
            legs = self._legs(paths, a, b)
            travel = sum(leg.duration for leg in legs)
            if best is None or travel < best[0]:
                best = (travel, legs, list(zip(paths, (False, True, False), strict=True)))
        if best is None:
            used = self.scene.checks - checks
            message = (
                f"{self.cell.arm}: no free path found from {origin[0]} to {target[0]} within "
                f"{used} checks; give it more room between them, or another home"
            )
            place = f"{origin[0]} -> {target[0]}"
            self._error("cell/path", place, message, float(used), None, "checks")
            return None
        return self._finished(origin[0], target[0], best[1], best[2])

    def _least(self, home: Array, a: Array, b: Array) -> float:
        """Less time than the three ways need [s]: each joint at its highest speed all the way."""
        speed = self.limits.velocity
        turns = (a[0] - home, b[0] - a[0], home - b[0])
        return float(sum(np.max(np.abs(turn) / speed) for turn in turns))

    def _three(self, home: Array, a: Array, b: Array) -> list[Array] | None:
        ends = ((home, a[0], False), (a[0], b[0], True), (b[0], home, False))
        paths = []
        for start, goal, holding in ends:
            path = self._path(start, goal, holding)
            if path is None:
                return None
            paths.append(path)
        return paths

    def _path(self, start: Array, goal: Array, holding: bool) -> Array | None:
        key = (start.tobytes(), goal.tobytes(), holding)
        if key not in self._paths:
            self._paths[key] = self._search(start, goal, holding)
        return self._paths[key]

    def _search(self, start: Array, goal: Array, holding: bool) -> Array | None:
        robot, scene = self.scene.robot, self.scene
        for margin in MARGINS:

            def free(path: Array, margin: float = margin) -> bool:
                return scene.clash(path, holding, margin) is None

            if not free(np.array([start, goal])):
                continue
            for attempt in range(TRIES):
                # Rounded: another processor's last digits are to draw the same chance.
                ends = np.round([start, goal], 6).tolist()
                seed = _seed(f"{ends}{holding}{attempt}")
                path = find_path(start, goal, free, robot.lower, robot.upper, seed, CHECKS)
                if path is None:
                    break
                if path_free(lambda q: scene.clash(q, holding, MARGINS[-1] / 2) is None, path):
                    return path
        return None

    def _legs(self, paths: list[Array], a: Array, b: Array) -> list[Leg]:
        out, across, back = (through(path, self.limits) for path in paths)
        down_a, up_a = along(a, self.limits), along(a[::-1], self.limits)
        down_b, up_b = along(b, self.limits), along(b[::-1], self.limits)
        grip_a, grip_b = rest(a[-1], self.cell.grip), rest(b[-1], self.cell.grip)
        return [out, down_a, grip_a, up_a, across, down_b, grip_b, up_b, back]

    def _finished(
        self, origin: str, target: str, legs: list[Leg], travels: list[tuple[Array, bool]]
    ) -> Transfer:
        spans = np.cumsum([leg.duration for leg in legs])
        leg = join(legs)
        grip, release = float(spans[2]), float(spans[6])
        found = [clearance(self.scene, denser(path, FINE * 2), held) for path, held in travels]
        least = min(found, key=lambda item: item.distance)
        share, joint = self._torque_share(leg, grip, release)
        place = f"{origin} -> {target}"
        if share > 1.0:
            limit = float(self.scene.robot.effort[joint])
            message = (
                f"{self.cell.arm} from {origin} to {target} needs {share * limit:.0f} Nm at joint "
                f"{joint + 1}, its limit is {limit:.0f} Nm; slow it down or lighten the part"
            )
            self._error("cell/limits", place, message, share * limit, limit, "Nm")
        if least.distance < LOW:
            message = (
                f"{self.cell.arm} passes {least.nearest} at {least.distance * 1000:.0f} mm on its "
                f"way from {origin} to {target}; {LOW * 1000:.0f} mm or more would be safe"
            )
            where = f"arms/{self.cell.arm}/{place}"
            self.findings.append(
                Finding("cell/clearance", where, "warning", message, least.distance, LOW, "m")
            )
        return Transfer(
            self.cell.arm,
            origin,
            target,
            leg.times,
            leg.q,
            grip,
            release,
            least.distance,
            least.nearest,
            share,
        )

    def _torque_share(self, leg: Leg, grip: float, release: float) -> tuple[float, int]:
        """The largest share of a joint's torque limit that the motion asks for, and that joint."""
        shares = np.array(
            [
                np.abs(self.scene.torque(q, v, a, bool(grip <= t <= release)))
                for t, q, v, a in zip(leg.times, leg.q, leg.speed, leg.acceleration, strict=True)
            ]
        )
        largest = np.max(shares / self.scene.robot.effort, axis=0)
        return float(np.max(largest)), int(np.argmax(largest))


def _rule(verdict: Verdict) -> str:
    return "cell/collision" if verdict.reason == "collision" else "cell/reach"


def _seed(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "little")
