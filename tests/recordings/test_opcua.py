"""What OPC UA servers tell -> a timeline: the standard's state machines, jobs, counters, holes."""

import gzip
import json
import math

import pytest

import twin
from twin.errors import RecordingError
from twin.recordings.opcua import (
    Change,
    Follower,
    Item,
    Lost,
    Mapping,
    Node,
    Session,
    body,
    find_items,
    is_opcua,
    meaning,
    read_file,
    read_mapping,
    told,
)
from twin.timeline import Outcome, Quality, State

BEGIN = 1_767_600_000.0
MACHINERY = [
    Item("i=2258", "clock"),
    Item("s=state", "item state", "mill"),
    Item("s=mode", "mode", "mill"),
    Item("s=jobs", "jobs", "mill"),
    Item("s=count", "count", "mill"),
    Item("s=scrap", "scrap", "mill"),
    Item("s=shop", "jobs"),
]


def session(time=0.0, items=MACHINERY):
    return Session(BEGIN + time, BEGIN + time, tuple(items))


def change(time, node, value, status=0, told=None):
    stamp = BEGIN + (time if told is None else told)
    return Change(BEGIN + time, f"s={node}", value, stamp, status)


def clock(time, ahead=0.0):
    return Change(BEGIN + time, "i=2258", BEGIN + time + ahead, BEGIN + time + ahead)


def heard(*several, mapping=None):
    follower = Follower(mapping)
    for one in several:
        follower.hear(one)
    return follower


def intervals(timeline, machine="mill"):
    """(state, part, start, end, quality, native) of a machine."""
    code = timeline.code(machine)
    return [
        (
            State(row["state"]).name,
            timeline.name(row["part"]),
            row["start"],
            None if math.isnan(row["end"]) else row["end"],
            Quality(row["quality"]).name,
            timeline.name(row["native"]),
        )
        for row in timeline.intervals
        if row["resource"] == code
    ]


def states(timeline, machine="mill"):
    return [(state, start) for state, _, start, *_ in intervals(timeline, machine)]


def points(timeline, name):
    return [
        (row["time"], row["value"], Quality(row["quality"]).name, timeline.name(row["native"]))
        for row in timeline.points
        if timeline.name(row["name"]) == name
    ]


def job(name, state, **more):
    numbers = {word: number for number, word in meaning.JOB_STATES.items()}
    return {"JobOrder": {"JobOrderID": name, **more}, "State": [{"StateNumber": numbers[state]}]}


# --- states --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "mode", "has_job", "state", "quality"),
    [
        ("NotAvailable", "Processing", True, State.UNAVAILABLE, Quality.GOOD),
        ("NotAvailable", "Maintenance", False, State.UNAVAILABLE, Quality.GOOD),
        ("OutOfService", "Processing", True, State.DOWN, Quality.GOOD),
        ("OutOfService", "", False, State.DOWN, Quality.GOOD),
        ("OutOfService", "Maintenance", False, State.MAINTENANCE, Quality.GOOD),
        ("NotExecuting", "Setup", False, State.SETUP, Quality.GOOD),
        ("NotExecuting", "Processing", False, State.IDLE, Quality.GOOD),
        ("NotExecuting", "None", False, State.IDLE, Quality.GOOD),
        ("NotExecuting", "Processing", True, State.HELD, Quality.INFERRED),
        ("Executing", "Processing", False, State.PROCESSING, Quality.GOOD),
        ("Executing", "Setup", True, State.SETUP, Quality.GOOD),
        ("Executing", "Maintenance", True, State.MAINTENANCE, Quality.GOOD),
        ("Executing", "None", True, State.PROCESSING, Quality.INFERRED),
        ("Executing", "", True, State.PROCESSING, Quality.INFERRED),
        ("", "Processing", True, State.UNAVAILABLE, Quality.GOOD),
    ],
)
def test_states_of_machinery(item, mode, has_job, state, quality):
    assert meaning.machinery_state(item, mode, has_job) == (state, quality)


