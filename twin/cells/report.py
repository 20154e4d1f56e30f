"""What an engineer is told of the cells of a layout: verdicts, targets, transfers, joints, loads.

Everything is taken from what physics found; nothing is judged here anew but which word it comes to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from twin.cells.cell import Cell, cell_of, tool_path, urdf_path, wanted, with_tool
from twin.cells.factory import ROOM, Factory
from twin.cells.load import Diagram, Load, diagram, loads_of, payload
from twin.cells.robot import Array, Robot
from twin.cells.store import cell_key
from twin.cells.timing import ACCELERATION, FASTEST, SLOWEST
from twin.cells.tool import load_tool
from twin.cells.trajectory import speeds
from twin.cells.transfer import Carry, Motion, Profile, Target, Transfer
from twin.layout.catalog import base_pose, load_asset
from twin.layout.rules import Finding
from twin.layout.schema import Layout
from twin.pose import apply

PASS, WARNED, FAIL, UNCHECKED = "pass", "pass with warnings", "fail", "not checked"
WORST = (FAIL, UNCHECKED, WARNED, PASS)
# Physics itself could not be asked; elsewhere it has answered.
UNJUDGED = ("cell/unjudged", "cell/crashed", "cell/robot")


@dataclass(frozen=True)
class Span:
    """The least and the most of something, its limits, and the largest share (0..1) of one of them
    that it takes: of a position, how far it is from the middle."""

    least: float
    most: float
    lower: float
    upper: float
    share: float


@dataclass(frozen=True)
class JointUse:
    """What a transfer asks of one joint: position [rad, m], speed [rad/s, m/s], torque [Nm, N]."""

    name: str
    unit: str
    position: Span
    speed: Span
    torque: Span


@dataclass(frozen=True)
class Moment:
    """Where the arm is nearest to something: `body` and `other`, at the time `at` [s], with its
    tool at `tool` (x, y, z) [m] in the world and its joints at `q`."""

    clearance: float
    body: str
    other: str
    at: float
    tool: tuple[float, ...]
    q: tuple[float, ...]


@dataclass(frozen=True)
class TransferReport:
    """One transfer: what is carried, its time [s] within low and high, its way in words, which
    part is in which gripper from where to where, its motions, its nearest moment, how near it is
    over time (None: not asked for), its joints, the largest share of a torque limit (None: not
    known), its energy [J]."""

    arm: str
    origin: str
    target: str
    piece: str
    duration: float
    low: float
    high: float
    grip: float
    release: float
    way: str
    carries: tuple[Carry, ...]
    motions: tuple[Motion, ...]
    nearest: Moment
    near: Profile | None
    joints: tuple[JointUse, ...]
    torque: float | None
    energy: float


@dataclass(frozen=True)
class CellReport:
    """One arm: its verdict and the first reason for it, what it serves and does, the most
    that it carries at once and its tool [kg] against its rating, and what they are about its last
    joints against what the maker allows. `assumption` says what the times rest on, `key` (SHA-256)
    is of all that the result depends on."""

    arm: str
    label: str
    asset: str
    verdict: str
    reason: str
    key: str
    assumption: str
    payload: float
    tool: float
    rating: float | None
    loads: tuple[Load, ...]
    diagram: Diagram | None
    targets: tuple[Target, ...]
    transfers: tuple[TransferReport, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Report:
    """All cells of a layout. `unchecked`: what physics did not look at, in words; `findings`: those
    that are of no one arm."""

    layout: str
    verdict: str
    reason: str
    version: str
    key: str
    seed: str
    cells: tuple[CellReport, ...]
    findings: tuple[Finding, ...]
    unchecked: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """For JSON, in SI: m, s, kg, rad, Nm, J."""
        return asdict(self)


SEED = "none to choose: chance is drawn from the content of each cell, the same for the same cell"


def robot_of(layout: Layout, arm: str) -> Robot:
    """The robot of an arm, with its tool. Raises LayoutError where its files cannot be used."""
    one = layout.arms[arm]
    return with_tool(urdf_path(one.asset, load_asset(one.asset)), tool_path(one))


def judged_cell(layout: Layout, arm: str, robot: Robot) -> Cell:
    """The cell of an arm, as `validate` has it judged."""
    pairs, _ = wanted(layout)
    return cell_of(layout, arm, pairs[arm], robot.length + ROOM)


def report(factory: Factory, version: str) -> Report:
    """What physics found of the cells of a layout, in full. `version` is the program's."""
    layout = factory.layout
    cells = tuple(_cell(factory, arm) for arm in layout.arms)
    mine = {finding for cell in cells for finding in cell.findings}
    others = tuple(finding for finding in factory.findings if finding not in mine)
    words = [(cell.verdict, cell.reason) for cell in cells]
    if not cells:
        words.append((UNCHECKED, "the layout has no arm"))
    if any(finding.severity == "error" for finding in others):
        words.append(_verdict(others))
    verdict, reason = min(words, key=lambda pair: WORST.index(pair[0]))
    unchecked = factory.unchecked
    return Report(
        layout.name, verdict, reason, version, factory.key, SEED, cells, others, unchecked
    )


