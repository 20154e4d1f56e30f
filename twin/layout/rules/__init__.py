"""Rules over a layout -> findings: what is well formed and still cannot be meant.

One small function a rule, by subject: `names` that lead nowhere, the `floor`, what is `drawn` on
it, the `flow` of parts, the `places` they wait in, `batches`, `stocks`, `tools`, `streams` of
orders, their `attributes`, `vehicles`, `calendars`, `people`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from twin.layout.catalog import at_once
from twin.layout.rules import (
    attributes,
    batches,
    calendars,
    drawn,
    floor,
    flow,
    names,
    people,
    places,
    stocks,
    streams,
    tools,
    vehicles,
)
from twin.layout.rules.finding import Finding
from twin.layout.schema import Layout

Rule = Callable[[Layout], Iterable[Finding]]

RULES: tuple[Rule, ...] = (
    floor.written_in_millimetres,
    names.unknown,
    names.taken_twice,
    names.shared_machines,
    names.arm_phases,
    floor.off_the_floor,
    floor.overlaps,
    floor.blocked_doors,
    floor.blocked_service,
    floor.narrow_standing,
    floor.unreachable,
    drawn.in_the_way,
    drawn.in_aisles,
    drawn.in_clear_zones,
    drawn.conveyors_used,
    drawn.conveyors_end,
    flow.no_way_out,
    flow.never_entered,
    flow.unused_stations,
    flow.times_missing,
    flow.never_working,
    flow.endless_orders,
    places.stations_for_delays,
    places.several_back,
    places.rings,
    places.belts,
    batches.no_room,
    batches.never_complete,
    batches.interrupted,
    batches.matrix_families,
    stocks.never_filled,
    stocks.too_small,
    stocks.wrong_refill,
    stocks.refilled_too_late,
    stocks.unused_stocks,
    tools.given_back,
    tools.enough,
    tools.unused_tools,
    attributes.attributes_missing,
    streams.always_where,
    streams.profile_of_nothing,
    streams.never_due,
    streams.present_parts,
    vehicles.trips,
    vehicles.shared_vehicles,
    vehicles.idle_fleets,
    calendars.never_fits,
    calendars.never_absent,
    calendars.at_close_of_nothing,
    people.nobody,
    people.mends_alone,
    people.not_needed,
    people.never_there,
)


def check(layout: Layout) -> tuple[Finding, ...]:
    """What all rules find: errors first, else in the order of the rules and of the file."""
    # A phase that two stations of a step share is looked at twice, and told of once.
    with at_once():
        found = dict.fromkeys(finding for rule in RULES for finding in rule(layout))
    return tuple(sorted(found, key=lambda finding: finding.severity != "error"))


__all__ = ["RULES", "Finding", "Rule", "check"]
