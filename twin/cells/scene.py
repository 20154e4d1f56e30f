"""A robot cell in PyBullet: the arm, empty-handed and with a part, among the boxes around it.

What PyBullet gets is written here from a robot that has passed the gate: one link a body, inertias
on their principal axes, meshes as convex hulls. Distances are PyBullet's own, within 2 mm of the
true ones: its margins make them smaller, at the edges of cylinders, which it rounds, larger. One
scene a process: a crash inside PyBullet takes its process along.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from types import TracebackType

import numpy as np
import pybullet
from numpy.typing import ArrayLike, NDArray

from twin.cells.bounds import SLACK, Bounds
from twin.cells.held import BOARD, Held, part
from twin.cells.robot import Array, Body, Robot, Solid
from twin.errors import RunError
from twin.pose import Pose, apply, matrix

# Damping makes PyBullet's inverse kinematics converge; its own default solves a third of the poses.
DAMPING = 1e-4
ITERATIONS = 100
# m: asked for nothing further than 0, PyBullet leaves out boxes that lie deep in each other askew.
ASKED = 1e-4
EMPTY = 0  # the hand; what it holds is numbered from 1
NANO = 9  # digits of distances [m]: further ones hang on what PyBullet was asked before
_SIGNS = np.array(list(product((-1.0, 1.0), repeat=3)))
MOST = 16  # boxes that PyBullet makes of one array; more are left out without a word


@dataclass(frozen=True)
class Box:
    """A box in the world: centre [m] (3,), half edges [m] (3,), quaternion wxyz (4,)."""

    centre: Array
    half: Array
    quaternion: Array

    @property
    def corners(self) -> Array:
        """Its corners in the world (8, 3) [m]."""
        return apply(Pose(self.centre, self.quaternion), _SIGNS * self.half)


@dataclass(frozen=True)
class Obstacle:
    """Something solid that has a name on the floor; a part `lies_at` a machine."""

    name: str
    boxes: tuple[Box, ...]
    lies_at: str = ""


@dataclass(frozen=True)
class Near:
    """Two bodies and their distance [m], negative where they overlap."""

    body: str  # of the arm
    other: str  # an obstacle, or another body of the arm
    distance: float
    index: int  # of the arm's body
    row: int = 0  # of the path that was asked about
    second: int = -1  # of the other body, where that is one of the arm's or is in its hands


def placed_box(pose: Pose, centre: ArrayLike, half: ArrayLike) -> Box:
    """A box given in the frame of `pose`, in the world."""
    return Box(apply(pose, centre), np.asarray(half, float), pose.quaternion)


class Scene:
    """The arm at `base` among `obstacles`; use it in a `with` statement.

    Questions are asked of the arm with EMPTY hands, or with what is `carried`, by number from 1:
    one part, or several at once in different grippers. `mounts` names the obstacles that the arm
    stands on: neither its fixed body nor the first moving one, which turns on it, is tested against
    them. Configurations are (dof,) as in Robot.
    """

    def __init__(
        self,
        robot: Robot,
        base: Pose,
        obstacles: Iterable[Obstacle],
        carried: Sequence[Held | tuple[Held, ...]] = (BOARD,),
        mounts: frozenset[str] = frozenset(),
    ) -> None:
        self.robot = robot
        self.base = base
        self.base_matrix = matrix(base)
        self.mounts = mounts
        self.checks = 0
        self._world = pybullet.connect(pybullet.DIRECT)
        pybullet.setPhysicsEngineParameter(enableFileCaching=0, physicsClientId=self._world)
        pybullet.setGravity(0.0, 0.0, -9.80665, physicsClientId=self._world)
        hands = [(), *((held,) if isinstance(held, Held) else held for held in carried)]
        bodies = [(*robot.bodies, *(part(robot, held) for held in hand)) for hand in hands]
        self._tips = tuple(tuple(held.tip for held in hand) for hand in hands)
        self._bodies = tuple(tuple(body.name for body in chain) for chain in bodies)
        self._arms = tuple(self._load(robot, chain) for chain in bodies)
        self._working = 0  # the gripper that comes to ports
        self._inverse = EMPTY  # whose tool link inverse kinematics moves
        self._second: tuple[Robot, int] | None = None
        if any(1 in tips for tips in self._tips):
            other = robot.by_second()
            self._second = other, len(self._arms)
            self._arms += (self._load(other, other.bodies),)
        around = list(obstacles)
        self._names = tuple(item.name for item in around)
        # How much nearer each obstacle could be [m] without mattering to what has been asked.
        self.slack = np.full(len(around), np.inf)
        self.hits = 0  # questions that something was in the way of
        self._left_out = np.zeros(len(around), bool)
        self._absent = np.zeros(len(around), bool)
        self._machines = tuple(item.lies_at or item.name for item in around)
        self._mounts = [k for k, name in enumerate(self._names) if name in mounts]
        self._obstacles = tuple(
            tuple(
                self._static(item.name, item.boxes[k : k + MOST])
                for k in range(0, len(item.boxes), MOST)
            )
            for item in around
        )
        corners = [np.array([box.corners for box in item.boxes]) for item in around]
        self._bounds = tuple(Bounds(robot, chain, self.base_matrix, corners) for chain in bodies)
        self._indices = list(range(robot.dof))
        self._pairs = tuple(self._self_pairs(k) for k in range(len(bodies)))

    def __enter__(self) -> Scene:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pybullet.disconnect(physicsClientId=self._world)

    # --- setting up ------------------------------------------------------------------------------

    def _load(self, robot: Robot, bodies: tuple[Body, ...]) -> int:
        w, x, y, z = self.base.quaternion
        with tempfile.TemporaryDirectory() as folder:
            path = write_urdf(robot, bodies, Path(folder))
            arm = pybullet.loadURDF(
                str(path),
                self.base.position.tolist(),
                [x, y, z, w],
                useFixedBase=True,
                flags=pybullet.URDF_USE_INERTIA_FROM_FILE,
                physicsClientId=self._world,
            )
            self._verify(arm, bodies)
        return arm

    def _verify(self, arm: int, bodies: tuple[Body, ...]) -> None:
        """PyBullet drops what it cannot read with a warning on the terminal only."""
        joints = pybullet.getNumJoints(arm, physicsClientId=self._world)
        if joints != len(bodies):
            raise RunError(f"arm {self.robot.name}: PyBullet made {joints - 1} of its joints")
        for index, body in enumerate(bodies):
            shapes = pybullet.getCollisionShapeData(
                arm, self._link(index), physicsClientId=self._world
            )
            if len(shapes) != len(body.solids):
                raise RunError(
                    f"arm {self.robot.name}: PyBullet made {len(shapes)} of the "
                    f"{len(body.solids)} shapes of {body.name}"
                )

    def _static(self, name: str, boxes: Sequence[Box]) -> int:
        """One body of many boxes: PyBullet looks through them faster than through many bodies."""
        shape = pybullet.createCollisionShapeArray(
            shapeTypes=[pybullet.GEOM_BOX] * len(boxes),
            halfExtents=[box.half.tolist() for box in boxes],
            collisionFramePositions=[box.centre.tolist() for box in boxes],
            collisionFrameOrientations=[
                [*box.quaternion[1:].tolist(), float(box.quaternion[0])] for box in boxes
            ],
            physicsClientId=self._world,
        )
        body = pybullet.createMultiBody(0.0, shape, physicsClientId=self._world)
        made = pybullet.getCollisionShapeData(body, -1, physicsClientId=self._world)
        if len(made) != len(boxes):
            raise RunError(f"{name}: PyBullet made {len(made)} of {len(boxes)} boxes")
        return body

    def _self_pairs(self, arm: int) -> tuple[tuple[int, int], ...]:
        """Bodies of the arm that may meet: not neighbours, nor pairs that always overlap; what it
        holds meets all but the hand."""
        count = self.robot.dof + 1
        pairs = [(a, b) for a in range(count) for b in range(a + 2, count)]
        held = range(count, len(self._bodies[arm]))
        pairs += [(a, b) for b in held for a in range(count - 1)]
        random = np.random.default_rng(0)
        drawn = random.uniform(self.robot.lower, self.robot.upper, (40, self.robot.dof))
        kept = [
            (a, b)
            for a, b in pairs
            if any(self._self_distance(q, arm, a, b, 0.0) is None for q in drawn)
        ]
        # Two parts lie as they are held: where they overlap they always do, and may not.
        return (*kept, *combinations(held, 2))

    def _link(self, index: int) -> int:
        """PyBullet's number of a body: the tool, which has no body here, comes before the part."""
        return index - 1 if index <= self.robot.dof else index

    def _index(self, link: int) -> int:
        return link + 1 if link < self.robot.dof else link

    @contextmanager
    def only(self, names: Container[str]) -> Iterator[None]:
        """As if only the obstacles of these names were there, and the arm could not meet itself:
        for what has been asked before, when nothing was in its way, itself neither."""
        self._left_out[:] = [name not in names for name in self._names]
        try:
            yield
        finally:
            self._left_out[:] = False

    @contextmanager
    def without(self, names: Container[str]) -> Iterator[None]:
        """As if the obstacles of these names were not there: for parts that lie elsewhere by then.
        What they could have done is not noted: which they are is part of the question."""
        before = self._absent
        self._absent = np.array([name in names for name in self._names], bool)
        try:
            yield
        finally:
            self._absent = before

    @contextmanager
    def working(self, tip: int) -> Iterator[None]:
        """As if the gripper of this number were the one that the arm comes to ports with."""
        before = self.robot, self._inverse, self._working
        if tip:
            if self._second is None:
                raise ValueError("nothing is carried in a second gripper here")
            self.robot, self._inverse = self._second
        self._working = tip
        try:
            yield
        finally:
            self.robot, self._inverse, self._working = before

    # --- asking ----------------------------------------------------------------------------------

    def _put(self, q: ArrayLike, arm: int) -> None:
        values = [[float(value)] for value in np.asarray(q, float)]
        pybullet.resetJointStatesMultiDof(
            self._arms[arm], self._indices, values, physicsClientId=self._world
        )

    def _closest(self, arm: int, other: int, limit: float, **links: int) -> list[tuple]:
        return pybullet.getClosestPoints(
            self._arms[arm], other, limit, physicsClientId=self._world, **links
        )

    def _self_distance(self, q: ArrayLike, arm: int, a: int, b: int, limit: float) -> float | None:
        self._put(q, arm)
        links = {"linkIndexA": self._link(a), "linkIndexB": self._link(b)}
        found = self._closest(arm, self._arms[arm], limit, **links)
        return min((point[8] for point in found), default=None)

    def _skipped(self, index: int, name: str) -> bool:
        return index == 0 or (index == 1 and name in self.mounts)

    def nearest(self, path: ArrayLike, held: int, limit: float, apart: str = "") -> Near | None:
        """The least distance of the moving arm to an obstacle on a path (n, dof), if it is below
        `limit` [m]; the machine `apart` is left out, with what lies there."""
        arm = int(held)
        path = np.atleast_2d(np.asarray(path, float))
        bounds = self._bounds[arm]
        gaps = self._gaps(bounds, bounds.placed(path))
        gaps[:, [k for k, machine in enumerate(self._machines) if machine == apart]] = np.inf
        best: Near | None = None
        # What may be nearest is looked at first: most of the rest need not be looked at then.
        for flat in np.argsort(gaps, axis=None, kind="stable"):
            row, item = divmod(int(flat), gaps.shape[1])
            reach = min(limit, best.distance) if best else limit
            if gaps[row, item] >= reach:
                break
            self._put(path[row], arm)
            name = self._names[item]
            for body in self._obstacles[item]:
                for point in self._closest(arm, body, max(reach, 0.0)):
                    index, distance = self._index(point[3]), round(point[8], NANO)
                    if self._skipped(index, name) or (best and distance >= best.distance):
                        continue
                    best = Near(self._bodies[arm][index], name, distance, index, row)
        self._note(gaps - (min(limit, best.distance) if best else limit))
        return best

    def clash(
        self,
        path: ArrayLike,
        held: int,
        margin: float = 0.0,
        port: str = "",
        contacts: tuple[float, float] = (0.0, 0.0),
    ) -> Near | None:
        """The first thing nearer than `margin` [m] to the arm, or overlapping, at one configuration
        (dof,) or on a path (n, dof); else None.

        What is held and the hand that holds it may come as far as `contacts` [m] say into the
        machine `port`, whose port they work at, and the other bodies up to that machine; the same
        goes for parts that lie there.
        """
        found, gaps = self._first(path, held, margin, port, contacts)
        self._note(gaps)
        return found

    def free(self, path: ArrayLike, held: int, margin: float) -> bool:
        """Whether nothing is nearer than `margin` [m] to the arm on a path (n, dof)."""
        found, gaps = self._first(path, held, margin, "", (0.0, 0.0))
        if found is None:
            self._note(gaps)
        elif found.other in self._names:  # whatever else moves, this stays in the way
            self.slack[self._names.index(found.other)] = -np.inf
        return found is None

    def _first(
        self, path: ArrayLike, held: int, margin: float, port: str, contacts: tuple[float, float]
    ) -> tuple[Near | None, Array]:
        """What is too near, and how much nearer all could be without mattering (n, obstacles)."""
        arm = int(held)
        path = np.atleast_2d(np.asarray(path, float))
        bounds = self._bounds[arm]
        placed = bounds.placed(path)
        gaps = self._gaps(bounds, placed) - margin
        near = gaps <= 0.0
        self.checks += len(path)
        around, own = _by_row(near), {}
        if not self._left_out.any():
            own = _by_row(bounds.meeting(placed, self._pairs[arm]))
        for row in sorted(around.keys() | own.keys()):
            self._put(path[row], arm)
            found = self._meets(arm, around.get(row, ()), margin, port, contacts)
            found = found or self._meets_itself(arm, own.get(row, ()))
            if found:
                self.hits += 1
                return found, gaps
        return None, gaps

    def clear(
        self, path: ArrayLike, held: int, margin: float, spread: ArrayLike
    ) -> NDArray[np.bool_]:
        """Where on a path (n, dof) the arm is sure to keep `margin` [m] from every obstacle as long
        as no joint is further than its `spread` (n, dof) [rad or m] from there.

        No point of a body moves by more than the sum over the joints before it of what they turn
        times how far it can be from their axes. Not sure does not mean that it collides.
        """
        arm = int(held)
        path, spread = np.atleast_2d(np.asarray(path, float), np.asarray(spread, float))
        bounds = self._bounds[arm]
        limits = margin + bounds.moves(spread)
        gaps = bounds.gaps(bounds.placed(path), self._left_out) - limits[:, :, None]
        gaps[:, 0, self._mounts] = np.inf
        gaps[:, :, self._absent] = np.inf
        near = np.any(gaps <= 0.0, axis=1)
        self.checks += len(path)
        sure = ~np.any(near, axis=-1)
        for row, items in _by_row(near).items():
            self._put(path[row], arm)
            sure[row] = not self._comes_near(arm, items, limits[row])
        # Where it is not sure the caller looks more closely, and that is what matters then.
        self._note(gaps[sure].min(axis=1))
        return sure

    def meets_taken(self, line: ArrayLike, held: int, rest: int) -> Near | None:
        """What of the arm, with `rest` in its hands, meets the part that lies at the end of a line
        (n, dof): that which the working gripper has beside the rest when it holds `held`. The hand
        may, as it takes it or has put it down, but not where the line begins.
        """
        line, dof = np.atleast_2d(np.asarray(line, float)), self.robot.dof
        piece = dof + 1 + self._tips[held].index(self._working)
        low, high = (corner[0, piece] for corner in self._bounds[held].placed(line[-1:]))
        lows, highs = self._bounds[rest].placed(line)
        apart = np.maximum(lows - high, low - highs).max(axis=-1)
        apart[:, 0] = np.inf
        apart[1:, dof] = np.inf
        self._put(line[-1], held)
        for row in np.flatnonzero(apart.min(axis=1) <= SLACK).tolist():
            self._put(line[row], rest)
            links = {"linkIndexB": self._link(piece)}
            for point in self._closest(rest, self._arms[held], ASKED, **links):
                index = self._index(point[3])
                if index != 0 and (index != dof or row == 0) and point[8] <= 0.0:
                    self.hits += 1
                    names = self._bodies[rest][index], self._bodies[held][piece]
                    return Near(*names, point[8], index, row, piece)
        return None

    def folded(self, path: ArrayLike, held: int) -> Near | None:
        """The first two bodies of the arm that overlap on a path (n, dof), or None."""
        arm = int(held)
        path = np.atleast_2d(np.asarray(path, float))
        bounds = self._bounds[arm]
        meeting = bounds.meeting(bounds.placed(path), self._pairs[arm])
        for row, pairs in _by_row(meeting).items():
            self._put(path[row], arm)
            found = self._meets_itself(arm, pairs)
            if found:
                return found
        return None

    def _comes_near(self, arm: int, items: Iterable[int], limits: Array) -> bool:
        """Whether a body of the arm, as it has been put, is nearer than its limit to one of the
        obstacles (by number)."""
        for item in items:
            name = self._names[item]
            for body in self._obstacles[item]:
                for point in self._closest(arm, body, float(limits[-1])):
                    index = self._index(point[3])
                    if not self._skipped(index, name) and point[8] <= limits[index - 1]:
                        return True
        return False

    def _note(self, gaps: Array) -> None:
        """Gaps (n, obstacles) [m] beyond what mattered."""
        self.slack = np.minimum(self.slack, gaps.min(axis=0, initial=np.inf))

    def _gaps(self, bounds: Bounds, placed: tuple[Array, Array]) -> Array:
        """At least so far [m] is the moving arm from each obstacle: (n, obstacles)."""
        gaps = bounds.gaps(placed, self._left_out)
        gaps[:, 0, self._mounts] = np.inf
        nearest = np.min(gaps, axis=-2)
        nearest[:, self._absent] = np.inf
        return nearest

    def _meets(
        self,
        arm: int,
        items: Iterable[int],
        margin: float,
        port: str,
        contacts: tuple[float, float],
    ) -> Near | None:
        """The first of the obstacles (by number) that the arm, as it has been put, is too near."""
        last = self.robot.dof
        into = {last: -contacts[1]}
        into |= {
            last + 1 + k: -contacts[0]
            for k, tip in enumerate(self._tips[arm])
            if tip == self._working
        }
        for item in items:
            name = self._names[item]
            own = self._machines[item] == port
            for body in self._obstacles[item]:
                for point in self._closest(arm, body, 0.0 if own else margin):
                    index = self._index(point[3])
                    if self._skipped(index, name):
                        continue
                    if own and point[8] > into.get(index, 0.0):
                        continue
                    return Near(self._bodies[arm][index], name, point[8], index)
        return None

    def _meets_itself(self, arm: int, pairs: Iterable[int]) -> Near | None:
        """The first of the pairs of its own bodies (by number) that overlap as it has been put."""
        names = self._bodies[arm]
        for a, b in (self._pairs[arm][pair] for pair in pairs):
            links = {"linkIndexA": self._link(a), "linkIndexB": self._link(b)}
            for point in self._closest(arm, self._arms[arm], ASKED, **links):
                if point[8] <= 0.0:
                    return Near(names[a], names[b], point[8], a, second=b)
        return None

    def base_overlaps(self) -> list[Near]:
        """Obstacles that the arm's fixed body stands in, its mounts apart, the deepest first.

        Static pairs make no contacts in PyBullet, so closest points are asked for.
        """
        self._put(np.clip(np.zeros(self.robot.dof), self.robot.lower, self.robot.upper), EMPTY)
        found = []
        for name, bodies in zip(self._names, self._obstacles, strict=True):
            if name in self.mounts:
                continue
            points = [
                point[8]
                for body in bodies
                for point in self._closest(EMPTY, body, 0.0, linkIndexA=-1)
            ]
            if points and min(points) < 0.0:
                found.append(Near(self.robot.bodies[0].name, name, min(points), 0))
        return sorted(found, key=lambda near: near.distance)

    def inverse(self, target: Array, seed: ArrayLike) -> Array:
        """PyBullet's answer (dof,) to a tool pose (4, 4) in the base's frame, from `seed`.

        It may be wrong or beyond the limits: the caller judges it by forward kinematics.
        """
        self._put(seed, self._inverse)
        world = self.base_matrix @ target
        x, y, z, w = _xyzw(world[:3, :3])
        answer = pybullet.calculateInverseKinematics(
            self._arms[self._inverse],
            self.robot.dof,  # the tool's link
            world[:3, 3].tolist(),
            [x, y, z, w],
            jointDamping=[DAMPING] * self.robot.dof,
            maxNumIterations=ITERATIONS,
            residualThreshold=1e-7,
            physicsClientId=self._world,
        )
        return np.array(answer)

    def torque(self, q: ArrayLike, speed: ArrayLike, acceleration: ArrayLike, held: int) -> Array:
        """Joint torques [Nm] (dof,) for a motion at q, rad/s and rad/s2, gravity included."""
        arm = self._arms[int(held)]
        states = [np.asarray(values, float).tolist() for values in (q, speed, acceleration)]
        return np.array(
            pybullet.calculateInverseDynamics(arm, *states, physicsClientId=self._world)
        )


