"""The single inferences against exact answers."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twin.inference.durations import observe, spoken
from twin.inference.ground import asset_for, stand
from twin.inference.openings import DAY, find_openings, local_times
from twin.inference.routes import OUT, SCRAP, find_routes, follow, shares, visits_per_part
from twin.inference.stations import at_once
from twin.layout.catalog import load_asset
from twin.units import parse

HOUR = 3600.0


def test_a_night_shift_belongs_to_the_day_on_which_it_begins() -> None:
    days = np.array([d for d in range(42) if d % 7 < 5], dtype=float)  # Monday to Friday
    moments = np.concatenate([days * DAY + h * HOUR for h in np.arange(14, 23.6, 0.5)])
    moments = np.concatenate([moments, *(days * DAY + h * HOUR for h in np.arange(24, 26.1, 0.5))])
    found = find_openings(moments, 42 * DAY)
    assert found is not None and found.days == 30
    week = [(d * DAY + 14 * HOUR, d * DAY + 26 * HOUR) for d in range(5)]
    assert list(found.spans) == week and found.daily is None and found.outside == 0


def test_two_weeks_are_the_least() -> None:
    days = np.arange(13, dtype=float)
    moments = np.concatenate([days * DAY + h * HOUR for h in range(8, 17)])
    assert find_openings(moments, 13 * DAY) is None
    assert find_openings(moments, 14 * DAY) is not None


def test_open_time_between_two_moments() -> None:
    days = np.arange(21, dtype=float)
    found = find_openings(np.concatenate([days * DAY + h * HOUR for h in range(8, 17)]), 21 * DAY)
    assert found is not None and found.daily == ((8 * HOUR, 16 * HOUR),)
    times = np.array([0.0, 9 * HOUR, DAY + 9 * HOUR, 7 * DAY])
    assert found.worked(times) == pytest.approx([0, HOUR, 9 * HOUR, 56 * HOUR])


def test_clocks_of_a_zone() -> None:
    epoch = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)  # a Saturday, clocks change on Sunday
    local = local_times(np.array([0.0, DAY]), epoch, "Europe/Berlin")
    assert local == pytest.approx([5 * DAY + 13 * HOUR, 6 * DAY + 14 * HOUR])


@pytest.mark.parametrize("law", ["lognormal", "gamma", "weibull"])
def test_the_law_is_found_and_the_mean_is_that_of_the_log(law: str) -> None:
    random = np.random.default_rng(5)
    values = {
        "lognormal": random.lognormal(5, 0.8, 4000),
        "gamma": random.gamma(1.5, 100, 4000),
        "weibull": random.weibull(3, 4000) * 200,
    }[law]
    found = observe(values, float("inf"))
    assert found is not None and found.value["dist"] == law
    assert found.mean == values.mean() and found.count == 4000


def test_spread_without_enough_observations() -> None:
    found = observe(np.array([60.0, 120.0, 180.0]))
    assert found is not None and found.value == {
        "dist": "lognormal", "mean": "2 min", "cv": 0.5,
        "basis": "measured: mean and spread of n = 3",
    }  # fmt: skip
    lone = observe(np.array([60.0, 0.0, np.nan]))
    assert lone is not None and lone.value["basis"] == "guessed: only n = 1" and lone.zeros == 1
    assert observe(np.zeros(9)) is None


@settings(deadline=None)  # the first unit that is read loads a library
@given(st.floats(1e-3, 1e8))
def test_a_time_is_read_as_it_is_written(seconds: float) -> None:
    assert parse(spoken(seconds), "time") == pytest.approx(seconds, rel=6e-4)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=9).filter(any))
def test_shares_add_up(counts: list[int]) -> None:
    found = shares(counts)
    assert sum(found) == 10_000
    assert all(abs(f - 10_000 * c / sum(counts)) < 1 for f, c in zip(found, counts, strict=True))


def test_at_once_leaves_out_what_is_short() -> None:
    starts, ends = np.arange(0.0, 1000, 10), np.arange(0.0, 1000, 10) + 10
    assert at_once(starts, ends) == 1
    late = ends.copy()
    late[7] += 5  # one of a hundred is booked too late
    assert at_once(starts, late) == 1
    assert at_once(np.repeat(starts, 3), np.repeat(ends, 3)) == 3


def test_rework_skips_and_scrap_along_a_backbone() -> None:
    assert follow((1, 2, 3), (1, 2, 1, 2, 3), False) == [
        (-1, 0),
        (0, 1),
        (1, 0),
        (0, 1),
        (1, 2),
        (2, OUT),
    ]
    assert follow((1, 2, 3), (1, 2), True) == [(-1, 0), (0, 1), (1, SCRAP)]
    assert follow((1, 2, 3), (1, 3), False) is None and follow((1, 2, 3), (1, 2), False) is None
    # The same step twice in a route is no rework.
    assert follow((1, 2, 1), (1, 2, 1), False) == [(-1, 0), (0, 1), (1, 2), (2, OUT)]


def test_variants_have_their_shares_and_rare_ones_are_counted() -> None:
    ways = [((1, 2, 3), False)] * 60 + [((1, 3), False)] * 30 + [((3, 2, 1), False)] * 2
    found = find_routes([*ways, *[((1, 2, 2, 3), False)] * 8], [])
    assert [(r.steps, r.parts) for r in found.routes] == [((1, 2, 3), 68), ((1, 3), 30)]
    assert found.rare == 2 and found.routes[0].moves[1, 1] == 8
    assert visits_per_part(found.routes[0]) == pytest.approx(3 + 8 / 68)


def test_without_a_usual_way_each_step_has_its_chances() -> None:
    random = np.random.default_rng(2)
    ways = []
    for _ in range(300):
        way, here = [0], 0
        while here != 4 and len(way) < 50:
            here = int(random.choice([1, 2, 3, 4]))
            way.append(here)
        ways.append((tuple(way), False))
    (route,) = find_routes(ways, []).routes
    assert route.by_chance and sum(n for (_, j), n in route.moves.items() if j == OUT) == 300
    mean = sum(len(way) for way, _ in ways) / 300
    # Turns are told apart up to the usual number, so that the chain is nearly that of the log.
    assert visits_per_part(route) == pytest.approx(mean, rel=0.02)


def test_machines_stand_in_rows_without_overlap() -> None:
    assets = {f"m{k}": asset_for(word) for k, word in enumerate(WORDS * 6)}
    floor = stand(assets)
    boxes = []
    for name, (x, y) in floor.at.items():
        wide, deep = load_asset(assets[name]).size[:2]
        boxes.append((x - wide / 2, x + wide / 2, y - deep / 2, y + deep / 2))
        assert boxes[-1][0] >= 0 and boxes[-1][1] <= floor.size[0], name
        assert boxes[-1][2] >= 0 and boxes[-1][3] <= floor.size[1], name
    for k, a in enumerate(boxes):
        for b in boxes[:k]:
            apart = max(a[0] - b[1], b[0] - a[1], a[2] - b[3], b[2] - a[3])
            assert apart >= 1.2 - 1e-3


WORDS = [
    "Mill",
    "drilling 3",
    "/ov/burn",
    "laser-1",
    "3D print",
    "Final Inspection",
    "Packing",
    "?",
]


def test_assets_by_words() -> None:
    assert [asset_for(word) for word in WORDS] == [
        "mill/desktop", "mill/desktop", "oven/chamber", "cutter/laser", "printer/filament",
        "inspection/cmm", "bench/packing", "bench/packing",
    ]  # fmt: skip
    assert asset_for("overlap") == asset_for("execute") == "bench/packing"
