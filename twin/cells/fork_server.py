"""A process that has loaded all that judging a cell takes, and forks one for each task (Linux).

`python -m twin.cells.fork_server FD`: on the socket FD come orders, each the JSON list of worker.py
with the TWIN_ variables of the environment, and two files: a socket on which the exit code goes
back (negative for a signal), and the file for errors. Whoever closes that socket first does not
want the result: its process is killed. When FD is closed, all end.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
import traceback
from contextlib import suppress
from dataclasses import dataclass

from twin.cells import worker
from twin.cells.store import programs

LARGEST = 65_536  # bytes of an order, which holds some paths


@dataclass(frozen=True)
class _Child:
    """A process that works, and those that it forks, which are of its group."""

    pid: int
    reply: socket.socket

    def kill(self) -> None:
        """End all of the group."""
        with suppress(ProcessLookupError):  # it may have ended
            os.killpg(self.pid, signal.SIGKILL)


class _Server:
    """What runs, and the two things that are waited for: orders and processes that end."""

    def __init__(self, orders: socket.socket) -> None:
        self.orders = orders
        self.children: dict[int, _Child] = {}  # by process
        self.ended, wake = socket.socketpair()
        self.ended.setblocking(False)
        wake.setblocking(False)
        self._wake = wake  # a byte comes with each signal
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake.fileno())
        self.waiting = selectors.DefaultSelector()
        self.waiting.register(orders, selectors.EVENT_READ)
        self.waiting.register(self.ended, selectors.EVENT_READ)

    def serve(self) -> None:
        """Until nobody orders any more."""
        loaded = False
        while True:
            ready = self.waiting.select(None if loaded else 0.0)
            if not (ready or loaded):
                loaded = True
                _load_more()
            for key, _ in ready:
                if key.fileobj is self.ended:
                    self.ended.recv(LARGEST)
                    self._reap()
                elif key.fileobj is self.orders:
                    if not self._take():
                        return
                else:  # nobody waits for this one any more
                    child = self.children.get(key.data)
                    if child is not None:
                        child.kill()
                    self.waiting.unregister(key.fileobj)

    def end(self) -> None:
        """Take all along."""
        for child in self.children.values():
            child.kill()

    def _take(self) -> bool:
        content, files, _, _ = socket.recv_fds(self.orders, LARGEST, 2)
        if not content:
            return False
        reply, errors = socket.socket(fileno=files[0]), files[1]
        pid = os.fork()
        if pid == 0:
            self._work(content, errors)
        os.setpgid(pid, pid)  # from both sides: it may be killed before it has got so far
        os.close(errors)
        self.children[pid] = _Child(pid, reply)
        self.waiting.register(reply, selectors.EVENT_READ, pid)
        return True

    def _work(self, content: bytes, errors: int) -> None:
        """In the new process: the task, and its end."""
        code = 1
        try:
            os.setpgid(0, 0)
            gc.disable()  # what it leaves behind goes with it
            signal.set_wakeup_fd(-1)
            self.waiting.close()
            self.orders.close()
            for child in self.children.values():
                child.reply.close()
            os.dup2(errors, sys.stderr.fileno())
            *task, given = json.loads(content)
            for name in [name for name in os.environ if name.startswith("TWIN_")]:
                del os.environ[name]
            os.environ.update(given)
            code = worker.done(*task)
        except BaseException:  # whatever it is, this process ends here, and its reason is told
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)

    def _reap(self) -> None:
        while self.children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            child = self.children.pop(pid)
            child.kill()  # what it has forked, where it has failed meanwhile
            try:
                self.waiting.unregister(child.reply)
                child.reply.sendall(str(os.waitstatus_to_exitcode(status)).encode())
            except (KeyError, BrokenPipeError):
                pass  # nobody waits for it any more
            child.reply.close()


def _load_more() -> None:
    """What some cells ask for as well, once there is nothing else to do: the first one, which waits
    already when this process has begun, is not to wait for it."""
    importlib.import_module("twin.layout.shapes")
    programs()  # each asks for it
    gc.collect()
    gc.freeze()  # what all of them share stays shared


def main() -> int:
    """Serve the socket that the command line names."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever orders decides what Ctrl-C ends
    server = _Server(socket.socket(fileno=int(sys.argv[1])))
    try:
        server.serve()
    finally:
        server.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
