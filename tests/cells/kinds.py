"""Arms of other kinds than six turning joints, each as a chain of plain links."""

from __future__ import annotations

from pathlib import Path

from twin.cells.robot import Robot
from twin.cells.urdf import load_robot

LINK = (
    '<link name="{name}"><inertial><origin xyz="{middle}"/><mass value="2"/>'
    '<inertia ixx="0.02" iyy="0.02" izz="0.02" ixy="0" ixz="0" iyz="0"/></inertial>'
    '<collision><origin xyz="{middle}"/><geometry><box size="{size}"/></geometry></collision>'
    "</link>"
)
JOINT = (
    '<joint name="{name}" type="{kind}"><parent link="{parent}"/><child link="{child}"/>'
    '<origin xyz="{at}" rpy="{rpy}"/><axis xyz="{axis}"/>'
    '<limit lower="{low}" upper="{high}" velocity="2" effort="200"/></joint>'
)


def chain(*joints: tuple[str, str, str, str, float, float], tool: str, rpy: str = "0 0 0") -> str:
    """A URDF of joints (kind, where, turned, axis, low, high), each on the link before it."""
    text = ['<robot name="chain"><link name="l0"/>']
    ends = [at for _, at, _, _, _, _ in joints[1:]] + [tool]
    for k, ((kind, at, turned, axis, low, high), end) in enumerate(
        zip(joints, ends, strict=True), 1
    ):
        far = [float(x) for x in end.split()]
        middle = " ".join(str(x / 2) for x in far)
        size = " ".join(str(max(abs(x) * 0.8, 0.04)) for x in far)
        text.append(LINK.format(name=f"l{k}", middle=middle, size=size))
        given = {"at": at, "rpy": turned, "axis": axis, "low": low, "high": high}
        names = {"name": f"j{k}", "kind": kind, "parent": f"l{k - 1}", "child": f"l{k}"}
        text.append(JOINT.format(**names, **given))
    last = f"l{len(joints)}"
    text.append(
        f'<link name="tool0"/><joint name="tip" type="fixed"><parent link="{last}"/>'
        f'<child link="tool0"/><origin xyz="{tool}" rpy="{rpy}"/></joint></robot>'
    )
    return "".join(text)


DOWN = "3.141592653589793 0 0"
Z, Y = "0 0 1", "0 1 0"
KINDS = {
    "scara": chain(
        ("revolute", "0 0 0.4", "0 0 0", Z, -2.3, 2.3),
        ("revolute", "0.35 0 0", "0 0 0", Z, -2.5, 2.5),
        ("prismatic", "0.3 0 0", "0 0 0", Z, -0.2, 0.0),
        ("revolute", "0 0 -0.05", "0 0 0", Z, -6.2, 6.2),
        tool="0 0 -0.1",
        rpy=DOWN,
    ),
    "gantry": chain(
        ("prismatic", "0 0 1", "0 0 0", "1 0 0", -0.8, 0.8),
        ("prismatic", "0 0 0", "0 0 0", "0 1 0", -0.5, 0.5),
        ("prismatic", "0 0 0", "0 0 0", Z, -0.6, 0.0),
        ("revolute", "0 0 -0.1", "0 0 0", Z, -3.1, 3.1),
        tool="0 0 -0.15",
        rpy=DOWN,
    ),
    "five": chain(
        ("revolute", "0 0 0.254", "0 0 0", Z, -3.0, 3.0),
        ("revolute", "0 0 0.02", "0 0 0", Y, -1.9, 1.9),
        ("revolute", "0 0 0.254", "0 0 0", Y, -2.6, 2.6),
        ("revolute", "0 0 0.254", "0 0 0", Y, -1.9, 1.9),
        ("revolute", "0 0 0.05", "0 0 0", Z, -3.1, 3.1),
        tool="0 0 0.1",
    ),
    "seven": chain(
        ("revolute", "0 0 0.333", "0 0 0", Z, -2.7, 2.7),
        ("revolute", "0 0 0.02", "0 0 0", Y, -1.8, 1.8),
        ("revolute", "0 0 0.3", "0 0 0", Z, -2.9, 2.9),
        ("revolute", "0 0 0.02", "0 0 0", Y, -2.6, 2.6),
        ("revolute", "0 0 0.35", "0 0 0", Z, -2.8, 2.8),
        ("revolute", "0 0 0.02", "0 0 0", Y, -2.0, 2.0),
        ("revolute", "0 0 0.1", "0 0 0", Z, -3.0, 3.0),
        tool="0 0 0.1",
    ),
    "track": chain(
        ("prismatic", "0 0 0.1", "0 0 0", "1 0 0", -1.0, 1.0),
        ("revolute", "0 0 0.16", "0 0 0", Z, -6.2, 6.2),
        ("revolute", "0 0 0.02", "0 0 0", Y, -2.0, 2.0),
        ("revolute", "0 0 0.42", "0 0 0", Y, -2.7, 2.7),
        ("revolute", "0 0 0.39", "0 0 0", Y, -3.0, 3.0),
        ("revolute", "0 0 0.1", "0 0 0", Z, -3.0, 3.0),
        ("revolute", "0 0 0.1", "0 0 0", Y, -3.0, 3.0),
        tool="0 0 0.1",
    ),
}


def arm(kind: str, folder: Path) -> Robot:
    """One of the kinds as a robot, from a file in `folder`."""
    path = folder / f"{kind}.urdf"
    path.write_text(KINDS[kind], encoding="utf-8")
    return load_robot(path)
