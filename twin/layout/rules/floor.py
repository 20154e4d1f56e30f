"""What stands where it cannot stand, and where people cannot get to."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations

import numpy as np

from twin.layout import paths
from twin.layout.catalog import OUTWARDS, has_asset, load_asset, service_areas
from twin.layout.changes import SINGULAR
from twin.layout.paths import Box, Distances, Floats, box_of, distances, fixtures
from twin.layout.rules.attendance import attended_machines, phases
from twin.layout.rules.finding import Finding
from twin.layout.schema import Layout

TOUCHING = 1e-3  # m: what overlaps by less stands side by side
ELBOW_ROOM = 0.6  # m, free floor that a person wants to stand and turn on
WIDEST_FLOOR, FARTHEST_OFF = 200.0, 100.0  # m: beyond, somebody wrote millimetres
WIDEST_DOOR, HIGHEST_STAND = 20.0, 5.0  # m
FASTEST = 10.0  # m/s


def written_in_millimetres(layout: Layout) -> Iterator[Finding]:
    """Numbers without a unit that are far too large for metres."""
    longest = max(layout.floor.size)
    if longest > WIDEST_FLOOR:
        yield _too_large("floor/size", "the floor is", longest, WIDEST_FLOOR, "m")
    for kind, things in (("machines", layout.machines), ("arms", layout.arms)):
        for name, thing in things.items():
            beyond = max(
                abs(x - s / 2) - s / 2 for x, s in zip(thing.at, layout.floor.size, strict=True)
            )
            if beyond > FARTHEST_OFF:
                text = f"{name} stands off the floor by"
                yield _too_large(f"{kind}/{name}/at", text, beyond, FARTHEST_OFF, "m")
    for name, arm in layout.arms.items():
        if arm.height > HIGHEST_STAND:
            text = f"the stand of {name} is"
            yield _too_large(f"arms/{name}/height", text, arm.height, HIGHEST_STAND, "m")
    for name, door in layout.floor.doors.items():
        if door.width > WIDEST_DOOR:
            text = f"door {name} is"
            yield _too_large(f"floor/doors/{name}/width", text, door.width, WIDEST_DOOR, "m")
    for where, what, wide in _widths(layout):
        if wide > WIDEST_DOOR:
            yield _too_large(where, f"{what} is", wide, WIDEST_DOOR, "m")
    for where, points in _corners(layout):
        far = max(_beyond(np.array(points), layout.floor.size)[0], 0.0)
        if far > FARTHEST_OFF:
            yield _too_large(
                f"{where}/points", "a corner lies off the floor by", far, FARTHEST_OFF, "m"
            )
    yield from _too_fast(layout)


def _widths(layout: Layout) -> Iterator[tuple[str, str, float]]:
    """How wide and high is what is drawn: where, what, and how much [m]."""
    for name, wall in layout.floor.walls.items():
        yield f"floor/walls/{name}/thickness", f"wall {name}", wall.thickness
        yield f"floor/walls/{name}/height", f"wall {name}", wall.height
    for name, aisle in layout.floor.aisles.items():
        yield f"floor/aisles/{name}/width", f"aisle {name}", aisle.width
    for name, belt in layout.conveyors.items():
        yield f"conveyors/{name}/width", f"conveyor {name}", belt.width
        yield f"conveyors/{name}/height", f"conveyor {name}", belt.height


def _corners(layout: Layout) -> Iterator[tuple[str, tuple[tuple[float, float], ...]]]:
    """The corners of all that is drawn: where, and the points [m]."""
    floor = layout.floor
    for kind, things in (("walls", floor.walls), ("aisles", floor.aisles), ("zones", floor.zones)):
        yield from ((f"floor/{kind}/{name}", thing.points) for name, thing in things.items())
    yield from ((f"conveyors/{name}", belt.points) for name, belt in layout.conveyors.items())


def _too_fast(layout: Layout) -> Iterator[Finding]:
    speed = layout.transport.speed
    if speed is not None and speed > FASTEST:
        yield _too_large("transport/speed", "transport goes", speed, FASTEST, "m/s")
    for name, fleet in layout.transport.fleets.items():
        if fleet.speed is not None and fleet.speed > FASTEST:
            where = f"transport/fleets/{name}/speed"
            yield _too_large(where, f"fleet {name} goes", fleet.speed, FASTEST, "m/s")
    for name, belt in layout.conveyors.items():
        if belt.speed > FASTEST:
            where = f"conveyors/{name}/speed"
            yield _too_large(where, f"conveyor {name} goes", belt.speed, FASTEST, "m/s")
    for name, crew in layout.crews.items():
        if crew.walking is not None and crew.walking > FASTEST:
            yield _too_large(f"crews/{name}/walking", f"{name} walk", crew.walking, FASTEST, "m/s")


def _too_large(where: str, text: str, value: float, limit: float, unit: str) -> Finding:
    milli = "mm" if unit == "m" else "mm/s"
    message = (
        f"{text} {value:,g} {unit}, more than {limit:,g} {unit}; if it is meant in {milli}, "
        f"write the unit: '{value:g} {milli}'"
    )
    return Finding("units", where, "error", message, value, limit, unit)


# --- overlaps ------------------------------------------------------------------------------------


def penetration(a: Box, b: Box) -> float:
    """How far [m] two rectangles must at least move apart to be free; not positive if they are.

    Separating axes: two convex shapes are apart if and only if they are along the normal of a side
    of one of them.
    """
    gap = np.array(b.centre) - np.array(a.centre)
    # Most are far from each other: their circles are apart already, and cheaper to ask for.
    apart = math.hypot(*gap) - math.hypot(*a.half) - math.hypot(*b.half)
    if apart >= 0:
        return -apart
    depth = np.inf
    for heading in (a.heading, a.heading + np.pi / 2, b.heading, b.heading + np.pi / 2):
        axis = np.array([np.cos(heading), np.sin(heading)])
        depth = min(depth, _reach(a, heading) + _reach(b, heading) - abs(float(gap @ axis)))
    return depth


def _reach(box: Box, heading: float) -> float:
    """Half the length of a rectangle's shadow on an axis [m]."""
    turn = heading - box.heading
    return box.half[0] * abs(np.cos(turn)) + box.half[1] * abs(np.sin(turn))


