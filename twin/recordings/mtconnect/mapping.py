"""A shop's own words for its MTConnect devices: a small YAML file, read as layouts are.

twin: 1
devices: Devices.xml        # the device model, beside this file
machines: {mill: Mazak01, lathe: Mazak03}
items: {Program_Status: EXECUTION, door_light: IGNORED}
values: {EXECUTION: {RUN: ACTIVE}}
silence: 2 min
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from twin.errors import LayoutError, RecordingError
from twin.layout.files import read_text
from twin.layout.schema import Name, Seconds
from twin.layout.tree import grow
from twin.layout.validation import validated

Role = Literal[
    "AVAILABILITY",
    "EXECUTION",
    "CONTROLLER_MODE",
    "FUNCTIONAL_MODE",
    "EMERGENCY_STOP",
    "PROGRAM",
    "PART_COUNT",
    "PART_COUNT BAD",
    "POWER_STATE",
    "WAIT_STATE",
    "CONDITION",
    "IGNORED",
]


class Mapping(BaseModel):
    """Which device is which machine, and what its items mean where they do not say it themselves.

    Without `machines` each device is a machine of its own name. `silence` [s] is the shortest for
    which a machine that runs, and speaks all the time, can be silent before it counts as lost.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(max_length=120)] = ""
    mapping: Literal[1] = 1
    devices: str = ""
    machines: dict[Name, str] = {}
    items: dict[str, Role] = {}
    values: dict[Role, dict[str, str]] = {}
    silence: Annotated[Seconds, Field(gt=0)] = 60.0

    def machine(self, device: str) -> str:
        """The name of a device's machine."""
        return next((name for name, one in self.machines.items() if one == device), device)

    def hears(self, device: str) -> bool:
        """Whether a device is one of the shop's machines."""
        return not self.machines or device in self.machines.values()


def read_mapping(path: Path) -> Mapping:
    """The mapping in a file. Raises RecordingError with line and column of what is wrong."""
    try:
        text = read_text(path)
        mapping = validated(grow(text, str(path)), Mapping, str(path), text)
    except LayoutError as error:
        raise RecordingError(str(error)) from error
    if not mapping.devices:
        return mapping
    return mapping.model_copy(update={"devices": str(path.parent / mapping.devices)})