def _by_row(flags: NDArray[np.bool_]) -> dict[int, list[int]]:
    """The columns that are set in each row that has some, both in their order."""
    found: dict[int, list[int]] = {}
    for row, column in np.argwhere(flags).tolist():
        found.setdefault(row, []).append(column)
    return found


# --- the file that PyBullet reads ----------------------------------------------------------------


def write_urdf(robot: Robot, bodies: tuple[Body, ...], folder: Path) -> Path:
    """A URDF with one link a body, named by number, and its hulls as OBJ files in `folder`. Bodies
    more than the robot has are what it holds: they hang on the last one's frame."""
    lines = ['<?xml version="1.0"?>', '<robot name="arm">']
    for index, body in enumerate(bodies):
        lines += [f'<link name="body{index}">', *_inertial(body)]
        for number, solid in enumerate(body.solids):
            lines += _collision(solid, folder / f"hull_{index}_{number}.obj")
        lines.append("</link>")
    last = robot.dof
    for index, joint in enumerate(robot.joints):
        kind = "prismatic" if joint.prismatic else "revolute"
        lines += [
            f'<joint name="joint{index}" type="{kind}">',
            f'<parent link="body{index}"/><child link="body{index + 1}"/>',
            _origin(joint.origin),
            f'<axis xyz="{_text(joint.axis)}"/>',
            f'<limit lower="{joint.lower!r}" upper="{joint.upper!r}" '
            f'velocity="{joint.velocity!r}" effort="{joint.effort!r}"/>',
            "</joint>",
        ]
    # PyBullet's inverse kinematics misses a link whose inertia lies askew, so the tool is one of
    # its own: upright, with a mass that does not count.
    lines += [
        '<link name="tool"><inertial><mass value="1e-12"/>',
        '<inertia ixx="1e-15" iyy="1e-15" izz="1e-15" ixy="0" ixz="0" iyz="0"/></inertial></link>',
        f'<joint name="tip" type="fixed"><parent link="body{last}"/>',
        f'<child link="tool"/>{_origin(robot.tip)}</joint>',
    ]
    for held in range(last + 1, len(bodies)):
        lines.append(
            f'<joint name="grip{held}" type="fixed"><parent link="body{last}"/>'
            f'<child link="body{held}"/></joint>'
        )
    path = folder / "arm.urdf"
    path.write_text("\n".join([*lines, "</robot>"]), encoding="utf-8")
    return path


