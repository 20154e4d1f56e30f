"""A followed shop in a browser: what happens is seen, looked back at, and never looks fresher than
it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import planning
from tests.view.plants import PLANT
from tests.view.shops import HOUR, Played
from twin.view.live import Live
from twin.view.pages.planner import shelf
from twin.view.server import Background

VIEWER = ".twin-viewer[data-ready=true]"
STATES = """([{ twin: { stage } }, state]) =>
  stage.machineState.every((code) => stage.timeline.states[code] === state)"""
KNOWN = "([view, t]) => Number(view.dataset.known) === t"


@pytest.fixture(scope="module")
def shop() -> Played:
    return Played()


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, shop: Played) -> Iterator[str]:
    file = tmp_path_factory.mktemp("layouts") / "brackets.yaml"
    file.write_text(PLANT, "utf-8")
    with Background(shelf(file, live=Live(shop))) as server:
        yield server.url


@pytest.fixture
def tab(browser: Browser, chromium: str, url: str, shop: Played) -> Iterator[Page]:
    with planning(browser, color_scheme="light") as tab:
        shop.go_on(lost=None)
        tab.goto(url)
        tab.wait_for_selector(VIEWER)
        expect(tab.locator("button.badge")).to_contain_text("LIVE")
        go_on(tab, shop, shop.at + 60.0)
        yield tab


def go_on(tab: Page, shop: Played, at: float, **changes: object) -> None:
    """Let the shop go on, and the page have heard of it."""
    shop.go_on(at=at, **changes)
    tab.wait_for_function(KNOWN, arg=[tab.locator(VIEWER).element_handle(), at])


def clock(tab: Page, what: str) -> object:
    return tab.locator(VIEWER).evaluate(f"view => view.twin.clock.{what}")


def test_it_opens_live_and_goes_on(tab: Page, shop: Played) -> None:
    assert "live=1" in tab.url
    assert clock(tab, "following")
    expect(tab.locator(".live .stations tr")).to_have_count(len(shop.day.resources))
    expect(tab.locator(".live .sources")).to_contain_text("mqtt connected")
    expect(tab.locator(".twin-viewer .badge")).to_have_text("LIVE")
    expect(tab.locator(".sentence")).to_contain_text("as heard")
    go_on(tab, shop, shop.at + 600.0)
    expect(tab.locator("button.badge")).to_have_text(re.compile("data (now|[2-5] s old)"))
    assert clock(tab, "t") == pytest.approx(shop.at, abs=2.0)
    for name in ("Undo (Ctrl Z)", "Save (Ctrl S)", "Move machines on the floor"):
        expect(tab.get_by_role("button", name=name, exact=True)).to_be_disabled()


def test_who_looks_back_stays_there_and_catches_up(tab: Page, shop: Played) -> None:
    tab.get_by_role("button", name="Pause", exact=True).click()
    expect(tab.locator(".twin-viewer .badge")).to_contain_text("PAUSED AT")
    stood = clock(tab, "t")
    go_on(tab, shop, shop.at + 300.0)
    assert clock(tab, "t") == stood
    tab.locator(VIEWER).evaluate("view => view.twin.clock.seek(view.twin.clock.t - 1800)")
    tab.get_by_role("button", name="Play", exact=True).click()
    expect(tab.locator(".twin-viewer .badge")).to_have_text("BEHIND LIVE")
    tab.get_by_role("button", name="Catch up").click()
    expect(tab.locator(".twin-viewer .badge")).to_have_text("LIVE")
    assert clock(tab, "t") == pytest.approx(shop.at, abs=2.0)
    expect(tab.get_by_role("button", name="Catch up")).to_be_hidden()


def test_what_is_lost_is_no_data_at_once(tab: Page, shop: Played) -> None:
    go_on(tab, shop, shop.at + 61.0, lost=shop.at)
    expect(tab.locator("button.badge")).to_contain_text("NOT CONNECTED")
    expect(tab.locator(".twin-viewer .badge")).to_have_text("NOT CONNECTED")
    expect(tab.locator(".live .stations .unknown")).to_have_count(len(shop.day.resources))
    expect(tab.locator(".live .sources .age")).to_have_class(re.compile("old"))
    tab.wait_for_function(STATES, arg=[tab.locator(VIEWER).element_handle(), "UNAVAILABLE"])


def test_figures_are_of_the_span_that_is_chosen(tab: Page) -> None:
    expect(tab.locator("[data-figure=output]")).to_contain_text("in 60 min, as heard")
    tab.get_by_role("button", name="last day").click()
    expect(tab.locator("[data-figure=output]")).not_to_contain_text("in 60 min")
    expect(tab.locator("[data-figure=output]")).to_contain_text("h, as heard")


def test_it_leads_to_the_forecast_and_back(tab: Page) -> None:
    tab.get_by_role("button", name="PREDICT", exact=True).click()
    expect(tab.locator("button.badge")).to_contain_text("PREDICTED run")
    expect(tab.locator(".live")).to_be_hidden()
    assert "live=1" not in tab.url
    tab.get_by_role("button", name="LIVE", exact=True).click()
    expect(tab.locator("button.badge")).to_contain_text("LIVE")
    expect(tab.locator(".holds")).to_be_hidden()


def test_it_is_accessible(tab: Page, axe: str) -> None:
    tab.evaluate(axe)
    for theme in ("Dark theme", "Light theme"):
        found = tab.evaluate("axe.run()")["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
        tab.get_by_role("button", name=theme).click()


def test_a_shop_is_offered_on_its_own_floor_alone(tab: Page) -> None:
    tab.get_by_label("Layout", exact=True).select_option("job_shop")
    expect(tab.locator("h1")).to_have_text(re.compile("job shop", re.IGNORECASE))
    expect(tab.get_by_role("button", name="LIVE", exact=True)).to_have_count(0)
    expect(tab.locator("button.badge")).not_to_contain_text("LIVE")


def test_one_shop_serves_all_pages(browser: Browser, tab: Page, url: str, shop: Played) -> None:
    with planning(browser) as other:
        other.goto(url)
        other.wait_for_selector(VIEWER)
        before = shop.looks
        go_on(other, shop, shop.at + HOUR / 6)
        tab.wait_for_function(KNOWN, arg=[tab.locator(VIEWER).element_handle(), shop.at])
        assert shop.looks - before < 8  # one a second, and one for what is new: not twice as many


def test_the_hours_that_are_seen_are_handed_on(tab: Page, tmp_path: Path) -> None:
    tab.get_by_role("button", name="Export").click()
    with tab.expect_download() as waiting:
        tab.locator("[data-format=html]").click()
    kept = tmp_path / "shift.html"
    waiting.value.save_as(kept)
    assert b"REPLAY" in kept.read_bytes() or kept.stat().st_size > 100_000
