"""The planner's page in a browser: what a planner does first, and what never may happen."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from bokeh.document import Document
from panel.io import document as panel_document
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import is_local, planning
from tests.view.plants import PLANT
from twin.errors import Cancelled
from twin.view import workbench
from twin.view.pages.planner import shelf
from twin.view.server import Background

EVIL = "<img src=x onerror='window.hacked=1'>"
VIEWER = ".twin-viewer[data-ready=true]"
SETTLED = ".page[data-stage='']"
SLOW = 300_000  # ms: physics, compilation and drawing by software on a shared machine


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    file = tmp_path_factory.mktemp("layouts") / "brackets.yaml"
    text = PLANT.replace("name: Brackets", f'name: "{EVIL} Brackets"')
    file.write_text(text.replace("label: Mill 1", f'label: "{EVIL} Mill 1"'))
    with Background(shelf(file)) as server:
        yield server.url


@pytest.fixture(scope="module")
def tab(browser: Browser, chromium: str, url: str) -> Iterator[Page]:
    """One page for all tests: it has to be as it was found after each."""
    with planning(browser, color_scheme="light") as tab:
        open_page(tab, url)
        yield tab


def open_page(tab: Page, url: str) -> None:
    tab.goto(url)
    tab.wait_for_selector(VIEWER, timeout=SLOW)
    tab.wait_for_selector(SETTLED, timeout=SLOW)


def hook(tab: Page, expression: str) -> Any:
    """A value of the viewer's debug hook."""
    return tab.locator(VIEWER).evaluate(f"element => element.twin.{expression}")


def figure(tab: Page, key: str) -> str:
    return tab.locator(f"[data-figure={key}]").inner_text()


def test_it_plays_says_what_holds_it_back_and_gives_every_figure_a_unit(tab: Page) -> None:
    expect(tab.locator(".sentence")).to_contain_text("the setter holds the output back")
    assert hook(tab, "clock.playing")
    for key, unit in (
        ("output", "brackets a day"),
        ("lead", "days|h|min"),
        ("cost", "€ a bracket"),
    ):
        assert re.search(rf"\d\s+({unit})", figure(tab, key)), figure(tab, key)
    expect(tab.locator("button.badge")).to_contain_text("PREDICTED run ")
    expect(tab.locator(".label", has_text="one more +").first).to_be_attached()
    expect(tab.locator(".holds .list").last.locator(".gain.first")).to_contain_text("Setter")


def test_the_page_reaches_python_and_back(tab: Page) -> None:
    """Without small frames sent at once the way takes 40 ms and more on any machine."""
    times = tab.locator(".page").evaluate(
        """async (page) => {
          const times = [];
          for (let i = 0; i < 9; i++) times.push(await page.echo());
          return times;
        }"""
    )
    assert len(times) == 9 and min(times) < 30


def test_names_from_a_layout_stay_text(tab: Page) -> None:
    expect(tab.locator("h1")).to_have_text(f"{EVIL} Brackets")
    assert tab.title().startswith(EVIL)
    assert tab.locator("img").count() == 0
    assert tab.evaluate("window.hacked") is None


def test_a_click_on_a_machine_shows_its_figures(tab: Page) -> None:
    spot = hook(tab, "screenOf('pack-1')")
    tab.mouse.click(spot["x"], spot["y"])
    expect(tab.locator(".chosen h2")).to_have_text("Bench")
    expect(tab.locator(".chosen")).to_contain_text("of open time")
    expect(tab.locator(".chosen .states i").first).to_be_visible()


def test_one_person_more_changes_the_headline_and_undo_brings_it_back(tab: Page) -> None:
    before = figure(tab, "output")
    tab.get_by_label("One person more: Setter").click()
    expect(tab.locator(".change")).to_contain_text("+1 setter")
    expect(tab.locator("[data-figure=output] .difference")).to_have_text(
        re.compile(r"^\+[\d.]+ ± [\d.]+$")
    )
    expect(tab.locator("[data-figure=output]")).to_contain_text("brackets a day")
    expect(tab.locator("[data-figure=output]")).to_contain_text("was ")
    assert figure(tab, "walked").startswith("Walking") and "m a day" in figure(tab, "walked")
    tab.keyboard.press("Control+z")
    expect(tab.locator(".change")).to_contain_text("Nothing is changed")
    expect(tab.locator(SETTLED)).to_be_visible(timeout=SLOW)
    assert figure(tab, "output") == before
    expect(tab.get_by_label("Redo (Ctrl Shift Z)")).to_be_enabled()


