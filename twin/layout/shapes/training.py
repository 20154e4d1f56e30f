"""The small modules of a 24 V training factory: a base plate with one machine each.

Each function takes the size (x, y, z) [m] of the asset and draws within it; the front is at -y,
where the vehicle docks.
"""

from __future__ import annotations

from twin.layout.shapes.solids import Piece, block, prism, rod

Size = tuple[float, float, float]
PLATE = 0.03  # height of the base plate
PUCK = (0.013, 0.014)  # a workpiece's radius and height


def plate(w: float, d: float) -> list[Piece]:
    """A base plate on feet, with the controller at the back and the belt to the docking side."""
    return [
        block((-w / 2, -d / 2, 0.006), (w / 2, d / 2, PLATE), "dark", chamfer=0.004),
        block((-w / 2, d / 2 - 0.045, PLATE), (w / 2, d / 2 - 0.005, PLATE + 0.075), chamfer=0.005),
        block(
            (-w / 2 + 0.03, d / 2 - 0.047, PLATE + 0.03),
            (-w / 2 + 0.12, d / 2 - 0.04, PLATE + 0.06),
            "accent",
        ),
        block((-w / 2 + 0.01, -d / 2 + 0.01, 0), (w / 2 - 0.01, d / 2 - 0.01, 0.008), "metal"),
    ]


def belt(d: float, x: float = 0.0, end: float = 0.04) -> list[Piece]:
    """The belt from the docking side to y = end, with its rails."""
    front = -d / 2
    return [
        block((x - 0.026, front, PLATE + 0.012), (x + 0.026, end, PLATE + 0.026), "dark"),
        block((x - 0.036, front, PLATE), (x - 0.027, end, PLATE + 0.034), "metal"),
        block((x + 0.027, front, PLATE), (x + 0.036, end, PLATE + 0.034), "metal"),
    ]


def column(x: float, y: float, high: float) -> Piece:
    """An upright profile of the frame."""
    return block((x - 0.022, y - 0.022, PLATE), (x + 0.022, y + 0.022, high), chamfer=0.004)


def puck(x: float, y: float, z: float) -> Piece:
    """A workpiece of the training factory."""
    radius, high = PUCK
    return rod((x, y, z), (x, y, z + high), radius, "accent", sides=12)


def mill_module(size: Size) -> list[Piece]:
    """A belt under a milling head that reaches out from a column, with a big cutter."""
    w, d, h = size
    return [
        *plate(w, d),
        *belt(d),
        column(0.0, 0.075, h - 0.02),
        block((-0.045, -0.02, h - 0.105), (0.045, 0.10, h - 0.02), chamfer=0.008, role="moving"),
        block((-0.046, -0.021, h - 0.055), (0.046, 0.02, h - 0.04), "accent", role="moving"),
        block((-0.03, -0.012, h - 0.02), (0.03, 0.045, h), "dark", chamfer=0.004, role="moving"),
        rod((0, 0.012, h - 0.10), (0, 0.012, h - 0.135), 0.018, "dark", sides=12, role="moving"),
        rod((0, 0.012, h - 0.13), (0, 0.012, h - 0.15), 0.03, "metal", sides=12, role="moving"),
    ]


def drill_module(size: Size) -> list[Piece]:
    """A belt under a slim drill on a tall column."""
    w, d, h = size
    return [
        *plate(w, d),
        *belt(d),
        column(-0.075, 0.012, h),
        block((-0.095, -0.012, h - 0.07), (0.03, 0.036, h - 0.045), "metal"),
        rod((0, 0.012, h - 0.005), (0, 0.012, h - 0.11), 0.028, "accent", sides=12, role="moving"),
        rod(
            (0, 0.012, h - 0.108),
            (0, 0.012, h - 0.14),
            0.02,
            "dark",
            end_radius=0.009,
            sides=10,
            role="moving",
        ),
        rod(
            (0, 0.012, h - 0.138),
            (0, 0.012, h - 0.19),
            0.005,
            "metal",
            end_radius=0.002,
            sides=8,
            role="moving",
        ),
    ]


def inspection_module(size: Size) -> list[Piece]:
    """A belt under a camera on a gantry, with a bin for rejected parts."""
    w, d, h = size
    return [
        *plate(w, d),
        *belt(d, end=0.06),
        column(-0.08, 0.02, h - 0.03),
        column(0.08, 0.02, h - 0.03),
        block((-0.104, -0.004, h - 0.034), (0.104, 0.044, h - 0.008), chamfer=0.005),
        rod((0, 0.02, h), (0, 0.02, h - 0.085), 0.024, "dark", sides=14),
        rod((0, 0.02, h - 0.083), (0, 0.02, h - 0.11), 0.024, "accent", end_radius=0.058, sides=14),
        block((0.105, -d / 2 + 0.02, PLATE), (w / 2 - 0.005, -0.02, PLATE + 0.045), "metal"),
    ]


