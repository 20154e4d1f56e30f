"""Servers and collectors that end with their test."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.devices.opcua.plants import Plant, free_port
from twin.devices.journal import Journal
from twin.devices.opcua import Collector
from twin.devices.opcua.security import Credentials

PUBLISH = """
import sys
from tests.devices.opcua.shop import shop
from twin.devices.opcua import publish
class Ready:
    def set(self):
        print("ready", flush=True)
publish(shop(), sys.argv[1], float(sys.argv[2]), ready=Ready())
"""


@pytest.fixture
def plant():
    made = []

    def make(*arguments, port=None):
        made.append(Plant(*arguments, port=port))
        return made[-1]

    yield make
    for one in made:
        if not one.process.stdin.closed:
            one.kill()


@pytest.fixture
def journal(tmp_path):
    made = Journal(tmp_path / "site.sqlite")
    yield made
    made.close()


@pytest.fixture
def follow(journal):
    made = []

    def make(url, mapping=None, credentials=None):
        made.append(Collector(url, journal, mapping, credentials or Credentials()))
        made[-1].start()
        return made[-1]

    yield make
    for one in made:
        one.stop()


@pytest.fixture
def published():
    made = []

    def make(speed, environment=None):
        url = f"opc.tcp://localhost:{free_port()}"
        process = subprocess.Popen(
            [sys.executable, "-c", PUBLISH, url, str(speed)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **(environment or {})},
        )
        made.append(process)
        assert process.stdout.readline() == "ready\n"
        return url, process

    yield make
    for process in made:
        process.kill()
        process.wait()
        process.stdout.close()
