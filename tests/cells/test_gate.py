"""What a user brings as a robot: kept and repaired with notes, or refused with what is wrong."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import trimesh
from scipy.spatial import Delaunay

from tests.cells.sketches import one_tester, raw_cell, write_assets
from twin.cells import process
from twin.cells.factory import validate
from twin.cells.gate import source as sources
from twin.cells.gate.adding import Passed, add_robot, added
from twin.cells.gate.expand import expanded
from twin.cells.gate.source import opened
from twin.cells.robot import Robot
from twin.cells.urdf import load_robot
from twin.errors import LayoutError, TwinError
from twin.layout.catalog import asset_folder, load_asset
from twin.layout.schema import Layout
from twin.view.linkage import read_linkage

INERTIAL = '<inertial><mass value="{mass}"/><inertia ixx="0.01" iyy="0.01" izz="0.01"/></inertial>'
LIMIT = '<limit lower="-2.9" upper="2.9" velocity="3" effort="50"/>'
AXES = ("0 0 1", "0 1 0", "0 1 0", "1 0 0", "0 1 0", "1 0 0")
Home = Callable[..., Path]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    own = tmp_path / "home"
    monkeypatch.setenv("TWIN_HOME", str(own))
    return own


def link(name: str, shape: str = '<box size="0.06 0.06 0.2"/>', mass: float | None = 1.0) -> str:
    inertial = "" if mass is None else INERTIAL.format(mass=mass)
    solid = f'<collision><origin xyz="0 0 0.1"/><geometry>{shape}</geometry></collision>'
    return f'<link name="{name}">{inertial}{solid if shape else ""}</link>'


def joint(number: int, limit: str = LIMIT, kind: str = "revolute", more: str = "") -> str:
    return (
        f'<joint name="j{number}" type="{kind}"><parent link="l{number - 1}"/>'
        f'<child link="l{number}"/><origin xyz="0 0 0.2"/>'
        f'<axis xyz="{AXES[(number - 1) % 6]}"/>{limit}{more}</joint>'
    )


def arm(
    links: dict[int, str] | None = None, joints: dict[int, str] | None = None, more: str = ""
) -> str:
    """Six joints in a row; some links, joints or more of the file's own."""
    parts = [(links or {}).get(k, link(f"l{k}")) for k in range(7)]
    parts += [(joints or {}).get(k, joint(k)) for k in range(1, 7)]
    return f'<robot name="Six">{"".join(parts)}{more}</robot>'


def meshed(name: str, scale: str = "1 1 1") -> str:
    return link("l2", f'<mesh filename="{name}" scale="{scale}"/>')


def brought(folder: Path, text: str, **meshes: bytes) -> Path:
    path = folder / "brought" / "six.urdf"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    for name, content in meshes.items():
        stem, _, ending = name.rpartition("_")
        (path.parent / f"{stem}.{ending}").write_bytes(content)
    return path


def kept(passed: Passed) -> Robot:
    return load_robot(asset_folder(passed.name) / str(load_asset(passed.name).urdf))


def said(passed: Passed) -> str:
    return "\n".join(passed.notes)


def export(mesh: trimesh.Trimesh, kind: str) -> bytes:
    content = mesh.export(file_type=kind)
    return content.encode() if isinstance(content, str) else bytes(content)  # type: ignore[arg-type]


BLOCK = trimesh.creation.box((0.1, 0.08, 0.2))


# --- kept as it is -------------------------------------------------------------------------------


def test_a_file_that_is_whole_is_kept_as_it_is(tmp_path: Path, home: Path) -> None:
    path = brought(tmp_path, arm())
    passed = add_robot(path)
    assert (passed.name, passed.notes, passed.unknown) == ("arm/six", (), ())
    ours, theirs = kept(passed), load_robot(path)
    assert np.array_equal(ours.tool(np.full(6, 0.3)), theirs.tool(np.full(6, 0.3)))
    assert [b.mass for b in ours.bodies] == [b.mass for b in theirs.bodies]
    assert added() == ["arm/six"]
    report = json.loads((home / "assets/arm/six/gate.json").read_text())
    assert report["joints"] == [f"j{k}" for k in range(1, 7)]
    assert len(read_linkage(home / "assets/arm/six/six.urdf").joints) == 6


