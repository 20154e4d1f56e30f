"""The floor's rules in two languages: what Python finds is what the browser must find."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from twin.layout import files
from twin.layout.folders import package_folder
from twin.layout.rules import drawn, floor
from twin.layout.schema import Aisle, Conveyor, Layout, Wall, Zone
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


def painted(layout: Layout, seed: int) -> Layout:
    """A layout on whose floor walls, a conveyor, aisles and zones are drawn, anywhere."""
    random = np.random.default_rng(1000 + seed)
    size = np.array(layout.floor.size)

    def line(corners: int) -> tuple[tuple[float, float], ...]:
        points = np.round(random.uniform(0.5, 1.0, (corners, 2)) * (size - 0.5), 2)
        return tuple((float(x), float(y)) for x, y in points)

    def round_a_middle(corners: int) -> tuple[tuple[float, float], ...]:
        turns = np.sort(random.uniform(0, 2 * np.pi, corners))
        out = random.uniform(0.6, 2.5, corners)
        points = size / 2 + np.stack([out * np.cos(turns), out * np.sin(turns)], axis=1)
        return tuple((float(x), float(y)) for x, y in np.round(points, 2))

    floor = layout.floor.model_copy(
        update={
            "walls": {"w": Wall(points=line(3), thickness=0.2), "v": Wall(points=line(2))},
            "aisles": {"main": Aisle(points=line(4), width=0.8)},
            "zones": {
                "clear": Zone(points=round_a_middle(6), purpose="keep_clear"),
                "work": Zone(points=round_a_middle(3)),
            },
        }
    )
    belts = {"belt": Conveyor(points=line(3))}
    return layout.model_copy(update={"floor": floor, "conveyors": belts})


def found(layout: Layout) -> list[list[Any]]:
    """Rule and things of each finding, and for an aisle its room [mm]; of what is drawn all that
    is said."""
    pairs = [finding.message.split()[0:3:2] for finding in floor.overlaps(layout)]
    rows: list[list[Any]] = [["overlap", *sorted(pair)] for pair in pairs]
    for finding in floor.off_the_floor(layout):
        if finding.where.startswith(("machines/", "arms/")):
            rows.append(["off-floor", finding.where.rpartition("/")[2]])
    for finding in floor.narrow_standing(layout):
        room = round(1000 * float(finding.value or 0.0))
        rows.append(["aisle", finding.where.rpartition("/")[2], room])
    for rule in (drawn.in_the_way, drawn.in_aisles, drawn.in_clear_zones):
        for finding in rule(layout):
            if finding.where.startswith(("machines/", "arms/")):
                rows.append(["drawn", finding.message.partition(";")[0]])
    return sorted(rows, key=str)


def golden() -> list[dict[str, Any]]:
    """Floors as the viewer knows them, each with what Python finds there."""
    layout = files.open_document(package_folder("layouts") / "pcb_line.yaml").layout
    floors = []
    for seed in range(FLOORS):
        pushed = shaken(layout, seed)
        pushed = painted(pushed, seed) if seed % 2 else pushed
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
                "drawn": manifest["drawn"],
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
    assert {row[0] for row in rows} == {"overlap", "off-floor", "aisle", "drawn"}
    assert {row[0] for row in rows if "cobot" in row} >= {"overlap", "off-floor"}
    told = " ".join(row[1] for row in rows if row[0] == "drawn")
    for words in ("in wall w", "on conveyor belt", "into aisle main", "of zone clear"):
        assert words in told
