"""Walls, aisles, zones and conveyors: what may be drawn, and what it means and is in the way of."""

from __future__ import annotations

import math

import pytest
import trimesh
from hypothesis import given
from hypothesis import strategies as st

from tests.layout.sketches import bend, drawn
from tests.layout.test_rules import found, only
from twin.errors import LayoutError
from twin.layout import conveyors, outlines, paths, starters
from twin.layout.arrange import Draw, Redraw
from twin.layout.changes import difference
from twin.layout.edits import Command, Log, SetField
from twin.layout.paths import PERSON
from twin.layout.rules import check
from twin.layout.schema import Constant, Layout
from twin.layout.shapes.drawn import conveyor, wall
from twin.layout.things import RemoveThing, RenameThing

DOORS = "  doors:\n"


def on_floor(text: str) -> tuple[str, str]:
    """What is drawn on the floor, as a line of the sketch."""
    return DOORS, f"  {text}\n{DOORS}"


def belt(points: str, more: str = "") -> tuple[str, str]:
    return "stations:\n", f"conveyors:\n  belt: {{points: {points}{more}}}\nstations:\n"


FED = ("[press]", "[press]\n    input: {conveyor: belt}")


def refusal(*pairs: tuple[str, str]) -> str:
    with pytest.raises(LayoutError) as caught:
        drawn(*pairs)
    return str(caught.value)


# --- what may be drawn ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("walls: {north: {points: [[1, 1]]}}", "at least 2"),
        ("walls: {north: {points: [[1, 1], [2, 1], [2000 mm, 1]]}}",
         "corners 2 and 3 are the same point; leave one of them out"),
        ("walls: {north: {points: [[1, 1], [2, 1]], thickness: 0 mm}}", "must be more than 0"),
        ("walls: {north: {points: [[1, 1], [2, .nan]]}}", "expected a finite number, not nan"),
        ("walls: {north: {points: [[1, 1], [2, 5 kg]]}}", "'kg' is not a length"),
        ("aisles: {main: {points: [[1, 1], [2, 1]], width: -1}}", "must be more than 0"),
        ("zones: {a: {points: [[1, 1], [2, 1]]}}", "at least 3"),
        ("zones: {a: {points: [[1, 1], [3, 3], [3, 1], [1, 3]]}}",
         "the outline crosses itself: the side from corner 1 to 2 meets that from 3 to 4"),
        ("zones: {a: {points: [[1, 1], [3, 1], [3, 3], [2, 1], [1, 3]]}}", "crosses itself"),
        ("zones: {a: {points: [[1, 1], [3, 1], [3, 3], [1, 1]]}}",
         "the outline closes by itself: leave the last one out"),
        ("zones: {a: {points: [[1, 1], [2, 1], [3, 1]]}}", "lie on one line"),
        ("zones: {a: {points: [[1, 1], [2, 1], [2, 2]], purpose: parking}}", "keep_clear"),
        ("zones: {a b: {points: [[1, 1], [2, 1], [2, 2]]}}", "a b"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused_with_its_place(text: str, words: str) -> None:
    message = refusal(on_floor(text))
    assert words in message
    assert "small.yaml:5:" in message  # the line of the sketch that it stands in


def test_too_many_corners_are_refused() -> None:
    points = [[k / 100, 1] for k in range(101)]
    assert "at most 100 fit" in refusal(on_floor(f"walls: {{a: {{points: {points}}}}}"))


def test_a_conveyor_says_what_capacity_and_travel_would() -> None:
    both = ("[press]", "[press]\n    input: {conveyor: belt, capacity: 3}")
    assert "the conveyor says 'capacity' and 'travel'" in refusal(belt("[[2, 4], [6, 4]]"), both)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=3, max_size=6))
