"""Machines of job shops, print farms and labs: laser, brake, weld booth, gauge, printers, chambers.

Each function takes the size (x, y, z) [m] of the asset and draws within it; the front is at -y.
"""

from __future__ import annotations

from twin.layout.shapes.fittings import cabinet, feet, frame, screen, signal_tower, vent
from twin.layout.shapes.solids import Piece, block, rod

Size = tuple[float, float, float]


def laser_cutter(size: Size) -> list[Piece]:
    """A flat-bed laser cutter: a long body under a hood with a window, sheet table, gantry."""
    w, d, h = size
    deck, roof = 0.45 * h, 0.86 * h
    front, back = -d / 2 + 0.01, d / 2 - 0.01
    right = w / 2 - 0.45  # the hood ends here, the control cabinet begins
    pieces = [
        block((-w / 2 + 0.05, -d / 2 + 0.05, 0), (w / 2 - 0.05, d / 2 - 0.05, 0.1), "dark"),
        block((-w / 2, -d / 2, 0.09), (w / 2, d / 2, deck), chamfer=0.02),
        block((-w / 2 + 0.02, front, deck), (-w / 2 + 0.14, back, roof)),
        block((right - 0.12, front, deck), (right, back, roof)),
        block((-w / 2 + 0.14, back - 0.08, deck), (right - 0.12, back, roof)),
        block((-w / 2 + 0.02, front, roof), (right, back, roof + 0.06), chamfer=0.02),
        block((-w / 2 + 0.14, front + 0.01, deck), (right - 0.12, front + 0.03, roof), "glass"),
        block((-w / 2 + 0.02, front - 0.008, roof - 0.06), (right, front + 0.01, roof), "accent"),
        block((right + 0.02, front + 0.1, deck), (w / 2 - 0.01, back, h - 0.18), chamfer=0.02),
    ]
    left, middle = -w / 2 + 0.2, (-w / 2 + right) / 2
    pieces += [
        block((left, front + 0.1, deck), (right - 0.18, back - 0.15, deck + 0.02), "metal"),
        block((middle - 0.08, front + 0.08, deck + 0.2), (middle + 0.08, back - 0.1, deck + 0.3),
              "dark", role="moving"),
        block((middle - 0.1, -0.1, deck + 0.12), (middle + 0.1, 0.06, deck + 0.34), "accent",
              role="moving"),
        rod((middle, -0.02, deck + 0.13), (middle, -0.02, deck + 0.04), 0.03, "metal",
            end_radius=0.01, sides=8, role="moving"),
    ]  # fmt: skip
    pieces += screen((right + w / 2) / 2, front + 0.08, deck + 0.35, 0.32, 0.24)
    return pieces + signal_tower(w / 2 - 0.1, d / 2 - 0.1, h - 0.18, h)


def press_brake(size: Size) -> list[Piece]:
    """A press brake: two C frames, a bed with its die, a ram with its punch, a hanging panel."""
    w, d, h = size
    bed = 0.42 * h
    pieces = [
        block((-w / 2 + 0.1, -d / 2 + 0.15, 0), (w / 2 - 0.1, d / 2, bed), chamfer=0.02),
        block((-w / 2 + 0.12, -d / 2 + 0.13, 0.1), (w / 2 - 0.12, -d / 2 + 0.16, bed - 0.1),
              "accent"),
        block((-w / 2 + 0.16, -0.03, bed), (w / 2 - 0.16, 0.03, bed + 0.08), "metal"),
        block((-w / 2 + 0.16, 0.02, bed + 0.25), (w / 2 - 0.16, 0.2, h - 0.08), chamfer=0.015,
              role="moving"),
        block((-w / 2 + 0.16, -0.012, bed + 0.17), (w / 2 - 0.16, 0.03, bed + 0.3), "metal",
              role="moving"),
        block((-w / 2 + 0.1, 0.1, h - 0.12), (w / 2 - 0.1, d / 2, h), chamfer=0.015),
        block((-w / 2 + 0.2, 0.015, bed + 0.5), (-w / 2 + 0.7, 0.03, bed + 0.62), "accent",
              role="moving"),
        block((-0.25, -d / 2, 0), (0.15, -d / 2 + 0.14, 0.09), "dark", chamfer=0.01),
    ]  # fmt: skip
    for side in (-1, 1):
        outer, inner = side * w / 2, side * (w / 2 - 0.14)
        x0, x1 = min(outer, inner), max(outer, inner)
        pieces += [
            block((x0, 0.06, 0), (x1, d / 2, h - 0.02), "dark", chamfer=0.01),
            block((x0, -d / 2 + 0.15, 0), (x1, 0.06, bed - 0.04), "dark", chamfer=0.01),
        ]
    x = w / 2 - 0.25
    pieces.append(rod((x, 0.06, h - 0.1), (x, -d / 2 + 0.2, h - 0.1), 0.02, "metal", sides=8))
    pieces.append(rod((x, -d / 2 + 0.2, h - 0.1), (x, -d / 2 + 0.2, h - 0.4), 0.02, "metal",
                      sides=8))  # fmt: skip
    return pieces + screen(x, -d / 2 + 0.18, h - 0.52, 0.34, 0.26)


