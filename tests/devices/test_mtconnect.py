"""A real agent in a process of its own, and a collector that follows it."""

from __future__ import annotations

import math
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from tests.plants import ROOT, shipped
from tests.recordings.test_mtconnect import DAY, MODEL, START, lines, points, put, states
from twin.devices import shop
from twin.devices.agent import Agent, serving
from twin.devices.collector import Link
from twin.devices.journal import Journal, Raw
from twin.devices.mtconnect import PROBE, AgentCollector, hear, write
from twin.errors import DeviceError, RecordingError
from twin.kpis import measure
from twin.production.run import simulate
from twin.recordings import parquet, read, summary
from twin.recordings.mtconnect import Follower, model, shdr, streams, telling
from twin.recordings.mtconnect.observations import Observation
from twin.timeline import State, Timeline, table

KILLS = int(os.environ.get("TWIN_KILLS", "6"))  # of the collector; 100 take some minutes
LONG = 30.0  # [s] after which a test gives up waiting


@contextmanager
def agent_process(*arguments: object) -> Iterator[str]:
    """An agent that serves recordings in a process of its own; its URL."""
    command = [sys.executable, "-m", "twin.devices.shop", *map(str, arguments)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as process:
        assert process.stdout and process.stdin
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()
            process.wait(LONG)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    one = Journal(tmp_path / "journal.sqlite")
    yield one
    one.close()


@contextmanager
def collecting(url: str, journal: Journal, **options: object) -> Iterator[AgentCollector]:
    collector = AgentCollector(url, journal, source="agent", pause=0.01, **options)  # type: ignore[arg-type]
    collector.start()
    try:
        yield collector
    finally:
        collector.stop()


def until(true: Callable[[], bool]) -> None:
    """Waits until something is so; fails where it never is."""
    end = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < end, "it never was so"
        time.sleep(0.01)


def entries(journal: Journal) -> list:
    found, position = [], 0
    while some := journal.read(position):
        found += some
        position = some[-1].position
    return found


def observed(journal: Journal) -> list[Raw]:
    raws = [e.what for e in entries(journal) if isinstance(e.what, Raw)]
    return [raw for raw in raws if raw.topic not in ("", PROBE)]


def count(journal: Journal) -> int:
    """Observations in a journal without marks; the model is one entry."""
    return journal.end() - 1


def live(journal: Journal) -> Timeline:
    follower = Follower()
    hear(follower, entries(journal))
    return follower.timeline()


def same(one: Timeline, other: Timeline) -> None:
    """Two timelines say the same, whatever the order of their names."""
    assert summary(one) | {"run": ""} == summary(other) | {"run": ""}
    for name in ("intervals", "points"):
        rows = [told(timeline, getattr(timeline, name)) for timeline in (one, other)]
        assert rows[0] == rows[1]


def told(timeline: Timeline, table: np.ndarray) -> list[tuple[str, ...]]:
    texts = ("resource", "part", "native", "name", "unit")
    return sorted(
        tuple(
            timeline.name(int(row[key])) if key in texts else str(row[key])
            for key in table.dtype.names or ()
        )
        for row in table
    )


def observations(*rows: tuple[float, str], device: str = "mill") -> list[Observation]:
    found = list(shdr.read(lines(*rows), device))
    return [each for each in found if isinstance(each, Observation)]


# --- the same as the file ------------------------------------------------------------------------


def test_the_okuma_followed_live_is_the_okuma_read(
    recordings_folder: Path, journal: Journal, tmp_path: Path
) -> None:
    path = recordings_folder / "mtconnect_okuma" / "okuma.txt.gz"
    with agent_process(path, "--speed", 0) as url, collecting(url, journal) as collector:
        until(lambda: count(journal) == 25_507)
        assert collector.status().link is Link.CONNECTED
        assert collector.status().counts == {"clock differs": 1}
    same(live(journal), read(path))
    assert write(journal, "agent", tmp_path / "out") == 25_507
    same(read(tmp_path / "out"), read(path))


def test_a_machine_of_nist_followed_live_is_the_one_read(
    recordings_folder: Path, journal: Journal
) -> None:
    """A week in which it ran on three days; heads of files in between."""
    folder = recordings_folder / "nist_sms_testbed" / "raw_2018-10"
    files = sorted(folder.glob("Mazak01-2018100[2-9]*"))[2:] + sorted(
        folder.glob("Mazak01-2018101[5-6]*")
    )
    with agent_process(*files, "--speed", 0) as url, collecting(url, journal):
        last = sum(len(list(shop.said_by([file])[1])) for file in files)
        until(lambda: count(journal) == last)
    same(live(journal), read(files))


def test_a_recording_at_its_own_speed_is_followed(tmp_path: Path, journal: Journal) -> None:
    rows = [*START, *((second / 10, f"line|{second}") for second in range(1, 40))]
    path = put(tmp_path / "mill.txt", *rows)
    with agent_process(path, "--speed", 20) as url, collecting(url, journal):
        until(lambda: len(observed(journal)) == 5 + 39)
    same(live(journal), read(path))


@pytest.mark.parametrize("name", ["pcb_line"])
def test_a_simulated_shop_is_followed(name: str, tmp_path: Path, journal: Journal) -> None:
    """What MTConnect has no word for, a machine that waits for a person, is held."""
    run = simulate(shipped(name), "4 h", seed=1)
    parquet.write(run, tmp_path / "run")
    machines = [n for n in summary(run)["stations"] if "#" not in n]
    with agent_process(tmp_path / "run", "--speed", 0) as url, collecting(url, journal):
        said = len(list(shop.said_by([tmp_path / "run"])[1]))
        until(lambda: count(journal) == said)
    heard = live(journal)
    assert heard.epoch == run.epoch
    ended = heard.end
    for machine in machines:
        simulated = summary(run.clip(0.0, ended))["stations"][machine]
        held = simulated.pop("WAITING_CREW", 0.0) + simulated.pop("HELD", 0.0)
        found = summary(heard)["stations"][machine]
        assert found.pop("HELD", 0.0) == pytest.approx(held, abs=1e-3)
        assert found == pytest.approx(simulated, abs=1e-3)


# --- what goes wrong -----------------------------------------------------------------------------


def test_the_collector_goes_on_where_it_was(journal: Journal) -> None:
    agent = Agent()
    agent.say(observations(*START))
    with serving(agent) as url:
        with collecting(url, journal):
            until(lambda: len(observed(journal)) == 5)
        agent.say(observations((10, "execution|ACTIVE"), (20, "execution|READY")))
        with collecting(url, journal):
            until(lambda: len(observed(journal)) == 7)
    assert [s for s, *_ in states(live(journal))] == ["IDLE", "PROCESSING", "IDLE"]
    assert points(live(journal), "gap") == []
    assert "duplicate" not in journal.counts("agent") or journal.counts("agent")["duplicate"] == 1


def test_an_agent_that_is_started_again(tmp_path: Path, journal: Journal) -> None:
    """In processes of their own, on the same port: the numbers begin anew."""
    first = put(tmp_path / "mill-1.txt", *START, (10, "execution|ACTIVE"), (20, "line|1"))
    later = [(900 + second, rest) for second, rest in START]
    second = put(tmp_path / "mill-2.txt", *later, (950, "execution|ACTIVE"), (960, "line|2"))
    with agent_process(first, "--speed", 0) as url:
        port = url.rpartition(":")[2]
        collector = AgentCollector(url, journal, source="agent", pause=0.01)
        collector.start()
        until(lambda: len(observed(journal)) == 7)
    until(lambda: collector.status().link is Link.LOST)
    assert "Connection refused" in collector.status().why or collector.status().why
    with agent_process(second, "--speed", 0, "--port", port):
        until(lambda: len(observed(journal)) == 14)
        assert collector.status().link is Link.CONNECTED
        assert collector.status().gaps == 1
        assert collector.status().counts["agent restarts"] == 1
        collector.stop()
    told_states = [(s, t) for s, _, t, _ in states(live(journal))]
    assert told_states == [
        *[("IDLE", 0.0), ("PROCESSING", 10.0), ("UNAVAILABLE", 20.0)],
        *[("IDLE", 900.0), ("PROCESSING", 950.0)],
    ]
    assert points(live(journal), "gap") == [(20.0, 880.0, "")]


def test_an_agent_that_calls_every_instance_the_same(journal: Journal) -> None:
    for begin, all_of_it in ((0, 6), (900, 11)):
        agent = Agent(instance=1)
        agent.say(observations(*((begin + second, rest) for second, rest in START)))
        if begin == 0:
            agent.say(observations((1, "line|1")))
        with serving(agent) as url, collecting(url, journal):
            until(lambda n=all_of_it: len(observed(journal)) == n)
    assert journal.counts("agent")["agent restarts"] == 1
    assert [raw.key.rpartition(":")[0] for raw in observed(journal)] == ["1"] * 6 + ["1~1"] * 5


def test_a_buffer_that_runs_over_is_counted_and_how_things_stand_is_taken(journal: Journal) -> None:
    """A client that stalls while 5,000 observations go through a buffer of 2,000."""
    agent = Agent(buffer=2000)
    agent.say(observations(*START, (1, "execution|ACTIVE")))
    with serving(agent) as url:
        with collecting(url, journal):
            until(lambda: len(observed(journal)) == 6)
        agent.say(observations((2, "mode|MANUAL")))  # nobody hears it, and the buffer forgets it
        agent.say(observations(*((3 + second, f"line|{second}") for second in range(5000))))
        with collecting(url, journal) as collector:
            until(lambda: collector.status().received >= 2001)
            assert collector.status().gaps == 1
    heard = {int(raw.key.rpartition(":")[2]) for raw in observed(journal)}
    assert len(heard) == len(observed(journal))
    counts = journal.counts("agent")
    assert counts["lost"] == agent.next - 1 - len(heard) == 3000
    timeline = live(journal)
    assert states(timeline)[-1][:2] == ("SETUP", "ACTIVE MANUAL")
    assert points(timeline, "lost") == [(1.0, 3000.0, "")]
    (gap,) = points(timeline, "gap")
    assert gap[0] == 1.0 and gap[0] + gap[1] == pytest.approx(3 + 3000, abs=2)


def test_a_buffer_that_runs_on_while_it_is_asked(journal: Journal) -> None:
    """Faster than it can be read: nothing is heard twice, all that is not heard is counted."""
    agent = Agent(buffer=300)
    stop = threading.Event()

    def talk() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            agent.say(observations(*((number, f"line|{k}") for k in range(200))))
            time.sleep(0.002)

    agent.say(observations(*START))
    with serving(agent) as url:
        thread = threading.Thread(target=talk)
        thread.start()
        try:
            with collecting(url, journal, count=50) as collector:
                until(lambda: collector.status().gaps >= 3)
        finally:
            stop.set()
            thread.join()
        with collecting(url, journal):
            end = f"{agent.instance}:{agent.next}"
            until(lambda: journal.cursor("agent") == end)
    heard = [int(raw.key.rpartition(":")[2]) for raw in observed(journal)]
    assert len(set(heard)) == len(heard)
    first = min(heard)
    before = sum(1 for number in heard if number < first)
    assert before == 0
    assert journal.counts("agent")["lost"] + len(heard) >= agent.next - 300 - 1
    assert journal.counts("agent")["lost"] + len(heard) <= agent.next - 1


COLLECT = """
import sys
from pathlib import Path
from twin.devices.journal import Journal
from twin.devices.mtconnect import AgentCollector
collector = AgentCollector(sys.argv[1], Journal(Path(sys.argv[2])), "agent", count=200, pause=0.01)
collector.start()
print("on", flush=True)
sys.stdin.read()
"""


def test_a_collector_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    """By SIGKILL, at random moments, while an agent of its own process goes on talking."""
    rows = [*START, (1, "execution|ACTIVE")]
    rows += [(2 + second / 10, f"line|{second}") for second in range(6_000)]
    path = put(tmp_path / "mill.txt", *rows)
    chance = random.Random(7)
    file = tmp_path / "journal.sqlite"
    seen = 0
    with agent_process(path, "--speed", 600 / KILLS) as url:  # a second for each
        command = [sys.executable, "-c", COLLECT, url, str(file)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        for _ in range(KILLS):
            with subprocess.Popen(command, cwd=ROOT, **pipes) as process:  # type: ignore[call-overload]
                assert process.stdout
                process.stdout.readline()
                time.sleep(chance.uniform(0.0, 0.3))
                os.kill(process.pid, signal.SIGKILL)
                process.wait(LONG)
            journal = Journal(file)
            cursor = journal.cursor("agent") or ":1"
            kept = [int(raw.key.rpartition(":")[2]) for raw in observed(journal)]
            journal.close()
            # What was asked for next says what was acknowledged: all of that is there, once.
            assert kept == list(range(1, int(cursor.rpartition(":")[2])))
            assert len(kept) >= seen
            seen = len(kept)
        journal = Journal(file)
        with collecting(url, journal):
            until(lambda: (journal.cursor("agent") or "").endswith(":6007"))
        same(live(journal), read(path))
        journal.close()


# --- agents that answer nonsense -----------------------------------------------------------------


@contextmanager
def answering(answer: Callable[[str], bytes | Iterator[bytes]]) -> Iterator[str]:
    """A server whose answers a test makes up; None of them tells its length."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            body = answer(self.path)
            try:
                for chunk in [body] if isinstance(body, bytes) else body:
                    self.wfile.write(chunk)
            except OSError:
                return  # the collector has heard enough

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def gigabyte(_: str) -> Iterator[bytes]:
    for _ in range(2**10):
        yield b"<MTConnectStreams>" + b" " * 2**20


def cut(path: str) -> bytes:
    return Agent().answer(path)[1].encode()[:-40]


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (lambda _: b"<html><body>Welcome</body></html>", "is <html>, not a document"),
        (lambda _: b'{"hello": 1}', "is not XML as an MTConnect agent writes it"),
        (gigabyte, "the answer is larger than 64 MB"),
        (cut, "is not XML as an MTConnect agent writes it"),
        (lambda _: b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "declares a document type"),
        (lambda _: b"<MTConnectStreams><Header instanceId='x'/></MTConnectStreams>", "lacks"),
    ],
)
def test_an_agent_that_answers_nonsense_is_named(
    journal: Journal, answer: Callable[[str], bytes], says: str
) -> None:
    with answering(answer) as url, collecting(url, journal) as collector:
        until(lambda: says in collector.status().why)
        assert collector.status().link is not Link.CONNECTED
        assert collector.status().counts["not understood"] >= 1
        assert url.removeprefix("http://") in collector.status().why
    assert observed(journal) == []


def test_an_agent_that_comes_to_its_senses_is_followed(journal: Journal) -> None:
    agent = Agent()
    agent.say(observations(*START))
    nonsense = [True]

    def answer(path: str) -> bytes:
        if nonsense and path.startswith("/sample"):
            nonsense.pop()
            return b"<html/>"
        return agent.answer(path)[1].encode()

    with answering(answer) as url, collecting(url, journal):
        until(lambda: len(observed(journal)) == 5)
    assert journal.counts("agent")["not understood"] == 1


def test_nobody_answers(journal: Journal) -> None:
    with collecting("http://127.0.0.1:9", journal) as collector:
        until(lambda: "127.0.0.1:9" in collector.status().why)
        assert collector.status().link is Link.CONNECTING
        assert math.isnan(collector.status().heard)
    assert collector.status().link is Link.STOPPED


@pytest.mark.parametrize("url", ["ftp://agent", "agent:5000", "http://me:secret@agent", "http://"])
def test_a_url_that_is_none(journal: Journal, url: str) -> None:
    with pytest.raises(DeviceError, match="expected the URL of an agent") as caught:
        AgentCollector(url, journal)
    assert "secret" not in str(caught.value)


def test_a_port_that_is_none(journal: Journal) -> None:
    with pytest.raises(DeviceError, match="agent: Port"):
        AgentCollector("http://agent:many", journal)


def test_a_damaged_observation_is_counted_and_the_others_are_kept(journal: Journal) -> None:
    agent = Agent()
    agent.say(observations(*START, (3, "line|1")))
    stamp = shdr.line_of(observations((3, "line|1"))[0]).partition("|")[0]

    def answer(path: str) -> bytes:
        return agent.answer(path)[1].replace(f'"{stamp}" sequence', '"soon" sequence').encode()

    with answering(answer) as url, collecting(url, journal):
        until(lambda: journal.counts("agent").get("not understood", 0) == 1)
    assert len(observed(journal)) == 5


def test_a_clock_that_jumps_stops_nothing(journal: Journal) -> None:
    """The machine's clock is set back by an hour: what is told then is another recording of it."""
    agent = Agent()
    agent.say(observations(*START, (3000, "execution|ACTIVE"), (4100, "line|1")))
    agent.say(observations(*((500 + second, rest) for second, rest in START)))
    agent.say(observations((600, "execution|ACTIVE"), (700, "execution|READY"), (9000, "line|2")))
    with serving(agent) as url, collecting(url, journal):
        until(lambda: len(observed(journal)) == agent.next - 1)
    timeline = live(journal)
    measure(timeline)  # no two states at once
    assert timeline.end == 9000.0
    assert {state for state, *_ in states(timeline)} == {"IDLE", "PROCESSING", "UNAVAILABLE"}


def test_a_full_disk_is_said_and_ends_it(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    agent = Agent()
    agent.say(observations(*START))
    append = journal.append
    with serving(agent) as url, collecting(url, journal) as collector:
        until(lambda: len(observed(journal)) == 5)

        def full(*_: object, **__: object) -> int:
            raise DeviceError("journal.sqlite: the disk is full")

        monkeypatch.setattr(journal, "append", full)
        agent.say(observations((10, "line|1")))
        until(lambda: collector.status().link is Link.STOPPED)
        assert "the disk is full" in collector.status().why
        monkeypatch.setattr(journal, "append", append)
    assert len(observed(journal)) == 5


# --- the agent -----------------------------------------------------------------------------------


def test_the_agent_speaks_of_its_devices_one_by_one_or_of_all() -> None:
    (mill,) = model.read_model([MODEL.encode()], "probe")
    agent = Agent([mill])
    agent.say(observations((0, "run|READY"), (1, "any|FAULT|7|||it broke")))
    agent.say(observations((2, "run|ACTIVE"), device="lathe"))
    for path, names in (("/probe", {"mill", "lathe"}), ("/lathe/probe", {"lathe"}), ("/", None)):
        devices = model.read_model([agent.answer(path)[1].encode()], path)
        assert {device.name for device in devices} == (names or {"mill", "lathe"})
    again = model.read_model([agent.answer("/mill/probe")[1].encode()], "probe")[0]
    assert again.items["e1"].type == "EXECUTION" and again.items["f1"].component == "Path"
    document = streams.read_document([agent.answer("/mill/current")[1].encode()], "current")
    assert [(n, told.item, told.value) for n, told in document.observations] == [
        *[(1, "RunState", "READY"), (2, "any", "FAULT")],
    ]
    assert document.observations[1][1].condition == ("7", "", "", "it broke")


def test_current_at_a_number_and_samples_from_one() -> None:
    agent = Agent(buffer=4)
    agent.say(observations(*((k, f"execution|{'READY' if k % 2 else 'ACTIVE'}") for k in range(9))))

    def document(path: str) -> streams.Document:
        return streams.read_document([agent.answer(path)[1].encode()], path)

    assert [n for n, _ in document("/sample?from=6&count=2").observations] == [6, 7]
    assert document("/sample?from=6&count=2").header.next == 8
    assert document("/sample?from=10").observations == []
    assert [n for n, _ in document("/current?at=7").observations] == [7]
    assert [n for n, _ in document("/current").observations] == [9]
    for path in ("/sample?from=5", "/sample?from=11", "/current?at=5", "/sample?from=6&count=0"):
        with pytest.raises(streams.AgentError, match="OUT_OF_RANGE") as caught:
            document(path)
        assert caught.value.code == "OUT_OF_RANGE"


def test_of_a_condition_several_codes_stand() -> None:
    agent = Agent(buffer=1)
    rows = ["WARNING|1|||hot", "FAULT|2|||broken", "NORMAL|1|||"]
    agent.say(observations((0, "execution|READY"), *((1, f"system|{row}") for row in rows)))
    current = streams.read_document([agent.answer("/current")[1].encode()], "current")
    active = [(told.value, told.condition[0]) for _, told in current.observations if told.condition]
    assert active == [("FAULT", "2")]
    agent.say(observations((2, "system|NORMAL||||")))
    current = streams.read_document([agent.answer("/current")[1].encode()], "current")
    assert [told.value for _, told in current.observations if told.condition] == ["NORMAL"]


def test_what_is_no_recording_is_not_served(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "x.txt").write_text("hello")
    with pytest.raises(RecordingError, match="is no recording of MTConnect"):
        shop.said_by([tmp_path / "x.txt"])
    assert shop.main([str(tmp_path / "x.txt")]) == 2
    assert "is no recording of MTConnect" in capsys.readouterr().err


def test_a_port_that_is_taken() -> None:
    with serving(Agent()) as url:
        port = int(url.rpartition(":")[2])
        with (
            pytest.raises(DeviceError, match=f"{port}: cannot be listened on"),
            serving(Agent(), port),
        ):
            pass


def test_each_state_comes_back_as_itself() -> None:
    """But for waiting for a person, of which MTConnect knows nothing: that is held."""
    rows = [(0, state, -1, 10.0 * k, 10.0 * k + 10, 0, -1) for k, state in enumerate(State)]
    run = Timeline(("mill",), (0,), 0.0, 10.0 * len(rows), table("intervals", rows),
                   table("moves"), table("orders"), table("points"), DAY)  # fmt: skip
    follower = Follower(devices=telling.model_of(["mill"]))
    for each in telling.told_of(run, ["mill"]):
        follower.hear(each)
    found = [(state, start) for state, _, start, _ in states(follower.timeline())]
    named = ["HELD" if state == State.WAITING_CREW else state.name for state in State]
    # Its own word for each: two that are held in a row are two, as their words differ.
    assert found == [(name, 10.0 * k) for k, name in enumerate(named)]
