"""What the planner's page costs: python -m tests.bench.page (from the checkout, with a browser).

Measures the time from navigation to a floor that is drawn and plays, in a new browser and again;
draw calls and JavaScript per frame; and the way from the page to Python and back, for the PCB line.
"""

from __future__ import annotations

import json
import statistics
import sys
import time

from playwright.sync_api import Browser, Page, sync_playwright

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


def measure(path: str) -> dict[str, float]:
    """The figures of the page in the browser at `path`; each key says what and in which unit."""
    with Background(shelf("pcb_line")) as server, sync_playwright() as playwright:
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
        browser.close()
    return {
        "page ready after navigation, drawn in software [s]": statistics.median(times),
        "draw calls": stats["drawCalls"],
        "JavaScript a frame of the PCB line [ms]": playing["mean"],
        "page -> Python -> page [ms]": statistics.median(trips),
    }


def main() -> int:
    """Prints the figures as JSON; 1 where there is no browser."""
    path = chromium.find()
    if path is None:
        print("there is no headless browser: `make test` fetches one", file=sys.stderr)
        return 1
    json.dump({"The page": measure(path)}, sys.stdout, indent=1)
    print()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
