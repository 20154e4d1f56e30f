"""Whether an installation can show its demo: a server, a page, its blobs, read back over HTTP."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.parse import urljoin

from bokeh.client import pull_session
from panel.models.esm import ReactiveESM

from twin.errors import TwinError
from twin.layout import files
from twin.layout.schema import Layout
from twin.timeline import Timeline
from twin.view import codec
from twin.view.pages.planner import shelf
from twin.view.scene import scene_manifest
from twin.view.server import Background
from twin.view.workbench import Floor, shown_days, validated

PATIENCE = 600.0  # s for the first compilation; some seconds where that is kept


def check_demo(layout: str | Path | None = None) -> list[str]:
    """What is wrong with the demo, in words; empty where all is well.

    Starts a server on a free port, opens a session, fetches what that session's page refers to
    (its script, the scene, the timeline), decodes it and compares the counts of machines, parts
    and intervals with the timeline.
    """
    try:
        offer = shelf(layout)
        factory = validated(files.load(offer.path(offer.first)))
        problems = [f"{f.where}: {f.message}" for f in factory.findings if f.severity == "error"]
        if problems:
            return problems
        timeline = shown_days(factory)  # with the engine, so that a page shows it at once
        with Background(offer) as server:
            problems += _page_problems(server.url)
            # In a thread: the client runs an event loop, and this thread may have one already.
            with ThreadPoolExecutor(1) as pool:
                floor = pool.submit(_shown_floor, server.url).result()
            problems += _floor_problems(server.url, floor, timeline, factory.layout)
    except TwinError as error:
        return [str(error)]
    return problems


def _page_problems(url: str) -> list[str]:
    """Whether the page and the scripts it is made of are there."""
    problems = []
    if b"bokeh" not in _fetch(url):
        problems.append(f"{url}: is not the planner's page")
    for component in (
        "shell/Shell/_bundle_path/dist/shell.js",
        "component/Viewer/_bundle_path/dist/viewer.js",
    ):
        address = urljoin(url, f"components/twin.view.{component}")
        if b"render" not in _fetch(address):
            problems.append(f"{address}: is not a script that draws")
    return problems


def _shown_floor(url: str) -> Floor:
    """The addresses that a new page's viewer is given, once the server knows them.

    A page that no browser has drawn is not told of what comes later: each look is a new session.
    Raises TwinError where no page has them in time.
    """
    asyncio.set_event_loop(asyncio.new_event_loop())
    deadline = monotonic() + PATIENCE
    while monotonic() < deadline:
        session = pull_session(url=url)
        for model in session.document.select({"type": ReactiveESM}):
            shown: Any = getattr(model, "data", None)
            if getattr(shown, "timeline_url", ""):
                session.close()
                return Floor(shown.scene_url, shown.glb_url, shown.timeline_url)
        session.close()
        sleep(0.5)
    raise TwinError(f"{url}: shows no timeline after {PATIENCE:.0f} s")


def _floor_problems(url: str, floor: Floor, timeline: Timeline, layout: Layout) -> list[str]:
    manifest = json.loads(_fetch(urljoin(url, floor.scene)))
    glb = _fetch(urljoin(url, floor.glb))
    decoded = codec.decode(_fetch(urljoin(url, floor.timeline)))
    problems = []
    if glb[:4] != b"glTF" or int.from_bytes(glb[8:12], "little") != len(glb):
        problems.append("scene.glb: is not a whole binary glTF")
    wanted = {machine["name"] for machine in scene_manifest(layout)["machines"]}
    found = {machine["name"] for machine in manifest["machines"]}
    if found != wanted:
        problems.append(f"scene.json: has the machines {sorted(found)}, not {sorted(wanted)}")
    seen = {int(part) for rows in (timeline.intervals, timeline.moves) for part in rows["part"]}
    counts = {
        "intervals": (decoded.rows("intervals"), len(timeline.intervals)),
        "moves": (decoded.rows("moves"), len(timeline.moves)),
        "orders": (decoded.rows("orders"), len(timeline.orders)),
    }
    for what, (got, expected) in counts.items():
        if got != expected:
            problems.append(f"timeline: {got} {what} arrived, {expected} were sent")
    parts = set(decoded.header["parts"])
    missing = {timeline.name(code) for code in seen if code >= 0} - parts
    if missing:
        problems.append(f"timeline: {len(missing)} parts did not arrive, {min(missing)!r} first")
    if len(timeline.intervals) == 0 or not parts:
        problems.append("timeline: nothing happens in it")
    return problems


def _fetch(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.read()
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        raise TwinError(f"{url}: does not answer: {error}") from error
