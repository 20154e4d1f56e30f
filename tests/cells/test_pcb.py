"""The cobot of the PCB line: its two testers, its two trays, the machines as they are drawn."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ruamel.yaml import YAML

from twin.cells.factory import Factory, validate
from twin.layout.schema import Layout

PCB = Path(__file__).parents[2] / "layouts" / "pcb_line.yaml"


def raw_line() -> dict[str, Any]:
    return YAML(typ="safe").load(PCB)


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Factory:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TWIN_CACHE", str(tmp_path_factory.mktemp("cache")))
        return validate(Layout.model_validate(raw_line()))


def test_all_four_transfers_are_found_with_room_and_in_a_plausible_time(line: Factory) -> None:
    assert line.findings == ()
    assert set(line.transfers) == {
        ("cobot", "tray-in.slot", "test-1.nest"),
        ("cobot", "tray-in.slot", "test-2.nest"),
        ("cobot", "test-1.nest", "tray-out.slot"),
        ("cobot", "test-2.nest", "tray-out.slot"),
    }
    for transfer in line.transfers.values():
        assert 5.0 < transfer.duration < 15.0
        assert transfer.clearance >= 0.02
        at = transfer.nearest.removeprefix("part at ").partition(".")[0]
        assert at in {"tray-in", "tray-out", "test-1", "test-2"}
        assert 0.0 < transfer.torque < 1.0


def test_the_samples_follow_each_other_closely_and_keep_the_speed(line: Factory) -> None:
    for transfer in line.transfers.values():
        for (t, q), (later, following) in pairwise(zip(transfer.times, transfer.path, strict=True)):
            assert 0.0 < later - t <= 0.5 + 1e-9  # the gripper's half second is one interval
            assert np.max(np.abs(following - q)) <= 0.6 * np.pi * (later - t) * 1.001


def test_a_tester_one_metre_further_is_named_with_arm_port_distance_and_limit() -> None:
    raw = raw_line()
    raw["machines"]["test-1"]["at"] = [3.25, 7.25]
    found = validate(Layout.model_validate(raw))
    (finding,) = [f for f in found.findings if f.severity == "error"]
    assert (finding.rule, finding.where) == ("cell/reach", "arms/cobot/test-1.nest")
    away = np.linalg.norm(np.array([3.25, 7.25, 0.95]) - np.array([2.9, 5.6, 0.9625]))
    assert finding.value == pytest.approx(away, abs=1e-6)
    assert finding.limit is not None and 0.85 < finding.limit < 0.95
    assert finding.message.startswith(
        f"cobot cannot reach test-1.nest: {away:.2f} m from its shoulder, its limit is 0."
    )
    assert set(found.transfers) == {
        ("cobot", "tray-in.slot", "test-2.nest"),
        ("cobot", "test-2.nest", "tray-out.slot"),
    }
