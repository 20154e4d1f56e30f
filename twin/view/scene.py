"""Layout + assets -> one GLB of everything that is drawn, and a manifest of where it stands.

The GLB holds each mesh once, under names the manifest refers to; the viewer places instances. Its
root node `zup` turns the project's z-up metres into glTF's y-up; below it everything is z-up.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import trimesh
from numpy.typing import NDArray
from trimesh.exchange.gltf import export_glb
from trimesh.visual import TextureVisuals
from trimesh.visual.material import PBRMaterial

from twin import pose
from twin.cells.cell import tool_path, wanted
from twin.errors import LayoutError, nearest
from twin.layout.catalog import Asset, asset_folder, known_assets, load_asset, ports_of
from twin.layout.changes import DRAWN, named
from twin.layout.conveyors import holds
from twin.layout.rules.attendance import attended_machines
from twin.layout.schema import Aisle, Arm, Conveyor, Crew, Layout, Machine, Wall, Zone
from twin.layout.shapes import MATERIALS, Material, Piece, block, part, pedestal, shape
from twin.view.linkage import Linkage, read_linkage, with_tool

PERSON = "person/standing"
NO_MACHINES = {"arm", "person", "vehicle"}  # kinds of assets
STANDING = 0.35  # m, from a machine's side to where its operator stands
CREASE = np.cos(np.radians(35.0))  # edges sharper than this are drawn hard
FLOOR = 0.02  # m, thickness
SPACING = 0.6  # m, between people of one crew who wait

# Base colour (linear share of red, green, blue, and opacity), metalness, roughness.
LOOKS: dict[Material, tuple[tuple[float, float, float, float], float, float]] = {
    "body": ((0.71, 0.73, 0.75, 1.0), 0.0, 0.55),
    "dark": ((0.055, 0.062, 0.070, 1.0), 0.1, 0.60),
    "accent": ((0.035, 0.235, 0.440, 1.0), 0.0, 0.45),
    "metal": ((0.42, 0.44, 0.46, 1.0), 0.7, 0.38),
    "glass": ((0.55, 0.72, 0.80, 0.28), 0.0, 0.10),
}
PRODUCT_COLOURS = ("#1b7f4d", "#c2571a", "#3b6fb6", "#8a5aa8", "#b08a1e", "#2f8f95")

Meshes = list[tuple[Material, trimesh.Trimesh]]


@dataclass(frozen=True)
class Model:
    """What is drawn once and may stand in many places. An arm's stand has a height of its own; its
    tool is the file of one, "" for none."""

    asset: str
    height: float = 0.0
    tool: str = ""


def models(layout: Layout) -> list[Model]:
    """The layout's different models, in the order of their indices in GLB and manifest."""
    named = [Model(m.asset) for m in layout.machines.values()]
    named += [Model(v.asset) for v in layout.transport.vehicles.values()]
    named += [_armed(arm) for arm in layout.arms.values()]
    return list(dict.fromkeys(named))


def _armed(arm: Arm) -> Model:
    return Model(arm.asset, arm.height, str(tool_path(arm) or ""))


# --- GLB -----------------------------------------------------------------------------------------


def scene(layout: Layout) -> bytes:
    """A binary glTF with every mesh of the layout once. Raises LayoutError for a bad asset."""
    root = trimesh.Scene(base_frame="world")
    root.graph.update(
        frame_to="zup",
        frame_from="world",
        matrix=trimesh.transformations.rotation_matrix(-np.pi / 2, [1, 0, 0]),
    )
    palette: dict[Material, PBRMaterial] = {name: _material(name) for name in MATERIALS}
    for index, model in enumerate(models(layout)):
        asset = load_asset(model.asset)
        if asset.urdf is None:
            _add(root, palette, f"asset_{index}", _meshes(shape(asset)), {"asset": model.asset})
            continue
        for k, link in enumerate(_linkage(model, asset).links):
            meshes = link + (_stand(model.height) if k == 0 else [])
            node = {"asset": model.asset, "link": k}
            _add(root, palette, f"asset_{index}_link_{k}", meshes, node)
    _add(root, palette, "person", _meshes(shape(load_asset(PERSON))), {"asset": PERSON})
    _add(root, palette, "part", _meshes(part()), {})
    x, y = layout.floor.size
    _add(root, palette, "floor", _meshes([block((0, 0, -FLOOR), (x, y, 0))]), {})
    return export_glb(root, include_normals=True)


