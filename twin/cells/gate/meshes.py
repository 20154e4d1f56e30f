"""Meshes of a robot as physics can use them: convex pieces of a few corners, and what was done.

PyBullet reads an ASCII STL as nothing at all, refuses glb and ply, fills whatever is hollow, and
takes meshes without a volume or without numbers. Here each becomes convex pieces, or is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import trimesh

from twin.cells.robot import Array
from twin.cells.urdf import LARGEST_SIZE, SMALLEST_SIZE
from twin.errors import LayoutError

KINDS = (".stl", ".obj", ".dae", ".glb", ".ply", ".off")
HOLLOW = 1.5  # a hull so many times as large as what it holds is taken apart
PIECES = 12  # at most
CORNERS = 64  # of a piece at most
FLAT = 1e-12  # m3: nothing with less has an inside


@dataclass(frozen=True)
class Pieces:
    """A mesh for physics: convex pieces by their corners [m] (n, 3), what fills how much [m3] of
    them, the mesh itself (vertices [m], faces) to be drawn, and notes on what was done."""

    hulls: tuple[Array, ...]
    volume: float
    vertices: Array
    faces: Array
    notes: tuple[str, ...]


def pieces(path: Path, scale: Array, place: str) -> Pieces:
    """A mesh file, scaled (3,), as convex pieces. Raises LayoutError naming `place` and the file
    where it has no inside, holds numbers that are none, or is of no size an arm's link has."""
    if path.suffix.lower() not in KINDS:
        raise LayoutError(f"{place}: mesh {path.name}: expected one of {', '.join(KINDS)}")
    notes = []
    try:
        mesh = trimesh.load_mesh(path, process=False)
        vertices = np.asarray(mesh.vertices, float) * scale
        faces = np.asarray(mesh.faces, int)
    except Exception as error:  # the readers raise whatever a bad file makes them raise
        raise LayoutError(f"{place}: mesh {path.name} cannot be read: {error}") from error
    if not np.all(np.isfinite(vertices)):
        raise LayoutError(f"{place}: mesh {path.name} holds numbers that are none (NaN, infinite)")
    if len(vertices) < 4 or not len(faces):
        raise LayoutError(
            f"{place}: mesh {path.name} is empty: {len(vertices)} corners, {len(faces)} triangles"
        )
    _sized(vertices, place, path)
    if path.suffix.lower() == ".stl" and _is_text(path.read_bytes()):
        notes.append(f"{place}: {path.name} is an ASCII STL; written anew as a binary one")
    elif path.suffix.lower() not in (".stl", ".obj"):
        notes.append(f"{place}: {path.name} is read from {path.suffix.lower()[1:]}")
    whole = trimesh.Trimesh(vertices, faces)
    whole.merge_vertices()
    try:
        hull = trimesh.convex.convex_hull(vertices)
    except Exception as error:  # Qhull tells in many ways that all points lie in one plane
        raise LayoutError(
            f"{place}: mesh {path.name} is flat: {_text(np.ptp(vertices, axis=0))} m along x, y, z"
        ) from error
    if hull.volume < FLAT:
        raise LayoutError(f"{place}: mesh {path.name} has no inside: {hull.volume:.2g} m3")
    if not whole.is_watertight:
        notes.append(f"{place}: {path.name} is open; its hull is taken ({hull.volume:.3g} m3)")
        return Pieces((_corners(hull),), hull.volume, vertices, faces, tuple(notes))
    if whole.volume < 0.0:
        whole.invert()
        notes.append(f"{place}: {path.name} is inside out; turned")
    drawn = np.asarray(whole.vertices, float), np.asarray(whole.faces, int)
    if hull.volume <= HOLLOW * whole.volume:
        return Pieces((_corners(hull),), whole.volume, *drawn, tuple(notes))
    hulls = _apart(whole)
    filled = sum(trimesh.convex.convex_hull(corners).volume for corners in hulls)
    notes.append(
        f"{place}: {path.name} is hollow (its hull is {hull.volume / whole.volume:.1f} times as "
        f"large); taken apart into {len(hulls)} convex pieces, {filled / whole.volume:.2f} times"
    )
    return Pieces(hulls, whole.volume, *drawn, tuple(notes))


def _sized(vertices: Array, place: str, path: Path) -> None:
    extents = np.ptp(vertices, axis=0)
    if extents.max() > LARGEST_SIZE:
        raise LayoutError(
            f"{place}: mesh {path.name} is {extents.max():g} m long: looks like mm; "
            'scale="0.001 0.001 0.001" may be missing'
        )
    if extents.max() < SMALLEST_SIZE:
        raise LayoutError(
            f"{place}: mesh {path.name} is {extents.max():g} m long: looks like a wrong scale; "
            'scale="1000 1000 1000" would make mm of it'
        )


def _is_text(content: bytes) -> bool:
    """Whether an STL is text: a binary one may begin with "solid", too, but tells its size."""
    if content[:5].lower() != b"solid":
        return False
    count = int.from_bytes(content[80:84], "little")
    return len(content) != 84 + 50 * count


def _corners(hull: trimesh.Trimesh) -> Array:
    return np.asarray(hull.vertices, float)


def _apart(mesh: trimesh.Trimesh) -> tuple[Array, ...]:
    """Convex pieces that fill a hollow mesh: corners (n, 3) of each. Wei and others, Approximate
    convex decomposition for 3D meshes with collision-aware concavity, SIGGRAPH 2022."""
    import coacd

    coacd.set_log_level("off")
    given = coacd.Mesh(mesh.vertices, mesh.faces)
    found = coacd.run_coacd(
        given, threshold=0.05, max_convex_hull=PIECES, decimate=True, max_ch_vertex=CORNERS, seed=1
    )
    return tuple(np.asarray(corners, float) for corners, _ in found)


def _text(values: Array) -> str:
    return ", ".join(f"{value:g}" for value in values)
