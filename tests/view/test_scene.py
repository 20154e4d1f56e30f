"""The scene's GLB and its manifest, and that the two fit together."""

from __future__ import annotations

import io
import json
import math
import re
import struct
from pathlib import Path

import numpy as np
import pytest
import trimesh
from ruamel.yaml import YAML

from twin import pose
from twin.errors import LayoutError
from twin.layout.catalog import load_asset
from twin.layout.files import parse
from twin.layout.schema import Layout
from twin.layout.shapes import MATERIALS, shape
from twin.view.linkage import read_linkage
from twin.view.scene import _reach, library, scene, scene_manifest

ROOT = Path(__file__).parents[2]
DH = [
    (0.1625, 0.0, 90.0),
    (0.0, -0.425, 0.0),
    (0.0, -0.3922, 0.0),
    (0.1333, 0.0, 90.0),
    (0.0997, 0.0, -90.0),
    (0.0996, 0.0, 0.0),
]

SMALL = {
    "twin": 1,
    "name": "Two arms and a vehicle",
    "floor": {"size": [4, 3], "doors": {"in": {"at": [0, 1]}}},
    "machines": {
        "store": {"asset": "rack/high_bay_24v", "at": [1, 1], "heading": "90 deg", "places": 2},
        "mill": {"asset": "mill/module_24v", "at": [2, 1]},
    },
    "arms": {
        "low": {"asset": "arm/ur5e", "at": [1, 2]},
        "high": {"asset": "arm/ur5e", "at": [3, 2], "height": 0.7, "home": [0, -1, 1, 0, 0, 0]},
    },
    "stations": {"store": {"machines": ["store"]}, "mill": {"machines": ["mill"], "label": "M"}},
    "crews": {"shop": {"people": 3, "home": [2, 2]}, "guest": {"people": 1}},
    "products": {
        "a": {"route": [{"step": "s", "at": "mill", "run": 60}]},
        "b": {"route": [{"step": "s", "at": "mill", "run": 60}], "colour": "#123456"},
    },
    "orders": {"a": {"product": "a", "every": 600}},
    "transport": {
        "nodes": {"1": [1.5, 1.5]},
        "roads": [{"ends": ["store", "1"]}, {"ends": ["1", "mill"]}],
        "vehicles": {"agv": {"asset": "vehicle/agv_24v", "home": "1", "heading": "90 deg"}},
    },
}


@pytest.fixture(scope="module")
def pcb() -> Layout:
    text = (ROOT / "layouts/pcb_line.yaml").read_text(encoding="utf-8")
    return Layout.model_validate(YAML(typ="safe").load(text))


@pytest.fixture(scope="module")
def small() -> Layout:
    return Layout.model_validate(SMALL)


@pytest.fixture(scope="module")
def glb(pcb: Layout) -> bytes:
    return scene(pcb)


def header(data: bytes) -> dict:
    magic, version, total = struct.unpack_from("<4sII", data)
    assert (magic, version, total) == (b"glTF", 2, len(data))
    length, kind = struct.unpack_from("<I4s", data, 12)
    assert kind == b"JSON"
    return json.loads(data[20 : 20 + length])


def children(tree: dict, name: str) -> list[str]:
    node = next(n for n in tree["nodes"] if n.get("name") == name)
    return [tree["nodes"][i]["name"] for i in node.get("children", [])]


def column(tree: dict, data: bytes, accessor: int) -> np.ndarray:
    """A float or index accessor of the GLB, read by the file format's rules."""
    a = tree["accessors"][accessor]
    view = tree["bufferViews"][a["bufferView"]]
    start = 20 + struct.unpack_from("<I", data, 12)[0] + 8
    kind = {5126: "<f4", 5125: "<u4", 5123: "<u2"}[a["componentType"]]
    width = {"SCALAR": 1, "VEC3": 3}[a["type"]]
    offset = start + view.get("byteOffset", 0) + a.get("byteOffset", 0)
    return np.frombuffer(data, kind, a["count"] * width, offset).reshape(-1, width)


def primitive(tree: dict, name: str) -> dict:
    node = next(n for n in tree["nodes"] if n.get("name") == name)
    (only,) = tree["meshes"][node["mesh"]]["primitives"]
    return only


