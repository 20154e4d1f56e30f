"""A real OctoPrint with its virtual printer, polled while it prints."""

import socket

import pytest

from tests.devices import octoprint_server
from tests.devices.following import followed, has, running, wait
from tests.recordings.printers.said import orders, points, states
from twin.devices import collector as contract
from twin.devices import octoprint, polled
from twin.devices.collector import Link
from twin.devices.journal import Gap, Journal
from twin.recordings.printers import is_printers, read_file

STEP = 0.2
# The virtual printer heats in seconds and dwells as long as it is told to.
LONG_PRINT = "M109 S30\n" + "".join(f"G1 X{n % 50} E{n / 10} F3000\nG4 P100\n" for n in range(3000))
SHORT_PRINT = "".join(f"G1 X{n} E{n} F3000\nG4 P100\n" for n in range(10))


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    command = octoprint_server.find()
    if command is None:
        pytest.skip("there is no OctoPrint: TWIN_OCTOPRINT names no command")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = octoprint_server.OctoPrintServer(command, tmp_path_factory.mktemp("octo"), port)
    try:
        made.start()
        made.upload("long.gcode", LONG_PRINT)
        made.upload("short.gcode", SHORT_PRINT)
        yield made
    finally:
        made.stop()


@pytest.fixture(autouse=True)
def key(monkeypatch):
    monkeypatch.setattr(contract, "FIRST_WAIT", 0.05)
    monkeypatch.setenv("TWIN_OCTOPRINT_KEY", octoprint_server.KEY)


@pytest.fixture
def journal(tmp_path):
    made = Journal(tmp_path / "site.sqlite")
    yield made
    made.close()


def test_prints_are_followed_to_their_end(server, journal):
    with running(octoprint.collector(server.url, journal, step=STEP)) as collector:
        wait(lambda: has(journal, "Operational"))
        server.command("/api/files/local/short.gcode", command="select", print=True)
        wait(lambda: orders(followed(journal).timeline())[-1:] != [])
        wait(lambda: has(journal, "Operational"))
        server.command("/api/files/local/long.gcode", command="select", print=True)
        wait(lambda: has(journal, "Printing"))
        server.command("/api/job", command="pause", action="pause")
        wait(lambda: has(journal, "Paused"))
        server.command("/api/job", command="pause", action="resume")
        wait(lambda: has(journal, "Printing"))
        server.command("/api/job", command="cancel")
        wait(lambda: has(journal, "Operational"))
        server.command("/api/connection", command="disconnect")
        wait(lambda: has(journal, "Offline"))
        server.command("/api/connection", command="connect", port="VIRTUAL")
        wait(lambda: has(journal, "Operational"))
        assert collector.status().link is Link.CONNECTED
    follower = followed(journal)
    timeline = follower.timeline()
    assert follower.counts == {}
    assert [order[:2] + order[4:] for order in orders(timeline)] == [
        ("mini-1", "short", "DONE", "UNCERTAIN"),
        ("mini-2", "long", "CANCELLED", "UNCERTAIN"),
    ]
    told = [state for state, _, native, _ in states(timeline) if native not in FLEETING]
    assert told == [
        *("IDLE", "PROCESSING", "IDLE", "PROCESSING", "HELD", "PROCESSING", "IDLE"),
        *("UNAVAILABLE", "IDLE"),
    ]
    assert points(timeline, "temperature of nozzle")
    assert points(timeline, "gap") == []
    # What OctoPrint itself remembers of the files says the same.
    history = server.folder / "uploads" / ".metadata.json"
    assert is_printers(history)
    remembered = [order[1:2] + order[4:5] for order in orders(read_file(history))]
    assert remembered == [("short", "DONE"), ("long", "CANCELLED")]


# States that are so short that a poll may miss them, and the time before the first answer.
FLEETING = {"", "Starting", "Pausing", "Resuming", "Cancelling", "Finishing"}


def test_a_server_that_is_killed_leaves_a_gap(server, journal, monkeypatch):
    monkeypatch.setattr(polled, "HOLE", 0.5)
    with running(octoprint.collector(server.url, journal, step=STEP)) as collector:
        wait(lambda: has(journal, "Operational"))
        server.stop()
        wait(lambda: collector.status().link is Link.LOST)
        assert "refused" in collector.status().why or "closed" in collector.status().why
        server.start()
        wait(lambda: any(isinstance(entry.what, Gap) for entry in journal.read()))
        wait(lambda: has(journal, "Operational"))
        assert collector.status().gaps == 1
    assert [row[0] for row in states(followed(journal).timeline())][-2:] == ["UNAVAILABLE", "IDLE"]


@pytest.mark.parametrize(
    ("key", "says"), [("", "it wants a key"), ("wr0ng", "the key or password is wrong")]
)
def test_a_wrong_key_is_named(server, journal, monkeypatch, key, says):
    monkeypatch.setenv("TWIN_OCTOPRINT_KEY", key)
    with running(octoprint.collector(server.url, journal, step=STEP)) as collector:
        wait(lambda: collector.status().link is Link.STOPPED)
    assert says in collector.status().why
    assert "set TWIN_OCTOPRINT_KEY" in collector.status().why
    assert "wr0ng" not in collector.status().why
    assert journal.read() == []
