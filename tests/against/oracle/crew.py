"""People and arms: who goes to which request."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import simpy

from tests.against.instant import Gate
from twin.layout import schema
from twin.timeline import State

if TYPE_CHECKING:
    from tests.against.oracle.plant import Plant
    from tests.against.oracle.unit import Unit

Rule = Literal["oldest", "downstream", "urgent", "nearest"]


class Attendant:
    """A person or an arm."""

    def __init__(self, plant: Plant, name: str, gate: Gate, who: schema.Crew | schema.Arm):
        self.name, self.gate = name, gate
        self.rule: Rule = who.rule
        self.place: str | tuple[float, float] | None = None
        self.walking: float | None = None
        self.speeds: dict[str, float] = {name: 1.0}
        self.absence = 0.0
        if isinstance(who, schema.Crew):
            own = name.rpartition("#")[0]
            skills = who.skills or (own,)
            self.speeds = dict(skills) if isinstance(skills, dict) else dict.fromkeys(skills, 1.0)
            self.place, self.walking = who.home, who.walking
            self.absence = who.absence
        # What an arm unloaded last: the unit, by which phase, from when to when.
        self.fetched: tuple[Unit, schema.Phase, float, float] | None = None
        self.unit: Unit | None = None  # bound to it ...
        self.since = 0.0  # ... since then
        self._plant, self._chance = plant, plant.chance
        self._away = False  # in this opening of its calendar
        if self.absence > 0 and not math.isinf(gate.closing):  # one that never closes never opens
            if gate.open:
                self._draw()
            gate.opened.append(self._draw)

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
    def state(self) -> State:
        if not self.present:
            return State.OFF
        return State.IDLE if self.unit is None else State.PROCESSING

    def way(self, machine: str) -> float:
        """How long it walks to a machine [s]."""
        if self.walking is None or self.place is None or self.place == machine:
            return 0.0
        return self._plant.distance(self.place, machine) / self.walking

    def _draw(self) -> None:
        """Decided: who has begun something comes to finish it."""
        drawn = self._chance.absence(self.name, self.gate.number)
        self._away = drawn < self.absence and self.unit is None


class Request:
    """A unit wants someone who has a skill; `granted` brings who.

    Decided: of one unit and instant, work comes before repairs, and these by name.
    """

    def __init__(self, unit: Unit, skill: str, disturbance: str | None = None) -> None:
        plant = unit.plant
        self.unit, self.skill, self.repair = unit, skill, disturbance is not None
        self.granted = simpy.Event(plant.clock)
        listed = sorted(unit.station.layout.disturbances)
        which = -1 if disturbance is None else listed.index(disturbance)
        self.asked = (plant.clock.now, -unit.station.index, unit.index, which)
        plant.crew.requests.append(self)
        plant.touch()

    @property
    def eligible(self) -> bool:
        return self.unit.open and (self.repair or not self.unit.down)


class Crew:
    """All people and arms, crew by crew in the order of their names, and what is asked of them."""

    def __init__(self, plant: Plant, layout: schema.Layout) -> None:
        self.plant = plant
        self.requests: list[Request] = []
        self.crews = [
            [
                Attendant(plant, f"{name}#{k + 1}", plant.gate(crew.calendar), crew)
                for k in range(crew.people)
            ]
            for name, crew in sorted(layout.crews.items())
        ]
        always = Gate(plant.clock, None)
        self.crews += [
            [Attendant(plant, name, always, arm)] for name, arm in sorted(layout.arms.items())
        ]
        self.attendants = [attendant for crew in self.crews for attendant in crew]

    def assign(self) -> None:
        """Send whoever is free to the requests, each crew by its rule."""
        for crew in self.crews:
            while self._send(crew):
                pass

    def _send(self, crew: list[Attendant]) -> bool:
        """Send one of a crew, if anybody is free and asked for."""
        free = [a for a in crew if a.unit is None and a.on_duty]
        fitting = [r for r in self.requests if r.skill in crew[0].speeds and r.eligible]
        if not free or not fitting:
            return False
        rule = crew[0].rule

        def rank(request: Request) -> float:
            match rule:
                case "downstream":
                    return -request.unit.station.index
                case "urgent":
                    # Decided: of a batch its most urgent part counts; an empty machine comes last.
                    return request.unit.urgency
                case "nearest":
                    return min(attendant.way(request.unit.machine) for attendant in free)
            return 0.0

        request = min(fitting, key=lambda r: (rank(r), r.asked))
        attendant = free[0]
        # An arm that has brought the next part along stays.
        staying = [
            (a, r) for a in free for r in fitting if not r.repair and r.unit.brought(a) is not None
        ]
        if staying:
            attendant, request = staying[0]
        elif rule == "nearest":
            attendant = min(free, key=lambda a: a.way(request.unit.machine))
        attendant.unit, attendant.since = request.unit, self.plant.clock.now
        self.requests.remove(request)
        request.granted.succeed(attendant)
        return True