def test_what_is_kept_is_judged_in_a_cell(tmp_path: Path, home: Path) -> None:
    write_assets(home)
    joints = {k: joint(k, LIMIT.replace('effort="50"', "")) for k in range(1, 7)}
    add_robot(brought(tmp_path, arm(joints=joints)))
    raw = one_tester(raw_cell())
    raw["arms"]["cobot"]["asset"] = "arm/six"
    found = validate(Layout.model_validate(raw))
    assert {f.rule for f in found.findings} >= {"cell/assumed", "cell/unchecked"}
    assert not [f for f in found.findings if f.rule == "cell/limits"]


def test_nothing_is_overwritten_and_nothing_is_half_kept(tmp_path: Path, home: Path) -> None:
    add_robot(brought(tmp_path, arm()))
    before = (home / "assets/arm/six/six.urdf").read_bytes()
    with pytest.raises(LayoutError, match="exists already"):
        add_robot(brought(tmp_path, arm().replace("l6", "last")))
    with pytest.raises(LayoutError):
        add_robot(brought(tmp_path, "<robot name='other'/>"))
    assert (home / "assets/arm/six/six.urdf").read_bytes() == before
    assert [p.name for p in (home / "assets/arm").iterdir()] == ["six"]


@pytest.mark.parametrize("name", ["../x", "arm/..", "six", "machine/six", "arm/a/b", "arm/"])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(LayoutError, match="is no name for a robot"):
        add_robot(brought(tmp_path, arm()), name)


# --- refused: what only its author can mend ------------------------------------------------------

