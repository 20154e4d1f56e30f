"""Real logs, each against counts that plain Python makes of the same file."""

from __future__ import annotations

import csv
import gzip
import math
from collections import Counter, defaultdict
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from tests.recordings.mappings import COBOT, JOB_SHOP, MACHINES, TRIER
from tests.recordings.sums import same_figures
from twin.kpis import measure, measure_totals
from twin.recordings.log import Log, read_log
from twin.recordings.mapping import parse_mapping
from twin.recordings.totals import totals_of_log
from twin.timeline import Outcome, Quality, State, Timeline

Rows = list[dict[str, str]]


def rows_of(path: Path, separator: str = ",") -> Rows:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        return [
            {k.strip(): v for k, v in row.items() if k}
            for row in csv.DictReader(file, delimiter=separator)
        ]


def found(log: Log) -> dict[str, float | None]:
    return {finding.rule: finding.value for finding in log.findings}


def points(timeline: Timeline, name: str):
    return timeline.points[timeline.points["name"] == timeline.code(name)]


def of(timeline: Timeline, resource: str, *states: State):
    rows = timeline.intervals[timeline.intervals["resource"] == timeline.code(resource)]
    return rows[np.isin(rows["state"], states)] if states else rows


def seconds(timeline: Timeline, rows) -> float:
    ends = np.where(np.isnan(rows["end"]), timeline.end, rows["end"])
    return float((ends - rows["start"]).sum())


def longest_so_far(spans: list[tuple[datetime, datetime]]) -> tuple[int, float]:
    """How many of some spans begin while an earlier one lasts, and how long all last together."""
    overlaps, busy, until = 0, 0.0, None
    for start, end in sorted(spans):
        if until is not None and start < until:
            overlaps += 1
        begin = start if until is None else max(start, until)
        busy += max(0.0, (end - begin).total_seconds())
        until = end if until is None else max(until, end)
    return overlaps, busy


# --- a smart factory that logs when a step is scheduled, starts and completes --------------------


@pytest.fixture(scope="module")
def trier(recordings_folder: Path) -> tuple[Log, Rows]:
    path = recordings_folder / "trier_smart_factory" / "trier_2021-06-23_to_07-01.csv.gz"
    return read_log(path, parse_mapping(TRIER)), rows_of(path)


def instances(rows: Rows) -> dict[tuple[str, str], dict[str, dict[str, str]]]:
    steps: dict[tuple[str, str], dict[str, dict[str, str]]] = defaultdict(dict)
    for row in rows:
        steps[row["case_id"], row["identifier:id"]][row["lifecycle:transition"]] = row
    return steps


def when(row: dict[str, str], column: str = "timestamp") -> datetime:
    return datetime.fromisoformat(row[column])


def test_three_rows_are_one_step(trier: tuple[Log, Rows]) -> None:
    timeline, steps = trier[0].timeline, instances(trier[1])
    assert timeline.epoch == min(when(row) for row in trier[1]).replace(tzinfo=UTC)
    work = timeline.intervals[timeline.intervals["state"] == State.PROCESSING]
    assert len(work) == len(steps) == 2330
    spans = defaultdict(list)
    for step in steps.values():
        spans[step["start"]["org:resource"]].append((when(step["start"]), when(step["complete"])))
    assert {timeline.name(code) for code in timeline.resources} == set(spans)
    overlaps = 0
    for resource, its in spans.items():
        count, busy = longest_so_far(its)
        overlaps += count
        told = seconds(timeline, of(timeline, resource, State.PROCESSING))
        assert told == pytest.approx(busy, abs=1e-3), resource
    assert found(trier[0])["log.overlaps"] == overlaps == len(points(timeline, "overlap")) == 4
    assert (of(timeline, "vgr_1")["quality"] == Quality.UNCERTAIN).sum() == 2
    assert measure(timeline).finished == sum(o == Outcome.DONE for o in timeline.orders["outcome"])


def test_a_step_waits_from_scheduled_to_started(trier: tuple[Log, Rows]) -> None:
    timeline, steps = trier[0].timeline, instances(trier[1])
    waits = sorted(
        (when(s["start"]) - when(s["scheduled"])).total_seconds() for s in steps.values()
    )
    assert sorted(points(timeline, "wait")["value"]) == pytest.approx(waits, abs=1e-6)
    assert min(waits) > 0 and np.median(waits) > 1.4


def test_service_times_are_minutes_and_seconds(trier: tuple[Log, Rows]) -> None:
    told = []
    for row in trier[1]:
        if row["complete_service_time"]:
            # Most are "mm:ss.s", a hundred are "0 days 00:04:51.941968".
            *hours, minutes, rest = row["complete_service_time"].split()[-1].split(":")
            told.append(3600 * sum(map(int, hours)) + 60 * int(minutes) + float(rest))
    service = points(trier[0].timeline, "service")
    assert sorted(service["value"]) == pytest.approx(sorted(told)) and max(told) > 900
    assert {trier[0].timeline.name(u) for u in service["unit"]} == {"s"}
    planned = points(trier[0].timeline, "planned")
    steps = instances(trier[1])
    clocks = [step["start"]["planned_operation_time"].split()[-1] for step in steps.values()]
    spelled = [
        sum(int(x) * f for x, f in zip(c.split(":"), (3600, 60, 1), strict=True)) for c in clocks
    ]
    assert sorted(planned["value"]) == pytest.approx(sorted(spelled))


