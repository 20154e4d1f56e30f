"""The report on robot cells in a browser that runs no scripts."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.plants import shipped
from twin.cells.factory import with_distances
from twin.cells.report import report
from twin.view.exports import cells


def test_it_is_shown_without_scripts_and_asks_nobody(
    tmp_path: Path, browser: Browser, chromium: str
) -> None:
    path = tmp_path / "cell.html"
    cells.write_report(report(with_distances(shipped("pcb_line")), "1.0"), path)
    with browser.new_context(java_script_enabled=False) as context:
        tab = context.new_page()
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(path.as_uri())
        assert asked == [path.as_uri()]
        assert tab.locator("h3").first.is_visible()
        assert tab.locator("svg rect").first.bounding_box()
        assert tab.locator("svg polyline.near").first.bounding_box()


def test_it_is_accessible(tmp_path: Path, browser: Browser, chromium: str, axe: str) -> None:
    path = tmp_path / "cell.html"
    cells.write_report(report(with_distances(shipped("pcb_line")), "1.0"), path)
    for scheme in ("light", "dark"):
        with browser.new_context(color_scheme=scheme, bypass_csp=True) as context:
            tab = context.new_page()
            tab.goto(path.as_uri())
            tab.evaluate(axe)
            found = tab.evaluate("axe.run()")["violations"]
            assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
