"""A timeline, looked at from all sides that a layout asks about; refused if it says too little."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

import numpy as np

from twin.errors import RecordingError
from twin.inference import stations
from twin.inference.openings import Openings, find_openings, local_times
from twin.inference.visits import (
    BUSY,
    Flags,
    Floats,
    Ints,
    Roles,
    Visits,
    joined,
    roles_of,
    take,
    visits_of,
)
from twin.timeline import Outcome, Table, Timeline

FEWEST = 3  # finished parts of a product
LEAST_PARTS, LEAST_VISITS = 5, 10  # finished parts and steps of a log that says something
ONE_PRODUCT = "part"
OVERNIGHT, PROMPT = 3600.0, 1.0  # s: as long must be closed, and open no longer, to be one visit


@dataclass(frozen=True)
class Way:
    """What a part went through: labels in order; whether it was scrapped, and whether it is
    finished at all."""

    part: int
    labels: tuple[int, ...]
    failed: bool
    ended: bool


@dataclass(frozen=True)
class Evidence:
    """What is known of a shop. `label` (n,) and `station` (n,) belong to `visits`; a label is a
    station and an activity, an index into `labels`; `turn` (n,) is how often the part has come
    back. `ways` are those of the parts of each product. Times in s."""

    timeline: Timeline
    roles: Roles
    visits: Visits
    groups: list[list[int]]
    station: Ints
    label: Ints
    turn: Ints
    labels: list[tuple[int, int]]
    ways: dict[str, list[Way]]
    product: Ints
    openings: Openings | None
    zone: str
    length: float
    merged: int
    open_parts: int
    finished: int
    orders: int
    pieces: int
    releases: Floats
    due: Floats
    parallel: float

    def label_name(self, label: int) -> str:
        """What a step is called."""
        return self.visits.activities[self.labels[label][1]]

    def done_by(self, machine: int) -> list[str]:
        """The activities of a machine."""
        mine = np.unique(self.visits.activity[self.visits.machine == machine])
        return [self.visits.activities[k] for k in mine]

    def flow(self) -> list[int]:
        """The stations in the order in which parts come to them on average."""
        visits = self.visits
        new = np.flatnonzero(np.diff(visits.part, prepend=-2) != 0)
        length = np.diff(np.append(new, len(visits)))
        index = np.arange(len(visits)) - np.repeat(new, length)
        place = index / np.maximum(np.repeat(length, length) - 1, 1)
        counts = np.bincount(self.station, minlength=len(self.groups))
        mean = np.bincount(self.station, place, minlength=len(self.groups)) / np.maximum(counts, 1)
        return [int(k) for k in np.lexsort((np.arange(len(mean)), mean))]

    def between_releases(self) -> Floats:
        """Open time [s] from one order to the next, (n - 1,)."""
        local = local_times(np.sort(self.releases), self.timeline.epoch, self.zone)
        return np.diff(self.openings.worked(local) if self.openings else local)

    @property
    def cut(self) -> float:
        """The share of the parts that the log has not seen from beginning to end."""
        return self.open_parts / (self.open_parts + self.finished)

    @property
    def open_time(self) -> float:
        """For how long the shop was open [s]."""
        ends = np.array([self.timeline.start, self.timeline.end])
        local = local_times(ends, self.timeline.epoch, self.zone)
        return float(np.diff(self.openings.worked(local) if self.openings else local)[0])

    def points(self, name: str) -> Flags:
        """Which points have a name."""
        if name not in self.timeline.names:
            return np.zeros(0, dtype=bool)
        return self.timeline.points["name"] == self.timeline.code(name)


def evidence_of(timeline: Timeline, zone: str = "UTC") -> Evidence:
    """What a timeline says of its shop. Raises RecordingError where that is too little."""
    roles = roles_of(timeline)
    if not roles.machines:
        raise RecordingError(
            "too little data to say: the log names no part that a station works on, so there are "
            "no routes; name the columns 'part' and 'resource' in the mapping"
        )
    visits = visits_of(timeline, roles)
    openings = _openings(timeline, roles, zone)
    if openings is not None:
        visits = _in_open_time(visits, timeline, openings, zone)
    order_of, orders = _orders_of(timeline, visits)
    visits = take(visits, np.isin(visits.part, list(order_of)))
    products, merged = _products(timeline, orders, order_of)
    known = {name: k for k, name in enumerate(sorted(set(products.values())))}
    product = np.array([known[products[int(part)]] for part in visits.part], dtype=np.int64)
    groups = stations.grouped(visits, product)
    station_of = {machine: k for k, group in enumerate(groups) for machine in group}
    station = np.array([station_of[int(machine)] for machine in visits.machine], dtype=np.int64)
    pairs, label = np.unique(
        np.stack([station, visits.activity], axis=1), axis=0, return_inverse=True
    )
    label = label.reshape(-1)
    ways = _ways(visits, label, products, order_of, orders)
    finished = sum(way.ended for some in ways.values() for way in some)
    if finished < LEAST_PARTS or len(visits) < LEAST_VISITS:
        raise RecordingError(
            f"too little data to say: {finished} finished parts with {len(visits)} steps; a layout "
            f"takes at least {LEAST_PARTS} parts and {LEAST_VISITS} steps"
        )
    if not (visits.run + visits.setup > 0).any():
        raise RecordingError("too little data to say: no step of the log takes any time")
    begun = orders[~np.isnan(orders["release"])]
    pieces = Counter(order_of.values())
    dated = begun[~np.isnan(begun["due"])]
    after = np.flatnonzero(visits.part[1:] == visits.part[:-1])
    early = visits.start[1:][after] < visits.end[:-1][after]
    return Evidence(
        timeline=timeline, roles=roles, visits=visits, groups=groups, station=station, label=label,
        turn=stations.turn_of(visits, label), labels=[(int(a), int(b)) for a, b in pairs],
        ways=ways, product=product, openings=openings,
        zone=zone, length=timeline.end - timeline.start, merged=merged,
        open_parts=len(order_of) - finished, finished=finished, orders=len(pieces),
        pieces=max(1, round(float(np.mean(list(pieces.values()))))),
        releases=begun["release"], due=dated["due"] - dated["release"],
        parallel=float(early.mean()) if len(early) else 0.0,
    )  # fmt: skip


def _openings(timeline: Timeline, roles: Roles, zone: str) -> Openings | None:
    """When steps begin and end, interrupted ones included."""
    rows = timeline.intervals
    rows = rows[np.isin(rows["resource"], list(roles.machines)) & np.isin(rows["state"], BUSY)]
    moments = np.concatenate([rows["start"], rows["end"][~np.isnan(rows["end"])]])
    local = local_times(moments, timeline.epoch, zone)
    return find_openings(local, timeline.end - timeline.start)


def _in_open_time(visits: Visits, timeline: Timeline, openings: Openings, zone: str) -> Visits:
    """A visit that lasts over a closing was not worked on all the time, and two of the same that
    have only a closing between them are one. What is done out of hours keeps its time."""
    begin, end = (local_times(t, timeline.epoch, zone) for t in (visits.start, visits.end))
    opened, closed = openings.worked(begin), openings.worked(end)
    spent, open_ = visits.end - visits.start, closed - opened
    at_a_stretch = np.isclose(visits.run + visits.setup, spent, rtol=0, atol=1e-6)
    shortened = at_a_stretch & (open_ > 0) & (open_ < spent) & (visits.setup == 0)
    visits = replace(visits, run=np.where(shortened, open_, visits.run))
    same = [x[1:] == x[:-1] for x in (visits.part, visits.machine, visits.activity)]
    apart = visits.start[1:] - visits.end[:-1]
    overnight = (apart > OVERNIGHT) & (opened[1:] - closed[:-1] <= PROMPT)
    return joined(visits, np.logical_and.reduce(same) & overnight)


def _orders_of(timeline: Timeline, visits: Visits) -> tuple[dict[int, int], Table]:
    """The row of the order of each part (code)."""
    row_of = {int(code): row for row, code in enumerate(timeline.orders["id"])}
    by_name = {timeline.name(code): row for code, row in row_of.items()}
    found: dict[int, int] = {}
    for part in np.unique(visits.part).tolist():
        row = row_of.get(part)
        if row is None:
            row = by_name.get(timeline.name(part).rpartition("/")[0])
        if row is not None:
            found[part] = row
    if not found:
        raise RecordingError(
            "too little data to say: no order is known for any part; call parts after their orders "
            "('order/1', 'order/2'), or name 'part' alone in the mapping"
        )
    return found, timeline.orders


def _products(
    timeline: Timeline, orders: Table, order_of: dict[int, int]
) -> tuple[dict[int, str], int]:
    """The product of each part; how many products were taken for one, as hardly any is made
    again."""
    names = {part: timeline.name(int(orders["product"][row])) for part, row in order_of.items()}
    counts = Counter(names.values())
    if np.median(list(counts.values())) < FEWEST:
        return dict.fromkeys(names, ONE_PRODUCT), len(counts)
    return {part: name or ONE_PRODUCT for part, name in names.items()}, 0


def _ways(
    visits: Visits,
    label: Ints,
    products: dict[int, str],
    order_of: dict[int, int],
    orders: Table,
) -> dict[str, list[Way]]:
    """The ways of the parts whose beginning the log has seen, by product."""
    ways: dict[str, list[Way]] = defaultdict(list)
    firsts = np.flatnonzero(np.diff(visits.part, prepend=-2) != 0)
    for first, last in zip(firsts, np.append(firsts[1:], len(visits)), strict=True):
        part = int(visits.part[first])
        order = orders[order_of[part]] if part in order_of else None
        if order is None or np.isnan(order["release"]):
            continue
        outcome = int(order["outcome"])
        failed = outcome in (Outcome.SCRAPPED, Outcome.CANCELLED)
        labels = tuple(label[first:last].tolist())
        ways[products[part]].append(Way(part, labels, failed, outcome != Outcome.OPEN))
    return dict(sorted(ways.items()))
