"""Times from a slicer's G-code against the slicer's own planner."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from twin.programs.capability import FILAMENT, default_figures
from twin.programs.gcode import time_gcode

# A block of 30 x 20 x 12 mm, sliced by CuraEngine (cura-wasm 1.5.2) for its "ultimaker2":
# 3 m/s2, a jump of speed of 20 mm/s at corners; walls, infill, skin, retractions. It says 2424 s.
SLICED = Path(__file__).with_name("box.gcode.gz")
CURA = 2424.0
# A corner of 90 degrees with that jump is passed at 14 mm/s: v^2 = a d s / (1 - s) gives d.
CORNER = 0.02**2 / 2 * (1 - 0.5**0.5) / (3.0 * 0.5**0.5)


def test_a_print_takes_what_its_slicer_tells(tmp_path: Path) -> None:
    path = tmp_path / "box.gcode"
    path.write_bytes(gzip.decompress(SLICED.read_bytes()))
    told = time_gcode(path, default_figures(FILAMENT, acceleration=3.0, corner=CORNER))
    assert not told.unknown
    assert told.parts["printing"] + told.parts["travel"] == pytest.approx(CURA, rel=0.02)
    guessed = time_gcode(path, default_figures(FILAMENT))
    assert guessed.parts["printing"] + guessed.parts["travel"] == pytest.approx(CURA, rel=0.05)
