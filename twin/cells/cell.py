"""A robot cell as plain values: all that physics needs to judge one arm, and nothing else.

It crosses into another process as JSON, and its content is the key under which results are kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from twin import units
from twin.cells.held import BOARD, Held, read_held, together
from twin.cells.robot import Robot
from twin.cells.tool import load_tool, mount
from twin.cells.urdf import load_robot
from twin.errors import LayoutError
from twin.layout.catalog import (
    TOUCH,
    Asset,
    Port,
    asset_folder,
    known_assets,
    load_asset,
    port_pose,
    ports_of,
)
from twin.layout.paths import fixtures
from twin.layout.rules.attendance import Asked, phases
from twin.layout.rules.floor import spoken
from twin.layout.schema import Arm, JointLimits, Layout, Phase, Regrasp


@dataclass(frozen=True)
class Place:
    """A port in the world: point [m], unit direction of the tool, straight way before it [m]; how
    long its door opens before an arm may come, and how long it clamps or lets go [s]; how far a
    part, and the tool, may come into its machine [m]."""

    machine: str
    position: tuple[float, float, float]
    direction: tuple[float, float, float]
    clear: float
    opens: float = 0.0
    clamps: float = 0.0
    contacts: tuple[float, float] = (TOUCH, TOUCH)


@dataclass(frozen=True)
class Furniture:
    """A machine, a wall or a belt that may be in the way: its asset as a mapping, and where it
    stands."""

    asset: dict[str, Any]
    at: tuple[float, float]
    heading: float


@dataclass(frozen=True)
class Cell:
    """One arm with the ports it serves. Lengths in m, angles in rad, times in s, masses in kg.

    `pairs` are (origin, target), keys of `ports`; `loads` says for each which of the `pieces` go
    that way, by number; `exchanges` are two of the pairs, by number: one that brings a part to a
    machine and one that fetches one from it, which are to be done in one visit; `rating` is the
    arm's rated payload, where known, `inertias` what its maker allows about joints, by their names
    [kg m2];
    `preferred` the arm's own idea of a home, used where the layout names none. velocity,
    acceleration and jerk [rad/s, rad/s2, rad/s3; m] are the joints', () where neither the maker
    nor a log tells (of velocity: where the URDF does); straight [m/s] is
    the tool's speed on straight lines.
    """

    arm: str
    urdf: str
    tool: str  # its file, "" where there is none
    at: tuple[float, float]
    height: float
    heading: float
    home: tuple[float, ...]
    preferred: tuple[float, ...]
    grip: float
    pieces: tuple[Held, ...]
    rating: float | None
    speed: float
    ports: dict[str, Place]
    pairs: tuple[tuple[str, str], ...]
    loads: tuple[tuple[int, ...], ...]
    machines: dict[str, Furniture]
    velocity: tuple[float, ...] = ()
    acceleration: tuple[float, ...] = ()
    jerk: tuple[float, ...] = ()
    straight: float = 0.25
    reach: float = 0.0  # around its base, beyond which nothing of it comes
    inertias: dict[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()  # what was assumed of the arm when it was added
    unknown: tuple[str, ...] = ()  # what cannot be checked: "torque"
    exchanges: tuple[tuple[int, int], ...] = ()

    def text(self) -> str:
        """As JSON, the same for the same content."""
        return json.dumps(vars(self), sort_keys=True, allow_nan=False, default=vars)


def read_cell(text: str) -> Cell:
    """The inverse of Cell.text."""
    raw = json.loads(text)
    return Cell(
        **{
            **raw,
            "at": tuple(raw["at"]),
            "home": tuple(raw["home"]),
            "preferred": tuple(raw["preferred"]),
            "velocity": tuple(raw["velocity"]),
            "acceleration": tuple(raw["acceleration"]),
            "jerk": tuple(raw["jerk"]),
            "notes": tuple(raw["notes"]),
            "unknown": tuple(raw["unknown"]),
            "ports": {
                name: Place(
                    **{
                        **p,
                        "position": tuple(p["position"]),
                        "direction": tuple(p["direction"]),
                        "contacts": tuple(p["contacts"]),
                    }
                )
                for name, p in raw["ports"].items()
            },
            "pieces": tuple(read_held(held) for held in raw["pieces"]),
            "exchanges": tuple((bring, fetch) for bring, fetch in raw["exchanges"]),
            "pairs": tuple((origin, target) for origin, target in raw["pairs"]),
            "loads": tuple(tuple(numbers) for numbers in raw["loads"]),
            "machines": {
                name: Furniture(m["asset"], tuple(m["at"]), m["heading"])
                for name, m in raw["machines"].items()
            },
        }
    )


def wanted(layout: Layout) -> tuple[dict[str, list[tuple[str, str]]], list[str]]:
    """The transfers that the routes ask of each arm, and what is wrong with the asking.

    A load goes from the port it names to the machine's own, an unload the other way; the machine's
    own is the one the phase names at its other end, else the first port of the machine's asset.
    """
    pairs: dict[str, list[tuple[str, str]]] = {name: [] for name in layout.arms}
    problems: list[str] = []
    for asked, found in _transfers(layout):
        if isinstance(found, str):
            problems.append(found)
        elif found not in pairs[str(asked.phase.by)]:
            pairs[str(asked.phase.by)].append(found)
    for name, arm in layout.arms.items():
        for port in arm.serves:
            try:
                _port(layout, port)
            except LayoutError as error:
                problems.append(f"arms/{name}/serves: {error}")
    return pairs, list(dict.fromkeys(problems))


def _transfers(layout: Layout) -> Iterator[tuple[Asked, tuple[str, str] | str]]:
    """The phases that an arm does, each with the ports it goes between, or with what is wrong."""
    for asked in phases(layout):
        station, phase = layout.stations.get(asked.station), asked.phase
        if station is None or phase.by not in layout.arms or asked.kind not in ("load", "unload"):
            continue
        for machine in station.machines:
            try:
                yield asked, _pair(layout, asked.kind, phase, machine)
            except LayoutError as error:
                yield asked, f"products/{asked.product}/{asked.step.step}/{asked.kind}: {error}"


def carried(layout: Layout, name: str) -> dict[tuple[str, str], list[Held]]:
    """What arm `name` carries between two ports: one of each product's pieces that differ."""
    arm = layout.arms[name]
    found: dict[tuple[str, str], list[Held]] = {}
    for asked, pair in _transfers(layout):
        if asked.phase.by != name or isinstance(pair, str):
            continue
        product = layout.products[asked.product]
        piece = product.piece
        held = Held(BOARD.name, BOARD.size, arm.payload)
        if piece is not None:
            mass = arm.payload if piece.mass is None else piece.mass
            called = product.label or asked.product
            held = Held(called, piece.size, mass, piece.beyond, piece.aside, piece.turn)
        if asked.phase.via is not None:
            again = _regrasped(held, piece.regrasp if piece is not None else None)
            held = replace(held, via=asked.phase.via, again=again)
        others = found.setdefault(pair, [])
        if all(replace(held, name="") != replace(other, name="") for other in others):
            others.append(held)
    return found


