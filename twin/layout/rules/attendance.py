"""Who is asked to attend what: the questions that several rules share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from twin.layout.schema import Crew, Layout, Phase, Product, Step

Kind = Literal["setup", "load", "run", "unload"]
PHASES: tuple[Kind, ...] = ("setup", "load", "run", "unload")


@dataclass(frozen=True)
class Asked:
    """A phase of a step at one of its stations, and where it stands in the layout."""

    where: str
    product: str
    step: Step
    station: str
    kind: Kind
    phase: Phase


def phases(layout: Layout) -> Iterator[Asked]:
    """All phases of all steps at all their stations, in the order of the file.

    A phase that an alternative takes from its step comes up once for each of the two stations,
    with the same `where`. A delay has no station, and no phases.
    """
    for where, name, _, step in steps(layout):
        for station in step.stations:
            for kind in PHASES:
                phase = phase_at(step, station, kind)
                if phase is not None:
                    own = f"/or_at/{station}" if phase is not getattr(step, kind) else ""
                    yield Asked(f"{where}{own}/{kind}", name, step, station, kind, phase)


def phase_at(step: Step, station: str, kind: Kind) -> Phase | None:
    """A phase as it is at one of the step's stations: the alternative's own, else the step's."""
    other = step.or_at.get(station)
    return (getattr(other, kind) if other else None) or getattr(step, kind)


def step_path(product: str, index: int) -> str:
    """Where a step stands in the layout."""
    return f"products/{product}/route/{index}"


def steps(layout: Layout) -> Iterator[tuple[str, str, Product, Step]]:
    """All steps: where, the product's name, the product, the step."""
    for name, product in layout.products.items():
        for index, step in enumerate(product.route):
            yield step_path(name, index), name, product, step


def skills(name: str, crew: Crew) -> tuple[str, ...]:
    """What the people of a crew can do; without any, they have the skill of the crew's name."""
    return tuple(crew.skills) or (name,)


def paces(name: str, crew: Crew) -> dict[str, float]:
    """What the people of a crew can do, and how fast: 2 takes half the time."""
    given = crew.skills if isinstance(crew.skills, dict) else {}
    return {skill: given.get(skill, 1.0) for skill in skills(name, crew)}


def skilled(layout: Layout, skill: str) -> dict[str, Crew]:
    """The crews that have a skill."""
    return {n: crew for n, crew in layout.crews.items() if skill in skills(n, crew)}


def units(layout: Layout, station: str) -> int:
    """How many parts the machines of a station work at once, batches apart."""
    machines = layout.stations[station].machines
    return sum(layout.machines[name].places for name in machines if name in layout.machines)


def attended_machines(layout: Layout) -> list[str]:
    """The machines before which a person stands at times, in the order of the file."""
    by_hand = {
        asked.station
        for asked in phases(layout)
        if asked.phase.by is not None and asked.phase.by not in layout.arms
    }
    repaired = {
        name
        for name, station in layout.stations.items()
        if any(disturbance.by is not None for disturbance in station.disturbances.values())
        or (station.changeover is not None and station.changeover.by is not None)
    }
    wanted = {
        machine
        for name, station in layout.stations.items()
        if name in by_hand | repaired
        for machine in station.machines
    }
    return [name for name in layout.machines if name in wanted]
