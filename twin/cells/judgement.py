"""One robot cell, judged by physics: a Cell in, its transfers and findings out.

A pure function of the cell and the arm's files: seeded, limited in checks, the same anywhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property
from itertools import chain, pairwise, product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from twin.cells.cell import Cell, Furniture, by_name, fitted, hands
from twin.cells.clearance import Clearance, clearance, denser, profile
from twin.cells.held import together
from twin.cells.load import overloaded
from twin.cells.lying import Lying, parts_of
from twin.cells.maps import ReachMap
from twin.cells.memory import Found, Kind, Memory
from twin.cells.motion import FINE, find_path, path_clear
from twin.cells.reach import Goal, Verdict, Ways, nearest, reach_map, solutions, tool_poses
from twin.cells.reach import ways as ways_to
from twin.cells.robot import Array, Robot
from twin.cells.scene import EMPTY, Box, Obstacle, Scene, placed_box
from twin.cells.store import packed_transfer, read_target, read_transfer
from twin.cells.timing import (
    FASTEST,
    SLOWEST,
    Leg,
    Limits,
    Samples,
    along,
    blended,
    join,
    limits,
    paced,
    rest,
    through,
)
from twin.cells.tour import Visit, between, carries, held_at, number_of, tours, ways
from twin.cells.transfer import LOW, Event, Motion, Profile, Solution, Target, Transfer
from twin.layout.catalog import Asset
from twin.layout.rules import Finding
from twin.pose import apply, invert, rotate, upright

if TYPE_CHECKING:
    from twin.cells.swept import Surface

# Travel keeps away from everything by the first of these margins that its two ends keep [m].
MARGINS = (0.04, 0.025, 0.01, 0.003)
CHECKS = 20_000  # configurations asked about for one way
TRIES = 3  # of one way, with other seeds, if the second and finer look finds it blocked
CHOICES = 4  # pairs of straight lines that are planned for one transfer
HOME_MARGIN = 0.05  # m
PEDESTAL = 0.1  # m, half the side of the stand under the arm
# A port, what is in its hands there, the gripper that works, what does not lie around it then.
Asked = tuple[str, int, int, tuple[str, ...]]
FLOOR, STAND = "the floor", "its stand"


def solve(cell: Cell, remembered: Path | None = None, processes: int = 1) -> Solution:
    """Judges a cell. Raises LayoutError where the arm's files cannot be used.

    What the file `remembered` has of an earlier cell of the same arm, and still holds, is not
    worked out again; it is written anew. The solution is the same without it, and the same in one
    process or several, which are forked from this one.
    """
    robot = fitted(cell)
    refused = _refused(cell, robot)
    if refused:
        return Solution((), tuple(refused))
    base = upright(*cell.at, cell.height, cell.heading)
    parts = parts_of(cell)
    around = [*_obstacles(cell), *parts.obstacles]
    with Scene(robot, base, around, hands(cell), frozenset({STAND})) as scene:
        solver = _Solver(cell, scene, around, parts, processes)
        if remembered is not None:
            solver.memory.read(remembered)
        solution = solver.solution()
        if remembered is not None:
            solver.memory.write(remembered)
        told = (*overloaded(cell), *_assumed(cell), *solution.findings)
        return replace(solution, findings=told)


def _assumed(cell: Cell) -> Iterator[Finding]:
    """What the judgement rests on that nobody has told of the arm."""
    for first in cell.notes[:1]:
        more = f" and {len(cell.notes) - 1} more (see its gate.json)" if len(cell.notes) > 1 else ""
        message = f"{cell.arm} was added with assumptions: {first}{more}"
        yield Finding("cell/assumed", f"arms/{cell.arm}", "warning", message)
    if "torque" in cell.unknown:
        message = (
            f"the torques of {cell.arm} are not checked: its file does not tell all masses and "
            "limits; add them to it and add the arm again"
        )
        yield Finding("cell/unchecked", f"arms/{cell.arm}", "warning", message)


def mapped(cell: Cell, points: Array, direction: Array) -> ReachMap:
    """Where the arm of a cell comes to points (n, 3) [m] of the world with its tool along a
    direction (3,). Raises LayoutError where the arm's files cannot be used."""
    with _empty_handed(cell) as (scene, home):
        return reach_map(scene, points, direction, home)


