"""Laws that every run of the oracle keeps, on random layouts, and recursions on serial lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.against import oracle
from tests.against.chance import Operation, PartKey, SeededChance, unit_names
from tests.against.log import Log
from tests.against.strategies import Shop, layouts, straight
from twin.layout.schema import Layout
from twin.timeline import WORKING, State

UNTIL = 400.0

few = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
shops = st.one_of(layouts(ties=True, arms=True), layouts(ties=False))


def simulate(shop: Shop, seed: int = 1, until: float = UNTIL) -> Log:
    layout = shop.layout
    return oracle.run(layout, shop.durations, straight(layout), SeededChance(layout, seed), until)


def overlaps(spans: Iterable[tuple[float, float]]) -> bool:
    """Whether two of the spans (start, end) share some time."""
    ordered = sorted(spans)
    return any(b[0] < a[1] for a, b in pairwise(ordered))


@few
@given(shops)
def test_intervals_tile_the_clock(shop: Shop) -> None:
    log = simulate(shop)
    rows = defaultdict(list)
    for interval in log.intervals:
        rows[interval.resource].append(interval)
    expected = {
        unit
        for station in shop.layout.stations.values()
        for machine in station.machines
        for unit in unit_names(machine, shop.layout.machines[machine].places)
    }
    assert set(rows) == expected
    for row in rows.values():
        assert row[0].start == 0 and row[-1].end == UNTIL
        for a, b in pairwise(row):
            assert a.start < a.end == b.start
            assert (a.state, a.part) != (b.state, b.part)


@few
@given(shops)
def test_parts_are_conserved_and_in_one_place(shop: Shop) -> None:
    log = simulate(shop)
    assert [key.number for key in log.parts] == list(range(len(log.releases)))
    gone = [part for _, part in [*log.exits, *log.scrapped]]
    assert len(gone) == len(set(gone)) and set(gone) <= set(range(len(log.parts)))
    places: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for interval in log.intervals:
        if interval.part is not None:
            places[interval.part].append((interval.start, interval.end))
    for stay in log.stays:
        places[stay.part].append((stay.entered, stay.taken))
    ends = {part: time for time, part in [*log.exits, *log.scrapped]}
    for part, spans in places.items():
        assert not overlaps(span for span in spans if span[0] < span[1])
        assert min(start for start, _ in spans) >= log.releases[part]
        assert max(end for _, end in spans) <= ends.get(part, UNTIL)


@few
@given(shops)
def test_orders_end_when_all_their_parts_have(shop: Shop) -> None:
    log = simulate(shop)
    wanted = {name: stream.quantity for name, stream in shop.layout.orders.items()}
    replaced = {
        name: shop.layout.products[stream.product or ""].when_scrapped == "replace"
        for name, stream in shop.layout.orders.items()
    }
    ended: dict[tuple[str, int], list[float]] = defaultdict(list)
    for time, part in log.exits:
        ended[log.parts[part][:2]].append(time)
    for time, part in log.scrapped:
        key = log.parts[part]
        if not replaced[key.stream]:
            ended[key[:2]].append(time)
    done = {key: max(t) for key, t in ended.items() if len(t) == wanted[key[0]]}
    assert {(o.stream, o.order): o.end for o in log.orders} == done
    assert all(len(t) <= wanted[key[0]] for key, t in ended.items())


@few
@given(shops)
def test_queues_are_served_in_order_and_hold_no_more_than_they_may(shop: Shop) -> None:
    log = simulate(shop)
    for name, station in shop.layout.stations.items():
        stays = [stay for stay in log.stays if stay.station == name]
        if station.input.capacity != 0:
            served = sorted(stays, key=lambda s: (s.entered, s.part))
            assert all(a.taken <= b.taken for a, b in pairwise(served))
        if station.input.capacity is None or station.input.capacity == 0:
            continue
        for stay in stays:
            there = sum(s.entered <= stay.entered < s.taken for s in stays)
            assert there <= station.input.capacity


@few
@given(shops)
def test_attendants_are_in_one_place_and_work_in_open_time(shop: Shop) -> None:
    log = simulate(shop)
    bound = defaultdict(list)
    for row in log.attendances:
        bound[row.attendant].append((row.start, row.end))
    assert not any(overlaps(spans) for spans in bound.values())
    layout = shop.layout
    for name, station in layout.stations.items():
        calendar = station.calendar or layout.calendar
        if calendar is None:
            continue
        closed = closed_times(layout, calendar)
        machines = layout.stations[name].machines
        for interval in log.intervals:
            if interval.resource.split(".")[0] not in machines:
                continue
            shut = any(a <= interval.start and interval.end <= b for a, b in closed)
            assert (interval.state is State.OFF) == shut
            if not shut:
                assert not any(a < interval.end and interval.start < b for a, b in closed)


def closed_times(layout: Layout, calendar: str) -> list[tuple[float, float]]:
    """The times between the open ones, up to UNTIL [s], written without the oracle's own."""
    cycle, spans = layout.calendars[calendar].cycle, layout.calendars[calendar].open
    opens = [(k * cycle + a, k * cycle + b) for k in range(5) for a, b in spans]
    marks = [0.0, *(mark for span in opens for mark in span), 5 * cycle]
    pairs = zip(marks[::2], marks[1::2], strict=True)
    return [(a, b) for a, b in pairs if a < b]


