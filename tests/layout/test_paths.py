"""Ways over the floor: against lengths worked out by hand, a grid, and the laws of a distance."""

from __future__ import annotations

import heapq
import math
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.layout.sketches import SMALL, drawn
from twin.errors import LayoutError
from twin.layout import paths
from twin.layout.files import parse
from twin.layout.paths import PERSON, Box, Ground, walk


def length(corners: np.ndarray) -> float:
    return float(np.linalg.norm(np.diff(corners, axis=0), axis=1).sum())


def test_around_one_machine_by_hand() -> None:
    """A 1 m cube in the way: two corners of the cube grown by half a person, (-0.7, 0.7) each."""
    ground = Ground((10, 8), (Box((5, 4), (0.5, 0.5), 0.0),), (("a", 2.0, 4.0), ("b", 8.0, 4.0)))
    ways = walk(ground)
    expected = 2 * math.hypot(2.3, 0.7) + 1.4
    assert ways.lengths[0, 1] == pytest.approx(expected, abs=1e-9)
    way = ways.way(0, 1)
    assert way[0].tolist() == [2, 4] and way[-1].tolist() == [8, 4]
    assert sorted(np.abs(way[1:-1] - (5, 4)).round(9).ravel().tolist()) == [0.7] * 4
    assert ways.way(1, 0).tolist() == way[::-1].tolist()


def test_a_free_way_is_straight() -> None:
    d = paths.distances(drawn())
    assert d.places == ("saw", "press", "shelf", "home:people", "door:gate")
    # Both stand in front (y = 2.5 - 0.5 - 0.35) of machines 4 m apart.
    assert d.between("saw", "press") == pytest.approx(4.0)
    assert d.path("saw", "press") == pytest.approx(np.array([(2, 1.65), (6, 1.65)]))
    assert d.between("saw", "saw") == 0.0
    assert d.between("saw.2", "press.nest") == d.between("saw", "press")


def test_who_has_no_operator_side_is_reached_from_the_first_free_one() -> None:
    layout = drawn(("at: [9, 7]", "at: [9, 0.5]"))  # its front is at the wall
    assert paths.distances(layout).path("home:people", "shelf")[-1].tolist() == [9.0, 1.35]


def test_a_closed_corner_cannot_be_reached() -> None:
    """A place walled in by machines with gaps narrower than a person."""
    wall = [Box((x, 3.0), (0.5, 0.5), 0.0) for x in (0.5, 1.8, 3.1)] + [
        Box((3.1, y), (0.5, 0.5), 0.0) for y in (0.5, 1.8)
    ]
    places = (("in", 1.0, 1.0), ("out", 6.0, 6.0), ("beside", 6.0, 2.0))
    ways = walk(Ground((10, 8), tuple(wall), places))
    assert math.isinf(ways.lengths[0, 1])
    assert ways.way(0, 1).shape == (0, 2)
    assert math.isfinite(ways.lengths[1, 2])
    opened = walk(Ground((10, 8), tuple(wall[:-1]), places))
    assert math.isfinite(opened.lengths[0, 1])


def test_a_gap_is_passed_if_a_person_fits() -> None:
    def across(gap: float) -> float:
        half = (4.0 - gap) / 2
        boxes = (Box((5, half / 2), (0.1, half / 2), 0), Box((5, 4 - half / 2), (0.1, half / 2), 0))
        places = (("a", 2.0, 2.0), ("b", 8.0, 2.0))
        return float(walk(Ground((10, 4), boxes, places)).lengths[0, 1])

    assert across(2 * PERSON + 0.001) == pytest.approx(6.0)
    assert math.isinf(across(2 * PERSON - 0.001))


def test_a_place_in_a_machine_or_off_the_floor_is_nowhere() -> None:
    boxes = (Box((5, 4), (0.5, 0.5), 0.0),)
    places = (("in", 5.0, 4.0), ("off", 11.0, 1.0), ("near", 5.0, 3.4), ("free", 1.0, 1.0))
    lengths = walk(Ground((10, 8), boxes, places)).lengths
    assert np.isinf(lengths[0]).all() and np.isinf(lengths[1]).all()
    # Nearer to a machine than half a person: first away from it, then on.
    assert lengths[2, 3] == pytest.approx(0.1 + math.hypot(4.0, 2.3))


def test_an_unknown_place_is_told_its_nearest() -> None:
    with pytest.raises(LayoutError, match="did you mean 'press'"):
        paths.distances(drawn()).between("saw", "pres")


