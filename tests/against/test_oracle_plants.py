"""Laws that the oracle keeps on random plants with all features."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from heapq import heapify
from itertools import pairwise
from typing import Any

import pytest
import simpy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.against import oracle
from tests.against.chance import SeededChance, unit_names
from tests.against.instant import Clock, Rank
from tests.against.log import Log
from tests.against.plants import FEATURES, plants
from tests.against.strategies import Shop, straight
from tests.against.test_oracle_laws import Doubled, overlaps
from twin.layout.schema import Layout
from twin.timeline import State

UNTIL = 200.0

some = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def simulate(shop: Shop) -> Log:
    layout = shop.layout
    return oracle.run(layout, shop.durations, straight(layout), SeededChance(layout, 1), UNTIL)


def units_of(shop: Shop, station: str) -> list[str]:
    return [
        unit
        for machine in shop.layout.stations[station].machines
        for unit in unit_names(machine, shop.layout.machines[machine].places)
    ]


def ends_of(log: Log) -> dict[int, float]:
    """When each part that has gone left, whatever the way."""
    lost = [(loss.time, loss.part) for loss in log.losses if loss.part is not None]
    gone = [*log.exits, *log.scrapped, *lost]
    ends = {part: time for time, part in gone}
    assert len(ends) == len(gone)
    return ends


@some
@given(plants(arms=True))
def test_units_tile_the_clock_and_parts_are_in_one_place(shop: Shop) -> None:
    log = simulate(shop)
    rows = defaultdict(list)
    for interval in log.intervals:
        rows[interval.resource].append(interval)
    assert set(rows) == {u for name in shop.layout.stations for u in units_of(shop, name)}
    for row in rows.values():
        assert row[0].start == 0 and row[-1].end == UNTIL
        for a, b in pairwise(row):
            assert a.start < a.end == b.start
            assert (a.state, a.part) != (b.state, b.part)
    ends = ends_of(log)
    spans: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for interval in log.intervals:
        if interval.part is not None:
            spans[interval.part].append((interval.start, interval.end))
    for part, own in spans.items():
        assert not overlaps(own)
        assert max(end for _, end in own) <= ends.get(part, UNTIL)
    assert all(end.release <= end.end for end in log.ends)
    assert [end.part.number for end in log.ends] == [part for _, part in log.exits]


@some
@given(plants(FEATURES - {"interruptible"}))
def test_places_hold_no_more_than_they_may(shop: Shop) -> None:
    log = simulate(shop)
    for name, station in shop.layout.stations.items():
        capacity = station.input.capacity
        if not capacity:
            continue
        changes: Counter[float] = Counter()
        for stay in log.stays:
            if stay.station == name:
                changes[stay.entered] += 1
                changes[stay.taken] -= 1
        there = 0
        for time in sorted(changes):
            there += changes[time]
            assert there <= capacity


@some
@given(plants(FEATURES | {"stocks"}))
def test_stocks_are_never_below_nothing_and_cards_never_exceeded(shop: Shop) -> None:
    log = simulate(shop)
    layout = shop.layout
    for level in log.levels:
        assert level.on_hand >= 0 and level.ordered >= 0 and level.owed >= 0
        refill = layout.stocks[level.stock].refill
        if refill is not None:
            assert level.on_hand + level.ordered - level.owed > refill.at
    ends = ends_of(log)
    for name, stream in layout.orders.items():
        if stream.cards is None:
            continue
        # A dated part's release is its date: it may stand outside the plant until it has a card.
        if stream.release == "dated":
            continue
        own = [key.number for key in log.parts if key.stream == name]
        changes: Counter[float] = Counter()
        for part in own:
            changes[log.releases[part]] += 1
            changes[ends.get(part, UNTIL)] -= 1
        there = 0
        for time in sorted(changes):
            there += changes[time]
            assert there <= stream.cards


@some
@given(plants(FEATURES | {"people"}))
def test_people_are_in_one_place_and_closed_machines_are_off(shop: Shop) -> None:
    log = simulate(shop)
    bound = defaultdict(list)
    for row in log.attendances:
        bound[row.attendant].append((row.start, row.end))
    assert not any(overlaps(spans) for spans in bound.values())
    for name, station in shop.layout.stations.items():
        calendar = station.calendar or shop.layout.calendar
        if calendar is None:
            states = {i.state for i in log.intervals if i.resource in units_of(shop, name)}
            assert State.OFF not in states


@some
@given(plants())
def test_orders_end_with_their_last_part(shop: Shop) -> None:
    log = simulate(shop)
    ends = ends_of(log)
    parts = defaultdict(list)
    for key in log.parts:
        parts[key[:2]].append(key.number)
    for order in log.orders:
        own = parts.get((order.stream, order.order))
        if own is None:  # served from stock
            assert order.done and shop.layout.orders[order.stream].from_stock
            continue
        assert max(ends[part] for part in own) == order.end
        out = {part for _, part in log.exits}
        assert order.done == any(part in out for part in own)


class DoubledAll(Doubled):
    """Times twice as long; numbers of loads stay."""

    def every(self, unit: str, disturbance: str, count: int) -> float:
        every = super().every(unit, disturbance, count)
        return every / 2 if self._chance.clock_of(unit, disturbance) == "cycles" else every


TIMES = {"cycle", "attended", "handling", "due", "wait_at_most", "waits_at_most"}


def doubled(value: Any, key: str = "") -> Any:
    """A layout document with its fixed times doubled, and its speeds halved."""
    if key in ("matrix", "first") and value is not None:
        if isinstance(value, dict):
            return {k: doubled(v, key) for k, v in value.items()}
        return 2 * value
    if isinstance(value, dict):
        return {k: doubled(v, k) for k, v in value.items()}
    if key in TIMES and value is not None:
        return 2 * value
    if key in ("walking", "speed") and value is not None:
        return value / 2
    if key == "open":
        return [[2 * begin, 2 * end] for begin, end in value or ()]
    if key == "rates":
        return [[2 * begin, rate] for begin, rate in value or ()]
    return [doubled(v) for v in value] if isinstance(value, (list, tuple)) else value


@some
@given(plants(arms=True))
def test_doubling_all_times_doubles_all_results(shop: Shop) -> None:
    layout = shop.layout
    slow = Layout.model_validate(doubled(layout.model_dump(by_alias=True)))
    durations = {key: 2 * duration for key, duration in shop.durations.items()}
    chance = DoubledAll(SeededChance(layout, 1))
    found = oracle.run(slow, durations, straight(slow), chance, 2 * UNTIL)
    log = simulate(shop)
    assert [(t / 2, part) for t, part in found.exits] == log.exits
    halved = [(*row[:3], row.start / 2, row.end / 2) for row in found.intervals]
    assert halved == [tuple(row) for row in log.intervals]
    assert [(*level[:4], level.start / 2) for level in found.levels] == log.levels


class Shuffled(Clock):
    """A clock that deals with the ends, closings, failures and demands of one rank in any order."""

    chance = random.Random(0)

    def at(self, time: float, rank: Rank) -> simpy.Event:
        event = super().at(time, rank)
        if rank in (Rank.ENDS, Rank.CLOSINGS, Rank.OPENINGS, Rank.FAILURES, Rank.DEMAND):
            place = next(k for k, entry in enumerate(self._queue) if entry[3] is event)
            self._queue[place] = (*self._queue[place][:2], self.chance.random(), event)
            heapify(self._queue)
        return event


@some
@given(plants(kinds=("few", "lattice")), st.integers(0, 1000))
def test_ends_of_one_instant_may_come_in_any_order(shop: Shop, seed: int) -> None:
    log = simulate(shop)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Shuffled, "chance", random.Random(seed))
        patch.setattr("tests.against.oracle.plant.Clock", Shuffled)
        found = simulate(shop)
    assert found.parts == log.parts
    assert found.intervals == log.intervals
    assert found.attendances == log.attendances
    for name in ("stays", "exits", "scrapped", "orders", "losses", "levels", "changeovers"):
        assert sorted(getattr(found, name)) == sorted(getattr(log, name)), name


def test_random_plants_reach_what_they_are_meant_to() -> None:
    """The strategy is worth something: each kind of event happens now and then."""
    seen: Counter[str] = Counter()
    # Losses are rare among them: what is turned away has tests of its own.
    wanted = set(State.__members__) - {"UNAVAILABLE", "IDLE", "HELD"}
    wanted |= {"scrapped", "changeovers", "levels", "again", "batches", "own shop"}

    # Which ones come depends on the constants of all modules that are loaded: enough are asked for.
    @settings(max_examples=500, deadline=None, database=None, derandomize=True)
    @given(plants())
    def look(shop: Shop) -> None:
        if all(seen[name] >= 3 for name in wanted):
            return
        log = simulate(shop)
        seen.update({i.state.name for i in log.intervals})
        numbers = [stay.part for stay in log.stays]
        seen["scrapped"] += bool(log.scrapped)
        seen["losses"] += bool(log.losses)
        seen["changeovers"] += bool(log.changeovers)
        seen["levels"] += len(log.levels) > 3
        seen["again"] += len(numbers) > len(set(numbers))
        loads = Counter((stay.unit, stay.taken) for stay in log.stays)
        seen["batches"] += any(number > 1 for number in loads.values())
        refills = {key.stream for key in log.parts} - set(shop.layout.orders)
        seen["own shop"] += bool(refills)

    look()
    assert {name: seen[name] for name in wanted if seen[name] < 3} == {}


@pytest.mark.parametrize("feature", sorted(FEATURES))
def test_each_feature_alone_is_a_valid_plant(feature: str) -> None:
    @settings(max_examples=3, deadline=None, database=None, derandomize=True)
    @given(plants(frozenset({feature}), share=100))
    def look(shop: Shop) -> None:
        assert simulate(shop).end == UNTIL

    look()
