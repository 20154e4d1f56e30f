"""What is handed on: its content, that names stay text, its size, and that each format is read."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import openpyxl
import pytest
import trimesh

import twin
from tests.view.plants import PLANT, plant
from twin.bottlenecks import find_bottlenecks
from twin.cells.factory import validate
from twin.cli import main
from twin.errors import RecordingError, RunError, TwinError
from twin.forecast import predict
from twin.layout.files import Document, load
from twin.layout.folders import named_layout
from twin.production.run import simulate
from twin.recordings import parquet
from twin.view import codec
from twin.view.exports import formats, handout, page, sheets
from twin.view.exports.handout import Handout
from twin.view.exports.moments import moments
from twin.view.placed import placed_scene
from twin.view.workbench import Snapshot

EVIL = "=HYPERLINK(1)</script><img src=x onerror=alert(1)>"


def forecast_of(document: Document, length: float | str = "8 h", seed: int = 1) -> Handout:
    factory = validate(document.layout)
    proof = find_bottlenecks(factory)
    return handout.of_forecast(factory, predict(factory), proof, length, seed)


@pytest.fixture(scope="module")
def made() -> Handout:
    """A forecast of a plant whose names are markup and formulas."""
    return forecast_of(
        plant(("name: Brackets", f'name: "{EVIL}"'), ("label: Setter", 'label: "+Setter"'))
    )


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "monday"
    parquet.write(simulate(validate(plant().layout), "16 h"), folder)
    return folder


class Reader(HTMLParser):
    """What a browser makes of a page: elements, texts outside of scripts, blocks by id."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.blocks: dict[str, str] = {}
        self.attributes: list[tuple[str, str | None]] = []
        self._block: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag in ("script", "style"):
            self._block = dict(attrs).get("id") or tag

    def handle_endtag(self, tag: str) -> None:
        self._block = None

    def handle_data(self, data: str) -> None:
        if self._block is None:
            self.texts.append(data)
        else:
            self.blocks[self._block] = self.blocks.get(self._block, "") + data

    def bytes_of(self, block: str) -> bytes:
        return gzip.decompress(base64.b64decode(self.blocks[block]))


@pytest.fixture(scope="module")
def read(made: Handout) -> Reader:
    return Reader(page.html(made).decode())


def test_the_page_tells_figures_bottleneck_and_basis(made: Handout, read: Reader) -> None:
    text = " ".join(" ".join(read.texts).split())
    outlook, timeline = made.shown.outlook, made.shown.timeline
    assert outlook and timeline
    assert "holds the output back" in text
    for label in ("Output", "Lead time", "Energy", "Cost", "Busiest", "What holds it back"):
        assert label in text
    assert "6 simulated runs of 5 days each, after 2 days of warm-up" in text
    assert "with 95 %" in text
    assert outlook.forecast.run in text and timeline.run in text
    numbers = r"Numbers of the layout \d+: 0 measured, 0 sourced, 0 computed, \d+ guessed"
    assert re.search(numbers, text)


def test_names_stay_text_wherever_they_stand(read: Reader) -> None:
    assert "img" not in read.tags
    assert read.tags.count("script") == 5  # four blocks of data and the viewer
    assert EVIL in read.texts
    assert json.loads(read.bytes_of("scene"))["name"] == EVIL
    assert "<" not in read.blocks["rings"]
    assert "+Setter" in " ".join(read.texts)


def test_the_page_may_ask_for_nothing_and_names_no_other_host(made: Handout, read: Reader) -> None:
    policies = [value for name, value in read.attributes if name == "content" and value]
    (policy,) = [value for value in policies if "default-src" in value]
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy and "script-src 'sha256-" in policy
    assert not [name for name, _ in read.attributes if name in ("src", "href")]


def test_the_shift_in_the_page_is_the_one_that_was_simulated(made: Handout, read: Reader) -> None:
    timeline = made.shown.timeline
    assert timeline is not None
    assert (timeline.start, timeline.end) == (8 * 3600.0, 16 * 3600.0)  # from the first opening on
    blob = read.bytes_of("timeline")
    assert blob == codec.encode(timeline, programs=made.motions)
    decoded = codec.decode(blob)
    assert decoded.rows("intervals") == len(timeline.intervals) > 0
    assert read.bytes_of("glb").startswith(b"glTF")


