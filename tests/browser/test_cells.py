"""The cells page in a browser: verdicts, the arm in hand, the clock, a base that is dragged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isclose
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import planning
from tests.cells.test_gate import arm
from tests.plants import LAYOUTS
from twin.view.pages.planner import shelf
from twin.view.server import CELLS, Background

EVIL = "<img src=x onerror='window.hacked=1'>"
VIEWER = ".twin-viewer[data-ready=true]"
JUDGED = ".page.cells[data-stage=''][data-stale=false]"
DRAWN = """async (element, layer) => {
  while (!element.twin.layers.includes(layer)) await new Promise(requestAnimationFrame);
}"""
SLOW = 300_000  # ms: physics and drawing by software on a shared machine


@pytest.fixture(scope="module")
def layout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("layouts") / "boards.yaml"
    text = (LAYOUTS / "pcb_line.yaml").read_text("utf-8")
    file.write_text(text.replace("name: PCB micro-factory", f'name: "{EVIL} boards"'), "utf-8")
    return file


@pytest.fixture(scope="module")
def url(layout: Path) -> Iterator[str]:
    with Background(shelf(layout), page=CELLS) as server:
        yield server.url


@pytest.fixture(scope="module")
def tab(browser: Browser, chromium: str, url: str) -> Iterator[Page]:
    """One page for all tests: it has to be as it was found after each."""
    with planning(browser, color_scheme="light") as tab:
        tab.goto(url)
        tab.wait_for_selector(VIEWER, timeout=SLOW)
        tab.wait_for_selector(JUDGED, timeout=SLOW)
        yield tab


def hook(tab: Page, expression: str) -> Any:
    """A value of the viewer's debug hook."""
    return tab.locator(VIEWER).evaluate(f"element => element.twin.{expression}")


def tool(tab: Page) -> list[float]:
    """Where the tool is on the floor [m]."""
    found = tab.locator(VIEWER).evaluate(
        "element => [...element.twin.stage.arms[0].tool.slice(12, 15)]"
    )
    return found


def test_it_opens_with_a_verdict_targets_and_transfers(tab: Page) -> None:
    expect(tab.locator(".verdict .word")).to_have_text("PASS")
    expect(tab.locator(".targets .target")).to_have_count(4)
    expect(tab.locator(".transfers .target")).to_have_count(4)
    expect(tab.locator(".targets")).to_contain_text("reachable")
    expect(tab.locator(".targets")).to_contain_text("left at joint_")
    expect(tab.locator(".transfers")).to_contain_text(" mm to test-")
    expect(tab.locator(".unchecked details")).to_contain_text("Not checked")
    assert hook(tab, "layers") == ["targets", "way"]


def test_names_from_a_layout_stay_text(tab: Page) -> None:
    assert tab.title().startswith(EVIL)
    assert tab.locator("img").count() == 0
    assert tab.evaluate("window.hacked") is None


def test_the_clock_plays_and_joints_follow_it(tab: Page) -> None:
    tab.locator(".transfers .target").nth(2).click()
    assert hook(tab, "clock.playing")
    expect(tab.locator(".transfers .target").nth(2)).to_have_attribute("aria-current", "true")
    before = tool(tab)
    begun = hook(tab, "clock.t")
    expect(tab.locator(".phase")).to_contain_text("approach")
    assert hook(tab, "clock.t") > begun and tool(tab) != before
    tab.locator(VIEWER).get_by_role("button", name="Pause").click()
    hook(tab, "seek(3.0)")
    hook(tab, "render()")
    expect(tab.locator(".joints b").first).to_have_text(degrees(tab, 0))
    expect(tab.locator(".phase")).to_contain_text("paced by")


def degrees(tab: Page, joint: int) -> str:
    """What the slider of a joint says of where it is."""
    slider = tab.locator(".joints input").nth(joint)
    return str(slider.get_attribute("aria-valuetext"))


def test_a_slider_moves_the_arm_and_lets_it_go(tab: Page) -> None:
    before = tool(tab)
    slider = tab.locator(".joints input").first
    slider.focus()
    for _ in range(40):
        tab.keyboard.press("ArrowRight")
    after = tool(tab)
    assert max(abs(a - b) for a, b in zip(before, after, strict=True)) > 0.03
    assert isclose(before[2], after[2], abs_tol=1e-3)  # the first joint's axis is upright
    expect(tab.locator(".tool-at")).to_contain_text(f"z {after[2]:.3f} m")
    tab.get_by_role("button", name="Back to the clock").click()
    hook(tab, "render()")
    assert tool(tab) == pytest.approx(before, abs=1e-6)


