"""A node of Sparkplug B whose birth nobody heard is asked through a real broker, and answers."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import paho.mqtt.client as paho
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from tests.devices.brokers import Broker
from tests.devices.test_mqtt import until
from tests.view.plants import plant
from twin.devices.collector import Link
from twin.devices.following import Following
from twin.devices.mqtt import SAID
from twin.devices.rebirths import EVERY, SILENT, Rebirths
from twin.devices.sources import connect
from twin.timeline import State

MAPPING = """
twin: 1
machines: {M1: mill-1}
states: {"2": PROCESSING, "1": IDLE}
topics:
  - topic: spBv1.0/shop/+/+
    levels: ["", machine]
    state: State
"""


# A payload by hand, after sparkplug_b.proto of Eclipse Tahu: tags are field number * 8 + wire type.
def number(field: int, value: int) -> bytes:
    out = bytearray([field << 3])
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def text(field: int, value: bytes) -> bytes:
    return bytes([field << 3 | 2, len(value)]) + value


def payload(seq: int, *metrics: bytes) -> bytes:
    now = round(time.time() * 1000)
    return number(1, now) + b"".join(text(2, metric) for metric in metrics) + number(3, seq)


class Edge:
    """A node with a machine, whose data have no names: those are told by its births alone."""

    def __init__(self, broker: Broker) -> None:
        self.seq, self.asked = 7, 0
        self._lock = threading.Lock()
        self.client = paho.Client(CallbackAPIVersion.VERSION2)
        self.client.on_message = self._told
        self.client.connect("127.0.0.1", broker.port)
        self.client.subscribe("spBv1.0/shop/NCMD/edge", qos=1)
        self.client.loop_start()

    def _told(self, _: object, __: object, message: paho.MQTTMessage) -> None:
        wanted = b"Node Control/Rebirth"
        assert wanted in message.payload and number(14, 1) in message.payload
        assert message.qos == 0 and not message.retain
        self.asked += 1
        with self._lock:
            self.seq = 0
            self._say("NBIRTH/edge", payload(0, text(1, b"bdSeq") + number(4, 8) + number(11, 3)))
            state = text(1, b"State") + number(2, 5) + number(4, 3) + number(10, 1)
            self._say("DBIRTH/edge/M1", payload(1, state))
            self.seq = 1

    def work(self, state: int) -> None:
        with self._lock:
            self.seq = (self.seq + 1) % 256
            self._say("DDATA/edge/M1", payload(self.seq, number(2, 5) + number(10, state)))

    def _say(self, kind: str, body: bytes) -> None:
        self.client.publish(f"spBv1.0/shop/{kind}", body, qos=0)


@pytest.fixture
def broker(mosquitto: str, tmp_path: Path) -> Iterator[Broker]:
    made = Broker(mosquitto, tmp_path)
    made.start()
    yield made
    made.stop()


def followed(broker: Broker, folder: Path) -> Following:
    mapping = folder / "shop.yaml"
    mapping.write_text(MAPPING)
    layout = plant().layout
    shop = connect(layout, f"{broker.url}/spBv1.0/#", folder / "shop.sqlite", mapping)
    until(lambda: shop.status()[0].link is Link.CONNECTED)
    return shop


def states(shop: Following) -> list[State]:
    timeline = shop.heard()
    return [State(int(row["state"])) for row in timeline.intervals]


def test_a_node_is_asked_for_its_birth_and_understood_from_then_on(
    broker: Broker, tmp_path: Path
) -> None:
    shop, edge = followed(broker, tmp_path), Edge(broker)
    try:
        edge.work(2)
        until(lambda: shop.status()[0].received == 1)
        shop._hear()
        until(lambda: edge.asked)
        until(lambda: shop.status()[0].received == 4)  # the request, too: all that is said is kept
        edge.work(2)
        until(lambda: shop.status()[0].received == 5)
        assert states(shop)[-1] is State.PROCESSING
        edge.seq += 3  # messages that nobody hears
        edge.work(1)
        until(lambda: shop.status()[0].received == 6)
        shop._hear()
        time.sleep(0.3)
        assert edge.asked == 1  # it was asked a moment ago
        assert shop.status()[0].counts[SAID] == 1
    finally:
        edge.client.disconnect()
        edge.client.loop_stop()
        shop.close()


def test_a_shop_may_forbid_it(
    broker: Broker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SILENT, "1")
    shop, edge = followed(broker, tmp_path), Edge(broker)
    try:
        edge.work(2)
        until(lambda: shop.status()[0].received == 1)
        shop._hear()
        time.sleep(0.5)
        assert edge.asked == 0 and SAID not in shop.status()[0].counts
    finally:
        edge.client.disconnect()
        edge.client.loop_stop()
        shop.close()


def test_it_is_asked_again_after_a_while_and_when_it_could_not_be_said() -> None:
    said: list[tuple[str, bytes]] = []
    now, there = 100.0, False

    def say(topic: str, body: bytes) -> bool:
        if there:
            said.append((topic, body))
        return there

    asking = Rebirths(lambda: {"a/b"}, say, lambda: now, {})
    asking.ask()
    there = True
    asking.ask()
    now += EVERY - 1.0
    asking.ask()
    assert [topic for topic, _ in said] == ["spBv1.0/a/NCMD/b"]
    now += 1.0
    asking.ask()
    assert len(said) == 2
