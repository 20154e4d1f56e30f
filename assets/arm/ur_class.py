"""A six-axis arm of the UR class from its Denavit-Hartenberg table, for the draw.py of each size.

Link i's frame is DH frame i-1 turned by joint i, so that every joint turns about its own z axis and
joint i+1 sits at Tz(d_i) Tx(a_i) Rx(alpha_i) in link i.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from drawing import Drawing, Joint, Link, Round, Shape, housing

RIGHT = math.pi / 2
ALPHA = (RIGHT, 0.0, 0.0, RIGHT, -RIGHT, 0.0)
FULL = 2 * math.pi


@dataclass(frozen=True)
class Size:
    """d and a of joints 1-6 [m], masses of base and links [kg], torques [Nm] and speeds [rad/s] of
    the joints; how wide its housings are and how thick its tubes, against those of the UR5e."""

    name: str
    d: Sequence[float]
    a: Sequence[float]
    masses: Sequence[float]
    effort: Sequence[float]
    velocity: Sequence[float]
    wide: float = 1.0
    thick: float = 1.0


def links(size: Size) -> list[tuple[Shape, ...]]:
    """The pieces of the base and of the six moving links."""
    w, t = size.wide, size.thick
    d1, _, _, d4, d5, d6 = size.d
    _, a2, a3, *_ = size.a
    upper, lower = 0.0047 * w + d4, 0.007 * w  # of the tubes along the axes

    def turned(axis: str, at: tuple[float, float, float], start: float, end: float, radius: float):
        return housing(axis, at, start * w, end * w, radius * t, 0.016 * t)

    return [
        (
            Round((0, 0, 0), (0, 0, 0.018 * t), 0.0745 * t),
            Round((0, 0, 0.018 * t), (0, 0, d1 - 0.0735 * t), 0.068 * t, 0.062 * t, (0.001, 0.004)),
        ),
        (
            Round((0, 0, d1 - 0.0695 * t), (0, 0, d1 + 0.0025), 0.060 * t),
            *turned("y", (0, 0, d1), -0.069, 0.074, 0.060),
        ),
        (
            *turned("z", (0, 0, 0), 0.073, 0.205, 0.060),
            Round((-0.030 * t, 0, upper), (a2 + 0.025 * t, 0, upper), 0.052 * t, 0.045 * t),
            *turned("z", (a2, 0, 0), 0.075, 0.196, 0.052),
        ),
        (
            *turned("z", (0, 0, 0), 0.071, -0.052, 0.050),
            Round((-0.025 * t, 0, lower), (a3 + 0.0202 * t, 0, lower), 0.042 * t, 0.036 * t),
            *turned("z", (a3, 0, 0), 0.051, -0.044, 0.041),
        ),
        (
            *housing("z", (0, 0, 0), 0.055 * w, d4 + 0.0507 * t, 0.040 * t, 0.016 * t),
            Round((0, -0.010, d4), (0, -0.5 * d5, d4), 0.038 * t),
        ),
        (
            *housing("z", (0, 0, 0), 0.5 * d5 + 0.004, d5 + 0.0503 * t, 0.040 * t, 0.016 * t),
            Round((0, 0.010, d5), (0, 0.5 * d6, d5), 0.038 * t),
        ),
        (Round((0, 0, 0.5 * d6 + 0.004), (0, 0, d6), 0.0375 * t),),
    ]


def drawing(size: Size) -> Drawing:
    """The arm, which ends in `tool0` at its flange."""
    pieces = links(size)
    named = [
        Link(f"link_{k}", part, mass)
        for k, (part, mass) in enumerate(zip(pieces, size.masses, strict=True))
    ]
    joints = []
    for k in range(6):
        before = (size.a[k - 1], 0.0, size.d[k - 1]) if k else (0.0, 0.0, 0.0)
        joints.append(
            Joint(
                f"joint_{k + 1}",
                "revolute",
                f"link_{k}",
                f"link_{k + 1}",
                before,
                (ALPHA[k - 1] if k else 0.0, 0.0, 0.0),
                lower=-FULL,
                upper=FULL,
                effort=size.effort[k],
                velocity=size.velocity[k],
            )
        )
    joints.append(Joint("flange", "fixed", "link_6", "tool0", (0.0, 0.0, size.d[5])))
    return Drawing(size.name, [*named, Link("tool0")], joints)
