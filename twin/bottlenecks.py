"""The proof of what holds the output back: paired runs for every machine group, crew and arm.

"10 % less time" scales what a resource itself does: a station's runs (set-up apart), a crew's
attended times, an arm's transfers. "One more" adds a machine, a person, an arm or a waiting
place. Both members of a pair share every draw of chance, so small gains show.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from twin.cells.factory import Factory
from twin.experiments import (
    Estimate,
    Horizon,
    Progress,
    estimate,
    gain,
    horizon_of,
    output,
    piles_up,
    replicate,
)
from twin.layout.conveyors import entrance
from twin.layout.schema import Layout
from twin.production.plan import Variant, flow
from twin.production.run import Tally

LESS_TIME = "10 % less time"
ONE_MORE = "one more"
CHANGES = (LESS_TIME, ONE_MORE)


@dataclass(frozen=True)
class Gain:
    """What a change of one resource brings: relative change of output, with its interval, such that
    all intervals of one list hold together with 95 % (Bonferroni).

    kind: station, crew, arm or buffer. price [EUR] of one more, where the layout has one; a person
    costs `wage` [EUR/s] instead. rival: cannot be told apart from the best of its list.
    """

    name: str
    kind: str
    change: str
    gain: float
    low: float
    high: float
    label: str
    price: float = 0.0
    wage: float = 0.0
    rival: bool = False

    @property
    def is_measurable(self) -> bool:
        """Whether the interval lies above zero."""
        return self.low > 0

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True)
class Proof:
    """Gains, "10 % less time" first, sorted by gain within each change; and the replications of
    the layout as it is, which they are measured against. `untried` changes are still to come."""

    gains: tuple[Gain, ...]
    horizon: Horizon
    base: tuple[Tally, ...]
    untried: int = 0

    def of(self, change: str) -> list[Gain]:
        """The gains of one change, best first."""
        return [g for g in self.gains if g.change == change]

    def verdict(self) -> str:
        """One sentence: what holds the output back, and its rivals."""
        parts = []
        for change in CHANGES:
            best = self.of(change)[:1]
            if not best or not best[0].is_measurable:
                continue
            rivals = [g for g in self.of(change)[1:] if g.rival and g.is_measurable]
            named = " and ".join(_said(g) for g in (*best, *rivals))
            parts.append(f"{change}: {named}{' (rivals)' if rivals else ''}")
        if not parts:
            if piles_up(self.base):
                return "No single machine or person holds the output back measurably."
            return "Orders are met: nothing holds the output back."
        return "; ".join(parts)


def _said(g: Gain) -> str:
    return f"{g.label} {100 * g.gain:+.1f} % (±{50 * (g.high - g.low):.1f})"


def resources(layout: Layout) -> list[tuple[str, str]]:
    """(name, kind) of all that can be changed, in the order of the flow."""
    stations = flow(layout)
    bounded = [s for s in stations if entrance(layout, s).capacity is not None]
    return [
        *((name, "station") for name in stations),
        *((name, "crew") for name in layout.crews),
        *((name, "arm") for name in layout.arms),
        *((name, "buffer") for name in bounded),
    ]


def _variants(layout: Layout) -> list[tuple[str, str, str, Variant]]:
    result = []
    for name, kind in resources(layout):
        if kind == "buffer":
            result.append((name, kind, ONE_MORE, Variant(room={name: 1})))
        else:
            result.append((name, kind, LESS_TIME, Variant(pace={name: 0.9})))
            result.append((name, kind, ONE_MORE, Variant(more={name: 1})))
    return result


def find_bottlenecks(
    factory: Factory,
    until: float | str | None = None,
    *,
    replications: int | None = None,
    progress: Progress | None = None,
    cancelled: threading.Event | None = None,
    found: Callable[[Proof], None] | None = None,
) -> Proof:
    """The paired proof over the layout's own study, or from an empty plant up to `until`.

    `found` hears of what is proven so far whenever a change has been tried: its gains and intervals
    are final, who is best and who is a rival is not. Raises FindingsError where the factory has an
    error finding, RunError where nothing is made or there are fewer than two replications.
    """
    horizon = horizon_of(factory, until, replications, cancelled=cancelled)
    return prove(factory, horizon, progress=progress, cancelled=cancelled, found=found)


def prove(
    factory: Factory,
    horizon: Horizon,
    *,
    base: Sequence[Tally] | None = None,
    progress: Progress | None = None,
    cancelled: threading.Event | None = None,
    found: Callable[[Proof], None] | None = None,
) -> Proof:
    """The paired proof over a horizon; calls and raises as `find_bottlenecks` does.

    base: the horizon's replications of the layout as it is, where a forecast has made them already.
    """
    rows = _variants(factory.layout)
    variants = [Variant(), *(variant for *_, variant in rows)]
    tried: dict[int, list[Tally]] = {} if base is None else {0: list(base)}
    known = len(tried)

    def proof() -> Proof:
        base = tried[0]
        gains = [
            gain
            for change in CHANGES
            for gain in _ranked(
                factory.layout,
                change,
                output(base),
                [(name, kind, output(tried[k])) for k, name, kind in of[change] if k in tried],
                1 - 0.05 / max(len(of[change]), 1),
            )
        ]
        return Proof(tuple(gains), horizon, tuple(base), len(variants) - len(tried))

    def finished(number: int, tallies: list[Tally]) -> None:
        tried[known + number] = tallies
        if found and 0 in tried and len(tried) < len(variants):
            found(proof())

    of = {
        change: [(k, name, kind) for k, (name, kind, c, _) in enumerate(rows, 1) if c == change]
        for change in CHANGES
    }
    replicate(
        factory,
        horizon,
        variants[known:],
        progress=progress,
        cancelled=cancelled,
        finished=finished,
    )
    return proof()


def _ranked(
    layout: Layout,
    change: str,
    base: np.ndarray,
    rows: Sequence[tuple[str, str, np.ndarray]],
    confidence: float,
) -> list[Gain]:
    """The gains of one change, best first; rivals by the paired interval of the difference.

    `confidence` is such that all intervals of the list hold together with 95 %: eleven of 95 % each
    would show something where nothing is, every second time.
    """
    mine = [(name, kind, new, gain(base, new, confidence)) for name, kind, new in rows]
    mine.sort(key=lambda row: (-row[3].mean, row[0]))
    result = []
    for name, kind, new, measured in mine:
        behind: Estimate = estimate(mine[0][2] - new, confidence)
        result.append(
            Gain(
                name=name,
                kind=kind,
                change=change,
                gain=measured.mean,
                low=measured.low,
                high=measured.high,
                label=_label(layout, name, kind),
                price=_price(layout, name, kind) if change == ONE_MORE else 0.0,
                wage=layout.crews[name].wage if kind == "crew" and change == ONE_MORE else 0.0,
                rival=behind.low <= 0.0,
            )
        )
    return result


def _label(layout: Layout, name: str, kind: str) -> str:
    table = {"crew": layout.crews, "arm": layout.arms}.get(kind, layout.stations)
    label = table[name].label or name
    return f"places before {label}" if kind == "buffer" else label


def _price(layout: Layout, name: str, kind: str) -> float:
    if kind == "station":
        return layout.stations[name].price
    return layout.arms[name].price if kind == "arm" else 0.0
