"""The processes that cells are judged in: one a cell, as PyBullet can take its own along.

To start one takes longer than many a judgement, so a program that expects more of them, as a server
does, keeps one ready that has loaded all it needs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from time import monotonic

from twin.cores import PULSE
from twin.errors import Cancelled
from twin.layout.folders import PACKAGE

_COMMAND = [sys.executable, "-m", "twin.cells.worker"]
_LOCK = threading.Lock()
_ready: list[subprocess.Popen[str]] = []  # none or one


def run(
    task: str, source: Path, target: Path, ended: threading.Event, timeout: float
) -> tuple[int, str]:
    """Have one of the worker's tasks done, from one file into another: the exit code and the errors
    of the process.

    It does not outlive `ended`: then Cancelled; nor `timeout` [s]: then TimeoutExpired.
    """
    deadline = monotonic() + timeout
    order: str | None = json.dumps([task, str(source), str(target)]) + "\n"
    with _taken() as process:
        while True:
            try:
                errors = process.communicate(order, timeout=PULSE)[1]
                return process.returncode, errors
            except subprocess.TimeoutExpired:
                order = None  # it has been given
                if ended.is_set():
                    process.kill()
                    raise Cancelled from None
                if monotonic() > deadline:
                    process.kill()
                    raise


def make_ready() -> None:
    """Have one process wait for the next cell."""
    with _LOCK:
        if _ready and _ready[0].poll() is None:
            return
        _clear()
        _ready.append(_started())


def let_go() -> None:
    """End the process that waits, if there is one."""
    with _LOCK:
        _clear()


def _clear() -> None:
    for process in _ready:
        process.kill()
        process.communicate()
    _ready.clear()


def _taken() -> subprocess.Popen[str]:
    with _LOCK:
        process = _ready.pop() if _ready else None
    if process is not None and process.poll() is None:
        return process
    if process is not None:  # it has died meanwhile; what it holds is given back
        process.communicate()
    return _started()


def _started() -> subprocess.Popen[str]:
    return subprocess.Popen(
        _COMMAND,
        env={**os.environ, "PYTHONPATH": _import_path()},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )


def _import_path() -> str:
    """The worker imports the same package as this process, from wherever that came."""
    here = str(PACKAGE.parent)
    before = os.environ.get("PYTHONPATH")
    return os.pathsep.join([here, before] if before else [here])
