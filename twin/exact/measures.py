"""Measures by the names that cases give them: a run's sums -> a number in the case's unit."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin.economics import Prices
from twin.exact.documents import Unsupported
from twin.layout.schema import Layout
from twin.production.plan import Plan
from twin.production.run import Tally
from twin.timeline import State

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Name:
    """A measure's name in pieces: "lead_time_p95[A]" is lead_time, p95, A."""

    figure: str
    of: str = ""
    what: str = ""

    @property
    def whole(self) -> str:
        """The name without what it is of: "lead_time_p95"."""
        return f"{self.figure}_{self.of}" if self.of else self.figure

    @classmethod
    def parse(cls, text: str) -> Name:
        match = _NAME.fullmatch(text)
        if match is None:
            raise Unsupported(f"measure {text!r}")
        figure, of, what = match.groups(default="")
        return cls(figure, of, what)


_NAME = re.compile(r"(\w+?)(?:_(mean|sd|p\d\d?))?(?:\[(.*)\])?")


@dataclass(frozen=True)
class View:
    """What one run came to, and the names behind its numbers. `unit` [s] is the case's of time."""

    tally: Tally
    tables: Plan
    layout: Layout
    unit: float

    @property
    def window(self) -> float:
        """The time looked at, in the case's unit."""
        return self.tally.window / self.unit

    def units(self, station: str) -> NDArray[np.bool_]:
        """Which units (units,) a station has; without a name, the only station's."""
        stations = self.tables.stations
        if not station and len(stations) == 1:
            (station,) = stations
        if station not in stations:
            raise Unsupported(f"a measure of {station or 'one of several stations'!r}")
        return np.asarray(self.tables.station_of) == stations.index(station)

    def station(self, name: str) -> int:
        """The number of a station."""
        return int(np.asarray(self.tables.station_of)[self.units(name)][0])

    def share(self, station: str, *states: State) -> float:
        """Share of time that a station's units spend in some states."""
        times = self.tally.unit_times[self.units(station)][:, list(states)]
        return float(times.sum()) / (self.tally.window * len(times))

    def leaving(self, product: str = "") -> NDArray[np.bool_]:
        """Which products (products,) leave the plant, or the one of this name."""
        names = self.tables.products
        if product:
            if product not in names:
                raise Unsupported(f"a measure of {product!r}")
            return np.array([name == product for name in names])
        return np.array([self.layout.products[name].into is None for name in names], bool)

    def exits(self, product: str = "") -> float:
        """Parts that left the plant finished."""
        return float(np.asarray(self.tally.product_exits)[self.leaving(product)].sum())

    def leads(self, product: str = "") -> Floats:
        """Lead times (n,) of what was wanted: of orders where they want several products, else
        of parts; in the case's unit."""
        if not product and any(orders.lines for orders in self.layout.orders.values()):
            return np.asarray(self.tally.leads) / self.unit
        return self.tally.part_leads[self._left(product)] / self.unit

    def ends(self) -> Floats:
        """When parts left the plant (n,), in order, in the case's unit."""
        return np.sort(self.tally.part_ends[self._left()]) / self.unit

    def _left(self, product: str = "") -> NDArray[np.bool_]:
        return self.leaving(product)[np.asarray(self.tally.part_products, int)]


# --- of a window of time -------------------------------------------------------------------------


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else float("nan")


