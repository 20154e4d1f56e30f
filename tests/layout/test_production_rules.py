"""Rules on stocks, tools, batches, streams, places, vehicles, calendars: each fires, and is silent.

The sketch: `cut` by people, then `form`; one stream without end, every 5 minutes.
"""

from __future__ import annotations

import pytest

from tests.layout.sketches import SMALL, drawn
from twin.layout.rules import check
from twin.layout.rules.calendars import longest_opening
from twin.layout.schema import Calendar

Pair = tuple[str, str]
EVERY = "every: {dist: exponential, mean: 5 min}"
ROUTE = "products/bracket/route"


def after(text: str) -> Pair:
    """Lines of YAML behind the sketch."""
    return ("mean: 5 min}}\n", "mean: 5 min}}\n" + text)


def cut(more: str) -> Pair:
    """More on the step `cut`."""
    return ("run: {time: 3 min, by: people}", f"run: {{time: 3 min, by: people}}, {more}")


def form(more: str) -> Pair:
    """More on the step `form`."""
    return ("run: 4 min", f"run: 4 min, {more}")


def at_cut(more: str) -> Pair:
    """More on the station `cut`."""
    return ("price: 1500 EUR", f"price: 1500 EUR, {more}")


def at_form(more: str) -> Pair:
    """More on the station `form`."""
    return ("machines: [press]", f"machines: [press]\n    {more}")


def orders(text: str) -> Pair:
    """Another stream instead of the usual one."""
    return (f"{{product: bracket, {EVERY}}}", f"{{{text}}}")


