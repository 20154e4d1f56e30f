"""Assets by name: `kind/model` -> asset.yaml, in the user's folder first, then in the package's.

And where an asset that stands on a floor reaches, is served and gives out its parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from twin.errors import LayoutError, nearest
from twin.layout import folders
from twin.layout.files import read_text
from twin.layout.schema import (
    Arm,
    Capability,
    Coordinate,
    Label,
    Layout,
    Length,
    Machine,
    Name,
    Seconds,
)
from twin.layout.tree import grow
from twin.layout.validation import validated
from twin.pose import Pose, Vector, apply, rotate, upright

T = TypeVar("T")
STANDING = 0.35  # m, from a machine's side to the middle of the person who attends it
ASSET_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9][A-Za-z0-9_-]*")

Side = Literal["front", "back", "left", "right"]

# A side of the footprint -> the direction out of it in the asset's frame.
OUTWARDS: dict[Side, tuple[float, float]] = {
    "front": (0.0, -1.0),
    "back": (0.0, 1.0),
    "left": (-1.0, 0.0),
    "right": (1.0, 0.0),
}


TOUCH = 0.004  # m: a part on a surface, with two hull margins of PyBullet


class AssetPart(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Port(AssetPart):
    """Where a part is put: a point in the asset's frame, and how a gripper comes to it.

    The tool points along `approach` (a direction in the asset's frame) when it arrives; `clear` is
    how far it comes and leaves in a straight line. An arm waits until a door is open, which takes
    `opens`, before it comes, and until the part is clamped or let go, which takes `clamps`, at the
    port. `contacts` lists what may touch the machine there, a part or the tool that holds it, and
    how far into it what physics sees may come, margins of its shapes and all; what is not listed
    may come up to it.
    """

    at: tuple[Coordinate, Coordinate, Coordinate]
    approach: tuple[float, float, float] = (0.0, 0.0, -1.0)
    clear: Length = 0.1
    opens: Seconds = 0.0
    clamps: Seconds = 0.0
    contacts: dict[Literal["part", "tool"], Length] = {"part": TOUCH, "tool": TOUCH}


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
    capability: Capability | None = None  # what its programs take
    operator: Side | None = "front"  # where a person stands to attend it
    grade: Annotated[str, Field(pattern="^[A-D]$")] = "C"
    licence: str
    derivation: str


def known_assets() -> list[str]:
    """The names of all assets, "kind/model"."""
    found = {
        "/".join(path.parts[-3:-1])
        for folder in folders.search_path("assets")
        for path in folder.glob("*/*/asset.yaml")
    }
    return sorted(name for name in found if ASSET_NAME.fullmatch(name))


# What `at_once` has seen so far, by who looked and for which name.
_seen: ContextVar[dict[tuple[str, str], Any] | None] = ContextVar("seen", default=None)
_Look = Callable[[str], T]


def _looked_at_once(look: _Look[T]) -> _Look[T]:
    """The same, but within `at_once`, where what was seen of a name is what is seen."""

    @wraps(look)
    def seen(name: str) -> T:
        known = _seen.get()
        if known is None:
            return look(name)
        key = look.__name__, name
        if key not in known:
            known[key] = look(name)
        return known[key]

    return seen


@contextmanager
def at_once() -> Iterator[None]:
    """Within it, and within what it holds, each asset's file is looked at once: a check asks for
    each some dozen times."""
    known = _seen.get()
    before = _seen.set({} if known is None else known)
    try:
        yield
    finally:
        _seen.reset(before)


@_looked_at_once
def asset_folder(name: str) -> Path:
    """The folder of the asset with this name; only names lead to one, never a path of their own.

    Raises LayoutError naming the nearest asset there is.
    """
    if ASSET_NAME.fullmatch(name):
        for found, file in _places(name, folders.search_path("assets")):
            if file.is_file():
                return found
    raise LayoutError(f"there is no asset {name!r}; {nearest(name, known_assets())}")


@lru_cache(maxsize=1024)
def _places(name: str, where: tuple[Path, ...]) -> list[tuple[Path, Path]]:
    """The folders in which an asset may lie, and its file there."""
    return [(folder / name, folder / name / "asset.yaml") for folder in where]


def has_asset(name: str) -> bool:
    """Whether there is an asset with this name."""
    try:
        asset_folder(name)
    except LayoutError:
        return False
    return True


@_looked_at_once
def load_asset(name: str) -> Asset:
    """The asset with this name; read again only when its file has changed. Raises LayoutError."""
    folder = asset_folder(name)
    status = (folder / "asset.yaml").stat()
    return _read_asset(folder, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=256)
def _read_asset(folder: Path, changed: int, size: int) -> Asset:
    path = folder / "asset.yaml"
    text = read_text(path)
    return validated(grow(text, str(path)), Asset, str(path), text)


# --- an asset on the floor -----------------------------------------------------------------------


def standing(layout: Layout, name: str) -> Machine | Arm:
    """The machine or arm of this name. Raises LayoutError naming the nearest there is."""
    found = layout.machines.get(name) or layout.arms.get(name)
    if found is None:
        known = [*layout.machines, *layout.arms]
        raise LayoutError(f"{layout.name}: no machine {name!r}; {nearest(name, known)}")
    return found


def base_pose(layout: Layout, name: str) -> Pose:
    """T_world_asset of a machine, or of an arm on its stand."""
    thing = standing(layout, name)
    height = thing.height if isinstance(thing, Arm) else 0.0
    return upright(*thing.at, height, thing.heading)


def _corners(layout: Layout, name: str, low: Vector, high: Vector) -> Vector:
    """A rectangle of the asset's frame in the world: (4, 2) [m], counter-clockwise."""
    x, y = (
        np.array([low[0], high[0], high[0], low[0]]),
        np.array([low[1], low[1], high[1], high[1]]),
    )
    return apply(base_pose(layout, name), np.column_stack([x, y, np.zeros(4)]))[:, :2]


def _half(layout: Layout, name: str) -> Vector:
    return np.array(load_asset(standing(layout, name).asset).size[:2]) / 2.0


def footprint(layout: Layout, name: str) -> Vector:
    """The corners (4, 2) [m] on the floor of a machine, or of an arm's stand.

    Counter-clockwise from the front left, as seen by who stands in front.
    """
    half = _half(layout, name)
    return _corners(layout, name, -half, half)


def service_areas(layout: Layout, name: str) -> dict[Side, Vector]:
    """The floor (4, 2) [m] that an asset wants free before each of its sides, if any."""
    half = _half(layout, name)
    areas: dict[Side, Vector] = {}
    for side, depth in load_asset(standing(layout, name).asset).service.items():
        outwards = np.array(OUTWARDS[side])
        edge = outwards * half
        across = (1 - np.abs(outwards)) * half
        ends = np.array([edge - across, edge + across, edge + outwards * depth + across])
        ends = np.vstack([ends, edge + outwards * depth - across])
        areas[side] = _corners(layout, name, ends.min(axis=0), ends.max(axis=0))
    return areas


def spot(layout: Layout, name: str, side: Side) -> tuple[float, float]:
    """The point [m] on the floor where a person stands before the middle of a side."""
    outwards = np.array(OUTWARDS[side])
    point = outwards * (_half(layout, name) + STANDING)
    x, y, _ = apply(base_pose(layout, name), (*point, 0.0))
    return float(x), float(y)


def operator_spot(layout: Layout, name: str) -> tuple[float, float] | None:
    """Where a person stands to attend a machine [m]; None if its asset wants nobody there."""
    side = load_asset(standing(layout, name).asset).operator
    return spot(layout, name, side) if side else None


def ports_of(machine: Machine | Arm) -> dict[str, Port]:
    """The ports of a machine: its asset's, and those that it has of its own. Raises LayoutError
    where there is no such asset."""
    own = machine.ports if isinstance(machine, Machine) else {}
    taught = {name: Port(**frame.model_dump(exclude={"basis"})) for name, frame in own.items()}
    return {**load_asset(machine.asset).ports, **taught}


def port_pose(layout: Layout, port: str) -> tuple[Vector, Vector]:
    """Position (3,) [m] and unit approach direction (3,) in the world of "machine.port".

    Raises LayoutError naming the ports there are.
    """
    name, dot, key = port.partition(".")
    ports = ports_of(standing(layout, name))
    if key not in ports:
        if not dot:
            raise LayoutError(f"{port!r} names no port; write it as 'machine.port'")
        raise LayoutError(f"{name!r} has no port {key!r}; {nearest(key, ports)}")
    pose = base_pose(layout, name)
    approach = rotate(pose.quaternion, ports[key].approach)
    return apply(pose, ports[key].at), approach / np.linalg.norm(approach)