def test_one_root_turns_the_content_upright(glb: bytes):
    tree = header(glb)
    (root,) = tree["scenes"][0]["nodes"]
    assert tree["nodes"][root]["name"] == "zup"
    turn = np.array(tree["nodes"][root]["matrix"]).reshape(4, 4).T  # glTF is column-major
    np.testing.assert_allclose(turn @ [0, 0, 1, 1], [0, 1, 0, 1], atol=1e-12)
    np.testing.assert_allclose(turn @ [1, 0, 0, 1], [1, 0, 0, 1], atol=1e-12)


def test_every_name_is_safe_and_single(glb: bytes):
    names = [node["name"] for node in header(glb)["nodes"]]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9_]+", name) for name in names)


def test_nodes_are_those_the_manifest_names(pcb: Layout, glb: bytes):
    tree, manifest = header(glb), scene_manifest(pcb)
    expected = {"person", "part", "floor"}
    expected |= {manifest["assets"][m["asset"]]["node"] for m in manifest["machines"]}
    for arm in manifest["arms"]:
        expected |= {arm["base_node"]} | {joint["link_node"] for joint in arm["joints"]}
    assert set(children(tree, "zup")) == expected


def test_each_mesh_is_in_the_file_once_with_one_material(glb: bytes):
    tree = header(glb)
    used = [node["mesh"] for node in tree["nodes"] if "mesh" in node]
    assert sorted(used) == list(range(len(tree["meshes"])))
    assert sorted(m["name"] for m in tree["materials"]) == sorted(MATERIALS)
    for group in children(tree, "zup"):
        for name in children(tree, group):
            key = tree["materials"][primitive(tree, name)["material"]]["name"]
            assert name == f"{group}_{key}"


def test_the_drawing_arrives_whole(pcb: Layout, glb: bytes):
    """The corners in the file are those of the asset's pieces, material by material."""
    tree, manifest = header(glb), scene_manifest(pcb)
    for index in {m["asset"] for m in manifest["machines"]}:
        name, node = manifest["assets"][index]["name"], manifest["assets"][index]["node"]
        pieces = shape(load_asset(name))
        for material in {p.material for p in pieces}:
            mine = [p.mesh for p in pieces if p.material == material]
            drawn = primitive(tree, f"{node}_{material}")
            points = column(tree, glb, drawn["attributes"]["POSITION"])
            faces = column(tree, glb, drawn["indices"])
            assert len(faces) == 3 * sum(len(m.faces) for m in mine)
            bounds = np.array([m.bounds for m in mine])
            np.testing.assert_allclose(points.min(axis=0), bounds[:, 0].min(axis=0), atol=1e-5)
            np.testing.assert_allclose(points.max(axis=0), bounds[:, 1].max(axis=0), atol=1e-5)


def test_edges_are_hard_and_rounds_are_smooth(glb: bytes):
    tree = header(glb)
    for node in tree["nodes"]:
        if "mesh" in node:
            drawn = primitive(tree, node["name"])
            normals = column(tree, glb, drawn["attributes"]["NORMAL"])
            np.testing.assert_allclose(np.linalg.norm(normals, axis=1), 1, atol=1e-4)
            corners = column(tree, glb, drawn["attributes"]["POSITION"])
            faces = column(tree, glb, drawn["indices"]).reshape(-1, 3)
            a, b, c = corners[faces].astype(float).transpose(1, 0, 2)
            across = np.cross(b - a, c - a)
            size = np.linalg.norm(across, axis=1, keepdims=True)
            flat = (across / np.maximum(size, 1e-12))[size[:, 0] > 1e-8]
            shown = normals[faces][size[:, 0] > 1e-8]
            assert np.einsum("fci,fi->fc", shown, flat).min() > math.cos(math.radians(40))
    floor = column(tree, glb, primitive(tree, "floor_body")["attributes"]["NORMAL"])
    assert (np.sort(np.abs(floor), axis=1) == [0, 0, 1]).all(), "a block's faces stay flat"
    tube = column(tree, glb, primitive(tree, "asset_8_link_2_body")["attributes"]["NORMAL"])
    assert len(np.unique(tube.round(3), axis=0)) > 50, "a tube's normals turn around it"


def test_the_same_layout_gives_the_same_bytes(pcb: Layout, glb: bytes):
    assert scene(pcb) == glb


def test_the_scene_is_light(glb: bytes):
    assert len(glb) < 1_000_000


