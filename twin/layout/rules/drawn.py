"""What stands in walls, aisles, zones and on conveyors, and conveyors that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from twin.layout import conveyors, outlines
from twin.layout.paths import Box, fixtures, strip_boxes
from twin.layout.rules.finding import Finding
from twin.layout.rules.floor import TOUCHING, penetration, placed, spoken, spoken_length, where_of
from twin.layout.schema import Layout

NO_AREA = 1e-6  # m2
BESIDE = 0.5  # m: a belt that ends so near to a machine hands over to it


def in_the_way(layout: Layout) -> Iterator[Finding]:
    """Machines in walls and on conveyors; side by side is fine."""
    for name, box in placed(layout).items():
        for where, boxes in fixtures(layout).items():
            depth = _deepest(box, boxes)
            if depth > TOUCHING:
                place = "in" if where.startswith("floor") else "on"
                message = f"{name} stands {spoken_length(depth)} {place} {spoken(where)}"
                text = f"{message}; move it away by that much"
                yield Finding(
                    "overlap", where_of(layout, name), "error", text, depth, TOUCHING, "m"
                )


def _deepest(box: Box, boxes: list[Box]) -> float:
    return max(penetration(box, other) for other in boxes)


def _kept_free_of(layout: Layout) -> Iterator[tuple[str, str, list[Box]]]:
    """What must stay out of aisles and clear zones: where it is, in words, and its rectangles."""
    for name, box in placed(layout).items():
        yield where_of(layout, name), name, [box]
    for where, boxes in fixtures(layout).items():
        if where.startswith("conveyors"):  # a wall may stand along an aisle
            yield where, spoken(where), boxes


def in_aisles(layout: Layout) -> Iterator[Finding]:
    """Machines and conveyors that reach into an aisle."""
    for aisle, drawn in layout.floor.aisles.items():
        way = strip_boxes(drawn.points, drawn.width)
        for where, name, boxes in _kept_free_of(layout):
            depth = max(_deepest(box, way) for box in boxes)
            if depth > TOUCHING:
                message = f"{name} reaches {spoken_length(depth)} into aisle {aisle}"
                text = f"{message}; move it out, or draw the aisle elsewhere"
                yield Finding("in-aisle", where, "warning", text, depth, TOUCHING, "m")


def in_clear_zones(layout: Layout) -> Iterator[Finding]:
    """Machines and conveyors in a zone that is to be kept clear."""
    for zone, drawn in layout.floor.zones.items():
        if drawn.purpose != "keep_clear":
            continue
        for where, name, boxes in _kept_free_of(layout):
            # What reaches in by no more than TOUCHING stands beside it.
            if all(_shared(drawn.points, box.grown(-TOUCHING)) <= NO_AREA for box in boxes):
                continue
            taken = max(_shared(drawn.points, box) for box in boxes)
            message = f"{name} takes {taken:.2f} m2 of zone {zone}, which is to be kept clear"
            yield Finding("keep-clear", where, "error", f"{message}; move it out", taken, 0.0, "m2")


def _shared(points: tuple[tuple[float, float], ...], box: Box) -> float:
    if min(box.half) <= 0:
        return 0.0
    return outlines.shared_area(points, [(float(x), float(y)) for x, y in box.corners()])


def conveyors_used(layout: Layout) -> Iterator[Finding]:
    """Conveyors that feed no station, or two."""
    for name in layout.conveyors:
        fed = conveyors.fed(layout, name)
        where = f"conveyors/{name}"
        if not fed:
            message = f"no station is fed by {name!r}; write 'input: {{conveyor: {name}}}' at one"
            yield Finding("unused-conveyor", where, "warning", f"{message}, or remove it")
        if len(fed) > 1:
            message = f"conveyor {name!r} feeds {' and '.join(map(repr, fed))}; it ends at one"
            yield Finding("conveyor-ends", where, "error", f"{message}: draw another")


def conveyors_end(layout: Layout) -> Iterator[Finding]:
    """Conveyors whose last corner is far from the machines of the station that they feed."""
    boxes = placed(layout)
    for name, belt in layout.conveyors.items():
        for station in conveyors.fed(layout, name):
            machines = [m for m in layout.stations[station].machines if m in boxes]
            away = min((boxes[m].away(belt.points[-1]) for m in machines), default=0.0)
            if away > BESIDE:
                message = (
                    f"conveyor {name} ends {spoken_length(away)} from the machines of {station}; "
                    f"draw its last corner within {BESIDE:g} m of one"
                )
                where = f"conveyors/{name}"
                yield Finding("conveyor-ends", where, "warning", message, away, BESIDE, "m")