def _inertial(body: Body) -> list[str]:
    """Mass and inertia on the principal axes; what does not move may have none, but not zero."""
    mass, inertia = body.mass, body.inertia
    if mass <= 0.0:
        mass, inertia = 1.0, np.eye(3) * 1e-3
    moments, axes = np.linalg.eigh(inertia)
    if np.linalg.det(axes) < 0:
        axes[:, 0] = -axes[:, 0]
    frame = np.eye(4)
    frame[:3, :3], frame[:3, 3] = axes, body.centre
    xx, yy, zz = (float(moment) for moment in moments)
    return [
        "<inertial>",
        _origin(frame),
        f'<mass value="{float(mass)!r}"/>',
        f'<inertia ixx="{xx!r}" iyy="{yy!r}" izz="{zz!r}" ixy="0" ixz="0" iyz="0"/>',
        "</inertial>",
    ]


def _collision(solid: Solid, hull: Path) -> list[str]:
    if solid.kind == "hull":
        assert solid.points is not None
        _write_hull(solid.points, hull)
        shape = f'<mesh filename="{hull.name}"/>'
    elif solid.kind == "box":
        shape = f'<box size="{_text(solid.size)}"/>'
    elif solid.kind == "sphere":
        shape = f'<sphere radius="{solid.size[0]!r}"/>'
    else:
        shape = f'<{solid.kind} radius="{solid.size[0]!r}" length="{solid.size[1]!r}"/>'
    return ["<collision>", _origin(solid.origin), f"<geometry>{shape}</geometry>", "</collision>"]


