"""Small shops for tests that are worked out by hand."""

from __future__ import annotations

from typing import Any

from tests.against import oracle
from tests.against.chance import SeededChance
from tests.against.log import Log
from tests.against.strategies import straight
from twin.layout.schema import Layout

OFF, DOWN, STARVED, BLOCKED = "OFF", "DOWN", "STARVED", "BLOCKED"
MAINTENANCE = "MAINTENANCE"
WORK, SETUP, WAIT = "PROCESSING", "SETUP", "WAITING_CREW"
HALF_OPEN = {"day": {"cycle": 100, "open": [[0, 10], [20, 100]]}}


class FailsOnce(SeededChance):
    """Every disturbance comes once, at its own `every`, and then not for a long time."""

    def every(self, unit: str, disturbance: str, count: int) -> float:
        return super().every(unit, disturbance, count) if count == 0 else 1e9


def simulate(
    stations: dict[str, Any],
    route: list[dict[str, Any]],
    parts: int = 1,
    until: float = 60.0,
    durations: dict[tuple[str, str, str], float] | None = None,
    when_scrapped: str = "lose",
    **entries: Any,
) -> Log:
    """A shop whose machines stand 4 m apart; all parts are there at 0."""
    names = [name for station in stations.values() for name in station["machines"]]
    document = {
        "twin": 1,
        "name": "shop",
        "floor": {"size": [64, 10]},
        "machines": {n: {"asset": "bench/tht", "at": [4 * k, 0]} for k, n in enumerate(names)},
        "stations": stations,
        "products": {"P": {"route": route, "when_scrapped": when_scrapped}},
        "orders": {"o": {"product": "P", "every": 1e9, "first": 0, "quantity": parts}},
    }
    layout = Layout.model_validate(document | entries)
    chance = FailsOnce(layout, 1)
    return oracle.run(layout, durations or {}, straight(layout), chance, until)


def states(log: Log, unit: str) -> list[tuple[str, int | None, float, float]]:
    return [(i.state.name, *i[2:]) for i in log.intervals if i.resource == unit]


def one(**station: Any) -> dict[str, Any]:
    return {"A": {"machines": ["a"], **station}}


def work(run: Any, **step: Any) -> list[dict[str, Any]]:
    return [{"step": "work", "at": "A", "run": run, **step}]


def stop(clock: str, every: float, lasts: float, **entries: Any) -> dict[str, Any]:
    return {"stop": {"clock": clock, "every": every, "lasts": lasts, **entries}}


def line(*runs: float, **inputs: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Stations A, B, ... of one machine a, b, ... each, and a route along them."""
    names = [chr(ord("A") + k) for k in range(len(runs))]
    stations = {n: {"machines": [n.lower()], "input": inputs.get(n, {})} for n in names}
    route = [{"step": f"in-{n}", "at": n, "run": run} for n, run in zip(names, runs, strict=True)]
    return stations, route


AT_ONCE = {"speed": None}
TWO = {"A": {"machines": ["a", "b"]}}
ONE_PERSON = {"ann": {"people": 1}}


def taken(log: Log, station: str) -> list[tuple[int, float]]:
    """Which parts a station took when."""
    return [(stay.part, stay.taken) for stay in log.stays if stay.station == station]


def two_orders(second: float) -> dict[str, Any]:
    each = {"product": "P", "every": 1e9}
    return {"o": each | {"first": 0}, "later": each | {"first": second}}