def test_until_and_seed_say_what_is_played(made: Handout) -> None:
    other = forecast_of(plant(), length="2 h", seed=7).shown
    assert other.timeline is not None and made.shown.timeline is not None
    assert other.timeline.end - other.timeline.start == 7200
    assert other.timeline.run != made.shown.timeline.run
    with pytest.raises(RunError, match="soon"):
        forecast_of(plant(), length="soon")


def test_moments_are_those_of_the_timeline_in_its_order(made: Handout) -> None:
    timeline = made.shown.timeline
    assert timeline is not None
    told = moments(timeline, made.layout)
    times = [moment.t for moment in told]
    assert times == sorted(times)
    assert (times[0], times[-1]) == (timeline.start, timeline.end)
    assert "begins" in told[0].text and "ends" in told[-1].text
    finished = np.sum(timeline.orders["end"] <= timeline.end)
    assert f"{finished} brackets finished" in told[-1].text


def test_without_figures_there_is_no_page_and_no_sheet() -> None:
    for ending in ("html", "csv", "xlsx"):
        with pytest.raises(TwinError, match="not worked out yet"):
            formats.content(handout.of_layout(plant().layout), ending)


def test_figures_of_an_edit_in_the_making_are_not_handed_on(made: Handout) -> None:
    shown = Snapshot(**{**vars(made.shown), "stale_proof": True})
    assert not handout.of_page(shown).is_known


# --- sheets --------------------------------------------------------------------------------------


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_holds_the_figures_with_units_and_intervals(made: Handout) -> None:
    head, *rows = rows_of(sheets.csv(made))
    assert tuple(head) == sheets.COLUMNS
    outlook = made.shown.outlook
    assert outlook is not None
    (output,) = [row for row in rows if row[:1] + row[2:3] == ["Plant", "Output"]]
    day = outlook.forecast.output.scaled(86400)
    assert [float(output[k]) for k in (3, 5, 6)] == [day.mean, day.low, day.high]
    assert output[4] == "brackets a day"
    assert {row[0] for row in rows} == {"Basis", "Plant", "Time", "Bottlenecks"}


def test_no_text_in_csv_begins_like_a_formula(made: Handout) -> None:
    rows = rows_of(sheets.csv(made))
    texts = [row[k] for row in rows[1:] for k in (0, 1, 2, 4, 7)]
    assert not [text for text in texts if text.startswith(sheets.FORMULA)]
    assert any(text.startswith("'=HYPERLINK") for text in texts)
    assert "'+Setter" in texts


