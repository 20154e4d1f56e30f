"""The gate of URDF files: read and judged in Python before PyBullet sees anything.

PyBullet takes a body of 500 m, a joint without limits and a mesh without faces without a word, so
every number is looked at here, and PyBullet gets a file that this module has written.
"""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from twin.cells.robot import Array, Body, Joint, Robot, Solid, joined, transform
from twin.errors import LayoutError, nearest

LARGEST_FILE = 2_000_000  # bytes of XML; descriptions of arms have some ten thousand
LARGEST_SIZE = 20.0  # m: a longer link is a mesh in millimetres
SMALLEST_SIZE = 0.001  # m
LARGEST_MASS = 1000.0  # kg
FASTEST_JOINT = 100.0  # rad/s or m/s: faster is a placeholder
MESH_KINDS = (".stl", ".obj", ".ply", ".off", ".glb")
TOOL = "tool0"
PACKAGE = "package://"


@dataclass(frozen=True)
class _Edge:
    """A joint as the file has it; `joint` is None where it is fixed."""

    parent: str
    child: str
    origin: Array
    joint: Joint | None


class _File:
    """The file being read: it makes the messages and remembers the meshes it opened."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.meshes: list[Path] = []

    def error(self, place: str, problem: str) -> LayoutError:
        return LayoutError(f"{self.path}: {place}: {problem}")

    def numbers(self, text: str | None, count: int, place: str) -> Array:
        try:
            values = np.array([float(word) for word in (text or "").split()])
        except ValueError:
            raise self.error(place, f"expected {count} numbers, not {text!r}") from None
        if len(values) != count or not np.all(np.isfinite(values)):
            raise self.error(place, f"expected {count} finite numbers, not {text!r}")
        return values

    def origin(self, element: ET.Element | None, place: str) -> Array:
        if element is None:
            return np.eye(4)
        position = self.numbers(element.get("xyz", "0 0 0"), 3, f"{place}/origin xyz")
        rpy = self.numbers(element.get("rpy", "0 0 0"), 3, f"{place}/origin rpy")
        if np.any(np.abs(position) > LARGEST_SIZE):
            raise self.error(
                place, f"its origin is {np.abs(position).max():g} m away: looks like mm"
            )
        if np.any(np.abs(rpy) > 2 * math.pi + 1e-6):
            raise self.error(place, f"rpy {rpy.tolist()} is beyond 2 pi: looks like degrees")
        return transform(position, rpy)


def load_robot(path: Path) -> Robot:
    """The arm in a URDF file: one chain of moving joints from the base to the tool.

    The tool is the link named "tool0", else the only link that carries no other. Raises
    LayoutError with the file, the link or joint, and what is wrong. Read again only when one of its
    files has changed.
    """
    known = _READ.get(Path(path))
    if known is not None and known[1] == _stamps(known[0].files):
        return known[0]
    robot = _robot(Path(path))
    if len(_READ) >= 64:
        _READ.clear()
    _READ[Path(path)] = robot, _stamps(robot.files)
    return robot


_READ: dict[Path, tuple[Robot, list[tuple[int, int] | None]]] = {}


def _stamps(files: Iterable[Path]) -> list[tuple[int, int] | None]:
    """When each file was written, and its size; None where it is gone."""
    found = []
    for path in files:
        try:
            status = path.stat()
        except OSError:
            found.append(None)
        else:
            found.append((status.st_mtime_ns, status.st_size))
    return found


def _robot(path: Path) -> Robot:
    file = _File(path)
    root = _root(file)
    links = _links(file, root)
    edges = _edges(file, root, links)
    base = _base(file, links, edges)
    return _chain(file, root.get("name", file.path.stem), links, edges, base)


def read_fixed(path: Path) -> tuple[str, dict[str, tuple[Body, Array]], tuple[Path, ...]]:
    """A URDF without moving joints: its root, each link with its frame (4, 4) in the root's, and
    the files it is made of. Raises LayoutError as load_robot does."""
    file = _File(Path(path))
    root = _root(file)
    links = _links(file, root)
    edges = _edges(file, root, links)
    base = _base(file, links, edges)
    for edge in edges:
        if edge.joint is not None:
            raise file.error(f"joint {edge.joint.name}", "moves; a tool has fixed joints only")
    frames = _rigid(edges, base)
    found = {name: (links[name], frame) for name, frame in frames.items()}
    return base, found, (file.path, *file.meshes)


def _root(file: _File) -> ET.Element:
    try:
        text = file.path.read_bytes()
    except OSError as error:
        raise LayoutError(f"{file.path}: cannot be read: {error.strerror}") from error
    if len(text) > LARGEST_FILE:
        raise LayoutError(f"{file.path}: {len(text)} bytes; a URDF has at most {LARGEST_FILE}")
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise LayoutError(f"{file.path}: a URDF needs no DOCTYPE and no entities; remove them")
    try:
        root = ET.fromstring(text)
    except (ET.ParseError, ValueError) as error:
        raise LayoutError(f"{file.path}: not well-formed XML: {error}") from error
    if root.tag != "robot":
        raise LayoutError(f"{file.path}: the outermost element is <{root.tag}>, not <robot>")
    return root


def _named(file: _File, root: ET.Element, tag: str) -> dict[str, ET.Element]:
    found: dict[str, ET.Element] = {}
    for element in root.findall(tag):
        name = element.get("name", "")
        if not name:
            raise file.error(tag, "has no name")
        if name in found:
            raise file.error(f"{tag} {name}", "the name is used twice")
        found[name] = element
    return found


# --- links ---------------------------------------------------------------------------------------


def _links(file: _File, root: ET.Element) -> dict[str, Body]:
    found = _named(file, root, "link")
    if not found:
        raise file.error("robot", "has no link")
    return {name: _link(file, element, name) for name, element in found.items()}


def _link(file: _File, element: ET.Element, name: str) -> Body:
    place = f"link {name}"
    solids = tuple(
        _solid(file, shape, f"{place}/collision") for shape in element.findall("collision")
    )
    inertial = element.find("inertial")
    if inertial is None:
        if solids:
            raise file.error(place, "has a shape but no <inertial>; give mass and inertia")
        return Body(name, 0.0, np.zeros(3), np.zeros((3, 3)), ())
    origin = file.origin(inertial.find("origin"), f"{place}/inertial")
    mass_element = inertial.find("mass")
    text = mass_element.get("value") if mass_element is not None else None
    mass = float(file.numbers(text, 1, f"{place}/mass")[0])
    if not 0.0 < mass <= LARGEST_MASS:
        raise file.error(
            place, f"its mass is {mass:g} kg; expected above 0, up to {LARGEST_MASS:g}"
        )
    turned = origin[:3, :3]
    inertia = turned @ _inertia(file, inertial.find("inertia"), place) @ turned.T
    return Body(name, mass, origin[:3, 3], inertia, solids)


def _inertia(file: _File, element: ET.Element | None, place: str) -> Array:
    if element is None:
        raise file.error(place, "has no <inertia>")
    keys = ("ixx", "iyy", "izz", "ixy", "ixz", "iyz")
    xx, yy, zz, xy, xz, yz = (
        float(file.numbers(element.get(key, "0"), 1, f"{place}/inertia {key}")[0]) for key in keys
    )
    tensor = np.array([[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]])
    moments = np.linalg.eigvalsh(tensor)
    # A body's largest principal moment is at most the sum of the other two.
    if moments[0] <= 0.0 or moments[2] > (moments[0] + moments[1]) * (1 + 1e-6):
        raise file.error(place, f"no body has the principal inertias {moments.tolist()} kg m2")
    return tensor


def _solid(file: _File, element: ET.Element, place: str) -> Solid:
    origin = file.origin(element.find("origin"), place)
    geometry = element.find("geometry")
    shape = geometry[0] if geometry is not None and len(geometry) else None
    if shape is None:
        raise file.error(place, "has no geometry")
    if shape.tag == "mesh":
        return Solid("hull", origin, points=_mesh(file, shape, place))
    if shape.tag == "box":
        size = tuple(file.numbers(shape.get("size"), 3, f"{place}/box size").tolist())
    elif shape.tag == "sphere":
        size = tuple(file.numbers(shape.get("radius"), 1, f"{place}/sphere radius").tolist())
    elif shape.tag in ("cylinder", "capsule"):
        size = tuple(
            float(file.numbers(shape.get(key), 1, f"{place}/{shape.tag} {key}")[0])
            for key in ("radius", "length")
        )
    else:
        raise file.error(
            place, f"<{shape.tag}> is not a shape: box, sphere, cylinder, capsule, mesh"
        )
    if min(size) < SMALLEST_SIZE or max(size) > LARGEST_SIZE:
        raise file.error(
            place, f"{shape.tag} of {size} m; expected {SMALLEST_SIZE} to {LARGEST_SIZE} m each"
        )
    return Solid(shape.tag, origin, size)


def _mesh(file: _File, element: ET.Element, place: str) -> Array:
    """The corners (n, 3) of the mesh's convex hull, scaled."""
    try:
        path = mesh_file(file.path, element.get("filename", ""))
    except LayoutError as error:
        raise file.error(place, str(error)) from None
    import trimesh  # a third of a second that only arms with meshes pay for

    try:
        mesh = trimesh.load(path, force="mesh")
        # force="mesh" gives one mesh, though the reader is typed as giving any geometry.
        vertices = np.asarray(mesh.vertices, float)  # type: ignore[union-attr]
    except Exception as error:  # trimesh's readers raise whatever a bad file makes them raise
        raise file.error(place, f"the mesh {path} cannot be read: {error}") from error
    scale = file.numbers(element.get("scale", "1 1 1"), 3, f"{place}/mesh scale")
    vertices = vertices * scale
    if len(vertices) < 4 or not np.all(np.isfinite(vertices)):
        raise file.error(
            place, f"the mesh {path} has {len(vertices)} vertices or numbers that are none"
        )
    extents = np.ptp(vertices, axis=0)
    if extents.max() > LARGEST_SIZE:
        raise file.error(
            place,
            f"the mesh {path} is {extents.max():g} m long: looks like mm; "
            'scale="0.001 0.001 0.001" may be missing',
        )
    if extents.min() < SMALLEST_SIZE:
        raise file.error(
            place, f"the mesh {path} is flat or tiny: {extents.tolist()} m along x, y, z"
        )
    file.meshes.append(path)
    return np.asarray(trimesh.convex.convex_hull(vertices).vertices, float)


