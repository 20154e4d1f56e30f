"""What hangs on a flange against the maker's own formula."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.plants import ROOT
from twin.cells.cell import Cell
from twin.cells.held import Held
from twin.cells.load import diagram, hung, loads, loads_of, overloaded
from twin.cells.tool import load_tool
from twin.cells.urdf import load_robot
from twin.errors import LayoutError

IRB120 = ROOT / "assets/arm/irb120/irb120.urdf"
GRIPPER = ROOT / "assets/tool/parallel_small/parallel_small.urdf"
ALLOWED = {"joint_5": 0.175, "joint_6": 0.085}  # kg m2


def cell(*pieces: Held, tool: str = "") -> Cell:
    return Cell(
        "robot",
        str(IRB120),
        tool,
        (0.0, 0.0),
        0.0,
        0.0,
        (),
        (),
        0.5,
        pieces,
        3.0,
        1.0,
        {},
        (),
        (),
        {},
        inertias=ALLOWED,
    )


@pytest.mark.parametrize("mass", [0.5, 2.9])
@pytest.mark.parametrize("beyond", [0.02, 0.3])
def test_it_is_the_formula_of_the_product_manual(mass: float, beyond: float) -> None:
    """m ((Z + .072)^2 + L^2) + J for joint 5, m L^2 + J for joint 6; here L is 0."""
    edge = 0.04  # a cube's moment of inertia is the same about any axis through its middle
    held = Held("cube", (edge, edge, edge), mass, beyond)
    away, own = beyond - edge / 2, mass * edge**2 / 6
    fifth, sixth = loads(load_robot(IRB120), None, [(held,)], ALLOWED)
    assert fifth.value == pytest.approx(mass * (away + 0.072) ** 2 + own, rel=1e-6)
    assert sixth.value == pytest.approx(own, rel=1e-6)


def test_what_lies_beside_the_axis_counts_at_its_worst_turn() -> None:
    """A tool to the side: its distance from joint 5 is largest with joint 6 turned as it may."""
    arm, tool = load_robot(IRB120), load_tool(GRIPPER)
    held = Held("bar", (0.3, 0.02, 0.02), 1.0, 0.1)
    load = hung(arm, tool, (held,))
    frame = np.linalg.inv(arm.tip)
    x, y, z = frame[:3, :3] @ load.centre + frame[:3, 3]
    most = float(np.max(np.linalg.eigvalsh(load.inertia)))
    fifth, sixth = loads(arm, tool, [(held,)], ALLOWED)
    assert fifth.value <= load.mass * ((z + 0.072) ** 2 + x**2 + y**2) + most + 1e-9
    assert fifth.value >= load.mass * (z + 0.072) ** 2 and sixth.value < fifth.value


def test_a_light_part_that_stands_out_too_far_is_refused_though_its_mass_is_allowed() -> None:
    (finding,) = overloaded(cell(Held("rod", (0.02, 0.02, 0.6), 1.5, 0.6)))
    assert finding.rule == "cell/limits" and finding.limit == 0.175
    assert "about joint_5" in finding.message and "with rod" in finding.message
    assert not overloaded(cell(Held("rod", (0.02, 0.02, 0.1), 1.5, 0.1)))


def test_the_diagram_and_the_verdict_agree() -> None:
    """A point mass on a line of the diagram is at the limit of one joint, or of the mass."""
    found = diagram(cell(Held("point", (1e-3, 1e-3, 1e-3), 1.0, 0.2)))
    assert found is not None and found.pieces[0][1] == pytest.approx(0.2, abs=1e-3)
    for z, most in zip(found.along, found.most[0], strict=True):
        assert most == pytest.approx(min(3.0, 0.175 / (z + 0.072) ** 2), rel=1e-6)
    for z, most in zip(found.along, found.most[2], strict=True):
        beside = min(0.175 / ((z + 0.072) ** 2 + 0.2**2), 0.085 / 0.2**2)
        assert most == pytest.approx(min(3.0, beside), rel=1e-3)


def test_where_the_maker_tells_a_mass_only_there_is_no_diagram() -> None:
    bare = replace(cell(Held("rod", (0.02, 0.02, 0.6), 1.5, 0.6)), inertias={})
    assert diagram(bare) is None and loads_of(bare) == () and overloaded(bare) == []


def test_a_joint_that_is_none_of_the_wrist_is_refused() -> None:
    with pytest.raises(LayoutError, match="joint_2"):
        loads(load_robot(IRB120), None, [(Held("x", (0.1, 0.1, 0.1)),)], {"joint_2": 1.0})
