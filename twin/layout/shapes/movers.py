"""What moves over the floor: vehicles, a person, a part.

They face +x, the way they go (a machine's front is at -y). Sizes (x, y, z) in metres.
"""

from __future__ import annotations

import math

from twin.layout.shapes.solids import Material, Piece, ball, block, hull, prism, rod

Size = tuple[float, float, float]


def mobile_robot(size: Size) -> list[Piece]:
    """An autonomous mobile robot: low body, light band, scanner in its nose, flat deck, wheels."""
    w, d, h = size
    clear, top = 0.10 * h, 0.86 * h
    wheel = 0.20 * h
    x0, x1, y1 = -w / 2, w / 2, d / 2
    outline = [
        (x0, -0.8 * y1),
        (0.92 * x0, -y1),
        (0.72 * x1, -y1),
        (x1, -0.5 * y1),
        (x1, 0.5 * y1),
        (0.72 * x1, y1),
        (0.92 * x0, y1),
        (x0, 0.8 * y1),
    ]
    inset = [(0.96 * x, 0.96 * y) for x, y in outline]
    pieces = [
        prism(outline, clear, 0.40 * h, "dark", along="z"),
        prism(inset, 0.40 * h, 0.48 * h, "accent", along="z"),
        prism(outline, 0.48 * h, top, "body", along="z"),
        prism([(0.9 * x, 0.9 * y) for x, y in outline], top, h - 0.01, "dark", along="z"),
        block((0.80 * x0, -0.72 * y1, h - 0.012), (0.55 * x1, 0.72 * y1, h), "metal"),
        rod((0.77 * x1, 0, 0.395 * h), (0.77 * x1, 0, 0.485 * h), 0.11 * w, "dark", sides=16),
    ]
    for y in (-0.86 * y1, 0.86 * y1):
        pieces.append(
            rod((0, y - 0.06 * d, wheel), (0, y + 0.06 * d, wheel), wheel, "metal", sides=16)
        )
        for x in (0.7 * x0, 0.55 * x1):
            pieces.append(
                rod(
                    (x, 0.8 * y - 0.03 * d, 0.55 * wheel),
                    (x, 0.8 * y + 0.03 * d, 0.55 * wheel),
                    0.55 * wheel,
                    "metal",
                    sides=10,
                )
            )
    return pieces


def line_vehicle(size: Size) -> list[Piece]:
    """The small line-guided vehicle of a training factory, with three bays for workpieces."""
    w, d, h = size
    pieces = [
        block((-w / 2, -0.49 * d, 0.14 * h), (0.49 * w, 0.49 * d, 0.55 * h), chamfer=0.02 * w),
        block((-w / 2 + 0.004, -d / 2, 0.30 * h), (w / 2, d / 2, 0.38 * h), "accent"),
        block(
            (-w / 2 + 0.01, -d / 2 + 0.01, 0.55 * h), (w / 2 - 0.01, d / 2 - 0.01, 0.62 * h), "dark"
        ),
        block((0.30 * w, -0.18 * w, 0.55 * h), (0.46 * w, 0.18 * w, h), "dark", chamfer=0.02 * w),
        block((0.455 * w, -0.12 * w, 0.72 * h), (0.468 * w, 0.12 * w, 0.90 * h), "accent"),
    ]
    for y in (-0.28 * d, 0.0, 0.28 * d):
        pieces += [
            block((-0.34 * w, y - 0.11 * d, 0.62 * h), (0.20 * w, y + 0.11 * d, 0.68 * h), "metal"),
            block(
                (-0.34 * w, y - 0.11 * d, 0.66 * h), (-0.30 * w, y + 0.11 * d, 0.78 * h), "metal"
            ),
        ]
    wheel = 0.2 * h
    for x in (-0.30 * w, 0.30 * w):
        for y in (-0.40 * d, 0.40 * d):
            pieces.append(
                rod((x, y - 0.05 * d, wheel), (x, y + 0.05 * d, wheel), wheel, "dark", sides=12)
            )
    return pieces


def person(size: Size) -> list[Piece]:
    """A standing person in working clothes: simple, but with a gait's width and a face's side."""
    depth, width, h = size
    k = min(h / 1.75, depth / 0.30)  # in proportion, as large as the size allows
    half = width / 2

    def limb(a, b, r, material: Material, tip=None):
        scaled = [tuple(v * k for v in p) for p in (a, b)]
        return rod(
            scaled[0],
            scaled[1],
            r * k,
            material,
            end_radius=None if tip is None else tip * k,
            sides=12,
        )

    shoulder = half / k - 0.055
    pieces = []
    for side in (-1, 1):
        hip, arm = side * 0.095, side * shoulder
        pieces += [
            limb((0.0, hip, 0.86), (0.0, hip, 0.07), 0.088, "dark", 0.058),
            block(
                (-0.10 * k, (hip - 0.05) * k, 0),
                (0.148 * k, (hip + 0.05) * k, 0.085 * k),
                "dark",
                chamfer=0.025 * k,
            ),
            limb((0.0, arm * 0.92, 1.40), (0.02, arm, 1.10), 0.055, "accent", 0.045),
            limb((0.02, arm, 1.11), (0.085, arm * 0.98, 0.87), 0.045, "accent", 0.034),
            ball((0.10 * k, arm * 0.98 * k, 0.83 * k), (0.045 * k, 0.03 * k, 0.05 * k), "body"),
        ]
    torso = [
        (math.cos(t) * a * k, math.sin(t) * b * k, z * k)
        for z, a, b in (
            (0.80, 0.105, 0.165),
            (0.95, 0.105, 0.155),
            (1.22, 0.125, 0.185),
            (1.40, 0.10, 0.20),
            (1.475, 0.06, 0.09),
        )
        for t in (2 * math.pi * i / 14 for i in range(14))
    ]
    return [
        *pieces,
        hull(torso, "accent"),
        limb((0.0, 0, 1.46), (0.01, 0, 1.56), 0.055, "body"),
        ball((0.015 * k, 0, 1.635 * k), (0.098 * k, 0.080 * k, 0.112 * k), "body", subdivisions=2),
        ball((-0.012 * k, 0, 1.668 * k), (0.094 * k, 0.084 * k, 0.082 * k), "dark", subdivisions=2),
    ]


def part() -> list[Piece]:
    """What is made: a small board with a few components, its origin in the middle of its foot."""
    return [
        block((-0.05, -0.04, 0), (0.05, 0.04, 0.008)),
        block((-0.020, -0.015, 0.008), (0.010, 0.015, 0.013), "dark"),
        block((0.022, -0.028, 0.008), (0.040, -0.006, 0.015), "metal"),
        block((0.022, 0.006, 0.008), (0.042, 0.026, 0.012), "dark"),
        block((-0.044, -0.034, 0.008), (-0.034, 0.034, 0.016), "dark"),
    ]
