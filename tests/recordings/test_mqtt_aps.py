"""Sessions of the APS plant, written by hand: every trap of the real ones in its smallest form."""

import json
import math
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from twin.errors import RecordingError
from twin.layout.schema import Layout
from twin.recordings.mqtt_aps import read_session
from twin.timeline import Outcome, Quality, State

ROOT = Path(__file__).parents[2]
EPOCH = datetime(2026, 8, 7, 9, 0, tzinfo=UTC)
HBW, DRILL, MILL, AIQS, DPS, AGV = (
    *("SVR3QA0022", "SVR4H76449", "SVR3QA2098"),
    *("SVR4H76530", "SVR4H73275", "5iO4"),
)
STORE, MAKE = "11111111-aaaa", "22222222-bbbb"


@pytest.fixture(scope="module")
def layout():
    return Layout.model_validate(YAML(typ="safe").load(ROOT / "layouts" / "aps_24v.yaml"))


def stamp(second):
    return (EPOCH + timedelta(seconds=second)).isoformat(timespec="microseconds")


class Session:
    """A recording while it is written; times in seconds, lines in any order."""

    def __init__(self):
        self.lines = []

    def say(self, second, topic, payload, lag=0.02):
        """A message received at `second` whose own time lies `lag` seconds before."""
        if isinstance(payload, dict):
            payload = {"timestamp": stamp(second - lag)} | payload
        line = {"topic": topic, "payload": json.dumps(payload), "timestamp": stamp(second)}
        self.lines.append(json.dumps(line))
        return self

    def module(self, second, serial, command, state, order="0", name="a", lag=0.02, **more):
        """An action state; `gateway` says that it comes through the gateway."""
        gateway = "NodeRed/" if more.pop("gateway", False) else ""
        action = {"id": name, "command": command, "state": state} | more
        payload = {"actionState": action, "orderId": order, "errors": [], "paused": False}
        return self.say(second, f"module/v1/ff/{gateway}{serial}/state", payload, lag)

    def vehicle(self, second, node, driving, load=(), waiting=False, action=None, **more):
        payload = {"lastNodeId": node, "driving": driving, "waitingForLoadHandling": waiting}
        payload |= {"load": [{"loadId": i, "loadType": "BLUE"} for i in load]}
        payload |= {"actionState": dict(zip(("command", "state"), action or (), strict=False))}
        return self.say(second, f"fts/v1/ff/{AGV}/state", payload | more)

    def order(self, second, topic, name, kind, **more):
        entry = {"orderId": name, "orderType": kind, "type": "BLUE", "timestamp": stamp(second)}
        entry |= {"state": "IN_PROGRESS", "startedAt": stamp(second)} | more
        return self.say(second, f"ccu/order/{topic}", entry if topic == "response" else [entry])

    def pairing(self, second, *words):
        modules = [{"serialNumber": s, "available": w, "connected": True} for s, w in words]
        return self.say(second, "ccu/pairing/state", {"modules": modules, "transports": []})

    def beat(self, until, every=5.0):
        """Sensors speak all the time."""
        for k in range(int(until / every) + 1):
            payload = {"temperature": 20.0 + k, "humidity": 40.0}
            self.say(k * every + 0.001, "osf/arduino/temperature/dht11-1/state", payload)
        return self

    def write(self, folder):
        path = folder / "session.log"
        path.write_text("\n".join(self.lines) + "\n")
        return path


def rows(timeline, resource):
    """(state, part, start, end, native, quality) of a resource; times rounded to 1 ms."""
    table = timeline.intervals[timeline.intervals["resource"] == timeline.code(resource)]
    return [
        (
            *(State(r["state"]).name, timeline.name(r["part"])),
            *(round(float(r["start"]), 3), round(float(r["end"]), 3)),
            *(timeline.name(r["native"]), Quality(r["quality"]).name),
        )
        for r in table
    ]


def states(timeline, resource):
    return [(row[0], row[2]) for row in rows(timeline, resource)]


def drilled():
    """One part is drilled: taken, drilled, kept until the vehicle is there, given back."""
    s = Session().beat(40).order(1, "response", MAKE, "PRODUCTION", workpieceId="w1")
    s.module(2, DRILL, "PICK", "RUNNING", MAKE, "a").module(
        12, DRILL, "PICK", "FINISHED", MAKE, "a"
    )
    s.module(13, DRILL, "DRILL", "RUNNING", MAKE, "b")
    s.module(20, DRILL, "DRILL", "FINISHED", MAKE, "b")
    s.module(30, DRILL, "DROP", "RUNNING", MAKE, "c")
    return s.module(36, DRILL, "DROP", "FINISHED", MAKE, "c")


