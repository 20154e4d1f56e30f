"""SHDR and an agent's documents, written by hand: each trap of the real ones at its smallest."""

import gzip
import math
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twin.errors import RecordingError
from twin.kpis import measure
from twin.recordings import read, summary
from twin.recordings.mtconnect import (
    Follower,
    Mapping,
    is_mtconnect,
    model,
    read_files,
    read_mapping,
    shdr,
    streams,
)
from twin.recordings.mtconnect.observations import (
    Damaged,
    Lost,
    News,
    Observation,
    Snapshot,
    moment,
    moments,
    written,
)
from twin.timeline import Quality, State

DAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def stamp(second):
    moment = DAY + timedelta(seconds=second)
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def lines(*rows):
    """Rows (second, "item|value...") -> lines."""
    return [f"{stamp(second)}|{rest}" for second, rest in rows]


START = [(0, "avail|AVAILABLE|execution|READY|mode|AUTOMATIC|program|A"), (0, "system|NORMAL||||")]


def follow(*rows, mapping=None, device="mill"):
    follower = Follower(mapping)
    for told in shdr.read(lines(*rows), device):
        follower.hear(told)
    return follower


def states(timeline, resource="mill"):
    """(state, native, start, end) of a machine."""
    return [
        (State(int(row["state"])).name, timeline.name(int(row["native"])), row["start"], row["end"])
        for row in timeline.intervals
        if timeline.name(int(row["resource"])) == resource
    ]


def points(timeline, name):
    """(time, value, native) of the points of a name."""
    return [
        (row["time"], row["value"], timeline.name(int(row["native"])))
        for row in timeline.points
        if timeline.name(int(row["name"])) == name
    ]


def names(timeline):
    return [state for state, *_ in states(timeline)]


# --- lines ---------------------------------------------------------------------------------------


def test_pairs_conditions_and_messages():
    told = list(
        shdr.read(
            lines(
                (0, "execution|READY|mode|AUTOMATIC"),
                (1, "system|Fault|149||| TAILSTOCK BARRIER"),
                (2, "hint|M7|change the tool"),
                (3, "lathe:execution|ACTIVE"),
                (4, "note|a \\| b"),
            ),
            "mill",
        )
    )
    start = DAY.timestamp()
    assert told == [
        Observation(start, "mill", "execution", "READY"),
        Observation(start, "mill", "mode", "AUTOMATIC"),
        Observation(start + 1, "mill", "system", "FAULT", ("149", "", "", " TAILSTOCK BARRIER")),
        Observation(start + 2, "mill", "hint", "M7"),
        Observation(start + 3, "lathe", "execution", "ACTIVE"),
        Observation(start + 4, "mill", "note", "a | b"),
    ]


def test_three_pairs_are_no_condition():
    (first, *_) = shdr.read(lines((0, "execution|READY|mode|AUTOMATIC|program|A")), "mill")
    assert first.condition is None


def test_assets_commands_and_texts_of_several_lines_tell_nothing():
    given = [
        "* PONG 10000",
        f"{stamp(0)}|@ASSET@|T1|CuttingTool|--multiline--AB",
        f"{stamp(0)}|execution|ACTIVE",
        "--multiline--AB",
        f"{stamp(0)}|@REMOVE_ALL_ASSETS@|CuttingTool",
        f"{stamp(1)}|execution|READY",
    ]
    assert [(told.item, told.value) for told in shdr.read(given)] == [("execution", "READY")]


@pytest.mark.parametrize("row", ["2017", "20175", "2017-02-02T18:06", "no|line|at all", "|a|b"])
def test_a_line_that_is_not_understood_is_named_and_the_others_count(row):
    told = list(shdr.read([*lines((0, "a|1")), row, *lines((1, "a|2"))], first=7))
    assert [type(each) for each in told] == [Observation, Damaged, Observation]
    assert "line 8" in told[1].what and row[:20] in told[1].what


def test_the_time_of_a_duration_is_its_beginning():
    (told,) = shdr.read([f"{stamp(3)}@100.0|load|12"])
    assert told.time == DAY.timestamp() + 3


