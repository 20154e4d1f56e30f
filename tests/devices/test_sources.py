"""A shop is followed by any protocol in one way, and what is recorded of it is the same again."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.devices.brokers import Broker, free_port
from tests.view.plants import plant
from twin.cli import main
from twin.devices import opcua, shop
from twin.devices.agent import Agent, serving
from twin.devices.collector import Link, Status
from twin.devices.followers import follower
from twin.devices.following import Following
from twin.devices.mqtt import address
from twin.devices.mqtt_publisher import publish
from twin.devices.publishing import first_day
from twin.devices.recorder import record
from twin.devices.sources import connect, journal_of
from twin.devices.text import told
from twin.errors import DeviceError, RecordingError
from twin.layout.schema import Layout
from twin.recordings import parquet, read
from twin.recordings.messages import Message
from twin.recordings.mtconnect import telling
from twin.timeline import State, Timeline

HOUR = 3600.0


@pytest.fixture(scope="module")
def layout() -> Layout:
    return plant().layout


@pytest.fixture(scope="module")
def morning(layout: Layout) -> Timeline:
    """Twenty minutes of a shop that has just opened, on its own clock."""
    day = first_day(layout)
    return day.clip(day.start, day.start + HOUR / 3)


def until(what: Callable[[], object], seconds: float = 90.0) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)


@contextmanager
def by_mtconnect(morning: Timeline, folder: Path) -> Iterator[str]:
    parquet.write(morning, folder / "run")
    found, ended = threading.Event(), threading.Event()
    urls: list[str] = []

    def serving(url: str) -> None:
        urls.append(url)
        found.set()
        ended.wait()

    task = threading.Thread(
        target=shop.publish, args=([folder / "run"],), kwargs={"speed": 120.0, "until": serving}
    )
    task.start()
    assert found.wait(60)
    yield urls[0]
    ended.set()
    task.join()


@contextmanager
def by_opcua(morning: Timeline, folder: Path) -> Iterator[str]:
    url = f"opc.tcp://localhost:{free_port()}"
    ready, ended = threading.Event(), threading.Event()
    options = {"speed": 120.0, "ended": ended, "ready": ready}
    task = threading.Thread(target=opcua.publish, args=(morning, url), kwargs=options)
    task.start()
    assert ready.wait(60)
    yield url
    ended.set()
    task.join()


PROTOCOLS = {"mtconnect": by_mtconnect, "opcua": by_opcua}


def worked(timeline: Timeline, name: str) -> int:
    """How often a resource was at work."""
    rows = timeline.intervals
    its = rows["resource"] == timeline.code(name)
    return int((its & (rows["state"] == State.PROCESSING)).sum())


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_simulated_shop_is_followed(
    protocol: str, morning: Timeline, layout: Layout, tmp_path: Path
) -> None:
    wanted = worked(morning, "mill-1")
    assert wanted > 1
    with PROTOCOLS[protocol](morning, tmp_path) as url:
        followed = connect(layout, url, tmp_path / "shop.sqlite")
        until(lambda: followed.status()[0].link is Link.CONNECTED)
        until(lambda: followed.status()[0].received > 0)
        # It may have begun before anybody listened: then that is not heard.
        until(lambda: worked(followed.heard(), "mill-1") >= wanted - 1)
        now = followed.timeline()
        assert now.origin == "live" and now.layout == layout.name
        assert {"mill-1", "pack-1"} <= {now.names[code] for code in now.resources}
        assert "mill-1" in told(followed) and "connected" in told(followed)
    if protocol == "opcua":  # an agent in this process goes on to answer who has come
        until(lambda: followed.status()[0].link is not Link.CONNECTED)
        lost = followed.timeline()
        last = lost.intervals[~(lost.intervals["end"] < lost.end)]
        assert set(last["state"].tolist()) == {State.UNAVAILABLE}
    heard = followed.heard()
    followed.close()
    again = connect(layout, url, tmp_path / "shop.sqlite")
    assert worked(again.heard(), "mill-1") == worked(heard, "mill-1")
    again.close()


@pytest.mark.parametrize(("protocol", "name"), [("mtconnect", "day"), ("opcua", "day.jsonl")])
def test_what_is_recorded_is_read_as_a_recording(
    protocol: str, name: str, morning: Timeline, layout: Layout, tmp_path: Path
) -> None:
    file = tmp_path / name
    with PROTOCOLS[protocol](morning, tmp_path) as url:
        begun = time.monotonic()

        def enough(status: Status) -> bool:
            return time.monotonic() - begun < 8.0 or status.received < 20

        assert record(url, file, shown=enough) > 20
    kept = read(file, layout)
    assert worked(kept, "mill-1") >= 1
    assert not list(tmp_path.glob(".day*"))
    with pytest.raises(DeviceError, match="is there already"):
        record(url, file)


def test_before_the_first_message_nothing_is_known(layout: Layout, tmp_path: Path) -> None:
    url = f"opc.tcp://localhost:{free_port()}"
    followed = connect(layout, url, tmp_path / "shop.sqlite")
    with pytest.raises(RecordingError, match="nothing has been heard of it yet"):
        followed.timeline()
    assert "nothing heard yet" in told(followed)
    assert math.isnan(followed.status()[0].heard)
    followed.close()


@pytest.mark.parametrize(
    ("url", "what"),
    [("ftp://shop", "nothing here speaks 'ftp'"), ("mqtt://", "is no address of a broker")],
)
def test_what_cannot_be_followed_is_said(
    url: str, what: str, layout: Layout, tmp_path: Path
) -> None:
    with pytest.raises(DeviceError, match=what):
        connect(layout, url, tmp_path / "shop.sqlite")


def test_several_sources_are_one_shop_and_one_that_is_lost_takes_nobody_along(
    mosquitto: str, morning: Timeline, layout: Layout, tmp_path: Path
) -> None:
    """A mill's MTConnect agent and a bench behind a broker: other protocols, other clocks."""
    mapping = tmp_path / "bench.yaml"
    mapping.write_text(
        "twin: 1\nmachines: {B: pack-1, M: mill-1}\nstates: {busy: PROCESSING, free: IDLE}\n"
        "topics:\n  - {topic: shop/+, levels: [machine], state: state}\n"
    )
    broker = Broker(mosquitto, tmp_path)
    broker.start()
    agent = Agent(telling.model_of(["mill-1"]))
    with serving(agent) as url:
        urls, words = [url, f"{broker.url}/shop/#"], [None, mapping]
        shop = connect(layout, urls, tmp_path / "shop.sqlite", words)
        until(lambda: all(status.link is Link.CONNECTED for status in shop.status()))
        said = [Message(0, 0.0, f"shop/{name}", '{"state": "busy"}') for name in "BM"]
        publish(said, address(broker.url), speed=1e9)
        agent.say(list(telling.told_of(morning, ["mill-1"]))[:-2])  # it stands when they end
        try:
            until(lambda: shop.status()[0].received > 10 and "pack-1" in now_of(shop))
            before = now_of(shop)
            assert before["pack-1"] is State.PROCESSING is not before["mill-1"]
            broker.kill()
            until(lambda: now_of(shop)["pack-1"] is State.UNAVAILABLE)
            assert now_of(shop)["mill-1"] is before["mill-1"]
            assert [s.link is Link.CONNECTED for s in shop.status()] == [True, False]
            agent_, broker_ = shop.status()  # the agent answers that nothing is new
            until(lambda: shop.status()[0].answered > agent_.heard)
            assert shop.status()[0].received == agent_.received
            assert math.isnan(broker_.answered)
        finally:
            shop.close()
            broker.stop()


