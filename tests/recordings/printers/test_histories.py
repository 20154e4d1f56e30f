"""Histories of printers: jobs as intervals, and what is known of the time between them."""

import json
import math

import pytest

import twin
from tests.recordings.printers.said import EPOCH, orders, points, states
from twin.errors import RecordingError
from twin.recordings import read
from twin.recordings.printers import is_printers, read_file

NAN = pytest.approx(math.nan, nan_ok=True)


def job(number, start, end, status="completed", file="lid.gcode", printed=None, total=None):
    total = total or (end - start if end else 0.0)
    return {
        **{"job_id": f"{number:06X}", "filename": file, "status": status, "exists": True},
        **{"start_time": EPOCH + start, "end_time": end and EPOCH + end, "user": None},
        **{"print_duration": printed or total, "total_duration": total, "filament_used": 1500.0},
        "metadata": {"thumbnails": []},
    }


def history(folder, *jobs, name="mini.json"):
    path = folder / name
    path.write_text(json.dumps({"result": {"count": len(jobs), "jobs": jobs}}))
    return path


def test_jobs_are_intervals_and_the_time_between_is_idle_only_where_it_is_known(tmp_path):
    path = history(
        tmp_path,  # the newest first, as the server answers
        job(0x1D, 900, 950, file="e.gcode"),
        job(0x1C, 700, 800, "klippy_shutdown", "d.gcode"),
        job(0x1A, 400, 600, "cancelled", "c.gcode"),
        job(0x19, 200, 300, file="sub/b.gcode"),
        job(0x18, 0, 100, file="a.gcode"),
    )
    assert is_printers(path)
    timeline = read_file(path)
    assert [(state, start, quality) for state, start, _, quality in states(timeline)] == [
        ("PROCESSING", 0, "GOOD"),
        ("IDLE", 100, "INFERRED"),
        ("PROCESSING", 200, "GOOD"),
        ("IDLE", 300, "INFERRED"),
        ("PROCESSING", 400, "GOOD"),
        ("UNAVAILABLE", 600, "GOOD"),  # a job is missing
        ("PROCESSING", 700, "GOOD"),
        ("UNAVAILABLE", 800, "GOOD"),  # the printer itself had failed
        ("PROCESSING", 900, "GOOD"),
        ("UNAVAILABLE", 950, "GOOD"),
    ]
    assert [order[1:5] for order in orders(timeline)] == [
        ("a", 0, 100, "DONE"),
        ("sub/b", 200, 300, "DONE"),
        ("c", 400, 600, "CANCELLED"),
        ("d", 700, 800, "SCRAPPED"),
        ("e", 900, 950, "DONE"),
    ]
    assert points(timeline, "filament")[1] == (300, 1.5, "sub/b.gcode")
    assert timeline.end == 950
    assert timeline.epoch.timestamp() == EPOCH


def test_a_job_with_long_pauses_is_uncertain(tmp_path):
    timeline = read_file(history(tmp_path, job(1, 0, 100, printed=60.0)))
    assert states(timeline)[0] == ("PROCESSING", 0, "completed", "UNCERTAIN")


def test_a_job_that_goes_on_is_open_and_one_whose_end_nobody_saw_is_not(tmp_path):
    path = history(
        tmp_path,
        job(1, 0, None, "interrupted", total=50.0),
        job(2, 100, None, "in_progress", total=30.0),
    )
    timeline = read_file(path)
    assert [(row[0], row[1]) for row in states(timeline)] == [
        ("PROCESSING", 0),
        ("UNAVAILABLE", 50),
        ("PROCESSING", 100),
    ]
    assert [order[2:] for order in orders(timeline)] == [
        (0, NAN, "OPEN", "UNCERTAIN"),
        (100, NAN, "OPEN", "GOOD"),
    ]
    assert timeline.end == 130


def test_an_end_of_which_nobody_says_how_it_was_is_not_done(tmp_path):
    timeline = read_file(history(tmp_path, job(1, 0, 100, "new"), job(2, 200, 300, "in_progress")))
    assert [order[2:] for order in orders(timeline)] == [
        (0, 100, "CANCELLED", "UNCERTAIN"),
        (200, NAN, "OPEN", "GOOD"),  # it goes on, whatever else is told
    ]