def mesh_file(urdf: Path, name: str) -> Path:
    """The file of a mesh: beside the URDF, or "package://NAME/..." in the folder NAME beside it, or
    without NAME. Raises LayoutError where it is none, or lies elsewhere."""
    inner, roots = name, [urdf.parent]
    if name.startswith(PACKAGE):
        package, _, inner = name.removeprefix(PACKAGE).partition("/")
        roots.insert(0, urdf.parent / package)
    beyond = Path(inner).is_absolute() or ".." in Path(name.removeprefix(PACKAGE)).parts
    if not inner or "://" in inner or beyond:
        raise LayoutError(
            f"mesh {name!r}: give a file name relative to the URDF's folder, or {PACKAGE}NAME/FILE"
        )
    if Path(inner).suffix.lower() not in MESH_KINDS:
        raise LayoutError(f"mesh {name!r}: expected one of {', '.join(MESH_KINDS)}")
    for root in roots:
        if (root / inner).is_file():
            return root / inner
    raise LayoutError(f"mesh {name!r} is not in {', '.join(str(root) for root in roots)}")


# --- joints --------------------------------------------------------------------------------------


def _edges(file: _File, root: ET.Element, links: dict[str, Body]) -> list[_Edge]:
    edges = []
    for name, element in _named(file, root, "joint").items():
        place = f"joint {name}"
        ends = []
        for tag in ("parent", "child"):
            end = element.find(tag)
            link = end.get("link", "") if end is not None else ""
            if link not in links:
                raise file.error(
                    place, f"its {tag} link {link!r} is not there; {nearest(link, links)}"
                )
            ends.append(link)
        origin = file.origin(element.find("origin"), place)
        edges.append(_Edge(ends[0], ends[1], origin, _joint(file, name, element, origin)))
    return edges


