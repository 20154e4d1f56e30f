"""Timelines as files of events, and back; such files that others have written."""

from __future__ import annotations

import gzip
import json
import math
import sqlite3
from collections import Counter
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.recordings.mappings import TRIER
from tests.recordings.test_log import told
from twin.cli import main
from twin.errors import RecordingError
from twin.recordings import exports, look_into, parquet
from twin.recordings.log import read_log
from twin.recordings.mapping import parse_mapping
from twin.timeline import TABLES, TEXTS, Names, Timeline, table

ROOT = Path(__file__).parents[2]
SHIFT = ROOT / "layouts" / "recordings" / "pcb_line_shift"


def same_rows(one: Timeline, other: Timeline, name: str, only: str = "") -> int:
    """Asserts that two timelines share a table, times to the microsecond; how many rows it has.

    only: the rows in which this column holds something.
    """
    tables = []
    for timeline in (one, other):
        rows = getattr(timeline, name)
        rows = rows[rows[only] >= 0] if only else rows
        texts = [key for key in TABLES[name].names or () if key in TEXTS[name]]
        words = [[timeline.name(int(code)) for code in rows[key]] for key in texts]
        rest = [
            np.asarray(rows[key], float) for key in TABLES[name].names or () if key not in texts
        ]
        keys = [
            (*(c[k] for c in words), *(np.round(c[k], 3) for c in rest if not math.isnan(c[k])))
            for k in range(len(rows))
        ]
        order = sorted(range(len(rows)), key=keys.__getitem__)
        tables.append(([[w[k] for k in order] for w in words], [r[order] for r in rest]))
    assert tables[0][0] == tables[1][0]
    for mine, theirs in zip(tables[0][1], tables[1][1], strict=True):
        np.testing.assert_allclose(mine, theirs, atol=2e-6)
    return len(tables[0][1][0])


def odd() -> Timeline:
    """What is hard to write: open ends, no value, no resource, letters that have a meaning."""
    names = Names(["mill <1>", "idle one", 'say "hi"\n&', "o/1", "a,b", "kW·h", "o", "two", "x"])
    return Timeline(
        names=names.texts(),
        resources=(0, 1),
        start=10.0,
        end=99.5,
        intervals=table(
            "intervals",
            [
                (0, 4, 3, 10.0, 12.25, 0, 2),
                (0, 8, 3, 12.25, math.nan, 1, -1),
                (0, 2, -1, 5, 10, 3, -1),
            ],
        ),
        moves=table("moves", [(3, -1, 4, 0, 9.0, math.nan, 3, 2), (-1, 1, -1, 4, 1.0, 2.0, 0, -1)]),
        orders=table(
            "orders",
            [
                (6, 4, 2, math.nan, 50.0, 10.0, math.nan, 0, 1),
                (7, -1, 1, 3.0, math.nan, 4.0, 60.5, 3, 0),
            ],
        ),
        points=table("points", [(0, 2, 11.0, -0.1, 5, 0, 4), (-1, 8, 12.0, math.nan, -1, 1, -1)]),
        origin="recorded",
        run="r",
        layout="L",
    )


@pytest.mark.parametrize("ending", list(exports.WRITERS))
@pytest.mark.parametrize("which", ["a shift", "odd", "empty"])
def test_a_round_trip_keeps_what_the_format_can_hold(
    tmp_path: Path, ending: str, which: str
) -> None:
    timeline = parquet.read(SHIFT) if which == "a shift" else odd()
    if which == "empty":
        timeline = replace(timeline, **{name: table(name) for name in TABLES})
    path = tmp_path / "deep" / f"a{ending}"
    if which == "empty" and ending in (".jsonocel", ".sqlite"):
        exports.write(timeline, path)
        with pytest.raises(RecordingError, match="holds no event"):
            exports.read(path)
        return
    exports.write(timeline, path)
    again = look_into(path).timeline
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    if "xes" in ending:  # which knows nothing but cases
        same_rows(timeline, again, "intervals", "part")
        same_rows(timeline, again, "moves", "part")
        assert len(again.points) == 0
    else:
        for name in ("intervals", "moves", "points"):
            assert same_rows(timeline, again, name) == len(getattr(timeline, name))
    assert same_rows(timeline, again, "orders") == len(timeline.orders)
    mine, theirs = ([t.name(c) for c in t.resources] for t in (timeline, again))
    assert mine == theirs
    for key in ("start", "end", "epoch", "origin", "run", "layout"):
        assert getattr(timeline, key) == getattr(again, key), key


def test_a_name_that_asks_for_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"has to end in one of .events.csv, .xes"):
        exports.write(odd(), tmp_path / "a.txt")