@pytest.mark.parametrize(
    ("packml", "mode", "starved", "blocked", "state", "quality"),
    [
        ("Execute", "Produce", None, None, State.PROCESSING, Quality.GOOD),
        ("Execute", "Manual", None, None, State.SETUP, Quality.GOOD),
        ("Idle", "Maintenance", None, None, State.MAINTENANCE, Quality.GOOD),
        ("Aborted", "Maintenance", None, None, State.DOWN, Quality.GOOD),
        ("Held", "", None, None, State.HELD, Quality.GOOD),
        ("Suspended", "Produce", None, None, State.STARVED, Quality.INFERRED),
        ("Suspended", "Produce", True, False, State.STARVED, Quality.GOOD),
        ("Suspended", "Produce", False, True, State.BLOCKED, Quality.GOOD),
        ("Starting", "Produce", None, None, State.SETUP, Quality.GOOD),
        ("Complete", "Produce", None, None, State.IDLE, Quality.GOOD),
    ],
)
def test_states_of_packml(packml, mode, starved, blocked, state, quality):
    assert meaning.packml_state(packml, mode, starved, blocked) == (state, quality)


def test_each_state_of_packml_stands_for_one_of_ours():
    for word in set(meaning.PACKML_STATES.values()) - {"Running", "Cleared"}:
        assert meaning.packml_state(word, "", None, None)[0] != State.UNAVAILABLE, word


@pytest.mark.parametrize(
    "value", ["Executing", "EXECUTING ", 3, 3.0, f"nsu={meaning.MACHINERY};i=5006"]
)
def test_a_state_is_told_as_text_number_or_node(value):
    assert meaning.word("item state", value) == "Executing"


@pytest.mark.parametrize("value", ["Laufend", 17, True, None, [3], f"nsu={meaning.PACKML};i=5006"])
def test_what_no_standard_knows_has_no_word(value):
    assert meaning.word("item state", value) == ""


def test_a_machine_from_its_states_to_its_timeline():
    timeline = heard(
        session(),
        change(0, "state", 2, told=-500.0),  # how it stood, since before anybody listened
        change(0, "mode", 3, told=-500.0),
        change(0, "jobs", []),
        change(10, "jobs", [job("lot-1", "Running")]),
        change(10, "state", 3),
        change(40, "state", 2),
        change(45, "jobs", []),
        change(60, "mode", 2),
        change(60, "state", 3),
        change(70, "state", 1),
        change(70, "mode", 3),
        clock(100),
    ).timeline()
    assert timeline.epoch.timestamp() == BEGIN
    assert (timeline.start, timeline.end) == (0.0, 100.0)
    assert intervals(timeline) == [
        ("IDLE", "", 0, 10, "GOOD", "NotExecuting, Processing"),
        ("PROCESSING", "lot-1", 10, 40, "GOOD", "Executing, Processing"),
        ("HELD", "lot-1", 40, 45, "INFERRED", "NotExecuting, Processing"),
        ("IDLE", "", 45, 60, "GOOD", "NotExecuting, Processing"),
        ("SETUP", "", 60, 70, "GOOD", "Executing, Setup"),
        ("DOWN", "", 70, None, "GOOD", "OutOfService, Processing"),
    ]


def test_texts_in_another_language_count_for_nothing_where_numbers_are_told():
    items = [Item("s=number", "item state", "mill"), Item("s=text", "item state", "mill")]
    follower = heard(
        session(items=items),
        change(0, "number", 3),
        change(0, "text", "Ausführend"),
        change(9, "text", "Nicht ausführend"),
        change(9, "number", 2),
    )
    assert states(follower.timeline()) == [("PROCESSING", 0), ("IDLE", 9)]
    assert follower.count() == {}


