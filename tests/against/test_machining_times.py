"""Times from G-code against what a mill took for real plates, by a rule that knows no
prediction."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.against.machined_plates import Run, box_runs, runs
from twin.programs.capability import MACHINING, Figures, default_figures
from twin.programs.fitting import Timing, fit
from twin.programs.gcode import time_gcode


@pytest.fixture(scope="module")
def plates(recordings_folder: Path) -> tuple[Path, list[Run]]:
    """The folder of the recordings, and the undisturbed runs."""
    folder = recordings_folder / "nist_box_assembly"
    return folder / "NC-Code", [run for run in runs(folder) if not run.why_not]


def timing(run: Run, programs: Path) -> Timing:
    """What the run's program takes, with rapids as slow as its operator had them."""
    return partial(_seconds, programs / run.program, run.override)


def _seconds(path: Path, override: float, machine: Figures) -> float:
    return time_gcode(
        path, default_figures(MACHINING, **{**machine.values, "override": override})
    ).seconds


def test_plates_are_timed_within_5_percent_by_one_constant_from_other_plates(
    plates: tuple[Path, list[Run]],
) -> None:
    """Each plate is predicted with the acceleration that fits the others; without it, within 15
    %."""
    programs, undisturbed = plates
    assert [(run.plate, run.program[-4:-3]) for run in undisturbed] == [
        *((3, "3"), (4, "4"), (6, "5"), (7, "6"), (8, "8"))
    ]
    machine = default_figures(MACHINING)
    timings = [timing(run, programs) for run in undisturbed]
    took = [run.seconds for run in undisturbed]
    assumed, fitted = [], []
    for number, (one, real) in enumerate(zip(timings, took, strict=True)):
        others = [index for index in range(len(took)) if index != number]
        found = fit(
            [timings[i] for i in others], [took[i] for i in others], machine, "acceleration"
        )
        assumed.append(abs(one(machine) / real - 1.0))
        fitted.append(abs(one(found.machine) / real - 1.0))
    print(f"no constant {sum(assumed) / len(took):.3f}, one {sum(fitted) / len(took):.3f}")
    assert sum(assumed) / len(took) < 0.15
    assert sum(fitted) / len(took) < 0.05
    assert max(fitted) < 0.05


def test_boxes_of_another_mill_are_timed_by_the_constant_of_the_plates(
    recordings_folder: Path, plates: tuple[Path, list[Run]]
) -> None:
    """Two to 80 minutes each, and none of them was used for fitting."""
    programs, undisturbed = plates
    timings = [timing(run, programs) for run in undisturbed]
    took = [run.seconds for run in undisturbed]
    found = fit(timings, took, default_figures(MACHINING), "acceleration")
    boxes = box_runs(recordings_folder / "nist_box_assembly")
    off = [timing(run, programs)(found.machine) / run.seconds - 1.0 for run in boxes]
    print(", ".join(f"{run.seconds:.0f} s {o:+.3f}" for run, o in zip(boxes, off, strict=True)))
    assert len({run.program for run in boxes}) >= 4
    assert sum(map(abs, off)) / len(off) < 0.05
