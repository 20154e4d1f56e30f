"""Compiling the kernel: it says how far it is, is kept, and never trusts a damaged file."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.plants import ROOT
from twin.cache import cache_folder, kept
from twin.errors import Cancelled
from twin.production import machine_code
from twin.production.plan import new_world

TOLD = """
from twin.production import machine_code, plan
machine_code.prepare(lambda stage, share: print(f"{share:.4f} {stage}"))
world = plan.new_world()
machine_code.doors(world).start(1, 0)
"""


@pytest.fixture
def code(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The machine code of this machine, from the cache of the tests or for it."""
    monkeypatch.setattr(machine_code, "_compilers", {})
    machine_code.prepare()
    found = [kept(path) for path in cache_folder("engines").glob("*.o")]
    return max((one for one in found if one), key=len)


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch, code: bytes) -> list[int]:
    """A process that has no program yet, and that takes no time to compile; how often it did."""
    made: list[int] = []

    def at_once(room: int, machine: object, llvm: object, enter: Callable[[str], None]) -> bytes:
        made.append(room)
        for stage in machine_code.STAGES:
            enter(stage)
        return code

    monkeypatch.setattr(machine_code, "_machine_code", at_once)
    monkeypatch.setattr(machine_code, "_compilers", {})
    return made


def test_two_processes_compile_at_once_and_say_how_far_they_are(tmp_path: Path) -> None:
    own = {**os.environ, "TWIN_CACHE": str(tmp_path)}
    both = [
        subprocess.Popen(
            [sys.executable, "-c", TOLD], cwd=ROOT, env=own, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for process in both:
        told = [line.split(" ", 1) for line in process.communicate(timeout=300)[0].splitlines()]
        assert process.returncode == 0
        assert list(dict.fromkeys(stage for _, stage in told)) == list(machine_code.STAGES)
        shares = [float(share) for share, _ in told]
        assert shares == sorted(shares) and 0 <= shares[0] <= shares[-1] <= 1
    (file,) = (tmp_path / "engines").iterdir()
    assert kept(file)


@pytest.mark.parametrize("damage", ["empty", "cut off", "one bit"])
def test_a_damaged_file_is_compiled_again(
    damage: str, compiled: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWIN_CACHE", str(tmp_path))
    machine_code.prepare()
    (file,) = (tmp_path / "engines").iterdir()
    whole = file.read_bytes()
    bit = whole[:999] + bytes([whole[999] ^ 1]) + whole[1000:]
    file.write_bytes({"empty": b"", "cut off": whole[: len(whole) // 2], "one bit": bit}[damage])
    machine_code._compilers.clear()
    machine_code.prepare()
    assert len(compiled) == 2 and file.read_bytes() == whole
    machine_code._compilers.clear()
    machine_code.prepare()
    assert len(compiled) == 2


def test_a_folder_that_cannot_be_written_costs_time_only(
    compiled: list[int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file")
    monkeypatch.setenv("TWIN_CACHE", str(taken))
    world = new_world()
    machine_code.doors(world).start(1, 0)
    assert len(compiled) == 1
    assert "engines are not kept" in capsys.readouterr().err


def test_who_waits_may_leave_and_a_failure_is_raised_where_it_is_waited_for(
    compiled: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWIN_CACHE", str(tmp_path))
    go_on, cancelled = threading.Event(), threading.Event()
    cancelled.set()

    def fails(*_: object) -> bytes:
        go_on.wait(60)
        raise MemoryError("no room")

    monkeypatch.setattr(machine_code, "_machine_code", fails)
    with pytest.raises(Cancelled):
        machine_code.prepare(cancelled=cancelled)
    assert machine_code.is_compiling()
    go_on.set()
    with pytest.raises(MemoryError, match="no room"):
        machine_code.prepare()
    assert not machine_code.is_compiling()


def test_a_door_keeps_its_world() -> None:
    start = machine_code.doors(new_world()).start
    assert start(1, 0) == 0
