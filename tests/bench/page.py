"""What the planner's page costs: python -m tests.bench.page (from the checkout, with a browser).

Measures the time from navigation to a floor that is drawn and plays, in a new browser and again;
draw calls and JavaScript per frame; and the way from the page to Python and back, for the PCB line.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

from tests import chromium
from twin.view.pages.planner import shelf
from twin.view.server import Background

READY = ".twin-viewer[data-ready=true]"
SETTLED = ".page[data-stage='']"
PATIENCE = 300_000  # ms: the first start checks the robot cell and compiles
ROUNDS = 40
ROUND_TRIPS = """async (page, rounds) => {
  const times = [];
  for (let i = 0; i < rounds; i++) times.push(await page.echo());
  return times;
}"""


def ready(browser: Browser, url: str, size: tuple[int, int] = (1280, 800)) -> tuple[Page, float]:
    """A new page, and the seconds from navigation until its floor is drawn."""
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}).new_page()
    begun = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(READY, timeout=PATIENCE)
    return page, time.perf_counter() - begun


WATCH = """page => {
  const seen = (page.seen = { answers: [], proofs: [] });
  let released;
  const release = () => (released = performance.now());
  document.addEventListener("pointerup", release, true);
  document.addEventListener("keydown", release, true);
  let answered = page.dataset.answered;
  new MutationObserver(() => {
    if (released === undefined) return;
    if (page.dataset.answered && page.dataset.answered !== answered) {
      seen.answers.push(performance.now() - released);
      answered = page.dataset.answered;
    } else if (!page.dataset.stage && seen.proofs.length < seen.answers.length) {
      seen.proofs.push(performance.now() - released);
    }
  }).observe(page, { attributes: true });
}"""
# Where the bench is dragged to [px]: to the free floor before it, and never twice to one place,
# which the page would know without any work.
PLACES = [(8 * x, 12 * y) for y in range(1, 7) for x in (0, 1, -1)]
ANSWER = 20_000  # ms
# Round the place of a tray that the cobot takes boards from, a step of the grid each: the arm's
# transfers are judged again at each, and it keeps in reach.
STEPS = ("ArrowLeft", "ArrowUp", "ArrowRight", "ArrowRight", "ArrowDown")

PLACE = "(view, name) => view.twin.layout.machines.find(one => one.name === name).at"


def on_screen(page: Page, machine: str) -> tuple[float, float]:
    """Where a machine is seen [px]."""
    at = page.locator(READY).evaluate("(view, name) => view.twin.screenOf(name)", machine)
    return at["x"], at["y"]


def drag(page: Page, machine: str, x: float, y: float) -> bool:
    """Drag a machine of the floor to a place on the screen [px]; whether it stands elsewhere then,
    as it may snap back to where it is in line with others."""
    before = page.locator(READY).evaluate(PLACE, machine)
    page.mouse.move(*on_screen(page, machine))
    page.mouse.down()
    page.mouse.move(x, y, steps=6)
    page.mouse.up()
    return before != page.locator(READY).evaluate(PLACE, machine)


def heard(page: Page, count: int, patience: float) -> None:
    """Wait until `count` forecasts have come since WATCH was told to."""
    page.wait_for_function(
        "([page, count]) => page.seen.answers.length >= count",
        arg=[page.locator(".page").element_handle(), count],
        timeout=patience,
    )


# Around what the page does at a move of the pointer: how long that takes, and how long after the
# move the finding of an overlap is there.
WATCH_MOVES = """view => {
  const seen = (view.moves = { ms: [], found: [] });
  let begun = 0, alarms = 0;
  window.addEventListener("pointermove", () => (begun = performance.now()), { capture: true });
  window.addEventListener("pointermove", () => {
    const at = begun;
    seen.ms.push(performance.now() - at);
    requestAnimationFrame(() => {
      const now = view.twin.alarms.length;
      if (now !== alarms) seen.found.push(performance.now() - at);
      alarms = now;
    });
  });
}"""
MOVES = 60


def while_dragging(page: Page) -> dict[str, float]:
    """A machine is dragged over its neighbour and back, and let go where it was."""
    viewer = page.locator(READY)
    viewer.evaluate(WATCH_MOVES)
    x, y = on_screen(page, "tht")
    there_x, there_y = on_screen(page, "pack")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(there_x, there_y, steps=MOVES)
    page.mouse.move(x, y, steps=MOVES)
    page.mouse.up()
    moves = viewer.evaluate("view => view.moves")
    if len(moves["ms"]) < MOVES or not moves["found"]:
        raise SystemExit(f"a drag of {len(moves['ms'])} moves found nothing")
    return {
        "while dragging: JavaScript a move, median [ms]": statistics.median(moves["ms"]),
        "while dragging: JavaScript a move, 95 % [ms]": sorted(moves["ms"])[
            int(0.95 * len(moves["ms"]))
        ],
        "from a move to its findings, the longest [ms]": max(moves["found"]),
    }


def judged_again(page: Page) -> dict[str, float]:
    """From a key that moves what an arm serves to the new forecast on the screen."""
    page.mouse.click(*on_screen(page, "tray-in"))
    for count, key in enumerate(STEPS, 1):
        page.keyboard.press(key)
        heard(page, count, PATIENCE)
        page.wait_for_selector(SETTLED, timeout=PATIENCE)
    answers = page.locator(".page").evaluate("page => page.seen.answers.splice(0)")
    page.locator(".page").evaluate("page => page.seen.proofs.splice(0)")
    return {"the same, an arm is judged again: median [ms]": statistics.median(answers)}


def effect(page: Page) -> dict[str, float]:
    """From the release of a dragged machine to the new forecast on the screen, and to its proof."""
    page.locator(READY).evaluate("view => view.twin.clock.pause()")
    page.get_by_role("button", name="Move machines on the floor").click()
    page.get_by_role("button", name="Stop moving machines").wait_for()
    frame = page.locator(".page")
    frame.evaluate(WATCH)
    judged = judged_again(page)
    home_x, home_y = on_screen(page, "tht")
    answers_wanted = 0
    for x, y in PLACES:
        if not drag(page, "tht", home_x + x, home_y + y):
            continue
        answers_wanted += 1
        try:
            heard(page, answers_wanted, ANSWER)
        except TimeoutError:  # it stands on its neighbour now, and there is no forecast of that
            break
        if answers_wanted % 4 == 1:  # the next edit would end the proof
            page.wait_for_selector(SETTLED, timeout=PATIENCE)
    seen = frame.evaluate("page => page.seen")
    answers = sorted(seen["answers"])
    return {
        "drag released -> new forecast on the screen: median [ms]": statistics.median(answers),
        "the same: 95 % of drags [ms]": answers[int(0.95 * (len(answers) - 1))],
        **judged,
        "drag released -> proof complete: median [s]": statistics.median(seen["proofs"]) / 1000,
    }


def measure(path: str) -> dict[str, float]:
    """The figures of the page in the browser at `path`; each key says what and in which unit."""
    with (
        tempfile.TemporaryDirectory() as cache,  # no cell is known from an earlier run
        pytest.MonkeyPatch.context() as environment,
        Background(shelf("pcb_line")) as server,
        sync_playwright() as playwright,
    ):
        environment.setenv("TWIN_CACHE", cache)
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        first, _ = ready(browser, server.url)  # what is kept for good is worked out here
        first.wait_for_selector(SETTLED, timeout=PATIENCE)
        first.context.close()
        times = []
        for _ in range(5):
            page, seconds = ready(browser, server.url)
            times.append(seconds)
            if len(times) < 5:
                page.context.close()
        viewer = page.locator(READY)
        stats = viewer.evaluate("view => ({ ...view.twin.stats })")
        viewer.evaluate("view => view.twin.clock.pause()")
        viewer.evaluate("view => view.twin.benchmark(200, 1)")  # let the compiler see the code
        playing = viewer.evaluate("view => view.twin.benchmark(1000, 1)")
        trips = page.locator(".page").evaluate(ROUND_TRIPS, ROUNDS)
        effects = effect(page)
        effects |= while_dragging(page)
        browser.close()
    return {
        **effects,
        "page ready after navigation, drawn in software [s]": statistics.median(times),
        "draw calls": stats["drawCalls"],
        "JavaScript a frame of the PCB line [ms]": playing["mean"],
        "page -> Python -> page [ms]": statistics.median(trips),
    }


def main() -> None:
    """Prints the figures as JSON."""
    json.dump({"The page": measure(chromium.required())}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
