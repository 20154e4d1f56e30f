"""What an arm does in truth, from a log of its joints: speed, acceleration and jerk of each.

From rest to rest a joint goes by a speed that is three boxes convolved: as wide as distance /
speed, speed / acceleration, acceleration / jerk (Biagiotti and Melchiorri, Trajectory Planning for
Automatic Machines and Robots, 2008, chapter 3). That curve is fitted to each motion. A joint that
waits for a slower one says less than it can: the quarter of its motions with the highest values
speaks for it.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from twin.errors import RecordingError

Column = NDArray[np.float64]
SLOWEST = 9.5  # Hz: "10 Hz or more", as clocks go
GAP = 3.0  # steps of the log: what is further apart is not one motion
STILL = 0.02  # of the highest speed of a joint
FEWEST = 6  # samples in a motion
GOOD = 0.05  # of the highest speed, the deviation of a fit that counts
SURE = 0.25  # relative, the standard error with which a jerk is told
LARGEST = 400 << 20  # bytes
TIME = re.compile(r"^(time|timestamp|t|time_s|seconds)$", re.IGNORECASE)
POSITION = re.compile(r"^(?:actual_q|q|position|pos|joint|angle)[_ ]?j?_?(\d+)$", re.IGNORECASE)
SPEED = re.compile(r"^(?:actual_qd|qd|dq|speed|velocity|vel)[_ ]?j?_?(\d+)$", re.IGNORECASE)


@dataclass(frozen=True)
class JointLog:
    """Times [s] (n,), and of each joint its speed [rad/s] or its position [rad] (n, dof)."""

    times: Column
    values: Column
    speeds: bool


@dataclass(frozen=True)
class JointFit:
    """Of one joint, from `motions` of it: speed [rad/s], acceleration [rad/s2]; jerk [rad/s3], NaN
    where the log is too slow to tell it."""

    speed: float
    acceleration: float
    jerk: float
    motions: int


def read_joint_log(path: Path) -> JointLog:
    """The log in a text table: a column of times, and one a joint of speeds (actual_qd_0, Speed_J0)
    or positions (actual_q_0, q0), in rad. Raises RecordingError."""
    try:
        if path.stat().st_size > LARGEST:
            raise RecordingError(f"{path}: is larger than {LARGEST >> 20} MB; cut it")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordingError(f"{path}: cannot be read as text: {error}") from error
    head, _, rest = text.partition("\n")
    separator = max(";\t, ", key=head.count)
    names = [name.strip().strip('"') for name in head.rstrip("\r").split(separator)]
    clock = [place for place, name in enumerate(names) if TIME.match(name)]
    speeds, positions = _joints(names, SPEED), _joints(names, POSITION)
    columns = speeds or positions
    if not clock or not columns:
        raise RecordingError(
            f"{path}: has no column of times, or none of joints; expected 'timestamp' and "
            f"'actual_qd_0' ... or 'actual_q_0' ..., not {', '.join(names[:8])}"
        )
    rows = list(_rows(rest.splitlines(), separator, clock[0], columns))
    if len(rows) < FEWEST:
        raise RecordingError(f"{path}: has {len(rows)} rows that can be read; that is no log")
    table = np.array(rows)
    table = table[np.argsort(table[:, 0], kind="stable")]
    table = table[np.append(True, np.diff(table[:, 0]) > 0.0)]
    rate = 1.0 / float(np.median(np.diff(table[:, 0])))
    if rate < SLOWEST:
        raise RecordingError(f"{path}: has {rate:.2g} rows a second; accelerations need 10 or more")
    return JointLog(table[:, 0] - table[0, 0], table[:, 1:], bool(speeds))


def _joints(names: Sequence[str], pattern: re.Pattern[str]) -> list[int]:
    found = [(int(m[1]), place) for place, name in enumerate(names) if (m := pattern.match(name))]
    return [place for _, place in sorted(found)]


def _rows(
    lines: list[str], separator: str, clock: int, columns: Sequence[int]
) -> Iterator[list[float]]:
    """Rows of numbers; those with a cell that is none are left out."""
    for cells in csv.reader(lines, delimiter=separator):
        try:
            row = [_moment(cells[clock])]
            row += [float(cells[column].replace(",", ".")) for column in columns]
        except (ValueError, IndexError):
            continue
        if all(map(math.isfinite, row)):
            yield row


def _moment(text: str) -> float:
    """Seconds, from a number or a date with a time of day."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return datetime.fromisoformat(text.strip().strip('"').replace("Z", "+00:00")).timestamp()