def test_an_independent_reader_sees_the_floor_and_upright_machines(glb: bytes):
    loaded = trimesh.load_scene(io.BytesIO(glb), file_type="glb")
    transform, geometry = loaded.graph["floor_body"]
    points = trimesh.transform_points(loaded.geometry[geometry].vertices, transform)
    np.testing.assert_allclose(points.min(axis=0), [0, -0.02, -8], atol=1e-6)
    np.testing.assert_allclose(points.max(axis=0), [10, 0, 0], atol=1e-6)
    transform, geometry = loaded.graph["asset_1_body"]
    points = trimesh.transform_points(loaded.geometry[geometry].vertices, transform)
    assert points[:, 1].min() > 0 and points[:, 1].max() > 1.2


# --- manifest ------------------------------------------------------------------------------------


def test_manifest_is_plain_json_with_the_agreed_keys(pcb: Layout, small: Layout):
    for layout in (pcb, small):
        manifest = scene_manifest(layout)
        assert json.loads(json.dumps(manifest, allow_nan=False)) == manifest
        assert set(manifest) == {
            "version", "name", "floor", "doors", "assets", "machines", "arms", "people",
            "homes", "vehicles", "drawn", "nodes", "roads", "stations", "products", "part_node",
            "library",
        }  # fmt: skip
        for machine in manifest["machines"]:
            assert set(machine) == {
                "name", "label", "station", "asset", "at", "heading", "size", "places", "ports",
                "operator", "attended", "service",
            }  # fmt: skip
        for arm in manifest["arms"]:
            assert set(arm) == {
                "name", "label", "asset", "base", "joints", "base_node", "tool", "home",
                "size", "heading", "reach", "second", "serves",
            }  # fmt: skip


def test_machines_stand_where_the_layout_says(pcb: Layout):
    machines = {m["name"]: m for m in scene_manifest(pcb)["machines"]}
    assert set(machines) == set(pcb.machines)
    stencil, tray = machines["stencil"], machines["tray-in"]
    assert stencil["at"] == [1.5, 1.0] and stencil["heading"] == pytest.approx(math.pi)
    assert stencil["station"] == "print" and tray["station"] is None
    assert machines["reflow"]["places"] == 4
    assert machines["test-1"]["ports"] == {"nest": [0.0, 0.0, 0.95]}
    assert stencil["operator"] == [0.0, pytest.approx(-0.65 / 2 - 0.35)]


def test_arm_links_follow_the_dh_chain(pcb: Layout):
    """The tool by the manifest's joints, as the viewer computes it, against the textbook."""
    (arm,) = scene_manifest(pcb)["arms"]
    random = np.random.default_rng(2)
    for q in random.uniform(-math.pi, math.pi, (50, 6)):
        at = pose.pose(**arm["base"])
        for joint, angle in zip(arm["joints"], q, strict=True):
            half = angle / 2
            turn = np.array([math.cos(half), *(math.sin(half) * np.array(joint["axis"]))])
            at = pose.compose(at, pose.pose(**joint["origin"]))
            at = pose.compose(at, pose.pose((0, 0, 0), turn))
        tool = pose.matrix(pose.compose(at, pose.pose(**arm["tool"])))

        x, y = pcb.arms["cobot"].at
        expected = pose.matrix(pose.upright(x, y, 0.8, math.pi / 2))
        for angle, (d, a, degrees) in zip(q, DH, strict=True):
            turn_z = trimesh.transformations.rotation_matrix(angle, [0, 0, 1])
            turn_x = trimesh.transformations.rotation_matrix(math.radians(degrees), [1, 0, 0])
            shift = trimesh.transformations.translation_matrix([a, 0, d])
            expected = expected @ turn_z @ shift @ turn_x
        expected = expected @ trimesh.transformations.translation_matrix([0, 0, 0.15])
        np.testing.assert_allclose(tool, expected, atol=1e-9)


def test_arms_of_other_heights_have_other_stands(small: Layout):
    manifest, data = scene_manifest(small), scene(small)
    tree = header(data)
    low, high = manifest["arms"]
    assert low["base_node"] != high["base_node"]
    depth = {}
    for arm in (low, high):
        lowest = [
            column(tree, data, primitive(tree, name)["attributes"]["POSITION"])[:, 2].min()
            for name in children(tree, arm["base_node"])
        ]
        depth[arm["name"]] = min(lowest)
    assert depth["low"] == pytest.approx(0, abs=1e-6)
    assert depth["high"] == pytest.approx(-0.7, abs=1e-6)
    assert high["home"] == [0, -1, 1, 0, 0, 0]
    assert low["home"] == load_asset("arm/ur5e").options["home"]


