"""Messages said to an MQTT broker, in the pace in which they were said once, or faster."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable

import paho.mqtt.client as paho
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from twin.devices import broker
from twin.devices.broker import Address
from twin.devices.mqtt import TIME
from twin.errors import DeviceError
from twin.recordings.messages import Message

UNDER_WAY = 200  # messages that the broker has not thanked for yet
PATIENCE = 30.0  # [s] to wait for a broker


def publish(
    messages: Iterable[Message],
    where: Address,
    speed: float = 1.0,
    stop: threading.Event | None = None,
    told: Callable[[int], None] = lambda _: None,
) -> int:
    """Say messages at QoS 1, `speed` times as fast as they were said once; how many were said.

    Each says when it was said then as a property `time` [s since 1970]: the clock of such a shop is
    that of the recording, and runs as fast as it is said. `told` is called with the number said so
    far; `stop` ends it. Raises DeviceError where the broker cannot be reached or is lost.
    """
    stop = stop or threading.Event()
    client = _connected(where)
    under_way = threading.Semaphore(UNDER_WAY)
    client.on_publish = lambda *_: under_way.release()
    begun = time.monotonic()
    first: float | None = None
    said = 0
    try:
        for message in messages:
            first = message.time if first is None else first
            wait = (message.time - first) / speed - (time.monotonic() - begun)
            if stop.wait(max(0.0, wait)):
                break
            _await(under_way, where)
            moment = Properties(PacketTypes.PUBLISH)
            moment.UserProperty = (TIME, f"{message.time:.6f}")
            sent = client.publish(message.topic, message.body, qos=1, properties=moment)
            if sent.rc not in (paho.MQTT_ERR_SUCCESS, paho.MQTT_ERR_NO_CONN):
                raise DeviceError(f"{where.place}: {paho.error_string(sent.rc)}")
            said += 1
            told(said)
        for _ in range(UNDER_WAY):  # the broker has all of them
            _await(under_way, where)
    finally:
        client.disconnect()
        client.loop_stop()
    return said


def _await(under_way: threading.Semaphore, where: Address) -> None:
    if not under_way.acquire(timeout=PATIENCE):
        raise DeviceError(f"{where.place}: the broker does not answer any more")


def _connected(where: Address) -> paho.Client:
    by = broker.access()
    client = broker.client(where, by, "", broker.V5, clean=True, comes_back=True)
    answered, refused = threading.Event(), []

    def connected(_: object, __: object, ___: object, code: ReasonCode, *____: object) -> None:
        if code.is_failure:
            refused.append(code)
        answered.set()

    client.on_connect = connected
    try:
        broker.connect(client, where, clean=True)
    except OSError as error:
        raise DeviceError(broker.unreached(where, error)) from error
    client.loop_start()
    if not answered.wait(PATIENCE) or refused:
        client.disconnect()
        client.loop_stop()
        if refused:
            raise DeviceError(broker.refused(where, by, refused[0]))
        raise DeviceError(f"{where.place}: answers nothing; is it a broker?")
    return client
