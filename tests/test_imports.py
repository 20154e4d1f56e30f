"""The contracts of pyproject.toml hold, and would not if somebody broke them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parent.parent
LINT = (
    "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache', '--no-logo'])"
)


def lint(checkout: Path) -> subprocess.CompletedProcess[str]:
    """Runs the contracts of a checkout on its own `twin`."""
    return subprocess.run(
        [sys.executable, "-c", LINT], cwd=checkout, capture_output=True, text=True
    )


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A checkout of the Python sources alone, to be spoilt."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for path in (ROOT / "twin").rglob("*.py"):
        if "node_modules" not in path.parts:
            copy = tmp_path / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    return tmp_path


def test_the_contracts_are_kept() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("path", "line", "broken"),
    [
        ("units.py", "from twin.layout import schema", "Imports go downwards only"),
        ("timeline.py", "from twin.layout import schema", "Imports go downwards only"),
        ("layout/rules.py", "from twin import view", "Imports go downwards only"),
        ("leftovers.py", "import math", "leftovers"),
        ("production/other.py", "import pybullet", "Only cells knows PyBullet"),
        ("layout/rules.py", "import bokeh.models", "Only view knows Panel and Bokeh"),
    ],
)
def test_a_broken_contract_is_seen(copied: Path, path: str, line: str, broken: str) -> None:
    with (copied / "twin" / path).open("a") as file:
        file.write(f"\n{line}\n")
    result = lint(copied)
    assert result.returncode == 1, result.stdout + result.stderr
    assert any(broken in text and "KEPT" not in text for text in result.stdout.splitlines())


@pytest.mark.parametrize(
    ("path", "line"), [("cells/other.py", "import pybullet"), ("view/other.py", "import panel")]
)
def test_who_may_import_it_may(copied: Path, path: str, line: str) -> None:
    (copied / "twin" / path).write_text(f"{line}\n")
    result = lint(copied)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_kernel_imports_nothing_of_twin() -> None:
    graph = grimp.build_graph("twin", cache_dir=None)
    kernel = "twin.production.kernel"
    modules = {name for name in graph.modules if name == kernel or name.startswith(f"{kernel}.")}
    assert modules, "there is no kernel"
    for name in modules:
        outside = graph.find_modules_directly_imported_by(name) - modules
        assert not outside, f"{name} imports {outside}"
