"""OctoPrint's answers: states by flags, the job's end by its progress, old answers passed over."""

import json
import math

import pytest

from tests.recordings.printers.said import Shop, orders, parts, points, states

OPERATIONAL, PRINTING = ("operational", "ready"), ("operational", "printing")


def ask(shop, second, text, flags, file="parts/lid.gcode", done=None, printed=None, **more):
    """One round of questions: the job, then the printer."""
    job = {"file": {"path": file}, "filament": {"tool0": {"length": 1200.0}}}
    progress = {"completion": done, "printTime": printed}
    state = more.get("job_text", text)
    shop.say(second, "octoprint/job", {"job": job, "progress": progress, "state": state})
    told = {"text": text, "flags": dict.fromkeys(flags, True), "error": more.get("error", "")}
    heat = {"tool0": {"actual": more.get("nozzle", 20.0)}, "bed": {"actual": 21.0}}
    return shop.say(second, "octoprint/printer", {"state": told, "temperature": heat})


def test_a_print_that_is_paused_and_done():
    shop = Shop()
    ask(shop, 0, "Operational", OPERATIONAL, None)
    ask(shop, 10, "Printing", PRINTING, done=0.5, printed=0)
    ask(shop, 20, "Pausing", (*PRINTING, "pausing"), done=30, printed=9)
    ask(shop, 22, "Paused", ("operational", "paused"), done=30, printed=10)
    ask(shop, 40, "Printing", PRINTING, done=31, printed=10)
    ask(shop, 60, "Finishing", (*PRINTING, "finishing"), done=99.9, printed=29)
    ask(shop, 62, "Operational", OPERATIONAL, done=100.0, printed=30)
    timeline = shop.timeline()
    assert [(state, start, native) for state, start, native, _ in states(timeline)] == [
        ("IDLE", 0.0, "Operational"),
        ("PROCESSING", 10.0, "Printing"),
        ("PROCESSING", 20.0, "Pausing"),
        ("HELD", 22.0, "Paused"),
        ("PROCESSING", 40.0, "Printing"),
        ("PROCESSING", 60.0, "Finishing"),
        ("IDLE", 62.0, "Operational"),
    ]
    # What is polled began at some time since the last answer.
    assert {quality for *_, quality in states(timeline)} == {"UNCERTAIN"}
    assert parts(timeline) == ["", *["mini-1"] * 5, ""]
    assert orders(timeline) == [("mini-1", "parts/lid", 10.0, 62.0, "DONE", "UNCERTAIN")]
    assert points(timeline, "program") == [(10.0, pytest.approx(math.nan, nan_ok=True), LID)]
    assert points(timeline, "filament") == [(62.0, 1.2, LID)]


LID = "parts/lid.gcode"


def test_a_cancelled_print_leaves_no_progress_behind():
    shop = Shop()
    ask(shop, 0, "Operational", OPERATIONAL, None)
    ask(shop, 10, "Printing", PRINTING, done=50, printed=5)
    ask(shop, 12, "Cancelling", (*PRINTING, "cancelling"))
    ask(shop, 14, "Operational", OPERATIONAL)
    assert orders(shop.timeline())[0][2:5] == (10.0, 14.0, "CANCELLED")


def test_a_failure_is_scrap_and_an_alarm():
    shop = Shop()
    ask(shop, 0, "Operational", OPERATIONAL, None)
    ask(shop, 10, "Printing", PRINTING, done=50, printed=5)
    ask(shop, 12, "Error", ("error", "closedOrError"), error="MAXTEMP triggered")
    timeline = shop.timeline()
    assert states(timeline)[-1][:2] == ("DOWN", 12.0)
    assert orders(timeline)[0][2:5] == (10.0, 12.0, "SCRAPPED")
    assert [native for *_, native in points(timeline, "alarm")] == ["MAXTEMP triggered"]


