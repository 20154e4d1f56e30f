"""Parts that lie at the ports of a cell, in the way of its arm.

Any part that the arm's routes take from a port or put there may lie there whenever the arm passes:
trays are filled and fixtures are loaded while it is elsewhere. Only of the ports that it comes from
or goes to it is known what lies there: what it is about to fetch, what it has put down, or nothing.
A port that it `serves` is taken for another place of the same tray where it lies level with one of
the routes' on the same machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from twin.cells.cell import Cell, Place
from twin.cells.held import Held
from twin.cells.scene import Obstacle, placed_box
from twin.cells.tour import tours
from twin.cells.transfer import Event
from twin.pose import Pose, multiply, pose, upright

LEVEL = 1e-3  # m, and as a part of 1: so far apart are places of one tray at most, along their way


@dataclass(frozen=True)
class Lying:
    """What may lie at the ports of a cell: obstacles, and the name of each by its port
    ("machine.port") and its piece's name."""

    obstacles: tuple[Obstacle, ...]
    names: dict[str, dict[str, str]]

    def absent(self, events: Sequence[Event], done: int, at_port: bool = False) -> list[str]:
        """The names of what does not lie in the way after so many of a transfer's `done` events, on
        the way to the next one, or, `at_port`, straight before its port and there.

        That is told of the machines that it comes from or goes to, whatever it did elsewhere; at a
        port the part itself is not a thing that lies in the way.
        """
        near = events[done : done + 1] if at_port else events[max(done - 1, 0) : done + 1]
        machines = {_machine(event.port) for event in near}
        found: list[str] = []
        for port in dict.fromkeys(event.port for event in events):
            if _machine(port) in machines and port in self.names:
                here = at_port and port == events[done].port
                lies = "" if here else _lies(port, events, done)
                mine = self.names[port].get(lies)
                found += [name for name in self.names[port].values() if name != mine]
        return sorted(set(found))

    def at(self, port: str) -> list[str]:
        """The names of all that may lie at a port."""
        return sorted(set(self.names.get(port, {}).values()))


def parts_of(cell: Cell) -> Lying:
    """What may lie at the ports of a cell."""
    obstacles: list[Obstacle] = []
    names: dict[str, dict[str, str]] = {}
    for port, pieces in _pieces(cell).items():
        place, own = cell.ports[port], {}
        by_size: dict[tuple[float, float, float], str] = {}
        for piece in pieces:
            if piece.size not in by_size:
                by_size[piece.size] = f"{piece.name} at {port}"
                box = placed_box(_middle(cell, place, piece), (0, 0, 0), np.array(piece.size) / 2)
                obstacles.append(Obstacle(by_size[piece.size], (box,), place.machine))
            own[piece.name] = own[piece.second.name] = by_size[piece.size]
        names[port] = own
    return Lying(tuple(obstacles), names)


def _pieces(cell: Cell) -> dict[str, list[Held]]:
    """The pieces that may lie at each port."""
    known = {}
    for piece in cell.pieces:
        for one in (piece, piece.again):
            if one is not None:
                known |= {one.name: one, one.second.name: one}
    found: dict[str, dict[str, Held]] = {}
    for tour in tours(cell):
        for visit in tour:
            piece = known[visit.piece]
            found.setdefault(visit.port, {})[piece.name] = piece
    for port, place in cell.ports.items():
        if port not in found:
            level = [pieces for other, pieces in found.items() if _level(place, cell.ports[other])]
            if level:
                found[port] = {name: piece for pieces in level for name, piece in pieces.items()}
    return {port: list(pieces.values()) for port, pieces in found.items()}


def _level(one: Place, other: Place) -> bool:
    """Whether two ports are places of one tray: of one machine, approached alike, side by side."""
    along = np.array(other.direction)
    apart = np.array(one.position) - np.array(other.position)
    return (
        one.machine == other.machine
        and float(np.array(one.direction) @ along) > 1.0 - LEVEL
        and abs(float(apart @ along)) < LEVEL
    )


def _middle(cell: Cell, place: Place, piece: Held) -> Pose:
    """The frame in the middle of a part that lies at a port: as square with its machine as the way
    allows that the tool comes, which turns a machine's own down into that."""
    machine = cell.machines.get(place.machine)
    square = upright(0.0, 0.0, 0.0, machine.heading if machine else 0.0).quaternion
    along, down = np.array(place.direction), np.array([0.0, 0.0, -1.0])
    share = float(down @ along)
    if share > LEVEL - 1.0:  # the shortest turn; one that is approached from below lies as it is
        square = multiply(pose(down, (1.0 + share, *np.cross(down, along))).quaternion, square)
    return pose(np.array(place.position) - along * piece.size[2] / 2, square)


def _lies(port: str, events: Sequence[Event], done: int) -> str:
    """The piece that lies at a port after so many events, "" for none: what was last put there, or
    is to be fetched next."""
    before = [event for event in events[:done] if event.port == port]
    if before:
        return before[-1].piece if before[-1].kind == "release" else ""
    after = next(event for event in events[done:] if event.port == port)
    return after.piece if after.kind == "grip" else ""


def _machine(port: str) -> str:
    return port.rpartition(".")[0]
