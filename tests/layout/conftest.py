"""A user's folder with assets of known sizes, so that geometry has answers one can work out."""

from __future__ import annotations

from pathlib import Path

import pytest

ASSETS = {
    "printer/stencil_desktop": "size: [0.7, 0.7, 1.3]",
    "placer/desktop": "size: [0.8, 0.7, 1.4]",
    "oven/tunnel_4": "size: [1.9, 0.7, 1.3]",
    "inspection/aoi": "size: [0.9, 0.9, 1.5]",
    "inspection/tester": "size: [0.6, 0.6, 1.1]\nports: {nest: {at: [0, 0, 0.95]}}",
    "bench/tht": "size: [1.4, 0.7, 0.9]",
    "bench/packing": "size: [1.4, 0.7, 0.9]",
    "rack/tray_stand": "size: [0.45, 0.45, 0.9]\nports: {slot: {at: [0, 0, 0.9]}}",
    "arm/ur5e": "size: [0.3, 0.3, 1.0]\noperator: null",
    # For tests of geometry: 2 m wide, 1 m deep, served from the right, a port in its front.
    "test/wide": (
        "size: [2 m, 1 m, 1 m]\nservice: {right: 500 mm}\n"
        "ports: {mouth: {at: [0.5, -0.5, 0.9], approach: [0, 2, 0]}}"
    ),
    "test/cube": "size: [1, 1, 1]",
    "test/alone": "size: [1, 1, 1]\noperator: null",
    "test/truck": "size: [0.2, 0.2, 0.2]\noperator: null",
}


def write_asset(home: Path, name: str, body: str) -> None:
    folder = home / "assets" / name
    folder.mkdir(parents=True)
    head = f"asset: 1\nlabel: {name}\nlicence: Apache-2.0\nderivation: guessed\n"
    (folder / "asset.yaml").write_text(head + body + "\n")


@pytest.fixture(scope="session")
def stocked_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("stocked")
    for name, body in ASSETS.items():
        write_asset(home, name, body)
    return home


@pytest.fixture(autouse=True)
def home(stocked_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder of every test here; write only into folders of its own."""
    monkeypatch.setenv("TWIN_HOME", str(stocked_home))
    return stocked_home