CIRCLE = '<joint name="back" type="fixed"><parent link="l6"/><child link="l0"/></joint>'
REFUSED = {
    "malformed": ("<robot name='x'><link", "not well-formed XML"),
    "something else": ("<sdf/>", "outermost element is <sdf>"),
    "entities": ("<!DOCTYPE x [<!ENTITY a 'b'>]>" + arm(), "no DOCTYPE"),
    "no link": ("<robot name='x'/>", "has no link"),
    "two roots": (arm(more=link("spare", "", None)), "2 bases: l0, spare"),
    "a circle": (arm(more=CIRCLE), "circle"),
    "a name twice": (arm(links={3: link("l2")}), "used twice"),
    "a link that is not there": (arm().replace('<child link="l6"/>', '<child link="l9"/>'), "l9"),
    "lower above upper": (
        arm(joints={2: joint(2, '<limit lower="1" upper="-1" velocity="3" effort="5"/>')}),
        "lower 1 is not below upper -1",
    ),
    "degrees": (
        arm(joints={2: joint(2, '<limit lower="-170" upper="170" velocity="3" effort="5"/>')}),
        "looks like degrees",
    ),
    "mm in an origin": (arm().replace('"0 0 0.2"', '"0 0 200"'), "looks like mm"),
    "NaN in an origin": (arm().replace('"0 0 0.2"', '"0 0 nan"'), "finite numbers"),
    "a mass of a ton": (arm(links={2: link("l2", mass=1200.0)}), "1200 kg"),
    "a box of nothing": (arm(links={2: link("l2", '<box size="0 0.1 0.1"/>')}), "box of"),
    "no axis": (arm().replace('xyz="0 1 0"', 'xyz="0 0 0"'), "axis has no length"),
    "a mesh that is not there": (arm(links={2: meshed("gone.stl")}), "'gone.stl' is not there"),
    "a package that is not known": (
        arm(links={2: meshed("package://other/a.stl")}),
        "package 'other' is not known; known are: none",
    ),
    "a mesh elsewhere": (arm(links={2: meshed("/etc/hostname.stl")}), "is not there"),
    "a mesh above": (arm(links={2: meshed("../../../secret.stl")}), "is not there"),
    "a mesh of another kind": (arm(links={2: meshed("six.urdf")}), "expected one of .stl"),
    "two arms": (
        '<robot name="x">'
        + "".join(link(f"l{k}") for k in range(5))
        + joint(1) + joint(2)
        + joint(3).replace("l2", "l0", 1) + joint(4)
        + "</robot>",
        "several chains of 2 joints",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_with_the_file_the_place_and_the_reason(
    case: str, tmp_path: Path, home: Path
) -> None:
    text, reason = REFUSED[case]
    path = brought(tmp_path, text)
    with pytest.raises(LayoutError) as raised:
        add_robot(path)
    assert reason in str(raised.value) and str(path) in str(raised.value)
    assert not list(home.rglob("*.urdf"))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="no such file"):
        add_robot(tmp_path / "none.urdf")
    (tmp_path / "robot.txt").write_text("x")
    with pytest.raises(LayoutError, match=r"expected a \.urdf"):
        add_robot(tmp_path / "robot.txt")


# --- repaired, with a note -----------------------------------------------------------------------

REPAIRED = {
    "no inertial": (arm(links={3: link("l3", mass=None)}), "link l3: has no <inertial>", True),
    "mass 0": (arm(links={3: link("l3", mass=0.0)}), "link l3: has a mass of 0 kg", True),
    "an inertia of nothing": (
        arm(links={3: link("l3").replace('ixx="0.01"', 'ixx="0"')}),
        "link l3: no body has its inertia",
        True,
    ),
    "no limit": (arm(joints={2: joint(2, "")}), "joint j2: has no range", True),
    "velocity 0": (
        arm(joints={2: joint(2, LIMIT.replace('velocity="3"', 'velocity="0"'))}),
        "joint j2: has a speed limit of 0 rad/s; 3.14 rad/s assumed",
        False,
    ),
    "velocity of a placeholder": (
        arm(joints={2: joint(2, LIMIT.replace('velocity="3"', 'velocity="100"'))}),
        "joint j2: has a speed limit of 100 rad/s",
        False,
    ),
    "the same everywhere": (
        arm(joints={k: joint(k, LIMIT.replace('"3"', '"10"')) for k in range(1, 7)}),
        "looks like a placeholder",
        False,
    ),
    "effort 0": (
        arm(joints={2: joint(2, LIMIT.replace('effort="50"', 'effort="0"'))}),
        "joint j2: has no torque limit",
        True,
    ),
    "fingers that follow": (
        arm(
            more=link("f1").replace("l6", "f1") + link("f2")
            + '<joint name="open" type="prismatic"><parent link="l6"/><child link="f1"/>'
            '<axis xyz="0 1 0"/><limit lower="0" upper="0.04" velocity="1" effort="9"/></joint>'
            '<joint name="too" type="prismatic"><parent link="l6"/><child link="f2"/><axis '
            'xyz="0 -1 0"/><limit lower="0" upper="0.04" velocity="1" effort="9"/>'
            '<mimic joint="open"/></joint>'
        ),
        "joint open: beside the arm's chain",
        False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REPAIRED)
def test_what_is_assumed_is_noted_and_what_hangs_on_it_is_not_checked(
    case: str, tmp_path: Path
) -> None:
    text, note, unknown = REPAIRED[case]
    passed = add_robot(brought(tmp_path, text))
    assert note in said(passed)
    assert passed.unknown == (("torque",) if unknown else ())
    assert all(body.mass > 0 for body in kept(passed).bodies[1:])


@pytest.mark.parametrize("named", [False, True])
def test_fingers_are_fixed_and_the_arm_has_its_six_joints(named: bool, tmp_path: Path) -> None:
    text = REPAIRED["fingers that follow"][0]
    tool = (
        '<link name="tool0"/><joint name="t" type="fixed"><parent link="l6"/>'
        '<child link="tool0"/><origin xyz="0 0 0.1"/></joint></robot>'
    )
    passed = add_robot(brought(tmp_path, text.replace("</robot>", tool) if named else text))
    assert passed.joints == tuple(f"j{k}" for k in range(1, 7))
    assert kept(passed).tip[2, 3] == pytest.approx(0.1 if named else 0.0)
    assert ("taken for the tool" in said(passed)) is not named


# --- meshes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["stl", "stl_ascii", "obj", "dae", "glb", "ply", "off"])
def test_each_kind_of_mesh_becomes_the_same_block(kind: str, tmp_path: Path) -> None:
    name = "block.stl" if kind == "stl_ascii" else f"block.{kind}"
    path = brought(tmp_path, arm(links={2: meshed(name)}))
    (path.parent / name).write_bytes(export(BLOCK, kind))
    passed = add_robot(path)
    (solid,) = kept(passed).bodies[2].solids
    assert solid.points is not None
    ends = [solid.points.min(axis=0), solid.points.max(axis=0)]
    assert np.allclose(ends, [[-0.05, -0.04, -0.1], [0.05, 0.04, 0.1]], atol=1e-6)
    noted = {"stl": "", "obj": "", "stl_ascii": "is an ASCII STL"}.get(kind, f"is read from {kind}")
    assert noted in said(passed) and bool(noted) == bool(passed.notes)


BAD = {
    "flat": (trimesh.Trimesh([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]], [[0, 1, 2], [0, 2, 3]]),
             "is flat"),
    "a point": (trimesh.Trimesh([[0, 0, 0]] * 4, [[0, 1, 2], [1, 2, 3]], process=False),
                "looks like a wrong scale"),
    "in mm": (trimesh.creation.box((100, 80, 200)), 'scale="0.001 0.001 0.001"'),
    "too small": (trimesh.creation.box((1e-4, 1e-4, 1e-4)), 'scale="1000 1000 1000"'),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_mesh_that_is_no_body_is_refused_with_link_and_file(case: str, tmp_path: Path) -> None:
    mesh, reason = BAD[case]
    path = brought(tmp_path, arm(links={2: meshed("bad.stl")}), bad_stl=export(mesh, "stl"))
    with pytest.raises(LayoutError) as raised:
        add_robot(path)
    text = str(raised.value)
    assert reason in text and "link l2" in text and "bad.stl" in text and str(path) in text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "bad.obj"),
        (b"v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 nan\nf 1 2 3\nf 1 2 4\nf 2 3 4\nf 1 3 4\n", "(NaN"),
        (b"\x00\xff" * 300, "bad.obj"),
    ],
)  # fmt: skip
def test_a_mesh_without_sense_is_refused(content: bytes, reason: str, tmp_path: Path) -> None:
    path = brought(tmp_path, arm(links={2: meshed("bad.obj")}), bad_obj=content)
    with pytest.raises(LayoutError, match="link l2") as raised:
        add_robot(path)
    assert reason in str(raised.value)


