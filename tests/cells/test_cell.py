"""What a layout asks of its arms, as plain values."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cells.sketches import layout, raw_cell, write_assets
from twin.cells.cell import cell_of, read_cell, wanted
from twin.errors import LayoutError


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_assets(tmp_path)
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    return tmp_path


def test_loads_and_unloads_become_pairs_of_ports_in_the_order_of_the_route() -> None:
    pairs, problems = wanted(layout(raw_cell()))
    assert problems == []
    assert pairs == {
        "cobot": [
            ("rack.slot", "test-1.slot"),
            ("rack.slot", "test-2.slot"),
            ("test-1.slot", "rack.slot"),
            ("test-2.slot", "rack.slot"),
        ]
    }


def test_an_arm_that_nothing_asks_for_has_no_pairs() -> None:
    raw = raw_cell()
    raw["arms"]["idle"] = {"asset": "arm/ur5e", "at": [1, 1]}
    assert wanted(layout(raw))[0]["idle"] == []


@pytest.mark.parametrize(
    ("phase", "says"),
    [
        ({"by": "cobot"}, "has no 'from'"),
        ({"by": "cobot", "from": "rack"}, "write machine.port"),
        ({"by": "cobot", "from": "rack.slit"}, "no port 'slit'; it has: slot"),
        ({"by": "cobot", "from": "rock.slot"}, "no machine 'rock'"),
        ({"by": "cobot", "from": "rack.slot", "to": "nest"}, "no port 'nest'"),
        ({"by": "cobot", "from": "far.slot"}, "no port 'slot'; it has: none"),
    ],
)
def test_what_cannot_be_asked_is_said_with_its_place(phase: dict[str, str], says: str) -> None:
    raw = raw_cell()
    raw["products"]["board"]["route"][0]["load"] = phase
    pairs, problems = wanted(layout(raw))
    assert any(p.startswith("products/board/test/load: ") and says in p for p in problems)
    assert pairs["cobot"] == [("test-1.slot", "rack.slot"), ("test-2.slot", "rack.slot")]


def test_walls_and_belts_within_reach_stand_around_the_arm_by_their_stretches() -> None:
    raw = raw_cell()
    raw["floor"]["walls"] = {"w": {"points": [[1, 3], [3, 3], [3, 3.9]], "thickness": 0.2}}
    raw["floor"]["walls"]["off"] = {"points": [[0, 0.1], [0.5, 0.1]]}
    raw["conveyors"] = {"b": {"points": [[1, 1], [3, 1]], "height": 0.7}}
    near = cell_of(layout(raw), "cobot", [], 1.1).machines
    assert {name for name in near if " " in name} == {"wall w, stretch 1", "conveyor b"}
    assert near["wall w, stretch 1"].asset["size"] == pytest.approx([2.1, 0.2, 2.5])
    assert near["conveyor b"].asset["size"] == pytest.approx([2.0, 0.4, 0.7])
    assert near["conveyor b"].at == (2.0, 1.0)


def test_the_own_port_can_be_named() -> None:
    raw = raw_cell()
    raw["products"]["board"]["route"][0]["load"]["to"] = "slot"
    assert wanted(layout(raw))[0]["cobot"][0] == ("rack.slot", "test-1.slot")


def test_a_cell_holds_ports_in_the_world_and_only_near_machines() -> None:
    plan = layout(raw_cell())
    cell = cell_of(plan, "cobot", wanted(plan)[0]["cobot"], 1.5)
    assert set(cell.machines) == {"rack", "test-1", "test-2"}
    assert cell.ports["test-1.slot"].position == pytest.approx((2.6, 2.2, 0.9))
    assert cell.ports["test-1.slot"].direction == pytest.approx((0, 0, -1))
    assert cell.rating == 5.0 and [held.mass for held in cell.pieces] == [0.2]


def test_a_cell_survives_the_way_to_another_process() -> None:
    plan = layout(raw_cell())
    cell = cell_of(plan, "cobot", wanted(plan)[0]["cobot"], 1.5)
    assert read_cell(cell.text()) == cell


def test_a_machine_out_of_reach_does_not_change_the_cell() -> None:
    raw = raw_cell()
    texts = []
    for at in ([3.8, 0.2], [3.9, 0.1]):
        raw["machines"]["far"]["at"] = at
        plan = layout(raw)
        texts.append(cell_of(plan, "cobot", wanted(plan)[0]["cobot"], 1.5).text())
    assert texts[0] == texts[1]


def test_an_asset_that_is_no_arm_is_refused() -> None:
    raw = raw_cell()
    raw["arms"]["cobot"]["asset"] = "test/stand"
    with pytest.raises(LayoutError, match="test/stand has no urdf"):
        cell_of(layout(raw), "cobot", [], 1.5)


def test_a_urdf_outside_the_asset_is_refused(home: Path) -> None:
    asset = home / "assets" / "test" / "stand" / "asset.yaml"
    asset.write_text(asset.read_text(encoding="utf-8") + "urdf: ../../../secret.urdf\n")
    raw = raw_cell()
    raw["arms"]["cobot"]["asset"] = "test/stand"
    with pytest.raises(LayoutError, match="outside"):
        cell_of(layout(raw), "cobot", [], 1.5)
