"""A handout's figures as rows, for a spreadsheet: CSV, or XLSX with a sheet a subject.

A name that begins like a formula is text in both: a spreadsheet must never work it out.
"""

from __future__ import annotations

import csv as csv_files
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from twin.economics import PartCost
from twin.errors import TwinError
from twin.experiments import Estimate
from twin.forecast import Forecast
from twin.kpis import Kpis
from twin.view import figures
from twin.view.exports import handout as handouts
from twin.view.exports.handout import Handout
from twin.view.words import DAY, HOUR, KWH, STATES

FORMULA = ("=", "+", "-", "@", "\t", "\r")
WIDTHS = (18, 24, 30, 14, 22, 14, 14, 40)  # letters
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML has no such letters


class Fact(NamedTuple):
    """One figure: of what, with its unit and, where it is known, the interval of its mean."""

    subject: str
    of: str
    figure: str
    value: float | int | str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    note: str = ""


COLUMNS = ("subject", "of", "figure", "value", "unit", "low", "high", "note")


def facts(handout: Handout) -> list[Fact]:
    """All figures of a handout, subject by subject. Raises TwinError where they are not known."""
    if not handout.is_known:
        raise TwinError("the figures are not worked out yet")
    return [*_basis(handout), *_plant(handout), *_time(handout), *_gains(handout)]


def csv(handout: Handout) -> bytes:
    """The facts as CSV (RFC 4180) in UTF-8; its mark in front tells a spreadsheet so."""
    text = io.StringIO(newline="")
    writer = csv_files.writer(text)
    writer.writerow(COLUMNS)
    for fact in facts(handout):
        writer.writerow(["" if cell is None else _harmless(cell) for cell in fact])
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _harmless(cell: float | int | str) -> float | int | str:
    """A text that a spreadsheet would read as a formula gets an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def xlsx(handout: Handout) -> bytes:
    """The facts as a workbook with a sheet for each subject."""
    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    for fact in facts(handout):
        if fact.subject not in book.sheetnames:
            _begin(book.create_sheet(fact.subject))
        _append(book[fact.subject], fact)
    for sheet in book.worksheets:
        sheet.auto_filter.ref = sheet.dimensions
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _begin(sheet: Worksheet) -> None:
    for column, (title, width) in enumerate(zip(COLUMNS[1:], WIDTHS[1:], strict=True), 1):
        sheet.cell(1, column, title).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _append(sheet: Worksheet, fact: Fact) -> None:
    row = sheet.max_row + 1
    for column, value in enumerate(fact[1:], 1):
        cell = sheet.cell(row, column)
        if not isinstance(cell, Cell) or value is None:
            continue
        if isinstance(value, str):
            cell.value = UNFIT.sub("\N{REPLACEMENT CHARACTER}", value)
            cell.data_type = "s"  # else "=..." would be a formula
            cell.quotePrefix = value.startswith(FORMULA)
        else:
            cell.value = value
            cell.number_format = "0.0 %" if fact.unit.startswith("share") else "#,##0.###"


# --- the facts -----------------------------------------------------------------------------------


def _basis(handout: Handout) -> Iterator[Fact]:
    yield Fact("Basis", handout.layout.name, "Kind", handouts.kind(handout))
    yield Fact("Basis", handout.layout.name, "In a sentence", handouts.headline(handout))
    for what, said in handouts.basis(handout):
        yield Fact("Basis", handout.layout.name, what, said)


def _plant(handout: Handout) -> Iterator[Fact]:
    shown = handout.shown
    if shown.kpis is not None:
        yield from _recorded(handout, shown.kpis)
    elif shown.outlook is not None:
        yield from _forecast(handout, shown.outlook.forecast)
        if shown.outlook.cost is not None:
            yield from _cost(handout, shown.outlook.cost)


def _recorded(handout: Handout, kpis: Kpis) -> Iterator[Fact]:
    name, many = handout.layout.name, figures.noun(handout.layout)
    yield Fact("Plant", name, "Time looked at", kpis.window / HOUR, "h")
    yield Fact("Plant", name, "Output", kpis.parts, many)
    yield Fact("Plant", name, "Orders finished", kpis.finished, "orders")
    yield Fact("Plant", name, "Orders released", kpis.released, "orders")
    yield Fact("Plant", name, "Orders scrapped", kpis.scrapped, "orders")
    yield Fact("Plant", name, "On the floor, on average", kpis.wip, many)
    if len(kpis.leads):
        yield from _leads(name, {share: kpis.lead(share) for share in (0.05, 0.5, 0.9, 0.95)})


def _forecast(handout: Handout, forecast: Forecast) -> Iterator[Fact]:
    name, many = handout.layout.name, figures.noun(handout.layout)
    daily = f"{many} a day"
    yield _estimate("Plant", name, "Output", forecast.output.scaled(DAY), daily)
    yield _estimate("Plant", name, "Ordered", forecast.demand.scaled(DAY), daily)
    yield _estimate("Plant", name, "Orders pile up", forecast.piling.scaled(DAY), daily)
    yield _estimate("Plant", name, "On the floor, on average", forecast.wip, many)
    leads = {
        0.05: forecast.lead_p05,
        0.5: forecast.lead_median,
        0.9: forecast.lead_p90,
        0.95: forecast.lead_p95,
    }
    yield from _leads(name, leads)


def _leads(name: str, quantiles: dict[float, float]) -> Iterator[Fact]:
    for share, seconds in quantiles.items():
        figure = "Lead time, median" if share == 0.5 else f"Lead time, {100 * share:g} % of orders"
        if seconds == seconds:  # NaN where no order ended
            note = f"{100 * share:g} % of the orders take no longer"
            yield Fact("Plant", name, figure, seconds / HOUR, "h", note=note)


def _cost(handout: Handout, cost: PartCost) -> Iterator[Fact]:
    name, one = handout.layout.name, figures.singular(handout.layout)
    yield _estimate("Plant", name, "Energy", cost.energy.scaled(1 / KWH), f"kWh a {one}")
    yield _estimate("Plant", name, "Cost", cost.cost, f"EUR a {one}")
    yield _estimate("Plant", name, "Carbon", cost.carbon, f"kg CO2e a {one}")


def _estimate(subject: str, of: str, figure: str, mean: Estimate, unit: str) -> Fact:
    note = "mean; its interval holds with 95 %"
    return Fact(subject, of, figure, mean.mean, unit, mean.low, mean.high, note)


def _time(handout: Handout) -> Iterator[Fact]:
    """How each station, crew, arm and vehicle spends its open time."""
    for label, shares in figures.bars(handout.shown).items():
        yield Fact("Time", label, "Busy", figures.working(shares), "share of open time")
        for state, (_, said) in STATES.items():
            if state in shares:
                yield Fact("Time", label, said, shares[state], "share of open time")


def _gains(handout: Handout) -> Iterator[Fact]:
    if handout.shown.proof is None:
        return
    for gain in handout.shown.proof.gains:
        note = "rival of the best" if gain.rival and gain.is_measurable else ""
        if not gain.is_measurable and gain.high >= 0:
            note = "no measurable difference"
        label = gain.label
        yield Fact(
            "Bottlenecks",
            label,
            gain.change,
            gain.gain,
            "share of output",
            gain.low,
            gain.high,
            note,
        )
