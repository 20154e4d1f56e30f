"""What arms and tools are drawn from: rounds and blocks -> a URDF with meshes of its own.

Used by the draw.py of each asset, which holds nothing but its tables. Lengths in metres, angles in
radians, masses in kilogrammes.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import quoteattr

import numpy as np
import trimesh
from trimesh.exchange.stl import export_stl

Triple = tuple[float, float, float]

SECTIONS = 24  # facets of a round
COLOURS = {"body": "0.80 0.82 0.84 1", "accent": "0.22 0.55 0.78 1", "dark": "0.16 0.18 0.20 1"}


@dataclass(frozen=True)
class Round:
    """A solid of revolution from `start` to `end`: a tapered cylinder with rounded rims."""

    start: Triple
    end: Triple
    radius: float
    end_radius: float | None = None
    rim: tuple[float, float] = (0.004, 0.004)  # rounding at the start and at the end
    material: str = "body"
    solid: bool = True  # False: lies within another piece, so it needs no collision shape


@dataclass(frozen=True)
class Block:
    """A box; centre and full sizes."""

    centre: Triple
    size: Triple
    material: str = "dark"
    solid: bool = True


Shape = Round | Block


@dataclass(frozen=True)
class Link:
    """A link by its pieces; one without pieces is a frame that weighs nothing."""

    name: str
    pieces: tuple[Shape, ...] = ()
    mass: float = 0.0


@dataclass(frozen=True)
class Joint:
    """How a link hangs on another: kind "revolute", "prismatic" or "fixed"."""

    name: str
    kind: str
    parent: str
    child: str
    xyz: Triple = (0.0, 0.0, 0.0)
    rpy: Triple = (0.0, 0.0, 0.0)
    axis: Triple = (0.0, 0.0, 1.0)
    lower: float = 0.0
    upper: float = 0.0
    effort: float = 0.0
    velocity: float = 0.0


@dataclass(frozen=True)
class Drawing:
    """A whole arm or tool."""

    name: str
    links: Sequence[Link]
    joints: Sequence[Joint]
    colours: dict[str, str] = field(default_factory=lambda: COLOURS)

    def write(self, folder: Path) -> None:
        """Write NAME.urdf and meshes/ into `folder`."""
        meshes = folder / "meshes"
        meshes.mkdir(parents=True, exist_ok=True)
        text = f'<?xml version="1.0"?>\n<robot name="{self.name}">\n'
        for name, rgba in self.colours.items():
            text += f'  <material name="{name}"><color rgba="{rgba}"/></material>\n'
        text += "".join(self._link(link, meshes) for link in self.links)
        text += "".join(_joint(joint) for joint in self.joints)
        path = folder / f"{self.name}.urdf"
        path.write_text(text + "</robot>\n", encoding="utf-8", newline="\n")

    def _link(self, link: Link, meshes: Path) -> str:
        """The <link> element; writes its meshes, one binary STL a material."""
        if not link.pieces:
            # A frame has no shape; a mass of nothing would be taken as 1 kg.
            return (
                f"  <link name={quoteattr(link.name)}>\n    <inertial>\n"
                '      <origin xyz="0 0 0" rpy="0 0 0"/>\n      <mass value="1e-06"/>\n'
                '      <inertia ixx="1e-09" ixy="0" ixz="0" iyy="1e-09" iyz="0" izz="1e-09"/>\n'
                "    </inertial>\n  </link>\n"
            )
        text = f"  <link name={quoteattr(link.name)}>\n{_inertial(link.pieces, link.mass)}"
        for material in self.colours:
            parts = [_mesh(piece) for piece in link.pieces if piece.material == material]
            if not parts:
                continue
            file = f"{link.name}_{material}.stl"
            (meshes / file).write_bytes(export_stl(trimesh.util.concatenate(parts)))
            text += (
                '    <visual>\n      <origin xyz="0 0 0" rpy="0 0 0"/>\n'
                f'      <geometry><mesh filename="meshes/{file}"/></geometry>\n'
                f'      <material name="{material}"/>\n    </visual>\n'
            )
        text += "".join(_collision(piece) for piece in link.pieces if piece.solid)
        return text + "  </link>\n"


def main(drawn: Callable[[], Drawing], here: Path) -> None:
    """Write a drawing into the folder named on the command line, or into its own."""
    parser = argparse.ArgumentParser(description=drawn.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=here)
    drawn().write(parser.parse_args().folder)


def housing(
    axis: str, offset: Triple, start: float, end: float, radius: float, cap: float = 0.016
) -> tuple[Round, Round]:
    """A joint's housing along `axis` from `start` (plain) to `end`, closed there by a cap."""
    inwards = cap if end > start else -cap
    along = {"x": (1.0, 0.0, 0.0), "y": (0.0, 1.0, 0.0), "z": (0.0, 0.0, 1.0)}[axis]

    def at(distance: float) -> Triple:
        x, y, z = (o + distance * a for o, a in zip(offset, along, strict=True))
        return x, y, z

    return (
        Round(at(start), at(end - inwards), radius, rim=(0.003, 0.001)),
        Round(at(end - inwards), at(end), radius, rim=(0.001, 0.012), material="accent"),
    )


