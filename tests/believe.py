"""Why the engine may be believed: `python -m tests.believe` (`make believe`) prints it as Markdown.

Every line is of what is run or counted at that moment. With --write, the section between the marks
in README.md is replaced. Exit code 1 where anything does not agree.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import re
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from tests.against import test_kernel_oracle as against_oracle
from tests.against.plants import FEATURES, plants
from tests.against.strategies import Shop
from tests.plants import ROOT, WORKING, document, shipped
from tests.production.test_kernel import bits
from tests.production.test_snapshot import HOUR, differences, in_pieces, straight
from twin.cells.factory import Factory
from twin.exact import Report, Row, known_cases, read_cases, verify
from twin.exact.verdicts import MORE
from twin.layout.schema import Layout
from twin.production.machine_code import interpreted as is_interpreted
from twin.production.plan import plan
from twin.production.run import simulate
from twin.timeline import Timeline

MARKS = re.compile(r"(<!-- made by `make believe` -->\n).*?(<!-- end -->)", re.DOTALL)
SEED = 1
BATCH = 10  # examples drawn from one seed
DAY = 24 * HOUR


@dataclass(frozen=True)
class Line:
    """What was compared with what, how much of it, and how that went.

    `right` is None where it could not be run here.
    """

    what: str
    found: str
    right: bool | None = True


# --- the engine against what is known ------------------------------------------------------------


def exact() -> Iterator[Line]:
    """The cases with exact answers, by what their answers allow."""
    cases = read_cases(known_cases())
    by_interval = {
        (case.id, measure.name)
        for case in cases
        for measure in case.measures
        if measure.tolerance.rule in ("ci_cover", "analytic")
    }
    yield from judged(verify(cases, seed=SEED), by_interval)


def judged(report: Report, by_interval: Collection[tuple[str, str]]) -> Iterator[Line]:
    """Two lines of a report: how many are right, and how far away the worst is.

    `by_interval` has the case and the measure of those whose intervals have to hold the answer.
    """
    rows = report.rows
    cases = {row.id: row.family for row in rows}
    wrong = sorted({row.id for row in rows if row.verdict != "passed"})
    families = Counter(cases.values())
    most = ", ".join(f'"{name}" ({count})' for name, count in families.most_common(3))
    yield Line(
        f"**Exact answers** (`twin verify`): {len(rows)} figures of {len(cases)} cases in "
        f"{len(families)} families, most of them {most}",
        f"{report.count('passed')} cases pass"
        + ("" if not wrong else f"; not: {', '.join(wrong)}"),
        report.is_right,
    )
    drawn = [
        (deviation(row), row)
        for row in rows
        if (row.id, row.measure) in by_interval and not math.isnan(deviation(row))
    ]
    if not drawn:
        return
    worst, row = max(drawn, key=lambda pair: pair[0])
    yield Line(
        f"Of these, {len(drawn)} figures are means over replications, whose intervals have to be "
        f"narrow and to hold the exact value; a miss is judged once more, on {MORE} times as many",
        f"the farthest is {worst:.2f} half-widths from the exact value ({row.id}, {row.measure})",
        worst <= 1,
    )


def deviation(row: Row) -> float:
    """Distance from the exact value in half-widths of the interval; NaN where there is none."""
    if isinstance(row.exact, str) or isinstance(row.simulated, str) or row.simulated is None:
        return math.nan
    return abs(row.simulated - row.exact) / row.half_width if row.half_width > 0 else math.nan


# --- the engine against a second one -------------------------------------------------------------


def oracle(examples: int) -> Iterator[Line]:
    """Random plants, compared by the interval with a model that was written apart."""
    seen = Counter[str]()
    different: set[str] = set()  # some examples differ in little, some in their chance alone

    def compare(shop: Shop, chance: int) -> None:
        ours = against_oracle.merged(against_oracle.by_oracle(shop, chance))
        theirs = against_oracle.merged(against_oracle.by_kernel(shop, chance))
        time, text = against_oracle.first_difference(ours, theirs)
        assume(not text or not against_oracle.is_toss(time, ours, theirs))
        assert not text, text
        seen["runs"] += 1
        different.add(shop.layout.model_dump_json())
        seen["rows"] += len(ours)

    kinds = (plants(), plants(kinds=("few",), share=20), plants(arms=True, share=20))
    counts = [examples // 3 + (k < examples % 3) for k in range(3)]
    wrong = tried(
        [(compare, (kind, st.integers(0, 3)), n) for kind, n in zip(kinds, counts, strict=True)]
    )
    yield Line(
        f"**A second engine**, written apart from the same rules on SimPy: {seen['runs']} runs of "
        f"{len(different)} random plants, all different, that draw from {len(FEATURES)} features; "
        "who did what with which part from when to when is compared, within "
        f"{against_oracle.NEAR:g} of the time",
        wrong or f"{seen['rows']:,} intervals, orders and exits are equal",
        not wrong,
    )


Trials = tuple[Callable[..., None], tuple[st.SearchStrategy[Any], ...], int]


def tried(works: Sequence[Trials]) -> str:
    """Runs each work on so many examples, the same each time; the first failure, or nothing.

    Hypothesis varies what it has drawn before: a few examples of each seed differ more.
    """
    for work, strategies, count in works:
        for first in range(0, count, BATCH):
            run = given(*strategies)(work)
            run = settings(
                max_examples=min(BATCH, count - first),
                deadline=None,
                database=None,
                phases=(Phase.generate,),  # a failure is told as it is: no smaller one is sought
                suppress_health_check=list(HealthCheck),
            )(run)
            try:
                seeded(SEED + first)(run)()
            except Exception as error:  # whatever it is, it is reported, and the rest goes on
                traceback.print_exc()
                return f"NOT SO: {type(error).__name__}: {str(error).splitlines()[0]}"
    return ""


# --- the same bits however it is run -------------------------------------------------------------


def rows(timeline: Timeline) -> int:
    return len(timeline.intervals) + len(timeline.moves) + len(timeline.orders)


def days() -> dict[str, tuple[str, int]]:
    """A hash of all that a day of each shipped plant says, and of how many rows it is."""
    made = {name: simulate(shipped(name), DAY, SEED) for name in WORKING}
    return {name: (bits(timeline), rows(timeline)) for name, timeline in made.items()}


def interpreted(compiled: dict[str, tuple[str, int]]) -> Iterator[Line]:
    """The kernel as machine code and as plain Python."""
    asked = subprocess.run(
        [sys.executable, "-m", "tests.believe", "--days"],
        cwd=ROOT,
        env={**os.environ, "TWIN_INTERPRETED": "1"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found = {name: tuple(value) for name, value in json.loads(asked.stdout).items()}
    yield same(
        "**Compiled against interpreted**: the kernel as machine code, and the same source as "
        f"plain Python; a day of each of the {len(WORKING)} shipped plants",
        compiled,
        found,
    )


def permuted(straight_on: dict[str, tuple[str, int]]) -> Iterator[Line]:
    """Each shipped plant with the tables of its file turned round."""
    found: dict[str, tuple[str, int]] = {}
    for name in WORKING:
        factory = shipped(name)
        turned = Factory(
            Layout.model_validate(turned_round(document(name))), factory.transfers, (), factory.key
        )
        timeline = simulate(turned, DAY, SEED)
        found[name] = bits(timeline), rows(timeline)
    yield same(
        "**The file turned round**: machines, stations, crews, products, orders and stocks "
        "written in the opposite order",
        straight_on,
        found,
    )


def turned_round(raw: dict[str, Any]) -> dict[str, Any]:
    """A layout whose tables by name are written in the opposite order."""
    tables = ("machines", "stations", "crews", "products", "orders", "stocks")
    return {
        key: dict(reversed(value.items())) if key in tables else value for key, value in raw.items()
    }


def same(what: str, one: dict[str, tuple[str, int]], other: dict[str, tuple[str, int]]) -> Line:
    """Whether plants by name have the same bits."""
    wrong = [name for name in one if one[name] != other.get(name)]
    total = sum(count for _, count in one.values())
    if wrong:
        return Line(what, f"NOT SO: {', '.join(wrong)} differ", False)
    return Line(what, f"{total:,} rows of their timelines have the same bits")


def snapshots(examples: int) -> Iterator[Line]:
    """Stopped, written to a text, read, gone on; and never stopped."""
    wrong = []
    for name in WORKING:
        tables = plan(shipped(name))
        stops = [9.37 * HOUR, 33.1 * HOUR, 57.0 * HOUR]
        if differences(straight(tables, stops[-1]), in_pieces(tables, stops)):
            wrong.append(name)
    count = Counter[str]()

    def compare(shop: Shop, stops: list[float]) -> None:
        tables = plan(shop.factory)
        found = differences(straight(tables, 160.0), in_pieces(tables, [*stops, 160.0]))
        assert not found, found[0]
        count["plants"] += 1

    moments = st.lists(st.floats(0.0, 150.0), min_size=1, max_size=3).map(sorted)
    failure = tried([(compare, (plants(), moments), examples)])
    if failure:
        wrong.append(failure)
    yield Line(
        f"**Stopped and gone on** from a state as text, against never stopped: {len(WORKING)} "
        f"shipped plants for 57 h and {count['plants']} random ones",
        "the last states have the same bits" if not wrong else f"NOT SO: {', '.join(wrong)}",
        not wrong,
    )


# --- tests of other parts, run as they are -------------------------------------------------------

TESTS = {
    "**Robot cells**: motion and clearance against pinocchio and coal, libraries of others": (
        "tests/against/test_cells_against_pinocchio.py",
        "tests/against/test_cells_against_coal.py",
    ),
    "**A real factory's recordings**, replayed, against the actions that others derived from "
    "them and against its orders, roads and routes": ("tests/against/test_aps_sessions.py",),
    "**The oracle itself**, against closed formulas": ("tests/against/test_oracle_formulas.py",),
}


def tests() -> Iterator[Line]:
    """Tests against what others have made, run by pytest."""
    for what, files in TESTS.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "report.xml"
            options = ["-q", "-p", "no:cacheprovider", f"--junitxml={path}"]
            subprocess.run(
                [sys.executable, "-m", "pytest", *options, *files], cwd=ROOT, stdout=sys.stderr
            )
            yield of_tests(what, path.read_text("utf-8") if path.exists() else "<none/>")


def of_tests(what: str, report: str) -> Line:
    """A line of pytest's report in JUnit's XML."""
    suites = list(ElementTree.fromstring(report).iter("testsuite"))
    sums = {
        key: sum(int(suite.get(key, 0)) for suite in suites)
        for key in ("tests", "failures", "errors", "skipped")
    }
    wrong = sums["failures"] + sums["errors"]
    passed = sums["tests"] - wrong - sums["skipped"]
    if wrong or not sums["tests"]:
        return Line(what, f"NOT SO: {wrong} of {sums['tests']} tests fail", False)
    if not passed:
        return Line(what, "not run here: what they need is not there", None)
    left = f", {sums['skipped']} not run here" if sums["skipped"] else ""
    return Line(what, f"{passed} tests pass{left}")


# --- the section ---------------------------------------------------------------------------------


def section(lines: Sequence[Line]) -> str:
    """The lines as a list in Markdown, and what they were found with."""
    made = [f"- {line.what}: {line.found}." for line in lines]
    with_ = f"{platform.python_implementation()} {platform.python_version()}"
    made.append("")
    made.append(f"Found by `make believe`, seed {SEED}, {with_}, {platform.machine()}.")
    return "\n".join(made) + "\n"


def collected(examples: int) -> Iterator[Line]:
    """All lines, as they are found."""
    yield from exact()
    yield from oracle(examples)
    compiled = days()
    yield from interpreted(compiled)
    yield from permuted(compiled)
    yield from snapshots(examples // 4)
    yield from tests()


def main() -> int:
    """Print the section; put it into the README if asked to. 1 where something does not agree."""
    asked = argparse.ArgumentParser(description="why the engine may be believed")
    asked.add_argument("--examples", type=int, default=200, help="random plants (200)")
    asked.add_argument("--write", action="store_true", help="put it into README.md")
    asked.add_argument("--days", action="store_true", help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.days:
        print(json.dumps(days()))
        return 0
    if is_interpreted():
        raise SystemExit("TWIN_INTERPRETED is set: nothing would be compiled to compare with")
    lines = []
    for line in collected(options.examples):
        lines.append(line)
        print(f"- {line.what}: {line.found}.", file=sys.stderr, flush=True)
    made = section(lines)
    print(made)
    if any(line.right is False for line in lines):
        print("something does not agree: README.md stays as it is", file=sys.stderr)
        return 1
    if options.write:
        path = ROOT / "README.md"
        text = path.read_text("utf-8")
        if not MARKS.search(text):
            raise SystemExit("README.md has lost the marks of this section")
        path.write_text(MARKS.sub(lambda m: m[1] + made + m[2], text), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
