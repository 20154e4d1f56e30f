"""Sparkplug B: bytes, births, deaths, order of messages; states by a mapping of metrics."""

import base64
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from twin.errors import RecordingError
from twin.recordings.messages import Message
from twin.recordings.mqtt_json import Mapping
from twin.recordings.sparkplug import (
    Follower,
    Metric,
    Payload,
    decode,
    encode,
    read_file,
    rebirth,
)
from twin.recordings.sparkplug.wire import chunk, varint
from twin.timeline import State

BEGIN = 1_790_000_000.0
MAPPING = Mapping.model_validate(
    {
        "twin": 1,
        "machines": {"M1": "mill"},
        "states": {"2": "PROCESSING", "1": "IDLE"},
        "topics": [
            {
                "topic": "spBv1.0/shop/+/+",
                "levels": ["", "machine"],
                "state": "Status/State",
                "part": "Job/Part",
                "measured": {"spindle": {"path": "Spindle.Load", "unit": "%"}},
            }
        ],
    }
)
NAMES = ("Status/State", "Job/Part", "Spindle.Load")


def message(second, kind, metrics, seq=None, device="M1", time=None):
    tail = f"/{device}" if kind.startswith("D") else ""
    told = BEGIN + (second if time is None else time)
    body = encode(Payload(tuple(metrics), told, seq))
    return Message(1, BEGIN + second, f"spBv1.0/shop/{kind}/edge{tail}", "", body)


def node(second, life=0, seq=0):
    return message(second, "NBIRTH", [Metric("bdSeq", life)], seq)


def device(second, seq=1, state=1):
    values = (state, "", 0.5)
    metrics = [Metric(n, v, alias=k) for k, (n, v) in enumerate(zip(NAMES, values, strict=True))]
    return message(second, "DBIRTH", metrics, seq)


def data(second, seq, state, **more):
    return message(second, "DDATA", [Metric(alias=0, value=state)], seq, **more)


def death(second, life=0):
    return message(second, "NDEATH", [Metric("bdSeq", life)])


def heard(*messages):
    follower = Follower(MAPPING)
    for each in messages:
        follower.hear(each)
    return follower


def states(follower):
    return [(State(r["state"]).name, float(r["start"])) for r in follower.timeline().intervals]


def counts(follower):
    return {kind: tally.count for kind, tally in follower.tallies.items() if kind != "topic"}


def test_aliases_of_the_birth_name_what_data_tell():
    follower = heard(node(0), device(0), data(5, 2, 2), data(9, 3, 1))
    assert states(follower) == [("IDLE", 0.0), ("PROCESSING", 5.0), ("IDLE", 9.0)]
    assert follower.timeline().points["value"].tolist() == [0.5]
    assert follower.wants_rebirth == set() and counts(follower) == {}


def test_data_before_a_birth_are_counted_and_ask_for_one():
    follower = heard(data(0, 7, 2))
    assert follower.wants_rebirth == {"shop/edge"} and counts(follower) == {"unborn": 1}
    assert follower.timeline() is None
    follower.hear(node(1))
    assert follower.wants_rebirth == set()
    follower.hear(data(2, 1, 2))  # the device is not born yet
    assert follower.wants_rebirth == {"shop/edge"}


def test_the_order_of_messages_wraps_and_a_gap_asks_for_a_birth():
    told = [data(k, k % 256, 1 + k % 2) for k in range(2, 300)]
    follower = heard(node(0), device(1), *told)
    assert counts(follower) == {} and follower.wants_rebirth == set()
    follower.hear(data(300, 46, 2))  # 44 and 45 are missed
    assert counts(follower) == {"missed": 1} and follower.wants_rebirth == {"shop/edge"}
    assert "2 messages" in next(iter(follower.tallies["missed"].examples.values()))


def test_the_death_of_another_life_is_ignored():
    follower = heard(node(0, 4), device(0), data(1, 2, 2), death(5, 3))
    assert states(follower)[-1] == ("PROCESSING", 1.0) and counts(follower) == {"death": 1}
    follower.hear(death(6, 4))
    assert states(follower)[-1] == ("UNAVAILABLE", 6.0)


