"""Random small layouts for Hypothesis: every feature of production, in any combination.

With `ties` all times are multiples of half a second, so that many things happen at once and all
arithmetic is exact; without, all durations are continuous and only what is released, opened or
closed together coincides.

Left out on purpose, since they hold a part for ever: finite buffers in a loop (a station that is
entered from itself or from further downstream has room for all), and a repairer who may be bound
to the machine that waits for him (repairs are done by a crew of their own).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from hypothesis import strategies as st

from twin.cells.factory import Factory, Transfer
from twin.layout.schema import Layout

Document = dict[str, Any]
CYCLE = 128.0
ASSET = "bench/tht"
TRAY = "tray"


@dataclass(frozen=True)
class Shop:
    """A layout with the transfers of its arm, if it has one."""

    layout: Layout
    transfers: dict[tuple[str, str, str], Transfer]
    exchanges: dict[tuple[str, str, str, str, str], Transfer] = field(default_factory=dict)

    @property
    def durations(self) -> dict[tuple[str, ...], float]:
        every = [*self.transfers.items(), *self.exchanges.items()]
        return {key: transfer.duration for key, transfer in every}

    @property
    def factory(self) -> Factory:
        """The layout as if physics had found these transfers."""
        return Factory(layout=self.layout, transfers=self.transfers, exchanges=self.exchanges)


def halves(low: float, high: float) -> st.SearchStrategy[float]:
    """Multiples of 0.5 s between two bounds."""
    return st.integers(int(low * 2), int(high * 2)).map(lambda k: k / 2)


def times(ties: bool, low: float, high: float) -> st.SearchStrategy[Any]:
    """A time as a layout file writes it; its values lie around low ... high [s]."""
    if ties:
        return halves(low, high)
    mean = st.floats(low + 0.5, high)
    return st.one_of(
        st.builds(lambda m: {"dist": "exponential", "mean": m}, mean),
        st.builds(lambda m: {"dist": "lognormal", "mean": m, "cv": 0.4}, mean),
        st.builds(lambda m: {"dist": "uniform", "low": m / 2, "high": m + 1.0}, mean),
    )


def chances() -> st.SearchStrategy[float]:
    return st.sampled_from([1.0, 1.0, 0.5, 0.25])


@st.composite
def phases(draw: st.DrawFn, ties: bool, skills: list[str], low: float, high: float) -> Document:
    phase: Document = {"time": draw(times(ties, low, high)), "chance": draw(chances())}
    if skills and draw(st.booleans()):
        phase["by"] = draw(st.sampled_from(skills))
        if draw(st.booleans()):
            phase["attended"] = draw(halves(0, 6))
    return phase


@st.composite
def branches(draw: st.DrawFn, names: list[str], here: int) -> list[Document]:
    """Up to two branches; at least two parts in five go on to the next step."""
    targets = st.sampled_from([*names, "scrap", "out"])
    chosen = draw(st.lists(targets, max_size=2, unique=True))
    result = []
    for target in chosen:
        branch: Document = {"to": target, "share": draw(st.sampled_from([0.1, 0.2, 0.3]))}
        if target in names[: here + 1] and draw(st.booleans()):
            branch["at_most"] = draw(st.integers(1, 2))
        result.append(branch)
    return result


@st.composite
def products(
    draw: st.DrawFn, ties: bool, stations: list[str], skills: list[str], arm: str | None
) -> Document:
    """A route along the stations in their order, some left out, one perhaps visited again."""
    places = [name for name in stations if draw(st.integers(0, 4))] or stations[:1]
    if draw(st.integers(0, 3)) == 0:
        places.append(draw(st.sampled_from(stations)))
    names = [f"s{k}" for k in range(len(places))]
    route = []
    for index, station in enumerate(places):
        run = draw(phases(ties, skills, 0.0, 12.0))
        step: Document = {"step": names[index], "at": station, "run": run}
        for name in ("setup", "load", "unload"):
            if draw(st.integers(0, 2)) == 0:
                step[name] = draw(phases(ties, skills, 0.5, 6.0))
        if arm is not None and draw(st.integers(0, 2)) == 0:
            step["load"] = {"by": arm, "from": f"{TRAY}.slot"}
            step["unload"] = {"by": arm, "to": f"{TRAY}.slot"}
        if draw(st.integers(0, 2)) == 0:
            step["then"] = draw(branches(names, index))
        route.append(step)
    return {"route": route, "when_scrapped": draw(st.sampled_from(["lose", "replace"]))}


@st.composite
def disturbances(draw: st.DrawFn, ties: bool, repairs: bool) -> Document:
    # Work failures at the very instant of a completion have their own test: `every` has no ties.
    disturbance: Document = {
        "clock": draw(st.sampled_from(["work", "calendar"])),
        "every": draw(times(False, 10.0, 80.0)),
        "lasts": draw(times(ties, 0.5, 20.0)),
        "part": draw(st.sampled_from(["resume", "restart", "scrap"])),
    }
    if repairs and draw(st.booleans()):
        disturbance["by"] = "fix"
    return disturbance


@st.composite
def calendars(draw: st.DrawFn) -> Document:
    """Two to four open times in a cycle; the first may begin, the last may end with it."""
    inner = st.integers(1, int(CYCLE) - 1)
    marks = sorted(draw(st.sets(inner, min_size=4, max_size=8)))
    if draw(st.booleans()):
        marks[0] = 0
    if draw(st.booleans()):
        marks[-1] = int(CYCLE)
    marks = marks[: len(marks) // 2 * 2]
    return {"cycle": CYCLE, "open": list(zip(marks[::2], marks[1::2], strict=True))}


@st.composite
def crews(draw: st.DrawFn, skills: list[str], open_at: list[str]) -> Document:
    crew: Document = {"people": draw(st.integers(1, 2)), "skills": skills}
    if draw(st.booleans()):
        crew["walking"] = draw(st.sampled_from([0.5, 1.0, 2.0]))
        if draw(st.booleans()):
            crew["home"] = [draw(st.integers(1, 9)), 7]
    if open_at and draw(st.booleans()):
        crew["calendar"] = draw(st.sampled_from(open_at))
    return crew


def _open_loops(document: Document) -> None:
    """Give room for all to stations that are entered from themselves or from downstream."""
    routes = [product["route"] for product in document["products"].values()]
    order = list(dict.fromkeys([step["at"] for route in routes for step in route]))
    for route in routes:
        at = {step["step"]: step["at"] for step in route}
        for index, step in enumerate(route):
            targets = [branch["to"] for branch in step.get("then", ())]
            targets += [following["step"] for following in route[index + 1 : index + 2]]
            for target in set(targets) & set(at):
                if order.index(at[target]) <= order.index(step["at"]):
                    document["stations"][at[target]]["input"] = {}


def _transfer(origin: str, target: str, duration: float) -> Transfer:
    stamps = np.array([0.0, duration])
    return Transfer("arm", origin, target, stamps, np.zeros((2, 6)), 0.0, duration, 1.0, "floor")


def transfers(machines: list[str], duration: float) -> dict[tuple[str, str, str], Transfer]:
    pairs = [(f"{TRAY}.slot", f"{machine}.slot") for machine in machines]
    pairs += [(target, origin) for origin, target in pairs]
    return {("arm", *pair): _transfer(*pair, duration) for pair in pairs}


def exchanges(
    machines: list[str], duration: float
) -> dict[tuple[str, str, str, str, str], Transfer]:
    """An arm that brings the next part along from the tray, by machine."""
    tray, slots = f"{TRAY}.slot", [f"{machine}.slot" for machine in machines]
    return {("arm", tray, slot, slot, tray): _transfer(tray, tray, duration) for slot in slots}


@st.composite
def layouts(draw: st.DrawFn, ties: bool = False, arms: bool = False) -> Shop:
    """A shop of 2 to 5 stations that never comes to a deadlock."""
    stations = [f"S{k}" for k in range(draw(st.integers(2, 5)))]
    calendar = {f"c{k}": draw(calendars()) for k in range(draw(st.integers(0, 2)))}
    open_at = list(calendar)
    skills = draw(st.sampled_from([[], ["a"], ["a", "b"]]))
    people: Document = {}
    if skills:
        people["one"] = draw(crews(skills, open_at))
        if draw(st.booleans()):
            people["two"] = draw(crews(skills[-1:], open_at))
    if draw(st.booleans()):
        people["fix"] = draw(crews(["fix"], open_at))
    arm = "arm" if arms else None
    made = {
        f"P{k}": draw(products(ties, stations, skills, arm)) for k in range(draw(st.integers(1, 2)))
    }
    document: Document = {
        "twin": 1,
        "name": "random",
        "floor": {"size": [64, 10]},
        "machines": {},
        "stations": {},
        "crews": people,
        "products": made,
        "orders": {},
        "calendars": calendar,
        "transport": {
            "speed": draw(st.sampled_from([0.5, 1.0, 4.0])),
            "handling": draw(st.sampled_from([0.0, 2.0])),
        },
    }
    if open_at and draw(st.booleans()):
        document["calendar"] = open_at[0]
    for name in stations:
        document["stations"][name] = draw(_station(ties, name, document, "fix" in people, open_at))
    for index in range(draw(st.integers(1, 2))):
        document["orders"][f"o{index}"] = draw(_stream(ties, list(made), open_at))
    _open_loops(document)
    if arm:
        document["machines"][TRAY] = {"asset": ASSET, "at": [2, 9]}
        rule = draw(st.sampled_from(["oldest", "downstream", "urgent"]))
        document["arms"] = {arm: {"asset": "arm/ur5e", "at": [4, 9], "rule": rule}}
    machines = [m for station in document["stations"].values() for m in station["machines"]]
    alone = draw(halves(1, 5))
    moves = transfers(machines, alone) if arm else {}
    both = exchanges(machines, draw(halves(alone, 2 * alone + 1))) if arm else {}
    return Shop(Layout.model_validate(document), moves, both if draw(st.booleans()) else {})


@st.composite
def _station(
    draw: st.DrawFn, ties: bool, name: str, document: Document, repairs: bool, open_at: list[str]
) -> Document:
    """A station; its machines are added to the document, in a row."""
    machines = [f"{name}-m{k}" for k in range(draw(st.integers(1, 3)))]
    for machine in machines:
        document["machines"][machine] = {
            "asset": ASSET,
            "at": [2 + 4 * len(document["machines"]), 3],
            "places": draw(st.sampled_from([1, 1, 1, 2])),
        }
    station: Document = {"machines": machines}
    station["input"] = {"capacity": draw(st.sampled_from([None, 0, 1, 2, 3]))}
    station["disturbances"] = {
        f"d{k}": draw(disturbances(ties, repairs))
        for k in range(draw(st.sampled_from([0, 0, 1, 2])))
    }
    if open_at and draw(st.integers(0, 3)) == 0:
        station["calendar"] = draw(st.sampled_from(open_at))
    return station


@st.composite
def _stream(draw: st.DrawFn, ties: bool, made: list[str], open_at: list[str]) -> Document:
    stream: Document = {
        "product": draw(st.sampled_from(made)),
        "every": draw(times(ties, 3.0, 20.0)),
        "quantity": draw(st.sampled_from([1, 1, 2, 5])),
    }
    if draw(st.booleans()):
        stream["first"] = draw(halves(0, 10))
    if open_at and draw(st.integers(0, 3)) == 0:
        stream["calendar"] = draw(st.sampled_from(open_at))
    return stream


def straight(layout: Layout) -> Any:
    """The distance [m] along the axes from a machine or a point to a machine: exact in binary."""

    def between(origin: str | tuple[float, float], target: str) -> float:
        x, y = layout.machines[origin].at if isinstance(origin, str) else origin
        to_x, to_y = layout.machines[target].at
        return abs(x - to_x) + abs(y - to_y)

    return between


__all__ = ["Shop", "calendars", "exchanges", "halves", "layouts", "straight", "times", "transfers"]