def test_times_that_cannot_be_are_told(tmp_path):
    path = history(
        tmp_path,
        job(1, 0, 100, file="a.gcode"),
        job(2, 50, 150, file="b.gcode"),
        job(3, 300, 200, file="c.gcode"),
    )
    timeline = read_file(path)
    assert [(row[0], row[1]) for row in states(timeline)] == [
        ("PROCESSING", 0),
        ("PROCESSING", 100),
        ("UNAVAILABLE", 150),
    ]
    assert [native for *_, native in points(timeline, "alarm")] == [
        "the job of 'b.gcode' begins before another has ended",
        "the job of 'c.gcode' ends before it begins; left out",
    ]


def test_octoprints_own_record(tmp_path):
    path = tmp_path / ".metadata.json"
    entries = [
        {"timestamp": EPOCH + 60, "printTime": 60.0, "success": True, "printerProfile": "_default"},
        {"timestamp": EPOCH + 99, "success": False, "printerProfile": "_default"},
    ]
    path.write_text(json.dumps({"lid.gcode": {"history": entries}, "new.gcode": {}}))
    assert is_printers(path)
    timeline = read_file(path)
    assert timeline.names[timeline.resources[0]] == "metadata"
    assert [order[1:] for order in orders(timeline)] == [
        ("lid", 0, 60, "DONE", "GOOD"),
        ("lid", NAN, 99, "CANCELLED", "UNCERTAIN"),  # it does not say when it began
    ]


CSV = (
    '"File name","Timestamp","Success","Print time","Filament length","Filament volume"\r\n'
    f'"b.gcode","{EPOCH + 500:.0f}","False","100,5","-","-"\r\n'
    f'"a, too.gcode","{EPOCH + 200:.0f}","True","200.0","2100.0","5.1"\r\n'
)


def test_the_export_of_the_plugin(tmp_path):
    path = tmp_path / "mini.csv"
    path.write_text("\ufeff" + CSV, encoding="utf-8")
    assert is_printers(path)
    timeline = read_file(path)
    assert [order[1:] for order in orders(timeline)] == [
        ("a, too", 0, 200, "DONE", "GOOD"),
        ("b", 399.5, 500, "CANCELLED", "UNCERTAIN"),  # a decimal comma
    ]
    assert [row[0] for row in states(timeline)] == [
        *("PROCESSING", "UNAVAILABLE", "PROCESSING", "UNAVAILABLE")
    ]
    assert points(timeline, "filament") == [(200, 2.1, "a, too.gcode")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "expected JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"jobs": []}', "has no job with a time"),
        ('{"jobs": [{"job_id": "1", "start_time": "soon"}]}', "has no job with a time"),
        ('{"other": 1}', "is no history of prints"),
        ("", "line 1: expected the columns"),
        ("File name,Timestamp\n", "line 1: .*Success, Print time is missing"),
        (CSV + '"c.gcode","soon","True","1","-","-"\n', "line 4: 'Timestamp': expected a number"),
        (CSV + '"c.gcode","1","True","inf","-","-"\n', "line 4: 'Print time': expected a number"),
        (CSV + '"c.gcode","1","perhaps","1","-","-"\n', "line 4: 'Success': expected True"),
        (CSV + '"c.gcode","1"\n', "line 4: has fewer columns"),
        (b"\xff\xfe\x00", "is not a text in UTF-8"),
    ],
)
def test_what_is_no_history_is_refused(tmp_path, content, says):
    path = tmp_path / "mini.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(RecordingError, match=says) as caught:
        read_file(path)
    assert str(path) in str(caught.value)


def test_a_file_that_is_too_large_or_not_there(tmp_path, monkeypatch):
    path = history(tmp_path, job(1, 0, 100))
    monkeypatch.setattr("twin.recordings.printers.histories.MOST_BYTES", 2**6)
    with pytest.raises(RecordingError, match="has more than"):
        read_file(path)
    with pytest.raises(RecordingError, match="cannot be read"):
        read_file(tmp_path / "none.json")


@pytest.fixture(scope="module")
def layout():
    return twin.load("layouts/print_farm.yaml")


def test_a_history_belongs_to_the_machine_that_its_file_is_named_after(tmp_path, layout):
    name = next(iter(layout.machines))
    timeline = read(history(tmp_path, job(1, 0, 100), name=f"{name}.json"), layout)
    assert timeline.layout == layout.name
    assert [timeline.names[code] for code in timeline.resources] == [name]
    with pytest.raises(RecordingError, match="does not say which printer it is of"):
        read(history(tmp_path, job(1, 0, 100), name="history.json"), layout)