def weld_booth(size: Size) -> list[Piece]:
    """A weld table between dark screens, with a small arm that holds the torch."""
    w, d, h = size
    top = 0.85
    pieces = feet(w - 0.3, d - 0.4, top - 0.07, 0.08)
    pieces += [
        block((-w / 2 + 0.12, -d / 2 + 0.02, top - 0.08), (w / 2 - 0.12, d / 2 - 0.2, top),
              "metal", chamfer=0.01),
        block((-w / 2, d / 2 - 0.04, 0.15), (w / 2, d / 2, h), "dark"),
        block((-w / 2, d / 2 - 0.06, h - 0.1), (w / 2, d / 2, h - 0.02), "accent"),
        block((-w / 2 + 0.2, -d / 2 + 0.1, 0.18), (-w / 2 + 0.6, d / 2 - 0.3, 0.62), "body",
              chamfer=0.03),
        block((-0.15, -0.12, top), (0.25, 0.06, top + 0.05), "body"),
    ]  # fmt: skip
    for side in (-1, 1):
        outer, inner = side * w / 2, side * (w / 2 - 0.04)
        x0, x1 = min(outer, inner), max(outer, inner)
        pieces += [
            block((x0, -d / 2, 0.15), (x1, d / 2 - 0.04, h - 0.02), "glass"),
            block((x0, -d / 2, 0), (x1, -d / 2 + 0.05, h), "dark"),
            block((x0, d / 2 - 0.09, 0), (x1, d / 2 - 0.04, h), "dark"),
        ]
    base, elbow, wrist = (-0.35, 0.12, top), (-0.35, 0.12, top + 0.42), (0.0, 0.0, top + 0.5)
    return [
        *pieces,
        rod(base, (-0.35, 0.12, top + 0.12), 0.09, "dark"),
        rod((-0.35, 0.12, top + 0.1), elbow, 0.055, "body", role="moving"),
        rod(elbow, wrist, 0.045, "body", role="moving"),
        rod(wrist, (0.05, -0.02, top + 0.16), 0.03, "dark", end_radius=0.012, role="moving"),
    ]


def granite_gauge(size: Size) -> list[Piece]:
    """A coordinate measuring machine: a granite table on its frame, a bridge with a probe."""
    w, d, h = size
    top = 0.45 * h
    bridge = h - 0.22
    pieces = feet(w - 0.1, d - 0.1, top - 0.2, 0.12)
    pieces += [
        block((-w / 2, -d / 2, top - 0.22), (w / 2, d / 2, top), "dark", chamfer=0.012),
        block((-w / 2 + 0.1, -d / 2 + 0.1, 0.12), (w / 2 - 0.1, d / 2 - 0.1, 0.2), "metal"),
        block((-w / 2 + 0.02, -0.1, top), (-w / 2 + 0.16, 0.14, bridge), role="moving"),
        block((w / 2 - 0.16, -0.1, top), (w / 2 - 0.02, 0.14, bridge), role="moving"),
        block((-w / 2 + 0.02, -0.1, bridge), (w / 2 - 0.02, 0.14, bridge + 0.16), "body",
              chamfer=0.015, role="moving"),
        block((-w / 2 + 0.02, -0.106, bridge + 0.05), (w / 2 - 0.02, -0.09, bridge + 0.09),
              "accent", role="moving"),
        block((-0.09, -0.16, bridge - 0.1), (0.09, -0.08, h), "body", role="moving"),
        rod((0, -0.12, bridge - 0.08), (0, -0.12, top + 0.22), 0.03, "metal", sides=10,
            role="moving"),
        rod((0, -0.12, top + 0.23), (0, -0.12, top + 0.12), 0.006, "accent", sides=6,
            role="moving"),
        block((-0.12, -0.24, top), (0.14, -0.02, top + 0.08), "metal", chamfer=0.01),
    ]  # fmt: skip
    return pieces


