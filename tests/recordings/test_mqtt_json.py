"""Any shop's JSON topics, by a mapping; and a timeline said in such topics and read back."""

import json
import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twin.cells.factory import validate
from twin.errors import RecordingError
from twin.layout.files import load
from twin.production.run import simulate
from twin.recordings.messages import Message
from twin.recordings.mqtt_json import (
    Follower,
    mapping_of,
    messages_of,
    read_file,
    read_mapping,
)
from twin.recordings.mqtt_json.mapping import found, matches
from twin.timeline import TEXTS, Outcome, Quality, State

LAYOUTS = Path(__file__).parents[2] / "layouts"
BEGIN = 1_790_000_000.0
SHOP = """\
twin: 1
machines: {M-01: mill, M-02: oven}
states: {RUN: PROCESSING, 3: DOWN, NOPART: STARVED}
topics:
  - topic: shop/+/state
    levels: [machine]
    state: status.mode
    part: job.0.piece
    count: made
    scrap: bad
    energy: kwh
    energy_unit: kWh
    alarm: fault
    time: ts
    clock: milliseconds
  - topic: shop/+/plain
    levels: [machine]
    state: .
  - topic: shop/+/value/+
    levels: [machine, item]
    value: .
    unit: unit
  - topic: shop/oven/#
    machine: M-02
    measured: {temperature: {path: t, unit: Cel}}
  - topic: shop/orders
    order: id
    product: what
    quantity: n
    due: until
    event: event
    events: {REL: released, BEG: started, END: finished, STOP: cancelled}
"""


@pytest.fixture
def mapping(tmp_path):
    path = tmp_path / "shop.yaml"
    path.write_text(SHOP)
    return read_mapping(path)


def message(second, topic, payload, line=1):
    text = payload if isinstance(payload, str) else json.dumps(payload)
    return Message(line, BEGIN + second, topic, text)


def stamped(second, lag=0.05, **payload):
    """A message on a state topic with its own time, which lies `lag` [s] before it is received."""
    return {**payload, "ts": round((BEGIN + second - lag) * 1000)}


def heard(mapping, *told):
    follower = Follower(mapping)
    for each in told:
        follower.hear(message(*each))
    return follower


def states(timeline, resource):
    return [
        (State(r["state"]).name, timeline.name(r["part"]), float(r["start"]), float(r["end"]))
        for r in timeline.intervals
        if timeline.name(r["resource"]) == resource
    ]


def points(timeline):
    return [
        (timeline.name(p["resource"]), timeline.name(p["name"]), float(p["value"]))
        for p in timeline.points
    ]


def run(second, lag=0.0, **more):
    return second, "shop/M-01/state", stamped(second, lag, status={"mode": "RUN"}, **more)


def wait(second, lag=0.0):
    return second, "shop/M-01/state", stamped(second, lag, status={"mode": "NOPART"})


def same(one, other):
    return repr(one) == repr(other)


def test_states_and_parts_by_paths(mapping):
    timeline = heard(
        mapping, (0, "shop/M-02/plain", "RUN"), run(5, job=[{"piece": "a-1"}]), wait(9)
    ).timeline()
    assert same(
        states(timeline, "mill"),
        [
            ("UNAVAILABLE", "", 0.0, 5.0),
            ("PROCESSING", "a-1", 5.0, 9.0),
            ("STARVED", "a-1", 9.0, math.nan),
        ],
    )
    assert timeline.end == 9.0


def test_a_plain_payload_is_the_value(mapping):
    timeline = heard(
        mapping,
        (0, "shop/M-02/plain", "RUN"),
        (2, "shop/M-02/plain", '"idle"'),
        (4, "shop/M-02/plain", "3"),
        (5, "shop/M-02/value/power", "1200.5"),
        (6, "shop/oven/air", {"t": 180}),
    ).timeline()
    assert [state for state, *_ in states(timeline, "oven")] == ["PROCESSING", "IDLE", "DOWN"]
    assert points(timeline) == [("oven", "power", 1200.5), ("oven", "temperature", 180.0)]


