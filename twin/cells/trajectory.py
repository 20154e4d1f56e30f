"""A transfer as a table over time: joints, their speeds and torques, where the tool is."""

from __future__ import annotations

import csv
import io

import numpy as np

from twin.cells.robot import Array, Robot
from twin.cells.transfer import Transfer
from twin.pose import Pose, matrix

TOOL = ("x", "y", "z", "qw", "qx", "qy", "qz")  # m, and a unit quaternion, in the world


def speeds(transfer: Transfer) -> Array:
    """The joints' speeds (n, dof) [rad/s, m/s] at a transfer's times, from differences of its
    samples; at both ends of each motion the arm is at rest."""
    found = np.zeros_like(transfer.path)
    for motion in transfer.motions:
        at = (transfer.times >= motion.start - 1e-9) & (transfer.times <= motion.end + 1e-9)
        if np.count_nonzero(at) > 2:
            slopes = np.gradient(transfer.path[at], transfer.times[at], axis=0)
            slopes[[0, -1]] = 0.0
            found[at] = slopes
    return found


def tools(transfer: Transfer, robot: Robot, base: Pose) -> Array:
    """Where the tool is at a transfer's times, in the world (n, 7): position [m], quaternion wxyz
    whose sign does not jump."""
    frames = matrix(base) @ robot.tool(transfer.path)
    turns = _quaternions(frames[:, :3, :3])
    for k in range(1, len(turns)):
        if turns[k] @ turns[k - 1] < 0.0:
            turns[k] = -turns[k]
    return np.hstack([frames[:, :3, 3], turns])


def _quaternions(rotations: Array) -> Array:
    """Unit quaternions wxyz (n, 4) of rotations (n, 3, 3): the eigenvector of the largest
    eigenvalue of the matrix of Bar-Itzhack (J. Guidance 23(6), 2000), which has no special case."""
    r = rotations
    k = np.empty((len(r), 4, 4))
    k[:, 0, 0] = r[:, 0, 0] + r[:, 1, 1] + r[:, 2, 2]
    k[:, 0, 1] = k[:, 1, 0] = r[:, 2, 1] - r[:, 1, 2]
    k[:, 0, 2] = k[:, 2, 0] = r[:, 0, 2] - r[:, 2, 0]
    k[:, 0, 3] = k[:, 3, 0] = r[:, 1, 0] - r[:, 0, 1]
    for i in range(3):
        for j in range(3):
            k[:, i + 1, j + 1] = r[:, i, j] + r[:, j, i]
    trace = k[:, 0, 0].copy()
    for i in range(3):
        k[:, i + 1, i + 1] -= trace
    vectors = np.linalg.eigh(k)[1][:, :, -1]
    return np.where(vectors[:, :1] < 0.0, -vectors, vectors)


def table(transfer: Transfer, robot: Robot, base: Pose) -> str:
    """As CSV with a head: time [s]; of each joint its position, speed and torque; the tool in the
    world; where that is known, the least distance to anything, nothing where none is as near as is
    looked for."""
    names = [joint.name for joint in robot.joints]
    angle = ["m" if joint.prismatic else "rad" for joint in robot.joints]
    effort = ["N" if joint.prismatic else "Nm" for joint in robot.joints]
    head = ["time [s]"]
    head += [f"{name} [{unit}]" for name, unit in zip(names, angle, strict=True)]
    head += [f"{name} speed [{unit}/s]" for name, unit in zip(names, angle, strict=True)]
    head += [f"{name} torque [{unit}]" for name, unit in zip(names, effort, strict=True)]
    head += [f"tool {name}{' [m]' if name in 'xyz' else ''}" for name in TOOL]
    rows = np.hstack(
        [
            transfer.times[:, None],
            transfer.path,
            speeds(transfer),
            transfer.effort,
            tools(transfer, robot, base),
        ]
    )
    told = [[f"{value:.6f}" for value in row] for row in rows.tolist()]
    if transfer.near is not None:
        head.append("least distance [m]")
        near = transfer.near
        for row, distance, between in zip(told, near.distances, near.between, strict=True):
            row.append(f"{distance:.6f}" if between else "")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(told)
    return text.getvalue()
