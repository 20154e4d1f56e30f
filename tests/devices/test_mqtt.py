"""MQTT with a real broker: nothing acknowledged is lost, and what may be missing is told."""

import math
import os
import random
import resource
import subprocess
import sys
import time

import pytest

from tests.devices.brokers import (
    COLLECT,
    Broker,
    Speaker,
    collect_with_kills,
    free_port,
    numbers,
    wait_for,
)
from twin.devices import broker as brokers
from twin.devices import mqtt
from twin.devices.broker import Access, access, address, is_filter
from twin.devices.collector import Link
from twin.devices.journal import Gap, Raw
from twin.devices.mqtt import MAYBE_REPEATED, REPEATED, TOO_LARGE, TOO_MANY, MqttCollector
from twin.errors import DeviceError


@pytest.fixture
def follow(journal):
    """Starts collectors, and ends them behind the test."""
    made = []

    def start(url, by=None, **more):
        made.append(MqttCollector(journal, address(url), by or Access(), **more))
        made[-1].start()
        return made[-1]

    yield start
    for collector in made:
        collector.stop()


def is_connected(collector):
    wait_for(lambda: collector.status().link is Link.CONNECTED)


# --- addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "place", "topics"),
    [
        ("mqtt://localhost", "mqtt://localhost:1883", "#"),
        ("mqtt://10.0.0.1:99/shop/+/state", "mqtt://10.0.0.1:99", "shop/+/state"),
        ("mqtts://broker.local/shop/#", "mqtts://broker.local:8883", "shop/#"),
        ("mqtt://[::1]:5/#", "mqtt://[::1]:5", "#"),
    ],
)
def test_addresses(url, place, topics):
    assert (address(url).place, address(url).topics) == (place, topics)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mqtt://me:secret@localhost/#", "TWIN_MQTT_USER and TWIN_MQTT_PASSWORD in the environ"),
        ("http://localhost", "expected mqtt://HOST"),
        ("localhost", "expected mqtt://HOST"),
        ("mqtt://localhost:99999", "there is no port 99999"),
        ("mqtt://localhost/shop#", "is no topic filter"),
    ],
)
def test_addresses_that_are_none(url, told):
    with pytest.raises(DeviceError, match=told) as error:
        address(url)
    assert "secret" not in str(error.value)


def test_filters():
    assert all(map(is_filter, ("#", "+", "a/+/b", "a/#", "/")))
    assert not any(map(is_filter, ("", "a#", "#/a", "a+/b", "a\0")))


def test_what_lets_one_in_is_not_shown(tmp_path):
    by = access({"TWIN_MQTT_USER": "me", "TWIN_MQTT_PASSWORD": "secret"})
    assert (by.user, by.password) == ("me", "secret")
    assert "secret" not in repr(by)
    with pytest.raises(DeviceError, match="TWIN_MQTT_CA: there is no file"):
        access({"TWIN_MQTT_CA": str(tmp_path / "none.pem")})
    with pytest.raises(DeviceError, match="TWIN_MQTT_USER is not"):
        access({"TWIN_MQTT_PASSWORD": "secret"})


# --- with a broker -------------------------------------------------------------------------------


@pytest.mark.parametrize("protocol", [brokers.V5, brokers.V311])
def test_what_is_published_is_in_the_journal(broker, journal, follow, protocol):
    made = MqttCollector(journal, address(f"{broker.url}/shop/#"), Access())
    made._protocol = protocol
    made.start()
    is_connected(made)
    speaker = Speaker(broker)
    speaker.say(500)
    speaker.finish()
    wait_for(lambda: journal.end() >= 500)
    made.stop()
    assert numbers(journal) == list(range(500))
    status = made.status()
    assert (status.link, status.received, status.gaps, status.queued) == (Link.STOPPED, 500, 0, 0)
    assert 0.0 <= status.age() < 60.0
    entry = journal.read()[0].what
    assert (entry.topic, entry.qos, entry.retain) == ("shop/m0", 1, False)
    assert math.isnan(entry.told)


