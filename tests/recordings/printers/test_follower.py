"""Whatever is said, in whatever order, the timeline holds together and nothing is raised."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.recordings.printers.said import EPOCH, Shop, same
from twin.recordings.messages import Message
from twin.recordings.printers import Printers, moonraker, octoprint, prusalink
from twin.recordings.printers.printer import SILENCE

SECONDS = st.one_of(st.integers(0, 9), st.integers(0, 90)).map(float)
LENGTHS = st.sampled_from([0.0, 0.5, 3.0, 20.0, 99.5, None, -1.0, 1e308, "soon", True])
FILES = st.sampled_from(["", "a.gcode", "b/a.gcode", None, 7])
FLAGS = st.lists(st.sampled_from([flag for flag, _ in octoprint.FLAGS]), max_size=2)


def of_octoprint():
    texts = st.sampled_from(["Operational", "Printing", "Paused", "Offline", "Error"])
    job = st.fixed_dictionaries(
        {
            "job": st.fixed_dictionaries({"file": st.fixed_dictionaries({"path": FILES})}),
            "progress": st.fixed_dictionaries({"completion": LENGTHS, "printTime": LENGTHS}),
            "state": texts,
        }
    )
    state = st.fixed_dictionaries(
        {"text": texts, "flags": FLAGS.map(lambda flags: dict.fromkeys(flags, True))}
    )
    heat = st.fixed_dictionaries({"tool0": st.fixed_dictionaries({"actual": LENGTHS})})
    printer = st.fixed_dictionaries({"state": state, "temperature": heat})
    return st.one_of(
        st.tuples(st.just("octoprint/job"), job),
        st.tuples(st.just("octoprint/printer"), printer),
        st.tuples(st.just("octoprint/printer"), st.just({"error": "not operational"})),
    )


def of_prusalink():
    number = st.sampled_from([1, 2, None, "x"])
    printer = st.fixed_dictionaries(
        {"state": st.sampled_from([*prusalink.STATES, "NEW"]), "temp_bed": LENGTHS}
    )
    job = {"id": number, "progress": LENGTHS, "time_printing": LENGTHS}
    status = st.fixed_dictionaries(
        {"printer": printer}, optional={"job": st.fixed_dictionaries(job)}
    )
    file = st.fixed_dictionaries({"name": FILES, "path": FILES})
    return st.one_of(
        st.tuples(st.just("prusalink/status"), status),
        st.tuples(st.just("prusalink/job"), st.fixed_dictionaries({"id": number, "file": file})),
    )


def of_moonraker():
    times = st.one_of(st.none(), st.floats(-50, 500).map(lambda second: EPOCH + second))
    stats = st.fixed_dictionaries(
        {},
        optional={
            "state": st.sampled_from([*moonraker.STATES, "new"]),
            **{"filename": FILES, "print_duration": LENGTHS, "filament_used": LENGTHS},
        },
    )
    hooks = st.fixed_dictionaries(
        {"state": st.sampled_from([*moonraker.KLIPPER, "ready"]), "state_message": FILES}
    )
    objects = st.fixed_dictionaries({"print_stats": stats}, optional={"webhooks": hooks})
    job = st.fixed_dictionaries(
        {
            **{"job_id": st.sampled_from(["00001A", "x", 7]), "filename": FILES},
            **{"status": st.sampled_from([*moonraker.ENDS, "new"])},
            **{"start_time": times, "end_time": times, "filament_used": LENGTHS},
        }
    )
    jobs = st.lists(job, max_size=4).map(lambda jobs: {"result": {"jobs": jobs}})
    return st.one_of(
        st.tuples(
            st.just("moonraker/notify_status_update"), objects.map(lambda o: {"params": [o, 1.0]})
        ),
        st.tuples(st.sampled_from([f"moonraker/{what}" for what in moonraker.NOTIFIED]), st.none()),
        st.tuples(st.just("moonraker/server.history.list"), jobs),
        st.tuples(
            st.just("moonraker/notify_history_changed"),
            job.map(lambda job: {"params": [{"action": "finished", "job": job}]}),
        ),
    )


GAPS = st.tuples(st.floats(0, 60), st.floats(0, 60)).map(
    lambda ago: ("gap", {"begin": EPOCH - max(ago), "end": EPOCH - min(ago)})
)
ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
TOPICS = st.sampled_from(
    ["octoprint/job", "octoprint/printer", "prusalink/status", "moonraker/server.info", "gap", "x"]
)
STEPS = st.one_of(
    *(of_octoprint(), of_prusalink(), of_moonraker(), GAPS, st.tuples(TOPICS, ANYTHING))
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(SECONDS, STEPS), min_size=1, max_size=25))
def test_whatever_is_said_the_timeline_holds_together(steps):
    shop, now = Shop("mini"), 0.0
    for wait, (what, payload) in steps:
        now += wait
        if what == "gap" and isinstance(payload, dict) and "begin" in payload:
            payload = {key: value + now for key, value in payload.items()}
        shop.say(now, what, payload)
    timeline = shop.timeline()
    rows = timeline.intervals
    assert rows["start"][0] == 0.0
    assert (rows["start"][1:] == rows["end"][:-1]).all()
    assert (rows["end"][:-1] > rows["start"][:-1]).all()
    assert math.isnan(rows["end"][-1])
    assert rows["start"][-1] <= timeline.end
    told = timeline.orders
    assert not (told["end"] < told["start"]).any()
    # An order without an end is open, or nobody saw its end; there is one for each part.
    assert [*(told["outcome"] == 0)] == [*map(math.isnan, told["end"])]
    parts = {timeline.name(code) for code in rows["part"]} - {""}
    assert parts <= {timeline.name(code) for code in told["id"]}
    points = timeline.points["time"]
    assert (points[1:] >= points[:-1]).all()
    # Heard again it is the same, for nothing else than the messages counts.
    again = Printers(["mini"])
    for message in shop.messages:
        again.hear(message)
        again.timeline()
    assert same(again.timeline(), timeline)


def test_messages_of_others_are_passed_over_and_counted():
    follower = Printers(["mini"])
    for topic in ("", "printers", "printers/", "printers//gap", "module/v1/ff/x/state"):
        follower.hear(Message(1, EPOCH, topic, "{}"))
    assert follower.counts == {"unknown topic": 5}
    assert follower.timeline().end == 0.0


def test_a_message_from_before_the_last_one_comes_with_it():
    shop = Shop("mini")
    shop.say(10, "prusalink/status", {"printer": {"state": "IDLE"}})
    shop.say(20, "prusalink/status", {"printer": {"state": "PRINTING"}, "job": {"id": 1}})
    shop.say(15, "prusalink/status", {"printer": {"state": "FINISHED"}, "job": {"id": 1}})
    timeline = shop.timeline()
    assert timeline.end == 10.0
    assert [*timeline.orders["end"]] == [10.0]


def test_a_silence_is_a_gap():
    shop = Shop("mini")
    shop.say(0, "prusalink/status", {"printer": {"state": "IDLE"}})
    shop.say(SILENCE, "prusalink/status", {"printer": {"state": "IDLE"}})
    assert len(shop.timeline().intervals) == 1
    shop.say(2 * SILENCE + 1, "prusalink/status", {"printer": {"state": "IDLE"}})
    timeline = shop.timeline()
    assert [*timeline.intervals["start"]] == [0.0, SILENCE, 2 * SILENCE + 1]
    (gap,) = timeline.points[timeline.points["name"] == timeline.code("gap")]
    assert (gap["time"], gap["value"]) == (SILENCE, SILENCE + 1)
