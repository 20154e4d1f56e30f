"""What is remembered of a cell gives the same bits as working it out, and saves work."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.bench.cells import raw_cell
from tests.cells.sketches import write_assets
from twin.cells import store
from twin.cells.cell import Cell, cell_of, wanted
from twin.cells.judgement import solve
from twin.cells.memory import Memory, _Entry
from twin.layout.schema import Layout


@pytest.fixture(autouse=True)
def assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    write_assets(tmp_path)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts what is worked out."""
    counts: Counter[str] = Counter()
    made = Memory._made

    def counting(self: Memory, kind: str, inputs: tuple[Any, ...]) -> _Entry:
        counts[kind] += not self._scene._left_out.any()
        return made(self, kind, inputs)

    monkeypatch.setattr(Memory, "_made", counting)
    return counts


def cell(moved: float, machine: str = "m0", pairs: int = 6) -> Cell:
    """The bench's cell with some of its transfers; a machine stands `moved` [m] further out."""
    raw = raw_cell()
    raw["machines"][machine]["at"][0] += moved
    layout = Layout.model_validate(raw)
    asked = wanted(layout)[0]["cobot"][:pairs]
    return cell_of(layout, "cobot", asked, 1.5)


def bits(file: Path, cell: Cell, remembered: Path | None) -> bytes:
    store.write_solution(file, solve(cell, remembered))
    return file.read_bytes()


def test_after_a_move_the_result_is_that_of_a_cell_never_seen(
    tmp_path: Path, made: Counter[str]
) -> None:
    memory, file = tmp_path / "arm.memory", tmp_path / "solution"
    bits(file, cell(0.0), memory)
    cold = made.copy()
    for moved, machine in ((0.1, "m0"), (0.1, "b4"), (0.0, "m0"), (0.3, "m7"), (-0.05, "m1")):
        made.clear()
        known = bits(file, cell(moved, machine), memory)
        saved = made.copy()
        assert known == bits(file, cell(moved, machine), None), (moved, machine)
        assert saved["path"] < cold["path"] / 2 and saved["clearance"] < cold["clearance"] / 2


def test_the_same_cell_again_works_nothing_out(tmp_path: Path, made: Counter[str]) -> None:
    memory, file = tmp_path / "arm.memory", tmp_path / "solution"
    first = bits(file, cell(0.0), memory)
    made.clear()
    assert bits(file, cell(0.0), memory) == first and not made


@pytest.mark.parametrize("damage", ["cut", "lost"])
def test_a_memory_that_is_damaged_costs_time_only(
    tmp_path: Path, made: Counter[str], damage: str
) -> None:
    memory, file = tmp_path / "arm.memory", tmp_path / "solution"
    first = bits(file, cell(0.0, pairs=1), memory)
    made.clear()
    if damage == "cut":
        memory.write_bytes(memory.read_bytes()[:-100])
    else:
        memory.unlink()
    assert bits(file, cell(0.0, pairs=1), memory) == first and made["port"] == 2


def test_something_new_within_reach_is_asked_about(tmp_path: Path, made: Counter[str]) -> None:
    memory, file = tmp_path / "arm.memory", tmp_path / "solution"
    raw = raw_cell()
    layout = Layout.model_validate(raw)
    pairs = wanted(layout)[0]["cobot"][:2]
    bits(file, cell_of(layout, "cobot", pairs, 1.5), memory)
    raw["machines"]["post"] = {"asset": "test/tall", "at": [3.0, 3.4]}
    among = cell_of(Layout.model_validate(raw), "cobot", pairs, 1.5)
    assert bits(file, among, memory) == bits(file, among, None)
