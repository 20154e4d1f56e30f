"""Forms: every field of the schema is in one, and what is typed is what is read back."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.view.plants import PLANT, plant
from twin.errors import LayoutError
from twin.layout import fields, reference, schema
from twin.layout.changes import COLLECTIONS, TABLES, named
from twin.layout.edits import Log
from twin.layout.files import Document, open_document, parse
from twin.layout.folders import known_layouts
from twin.layout.starters import DISTRIBUTIONS, empty_layout, one_more
from twin.layout.tree import Keys
from twin.view import forms
from twin.view.forms import Refusal, form
from twin.view.forms.places import place_at

Json = dict[str, Any]

WHOLE = """\
twin: 1
name: Whole
floor:
  size: [20 m, 9 m]
  doors: {gate: {at: [0 m, 2 m]}}
  walls: {north: {points: [[1 m, 8 m], [9 m, 8 m]]}}
  aisles: {main: {points: [[0 m, 4 m], [20 m, 4 m]]}}
  zones: {rest: {points: [[16 m, 6 m], [19 m, 6 m], [19 m, 8 m]], purpose: rest}}
conveyors: {belt: {points: [[8 m, 2 m], [12 m, 2 m]]}}
calendars: {day: {open: [["08:00", "16:00"]]}}
machines:
  saw:
    asset: mill/desktop
    at: [2 m, 2 m]
    capability: {materials: {steel: [{thickness: 2 mm, speed: 2 m/s}]}}
  mill: {asset: mill/desktop, at: [5 m, 2 m], ports: {vice: {at: [0 m, 0 m, 0.9 m]}}}
arms:
  cobot: {asset: arm/ur5e, at: [3.5 m, 5 m], limits: {acceleration: [3, 3, 3, 3, 3, 3]}}
stations:
  cut:
    machines: [saw]
    changeover: {on_change: 5 min, by: setter}
    disturbances: {jam: {clock: work, every: 40 h, lasts: 10 min}}
  form: {machines: [mill], batch: {min: 1, max: 2}, power: {idle: 20 W}, input: {capacity: 3}}
crews:
  setter: {people: 2}
products:
  bar:
    into: bars
    piece: {size: [400 mm, 40 mm, 40 mm], mass: 2 kg, regrasp: {turn: 90 deg}}
    route:
      - step: cut
        at: cut
        run: 5 min
        needs: {steel: 1}
        takes: {plate: 1}
        then: [{to: scrap, share: 5 %}]
      - step: form
        at: form
        or_at: {cut: {run: 9 min}}
        returns: [plate]
        run: {dist: gamma, mean: 3 min, cv: 0.3}
orders:
  usual: {product: bar, every: 20 min, profile: {rates: [[0 s, 1], ["12:00", 2]]}}
stocks:
  steel: {start: 9, refill: {at: 3, lot: 20, takes: 1 day}}
  bars: {}
tools: {plate: {count: 3}}
present: [{orders: usual, step: cut}]
transport:
  nodes: {x: [1 m, 1 m]}
  roads: [{ends: [x, saw]}]
  vehicles: {agv: {asset: vehicle/amr, home: x}}
  fleets: {agvs: {vehicles: [agv]}}
