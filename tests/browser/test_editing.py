"""Editing on the floor in a real browser: several machines at once, the ruler, the library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import watched
from tests.browser.test_viewer import URLS, ask, sent, show

MACHINES = "Object.fromEntries(twin.layout.machines.map(m => [m.name, [...m.at, m.heading]]))"


@pytest.fixture(scope="module")
def calm(browser: Browser) -> Iterator[Page]:
    """One page for all tests, whose camera is where it goes at once."""
    with watched(browser, reduced_motion="reduce") as tab:
        yield tab


@pytest.fixture
def page(calm: Page, served: str) -> Page:
    """The hall in edit mode, from above, with the keyboard on the floor."""
    if calm.url != "about:blank":
        calm.mouse.up()  # of a test that failed in the middle of a drag
    show(calm, served, edit=True)
    calm.get_by_role("button", name="From above").click()
    calm.locator(".twin-viewer").focus()
    calm.evaluate("() => { window.sent.length = 0; }")
    return calm


def places(page: Page) -> dict[str, list[float]]:
    return ask(page, MACHINES)


def click(page: Page, name: str, *modifiers: Any) -> None:
    at = ask(page, f"twin.screenOf('{name}')")
    for key in modifiers:
        page.keyboard.down(key)
    page.mouse.click(at["x"], at["y"])
    for key in modifiers:
        page.keyboard.up(key)


def drag(page: Page, start: dict[str, float], way: tuple[float, float]) -> None:
    page.mouse.move(start["x"], start["y"])
    page.mouse.down()
    page.mouse.move(start["x"] + way[0], start["y"] + way[1], steps=5)
    page.mouse.up()


def test_two_are_dragged_together_told_at_once_and_taken_back(page: Page) -> None:
    before = places(page)
    click(page, "m0")
    click(page, "m1", "Shift")
    assert ask(page, "twin.chosen") == ["m0", "m1"]
    drag(page, ask(page, "twin.screenOf('m1')"), (0, -40))
    (told,) = sent(page, "move_many")
    assert {thing["name"] for thing in told["things"]} == {"m0", "m1"}
    assert told["version"] == 7
    after = places(page)
    for name in ("m0", "m1"):
        assert after[name][0] == pytest.approx(before[name][0], abs=0.2)
        assert after[name][1] - before[name][1] == pytest.approx(after["m1"][1] - before["m1"][1])
        assert after[name][1] > before[name][1] + 0.3
    things = [{"name": n, "at": before[n][:2], "heading": before[n][2]} for n in ("m0", "m1")]
    page.evaluate("m => say(m)", {"type": "reject", "things": things, "version": 9})
    assert places(page) == before
    page.keyboard.press("ArrowUp")
    assert sent(page, "move_many")[-1]["version"] == 9  # not on the version that was refused


def test_escape_gives_a_drag_up(page: Page) -> None:
    before = places(page)
    start = ask(page, "twin.screenOf('m4')")
    page.mouse.move(start["x"], start["y"])
    page.mouse.down()
    page.mouse.move(start["x"] + 50, start["y"] - 30, steps=4)
    assert places(page) != before
    page.keyboard.press("Escape")
    assert places(page) == before
    page.mouse.move(start["x"] + 80, start["y"], steps=2)
    page.mouse.up()
    assert (places(page), sent(page, "move")) == (before, [])


def test_a_scene_that_comes_during_a_drag_waits_for_its_end(page: Page) -> None:
    start = ask(page, "twin.screenOf('m4')")
    page.mouse.move(start["x"], start["y"])
    page.mouse.down()
    page.mouse.move(start["x"] + 40, start["y"], steps=4)
    held = places(page)["m4"]
    page.evaluate("m => say(m)", {"type": "reload", **URLS})
    page.wait_for_timeout(500)
    assert places(page)["m4"] == held
    page.mouse.up()
    page.wait_for_function("() => window.sent.some(m => m.type === 'ready')")
    assert places(page)["m4"] != held  # the scene says what holds


def test_a_box_and_ctrl_a_choose_and_escape_lets_go(page: Page) -> None:
    corner, other = ask(page, "[twin.screenAt(0.2, 0.2), twin.screenAt(5, 2.2)]")
    page.keyboard.down("Shift")
    drag(page, corner, (other["x"] - corner["x"], other["y"] - corner["y"]))
    page.keyboard.up("Shift")
    assert ask(page, "twin.chosen") == ["m0", "m1"]
    click(page, "m1", "Shift")
    assert ask(page, "twin.chosen") == ["m0"]
    page.keyboard.press("Control+a")
    assert len(ask(page, "twin.chosen")) == 6
    page.keyboard.press("Escape")
    assert ask(page, "twin.chosen") == []
    assert sent(page, "move") + sent(page, "move_many") == []


def test_nudges_and_turns_of_several(page: Page) -> None:
    before = places(page)
    click(page, "m0")
    click(page, "m1", "Shift")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("Shift+R")
    told = sent(page, "move_many")
    assert [edit["version"] for edit in told] == [7, 8, 9]  # each is one on top of the other
    up = {thing["name"]: thing["at"] for thing in told[1]["things"]}
    assert up["m0"][1] == pytest.approx(before["m0"][1] + 1.1)
    assert up["m1"][1] == pytest.approx(before["m1"][1] + 1.1)
    back = {thing["name"]: thing for thing in told[2]["things"]}
    assert back["m0"]["heading"] == pytest.approx(before["m0"][2] - 1.5708, abs=1e-3)
    assert back["m0"]["at"][1] > back["m1"]["at"][1]  # clockwise: the left one comes up
    t = ask(page, "twin.clock.t")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    assert ask(page, "twin.clock.t") == t + 60  # nothing is chosen: the clock's key


def test_copies_and_removals_are_told(page: Page) -> None:
    before = places(page)
    click(page, "m3")
    page.keyboard.press("Control+d")
    (told,) = sent(page, "duplicate")
    (copy,) = told["things"]
    assert copy["name"] == "m3" and copy["heading"] == before["m3"][2]
    assert copy["at"] != before["m3"][:2]
    page.keyboard.press("Delete")
    (told,) = sent(page, "remove")
    assert (told["names"], told["version"]) == (["m3"], 8)


def test_the_copies_of_the_next_scene_are_chosen(page: Page) -> None:
    page.evaluate("() => say({type: 'choose', names: ['m2', 'm9']})")
    assert page.evaluate("() => model.selected") == "m9"
    assert ask(page, "twin.chosen") == ["m2"]  # m9 comes with the next scene


def test_alignment_snaps_and_draws_a_guide_shift_is_free(page: Page) -> None:
    ask(page, "twin.layout.machines[3].at[0] = 1.64")  # above m0, and of its size
    start = ask(page, "twin.screenOf('m0')")
    page.mouse.move(start["x"], start["y"])
    page.mouse.down()
    page.mouse.move(start["x"], start["y"] - 60, steps=4)
    assert ask(page, "twin.layout.machines[0].at[0]") == pytest.approx(1.64)
    assert "guides" in ask(page, "twin.drawn")
    page.keyboard.down("Shift")
    page.mouse.move(start["x"], start["y"] - 61)
    assert ask(page, "twin.layout.machines[0].at[0]") == pytest.approx(1.6)
    assert "guides" not in ask(page, "twin.drawn")
    page.keyboard.up("Shift")
    page.keyboard.press("Escape")
    page.mouse.up()


def test_findings_are_told_while_a_machine_is_dragged(page: Page) -> None:
    start, arm = ask(page, "[twin.screenOf('m4'), twin.screenOf('m3')]")
    page.mouse.move(start["x"], start["y"])
    page.mouse.down()
    page.mouse.move(start["x"] - 40, start["y"], steps=4)
    page.mouse.move(arm["x"] + 20, arm["y"], steps=3)
    expect(page.locator(".label.finding")).to_contain_text("Oven 4 overlaps Printer 3")
    assert ask(page, "twin.alarms") == ["m3", "m4"]
    page.keyboard.press("Escape")
    expect(page.locator(".label.finding")).to_have_count(0)
    page.mouse.up()
    click(page, "m0")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".label.finding")).to_contain_text("from Cobot 0, which reaches 1.50 m")
    expect(page.locator(".spoken")).to_contain_text("which reaches 1.50 m")
    assert {"room", "wrong"} <= set(ask(page, "twin.drawn"))


def test_the_ruler_measures_machines_and_points(page: Page) -> None:
    page.keyboard.press("m")
    click(page, "m0")
    click(page, "m3")
    gap = 5.6 - 1.2 - 0.7  # from side to side
    expect(page.locator(".label.measure")).to_have_text(f"{gap:.2f} m")
    expect(page.locator(".spoken")).to_contain_text("between Printer 0 and Printer 3")
    assert page.evaluate("() => model.selected") == ""
    one, other = ask(page, "[twin.screenAt(1, 3), twin.screenAt(3, 3)]")
    page.mouse.click(one["x"], one["y"])
    page.mouse.click(other["x"], other["y"])
    expect(page.locator(".label.measure")).to_have_text(re.compile(r"(1\.9[5-9]|2\.0[0-5]) m"))
    page.keyboard.press("Escape")
    expect(page.locator(".label.measure")).to_have_count(0)
    click(page, "m0")
    click(page, "m1", "Shift")
    page.keyboard.press("m")  # two that are chosen are measured at once
    expect(page.locator(".label.measure")).to_have_text("850 mm")
    page.keyboard.press("m")
    expect(page.locator(".label.measure")).to_have_count(0)


def test_a_road_is_drawn_by_its_corners(page: Page) -> None:
    page.keyboard.press("w")
    expect(page.get_by_role("button", name="Draw a road")).to_have_attribute("aria-pressed", "true")
    click(page, "m0")
    one, wrong, node = ask(
        page,
        "[twin.screenAt(1.58, 2.6), twin.screenAt(4, 4), twin.screenAt(...twin.layout.nodes[2])]",
    )
    page.mouse.click(one["x"], one["y"])
    page.mouse.click(wrong["x"], wrong["y"])
    page.keyboard.press("Backspace")
    page.mouse.click(node["x"], node["y"])
    assert "road" in ask(page, "twin.drawn")
    page.keyboard.press("Enter")
    (told,) = sent(page, "road")
    assert told == {"type": "road", "version": 7,
                    "places": ["m0", [pytest.approx(1.6), pytest.approx(2.6)], "2"]}  # fmt: skip
    page.mouse.click(one["x"], one["y"])
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    assert len(sent(page, "road")) == 1
    assert "road" not in ask(page, "twin.drawn")


def test_an_asset_is_dragged_onto_the_floor_or_placed_by_enter(page: Page) -> None:
    page.keyboard.press("a")
    library = page.get_by_role("region", name="Library")
    expect(library).to_be_visible()
    expect(library.get_by_role("button", name="test/broken")).to_be_disabled()
    assert library.locator("b", has_text="<b>").count() == 0  # text is text
    page.keyboard.type("bench")
    expect(library.locator("li")).to_have_count(1)
    item, spot = library.locator("li button").bounding_box(), ask(page, "twin.screenAt(5.6, 3.5)")
    assert item
    page.mouse.move(item["x"] + 20, item["y"] + 10)
    page.mouse.down()
    page.mouse.move(spot["x"], spot["y"], steps=5)
    assert "preview" in ask(page, "twin.drawn")
    page.keyboard.press("r")
    page.mouse.up()
    (told,) = sent(page, "place")
    assert (told["asset"], told["station"], told["own_station"]) == ("test/bench", None, False)
    assert told["at"] == [pytest.approx(5.6, abs=0.15), pytest.approx(3.5, abs=0.15)]
    assert told["heading"] == pytest.approx(1.5708, abs=1e-4)
    assert "preview" not in ask(page, "twin.drawn")
    page.get_by_label("Station of the new machine").select_option(label="Oven 1")
    page.get_by_label("Filter the assets").focus()
    page.keyboard.press("Enter")
    told = sent(page, "place")[1]
    assert (told["station"], told["own_station"], told["version"]) == ("s1", False, 8)
    width, depth = ask(page, "twin.layout.floor.size")
    assert 0 < told["at"][0] < width and 0 < told["at"][1] < depth
    page.get_by_label("Station of the new machine").select_option("own")
    page.keyboard.press("Escape")
    expect(library).to_be_hidden()


def test_without_edit_mode_keys_change_nothing(calm: Page, served: str) -> None:
    show(calm, served)
    calm.evaluate("() => { model.selected = 'm1'; }")
    calm.locator(".twin-viewer").focus()
    for key in ("Delete", "Control+d", "r", "a", "ArrowUp"):
        calm.keyboard.press(key)
    assert {m["type"] for m in calm.evaluate("() => window.sent")} <= {"tick", "select"}
    expect(calm.get_by_role("toolbar", name="Machines")).to_be_hidden()
    expect(calm.get_by_role("region", name="Library")).to_be_hidden()
