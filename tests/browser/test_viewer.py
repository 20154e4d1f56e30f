"""The built viewer in a real browser: it opens, plays, selects, edits, and goes away."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import floor
from twin.timeline import State
from twin.view import codec

READY = ".twin-viewer[data-ready=true]"
WAIT = 60_000  # ms; a shared machine draws slowly
URLS = {"scene_url": "/scene.json", "glb_url": "/scene.glb", "timeline_url": "/timeline.twin"}


def open_page(page: Page, served: str, query: str = "playing=false") -> None:
    page.goto(f"{served}?{query}")
    expect(page.locator(READY)).to_be_visible(timeout=WAIT)
    page.locator(".twin-viewer").evaluate("view => { window.view = view }")


def show(page: Page, served: str, edit: bool = False) -> None:
    """The page as if just opened, paused at the start."""
    if page.url == "about:blank":
        open_page(page, served)
    page.evaluate(
        """async ({urls, edit}) => {
            window.sent.length = 0;
            say({type: 'bottlenecks', bottlenecks: []});
            model.version = 0;
            model.version = 7;
            Object.assign(model, {colour_by: 'state', window: 'hour', selected: '', playing: false,
                                  speed: 60, edit, theme: 'light'});
            say({type: 'reload', ...urls, keep_clock: false});
            while (!window.sent.some(m => m.type === 'ready')) {
                await new Promise(requestAnimationFrame);
            }
            say({type: 'seek', t: 600});
            window.sent.length = 0;
        }""",
        {"urls": URLS, "edit": edit},
    )
    assert page.evaluate("() => model.playing || window.view.twin.clock.playing") is False


def ask(page: Page, expression: str) -> Any:
    """The value of an expression about `twin`, the element's hook."""
    return page.evaluate(f"() => {{ const twin = window.view.twin; return {expression}; }}")


def sent(page: Page, kind: str) -> list[dict[str, Any]]:
    return [m for m in page.evaluate("() => window.sent") if m["type"] == kind]


def test_it_opens_with_all_that_the_timeline_has(page: Page, served: str) -> None:
    open_page(page, served)
    layout = floor.scene()
    timeline = floor.timeline(layout)
    decoded = codec.decode(codec.encode(timeline))
    counts = sent(page, "ready")[0]["counts"]
    assert counts["machines"] == len(layout["machines"])
    assert counts["parts"] == decoded.rows("parts")
    assert counts["intervals"] == len(timeline.intervals)
    assert counts["unplaced"] == []
    assert 0 < counts["drawCalls"] <= 40
    expect(page.locator(".badge")).to_have_text("PREDICTED")
    expect(page.locator(".time")).to_contain_text("Mon 00:10")  # the closed ten minutes are skipped


