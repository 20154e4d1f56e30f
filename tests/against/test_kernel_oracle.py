"""The compiled kernel against the oracle: on random layouts both give the same intervals.

They share the draws of chance and the distances on the floor, nothing else.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.against import oracle
from tests.against.chance import unit_names
from tests.against.compare import (
    Row,
    first_difference,
    log_attendances,
    log_orders,
    log_rows,
    merged,
    timeline_attendances,
    timeline_orders,
    timeline_rows,
)
from tests.against.kernel_chance import KernelChance, distance
from tests.against.log import Log
from tests.against.strategies import Shop, layouts
from twin.cells.factory import Factory
from twin.production.run import simulate
from twin.timeline import Timeline

UNTIL = 300.0

many = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
seeds = st.integers(0, 3)


def both(shop: Shop, seed: int) -> tuple[Log, Timeline]:
    """The same shop by the oracle and by the kernel.

    `kernel_chance` gives the kernel's draws (a Chance) and the distances it uses for a factory.
    """
    factory = Factory(layout=shop.layout, transfers=shop.transfers)
    timeline = simulate(factory, until=UNTIL, seed=seed)
    log = oracle.run(
        shop.layout,
        shop.durations,
        distance(factory),
        KernelChance(factory, seed),
        UNTIL,
    )
    return log, timeline


def unit_resources(shop: Shop) -> set[str]:
    return {
        unit
        for station in shop.layout.stations.values()
        for machine in station.machines
        for unit in unit_names(machine, shop.layout.machines[machine].places)
    }


def people(shop: Shop) -> set[str]:
    crews = shop.layout.crews.items()
    named = {f"{crew}#{k + 1}" for crew, entry in crews for k in range(entry.people)}
    return named | set(shop.layout.arms)


def on_duty(rows: list[Row], shop: Shop) -> list[Row]:
    """Bound times less the closed times of the crew: the kernel books who is bound then as OFF."""
    layout = shop.layout
    calendars = {
        f"{name}#{k + 1}": crew.calendar or layout.calendar
        for name, crew in layout.crews.items()
        for k in range(crew.people)
    }
    result = []
    for row in rows:
        name = calendars.get(row.resource)
        if name is None:
            result.append(row)
            continue
        calendar = layout.calendars[name]
        for cycle in range(int(UNTIL / calendar.cycle) + 1):
            for begin, end in calendar.open:
                start = max(row.start, cycle * calendar.cycle + begin)
                stop = min(row.end, cycle * calendar.cycle + end)
                if start < stop:
                    result.append(row._replace(start=start, end=stop))
    return merged(result)


def assert_same(shop: Shop, seed: int) -> None:
    log, timeline = both(shop, seed)
    assert not first_difference(log_rows(log), timeline_rows(timeline, unit_resources(shop)))
    # What ends with the clock is counted by one side only.
    ends = [order for order in log_orders(log) if order[1] < UNTIL]
    found = [order for order in timeline_orders(timeline) if order[1] < UNTIL]
    assert len(ends) == len(found)
    for ours, theirs in zip(ends, found, strict=True):
        assert theirs == pytest.approx(ours, abs=1e-6)


@many
@given(layouts(ties=False), seeds)
def test_kernel_against_oracle_where_times_are_continuous(shop: Shop, seed: int) -> None:
    assert_same(shop, seed)


@many
@given(layouts(ties=True), seeds)
def test_kernel_against_oracle_where_much_happens_at_once(shop: Shop, seed: int) -> None:
    assert_same(shop, seed)


@many
@given(layouts(ties=False, arms=True), seeds)
def test_kernel_against_oracle_with_an_arm(shop: Shop, seed: int) -> None:
    assert_same(shop, seed)


@many
@given(layouts(ties=False, arms=True), seeds)
def test_people_and_arms_against_oracle(shop: Shop, seed: int) -> None:
    log, timeline = both(shop, seed)
    found = timeline_attendances(timeline, people(shop))
    assert not first_difference(on_duty(log_attendances(log), shop), found)
