"""Verdicts: whether what runs say of a case agrees with its exact answers."""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from twin.cores import on_all_cores
from twin.errors import Cancelled
from twin.exact.cases import Case, Measure, Tolerance
from twin.exact.documents import Unsupported
from twin.exact.trials import Sample, Trial
from twin.experiments import Progress

PASSED, FAILED, UNSUPPORTED = "passed", "failed", "unsupported"
BY_CHANCE = ("ci_cover", "analytic", "abs")  # rules that now and then miss by chance
MORE = 4  # times as many replications in the one rerun of a miss


@dataclass(frozen=True)
class Row:
    """One measure of one case; `simulated` is None and `half_width` NaN where there is none."""

    id: str
    family: str
    measure: str
    exact: float | str
    simulated: float | str | None
    half_width: float
    verdict: str
    reason: str = ""


@dataclass(frozen=True)
class Report:
    """All rows, in the order of the cases."""

    rows: tuple[Row, ...]

    def count(self, verdict: str) -> int:
        """Cases with a verdict: a failure of one measure fails a case, else a missing feature."""
        found: dict[str, set[str]] = {}
        for row in self.rows:
            found.setdefault(row.id, set()).add(row.verdict)
        worst = [
            next(v for v in (FAILED, UNSUPPORTED, PASSED) if v in has) for has in found.values()
        ]
        return worst.count(verdict)

    @property
    def is_right(self) -> bool:
        """Whether every measure of every case is."""
        return all(row.verdict == PASSED for row in self.rows)

    def as_dict(self) -> dict[str, object]:
        """The report for programs."""
        hidden = ("family", "reason")
        rows = [{k: v for k, v in asdict(row).items() if k not in hidden} for row in self.rows]
        counts = {verdict: self.count(verdict) for verdict in (PASSED, FAILED, UNSUPPORTED)}
        return {**counts, "cases": rows}


def needs_chance(case: Case) -> bool:
    """Whether any answer of a case takes many runs."""
    return any(m.tolerance.rule not in ("exact", "deterministic_rate") for m in case.measures)


def verify(cases: Sequence[Case], *, seed: int = 1, progress: Progress | None = None) -> Report:
    """Runs cases, on all cores, and judges them.

    `progress` is called with cases done, and of how many. The same seed gives the same report, on
    one core or many.
    """
    done = 0
    lock = threading.Lock()

    def judged(k: int, ended: threading.Event) -> list[Row]:
        nonlocal done
        rows = _judged(cases[k], seed, ended)
        with lock:
            done += 1
            if progress:
                progress(done, len(cases))
        return rows

    longest_first = sorted(range(len(cases)), key=lambda k: -_effort(cases[k]))
    # Threads, not processes: the kernel lets go of the interpreter while it runs.
    rows = dict(zip(longest_first, on_all_cores(judged, longest_first), strict=True))
    return Report(tuple(row for k in range(len(cases)) for row in rows[k]))


def _effort(case: Case) -> float:
    """A guess at how long a case takes, to begin with the longest."""
    run = case.suggested_run
    gains = sum(m.name.startswith("gain_plus5") for m in case.measures)
    stations = case.model.get("stations", ())
    places = stations if isinstance(stations, int) else len(stations) or 1
    return needs_chance(case) * run.replications * max(run.end, 1.0) * (1 + gains) * places


def _judged(case: Case, seed: int, ended: threading.Event) -> list[Row]:
    """All rows of a case; what misses where chance plays is run once more, longer, afresh."""
    first, again = Trial(case, seed, ended=ended), Trial(case, seed + 1, MORE, ended)
    rows = []
    for measure in case.measures:
        row = _row(case, measure, first)
        if row.verdict == FAILED and row.simulated is not None and _by_chance(measure):
            row = _row(case, measure, again)
        rows.append(row)
    return rows


def _by_chance(measure: Measure) -> bool:
    return measure.tolerance.rule in BY_CHANCE


def _row(case: Case, measure: Measure, trial: Trial) -> Row:
    sample, verdict = None, FAILED
    try:
        sample = trial.sample(measure)
        reason = miss(measure.exact, sample, measure.tolerance)
        verdict = FAILED if reason else PASSED
    except Unsupported as lacking:
        verdict, reason = UNSUPPORTED, f"not supported: {lacking}"
    except Cancelled:
        raise
    except Exception as error:  # whatever goes wrong in a case fails that case, and no other
        reason = f"{type(error).__name__}: {error}"
    value = sample.value if sample else None
    half = sample.half_width if sample else math.nan
    exact = measure.exact
    return Row(case.id, case.family, measure.name, exact, value, half, verdict, reason)


def miss(exact: float | str, sample: Sample, tolerance: Tolerance) -> str:
    """What is wrong with a sample of an exact value, in words; empty if it is right.

    Raises Unsupported for a rule of tolerance that is not known.
    """
    value, half = sample.value, sample.half_width
    if tolerance.rule == "equals":
        return "" if value == exact else f"is not {exact!r}"
    if isinstance(exact, str) or isinstance(value, str):
        return f"{value!r} and {exact!r} are not both numbers"
    if not math.isfinite(value):
        return "is not a number: nothing was seen"
    away = abs(value - exact)
    interval = tolerance.rule == "ci_cover" or (tolerance.rule == "analytic" and half == half)
    if interval:
        return _uncovered(exact, away, half, tolerance)
    limits = {
        "exact": tolerance.rel * max(1.0, abs(exact)),
        "deterministic_rate": tolerance.rel * abs(exact),
        "analytic": tolerance.rel * abs(exact),
        "abs": tolerance.abs,
    }
    if tolerance.rule not in limits:
        raise Unsupported(f"tolerance rule {tolerance.rule!r}")
    limit = limits[tolerance.rule]
    return "" if away <= limit else f"is {away:.3g} away, more than {limit:.3g}"


def _uncovered(exact: float, away: float, half: float, tolerance: Tolerance) -> str:
    widest = tolerance.max_rel_halfwidth * max(abs(exact), tolerance.floor)
    if not half <= widest:
        return f"the interval's half-width is {half:.3g}, more than {widest:.3g}"
    return "" if away <= half else f"is {away:.3g} away, outside its interval"
