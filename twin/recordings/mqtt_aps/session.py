"""A session's messages, heard one after the other -> Timeline."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from twin.errors import RecordingError
from twin.layout.schema import Layout
from twin.recordings.messages import read_messages
from twin.recordings.mqtt_aps.modules import Module
from twin.recordings.mqtt_aps.news import News, mapping, mappings, read_news
from twin.recordings.mqtt_aps.orders import Orders
from twin.recordings.mqtt_aps.plant import SENSORS, SERIALS, VEHICLES
from twin.recordings.mqtt_aps.vehicles import Vehicle
from twin.recordings.tracks import Track
from twin.timeline import Names, Quality, Timeline, table

GAP = 10.0  # [s] without any message: the recorder was cut off; the sensors speak every second

Row = tuple[object, ...]
# (resource, name, time [s], value, unit, quality, native value)
Point = tuple[str, str, float, float, str, Quality, str]


def read_session(path: Path, layout: Layout) -> Timeline:
    """A recorded session as a Timeline over the layout's machines and vehicles.

    It runs from the first to the last message; the epoch is the first one's time. A part is named
    after its order, a product after its colour, with "STORE-" before it where an order only stores
    a workpiece. Native values: of an interval, the action and its state as sent; of a move, the
    workpiece's id. Raises RecordingError where the file is not a session, or of another plant.
    """
    messages = read_messages(path)
    epoch = messages[0].time
    times = [round(message.time - epoch, 6) for message in messages]
    heard = read_news(path, messages, epoch)
    resources = _resources(path, heard, layout)
    orders = Orders(heard, epoch)
    modules = {n: Module(n, Track(0.0), orders) for n in resources if n not in VEHICLES}
    vehicles = {n: Vehicle(n, Track(0.0), orders) for n in resources if n in VEHICLES}
    gaps = _gaps(times)
    _hear(heard, gaps, modules, vehicles)
    points = [
        *_gap_rows(gaps),
        *_sensor_rows(heard),
        *_module_rows(modules),
        *_vehicle_rows(vehicles),
    ]
    names = Names(resources)
    return Timeline(
        resources=tuple(names[name] for name in resources),
        start=0.0,
        end=times[-1],
        intervals=table("intervals", _coded_intervals(names, modules, vehicles, resources)),
        moves=table("moves", _coded_moves(names, vehicles)),
        orders=table("orders", _coded_orders(names, orders)),
        points=table("points", _coded_points(names, points)),
        names=names.texts(),
        epoch=datetime.fromtimestamp(epoch, UTC),
        origin="recorded",
        run=hashlib.sha256(path.read_bytes()).hexdigest()[:12],
        layout=layout.name,
    )


def _resources(path: Path, heard: Iterable[News], layout: Layout) -> list[str]:
    """The plant's machines and vehicles, in the order of the layout."""
    serials = {item.serial for item in heard if item.serial}
    spoken = {SERIALS[serial] for serial in serials if serial in SERIALS}
    if not spoken:
        found = ", ".join(sorted(serials)[:6]) or "none at all"
        raise RecordingError(
            f"{path}: is not a session of the APS 24V plant: expected topics of the modules "
            f"{', '.join(SERIALS)}; found: {found}"
        )
    order = [*layout.machines, *layout.transport.vehicles]
    missing = sorted(spoken - set(order))
    if missing:
        raise RecordingError(
            f"{path}: speaks of {', '.join(missing)}, which the layout {layout.name!r} does not "
            "have; replay it on the layout of its plant, such as layouts/aps_24v.yaml"
        )
    return [name for name in order if name in SERIALS.values()]


def _gaps(times: list[float]) -> list[tuple[float, float]]:
    """(start, end) [s] of each silence of all sources; `times` in order."""
    return [(a, b) for a, b in pairwise(times) if b - a > GAP]


