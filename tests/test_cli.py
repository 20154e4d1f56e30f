"""The command line: exit codes, messages, JSON; nothing written into the package."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plants import FAULTY, LAYOUTS, ROOT, WORKING
from tests.view.plants import PLANT, plant
from twin import cli
from twin.comparison import MEASURES

PCB = str(LAYOUTS / "pcb_line.yaml")


def twin(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, output and errors of one command."""
    code = cli.main(arguments)
    said = capsys.readouterr()
    return code, said.out, said.err


def changed(folder: Path, old: str, new: str) -> str:
    """A copy of the board line with one text replaced."""
    text = Path(PCB).read_text("utf-8")
    assert old in text
    path = folder / "mine.yaml"
    path.write_text(text.replace(old, new), "utf-8")
    return str(path)


def test_check_of_the_shipped_layouts(capsys: pytest.CaptureFixture[str]) -> None:
    for path in (LAYOUTS / f"{name}.yaml" for name in WORKING):
        code, out, err = twin(capsys, "check", str(path))
        assert (code, err) == (0, ""), path
        assert "0 errors" in out and "numbers:" in out


def test_a_cell_that_fails_in_five_ways_names_each(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = twin(capsys, "check", str(LAYOUTS / f"{FAULTY}.yaml"))
    assert code == 1 and "5 errors" in out
    for said in (
        "carries 15.9 kg, 0.9 kg of it its tool, it is rated for 5 kg",
        "reaches mill.vice with empty hands, but not with what it carries: its Plate with mill",
        "cannot reach far.slot: 2.28 m from its shoulder",
        "reaches side.vice only in collision: its link_2 with side",
        "Nm at joint 2, its limit is 150 Nm",
    ):
        assert said in out


def test_a_tester_out_of_reach_fails_and_refuses_a_forecast(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = changed(tmp_path, "at: [3.25 m, 6.25 m]", "at: [4.35 m, 6.75 m]")
    code, out, _ = twin(capsys, "check", path)
    assert code == 1
    (line,) = [text for text in out.splitlines() if text.startswith("error")]
    assert "cobot" in line and "test-1.nest" in line and line.count(" m") >= 2
    code, out, err = twin(capsys, "predict", path)
    assert (code, out) == (1, "")
    assert "test-1.nest" in err


def test_check_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = changed(tmp_path, "at: [5.4 m, 1.0 m]", "at: [4.3 m, 1.0 m]")
    code, out, _ = twin(capsys, "check", path, "--json")
    assert code == 1
    found = json.loads(out)
    assert any(f["severity"] == "error" and "place-3" in f["where"] for f in found)


@pytest.mark.parametrize(
    ("layout", "arm", "said"),
    [("pcb_line", "kobot", "did you mean 'cobot'?"), ("print_farm", "", "there is no arm")],
)
def test_the_cells_page_of_an_arm_that_is_not_there(
    capsys: pytest.CaptureFixture[str], layout: str, arm: str, said: str
) -> None:
    code, out, err = twin(capsys, "cells", layout, arm, "--no-browser")
    assert (code, out) == (2, "")
    assert said in err and "Traceback" not in err


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("floor:", "floor: [", 2, "mine.yaml:12"),
        ("calendar: day\n", "calender: day\n", 2, "did you mean 'calendar'"),
        ("mean: 1.5 min", "mean: 1.5 kg", 2, "is not a time"),
        ("mean: 1.5 min", "mean: -1.5 min", 2, "mine.yaml"),
        ("cv: 0.02", "cv: .nan", 2, "mine.yaml"),
        ("asset: oven/tunnel_4", "asset: oven/tunel_4", 1, "oven/tunnel_4"),
        ("{to: inspect, share: 8 %}", "{to: inspect, share: 100 %}", 1, "inspect"),
        ("machines: [stencil]", "machines: [stencyl]", 1, "stencil"),
    ],
)
def test_bad_layouts(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    old: str,
    new: str,
    code: int,
    said: str,
) -> None:
    if "100 %" in new:
        old, new = old + "\n          - {to: scrap, share: 0.5 %}", new
    path = changed(tmp_path, old, new)
    got, out, err = twin(capsys, "check", path)
    assert got == code, out + err
    assert said in out + err
    assert "Traceback" not in out + err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("session.log", b"", "holds no message"),
        ("session.log", b"hello\n", "line 1"),
        ("session.log", b'{"topic": "a", "payload": "{}", "timest', "line 1"),
        ("session.log.gz", b"hello\n", "not a gzip file"),
        ("session.log.gz", b"\x1f\x8b\x08\x00garbage", "gz"),
    ],
)
def test_bad_recordings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    code, out, err = twin(capsys, "replay", "aps_24v", str(path), "--json")
    assert (code, out) == (2, "")
    assert "session.log" in err and said in err and "Traceback" not in err