def test_failures_are_points_and_an_order_that_ends_in_one_is_cancelled(
    trier: tuple[Log, Rows],
) -> None:
    timeline, rows = trier[0].timeline, trier[1]
    failed = [row for row in rows if row["lifecycle:state"] == "failure"]
    told = points(timeline, "failure")
    assert len(told) == len(failed) == 65
    codes = Counter(row["response_status_code"] for row in failed)
    assert Counter(timeline.name(native) for native in told["native"]) == codes
    last: dict[str, dict[str, str]] = {}
    for row in rows:
        if row["lifecycle:transition"] == "complete":
            known = last.get(row["case_id"])
            if known is None or when(row) > when(known):
                last[row["case_id"]] = row
    cancelled = {case for case, row in last.items() if row["lifecycle:state"] == "failure"}
    orders = timeline.orders
    assert len(orders) == len(last) == 201
    ended = orders[orders["outcome"] == Outcome.CANCELLED]
    assert {timeline.name(code) for code in ended["id"]} == cancelled
    assert {timeline.name(code) for code in orders["product"]} == {
        row["process_model_id"] for row in rows
    }


# --- a job shop: a row a step, people who tend several machines, cut at both ends ----------------


@pytest.fixture(scope="module")
def job_shop(recordings_folder: Path) -> tuple[Log, Rows]:
    path = recordings_folder / "production_4tu" / "production_to_2012-02-29.csv"
    return read_log(path, parse_mapping(JOB_SHOP)), rows_of(path)


def test_rows_that_stand_there_twice_are_dropped_and_counted(job_shop: tuple[Log, Rows]) -> None:
    log, rows = job_shop
    once = {tuple(row.values()) for row in rows}
    assert found(log)["log.duplicates"] == len(rows) - len(once) == 32
    work = log.timeline.intervals[log.timeline.intervals["part"] >= 0]
    assert len(work) == len(once)
    assert "log.overlaps" not in found(log)  # nobody said that a station takes one part at a time


def test_local_times_are_understood(job_shop: tuple[Log, Rows]) -> None:
    first = min(datetime.fromisoformat(row["start_time"]) for row in job_shop[1])
    assert job_shop[0].timeline.epoch == first.replace(tzinfo=ZoneInfo("Asia/Jerusalem"))
    assert "log.zone" not in found(job_shop[0])


def test_a_worker_is_at_work_while_any_machine_is_tended(job_shop: tuple[Log, Rows]) -> None:
    log, rows = job_shop
    spans = defaultdict(set)
    for row in rows:
        span = datetime.fromisoformat(row["start_time"]), datetime.fromisoformat(row["end_time"])
        spans[row["Resource"]].add((*span, row["case_id"], row["Activity"]))
    several = 0
    for worker, its in spans.items():
        count, busy = longest_so_far([(start, end) for start, end, *_ in its])
        several += count
        told = seconds(log.timeline, of(log.timeline, worker, State.PROCESSING))
        assert told == pytest.approx(busy, abs=1e-6), worker
    assert several == 789
    measure(log.timeline)  # and nobody is in two states at once


def test_a_station_has_as_many_places_as_it_took_parts_at_once(job_shop: tuple[Log, Rows]) -> None:
    log, rows = job_shop
    edges: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
    for start, end, activity, *_ in {
        (row["start_time"], row["end_time"], row["Activity"], row["case_id"], row["Resource"])
        for row in rows
    }:
        if start < end:
            edges[activity] += [
                (datetime.fromisoformat(start), 1),
                (datetime.fromisoformat(end), -1),
            ]
    names = {log.timeline.name(code) for code in log.timeline.resources}
    for activity, changes in edges.items():
        most = now = 0
        for _, change in sorted(changes):
            now += change
            most = max(most, now)
        places = {activity} if most == 1 else {f"{activity}.{k + 1}" for k in range(most)}
        assert places <= names and f"{activity}.{most + 1}" not in names


def test_orders_that_the_log_cuts_off_stay_open(job_shop: tuple[Log, Rows]) -> None:
    log, rows = job_shop
    last: dict[str, tuple[str, str]] = {}
    for row in rows:
        last[row["case_id"]] = max(
            last.get(row["case_id"], ("", "")), (row["end_time"], row["Activity"])
        )
    packed = {case for case, (_, activity) in last.items() if activity == "Packing"}
    orders = log.timeline.orders
    done = orders[orders["outcome"] == Outcome.DONE]
    assert {log.timeline.name(code) for code in done["id"]} == packed
    still = orders[orders["outcome"] == Outcome.OPEN]
    assert len(still) == len(last) - len(packed) and np.isnan(still["end"]).all()
    assert not np.isnan(still["start"]).any()