def test_an_outline_is_refused_where_two_of_its_sides_meet(corners: list[tuple[int, int]]) -> None:
    """Against points along each side, near enough for corners on a grid."""
    points = [(float(x), float(y)) for x, y in corners]
    try:
        outlines.refuse_crossings(points)
    except ValueError:
        return
    assert len(set(points)) == len(points)
    n = len(points)
    for i in range(n):
        for k in range(i + 2, n):
            if i == 0 and k == n - 1:
                continue
            a, b, c, d = points[i], points[(i + 1) % n], points[k], points[(k + 1) % n]
            for p, q, r in ((a, b, c), (a, b, d), (c, d, a), (c, d, b)):
                way = math.dist(p, r) + math.dist(r, q)
                assert way > math.dist(p, q) + 1e-9, "a corner lies on another side"


# --- shapes --------------------------------------------------------------------------------------


def test_a_strip_is_mitred_at_right_angles_and_no_farther() -> None:
    first, second = outlines.strip([(0, 0), (2, 0), (2, 3)], 0.2)
    assert first == ((1.05, 0.0), (1.05, 0.1), 0.0)
    assert second == ((2.0, pytest.approx(1.45)), (pytest.approx(1.55), 0.1), math.pi / 2)
    (_, (half, _), _), _ = outlines.strip([(0, 0), (2, 0), (0, 0.1)], 0.2)
    assert half == pytest.approx(1.05)  # not out to a needle's point
    (_, (slight, _), _), _ = outlines.strip([(0, 0), (2, 0), (4, 2)], 0.2)
    assert slight == pytest.approx((2 + 0.1 * math.tan(math.pi / 8)) / 2)


def test_the_area_that_an_outline_shares_with_a_rectangle() -> None:
    notched = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (2.0, 2.0), (0.0, 4.0)]
    assert outlines.area(notched) == 12 and outlines.area(notched[::-1]) == -12
    upper = [(0.0, 2.0), (4.0, 2.0), (4.0, 5.0), (0.0, 5.0)]
    assert outlines.shared_area(notched, upper) == pytest.approx(4.0)
    assert outlines.shared_area(notched[::-1], upper) == pytest.approx(4.0)
    assert outlines.shared_area(notched, [(9.0, 9.0), (10.0, 9.0), (10.0, 10.0)]) == 0


# --- ways ----------------------------------------------------------------------------------------


def test_a_wall_makes_a_way_longer_by_what_leads_round_its_end() -> None:
    """From y = 1.65 round the end at (4, 1.2) of a wall of 0.2 m, half a person away from it."""
    free = paths.distances(drawn()).between("saw", "press")
    wall = on_floor("walls: {mid: {points: [[4, 8], [4, 1.2]], thickness: 0.2}}")
    round_it = paths.distances(drawn(wall)).between("saw", "press")
    down, aside = 1.65 - 1.2 + PERSON, 2 - 0.1 - PERSON
    assert free == pytest.approx(4.0)
    assert round_it == pytest.approx(2 * math.hypot(down, aside) + 2 * (0.1 + PERSON), abs=1e-9)


def test_people_go_round_a_conveyor_too_and_a_painted_floor_stops_nobody() -> None:
    across = "[[4, 8], [4, 1.2]]"
    as_wall = on_floor(f"walls: {{mid: {{points: {across}, thickness: 0.4}}}}")
    wall, on_belt = (paths.distances(drawn(p)) for p in (as_wall, belt(across)))
    assert on_belt.between("saw", "press") == wall.between("saw", "press")
    painted = on_floor(
        "aisles: {a: {points: [[4, 0], [4, 3]]}}\n  zones: {b: {points: [[3, 0], [5, 0], [4, 3]]}}"
    )
    assert paths.distances(drawn(painted)).between("saw", "press") == pytest.approx(4.0)


def test_a_closed_room_is_told() -> None:
    room = on_floor("walls: {room: {points: [[0, 3.5], [4, 3.5], [4, 0]]}}")
    for finding in found("unreachable", room):
        assert finding.severity == "error" and "no way leads from" in finding.message
    assert {finding.where for finding in found("unreachable", room)} == {
        "machines/saw",
        "machines/press",
    }