@given(st.datetimes(datetime(1990, 1, 1), datetime(2050, 1, 1)))
def test_times_are_the_same_one_by_one_and_as_a_column(time):
    text = time.isoformat(timespec="microseconds") + "Z"
    assert moments([text]).tolist() == [moment(text)]
    assert written(moment(text)) == text
    longer = text.removesuffix("Z") + "7Z"  # a tenth of a microsecond
    assert moments([longer]).tolist() == [moment(longer)] == [moment(text)]


def test_times_with_a_zone():
    assert moment("2026-03-02T10:00:00+02:00") == DAY.timestamp()
    assert moments(["2026-03-02T10:00:00+02:00", stamp(0)]).tolist() == [DAY.timestamp()] * 2


@pytest.mark.parametrize(
    "told",
    [
        Observation(DAY.timestamp(), "mill", "note", "a | b"),
        Observation(DAY.timestamp(), "mill", "system", "FAULT", ("1", "", "HIGH", "a|b")),
        Snapshot(),
        Snapshot(DAY.timestamp()),
        News(),
        Lost(DAY.timestamp(), DAY.timestamp() + 1.5, 12),
        Lost(DAY.timestamp(), DAY.timestamp() + 1.5),
    ],
)
def test_what_is_written_is_read_again(told):
    assert list(shdr.read([shdr.line_of(told)])) == [told]


# --- states --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rest", "state", "native"),
    [
        ("execution|ACTIVE", "PROCESSING", "ACTIVE A"),
        ("execution|FEED_HOLD", "HELD", "FEED_HOLD A"),
        ("execution|INTERRUPTED", "HELD", "INTERRUPTED A"),
        ("execution|PROGRAM_STOPPED", "HELD", "PROGRAM_STOPPED A"),
        ("execution|OPTIONAL_STOP", "HELD", "OPTIONAL_STOP A"),
        ("execution|STOPPED", "IDLE", "STOPPED"),
        ("execution|PROGRAM_COMPLETED", "IDLE", "PROGRAM_COMPLETED"),
        ("execution|UNAVAILABLE", "UNAVAILABLE", ""),
        ("avail|UNAVAILABLE", "UNAVAILABLE", ""),
        ("mode|MANUAL", "SETUP", "READY MANUAL"),
        ("mode|MANUAL_DATA_INPUT|execution|ACTIVE", "SETUP", "ACTIVE MANUAL_DATA_INPUT"),
        ("mode|EDIT", "SETUP", "READY EDIT"),
        ("mode|SEMI_AUTOMATIC|execution|ACTIVE", "PROCESSING", "ACTIVE A"),
        ("functional_mode|SETUP|execution|ACTIVE", "SETUP", "ACTIVE SETUP"),
        ("fmode|MAINTENANCE|execution|ACTIVE", "MAINTENANCE", "MAINTENANCE"),
        ("estop|TRIGGERED|execution|ACTIVE", "DOWN", "EMERGENCY_STOP TRIGGERED"),
        ("estop|UNAVAILABLE|execution|ACTIVE", "PROCESSING", "ACTIVE A"),
        ("system|FAULT|7|||it broke", "DOWN", "FAULT system 7 it broke"),
        ("system|Warning|7|||it creaks", "IDLE", "READY"),
        ("Xtravel|Fault|7|||at its end", "IDLE", "READY"),  # an axis is not the controller
        ("execution|WAIT", "HELD", "WAIT A"),
        ("wait_state|PART_LOAD|execution|WAIT", "STARVED", "WAIT PART_LOAD A"),
        ("waitstate|MATERIAL_UNLOAD|execution|WAIT", "BLOCKED", "WAIT MATERIAL_UNLOAD A"),
        ("power|OFF", "OFF", "POWER_STATE OFF"),
    ],
)
def test_states(rest, state, native):
    timeline = follow(*START, (10, rest), (20, "line|1")).timeline()
    assert states(timeline)[-1][:3] == (state, native, 10.0) or (state, native) == ("IDLE", "READY")
    assert states(timeline)[-1][:2] == (state, native)
    assert math.isnan(states(timeline)[-1][3])


def test_an_availability_that_never_was_is_not_missing():
    timeline = follow(
        (0, "avail|UNAVAILABLE|execution|READY|mode|AUTOMATIC"), (5, "execution|ACTIVE")
    )
    assert names(timeline.timeline()) == ["IDLE", "PROCESSING"]


