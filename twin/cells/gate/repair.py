"""A robot's URDF, read, repaired where that is safe, and written anew with its meshes beside it.

What is assumed is noted; what depends on a thing that nobody knows is named `unknown`. What only
its author can mend is refused, here or by the strict reader (`cells/urdf.py`) of the result.
"""

from __future__ import annotations

import copy
import math
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import numpy as np
import trimesh
from trimesh.exchange.stl import export_stl

from twin.cells.gate.meshes import Pieces, pieces
from twin.cells.gate.source import Source
from twin.cells.robot import Array, transform
from twin.cells.urdf import TOOL
from twin.errors import LayoutError

DENSITY = 1500.0  # kg/m3, of a link as a whole (guessed: the UR class has 1000 to 2000)
SPEED = math.pi  # rad/s, of a joint whose limit is not told: that of most arms of the UR class
SLIDE = 0.5  # m/s, of a sliding one (guessed)
PLACEHOLDER = 50.0  # rad/s or m/s: no arm's joint is as fast
LARGEST_MASS = 1000.0  # kg
UNKNOWN_EFFORT = 1e6  # Nm, N: written where none is told; what depends on it is not checked
TORQUE = "torque"
MOVING = ("revolute", "prismatic", "continuous")
TURN = 2 * math.pi


@dataclass
class Repaired:
    """A URDF as it is written, the files beside it by name, notes, and what is not known."""

    root: ET.Element
    meshes: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)


def repaired(text: str, source: Source) -> Repaired:
    """What is made of a URDF's text. Raises LayoutError with file, link or joint, and what is
    wrong."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise LayoutError(f"{source.root}: a URDF needs no DOCTYPE and no entities; remove them")
    try:
        root = ET.fromstring(text)
    except (ET.ParseError, ValueError) as error:
        raise LayoutError(f"{source.root}: not well-formed XML: {error}") from error
    if root.tag != "robot":
        raise LayoutError(f"{source.root}: the outermost element is <{root.tag}>, not <robot>")
    if not root.findall("link"):
        raise LayoutError(f"{source.root}: has no link; a xacro file may only define macros")
    try:
        return _mended(root, source)
    except LayoutError as error:
        told = str(source.root) in str(error)
        raise error if told else LayoutError(f"{source.root}: {error}") from None


def _mended(root: ET.Element, source: Source) -> Repaired:
    made = Repaired(ET.Element("robot", {"name": root.get("name") or source.root.stem}))
    moved = {_end(joint, "child") for joint in root.findall("joint") if _moves(joint)}
    for link in root.findall("link"):
        made.root.append(_link(link, source, made, link.get("name", "") in moved))
    kept = _chain(root, made)
    for joint in root.findall("joint"):
        made.root.append(_joint(joint, made, joint.get("name", "") in kept))
    _named_tool(root, made, kept)
    return made


def _named_tool(root: ET.Element, made: Repaired, kept: set[str]) -> None:
    """The last link that moves is the tool where nothing else says which one is."""
    joints = root.findall("joint")
    carrying = {_end(joint, "parent") for joint in joints}
    names = [link.get("name", "") for link in root.findall("link")]
    ends = [name for name in names if name not in carrying]
    last = [_end(joint, "child") for joint in joints if joint.get("name", "") in kept]
    last = [name for name in last if not any(_end(j, "parent") == name for j in joints
            if j.get("name", "") in kept)]  # fmt: skip
    if TOOL in names or len(ends) == 1 or len(last) != 1:
        return
    made.notes.append(
        f"link {last[0]}: taken for the tool, the last that moves; name another one {TOOL!r}"
    )
    made.root.append(ET.Element("link", {"name": TOOL}))
    joint = ET.SubElement(made.root, "joint", {"name": f"{TOOL} of {last[0]}", "type": "fixed"})
    ET.SubElement(joint, "parent", {"link": last[0]})
    ET.SubElement(joint, "child", {"link": TOOL})


def _moves(joint: ET.Element) -> bool:
    return joint.get("type") in MOVING


def _end(joint: ET.Element, tag: str) -> str:
    end = joint.find(tag)
    return "" if end is None else end.get("link", "")


def _numbers(text: str | None) -> Array | None:
    try:
        values = np.array([float(word) for word in (text or "").split()])
    except ValueError:
        return None
    return values if len(values) and np.all(np.isfinite(values)) else None


# --- links ---------------------------------------------------------------------------------------


def _link(link: ET.Element, source: Source, made: Repaired, moved: bool) -> ET.Element:
    name = link.get("name", "")
    out = ET.Element("link", {"name": name})
    shapes = link.findall("collision")
    if not shapes and link.findall("visual"):
        shapes = [copy.deepcopy(visual) for visual in link.findall("visual")]
        made.notes.append(f"link {name}: has no collision shape; what is drawn is taken for it")
    volume, corners = 0.0, []
    solids: list[ET.Element] = []
    for k, shape in enumerate(shapes):
        some, filled, points = _solids(shape, source, made, f"link {name}", f"{_safe(name)}_{k}")
        solids += some
        volume += filled
        corners.append(points)
    inertial = _inertial(link, made, name, volume, np.vstack([np.zeros((0, 3)), *corners]), moved)
    if inertial is not None:
        out.append(inertial)
    out.extend(solids)
    for k, visual in enumerate(link.findall("visual")):
        seen = _seen(visual, source, made, f"link {name}", f"{_safe(name)}_seen_{k}")
        if seen is not None:
            out.append(seen)
    return out


def _safe(name: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else "_" for c in name) or "link"


def _mesh_of(element: ET.Element, source: Source, place: str) -> Pieces | None:
    geometry = element.find("geometry")
    mesh = geometry.find("mesh") if geometry is not None else None
    if mesh is None:
        return None
    scale = _numbers(mesh.get("scale", "1 1 1"))
    if scale is None or len(scale) not in (1, 3) or np.any(scale == 0.0):
        said = f"scale {mesh.get('scale')!r}: expected 3 numbers, none of them 0"
        raise LayoutError(f"{source.root}: {place}: {said}")
    try:
        path = source.file(mesh.get("filename", ""), source.root.parent)
        return pieces(path, np.broadcast_to(scale, 3), place)
    except LayoutError as error:
        said = str(error) if str(error).startswith(place) else f"{place}: mesh {error}"
        raise LayoutError(f"{source.root}: {said}") from None


def _solids(
    shape: ET.Element, source: Source, made: Repaired, place: str, stem: str
) -> tuple[list[ET.Element], float, Array]:
    """Collision elements for one of the file's, their volume [m3], corners (n, 3) around them."""
    mesh = _mesh_of(shape, source, place)
    if mesh is None:
        volume, half = _plain_size(shape)
        box = np.array(list(product((-1.0, 1.0), repeat=3))) * half
        return [_plain(shape, "collision")], volume, _placed(shape, box)
    made.notes += [note for note in mesh.notes if note not in made.notes]
    elements = []
    for k, corners in enumerate(mesh.hulls):
        name = f"{stem}_{k}.stl"
        made.meshes[name] = stl(trimesh.convex.convex_hull(corners))
        elements.append(_with_mesh(shape, "collision", name))
    return elements, mesh.volume, _placed(shape, np.vstack(mesh.hulls))