def test_a_target_shows_the_arm_there(tab: Page) -> None:
    row = tab.locator(".targets .target", has_text="tray-in.slot")
    row.click()
    expect(row).to_have_attribute("aria-pressed", "true")
    port = hook(tab, "layout.machines.find(({name}) => name === 'tray-in')")
    at = tool(tab)
    assert at[:2] == pytest.approx(port["at"], abs=0.15)
    assert 0.6 < at[2] < 1.4
    tab.get_by_role("button", name="Back to the clock").click()


def test_plots_seek_and_change(tab: Page) -> None:
    box = tab.locator("svg.plots").bounding_box()
    assert box is not None
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + 20)
    t = hook(tab, "clock.t")
    expect(tab.locator("svg.plots polyline.curve")).to_have_count(6)
    lines = tab.locator("svg.plots polyline.curve").first.get_attribute("points")
    tab.get_by_role("button", name="Torque", exact=True).click()
    assert tab.locator("svg.plots polyline.curve").first.get_attribute("points") != lines
    tab.get_by_role("button", name="Position", exact=True).click()
    tab.mouse.click(box["x"] + box["width"] * 0.7, box["y"] + 20)
    assert hook(tab, "clock.t") > t


def test_the_least_distance_is_drawn_over_time_once_it_is_known(tab: Page) -> None:
    curve = tab.locator("svg.plots polyline.distance")
    expect(curve).to_have_attribute("points", re.compile(r"(\S+ ){50}"), timeout=90_000)
    expect(tab.locator(".time-head")).to_contain_text(re.compile(r"\d mm between \S+"))


def test_the_swept_volume_is_worked_out_once_it_is_switched_on(tab: Page) -> None:
    assert "swept" not in hook(tab, "sketched")
    tab.get_by_role("button", name="Swept volume").click()
    tab.locator(VIEWER).evaluate(DRAWN, "swept")
    assert 5_000 < hook(tab, "sketched.swept") <= 20_000
    expect(tab.locator(".switches")).not_to_contain_text("working")
    tab.get_by_role("button", name="Swept volume").click()
    assert "swept" not in hook(tab, "layers")
    assert "swept" in hook(tab, "sketched")  # switched on again it is there at once


def test_the_reach_is_mapped_where_it_is_asked_for(tab: Page) -> None:
    tab.get_by_role("button", name="Reach", exact=True).click()
    expect(tab.locator(".switches")).to_contain_text("hits something", timeout=SLOW)
    tab.locator(VIEWER).evaluate(DRAWN, "reach")
    tab.get_by_role("button", name="Reach", exact=True).click()
    assert "reach" not in hook(tab, "layers")


def test_the_reach_is_shown_over_a_volume_where_that_is_chosen(tab: Page) -> None:
    expect(tab.get_by_label("Reach over")).to_have_count(0)
    tab.get_by_role("button", name="Reach", exact=True).click()
    over = tab.get_by_label("Reach over")
    over.select_option("volume")
    assert "reach" not in hook(tab, "layers")
    expect(tab.locator(".switches")).to_contain_text("reach: working")
    tab.locator(VIEWER).evaluate(DRAWN, "volume")
    assert 1_000 < hook(tab, "sketched.volume") <= 20_000
    expect(tab.locator(".switches .key i")).to_have_count(1)
    over.select_option("plane")
    expect(tab.locator(".switches")).to_contain_text("hits something", timeout=SLOW)
    assert "volume" not in hook(tab, "layers")
    over.select_option("volume")  # known by now, it is there at once
    tab.locator(VIEWER).evaluate(DRAWN, "volume")
    expect(tab.locator(".switches")).not_to_contain_text("working")
    tab.get_by_role("button", name="Reach", exact=True).click()
    assert "volume" not in hook(tab, "layers")


def test_the_page_is_accessible(tab: Page, axe: str) -> None:
    tab.evaluate(axe)
    tab.locator("summary", has_text="Teach a target").click()
    for theme in ("Dark theme", "Light theme"):
        found = tab.evaluate("axe.run()")["violations"]
        grave = [
            (one["id"], [node["target"] for node in one["nodes"]])
            for one in found
            if one["impact"] in ("serious", "critical")
        ]
        assert grave == []
        tab.get_by_role("button", name=theme).click()
    tab.locator("summary", has_text="Teach a target").click()


def test_the_report_is_handed_on(tab: Page) -> None:
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="Report").click()
    download = waiting.value
    assert download.suggested_filename == "boards-cells.html"
    text = Path(download.path()).read_text("utf-8")
    assert "&lt;img" in text and "<img" not in text and "PASS" in text
    assert "least distance over time" in text


