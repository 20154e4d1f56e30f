"""Moonraker followed over a websocket. The server is a stand-in: see moonraker_stand_in.py."""

import json
import time

import pytest

from tests.devices.certificates import certificate
from tests.devices.following import followed, has, running, wait
from tests.devices.moonraker_stand_in import MoonrakerStandIn
from tests.devices.prusalink_stand_in import PrusaLinkStandIn
from tests.recordings.printers.said import orders, points, states
from twin.devices import collector as contract
from twin.devices import moonraker, printers
from twin.devices.collector import Link
from twin.devices.journal import Gap, Journal

BEAT = 0.1


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(contract, "FIRST_WAIT", 0.05)
    monkeypatch.delenv("TWIN_MOONRAKER_KEY", raising=False)


@pytest.fixture
def journal(tmp_path):
    made = Journal(tmp_path / "site.sqlite")
    yield made
    made.close()


@pytest.fixture
def server():
    with MoonrakerStandIn() as made:
        yield made


def stats(word, file="lid.gcode", **more):
    return {"state": word, "filename": file} | more


def test_a_print_from_its_heating_to_its_end(journal, server):
    with running(moonraker.collector(server.url, journal, beat=BEAT)) as collector:
        wait(lambda: has(journal, "standby"))
        server.tell(print_stats=stats("printing", print_duration=0.0))
        wait(lambda: has(journal, "printing"))
        heating = followed(journal).timeline()
        server.objects["print_stats"] |= {"print_duration": 1e-4, "filament_used": 12.0}
        wait(lambda: states(followed(journal).timeline())[-1][0] == "PROCESSING")
        server.tell(print_stats=stats("paused"))
        wait(lambda: has(journal, "paused"))
        server.tell(print_stats=stats("printing"))
        wait(lambda: has(journal, "printing"))
        server.tell(print_stats=stats("complete"))
        wait(lambda: has(journal, "complete"))
        assert collector.status().link is Link.CONNECTED
    assert collector.status().link is Link.STOPPED
    timeline = followed(journal).timeline()
    assert states(heating)[-1][::2] == ("SETUP", "printing")
    assert [(state, quality) for state, _, _, quality in states(timeline)][-6:] == [
        ("IDLE", "GOOD"),
        ("SETUP", "INFERRED"),
        ("PROCESSING", "GOOD"),
        ("HELD", "GOOD"),
        ("PROCESSING", "GOOD"),
        ("IDLE", "GOOD"),
    ]
    assert [order[:2] + order[4:] for order in orders(timeline)] == [
        ("mini-1", "lid", "DONE", "GOOD")
    ]
    assert followed(journal).counts == {}


def test_only_what_says_something_is_kept(journal, server):
    with running(moonraker.collector(server.url, journal, beat=BEAT)):
        wait(lambda: has(journal, "standby"))
        server.notify("notify_proc_stat_update", {"cpu_temp": 40.0})
        server.send("<html>")
        server.tell(print_stats=stats("printing"))
        wait(lambda: has(journal, "printing"))
    topics = {entry.what.topic for entry in journal.read(most=10**6)}
    assert topics == {
        f"printers/mini/moonraker/{method}"
        for method in (
            *("server.info", "server.history.list", "notify_status_update"),
            *("printer.objects.subscribe", "printer.objects.query"),
        )
    }
    assert journal.counts(server.url) == {"not understood": 1}


def test_a_connection_that_is_lost_comes_back_with_a_gap(journal, server):
    with running(moonraker.collector(server.url, journal, beat=BEAT)) as collector:
        wait(lambda: has(journal, "standby"))
        server.drop()
        wait(lambda: any(isinstance(entry.what, Gap) for entry in journal.read()))
        server.tell(print_stats=stats("printing"))
        wait(lambda: has(journal, "printing"))
        assert collector.status().gaps == 1
    told = [state for state, *_ in states(followed(journal).timeline())]
    assert told[-4:] == ["IDLE", "UNAVAILABLE", "IDLE", "SETUP"]


def test_what_nobody_listened_to_is_learnt_from_the_history(journal):
    with MoonrakerStandIn() as server:
        port = server.port
        collector = moonraker.collector(server.url, journal, beat=BEAT)
        collector.start()
        wait(lambda: has(journal, "standby"))
    wait(lambda: collector.status().link is Link.LOST)
    begin = time.time()  # for sure within the gap
    time.sleep(0.1)
    again = MoonrakerStandIn(port=port)
    job = {"job_id": "00001A", "filename": "lid.gcode", "status": "completed"}
    job |= {"start_time": begin + 0.01, "end_time": begin + 0.05, "filament_used": 500.0}
    again.jobs = [job | {"print_duration": 0.04, "total_duration": 0.04}]
    with again:
        wait(lambda: points(followed(journal).timeline(), "gap"))
        wait(lambda: has(journal, "standby"))
        collector.stop()
    timeline = followed(journal).timeline()
    told = [(state, native, quality) for state, _, native, quality in states(timeline)]
    assert ("PROCESSING", "completed", "UNCERTAIN") in told
    assert [order[:2] + order[4:] for order in orders(timeline)] == [
        ("mini-1", "lid", "DONE", "UNCERTAIN")
    ]


