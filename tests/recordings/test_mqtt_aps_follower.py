"""The APS plant, followed: whenever its timeline is asked for, it is that of what was heard."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.recordings.test_mqtt_aps import AGV, DPS, DRILL, MAKE, STORE, Session, journey, stamp
from twin.errors import RecordingError
from twin.layout.files import load
from twin.recordings.messages import Message, read_messages
from twin.recordings.mqtt_aps import read_session
from twin.recordings.mqtt_aps import session as follower
from twin.recordings.mqtt_aps.session import thinned
from twin.timeline import TEXTS, State

LAYOUT = load(Path(__file__).parents[2] / "layouts" / "aps_24v.yaml")


def told(timeline):
    """All of a timeline but its run, texts instead of codes."""
    found = [timeline.epoch, timeline.start, timeline.end, timeline.layout]
    for name, texts in TEXTS.items():
        for row in getattr(timeline, name):
            columns = row.dtype.names
            found += [timeline.name(row[c]) if c in texts else str(row[c]) for c in columns]
    return found


def whole(messages):
    heard = follower.Session(LAYOUT)
    for message in messages:
        heard.hear(message)
    return told(heard.timeline())


def eventful():
    """What comes late: an order behind its workpiece, a lag that shows that others were old."""
    s = Session().beat(60).order(30, "response", STORE, "STORAGE", workpieceId="w1")
    s.module(5, DPS, "RGB_NFC", "RUNNING", name="a").module(9, DPS, "RGB_NFC", "FINISHED", name="a")
    s.vehicle(10, DPS, False, ["w1"], waiting=True).vehicle(12, DPS, False, ["w1"])
    for k in range(8):  # the drill's clock is a day late: its first messages look like old ones
        s.module(3 + 5 * k, DRILL, "DRILL", "RUNNING", MAKE, str(k), lag=86400.0)
        s.module(6 + 5 * k, DRILL, "DRILL", "FINISHED", MAKE, str(k), lag=86400.0)
    s.order(41, "response", MAKE, "PRODUCTION", workpieceId="w1", startedAt=stamp(20))
    s.lines += journey().lines
    return s


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sets(st.integers(0, 150), max_size=8), st.sampled_from([1, 3, 250]))
def test_asked_at_any_time_it_tells_the_same_in_the_end(tmp_path, monkeypatch, asked, stride):
    monkeypatch.setattr(follower, "STRIDE", stride)
    messages = read_messages(eventful().write(tmp_path))
    heard = follower.Session(LAYOUT)
    for number, message in enumerate(messages):
        heard.hear(message)
        if number in asked:
            assert told(heard.timeline()) == whole(messages[: number + 1])
    assert told(heard.timeline()) == whole(messages)


def test_it_tells_what_the_file_tells(tmp_path):
    path = eventful().write(tmp_path)
    assert whole(read_messages(path)) == told(read_session(path, LAYOUT))


def test_before_the_first_message_nothing_is_known():
    timeline = follower.Session(LAYOUT).timeline()
    assert (timeline.start, timeline.end) == (0.0, 0.0)
    assert {State(row["state"]) for row in timeline.intervals} == {State.UNAVAILABLE}


def test_a_message_that_cannot_be_read_is_told_and_left_out(tmp_path):
    messages = read_messages(eventful().write(tmp_path))
    heard = follower.Session(LAYOUT, "the broker")
    for message in messages[:40]:
        heard.hear(message)
    bad = Message(7, messages[39].time, f"fts/v1/ff/{AGV}/state", "{nothing")
    with pytest.raises(RecordingError, match="the broker: line 7: topic 'fts/v1/ff/5iO4/state'"):
        heard.hear(bad)
    for message in messages[40:]:
        heard.hear(message)
    assert told(heard.timeline()) == whole(messages)


def test_a_message_that_comes_late_is_taken_to_come_now():
    """Receive times do not go back; where they do, the order of receipt is what counts."""
    s = Session().beat(20)
    lines = [json.loads(line) for line in s.lines]
    times = [follower.datetime.fromisoformat(line["timestamp"]).timestamp() for line in lines]
    heard = follower.Session(LAYOUT)
    for time, line in zip(times, lines, strict=True):
        heard.hear(Message(0, time, line["topic"], line["payload"]))
    heard.hear(
        Message(0, times[0], f"module/v1/ff/{DRILL}/connection", '{"connectionState": "ONLINE"}')
    )
    timeline = heard.timeline()
    assert timeline.end == times[-1] - times[0]
    (row,) = [r for r in timeline.intervals if r["state"] == State.IDLE]
    assert row["start"] == timeline.end


def test_kept_states_grow_fewer_with_age():
    layout = follower.Session(LAYOUT)
    kept, step = [layout._plant], follower.STRIDE
    for number in range(1, 400):
        kept = thinned([*kept, follower.Plant({}, {}, heard=number * step)])
    ages = [kept[-1].heard - plant.heard for plant in kept]
    assert len(kept) < 40
    assert kept[0].heard == 0
    assert ages[-9:] == [k * step for k in range(8, -1, -1)]
    wide = [(a, b) for a, b in pairwise(ages) if a - b > step and a > 2 * b]
    assert wide == []