def _placed(element: ET.Element, points: Array) -> Array:
    """Points of a shape's frame in that of its link; an origin without numbers is left for the
    reader to refuse."""
    origin = element.find("origin")
    given = {} if origin is None else origin.attrib
    at, turn = _numbers(given.get("xyz", "0 0 0")), _numbers(given.get("rpy", "0 0 0"))
    if at is None or turn is None or len(at) != 3 or len(turn) != 3:
        return points
    frame = transform(at, turn)
    return points @ frame[:3, :3].T + frame[:3, 3]


def stl(mesh: trimesh.Trimesh) -> bytes:
    """A mesh as a binary STL."""
    return export_stl(mesh)


def _seen(
    visual: ET.Element, source: Source, made: Repaired, place: str, stem: str
) -> ET.Element | None:
    """What is drawn: a mesh as a binary STL; one that cannot be read is left out with a note."""
    try:
        mesh = _mesh_of(visual, source, place)
    except LayoutError as error:
        made.notes.append(f"{place}: not drawn: {error}")
        return None
    if mesh is None:
        return _plain(visual, "visual")
    name = f"{stem}.stl"
    made.meshes[name] = stl(trimesh.Trimesh(mesh.vertices, mesh.faces, process=False))
    return _with_mesh(visual, "visual", name)


def _plain(element: ET.Element, tag: str) -> ET.Element:
    out = ET.Element(tag)
    for child in element:
        if child.tag in ("origin", "geometry"):
            out.append(copy.deepcopy(child))
    return out


def _with_mesh(element: ET.Element, tag: str, name: str) -> ET.Element:
    out = ET.Element(tag)
    origin = element.find("origin")
    if origin is not None:
        out.append(copy.deepcopy(origin))
    ET.SubElement(ET.SubElement(out, "geometry"), "mesh", {"filename": f"meshes/{name}"})
    return out


