"""A collector is killed again and again: `python -m tests.bench.kills 100` tells what was lost.

At random moments, with SIGKILL, while a shop speaks; the broker stays. What was acknowledged must
be in the journal, and what is delivered again known.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.devices.brokers import Broker
from twin.devices.collector import Link
from twin.devices.journal import Journal, Raw
from twin.devices.mqtt import Mqtt, address
from twin.devices.mqtt_publisher import publish
from twin.recordings.messages import Message

ROOT = Path(__file__).resolve().parents[2]
KILLS = 100

COLLECTOR = """
import sys, time
from pathlib import Path
from twin.devices.journal import Journal
from twin.devices.mqtt import Mqtt
Mqtt(sys.argv[1], Journal(Path(sys.argv[2]))).start()
time.sleep(3600)
"""


def kills(number: int, folder: Path, seed: int = 1) -> dict[str, int]:
    """A collector is killed at random moments while a shop speaks: what is lost, what is twice."""
    chance = random.Random(seed)
    broker = Broker(_program(), folder)
    broker.start()
    url, path = f"{broker.url}/shop/#", folder / "killed.sqlite"
    journal = Journal(path)
    first = Mqtt(url, journal)  # so that the broker keeps what is said from now on
    first.start()
    while first.status().link is not Link.CONNECTED:
        time.sleep(0.01)
    first.stop()
    said = 0
    for kill in range(number + 1):
        process = subprocess.Popen([sys.executable, "-c", COLLECTOR, url, str(path)], cwd=ROOT)
        share = chance.randrange(200, 800)
        batch = [Message(n, n * 1e-9, f"shop/{n % 9}", str(n)) for n in range(said, said + share)]
        speaker = threading.Thread(target=publish, args=(batch, address(broker.url), 1e6))
        speaker.start()
        heard = journal.end()
        if kill < number:
            while journal.end() == heard:
                time.sleep(0.001)
            time.sleep(chance.uniform(0.0, 0.1))
        speaker.join()
        said += share
        if kill == number:
            end = time.monotonic() + 60.0
            while len(_said(journal)) < said and time.monotonic() < end:
                time.sleep(0.1)
        process.kill()
        process.wait()
    heard_all = _said(journal)
    repeated = journal.counts(first.source).get("repeated", 0)
    journal.close()
    broker.stop()
    return {
        "kills": number,
        "messages": said,
        "lost": said - len(set(heard_all)),
        "twice": len(heard_all) - len(set(heard_all)),
        "delivered again and known": repeated,
    }


def _said(journal: Journal) -> list[int]:
    entries = journal.read(most=10**7)
    return [int(entry.what.body) for entry in entries if isinstance(entry.what, Raw)]


def _program() -> str:
    found = shutil.which("mosquitto", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    if found is None:
        raise SystemExit("there is no mosquitto: apt install mosquitto")
    return found


def main() -> None:
    """Print the figures as JSON."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps({"A collector that is killed": kills(number, Path(folder))}, indent=1))


if __name__ == "__main__":
    main()
