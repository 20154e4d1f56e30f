"""Event logs of all kinds of rows and formats, and what is wrong with them."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.recordings.sums import same_figures
from twin.errors import RecordingError
from twin.kpis import measure, measure_totals
from twin.recordings import sheets
from twin.recordings.log import Log, read_log
from twin.recordings.mapping import parse_mapping
from twin.recordings.steps import take_turns
from twin.recordings.totals import totals_of_log
from twin.timeline import Outcome, Quality, State, Timeline

STEPS = """
mapping: 1
time: {zone: UTC}
columns: {part: case, resource: machine, activity: step, start: from, end: to}
"""
HEAD = "case,machine,step,from,to\n"
Told = tuple[str, str, float, float | None]


def read(folder: Path, text: str, mapping: str = STEPS, name: str = "log.csv") -> Log:
    path = folder / name
    path.write_bytes(text.encode())
    return read_log(path, parse_mapping(mapping))


def told(timeline: Timeline, resource: str) -> list[Told]:
    """Its intervals as (state, part, start, end [s], None where open)."""
    return [
        (
            State(int(row["state"])).name,
            timeline.name(int(row["part"])),
            float(row["start"]),
            None if np.isnan(row["end"]) else float(row["end"]),
        )
        for row in timeline.intervals
        if timeline.name(int(row["resource"])) == resource
    ]


def rules(log: Log) -> dict[str, float | None]:
    return {finding.rule: finding.value for finding in log.findings}


def values(timeline: Timeline, name: str) -> list[float]:
    codes = [timeline.name(int(code)) for code in timeline.points["name"]]
    return [float(p["value"]) for p, n in zip(timeline.points, codes, strict=True) if n == name]


# --- rows that are steps -------------------------------------------------------------------------


def test_steps_tile_the_time_of_a_station(tmp_path: Path) -> None:
    log = read(
        tmp_path,
        HEAD
        + "a,mill,cut,2026-01-05 08:00:00,2026-01-05 08:01:00\n"
        + "b,mill,cut,2026-01-05 08:02:00,2026-01-05 08:03:00\n"
        + "a,wash,rinse,2026-01-05T08:01:30Z,2026-01-05T08:04:00+00:00\n",
    )
    timeline = log.timeline
    assert timeline.epoch == datetime(2026, 1, 5, 8, tzinfo=UTC) and timeline.end == 240
    assert told(timeline, "mill") == [
        ("PROCESSING", "a", 0, 60),
        ("IDLE", "", 60, 120),
        ("PROCESSING", "b", 120, 180),
        ("IDLE", "", 180, None),
    ]
    assert set(timeline.intervals["quality"]) == {Quality.GOOD, Quality.INFERRED}
    assert told(timeline, "wash") == [("IDLE", "", 0, 90), ("PROCESSING", "a", 90, 240)]
    assert [timeline.name(int(m["target"])) for m in timeline.moves] == ["wash"]
    assert timeline.moves["quality"][0] == Quality.INFERRED
    kpis = measure(timeline)
    assert (kpis.finished, kpis.released, kpis.lead(1)) == (2, 2, 240)
    assert not log.findings


def test_an_overlap_is_reported_and_the_later_step_waits(tmp_path: Path) -> None:
    text = HEAD + "a,mill,cut,2026-01-05 08:00,2026-01-05 08:10\n"
    text += "b,mill,cut,2026-01-05 08:05,2026-01-05 08:20\n"
    text += "c,mill,cut,2026-01-05 08:06,2026-01-05 08:07\n"
    log = read(tmp_path, text)
    assert rules(log) == {"log.overlaps": 2}
    assert "line 3" in log.findings[0].message and "b cut mill" in log.findings[0].message
    assert told(log.timeline, "mill") == [
        ("PROCESSING", "a", 0, 600),
        ("PROCESSING", "b", 600, 1200),
    ]
    assert log.timeline.intervals["quality"].tolist() == [Quality.GOOD, Quality.UNCERTAIN]
    assert values(log.timeline, "overlap") == [300, 60]
    measure(log.timeline)


def test_a_station_of_two_places_takes_two(tmp_path: Path) -> None:
    text = HEAD + "a,oven,bake,2026-01-05 08:00,2026-01-05 08:10\n"
    text += "b,oven,bake,2026-01-05 08:05,2026-01-05 08:20\n"
    text += "c,oven,bake,2026-01-05 08:06,2026-01-05 08:07\n"
    log = read(tmp_path, text, STEPS + "capacity: {oven: 2}\n")
    names = [log.timeline.name(code) for code in log.timeline.resources]
    assert names == ["oven.1", "oven.2"] and rules(log) == {"log.overlaps": 1}
    three = read(tmp_path, text, STEPS + 'capacity: {"*": any}\n')
    assert len(three.timeline.resources) == 3 and not three.findings


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20)), max_size=40))
@settings(deadline=None)
def test_no_two_steps_in_one_place_overlap(spans: list[tuple[int, int]]) -> None:
    spans = sorted((start, start + length) for start, length in spans)
    starts, stops = (np.array([s[k] for s in spans], np.int64) for k in (0, 1))
    lanes = take_turns(starts, stops)
    real = stops > starts
    most = max((((starts <= t) & (stops > t)).sum() for t in starts[real]), default=1)
    assert lanes.max(initial=0) < most
    for lane in set(lanes.tolist()):
        mine = real & (lanes == lane)
        assert (starts[mine][1:] >= stops[mine][:-1]).all()


def test_open_steps_stay_open_and_forgotten_ones_are_cut(tmp_path: Path) -> None:
    text = HEAD + "a,mill,cut,2026-01-05 08:00,\nb,mill,cut,2026-01-05 08:05,\n"
    log = read(tmp_path, text + "c,wash,rinse,2026-01-05 08:00,2026-01-05 08:09\n")
    assert told(log.timeline, "mill") == [
        ("PROCESSING", "a", 0, 300),
        ("PROCESSING", "b", 300, None),
    ]
    assert rules(log) == {"log.unfinished": 1}
    outcomes = [Outcome(int(o)) for o in log.timeline.orders["outcome"]]
    assert outcomes == [Outcome.OPEN, Outcome.DONE, Outcome.OPEN]


def test_negative_durations_are_left_out_and_told(tmp_path: Path) -> None:
    text = HEAD + "a,mill,cut,2026-01-05 08:10,2026-01-05 08:00\n"
    log = read(tmp_path, text + "b,mill,cut,2026-01-05 08:20,2026-01-05 08:30\n")
    assert rules(log)["log.durations"] == 1 and "line 2 'a cut mill'" in log.findings[0].message
    assert [part for _, part, *_ in told(log.timeline, "mill")] == ["", "b"]


def test_a_duration_and_one_end_will_do(tmp_path: Path) -> None:
    mapping = "mapping: 1\ntime: {zone: UTC}\ncolumns: {resource: m, end: to, duration: took}"
    text = "m;to;took\nmill;2026-01-05 08:10;5:00\nmill;2026-01-05 08:12;0 days 00:00:30\n"
    log = read(tmp_path, text, mapping)
    assert told(log.timeline, "mill")[0] == ("PROCESSING", "", 0, 300)
    assert told(log.timeline, "mill")[2] == ("PROCESSING", "", 390, 420)


def test_products_quantities_and_dues_are_of_the_order(tmp_path: Path) -> None:
    mapping = """