# --- rules ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pairs", "where", "words", "value"),
    [
        ([on_floor("walls: {n: {points: [[1, 2.9], [4, 2.9]]}}")], "machines/saw",
         "saw stands 150 mm in wall n; move it away by that much", 0.15),
        ([on_floor("walls: {n: {points: [[2.5, 0], [2.5, 7]], thickness: 0.3}}")], "machines/saw",
         "saw stands 150 mm in wall n", 0.15),
        ([belt("[[2, 3.1], [6, 3.1]]"), FED], "machines/saw",
         "saw stands 100 mm on conveyor belt", 0.1),
    ],
)  # fmt: skip
def test_what_stands_in_a_wall_or_on_a_belt(
    pairs: list[tuple[str, str]], where: str, words: str, value: float
) -> None:
    finding = next(each for each in found("overlap", *pairs) if each.where == where)
    assert finding.severity == "error" and words in finding.message
    assert finding.value == pytest.approx(value)


def test_side_by_side_with_a_wall_is_fine() -> None:
    wall = on_floor("walls: {n: {points: [[1, 3.05], [4, 3.05]]}}")
    assert found("overlap", wall) == []


def test_a_wall_takes_elbow_room_doors_and_corners_as_a_machine_does() -> None:
    wall = on_floor("walls: {n: {points: [[1, 1.55], [3, 1.55]]}}")  # 0.4 m before the saw
    aisle = only("aisle", wall)
    assert (aisle.where, aisle.value) == ("machines/saw", pytest.approx(0.4, abs=1e-3))
    door = only("door", on_floor("walls: {n: {points: [[0.5, 3], [0.5, 5]]}}"))
    assert "wall n stands" in door.message and door.where == "floor/doors/gate"
    off = only("off-floor", on_floor("walls: {n: {points: [[8, 7], [10.5, 7]]}}"))
    assert (off.where, off.value) == ("floor/walls/n", pytest.approx(0.5))
    units = only("units", on_floor("walls: {n: {points: [[1, 1], [2, 1]], height: 2500}}"))
    assert "2500 mm" in units.message


def test_what_reaches_into_an_aisle_is_warned_of_by_how_much() -> None:
    aisle = on_floor("aisles: {main: {points: [[0, 3.5], [10, 3.5]], width: 1.5}}")
    first, second = found("in-aisle", aisle)
    assert (first.where, first.severity) == ("machines/saw", "warning")
    assert first.message.startswith("saw reaches 250 mm into aisle main")
    assert second.where == "machines/press"
    narrow = on_floor("aisles: {main: {points: [[0, 3.5], [10, 3.5]], width: 1}}")
    assert found("in-aisle", narrow) == []


def test_what_stands_in_a_zone_that_is_to_be_kept_clear() -> None:
    corners = "points: [[2.3, 2.8], [4, 2.8], [4, 4], [2.3, 4]]"
    finding = only("keep-clear", on_floor(f"zones: {{z: {{{corners}, purpose: keep_clear}}}}"))
    assert (finding.where, finding.severity) == ("machines/saw", "error")
    assert finding.value == pytest.approx(0.2 * 0.2)
    assert "takes 0.04 m2 of zone z, which is to be kept clear; move it out" in finding.message
    assert found("keep-clear", on_floor(f"zones: {{z: {{{corners}}}}}")) == []
    beside = "zones: {z: {points: [[2.5, 0], [4, 0], [4, 8], [2.5, 8]], purpose: keep_clear}}"
    assert found("keep-clear", on_floor(beside)) == []
    # A notch: the machine stands in the hollow of the outline, not in the zone.
    hollow = "[[1, 1.5], [1.4, 1.5], [1.4, 3.2], [2.6, 3.2], [2.6, 1.5], [3, 1.5], [3, 4], [1, 4]]"
    around = on_floor(f"zones: {{z: {{points: {hollow}, purpose: keep_clear}}}}")
    assert found("keep-clear", around) == []


