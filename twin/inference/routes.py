"""What parts went through -> routes: steps in order, and where a part may go instead.

The most usual way of a product's parts is its backbone. A part follows it if it goes on to the next
step each time, or back to an earlier one (rework), and ends behind the last one, or is scrapped.
What does not follow may have its own usual way: a variant. If variants with a share of USUAL and
more leave out more than LEFT_OUT of the parts, there is no usual way, and all steps stand in the
order in which parts mostly come to them, each with the chances of what comes next. Parts that are
not finished have such chances, too. A step that parts mostly come back to is as many steps.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np

Way = tuple[int, ...]
Turn = tuple[int, int]  # a label, and how often the part has come back to it
OUT, SCRAP, GOING = -1, -2, -3
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


def find_routes(ways: list[tuple[Way, bool]], unfinished: list[Way]) -> Routes:
    """The routes of one product's parts: what each went through, and whether it was scrapped; and
    how far those came that are not finished."""
    variants, rare = _variants(Counter(ways))
    if rare <= LEFT_OUT * len(ways):
        return Routes(tuple(variants), rare)
    ends = [(way, SCRAP if failed else OUT) for way, failed in ways]
    route, seldom = _by_chance(Counter([*ends, *((way, GOING) for way in unfinished)]))
    if not _sound(route.moves, len(route.steps)):  # unfinished parts may go round for ever
        route, seldom = _by_chance(Counter(ends))
    return Routes((route,), 0, seldom)


def visits_per_part(route: Route) -> float:
    """How many steps a part takes on average that goes as the moves of a route say."""
    many = len(route.steps)
    chance = np.zeros((many + 1, many))  # the beginning stands last
    for (here, there), count in route.moves.items():
        if there >= 0:
            chance[here, there] += count
    leaving = np.zeros(many + 1)
    for (here, _), count in route.moves.items():
        leaving[here] += count
    for here in np.flatnonzero(leaving == 0):
        if here + 1 < many:  # what says nothing leads on to the next
            chance[here, here + 1] = leaving[here] = 1
    chance /= np.maximum(leaving, 1)[:, None]
    # Visits v = first + v P, for chances P from step to step.
    return float(np.linalg.solve(np.eye(many) - chance[:many].T, chance[many]).sum())


def _sound(moves: dict[tuple[int, int], int], steps: int) -> bool:
    """Whether parts come to every step, and from every step to an end."""
    onwards: dict[int, set[int]] = defaultdict(set)
    for here, there in moves:
        onwards[here].add(there)
    for here in range(steps):  # what says nothing leads on to the next
        if not onwards[here]:
            onwards[here].add(here + 1 if here + 1 < steps else OUT)
    backwards: dict[int, set[int]] = defaultdict(set)
    for here, theres in onwards.items():
        for there in theres:
            # OUT is written as the beginning is: -1; here they are two.
            backwards[there if there >= 0 else GOING].add(here)
    every = set(range(steps))
    return every <= _reached(onwards, -1) and every <= _reached(backwards, GOING)


def _reached(ways: dict[int, set[int]], start: int) -> set[int]:
    """What can be reached from a place, itself left out unless one comes back."""
    found: set[int] = set()
    ahead = [start]
    while ahead:
        for there in ways.get(ahead.pop(), set()):
            if there >= 0 and there not in found:
                found.add(there)
                ahead.append(there)
    return found


def _variants(counted: Counter[tuple[Way, bool]]) -> tuple[list[Route], int]:
    total = sum(counted.values())
    left = dict(sorted(counted.items(), key=lambda item: (-item[1], len(item[0][0]), item[0])))
    found: list[Route] = []
    while left:
        head = next((way for (way, failed) in left if not failed), None)
        if head is None:
            break
        walked = {(way, failed): follow(head, way, failed) for way, failed in left}
        followed = {key: steps for key, steps in walked.items() if steps is not None}
        parts = sum(left[key] for key in followed)
        if parts < max(FEWEST, USUAL * total) or left[head, False] < min(FEWEST, parts):
            break  # what comes behind it is rarer still
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
    """The moves but the rare ones, and how many those are; all of them where some step hangs on a
    rare one. What leads on along the backbone or out is never rare."""
    leaving: Counter[int] = Counter()
    for (here, _), count in moves.items():
        leaving[here] += count
    every = dict(sorted(moves.items()))
    kept = {
        (here, there): count
        for (here, there), count in every.items()
        if count >= RARE * leaving[here] or there == here + 1 or there == OUT
    }
    if not _sound(kept, steps):
        return every, 0
    return kept, sum(moves.values()) - sum(kept.values())


def _by_chance(counted: Counter[tuple[Way, int]]) -> tuple[Route, tuple[int, ...]]:
    """One route through all steps that are not seldom, each with its chances."""
    total = sum(counted.values())
    having: Counter[int] = Counter()
    finished: set[int] = set()  # what no finished part had may lead nowhere
    for (way, end), count in counted.items():
        finished |= set(way) if end != GOING else set()
        for label in set(way):
            having[label] += count
    kept = {x for x in finished if having[x] >= max(FEWEST, SELDOM * total)} or finished
    returns = _returns(counted, kept)
    places: dict[Turn, list[float]] = defaultdict(lambda: [0.0, 0.0])
    numbered: list[tuple[list[Turn], int, int]] = []
    for (way, end), count in counted.items():
        turns = _turns([label for label in way if label in kept], returns)
        if turns:
            numbered.append((turns, end, count))
        for index, turn in enumerate(turns):
            places[turn][0] += count * index / max(len(turns) - 1, 1)
            places[turn][1] += count
    order = sorted(places, key=lambda turn: (places[turn][0] / places[turn][1], turn))
    index_of = {turn: k for k, turn in enumerate(order)}
    moves: Counter[tuple[int, int]] = Counter()
    parts = 0
    for turns, end, count in numbered:
        steps = [index_of[turn] for turn in turns]
        parts += count
        for here, there in zip([-1, *steps], [*steps, end], strict=True):
            moves[here, there] += 0 if there == GOING else count
    route, dropped = _without_rare(+moves, len(order))
    steps = tuple(label for label, _ in order)
    return Route(steps, route, parts, True, dropped), tuple(sorted(set(having) - kept))


def _turns(way: list[int], returns: dict[int, int]) -> list[Turn]:
    """Each step of a way with how often the part has come back to it, up to what is usual."""
    begun: Counter[int] = Counter()
    turns: list[Turn] = []
    for index, label in enumerate(way):
        if index == 0 or way[index - 1] != label:
            begun[label] += 1
        turns.append((label, min(begun[label] - 1, returns[label])))
    return turns


def _returns(counted: Counter[tuple[Way, int]], kept: set[int]) -> dict[int, int]:
    """How often a part usually comes back to each step that it has left: the lower median of the
    finished parts that have the step."""
    times: dict[int, list[int]] = defaultdict(list)
    for (way, end), count in counted.items():
        if end != OUT:
            continue
        shown = [label for label in way if label in kept]
        begun = [x for k, x in enumerate(shown) if k == 0 or shown[k - 1] != x]
        for label, often in Counter(begun).items():
            times[label] += [often - 1] * count
    return {
        label: sorted(times[label])[(len(times[label]) - 1) // 2] if times[label] else 0
        for label in kept
    }


def shares(counts: list[int]) -> list[int]:
    """Counts as whole hundredths of a per cent that add up to 10,000, the largest rests first."""
    total = sum(counts)
    exact = [10_000 * count / total for count in counts]
    whole = [int(value) for value in exact]
    by_rest = sorted(range(len(counts)), key=lambda k: (whole[k] - exact[k], k))
    for k in by_rest[: 10_000 - sum(whole)]:
        whole[k] += 1
    return whole
