"""MQTT where something fails: what was not acknowledged comes again, what is wrong is named."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import paho.mqtt.client as paho
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from tests.devices.brokers import Broker
from tests.devices.certificates import certificate
from tests.devices.test_mqtt import bodies, is_connected, said, until
from twin.devices import broker as brokers
from twin.devices.broker import access, is_filter
from twin.devices.collector import Link
from twin.devices.journal import Gap, Journal, Raw
from twin.devices.mqtt import MAYBE_REPEATED, REPEATED, Mqtt, address
from twin.devices.mqtt_publisher import publish
from twin.devices.recorder import record
from twin.errors import DeviceError
from twin.recordings.messages import Message, read_messages

Follow = Callable[..., Mqtt]


@pytest.fixture
def broker(mosquitto: str, tmp_path: Path) -> Iterator[Broker]:
    made = Broker(mosquitto, tmp_path)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = Journal(tmp_path / "site.sqlite")
    yield made
    made.close()


@pytest.fixture
def follow(journal: Journal) -> Iterator[Follow]:
    """Starts collectors, and ends them behind the test."""
    made: list[Mqtt] = []

    def start(url: str, **more: bool) -> Mqtt:
        made.append(Mqtt(url, journal, **more))
        made[-1].start()
        return made[-1]

    yield start
    for collector in made:
        collector.stop()


def test_filters() -> None:
    assert all(map(is_filter, ("#", "+", "a/+/b", "a/#", "/")))
    assert not any(map(is_filter, ("", "a#", "#/a", "a+/b", "a\0")))
    with pytest.raises(DeviceError, match="is no topic filter"):
        address("mqtt://host/shop#")
    with pytest.raises(DeviceError, match="there is no port 99999"):
        address("mqtt://host:99999")
    assert address("mqtt://[::1]:5/#").source == "mqtt://[::1]:5"


def test_what_lets_one_in_is_not_shown(tmp_path: Path) -> None:
    by = access({"TWIN_MQTT_USER": "me", "TWIN_MQTT_PASSWORD": "secret"})
    assert (by.user, by.password) == ("me", "secret")
    assert "secret" not in repr(by)
    with pytest.raises(DeviceError, match="TWIN_MQTT_CA: there is no file"):
        access({"TWIN_MQTT_CA": str(tmp_path / "none.pem")})
    with pytest.raises(DeviceError, match="TWIN_MQTT_USER is not"):
        access({"TWIN_MQTT_PASSWORD": "secret"})


def test_a_broker_that_knows_only_the_earlier_version_is_followed(
    broker: Broker, journal: Journal
) -> None:
    made = Mqtt(f"{broker.url}/shop/#", journal)
    made._protocol = brokers.V311
    made.start()
    until(lambda: is_connected(made))
    publish(said(100), address(broker.url), speed=1e9)
    until(lambda: journal.end() == 100)
    made.stop()
    publish(said(50), address(broker.url), speed=1e9)
    again = Mqtt(f"{broker.url}/shop/#", journal)
    again._protocol = brokers.V311
    again.start()
    until(lambda: journal.end() == 150)
    again.stop()
    assert [int(body) for body in bodies(journal)] == [*range(100), *range(50)]
    assert all(isinstance(e.what, Raw) and math.isnan(e.what.told) for e in journal.read())


def test_what_comes_while_it_is_away_is_kept_for_it(
    broker: Broker, journal: Journal, follow: Follow
) -> None:
    first = follow(f"{broker.url}/shop/#")
    until(lambda: is_connected(first))
    publish(said(1), address(broker.url))
    first.stop()
    publish(said(300), address(broker.url), speed=1e9)
    follow(f"{broker.url}/shop/#")
    until(lambda: journal.end() >= 301)
    assert [int(body) for body in bodies(journal)] == [0, *range(300)]
    assert not any(isinstance(entry.what, Gap) for entry in journal.read())


def test_what_a_broker_does_not_keep_leaves_a_gap_where_it_was_away(
    broker: Broker, journal: Journal, follow: Follow
) -> None:
    """At quality 0 a session that is there says nothing about what came meanwhile."""
    first = follow(f"{broker.url}/shop/#")
    until(lambda: is_connected(first))
    client = paho.Client(CallbackAPIVersion.VERSION2)
    client.connect("127.0.0.1", broker.port)
    client.loop_start()
    client.publish("shop/0", "a", qos=0)
    until(lambda: journal.end() == 1)
    broker.stop()
    until(lambda: first.status().link is Link.LOST)
    broker.start()
    until(lambda: first.status().gaps == 1)
    client.disconnect()
    client.loop_stop()
    heard, gap = (entry.what for entry in journal.read())
    assert isinstance(heard, Raw) and isinstance(gap, Gap)
    assert heard.received <= gap.begin < gap.end


def test_a_recording_leaves_nothing_behind_at_the_broker(broker: Broker, tmp_path: Path) -> None:
    """Else the broker would keep what comes for somebody who does not come back."""
    path, spoken = tmp_path / "shop.jsonl", []

    def shown(status: object) -> bool:
        if getattr(status, "link", None) is Link.CONNECTED and not spoken:
            spoken.append(publish(said(20), address(broker.url), speed=1e9))
        return getattr(status, "received", 0) < 20

    assert record(f"{broker.url}/shop/#", path, 60.0, shown) == 20
    assert [int(m.payload) for m in read_messages(path)] == list(range(20))
    publish(said(10), address(broker.url), speed=1e9)
    again = Journal(tmp_path / ".shop.jsonl.journal")  # of the same name: the same session
    made = Mqtt(f"{broker.url}/shop/#", again, lasting=False)
    made.start()
    until(lambda: is_connected(made))
    publish([Message(0, 0.0, "shop/0", "last")], address(broker.url))
    until(lambda: b"last" in bodies(again))
    made.stop()
    assert bodies(again) == [b"last"]
    again.close()


FULL = """
import resource, sys, time
from pathlib import Path
from twin.devices.journal import Journal
from twin.devices.mqtt import Mqtt
journal = Journal(Path(sys.argv[2]))
made = Mqtt(sys.argv[1], journal)
made.start()
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
while made.status().link.value != "stopped":
    time.sleep(0.05)
