"""One printer: its reports, one after the other -> a track of states, orders and points."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from twin.recordings.printers.reports import Job, Report
from twin.recordings.tracks import Track
from twin.timeline import Outcome, Quality, State

SILENCE = 30.0  # [s] after which a printer that says nothing is lost; collectors ask all 5 s
SELDOM = 10.0  # [s] between two values of one kind
WARMER = 1.0  # [Cel] by which a temperature must have changed to be told
FURTHER = 0.01  # by which the progress must have
ROUNDED = 5.0  # [s] to which printers round how long they have printed
REMARKS = 100  # different ones that are told
WHOLE = 0.99  # progress from which on a job whose end nobody told is taken to be done

# (name, time [s], value, unit, quality, native value)
Point = tuple[str, float, float, str, Quality, str]


@dataclass
class Order:
    """One job; times [s] from the epoch, NaN while unknown."""

    name: str
    start: float
    quality: Quality
    job: str = ""
    file: str = ""
    end: float = math.nan
    outcome: Outcome = Outcome.OPEN
    progress: float = math.nan
    printed: float = math.nan  # [s]
    filament: float = math.nan  # [m]

    @property
    def product(self) -> str:
        return product_of(self.file)

    @property
    def release(self) -> float:
        """When it is first known of [s]: at its start, or its end where the start is unknown."""
        return self.end if math.isnan(self.start) else self.start

    def is_of(self, report: Report) -> bool:
        """Whether a report may speak of this job: neither another one nor the same file again."""
        if self.job and report.job and self.job != report.job:
            return False
        if self.file and report.file and self.file != report.file:
            return False
        return not report.printed < self.printed - ROUNDED

    def learn(self, report: Report) -> None:
        """Takes over what a report tells of the job."""
        self.job, self.file = self.job or report.job, self.file or report.file
        self.progress = _known(report.progress, self.progress)
        self.printed = _known(report.printed, self.printed)
        self.filament = _known(report.filament, self.filament)


class Printer:
    """A printer while it is heard; times [s] from the epoch, in order."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.track = Track(0.0)
        self.orders: list[Order] = []
        self.points: list[Point] = []
        self.heard = math.nan  # when it spoke last
        self._since = 0.0  # when its state changed last
        self._order: Order | None = None  # the job under way
        self._lost = True  # nothing is known since the start or the last gap
        self._alarm = ""
        self._remarks: set[str] = set()
        self._told: dict[str, tuple[float, float]] = {}  # the last value of each kind, and when

    def hear(self, time: float, report: Report) -> None:
        """What it says at a time."""
        self.silent(time)
        self.heard = time
        if report.state is not None:
            self._follow_job(time, report)
            part = self._order.name if self._order else ""
            began = time if self._lost else max(self._since, time - report.ago)
            quality = Quality.GOOD if report.ago and began < time else report.quality
            if self.track.now[:3] != (report.state, part, report.native):
                self._change(began, report.state, part, report.native, quality)
            self._lost = False
        elif self._order and self._order.is_of(report):
            self._order.learn(report)
        elif report.outcome is not None:
            self._hear_outcome(time, report)
        self._measure(time, report)

    def silent(self, time: float) -> None:
        """It is looked at at a time: too long a silence is a gap."""
        if time - self.heard > SILENCE:
            self.lose(self.heard, time)

    def lose(self, begin: float, end: float) -> None:
        """Between two times something may have been said that was not heard."""
        begin = max(begin, self._since)
        if end <= begin:
            return
        self.points.append(("gap", begin, end - begin, "s", Quality.GOOD, ""))
        self.track.lose(begin)
        self._since, self._lost = begin, True
        self.heard = max(end, begin)

    def fill(self, time: float, jobs: Iterable[Job]) -> None:
        """What the printer's own history, heard at a time, says of the gap before it.

        The history's clock is another one, so all of it is uncertain; times are those of the jobs
        from the epoch.
        """
        if not self._lost or math.isnan(self.heard):
            return
        begin = self._since
        for job in sorted(jobs, key=lambda job: job.start):
            if job.end <= begin or not job.start < time:
                continue
            order = self._order
            if order is None or order.file != job.file or job.start > begin + ROUNDED:
                order = self._begin(max(job.start, self._since), Quality.UNCERTAIN)
            order.learn(Report(file=job.file, printed=job.printed, filament=job.filament))
            start = max(self._since, min(job.start, time))
            self._change(start, State.PROCESSING, order.name, job.native, Quality.UNCERTAIN)
            if not math.isnan(job.end):
                end = max(self._since, min(job.end, time))
                self._close(order, end, job.outcome, Quality.UNCERTAIN)
                self._change(end, State.UNAVAILABLE)

    def recall(self, job: Job) -> Order:
        """A job of a history as an order."""
        order = Order(self._next(), job.start, job.quality, file=job.file)
        order.end, order.outcome, order.printed = job.end, job.outcome, job.printed
        self.orders.append(order)
        if job.filament > 0:
            time = job.start if math.isnan(job.end) else job.end
            self.points.append(("filament", time, job.filament, "m", job.quality, job.file))
        return order

    def remark(self, time: float, told: str) -> None:
        """Something that it said was not understood; each is told once."""
        if told in self._remarks or len(self._remarks) >= REMARKS:
            return
        self._remarks.add(told)
        self.points.append(("alarm", time, math.nan, "", Quality.UNCERTAIN, told))

    # --- within ----------------------------------------------------------------------------------

    def _change(
        self,
        time: float,
        state: State,
        part: str = "",
        native: str = "",
        quality: Quality = Quality.GOOD,
    ) -> None:
        self.track.change(time, state, part, native, quality)
        self._since = time

    def _follow_job(self, time: float, report: Report) -> None:
        order = self._order
        if order and not (report.works and order.is_of(report)):
            self._end(order, time, report)
            order = None
        if report.works:
            known = not self._lost and report.quality != Quality.UNCERTAIN
            if order is None:
                order = self._begin(time, Quality.GOOD if known else Quality.UNCERTAIN)
                if self._lost and report.printed > 0:  # it had begun before anybody listened
                    order.start = max(self._since, time - report.printed)
            elif self._lost:
                order.quality = Quality.UNCERTAIN
            order.learn(report)

    def _begin(self, time: float, quality: Quality) -> Order:
        self._order = Order(self._next(), time, quality)
        self.orders.append(self._order)
        return self._order

    def _next(self) -> str:
        return f"{self.name}-{len(self.orders) + 1}"

    def _end(self, order: Order, time: float, report: Report) -> None:
        """The job is not under way any more; how it ended may be told or not."""
        other = report.works or not order.is_of(report)
        if not other:
            order.learn(report)
        if report.outcome is not None and not other:
            quality = Quality.UNCERTAIN if self._lost else report.quality
            self._close(order, time, report.outcome, max(order.quality, quality))
        elif self._lost:  # it ended while nobody listened, no one knows how
            order.quality = Quality.UNCERTAIN
            self._order = None
        elif report.state in (State.DOWN, State.UNAVAILABLE) and not other:
            quality = Quality.GOOD if report.state == State.DOWN else Quality.UNCERTAIN
            self._close(order, time, Outcome.SCRAPPED, max(order.quality, quality))
        else:
            outcome = Outcome.DONE if order.progress >= WHOLE else Outcome.CANCELLED
            self._close(order, time, outcome, Quality.UNCERTAIN)

    def _close(self, order: Order, time: float, outcome: Outcome, quality: Quality) -> None:
        order.end, order.outcome, order.quality = time, outcome, quality
        self._order = None
        if order.filament > 0:
            self.points.append(("filament", time, order.filament, "m", quality, order.file))

    def _hear_outcome(self, time: float, report: Report) -> None:
        """The history's word on the last job, where its end was not told plainly or not seen."""
        last = self.orders[-1] if self.orders else None
        if last and last.quality != Quality.GOOD and last.is_of(report) and report.outcome:
            last.outcome = report.outcome
            last.end = _known(last.end, time)

    def _measure(self, time: float, report: Report) -> None:
        for heater, degrees in report.temperatures.items():
            self._tell(f"temperature of {heater}", time, degrees, "Cel", WARMER)
        if self._order:
            self._tell("progress", time, self._order.progress, "1", FURTHER)
        if report.state is not None:
            if report.alarm and report.alarm != self._alarm:
                self.points.append(("alarm", time, math.nan, "", report.quality, report.alarm))
            self._alarm = report.alarm

    def _tell(self, name: str, time: float, value: float, unit: str, least: float) -> None:
        """A measured value, where it is another one and the last is some time ago."""
        when, last = self._told.get(name, (-math.inf, math.inf))
        if time - when >= SELDOM and abs(value - last) >= least:
            self._told[name] = (time, value)
            self.points.append((name, time, value, unit, Quality.GOOD, ""))


def product_of(file: str) -> str:
    """The name of a product: that of its file with the folder, but without what stands behind the
    last dot: "parts/lid.gcode" -> "parts/lid"."""
    path = PurePosixPath(file)
    return str(path.with_suffix("")) if path.name else file


def _known(value: float, otherwise: float) -> float:
    return otherwise if math.isnan(value) else value