def _joint(file: _File, name: str, element: ET.Element, origin: Array) -> Joint | None:
    place, kind = f"joint {name}", element.get("type", "")
    if kind == "fixed":
        return None
    if kind not in ("revolute", "prismatic", "continuous"):
        raise file.error(place, f"type {kind!r}; expected revolute, prismatic, continuous or fixed")
    if element.find("mimic") is not None:
        raise file.error(place, "follows another joint (mimic); fix it for this study")
    axis_element = element.find("axis")
    text = axis_element.get("xyz") if axis_element is not None else "1 0 0"
    axis = file.numbers(text, 3, f"{place}/axis")
    if np.linalg.norm(axis) < 1e-6:
        raise file.error(place, "its axis has no length")
    lower, upper, velocity, effort = _limits(file, element.find("limit"), kind, place)
    unit = axis / np.linalg.norm(axis)
    return Joint(name, kind == "prismatic", origin, unit, lower, upper, velocity, effort)


def _limits(
    file: _File, limit: ET.Element | None, kind: str, place: str
) -> tuple[float, float, float, float]:
    if limit is None:
        raise file.error(place, "has no <limit>; give lower, upper, velocity and effort")
    full = 2 * math.pi
    if kind == "continuous":  # one turn each way: a cable or a hose follows no further
        lower, upper = -full, full
    else:
        lower = float(file.numbers(limit.get("lower"), 1, f"{place}/limit lower")[0])
        upper = float(file.numbers(limit.get("upper"), 1, f"{place}/limit upper")[0])
    velocity = float(file.numbers(limit.get("velocity"), 1, f"{place}/limit velocity")[0])
    effort = float(file.numbers(limit.get("effort"), 1, f"{place}/limit effort")[0])
    if lower >= upper:
        raise file.error(place, f"lower {lower:g} is not below upper {upper:g}")
    if kind == "revolute" and max(-lower, upper) > 2 * full:
        raise file.error(place, f"limits {lower:g} to {upper:g} rad: looks like degrees")
    if not 0.0 < velocity <= FASTEST_JOINT:
        raise file.error(place, f"velocity {velocity:g}; expected above 0, up to {FASTEST_JOINT:g}")
    if effort <= 0.0:
        raise file.error(place, f"effort {effort:g}; expected above 0")
    return lower, upper, velocity, effort


