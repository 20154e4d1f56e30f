"""PrusaLink polled over HTTP. The server is a stand-in: see prusalink_stand_in.py."""

import time

import pytest

from tests.devices.certificates import certificate
from tests.devices.following import followed, has, running, wait
from tests.devices.prusalink_stand_in import PrusaLinkStandIn
from tests.recordings.printers.said import orders, points, same, states, written
from twin.devices import collector as contract
from twin.devices import polled, printers, prusalink, web
from twin.devices.collector import Link
from twin.devices.journal import Gap, Journal
from twin.errors import DeviceError
from twin.recordings.printers import read_file

STEP = 0.05


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(contract, "FIRST_WAIT", 0.05)
    for kind in ("KEY", "USER", "PASSWORD", "CA"):
        monkeypatch.delenv(f"TWIN_PRUSALINK_{kind}", raising=False)


@pytest.fixture
def journal(tmp_path):
    made = Journal(tmp_path / "site.sqlite")
    yield made
    made.close()


def follow(server, journal):
    return running(prusalink.collector(server.url, journal, step=STEP))


def test_jobs_are_told_apart_by_their_number(journal):
    with PrusaLinkStandIn() as server, follow(server, journal):
        wait(lambda: has(journal, "IDLE"))
        server.print(7, "bracket.gcode", progress=1.0)
        wait(lambda: has(journal, "PRINTING"))
        server.printer["state"] = "PAUSED"
        wait(lambda: has(journal, "PAUSED"))
        server.printer |= {"state": "ATTENTION", "status_printer": {"message": "Filament runout"}}
        wait(lambda: has(journal, "ATTENTION"))
        server.print(8, "bracket.gcode")  # the end of the first was not seen
        wait(lambda: len(orders(followed(journal).timeline())) == 2)
        server.printer["state"] = "FINISHED"
        wait(lambda: has(journal, "FINISHED"))
        server.job = None
        server.printer["state"] = "IDLE"
        wait(lambda: has(journal, "IDLE"))
    timeline = followed(journal).timeline()
    assert [state for state, *_ in states(timeline) if state != "UNAVAILABLE"] == [
        *("IDLE", "PROCESSING", "HELD", "HELD", "PROCESSING", "IDLE", "IDLE")
    ]
    assert {quality for state, *_, quality in states(timeline) if state != "UNAVAILABLE"} == {
        "UNCERTAIN"  # the times are those of the questions
    }
    assert [order[:2] + order[4:] for order in orders(timeline)] == [
        ("mini-1", "usb/bracket", "CANCELLED", "UNCERTAIN"),
        ("mini-2", "usb/bracket", "DONE", "UNCERTAIN"),
    ]
    assert [native for *_, native in points(timeline, "alarm")] == ["Filament runout"]


def test_an_answer_that_says_nothing_new_is_counted(journal, monkeypatch):
    monkeypatch.setattr(polled, "KEPT", 1e9)
    with PrusaLinkStandIn() as server, follow(server, journal):
        wait(lambda: len(server.paths) > 20)
    assert len(journal.read()) == 1
    assert journal.counts(journal.sources()[0])["repeated"] >= 5


def test_digest_authentication(journal, monkeypatch):
    monkeypatch.setenv("TWIN_PRUSALINK_USER", "maker")
    monkeypatch.setenv("TWIN_PRUSALINK_PASSWORD", "p:4ss")
    with PrusaLinkStandIn(user="maker", password="p:4ss") as server, follow(server, journal):
        wait(lambda: has(journal, "IDLE"))


def test_a_key(journal, monkeypatch):
    monkeypatch.setenv("TWIN_PRUSALINK_KEY", "k3y")
    with PrusaLinkStandIn(key="k3y") as server, follow(server, journal):
        wait(lambda: has(journal, "IDLE"))


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({}, "it wants a key or a password"),
        ({"KEY": "wr0ng"}, "the key or password is wrong"),
        ({"USER": "maker", "PASSWORD": "wr0ng"}, "the key or password is wrong"),
    ],
)
def test_who_is_not_let_in_is_told_which_setting_is_wanted(journal, monkeypatch, settings, says):
    for kind, value in settings.items():
        monkeypatch.setenv(f"TWIN_PRUSALINK_{kind}", value)
    with (
        PrusaLinkStandIn(key="k3y", user="maker", password="p4ss") as server,
        follow(server, journal) as collector,
    ):
        wait(lambda: collector.status().link is Link.STOPPED)
    assert says in collector.status().why
    assert "TWIN_PRUSALINK_USER" in collector.status().why
    assert "wr0ng" not in collector.status().why