def verdict(factory: Factory, arm: str) -> tuple[str, str]:
    """The verdict on one arm's cell, and the first reason for it ("" where it passes)."""
    found = findings_of(factory.findings, arm)
    if any(finding.severity == "error" for finding in found):
        return _verdict(found)
    solution = factory.solutions.get(arm)
    if solution is None or not solution.targets:
        return UNCHECKED, f"no route asks anything of {arm}"
    return _verdict(found)


def findings_of(findings: Iterable[Finding], arm: str) -> tuple[Finding, ...]:
    """Those of an arm, errors first."""
    place = f"arms/{arm}"
    mine = [f for f in findings if f.where == place or f.where.startswith(f"{place}/")]
    return tuple(sorted(mine, key=lambda finding: finding.severity != "error"))


def _verdict(findings: Iterable[Finding]) -> tuple[str, str]:
    found = sorted(findings, key=lambda finding: finding.severity != "error")
    if not found:
        return PASS, ""
    first = found[0]
    if first.severity != "error":
        return WARNED, first.message
    return (UNCHECKED if first.rule in UNJUDGED else FAIL), first.message


def _cell(factory: Factory, name: str) -> CellReport:
    arm = factory.layout.arms[name]
    found = findings_of(factory.findings, name)
    word, reason = verdict(factory, name)
    solution = factory.solutions.get(name)
    if solution is None:  # its files cannot be read: all that is known is why
        bare = (name, arm.label or name, arm.asset, word, reason, "", "", arm.payload, 0.0, None)
        return CellReport(*bare, (), None, (), (), found)
    robot = robot_of(factory.layout, name)
    cell = judged_cell(factory.layout, name, robot)
    transfers = tuple(_transfer(factory.layout, robot, cell, one) for one in solution.transfers)
    return CellReport(
        name,
        arm.label or name,
        arm.asset,
        word,
        reason,
        cell_key(cell),
        assumption(cell),
        payload(cell),
        load_tool(Path(cell.tool)).body.mass if cell.tool else 0.0,
        cell.rating,
        loads_of(cell),
        diagram(cell),
        solution.targets,
        transfers,
        found,
    )


def assumption(cell: Cell) -> str:
    """What the times of a cell's transfers rest on, in words."""
    share = f"{100 * cell.speed:g} % of the joints' speeds, {cell.straight:g} m/s on straight lines"
    if cell.acceleration:
        return (
            f"{share}; accelerations as the maker tells them; low: with rounded corners, "
            "high: at rest at each corner"
        )
    return (
        f"{share}; accelerations are not published: nominal at {np.degrees(ACCELERATION):.0f} "
        f"deg/s2, low at {FASTEST * ACCELERATION:.0f} rad/s2 with rounded corners, high at "
        f"{SLOWEST * ACCELERATION:.1f} rad/s2"
    )


def _transfer(layout: Layout, robot: Robot, cell: Cell, one: Transfer) -> TransferReport:
    return TransferReport(
        one.arm,
        one.origin,
        one.target,
        one.piece,
        one.duration,
        one.low,
        one.high,
        one.grip,
        one.release,
        one.way,
        one.carries,
        one.motions,
        _nearest(layout, robot, one),
        one.near,
        joint_use(robot, one, cell.speed),
        None if "torque" in cell.unknown else one.torque,
        one.energy,
    )


def _nearest(layout: Layout, robot: Robot, one: Transfer) -> Moment:
    travels = [motion for motion in one.motions if motion.kind == "travel"]
    least = min(travels, key=lambda motion: motion.clearance)
    q = one.path[int(np.argmin(np.abs(one.times - least.at)))]
    tool = apply(base_pose(layout, one.arm), robot.tool(q)[:3, 3])
    return Moment(
        least.clearance, least.body, least.other, least.at, tuple(tool.tolist()), tuple(q.tolist())
    )


def joint_use(robot: Robot, one: Transfer, share: float) -> tuple[JointUse, ...]:
    """What a transfer asks of each joint; of its speed, the cell allows a share (0..1)."""
    fast = robot.velocity * share
    used = []
    for k, (joint, speed) in enumerate(zip(robot.joints, speeds(one).T, strict=True)):
        limit, effort = float(fast[k]), joint.effort
        used.append(
            JointUse(
                joint.name,
                "m" if joint.prismatic else "rad",
                _span(one.path[:, k], joint.lower, joint.upper),
                _span(speed, -limit, limit),
                _span(one.effort[:, k], -effort, effort),
            )
        )
    return tuple(used)


def _span(values: Array, lower: float, upper: float) -> Span:
    middle, half = (lower + upper) / 2, (upper - lower) / 2
    share = float(np.max(np.abs(values - middle))) / half if half > 0.0 else 0.0
    return Span(float(np.min(values)), float(np.max(values)), lower, upper, share)
