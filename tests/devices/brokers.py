"""A real broker for a test: mosquitto in a process of its own, on a port of its own."""

from __future__ import annotations

import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion

from twin.devices.journal import Journal, Raw


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Broker:
    """A broker that may be killed and started again on the same port, with the same memory."""

    def __init__(self, program: str, folder: Path, extra: str = "", anonymous: bool = True) -> None:
        self.port, self._program = free_port(), program
        folder.mkdir(parents=True, exist_ok=True)
        self._config = folder / "mosquitto.conf"
        self._log = folder / "mosquitto.log"
        self._config.write_text(
            f"listener {self.port} 127.0.0.1\n"
            f"allow_anonymous {str(anonymous).lower()}\n"
            "persistence true\n"
            f"persistence_location {folder}/\n"
            "max_queued_messages 0\n"
            "user root\n"
            f"{extra}\n"
        )
        self._process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"mqtt://127.0.0.1:{self.port}"

    def start(self) -> Broker:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [self._program, "-c", str(self._config)], stdout=log, stderr=log
            )
        for _ in range(500):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                if self._process.poll() is not None:
                    break
                time.sleep(0.02)
        raise RuntimeError(self._log.read_text())

    def stop(self, kill: bool = False) -> None:
        """Ends it; `kill` leaves it no time to write down what it knows."""
        if self._process is not None:
            self._process.kill() if kill else self._process.terminate()
            self._process.wait()
            self._process = None


COLLECT = """
import sys, time
from pathlib import Path
from twin.devices.broker import Access, address
from twin.devices.journal import Journal
from twin.devices.mqtt import MqttCollector
MqttCollector(Journal(Path(sys.argv[1])), address(sys.argv[2]), Access()).start()
time.sleep(3600)
"""


class Speaker:
    """Publishes numbered messages of quality 1, through failures of the broker."""

    def __init__(self, broker: Broker) -> None:
        self._client = paho.Client(CallbackAPIVersion.VERSION2, client_id="speaker")
        self._client.max_inflight_messages_set(200)
        self._client.reconnect_delay_set(0.2, 0.5)
        self._client.connect("127.0.0.1", broker.port)
        self._client.loop_start()
        self.said = 0
        self._thanked = 0
        self._client.on_publish = self._published

    def _published(self, *_: object) -> None:
        self._thanked += 1

    def say(self, number: int, size: int = 0) -> None:
        """The next messages; they are on their way when it returns."""
        for _ in range(number):
            body = str(self.said).encode().ljust(size)
            self._client.publish(f"shop/m{self.said % 50}", body, qos=1)
            self.said += 1

    def publish(self, topic: str, body: bytes, qos: int) -> None:
        """Something else, which is not numbered."""
        self._client.publish(topic, body, qos=qos)
        self._thanked -= 1

    def finish(self, seconds: float = 120.0) -> None:
        """Waits until the broker has thanked for all of them."""
        wait_for(lambda: self._thanked == self.said, seconds)
        self._client.disconnect()
        self._client.loop_stop()


def numbers(journal: Journal) -> list[int]:
    """What a speaker said, as it stands in a journal."""
    entries = journal.read(most=10**7)
    return [int(entry.what.body) for entry in entries if isinstance(entry.what, Raw)]


def wait_for(condition: Callable[[], object], seconds: float = 60.0) -> None:
    """Waits until something is so; fails where it does not come to be."""
    ends = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > ends:
            raise AssertionError(f"did not come to be within {seconds} s")
        time.sleep(0.02)


def collect_with_kills(
    broker: Broker, journal: Journal, kills: int, chance: random.Random
) -> tuple[int, int]:
    """A collector that is killed again and again while a speaker speaks: the first number that it
    heard and how many were said. What was said before it first subscribed was not for it."""
    speaker = Speaker(broker)
    command = [sys.executable, "-c", COLLECT, str(journal.path), f"{broker.url}/shop/#"]
    for number in range(kills + 1):
        heard = journal.end()
        collector = subprocess.Popen(command)
        if number == 0:
            wait_for(lambda: speaker.say(1) or journal.end())
        speaker.say(chance.randrange(300, 1500))
        if number < kills:
            wait_for(lambda heard=heard: journal.end() > heard)
            time.sleep(chance.uniform(0.0, 0.3))
        else:
            speaker.finish()
            wait_for(lambda: speaker.said - 1 in numbers(journal), 120.0)
        collector.kill()
        collector.wait()
    return numbers(journal)[0], speaker.said
