"""What is handed on, in a real browser: the page from disk that asks nobody, and the dialog."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import planning
from tests.browser.test_planner import SLOW, VIEWER, open_page
from tests.view.plants import PLANT, plant
from twin.bottlenecks import find_bottlenecks
from twin.cells.factory import validate
from twin.forecast import predict
from twin.view.exports import formats, handout
from twin.view.pages.planner import shelf
from twin.view.server import Background

EVIL = "<img src=x onerror='window.hacked=1'>"
SIZES = [(1280, 800), (1920, 1080), (820, 1180)]
GRAVE = ("serious", "critical")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shift of the small plant, handed on; its names are markup."""
    factory = validate(plant(("name: Brackets", f'name: "{EVIL} Brackets"')).layout)
    made = handout.of_forecast(factory, predict(factory), find_bottlenecks(factory))
    path = tmp_path_factory.mktemp("mail") / "shift.html"
    formats.write(made, path)
    return path


@contextmanager
def from_disk(
    browser: Browser, file: Path, size: tuple[int, int] = SIZES[0], theme: Any = "light"
) -> Iterator[Page]:
    """The file as a reader opens it; nothing but the file itself may be asked for."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=theme, offline=True
    )
    tab = context.new_page()
    wrong: list[str] = []
    asked: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(file.as_uri())
    tab.wait_for_selector(VIEWER, timeout=SLOW)
    yield tab
    context.close()
    assert asked == [file.as_uri()]
    assert [text for text in wrong if "GPU stall" not in text] == []


def time_of(tab: Page) -> float:
    return tab.locator(VIEWER).evaluate("element => element.twin.clock.t")


def test_it_plays_from_disk_and_asks_nobody(browser: Browser, chromium: str, file: Path) -> None:
    with from_disk(browser, file) as tab:
        first = time_of(tab)
        tab.wait_for_function(
            """t => document.getElementById("floor").shadowRoot
                .querySelector(".twin-viewer").twin.clock.t > t + 60""",
            arg=first,
            timeout=SLOW,
        )
        tab.get_by_role("button", name="Pause").click()
        slider = tab.get_by_role("slider", name="Time")
        slider.fill(str(12 * 3600))
        assert time_of(tab) == 12 * 3600
        expect(tab.locator(".time")).to_contain_text("Mon 12:00")
        expect(tab.locator("#caption")).to_contain_text(re.compile("Halfway|Mill|Bench"))
        slider.press("ArrowRight")
        assert time_of(tab) > 12 * 3600
        # A shift by itself has nothing that it could be compared with.
        expect(tab.locator("[data-overlay=changes]")).to_be_hidden()
        tab.keyboard.press("d")
        expect(tab.locator(".overlay-note")).to_be_empty()


def test_names_stay_text_and_figures_stand_beside_the_floor(
    browser: Browser, chromium: str, file: Path
) -> None:
    with from_disk(browser, file) as tab:
        expect(tab.locator("h1")).to_have_text(f"{EVIL} Brackets")
        assert tab.locator("img").count() == 0 and tab.evaluate("window.hacked") is None
        expect(tab.locator(".sentence")).to_contain_text("the setter holds the output back")
        expect(tab.locator(".label.bottleneck").last).to_contain_text("one more +")
        expect(tab.locator(".strip")).to_contain_text("brackets a day")
        expect(tab.locator("aside")).to_contain_text("Numbers of the layout")


def test_a_request_of_a_script_would_be_refused(
    browser: Browser, chromium: str, file: Path
) -> None:
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(file.as_uri())
    refused = tab.evaluate(
        """() => new Promise(done => {
            document.addEventListener("securitypolicyviolation", e => done(e.effectiveDirective));
            fetch("http://127.0.0.1:9/").catch(() => {});
        })"""
    )
    assert refused == "connect-src"
    context.close()


def test_without_3d_the_figures_are_there_and_the_page_says_why(
    browser: Browser, chromium: str, file: Path
) -> None:
    context = browser.new_context()
    context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    tab = context.new_page()
    tab.goto(file.as_uri())
    expect(tab.locator("#caption")).to_contain_text("cannot show the floor in 3D")
    expect(tab.locator(".strip")).to_contain_text("brackets a day")
    expect(tab.locator("#floor")).to_have_count(0)
    context.close()


def test_moments_are_reached_by_the_keyboard(browser: Browser, chromium: str, file: Path) -> None:
    with from_disk(browser, file) as tab:
        tab.get_by_role("button", name="Pause").click()
        last = tab.locator(".moments button").last
        last.focus()
        tab.keyboard.press("Enter")
        assert time_of(tab) == 16 * 3600
        expect(last).to_have_attribute("aria-current", "step")
        expect(tab.locator("#caption")).to_contain_text("The shift ends")
        tab.get_by_role("button", name="Dark theme").press("Enter")
        expect(tab.locator(VIEWER)).to_have_attribute("data-theme", "dark")


def grave(tab: Page, axe: str) -> list[str]:
    """What axe finds critical or serious, with the elements that it is of."""
    tab.evaluate(axe)
    found = tab.evaluate("axe.run()")["violations"]
    return [
        f"{one['impact']} {one['id']}: {[node['target'] for node in one['nodes']]}"
        for one in found
        if one["impact"] in GRAVE
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_it_fits_and_is_accessible(
    browser: Browser, chromium: str, file: Path, axe: str, size: tuple[int, int], theme: str
) -> None:
    with from_disk(browser, file, size, theme) as tab:
        assert tab.locator("html").get_attribute("data-theme") == theme
        assert grave(tab, axe) == []
        width = tab.evaluate("document.documentElement.scrollWidth")
        assert width <= size[0]
        floor = tab.locator("#floor").bounding_box()
        assert floor and floor["height"] > 300 and floor["width"] > 0.6 * size[0]


# --- the planner's page --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    file = tmp_path_factory.mktemp("layouts") / "brackets.yaml"
    file.write_text(PLANT)
    with Background(shelf(file)) as server:
        yield server.url


@pytest.fixture(scope="module")
def tab(browser: Browser, chromium: str, url: str) -> Iterator[Page]:
    with planning(browser, color_scheme="light") as tab:
        open_page(tab, url)
        yield tab


def viewer(tab: Page, expression: str) -> Any:
    return tab.locator(VIEWER).evaluate(f"element => element.twin.{expression}")


def exported(tab: Page, ending: str) -> tuple[str, bytes]:
    """Name and content of the file that the dialog gives."""
    tab.get_by_role("button", name="Export").click()
    dialog: Locator = tab.locator("dialog.export")
    with tab.expect_download(timeout=SLOW) as download:
        dialog.locator(f"[data-format={ending}]").click()
    expect(dialog).to_be_hidden()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


@pytest.mark.parametrize(
    ("ending", "start"),
    [("html", b"<!DOCTYPE html>"), ("xlsx", b"PK"), ("glb", b"glTF"), ("png", b"\x89PNG")],
)
def test_the_dialog_gives_a_file(tab: Page, ending: str, start: bytes) -> None:
    name, content = exported(tab, ending)
    assert name == f"brackets.{ending}"
    assert content.startswith(start) and len(content) > 2000


def test_the_table_of_the_page_has_the_figures_that_it_shows(tab: Page) -> None:
    _, content = exported(tab, "csv")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    (output,) = [row[3] for row in rows if row[0] == "Plant" and row[2] == "Output"]
    assert f"{float(output):.1f}" in tab.locator("[data-figure=output]").inner_text()


def test_the_dialog_is_accessible_and_goes_by_the_keyboard(tab: Page, axe: str) -> None:
    tab.get_by_role("button", name="Export").press("Enter")
    dialog = tab.locator("dialog.export")
    expect(dialog).to_be_visible()
    tab.evaluate(axe)
    found = dialog.evaluate("element => axe.run(element)")["violations"]
    assert [one["id"] for one in found if one["impact"] in GRAVE] == []
    tab.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_an_exported_file_is_given_as_an_attachment_only(tab: Page, url: str) -> None:
    tab.get_by_role("button", name="Export").click()
    with tab.expect_download(timeout=SLOW) as download:
        tab.locator("dialog.export [data-format=html]").click()
    assert "/exports/" in download.value.url
    answer = tab.context.request.get(download.value.url)
    assert answer.headers["content-disposition"] == "attachment"
    assert answer.headers["x-content-type-options"] == "nosniff"
    root = url.removesuffix("/planner")
    for path in ("exports/", "exports/..%2Fblobs", "exports/none.html"):
        assert tab.context.request.get(f"{root}/{path}").status in (403, 404)


def test_the_address_keeps_time_camera_and_selection(tab: Page, url: str) -> None:
    tab.get_by_role("button", name="Pause").click()
    viewer(tab, "seek(40000)")
    spot = viewer(tab, "screenOf('pack-1')")
    tab.mouse.click(spot["x"], spot["y"])
    expect(tab.locator(".chosen h2")).to_have_text("Bench")
    tab.keyboard.press("t")  # from above
    expect(tab).to_have_url(re.compile(r"layout=brackets#t=40000&camera=[-\d._]+&selected=pack-1$"))
    tab.wait_for_timeout(1200)  # the address follows once a second
    link, seen = tab.url, viewer(tab, "screenOf('mill-1')")
    other = tab.context.new_page()
    open_page(other, link)
    expect(other.locator(".chosen h2")).to_have_text("Bench")
    there = viewer(other, "screenOf('mill-1')")
    assert (there["x"], there["y"]) == pytest.approx((seen["x"], seen["y"]), abs=2)
    assert viewer(other, "clock.t") >= 40000
    other.close()
