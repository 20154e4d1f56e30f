"""Forms, new layouts and saving in a browser. The engine is left out: nothing here asks for it."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import engine_left_out, planning
from tests.browser.test_planner import EVIL, VIEWER
from tests.view.plants import PLANT
from twin.layout import drafts, files
from twin.layout.files import load
from twin.layout.rules import check
from twin.view.pages.planner import shelf
from twin.view.server import Background

SLOW = 120_000  # ms: drawing by software on a shared machine


@pytest.fixture(scope="module")
def own() -> Path:
    """The folder of the user's own layouts."""
    folder = Path(os.environ["TWIN_HOME"]) / "layouts"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def url(own: Path) -> Iterator[str]:
    (own / "brackets.yaml").write_text(PLANT)
    with engine_left_out(), Background(shelf("brackets")) as server:
        yield server.url


@pytest.fixture
def file(own: Path) -> Path:
    """A layout of the user's own as it was, with no unsaved work on it."""
    for draft in drafts.drafts_of("brackets"):
        draft.unlink()
    path = own / "brackets.yaml"
    path.write_text(PLANT)
    return path


@pytest.fixture
def tab(browser: Browser, chromium: str, url: str, file: Path) -> Iterator[Page]:
    with planning(browser) as tab:
        opened(tab, url)
        yield tab


def opened(tab: Page, url: str) -> None:
    tab.goto(url)
    tab.wait_for_selector(VIEWER, timeout=SLOW)
    expect(tab.locator("nav.outline section").first).to_be_visible()


def section(tab: Page, title: str) -> Locator:
    return tab.locator(f'nav.outline section[aria-label="{title}"]')


def choose(tab: Page, title: str, name: str) -> None:
    section(tab, title).get_by_role("button", name=name).first.click()


def add(tab: Page, what: str, label: str, asset: str = "") -> None:
    tab.locator("nav.outline").get_by_label(f"Add {what}", exact=True).first.click()
    box = tab.locator("dialog.add")
    box.get_by_label("What people call it").last.fill(label)
    if asset:
        box.locator("select").select_option(asset)
    box.get_by_role("button", name="Add", exact=True).click()
    expect(box).to_be_hidden()


def write(tab: Page, label: str, text: str) -> Locator:
    box = tab.locator("section.form").get_by_label(label, exact=True).first
    box.fill(text)
    box.press("Tab")
    return box


def test_a_field_is_changed_in_the_unit_that_stands_there_and_a_wrong_one_is_told(
    tab: Page,
) -> None:
    choose(tab, "Stations", "Milling")
    form = tab.locator("section.form")
    expect(form.locator("h2")).to_have_text("Station Milling")
    write(tab, "Price", "9500")
    expect(form.get_by_label("Price", exact=True)).to_have_value("9500 EUR")
    expect(tab.locator(".edited")).to_be_visible()
    write(tab, "Price", "9 kg")
    expect(form.locator(".wrong")).to_contain_text("is not a money")
    expect(form.get_by_label("Price", exact=True)).to_have_value("9 kg")
    write(tab, "Price", "9800 EUR")
    expect(form.locator(".wrong")).to_have_count(0)
    tab.keyboard.press("Escape")
    tab.get_by_label("Undo (Ctrl Z)").click()
    expect(form.get_by_label("Price", exact=True)).to_have_value("9500 EUR")


def test_a_three_station_line_is_built_from_nothing_saved_and_checked(
    tab: Page, own: Path, url: str
) -> None:
    tab.get_by_role("button", name="New layout").click()
    box = tab.locator("dialog.new")
    box.get_by_label("Name of the factory").last.fill(f"Three {EVIL}")
    box.get_by_role("button", name="Create").click()
    expect(tab.locator("h1")).to_have_text(f"Three {EVIL}")
    expect(tab.locator(".sentence")).to_contain_text("Add the stations")
    mill, bench = "mill/desktop", "bench/packing"
    for label, asset in (("Saw", mill), ("Mill", mill), ("Pack", bench)):
        add(tab, "a station", label, asset)
        expect(tab.locator("section.form h2")).to_have_text(f"Station {label}")
    expect(tab.locator(".sentence")).to_contain_text("Add a product")
    add(tab, "a crew", "Setter")
    add(tab, "a product", f"{EVIL} bracket")
    expect(tab.locator("section.form h2")).to_have_text(f"Product {EVIL} bracket")
    add(tab, "orders", "usual")
    choose(tab, "Products", "bracket")
    form = tab.locator("section.form")
    form.locator("summary", has_text="2. mill").click()
    form.get_by_label("Move down 2. mill").click()
    expect(form.locator("summary", has_text="3. mill")).to_be_visible()
    tab.get_by_label("Save (Ctrl S)").click()
    expect(tab.locator(".edited")).to_have_count(0)
    file = next(own.glob("three-*.yaml"))
    layout = load(file)
    (product,) = layout.products.values()
    assert [step.step for step in product.route] == ["saw", "pack", "mill"]
    assert product.basis == "guessed"
    assert not [finding for finding in check(layout) if finding.severity == "error"]
    tab.reload()
    expect(tab.locator("h1")).to_have_text(f"Three {EVIL}")
    assert tab.evaluate("window.hacked") is None and tab.locator("img").count() == 0
    file.unlink()


