"""MQTT -> journal, by paho: nothing is acknowledged before it is in the journal.

A broker keeps what it sends at QoS 1 until it is thanked for, also while nobody is connected: the
client has a fixed name and a session that does not end. What it sends again after a break is
known by its packet number and counted. A broker that has forgotten the session may have lost what
came meanwhile: then there is a gap.

Who connects is told by the environment, never by a layout or an address that is shown:
TWIN_MQTT_USER, TWIN_MQTT_PASSWORD; for mqtts:// also TWIN_MQTT_CA (a file of certificates to trust
instead of the system's), TWIN_MQTT_CERT and TWIN_MQTT_KEY (files of the client's own).
"""

from __future__ import annotations

import hashlib
import math
import os
import ssl
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from twin.devices.collector import Clock, Intake, Link, Standing, Status, waits
from twin.devices.journal import Gap, Journal, Raw
from twin.errors import DeviceError

PORTS = {"mqtt": 1883, "mqtts": 8883}
KEEPALIVE = 15  # [s] after which a broker that says nothing is taken for lost, half as much again
LARGEST = 2**20  # bytes of one message
TOPICS = 20_000  # topics that one source may have
REMEMBERED = 20_000  # packets that may come again
SESSION = 7 * 86400  # [s] for which a broker keeps what comes while nobody is connected
TIME = "time"  # the property of a message that says when it was said [s since 1970]
TOO_LARGE, TOO_MANY, REPEATED = "too large", "unknown topic", "repeated"


@dataclass(frozen=True)
class Address:
    """Where a broker listens, and the filter of topics that are wanted."""

    host: str
    port: int
    encrypted: bool
    topics: str

    @property
    def source(self) -> str:
        """The address as it may be shown."""
        scheme = "mqtts" if self.encrypted else "mqtt"
        rest = "" if self.topics == "#" else f"/{self.topics}"
        return f"{scheme}://{self.host}:{self.port}{rest}"


