"""Two at one layout, a file edited by hand, and undo after a reload; the engine is left out."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.test_forms import SLOW, choose, file, opened, own, tab, url, write
from tests.view.plants import PLANT
from twin.layout.files import load

__all__ = ["file", "own", "tab", "url"]  # fixtures

BY_HAND = PLANT.replace("9000 EUR", "8000 EUR")


def test_the_second_tab_is_told_at_its_first_edit_and_chooses(
    tab: Page, url: str, file: Path
) -> None:
    other = tab.context.new_page()
    opened(other, url)
    other.get_by_label("One person more: Setter").click()
    expect(other.get_by_label("People in Setter")).to_have_text("2")
    expect(other.locator(".edited")).to_be_visible()
    expect(tab.locator(".notices .notice")).to_have_count(0)
    choose(tab, "Stations", "Packing")
    write(tab, "Price", "600")
    told = tab.locator(".notices .notice.rival")
    expect(told).to_contain_text("Another tab has unsaved work on this layout")
    expect(told.locator(".sides")).to_contain_text("+1 setter (1 -> 2)")
    expect(told.locator(".sides")).to_contain_text("500 EUR -> 600 EUR")
    told.get_by_role("button", name="Compare").click()
    expect(tab.locator(".toast")).to_contain_text("compared with theirs")
    expect(told).to_be_visible()
    told.get_by_role("button", name="Take theirs").click()
    expect(told).to_have_count(0)
    expect(tab.get_by_label("People in Setter")).to_have_text("2")
    tab.get_by_label("Undo (Ctrl Z)").click()
    expect(tab.locator("section.form").get_by_label("Price", exact=True)).to_have_value("600 EUR")
    expect(tab.get_by_label("People in Setter")).to_have_text("1")
    tab.get_by_label("Save (Ctrl S)").click()
    expect(tab.locator(".edited")).to_have_count(0)
    # The other one is told without having asked, and keeps its work under a name of its own.
    told = other.locator(".notices .notice.clash")
    expect(told).to_contain_text("changed on disk since you opened it")
    told.get_by_role("button", name="Keep mine under another name").click()
    other.locator("dialog.save input").fill("brackets-two")
    other.locator("dialog.save button.main").click()
    expect(told).to_have_count(0)
    mine = file.with_name("brackets-two.yaml")
    assert load(mine).crews["setter"].people == 2
    assert load(file).stations["pack"].price == 600
    mine.unlink()
    other.close()


def test_a_file_edited_by_hand_is_told_while_the_page_is_open(tab: Page, file: Path) -> None:
    file.write_text(BY_HAND)
    told = tab.locator(".notices .notice.clash")
    expect(told).to_contain_text("changed on disk since you opened it: ")
    expect(told).to_contain_text("9000 EUR -> 8000 EUR")
    expect(told.get_by_role("button", name="Keep mine")).to_have_count(0)  # nothing is
    file.write_text("twin: [")
    expect(told).to_contain_text("cannot be read now")
    file.write_text(BY_HAND)
    expect(told).to_contain_text("9000 EUR -> 8000 EUR")
    told.get_by_role("button", name="Load theirs").click()
    expect(told).to_have_count(0)
    choose(tab, "Stations", "Milling")
    price = tab.locator("section.form").get_by_label("Price", exact=True)
    expect(price).to_have_value("8000 EUR")
    write(tab, "Price", "7000")
    expect(tab.locator(".edited")).to_be_visible()
    tab.get_by_label("Save (Ctrl S)").click()
    expect(tab.locator(".edited")).to_have_count(0)
    assert load(file).stations["mill"].price == 7000


def test_a_reload_keeps_undo_and_redo(tab: Page, file: Path) -> None:
    for people in (2, 3, 4):
        tab.get_by_label("One person more: Setter").click()
        expect(tab.get_by_label("People in Setter")).to_have_text(str(people))
    tab.get_by_label("Undo (Ctrl Z)").click()
    expect(tab.get_by_label("People in Setter")).to_have_text("3")
    expect(tab).to_have_url(re.compile("draft=[0-9a-f]{8}"))
    tab.reload()
    expect(tab.get_by_label("People in Setter")).to_have_text("3", timeout=SLOW)
    expect(tab.locator(".edited")).to_be_visible()
    tab.get_by_label("Redo (Ctrl Shift Z)").click()
    expect(tab.get_by_label("People in Setter")).to_have_text("4")
    expect(tab.get_by_label("Redo (Ctrl Shift Z)")).to_be_disabled()
    for people in (3, 2, 1):
        tab.get_by_label("Undo (Ctrl Z)").click()
        expect(tab.get_by_label("People in Setter")).to_have_text(str(people))
    expect(tab.get_by_label("Undo (Ctrl Z)")).to_be_disabled()
    expect(tab.locator(".edited")).to_have_count(0)
    expect(tab.locator(".notices .notice")).to_have_count(0)  # its own past is no rival
    tab.reload()
    expect(tab.get_by_label("Redo (Ctrl Shift Z)")).to_be_enabled(timeout=SLOW)
    expect(tab.locator(".notices .notice")).to_have_count(0)
    tab.get_by_label("Redo (Ctrl Shift Z)").click()
    expect(tab.get_by_label("People in Setter")).to_have_text("2")
    assert file.read_text() == PLANT