def test_source_times_count_where_their_clock_is_true(mapping):
    near = heard(mapping, run(0), wait(10, 0.5), run(20, 0.5)).timeline()
    assert [row[2] for row in states(near, "mill")] == [0.0, 9.5, 19.5]
    day = 86400.0
    far = heard(mapping, run(0, day), wait(10, day), run(20, day)).timeline()
    assert [row[2] for row in states(far, "mill")] == [0.0, 10.0, 20.0]


def test_repeated_and_retained_messages_are_no_news(mapping):
    follower = heard(mapping, run(0), wait(10), wait(10), run(4000, lag=3995.0), wait(4010))
    assert [row[0] for row in states(follower.timeline(), "mill")] == ["PROCESSING", "STARVED"]
    assert follower.tallies["repeated"].count == 1
    assert follower.tallies["old"].count == 1


def test_a_snapshot_tells_where_nothing_is_known_yet(mapping):
    timeline = heard(mapping, run(0, lag=7200.0)).timeline()
    assert [row[0] for row in states(timeline, "mill")] == ["PROCESSING"]
    assert timeline.intervals["quality"].tolist() == [Quality.UNCERTAIN]


def test_counters_are_differences_and_may_begin_anew(mapping):
    timeline = heard(
        mapping,
        run(0, made=100, bad=3, kwh=7.0),
        run(1, made=102, bad=3, kwh=7.5),
        run(2, made=1, bad=4),
    ).timeline()
    assert points(timeline) == [
        ("mill", "count", 2.0),
        ("mill", "energy", 1.8e6),
        ("mill", "count", 1.0),
        ("mill", "scrap", 1.0),
    ]


def test_orders_by_their_events(mapping):
    timeline = heard(
        mapping,
        (0, "shop/orders", {"id": 7, "what": "lid", "n": 3, "event": "REL",
                            "until": "2026-09-30T00:00:00Z"}),
        (5, "shop/orders", {"id": 7, "event": "BEG"}),
        (6, "shop/orders", {"id": 7, "event": "BEG"}),
        (9, "shop/orders", {"id": 7, "event": "END"}),
        (9, "shop/orders", {"id": 8, "event": "STOP", "n": 10**30}),
    ).timeline()  # fmt: skip
    first, second = timeline.orders
    assert (timeline.name(first["id"]), timeline.name(first["product"])) == ("7", "lid")
    assert (first["quantity"], first["start"], first["end"]) == (3, 5.0, 9.0)
    assert first["due"] > 9.0
    assert (first["outcome"], second["outcome"]) == (Outcome.DONE, Outcome.CANCELLED)


def test_what_is_not_understood_is_counted_and_named(mapping):
    follower = heard(
        mapping,
        (0, "other/topic", "{}"),
        (1, "shop/M-01/state", "{"),
        (2, "shop/M-01/state", "[" * 100_000),
        (3, "shop/M-09/state", {"status": {"mode": "RUN"}}),
        (4, "shop/M-01/state", {"status": {"mode": "DREAMS"}}),
        (5, "shop/M-01/value/x", '"much"'),
    )
    assert {kind: tally.count for kind, tally in follower.tallies.items()} == {
        "topic": 1, "payload": 2, "machine": 1, "state": 1, "value": 1,
    }  # fmt: skip
    assert list(follower.tallies["machine"].examples) == ["M-09"]
    assert list(follower.tallies["state"].examples) == ["mill: DREAMS"]
    assert states(follower.timeline(), "mill")[-1][0] == "UNAVAILABLE"