def filament_printer(size: Size) -> list[Piece]:
    """A filament printer on a table: frame, bed, print head, a spool on top."""
    w, d, h = size
    table = min(0.75, 0.55 * h)
    bed, top = table + 0.14, h - 0.19
    pieces = feet(w, d, table - 0.03, 0.04)
    pieces += [
        block((-w / 2, -d / 2, table - 0.04), (w / 2, d / 2, table), "body", chamfer=0.006),
        block((-w / 2 + 0.04, -d / 2 + 0.04, 0.15), (w / 2 - 0.04, d / 2 - 0.04, 0.18), "metal"),
        block((-w / 2 + 0.05, -d / 2 + 0.1, table), (w / 2 - 0.05, d / 2 - 0.05, table + 0.07),
              "dark", chamfer=0.01),
        block((-0.15, -0.17, bed - 0.015), (0.15, 0.15, bed), "accent", role="moving"),
        block((-0.05, -0.04, bed), (0.06, 0.06, bed + 0.05), "body"),
        block((-w / 2 + 0.05, 0.02, top - 0.03), (w / 2 - 0.05, 0.06, top), "dark"),
        block((-w / 2 + 0.05, 0.0, bed + 0.1), (w / 2 - 0.05, 0.02, bed + 0.13), "metal",
              role="moving"),
        block((-0.04, -0.05, bed + 0.08), (0.05, 0.02, bed + 0.17), "accent", role="moving"),
        rod((0.005, -0.02, bed + 0.085), (0.005, -0.02, bed + 0.055), 0.012, "metal",
            end_radius=0.003, sides=6, role="moving"),
        rod((-0.04, 0.04, h - 0.1), (0.04, 0.04, h - 0.1), 0.099, "accent", sides=16),
        block((-0.012, 0.03, top), (0.012, 0.05, h - 0.1), "dark"),
    ]  # fmt: skip
    for side in (-1, 1):
        x = side * (w / 2 - 0.07)
        pieces.append(block((x - 0.02, 0.02, table + 0.06), (x + 0.02, 0.06, top), "dark"))
    return pieces + screen(0.1, -d / 2 + 0.085, table + 0.05, 0.12, 0.06)


def resin_printer(size: Size) -> list[Piece]:
    """A resin printer on its cabinet: vat, plate on a column, tinted hood, screen."""
    w, d, h = size
    deck = min(0.78, 0.52 * h)
    vat, hood = deck + 0.2, 0.05
    front = -d / 2 + 0.04
    pieces = cabinet(w, d, 0.07, deck, front)
    pieces += [
        block((-w / 2 + 0.03, front, deck), (w / 2 - 0.03, d / 2 - 0.03, vat), chamfer=0.02),
        block((-w / 2 + hood, front + 0.02, vat), (w / 2 - hood, front + 0.03, h - 0.02), "glass"),
        block((-w / 2 + hood, front + 0.03, vat), (-w / 2 + hood + 0.01, d / 2 - 0.05, h - 0.02),
              "glass"),
        block((w / 2 - hood - 0.01, front + 0.03, vat), (w / 2 - hood, d / 2 - 0.05, h - 0.02),
              "glass"),
        block((-w / 2 + hood, front + 0.02, h - 0.03), (w / 2 - hood, d / 2 - 0.05, h), "accent"),
        block((-0.06, d / 2 - 0.14, vat), (0.06, d / 2 - 0.06, h - 0.04), "dark"),
        block((-0.12, -0.12, vat), (0.12, 0.08, vat + 0.04), "dark"),
        block((-0.1, -0.1, vat + 0.14), (0.1, 0.06, vat + 0.18), "metal", role="moving"),
        block((-0.02, 0.0, vat + 0.18), (0.02, d / 2 - 0.13, vat + 0.22), "metal", role="moving"),
        block((-0.06, -0.06, vat + 0.07), (0.06, 0.03, vat + 0.14), "accent", role="moving"),
    ]  # fmt: skip
    return pieces + screen(0.0, front - 0.02, deck + 0.1, 0.18, 0.11)