# --- an independent oracle: Dijkstra on a fine grid ----------------------------------------------

# Steps in 32 directions: a way is at most 1.4 % longer than with all directions.
STEPS = [
    (dx, dy)
    for dx in range(-4, 5)
    for dy in range(-4, 5)
    if math.gcd(dx, dy) == 1 and max(abs(dx), abs(dy)) <= 4
]


def on_a_grid(ground: Ground, start: tuple[float, float], end: tuple[float, float]) -> float:
    """The shortest way over points 0.1 m apart, with steps clear of machines and walls."""
    pitch, size = 0.1, ground.size

    def free(x: float, y: float) -> bool:
        if not (PERSON - 1e-9 <= x <= size[0] - PERSON + 1e-9):
            return False
        if not (PERSON - 1e-9 <= y <= size[1] - PERSON + 1e-9):
            return False
        for box in ground.boxes:
            u, v = x - box.centre[0], y - box.centre[1]
            cos, sin = math.cos(box.heading), math.sin(box.heading)
            along, across = u * cos + v * sin, v * cos - u * sin
            inside = box.half[0] + PERSON - 1e-6, box.half[1] + PERSON - 1e-6
            if abs(along) < inside[0] and abs(across) < inside[1]:
                return False
        return True

    first, last = [(round(x / pitch), round(y / pitch)) for x, y in (start, end)]
    best = {first: 0.0}
    queue = [(0.0, first)]
    while queue:
        so_far, (i, j) = heapq.heappop(queue)
        if (i, j) == last:
            return so_far
        if so_far > best[i, j]:
            continue
        for dx, dy in STEPS:
            shares = np.linspace(0, 1, 2 * max(abs(dx), abs(dy)) + 1)
            if all(free((i + s * dx) * pitch, (j + s * dy) * pitch) for s in shares):
                further = so_far + pitch * math.hypot(dx, dy)
                if further < best.get((i + dx, j + dy), math.inf):
                    best[i + dx, j + dy] = further
                    heapq.heappush(queue, (further, (i + dx, j + dy)))
    return math.inf


@pytest.mark.parametrize("seed", range(4))
def test_ways_are_as_short_as_on_a_fine_grid(seed: int) -> None:
    draw = np.random.default_rng(seed)
    boxes = tuple(
        Box(tuple(draw.uniform((1.5, 0.5), (3.5, 3.5))), tuple(draw.uniform(0.1, 0.5, 2)), turn)
        for turn in draw.choice([0.0, math.pi / 2, 0.5], 4)
    )
    ground = Ground((5.0, 4.0), boxes, (("a", 0.5, 2.0), ("b", 4.5, 2.0)))
    exact = float(walk(ground).lengths[0, 1])
    grid = on_a_grid(ground, (0.5, 2.0), (4.5, 2.0))
    assert exact <= grid + 1e-6
    assert grid <= exact * 1.02 + 0.3 or math.isinf(exact)


@st.composite
def grounds(draw: st.DrawFn) -> Ground:
    number = st.floats(0.0, 6.0).map(lambda x: round(x, 2))
    half = st.sampled_from([0.1, 0.3, 0.5, 0.9])
    heading = st.sampled_from([0.0, math.pi / 2, math.pi, 0.3, -1.1])
    box = st.builds(Box, st.tuples(number, number), st.tuples(half, half), heading)
    places = draw(st.lists(st.tuples(number, number), min_size=2, max_size=5))
    named = tuple((f"p{i}", x, y) for i, (x, y) in enumerate(places))
    return Ground((6.0, 6.0), tuple(draw(st.lists(box, max_size=6))), named)


@settings(max_examples=60, deadline=None)
@given(grounds())
def test_lengths_obey_the_laws_of_a_distance(ground: Ground) -> None:
    d = walk(ground).lengths
    n = len(d)
    assert np.array_equal(d, d.T)
    straight = np.array([p[1:] for p in ground.places])
    for i in range(n):
        assert d[i, i] in (0.0, math.inf)
        for j in range(n):
            assert d[i, j] >= np.linalg.norm(straight[i] - straight[j]) - 1e-9 or i == j
            for k in range(n):
                assert d[i, k] <= d[i, j] + d[j, k] + 1e-9


