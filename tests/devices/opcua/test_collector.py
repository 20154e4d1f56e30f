"""A real server, followed through what happens to it and to the collector."""

import threading
import time

import pytest

from tests.devices.opcua.plants import (
    CURRENT,
    PATIENCE,
    PLAIN,
    Cable,
    heard,
    is_connected,
    latest,
    told,
    values,
    wait_for,
)
from twin.devices.collector import Link
from twin.devices.journal import Gap
from twin.devices.opcua import collector
from twin.recordings.opcua import Change, Mapping
from twin.recordings.opcua.mapping import Machine
from twin.timeline import Quality, State


def test_a_server_that_is_restarted_leaves_a_gap_and_no_silent_hole(plant, journal, follow):
    server = plant("plain")
    one = follow(server.url, PLAIN)
    wait_for(lambda: latest(journal, "s=count") == 0)
    for number in range(1, 41):
        server.tell([["count", number], ["state", number % 2]])
    wait_for(lambda: latest(journal, "s=count") == 40)
    ticks = len(values(journal, "i=2258"))
    wait_for(lambda: len(values(journal, "i=2258")) > ticks + 1)  # the last state has lasted
    server.kill()
    wait_for(lambda: one.status().link is Link.LOST)
    server.start()
    wait_for(lambda: is_connected(one) and one.status().gaps == 1)
    wait_for(lambda: latest(journal, "s=count") == 0)
    for number in range(1, 41):
        server.tell([["count", number], ["state", number % 2]])
    wait_for(lambda: latest(journal, "s=count") == 40)
    one.stop()

    assert values(journal, "s=count") == [*range(41), *range(41)]  # nothing lost, on either side
    entries = [entry.what for entry in journal.read(most=10**6)]
    (at,) = [row for row, what in enumerate(entries) if isinstance(what, Gap)]
    gap = entries[at]
    assert gap.begin == pytest.approx(
        entries[at - 1].received, abs=2.5
    )  # its clock is heard each second
    assert entries[at + 1].topic == "session"
    assert entries[at + 1].received == gap.end
    timeline = heard(journal, PLAIN).timeline()
    (row,) = [p for p in timeline.points if timeline.name(p["name"]) == "gap"]
    states = {float(i["start"]): (i["state"], i["quality"]) for i in timeline.intervals}
    assert states[row["time"]][0] == State.UNAVAILABLE
    assert row["value"] == pytest.approx(gap.end - gap.begin, abs=2.5)
    before = max(start for start in states if start < row["time"])
    assert states[before][1] == Quality.UNCERTAIN
    done = [p for p in timeline.points if timeline.name(p["name"]) == "done"]
    assert len(done) == 80


def test_a_cable_that_is_cut_loses_nothing_where_the_server_goes_on(plant, journal, follow):
    server = plant("plain")
    cable = Cable(server.port)
    one = follow(f"opc.tcp://127.0.0.1:{cable.port}", PLAIN)
    wait_for(lambda: latest(journal, "s=count") == 0)
    server.tell([["count", 1]])
    wait_for(lambda: latest(journal, "s=count") == 1)
    cable.cut()
    for number in range(2, 20):
        server.tell([["count", number]])
        time.sleep(0.02)
    cable.mend()
    for number in range(20, 30):
        server.tell([["count", number]])
    wait_for(lambda: latest(journal, "s=count") == 29)
    one.stop()
    cable.close()
    assert values(journal, "s=count") == list(range(30))
    assert one.status().gaps == 0


def test_a_collector_that_was_away_writes_a_gap(plant, journal, follow):
    server = plant("plain")
    first = follow(server.url, PLAIN)
    wait_for(lambda: latest(journal, "s=count") == 0)
    first.stop()
    assert first.status().link is Link.STOPPED
    server.tell([["count", 3]])
    follow(server.url, PLAIN)
    wait_for(lambda: latest(journal, "s=count") == 3)
    gaps = [one for one in told(journal) if not isinstance(one, Change) and hasattr(one, "begin")]
    assert len(gaps) == 1
    assert gaps[0].end > gaps[0].begin


def test_where_the_journal_cannot_keep_up_a_gap_says_so(plant, journal, follow, monkeypatch):
    server = plant("plain")
    one = follow(server.url, PLAIN)
    wait_for(lambda: latest(journal, "s=count") == 0)
    put, refused = one._intake.put, threading.Event()

    def full(what, acknowledge=None, patient=False):
        if patient or refused.is_set():
            return put(what, acknowledge, patient)
        refused.set()
        return False

    monkeypatch.setattr(one._intake, "put", full)
    server.tell([["count", 1]])
    assert refused.wait(PATIENCE)
    wait_for(lambda: one.status().gaps == 1)
    wait_for(lambda: latest(journal, "s=count") == 1)
    entries = [entry.what for entry in journal.read()]
    (at,) = [row for row, what in enumerate(entries) if isinstance(what, Gap)]
    assert entries[at].begin == entries[at - 1].received  # what was refused lies in it


def test_200_variables_at_20_a_second_skip_nothing(plant, journal, follow):
    server = plant("fast", 200, 20, 3)
    mapping = Mapping(
        machines={f"m{n}": Machine(count=f"nsu={CURRENT};s=v{n}") for n in range(200)}
    )
    one = follow(server.url, mapping)
    wait_for(lambda: one.status().received >= 202)  # the session, the clock, all values
    (number, _) = server.tell("go").values()
    wait_for(lambda: latest(journal, "s=v199") == number)
    one.stop()
    series: dict[str, list[int]] = {}
    for change in told(journal):
        if isinstance(change, Change) and not change.node.startswith("i="):
            series.setdefault(change.node, []).append(change.value)
    assert len(series) == 200
    assert all(got == list(range(number + 1)) for got in series.values())
    assert one.status().counts == {}


def test_a_server_with_short_queues_is_named(plant, journal, follow, monkeypatch):
    """The server grants what it is asked for; a wish for one value stands for a stingy one."""
    monkeypatch.setattr(collector, "QUEUE", 1)
    monkeypatch.setattr(collector, "SHORTEST", 2)
    server = plant("plain")
    one = follow(server.url, PLAIN)
    wait_for(lambda: is_connected(one))
    wait_for(lambda: one.status().counts == {"queue too short": 3})
