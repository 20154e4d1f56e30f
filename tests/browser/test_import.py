"""A log of the shop, brought in a browser: mapped, tried, kept, replayed; or refused in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import engine_left_out, planning
from tests.browser.test_exports import grave
from tests.browser.test_planner import VIEWER, hook
from tests.view.plants import PLANT
from twin.recordings import parquet
from twin.recordings.mapping import read_mapping
from twin.timeline import State
from twin.view import uploads
from twin.view.pages.planner import shelf
from twin.view.server import Background

EVIL = "<img src=x onerror='window.hacked=1'>"
BEGUN = datetime(2026, 8, 3, 8, 0)


def log(parts: int = 40) -> str:
    """Parts that go over a mill and a bench, called as a shop calls them; one row stands twice."""
    rows = [f"Case;Resource;Operation;Begin;End;{EVIL}"]
    for k in range(parts):
        at = BEGUN + timedelta(minutes=9 * k)
        for machine, step, minutes in (("MILL_01", "milling", 8), ("Packing", "packing", 2)):
            end = at + timedelta(minutes=minutes)
            rows.append(
                f"P{k};{machine};{step};{at:%d.%m.%Y %H:%M:%S};{end:%d.%m.%Y %H:%M:%S};{k},5"
            )
            at = end
    return "\n".join([*rows, rows[1]]) + "\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TWIN_HOME", str(folder))
        yield folder


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Iterator[str]:
    file = tmp_path_factory.mktemp("layouts") / "brackets.yaml"
    file.write_text(PLANT)
    with engine_left_out(), Background(shelf(file)) as server:
        yield server.url


@pytest.fixture
def tab(browser: Browser, chromium: str, url: str) -> Iterator[Page]:
    with planning(browser, color_scheme="light", timezone_id="Europe/Berlin") as tab:
        tab.goto(url)
        tab.wait_for_selector(VIEWER)
        tab.get_by_role("button", name="Import a recording").click()
        yield tab


def bring(tab: Page, content: bytes, name: str = "Line 1 (August).csv") -> None:
    tab.locator("#log-file").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )


def dialog(tab: Page) -> Locator:
    return tab.locator("dialog.import")


def onwards(tab: Page) -> None:
    dialog(tab).get_by_role("button", name="Next").click()


def test_a_log_is_brought_mapped_tried_kept_and_replayed(tab: Page, home: Path) -> None:
    box = dialog(tab)
    bring(tab, log().encode())
    expect(box.get_by_label("Case: what it is")).to_have_value("part")
    for column, role in (("Resource", "resource"), ("Operation", "activity"), ("Begin", "start")):
        expect(box.get_by_label(f"{column}: what it is")).to_have_value(role)
    expect(box.locator(".said")).to_have_text("Each row is a step, from when to when.")
    expect(box.get_by_label("How times are written")).to_have_value("%d.%m.%Y %H:%M:%S")
    expect(box.get_by_label("Zone of its clock")).to_have_value("Europe/Berlin")

    box.get_by_label("End: what it is").select_option("")
    expect(box.locator(".said.open")).to_contain_text("Choose which column tells the time")
    expect(box.get_by_role("button", name="Next")).to_be_disabled()
    box.get_by_label("End: what it is").select_option("end")

    onwards(tab)
    expect(box.get_by_label("MILL_01: what it is")).to_have_value("mill-1")
    expect(box.get_by_label("Packing: what it is")).to_have_value("pack-1")
    box.get_by_label("MILL_01: what it is").select_option("")
    box.get_by_label("Packing: what it is").select_option("")
    onwards(tab)
    expect(box.locator(".doubt")).to_contain_text("none of which stands on 'Brackets'")
    expect(box.get_by_role("button", name="Save and replay")).to_be_disabled()
    box.get_by_role("button", name="Back").click()
    expect(box.get_by_label("MILL_01: what it is")).to_have_value("mill-1")
    onwards(tab)
    expect(box.locator(".said")).to_contain_text("40 orders")
    expect(box.locator(".said")).to_contain_text("from 3 Aug 2026 08:00:00 (Europe/Berlin)")
    expect(box.locator(".found")).to_contain_text("1 row stands there once more")
    expect(box.locator(".first tbody tr")).to_have_count(12)
    assert box.locator(".line i").count() == 80

    expect(box.get_by_label("Name")).to_have_value("Line-1-August")
    box.get_by_label("Name").fill("august")
    box.get_by_role("button", name="Save and replay").click()
    expect(box).to_be_hidden()
    expect(tab.locator("button.badge")).to_contain_text("REPLAY")
    tab.wait_for_function("() => new URLSearchParams(location.search).get('replay') === 'august'")
    expect(tab.locator(".chosen, .holds").first).to_be_attached()
    assert hook(tab, "clock.end") > 5 * 3600

    kept = parquet.read(home / "recordings" / "august")
    assert {kept.name(code) for code in kept.resources} == {"mill-1", "pack-1"}
    assert (kept.intervals["state"] == State.PROCESSING).sum() == 80
    assert kept.epoch.hour == 6  # eight o'clock in Berlin
    mapping = read_mapping(home / "mappings" / "august.yaml")
    assert mapping.stations == {"MILL_01": "mill-1", "Packing": "pack-1"}
    assert list((home / "imports").iterdir()) == []


def test_a_log_with_the_same_columns_finds_its_mapping(tab: Page, home: Path) -> None:
    box = dialog(tab)
    bring(tab, log(12).encode(), "September.csv")
    expect(box.get_by_label("Mapping")).to_have_value("august")
    onwards(tab)
    expect(box.get_by_label("MILL_01: what it is")).to_have_value("mill-1")
    onwards(tab)
    box.get_by_label("Name").fill("august")
    box.get_by_role("button", name="Save and replay").click()
    expect(box.get_by_role("alert")).to_contain_text("There is a recording 'august' already")
    box.get_by_label("Name").fill("../evil")
    box.get_by_role("button", name="Save and replay").click()
    expect(box.get_by_role("alert")).to_contain_text("is no name")
    box.get_by_role("button", name="Cancel").click()
    expect(box).to_be_hidden()
    tab.wait_for_timeout(300)
    assert list((home / "imports").iterdir()) == []
    assert [path.name for path in (home / "mappings").iterdir()] == ["august.yaml"]


def test_a_log_becomes_a_floor_on_which_it_is_replayed(tab: Page, home: Path) -> None:
    box = dialog(tab)
    bring(tab, log().encode())
    expect(box.get_by_label("Case: what it is")).to_have_value("part")
    onwards(tab)
    box.get_by_label("Packing: parts at once").fill("2")
    box.get_by_label("milling: begins or ends an order").select_option("begins")
    box.get_by_label("packing: begins or ends an order").select_option("ends")
    box.get_by_label("MILL_01: what it is").select_option("")
    expect(box.get_by_label("Packing: parts at once")).to_have_value("2")
    onwards(tab)
    box.get_by_label("Name").fill("first")
    box.get_by_role("button", name="Make a layout of it").click()
    expect(box).to_be_hidden()
    tab.wait_for_function(
        "() => new URLSearchParams(location.search).get('layout') === 'first'"
        " && new URLSearchParams(location.search).get('replay') === 'first'"
    )
    expect(tab.locator("button.badge")).to_contain_text("REPLAY")
    tab.wait_for_selector(VIEWER)
    assert (home / "layouts" / "first.yaml").is_file()
    mapping = read_mapping(home / "mappings" / "first.yaml")
    assert mapping.begun_by == ["milling"] and mapping.finished_by == ["packing"]


def test_rubbish_is_refused_in_words(tab: Page, home: Path) -> None:
    box = dialog(tab)
    wrong = box.get_by_role("alert")
    for name, content, said in (
        ("log.parquet", b"\x00\x01rubbish", "log.parquet: cannot be read as Parquet"),
        (f"{EVIL}.exe", b"MZ", "is no log by its name"),
        ("log.csv", b"", "log.csv: is empty"),
        ("log.csv.gz", b"\x1f\x8brubbish", "log.csv.gz"),
        ("log.xlsx", b"PK\x03\x04", "log.xlsx: cannot be read as a workbook"),
        ("log.csv", b"a,b\n1,2\n1,2,3,4\n", "expected 2 columns"),
    ):
        bring(tab, content, name)
        expect(wrong).to_contain_text(said)
        expect(box.locator("#log-file")).to_be_enabled()
        assert str(home) not in wrong.inner_text()
    bring(tab, b"a,b\n1,x\n2,y\n")
    expect(box.locator(".said.open")).to_contain_text("Choose which column tells the time")
    expect(box.get_by_role("button", name="Next")).to_be_disabled()
    assert tab.evaluate("window.hacked") is None and tab.locator("img").count() == 0


def test_names_of_columns_and_stations_stay_text(tab: Page) -> None:
    box = dialog(tab)
    text = log(3).replace("Packing", EVIL).replace("Resource", f"Station {EVIL}")
    bring(tab, text.encode(), f"{EVIL}.csv")
    expect(box.locator("tbody th", has_text=EVIL).first).to_be_visible()
    box.get_by_label(f"Station {EVIL}: what it is").select_option("resource")
    onwards(tab)
    expect(box.get_by_label(f"{EVIL}: what it is")).to_be_visible()
    onwards(tab)
    expect(box.locator(".first tbody th", has_text=EVIL).first).to_be_visible()
    assert tab.locator("img").count() == 0 and tab.evaluate("window.hacked") is None


def test_a_file_that_is_too_large_is_refused_by_both(
    tab: Page, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = dialog(tab)
    monkeypatch.setattr(uploads, "LARGEST", 1000)
    before = set((home / "imports").iterdir())  # of tabs that were closed a moment ago
    bring(tab, log().encode())
    expect(box.get_by_role("alert")).to_contain_text("larger than")
    assert set((home / "imports").iterdir()) <= before
    tab.locator("#log-file").evaluate(
        """input => {
          const files = new DataTransfer();
          const file = new File(["a"], "huge.csv");
          Object.defineProperty(file, "size", { value: 6e8 });
          files.items.add(file);
          Object.defineProperty(input, "files", { value: [file] });
          input.dispatchEvent(new Event("change"));
        }"""
    )
    expect(box.get_by_role("alert")).to_contain_text("huge.csv: larger than 500 MB")


def test_a_long_file_comes_in_pieces(tab: Page) -> None:
    box = dialog(tab)
    text = log(12_000)
    assert len(text) > 3 * 384 * 1024
    bring(tab, text.encode())
    expect(box.locator("caption")).to_contain_text("the first 5,000 rows")
    onwards(tab)
    expect(box.locator(".words .count").first).to_have_text(re.compile("12,00[01]"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_step_is_accessible(
    browser: Browser, chromium: str, url: str, axe: str, theme: str
) -> None:
    with planning(browser, color_scheme=theme) as tab:  # type: ignore[arg-type]
        tab.goto(url)
        tab.wait_for_selector(VIEWER)
        tab.get_by_role("button", name="Import a recording").click()
        assert grave(tab, axe) == []
        bring(tab, log(8).encode())
        expect(dialog(tab).get_by_label("Case: what it is")).to_be_visible()
        assert grave(tab, axe) == []
        for place in (".words", ".first"):
            onwards(tab)
            expect(dialog(tab).locator(place).first).to_be_visible()
            assert grave(tab, axe) == []