def _base(file: _File, links: dict[str, Body], edges: list[_Edge]) -> str:
    parents: dict[str, str] = {}
    for edge in edges:
        if edge.child in parents:
            raise file.error(f"link {edge.child}", "hangs on two joints")
        parents[edge.child] = edge.parent
    roots = [name for name in links if name not in parents]
    if not roots:
        raise file.error("robot", "the links hang on each other in a circle; one must be the base")
    if len(roots) > 1:
        raise file.error("robot", f"has {len(roots)} bases: {', '.join(roots)}; join them")
    for name in links:
        seen = {name}
        while name in parents:
            name = parents[name]
            if name in seen:
                raise file.error(f"link {name}", "hangs on itself in a circle")
            seen.add(name)
    return roots[0]


# --- links and joints -> a chain of bodies -------------------------------------------------------


def _chain(file: _File, name: str, links: dict[str, Body], edges: list[_Edge], base: str) -> Robot:
    tool = _tool(file, links, edges)
    bodies: list[Body] = []
    joints: list[Joint] = []
    start = base
    while True:
        rigid = _rigid(edges, start)
        bodies.append(joined(start, [(links[link], at) for link, at in rigid.items()]))
        moving = [edge for edge in edges if edge.parent in rigid and edge.joint is not None]
        if len(moving) > 1:
            names = ", ".join(edge.joint.name for edge in moving if edge.joint)
            raise file.error(
                f"link {start}", f"carries several moving joints: {names}; fix all but one"
            )
        if not moving:
            break
        edge = moving[0]
        assert edge.joint is not None
        joints.append(replace(edge.joint, origin=rigid[edge.parent] @ edge.origin))
        start = edge.child
    if not joints:
        raise file.error("robot", "has no moving joint")
    if tool not in rigid:
        raise file.error(f"link {tool}", "the tool must hang rigidly on the last moving link")
    for body in bodies[1:]:
        if body.mass <= 0.0:
            raise file.error(f"link {body.name}", "moves but has no mass; give it an <inertial>")
    return Robot(name, tuple(bodies), tuple(joints), rigid[tool], (file.path, *file.meshes))


def _tool(file: _File, links: dict[str, Body], edges: list[_Edge]) -> str:
    if TOOL in links:
        return TOOL
    carrying = {edge.parent for edge in edges}
    ends = [name for name in links if name not in carrying]
    if len(ends) != 1:
        raise file.error("robot", f"name one of {', '.join(ends)} {TOOL!r}: it is the tool")
    return ends[0]


def _rigid(edges: list[_Edge], start: str) -> dict[str, Array]:
    """The links that fixed joints join to `start`, with their frames (4, 4) in its frame."""
    found = {start: np.eye(4)}
    waiting = [start]
    while waiting:
        parent = waiting.pop()
        for edge in edges:
            if edge.parent == parent and edge.joint is None:
                found[edge.child] = found[parent] @ edge.origin
                waiting.append(edge.child)
    return found