def fit_joints(log: JointLog) -> list[JointFit]:
    """What each joint does. Raises RecordingError where one never moves from rest to rest alone."""
    fits = []
    for joint in range(log.values.shape[1]):
        found = [fit for span in motions(log, joint) if (fit := _fitted(log, joint, span))]
        if not found:
            raise RecordingError(
                f"joint {joint}: there is no motion from rest to rest of {FEWEST} rows or more "
                "that a jerk-limited one fits; log a longer time, or faster"
            )
        fits.append(_spoken_for(np.array(found)))
    return fits


def motions(log: JointLog, joint: int) -> list[slice]:
    """The rows of each motion of a joint, with two rows of rest around it."""
    speed = log.values[:, joint]
    if not log.speeds:
        speed = np.gradient(speed, log.times)
    moving = np.abs(speed) > STILL * np.abs(speed).max()
    edges = np.flatnonzero(np.diff(np.concatenate([[False], moving, [False]]).astype(int)))
    step = float(np.median(np.diff(log.times)))
    found = []
    for first, last in edges.reshape(-1, 2).tolist():
        span = slice(first - 2, last + 2)
        if last - first < FEWEST or span.start < 0 or span.stop > len(speed):
            continue
        alone = not moving[span.start : first].any() and not moving[last : span.stop].any()
        if alone and np.diff(log.times[span]).max() < GAP * step:
            found.append(span)
    return found


def motion_curve(times: Column, widths: Sequence[float], start: float, order: int) -> Column:
    """The convolution of three boxes of these widths [s] and of area 1, from `start` [s] on: the
    speed of a motion over a distance of 1 (order 2), or the way gone (order 3)."""
    total = np.zeros_like(times)
    for signs in product((0, 1), repeat=3):
        after = times - start - float(np.dot(signs, widths))
        total += (-1.0) ** sum(signs) * np.maximum(after, 0.0) ** order
    return total / (math.factorial(order) * math.prod(widths))


def _fitted(log: JointLog, joint: int, span: slice) -> tuple[float, float, float] | None:
    """Speed, acceleration and jerk (NaN if it cannot be told) of a motion; None if none fits."""
    times, seen = log.times[span] - log.times[span.start], log.values[span, joint]
    seen = seen if log.speeds else seen - seen[0]
    distance = float(np.trapezoid(seen, times) if log.speeds else seen[-1])
    if abs(distance) < 1e-6:
        return None
    order = 2 if log.speeds else 3
    length = float(times[-1] - times[0])
    step = length / (len(times) - 1)

    def off(x: Column) -> Column:
        widths = np.exp(x[:3])
        return x[4] * motion_curve(times, list(widths), x[3], order) - seen

    begin = np.array([*np.log([length / 2, length / 4, length / 10]), step, distance])
    low = [*np.log([step, step / 2, step / 10]), -length, -10 * abs(distance)]
    high = [*np.log([length, length, length]), length, 10 * abs(distance)]
    found: Any = least_squares(off, begin, bounds=(low, high), x_scale="jac")
    widths = sorted(np.exp(found.x[:3]), reverse=True)
    scale = float(np.abs(seen).max())
    if math.sqrt(float(np.mean(found.fun**2))) > GOOD * scale:
        return None
    speed = abs(float(found.x[4])) / widths[0]
    acceleration = speed / widths[1]
    third = int(np.argmin(found.x[:3]))
    sure = _error(found, third) < SURE and widths[2] > 0.2 * step
    return speed, acceleration, acceleration / widths[2] if sure else math.nan


def _error(found: Any, index: int) -> float:
    """The standard error of one fitted parameter."""
    freedom = max(len(found.fun) - len(found.x), 1)
    information = found.jac.T @ found.jac
    if np.linalg.cond(information) > 1e14:
        return math.inf
    spread = np.linalg.inv(information)[index, index] * float(found.fun @ found.fun) / freedom
    return math.sqrt(max(spread, 0.0))


def _spoken_for(found: Column) -> JointFit:
    """The middle of the highest quarter of all motions, of each value on its own."""
    count = max(math.ceil(len(found) / 4), 1)
    speed, acceleration = np.median(np.sort(found[:, :2], axis=0)[-count:], axis=0)
    jerks = np.sort(found[~np.isnan(found[:, 2]), 2])
    jerk = float(np.median(jerks[-count:])) if len(jerks) else math.nan
    return JointFit(float(speed), float(acceleration), jerk, len(found))


def in_lines(fits: Sequence[JointFit]) -> list[str]:
    """The fits as an arm's `limits` in a layout, with their basis."""
    fewest = min(fit.motions for fit in fits)
    lines = ["limits:"]
    for name in ("speed", "acceleration", "jerk"):
        values = [getattr(fit, name) for fit in fits]
        if all(map(math.isfinite, values)):
            lines.append(f"  {name}: [{', '.join(f'{value:.4g}' for value in values)}]")
        else:
            lines.append(f"  # {name}: the log is too slow to tell it of every joint")
    return [*lines, f'  basis: "measured: (n={fewest} motions or more of each joint)"']