def add_body(root: trimesh.Scene, name: str, pieces: list[Piece]) -> None:
    """Put a body of its own into a scene, below its node `zup`."""
    _add(root, {key: _material(key) for key in MATERIALS}, name, _meshes(pieces), {})


def _material(name: Material) -> PBRMaterial:
    colour, metalness, roughness = LOOKS[name]
    return PBRMaterial(
        name=name,
        baseColorFactor=np.round(np.array(colour) * 255).astype(np.uint8),
        metallicFactor=metalness,
        roughnessFactor=roughness,
        alphaMode="BLEND" if colour[3] < 1 else "OPAQUE",
    )


def _meshes(pieces: list[Piece]) -> Meshes:
    return [(piece.material, piece.mesh) for piece in pieces]


def _stand(height: float) -> Meshes:
    """An arm's pedestal in the frame of its base."""
    meshes = _meshes(pedestal(height))
    for _, mesh in meshes:
        mesh.apply_translation((0, 0, -height))
    return meshes


def _linkage(model: Model, asset: Asset) -> Linkage:
    linkage = read_linkage(asset_folder(model.asset) / str(asset.urdf))
    return with_tool(linkage, Path(model.tool)) if model.tool else linkage


def _add(
    root: trimesh.Scene,
    palette: dict[Material, PBRMaterial],
    node: str,
    meshes: Meshes,
    extras: dict[str, Any],
) -> None:
    """A node below `zup` with one child mesh a material, "<node>_<material>"."""
    root.graph.update(frame_to=node, frame_from="zup", metadata=extras)
    for material in MATERIALS:
        group = [mesh for key, mesh in meshes if key == material]
        if not group:
            continue
        drawn = _shaded(group)
        drawn.visual = TextureVisuals(material=palette[material])
        drawn.metadata["material"] = material
        name = f"{node}_{material}"
        root.add_geometry(drawn, node_name=name, geom_name=name, parent_node_name=node)


def _shaded(meshes: list[trimesh.Trimesh]) -> trimesh.Trimesh:
    """One mesh with a normal for each corner: smooth over flat angles, hard at edges.

    The normal of a triangle's corner is the area-weighted mean of those triangles at that vertex
    that are within the crease angle of it.
    """
    # Joining meshes joins no vertices: every solid keeps its own edges.
    mesh = cast(trimesh.Trimesh, trimesh.util.concatenate(meshes))
    around = mesh.vertex_faces[mesh.faces]  # (faces, 3, most faces at a vertex), -1 = none
    near = np.einsum("fcki,fi->fck", mesh.face_normals[around], mesh.face_normals) > CREASE
    weight = np.where(near & (around >= 0), mesh.area_faces[around], 0.0)
    normal = np.einsum("fck,fcki->fci", weight, mesh.face_normals[around]).reshape(-1, 3)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    corners = mesh.vertices[mesh.faces].reshape(-1, 3)
    rows = np.round(np.hstack([corners, normal]), 6) + 0.0
    unique, faces = np.unique(rows, axis=0, return_inverse=True)
    return trimesh.Trimesh(
        unique[:, :3],
        faces.reshape(-1, 3),
        vertex_normals=unique[:, 3:],
        process=False,
    )


# --- manifest ------------------------------------------------------------------------------------


def scene_manifest(layout: Layout) -> dict[str, Any]:
    """Where everything stands, as JSON: positions [m], headings [rad], quaternions wxyz.

    Names refer to the GLB's nodes. Raises LayoutError for an asset or a place that does not exist.
    """
    index = {model: i for i, model in enumerate(models(layout))}
    return {
        "version": 1,
        "name": layout.name,
        "floor": {"size": list(layout.floor.size)},
        "doors": [
            {"name": name, "at": list(door.at), "width": door.width}
            for name, door in layout.floor.doors.items()
        ],
        "assets": [
            {"name": model.asset, "node": f"asset_{i}"} for i, model in enumerate(models(layout))
        ],
        "machines": _machines(layout, index),
        "arms": _arms(layout, index),
        "people": people_at_home(layout),
        "homes": _homes(layout),
        "vehicles": [
            {
                "name": name,
                "label": vehicle.label or name,
                "asset": index[Model(vehicle.asset)],
                "home": vehicle.home,
                "at": vehicle_place(layout, name),
                "heading": vehicle.heading,
                "size": list(load_asset(vehicle.asset).size),
            }
            for name, vehicle in layout.transport.vehicles.items()
        ],
        "drawn": _drawn(layout),
        "nodes": {name: list(at) for name, at in layout.transport.nodes.items()},
        "roads": [
            [place_of(layout, end, f"transport/roads/{i}") for end in road.ends]
            for i, road in enumerate(layout.transport.roads)
        ],
        "stations": [
            {
                "name": name,
                "label": station.label or name,
                "machines": list(station.machines),
                "first": _first_resource(layout, station.machines[0]),
                "conveyor": station.input.conveyor,
            }
            for name, station in layout.stations.items()
        ],
        "products": [
            {
                "name": name,
                "label": product.label or name,
                "colour": product.colour or PRODUCT_COLOURS[i % len(PRODUCT_COLOURS)],
            }
            for i, (name, product) in enumerate(layout.products.items())
        ],
        "part_node": "part",
        "library": library(),
    }


