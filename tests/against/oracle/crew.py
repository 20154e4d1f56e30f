"""People and arms: who goes to which request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import simpy

from tests.against.chance import Chance
from tests.against.instant import Gate
from twin.layout import schema

if TYPE_CHECKING:
    from tests.against.oracle.plant import Plant
    from tests.against.oracle.unit import Unit

Rule = Literal["oldest", "downstream", "urgent", "nearest"]


class Attendant:
    """A person or an arm."""

    def __init__(self, plant: Plant, name: str, gate: Gate, crew: schema.Crew | None = None):
        self.name, self.gate = name, gate
        self.rule: Rule = "oldest"
        self.place: str | tuple[float, float] | None = None
        self.walking: float | None = None
        self.speeds: dict[str, float] = {name: 1.0}
        self.absence = 0.0
        if crew is not None:
            own = name.rpartition("#")[0]
            skills = crew.skills or (own,)
            self.speeds = dict(skills) if isinstance(skills, dict) else dict.fromkeys(skills, 1.0)
            self.place, self.walking, self.rule = crew.home, crew.walking, crew.rule
            self.absence = crew.absence
        self.unit: Unit | None = None  # bound to it ...
        self.since = 0.0  # ... since then
        self._chance: Chance = plant.chance
        self._drawn = (-2, False)  # the last opening that was drawn, and whether it is away then

    def speed(self, skill: str | None) -> float:
        """At a skill; the greater, the faster."""
        return self.speeds.get(skill or "", 1.0)

    @property
    def on_duty(self) -> bool:
        """Whether its calendar is open and it has come."""
        return self.gate.open and not self._away

    @property
    def present(self) -> bool:
        """Whether it works: on duty, or (at close: finish) until the request is done."""
        return self.on_duty or (self.gate.finishes and self.unit is not None)

    @property
    def _away(self) -> bool:
        if self.absence == 0:
            return False
        opening = self.gate.number
        if self._drawn[0] != opening:
            away = self._chance.absence(self.name, opening) < self.absence
            self._drawn = (opening, away)
        return self._drawn[1]


class Request:
    """A unit wants someone who has a skill; `granted` brings who.

    Decided: of one unit and instant, work comes before repairs, and these in the order of the file.
    """

    def __init__(self, unit: Unit, skill: str, disturbance: str | None = None) -> None:
        plant = unit.plant
        self.unit, self.skill, self.repair = unit, skill, disturbance is not None
        self.granted = simpy.Event(plant.clock)
        listed = list(unit.station.layout.disturbances)
        which = -1 if disturbance is None else listed.index(disturbance)
        self.asked = (plant.clock.now, -unit.station.index, unit.index, which)
        plant.crew.requests.append(self)
        plant.touch()

    @property
    def eligible(self) -> bool:
        return self.unit.open and (self.repair or not self.unit.down)


class Crew:
    """All people (in the order of the file) and arms, and what is asked of them."""

    def __init__(self, plant: Plant, layout: schema.Layout) -> None:
        self.plant = plant
        self.requests: list[Request] = []
        self.attendants = [
            Attendant(plant, f"{name}#{k + 1}", plant.gate(crew.calendar), crew)
            for name, crew in layout.crews.items()
            for k in range(crew.people)
        ]
        always = Gate(plant.clock, None)
        self.attendants += [Attendant(plant, arm, always) for arm in layout.arms]

    def assign(self) -> None:
        """Send whoever is free to the requests, each by the rule of the crew."""
        for attendant in self.attendants:
            if attendant.unit is not None or not attendant.on_duty:
                continue
            fitting = [r for r in self.requests if r.skill in attendant.speeds and r.eligible]
            if not fitting:
                continue
            request = min(fitting, key=lambda r: (self._rank(attendant, r), r.asked))
            attendant.unit, attendant.since = request.unit, self.plant.clock.now
            self.requests.remove(request)
            request.granted.succeed(attendant)

    def _rank(self, attendant: Attendant, request: Request) -> float:
        match attendant.rule:
            case "downstream":
                return -request.unit.station.index
            case "urgent":
                # Decided: of a batch its most urgent part counts; an empty machine comes last.
                return request.unit.urgency
            case "nearest" if attendant.place is not None:
                return self.plant.distance(attendant.place, request.unit.machine)
        return 0.0