def test_the_three_levels_of_packml():
    items = [
        Item("s=base", "packml base", "filler"),
        Item("s=machine", "packml machine", "filler"),
        Item("s=execute", "packml execute", "filler"),
        Item("s=unit", "packml mode", "filler"),
        Item("s=starved", "starved", "filler"),
    ]
    timeline = heard(
        session(items=items),
        change(0, "base", "Cleared"),
        change(0, "machine", "Stopped"),
        change(0, "execute", "Execute"),  # from before it was stopped
        change(0, "unit", 1),
        change(5, "machine", "Running"),
        change(8, "starved", True),
        change(9, "execute", "Suspended"),
        change(12, "base", "Aborting"),
    ).timeline()
    assert states(timeline, "filler") == [
        ("IDLE", 0),
        ("PROCESSING", 5),
        ("STARVED", 9),
        ("DOWN", 12),
    ]


def test_a_bad_status_is_no_data_and_an_uncertain_one_is_kept():
    bad, uncertain = 0x80000000, 0x40000000
    timeline = heard(
        session(),
        change(0, "state", 3),
        change(0, "mode", 3),
        change(5, "state", None, bad),
        change(7, "state", 3, uncertain),
        change(9, "state", 3),
    ).timeline()
    assert [(s, start, quality) for s, _, start, _, quality, _ in intervals(timeline)] == [
        ("PROCESSING", 0, "GOOD"),
        ("UNAVAILABLE", 5, "GOOD"),
        ("PROCESSING", 7, "UNCERTAIN"),
        ("PROCESSING", 9, "GOOD"),
    ]


def test_an_unknown_state_is_counted_and_the_rest_flows():
    items = [*MACHINERY, Item("s=other", "item state", "lathe")]
    follower = heard(
        session(items=items),
        change(0, "state", "Dreaming"),
        change(0, "other", 3),
        change(4, "state", "Dreaming"),
        change(6, "state", 3),
        change(7, "count", "many"),
        change(8, "other", 2),
        Change(BEGIN + 9, "s=nobody", 1, BEGIN + 9),
    )
    timeline = follower.timeline()
    assert intervals(timeline)[0] == ("UNAVAILABLE", "", 0, 6, "UNCERTAIN", "Dreaming")
    assert states(timeline, "lathe") == [("PROCESSING", 0), ("IDLE", 8)]
    assert follower.count() == {
        "unknown value: mill item state 'Dreaming'": 2,
        "unknown value: mill count 'many'": 1,
        "of other nodes": 1,
    }


# --- time ----------------------------------------------------------------------------------------


def test_a_second_session_is_a_hole():
    timeline = heard(
        session(),
        change(0, "state", 3),
        change(0, "count", 5),
        clock(10),
        Lost(BEGIN + 10, BEGIN + 16),
        session(16.0),
        change(16, "state", 2, told=13.0),
        change(16, "count", 7, told=13.0),
        clock(20),
    ).timeline()
    assert [(s, start, end, quality) for s, _, start, end, quality, _ in intervals(timeline)] == [
        ("PROCESSING", 0, 10, "UNCERTAIN"),
        ("UNAVAILABLE", 10, 16, "GOOD"),
        ("IDLE", 16, None, "GOOD"),
    ]
    assert points(timeline, "gap") == [(10, 6.0, "GOOD", "")]
    # What was made meanwhile is counted, if not when.
    assert points(timeline, "done") == [(16, 1.0, "UNCERTAIN", "")] * 2


def test_a_server_whose_clock_starts_again_goes_on():
    follower = heard(
        session(),
        change(0, "state", 3),
        clock(100),
        Lost(BEGIN + 100, BEGIN + 104),
        Session(BEGIN + 104, BEGIN, tuple(MACHINERY)),  # its clock begins anew
        change(104, "state", 2, told=0.0),
        change(110, "state", 3, told=6.0),
    )
    assert states(follower.timeline()) == [
        ("PROCESSING", 0),
        ("UNAVAILABLE", 100),
        ("IDLE", 104),
        ("PROCESSING", 110),
    ]
    assert follower.count() == {"clock put back": 1}


