"""Small floors with one arm: a stand to take parts from, a tester to put them on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from twin.layout.schema import Layout

STAND = (
    "asset: 1\nlabel: Stand\nsize: [0.3, 0.3, 0.9]\nports: {slot: {at: [0, 0, 0.9]}}\n"
    "licence: Apache-2.0\nderivation: a block for tests\n"
)
TALL = STAND.replace("0.9]\nports", "1.6]\nports").replace("slot: {at: [0, 0, 0.9]}", "")


def write_assets(home: Path) -> None:
    """`test/stand`, a block with a port on top, and `test/tall`, a block without, under `home`."""
    for name, text in (("stand", STAND), ("tall", TALL)):
        folder = home / "assets" / "test" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "asset.yaml").write_text(text, encoding="utf-8")


def raw_cell() -> dict[str, Any]:
    """An arm at (2, 2) on a stand of 0.8 m, a slot left of it and two testers right of it."""
    constant = {"dist": "constant", "value": 60}
    return {
        "twin": 1,
        "name": "Cell",
        "floor": {"size": [4, 4]},
        "machines": {
            "rack": {"asset": "test/stand", "at": [1.4, 2.2]},
            "test-1": {"asset": "test/stand", "at": [2.6, 2.2]},
            "test-2": {"asset": "test/stand", "at": [2.2, 2.6]},
            "far": {"asset": "test/tall", "at": [3.8, 0.2]},
        },
        "arms": {
            "cobot": {"asset": "arm/ur5e", "at": [2, 2], "height": 0.8, "payload": 0.2},
        },
        "stations": {"test": {"machines": ["test-1", "test-2"]}},
        "products": {
            "board": {
                "route": [
                    {
                        "step": "test",
                        "at": "test",
                        "load": {"by": "cobot", "from": "rack.slot"},
                        "run": {"time": constant},
                        "unload": {"by": "cobot", "to": "rack.slot"},
                    }
                ]
            }
        },
        "orders": {"boards": {"product": "board", "every": constant}},
    }


def one_tester(raw: dict[str, Any]) -> dict[str, Any]:
    """The same with only the loading of one tester: quicker to judge."""
    raw["stations"]["test"]["machines"] = ["test-1"]
    del raw["products"]["board"]["route"][0]["unload"]
    return raw


def layout(raw: dict[str, Any]) -> Layout:
    return Layout.model_validate(raw)
