"""A URDF as it is drawn: the meshes of each moving link, and the joints between them.

Physics reads the same file on its own (`twin.cells.robot`): masses, limits, collision shapes. Here
only what is seen is read; links that are fixed to each other are one.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
import trimesh
from numpy.typing import NDArray

from twin.cells.tool import FLANGE, TIPS
from twin.cells.urdf import mesh_file
from twin.errors import LayoutError
from twin.layout.shapes import MATERIALS, Material

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Joint:
    """One moving joint: its frame in the link before it (4, 4), and its axis (3,) in that frame,
    about which it turns or along which it slides."""

    name: str
    origin: Matrix
    axis: NDArray[np.float64]
    slides: bool = False


@dataclass(frozen=True)
class Linkage:
    """A serial arm. `links` has one entry more than `joints`: link k moves with joint k-1.

    Each link is a list of (material, mesh in the link's frame); `tip` (4, 4) is the last frame of
    the chain in the last link, `second` that of a double gripper's other one.
    """

    links: list[list[tuple[Material, trimesh.Trimesh]]]
    joints: list[Joint] = field(default_factory=list)
    tip: Matrix = field(default_factory=lambda: np.eye(4))
    second: Matrix | None = None


def read_linkage(path: Path) -> Linkage:
    """The drawing of a serial arm, read again only when its file has changed; its meshes are to be
    left as they are. Raises LayoutError where the file cannot be drawn."""
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError as error:
        raise LayoutError(f"{path}: there is no such file") from error
    return _read_linkage(path, changed)


def with_tool(linkage: Linkage, path: Path) -> Linkage:
    """The arm with the tool in a URDF of fixed joints on the end of its chain; its first tip is the
    new end. Raises LayoutError where the file cannot be drawn."""
    root = _parse(path)
    elements = {str(link.get("name")): link for link in root.findall("link")}
    joints = root.findall("joint")
    frames = {FLANGE: linkage.tip}
    while True:
        new = [j for j in joints if _end(path, j, "parent", elements) in frames
               and _end(path, j, "child", elements) not in frames]  # fmt: skip
        if not new:
            break
        for joint in new:
            parent = frames[_end(path, joint, "parent", elements)]
            frames[_end(path, joint, "child", elements)] = parent @ _origin(path, joint)
    drawn = [piece for name in frames for piece in _visuals(path, elements[name], frames[name])]
    tips = [frames[name] for name in TIPS if name in frames]
    if not tips:
        raise LayoutError(f"{path}: a tool has a link named one of {', '.join(TIPS)}")
    links = [*linkage.links[:-1], linkage.links[-1] + drawn]
    return Linkage(links, linkage.joints, tips[0], tips[1] if len(tips) > 1 else None)


@lru_cache(maxsize=32)
def _read_linkage(path: Path, changed: int) -> Linkage:
    root = _parse(path)
    elements = {str(link.get("name")): link for link in root.findall("link")}
    after: dict[str, ET.Element] = {}
    for joint in root.findall("joint"):
        parent = _end(path, joint, "parent", elements)
        if parent in after:
            raise LayoutError(f"{path}: link {parent!r} carries two joints; an arm is one chain")
        after[parent] = joint
    children = {_end(path, joint, "child", elements) for joint in after.values()}
    roots = [name for name in elements if name not in children]
    if len(roots) != 1:
        raise LayoutError(f"{path}: expected one link that no joint carries, found {roots}")
    return _follow(path, roots[0], elements, after)


def _follow(
    path: Path, name: str, elements: dict[str, ET.Element], after: dict[str, ET.Element]
) -> Linkage:
    links: list[list[tuple[Material, trimesh.Trimesh]]] = [[]]
    joints: list[Joint] = []
    frame = np.eye(4)  # of the link `name` in the last moving link
    while True:
        links[-1] += _visuals(path, elements[name], frame)
        joint = after.get(name)
        if joint is None:
            return Linkage(links, joints, frame)
        frame = frame @ _origin(path, joint)
        if joint.get("type") in ("revolute", "continuous", "prismatic"):
            axis = np.array(_numbers(path, joint.find("axis"), "xyz", "1 0 0"))
            slides = joint.get("type") == "prismatic"
            joints.append(Joint(str(joint.get("name")), frame, axis / np.linalg.norm(axis), slides))
            links.append([])
            frame = np.eye(4)
        elif joint.get("type") != "fixed":
            raise LayoutError(
                f"{path}: joint {joint.get('name')!r} is {joint.get('type')!r}; "
                "only revolute, continuous, prismatic and fixed joints can be drawn"
            )
        name = _end(path, joint, "child", elements)


def _parse(path: Path) -> ET.Element:
    try:
        return ET.parse(path).getroot()
    except ET.ParseError as error:
        raise LayoutError(f"{path}: not an XML file: {error}") from error


def _end(path: Path, joint: ET.Element, end: str, known: dict[str, ET.Element]) -> str:
    element = joint.find(end)
    name = None if element is None else element.get("link")
    if name not in known:
        raise LayoutError(f"{path}: joint {joint.get('name')!r}: its {end} {name!r} is no link")
    return name


def _numbers(path: Path, element: ET.Element | None, key: str, default: str) -> list[float]:
    text = default if element is None else element.get(key, default)
    try:
        values = [float(word) for word in text.split()]
    except ValueError as error:
        raise LayoutError(f"{path}: {key}={text!r}: expected numbers") from error
    if len(values) != len(default.split()) or not np.isfinite(values).all():
        raise LayoutError(f"{path}: {key}={text!r}: expected {len(default.split())} finite numbers")
    return values


def _origin(path: Path, element: ET.Element) -> Matrix:
    """<origin xyz rpy> as (4, 4); rpy turns about the fixed axes x, y, z in this order."""
    origin = element.find("origin")
    frame = trimesh.transformations.euler_matrix(
        *_numbers(path, origin, "rpy", "0 0 0"), axes="sxyz"
    )
    frame[:3, 3] = _numbers(path, origin, "xyz", "0 0 0")
    return frame


def _visuals(path: Path, link: ET.Element, frame: Matrix) -> list[tuple[Material, trimesh.Trimesh]]:
    drawn = []
    for visual in link.findall("visual"):
        mesh = _geometry(path, visual)
        mesh.apply_transform(frame @ _origin(path, visual))
        material = visual.find("material")
        key = "" if material is None else material.get("name", "")
        drawn.append((key if key in MATERIALS else "body", mesh))
    return drawn


def _geometry(path: Path, visual: ET.Element) -> trimesh.Trimesh:
    geometry = visual.find("geometry")
    shape = next(iter(geometry), None) if geometry is not None else None
    if shape is None:
        raise LayoutError(f"{path}: a visual has no geometry")
    if shape.tag == "mesh":
        mesh = _mesh(path, shape.get("filename", ""))
        return mesh.apply_scale(_numbers(path, shape, "scale", "1 1 1"))
    if shape.tag == "box":
        return trimesh.creation.box(_numbers(path, shape, "size", "1 1 1"))
    radius = _numbers(path, shape, "radius", "1")[0]
    if shape.tag == "cylinder":
        return trimesh.creation.cylinder(radius, _numbers(path, shape, "length", "1")[0])
    if shape.tag == "sphere":
        return trimesh.creation.icosphere(subdivisions=2, radius=radius)
    raise LayoutError(
        f"{path}: there is no geometry {shape.tag!r}; use mesh, box, cylinder, sphere"
    )


def _mesh(path: Path, name: str) -> trimesh.Trimesh:
    try:
        file = mesh_file(path, name)
    except LayoutError as error:
        raise LayoutError(f"{path}: {error}") from None
    mesh = trimesh.load(file, force="mesh")
    if not isinstance(mesh, trimesh.Trimesh) or mesh.is_empty:
        raise LayoutError(f"{path}: mesh {name!r} holds no triangles")
    return mesh
