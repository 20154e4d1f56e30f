"""Charts: what each machine does when, what is in the plant when, how long orders take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from bokeh.events import Tap
from bokeh.models import (
    ColumnDataSource,
    DatetimeTickFormatter,
    FactorRange,
    HoverTool,
    LinearAxis,
    Range1d,
    Span,
    Title,
)
from bokeh.plotting import figure
from numpy.typing import NDArray

from twin.production.run import Tally
from twin.timeline import State, Timeline
from twin.view.bars import FONT, INK
from twin.view.words import CLOSED, DAY, HOUR, STATES, duration

Floats = NDArray[np.float64]
MOST_ROWS = 60  # machines in the Gantt chart
MOST_STRETCHES = 20_000  # beyond it, only the first are drawn
ROW, FOOT = 16, 40  # px
HEIGHT = 190  # px of the other charts
BINS = 40  # of lead times, at most
LONG = 4 * DAY  # from here on, lead times are said in days
REST = 0.01  # of the longest lead times are beyond the chart


@dataclass(frozen=True)
class Stretches:
    """Rows of a Gantt chart: stretches of one state each, neighbours of one state made one.

    labels name the rows, the first at the top. row (n,) is the row of each stretch, state (n,) its
    State, start and end (n,) [s] from the epoch. `left_out` rows, or stretches, were too many.
    """

    labels: tuple[str, ...]
    row: NDArray[np.int64]
    state: NDArray[np.int64]
    start: Floats
    end: Floats
    left_out: int = 0


def stretches(timeline: Timeline, rows: Sequence[tuple[str, str]]) -> Stretches:
    """What resources did when. rows: (label, name of the resource), the first at the top."""
    codes = {name: code for code, name in enumerate(timeline.names)}
    known = [(label, codes[name]) for label, name in rows if name in codes]
    shown = known[:MOST_ROWS]
    found: list[tuple[NDArray[np.int64], Any, NDArray[np.bool_]]] = []
    for k, (_, code) in enumerate(shown):
        mine = timeline.intervals[timeline.intervals["resource"] == code]
        first = np.ones(len(mine), bool)
        first[1:] = (mine["state"][1:] != mine["state"][:-1]) | (
            mine["start"][1:] > mine["end"][:-1]
        )
        found.append((np.full(int(first.sum()), k), mine, first))
    row = np.concatenate([r for r, _, _ in found]) if found else np.empty(0, int)
    state = [mine["state"][first] for _, mine, first in found]
    start = [mine["start"][first] for _, mine, first in found]
    end = [
        np.where(np.isnan(mine["end"]), timeline.end, mine["end"])[np.roll(first, -1)]
        for _, mine, first in found  # where the next stretch begins, this one has ended
    ]

    def joined(parts: list[Any]) -> Any:
        return np.concatenate(parts)[:MOST_STRETCHES] if parts else np.empty(0)

    return Stretches(
        labels=tuple(label for label, _ in shown),
        row=row[:MOST_STRETCHES],
        state=joined(state).astype(int),
        start=joined(start).astype(float),
        end=joined(end).astype(float),
        left_out=len(known) - len(shown) + max(0, len(row) - MOST_STRETCHES),
    )


def open_parts(timeline: Timeline) -> tuple[Floats, Floats]:
    """How many pieces of orders are open: times (n,) [s] and the number from each on (n,)."""
    orders = timeline.orders
    done = orders[~np.isnan(orders["end"])]
    times = np.concatenate([orders["release"], done["end"]])
    change = np.concatenate([orders["quantity"], -done["quantity"]]).astype(float)
    order = np.argsort(times, kind="stable")
    times, level = times[order], np.cumsum(change[order])
    before = level[times <= timeline.start]
    inside = (times > timeline.start) & (times <= timeline.end)
    at = np.concatenate([[timeline.start], times[inside], [timeline.end]])
    now = before[-1] if len(before) else 0.0
    values = np.concatenate([[now], level[inside]])
    return at, np.concatenate([values, values[-1:]])


def made(timeline: Timeline) -> tuple[Floats, Floats]:
    """Pieces of finished orders in each hour, or each day of more than three: edges (n + 1,) [s]
    and numbers (n,)."""
    width = HOUR if timeline.end - timeline.start <= 3 * DAY else DAY
    first = np.floor(timeline.start / width) * width
    edges = np.arange(first, timeline.end + width, width)
    done = timeline.orders[~np.isnan(timeline.orders["end"])]
    count, _ = np.histogram(done["end"], edges, weights=done["quantity"].astype(float))
    return edges, count.astype(float)


def lead_times(tallies: Sequence[Tally]) -> tuple[Floats, Floats] | None:
    """How lead times of finished orders are spread: edges (n + 1,) [s], shares (n,); of the longest
    1 % some are beyond the last edge. Whole days where they are long, as nights would make a comb.
    None where no order has ended."""
    leads = np.concatenate([tally.leads for tally in tallies]) if tallies else np.empty(0)
    if not len(leads):
        return None
    top = float(np.quantile(leads, 1 - REST)) or 1.0
    width = top / BINS
    if top > LONG:
        width = DAY * np.ceil(width / DAY)
    edges = width * np.arange(np.ceil(top / width - 1e-9) + 1)
    count, _ = np.histogram(leads, edges)
    return edges, count / len(leads)


class Charts:
    """The figures; each is told what to show, where the clock stands, and the theme."""

    def __init__(self, seek: Callable[[float], None]) -> None:
        """seek: called with the time [s] at which a chart over the clock is clicked."""
        self._origin = 0.0  # of the epoch [s since 1970]
        self._seek = seek
        self._gantt_source = ColumnDataSource(
            {k: [] for k in ("label", "start", "end", "colour", "words")}
        )
        self._open_source = ColumnDataSource({"time": [], "parts": []})
        self._made_source = ColumnDataSource({"start": [], "end": [], "parts": []})
        self._lead_source = ColumnDataSource({"start": [], "end": [], "share": []})
        self.rows = FactorRange()
        self.span = Range1d(start=0, end=1)
        self.clock = Span(location=0, dimension="height", line_width=2)
        self.gantt = self._over_time("What machines and people do", y_range=self.rows, height=FOOT)
        self.history = self._over_time(
            "Parts in the plant, and finished", height=HEIGHT, y_range=Range1d(start=0, end=1)
        )
        self.leads = _figure(
            "Lead time of orders",
            height=HEIGHT,
            x_axis_label="hours",
            y_axis_label="% of orders",
            x_range=Range1d(start=0, end=1),
            y_range=Range1d(start=0, end=1),
        )
        self._draw()
        self.paint("light")

    def _over_time(self, title: str, **options: Any) -> Any:
        made = _figure(title, x_axis_type="datetime", x_range=self.span, **options)
        made.add_layout(self.clock)
        made.xaxis.formatter = DatetimeTickFormatter(
            hours="%a %H:%M", days="%a", hourmin="%a %H:%M", minutes="%a %H:%M"
        )
        made.on_event(Tap, lambda event: self.click(event.x))
        return made

    def click(self, moment: float) -> None:
        """A chart over the clock is clicked at a moment [ms since 1970]."""
        self._seek(moment / 1000 - self._origin)

    def _draw(self) -> None:
        bars = self.gantt.hbar(
            y="label",
            left="start",
            right="end",
            height=0.8,
            color="colour",
            line_width=0,
            source=self._gantt_source,
        )
        tips = [
            ("", "@label"),
            ("", "@words"),
            ("from", "@start{%a %H:%M}"),
            ("to", "@end{%a %H:%M}"),
        ]
        dated: Any = {"@start": "datetime", "@end": "datetime"}
        self.gantt.add_tools(HoverTool(renderers=[bars], tooltips=tips, formatters=dated))
        self.gantt.ygrid.grid_line_color = None
        self.history.extra_y_ranges = {"made": Range1d(start=0, end=1)}
        self.history.quad(
            left="start",
            right="end",
            bottom=0,
            top="parts",
            y_range_name="made",
            fill_alpha=0.35,
            line_width=0,
            color=STATES[State.PROCESSING][0],
            source=self._made_source,
            legend_label="finished",
        )
        self.history.step(
            x="time",
            y="parts",
            mode="after",
            line_width=2,
            color=STATES[State.SETUP][0],
            source=self._open_source,
            legend_label="in the plant",
        )
        self.history.add_layout(LinearAxis(y_range_name="made", axis_label="finished"), "right")
        self.history.yaxis[0].axis_label = "in the plant"
        _plain(self.history.yaxis[1])
        self.history.legend.location = "top_left"
        self.history.legend.background_fill_alpha = 0
        self.history.legend.border_line_color = None
        self.history.legend.orientation = "horizontal"
        self.leads.quad(
            left="start",
            right="end",
            bottom=0,
            top="share",
            color=STATES[State.STARVED][0],
            line_width=0,
            source=self._lead_source,
        )
        self.median, self.ninety = (
            Span(location=0, dimension="height", line_width=2, line_dash=dash, visible=False)
            for dash in ("solid", "dashed")
        )
        for mark in (self.median, self.ninety):
            self.leads.add_layout(mark)

    def show(
        self, timeline: Timeline, rows: Sequence[tuple[str, str]], tallies: Sequence[Tally]
    ) -> None:
        """Draw a timeline and a forecast's replications. rows: (label, resource), from the top."""
        self._origin = timeline.epoch.timestamp()
        found = stretches(timeline, rows)
        drawn = ~np.isin(found.state, CLOSED)  # a closed machine does nothing
        states = [State(state) for state in found.state[drawn]]
        self.rows.factors = list(found.labels)[::-1]
        self.gantt.height = FOOT + ROW * max(len(found.labels), 1) + 24
        self._gantt_source.data = {
            "label": [found.labels[k] for k in found.row[drawn]],
            "start": self._moments(found.start[drawn]),
            "end": self._moments(found.end[drawn]),
            "colour": [STATES[state][0] for state in states],
            "words": [STATES[state][1] for state in states],
        }
        self.span.start, self.span.end = self._moments(np.array([timeline.start, timeline.end]))
        times, parts = open_parts(timeline)
        self._open_source.data = {"time": self._moments(times), "parts": parts}
        edges, count = made(timeline)
        moments = self._moments(edges)
        self._made_source.data = {"start": moments[:-1], "end": moments[1:], "parts": count}
        self.history.y_range.end = max(float(parts.max()) * 1.3, 1.0)  # room for the legend
        self.history.extra_y_ranges["made"].end = max(float(count.max(initial=0.0)) * 1.2, 1.0)
        self._show_leads(tallies)

    def _show_leads(self, tallies: Sequence[Tally]) -> None:
        spread = lead_times(tallies)
        self.median.visible = self.ninety.visible = spread is not None
        if spread is None:
            self._lead_source.data = {"start": [], "end": [], "share": []}
            self.leads.title.text = "Lead time of orders: not known"
            return
        edges, share = spread
        unit, name = (DAY, "days") if edges[-1] > LONG else (HOUR, "hours")
        at = edges / unit
        self._lead_source.data = {"start": at[:-1], "end": at[1:], "share": 100 * share}
        self.leads.x_range.end, self.leads.y_range.end = at[-1], 110 * float(share.max())
        self.leads.xaxis.axis_label = name
        leads = np.concatenate([tally.leads for tally in tallies])
        median, ninety = (float(q) for q in np.quantile(leads, (0.5, 0.9)))
        self.median.location, self.ninety.location = median / unit, ninety / unit
        self.leads.title.text = (
            f"Lead time of orders: half within {duration(median)} (line), "
            f"nine of ten within {duration(ninety)} (dashed)"
        )

    def at(self, t: float) -> None:
        """The clock stands at t [s] from the timeline's epoch."""
        self.clock.location = 1000 * (self._origin + t)

    def paint(self, theme: str) -> None:
        """Ink for the "light" or the "dark" theme."""
        text, grid = INK[theme]
        for one in (self.gantt, self.history, self.leads):
            one.title.text_color = text
            for axis in (*one.xaxis, *one.yaxis):
                axis.major_label_text_color = axis.axis_label_text_color = text
            one.xgrid.grid_line_color = grid
            if one is not self.gantt:
                one.ygrid.grid_line_color = grid
        self.history.legend.label_text_color = text
        for mark in (self.clock, self.median, self.ninety):
            mark.line_color = text

    def _moments(self, times: Floats) -> Floats:
        """Times [s] from the epoch as bokeh has them: milliseconds since 1970."""
        return 1000 * (np.asarray(times) + self._origin)


def _figure(title: str, **options: Any) -> Any:
    made: Any = figure(
        title=Title(text=title, text_font_size="13px"),
        sizing_mode="stretch_width",
        toolbar_location=None,
        tools="xpan,xwheel_zoom",
        active_scroll="xwheel_zoom",
        min_border_right=10,
        outline_line_color=None,
        background_fill_alpha=0,
        border_fill_alpha=0,
        **options,
    )
    for axis in (*made.xaxis, *made.yaxis):
        _plain(axis)
    return made


def _plain(axis: Any) -> None:
    """Numbers and a name, no lines."""
    axis.major_label_text_font_size = axis.axis_label_text_font_size = FONT
    axis.axis_label_text_font_style = "normal"
    axis.axis_line_color = axis.major_tick_line_color = axis.minor_tick_line_color = None