print(made.status().why)
made.stop()
"""


@pytest.mark.skipif(os.name != "posix", reason="a limit on files is POSIX's")
def test_a_full_disk_ends_it_and_what_is_not_kept_is_not_acknowledged(
    broker: Broker, journal: Journal, follow: Follow
) -> None:
    first = follow(f"{broker.url}/shop/#")
    until(lambda: is_connected(first))
    first.stop()
    command = [sys.executable, "-c", FULL, f"{broker.url}/shop/#", str(journal.path)]
    collector = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    publish(said(1_000, size=1_000), address(broker.url), speed=1e9)
    told, _ = collector.communicate(timeout=60)
    assert "the disk is full or cannot be written" in told
    kept = len(bodies(journal))
    assert kept < 1_000
    follow(f"{broker.url}/shop/#")  # there is room again: the broker still has the rest
    until(lambda: len(bodies(journal)) >= 1_000)
    assert [int(body) for body in bodies(journal)] == list(range(1_000))


# The library leaves a socket to be collected whose certificate was refused.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("days", "known", "told"),
    [
        (1, True, ""),
        (1, False, "name its authority's file in TWIN_MQTT_CA"),
        (-1, True, "the broker's certificate has expired"),
    ],
)
def test_encrypted_connections(
    mosquitto: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    follow: Follow,
    days: int,
    known: bool,
    told: str,
) -> None:
    shown, _ = certificate(tmp_path, days)
    extra = f"certfile {shown}\nkeyfile {tmp_path}/hidden.pem\nallow_anonymous true\n"
    made = Broker(mosquitto, tmp_path, extra)
    made.start()
    if known:
        monkeypatch.setenv("TWIN_MQTT_CA", str(shown))
    collector = follow(f"mqtts://127.0.0.1:{made.port}")
    until(lambda: collector.status().why or is_connected(collector))
    assert is_connected(collector) == (not told)
    assert told in collector.status().why
    made.stop()


# --- what is delivered again ---------------------------------------------------------------------


class Delivery:
    """What the library hands over."""

    def __init__(self, packet: int, body: bytes, dup: bool) -> None:
        self.mid, self.payload, self.dup = packet, body, dup
        self.qos, self.retain, self.topic, self.properties = 1, False, "shop/m", None


class Thanks:
    """Stands for the connection: whom it thanked for what."""

    def __init__(self) -> None:
        self.packets: list[int] = []

    def ack(self, packet: int, _: int) -> None:
        self.packets.append(packet)


def test_what_is_delivered_again_is_told_from_what_says_the_same(journal: Journal) -> None:
    collector, thanks = Mqtt("mqtt://nowhere", journal), Thanks()
    for delivery in (
        Delivery(1, b"a", False),
        Delivery(1, b"a", True),  # again
        Delivery(2, b"a", False),  # the same, said once more
        Delivery(1, b"b", True),  # its first delivery did not arrive
        Delivery(1, b"b", False),  # the number is free again
    ):
        collector._take(thanks, delivery)  # type: ignore[arg-type]
    collector._intake.start()
    collector.stop()
    assert bodies(journal) == [b"a", b"a", b"b", b"b"]
    assert thanks.packets == [1, 1, 2, 1, 1]
    assert journal.counts(collector.source) == {REPEATED: 1, MAYBE_REPEATED: 1}