ONCE = f"product: bracket, {EVERY}"
STOCKED = "stocks: {bolts: {start: 8, refill: {at: 4, lot: 8, takes: 1 h}}}\n"
BRACKETS = "into: rack\n    route:"
CALENDAR = 'day: {open: [["08:00", "16:00"]]}'
FLEET = (
    "transport:\n  vehicles: {v1: {asset: test/truck, home: saw}}\n"
    "  fleets: {fleet: {vehicles: [v1]}}\n"
)
CASES: list[tuple[str, list[Pair], str, str, str]] = [
    # names
    ("unknown-name", [cut("needs: {bolt: 4}"), form("needs: {bolts: 1}"), after(STOCKED)],
     f"{ROUTE}/0/needs/bolt", "error", "no stock 'bolt'; did you mean 'bolts'?"),
    ("unknown-name", [cut("takes: {jig: 1}"), form("returns: [jigg]"), after("tools: {jig: {}}\n")],
     f"{ROUTE}/1/returns/0", "error", "no tool 'jigg'; did you mean 'jig'?"),
    ("unknown-name", [cut("takes: {jig: 1}")], f"{ROUTE}/0/takes/jig", "error", "none yet"),
    ("unknown-name", [at_form("served_by: fleat"), at_cut("served_by: fleet"), after(FLEET)],
     "stations/form/served_by", "error", "no fleet or arm 'fleat'; did you mean 'fleet'?"),
    ("unknown-name", [at_form("changeover: {on_change: 5 min, by: poeple}")],
     "stations/form/changeover/by", "error", "did you mean 'people'?"),
    ("unknown-name", [("    route:", "    into: rak\n    route:")], "products/bracket/into",
     "error", "no stock 'rak'"),
    ("unknown-name", [orders(f"from_stock: x, {EVERY}")], "orders/usual/from_stock", "error",
     "no stock 'x'"),
    ("unknown-name", [form("needs: {b: 1}"), after(
        "stocks: {b: {start: 1, refill: {at: 0, lot: 1, makes: brackt}}}\n")],
     "stocks/b/refill/makes", "error", "no product 'brackt'; did you mean 'bracket'?"),
    ("unknown-name", [after("present: [{orders: usuall, step: cut}]\n")], "present/0/orders",
     "error", "no stream 'usuall'; did you mean 'usual'?"),
    ("unknown-name", [after("present: [{orders: usual, step: cutt}]\n")], "present/0/step",
     "error", "no step 'cutt'; did you mean 'cut'?"),
    ("unknown-name", [after("present: [{orders: usual, product: x, step: cut}]\n")],
     "present/0/product", "error", "no product of that stream 'x'"),
    ("unknown-name", [at_form("served_by: fleet"), after(FLEET.replace("[v1]", "[v1, v2]"))],
     "transport/fleets/fleet/vehicles/1", "error", "no vehicle 'v2'"),
    ("unknown-name", [at_form("served_by: fleet"), after(FLEET.replace(
        "[v1]", '[v1], cycle: ["in > form", "from > out"]'))],
     "transport/fleets/fleet/cycle/1", "error", "no station 'from'; did you mean 'form'?"),
    ("unknown-name", [at_form("served_by: fleet"), after(FLEET.replace(
        "[v1]", "[v1], travel: {cut: {from: 20}}"))],
     "transport/fleets/fleet/travel/cut/from", "error", "did you mean 'form'?"),
    ("unknown-family", [at_form("changeover: {matrix: {bracket: {plate: 5 min}}}")],
     "stations/form/changeover/matrix/bracket/plate", "warning", "of family 'plate'; known: brack"),
    ("unknown-family", [at_form("changeover: {first: {steel: 5 min}}")],
     "stations/form/changeover/first/steel", "warning", "of family 'steel'"),
    # stocks
    ("stock-dry", [form("needs: {bolts: 4}"), after("stocks: {bolts: {start: 3}}\n")],
     f"{ROUTE}/1/needs/bolts", "error", "4 of 'bolts' are needed, it has 3 and nothing fills it"),
    ("stock-dry", [form("needs: {bolts: 4}"), after("stocks: {bolts: {start: 90}}\n")],
     f"{ROUTE}/1/needs/bolts", "warning", "90 pieces run out for good"),
    ("stock-dry", [form("needs: {bolts: 4}"), at_form("batch: {min: 2, max: 2}"),
                   after("stocks: {bolts: {start: 7}}\n")],
     f"{ROUTE}/1/needs/bolts", "error", "8 of 'bolts' are needed"),
    ("stock-dry", [after(f"  spare: {{from_stock: bolts, {EVERY}}}\nstocks: {{bolts: {{}}}}\n")],
     "orders/spare/from_stock", "error", "has 0 and nothing fills it"),
    ("stock-too-small", [form("needs: {bolts: 4}"), after(
        "stocks: {bolts: {capacity: 3, start: 3}}\n")],
     f"{ROUTE}/1/needs/bolts", "error", "write 'capacity: 4'"),
    ("stock-too-small", [form("needs: {bolts: 4}"), after(
        "stocks: {bolts: {start: 8, capacity: 7, refill: {at: 3, lot: 4, takes: 60}}}\n")],
     "stocks/bolts/start", "error", "begins with 8 pieces and has room for 7"),
    ("stock-too-small", [form("needs: {bolts: 4}"), after(
        STOCKED.replace("start", "capacity: 9, start"))],
     "stocks/bolts/refill", "warning", "up to 12 pieces, and it has room for 9"),
    ("wrong-refill", [("    route:", f"    {BRACKETS}"), after(
        f"  spare: {{from_stock: box, {EVERY}}}\n"
        f"  more: {{from_stock: rack, {EVERY}}}\n"
        "stocks: {rack: {}, box: {refill: {at: 1, lot: 2, makes: bracket}}}\n")],
     "stocks/box/refill/makes", "error", "goes into 'rack'; write 'into: box' under bracket"),
    ("refill-too-late", [form("needs: {bolts: 4}"), after(
        "stocks: {bolts: {start: 9, refill: {at: 0, lot: 8, takes: 60}}}\n")],
     f"{ROUTE}/1/needs/bolts", "error", "with 1 pieces 'bolts' has too few"),
    ("refill-too-late", [form("needs: {bolts: 4}"), after(
        "stocks: {bolts: {start: 8, refill: {at: 0, up_to: 9, takes: 60}}}\n")],
     f"{ROUTE}/1/needs/bolts", "error", "refill it 'at: 3' or more"),
    ("unused-stock", [after(STOCKED)], "stocks/bolts", "warning", "nothing takes from 'bolts'"),
    # tools
    ("tool-not-taken", [cut("returns: [jig]"), form("takes: {jig: 1}, returns: [jig]"),
                        after("tools: {jig: {}}\n")],
     f"{ROUTE}/0/returns/0", "error", "no step before 'cut' takes 'jig'"),
    ("tool-too-few", [cut("takes: {jig: 3}, returns: [jig]"), after("tools: {jig: {count: 2}}\n")],
     f"{ROUTE}/0/takes/jig", "error", "takes 3 of 'jig', and there are 2"),
    ("tool-too-few", [cut("takes: {jig: 1}, returns: [jig]"), at_cut("batch: {min: 3, max: 4}"),
                      after("tools: {jig: {count: 2}}\n")],
     f"{ROUTE}/0/takes/jig", "error", "write 'count: 3'"),
    ("tool-in-parts", [cut("takes: {jig: 1}"), form("takes: {jig: 2}, returns: [jig]"),
                       after("tools: {jig: {count: 4}}\n")],
     f"{ROUTE}/1/takes/jig", "warning", "two such parts can wait for each other"),
    ("unused-tool", [after("tools: {jig: {}}\n")], "tools/jig", "warning", "no step takes 'jig'"),
    # batches
    ("batch-no-room", [at_form("batch: {min: 4, max: 6}\n    input: {capacity: 3}")],
     "stations/form/batch/min", "error", "a batch of 4 is never complete with 3 places"),
    ("batch-no-room", [at_form("batch: {min: 2, max: 2}\n    input: {capacity: 0}")],
     "stations/form/batch/min", "error", "with 0 places"),
    ("batch-no-room", [at_form("batch: {min: 1, max: 6}\n    input: {capacity: 3}")],
     "stations/form/batch/max", "warning", "is never full"),
    ("batch-incomplete", [at_form("batch: {min: 4, max: 4, same: order}")],
     "stations/form/batch/min", "error", "4 parts of one order of 'usual', and there are never "
     "more than 1"),
    ("batch-incomplete", [at_form("batch: {min: 4, max: 4}"), orders(
        "product: bracket, quantity: 3")],
     "stations/form/batch/min", "error", "4 parts of any kind"),
    ("batch-incomplete", [at_form("batch: {min: 4, max: 4, same: family}"), orders(
        "product: bracket, release: cards, cards: 3")],
     "stations/form/batch/min", "error", "family 'bracket', and there are never more than 3"),
    ("interruptible", [at_form("interruptible: true")], "stations/form/interruptible", "error",
     "write 'rule: priority'"),
    ("interruptible", [at_form("interruptible: true\n    rule: priority\n    batch: {max: 2}")],
     "stations/form/interruptible", "error", "a batch cannot be taken apart"),
    # streams
    ("release-always", [("at: cut, run: {time: 3 min, by: people}", "delay: 3 min"),
                        orders("product: bracket, release: always")],
     "orders/usual/release", "error", "begins with a delay"),
    ("release-always", [orders("product: bracket, release: always"), after("")],
     "orders/more/release", "error", "'usual' always has one more part for station 'cut' too"),
    ("profile", [orders("product: bracket, profile: {rates: [[0, 2]]}")], "orders/usual/profile",
     "error", "write 'every: ...'"),
    ("never-due", [at_form("rule: edd")], "stations/form/rule", "warning", "no order is ever due"),
    ("present", [orders(f"lines: {{bracket: 1, clip: 2}}, {EVERY}"), after(
        "present: [{orders: usual, step: cut}]\n"),
        ("products:\n", "products:\n  clip: {route: [{step: cut, at: cut, run: 60}]}\n")],
     "present/0", "error", "wants several products; write 'product': bracket, clip"),
    ("present", [after("present: [{orders: usual, step: cut, count: 2, elapsed: 60}]\n")],
     "present/0/count", "error", "station 'cut' works 1 at once"),
    ("present", [at_cut("input: {capacity: 3}"), after(
        "present: [{orders: usual, step: cut, count: 4}]\n")],
     "present/0/count", "error", "3 have room to wait there"),
    # attributes
    ("unknown-attribute", [("run: 4 min", "run: {formula: 2 min * lenght}"), orders(
        f"{ONCE}, attributes: {{length: 2}}")],
     f"{ROUTE}/1/run/time/formula", "error", "no such attribute; did you mean 'length'?"),
    ("unknown-attribute", [("{to: scrap, share: 5 %}", "{to: cut, when: size > 2}")],
     f"{ROUTE}/1/then/0/when", "error", "'size > 2' asks for 'size', and orders 'usual'"),
    ("unknown-attribute", [at_form("batch: {max: 2, same: colour}")], "stations/form/batch/same",
     "error", "asks for 'colour'"),
    ("unknown-attribute", [orders(f"{ONCE}, priority: 2 * rush")], "orders/usual/priority",
     "error", "asks for 'rush'"),
    ("unknown-attribute", [at_form("disturbances: {jam: {clock: work, every: {formula: 9 * a}, "
                                   "lasts: 60}}"), orders(f"{ONCE}, attributes: {{a: 2}}")],
     "stations/form/disturbances/jam/every/formula", "error", "worked out for no order"),
    ("unknown-attribute", [orders("product: bracket, every: {formula: 9 * a}, attributes: "
                                  "{a: 2}")],
     "orders/usual/every/formula", "error", "worked out for no order"),
    ("unknown-attribute", [("    route:", f"    {BRACKETS}"), ("run: 4 min",
        "run: {formula: 9 * a}"), after(
        "stocks: {rack: {start: 9, refill: {at: 3, lot: 9, makes: bracket}}}\n"),
        orders(f"from_stock: rack, {EVERY}, attributes: {{a: 2}}")],
     f"{ROUTE}/1/run/time/formula", "error", "refills of 'rack' have no such"),
    # places
    ("delay", [("at: form, run: 4 min", "delay: 4 min, setup: 60"), ("  form:\n", ""),
               ("    machines: [press]\n", "")],
     f"{ROUTE}/1/setup", "error", "a delay happens nowhere and has no 'setup'"),
    ("own-alternative", [form("or_at: {form: {}, cut: {}}")], f"{ROUTE}/1/or_at/form", "error",
     "is the step's own station"),
    ("can-block-itself", [("{to: scrap, share: 5 %}", "{to: cut, share: 5 %}"),
                          at_cut("input: {capacity: 2}"), at_form("input: {capacity: 3}")],
     "stations/cut/input/capacity", "warning", "parts go round through 'cut' and 'form'"),
    ("no-place-back", [("{to: scrap, share: 5 %}", "{to: form, share: 5 %}"),
                       at_form("input: {capacity: 2}\n    batch: {max: 2}")],
     f"{ROUTE}/1/then/0", "warning", "one of several parts comes back to 'form'"),
    ("no-place-back", [("{to: scrap, share: 5 %}", "{to: form, share: 5 %}"), form("makes: 2"),
                       at_form("input: {capacity: 0}")],
     f"{ROUTE}/1/then/0", "warning", "the places can be full"),
    ("belt", [at_form("input: {capacity: 0, travel: 20 s}")], "stations/form/input/travel",
     "error", "has no place for a part"),
    # vehicles
    ("trip", [at_form("served_by: fleet"), after(FLEET.replace("[v1]", "[v1], cycle: [form]"))],
     "transport/fleets/fleet/cycle/0", "error", "'form' is no trip"),
    ("two-fleets", [at_form("served_by: fleet"), at_cut("served_by: other"), after(FLEET.replace(
        "[v1]}", "[v1]}, other: {vehicles: [v1]}"))],
     "transport/fleets/other/vehicles/0", "error", "is in fleet 'fleet' already"),
    ("fleet-idle", [after(FLEET)], "transport/fleets/fleet", "warning", "no station is served"),
    ("fleet-cycle", [at_form("served_by: fleet"), after(FLEET.replace(
        "[v1]", '[v1], cycle: ["in > cut", "form > out"]'))],
     "transport/fleets/fleet/cycle", "error", "no trip of its cycle ends there"),
    # calendars and people
    ("never-fits", [(CALENDAR, CALENDAR.replace("]]", "]], at_close: fit")),
                    ("run: 4 min", "run: 9 h")],
     f"{ROUTE}/1", "error", "takes 540 min, and 'form' is open for 480 min at the longest"),
    ("absence", [("calendar: day\n", ""), ("people: 1,", "people: 1, absence: 4 %,")],
     "crews/people/absence", "error", "no openings to be absent from"),
    ("nobody", [("people: 1,", "people: 2, absence: 1,")], f"{ROUTE}/0/run/by", "error",
     "people are always absent"),
    ("mends-alone", [at_cut(
        "disturbances: {jam: {clock: work, every: 9 h, lasts: 60, by: people}}")],
     "stations/cut/disturbances/jam/by", "warning", "not free to mend it"),
    ("at-close", [(CALENDAR, CALENDAR + '\n  eve: {open: [["16:00", "20:00"]], at_close: fit}')],
     "calendars/eve/at_close", "warning", "whether work fits in is asked of stations"),
    ("at-close", [(CALENDAR, CALENDAR + '\n  eve: {open: [["16:00", "20:00"]], at_close: finish}')],
     "calendars/eve/at_close", "warning", "no station and no crew follows this calendar"),
    ("nobody", [("people: 1,", "people: 1, skills: [people, mend],"), ("crews:\n",
                "crews:\n  setter: {people: 0}\n"),
                at_form("changeover: {on_change: 5 min, by: setter}")],
     "stations/form/changeover/by", "error", "nobody can do the changeover at 'form'"),
    ("never-there", [(CALENDAR, CALENDAR + '\n  eve: {open: [["16:00", "20:00"]]}'), (
        "crews:\n", "crews:\n  setter: {people: 1, calendar: eve}\n"),
        at_form("changeover: {on_change: 5 min, by: setter}")],
     "stations/form/changeover/by", "error", "setter is never at work while station 'form'"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "pairs", "where", "severity", "words"),
    CASES,
    ids=[f"{case[0]}-{index}" for index, case in enumerate(CASES)],
)
def test_a_rule_finds_what_it_is_for(
    rule: str, pairs: list[Pair], where: str, severity: str, words: str
) -> None:
    if where == "orders/more/release":  # a second stream like the first
        pairs = [(pairs[0][0], pairs[0][1] + "\n  more: {product: bracket, release: always}")]
    findings = [finding for finding in check(drawn(*pairs)) if finding.rule == rule]
    assert [(f.where, f.severity) for f in findings] == [(where, severity)], findings
    assert words in findings[0].message