def _regrasped(held: Held, how: Regrasp | None) -> Held:
    """A piece once it has been gripped anew."""
    name = f"{held.name} (gripped anew)"
    if how is None:
        return replace(held, name=name)
    size = how.size or held.size
    return replace(held, name=name, size=size, beyond=how.beyond, aside=how.aside, turn=how.turn)


def _exchanges(
    layout: Layout, arm: Arm, pairs: Sequence[tuple[str, str]]
) -> tuple[tuple[int, int], ...]:
    """Of ways that bring a part to a machine and ways that fetch one from it, those that an arm
    that exchanges does at once: the two ends meet at one machine of a station."""
    if not arm.exchange:
        return ()
    worked = {name for station in layout.stations.values() for name in station.machines}
    machine = [tuple(port.rpartition(".")[0] for port in pair) for pair in pairs]
    return tuple(
        (i, j)
        for i, (origin, at) in enumerate(machine)
        for j, (other, target) in enumerate(machine)
        if at == other and at in worked and origin != at != target
    )


def _pair(layout: Layout, kind: str, phase: Phase, machine: str) -> tuple[str, str]:
    far, near = (phase.from_, phase.to) if kind == "load" else (phase.to, phase.from_)
    if far is None:
        word = "from" if kind == "load" else "to"
        raise LayoutError(f"an arm does it, but has no {word!r}; name a port: machine.port")
    other = _port(layout, far)
    if phase.via is not None:
        _port(layout, phase.via)
    own = _own_port(layout, machine, near)
    return (other, own) if kind == "load" else (own, other)


def _own_port(layout: Layout, machine: str, named: str | None) -> str:
    if named is not None:
        owner, dot, port = named.rpartition(".")
        if not dot or owner == machine:
            return _port(layout, f"{machine}.{port}")
    ports = _ports(layout, machine)
    if not ports:
        raise LayoutError(f"{machine} has no port where an arm could put a part")
    return f"{machine}.{next(iter(ports))}"