def chamber(size: Size) -> list[Piece]:
    """An oven, washer or cabinet that takes a batch: a door with a window, shelves, a panel."""
    w, d, h = size
    low, roof = 0.32 * h, h - 0.16
    right, front = w / 2 - 0.18, -d / 2 + 0.03
    pieces = cabinet(w, d, 0.06, low, front)
    pieces += [
        block((-w / 2, front, low), (-w / 2 + 0.06, d / 2, roof)),
        block((right, front, low), (w / 2, d / 2, roof), chamfer=0.012),
        block((-w / 2 + 0.06, d / 2 - 0.06, low), (right, d / 2, roof)),
        block((-w / 2, front, roof - 0.06), (w / 2, d / 2, roof + 0.01), chamfer=0.012),
        block((-w / 2 + 0.08, front + 0.005, low + 0.08), (right - 0.02, front + 0.015,
              roof - 0.14), "glass", role="moving"),
        block((-w / 2 + 0.06, front - 0.006, low), (right, front + 0.02, low + 0.08), "dark",
              role="moving"),
        block((-w / 2 + 0.06, front - 0.006, roof - 0.14), (right, front + 0.02, roof - 0.06),
              "accent", role="moving"),
        rod((right - 0.05, front - 0.018, low + 0.1), (right - 0.05, front - 0.018, roof - 0.16),
            0.011, "metal", sides=8, role="moving"),
    ]  # fmt: skip
    for i in range(3):
        z = low + 0.03 + (i + 0.5) * (roof - low - 0.16) / 3
        pieces.append(
            block((-w / 2 + 0.07, front + 0.05, z), (right - 0.02, d / 2 - 0.08, z + 0.012),
                  "metal")
        )  # fmt: skip
    pieces += screen((right + w / 2) / 2, front - 0.02, roof - 0.24, 0.14, 0.14)
    pieces += vent(0.0, d / 2, (low + roof) / 2, 0.4 * w, 0.2 * h)
    return pieces + signal_tower(w / 2 - 0.08, d / 2 - 0.1, roof, h)


def belt(size: Size) -> list[Piece]:
    """A belt conveyor along x: legs, a bed between two rails, a drum at each end."""
    w, d, h = size
    pieces = feet(w - 0.1, d - 0.02, h - 0.1, 0.04)
    pieces += [
        block((-w / 2 + 0.05, -d / 2 + 0.03, h - 0.09), (w / 2 - 0.05, d / 2 - 0.03, h - 0.04),
              "dark"),
        block((-0.18, -d / 2 + 0.02, h - 0.3), (0.12, d / 2 - 0.06, h - 0.12), "body",
              chamfer=0.02),
        *frame((-w / 2 + 0.05, -d / 2), (w / 2 - 0.05, d / 2), (h - 0.14, h - 0.02), 0.03, "metal"),
    ]  # fmt: skip
    for side in (-1, 1):
        x = side * (w / 2 - 0.05)
        pieces += [
            rod((x, -d / 2 + 0.03, h - 0.07), (x, d / 2 - 0.03, h - 0.07), 0.05, "dark", sides=12),
            block((-w / 2 + 0.1, side * (d / 2 - 0.015) - 0.015, h - 0.02),
                  (w / 2 - 0.1, side * (d / 2 - 0.015) + 0.015, h), "accent"),
        ]  # fmt: skip
    return pieces