def filled(cell: Cell, direction: Array, processes: int = 1) -> Surface:
    """The closed surface around where the arm of a cell comes with its tool along a direction (3,)
    in the world; the same in several processes, which are forked from this one. Raises LayoutError
    where the arm's files cannot be used."""
    from twin.cells.volume import reach_volume  # few ask for it

    with _empty_handed(cell) as (scene, home):
        return reach_volume(scene, cell.reach, direction, home, processes)


@contextmanager
def _empty_handed(cell: Cell) -> Iterator[tuple[Scene, Array]]:
    """The scene of a cell's arm that carries nothing, and where (dof,) it starts to look from."""
    robot = fitted(cell)
    base = upright(*cell.at, cell.height, cell.heading)
    home = np.array(cell.home if len(cell.home) == robot.dof else cell.preferred)
    if len(home) != robot.dof:
        home = np.clip(np.zeros(robot.dof), robot.lower, robot.upper)
    with Scene(robot, base, _obstacles(cell), (), frozenset({STAND})) as scene:
        yield scene, home


def profiled(cell: Cell, asked: Sequence[Mapping[str, Any]]) -> list[Profile]:
    """How near the arm of a cell is to anything over transfers, in one scene: of each, `asked` has
    its times, path, what is held (by name, "" for nothing) and which machine is left out; what it
    does at ports, and how much of that is done at each time. Raises LayoutError where the arm's
    files cannot be used."""
    numbers = {
        name: number_of(cell, *hand) if hand else EMPTY for name, hand in by_name(cell).items()
    }
    base = upright(*cell.at, cell.height, cell.heading)
    # Its stand, which it is always near to, would hide all else.
    around = [obstacle for obstacle in _obstacles(cell) if obstacle.name != STAND]
    parts = parts_of(cell)
    with Scene(fitted(cell), base, [*around, *parts.obstacles], hands(cell)) as scene:
        found = []
        for one in asked:
            events = [Event(*event) for event in one["events"]]
            absent = [
                [] if machine else parts.absent(events, done)
                for machine, done in zip(one["apart"], one["done"], strict=True)
            ]
            held = [numbers[name] for name in one["held"]]
            times, path = np.array(one["times"]), np.array(one["path"])
            found.append(profile(scene, times, path, held, one["apart"], absent))
        return found


def _refused(cell: Cell, robot: Robot) -> list[Finding]:
    """What leaves nothing to judge: speed, the shape of the home, a gripper that is not there."""
    findings = []
    where = f"arms/{cell.arm}"
    if cell.exchanges and robot.second is None:
        message = (
            f"{cell.arm} shall exchange parts and has one gripper; give it a tool with two, such "
            "as tool/parallel_double"
        )
        findings.append(Finding("cell/tool", f"{where}/exchange", "error", message))
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
    for name, given in (
        ("speed", cell.velocity),
        ("acceleration", cell.acceleration),
        ("jerk", cell.jerk),
    ):
        if given and len(given) != robot.dof:
            message = (
                f"the {name} that is told of {cell.arm} has {len(given)} numbers, its arm "
                f"{robot.dof} joints; give one a joint"
            )
            findings.append(Finding("cell/limits", where, "error", message))
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


@dataclass(frozen=True)
class Stretch:
    """A stretch of a transfer: its way (k, dof), what is held, by the scene's number, its legs; on
    a straight one the machine that is served, and the gripper that works there; on one between two
    ports the parts that do not lie around it then."""

    kind: str
    path: Array
    held: int
    legs: list[Leg]
    machine: str = ""
    tip: int = 0
    absent: tuple[str, ...] = ()

    @cached_property
    def duration(self) -> float:
        return sum(leg.duration for leg in self.legs)