def _plain_size(shape: ET.Element) -> tuple[float, Array]:
    """The volume [m3] of a box, a cylinder or a sphere and half its size (3,) [m]; nothing where
    its numbers are none: the reader tells."""
    geometry = shape.find("geometry")
    for solid in geometry if geometry is not None else ():
        size = _numbers(solid.get("size"))
        radius, length = _numbers(solid.get("radius")), _numbers(solid.get("length"))
        if size is not None and len(size) == 3:
            return float(np.prod(np.abs(size))), size / 2
        if radius is not None and length is not None:
            r, long = float(radius[0]), float(length[0])
            return math.pi * r**2 * long, np.array([r, r, long / 2])
        if radius is not None:
            r = float(radius[0])
            return 4 / 3 * math.pi * r**3, np.full(3, r)
    return 0.0, np.zeros(3)


def _inertial(
    link: ET.Element, made: Repaired, name: str, volume: float, corners: Array, moved: bool
) -> ET.Element | None:
    """The link's <inertial>, or one that is assumed; `corners` (n, 3) are around its shapes."""
    given = link.find("inertial")
    mass = None
    if given is not None:
        element = given.find("mass")
        read = _numbers(element.get("value")) if element is not None else None
        mass = float(read[0]) if read is not None else None
    if mass is not None and mass > LARGEST_MASS:
        raise LayoutError(
            f"link {name}: its mass is {mass:g} kg; expected up to {LARGEST_MASS:g}: looks like g"
        )
    if given is not None and mass is not None and mass > 0.0:
        if _is_body(given):
            return copy.deepcopy(given)
        made.notes.append(
            f"link {name}: no body has its inertia; taken as that of a solid of {mass:g} kg"
        )
        made.unknown.add(TORQUE)
        return _solid_inertial(mass, corners)
    if volume <= 0.0 and not moved:
        return None
    assumed = DENSITY * volume if volume > 0.0 else 0.1
    said = "no <inertial>" if given is None else f"a mass of {0.0 if mass is None else mass:g} kg"
    made.notes.append(
        f"link {name}: has {said}; {assumed:.2g} kg assumed ({DENSITY:g} kg/m3)"
        if volume > 0.0
        else f"link {name}: moves, has {said} and no shape; {assumed:g} kg assumed"
    )
    made.unknown.add(TORQUE)
    return _solid_inertial(assumed, corners)


def _is_body(inertial: ET.Element) -> bool:
    """Whether the numbers of an <inertial> can be those of a body."""
    element = inertial.find("inertia")
    if element is None:
        return False
    keys = ("ixx", "iyy", "izz", "ixy", "ixz", "iyz")
    read = [_numbers(element.get(key, "0")) for key in keys]
    if any(value is None for value in read):
        return False
    xx, yy, zz, xy, xz, yz = (float(value[0]) for value in read if value is not None)
    moments = np.linalg.eigvalsh([[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]])
    return bool(moments[0] > 0.0 and moments[2] <= (moments[0] + moments[1]) * (1 + 1e-6))


def _solid_inertial(mass: float, corners: Array) -> ET.Element:
    """An <inertial> as of a cuboid around corners (n, 3) [m], with a mass [kg]."""
    points = corners if len(corners) else np.zeros((1, 3))
    low, high = points.min(axis=0), points.max(axis=0)
    size = np.maximum(high - low, 0.05)
    moments = mass / 12 * (size @ size - size**2)
    out = ET.Element("inertial")
    ET.SubElement(out, "origin", {"xyz": " ".join(f"{v:.6g}" for v in (low + high) / 2)})
    ET.SubElement(out, "mass", {"value": f"{mass:.6g}"})
    names = ("ixx", "iyy", "izz")
    values = {k: f"{v:.6g}" for k, v in zip(names, moments, strict=True)}
    ET.SubElement(out, "inertia", values | dict.fromkeys(("ixy", "ixz", "iyz"), "0"))
    return out


# --- joints --------------------------------------------------------------------------------------


def _chain(root: ET.Element, made: Repaired) -> set[str]:
    """The names of the joints that move: those of the longest chain; the others, a gripper's
    fingers for example, are fixed."""
    joints = root.findall("joint")
    after: dict[str, list[ET.Element]] = {}
    for joint in joints:
        after.setdefault(_end(joint, "parent"), []).append(joint)

    def longest(link: str, seen: frozenset[str]) -> list[list[str]]:
        """All chains of moving joints from a link on that are as long as the longest."""
        best: list[list[str]] = [[]]
        for joint in after.get(link, []):
            child = _end(joint, "child")
            if child in seen:
                continue  # a circle: the reader tells of it
            mimics = joint.find("mimic") is not None
            own = [joint.get("name", "")] if _moves(joint) and not mimics else []
            for rest in longest(child, seen | {child}):
                chain = own + rest
                if len(chain) > len(best[0]):
                    best = [chain]
                elif len(chain) == len(best[0]) and chain and chain not in best:
                    best.append(chain)
        return best

    children = {_end(joint, "child") for joint in joints}
    roots = [n for link in root.findall("link") if (n := link.get("name", "")) not in children]
    if len(roots) != 1:
        return {joint.get("name", "") for joint in joints}  # the reader tells what is wrong
    above = {_end(joint, "child"): joint for joint in joints}
    chains = longest(roots[0], frozenset(roots))
    if TOOL in above:
        kept, link = set[str](), TOOL
        while link in above and len(kept) < len(joints):
            if _moves(above[link]):
                kept.add(above[link].get("name", ""))
            link = _end(above[link], "parent")
    else:
        kept = _without_fingers(chains, joints)
    for joint in joints:
        name = joint.get("name", "")
        if _moves(joint) and name not in kept:
            made.notes.append(f"joint {name}: beside the arm's chain; fixed where it is at 0")
    return kept


