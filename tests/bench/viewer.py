"""What the viewer costs: python -m tests.bench.viewer (from the checkout, with Chromium).

Prints JavaScript per frame while playing and for random seeks, draw calls, the blob's size and
the time from navigation to ready, for 24 machines and 20 arms: a shift in which 100 to 10,000
parts pass one after another, and a crowd of parts that are all there at once, half of them moving.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from functools import partial
from http.server import ThreadingHTTPServer
from typing import Any

import numpy as np
from playwright.sync_api import Browser, sync_playwright

from tests import chromium as browsers
from tests.browser import conftest, floor
from twin.timeline import Names, Outcome, Timeline, table
from twin.view import codec

HOOK = "document.querySelector('#host').shadowRoot.querySelector('.twin-viewer').twin"


def crowd(layout: dict[str, Any], parts: int, seconds: float = 1800.0) -> Timeline:
    """Every part is carried for a minute and lies for a minute, in turn; every arm swings on."""
    names = Names(m["name"] for m in layout["machines"])
    machines = len(layout["machines"])
    codes = [names[f"p{p}"] for p in range(parts)]
    arms = [names[arm["name"]] for arm in layout["arms"]]
    origin, target = names["m0.nest"], names["m1.nest"]
    moves: list[tuple[Any, ...]] = []
    for p, code in enumerate(codes):
        for k, start in enumerate(np.arange(-(p % 120), seconds, 120.0)):
            way = (p + k) % machines, (p + k + 1) % machines
            moves.append((code, -1, *way, max(0.0, start), max(0.1, start + 60), 0, -1))
    for arm in arms:
        for start in np.arange(0.0, seconds, 8.0):
            moves.append((-1, arm, origin, target, start, start + 8, 0, -1))
    empty = {name: table(name) for name in ("intervals", "points")}
    orders = [(c, names["board"], 1, 0, np.nan, 0, np.nan, Outcome.OPEN, 0) for c in codes]
    return Timeline(
        names=names.texts(), resources=tuple(arms), start=0.0, end=seconds, **empty,
        moves=table("moves", moves), orders=table("orders", orders),
    )  # fmt: skip


def measure(
    browser: Browser,
    parts: int,
    crowded: bool = False,
    machines: int = 24,
    arms: int = 20,
    people: int = 6,
) -> dict[str, float]:
    """One hall, one page; times in ms, sizes in MB."""
    least = 100 if crowded else parts
    files = conftest.hall(machines=machines, arms=arms, people=people, parts=least)
    if crowded:
        layout = floor.scene(machines, arms, people)
        blob = codec.encode(crowd(layout, parts), programs=floor.programs(layout))
        files["/timeline.twin"] = blob
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
    page_parts = page.evaluate(f"() => {HOOK}.stage.partsPresent")
    page.close()
    server.shutdown()
    return {
        "parts": parts,
        "at_once": page_parts,
        "update_ms": playing["mean"],
        "update_p99_ms": playing["p99"],
        "seek_ms": seeking,
        "draw_calls": counts["drawCalls"],
        "blob_MB": len(files["/timeline.twin"]) / 1e6,
        "ready_ms": 1000 * ready,
    }


def main() -> None:
    """Prints the figures as JSON; what is no part of the README goes to the other stream."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browsers.find(), args=conftest.FLAGS)
        for parts in (100, 1000, 10_000):
            row = measure(chromium, parts)
            rounded = {key: round(value, 3) for key, value in row.items()}
            print(json.dumps(rounded), file=sys.stderr)
        full = measure(chromium, 1000, True)
        large = measure(chromium, 2000, True, machines=300, arms=50, people=20)
        chromium.close()
    said = {
        "JavaScript a frame, 24 machines, 20 arms, 1,000 parts at once [ms]": full["update_ms"],
        "draw calls of that hall": full["draw_calls"],
        "JavaScript a frame, 300 machines, 50 arms, 2,000 parts at once [ms]": large["update_ms"],
        "draw calls of that large hall": large["draw_calls"],
        "first picture of it, drawn in software [s]": large["ready_ms"] / 1000,
    }
    json.dump({"The page": said}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
