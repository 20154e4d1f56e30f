"""A transfer as a robot's program: way points in the joints, straight lines of the tool, gripper.

Speeds and accelerations are such that a controller that ramps its speed up and down in straight
lines, as those of Universal Robots do, takes as long for each move as physics says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from twin.cells.robot import Array, Robot
from twin.cells.transfer import Motion, Transfer
from twin.errors import LayoutError, TwinError

JOINTS, LINE, CLOSE, OPEN, WAIT = "joints", "line", "close", "open", "wait"
STANDING = {"grip": CLOSE, "release": OPEN, "wait": WAIT}  # motions in which the arm stands still
SAME = 1e-6  # rad (m): what is nearer to a straight line in the joints lies on it
# Arms whose controllers read URScript and count their joints as these assets do.
URSCRIPT = re.compile(r"arm/ur\d+e?")
_MOVE = re.compile(r"(movej|movel)\(\[([^\]]*)\], a=([^,]*), v=([^)]*)\)")
_GRIPPER = re.compile(r"set_tool_digital_out\(([01]), (True|False)\)")
_SLEEP = re.compile(r"sleep\(([^)]*)\)")
_FRAME = re.compile(r"def \w+\(\):|end|\w+\(\)|")


@dataclass(frozen=True)
class Step:
    """One instruction of a program.

    "joints": all joints go straight and together to `to` (dof,) [rad, m]; speed [rad/s] and
    acceleration [rad/s2] are those of the joint that turns most. "line": the tool goes straight to
    where the joints are `to`; speed [m/s], acceleration [m/s2]. "close" and "open": the gripper
    `tip`, which takes `wait` [s]. "wait": standing so long, for a door.
    """

    kind: str
    to: tuple[float, ...] = ()
    speed: float = 0.0
    acceleration: float = 0.0
    wait: float = 0.0
    tip: int = 0

    def duration(self, way: float) -> float:
        """How long it takes [s] where the leading joint turns by `way` [rad], or the tool goes as
        far [m]: up to its speed and down to rest, each with its acceleration."""
        if self.kind in (CLOSE, OPEN, WAIT) or way == 0.0:
            return self.wait
        if way * self.acceleration >= self.speed**2:
            return way / self.speed + self.speed / self.acceleration
        return 2.0 * float(np.sqrt(way / self.acceleration))


@dataclass(frozen=True)
class Program:
    """What an arm does for one transfer, between the ports `stops`, from standing at `start` (dof,)
    [rad, m] on."""

    arm: str
    stops: tuple[str, ...]
    start: tuple[float, ...]
    steps: tuple[Step, ...]

    def as_dict(self) -> dict[str, object]:
        """For JSON: angles in rad, lengths in m, times in s."""
        return asdict(self)


def program(transfer: Transfer, robot: Robot, share: float, straight: float) -> Program:
    """The program of a transfer of an arm that may use a share (0..1) of its joints' speeds, and
    `straight` [m/s] on straight lines."""
    steps: list[Step] = []
    for motion in transfer.motions:
        inside = _inside(transfer, motion)
        times, path = transfer.times[inside], transfer.path[inside]
        if motion.kind in STANDING:
            takes = motion.end - motion.start
            steps.append(Step(STANDING[motion.kind], wait=takes, tip=motion.tip))
        elif motion.kind == "travel":
            steps += _joint_moves(times, path, robot.velocity * share)
        else:
            ends = robot.tool(path[[0, -1]])[:, :3, 3]
            way = float(np.linalg.norm(ends[1] - ends[0]))
            steps.append(_move(LINE, path[-1], way, float(times[-1] - times[0]), straight))
    start = tuple(transfer.path[0].tolist())
    return Program(transfer.arm, transfer.stops, start, tuple(steps))


def _inside(transfer: Transfer, motion: Motion) -> NDArray[np.intp]:
    """Indices of a motion's samples, both ends included."""
    times = transfer.times
    return np.flatnonzero((times >= motion.start - 1e-9) & (times <= motion.end + 1e-9))


def corners(path: Array) -> list[int]:
    """Indices of the points between which a path (n, dof) is straight, the first and the last
    included."""
    kept = [0]
    for k in range(1, len(path) - 1):
        if _off_line(path[kept[-1]], path[k], path[k + 1]) > SAME:
            kept.append(k)
    return [*kept, len(path) - 1]


def _off_line(a: Array, point: Array, b: Array) -> float:
    """How far a point is from the line a-b, in the joint that is furthest."""
    way = b - a
    square = float(way @ way)
    share = float(np.clip((point - a) @ way / square, 0.0, 1.0)) if square > 0.0 else 0.0
    return float(np.max(np.abs(a + share * way - point)))


