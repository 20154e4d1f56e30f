"""How often a 95 % interval contains the exact mean: `python -m tests.bench.coverage` (JSON).

The whole procedure, as a planner gets it from a study that names no warm-up: MSER-5 on series
averaged over replications, doubled; replication and deletion; Student's t. It is done many times,
each time by other chance, on cases whose means are exact. Where jobs come from outside, the plant
starts with a backlog that is many times its usual queue, so that a warm-up is needed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass

from twin.cells.factory import Factory
from twin.exact import documents_of, known_cases, read_cases
from twin.experiments import Estimate, Horizon, estimate, replicate
from twin.forecast import Forecast, predict, summarise
from twin.layout.schema import Layout
from twin.production.plan import plan
from twin.production.run import Runner

HOUR = 3600.0
TIMES = 100  # that a question is asked

FIGURES: dict[str, Callable[[Forecast], Estimate | None]] = {
    "lead_time": lambda made: made.lead_mean and made.lead_mean.scaled(1 / HOUR),
    "throughput": lambda made: made.output.scaled(HOUR),
    "wip": lambda made: made.wip,
}


@dataclass(frozen=True)
class Question:
    """The mean of a figure of a case, asked with few and short runs, so that the start matters.

    window: hours observed. backlog: parts that wait before the first station at time 0.
    """

    case: str
    figure: str
    window: float
    backlog: int = 0
    replications: int = 10

    def factory(self, seed: int) -> Factory:
        """The case's layout, with this question as its study."""
        (case,) = [case for case in read_cases(known_cases()) if case.id == self.case]
        assert case.time_unit == "h"
        (drawn,) = documents_of(case).values()
        study = {"window": f"{self.window} h", "replications": self.replications, "seed": seed}
        raw = {**drawn, "study": study}
        if self.backlog:
            (stream, orders), *_ = drawn["orders"].items()
            first = drawn["products"][orders["product"]]["route"][0]["step"]
            raw["present"] = [{"orders": stream, "step": first, "count": self.backlog}]
        return Factory(Layout.model_validate(raw), key=f"{self.case}, {seed}")

    @property
    def exact(self) -> float:
        """The answer, in hours."""
        (case,) = [case for case in read_cases(known_cases()) if case.id == self.case]
        (found,) = [m.exact for m in case.measures if m.name == self.figure]
        return float(found)


QUESTIONS = (
    Question("mm1-080", "lead_time", 2500.0, backlog=40),
    Question("mg1-breakdown", "lead_time", 4000.0, backlog=40),
    Question("jackson-tandem3", "wip", 2500.0, backlog=60),
    Question("conwip-balanced", "throughput", 400.0),
    Question("unrel2-tdf", "throughput", 1000.0),
)

Procedure = Callable[[Question, Factory], Estimate | None]


def found_warm_up(question: Question, factory: Factory) -> Estimate | None:
    """What `twin predict` does."""
    return FIGURES[question.figure](predict(factory))


def until_precise(question: Question, factory: Factory) -> Estimate | None:
    """The same with as many replications as know the mean output to 1 %."""
    return FIGURES[question.figure](predict(factory, precision=0.01))


def no_warm_up(question: Question, factory: Factory) -> Estimate | None:
    """Replications from the start, with nothing deleted."""
    study = factory.layout.study
    horizon = Horizon(0.0, study.window, study.replications, study.seed)
    return FIGURES[question.figure](summarise(factory, horizon, replicate(factory, horizon)[0]))


def one_run(question: Question, factory: Factory) -> Estimate | None:
    """The lead times of one long run as if they were independent (they are not)."""
    study = factory.layout.study
    warm_up = study.window  # long enough: what is wrong here is the interval
    end = warm_up + study.window * study.replications
    tally = Runner(plan(factory)).tally(study.seed, 0, warm_up, end)
    return estimate(tally.leads / HOUR)


def coverage(
    question: Question, times: int, procedure: Procedure = found_warm_up, first_seed: int = 1
) -> float:
    """The share of intervals, of `times` by chances of their own, that contain the exact mean."""
    exact, hits = question.exact, 0
    for seed in range(first_seed, first_seed + times):
        made = procedure(question, question.factory(seed))
        hits += made is not None and made.low <= exact <= made.high
    return hits / times


def measure() -> dict[str, float]:
    """Coverage of each question; a key says of what."""
    what = "share of 95 % intervals that hold the exact mean"
    found = {f"{what}: {q.case}, {q.figure}": coverage(q, TIMES) for q in QUESTIONS}
    last = QUESTIONS[-1]
    key = f"{what}: {last.case}, {last.figure}, run until precise to 1 %"
    return {**found, key: coverage(last, TIMES, until_precise)}


if __name__ == "__main__":
    json.dump({"Intervals that hold the exact mean": measure()}, sys.stdout, indent=1)
    print()
