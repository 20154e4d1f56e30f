"""Servers in processes of their own, a cable between, and what is heard of them."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from twin.devices.collector import Link
from twin.devices.opcua import read_entry
from twin.recordings.opcua import Change, Follower, Mapping
from twin.recordings.opcua.mapping import Machine

PATIENCE = 60.0  # [s] until a test gives up; nothing is judged by it
PLANT = Path(__file__).with_name("plant.py")
CURRENT = "urn:test:plant"
PLAIN = Mapping(
    machines={
        "mill": Machine(
            state="/Line/state",
            states={0: "IDLE", 1: "PROCESSING", 2: "DOWN"},
            count=f"nsu={CURRENT};s=count",
            part="/Line/lot",
        )
    }
)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(what, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


class Plant:
    """A server in a process of its own, told what to do."""

    def __init__(self, *arguments, port=None):
        self.port = port or free_port()
        self.url = f"opc.tcp://127.0.0.1:{self.port}"
        self._arguments = [str(argument) for argument in arguments]
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, str(PLANT), str(self.port), *self._arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert json.loads(self.process.stdout.readline()) == "ready"

    def tell(self, order):
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


def told(journal):
    return [read_entry(entry) for entry in journal.read(most=10**6)]


def values(journal, node):
    return [
        one.value for one in told(journal) if isinstance(one, Change) and one.node.endswith(node)
    ]


def latest(journal, node):
    """The last value of a node among what came last; None where it is not there."""
    (source,) = journal.sources()[:1] or [""]
    for entry in journal.last(source, 500):
        one = read_entry(entry)
        if isinstance(one, Change) and one.node.endswith(node):
            return one.value
    return None


def heard(journal, mapping=None):
    follower = Follower(mapping)
    for one in told(journal):
        follower.hear(one)
    return follower


def is_connected(one):
    return one.status().link is Link.CONNECTED


class Cable:
    """Lies between a client and a server, and can be cut."""

    def __init__(self, port):
        self._target = ("127.0.0.1", port)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._ends, self._is_cut = [], False
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                near, _ = self._socket.accept()
            except OSError:
                return
            if self._is_cut:
                near.close()
                continue
            far = socket.create_connection(self._target)
            self._ends += [near, far]
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source, target):
        try:
            while data := source.recv(2**16):
                target.sendall(data)
        except OSError:
            return

    def cut(self):
        self._is_cut = True
        for end in self._ends:
            end.close()
        self._ends = []

    def mend(self):
        self._is_cut = False

    def close(self):
        self.cut()
        self._socket.close()
