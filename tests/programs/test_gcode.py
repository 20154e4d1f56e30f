"""G-code against times worked out by hand: a machine of round figures, programs of few lines."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest

from twin.errors import ProgramError
from twin.programs.capability import FILAMENT, MACHINING, Figures, default_figures
from twin.programs.gcode import time_gcode
from twin.programs.program_time import ProgramTime

MILL = default_figures(
    MACHINING,
    rapid=1.0,
    feed=1.0,
    acceleration=1.0,
    corner=0.0,
    tool_change=5.0,
    spindle=1.0,
    home=0.1,
)
PRINTER = default_figures(
    FILAMENT, rapid=1.0, feed=1.0, acceleration=1e6, corner=1.0, warm_up=100.0, homing=10.0
)


@pytest.fixture
def time(tmp_path: Path) -> Callable[..., ProgramTime]:
    def timed(text: str, machine: Figures = MILL) -> ProgramTime:
        path = tmp_path / "program.nc"
        path.write_text(text)
        return time_gcode(path, machine)

    return timed


def from_rest(length: float, speed: float, acceleration: float = 1.0) -> float:
    if length < speed**2 / acceleration:
        return 2 * math.sqrt(length / acceleration)
    return length / speed + speed / acceleration


def test_lines_in_millimetres_and_inches(time) -> None:
    asked = {"cutting": from_rest(0.1, 0.01)}
    assert dict(time("G21 G90 G1 X100 F600\n").parts) == pytest.approx(asked)
    asked = {"cutting": from_rest(0.254, 0.0254)}
    assert dict(time("G20\nG1X10.F60.\n").parts) == pytest.approx(asked)
    # A feed holds, a rapid has its own speed, G91 counts from where the tool is.
    told = time("G21 G91\nG1 X50 F600\nG0 X50\nG1 X50\nG90 G1 X0\n").parts
    assert told["cutting"] == pytest.approx(
        2 * from_rest(0.05, 0.01) + from_rest(0.15, 0.01), rel=0.01
    )
    assert told["rapids"] == pytest.approx(from_rest(0.05, 1.0))


def test_rapids_run_all_axes_as_fast_as_they_can(time) -> None:
    told = time("G0 X3000 Y4000\n").parts["rapids"]
    assert told == pytest.approx(from_rest(5.0, 5.0 / 4.0))
    slow = default_figures(MACHINING, **{**MILL.values, "override": 0.5})
    assert time("G0 X3000 Y4000\n", slow).parts["rapids"] == pytest.approx(from_rest(5.0, 0.625))


def test_arcs_by_centre_by_radius_and_as_helices(time) -> None:
    def length(text: str) -> float:
        crawl = default_figures(MACHINING, **{**MILL.values, "acceleration": 1e9})
        return time(f"G21 F60\n{text}\n", crawl).parts["cutting"] * 1e-3

    quarter = math.pi / 2 * 0.01
    assert length("G3 X-10 Y10 I-10 J0") == pytest.approx(quarter)  # round (-10, 0)
    assert length("G2 X-10 Y10 I-10 J0") == pytest.approx(3 * quarter)
    assert length("G3 X-10 Y10 R10") == pytest.approx(quarter)
    assert length("G3 X-10 Y10 R-10") == pytest.approx(3 * quarter)
    assert length("G2 I5") == pytest.approx(2 * math.pi * 0.005)
    assert length("G3 X-10 Y10 Z7 I-10") == pytest.approx(math.hypot(quarter, 0.007))
    assert length("G18 G3 X-10 Z10 K10") == pytest.approx(quarter)
    assert length("G19 G2 Y10 Z10 J10") == pytest.approx(quarter)


def test_a_tight_arc_slows_the_tool(time) -> None:
    """Round 1 mm at 1 m/s2 no more than 31.6 mm/s, whatever is asked for."""
    around = 200 * 2 * math.pi * 0.001
    told = time("F60000\n" + "G2 I1\n" * 200).parts["cutting"]
    assert told == pytest.approx(around / math.sqrt(0.001) + math.sqrt(0.001), rel=0.01)


def test_a_line_in_a_thousand_pieces_takes_what_it_takes_in_one(time) -> None:
    pieces = "".join(f"X{number / 10:.1f}\n" for number in range(1, 1001))
    one = time("G1 F30000 X100\n").seconds
    assert time("G1 F30000\n" + pieces).seconds == pytest.approx(one, rel=1e-6)
    assert time("G61 G1 F30000\n" + pieces).seconds > 10 * one  # exact stop


def test_corners_are_cut_by_as_much_as_the_machine_may(time) -> None:
    """Round a corner of 90 degrees by 0.1 mm: v^2 = a d s / (1 - s)."""
    loose = default_figures(MACHINING, **{**MILL.values, "corner": 1e-4})
    s = math.sqrt(0.5)
    passed = math.sqrt(1e-4 * s / (1 - s))
    sharp, smooth = (time("G1 F60000 X500\nY500\n", m).seconds for m in (MILL, loose))
    assert sharp == pytest.approx(2 * from_rest(0.5, 1.0))
    top = math.sqrt(0.5 + passed**2 / 2)
    assert smooth == pytest.approx(2 * (top + top - passed))


def test_holes(time) -> None:
    def rapid(length: float) -> float:
        return from_rest(length, 1.0)

    head = "G21 G90 G0 Z20\n"
    drilled = time(head + "G99 G81 X0 Y0 Z-10 R2 F600\nX50\nG80\nG1 X60\n")
    feed = from_rest(0.012, 0.01)
    assert drilled.parts["cutting"] == pytest.approx(2 * feed + from_rest(0.01, 0.01))
    along = rapid(0.02) + rapid(0.018) + rapid(0.012) + rapid(0.05) + rapid(0.012)
    assert drilled.parts["rapids"] == pytest.approx(along)
    waits = time(head + "G82 X0 Y0 Z-10 R2 P1500 F600\n").parts["dwells"]
    assert waits == pytest.approx(1.5)
    tapped = time(head + "G84 X0 Y0 Z-10 R2 F600\n").parts["cutting"]
    assert tapped == pytest.approx(2 * feed)
    pecked = time(head + "G98 G83 X0 Y0 Z-10 R2 Q4 F600\n").parts
    assert pecked["cutting"] == pytest.approx(from_rest(0.004, 0.01) + 2 * from_rest(0.0045, 0.01))
    fast = rapid(0.02) + rapid(0.018) + rapid(0.004) + rapid(0.0035) + rapid(0.008)
    assert pecked["rapids"] == pytest.approx(fast + rapid(0.0075) + rapid(0.012) + rapid(0.018))


def test_what_is_no_motion(time) -> None:
    told = time("T1 M6\nS800 M3\nG4 P2.5\nG4 P500\nG4 X1.\nT1 M6\nT2 M6\nG1 X1 F60\nM5\nM0\nM30\n")
    assert told.parts["tool changes"] == 10.0  # the second T1 is there already
    assert told.parts["spindle"] == 2.0
    assert told.parts["dwells"] == 4.0
    assert told.counts["stops for a person"] == 1
    assert set(told.tools) == {"T1", "T2"}
    for away in ("G91 G28 Z0", "G53 G0 Z0"):
        home = time(f"G90 G0 Z20\n{away}\nG90 G0 Z20\n").parts["rapids"]
        assert home == pytest.approx(from_rest(0.02, 1.0) + 2 * from_rest(0.08, 1.0))


def test_feed_by_turn_and_by_time(time) -> None:
    assert time("S600\nG95 G1 X100 F1\n").seconds == pytest.approx(from_rest(0.1, 0.01))
    assert time("G93 G1 X100 F6\n").seconds == pytest.approx(from_rest(0.1, 0.01))


def test_a_sliced_part(time) -> None:
    """A print goes to where it was told by E alone, too; heat and homing are the printer's."""
    text = """; by a slicer
M104 S215
M109 S215
M190 S60
G28 ; home all axes
G92 E0
M83
M117 Printing X5 now
SET_VELOCITY_LIMIT ACCEL=3000
G1 X100 F6000 E5
G1 X0 F6000
G1 E-2 F2400
G2 X0 Y0 I10 F600 E1
"""
    told = time(text, PRINTER)
    assert told.parts["warm-up"] == 100.0 and told.parts["homing"] == 10.0
    around = 2 * math.pi * 0.01 / 0.01
    assert told.parts["printing"] == pytest.approx(1.0 + around, rel=1e-3)
    assert told.parts["travel"] == pytest.approx(1.0 + 0.05, rel=1e-3)
    assert dict(told.unknown) == {"SET_VELOCITY_LIMIT": 1}


