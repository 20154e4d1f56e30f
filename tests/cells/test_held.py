"""What an arm holds counts where it goes: its size, its weight, and how it hangs in the gripper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.cells.sketches import layout, one_tester, raw_cell, write_assets
from twin.cells.cell import Cell, cell_of, read_cell, wanted
from twin.cells.factory import validate
from twin.cells.held import BOARD, Held, part
from twin.cells.judgement import solve
from twin.cells.robot import Robot
from twin.cells.scene import EMPTY, Scene
from twin.cells.transfer import Solution
from twin.pose import upright


@pytest.fixture(autouse=True)
def assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    write_assets(tmp_path)


def with_piece(piece: dict[str, Any] | None) -> dict[str, Any]:
    raw = one_tester(raw_cell())
    if piece is not None:
        raw["products"]["board"]["piece"] = piece
    raw["products"]["board"]["label"] = "Bracket"
    return raw


def cell(raw: dict[str, Any]) -> Cell:
    plan = layout(raw)
    return cell_of(plan, "cobot", wanted(plan)[0]["cobot"], 2.0)


def judged(piece: dict[str, Any] | None) -> Solution:
    return solve(cell(with_piece(piece)))


def test_without_a_piece_it_is_a_board_of_the_arms_payload() -> None:
    assert cell(with_piece(None)).pieces == (Held("part", (0.1, 0.1, 0.01), 0.2),)
    (found,) = judged(None).transfers
    (same,) = judged({"size": [0.1, 0.1, 0.01]}).transfers
    assert np.array_equal(found.path, same.path) and np.array_equal(found.effort, same.effort)
    assert (found.piece, same.piece) == ("part", "Bracket")


def test_a_cell_crosses_as_text_with_its_pieces() -> None:
    made = cell(with_piece({"size": [0.2, 0.1, "30 mm"], "mass": "1.5 kg", "beyond": "10 mm"}))
    assert made.pieces == (Held("Bracket", (0.2, 0.1, 0.03), 1.5, 0.01),)
    assert read_cell(made.text()) == made


def test_the_part_hits_what_the_arm_passes() -> None:
    """A post between the ports: the arm goes by it, with a long beam it does not."""
    raw = with_piece({"size": [0.04, 0.04, 0.02]})
    del raw["machines"]["test-2"]
    raw["machines"]["far"]["at"] = [2.6, 2.62]  # 1.6 m high, 0.12 m behind the tester's edge
    assert not solve(cell(raw)).findings
    raw["products"]["board"]["piece"]["size"] = [0.7, 0.7, 0.02]
    found = solve(cell(raw))
    assert found.transfers == ()
    (finding,) = found.findings
    assert finding.rule == "cell/collision" and finding.where == "arms/cobot/test-1.slot"
    assert "its Bracket with far" in finding.message


def test_a_part_that_stands_out_keeps_the_tool_away_from_the_port(ur5e: Robot) -> None:
    found = judged({"size": [0.05, 0.05, 0.1], "beyond": "40 mm"})
    base = upright(2, 2, 0.8)
    for target in found.targets:
        at = base.position + ur5e.tool(target.q)[:3, 3]
        assert at[2] == pytest.approx(0.9 + 0.04, abs=1e-4)


def test_a_heavier_part_asks_for_more_torque_and_more_energy() -> None:
    (light,) = judged({"size": [0.1, 0.1, 0.01], "mass": 0.2}).transfers
    (heavy,) = judged({"size": [0.1, 0.1, 0.01], "mass": 4.0}).transfers
    assert np.array_equal(light.path, heavy.path)
    assert heavy.torque > light.torque and heavy.energy > light.energy
    empty = (light.times < light.grip - 0.1) | (light.times > light.release + 0.1)
    assert np.allclose(heavy.effort[empty], light.effort[empty], atol=1e-9)


def test_the_rating_is_held_against_the_heaviest() -> None:
    found = judged({"size": [0.1, 0.1, 0.01], "mass": "5.5 kg"})
    (finding,) = found.findings
    assert finding.where == "arms/cobot/payload"
    assert finding.value == pytest.approx(5.5 + 0.9, abs=1e-4)  # the gripper hangs there, too


def test_pieces_that_differ_go_the_same_way_each_on_its_own() -> None:
    raw = with_piece({"size": [0.05, 0.05, 0.02]})
    raw["products"]["cover"] = {
        **raw["products"]["board"],
        "label": "Cover",
        "piece": {"size": [0.3, 0.2, 0.02], "mass": 1.0},
    }
    raw["products"]["lid"] = {**raw["products"]["cover"], "label": "Lid"}
    made = cell(raw)
    assert [held.name for held in made.pieces] == ["Bracket", "Cover"] and made.loads == ((0, 1),)
    found = validate(layout(raw))
    each = found.solutions["cobot"].transfers
    assert [transfer.piece for transfer in each] == ["Bracket", "Cover"]
    (slowest,) = found.transfers.values()
    assert slowest.duration == max(transfer.duration for transfer in each)


def test_the_part_is_a_body_of_its_own(ur5e: Robot) -> None:
    held = Held("beam", (0.02, 0.02, 0.9), 1.0, beyond=0.2)
    body = part(ur5e, held)
    assert body.mass == 1.0 and body.centre[2] == pytest.approx(0.2496 + 0.2 - 0.45)
    drawn = np.random.default_rng(3).uniform(-np.pi, np.pi, (200, 6))
    with Scene(ur5e, upright(0, 0), [], carried=[BOARD, held]) as scene:
        free = [q for q in drawn if scene.clash(q, EMPTY) is None]
        hits = [hit for q in free if (hit := scene.clash(q, 2)) is not None]
        assert 3 < len(hits) < len(free)
        assert all("beam" in (hit.body, hit.other) for hit in hits)
        assert sum(scene.clash(q, 1) is not None for q in free) < len(hits)


def test_a_grasp_says_where_in_the_hand_a_part_is_and_how_it_is_turned(ur5e: Robot) -> None:
    """A bar, 0.3 m long, held at a quarter of its length and across: its far end is where a ruler
    finds it, and its weight turns the last joint that much more."""
    bar = Held("bar", (0.3, 0.02, 0.02), 1.0, 0.0, aside=(0.0, 0.075), turn=np.pi / 2)
    body = part(ur5e, bar)
    ends = body.solids[0].origin @ np.array([[0.15, 0, 0, 1], [-0.15, 0, 0, 1]]).T
    seen = (np.linalg.inv(ur5e.tip) @ ends)[:3].T
    assert seen == pytest.approx(np.array([[0, 0.225, -0.01], [0, -0.075, -0.01]]), abs=1e-12)
    middle = (np.linalg.inv(ur5e.tip) @ np.append(body.centre, 1.0))[:3]
    assert middle == pytest.approx([0.0, 0.075, -0.01])
    turned = ur5e.tip[:3, :3].T @ body.inertia @ ur5e.tip[:3, :3]
    assert np.diag(turned) == pytest.approx(np.array([0.0904, 0.0008, 0.0904]) / 12)


def test_the_middle_of_a_part_comes_to_the_port_wherever_the_hand_holds_it(ur5e: Robot) -> None:
    (there,) = judged({"size": [0.1, 0.06, 0.01], "aside": [0.03, 0.01]}).transfers
    at = cell(with_piece({"size": [0.1, 0.06, 0.01], "aside": [0.03, 0.01]}))
    q = there.path[int(np.argmin(np.abs(there.times - there.grip)))]
    body = part(ur5e, at.pieces[0])
    middle = ur5e.frames(q)[-1] @ np.append(body.centre, 1.0)
    port = np.array(at.ports[there.origin].position) - [*at.at, at.height]
    assert middle[:2] == pytest.approx(port[:2], abs=1e-3)
    assert np.hypot(*(ur5e.tool(q)[:2, 3] - port[:2])) == pytest.approx(
        np.hypot(0.03, 0.01), abs=1e-3
    )


def test_the_grasp_of_a_product_reaches_physics() -> None:
    raw = with_piece({"size": [0.2, 0.1, 0.03], "aside": [0.02, 0], "turn": "90 deg"})
    (held,) = cell(raw).pieces
    assert (held.aside, held.turn) == ((0.02, 0.0), pytest.approx(np.pi / 2))
    assert read_cell(cell(raw).text()) == cell(raw)
