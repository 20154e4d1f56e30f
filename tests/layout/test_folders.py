"""Names lead to files: the user's first, then the package's, never anywhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.layout.sketches import SMALL
from twin.errors import LayoutError
from twin.layout import files, folders


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TWIN_HOME", str(tmp_path / "own"))
    return tmp_path / "own"


def test_a_name_leads_to_the_users_own_layout_first(home: Path) -> None:
    assert folders.find_layout("pcb_line") == folders.package_folder("layouts") / "pcb_line.yaml"
    (home / "layouts").mkdir(parents=True)
    (home / "layouts" / "pcb_line.yaml").write_text(SMALL)
    assert files.load("pcb_line").name == "Small"
    assert folders.known_layouts()["pcb_line"] == home / "layouts" / "pcb_line.yaml"


@pytest.mark.parametrize(
    "name", ["../pcb_line", "/etc/passwd", "a/b", "", "pcb_line.yaml", "pcb_lin"]
)
def test_only_a_name_is_taken_from_a_browser(home: Path, name: str) -> None:
    with pytest.raises(LayoutError, match="no layout is named"):
        folders.named_layout(name)


def test_a_copy_is_the_users_own_and_never_overwrites(home: Path) -> None:
    path = folders.new_layout("mine", "pcb_line")
    assert path == home / "layouts" / "mine.yaml"
    assert path.read_bytes() == folders.find_layout("pcb_line").read_bytes()
    path.write_text("mine")
    with pytest.raises(LayoutError, match="exists already"):
        folders.new_layout("mine", "pcb_line")
    assert path.read_text() == "mine"


@pytest.mark.parametrize("name", ["", "../x", "a b", "x.yaml", "-x", "a" * 61])
def test_a_new_name_must_be_one(home: Path, name: str) -> None:
    with pytest.raises(LayoutError, match="is no name for a layout"):
        folders.new_layout(name, "pcb_line")
    assert not home.exists()


def test_without_a_folder_of_their_own_it_is_in_the_home_directory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("TWIN_HOME")
    assert folders.user_folder() == Path.home() / "twin"
