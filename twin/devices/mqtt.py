"""A collector for MQTT: what a broker hands out goes into the journal, and is acknowledged then.

Quality of service 1, a fixed name and a session that outlives connections: the broker keeps what is
not acknowledged and hands it out again. A message that comes again is known by the number of its
delivery, which a broker does not use anew before it was acknowledged, and by its content. Where the
broker kept nothing, a gap stands in the journal.
"""

from __future__ import annotations

import hashlib
import math
import threading
from collections.abc import Callable

import paho.mqtt.client as paho
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from paho.mqtt.subscribeoptions import SubscribeOptions

from twin.devices import broker
from twin.devices.broker import KEEPALIVE, OTHER_VERSION, V5, V311, address
from twin.devices.collector import Clock, Intake, Link, Standing, Status, waits
from twin.devices.journal import Gap, Journal, Raw, digest
from twin.errors import DeviceError

LARGEST = 4 * 2**20  # bytes of a payload; pictures of a camera are below 1 MB
TOPICS = 20_000  # that one source may have
PATIENCE = 10.0  # [s] for a broker to answer
PULSE = 0.1  # [s] between two looks at whether it shall end
SHORT = 3600  # [s] for which a broker keeps the session of a collector that ends for good
# What is counted and not kept, or kept and counted.
TOO_LARGE, TOO_MANY = "too large", "unknown topic"
REPEATED, MAYBE_REPEATED = "repeated", "kept, but maybe repeated"
SAID = "said to the shop"
TIME = "time"  # the property of a message that says when it was said [s since 1970]


class Mqtt:
    """Follows the topics of one address into a journal.

    `lasting`: the broker keeps what comes while this collector is away; else only until `stop`.
    Raises DeviceError where the address is none.
    """

    def __init__(self, url: str, journal: Journal, *, lasting: bool = True) -> None:
        self._to = address(url)
        self.source = self._to.source
        self._journal, self._lasting = journal, lasting
        # One name for this journal and this source: two of one name would throw each other out.
        mark = hashlib.sha256(f"{journal.path.resolve()} {self.source}".encode()).hexdigest()
        self._name = f"twin-{mark[:16]}"  # at most 23 characters, which every broker takes
        self._standing = Standing(self.source)
        self._intake = Intake(journal, self._standing, self._fail)
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"mqtt {self.source}", daemon=True)
        self._protocol = V5
        self._topics: set[str] = set()
        self._unkept = False  # messages come that a broker does not keep
        self._alive = -math.inf  # [s] since 1970 when the source was last known to be heard
        self._delivered: dict[int, bytes] = {}
        self._clock = Clock()
        self._made: paho.Client | None = None  # while it is connected

    def start(self) -> None:
        """Begins; it connects in the background, as often as need be."""
        for entry in self._journal.last(self.source):
            what = entry.what
            self._alive = what.end if isinstance(what, Gap) else what.received
            self._clock = Clock(self._alive)
        self._delivered = self._journal.deliveries(self.source)
        self._intake.start()
        self._thread.start()

    def stop(self) -> None:
        """Ends; what was received is in the journal when it returns."""
        self._ends.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()
        self._intake.stop()
        self._standing.change(Link.STOPPED)

    def status(self) -> Status:
        """How it stands; `counts` are those of the journal."""
        return self._standing.with_counts(self._journal, self._intake.queued())

    def say(self, topic: str, body: bytes) -> bool:
        """Sends a message (quality of service 0), which is counted; whether there is a connection
        to send it on."""
        made = self._made
        if made is None or made.publish(topic, body).rc != paho.MQTT_ERR_SUCCESS:
            return False
        self._intake.count(SAID)
        return True

    # --- one connection after the other ----------------------------------------------------------

    def _fail(self) -> None:
        self._ends.set()

    def _run(self) -> None:
        wait = waits()
        while not self._ends.is_set():
            try:
                by = broker.access()
                made = broker.client(self._to, by, self._name, self._protocol)
                session = _Session(self, made, by)
                why = session.follow()
                if session.connected:
                    wait = waits()
            except DeviceError as error:  # the environment names what is not there
                why = str(error)
            if self._ends.is_set():
                break
            self._standing.change(Link.LOST, why)
            self._ends.wait(next(wait))

    def _missed(self, session_present: bool) -> None:
        """Puts a gap where the broker kept nothing, or not all, since the last connection."""
        if math.isinf(self._alive) or (session_present and not self._unkept):
            return
        now = self._clock.now()
        if now > self._alive:
            self._intake.put(Gap(self._alive, now), patient=True)

    def _take(self, made: paho.Client, message: paho.MQTTMessage) -> None:
        """Only puts it into the queue: the network does not wait for the disk."""
        received, qos, packet = self._clock.now(), message.qos, message.mid

        def acknowledge() -> None:
            made.ack(packet, qos)

        thank: Callable[[], None] | None = acknowledge if qos else None
        self._unkept = self._unkept or not qos
        self._alive = received
        try:
            topic = message.topic
        except UnicodeDecodeError:
            return self._intake.pass_over("topic that is no text", thank)
        if len(message.payload) > LARGEST:
            return self._intake.pass_over(TOO_LARGE, thank)
        if topic not in self._topics:
            if len(self._topics) >= TOPICS:
                return self._intake.pass_over(TOO_MANY, thank)
            self._topics.add(topic)
        body = bytes(message.payload)
        if qos:
            mark = digest(topic, body)
            if message.dup:
                if self._delivered.get(packet) == mark:
                    return self._intake.pass_over(REPEATED, thank)
                self._intake.count(MAYBE_REPEATED)
            self._delivered[packet] = mark
        raw = Raw(
            *(received, topic, body, _told(message)),
            qos=qos, retain=bool(message.retain), packet=packet,
        )  # fmt: skip
        self._intake.put(raw, thank, patient=qos > 0)


