"""Furniture and machine tools: bench, tray stand, rack, CNC mill.

Each function takes the size (x, y, z) [m] of the asset and draws within it; the front is at -y.
"""

from __future__ import annotations

from typing import Literal

from twin.errors import LayoutError, nearest
from twin.layout.shapes.fittings import cabinet, feet, frame, screen, signal_tower
from twin.layout.shapes.solids import Material, Piece, block, prism, rod

Size = tuple[float, float, float]
TOP = 0.90  # height of a working surface


def bench(size: Size, work: Literal["soldering", "packing"] = "soldering") -> list[Piece]:
    """A work bench with a lit back frame, and what lies on it for its work."""
    w, d, h = size
    pieces = feet(w - 0.04, d - 0.06, TOP - 0.05, 0.05)
    pieces += [
        block((-w / 2, -d / 2, TOP - 0.05), (w / 2, d / 2, TOP - 0.01), chamfer=0.008),
        block((-w / 2, -d / 2, TOP - 0.01), (w / 2, d / 2, TOP), "dark"),
        block((-w / 2 + 0.05, d / 2 - 0.10, 0.18), (w / 2 - 0.05, d / 2 - 0.05, 0.24), "metal"),
        block(
            (w / 2 - 0.48, -d / 2 + 0.04, 0.42),
            (w / 2 - 0.08, d / 2 - 0.08, TOP - 0.05),
            chamfer=0.01,
        ),
        block((-w / 2 + 0.04, d / 2 - 0.05, TOP), (-w / 2 + 0.08, d / 2 - 0.01, h), "metal"),
        block((w / 2 - 0.08, d / 2 - 0.05, TOP), (w / 2 - 0.04, d / 2 - 0.01, h), "metal"),
        block((-w / 2 + 0.04, d / 2 - 0.30, TOP + 0.30), (w / 2 - 0.04, d / 2 - 0.01, TOP + 0.325)),
        block(
            (-w / 2 + 0.08, d / 2 - 0.28, h - 0.045),
            (w / 2 - 0.08, d / 2 - 0.14, h - 0.012),
            "accent",
        ),
        block((-w / 2 + 0.04, d / 2 - 0.28, h - 0.014), (w / 2 - 0.04, d / 2 - 0.01, h), "metal"),
    ]
    for i in range(3):
        z = 0.46 + 0.13 * i
        pieces.append(
            block(
                (w / 2 - 0.46, -d / 2 + 0.034, z), (w / 2 - 0.10, -d / 2 + 0.05, z + 0.11), "metal"
            )
        )
    works = {"soldering": soldering, "packing": packing}
    if work not in works:
        raise LayoutError(f"shape 'bench': unknown work {work!r}; {nearest(work, works)}")
    return pieces + works[work](w, d)


def soldering(w: float, d: float) -> list[Piece]:
    """Soldering station, fume arm, bins of components, a board in its holder."""
    pieces = [
        block((-0.34, -d / 2 + 0.05, TOP), (0.34, d / 2 - 0.32, TOP + 0.006), "accent"),
        block((0.40, 0.0, TOP), (0.56, 0.16, TOP + 0.13), "dark", chamfer=0.01),
        block((0.42, -0.004, TOP + 0.06), (0.54, 0.01, TOP + 0.11), "accent"),
        rod(
            (0.48, -0.12, TOP),
            (0.48, -0.12, TOP + 0.07),
            0.045,
            "metal",
            end_radius=0.025,
            sides=12,
        ),
        rod((0.48, -0.12, TOP + 0.06), (0.53, -0.20, TOP + 0.17), 0.012, "dark", sides=8),
        block((-0.13, -0.14, TOP + 0.05), (0.13, 0.02, TOP + 0.056), "metal"),
        rod(
            (-0.40, d / 2 - 0.08, TOP), (-0.40, d / 2 - 0.08, TOP + 0.24), 0.022, "metal", sides=10
        ),
        rod((-0.40, d / 2 - 0.08, TOP + 0.24), (-0.24, 0.05, TOP + 0.28), 0.022, "metal", sides=10),
        rod(
            (-0.24, 0.05, TOP + 0.29),
            (-0.20, 0.0, TOP + 0.20),
            0.025,
            "dark",
            end_radius=0.075,
            sides=12,
        ),
    ]
    for x in (-0.15, 0.14):
        pieces.append(block((x, -0.15, TOP), (x + 0.012, 0.03, TOP + 0.07), "dark"))
    return pieces + bins(-w / 2 + 0.10, w / 2 - 0.10, d / 2 - 0.27, TOP + 0.325, 7)


def bins(start: float, end: float, y: float, z: float, count: int) -> list[Piece]:
    """A row of open-fronted bins from x = start to end."""
    pitch = (end - start) / count
    outline = [(y, z), (y + 0.20, z), (y + 0.20, z + 0.12), (y + 0.08, z + 0.12), (y, z + 0.06)]
    return [
        prism(
            outline,
            start + i * pitch + 0.008,
            start + (i + 1) * pitch - 0.008,
            "accent" if i % 2 else "body",
        )
        for i in range(count)
    ]