@settings(max_examples=60, deadline=None)
@given(grounds())
def test_a_way_is_as_long_as_it_says_and_keeps_clear(ground: Ground) -> None:
    ways = walk(ground)
    for i in range(len(ways.lengths)):
        for j in range(len(ways.lengths)):
            corners = ways.way(i, j)
            if not math.isfinite(ways.lengths[i, j]):
                assert len(corners) == 0
                continue
            assert length(corners) == pytest.approx(ways.lengths[i, j], abs=1e-6)
            # Away from its two ends, where a place may be in a niche, no point is in a machine.
            for a, b in pairwise(corners):
                points = a + np.linspace(0, 1, 25)[:, None] * (b - a)
                for box in ground.boxes:
                    assert not box.grown(-1e-3).holds(points).any()


def is_cut(box: Box, a: np.ndarray, b: np.ndarray) -> bool:
    """Whether the line from a to b passes through the inside of a rectangle (Liang and Barsky)."""
    cos, sin = math.cos(box.heading), math.sin(box.heading)
    enters, leaves = 0.0, 1.0
    for axis, half in (((cos, sin), box.half[0]), ((-sin, cos), box.half[1])):
        start = sum(u * (p - c) for u, p, c in zip(axis, a, box.centre, strict=True))
        way = sum(u * (q - p) for u, p, q in zip(axis, a, b, strict=True))
        half += PERSON - 1e-6
        if way == 0:
            if abs(start) >= half:
                return False
            continue
        near, far = sorted(((-half - start) / way, (half - start) / way))
        enters, leaves = max(enters, near), min(leaves, far)
    return enters < leaves


@settings(max_examples=100, deadline=None)
@given(grounds())
def test_no_way_is_shorter_than_over_all_lines_of_sight(ground: Ground) -> None:
    ways = walk(ground)
    points = ways.points
    apart = np.full((len(points), len(points)), math.inf)
    for (i, a), (j, b) in combinations(enumerate(points), 2):
        if np.isfinite([*a, *b]).all() and not any(is_cut(box, a, b) for box in ground.boxes):
            apart[i, j] = apart[j, i] = np.linalg.norm(b - a)
    for k in range(len(points)):
        apart = np.minimum(apart, apart[:, k, None] + apart[None, k])
    for i, j in combinations(range(len(ways.lengths)), 2):
        aside = np.linalg.norm(ways.own[i] - points[i]) + np.linalg.norm(ways.own[j] - points[j])
        all_lines = aside + apart[i, j] if np.isfinite(aside) else math.inf
        assert ways.lengths[i, j] == pytest.approx(all_lines, abs=1e-9)


# --- roads ---------------------------------------------------------------------------------------

ROADS = (
    SMALL
    + """\
transport:
  nodes: {n1: [2, 5], n2: [6, 5], n3: [9, 5]}
  roads:
    - {ends: [saw, n1], length: 2 m}
    - {ends: [n1, n2], length: 7 m}
    - {ends: [n1, n2]}
    - {ends: [n2, press], length: 2 m}
    - {ends: [n2, n3], length: 5 m}
"""
)


def test_roads_lead_where_they_lead_with_their_given_lengths() -> None:
    d = paths.distances(parse(ROADS).layout)
    # 2 m to n1, the shorter of the two roads on to n2 (4 m, straight), 2 m to the press.
    assert d.between("saw", "press") == pytest.approx(8.0)
    assert d.between("n1", "n3") == pytest.approx(9.0)
    # The road to the saw is 2 m long, so it docks 2 m from the node, 0.5 m before the middle.
    expected = [(2, 3), (2, 5), (6, 5), (6, 3)]
    assert d.path("saw", "press") == pytest.approx(np.array(expected))
    assert d.path("press", "saw") == pytest.approx(np.array(expected[::-1]))
    assert d.path("saw", "saw").shape == (1, 2) and d.between("saw", "saw") == 0.0


def test_who_is_on_no_road_or_on_foot_walks() -> None:
    d = paths.distances(parse(ROADS).layout)
    assert d.between("saw", "press", on_foot=True) == pytest.approx(4.0)
    on_foot = paths.distances(drawn())
    assert d.between("saw", "home:people") == on_foot.between("saw", "home:people")
    assert d.between("n1", "shelf") == pytest.approx(length(d.path("n1", "shelf")))


def test_moving_nothing_costs_nothing() -> None:
    first = paths.distances(drawn())
    again = paths.distances(drawn(("people: 1,", "people: 3,")))
    assert again.feet is first.feet
    assert paths.distances(drawn(("[9, 7]", "[9, 6]"))).feet is not first.feet