def _hear(
    heard: Iterable[News],
    gaps: list[tuple[float, float]],
    modules: dict[str, Module],
    vehicles: dict[str, Vehicle],
) -> None:
    lost = [start for start, _ in reversed(gaps)]
    for item in heard:
        while lost and item.time > lost[-1]:
            _lose(lost.pop(), modules, vehicles)
        name = SERIALS.get(item.serial, "")
        resource = modules.get(name) or vehicles.get(name)
        if resource:
            resource.hear(item)
        elif item.topic == "ccu/pairing/state":
            _pairing(item, modules, vehicles)
    while lost:  # behind the last message that tells anything
        _lose(lost.pop(), modules, vehicles)
    for vehicle in vehicles.values():
        vehicle.under_way()


def _lose(time: float, modules: dict[str, Module], vehicles: dict[str, Vehicle]) -> None:
    for resource in (*modules.values(), *vehicles.values()):
        resource.lose(time)


def _pairing(item: News, modules: dict[str, Module], vehicles: dict[str, Vehicle]) -> None:
    """The control unit's list of who is connected, and what it takes them to do."""
    payload = mapping(item.payload)
    for entry in mappings(payload.get("modules")) + mappings(payload.get("transports")):
        name = SERIALS.get(str(entry.get("serialNumber")), "")
        word, connected = str(entry.get("available")), entry.get("connected") is not False
        if name in modules:
            modules[name].available(item.time, word, connected)
        elif name in vehicles:
            charging = entry.get("charging") is True
            vehicles[name].available(item.time, word, connected, charging)


# --- rows ----------------------------------------------------------------------------------------


def _coded_intervals(
    names: Names, modules: dict[str, Module], vehicles: dict[str, Vehicle], resources: list[str]
) -> Iterator[Row]:
    for name in resources:
        track = (modules.get(name) or vehicles[name]).track
        for state, part, start, end, quality, native in track.intervals():
            yield names[name], state, names[part], start, end, quality, names[native]


def _coded_moves(names: Names, vehicles: dict[str, Vehicle]) -> Iterator[Row]:
    for vehicle in vehicles.values():
        for leg in vehicle.legs:
            places = names[leg.origin], names[leg.target]
            yield (
                *(names[leg.part], names[vehicle.name], *places),
                *(leg.start, leg.end, leg.quality, names[leg.workpiece]),
            )


def _coded_orders(names: Names, orders: Orders) -> Iterator[Row]:
    for order in sorted(orders.by_name.values(), key=lambda order: order.release):
        yield (
            *(names[order.name], names[order.product], 1, order.release, math.nan),
            *(order.start, order.end, order.outcome, order.quality),
        )


def _coded_points(names: Names, rows: Iterable[Point]) -> Iterator[Row]:
    """Points in order of time."""
    for resource, name, time, value, unit, quality, native in sorted(rows, key=lambda row: row[2]):
        yield (
            *(names[resource], names[name], time, value),
            *(names[unit], quality, names[native]),
        )


def _gap_rows(gaps: list[tuple[float, float]]) -> Iterator[Point]:
    for start, end in gaps:
        yield "", "gap", start, end - start, "s", Quality.GOOD, ""


def _sensor_rows(heard: Iterable[News]) -> Iterator[Point]:
    """What sensors measured; the last part of the topic but "state" names the sensor."""
    for item in heard:
        for ending, columns in SENSORS.items():
            if item.topic.endswith(ending) and isinstance(item.payload, dict):
                sensor = item.topic.removesuffix("/state").rsplit("/", 1)[-1]
                for key, name, unit in columns:
                    value = item.payload.get(key)
                    if isinstance(value, (int, float)) and math.isfinite(value):
                        yield sensor, name, item.time, float(value), unit, Quality.GOOD, ""


def _module_rows(modules: dict[str, Module]) -> Iterator[Point]:
    for module in modules.values():
        for time in module.rejects:
            yield module.name, "scrap", time, 1.0, "1", Quality.GOOD, "FAILED"
        for time, native in module.alarms:
            yield module.name, "alarm", time, math.nan, "", Quality.UNCERTAIN, native


def _vehicle_rows(vehicles: dict[str, Vehicle]) -> Iterator[Point]:
    for vehicle in vehicles.values():
        for time, volts in vehicle.volts:
            yield vehicle.name, "battery", time, volts, "V", Quality.GOOD, ""