def test_a_machine_that_is_moved_is_judged_again_and_undo_brings_it_back(tab: Page) -> None:
    tab.get_by_role("button", name="Move the arm and machines").click()
    tab.get_by_role("button", name="From above").click()
    tester = hook(tab, "screenOf('test-1')")
    away = hook(tab, "screenAt(4.6, 7.6)")
    tab.mouse.move(tester["x"], tester["y"])
    tab.mouse.down()
    tab.mouse.move((tester["x"] + away["x"]) / 2, (tester["y"] + away["y"]) / 2, steps=4)
    tab.mouse.move(away["x"], away["y"], steps=4)
    tab.mouse.up()
    expect(tab.locator(".verdict .word")).to_have_text("FAIL", timeout=SLOW)
    expect(tab.locator(".verdict .why")).to_contain_text("test-1")
    expect(tab.locator(".targets .target", has_text="test-1.nest")).to_contain_text("cannot reach")
    expect(tab.locator(".edited")).to_be_visible()
    tab.keyboard.press("Control+z")
    expect(tab.locator(".verdict .word")).to_have_text("PASS", timeout=SLOW)
    expect(tab.locator(".transfers .target")).to_have_count(4)
    tab.get_by_role("button", name="Stop moving").click()


def test_the_arm_is_led_by_hand(tab: Page) -> None:
    hook(tab, "clock.pause()")  # the arm stands while its tool is looked at
    tab.get_by_role("button", name="Whole floor").click()
    tab.locator("summary", has_text="Teach a target").click()
    hook(tab, "seek(0)")
    hook(tab, "render()")
    tab.get_by_role("button", name="From the tool").click()
    before = tool(tab)  # left of its base
    spot = hook(tab, "screenOf('cobot')")
    tab.mouse.move(spot["x"], spot["y"])
    tab.mouse.down()
    tab.mouse.move(spot["x"] + 4, spot["y"], steps=2)
    tab.mouse.move(spot["x"] + 8, spot["y"], steps=2)
    tab.mouse.up()
    after = tool(tab)
    assert after[0] > before[0] + 0.05 and after[2] == pytest.approx(before[2], abs=2e-3)
    expect(tab.locator(".making").get_by_role("status")).to_contain_text("The arm is there")
    tab.get_by_role("button", name="Back to the clock").click()
    tab.locator("summary", has_text="Teach a target").click()


def test_unsaved_work_survives_a_reload(browser: Browser, chromium: str, url: str) -> None:
    with planning(browser) as tab:
        tab.goto(url)
        tab.wait_for_selector(VIEWER, timeout=SLOW)
        tab.wait_for_selector(JUDGED, timeout=SLOW)
        tab.locator("summary", has_text="Teach a target").click()
        tab.get_by_role("button", name="From the tool").click()
        tab.get_by_role("button", name="Teach it").click()
        expect(tab.locator(".targets .target", has_text=".taught")).to_have_count(1)
        tab.wait_for_url("**draft=**")
        tab.reload()
        expect(tab.locator(".targets .target", has_text=".taught")).to_have_count(1)
        expect(tab.locator(".edited")).to_be_visible()
        tab.get_by_role("button", name="Undo").click()
        expect(tab.locator(".targets .target", has_text=".taught")).to_have_count(0)


def test_the_factory_and_the_cell_lead_to_each_other_with_what_is_not_saved(
    browser: Browser, chromium: str, url: str
) -> None:
    with planning(browser, color_scheme="light") as tab:
        tab.goto(f"{url}?layout=boards&arm=cobot")
        tab.wait_for_selector(VIEWER, timeout=SLOW)
        tab.wait_for_selector(JUDGED, timeout=SLOW)
        tab.locator("summary", has_text="Teach a target").click()
        tab.get_by_role("button", name="From the tool").click()
        tab.get_by_role("button", name="Teach it").click()
        tab.wait_for_url("**draft=**")
        tab.get_by_role("link", name="Whole factory").click()
        tab.wait_for_url("**/planner?*draft=*", timeout=SLOW)
        tab.wait_for_selector(VIEWER, timeout=SLOW)
        expect(tab.locator(".edited").first).to_be_visible(timeout=SLOW)
        spot = hook(tab, "screenOf('cobot')")
        tab.mouse.click(spot["x"], spot["y"])
        into = tab.get_by_role("link", name=re.compile("Open its cell"))
        expect(into).to_be_visible(timeout=SLOW)
        into.click()
        tab.wait_for_url("**/cells?*arm=cobot*", timeout=SLOW)
        tab.wait_for_selector(VIEWER, timeout=SLOW)
        expect(tab.locator(".edited")).to_be_visible(timeout=SLOW)


