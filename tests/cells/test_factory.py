"""validate: from a layout to transfers and findings, by way of another process and a cache."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.cells.sketches import layout, one_tester, raw_cell, write_assets
from twin.cells import factory as factories
from twin.cells import judgement, process
from twin.cells.cell import cell_of, wanted
from twin.cells.factory import Factory, validate
from twin.cells.judgement import solve
from twin.cells.robot import Robot
from twin.cells.timing import ACCELERATION
from twin.cells.transfer import Solution
from twin.errors import LayoutError
from twin.layout import rules
from twin.layout.rules import Finding


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_assets(tmp_path)
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Factory:
    """The whole small cell, judged once."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("judged")
        write_assets(folder)
        patch.setenv("TWIN_HOME", str(folder))
        patch.setenv("TWIN_CACHE", str(folder / "cache"))
        patch.setattr(rules, "check", lambda layout: ())
        return validate(layout(raw_cell()))


def test_every_transfer_that_is_asked_for_is_found(judged: Factory) -> None:
    assert judged.findings == ()
    assert list(judged.transfers) == [
        ("cobot", "rack.slot", "test-1.slot"),
        ("cobot", "rack.slot", "test-2.slot"),
        ("cobot", "test-1.slot", "rack.slot"),
        ("cobot", "test-2.slot", "rack.slot"),
    ]
    assert judged.unchecked


