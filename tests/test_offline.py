"""No network at run time: the demo works where there is nothing but this computer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tests.plants import ROOT

# The loopback of a new namespace is down; SIOCSIFFLAGS with IFF_UP brings it up.
UP = """
import fcntl, socket, struct, sys
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    fcntl.ioctl(s, 0x8914, struct.pack("16sh", b"lo", 1))
from twin.cli import main
sys.exit(main(["demo", "--check"]))
"""


def may_unshare() -> bool:
    """Whether this process may make a network of its own."""
    if sys.platform != "linux" or not shutil.which("unshare"):
        return False
    return subprocess.run(["unshare", "-n", "true"], capture_output=True).returncode == 0


@pytest.mark.skipif(
    not may_unshare(), reason="needs Linux, unshare and root to cut the network off"
)
def test_the_demo_needs_no_network() -> None:
    own = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = ["unshare", "-n", sys.executable, "-c", UP]
    asked = subprocess.run(command, env=own, cwd=ROOT, capture_output=True, text=True)
    assert asked.returncode == 0, asked.stdout + asked.stderr
    assert "the demo works" in asked.stdout
