"""What the README says is so: its code runs, its commands exist, its tables are those printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.plants import LAYOUTS, ROOT
from twin import cli
from twin.layout import schema
from twin.layout.reference import table

README = (ROOT / "README.md").read_text("utf-8")


def test_the_code_of_the_readme_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})
    assert "boards a day" in capsys.readouterr().out


def test_the_commands_of_the_readme_exist() -> None:
    verbs = {verb for verb in re.findall(r"^ *twin (\w+)", README, re.MULTILINE)}
    known = set(re.findall(r"^    (\w+)\b", cli.parser().format_help(), re.MULTILINE))
    assert verbs and verbs == known - {"VERB"}


def test_the_comparison_of_the_readme_is_the_real_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    text = (LAYOUTS / "pcb_line.yaml").read_text("utf-8")
    assert "setup: {people: 1," in text
    (tmp_path / "layouts").mkdir()
    mine = text.replace("setup: {people: 1,", "setup: {people: 2,")
    (tmp_path / "layouts" / "mine.yaml").write_text(mine, "utf-8")
    assert cli.main(["compare", "pcb_line", "mine"]) == 0
    (shown,) = re.findall(r"```text\n(pcb_line -> mine.*?)```", README, re.DOTALL)
    # The ids of runs hold the versions of what is installed.
    without_ids = [re.sub(r"[0-9a-f]{12}", "...", out) for out in (shown, capsys.readouterr().out)]
    assert without_ids[0] == without_ids[1]


MAIN: dict[type[schema.Part], tuple[str, ...]] = {  # what most layouts need
    schema.Machine: ("asset", "at", "heading", "places"),
    schema.Station: ("machines", "input", "rule", "batch", "changeover", "disturbances",
                     "calendar", "power", "price"),
    schema.Crew: ("people", "skills", "home", "walking", "calendar", "wage"),
    schema.Step: ("step", "at", "delay", "setup", "load", "run", "unload", "needs", "takes",
                  "returns", "then"),
    schema.Phase: ("time", "chance", "by", "attended", "from", "to"),
    schema.Orders: ("product", "mix", "every", "quantity", "due", "priority", "release",
                    "calendar"),
}  # fmt: skip


@pytest.mark.parametrize("model", MAIN)
def test_the_field_tables_are_those_of_the_schema(model: type[schema.Part]) -> None:
    printed = table(model, MAIN[model])
    assert printed in README, f"put this into the README:\n{printed}"


def test_the_layouts_of_the_readme_are_those_that_are_shipped() -> None:
    (listed,) = re.findall(r"to begin with:\n\n(.*?)\n\n", README, re.DOTALL)
    told = re.findall(r"^\| `(\w+)` \|", listed, re.MULTILINE)
    assert told == sorted(path.stem for path in LAYOUTS.glob("*.yaml"))


def test_the_two_commands_are_named() -> None:
    assert "make demo" in README and "make test" in README
