"""The report on cells: it repeats what physics found, and puts it in one word."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.cells.sketches import layout, one_tester, raw_cell, write_assets
from twin.cells import judgement, process
from twin.cells.factory import Factory, distances_over_time, validate, with_distances
from twin.cells.report import (
    FAIL,
    PASS,
    UNCHECKED,
    WARNED,
    Report,
    judged_cell,
    report,
    robot_of,
    verdict,
)
from twin.cells.robot import Robot
from twin.cells.scene import Scene
from twin.layout import rules
from twin.layout.rules import Finding


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    write_assets(folder)
    return folder


@pytest.fixture(autouse=True)
def own_assets(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWIN_HOME", str(home))


@pytest.fixture(scope="module")
def factory(home: Path) -> Factory:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TWIN_HOME", str(home))
        patch.setenv("TWIN_CACHE", str(home / "cache"))
        patch.setattr(rules, "check", lambda layout: ())
        return validate(layout(one_tester(raw_cell())))


@pytest.fixture
def told(factory: Factory) -> Report:
    return report(factory, "1.0")


def test_a_cell_that_works_passes_and_says_what_it_rests_on(told: Report, factory: Factory) -> None:
    (cell,) = told.cells
    assert (told.verdict, told.reason, cell.verdict) == (PASS, "", PASS)
    assert (told.version, told.key) == ("1.0", factory.key)
    assert cell.targets == factory.solutions["cobot"].targets
    assert "180 deg/s2" in cell.assumption and "0.25 m/s" in cell.assumption
    assert (cell.payload, cell.rating) == (0.2, 5.0)
    assert told.unchecked == factory.unchecked


def test_the_key_is_the_one_that_results_are_kept_under(
    told: Report, home: Path, factory: Factory
) -> None:
    assert (home / "cache" / "cells" / f"{told.cells[0].key}.cell").is_file()


def test_joints_are_within_the_limits_that_physics_kept(
    told: Report, factory: Factory, ur5e: Robot
) -> None:
    (one,), (transfer,) = told.cells[0].transfers, factory.transfers.values()
    assert [joint.name for joint in one.joints] == [joint.name for joint in ur5e.joints]
    for k, joint in enumerate(one.joints):
        assert joint.position.least == transfer.path[:, k].min()
        assert joint.torque.most == transfer.effort[:, k].max()
        assert joint.speed.upper == ur5e.velocity[k]
        for span in (joint.position, joint.speed, joint.torque):
            assert span.lower <= span.least <= span.most <= span.upper or span is joint.speed
            assert 0.0 <= span.share < 1.01
    assert max(joint.torque.share for joint in one.joints) == pytest.approx(transfer.torque)


def test_the_nearest_moment_is_the_transfers_own(told: Report, factory: Factory) -> None:
    (one,), (transfer,) = told.cells[0].transfers, factory.transfers.values()
    assert (one.nearest.clearance, one.nearest.other) == (transfer.clearance, transfer.nearest)
    k = int(np.argmin(np.abs(transfer.times - one.nearest.at)))
    assert one.nearest.q == pytest.approx(transfer.path[k])
    assert one.low < one.duration < one.high


def test_distances_over_time_come_as_near_as_the_motions_say(factory: Factory) -> None:
    (transfer,) = factory.solutions["cobot"].transfers
    (found,) = distances_over_time(factory, "cobot", [transfer])
    assert found.times == tuple(transfer.times.tolist())
    for motion in transfer.motions:
        if motion.other == "its stand":
            continue  # which is left out of what is told over time
        during = [
            (distance, between)
            for time, distance, between in zip(
                found.times, found.distances, found.between, strict=True
            )
            if motion.start < time < motion.end
        ]
        # At its samples only: never nearer than on the whole way, and not much further.
        nearest = min(during, default=(motion.clearance, ""))
        assert motion.clearance - 1e-6 <= nearest[0] <= motion.clearance + 0.05
    least = min(zip(found.distances, found.between, strict=True))
    others = "rack", "test-1", "test-2", "the floor", "far", "part at rack.slot"
    assert least[1].split(" and ")[1] in others


def test_a_report_tells_the_distances_of_a_factory_that_knows_them(
    factory: Factory, told: Report
) -> None:
    assert told.cells[0].transfers[0].near is None
    found = with_distances(factory)
    (one,) = report(found, "1.0").cells[0].transfers
    (transfer,) = found.transfers.values()
    assert transfer is found.solutions["cobot"].transfers[0]
    assert one.near == transfer.near and one.near is not None
    assert one.near.times == tuple(transfer.times.tolist())
    travels = [motion.clearance for motion in one.motions if motion.other != "its stand"]
    assert min(one.near.distances) == pytest.approx(min(travels), abs=0.02)


def test_what_is_known_is_not_asked_for_again(
    factory: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = with_distances(factory)

    def asked(*_: object) -> bytes:
        raise AssertionError("asked again")

    monkeypatch.setattr(process, "ask", asked)
    assert with_distances(found).transfers == found.transfers
    assert with_distances(factory, []).transfers == factory.transfers


def test_all_transfers_of_an_arm_are_looked_at_in_one_scene(
    factory: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenes = []

    class Counted(Scene):
        def __enter__(self) -> Scene:
            scenes.append(self)
            return super().__enter__()

    monkeypatch.setattr(judgement, "Scene", Counted)
    cell = judged_cell(factory.layout, "cobot", robot_of(factory.layout, "cobot"))
    (transfer,) = factory.solutions["cobot"].transfers
    asked = {"times": [0.0], "path": transfer.path[:1].tolist(), "held": [""], "apart": [""]}
    asked |= {"events": [[e.port, e.kind, e.piece] for e in transfer.events], "done": [0]}
    first, second = judgement.profiled(cell, [asked, {**asked, "held": [transfer.piece]}])
    assert len(scenes) == 1 and len(first.times) == 1
    assert second.distances[0] <= first.distances[0]


def test_it_is_json_without_a_gap(told: Report) -> None:
    read = json.loads(json.dumps(told.as_dict(), allow_nan=False))
    assert read["cells"][0]["transfers"][0]["motions"][0]["kind"] == "travel"


def test_a_target_out_of_reach_fails_with_the_reason() -> None:
    raw = one_tester(raw_cell())
    raw["machines"]["test-1"]["at"] = [3.6, 2.2]
    found = report(validate(layout(raw)), "1.0")
    assert found.verdict == FAIL and found.reason.startswith("cobot cannot reach test-1.slot")
    verdicts = {target.port: target.verdict for target in found.cells[0].targets}
    assert verdicts == {"rack.slot": "reachable", "test-1.slot": "radius"}


def test_words_of_the_worst_come_first(factory: Factory) -> None:
    def with_finding(rule: str, severity: str) -> Factory:
        found = Finding(rule, "arms/cobot/x", severity, "so it is")  # type: ignore[arg-type]
        return Factory(factory.layout, findings=(found,), solutions=factory.solutions)

    assert verdict(with_finding("cell/clearance", "warning"), "cobot") == (WARNED, "so it is")
    assert verdict(with_finding("cell/reach", "error"), "cobot") == (FAIL, "so it is")
    assert verdict(with_finding("cell/crashed", "error"), "cobot") == (UNCHECKED, "so it is")
    assert verdict(Factory(factory.layout), "cobot")[0] == UNCHECKED


def test_an_arm_whose_files_cannot_be_read_is_not_checked() -> None:
    raw = one_tester(raw_cell())
    raw["arms"]["cobot"]["asset"] = "test/stand"
    why = Finding("cell/unjudged", "arms/cobot", "error", "cobot not judged: it is no arm")
    found = report(Factory(layout(raw), findings=(why,)), "1.0")
    assert (found.verdict, found.reason) == (UNCHECKED, why.message)
    assert found.cells[0].transfers == ()
