"""What the README says is so: its code runs, its commands exist, its tables are those printed."""

from __future__ import annotations

import re

import pytest

from tests.plants import ROOT
from twin import cli
from twin.layout import schema
from twin.layout.fields import field_table

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


def table(model: type[schema.Part]) -> str:
    """The fields of one part of a layout, as the README shows them."""
    rows = [r for r in field_table(model) if r.field not in ("basis", "label")]
    lines = ["| field | a | default | |", "|---|---|---|---|"]
    lines += [f"| `{r.field}` | {r.type} | {r.default} | {r.description} |" for r in rows]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "model", [schema.Machine, schema.Station, schema.Crew, schema.Step, schema.Phase, schema.Orders]
)
def test_the_field_tables_are_those_of_the_schema(model: type[schema.Part]) -> None:
    assert table(model) in README, f"put this into the README:\n{table(model)}"


def test_the_two_commands_are_named() -> None:
    assert "make demo" in README and "make test" in README
