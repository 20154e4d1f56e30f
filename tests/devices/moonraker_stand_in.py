"""A stand-in for Moonraker, which cannot run without a printer's firmware.

It speaks the part of its JSON-RPC over a websocket that a follower needs, as its public
documentation says (github.com/Arksine/moonraker, docs/external_api): identify, server.info,
server.history.list, printer.objects.query and subscribe, and the notifications.
"""

import asyncio
import contextlib
import json
import threading
import time

from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import WebSocketHandler

HEATERS = {"extruder": {"temperature": 25.0}, "heater_bed": {"temperature": 24.0}}


class MoonrakerStandIn:
    """A server in a thread; its methods may be called from any other."""

    def __init__(self, key="", port=None, safe=None):
        self.key, self.port, self._safe = key, port, safe
        self.klippy = "ready"
        self.objects = {
            "webhooks": {"state": "ready", "state_message": "Printer is ready"},
            "print_stats": {"state": "standby", "filename": "", "message": ""},
            "virtual_sdcard": {"progress": 0.0},
        } | {name: dict(values) for name, values in HEATERS.items()}
        self.objects["print_stats"] |= {"print_duration": 0.0, "filament_used": 0.0}
        self.jobs = []
        self.asked = []  # methods, in their order
        self.subscribed = {}  # connection -> objects
        self.connections = set()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    # --- the test's side -------------------------------------------------------------------------

    def __enter__(self):
        self._ready.clear()
        self._thread.start()
        assert self._ready.wait(30)
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._ends.set)
        self._thread.join(30)

    @property
    def url(self):
        return f"moonraker{'s' if self._safe else ''}://127.0.0.1:{self.port}#mini"

    def tell(self, **objects):
        """Klipper's objects change, and who is subscribed to it is told."""
        self._call(self._tell, objects)

    def notify(self, method, *parameters):
        self._call(self._notify, method, list(parameters))

    def shut(self, klippy, message=""):
        """Klipper is in another state."""
        self._call(self._shut, klippy, message)

    def drop(self):
        """All connections end."""
        self._call(lambda: [connection.close() for connection in list(self.connections)])

    def send(self, text):
        """Something else than what is expected."""
        self._call(lambda: [connection.write_message(text) for connection in self.connections])

    def _call(self, function, *arguments):
        done = threading.Event()

        def call():
            function(*arguments)
            done.set()

        self._loop.call_soon_threadsafe(call)
        assert done.wait(30)

    # --- the server's side -----------------------------------------------------------------------

    async def _serve(self):
        self._loop, self._ends = asyncio.get_running_loop(), asyncio.Event()
        socket, port = bind_unused_port()
        if self.port is not None:
            socket.close()
        paths = Application([("/websocket", _Connection, {"server": self})])
        server = HTTPServer(paths, ssl_options=self._safe)
        if self.port is None:
            self.port = port
            server.add_sockets([socket])
        else:
            server.listen(self.port, "127.0.0.1")
        self._ready.set()
        await self._ends.wait()
        server.stop()
        for connection in list(self.connections):
            connection.close()
        await server.close_all_connections()

    def _tell(self, objects):
        for name, values in objects.items():
            self.objects[name].update(values)
        for connection, wanted in self.subscribed.items():
            changed = {
                name: kept
                for name, values in objects.items()
                if (kept := {k: v for k, v in values.items() if k in wanted.get(name, ())})
            }
            if changed:
                connection.notify("notify_status_update", [changed, time.monotonic()])

    def _notify(self, method, parameters):
        for connection in self.connections:
            connection.notify(method, parameters)

    def _shut(self, klippy, message):
        self.klippy = klippy
        self.objects["webhooks"] = {"state": klippy, "state_message": message}
        if klippy in ("disconnected", "shutdown", "ready"):
            self._notify(f"notify_klippy_{klippy}", [])
        if klippy == "disconnected":
            self.subscribed.clear()

    def answer(self, connection, method, parameters):
        self.asked.append(method)
        if method == "server.connection.identify":
            if self.key and parameters.get("api_key") != self.key:
                raise PermissionError("Unauthorized")
            return {"connection_id": 1}
        if method == "server.info":
            return {"klippy_connected": self.klippy != "disconnected", "klippy_state": self.klippy}
        if method == "server.history.list":
            return {"count": len(self.jobs), "jobs": self.jobs[::-1][: parameters["limit"]]}
        if method in ("printer.objects.query", "printer.objects.subscribe"):
            if self.klippy == "disconnected":
                raise ValueError("Klippy Host not connected")
            wanted = parameters["objects"]
            if method.endswith("subscribe"):
                self.subscribed[connection] = wanted
            status = {
                name: {k: v for k, v in self.objects[name].items() if not keys or k in keys}
                for name, keys in wanted.items()
                if name in self.objects
            }
            return {"eventtime": time.monotonic(), "status": status}
        raise ValueError("Method not found")


class _Connection(WebSocketHandler):
    def initialize(self, server):
        self.server = server

    def open(self, *_):
        self.server.connections.add(self)

    def on_close(self):
        self.server.connections.discard(self)
        self.server.subscribed.pop(self, None)

    def on_message(self, message):
        call = json.loads(message)
        answer = {"jsonrpc": "2.0", "id": call["id"]}
        try:
            answer["result"] = self.server.answer(self, call["method"], call.get("params", {}))
        except (PermissionError, ValueError) as error:
            code = 401 if isinstance(error, PermissionError) else 400
            answer["error"] = {"code": code, "message": str(error)}
        self.write_message(json.dumps(answer))

    def notify(self, method, parameters):
        call = {"jsonrpc": "2.0", "method": method}
        with contextlib.suppress(Exception):
            self.write_message(json.dumps(call | ({"params": parameters} if parameters else {})))
