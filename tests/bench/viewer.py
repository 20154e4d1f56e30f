"""What the viewer costs: python tests/bench/viewer.py (from the checkout, with Chromium).

Prints JavaScript per frame while playing and for random seeks, draw calls, the blob's size and
the time from navigation to ready, for 24 machines and 20 arms with 100 to 10,000 parts.
"""

from __future__ import annotations

import json
import shutil
import sys
import threading
import time
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

import conftest
from playwright.sync_api import Browser, sync_playwright

HOOK = "document.querySelector('#host').shadowRoot.querySelector('.twin-viewer').twin"


def measure(browser: Browser, parts: int) -> dict[str, float]:
    """One hall, one page; times in ms, sizes in MB."""
    files = conftest.hall(machines=24, arms=20, people=6, parts=parts)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(conftest.Files, files))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page(viewport={"width": 640, "height": 400})
    begun = time.perf_counter()
    page.goto(f"http://127.0.0.1:{server.server_address[1]}/?playing=false")
    page.wait_for_selector(".twin-viewer[data-ready=true]", timeout=120_000)
    ready = time.perf_counter() - begun
    page.evaluate(f"() => {HOOK}.benchmark(200, 1)")  # let the compiler see the code
    playing = page.evaluate(f"() => {HOOK}.benchmark(1000, 1)")
    seeking = page.evaluate(
        f"""() => {{
            const twin = {HOOK}, times = [], span = twin.clock.end - twin.clock.start;
            for (let k = 0; k < 200; k++) {{
                const t = twin.clock.start + ((k * 0.6180339887) % 1) * span;
                const begun = performance.now();
                twin.stage.update(t);
                times.push(performance.now() - begun);
            }}
            return times.sort((a, b) => a - b)[100];
        }}"""
    )
    counts = page.evaluate(f"() => {HOOK}.stats")
    page.close()
    server.shutdown()
    return {
        "parts": parts,
        "update_ms": playing["mean"],
        "update_p99_ms": playing["p99"],
        "seek_ms": seeking,
        "draw_calls": counts["drawCalls"],
        "blob_MB": len(files["/timeline.twin"]) / 1e6,
        "ready_ms": 1000 * ready,
    }


if __name__ == "__main__":
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=conftest.FLAGS
        )
        for parts in (100, 1000, 10_000):
            row = measure(chromium, parts)
            print(json.dumps({key: round(value, 3) for key, value in row.items()}))
        chromium.close()
