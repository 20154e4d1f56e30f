"""Parametric machines as meshes: an asset's family and options -> pieces, and boxes for physics."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from twin.errors import LayoutError, nearest
from twin.layout.catalog import Asset
from twin.layout.shapes import electronics, movers, training, workshop
from twin.layout.shapes.movers import part
from twin.layout.shapes.solids import MATERIALS, Material, Piece

__all__ = ["FAMILIES", "MATERIALS", "Material", "Piece", "collision_boxes", "part", "shape"]

Family = Callable[..., list[Piece]]
Box = tuple[NDArray[np.float64], NDArray[np.float64]]

FAMILIES: dict[str, Family] = {
    "bench": workshop.bench,
    "charger_module": training.charger_module,
    "dock_module": training.dock_module,
    "drill_module": training.drill_module,
    "high_bay": training.high_bay,
    "inspection": electronics.inspection,
    "inspection_module": training.inspection_module,
    "line_vehicle": movers.line_vehicle,
    "mill": workshop.mill,
    "mill_module": training.mill_module,
    "mobile_robot": movers.mobile_robot,
    "person": movers.person,
    "pick_and_place": electronics.pick_and_place,
    "rack": workshop.rack,
    "stencil_printer": electronics.stencil_printer,
    "tester": electronics.tester,
    "tray_stand": workshop.tray_stand,
    "tunnel_oven": electronics.tunnel_oven,
}

# A collision box may be left out where the piece stands out of another box by no more than this.
SLACK = 0.01


def shape(asset: Asset) -> list[Piece]:
    """The convex pieces of an asset that is drawn by a family, in the asset's frame [m].

    An asset with a URDF has no pieces here. Raises LayoutError for a family or an option that does
    not exist.
    """
    if asset.shape is None:
        return []
    if asset.shape not in FAMILIES:
        raise LayoutError(
            f"asset {asset.label!r}: shape: there is no family {asset.shape!r}; "
            f"{nearest(asset.shape, FAMILIES)}"
        )
    family = FAMILIES[asset.shape]
    options = list(inspect.signature(family).parameters)[1:]
    for name in asset.options:
        if name not in options:
            raise LayoutError(
                f"asset {asset.label!r}: options: family {asset.shape!r} has no option {name!r}; "
                f"{nearest(name, options)}"
            )
    return family(asset.size, **asset.options)


def collision_boxes(asset: Asset) -> list[Box]:
    """The solid parts of an asset as boxes (centre (3,), half extents (3,)) [m], in its frame.

    Every piece lies in one of them, but for details that stand out by at most `SLACK`. Hollow
    machines stay hollow: a box never fills the space between two pieces that are apart.
    """
    boxes = _merged(_uncovered([np.asarray(piece.mesh.bounds, float) for piece in shape(asset)]))
    return [((low + high) / 2, (high - low) / 2) for low, high in boxes]


def _volume(box: NDArray[np.float64]) -> float:
    return float(np.prod(box[1] - box[0]))


def _uncovered(boxes: list[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
    """The boxes (2, 3), largest first, without those that lie in a larger one but for SLACK."""
    kept: list[NDArray[np.float64]] = []
    for box in sorted(boxes, key=_volume, reverse=True):
        if not any(
            (box[0] >= k[0] - SLACK).all() and (box[1] <= k[1] + SLACK).all() for k in kept
        ):
            kept.append(box)
    return kept


def _merged(boxes: list[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
    """The boxes with pairs joined as long as their common box holds hardly more than they do."""
    boxes = list(boxes)
    joined = True
    while joined:
        joined = False
        for i, a in enumerate(boxes):
            for j in range(i + 1, len(boxes)):
                b = boxes[j]
                common = np.array([np.minimum(a[0], b[0]), np.maximum(a[1], b[1])])
                overlap = np.clip(np.minimum(a[1], b[1]) - np.maximum(a[0], b[0]), 0, None)
                if _volume(common) <= 1.03 * (_volume(a) + _volume(b) - float(np.prod(overlap))):
                    boxes[i] = common
                    del boxes[j]
                    joined = True
                    break
            if joined:
                break
    return boxes
