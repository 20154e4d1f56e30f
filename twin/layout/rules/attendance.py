"""Who is asked to attend what: the questions that several rules share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from twin.layout.schema import Crew, Layout, Phase, Product, Step

PHASES = ("setup", "load", "run", "unload")


@dataclass(frozen=True)
class Asked:
    """A phase of a step, and where it stands in the layout."""

    where: str
    product: str
    step: Step
    kind: str
    phase: Phase


def phases(layout: Layout) -> Iterator[Asked]:
    """All phases of all steps, in the order of the file."""
    for name, product in layout.products.items():
        for index, step in enumerate(product.route):
            for kind in PHASES:
                phase = getattr(step, kind)
                if phase is not None:
                    yield Asked(f"{step_path(name, index)}/{kind}", name, step, kind, phase)


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
    return crew.skills or (name,)


def skilled(layout: Layout, skill: str) -> dict[str, Crew]:
    """The crews that have a skill."""
    return {n: crew for n, crew in layout.crews.items() if skill in skills(n, crew)}


def attended_machines(layout: Layout) -> list[str]:
    """The machines before which a person stands at times, in the order of the file."""
    by_hand = {
        asked.step.at
        for asked in phases(layout)
        if asked.phase.by is not None and asked.phase.by not in layout.arms
    }
    repaired = {
        name
        for name, station in layout.stations.items()
        if any(disturbance.by is not None for disturbance in station.disturbances.values())
    }
    wanted = {
        machine
        for name, station in layout.stations.items()
        if name in by_hand | repaired
        for machine in station.machines
    }
    return [name for name in layout.machines if name in wanted]
