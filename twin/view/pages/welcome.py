"""What an empty floor offers: what to add first, and the example factories to look at instead."""

from __future__ import annotations

from functools import cache

from twin.errors import LayoutError
from twin.layout import files, folders
from twin.layout.schema import Layout
from twin.view.figures import Json

# What a layout needs before anything is made: its field, what is done, and what it is for.
STEPS = (
    ("stations", "Add the stations", "the machines that parts go through"),
    ("products", "Add a product", "its route visits the stations in turn"),
    ("orders", "Add orders for it", "what, how many, how often"),
)


def welcome(layout: Layout) -> Json | None:
    """The steps, done or not, and the examples (name, label, about); None with a station there."""
    if layout.stations:
        return None
    steps = [
        {"key": key, "words": words, "why": why, "done": bool(getattr(layout, key))}
        for key, words, why in STEPS
    ]
    examples = [_example(name) for name in folders.package_layouts()]
    return {"steps": steps, "examples": [each for each in examples if each]}


@cache
def _example(name: str) -> Json | None:
    try:
        layout = files.load(folders.package_folder("layouts") / f"{name}.yaml")
    except LayoutError:
        return None  # one that cannot be read is no example
    return {"name": name, "label": layout.name, "about": _first_sentence(layout.about)}


def _first_sentence(text: str) -> str:
    head, dot, _ = " ".join(text.split()).partition(". ")
    return f"{head}{'.' if dot else ''}"
