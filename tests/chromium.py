"""A headless browser: where it is, and how to get one. `python -m tests.chromium` gets one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
)
# Software rendering gives the same pixels on every machine; nothing calls home.
FLAGS = (
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
OWN = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


@cache
def find() -> str | None:
    """The path of a browser that starts: TWIN_CHROMIUM, the system's, or Playwright's own."""
    return next((path for path in candidates() if starts(path)), None)


def required() -> str:
    """The path of a browser; where there is none, the program ends and says so."""
    path = find()
    if path is None:
        raise SystemExit("there is no headless browser: `make test` fetches one")
    return path


def candidates() -> Iterator[str]:
    """Paths at which a browser may be, the best first."""
    if named := os.environ.get("TWIN_CHROMIUM"):
        yield named
        return
    yield from filter(None, map(shutil.which, NAMES))
    yield from (place for place in PLACES if Path(place).exists())
    # In a process of its own: Playwright's loop may not be started inside another one.
    own = subprocess.run([sys.executable, "-c", OWN], capture_output=True, text=True)
    if own.returncode == 0:
        yield own.stdout.strip()


def starts(path: str) -> bool:
    """Whether it is a browser that runs here, and not a stub that asks for another package."""
    if sys.platform == "win32":  # there --version opens a window
        return Path(path).exists()
    try:
        asked = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0 and "Chrom" in asked.stdout


def fetch() -> None:
    """Gets a browser: through apt where that is possible, else Playwright's own."""
    if shutil.which("apt-get") and sys.platform == "linux" and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "-qq", *command], env=quiet, stdin=subprocess.DEVNULL)
        find.cache_clear()
        if find():
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"])
    find.cache_clear()


def main() -> int:
    """Finds or fetches a browser and says which; 1 if there is none where one must be (CI)."""
    if not find() and not os.environ.get("TWIN_CHROMIUM"):
        print("no headless browser yet: fetching one", flush=True)
        fetch()
    print(f"headless browser: {find() or 'none'}", flush=True)
    return 1 if find() is None and os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
