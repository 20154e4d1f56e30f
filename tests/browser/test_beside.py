"""Two floors side by side: one camera, one clock, one selection; and what changed, on both."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_viewer import WAIT, ask, open_page, sent

FLOOR = {
    "title": "Version <b>two</b>",
    "scene_url": "/before.json",
    "glb_url": "/scene.glb",
    "timeline_url": "/timeline.twin",
    "rings": [{"machines": ["m1"], "people": [], "text": "one more +7 %"}],
}
SIZE = [0.8, 0.8, 1.2]
MARKS = [
    {
        "verb": "moved",
        "text": "m4 moved 1.2 m",
        "short": "m4 moved 1.2 m",
        "body": True,
        "was": [{"at": [5.0, 5.6], "heading": 0.0, "size": SIZE}],
        "now": [{"at": [3.8, 5.6], "heading": 0.0, "size": SIZE}],
    },
    {
        "verb": "removed",
        "text": "machine old removed",
        "short": "old <i>removed</i>",
        "body": True,
        "was": [{"at": [2.0, 3.0], "heading": 0.0, "size": SIZE}],
        "now": [],
    },
    {"verb": "changed", "text": "name", "short": "name", "body": False, "was": [], "now": []},
]
BOTH = "[window.view.twin, ...window.view.twin.beside]"


def told(*floors: dict[str, Any]) -> str:
    """What the viewer is told to have floors stand beside its own."""
    return json.dumps({"here": "Now", "floors": floors})


def open_beside(page: Page, served: str, query: str = "playing=false") -> None:
    page.set_viewport_size({"width": 900, "height": 520})
    open_page(page, served, query)
    page.evaluate("text => { model.beside = text }", told(FLOOR))
    wait(page, "twin.beside[0]?.layout")


def wait(page: Page, expression: str) -> None:
    """Until an expression about the hook is true."""
    page.wait_for_function(
        f"() => {{ const twin = window.view.twin; return Boolean({expression}); }}", timeout=WAIT
    )


def both(page: Page, expression: str) -> list[Any]:
    """An expression about `twin` on the floor that leads, and on the one beside it."""
    return page.evaluate(f"() => {BOTH}.map((twin) => {expression})")


def turned(page: Page, before: list[float]) -> list[float]:
    """The camera of both, once it is elsewhere and the same."""
    page.wait_for_function(
        f"""before => {{
            const [one, other] = {BOTH}.map((twin) => String(twin.view.camera));
            return one === other && one !== before;
        }}""",
        arg=",".join(f"{x:g}" for x in before),
        timeout=WAIT,
    )
    one, other = both(page, "twin.view.camera")
    assert one == other
    return one


def at_rest(page: Page) -> None:
    """Until nothing is drawn any more: no floor makes the other draw, and that one the first."""
    for _ in range(20):
        before = both(page, "twin.stats.frames")
        page.evaluate("() => new Promise(done => setTimeout(done, 800))")
        if both(page, "twin.stats.frames") == before:
            return
    raise AssertionError("they make each other draw without end")


def middle(page: Page, name: str, beside: bool) -> tuple[float, float]:
    spot = both(page, f"twin.screenOf('{name}')")[1 if beside else 0]
    return spot["x"], spot["y"]


def test_two_floors_stand_abreast_with_their_names_and_one_bar(page: Page, served: str) -> None:
    open_beside(page, served)
    assert page.locator("canvas").count() == 2
    assert page.locator(".floor-title").all_inner_texts() == ["Version <b>two</b>", "Now"]
    assert page.locator(".badge").all_inner_texts() == ["PREDICTED", "PREDICTED"]
    assert page.get_by_role("slider", name="Time").count() == 1
    expect(
        page.get_by_role("region", name="Factory floor in 3D: Version <b>two</b>")
    ).to_be_visible()
    left, right = (canvas.bounding_box() for canvas in page.locator("canvas").all())
    assert left and right
    assert left["x"] + left["width"] <= right["x"]
    assert abs(left["width"] - right["width"]) <= 1 and left["height"] == right["height"]
    assert both(page, "twin.layout.machines[4].at[0].toFixed(1)") == ["3.8", "5.0"]
    rings = page.locator(".label.bottleneck")
    expect(rings).to_have_text("one more +7 %")  # of the floor that it is told of, alone


def test_on_a_narrow_page_they_stand_one_above_the_other(page: Page, served: str) -> None:
    open_beside(page, served)
    page.set_viewport_size({"width": 480, "height": 800})
    above, below = (canvas.bounding_box() for canvas in page.locator("canvas").all())
    assert above and below
    assert above["y"] + above["height"] <= below["y"]
    assert above["width"] == below["width"] > 400


@pytest.mark.parametrize("beside", [False, True], ids=["from the present floor", "from the other"])
def test_whoever_turns_or_zooms_one_turns_both(page: Page, served: str, beside: bool) -> None:
    open_beside(page, served)
    before, same = both(page, "twin.view.camera")
    assert before == same
    x, y = middle(page, "m1", beside)
    page.mouse.move(x, y + 60)
    page.mouse.down()
    page.mouse.move(x + 90, y + 20, steps=6)
    page.mouse.up()
    aside = turned(page, before)
    page.mouse.wheel(0, -300)
    turned(page, aside)
    left, right = both(page, "twin.screenOf('m0').y")
    assert left == pytest.approx(right, abs=0.5)
    at_rest(page)


def test_a_flight_takes_both_along(page: Page, served: str) -> None:
    open_beside(page, served)
    before, _ = both(page, "twin.view.camera")
    page.evaluate("() => say({type: 'fly', name: 'm5'})")
    turned(page, before)


def test_one_clock_is_for_both(page: Page, served: str) -> None:
    open_beside(page, served)
    page.evaluate("() => say({type: 'seek', t: 7200})")
    wait(page, f"{BOTH}.every((one) => one.stage.t === 7200)")
    page.get_by_role("button", name="Play").click()
    seen = page.evaluate(
        f"""async () => {{
            const seen = [];
            while (seen.length < 30) {{
                await new Promise(requestAnimationFrame);
                seen.push({BOTH}.map((twin) => twin.stage.t));
            }}
            return seen;
        }}"""
    )
    assert all(one == other for one, other in seen)  # in each frame
    assert seen[-1][0] > seen[0][0] >= 7200
    x, y = middle(page, "m1", beside=True)
    page.mouse.click(x, y)  # the keys of the floor that leads are those of the other, too
    page.keyboard.press("k")
    assert page.evaluate("() => model.playing") is False
    wait(page, f"{BOTH}.every((one) => one.stage.t === twin.clock.t)")


@pytest.mark.parametrize("beside", [False, True], ids=["on the present floor", "on the other"])
def test_who_selects_on_one_selects_on_both(page: Page, served: str, beside: bool) -> None:
    open_beside(page, served)
    page.mouse.click(*middle(page, "m4", beside))
    assert both(page, "twin.selected") == ["m4", "m4"]
    assert both(page, "twin.chosen") == [["m4"], ["m4"]]
    assert sent(page, "select") == [{"type": "select", "kind": "machine", "name": "m4"}]
    page.keyboard.press("Escape")
    assert both(page, "twin.selected") == ["", ""]
    page.evaluate("() => { model.selected = 'm2' }")
    assert both(page, "twin.selected") == ["m2", "m2"]


def test_what_stands_on_the_other_floor_alone_is_selected_there(page: Page, served: str) -> None:
    open_beside(page, served)
    page.evaluate("() => { window.view.twin.layout.machines[4].name = 'new' }")
    page.mouse.click(*middle(page, "m4", beside=True))
    assert both(page, "twin.selected") == ["", "m4"]


def test_colours_theme_grid_and_overlays_are_the_same(page: Page, served: str) -> None:
    open_beside(page, served)
    page.evaluate("() => { model.theme = 'dark' }")
    page.get_by_role("button", name="Use so far").click()
    page.get_by_role("button", name="Flow of material").click()
    roots = page.locator(".twin-viewer")
    for name, value in (("theme", "dark"), ("colour", "utilisation")):
        assert [root.get_attribute(f"data-{name}") for root in roots.all()] == [value, value]
    assert both(page, "twin.overlays") == [["flow"], ["flow"]]
    page.keyboard.press("o")
    assert both(page, "twin.overlays") == [[], []]


def test_what_changed_is_marked_with_ghosts_an_arrow_and_words(page: Page, served: str) -> None:
    open_beside(page, served)
    page.evaluate("text => { model.changes = text }", json.dumps(MARKS))
    assert both(page, "twin.overlays") == [["changes"], ["changes"]]  # without being asked for
    spots = "twin.changes.ghosts.map(({ at, verb }) => [...at, verb])"
    assert both(page, spots) == [
        [[5.0, 5.6, "moved"], [2.0, 3.0, "removed"]],
        [[3.8, 5.6, "moved"]],
    ]
    ways = both(page, "twin.changes.ways")
    assert ways[0] == ways[1] == [{"from": [5.0, 5.6], "to": [3.8, 5.6], "verb": "moved"}]
    expect(page.locator(".label.altered.moved")).to_have_text(["m4 moved 1.2 m"] * 2)
    expect(page.locator(".label.altered.removed")).to_have_text(["old <i>removed</i>"] * 2)
    assert page.locator(".label.altered .mark path").count() == 4  # a sign, not a colour alone
    note = page.locator(".overlay-note")
    expect(note).to_have_text("Changed: 1 removed, 1 moved, 1 changed, 1 of it not on the floor")
    page.evaluate("() => { model.changes = '[]' }")
    expect(page.locator(".label.altered")).to_have_count(0)
    expect(note).to_have_text("Nothing has changed")


def test_on_one_floor_a_key_shows_what_changed(page: Page, served: str) -> None:
    open_page(page, served)
    page.evaluate("text => { model.changes = text }", json.dumps(MARKS))
    assert ask(page, "twin.overlays") == []
    drawn = ask(page, "(twin.render(), twin.stats.drawCalls)")
    page.keyboard.press("d")
    assert ask(page, "twin.changes.ghosts.length") == 2
    assert 0 < ask(page, "(twin.render(), twin.stats.drawCalls)") - drawn <= 2
    page.keyboard.press("d")
    assert ask(page, "twin.changes") is None
    assert ask(page, "(twin.render(), twin.stats.drawCalls)") == drawn


def test_closed_one_canvas_is_left_and_all_is_as_it_was(page: Page, served: str) -> None:
    open_beside(page, served)
    page.evaluate("() => { window.gone = window.view.querySelector('.twin-viewer canvas') }")
    page.evaluate("() => { model.beside = 'null' }")
    assert page.locator("canvas").count() == 1
    assert ask(page, "twin.beside.length") == 0
    assert page.evaluate("() => gone.getContext('webgl2').isContextLost()") is True
    assert page.locator(".floor-title").inner_text() == ""
    assert ask(page, "twin.overlays") == []
    canvas = page.locator("canvas").bounding_box()
    assert canvas and canvas["width"] == 900
    page.get_by_role("button", name="Play").click()
    t = ask(page, "twin.clock.t")
    page.wait_for_function("t => window.view.twin.clock.t > t", arg=t, timeout=WAIT)


def test_what_is_looked_at_stays_in_the_picture(page: Page, served: str) -> None:
    """Half as wide a picture shows as much from side to side; the way back ends at the start."""
    open_page(page, served)
    page.set_viewport_size({"width": 900, "height": 520})
    page.evaluate("() => say({type: 'fly', name: 'm4'})")
    page.evaluate("() => new Promise(done => setTimeout(done, 700))")
    before = ask(page, "twin.view.camera")
    page.evaluate("text => { model.beside = text }", told(FLOOR))
    wait(page, "twin.beside[0]?.layout")
    camera = ask(page, "twin.view.camera")
    away = [sum((c[i] - c[i + 3]) ** 2 for i in range(3)) ** 0.5 for c in (before, camera)]
    assert away[1] == pytest.approx(2 * away[0], rel=0.02)
    assert camera[3:] == before[3:]
    page.evaluate("() => { model.beside = 'null' }")
    assert ask(page, "twin.view.camera") == pytest.approx(before, abs=0.02)


def test_opening_and_closing_leaves_nothing_behind(page: Page, served: str) -> None:
    """Neither its objects nor its listeners; asked of the garbage collector."""
    open_page(page, served)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    page.evaluate("() => { window.weak = [] }")

    def listeners() -> float:
        session.send("HeapProfiler.collectGarbage")
        found = session.send("Performance.getMetrics")["metrics"]
        return next(one["value"] for one in found if one["name"] == "JSEventListeners")

    def once() -> None:
        page.evaluate("text => { model.beside = text }", told(FLOOR))
        wait(page, "twin.beside[0]?.layout")
        page.evaluate(
            """() => {
                const [root] = window.view.querySelectorAll('.twin-viewer');
                const { twin } = root;
                const things = [root, root.querySelector('canvas'), twin, twin.stage, twin.layout];
                window.weak.push(...things.map((thing) => new WeakRef(thing)));
            }"""
        )
        page.evaluate("() => { model.beside = 'null' }")

    once()  # what is made once and kept
    first = listeners()
    for _ in range(3):
        once()
    assert listeners() == first
    assert page.evaluate("() => window.weak.filter((one) => one.deref()).length") == 0


def test_a_newer_floor_takes_the_place_of_one_that_is_still_coming(page: Page, served: str) -> None:
    open_page(page, served)
    page.evaluate(
        """floor => {
            const { title } = floor; // its addresses are not known yet
            model.beside = JSON.stringify({ here: "Now", floors: [{ title }] });
        }""",
        FLOOR,
    )
    expect(page.locator(".twin-viewer .notice").first).to_have_text("Opening the floor …")
    for scene in ("/before.json", "/scene.json", "/before.json"):
        page.evaluate("text => { model.beside = text }", told({**FLOOR, "scene_url": scene}))
    wait(page, "twin.beside[0]?.layout?.machines[4].at[0] === 5.0")
    page.evaluate("() => { model.beside = '' }")
    assert page.locator("canvas").count() == 1


def test_four_floors_stand_in_quarters_each_with_its_own_changes(page: Page, served: str) -> None:
    open_beside(page, served)
    third = {**FLOOR, "title": "Third", "changes": MARKS[:1]}
    fourth = {**FLOOR, "title": "Fourth", "scene_url": "/scene.json", "changes": []}
    page.evaluate("text => { model.changes = text }", json.dumps(MARKS))
    page.evaluate("text => { model.beside = text }", told(FLOOR, third))
    wait(page, "twin.beside[1]?.layout")
    boxes = [canvas.bounding_box() for canvas in page.locator("canvas").all()]
    assert len({(box["width"], box["height"]) for box in boxes if box}) == 1  # for one camera
    page.evaluate("text => { model.beside = text }", told(FLOOR, third, fourth))
    wait(page, "twin.beside[2]?.layout")
    names = page.locator(".floor-title").all_inner_texts()
    assert names == ["Version <b>two</b>", "Third", "Fourth", "Now"]
    boxes = [canvas.bounding_box() for canvas in page.locator("canvas").all()]
    assert len({round(box["x"]) for box in boxes if box}) == 2
    assert len({round(box["y"]) for box in boxes if box}) == 2
    ghosts = both(page, "twin.changes?.ghosts.length ?? 0")
    assert ghosts == [2, 1, 1, 0]  # what came or stands elsewhere: on the others, as it is now
    page.locator("canvas").nth(1).hover()
    before = ask(page, "twin.view.camera")
    page.mouse.wheel(0, -300)
    page.wait_for_function(
        f"before => {BOTH}.every((twin) => String(twin.view.camera) !== before)"
        f" && new Set({BOTH}.map((twin) => String(twin.view.camera))).size === 1",
        arg=",".join(f"{x:g}" for x in before),
        timeout=WAIT,
    )
    page.evaluate("text => { model.beside = text }", told(FLOOR))
    assert page.locator("canvas").count() == 2
    page.evaluate("() => { model.beside = 'null' }")
    assert page.locator("canvas").count() == 1


def test_what_a_tool_asks_for_does_not_lie_on_what_an_overlay_notes(
    page: Page, served: str
) -> None:
    open_beside(page, served)
    page.locator("canvas").last.click(position={"x": 5, "y": 300})
    page.keyboard.press("m")
    expect(page.locator(".in-hand").last).to_be_visible()
    expect(page.locator(".overlay-note").last).not_to_be_empty()
    asked = page.locator(".in-hand").last.bounding_box()
    noted = page.locator(".overlay-note").last.bounding_box()
    assert asked and noted and asked["y"] + asked["height"] <= noted["y"]