class Doubled:
    """The same chance with all times twice as long."""

    def __init__(self, chance: SeededChance) -> None:
        self._chance = chance
        self.phase_happens, self.branch = chance.phase_happens, chance.branch
        self.mix, self.attribute, self.absence = chance.mix, chance.attribute, chance.absence

    def phase_time(self, part: PartKey, at: Operation, phase: int, visit: int) -> float:
        return 2 * self._chance.phase_time(part, at, phase, visit)

    def delay(self, part: PartKey, at: Operation, visit: int) -> float:
        return 2 * self._chance.delay(part, at, visit)

    def travel(self, part: PartKey, station: str, visit: int) -> float:
        return 2 * self._chance.travel(part, station, visit)

    def changeover(self, unit: str, what: str, count: int) -> float:
        return 2 * self._chance.changeover(unit, what, count)

    def delivery(self, stock: str, count: int) -> float:
        return 2 * self._chance.delivery(stock, count)

    def every(self, unit: str, disturbance: str, count: int) -> float:
        return 2 * self._chance.every(unit, disturbance, count)

    def lasts(self, unit: str, disturbance: str, count: int) -> float:
        return 2 * self._chance.lasts(unit, disturbance, count)

    def interarrival(self, stream: str, count: int) -> float:
        return 2 * self._chance.interarrival(stream, count)


def doubled(value: Any, key: str = "") -> Any:
    """A layout document with its fixed times doubled, and its speeds halved."""
    if isinstance(value, dict):
        return {k: doubled(v, k) for k, v in value.items()}
    if key in ("cycle", "attended", "first", "handling") and value is not None:
        return 2 * value
    if key in ("walking", "speed") and value is not None:
        return value / 2
    if key == "open":
        return [[2 * begin, 2 * end] for begin, end in value or ()]
    return [doubled(v) for v in value] if isinstance(value, (list, tuple)) else value


@few
@given(shops)
def test_doubling_all_times_doubles_all_results(shop: Shop) -> None:
    layout = shop.layout
    slow = Layout.model_validate(doubled(layout.model_dump(by_alias=True)))
    durations = {key: 2 * duration for key, duration in shop.durations.items()}
    chance = Doubled(SeededChance(layout, 1))
    found = oracle.run(slow, durations, straight(slow), chance, 2 * UNTIL)
    log = simulate(shop)
    assert [(t / 2, part) for t, part in found.exits] == log.exits
    halved = [(*row[:3], row.start / 2, row.end / 2) for row in found.intervals]
    assert halved == [tuple(row) for row in log.intervals]


# --- serial lines: one machine a station, times by (station, part) -----------------------------


class Given(SeededChance):
    """Chance that is nothing but given run times [s] (stations, parts)."""

    def __init__(self, layout: Layout, times: np.ndarray) -> None:
        super().__init__(layout, 0)
        self.times = times

    def phase_time(self, part: PartKey, at: Operation, phase: int, visit: int) -> float:
        return float(self.times[at.step, part.number])

    def phase_happens(self, part: PartKey, at: Operation, phase: int, visit: int) -> bool:
        return True

    def every(self, unit: str, disturbance: str, count: int) -> float:
        raise AssertionError("a reliable line asks for no failures")

    lasts = every

    def interarrival(self, stream: str, count: int) -> float:
        return 1e9


