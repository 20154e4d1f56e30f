"""Machines of a board line: stencil printer, pick-and-place, reflow tunnel, inspection, tester.

Each function takes the size (x, y, z) [m] of the asset and draws within it; the front is at -y.
"""

from __future__ import annotations

from twin.layout.shapes.fittings import cabinet, feet, frame, screen, signal_tower, vent
from twin.layout.shapes.solids import Piece, block, prism, rod

Size = tuple[float, float, float]


def stencil_printer(size: Size) -> list[Piece]:
    """A semi-automatic printer on its cabinet: framed stencil, squeegee bridge, handle."""
    w, d, h = size
    deck, half = 0.80, w / 2 - 0.03
    pieces = cabinet(w, d, 0.07, deck - 0.04, -d / 2 + 0.04)
    pieces += [
        block((-w / 2, -d / 2, deck - 0.04), (w / 2, d / 2, deck), "dark", chamfer=0.006),
        block((-half, -d / 2 + 0.06, deck), (half, d / 2 - 0.02, deck + 0.09), chamfer=0.012),
        prism(  # sloping panel with keys
            [(-d / 2 + 0.01, deck), (-d / 2 + 0.07, deck), (-d / 2 + 0.07, deck + 0.08)],
            -half,
            half,
            "dark",
        ),
        rod(
            (half - 0.09, -d / 2 + 0.036, deck + 0.03),
            (half - 0.09, -d / 2 + 0.024, deck + 0.045),
            0.018,
            "accent",
            sides=10,
        ),
    ]
    table, y0, y1 = deck + 0.09, -d / 2 + 0.10, d / 2 - 0.12
    pieces += frame((-half + 0.03, y0), (half - 0.03, y1), (table + 0.025, table + 0.055), 0.03)
    pieces += [
        block((-0.10, -0.09, table - 0.002), (0.10, 0.07, table + 0.02), "dark"),
        block(
            (-half + 0.05, y0 + 0.02, table + 0.035),
            (half - 0.05, y1 - 0.02, table + 0.04),
            "metal",
        ),
        block((-0.06, -0.06, table + 0.038), (0.06, 0.04, table + 0.043), "accent"),
    ]
    bridge = table + 0.19
    for side in (-1, 1):
        x = side * (half - 0.022)
        pieces += [
            block((x - 0.018, -0.06, table), (x + 0.018, d / 2 - 0.05, bridge), chamfer=0.006),
            rod(
                (x - side * 0.03, y0 + 0.02, bridge - 0.03),
                (x - side * 0.03, d / 2 - 0.06, bridge - 0.03),
                0.01,
            ),
        ]
    pieces += [
        block((-half, -0.05, bridge), (half, 0.07, bridge + 0.075), chamfer=0.012, role="moving"),
        block(
            (-half + 0.05, -0.054, bridge + 0.025),
            (half - 0.05, 0, bridge + 0.045),
            "accent",
            role="moving",
        ),
        block((-0.16, -0.02, bridge - 0.06), (0.16, 0.04, bridge), "dark", role="moving"),
        prism(
            [(-0.03, bridge - 0.12), (-0.02, bridge - 0.06), (0.01, bridge - 0.06)],
            -0.15,
            0.15,
            "metal",
            role="moving",
        ),
        prism(
            [(0.05, bridge - 0.12), (0.04, bridge - 0.06), (0.01, bridge - 0.06)],
            -0.15,
            0.15,
            "metal",
            role="moving",
        ),
        rod(
            (-0.14, -d / 2 + 0.05, bridge + 0.02),
            (0.14, -d / 2 + 0.05, bridge + 0.02),
            0.011,
            "dark",
            role="moving",
        ),
        block((-half, d / 2 - 0.07, table), (half, d / 2 - 0.006, bridge + 0.10), chamfer=0.012),
        *vent(0.0, d / 2, bridge - 0.05, 0.30, 0.12, 2),
    ]
    for side in (-1, 1):
        x = side * 0.13
        pieces.append(
            block(
                (x - 0.008, -d / 2 + 0.05, bridge + 0.012),
                (x + 0.008, -0.04, bridge + 0.028),
                "metal",
                role="moving",
            )
        )
    return (
        pieces
        + screen(half - 0.13, d / 2 - 0.09, bridge + 0.15, 0.22, 0.14)
        + [
            rod(
                (half - 0.13, d / 2 - 0.05, bridge + 0.08),
                (half - 0.13, d / 2 - 0.05, h),
                0.012,
                "dark",
                sides=8,
            )
        ]
    )


