"""What collectors have in common."""

import threading
from itertools import islice

import pytest

from twin.devices import collector
from twin.devices.collector import DROPPED, Clock, Intake, Link, Standing, waits
from twin.devices.journal import Journal, Raw
from twin.errors import DeviceError


def raw(number):
    return Raw(float(number), "t", str(number).encode())


@pytest.fixture
def journal(tmp_path):
    made = Journal(tmp_path / "site.sqlite")
    yield made
    made.close()


def test_a_clock_that_is_put_back_goes_on():
    wall, steady = iter([100.0, 101.0, 50.0, 51.0, 103.9, 200.0]), iter([0, 0, 1, 2, 3, 4, 5])
    clock = Clock(wall=lambda: next(wall), steady=lambda: float(next(steady)))
    assert [clock.now() for _ in range(3)] == [100.0, 101.0, 102.0]
    assert clock.ahead == 52.0
    assert [clock.now() for _ in range(3)] == [103.0, 103.9, 200.0]
    assert clock.ahead == 0.0


def test_a_clock_goes_on_from_the_journals_last_time():
    clock = Clock(500.0, wall=lambda: 100.0, steady=lambda: 0.0)
    assert clock.now() == 500.0


def test_waits_grow_up_to_a_bound():
    assert list(islice(waits(lambda: 0.0), 8)) == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert next(waits(lambda: 1.0)) == 0.25


def test_what_is_acknowledged_is_in_the_journal(journal):
    intake = Intake(journal, Standing("mqtt"))
    found = []
    done = threading.Event()

    def acknowledge(number):
        found.append(number in {int(entry.what.body) for entry in journal.read()})
        if number == 99:
            done.set()

    intake.start()
    for number in range(100):
        assert intake.put(raw(number), lambda number=number: acknowledge(number))
    assert done.wait(30)
    intake.stop()
    assert found == [True] * 100


def test_a_full_queue_drops_and_counts(journal, monkeypatch):
    monkeypatch.setattr(collector, "QUEUED", 3)
    standing = Standing("mqtt")
    intake = Intake(journal, standing)  # nothing empties it yet
    assert [intake.put(raw(n)) for n in range(5)] == [True, True, True, False, False]
    intake.start()
    intake.stop()
    assert [entry.what.body for entry in journal.read()] == [b"0", b"1", b"2"]
    assert journal.counts("mqtt") == {DROPPED: 2}
    assert standing.now().received == 3
    assert standing.now().heard == 2.0


def test_a_patient_source_waits_for_room(journal, monkeypatch):
    monkeypatch.setattr(collector, "QUEUED", 3)
    intake = Intake(journal, Standing("mqtt"))
    put = threading.Thread(
        target=lambda: [intake.put(raw(n), patient=True) for n in range(50)], daemon=True
    )
    put.start()
    intake.start()
    put.join(30)
    intake.stop()
    assert len(journal.read()) == 50
    assert journal.counts("mqtt") == {}


def test_where_the_journal_fails_nothing_is_acknowledged(journal, monkeypatch):
    def full(*_, **__):
        raise DeviceError("site.sqlite: the disk is full")

    monkeypatch.setattr(journal, "append", full)
    standing, acknowledged, failed = Standing("mqtt"), [], threading.Event()
    intake = Intake(journal, standing, failed.set)
    intake.put(raw(1), lambda: acknowledged.append(1))
    intake.start()
    assert failed.wait(30)
    intake.stop()
    assert acknowledged == []
    assert not intake.put(raw(2), patient=True)
    assert standing.now().link is Link.STOPPED
    assert standing.now().why == "site.sqlite: the disk is full"
    standing.change(Link.CONNECTED)  # stopped is for good, and its reason stays
    assert standing.now().why == "site.sqlite: the disk is full"


def test_a_link_that_never_was_is_not_lost():
    standing = Standing("mqtt")
    standing.change(Link.LOST, "refused")
    assert standing.now().link is Link.CONNECTING
    standing.change(Link.CONNECTED)
    standing.change(Link.LOST, "no answer")
    assert (standing.now().link, standing.now().why) == (Link.LOST, "no answer")