def test_an_open_mesh_is_its_hull_and_one_inside_out_is_turned(tmp_path: Path) -> None:
    lid = trimesh.Trimesh(BLOCK.vertices, BLOCK.faces[:-2], process=False)
    passed = add_robot(
        brought(tmp_path, arm(links={2: meshed("lid.stl")}), lid_stl=export(lid, "stl")), "arm/open"
    )
    assert "is open; its hull is taken" in said(passed)
    inside = trimesh.Trimesh(BLOCK.vertices, BLOCK.faces[:, ::-1], process=False)
    passed = add_robot(
        brought(tmp_path, arm(links={2: meshed("in.stl")}), in_stl=export(inside, "stl")),
        "arm/turned",
    )
    assert "is inside out" in said(passed)
    for name in ("arm/open", "arm/turned"):
        (solid,) = load_robot(asset_folder(name) / f"{name[4:]}.urdf").bodies[2].solids
        assert np.ptp(np.asarray(solid.points), axis=0) == pytest.approx([0.1, 0.08, 0.2], abs=1e-6)


def test_a_hollow_link_is_taken_apart_and_leaves_its_hollow_free(tmp_path: Path) -> None:
    """A fork: a hull would fill what is between its tines."""
    fork = _fork()
    path = brought(tmp_path, arm(links={2: meshed("fork.stl")}), fork_stl=export(fork, "stl"))
    passed = add_robot(path)
    assert "is hollow" in said(passed) and "convex pieces" in said(passed)
    solids = kept(passed).bodies[2].solids
    assert 2 <= len(solids) <= 12
    inside = [Delaunay(np.asarray(solid.points)).find_simplex for solid in solids]
    assert not any(within([[0.0, 0.0, 0.2]])[0] >= 0 for within in inside)
    for tine in ([-0.14, 0.0, 0.2], [0.14, 0.0, 0.2], [0.0, 0.0, 0.0]):
        assert any(within([tine])[0] >= 0 for within in inside)