def test_people_stand_apart(small: Layout):
    people = scene_manifest(small)["people"]
    assert [p["name"] for p in people] == ["shop#1", "shop#2", "shop#3", "guest#1"]
    homes = np.array([p["home"] for p in people])
    assert (np.diff(homes[:3, 0]) > 0.5).all() and (homes[:3, 1] == 2).all()
    assert (homes > 0).all() and (homes < [4, 3]).all()


def test_vehicles_roads_stations_and_products(small: Layout):
    manifest = scene_manifest(small)
    assert manifest["nodes"] == {"1": [1.5, 1.5]}
    assert manifest["roads"] == [[[1, 1], [1.5, 1.5]], [[1.5, 1.5], [2, 1]]]
    (agv,) = manifest["vehicles"]
    assert agv["at"] == [1.5, 1.5] and agv["heading"] == pytest.approx(math.pi / 2)
    assert manifest["assets"][agv["asset"]]["name"] == "vehicle/agv_24v"
    assert [s["first"] for s in manifest["stations"]] == ["store.1", "mill"]
    colours = [p["colour"] for p in manifest["products"]]
    assert colours[1] == "#123456" and re.fullmatch("#[0-9a-f]{6}", colours[0])


def test_what_is_drawn_is_told_with_its_measures() -> None:
    text = (ROOT / "layouts" / "belt_line.yaml").read_text("utf-8")
    manifest = scene_manifest(parse(text).layout)
    kinds = [line["kind"] for line in manifest["drawn"]]
    assert kinds == ["wall"] * 2 + ["conveyor"] * 3 + ["aisle"] + ["zone"] * 4
    drawn = {line["name"]: line for line in manifest["drawn"]}
    belt = drawn["to-test"]
    assert belt["points"] == [[6.6, 5.9], [9.6, 5.9], [9.6, 3.55]]
    assert [belt[key] for key in ("width", "height", "speed", "spacing", "places")] == [
        0.4, 0.75, 0.12, 0.4, 13,
    ]  # fmt: skip
    assert (drawn["rest-west"]["width"], drawn["rest-west"]["height"]) == (0.1, 2.5)
    assert (drawn["exit"]["purpose"], drawn["exit"]["label"]) == ("keep_clear", "Keep clear")
    fed = {station["name"]: station["conveyor"] for station in manifest["stations"]}
    assert fed == {"build": None, "cure": "to-oven", "test": "to-test", "pack": "to-pack"}


def test_a_road_to_nowhere_is_named(small: Layout):
    broken = {**SMALL, "transport": {"roads": [{"ends": ["store", "mil"]}]}}
    with pytest.raises(LayoutError, match=r"transport/roads/0: 'mil' .* did you mean 'mill'"):
        scene_manifest(Layout.model_validate(broken))


def test_an_arm_needs_a_urdf():
    broken = {**SMALL, "arms": {"x": {"asset": "mill/desktop", "at": [1, 1]}}}
    with pytest.raises(LayoutError, match="arms/x: asset 'mill/desktop' is no arm"):
        scene_manifest(Layout.model_validate(broken))


# --- a URDF as it is drawn ------------------------------------------------------------------------

BOX = '<visual><geometry><box size="1 2 3"/></geometry></visual>'


