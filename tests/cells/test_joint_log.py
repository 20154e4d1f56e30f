"""Logs of joints whose limits are known, as another library moves them: what comes back of them."""

from __future__ import annotations

import gzip
import math
from pathlib import Path

import numpy as np
import pytest
import yaml
from ruckig import InputParameter, Ruckig, Trajectory

from twin.cells.joint_log import fit_joints, read_joint_log
from twin.cli import main
from twin.errors import RecordingError
from twin.layout.schema import JointLimits

SPEED, ACCELERATION, JERK = (1.0, 2.0), (2.0, 5.0), (20.0, 40.0)


def moved(rate: float, noise: float, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Times, positions and speeds (n, 2) of 30 motions of two joints that wait for each other."""
    chance = np.random.default_rng(seed)
    times, at, speeds = [], [], []
    begun, here = 0.0, np.zeros(2)
    for _ in range(30):
        asked = InputParameter(2)
        asked.current_position, asked.target_position = (
            here.tolist(),
            chance.uniform(-2, 2, 2).tolist(),
        )
        asked.max_velocity, asked.max_acceleration = list(SPEED), list(ACCELERATION)
        asked.max_jerk = list(JERK)
        law = Trajectory(2)
        Ruckig(2).calculate(asked, law)
        ends = begun + law.duration + 0.7
        for time in np.arange(math.ceil(begun * rate), math.floor(ends * rate)) / rate:
            position, speed, _ = law.at_time(min(time - begun, law.duration))
            times.append(time)
            at.append(position)
            speeds.append(speed)
        begun, here = ends, np.array(asked.target_position)
    shape = len(times), 2
    return np.array(times), np.array(at), np.array(speeds) + chance.normal(0, noise, shape)


def written(path: Path, times: np.ndarray, values: np.ndarray, name: str) -> Path:
    rows = [
        f"{t:.4f} " + " ".join(f"{v:.6f}" for v in row)
        for t, row in zip(times, values, strict=True)
    ]
    path.write_text(f"timestamp {name}_0 {name}_1\n" + "\n".join(rows) + "\n")
    return path


@pytest.mark.parametrize(("rate", "near"), [(125.0, 0.05), (10.0, 0.15)], ids=["125 Hz", "10 Hz"])
def test_limits_come_back_from_speeds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rate: float, near: float
) -> None:
    times, _, speeds = moved(rate, noise=0.002)
    fits = fit_joints(read_joint_log(written(tmp_path / "log.csv", times, speeds, "actual_qd")))
    assert [fit.speed for fit in fits] == pytest.approx(SPEED, rel=near)
    assert [fit.acceleration for fit in fits] == pytest.approx(ACCELERATION, rel=near)
    assert all(fit.motions >= 15 for fit in fits)
    assert main(["asset", "fit", str(tmp_path / "log.csv")]) == 0
    told = yaml.safe_load(capsys.readouterr().out)["limits"]
    assert JointLimits(**told).speed == pytest.approx(SPEED, rel=near)
    assert told["basis"].startswith("measured: (n=")
    if rate > 100:
        assert [fit.jerk for fit in fits] == pytest.approx(JERK, rel=0.3)


def test_limits_come_back_from_positions(tmp_path: Path) -> None:
    times, at, _ = moved(125.0, noise=0.0)
    fits = fit_joints(read_joint_log(written(tmp_path / "log.csv", times, at, "actual_q")))
    assert [fit.acceleration for fit in fits] == pytest.approx(ACCELERATION, rel=0.05)


def test_a_log_that_is_too_slow_is_refused(recordings_folder: Path, tmp_path: Path) -> None:
    """A real one, of a row a second, with decimal commas and dates."""
    path = tmp_path / "ur3.csv"
    source = recordings_folder / "ur3_cobotops" / "dataset_02052023.csv.gz"
    path.write_bytes(gzip.decompress(source.read_bytes()))
    with pytest.raises(RecordingError, match=r"has 1 rows a second; accelerations need 10 or more"):
        read_joint_log(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [("a,b\n1,2\n", "no column of times"), ("time,qd0\n" + "x,y\n" * 20, "0 rows that can be")],
    ids=["other columns", "no numbers"],
)
def test_what_is_no_log_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "log.csv"
    path.write_text(text)
    with pytest.raises(RecordingError, match=said):
        read_joint_log(path)


def test_an_arm_that_rests_tells_nothing(tmp_path: Path) -> None:
    times = np.arange(200) / 20
    path = written(tmp_path / "log.csv", times, np.zeros((200, 2)), "qd")
    with pytest.raises(RecordingError, match="joint 0: there is no motion"):
        fit_joints(read_joint_log(path))
