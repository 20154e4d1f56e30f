"""Arms, people's homes and vehicles by hand: on the bare viewer, and on the page with undo."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import engine_left_out, planning, watched
from tests.browser.test_editing import click, drag
from tests.browser.test_planner import VIEWER, hook, until
from tests.browser.test_viewer import ask, sent, show
from tests.layout.test_movers import HANDS
from twin.layout.files import load
from twin.view.pages.planner import shelf
from twin.view.server import Background


@pytest.fixture(scope="module")
def calm(browser: Browser) -> Iterator[Page]:
    with watched(browser, reduced_motion="reduce") as tab:
        yield tab


@pytest.fixture
def page(calm: Page, served: str) -> Page:
    """The hall in edit mode, from above, before anybody has gone anywhere."""
    if calm.url != "about:blank":
        calm.mouse.up()
    show(calm, served, edit=True)
    calm.evaluate("() => say({type: 'seek', t: 0})")
    calm.get_by_role("button", name="From above").click()
    calm.locator(".twin-viewer").focus()
    calm.evaluate("() => { window.sent.length = 0; }")
    return calm


def spot(page: Page, x: float, y: float) -> dict[str, float]:
    return ask(page, f"twin.screenAt({x}, {y})")


def carry(page: Page, start: dict[str, float], end: dict[str, float]) -> None:
    drag(page, start, (end["x"] - start["x"], end["y"] - start["y"]))


def test_an_arm_is_dragged_told_and_its_reach_is_looked_at(page: Page) -> None:
    start = ask(page, "twin.screenOf('arm0')")
    page.mouse.move(start["x"], start["y"])
    page.mouse.down()
    end = spot(page, 5.5, 3.0)
    page.mouse.move(end["x"], end["y"], steps=5)
    expect(page.locator(".label.finding")).to_contain_text("Printer 0 is")
    expect(page.locator(".label.finding")).to_contain_text("which reaches 1.50 m")
    assert ask(page, "twin.alarms") == ["m0"]
    assert {"room", "wrong", "places"} <= set(ask(page, "twin.drawn"))
    page.mouse.up()
    (told,) = sent(page, "move")
    assert (told["kind"], told["name"], told["version"]) == ("arm", "arm0", 7)
    assert told["at"][0] > 4.5
    base = ask(page, "[...twin.layout.arms[0].base.position]")
    assert base[:2] == told["at"] and base[2] == 0.5
    page.keyboard.press("r")
    turned = sent(page, "move")[-1]
    assert turned["heading"] == pytest.approx(1.5708, abs=1e-4) and turned["at"] == told["at"]
    page.keyboard.press("Control+d")
    assert sent(page, "duplicate")[0]["things"][0]["kind"] == "arm"
    page.keyboard.press("Delete")
    assert sent(page, "remove")[0]["things"] == [{"kind": "arm", "name": "arm0"}]


def test_a_refused_arm_stands_where_it_stood_and_escape_gives_up(page: Page) -> None:
    where = "[...twin.layout.arms[0].base.position, twin.layout.arms[0].heading]"
    before = ask(page, where)
    start = ask(page, "twin.screenOf('arm0')")
    carry(page, start, spot(page, 5, 3))
    assert ask(page, where) != before
    things = [{"name": "arm0", "at": before[:2], "heading": before[3]}]
    page.evaluate("m => say(m)", {"type": "reject", "things": things, "version": 9})
    assert ask(page, where) == before
    page.mouse.move(start["x"], start["y"])
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"], steps=4)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert ask(page, where) == before and len(sent(page, "move")) == 1


def test_people_are_taken_to_where_they_shall_wait(page: Page) -> None:
    carry(page, ask(page, "twin.screenOf('crew-1')"), spot(page, 3.6, 4.4))
    (told,) = sent(page, "move")
    assert (told["kind"], told["name"]) == ("home", "crew-0")
    homes = ask(page, "twin.layout.people.map(p => p.home)")
    assert homes[0] == told["at"] and homes[1] == [pytest.approx(told["at"][0] + 0.8), homes[0][1]]
    page.keyboard.press("ArrowUp")
    up = sent(page, "move")[1]["at"]
    assert up == [told["at"][0], pytest.approx(told["at"][1] + 0.1, abs=0.051)]
    page.keyboard.press("r")  # who waits looks nowhere
    assert len(sent(page, "move")) == 2
    page.keyboard.press("Escape")
    carry(page, spot(page, *up), spot(page, 2.0, 3.0))  # by the mark on the floor
    assert sent(page, "move")[2]["name"] == "crew-0"


def test_a_vehicle_starts_at_the_nearest_node_and_hops_by_keys(page: Page) -> None:
    carry(page, ask(page, "twin.screenOf('agv')"), spot(page, 1.9, 3.5))
    (told,) = sent(page, "move")
    assert (told["kind"], told["home"], told["at"]) == ("vehicle", "2", [1.5, 3.2])
    page.keyboard.press("ArrowUp")
    assert sent(page, "move")[-1]["home"].startswith("m")
    page.keyboard.press("Shift+R")
    assert sent(page, "move")[-1]["heading"] == pytest.approx(-1.5708, abs=1e-4)


def test_all_kinds_move_together(page: Page) -> None:
    click(page, "m4")
    click(page, "arm0", "Shift")
    click(page, "crew-0", "Shift")
    assert ask(page, "twin.chosen") == ["m4", "arm0", "crew-0"]
    page.keyboard.press("ArrowUp")
    (told,) = sent(page, "move_many")
    assert [thing["kind"] for thing in told["things"]] == ["machine", "arm", "home"]
    page.keyboard.press("Control+d")
    assert len(sent(page, "duplicate")[0]["things"]) == 3


# --- on the page ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def file() -> Path:
    folder = Path(os.environ["TWIN_HOME"]) / "layouts"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "hands.yaml").write_text(HANDS)
    return folder / "hands.yaml"


@pytest.fixture
def tab(browser: Browser, chromium: str, file: Path) -> Iterator[Page]:
    """The planner's page without the engine."""

    with engine_left_out(), Background(shelf("hands")) as server, planning(browser) as tab:
        tab.goto(server.url)
        tab.wait_for_selector(VIEWER, timeout=60_000)
        yield tab


