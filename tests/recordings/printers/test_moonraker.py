"""Moonraker's messages: changes are put together, a job's heating is told from its printing."""

import math

import pytest

from tests.recordings.printers.said import EPOCH, Shop, orders, parts, points, same, states, written
from twin.recordings.printers import is_printers, read_file

NAN = pytest.approx(math.nan, nan_ok=True)


def status(shop, second, method="notify_status_update", **objects):
    changed = {"params": [objects, second]}
    if not method.startswith("notify"):
        changed = {"result": {"eventtime": second, "status": objects}}
    return shop.say(second, f"moonraker/{method}", changed)


def begin(shop=None):
    """A printer that is ready, with all that the first answer has."""
    return status(
        shop or Shop(),
        *(0, "printer.objects.subscribe"),
        webhooks={"state": "ready", "state_message": "Printer is ready"},
        print_stats={"state": "standby", "filename": "", "message": ""},
    )


def beat(shop, second, printed, used=0.0, progress=0.0, nozzle=25.0):
    """The answer to what is asked for now and then."""
    return status(
        shop,
        *(second, "printer.objects.query"),
        print_stats={"print_duration": printed, "filament_used": used},
        virtual_sdcard={"progress": progress},
        extruder={"temperature": nozzle},
    )


def stats(word, file="lid.gcode", **more):
    return {"state": word, "filename": file} | more


def test_heating_is_told_from_printing_by_the_time_of_printing():
    shop = begin()
    status(shop, 10, print_stats=stats("printing"))
    beat(shop, 15, 0.0, nozzle=120.0)
    beat(shop, 37, 0.0, nozzle=120.2)  # no change worth a point
    beat(shop, 60, 12.5, 40.0, 0.1, nozzle=215.0)  # it began to print 12.5 s before
    status(shop, 70, print_stats={"state": "paused"})
    beat(shop, 80, 22.5, 80.0, 0.2)
    status(shop, 90, print_stats={"state": "printing"})
    beat(shop, 110, 42.5, 900.0, 0.97)
    status(shop, 115, print_stats={"state": "complete", "filament_used": 1000.0})
    timeline = shop.timeline()
    assert states(timeline) == [
        ("IDLE", 0, "standby", "GOOD"),
        ("SETUP", 10, "printing", "INFERRED"),
        ("PROCESSING", 47.5, "printing", "GOOD"),
        ("HELD", 70, "paused", "GOOD"),
        ("PROCESSING", 90, "printing", "GOOD"),
        ("IDLE", 115, "complete", "GOOD"),
    ]
    assert parts(timeline) == ["", *["mini-1"] * 4, ""]
    assert orders(timeline) == [("mini-1", "lid", 10, 115, "DONE", "GOOD")]
    assert points(timeline, "filament") == [(115, 1.0, "lid.gcode")]
    assert [point[:2] for point in points(timeline, "temperature of nozzle")] == [
        *((15, 120.0), (60, 215.0), (80, 25.0))
    ]


def test_the_next_job_heats_though_the_last_ones_time_is_still_told():
    shop = begin()
    status(shop, 10, print_stats=stats("printing", print_duration=5.0, filament_used=10.0))
    beat(shop, 35, 30.0)
    status(shop, 50, print_stats=stats("cancelled"))
    status(shop, 60, print_stats=stats("printing"))
    timeline = shop.timeline()
    assert [row[0] for row in states(timeline)][-1] == "SETUP"
    assert [order[2:] for order in orders(timeline)] == [
        (10, 50, "CANCELLED", "GOOD"),
        (60, NAN, "OPEN", "GOOD"),
    ]


def test_an_error_is_down_and_scrap_with_its_message():
    shop = begin()
    status(shop, 10, print_stats=stats("printing"))
    told = "Heater extruder not heating at expected rate"
    status(shop, 20, print_stats=stats("error", message=told))
    timeline = shop.timeline()
    assert states(timeline)[-1] == ("DOWN", 20, "error", "GOOD")
    assert orders(timeline)[0][3:] == (20, "SCRAPPED", "GOOD")
    assert [native for *_, native in points(timeline, "alarm")] == [told]


def test_klipper_that_goes_away_takes_the_job_along():
    shop = begin()
    status(shop, 10, print_stats=stats("printing"))
    shop.say(20, "moonraker/notify_klippy_disconnected", {})
    shop.say(25, "moonraker/server.info", {"result": {"klippy_state": "startup"}})
    shop.say(30, "moonraker/notify_klippy_ready", {})
    begin_again = {"webhooks": {"state": "ready"}, "print_stats": {"state": "standby"}}
    status(shop, 31, "printer.objects.subscribe", **begin_again)
    timeline = shop.timeline()
    assert [row[:3] for row in states(timeline)][-3:] == [
        ("UNAVAILABLE", 20, "klippy disconnected"),
        ("UNAVAILABLE", 25, "klippy startup"),
        ("IDLE", 31, "standby"),
    ]
    assert orders(timeline)[0][3:] == (20, "SCRAPPED", "UNCERTAIN")


