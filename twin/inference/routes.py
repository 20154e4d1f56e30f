"""What parts went through -> routes: steps in order, and where a part may go instead.

The most usual way of a product's parts is its backbone. A part follows it if it goes on to the next
step each time, or back to an earlier one (rework), and ends behind the last one, or is scrapped.
What does not follow may have its own usual way: a variant. If variants with a share of USUAL and
more leave out more than LEFT_OUT of the parts, there is no usual way, and all steps stand in the
order in which parts mostly come to them, each with the chances of what comes next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

Way = tuple[int, ...]
OUT, SCRAP = -1, -2
USUAL = 0.05  # of a product's parts: a way that is rarer is no variant
FEWEST = 3  # parts
LEFT_OUT = 0.2
RARE = 0.01  # of the parts that leave a step: where fewer go is left out
SELDOM = 0.02  # of a product's parts: a step that fewer have is left out


@dataclass(frozen=True)
class Route:
    """The steps of a backbone (labels), and from where to where parts went: (i, j) -> count, with
    OUT and SCRAP for j and -1 for the beginning as i. `parts` went that way; `dropped` is how many
    goings-on were left out as rare."""

    steps: Way
    moves: dict[tuple[int, int], int]
    parts: int
    by_chance: bool
    dropped: int = 0


@dataclass(frozen=True)
class Routes:
    """All routes of one product, the most usual first; `rare` parts follow none of them, and
    `seldom` are the steps (labels) that were left out."""

    routes: tuple[Route, ...]
    rare: int
    seldom: tuple[int, ...] = ()


def find_routes(ways: list[tuple[Way, bool]]) -> Routes:
    """The routes of one product's parts: what each went through, and whether it was scrapped."""
    counted = Counter(ways)
    variants, rare = _variants(counted)
    if rare <= LEFT_OUT * len(ways):
        return Routes(tuple(variants), rare)
    route, seldom = _by_chance(counted)
    return Routes((route,), 0, seldom)


def _variants(counted: Counter[tuple[Way, bool]]) -> tuple[list[Route], int]:
    total = sum(counted.values())
    left = dict(sorted(counted.items(), key=lambda item: (-item[1], len(item[0][0]), item[0])))
    found: list[Route] = []
    while left:
        head = next((way for (way, failed) in left if not failed), None)
        if head is None:
            break
        followed = {key: steps for key in left if (steps := follow(head, *key)) is not None}
        parts = sum(left[key] for key in followed)
        if parts < max(FEWEST, USUAL * total) or left[head, False] < min(FEWEST, parts):
            # What is left may still hold a usual way behind this rare one only if it is as rare.
            break
        moves: Counter[tuple[int, int]] = Counter()
        for key, steps in followed.items():
            for step in steps:
                moves[step] += left[key]
        route, dropped = _without_rare(moves, len(head))
        found.append(Route(head, route, parts, False, dropped))
        left = {key: count for key, count in left.items() if key not in followed}
    return found, sum(left.values())


def follow(backbone: Way, way: Way, failed: bool) -> list[tuple[int, int]] | None:
    """The moves along a backbone that a part made, or None if it did not follow it."""
    here, moves = -1, []
    for label in way:
        if here + 1 < len(backbone) and backbone[here + 1] == label:
            there = here + 1
        else:
            back = [k for k in range(here, -1, -1) if backbone[k] == label]
            if not back:
                return None
            there = back[0]
        moves.append((here, there))
        here = there
    if failed:
        return [*moves, (here, SCRAP)] if here >= 0 else None
    return [*moves, (here, OUT)] if here == len(backbone) - 1 else None


def _without_rare(
    moves: Counter[tuple[int, int]], steps: int
) -> tuple[dict[tuple[int, int], int], int]:
    """The moves but the rare ones; what leads on along the backbone or out is never rare."""
    leaving: Counter[int] = Counter()
    for (here, _), count in moves.items():
        leaving[here] += count
    kept = {
        (here, there): count
        for (here, there), count in sorted(moves.items())
        if count >= RARE * leaving[here] or there == here + 1 or there == OUT
    }
    return kept, sum(moves.values()) - sum(kept.values())


def _by_chance(counted: Counter[tuple[Way, bool]]) -> tuple[Route, tuple[int, ...]]:
    """One route through all steps that are not seldom, each with its chances."""
    total = sum(counted.values())
    having: Counter[int] = Counter()
    places: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for (way, _), count in counted.items():
        for label in set(way):
            having[label] += count
        for index, label in enumerate(way):
            places[label][0] += count * index / max(len(way) - 1, 1)
            places[label][1] += count
    kept = [x for x in having if having[x] >= max(FEWEST, SELDOM * total)]
    kept = kept or list(having)
    kept.sort(key=lambda label: (places[label][0] / places[label][1], label))
    index_of = {label: k for k, label in enumerate(kept)}
    moves: Counter[tuple[int, int]] = Counter()
    parts = 0
    for (way, failed), count in counted.items():
        steps = [index_of[label] for label in way if label in index_of]
        if not steps:
            continue
        parts += count
        for here, there in zip([-1, *steps], [*steps, SCRAP if failed else OUT], strict=True):
            moves[here, there] += count
    route, dropped = _without_rare(moves, len(kept))
    seldom = tuple(sorted(set(having) - set(kept)))
    return Route(tuple(kept), route, parts, True, dropped), seldom


def shares(counts: list[int]) -> list[int]:
    """Counts as whole hundredths of a per cent that add up to 10,000, the largest rests first."""
    total = sum(counts)
    exact = [10_000 * count / total for count in counts]
    whole = [int(value) for value in exact]
    by_rest = sorted(range(len(counts)), key=lambda k: (whole[k] - exact[k], k))
    for k in by_rest[: 10_000 - sum(whole)]:
        whole[k] += 1
    return whole
