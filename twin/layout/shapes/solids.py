"""Convex solids that machines are drawn from: blocks, rods, prisms, balls.

All of them are convex and closed, so a drawing is at once a picture and a body that physics can
use. Lengths in metres, in the asset's frame (see `layout.catalog.Asset`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np
import trimesh
from numpy.typing import ArrayLike
from scipy.spatial import ConvexHull

Material = Literal["body", "dark", "accent", "glass", "metal"]
Role = Literal["fixed", "moving"]
Point = Sequence[float]

MATERIALS: tuple[Material, ...] = ("body", "dark", "accent", "metal", "glass")


@dataclass(frozen=True)
class Piece:
    """One convex solid: a closed mesh [m], the key of its material, and what it is for."""

    mesh: trimesh.Trimesh
    material: Material
    role: Role = "fixed"


def hull(points: ArrayLike, material: Material, role: Role = "fixed") -> Piece:
    """The convex hull of points (n, 3) as a piece."""
    cloud = np.asarray(points, float)
    faces = ConvexHull(cloud, qhull_options="Qt").simplices
    a, b, c = cloud[faces].transpose(1, 0, 2)
    outward = np.einsum("fi,fi->f", np.cross(b - a, c - a), a - cloud.mean(axis=0)) > 0
    faces = np.where(outward[:, None], faces, faces[:, ::-1])
    used, faces = np.unique(faces, return_inverse=True)
    mesh = trimesh.Trimesh(cloud[used], faces.reshape(-1, 3), process=False)
    return Piece(mesh, material, role)


def block(
    low: Point,
    high: Point,
    material: Material = "body",
    *,
    chamfer: float = 0.0,
    role: Role = "fixed",
) -> Piece:
    """A box between two corners; `chamfer` cuts all its edges at 45 degrees (from 0.1 mm on)."""
    a, b = np.asarray(low, float), np.asarray(high, float)
    if chamfer < 1e-4:
        return hull(list(product(*zip(a, b, strict=True))), material, role)
    cut = min(chamfer, 0.4 * float((b - a).min()))
    points = []
    for corner in product((0, 1), repeat=3):
        outer = np.where(corner, b, a)
        inner = np.where(corner, b - cut, a + cut)
        for axis in range(3):
            point = inner.copy()
            point[axis] = outer[axis]
            points.append(point)
    return hull(points, material, role)


def rod(
    start: Point,
    end: Point,
    radius: float,
    material: Material = "metal",
    *,
    end_radius: float | None = None,
    sides: int = 14,
    role: Role = "fixed",
) -> Piece:
    """A round bar, or a cone's frustum if it ends with another radius."""
    a, b = np.asarray(start, float), np.asarray(end, float)
    axis = (b - a) / np.linalg.norm(b - a)
    aside = np.eye(3)[int(np.argmin(np.abs(axis)))]
    u = np.cross(axis, aside)
    u /= np.linalg.norm(u)
    v = np.cross(axis, u)
    angle = (np.arange(sides) + 0.5) * 2 * math.pi / sides
    ring = np.cos(angle)[:, None] * u + np.sin(angle)[:, None] * v
    tip = radius if end_radius is None else end_radius
    return hull(np.vstack([a + radius * ring, b + tip * ring]), material, role)


def prism(
    outline: Iterable[tuple[float, float]],
    start: float,
    end: float,
    material: Material = "body",
    *,
    along: Literal["x", "y", "z"] = "x",
    role: Role = "fixed",
) -> Piece:
    """A convex outline drawn along an axis; it is given in (y, z), (x, z) or (x, y)."""
    axis = "xyz".index(along)
    points = [
        np.insert(np.asarray(corner, float), axis, at) for corner in outline for at in (start, end)
    ]
    return hull(points, material, role)


def ball(
    centre: Point, radii: Point, material: Material = "body", *, subdivisions: int = 1
) -> Piece:
    """An ellipsoid of 20 * 4**subdivisions facets."""
    points = trimesh.creation.icosphere(subdivisions=subdivisions).vertices * np.asarray(
        radii, float
    )
    return hull(points + np.asarray(centre, float), material)