def placed(layout: Layout) -> dict[str, Box]:
    """The rectangles of everything on the floor whose asset is known."""
    things = {**layout.machines, **layout.arms}
    return {name: box_of(thing) for name, thing in things.items() if has_asset(thing.asset)}


def standing(layout: Layout) -> list[tuple[str, Box]]:
    """Each rectangle that stands in the way, and what people call its owner."""
    drawn = [(spoken(where), box) for where, boxes in fixtures(layout).items() for box in boxes]
    return [*placed(layout).items(), *drawn]


def spoken(where: str) -> str:
    """What is drawn, in words: "floor/walls/north" -> "wall north"."""
    kind, name = where.split("/")[-2:]
    return f"{SINGULAR[kind]} {name}"


def where_of(layout: Layout, name: str) -> str:
    """Where a machine or an arm stands in the layout."""
    return f"{'machines' if name in layout.machines else 'arms'}/{name}"


def overlaps(layout: Layout) -> Iterator[Finding]:
    """Machines in each other; side by side is fine."""
    for (a, one), (b, two) in combinations(placed(layout).items(), 2):
        depth = penetration(one, two)
        if depth > TOUCHING:
            message = f"{a} and {b} overlap; move them {spoken_length(depth)} apart"
            yield Finding("overlap", where_of(layout, b), "error", message, depth, TOUCHING, "m")