def test_a_conveyor_feeds_one_station_and_ends_at_it() -> None:
    loose = only("unused-conveyor", belt("[[3, 4], [6, 4]]"))
    assert loose.severity == "warning" and "input: {conveyor: belt}" in loose.message
    far = only("conveyor-ends", belt("[[3, 4], [6, 4]]"), FED)
    assert far.value == pytest.approx(1.0) and far.where == "conveyors/belt"
    assert "ends 1.00 m from the machines of form" in far.message
    assert found("conveyor-ends", belt("[[3, 3.4], [6, 3.4]]"), FED) == []
    twice = ("[saw], price", "[saw], input: {conveyor: belt}, price")
    both = found("conveyor-ends", belt("[[3, 3.4], [6, 3.4]]"), FED, twice)
    assert both[0].severity == "error" and "feeds 'cut' and 'form'" in both[0].message
    unknown = only("unknown-name", FED)
    assert unknown.message.startswith("there is no conveyor 'belt'")


# --- what a conveyor means -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "places", "time"),
    [("[[3, 4], [6, 4]]", 10, 15.0), ("[[3, 4], [6, 4], [6, 5.5]]", 15, 22.5),
     ("[[3, 4], [3.2, 4]]", 1, 1.0)],
)  # fmt: skip
def test_places_and_travel_follow_the_line(points: str, places: int, time: float) -> None:
    layout = drawn(belt(points), FED)
    door = conveyors.entrance(layout, "form")
    assert door.capacity == places
    assert isinstance(door.travel, Constant) and door.travel.value == pytest.approx(time)
    assert conveyors.entrance(layout, "cut") == layout.stations["cut"].input
    assert conveyors.fed(layout, "belt") == ["form"]


def test_rules_of_places_know_a_conveyor() -> None:
    batch = ("[press]", "[press]\n    batch: {min: 12, max: 12}\n    input: {conveyor: belt}")
    finding = only("batch-no-room", belt("[[3, 3.4], [6, 3.4]]"), batch)
    assert "with 10 places" in finding.message and "draw conveyor 'belt' longer" in finding.message


# --- edits ---------------------------------------------------------------------------------------


def log(*pairs: tuple[str, str]) -> Log:
    return Log(bend(*pairs))


def test_what_is_drawn_is_spliced_in_and_taken_back() -> None:
    edited = log()
    before = edited.text()
    edited.do(Draw("wall", "wall-1", ((1.0, 5.0), (3.5, 5.0), (3.5, 7.25))))
    edited.do(Draw("zone", "zone-1", ((5.0, 5.0), (6.0, 5.0), (6.0, 6.0))))
    edited.do(Draw("conveyor", "conveyor-1", ((4.0, 4.0), (6.0, 4.0))))
    text = edited.text()
    assert "wall-1: {points: [[1 m, 5 m], [3.5 m, 5 m], [3.5 m, 7.25 m]]}" in text
    assert edited.layout.conveyors["conveyor-1"].points == ((4.0, 4.0), (6.0, 4.0))
    assert difference(bend().layout, edited.layout) == [
        "conveyor conveyor-1 added (2 m)",
        "wall wall-1 added (4.75 m)",
        "zone zone-1 added (work, 0.5 m2)",
    ]
    for _ in range(3):
        edited.undo()
    assert edited.text() == before


@pytest.mark.parametrize(
    ("points", "line", "text"),
    [
        (((1.0, 5.5), (3.0, 5.5)), "wall n moved 0.5 m", "[[1 m, 550 cm], [3000 mm, 5.5 m]]"),
        (((1.0, 5.0), (3.0, 6.0)), "wall n corner 2 moved 1 m", "[[1 m, 500 cm], [3000 mm, 6 m]]"),
        (((1.0, 5.0), (2.0, 5.0), (2.0, 6.0)), "wall n drawn anew (2 m)",
         "[[1 m, 5 m], [2 m, 5 m], [2 m, 6 m]]"),
    ],
)  # fmt: skip
def test_corners_are_moved_in_the_units_that_are_there(
    points: tuple[tuple[float, float], ...], line: str, text: str
) -> None:
    edited = log(on_floor("walls: {n: {points: [[1 m, 500 cm], [3000 mm, 5 m]]}}"))
    before = edited.layout
    edited.do(Redraw("wall", "n", points))
    assert difference(before, edited.layout) == [line]
    assert f"n: {{points: {text}}}" in edited.text()
    edited.do(SetField(("floor", "walls", "n", "thickness"), 0.25))
    assert difference(before, edited.layout)[1:] == ["wall n: thickness 0.1 m -> 0.25 m"]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (Draw("wall", "n", ((1.0, 1.0), (2.0, 1.0))), "'n' already"),
        (Draw("wall", "m", ((1.0, 1.0), (math.inf, 1.0))), "expected finite numbers"),
        (Draw("wall", "m", ((1.0, 1.0),)), "at least 2"),
        (Draw("moat", "m", ((1.0, 1.0), (2.0, 1.0))), "nothing of the kind 'moat' is drawn"),
        (Draw("wall", "a: {b}", ((1.0, 1.0), (2.0, 1.0))), "a: {b}"),
        (Redraw("wall", "o", ((1.0, 1.0), (2.0, 1.0))), "there is no wall 'o'; "),
        (Redraw("wall", "n", ((1.0, 1.0), (1.0, 1.0))), "the same point"),
    ],
)
def test_edits_that_do_not_fit_change_nothing(command: Command, words: str) -> None:
    edited = log(on_floor("walls: {n: {points: [[1, 5], [3, 5]]}}"))
    before = edited.text()
    with pytest.raises(LayoutError, match=words.replace("{", r"\{").replace("}", r"\}")):
        edited.do(command)
    assert edited.text() == before


