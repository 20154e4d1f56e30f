"""Small plants for tests: documents that a planner could have written, and the shipped ones."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from twin.cells.factory import Factory, validate
from twin.layout.schema import Layout

ROOT = Path(__file__).resolve().parent.parent
LAYOUTS = ROOT / "layouts"
FAULTY = "five_faults"  # its robot cell is there to show what is wrong with it
WORKING = sorted({path.stem for path in LAYOUTS.glob("*.yaml")} - {FAULTY})


def document(name: str) -> dict[str, Any]:
    """A shipped layout as plain values, to be changed."""
    return YAML(typ="safe").load((LAYOUTS / f"{name}.yaml").read_text("utf-8"))


@cache
def shipped(name: str) -> Factory:
    """A shipped layout, validated (its cells come from the cache where they are known)."""
    return validate(Layout.model_validate(document(name)))


def line(stations: list[dict[str, Any]], **changes: Any) -> Factory:
    """A line of one-machine stations in a row, named A, B, C ...; each is {"run": time, ...}.

    Keys of a station other than the phases and `then` go to the station itself.
    """
    names = [chr(ord("A") + k) for k in range(len(stations))]
    phases = ("setup", "load", "run", "unload", "then")
    raw: dict[str, Any] = {
        "twin": 1,
        "name": "line",
        "floor": {"size": [4.0 * len(names) + 4, 10]},
        "machines": {},
        "stations": {},
        "products": {"part": {"route": []}},
        "orders": {"parts": {"product": "part", "every": 60}},
        "transport": {"speed": 1e9},
    }
    for k, (name, station) in enumerate(zip(names, stations, strict=True)):
        count = station.get("machines", 1)
        machines = [f"{name}{i + 1}" for i in range(count)]
        for i, machine in enumerate(machines):
            raw["machines"][machine] = {"asset": "bench/tht", "at": [3 + 4 * k, 3 + 2 * i]}
        rest = {key: v for key, v in station.items() if key not in (*phases, "machines")}
        raw["stations"][name] = {"machines": machines, **rest}
        step = {key: station[key] for key in phases if key in station}
        raw["products"]["part"]["route"].append({"step": name, "at": name, **step})
    return Factory(Layout.model_validate(raw | changes), key="line")