def _drawn(layout: Layout) -> list[dict[str, Any]]:
    """What is drawn on the floor by points: walls, conveyors, aisles, zones, in this order."""
    return [
        {"kind": kind, "name": name, **_line(thing)}
        for kind in ("wall", "conveyor", "aisle", "zone")
        for name, thing in named(layout, DRAWN[kind]).items()
    ]


def _line(thing: Wall | Conveyor | Aisle | Zone) -> dict[str, Any]:
    """What the viewer knows of one: lengths [m], a speed [m/s]."""
    shared = {"label": thing.label, "points": [list(point) for point in thing.points]}
    if isinstance(thing, Wall):
        return {**shared, "width": thing.thickness, "height": thing.height}
    if isinstance(thing, Aisle):
        return {**shared, "width": thing.width}
    if isinstance(thing, Zone):
        return {**shared, "purpose": thing.purpose}
    belt = {"width": thing.width, "height": thing.height, "speed": thing.speed}
    return {**shared, **belt, "spacing": thing.spacing, "places": holds(thing)}


def library() -> list[dict[str, Any]]:
    """The assets of the catalogue that may be put on a floor as machines: name, label, size [m].

    One whose file cannot be read has its `problem` in words instead of label and size.
    """
    listed = []
    for name in known_assets():
        if name.partition("/")[0] in NO_MACHINES:
            continue
        try:
            asset = load_asset(name)
        except LayoutError as error:
            listed.append({"name": name, "problem": str(error)})
            continue
        if asset.urdf is None:
            listed.append({"name": name, "label": asset.label, "size": list(asset.size)})
    return listed


def _machines(layout: Layout, index: dict[Model, int]) -> list[dict[str, Any]]:
    station = {m: name for name, station in layout.stations.items() for m in station.machines}
    attended = set(attended_machines(layout))
    result = []
    for name, machine in layout.machines.items():
        asset = load_asset(machine.asset)
        result.append(
            {
                "name": name,
                "label": machine.label or name,
                "station": station.get(name),
                "asset": index[Model(machine.asset)],
                "at": list(machine.at),
                "heading": machine.heading,
                "size": list(asset.size),
                "places": machine.places,
                "ports": {port: list(where.at) for port, where in ports_of(machine).items()},
                "operator": _operator(asset),
                "attended": name in attended,
                "service": dict(asset.service),
            }
        )
    return result


def _operator(asset: Asset) -> list[float] | None:
    """Where a person stands to attend a machine, in the machine's own frame."""
    if asset.operator is None:
        return None
    x, y = asset.size[0] / 2 + STANDING, asset.size[1] / 2 + STANDING
    sides = {"front": (0.0, -y), "back": (0.0, y), "left": (-x, 0.0), "right": (x, 0.0)}
    return list(sides[asset.operator])


def _arms(layout: Layout, index: dict[Model, int]) -> list[dict[str, Any]]:
    """The arms; each with the ports ("machine.port") that the routes ask it to serve."""
    pairs, _ = wanted(layout)
    return [
        {
            **_arm(name, arm, index),
            "serves": sorted({*(p for pair in pairs[name] for p in pair), *arm.serves}),
        }
        for name, arm in layout.arms.items()
    ]