def urdf(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "arm.urdf"
    path.write_text(f'<robot name="r">{body}</robot>', encoding="utf-8")
    return path


def test_fixed_links_become_one(tmp_path: Path):
    path = urdf(
        tmp_path,
        f'<link name="a">{BOX}</link><link name="b">{BOX}</link><link name="c"/>'
        '<joint name="f" type="fixed"><parent link="a"/><child link="b"/>'
        '<origin xyz="0 0 5"/></joint>'
        '<joint name="j" type="revolute"><parent link="b"/><child link="c"/>'
        '<origin xyz="1 0 0" rpy="0 0 1.5707963267948966"/><axis xyz="0 0 2"/></joint>',
    )
    linkage = read_linkage(path)
    assert [len(link) for link in linkage.links] == [2, 0]
    assert linkage.links[0][1][1].bounds[1].tolist() == [0.5, 1.0, 6.5]
    (joint,) = linkage.joints
    np.testing.assert_allclose(joint.origin[:3, 3], [1, 0, 5])
    np.testing.assert_allclose(joint.origin[:3, 0], [0, 1, 0], atol=1e-12)
    np.testing.assert_allclose(joint.axis, [0, 0, 1])


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<link", "not an XML file"),
        ("", "expected one link that no joint carries"),
        ('<link name="a"/><link name="b"/>', "expected one link that no joint carries"),
        (
            '<link name="a"/><joint name="j" type="fixed"><parent link="a"/><child link="x"/>'
            "</joint>",
            "joint 'j': its child 'x' is no link",
        ),
        (
            '<link name="a"/><link name="b"/><joint name="j" type="planar"><parent link="a"/>'
            '<child link="b"/></joint>',
            "joint 'j' is 'planar'",
        ),
        ('<link name="a"><visual/></link>', "no geometry"),
        (
            '<link name="a"><visual><geometry><mesh filename="../x.stl"/></geometry></visual>'
            "</link>",
            "relative to the URDF's folder",
        ),
        (
            '<link name="a"><visual><geometry><mesh filename="x.dae"/></geometry></visual></link>',
            "expected one of .stl",
        ),
        (
            '<link name="a"><visual><geometry><mesh filename="x.stl"/></geometry></visual></link>',
            "is not in",
        ),
        (
            '<link name="a"><visual><geometry><box size="1 nan 1"/></geometry></visual></link>',
            "expected 3 finite numbers",
        ),
        (
            '<link name="a"><visual><geometry><box size="1 one 1"/></geometry></visual></link>',
            "expected numbers",
        ),
    ],
)
def test_a_bad_urdf_is_refused_in_words(tmp_path: Path, body: str, message: str):
    with pytest.raises(LayoutError, match=re.escape(message)):
        read_linkage(urdf(tmp_path, body))


def test_a_loop_of_links_is_refused(tmp_path: Path):
    loop = "".join(
        f'<joint name="{a}{b}" type="fixed"><parent link="{a}"/><child link="{b}"/></joint>'
        for a, b in ("bc", "cb")
    )
    path = urdf(tmp_path, f'<link name="a"/><link name="b"/><link name="c"/>{loop}')
    assert len(read_linkage(path).links) == 1  # the loop hangs on nothing, so it is not the arm
    with pytest.raises(LayoutError, match="there is no such file"):
        read_linkage(tmp_path / "none.urdf")


def test_what_an_edit_has_to_know_is_in_the_manifest(pcb: Layout) -> None:
    manifest = scene_manifest(pcb)
    machines = {machine["name"]: machine for machine in manifest["machines"]}
    assert machines["place-1"]["attended"] and not machines["tray-in"]["attended"]
    assert machines["place-1"]["service"] == {"front": 0.6}
    (arm,) = manifest["arms"]
    assert (arm["reach"], arm["heading"]) == (0.85, pytest.approx(math.pi / 2))
    assert arm["size"][:2] == [0.3, 0.3]
    assert arm["serves"] == ["test-1.nest", "test-2.nest", "tray-in.slot", "tray-out.slot"]
    listed = {asset["name"]: asset for asset in manifest["library"]}
    assert listed["placer/desktop"] == {
        "name": "placer/desktop",
        "label": "Desktop pick & place",
        "size": [0.8, 0.7, 1.4],
    }
    assert not {"arm/ur5e", "person/standing", "vehicle/amr"} & set(listed)


def test_an_arm_without_a_stated_reach_has_the_length_of_its_chain() -> None:
    asset = load_asset("arm/ur5e")
    linkage = read_linkage(ROOT / "assets/arm/ur5e/ur5e.urdf")
    untold = asset.model_copy(update={"options": {}})
    assert 0.85 < _reach(untold, linkage) < 1.8


def test_an_asset_that_cannot_be_read_is_listed_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    (tmp_path / "assets/mill/own").mkdir(parents=True)
    (tmp_path / "assets/mill/own/asset.yaml").write_text("asset: 1\nlabel: [\n")
    (own,) = [asset for asset in library() if asset["name"] == "mill/own"]
    assert "mill/own/asset.yaml:" in own["problem"]
