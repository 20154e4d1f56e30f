"""Timelines in Parquet: the same after a round trip, nothing half-written or foreign touched."""

import json
import math
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twin.errors import RecordingError
from twin.recordings import parquet
from twin.timeline import TABLES, TEXTS, Names, Timeline, table

ODD = ["a'; DROP TABLE names; --", 'say "hi"', "Fräse\n2", "$1", "{twin: 1}", "名前", "-1", " "]
TEXT = st.one_of(st.sampled_from(["", *ODD]), st.text(st.characters(codec="utf-8"), max_size=6))
FLOAT = st.one_of(st.just(math.nan), st.floats(allow_nan=False, width=64))


def column(key, kind):
    if key in parquet.CODES:
        return st.sampled_from(sorted(parquet.CODES[key]))
    if kind.kind == "f":
        return FLOAT
    bound = np.iinfo(kind)
    return st.integers(int(bound.min), int(bound.max))


@st.composite
def timelines(draw):
    names = Names(draw(st.lists(TEXT.filter(bool), unique=True, max_size=3)))
    resources = tuple(range(len(names.texts())))
    tables = {}
    for name, kind in TABLES.items():
        row = [TEXT if key in TEXTS[name] else column(key, kind[key]) for key in kind.names]
        rows = draw(st.lists(st.tuples(*row), max_size=4))
        coded = [
            tuple(
                names[x] if key in TEXTS[name] else x for key, x in zip(kind.names, r, strict=True)
            )
            for r in rows
        ]
        tables[name] = table(name, coded)
    return Timeline(
        names=names.texts(),
        resources=resources,
        start=draw(st.floats(-1e9, 1e9)),
        end=draw(st.floats(-1e9, 1e9)),
        epoch=draw(st.datetimes(timezones=st.just(UTC))),
        origin="synthetic",
        run=draw(TEXT),
        layout=draw(TEXT),
        **tables,
    )


def plain(timeline):
    """A timeline without its codes: what two timelines must share to say the same."""
    rows = {
        name: [
            tuple(
                timeline.name(int(row[key])) if key in TEXTS[name] else repr(row[key].item())
                for key in TABLES[name].names
            )
            for row in getattr(timeline, name)
        ]
        for name in TABLES
    }
    resources = [timeline.name(code) for code in timeline.resources]
    clock = timeline.start, timeline.end, timeline.epoch
    return rows, resources, clock, timeline.origin, timeline.run, timeline.layout


def small():
    names = Names(["mill", "p1", "MILL RUNNING"])
    intervals = table("intervals", [(0, 4, 1, 0.0, 2.5, 0, 2), (0, 2, -1, 2.5, math.nan, 3, -1)])
    return Timeline(
        names=names.texts(),
        resources=(0,),
        start=0.0,
        end=4.0,
        intervals=intervals,
        moves=table("moves"),
        orders=table("orders"),
        points=table("points"),
        epoch=datetime(2026, 8, 7, 9, 4, 1, 723000, tzinfo=UTC),
        origin="recorded",
        run="r1",
        layout="L",
    )


@given(timelines())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_round_trip_keeps_everything(tmp_path, timeline):
    folder = tmp_path / "run"
    parquet.write(timeline, folder)
    again = parquet.read(folder)
    assert plain(again) == plain(timeline)
    assert all(getattr(again, name).dtype == TABLES[name] for name in TABLES)
    assert [entry.name for entry in tmp_path.iterdir()] == ["run"]


def test_reading_twice_gives_the_same_codes(tmp_path):
    parquet.write(small(), tmp_path / "a")
    once = parquet.read(tmp_path / "a")
    parquet.write(once, tmp_path / "b")
    twice = parquet.read(tmp_path / "b")
    assert once.names == twice.names == ("mill", "MILL RUNNING", "p1")
    assert once.intervals.tobytes() == twice.intervals.tobytes()


def test_rows_keep_their_order_where_they_are_many(tmp_path):
    count = 200_000
    points = np.zeros(count, dtype=TABLES["points"])
    points["resource"], points["unit"], points["native"] = 0, -1, -1
    points["name"] = np.arange(count) % 3
    points["time"] = np.arange(count)[::-1]
    parquet.write(replace(small(), points=points), tmp_path / "run")
    again = parquet.read(tmp_path / "run")
    assert (again.points["time"] == points["time"]).all()
    names = np.array(small().names)
    assert (np.array(again.names)[again.points["name"]] == names[points["name"]]).all()