mapping: 1
time: {zone: Europe/Berlin, format: "%d.%m.%Y %H:%M"}
columns:
  {part: piece, order: job, product: what, quantity: n, due: due, resource: m, start: a, end: b}
"""
    text = "job,piece,what,n,due,m,a,b\n"
    text += "j1,j1/1,lamp,2,06.07.2026 12:00,mill,05.07.2026 08:00,05.07.2026 08:10\n"
    text += "j1,j1/2,lamp,2,06.07.2026 12:00,mill,05.07.2026 08:10,05.07.2026 08:20\n"
    timeline = read(tmp_path, text, mapping).timeline
    assert timeline.epoch == datetime(2026, 7, 5, 6, tzinfo=UTC)
    (order,) = timeline.orders
    assert (timeline.name(order["id"]), timeline.name(order["product"])) == ("j1", "lamp")
    assert (order["quantity"], order["due"], order["end"]) == (2, 28 * 3600, 1200)


def test_rows_that_say_from_where_to_where_are_moves(tmp_path: Path) -> None:
    mapping = """
mapping: 1
time: {zone: UTC}
columns: {part: p, carrier: who, origin: of, target: to, start: a, end: b}
stations: {H1: store}
"""
    timeline = read(
        tmp_path, "p,who,of,to,a,b\nx,agv,H1,mill,2026-01-05 08:00,2026-01-05 08:01\n", mapping
    ).timeline
    (move,) = timeline.moves
    names = [timeline.name(int(move[key])) for key in ("part", "carrier", "origin", "target")]
    assert names == ["x", "agv", "store", "mill"] and move["end"] == 60


# --- transitions, states, moments ----------------------------------------------------------------


def test_starts_and_completes_are_paired_in_their_order(tmp_path: Path) -> None:
    mapping = "mapping: 1\ncolumns: {part: c, resource: r, activity: a, time: t, transition: l}"
    rows = ["c,r,a,t,l"]
    for minute, word in enumerate(["START", "COMPLETE", "start", "complete", "pause", "start"]):
        rows.append(f"x,mill,cut,2026-01-05T08:0{minute}:00Z,{word}")
    log = read(tmp_path, "\n".join(rows) + "\n", mapping)
    work = [row for row in told(log.timeline, "mill") if row[0] == "PROCESSING"]
    assert [row[2:] for row in work] == [(0, 60), (120, 180), (300, None)]
    assert rules(log) == {"log.transitions": 1} and "'pause'" in log.findings[0].message


def test_states_last_until_the_next_one(tmp_path: Path) -> None:
    mapping = """