def _fork() -> trimesh.Trimesh:
    """A U of one piece, 20 mm thick."""
    outline = [(-0.15, -0.01), (0.15, -0.01), (0.15, 0.3), (0.13, 0.3), (0.13, 0.01), (-0.13, 0.01)]
    outline += [(-0.13, 0.3), (-0.15, 0.3)]
    corners = np.array([(x, y, z) for y in (-0.01, 0.01) for x, z in outline])
    caps = [(0, 1, 4), (0, 4, 5), (1, 2, 3), (1, 3, 4), (0, 5, 6), (0, 6, 7)]
    faces = [(a, b, c) for a, b, c in caps] + [(c + 8, b + 8, a + 8) for a, b, c in caps]
    for k in range(8):
        n = (k + 1) % 8
        faces += [(n, k, k + 8), (n, k + 8, n + 8)]
    mesh = trimesh.Trimesh(corners, faces)
    mesh.fix_normals()
    assert mesh.is_watertight
    return mesh


def test_without_a_collision_shape_what_is_drawn_is_taken(tmp_path: Path) -> None:
    text = arm().replace("collision>", "visual>")
    passed = add_robot(brought(tmp_path, text))
    assert "what is drawn is taken for it" in said(passed)
    assert all(body.solids for body in kept(passed).bodies)


# --- folders, zips, packages ---------------------------------------------------------------------


def package(folder: Path) -> Path:
    """A description as they are published: package.xml, urdf/, meshes/, a macro and its caller."""
    base = folder / "six_description"
    (base / "urdf").mkdir(parents=True)
    (base / "meshes").mkdir()
    (base / "package.xml").write_text("<package><name>six_description</name></package>")
    (base / "meshes/block.dae").write_bytes(export(BLOCK, "dae"))
    (base / "urdf/limits.yaml").write_text("speed: !radians pi\nreach: {upper: 170}\n")
    shape = '<mesh filename="package://six_description/meshes/block.dae"/>'
    solid = (
        '<link name="l${n}"><inertial><mass value="${mass / 2 if n > 3 else mass}"/><inertia '
        'ixx="0.01" iyy="0.01" izz="0.01"/></inertial><collision><geometry>'
        f"{shape}</geometry></collision></link>"
    )
    (base / "urdf/parts.xacro").write_text(
        '<robot xmlns:xacro="http://www.ros.org/wiki/xacro">'
        '<xacro:property name="told" value="${xacro.load_yaml(\'limits.yaml\')}"/>'
        f'<xacro:macro name="part" params="n mass:=2.0">{solid}</xacro:macro>'
        '<xacro:macro name="turn" params="n axis"><joint name="j${n}" type="revolute">'
        '<parent link="l${n - 1}"/><child link="l${n}"/><origin xyz="0 0 ${0.1 * 2}"/>'
        '<axis xyz="${axis}"/><limit lower="${-radians(told.reach.upper)}" '
        'upper="${radians(told[\'reach\'][\'upper\'])}" velocity="${told.speed}" effort="50"/>'
        "</joint></xacro:macro></robot>"
    )
    axes = "".join(f'<xacro:turn n="{k}" axis="{AXES[k - 1]}"/>' for k in range(1, 7))
    (base / "urdf/six.urdf.xacro").write_text(
        '<robot name="six" xmlns:xacro="http://www.ros.org/wiki/xacro">'
        '<xacro:arg name="heavy" default="false"/>'
        '<xacro:include filename="$(find six_description)/urdf/parts.xacro"/>'
        '<xacro:if value="$(arg heavy)"><xacro:part n="0" mass="20"/></xacro:if>'
        '<xacro:unless value="$(arg heavy)"><xacro:part n="0"/></xacro:unless>'
        + "".join(f'<xacro:part n="{k}"/>' for k in range(1, 7)) + axes + "</robot>"
    )  # fmt: skip
    return base


