"""Real recordings of MTConnect, against state shares that were worked out apart."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from tests.against import shdr_states
from twin.cli import main
from twin.kpis import measure
from twin.recordings import read, summary
from twin.timeline import Quality, State, Timeline

# [s] of a silence that means a loss; what lies below is heard often enough in these recordings.
SILENCE = 60.0


def shares(timeline: Timeline) -> dict[str, float]:
    (states,) = summary(timeline)["stations"].values()
    return states


def named(timeline: Timeline, name: str) -> np.ndarray:
    known = name in timeline.names
    return timeline.points[timeline.points["name"] == (timeline.code(name) if known else -2)]


@pytest.mark.parametrize("machine", ["Mazak01", "Mazak03"])
def test_nist_machines(recordings_folder: Path, machine: str) -> None:
    """28 and 26 daily files, most of them without news: a head that repeats how things stood."""
    files = sorted((recordings_folder / "nist_sms_testbed" / "raw_2018-10").glob(f"{machine}-*"))
    timeline = read(files)
    apart = shdr_states.nist(files)
    assert shares(timeline) == pytest.approx(dict(apart.shares), abs=0.01)
    # The counter of parts is always 0: programs that ran to their end stand in for it.
    done = named(timeline, "done")
    assert len(done) == apart.ends > 100
    assert (done["quality"] == Quality.INFERRED).all()
    assert measure(timeline).resources[machine].done == apart.ends
    assert timeline.name(timeline.resources[0]) == machine


def test_the_device_model_says_the_same_as_the_usual_names(
    recordings_folder: Path, tmp_path: Path
) -> None:
    """It knows of an availability, too, which nobody ever told."""
    folder = recordings_folder / "nist_sms_testbed"
    files = sorted((folder / "raw_2018-10").glob("Mazak03-2018101*"))
    mapping = tmp_path / "shop.yaml"
    mapping.write_text(f"mapping: 1\ndevices: {json.dumps(str(folder / 'Devices.xml'))}\n")
    assert summary(read(files, None, mapping)) == summary(read(files))


def test_the_heads_of_nist_files_are_no_news(recordings_folder: Path) -> None:
    """Each begins with times up to six weeks old."""
    folder = recordings_folder / "nist_sms_testbed" / "raw_2018-10"
    for path in sorted(folder.iterdir()):
        day = path.name.split("-")[1]
        timeline = read(path)
        told = timeline.epoch.strftime("%Y%m%d")
        assert told == day or timeline.end < 3600, path.name  # or the file has no news


def test_days_that_are_missing_leave_a_gap_where_something_changed(
    recordings_folder: Path,
) -> None:
    """Mazak01: 22 and 23 October are not there, and the file of the 24th knows of the 22nd."""
    files = (recordings_folder / "nist_sms_testbed" / "raw_2018-10").glob("Mazak01-*")
    timeline = read(list(files))
    (gap,) = named(timeline, "gap")
    begin = timeline.epoch.timestamp() + gap["time"]
    assert begin == pytest.approx(shdr_states.seconds("2018-10-18T19:13:27.0"), abs=60)
    assert begin + gap["value"] == pytest.approx(
        shdr_states.seconds("2018-10-22T19:22:40.370097Z"), abs=1e-3
    )


def test_the_okuma(recordings_folder: Path) -> None:
    """Four recordings in one file, not in order of their time, with a device model beside it."""
    path = recordings_folder / "mtconnect_okuma" / "okuma.txt.gz"
    timeline = read(path)
    apart, ends, span = shdr_states.okuma(path)
    assert timeline.end == pytest.approx(span, abs=1e-5)
    assert shares(timeline) == pytest.approx(dict(apart), abs=1e-4)
    assert ends == len(named(timeline, "cycle")) == len(named(timeline, "done")) == 4
    assert (named(timeline, "done")["quality"] == Quality.GOOD).all()  # a counter tells them
    programs = {timeline.name(int(row["native"])) for row in named(timeline, "cycle")}
    assert programs == {
        *("IMTS-2022-1E-mm.MIN", "IMTS-2022-2-HOB.MIN"),
        *("IMTS-2022-3-TRAN.MIN", "IMTS-2022-4B-mm.MIN"),
    }
    assert len(named(timeline, "gap")) == 3
    assert {timeline.name(code) for code in timeline.resources} == {"OKUMA"}


def box_files(folder: Path) -> list[Path]:
    return sorted((folder / "nist_box_assembly" / "PartData").iterdir())


def test_the_records_of_parts(recordings_folder: Path) -> None:
    """20 of them: days apart, silent for up to half an hour while ACTIVE, with broken lines."""
    summary_file = recordings_folder / "nist_box_assembly" / "part_summary.csv"
    with summary_file.open(encoding="utf-8") as file:
        told = {
            f"{row['part']}-{row['machine']}-{int(row['inst']):02d}": float(row["active_s"])
            for row in csv.DictReader(file)
        }
    files = box_files(recordings_folder)
    assert len(files) == len(told) == 20
    damaged = 0
    for path in files:
        timeline = read(path)
        apart, active = shdr_states.hurco(path, SILENCE)
        name = path.name.partition("of20")[0]
        assert active == pytest.approx(told[name], abs=1e-3), name
        found = shares(timeline)
        # The head of a record may be an hour old, and is left out then.
        for state in ("PROCESSING", "HELD", "IDLE"):
            assert found.get(state, 0.0) == pytest.approx(apart[state], abs=1e-3), (name, state)
        processing = timeline.intervals[timeline.intervals["state"] == State.PROCESSING]
        assert not (processing["quality"] == Quality.GOOD).any()  # no mode is told
        damaged += len(named(timeline, "damaged"))
    assert damaged == 22


@pytest.mark.parametrize("kind", ["Box", "Cover", "Plate"])
def test_the_records_of_parts_that_took_turns_on_a_machine(
    recordings_folder: Path, kind: str
) -> None:
    """They overlap by days: each is silent while the others are machined."""
    files = [path for path in box_files(recordings_folder) if path.name.startswith(kind)]
    working = sum(shares(read(path))["PROCESSING"] for path in files)
    together = read(files)
    assert shares(together)["PROCESSING"] == pytest.approx(working, rel=1e-3)
    cycles = sum(len(named(read(path), "cycle")) for path in files)
    assert len(named(together, "cycle")) == cycles > 10


def test_the_program_that_ran_is_the_one_that_is_told(recordings_folder: Path) -> None:
    """The record of plate 7 names the program of plate 6."""
    path = recordings_folder / "nist_box_assembly" / "PartData" / "Plate-Hurco04-07of20.txt.gz"
    timeline = read(path)
    told = {timeline.name(int(row["native"])) for row in named(timeline, "program")}
    assert told == {"NIST_MTC_CRADA_PLATE-6.NC"}


def test_files_that_fit_no_layout_are_measured(
    recordings_folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    files = [str(path) for path in box_files(recordings_folder) if "Plate" in path.name]
    mapping = tmp_path / "shop.yaml"
    model = recordings_folder / "nist_box_assembly" / "MTConnect" / "Devices.xml"
    mapping.write_text(f"mapping: 1\ndevices: {json.dumps(str(model))}\n")
    assert main(["measure", *files, "--mapping", str(mapping), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert "Hurco04" in json.dumps(told)
    assert main(["replay", "aps_24v", *files, "--mapping", str(mapping), "--json"]) == 2
    assert "speaks of Hurco04, none of which the layout" in capsys.readouterr().err


def test_a_layout_of_the_machine_shows_it(
    recordings_folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    mapping = tmp_path / "shop.yaml"
    mapping.write_text("mapping: 1\nmachines: {mill: OKUMA}\n")
    path = recordings_folder / "mtconnect_okuma" / "okuma.txt.gz"
    assert main(["replay", "aps_24v", str(path), "--mapping", str(mapping), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["stations"]["mill"]["PROCESSING"] == pytest.approx(1357.376, abs=0.01)
    assert told["layout"] == "APS 24V"