def test_a_wrong_stamp_and_a_late_one():
    follower = heard(
        session(),
        change(0, "state", 2),
        change(0, "mode", 3),
        clock(100),
        change(101, "state", 3, told=101 + 7200),  # local time
        change(150, "state", 2),
        change(151, "mode", 2, told=149.5),  # late, by less than is wrong
    )
    assert states(follower.timeline()) == [("IDLE", 0), ("PROCESSING", 100), ("SETUP", 150)]
    assert follower.count() == {"wrong stamp": 1, "late": 1}


def test_what_was_never_written_may_be_stamped_with_anything():
    follower = heard(
        session(),
        change(0, "count", 0, told=9e6),
        change(0, "scrap", 0, told=9e6),
        change(0, "state", 3),
        change(0, "mode", 3),
        change(4, "state", 2),
    )
    assert states(follower.timeline()) == [("PROCESSING", 0), ("IDLE", 4)]
    assert follower.count() == {}


def test_an_overflow_leaves_a_gap_and_a_doubt():
    follower = heard(
        session(),
        change(0, "state", 3),
        change(0, "mode", 3),
        change(20, "state", 2, 0x480),
    )
    timeline = follower.timeline()
    assert [(s, start, quality) for s, _, start, _, quality, _ in intervals(timeline)] == [
        ("PROCESSING", 0, "UNCERTAIN"),
        ("IDLE", 20, "GOOD"),
    ]
    assert points(timeline, "gap") == [(0, 20.0, "UNCERTAIN", "overflow")]
    assert follower.count() == {"overflow": 1}


# --- parts, orders, counters ---------------------------------------------------------------------


def test_counters_count_up_and_are_reset():
    follower = heard(
        session(),
        change(0, "count", 41),
        change(0, "scrap", 0),
        change(10, "count", 43),
        change(20, "scrap", 1),
        change(30, "count", 0),  # a new shift
        change(40, "count", 1),
        change(50, "count", 5001),  # set, not counted
    )
    timeline = follower.timeline()
    assert [time for time, *_ in points(timeline, "done")] == [10, 10, 40]
    assert [time for time, *_ in points(timeline, "scrap")] == [20]
    assert follower.count() == {"unknown value: mill count from 1 to 5001": 1}


def test_counts_of_packml_are_added_up():
    timeline = heard(
        session(),
        change(0, "count", [{"Count": 4, "AccCount": 0}, {"Count": 1, "AccCount": 9}]),
        change(5, "count", [{"Count": 5, "AccCount": 0}, {"Count": 1, "AccCount": 10}]),
    ).timeline()
    assert [time for time, *_ in points(timeline, "done")] == [5, 5]


def test_orders_of_the_shops_list():
    product = {"WorkMasterID": [{"ID": "board"}], "MaterialRequirements": [{"Quantity": "10"}]}
    times = {"StartTime": BEGIN - 60.0, "EndTime": BEGIN + 3600.0}
    follower = heard(
        session(),
        change(0, "shop", [job("a", "Running", **product), job("b", "AllowedToStart", **times)]),
        change(0, "jobs", [job("b/1", "Running")]),  # a part, as the shop has a list of its own
        change(20, "shop", [job("a", "Ended"), job("b", "Running"), job("c", "AllowedToStart")]),
        change(30, "shop", [job("b", "Aborted"), job("c", "AllowedToStart"), {"JobOrder": 3}]),
        change(40, "shop", []),
    )
    timeline = follower.timeline()
    rows = {timeline.name(row["id"]): row for row in timeline.orders}
    a, b, c = rows["a"], rows["b"], rows["c"]
    assert len(rows) == 3
    assert (timeline.name(a["product"]), a["quantity"], a["end"]) == ("board", 10, 20)
    assert (a["outcome"], a["quality"]) == (Outcome.DONE, Quality.UNCERTAIN)  # since when is open
    assert [b[x] for x in ("release", "due", "start", "end")] == [-60, 3600, 20, 30]
    assert (b["outcome"], b["quality"]) == (Outcome.CANCELLED, Quality.GOOD)
    assert (c["release"], c["outcome"], c["quality"]) == (20, Outcome.OPEN, Quality.UNCERTAIN)
    assert follower.count() == {"unknown value: job order without JobOrderID": 1}