def test_without_a_mode_a_running_machine_is_inferred_to_process():
    timeline = follow(
        (0, "execution|READY"), (5, "execution|ACTIVE"), (9, "execution|READY")
    ).timeline()
    assert timeline.intervals["quality"].tolist() == [Quality.GOOD, Quality.INFERRED, Quality.GOOD]


def test_a_fault_lasts_until_its_own_code_is_normal_or_all_are():
    rows = [(10, "system|FAULT|1|||"), (20, "system|FAULT|2|||"), (30, "system|NORMAL|1|||")]
    rows += [(40, "system|NORMAL||||"), (50, "line|1")]
    told = states(follow(*START, *rows).timeline())
    assert [(s, n, t) for s, n, t, _ in told] == [
        *[("IDLE", "READY", 0.0), ("DOWN", "FAULT system 1", 10.0)],
        *[("DOWN", "FAULT system 2", 30.0), ("IDLE", "READY", 40.0)],
    ]


def test_alarms_are_told_once():
    rows = [
        (10, "system|WARNING|1|||hot"),
        (11, "system|WARNING|1|||hot"),
        (12, "system|FAULT|1|||hot"),
    ]
    assert points(follow(*START, *rows).timeline(), "alarm") == [
        (10.0, pytest.approx(math.nan, nan_ok=True), "WARNING system 1 hot"),
        (12.0, pytest.approx(math.nan, nan_ok=True), "FAULT system 1 hot"),
    ]


def test_an_unknown_word_is_counted_and_the_rest_goes_on():
    follower = follow(*START, (5, "execution|ACTVE"), (9, "execution|ACTIVE"), (12, "line|1"))
    assert names(follower.timeline()) == ["IDLE", "UNAVAILABLE", "PROCESSING"]
    assert follower.count()["unknown value: execution 'ACTVE'"] == 1


def test_a_shop_says_what_its_words_mean():
    mapping = Mapping.model_validate(
        {
            "machines": {"saw-1": "mill"},
            "items": {"run": "EXECUTION", "mode": "IGNORED"},
            "values": {"EXECUTION": {"GO": "ACTIVE"}},
        }
    )
    follower = follow((0, "run|READY|mode|MANUAL"), (5, "run|GO"), (9, "line|1"), mapping=mapping)
    timeline = follower.timeline()
    assert [s[0] for s in states(timeline, "saw-1")] == ["IDLE", "PROCESSING"]
    other = follow(*START, mapping=mapping, device="crane")
    assert other.timeline().resources == () and other.count() == {"of other devices": 5}


# --- cycles and counts ---------------------------------------------------------------------------


def test_a_counter_counts_parts():
    rows = [(0, "PartCountAct|7"), (10, "PartCountAct|8"), (20, "PartCountAct|11")]
    rows += [(30, "PartCountAct|0"), (40, "PartCountAct|UNAVAILABLE"), (50, "PartCountAct|1")]
    timeline = follow(*START, *rows).timeline()
    assert [time for time, _, _ in points(timeline, "done")] == [10, 20, 20, 20, 50]
    quality = timeline.points["quality"][timeline.points["name"] == timeline.code("done")]
    assert quality.tolist() == [0, 1, 1, 1, 0]
    assert measure(timeline).resources["mill"].done == 5


def test_where_no_counter_moves_programs_that_ran_to_their_end_count():
    rows = [(0, "PartCountAct|0"), (10, "execution|ACTIVE"), (20, "execution|FEED_HOLD")]
    rows += [(30, "execution|ACTIVE"), (45, "execution|READY"), (46, "program|B")]
    rows += [(50, "execution|ACTIVE"), (51, "PartCountAct|0"), (60, "execution|STOPPED")]  # aborted
    rows += [(70, "execution|ACTIVE"), (75, "execution|FEED_HOLD"), (80, "execution|READY")]  # too
    rows += [
        (90, "execution|ACTIVE"),
        (99, "execution|PROGRAM_COMPLETED"),
        (100, "execution|READY"),
    ]
    timeline = follow(*START, *rows).timeline()
    assert points(timeline, "cycle") == [(45.0, 35.0, "A"), (99.0, 9.0, "B")]
    assert points(timeline, "done") == [(45.0, 1.0, "A"), (99.0, 1.0, "B")]
    assert points(timeline, "program")[-1][2] == "B"


