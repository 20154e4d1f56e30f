"""What may be laid over a cell where somebody asks for it, each worked out by a process of its own:
what an arm sweeps, and where it reaches in the room around it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from itertools import groupby

from twin.cells import process
from twin.cells.factory import TIMEOUT, Factory
from twin.cells.report import judged_cell, robot_of
from twin.cells.swept import Surface, read_surface
from twin.cells.transfer import Transfer
from twin.errors import LayoutError


def swept_by(
    factory: Factory,
    name: str,
    transfers: Sequence[Transfer],
    *,
    cancelled: threading.Event | None = None,
) -> Surface:
    """The closed surface around what arm `name` sweeps on its transfers: its moving bodies as
    physics has them, its tool, and what it holds.

    Raises LayoutError where the arm's files cannot be used, RunError where the work fails,
    Cancelled once `cancelled` is set.
    """
    cell = judged_cell(factory.layout, name, robot_of(factory.layout, name))
    ways = [way for transfer in transfers for way in _ways(transfer)]
    text = json.dumps({"cell": cell.text(), "ways": ways})
    what = f"the swept volume of {name}"
    return read_surface(process.ask("sweep", text, what, cancelled, TIMEOUT))


def reached_by(
    factory: Factory,
    name: str,
    *,
    direction: tuple[float, float, float] = (0.0, 0.0, -1.0),
    cancelled: threading.Event | None = None,
) -> Surface:
    """The closed surface around where arm `name` can hold its empty tool along `direction`.
    What stands around it is in its way, parts are not.

    Raises as swept_by does, and LayoutError where nothing is reached.
    """
    cell = judged_cell(factory.layout, name, robot_of(factory.layout, name))
    text = json.dumps({"cell": cell.text(), "direction": direction})
    found = read_surface(process.ask("volume", text, f"the reach of {name}", cancelled, TIMEOUT))
    if not len(found.triangles):
        along = ", ".join(f"{part:g}" for part in direction)
        raise LayoutError(f"{name} reaches nothing with its tool along ({along})")
    return found


def _ways(transfer: Transfer) -> Iterator[dict[str, object]]:
    """A transfer's configurations, parted where it grips and lets go."""
    held = [transfer.held(time) for time in transfer.times.tolist()]
    begin = 0
    for piece, those in groupby(held):
        end = begin + sum(1 for _ in those)
        yield {"path": transfer.path[begin : end + 1].tolist(), "held": piece}
        begin = end
