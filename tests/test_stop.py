"""Ctrl-C: one line, exit code 130, and no file that is half written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO

import pytest

from tests.plants import ROOT
from tests.view.plants import PLANT
from twin.production import machine_code

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no SIGINT for one process"
)
LONG = 300.0  # s that anything may take on a machine that is busy
# Says on stderr that a function is entered, and then stays there.
STAYING = """
import sys, time
import {module} as module
def stay(*arguments, **options):
    print("HERE", file=sys.stderr, flush=True)
    time.sleep({long})
module.{name} = stay
"""
# Its signs of progress are for a terminal.
ON_A_TERMINAL = "import sys; sys.stderr.isatty = lambda: True"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A plant whose forecast would take hours."""
    path = tmp_path / "brackets.yaml"
    path.write_text(PLANT.replace("window: 5 day", "window: 5000 day"), "utf-8")
    return path


def stopped(
    word: str,
    *arguments: str,
    before: str = ON_A_TERMINAL,
    environment: Mapping[str, str] | None = None,
) -> str:
    """What a command says on stderr that gets Ctrl-C as soon as it has said `word` there.

    It must end with 130 and without a traceback.
    """
    program = f"{before}\nfrom twin import cli\nsys.argv = ['twin', *sys.argv[1:]]\ncli.main()"
    size = {"COLUMNS": "120", "LINES": "40"}
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env={**os.environ, **size, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    overdue = threading.Timer(LONG, process.kill)
    overdue.start()
    assert process.stderr and process.stdout
    try:
        said = until(process.stderr, word)
        process.send_signal(signal.SIGINT)
        out, rest = process.communicate()
    finally:
        overdue.cancel()
        process.kill()
    said += rest.decode()
    assert process.returncode == 130, said
    assert said.rstrip().splitlines()[-1].endswith("twin: stopped")
    assert "Traceback" not in said and out == b""
    return said


def until(stream: IO[bytes], word: str) -> str:
    """What a stream says, up to a word."""
    said = ""
    while word not in said:
        letter = stream.read(1)
        assert letter, f"it never said {word!r}: {said}"
        said += letter.decode("utf-8", "replace")
    return said


@pytest.mark.parametrize(
    ("verb", "word"), [("predict", "forecast:"), ("bottlenecks", "proof:")], ids=str
)
def test_replications_are_stopped(file: Path, verb: str, word: str) -> None:
    machine_code.prepare()
    stopped(word, verb, str(file), "--replications", "40")


def test_the_check_of_the_engine_is_stopped() -> None:
    machine_code.prepare()
    stopped("verify:", "verify")


def test_compiling_is_stopped_and_leaves_nothing(file: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    said = stopped("optimising", "predict", str(file), environment={"TWIN_CACHE": str(cache)})
    assert machine_code.COMPILING in said
    assert not list(cache.rglob("*"))


def test_a_run_is_stopped_between_two_slices(file: Path, tmp_path: Path) -> None:
    machine_code.prepare()
    drain = """
import sys
from twin.production.run import Runner
drain = Runner._drain
def told(self):
    print("HERE", file=sys.stderr, flush=True)
    drain(self)
Runner._drain = told
"""
    target, state = tmp_path / "run", tmp_path / "state.json"
    kept = ("-o", str(target), "--keep-state", str(state))
    stopped("HERE", "simulate", str(file), "--until", "100000 day", *kept, before=drain)
    assert {path.name for path in tmp_path.iterdir()} == {file.name}


@pytest.mark.parametrize(
    ("module", "name"), [("twin.recordings.parquet", "_put"), ("os", "fsync")], ids=str
)
def test_what_is_being_written_is_not_left_half_written(
    file: Path, tmp_path: Path, module: str, name: str
) -> None:
    machine_code.prepare()
    kept = ["-o", str(tmp_path / "run")] if name == "_put" else ["--keep-state", f"{tmp_path}/s"]
    before = STAYING.format(module=module, name=name, long=LONG)
    stopped("HERE", "simulate", str(file), "--until", "1 day", *kept, before=before)
    assert {path.name for path in tmp_path.iterdir()} == {file.name}


def test_a_database_that_is_stopped_says_so(file: Path) -> None:
    """DuckDB raises an error of its own where Ctrl-C comes while it works."""
    before = """
import sys, threading, time
from twin.recordings import parquet, tables
def long(*_):
    with tables.open_database() as database:
        print("HERE", file=sys.stderr, flush=True)
        database.execute("SELECT sum(a.range * b.range) FROM range(10000000) a, range(100000) b")
        database.fetchall()
parquet._write_tables = long
"""
    machine_code.prepare()
    target = file.parent / "run"
    stopped("HERE", "simulate", str(file), "--until", "1 day", "-o", str(target), before=before)
    assert {path.name for path in file.parent.iterdir()} == {file.name}


def test_physics_is_stopped_with_its_process(tmp_path: Path) -> None:
    before = """
import subprocess, sys
class Told(subprocess.Popen):
    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        print(f"HERE {self.pid} .", file=sys.stderr, flush=True)
subprocess.Popen = Told
"""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    own = {"TWIN_CACHE": str(tmp_path / "cache"), "TMPDIR": str(scratch)}
    said = stopped(" .", "check", "pcb_line", before=before, environment=own)
    with pytest.raises(ProcessLookupError):
        os.kill(int(said.split("HERE ")[1].split()[0]), 0)
    assert not list(scratch.iterdir())