def test_a_conveyor_is_renamed_where_a_station_speaks_of_it_and_kept_while_it_does() -> None:
    edited = log(belt("[[3, 3.4], [6, 3.4]]"), FED)
    edited.do(RenameThing(("conveyors", "belt"), "infeed"))
    assert edited.layout.stations["form"].input.conveyor == "infeed"
    with pytest.raises(LayoutError, match="spoken of by stations/form/input/conveyor"):
        edited.do(RemoveThing(("conveyors", "infeed")))
    walled = log(on_floor("walls: {n: {points: [[1, 5], [3, 5]]}}"))
    walled.do(RenameThing(("floor", "walls", "n"), "north"))
    assert [*walled.layout.floor.walls] == ["north"]
    walled.do(RemoveThing(("floor", "walls", "north")))
    assert walled.layout.floor.walls == {}


@pytest.mark.parametrize(
    "new", [starters.new_wall, starters.new_aisle, starters.new_zone, starters.new_conveyor]
)
def test_a_new_one_is_in_nobodys_way(new: object) -> None:
    edited = log()
    assert callable(new)
    layout: Layout = edited.do(new(edited.layout, "The <b>long</b> one"))
    wrong = {finding.rule for finding in check(layout)}
    assert wrong <= {"unused-conveyor"}
    (line,) = difference(bend().layout, layout)
    assert "the-b-long-b-one added" in line


def test_one_more_place_on_a_conveyor_is_a_longer_conveyor() -> None:
    with pytest.raises(LayoutError, match="draw 'belt' longer"):
        starters.one_more(drawn(belt("[[3, 3.4], [6, 3.4]]"), FED), "buffer", "form")


# --- bodies --------------------------------------------------------------------------------------


def test_walls_and_belts_are_closed_bodies_of_the_size_that_is_drawn() -> None:
    layout = drawn(
        on_floor("walls: {n: {points: [[1, 5], [3, 5], [3, 7]], thickness: 0.2, height: 2}}"),
        belt("[[3, 4], [6, 4], [6, 3]]"),
    )
    stretches = [piece.mesh for piece in wall(layout.floor.walls["n"])]
    assert all(mesh.is_watertight for mesh in stretches)
    assert sum(mesh.volume for mesh in stretches) == pytest.approx(
        4 * 0.2 * 2
    )  # mitred: no overlap
    bounds = trimesh.util.concatenate(stretches).bounds
    assert bounds.tolist() == [[1, pytest.approx(4.9), 0], [pytest.approx(3.1), 7, 2]]
    pieces = conveyor(layout.conveyors["belt"])
    assert all(piece.mesh.is_watertight for piece in pieces)
    whole = trimesh.util.concatenate([piece.mesh for piece in pieces]).bounds
    assert whole[0].tolist() == pytest.approx([3, 3, 0])
    assert whole[1].tolist() == pytest.approx([6.2, 4.2, 0.75 + 0.3 * 0.06])