def now_of(shop: Following) -> dict[str, State]:
    """What each resource does now."""
    try:
        now = shop.timeline()
    except RecordingError:
        return {}
    going = now.intervals[~(now.intervals["end"] < now.end)]
    return {now.names[row["resource"]]: State(int(row["state"])) for row in going}


def test_each_address_is_named_once_with_its_mapping(layout: Layout, tmp_path: Path) -> None:
    for urls, mapping, what in (
        (["http://a", "http://a"], None, "are one source; name it once"),
        (["http://a", "mqtt://b"], [None], "1 mappings for 2 addresses"),
    ):
        with pytest.raises(DeviceError, match=what):
            connect(layout, urls, tmp_path / "shop.sqlite", mapping)


def test_each_address_has_a_journal_of_its_own() -> None:
    assert journal_of("shop", ["mqtt://a"]) != journal_of("shop", ["mqtt://b"])
    assert journal_of("shop", ["x", "y"]) == journal_of("shop", ["y", "x"])


def test_printers_of_any_make_are_one_shop(layout: Layout, tmp_path: Path) -> None:
    urls = [f"moonraker://localhost:{free_port()}#mill-1", "octoprint+http://localhost:1#pack-1"]
    followed = connect(layout, urls, tmp_path / "shop.sqlite")
    assert len(followed.status()) == 2
    followed.close()
    assert follower(layout, urls[0]).timeline() is None


def test_the_verbs_say_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "log.txt"
    log.write_text("nothing\n")
    assert main(["publish", str(log), "--mqtt", "mqtt://localhost:1"]) == 2
    assert main(["publish", str(log), "--mqtt", "http://x", "--speed", "0"]) == 2
    assert main(["record", "gopher://x", "-o", str(tmp_path / "x")]) == 2
    assert main(["connect", "pcb_line", "mqtt://me:secret@x"]) == 2
    said = capsys.readouterr().err
    assert "secret" not in said and "nothing here speaks 'gopher'" in said
