"""The processes that cells are judged in: one a cell, forked or started; gone with the program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.cells import raw_cell as bench_cell
from tests.cells.sketches import layout, one_tester, raw_cell, write_assets
from tests.plants import ROOT
from twin.cells import process
from twin.cells.cell import cell_of, wanted
from twin.cells.factory import validate
from twin.cells.judgement import solve
from twin.cells.store import write_solution
from twin.cells.worker import PROCESSES
from twin.errors import Cancelled
from twin.layout.schema import Layout

forks = pytest.mark.skipif(not process.FORKS, reason="processes are forked on Linux only")


@pytest.fixture(autouse=True)
def none_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    write_assets(tmp_path)
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    yield
    process.let_go()


def children(pid: int) -> list[int]:
    """The processes that a process has forked and that are left."""
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@forks
def test_one_process_stays_and_forks_another_for_each_cell() -> None:
    process.let_go()
    assert not process._servers
    found = validate(layout(one_tester(raw_cell())))
    (server,) = process._servers
    raw = one_tester(raw_cell())
    raw["machines"]["test-1"]["at"][0] += 0.01
    again = validate(layout(raw))
    assert process._servers == [server] and server.process.poll() is None
    assert found.transfers and again.transfers and children(server.process.pid) == []


def test_one_that_is_started_finds_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = validate(layout(one_tester(raw_cell())))
    monkeypatch.setattr(process, "FORKS", False)
    monkeypatch.setenv("TWIN_CACHE", str(tmp_path / "another"))
    (here,), (there,) = (made.solutions.values() for made in (found, validate(found.layout)))
    assert here.transfers[0].path.tobytes() == there.transfers[0].path.tobytes()


@forks
def test_it_sees_the_folders_of_whoever_asks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    process.make_ready()
    cache = tmp_path / "elsewhere"
    monkeypatch.setenv("TWIN_CACHE", str(cache))
    assert validate(layout(one_tester(raw_cell()))).transfers
    assert list((cache / "arms").iterdir())


@forks
def test_one_that_has_died_meanwhile_is_not_asked() -> None:
    process.make_ready()
    (server,) = process._servers
    server.process.kill()
    server.process.wait()
    found = validate(layout(one_tester(raw_cell())))
    assert found.transfers and not found.findings


@forks
def test_a_process_that_dies_takes_nobody_along(tmp_path: Path) -> None:
    """As PyBullet does it: a cell that ends its process by a signal, while another is judged."""
    process.make_ready()
    (server,) = process._servers
    source = tmp_path / "order"
    os.mkfifo(source)  # whoever reads it waits
    told: list[tuple[int, str]] = []

    def ask() -> None:
        told.append(process.run("judge", source, tmp_path / "none", threading.Event(), 60.0))

    asking = threading.Thread(target=ask)
    asking.start()
    while not children(server.process.pid):
        time.sleep(0.01)
    os.kill(children(server.process.pid)[0], signal.SIGSEGV)
    asking.join(30)
    assert told == [(-signal.SIGSEGV, "")]
    assert validate(layout(one_tester(raw_cell()))).transfers and process._servers == [server]


@pytest.mark.parametrize("forked", [pytest.param(True, marks=forks), False])
def test_what_nobody_wants_any_more_is_ended(
    forked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "FORKS", forked)
    source = tmp_path / "order"
    os.mkfifo(source)
    ended = threading.Event()
    threading.Timer(0.5, ended.set).start()
    with pytest.raises(Cancelled):
        process.run("judge", source, tmp_path / "result", ended, 60.0)
    with pytest.raises(subprocess.TimeoutExpired):
        process.run("judge", source, tmp_path / "result", threading.Event(), 0.3)
    for server in process._servers:
        deadline = time.monotonic() + 30
        while children(server.process.pid) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert children(server.process.pid) == []


@forks
def test_several_processes_find_what_one_does(tmp_path: Path) -> None:
    """A cell of six transfers, among all cores and in this process alone."""
    plan = Layout.model_validate(bench_cell())
    cell = cell_of(plan, "cobot", wanted(plan)[0]["cobot"][:6], 1.5)
    source, among, alone = (tmp_path / name for name in ("cell.json", "among", "alone"))
    source.write_text(cell.text(), encoding="utf-8")
    assert process.run("judge", source, among, threading.Event(), 120.0) == (0, "")
    write_solution(alone, solve(cell))
    assert among.read_bytes() == alone.read_bytes()


@forks
@pytest.mark.skipif(PROCESSES < 2, reason="one core works alone")
def test_what_a_cell_has_forked_ends_with_it(tmp_path: Path) -> None:
    plan = Layout.model_validate(bench_cell())
    cell = cell_of(plan, "cobot", wanted(plan)[0]["cobot"], 1.5)
    source, ended = tmp_path / "cell.json", threading.Event()
    source.write_text(cell.text(), encoding="utf-8")
    process.make_ready()
    (server,) = process._servers
    told: list[type[BaseException]] = []

    def ask() -> None:
        try:
            process.run("judge", source, tmp_path / "none", ended, 120.0)
        except Cancelled as error:
            told.append(type(error))

    asking = threading.Thread(target=ask)
    asking.start()
    forked: list[int] = []
    while not forked and asking.is_alive():
        forked = [pid for child in children(server.process.pid) for pid in grown(child)]
    ended.set()
    asking.join(30)
    assert told == [Cancelled] and forked
    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in forked) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not any(Path(f"/proc/{pid}").exists() for pid in forked)


def grown(pid: int) -> list[int]:
    """The children of a process that may have ended."""
    try:
        return children(pid)
    except FileNotFoundError:
        return []


@pytest.mark.parametrize("forked", [pytest.param(True, marks=forks), False])
def test_the_reason_of_a_failure_comes_back(
    forked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "FORKS", forked)
    source = tmp_path / "cell.json"
    source.write_text("{}")
    code, errors = process.run("judge", source, tmp_path / "result", threading.Event(), 60.0)
    assert code == 1 and errors.strip().splitlines()[-1].startswith("KeyError")


@forks
def test_it_ends_with_its_program() -> None:
    code = (
        "from twin.cells import process; process.make_ready(); "
        "print(process._servers[0].process.pid)"
    )
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
