"""What an arm does at which ports, in turn: one visit after the other makes a transfer.

Most transfers grip a piece and let go of it; some put it down on their way and grip it anew; an
exchange brings one piece and fetches another, each in a gripper of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from twin.cells.cell import Cell, hands
from twin.cells.held import Held
from twin.cells.robot import Array
from twin.cells.scene import EMPTY
from twin.cells.transfer import Carry, Event


@dataclass(frozen=True)
class Visit:
    """What a transfer does at a port: "grip" or "release" a piece with a gripper; what is in its
    hands before and after it, by the scene's number; the straight lines to choose from."""

    port: str
    kind: str
    piece: str
    tip: int
    before: int
    after: int
    lines: tuple[Array, ...] = ()

    @property
    def during(self) -> int:
        """What counts as held while the gripper closes or opens: the more of the two, which has
        the higher number."""
        return max(self.before, self.after)

    @property
    def event(self) -> Event:
        """The same as a transfer tells it."""
        return Event(self.port, self.kind, self.piece)


def number_of(cell: Cell, *hand: Held) -> int:
    """What is in the hands of a cell's arm, by the scene's number."""
    return hands(cell).index(hand) + 1


def tours(cell: Cell) -> Iterator[list[Visit]]:
    """What each transfer of a cell, and each exchange, does at which ports."""
    for (origin, target), loads in zip(cell.pairs, cell.loads, strict=True):
        for load in loads:
            yield _carrying(cell, origin, target, cell.pieces[load])
    for bring, fetch in cell.exchanges:
        for a, b in product(cell.loads[bring], cell.loads[fetch]):
            brought, fetched = cell.pieces[a], cell.pieces[b]
            if brought.again is None and fetched.again is None:  # else it is gripped on its way
                yield _exchanging(cell, bring, fetch, brought, fetched.second)


def _carrying(cell: Cell, origin: str, target: str, piece: Held) -> list[Visit]:
    ways = [(piece, origin, target)]
    if piece.again is not None:
        ways = [(piece, origin, piece.via), (piece.again, piece.via, target)]
    found = []
    for one, a, b in ways:
        number = number_of(cell, one)
        found.append(Visit(a, "grip", one.name, 0, EMPTY, number))
        found.append(Visit(b, "release", one.name, 0, number, EMPTY))
    return found


def _exchanging(cell: Cell, bring: int, fetch: int, piece: Held, other: Held) -> list[Visit]:
    """It brings a piece, takes another one out of the machine with its second gripper, puts the
    first one in, and brings the other one away."""
    (origin, into), (out, target) = cell.pairs[bring], cell.pairs[fetch]
    one, two = number_of(cell, piece), number_of(cell, other)
    both = number_of(cell, piece, other)
    return [
        Visit(origin, "grip", piece.name, 0, EMPTY, one),
        Visit(out, "grip", other.name, 1, one, both),
        Visit(into, "release", piece.name, 0, both, two),
        Visit(target, "release", other.name, 1, two, EMPTY),
    ]


def ways(
    home: Array, visits: Sequence[Visit], lines: Sequence[Array]
) -> list[tuple[Array, Array, int]]:
    """From where (dof,) to where the arm travels between straight lines (n, dof), one to each port,
    and what it holds then, by the scene's number."""
    points = [home, *(line[0] for line in lines), home]
    return [(a, b, held) for (a, b), held in zip(pairwise(points), between(visits), strict=True)]


def between(visits: Sequence[Visit]) -> list[int]:
    """What is held on the way to the first port, from each to the next, and home."""
    return [visits[0].before, *(visit.after for visit in visits)]


def carries(visits: Sequence[Visit], served: Sequence[float]) -> tuple[Carry, ...]:
    """The ways of the parts, each from where it is gripped to where the same gripper lets go;
    `served` is when each visit is done [s]."""
    found = []
    for k, visit in enumerate(visits):
        if visit.kind == "grip":
            end = next(n for n in range(k + 1, len(visits)) if visits[n].tip == visit.tip)
            times = served[k], served[end]
            found.append(Carry(visit.piece, visit.port, visits[end].port, *times, visit.tip))
    return tuple(found)


def held_at(time: float, visits: Sequence[Visit], served: Sequence[float]) -> int:
    """What is in its hands at a time [s], by the scene's number: from the end of closing to the
    end of opening. `served` is when each visit is done [s]."""
    held = visits[0].before
    for visit, end in zip(visits, served, strict=True):
        if time > end or (time == end and visit.kind == "grip"):
            held = visit.after
    return held