SOUND: list[tuple[str, list[Pair]]] = [
    ("a stock that is refilled in time", [form("needs: {bolts: 4}"), after(STOCKED)]),
    ("a stock whose levels are whole sets", [form("needs: {bolts: 4}"), after(
        "stocks: {bolts: {start: 8, capacity: 8, refill: {at: 0, lot: 8, takes: 60}}}\n")]),
    ("a base stock", [form("needs: {bolts: 1}"), after(
        "stocks: {bolts: {start: 3, refill: {at: 2, lot: 1, takes: 60}}}\n")]),
    ("a start that is enough", [form("needs: {bolts: 4}"), after(
        "stocks: {bolts: {start: 20}}\n"), orders("product: bracket, quantity: 5")]),
    ("make to stock", [("    route:", f"    {BRACKETS}"), orders(f"from_stock: rack, {EVERY}"),
                       after("stocks: {rack: {start: 2, refill: {at: 2, up_to: 9, makes: bracket}"
                             "}}\n")]),
    ("a fixture over two steps", [cut("takes: {jig: 1}"), form("returns: [jig]"),
                                  after("tools: {jig: {count: 2}}\n")]),
    ("a fixture kept through rework", [cut("takes: {jig: 1}"), form("returns: [jig]"), (
        "{to: scrap, share: 5 %}", "{to: cut, share: 5 %}"), after("tools: {jig: {count: 2}}\n")]),
    ("a tool that leaves with the part, and so comes back", [cut("takes: {jig: 1}"), after(
        "tools: {jig: {}}\n")]),
    ("a tool that is held already", [cut("takes: {jig: 2}"), form(
        "takes: {jig: 2}, returns: [jig]"), after("tools: {jig: {count: 2}}\n")]),
    ("an order that gets in part by part", [orders(f"{ONCE}, quantity: 5, cards: 4")]),
    ("a single part that takes the place it frees", [("{to: scrap, share: 5 %}",
        "{to: form, share: 5 %}"), at_form("input: {capacity: 0}")]),
    ("a batch that goes on with fewer", [at_form(
        "batch: {min: 4, max: 6, same: order, wait_at_most: 1 h}")]),
    ("a batch of one large order", [at_form("batch: {min: 4, max: 6, same: order}\n"
                                            "    input: {capacity: 6}"),
                                    orders(f"{ONCE}, quantity: 4")]),
    ("a batch of what one plate makes", [at_form("batch: {min: 4, max: 4, same: order}"),
                                         cut("makes: 4")]),
    ("a queue by priority that a rush order takes over", [at_form(
        "interruptible: true\n    rule: priority")]),
    ("always one more, in turn", [orders("sequence: [bracket, bracket], release: always")]),
    ("cards, first a delay", [("at: cut, run: {time: 3 min, by: people}", "delay: 3 min"),
                              ("  cut: {machines: [saw], price: 1500 EUR}\n", ""),
                              ("run: 4 min", "run: {time: 4 min, by: people}"),
                              orders("product: bracket, release: cards, cards: 3")]),
    ("a profile", [orders(f"{ONCE}, profile: {{rates: [[0, 2], [\"12:00\", 0.5]]}}")]),
    ("due dates", [at_form("rule: edd"), orders(f"{ONCE}, due: 2 day")]),
    ("attributes of the product or of the order", [("    route:", "    attributes: {a: 1}\n"
        "    route:"), ("run: 4 min", "run: {formula: 2 min * a * b}"), at_form(
        "batch: {max: 2, same: b}"), orders(f"{ONCE}, priority: a + b, attributes: {{b: {{dist: "
                                            "uniform, low: 1, high: 2}}")]),
    ("a known family", [at_form("changeover: {matrix: {bracket: {bracket: 5}}, by: people}")]),
    ("parts there at the start", [at_cut("input: {capacity: 3}"), after(
        "present: [{orders: usual, step: cut, count: 3}, {orders: usual, step: form, elapsed: 9}]"
        "\n")]),
    ("a loop with room at one station", [("{to: scrap, share: 5 %}", "{to: cut, share: 5 %}"),
                                         at_cut("input: {capacity: 2}")]),
    ("a part that comes back to its own queue", [("{to: scrap, share: 5 %}",
        "{to: form, share: 5 %}"), at_form("input: {capacity: 1}")]),
    ("a conveyor", [at_form("input: {capacity: 4, travel: 20 s}")]),
    ("a fleet", [at_form("served_by: fleet"), after(FLEET.replace(
        "[v1]", '[v1], cycle: ["cut > form", "form > out"], travel: {cut: {form: 20}}'))]),
    ("work that fits", [(CALENDAR, CALENDAR.replace("]]", "]], at_close: fit"))]),
    ("a machine that its own people mend, with one to spare", [("people: 1,", "people: 2,"),
        at_cut("disturbances: {jam: {clock: work, every: 9 h, lasts: 60, by: people}}")]),
    ("a tool change between two parts", [at_cut(
        "disturbances: {tool: {clock: cycles, every: 40, lasts: 60, by: people, planned: true}}")]),
    ("a machine that nobody attends, and people mend", [at_form(
        "disturbances: {jam: {clock: work, every: 9 h, lasts: 60, by: people}}")]),
    ("absence from a calendar", [("people: 1,", "people: 1, absence: 4 %,")]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "pairs"), SOUND, ids=[case[0] for case in SOUND])
def test_what_is_sound_has_no_findings(what: str, pairs: list[Pair]) -> None:
    assert check(drawn(*pairs)) == ()


def test_openings_that_touch_are_one_also_over_the_end_of_the_cycle() -> None:
    def longest(*windows: tuple[float, float]) -> float:
        return longest_opening(Calendar(cycle=24.0, open=windows))

    assert longest((8, 16)) == 8
    assert longest((8, 12), (12, 16)) == 8
    assert longest((0, 6), (8, 9), (22, 24)) == 8
    assert longest((0, 24)) == longest((0, 12), (12, 24)) == float("inf")


def test_the_sketch_is_sound() -> None:
    assert SMALL.count("run: 4 min") == 1 and check(drawn()) == ()
