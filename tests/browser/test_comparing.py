"""Comparing on the planner's page: side by side, with what differs in words, figures and marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import planning
from tests.browser.test_planner import SETTLED, SLOW, VIEWER, open_page
from tests.view.plants import PLANT
from twin.layout import drafts
from twin.view.pages.planner import shelf
from twin.view.server import Background

BESIDE = f"{VIEWER} {VIEWER}"
FLOORS = ".stage canvas"
EVIL = "<img src=x onerror='window.hacked=1'>"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    file = tmp_path_factory.mktemp("layouts") / "sides.yaml"
    file.write_text(PLANT)
    drafts.keep_version("sides", "roomy", PLANT.replace("at: [2 m, 2 m]", "at: [3 m, 2.5 m]"))
    drafts.keep_version("sides", "evil", PLANT.replace("label: Setter", f'label: "{EVIL}"'))
    with Background(shelf(file)) as server:
        yield server.url


@pytest.fixture(scope="module")
def tab(browser: Browser, chromium: str, url: str) -> Iterator[Page]:
    """One page for all tests: it has to be as it was found after each."""
    with planning(browser, color_scheme="light") as tab:
        open_page(tab, url)
        yield tab


def ask(tab: Page, expression: str) -> Any:
    """A value of the hook of the floor that leads."""
    return tab.locator(VIEWER).first.evaluate(f"element => element.twin.{expression}")


def until(tab: Page, expression: str, value: object) -> None:
    for _ in range(600):
        if (said := ask(tab, expression)) == value:
            return
        tab.wait_for_timeout(100)
    raise AssertionError(f"{expression} is {said}, not {value}")


def settled(tab: Page) -> None:
    tab.wait_for_selector(SETTLED, timeout=SLOW)


def open_beside(tab: Page) -> None:
    tab.get_by_role("button", name="Compare side by side").click()
    expect(tab.locator(BESIDE)).to_be_visible(timeout=SLOW)


def close_beside(tab: Page) -> None:
    tab.get_by_role("button", name="Show one floor again").first.click()
    expect(tab.locator(FLOORS)).to_have_count(1)


def words(tab: Page) -> list[str]:
    """What differs, as the list says it."""
    return [
        text.partition("\n")[2] or text for text in tab.locator(".changes li").all_inner_texts()
    ]


def test_an_edit_is_compared_side_by_side_with_what_was_before(tab: Page) -> None:
    tab.get_by_label("One person more: Setter").click()
    settled(tab)
    canvases = tab.locator(FLOORS)
    floors = tab.locator(".floor-title")
    wide = tab.locator("main > .viewer").bounding_box()
    tab.keyboard.press("c")
    expect(tab.locator(BESIDE)).to_be_visible(timeout=SLOW)
    assert canvases.count() == 2
    assert floors.all_inner_texts() == ["Before", "Now"]
    comparison = tab.get_by_role("region", name="Comparison")
    expect(comparison.locator(".changes li")).to_have_count(1)
    assert words(tab) == ["+1 setter (1 -> 2)"]
    output = comparison.get_by_role("row", name="Output")
    expect(output).to_contain_text("brackets a day")
    expect(output.locator(".difference")).to_have_text(re.compile(r"^\+[\d.]+ ± [\d.]+$"))
    heads = comparison.locator("thead th").all_inner_texts()
    assert heads == ["Figure", "Before", "Now", "Difference"]
    until(tab, "beside[0].layout.people.length", 1)
    until(tab, "layout.people.length", 2)
    (mark,) = ask(tab, "changes.solids")
    assert mark["verb"] == "added"  # where the new one waits
    expect(tab).to_have_url(re.compile(r"[?&]beside=before(#|&|$)"))
    # The floors are the largest thing: the list on the left has made room.
    wider = tab.locator("main > .viewer").bounding_box()
    assert wide and wider and wider["width"] > wide["width"] + 200
    expect(tab.locator(".outline")).to_be_hidden()
    tab.keyboard.press("c")
    expect(tab.locator(FLOORS)).to_have_count(1)
    expect(tab.locator(".outline")).to_be_visible()
    expect(comparison).to_be_hidden()
    assert "beside=" not in tab.url
    tab.get_by_label("Undo (Ctrl Z)").click()
    expect(tab.locator(".change")).to_contain_text("Nothing is changed")
    settled(tab)


def test_a_machine_moved_beside_leaves_a_ghost_where_it_stood(tab: Page) -> None:
    open_beside(tab)
    tab.get_by_label("Move machines on the floor").click()
    tab.keyboard.press("Control+k")
    tab.keyboard.type("mill 1")
    tab.keyboard.press("Enter")
    until(tab, "chosen.join()", "mill-1")
    tab.locator(VIEWER).first.focus()
    tab.keyboard.press("Shift+ArrowRight")
    until(tab, "changes.ghosts.map(({at}) => at.join()).join()", "2,2")
    assert ask(tab, "changes.solids.map(({at, verb}) => [...at, verb])") == [[3, 2, "moved"]]
    assert ask(tab, "changes.ways") == [{"from": [2, 2], "to": [3, 2], "verb": "moved"}]
    assert ask(tab, "beside[0].changes.ghosts.map(({at}) => at)") == [[3, 2]]
    assert ask(tab, "beside[0].layout.machines[0].at") == [2, 2]  # nobody has moved that one
    expect(tab.locator(".label.altered.moved").first).to_have_text("mill-1 moved 1 m")
    expect(tab.locator(".overlay-note")).to_have_text("Changed: 1 moved")
    assert words(tab) == ["mill-1 moved 1 m"]
    before = ask(tab, "view.camera")
    tab.locator(".changes").get_by_role("button", name="mill-1 moved 1 m").click()
    for _ in range(100):
        if ask(tab, "view.camera") != before:
            break
        tab.wait_for_timeout(100)
    assert ask(tab, "view.camera") != before
    tab.get_by_label("Undo (Ctrl Z)").click()
    until(tab, "changes.ghosts.length", 0)
    expect(tab.locator(".compare")).to_contain_text("Nothing is different.")
    tab.get_by_label("Stop moving machines").click()
    close_beside(tab)
    settled(tab)


def test_a_version_is_compared_with_and_the_address_keeps_it(tab: Page, url: str) -> None:
    tab.get_by_role("button", name="Versions", exact=True).click()
    tab.get_by_role("button", name="Compare with roomy").click()
    expect(tab.locator(BESIDE)).to_be_visible(timeout=SLOW)
    expect(tab.locator(".floor-title").first).to_have_text("Version roomy")
    expect(tab.locator(".changes li")).to_have_count(1)
    assert words(tab) == ["mill-1 moved 1.118 m"]
    expect(tab.locator(".change")).to_contain_text("Compared with version roomy: 1 change")
    expect(tab).to_have_url(re.compile(r"beside=version%3Aroomy"))
    expect(tab.locator(".compare table")).to_be_visible(timeout=SLOW)
    tab.reload()
    tab.wait_for_selector(VIEWER, timeout=SLOW)
    expect(tab.locator(BESIDE)).to_be_visible(timeout=SLOW)
    expect(tab.locator(".floor-title").first).to_have_text("Version roomy")
    settled(tab)
    choose = tab.get_by_label("Compared with")
    options = choose.locator("option").all_inner_texts()
    assert options[:2] == ["Before", "The saved file"]
    assert {"Version roomy", "Version evil", "Layout pcb_line"} < set(options)
    choose.select_option("saved")
    expect(tab.locator(".floor-title").first).to_have_text("The saved file")
    expect(tab.locator(".compare")).to_contain_text("Nothing is different.")
    settled(tab)
    choose.select_option("before")
    settled(tab)
    close_beside(tab)


def test_a_third_floor_stands_beside_with_figures_of_its_own(tab: Page, url: str) -> None:
    open_beside(tab)
    more = tab.get_by_label("One more floor beside")
    more.select_option("version:roomy")
    expect(tab.locator(FLOORS)).to_have_count(3, timeout=SLOW)
    names = tab.locator(".floor-title")
    expect(names).to_have_text(["Before", "Version roomy", "Now"])
    assert words(tab) == ["mill-1 moved 1.118 m"]
    assert "Version roomy" not in more.locator("option").all_inner_texts()
    expect(tab.locator(".compare table")).to_have_count(1, timeout=SLOW)  # before is as now
    expect(tab).to_have_url(re.compile(r"beside=before%2Cversion%3Aroomy"))
    tab.reload()
    tab.wait_for_selector(VIEWER, timeout=SLOW)
    expect(names).to_have_text(["Before", "Version roomy", "Now"], timeout=SLOW)
    settled(tab)
    tab.get_by_label("No longer beside: Version roomy").click()
    expect(tab.locator(FLOORS)).to_have_count(2)
    expect(tab).to_have_url(re.compile(r"[?&]beside=before(#|&|$)"))
    close_beside(tab)


def test_words_of_another_version_stay_text(tab: Page) -> None:
    open_beside(tab)
    tab.get_by_label("Compared with").select_option("version:evil")
    expect(tab.locator(".changes")).to_contain_text(EVIL)
    settled(tab)
    assert tab.locator("img").count() == 0
    assert tab.evaluate("window.hacked") is None
    tab.get_by_label("Compared with").select_option("before")
    settled(tab)
    close_beside(tab)


@pytest.mark.parametrize("theme", ["Dark theme", "Light theme"])
def test_side_by_side_is_accessible(tab: Page, axe: str, theme: str) -> None:
    tab.evaluate(axe)
    open_beside(tab)
    tab.get_by_label("Compared with").select_option("version:roomy")
    expect(tab.locator(".compare table")).to_be_visible(timeout=SLOW)
    settled(tab)
    tab.get_by_text("What the intervals are").click()
    tab.get_by_label(theme).click()
    found = tab.evaluate("axe.run()")["violations"]
    grave = [
        (one["id"], [node["target"] for node in one["nodes"]])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    assert grave == []
    tab.get_by_label("Compared with").select_option("before")
    settled(tab)
    close_beside(tab)


def test_a_version_that_is_not_there_is_said_and_the_page_is_shown(tab: Page, url: str) -> None:
    tab.goto(f"{url}?beside=version:gone")
    tab.wait_for_selector(VIEWER, timeout=SLOW)
    said = "It cannot be compared with what the address names: no version is named 'gone'"
    expect(tab.locator(".notices .notice")).to_contain_text(said)
    assert tab.locator(FLOORS).count() == 1
    open_page(tab, url)