def test_the_death_of_a_device_is_no_data():
    follower = heard(node(0), device(0), data(1, 2, 2), message(4, "DDEATH", [], 3))
    assert states(follower)[-1] == ("UNAVAILABLE", 4.0)
    follower.hear(data(5, 4, 2))
    assert counts(follower) == {"unborn": 1}


def test_what_is_historical_does_not_overwrite():
    old = message(6, "DDATA", [Metric("Status/State", 1, historical=True)], 3, time=3)
    follower = heard(node(0), device(0), data(5, 2, 2), old)
    assert states(follower)[-1] == ("PROCESSING", 5.0) and counts(follower) == {"historical": 1}


def test_other_topics_are_passed_over():
    state = Message(1, BEGIN, "spBv1.0/STATE/host", '{"online": true}')
    command = Message(1, BEGIN, "spBv1.0/shop/NCMD/edge", "", rebirth())
    follower = heard(state, command)
    assert follower.timeline() is None and follower.tallies == {}


def test_a_damaged_payload_is_counted():
    follower = heard(node(0), Message(1, BEGIN, "spBv1.0/shop/NDATA/edge", "", b"\x12\xff"))
    assert counts(follower) == {"payload": 1}


def test_what_a_recording_holds(tmp_path):
    path = tmp_path / "session.jsonl"
    with path.open("w") as file:
        for each in (node(0), device(0), data(5, 2, 2)):
            stamp = f"2026-09-21T14:13:{20 + each.time - BEGIN:06.3f}Z"
            coded = base64.b64encode(each.body).decode()
            line = {"topic": each.topic, "payload_base64": coded, "timestamp": stamp}
            file.write(json.dumps(line) + "\n")
    timeline = read_file(path, MAPPING)
    assert [State(s).name for s in timeline.intervals["state"]] == ["IDLE", "PROCESSING"]


def test_bytes_of_the_specification():
    """A metric "a", Int32, -1, written by hand: 32 bits of ones."""
    inner = b"\x0a\x01a" + b"\x20\x03" + b"\x50\xff\xff\xff\xff\x0f"
    assert decode(b"\x08\x01\x12" + bytes([len(inner)]) + inner + b"\x18\x07") == Payload(
        (Metric("a", -1),), 0.001, 7
    )
    assert decode(rebirth()).metrics == (Metric("Node Control/Rebirth", True),)


@pytest.mark.parametrize(
    "data, said",
    [
        (b"\x08", "cut off"),
        (b"\x08" + b"\xff" * 11, "longer than 10 bytes"),
        (b"\x0b", "kind 3"),
        (b"\x12\x05a", "wants 5 bytes, 1 are there"),
        (b"\x00\x00", "no field 0"),
        (chunk(1, b"x"), "field 1 of the payload"),
        (chunk(2, varint(1, 4)), "field 1 of a metric"),
    ],
)
def test_wrong_bytes_are_refused(data, said):
    with pytest.raises(RecordingError, match=said):
        decode(data)


VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
)
TIMES = st.none() | st.integers(0, 2**41).map(lambda ms: ms / 1000.0)
METRICS = st.builds(
    Metric,
    st.text(max_size=9),
    VALUES,
    st.none() | st.integers(0, 2**64 - 1),
    TIMES,
    st.booleans(),
)


@given(st.builds(Payload, st.lists(METRICS, max_size=4).map(tuple), TIMES, st.integers(0, 255)))
def test_what_is_encoded_is_decoded(payload):
    assert decode(encode(payload)) == payload


@given(st.binary(max_size=200))
@example(b"\x12\x02\x08\x00")
def test_random_bytes_are_read_or_refused(data):
    try:
        told = decode(data)
    except RecordingError as error:
        assert str(error)
    else:
        assert isinstance(told, Payload)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["NBIRTH", "DBIRTH", "NDATA", "DDATA", "NDEATH", "DDEATH"]),
            st.lists(METRICS, max_size=3),
            st.integers(0, 2**64 - 1),
        ),
        max_size=8,
    )
)
def test_no_message_stops_it(told):
    follower = Follower(MAPPING)
    for second, (kind, metrics, seq) in enumerate(told):
        follower.hear(message(second, kind, metrics, seq))
    assert follower.timeline() is None or follower.timeline().end >= 0