def address(url: str) -> Address:
    """The address in "mqtt://host:port/topic/filter". Raises DeviceError where it is none, or holds
    a password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise DeviceError(f"{url}: is no address: {error}; write mqtt://host:1883") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise DeviceError(f"{url}: is no address of a broker; write mqtt://host or mqtts://host")
    if parts.username or parts.password:
        raise DeviceError(
            f"{parts.scheme}://{parts.hostname}: an address is no place for a user or a password; "
            "set TWIN_MQTT_USER and TWIN_MQTT_PASSWORD"
        )
    # A "#" ends the path of an address and begins its fragment: here it is part of the filter.
    tail = parts.path.lstrip("/") + ("#" if "#" in url else "")
    return Address(
        parts.hostname, port or PORTS[parts.scheme], parts.scheme == "mqtts", unquote(tail) or "#"
    )


class Mqtt:
    """A collector of all that a broker tells on some topics."""

    def __init__(self, url: str, journal: Journal) -> None:
        self.address = address(url)
        self.source = self.address.source
        self._journal = journal
        self._standing = Standing(self.source)
        last = journal.last(self.source, REMEMBERED)
        latest = [entry.what.received for entry in last if isinstance(entry.what, Raw)]
        self._clock = Clock(max(latest, default=-math.inf))
        self._intake = Intake(journal, self._standing, self._end)
        self._sent: OrderedDict[int, bytes] = OrderedDict()  # by packet: what it held
        for entry in reversed(last):
            if isinstance(entry.what, Raw) and entry.what.packet:
                self._remember(entry.what.packet, entry.what.topic, entry.what.body)
        self._known = bool(last)  # whether there is something that a gap could follow
        self._topics: set[str] = set()
        self._version = MQTTProtocolVersion.MQTTv5
        self._client: paho.Client | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"mqtt {self.source}", daemon=True)

    def start(self) -> None:
        """Begin to connect and to collect."""
        self._intake.start()
        self._thread.start()

    def stop(self) -> None:
        """Collect no more; what has been received is in the journal."""
        self._standing.change(Link.STOPPED)
        self._end()
        if self._thread.is_alive():
            self._thread.join(KEEPALIVE)
        self._intake.stop()

    def status(self) -> Status:
        """How it stands."""
        from dataclasses import replace

        counts = self._journal.counts(self.source)
        return replace(self._standing.now(), queued=self._intake.queued(), counts=counts)

    def _end(self) -> None:
        self._ended.set()
        client = self._client
        if client is not None:
            client.disconnect()

    # --- the connection --------------------------------------------------------------------------

    def _run(self) -> None:
        pauses = waits()
        while not self._ended.is_set():
            client = self._client = self._made()
            try:
                self._connect(client)
                client.loop_forever(retry_first_connection=False)
            except (OSError, ValueError) as error:
                self._standing.change(Link.LOST, reason(error, self.address))
            else:
                if self._standing.now().link is Link.CONNECTED:
                    pauses = waits()
                    self._standing.change(Link.LOST, "the connection broke")
            self._ended.wait(next(pauses))

    def _made(self) -> paho.Client:
        # One name for this journal and this source: two of one name would throw each other out.
        named = hashlib.sha256(f"{self._journal.path.resolve()} {self.source}".encode()).hexdigest()
        old = self._version is MQTTProtocolVersion.MQTTv311
        client = paho.Client(
            CallbackAPIVersion.VERSION2,
            client_id=f"twin-{named[:16]}",
            protocol=self._version,
            clean_session=False if old else None,
            manual_ack=True,
            reconnect_on_failure=False,
        )
        user = os.environ.get("TWIN_MQTT_USER")
        if user:
            client.username_pw_set(user, os.environ.get("TWIN_MQTT_PASSWORD"))
        client.on_connect = self._connected
        client.on_message = self._heard
        client.max_queued_messages_set(0)
        return client

    def _connect(self, client: paho.Client) -> None:
        if self.address.encrypted:
            client.tls_set_context(trust())
        more: dict[str, Any] = {}
        if self._version is MQTTProtocolVersion.MQTTv5:
            kept = Properties(PacketTypes.CONNECT)
            kept.SessionExpiryInterval = SESSION
            more = {"clean_start": False, "properties": kept}
        client.connect(self.address.host, self.address.port, KEEPALIVE, **more)

    def _connected(
        self, client: paho.Client, _: object, flags: Any, code: Any, __: object = None
    ) -> None:
        if code.is_failure:
            if code.value in (1, 132):  # an older broker, which does not know version 5
                self._version = MQTTProtocolVersion.MQTTv311
            self._standing.change(Link.LOST, _refusal(str(code)))
            client.disconnect()
            return
        if self._known and not flags.session_present:
            last = self._journal.last(self.source)
            begin = last[0].what.received if last and isinstance(last[0].what, Raw) else None
            now = self._clock.now()
            self._intake.put(Gap(now if begin is None else begin, now))
        self._known = True
        self._standing.change(Link.CONNECTED)
        client.subscribe(self.address.topics, qos=1)

    # --- messages --------------------------------------------------------------------------------

    def _heard(self, client: paho.Client, _: object, message: paho.MQTTMessage) -> None:
        packet, qos = message.mid, message.qos

        def acknowledge() -> None:
            client.ack(packet, qos)

        topic, body = message.topic, bytes(message.payload)
        if qos and message.dup and self._sent.get(packet) == _digest(topic, body):
            return self._left_out(REPEATED, acknowledge)
        if len(body) > LARGEST:
            return self._left_out(TOO_LARGE, acknowledge)
        if topic not in self._topics:
            if len(self._topics) >= TOPICS:
                return self._left_out(TOO_MANY, acknowledge)
            self._topics.add(topic)
        told, packet_kept = _told(message), packet if qos else 0
        raw = Raw(
            self._clock.now(), topic, body, told,
            qos=qos, retain=bool(message.retain), packet=packet_kept,
        )  # fmt: skip
        if qos:
            self._remember(packet, topic, body)
        # The broker keeps what it is not thanked for; what comes at QoS 0 it has forgotten already.
        self._intake.put(raw, acknowledge if qos else None, patient=qos > 0)

    def _left_out(self, why: str, acknowledge: Any) -> None:
        self._intake.count(why)
        acknowledge()

    def _remember(self, packet: int, topic: str, body: bytes) -> None:
        self._sent[packet] = _digest(topic, body)
        self._sent.move_to_end(packet)
        if len(self._sent) > REMEMBERED:
            self._sent.popitem(last=False)


def _digest(topic: str, body: bytes) -> bytes:
    return hashlib.blake2b(topic.encode() + b"\0" + body, digest_size=8).digest()


def _told(message: paho.MQTTMessage) -> float:
    """When a message says that it was said [s since 1970]; NaN where it does not."""
    pairs = getattr(message.properties, "UserProperty", None) or ()
    for name, value in pairs:
        if name == TIME:
            try:
                return float(value)
            except ValueError:
                return math.nan
    return math.nan


def trust() -> ssl.SSLContext:
    """Who is trusted, and who one is, by the environment. Raises DeviceError for a wrong file."""
    told = {name: os.environ.get(f"TWIN_MQTT_{name}") for name in ("CA", "CERT", "KEY")}
    try:
        trust = ssl.create_default_context(cafile=told["CA"])
        if told["CERT"]:
            trust.load_cert_chain(told["CERT"], told["KEY"])
    except OSError as error:
        files = ", ".join(f"TWIN_MQTT_{name}={path}" for name, path in told.items() if path)
        raise DeviceError(f"{files}: cannot be used: {error}") from error
    return trust


def _refusal(code: str) -> str:
    """Why a broker refuses, in words that help."""
    if "authorized" in code.lower() or "user name" in code.lower():
        return (
            f"the broker refuses the user or the password ({code}); set TWIN_MQTT_USER and "
            "TWIN_MQTT_PASSWORD"
        )
    return f"the broker refuses: {code}"


def reason(error: Exception, where: Address) -> str:
    """Why there is no connection, in words that help."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            f"the broker's certificate is not trusted: {error.verify_message}; name those to trust "
            "in TWIN_MQTT_CA"
        )
    if isinstance(error, ssl.SSLError):
        return f"no encrypted connection: {error.reason or error}"
    if isinstance(error, ConnectionRefusedError):
        return f"nobody listens on {where.host}:{where.port}"
    return str(error)