def test_words_that_nobody_knows_are_named():
    shop = begin()
    status(shop, 10, print_stats=stats("levitating"))
    status(shop, 20, webhooks={"state": "meditating"})
    timeline = shop.timeline()
    assert [row[0] for row in states(timeline)] == ["IDLE", "UNAVAILABLE", "UNAVAILABLE"]
    assert [native for *_, native in points(timeline, "alarm")] == [
        "unknown state 'levitating'",
        "unknown state 'klippy meditating'",
    ]


def job(start, end, status="completed", file="lid.gcode", used=500.0):
    times = {"start_time": EPOCH + start, "end_time": end and EPOCH + end}
    told = {"job_id": "00001A", "filename": file, "status": status, "filament_used": used}
    return told | times


def test_a_gap_is_filled_from_the_history():
    shop = begin()
    status(shop, 10, print_stats=stats("printing", "a.gcode"))
    beat(shop, 15, 1.0)
    shop.gap(20, 100)
    jobs = [  # the newest first
        job(90, None, "in_progress", "c.gcode"),
        job(60, 80, "cancelled", "b.gcode"),
        job(10.5, 40, "completed", "a.gcode"),
        job(-50, -40),
    ]
    shop.say(100, "moonraker/server.history.list", {"result": {"jobs": jobs}})
    status(shop, 101, "printer.objects.subscribe", print_stats=stats("printing", "c.gcode"))
    beat(shop, 102, 3.0)
    timeline = shop.timeline()
    assert [(row[0], row[1], row[3]) for row in states(timeline)][-8:] == [
        ("SETUP", 10, "INFERRED"),
        ("PROCESSING", 14, "UNCERTAIN"),
        ("PROCESSING", 20, "UNCERTAIN"),
        ("UNAVAILABLE", 40, "GOOD"),
        ("PROCESSING", 60, "UNCERTAIN"),
        ("UNAVAILABLE", 80, "GOOD"),
        ("PROCESSING", 90, "UNCERTAIN"),
        ("PROCESSING", 101, "GOOD"),
    ]
    assert [order[1:] for order in orders(timeline)] == [
        ("a", 10, 40, "DONE", "UNCERTAIN"),
        ("b", 60, 80, "CANCELLED", "UNCERTAIN"),
        ("c", 90, NAN, "OPEN", "UNCERTAIN"),
    ]
    assert [point[:2] for point in points(timeline, "gap")] == [(20, 80)]


def test_a_job_whose_end_nobody_saw_stays_open():
    shop = begin()
    status(shop, 10, print_stats=stats("printing", "a.gcode"))
    shop.gap(20, 100)
    status(shop, 101, "printer.objects.subscribe", print_stats=stats("standby", ""))
    assert orders(shop.timeline())[0][2:] == (10, NAN, "OPEN", "UNCERTAIN")


def test_a_job_that_is_still_there_after_a_gap_goes_on():
    shop = begin()
    status(shop, 10, print_stats=stats("printing", "a.gcode"))
    shop.gap(20, 100)
    status(shop, 101, "printer.objects.subscribe", print_stats=stats("printing", "a.gcode"))
    status(shop, 120, print_stats=stats("complete", "a.gcode"))
    timeline = shop.timeline()
    assert orders(timeline) == [("mini-1", "a", 10, 120, "DONE", "UNCERTAIN")]
    assert [row[0] for row in states(timeline)] == [
        *("IDLE", "SETUP", "UNAVAILABLE", "SETUP", "IDLE")
    ]


def test_a_printer_that_falls_silent_is_unavailable_while_others_speak():
    shop = begin()
    for second in range(5, 100, 5):
        shop.say(second, "moonraker/server.info", {"result": {"klippy_state": "error"}}, "other")
    timeline = shop.timeline()
    assert [row[:2] for row in states(timeline)] == [("UNAVAILABLE", 0)]
    status(shop, 100, print_stats={"state": "standby"})
    assert [row[:2] for row in states(shop.timeline())] == [("UNAVAILABLE", 0), ("IDLE", 100)]


def test_a_recorded_session_is_what_was_heard(tmp_path):
    shop = begin()
    status(shop, 10.123456, print_stats=stats("printing"))
    shop.gap(20.5, 40.25)
    shop.say(41, "moonraker/server.info", {"error": {"message": "Unauthorized"}})
    status(shop, 50, print_stats=stats("complete"))
    path = written(tmp_path, shop.messages)
    assert is_printers(path)
    assert same(read_file(path), shop.timeline())


def test_what_is_not_understood_is_told_once():
    shop = begin()
    for second in range(1, 50):
        shop.say(second, "moonraker/notify_status_update", {"params": 7})
    assert shop.follower.counts == {"not understood": 49}
    assert len(points(shop.timeline(), "alarm")) == 1