def test_what_comes_while_it_is_away_is_kept_for_it(broker, journal, follow):
    first = follow(f"{broker.url}/shop/#")
    is_connected(first)
    first.stop()
    speaker = Speaker(broker)
    speaker.say(300)
    speaker.finish()
    follow(f"{broker.url}/shop/#")
    wait_for(lambda: journal.end() >= 300)
    assert numbers(journal) == list(range(300))
    assert not [entry for entry in journal.read() if isinstance(entry.what, Gap)]


def test_where_the_broker_kept_nothing_there_is_a_gap(mosquitto, tmp_path, journal, follow):
    broker = Broker(mosquitto, tmp_path / "forgetful", "persistence false").start()
    collector = follow(f"{broker.url}/shop/#")
    is_connected(collector)
    speaker = Speaker(broker)
    speaker.say(10)
    speaker.finish()
    wait_for(lambda: journal.end() >= 10)
    broker.stop(kill=True)
    wait_for(lambda: collector.status().link is Link.LOST)
    assert collector.status().why
    broker.start()
    wait_for(lambda: collector.status().gaps == 1)
    (gap,) = [entry.what for entry in journal.read() if isinstance(entry.what, Gap)]
    assert gap.begin == journal.read()[9].what.received
    assert gap.end > gap.begin
    assert gap.count is None
    broker.stop()


def test_a_broker_that_is_killed_loses_nothing_that_it_keeps(broker, journal, follow):
    """20,000 messages of quality 1; the broker is away for 3 s among them."""
    collector = follow(f"{broker.url}/shop/#")
    is_connected(collector)
    speaker = Speaker(broker)
    speaker.say(7_000)
    wait_for(lambda: journal.end() > 2_000)
    broker.stop()
    speaker.say(6_000)
    time.sleep(3.0)
    broker.start()
    speaker.say(7_000)
    speaker.finish()
    wait_for(lambda: len(set(numbers(journal))) == 20_000)
    assert sorted(set(numbers(journal))) == list(range(20_000))
    again = len(numbers(journal)) - 20_000  # the speaker's own repeats, which nothing tells apart
    assert again <= 200


def test_a_collector_that_is_killed_loses_nothing_and_repeats_nothing(broker, journal):
    first, said = collect_with_kills(broker, journal, 5, random.Random(1))
    assert numbers(journal) == list(range(first, said))


def limit_files():
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))


STATUS = COLLECT.replace(
    "MqttCollector(", "made = MqttCollector("
).replace(".start()", "; made.start()").replace(
    "time.sleep(3600)",
    "\nwhile made.status().link.value != 'stopped': time.sleep(0.05)\nprint(made.status().why)",
)  # fmt: skip


@pytest.mark.skipif(os.name != "posix", reason="a limit on files is POSIX's")
def test_a_full_disk_ends_it_and_what_is_not_kept_is_not_acknowledged(broker, journal, follow):
    command = [sys.executable, "-c", STATUS, str(journal.path), f"{broker.url}/shop/#"]
    collector = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=limit_files)
    speaker = Speaker(broker)
    wait_for(lambda: speaker.say(1) or journal.end())
    speaker.say(1_000, size=1_000)
    told, _ = collector.communicate(timeout=60)
    assert "the disk is full or cannot be written" in told
    first, kept = numbers(journal)[0], len(numbers(journal))
    assert kept < speaker.said
    follow(f"{broker.url}/shop/#")  # there is room again: the broker still has the rest
    speaker.finish()
    wait_for(lambda: speaker.said - 1 in numbers(journal))
    assert numbers(journal) == list(range(first, speaker.said))


def test_large_messages_and_endless_topics_are_counted_and_the_rest_goes_on(
    broker, journal, follow, monkeypatch
):
    monkeypatch.setattr(mqtt, "MOST_TOPICS", 60)
    collector = follow(f"{broker.url}/shop/#")
    is_connected(collector)
    speaker = Speaker(broker)
    speaker.publish("shop/picture", b"x" * 10 * 2**20, qos=1)
    speaker.publish("shop/picture", b"x" * 10 * 2**20, qos=0)
    for number in range(100):
        speaker.publish(f"shop/endless/{number}", b"0", qos=1)
    speaker.say(50)
    speaker.finish()
    wait_for(lambda: collector.status().counts.get(TOO_MANY, 0) >= 90)
    counts = collector.status().counts
    assert counts[TOO_LARGE] == 2
    assert counts[TOO_MANY] == 90  # 60 topics: 60 endless ones, and none of the 50 others
    assert collector.status().received == 60


