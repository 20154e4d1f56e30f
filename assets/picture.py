"""Draws picture.png of every arm and tool: `python assets/picture.py` (Pillow comes with Bokeh).

The same linkage as the page shows, at the asset's home, in parallel projection: each triangle as
bright as it faces the light, the far ones first.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from twin import units  # noqa: E402
from twin.layout.catalog import asset_folder, known_assets, load_asset  # noqa: E402
from twin.view.linkage import Linkage, read_linkage, with_tool  # noqa: E402
from twin.view.scene import LOOKS  # noqa: E402

Array = NDArray[np.float64]
SIZE = (480, 400)  # px
FINER = 3  # times as large while it is drawn: smooth edges
EDGE = 0.08  # of the picture that stays free on each side
ROUND, DOWN = np.deg2rad(-38.0), np.deg2rad(18.0)  # from where it is seen
LIGHT = np.array([-0.45, -0.55, 0.70])
GROUND = (246, 247, 249)


def picture(name: str) -> Image.Image:
    """An arm or a tool as it stands at home."""
    asset = load_asset(name)
    folder = asset_folder(name)
    file = folder / str(asset.urdf)
    bare = name.startswith("tool/")  # nothing of it moves, and it may have two ends
    linkage = with_tool(Linkage([[]]), file) if bare else read_linkage(file)
    tool = asset.options.get("tool")
    if isinstance(tool, str):
        linkage = with_tool(linkage, asset_folder(tool) / str(load_asset(tool).urdf))
    home = [units.parse(value, "angle") for value in asset.options.get("home", ())]
    home += [0.0] * (len(linkage.joints) - len(home))
    corners, colours = triangles(linkage, home)
    return drawn(corners, colours)


def triangles(linkage: Linkage, home: list[float]) -> tuple[Array, Array]:
    """All triangles (n, 3, 3) [m] of a linkage at joints, and their colours (n, 3), 0 to 1."""
    frame = np.eye(4)
    corners, colours = [], []
    for k, link in enumerate(linkage.links):
        if k:
            frame = frame @ linkage.joints[k - 1].origin @ moved(linkage, k - 1, home[k - 1])
        for material, mesh in link:
            points = np.asarray(mesh.vertices)[np.asarray(mesh.faces)]
            corners.append(points @ frame[:3, :3].T + frame[:3, 3])
            linear = np.array(LOOKS[material][0][:3])
            colours.append(np.tile(linear ** (1 / 2.2), (len(points), 1)))
    return np.concatenate(corners), np.concatenate(colours)


def moved(linkage: Linkage, k: int, value: float) -> Array:
    """What joint k does to what it carries, at a value [rad or m]: (4, 4)."""
    joint, found = linkage.joints[k], np.eye(4)
    if joint.slides:
        found[:3, 3] = value * joint.axis
        return found
    x, y, z = joint.axis
    turn = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    found[:3, :3] += np.sin(value) * turn + (1 - np.cos(value)) * turn @ turn
    return found


def drawn(corners: Array, colours: Array) -> Image.Image:
    """Triangles as a picture that they fill."""
    right = np.array([np.cos(ROUND), np.sin(ROUND), 0.0])
    towards = np.array([np.sin(ROUND), -np.cos(ROUND), 0.0]) * np.cos(DOWN)
    towards[2] = np.sin(DOWN)
    up = np.cross(towards, right)
    flat = corners @ np.stack([right, up, towards], axis=1)  # to the right, up, towards who looks
    low, high = flat[..., :2].min(axis=(0, 1)), flat[..., :2].max(axis=(0, 1))
    wide, tall = SIZE[0] * FINER, SIZE[1] * FINER
    scale = (1 - 2 * EDGE) * min(wide / (high - low)[0], tall / (high - low)[1])
    x = wide / 2 + scale * (flat[..., 0] - (low + high)[0] / 2)
    y = tall / 2 - scale * (flat[..., 1] - (low + high)[1] / 2)
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    length = np.linalg.norm(across, axis=1)
    normal = across / np.maximum(length, 1e-12)[:, None]
    seen = (normal @ towards > 0) & (length > 0)
    bright = 0.42 + 0.62 * np.clip(normal @ (LIGHT / np.linalg.norm(LIGHT)), 0.0, None)
    shades = np.clip(255 * colours * bright[:, None], 0, 255).astype(int)
    image = Image.new("RGB", (wide, tall), GROUND)
    brush = ImageDraw.Draw(image)
    for k in np.argsort(flat[..., 2].mean(axis=1), kind="stable"):
        if seen[k]:
            points = list(zip(x[k].tolist(), y[k].tolist(), strict=True))
            brush.polygon(points, fill=tuple(shades[k].tolist()))
    return image.resize(SIZE, Image.Resampling.LANCZOS)


def main() -> None:
    """Writes all pictures anew."""
    for name in known_assets():
        if load_asset(name).urdf is not None and asset_folder(name).is_relative_to(HERE):
            target = asset_folder(name) / "picture.png"
            picture(name).quantize(64).save(target, optimize=True)
            print(f"{target.relative_to(HERE)}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