def test_xes_is_what_other_programs_expect(tmp_path: Path) -> None:
    timeline = parquet.read(SHIFT)
    exports.write(timeline, tmp_path / "a.xes.gz")
    log = ElementTree.fromstring(gzip.decompress((tmp_path / "a.xes.gz").read_bytes()))
    space = "{http://www.xes-standard.org/}"
    counts: Counter[str] = Counter()
    for trace in log.iter(f"{space}trace"):
        times = []
        for event in trace.iter(f"{space}event"):
            told = {a.get("key"): a.get("value") for a in event}
            assert told["concept:name"] and told["time:timestamp"]
            counts[str(told["lifecycle:transition"])] += 1
            times.append(str(told["time:timestamp"]))
        assert times == sorted(times)
    held = sum((rows["part"] >= 0).sum() for rows in (timeline.intervals, timeline.moves))
    ended = sum(
        ((rows["part"] >= 0) & ~np.isnan(rows["end"])).sum()
        for rows in (timeline.intervals, timeline.moves)
    )
    assert counts == {"start": held, "complete": ended}


def test_ocel_is_what_other_programs_expect(tmp_path: Path) -> None:
    timeline = parquet.read(SHIFT)
    exports.write(timeline, tmp_path / "a.jsonocel")
    exports.write(timeline, tmp_path / "a.sqlite")
    document = json.loads((tmp_path / "a.jsonocel").read_text("utf-8"))
    objects = {one["id"]: one["type"] for one in document["objects"]}
    types = {
        kind["name"]: {a["name"] for a in kind["attributes"]} for kind in document["eventTypes"]
    }
    for event in document["events"]:
        assert {a["name"] for a in event["attributes"]} <= types[event["type"]]
        assert all(one["objectId"] in objects for one in event["relationships"])
    assert Counter(objects.values())["order"] == len(timeline.orders)
    rows = len(timeline.intervals) + len(timeline.moves) + len(timeline.points)
    assert len(document["events"]) == len({e["id"] for e in document["events"]}) == rows
    with sqlite3.connect(tmp_path / "a.sqlite") as made:
        assert dict(made.execute("SELECT ocel_id, ocel_type FROM object")) == objects
        assert made.execute("SELECT count(*) FROM event").fetchone() == (rows,)
        links = sum(len(event["relationships"]) for event in document["events"])
        assert made.execute("SELECT count(*) FROM event_object").fetchone() == (links,)
        for kind, name in made.execute(
            "SELECT ocel_type, ocel_type_map FROM event_map_type"
        ).fetchall():
            count = sum(event["type"] == kind for event in document["events"])
            assert made.execute(f"SELECT count(*) FROM event_{name}").fetchone() == (count,)


# --- by others -----------------------------------------------------------------------------------

XES = """<?xml version="1.0"?>
<log xmlns="http://www.xes-standard.org/">
<global scope="event"><string key="concept:name" value="?"/></global>
<string key="concept:name" value="a log"/>
<trace><string key="concept:name" value="x"/><string key="what" value="lamp"/>
<event><string key="concept:name" value="cut"><string key="cost" value="3"/></string>
<string key="org:resource" value="mill"/><string key="lifecycle:transition" value="schedule"/>
<date key="time:timestamp" value="2026-01-05T08:00:00+01:00"/></event>
<event><string key="concept:name" value="cut"/><string key="org:resource" value="mill"/>
<string key="lifecycle:transition" value="start"/>
<date key="time:timestamp" value="2026-01-05T07:01:00.500Z"/></event>
<event><string key="concept:name" value="cut"/><string key="org:resource" value="mill"/>
<string key="lifecycle:transition" value="complete"/>
<date key="time:timestamp" value="2026-01-05T07:02:00Z"/></event>
</trace><trace><string key="concept:name" value="never begun"/></trace></log>"""  # fmt: skip