def test_any_reader_of_parquet_sees_texts_and_the_run(tmp_path):
    parquet.write(small(), tmp_path / "run")
    file = str(tmp_path / "run" / "intervals.parquet")
    rows = duckdb.execute('SELECT resource, part, native, "end" FROM read_parquet(?)', [file])
    assert rows.fetchall() == [("mill", "p1", "MILL RUNNING", 2.5), ("mill", None, None, None)]
    metadata = duckdb.execute("SELECT decode(value) FROM parquet_kv_metadata(?)", [file]).fetchall()
    told = json.loads(metadata[0][0])
    assert (told["run"], told["origin"], told["layout"]) == ("r1", "recorded", "L")
    assert told["epoch"] == "2026-08-07T09:04:01.723000+00:00"


def test_a_recording_is_replaced_and_a_foreign_folder_is_not(tmp_path):
    parquet.write(small(), tmp_path / "run")
    parquet.write(replace(small(), run="r2"), tmp_path / "run")
    assert parquet.read(tmp_path / "run").run == "r2"
    (tmp_path / "run" / "notes.txt").write_text("mine")
    with pytest.raises(RecordingError, match="is not a recording"):
        parquet.write(small(), tmp_path / "run")
    assert (tmp_path / "run" / "notes.txt").read_text() == "mine"
    (tmp_path / "file").write_text("mine")
    with pytest.raises(RecordingError, match="is not a recording"):
        parquet.write(small(), tmp_path / "file")


def test_a_write_that_fails_leaves_what_was_there(tmp_path, monkeypatch):
    parquet.write(small(), tmp_path / "run")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(parquet, "_copy_out", fail)
    with pytest.raises(RecordingError, match="disk full"):
        parquet.write(replace(small(), run="r2"), tmp_path / "run")
    assert parquet.read(tmp_path / "run").run == "r1"
    assert [entry.name for entry in tmp_path.iterdir()] == ["run"]


def test_a_rename_that_fails_brings_back_what_was_there(tmp_path, monkeypatch):
    parquet.write(small(), tmp_path / "run")
    rename = Path.rename

    def fail(path, target):
        if path.name == "new":
            raise OSError("busy")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(RecordingError, match="busy"):
        parquet.write(replace(small(), run="r2"), tmp_path / "run")
    assert parquet.read(tmp_path / "run").run == "r1"


def rewrite(file, query, metadata):
    """Another file in the place of one of a recording."""
    database = duckdb.connect(":memory:")
    database.execute("SET VARIABLE twin = ?", [metadata])
    target = str(file.with_suffix(".new"))
    database.execute(
        f"COPY ({query}) TO ? (FORMAT parquet, KV_METADATA {{twin: getvariable('twin')}})", [target]
    )
    file.with_suffix(".new").replace(file)


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (lambda f: f.unlink(), "moves.parquet is missing"),
        (lambda f: f.write_bytes(b"PAR1 nothing"), "cannot be read as Parquet"),
        (lambda f: f.write_bytes(f.read_bytes()[:-30]), "cannot be read as Parquet"),
        (lambda f: rewrite(f, "SELECT 1 AS x", "no json"), "no 'twin' metadata"),
        (lambda f: rewrite(f, "SELECT 1 AS x", '{"format": 9}'), "is of format 9"),
        (lambda f: rewrite(f, "SELECT 1 AS x", '{"format": 1}'), "different recordings"),
    ],
)
def test_what_is_not_a_recording_is_refused(tmp_path, harm, says):
    parquet.write(small(), tmp_path / "run")
    harm(tmp_path / "run" / "moves.parquet")
    with pytest.raises(RecordingError, match=says) as caught:
        parquet.read(tmp_path / "run")
    assert str(tmp_path / "run") in str(caught.value)


def test_other_columns_are_refused(tmp_path):
    parquet.write(small(), tmp_path / "run")
    file = tmp_path / "run" / "moves.parquet"
    metadata = json.dumps(parquet._metadata(small()))
    rewrite(file, "SELECT 'x' AS part", metadata)
    with pytest.raises(RecordingError, match="other columns than a table of moves"):
        parquet.read(tmp_path / "run")


def test_a_state_that_there_is_not_is_refused(tmp_path):
    intervals = small().intervals.copy()
    intervals["state"][1] = 99
    parquet.write(replace(small(), intervals=intervals), tmp_path / "run")
    with pytest.raises(RecordingError, match=r"intervals.parquet: row 2: there is no state 99"):
        parquet.read(tmp_path / "run")


@pytest.mark.parametrize(
    ("key", "value"),
    [("epoch", "x"), ("resources", "x"), ("resources", ["a", "a"]), ("start", None)],
)
def test_damaged_metadata_is_refused(tmp_path, key, value):
    parquet.write(small(), tmp_path / "run")
    metadata = json.dumps(parquet._metadata(small()) | {key: value})
    for name in TABLES:
        file = tmp_path / "run" / f"{name}.parquet"
        rewrite(file, f"SELECT * FROM read_parquet('{file}')", metadata)
    with pytest.raises(RecordingError, match="metadata is damaged"):
        parquet.read(tmp_path / "run")
