"""Every asset folder: what it says of itself, and that what it draws is what it says."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from twin.layout.catalog import asset_folder, load_asset
from twin.layout.shapes import FAMILIES, collision_boxes, shape

ASSETS = Path(__file__).parents[1] / "assets"
NAMES = sorted(f.parent.relative_to(ASSETS).as_posix() for f in ASSETS.glob("*/*/asset.yaml"))
DRAWN = [name for name in NAMES if load_asset(name).urdf is None]
TRIANGLES = 1500
BYTES = 800_000  # of one folder
NEAR = 0.02  # m, how far a detail may stand out of the collision boxes


def bounds(name: str) -> np.ndarray:
    """Lowest and highest corner (2, 3) of what is drawn."""
    corners = np.array([piece.mesh.bounds for piece in shape(load_asset(name))])
    return np.array([corners[:, 0].min(axis=0), corners[:, 1].max(axis=0)])


def test_there_is_no_folder_without_an_asset():
    folders = {f.relative_to(ASSETS).as_posix() for f in ASSETS.glob("*/*") if f.is_dir()}
    assert folders == set(NAMES)
    assert len(NAMES) >= 19


@pytest.mark.parametrize("name", NAMES)
def test_folder_says_where_it_comes_from(name: str):
    asset = load_asset(name)
    folder = asset_folder(name)
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert asset.licence == "Apache-2.0"
    assert "Apache-2.0, drawn for this project" in readme
    assert f"Grade **{asset.grade}**" in readme
    steps = [int(n) for n in re.findall(r"^(\d+)\. ", readme, re.MULTILINE)]
    assert steps == list(range(1, len(steps) + 1)) and len(steps) >= 3
    assert "guessed" in asset.derivation or "sourced" in asset.derivation
    assert sum(f.stat().st_size for f in folder.rglob("*") if f.suffix != ".pyc") < BYTES


@pytest.mark.parametrize("name", sorted(set(NAMES) - set(DRAWN)))
def test_arms_and_tools_have_a_picture_of_what_is_drawn(name: str):
    """What `assets/picture.py` makes of the file today; edges may be smoothed otherwise."""
    folder = asset_folder(name)
    assert "![" in (folder / "README.md").read_text(encoding="utf-8")
    kept = Image.open(folder / "picture.png").convert("RGB")
    made = runpy.run_path(str(ASSETS / "picture.py"))["picture"](name)
    assert kept.size == made.size
    assert np.abs(np.asarray(kept, float) - np.asarray(made, float)).mean() < 4.0


@pytest.mark.parametrize("name", NAMES)
def test_asset_is_drawn_by_a_family_or_a_file(name: str):
    asset = load_asset(name)
    assert (asset.shape is None) != (asset.urdf is None)
    if asset.urdf is not None:
        assert (asset_folder(name) / asset.urdf).is_file()


def test_every_family_is_used_or_stands_alone():
    used = {load_asset(name).shape for name in DRAWN}
    assert set(FAMILIES) - used == {"rack"}  # a family for a user's own racks


@pytest.mark.parametrize("name", DRAWN)
def test_drawing_fills_the_size_and_nothing_more(name: str):
    size = np.array(load_asset(name).size)
    low, high = bounds(name)
    box = np.array([[-size[0] / 2, -size[1] / 2, 0], [size[0] / 2, size[1] / 2, size[2]]])
    assert (low >= box[0] - 1e-6).all() and (high <= box[1] + 1e-6).all()
    assert low[2] == pytest.approx(0, abs=2e-3), "it stands on the floor (a wheel has facets)"
    assert (high - low >= size - 0.03).all()


@pytest.mark.parametrize("name", DRAWN)
def test_drawing_is_light_and_closed(name: str):
    pieces = shape(load_asset(name))
    assert sum(len(piece.mesh.faces) for piece in pieces) <= TRIANGLES
    for piece in pieces:
        assert piece.mesh.is_watertight and piece.mesh.is_convex and piece.mesh.volume > 0
    assert {"body", "accent"} <= {piece.material for piece in pieces}


@pytest.mark.parametrize("name", DRAWN)
def test_collision_boxes_are_what_is_drawn(name: str):
    asset = load_asset(name)
    low, high = bounds(name)
    points = np.vstack([piece.mesh.vertices for piece in shape(asset)])
    covered = np.zeros(len(points), bool)
    for centre, half in collision_boxes(asset):
        assert (half > 0).all()
        assert (centre - half >= low - 1e-9).all() and (centre + half <= high + 1e-9).all()
        covered |= (np.abs(points - centre) <= half + NEAR).all(axis=1)
    assert covered.all()


@pytest.mark.parametrize("name", [n for n in NAMES if load_asset(n).ports])
def test_ports_are_free_for_a_gripper(name: str):
    """A column 0.12 x 0.12 m along the way to each port, from 15 mm beyond it to 0.4 m before, is
    empty; what is approached from above lies on something."""
    asset = load_asset(name)
    for port in asset.ports.values():
        at, way = np.array(port.at), np.array(port.approach)
        assert np.abs(way).sum() == 1
        assert (np.abs(at[:2]) <= np.array(asset.size[:2]) / 2).all()
        ends = np.array([at + 0.015 * way, at - 0.4 * way])
        wide = 0.06 * (way == 0)
        low, high = ends.min(axis=0) - wide, ends.max(axis=0) + wide
        below = False
        for centre, half in collision_boxes(asset):
            assert (centre - half >= high).any() or (centre + half <= low).any()
            below |= bool(
                (np.abs(at - centre)[:2] <= half[:2]).all()
                and 0.01 <= at[2] - (centre + half)[2] <= 0.04
            )
        assert below or way[2] == 0, "the part lies on something"


def test_the_tester_is_open_to_the_front_and_the_back():
    """An arm's wrist comes in over the nest from either side, 0.12 m wide, above its upper face."""
    asset = load_asset("inspection/tester")
    low, high = np.array([-0.06, -1.0, 0.96]), np.array([0.06, 1.0, 1.5])
    for centre, half in collision_boxes(asset):
        assert (centre - half >= high).any() or (centre + half <= low).any()