def test_only_the_servers_thread_asks_for_a_drawing(
    tab: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another asks of a document just as it ends to keep back what is new is lost."""
    asking: set[str] = set()
    ask = Document.add_next_tick_callback

    def noted(document: Document, act: Any) -> Any:
        asking.add(threading.current_thread().name)
        return ask(document, act)

    monkeypatch.setattr(Document, "add_next_tick_callback", noted)
    tab.get_by_label("One person more: Setter").click()
    expect(tab.locator(".change")).to_contain_text("+1 setter")
    tab.keyboard.press("Control+z")
    expect(tab.locator(".change")).to_contain_text("Nothing is changed")
    expect(tab.locator(SETTLED)).to_be_visible(timeout=SLOW)
    assert len(asking) == 1, asking


def test_a_drawing_that_panel_has_kept_and_forgotten_is_sent_all_the_same(
    tab: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Panel does where a second message comes to be kept while it still sends the first."""
    send, write = panel_document._dispatch_msgs, panel_document.write_events
    forgotten = 0

    def busy(*_: Any) -> None:
        raise RuntimeError("the socket is busy: the messages are to be kept")

    async def forget(document: Document) -> None:
        nonlocal forgotten
        forgotten += 1
        panel_document._WRITE_BLOCK.pop(document, None)
        monkeypatch.setattr(panel_document, "write_events", write)
        monkeypatch.setattr(panel_document, "_dispatch_msgs", send)

    monkeypatch.setattr(panel_document, "_dispatch_msgs", forget)
    monkeypatch.setattr(panel_document, "write_events", busy)
    tab.locator(".outline").get_by_text("Milling", exact=True).click()
    expect(tab.locator("section.form h2")).to_have_text("Station Milling")
    assert forgotten > 0
    tab.locator(".outline").get_by_text("Packing", exact=True).click()
    expect(tab.locator("section.form h2")).to_have_text("Station Packing")


def test_work_is_stopped_by_a_button_and_goes_on_by_another(
    tab: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(*_: Any, cancelled: threading.Event, **__: Any) -> None:
        assert cancelled.wait(SLOW / 1000)
        raise Cancelled

    before = figure(tab, "output")
    with monkeypatch.context() as patched:
        patched.setattr(workbench, "predict", endless)
        patched.setattr(workbench, "_MEMORY", workbench.Memory(64))
        tab.get_by_label("One person more: Setter").click()
        expect(tab.locator(".progress")).to_contain_text("Forecasting")
        tab.get_by_role("button", name="Stop", exact=True).click()
        expect(tab.locator(".halt")).to_contain_text("Stopped")
        expect(tab.locator(".progress")).to_have_count(0)
        expect(tab.locator("button.badge")).to_contain_text("STOPPED")
        expect(tab.locator(".holds")).to_contain_text("Stopped: these are of the layout before")
        assert figure(tab, "output") == before
    tab.get_by_role("button", name="Go on").click()
    expect(tab.locator("[data-figure=output] .difference")).to_be_visible(timeout=SLOW)
    expect(tab.locator(".halt")).to_be_hidden(timeout=SLOW)
    tab.keyboard.press("Control+z")
    expect(tab.locator(".change")).to_contain_text("Nothing is changed")
    expect(tab.locator(SETTLED)).to_be_visible(timeout=SLOW)
    assert figure(tab, "output") == before


def test_a_row_of_what_holds_it_back_flies_there(tab: Page) -> None:
    before = hook(tab, "screenOf('mill-1')")
    tab.locator(".holds .gain", has_text="Setter").first.click()
    expect(tab.locator(".chosen h2")).to_have_text("Setter")
    tab.wait_for_function(
        """([selector, x, y]) => {
          const seek = (root) => root.querySelector(selector) ?? [...root.querySelectorAll("*")]
            .map((e) => e.shadowRoot && seek(e.shadowRoot)).find(Boolean);
          const spot = seek(document).twin.screenOf("mill-1");
          return !spot || Math.hypot(spot.x - x, spot.y - y) > 20;
        }""",
        arg=[VIEWER, before["x"], before["y"]],
    )


def test_the_theme_is_switched_everywhere_and_kept(tab: Page) -> None:
    tab.get_by_label("Dark theme").click()
    expect(tab.locator(".page")).to_have_attribute("data-theme", "dark")
    expect(tab.locator(VIEWER)).to_have_attribute("data-theme", "dark")
    assert tab.evaluate("localStorage.getItem('twin.theme')") == "dark"
    tab.get_by_label("Light theme").click()
    expect(tab.locator(".page")).to_have_attribute("data-theme", "light")


def test_keys_open_help_and_find_goes_to_a_station(tab: Page) -> None:
    tab.keyboard.press("?")
    expect(tab.locator("dialog.help")).to_be_visible()
    tab.keyboard.press("Escape")
    tab.keyboard.press("Control+k")
    tab.keyboard.type("pack")
    tab.keyboard.press("Enter")
    expect(tab.locator("dialog.find")).to_be_hidden()
    expect(tab.locator(".chosen h2")).to_have_text("Packing")


def test_charts_follow_the_clock_and_a_click_on_one_sets_it(tab: Page) -> None:
    hook(tab, "clock.pause()")
    tab.get_by_role("button", name="Charts over time").click()
    charts = tab.get_by_role("region", name="Charts over time")
    canvas = charts.locator("canvas").first
    expect(canvas).to_be_visible()
    tab.wait_for_timeout(500)  # bokeh draws when it has been laid out
    before = hook(tab, "clock.t")
    box = canvas.bounding_box()
    assert box is not None
    tab.mouse.click(box["x"] + 0.75 * box["width"], box["y"] + 0.5 * box["height"])
    for _ in range(50):
        if hook(tab, "clock.t") != before:
            break
        tab.wait_for_timeout(100)
    assert hook(tab, "clock.t") > before
    tab.get_by_role("button", name="Hide the charts").click()
    expect(charts).to_be_hidden()
    hook(tab, f"seek({before})")


def test_flows_and_traffic_are_laid_on_the_floor_and_say_how_much(tab: Page) -> None:
    note = tab.locator(".overlay-note")
    flow = tab.get_by_role("button", name="Flow of material")
    flow.click()
    expect(note).to_have_text(re.compile(r"^Flow: the widest is \d+ parts$"))
    assert hook(tab, "overlays") == ["flow"]
    tab.keyboard.press("p")
    expect(note).to_contain_text(re.compile(r"Traffic: the brightest was passed \d+ times"))
    assert hook(tab, "overlays") == ["flow", "traffic"]
    tab.keyboard.press("p")
    flow.click()
    expect(note).to_be_empty()
    assert hook(tab, "overlays") == []


def test_the_page_is_accessible_with_forms_charts_and_library_open(tab: Page, axe: str) -> None:
    tab.evaluate(axe)

    def grave() -> list[Any]:
        found = tab.evaluate("axe.run()")["violations"]
        return [
            (one["id"], [node["target"] for node in one["nodes"]])
            for one in found
            if one["impact"] in ("serious", "critical")
        ]

    assert grave() == []
    outline = tab.get_by_role("navigation", name="What the factory is made of")
    for row in ("Milling", "Bracket"):
        outline.get_by_role("button", name=row).first.click()
        assert grave() == []
    tab.get_by_role("button", name="Charts over time").click()
    tab.get_by_role("button", name="Move machines on the floor").click()
    tab.get_by_role("button", name="Add from the library").click()
    assert grave() == []
    tab.get_by_role("button", name="Add from the library").click()
    tab.get_by_role("button", name="Stop moving machines").click()
    tab.get_by_role("button", name="Hide the charts").click()


def test_panels_fold_and_stay_folded(tab: Page) -> None:
    wide = tab.locator("main > .viewer").bounding_box()
    tab.get_by_label("Fold figures away").click()
    expect(tab.locator("aside")).to_be_hidden()
    wider = tab.locator("main > .viewer").bounding_box()
    assert wide and wider and wider["width"] > wide["width"] + 300
    assert tab.evaluate("localStorage.getItem('twin.right')") == "folded"
    tab.get_by_label("Show figures").click()
    expect(tab.locator("aside")).to_be_visible()


def test_a_machine_is_dragged_and_findings_and_undo_follow(tab: Page) -> None:
    tab.keyboard.press("Escape")
    tab.get_by_label("Move machines on the floor").click()
    expect(tab.get_by_label("Stop moving machines")).to_be_visible()
    tab.locator(VIEWER).get_by_label("Whole floor").click()
    hook(tab, "clock.seek(element.twin.clock.start)")  # nobody stands in front of the bench yet
    start, end = hook(tab, "screenOf('pack-1')"), hook(tab, "screenOf('mill-1')")
    tab.mouse.move(start["x"], start["y"])
    tab.mouse.down()
    way = [(end[axis] - start[axis]) * 0.15 for axis in "xy"]
    tab.mouse.move(start["x"] + way[0], start["y"] + way[1], steps=4)
    tab.mouse.up()
    expect(tab.locator(".change")).to_contain_text("moved")
    tab.wait_for_selector(SETTLED, timeout=SLOW)
    tab.get_by_label("Undo (Ctrl Z)").click()
    expect(tab.locator(".change")).to_contain_text("Nothing is changed")
    tab.get_by_label("Stop moving machines").click()
    tab.wait_for_selector(SETTLED, timeout=SLOW)


NAMES = "layout.machines.map(m => m.name).join()"


def until(tab: Page, expression: str, value: object) -> None:
    """Wait until the viewer's debug hook says a value."""
    end = monotonic() + SLOW / 1000
    while (said := hook(tab, expression)) != value:
        assert monotonic() < end, f"{expression} is {said}, not {value}"
        tab.wait_for_timeout(50)


def test_machines_are_duplicated_added_removed_and_undone_by_keys_alone(tab: Page) -> None:
    """With nothing but the keyboard: find the mill, edit, and take it all back."""
    tab.keyboard.press("Escape")
    tab.get_by_label("Move machines on the floor").focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_label("Stop moving machines")).to_be_visible()
    tab.keyboard.press("Control+k")
    tab.keyboard.type("mill 1")
    tab.keyboard.press("Enter")
    until(tab, "chosen.join()", "mill-1")
    tab.locator(VIEWER).focus()
    tab.keyboard.press("Control+d")
    until(tab, NAMES, "mill-1,pack-1,mill-2")
    until(tab, "chosen.join()", "mill-2")
    expect(tab.locator(".change")).to_contain_text("machine mill-2 added")
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("a")
    tab.keyboard.type("rack/tray")
    tab.keyboard.press("Enter")
    until(tab, NAMES, "mill-1,pack-1,mill-2,rack-1")
    tab.keyboard.press("Escape")
    tab.locator(VIEWER).focus()
    until(tab, "chosen.join()", "rack-1")
    tab.keyboard.press("Delete")
    until(tab, NAMES, "mill-1,pack-1,mill-2")
    for _ in range(5):  # removed, added, two steps, the copy
        tab.get_by_label("Undo (Ctrl Z)").click()
    until(tab, NAMES, "mill-1,pack-1")
    expect(tab.locator(".change")).to_contain_text("Nothing is changed")
    tab.wait_for_selector(SETTLED, timeout=SLOW)


def test_a_road_is_drawn_and_undone(tab: Page) -> None:
    tab.locator(VIEWER).get_by_label("Whole floor").click()
    tab.locator(VIEWER).focus()
    tab.keyboard.press("w")
    for x, y in ((3, 3.5), (5, 3.5)):
        spot = hook(tab, f"screenAt({x}, {y})")
        tab.mouse.click(spot["x"], spot["y"])
    tab.keyboard.press("Enter")
    until(tab, "layout.roads.length", 1)
    assert hook(tab, "layout.nodes") == {"n1": [3.0, 3.5], "n2": [5.0, 3.5]}
    tab.keyboard.press("Escape")
    tab.get_by_label("Undo (Ctrl Z)").click()
    until(tab, "layout.roads.length", 0)
    tab.wait_for_selector(SETTLED, timeout=SLOW)


def test_the_last_machine_of_a_station_stays_and_the_reason_is_told(tab: Page) -> None:
    tab.locator(VIEWER).focus()
    tab.keyboard.press("Control+a")
    tab.keyboard.press("Delete")
    expect(tab.locator(".toast")).to_contain_text("would be left without machines")
    assert hook(tab, NAMES) == "mill-1,pack-1"
    expect(tab.get_by_label("Stop moving machines")).to_be_visible()
    tab.keyboard.press("ArrowRight")  # and what comes next is not refused for its version
    expect(tab.locator(".change")).to_contain_text("moved")
    tab.get_by_label("Undo (Ctrl Z)").click()
    expect(tab.locator(".change")).to_contain_text("Nothing is changed")
    tab.get_by_label("Stop moving machines").click()
    tab.wait_for_selector(SETTLED, timeout=SLOW)


def test_save_as_makes_a_layout_of_the_users_own(tab: Page) -> None:
    tab.get_by_label("Save as…").click()
    tab.locator("dialog.save input").fill("kept_one")
    tab.locator("dialog.save button.main").click()
    expect(tab.locator(".toast")).to_contain_text("Saved as")
    own = Path(os.environ["TWIN_HOME"]) / "layouts" / "kept_one.yaml"
    assert "Brackets" in own.read_text()
    own.unlink()


def test_the_shipped_shift_is_replayed_and_says_that_it_is_synthetic(tab: Page, url: str) -> None:
    open_page(tab, f"{url}?layout=pcb_line")
    expect(tab.locator("h1")).to_have_text("PCB micro-factory")
    assert hook(tab, "stats.drawCalls") <= 40
    tab.get_by_role("button", name="REPLAY").click()
    expect(tab.locator("button.badge")).to_contain_text("REPLAY · synthetic")
    expect(tab.locator("[data-figure=output]")).to_contain_text("as recorded", timeout=SLOW)
    expect(tab.locator(".holds")).to_contain_text("A recording shows what was")
    expect(tab.get_by_label("One person more: Set-up person")).to_be_disabled()
    expect(tab).to_have_url(re.compile(r"layout=pcb_line&replay=pcb_line_shift(#|$)"))
    tab.reload()
    tab.wait_for_selector(VIEWER, timeout=SLOW)
    expect(tab.locator("button.badge")).to_contain_text("REPLAY · synthetic", timeout=SLOW)


def test_an_unknown_layout_in_the_address_is_said_in_words(tab: Page, url: str) -> None:
    tab.goto(f"{url}?layout=pcb_lin")
    expect(tab.locator(".problem")).to_contain_text("did you mean 'pcb_line'?")


@contextmanager
def program(file: Path, port: int) -> Iterator[str]:
    """`twin serve` as a program of its own, ended by Ctrl-C: without a traceback, with code 0."""
    command = f"from twin.view.server import serve; serve({str(file)!r}, port={port})"
    process = subprocess.Popen(
        [sys.executable, "-c", command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "CI": "true"},
    )
    try:
        assert process.stdout
        yield process.stdout.readline().split()[0]
    finally:
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=60)[0]
    assert (process.returncode, said.strip()) == (0, "")


def test_after_a_restart_of_the_server_the_page_is_back_and_asks_nobody_else(
    browser: Browser, chromium: str, tmp_path: Path
) -> None:
    file = tmp_path / "brackets.yaml"
    file.write_text(PLANT)
    outside: list[str] = []
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    tab = context.new_page()
    tab.on("request", lambda r: outside.append(r.url) if not is_local(r.url) else None)
    with program(file, 5400) as url:
        open_page(tab, url)
    with program(file, int(url.split(":")[2].split("/")[0])) as again:
        assert again == url
        expect(tab.locator(".toast")).to_contain_text("The server was started again", timeout=SLOW)
        tab.wait_for_selector(VIEWER, timeout=SLOW)
        tab.wait_for_selector(SETTLED, timeout=SLOW)
        expect(tab.locator("[data-figure=output]")).to_contain_text("brackets a day")
        context.close()
    assert outside == []