def _port(layout: Layout, name: str) -> str:
    machine, dot, port = name.rpartition(".")
    if not dot:
        raise LayoutError(f"{name!r} is not a port; write machine.port")
    known = _ports(layout, machine)
    if port not in known:
        listed = ", ".join(known) or "none"
        raise LayoutError(f"{machine} has no port {port!r}; it has: {listed}")
    return name


def _ports(layout: Layout, machine: str) -> dict[str, Port]:
    if machine not in layout.machines:
        raise LayoutError(f"there is no machine {machine!r}")
    return ports_of(layout.machines[machine])


def cell_of(layout: Layout, name: str, pairs: list[tuple[str, str]], reach: float) -> Cell:
    """The cell of arm `name`: what it serves, and what stands within `reach` [m] of its base."""
    arm = layout.arms[name]
    asset = load_asset(arm.asset)
    measured = arm.limits or JointLimits()
    # A jerk that goes with another acceleration says nothing of a measured one.
    makers = () if measured.acceleration else _numbers(arm.asset, asset, "jerk")
    asked = carried(layout, name)
    pieces = list(dict.fromkeys(held for pair in pairs for held in asked.get(pair, ())))
    beside = served(layout, name)
    if beside and not pieces:
        pieces.append(Held(BOARD.name, BOARD.size, arm.payload))
    vias = [held.via for held in pieces if held.via]
    ports = dict.fromkeys([*(port for pair in pairs for port in pair), *vias, *beside])
    return Cell(
        arm=name,
        urdf=str(urdf_path(arm.asset, asset)),
        tool=str(tool_path(arm) or ""),
        at=arm.at,
        height=arm.height,
        heading=arm.heading,
        home=arm.home,
        preferred=_angles(asset),
        grip=arm.grip,
        pieces=tuple(pieces),
        rating=_rating(arm.asset, asset),
        inertias=_inertias(arm.asset, asset),
        notes=_words(arm.asset, asset, "notes"),
        unknown=_words(arm.asset, asset, "unknown"),
        speed=arm.speed,
        ports={port: place(layout, port) for port in ports},
        pairs=tuple(pairs),
        loads=tuple(tuple(map(pieces.index, asked.get(pair, ()))) for pair in pairs),
        machines=_machines_near(layout, arm, reach),
        velocity=measured.speed,
        acceleration=measured.acceleration or _numbers(arm.asset, asset, "acceleration"),
        jerk=measured.jerk or makers,
        straight=arm.straight,
        reach=reach,
        exchanges=_exchanges(layout, arm, pairs),
    )


def served(layout: Layout, name: str) -> list[str]:
    """The ports, beside those of the routes, that an arm shall reach; those that there are."""
    return [
        port
        for port in layout.arms[name].serves
        if port.partition(".")[0] in layout.machines
        and port.partition(".")[2] in _ports(layout, port.partition(".")[0])
    ]


def urdf_path(name: str, asset: Asset) -> Path:
    """The arm's URDF; LayoutError where the asset is no arm or the file lies outside its folder."""
    if asset.urdf is None:
        raise LayoutError(f"asset {name} has no urdf: it is not an arm")
    folder = asset_folder(name)
    path = folder / asset.urdf
    if not path.resolve().is_relative_to(folder.resolve()):
        raise LayoutError(f"asset {name}: urdf {asset.urdf!r} lies outside the asset's folder")
    return path


def tool_path(arm: Arm) -> Path | None:
    """The URDF of what is on an arm's flange: what the layout says, else its asset. LayoutError
    where that is no tool."""
    name = arm.tool or load_asset(arm.asset).options.get("tool")
    if name is None:
        return None
    if not isinstance(name, str):
        raise LayoutError(f"asset {arm.asset}: options/tool: expected a name, not {name!r}")
    asset = load_asset(name)
    if asset.urdf is None or not name.startswith("tool/"):
        raise LayoutError(f"{name} is no tool; tools are: {', '.join(tools()) or 'none'}")
    return urdf_path(name, asset)


def tools() -> list[str]:
    """The tools of the catalog."""
    return [name for name in known_assets() if name.startswith("tool/")]


def hands(cell: Cell) -> tuple[tuple[Held, ...], ...]:
    """All that the arm of a cell may hold at once: a piece, before and after it is gripped anew;
    where it exchanges, one in the second gripper, and one in each."""
    found = [(one,) for one in cell.pieces]
    found += [(one.again,) for one in cell.pieces if one.again is not None]
    if cell.exchanges:
        found += [(one.second,) for one in cell.pieces]
        found += [(one, other.second) for one in cell.pieces for other in cell.pieces]
    return tuple(found)


