"""The whole floor as one GLB: every machine, arm, person and vehicle where it stands."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import trimesh
from numpy.typing import NDArray
from trimesh.exchange.gltf import export_glb

from twin.layout.schema import Layout
from twin.layout.shapes.drawn import conveyor, wall
from twin.view.scene import add_body, scene, scene_manifest

Matrix = NDArray[np.float64]  # (4, 4)


def placed_scene(layout: Layout) -> bytes:
    """A binary glTF of a layout, y-up and in metres; arms are at home. Raises LayoutError.

    Walls have their full height; what is painted is left out.

    Each mesh is in it once, however often it stands; nodes have the names of the layout.
    """
    models = trimesh.load(io.BytesIO(scene(layout)), file_type="glb", force="scene")
    assert isinstance(models, trimesh.Scene)
    whole = trimesh.Scene(base_frame="world")
    up = trimesh.transformations.rotation_matrix(-np.pi / 2, [1, 0, 0])
    whole.graph.update(frame_to="zup", frame_from="world", matrix=up)
    for name, geometry in models.geometry.items():
        whole.geometry[name] = geometry
    for kind, name, node, pose in _placements(scene_manifest(layout)):
        _place(whole, models, f"{kind}/{name}", node, pose)
    bodies = {f"walls/{name}": wall(each) for name, each in layout.floor.walls.items()}
    bodies |= {f"conveyors/{name}": conveyor(each) for name, each in layout.conveyors.items()}
    for name, pieces in bodies.items():
        add_body(whole, name, pieces)
    return export_glb(whole, include_normals=True)


def _placements(manifest: dict[str, Any]) -> list[tuple[str, str, str, Matrix]]:
    """(kind, name, node of its model, pose in the world) of all that stands on the floor."""
    found: list[tuple[str, str, str, Matrix]] = [("floor", "floor", "floor", np.eye(4))]
    for kind in ("machines", "vehicles"):
        for thing in manifest[kind]:
            node = manifest["assets"][thing["asset"]]["node"]
            found.append((kind, thing["name"], node, _upright(thing["at"], thing["heading"])))
    for person in manifest["people"]:
        found.append(("people", person["name"], person["node"], _upright(person["home"], 0.0)))
    for arm in manifest["arms"]:
        pose = _matrix(arm["base"])
        found.append(("arms", f"{arm['name']}/base", arm["base_node"], pose))
        for joint, angle in zip(arm["joints"], arm["home"], strict=True):
            turned = trimesh.transformations.rotation_matrix(angle, joint["axis"])
            pose = pose @ _matrix(joint["origin"]) @ turned
            found.append(("arms", f"{arm['name']}/{joint['name']}", joint["link_node"], pose))
    return found


def _place(whole: trimesh.Scene, models: trimesh.Scene, name: str, node: str, pose: Matrix) -> None:
    """Put each mesh below a model's node into the scene."""
    whole.graph.update(frame_to=name, frame_from="zup", matrix=pose)
    for mesh in models.geometry:
        if mesh.rpartition("_")[0] == node:
            whole.graph.update(frame_to=f"{name}/{mesh}", frame_from=name, geometry=mesh)


def _upright(at: list[float], heading: float) -> Matrix:
    pose = trimesh.transformations.rotation_matrix(heading, [0, 0, 1])
    pose[:2, 3] = at
    return pose


def _matrix(frame: dict[str, list[float]]) -> Matrix:
    pose = trimesh.transformations.quaternion_matrix(frame["quaternion"])  # wxyz
    pose[:3, 3] = frame["position"]
    return pose
