"""What has changed, as marks on the floor: the words of the difference, each at its place."""

from __future__ import annotations

import json

import pytest

from tests.view.plants import plant
from twin.layout import files, folders
from twin.layout.changes import difference
from twin.layout.schema import Layout, Wall
from twin.view.marks import marks

BEFORE = plant().layout
AT = {"mill-1": [2.0, 2.0], "pack-1": [6.0, 2.0]}
MILL, BENCH = [1.0, 0.9, 1.75], [1.4, 0.7, 1.45]  # m, of the two assets


@pytest.mark.parametrize(
    ("old", "new", "verb", "text", "name", "was", "now", "body"),
    [
        ("at: [2 m, 2 m]", "at: [3 m, 2 m]", "moved", "mill-1 moved 1 m", "mill-1",
         [[2.0, 2.0]], [[3.0, 2.0]], True),
        ("stations:\n", "  saw: {asset: mill/desktop, at: [4 m, 1 m]}\nstations:\n", "added",
         "machine saw added (mill/desktop at 4 m, 1 m)", "saw", [], [[4.0, 1.0]], True),
        ("people: 1,", "people: 2,", "added", "+1 setter (1 -> 2)", "setter#2",
         [], [[4.3, 4.0]], True),
        ("price: 500 EUR", "price: 600 EUR", "changed", "station pack: price 500 EUR -> 600 EUR",
         "pack-1", [AT["pack-1"]], [AT["pack-1"]], False),
        ("mean: 8 min", "mean: 6 min", "changed", "bracket, step mill: run 8 min -> 6 min",
         "mill-1", [AT["mill-1"]], [AT["mill-1"]], False),
        ("mean: 6 min", "mean: 5 min", "changed", "orders usual: every 6 min -> 5 min",
         "", [], [], False),
        ("walking: 1.2 m/s", "walking: 1 m/s", "changed",
         "crew setter: walking 1.2 m/s -> 1 m/s", "setter#1", [[4.0, 4.0]], [[4.0, 4.0]], False),
        ("floor: {size: [8 m, 5 m]}", "floor: {size: [8 m, 5 m], doors: {gate: {at: [4 m, 0 m]}}}",
         "added", "floor door gate added (at 4 m, 0 m)", "gate", [], [[4.0, 0.0]], True),
    ],
)  # fmt: skip
def test_a_change_is_marked_where_it_was_and_where_it_is(
    old: str, new: str, verb: str, text: str, name: str, was: list, now: list, body: bool
) -> None:
    after = plant((old, new)).layout
    (mark,) = marks(BEFORE, after)
    assert (mark["verb"], mark["text"], mark["name"]) == (verb, text, name)
    assert [place["at"] for place in mark["was"]] == was
    assert [place["at"] for place in mark["now"]] == now
    assert mark["body"] is body


def test_the_way_back_has_the_places_the_other_way_round() -> None:
    after = plant(("at: [2 m, 2 m]", "at: [3 m, 2 m], heading: 90 deg")).layout
    (there,), (back,) = marks(BEFORE, after), marks(after, BEFORE)
    assert there["was"] == back["now"] == [{"at": AT["mill-1"], "heading": 0.0, "size": MILL}]
    assert there["now"] == back["was"]
    assert there["text"] == "mill-1 moved 1 m, turned +90 deg"


def test_a_machine_that_went_is_where_it_was_and_its_station_is_told_at_the_others() -> None:
    more = plant(
        ("stations:\n", "  pack-2: {asset: bench/packing, at: [6 m, 4 m]}\nstations:\n"),
        ("machines: [pack-1]", "machines: [pack-1, pack-2]"),
    ).layout
    gone, station = marks(more, BEFORE)
    assert (gone["verb"], gone["now"]) == ("removed", [])
    assert gone["was"] == [{"at": [6.0, 4.0], "heading": 0.0, "size": BENCH}]
    assert station["text"] == "station pack: machines -pack-2"
    assert [place["at"] for place in station["was"]] == [[6.0, 4.0]]  # pack-1 is what it was
    assert station["now"] == []
    assert (gone["short"], station["short"]) == ("pack-2 removed", station["text"])


def test_a_station_that_went_is_told_where_its_machine_still_stands() -> None:
    """The machine is not gone: nothing of its body is marked."""
    extra = plant(("crews:\n", "  spare: {machines: [pack-1]}\ncrews:\n")).layout
    (mark,) = marks(extra, BEFORE)
    assert (mark["text"], mark["body"]) == ("station spare removed", False)
    assert [place["at"] for place in mark["now"]] == [AT["pack-1"]]


def test_what_is_drawn_by_points_is_marked_along_its_stretches() -> None:
    def drawn(x: float) -> Layout:
        walls = {"north": Wall(points=((x, 1.0), (x, 3.0), (x + 2, 3.0)), thickness=0.2, height=2)}
        floor = BEFORE.floor.model_copy(update={"walls": walls})
        return BEFORE.model_copy(update={"floor": floor})

    (mark,) = marks(drawn(1.0), drawn(1.5))
    assert (mark["verb"], mark["text"]) == ("moved", "wall north moved 0.5 m")
    assert (mark["name"], mark["body"]) == ("wall:north", True)
    first, second = mark["was"]  # each as long as it is drawn, and to the outer side of the corner
    assert (first["at"], first["size"]) == (pytest.approx([1, 2.05]), pytest.approx([2.1, 0.2, 2]))
    assert (second["at"], second["heading"]) == (pytest.approx([1.95, 3.0]), 0.0)
    assert [place["at"][0] for place in mark["now"]] == pytest.approx([1.5, 2.45])
    (gone,) = marks(drawn(1.0), BEFORE)
    assert (gone["verb"], len(gone["was"]), gone["now"]) == ("removed", 2, [])


def test_an_asset_that_cannot_be_read_is_told_and_has_no_place() -> None:
    after = plant(("mill/desktop", "mill/nowhere")).layout
    (mark,) = marks(BEFORE, after)
    assert mark["text"].startswith("machine mill-1: asset")
    assert (len(mark["was"]), mark["now"]) == (1, [])


def test_every_pair_of_shipped_layouts_is_marked_with_the_words_of_its_difference() -> None:
    layouts = [files.open_document(path).layout for path in folders.known_layouts().values()]
    for before in layouts:
        for after in layouts[:3]:
            found = marks(before, after)
            assert [mark["text"] for mark in found] == difference(before, after)
            json.dumps(found, allow_nan=False)