def by_volume(links: Sequence[tuple[Shape, ...]], total: float) -> list[float]:
    """Masses [kg] of links that share a total by their volumes, in grammes."""
    volumes = [sum(_mesh(piece).volume for piece in pieces) for pieces in links]
    return [round(total * volume / sum(volumes), 3) for volume in volumes]


def _rounded(radius: float, end_radius: float, length: float, rim: tuple[float, float]):
    """Profile (n, 2) of radius and height, from the axis below to the axis above."""
    arc = np.linspace(0.0, math.pi / 2, 4)
    low, high = (min(r, 0.45 * length) for r in rim)
    below = np.column_stack([radius - low + low * np.sin(arc), low - low * np.cos(arc)])
    above = np.column_stack(
        [end_radius - high + high * np.cos(arc), length - high + high * np.sin(arc)]
    )
    return np.vstack([[0.0, 0.0], below, above, [0.0, length]])


def _placement(piece: Round) -> tuple[np.ndarray, float]:
    """The (4, 4) frame of a round, z along it from its start, and its length."""
    start, end = np.asarray(piece.start, float), np.asarray(piece.end, float)
    length = float(np.linalg.norm(end - start))
    frame = np.asarray(trimesh.geometry.align_vectors([0, 0, 1], (end - start) / length))
    frame[:3, 3] = start
    return frame, length


def _mesh(piece: Shape) -> trimesh.Trimesh:
    if isinstance(piece, Block):
        solid = trimesh.creation.box(extents=piece.size)
        solid.apply_translation(piece.centre)
        return solid
    frame, length = _placement(piece)
    tip = piece.radius if piece.end_radius is None else piece.end_radius
    profile = _rounded(piece.radius, tip, length, piece.rim)
    solid = trimesh.creation.revolve(profile, sections=SECTIONS)
    solid.apply_transform(frame)
    return solid


def _inertial(pieces: tuple[Shape, ...], mass: float) -> str:
    """Mass, centre and inertia of the pieces at one density; where two overlap it counts twice."""
    meshes = [_mesh(piece) for piece in pieces]
    volume = sum(m.volume for m in meshes)
    density = mass / volume
    centre = sum(m.volume * m.center_mass for m in meshes) / volume
    tensor = np.zeros((3, 3))
    for m in meshes:
        m.density = density
        arm = m.center_mass - centre
        tensor += m.moment_inertia + m.mass * (arm @ arm * np.eye(3) - np.outer(arm, arm))
    places = {"ixx": (0, 0), "ixy": (0, 1), "ixz": (0, 2)}
    places |= {"iyy": (1, 1), "iyz": (1, 2), "izz": (2, 2)}
    values = " ".join(f'{name}="{tensor[i, j]:.9f}"' for name, (i, j) in places.items())
    return (
        f'    <inertial>\n      <origin xyz="{_short(centre)}" rpy="0 0 0"/>\n'
        f'      <mass value="{mass}"/>\n      <inertia {values}/>\n    </inertial>\n'
    )


def _collision(piece: Shape) -> str:
    """An exact convex primitive around a piece."""
    if isinstance(piece, Block):
        origin, rpy = piece.centre, (0.0, 0.0, 0.0)
        shape = f'<box size="{_short(piece.size)}"/>'
    else:
        frame, length = _placement(piece)
        origin = (np.asarray(piece.start) + np.asarray(piece.end)) / 2
        rpy = trimesh.transformations.euler_from_matrix(frame, "sxyz")
        radius = max(piece.radius, piece.end_radius or 0)
        shape = f'<cylinder radius="{radius}" length="{length:.6g}"/>'
    return (
        f'    <collision>\n      <origin xyz="{_short(origin)}" rpy="{_precise(rpy)}"/>\n'
        f"      <geometry>{shape}</geometry>\n    </collision>\n"
    )


def _joint(joint: Joint) -> str:
    """The <joint> element."""
    text = (
        f'  <joint name="{joint.name}" type="{joint.kind}">\n'
        f'    <parent link="{joint.parent}"/>\n    <child link="{joint.child}"/>\n'
        f'    <origin xyz="{_precise(joint.xyz)}" rpy="{_precise(joint.rpy)}"/>\n'
    )
    if joint.kind != "fixed":
        text += (
            f'    <axis xyz="{_short(joint.axis)}"/>\n'
            f'    <limit lower="{joint.lower!r}" upper="{joint.upper!r}" '
            f'effort="{joint.effort}" velocity="{joint.velocity!r}"/>\n'
        )
    return text + "  </joint>\n"


def _short(values) -> str:
    return " ".join(f"{v + 0.0:.6g}" for v in np.round(np.asarray(values, float), 9) + 0.0)


def _precise(values) -> str:
    return " ".join(repr(float(v) + 0.0) for v in values)
