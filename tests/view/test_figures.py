"""What the page says, held against the numbers it is said of."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from tests.view.plants import plant
from twin.bottlenecks import LESS_TIME, ONE_MORE
from twin.comparison import NO_DIFFERENCE, Effect, effects
from twin.experiments import Estimate
from twin.layout.edits import ResizeCrew
from twin.layout.files import parse
from twin.layout.starters import empty_layout
from twin.timeline import State
from twin.view import figures, words
from twin.view.bars import SHOWN, Bars
from twin.view.blobs import Blobs
from twin.view.figures import Choice
from twin.view.workbench import Snapshot, Workbench


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Snapshot, Snapshot]:
    """The plant as it was opened, and with one setter more."""
    bench = Workbench(plant(), Blobs(tmp_path_factory.mktemp("blobs")))
    bench.start()
    assert bench.wait(120)
    first = bench.shown
    bench.do(ResizeCrew("setter", 2))
    assert bench.wait(120)
    return first, bench.shown


def test_the_page_is_json_without_nan(edited: tuple[Snapshot, Snapshot]) -> None:
    for shown in (*edited, Snapshot(plant().layout)):
        text = json.dumps(figures.page(shown, Choice("station", "mill")), allow_nan=False)
        assert json.loads(text)["mode"] == "predict"


def test_output_is_the_mean_of_the_replications(edited: tuple[Snapshot, Snapshot]) -> None:
    first, _ = edited
    assert first.outlook
    made = [t.exits / t.window * 86400 for t in first.outlook.forecast.tallies]
    figure = figures.strip(first)[0]
    assert float(figure["value"]) == pytest.approx(np.mean(made), rel=0.005)
    assert figure["unit"] == "brackets a day"
    half = stats.t.ppf(0.975, len(made) - 1) * np.std(made, ddof=1) / len(made) ** 0.5
    low, high = (float(x) for x in figure["note"].split("within ")[1].split(",")[0].split(" to "))
    assert low == pytest.approx(np.mean(made) - half, abs=0.06)
    assert high == pytest.approx(np.mean(made) + half, abs=0.06)


def test_a_mean_and_what_the_next_order_takes_are_told_apart(
    edited: tuple[Snapshot, Snapshot],
) -> None:
    first, _ = edited
    assert first.outlook
    forecast = first.outlook.forecast
    strip = {figure["key"]: figure for figure in figures.strip(first)}
    low, high = (words.duration(x) for x in (forecast.lead_p05, forecast.lead_p95))
    assert strip["lead"]["note"] == f"half of the orders; 9 of 10 take {low} to {high}"
    for key, figure in strip.items():
        assert key == "lead" or "mean" in figure["note"], figure
        assert ("±" in figure["note"]) <= ("mean ±" in figure["note"]), figure


def test_an_edit_is_compared_where_the_warm_ups_were_found(tmp_path: Path) -> None:
    bench = Workbench(plant(("warm_up: 2 day, window: 5 day", "window: 5 day")), Blobs(tmp_path))
    bench.start()
    assert bench.wait(120)
    note = figures.badge(bench.shown)["note"]
    assert "of warm-up (of the output; parts do not settle)" in note
    bench.do(ResizeCrew("setter", 2))
    assert bench.wait(120)
    assert figures.change(bench.shown) == {"texts": ["+1 setter (1 -> 2)"], "ready": True}
    assert "difference" in figures.strip(bench.shown)[0]


def test_a_difference_is_paired_and_beside_the_old_figure(
    edited: tuple[Snapshot, Snapshot],
) -> None:
    first, second = edited
    assert first.outlook and second.outlook
    figure = figures.strip(second)[0]
    assert figure["old"].startswith(figures.strip(first)[0]["value"])
    pairs = zip(first.outlook.forecast.tallies, second.outlook.forecast.tallies, strict=True)
    change = np.array([(b.exits / b.window - a.exits / a.window) * 86400 for a, b in pairs])
    assert figure["difference"].startswith("+")
    assert float(figure["difference"][1:].split(" ")[0]) == pytest.approx(change.mean(), abs=0.5)
    assert figures.change(second) == {"texts": ["+1 setter (1 -> 2)"], "ready": True}
    assert figures.change(first) is None
    assert "difference" not in figures.strip(first)[0]


def test_equal_replications_have_no_measurable_difference(
    edited: tuple[Snapshot, Snapshot],
) -> None:
    _, second = edited
    assert second.outlook
    renamed = second.outlook.layout.model_copy(update={"about": "other words"})
    same = replace(second, before=replace(second.outlook, layout=renamed))
    assert {f["difference"] for f in figures.strip(same)} == {NO_DIFFERENCE}


def test_the_strip_and_the_comparison_are_of_one_source(
    edited: tuple[Snapshot, Snapshot],
) -> None:
    first, second = edited
    assert first.outlook and second.outlook
    told = {effect.key: effect for effect in effects(first.outlook.sample, second.outlook.sample)}
    strip = {figure["key"]: figure for figure in figures.strip(second)}
    assert (
        set(strip) == {*told} >= {"output", "lead", "lead_p90", "wip", "walked", "energy", "cost"}
    )
    for key, figure in strip.items():
        if key != "piling":  # "are met" says more than a growth of nothing
            said = f"{figure['difference']} {figure['unit']}"
            assert said.startswith(words.effect(told[key], "brackets")), key
    assert "on_time" not in strip
    assert {figure["key"] for figure in figures.strip(first)} == set(strip)


def test_on_time_is_shown_where_orders_are_due(tmp_path: Path) -> None:
    bench = Workbench(plant(("mean: 6 min}", "mean: 6 min}, due: 4 h")), Blobs(tmp_path))
    bench.start()
    assert bench.wait(120)
    (figure,) = [each for each in figures.strip(bench.shown) if each["key"] == "on_time"]
    assert figure["unit"] == "%" and 0 <= float(figure["value"]) < 100
    assert figure["note"].startswith("mean ± ") and figure["note"].endswith("of orders due")


def test_shares_of_open_time_add_up(edited: tuple[Snapshot, Snapshot]) -> None:
    for shown in edited:
        bars = figures.bars(shown)
        assert list(bars) == ["Milling", "Packing", "Setter"]
        for share in bars.values():
            assert sum(share.values()) == pytest.approx(1.0, abs=1e-12)
            assert State.OFF not in share


def test_a_station_says_whom_it_waits_for(edited: tuple[Snapshot, Snapshot]) -> None:
    first, _ = edited
    chosen = figures.chosen(first, Choice("machine", "mill-1"))
    assert chosen and chosen["title"] == "Mill 1"
    labels = [figure["label"] for figure in chosen["figures"]]
    assert "Waits for a setter" in labels
    assert sum(part["share"] for part in chosen["bar"]) == pytest.approx(1.0, abs=1e-3)
    done = next(f for f in chosen["figures"] if f["label"] == "Worked")
    output = figures.strip(first)[0]["value"]
    assert float(done["value"]) == pytest.approx(float(output), rel=0.1)
    assert figures.chosen(first, Choice("machine", "nothing")) is None
    assert figures.chosen(first, None) is None


def test_the_person_is_named_as_what_holds_it_back(edited: tuple[Snapshot, Snapshot]) -> None:
    first, _ = edited
    page = figures.page(first)
    assert "the setter holds the output back; one more brings +" in page["sentence"]
    less, more = page["holds"]["lists"]
    assert (less["title"], more["title"]) == (LESS_TIME, "One more")
    assert more["rows"][0]["label"] == "Setter" and more["rows"][0]["cost"] == "30 € an hour"
    rest = [row for row in more["more"] if not row["measurable"]]
    assert all(row["words"] == NO_DIFFERENCE and not row["gain"] for row in rest)
    rings = [ring for ring in figures.rings(first) if ring["people"] == ["setter#1"]]
    assert len(rings) == 1 and ONE_MORE in rings[0]["text"]


def test_findings_point_at_what_they_are_about(tmp_path: Path) -> None:
    bench = Workbench(plant(("at: [2 m, 2 m]", "at: [6 m, 2 m]")), Blobs(tmp_path))
    bench.start()
    assert bench.wait(60)
    page = figures.page(bench.shown)
    assert page["badge"]["text"] == "NO FORECAST"
    assert page["sentence"].startswith("No forecast before")
    assert any(f["severity"] == "error" and f["focus"] for f in page["findings"])
    assert {figure["value"] for figure in page["strip"]} == {"-"}


def test_a_layout_with_two_products_makes_parts() -> None:
    layout = plant().layout
    twice = layout.model_copy(
        update={"products": {**layout.products, "other": next(iter(layout.products.values()))}}
    )
    assert (figures.noun(layout), figures.noun(twice)) == ("brackets", "parts")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (45, "45 s"),
        (720, "12 min"),
        (12240, "3.4 h"),
        (14400, "4 h"),
        (1054080, "12.2 days"),
        (math.nan, "unknown"),
    ],
)
def test_durations(seconds: float, text: str) -> None:
    assert words.duration(seconds) == text


@pytest.mark.parametrize(
    ("mean", "half", "text"),
    [
        (77.94, 0.7, ("77.9", "± 0.7")),
        (41.6, 1.0, ("42", "± 1")),
        (0.19153, 0.0008, ("0.192", "± 0.001")),
        (1234.5, 20.0, ("1,234", "± 20")),
        (-0.004, 1.2, ("0", "± 1")),
        (-3.5, 0.4, ("\N{MINUS SIGN}3.5", "± 0.4")),
        (0.0, 0.0, ("0", "± 0")),
        (0.191, 0.0004, ("0.191", "± 0.0004")),
        (1417.0, 0.3, ("1,417", "± 0.3")),
        (1417.0, 1e-13, ("1,417", "± 0")),
    ],
)
def test_numbers_are_as_fine_as_their_interval(
    mean: float, half: float, text: tuple[str, str]
) -> None:
    assert words.plus_minus(Estimate(mean, mean - half, mean + half)) == text


@pytest.mark.parametrize(
    ("unit", "difference", "text"),
    [
        ("parts/day", Estimate(1.0, -0.1, 2.1), NO_DIFFERENCE),
        ("parts/day", Estimate(-2.0, -2.5, -1.5), "\N{MINUS SIGN}2.0 ± 0.5 boards a day"),
        ("s", Estimate(7200.0, 6840.0, 7560.0), "+2.0 ± 0.1 h"),
        ("share", Estimate(0.031, 0.026, 0.036), "+3.1 ± 0.5 points"),
        ("m/day", Estimate(80.0, 77.0, 83.0), "+80 ± 3 m a day"),
        ("J/part", Estimate(-36e3, -37e3, -35e3), "\N{MINUS SIGN}10.0 ± 0.3 Wh a board"),
        ("EUR/part", Estimate(0.5, 0.4, 0.6), "+0.5 ± 0.1 € a board"),
        ("share", None, "not comparable"),
    ],
)
def test_a_difference_is_told_in_its_own_unit(
    unit: str, difference: Estimate | None, text: str
) -> None:
    known = Estimate(50.0, 40.0, 60.0)
    assert words.effect(Effect("key", "Label", unit, known, known, difference), "boards") == text


def test_every_state_has_words_and_a_colour_of_its_own() -> None:
    assert set(words.STATES) == set(State)
    assert len({colour for colour, _ in words.STATES.values()}) == len(State)
    script = (Path(words.__file__).parent / "viewer" / "src" / "words.js").read_text()
    for state, (colour, said) in words.STATES.items():
        assert f'{state.name}: {{ colour: "{colour}", words: "{said}"' in script


def test_bars_stack_to_a_hundred_per_cent(edited: tuple[Snapshot, Snapshot]) -> None:
    bars = Bars()
    bars.show(figures.bars(edited[0]))
    for row in range(3):
        whole = sum(float(np.asarray(bars.source.data[state.name])[row]) for state in SHOWN)
        assert abs(whole - 100.0) < 1e-9
    assert bars.rows.factors == ["Setter", "Packing", "Milling"]
    bars.paint("dark")
    assert bars.figure.yaxis.major_label_text_color == "#cbd5e1"


def test_a_finding_of_what_is_drawn_leads_to_it(tmp_path: Path) -> None:
    loose = "conveyors: {belt: {points: [[3.4 m, 3.2 m], [4.6 m, 3.2 m]]}}\nmachines:\n"
    bench = Workbench(plant(("machines:\n", loose)), Blobs(tmp_path))
    bench.start()
    assert bench.wait(60)
    (finding,) = figures.page(bench.shown)["findings"]
    assert (finding["kind"], finding["name"], finding["focus"]) == (
        "conveyor", "belt", "conveyor:belt",
    )  # fmt: skip
    assert finding["message"].startswith("no station is fed by 'belt'")


def test_where_nothing_is_ordered_no_orders_are_met(tmp_path: Path) -> None:
    bench = Workbench(parse(empty_layout("Nothing")), Blobs(tmp_path))
    bench.start()
    assert bench.wait(120)
    orders = next(each for each in figures.strip(bench.shown) if each["label"] == "Orders")
    assert (orders["value"], orders["tone"]) == ("none yet", "")
    bench.close()
