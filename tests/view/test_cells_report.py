"""The report on robot cells as files: text is text, nothing is asked of anybody."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.plants import shipped
from twin import cli
from twin.cells.program import read_urscript
from twin.cells.report import Report, report
from twin.errors import TwinError
from twin.view.exports import cells

EVIL = "<img src=x onerror='window.hacked=1'>"


@pytest.fixture(scope="module")
def told() -> Report:
    return report(shipped("pcb_line"), "1.0")


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
    assert page.count("<svg") == 4 and "<script" not in page


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


def test_files_of_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["check", "pcb_line", "--json"]
    asked += ["--report", str(tmp_path / "cell.json"), "--trajectory", str(tmp_path / "csv")]
    asked += ["--program", str(tmp_path / "programs")]
    assert cli.main(asked) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads((tmp_path / "cell.json").read_text("utf-8"))
    assert printed["verdict"] == "pass" and len(printed["cells"][0]["transfers"]) == 4
    assert len(list((tmp_path / "csv").glob("*.csv"))) == 4
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