def line(times: np.ndarray, buffers: list[int | None]) -> list[float]:
    """When each part leaves a serial line [s]; buffers stand before the second station and on."""
    stations, parts = times.shape
    names = [f"S{k}" for k in range(stations)]
    room = dict(zip(names, [None, *buffers], strict=True))
    layout = Layout.model_validate(
        {
            "twin": 1,
            "name": "line",
            "floor": {"size": [64, 10]},
            "machines": {f"m-{n}": {"asset": "bench/tht", "at": [1, 1]} for n in names},
            "stations": {
                n: {"machines": [f"m-{n}"], "input": {"capacity": room[n]}} for n in names
            },
            "products": {"P": {"route": [{"step": n, "at": n, "run": 1} for n in names]}},
            "orders": {"o": {"product": "P", "every": 1e9, "first": 0, "quantity": parts}},
        }
    )
    log = oracle.run(layout, {}, straight(layout), Given(layout, times), 1e6)
    return [time for time, _ in log.exits]


def blocking_recursion(times: np.ndarray, buffers: list[int | None]) -> list[float]:
    """Departures [s] from a line with blocking after service, by its max-plus recursion.

    A part leaves station j when its work there is over and the part that is buffer + 1 places
    ahead of it has left station j + 1 (Dallery and Gershwin 1992, section 3).
    """
    stations, parts = times.shape
    leaves = np.zeros((stations, parts))
    for i in range(parts):
        for j in range(stations):
            ready = max(leaves[j - 1, i] if j else 0.0, leaves[j, i - 1] if i else 0.0)
            leaves[j, i] = ready + times[j, i]
            room = buffers[j] if j + 1 < stations else None
            if room is not None and i - room - 1 >= 0:
                leaves[j, i] = max(leaves[j, i], leaves[j + 1, i - room - 1])
    return list(leaves[-1])


@st.composite
def lines(draw: st.DrawFn) -> tuple[np.ndarray, list[int | None]]:
    """Run times (stations, parts), exact in binary and often equal or zero, and buffers."""
    stations, parts = draw(st.integers(1, 5)), draw(st.integers(1, 15))
    values = draw(st.lists(st.integers(0, 9), min_size=stations * parts, max_size=stations * parts))
    capacity = st.sampled_from([None, 0, 1, 2])
    buffers = draw(st.lists(capacity, min_size=stations - 1, max_size=stations - 1))
    return np.array(values, float).reshape(stations, parts) / 2, buffers


@few
@given(lines())
def test_serial_line_against_recursion(given_line: tuple[np.ndarray, list[int | None]]) -> None:
    assert line(*given_line) == blocking_recursion(*given_line)


@few
@given(lines(), st.data())
def test_a_larger_buffer_never_lowers_the_output(
    given_line: tuple[np.ndarray, list[int | None]], data: st.DataObject
) -> None:
    times, buffers = given_line
    larger = [None if b is None else b + data.draw(st.integers(0, 2)) for b in buffers]
    assert all(a >= b for a, b in zip(line(times, buffers), line(times, larger), strict=True))


@few
@given(lines())
def test_a_reversed_line_takes_as_long(given_line: tuple[np.ndarray, list[int | None]]) -> None:
    times, buffers = given_line
    forward, backward = line(times, buffers), line(times[::-1, ::-1], buffers[::-1])
    assert forward[-1] == backward[-1]


def test_random_layouts_reach_every_state() -> None:
    """The strategy is worth something: its runs block, fail, wait, close and scrap."""
    seen: set[State] = set()
    scrapped = 0

    @settings(max_examples=80, deadline=None, database=None, derandomize=True)
    @given(shops)
    def look(shop: Shop) -> None:
        nonlocal scrapped
        log = simulate(shop)
        seen.update(interval.state for interval in log.intervals)
        scrapped += len(log.scrapped)

    look()
    assert seen >= WORKING | {State.OFF, State.STARVED, State.BLOCKED}
    assert seen >= {State.WAITING_CREW, State.DOWN}
    assert scrapped > 0
