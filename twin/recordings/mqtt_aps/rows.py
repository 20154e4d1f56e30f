"""What was heard of the plant -> rows of a timeline's tables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import numpy as np

from twin.recordings.mqtt_aps.modules import Module
from twin.recordings.mqtt_aps.news import News
from twin.recordings.mqtt_aps.orders import Orders
from twin.recordings.mqtt_aps.plant import SENSORS
from twin.recordings.mqtt_aps.vehicles import Leg, Vehicle
from twin.timeline import Names, Quality, Table, table

Row = tuple[object, ...]
# (resource, name, time [s], value, unit, quality, native value)
Point = tuple[str, str, float, float, str, Quality, str]


def coded_intervals(names: Names, resources: Iterable[Module | Vehicle]) -> Table:
    """The states of all of them, one resource behind the other."""
    tables = [resource.track.table(resource.name, names) for resource in resources]
    return np.concatenate([table("intervals"), *tables])


def coded_moves(names: Names, legs: dict[str, list[Leg]]) -> Iterator[Row]:
    """`legs` are those of each vehicle."""
    for name, driven in legs.items():
        for leg in driven:
            places = names[leg.origin], names[leg.target]
            yield (
                *(names[leg.part], names[name], *places),
                *(leg.start, leg.end, leg.quality, names[leg.workpiece]),
            )


def coded_orders(names: Names, orders: Orders) -> Iterator[Row]:
    """Rows of orders, in order of their release."""
    for order in sorted(orders.by_name.values(), key=lambda order: order.release):
        yield (
            *(names[order.name], names[order.product], 1, order.release, math.nan),
            *(order.start, order.end, order.outcome, order.quality),
        )


def coded_points(names: Names, rows: Iterable[Point]) -> Iterator[Row]:
    """Points in order of time."""
    for resource, name, time, value, unit, quality, native in sorted(rows, key=lambda row: row[2]):
        yield (
            *(names[resource], names[name], time, value),
            *(names[unit], quality, names[native]),
        )


def gap_rows(gaps: Iterable[tuple[float, float]]) -> Iterator[Point]:
    """A point for each silence of all sources (start, end) [s]."""
    for start, end in gaps:
        yield "", "gap", start, end - start, "s", Quality.GOOD, ""


def sensor_rows(item: News) -> Iterator[Point]:
    """What a sensor measured; the last part of the topic but "state" names the sensor."""
    for ending, columns in SENSORS.items():
        if item.topic.endswith(ending) and isinstance(item.payload, dict):
            sensor = item.topic.removesuffix("/state").rsplit("/", 1)[-1]
            for key, name, unit in columns:
                value = item.payload.get(key)
                if isinstance(value, (int, float)) and math.isfinite(value):
                    yield sensor, name, item.time, float(value), unit, Quality.GOOD, ""


def module_rows(modules: Iterable[Module]) -> Iterator[Point]:
    """Points of what modules have rejected, and of their alarms."""
    for module in modules:
        for time in module.rejects:
            yield module.name, "scrap", time, 1.0, "1", Quality.GOOD, "FAILED"
        for time, native in module.alarms:
            yield module.name, "alarm", time, math.nan, "", Quality.UNCERTAIN, native


def vehicle_rows(vehicles: Iterable[Vehicle]) -> Iterator[Point]:
    """Points of the vehicles' batteries."""
    for vehicle in vehicles:
        for time, volts in vehicle.volts:
            yield vehicle.name, "battery", time, volts, "V", Quality.GOOD, ""