# --- time ----------------------------------------------------------------------------------------

OLD = -20 * 86400  # [s]: weeks before


def test_how_things_stood_at_the_head_of_a_file_is_no_news():
    head = [(OLD, "avail|AVAILABLE"), (OLD + 9, "execution|ACTIVE"), (-9000, "mode|AUTOMATIC")]
    timeline = follow(
        *head, (0, "execution|READY"), (10, "execution|ACTIVE"), (15, "line|1")
    ).timeline()
    assert timeline.epoch == DAY
    assert [(s, t) for s, _, t, _ in states(timeline)] == [("IDLE", 0.0), ("PROCESSING", 10.0)]


def test_the_head_of_the_next_file_changes_nothing():
    head = [(OLD, "avail|AVAILABLE"), (40, "execution|READY"), (40, "mode|AUTOMATIC")]
    second = [(86400, "execution|ACTIVE"), (86410, "execution|READY")]
    first = [*START, (10, "execution|ACTIVE"), (40, "execution|READY"), (40, "mode|AUTOMATIC")]
    follower = follow(*first, *head, *second)
    timeline = follower.timeline()
    assert names(timeline) == ["IDLE", "PROCESSING", "IDLE", "PROCESSING", "IDLE"]
    assert points(timeline, "gap") == []
    assert follower.count()["repeated"] == 3


def test_a_change_that_nobody_heard_leaves_a_gap():
    """The next file says that the machine stopped at 500 s, of which the first knows nothing."""
    head = [(OLD, "avail|AVAILABLE"), (500, "execution|STOPPED"), (0, "mode|AUTOMATIC")]
    first = [*START, (10, "execution|ACTIVE"), (40, "line|1")]
    timeline = follow(*first, *head, (86400, "execution|READY"), (86410, "line|1")).timeline()
    assert [(s, t) for s, _, t, _ in states(timeline)] == [
        *[("IDLE", 0.0), ("PROCESSING", 10.0), ("UNAVAILABLE", 40.0)],
        *[("IDLE", 500.0), ("IDLE", 86400.0)],
    ]
    assert timeline.intervals["quality"].tolist() == [0, 1, 0, 0, 0]
    assert points(timeline, "gap") == [(40.0, 460.0, "")]


def test_what_the_agent_stamps_by_a_clock_behind_counts_where_it_stands():
    rows = [(10, "execution|ACTIVE"), (50, "line|1"), (25, "execution|UNAVAILABLE"), (90, "line|2")]
    follower = follow(*START, *rows)
    assert states(follower.timeline())[-1][:3] == ("UNAVAILABLE", "", 50.0)
    assert follower.count()["late"] == 1


def test_recordings_that_follow_each_other_out_of_order():
    second = [(9, "execution|ACTIVE"), (40, "execution|READY"), (41, "line|9")]
    first = [(-5000 + second, rest) for second, rest in START]
    first += [(-4990, "execution|ACTIVE"), (-4900, "execution|READY")]
    follower = follow(*START, *second, *first)
    timeline = follower.timeline()
    assert names(timeline) == [
        *("IDLE", "PROCESSING", "UNAVAILABLE"),
        *("IDLE", "PROCESSING", "IDLE"),
    ]
    assert points(timeline, "gap") == [(100.0, 4900.0, "")]
    assert follower.count()["recordings"] == 1


def test_an_adapter_that_connects_anew_has_not_heard_what_lay_between():
    again = [(900 + second, rest) for second, rest in START]
    timeline = follow(*START, (10, "execution|ACTIVE"), (20, "execution|READY"), *again).timeline()
    assert names(timeline) == ["IDLE", "PROCESSING", "UNAVAILABLE", "IDLE"]
    assert points(timeline, "gap") == [(20.0, 880.0, "")]


def talk(begin, end):
    return [(second, f"line|{second}") for second in range(begin, end)]


def test_a_talkative_machine_that_falls_silent_while_it_runs_has_been_lost():
    rows = [(1, "execution|ACTIVE"), *talk(2, 200), *talk(50_000, 50_010)]
    timeline = follow(*START, *rows).timeline()
    assert [(s, t) for s, _, t, _ in states(timeline)] == [
        *[("IDLE", 0.0), ("PROCESSING", 1.0), ("UNAVAILABLE", 199.0), ("PROCESSING", 50_000.0)],
    ]
    assert points(timeline, "gap") == [(199.0, 49_801.0, "")]


