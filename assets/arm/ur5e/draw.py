"""Draws this folder's arm: writes ur5e.urdf and meshes/*.stl from the tables below.

Link i's frame is Denavit-Hartenberg frame i-1 turned by joint i, so that every joint turns about
its own z axis and joint i+1 sits at Tz(d_i) Tx(a_i) Rx(alpha_i) in link i. Lengths in metres.
"""

from __future__ import annotations

import argparse
import math
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr

import numpy as np
import trimesh
from trimesh.exchange.stl import export_stl

HERE = Path(__file__).parent
SECTIONS = 24  # facets of a round

# The maker's DH page: d, a, alpha of joints 1-6.
DH = (
    (0.1625, 0.0, math.pi / 2),
    (0.0, -0.425, 0.0),
    (0.0, -0.3922, 0.0),
    (0.1333, 0.0, math.pi / 2),
    (0.0997, 0.0, -math.pi / 2),
    (0.0996, 0.0, 0.0),
)
EFFORT = (150.0, 150.0, 150.0, 28.0, 28.0, 28.0)  # Nm
VELOCITY = math.pi  # rad/s, 180 deg/s, all six
LIMIT = 2 * math.pi  # rad, either way, all six
# kg: the six moving links from the maker's ROS description; the base is what is left of the arm's
# 20.6 kg; the gripper is a guess for a small electric one.
MASS = (2.9, 3.761, 8.058, 2.846, 1.37, 1.3, 0.365)
GRIPPER_MASS = 0.9
TOOL = 0.15  # flange to finger tips
COLOURS = {"body": "0.80 0.82 0.84 1", "accent": "0.22 0.55 0.78 1", "dark": "0.16 0.18 0.20 1"}


@dataclass(frozen=True)
class Round:
    """A solid of revolution from `start` to `end`: a tapered cylinder with rounded rims."""

    start: tuple[float, float, float]
    end: tuple[float, float, float]
    radius: float
    end_radius: float | None = None
    rim: tuple[float, float] = (0.004, 0.004)  # rounding at the start and at the end
    material: str = "body"
    solid: bool = True  # False: lies within another piece, so it needs no collision shape


@dataclass(frozen=True)
class Block:
    """A box; centre and full sizes."""

    centre: tuple[float, float, float]
    size: tuple[float, float, float]
    material: str = "dark"
    solid: bool = True


def joint(axis: str, offset: tuple[float, float, float], start: float, end: float, radius: float):
    """A joint housing along `axis` from `start` (plain) to `end`, closed there by a blue cap."""
    cap = 0.016 if end > start else -0.016
    along = {"y": (0.0, 1.0, 0.0), "z": (0.0, 0.0, 1.0)}[axis]

    def at(distance: float) -> tuple[float, float, float]:
        x, y, z = (o + distance * a for o, a in zip(offset, along, strict=True))
        return x, y, z

    return (
        Round(at(start), at(end - cap), radius, rim=(0.003, 0.001)),
        Round(at(end - cap), at(end), radius, rim=(0.001, 0.012), material="accent"),
    )


