"""The floor's rules in two languages: what Python finds is what the browser must find."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from twin.layout import files
from twin.layout.folders import package_folder
from twin.layout.rules import floor
from twin.layout.schema import Layout
from twin.view.scene import scene_manifest

GOLDEN = Path(__file__).parent / "golden" / "floors.json"
FLOORS = 12
KEPT = ("name", "at", "heading", "size", "operator", "attended")


def shaken(layout: Layout, seed: int) -> Layout:
    """A layout whose machines and arms were pushed about and turned a little."""
    random = np.random.default_rng(seed)

    def pushed(things: Mapping[str, Any], far: float) -> dict[str, Any]:
        found = {}
        for name, thing in things.items():
            x, y = np.round(np.array(thing.at) + random.normal(0.0, far, 2), 3)
            turn = float(np.round(random.choice([0.0, 0.0, 0.2, np.pi / 2]), 6))
            place = {"at": (float(x), float(y)), "heading": thing.heading + turn}
            found[name] = thing.model_copy(update=place)
        return found

    machines = pushed(layout.machines, 0.3)
    return layout.model_copy(update={"machines": machines, "arms": pushed(layout.arms, 2.5)})


def found(layout: Layout) -> list[list[Any]]:
    """Rule and things of each finding, and for an aisle its room [mm]."""
    pairs = [finding.message.split()[0:3:2] for finding in floor.overlaps(layout)]
    rows: list[list[Any]] = [["overlap", *sorted(pair)] for pair in pairs]
    for finding in floor.off_the_floor(layout):
        if finding.where.startswith(("machines/", "arms/")):
            rows.append(["off-floor", finding.where.rpartition("/")[2]])
    for finding in floor.narrow_standing(layout):
        room = round(1000 * float(finding.value or 0.0))
        rows.append(["aisle", finding.where.rpartition("/")[2], room])
    return sorted(rows, key=str)


def golden() -> list[dict[str, Any]]:
    """Floors as the viewer knows them, each with what Python finds there."""
    layout = files.open_document(package_folder("layouts") / "pcb_line.yaml").layout
    floors = []
    for seed in range(FLOORS):
        pushed = shaken(layout, seed)
        manifest = scene_manifest(pushed)
        (arm,) = manifest["arms"]
        floors.append(
            {
                "floor": manifest["floor"]["size"],
                "machines": [{k: m[k] for k in KEPT} for m in manifest["machines"]],
                "arms": [
                    {k: arm[k] for k in ("name", "size", "heading")}
                    | {"at": arm["base"]["position"][:2], "reach": 9.0, "serves": []}
                ],
                "found": found(pushed),
            }
        )
    return floors


def golden_text() -> str:
    """The golden file, a floor a line."""
    lines = ",\n".join(json.dumps(each, separators=(",", ":")) for each in golden())
    return f"[\n{lines}\n]\n"


def test_the_golden_floors_are_what_the_rules_find() -> None:
    kept, made = json.loads(GOLDEN.read_text()), golden()
    assert [each["found"] for each in made] == [each["found"] for each in kept]
    rows = [row for each in made for row in each["found"]]
    assert {row[0] for row in rows} == {"overlap", "off-floor", "aisle"}
    assert {row[0] for row in rows if "cobot" in row} == {"overlap", "off-floor"}
