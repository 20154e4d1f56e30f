"""A log that is brought: what of it is shown, what is kept, and that nothing is kept by halves."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event as Signal
from typing import Any

import pytest

from tests.view.plants import plant
from twin.errors import RecordingError
from twin.layout import files
from twin.recordings import parquet, saved
from twin.recordings.read import read
from twin.view import imports, preview, uploads
from twin.view.pages.importing import UNFORESEEN, Importing
from twin.view.uploads import Upload
from twin.view.workbench import recordings_of

LAYOUT = plant().layout
LOG = """\
case,machine,step,begin,end
p-1,Mill 01,milling,2026-08-03T08:00:00,2026-08-03T08:08:00
p-1,BENCH,packing,2026-08-03T08:08:00,2026-08-03T08:10:00
p-2,Mill 01,milling,2026-08-03T08:09:00,2026-08-03T08:17:00
p-2,Saw,sawing,2026-08-03T08:17:00,2026-08-03T08:20:00
"""
FIELDS: dict[str, Any] = {
    "columns": {
        "part": "case", "resource": "machine", "activity": "step", "start": "begin", "end": "end",
    },
    "stations": {"Mill 01": "mill-1", "BENCH": "pack-1"},
    "time": {"zone": "Europe/Berlin"},
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TWIN_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "log.csv"
    file.write_text(LOG)
    return file


# --- what is shown -------------------------------------------------------------------------------


def test_columns_come_with_samples_and_what_they_seem_to_be(home: Path, path: Path) -> None:
    told = imports.columns(path, LAYOUT)
    assert told["guess"]["columns"] == FIELDS["columns"]
    assert [column["seems"] for column in told["columns"]] == [
        "2 words", "3 words", "3 words", "times", "times",
    ]  # fmt: skip
    assert told["columns"][1]["samples"] == ["Mill 01", "BENCH", "Saw"]
    assert (told["zoned"], told["drafts"], told["rows"]) == (False, [], 4)
    assert {"name": "mill-1", "label": "Mill 1"} in told["places"]
    assert told["formats"][0] == {"value": "", "label": "ISO 8601", "fits": True, "reads": ""}
    assert json.loads(json.dumps(told, allow_nan=False)) == told


def test_how_times_are_written_is_said_as_people_say_it(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text("machine,state,ts\nm,run,07/08/2026 09:04\nm,idle,08/08/2026 10:04\n")
    forms = imports.columns(file, LAYOUT)["formats"]
    assert [(form["label"], form["reads"]) for form in forms[:2]] == [
        ("DD/MM/YYYY hh:mm", "7 Aug 2026 09:04:00"), ("MM/DD/YYYY hh:mm", "8 Jul 2026 09:04:00"),
    ]  # fmt: skip
    assert "seconds since 1970" in {form["label"] for form in forms}


def test_times_that_name_their_zone_ask_for_none(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text("machine,ts\nm,2026-08-07T09:04:00+02:00\nm,2026-08-07T07:04:00Z\n")
    assert imports.columns(file, LAYOUT)["zoned"] is True


def test_stations_are_proposed_by_name_label_and_number() -> None:
    names = ["MILL_01", "Mill 02", "Bench", "milling", "Saw"]
    assert imports.proposed(names, LAYOUT) == {"MILL_01": "mill-1", "Bench": "pack-1"}
    assert imports.proposed(["Packing 1", "mill"], LAYOUT) == {
        "Packing 1": "pack-1", "mill": "mill-1",
    }  # fmt: skip


def test_words_are_counted_and_what_is_known_of_them_is_told(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text("m,s,t\nMill,Executing,2026-08-07\nMill,blub,2026-08-08\nMill,1.0,2026-08-09\n")
    mapping = saved.checked({"columns": {"resource": "m", "state": "s", "time": "t"}})
    told = imports.vocabulary(file, mapping, LAYOUT)
    assert told["stations"] == [{"word": "Mill", "count": 3, "to": "mill-1"}]
    assert {(row["word"], row["to"]) for row in told["states"]} == {
        ("Executing", "PROCESSING"), ("blub", ""), ("1", ""),
    }  # fmt: skip
    assert {"name": "DOWN", "label": "down", "colour": "#cf211b"} in told["meanings"]


def test_the_preview_has_first_intervals_bars_and_findings(path: Path) -> None:
    told = preview.preview(path, saved.checked(FIELDS), LAYOUT)
    assert told["problem"] == ""
    assert "20 min from 3 Aug 2026 08:00:00 (Europe/Berlin)" in told["sentence"]
    first = told["intervals"][0]
    assert (first["station"], first["state"], first["part"], first["lasts"]) == (
        "Mill 1", "processing", "p-1", "8 min",
    )  # fmt: skip
    lines = {line["label"]: line for line in told["chart"]["lines"]}
    assert lines["Bench"]["bars"] == [[0.4, 0.5, "#0d915f"]]
    assert lines["Mill 1"]["stands"] and not lines["Saw"]["stands"]
    assert any("1 station or person does not stand" in f["text"] for f in told["findings"])


def test_findings_say_what_to_do_in_the_dialog(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text("m,s,t\nmill-1,blub,2026-08-07T09:00\nmill-1,run,2026-08-07T10:00\nmill-1,,x\n")
    columns = {"resource": "m", "state": "s", "time": "t"}
    fields = {"columns": columns, "states": {"run": "PROCESSING"}, "reach": "2 h"}
    texts = [f["text"] for f in preview.preview(file, saved.checked(fields), LAYOUT)["findings"]]
    assert any(t.endswith("choose the zone of its clock under Columns") for t in texts)
    assert any(t.endswith("say what they mean under Stations and states") for t in texts)
    assert not any("{" in text for text in texts)


def test_gaps_are_told_with_the_longest(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text("s,t\n" + "".join(f"run,2026-08-07T{h}:00Z\n" for h in ("08", "09", "13")))
    fields = {"columns": {"state": "s", "time": "t"}, "resource": "mill-1", "reach": "1 h",
              "states": {"run": "PROCESSING"}}  # fmt: skip
    texts = [f["text"] for f in preview.preview(file, saved.checked(fields), LAYOUT)["findings"]]
    assert texts == [
        "1 gap of which nothing is known, 3 h in all; the longest one, 3 h, is of mill-1"
    ]


# --- what is kept --------------------------------------------------------------------------------


def test_what_is_kept_is_offered_for_replay_and_its_mapping_found_again(
    home: Path, path: Path
) -> None:
    folder = imports.keep("august", path, saved.checked(FIELDS), LAYOUT)
    assert recordings_of(LAYOUT)["august"] == folder == home / "recordings" / "august"
    timeline = parquet.read(folder)
    assert timeline.layout == "Brackets" and timeline.epoch.hour == 6
    assert [draft["name"] for draft in imports.columns(path, LAYOUT)["drafts"]] == ["august"]
    imports.keep("september", path, saved.checked(FIELDS), LAYOUT)
    assert [file.name for file in (home / "mappings").iterdir()] == ["august.yaml"]


def test_stations_of_several_places_are_on_the_floor_by_their_machine(
    home: Path, path: Path
) -> None:
    path.write_text(LOG + "p-3,Mill 01,milling,2026-08-03T08:01:00,2026-08-03T08:09:00\n")
    fields = FIELDS | {"capacity": {"*": "any"}}
    folder = imports.keep("several", path, saved.checked(fields), LAYOUT)
    timeline = read(folder, LAYOUT)
    assert {timeline.name(code) for code in timeline.resources} >= {"mill-1.1", "mill-1.2"}
    assert "several" in recordings_of(LAYOUT)


def everything(home: Path) -> set[str]:
    return {str(path.relative_to(home)) for path in home.rglob("*") if not path.is_dir()}


def test_nothing_is_kept_by_halves(home: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    imports.keep("august", path, saved.checked(FIELDS), LAYOUT)
    before = everything(home)
    other = saved.checked(FIELDS | {"time": {"zone": "UTC"}})
    for name, said in (("august", "a recording 'august' already"), ("../x", "is no name")):
        with pytest.raises(RecordingError, match=said):
            imports.keep(name, path, other, LAYOUT)
    nowhere = saved.checked(FIELDS | {"stations": {}})
    with pytest.raises(RecordingError, match="none of which stands on 'Brackets'"):
        imports.keep("nowhere", path, nowhere, LAYOUT)

    def full(*_: object) -> None:
        raise RecordingError("the disk is full")

    monkeypatch.setattr(saved, "write_mapping", full)
    with pytest.raises(RecordingError, match="the disk is full"):
        imports.keep("other", path, other, LAYOUT)
    assert everything(home) == before
    assert not (home / "recordings" / "other").exists()


# --- the file that comes -------------------------------------------------------------------------


def test_what_the_browser_calls_a_file_becomes_no_path(home: Path) -> None:
    for name in ("../../evil.csv", "/etc/evil.CSV", "..\\evil.csv", "a\x00b\n.csv"):
        upload = Upload(name, 3)
        assert upload.path.name == "log.csv"
        assert upload.path.resolve().is_relative_to((home / "imports").resolve())
        upload.add(b"abc")
        assert upload.is_whole and upload.path.read_bytes() == b"abc"
        upload.drop()
    assert everything(home) == set()
    assert Upload("log.jsonocel.gz", 1).path.name == "log.jsonocel.gz"


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [
        ("a.exe", 5, "is no log by its name"), ("csv", 5, "is no log by its name"),
        ("a.exe.gz", 5, "is no log by its name"), ("a.csv", 0, "is empty"),
        ("a.csv", uploads.LARGEST + 1, "larger than 500 MB"),
    ],
)  # fmt: skip
def test_files_that_cannot_be_logs_are_refused_at_once(
    home: Path, name: str, size: int, said: str
) -> None:
    with pytest.raises(RecordingError, match=said):
        Upload(name, size)
    assert not (home / "imports").exists()


def test_more_than_was_said_is_refused(home: Path) -> None:
    with pytest.raises(RecordingError, match="larger than the browser said"):
        Upload("a.csv", 2).add(b"abc")


# --- the dialog's questions ----------------------------------------------------------------------


class Dialog:
    """What a dialog asks and is told; threads act in their own turn."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.kept: list[str] = []
        self._news = Signal()
        self.drawn: list[str] = []
        self.importing = Importing(
            lambda: LAYOUT, self._hear, self._soon, self.kept.append, self.drawn.append
        )

    def _hear(self, told: dict[str, Any]) -> None:
        self.told.append(told)
        self._news.set()

    def _soon(self, act: Callable[[], None]) -> None:
        act()

    def ask(self, do: str, **detail: Any) -> dict[str, Any]:
        self._news.clear()
        self.importing.act({"type": "import", "do": do, **detail})
        assert self._news.wait(60)
        return self.told[-1]

    def bring(self, content: bytes, name: str = "log.csv") -> dict[str, Any]:
        told = self.ask("begin", name=name, size=len(content))
        if "error" in told:
            return told
        half = max(len(content) // 2, 1)
        for piece in (content[:half], content[half:]):
            told = self.ask("piece", content=b64encode(piece).decode())
        return told


@pytest.fixture
def dialog(home: Path) -> Iterator[Dialog]:
    made = Dialog()
    yield made
    made.importing.close()


def test_a_log_goes_through_the_dialog(dialog: Dialog, home: Path) -> None:
    fields = dialog.bring(LOG.encode())["columns"]["guess"]
    told = dialog.ask("look", log={"separator": ";"})
    assert [column["name"] for column in told["columns"]["columns"]] == [LOG.split("\n")[0]]
    words = dialog.ask("words", fields=fields)["words"]
    fields |= {"stations": {row["word"]: row["to"] for row in words["stations"] if row["to"]}}
    assert fields["stations"] == FIELDS["stations"]
    assert dialog.ask("preview", fields=fields)["preview"]["problem"] == ""
    assert dialog.ask("keep", fields=fields, name="august") == {"kept": "august"}
    assert dialog.kept == ["august"]
    assert not any((home / "imports").iterdir())
    assert "is not there any more" in dialog.ask("preview", fields=fields)["error"]


def test_a_log_becomes_a_layout_on_which_it_is_replayed(dialog: Dialog, home: Path) -> None:
    rows = ["case;machine;step;begin;finish"]
    for k in range(30):
        day, hour = 3 + k // 8, 8 + k % 8
        at = f"2026-08-{day:02d} {hour:02d}"
        rows.append(f"p{k};CNC 1;milling;{at}:00:00;{at}:{20 + k % 3:02d}:00")
        rows.append(f"p{k};Bench;packing;{at}:30:00;{at}:3{5 + k % 4}:00")
    fields = dialog.bring("\n".join(rows).encode())["columns"]["guess"]
    assert dialog.ask("draw", fields=fields, name="no/name")["error"].startswith("'no/name' is no")
    fields |= {"capacity": {"Bench": 2}}
    assert dialog.ask("draw", fields=fields, name="ours") == {"drawn": "ours"}
    assert dialog.drawn == ["ours"] and dialog.kept == []
    drawn = files.load(home / "layouts" / "ours.yaml")
    assert {machine.label for machine in drawn.machines.values()} == {"CNC 1", "Bench"}
    replayed = parquet.read(home / "recordings" / "ours")
    assert {replayed.name(code).partition(".")[0] for code in replayed.resources} == {
        *drawn.machines
    }
    assert recordings_of(drawn).keys() == {"ours"}


def test_a_log_that_says_too_little_leaves_no_layout(dialog: Dialog, home: Path) -> None:
    fields = dialog.bring(b"case;machine;step;begin;finish\np;m;s;2026-08-03T08:00;\n")
    fields = fields["columns"]["guess"]
    assert "error" in dialog.ask("draw", fields=fields, name="ours")
    assert not (home / "layouts").exists() and not (home / "recordings").exists()


def test_errors_name_the_file_as_its_owner_does(dialog: Dialog, home: Path) -> None:
    told = dialog.bring(b"a,b\n1,2\n1,2,3\n", "my <b>log</b>.csv")
    assert told["error"].startswith("my <b>log</b>.csv: line 3: expected 2 columns")
    dialog.bring(LOG.encode())
    wrong = FIELDS | {"columns": {"part": "case", "time": "step"}}
    error = dialog.ask("preview", fields=wrong)["error"]
    assert error.startswith("log.csv: line 2: column 'step': 'milling' is not a time")
    assert str(home) not in error
    unread = dialog.ask("preview", fields=FIELDS | {"reach": "long"})["error"]
    assert unread == "reach: expected a time, for example '12 min', not 'long'"


def test_what_does_not_arrive_whole_leaves_nothing(dialog: Dialog, home: Path) -> None:
    dialog.ask("begin", name="log.csv", size=100)
    assert "did not arrive whole" in dialog.ask("piece", content="%%%")["error"]
    assert not any((home / "imports").iterdir())
    dialog.ask("begin", name="log.csv", size=3)
    too_much = b64encode(b"abcd").decode()
    assert "larger than the browser said" in dialog.ask("piece", content=too_much)["error"]
    assert not any((home / "imports").iterdir())
    dialog.ask("begin", name="log.csv", size=3)
    dialog.importing.act({"type": "import", "do": "cancel"})
    assert not any((home / "imports").iterdir())


def test_an_answer_to_an_older_question_is_not_told(dialog: Dialog) -> None:
    fields = dialog.bring(LOG.encode())["columns"]["guess"]
    dialog.importing._turn.acquire()  # a large log is being read
    dialog.importing.act({"do": "preview", "fields": fields})
    dialog.importing.act({"do": "words", "fields": fields})
    count = len(dialog.told)
    dialog._news.clear()
    dialog.importing._turn.release()
    assert dialog._news.wait(60)
    assert [list(told) for told in dialog.told[count:]] == [["words"]]


def test_a_dialog_does_not_wait_for_what_failed(
    dialog: Dialog, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(preview, "preview", fail)
    dialog.bring(LOG.encode())
    assert dialog.ask("preview", fields=FIELDS) == {"error": UNFORESEEN}
    assert "ZeroDivisionError" in caplog.text
