"""Programs of transfers: the same way and time, written as URScript and read back."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from tests.cells.sketches import layout, one_tester, raw_cell, write_assets
from twin.cells.factory import Factory, validate
from twin.cells.program import (
    CLOSE,
    JOINTS,
    LINE,
    OPEN,
    WAIT,
    Program,
    corners,
    program,
    read_urscript,
    urscript,
)
from twin.cells.robot import Robot
from twin.cells.trajectory import speeds, table, tools
from twin.cells.transfer import Profile, Transfer
from twin.errors import LayoutError, TwinError
from twin.layout import rules
from twin.pose import Pose, matrix, upright

BASE: Pose = upright(2.0, 2.0, 0.8)


@pytest.fixture(scope="module")
def factory(tmp_path_factory: pytest.TempPathFactory) -> Factory:
    home = tmp_path_factory.mktemp("home")
    write_assets(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TWIN_HOME", str(home))
        patch.setenv("TWIN_CACHE", str(home / "cache"))
        patch.setattr(rules, "check", lambda layout: ())
        return validate(layout(one_tester(raw_cell())))


@pytest.fixture(scope="module")
def transfer(factory: Factory) -> Transfer:
    (found,) = factory.transfers.values()
    return found


@pytest.fixture(scope="module")
def made(transfer: Transfer, ur5e: Robot) -> Program:
    return program(transfer, ur5e, 1.0, 0.25)


def test_it_goes_out_takes_brings_and_comes_home(made: Program, transfer: Transfer) -> None:
    kinds = [step.kind for step in made.steps]
    still = [kind for a, kind in pairwise(["", *kinds]) if kind != a or kind != JOINTS]
    assert still == [JOINTS, LINE, CLOSE, LINE, JOINTS, LINE, OPEN, LINE, JOINTS]
    assert made.start == pytest.approx(transfer.path[0])
    assert made.steps[-1].to == pytest.approx(transfer.path[0])


def test_it_takes_as_long_as_the_transfer(made: Program, transfer: Transfer, ur5e: Robot) -> None:
    here, taken = np.array(made.start), 0.0
    for step in made.steps:
        way = 0.0
        if step.kind == JOINTS:
            way = float(np.max(np.abs(step.to - here)))
        elif step.kind == LINE:
            way = float(np.linalg.norm((ur5e.tool(step.to) - ur5e.tool(here))[:3, 3]))
        here = np.array(step.to) if step.to else here
        taken += step.duration(way)
    assert taken == pytest.approx(transfer.duration, abs=1e-6)


def test_urscript_read_back_is_the_same_way(made: Program, transfer: Transfer, ur5e: Robot) -> None:
    """Each sample lies on a move that was read: on a line in the joints, or of the tool."""
    first, *steps = read_urscript(urscript(made, "arm/ur5e"))
    assert first.to == pytest.approx(made.start, abs=1e-6)
    assert [step.kind for step in steps] == [step.kind for step in made.steps]
    here, k = np.array(first.to), 0
    path = transfer.path
    for step in steps:
        if step.kind in (CLOSE, OPEN):
            assert step.wait == pytest.approx(0.5)
            continue
        there, begun = np.array(step.to), k
        while np.max(np.abs(path[k] - there)) > 2e-6:
            k += 1  # an IndexError here: the way never comes to where the program says
        on_way = path[begun : k + 1]
        if step.kind == LINE:
            on_way, here, there = (ur5e.tool(q)[..., :3, 3] for q in (on_way, here, there))
        way = there - here
        share = np.clip((on_way - here) @ way / (way @ way), 0.0, 1.0)
        off = np.abs(here + share[:, None] * way - on_way)
        assert off.max() < (1e-4 if step.kind == LINE else 5e-6)
        here = np.array(step.to)
    assert len(path) - k <= 2


def test_joints_are_counted_as_the_maker_counts_them(ur5e: Robot) -> None:
    """The flange by the maker's Denavit-Hartenberg parameters; its base may be turned about z.

    Source of the numbers: Universal Robots, DH parameters for calculations of kinematics.
    """
    d = (0.1625, 0.0, 0.0, 0.1333, 0.0997, 0.0996)
    a = (0.0, -0.425, -0.3922, 0.0, 0.0, 0.0)
    twist = np.array([1, 0, 0, 1, -1, 0]) * np.pi / 2
    random = np.random.default_rng(1)
    turned = None
    for q in random.uniform(-np.pi, np.pi, (5, 6)):
        pose = np.eye(4)
        for k in range(6):
            c, s, ct, st = np.cos(q[k]), np.sin(q[k]), np.cos(twist[k]), np.sin(twist[k])
            link = [[c, -s * ct, s * st, a[k] * c], [s, c * ct, -c * st, a[k] * s]]
            pose = pose @ np.array([*link, [0, st, ct, d[k]], [0, 0, 0, 1]])
        tool = ur5e.tool(q)
        away = (tool[:3, 3] - pose[:3, 3])[2]
        assert abs(away) < 0.5  # the gripper
        axis = pose[:3, :3][:, 2]
        angle = np.arctan2(*tool[:2, 2][::-1]) - np.arctan2(*axis[:2][::-1])
        angle = float(np.angle(np.exp(1j * angle)))
        assert tool[2, 2] == pytest.approx(axis[2], abs=1e-9)
        turned = angle if turned is None else turned
        assert np.exp(1j * angle) == pytest.approx(np.exp(1j * turned), abs=1e-6)


def test_a_path_is_told_by_its_corners() -> None:
    path = np.array([[0.0, 0.0], [0.1, 0.1], [0.5, 0.5], [0.5, 0.6], [0.5, 1.0], [0.5, 1.0]])
    assert corners(path) == [0, 2, 5]


def test_another_makers_arm_and_a_strange_line_are_refused(made: Program) -> None:
    with pytest.raises(LayoutError, match="arm/panda; take the way points"):
        urscript(made, "arm/panda")
    with pytest.raises(TwinError, match="line 2: 'popup"):
        read_urscript('end\npopup("hello")')
    with pytest.raises(TwinError, match="expected numbers"):
        read_urscript("movej([a, b], a=1, v=1)")


def test_standing_before_a_door_is_a_pause_of_its_own(transfer: Transfer, ur5e: Robot) -> None:
    first, *rest = transfer.motions
    half = (first.start + first.end) / 2
    door = replace(first, kind="wait", start=half, end=first.end, bound="door")
    waiting = replace(transfer, motions=(replace(first, end=half), door, *rest))
    steps = program(waiting, ur5e, 1.0, 0.25).steps
    (pause,) = [step for step in steps if step.kind == WAIT]
    assert pause.wait == pytest.approx(first.end - half)
    read = read_urscript(urscript(program(waiting, ur5e, 1.0, 0.25), "arm/ur5e"))
    assert [step.kind for step in read[1:]] == [step.kind for step in steps]


def test_speeds_are_those_of_the_samples_and_rest_at_the_ends(
    transfer: Transfer, ur5e: Robot
) -> None:
    found = speeds(transfer)
    assert np.max(np.abs(found) / ur5e.velocity) < 1.01
    for motion in transfer.motions:
        k = int(np.argmin(np.abs(transfer.times - motion.end)))
        assert not found[k].any()
    way = np.sum((found[1:] + found[:-1]) / 2 * np.diff(transfer.times)[:, None], axis=0)
    assert way == pytest.approx(transfer.path[-1] - transfer.path[0], abs=0.01)


def test_the_tool_is_where_kinematics_has_it(transfer: Transfer, ur5e: Robot) -> None:
    rows = tools(transfer, ur5e, BASE)
    frames = matrix(BASE) @ ur5e.tool(transfer.path)
    for row, frame in zip(rows, frames, strict=True):
        assert matrix(Pose(row[:3], row[3:])) == pytest.approx(frame, abs=1e-9)
    assert np.max(np.abs(np.diff(rows[:, 3:], axis=0))) < 0.2


def test_the_table_has_a_row_a_sample_and_a_unit_a_column(transfer: Transfer, ur5e: Robot) -> None:
    head, *rows = table(transfer, ur5e, BASE).splitlines()
    names = head.split(",")
    assert names[:2] == ["time [s]", "joint_1 [rad]"] and names[-1] == "tool qz"
    assert len(names) == 1 + 3 * 6 + 7 and len(rows) == len(transfer.times)
    assert float(rows[-1].split(",")[0]) == pytest.approx(transfer.duration, abs=1e-6)
    count = len(rows)
    near = Profile(tuple(transfer.times), (0.25,) * count, ("hand and rack",) * (count - 1) + ("",))
    head, *rows = table(replace(transfer, near=near), ur5e, BASE).splitlines()
    assert head.split(",") == [*names, "least distance [m]"]
    assert rows[0].endswith(",0.250000") and rows[-1].endswith(",")  # nothing is within reach
    still = replace(transfer, motions=())
    assert not speeds(still).any()
