"""Details that several machines share: cabinets, screens, signal towers, signs of a door."""

from __future__ import annotations

from twin.layout.shapes.solids import Material, Piece, block, rod


def cabinet(w: float, d: float, low: float, high: float, front: float | None = None) -> list[Piece]:
    """A closed cabinet on a recessed plinth: two doors in front, a vent at the back.

    `front` is the y of its doors; without it they leave room for their handles.
    """
    y = -d / 2 + 0.02 if front is None else front
    middle = (low + high) / 2
    pieces = [
        block((-w / 2 + 0.03, y + 0.03, 0), (w / 2 - 0.03, d / 2 - 0.03, low + 0.01), "dark"),
        block((-w / 2, y, low), (w / 2, d / 2 - 0.006, high), chamfer=0.014),
        block((-0.003, y - 0.003, low + 0.04), (0.003, y + 0.01, high - 0.04), "dark"),
    ]
    for x in (-0.035, 0.035):
        pieces.append(
            block((x - 0.006, y - 0.018, middle - 0.06), (x + 0.006, y, middle + 0.06), "metal")
        )
    return pieces + vent(0.0, d / 2, middle, 0.5 * w, 0.45 * (high - low))


def vent(x: float, y: float, z: float, w: float, h: float, slats: int = 3) -> list[Piece]:
    """A slatted panel in a back wall; (x, y, z) is the middle of its face, which looks to +y."""
    pieces = [block((x - w / 2, y - 0.02, z - h / 2), (x + w / 2, y - 0.003, z + h / 2), "dark")]
    pitch = h / slats
    for i in range(slats):
        low = z - h / 2 + (i + 0.3) * pitch
        pieces.append(
            block(
                (x - w / 2 + 0.02, y - 0.02, low), (x + w / 2 - 0.02, y, low + 0.4 * pitch), "metal"
            )
        )
    return pieces


def screen(x: float, y: float, z: float, w: float = 0.26, h: float = 0.17) -> list[Piece]:
    """A flat screen that looks to the front; (x, y, z) is the middle of its face."""
    return [
        block((x - w / 2, y, z - h / 2), (x + w / 2, y + 0.022, z + h / 2), "dark", chamfer=0.005),
        block(
            (x - w / 2 + 0.012, y - 0.002, z - h / 2 + 0.012),
            (x + w / 2 - 0.012, y + 0.002, z + h / 2 - 0.012),
            "accent",
        ),
    ]


def signal_tower(x: float, y: float, low: float, high: float) -> list[Piece]:
    """A lamp on a pole; the state itself is shown by the floor pad, not by its colour."""
    third = low + (high - low) * 0.4
    return [
        rod((x, y, low - 0.005), (x, y, third), 0.008, "dark", sides=8),
        rod((x, y, third), (x, y, high - 0.008), 0.022, "accent", sides=10),
        rod((x, y, high - 0.009), (x, y, high), 0.023, "dark", sides=10),
    ]


def feet(w: float, d: float, high: float, size: float = 0.05) -> list[Piece]:
    """Four square legs at the corners of w x d."""
    return [
        block(
            (sx * (w / 2 - size / 2) - size / 2, sy * (d / 2 - size / 2) - size / 2, 0),
            (sx * (w / 2 - size / 2) + size / 2, sy * (d / 2 - size / 2) + size / 2, high),
            "dark",
        )
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]


def frame(
    low: tuple[float, float],
    high: tuple[float, float],
    z: tuple[float, float],
    bar: float,
    material: Material = "metal",
) -> list[Piece]:
    """Four bars around a rectangle (x, y) - (x, y), between two heights."""
    (x0, y0), (x1, y1), (z0, z1) = low, high, z
    return [
        block((x0, y0, z0), (x1, y0 + bar, z1), material),
        block((x0, y1 - bar, z0), (x1, y1, z1), material),
        block((x0, y0 + bar, z0), (x0 + bar, y1 - bar, z1), material),
        block((x1 - bar, y0 + bar, z0), (x1, y1 - bar, z1), material),
    ]
