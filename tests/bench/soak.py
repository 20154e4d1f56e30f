"""What long use leaves behind: python -m tests.bench.soak (from the checkout, with a browser).

One planner's hour, compressed: 500 edits, 200 seeks and 50 page loads of the PCB line. What the
browser and the server hold is measured after a first part of each, when all that is kept for good
is there, and at the end. Flat is what does not grow with use.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests import chromium
from tests.bench.page import PATIENCE, READY, SETTLED, ready
from twin.view.pages.planner import shelf
from twin.view.server import Background

EDITS = 500
SEEKS = 200
LOADS = 50
FIRST = 5  # the part of each, 1 / FIRST, that is no growth yet
MACHINE = "tht"
JUMP = """(view, share) => {
  const { start, end } = view.twin.clock;
  view.twin.seek(start + share * (end - start));
}"""


def heap(session: CDPSession) -> float:
    """What the page's JavaScript holds after its garbage is gone [MB]."""
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    return session.send("Runtime.getHeapUsage")["usedSize"] / 1e6


def resident() -> float:
    """What this process, the server's, holds [MB]; Linux only."""
    gc.collect()
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def models(server: Background) -> list[int]:
    """The number of models in each document of the server."""
    assert server.server is not None
    sessions = server.server.get_sessions("/planner")
    return sorted(len(session.document.models) for session in sessions)


def settle(page: Page) -> None:
    """Wait until nothing is being worked out."""
    page.wait_for_selector(SETTLED, timeout=PATIENCE)
    time.sleep(1.0)


def answered(page: Page) -> int:
    """The version of the layout that the figures are of: one more with each edit."""
    return int(page.locator(".page").get_attribute("data-answered") or 0)


def edit(page: Page, count: int) -> None:
    """Nudge a machine to and fro; each edit ends the work of the one before."""
    wanted = answered(page) + count
    while answered(page) < wanted:  # two keys that come at once are one edit
        for k in range(wanted - answered(page)):
            page.keyboard.press("ArrowRight" if k % 2 else "ArrowLeft")
            time.sleep(0.15)
        settle(page)


def seek(page: Page, count: int) -> None:
    """Jump about in time."""
    for k in range(count):
        page.locator(READY).evaluate(JUMP, (0.61803398875 * k) % 1)


def load(browser: Browser, url: str, count: int) -> None:
    """Open the page and close it again."""
    for _ in range(count):
        page, _ = ready(browser, url)
        page.context.close()


def measure(path: str) -> dict[str, float]:
    """The figures, with the browser at `path`."""
    with Background(shelf("pcb_line")) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        page, _ = ready(browser, server.url)
        settle(page)
        session = page.context.new_cdp_session(page)
        page.locator(READY).evaluate("view => view.twin.clock.pause()")
        page.get_by_role("button", name="Move machines on the floor").click()
        page.get_by_role("button", name="Stop moving machines").wait_for()
        at = page.locator(READY).evaluate("(view, name) => view.twin.screenOf(name)", MACHINE)
        page.mouse.click(at["x"], at["y"])
        result: dict[str, float] = {}
        for name, use, count in (("edits", edit, EDITS), ("seeks", seek, SEEKS)):
            use(page, count // FIRST)
            settle(page)
            before, held, documents = heap(session), resident(), models(server)
            use(page, count - count // FIRST)
            settle(page)
            result[f"{count} {name}: browser heap, times that of the first fifth"] = (
                heap(session) / before
            )
            result[f"{count} {name}: server memory, times that of the first fifth"] = (
                resident() / held
            )
            if models(server) != documents:
                raise SystemExit(
                    f"{count} {name} change the documents: {documents}, {models(server)}"
                )
        page.context.close()
        load(browser, server.url, LOADS // FIRST)
        held = resident()
        load(browser, server.url, LOADS - LOADS // FIRST)
        result[f"{LOADS} loads: server memory, times that of the first fifth"] = resident() / held
        deadline = time.monotonic() + 120
        while models(server) and time.monotonic() < deadline:
            time.sleep(1)
        result[f"{LOADS} loads: documents left behind"] = len(models(server))
        browser.close()
    return result


def main() -> None:
    """Prints the figures as JSON."""
    json.dump({"Long use": measure(chromium.required())}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
