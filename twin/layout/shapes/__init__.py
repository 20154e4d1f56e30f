"""Parametric machines as meshes: an asset's family and options -> pieces, and boxes for physics."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import get_type_hints

import numpy as np
from numpy.typing import NDArray

from twin.errors import LayoutError, nearest
from twin.layout.catalog import Asset
from twin.layout.shapes import electronics, fabrication, movers, training, workshop
from twin.layout.shapes.movers import part
from twin.layout.shapes.solids import MATERIALS, Material, Piece, block
from twin.layout.shapes.workshop import pedestal

__all__ = [
    "FAMILIES",
    "MATERIALS",
    "Material",
    "Piece",
    "block",
    "boxes",
    "collision_boxes",
    "part",
    "pedestal",
    "shape",
]

Family = Callable[..., list[Piece]]
Box = tuple[NDArray[np.float64], NDArray[np.float64]]

FAMILIES: dict[str, Family] = {
    "belt": fabrication.belt,
    "bench": workshop.bench,
    "chamber": fabrication.chamber,
    "charger_module": training.charger_module,
    "dock_module": training.dock_module,
    "drill_module": training.drill_module,
    "filament_printer": fabrication.filament_printer,
    "granite_gauge": fabrication.granite_gauge,
    "high_bay": training.high_bay,
    "inspection": electronics.inspection,
    "inspection_module": training.inspection_module,
    "laser_cutter": fabrication.laser_cutter,
    "line_vehicle": movers.line_vehicle,
    "mill": workshop.mill,
    "mill_module": training.mill_module,
    "mobile_robot": movers.mobile_robot,
    "person": movers.person,
    "pick_and_place": electronics.pick_and_place,
    "press_brake": fabrication.press_brake,
    "rack": workshop.rack,
    "resin_printer": fabrication.resin_printer,
    "stencil_printer": electronics.stencil_printer,
    "tester": electronics.tester,
    "tray_stand": workshop.tray_stand,
    "tunnel_oven": electronics.tunnel_oven,
    "weld_booth": fabrication.weld_booth,
}

MOST = 40  # of anything that an option counts

# A collision box may be left out where the piece stands out of another box by no more than this.
SLACK = 0.01
# Two boxes become one where what that fills in vain is at most this share of the smaller one.
VAIN = 0.25


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
    hints = get_type_hints(family)
    known = list(inspect.signature(family).parameters)[1:]
    for name, value in asset.options.items():
        where = f"asset {asset.label!r}: options: {name}"
        if name not in known:
            raise LayoutError(
                f"{where}: family {asset.shape!r} has no option {name!r}; {nearest(name, known)}"
            )
        if hints[name] is int and not (type(value) is int and 1 <= value <= MOST):
            raise LayoutError(f"{where}: expected a whole number from 1 to {MOST}, not {value!r}")
    return family(asset.size, **asset.options)


def collision_boxes(asset: Asset) -> list[Box]:
    """The solid parts of an asset as boxes (centre (3,), half extents (3,)) [m], in its frame.

    Every piece lies in one of them, but for details that stand out by at most `SLACK`. Hollow
    machines stay hollow: two boxes become one only where that adds little that is not drawn.
    """
    return boxes(shape(asset))


def boxes(pieces: list[Piece]) -> list[Box]:
    """Pieces as few boxes (centre (3,), half extents (3,)) [m]; see `collision_boxes`."""
    bounds = [np.asarray(piece.mesh.bounds, float) for piece in pieces]
    return [((low + high) / 2, (high - low) / 2) for low, high in _merged(_uncovered(bounds))]


def _volume(box: NDArray[np.float64]) -> float:
    return float(np.prod(box[1] - box[0]))


def _uncovered(bounds: list[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
    """The boxes (2, 3), largest first, without those that lie in a larger one but for SLACK."""
    kept: list[NDArray[np.float64]] = []
    for box in sorted(bounds, key=_volume, reverse=True):
        if not any((box[0] >= k[0] - SLACK).all() and (box[1] <= k[1] + SLACK).all() for k in kept):
            kept.append(box)
    return kept


def _merged(bounds: list[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
    """The boxes (2, 3) with pairs joined as long as that fills hardly more than they do."""
    boxes = list(bounds)
    while (pair := _joinable(boxes)) is not None:
        i, j, common = pair
        boxes[i] = common
        del boxes[j]
    return boxes


def _joinable(boxes: list[NDArray[np.float64]]) -> tuple[int, int, NDArray[np.float64]] | None:
    """The first pair i < j worth joining, and their common box."""
    for i, a in enumerate(boxes):
        for j, b in enumerate(boxes[i + 1 :], i + 1):
            common = np.array([np.minimum(a[0], b[0]), np.maximum(a[1], b[1])])
            overlap = np.clip(np.minimum(a[1], b[1]) - np.maximum(a[0], b[0]), 0, None)
            filled = _volume(a) + _volume(b) - float(np.prod(overlap))
            if _volume(common) - filled <= VAIN * min(_volume(a), _volume(b)):
                return i, j, common
    return None
