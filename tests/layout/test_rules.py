"""Each rule finds what it is for, with numbers worked out by hand, and a sound layout has none."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.layout.sketches import SMALL, drawn
from twin.layout.files import parse
from twin.layout.paths import Box
from twin.layout.rules import RULES, Finding, check
from twin.layout.rules.attendance import paces
from twin.layout.rules.floor import penetration
from twin.layout.rules.flow import reached, ways_on
from twin.layout.rules.people import meet
from twin.layout.schema import Calendar

PRESS = "press: {asset: test/cube, at: [6000 mm, 2500 mm]"


def found(rule: str, *pairs: tuple[str, str]) -> list[Finding]:
    return [finding for finding in check(drawn(*pairs)) if finding.rule == rule]


def only(rule: str, *pairs: tuple[str, str]) -> Finding:
    """The single finding of a rule."""
    findings = found(rule, *pairs)
    assert len(findings) == 1, findings
    return findings[0]


def test_a_sound_layout_has_no_findings() -> None:
    assert check(drawn()) == ()


def test_every_rule_is_documented_and_named_once() -> None:
    assert all(rule.__doc__ for rule in RULES)
    assert len({rule.__name__ for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    ("old", "new", "where", "words"),
    [
        ("shelf:\n    asset: test/alone", "shelf:\n    asset: test/alon", "machines/shelf/asset",
         "there is no asset 'test/alon'; did you mean 'test/alone'?"),
        ("calendar: day", "calendar: dya", "calendar", "no calendar 'dya'; did you mean 'day'?"),
        ("machines: [saw]", "machines: [sow]", "stations/cut/machines/0", "did you mean 'saw'?"),
        ("at: form,", "at: from,", "products/bracket/route/1/at", "did you mean 'form'?"),
        ("by: people", "by: poeple", "products/bracket/route/0/run/by", "did you mean 'people'?"),
        ("to: scrap", "to: scrapp", "products/bracket/route/1/then/0/to", "mean 'scrap'?"),
        ("product: bracket,", "product: brackt,", "orders/usual/product", "mean 'bracket'?"),
        ("product: bracket,", "mix: {bracket: 0.5, brackt: 0.5},", "orders/usual/mix/brackt",
         "mean 'bracket'?"),
        ("product: bracket,", "sequence: [bracket, x],", "orders/usual/sequence/1", "product 'x'"),
        ("product: bracket,", "lines: {x: 2},", "orders/usual/lines/x", "no product 'x'"),
        ("run: 4 min", "run: 4 min, or_at: {cutt: {}}", "products/bracket/route/1/or_at/cutt",
         "did you mean 'cut'?"),
        ("run: 4 min", "run: 4 min, or_at: {cut: {run: {time: 1, by: x}}}",
         "products/bracket/route/1/or_at/cut/run/by", "no skill or arm 'x'"),
        ("walking: 1.2", "calendar: nite, walking: 1.2", "crews/people/calendar", "known: 'day'"),
        ("price: 1500", "calendar: x, price: 1500", "stations/cut/calendar", "known: 'day'"),
        ("product: bracket,", "product: bracket, calendar: y,", "orders/usual/calendar", "'y'"),
        ("run: 4 min", "run: 4 min, load: {time: 1, from: saw.x}",
         "products/bracket/route/1/load/from", "'saw' has no port 'x'"),
        ("run: 4 min", "run: 4 min, load: {time: 1, from: sow.x}",
         "products/bracket/route/1/load/from", "no machine 'sow'; did you mean 'saw'?"),
        ("orders:", "transport: {roads: [{ends: [saw, n1]}], nodes: {n2: [1, 1]}}\norders:",
         "transport/roads/0/ends/1", "no node or machine 'n1'; known: 'n2'"),
        ("orders:", "transport: {vehicles: {v: {asset: test/truck, home: x}}}\norders:",
         "transport/vehicles/v/home", "no node or machine 'x'"),
        ("orders:", "transport: {vehicles: {v: {asset: test/x, home: saw}}}\norders:",
         "transport/vehicles/v/asset", "no asset 'test/x'"),
        ("form:\n", "form:\n    disturbances: {jam: {clock: work, every: 1 h, lasts: 1, by: x}}\n",
         "stations/form/disturbances/jam/by", "no skill 'x'"),
    ],
)  # fmt: skip
def test_a_name_that_leads_nowhere(old: str, new: str, where: str, words: str) -> None:
    finding = only("unknown-name", (old, new))
    assert (finding.where, finding.severity) == (where, "error")
    assert words in finding.message


def test_an_unknown_asset_silences_no_other_rule() -> None:
    layout = drawn(("asset: test/alone", "asset: x/y"), ("[6000 mm, 2500 mm]", "[2.5 m, 2.5 m]"))
    assert {finding.rule for finding in check(layout)} == {"unknown-name", "overlap"}


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("step: form", "step: cut", "products/bracket/route/1/step"),
        ("step: form", "step: out", "products/bracket/route/1/step"),
        ("orders:", "transport: {nodes: {saw: [1, 1]}}\norders:", "transport/nodes/saw"),
        ("stations:", "arms: {saw: {asset: arm/ur5e, at: [8, 5]}}\nstations:", "arms/saw"),
    ],
)
def test_a_name_for_two_things(old: str, new: str, where: str) -> None:
    assert only("name-twice", (old, new)).where == where


def test_a_machine_in_two_stations_is_an_error_and_in_none_is_furniture() -> None:
    finding = only("two-stations", ("machines: [press]", "machines: [press, saw]"))
    assert (finding.where, finding.severity) == ("stations/form/machines/1", "error")
    assert "in station 'cut' already" in finding.message


# --- the floor -----------------------------------------------------------------------------------


def test_an_overlap_says_how_far_to_move() -> None:
    finding = only("overlap", ("[6000 mm, 2500 mm]", "[2.9 m, 2.5 m]"))
    assert (finding.where, finding.severity, finding.unit) == ("machines/press", "error", "m")
    assert finding.value == pytest.approx(0.1)
    assert finding.message == "saw and press overlap; move them 100 mm apart"


@pytest.mark.parametrize(("x", "expected"), [("3.0", 0), ("2.9995", 0), ("2.998", 1)])
def test_side_by_side_is_no_overlap(x: str, expected: int) -> None:
    assert len(found("overlap", ("[6000 mm, 2500 mm]", f"[{x} m, 2.5 m]"))) == expected


def test_turned_rectangles_overlap_by_their_corners_only() -> None:
    """A cube turned by 45 deg reaches sqrt(0.5) = 0.7071 m along x."""
    turned = "[{} m, 2.5 m], heading: 45 deg"
    near = only("overlap", ("[6000 mm, 2500 mm]", turned.format("3.2")))
    assert near.value == pytest.approx(0.5 + math.sqrt(0.5) - 1.2)
    assert not found("overlap", ("[6000 mm, 2500 mm]", turned.format("3.21")))


boxes = st.builds(
    Box,
    st.tuples(st.floats(-2, 2), st.floats(-2, 2)),
    st.tuples(st.floats(0.1, 1), st.floats(0.1, 1)),
    st.floats(-4, 4),
)


@given(boxes, boxes)
def test_penetration_is_symmetric_and_agrees_with_points_in_both(a: Box, b: Box) -> None:
    """A grid of points is the independent witness: a common inner point means an overlap."""
    depth = penetration(a, b)
    assert depth == pytest.approx(penetration(b, a))
    grid = np.stack(np.meshgrid(*[np.linspace(-1, 1, 21)] * 2), -1).reshape(-1, 2)
    inner = a.world(grid * 0.999 * np.array(a.half))
    if b.holds(inner).any():
        assert depth > 0
    if depth > 0.3 * (min(a.half) + min(b.half)):
        assert b.holds(inner).any() or a.holds(b.world(grid * 0.999 * np.array(b.half))).any()


@given(boxes, boxes)
def test_moving_by_the_penetration_sets_rectangles_apart(a: Box, b: Box) -> None:
    depth = penetration(a, b)
    if depth > 0:
        apart = [
            penetration(a, Box((b.centre[0] + dx, b.centre[1] + dy), b.half, b.heading))
            for turn in (a.heading, a.heading + math.pi / 2, b.heading, b.heading + math.pi / 2)
            for sign in (1, -1)
            for dx, dy in [(sign * depth * math.cos(turn), sign * depth * math.sin(turn))]
        ]
        assert min(apart) == pytest.approx(0, abs=1e-9)


def test_off_the_floor() -> None:
    finding = only("off-floor", ("[9, 7]", "[9.9, 7]"))
    assert finding.where == "machines/shelf"
    assert finding.value == pytest.approx(0.4)
    assert "400 mm over the right edge of the floor of 10 x 8 m" in finding.message
    home = only("off-floor", ("home: [4, 5]", "home: [4, -1]"))
    assert (home.where, home.value) == ("crews/people/home", 1.0)
    assert "lower edge" in home.message
    assert not found("off-floor", ("[9, 7]", "[9.5, 7.5]"))


def test_a_door_is_kept_free() -> None:
    finding = only("door", ("[9, 7]", "[1.4, 4]"))
    assert finding.where == "floor/doors/gate"
    assert "shelf stands 100 mm in the way of door gate" in finding.message
    assert not found("door", ("[9, 7]", "[1.5, 4]"))
    at_the_top = ("at: [0, 4], width: 1 m", "at: [9, 8], width: 1 m")
    assert found("door", at_the_top) and not found("door", at_the_top, ("[9, 7]", "[9, 6.5]"))


def test_the_room_for_service_is_kept_free() -> None:
    wide = ("asset: test/alone", "asset: test/wide")  # 2 m wide, 0.5 m of service at its right
    finding = only("service", wide, ("[9, 7]", "[8.7, 7]"))
    assert (finding.where, finding.severity) == ("machines/shelf", "warning")
    assert finding.value == pytest.approx(0.2)
    assert "the wall takes 200 mm" in finding.message
    beside = found("service", wide, ("[9, 7]", "[4.2, 2.5]"))  # its right at 5.2, the press at 5.5
    assert [f.value for f in beside] == [pytest.approx(0.2)]
    assert "press takes 200 mm of the room to serve the right of shelf" in beside[0].message


def test_who_works_at_a_machine_has_room() -> None:
    finding = only(
        "aisle", ("at: [2 m, 2.50 m]", "at: [2 m, 0.95 m]")
    )  # its front 0.45 m off the wall
    assert (finding.where, finding.severity) == ("machines/saw", "warning")
    assert finding.value == pytest.approx(0.45, abs=1e-3)
    # The press has nobody: however narrow, nobody minds.
    assert not found("aisle", ("[6000 mm, 2500 mm]", "[6 m, 0.9 m]"))
    before = only(
        "aisle", ("[9, 7]", "[2, 1]")
    )  # between the shelf's back and the saw's front: 0.5
    assert before.value == pytest.approx(0.5, abs=1e-3)


def test_a_machine_nobody_can_get_to() -> None:
    finding = only("unreachable", ("at: [2 m, 2.50 m]", "at: [2 m, 0.6 m]"))
    assert finding.where == "machines/saw"
    assert "nobody can stand at saw" in finding.message
    assert found("unreachable", ("home: [4, 5]", "home: [9, 7]"))[0].where == "crews/people/home"


def test_a_wall_of_machines_across_the_floor_cuts_it() -> None:
    wall = "".join(f"  w{i}: {{asset: test/alone, at: [4, {0.5 + i}]}}\n" for i in range(8))
    finding = only(
        "unreachable", ("stations:", wall + "stations:"), ("home: [4, 5]", "home: [1, 7]")
    )
    assert finding.where == "machines/press"
    assert "no way leads from saw to press" in finding.message
    pairs = (("stations:", wall + "stations:"), ("home: [4, 5]", "home: [1, 7]"))
    road = "transport: {roads: [{ends: [saw, press], length: 9 m}]}\norders:"
    assert not found("unreachable", *pairs, ("orders:", road))


@pytest.mark.parametrize(
    ("old", "new", "where", "value"),
    [
        ("size: [10, 8] ", "size: [10000, 8000] ", "floor/size", 10000),
        ("[6000 mm, 2500 mm]", "[6000, 2500]", "machines/press/at", 5990),
        ("walking: 1.2 m/s", "walking: 1200", "crews/people/walking", 1200),
        ("width: 1 m", "width: 900", "floor/doors/gate/width", 900),
        ("orders:", "transport: {speed: 500}\norders:", "transport/speed", 500),
        ("orders:", "transport: {fleets: {f: {vehicles: [v], speed: 500}}}\norders:",
         "transport/fleets/f/speed", 500),
        ("stations:", "arms: {a: {asset: arm/ur5e, at: [8, 5], height: 800}}\nstations:",
         "arms/a/height", 800),
    ],
)  # fmt: skip
def test_numbers_that_look_like_millimetres(old: str, new: str, where: str, value: float) -> None:
    finding = only("units", (old, new))
    assert (finding.where, finding.value) == (where, value)
    assert "write the unit" in finding.message


# --- the flow of parts ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("then", "stuck"),
    [
        ("{to: cut, share: 100 %}", True),
        ("{to: form, share: 1}", True),
        ("{to: cut, share: 60 %}, {to: form, share: 40 %}", True),
        ("{to: cut, share: 99 %}", False),
        ("{to: cut, share: 1, at_most: 2}", False),
        ("{to: cut, share: 60 %}, {to: scrap, share: 40 %}", None),
        ("{to: cut, share: 60 %}, {to: out, share: 40 %}", False),
        ("{to: cut, share: 1}, {to: out, share: 0}", True),
    ],
)
def test_a_loop_with_no_way_out(then: str, stuck: bool | None) -> None:
    """None: there is a way out of the loop, but only into scrap."""
    findings = found("no-way-out", ("{to: scrap, share: 5 %}", then))
    assert bool(findings) == (stuck is not False)
    assert all(finding.severity == "error" for finding in findings)
    if stuck:
        assert "parts never leave step" in findings[0].message
    elif stuck is None:
        assert "every bracket ends as scrap" in findings[0].message


@given(st.lists(st.lists(st.integers(0, 6), max_size=2), min_size=1, max_size=5))
def test_where_parts_come_to_agrees_with_powers_of_the_matrix(targets: list[list[int]]) -> None:
    """Oracle: a step is reached if a power of the adjacency matrix says so."""
    n = len(targets)
    names = [*(f"s{i}" for i in range(n)), "out", "scrap"]
    route = ", ".join(
        f"{{step: s{i}, at: cut, run: 1, then: ["
        + ", ".join(f"{{to: {names[min(t, n + 1)]}, share: {1 / len(own)}}}" for t in own)
        + "]}"
        for i, own in enumerate(targets)
    )
    text = SMALL[: SMALL.index("    route:")] + f"    route: [{route}]\norders: {{}}\n"
    product = parse(text).layout.products["bracket"]
    matrix = np.zeros((n + 2, n + 2), dtype=int)
    for i, own in enumerate(targets):
        for target in own or [i + 1]:
            matrix[i, min(target, n + 1)] = 1
    total = np.linalg.matrix_power(np.eye(n + 2, dtype=int) + matrix, n + 2) > 0
    onward = ways_on(product)
    for i in range(n):
        assert reached(onward, f"s{i}") == {names[j] for j in np.flatnonzero(total[i])}


def test_a_step_no_part_comes_to() -> None:
    cut = "run: {time: 3 min, by: people}"
    finding = only("never-entered", (cut, cut + ", then: [{to: out, share: 100 %}]"))
    assert (finding.where, finding.severity) == ("products/bracket/route/1", "warning")


def test_a_station_no_product_uses() -> None:
    finding = only("unused-station", ("  form:\n", "  extra: {machines: [shelf]}\n  form:\n"))
    assert (finding.where, finding.severity) == ("stations/extra", "warning")


def test_an_alternative_uses_a_station_and_a_delay_uses_none() -> None:
    extra = ("  form:\n", "  extra: {machines: [shelf]}\n  form:\n")
    other = ("run: 4 min", "run: 4 min, or_at: {extra: {run: 5 min}}")
    assert not found("unused-station", extra, other)
    assert check(drawn(("at: form, run: 4 min", "delay: 4 min"), ("  form:", "  # form:"),
                       ("    machines: [press]", ""))) == ()  # fmt: skip


def test_a_branch_for_some_orders_leaves_a_way_for_the_others() -> None:
    loop = "{to: cut, when: length > 2}, {to: form, share: 100 %, at_most: 3}"
    assert not found("no-way-out", ("{to: scrap, share: 5 %}", loop))


def test_a_phase_without_a_time() -> None:
    finding = only("no-time", ("run: 4 min", "run: {by: people}"))
    assert finding.where == "products/bracket/route/1/run"


@pytest.mark.parametrize(
    ("disturbance", "expected"),
    [
        ("{clock: work, every: 0, lasts: 1 min}", 1),
        ("{clock: calendar, every: {dist: exponential, mean: 0}, lasts: 1 min}", 1),
        ("{clock: work, every: 3 min, lasts: 1 min, part: restart}", 1),
        ("{clock: work, every: 5 min, lasts: 1 min, part: restart}", 0),
        ("{clock: work, every: 3 min, lasts: 1 min, part: resume}", 0),
        ("{clock: work, every: {dist: exponential, mean: 3 min}, lasts: 1, part: restart}", 0),
        ("{clock: work, every: {dist: uniform, low: 1, high: 3 min}, lasts: 1, part: restart}", 1),
    ],
)
def test_a_disturbance_that_never_lets_the_machine_work(disturbance: str, expected: int) -> None:
    pair = ("form:\n", f"form:\n    disturbances: {{jam: {disturbance}}}\n")
    assert len(found("never-working", pair)) == expected


def test_orders_without_end() -> None:
    assert only("endless-orders", ("mean: 5 min", "mean: 0")).where == "orders/usual/every"
    assert not found("endless-orders", ("mean: 5 min}", "mean: 0}, count: 20"))
    assert not found("endless-orders", ("every: {dist: exponential, mean: 5 min}", "count: 1"))


# --- people --------------------------------------------------------------------------------------


def test_a_step_nobody_can_attend() -> None:
    finding = only("nobody", ("people: 1,", "people: 0,"))
    assert (finding.where, finding.severity) == ("products/bracket/route/0/run/by", "error")
    more = "people: {people: 0, home"
    second = "helping: {people: 1, skills: [people]}\n  " + more
    assert not found("nobody", ("people: {people: 1, home", second))


def test_skills_may_have_a_pace() -> None:
    crew = ("people: {people: 1,", "people: {people: 1, skills: {people: 1.2, mend: 0.5},")
    assert check(drawn(crew)) == ()
    assert paces("people", drawn(crew).crews["people"]) == {"people": 1.2, "mend": 0.5}
    assert paces("people", drawn().crews["people"]) == {"people": 1.0}


def test_who_attends_an_alternative_is_needed_there() -> None:
    """Somebody from the evening shift never meets the press, which is open by day."""
    calendars = ('  day: {open: [["08:00", "16:00"]]}', '  day: {open: [["08:00", "16:00"]]}\n'
                 '  late: {open: [["16:00", "24:00"]]}')  # fmt: skip
    station = ("form:\n", "form:\n    calendar: late\n")
    other = ("run: {time: 3 min, by: people}", "run: {time: 3 min, by: people}, or_at: {form: {}}")
    finding = only("never-there", calendars, station, other)
    assert finding.where == "products/bracket/route/0/run/by"
    assert "while station 'form' is open" in finding.message


def test_a_crew_nobody_needs() -> None:
    finding = only("crew-not-needed", ("crews:\n", "crews:\n  idle: {people: 1}\n"))
    assert (finding.where, finding.severity) == ("crews/idle", "warning")
    jam = "form:\n    disturbances: {j: {clock: work, every: 1 h, lasts: 1, by: idle}}\n"
    assert not found(
        "crew-not-needed", ("crews:\n", "crews:\n  idle: {people: 1}\n"), ("form:\n", jam)
    )


def test_people_who_are_never_there() -> None:
    night = ("calendar: day\n", "calendar: day\n")
    calendars = ('  day: {open: [["08:00", "16:00"]]}', '  day: {open: [["08:00", "16:00"]]}\n'
                 '  night: {open: [["22:00", "24:00"]]}')  # fmt: skip
    crew = ("home: [4, 5]", "calendar: night, home: [4, 5]")
    finding = only("never-there", night, calendars, crew)
    assert (finding.where, finding.severity) == ("products/bracket/route/0/run/by", "error")
    late = (calendars[0], calendars[1].replace("22:00", "15:00"))
    assert not found("never-there", late, crew)


def hours(cycle: float, *windows: tuple[float, float]) -> Calendar:
    return Calendar(cycle=cycle * 3600, open=tuple((a * 3600, b * 3600) for a, b in windows))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (hours(24, (8, 16)), hours(24, (16, 24)), False),
        (hours(24, (8, 16)), hours(24, (15.9, 24)), True),
        # The second day of a week of two days: seen only in the common cycle.
        (hours(24, (8, 16)), hours(48, (32, 40)), True),
        (hours(24, (8, 16)), hours(48, (16, 32)), False),
        # Cycles of 24 and 25 h drift past each other.
        (hours(24, (0, 1)), hours(25, (3, 4)), True),
    ],
)
def test_calendars_meet_in_their_common_cycle(a: Calendar, b: Calendar, expected: bool) -> None:
    assert meet(a, b) is meet(b, a) is expected
    assert meet(a, None) and meet(None, b)


# --- arms ----------------------------------------------------------------------------------------

ARM = ("stations:", "arms: {cobot: {asset: arm/ur5e, at: [8, 5]}}\nstations:")
TESTER = (
    PRESS,
    "stand: {asset: rack/tray_stand, at: [7, 5]}\n  press: {asset: inspection/tester, at: [6, 2.5]",
)


@pytest.mark.parametrize(
    ("phase", "severities"),
    [
        ("load: {by: cobot, from: stand.slot}", []),
        ("unload: {by: cobot, to: stand.slot}", []),
        ("load: {by: cobot}", ["error"]),
        ("unload: {by: cobot, from: stand.slot}", ["error"]),
        ("setup: {by: cobot, time: 1 min}", ["error"]),
        ("load: {by: cobot, from: stand.slot, time: 5}", []),
    ],
)
def test_an_arm_loads_and_unloads_between_ports(phase: str, severities: list[str]) -> None:
    findings = found("arm-phase", ARM, TESTER, ("run: 4 min", f"run: 4 min, {phase}"))
    assert [finding.severity for finding in findings] == severities


def test_an_arm_serves_no_machine_without_a_port() -> None:
    stand = (PRESS, "stand: {asset: rack/tray_stand, at: [7, 5]}\n  " + PRESS)
    phase = ("run: 4 min", "run: 4 min, load: {by: cobot, from: stand.slot}")
    finding = only("arm-phase", ARM, stand, phase)
    assert finding.where == "machines/press"


# --- together ------------------------------------------------------------------------------------


def test_findings_come_errors_first_and_always_in_the_same_order() -> None:
    pairs = (
        ("crews:\n", "crews:\n  idle: {people: 1}\n"),
        ("[6000 mm, 2500 mm]", "[2.5 m, 2.5 m]"),
        ("product: bracket,", "product: x,"),
    )
    findings = check(drawn(*pairs))
    assert [f.severity for f in findings] == ["error", "error", "warning"]
    assert findings == check(drawn(*pairs))
