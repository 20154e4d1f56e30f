"""Assets by name: `kind/model` -> asset.yaml, in the user's folder first, then in the package's."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from twin.errors import LayoutError, nearest
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


_ASSETS = Path(__file__).parents[2] / "assets"


def asset_folder(name: str) -> Path:
    """The folder of the asset `kind/model`; raises LayoutError if there is none."""
    known = {f.parent.relative_to(_ASSETS).as_posix() for f in _ASSETS.glob("*/*/asset.yaml")}
    if name not in known:
        raise LayoutError(f"there is no asset {name!r}; {nearest(name, known)}")
    return _ASSETS / name


@cache
def load_asset(name: str) -> Asset:
    """The asset `kind/model`; raises LayoutError if there is none."""
    from ruamel.yaml import YAML

    return Asset.model_validate(YAML(typ="safe").load(asset_folder(name) / "asset.yaml"))
