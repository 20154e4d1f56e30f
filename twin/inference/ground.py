"""Stations in the order of the flow -> machines on a floor, in rows with aisles between them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from twin.layout.catalog import has_asset, load_asset

# How words begin in what a machine is called or does -> what it may look like, the first that fits.
ASSETS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("laser", "cut", "saw"), "cutter/laser"),
    (("weld",), "welder/booth"),
    (("bend", "brake", "punch", "press", "fold"), "brake/press"),
    (("inspect", "q.c", "quality", "measur", "cmm", "check", "review", "control", "aoi"),
     "inspection/cmm"),
    (("test",), "inspection/tester"),
    (("mill", "turn", "drill", "lathe", "grind", "lap", "cnc", "machin", "deburr", "bore"),
     "mill/desktop"),
    (("oven", "burn", "temper", "anneal", "stress relief", "nitrat", "harden", "bake", "cure",
      "reflow", "furnace"), "oven/chamber"),
    (("stencil",), "printer/stencil_desktop"),
    (("print", "additive"), "printer/filament"),
    (("place", "placer", "smt"), "placer/desktop"),
    (("wash", "clean", "rinse"), "washer/tabletop"),
    (("pack", "ship"), "bench/packing"),
)  # fmt: skip
BENCH = "bench/packing"
MARGIN = 1.0  # m from the wall to the machines
BETWEEN = 1.2  # m from one machine to the next in a row
AISLE = 2.4  # m from one row to the next: people stand, people pass
NARROWEST, WIDEST = 8.0, 24.0  # m


@dataclass(frozen=True)
class Ground:
    """The floor's width and depth [m], and where the middle of each machine stands [m]."""

    size: tuple[float, float]
    at: dict[str, tuple[float, float]]


def asset_for(words: str) -> str:
    """A generic machine for what it is called and does; a bench where no word is known."""
    spaced = " " + re.sub(r"[^a-z.]+", " ", words.lower())
    for known, asset in ASSETS:
        if any(f" {word}" in spaced for word in known) and has_asset(asset):
            return asset
    return BENCH


def stand(machines: dict[str, str]) -> Ground:
    """Machines (name -> asset), in the order of the flow, in rows from the wall at the back on.
    Each row goes the other way, so that the next station is near."""
    sizes = {name: load_asset(asset).size[:2] for name, asset in machines.items()}
    area = sum((w + BETWEEN) * (d + AISLE) for w, d in sizes.values())
    widest = max((w for w, _ in sizes.values()), default=1.0)
    width = min(max(NARROWEST, math.sqrt(1.6 * area), widest + 2 * MARGIN), WIDEST)
    rows: list[list[str]] = [[]]
    used = 0.0
    for name, (wide, _) in sizes.items():
        if rows[-1] and used + BETWEEN + wide > width - 2 * MARGIN:
            rows.append([])
        used = wide if not rows[-1] else used + BETWEEN + wide
        rows[-1].append(name)
    deep = [max((sizes[name][1] for name in row), default=0.0) for row in rows]
    depth = MARGIN + sum(deep) + AISLE * len(rows) + MARGIN
    at: dict[str, tuple[float, float]] = {}
    back = depth - MARGIN
    for index, (row, row_depth) in enumerate(zip(rows, deep, strict=True)):
        x = MARGIN
        for name in row if index % 2 == 0 else reversed(row):
            wide, own = sizes[name]
            at[name] = (round(x + wide / 2, 3), round(back - own / 2, 3))
            x += wide + BETWEEN
        back -= row_depth + AISLE
    return Ground((math.ceil(2 * width) / 2, math.ceil(2 * depth) / 2), at)