def dock_module(size: Size) -> list[Piece]:
    """Input and output: a small gantry robot with a suction cup between two bays and the belt."""
    w, d, h = size
    beam = h - 0.06
    return [
        *plate(w, d),
        *belt(d, end=-0.01),
        column(-w / 2 + 0.03, 0.045, beam),
        column(w / 2 - 0.03, 0.045, beam),
        block((-w / 2 + 0.008, 0.025, beam - 0.004), (w / 2 - 0.008, 0.065, beam + 0.022), "metal"),
        block(
            (-0.075, 0.014, beam - 0.02), (-0.02, 0.076, beam + 0.045), chamfer=0.006, role="moving"
        ),
        block((-0.076, 0.012, beam + 0.008), (-0.019, 0.03, beam + 0.020), "accent", role="moving"),
        rod(
            (-0.047, 0.045, h),
            (-0.047, 0.045, PLATE + 0.085),
            0.008,
            "metal",
            sides=8,
            role="moving",
        ),
        rod(
            (-0.047, 0.045, PLATE + 0.087),
            (-0.047, 0.045, PLATE + 0.068),
            0.007,
            "dark",
            end_radius=0.014,
            sides=10,
            role="moving",
        ),
        block((-w / 2 + 0.012, -d / 2 + 0.02, PLATE), (-0.05, -0.03, PLATE + 0.02)),
        block((0.05, -d / 2 + 0.02, PLATE), (w / 2 - 0.012, -0.03, PLATE + 0.02)),
        puck(-0.095, -0.085, PLATE + 0.02),
    ]


def charger_module(size: Size) -> list[Piece]:
    """A charging post with a lit ring and two contacts at the docking side."""
    w, d, h = size
    return [
        block((-w / 2, -d / 2, 0.006), (w / 2, d / 2, PLATE), "dark", chamfer=0.004),
        block((-w / 2 + 0.01, -d / 2 + 0.01, 0), (w / 2 - 0.01, d / 2 - 0.01, 0.008), "metal"),
        block((-0.07, -0.01, PLATE), (0.07, 0.09, h - 0.03), chamfer=0.012),
        block((-0.072, 0.01, h - 0.035), (0.072, 0.07, h), "dark", chamfer=0.01),
        prism(
            [(-0.012, 0.155), (0.022, 0.155), (0.004, 0.115)], -0.013, -0.006, "accent", along="y"
        ),
        prism(
            [(0.012, 0.085), (-0.022, 0.125), (0.012, 0.125)], -0.013, -0.006, "accent", along="y"
        ),
        block((-0.05, -0.03, PLATE), (0.05, -0.008, PLATE + 0.035), "dark"),
        block((-0.034, -0.05, PLATE + 0.008), (-0.022, -0.02, PLATE + 0.026), "metal"),
        block((0.022, -0.05, PLATE + 0.008), (0.034, -0.02, PLATE + 0.026), "metal"),
    ]


def high_bay(size: Size, columns: int = 3, levels: int = 3) -> list[Piece]:
    """A store of three by three pallets behind a stacker crane, and a belt to the docking side."""
    w, d, h = size
    low, high, back = PLATE + 0.02, h - 0.012, d / 2 - 0.005
    front = back - 0.095
    pieces = [
        block((-w / 2, -d / 2, 0.006), (w / 2, d / 2, PLATE), "dark", chamfer=0.004),
        block((-w / 2 + 0.01, -d / 2 + 0.01, 0), (w / 2 - 0.01, d / 2 - 0.01, 0.008), "metal"),
        block((-w / 2 + 0.01, back - 0.006, PLATE), (w / 2 - 0.01, back, high)),
    ]
    pitch, step = (w - 0.03) / columns, (high - low) / levels
    for i in range(columns + 1):
        x = -w / 2 + 0.015 + i * pitch
        pieces.append(block((x - 0.005, front, PLATE), (x + 0.005, back, high), "body"))
    for level in range(levels):
        z = low + level * step
        pieces.append(block((-w / 2 + 0.01, front, z - 0.008), (w / 2 - 0.01, back, z), "metal"))
        for i in range(columns):
            if (i, level) == (1, 1):
                continue  # the pallet that the crane has taken
            x = -w / 2 + 0.015 + (i + 0.5) * pitch
            pieces.append(
                block((x - 0.03, front + 0.01, z), (x + 0.03, back - 0.015, z + 0.014), "dark")
            )
            if (i + level) % 2 == 0:
                pieces.append(puck(x, (front + back) / 2, z + 0.014))
    crane = front - 0.045
    return [
        *pieces,
        *belt(d, x=-w / 2 + 0.06, end=crane - 0.03),
        block(
            (-w / 2 + 0.01, crane - 0.008, PLATE),
            (w / 2 - 0.01, crane + 0.008, PLATE + 0.014),
            "metal",
        ),
        block(
            (0.02, crane - 0.03, PLATE + 0.008),
            (0.09, crane + 0.03, PLATE + 0.035),
            "dark",
            chamfer=0.005,
            role="moving",
        ),
        block((0.04, crane - 0.014, PLATE + 0.03), (0.07, crane + 0.014, h), role="moving"),
        block(
            (0.025, crane - 0.026, low + step * 1.35),
            (0.085, crane + 0.026, low + step * 1.35 + 0.05),
            "accent",
            chamfer=0.005,
            role="moving",
        ),
    ]
