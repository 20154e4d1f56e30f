"""What was kept while nobody listened is told from what repeats what was."""

import json
import math

import pytest

from tests.recordings.test_mqtt_aps import AIQS, DRILL, Session, rows, stamp
from twin.layout.files import load
from twin.layout.folders import find_layout
from twin.recordings.lateness import RECENT, Lateness
from twin.recordings.messages import Message, seconds
from twin.recordings.mqtt_aps import session as aps
from twin.recordings.mqtt_json.clocks import Clocks, When


def test_what_was_kept_is_late_and_a_snapshot_is_not():
    late = Lateness()
    assert [late.of("mill", t + 0.1, t) for t in (1000.0, 1001.0)] == [0.0, 0.0]
    assert late.of("mill", 5000.0, 900.0) == 0.0  # it was known: a snapshot
    assert late.of("saw", 5000.0, 4000.0) == 0.0  # nothing of it was known
    assert late.of("mill", 5000.0, 1500.0) == pytest.approx(3499.9)
    assert late.of("a scale", 5000.0, math.nan) == pytest.approx(3499.9)  # among the others
    assert late.of("mill", 5000.0, 4999.9) == 0.0
    assert late.of("a scale", 5000.1, math.nan) == 0.0


def test_a_clock_that_is_put_back_is_known_after_some_messages():
    late = Lateness()
    for t in range(100):
        late.of("mill", 1000.0 + t, 1000.0 + t)
    for t in range(RECENT):
        assert late.of("mill", 1100.0 + t, 100.0 + t) == 0.0
    assert late.usual("mill") == 1000.0


def test_times_of_a_shop_go_on_where_they_were():
    clocks = Clocks()
    assert clocks.judge("mill", 1000.2, 1000.0) == When(1000.0)
    assert clocks.judge("mill", 9000.0, 1200.0) == When(1200.0)
    assert clocks.judge("mill", 9000.0, 1100.0) == When(9000.0, old=True)
    assert clocks.judge("mill", 9000.1, None).time == pytest.approx(1200.1, abs=0.5)


def test_the_plant_goes_on_where_nobody_listened():
    """Ten minutes are handed out at once: each action stands where it was, and none is a gap."""
    layout = load(find_layout("aps_24v"))
    away = (20.0, 620.0)
    s = Session().beat(640)
    for begin in range(5, 640, 30):
        s.module(begin, DRILL, "DRILL", "RUNNING", name=str(begin))
        s.module(begin + 9, DRILL, "DRILL", "FINISHED", name=str(begin))
    s.module(630, AIQS, "CHECK_QUALITY", "RUNNING", name="q", lag=11 * 86400.0)  # a snapshot
    told = sorted((json.loads(line) for line in s.lines), key=lambda line: line["timestamp"])

    def heard(late):
        session = aps.Session(layout)
        for number, line in enumerate(told):
            time = seconds(line["timestamp"])
            second = time - seconds(stamp(0))
            if late and away[0] < second < away[1]:
                time = seconds(stamp(away[1]))
            session.hear(Message(number, time, line["topic"], line["payload"]))
        return session.timeline()

    straight, kept = heard(late=False), heard(late=True)
    states = [[(r[0], r[4]) for r in rows(t, "drill")] for t in (straight, kept)]
    assert states[0] == states[1]
    starts = [[r[2] for r in rows(t, "drill")] for t in (straight, kept)]
    assert starts[1] == pytest.approx(starts[0], abs=0.1)
    assert "gap" not in kept.names
    assert [row[0] for row in rows(kept, "aiqs")] == ["UNAVAILABLE"]