def test_arm_person_and_vehicle_are_edited_and_undone_on_the_page(tab: Page, file: Path) -> None:
    tab.get_by_label("Move machines on the floor").click()
    expect(tab.get_by_label("Stop moving machines")).to_be_visible()
    tab.locator(VIEWER).get_by_label("From above").click()
    at = "layout.arms.map(a => [a.name, ...a.base.position.slice(0, 2)].join())"
    assert hook(tab, at) == ["cobot,4,2"]

    def carried(name: str, x: float, y: float) -> None:
        carry_on(tab, hook(tab, f"screenOf('{name}')"), hook(tab, f"screenAt({x}, {y})"))

    carried("cobot", 4.0, 3.2)
    until(tab, "layout.arms[0].base.position[1] > 2.8", True)
    expect(tab.get_by_label("Undo (Ctrl Z)")).to_be_enabled()
    tab.keyboard.press("Control+d")
    until(tab, "layout.arms.map(a => a.name).join()", "cobot,cobot-2")
    until(tab, "chosen.join()", "cobot-2")
    tab.keyboard.press("Delete")
    until(tab, "layout.arms.length", 1)
    carried("setter#1", 3.0, 4.0)
    until(tab, "layout.homes.find(h => h.crew === 'setter').at[0] < 3.5", True)
    tab.keyboard.press("Control+d")
    expect(tab.get_by_label("People in Setter")).to_have_text("2")
    carried("agv", 6.9, 3.8)
    until(tab, "layout.vehicles[0].home", "east")
    tab.get_by_role("navigation").get_by_role("button", name="Cobot").click()
    form = tab.locator("section.form")
    form.get_by_label("Heading", exact=True).fill("45 deg")  # the same by numbers
    form.get_by_label("Heading", exact=True).press("Tab")
    until(tab, "layout.arms[0].heading.toFixed(2)", "0.79")
    for _ in range(7):  # turned, vehicle, person, home, removed, copied, dragged
        tab.get_by_label("Undo (Ctrl Z)").click()
    until(tab, "layout.vehicles[0].home", "west")
    until(tab, at, ["cobot,4,2"])
    expect(tab.get_by_label("Undo (Ctrl Z)")).to_be_disabled()
    tab.get_by_label("Redo (Ctrl Shift Z)").click()
    until(tab, "layout.arms[0].base.position[1] > 2.8", True)
    assert load(file).arms["cobot"].at == (4.0, 2.0)  # nothing is saved unasked


def carry_on(tab: Page, start: Any, end: Any) -> None:
    tab.mouse.move(start["x"], start["y"])
    tab.mouse.down()
    tab.mouse.move(end["x"], end["y"], steps=5)
    tab.mouse.up()