mapping: 1
columns: {resource: r, state: s, time: t}
states: {RUN: PROCESSING, 0: IDLE}
"""
    text = "r,s,t\nm,RUN,2026-01-05T08:00:00Z\nm,RUN,2026-01-05T08:01:00Z\n"
    text += "m,0.0,2026-01-05T08:02:00Z\n"
    log = read(tmp_path, text + "m,odd,2026-01-05T08:03:00Z\nm,,2026-01-05T08:04:00Z\n", mapping)
    assert told(log.timeline, "m") == [
        ("PROCESSING", "", 0, 120),
        ("IDLE", "", 120, 180),
        ("UNAVAILABLE", "", 180, None),
    ]
    assert rules(log) == {"log.states": 1} and "'odd'" in log.findings[0].message
    assert log.timeline.intervals["quality"][-1] == Quality.UNCERTAIN


def test_a_clock_that_jumps_back_is_told(tmp_path: Path) -> None:
    mapping = "mapping: 1\ntime: {zone: Europe/Berlin}\ncolumns: {resource: r, state: s, time: t}"
    text = "r,s,t\nm,IDLE,2026-10-25 02:30:00\nm,DOWN,2026-10-25 02:50:00\n"
    text += "m,IDLE,2026-10-25 02:10:00\n"
    log = read(tmp_path, text, mapping)
    assert rules(log) == {"log.disorder": 1}
    assert "line 4" in log.findings[0].message and "2400" in log.findings[0].message


def test_a_local_clock_in_spring(tmp_path: Path) -> None:
    mapping = "mapping: 1\ntime: {zone: Europe/Berlin}\ncolumns: {resource: r, state: s, time: t}"
    text = "r,s,t\nm,IDLE,2026-03-29 01:30:00\nm,DOWN,2026-03-29 03:30:00\n"
    assert read(tmp_path, text, mapping).timeline.end == 3600


def test_moments_are_points(tmp_path: Path) -> None:
    mapping = "mapping: 1\ncolumns: {part: c, activity: a, time: t}"
    log = read(
        tmp_path, "c,a,t\nx,paid,2026-01-05T08:00:00Z\nx,sent,2026-01-05T09:00:00Z\n", mapping
    )
    assert values(log.timeline, "paid") == [1.0] and values(log.timeline, "sent") == [1.0]
    assert log.timeline.orders["end"][0] == 3600


def test_fast_samples_may_be_thinned(tmp_path: Path) -> None:
    """500 Hz of a robot's joint, in seconds from its start: the mean of each tenth of a second."""
    mapping = """
mapping: 1
resource: arm
time: {format: seconds, epoch: 2026-01-05T08:00:00Z}
columns: {time: t}
points: {q1: {column: q, unit: deg, every: 0.1 s}, all: {column: q}}
"""
    rows = "".join(f"{k / 500},{k}\n" for k in range(500))
    log = read(tmp_path, "t,q\n" + rows, mapping)
    means = [np.deg2rad(np.mean(range(k, k + 50))) for k in range(0, 500, 50)]
    assert values(log.timeline, "q1") == pytest.approx(means)
    assert len(values(log.timeline, "all")) == 500 and log.timeline.end == pytest.approx(0.998)


WORDS = ["IDLE", "DOWN", "PROCESSING", "odd", ""]