# --- what a server presents ----------------------------------------------------------------------


def node(name, *children, space="", kind="", variable=False, id=None):
    return Node(id or f"s={name}{len(children)}", (space, name), kind, variable, list(children))


def machine(name, block):
    current = node("CurrentState", node("Id", variable=True, id=f"s={name}/id"), variable=True)
    current.id = f"s={name}/text"
    return node(name, node(block, current, space=meaning.MACHINERY), id=f"s={name}")


def test_machines_are_found_below_their_folder():
    folder = node(
        "Machines",
        machine("mill", "MachineryItemState"),
        node("saw", machine("own words", "MachineryOperationMode"), id="s=saw"),
        id=f"nsu={meaning.MACHINERY};i=1001",
    )
    jobs = node("JobOrderList", space=meaning.JOBS, variable=True, id="s=list")
    elsewhere = node("Line 3", machine("press", "MachineryItemState"), node("Jobs", jobs))
    found = find_items(node("Objects", folder, elsewhere))
    assert [(item.node, item.role, item.machine) for item in found] == [
        ("s=mill/id", "item state", "mill"),
        ("s=mill/text", "item state", "mill"),
        ("s=own words/id", "mode", "saw"),
        ("s=own words/text", "mode", "saw"),
        ("s=press/id", "item state", "press"),
        ("s=press/text", "item state", "press"),
        ("s=list", "jobs", ""),
    ]


# --- a shop's own words --------------------------------------------------------------------------

WORDS = """\
twin: 1
machines:
  mill: {found: Mill 5}
  oven:
    state: ns=2;s=Oven.Status
    states: {0: IDLE, 1: PROCESSING, ERR: DOWN}
    part: /Line/Oven/Lot
    energy: nsu=urn:oven;i=7
    energy_unit: kWh
"""


@pytest.fixture
def mapping(tmp_path):
    (tmp_path / "shop.yaml").write_text(WORDS)
    return read_mapping(tmp_path / "shop.yaml")


def test_plain_nodes_by_a_mapping(mapping):
    assert list(mapping.machines["oven"].addresses()) == [
        ("state", "ns=2;s=Oven.Status"),
        ("part", "/Line/Oven/Lot"),
        ("energy", "nsu=urn:oven;i=7"),
    ]
    items = [
        *(Item("s=status", "state", "oven"), Item("s=lot", "part", "oven")),
        *(Item("s=energy", "energy", "oven"), Item("s=x", "item state", "Mill 5")),
        Item("s=y", "item state", "Mill 6"),
    ]
    follower = heard(
        session(items=items),
        change(0, "status", 0),
        change(0, "x", 3),
        change(0, "y", 3),
        change(5, "lot", "L7"),
        change(5, "status", 1),
        change(5, "energy", 2.5),
        change(9, "status", "ERR"),
        change(11, "status", 4),
        mapping=mapping,
    )
    timeline = follower.timeline()
    assert [timeline.names[code] for code in timeline.resources] == ["oven", "mill"]
    assert [row[:3] for row in intervals(timeline, "oven")] == [
        ("IDLE", "", 0),
        ("PROCESSING", "L7", 5),
        ("DOWN", "L7", 9),
        ("UNAVAILABLE", "", 11),
    ]
    assert points(timeline, "energy") == [(5, 9e6, "GOOD", "")]
    assert follower.count() == {"unknown value: oven state '4'": 1, "of other nodes": 1}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("twin: 1\nmachines: {m: {state: Mill.State}}", r"shop\.yaml.*2.*neither a node id"),
        ("twin: 1\nmachines: {m: {states: {1: RUNNING}}}", r"shop\.yaml.*2.*PROCESSING"),
        ("twin: 1\nmachine: {}", r"shop\.yaml.*2.*machine"),
        ("twin: 1\nmachines: {m: {energy_unit: BTU}}", r"shop\.yaml.*2.*kWh"),
    ],
)
def test_a_wrong_mapping_is_named(tmp_path, text, message):
    (tmp_path / "shop.yaml").write_text(text)
    with pytest.raises(RecordingError, match=message):
        read_mapping(tmp_path / "shop.yaml")