def _write_hull(points: Array, path: Path) -> None:
    import trimesh  # a third of a second that only arms with meshes pay for

    trimesh.convex.convex_hull(points).export(path)


def _origin(frame: Array) -> str:
    return f'<origin xyz="{_text(frame[:3, 3])}" rpy="{_text(_rpy(frame[:3, :3]))}"/>'


def _text(values: ArrayLike) -> str:
    return " ".join(repr(float(value)) for value in np.asarray(values, float))


def _rpy(turned: Array) -> tuple[float, float, float]:
    """Roll, pitch, yaw of a rotation (3, 3); at pitch +-90 deg the yaw is set to zero."""
    level = float(np.hypot(turned[0, 0], turned[1, 0]))
    pitch = float(np.arctan2(-turned[2, 0], level))
    if level < 1e-9:
        return float(np.arctan2(-turned[1, 2], turned[1, 1])), pitch, 0.0
    return (
        float(np.arctan2(turned[2, 1], turned[2, 2])),
        pitch,
        float(np.arctan2(turned[1, 0], turned[0, 0])),
    )


def _xyzw(turned: Array) -> tuple[float, float, float, float]:
    """PyBullet's order of the quaternion of a rotation (3, 3).

    Of the four ways to read it, the one that divides by the largest of the four numbers: Shepperd,
    Quaternion from rotation matrix, J. Guidance and Control 1(3), 1978.
    """
    (xx, xy, xz), (yx, yy, yz), (zx, zy, zz) = turned.tolist()
    found = (
        (1 + xx - yy - zz, yx + xy, zx + xz, zy - yz),
        (yx + xy, 1 - xx + yy - zz, zy + yz, xz - zx),
        (zx + xz, zy + yz, 1 - xx - yy + zz, yx - xy),
        (zy - yz, xz - zx, yx - xy, 1 + xx + yy + zz),
    )
    largest = max(range(4), key=lambda k: found[k][k])
    length = 2 * math.sqrt(found[largest][largest])
    x, y, z, w = (value / length for value in found[largest])
    return x, y, z, w
