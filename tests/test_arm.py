"""The arm's files: kinematics against the DH chain, physics loads what is drawn."""

from __future__ import annotations

import importlib.util
import math
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
import trimesh

ARM = Path(__file__).parents[1] / "assets/arm/ur5e"
# The maker's DH page, written here a second time as the authority of this test.
DH = [
    (0.1625, 0.0, 90.0),
    (0.0, -0.425, 0.0),
    (0.0, -0.3922, 0.0),
    (0.1333, 0.0, 90.0),
    (0.0997, 0.0, -90.0),
    (0.0996, 0.0, 0.0),
]


def dh_chain(q: np.ndarray) -> np.ndarray:
    """Flange pose (4, 4) by the textbook product Rz(q) Tz(d) Tx(a) Rx(alpha)."""
    pose = np.eye(4)
    for angle, (d, a, degrees) in zip(q, DH, strict=True):
        c, s = math.cos(angle), math.sin(angle)
        ca, sa = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        pose = pose @ np.array(
            [[c, -s * ca, s * sa, a * c], [s, c * ca, -c * sa, a * s], [0, sa, ca, d], [0, 0, 0, 1]]
        )
    return pose


def urdf_chain(joints: dict[str, ET.Element], tip: str, q: np.ndarray) -> np.ndarray:
    """Pose (4, 4) of link `tip` in link_0 by URDF rules: origin (fixed-axis rpy), then axis."""
    path = []
    while tip != "link_0":
        joint = joints[tip]
        path.insert(0, joint)
        tip = joint.find("parent").get("link")
    angles = iter(q)
    pose = np.eye(4)
    for joint in path:
        origin = joint.find("origin")
        frame = trimesh.transformations.euler_matrix(
            *map(float, origin.get("rpy").split()), axes="sxyz"
        )
        frame[:3, 3] = list(map(float, origin.get("xyz").split()))
        pose = pose @ frame
        if joint.get("type") == "revolute":
            axis = list(map(float, joint.find("axis").get("xyz").split()))
            pose = pose @ trimesh.transformations.rotation_matrix(next(angles), axis)
    return pose


@pytest.fixture(scope="module")
def joints() -> dict[str, ET.Element]:
    root = ET.parse(ARM / "ur5e.urdf").getroot()
    return {joint.find("child").get("link"): joint for joint in root.findall("joint")}


def test_forward_kinematics_against_dh(joints):
    random = np.random.default_rng(5)
    for q in random.uniform(-2 * math.pi, 2 * math.pi, (200, 6)):
        np.testing.assert_allclose(urdf_chain(joints, "tool0", q), dh_chain(q), atol=1e-9)


def test_limits_and_masses_are_the_published_ones(joints):
    efforts = [150.0] * 3 + [28.0] * 3
    for index, effort in enumerate(efforts, 1):
        limit = joints[f"link_{index}"].find("limit")
        assert float(limit.get("effort")) == effort
        assert float(limit.get("velocity")) == pytest.approx(math.pi)
        assert float(limit.get("lower")) == -float(limit.get("upper")) == pytest.approx(-math.tau)
    root = ET.parse(ARM / "ur5e.urdf").getroot()
    masses = [float(link.find("inertial/mass").get("value")) for link in root.findall("link")]
    assert masses[1:7] == [3.761, 8.058, 2.846, 1.37, 1.3, 0.365]


def test_names_in_the_urdf_are_unique():
    root = ET.parse(ARM / "ur5e.urdf").getroot()
    for kind in ("link", "joint", "material"):
        names = [element.get("name") for element in root.findall(kind)]
        assert len(names) == len(set(names))


def test_inertias_are_physical():
    """Positive definite, and the triangle inequality of principal moments."""
    root = ET.parse(ARM / "ur5e.urdf").getroot()
    for link in root.findall("link"):
        i = {k: float(v) for k, v in link.find("inertial/inertia").attrib.items()}
        tensor = np.array(
            [
                [i["ixx"], i["ixy"], i["ixz"]],
                [i["ixy"], i["iyy"], i["iyz"]],
                [i["ixz"], i["iyz"], i["izz"]],
            ]
        )
        small, middle, large = np.linalg.eigvalsh(tensor)
        assert small > 0
        assert large <= (small + middle) * (1 + 1e-6)


@pytest.fixture(scope="module")
def body():
    pybullet = pytest.importorskip("pybullet")
    client = pybullet.connect(pybullet.DIRECT)
    pybullet.setPhysicsEngineParameter(enableFileCaching=0, physicsClientId=client)
    body = pybullet.loadURDF(
        str(ARM / "ur5e.urdf"),
        useFixedBase=True,
        flags=pybullet.URDF_USE_INERTIA_FROM_FILE
        | pybullet.URDF_USE_SELF_COLLISION
        | pybullet.URDF_USE_SELF_COLLISION_EXCLUDE_PARENT,
        physicsClientId=client,
    )
    yield pybullet, client, body
    pybullet.disconnect(client)