def packing(w: float, d: float) -> list[Piece]:
    """Cartons, a roll of film, a label printer, a scale with a carton on it."""
    back = TOP + 0.325
    pieces = [
        rod(
            (-w / 2 + 0.12, 0.16, TOP + 0.12),
            (-w / 2 + 0.56, 0.16, TOP + 0.12),
            0.11,
            "glass",
            sides=18,
        ),
        rod(
            (-w / 2 + 0.07, 0.16, TOP + 0.12),
            (-w / 2 + 0.61, 0.16, TOP + 0.12),
            0.03,
            "dark",
            sides=10,
        ),
        block((-0.16, -0.20, TOP), (0.18, 0.08, TOP + 0.03), "metal", chamfer=0.006),
        block((-0.10, -0.15, TOP + 0.03), (0.12, 0.03, TOP + 0.17)),
        block((-0.012, -0.152, TOP + 0.03), (0.032, 0.032, TOP + 0.172), "accent"),
        block((0.36, -0.06, TOP), (0.58, 0.18, TOP + 0.17), "dark", chamfer=0.02),
        block((0.40, -0.072, TOP + 0.05), (0.54, -0.05, TOP + 0.055), "body"),
        block((0.39, -0.064, TOP + 0.10), (0.55, -0.05, TOP + 0.14), "accent"),
    ]
    for x in (-w / 2 + 0.06, -w / 2 + 0.60):
        pieces.append(block((x, 0.10, TOP), (x + 0.02, 0.22, TOP + 0.15), "metal"))
    x = -w / 2 + 0.10
    for width, high in ((0.26, 0.18), (0.30, 0.12), (0.22, 0.20), (0.28, 0.14)):
        if x + width > w / 2 - 0.08:
            break
        pieces += [
            block((x, d / 2 - 0.27, back), (x + width, d / 2 - 0.05, back + high)),
            block(
                (x + width / 2 - 0.02, d / 2 - 0.272, back),
                (x + width / 2 + 0.02, d / 2 - 0.048, back + high + 0.002),
                "metal",
            ),
        ]
        x += width + 0.02
    return pieces


def tray_stand(size: Size) -> list[Piece]:
    """A stand with one tray; nothing near the slot stands higher than the tray's floor at 0.9 m."""
    w, d, _ = size
    pieces = [
        block(
            (-w / 2 + 0.02, -d / 2 + 0.02, 0),
            (w / 2 - 0.02, d / 2 - 0.02, 0.035),
            "dark",
            chamfer=0.01,
        ),
        rod((0, 0, 0.03), (0, 0, 0.10), 0.09, "dark", end_radius=0.05),
        rod((0, 0, 0.08), (0, 0, TOP - 0.05), 0.04, "metal"),
        rod((0, 0, TOP - 0.12), (0, 0, TOP - 0.04), 0.045, "dark", end_radius=0.12),
        block((-w / 2, -d / 2, TOP - 0.045), (w / 2, d / 2, TOP - 0.01), chamfer=0.01),
        block((-0.17, -0.17, TOP - 0.012), (0.17, 0.17, TOP), "dark"),
    ]
    return pieces + frame(
        (-w / 2, -d / 2), (w / 2, d / 2), (TOP - 0.012, TOP + 0.02), 0.022, "accent"
    )


def pedestal(height: float) -> list[Piece]:
    """What carries an arm's base `height` above the floor, in the frame of the floor below it."""
    if height < 0.05:
        return []
    foot = min(0.025, height / 3)
    return [
        block((-0.15, -0.15, 0), (0.15, 0.15, foot), "dark", chamfer=0.008),
        rod((0, 0, foot - 0.005), (0, 0, height - 0.01), 0.085, "body", sides=20),
        block((-0.10, -0.10, height - 0.022), (0.10, 0.10, height), "dark", chamfer=0.005),
    ]


def rack(size: Size, columns: int = 3, levels: int = 3) -> list[Piece]:
    """A shelf rack with bins, open to the front."""
    w, d, h = size
    post, step = min(0.04, 0.08 * w), h / levels
    pieces = []
    for i in range(columns + 1):
        x = -w / 2 + i * (w - post) / columns
        for y in (-d / 2, d / 2 - post):
            pieces.append(block((x, y, 0), (x + post, y + post, h), "metal"))
    pitch = (w - post) / columns
    for level in range(levels):
        z = level * step + 0.06 * step
        pieces.append(block((-w / 2, -d / 2, z), (w / 2, d / 2, z + 0.06 * step)))
        for i in range(columns):
            x = -w / 2 + post + i * pitch
            if (level + i) % 4 == 3:
                continue  # an empty place shows that it is a store, not a wall
            material: Material = ("accent", "body", "dark")[(level * 2 + i) % 3]
            pieces.append(
                block(
                    (x + 0.08 * pitch, -d / 2 + 0.05 * d, z + 0.06 * step),
                    (x + pitch - post - 0.08 * pitch, d / 2 - 0.10 * d, z + 0.62 * step),
                    material,
                    chamfer=0.02 * step,
                )
            )
    return pieces


