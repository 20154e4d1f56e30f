"""All fields of a layout file as a page to read.

`python -m twin.layout.reference > docs/layout.md` writes it; a test compares.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Sequence
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from twin import units
from twin.layout import expressions, fields, schema
from twin.layout.changes import shown

TITLES = {  # a model -> how its section is called, where its own name says too little
    schema.Layout: "The file",
    schema.Input: "Input: the places in front of a station",
    schema.Batch: "Batch: parts worked together",
    schema.Changeover: "Changeover: another family, or after standing empty",
    schema.Disturbance: "Disturbance: failures, maintenance, tool changes",
    schema.PowerUse: "Power use",
    schema.Phase: "Phase: `setup`, `load`, `run`, `unload` of a step",
    schema.Alternative: "Alternative: another station for a step",
    schema.Branch: "Branch: where a part goes after a step",
    schema.Orders: "Orders: a stream of them",
    schema.Present: "Present: what is there at time 0",
    schema.Profile: "Profile: busy and quiet hours",
}
HEAD = """\
# What may stand in a layout file

<!-- made by `python -m twin.layout.reference > docs/layout.md`; a test compares -->

A layout is a YAML file. Lengths are metres, times seconds, unless a unit stands behind them
(`450 mm`, `12 min`, `32 EUR/h`); clock times of a day are written `"08:00"`. Names are keys, made
of letters, digits, `-` and `_`. Every mapping may have a `basis` (`measured`, `sourced`, `guessed`,
with `: where from` behind it) that holds for what is inside. What the words mean for production,
where they could be read in more than one way, is in [production.md](production.md).
"""
TIMES = """\
## Times

A time is a plain value (`12 min`), a distribution by name, or a formula over the attributes of the
order: `{formula: 2 min + 0.5 min * length}`, with a factor drawn beside it under `times`. `mean`
and `cv` (standard deviation / mean) are of the time itself. All distributions but `constant` also
take a `shift` that is added to every value. A phase that is nothing but a time may be written as
that time.

| `dist` | fields |
|---|---|
"""
FORMULAS = """\
## Formulas

A formula stands under `formula` of a time, `when` of a branch, `same` of a batch, `priority` and
`weight`. It may hold numbers, quantities (`450 mm`), the attributes of the order by name, `+ - * /
**`, comparisons (`< <= > >= == !=`), `and`, `or`, `not`, `a if condition else b`, and {functions}.
Its values are in SI; true is 1, false is 0.
"""


def models() -> list[type[BaseModel]]:
    """All models of a layout: each is followed by those it is made of."""
    found: dict[type[BaseModel], None] = {}

    def add(model: type[BaseModel]) -> None:
        if model not in found:
            found[model] = None
            for annotation in fields.hints(model).values():
                for inner in _within(annotation):
                    add(inner)

    add(schema.Layout)
    return list(found)


def _within(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models in an annotation, but for the kinds of time."""
    bared = fields.bare(annotation)
    if isinstance(bared, type) and issubclass(bared, BaseModel):
        if "dist" not in fields.hints(bared):
            yield bared
    elif get_origin(bared) is not None:
        for inner in get_args(bared):
            yield from _within(inner)


def table(model: type[BaseModel], only: Sequence[str] = (), links: bool = False) -> str:
    """The fields of a model, or some of them, as a Markdown table."""
    rows = [row for row in fields.field_table(model) if row.field != "basis"]
    rows = [row for row in rows if not only or row.field in only]
    lines = ["| field | a | default | |", "|---|---|---|---|"]
    for row in rows:
        kind = _linked(row.type) if links else row.type
        lines.append(f"| `{row.field}` | {kind} | {_default(model, row)} | {row.description} |")
    return "\n".join(lines)


def _default(model: type[BaseModel], row: fields.Row) -> str:
    """What holds where nothing is written, as a planner would write it."""
    value = model.model_fields[fields.attributes(model)[row.field]].default
    if isinstance(value, bool):
        return str(value).lower()
    name = fields.dimension(fields.hints(model)[row.field])
    return shown(value, name) if name and isinstance(value, float) else row.default


def _linked(kind: str) -> str:
    """A type in words with the names of models as links to their sections."""
    anchors = {model.__name__: _anchor(_title(model)) for model in models()}
    return re.sub(
        r"[A-Z]\w+", lambda m: f"[{m[0]}](#{anchors[m[0]]})" if m[0] in anchors else m[0], kind
    )


def _title(model: type[BaseModel]) -> str:
    return TITLES.get(model, model.__name__)


def _anchor(title: str) -> str:
    """What a reader of Markdown makes of a heading: "The file" -> "the-file"."""
    return re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-")


def _section(model: type[BaseModel]) -> str:
    about = inspect.cleandoc(model.__doc__ or "")
    return f"## {_title(model)}\n\n{about}\n\n{table(model, links=True)}\n"


def _times() -> str:
    rows = []
    for name, model in fields.members(schema.Time).items():
        told = [row for row in fields.field_table(model) if row.field not in ("dist", "basis")]
        told = [row for row in told if row.field != "shift"]
        inside = ", ".join(f"`{row.field}` ({row.type})" for row in told)
        rows.append(f"| `{name}` | {inside} |")
    return TIMES + "\n".join(rows) + "\n"


def _formulas() -> str:
    return FORMULAS.format(functions=", ".join(f"`{name}`" for name in expressions.FUNCTIONS))


def _units() -> str:
    rows = [f"| {name} | {si} | `{text}` |" for name, (si, text) in units.DIMENSIONS.items()]
    head = "## Units\n\n| dimension | without a unit | an example |\n|---|---|---|\n"
    return head + "\n".join(rows) + "\n"


def page() -> str:
    """The whole page, as Markdown."""
    sections = [_section(model) for model in models()]
    return "\n".join([HEAD, *sections, _times(), _formulas(), _units()])


if __name__ == "__main__":
    print(page(), end="")
