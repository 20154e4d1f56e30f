"""Recorded sessions of the real plant, against what somebody else derived from them.

The sessions are not part of the repository: TWIN_DATA names the folder that holds them.
"""

import csv
import os
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from ruamel.yaml import YAML

from twin.layout.schema import Layout
from twin.recordings import parquet, read, summary
from twin.recordings.mqtt_aps.plant import SERIALS
from twin.timeline import Outcome, Quality, State

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("TWIN_DATA", ROOT.parent / "shared" / "data")) / "aps_mqtt_sessions"
FILES = {file.name.removesuffix(".log.gz"): file for file in sorted(DATA.glob("sessions/*.log.gz"))}
COLOURS = {"b": "BLUE", "r": "RED", "w": "WHITE"}

pytestmark = pytest.mark.skipif(
    not FILES, reason=f"no recorded sessions in {DATA}; name their folder in TWIN_DATA"
)
each_session = pytest.mark.parametrize("name", FILES or ["none"])
# The recorder was cut off in those of several orders ("ml").
WHOLE = [name for name in FILES if "-ml-" not in name]
each_whole_session = pytest.mark.parametrize("name", WHOLE or ["none"])


@cache
def layout():
    return Layout.model_validate(YAML(typ="safe").load(ROOT / "layouts" / "aps_24v.yaml"))


@cache
def session(name):
    return read(FILES[name], layout())


def ended(timeline, table):
    return np.where(np.isnan(table["end"]), timeline.end, table["end"])


def of(timeline, resource):
    return timeline.intervals[timeline.intervals["resource"] == timeline.code(resource)]


def gaps(timeline):
    points = timeline.points
    if "gap" not in timeline.names:
        return []
    found = points[points["name"] == timeline.code("gap")]
    return [(float(p["time"]), float(p["time"] + p["value"])) for p in found]


def test_all_sessions_are_there():
    assert len(FILES) == 11


@each_session
def test_states_tile_the_clock(name):
    timeline = session(name)
    names = [timeline.name(code) for code in timeline.resources]
    assert names == [*layout().machines, *layout().transport.vehicles]
    assert set(names) == set(SERIALS.values())
    for resource in names:
        rows, ends = of(timeline, resource), ended(timeline, of(timeline, resource))
        assert rows["start"][0] == timeline.start
        assert ends[-1] == timeline.end
        assert (rows["start"][1:] == ends[:-1]).all()
        assert (ends >= rows["start"]).all()
        assert (ends > rows["start"])[:-1].all()


@each_session
def test_nothing_is_known_in_a_gap(name):
    timeline = session(name)
    for begin, end in gaps(timeline):
        inside = (timeline.intervals["start"] < end) & (ended(timeline, timeline.intervals) > begin)
        assert {State(s) for s in timeline.intervals["state"][inside]} == {State.UNAVAILABLE}
        assert not (
            (timeline.moves["start"] < end) & (ended(timeline, timeline.moves) > begin)
        ).any()


def derived(name):
    """(resource, command, start, duration) of each action that others found in the session."""
    with (DATA / "actions.csv").open() as file:
        for row in csv.DictReader(file):
            if row["session"] == name and row["sn"] in SERIALS:
                yield SERIALS[row["sn"]], row["cmd"], float(row["t0"]), float(row["dur"])


@each_session
def test_actions_agree_with_those_that_others_derived(name):
    """Each derived action is in the timeline at the same time, for as long."""
    timeline, epoch = session(name), session(name).epoch.timestamp()
    far = []
    for resource, command, start, duration in derived(name):
        rows = of(timeline, resource)
        running = [
            i for i, r in enumerate(rows) if timeline.name(r["native"]) == f"{command} RUNNING"
        ]
        lasts = ended(timeline, rows) - rows["start"]
        if not any(
            abs(rows["start"][i] - (start - epoch)) < 0.05 and abs(lasts[i] - duration) < 0.05
            for i in running
        ):
            far.append((resource, command, start - epoch, duration))
    assert far == []