def test_wrong_credentials_are_named(mosquitto, tmp_path, follow):
    passwords = tmp_path / "passwords"
    passwords.write_text("")
    broker = Broker(mosquitto, tmp_path / "b", f"password_file {passwords}", anonymous=False)
    broker.start()
    without = follow(broker.url)
    wrong = follow(f"{broker.url}/shop/#", Access("me", "secret"))
    for collector, told in ((without, "nobody without a user"), (wrong, "the user 'me'")):
        wait_for(lambda collector=collector: collector.status().why)
        status = collector.status()
        assert told in status.why
        assert "secret" not in status.why
        assert status.link is Link.CONNECTING
    broker.stop()


def test_no_broker_is_named(follow):
    collector = follow(f"mqtt://127.0.0.1:{free_port()}")
    wait_for(lambda: collector.status().why)
    assert "cannot be reached: Connection refused" in collector.status().why


@pytest.fixture
def certificates(tmp_path):
    """A folder with an authority, a good certificate and one that has expired."""
    name = "subjectAltName=IP:127.0.0.1\n"
    (tmp_path / "names").write_text(name)

    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=tmp_path, check=True, capture_output=True)

    new = ("-newkey", "rsa:2048", "-nodes")
    openssl("req", "-x509", *new, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=authority")
    openssl("req", *new, "-keyout", "own.key", "-out", "own.csr", "-subj", "/CN=broker")
    for days, file in (("1", "good.pem"), ("-1", "expired.pem")):
        signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "names")
        openssl("x509", "-req", "-in", "own.csr", *signed, "-days", days, "-out", file)
    return tmp_path


# The library leaves a socket to be collected whose certificate was refused.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_encrypted_connections(mosquitto, certificates, follow, journal):
    ends = {}
    for file in ("good", "expired"):
        extra = f"certfile {certificates}/{file}.pem\nkeyfile {certificates}/own.key"
        ends[file] = Broker(mosquitto, certificates / file, extra).start()
    known = Access(authority=str(certificates / "ca.pem"))
    urls = {file: f"mqtts://127.0.0.1:{end.port}/#" for file, end in ends.items()}
    good = follow(urls["good"], known)
    is_connected(good)
    expired, unknown = follow(urls["expired"], known), follow(f"{urls['good'][:-1]}a", Access())
    for collector, told in (
        (expired, "the broker's certificate has expired"),
        (unknown, "name its authority's file in TWIN_MQTT_CA"),
    ):
        wait_for(lambda collector=collector: collector.status().why)
        assert told in collector.status().why
    for end in ends.values():
        end.stop()


# --- what is delivered again ---------------------------------------------------------------------


class Message:
    """What the library hands over."""

    def __init__(self, packet, body, dup):
        self.mid, self.payload, self.dup = packet, body, dup
        self.qos, self.retain, self.topic, self.properties = 1, False, "shop/m", None


class Thanked(list):
    def ack(self, packet, qos):
        self.append(packet)


def test_what_is_delivered_again_is_told_from_what_says_the_same(journal):
    collector = MqttCollector(journal, address("mqtt://nowhere"), Access())
    thanked = Thanked()
    for message in (
        Message(1, b"a", False),
        Message(1, b"a", True),  # again
        Message(2, b"a", False),  # the same, said once more
        Message(1, b"b", True),  # its first delivery did not arrive
        Message(1, b"b", False),  # the number is free again
    ):
        collector._take(thanked, message)
    collector._intake.start()
    collector.stop()
    assert [entry.what.body for entry in journal.read()] == [b"a", b"a", b"b", b"b"]
    assert thanked == [1, 1, 2, 1, 1]
    assert journal.counts(collector.source) == {REPEATED: 1, MAYBE_REPEATED: 1}
    assert isinstance(journal.read()[0].what, Raw)
