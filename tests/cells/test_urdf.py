"""What the gate lets in, and what it says of what it does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import trimesh

from tests.cells.conftest import two_links
from twin.cells.robot import Robot
from twin.cells.urdf import load_robot
from twin.errors import LayoutError

Written = Callable[[str], Path]


def test_the_drawn_arm_passes(ur5e: Robot) -> None:
    assert ur5e.dof == 6
    assert sum(body.mass for body in ur5e.bodies[1:]) == pytest.approx(
        3.761 + 8.058 + 2.846 + 1.37 + 1.3 + 0.365 + 0.9
    )
    assert all(body.solids for body in ur5e.bodies)
    assert np.allclose(ur5e.velocity, np.pi)


def test_fixed_links_are_one_body(written: Written) -> None:
    robot = load_robot(written(two_links()))
    assert [body.name for body in robot.bodies] == ["ground", "upper", "lower"]
    assert robot.tool(np.zeros(2))[:3, 3] == pytest.approx([2, 0, 0])
    assert robot.tool(np.zeros(2))[:3, 2] == pytest.approx([1, 0, 0])


def test_masses_joined_by_a_fixed_joint_follow_the_parallel_axis_theorem(written: Written) -> None:
    """Two points of 1 kg at x = 1 +- 0.5 turn about their middle like 2 x 1 kg x (0.5 m)2."""
    point = (
        '<inertial><origin xyz="{x} 0 0"/><mass value="1"/><inertia ixx="1e-6" iyy="1e-6" '
        'izz="1e-6"/></inertial>'
    )
    text = two_links().replace('<link name="tool0"/>', f'<link name="tool0">{point}</link>')
    text = text.replace("{x}", "0")
    start = text.index('<link name="lower">')
    end = text.index("</inertial>", start) + len("</inertial>")
    text = text[:start] + '<link name="lower">' + point.replace("{x}", "0") + text[end:]
    body = load_robot(written(text)).bodies[-1]
    assert body.mass == pytest.approx(2.0)
    assert body.centre == pytest.approx([0.5, 0, 0])
    assert np.allclose(np.diag(body.inertia), [2e-6, 0.5 + 2e-6, 0.5 + 2e-6])


BAD = {
    "not XML": ("<robot", "<robot<", "not well-formed XML"),
    "entities": ('<robot name="two">', '<!DOCTYPE r []><robot name="two">', "DOCTYPE"),
    "another root": ("robot", "machine", "not <robot>"),
    "unknown link": ('<child link="lower"/>', '<child link="lowr"/>', "did you mean 'lower'"),
    "two bases": ('<link name="ground"/>', '<link name="ground"/><link name="x"/>', "2 bases"),
    "circle": ('<parent link="ground"/>', '<parent link="lower"/>', "circle|bases"),
    "twice": ('<link name="ground"/>', '<link name="ground"/><link name="ground"/>', "used twice"),
    "NaN": ('xyz="1 0 0"/><axis', 'xyz="nan 0 0"/><axis', "joint elbow.*finite"),
    "words": ('mass value="2"', 'mass value="two"', "link upper/mass"),
    "millimetres": ('<origin xyz="1 0 0"/><axis', '<origin xyz="1000 0 0"/><axis', "looks like mm"),
    "degrees": ('lower="-3" upper="3"', 'lower="-180" upper="180"', "looks like degrees"),
    "no limits": ('<limit lower="-3" upper="3" velocity="2" effort="90"/>', "", "no <limit>"),
    "crossed": ('lower="-3" upper="3"', 'lower="3" upper="-3"', "not below upper"),
    "no speed": ('velocity="2"', 'velocity="0"', "velocity 0"),
    "no effort": ('effort="90"', 'effort="0"', "effort 0"),
    "no mass": ('mass value="2"', 'mass value="0"', "mass is 0 kg"),
    "heavy": ('mass value="2"', 'mass value="2000"', "mass is 2000 kg"),
    "inertia": ('iyy="0.2"', 'iyy="-0.2"', "principal inertias"),
    "triangle": ('ixx="0.01" iyy="0.2"', 'ixx="0.01" iyy="0.9"', "principal inertias"),
    "no axis": ('<axis xyz="0 1 0"/>', '<axis xyz="0 0 0"/>', "no length"),
    "floating": ('name="elbow" type="revolute"', 'name="elbow" type="floating"', "type 'floating'"),
    "zero shape": ('radius="0.1"', 'radius="0"', "sphere of"),
    "huge shape": ('radius="0.1"', 'radius="500"', "sphere of"),
    "unknown shape": ("<sphere", "<torus", "not a shape"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_by_name(case: str, written: Written) -> None:
    old, new, says = BAD[case]
    text = two_links()
    assert old in text
    path = written(text.replace(old, new))
    with pytest.raises(LayoutError, match=f"(?s)arm.urdf.*({says})"):
        load_robot(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match=r"none\.urdf: cannot be read"):
        load_robot(tmp_path / "none.urdf")


def mesh(name: str, scale: str = "") -> str:
    return two_links(f'<mesh filename="{name}"{scale}/>')


@pytest.mark.parametrize("kind", ["stl", "stl_ascii", "obj", "ply", "glb"])
def test_a_mesh_of_any_kind_becomes_its_hull(kind: str, written: Written, tmp_path: Path) -> None:
    """PyBullet itself loads no shape from ASCII STL and refuses ply and glb."""
    name = f"box.{kind.split('_')[0]}"
    trimesh.creation.box((0.2, 0.4, 0.6)).export(tmp_path / name, file_type=kind)
    solid = load_robot(written(mesh(name))).bodies[1].solids[0]
    assert solid.kind == "hull" and solid.points is not None
    assert np.ptp(solid.points, axis=0) == pytest.approx([0.2, 0.4, 0.6], abs=1e-6)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("none.stl", "not in"),
        ("package://arm/box.stl", "is not in .*arm, .*"),
        ("package://../box.stl", "relative"),
        ("https://a.b/box.stl", "relative"),
        ("../box.stl", "relative"),
        ("/tmp/box.stl", "relative"),
        ("box.dae", "expected one of"),
        ("large.stl", "looks like mm"),
        ("flat.stl", "flat"),
        ("broken.stl", "cannot be read|vertices"),
    ],
)
def test_a_bad_mesh_is_refused(name: str, says: str, written: Written, tmp_path: Path) -> None:
    trimesh.creation.box((200.0, 400.0, 600.0)).export(tmp_path / "large.stl")
    flat = trimesh.Trimesh([[0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 1, 0]], [[0, 1, 2], [1, 3, 2]])
    flat.export(tmp_path / "flat.stl")
    (tmp_path / "broken.stl").write_bytes(b"solid nothing\n\x00\x01")
    with pytest.raises(LayoutError, match=f"link upper.*({says})"):
        load_robot(written(mesh(name)))


@pytest.mark.parametrize("folder", ["", "my_arm/meshes", "meshes"])
def test_a_mesh_of_a_package_lies_beside_the_file(
    folder: str, written: Written, tmp_path: Path
) -> None:
    (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    trimesh.creation.box((0.2, 0.4, 0.6)).export(tmp_path / folder / "box.stl")
    inner = folder.removeprefix("my_arm/")
    name = f"package://my_arm/{inner}{'/' if inner else ''}box.stl"
    assert load_robot(written(mesh(name))).bodies[1].solids[0].kind == "hull"


def test_a_mesh_in_millimetres_with_its_scale_passes(written: Written, tmp_path: Path) -> None:
    trimesh.creation.box((200.0, 400.0, 600.0)).export(tmp_path / "large.stl")
    robot = load_robot(written(mesh("large.stl", ' scale="0.001 0.001 0.001"')))
    points = robot.bodies[1].solids[0].points
    assert points is not None and np.ptp(points, axis=0) == pytest.approx([0.2, 0.4, 0.6])
