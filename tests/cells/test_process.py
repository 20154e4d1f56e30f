"""The process that waits for the next cell: used once, and gone with its program."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cells.sketches import layout, one_tester, raw_cell, write_assets
from tests.plants import ROOT
from twin.cells import process
from twin.cells.factory import validate
from twin.errors import Cancelled


@pytest.fixture(autouse=True)
def none_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    write_assets(tmp_path)
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    yield
    process.let_go()


def test_the_one_that_waits_judges_the_next_cell_and_only_that() -> None:
    process.make_ready()
    process.make_ready()
    (waiting,) = process._ready
    found = validate(layout(one_tester(raw_cell())))
    assert found.transfers and waiting.returncode == 0
    assert process._ready == []


def test_one_that_has_died_meanwhile_is_not_asked() -> None:
    process.make_ready()
    (waiting,) = process._ready
    waiting.kill()
    waiting.wait()
    found = validate(layout(one_tester(raw_cell())))
    assert found.transfers and not found.findings


def test_what_nobody_wants_any_more_is_ended(tmp_path: Path) -> None:
    process.make_ready()
    (waiting,) = process._ready
    ended = threading.Event()
    ended.set()
    with pytest.raises(Cancelled):
        process.run("judge", tmp_path / "none.json", tmp_path / "result", ended, 60.0)
    assert waiting.returncode != 0


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="asks Linux")
def test_it_ends_with_its_program() -> None:
    code = "from twin.cells import process; process.make_ready(); print(process._ready[0].pid)"
    made = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    deadline = time.monotonic() + 60
    while runs(int(made.stdout)):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def runs(pid: int) -> bool:
    """Whether a process runs; one that has ended and is not looked after yet does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
