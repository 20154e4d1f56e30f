"""Walls, aisles, zones and conveyors in a real browser: drawn, moved, taken back, saved."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import floor
from tests.browser.conftest import engine_left_out, planning, watched
from tests.browser.test_exports import grave
from tests.browser.test_forms import opened
from tests.browser.test_planner import VIEWER, hook, until
from tests.browser.test_viewer import URLS, ask, sent, show
from tests.view.plants import PLANT
from twin import cli
from twin.layout.files import load
from twin.view.pages.planner import shelf
from twin.view.server import Background

DRAWN: list[dict[str, Any]] = [
    {"kind": "wall", "name": "w", "label": "", "width": 0.1, "height": 2.5,
     "points": [[0.5, 2.6], [2.5, 2.6], [2.5, 3.6]]},
    {"kind": "conveyor", "name": "belt", "label": "Belt", "width": 0.4, "height": 0.5,
     "speed": 0.1, "spacing": 0.3, "places": 8, "points": [[3.4, 2.6], [5.8, 2.6]]},
    {"kind": "aisle", "name": "main", "label": "Main", "width": 0.8,
     "points": [[0.6, 4.4], [6.6, 4.4]]},
    {"kind": "zone", "name": "z", "label": "", "purpose": "keep_clear",
     "points": [[6, 2.6], [7.2, 2.6], [7.2, 3.6], [6, 3.6]]},
]  # fmt: skip


@pytest.fixture(scope="module")
def calm(browser: Browser) -> Iterator[Page]:
    """One page for all tests, on whose floor all four kinds are drawn."""
    scene = floor.scene()
    scene["drawn"] = DRAWN
    scene["stations"][1]["conveyor"] = "belt"

    def answer(route: Route) -> None:
        route.fulfill(status=200, content_type="application/json", body=json.dumps(scene))

    with watched(browser, reduced_motion="reduce") as tab:
        tab.route("**/scene.json", answer)
        yield tab


@pytest.fixture
def page(calm: Page, served: str) -> Page:
    """The hall in edit mode, from above, with the keyboard on the floor."""
    if calm.url != "about:blank":
        calm.mouse.up()  # of a test that failed in the middle of a drag
    show(calm, served, edit=True)
    calm.get_by_role("button", name="From above").click()
    calm.locator(".twin-viewer").focus()
    calm.evaluate("() => { window.sent.length = 0; }")
    return calm


def at(page: Page, x: float, y: float) -> dict[str, float]:
    return ask(page, f"twin.screenAt({x}, {y})")


def click(page: Page, x: float, y: float) -> None:
    spot = at(page, x, y)
    page.mouse.click(spot["x"], spot["y"])


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    for place, step in ((start, "down"), (end, "up")):
        spot = at(page, *place)
        page.mouse.move(spot["x"], spot["y"], steps=4)
        getattr(page.mouse, step)()


def points(page: Page, kind: str) -> list[list[float]]:
    return ask(page, f"twin.layout.drawn.find(line => line.kind === '{kind}').points")


def take_pen(page: Page, word: str) -> None:
    page.keyboard.press("a")
    page.get_by_role("region", name="Library").get_by_role("button", name=word, exact=True).click()


def test_they_are_three_meshes_and_named(page: Page) -> None:
    for text in ("Belt", "Main", "keep clear"):
        expect(page.locator(".label.quiet", has_text=text)).to_be_attached()
    page.evaluate("() => window.view.twin.render()")
    all_drawn = ask(page, "twin.stats.drawCalls")
    ask(page, "twin.layout.drawn.splice(0)")
    page.evaluate("() => { model.theme = 'dark'; window.view.twin.render(); }")
    assert 3 <= all_drawn - ask(page, "twin.stats.drawCalls") <= 5  # two of them cast shadows


def test_a_wall_is_drawn_on_the_grid_and_in_line(page: Page) -> None:
    take_pen(page, "Wall")
    expect(page.locator(".in-hand")).to_contain_text("Draw a wall")
    expect(page.get_by_role("region", name="Library")).to_be_hidden()
    click(page, 0.52, 5.04)
    click(page, 2.03, 5.1)  # nearly in line: it is in line
    click(page, 3, 6)
    page.keyboard.press("Backspace")
    spot = at(page, 2.02, 6.0)
    page.mouse.move(spot["x"], spot["y"], steps=3)
    expect(page.locator(".label.measure")).to_have_text("1.00 m · 2.50 m in all")
    page.mouse.click(spot["x"], spot["y"])
    page.keyboard.press("Enter")
    (told,) = sent(page, "draw")
    assert (told["kind"], told["to"], told["version"]) == ("wall", None, 7)
    assert told["points"] == [[0.5, 5], [2, 5], [2, 6]]
    page.keyboard.press("Escape")
    expect(page.locator(".in-hand")).to_be_hidden()
    assert "road" not in ask(page, "twin.drawn")


def test_what_is_half_drawn_stays_when_an_answer_brings_the_floor_anew(page: Page) -> None:
    take_pen(page, "Wall")
    click(page, 0.5, 5)
    click(page, 2, 5)
    page.evaluate("urls => say({type: 'reload', ...urls})", URLS)
    page.wait_for_function("() => window.sent.some(m => m.type === 'ready')")
    expect(page.locator(".in-hand")).to_contain_text("Draw a wall")
    assert "road" in ask(page, "twin.drawn")
    click(page, 2, 6)
    page.keyboard.press("Enter")
    assert sent(page, "draw")[0]["points"] == [[0.5, 5], [2, 5], [2, 6]]
    page.keyboard.press("Escape")


def test_a_zone_closes_where_it_began_and_a_line_ends_with_a_double_click(page: Page) -> None:
    take_pen(page, "Zone")
    click(page, 3, 5)
    click(page, 4, 5)
    page.keyboard.press("Enter")
    expect(page.locator(".in-hand")).to_contain_text("A zone has 3 corners at least")
    assert sent(page, "draw") == []
    click(page, 4, 6)
    click(page, 3.02, 5.03)
    assert sent(page, "draw")[0]["points"] == [[3, 5], [4, 5], [4, 6]]
    take_pen(page, "Aisle")
    click(page, 0.5, 3.9)
    spot = at(page, 3, 3.9)
    page.mouse.dblclick(spot["x"], spot["y"])
    told = sent(page, "draw")[1]
    assert (told["kind"], told["points"]) == ("aisle", [[0.5, 3.9], [3, 3.9]])
    page.keyboard.press("Escape")


def test_a_conveyor_ends_at_the_side_of_the_machine_that_is_clicked(page: Page) -> None:
    take_pen(page, "Conveyor")
    x, y, _ = ask(page, "[...twin.layout.machines[4].at, 0]")
    click(page, x, 3.8)
    spot = ask(page, "twin.screenOf('m4')")
    page.mouse.click(spot["x"], spot["y"])
    page.keyboard.press("Enter")
    (told,) = sent(page, "draw")
    depth = ask(page, "twin.layout.machines[4].size[1]")
    assert told["to"] == "m4"
    assert told["points"][-1] == [pytest.approx(x, abs=0.06), pytest.approx(y - depth / 2)]
    page.keyboard.press("Escape")


def test_what_is_clicked_is_selected_and_moved_by_a_corner_or_as_a_whole(page: Page) -> None:
    before = points(page, "wall")
    click(page, 1.5, 2.6)
    assert sent(page, "select")[-1] == {"type": "select", "kind": "wall", "name": "wall:w"}
    assert {"line", "corners"} <= set(ask(page, "twin.drawn"))
    drag(page, (2.5, 3.6), (3.2, 3.4))
    told = sent(page, "redraw")[-1]
    assert (told["kind"], told["name"], told["version"]) == ("wall", "w", 7)
    assert told["points"] == [*before[:2], [3.2, 3.4]]
    drag(page, (1.5, 2.6), (1.5, 2.9))
    assert sent(page, "redraw")[-1]["points"] == [[0.5, 2.9], [2.5, 2.9], [3.2, 3.7]]
    page.evaluate("() => say({type: 'reject', things: [], version: 9})")
    assert points(page, "wall") == [*before[:2], [3.2, 3.4]]  # what was refused, and no more
    page.keyboard.press("ArrowUp")
    told = sent(page, "redraw")[-1]
    assert (told["points"][0], told["version"]) == ([0.5, 2.7], 9)
    page.keyboard.press("Delete")
    assert sent(page, "erase") == [{"type": "erase", "kind": "wall", "name": "w", "version": 10}]
    page.keyboard.press("Escape")
    assert not {"line", "corners"} & set(ask(page, "twin.drawn"))


def test_escape_gives_a_drag_of_a_corner_up(page: Page) -> None:
    before = points(page, "zone")
    click(page, 7.0, 2.8)
    spot, end = at(page, 7.2, 3.6), at(page, 6.8, 4)
    page.mouse.move(spot["x"], spot["y"])
    page.mouse.down()
    page.mouse.move(end["x"], end["y"], steps=4)
    assert points(page, "zone") != before
    page.keyboard.press("Escape")
    assert points(page, "zone") == before
    page.mouse.up()
    assert sent(page, "redraw") == []


def test_what_a_machine_is_dragged_into_is_told_on_the_way(page: Page) -> None:
    spot = ask(page, "twin.screenOf('m2')")
    x, y = ask(page, "twin.layout.machines[2].at")
    page.mouse.move(spot["x"], spot["y"])
    page.mouse.down()
    goals = {(6.6, 2.9): "of zone z, which is to be kept clear"}
    goals |= {(4.6, 2.6): "on conveyor belt", (4.6, 4.4): "into aisle main"}
    for goal, words in goals.items():
        here, there = at(page, x, y), at(page, *goal)
        way = (there["x"] - here["x"], there["y"] - here["y"])
        page.mouse.move(spot["x"] + way[0], spot["y"] + way[1], steps=5)
        expect(page.locator(".label.finding")).to_contain_text(words)
    page.keyboard.press("Escape")
    page.mouse.up()


def test_without_edit_mode_it_is_selected_and_stays_where_it_is(calm: Page, served: str) -> None:
    show(calm, served)
    calm.get_by_role("button", name="From above").click()
    click(calm, 1.5, 2.6)
    assert sent(calm, "select")[-1]["name"] == "wall:w"
    assert "corners" not in ask(calm, "twin.drawn")
    drag(calm, (1.5, 2.6), (1.5, 3.0))
    calm.locator(".twin-viewer").focus()
    calm.keyboard.press("Delete")
    assert sent(calm, "redraw") + sent(calm, "erase") == []
    calm.evaluate("() => { model.selected = 'zone:z'; }")
    assert "line" in ask(calm, "twin.drawn")


# --- the whole page ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def own_file() -> Path:
    folder = Path(os.environ["TWIN_HOME"]) / "layouts"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "drawn.yaml"
    file.write_text(PLANT)
    return file


@pytest.fixture
def tab(browser: Browser, chromium: str, own_file: Path) -> Iterator[Page]:
    """The planner's page on a layout of the user's own; the engine is left out."""

    with engine_left_out(), Background(shelf("drawn")) as server, planning(browser) as tab:
        opened(tab, server.url)
        yield tab


def press(tab: Page, *corners: tuple[float, float] | str) -> None:
    """Click points of the floor, or machines."""
    for corner in corners:
        by = f"screenOf('{corner}')" if isinstance(corner, str) else f"screenAt{corner}"
        spot = hook(tab, by)
        tab.mouse.click(spot["x"], spot["y"])


def drag_corner(tab: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    spot, goal = hook(tab, f"screenAt{start}"), hook(tab, f"screenAt{end}")
    tab.mouse.move(spot["x"], spot["y"])
    tab.mouse.down()
    tab.mouse.move(goal["x"], goal["y"], steps=4)
    tab.mouse.up()


COUNT = "layout.drawn.map(line => line.kind).join()"


def test_a_wall_an_aisle_a_zone_and_a_conveyor_are_drawn_undone_redone_saved_and_checked(
    tab: Page, own_file: Path, axe: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tab.get_by_label("Move machines on the floor").click()
    tab.locator(VIEWER).get_by_label("From above").click()
    tab.locator(VIEWER).focus()
    take_pen(tab, "Wall")
    press(tab, (0.5, 4.4), (3, 4.4))
    tab.keyboard.press("Enter")
    until(tab, COUNT, "wall")
    form = tab.locator("section.form")
    expect(form.locator("h2")).to_have_text("Wall wall-1")
    form.get_by_label("Thickness").fill("20 cm")
    form.get_by_label("Thickness").press("Tab")
    until(tab, "layout.drawn[0].width", 0.2)
    drag_corner(tab, (3, 4.4), (3.5, 4.4))
    until(tab, "layout.drawn[0].points[1].join()", "3.5,4.4")
    tab.locator(VIEWER).focus()
    take_pen(tab, "Aisle")
    press(tab, (0.5, 3.3), (7.5, 3.3))
    tab.keyboard.press("Enter")
    until(tab, COUNT, "wall,aisle")
    take_pen(tab, "Zone")
    press(tab, (6, 4.1), (7.6, 4.1), (7.6, 4.8), (6, 4.8), (6, 4.1))
    until(tab, COUNT, "wall,aisle,zone")
    take_pen(tab, "Conveyor")
    press(tab, (2.6, 2.0), "pack-1")
    tab.keyboard.press("Enter")
    until(tab, COUNT, "wall,conveyor,aisle,zone")
    expect(form.locator("h2")).to_have_text("Conveyor conveyor-1")
    expect(form.get_by_role("button", name="Station Packing")).to_be_visible()
    drawn = hook(tab, "layout.drawn")
    tab.keyboard.press("a")
    assert grave(tab, axe) == []
    tab.keyboard.press("Escape")

    for _ in range(6):  # four drawings, a thickness and a corner
        tab.get_by_label("Undo (Ctrl Z)").click()
    until(tab, COUNT, "")
    for _ in range(6):
        tab.get_by_label("Redo (Ctrl Shift Z)").click()
    until(tab, COUNT, "wall,conveyor,aisle,zone")
    assert hook(tab, "layout.drawn") == drawn

    tab.keyboard.press("Control+s")
    expect(tab.locator(".said, [role=status]", has_text="Saved to").first).to_be_attached()
    layout = load(own_file)
    assert layout.floor.walls["wall-1"].thickness == 0.2
    assert layout.floor.walls["wall-1"].points == ((0.5, 4.4), (3.5, 4.4))
    assert layout.floor.aisles["aisle-1"].points == ((0.5, 3.3), (7.5, 3.3))
    assert len(layout.floor.zones["zone-1"].points) == 4
    assert layout.stations["pack"].input.conveyor == "conveyor-1"
    assert layout.conveyors["conveyor-1"].points == ((2.6, 2.0), (5.3, 2.0))
    assert "# by the window" in own_file.read_text()  # the planner's own words are still there
    capsys.readouterr()
    assert cli.main(["check", str(own_file)]) == 0
    assert "0 errors, 0 warnings" in capsys.readouterr().out


def test_by_the_keyboard_alone_one_is_added_from_the_outline_typed_and_removed(tab: Page) -> None:
    outline = tab.locator("nav.outline")
    outline.get_by_label("Add a zone", exact=True).first.focus()
    tab.keyboard.press("Enter")
    tab.keyboard.type("Rest")
    tab.keyboard.press("Enter")
    form = tab.locator("section.form")
    expect(form.locator("h2")).to_have_text("Zone Rest")
    form.get_by_label("Purpose").select_option("rest")
    until(tab, "layout.drawn.filter(l => l.name === 'rest').map(l => l.purpose).join()", "rest")
    first = form.get_by_role("group", name="Corner 1").get_by_label("x")
    first.fill("0.5")
    first.press("Tab")
    until(tab, "layout.drawn.find(l => l.name === 'rest').points[0][0]", 0.5)
    crossing = form.get_by_role("group", name="Corner 2").get_by_label("x")
    crossing.fill("-40")
    crossing.press("Tab")
    expect(form.get_by_role("alert").first).to_contain_text("the outline crosses itself")
    form.get_by_role("button", name="Remove", exact=True).focus()
    tab.keyboard.press("Enter")
    until(tab, "layout.drawn.filter(l => l.name === 'rest').length", 0)