@pytest.mark.parametrize(
    ("answer", "link", "says"),
    [
        ((200, {}, b"<html>hello</html>"), Link.CONNECTING, "is not understood"),
        ((200, {}, b'{"printer": {}}'), Link.CONNECTING, "is not understood"),
        ((200, {}, b" " * (web.MOST_BYTES + 9)), Link.CONNECTING, "more than 1 MB"),
        ((503, {}, b""), Link.CONNECTING, "status 503"),
        ((404, {}, b""), Link.STOPPED, "has no /api/v1/job"),
        ((401, {"WWW-Authenticate": "Negotiate"}, b""), Link.STOPPED, "another authentication"),
        ((302, {"Location": "http://other/"}, b""), Link.STOPPED, "points to http://other/"),
    ],
)
def test_what_answers_otherwise_is_named(journal, answer, link, says):
    with PrusaLinkStandIn() as server:
        server.instead = answer
        with follow(server, journal) as collector:
            wait(lambda: says in collector.status().why)
            assert collector.status().link is link
    assert journal.read() == []


def test_a_hole_is_a_gap_which_a_recording_has_too(journal, monkeypatch, tmp_path):
    monkeypatch.setattr(polled, "HOLE", 0.5)
    with PrusaLinkStandIn() as server, follow(server, journal) as collector:
        wait(lambda: journal.counts(server.url).get("repeated", 0) > 2)
        server.instead = (503, {}, b"")
        wait(lambda: collector.status().link is Link.LOST)
        time.sleep(0.6)
        server.instead = None
        wait(lambda: any(isinstance(entry.what, Gap) for entry in journal.read()))
        wait(lambda: has(journal, "IDLE"))
    told = [state for state, *_ in states(followed(journal).timeline())]
    assert told[-3:] == ["IDLE", "UNAVAILABLE", "IDLE"]
    path = written(tmp_path, [printers.message(entry) for entry in journal.read(most=10**6)])
    assert same(read_file(path), followed(journal).timeline())


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("prusalink+http://maker:p4ss@mini", "does not belong into an address"),
        ("prusalink+http://", "is not the address of a printer"),
        ("ftp://mini", "is not the address of a printer"),
        ("prusalink+http://mini#a/b", "cannot be a machine's name"),
        ("prusalink+http://mini?apikey=k3y", "has a query"),
        ("prusalink+http://mini:port", "cannot be read"),
        ("prusalink+http://[::1", "cannot be read"),
    ],
)
def test_addresses_that_are_none(journal, url, says):
    with pytest.raises(DeviceError, match=says) as caught:
        prusalink.collector(url, journal)
    assert "p4ss" not in str(caught.value)
    assert "k3y" not in str(caught.value)


def test_settings_that_cannot_be(journal, monkeypatch, tmp_path):
    monkeypatch.setenv("TWIN_PRUSALINK_KEY", "k3y\r\nHost: other")
    with pytest.raises(DeviceError, match="TWIN_PRUSALINK_KEY: holds a character"):
        prusalink.collector("prusalink+http://mini", journal)
    monkeypatch.setenv("TWIN_PRUSALINK_KEY", "k3y")
    monkeypatch.setenv("TWIN_PRUSALINK_CA", str(tmp_path / "none.pem"))
    with pytest.raises(DeviceError, match=r"none\.pem: is no file of certificates"):
        prusalink.collector("prusalink+https://mini", journal)


@pytest.mark.parametrize(
    ("days", "trusted", "says"),
    [
        (9, False, "its certificate is not trusted: self-signed certificate"),
        (-9, True, "its certificate is not trusted: certificate has expired"),
    ],
)
def test_a_certificate_that_is_not_to_be_trusted(
    journal, monkeypatch, tmp_path, days, trusted, says
):
    shown, safe = certificate(tmp_path, days)
    if trusted:
        monkeypatch.setenv("TWIN_PRUSALINK_CA", str(shown))
    with PrusaLinkStandIn(safe=safe) as server, follow(server, journal) as collector:
        wait(lambda: says in collector.status().why)
    assert journal.read() == []


def test_a_certificate_that_is_trusted(journal, monkeypatch, tmp_path):
    shown, safe = certificate(tmp_path, 9)
    monkeypatch.setenv("TWIN_PRUSALINK_CA", str(shown))
    with PrusaLinkStandIn(safe=safe) as server, follow(server, journal):
        wait(lambda: has(journal, "IDLE"))
