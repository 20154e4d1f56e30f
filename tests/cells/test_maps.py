"""Maps of reach against what is known of the arm, and of what stands in the way."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.cells.sketches import layout, raw_cell, write_assets
from twin.cells import maps
from twin.cells.factory import reach_around
from twin.cells.maps import VERDICTS
from twin.cells.robot import Robot
from twin.errors import LayoutError


@pytest.fixture(autouse=True)
def assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    write_assets(tmp_path)


def test_the_arm_reaches_as_far_as_its_links(ur5e: Robot) -> None:
    """Alone, its tool down at the height of its shoulder: a ring."""
    raw = raw_cell()
    raw["machines"] = {"far": {"asset": "test/tall", "at": [3.8, 0.2]}}
    raw["stations"], raw["products"], raw["orders"] = {}, {}, {}
    found = reach_around(layout(raw), "cobot", 1.2, step=0.15)
    away = np.hypot(*(found.points[:, :2] - [2, 2]).T)
    verdicts = np.array(VERDICTS)[found.verdicts]
    assert np.all(verdicts[(away > 0.35) & (away < 0.75)] == "reachable")
    assert np.all(verdicts[away > 1.0] == "radius")
    assert not np.any(verdicts == "collision")


def test_what_stands_in_the_way_is_seen() -> None:
    raw = raw_cell()
    raw["machines"]["far"]["at"] = [2.45, 2.0]  # 1.6 m high, 0.45 m from the arm
    raw["stations"], raw["products"], raw["orders"] = {}, {}, {}
    found = reach_around(layout(raw), "cobot", 1.2, step=0.15)
    within = np.all(np.abs(found.points[:, :2] - [2.45, 2.0]) < 0.15, axis=1)
    assert within.any()
    assert np.all(found.verdicts[within] == VERDICTS.index("collision"))


def test_a_map_comes_back_from_its_file(tmp_path: Path) -> None:
    made = maps.ReachMap(np.arange(6.0).reshape(2, 3), np.array([0, 3], np.int8))
    maps.write_map(tmp_path / "map", made)
    found = maps.read_map((tmp_path / "map").read_bytes())
    assert np.array_equal(found.points, made.points)
    assert np.array_equal(found.verdicts, made.verdicts)


def test_an_arm_that_is_not_there_is_named() -> None:
    with pytest.raises(LayoutError, match="no arm 'robot'"):
        reach_around(layout(raw_cell()), "robot", 1.0)
