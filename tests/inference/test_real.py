"""Real logs: their layouts have no error, and make what the logs tell."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import twin
from tests.inference.comparing import busy, errors, layout_of
from tests.recordings.mappings import JOB_SHOP, MACHINES, TRIER
from twin.errors import RecordingError
from twin.inference import Draft, draft_layout
from twin.production.run import simulate
from twin.recordings.log import read_log
from twin.recordings.mapping import parse_mapping
from twin.timeline import Timeline

DAY = 86400.0


@pytest.fixture(scope="module")
def factory(recordings_folder: Path) -> tuple[Timeline, Draft]:
    path = recordings_folder / "trier_smart_factory" / "trier_2021-06-23_to_07-01.csv.gz"
    timeline = read_log(path, parse_mapping(TRIER)).timeline
    return timeline, draft_layout(timeline, "trier")


@pytest.fixture(scope="module")
def job_shop(recordings_folder: Path) -> tuple[Timeline, Draft]:
    path = recordings_folder / "production_4tu" / "production_to_2012-02-29.csv"
    timeline = read_log(path, parse_mapping(JOB_SHOP)).timeline
    return timeline, draft_layout(timeline, "4tu", "Asia/Jerusalem")


def later(draft: Draft, days: int, seed: int) -> Timeline:
    """A run of a draft, after four weeks in which it fills."""
    run = simulate(twin.validate(layout_of(draft.text)), f"{days} day", seed)
    return run.clip(28 * DAY, days * DAY)


def done(timeline: Timeline) -> int:
    ends = timeline.orders["end"]
    return int(((ends > timeline.start) & (ends <= timeline.end)).sum())


def rules(draft: Draft) -> set[str]:
    return {note.rule for note in draft.notes}


def test_smart_factory(factory: tuple[Timeline, Draft]) -> None:
    _, draft = factory
    layout = layout_of(draft.text)
    assert errors(layout) == []
    # The two floors have a machine of a kind each, which parts visit one after the other: no two
    # of the fifteen take turns.
    assert len(layout.stations) == 15 and all(
        len(s.machines) == 1 for s in layout.stations.values()
    )
    assert len(layout.products) >= 10  # its workflows, the one of two parts left out
    assert layout.machines["ov-1"].asset == "oven/chamber"
    assert layout.machines["mm-2"].asset == "mill/desktop"
    assert layout.calendar is None and "draft.calendar" in rules(draft)  # eight days


def test_smart_factory_makes_as_much(factory: tuple[Timeline, Draft]) -> None:
    timeline, draft = factory
    run = later(draft, 112, 1)
    # 200 orders are known to 7 % (one standard error), and the log has them in bursts.
    assert done(run) / 84 == pytest.approx(done(timeline) / (timeline.end / DAY), rel=0.2)
    for name in ("hbw", "vgr", "ov", "wt", "sm", "mm"):
        found = busy(run, [f"{name}-1", f"{name}-2"])
        assert found == pytest.approx(busy(timeline, [f"{name}_1", f"{name}_2"]), rel=0.25), name


def test_job_shop(job_shop: tuple[Timeline, Draft]) -> None:
    _, draft = job_shop
    layout = layout_of(draft.text)
    assert errors(layout) == []
    # The week of this shop runs from Sunday to Friday, by day and by night; on Saturdays hardly
    # anything happens.
    calendar = layout.calendars["open"]
    assert calendar.cycle == 7 * DAY
    saturday = (5.25 * DAY, 5.75 * DAY)
    assert all(end <= saturday[0] or begin >= saturday[1] for begin, end in calendar.open)
    assert sum(end - begin for begin, end in calendar.open) > 5 * DAY
    assert layout.machines["turning-milling"].places >= 5
    # Far fewer people are at work at once than there are names, and each tends several steps.
    assert 10 <= sum(crew.people for crew in layout.crews.values()) <= 40
    assert {"draft.by-chance", "draft.parallel", "draft.seldom", "draft.workers"} <= rules(draft)


def test_job_shop_makes_about_as_much(job_shop: tuple[Timeline, Draft]) -> None:
    timeline, draft = job_shop
    layout = layout_of(draft.text)
    runs = [later(draft, 140, seed) for seed in (1, 2, 3)]
    days = timeline.end / DAY
    # Six of ten parts are cut by the log, in which the stock of unfinished parts grows: the steady
    # state has more done at the end of the routes, and less at their beginning.
    assert np.mean([done(run) / 112 for run in runs]) == pytest.approx(
        done(timeline) / days, rel=0.5
    )
    stations = {m.label: name for name, m in layout.machines.items()}
    total = sum(busy(timeline, [label]) for label in stations)
    found = np.mean([sum(busy(run, [name]) for name in stations.values()) for run in runs])
    assert found == pytest.approx(total, rel=0.2)
    for label in ("Turning & Milling", "Round Grinding", "Lapping", "Laser Marking"):
        share = np.mean([busy(run, [stations[label]]) for run in runs])
        assert share == pytest.approx(busy(timeline, [label]), rel=0.5), label


def test_states_without_parts_are_no_routes(recordings_folder: Path) -> None:
    folder = recordings_folder / "sme_machines"
    path = next(p for p in sorted(folder.iterdir()) if p.suffix in (".parquet", ".csv", ".gz"))
    timeline = read_log(path, parse_mapping(MACHINES)).timeline
    with pytest.raises(RecordingError, match="names no part"):
        draft_layout(timeline, "machines")
