"""The transfers of one arm, one after the other, as a timeline that the viewer plays."""

from __future__ import annotations

from collections.abc import Sequence

from twin.cells.factory import Factory
from twin.cells.transfer import Transfer
from twin.timeline import State, Timeline, table
from twin.view import codec

IDLE = 10.0  # s of a clock on which an arm has nothing to do


def transfers_of(factory: Factory, arm: str) -> tuple[Transfer, ...]:
    """The transfers of an arm in the order in which they are shown."""
    mine = [one for one in factory.motions.values() if one.arm == arm]
    return tuple(sorted(mine, key=lambda one: (one.exchange, one.visits)))


def film(factory: Factory, arm: str) -> Timeline:
    """The transfers of an arm, each with a part of its own, from 0 [s] on. Its origin is
    "validated", "unknown" where there are none."""
    shown = transfers_of(factory, arm)
    names: list[str] = [arm]

    def code(name: str) -> int:
        if name not in names:
            names.append(name)
        return names.index(name)

    intervals, moves, start = [], [], 0.0
    for k, one in enumerate(shown, 1):
        end = start + one.duration
        part = code(f"part-{k}")
        intervals.append((0, State.PROCESSING, part, start, end, 0, -1))
        if one.exchange:
            for carry in one.carries:
                held = code(f"part-{k}{'b' if carry.tip else ''}")
                ends = code(carry.origin), code(carry.target)
                moves.append((held, 0, *ends, start, end, 0, code(codec.WHOLE)))
        else:
            moves.append((part, 0, code(one.origin), code(one.target), start, end, 0, -1))
        start = end
    return Timeline(
        names=tuple(names),
        resources=(0,),
        start=0.0,
        end=start or IDLE,
        intervals=table("intervals", intervals),
        moves=table("moves", moves),
        orders=table("orders"),
        points=table("points"),
        layout=factory.layout.name,
        origin="validated" if shown else "unknown",
    )


def starts(shown: Sequence[Transfer]) -> list[float]:
    """When each begins on the film's clock [s]."""
    begun, start = [], 0.0
    for one in shown:
        begun.append(start)
        start += one.duration
    return begun