@each_session
def test_no_action_is_told_that_others_did_not_find(name):
    """But those that a gap cut off, and those that all have the id "0": there only one is kept."""
    timeline = session(name)
    known = Counter((resource, command) for resource, command, _, _ in derived(name))
    ours = Counter()
    for resource in (timeline.name(code) for code in timeline.resources):
        for row in of(timeline, resource):
            native = timeline.name(row["native"])
            whole = row["quality"] == Quality.GOOD and not np.isnan(row["end"])
            if native.endswith(" RUNNING") and whole:
                ours[resource, native.removesuffix(" RUNNING")] += 1
    more = {key for key in ours if ours[key] > known[key]}
    assert more <= {("dps", "RGB_NFC")}


def expected_orders(name):
    """The products that the name of a session promises."""
    series = re.match(r"storage-production-ml-([bwr]+)_", name)
    single = re.match(r"(blue|red|white)-storage-production", name)
    colours = [COLOURS[c] for c in series[1]] if series else [single[1].upper()] if single else []
    return Counter(colours) + Counter(f"STORE-{colour}" for colour in colours)


@each_session
def test_orders_are_those_of_the_session(name):
    timeline = session(name)
    assert Counter(timeline.name(p) for p in timeline.orders["product"]) == expected_orders(name)
    assert (timeline.orders["release"] >= 0).all()
    closed = ~np.isnan(timeline.orders["end"])
    assert (timeline.orders["end"][closed] <= timeline.end + 0.1).all()
    assert (closed == (timeline.orders["outcome"] != Outcome.OPEN)).all()
    assert (timeline.orders["start"] >= timeline.orders["release"]).all()


@each_session
def test_the_quality_check_decides_the_outcome(name):
    """An order is scrapped if its part was, and a session called nok has one."""
    timeline = session(name)
    scrapped = (timeline.orders["outcome"] == Outcome.SCRAPPED).sum()
    rejects = 0
    if "scrap" in timeline.names:
        rejects = (timeline.points["name"] == timeline.code("scrap")).sum()
    assert scrapped == rejects
    if "nok" in name:
        assert scrapped == 1


@each_session
def test_moves_follow_the_roads(name):
    """From end to end of a road, at a speed that such a vehicle can have."""
    timeline = session(name)
    roads = {frozenset(road.ends): road.length for road in layout().transport.roads}
    for move in timeline.moves:
        ends = frozenset((timeline.name(move["origin"]), timeline.name(move["target"])))
        assert ends in roads
        if move["quality"] == Quality.GOOD and not np.isnan(move["end"]):
            assert 0.03 < roads[ends] / (move["end"] - move["start"]) < 0.6


@each_session
def test_a_part_goes_on_from_where_it_came_to(name):
    """Also the vehicle, but for where the recording was cut off."""
    timeline = session(name)
    cuts = [begin for begin, _ in gaps(timeline)]
    for key in ("part", "carrier"):
        for code in set(timeline.moves[key]) - {-1}:
            moves = timeline.moves[timeline.moves[key] == code]
            moves = moves[np.argsort(moves["start"], kind="stable")]
            _, first = np.unique(moves["start"], return_index=True)  # several parts, one leg
            moves = moves[first]
            for leg, onward in pairwise(moves):
                assert leg["end"] <= onward["start"]
                if not any(leg["end"] <= cut <= onward["start"] for cut in cuts):
                    assert leg["target"] == onward["origin"]


@each_whole_session
def test_parts_go_from_input_to_store_to_output(name):
    timeline = session(name)
    assert gaps(timeline) == []
    for order in timeline.orders:
        moves = timeline.moves[timeline.moves["part"] == order["id"]]
        first, last = timeline.name(moves["origin"][0]), timeline.name(moves["target"][-1])
        if timeline.name(order["product"]).startswith("STORE-"):
            assert (first, last) == ("dps", "hbw")
        else:
            scrapped = order["outcome"] == Outcome.SCRAPPED
            assert (first, last) == ("hbw", "aiqs" if scrapped else "dps")
            workpieces = {timeline.name(code) for code in moves["native"]}
            assert len(workpieces) == 1
        during = (moves["start"] >= order["start"] - 0.1) & (moves["end"] <= order["end"] + 0.1)
        assert during.all()