def test_a_part_is_taken_worked_kept_and_given_back(tmp_path, layout):
    timeline = read_session(drilled().write(tmp_path), layout)
    assert [row[:5] for row in rows(timeline, "drill")] == [
        ("UNAVAILABLE", "", 0.0, 1.999, ""),
        ("PROCESSING", MAKE, 1.999, 11.999, "PICK RUNNING"),
        ("HELD", MAKE, 11.999, 12.999, ""),
        ("PROCESSING", MAKE, 12.999, 19.999, "DRILL RUNNING"),
        ("BLOCKED", MAKE, 19.999, 29.999, ""),
        ("PROCESSING", MAKE, 29.999, 35.999, "DROP RUNNING"),
        ("IDLE", "", 35.999, pytest.approx(math.nan, nan_ok=True), ""),
    ]
    inferred = [row[0] for row in rows(timeline, "drill") if row[5] == "INFERRED"]
    assert inferred == ["HELD", "BLOCKED"]
    assert (timeline.origin, timeline.layout) == ("recorded", layout.name)
    assert timeline.epoch == EPOCH + timedelta(milliseconds=1)


@given(st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_lines_and_repeats_change_nothing(tmp_path, layout, data):
    lines, again = drilled().lines, []
    for line in data.draw(st.lists(st.sampled_from(lines), max_size=8)):
        repeated = json.loads(line)
        sent = datetime.fromisoformat(repeated["timestamp"])
        late = sent + timedelta(seconds=data.draw(st.sampled_from([0, 0.5, 3, 12])))
        if late <= EPOCH + timedelta(seconds=40):
            again.append(json.dumps(repeated | {"timestamp": late.isoformat()}))
    mixed = Session()
    mixed.lines = data.draw(st.permutations(lines + again))
    once = read_session(drilled().write(tmp_path), layout)
    twice = read_session(mixed.write(tmp_path), layout)
    for name in ("intervals", "moves", "orders", "points"):
        assert str(getattr(once, name)) == str(getattr(twice, name))


def test_what_the_gateway_tells_too_is_told_once(tmp_path, layout):
    s = Session().beat(30)
    s.module(2, AIQS, "CHECK_QUALITY", "RUNNING", name="q")
    s.module(2.1, AIQS, "CHECK_QUALITY", "WAITING", name="q", gateway=True)
    s.module(2.2, AIQS, "CHECK_QUALITY", "RUNNING", name="q", gateway=True)
    s.module(9, AIQS, "CHECK_QUALITY", "RUNNING", name="q", gateway=True, result="PASSED")
    s.module(9.5, AIQS, "CHECK_QUALITY", "FINISHED", name="q", gateway=True, result="PASSED")
    s.module(10.5, AIQS, "CHECK_QUALITY", "FINISHED", name="q", result="PASSED")
    timeline = read_session(s.write(tmp_path), layout)
    assert states(timeline, "aiqs") == [
        ("UNAVAILABLE", 0.0),
        ("PROCESSING", 1.999),
        ("IDLE", 9.499),
    ]


def test_an_id_that_is_always_the_same_begins_anew(tmp_path, layout):
    s = Session().beat(30)
    for begin in (1, 11):
        s.module(begin, DPS, "RGB_NFC", "WAITIING", gateway=True)
        s.module(begin + 1, DPS, "RGB_NFC", "RUNNING", gateway=True)
        s.module(begin + 5, DPS, "RGB_NFC", "FINISHED", gateway=True)
        s.module(begin + 6, DPS, "RGB_NFC", "FINISHED")  # the same end, a second later
    timeline = read_session(s.write(tmp_path), layout)
    once = [("SETUP", 0.999), ("PROCESSING", 1.999), ("IDLE", 5.999)]
    assert states(timeline, "dps")[1:] == once + [(state, round(at + 10, 3)) for state, at in once]


def test_the_late_end_of_an_action_does_not_end_the_next(tmp_path, layout):
    s = Session().beat(30).module(2, DPS, "DROP", "RUNNING", name="a", gateway=True)
    s.module(5, DPS, "DROP", "FINISHED", name="a", gateway=True)
    s.module(5.5, DPS, "INPUT_RGB", "RUNNING", name="b", gateway=True)
    s.module(6, DPS, "DROP", "FINISHED", name="a")
    s.module(9, DPS, "INPUT_RGB", "FINISHED", name="b", gateway=True)
    timeline = read_session(s.write(tmp_path), layout)
    working = [row[2:5] for row in rows(timeline, "dps") if row[0] == "PROCESSING"]
    assert working == [(1.999, 4.999, "DROP RUNNING"), (5.499, 8.999, "INPUT_RGB RUNNING")]


def test_a_part_that_is_rejected_is_gone_and_counted(tmp_path, layout):
    steps = [{"command": "CHECK_QUALITY", "state": "ERROR"}]
    s = Session().beat(30).order(1, "response", MAKE, "PRODUCTION", workpieceId="w1")
    s.module(2, AIQS, "CHECK_QUALITY", "RUNNING", MAKE, "q")
    s.module(9, AIQS, "CHECK_QUALITY", "FINISHED", MAKE, "q", result="FAILED")
    ended = {"state": "ERROR", "stoppedAt": stamp(10), "productionSteps": steps}
    s.order(10, "completed", MAKE, "PRODUCTION", timestamp=stamp(1), startedAt=stamp(1), **ended)
    timeline = read_session(s.write(tmp_path), layout)
    assert rows(timeline, "aiqs")[-1][:2] == ("IDLE", "")
    (order,) = timeline.orders
    assert Outcome(order["outcome"]) is Outcome.SCRAPPED
    assert (order["release"], order["end"]) == pytest.approx((0.999 + 0.0, 9.999), abs=0.05)
    scrap = timeline.points[timeline.points["name"] == timeline.code("scrap")]
    assert [(timeline.name(p["resource"]), p["value"]) for p in scrap] == [("aiqs", 1.0)]


def test_orders_of_earlier_sessions_are_not_of_this_one(tmp_path, layout):
    old = {"state": "FINISHED", "stoppedAt": stamp(-60)}
    s = drilled().order(2, "completed", "33333333-old", "PRODUCTION", timestamp=stamp(-90), **old)
    timeline = read_session(s.write(tmp_path), layout)
    assert [timeline.name(order["id"]) for order in timeline.orders] == [MAKE]


def test_times_of_orders_are_told_on_the_recorders_clock(tmp_path, layout):
    """The control unit's clock is half a second ahead, as its orders to modules show."""
    s = Session().beat(40)
    for second in (2, 5, 8):
        s.say(second, f"module/v1/ff/{MILL}/order", {"timestamp": stamp(second + 0.5)})
    ended = {"startedAt": stamp(3.5), "stoppedAt": stamp(30.5), "state": "FINISHED"}
    s.order(31, "completed", MAKE, "PRODUCTION", timestamp=stamp(1.5), **ended)
    (order,) = read_session(s.write(tmp_path), layout).orders
    times = [order["release"], order["start"], order["end"]]
    assert times == pytest.approx([0.999, 2.999, 29.999], abs=1e-5)


def test_an_order_that_is_cut_off_stays_open(tmp_path, layout):
    timeline = read_session(drilled().write(tmp_path), layout)
    (order,) = timeline.orders
    assert Outcome(order["outcome"]) is Outcome.OPEN
    assert math.isnan(order["end"])
    assert timeline.name(order["product"]) == "BLUE"


@pytest.mark.parametrize(
    ("state", "outcome", "quality"),
    [
        ("FINISHED", Outcome.DONE, Quality.GOOD),
        ("CANCELLED", Outcome.CANCELLED, Quality.GOOD),
        ("ERROR", Outcome.CANCELLED, Quality.UNCERTAIN),
    ],
)
def test_how_orders_end(tmp_path, layout, state, outcome, quality):
    s = drilled().order(38, "completed", MAKE, "STORAGE", state=state, stoppedAt=stamp(38))
    (order,) = read_session(s.write(tmp_path), layout).orders
    assert (Outcome(order["outcome"]), Quality(order["quality"])) == (outcome, quality)


def test_a_snapshot_from_days_ago_is_no_news(tmp_path, layout):
    days = 3 * 86400.0
    s = Session().beat(30).module(1, MILL, "MILL", "RUNNING", lag=days)
    s.module(20, DRILL, "DRILL", "RUNNING")
    timeline = read_session(s.write(tmp_path), layout)
    assert states(timeline, "mill") == [("UNAVAILABLE", 0.0)]


def test_a_source_whose_clock_is_wrong_by_days_is_heard(tmp_path, layout):
    s = Session().beat(60)
    for k in range(4):
        s.module(10 * k + 1, MILL, "MILL", "RUNNING", name=str(k), lag=2 * 86400.0)
        s.module(10 * k + 6, MILL, "MILL", "FINISHED", name=str(k), lag=2 * 86400.0)
    timeline = read_session(s.write(tmp_path), layout)
    working = [row for row in rows(timeline, "mill") if row[0] == "PROCESSING"]
    assert [row[2] for row in working] == [0.999, 10.999, 20.999, 30.999]
    assert [row[3] for row in working] == [5.999, 15.999, 25.999, 35.999]


def test_a_silence_of_all_sources_is_a_gap(tmp_path, layout):
    s = Session().beat(10).module(8, DRILL, "DRILL", "RUNNING", MAKE, "b")
    s.pairing(50, (DRILL, "BUSY")).module(55, DRILL, "DRILL", "FINISHED", MAKE, "b")
    s.say(58, "osf/arduino/temperature/dht11-1/state", {"temperature": 1.0})
    timeline = read_session(s.write(tmp_path), layout)
    assert [(r[0], r[2], r[4], r[5]) for r in rows(timeline, "drill")] == [
        ("UNAVAILABLE", 0.0, "", "GOOD"),
        ("PROCESSING", 7.999, "DRILL RUNNING", "UNCERTAIN"),
        ("UNAVAILABLE", 10.0, "", "GOOD"),
        ("PROCESSING", 49.999, "BUSY", "INFERRED"),
        ("IDLE", 54.999, "", "GOOD"),
    ]
    gap = timeline.points[timeline.points["name"] == timeline.code("gap")]
    assert [(p["time"], p["value"]) for p in gap] == [pytest.approx((10.0, 40.0 - 0.001), abs=2e-3)]


def test_a_silence_before_a_last_message_that_tells_nothing_is_a_gap(tmp_path, layout):
    s = Session().beat(10).module(8, DRILL, "DRILL", "RUNNING").say(50, "elsewhere", {})
    timeline = read_session(s.write(tmp_path), layout)
    assert states(timeline, "drill")[-1] == ("UNAVAILABLE", 10.0)
    assert timeline.end == pytest.approx(49.999)


def test_a_module_that_is_not_connected_has_no_data(tmp_path, layout):
    s = Session().beat(30).pairing(1, (MILL, "READY"), (DRILL, "BLOCKED"))
    s.say(9, f"module/v1/ff/{MILL}/connection", {"connectionState": "OFFLINE"})
    s.say(15, f"module/v1/ff/{MILL}/connection", {"connectionState": "ONLINE"})
    timeline = read_session(s.write(tmp_path), layout)
    told = [("UNAVAILABLE", 0.0), ("IDLE", 0.999), ("UNAVAILABLE", 8.999), ("IDLE", 14.999)]
    assert states(timeline, "mill") == told
    assert states(timeline, "drill") == [("UNAVAILABLE", 0.0), ("HELD", 0.999)]


def test_faults_pauses_and_failed_actions(tmp_path, layout):
    fault = {"errors": [{"errorLevel": "FATAL", "errorType": "jam"}], "actionState": None}
    vendor = {"errors": [{}, {"errorLevel": "WARNING", "errorType": "RESET"}], "actionState": None}
    s = Session().beat(60).module(1, MILL, "MILL", "RUNNING", name="a")
    s.say(5, f"module/v1/ff/{MILL}/state", fault)
    s.say(9, f"module/v1/ff/{MILL}/state", vendor)
    s.say(12, f"module/v1/ff/{MILL}/state", {"paused": True})
    s.module(15, MILL, "MILL", "RUNNING", name="b").module(18, MILL, "MILL", "PAUSED", name="b")
    s.module(20, MILL, "MILL", "RUNNING", name="b").module(25, MILL, "MILL", "FAILED", name="b")
    s.module(30, MILL, "MILL", "INITIALIZING", name="c")
    timeline = read_session(s.write(tmp_path), layout)
    assert [(row[0], row[2], row[4]) for row in rows(timeline, "mill")][1:] == [
        ("PROCESSING", 0.999, "MILL RUNNING"),
        ("DOWN", 4.999, "jam"),
        ("IDLE", 8.999, ""),
        ("HELD", 11.999, "paused"),
        ("PROCESSING", 14.999, "MILL RUNNING"),
        ("HELD", 17.999, "MILL PAUSED"),
        ("PROCESSING", 19.999, "MILL RUNNING"),
        ("DOWN", 24.999, "MILL FAILED"),
        ("SETUP", 29.999, "MILL INITIALIZING"),
    ]


def test_an_unknown_action_state_is_an_alarm_not_a_guess(tmp_path, layout):
    s = Session().beat(20).pairing(1, (MILL, "READY")).module(5, MILL, "MILL", "DANCING")
    timeline = read_session(s.write(tmp_path), layout)
    alarms = timeline.points[timeline.points["name"] == timeline.code("alarm")]
    assert [timeline.name(p["native"]) for p in alarms] == ["unknown action state 'DANCING'"]
    assert {row[0] for row in rows(timeline, "mill")} == {"UNAVAILABLE", "IDLE"}


def journey():
    """The vehicle brings a workpiece from the store over intersection 1 to the mill."""
    s = Session().beat(40).order(1, "response", MAKE, "PRODUCTION", workpieceId="w1")
    nodes = [{"id": HBW}, {"id": "1"}, {"id": MILL}]
    s.vehicle(2, HBW, False).vehicle(3, HBW, False, waiting=True, load=[None])
    s.vehicle(6, HBW, False, load=["w1"])
    s.say(7, f"fts/v1/ff/{AGV}/order", {"nodes": nodes})
    s.vehicle(8, HBW, True, ["w1"], action=("TURN", "WAITING"))
    s.vehicle(11, "1", True, ["w1"], action=("TURN", "WAITING"))
    s.vehicle(11.1, "1", True, ["w1"], action=("TURN", "RUNNING"))
    s.vehicle(12.5, "1", True, ["w1"], action=("TURN", "FINISHED"))
    s.vehicle(14, "1", True, ["w1"], action=("DOCK", "RUNNING"))
    s.vehicle(18, MILL, True, ["w1"], waiting=True, action=("DOCK", "FINISHED"))
    s.vehicle(18.1, MILL, False, ["w1"], waiting=True, action=("DOCK", "FINISHED"))
    return s


def legs(timeline):
    return [
        (
            *(timeline.name(m[key]) for key in ("part", "origin", "target", "native")),
            *(round(float(m[key]), 3) for key in ("start", "end")),
        )
        for m in timeline.moves
    ]


def test_a_vehicle_moves_from_node_to_node(tmp_path, layout):
    s = journey().vehicle(26, MILL, False)
    timeline = read_session(s.write(tmp_path), layout)
    assert legs(timeline) == [
        (MAKE, "hbw", "crossing-1", "w1", 7.999, 10.999),
        (MAKE, "crossing-1", "mill", "w1", 12.499, 17.999),
    ]
    assert {timeline.name(m["carrier"]) for m in timeline.moves} == {"agv"}
    assert [row[:3] + row[4:5] for row in rows(timeline, "agv")][1:] == [
        ("IDLE", "", 1.999, ""),
        ("STARVED", "", 2.999, "waitingForLoadHandling"),
        ("BLOCKED", MAKE, 5.999, ""),
        ("PROCESSING", MAKE, 7.999, "DRIVE"),
        ("PROCESSING", MAKE, 11.099, "TURN RUNNING"),
        ("PROCESSING", MAKE, 12.499, "DRIVE"),
        ("PROCESSING", MAKE, 13.999, "DOCK RUNNING"),
        ("BLOCKED", MAKE, 17.999, "waitingForLoadHandling"),
        ("IDLE", "", 25.999, ""),
    ]


def test_a_leg_at_the_end_of_the_recording_is_open(tmp_path, layout):
    s = journey()
    s.lines = [line for line in s.lines if json.loads(line)["timestamp"] < stamp(14.5)]
    timeline = read_session(s.write(tmp_path), layout)
    part, origin, target, _, start, end = legs(timeline)[-1]
    assert (part, origin, target, start) == (MAKE, "crossing-1", "mill", 12.499)
    assert math.isnan(end)


def test_a_leg_whose_begin_a_gap_hides_is_uncertain(tmp_path, layout):
    s = Session().beat(10).vehicle(5, HBW, False).vehicle(9, HBW, True)
    s.vehicle(50, "1", True).vehicle(52, "2", True).vehicle(55, "4", True)
    timeline = read_session(s.write(tmp_path), layout)
    told = [
        (leg[1:3], Quality(m["quality"]))
        for leg, m in zip(legs(timeline), timeline.moves, strict=True)
    ]
    assert told == [
        (("crossing-1", "crossing-2"), Quality.UNCERTAIN),
        (("crossing-2", "crossing-4"), Quality.GOOD),
    ]


def test_what_a_docked_vehicle_announces_is_not_aboard_yet(tmp_path, layout):
    s = Session().beat(20).order(1, "response", STORE, "STORAGE", workpieceId="w1")
    s.vehicle(2, "2", False).vehicle(5, DPS, False, ["w1"], waiting=True)
    s.vehicle(15, DPS, False, ["w1"])
    timeline = read_session(s.write(tmp_path), layout)
    assert [row[:3] for row in rows(timeline, "agv")][1:] == [
        ("IDLE", "", 1.999),
        ("STARVED", "", 4.999),
        ("BLOCKED", STORE, 14.999),
    ]


def test_a_workpiece_is_the_part_of_the_order_that_has_it_then(tmp_path, layout):
    """First of the one that stores it, later of the one that makes something of it."""
    s = Session().beat(40).order(1, "response", STORE, "STORAGE", workpieceId="w1")
    s.order(20, "response", MAKE, "PRODUCTION", workpieceId="w1")
    for begin in (5, 25):
        s.vehicle(begin, "1", False, ["w1"]).vehicle(begin + 1, "1", True, ["w1"])
        s.vehicle(begin + 4, "2", True, ["w1"]).vehicle(begin + 5, "2", False, ["w1"])
    timeline = read_session(s.write(tmp_path), layout)
    assert [leg[0] for leg in legs(timeline) if leg[1:3] == ("crossing-1", "crossing-2")] == [
        STORE,
        MAKE,
    ]


def test_several_workpieces_travel_at_once(tmp_path, layout):
    s = Session().beat(20)
    s.order(1, "response", MAKE, "PRODUCTION", workpieceId="w1")
    s.order(1.5, "response", STORE, "STORAGE", workpieceId="w2")
    s.vehicle(2, "1", False, ["w1", "w2"]).vehicle(3, "1", True, ["w1", "w2"])
    s.vehicle(6, "2", True, ["w1", "w2"])
    timeline = read_session(s.write(tmp_path), layout)
    assert [leg[:4] for leg in legs(timeline)] == [
        (MAKE, "crossing-1", "crossing-2", "w1"),
        (STORE, "crossing-1", "crossing-2", "w2"),
    ]


def test_a_vehicle_that_charges_is_in_maintenance(tmp_path, layout):
    s = Session().beat(20).vehicle(2, "CHRG0", False, batteryState={"charging": True})
    s.vehicle(9, "CHRG0", False, batteryState={"charging": False, "currentVoltage": 8.6})
    s.vehicle(12, "CHRG0", False, errors=[{"errorLevel": "FATAL", "errorType": "lost"}])
    timeline = read_session(s.write(tmp_path), layout)
    told = [("UNAVAILABLE", 0.0), ("MAINTENANCE", 1.999), ("IDLE", 8.999), ("DOWN", 11.999)]
    assert states(timeline, "agv") == told
    (volts,) = timeline.points[timeline.points["name"] == timeline.code("battery")]
    assert (volts["value"], timeline.name(volts["unit"])) == (8.6, "V")


def test_what_is_read_at_the_input_belongs_to_the_order_that_follows(tmp_path, layout):
    s = Session().beat(40).module(1, DPS, "INPUT_RGB", "RUNNING", gateway=True, name="i")
    s.module(6, DPS, "INPUT_RGB", "FINISHED", gateway=True, name="i")
    s.module(7, DPS, "RGB_NFC", "RUNNING", gateway=True)
    s.module(15, DPS, "RGB_NFC", "FINISHED", gateway=True, result="w1")
    s.order(16, "response", STORE, "STORAGE", workpieceId="w1")
    s.module(20, DPS, "DROP", "RUNNING", STORE, "d", gateway=True)
    s.module(30, DPS, "DROP", "FINISHED", STORE, "d", gateway=True)
    timeline = read_session(s.write(tmp_path), layout)
    assert [row[:2] for row in rows(timeline, "dps")] == [
        ("UNAVAILABLE", ""),
        ("PROCESSING", STORE),
        ("HELD", STORE),
        ("PROCESSING", STORE),
        ("BLOCKED", STORE),
        ("PROCESSING", STORE),
        ("IDLE", ""),
    ]
    (order,) = timeline.orders
    assert timeline.name(order["product"]) == "STORE-BLUE"


def test_sensors_are_points_with_units(tmp_path, layout):
    s = Session().pairing(0, (MILL, "READY")).beat(10).module(5, MILL, "MILL", "RUNNING")
    s.say(7, "/j1/txt/1/i/bme680", {"t": 25.6, "h": 29.0, "p": 998.3, "iaq": "34"})
    timeline = read_session(s.write(tmp_path), layout)
    told = {
        (timeline.name(p["resource"]), timeline.name(p["name"]), timeline.name(p["unit"])): float(
            p["value"]
        )
        for p in timeline.points
    }
    assert told[("bme680", "pressure", "hPa")] == 998.3
    assert told[("dht11-1", "temperature", "Cel")] == 22.0
    assert ("bme680", "air quality index", "1") not in told  # a text is no measurement


# --- misuse --------------------------------------------------------------------------------------


def test_a_payload_that_is_not_json_names_its_line(tmp_path, layout):
    s = drilled()
    broken = {"topic": f"module/v1/ff/{MILL}/state", "payload": "{", "timestamp": stamp(3)}
    s.lines.append(json.dumps(broken))
    with pytest.raises(RecordingError, match=rf"line {len(s.lines)}: topic .*expected JSON"):
        read_session(s.write(tmp_path), layout)


def test_a_session_of_another_plant(tmp_path, layout):
    s = Session().say(1, "module/v1/ff/OTHER/state", {"actionState": None})
    with pytest.raises(RecordingError, match=r"not a session of the APS 24V plant.*found: OTHER"):
        read_session(s.write(tmp_path), layout)


def test_a_layout_of_another_plant(tmp_path):
    other = YAML(typ="safe").load(ROOT / "layouts" / "pcb_line.yaml")
    with pytest.raises(RecordingError, match="speaks of drill, which the layout 'PCB"):
        read_session(drilled().write(tmp_path), Layout.model_validate(other))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = (
    *("actionState", "actionStates", "errors", "paused", "orderId", "load", "lastNodeId", "nodes"),
    *("batteryState", "driving", "waitingForLoadHandling", "modules", "transports", "timestamp"),
    *("connectionState", "productionSteps", "state", "stoppedAt", "startedAt", "workpieceId"),
)
TOPICS = (
    *(f"module/v1/ff/{DRILL}/state", f"module/v1/ff/{DRILL}/connection"),
    *(f"fts/v1/ff/{AGV}/state", f"fts/v1/ff/{AGV}/order", f"fts/v1/ff/{AGV}/connection"),
    *("ccu/pairing/state", "ccu/order/active", "ccu/order/completed", "/j1/txt/1/i/bme680"),
)
PAYLOADS = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=5) | VALUES


@given(st.lists(st.tuples(st.floats(0, 60), st.sampled_from(TOPICS), PAYLOADS), max_size=10))
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_the_payloads_hold_the_intervals_tile_the_clock(tmp_path, layout, messages):
    s = Session().pairing(0, (MILL, "READY")).module(1, MILL, "MILL", "RUNNING")
    for second, topic, payload in messages:
        s.say(second, topic, payload)
        if isinstance(payload, list):
            s.say(
                second, topic, [{"orderId": "x"} | x if isinstance(x, dict) else x for x in payload]
            )
    timeline = read_session(s.write(tmp_path), layout)
    for code in timeline.resources:
        table = timeline.intervals[timeline.intervals["resource"] == code]
        assert table["start"][0] == timeline.start
        assert (table["start"][1:] == table["end"][:-1]).all()
        assert np.isnan(table["end"][-1]) and table["start"][-1] <= timeline.end
