"""The peers' line and job shop as layouts of our own, from the same figures."""

from __future__ import annotations

from typing import Any

from tests.bench.peers import line, shop
from twin.cells.factory import Factory
from twin.layout.schema import Layout
from twin.production.plan import plan
from twin.production.run import Runner


def _factory(document: dict[str, Any]) -> Factory:
    return Factory(Layout.model_validate({"twin": 1, **document}), key=document["name"])


def _machines(stations: dict[str, int]) -> dict[str, Any]:
    """Benches side by side: in these plants no way takes time."""
    names = [f"{name}-{k + 1}" for name, count in stations.items() for k in range(count)]
    return {
        name: {"asset": "bench/tht", "at": [2 + 3 * (k % 40), 2 + 3 * (k // 40)]}
        for k, name in enumerate(names)
    }


def serial_line(failures: line.Failures, machines: int = line.MACHINES) -> Factory:
    """The line of `peers.line`; its unit of time is a second."""
    names = [f"m{k:04d}" for k in range(machines)]
    stations: dict[str, Any] = {name: {"machines": [f"{name}-1"]} for name in names}
    for name in names[1:]:
        stations[name]["input"] = {"capacity": line.BUFFER}
    if failures != "none":
        stop = {
            "clock": failures,
            "every": {"dist": "exponential", "mean": line.UP},
            "lasts": {"dist": "exponential", "mean": line.DOWN},
            "may_load": True,
        }
        for station in stations.values():
            station["disturbances"] = {"failure": stop}
    run = {"dist": "exponential", "mean": line.PROCESSING}
    return _factory(
        {
            "name": f"line, failures {failures}",
            "floor": {"size": [130, 4 + 3 * (machines // 40 + 1)]},
            "machines": _machines(dict.fromkeys(names, 1)),
            "stations": stations,
            "products": {"part": {"route": [{"step": n, "at": n, "run": run} for n in names]}},
            "orders": {"parts": {"product": "part", "release": "always"}},
            "transport": {"speed": None},
        }
    )


def job_shop() -> Factory:
    """The job shop of `peers.shop`."""
    minutes = 60.0
    stations: dict[str, Any] = {}
    for name, station in shop.STATIONS.items():
        stations[name] = {
            "machines": [f"{name}-{k + 1}" for k in range(station.machines)],
            "changeover": {"on_change": shop.SET_UP * minutes, "by": "people"},
            "disturbances": {
                "failure": {
                    "clock": "work",
                    "every": {"dist": "exponential", "mean": shop.UP * station.run * minutes},
                    "lasts": {"dist": "exponential", "mean": shop.DOWN * station.run * minutes},
                }
            },
        }

    def run(name: str) -> dict[str, Any]:
        mean = shop.STATIONS[name].run * minutes
        return {"time": {"dist": "lognormal", "mean": mean, "cv": shop.CV}, "by": "people"}

    def route(product: shop.Product) -> list[dict[str, Any]]:
        return [
            {"step": f"{k}-{name}", "at": name, "run": run(name)}
            for k, name in enumerate(product.route)
        ]

    return _factory(
        {
            "name": "job shop",
            "floor": {"size": [130, 10]},
            "machines": _machines({n: s.machines for n, s in shop.STATIONS.items()}),
            "stations": stations,
            "crews": {"people": {"people": shop.PEOPLE}},
            "products": {n: {"route": route(p)} for n, p in shop.PRODUCTS.items()},
            "orders": {
                n: {"product": n, "every": {"dist": "exponential", "mean": p.every * minutes}}
                for n, p in shop.PRODUCTS.items()
            },
            "transport": {"speed": None},
        }
    )


class Ours:
    """A plant made ready once, as the compiled peers are; statistics as a user gets them."""

    def __init__(self, factory: Factory) -> None:
        self.runner = Runner(plan(factory))

    def run(self, seed: int, until: float, replications: int = 1) -> int:
        """Parts finished by `until` [s], over all replications."""
        tallies = [self.runner.tally(seed, k, 0.0, until) for k in range(replications)]
        return sum(tally.exits for tally in tallies)

    def timeline(self, seed: int, until: float) -> int:
        """The same with everything written into logs; parts finished."""
        self.runner.start(seed, logging=True)
        self.runner.run(until)
        return int(self.runner.w.exits)