# --- files ---------------------------------------------------------------------------------------


def lines(*several):
    for one in several:
        if isinstance(one, Lost):
            kept = {"begin": one.begin, "count": one.count}
            yield {"received": one.end, "topic": "", "body": kept}
        elif isinstance(one, Session):
            yield {"received": one.received, "topic": "session", "body": json.loads(body(one))}
        else:
            kept = json.loads(body(one))
            head = {"received": one.received, "topic": one.node, "told": one.told}
            yield {**head, "body": kept}


@pytest.mark.parametrize("is_packed", [False, True])
def test_a_file_gives_the_timeline_of_what_was_heard(tmp_path, is_packed):
    several = [
        session(),
        change(0, "state", 3),
        change(0, "mode", 3, 0x40000000),
        clock(10),
        Lost(BEGIN + 10, BEGIN + 12, 4),
        session(12.0),
        change(12, "state", 2),
    ]
    path = tmp_path / ("shop.jsonl.gz" if is_packed else "shop.jsonl")
    text = "".join(json.dumps(line) + "\n" for line in lines(*several)).encode()
    path.write_bytes(gzip.compress(text) if is_packed else text)
    assert is_opcua(path)
    timeline, live = read_file(path), heard(*several).timeline()
    assert timeline.names == live.names
    for table in ("intervals", "points", "orders"):
        assert repr(getattr(timeline, table)) == repr(getattr(live, table))
    for one, line in zip(several, lines(*several), strict=True):
        source_time = line.get("told", math.nan)
        assert told(line["received"], line["topic"], line["body"], source_time) == one


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2: "),
        ("[]", "line 2: expected a JSON object"),
        ('{"topic": "s=a", "body": {}}', "line 2: expected a number under 'received'"),
        ('{"received": 1, "topic": "s=a", "body": {}}', "line 2: expected a 'value'"),
        ('{"received": 1, "topic": "s=a"}', "line 2: expected a text under 'topic'"),
        ('{"received": 1, "topic": "session", "body": {"items": [1]}}', "line 2: expected each"),
    ],
)
def test_a_wrong_line_is_named(tmp_path, line, message):
    (first,) = lines(session())
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps(first) + "\n" + line + "\n")
    with pytest.raises(RecordingError, match=message):
        read_file(path)


def test_a_file_of_no_machine_is_refused(tmp_path):
    (line,) = lines(session(items=[]))
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps(line))
    with pytest.raises(RecordingError, match="no machine"):
        read_file(path, Mapping())


def test_other_files_are_not_taken_for_it(tmp_path):
    for name, text in (("a", ""), ("b", '{"topic": "x", "payload": ""}'), ("c", "\x00\xff")):
        (tmp_path / name).write_text(text)
        assert not is_opcua(tmp_path / name)


def test_a_file_that_is_cut_off_is_named(tmp_path):
    text = "".join(json.dumps(line) + "\n" for line in lines(session(), change(0, "state", 3)))
    (tmp_path / "x.jsonl.gz").write_bytes(gzip.compress(text.encode())[:-9])
    with pytest.raises(RecordingError, match=r"x\.jsonl\.gz.*cut off"):
        read_file(tmp_path / "x.jsonl.gz")
    (tmp_path / "y.jsonl").write_text(text[:-9])
    with pytest.raises(RecordingError, match=r"y\.jsonl: line 2"):
        read_file(tmp_path / "y.jsonl")


def test_a_recording_of_it_is_read_and_held_against_its_floor(tmp_path):
    path = tmp_path / "shop.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines(session())))
    layout = twin.load("layouts/pcb_line.yaml")
    with pytest.raises(RecordingError, match="speaks of mill, none of which"):
        twin.read(path, layout)
    items = [Item("s=state", "item state", "stencil")]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines(session(items=items))))
    assert twin.read(path, layout).names == ("stencil",)
