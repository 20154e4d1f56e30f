"""The web server: pages, blobs and nothing from anywhere else."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import socket
import sys
import threading
import warnings
import webbrowser
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import panel as pn
from bokeh.server.server import Server
from bokeh.server.views.ws import WSHandler
from bokeh.util.warnings import BokehUserWarning
from panel.io.resources import LOCAL_DIST
from panel.io.server import AuthenticatedStaticFileHandler, get_server
from tornado.ioloop import IOLoop

from twin.errors import TwinError
from twin.layout import files
from twin.production import machine_code
from twin.view.blobs import EXPORTS, ROUTE, Blobs
from twin.view.cells.bench import offered_arm
from twin.view.live import Live
from twin.view.pages.cells import cells
from twin.view.pages.planner import Shelf, planner, shelf
from twin.view.workbench import Snapshot, Workbench, close_all

PORT = 5006
TRIED_PORTS = 50
PLANNER, CELLS = "planner", "cells"  # the pages, as addresses name them
LOOPBACK = ("localhost", "127.0.0.1")


def serve(
    layout: str | None = None,
    recording: str | None = None,
    port: int = PORT,
    address: str = "localhost",
    open_browser: bool = True,
    known: Callable[[Snapshot], None] | None = None,
    cell: str | None = None,
    live: Live | None = None,
) -> None:
    """Serve the pages until Ctrl-C; prints the address of the planner's.

    layout: a name or a path; recording: a path, replayed first. The next free port is taken where
    `port` is not free. `known` is given all that the first page shows, once, as soon as that is
    worked out. With `cell`, the cells page comes first: it names an arm, or "" the first one.
    `live` is the layout's shop, which the planner's page follows; it ends with the server. Raises
    TwinError where a file cannot be read or no port is free.
    """
    # A page that outlives its server names to the next one what that one has named, too.
    warnings.filterwarnings("ignore", "reference already known", BokehUserWarning)
    # Nor is it news that a tab was closed while something was on its way to it.
    logging.getLogger("bokeh.server.views.ws").setLevel(logging.ERROR)
    offer = shelf(layout, recording, live)
    document = files.open_document(offer.path(offer.first))  # what is wrong is said here, no page
    if cell is not None:
        offered_arm(document.layout, cell)
    asyncio.set_event_loop(asyncio.new_event_loop())
    server = make_server(offer, port, address, known, engine=cell is None)
    where = address_of(server, address, CELLS if cell is not None else PLANNER)
    if cell:
        where += f"?{urlencode({'layout': offer.first, 'arm': cell})}"
    print(f"{where}   (Ctrl-C ends it)", flush=True)
    if open_browser and has_screen():
        threading.Thread(target=webbrowser.open, args=(where,), daemon=True).start()
    try:
        server.io_loop.start()
    except KeyboardInterrupt:
        print("", flush=True)
    finally:
        if live is not None:
            live.close()
        close_all()
        server.stop()


def make_server(
    offer: Shelf,
    port: int = PORT,
    address: str = "localhost",
    known: Callable[[Snapshot], None] | None = None,
    engine: bool = True,
) -> Server:
    """A server that is started on the next free port from `port` on (0: any), on this thread's
    event loop. `known` as for `serve`; without `engine`, nothing is simulated before somebody asks
    for the planner's page. Raises TwinError."""
    if engine:
        machine_code.begin()
    send_at_once()
    pn.extension(reconnect=True)
    blobs = Blobs()
    exports = Blobs(route=EXPORTS)
    for each in (blobs, exports):
        each.sweep()
    if engine:
        warm(offer, blobs, known)
    number = _free_port(address, port)
    try:
        server = get_server(
            {  # Panel takes functions, no partials
                PLANNER: lambda: _page(planner, offer, blobs),
                CELLS: lambda: _page(cells, offer, blobs),
            },
            port=number,
            address=address,
            websocket_origin=_origins(address, number),
            title="Factory twin",
            static_dirs={ROUTE: str(blobs.folder)},
            extra_patterns=[(rf"/{EXPORTS}/(.*)", Attachments, {"path": str(exports.folder)})],
            start=False,
            show=False,
            verbose=False,
        )
    except OSError as error:
        raise TwinError(f"{address}:{number}: cannot be served: {error}") from error
    server.start()
    return server


class Attachments(AuthenticatedStaticFileHandler):
    """Files that a browser keeps and never shows, so that none is run as a page of this server;
    for who may see the pages only."""

    def set_extra_headers(self, path: str) -> None:
        """Said with each file."""
        self.set_header("Content-Disposition", "attachment")
        self.set_header("X-Content-Type-Options", "nosniff")


