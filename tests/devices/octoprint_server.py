"""A real OctoPrint with its virtual printer, started for a test.

It is found as TWIN_OCTOPRINT (the path of its command) or on the path; `tools/octoprint` makes it
an environment of its own and prints that path.
"""

import http.client
import json
import os
import shutil
import subprocess
import time
import urllib.request

from tests.devices.following import LONG

KEY = "0123456789ABCDEF0123456789ABCDEF"
CONFIG = f"""
api: {{key: {KEY}}}
server:
  firstRun: false
  onlineCheck: {{enabled: false}}
  pluginBlacklist: {{enabled: false}}
serial: {{autoconnect: true, port: VIRTUAL}}
plugins:
  virtual_printer: {{enabled: true, simulateReset: false}}
  _disabled: [achievements, announcements, backup, classicwebcam, discovery, errortracking,
    file_check, firmware_check, gcodeviewer, health_check, pi_support, pluginmanager,
    softwareupdate, tracking]
"""


def find():
    """The command; None where OctoPrint is not installed."""
    return os.environ.get("TWIN_OCTOPRINT") or shutil.which("octoprint")


class OctoPrintServer:
    """One server with its folder; it may be stopped and started again at the same port."""

    def __init__(self, command, folder, port):
        self._command, self.folder, self.port = command, folder, port
        (folder / "config.yaml").write_text(CONFIG)
        self._octoprint("user", "add", "maker", "--password", "maker", "--admin")
        self._process = None

    @property
    def url(self):
        return f"octoprint+http://127.0.0.1:{self.port}#mini"

    def start(self):
        # It refuses to run as root, as tests in a container do, without the last word.
        arguments = ["serve", "--host", "127.0.0.1", "--port", str(self.port), "--iknowwhatimdoing"]
        with (self.folder / "said.log").open("ab") as said:
            self._process = subprocess.Popen(
                [self._command, "--basedir", str(self.folder), *arguments],
                stdout=said,
                stderr=said,
                stdin=subprocess.DEVNULL,
            )
        end = time.monotonic() + 2 * LONG
        while self._state() != "Operational":
            assert self._process.poll() is None, (self.folder / "said.log").read_text()[-2000:]
            assert time.monotonic() < end, "OctoPrint did not get ready"
            time.sleep(0.1)

    def stop(self):
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def upload(self, name, text):
        edge = "edge-of-the-form"
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = f"{head}{text}\r\n--{edge}--\r\n".encode()
        self._ask("/api/files/local", body, f"multipart/form-data; boundary={edge}")

    def command(self, path, **told):
        self._ask(path, json.dumps(told).encode(), "application/json")

    def _state(self):
        try:
            return json.loads(self._ask("/api/job"))["state"]
        except (OSError, ValueError, http.client.HTTPException):  # it is not there yet
            return ""

    def _ask(self, path, body=None, kind=""):
        headers = {"X-Api-Key": KEY} | ({"Content-Type": kind} if kind else {})
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data=body, headers=headers
        )
        with urllib.request.urlopen(request, timeout=LONG) as answer:
            return answer.read()

    def _octoprint(self, *arguments):
        subprocess.run(
            [self._command, "--basedir", str(self.folder), *arguments],
            check=True,
            capture_output=True,
        )
