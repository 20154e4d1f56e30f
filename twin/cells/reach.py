"""Whether an arm reaches a port, straight along its approach, and if not, why.

Everything here is seen from the arm's base frame. A solution of PyBullet's inverse kinematics
counts only if forward kinematics and the joint limits say so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from twin.cells.maps import VERDICTS, ReachMap
from twin.cells.robot import Array, Robot, wrap
from twin.cells.scene import EMPTY, Near, Scene
from twin.layout.catalog import TOUCH
from twin.pose import apply, invert

ROLLS = 12  # turns of the tool about its own axis that are tried
STARTS = 12  # of the inverse kinematics for each; 10 miss no pose of 500, one misses every ninth
MORE = 20  # starts of an arm of more than six joints
DRAWN = 400  # configurations among which such an arm starts from the nearest to its target
TURN_LENGTH = 0.3  # m: what a radian counts there, as far as from the wrist to the tool
POSITION_TOLERANCE = 1e-5  # m
ANGLE_TOLERANCE = 1e-4  # rad
LINE_STEP = 0.005  # m: between the points of a straight approach
LARGEST_TURN = 0.15  # rad: of a joint within one such step; more is a jump to another branch
STRAIGHT_MARGIN = 0.005  # m: from everything but the port's own machine on a straight approach
ENOUGH = 8  # ways to come to a port are enough to choose from
TURNS = 3  # of the tool about its own axis that are tried at each point of a map
CLEAR = 0.003  # m from everything there
NEARER = 12  # points between a port that is not reached and the shoulder


@dataclass(frozen=True)
class Goal:
    """A port in the arm's base frame: point [m] (3,) of the tool's tip, direction of the tool,
    straight way [m]; what the arm holds there, by the scene's number; how far that, and the tool,
    may come into the port's machine [m], how far its middle lies beside the tool's axis [m], and
    the number of the gripper that works; the rest of what is held, without what that one has, and
    the parts that do not lie around it then.
    """

    port: str  # "machine.port"
    machine: str
    position: Array
    direction: Array
    clear: float
    held: int = 1
    contacts: tuple[float, float] = (TOUCH, TOUCH)
    aside: tuple[float, float] = (0.0, 0.0)
    tip: int = 0
    rest: int = EMPTY
    absent: tuple[str, ...] = ()

    def poses(self, point: Array) -> Array:
        """Poses (n, 4, 4) of the tool that bring the middle of what it holds to a point (3,)."""
        found = np.array(list(tool_poses(point, self.direction)))
        found[:, :3, 3] -= found[:, :3, :2] @ np.array(self.aside)
        return found

    @property
    def above(self) -> Array:
        """Where the straight way to the port begins."""
        return self.position - self.clear * self.direction


@dataclass(frozen=True)
class Verdict:
    """Why a port is not reached: radius, orientation, limits, approach or collision."""

    reason: str
    message: str
    value: float | None = None
    limit: float | None = None
    unit: str = ""


@dataclass(frozen=True)
class Ways:
    """Straight lines (n, dof) to a port, the nearest to home first; or none and the verdict.

    `branches`: how many ways to hold the tool there are, at the turn of the tool that has most; q
    (dof,), where a pose was found though no line is: the one nearest to home.
    """

    lines: list[Array]
    verdict: Verdict | None = None
    branches: int = 0
    q: Array | None = None


@dataclass(frozen=True)
class Distance:
    """How far a point is from the shoulder, and how far the arm comes in that direction [m]."""

    value: float
    limit: float

    @property
    def within(self) -> bool:
        return self.value <= self.limit


def distance(robot: Robot, point: Array, direction: Array) -> Distance:
    """How far `point` is, against how far the tool gets that way when it points along `direction`.

    The last joint lies on the tool's axis at a known distance behind the tip, at most `robot.span`
    from the shoulder; the limit is where the ray from the shoulder leaves that sphere.
    """
    back = np.linalg.inv(robot.tip)[:3, 3]  # the last joint, seen from the tip
    radius = robot.span + float(np.hypot(back[0], back[1]))
    offset = back[2] * direction
    way = point - robot.shoulder
    length = float(np.linalg.norm(way))
    if length < 1e-9:
        return Distance(0.0, radius)
    unit = way / length
    along = float(unit @ offset)
    inside = along**2 - float(offset @ offset) + radius**2
    return Distance(length, float(np.sqrt(inside)) - along if inside > 0 else 0.0)


def tool_poses(point: Array, direction: Array) -> Iterator[Array]:
    """Poses (4, 4) of the tool at `point` along `direction`, turned about its own axis."""
    z = direction / np.linalg.norm(direction)
    other = np.eye(3)[int(np.argmin(np.abs(z)))]
    x = np.cross(other, z)
    x /= np.linalg.norm(x)
    y = np.cross(z, x)
    for roll in range(ROLLS):
        angle = 2 * np.pi * roll / ROLLS
        pose = np.eye(4)
        pose[:3, 0] = np.cos(angle) * x + np.sin(angle) * y
        pose[:3, 1] = -np.sin(angle) * x + np.cos(angle) * y
        pose[:3, 2], pose[:3, 3] = z, point
        yield pose


def error(robot: Robot, q: Array, target: Array) -> Array:
    """What is missing from q's tool to the target: (..., 6), m and rad, in the base's frame."""
    return _missing(robot.tool(q), target)


def _missing(at: Array, target: Array) -> Array:
    turn = target[..., :3, :3] @ np.swapaxes(at[..., :3, :3], -1, -2)
    axis = np.stack(
        [
            turn[..., 2, 1] - turn[..., 1, 2],
            turn[..., 0, 2] - turn[..., 2, 0],
            turn[..., 1, 0] - turn[..., 0, 1],
        ],
        axis=-1,
    )
    sine = np.linalg.norm(axis, axis=-1)[..., None] / 2
    cosine = ((np.trace(turn, axis1=-2, axis2=-1) - 1) / 2)[..., None]
    angle = np.arctan2(sine, cosine)
    short = sine <= 1e-12
    rotation = axis / 2 * np.where(short, 1.0, angle / np.where(short, 1.0, sine))
    # Half a turn has no axis here: far off in any case.
    rotation = np.where(short & (cosine < 0), [np.pi, 0.0, 0.0], rotation)
    return np.concatenate([target[..., :3, 3] - at[..., :3, 3], rotation], axis=-1)


def polish(
    robot: Robot, q: Array, target: Array, steps: int = 8
) -> tuple[Array, NDArray[np.bool_]]:
    """Damped least squares (Wampler 1986) from near ones to targets (n, 4, 4), n at once.

    Configurations (n, dof), and which of them meet their target (n,); the joint limits are not
    looked at, but by an arm with a joint to spare, which is held within them on the way. An arm of
    fewer than six joints may turn its tool about its own axis as it likes.
    """
    q = np.array(q, float)
    met = np.zeros(len(q), bool)
    left = np.arange(len(q))
    for step in range(steps + 1):
        frames = robot.frames(q[left])
        tools = frames[:, -1] @ robot.tip
        missing = _missing(tools, target[left])
        if robot.dof < 6:
            missing = _rolled(missing, tools)
        close = _close(missing)
        met[left[close]] = True
        left, frames, missing, tools = left[~close], frames[~close], missing[~close], tools[~close]
        if step == steps or not len(left):
            break
        jacobian = robot.jacobian_at(frames)
        if robot.dof < 6:
            jacobian = np.stack(
                [_rolled(column, tools) for column in np.moveaxis(jacobian, -1, 0)], -1
            )
        back = np.swapaxes(jacobian, -1, -2)
        square = jacobian @ back + 1e-8 * np.eye(6)
        turn = (back @ np.linalg.solve(square, missing[..., None]))[..., 0]
        q[left] += np.clip(turn, -0.3, 0.3)
        if robot.dof > 6:
            q[left] = np.clip(q[left], robot.lower, robot.upper)
    return q, met


def _rolled(moves: Array, tools: Array) -> Array:
    """Moves or what is missing (n, 6), without the turn about the axis of the tools (n, 4, 4)."""
    axis = tools[:, :3, 2]
    turn = moves[:, 3:]
    about = np.sum(turn * axis, axis=-1, keepdims=True) * axis
    return np.concatenate([moves[:, :3], turn - about], axis=-1)


def _close(missing: Array) -> NDArray[np.bool_]:
    return (np.linalg.norm(missing[..., :3], axis=-1) < POSITION_TOLERANCE) & (
        np.linalg.norm(missing[..., 3:], axis=-1) < ANGLE_TOLERANCE
    )


def solutions(
    scene: Scene, targets: Array, near: Array, random: np.random.Generator
) -> tuple[list[tuple[Array, Array]], bool]:
    """Distinct configurations (dof,) with the tool at one of the targets (n, 4, 4), and which one.

    Each is wrapped towards `near`. And whether some were found that a joint limit forbids.
    """
    robot = scene.robot
    starts = MORE if robot.dof > 6 else STARTS
    seeds = np.concatenate([np.vstack([near, s]) for s in _starts(robot, targets, starts, random)])
    wanted = np.repeat(targets, starts, axis=0)
    answers = np.array([scene.inverse(*pair) for pair in zip(wanted, seeds, strict=True)])
    # With fewer than six joints PyBullet looks for a turn of the tool that there may not be, and
    # with more it goes beyond limits that there are ways around.
    answers, met = polish(robot, answers, wanted, 8 if robot.dof == 6 else 40)
    found: list[tuple[Array, Array]] = []
    beyond = False
    for first in range(0, len(wanted), starts):
        distinct: list[Array] = []
        for index in np.flatnonzero(met[first : first + starts]) + first:
            q = wrap(answers[index], near, robot)
            if not robot.within(q):
                beyond = True
            elif all(np.max(np.abs(q - other)) > 0.02 for other in distinct):
                distinct.append(q)
        found += [(q, targets[first // starts]) for q in distinct]
    return found, beyond


def _starts(
    robot: Robot, targets: Array, count: int, random: np.random.Generator
) -> Iterator[Array]:
    """For each target (n, 4, 4), all but one of `count` drawn configurations (count - 1, dof).

    Ranges of an arm with a joint to spare are narrow, and most of what is drawn within them leads
    nowhere: half of its starts are those of many that come nearest to the target.
    """
    low, high = _window(robot)
    if robot.dof <= 6:
        for _ in targets:
            yield random.uniform(low, high, (count - 1, robot.dof))
        return
    drawn = random.uniform(low, high, (DRAWN, robot.dof))
    tools = robot.tool(drawn)
    for target in targets:
        missing = _missing(tools, target)
        off = np.linalg.norm(missing[:, :3], axis=-1)
        off += TURN_LENGTH * np.linalg.norm(missing[:, 3:], axis=-1)
        close = np.argsort(off, kind="stable")[: count // 2]
        yield np.vstack(
            [drawn[close], random.uniform(low, high, (count - 1 - len(close), robot.dof))]
        )


def _window(robot: Robot) -> tuple[Array, Array]:
    """Limits for drawn starts: half a turn each way where the joint turns further."""
    middle = np.clip(0.0, robot.lower, robot.upper)
    low = np.maximum(robot.lower, middle - np.pi)
    return low, np.minimum(robot.upper, np.maximum(middle, low) + np.pi)


def straight(robot: Robot, q: Array, targets: Array, back: float) -> list[Array | None]:
    """Straight lines (k, dof) from `back` [m] behind each target pose (n, 4, 4) to it, n at once.

    q (n, dof) are those at the targets. None where the arm cannot follow without a jump or a limit.
    """
    count = max(4, int(np.ceil(back / LINE_STEP)) + 1)
    lines = np.empty((count, *q.shape))
    lines[-1] = q
    alive = np.arange(len(q))
    for k, share in enumerate(np.linspace(0.0, 1.0, count)[1:], 1):
        poses = targets[alive].copy()
        poses[:, :3, 3] -= share * back * poses[:, :3, 2]
        before = lines[-k, alive]
        following, met = polish(robot, before, poses)
        turned = np.max(np.abs(following - before), axis=1)
        met &= robot.keeps(following) & (turned <= LARGEST_TURN)
        alive = alive[met]
        lines[-k - 1, alive] = following[met]
    followed = set(alive.tolist())
    return [lines[:, n] if n in followed else None for n in range(len(q))]


def blocked(scene: Scene, line: Array, goal: Goal) -> Near | None:
    """What is in the way of a straight line (n, dof) to a port, with what is held there; the part
    that is taken or put down there may be, too, as it lies."""
    with scene.without(goal.absent):
        asked = line, goal.held, STRAIGHT_MARGIN
        found = scene.clash(*asked, port=goal.machine, contacts=goal.contacts)
    if found is None and goal.held != goal.rest and len(line) > 1:
        found = scene.meets_taken(line, goal.held, goal.rest)
    return found


def ways(scene: Scene, goal: Goal, home: Array, seed: int) -> Ways:
    """Straight lines of configurations to a port, or the verdict that says why there are none."""
    for place, point in (("", goal.position), ("before ", goal.above)):
        far = distance(scene.robot, point, goal.direction)
        if not far.within:
            return Ways([], _too_far(goal, place, far))
    poses = goal.poses(goal.position)
    candidates, beyond = solutions(scene, poses, home, np.random.default_rng(seed))
    if not candidates:
        return Ways([], _no_pose(goal, beyond))
    branches = max(Counter(pose.tobytes() for _, pose in candidates).values())
    candidates.sort(key=lambda pair: float(np.max(np.abs(pair[0] - home) / scene.robot.velocity)))
    lines, verdict = _lines(scene, goal, candidates)
    return Ways(lines, verdict, branches, candidates[0][0])


def nearest(scene: Scene, goal: Goal, home: Array, seed: int) -> Array | None:
    """The point (3,) [m] on the line from a port that is not reached to the arm's shoulder, in the
    base's frame, at which the tool can be held as the port asks; None where there is none.

    Looked for in NEARER steps; the machine that is served is not asked for more room.
    """
    towards = scene.robot.shoulder - goal.position
    for share in np.arange(1, NEARER) / NEARER:
        point = goal.position + share * towards
        if not distance(scene.robot, point, goal.direction).within:
            continue
        poses = goal.poses(point)[:: ROLLS // 4]
        found, _ = solutions(scene, poses, home, np.random.default_rng(seed))
        if any(blocked(scene, q[None], goal) is None for q, _ in found):
            return point
    return None


def _lines(
    scene: Scene, goal: Goal, candidates: list[tuple[Array, Array]]
) -> tuple[list[Array], Verdict | None]:
    lines: list[Array] = []
    hits: list[Near] = []
    parts: list[Near] = []  # what only the part hits, where the arm would pass
    for first in range(0, len(candidates), ENOUGH):
        some = candidates[first : first + ENOUGH]
        ends = [blocked(scene, q[None], goal) for q, _ in some]
        for (q, _), hit in zip(some, ends, strict=True):
            if hit is not None:
                hits.append(hit)
                parts += _only_the_part(scene, q[None], goal)
        free = [pair for pair, hit in zip(some, ends, strict=True) if hit is None]
        if not free:
            continue
        followed = straight(
            scene.robot, np.array([q for q, _ in free]), np.array([t for _, t in free]), goal.clear
        )
        for line in followed:
            hit = blocked(scene, line, goal) if line is not None else None
            if line is not None and hit is not None:
                hits.append(hit)
                parts += _only_the_part(scene, line, goal)
            elif line is not None:
                lines.append(line)
        if len(lines) >= ENOUGH:
            return lines[:ENOUGH], None
    if lines:
        return lines, None
    if not hits:
        return [], _no_line(goal)
    return [], _in_collision(goal, scene.robot.dof, hits, parts)


def _only_the_part(scene: Scene, line: Array, goal: Goal) -> list[Near]:
    """What the part hits on a line (n, dof) to a port that the arm passes with empty hands."""
    if blocked(scene, line, replace(goal, held=EMPTY, rest=EMPTY)) is not None:
        return []
    hit = blocked(scene, line, goal)
    return [hit] if hit is not None else []


def _too_far(goal: Goal, place: str, far: Distance) -> Verdict:
    point = goal.port if not place else f"the point {goal.clear * 1000:.0f} mm {place}{goal.port}"
    return Verdict(
        "radius",
        f"cannot reach {point}: {far.value:.2f} m from its shoulder, its limit is "
        f"{far.limit:.2f} m with the tool held as the port asks; "
        f"bring them {max(far.value - far.limit, 0.01):.2f} m nearer to each other",
        far.value,
        far.limit,
        "m",
    )


def _no_pose(goal: Goal, beyond: bool) -> Verdict:
    if beyond:
        return Verdict(
            "limits",
            f"reaches {goal.port} only with a joint beyond its limit; turn or move the arm",
        )
    x, y, z = goal.direction
    return Verdict(
        "orientation",
        f"cannot bring its tool to {goal.port} along ({x:.2f}, {y:.2f}, {z:.2f}) as seen from its "
        "base, though the distance is in range; move the arm, or let the port be approached "
        "another way",
    )


def _no_line(goal: Goal) -> Verdict:
    return Verdict(
        "approach",
        f"reaches {goal.port}, but not straight from {goal.clear * 1000:.0f} mm before it without "
        "a jump of a joint; move the arm or ask for a shorter straight way",
        unit="m",
        limit=goal.clear,
    )


def _in_collision(goal: Goal, dof: int, hits: list[Near], parts: list[Near]) -> Verdict:
    """Names what is most often in the way, of the part where the arm would pass; the depth is that
    of the least deep such way."""
    asked = parts or hits
    (body, other), _ = Counter((hit.body, hit.other) for hit in asked).most_common(1)[0]
    same = [hit for hit in asked if (hit.body, hit.other) == (body, other)]
    depth = min(-hit.distance for hit in same)
    passes = "with empty hands, but not with what it carries: " if parts else "only in collision: "
    return Verdict(
        "collision",
        f"reaches {goal.port} {passes}its {body} with {other} "
        f"({max(depth, 0.0) * 1000:.0f} mm deep at least, {len(hits)} ways tried); "
        f"{_what_helps(goal, dof, same[0])}",
        max(depth, 0.0),
        0.0,
        "m",
    )


def _what_helps(goal: Goal, dof: int, hit: Near) -> str:
    """What is to be done about two bodies that meet: room helps against what stands around only."""
    if hit.second < 0:
        return "give it more room there"
    if hit.second <= dof:
        return "the arm meets itself there: move or turn it, or take a larger one"
    if hit.index > dof:
        return (
            "no room there helps, as they meet in its hands: take a tool whose grippers stand "
            "further apart, grip the parts otherwise (beyond, aside, turn), or have it bring and "
            "fetch them one by one (exchange: false)"
        )
    if hit.index == dof:
        return (
            f"its straight way there is {goal.clear * 1000:.0f} mm: ask for a longer one (clear), "
            "or have it grip the part nearer to its end (beyond)"
        )
    return (
        "no room there helps, as it holds the part too near to itself: grip the part otherwise "
        "(beyond, aside, turn), or take a longer tool"
    )


def reach_map(scene: Scene, points: Array, direction: Array, home: Array) -> ReachMap:
    """Of each of the points (n, 3) [m] in the world, whether the arm's tool comes there along
    `direction` (3,), empty-handed and without touching anything; `home` (dof,) is where it starts
    to look from."""
    inverse = invert(scene.base)
    turned = scene.base_matrix[:3, :3].T @ np.asarray(direction, float)
    found = np.empty(len(points), np.int8)
    random = np.random.default_rng(0)
    for k, point in enumerate(points):
        found[k] = _verdict(scene, apply(inverse, point), turned, home, random)
    return ReachMap(np.asarray(points, float), found)


def _verdict(
    scene: Scene, point: Array, direction: Array, home: Array, random: np.random.Generator
) -> int:
    if not distance(scene.robot, point, direction).within:
        return VERDICTS.index("radius")
    poses = np.array(list(tool_poses(point, direction)))[:: ROLLS // TURNS]
    candidates, _ = solutions(scene, poses, home, random)
    if not candidates:
        return VERDICTS.index("orientation")
    if any(scene.clash(q, EMPTY, CLEAR) is None for q, _ in candidates):
        return VERDICTS.index("reachable")
    return VERDICTS.index("collision")
