"""Work in a forked process: what comes of it, and that it may fail."""

from __future__ import annotations

import subprocess
import sys

from tests.cells.test_process import forks
from tests.plants import ROOT

PROGRAM = """
import os, signal
from twin.cells.forks import forked

def fail():
    raise ZeroDivisionError

def die():
    os.kill(os.getpid(), signal.SIGSEGV)

begun = [forked(work) for work in (lambda: b"x" * 10_000_000, fail, die, lambda: b"")]
print([None if (made := outcome()) is None else len(made) for outcome in begun])
"""


@forks
def test_what_comes_of_it_comes_back_and_a_failure_is_told() -> None:
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout == "[10000000, None, None, 0]\n"
    assert "ZeroDivisionError" in told.stderr