def _without_fingers(chains: list[list[str]], joints: list[ET.Element]) -> set[str]:
    """The chain of an arm: of the longest, what all share, up to where one joint moves beside
    another, as those of a gripper's fingers do. Raises LayoutError where there are two arms."""
    shared = [name for name in chains[0] if all(name in chain for chain in chains)]
    if max(len(chain) for chain in chains) - len(shared) > 1:
        ends = " and ".join(chain[-1] for chain in chains[:2])
        raise LayoutError(f"robot: several chains of {len(chains[0])} joints, to {ends}: bring one")
    by_name = {joint.get("name", ""): joint for joint in joints}
    while shared:
        parent = _end(by_name[shared[-1]], "parent")
        if sum(_moves(joint) and _end(joint, "parent") == parent for joint in joints) == 1:
            break
        shared.pop()
    return set(shared)


def _joint(joint: ET.Element, made: Repaired, kept: bool) -> ET.Element:
    name, kind = joint.get("name", ""), joint.get("type", "")
    moves = _moves(joint) and kept
    still = kind in MOVING and not moves
    out = ET.Element("joint", {"name": name, "type": "fixed" if still else kind})
    for child in joint:
        if child.tag in ("parent", "child", "origin") or (child.tag == "axis" and moves):
            out.append(copy.deepcopy(child))
    if moves:
        ET.SubElement(out, "limit", _limit(joint, name, kind, made))
    return out


def _limit(joint: ET.Element, name: str, kind: str, made: Repaired) -> dict[str, str]:
    """Limits as they are written; what is missing is assumed with a note, what contradicts itself
    is left for the reader to refuse."""
    limit = joint.find("limit")
    given = dict(limit.attrib) if limit is not None else {}
    out = {key: given[key] for key in ("lower", "upper") if key in given}
    if kind == "revolute" and not out:
        out = {"lower": f"{-math.pi:.6f}", "upper": f"{math.pi:.6f}"}
        made.notes.append(f"joint {name}: has no range; half a turn each way assumed")
    usual = SLIDE if kind == "prismatic" else SPEED
    speed = _numbers(given.get("velocity"))
    if speed is None or not 0.0 < speed[0] < PLACEHOLDER:
        unit = "m/s" if kind == "prismatic" else "rad/s"
        said = "no speed limit" if speed is None else f"a speed limit of {speed[0]:g} {unit}"
        made.notes.append(f"joint {name}: has {said}; {usual:.2f} {unit} assumed")
        out["velocity"] = f"{usual:.6f}"
    else:
        out["velocity"] = given["velocity"]
    effort = _numbers(given.get("effort"))
    if effort is None or not 0.0 < effort[0] < UNKNOWN_EFFORT:
        made.notes.append(f"joint {name}: has no torque limit; its torque is not checked")
        made.unknown.add(TORQUE)
        out["effort"] = f"{UNKNOWN_EFFORT:g}"
    else:
        out["effort"] = given["effort"]
    return out


def same_speeds(made: Repaired) -> None:
    """Note limits that are the same round number for every joint: they are often no one's."""
    speeds = {limit.get("velocity", "") for limit in made.root.iter("limit")}
    if len(speeds) == 1 and len(list(made.root.iter("limit"))) > 3:
        value = _numbers(speeds.pop())
        if value is not None and value[0] in (1.0, 10.0, 20.0):
            made.notes.append(
                f"all joints: a speed limit of {value[0]:g}, which looks like a placeholder; "
                "cycle times rest on it"
            )


def written(made: Repaired, folder: Path, name: str) -> Path:
    """The URDF as a file in a folder, with its meshes beside it."""
    (folder / "meshes").mkdir(parents=True, exist_ok=True)
    for mesh, content in made.meshes.items():
        (folder / "meshes" / mesh).write_bytes(content)
    ET.indent(made.root)
    path = folder / f"{name}.urdf"
    ET.ElementTree(made.root).write(path, encoding="utf-8", xml_declaration=True)
    return path