def test_the_program_says_its_acceleration(time) -> None:
    slow = time("M204 P1000\nG1 X100 F60000 E1\n", PRINTER).parts["printing"]
    assert slow == pytest.approx(from_rest(0.1, 1.0))


def test_what_is_not_understood_is_named_and_counted(time) -> None:
    told = time("#100=3\nIF [#100 EQ 3] GOTO 10\nG1 X1 F60 A30\nG12.1\nM999\nM999\nG1 X2\n")
    assert dict(told.unknown) == {"#": 1, "IF": 1, "A": 1, "G12.1": 1, "M999": 2}
    assert told.lines == 7


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no motion"),
        (b"Dear colleague,\nthis is a letter.\n", "no motion"),
        (bytes(range(256)) * 40, "no motion"),
        (b"G1 X" + b"1" * (6 << 20), "a line of more than"),
    ],
    ids=["empty", "letter", "binary", "one line"],
)
def test_what_is_no_program_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "program.nc"
    path.write_bytes(content)
    with pytest.raises(ProgramError, match=said):
        time_gcode(path, MILL)
    with pytest.raises(ProgramError, match=r"missing\.nc"):
        time_gcode(tmp_path / "missing.nc", MILL)


def test_pieces_of_a_long_file_join(tmp_path: Path, time, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "G20 G91\n" + "G1 X.1 Y.05 F20.\nG3 X.1 I.05\nG0 Z.1\n" * 200
    whole = time(text)
    monkeypatch.setattr("twin.programs.gcode.PIECE", 97)
    pieces = time(text)
    assert pieces.lines == whole.lines == 601
    assert pieces.seconds == pytest.approx(whole.seconds, rel=0.02)  # it stops between pieces