def _free_port(address: str, first: int) -> int:
    """The next port from `first` on that nobody listens to; 0 stays 0: any. Raises TwinError."""
    if not first:
        return 0
    for port in range(first, min(first + TRIED_PORTS, 65536)):
        if _is_free(address, port):
            return port
    raise TwinError(
        f"no port from {first} to {first + TRIED_PORTS - 1} is free on {address}; name another one"
    )


def _is_free(address: str, port: int) -> bool:
    """Whether a server could listen there. Raises TwinError where there is no such address."""
    try:
        places = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise TwinError(f"{address}: is no address of this computer: {error}") from error
    for family, kind, protocol, _, place in places:
        with socket.socket(family, kind, protocol) as probe:
            if sys.platform != "win32":  # there it would let two listen to one port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(place)
            except OSError as error:
                if error.errno in (errno.EADDRINUSE, errno.EACCES):
                    return False
                if error.errno != errno.EADDRNOTAVAIL or len(places) == 1:
                    raise TwinError(f"{address}:{port}: cannot be served: {error}") from error
    return True


def _page(made: Callable[[Shelf, Blobs], Any], offer: Shelf, blobs: Blobs) -> Any:
    page = pn.state.curdoc
    if page is not None:
        # Else Panel asks a CDN for style sheets when a page reconnects.
        page.template_variables.setdefault("dist_url", LOCAL_DIST)
    return made(offer, blobs)


def _origins(address: str, port: int) -> list[str] | None:
    """Who may open a websocket: pages of this server only. None: localhost on the port it gets."""
    if not port:
        return None
    hosts = LOOPBACK if address in LOOPBACK else (*LOOPBACK, address, socket.gethostname())
    return [f"{host}:{port}" for host in dict.fromkeys(hosts)]


def address_of(server: Server, address: str = "localhost", page: str = PLANNER) -> str:
    """The address of a page that a browser opens."""
    host = "localhost" if address in ("", "0.0.0.0", *LOOPBACK) else address
    return f"http://{host}:{server.port}/{page}"


def warm(offer: Shelf, blobs: Blobs, known: Callable[[Snapshot], None] | None = None) -> None:
    """Work out, in a thread, what the first page will ask for, and tell `known` what it is."""
    try:
        document = files.open_document(offer.path(offer.first))
    except TwinError:
        return  # the page itself says what is wrong
    recording: Path | None = next(iter(offer.recordings.values()), None)
    bench = Workbench(document, blobs, recording=recording)
    bench.start()
    if known is not None:

        def tell() -> None:
            bench.wait()
            known(bench.shown)

        threading.Thread(target=tell, name="known", daemon=True).start()


def send_at_once() -> None:
    """Bokeh's websocket sends small frames without waiting: 1.5 ms there and back, not 46 ms."""
    opened: Callable[..., Any] = WSHandler.open
    if getattr(opened, "sends_at_once", False):
        return

    @wraps(opened)
    def open_at_once(self: WSHandler, *args: Any, **kwargs: Any) -> Any:
        self.set_nodelay(True)
        return opened(self, *args, **kwargs)

    open_at_once.sends_at_once = True  # type: ignore[attr-defined]  # marks the wrapper
    WSHandler.open = open_at_once  # type: ignore[method-assign]  # Bokeh has no setting for it


def has_screen() -> bool:
    """Whether a browser can be opened here for somebody to see."""
    if os.environ.get("CI"):
        return False
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


class Background:
    """A server on a thread of its own, for checks and tests; a context manager."""

    def __init__(self, offer: Shelf, address: str = "localhost", page: str = PLANNER) -> None:
        self._page = page
        self._offer = offer
        self._address = address
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="server", daemon=True)
        self.server: Server | None = None
        self.url = ""

    def _run(self) -> None:
        asyncio.set_event_loop(asyncio.new_event_loop())
        try:
            engine = self._page == PLANNER
            self.server = make_server(self._offer, 0, self._address, engine=engine)
            self.url = address_of(self.server, self._address, self._page)
        except BaseException as error:
            self._failure = error
            raise
        finally:
            self._ready.set()
        IOLoop.current().start()

    def __enter__(self) -> Background:
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            raise self._failure
        return self

    def __exit__(self, *_: object) -> None:
        if self.server is not None:
            server, loop = self.server, self.server.io_loop

            def end() -> None:
                server.stop()
                loop.stop()

            loop.add_callback(end)
            self._thread.join(timeout=10)
        close_all()