LINKS: tuple[tuple[Round | Block, ...], ...] = (
    (  # base: foot and column
        Round((0, 0, 0), (0, 0, 0.018), 0.0745),
        Round((0, 0, 0.018), (0, 0, 0.089), 0.068, 0.062, rim=(0.001, 0.004)),
    ),
    (  # shoulder: a column that carries the housing of joint 2, whose axis is -y here
        Round((0, 0, 0.093), (0, 0, 0.165), 0.060),
        *joint("y", (0, 0, DH[0][0]), -0.069, 0.074, 0.060),
    ),
    (  # upper arm: tube beside the shoulder, 0.138 along the axis, as on the real arm
        *joint("z", (0, 0, 0), 0.073, 0.205, 0.060),
        Round((-0.030, 0, 0.138), (-0.400, 0, 0.138), 0.052, 0.045),
        *joint("z", (DH[1][1], 0, 0), 0.075, 0.196, 0.052),
    ),
    (  # forearm
        *joint("z", (0, 0, 0), 0.071, -0.052, 0.050),
        Round((-0.025, 0, 0.007), (-0.372, 0, 0.007), 0.042, 0.036),
        *joint("z", (DH[2][1], 0, 0), 0.051, -0.044, 0.041),
    ),
    (  # wrist 1: carries joint 5, whose axis is -y here
        *joint("z", (0, 0, 0), 0.055, 0.184, 0.040),
        Round((0, -0.010, DH[3][0]), (0, -0.050, DH[3][0]), 0.038),
    ),
    (  # wrist 2: carries joint 6, whose axis is +y here
        *joint("z", (0, 0, 0), 0.054, 0.150, 0.040),
        Round((0, 0.010, DH[4][0]), (0, 0.050, DH[4][0]), 0.038),
    ),
    (Round((0, 0, 0.054), (0, 0, DH[5][0]), 0.0375),),  # wrist 3: the flange
)
GRIPPER: tuple[Round | Block, ...] = (
    Round((0, 0, 0), (0, 0, 0.055), 0.034, material="dark"),
    Block((0, 0, 0.074), (0.110, 0.048, 0.040)),
    Block((-0.044, 0, 0.122), (0.010, 0.026, 0.056), material="body"),
    Block((0.044, 0, 0.122), (0.010, 0.026, 0.056), material="body"),
)


def rounded(radius: float, end_radius: float, length: float, rim: tuple[float, float]):
    """Profile (n, 2) of radius and height, from the axis below to the axis above."""
    arc = np.linspace(0.0, math.pi / 2, 4)
    low, high = (min(r, 0.45 * length) for r in rim)
    below = np.column_stack([radius - low + low * np.sin(arc), low - low * np.cos(arc)])
    above = np.column_stack(
        [end_radius - high + high * np.cos(arc), length - high + high * np.sin(arc)]
    )
    return np.vstack([[0.0, 0.0], below, above, [0.0, length]])


def placement(piece: Round) -> tuple[np.ndarray, float]:
    """The (4, 4) frame of a round, z along it from its start, and its length."""
    start, end = np.asarray(piece.start, float), np.asarray(piece.end, float)
    length = float(np.linalg.norm(end - start))
    frame = np.asarray(trimesh.geometry.align_vectors([0, 0, 1], (end - start) / length))
    frame[:3, 3] = start
    return frame, length


def mesh(piece: Round | Block) -> trimesh.Trimesh:
    if isinstance(piece, Block):
        solid = trimesh.creation.box(extents=piece.size)
        solid.apply_translation(piece.centre)
        return solid
    frame, length = placement(piece)
    tip = piece.radius if piece.end_radius is None else piece.end_radius
    profile = rounded(piece.radius, tip, length, piece.rim)
    solid = trimesh.creation.revolve(profile, sections=SECTIONS)
    solid.apply_transform(frame)
    return solid


def inertial(pieces: tuple[Round | Block, ...], mass: float) -> str:
    """Mass, centre and inertia of the pieces at one density; where two overlap it counts twice."""
    meshes = [mesh(piece) for piece in pieces]
    volume = sum(m.volume for m in meshes)
    density = mass / volume
    centre = sum(m.volume * m.center_mass for m in meshes) / volume
    tensor = np.zeros((3, 3))
    for m in meshes:
        m.density = density
        arm = m.center_mass - centre
        tensor += m.moment_inertia + m.mass * (arm @ arm * np.eye(3) - np.outer(arm, arm))
    entries = {
        "ixx": (0, 0),
        "ixy": (0, 1),
        "ixz": (0, 2),
        "iyy": (1, 1),
        "iyz": (1, 2),
        "izz": (2, 2),
    }
    values = " ".join(f'{name}="{tensor[i, j]:.9f}"' for name, (i, j) in entries.items())
    return (
        f'    <inertial>\n      <origin xyz="{triple(centre)}" rpy="0 0 0"/>\n'
        f'      <mass value="{mass}"/>\n      <inertia {values}/>\n    </inertial>\n'
    )


def triple(values) -> str:
    return " ".join(f"{v + 0.0:.6g}" for v in np.round(np.asarray(values, float), 9) + 0.0)