def test_a_standard_log_of_xes_needs_no_mapping(tmp_path: Path) -> None:
    path = tmp_path / "a.xes"
    path.write_text(XES)
    log = look_into(path)
    assert told(log.timeline, "mill") == [("IDLE", "", 0, 60.5), ("PROCESSING", "x", 60.5, 120)]
    assert [log.timeline.name(int(code)) for code in log.timeline.orders["id"]] == ["x"]
    assert log.timeline.orders["release"][0] == 0 and not log.findings
    mapping = """
mapping: 1
columns: {part: "case:concept:name", product: "case:what", resource: "org:resource",
  time: "time:timestamp", transition: "lifecycle:transition"}
"""
    timeline = read_log(path, parse_mapping(mapping)).timeline
    assert timeline.name(int(timeline.orders["product"][0])) == "lamp"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (XES.replace("<log", '<!DOCTYPE log [<!ENTITY a "b">]><log', 1), "line 2: declares a"),
        (XES[:-40], "is not whole XML"),
        ("<html/>", "it begins with <html>"),
        ('<log xmlns="x"/>', "holds no event"),
        ("<log>" + "<list>" * 40, "deeper than 30"),
        (XES.replace("time:timestamp", "when"), "has no 'time:timestamp'"),
    ],
)  # fmt: skip
def test_what_is_no_xes_is_refused(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "a.xes"
    path.write_text(content)
    with pytest.raises(RecordingError) as caught:
        look_into(path)
    assert says in str(caught.value)


OCEL = {
    "objectTypes": [{"name": "item", "attributes": []}, {"name": "machine", "attributes": []}],
    "eventTypes": [{"name": "cut", "attributes": [{"name": "step", "type": "string"}]}],
    "objects": [
        {"id": "i1", "type": "item"},
        {"id": "i2", "type": "item", "attributes": [], "relationships": []},
        {"id": "m", "type": "machine"},
    ],
    "events": [
        {"id": f"e{k}", "type": "cut", "time": f"2026-01-05T08:0{k}:00Z",
         "attributes": [{"name": "step", "value": word}],
         "relationships": [{"objectId": o, "qualifier": "of"} for o in objects]}
        for k, (word, objects) in enumerate(
            [("start", ["i1", "m"]), ("complete", ["i1", "m"]), ("start", ["i2", "i1", "m"])])
    ],
}  # fmt: skip
OCEL_MAPPING = """
mapping: 1
columns: {part: item, resource: machine, activity: "ocel:activity", time: "ocel:timestamp",
  transition: step}
"""


def test_ocel_of_others_is_read_with_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonocel"
    path.write_text(json.dumps(OCEL))
    with pytest.raises(RecordingError, match="it has 'item', 'machine'"):
        look_into(path)
    log = look_into(path, mapping=parse_mapping(OCEL_MAPPING))
    work = [row for row in told(log.timeline, "m") if row[0] == "PROCESSING"]
    assert work == [("PROCESSING", "i1", 0, 60), ("PROCESSING", "i1", 120, None)]
    assert {finding.rule for finding in log.findings} == {"log.several"}
    with pytest.raises(RecordingError, match="did you mean 'item'"):
        look_into(path, mapping=parse_mapping(OCEL_MAPPING.replace("item", "items")))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.jsonocel", b'{"events": ', "is not JSON of OCEL 2.0"),
        ("a.jsonocel", b"[1, 2]", "is not JSON of OCEL 2.0"),
        ("a.jsonocel", b'{"objects": []}', "is not JSON of OCEL 2.0"),
        ("a.jsonocel", b'{"events": [], "objects": []}', "holds no event"),
        ("a.sqlite", b"SQLite format 3\x00 and no more", "is not SQLite of OCEL 2.0"),
        ("a.events.csv", b"kind,row\n", "no row of the recording itself"),
        ("a.events.csv", b"", "no row of the recording itself"),
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(RecordingError) as caught:
        look_into(path)
    assert says in str(caught.value) and str(path) in str(caught.value)


# --- the command line ----------------------------------------------------------------------------


def test_a_log_is_imported_measured_and_exported(
    tmp_path: Path, recordings_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = recordings_folder / "trier_smart_factory" / "trier_2021-06-23_to_07-01.csv.gz"
    mapping = tmp_path / "trier.yaml"
    mapping.write_text(TRIER)
    kept, xes = tmp_path / "kept", tmp_path / "a.xes"
    assert main(["import", str(log), "--mapping", str(mapping), "-o", str(kept)]) == 0
    out, err = capsys.readouterr()
    assert "201 orders" in out and "4 steps begin while their resource is busy" in err
    figures = []
    for recording in ([str(log), "--mapping", str(mapping)], [str(kept)]):
        assert main(["measure", *recording, "--json"]) == 0
        figures.append(json.loads(capsys.readouterr().out))
    assert figures[0]["orders"] == figures[1]["orders"]
    assert figures[0]["lead_time"] == pytest.approx(figures[1]["lead_time"])
    assert main(["export", str(kept), "-o", str(xes)]) == 0
    assert main(["measure", str(xes), "--json"]) == 0
    again = json.loads(capsys.readouterr().out.partition("\n")[2])
    assert again["orders"] == figures[0]["orders"]


def test_a_log_is_replayed_on_a_floor_it_is_mapped_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log, mapping = tmp_path / "log.csv", tmp_path / "m.yaml"
    log.write_text(
        "case,machine,from,to\na,M1,2026-01-05 08:00,2026-01-05 08:10\n"
        "a,M2,2026-01-05 08:10,2026-01-05 08:20\n"
    )
    text = "mapping: 1\ntime: {zone: UTC}\n"
    text += "columns: {part: case, resource: machine, start: from, end: to}\n"
    mapping.write_text(text)
    call = ["replay", str(log), "--layout", "pcb_line", "--mapping", str(mapping), "--json"]
    assert main(call) == 2
    assert "say with --mapping what it calls" in capsys.readouterr().err
    mapping.write_text(text + "stations: {M1: stencil, M2: stensil}\n")
    assert main(call) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["stations"]["stencil"] == {"IDLE": 600.0, "PROCESSING": 600.0}
    assert "1 resources do not stand on" in err and "did you mean 'stencil'" in err
    assert main(["measure", str(log)]) == 2
    assert "say with --mapping" in capsys.readouterr().err