def _joint_moves(times: Array, path: Array, velocity: Array) -> Iterator[Step]:
    """A move from corner to corner, as fast as the slowest joint allows."""
    for a, b in pairwise(corners(path)):
        turns = np.abs(path[b] - path[a])
        way = float(np.max(turns))
        if way > SAME:
            speed = way / float(np.max(turns / velocity))
            yield _move(JOINTS, path[b], way, float(times[b] - times[a]), speed)


def _move(kind: str, to: Array, way: float, duration: float, speed: float) -> Step:
    """A move over `way` [rad or m] that takes `duration` [s] and is no faster than `speed`.

    With a ramp up and one down, way = v (T - v / a); where the speed would not be reached in time,
    way = a T^2 / 4.
    """
    if duration >= 2.0 * way / speed:
        acceleration = 4.0 * way / duration**2
        speed = acceleration * duration / 2.0
    else:
        acceleration = speed / max(duration - way / speed, 1e-3)
    return Step(kind, tuple(to.tolist()), speed, acceleration)


# --- URScript ------------------------------------------------------------------------------------


def urscript(made: Program, asset: str) -> str:
    """The program in the language of Universal Robots' controllers (movej, movel).

    Straight lines are given by joints, too, which the controller turns into the tool's place: so
    no frame has to be taught. The gripper hangs at the tool's first output, the other one of a
    double gripper at its second. Raises LayoutError
    where the arm's asset is none of theirs.
    """
    if not URSCRIPT.fullmatch(asset):
        raise LayoutError(
            f"{made.arm}: URScript is for arms of Universal Robots (arm/ur5e, ...), not for "
            f"{asset}; take the way points as JSON"
        )
    name = re.sub(r"[^A-Za-z0-9]", "_", f"move_{'_to_'.join(made.stops)}")
    first = next((step for step in made.steps if step.kind == JOINTS), None)
    lines = [
        f"# {made.arm}: {' -> '.join(made.stops)}",
        "# A gripper is expected at tool output 0, a second one at 1,",
        "# their mass and the part's in the installation.",
        "# The times are predicted, the way was validated: run it slowly first.",
        f"def {name}():",
    ]
    if first is not None:
        lines.append(_written(Step(JOINTS, made.start, first.speed, first.acceleration)))
    for step in made.steps:
        if step.kind in (CLOSE, OPEN):
            lines += [
                f"  set_tool_digital_out({step.tip}, {step.kind == CLOSE})",
                f"  sleep({step.wait:.6f})",
            ]
        elif step.kind == WAIT:
            lines.append(f"  sleep({step.wait:.6f})  # a door opens: wait for its signal instead")
        else:
            lines.append(_written(step))
    return "\n".join([*lines, "end", f"{name}()", ""])


def _written(step: Step) -> str:
    joints = ", ".join(f"{angle:.6f}" for angle in step.to)
    word = "movel" if step.kind == LINE else "movej"
    return f"  {word}([{joints}], a={step.acceleration:.6f}, v={step.speed:.6f})"


def read_urscript(text: str) -> tuple[Step, ...]:
    """The steps of a program as `urscript` writes it, the move to its start first. Raises TwinError
    naming the line that is something else."""
    steps: list[Step] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.split("#")[0].strip()
        try:
            step = _read(line, steps[-1] if steps else None)
        except ValueError as error:
            raise TwinError(f"line {number}: {line!r}: expected numbers") from error
        if step is None and not _FRAME.fullmatch(line):
            raise TwinError(
                f"line {number}: {line!r}: expected movej, movel, set_tool_digital_out or sleep"
            )
        if step is not None and step.kind in (CLOSE, OPEN) and step.wait:
            steps.pop()  # the gripper whose time this is
        if step is not None:
            steps.append(step)
    return tuple(steps)


def _read(line: str, before: Step | None) -> Step | None:
    """The step that a line is, or, of the gripper, what the one before becomes."""
    if move := _MOVE.fullmatch(line):
        kind, joints, acceleration, speed = move.groups()
        to = tuple(float(angle) for angle in joints.split(","))
        return Step(LINE if kind == "movel" else JOINTS, to, float(speed), float(acceleration))
    if gripper := _GRIPPER.fullmatch(line):
        return Step(CLOSE if gripper[2] == "True" else OPEN, tip=int(gripper[1]))
    if pause := _SLEEP.fullmatch(line):
        gripper_moves = before is not None and before.kind in (CLOSE, OPEN) and not before.wait
        if before and gripper_moves:
            return replace(before, wait=float(pause[1]))
        return Step(WAIT, wait=float(pause[1]))
    return None