class _Solver:
    """What is found out about one cell, step by step."""

    def __init__(
        self,
        cell: Cell,
        scene: Scene,
        around: Sequence[Obstacle],
        parts: Lying,
        processes: int,
    ) -> None:
        self.cell = cell
        self.scene = scene
        self.parts = parts
        self.hands = hands(cell)
        kinds = {
            "port": Kind(self._looked_at),
            "transfer": Kind(self._planned),
            "path": Kind(self._searched, _same_path),
            "folds": Kind(self._folds),
            "clearance": Kind(self._measured, _as_near),
        }
        self.memory = Memory(scene, around, kinds, processes)
        self.limits: Limits = limits(
            scene.robot, cell.speed, cell.acceleration, cell.jerk, cell.straight, cell.velocity
        )
        self.findings: list[Finding] = []
        self._lines: dict[bytes, Leg] = {}

    def solution(self) -> Solution:
        for near in self.scene.base_overlaps():
            message = (
                f"the foot of {self.cell.arm} stands {-near.distance * 1000:.0f} mm inside "
                f"{near.other}; move one of them"
            )
            self._error("cell/collision", "", message, -near.distance, 0.0, "m")
        if self.findings or not self.cell.ports:
            return Solution((), tuple(self.findings))
        asked_for = list(tours(self.cell))
        asked = [self._asked(tour) for tour in asked_for]
        on_routes = {visit.port for tour in asked_for for visit in tour}
        others = [
            (port, number_of(self.cell, one), 0, tuple(self.parts.at(port)))
            for port in self.cell.ports
            for one in self.cell.pieces
            if port not in on_routes  # one that it shall reach with whatever it carries
        ]
        goals = {ask: self._goal(*ask) for ask in [*chain(*asked), *others]}
        home = self._home([goal for goal in goals.values() if goal.tip == 0])
        if home is None:
            return Solution((), tuple(self.findings))
        tours_asked = list(zip(asked_for, asked, strict=True))

        def meanwhile() -> None:
            """While some port is still looked at: what is known already of other transfers."""
            for tour, asks in tours_asked:
                there = [self.memory.known("port", *_of_port(goals[ask], home)) for ask in asks]
                lines = [found.arrays for found in there if found is not None]
                if len(lines) == len(tour) and all(lines):
                    self.memory.known("transfer", *_of_transfer(_by(tour, lines), home))

        ports = [_of_port(goal, home) for goal in goals.values()]
        self.memory.ahead("port", ports, meanwhile)
        found = {ask: self._reached(goal, home) for ask, goal in goals.items()}
        reached = []
        for tour, asks in tours_asked:
            lines = [tuple(found[ask][1]) for ask in asks]
            if all(lines):
                reached.append(_by(tour, lines))
        self.memory.ahead("transfer", [_of_transfer(visits, home) for visits in reached])
        made = [self._between(home, visits) for visits in reached]
        return Solution(
            tuple(transfer for transfer in made if transfer is not None),
            tuple(dict.fromkeys(self.findings)),
            _told_once(target for target, _ in found.values()),
        )

    def _asked(self, tour: Sequence[Visit]) -> list[Asked]:
        """What a tour has to reach."""
        events = [visit.event for visit in tour]
        return [
            (v.port, v.during, v.tip, tuple(self.parts.absent(events, k, at_port=True)))
            for k, v in enumerate(tour)
        ]

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

    def _goal(self, port: str, number: int, tip: int, absent: tuple[str, ...]) -> Goal:
        """The port seen from the arm's base, for what a gripper takes from it or puts to it while
        all that the number says is in its hands, without what is `absent`."""
        spot = self.cell.ports[port]
        held = next(held for held in self.hands[number - 1] if held.tip == tip)
        others = [other for other in self.hands[number - 1] if other.tip != tip]
        rest = number_of(self.cell, *others) if others else EMPTY
        inverse = invert(self.scene.base)
        direction = rotate(inverse.quaternion, spot.direction)
        at = apply(inverse, spot.position) - held.beyond * direction
        return Goal(
            port,
            spot.machine,
            at,
            direction,
            spot.clear,
            number,
            spot.contacts,
            held.aside,
            tip,
            rest,
            absent,
        )

    def _carried(self, held: int, tip: int) -> str:
        """What is in its hands, in words, that of the gripper which works first."""
        first = sorted(self.hands[held - 1], key=lambda one: one.tip != tip)
        return together(one.name for one in first)

    def _reached(self, goal: Goal, home: Array) -> tuple[Target, list[Array]]:
        """What is to be said of a port, and the straight lines to it."""
        kept = self.memory.recall("port", *_of_port(goal, home))
        target, said = kept.words
        self.findings += [Finding(**finding) for finding in said]
        return read_target(target), list(kept.arrays)

    def _looked_at(self, home: Array, *asked: Any) -> Found:
        goal = Goal(*asked)
        before = len(self.findings)
        with self.scene.working(goal.tip):
            found = ways_to(self.scene, goal, home, _seed(goal.port))
            target = self._target(goal, found, home)
        return Found([asdict(target), self._taken(before)], tuple(found.lines))

    def _taken(self, before: int) -> list[dict[str, Any]]:
        """The findings since there were `before`, as words; whoever asked takes them."""
        said = [asdict(finding) for finding in self.findings[before:]]
        del self.findings[before:]
        return said

    def _target(self, goal: Goal, found: Ways, home: Array) -> Target:
        """The same of a port that has been looked at; one that is not reached is a finding, too."""
        robot, verdict = self.scene.robot, found.verdict
        if verdict is not None:
            self._error(
                _rule(verdict),
                goal.port,
                f"{self.cell.arm} {verdict.message}",
                verdict.value,
                verdict.limit,
                verdict.unit,
            )
            near = nearest(self.scene, goal, home, _seed(goal.port))
            place = () if near is None else tuple(apply(self.scene.base, near).tolist())
            q = () if found.q is None else tuple(found.q.tolist())
            return Target(
                goal.port,
                verdict.reason,
                verdict.message,
                found.branches,
                q,
                nearest=place,
                piece=self._carried(goal.held, goal.tip),
            )
        q = found.lines[0][-1]
        room = np.minimum(q - robot.lower, robot.upper - q)
        joint = int(np.argmin(room))
        return Target(
            goal.port,
            "reachable",
            branches=found.branches,
            q=tuple(q.tolist()),
            margin=float(room[joint]),
            joint=robot.joints[joint].name,
            manipulability=robot.manipulability(q),
            approach=goal.clear,
            piece=self._carried(goal.held, goal.tip),
        )

    # --- home ------------------------------------------------------------------------------------

    def _home(self, goals: list[Goal]) -> Array | None:
        if self.cell.home:
            home = np.array(self.cell.home)
            hit = self.scene.clash(home, EMPTY)
            if hit is None:
                return home
            message = (
                f"the home of {self.cell.arm} is in collision: its {hit.body} with {hit.other}, "
                f"{-hit.distance * 1000:.0f} mm deep; choose another home"
            )
            self._error("cell/collision", "home", message, -hit.distance, 0.0, "m")
            return None
        middle = np.mean([goal.position for goal in goals], axis=0)
        for margin in (HOME_MARGIN, MARGINS[-1]):
            free = [q for q in self._homes(middle) if self._waits(q, margin)]
            if free:
                return min(free, key=lambda q: self._off(q, middle))
        message = (
            f"{self.cell.arm} finds no free place to wait at among the machines; "
            "give it a home or more room"
        )
        self._error("cell/collision", "home", message)
        return None

    def _waits(self, q: Array, margin: float) -> bool:
        """Whether it may wait at q (dof,), with any one piece in its hand, too."""
        return all(self.scene.free(q, k, margin) for k in range(len(self.cell.pieces) + 1))

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

    def _between(self, home: Array, visits: Sequence[Visit]) -> Transfer | None:
        """The transfer from port to port by one of the straight lines to each."""
        kept = self.memory.recall("transfer", *_of_transfer(visits, home))
        told, said = kept.words
        self.findings += [Finding(**finding) for finding in said]
        return None if told is None else read_transfer(told, *kept.arrays)

    def _planned(self, home: Array, words: list[list[Any]], *lines: Array) -> Found:
        before = len(self.findings)
        visits, first = [], 0
        for port, kind, piece, tip, held, after, count in words:
            its = lines[first : first + count]
            visits.append(Visit(port, kind, piece, tip, held, after, its))
            first += count
        transfer = self._transfer(home, visits)
        if transfer is None:
            return Found([None, self._taken(before)])
        packed, arrays = packed_transfer(transfer)
        return Found([packed, self._taken(before)], arrays)

    def _transfer(self, home: Array, visits: Sequence[Visit]) -> Transfer | None:
        """The shortest of the transfers by the most promising choices of straight lines."""
        origin, target = visits[0].port, visits[-1].port
        best: tuple[float, list[Stretch]] | None = None
        tried, blocked, absent = 0, set(), self._absent(visits)
        for least, lines in self._choices(home, visits):
            if tried == CHOICES * (len(visits) - 1) or (best is not None and least >= best[0]):
                break
            asked = ways(home, visits, lines)
            keys = [(start.tobytes(), goal.tobytes(), held) for start, goal, held in asked]
            if not blocked.isdisjoint(keys):
                continue
            tried += 1
            paths = []
            for key, way, gone in zip(keys, asked, absent, strict=True):
                path = self._path(*way, gone)
                if path is None:
                    blocked.add(key)
                    break
                paths.append(path)
            else:
                stretches = self._stretches(paths, visits, lines, absent)
                taken = sum(stretch.duration for stretch in stretches)
                if best is None or taken < best[0]:
                    best = (taken, stretches)
        if best is None:
            message = (
                f"{self.cell.arm}: no free path found from {origin} to {target} within "
                f"{CHECKS} checks a way; give it more room between them, or another home"
            )
            place = f"{origin} -> {target}"
            self._error("cell/path", place, message, float(CHECKS), None, "checks")
            return None
        return self._finished(visits, best[1])

    def _choices(self, home: Array, visits: Sequence[Visit]) -> Iterator[tuple[float, list[Array]]]:
        """A straight line to each port, in all ways, the quickest first: with less time than the
        ways between them need [s], each joint at its highest speed all the way."""
        starts = [np.array([line[0] for line in visit.lines]) for visit in visits]
        total = np.zeros([len(rows) for rows in starts])
        for k, (a, b) in enumerate(pairwise([home[None], *starts, home[None]])):
            turns = np.max(np.abs(b[None] - a[:, None]) / self.limits.velocity, axis=-1)
            shape = [1] * len(visits)
            if k > 0:
                shape[k - 1] = len(a)
            if k < len(visits):
                shape[k] = len(b)
            total = total + turns.reshape(shape)
        for flat in np.argsort(total, axis=None, kind="stable"):
            chosen = np.unravel_index(flat, total.shape)
            lines = [visit.lines[int(k)] for visit, k in zip(visits, chosen, strict=True)]
            yield float(total[chosen]), lines

    def _absent(self, visits: Sequence[Visit]) -> list[list[str]]:
        """The parts that do not lie around on the way to each port, and home at last."""
        events = [visit.event for visit in visits]
        return [self.parts.absent(events, done) for done in range(len(visits) + 1)]

    def _path(self, start: Array, goal: Array, held: int, absent: Sequence[str]) -> Array | None:
        found = self.memory.recall("path", start, goal, held, absent).arrays
        return found[0] if found else None

    def _searched(self, start: Array, goal: Array, held: int, absent: Sequence[str]) -> Found:
        with self.scene.without(absent):
            path = self._search(start, goal, held)
        return Found(None, () if path is None else (path,))

    def _search(self, start: Array, goal: Array, held: int) -> Array | None:
        robot, scene = self.scene.robot, self.scene
        for margin in MARGINS:

            def free(path: Array, margin: float = margin) -> bool:
                return scene.free(path, held, margin)

            if not free(np.array([start, goal])):
                continue
            for attempt in range(TRIES):
                # Rounded: another processor's last digits are to draw the same chance.
                ends = np.round([start, goal], 6).tolist()
                seed = _seed(f"{ends}{held}{attempt}")
                path = find_path(start, goal, free, robot.lower, robot.upper, seed, CHECKS)
                if path is None:
                    break
                if not self.memory.recall("folds", path, held).words and path_clear(
                    lambda q, spread: scene.clear(q, held, MARGINS[-1] / 2, spread),
                    lambda q: scene.free(q, held, MARGINS[-1] / 2),
                    path,
                ):
                    return path
        return None

    def _folds(self, path: Array, held: int) -> Found:
        """Whether the arm meets itself on a path."""
        return Found(self.scene.folded(denser(path, FINE * 2), held) is not None)

    def _stretches(
        self,
        paths: Sequence[Array],
        visits: Sequence[Visit],
        lines: Sequence[Array],
        absent: Sequence[Sequence[str]],
    ) -> list[Stretch]:
        """Out; at each port straight there, the gripper, straight back; across; at last home."""
        travels = [
            Stretch("travel", path, held, through(path, self.limits), absent=tuple(gone))
            for path, held, gone in zip(paths, between(visits), absent, strict=True)
        ]
        found, open_door = [travels[0]], ""
        for visit, line, travel in zip(visits, lines, travels[1:], strict=True):
            place = self.cell.ports[visit.port]
            machine, tip = place.machine, visit.tip
            down, up = self._straight(line, place.clear), self._straight(line[::-1], place.clear)
            rests = [rest(line[-1], self.cell.grip + place.clamps)]
            if place.opens > 0.0 and machine != open_door:
                door = [rest(line[0], place.opens)]
                found.append(Stretch("wait", line[:1], visit.before, door, machine, tip))
            found += [
                Stretch("approach", line, visit.before, [down], machine, tip),
                Stretch(visit.kind, line[-1:], visit.during, rests, machine, tip),
                Stretch("retract", line[::-1], visit.after, [up], machine, tip),
                travel,
            ]
            open_door = machine
        return found

    def _straight(self, line: Array, length: float) -> Leg:
        key = line.tobytes()
        if key not in self._lines:
            self._lines[key] = along(line, self.limits, length)
        return self._lines[key]

    def _finished(self, visits: Sequence[Visit], stretches: list[Stretch]) -> Transfer:
        origin, target = visits[0].port, visits[-1].port
        ends = np.cumsum([stretch.duration for stretch in stretches])
        samples = join(leg for stretch in stretches for leg in stretch.legs)
        served = [
            float(end)
            for stretch, end in zip(stretches, ends, strict=True)
            if stretch.kind in ("grip", "release")
        ]
        motions = tuple(
            self._motion(stretch, float(end), samples)
            for stretch, end in zip(stretches, ends, strict=True)
        )
        least = min(
            (motion for motion in motions if motion.kind == "travel"), key=lambda m: m.clearance
        )
        effort = np.array(
            [
                self.scene.torque(q, v, a, held_at(t, visits, served))
                for t, q, v, a in zip(
                    samples.times, samples.q, samples.speed, samples.acceleration, strict=True
                )
            ]
        )
        share = self._torque_share(origin, target, effort)
        if least.clearance < LOW:
            message = (
                f"{self.cell.arm} passes {least.other} at {least.clearance * 1000:.0f} mm on its "
                f"way from {origin} to {target}; {LOW * 1000:.0f} mm or more would be safe"
            )
            where = f"arms/{self.cell.arm}/{origin} -> {target}"
            self.findings.append(
                Finding("cell/clearance", where, "warning", message, least.clearance, LOW, "m")
            )
        low, high = self._band(stretches)
        return Transfer(
            self.cell.arm,
            origin,
            target,
            samples.times,
            samples.q,
            served[0],
            served[-1],
            least.clearance,
            least.other,
            share,
            low,
            high,
            _energy(samples, effort),
            motions,
            visits[0].piece,
            effort,
            carries(visits, served),
        )

    def _motion(self, stretch: Stretch, end: float, samples: Samples) -> Motion:
        """What is to be said of one stretch of a transfer that ends at `end` [s]."""
        near = self._clearance(stretch)
        start = end - stretch.duration
        within = (samples.times >= start - 1e-9) & (samples.times <= end + 1e-9)
        away = np.max(np.abs(samples.q[within] - near.q), axis=1)
        at = float(samples.times[within][np.argmin(away)])
        longest = max(stretch.legs, key=lambda leg: leg.duration)
        bound = longest.bound or ("door" if stretch.kind == "wait" else "gripper")
        told = near.distance, near.body, near.nearest, at, stretch.tip
        return Motion(stretch.kind, start, end, bound, *told)

    def _clearance(self, stretch: Stretch) -> Clearance:
        asked = stretch.path, stretch.held, stretch.machine, stretch.absent
        found = self.memory.recall("clearance", *asked)
        distance, body, nearest = found.words
        return Clearance(distance, body, nearest, found.arrays[0])

    def _measured(self, path: Array, held: int, machine: str, absent: Sequence[str]) -> Found:
        with self.scene.without(absent):
            near = clearance(self.scene, denser(path, FINE * 2), held, machine)
        return Found([near.distance, near.body, near.nearest], (near.q,))

    def _band(self, stretches: list[Stretch]) -> tuple[float, float]:
        """The least and the most that a transfer takes [s], as far as the limits are known."""
        if self.cell.acceleration:
            return blended(stretch.legs for stretch in stretches), sum(
                stretch.duration for stretch in stretches
            )
        low, high = (
            [[paced(leg, self.limits.scaled(factor)) for leg in s.legs] for s in stretches]
            for factor in (FASTEST, SLOWEST)
        )
        return blended(low), sum(leg.duration for legs in high for leg in legs)

    def _torque_share(self, origin: str, target: str, effort: Array) -> float:
        """The largest share of a joint's torque limit that a transfer asks for."""
        most = np.max(np.abs(effort) / self.scene.robot.effort, axis=0)
        joint, share = int(np.argmax(most)), float(np.max(most))
        if share > 1.0 and "torque" not in self.cell.unknown:
            limit = float(self.scene.robot.effort[joint])
            message = (
                f"{self.cell.arm} from {origin} to {target} needs {share * limit:.0f} Nm at joint "
                f"{joint + 1}, its limit is {limit:.0f} Nm; slow it down or lighten the part"
            )
            place = f"{origin} -> {target}"
            self._error("cell/limits", place, message, share * limit, limit, "Nm")
        return share


