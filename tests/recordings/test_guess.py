"""What a log seems to mean: against the mappings that people wrote for the real ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.recordings.mappings import COBOT, JOB_SHOP, MACHINES, TRIER
from twin.errors import RecordingError
from twin.recordings import saved
from twin.recordings.guess import guess
from twin.recordings.log import read_log
from twin.recordings.looks import look, words_of
from twin.recordings.mapping import Mapping, parse_mapping
from twin.recordings.vocabulary import state_of, unit_in

LOGS = {
    "trier": ("trier_smart_factory/trier_2021-06-23_to_07-01.csv.gz", TRIER),
    "job shop": ("production_4tu/production_to_2012-02-29.csv", JOB_SHOP),
    "machines": ("sme_machines/company_A_labelled_subset.csv.gz", MACHINES),
    "cobot": ("ur3_cobotops/dataset_02052023.csv.gz", COBOT),
}
# What a person knew and nobody can see: whose clock it is, what numbers mean, what one arm is
# called, in which unit it is measured, which step ends an order.
UNSEEN = {
    "trier": set(),
    "job shop": {"time.zone", "finished_by"},
    "machines": {"stamped", "states.1", "states.2", "states.3", "points.power_avg.unit"},
    "cobot": {"resource", *(f"points.Speed_J{j}.unit" for j in range(6))},
}


def pieces(mapping: Mapping) -> dict[str, object]:
    """All that a mapping says, each by its place; what is measured by its column."""
    told = mapping.model_dump(mode="json", exclude_defaults=True)
    told["points"] = {p["column"]: p for p in told.get("points", {}).values()}
    told.pop("mapping", None)
    told.pop("name", None)
    found: dict[str, object] = {}

    def walk(value: Any, at: str) -> None:
        if isinstance(value, dict) and value:
            for key, each in value.items():
                walk(each, f"{at}.{key}" if at else key)
        elif value or value == 0:
            found[at] = value

    walk(told, "")
    return found


@pytest.mark.parametrize("name", LOGS)
def test_all_that_can_be_seen_is_guessed_right(recordings_folder: Path, name: str) -> None:
    file, text = LOGS[name]
    wanted = pieces(parse_mapping(text))
    made = guess(look(recordings_folder / file)).mapping
    found = pieces(saved.checked(made | ({"resource": "arm"} if name == "cobot" else {})))
    wrong = {at for at, value in wanted.items() if found.get(at) != value}
    assert wrong == UNSEEN[name]
    columns = {at: value for at, value in found.items() if at.startswith("columns.")}
    beyond = {at for at in columns if at not in wanted}
    assert beyond <= {"columns.reason"}


@pytest.mark.parametrize("name", ["trier", "job shop", "machines"])
def test_what_is_guessed_can_be_read(recordings_folder: Path, name: str) -> None:
    path = recordings_folder / LOGS[name][0]
    log = read_log(path, saved.checked(guess(look(path)).mapping))
    assert len(log.timeline.intervals) > 1000


def log_of(folder: Path, text: str, name: str = "log.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_german_names_and_times_are_known(tmp_path: Path) -> None:
    path = log_of(
        tmp_path,
        "Auftragsnummer;Arbeitsgang;Maschine;Mitarbeiter;Beginn;Ende;Menge;Leistung [kW]\n"
        "A-1;Fräsen;M 1;Anna;07.08.2026 09:04:01;07.08.2026 09:10:00;1;0,5\n"
        "A-2;Fräsen;M 1;Anna;17.08.2026 09:04:01;17.08.2026 09:10:00;2;1,5\n",
    )
    made = guess(look(path))
    assert made.mapping["columns"] == {
        "part": "Auftragsnummer", "activity": "Arbeitsgang", "resource": "Maschine",
        "worker": "Mitarbeiter", "start": "Beginn", "end": "Ende", "quantity": "Menge",
    }  # fmt: skip
    assert made.formats == ("%d.%m.%Y %H:%M:%S",) and made.doubts == ()
    assert made.mapping["log"] == {"separator": ";", "decimal": ","}
    assert made.mapping["points"] == {"leistung_kw": {"column": "Leistung [kW]", "unit": "kW"}}


def test_a_day_that_may_be_a_month_is_doubted(tmp_path: Path) -> None:
    path = log_of(tmp_path, "machine,state,ts\nm,run,07/08/2026 09:04\nm,idle,08/08/2026 10:04\n")
    made = guess(look(path))
    assert made.formats[:2] == ("%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M")
    assert made.mapping["time"] == {"format": "%d/%m/%Y %H:%M"}
    assert made.doubts == ("Days and months of its times could be the other way round.",)


def test_numbers_of_seconds_are_times_and_others_are_not(tmp_path: Path) -> None:
    path = log_of(tmp_path, "t,station,power_kW\n1754557441,m,3\n1754557451,m,4\n1754557461,m,4\n")
    made = guess(look(path))
    assert made.mapping["columns"] == {"time": "t", "resource": "station"}
    assert made.mapping["time"] == {"format": "seconds"}
    assert made.mapping["points"] == {"power_kw": {"column": "power_kW", "unit": "kW"}}


def test_a_log_without_times_has_no_mapping_yet(tmp_path: Path) -> None:
    made = guess(look(log_of(tmp_path, "a,b\n1,x\n2,y\n")))
    assert made.mapping == {"columns": {}, "log": {"separator": ","}} and made.formats == ()
    with pytest.raises(RecordingError, match="name either 'time'"):
        saved.checked(made.mapping)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("Executing", "PROCESSING"), ("READY", "IDLE"), ("FEED_HOLD", "HELD"), ("Alarm", "DOWN"),
        ("ProgramStopped", "HELD"), ("Störung", "DOWN"), ("Rüsten", "SETUP"), ("3", None),
        ("UNAVAILABLE", "UNAVAILABLE"), ("off", "OFF"), ("Suspended", "STARVED"), ("blub", None),
        ("WAITING_CREW", "WAITING_CREW"),
    ],
)  # fmt: skip
def test_words_of_states(word: str, state: str | None) -> None:
    assert state_of(word) == state


def test_units_stand_behind_names() -> None:
    names = ("Power [kW]", "power_kW", "Temp (°C)", "items", "time_s", "Current")
    assert [unit_in(name) for name in names] == ["kW", "kW", "degC", "", "s", ""]


# --- looking -------------------------------------------------------------------------------------


def test_parquet_and_excel_and_xes_are_looked_at_alike(tmp_path: Path) -> None:
    from openpyxl import Workbook

    rows = [("p-1", "mill", "2026-08-07T09:00:00"), ("p-2", "saw", "2026-08-07T09:01:00")]
    names = ("part", "station", "time")
    with duckdb.connect() as database:
        database.execute("CREATE TABLE t (part VARCHAR, station VARCHAR, time TIMESTAMP)")
        database.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
        database.execute("COPY t TO ? (FORMAT parquet)", [str(tmp_path / "log.parquet")])
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (names, *rows):
        sheet.append(row)
    book.create_sheet("more")
    book.save(tmp_path / "log.xlsx")
    events = "".join(
        f'<trace><string key="concept:name" value="{part}"/><event><string key="org:resource" '
        f'value="{station}"/><date key="time:timestamp" value="{time}"/></event></trace>'
        for part, station, time in rows
    )
    log_of(tmp_path, f"<log>{events}</log>", "log.xes")
    for name in ("log.parquet", "log.xlsx"):
        seen = look(tmp_path / name)
        assert [column.name for column in seen.columns] == list(names)
        assert seen.columns[1].values == ("mill", "saw") and seen.rows == 2
        assert set(guess(seen).mapping["columns"]) == {"part", "resource", "time"}
    assert look(tmp_path / "log.xlsx").sheets == ("Sheet", "more")
    seen = look(tmp_path / "log.xes")
    assert guess(seen).mapping["columns"] == {
        "part": "case:concept:name", "resource": "org:resource", "time": "time:timestamp",
    }  # fmt: skip


def test_of_a_long_file_the_beginning_is_looked_at_and_all_words_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twin.recordings.looks._BEGINNING", 1000)
    lines = [f"{k % 3}.0,2026-08-07T09:{k % 60:02}:00" for k in range(600)]
    path = log_of(tmp_path, "\n".join(["status,time", *lines]))
    assert 20 < look(path).rows < 60
    mapping = parse_mapping("mapping: 1\nresource: m\ncolumns: {time: time, state: status}")
    words = words_of(path, mapping, "status")
    assert words.counts == (("0", 200), ("1", 200), ("2", 200)) and words.distinct == 3


def test_other_encodings_are_found_out(tmp_path: Path) -> None:
    text = "Maschine;Zeit\nFräse;2026-08-07T09:00:00\n"
    for encoding, told in (("latin-1", "latin-1"), ("utf-16", "utf-16"), ("utf-8-sig", "utf-8")):
        path = tmp_path / f"{told}.csv"
        path.write_bytes(text.encode(encoding))
        seen = look(path)
        assert seen.sheet.encoding == told
        assert [column.name for column in seen.columns] == ["Maschine", "Zeit"]
        assert seen.columns[0].values == ("Fräse",)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("log.csv", b"", "is empty"),
        ("log.csv", b"a,b\n", "has no rows"),
        ("log.exe", b"a,b\n1,2\n", "does not say what it is"),
        ("log.parquet", b"PAR1 nothing", "cannot be read as Parquet"),
        ("log.xlsx", b"PK nothing", "cannot be read as a workbook"),
        ("log.xes", b"<html></html>", "no log of XES"),
        ("log.csv.gz", b"\x1f\x8b nothing", "gzip"),
    ],
)
def test_what_is_no_log_is_said(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(RecordingError, match=said):
        look(path)


# --- mappings that are kept ----------------------------------------------------------------------

HARD: dict[str, Any] = {
    "columns": {"time": "t: x", "resource": "true", "state": "no"},
    "states": {"1": "DOWN", "on": "IDLE", "- a": "OFF", "# no": "OFF"},
    "stations": {"\U0001f600\u2028": "mill-1", "~": "x", "a\nb": "<b>y</b>", "name": "z"},
    "flags": {"y": "DOWN"}, "reach": "5 min", "capacity": {"*": "any"},
    "time": {"zone": "Europe/Berlin"},
}  # fmt: skip


def test_a_mapping_is_the_same_after_it_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    mapping = saved.checked(HARD)
    path = saved.write_mapping("shop", mapping)
    assert path == tmp_path / "mappings" / "shop.yaml"
    assert parse_mapping(path.read_text(encoding="utf-8")) == mapping
    before = path.read_bytes()
    assert saved.write_mapping("shop", mapping) == path
    other = saved.checked(HARD | {"reach": "6 min"})
    with pytest.raises(RecordingError, match="is there already"):
        saved.write_mapping("shop", other)
    assert path.read_bytes() == before
    for name in ("../shop", "", "a/b", ".x", "x" * 61):
        with pytest.raises(RecordingError, match="is no name"):
            saved.write_mapping(name, mapping)


def test_a_mapping_is_found_again_by_its_columns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    assert saved.fitting(["t: x"]) == {}
    saved.write_mapping("shop", saved.checked(HARD))
    (tmp_path / "mappings" / "broken.yaml").write_text("mapping: [")
    assert list(saved.fitting(["y ", "t: x", "true", "no", "one more"])) == ["shop"]
    assert saved.fitting(["t: x", "true", "no"]) == {}


def test_what_is_wrong_with_a_mapping_is_said_by_its_place() -> None:
    with pytest.raises(RecordingError, match=r"states/x: .*PROCESSING"):
        saved.checked({"columns": {"time": "t", "part": "p"}, "states": {"x": "RUNNING"}})
    with pytest.raises(RecordingError, match=r"time/zone: .*Europe/Berlin"):
        saved.checked({"columns": {"time": "t", "part": "p"}, "time": {"zone": "Europe/Berlim"}})
