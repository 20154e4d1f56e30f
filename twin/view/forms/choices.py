"""The names that may stand in a field: of stations, machines, stocks, skills and so on."""

from __future__ import annotations

from typing import Any

from twin.layout import schema
from twin.layout.catalog import has_asset, known_assets, ports_of
from twin.layout.schema import Layout
from twin.layout.starters import (
    machine_assets,
    skilled_names,
)
from twin.layout.tree import Keys
from twin.view.forms.places import (
    Json,
    Place,
)

SCALARS = {  # a model and its field -> the collections whose names may stand there
    (schema.Layout, "calendar"): ("calendars",),
    (schema.Station, "calendar"): ("calendars",),
    (schema.Crew, "calendar"): ("calendars",),
    (schema.Orders, "calendar"): ("calendars",),
    (schema.Step, "at"): ("stations",),
    (schema.Input, "conveyor"): ("conveyors",),
    (schema.Product, "into"): ("stocks",),
    (schema.Orders, "product"): ("products",),
    (schema.Orders, "from_stock"): ("stocks",),
    (schema.Refill, "makes"): ("products",),
    (schema.Present, "orders"): ("orders",),
    (schema.Present, "product"): ("products",),
}
ITEMS = {  # a list or a mapping by its name -> the collections whose names are its items or keys
    ("stations", "machines"): ("machines",),
    ("route", "or_at"): ("stations",),
    ("route", "needs"): ("stocks",),
    ("route", "takes"): ("tools",),
    ("route", "returns"): ("tools",),
    ("orders", "mix"): ("products",),
    ("orders", "sequence"): ("products",),
    ("orders", "lines"): ("products",),
}


def names_for(layout: Layout, place: Place, of_keys: bool = False) -> list[Json]:
    """The names that may stand at a place, each with what people call it; none where any may."""
    collections = None if of_keys else SCALARS.get((place.owner or Layout, str(place.key)))
    holder = place.path if of_keys else place.path[:-1]
    if collections is None:
        collections = next((c for (a, b), c in ITEMS.items() if _is_in(holder, a, b)), None)
    if collections is not None:
        return [_option(n, t) for kind in collections for n, t in getattr(layout, kind).items()]
    return [] if of_keys else [_option(name) for name in _special(layout, place)]


def _is_in(path: Keys, above: str, last: str) -> bool:
    return bool(path) and path[-1] == last and above in path[:-1]


def _special(layout: Layout, place: Place) -> list[str]:
    """Names that come from more than one collection."""
    key, path, owner = place.key, place.path, place.owner
    if key == "by":
        return skilled_names(layout)
    if key == "asset":
        kind = {"arms": "arm", "vehicles": "vehicle"}.get(str(path[-3]))
        if kind is None:
            return machine_assets()
        return [name for name in known_assets() if name.startswith(f"{kind}/")]
    if owner is schema.Branch and key == "to":
        return [step.step for step in layout.products[str(path[1])].route] + ["out", "scrap"]
    if owner is schema.Present and key == "step":
        return list(dict.fromkeys(s.step for p in layout.products.values() for s in p.route))
    if owner is schema.Station and key == "served_by":
        return [*layout.transport.fleets, *layout.arms]
    if owner is schema.Phase and key in ("from", "to", "via"):
        machines = {n: m for n, m in layout.machines.items() if has_asset(m.asset)}
        return [f"{n}.{port}" for n, machine in machines.items() for port in ports_of(machine)]
    if (owner is schema.Vehicle and key == "home") or _is_in(path[:-1], "roads", "ends"):
        return [*layout.transport.nodes, *layout.machines]
    if _is_in(path[:-1], "fleets", "vehicles"):
        return list(layout.transport.vehicles)
    return []


def _option(name: str, thing: Any = None) -> Json:
    label = getattr(thing, "label", "")
    return {"value": name, "label": f"{label} ({name})" if label and label != name else name}
