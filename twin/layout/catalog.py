"""Assets by name: `kind/model` -> asset.yaml, in the user's folder first, then in the package's."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from twin.layout.schema import Coordinate, Label, Length, Name

Side = Literal["front", "back", "left", "right"]


class AssetPart(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Port(AssetPart):
    """Where a part is put: a point in the asset's frame, and how a gripper comes to it.

    The tool points along `approach` (a direction in the asset's frame) when it arrives; `clear` is
    how far it comes and leaves in a straight line.
    """

    at: tuple[Coordinate, Coordinate, Coordinate]
    approach: tuple[float, float, float] = (0.0, 0.0, -1.0)
    clear: Length = 0.1


class Asset(AssetPart):
    """A machine, an arm, a vehicle, a piece of furniture, a person.

    The frame: origin on the floor in the middle of the footprint, x to the right as seen by who
    stands in front, y from the front to the back, z up. So the front is at y = -size[1] / 2.
    """

    asset: Literal[1]
    label: Label
    size: tuple[Length, Length, Length]  # x, y, z
    shape: str | None = None  # a family of layout.shapes ...
    options: dict[str, Any] = {}  # ... and what that family is told
    urdf: str | None = None  # ... or a file beside asset.yaml
    ports: dict[Name, Port] = {}
    service: dict[Side, Length] = {}  # free floor wanted before a side
    operator: Side | None = "front"  # where a person stands to attend it
    grade: Annotated[str, Field(pattern="^[A-D]$")] = "C"
    licence: str
    derivation: str
