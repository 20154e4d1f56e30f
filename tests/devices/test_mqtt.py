"""MQTT, with a real broker: nothing is lost, nothing comes twice, and what is wrong is named."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import paho.mqtt.client as paho
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from tests.devices.brokers import Broker, free_port
from twin.devices import mqtt
from twin.devices.collector import Link
from twin.devices.journal import Gap, Journal, Raw
from twin.devices.mqtt import Mqtt, address
from twin.devices.mqtt_publisher import publish
from twin.devices.sources import connect
from twin.errors import DeviceError
from twin.layout.files import load
from twin.layout.schema import Layout
from twin.recordings.messages import Message, read_messages
from twin.recordings.mqtt_aps import read_session
from twin.timeline import TABLES, TEXTS, Timeline

ROOT = Path(__file__).resolve().parents[2]


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


@pytest.fixture(scope="module")
def plant() -> Layout:
    return load(ROOT / "layouts/aps_24v.yaml")


def until(what: Callable[[], object], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.01)


def is_connected(collector: Mqtt) -> bool:
    return collector.status().link is Link.CONNECTED


def bodies(journal: Journal) -> list[bytes]:
    return [entry.what.body for entry in journal.read(most=10**6) if isinstance(entry.what, Raw)]


def said(number: int, size: int = 20) -> list[Message]:
    return [Message(k, k * 1e-3, f"shop/{k % 7}", f"{k}".rjust(size)) for k in range(number)]


@pytest.fixture
def following(broker: Broker, journal: Journal) -> Iterator[Mqtt]:
    made = Mqtt(f"{broker.url}/shop/#", journal)
    made.start()
    until(lambda: is_connected(made))
    yield made
    made.stop()


def test_what_is_said_is_in_the_journal_in_its_order(
    broker: Broker, journal: Journal, following: Mqtt
) -> None:
    messages = said(500)
    assert publish(messages, address(broker.url), speed=1e9) == 500
    until(lambda: journal.end() == 500)
    assert bodies(journal) == [m.payload.encode() for m in messages]
    entry = journal.read()[1].what
    assert isinstance(entry, Raw)
    assert entry.topic == "shop/1" and entry.qos == 1 and entry.packet > 0
    assert entry.told - journal.read()[0].what.told == pytest.approx(1e-3, abs=2e-6)  # type: ignore[union-attr]
    status = following.status()
    assert (status.received, status.queued, dict(status.counts)) == (500, 0, {})


def test_a_broker_that_dies_loses_nothing(
    broker: Broker, journal: Journal, following: Mqtt
) -> None:
    client = paho.Client(CallbackAPIVersion.VERSION2, client_id="shop", clean_session=False)
    client.max_inflight_messages_set(20)
    client.connect("127.0.0.1", broker.port, 5)
    client.reconnect_delay_set(1, 1)
    client.loop_start()
    count = 20_000
    for k in range(count):
        client.publish(f"shop/{k % 50}", str(k), qos=1)
        if k == count // 3:
            broker.stop()
            time.sleep(3.0)
            broker.start()
    until(lambda: len(set(bodies(journal))) == count, 180.0)
    client.disconnect()
    client.loop_stop()
    assert {int(body) for body in bodies(journal)} == set(range(count))
    assert not any(isinstance(entry.what, Gap) for entry in journal.read(most=10**6))


def test_a_broker_that_forgets_leaves_a_gap(
    broker: Broker, journal: Journal, following: Mqtt, tmp_path: Path
) -> None:
    publish(said(3), address(broker.url), speed=1e9)
    until(lambda: journal.end() == 3)
    broker.kill()
    for kept in tmp_path.glob("mosquitto.db*"):
        kept.unlink()
    until(lambda: following.status().link is Link.LOST)
    assert following.status().why
    broker.start()
    until(lambda: is_connected(following))
    until(lambda: journal.end() == 4)
    gap = journal.read()[-1].what
    first = journal.read()[2].what
    assert isinstance(gap, Gap) and isinstance(first, Raw)
    assert gap.begin == first.received and gap.end > gap.begin
    assert following.status().gaps == 1


COLLECTOR = """
import sys, time
from pathlib import Path
from twin.devices.journal import Journal
from twin.devices.mqtt import Mqtt
made = Mqtt(sys.argv[1], Journal(Path(sys.argv[2])))
made.start()
time.sleep(600)
"""


def test_a_collector_that_is_killed_has_all_that_it_acknowledged(
    broker: Broker, tmp_path: Path
) -> None:
    path, url = tmp_path / "killed.sqlite", f"{broker.url}/shop/#"
    chance = np.random.default_rng(5)

    def started() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", COLLECTOR, url, str(path)], cwd=ROOT)

    process = started()
    until(path.exists)
    until(lambda: "mqtt" in "".join(Journal(path).sources()) or _listens(broker))
    time.sleep(1.0)
    client = paho.Client(CallbackAPIVersion.VERSION2)
    client.connect("127.0.0.1", broker.port)
    client.loop_start()
    count = 0
    for _ in range(5):
        for _ in range(400):
            client.publish(f"shop/{count % 9}", str(count), qos=1)
            count += 1
        time.sleep(float(chance.uniform(0.0, 0.2)))
        process.kill()
        process.wait()
        process = started()
    made = Journal(path)
    until(lambda: len(set(bodies(made))) == count, 120.0)
    process.kill()
    process.wait()
    client.disconnect()
    client.loop_stop()
    assert sorted(int(body) for body in set(bodies(made))) == list(range(count))
    twice = len(bodies(made)) - count
    assert twice == 0, f"{twice} came twice and were not known"
    made.close()


def _listens(broker: Broker) -> bool:
    time.sleep(0.5)
    return True


def test_what_is_too_large_or_too_much_is_counted_and_the_rest_goes_on(
    broker: Broker, journal: Journal, following: Mqtt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mqtt, "TOPICS", 3)
    large = [Message(0, 0.0, "shop/0", "x" * 10 * 2**20)]
    many = [Message(k, 0.0, f"shop/{k}", "y") for k in range(10)]
    publish([*large, *many, Message(0, 0.0, "shop/1", "z")], address(broker.url), speed=1e9)
    until(lambda: bodies(journal)[-1:] == [b"z"])
    assert bodies(journal) == [b"y"] * 3 + [b"z"]
    assert following.status().counts == {"too large": 1, "unknown topic": 7}


def test_a_wrong_password_is_named(
    mosquitto: str, tmp_path: Path, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = Path(mosquitto).parent.parent / "bin/mosquitto_passwd"
    passwords = tmp_path / "passwords"
    subprocess.run([program, "-b", "-c", passwords, "twin", "right"], check=True)
    made = Broker(mosquitto, tmp_path, f"allow_anonymous false\npassword_file {passwords}\n")
    made.start()
    monkeypatch.setenv("TWIN_MQTT_USER", "twin")
    monkeypatch.setenv("TWIN_MQTT_PASSWORD", "wrong")
    follows = Mqtt(made.url, journal)
    follows.start()
    until(lambda: "TWIN_MQTT_PASSWORD" in follows.status().why)
    assert follows.status().link is not Link.CONNECTED and "wrong" not in follows.status().why
    monkeypatch.setenv("TWIN_MQTT_PASSWORD", "right")
    until(lambda: is_connected(follows))
    follows.stop()
    made.stop()


def test_nobody_who_listens_is_named(journal: Journal) -> None:
    port = free_port()
    follows = Mqtt(f"mqtt://127.0.0.1:{port}", journal)
    follows.start()
    until(lambda: f"nobody listens on 127.0.0.1:{port}" in follows.status().why)
    follows.stop()
    with pytest.raises(DeviceError, match="nobody listens"):
        publish(said(1), address(f"mqtt://127.0.0.1:{port}"))


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("http://shop", "write mqtt://host"),
        ("mqtt://", "write mqtt://host"),
        ("mqtt://host:many", "is no address"),
        ("mqtt://me:secret@host", "TWIN_MQTT_USER"),
    ],
)
def test_an_address_that_is_none_is_refused(url: str, what: str) -> None:
    with pytest.raises(DeviceError, match=what) as refused:
        address(url)
    assert "secret" not in str(refused.value)


def test_addresses_say_what_is_wanted() -> None:
    assert address("mqtt://host").source == "mqtt://host:1883"
    assert address("mqtts://host/a/+/b").topics == "a/+/b"
    assert address("mqtt://host/ff/#").topics == "ff/#"


def plain(timeline: Timeline) -> dict[str, list[tuple[object, ...]]]:
    """Its tables as texts and times, whatever the codes are."""
    tables = {}
    for name in TABLES:
        rows = getattr(timeline, name)
        columns = [
            [timeline.name(int(code)) for code in rows[key]]
            if key in TEXTS[name]
            else [str(value) for value in rows[key].tolist()]
            for key in rows.dtype.names
        ]
        tables[name] = sorted(zip(*columns, strict=True))
    return tables


SESSIONS = 11


@pytest.mark.parametrize("number", range(SESSIONS))
def test_a_real_session_that_is_published_again_is_followed_with_nothing_lost(
    broker: Broker, tmp_path: Path, recordings_folder: Path, plant: Layout, number: int
) -> None:
    paths = sorted((recordings_folder / "aps_mqtt_sessions" / "sessions").glob("*.log.gz"))
    assert len(paths) == SESSIONS
    messages = read_messages(paths[number])
    shop = connect(plant, broker.url, tmp_path / "aps.sqlite")
    until(lambda: shop.status()[0].link is Link.CONNECTED)
    assert publish(messages, address(broker.url), speed=50.0) == len(messages)
    until(lambda: shop.status()[0].received == len(messages))
    live, recorded = shop.heard(), read_session(paths[number], plant)
    assert plain(live) == plain(recorded)
    assert live.end == recorded.end
    shop.close()


def test_the_code_of_the_guide_runs(
    broker: Broker,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    recordings_folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs/live.md").read_text(), re.DOTALL)
    paths = sorted((recordings_folder / "aps_mqtt_sessions" / "sessions").glob("startup*"))
    shop = threading.Thread(
        target=publish, args=(read_messages(paths[0]), address(broker.url)), kwargs={"speed": 50.0}
    )
    shop.start()
    exec(compile(code.replace("mqtt://localhost", broker.url), "live.md", "exec"), {})
    shop.join()
    assert capsys.readouterr().out.endswith("parts so far\n")


def test_a_real_session_at_its_own_pace_is_followed_as_it_happens(
    broker: Broker, tmp_path: Path, recordings_folder: Path, plant: Layout
) -> None:
    path = sorted((recordings_folder / "aps_mqtt_sessions" / "sessions").glob("startup*"))[0]
    messages = read_messages(path)
    some = [m for m in messages if m.time < messages[0].time + 8.0]
    shop = connect(plant, broker.url, tmp_path / "aps.sqlite")
    until(lambda: shop.status()[0].link is Link.CONNECTED)
    publish(some, address(broker.url))
    until(lambda: shop.status()[0].received == len(some))
    entries = shop._journal.read(most=10**6)
    late = [e.what.received - e.what.told for e in entries if isinstance(e.what, Raw)]
    assert len(late) == len(some)  # each says when it was said, and came at a time of its own
    status, now = shop.status()[0], shop.timeline()
    assert now.origin == "live"
    assert now.end - shop.heard().end == pytest.approx(time.time() - status.heard, abs=1.0)
    shop.close()
    again = connect(plant, broker.url, tmp_path / "aps.sqlite")
    assert plain(again.heard())["intervals"] == plain(shop_of(some, plant))["intervals"]
    again.close()


def shop_of(messages: list[Message], plant: Layout) -> Timeline:
    from twin.recordings.mqtt_aps.session import Session

    session = Session(plant)
    for message in messages:
        session.hear(message)
    return session.timeline()