def _door_leaf(left: float, right: float, front: float, deck: float, roof: float) -> list[Piece]:
    """A pane between two bars with a handle, or what of it fits."""
    bar = min(0.05, (right - left) / 2)
    pieces = [
        block(
            (x, front - 0.008, deck + 0.09), (x + bar, front + 0.022, roof - 0.13), "dark",
            role="moving",
        )
        for x in (left, right - bar)
    ]  # fmt: skip
    if right - left > 2 * bar + 0.01:
        low, high = (
            (left + bar, front + 0.008, deck + 0.10),
            (right - bar, front + 0.016, roof - 0.14),
        )
        pieces.append(block(low, high, "glass", role="moving"))
    x, y = right - bar / 2, front - 0.02
    low, high = (x, y, deck + 0.20), (x, y, deck + 0.45)
    pieces.append(rod(low, high, 0.01, "metal", sides=8, role="moving"))
    return pieces


def mill(size: Size, opening: float = 0.0) -> list[Piece]:
    """An enclosed CNC mill: a window in a sliding door, spindle and table behind it, a panel.

    opening [m]: how wide the two leaves of the door stand apart, for an arm that serves it; at 0 it
    is one door, and shut, and the table is under the spindle.
    """
    w, d, h = size
    deck, roof = 0.75, h - 0.18
    right = w / 2 - 0.24  # the door ends here, the panel begins
    left, front = -w / 2 + 0.06, -d / 2 + 0.03
    middle = (left + right) / 2
    table = -0.01 if opening <= 0 else -0.21  # where parts are changed, in front of the spindle
    pieces = cabinet(w, d, 0.08, deck, front)
    pieces += [
        block((-w / 2, front, deck), (left, d / 2, roof)),
        block((right, front, deck), (w / 2, d / 2, roof), chamfer=0.012),
        block((left, d / 2 - 0.06, deck), (right, d / 2, roof)),
        block((-w / 2, front, roof - 0.05), (w / 2, d / 2, roof), chamfer=0.014),
        block((left, front - 0.006, roof - 0.14), (right, front + 0.03, roof - 0.045), "accent"),
        block((left, front, deck), (right, front + 0.03, deck + 0.10)),
    ]
    gap = min(opening, right - left - 0.04) / 2
    leaves = [(left, right)] if opening <= 0 else [(left, middle - gap), (middle + gap, right)]
    for begin, end in leaves:
        pieces += _door_leaf(begin, end, front, deck, roof)
    pieces += [
        block(
            (middle - 0.24, table - 0.13, deck + 0.04),
            (middle + 0.24, table + 0.13, deck + 0.10),
            "metal",
            role="moving",
        ),
        block((middle - 0.30, -0.05, deck), (middle + 0.30, 0.05, deck + 0.04), "dark"),
        block(
            (middle - 0.07, table - 0.09, deck + 0.10),
            (middle + 0.07, table + 0.07, deck + 0.15),
            "dark",
        ),
        block(
            (middle - 0.04, table - 0.04, deck + 0.13),
            (middle + 0.04, table + 0.04, deck + 0.19),
            "accent",
        ),
        block((middle - 0.12, 0.16, deck), (middle + 0.12, d / 2 - 0.05, roof - 0.05), "dark"),
        block(
            (middle - 0.10, -0.06, deck + 0.36),
            (middle + 0.10, 0.18, roof - 0.06),
            "metal",
            chamfer=0.012,
            role="moving",
        ),
        rod(
            (middle, 0, deck + 0.37),
            (middle, 0, deck + 0.28),
            0.06,
            "dark",
            end_radius=0.04,
            role="moving",
        ),
        rod(
            (middle, 0, deck + 0.29),
            (middle, 0, deck + 0.21),
            0.012,
            "metal",
            sides=8,
            role="moving",
        ),
    ]
    x = (right + w / 2) / 2
    pieces += screen(x, front - 0.016, roof - 0.22, 0.20, 0.16)
    pieces += [
        block(
            (x - 0.09, front - 0.03, roof - 0.50),
            (x + 0.09, front + 0.01, roof - 0.34),
            "dark",
            chamfer=0.006,
        ),
        rod(
            (x - 0.04, front - 0.002, roof - 0.58),
            (x - 0.04, front - 0.03, roof - 0.58),
            0.028,
            "accent",
            sides=12,
        ),
        rod(
            (x + 0.05, front - 0.002, roof - 0.58),
            (x + 0.05, front - 0.03, roof - 0.58),
            0.02,
            "metal",
            sides=10,
        ),
    ]
    return pieces + signal_tower(w / 2 - 0.09, d / 2 - 0.10, roof, h)