# --- three machines: a row every five minutes, none while idle -----------------------------------


@pytest.fixture(scope="module")
def machines(recordings_folder: Path) -> tuple[Log, Rows]:
    path = recordings_folder / "sme_machines" / "company_A_labelled_subset.csv.gz"
    return read_log(path, parse_mapping(MACHINES)), rows_of(path)


def test_a_row_tells_of_the_time_since_the_last_one(machines: tuple[Log, Rows]) -> None:
    """And of five minutes at most; what lies before is a gap."""
    log, rows = machines
    states = {"1.0": State.SETUP, "2.0": State.PROCESSING, "3.0": State.DOWN}
    times: dict[tuple[str, State], float] = defaultdict(float)
    gaps: Counter[str] = Counter()
    before: dict[str, float] = {}
    for row in sorted(rows, key=lambda row: row["ts"]):
        now, asset = datetime.fromisoformat(row["ts"]).timestamp(), row["asset"]
        since = now - before.get(asset, now - 300)
        times[asset, states[row["status"]]] += min(300.0, since)
        gaps[asset] += since > 300
        before[asset] = now
    for (asset, state), told in times.items():
        assert seconds(log.timeline, of(log.timeline, asset, state)) == pytest.approx(told)
    told = points(log.timeline, "gap")
    assert Counter(log.timeline.name(code) for code in told["resource"]) == gaps
    assert (told["value"] > 0).all()
    kpis = measure(log.timeline).resources["0"]
    assert kpis.states[State.UNAVAILABLE] > 5 * 86400 and State.IDLE not in kpis.states


def test_power_is_in_watts(machines: tuple[Log, Rows]) -> None:
    log, rows = machines
    power = points(log.timeline, "power")
    assert len(power) == len(rows)
    assert power["value"].sum() == pytest.approx(
        sum(1000 * float(row["power_avg"]) for row in rows)
    )
    assert {log.timeline.name(code) for code in power["unit"]} == {"W"}


# --- one arm: a row a second, decimal commas, blank cells ----------------------------------------


@pytest.fixture(scope="module")
def cobot(recordings_folder: Path) -> tuple[Log, Rows]:
    path = recordings_folder / "ur3_cobotops" / "dataset_02052023.csv.gz"
    return read_log(path, parse_mapping(COBOT)), rows_of(path, ";")


def test_decimal_commas_and_blank_cells(cobot: tuple[Log, Rows]) -> None:
    log, rows = cobot
    for name, column in (("current_1", "Current_J1"), ("speed_4", "Speed_J4")):
        told = [float(row[column].replace(",", ".")) for row in rows if row[column]]
        assert len(told) < len(rows)
        assert points(log.timeline, name)["value"] == pytest.approx(told)
    assert len(points(log.timeline, "grip_lost")) == sum(bool(row["grip_lost"]) for row in rows)
    assert points(log.timeline, "grip_lost")["value"].sum() == 243


def test_cycles_are_intervals(cobot: tuple[Log, Rows]) -> None:
    log, rows = cobot
    work = of(log.timeline, "ur3", State.PROCESSING)
    assert {log.timeline.name(native) for native in work["native"]} == {
        row["cycle"] for row in rows if row["Robot_ProtectiveStop"] != "True"
    }
    times = [datetime.fromisoformat(row["Timestamp"]).timestamp() for row in rows]
    known = {True: 0.0, False: 0.0}
    for row, now, following in zip(rows, times, times[1:], strict=False):
        known[row["Robot_ProtectiveStop"] == "True"] += min(10.0, following - now)
    assert seconds(log.timeline, work) == pytest.approx(known[False], abs=1e-3)
    assert seconds(log.timeline, of(log.timeline, "ur3", State.DOWN)) == pytest.approx(
        known[True], abs=1e-3
    )
    gaps = [b - a - 10 for a, b in pairwise(times) if b - a > 10]
    assert sorted(points(log.timeline, "gap")["value"]) == pytest.approx(sorted(gaps), abs=1e-3)
    assert math.isnan(of(log.timeline, "ur3")[-1]["end"])


# --- figures without a timeline ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (TRIER, "trier_smart_factory/trier_2021-06-23_to_07-01.csv.gz"),
        (JOB_SHOP, "production_4tu/production_to_2012-02-29.csv"),
        (MACHINES, "sme_machines/company_A_labelled_subset.csv.gz"),
        (COBOT, "ur3_cobotops/dataset_02052023.csv.gz"),
    ],
)
def test_sums_of_a_log_are_those_of_its_timeline(
    recordings_folder: Path, text: str, name: str
) -> None:
    path, mapping = recordings_folder / name, parse_mapping(text)
    log, totals = read_log(path, mapping), totals_of_log(path, mapping)
    assert same_figures(measure_totals(totals), measure(log.timeline))
    assert totals.findings == log.findings