def test_physics_loads_six_joints_and_every_collision_shape(body):
    pybullet, client, arm = body
    root = ET.parse(ARM / "ur5e.urdf").getroot()
    drawn = {link.get("name"): len(link.findall("collision")) for link in root.findall("link")}
    assert min(n for name, n in drawn.items() if name != "tool0") >= 1
    revolute = 0
    assert len(pybullet.getCollisionShapeData(arm, -1, client)) == drawn["link_0"]
    for index in range(pybullet.getNumJoints(arm, client)):
        joint = pybullet.getJointInfo(arm, index, client)
        revolute += joint[2] == pybullet.JOINT_REVOLUTE
        name = joint[12].decode()
        assert len(pybullet.getCollisionShapeData(arm, index, client)) == drawn[name]
    assert revolute == 6


def test_the_arm_does_not_touch_itself_at_home(body):
    pybullet, client, arm = body
    for index, angle in enumerate([0.0, -1.5708, 1.5708, -1.5708, -1.5708, 0.0]):
        pybullet.resetJointState(arm, index, angle, physicsClientId=client)
    pybullet.performCollisionDetection(client)
    assert not [c for c in pybullet.getContactPoints(arm, arm, physicsClientId=client) if c[8] < 0]
    # Folded back onto itself it does: the test above could fail.
    pybullet.resetJointState(arm, 2, math.pi, physicsClientId=client)
    pybullet.performCollisionDetection(client)
    assert [c for c in pybullet.getContactPoints(arm, arm, physicsClientId=client) if c[8] < 0]


def _triangles(path: Path) -> np.ndarray:
    record = np.dtype([("n", "<f4", 3), ("v", "<f4", (3, 3)), ("a", "<u2")])
    return np.frombuffer(path.read_bytes()[84:], record)["v"]


def test_collision_shapes_contain_the_drawing():
    """Every vertex of a link's meshes lies in one of its collision cylinders or boxes."""
    root = ET.parse(ARM / "ur5e.urdf").getroot()
    for link in root.findall("link"):
        files = [ARM / m.get("filename") for m in link.findall("visual/geometry/mesh")]
        if not files:
            continue
        points = np.vstack([_triangles(f).reshape(-1, 3) for f in files]).astype(float)
        inside = np.zeros(len(points), bool)
        for shape in link.findall("collision"):
            origin = shape.find("origin")
            frame = trimesh.transformations.euler_matrix(
                *map(float, origin.get("rpy").split()), axes="sxyz"
            )
            frame[:3, 3] = list(map(float, origin.get("xyz").split()))
            local = trimesh.transform_points(points, np.linalg.inv(frame))
            if (cylinder := shape.find("geometry/cylinder")) is not None:
                inside |= (np.hypot(*local.T[:2]) <= float(cylinder.get("radius")) + 1e-5) & (
                    np.abs(local[:, 2]) <= float(cylinder.get("length")) / 2 + 1e-5
                )
            else:
                half = (
                    np.array(list(map(float, shape.find("geometry/box").get("size").split()))) / 2
                )
                inside |= (np.abs(local) <= half + 1e-5).all(axis=1)
        assert inside.all(), link.get("name")


def test_meshes_are_closed_and_binary():
    for path in sorted((ARM / "meshes").iterdir()):
        assert not path.read_bytes().startswith(b"solid"), "ASCII STL has no collision shape"
        mesh = trimesh.load_mesh(path)
        assert mesh.is_watertight
        assert len(mesh.faces) <= 1500


def test_the_committed_files_are_what_the_script_draws(tmp_path):
    spec = importlib.util.spec_from_file_location("draw_ur5e", ARM / "draw.py")
    draw = importlib.util.module_from_spec(spec)
    sys.modules["draw_ur5e"] = draw
    spec.loader.exec_module(draw)
    draw.drawn().write(tmp_path)
    drawn = sorted(p.name for p in (tmp_path / "meshes").iterdir())
    assert drawn == sorted(p.name for p in (ARM / "meshes").iterdir())
    for name in drawn:
        np.testing.assert_allclose(
            _triangles(tmp_path / "meshes" / name), _triangles(ARM / "meshes" / name), atol=1e-6
        )
    mine, committed = (ET.parse(f / "ur5e.urdf") for f in (tmp_path, ARM))
    for a, b in zip(mine.iter(), committed.iter(), strict=True):
        assert a.tag == b.tag and a.attrib.keys() == b.attrib.keys()
        for key, value in a.attrib.items():
            try:
                numbers = [float(v) for v in value.split()], [float(v) for v in b.get(key).split()]
            except ValueError:
                assert value == b.get(key)
            else:
                np.testing.assert_allclose(*numbers, atol=1e-8)
