"""Resin, powder and sheets against times worked out by hand."""

from __future__ import annotations

import math
import zipfile
from pathlib import Path

import numpy as np
import pytest
import trimesh
from ezdxf.filemanagement import new

from twin.errors import ProgramError
from twin.programs.capability import CUTTING, POWDER, RESIN, Figures, default_figures
from twin.programs.cutting import cut_of
from twin.programs.timing import time_program

RESIN_PRINTER = default_figures(
    RESIN, layer=1e-4, exposure=2.0, first_exposure=20.0, first_layers=5, lift=6.0
)
SINTERING = default_figures(
    POWDER, layer=1e-4, exposure=8.0, recoat=7.0, warm_up=3600.0, cooling=1.5
)


def laser(**own: float) -> Figures:
    known = {
        "rapid": 1.0,
        "feed": 9.0,
        "acceleration": 1e9,
        "corner": 0.0,
        "pierce": 0.5,
        "cut": 0.05,
    }
    plain = default_figures(CUTTING, **{**known, **own})
    steel = ((1e-3, 0.1, 0.2), (3e-3, 0.05, 1.0))
    return Figures(CUTTING, plain.values, plain.bases, {"steel": steel})


@pytest.fixture
def block(tmp_path: Path) -> Path:
    """A part 20 mm high, which does not stand on 0."""
    path = tmp_path / "block.stl"
    mesh = trimesh.creation.box((10, 30, 20))
    mesh.apply_translation((5, 5, 100))
    mesh.export(path)
    return path


def test_a_part_is_as_long_as_it_is_high(block: Path) -> None:
    told = time_program(block, RESIN_PRINTER)
    assert told.counts["layers"] == 200
    assert dict(told.parts) == {"exposure": 5 * 20.0 + 195 * 2.0, "lift": 200 * 6.0}
    told = time_program(block, SINTERING)
    assert told.seconds == pytest.approx(3600 + 200 * 15 + 1.5 * 200 * 15)


def test_a_sliced_part_says_its_layers(tmp_path: Path) -> None:
    path = tmp_path / "part.sl1"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "config.ini",
            "expTime = 3\nexpTimeFirst = 30\nlayerHeight = 0.05\nnumFade = 10\nnumFast = 90\n"
            "numSlow = 10\n",
        )
    told = time_program(path, RESIN_PRINTER)
    assert told.seconds == 10 * 30 + 90 * 3 + 100 * 6
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("config.ini", "numFast = many\n")
    with pytest.raises(ProgramError, match="numFast = 'many'"):
        time_program(path, RESIN_PRINTER)


def drawing(path: Path, units: int = 4) -> Path:
    """A plate with a hole and a slot: a square of four lines, a circle, an open polyline; a
    text."""
    made = new(units=units)
    space = made.modelspace()
    corners = [(10, 10), (110, 10), (110, 110), (10, 110)]
    for a, b in ((0, 1), (2, 1), (2, 3), (3, 0)):  # one of them the other way round
        space.add_line(corners[a], corners[b])
    space.add_circle((60, 60), 20)
    space.add_lwpolyline([(20, 20), (20, 40), (30, 40)])
    space.add_text("PLATE 7")
    made.saveas(path)
    return path


def test_a_drawing_is_cut(tmp_path: Path) -> None:
    told = time_program(drawing(tmp_path / "plate.dxf"), laser())
    length = 0.4 + math.pi * 0.04 + 0.03
    assert told.counts["pierces"] == 3
    assert told.parts["pierces"] == 1.5
    assert told.parts["cutting"] == pytest.approx(length / 0.05, rel=1e-3)
    # From the origin to the square, to the slot, from its end to the circle, where it begins at +x.
    ways = math.hypot(10, 10) * 2 + math.hypot(50, 20)
    assert told.parts["rapids"] == pytest.approx(ways * 1e-3, rel=1e-3)
    assert dict(told.unknown) == {"TEXT": 1}
    inches = time_program(drawing(tmp_path / "inches.dxf", units=1), laser())
    assert inches.parts["cutting"] == pytest.approx(25.4 * length / 0.05, rel=1e-3)


def test_corners_slow_a_cut(tmp_path: Path) -> None:
    """To gather speed from u to v takes (v - u)^2 / (2 a v) longer than to have it: at both ends of
    the three cuts, and on both sides of the four corners, which are passed at u."""
    quick, slow = (
        time_program(drawing(tmp_path / "plate.dxf"), laser(acceleration=a, corner=50e-6)).parts[
            "cutting"
        ]
        for a in (1e9, 1.0)
    )
    v, s = 0.05, math.sqrt(0.5)
    u = math.sqrt(50e-6 * s / (1 - s))
    assert slow - quick == pytest.approx((3 * v**2 + 4 * (v - u) ** 2) / v, rel=1e-3)


def test_speed_follows_material_and_thickness() -> None:
    machine = laser()
    assert cut_of(machine, None, None) == (0.05, 0.5)
    assert cut_of(machine, "steel", 0.002) == pytest.approx((0.075, 0.6))
    for material, thickness, said in (
        ("steal", 0.001, "did you mean 'steel'"),
        ("steel", 0.004, "from 1 to 3 mm, not of 4 mm"),
        ("steel", None, "2 thicknesses; say the 'thickness'"),
    ):
        with pytest.raises(ProgramError, match=said):
            cut_of(machine, material, thickness)


@pytest.mark.parametrize("name", ["part.stl", "part.3mf", "part.sl1", "part.dxf"])
def test_what_is_none_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"not one of these" * 20)
    machine = laser() if name.endswith("dxf") else RESIN_PRINTER
    with pytest.raises(ProgramError, match=name):
        time_program(path, machine)


def test_a_machine_takes_its_own_kind_of_program(block: Path) -> None:
    with pytest.raises(ProgramError, match="takes G-code"):
        time_program(block, default_figures("machining"))
    program = block.with_name("plate.nc")
    program.write_text("G1 X100 F600\n")
    with pytest.raises(ProgramError, match=r"it takes \.stl"):
        time_program(program, RESIN_PRINTER)
    assert time_program(program, laser()).seconds == pytest.approx(10.0)  # a laser by G-code


def test_rings_of_many_lines_are_one_cut(tmp_path: Path) -> None:
    made = new(units=4)
    corners = 50 * np.column_stack([np.cos(np.arange(64) / 9.8), np.sin(np.arange(64) / 9.8)])
    ring = [tuple(map(float, corner)) for corner in corners[:60]]
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        made.modelspace().add_line(a, b)
    made.saveas(tmp_path / "ring.dxf")
    assert time_program(tmp_path / "ring.dxf", laser()).counts["pierces"] == 1
