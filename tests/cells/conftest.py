"""Arms and layouts that are small enough to be checked by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from twin.cells.cell import with_tool
from twin.cells.robot import Robot
from twin.layout import rules

ASSETS = Path(__file__).parents[2] / "assets"
UR5E = ASSETS / "arm" / "ur5e" / "ur5e.urdf"
GRIPPER = ASSETS / "tool" / "parallel_small" / "parallel_small.urdf"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads what another has kept."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("TWIN_CACHE", str(folder))
    return folder


@pytest.fixture(autouse=True)
def no_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules over a layout have tests of their own; here only cells speak."""
    monkeypatch.setattr(rules, "check", lambda layout: ())


@pytest.fixture(scope="session")
def ur5e() -> Robot:
    """The arm with the gripper that it carries unless a layout says another."""
    return with_tool(UR5E, GRIPPER)


def two_links(collision: str = '<sphere radius="0.1"/>') -> str:
    """A shoulder that turns about z, an elbow about y; links 1 m long; a shape at each end."""
    inertial = (
        '<inertial><origin xyz="0.5 0 0"/><mass value="2"/>'
        '<inertia ixx="0.01" iyy="0.2" izz="0.2" ixy="0" ixz="0" iyz="0"/></inertial>'
    )
    shape = f'<collision><origin xyz="1 0 0"/><geometry>{collision}</geometry></collision>'
    limit = '<limit lower="-3" upper="3" velocity="2" effort="90"/>'
    return f"""<robot name="two">
<link name="ground"/>
<link name="upper">{inertial}{shape}</link>
<link name="lower">{inertial}{shape}</link>
<link name="tool0"/>
<joint name="shoulder" type="revolute"><parent link="ground"/><child link="upper"/>
<axis xyz="0 0 1"/>{limit}</joint>
<joint name="elbow" type="revolute"><parent link="upper"/><child link="lower"/>
<origin xyz="1 0 0"/><axis xyz="0 1 0"/>{limit}</joint>
<joint name="tip" type="fixed"><parent link="lower"/><child link="tool0"/>
<origin xyz="1 0 0" rpy="0 1.5707963267948966 0"/></joint>
</robot>"""


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a URDF and says where."""

    def write(text: str) -> Path:
        path = tmp_path / "arm.urdf"
        path.write_text(text, encoding="utf-8")
        return path

    return write
