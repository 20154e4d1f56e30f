"""What explains the page: terms with one source, and what an empty floor offers."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.plants import ROOT
from tests.view.plants import PLANT
from twin.comparison import MEASURES
from twin.layout.files import parse
from twin.layout.folders import package_layouts
from twin.timeline import State
from twin.view import figures, outline, terms
from twin.view.pages.welcome import welcome
from twin.view.workbench import Snapshot

SHELL = ROOT / "twin/view/viewer/src/shell"
EMPTY = """\
twin: 1
name: Empty
floor: {size: [10 m, 8 m]}
machines: {}
stations: {}
products: {}
orders: {}
"""


def test_every_figure_state_and_section_has_a_meaning() -> None:
    wanted = {each.key for each in MEASURES} & set(figures._LABELS) | {"piling"}
    wanted |= {terms.state_key(state) for state in State}
    sections = outline.outline(Snapshot(parse(PLANT).layout))
    wanted |= {f"outline/{section['key']}" for section in sections}
    assert wanted <= set(terms.TERMS)


def test_what_the_page_asks_for_is_known() -> None:
    source = "".join(path.read_text("utf-8") for path in SHELL.glob("*.js"))
    asked = set(re.findall(r'(?:term|ask)\(ui, "([^"$]+)"', source))
    asked |= set(re.findall(r'term: "(\w+)"', source))
    assert {"compared", "busy", "basis", "interval", "distribution"} <= asked <= set(terms.TERMS)


def test_the_terms_of_the_trade_are_explained() -> None:
    told = " ".join(f"{term.title} {term.text}".lower() for term in terms.TERMS.values())
    for word in ("utilisation", "starved", "blocked", "wip", "lead time", "interval", "basis"):
        assert word in told
    for term in terms.TERMS.values():
        assert len(term.text) < 330, f"{term.title} is no short explanation"


def test_an_empty_floor_offers_what_comes_first_and_all_examples() -> None:
    layout = parse(EMPTY).layout
    offered = welcome(layout)
    assert offered is not None
    assert [(step["key"], step["done"]) for step in offered["steps"]] == [
        ("stations", False),
        ("products", False),
        ("orders", False),
    ]
    assert [each["name"] for each in offered["examples"]] == package_layouts()
    assert all(each["label"] and each["about"] for each in offered["examples"])


def test_a_floor_with_a_station_offers_nothing() -> None:
    snapshot = replace(Snapshot(parse(PLANT).layout))
    assert welcome(snapshot.layout) is None