def _of_port(goal: Goal, home: Array) -> tuple[Any, ...]:
    """What a port's result is made of."""
    return (home, *(getattr(goal, one.name) for one in fields(goal)))


def _of_transfer(visits: Sequence[Visit], home: Array) -> tuple[Any, ...]:
    """What a transfer is made of."""
    words = [[v.port, v.kind, v.piece, v.tip, v.before, v.after, len(v.lines)] for v in visits]
    return (home, words, *(line for visit in visits for line in visit.lines))


def _by(tour: Sequence[Visit], lines: Sequence[Sequence[Array]]) -> list[Visit]:
    """A tour with the straight lines by which each port can be reached."""
    return [replace(visit, lines=its) for visit, its in zip(tour, lines, strict=True)]


def _told_once(targets: Iterable[Target]) -> tuple[Target, ...]:
    """Of a port that is asked for several times with the same in hand, as other parts lie around
    it, one that is not reached, if there is one."""
    found: dict[tuple[str, str], Target] = {}
    for one in targets:
        before = found.setdefault((one.port, one.piece), one)
        if before.verdict == "reachable":
            found[one.port, one.piece] = one
    return tuple(found.values())


def _same_path(before: Found, alone: Found, moved: frozenset[str]) -> bool:
    """Whether the way among what has moved is the way that was found among all."""
    if not before.arrays or not alone.arrays:
        return False
    return np.array_equal(before.arrays[0], alone.arrays[0])


def _as_near(before: Found, alone: Found, moved: frozenset[str]) -> bool:
    """Whether nothing that has moved is, or was, what is nearest."""
    distance, _, nearest = before.words
    return nearest not in moved and (alone.words[0] > distance or not alone.words[2])


def _energy(samples: Samples, effort: Array) -> float:
    """What the joints put into the motion [J]: what they take back while braking is lost."""
    power = np.sum(np.maximum(effort * samples.speed, 0.0), axis=1)
    return float(np.sum(np.diff(samples.times) * (power[1:] + power[:-1]) / 2))


def _rule(verdict: Verdict) -> str:
    return "cell/collision" if verdict.reason == "collision" else "cell/reach"


def _seed(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "little")