def test_xlsx_holds_numbers_as_numbers_and_names_as_text(made: Handout) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sheets.xlsx(made)))
    assert book.sheetnames == ["Basis", "Plant", "Time", "Bottlenecks"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert {cell.data_type for cell in cells if cell.value == EVIL} == {"s"}
    assert [cell for cell in cells if cell.value == "+Setter"]
    output = {row[1]: row[2] for row in book["Plant"].iter_rows(min_row=2, values_only=True)}
    assert made.shown.outlook is not None
    assert output["Output"] == pytest.approx(made.shown.outlook.forecast.output.mean * 86400)


def test_letters_that_xml_has_not_are_replaced() -> None:
    odd = forecast_of(
        plant(("label: Bench", 'label: "Ben\\x01ch"'), ("label: Packing", 'label: "P\\x02"'))
    )
    book = openpyxl.load_workbook(io.BytesIO(sheets.xlsx(odd)))
    assert "P\N{REPLACEMENT CHARACTER}" in {row[0].value for row in book["Time"].iter_rows()}
    assert page.html(odd)


# --- the floor -----------------------------------------------------------------------------------


def test_the_floor_has_everything_where_it_stands() -> None:
    layout = load(named_layout("pcb_line"))
    scene = trimesh.load(io.BytesIO(placed_scene(layout)), file_type="glb", force="scene")
    assert isinstance(scene, trimesh.Scene)
    names = set(scene.graph.nodes)
    for name, machine in layout.machines.items():
        assert f"machines/{name}" in names
        x, y, z = scene.graph[f"machines/{name}"][0][:3, 3]
        assert (x, -z) == pytest.approx(machine.at) and y == pytest.approx(0)  # y is up
    assert {f"people/{crew}#1" for crew in layout.crews} <= names
    assert any(name.startswith("arms/cobot/") for name in names)
    low, high = scene.bounds
    assert high[0] - low[0] == pytest.approx(layout.floor.size[0], abs=0.5)
    assert 1.0 < high[1] < 3.0


def test_walls_and_belts_stand_on_the_floor_that_is_handed_on() -> None:
    layout = load(named_layout("belt_line"))
    scene = trimesh.load(io.BytesIO(placed_scene(layout)), file_type="glb", force="scene")
    assert isinstance(scene, trimesh.Scene)
    assert {"walls/rest-east", "conveyors/to-test"} <= set(scene.graph.nodes)
    transform, geometry = scene.graph["walls/rest-east_body"]
    corners = trimesh.transform_points(scene.geometry[geometry].vertices, transform)
    # y is up, and the layout's y runs to -z
    assert corners.min(axis=0).tolist() == pytest.approx([2.9, 0, -2.65], abs=1e-6)
    assert corners.max(axis=0).tolist() == pytest.approx([3.45, 2.5, 0], abs=1e-6)


# --- from the shell ------------------------------------------------------------------------------


def test_a_run_is_handed_on_with_its_own_figures(recording: Path) -> None:
    made = handout.of_recording(recording, plant().layout)
    text = page.html(made).decode()
    assert "SIMULATED RUN" in text and "PREDICTED" not in Reader(text).texts
    assert "one of many that are possible" in text
    assert "momentary bottleneck" in text
    facts = {(fact.subject, fact.figure): fact.value for fact in sheets.facts(made)}
    assert made.shown.kpis is not None
    assert facts["Plant", "Output"] == made.shown.kpis.parts


def test_a_run_of_an_unknown_layout_asks_for_it(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))  # where no other test has saved it
    with pytest.raises(RecordingError, match="made on the layout 'Brackets', which is not known"):
        handout.floor_of(recording)
    with pytest.raises(RecordingError, match="--layout"):
        handout.floor_of(recording / "intervals.parquet")


def test_a_wrong_name_is_told_before_any_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "pcb_line", "-o", str(tmp_path / "shift.pdf")]) == 2
    assert "has to end in one of .html, .csv, .xlsx, .glb" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_floor_is_written_whole_or_not_at_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "new" / "floor.glb"
    assert main(["export", "pcb_line", "-o", str(target)]) == 0
    assert target.read_bytes().startswith(b"glTF") and len(list(target.parent.iterdir())) == 1
    (tmp_path / "taken").write_text("a file")
    assert main(["export", "pcb_line", "-o", str(tmp_path / "taken" / "floor.glb")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_shipped_shift_is_exported_by_its_folder(tmp_path: Path) -> None:
    shift = named_layout("pcb_line").parent / "recordings" / "pcb_line_shift"
    assert main(["export", str(shift), "-o", str(tmp_path / "shift.html")]) == 0
    assert main(["export", str(shift), "--until", "2 h", "-o", str(tmp_path / "x.html")]) == 2
    assert (tmp_path / "shift.html").stat().st_size < 10e6  # an eight-hour shift
    assert "REPLAY · synthetic" in (tmp_path / "shift.html").read_text()


def test_a_layout_is_exported_by_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, table = tmp_path / "brackets.yaml", tmp_path / "shift.csv"
    file.write_text(PLANT)
    assert main(["export", str(file), "--seed", "3", "--until", "4 h", "-o", str(table)]) == 0
    assert str(table) in capsys.readouterr().out
    rows = {(row[0], row[2]): row[3] for row in rows_of(table.read_bytes())}
    assert rows["Basis", "Kind"] == "PREDICTED" and float(rows["Plant", "Output"]) > 0
    assert main(["export", str(file), "--until", "soon", "-o", str(table)]) == 2
    assert "'soon'" in capsys.readouterr().err


def test_a_run_is_exported_from_python(tmp_path: Path) -> None:
    factory = validate(plant().layout)
    run = twin.simulate(factory, until="12 h", seed=2)
    twin.export(factory, run, tmp_path / "monday.html")
    text = (tmp_path / "monday.html").read_text("utf-8")
    assert run.run in text and "SIMULATED RUN" in text
