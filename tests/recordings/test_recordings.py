"""Any recording by its name, and its summary."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from twin.errors import RecordingError
from twin.layout.schema import Layout
from twin.recordings import parquet, read, summary
from twin.timeline import Outcome, State, Timeline, table

ROOT = Path(__file__).parents[2]
NAN = float("nan")


@pytest.fixture(scope="module")
def layout():
    return Layout.model_validate(YAML(typ="safe").load(ROOT / "layouts" / "aps_24v.yaml"))


@pytest.fixture
def timeline():
    names = ("mill", "agv", "order-1", "BLUE", "order-2")
    intervals = [
        (0, State.IDLE, -1, 10.0, 14.0, 0, -1),
        (0, State.PROCESSING, 2, 14.0, 20.0, 0, -1),
        (0, State.IDLE, -1, 20.0, NAN, 0, -1),
        (1, State.UNAVAILABLE, -1, 10.0, NAN, 0, -1),
    ]
    orders = [
        (2, 3, 1, 11.0, NAN, 12.0, 20.0, Outcome.DONE, 0),
        (4, 3, 1, 19.0, NAN, NAN, NAN, Outcome.OPEN, 0),
    ]
    return Timeline(
        names=names,
        resources=(0, 1),
        start=10.0,
        end=25.0,
        intervals=table("intervals", intervals),
        moves=table("moves"),
        orders=table("orders", orders),
        points=table("points"),
        epoch=datetime(2026, 8, 7, tzinfo=UTC),
        origin="recorded",
        run="r",
        layout="APS 24V",
    )


def test_the_summary_counts_open_intervals_to_the_end(timeline):
    told = summary(timeline)
    assert told["stations"] == {
        "mill": {"IDLE": 9.0, "PROCESSING": 6.0},
        "agv": {"UNAVAILABLE": 15.0},
    }
    assert told["orders"] == [
        {"id": "order-1", "product": "BLUE", "start": 12.0, "end": 20.0, "outcome": "DONE"},
        {"id": "order-2", "product": "BLUE", "start": None, "end": None, "outcome": "OPEN"},
    ]
    assert (told["epoch"], told["start"], told["end"]) == ("2026-08-07T00:00:00+00:00", 10.0, 25.0)


def test_the_summary_is_strict_json(timeline):
    assert json.loads(json.dumps(summary(timeline), allow_nan=False)) == summary(timeline)


def test_a_folder_is_read_as_parquet_and_a_file_as_messages(tmp_path, layout, timeline):
    parquet.write(timeline, tmp_path / "run")
    assert summary(read(str(tmp_path / "run"), layout)) == summary(timeline)
    session = tmp_path / "session.log"
    message = {"topic": "module/v1/ff/SVR3QA2098/state", "timestamp": "2026-08-07T09:00:00Z"}
    session.write_text(json.dumps(message | {"payload": '{"actionState": null}'}))
    assert summary(read(session, layout))["stations"]["mill"] == {}  # the clock stands still
    assert read(session, layout).origin == "recorded"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("none.log", "no such file or folder"),
        ("run/moves.parquet", "name its folder"),
        ("empty", "intervals.parquet, moves.parquet, orders.parquet, points.parquet is missing"),
        ("picture.png", "line 1: expected a JSON object"),
    ],
)
def test_what_is_no_recording(tmp_path, layout, timeline, name, says):
    parquet.write(timeline, tmp_path / "run")
    (tmp_path / "empty").mkdir()
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    with pytest.raises(RecordingError, match=says) as caught:
        read(tmp_path / name, layout)
    assert caught.value.exit_code == 2


def test_a_recording_of_another_floor(tmp_path, layout, timeline):
    parquet.write(
        replace(timeline, names=("lathe", "crane", *timeline.names[2:])), tmp_path / "run"
    )
    with pytest.raises(RecordingError, match="speaks of crane, lathe, none of which"):
        read(tmp_path / "run", layout)


# --- the floor of the plant ----------------------------------------------------------------------


def test_roads_are_as_long_as_they_are_drawn(layout):
    """A road ends where a vehicle docks: 100 mm, half a vehicle, before the machine's front."""
    front = 0.3 / 2 + 0.1
    nodes = layout.transport.nodes
    for road in layout.transport.roads:
        (one, other) = road.ends
        reach = front if one in layout.machines else 0.0
        here = layout.machines[one].at if one in layout.machines else nodes[one]
        there = nodes[other]
        drawn = abs(here[0] - there[0]) + abs(here[1] - there[1])  # they run along the axes
        assert drawn == pytest.approx(road.length + reach, abs=1e-9)


def test_every_number_of_the_floor_says_where_it_comes_from(layout):
    assert layout.basis == "guessed"
    for road in layout.transport.roads:
        assert str(road.basis).startswith("sourced: ")
    for product in layout.products.values():
        for step in product.route:
            for phase in (step.load, step.run, step.unload):
                if phase:
                    assert str(phase.time.basis).startswith("measured: recorded sessions, n=")
