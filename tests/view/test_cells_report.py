"""The report on robot cells as files: text is text, nothing is asked of anybody."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.plants import shipped
from twin import cli
from twin.cells.factory import with_distances
from twin.cells.program import read_urscript
from twin.cells.report import Report, report
from twin.cells.transfer import Profile
from twin.errors import TwinError
from twin.view.exports import cells

EVIL = "<img src=x onerror='window.hacked=1'>"


@pytest.fixture(scope="module")
def told() -> Report:
    return report(with_distances(shipped("pcb_line")), "1.0")


@pytest.fixture(scope="module")
def page(told: Report) -> str:
    return cells.html(told).decode()


def test_it_says_all_that_an_engineer_asks(page: str, told: Report) -> None:
    text = re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", page))
    assert "PASS" in text and told.key in text and "Version 1.0" in text
    for said in (
        *("reachable, straight over", "nearest joint limit", "test-1.nest → tray-out.slot"),
        *("as accelerations are unsure", "paced by", "of its range", "% of ±150", "Energy"),
        *("Not checked", "180 deg/s2", "kg of 5 kg", "mm between"),
    ):
        assert said in text, said
    assert page.count("<svg") == 8 and "<script" not in page


def test_names_stay_text(told: Report) -> None:
    cell = replace(told.cells[0], label=EVIL)
    page = cells.html(replace(told, layout=EVIL, cells=(cell,))).decode()
    assert "<img" not in page and "&lt;img" in page


def test_the_chart_covers_the_transfer(told: Report) -> None:
    one = told.cells[0].transfers[0]
    bars = [bar for bar in cells.gantt(one.motions, one.duration) if bar.tag == "rect"]
    assert len(bars) == len(one.motions)
    ends = [float(bar.attrib["x"]) + float(bar.attrib["width"]) for bar in bars]
    assert max(ends) == pytest.approx(cells.WIDTH - 10, abs=2)


def test_the_least_distance_is_drawn_over_time(told: Report, page: str) -> None:
    one = told.cells[0].transfers[0]
    assert one.near is not None
    drawn = cells.nearness(one.near, one.duration)
    (way,) = (node.attrib["points"].split() for node in drawn if node.tag == "polyline")
    assert len(way) == len(one.near.times)
    places = [tuple(map(float, point.split(","))) for point in way]
    assert places[-1][0] == pytest.approx(cells.WIDTH - 10, abs=0.1)
    lowest = max(range(len(way)), key=lambda k: places[k][1])
    assert one.near.distances[lowest] == pytest.approx(min(one.near.distances), abs=1e-3)
    assert one.near.between[lowest] in drawn.attrib["aria-label"]
    assert "least distance over time" in page and "left out are its own stand" in page


def test_names_in_the_chart_stay_text(told: Report) -> None:
    near = Profile((0.0, 1.0), (0.1, 0.2), (EVIL, ""))
    one = replace(told.cells[0].transfers[0], near=near)
    cell = replace(told.cells[0], transfers=(one,))
    page = cells.html(replace(told, cells=(cell,))).decode()
    tags: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: tags.append(tag)
    parser.feed(page)
    assert "svg" in tags and "img" not in tags and "script" not in tags
    assert "&lt;img" in page


def test_files_of_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["check", "pcb_line", "--json"]
    asked += ["--report", str(tmp_path / "cell.json"), "--trajectory", str(tmp_path / "csv")]
    asked += ["--program", str(tmp_path / "programs")]
    assert cli.main(asked) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads((tmp_path / "cell.json").read_text("utf-8"))
    assert printed["verdict"] == "pass" and len(printed["cells"][0]["transfers"]) == 4
    near = printed["cells"][0]["transfers"][0]["near"]
    assert set(near) == {"times", "distances", "between"} and " and " in near["between"][0]
    tables = list((tmp_path / "csv").glob("*.csv"))
    assert len(tables) == 4
    for file in tables:
        head, *rows = csv.reader(file.read_text("utf-8").splitlines())
        assert head[-1] == "least distance [m]" and 0.0 < float(rows[0][-1]) < 1.0
    scripts = sorted((tmp_path / "programs").glob("*.script"))
    assert len(scripts) == 4
    for script in scripts:
        steps = read_urscript(script.read_text("utf-8"))
        plan = json.loads(script.with_suffix(".json").read_text("utf-8"))
        assert len(steps) == len(plan["steps"]) + 1


def test_a_wrong_ending_is_refused(told: Report, tmp_path: Path) -> None:
    with pytest.raises(TwinError, match=r"\.html or \.json"):
        cells.write_report(told, tmp_path / "cell.pdf")
    (tmp_path / "file").write_text("x")
    with pytest.raises(TwinError, match="cannot be written"):
        cells.write_report(told, tmp_path / "file" / "cell.html")
