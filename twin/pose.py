"""Positions and unit quaternions (wxyz): compose, invert, interpolate.

A pose `T_a_b` is frame b seen from frame a; z is up, headings turn counter-clockwise from +x.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Pose:
    """position [m] (3,), quaternion wxyz (4,), normalised."""

    position: Vector
    quaternion: Vector


def pose(position: ArrayLike, quaternion: ArrayLike = (1.0, 0.0, 0.0, 0.0)) -> Pose:
    """A pose from position [m] (3,) and a quaternion wxyz (4,) of any positive length."""
    q = np.asarray(quaternion, float)
    return Pose(np.asarray(position, float), q / np.linalg.norm(q))


def upright(x: float, y: float, z: float = 0.0, heading: float = 0.0) -> Pose:
    """A pose on the floor: position [m], heading [rad] about +z."""
    return pose((x, y, z), (np.cos(heading / 2), 0.0, 0.0, np.sin(heading / 2)))


def multiply(p: Vector, q: Vector) -> Vector:
    """Hamilton product of two quaternions wxyz (4,)."""
    w, x, y, z = p
    a, b, c, d = q
    return np.array(
        [
            w * a - x * b - y * c - z * d,
            w * b + x * a + y * d - z * c,
            w * c - x * d + y * a + z * b,
            w * d + x * c - y * b + z * a,
        ]
    )


def rotate(q: Vector, vector: ArrayLike) -> Vector:
    """`vector` (3,) or (n, 3) turned by the quaternion q (4,)."""
    v = np.asarray(vector, float)
    t = 2.0 * _cross(q[1:], v)
    return v + q[0] * t + _cross(q[1:], t)


def _cross(a: Vector, b: Vector) -> Vector:
    """a (3,) x b (3,) or (n, 3): numpy's own asks ten questions first."""
    x, y, z = a
    found = np.empty(b.shape)
    found[..., 0] = y * b[..., 2] - z * b[..., 1]
    found[..., 1] = z * b[..., 0] - x * b[..., 2]
    found[..., 2] = x * b[..., 1] - y * b[..., 0]
    return found


def compose(a: Pose, b: Pose) -> Pose:
    """T_x_z from T_x_y and T_y_z."""
    return pose(a.position + rotate(a.quaternion, b.position), multiply(a.quaternion, b.quaternion))


def invert(a: Pose) -> Pose:
    """T_y_x from T_x_y."""
    inverse = a.quaternion * np.array([1.0, -1.0, -1.0, -1.0])
    return Pose(-rotate(inverse, a.position), inverse)


def apply(a: Pose, points: ArrayLike) -> Vector:
    """Points (3,) or (n, 3) [m] of frame b in frame a, for a = T_a_b."""
    return a.position + rotate(a.quaternion, points)


def interpolate(a: Pose, b: Pose, share: float) -> Pose:
    """Between a (share 0) and b (share 1): straight in position, shortest arc in rotation."""
    p, q = a.quaternion, b.quaternion
    dot = float(p @ q)
    if dot < 0.0:
        q, dot = -q, -dot
    if dot > 0.9995:  # nearly the same rotation: the sine below would divide by almost zero
        turned = p + share * (q - p)
    else:
        angle = np.arccos(dot)
        turned = (np.sin((1 - share) * angle) * p + np.sin(share * angle) * q) / np.sin(angle)
    return pose((1 - share) * a.position + share * b.position, turned)


def matrix(a: Pose) -> Vector:
    """The homogeneous (4, 4) matrix of a pose."""
    result = np.eye(4)
    result[:3, :3] = rotate(a.quaternion, np.eye(3)).T
    result[:3, 3] = a.position
    return result