@given(
    st.lists(
        st.tuples(
            st.sampled_from("ab"), st.integers(0, 400), st.sampled_from(WORDS),
            st.sampled_from(["", "p", "q"]),
        ),
        min_size=2, max_size=30,
    ).filter(lambda rows: len({row[1] for row in rows}) > 1 and any(row[2] for row in rows)),
    st.sampled_from(["", "reach: 40 s\n", "reach: 40 s\nstamped: end\n", "stamped: end\n",
                     "between: OFF\n"]),
)  # fmt: skip
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_sums_are_those_of_the_timeline(
    tmp_path: Path, rows: list[tuple[str, int, str, str]], more: str
) -> None:
    mapping = "mapping: 1\ncolumns: {resource: r, state: s, time: t, part: p}\n" + more
    begin = datetime(2026, 1, 5, tzinfo=UTC)
    text = "r,s,t,p\n" + "".join(
        f"{r},{s},{(begin + timedelta(seconds=t)).isoformat()},{p}\n" for r, t, s, p in rows
    )
    path = tmp_path / "log.csv"
    path.write_text(text)
    whole, totals = (
        read_log(path, parse_mapping(mapping)),
        totals_of_log(path, parse_mapping(mapping)),
    )
    assert same_figures(measure_totals(totals), measure(whole.timeline))
    assert [(f.rule, f.value) for f in totals.findings] == list(rules(whole).items())


# --- formats -------------------------------------------------------------------------------------

ROWS = [
    ("a", "mill", "cut", datetime(2026, 1, 5, 8, 0), datetime(2026, 1, 5, 8, 1)),
    ("b", "mill", "cut", datetime(2026, 1, 5, 8, 2), datetime(2026, 1, 5, 8, 3)),
]


def workbook(path: Path, rows: list[tuple[object, ...]] = ROWS, sheet: str = "Log") -> Path:  # type: ignore[assignment]
    book = Workbook()
    made = book.active
    assert made is not None
    made.title = sheet
    for row in [tuple(HEAD.strip().split(",")), *rows]:
        made.append(row)
    book.save(path)
    return path


def test_the_same_log_in_all_formats(tmp_path: Path) -> None:
    lines = [",".join(str(cell) for cell in row) for row in ROWS]
    plain = tmp_path / "a.csv"
    plain.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8-sig")
    packed = tmp_path / "b.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes(), mtime=0))
    odd = tmp_path / "c.txt"
    odd.write_bytes(
        ("made by a machine\n" + HEAD + "\n".join(lines) + "\n")
        .replace(",", "\t")
        .encode("latin-1")
    )
    parquet = tmp_path / "d.parquet"
    duckdb.execute(
        "COPY (SELECT * FROM read_csv(?)) TO ? (FORMAT parquet)", [str(plain), str(parquet)]
    )
    sheet = workbook(tmp_path / "e.xlsx")
    more = {odd: "log: {header: 2, encoding: latin-1}\n", sheet: "log: {sheet: Log}\n"}
    found = [
        read_log(p, parse_mapping(STEPS + more.get(p, "")))
        for p in (plain, packed, odd, parquet, sheet)
    ]
    for log in found:
        assert log.timeline.intervals.tobytes() == found[0].timeline.intervals.tobytes()
        assert log.timeline.names == found[0].timeline.names and not log.findings
    assert len(found[0].timeline.intervals) == 3


# --- bad input -----------------------------------------------------------------------------------


def refused(folder: Path, content: bytes, mapping: str = STEPS, name: str = "log.csv") -> str:
    path = folder / name
    path.write_bytes(content)
    with pytest.raises(RecordingError) as caught:
        read_log(path, parse_mapping(mapping))
    assert str(path) in str(caught.value)
    return str(caught.value)


GOOD = (HEAD + "a,mill,cut,2026-01-05 08:00,2026-01-05 08:10\n").encode()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("log.csv", b"", "is empty"),
        ("log.csv", HEAD.encode(), "has no rows"),
        ("log.csv", GOOD.replace(b"machine", b"Machine No"), "resource names the column 'machine'"),
        ("log.csv", GOOD.replace(b"case", b"cases"), "did you mean 'cases'?"),
        ("log.csv", GOOD + b"b,mill\n", "line 3: expected 5 columns"),
        ("log.csv", GOOD + b'b,"mill,cut', "line 3"),
        ("log.csv", GOOD.replace(b"cut", b"Fr\xe4sen"), "encoding: latin-1"),
        ("log.csv", GOOD.replace(b"2026-01-05", b"5/1"), "line 2: column 'from': '5/1 08:00'"),
        ("log.csv.gz", gzip.compress(GOOD * 50, mtime=0)[:-30], "cut off or damaged"),
        ("log.csv.gz", GOOD, "is named .gz but is not a gzip file"),
        ("log.odd", GOOD, "its name does not say what it is"),
        ("log.xlsx", b"PK\x03\x04 nothing", "cannot be read as a workbook"),
        ("log.parquet", b"PAR1 nothing", "cannot be read as Parquet"),
    ],
)  # fmt: skip
def test_what_is_no_log_is_refused(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    assert says in refused(tmp_path, content, name=name)


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_BYTES", 2**20)
    bomb = gzip.compress(GOOD + b" " * 2**21, mtime=0)
    assert "holds more than 1 MB once unpacked" in refused(tmp_path, bomb, name="log.csv.gz")
    monkeypatch.setattr(sheets, "MOST_OF_A_BOOK", 2**20)
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/worksheets/sheet1.xml", b" " * 2**22)
    assert "MB of a workbook are read" in refused(tmp_path, book.getvalue(), name="log.xlsx")


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "whole.xlsx")
    made = io.BytesIO()
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(made, "w") as book:
        for member in whole.infolist():
            content = whole.read(member)
            if member.filename.endswith("sheet1.xml"):
                content = b'<!DOCTYPE x [<!ENTITY a "b">]>' + content
            book.writestr(member, content)
    assert "entities, which are not read" in refused(tmp_path, made.getvalue(), name="log.xlsx")


