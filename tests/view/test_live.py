"""A followed shop on the page: one look for all, figures of a span, and nothing old looks fresh."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.view.plants import plant
from tests.view.shops import HOUR, Played
from twin.devices.collector import Link, Status
from twin.timeline import POINTS, Names, State
from twin.view import codec, live, now, workbench
from twin.view.blobs import Blobs
from twin.view.exports import handout
from twin.view.live import Live, Seen
from twin.view.workbench import Workbench


@pytest.fixture
def shop() -> Iterator[Played]:
    yield Played()


@pytest.fixture
def followed(shop: Played) -> Iterator[Live]:
    made = Live(shop)
    yield made
    made.close()
    assert made.wait(30) and shop.closed


def until(what: Callable[[], object]) -> None:
    for _ in range(600):
        if what():
            return
        time.sleep(0.02)
    raise AssertionError("it did not come to that")


def test_one_look_serves_all_who_listen(shop: Played, followed: Live) -> None:
    heard: list[list[Seen]] = [[], []]
    for each in heard:
        followed.listen(each.append)
    until(lambda: all(heard))
    shop.go_on(at=13 * HOUR)
    until(lambda: all(each[-1].timeline.end == 13 * HOUR for each in heard))
    assert heard[0][-1] is heard[1][-1]
    followed.forget(heard[1].append)  # bound methods of one list are equal
    shop.go_on(at=14 * HOUR)
    until(lambda: heard[0][-1].timeline.end == 14 * HOUR)
    assert heard[1][-1].timeline.end == 13 * HOUR


def test_what_cannot_be_followed_is_said_and_what_was_seen_stays(
    shop: Played, followed: Live
) -> None:
    until(lambda: followed.seen)
    shop.go_on(problem="the shop speaks of a saw that there is not")
    until(lambda: followed.problem)
    assert "a saw" in followed.problem and followed.seen is not None
    shop.go_on(problem="", at=13 * HOUR)
    until(lambda: followed.seen and followed.seen.timeline.end == 13 * HOUR)
    assert followed.problem == ""


def test_the_viewer_gets_the_last_hours_alone(shop: Played, followed: Live) -> None:
    shop.go_on(at=18 * HOUR)
    until(lambda: followed.seen and followed.seen.timeline.end == 18 * HOUR)
    assert followed.seen is not None
    told = codec.decode(followed.seen.blob)
    assert (told.header["start"], told.header["end"]) == (18 * HOUR - live.SHOWN, 18 * HOUR)
    assert told.header["origin"] == "live"
    assert np.nanmin(told.tables["intervals"]["end"]) >= 18 * HOUR - live.SHOWN


def test_figures_are_of_the_span_that_is_asked_for(
    shop: Played, followed: Live, tmp_path: Path
) -> None:
    bench = Workbench(plant(), Blobs(tmp_path))
    bench.follow(followed)
    until(lambda: bench.shown.kpis)
    assert bench.shown.kpis and bench.shown.kpis.window == HOUR
    assert bench.shown.is_factual and not bench.shown.is_replay
    bench.look_at("day")
    until(lambda: bench.shown.kpis and bench.shown.kpis.window == 12 * HOUR)  # all there is
    shop.go_on(at=13 * HOUR)
    until(lambda: bench.shown.timeline and bench.shown.timeline.end == 13 * HOUR)
    bench.predict()
    assert bench.wait(120)
    shown = bench.shown
    assert shown.live is None and shown.kpis is None and shown.outlook and shown.proof


def test_a_page_waits_for_the_first_message(
    shop: Played, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbench, "PULSE", 0.02)
    shop.problem = "nothing has been heard of it yet"
    followed = Live(shop)
    bench = Workbench(plant(), Blobs(tmp_path))
    bench.follow(followed)
    until(lambda: bench.shown.problem == shop.problem)
    assert bench.is_following and bench.shown.stage and bench.shown.floor is None
    shop.go_on(problem="")
    until(lambda: bench.shown.live)
    assert bench.shown.problem == "" and bench.shown.floor and bench.shown.stage == ""
    bench.close()
    followed.close()


def seen(shop: Played) -> Seen:
    return Seen(shop.timeline(), tuple(shop.status()), time.time())


def shown(shop: Played) -> workbench.Snapshot:
    told = seen(shop)
    return workbench.Snapshot(
        shop.layout, timeline=told.timeline, kpis=told.kpis("hour", shop.layout), live=told
    )


def test_each_station_is_told_with_its_state_and_since_when(shop: Played) -> None:
    made = shown(shop)
    assert made.live
    page = now.now(made, made.live)
    assert json.loads(json.dumps(page, allow_nan=False)) == page
    rows = {row["name"]: row for row in page["stations"]}
    table = shop.timeline().intervals
    for code in shop.day.resources:
        name = shop.day.names[code]
        its = table[(table["resource"] == code) & ~(table["end"] < shop.at)]
        last = its[np.argmax(its["start"])]
        assert rows[name]["age"] == pytest.approx(shop.at - last["start"], abs=0.06)
        assert rows[name]["known"]
    assert [span["on"] for span in page["spans"]] == [True, False, False]
    assert page["sources"][0]["note"] == "7 messages, 2 gaps, 3 dropped"
    assert now.badge(made.live)["text"] == "LIVE"


def test_nothing_that_is_lost_looks_fresh(shop: Played) -> None:
    shop.lost = shop.at - 60.0
    made = shown(shop)
    assert made.live
    page = now.now(made, made.live)
    assert not any(row["known"] for row in page["stations"])
    assert {row["age"] for row in page["stations"]} == {60.0}
    (source,) = page["sources"]
    assert source["link"] == "lost, is tried again: refused" and not source["good"]
    badge = now.badge(made.live)
    assert (badge["text"], badge["kind"]) == ("NOT CONNECTED", "lost")
    assert badge["age"] == pytest.approx(60.0, abs=2.0)


def test_a_source_that_has_told_nothing_has_no_age(shop: Played) -> None:
    silent = Status("opc", Link.CONNECTING, 0.0)
    told = replace(seen(shop), statuses=(silent,))
    assert "age" not in now.badge(told) and not told.is_heard
    made = replace(shown(shop), live=told)
    assert now.now(made, told)["sources"][0]["age"] is None


def test_alarms_come_with_the_newest_first(shop: Played) -> None:
    day = shop.day
    names = Names(day.names)
    texts = [names[text] for text in ("alarm", "too hot", "jam")]
    rows = [(day.resources[0], texts[0], 100.0 * (k + 1), 1.0, -1, 0, texts[1 + k]) for k in (0, 1)]
    points = np.array([*rows], POINTS)
    shop.day = replace(day, names=names.texts(), points=points)
    made = shown(shop)
    assert made.live
    alarms = now.now(made, made.live)["alarms"]
    assert [alarm["text"] for alarm in alarms] == ["jam", "too hot"]
    assert alarms[0]["age"] == shop.at - 200.0


def test_a_shift_begins_when_the_calendar_opens(shop: Played) -> None:
    calendar = next(iter(shop.layout.calendars.values()))
    assert shop.layout.calendar and calendar.open[0][0] == 8 * HOUR
    noon = time.mktime((2026, 3, 4, 12, 0, 0, 0, 0, -1))  # a Wednesday, by the clock on the wall
    assert live.seconds_of("shift", shop.layout, noon) == pytest.approx(4 * HOUR)
    assert live.seconds_of("hour", shop.layout, noon) == HOUR
    always = shop.layout.model_copy(update={"calendar": None})
    assert live.seconds_of("shift", always, noon) == live.SHIFT


def test_what_is_handed_on_is_a_recording_of_the_last_hours(shop: Played) -> None:
    shop.at = 18 * HOUR
    made = handout.of_page(shown(shop))
    timeline = made.shown.timeline
    assert timeline and timeline.origin == "recorded"
    assert (timeline.start, timeline.end) == (18 * HOUR - live.SHOWN, 18 * HOUR)
    assert made.shown.live is None and made.is_known
    assert State.UNAVAILABLE not in set(timeline.intervals["state"].tolist())