def off_the_floor(layout: Layout) -> Iterator[Finding]:
    """Machines that stick out over an edge, and homes and nodes beyond it."""
    size = layout.floor.size
    shown = f"the floor of {size[0]:g} x {size[1]:g} m"
    for name, box in placed(layout).items():
        beyond, edge = _beyond(box.corners(), size)
        if TOUCHING < beyond <= FARTHEST_OFF:
            message = f"{name} sticks out {spoken_length(beyond)} over the {edge} edge of {shown}"
            text = f"{message}; move it in by that much"
            yield Finding("off-floor", where_of(layout, name), "error", text, beyond, 0.0, "m")
    points = {f"crews/{n}/home": crew.home for n, crew in layout.crews.items() if crew.home}
    points |= {f"transport/nodes/{name}": at for name, at in layout.transport.nodes.items()}
    points |= {f"floor/doors/{name}": door.at for name, door in layout.floor.doors.items()}
    lines = {where: np.array([at]) for where, at in points.items()}
    lines |= {where: np.array(corners) for where, corners in _corners(layout)}
    for where, corners in lines.items():
        beyond, edge = _beyond(corners, size)
        if beyond > TOUCHING:
            message = f"lies {spoken_length(beyond)} beyond the {edge} edge of {shown}; move it in"
            yield Finding("off-floor", where, "error", message, beyond, 0.0, "m")


def _beyond(corners: Floats, size: tuple[float, float]) -> tuple[float, str]:
    """How far [m] points reach over the outline of the floor, and over which edge."""
    over = {
        "left": -corners[:, 0].min(),
        "right": corners[:, 0].max() - size[0],
        "lower": -corners[:, 1].min(),
        "upper": corners[:, 1].max() - size[1],
    }
    edge = max(over, key=lambda key: over[key])
    return float(over[edge]), edge


def spoken_length(metres: float) -> str:
    """A length [m] in words."""
    return f"{metres * 1000:.0f} mm" if metres < 1 else f"{metres:.2f} m"


# --- doors, service sides, elbow room ------------------------------------------------------------


def blocked_doors(layout: Layout) -> Iterator[Finding]:
    """The square inside a door, as deep as the door is wide, is free."""
    for door_name, door in layout.floor.doors.items():
        square = _inside(door.at, door.width, layout.floor.size)
        for name, box in standing(layout):
            depth = penetration(square, box)
            if depth > TOUCHING:
                message = (
                    f"{name} stands {spoken_length(depth)} in the way of door {door_name}; "
                    f"keep {door.width:g} x {door.width:g} m free inside it"
                )
                where = f"floor/doors/{door_name}"
                yield Finding("door", where, "error", message, depth, TOUCHING, "m")


def _inside(at: tuple[float, float], width: float, size: tuple[float, float]) -> Box:
    """The square inside a door, whose wall is the nearest edge of the floor."""
    half = width / 2
    inwards = {
        (half, 0.0): at[0],
        (-half, 0.0): size[0] - at[0],
        (0.0, half): at[1],
        (0.0, -half): size[1] - at[1],
    }
    x, y = min(inwards, key=lambda way: abs(inwards[way]))
    return Box((at[0] + x, at[1] + y), (half, half), 0.0)


def blocked_service(layout: Layout) -> Iterator[Finding]:
    """The floor that an asset wants free for its service."""
    boxes, obstacles = placed(layout), standing(layout)
    for name in boxes:
        for side, area in service_areas(layout, name).items():
            box = _around(area, boxes[name].heading)
            beyond, _ = _beyond(area, layout.floor.size)
            inside = [(other, penetration(box, two)) for other, two in obstacles if other != name]
            blocking = [("the wall", beyond), *inside]
            for other, depth in blocking:
                if depth > TOUCHING:
                    taken = spoken_length(depth)
                    message = f"{other} takes {taken} of the room to serve the {side} of {name}"
                    where = where_of(layout, name)
                    text = f"{message}; leave it free"
                    yield Finding("service", where, "warning", text, depth, TOUCHING, "m")


def _around(area: Floats, heading: float) -> Box:
    """The rectangle (4, 2) of known heading as a box."""
    centre = area.mean(axis=0)
    flat = Box((float(centre[0]), float(centre[1])), (0.0, 0.0), heading)
    half = np.abs(flat.local(area)).max(axis=0)
    return Box(flat.centre, (float(half[0]), float(half[1])), heading)


