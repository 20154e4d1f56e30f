"""The guided first minute: the tour by hand and by keyboard, terms, the empty floor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import planning
from tests.browser.test_planner import SETTLED, SLOW, VIEWER, hook, open_page
from tests.view.plants import PLANT
from twin.view.pages.planner import shelf
from twin.view.server import Background


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    file = tmp_path_factory.mktemp("layouts") / "guided.yaml"
    file.write_text(PLANT)
    with Background(shelf(file)) as server:
        yield server.url


@pytest.fixture
def tab(browser: Browser, chromium: str, url: str) -> Iterator[Page]:
    """The page on a first visit."""
    with planning(browser, color_scheme="light") as tab:
        open_page(tab, url)
        yield tab


def grave(tab: Page) -> list[Any]:
    found = tab.evaluate("axe.run()")["violations"]
    return [
        (one["id"], [node["target"] for node in one["nodes"]])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def seen(tab: Page) -> str | None:
    return tab.evaluate("localStorage.getItem('twin.tour')")


def step(tab: Page, number: int) -> None:
    expect(tab.get_by_role("dialog")).to_contain_text(f"Step {number} of 3")


def inside(tab: Page, selector: str) -> Callable[[], bool]:
    """Whether the card stands inside the window and clear of what it is about."""

    def look() -> bool:
        card, about = tab.locator(".tour").bounding_box(), tab.locator(selector).bounding_box()
        size = tab.viewport_size
        assert card and about and size
        fits = card["x"] >= 0 and card["y"] >= 0
        fits &= card["x"] + card["width"] <= size["width"]
        fits &= card["y"] + card["height"] <= size["height"]
        beside = card["x"] + card["width"] <= about["x"] or card["y"] + card["height"] <= about["y"]
        return bool(fits and beside)

    return look


def test_the_tour_by_keyboard_alone(tab: Page, axe: str) -> None:
    tab.evaluate(axe)
    assert grave(tab) == [] and seen(tab) is None
    tab.get_by_role("button", name="Show me").focus()
    tab.keyboard.press("Enter")
    step(tab, 1)
    assert seen(tab) == "0" and grave(tab) == []
    expect(tab.locator("[data-key='tour/next']")).to_be_focused()
    tab.keyboard.press("Enter")
    step(tab, 2)
    assert inside(tab, "footer")() and grave(tab) == []
    tab.keyboard.press("ArrowRight")
    step(tab, 3)
    assert inside(tab, "aside")() and grave(tab) == []
    tab.keyboard.press("Shift+Tab")
    expect(tab.locator("[data-key='tour/back']")).to_be_focused()
    tab.keyboard.press("Enter")
    step(tab, 2)
    tab.reload()  # it goes on where it was, and leaves the keyboard alone
    tab.wait_for_selector(SETTLED, timeout=SLOW)
    step(tab, 2)
    assert not tab.locator(".tour").evaluate("e => e.contains(e.getRootNode().activeElement)")
    tab.locator("[data-key='tour/next']").focus()
    tab.keyboard.press("Escape")
    expect(tab.locator(".tour")).to_be_hidden()
    expect(tab.locator("[data-key=help]")).to_be_focused()
    assert seen(tab) == "over"
    tab.reload()
    tab.wait_for_selector(SETTLED, timeout=SLOW)
    expect(tab.get_by_role("button", name="Show me")).to_have_count(0)
    tab.keyboard.press("?")
    tab.get_by_role("button", name="Take the tour").press("Enter")
    expect(tab.locator("dialog.help")).to_be_hidden()
    step(tab, 1)
    expect(tab.locator("[data-key='tour/next']")).to_be_focused()
    tab.get_by_role("button", name="Skip").click()
    expect(tab.locator(".tour")).to_be_hidden()


def test_each_step_is_done_by_really_doing_it(tab: Page) -> None:
    tab.get_by_role("button", name="Show me").click()
    tab.get_by_role("button", name="Switch Move on").click()
    expect(tab.get_by_label("Stop moving machines")).to_be_visible()
    expect(tab.locator(".tour")).to_contain_text("Drag any machine")
    hook(tab, "clock.seek(element.twin.clock.start)")
    start = hook(tab, "screenOf('pack-1')")
    tab.mouse.move(start["x"], start["y"])
    tab.mouse.down()
    tab.mouse.move(start["x"] - 30, start["y"] - 10, steps=4)
    tab.mouse.up()
    step(tab, 2)
    expect(tab.locator(".tour .dots .done")).to_have_count(1)
    expect(tab.locator(".tour")).to_contain_text("has its old value", timeout=SLOW)
    tab.locator(".change").get_by_role("button", name="Undo").click()
    step(tab, 3)
    tab.wait_for_selector(SETTLED, timeout=SLOW)
    tab.get_by_role("button", name="try it").first.click()
    expect(tab.locator(".tour")).to_be_hidden()
    assert seen(tab) == "over"
    expect(tab.locator(".toast")).to_contain_text("That was the tour")
    expect(tab.locator(".change")).to_contain_text("+1")


def test_a_term_opens_by_key_is_told_and_closes(tab: Page, axe: str) -> None:
    tab.get_by_role("button", name="Not now").click()
    assert seen(tab) == "over"
    term = tab.locator(".strip").get_by_role("button", name="Lead time", exact=True)
    term.focus()
    tab.keyboard.press("Enter")
    told = tab.locator(".meaning")
    expect(told).to_contain_text("waiting included")
    expect(term).to_have_attribute("aria-expanded", "true")
    tab.evaluate(axe)
    assert grave(tab) == []
    tab.keyboard.press("Escape")
    expect(told).to_be_hidden()
    expect(term).to_be_focused()
    tab.locator(".holds").get_by_role("button", name="One more", exact=True).click()
    expect(told).to_contain_text("Undo takes it back")
    tab.locator("h1").click(force=True, position={"x": 0, "y": 0})
    expect(told).to_be_hidden()
    outline = tab.get_by_role("navigation", name="What the factory is made of")
    outline.get_by_role("button", name="Milling").click()
    tab.get_by_label("What is this: Basis").locator("visible=true").first.click()
    expect(told).to_contain_text("guessed")
    tab.keyboard.press("Escape")
    tab.get_by_label("Move machines on the floor").click()
    tab.get_by_role("button", name="Add from the library").click()
    tab.get_by_label("What is this: Library").click()
    expect(told).to_contain_text("share one queue")


def test_an_empty_floor_leads_to_the_first_station_or_an_example(tab: Page, axe: str) -> None:
    tab.get_by_role("button", name="New layout").click()
    tab.locator("dialog.new").get_by_label("Name of the factory").last.fill("Nothing yet")
    tab.locator("dialog.new").get_by_role("button", name="Create").click()
    begin = tab.get_by_role("region", name="Where to begin")
    expect(begin).to_contain_text("PCB micro-factory")
    tab.evaluate(axe)
    assert grave(tab) == []
    begin.get_by_role("button", name="Add the stations").click()
    expect(tab.locator("dialog.add h2")).to_have_text("Add a station")
    tab.keyboard.press("Escape")
    begin.get_by_role("button", name="Dental lab").click()
    expect(tab.locator("h1")).to_have_text("Dental lab")
    expect(begin).to_have_count(0)
    assert Path(tab.url.partition("layout=")[2].partition("&")[0]).name.startswith("dental_lab")
    tab.wait_for_selector(VIEWER)
