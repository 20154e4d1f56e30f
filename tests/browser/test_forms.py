"""Forms, new layouts and saving in a browser. The engine is left out: nothing here asks for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.test_planner import EVIL, VIEWER, is_local
from tests.view.plants import PLANT
from twin.errors import Cancelled
from twin.layout.files import load
from twin.layout.rules import check
from twin.view import workbench
from twin.view.pages.planner import shelf
from twin.view.server import Background

SLOW = 120_000  # ms: drawing by software on a shared machine
expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def own() -> Path:
    """The folder of the user's own layouts."""
    folder = Path(os.environ["TWIN_HOME"]) / "layouts"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def url(own: Path) -> Iterator[str]:
    def left_out(*_: object) -> None:
        raise Cancelled

    (own / "brackets.yaml").write_text(PLANT)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(workbench.machine_code, "prepare", lambda *_: None)
        patched.setattr(workbench, "shown_days", lambda factory: workbench.unknown(factory.layout))
        patched.setattr(workbench, "_outlook", left_out)
        with Background(shelf("brackets")) as server:
            yield server.url


@pytest.fixture
def file(own: Path) -> Path:
    """A layout of the user's own, as it was."""
    path = own / "brackets.yaml"
    path.write_text(PLANT)
    return path


@pytest.fixture
def tab(browser: Browser, chromium: str, url: str, file: Path) -> Iterator[Page]:
    with_page = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    tab = with_page.new_page()
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("request", lambda r: wrong.append(r.url) if not is_local(r.url) else None)
    opened(tab, url)
    yield tab
    with_page.close()
    assert wrong == []


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


def test_a_field_is_changed_in_the_unit_that_stands_there_and_a_wrong_one_is_told(tab: Page) -> None:
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