def test_a_machine_that_only_tells_its_states_may_be_silent():
    rows = [(1, "execution|ACTIVE"), (20_000, "execution|READY"), (20_001, "execution|ACTIVE")]
    timeline = follow(*START, *rows, (40_000, "execution|READY")).timeline()
    assert points(timeline, "gap") == []


def test_a_machine_that_rests_may_be_silent():
    rows = [(1, "execution|ACTIVE"), *talk(2, 200), (200, "execution|READY")]
    assert points(follow(*START, *rows, *talk(50_000, 50_010)).timeline(), "gap") == []


def test_what_was_lost_is_a_gap_and_a_count():
    follower = Follower()
    for told in shdr.read(lines(*START, (10, "execution|ACTIVE"), (20, "line|1")), "mill"):
        follower.hear(told)
    start = DAY.timestamp()
    follower.hear(Lost(start + 20, start + 100, 12))
    follower.hear(Snapshot(start + 100))
    for told in shdr.read(lines((60, "execution|READY"), (0, "mode|AUTOMATIC")), "mill"):
        follower.hear(told)
    follower.hear(News())
    for told in shdr.read(lines((110, "line|5")), "mill"):
        follower.hear(told)
    timeline = follower.timeline()
    assert [(s, t) for s, _, t, _ in states(timeline)] == [
        *[("IDLE", 0.0), ("PROCESSING", 10.0), ("UNAVAILABLE", 20.0), ("IDLE", 100.0)],
    ]
    assert points(timeline, "gap") == [(20.0, 80.0, "")]
    assert points(timeline, "lost") == [(20.0, 12.0, "")]


def test_a_snapshot_by_a_clock_ten_minutes_behind_is_of_the_same_recording():
    follower = follow(*START, (1000, "execution|ACTIVE"), (1010, "line|1"))
    follower.hear(Snapshot(DAY.timestamp() + 410))
    for told in shdr.read(lines((405, "mode|MANUAL")), "mill"):
        follower.hear(told)
    follower.hear(News())
    for told in shdr.read(lines((1020, "line|2")), "mill"):
        follower.hear(told)
    timeline = follower.timeline()
    assert [(s, t) for s, _, t, _ in states(timeline)] == [
        *[("IDLE", 0.0), ("PROCESSING", 1000.0), ("SETUP", 1010.0)],
    ]
    assert "recordings" not in follower.count() and timeline.end == 1020.0


def test_a_snapshot_of_now_is_known_at_once():
    """Of a shop at rest, too, of which no news come."""
    follower = Follower()
    start = DAY.timestamp()
    follower.hear(Snapshot(start + 100))
    for told in shdr.read(lines((OLD, "execution|READY"), (OLD, "mode|MANUAL")), "mill"):
        follower.hear(told)
    assert states(follower.timeline())[-1][:2] == ("SETUP", "READY MANUAL")
    follower.hear(News())
    assert follower.timeline().epoch == DAY + timedelta(seconds=100)


ROWS = st.lists(
    st.tuples(
        st.integers(0, 4000),
        st.sampled_from(
            [
                *("execution|ACTIVE", "execution|READY", "execution|UNAVAILABLE", "mode|MANUAL"),
                *("mode|AUTOMATIC", "avail|AVAILABLE", "avail|UNAVAILABLE", "system|FAULT|1|||"),
                *("system|NORMAL||||", "line|1", "PartCountAct|1", "PartCountAct|2", "program|B"),
            ]
        ),
    ),
    max_size=40,
)


@settings(max_examples=200)
@given(ROWS, st.integers(0, 40))
def test_states_tile_the_clock_whatever_is_told_and_asking_changes_nothing(rows, asked):
    follower, silent = Follower(), Follower()
    for number, told in enumerate(shdr.read(lines(*rows), "mill")):
        follower.hear(told)
        silent.hear(told)
        if number == asked:
            follower.timeline()
    timeline = follower.timeline()
    if timeline.end > 0 and timeline.resources:
        measure(timeline)  # which checks the tiling
        told = states(timeline)
        assert told[0][2] == 0.0
        assert [end for *_, end in told[:-1]] == [start for _, _, start, _ in told[1:]]
    for name in ("intervals", "points"):
        assert repr(getattr(timeline, name)) == repr(getattr(silent.timeline(), name))