def collision(piece: Round | Block) -> str:
    """An exact convex primitive around a piece."""
    if isinstance(piece, Block):
        origin, rpy = piece.centre, (0.0, 0.0, 0.0)
        shape = f'<box size="{triple(piece.size)}"/>'
    else:
        frame, length = placement(piece)
        origin = (np.asarray(piece.start) + np.asarray(piece.end)) / 2
        rpy = trimesh.transformations.euler_from_matrix(frame, "sxyz")
        shape = (
            f'<cylinder radius="{max(piece.radius, piece.end_radius or 0)}" length="{length:.6g}"/>'
        )
    return (
        f'    <collision>\n      <origin xyz="{triple(origin)}" rpy="{precise(rpy)}"/>\n'
        f"      <geometry>{shape}</geometry>\n    </collision>\n"
    )


def precise(values) -> str:
    return " ".join(repr(float(v) + 0.0) for v in values)


def link(name: str, pieces: tuple[Round | Block, ...], mass: float, meshes: Path) -> str:
    """The <link> element; writes its meshes, one binary STL a material."""
    text = f"  <link name={quoteattr(name)}>\n{inertial(pieces, mass)}"
    for material in COLOURS:
        parts = [mesh(piece) for piece in pieces if piece.material == material]
        if not parts:
            continue
        file = f"{name}_{material}.stl"
        (meshes / file).write_bytes(export_stl(trimesh.util.concatenate(parts)))
        text += (
            '    <visual>\n      <origin xyz="0 0 0" rpy="0 0 0"/>\n'
            f'      <geometry><mesh filename="meshes/{file}"/></geometry>\n'
            f'      <material name="{material}"/>\n    </visual>\n'
        )
    text += "".join(collision(piece) for piece in pieces if piece.solid)
    return text + "  </link>\n"


def revolute(index: int) -> str:
    """Joint `index` (1-6), from link index-1 to link index."""
    d, a, alpha = DH[index - 2] if index > 1 else (0.0, 0.0, 0.0)
    return (
        f'  <joint name="joint_{index}" type="revolute">\n'
        f'    <parent link="link_{index - 1}"/>\n    <child link="link_{index}"/>\n'
        f'    <origin xyz="{precise((a, 0.0, d))}" rpy="{precise((alpha, 0.0, 0.0))}"/>\n'
        '    <axis xyz="0 0 1"/>\n'
        f'    <limit lower="{-LIMIT!r}" upper="{LIMIT!r}" effort="{EFFORT[index - 1]}" '
        f'velocity="{VELOCITY!r}"/>\n  </joint>\n'
    )


def fixed(name: str, parent: str, child: str, z: float) -> str:
    return (
        f'  <joint name="{name}" type="fixed">\n    <parent link="{parent}"/>\n'
        f'    <child link="{child}"/>\n    <origin xyz="{precise((0.0, 0.0, z))}" rpy="0 0 0"/>\n'
        "  </joint>\n"
    )


def draw(folder: Path) -> None:
    """Write ur5e.urdf and meshes/ into `folder`."""
    meshes = folder / "meshes"
    meshes.mkdir(parents=True, exist_ok=True)
    text = '<?xml version="1.0"?>\n<robot name="ur5e">\n'
    for name, rgba in COLOURS.items():
        text += f'  <material name="{name}"><color rgba="{rgba}"/></material>\n'
    for index, (pieces, mass) in enumerate(zip(LINKS, MASS, strict=True)):
        text += link(f"link_{index}", pieces, mass, meshes)
    text += link("gripper", GRIPPER, GRIPPER_MASS, meshes)
    # The tip has no shape; a mass of nothing would be taken as 1 kg.
    text += (
        '  <link name="tool0">\n    <inertial>\n      <origin xyz="0 0 0" rpy="0 0 0"/>\n'
        '      <mass value="1e-06"/>\n      <inertia ixx="1e-09" ixy="0" ixz="0" iyy="1e-09" '
        'iyz="0" izz="1e-09"/>\n    </inertial>\n  </link>\n'
    )
    text += "".join(revolute(index) for index in range(1, 7))
    text += fixed("flange", "link_6", "gripper", DH[5][0]) + fixed("tip", "gripper", "tool0", TOOL)
    (folder / "ur5e.urdf").write_text(text + "</robot>\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=HERE)
    draw(parser.parse_args().folder)
