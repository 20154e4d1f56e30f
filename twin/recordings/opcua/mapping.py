"""A shop's own words for its OPC UA servers: a small YAML file, read as layouts are.

twin: 1
machines:
  mill: {found: Mill 5}                 # a machine that the server presents by a standard model
  oven:                                 # plain nodes: node ids, or paths of browse names
    state: "ns=2;s=Oven.Status"
    states: {0: IDLE, 1: PROCESSING, 7: DOWN}
    part: /Line/Oven/Lot                # below Objects; "2:Lot" names the namespace, too
    count: nsu=urn:vendor:oven;i=5003
    energy: "ns=2;s=Oven.Energy"
    energy_unit: kWh
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

from twin.errors import LayoutError, RecordingError
from twin.layout.files import read_text
from twin.layout.schema import Name
from twin.layout.tree import grow
from twin.layout.validation import validated
from twin.recordings.opcua import meaning
from twin.timeline import State

StateName = Literal[
    "OFF",
    "UNAVAILABLE",
    "IDLE",
    "SETUP",
    "PROCESSING",
    "STARVED",
    "BLOCKED",
    "WAITING_CREW",
    "HELD",
    "DOWN",
    "MAINTENANCE",
]
JOULES = {"J": 1.0, "kJ": 1e3, "MJ": 1e6, "Wh": 3600.0, "kWh": 3.6e6}
_ADDRESS = re.compile(r"(ns=\d+;|nsu=[^;]+;)?([is]=.+|[gb]=.+)|/[^/]+(/[^/]+)*", re.DOTALL)


def _address(text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        raise ValueError(
            f'{text!r} is neither a node id ("ns=2;s=Mill.State", "nsu=urn:mill;i=5001") '
            'nor a path of browse names below Objects ("/Line/Mill/State")'
        )
    return text


Address = Annotated[str, AfterValidator(_address)]


class Machine(BaseModel):
    """Which nodes speak of a machine; what is not given is as the standard models tell it.

    `found` is what the server calls the machine, where it presents it by a standard model.
    `states` maps the values of `state` to ours. `count` and `scrap` are counters of parts,
    `energy` is a counter, too.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    found: str = ""
    state: Address | None = None
    states: dict[str | int, StateName] = {}
    part: Address | None = None
    order: Address | None = None
    program: Address | None = None
    count: Address | None = None
    scrap: Address | None = None
    energy: Address | None = None
    energy_unit: Literal["J", "kJ", "MJ", "Wh", "kWh"] = "J"

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Role and address of each plain node."""
        for role in (
            *(meaning.STATE, meaning.PART, meaning.ORDER, meaning.PROGRAM),
            *(meaning.COUNT, meaning.SCRAP, meaning.ENERGY),
        ):
            address: str | None = getattr(self, role)
            if address:
                yield role, address

    def state_of(self, value: str) -> State | None:
        """What a value of `state` stands for: by `states`, else one of our own names."""
        names = {str(key): name for key, name in self.states.items()}
        name = names.get(value) or (value if not names and value in State.__members__ else None)
        return State[name] if name else None


class Mapping(BaseModel):
    """Without `machines` each machine that a server presents is one of its own name; with them
    only those that are named are followed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    twin: Literal[1] = 1
    machines: dict[Name, Machine] = {}

    def machine(self, found: str) -> str:
        """The name of a machine that the server calls `found`; "" where it is not followed."""
        if not self.machines:
            return found
        for name, machine in self.machines.items():
            if found in (name, machine.found):
                return name
        return ""


def read_mapping(path: Path) -> Mapping:
    """The mapping in a file. Raises RecordingError with line and column of what is wrong."""
    try:
        text = read_text(path)
        return validated(grow(text, str(path)), Mapping, str(path), text)
    except LayoutError as error:
        raise RecordingError(str(error)) from error