@pytest.mark.parametrize(
    "text, said",
    [
        ("twin: 1\ntopics:\n  - topic: a/b+\n    state: s\n", r":3:5: .*\+ stands for a whole"),
        ("twin: 1\ntopics:\n  - topic: a/#/b\n", "# stands for all that follows"),
        ("twin: 1\ntopics:\n  - topic: a/b\n    levels: [machine]\n", "the topic has 0"),
        ("twin: 1\nstates: {RUN: BUSY}\ntopics:\n  - topic: a\n", r":2:15: .*'BUSY'"),
        ("twin: 1\ntopics:\n  - topic: a\n    stat: x\n", r":4:5: .*'state'"),
    ],
)
def test_a_wrong_mapping_is_refused_with_its_line(tmp_path, text, said):
    path = tmp_path / "shop.yaml"
    path.write_text(text)
    with pytest.raises(RecordingError, match=said):
        read_mapping(path)


def test_paths_and_topics():
    assert found({"a.b": 1, "a": {"b": 2}}, "a.b") == 1
    assert found({"a": [{"b": 2}]}, "a.0.b") == 2
    assert found({"a": [1]}, "a.7") is None
    assert found("RUN", ".") == "RUN"
    assert matches("shop/+/x", "shop/a/x") == ("a",)
    assert matches("shop/#", "shop/a/x") == ()
    assert matches("shop/+", "shop/a/x") is None


def test_a_file_tells_what_its_messages_tell(mapping, tmp_path):
    path = tmp_path / "session.jsonl"
    lines = [
        {"topic": "shop/M-02/plain", "payload": word, "timestamp": f"2026-11-02T06:00:0{k}Z"}
        for k, word in enumerate(["RUN", "IDLE", "RUN"])
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert [row[2] for row in states(read_file(path, mapping), "oven")] == [0.0, 1.0, 2.0]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["status", "mode", "job", "0", "piece", "ts", "t", "id", "n", "until",
                         "event", "made", "kwh", "fault"]), inner, max_size=5),
    max_leaves=12,
)  # fmt: skip
TOPICS = ["shop/M-01/state", "shop/M-02/plain", "shop/M-01/value/x", "shop/oven/t", "shop/orders"]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(TOPICS), JSON | st.text()), max_size=12))
def test_no_message_stops_it_and_intervals_follow_each_other(tmp_path_factory, told):
    path = tmp_path_factory.mktemp("shop") / "shop.yaml"
    path.write_text(SHOP)
    mapping = read_mapping(path)
    follower, asked = Follower(mapping), Follower(mapping)
    for second, (topic, payload) in enumerate(told):
        each = message(second, topic, json.dumps(payload) if second % 2 else str(payload))
        follower.hear(each)
        asked.hear(each)
        asked.timeline()
    timeline, other = follower.timeline(), asked.timeline()
    assert (timeline is None) == (not told)
    if timeline and other:
        for name in TEXTS:
            assert repr(getattr(timeline, name).tolist()) == repr(getattr(other, name).tolist())
        for resource in ("mill", "oven"):
            rows = states(timeline, resource)
            assert all(one[3] == two[2] for one, two in pairwise(rows))


def rows_of(timeline, name):
    """The rows of a table, texts instead of codes, in one order."""
    table = getattr(timeline, name)
    columns = [
        [timeline.name(int(code)) for code in table[c]] if c in TEXTS[name] else table[c].tolist()
        for c in table.dtype.names
    ]
    return sorted(map(repr, zip(*columns, strict=True)))


@pytest.mark.parametrize("layout, until", [("job_shop", "1 day")])
def test_a_simulated_timeline_comes_back_as_it_was(layout, until):
    timeline = simulate(validate(load(LAYOUTS / f"{layout}.yaml")), until, 1)
    assert len(timeline.intervals) > 20 and len(timeline.moves) and len(timeline.orders)
    follower = Follower(mapping_of())
    for each in messages_of(timeline, layout):
        follower.hear(each)
    back = follower.timeline()
    assert back is not None
    assert follower.tallies == {}
    assert back.epoch == timeline.epoch
    for name in TEXTS:
        assert rows_of(back, name) == rows_of(timeline, name), name
    assert np.all(np.diff(back.points["time"]) >= 0)
