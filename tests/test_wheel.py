"""The wheel stands alone: with its locked dependencies, outside the checkout, it runs the demo."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

from tests.test_lock import pins

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as a wheel, built with the locked backend."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the wheel and what requirements.lock names, and nothing else.

    The dependencies are links to the ones that run this test: a gigabyte need not be copied.
    """
    folder = tmp_path_factory.mktemp("installed") / "an environment"
    venv.create(folder, symlinks=os.name != "nt")
    (packages,) = (folder / "lib").glob("python3.*/site-packages")
    for pin, _ in pins("requirements.lock"):
        if not pin.marker or pin.marker.evaluate():
            link(metadata.distribution(pin.name), packages)
    pip = (sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"))
    run(*pip, "install", "--no-deps", "--no-index", str(wheel), cwd=folder)
    return folder


def link(found: metadata.Distribution, packages: Path) -> None:
    """Links what a distribution has put into site-packages into another site-packages."""
    tops = {Path(file.parts[0]) for file in found.files or () if file.parts[0] != ".."}
    assert tops, f"{found.name} names no files"
    for top in tops - {Path("__pycache__")}:
        if not (packages / top).exists():
            (packages / top).symlink_to(Path(str(found.locate_file(top))))


def run(*command: str, cwd: Path) -> str:
    """Runs a command as a user would who has never seen the checkout; its output."""
    own = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    result = subprocess.run(
        command, cwd=cwd, env=own, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert result.returncode == 0, f"{command}\n{result.stdout}\n{result.stderr}"
    return result.stdout


def test_the_wheel_holds_what_a_user_sees_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    tops = {name.split("/")[0] for name in names}
    assert tops == {"twin", f"twin-{metadata.version('twin')}.dist-info"}
    for folder in ("layouts", "assets", "apps", "cases"):
        for path in tracked(folder):
            assert f"twin/share/{path}" in names
    assert set(tracked("twin/view/dist")) <= names
    assert not [name for name in names if re.search(r"node_modules|__pycache__|view/viewer/", name)]


def tracked(folder: str) -> list[str]:
    """Paths of a folder that are under version control."""
    return run("git", "ls-files", folder, cwd=ROOT).splitlines()


def test_only_the_wheel_is_imported(installed: Path, tmp_path: Path) -> None:
    python = installed / "bin" / "python"
    where = "import sys, twin; print(twin.__file__); print(*sys.path, sep='\\n')"
    module, *path = run(str(python), "-c", where, cwd=tmp_path).splitlines()
    assert Path(module).is_relative_to(installed)
    assert not [entry for entry in path if entry and Path(entry).is_relative_to(ROOT)]


def test_the_demo_of_the_wheel_passes_its_check(installed: Path, tmp_path: Path) -> None:
    run(str(installed / "bin" / "twin"), "demo", "--check", cwd=tmp_path)
