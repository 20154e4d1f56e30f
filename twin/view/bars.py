"""Bars of how stations and people spend their open time, stacked by state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bokeh.models import ColumnDataSource, FactorRange, HoverTool, Range1d
from bokeh.plotting import figure

from twin.timeline import State
from twin.view.words import CLOSED, STATES

SHOWN = tuple(state for state in STATES if state not in CLOSED)
ROW = 24  # px
FOOT = 46  # px for the axis and its name
FONT = "12px"
INK = {"light": ("#334155", "#e2e8f0"), "dark": ("#cbd5e1", "#2b3543")}  # text, grid


class Bars:
    """One bokeh figure that takes new shares and another theme."""

    def __init__(self) -> None:
        self.source = ColumnDataSource(_columns({}))
        self.rows = FactorRange()
        self.figure = figure(
            y_range=self.rows,
            x_range=Range1d(start=0, end=100),
            height=FOOT,
            sizing_mode="stretch_width",
            toolbar_location=None,
            tools="",
            x_axis_label="% of open time",
            min_border_left=0,
            min_border_right=10,
            outline_line_color=None,
            background_fill_alpha=0,
            border_fill_alpha=0,
        )
        names = [state.name for state in SHOWN]
        drawn = self.figure.hbar_stack(
            names,
            y="label",
            height=0.66,
            color=[STATES[state][0] for state in SHOWN],
            source=self.source,
            line_width=0,
            name=names,
        )
        for renderer, state in zip(drawn, SHOWN, strict=True):
            tips = [("", "@label"), (STATES[state][1], f"@{state.name}{{0.0}} %")]
            self.figure.add_tools(HoverTool(renderers=[renderer], tooltips=tips))
        self.figure.xaxis.ticker = [0, 25, 50, 75, 100]
        for axis in (self.figure.xaxis, self.figure.yaxis):
            axis.major_label_text_font_size = FONT
            axis.axis_label_text_font_size = FONT
            axis.axis_label_text_font_style = "normal"
            axis.axis_line_color = None
            axis.major_tick_line_color = None
            axis.minor_tick_line_color = None
        self.figure.ygrid.grid_line_color = None
        self.paint("light")

    def show(self, shares: Mapping[str, Mapping[State, float]]) -> None:
        """Draw label -> state -> share of open time, the first at the top."""
        self.figure.height = FOOT + ROW * len(shares)
        self.rows.factors = list(shares)[::-1]
        self.source.data = _columns(shares)

    def paint(self, theme: str) -> None:
        """Ink for the "light" or the "dark" theme."""
        text, grid = INK[theme]
        for axis in (self.figure.xaxis, self.figure.yaxis):
            axis.major_label_text_color = text
            axis.axis_label_text_color = text
        self.figure.xgrid.grid_line_color = grid


def _columns(shares: Mapping[str, Mapping[State, float]]) -> dict[str, Any]:
    columns: dict[str, Any] = {"label": list(shares)}
    for state in SHOWN:
        columns[state.name] = [100 * share.get(state, 0.0) for share in shares.values()]
    return columns
