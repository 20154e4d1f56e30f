"""The component under Panel's own server: bundle, parameters and messages cross the wire."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import panel as pn
import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser import conftest
from twin.view.component import BUNDLE, Viewer

READY = ".twin-viewer[data-ready=true]"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[tuple[str, list[Viewer], list[dict[str, Any]]]]:
    for name, content in conftest.hall().items():
        if name != "/":
            (tmp_path / name[1:]).write_bytes(content)
    viewers: list[Viewer] = []
    events: list[dict[str, Any]] = []

    def page() -> Viewer:
        urls = {f"{key}_url": f"floor/{name}" for key, name in FILES.items()}
        viewer = Viewer(**urls, playing=False, width=800, height=500)
        viewer.on_event(events.append)
        viewers.append(viewer)
        return viewer

    port = free_port()
    server = pn.serve(
        page, port=port, show=False, threaded=True, static_dirs={"floor": str(tmp_path)}
    )
    yield f"http://localhost:{port}/", viewers, events
    server.stop()  # type: ignore[attr-defined]  # a thread where it is threaded


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def open_when_up(page: Page, url: str) -> None:
    """The server starts in its own thread: try until it answers."""
    for _ in range(100):
        try:
            page.goto(url)
            return
        except Error:
            page.wait_for_timeout(100)
    raise AssertionError(f"no server at {url}")


FILES = {"scene": "scene.json", "glb": "scene.glb", "timeline": "timeline.twin"}


def test_only_the_bundle_is_named() -> None:
    assert Viewer._esm == "" and Path(Viewer._bundle) == BUNDLE
    assert BUNDLE.is_file()


def test_it_works_under_panel(app: Any, page: Page) -> None:
    url, viewers, events = app
    open_when_up(page, url)
    expect(page.locator(READY)).to_be_visible(timeout=60_000)
    (viewer,) = viewers

    def until(reached: Callable[[], Any]) -> Any:
        for _ in range(400):
            if found := reached():
                return found
            page.wait_for_timeout(50)
        raise AssertionError(f"not reached; events: {[event['type'] for event in events]}")

    def wait(kind: str) -> dict[str, Any]:
        return until(lambda: [event for event in events if event["type"] == kind])[-1]

    machines = json.loads(conftest.hall()["/scene.json"])["machines"]
    assert wait("ready")["counts"]["machines"] == len(machines)
    viewer.ping(7)
    assert wait("pong")["id"] == 7
    viewer.speed = 300
    expect(page.get_by_label("Speed")).to_have_value("300")
    viewer.theme = "dark"
    expect(page.locator(".twin-viewer")).to_have_attribute("data-theme", "dark")
    at = page.locator(".twin-viewer").evaluate("view => view.twin.screenOf('m4')")
    page.mouse.click(at["x"], at["y"])
    assert wait("select")["name"] == "m4"
    until(lambda: viewer.selected == "m4")
    page.get_by_role("button", name="Play").click()
    until(lambda: viewer.playing)
    begun = wait("tick")["t"]
    until(lambda: wait("tick")["t"] > begun)
    viewer.show_bottlenecks([{"machines": ["m1"], "people": [], "text": "+7 %"}])
    expect(page.locator(".label.bottleneck")).to_have_text("+7 %")