def _ratio(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else float("nan")


def _active_period(v: View, station: str) -> float:
    units = v.units(station)
    return _ratio(v.tally.unit_active[units].sum() / v.unit, v.tally.unit_stretches[units].sum())


def _wait(v: View, station: str) -> float:
    s = v.station(station)
    return _ratio(v.tally.station_waits[s] / v.unit, v.tally.station_taken[s])


def _energy(v: View, _: str) -> float:
    """kW x the case's unit of time, for each part that leaves."""
    bill = Prices(v.layout, v.tables.units, v.tables.people).bill(v.tally)
    return _ratio(bill.energy / 1000 / v.unit, v.exits())


def _mean_load(v: View, station: str) -> float:
    units = v.units(station)
    return _ratio(v.tally.unit_parts[units].sum(), v.tally.unit_loads[units].sum())


def _state(*states: State) -> Callable[[View, str], float]:
    return lambda v, station: v.share(station, *states)


STEADY: dict[str, Callable[[View, str], float]] = {
    "throughput": lambda v, item: v.exits(item) / v.window,
    "scrap_rate": lambda v, _: v.tally.scraps / v.window,
    "yield": lambda v, _: _ratio(v.exits(), v.exits() + v.tally.scraps),
    "wip": lambda v, _: v.tally.wip,
    "lead_time": lambda v, item: _mean(v.leads(item)),
    "wait": _wait,
    "busy": _state(State.PROCESSING),
    "blocked": _state(State.BLOCKED),
    "starved": _state(State.STARVED, State.IDLE),
    "down": _state(State.DOWN),
    "setup": _state(State.SETUP),
    "setup_fraction": _state(State.SETUP),
    "loss_fraction": lambda v, _: _ratio(v.tally.lost, v.tally.ordered),
    "energy_per_part": _energy,
    "active_period_mean": _active_period,
    "mean_load": _mean_load,
    "fill_rate": lambda v, _: _ratio(v.tally.stock_filled.sum(), v.tally.stock_demands.sum()),
    "on_hand": lambda v, _: float(v.tally.stock_level.sum()),
    "backorders": lambda v, _: float(v.tally.stock_owed.sum()),
    "order_rate": lambda v, _: float(v.tally.stock_ordered.sum()) / v.window,
}


# --- of a run from time 0 until all is done ------------------------------------------------------


def _completion(v: View, k: str) -> float:
    """Clock time of the k-th exit."""
    ends = v.ends()
    return float(ends[int(k) - 1]) if 0 < int(k) <= len(ends) else float("nan")


def _makespan(v: View, _: str) -> float:
    return float(v.ends()[-1])


def _flow_times(v: View, _: str) -> Floats:
    return v.tally.part_leads / v.unit


def _lateness(v: View) -> Floats:
    """How late (n,) each part is; less than 0 if it is early."""
    due = {o.product: o.due for o in v.layout.orders.values() if o.product is not None}
    dues = np.array([np.nan if due.get(n) is None else due[n] for n in v.tables.products], float)
    return (v.tally.part_leads - dues[v.tally.part_products]) / v.unit


def _weighted(v: View) -> float:
    weights = {o.product: o.weight for o in v.layout.orders.values()}
    each = np.array([weights.get(n) or 1.0 for n in v.tables.products], float)
    return float((each[v.tally.part_products] * v.tally.part_leads).sum()) / v.unit


def _cycle(v: View, _: str) -> float:
    """Time from one exit to the next, in the second half of a run, when it repeats."""
    ends = v.ends()
    late = ends[len(ends) // 2 :]
    return _ratio(late[-1] - late[0], len(late) - 1) if len(late) > 1 else float("nan")


WHOLE: dict[str, Callable[[View, str], float]] = {
    "completion_time": _completion,
    "makespan": _makespan,
    "makespan_given_order": _makespan,
    "makespan_given_order_no_buffers": _makespan,
    "mean_flow_time": lambda v, rule: _mean(_flow_times(v, rule)),
    "total_flow_time": lambda v, rule: float(_flow_times(v, rule).sum()),
    "weighted_flow_time": lambda v, _: _weighted(v),
    "max_lateness": lambda v, _: float(_lateness(v).max()),
    "total_tardiness": lambda v, _: float(np.maximum(_lateness(v), 0.0).sum()),
    "cycle_time": _cycle,
}
# What is told of many runs that come to an end: until the last part has left.
ENDING = ("makespan", "finish", "residual")


def spread(values: Floats, of: str) -> float:
    """Mean, sd or a quantile such as p95 of values (n,)."""
    if of in ("", "mean"):
        return float(values.mean())
    if of == "sd":
        return float(values.std(ddof=1))
    # Median-unbiased, whatever the distribution: small groups would pull high quantiles down.
    return float(np.quantile(values, int(of[1:]) / 100, method="median_unbiased"))