# --- the device model and documents --------------------------------------------------------------

MODEL = """<?xml version="1.0"?>
<MTConnectDevices xmlns="urn:mtconnect.org:MTConnectDevices:1.7"><Header/><Devices>
<Device id="d1" uuid="u1" name="mill"><DataItems>
<DataItem id="a1" name="avail" category="EVENT" type="AVAILABILITY"/></DataItems><Components>
<Axes id="x"><Components><Linear id="x1" name="X"><DataItems>
<DataItem id="t1" name="Xsystem" category="CONDITION" type="POSITION"/></DataItems></Linear>
</Components></Axes>
<Controller id="c"><Components><Path id="p"><DataItems>
<DataItem id="e1" name="RunState" category="EVENT" type="EXECUTION"><Source>run</Source></DataItem>
<DataItem id="m1" name="mode" category="EVENT" type="x:VENDOR"/>
<DataItem id="g1" category="EVENT" type="PROGRAM" subType="MAIN"/>
<DataItem id="g2" category="EVENT" type="PROGRAM" subType="ACTIVE"/>
<DataItem id="n1" name="parts" category="EVENT" type="PART_COUNT" subType="ALL"/>
<DataItem id="n2" name="bad" category="EVENT" type="PART_COUNT" subType="BAD"/>
<DataItem id="n3" name="target" category="EVENT" type="PART_COUNT" subType="TARGET"/>
<DataItem id="f1" name="any" category="CONDITION" type="LOGIC_PROGRAM"/>
</DataItems></Path></Components></Controller></Components></Device></Devices></MTConnectDevices>"""


def current(time, *observations, sequence=100, root="MTConnectStreams"):
    """A document of an agent: rows (category, element, attributes, text)."""
    told = "".join(
        f"<{category}><{tag} dataItemId='{item}' timestamp='{stamp(second)}' sequence='{number}' "
        f"{more}>{text}</{tag}></{category}>"
        for number, (second, category, tag, item, more, text) in enumerate(observations, start=1)
    )
    return (
        f"<?xml version='1.0'?><m:{root} xmlns:m='urn:mtconnect.org:MTConnectStreams:1.7'>"
        f"<Header creationTime='{stamp(time)}' instanceId='5' firstSequence='1' "
        f"lastSequence='{sequence - 1}' nextSequence='{sequence}' bufferSize='64'/>"
        f"<Streams><DeviceStream name='mill' uuid='u1'><ComponentStream component='Path' "
        f"componentId='p'>{told}</ComponentStream></DeviceStream></Streams></m:{root}>"
    )


def test_the_device_model_says_what_an_item_means():
    (mill,) = model.read_model([MODEL.encode()], "probe")
    assert (mill.name, mill.items["run"].type, mill.items["t1"].component) == (
        *("mill", "EXECUTION"),
        "Linear",
    )
    follower = Follower(devices=[mill])
    rows = [(0, "run|READY|mode|MANUAL|g1|A|g2|SUB|parts|1|bad|0|target|9"), (5, "run|ACTIVE")]
    rows += [(6, "Xsystem|FAULT|1|||"), (7, "strange|1"), (8, "parts|2"), (9, "bad|1")]
    rows += [(10, "f1|FAULT|1|||"), (11, "target|10")]
    for told in shdr.read(lines(*rows), "mill"):
        follower.hear(told)
    timeline = follower.timeline()
    assert [(s, n) for s, n, *_ in states(timeline)] == [
        *[("IDLE", "READY"), ("PROCESSING", "ACTIVE A"), ("DOWN", "FAULT f1 1")],
    ]
    assert len(points(timeline, "done")) == len(points(timeline, "scrap")) == 1
    assert follower.count() == {"not in the device model: strange": 1}