@each_whole_session
def test_steps_happen_in_the_order_of_the_layout(name):
    """A part that was made was worked where its product's route says, and in that order."""
    timeline = session(name)
    assert gaps(timeline) == []
    for order in timeline.orders[timeline.orders["outcome"] == Outcome.DONE]:
        stations = layout().stations
        route = layout().products[timeline.name(order["product"])].route
        wanted = [stations[step.at].machines[0] for step in route]
        worked = timeline.intervals[
            (timeline.intervals["part"] == order["id"])
            & (timeline.intervals["state"] == State.PROCESSING)
        ]
        worked = worked[np.argsort(worked["start"], kind="stable")]
        places = [timeline.name(r) for r in worked["resource"] if timeline.name(r) != "agv"]
        assert [p for p, q in zip(places, [None, *places], strict=False) if p != q] == wanted


def mean(time):
    """The mean of a time of the layout [s]."""
    return {
        "constant": lambda: time.value,
        "lognormal": lambda: time.mean,
        "empirical": lambda: sum(time.values) / len(time.values),
    }[time.dist]()


def shortest(origin, target):
    """The way along the roads [m], by relaxing every road as often as there are roads."""
    far = {origin: 0.0}
    roads = layout().transport.roads
    for _ in roads:
        for road in roads:
            for here, there in (road.ends, road.ends[::-1]):
                if here in far:
                    far[there] = min(far.get(there, np.inf), far[here] + road.length)
    return far[target]


@each_whole_session
def test_the_times_of_the_layout_add_up_to_the_recorded_lead_time(name):
    """Alone in the plant, an order takes the sum of its steps and ways, within 10 %.

    From when the vehicle has come, which may have been anywhere, and the first module moves.
    """
    timeline, transport = session(name), layout().transport
    for order in timeline.orders[timeline.orders["outcome"] == Outcome.DONE]:
        product = timeline.name(order["product"])
        route = layout().products[product].route
        phases = [phase for s in route for phase in (s.load, s.run, s.unload) if phase]
        if product.startswith("STORE-"):  # ordered once the workpiece has been identified
            phases = [route[0].unload, route[1].run]
        ways = [
            shortest(s.at, t.at) / transport.speed + transport.handling for s, t in pairwise(route)
        ]
        expected = sum(mean(phase.time) for phase in phases) + sum(ways)
        begun = timeline.intervals[
            (timeline.intervals["part"] == order["id"])
            & (timeline.intervals["resource"] != timeline.code("agv"))
            & (timeline.intervals["state"] == State.PROCESSING)
            & (timeline.intervals["start"] > order["start"])
        ]["start"].min()
        assert expected == pytest.approx(order["end"] - begun, rel=0.1)


@each_session
def test_the_summary_adds_up_to_the_clock(name):
    told = summary(session(name))
    for seconds in told["stations"].values():
        assert sum(seconds.values()) == pytest.approx(told["end"] - told["start"], abs=1e-4)
    assert len(told["orders"]) == sum(expected_orders(name).values())


@each_session
def test_a_round_trip_through_parquet(name, tmp_path):
    timeline = session(name)
    parquet.write(timeline, tmp_path / "run")
    again = read(tmp_path / "run", layout())
    assert summary(again) == summary(timeline)
    assert len(again.points) == len(timeline.points)


def test_a_session_that_starts_up_has_old_snapshots_and_a_charging_vehicle():
    """What the broker repeats is eleven days old: no module works, the vehicle really charges."""
    timeline = session("startup-clean_20260512_102831")
    for resource in ("hbw", "drill", "mill", "aiqs", "dps"):
        assert State.PROCESSING not in of(timeline, resource)["state"]
    assert State.MAINTENANCE in of(timeline, "agv")["state"]
    assert len(timeline.orders) == 0
