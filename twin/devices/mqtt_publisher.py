"""Messages said to an MQTT broker, in the pace in which they were said once, or faster."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from twin.devices.mqtt import KEEPALIVE, TIME, Address, reason, trust
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
            while not under_way.acquire(timeout=PATIENCE):
                raise DeviceError(f"{where.source}: the broker does not answer any more")
            moment = Properties(PacketTypes.PUBLISH)
            moment.UserProperty = (TIME, f"{message.time:.6f}")
            sent = client.publish(message.topic, message.payload, qos=1, properties=moment)
            if sent.rc not in (paho.MQTT_ERR_SUCCESS, paho.MQTT_ERR_NO_CONN):
                raise DeviceError(f"{where.source}: {paho.error_string(sent.rc)}")
            said += 1
            told(said)
        for _ in range(UNDER_WAY):  # the broker has all of them
            if not under_way.acquire(timeout=PATIENCE):
                raise DeviceError(f"{where.source}: the broker does not answer any more")
    finally:
        client.disconnect()
        client.loop_stop()
    return said


def _connected(where: Address) -> paho.Client:
    client = paho.Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv5)
    user = os.environ.get("TWIN_MQTT_USER")
    if user:
        client.username_pw_set(user, os.environ.get("TWIN_MQTT_PASSWORD"))
    if where.encrypted:
        client.tls_set_context(trust())
    answered, refused = threading.Event(), []

    def connected(_: object, __: object, ___: object, code: object, ____: object = None) -> None:
        if getattr(code, "is_failure", False):
            refused.append(str(code))
        answered.set()

    client.on_connect = connected
    try:
        client.connect(where.host, where.port, KEEPALIVE)
    except (OSError, ValueError) as error:
        raise DeviceError(f"{where.source}: {reason(error, where)}") from error
    client.loop_start()
    if not answered.wait(PATIENCE) or refused:
        client.loop_stop()
        said = refused[0] if refused else "does not answer"
        raise DeviceError(f"{where.source}: the broker refuses: {said}")
    return client
