"""The outline of a layout: all that it is made of, in sections, with what may be added to each.

It is the equal way in to what the floor shows, and the only one to products, orders and calendars.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from twin.layout.changes import DRAWN, named, shown
from twin.layout.schema import Layout, Orders
from twin.layout.tree import Keys
from twin.view import words
from twin.view.figures import Group, Json, groups, shares, working
from twin.view.workbench import Snapshot

PLANT = (("Plant", ()), ("Floor", ("floor",)), ("Transport", ("transport",)))
PLANT_MORE = (
    ("Prices", ("economics",)),
    ("The question asked", ("study",)),
    ("There at the start", ("present",)),
)


def outline(snapshot: Snapshot) -> list[Json]:
    """The sections: key, title, hint where empty, what may be added, rows."""
    layout = snapshot.layout
    rows: dict[str, list[Json]] = {"station": [], "crew": [], "arm": [], "vehicle": []}
    for group in groups(layout):
        rows[group.kind].append(_busy_row(snapshot, group))
    found = [
        _section("stations", "Stations", "station", "No stations yet.", rows["station"]),
        _section("machines", "In no station", "machine", "", _loose(layout)),
        _section("crews", "People", "crew", "No people yet.", rows["crew"]),
        _section("products", "Products", "product", "No products yet.", _products(layout)),
        _section("orders", "Orders", "orders", "No orders yet: nothing is made.", _orders(layout)),
        _section("stocks", "Stocks", "stock", "", _plain(layout.stocks, "stocks")),
        _section("tools", "Tools", "tool", "", _plain(layout.tools, "tools")),
        _section("calendars", "Calendars", "calendar", "Always open.", _calendars(layout)),
    ]
    if rows["arm"]:
        found.insert(3, _section("arms", "Robot arms", "", "", rows["arm"]))
    if rows["vehicle"]:
        found.insert(4, _section("vehicles", "Vehicles", "", "", rows["vehicle"]))
    found += [
        _section(f"{kind}s", f"{kind.capitalize()}s", kind, "", _drawn(layout, kind))
        for kind in ("conveyor", "wall", "aisle", "zone")
    ]
    plant = [_row("plant", label, label, path) for label, path in (*PLANT, *PLANT_MORE)]
    return [*found, _section("plant", "Plant", "", "", plant)]


def _section(key: str, title: str, add: str, hint: str, rows: list[Json]) -> Json:
    return {"key": key, "title": title, "add": add, "hint": "" if rows else hint, "rows": rows}


def _row(kind: str, name: str, label: str, path: Keys, **more: Any) -> Json:
    blank = {"focus": "", "share": "", "fraction": None, "note": ""}
    return {"kind": kind, "name": name, "label": label, "path": list(path), **blank, **more}


def _busy_row(snapshot: Snapshot, group: Group) -> Json:
    """A station, crew, arm or vehicle, and the share of its open time that it works."""
    layout, name = snapshot.layout, group.name
    share = shares(snapshot, group)
    more: Json = {
        "focus": group.focus,
        "share": words.percent(working(share)) if share else "",
        "fraction": round(working(share), 4) if share else None,
    }
    above = {"station": "stations", "crew": "crews", "arm": "arms"}.get(group.kind, "transport")
    path = ("transport",) if above == "transport" else (above, name)
    if group.kind == "station":
        machines = [m for m in layout.stations[name].machines if m in layout.machines]
        more["machines"] = [
            {"name": m, "label": layout.machines[m].label or m, "path": ["machines", m]}
            for m in machines
        ]
    if group.kind == "crew":
        more["people"] = layout.crews[name].people
    return _row(group.kind, name, group.label, path, **more)


def _loose(layout: Layout) -> list[Json]:
    """Machines that stand on the floor and work in no station."""
    held = {machine for station in layout.stations.values() for machine in station.machines}
    return [
        _row("machine", name, machine.label or name, ("machines", name), focus=name)
        for name, machine in layout.machines.items()
        if name not in held
    ]


def _plain(things: Mapping[str, Any], kind: str) -> list[Json]:
    return [_row(kind, name, thing.label or name, (kind, name)) for name, thing in things.items()]


def _drawn(layout: Layout, kind: str) -> list[Json]:
    """Walls, aisles, zones or conveyors; the viewer has them under their kind and name."""
    keys = DRAWN[kind]
    return [
        _row(kind, name, thing.label or name, (*keys, name), focus=f"{kind}:{name}")
        for name, thing in named(layout, keys).items()
    ]


def _products(layout: Layout) -> list[Json]:
    return [
        _row(
            "products",
            name,
            product.label or name,
            ("products", name),
            note=words.plural(len(product.route), "step"),
        )
        for name, product in layout.products.items()
    ]


def _orders(layout: Layout) -> list[Json]:
    return [
        _row("orders", name, name, ("orders", name), note=_often(stream))
        for name, stream in layout.orders.items()
    ]


def _often(stream: Orders) -> str:
    every = stream.every
    if every is None:
        return ""
    usual = getattr(every, "mean", getattr(every, "value", None))
    return f"every {shown(usual, 'time')}" if isinstance(usual, float) else ""


def _calendars(layout: Layout) -> list[Json]:
    return [_row("calendars", name, name, ("calendars", name)) for name in layout.calendars]
