"""A stand-in for PrusaLink, which runs on printers only.

It answers what a follower asks for, as its public specification says (github.com/prusa3d/
Prusa-Link-Web, spec/openapi.yaml), to who has the key or passes digest authentication (RFC 7616).
"""

import hashlib
import json
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import parse_http_list, parse_keqv_list

REALM, NONCE = "Printer API", "dcd98b7102dd2f0e8b11d0f600bfb0c0"


class PrusaLinkStandIn:
    """A server in a thread; `printer` and `job` are what it tells."""

    def __init__(self, key="", user="", password="", safe=None):
        self.key, self.user, self.password = key, user, password
        self.printer = {"state": "IDLE", "temp_nozzle": 24.5, "temp_bed": 23.0}
        self.job = None
        self.instead = None  # (status, headers, body) of all answers
        self.paths = []
        server = self

        class Answers(_Answers):
            site = server

        self._server = _Server(("127.0.0.1", 0), Answers)
        self._server.daemon_threads = True
        self._scheme = "https" if safe else "http"
        if safe:
            self._server.socket = safe.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self):
        return f"prusalink+{self._scheme}://127.0.0.1:{self.port}#mini"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(30)

    def print(self, number, file, progress=0.0, seconds=0):
        self.job = {
            **{"id": number, "state": "PRINTING", "progress": progress},
            **{"time_printing": seconds, "time_remaining": 600},
            "file": {"name": file[:8].upper(), "display_name": file, "path": "/usb"},
        }
        self.printer["state"] = "PRINTING"

    def lets_in(self, method, headers):
        if not (self.key or self.user):
            return True
        if self.key and headers.get("X-Api-Key") == self.key:
            return True
        scheme, _, told = headers.get("Authorization", "").partition(" ")
        if scheme != "Digest":
            return False
        said = parse_keqv_list(parse_http_list(told))

        def digest(*parts):
            return hashlib.md5(":".join(parts).encode()).hexdigest()

        secret = digest(self.user, REALM, self.password)
        asked = digest(method, said["uri"])
        expected = digest(secret, NONCE, said["nc"], said["cnonce"], "auth", asked)
        return said["nonce"] == NONCE and said["response"] == expected


class _Server(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        pass  # who is not sure of the certificate hangs up


class _Answers(BaseHTTPRequestHandler):
    site: PrusaLinkStandIn

    def do_GET(self):
        site, path = self.site, urllib.parse.urlsplit(self.path).path
        site.paths.append(path)
        if site.instead:
            self.answer(*site.instead)
        elif not site.lets_in("GET", self.headers):
            asks = f'Digest realm="{REALM}", nonce="{NONCE}", qop="auth"'
            self.answer(401, {"WWW-Authenticate": asks}, b"")
        elif path == "/api/v1/status":
            told = {"printer": site.printer}
            if site.job:
                keys = ("id", "progress", "time_printing", "time_remaining")
                told["job"] = {key: site.job[key] for key in keys}
            self.answer(200, {}, json.dumps(told).encode())
        elif path == "/api/v1/job" and site.job:
            self.answer(200, {}, json.dumps(site.job).encode())
        elif path == "/api/v1/job":
            self.answer(204, {}, b"")
        else:
            self.answer(404, {}, b"")

    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # who asked has heard enough

    def log_message(self, format, *args):
        pass