def test_a_document_of_an_agent(tmp_path):
    text = current(
        100,
        (OLD, "Events", "Availability", "a1", "name='avail'", "AVAILABLE"),
        (-50, "Events", "Execution", "e1", "", "ACTIVE"),
        (-60, "Events", "ControllerMode", "m1", "", "AUTOMATIC"),
        (0, "Condition", "Warning", "f1", "nativeCode='3' type='SYSTEM'", "hot"),
        (0, "Samples", "Load", "l1", "name='Sload'", "12"),
    )
    document = streams.read_document([text.encode()], "current")
    assert (document.header.instance, document.header.next) == ("5", 100)
    assert [number for number, _ in document.observations] == [1, 2, 3, 4, 5]
    assert document.observations[3][1].condition == ("3", "", "", "hot")
    (tmp_path / "current.xml").write_text(text)
    timeline = read_files([tmp_path / "current.xml"])
    assert timeline.epoch == DAY + timedelta(seconds=100)
    assert [s[:2] for s in states(timeline)] == [("PROCESSING", "ACTIVE")]


def test_documents_one_after_the_other(tmp_path):
    first = [(0, "Events", "Execution", "e1", "", "READY")]
    news = [
        (10, "Events", "Execution", "e1", "", "ACTIVE"),
        (20, "Events", "Execution", "e1", "", "READY"),
    ]
    (tmp_path / "a.xml").write_text(current(5, *first))
    (tmp_path / "b.xml").write_text(current(30, *news))
    told = states(read(tmp_path))
    assert [(s, t) for s, _, t, _ in told] == [("IDLE", 0.0), ("PROCESSING", 5.0), ("IDLE", 15.0)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<html><body>hello</body></html>", "is <html>, not a document of observations"),
        ("<html><p>hello</body>", "is not XML as an MTConnect agent writes it"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "declares a document type"),
        ("<a>" * 100, "nested deeper than 60"),
        ("<MTConnectStreams><Header/></MTConnectStreams>", "its header lacks firstSequence"),
        (MODEL, "is <MTConnectDevices>, not a document of observations"),
        (
            "<MTConnectError><Errors><Error errorCode='OUT_OF_RANGE'>from</Error></Errors>"
            "</MTConnectError>",
            "the agent answers OUT_OF_RANGE: from",
        ),
        ("", "is not XML"),
    ],
)
def test_what_is_no_document(text, says):
    with pytest.raises(RecordingError, match=says):
        streams.read_document([text.encode()], "answer")


def test_a_document_without_end_is_given_up(monkeypatch):
    monkeypatch.setattr("twin.recordings.mtconnect.documents.MOST_BYTES", 2**20)
    read_so_far = 0

    def endless():
        nonlocal read_so_far
        yield b"<MTConnectStreams>"
        while True:
            read_so_far += 2**16
            yield b"<a/>" * 2**14

    with pytest.raises(RecordingError, match="larger than 1 MB"):
        streams.read_document(endless(), "answer")
    assert read_so_far <= 2**21


def test_an_observation_that_is_not_understood_is_named_and_the_others_count():
    text = current(
        9, (0, "Events", "Execution", "e1", "", "READY"), (1, "Events", "Line", "l1", "", "7")
    )
    text = text.replace(stamp(1), "yesterday")
    document = streams.read_document([text.encode()], "answer")
    assert [told.value for _, told in document.observations] == ["READY"]
    assert "<Line l1>" in document.damaged[0] and "yesterday" in document.damaged[0]


# --- files ---------------------------------------------------------------------------------------


def put(path, *rows):
    text = "".join(line + "\n" for line in lines(*rows)).encode()
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
    return path


WHOLE = [*START, (10, "execution|ACTIVE"), (40, "execution|READY")]


def test_files_of_several_machines_and_days(tmp_path):
    later = [(86400 + second, rest) for second, rest in WHOLE]
    files = [
        put(tmp_path / "mill-20260302.txt", *WHOLE),
        put(tmp_path / "lathe-20260302.txt.gz", *WHOLE),
        put(tmp_path / "mill-20260303.txt.gz", (0, "avail|AVAILABLE"), *later),
    ]
    timeline = read(files[::-1])
    assert set(summary(timeline)["stations"]) == {"mill", "lathe"}
    assert summary(timeline) == summary(read(tmp_path))
    assert len(points(timeline, "done")) == 3


def test_a_device_model_beside_the_files_names_the_machine(tmp_path):
    (tmp_path / "Devices.xml").write_text(MODEL)
    path = put(tmp_path / "box-MILL-01.txt", (0, "run|READY"), (5, "run|ACTIVE"), (6, "parts|1"))
    assert is_mtconnect(path) and not is_mtconnect(tmp_path / "Devices.xml")
    assert names(read(path)) == ["IDLE", "PROCESSING"]