def test_formulas_without_a_value_are_refused(tmp_path: Path) -> None:
    rows = [*ROWS, ("=A2", "mill", "cut", *ROWS[0][3:])]
    path = workbook(tmp_path / "log.xlsx", rows)  # type: ignore[arg-type]
    says = refused(tmp_path, path.read_bytes(), name="log.xlsx")
    assert "row 4, column 'case': the formula '=A2' has no value" in says


def test_no_word_of_a_user_becomes_sql(tmp_path: Path) -> None:
    evil = "x'); DROP TABLE raw; --"
    mapping = f"""
mapping: 1
resource: "{evil}"
log: {{separator: "|"}}
time: {{format: "%Y'); --"}}
columns: {{time: "{evil}", state: "s\\"s"}}
states: {{"{evil}": IDLE}}
points: {{"{evil}": {{column: "s\\"s", unit: "{evil}"}}}}
"""
    text = f'"{evil}"|"s""s"\n2026\'); --|{evil}\n2027\'); --|IDLE\n'
    log = read(tmp_path, text, mapping)
    assert [state for state, *_ in told(log.timeline, evil)] == ["IDLE", "IDLE"]


def test_times_that_cannot_be_read_are_counted(tmp_path: Path) -> None:
    text = GOOD.decode() + "b,mill,cut,yesterday,2026-01-05 08:12\nc,mill,cut,2026-01-05 08:13,\n"
    log = read(tmp_path, text)
    assert rules(log)["log.times"] == 1 and "line 3 'yesterday'" in log.findings[0].message


def test_a_log_in_local_time_without_a_zone_is_told(tmp_path: Path) -> None:
    log = read(tmp_path, GOOD.decode(), STEPS.replace("time: {zone: UTC}\n", ""))
    assert rules(log) == {"log.zone": 1} and "read as UTC" in log.findings[0].message
    stamped = GOOD.decode().replace(":00,", ":00Z,").replace(":10\n", ":10Z\n")
    assert not read(tmp_path, stamped, STEPS.replace("time: {zone: UTC}\n", "")).findings


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "m:1:1: the file is empty; it begins with 'mapping: 1'"),
        ("mapping: 1\ncolumns: {part: a, strt: b}", "m:2:20: columns: unknown key 'strt'"),
        ("mapping: 1\ncolumns: {part: a}", "name either 'time', or two of"),
        ("mapping: 1\ncolumns: {time: a}", "name 'resource' or 'part'"),
        ("mapping: 1\ncolumns: {time: a, part: b}\ntime: {zone: Berlin}", "unknown time zone"),
        ("mapping: 1\ncolumns: {time: a, part: b}\nstates: {a: WORK}", "m:3:13: states/a: 'WORK'"),
        ("mapping: 1\ncolumns: &a {time: a}", "anchors and aliases"),
    ],
)  # fmt: skip
def test_a_mapping_that_is_wrong_says_where(text: str, says: str) -> None:
    with pytest.raises(RecordingError) as caught:
        parse_mapping(text, "m")
    assert says in str(caught.value)


def test_the_mapping_of_the_documentation_is_one() -> None:
    page = (Path(__file__).parents[2] / "docs" / "logs.md").read_text("utf-8")
    shown, points = (block.partition("```")[0] for block in page.split("```yaml\n")[1:])
    mapping = parse_mapping(shown + points)
    assert mapping.rows_are == "rows" and mapping.points["joint_1"].every == 0.1
