"""What tests ask for: a browser, recordings, exact cases; and a folder of the user's own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import chromium as browsers

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI") == "true"
if IN_CI:  # the same examples for everybody who judges a change; elsewhere new ones each time
    settings.register_profile("ci", derandomize=True)
    settings.load_profile("ci")
# Where nothing may be left out: a fixture that a test asks for -> the mark that the test gets.
NEEDS = {
    "chromium": "browser",
    "recordings_folder": "recordings",
    "node": "node",
    "mosquitto": "broker",
}


@pytest.fixture(scope="session", autouse=True)
def folders_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes what the user has: TWIN_HOME and TWIN_CACHE are empty folders.

    The cache is one for all workers of a run: what is in it is named by its content.
    """
    own = tmp_path_factory.mktemp("home")
    base = tmp_path_factory.getbasetemp()
    cache = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "cache"
    cache.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("TWIN_HOME", str(own))
        environment.setenv("TWIN_CACHE", str(cache))
        yield


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a headless browser; launch it with `tests.chromium.FLAGS`."""
    return browsers.find() or pytest.skip("there is no headless browser: `make test` fetches one")


@pytest.fixture(scope="session")
def node() -> str:
    """The path of Node.js."""
    return shutil.which("node") or pytest.skip("there is no node")


@pytest.fixture(scope="session")
def mosquitto() -> str:
    """The path of an MQTT broker; tests/devices/brokers.py starts it."""
    found = shutil.which("mosquitto", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    return found or pytest.skip("there is no mosquitto")


@pytest.fixture(scope="session")
def recordings_folder() -> Path:
    """The folder with real recordings: TWIN_DATA, else ../shared/data beside the checkout."""
    return given_folder("TWIN_DATA", "data")


@pytest.fixture(scope="session")
def cases_folder() -> Path:
    """The folder with cases whose answers are exact: TWIN_CASES, else ../shared/cases."""
    return given_folder("TWIN_CASES", "cases")


def given_folder(variable: str, name: str) -> Path:
    """The folder that an environment variable names, or the one beside the checkout."""
    folder = Path(os.environ.get(variable) or ROOT.parent / "shared" / name)
    return folder if folder.is_dir() else pytest.skip(f"{variable} names no folder: {folder}")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks tests by what they ask for and where they stand, so that nobody can forget it."""
    for item in items:
        for name, mark in NEEDS.items():
            if name in getattr(item, "fixturenames", ()):
                item.add_marker(mark)
        place = item.path.relative_to(ROOT / "tests").parts[0]
        if place == "browser":
            item.add_marker(place)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """In CI nothing that a test NEEDS may be missing: what is left out fails there."""
    report = yield
    left_out = report.skipped and not hasattr(report, "wasxfail")
    if IN_CI and left_out and any(item.get_closest_marker(mark) for mark in NEEDS.values()):
        report.outcome = "failed"
        report.longrepr = f"left out in CI: {report.longrepr[2]}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    """In CI no whole file is left out either, whatever it needs."""
    report = yield
    if IN_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"left out in CI: {report.longrepr[2]}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says in the last lines what was left out, and why."""
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", ()):
        reason = report.longrepr[2].removeprefix("Skipped: ")
        reasons[reason] = reasons.get(reason, 0) + 1
    if reasons:
        terminalreporter.section("LEFT OUT, NOT TESTED", sep="!", red=True, bold=True)
        for reason, count in reasons.items():
            terminalreporter.line(f"{count} tests: {reason}", red=True)