def _arm(name: str, arm: Arm, index: dict[Model, int]) -> dict[str, Any]:
    asset = load_asset(arm.asset)
    if asset.urdf is None:
        raise LayoutError(f"arms/{name}: asset {arm.asset!r} is no arm: it has no URDF")
    model = _armed(arm)
    linkage, i = _linkage(model, asset), index[model]
    base = pose.upright(arm.at[0], arm.at[1], arm.height, arm.heading)
    home = list(arm.home) or list(asset.options.get("home", ())) or [0.0] * len(linkage.joints)
    return {
        "name": name,
        "label": arm.label or name,
        "asset": i,
        "size": list(asset.size),
        "heading": arm.heading,
        "reach": _reach(asset, linkage),
        "base": {"position": base.position.tolist(), "quaternion": base.quaternion.tolist()},
        "base_node": f"asset_{i}_link_0",
        "joints": [
            {
                "name": joint.name,
                "origin": _frame(joint.origin),
                "axis": joint.axis.tolist(),
                "slides": joint.slides,
                "link_node": f"asset_{i}_link_{k}",
            }
            for k, joint in enumerate(linkage.joints, 1)
        ],
        "tool": _frame(linkage.tip),
        "second": None if linkage.second is None else _frame(linkage.second),
        "home": [float(angle) for angle in home],
    }


def _reach(asset: Asset, linkage: Linkage) -> float:
    """How far [m] an arm gets from its axis: as its maker says, else its length when straight."""
    told = asset.options.get("reach")
    if isinstance(told, (int, float)):
        return float(told)
    frames = [*(joint.origin for joint in linkage.joints), linkage.tip]
    return float(sum(np.linalg.norm(frame[:3, 3]) for frame in frames))


def _frame(matrix: NDArray[np.float64]) -> dict[str, list[float]]:
    quaternion = trimesh.transformations.quaternion_from_matrix(matrix)
    return {
        "position": [float(v) for v in matrix[:3, 3]],
        "quaternion": [float(v) for v in quaternion / np.linalg.norm(quaternion)],
    }


def people_at_home(layout: Layout) -> list[dict[str, Any]]:
    """Each person of each crew, side by side about the crew's home."""
    people = []
    for name, crew in layout.crews.items():
        x, y = home_of(layout, crew)
        for i in range(crew.people):
            aside = (i - (crew.people - 1) / 2) * SPACING
            at = [float(np.clip(x + aside, 0.0, layout.floor.size[0])), y]
            person = f"{name}#{i + 1}"
            label = f"{crew.label or name} {i + 1}" if crew.people > 1 else crew.label or name
            more = {"crew": name, "home": at, "aside": aside, "node": "person"}
            people.append({"name": person, "label": label, **more})
    return people


def _homes(layout: Layout) -> list[dict[str, Any]]:
    """The places where crews wait, each named after its first person; `size` is for them all."""
    return [
        {
            "name": f"{name}#1",
            "crew": name,
            "label": f"where {crew.label or name} waits",
            "at": list(home_of(layout, crew)),
            "size": [SPACING * crew.people, SPACING],
        }
        for name, crew in layout.crews.items()
        if crew.people
    ]


def home_of(layout: Layout, crew: Crew) -> tuple[float, float]:
    """The point [m] about which a crew waits."""
    return crew.home or _entrance(layout)


def vehicle_place(layout: Layout, name: str) -> list[float]:
    """The point [m] where a vehicle starts. Raises LayoutError where its home does not exist."""
    home = layout.transport.vehicles[name].home
    return place_of(layout, home, f"transport/vehicles/{name}/home")


def _entrance(layout: Layout) -> tuple[float, float]:
    """Where people without a home wait: a step inside the first door, else mid-floor."""
    size = np.array(layout.floor.size)
    if not layout.floor.doors:
        return float(size[0] / 2), float(size[1] / 2)
    x, y = np.clip(next(iter(layout.floor.doors.values())).at, 0.5, size - 0.5)
    return float(x), float(y)


def place_of(layout: Layout, name: str, where: str) -> list[float]:
    """The position [m] of a node or a machine; `where` says in the file who names it.

    Raises LayoutError where it names neither.
    """
    if name in layout.transport.nodes:
        return list(layout.transport.nodes[name])
    machine: Machine | None = layout.machines.get(name)
    if machine is None:
        known = [*layout.transport.nodes, *layout.machines]
        raise LayoutError(f"{where}: {name!r} is no node and no machine; {nearest(name, known)}")
    return list(machine.at)


def _first_resource(layout: Layout, machine: str) -> str:
    """The name of a machine's first place in a timeline."""
    if machine not in layout.machines:
        return machine
    return machine if layout.machines[machine].places == 1 else f"{machine}.1"