class _Session:
    """One connection, from its beginning to its end."""

    def __init__(self, collector: Mqtt, made: paho.Client, by: broker.Access) -> None:
        self._of, self._made, self._by = collector, made, by
        self.connected = False
        self._why = ""
        self._answered = threading.Event()
        self._over = threading.Event()
        made.on_connect = self._on_connect
        made.on_disconnect = self._on_disconnect
        made.on_subscribe = self._on_subscribe
        made.on_message = lambda client, _, message: collector._take(client, message)

    def follow(self) -> str:
        """Connects and stays as long as there is a connection; why it ended."""
        of = self._of
        try:
            kept = broker.KEPT if of._lasting else SHORT
            broker.connect(self._made, of._to, kept=kept)
        except OSError as error:
            return broker.unreached(of._to, error)
        self._made.loop_start()
        try:
            patience = PATIENCE
            while not (of._ends.is_set() or self._over.wait(PULSE)):
                patience -= PULSE
                if patience < 0 and not self._answered.is_set():
                    self._why = f"{of._to.place}: answers nothing; is it a broker?"
                    break
        finally:
            self._close()
        if not self._answered.is_set() and not of._ends.is_set():
            # A broker that knows only the earlier version may just hang up.
            of._protocol = V311 if of._protocol == V5 else V5
        if self.connected:
            of._alive = max(of._alive, of._clock.now() - self._silence())
        return self._why or f"{of._to.place}: the connection was lost"

    def _silence(self) -> float:
        """How long [s] a connection may have been dead before that was noticed."""
        return 1.5 * KEEPALIVE if not self._of._ends.is_set() else 0.0

    def _close(self) -> None:
        of = self._of
        of._made = None
        if of._ends.is_set() and self.connected:
            of._intake.settle()  # what was received is thanked for before the line is cut
            if not of._lasting:
                self._made.unsubscribe(of._to.topics)
        if self._made.protocol == V5 and not of._lasting and of._ends.is_set():
            properties = Properties(PacketTypes.DISCONNECT)
            properties.SessionExpiryInterval = 0
            self._made.disconnect(properties=properties)
        else:
            self._made.disconnect()
        self._made.loop_stop()

    def _on_connect(
        self,
        made: paho.Client,
        _: object,
        flags: paho.ConnectFlags,
        reason: ReasonCode,
        *__: object,
    ) -> None:
        of = self._of
        self._answered.set()
        if reason.is_failure:
            self._why = broker.refused(of._to, self._by, reason)
            if made.protocol == V5 and str(reason) in OTHER_VERSION:
                of._protocol = V311
            self._over.set()
            return
        of._missed(flags.session_present)
        self.connected = True
        if made.protocol == V5:
            # What is retained is handed out once, not at each connection.
            options = SubscribeOptions(qos=1, retainHandling=1)
            made.subscribe(of._to.topics, options=options)
        else:
            made.subscribe(of._to.topics, qos=1)

    def _on_subscribe(
        self, _: object, __: object, ___: int, reasons: list[ReasonCode], ____: object
    ) -> None:
        of = self._of
        if any(reason.is_failure for reason in reasons):
            self._why = (
                f"{of._to.place}: may not subscribe to {of._to.topics!r} ({reasons[0]}); ask for "
                "a narrower filter, or the broker's owner for the right"
            )
            self._over.set()
            return
        of._made = self._made
        of._standing.change(Link.CONNECTED)

    def _on_disconnect(self, *_: object) -> None:
        self._over.set()


def _told(message: paho.MQTTMessage) -> float:
    """When a message says that it was said [s since 1970]; NaN where it does not."""
    for name, value in getattr(message.properties, "UserProperty", None) or ():
        if name == TIME:
            try:
                return float(value)
            except ValueError:
                return math.nan
    return math.nan