def test_measured_limits_narrow_the_times(judged: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the accelerations that are assumed otherwise, nothing changes but how sure it is."""
    monkeypatch.setattr(rules, "check", lambda layout: ())
    raw = raw_cell()
    raw["arms"]["cobot"]["limits"] = {"acceleration": [float(ACCELERATION)] * 6}
    factory = validate(layout(raw))
    for way, known in factory.transfers.items():
        assumed = judged.transfers[way]
        assert known.duration == pytest.approx(assumed.duration)
        assert known.high == pytest.approx(known.duration)
        assert known.high - known.low < 0.3 * (assumed.high - assumed.low)
    raw["arms"]["cobot"]["limits"] = {"speed": [0.2] * 6, "acceleration": [1.0] * 5}
    (finding,) = validate(layout(raw)).findings
    assert "the acceleration that is told of cobot has 5 numbers" in finding.message
    del raw["arms"]["cobot"]["limits"]["acceleration"]
    for way, slow in validate(layout(raw)).transfers.items():
        assert slow.duration > judged.transfers[way].duration


def test_a_transfer_begins_and_ends_at_home_and_keeps_the_limits(judged: Factory) -> None:
    homes = {transfer.path[0].tobytes() for transfer in judged.transfers.values()}
    assert len(homes) == 1
    for transfer in judged.transfers.values():
        steps = np.diff(transfer.times)
        assert transfer.times[0] == 0.0 and np.all(steps > 0)
        assert np.allclose(transfer.path[0], transfer.path[-1], atol=1e-9)
        speed = np.abs(np.diff(transfer.path, axis=0)) / steps[:, None]
        assert speed.max() <= np.pi * 1.001
        assert 0 < transfer.grip < transfer.release < transfer.duration
        assert 2.0 < transfer.duration < 15.0
        assert 0.003 <= transfer.clearance < 0.6 and transfer.nearest
        assert 0.0 < transfer.torque < 1.0


def test_the_gripper_is_at_the_ports_when_it_closes_and_opens(judged: Factory, ur5e) -> None:
    ports = {"rack": (1.4, 2.2), "test-1": (2.6, 2.2), "test-2": (2.2, 2.6)}
    for transfer in judged.transfers.values():
        for time, port in ((transfer.grip, transfer.origin), (transfer.release, transfer.target)):
            index = int(np.argmin(np.abs(transfer.times - time)))
            assert transfer.times[index] == pytest.approx(time, abs=1e-9)
            tool = ur5e.tool(transfer.path[index])
            x, y = ports[port.split(".")[0]]
            assert tool[:3, 3] == pytest.approx([x - 2, y - 2, 0.1], abs=1e-4)
            assert tool[:3, 2] == pytest.approx([0, 0, -1], abs=1e-3)
            before = int(np.argmin(np.abs(transfer.times - (time - 0.5))))
            assert np.allclose(transfer.path[before], transfer.path[index], atol=1e-9)


def test_the_part_moves_straight_up_and_down(judged: Factory, ur5e) -> None:
    """Around the moment of gripping the tool leaves its vertical only 0.1 m higher."""
    for transfer in judged.transfers.values():
        tools = ur5e.tool(transfer.path)[:, :3, 3]
        for time in (transfer.grip, transfer.release):
            index = int(np.argmin(np.abs(transfer.times - time)))
            off = np.linalg.norm(tools[:, :2] - tools[index, :2], axis=1)
            after = tools[index:, 2][off[index:] > 1e-3][0]
            before = tools[:index, 2][off[:index] > 1e-3][-1]
            assert min(after, before) > tools[index, 2] + 0.09


def test_two_runs_give_the_same_bits(judged: Factory, cache: Path) -> None:
    again = validate(layout(one_tester(raw_cell())))
    key = ("cobot", "rack.slot", "test-1.slot")
    assert np.array_equal(again.transfers[key].path, judged.transfers[key].path)
    assert again.transfers[key].clearance == judged.transfers[key].clearance
    plan = layout(one_tester(raw_cell()))
    inside = solve(cell_of(plan, "cobot", wanted(plan)[0]["cobot"], 2.0))
    assert np.array_equal(inside.transfers[0].path, again.transfers[key].path)


def refused(raw: dict[str, Any]) -> dict[str, Any]:
    """A cell that is judged in no time: its arm may not move."""
    raw["arms"]["cobot"]["speed"] = 0
    return raw


def test_what_was_judged_once_is_not_judged_again(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = layout(refused(raw_cell()))
    told: list[tuple[int, int, str]] = []
    first = validate(plan, progress=lambda *what: told.append(what))
    monkeypatch.setattr(factories, "_judged", lambda *cell: pytest.fail("judged again"))
    second = validate(plan, progress=lambda *what: told.append(what))
    assert told == [(1, 1, "cobot"), (1, 1, "")]
    assert second.key == first.key and second.findings == first.findings != ()
    raw = refused(raw_cell())
    raw["machines"]["far"]["at"] = [3.7, 0.3]
    moved = validate(layout(raw))
    assert moved.findings == first.findings and moved.key != first.key


def test_a_damaged_file_in_the_cache_costs_time_only(cache: Path) -> None:
    raw = refused(raw_cell())
    first = validate(layout(raw))
    (kept,) = (cache / "cells").iterdir()
    kept.write_bytes(b"damaged")
    assert validate(layout(raw)).findings == first.findings != ()
    assert kept.read_bytes() != b"damaged"


def test_a_tester_out_of_reach_is_an_error_with_its_numbers() -> None:
    raw = one_tester(raw_cell())
    raw["machines"]["test-1"]["at"] = [3.5, 2.2]
    found = validate(layout(raw))
    assert found.transfers == {}
    (finding,) = found.findings
    assert (finding.rule, finding.where) == ("cell/reach", "arms/cobot/test-1.slot")
    assert (finding.severity, finding.unit) == ("error", "m")
    shoulder = np.array([2, 2, 0.9625])
    away = np.linalg.norm(np.array([3.5, 2.2, 0.9]) - shoulder)
    assert finding.value == pytest.approx(away) and finding.limit is not None
    assert 0.8 < finding.limit < 0.95
    assert f"cobot cannot reach test-1.slot: {away:.2f} m from its shoulder" in finding.message


def test_a_machine_over_the_foot_is_a_collision_before_any_motion() -> None:
    raw = one_tester(raw_cell())
    raw["machines"]["tower"] = {"asset": "test/tall", "at": [2.15, 2.0]}
    found = validate(layout(raw))
    assert [finding.rule for finding in found.findings] == ["cell/collision"]
    assert "foot of cobot" in found.findings[0].message and "tower" in found.findings[0].message
    assert found.findings[0].value == pytest.approx(0.0745, abs=0.005)


def test_a_wall_is_in_the_way_of_an_arm_as_a_machine_is() -> None:
    raw = one_tester(raw_cell())
    raw["floor"]["walls"] = {"near": {"points": [[2.12, 1.5], [2.12, 2.5]]}}
    found = validate(layout(raw))
    (told,) = [finding for finding in found.findings if finding.rule == "cell/collision"]
    assert "foot of cobot" in told.message and "wall near" in told.message


def test_a_payload_beyond_the_rating_is_refused_with_numbers() -> None:
    raw = raw_cell()
    raw["arms"]["cobot"]["payload"] = 7.5
    (finding,) = validate(layout(raw)).findings
    assert (finding.rule, finding.limit) == ("cell/limits", 5.0)
    assert finding.value == pytest.approx(7.5 + 0.9, abs=1e-3)  # its gripper, too


@pytest.mark.parametrize(
    ("change", "says"),
    [({"speed": 0.0}, "never moves"), ({"home": [0.0, 1.0]}, "must be 6 angles")],
)
def test_an_arm_that_cannot_be_moved_is_refused(change: dict[str, object], says: str) -> None:
    raw = one_tester(raw_cell())
    raw["arms"]["cobot"].update(change)
    (finding,) = validate(layout(raw)).findings
    assert finding.rule == "cell/limits" and says in finding.message


def test_a_home_inside_a_machine_is_named() -> None:
    raw = one_tester(raw_cell())
    raw["arms"]["cobot"]["home"] = [0.0, 0.9, 0.0, 0.0, 0.0, 0.0]
    (finding,) = validate(layout(raw)).findings
    assert (finding.rule, finding.where) == ("cell/collision", "arms/cobot/home")
    assert "deep" in finding.message


def test_a_home_of_ones_own_is_kept() -> None:
    raw = one_tester(raw_cell())
    home = np.deg2rad([30.0, -90, 90, -90, -90, 0])
    raw["arms"]["cobot"]["home"] = home.tolist()
    (transfer,) = validate(layout(raw)).transfers.values()
    assert transfer.path[0] == pytest.approx(home)


def test_a_process_that_dies_is_a_finding_and_not_the_end(
    monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    real = subprocess.Popen

    def dying(command: list[str], **options: object) -> object:
        code = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
        return real([sys.executable, "-c", code], **options)  # type: ignore[call-overload]

    process.let_go()
    monkeypatch.setattr(subprocess, "Popen", dying)
    (finding,) = validate(layout(one_tester(raw_cell()))).findings
    assert (finding.rule, finding.severity) == ("cell/crashed", "error")
    assert "SIGSEGV" in finding.message
    assert not (cache / "cells").exists()


def test_a_process_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(factories, "TIMEOUT", 0.05)
    (finding,) = validate(layout(one_tester(raw_cell()))).findings
    assert finding.rule == "cell/crashed" and "not done after" in finding.message


def test_an_arm_file_that_cannot_be_read_is_misuse(home: Path) -> None:
    folder = home / "assets" / "test" / "arm"
    folder.mkdir(parents=True)
    text = (home / "assets/test/stand/asset.yaml").read_text(encoding="utf-8")
    (folder / "asset.yaml").write_text(text + "urdf: arm.urdf\n", encoding="utf-8")
    (folder / "arm.urdf").write_text("<robot name='x'><link name='a'/></robot>", encoding="utf-8")
    raw = one_tester(raw_cell())
    raw["arms"]["cobot"]["asset"] = "test/arm"
    with pytest.raises(LayoutError, match=r"arm\.urdf: robot: has no moving joint"):
        validate(layout(raw))


def test_beside_an_error_of_the_rules_an_unknown_arm_is_said_and_not_raised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong = Finding("names", "arms/cobot", "error", "no such asset")
    monkeypatch.setattr(rules, "check", lambda layout: (wrong,))
    raw = one_tester(raw_cell())
    raw["arms"]["cobot"]["asset"] = "arm/none"
    found = validate(layout(raw))
    assert found.findings[0] == wrong
    assert [finding.rule for finding in found.findings] == ["names", "cell/unjudged"]


def test_a_port_that_is_not_there_is_an_error() -> None:
    raw = one_tester(raw_cell())
    raw["products"]["board"]["route"][0]["load"]["from"] = "rack.slit"
    (finding,) = validate(layout(raw)).findings
    assert (finding.rule, finding.where) == ("cell/port", "products/board/test/load")


def test_without_arms_and_from_the_cache_no_physics_is_loaded(home: Path, cache: Path) -> None:
    """PyBullet and ruckig stay out of a process that has nothing new to judge."""
    validate(layout(refused(raw_cell())))
    code = (
        "import sys\n"
        "from tests.cells.sketches import layout, raw_cell\n"
        "from twin.layout import rules\n"
        "rules.check = lambda layout: ()\n"
        "from twin.cells.factory import validate\n"
        "raw = raw_cell()\n"
        "raw['arms']['cobot']['payload'] = 7.5\n"
        "assert [f.rule for f in validate(layout(raw)).findings] == ['cell/limits']\n"
        "step = raw['products']['board']['route'][0]\n"
        "del raw['arms']['cobot'], step['load'], step['unload']\n"
        "found = validate(layout(raw))\n"
        "assert found.findings == () and found.unchecked == ()\n"
        "print({'pybullet', 'ruckig', 'trimesh'} & set(sys.modules))\n"
    )
    root = Path(__file__).parents[2]
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    assert ended.stdout.strip() == "set()", ended.stderr


# --- what else is said ---------------------------------------------------------------------------


def judge(raw: dict[str, Any]) -> Solution:
    """In this process, so that a limit can be set."""
    plan = layout(raw)
    return solve(cell_of(plan, "cobot", wanted(plan)[0]["cobot"], 2.0))


def test_a_search_that_ends_says_how_much_was_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judgement, "CHECKS", 3)
    found = judge(one_tester(raw_cell()))
    (finding,) = found.findings
    assert found.transfers == ()
    assert (finding.rule, finding.where) == ("cell/path", "arms/cobot/rack.slot -> test-1.slot")
    assert f"within {finding.value:.0f} checks" in finding.message
    assert "impossible" not in finding.message


def test_a_motion_that_passes_closely_is_a_warning_and_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(judgement, "LOW", 0.5)
    found = judge(one_tester(raw_cell()))
    (finding,), (transfer,) = found.findings, found.transfers
    assert (finding.rule, finding.severity) == ("cell/clearance", "warning")
    assert finding.value == transfer.clearance and transfer.nearest in finding.message


def test_a_motion_that_needs_too_much_torque_is_an_error(home: Path, ur5e: Robot) -> None:
    weak = replace(ur5e, joints=tuple(replace(joint, effort=10.0) for joint in ur5e.joints))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judgement, "fitted", lambda cell: weak)
        found = judge(one_tester(raw_cell()))
    (finding,) = found.findings
    assert (finding.rule, finding.limit, finding.unit) == ("cell/limits", 10.0, "Nm")
    assert finding.value is not None and finding.value > 10.0
    assert found.transfers[0].torque == pytest.approx(finding.value / 10.0)


def test_two_arms_that_can_meet_are_a_warning() -> None:
    raw = refused(raw_cell())
    raw["arms"]["other"] = {"asset": "arm/ur5e", "at": [2.9, 2.0], "height": 0.8}
    shared = [f for f in validate(layout(raw)).findings if f.rule == "cell/shared"]
    assert [(f.severity, f.where) for f in shared] == [("warning", "arms/cobot")]
    assert "0.90 m apart" in shared[0].message