def test_a_reload_loses_nothing_and_a_file_edited_by_hand_is_not_overwritten(
    tab: Page, file: Path
) -> None:
    choose(tab, "Stations", "Milling")
    write(tab, "Price", "9501")
    expect(tab).to_have_url(re.compile("draft=[0-9a-f]{8}"))
    tab.reload()
    expect(tab.locator(".edited")).to_be_visible(timeout=SLOW)
    choose(tab, "Stations", "Milling")
    expect(tab.locator("section.form").get_by_label("Price", exact=True)).to_have_value("9501 EUR")
    by_hand = PLANT.replace("people: 1", "people: 2")
    file.write_text(by_hand)
    tab.get_by_label("Save (Ctrl S)").click()
    notice = tab.locator(".notice.clash")
    expect(notice).to_contain_text("changed on disk since you opened it: +1 setter")
    assert file.read_text() == by_hand
    notice.get_by_role("button", name="Keep mine under another name").click()
    tab.locator("dialog.save input").fill("brackets-mine")
    tab.locator("dialog.save button.main").click()
    expect(notice).to_have_count(0)
    mine = file.with_name("brackets-mine.yaml")
    assert load(mine).stations["mill"].price == 9501
    assert file.read_text() == by_hand
    mine.unlink()


def test_two_tabs_on_one_layout_do_not_lose_each_others_work(
    tab: Page, url: str, file: Path
) -> None:
    other = tab.context.new_page()
    opened(other, url)
    other.get_by_label("One person more: Setter").click()
    expect(other.get_by_label("People in Setter")).to_have_text("2")
    choose(tab, "Stations", "Packing")
    write(tab, "Price", "600")
    expect(tab.locator(".edited")).to_be_visible()
    other.get_by_label("Save (Ctrl S)").click()
    expect(other.locator(".edited")).to_have_count(0)
    tab.get_by_label("Save (Ctrl S)").click()
    tab.locator(".notice.clash").get_by_role("button", name="Load theirs").click()
    expect(tab.get_by_label("People in Setter")).to_have_text("2")
    assert load(file).crews["setter"].people == 2 and load(file).stations["pack"].price == 500
    tab.get_by_label("Undo (Ctrl Z)").click()
    expect(tab.get_by_label("People in Setter")).to_have_text("1")
    expect(tab.locator("section.form").get_by_label("Price", exact=True)).to_have_value("600 EUR")
    other.close()


def test_a_version_is_kept_and_opened_again(tab: Page) -> None:
    tab.get_by_role("button", name="Versions", exact=True).click()
    tab.locator("dialog.versions input").fill("one-setter")
    tab.locator("dialog.versions").get_by_role("button", name="Keep").click()
    expect(tab.locator(".toast")).to_contain_text("Kept as version one-setter")
    tab.get_by_label("One person more: Setter").click()
    expect(tab.get_by_label("People in Setter")).to_have_text("2")
    tab.get_by_role("button", name="Versions", exact=True).click()
    tab.get_by_label("Open one-setter").click()
    expect(tab.get_by_label("People in Setter")).to_have_text("1")
    tab.get_by_label("Undo (Ctrl Z)").click()
    expect(tab.get_by_label("People in Setter")).to_have_text("2")


def test_everything_is_reached_by_keyboard(tab: Page) -> None:
    tab.keyboard.press("Control+k")
    tab.keyboard.type("bracket")
    tab.keyboard.press("Enter")
    form = tab.locator("section.form")
    expect(form.locator("h2")).to_have_text("Product Bracket")
    form.locator("summary", has_text="1. mill").focus()
    tab.keyboard.press("Enter")
    form.get_by_label("Makes", exact=True).first.focus()
    tab.keyboard.type("2")
    tab.keyboard.press("Tab")
    expect(form.get_by_label("Makes", exact=True).first).to_have_value("2")
    expect(tab.locator(".edited")).to_be_visible()
    tab.locator(".sentence").click()
    tab.keyboard.press("Control+z")
    expect(form.get_by_label("Makes", exact=True).first).to_have_value("")


def test_a_full_disk_is_told_and_nothing_is_lost(
    tab: Page, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(drafts, "write_whole", full)
        patched.setattr(files, "write_whole", full)
        tab.get_by_label("One person more: Setter").click()
        expect(tab.locator(".notice.kept")).to_contain_text("not kept as a draft")
        tab.get_by_label("Save (Ctrl S)").click()
        told = tab.locator(".notice.clash", has_text="nothing is lost")
        expect(told).to_contain_text("No space left on device")
        assert file.read_text() == PLANT
    told.get_by_role("button", name="Try again").click()
    expect(told).to_have_count(0)
    expect(tab.locator(".notice.kept")).to_have_count(0)
    expect(tab.locator(".edited")).to_have_count(0)
    assert load(file).crews["setter"].people == 2
