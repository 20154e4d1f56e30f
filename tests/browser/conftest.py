"""A browser on a page of ours: no request may leave it for another host."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import floor
from tests.plants import ROOT
from twin.errors import Cancelled
from twin.view import codec, workbench
from twin.view.component import BUNDLE

FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--hide-scrollbars",
]
PATIENCE = 90_000  # ms: software draws on a machine that others may share
expect.set_options(timeout=PATIENCE)
AXE = ROOT / "twin/view/viewer/node_modules/axe-core/axe.min.js"
TYPES = {".js": "text/javascript", ".json": "application/json", ".html": "text/html"}


class Files(BaseHTTPRequestHandler):
    """Answers from a dict: path -> bytes."""

    def __init__(self, files: dict[str, bytes], *args: Any) -> None:
        self.files = files
        super().__init__(*args)

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        content = self.files.get(path)
        self.send_response(200 if content is not None else 404)
        kind = TYPES.get(Path(path).suffix or ".html", "application/octet-stream")
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content or b"")))
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, format: str, *args: Any) -> None:
        """Tests are quiet."""


def hall(machines: int = 6, arms: int = 1, people: int = 2, parts: int = 40) -> dict[str, bytes]:
    """What a server of the test page offers."""
    layout = floor.scene(machines, arms, people)
    timeline = floor.timeline(layout, parts)
    before = floor.scene(machines, arms, people)
    before["machines"][4]["at"] = [5.0, 5.6]  # where the last machine stood, to be compared with
    return {
        "/": (Path(__file__).parent / "page.html").read_bytes(),
        "/viewer.js": BUNDLE.read_bytes(),
        "/scene.json": json.dumps(layout).encode(),
        "/before.json": json.dumps(before).encode(),
        "/scene.glb": floor.glb(),
        "/timeline.twin": codec.encode(timeline, programs=floor.programs(layout)),
    }


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        if not chromium and not Path(playwright.chromium.executable_path).exists():
            pytest.skip("no Chromium here")
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, hall()))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@contextmanager
def watched(browser: Browser, **options: Any) -> Iterator[Page]:
    """A page that fails its test on an error of its own or a request to another host."""
    wrong: list[str] = []
    context = browser.new_context(**{"viewport": {"width": 560, "height": 420}, **options})
    context.set_default_timeout(PATIENCE)
    tab = context.new_page()
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    tab.on("request", lambda r: wrong.append(r.url) if not is_local(r.url) else None)
    yield tab
    context.close()
    assert wrong == []


@contextmanager
def planning(browser: Browser, **options: Any) -> Iterator[Page]:
    """A watched page of a planner's size, whose camera is where it goes at once."""
    size = {"width": 1280, "height": 800}
    with watched(browser, viewport=size, reduced_motion="reduce", **options) as tab:
        yield tab


@contextmanager
def engine_left_out() -> Iterator[None]:
    """Pages that are opened meanwhile know no figures: for what asks for none."""

    def left_out(*_: object) -> None:
        raise Cancelled

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(workbench.machine_code, "prepare", lambda *_: None)
        patched.setattr(workbench, "shown_days", lambda factory: workbench.unknown(factory.layout))
        patched.setattr(workbench, "_outlook", left_out)
        yield


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with watched(browser) as tab:
        yield tab


@pytest.fixture(scope="session")
def shared(browser: Browser) -> Iterator[Page]:
    """One page for many tests: opening one takes seconds where software draws."""
    with watched(browser) as tab:
        yield tab


def is_local(url: str) -> bool:
    return url.startswith(("http://127.0.0.1", "http://localhost", "data:", "blob:"))


@pytest.fixture(scope="session")
def axe(node: str) -> str:
    """The source of axe-core, which judges accessibility."""
    subprocess.run(["sh", "tools/viewer", "packages"], cwd=ROOT, check=True, capture_output=True)
    return AXE.read_text("utf-8")
