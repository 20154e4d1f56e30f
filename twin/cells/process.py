"""The processes that cells are judged in: one a cell, as PyBullet can take its own along.

To load what judging takes is longer than many a judgement. Where a process can be forked safely one
is kept that has loaded all and forks another for each task; elsewhere each starts from nothing.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from time import monotonic
from typing import IO

from twin.cores import PULSE
from twin.errors import Cancelled, LayoutError, RunError
from twin.layout.folders import PACKAGE

FORKS = sys.platform == "linux"  # elsewhere, what system libraries hold does not outlive a fork
PATIENCE = 10.0  # s in which the process that forks has to end; it may be about to load
_LOCK = threading.Lock()
_servers: list[_Server] = []  # none or one


class _Server:
    """The process that forks, and the socket on which it takes orders."""

    def __init__(self) -> None:
        self.orders, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the server)
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "twin.cells.fork_server", str(theirs.fileno())],
                env=_environment(),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self.errors,
            )

    def order(self, task: list[str], errors: IO[bytes]) -> socket.socket:
        """Have a task done: the socket on which its exit code comes."""
        mine, theirs = socket.socketpair()
        with theirs:
            files = [theirs.fileno(), errors.fileno()]
            given = {name: value for name, value in os.environ.items() if name.startswith("TWIN_")}
            content = json.dumps([*task, given]).encode()  # it may have begun under others
            socket.send_fds(self.orders, [content], files)
        return mine

    def close(self) -> None:
        """End it, with all that it has forked."""
        self.orders.close()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.errors.close()


def run(
    task: str, source: Path, target: Path, ended: threading.Event, timeout: float
) -> tuple[int, str]:
    """Have one of the worker's tasks done, from one file into another: the exit code and the errors
    of the process.

    It does not outlive `ended`: then Cancelled; nor `timeout` [s]: then TimeoutExpired.
    """
    order = [task, str(source), str(target)]
    return (_forked if FORKS else _started)(order, ended, monotonic() + timeout)


def ask(task: str, text: str, what: str, ended: threading.Event | None, timeout: float) -> bytes:
    """Have one of the worker's tasks done about a text: what is in the file that it makes.

    Raises LayoutError where the worker says that the input cannot be used, RunError that names
    `what` where it fails or is not done within `timeout` [s], Cancelled once `ended` is set.
    """
    with tempfile.TemporaryDirectory(prefix=f"twin-{task}-") as folder:
        source, target = Path(folder) / "asked.json", Path(folder) / "found"
        source.write_text(text, encoding="utf-8")
        try:
            code, errors = run(task, source, target, ended or threading.Event(), timeout)
        except subprocess.TimeoutExpired as error:
            raise RunError(f"{what} was not done after {timeout:.0f} s") from error
        if code == LayoutError.exit_code and errors.strip():
            raise LayoutError(errors.strip())
        if code != 0 or not target.is_file():
            raise RunError(f"{what} {ending(code, errors)}")
        return target.read_bytes()


def ending(code: int, errors: str) -> str:
    """How a process has ended, in words."""
    if code < 0:
        return f"was ended by signal {signal.Signals(-code).name}"
    last = errors.strip().splitlines()[-1:] or ["no reason given"]
    return f"ended with code {code}: {last[0]}"


def make_ready() -> None:
    """Have the process wait that forks others; nothing where that cannot be."""
    if FORKS:
        with _LOCK:
            _server()


def let_go() -> None:
    """End the process that forks, if there is one."""
    with _LOCK:
        while _servers:
            _servers.pop().close()


atexit.register(let_go)


def _server() -> _Server:
    if _servers and _servers[0].process.poll() is not None:  # it has died meanwhile
        _servers.pop().close()
    if not _servers:
        _servers.append(_Server())
    return _servers[0]


def _forked(order: list[str], ended: threading.Event, deadline: float) -> tuple[int, str]:
    with tempfile.TemporaryFile() as errors:
        with _LOCK:
            server = _server()
            reply = server.order(order, errors)
        with reply:
            code = _answer(reply, order, ended, deadline)
        if not code:  # the server has ended, and all that it had forked
            server.process.wait()
            server.errors.seek(0)
            return server.process.returncode, server.errors.read().decode("utf-8", "replace")
        errors.seek(0)
        return int(code), errors.read().decode("utf-8", "replace")


def _answer(
    reply: socket.socket, order: list[str], ended: threading.Event, deadline: float
) -> bytes:
    """What comes on the socket; to leave it kills the process that would answer."""
    reply.settimeout(PULSE)
    while True:
        try:
            return reply.recv(64)
        except TimeoutError:
            if ended.is_set():
                raise Cancelled from None
            if monotonic() > deadline:
                raise subprocess.TimeoutExpired(order, deadline) from None
        except ConnectionResetError:
            return b""


def _started(order: list[str], ended: threading.Event, deadline: float) -> tuple[int, str]:
    """The same by a process of its own that starts from nothing."""
    line: str | None = json.dumps(order) + "\n"
    with subprocess.Popen(
        [sys.executable, "-m", "twin.cells.worker"],
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    ) as process:
        while True:
            try:
                errors = process.communicate(line, timeout=PULSE)[1]
                return process.returncode, errors
            except subprocess.TimeoutExpired:
                line = None  # it has been given
                if ended.is_set():
                    process.kill()
                    raise Cancelled from None
                if monotonic() > deadline:
                    process.kill()
                    raise


def _environment() -> dict[str, str]:
    """The process imports the same package as this one, from wherever that came."""
    here = str(PACKAGE.parent)
    before = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([here, before] if before else [here])}