def test_states_are_those_of_the_timeline(shared: Page, served: str) -> None:
    page = shared
    show(page, served)
    timeline = floor.timeline(floor.scene())
    code = timeline.code("m0")
    rows = timeline.intervals[timeline.intervals["resource"] == code]
    for row in rows[:: max(1, len(rows) // 20)]:
        middle = (row["start"] + row["end"]) / 2
        assert ask(page, f"twin.stateAt('m0', {middle})") == State(row["state"]).name


def test_pads_carry_the_colour_of_the_state(shared: Page, served: str) -> None:
    page = shared
    show(page, served)
    rows = floor.timeline(floor.scene())
    work = rows.intervals[
        (rows.intervals["resource"] == rows.code("m0"))
        & (rows.intervals["state"] == State.PROCESSING)
    ][3]
    ask(page, f"(twin.seek({(work['start'] + work['end']) / 2}), twin.render(), 0)")
    red, green, blue = ask(page, "twin.colourOf('m0')")
    assert green > 2 * red and green > 1.5 * blue  # processing is green
    page.get_by_role("button", name="Use so far").click()
    ask(page, "(twin.render(), 0)")
    assert ask(page, "twin.colourOf('m0')") != [red, green, blue]
    assert page.evaluate("() => [model.colour_by, model.window]") == ["utilisation", "all"]
    expect(page.locator(".legend")).to_contain_text("100 % of the time at work")


def test_it_plays_by_itself_and_tells_the_time(page: Page, served: str) -> None:
    open_page(page, served, "playing=true")
    before = ask(page, "twin.clock.t")
    page.wait_for_function("t => window.view.twin.clock.t > t + 5", arg=before, timeout=WAIT)
    page.get_by_role("button", name="Pause").click()
    expect(page.locator(".time")).to_contain_text("paused")
    assert page.evaluate("() => model.playing") is False
    page.wait_for_function(
        "() => window.sent.findLast(m => m.type === 'tick').t === window.view.twin.clock.t"
    )
    frames = ask(page, "twin.stats.frames")
    page.evaluate("() => new Promise(done => setTimeout(done, 300))")
    assert ask(page, "twin.stats.frames") - frames <= 2  # nothing changes: nothing is drawn


def test_the_keyboard_plays_and_steps(shared: Page, served: str) -> None:
    page = shared
    show(page, served)
    page.locator(".twin-viewer").focus()
    t = ask(page, "twin.clock.t")
    page.keyboard.press("ArrowRight")
    assert ask(page, "twin.clock.t") == t + 60
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert ask(page, "twin.clock.t") == t + 600
    page.keyboard.press("l")
    assert (ask(page, "twin.clock.speed"), page.evaluate("() => model.speed")) == (120, 120)
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert ask(page, "twin.clock.speed") == 30
    page.keyboard.press("Space")
    assert page.evaluate("() => model.playing") is True
    page.keyboard.press("k")
    assert page.evaluate("() => model.playing") is False


def test_a_click_selects_and_escape_lets_go(shared: Page, served: str) -> None:
    page = shared
    show(page, served)
    at = ask(page, "twin.screenOf('m4')")
    page.mouse.click(at["x"], at["y"])
    assert sent(page, "select") == [{"type": "select", "kind": "machine", "name": "m4"}]
    assert page.evaluate("() => model.selected") == "m4"
    page.keyboard.press("Escape")
    assert sent(page, "select")[-1] == {"type": "select", "kind": None, "name": ""}


def test_a_machine_is_dragged_told_and_taken_back(shared: Page, served: str) -> None:
    page = shared
    show(page, served, edit=True)
    before = ask(page, "twin.layout.machines[4].at")
    at = ask(page, "twin.screenOf('m4')")
    page.mouse.move(at["x"], at["y"])
    page.mouse.down()
    page.mouse.move(at["x"] + 30, at["y"] + 20, steps=4)
    page.mouse.up()
    (move,) = sent(page, "move")
    assert (move["name"], move["version"]) == ("m4", 7)
    assert move["at"] != before
    assert all(abs(x * 10 - round(x * 10)) < 1e-6 for x in move["at"])  # on the 0.1 m grid
    assert ask(page, "twin.layout.machines[4].at") == move["at"]  # shown before anyone agrees
    things = [{"name": "m4", "at": before, "heading": move["heading"]}]
    reject = {"type": "reject", "things": things, "version": 7}
    page.evaluate("m => say(m)", reject)
    assert ask(page, "twin.layout.machines[4].at") == before


def test_the_selected_machine_is_nudged_and_turned_by_keys(shared: Page, served: str) -> None:
    page = shared
    show(page, served, edit=True)
    page.evaluate("() => { model.selected = 'm1'; }")
    page.locator(".twin-viewer").focus()
    x, y = ask(page, "twin.layout.machines[1].at")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("r")
    moves = sent(page, "move")
    assert [m["at"] for m in moves] == [
        pytest.approx([x + 0.1, y]),
        pytest.approx([x + 0.1, y + 0.1]),
        pytest.approx([x + 0.1, y + 0.1]),
    ]
    assert moves[2]["heading"] - moves[1]["heading"] == pytest.approx(-4.712389)  # pi -> -pi/2


def test_a_machine_in_the_way_is_told_apart(shared: Page, served: str) -> None:
    page = shared
    show(page, served, edit=True)
    page.evaluate("() => { model.selected = 'm4'; }")
    page.locator(".twin-viewer").focus()
    assert ask(page, "twin.alarms") == []
    for _ in range(12):  # 1.2 m to the left, into its neighbour
        page.keyboard.press("ArrowLeft")
    assert ask(page, "twin.alarms") == ["m3", "m4"]
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    assert ask(page, "twin.alarms") == []


def test_without_edit_mode_nothing_moves(shared: Page, served: str) -> None:
    page = shared
    show(page, served)
    at = ask(page, "twin.screenOf('m4')")
    page.mouse.move(at["x"], at["y"])
    page.mouse.down()
    page.mouse.move(at["x"] + 60, at["y"] + 40, steps=4)
    page.mouse.up()
    assert sent(page, "move") == []


def test_messages_are_answered(shared: Page, served: str) -> None:
    page = shared
    show(page, served)
    page.evaluate("() => say({type: 'ping', id: 42})")
    assert sent(page, "pong") == [{"type": "pong", "id": 42}]
    words = "<b>+55 %</b> with one more"
    page.evaluate(
        "list => say({type: 'bottlenecks', bottlenecks: list})",
        [{"machines": ["m1"], "people": ["crew-0"], "text": words}],
    )
    expect(page.locator(".label.bottleneck")).to_have_text(words)  # text is text, never markup
    page.evaluate("() => say({type: 'fly', name: 'm5'})")
    page.wait_for_function(
        """() => {
            const {x, y} = window.view.twin.screenOf('m5');
            return Math.abs(x / innerWidth - 0.5) < 0.1 && Math.abs(y / innerHeight - 0.42) < 0.2;
        }"""
    )


def test_a_reload_keeps_the_clock(shared: Page, served: str) -> None:
    page = shared
    show(page, served)
    ask(page, "(twin.seek(9000), 0)")
    page.evaluate("m => say(m)", {"type": "reload", **URLS, "keep_clock": True})
    page.wait_for_function("() => window.sent.some(m => m.type === 'ready')")
    assert ask(page, "twin.clock.t") == 9000
    assert ask(page, "twin.clock.playing") is False


def test_what_cannot_be_shown_is_said(page: Page, served: str, browser: Any) -> None:
    other = browser.new_page()  # this one may log the missing file
    other.route("**/timeline.twin", lambda route: route.fulfill(status=200, body=b"no timeline"))
    other.goto(f"{served}?playing=false")
    expect(other.locator(".notice")).to_contain_text("does not begin with 'TWIN'", timeout=WAIT)
    other.close()


def test_labels_hold_names_as_text(shared: Page, served: str) -> None:
    layout = floor.scene()
    layout["machines"][0]["label"] = "<img src=x onerror=alert(1)>"
    shared.route("**/scene.json", lambda route: route.fulfill(body=json.dumps(layout)))
    page = shared
    show(page, served)
    page.unroute("**/scene.json")
    assert page.locator(".label img").count() == 0
    expect(page.locator(".label.machine").first).to_contain_text("<img")


def test_it_goes_away_without_a_trace(page: Page, served: str) -> None:
    open_page(page, served)
    page.evaluate("() => { model.playing = true; window.unmount(); }")
    count = page.evaluate("() => window.sent.length")
    page.evaluate("() => new Promise(done => setTimeout(done, 400))")
    assert page.evaluate("() => window.sent.length") == count
    assert page.evaluate("() => window.view.childElementCount") == 0


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_controls_have_names_and_the_theme_is_taken(shared: Page, served: str, theme: str) -> None:
    page = shared
    show(page, served)
    page.evaluate("theme => { model.theme = theme }", theme)
    assert page.locator(".twin-viewer").get_attribute("data-theme") == theme
    for role in ("button", "combobox", "slider"):
        for control in page.get_by_role(role).all():
            name = control.get_attribute("aria-label") or control.inner_text()
            assert name.strip()