def by_name(cell: Cell) -> dict[str, tuple[Held, ...]]:
    """The same by their names, with empty hands, "", before them."""
    return {together(held.name for held in hand): hand for hand in ((), *hands(cell))}


def fitted(cell: Cell) -> Robot:
    """The arm of a cell with its tool. Raises LayoutError where their files cannot be used."""
    return with_tool(cell.urdf, cell.tool)


def with_tool(urdf: str | Path, tool: str | Path | None) -> Robot:
    """The arm in one URDF with the tool in another on its flange."""
    robot = load_robot(Path(urdf))
    return mount(robot, load_tool(Path(tool))) if tool else robot


def place(layout: Layout, port: str) -> Place:
    """A port "machine.port" in the world."""
    machine, _, name = port.rpartition(".")
    model = layout.machines[machine].asset
    found = ports_of(layout.machines[machine])[name]
    if not any(found.approach):
        raise LayoutError(f"asset {model}: port {name}: its approach has no length")
    position, direction = port_pose(layout, port)
    x, y, z = position.tolist()
    a, b, c = direction.tolist()
    contacts = found.contacts.get("part", 0.0), found.contacts.get("tool", 0.0)
    return Place(machine, (x, y, z), (a, b, c), found.clear, found.opens, found.clamps, contacts)


def _machines_near(layout: Layout, arm: Arm, reach: float) -> dict[str, Furniture]:
    near = {}
    for name, machine in layout.machines.items():
        asset = load_asset(machine.asset)
        radius = (asset.size[0] ** 2 + asset.size[1] ** 2) ** 0.5 / 2
        away = ((machine.at[0] - arm.at[0]) ** 2 + (machine.at[1] - arm.at[1]) ** 2) ** 0.5
        if away <= reach + radius:
            near[name] = Furniture(asset.model_dump(mode="json"), machine.at, machine.heading)
    return near | _drawn_near(layout, arm, reach)


def _drawn_near(layout: Layout, arm: Arm, reach: float) -> dict[str, Furniture]:
    """Walls and conveyors within reach, stretch by stretch: blocks as high as they are."""
    heights = {f"floor/walls/{name}": wall.height for name, wall in layout.floor.walls.items()}
    heights |= {f"conveyors/{name}": belt.height for name, belt in layout.conveyors.items()}
    near = {}
    for where, boxes in fixtures(layout).items():
        for k, box in enumerate(boxes, 1):
            if box.away(arm.at) <= reach:
                block = Asset(
                    asset=1,
                    label=spoken(where),
                    size=(2 * box.half[0], 2 * box.half[1], heights[where]),
                    licence="",
                    derivation="drawn",
                )
                name = spoken(where) if len(boxes) == 1 else f"{spoken(where)}, stretch {k}"
                mapping = block.model_dump(mode="json")
                near[name] = Furniture(mapping, box.centre, box.heading)
    return near


def _angles(asset: Asset) -> tuple[float, ...]:
    home = asset.options.get("home", ())
    if not isinstance(home, list | tuple):
        return ()
    return tuple(units.parse(value, "angle") for value in home)


def _numbers(name: str, asset: Asset, option: str) -> tuple[float, ...]:
    """Positive numbers, one a joint, that an asset's options may give."""
    values = asset.options.get(option, ())
    if isinstance(values, list | tuple) and all(
        isinstance(value, int | float) and 0 < value < np.inf for value in values
    ):
        return tuple(float(value) for value in values)
    raise LayoutError(
        f"asset {name}: options/{option}: expected a list of numbers above 0, one a joint"
    )


def _rating(name: str, asset: Asset) -> float | None:
    value = asset.options.get("payload")
    if value is None:
        return None
    try:
        return units.parse(value, "mass")
    except ValueError as error:
        raise LayoutError(f"asset {name}: options/payload: {error}") from error


def _inertias(name: str, asset: Asset) -> dict[str, float]:
    values = asset.options.get("inertia", {})
    if isinstance(values, dict) and all(
        isinstance(value, int | float) and 0 < value < np.inf for value in values.values()
    ):
        return {str(joint): float(value) for joint, value in values.items()}
    raise LayoutError(
        f"asset {name}: options/inertia: expected numbers above 0 [kg m2] by names of joints"
    )


def _words(name: str, asset: Asset, option: str) -> tuple[str, ...]:
    values = asset.options.get(option, ())
    if isinstance(values, list | tuple) and all(isinstance(value, str) for value in values):
        return tuple(values)
    raise LayoutError(f"asset {name}: options/{option}: expected a list of texts")
