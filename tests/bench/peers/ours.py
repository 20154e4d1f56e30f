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


def _by(mean: float) -> dict[str, Any]:
    """Attended work of a mean time [s]."""
    return {"time": {"dist": "lognormal", "mean": mean, "cv": 0.3}, "by": "people"}


# A shop with people who walk, set-ups, a batch oven, stocks with refills, tools, a vehicle, rework
# and failures by work.
WORKSHOP: dict[str, Any] = {
    "machines": {
        name: {"asset": "bench/tht", "at": [5 + 5 * k, 30]}
        for k, name in enumerate(("z-form", "z-fire", "z-fit", "z-test"))
    },
    "stations": {
        "z-form": {
            "machines": ["z-form"],
            "rule": "same_setup",
            "changeover": {"on_change": 60, "by": "people"},
            "disturbances": {
                "jam": {
                    "clock": "work",
                    "every": {"dist": "exponential", "mean": 900},
                    "lasts": {"dist": "exponential", "mean": 90},
                    "by": "people",
                }
            },
        },
        "z-fire": {
            "machines": ["z-fire"],
            "batch": {"min": 4, "max": 6, "wait_at_most": 900},
            "served_by": "trucks",
        },
        "z-fit": {
            "machines": ["z-fit"],
            "input": {"capacity": 4},
            "rule": "priority",
            "served_by": "trucks",
        },
        "z-test": {"machines": ["z-test"]},
    },
    "crews": {"people": {"people": 3, "home": [12, 25], "walking": 1.2}},
    "stocks": {"screws": {"start": 500, "refill": {"at": 100, "lot": 400, "takes": 3600}}},
    "tools": {"jigs": {"count": 6}},
    "products": {
        name: {
            "route": [
                {"step": "form", "at": "z-form", "run": _by(60), "takes": {"jigs": 1}},
                {"step": "fire", "at": "z-fire", "load": _by(20), "run": 600},
                {"step": "cool", "delay": 300},
                {
                    "step": "fit",
                    "at": "z-fit",
                    "run": _by(90),
                    "needs": {"screws": 4},
                    "returns": ["jigs"],
                },
                {
                    "step": "test",
                    "at": "z-test",
                    "run": _by(30),
                    "then": [{"to": "fit", "share": 0.05, "at_most": 1}],
                },
            ]
        }
        for name in ("lamp", "vase")
    },
    "transport": {
        "vehicles": {"truck": {"asset": "vehicle/amr", "home": "z-form"}},
        "fleets": {"trucks": {"vehicles": ["truck"], "speed": 1.0, "load": 10, "unload": 10}},
    },
}


def serial_line(
    failures: line.Failures, machines: int = line.MACHINES, *, workshop: bool = False
) -> Factory:
    """The line of `peers.line`; its unit of time is a second.

    `workshop`: beside it stands another shop that uses what the line does not, and has no orders.
    """
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
    document: dict[str, Any] = {
        "name": f"line, failures {failures}",
        "floor": {"size": [130, 4 + 3 * (machines // 40 + 1)]},
        "machines": _machines(dict.fromkeys(names, 1)),
        "stations": stations,
        "products": {"part": {"route": [{"step": n, "at": n, "run": run} for n in names]}},
        "orders": {"parts": {"product": "part", "release": "always"}},
        "transport": {"speed": None},
    }
    if workshop:
        document["floor"] = {"size": [130, 40]}
        for table, rows in WORKSHOP.items():
            document[table] = document.get(table, {}) | rows
    return _factory(document)


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

    def warm(self, seed: int, until: float) -> None:
        """Go on from an empty plant up to `until` [s]."""
        self.runner.start(seed)
        self.runner.run(until)

    def events(self, until: float) -> int:
        """Go on up to `until` [s]; events on the way."""
        before = int(self.runner.w.events)
        self.runner.run(until)
        return int(self.runner.w.events) - before
