"""What a conveyor that is drawn means for the station it brings parts to: places and travel."""

from __future__ import annotations

from twin.layout import outlines
from twin.layout.schema import Constant, Conveyor, Input, Layout

ROUNDING = 1e-9  # of a place: 3.0 m hold ten parts at 0.3 m, whatever binary fractions make of it


def holds(conveyor: Conveyor) -> int:
    """How many parts have room on a conveyor."""
    return max(1, int(outlines.length(conveyor.points) / conveyor.spacing + ROUNDING))


def travel(conveyor: Conveyor) -> float:
    """How long [s] a part is on the way from its first corner to its last."""
    return outlines.length(conveyor.points) / conveyor.speed


def entrance(layout: Layout, station: str) -> Input:
    """A station's input with the places and the travel of its conveyor, if a known one feeds it."""
    door = layout.stations[station].input
    conveyor = layout.conveyors.get(door.conveyor or "")
    if conveyor is None:
        return door
    said = {"capacity": holds(conveyor), "travel": Constant(value=travel(conveyor))}
    return door.model_copy(update=said)


def fed(layout: Layout, conveyor: str) -> list[str]:
    """The stations that a conveyor brings parts to; a plant that can be run has one."""
    return [name for name, station in layout.stations.items() if station.input.conveyor == conveyor]