def test_a_mapping(tmp_path):
    (tmp_path / "model.xml").write_text(MODEL)
    (tmp_path / "shop.yaml").write_text(
        "mapping: 1\ndevices: model.xml\nmachines: {saw-1: mill}\nsilence: 2 min\n"
    )
    mapping = read_mapping(tmp_path / "shop.yaml")
    assert (mapping.silence, mapping.machine("mill")) == (120.0, "saw-1")
    path = put(tmp_path / "x.txt", (0, "run|READY"), (5, "run|ACTIVE"), (6, "parts|1"))
    assert set(summary(read(path, None, tmp_path / "shop.yaml"))["stations"]) == {"saw-1"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", r"shop.yaml:1:1: the file is empty; it begins with 'mapping: 1'"),
        (
            "mapping: 1\nmachine: {a: b}\n",
            r"shop.yaml:2:1: .*unknown key 'machine'; did you mean 'machines'",
        ),
        ("mapping: 1\nitems: {run: EXECUTE}\n", r"shop.yaml:2:\d+: items/run: .*EXECUTION"),
        ("mapping: 1\nsilence: 3 kg\n", r"shop.yaml:2:10: silence"),
        ("mapping: 1\nmachines: !!python/object:os.system {}\n", r"shop.yaml:2"),
        ("mapping: 1\ndevices: none.xml\n", "none.xml: cannot be read: No such file"),
    ],
)
def test_a_wrong_mapping_is_told_with_its_line(tmp_path, text, says):
    (tmp_path / "shop.yaml").write_text(text)
    path = put(tmp_path / "x.txt", *WHOLE)
    with pytest.raises(RecordingError, match=says):
        read(path, None, tmp_path / "shop.yaml")


def test_what_cannot_be_read_is_told_with_its_place(tmp_path):
    whole = put(tmp_path / "mill.txt.gz", *WHOLE)
    cut = tmp_path / "cut.txt.gz"
    cut.write_bytes(whole.read_bytes()[:-12])
    with pytest.raises(
        RecordingError, match=r"cut.txt.gz: behind observation \d+: the gzip stream"
    ):
        read_files([cut])
    noise = tmp_path / "noise.txt"
    noise.write_text("\n".join([*lines(*START), *["nothing of the kind"] * 30]))
    with pytest.raises(RecordingError, match=r"noise.txt: line \d+: .*expected a line such as"):
        read(noise)


def test_damaged_lines_are_points(tmp_path):
    text = "\n".join([*lines(*WHOLE), "2017", *lines((50, "line|1"))])
    (tmp_path / "mill.txt").write_text(text)
    timeline = read(tmp_path / "mill.txt")
    assert points(timeline, "damaged") == [(40.0, 1.0, "mill.txt: line 5: '2017'")]


def test_what_tells_no_execution_is_told_what_to_name(tmp_path):
    path = put(tmp_path / "mill.txt", (0, "Status|RUN|power|ON"), (5, "Status|STOP"))
    with pytest.raises(RecordingError, match=r"name it in a mapping.*heard are Status, power"):
        read(path)
    with pytest.raises(
        RecordingError, match=r"tells nothing of the mapping's machines \(crane, lathe\)"
    ):
        read_files([path], Mapping(machines={"a": "crane", "b": "lathe"}))


def test_endless_items_and_words_are_bounded():
    rows = [(k / 1000, f"item{k}|1|execution|WORD{k}") for k in range(11_000)]
    (mill,) = model.read_model([MODEL.encode()], "probe")
    follower = Follower(Mapping(items={"execution": "EXECUTION"}), [mill])
    for told in shdr.read(lines(*rows), "mill"):
        follower.hear(told)
    assert len(follower.items()) == 10_000
    assert follower.count()["of too many items"] == 11_000 - 9_999
    assert len(follower.count()) < 50


def test_other_formats_are_left_to_their_readers(tmp_path):
    for text in ("", "hello", '{"topic": "a"}', "time|a|b\n2026-03-02T08:00:00Z|2|3\n", "<a/>"):
        path = Path(tmp_path / "file.txt")
        path.write_text(text)
        assert not is_mtconnect(path)
