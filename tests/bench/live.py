"""How fast a live shop is followed: `python -m tests.bench.live` prints the figures as JSON.

A broker, a shop that speaks as fast as it is thanked (a process of its own, packets made
beforehand), and a follower of this process: collector, journal on the disk, timeline asked for twice
a second. `python -m tests.bench.live kills 100` kills a collector at random moments instead and
tells what was lost.
"""

from __future__ import annotations

import json
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.devices.brokers import Broker
from twin.devices.collector import Link
from twin.devices.journal import Journal, Raw
from twin.devices.mqtt import Mqtt, address
from twin.devices.mqtt_publisher import publish
from twin.devices.sources import connect
from twin.layout.files import load
from twin.recordings.messages import Message
from twin.recordings.mqtt_aps.plant import SERIALS
from twin.timeline import State

ROOT = Path(__file__).resolve().parents[2]
MESSAGES = 60_000
WINDOW = 2_000  # messages that the broker has not thanked for yet
ASKED = 0.5  # [s] between two looks at the timeline
START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
MODULES = [serial for serial, name in SERIALS.items() if name in ("drill", "mill", "aiqs")]


def action(number: int) -> tuple[str, dict[str, object]]:
    """A message of a module: its actions begin and end in turn, every millisecond one."""
    serial, turn = MODULES[number % 3], number // 3
    word = "RUNNING" if turn % 2 == 0 else "FINISHED"
    told = (START + timedelta(milliseconds=number)).isoformat(timespec="milliseconds")
    what = {"id": f"action-{turn // 2}", "command": "DRILL", "state": word}
    payload = {"timestamp": told, "serialNumber": serial, "orderId": "", "actionState": what}
    payload |= {"errors": [], "paused": False, "loads": [], "metadata": {"opcuaState": "idle"}}
    return f"module/v1/ff/{serial}/state", payload


# --- a shop that costs next to nothing -----------------------------------------------------------


def length(size: int) -> bytes:
    """A size as MQTT 3.1.1 writes it (section 2.2.3)."""
    found = bytearray()
    while True:
        size, digit = divmod(size, 128)
        found.append(digit | (128 if size else 0))
        if not size:
            return bytes(found)


def packet(topic: str, body: bytes, number: int) -> bytes:
    """A PUBLISH at quality 1 (MQTT 3.1.1, section 3.3)."""
    name = topic.encode()
    head = len(name).to_bytes(2, "big") + name + (number % 65_535 + 1).to_bytes(2, "big")
    return b"\x32" + length(len(head) + len(body)) + head + body


def speak(port: int, count: int) -> None:
    """Says all messages, never more than a window ahead of the broker's thanks."""
    packets = [packet(topic, json.dumps(told).encode(), n) for n in range(count)
               for topic, told in [action(n)]]  # fmt: skip
    client = b"\x00\x04MQTT\x04\x02\x00\x3c\x00\x05bench"
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(b"\x10" + length(len(client)) + client)
        if line.recv(4)[3] != 0:
            raise SystemExit("the broker refuses the benchmark's shop")
        print("ready", flush=True)
        sys.stdin.readline()
        thanked = said = rest = 0
        while thanked < count:
            until = min(count, thanked + WINDOW)
            if until - said >= 100 or until == count:
                line.sendall(b"".join(packets[said:until]))
                said = until
            rest += len(line.recv(65_536))  # four bytes each
            thanked, rest = thanked + rest // 4, rest % 4


def follow() -> dict[str, float]:
    """Messages a second from the shop into the timeline, and what one costs the follower."""
    with tempfile.TemporaryDirectory() as folder:
        broker = Broker(_program(), Path(folder), "allow_anonymous true\nmax_inflight_messages 0\n")
        broker.start()
        layout = load(ROOT / "layouts/aps_24v.yaml")
        shop = connect("bench", layout, f"{broker.url}/module/#", Path(folder) / "bench.sqlite")
        while shop.status()[0].link is not Link.CONNECTED:
            time.sleep(0.01)
        speaker = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.live", "speak", str(broker.port), str(MESSAGES)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip
        assert speaker.stdin and speaker.stdout
        speaker.stdout.readline()
        begun, spent = time.perf_counter(), time.process_time()
        speaker.stdin.write("go\n")
        speaker.stdin.flush()
        asked = []
        while shop.status()[0].received < MESSAGES:
            time.sleep(ASKED)
            if shop.status()[0].received:
                before = time.perf_counter()
                shop.heard()
                asked.append(time.perf_counter() - before)
        timeline = shop.heard()
        lasted, spent = time.perf_counter() - begun, time.process_time() - spent
        speaker.communicate()
        shop.close()
        broker.stop()
    runs = int((timeline.intervals["state"] == State.PROCESSING).sum())
    if runs != MESSAGES // 2:
        raise SystemExit(f"the benchmark's timeline has {runs} actions, not {MESSAGES // 2}")
    return {
        "MQTT QoS 1 into the timeline [messages/s]": MESSAGES / lasted,
        "the follower's processor time [µs/message]": 1e6 * spent / MESSAGES,
        "a timeline asked for, the slowest [s]": max(asked),
    }


# --- a collector that is killed ------------------------------------------------------------------

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
    """Print the figures."""
    match sys.argv[1:]:
        case ["speak", port, count]:
            speak(int(port), int(count))
        case ["kills", number]:
            with tempfile.TemporaryDirectory() as folder:
                print(json.dumps(kills(int(number), Path(folder)), indent=1))
        case _:
            print(json.dumps({"live": follow()}, indent=1))


if __name__ == "__main__":
    main()
