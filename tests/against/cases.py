"""Cases with exact answers -> layouts that a planner could have written.

The unit of time of a case is written as a second. Of the network kind this covers what stations,
input places, disturbances, routes and streams of orders can say; `layout_of` refuses the rest.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from twin.layout.schema import Layout

PLENTY = 2_500  # parts at time 0, more than a short run takes: the first station never lacks one


@cache
def cases() -> dict[str, dict[str, Any]]:
    """All cases by id; empty where the folder (TWIN_CASES, else ../shared/cases) is not there."""
    folder = Path(os.environ.get("TWIN_CASES", "../shared/cases"))
    file = folder / "cases_public.json"
    if not file.exists():
        return {}
    return {case["id"]: case for case in json.loads(file.read_text("utf-8"))["cases"]}


def _station(station: dict[str, Any]) -> dict[str, Any]:
    unknown = set(station) - {"id", "servers", "process", "input_buffer", "failures", "power_kw"}
    buffer, failures = station.get("input_buffer", {}), station.get("failures")
    if unknown or buffer.get("when_full") == "lose" or station["servers"] == "infinite":
        raise ValueError(f"station {station['id']}: beyond a layout: {unknown or station}")
    result: dict[str, Any] = {
        "machines": [f"{station['id']}-{k + 1}" for k in range(station["servers"])],
        "input": {"capacity": buffer.get("capacity")},
    }
    if failures:
        result["disturbances"] = {
            "failure": {
                "clock": "work" if failures["clock"] == "operating" else "calendar",
                "every": failures["time_to_failure"],
                "lasts": failures["time_to_repair"],
                "by": failures.get("crew"),
            }
        }
    return result


def _route(model: dict[str, Any], item: str) -> list[dict[str, Any]]:
    ways = {way["from"]: way["to"] for way in model.get("routing", ())}
    names = [station["id"] for station in model["stations"]]
    route = []
    for station, following in zip(model["stations"], [*names[1:], "out"], strict=True):
        process = station["process"]
        then = ways.get(station["id"], [{"to": following}])
        route.append(
            {
                "step": station["id"],
                "at": station["id"],
                "run": {"time": process.get(item, process)},
                "then": [{"to": way["to"], "share": way.get("prob", 1)} for way in then],
            }
        )
    return route


def _orders(model: dict[str, Any]) -> dict[str, dict[str, Any]]:
    if "arrivals" in model:
        return {
            f"{source['item']}-orders": {"product": source["item"], "every": source["interarrival"]}
            for source in model["arrivals"]
        }
    population = model["population"]
    if population["type"] not in ("saturated", "finite") or "sequence" in population:
        raise ValueError(f"population {population}: beyond a layout")
    quantity = population.get("count", PLENTY)
    return {"parts": {"product": "A", "every": 1e12, "first": 0, "quantity": quantity}}


def layout_of(case: dict[str, Any], **changes: Any) -> Layout:
    """The layout of a case; `changes` replace top-level entries. ValueError where none fits."""
    model = case["model"]
    if "kind" in model or "initial" in model or "wip_cap" in model:
        raise ValueError(f"{case['id']}: beyond a layout")
    stations = {station["id"]: _station(station) for station in model["stations"]}
    machines = [machine for station in stations.values() for machine in station["machines"]]
    orders = _orders(model)
    products = sorted({stream["product"] for stream in orders.values()})
    document = {
        "twin": 1,
        "name": case["title"][:120],
        "floor": {"size": [100, 10]},
        "machines": {
            machine: {"asset": "bench/tht", "at": [2 + 3 * k, 5]}
            for k, machine in enumerate(machines)
        },
        "stations": stations,
        "crews": {crew["id"]: {"people": crew["size"]} for crew in model.get("crews", ())},
        "products": {product: {"route": _route(model, product)} for product in products},
        "orders": orders,
    }
    return Layout.model_validate(document | changes)


def delay_of(case: dict[str, Any]) -> float:
    """The constant time [s] that a part is under way between the stations of a case."""
    ways = case["model"].get("transport", [{"time": {"value": 0.0}}])
    return ways[0]["time"]["value"]
