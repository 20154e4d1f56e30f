"""The server: local only, blobs kept by browsers, names but no paths, small frames at once."""

from __future__ import annotations

import re
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from bokeh.server.views.ws import WSHandler

from tests.view.plants import PLANT
from twin.errors import LayoutError, TwinError
from twin.view.blobs import Blobs
from twin.view.check import check_demo
from twin.view.pages.planner import shelf
from twin.view.server import Background, make_server, send_at_once


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("layouts") / "brackets.yaml"
    path.write_text(PLANT)
    return path


@pytest.fixture(scope="module")
def url(file: Path) -> Iterator[str]:
    with Background(shelf(file)) as server:
        yield server.url


def fetch(url: str) -> tuple[bytes, dict[str, str]]:
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read(), {key.lower(): value for key, value in answer.headers.items()}


def test_the_page_names_no_other_host(url: str) -> None:
    page = fetch(url)[0].decode()
    addresses = re.findall(r"""(?:src|href)\s*=\s*["']([^"']+)""", page)
    assert addresses
    outside = [a for a in addresses if re.match(r"(https?:)?//", a) and "localhost" not in a]
    assert outside == []


def test_blobs_are_kept_for_good_and_nothing_else_is_served(url: str) -> None:
    root = url.removesuffix("planner")
    content, headers = fetch(root + Blobs().put(b"abc", "bin"))
    assert content == b"abc"
    assert int(re.findall(r"max-age=(\d+)", headers["cache-control"])[0]) > 86400
    for path in ("blobs/../planner", "blobs/%2e%2e/%2e%2e/etc/passwd", "blobs/nothing.bin"):
        with pytest.raises(urllib.error.HTTPError):
            fetch(root + path)


def test_the_check_of_the_demo_finds_a_sound_plant_sound(file: Path) -> None:
    assert check_demo(file) == []


def test_the_check_of_the_demo_says_what_is_wrong(file: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(PLANT.replace("at: [2 m, 2 m]", "at: [6 m, 2 m]"))
    problems = check_demo(bad)
    assert problems and any("mill-1" in problem for problem in problems)
    assert check_demo(tmp_path / "none.yaml") != []


def test_the_next_free_port_is_taken(file: Path) -> None:
    import asyncio

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        try:
            server = make_server(shelf(file), port, "127.0.0.1")
            assert port < (server.port or 0) < port + 50
            server.stop()
        finally:
            asyncio.set_event_loop(None)
            loop.close()


def test_small_frames_are_sent_at_once_and_wrapped_only_once() -> None:
    send_at_once()
    wrapped = WSHandler.open
    send_at_once()
    assert WSHandler.open is wrapped and getattr(wrapped, "sends_at_once", False)


def test_a_page_opens_layouts_by_name_only(file: Path) -> None:
    offer = shelf(file)
    assert offer.path("brackets") == file and offer.first == "brackets"
    for name in (str(file), "../layouts/pcb_line", "pcb_lin"):
        with pytest.raises(LayoutError):
            offer.path(name)


def test_a_layout_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TwinError):
        shelf(tmp_path / "none.yaml")