def zipped(folder: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.rglob("*")):
            packed.write(path, path.relative_to(folder.parent))
    return target


@pytest.mark.parametrize("way", ["file", "folder", "workspace", "zip"])
def test_a_published_description_is_expanded_however_it_is_brought(
    way: str, tmp_path: Path
) -> None:
    base = package(tmp_path / "src")
    given = {
        "file": base / "urdf/six.urdf.xacro",
        "folder": base,
        "workspace": base.parent,
        "zip": zipped(base, tmp_path / "six.zip"),
    }[way]
    passed = add_robot(given)
    robot = kept(passed)
    assert passed.joints == tuple(f"j{k}" for k in range(1, 7))
    assert robot.bodies[5].mass == 1.0 and robot.bodies[2].mass == 2.0
    assert robot.upper == pytest.approx(np.deg2rad(170)) and robot.velocity == pytest.approx(np.pi)
    assert robot.bodies[2].solids[0].points is not None


def test_arguments_of_a_xacro_are_given(tmp_path: Path) -> None:
    passed = add_robot(package(tmp_path), "arm/heavy", arguments={"heavy": "true"})
    assert kept(passed).bodies[0].mass == 20.0


def test_a_package_may_lie_elsewhere_if_it_is_named(tmp_path: Path) -> None:
    there = package(tmp_path / "there")
    text = arm(links={2: meshed("package://six_description/meshes/block.dae")})
    path = brought(tmp_path, text)
    with pytest.raises(LayoutError, match="--package six_description=FOLDER"):
        add_robot(path)
    assert add_robot(path, packages={"six_description": there}).joints
    with pytest.raises(LayoutError, match="is no folder"):
        add_robot(path, "arm/x", packages={"six_description": tmp_path / "none"})


def test_of_several_robots_one_is_to_be_named(tmp_path: Path) -> None:
    folder = tmp_path / "two"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.urdf").write_text(arm())
    with pytest.raises(LayoutError, match=r"several robots: a\.urdf, b\.urdf"):
        add_robot(folder)
    assert add_robot(folder, root="b.urdf").source == "two"
    with pytest.raises(LayoutError, match=r"no one file 'c\.urdf'"):
        add_robot(folder, "arm/c", root="c.urdf")


def test_a_xacro_that_only_defines_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.xacro"
    path.write_text('<robot name="e" xmlns:xacro="http://www.ros.org/wiki/xacro"/>')
    with pytest.raises(LayoutError, match="may only define macros"):
        add_robot(path)