def narrow_standing(layout: Layout) -> Iterator[Finding]:
    """Where a person works, 0.6 m before the machine are free."""
    boxes, obstacles = placed(layout), standing(layout)
    for name in attended_machines(layout):
        side = load_asset(layout.machines[name].asset).operator if name in boxes else None
        if side is None:
            continue
        others = [box for other, box in obstacles if other != name]
        free = _free_before(boxes[name], OUTWARDS[side], others, layout.floor.size)
        if free < ELBOW_ROOM - TOUCHING:
            message = (
                f"who works at {name} has {spoken_length(free)} to stand in; "
                f"leave {ELBOW_ROOM:g} m free at its {side}"
            )
            where = f"machines/{name}"
            yield Finding("aisle", where, "warning", message, free, ELBOW_ROOM, "m")


def _free_before(
    box: Box, outwards: tuple[float, float], others: list[Box], size: tuple[float, float]
) -> float:
    """How deep [m], up to ELBOW_ROOM, a strip before a side is free, by halving."""

    def free(depth: float) -> bool:
        strip = _strip(box, outwards, depth)
        inside = _beyond(strip.corners(), size)[0] <= TOUCHING
        return inside and all(penetration(strip, other) <= TOUCHING for other in others)

    low, high = 0.0, ELBOW_ROOM
    if free(high):
        return high
    while high - low > TOUCHING / 4:
        middle = (low + high) / 2
        low, high = (middle, high) if free(middle) else (low, middle)
    return low


def _strip(box: Box, outwards: tuple[float, float], depth: float) -> Box:
    """The floor before the middle of a side: as wide as a person wants, at most as the side."""
    out = np.array(outwards)
    half = np.array(box.half)
    across = np.minimum((1 - np.abs(out)) * half, ELBOW_ROOM / 2)
    centre = box.world((out * (half + depth / 2))[None, :])[0]
    size = np.abs(out) * depth / 2 + across
    return Box((float(centre[0]), float(centre[1])), (float(size[0]), float(size[1])), box.heading)


# --- ways ----------------------------------------------------------------------------------------


def unreachable(layout: Layout) -> Iterator[Finding]:
    """What people or parts must get to and cannot, by road or on foot."""
    if len(placed(layout)) < len(layout.machines) + len(layout.arms):
        return  # where an asset is unknown, so are the ways around it
    ways = distances(layout)
    seen: set[str] = set()
    for places, on_foot in ((_visited_on_foot(layout), True), (_visited_by_parts(layout), False)):
        for place, message in _cut_off(ways, places, on_foot):
            if place not in seen:
                kind, _, name = place.rpartition(":")
                where = f"crews/{name}/home" if kind == "home" else f"machines/{name}"
                yield Finding("unreachable", where, "error", message)
            seen.add(place)


def _spoken(place: str) -> str:
    kind, _, name = place.rpartition(":")
    return {"home": f"the place of {name}", "door": f"door {name}"}.get(kind, name)


def _visited_on_foot(layout: Layout) -> list[str]:
    homes = [f"home:{name}" for name, crew in layout.crews.items() if crew.home and crew.people]
    return [*homes, *attended_machines(layout)]


def _visited_by_parts(layout: Layout) -> list[str]:
    at = {asked.station for asked in phases(layout)} & set(layout.stations)
    machines = {machine for name in at for machine in layout.stations[name].machines}
    served = {asked.station for asked in phases(layout) if asked.phase.by in layout.arms}
    for name in served & set(layout.stations):  # parts go to the port, the arm brings them on
        machines -= set(layout.stations[name].machines)
    for asked in phases(layout):
        machines |= {port.partition(".")[0] for port in asked.phase.ports.values()}
    return [name for name in layout.machines if name in machines]


def _cut_off(ways: Distances, places: list[str], on_foot: bool) -> Iterator[tuple[str, str]]:
    """The places that nobody can stand at, or get to from where most others are; and why."""
    ends = {
        place: [other for other in places if np.isfinite(ways.between(place, other, on_foot))]
        for place in places
    }
    hub = max(places, key=lambda place: len(ends[place]), default="")
    for place in places:
        if place not in ends[place]:
            message = f"nobody can stand at {_spoken(place)}: a machine or a wall is there"
            yield place, f"{message}; leave {2 * paths.PERSON:g} m free"
        elif place not in ends[hub]:
            message = f"no way leads from {_spoken(hub)} to {_spoken(place)}"
            yield place, f"{message}; leave gaps of {2 * paths.PERSON:g} m between machines"
