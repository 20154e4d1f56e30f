"""Places that parts wait in: rings of them that can block themselves, belts without places."""

from __future__ import annotations

from collections.abc import Iterator

from twin.layout.conveyors import entrance
from twin.layout.rules.attendance import steps
from twin.layout.rules.finding import Finding
from twin.layout.rules.flow import reached, ways_on
from twin.layout.schema import Layout


def _handed_on(layout: Layout) -> dict[str, set[str]]:
    """Station -> where its finished parts may have to wait for a place: stations with few places.

    Behind a delay parts wait outside, and in front of who turns them away they do not wait.
    """
    bounded = {
        name
        for name in layout.stations
        if (door := entrance(layout, name)).capacity is not None and door.when_full == "hold"
    }
    onward: dict[str, set[str]] = {name: set() for name in layout.stations}
    for product in layout.products.values():
        at = {step.step: set(step.stations) for step in product.route}
        for step, targets in ways_on(product).items():
            for target in targets:
                for station in at.get(step, set()) & layout.stations.keys():
                    onward[station] |= at.get(target, set()) & bounded
    return onward


def rings(layout: Layout) -> Iterator[Finding]:
    """Stations that parts go round in, each with few places: all can be full, waiting in a ring."""
    onward = _handed_on(layout)
    told: set[str] = set()
    for name in layout.stations:
        if name in told:
            continue
        ring = [other for other in layout.stations if _meet(onward, name, other)]
        told.update(ring)
        if len(ring) > 1:
            circle = " and ".join(repr(other) for other in ring)
            message = (
                f"parts go round through {circle}, and each has few places: when all are full, "
                "nothing moves any more; leave 'capacity' out at one of them"
            )
            yield Finding("can-block-itself", f"stations/{name}/input/capacity", "warning", message)


def _meet(onward: dict[str, set[str]], a: str, b: str) -> bool:
    """Whether parts come from each of two stations to the other, through full places only."""
    return a == b or (
        any(b in reached(onward, next_) for next_ in onward[a])
        and any(a in reached(onward, next_) for next_ in onward[b])
    )


def several_back(layout: Layout) -> Iterator[Finding]:
    """Parts that come back to their station's few places while others stand on the machine.

    A single part takes the place that it frees; one of several frees none.
    """
    for where, _, product, step in steps(layout):
        at = {s.step: set(s.stations) for s in product.route}
        for index, branch in enumerate(step.then):
            for name in set(step.stations) & at.get(branch.to, set()) & layout.stations.keys():
                several = step.makes > 1 or layout.stations[name].batch.max > 1
                door = entrance(layout, name)
                few = door.capacity is not None and door.when_full == "hold"
                if several and few and branch.share > 0:
                    message = (
                        f"one of several parts comes back to {name!r}, where the places can be "
                        "full: nothing moves any more then; leave 'capacity' out there"
                    )
                    yield Finding("no-place-back", f"{where}/then/{index}", "warning", message)


def belts(layout: Layout) -> Iterator[Finding]:
    """Conveyors that hold nothing."""
    for name, station in layout.stations.items():
        if station.input.travel is not None and station.input.capacity == 0:
            message = (
                f"the way in front of {name!r} takes time and has no place for a part; "
                "write how many it holds: 'capacity: 1' or more"
            )
            yield Finding("belt", f"stations/{name}/input/travel", "error", message)


def stations_for_delays(layout: Layout) -> Iterator[Finding]:
    """Delays that ask for what only a station has; steps with their own station among others."""
    for where, _, _, step in steps(layout):
        if step.delay is not None:
            told = [k for k in ("setup", "load", "run", "unload") if getattr(step, k) is not None]
            told += ["or_at"] if step.or_at else []
            for key in told:
                message = f"a delay happens nowhere and has no {key!r}; leave it out, or write 'at'"
                yield Finding("delay", f"{where}/{key}", "error", message)
        elif step.at in step.or_at:
            message = f"{step.at!r} is the step's own station; name others under 'or_at'"
            yield Finding("own-alternative", f"{where}/or_at/{step.at}", "error", message)
