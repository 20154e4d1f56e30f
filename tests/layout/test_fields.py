"""The schema as data: field tables, quantities, bases, JSON Schema."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest

from tests.layout.sketches import SMALL, bend, drawn
from twin.errors import LayoutError
from twin.layout import basis, fields, files, folders, schema
from twin.layout.tree import grow

SHIPPED = sorted(folders.package_folder("layouts").glob("*.yaml"))


def test_a_field_table_says_type_unit_and_default() -> None:
    rows = {row.field: row for row in fields.field_table(schema.Machine)}
    assert list(rows) == [
        "basis",
        "asset",
        "at",
        "heading",
        "places",
        "ports",
        "capability",
        "label",
    ]
    assert (rows["at"].type, rows["at"].unit) == ("[length, length]", "m")
    assert rows["at"].default == "required"
    assert (rows["heading"].type, rows["heading"].unit, rows["heading"].default) == (
        "angle",
        "rad",
        "0",
    )
    assert {row.field: row.type for row in fields.field_table(schema.Phase)}["from"] == "text"
    step = {row.field: row.type for row in fields.field_table(schema.Step)}
    assert step["then"] == "list of Branch"


def test_leaves_are_si_numbers_at_their_paths() -> None:
    leaves = {"/".join(map(str, leaf.path)): leaf for leaf in fields.leaves(drawn())}
    assert leaves["machines/press/at/0"].value == 6.0
    assert leaves["machines/press/at/0"].dimension == "length"
    assert leaves["products/bracket/route/0/run/time/value"].value == 180.0
    assert leaves["products/bracket/route/1/then/0/share"].dimension == "share"
    assert not leaves["machines/press/heading"].written
    assert leaves["machines/saw/heading"].written


def test_the_nearest_basis_holds() -> None:
    layout = drawn(
        ("name: Small", 'name: Small\nbasis: "measured: tape, 2026"'),
        ("price: 1500 EUR}", "price: 1500 EUR, basis: {price: 'sourced: a list'}}"),
        ("walking: 1.2 m/s}", "walking: 1.2 m/s, basis: guessed}"),
    )
    assert basis.basis_of(layout, "stations/cut/price") == "sourced: a list"
    assert basis.basis_of(layout, "stations/cut/power/idle") == "measured: tape, 2026"
    assert basis.basis_of(layout, ("crews", "people", "walking")) == "guessed"
    assert basis.basis_of(layout, "crews/people/home/0") == "guessed"
    assert basis.basis_of(layout, ("machines", "saw", "at", 0)) == "measured: tape, 2026"
    assert basis.basis_of(drawn(), "machines/saw/at") == "guessed"


@pytest.mark.parametrize("path", ["machines/sow", "machines/saw/att", "machines/saw/at/2", "x"])
def test_a_path_that_leads_nowhere(path: str) -> None:
    with pytest.raises(LayoutError, match=re.escape(f"{path}: is not in the layout")):
        basis.basis_of(drawn(), path)


def test_every_number_written_is_counted_once() -> None:
    """Counted by hand in the sketch: size 2, door 3, hours 2, machines 3 x 2 + heading 1, price 1,
    crew 1 + 2 + 1, runs 2, share 1, orders 1 = 23."""
    assert basis.count_bases(drawn()) == {"measured": 0, "sourced": 0, "computed": 0, "guessed": 23}
    layout = drawn(("[9, 7]", "[9, 7]\n    basis: measured"))
    assert basis.count_bases(layout) == {"measured": 2, "sourced": 0, "computed": 0, "guessed": 21}


# --- JSON Schema, judged by a small reading of its specification of our own -----------------------


def accepts(node: dict[str, Any], value: Any, root: dict[str, Any]) -> bool:
    """Whether a value obeys a schema, for the keywords that are used (JSON Schema 2020-12)."""
    if "$ref" in node and not accepts(root["$defs"][node["$ref"].split("/")[-1]], value, root):
        return False
    for keyword, some in (("anyOf", any), ("allOf", all)):
        if keyword in node and not some(accepts(sub, value, root) for sub in node[keyword]):
            return False
    if "oneOf" in node and sum(accepts(sub, value, root) for sub in node["oneOf"]) != 1:
        return False
    if value != node.get("const", value) or value not in node.get("enum", [value]):
        return False
    return _is(node.get("type"), value) and _inside(node, value, root)


def _is(kind: str | None, value: Any) -> bool:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return {
        None: True,
        "object": isinstance(value, dict),
        "array": isinstance(value, list),
        "string": isinstance(value, str),
        "integer": number and value == math.floor(value),
        "number": number,
        "null": value is None,
        "boolean": isinstance(value, bool),
    }[kind]


def _inside(node: dict[str, Any], value: Any, root: dict[str, Any]) -> bool:
    if isinstance(value, str):
        return bool(re.search(node.get("pattern", ""), value))
    if isinstance(value, list):
        first = node.get("prefixItems", [])
        rest = node.get("items", {})
        return (
            node.get("minItems", 0) <= len(value) <= node.get("maxItems", 10**9)
            and all(accepts(s, v, root) for s, v in zip(first, value, strict=False))
            and all(accepts(rest, v, root) for v in value[len(first) :])
        )
    if isinstance(value, dict):
        named = node.get("properties", {})
        other = node.get("additionalProperties", True)
        for key, item in value.items():
            below = named.get(key, other)
            for pattern, sub in node.get("patternProperties", {}).items():
                below = sub if key not in named and re.search(pattern, key) else below
            if below is False or (below is not True and not accepts(below, item, root)):
                return False
        return all(key in value for key in node.get("required", ()))
    if isinstance(value, (int, float)):
        return node.get("minimum", -math.inf) <= value <= node.get("maximum", math.inf)
    return True


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_json_schema_accepts_the_shipped_layouts(path: Any) -> None:
    root = files.json_schema()
    assert accepts(root, grow(path.read_text(), path.name).plain(), root)
    assert files.load(path).name


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("share: 5 %", "shar: 5 %"),
        ("[9, 7]", "[9]"),
        ("exponential", "expnential"),
        ("people: 1,", "people: many,"),
        ("  cut:", "  cu t:"),
        ("test/alone", "3"),
        ("twin: 1\n", ""),
        ("[saw]", "[]"),
    ],
)
def test_the_json_schema_refuses_what_is_refused(old: str, new: str) -> None:
    root = files.json_schema()
    assert accepts(root, grow(SMALL, "small").plain(), root)
    assert not accepts(root, grow(SMALL.replace(old, new), "small").plain(), root)
    with pytest.raises(LayoutError):
        bend((old, new))
