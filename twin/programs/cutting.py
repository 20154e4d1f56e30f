"""What a laser, a waterjet or a plasma torch takes for a drawing (DXF): its cuts, pierces and ways.

Lines that meet end to end are one cut with one pierce. The order of the cuts is the nearest next
one, from the origin on; a closed cut ends where it began. Texts, dimensions and hatches are not
cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from ezdxf import path as drawn
from ezdxf.filemanagement import readfile
from ezdxf.lldxf.const import DXFError
from numpy.typing import NDArray
from scipy.spatial import KDTree

from twin.errors import ProgramError, nearest
from twin.programs import motion
from twin.programs.capability import Cut, Figures
from twin.programs.program_time import ProgramTime, unreadable

Points = NDArray[np.float64]
SAG = 1e-5  # m, by which a chord may leave the curve
TOUCH = 1e-5  # m, between ends that meet
LARGEST = 100 << 20  # bytes
CUT_KINDS = frozenset(("LINE", "ARC", "CIRCLE", "ELLIPSE", "SPLINE", "LWPOLYLINE", "POLYLINE"))
NESTED = 8  # blocks within blocks
MOST_CURVES = 50_000
FINE = 1e-6  # of how far a curve reaches: no chord need be nearer to it
METRES = {0: 1e-3, 1: 0.0254, 2: 0.3048, 4: 1e-3, 5: 1e-2, 6: 1.0, 8: 2.54e-8, 9: 2.54e-5, 13: 1e-6}


def time_drawing(
    path: Path, machine: Figures, sheet: tuple[str | None, float | None]
) -> ProgramTime:
    """The time of a drawing on a cutter, of a sheet of a material and a thickness [m]. Raises
    ProgramError for a file that is no drawing, nothing to cut, or an unknown material."""
    speed, pierce = cut_of(machine, *sheet)
    found = ProgramTime()
    cuts = joined(list(_curves(path, found)))
    if not cuts:
        raise unreadable(path, f"nothing in it can be cut ({', '.join(sorted(CUT_KINDS))})")
    cuts = in_order(cuts)
    acceleration, corner = machine["acceleration"], machine["corner"]
    for points in cuts:
        found.parts["cutting"] += _along(points, min(speed, machine["feed"]), acceleration, corner)
    found.parts["pierces"] = len(cuts) * pierce
    found.counts["pierces"] = len(cuts)
    at = np.zeros(2)
    rapid = machine["rapid"] * machine["override"]
    for points in cuts:
        found.parts["rapids"] += _along(np.array([at, points[0]]), rapid, acceleration, corner)
        at = points[-1]
    length = sum(float(np.hypot(*np.diff(points, axis=0).T).sum()) for points in cuts)
    found.counts["mm cut"] = round(length * 1e3)
    return found


def cut_of(machine: Figures, material: str | None, thickness: float | None) -> tuple[float, float]:
    """How fast [m/s] a sheet is cut, and how long [s] a pierce takes: between two thicknesses that
    are known, in proportion; beyond them, never. Without a material, the machine's `cut` and
    `pierce`."""
    if material is None:
        return machine["cut"], machine["pierce"]
    if material not in machine.sheets:
        known = nearest(material, machine.sheets)
        raise ProgramError(f"the machine's capability has no material {material!r}; {known}")
    cuts: list[Cut] = sorted(machine.sheets[material])
    if thickness is None:
        if len(cuts) > 1:
            raise ProgramError(
                f"{material} is known in {len(cuts)} thicknesses; say the 'thickness'"
            )
        thickness = cuts[0][0]
    heights = [cut[0] for cut in cuts]
    if not cuts or not heights[0] - 1e-9 <= thickness <= heights[-1] + 1e-9:
        between = f"{1e3 * heights[0]:g} to {1e3 * heights[-1]:g} mm" if cuts else "no thickness"
        raise ProgramError(f"{material} is known from {between}, not of {1e3 * thickness:g} mm")
    pierces = [machine["pierce"] if cut[2] is None else cut[2] for cut in cuts]
    speed = np.interp(thickness, heights, [cut[1] for cut in cuts])
    return float(speed), float(np.interp(thickness, heights, pierces))


def _along(points: Points, speed: float, acceleration: float, corner: float) -> float:
    """From rest to rest along a line of points (n, 2) [m]."""
    steps = np.diff(points, axis=0)
    length = np.hypot(*steps.T)
    steps, length = steps[length > 1e-12], length[length > 1e-12]
    if not len(length):
        return 0.0
    direction = np.column_stack([steps / length[:, None], np.zeros(len(length))])
    same = np.full(len(length), 1.0)
    path = motion.Path(
        length, same * speed, same * acceleration, direction, direction, np.zeros(len(length), bool)
    )
    return float(motion.times(path, corner).sum())


def _curves(path: Path, found: ProgramTime) -> Iterator[Points]:
    """Each curve of a drawing as points (n, 2) [m]; what is not cut is counted."""
    try:
        if path.stat().st_size > LARGEST:
            raise unreadable(path, f"is larger than {LARGEST >> 20} MB")
        drawing = readfile(path)
    except (OSError, UnicodeError) as error:
        raise unreadable(path, f"is no drawing in DXF: {error}") from error
    except DXFError as error:
        raise unreadable(path, f"is no drawing in DXF that can be read: {error}") from error
    scale = METRES.get(int(drawing.header.get("$INSUNITS", 0)), 1e-3)
    hidden = {layer.dxf.name for layer in drawing.layers if layer.is_off() or layer.is_frozen()}
    for number, entity in enumerate(_entities(drawing.modelspace(), NESTED)):
        if number >= MOST_CURVES:
            raise unreadable(path, f"has more than {MOST_CURVES:,} lines and curves; cut it up")
        kind = entity.dxftype()
        if entity.dxf.layer in hidden:
            found.counts["hidden, not cut"] += 1
        elif kind not in CUT_KINDS:
            found.unknown[kind] += 1
        else:
            curve = drawn.make_path(entity)
            reach = max((max(abs(p.x), abs(p.y)) for p in curve.control_vertices()), default=0.0)
            if not np.isfinite(reach):
                found.unknown[kind] += 1
                continue
            chords = curve.flattening(max(SAG / scale, FINE * reach))
            points = np.array([(p.x, p.y) for p in chords]) * scale
            if len(points) > 1:
                yield points


def _entities(layout: Any, depth: int) -> Iterator[Any]:
    """What is drawn, blocks taken apart."""
    for entity in layout:
        if entity.dxftype() == "INSERT" and depth:
            yield from _entities(entity.virtual_entities(), depth - 1)
        else:
            yield entity


def joined(curves: list[Points]) -> list[Points]:
    """Curves whose ends meet, each two of them, as one; where more than two meet, any two."""
    open_ones = [c for c in curves if np.hypot(*(c[0] - c[-1])) > TOUCH]
    cuts = [c for c in curves if np.hypot(*(c[0] - c[-1])) <= TOUCH]
    if not open_ones:
        return cuts
    ends = np.array([end for c in open_ones for end in (c[0], c[-1])])
    partner = np.full(len(ends), -1)
    for a, b in sorted(KDTree(ends).query_pairs(TOUCH)):
        if partner[a] < 0 and partner[b] < 0 and a // 2 != b // 2:
            partner[a], partner[b] = b, a
    used = np.zeros(len(open_ones), dtype=bool)
    # A chain begins at an end that meets nothing; what is left then are rings.
    starts = [end for end in range(len(ends)) if partner[end] < 0] + list(range(len(ends)))
    for start in starts:
        if used[start // 2]:
            continue
        chain, end = [], start
        while end >= 0 and not used[end // 2]:
            used[end // 2] = True
            curve = open_ones[end // 2]
            chain.append(curve if end % 2 == 0 else curve[::-1])
            end = partner[end ^ 1]
        cuts.append(np.concatenate(chain))
    return cuts


def in_order(cuts: list[Points]) -> list[Points]:
    """The cuts, from the origin on always the one that begins or ends nearest; an open one is cut
    from that end."""
    ends = np.array([end for cut in cuts for end in (cut[0], cut[-1])])
    left = np.ones(len(ends), dtype=bool)
    at, found = np.zeros(2), []
    for _ in cuts:
        away = np.where(left, np.hypot(*(ends - at).T), np.inf)
        end = int(np.argmin(away))
        left[[end, end ^ 1]] = False
        cut = cuts[end // 2] if end % 2 == 0 else cuts[end // 2][::-1]
        found.append(cut)
        at = cut[-1]
    return found
