"""The page of all fields: complete, current, and its links lead somewhere."""

from __future__ import annotations

import inspect
import re

from tests.plants import ROOT
from twin.layout import fields, schema
from twin.layout.reference import models, page, table


def test_the_page_is_the_one_that_the_schema_prints() -> None:
    path = ROOT / "docs" / "layout.md"
    assert path.read_text("utf-8") == page(), (
        "write it anew: python -m twin.layout.reference > docs/layout.md"
    )


def test_every_part_of_a_layout_has_its_section() -> None:
    parts = {
        part
        for _, part in inspect.getmembers(schema, inspect.isclass)
        if issubclass(part, schema.Part) and "dist" not in fields.hints(part)
    }
    assert set(models()) == parts - {schema.Part, schema.Drawn}


def test_every_field_is_described() -> None:
    for model in models():
        undone = [row.field for row in fields.field_table(model) if not row.description]
        assert undone in ([], ["basis"]), model.__name__


def test_every_link_leads_to_a_heading() -> None:
    text = page()
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9 -]", "", head.lower()).replace(" ", "-") for head in headings}
    assert len(anchors) == len(headings)
    assert set(re.findall(r"\(#([^)]*)\)", text)) <= anchors
    assert text.count("](#") > 20


def test_a_default_is_shown_in_the_unit_a_planner_writes() -> None:
    assert "| `electricity` | energy price | 0.25 EUR/kWh |" in table(schema.Economics)
    assert "| `may_unload` | true or false | true |" in table(schema.Disturbance)
    assert table(schema.Crew, ("people",)).count("\n") == 2