def test_without_a_printer_it_is_unavailable():
    shop = Shop()
    ask(shop, 0, "Printing", PRINTING, done=50, printed=5)
    for second, text in ((10, "Offline"), (20, "Offline after error")):
        job = {"job": {"file": {"path": None}}, "progress": {}, "state": text}
        shop.say(second, "octoprint/job", job)
        shop.say(second, "octoprint/printer", {"error": "Printer is not operational"})
    timeline = shop.timeline()
    assert [row[:2] for row in states(timeline)] == [
        ("PROCESSING", 0.0),
        ("UNAVAILABLE", 10.0),
        ("DOWN", 20.0),
    ]
    assert orders(timeline)[0][3:] == (10.0, "SCRAPPED", "UNCERTAIN")


def test_a_printer_that_goes_away_between_the_two_questions():
    shop = Shop()
    ask(shop, 0, "Printing", PRINTING, done=50, printed=5)
    shop.say(2, "octoprint/job", {"job": {}, "progress": {}, "state": "Printing"})
    shop.say(2, "octoprint/printer", {"error": "Printer is not operational"})
    last = states(shop.timeline())[-1]
    assert last[:3] == ("UNAVAILABLE", 2.0, "Printer is not operational")


def test_answers_that_do_not_fit_together_are_passed_over():
    shop = Shop()
    ask(shop, 0, "Operational", OPERATIONAL, "old.gcode", done=100.0)
    # Between the two questions another file began to print.
    ask(shop, 2, "Printing", PRINTING, "old.gcode", done=100.0, job_text="Operational")
    ask(shop, 4, "Printing", PRINTING, "new.gcode", done=1.0, printed=2)
    assert [order[1:3] for order in orders(shop.timeline())] == [("new", 4.0)]


def test_the_same_file_again_is_another_job():
    shop = Shop()
    ask(shop, 0, "Operational", OPERATIONAL, None)
    ask(shop, 2, "Printing", PRINTING, done=1, printed=2)
    ask(shop, 20, "Printing", PRINTING, done=99.5, printed=20)
    ask(shop, 24, "Printing", PRINTING, done=2.0, printed=1)
    assert [order[:1] + order[2:5] for order in orders(shop.timeline())] == [
        ("mini-1", 2.0, 24.0, "DONE"),
        ("mini-2", 24.0, pytest.approx(math.nan, nan_ok=True), "OPEN"),
    ]


def test_what_was_under_way_before_began_as_long_ago_as_it_prints():
    shop = Shop("mini")
    shop.say(0, "octoprint/job", {"job": {}, "progress": {}, "state": "Operational"}, "other")
    ask(shop, 30, "Printing", PRINTING, done=50, printed=20)
    assert orders(shop.timeline()) == [
        ("mini-1", "parts/lid", 10.0, pytest.approx(math.nan, nan_ok=True), "OPEN", "UNCERTAIN")
    ]


def test_flags_that_nobody_knows_are_named():
    shop = Shop()
    ask(shop, 0, "Dreaming", ("dreaming",))
    timeline = shop.timeline()
    assert states(timeline)[0][0] == "UNAVAILABLE"
    assert [native for *_, native in points(timeline, "alarm")] == ["unknown state 'Dreaming'"]


@pytest.mark.parametrize(
    ("what", "payload"),
    [
        ("octoprint/job", "<html>"),
        ("octoprint/job", {}),
        ("octoprint/printer", []),
        ("octoprint/printer", {"state": 7, "temperature": 7}),
        ("octoprint/settings", {}),
        ("makerbot/job", {}),
        ("octoprint/printer", "[" * 100_000),
        ("gap", {"begin": 7, "end": "soon"}),
    ],
)
def test_what_is_not_understood_is_counted_and_the_rest_flows(what, payload):
    shop = Shop()
    ask(shop, 0, "Operational", OPERATIONAL, None)
    shop.say(5, what, payload if isinstance(payload, str) else json.dumps(payload))
    ask(shop, 10, "Printing", PRINTING, done=1, printed=2)
    timeline = shop.timeline()
    assert [row[:2] for row in states(timeline)][-1] == ("PROCESSING", 10.0)
    told = [native for *_, native in points(timeline, "alarm")]
    assert len(told) == 1
    assert "not understood" in told[0] or "unknown state" in told[0]
