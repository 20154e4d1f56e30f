"""Fleets of vehicles: whom they serve, where they are sent, and in which order."""

from __future__ import annotations

from collections.abc import Iterator

from twin.layout.rules.finding import Finding
from twin.layout.schema import Fleet, Layout

OUTSIDE = ("in", "out")  # where parts come from and leave to


def ends_of(trip: str) -> tuple[str, str] | None:
    """The two ends of "mill > out"; None where the text is no such thing."""
    begin, arrow, end = (piece.strip() for piece in trip.partition(">"))
    return (begin, end) if arrow and begin and end and ">" not in end else None


def trips(layout: Layout) -> Iterator[Finding]:
    """Cycles that are not written as trips."""
    for name, fleet in layout.transport.fleets.items():
        for index, trip in enumerate(fleet.cycle):
            if ends_of(trip) is None:
                message = f"{trip!r} is no trip; write 'from > to': in > press, press > out"
                where = f"transport/fleets/{name}/cycle/{index}"
                yield Finding("trip", where, "error", message)


def shared_vehicles(layout: Layout) -> Iterator[Finding]:
    """Vehicles in two fleets."""
    owner: dict[str, str] = {}
    for name, fleet in layout.transport.fleets.items():
        for index, vehicle in enumerate(fleet.vehicles):
            if vehicle in owner:
                where = f"transport/fleets/{name}/vehicles/{index}"
                message = f"vehicle {vehicle!r} is in fleet {owner[vehicle]!r} already"
                yield Finding("two-fleets", where, "error", f"{message}; keep it in one")
            owner.setdefault(vehicle, name)


def idle_fleets(layout: Layout) -> Iterator[Finding]:
    """Fleets that serve no station, and cycles that never come to one they serve."""
    for name, fleet in layout.transport.fleets.items():
        served = [s for s, station in layout.stations.items() if station.served_by == name]
        if not served:
            message = f"no station is served by {name!r}; write 'served_by: {name}' at one"
            yield Finding("fleet-idle", f"transport/fleets/{name}", "warning", message)
        brought = {ends[1] for trip in fleet.cycle if (ends := ends_of(trip))}
        for station in served:
            if fleet.cycle and station not in brought:
                message = (
                    f"{name!r} serves {station!r}, and no trip of its cycle ends there: no part "
                    f"ever comes; add one, '... > {station}'"
                )
                where = f"transport/fleets/{name}/cycle"
                yield Finding("fleet-cycle", where, "error", message)


def station_ends(fleet: Fleet, where: str) -> Iterator[tuple[str, str]]:
    """What a fleet's trips and times of travel name as stations: where, and the name."""
    for index, trip in enumerate(fleet.cycle):
        for end in ends_of(trip) or ():
            if end not in OUTSIDE:
                yield f"{where}/cycle/{index}", end
    for begin, row in fleet.travel.items():
        for end, place in {begin: begin, **{end: f"{begin}/{end}" for end in row}}.items():
            if end not in OUTSIDE:
                yield f"{where}/travel/{place}", end