"""


def everything(document: Document) -> list[Keys]:
    """The paths of all forms of a layout."""
    things = [(*keys, name) for keys in COLLECTIONS for name in named(document.layout, keys)]
    return [(), *((section,) for section in forms.SECTIONS), *things]


def flat(drawn: Json) -> Iterator[Json]:
    for inner in drawn["fields"]:
        yield inner
        if "fields" in inner:
            yield from flat(inner)


def all_fields(document: Document) -> Iterator[Json]:
    for path in everything(document):
        drawn = form(document, path)
        assert drawn is not None
        yield from flat(drawn)


def owners(document: Document) -> dict[tuple[type, str], Json]:
    """Each field of each model that a form shows."""
    found = {}
    for drawn in all_fields(document):
        place = place_at(document.layout, tuple(drawn["path"]))
        if place is not None and place.owner is not None:
            found[place.owner, str(place.key)] = drawn
    return found


def test_every_field_that_the_reference_lists_is_in_a_form() -> None:
    shown = owners(parse(WHOLE))
    by_sections = {*TABLES, *forms.SECTIONS, "twin"}
    for model in reference.models():
        for row in fields.field_table(model):
            apart = model is schema.Layout and row.field in by_sections
            assert apart or (model, row.field) in shown, f"{model.__name__}.{row.field}"


def test_what_a_form_says_of_itself_is_plain_text() -> None:
    """The schema marks fields for who reads the source."""
    document = parse(WHOLE)
    for keys in (("arms", "cobot"), ("orders", "usual")):
        said = form(document, keys)["note"]
        assert said and "`" not in said


def test_fields_have_help_units_limits_defaults_and_choices() -> None:
    shown = owners(parse(WHOLE))
    assert shown[schema.Crew, "walking"]["unit"] == "m/s"
    assert shown[schema.Crew, "people"]["limits"] == "at least 0, at most 100"
    assert shown[schema.Branch, "share"]["limits"] == "at least 0 %, at most 100 %"
    assert shown[schema.Crew, "rule"]["placeholder"] == "oldest"
    assert [o["value"] for o in shown[schema.Step, "at"]["options"]] == ["cut", "form"]
    assert [o["value"] for o in shown[schema.Phase, "by"]["options"]] == ["setter", "cobot"]
    assert shown[schema.Machine, "asset"]["kind"] == "choice"
    missing = [key for key, drawn in shown.items() if not drawn["help"]]
    assert not [key for key in missing if key[0] in reference.models()]


@pytest.mark.parametrize("name", sorted(known_layouts()))
def test_typing_what_stands_there_changes_nothing(name: str) -> None:
    document = open_document(name)
    for drawn in all_fields(document):
        if drawn["written"] and drawn["kind"] in ("text", "number", "quantity", "choice"):
            assert forms.typed(document, tuple(drawn["path"]), drawn["text"]) is None, drawn


def other(drawn: Json) -> str:
    """Another value that fits a field."""
    if drawn["kind"] == "quantity":
        return {"m": "1.25 m", "%": "5 %"}.get(drawn["unit"], f"2.5 {drawn['unit']}".strip())
    return {"number": "2", "toggle": "yes", "colour": "#123456", "basis": "measured: by hand"}.get(
        drawn["kind"], "new_text"
    )


def test_what_is_typed_is_read_back_and_the_rest_of_the_text_stays() -> None:
    document = parse(WHOLE)
    changed = 0
    for drawn in all_fields(document):
        if "text" not in drawn or drawn["kind"] == "choice":
            continue
        path, text = tuple(drawn["path"]), other(drawn)
        command = forms.typed(document, path, text)
        if command is None:
            continue
        log = Log(document)
        try:
            log.do(command)
        except LayoutError as error:
            assert forms.refusal(error, path)
            continue
        changed += 1
        again = next(d for d in all_fields(log.document) if d["path"] == drawn["path"])
        assert again["text"] == text or again.get("on"), drawn
        compared = list(difflib.ndiff(WHOLE.splitlines(), log.text().splitlines()))
        assert len([line for line in compared if line[0] == "-"]) <= 1
        assert len([line for line in compared if line[0] == "+"]) <= 2
    assert changed > 100


def test_every_row_entry_and_group_can_be_added_and_taken_out() -> None:
    document = parse(WHOLE)
    tried, refused = 0, []
    for drawn in all_fields(document):
        if drawn["kind"] not in ("absent", "list", "mapping"):
            continue
        path = tuple(drawn["path"])
        options = [option["value"] for option in drawn.get("add", {}).get("options", ())]
        name = (options or ["another"])[0] if drawn.get("add", {}).get("named") else ""
        log = Log(document)
        try:
            log.do(forms.added(document, path, name))
        except LayoutError as error:
            refused.append(("/".join(map(str, path)), str(error)[:150]))
            continue
        tried += 1
        assert log.text() != WHOLE
    assert refused == [] and tried > 50


@pytest.mark.parametrize("kind", sorted(DISTRIBUTIONS))
def test_a_time_gets_another_distribution_and_stays_as_long(kind: str) -> None:
    document = plant()
    log = Log(document)
    path = ("products", "bracket", "route", 1, "run", "time")
    log.do(forms.reshaped(document, path, kind))
    time = log.layout.products["bracket"].route[1].run
    assert time is not None and time.time is not None and time.time.dist == kind
    middle = [
        getattr(time.time, key)
        for key in ("value", "mean", "mode", "scale")
        if hasattr(time.time, key)
    ]
    assert all(value == 120.0 for value in middle)


def test_a_bare_number_gets_the_unit_that_the_form_shows() -> None:
    document = plant()
    log = Log(document)
    command = forms.typed(
        document, ("products", "bracket", "route", 1, "run", "time", "value"), "3"
    )
    assert command is not None
    log.do(command)
    assert "run: {time: 3 min, by: setter" in log.text()


def test_a_refusal_stands_beside_its_field_with_what_was_typed() -> None:
    path = ("stations", "mill", "price")
    log = Log(plant())
    command = forms.typed(log.document, path, "-3 EUR")
    assert command is not None
    with pytest.raises(LayoutError) as refused:
        log.do(command)
    message = forms.refusal(refused.value, path)
    assert message == "'-3 EUR' is out of range: must be at least 0"
    drawn = form(log.document, path[:2], {path: Refusal("-3 EUR", message)})
    assert drawn is not None
    price = next(each for each in drawn["fields"] if each["key"] == "stations/mill/price")
    assert (price["error"], price["tried"], price["text"]) == (message, "-3 EUR", "9000 EUR")


def test_an_empty_field_lets_the_default_hold_and_a_required_one_is_refused() -> None:
    document = plant()
    log = Log(document)
    command = forms.typed(document, ("stations", "mill", "price"), " ")
    assert command is not None
    assert log.do(command).stations["mill"].price == 0.0
    with pytest.raises(LayoutError, match="cannot be empty"):
        forms.typed(document, ("machines", "mill-1", "asset"), "")
    with pytest.raises(LayoutError, match="not in the layout any more"):
        forms.typed(document, ("machines", "gone", "asset"), "x")


def test_a_thing_that_is_gone_has_no_form() -> None:
    assert form(plant(), ("stations", "gone")) is None


def test_an_empty_layout_has_forms_and_a_name_with_markup_is_a_text() -> None:
    document = parse(empty_layout('<b>"x": y</b>'))
    assert document.layout.name == '<b>"x": y</b>'
    assert all(form(document, path) for path in everything(document))


@pytest.mark.parametrize(
    ("kind", "name"), [("crew", "setter"), ("station", "mill"), ("buffer", "mill")]
)
def test_one_more_is_an_edit(kind: str, name: str) -> None:
    log = Log(plant())
    log.do(one_more(log.layout, kind, name))
    layout = log.layout
    more = {
        "crew": layout.crews["setter"].people == 2,
        "station": len(layout.stations["mill"].machines) == 2,
        "buffer": layout.stations["mill"].input.capacity == 1,
    }
    assert more[kind]
    log.undo()
    assert log.text() == PLANT


def test_corners_are_typed_and_a_conveyor_takes_the_place_of_what_it_says() -> None:
    document = parse(WHOLE)
    path: Keys = ("floor", "walls", "north")
    drawn = form(document, path)
    assert drawn is not None
    assert (drawn["title"], drawn["name"], drawn["removable"]) == ("Wall north", "north", True)
    points = next(each for each in drawn["fields"] if each["path"][-1] == "points")
    assert [each["label"] for each in points["fields"]] == ["Corner 1", "Corner 2"]
    log = Log(document)
    log.do(forms.added(log.document, (*path, "points")))
    assert log.layout.floor.walls["north"].points[-1] == (10.0, 8.0)
    log.do(forms.added(log.document, ("floor", "zones", "rest", "points")))
    assert log.layout.floor.zones["rest"].points[-1] == (17.5, 7.0)
    command = forms.typed(log.document, (*path, "points", 2, 1), "6")
    assert command is not None
    log.do(command)
    assert "[10 m, 6 m]]}" in log.text()
    fed = forms.typed(log.document, ("stations", "form", "input", "conveyor"), "belt")
    assert fed is not None
    assert log.do(fed).stations["form"].input.capacity is None
    belt = form(log.document, ("conveyors", "belt"))
    station = form(log.document, ("stations", "form"))
    assert belt and station
    assert [each["path"] for each in belt["related"]] == [["stations", "form"]]
    assert ["conveyors", "belt"] in [each["path"] for each in station["related"]]
    floor = form(log.document, ("floor",))
    assert floor and ["floor", "zones", "rest"] in [each["path"] for each in floor["related"]]