def packed(path: Path, **entries: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("six.urdf", arm())
        for name, content in entries.items():
            file.writestr(name.replace("__", "/"), content)
    return path


@pytest.mark.parametrize("name", ["../out.txt", "/out.txt", "a/../../out.txt", "c:out.txt"])
def test_a_zip_that_leads_out_of_itself_is_refused(name: str, tmp_path: Path) -> None:
    path = packed(tmp_path / "bad.zip")
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(zipfile.ZipInfo(name), "x")
    with pytest.raises(LayoutError, match="leads out of the zip"):
        add_robot(path)
    assert not list(tmp_path.rglob("out.txt"))


def test_a_zip_that_grows_without_measure_or_holds_links_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(LayoutError, match="grows more than"):
        add_robot(packed(tmp_path / "bomb.zip", big="0" * 5_000_000))
    path = packed(tmp_path / "link.zip")
    with zipfile.ZipFile(path, "a") as file:
        info = zipfile.ZipInfo("passwd")
        info.external_attr = 0o120777 << 16
        file.writestr(info, "/etc/passwd")
    with pytest.raises(LayoutError, match="is a link"):
        add_robot(path)
    (tmp_path / "no.zip").write_bytes(b"PK not a zip")
    with pytest.raises(LayoutError, match="cannot be unpacked"):
        add_robot(tmp_path / "no.zip")
    monkeypatch.setattr(sources, "MOST", 1)
    with pytest.raises(LayoutError, match="at most 1 of"):
        opened(packed(tmp_path / "many.zip", b="x"), tmp_path)


def test_a_link_out_of_a_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.stl"
    secret.write_bytes(export(BLOCK, "stl"))
    path = brought(tmp_path, arm(links={2: meshed("inner.stl")}))
    (path.parent / "inner.stl").symlink_to(secret)
    with pytest.raises(LayoutError, match=r"'inner\.stl' is not there"):
        add_robot(path)


# --- what a xacro may not do ---------------------------------------------------------------------

EVIL = [
    "${[].__class__}",
    "${().__class__.__bases__[0].__subclasses__()}",
    "${[x for x in [1]]}",
    "${(lambda: 1)()}",
    "${open('/etc/passwd').read()}",
    "${python.eval('1')}",
    "${math.sin.__self__}",
    "${'{0.__class__}'.format(1)}",
    "${told.format(1)}",
    "${[g.gi_frame for g in [(i for i in [1])]]}",
    "${f'{1}'}",
    "${__import__('os')}",
    "$(eval 1 + 1)",
    "$(env HOME)",
    "$(optenv HOME)",
    "$(dirname)",
    "$(find nobody)",
    "${xacro.load_yaml('/etc/hostname')}",
]


@pytest.mark.parametrize("text", EVIL)
def test_more_than_arithmetic_is_refused_before_anything_runs(text: str, tmp_path: Path) -> None:
    path = tmp_path / "evil.xacro"
    path.write_text(
        '<robot name="evil" xmlns:xacro="http://www.ros.org/wiki/xacro">'
        f'<xacro:property name="told" value="x"/><link name="{text}"/></robot>'
    )
    with pytest.raises(LayoutError):
        expanded(opened(path, tmp_path))


@pytest.mark.parametrize("name", ["/etc/hostname", "../../above.xacro"])
def test_nothing_outside_is_included(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    (tmp_path / "above.xacro").write_text("<robot/>")
    path = folder / "evil.xacro"
    path.write_text(
        '<robot name="evil" xmlns:xacro="http://www.ros.org/wiki/xacro">'
        f'<xacro:include filename="{name}"/></robot>'
    )
    with pytest.raises(LayoutError, match="lies outside"):
        expanded(opened(path, tmp_path))


def test_macros_without_end_and_files_that_end_the_process_cost_only_that_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "endless.xacro"
    path.write_text(
        '<robot name="e" xmlns:xacro="http://www.ros.org/wiki/xacro">'
        '<xacro:macro name="a" params=""><xacro:a/></xacro:macro><xacro:a/></robot>'
    )
    with pytest.raises(LayoutError, match="without end"):
        add_robot(path)
    path.write_text(
        '<robot name="e" xmlns:xacro="http://www.ros.org/wiki/xacro"><link name="${9**9**9**9}"/>'
        "</robot>"
    )
    monkeypatch.setattr("twin.cells.gate.adding.TIMEOUT", 2.0)
    with pytest.raises(TwinError, match="was not done after"):
        add_robot(path)
    process.let_go()


def test_arithmetic_is_worked_out(tmp_path: Path) -> None:
    path = tmp_path / "sums.xacro"
    path.write_text(
        '<robot name="s" xmlns:xacro="http://www.ros.org/wiki/xacro">'
        '<xacro:property name="a" value="${2 + 3}"/><xacro:property name="p" value="[1, 4]"/>'
        "<link name=\"l_${a * 2}_${max(a, 7)}_${'x' if a > 4 else 'y'}_${round(sin(pi / 2), 3)}\"/>"
        "</robot>"
    )
    assert 'name="l_10_7_x_1.0"' in expanded(opened(path, tmp_path))