def test_a_collector_that_starts_again_knows_where_it_was(journal, server):
    with running(moonraker.collector(server.url, journal, beat=BEAT)):
        wait(lambda: has(journal, "standby"))
    last = journal.last(server.url)[0].what.received
    with running(moonraker.collector(server.url, journal, beat=BEAT)):
        wait(lambda: any(isinstance(entry.what, Gap) for entry in journal.read(most=10**6)))
    (gap,) = [entry.what for entry in journal.read(most=10**6) if isinstance(entry.what, Gap)]
    assert gap.begin == last


def test_klipper_that_stops_and_starts_again(journal, server):
    with running(moonraker.collector(server.url, journal, beat=BEAT)):
        wait(lambda: has(journal, "standby"))
        server.tell(print_stats=stats("printing"))
        wait(lambda: has(journal, "printing"))
        server.shut("shutdown", "MCU 'mcu' shutdown: Timer too close")
        wait(lambda: has(journal, "klippy shutdown"))
        server.objects["print_stats"] |= stats("standby", "")
        server.shut("disconnected")
        wait(lambda: has(journal, "klippy disconnected"))
        server.shut("ready")
        wait(lambda: has(journal, "standby"))
        server.tell(print_stats=stats("printing", "box.gcode"))  # it is subscribed to again
        wait(lambda: has(journal, "printing"))
    timeline = followed(journal).timeline()
    told = [(state, native) for state, _, native, _ in states(timeline)]
    assert told[-5:] == [
        ("SETUP", "printing"),
        ("DOWN", "klippy shutdown"),
        ("UNAVAILABLE", "klippy disconnected"),
        ("IDLE", "standby"),
        ("SETUP", "printing"),
    ]
    assert [order[1:2] + order[4:5] for order in orders(timeline)] == [
        ("lid", "SCRAPPED"),
        ("box", "OPEN"),
    ]


@pytest.mark.parametrize("key", ["", "wrong"])
def test_who_has_no_key_is_told_which_setting_is_wanted(journal, monkeypatch, key):
    monkeypatch.setenv("TWIN_MOONRAKER_KEY", key)
    with (
        MoonrakerStandIn(key="right") as server,
        running(moonraker.collector(server.url, journal, beat=BEAT)) as collector,
    ):
        wait(lambda: collector.status().link is Link.STOPPED)
    assert "the key is missing or wrong (Unauthorized)" in collector.status().why
    assert "TWIN_MOONRAKER_KEY" in collector.status().why
    assert not key or key not in collector.status().why.replace("missing or wrong", "")


def test_the_key_of_the_environment_lets_us_in(journal, monkeypatch):
    monkeypatch.setenv("TWIN_MOONRAKER_KEY", "another")
    monkeypatch.setenv("TWIN_MOONRAKER_KEY_MINI", "right")  # of this machine alone
    with (
        MoonrakerStandIn(key="right") as server,
        running(printers.collector(server.url, journal)),
    ):
        wait(lambda: has(journal, "standby"))
    kept = json.dumps([str(entry) for entry in journal.read(most=10**6)])
    assert "right" not in kept


def test_where_nothing_listens_it_is_tried_again(journal):
    with running(moonraker.collector("moonraker://127.0.0.1:1#mini", journal)) as collector:
        wait(lambda: "connection refused" in collector.status().why)
        assert collector.status().link is Link.CONNECTING  # there was nothing to lose yet
    assert journal.read() == []


def test_another_program_is_named(journal):
    with PrusaLinkStandIn() as other:
        url = f"moonraker://127.0.0.1:{other.port}#mini"
        with running(moonraker.collector(url, journal)) as collector:
            wait(lambda: collector.status().link is Link.STOPPED)
    assert "has no /websocket" in collector.status().why


def test_a_message_that_is_too_large_ends_the_connection_and_no_more(journal, server, monkeypatch):
    monkeypatch.setattr(moonraker, "MOST_BYTES", 2**16)
    with running(moonraker.collector(server.url, journal, beat=BEAT)):
        wait(lambda: has(journal, "standby"))
        server.send(" " * 2**17)
        wait(lambda: any(isinstance(entry.what, Gap) for entry in journal.read(most=10**6)))
        server.tell(print_stats=stats("printing"))
        wait(lambda: has(journal, "printing"))


def test_certificates_are_checked(journal, monkeypatch, tmp_path):
    shown, safe = certificate(tmp_path, 9)
    with MoonrakerStandIn(safe=safe) as server:
        with running(moonraker.collector(server.url, journal)) as collector:
            wait(lambda: "its certificate is not trusted: self-signed" in collector.status().why)
        monkeypatch.setenv("TWIN_MOONRAKER_CA", str(shown))
        with running(moonraker.collector(server.url, journal)):
            wait(lambda: has(journal, "standby"))