def test_another_model_takes_the_arms_place_and_is_judged(tab: Page) -> None:
    model = tab.get_by_label("Model of the arm")
    assert model.input_value() == "arm/ur5e"
    model.select_option("arm/ur10e")
    expect(tab.locator(".joints, .page.cells").first).to_be_visible()
    tab.wait_for_selector(f"{JUDGED} option[value='arm/ur10e']", state="attached", timeout=SLOW)
    assert model.input_value() == "arm/ur10e"
    tab.get_by_role("button", name="Undo").click()
    tab.wait_for_selector(JUDGED, timeout=SLOW)
    expect(model).to_have_value("arm/ur5e", timeout=SLOW)


def test_a_small_arm_shows_its_load_diagram(tab: Page) -> None:
    expect(tab.locator(".flange svg")).to_have_count(0)
    tab.get_by_label("Model of the arm").select_option("arm/irb120")
    chart = tab.locator(".flange svg")
    expect(chart).to_be_visible(timeout=SLOW)
    expect(tab.locator(".flange li").first).to_contain_text("kg m2")
    expect(chart).to_have_attribute("aria-label", re.compile("along the flange's axis"))
    assert chart.locator("polyline").count() == 3 and chart.locator("circle").count() >= 1
    tab.get_by_role("button", name="Undo").click()
    tab.wait_for_selector(JUDGED, timeout=SLOW)
    expect(tab.locator(".flange svg")).to_have_count(0, timeout=SLOW)


def test_a_robot_of_ones_own_is_brought_through_the_gate(tab: Page, tmp_path: Path) -> None:
    def bring(name: str, content: bytes) -> None:
        tab.get_by_label("Model of the arm").select_option("")
        tab.locator("#robot-file").set_input_files(
            {"name": name, "mimeType": "text/xml", "buffer": content}
        )
        tab.get_by_role("button", name="Bring it").click()

    toast = tab.locator("[data-region=toast], .toast").first
    bring("evil <b>.urdf", b"<robot name='x'><link")
    expect(toast).to_contain_text("not well-formed XML", timeout=SLOW)
    assert tab.get_by_label("Model of the arm").input_value() == "arm/ur5e"
    bring("Small.urdf", arm().encode())
    expect(toast).to_contain_text("arm/six is kept, with 6 joints", timeout=SLOW)
    expect(tab.get_by_label("Model of the arm")).to_have_value("arm/six", timeout=SLOW)
    tab.wait_for_selector(JUDGED, timeout=SLOW)
    tab.get_by_role("button", name="Undo").click()
    expect(tab.get_by_label("Model of the arm")).to_have_value("arm/ur5e", timeout=SLOW)
    tab.wait_for_selector(JUDGED, timeout=SLOW)


def test_an_arm_that_is_not_there_is_said(browser: Browser, chromium: str, url: str) -> None:
    with planning(browser) as tab:
        tab.goto(f"{url}?layout=boards&arm=cobott")
        expect(tab.locator(".verdict .why")).to_contain_text("did you mean 'cobot'?")


def test_a_target_is_taught_in_numbers_judged_and_forgotten(tab: Page) -> None:
    tab.locator("summary", has_text="Teach a target").click()
    tab.get_by_role("button", name="From the tool").click()
    form = tab.locator(".making")
    for axis, value in zip("XYZ", ("3.1", "6.0", "1.15"), strict=True):
        form.get_by_label(axis, exact=True).fill(value)
    for axis, value in zip("xyz", ("0", "0", "-1"), strict=True):
        form.get_by_label(f"Along {axis}").fill(value)
    expect(form.get_by_role("status")).to_contain_text("The arm is there")
    assert tool(tab) == pytest.approx([3.1, 6.0, 1.15], abs=2e-3)
    form.get_by_label("Machine").select_option("test-1")
    form.get_by_label("as", exact=True).fill("lid")
    form.get_by_role("button", name="Teach it").click()
    row = tab.locator(".targets .target", has_text="test-1.lid")
    expect(row).to_contain_text("reachable", timeout=SLOW)
    expect(tab.locator(".transfers .target")).to_have_count(4)
    tab.get_by_role("button", name="Forget test-1.lid").click()
    expect(row).to_have_count(0, timeout=SLOW)
    tab.keyboard.press("Control+z")
    expect(row).to_have_count(1, timeout=SLOW)
    tab.keyboard.press("Control+z")
    expect(row).to_have_count(0, timeout=SLOW)


def test_a_frame_is_taken_from_a_clicked_face(tab: Page) -> None:
    tab.get_by_role("button", name="From above").click()
    form = tab.locator(".making")
    form.get_by_role("button", name="From a face").click()
    spot = hook(tab, "screenOf('tray-in')")
    tab.mouse.click(spot["x"], spot["y"])
    expect(form.get_by_label("Machine")).to_have_value("tray-in")
    expect(form.get_by_label("Along z")).to_have_value("-1")
    assert 0.7 < float(form.get_by_label("Z", exact=True).input_value()) < 1.3
    tab.locator("summary", has_text="Teach a target").click()