def test_new_copies_into_the_users_folder_and_never_overwrites(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    code, out, _ = twin(capsys, "new", "mine", "--from", "pcb_line")
    made = tmp_path / "layouts" / "mine.yaml"
    assert code == 0 and str(made) in out and made.is_file()
    before = made.read_bytes()
    assert twin(capsys, "new", "mine")[0] == 2
    assert made.read_bytes() == before
    assert twin(capsys, "new", "../mine")[0] == 2
    assert twin(capsys, "check", "mine")[0] == 0


def test_new_from_a_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    log, mapping = tmp_path / "log.csv", tmp_path / "log.yaml"
    mapping.write_text(
        "mapping: 1\ntime: {zone: Europe/Berlin}\n"
        "columns: {part: case, resource: at, activity: what, start: begin, end: end}\n"
    )
    hours = [f"2026-03-02T{8 + k // 6:02d}:{k % 6}" for k in range(40)]
    rows = [f"{k},mill,Mill,{hour}0,{hour}7" for k, hour in enumerate(hours)]
    log.write_text("\n".join(["case,at,what,begin,end", *rows]))
    code, out, err = twin(capsys, "new", "mine", "--log", str(log), "--mapping", str(mapping))
    assert code == 0 and "twin serve mine" in out and "always is, is a guess" in err
    assert "n = 40" in (tmp_path / "layouts" / "mine.yaml").read_text()
    assert twin(capsys, "check", "mine")[0] == 0
    log.write_text("\n".join(["case,at,what,begin,end", *rows[:3]]))
    code, _, err = twin(capsys, "new", "few", "--log", str(log), "--mapping", str(mapping))
    assert code == 2 and f"{log}: too little data to say: 3 finished parts" in err
    assert not (tmp_path / "layouts" / "few.yaml").exists()
    assert twin(capsys, "new", "few", "--mapping", str(mapping))[0] == 2


def test_simulate_keeps_what_measure_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "run"
    code, out, _ = twin(
        capsys, "simulate", PCB, "--until", "1 day", "--seed", "3", "-o", str(folder), "--json"
    )
    assert code == 0
    assert twin(capsys, "measure", str(folder), "--json") == (0, out, "")
    assert set(json.loads(out)["resources"]) >= {"stencil", "reflow.4", "setup#1", "cobot"}


def test_bottlenecks_as_json_are_sorted(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = twin(capsys, "bottlenecks", PCB, "--until", "2 day", "--json")
    rows = json.loads(out)
    assert code == 0
    assert {"name", "kind", "change", "gain", "low", "high"} <= set(rows[0])
    changes = [row["change"] for row in rows]
    assert changes == sorted(changes, key=["10 % less time", "one more"].index)
    for change in set(changes):
        gains = [row["gain"] for row in rows if row["change"] == change]
        assert gains == sorted(gains, reverse=True)


def test_predict_in_words_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = twin(capsys, "predict", PCB)
    assert code == 0
    assert "boards a day (mean within" in out and "orders pile up" in out
    assert "kWh" in out and "EUR (mean ±" in out and "20 days after 10 of warm-up" in out
    assert "9 of 10 orders take" in out and "MSER-5" not in out
    _, out, _ = twin(capsys, "predict", PCB, "--json")
    said = json.loads(out)
    assert said["piles_up"] and said["output"]["low"] < said["output"]["mean"]


def test_predict_until_precise_says_how_precise_and_how_the_warm_up_was_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (LAYOUTS / "job_shop.yaml").read_text("utf-8")
    path = tmp_path / "mine.yaml"
    named = "study: {warm_up: 10 day, window: 50 day, replications: 20}"
    assert named in text
    path.write_text(text.replace(named, "study: {window: 20 day}"), "utf-8")
    code, out, _ = twin(capsys, "predict", str(path), "--precision", "3 %", "--replications", "40")
    assert code == 0
    assert "MSER-5 on the mean of 20 runs of" in out
    assert "the mean output" in out and "3 % was asked for" in out
    asked = ("predict", str(path), "--precision", "3 %", "--replications", "40", "--json")
    said = json.loads(twin(capsys, *asked)[1])
    assert said["precision"] == 0.03 and len(said["notes"]) == 2
    assert said["horizon"]["found"]["time"] == said["horizon"]["warm_up"] > 0
    lead = said["lead_time"]
    assert lead["p05"] < lead["median"] < lead["p90"] < lead["p95"]


@pytest.mark.parametrize("precision", ["0", "100 %", "-1 %", "2 kg", "some"])
def test_a_precision_that_is_none_is_refused(
    precision: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = twin(capsys, "predict", "job_shop", f"--precision={precision}")
    assert (code, out) == (2, "")
    assert f"precision {precision!r}" in err and "Traceback" not in err


@pytest.fixture
def two(tmp_path: Path) -> tuple[str, str]:
    """The brackets with one setter, and with two."""
    paths = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    paths[0].write_text(PLANT, "utf-8")
    paths[1].write_text(plant(("people: 1", "people: 2")).text, "utf-8")
    return str(paths[0]), str(paths[1])


def test_compare_in_words(two: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = twin(capsys, "compare", *two, two[0])
    assert (code, err) == (0, "")
    first, second = out.split("\n\n\n")
    assert first.startswith(f"{two[0]} -> {two[1]}\n\n  +1 setter (1 -> 2)\n\n")
    (output,) = [text for text in first.splitlines() if text.startswith("Output")]
    assert output.endswith("brackets a day") and output.count("±") == 3 and "+" in output
    assert "6 pairs of 5 days after 2 days of warm-up, seed 1; runs " in first
    assert "95 % confidence interval of a mean" in first
    assert second.startswith(f"{two[0]} -> {two[0]}\n\n  nothing is different\n\n")
    assert second.count("no measurable difference") == len(
        [text for text in second.splitlines() if "±" in text and not text.startswith("±")]
    )
    assert "less time" not in out


def test_compare_with_proof_as_markdown(
    two: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = twin(capsys, "compare", *two, "--markdown", "--proof", "--replications", "4")
    assert code == 0
    assert "- +1 setter (1 -> 2)\n" in out
    assert "\n| Output | " in out and "\n| 10 % less time | before | after |\n" in out
    assert "\n- Before: " in out and "\n- After: " in out


def test_compare_as_json_is_as_its_page_says(
    two: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = twin(capsys, "compare", *two, "--json", "--proof", "--until", "3 day")
    said = json.loads(out)
    assert code == 0
    assert said["horizon"]["warm_up"] == 0 and said["horizon"]["window"] == 3 * 86400
    (pair,) = said["pairs"]
    assert pair["before"]["layout"] == two[0] and pair["after"]["layout"] == two[1]
    assert pair["changes"] == ["+1 setter (1 -> 2)"]
    figures = {figure["key"]: figure for figure in pair["figures"]}
    output = figures["output"]
    assert output["measurable"] and output["words"] == ""
    difference = output["after"]["mean"] - output["before"]["mean"]
    assert output["difference"]["mean"] == pytest.approx(difference)
    assert set(pair["proofs"]) == {"before", "after"}
    assert pair["proofs"]["after"]["gains"] and pair["proofs"]["before"]["verdict"]
    page = (ROOT / "docs" / "compare.md").read_text("utf-8")
    told = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    assert told == {*said, *pair, *pair["before"], *output, *output["before"], *_KEYS}
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|$", page, re.MULTILINE)
    assert rows == [(each.key, each.label, each.unit) for each in MEASURES]


_KEYS = {each.key for each in MEASURES}


def test_what_cannot_be_compared_is_told_of_its_file(
    two: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = two[0]
    nobody, idle = tmp_path / "nobody.yaml", tmp_path / "idle.yaml"
    nobody.write_text(plant(("people: 1", "people: 0")).text, "utf-8")
    idle.write_text(plant(("mean: 6 min", "mean: 600 day")).text, "utf-8")
    for layout, code, text in (
        (str(tmp_path / "pbc_line"), 2, "pbc_line"),
        (str(nobody), 1, f"{nobody}: Brackets: no forecast before these are mended"),
        (str(idle), 2, f"{idle}: nothing is made within the window of 432000 s"),
    ):
        got, out, err = twin(capsys, "compare", good, layout)
        assert (got, out) == (code, ""), err
        assert err.startswith("twin: ") and text in err and "Traceback" not in err
    code, out, err = twin(capsys, "compare", *two, "--until", "5 kg")
    assert (code, out) == (2, "") and "'kg' is not a time" in err


MILL, PACK = "mill: {machines: [mill-1], ", "pack: {machines: [pack-1], "
MILLED = "{time: {dist: lognormal, mean: 8 min, cv: 0.2}, by: setter, attended: 8 min}"
PACKED = "- {step: pack, at: pack, run: {time: 2 min, by: setter, attended: 2 min}}"
ALWAYS = "every: {dist: exponential, mean: 6 min}"


@pytest.mark.parametrize(
    ("changes", "code", "said"),
    [
        ([("people: 1", "people: 0")], 1, "run/by: nobody can do the run of step 'mill'"),
        (
            [(PACK, PACK + "batch: {min: 10, max: 10}, "), (ALWAYS, "quantity: 4")],
            1,
            "a batch at 'pack' needs 10 parts",
        ),
        (
            [
                (MILL, MILL + "input: {capacity: 0}, "),
                (PACK, PACK + "input: {capacity: 0}, "),
                (PACKED, PACKED + "\n      - {step: mill2, at: mill, run: {time: 3 min}}"),
            ],
            2,
            "these parts wait for each other: usual-1 on pack-1 before mill, usual-2 on mill-1",
        ),
        (
            [
                (MILLED, "{time: {formula: 10 min - 1 min * size}}"),
                ("{product: bracket, every", "{product: bracket, attributes: {size: 12}, every"),
            ],
            2,
            "the formula 'products/bracket/route/mill/run: 10 min - 1 min * size' gives",
        ),
    ],
    ids=["no people", "batch larger than the order", "deadlock", "negative time"],
)
@pytest.mark.parametrize("verb", ["simulate", "predict", "bottlenecks"])
def test_what_cannot_be_simulated_is_told_of_its_file(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    verb: str,
    changes: list[tuple[str, str]],
    code: int,
    said: str,
) -> None:
    path = tmp_path / "brackets.yaml"
    path.write_text(plant(*changes).text, "utf-8")
    got, out, err = twin(capsys, verb, str(path), "--until", "3 day")
    assert (got, out) == (code, ""), err
    assert err.startswith(f"twin: {path}: ") and said in err


def test_a_state_goes_on_from_its_time_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, state = tmp_path / "brackets.yaml", tmp_path / "states" / "tuesday.json"
    path.write_text(PLANT, "utf-8")
    assert (
        twin(capsys, "simulate", str(path), "--until", "1 day", "--keep-state", str(state))[0] == 0
    )
    begun = ("simulate", str(path), "--from-state", str(state), "--until")
    code, out, err = twin(capsys, *begun, "1 h")
    assert (code, out) == (2, "")
    assert err == (
        f"twin: {path} from {state}: the state is of 86400 s already, and the run ends at 3600 s\n"
    )
    code, _, err = twin(capsys, *begun, "5 kg")
    assert (code, err) == (2, "twin: time '5 kg': 'kg' is not a time; write for example '12 min'\n")
    (tmp_path / "file").touch()
    nowhere = str(tmp_path / "file" / "state.json")
    code, _, err = twin(capsys, *begun, "2 day", "--keep-state", nowhere)
    assert code == 2 and f"twin: {nowhere}: cannot be written" in err


def test_several_files_are_shown_as_one_recording(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page shows one recording; it gets them read, under the machine's name in the layout."""
    from twin.layout.files import load
    from twin.recordings import read

    files = []
    for day in ("02", "03"):
        lines = (f"2026-03-{day}T08:00:{second:02d}Z|execution|{word}" for second, word in
                 ((0, "READY"), (10, "ACTIVE"), (30, "READY")))  # fmt: skip
        files.append(tmp_path / f"VMC-{day}.txt")
        files[-1].write_text("".join(line + "\n" for line in lines))
    mapping = tmp_path / "shop.yaml"
    mapping.write_text("mapping: 1\nmachines: {mill: VMC}\n")
    opened = []

    def open_page(options: object, layout: str, recording: str) -> int:
        opened.append((layout, read(recording, load(layout))))
        return 0

    monkeypatch.setattr("twin.cli._open", open_page)
    shown = twin(capsys, "replay", "aps_24v", *map(str, files), "--mapping", str(mapping))
    assert shown == (0, "", "")
    ((layout, timeline),) = opened
    assert layout == "aps_24v"
    assert [timeline.names[code] for code in timeline.resources] == ["mill"]
    assert timeline.end == 86430.0


@pytest.mark.recordings
def test_replay_of_a_real_session(
    recordings_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session = sorted((recordings_folder / "aps_mqtt_sessions" / "sessions").glob("*.log.gz"))[0]
    code, out, _ = twin(capsys, "replay", "aps_24v", str(session), "--json")
    said = json.loads(out)
    assert code == 0
    for seconds in said["stations"].values():
        assert sum(seconds.values()) == pytest.approx(said["end"] - said["start"], abs=1e-3)
    assert {"id", "product", "start", "end", "outcome"} <= set(said["orders"][0])


def test_a_command_starts_without_the_engine() -> None:
    script = "import sys, twin.cli; twin.cli.parser(); print(*sys.modules)"
    asked = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not {"llvmlite", "panel", "pybullet", "pydantic"} & set(asked.stdout.split())


@pytest.mark.parametrize(
    "arguments",
    [
        *(["fly"], ["simulate"], ["predict", PCB, "--replications", "1"]),
        *(["compare", PCB], ["compare", PCB, PCB, "--replications", "1"]),
        ["compare", PCB, PCB, "--json", "--markdown"],
    ],
)
def test_misuse_exits_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err