def pick_and_place(size: Size, feeders: int = 12) -> list[Piece]:
    """A desktop pick-and-place machine on its cabinet: feeders, reels, gantry, glass hood."""
    w, d, h = size
    deck, roof, front = 0.82, h - 0.16, -d / 2 + 0.20
    pieces = cabinet(w, d, 0.07, deck - 0.05, -d / 2 + 0.14)
    pieces += [
        block((-w / 2, -d / 2 + 0.10, deck - 0.05), (w / 2, d / 2, deck), "dark", chamfer=0.008)
    ]
    pitch = (w - 0.16) / feeders
    for i in range(feeders):
        x = -w / 2 + 0.08 + i * pitch
        material = "accent" if i % 3 == 1 else "metal"
        pieces.append(
            block(
                (x + 0.004, -d / 2 + 0.03, deck),
                (x + pitch - 0.004, front + 0.09, deck + 0.06),
                material,
            )
        )
    for i in range(feeders // 2):
        x = -w / 2 + 0.08 + (2 * i + 0.5) * pitch
        pieces.append(
            rod(
                (x, -d / 2 + 0.062, deck - 0.065),
                (x + pitch, -d / 2 + 0.062, deck - 0.065),
                0.06,
                "dark",
                sides=16,
            )
        )
    for y in (0.04, 0.16):
        pieces.append(block((-w / 2, y, deck), (w / 2, y + 0.018, deck + 0.04), "metal"))
    pieces.append(block((-0.10, 0.055, deck + 0.028), (0.10, 0.165, deck + 0.034), "accent"))
    for side in (-1, 1):
        x = side * (w / 2 - 0.07)
        pieces += [
            block(
                (x - 0.02, front + 0.03, deck + 0.10),
                (x + 0.02, d / 2 - 0.03, deck + 0.14),
                "metal",
            ),
            block((x - 0.015, d / 2 - 0.07, deck), (x + 0.015, d / 2 - 0.03, deck + 0.10), "dark"),
            block((x - 0.015, front + 0.03, deck), (x + 0.015, front + 0.06, deck + 0.10), "dark"),
        ]
    pieces += [
        block(
            (-w / 2 + 0.05, 0.02, deck + 0.14),
            (w / 2 - 0.05, 0.10, deck + 0.20),
            chamfer=0.01,
            role="moving",
        ),
        block(
            (-0.20, -0.04, deck + 0.10),
            (-0.06, 0.04, deck + 0.26),
            "dark",
            chamfer=0.008,
            role="moving",
        ),
        block((-0.19, -0.044, deck + 0.20), (-0.07, 0, deck + 0.225), "accent", role="moving"),
    ]
    for i in range(3):
        x = -0.17 + 0.04 * i
        pieces.append(
            rod(
                (x, -0.015, deck + 0.105),
                (x, -0.015, deck + 0.05),
                0.008,
                "metal",
                end_radius=0.004,
                sides=8,
                role="moving",
            )
        )
    pieces += hood(w, d, front, deck, roof)
    pieces += screen(w / 2 - 0.20, front - 0.07, roof - 0.13, 0.28, 0.18)
    pieces += [
        block((w / 2 - 0.23, front - 0.05, roof - 0.16), (w / 2 - 0.17, front, roof - 0.10), "dark")
    ]
    return pieces + signal_tower(w / 2 - 0.07, d / 2 - 0.07, roof, h)


def hood(w: float, d: float, front: float, low: float, high: float) -> list[Piece]:
    """A glass hood between two heights, from `front` to the back, with posts and a roof frame."""
    pieces = []
    for x in (-w / 2, w / 2 - 0.035):
        for y in (front, d / 2 - 0.035):
            pieces.append(block((x, y, low), (x + 0.035, y + 0.035, high)))
    pieces += frame((-w / 2, front), (w / 2, d / 2), (high - 0.045, high), 0.07, "body")
    inner = w / 2 - 0.03
    pieces += [
        block((-inner, front + 0.012, low + 0.07), (inner, front + 0.018, high - 0.04), "glass"),
        block(
            (-w / 2 + 0.012, front + 0.03, low),
            (-w / 2 + 0.018, d / 2 - 0.03, high - 0.04),
            "glass",
        ),
        block(
            (w / 2 - 0.018, front + 0.03, low), (w / 2 - 0.012, d / 2 - 0.03, high - 0.04), "glass"
        ),
        block(
            (-w / 2 + 0.06, front + 0.06, high - 0.026),
            (w / 2 - 0.06, d / 2 - 0.06, high - 0.02),
            "glass",
        ),
        block((-inner, d / 2 - 0.03, low), (inner, d / 2 - 0.006, high - 0.04)),
        block((-inner, d / 2 - 0.02, low + 0.05), (inner, d / 2 - 0.002, low + 0.075), "accent"),
        *vent(0.0, d / 2, (low + high) / 2 + 0.02, 0.34, 0.12, 2),
    ]
    return pieces


def tunnel_oven(size: Size, zones: int = 4) -> list[Piece]:
    """A reflow tunnel: a conveyor through a hood of heated zones, with extraction on top."""
    w, d, h = size
    belt, ends, top = 0.88, w / 2 - 0.27, h - 0.18
    half = d / 2 - 0.02
    pieces = feet(2 * ends - 0.1, d - 0.16, 0.12, 0.07)
    pieces += [
        block((-ends, -half + 0.04, 0.10), (ends, half - 0.04, belt - 0.08), chamfer=0.014),
        block((-w / 2, -0.17, belt - 0.035), (w / 2, 0.17, belt - 0.004), "dark"),
        prism(
            [
                (-half, belt - 0.08),
                (half, belt - 0.08),
                (half, belt + 0.13),
                (half - 0.10, top),
                (-half + 0.10, top),
                (-half, belt + 0.13),
            ],
            -ends,
            ends,
        ),
        block((-ends + 0.02, -half - 0.004, belt + 0.085), (ends - 0.02, 0, belt + 0.11), "accent"),
        block((-ends + 0.02, -half - 0.002, belt - 0.012), (ends - 0.02, 0, belt - 0.004), "dark"),
    ]
    for side in (-1, 1):
        a, b = sorted((side * (ends - 0.01), side * (ends + 0.006)))
        pieces.append(block((a, -0.20, belt), (b, 0.20, belt + 0.11), "dark"))
        a, b = sorted((side * (ends - 0.02), side * w / 2))
        for y in (-0.20, 0.17):
            pieces.append(block((a, y, belt - 0.05), (b, y + 0.03, belt + 0.012), "metal"))
        x = side * (w / 2 - 0.05)
        pieces += [
            block((x - 0.02, -0.18, 0), (x + 0.02, -0.14, belt - 0.04), "dark"),
            block((x - 0.02, 0.14, 0), (x + 0.02, 0.18, belt - 0.04), "dark"),
        ]
    zone = (2 * ends - 0.10) / zones
    for i in range(zones):
        x = -ends + 0.05 + (i + 0.5) * zone
        pieces += [
            prism(  # the hatch of a zone, on the slope of the hood
                [
                    (-half + 0.012, belt + 0.15),
                    (-half + 0.092, top - 0.012),
                    (-half + 0.11, top - 0.03),
                    (-half + 0.03, belt + 0.14),
                ],
                x - zone / 2 + 0.03,
                x + zone / 2 - 0.03,
                "dark",
            ),
            block(
                (x - zone / 2 + 0.05, -half + 0.036, 0.26),
                (x + zone / 2 - 0.05, -half + 0.05, 0.54),
                "dark",
            ),
        ]
        for k in range(3):
            z = 0.30 + 0.075 * k
            pieces.append(
                block(
                    (x - zone / 2 + 0.06, -half + 0.032, z),
                    (x + zone / 2 - 0.06, -half + 0.05, z + 0.035),
                    "metal",
                )
            )
    for x in (-ends * 0.55, ends * 0.55):
        pieces += [
            rod((x, 0.08, top - 0.01), (x, 0.08, top + 0.03), 0.10, "body", sides=16),
            rod((x, 0.08, top + 0.02), (x, 0.08, h), 0.07, "metal", sides=16),
        ]
    panel = ends - 0.17
    pieces += screen(panel, -half - 0.016, belt - 0.19, 0.28, 0.16)
    return pieces


def inspection(size: Size) -> list[Piece]:
    """An optical inspection station: camera tower over a lit board, behind a sloping window."""
    w, d, h = size
    deck, roof, wall = 0.85, h - 0.22, 0.05
    slope = [
        (-d / 2 + 0.05, deck),
        (d / 2, deck),
        (d / 2, roof),
        (-0.06, roof),
        (-d / 2 + 0.05, deck + 0.16),
    ]
    pieces = cabinet(w, d, 0.07, deck)
    for side in (-1, 1):
        a, b = sorted((side * w / 2, side * (w / 2 - wall)))
        pieces.append(prism(slope, a, b))
        a, b = sorted((side * (w / 2 - wall), side * w / 2))
        pieces.append(block((a, -0.12, deck + 0.05), (b, 0.16, deck + 0.13), "dark"))
    inner = w / 2 - wall
    pieces += [
        block((-inner, d / 2 - 0.05, deck), (inner, d / 2 - 0.006, roof - 0.01)),
        *vent(0.0, d / 2, (deck + roof) / 2, 0.4, 0.18),
        block((-inner - 0.01, -0.06, roof - 0.04), (inner + 0.01, d / 2, roof - 0.004)),
        prism(
            [
                (-0.062, roof - 0.015),
                (-0.056, roof - 0.015),
                (-d / 2 + 0.062, deck + 0.15),
                (-d / 2 + 0.056, deck + 0.15),
            ],
            -inner,
            inner,
            "glass",
        ),
        block((-inner, -d / 2 + 0.055, deck), (inner, -d / 2 + 0.075, deck + 0.155)),
        block((-0.16, -d / 2 + 0.035, deck + 0.09), (0.16, -d / 2 + 0.06, deck + 0.115), "accent"),
        block((-inner, -0.09, deck), (inner, -0.07, deck + 0.06), "metal"),
        block((-inner, 0.09, deck), (inner, 0.11, deck + 0.06), "metal"),
        block((-0.12, -0.09, deck + 0.045), (0.12, 0.11, deck + 0.052), "accent"),
        rod((0, 0.01, roof - 0.03), (0, 0.01, deck + 0.24), 0.055, "dark", sides=16),
        rod(
            (0, 0.01, deck + 0.24),
            (0, 0.01, deck + 0.17),
            0.075,
            "metal",
            end_radius=0.14,
            sides=16,
        ),
        block((-0.17, -0.04, roof - 0.01), (0.17, 0.30, roof + 0.10), chamfer=0.02),
        rod((0, 0.01, roof + 0.09), (0, 0.01, h - 0.03), 0.08, "dark", sides=16),
        block(
            (w / 2 - 0.36, -d / 2, deck - 0.05), (w / 2 - 0.02, -d / 2 + 0.06, deck - 0.02), "dark"
        ),
    ]
    pieces += screen(w / 2 - 0.19, -d / 2 + 0.006, deck + 0.16, 0.32, 0.20)
    return pieces + signal_tower(-w / 2 + 0.10, d / 2 - 0.10, roof, h)


def tester(size: Size) -> list[Piece]:
    """A test fixture on its cabinet; the nest lies open to the top, the front and the back.

    The lid stands open to the left, so that a gripper may come from above on either side. The
    nest's upper face is at 0.93 m; nothing but it comes near the port above.
    """
    w, d, h = size
    deck, nest = 0.84, 0.93
    pieces = cabinet(w, d, 0.07, deck - 0.03, -d / 2 + 0.02)
    pieces += [
        block((-w / 2, -d / 2, deck - 0.03), (w / 2, d / 2, deck), "dark", chamfer=0.006),
        block((-0.19, -0.20, deck), (0.17, 0.20, nest - 0.02), chamfer=0.012),
        block((-0.15, -0.15, nest - 0.022), (0.15, 0.15, nest - 0.004), "accent"),
        block((-0.11, -0.10, nest - 0.006), (0.11, 0.10, nest), "dark"),
        block((-0.192, -0.205, deck + 0.022), (0.172, -0.19, deck + 0.036), "accent"),
        rod(
            (-0.215, -0.15, nest - 0.012),
            (-0.215, 0.15, nest - 0.012),
            0.014,
            "metal",
            role="moving",
        ),
        block((-0.262, -0.17, nest - 0.01), (-0.228, 0.17, h), chamfer=0.008, role="moving"),
        block((-0.232, -0.13, nest + 0.03), (-0.222, 0.13, h - 0.03), "dark", role="moving"),
        rod(
            (-0.245, -0.172, h - 0.05),
            (-0.245, -0.20, h - 0.05),
            0.012,
            "dark",
            sides=8,
            role="moving",
        ),
    ]
    for x in (-0.085, 0.085):
        for y in (-0.075, 0.075):
            pieces.append(rod((x, y, nest - 0.002), (x, y, nest + 0.006), 0.005, "metal", sides=8))
    for x in (-0.14, 0.14):
        for y in (-0.14, 0.14):
            pieces.append(rod((x, y, nest - 0.006), (x, y, nest + 0.004), 0.012, "metal", sides=8))
    pieces += screen(w / 2 - 0.075, -d / 2 + 0.05, deck + 0.085, 0.12, 0.13)
    pieces += [
        block(
            (w / 2 - 0.10, -d / 2 + 0.06, deck), (w / 2 - 0.05, -d / 2 + 0.08, deck + 0.03), "dark"
        ),
        rod(
            (-w / 2 + 0.05, -d / 2 + 0.05, deck),
            (-w / 2 + 0.05, -d / 2 + 0.05, deck + 0.03),
            0.022,
            "accent",
            sides=10,
        ),
    ]
    return pieces
