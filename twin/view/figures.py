"""A snapshot -> what stands on the page: plain values and texts, fit for JSON.

Texts go to the page as text, never as markup, so names from a layout need no care here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from twin.bottlenecks import LESS_TIME, ONE_MORE, Gain, Proof
from twin.economics import Prices
from twin.experiments import Estimate, estimate
from twin.forecast import Forecast
from twin.layout.changes import difference
from twin.layout.rules import Finding
from twin.layout.rules.attendance import phases, skills
from twin.layout.schema import Layout
from twin.production.plan import flow
from twin.production.run import Tally
from twin.timeline import State
from twin.view import words
from twin.view.words import CLOSED, DAY, HOUR, KWH, STATES
from twin.view.workbench import Outlook, Snapshot
from twin.warm_up import WarmUp

Json = dict[str, Any]


class Choice(NamedTuple):
    """What is selected: a station, machine, crew, person, arm or vehicle, by name."""

    kind: str
    name: str


# --- who is who ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Group:
    """A station, a crew or an arm: its label and the names of its rows in a plan or timeline."""

    name: str
    kind: str  # station, machine, crew, arm, vehicle
    label: str
    members: tuple[str, ...]
    focus: str  # where the camera flies


def groups(layout: Layout) -> list[Group]:
    """Stations in the order of the flow, then crews, arms and vehicles."""
    found = []
    for name in flow(layout):
        station = layout.stations[name]
        units: list[str] = []
        known = [machine for machine in station.machines if machine in layout.machines]
        for machine in known:
            places = layout.machines[machine].places
            units += [machine] if places == 1 else [f"{machine}.{k + 1}" for k in range(places)]
        focus = known[0] if known else ""
        found.append(Group(name, "station", station.label or name, tuple(units), focus))
    for name, crew in layout.crews.items():
        people = tuple(f"{name}#{k + 1}" for k in range(crew.people))
        found.append(Group(name, "crew", crew.label or name, people, f"{name}#1"))
    for name, arm in layout.arms.items():
        found.append(Group(name, "arm", arm.label or name, (name,), name))
    for name, vehicle in layout.transport.vehicles.items():
        found.append(Group(name, "vehicle", vehicle.label or name, (name,), name))
    return found


def group_of(layout: Layout, choice: Choice) -> Group | None:
    """What a choice means: a group, or one machine of a station as a group of its own."""
    for group in groups(layout):
        if choice == (group.kind, group.name):
            return group
        if choice.kind == "person" and choice.name in group.members and group.kind == "crew":
            return group
        if choice.kind == "machine" and group.kind == "station":
            station = layout.stations[group.name]
            if choice.name in station.machines and choice.name in layout.machines:
                return _one_machine(layout, group, choice.name)
    return None


def _one_machine(layout: Layout, group: Group, name: str) -> Group:
    members = tuple(m for m in group.members if m == name or m.rpartition(".")[0] == name)
    return Group(group.name, "machine", layout.machines[name].label or name, members, name)


def noun(layout: Layout) -> str:
    """What the plant makes, in the plural: "boards"; "parts" where there are several products."""
    if len(layout.products) != 1:
        return "parts"
    name, product = next(iter(layout.products.items()))
    return f"{(product.label or name).lower()}s"


def singular(layout: Layout) -> str:
    """One of what the plant makes: "board"."""
    return noun(layout).removesuffix("s")


# --- shares of open time -------------------------------------------------------------------------

Shares = dict[State, float]


def shares(snapshot: Snapshot, group: Group) -> Shares | None:
    """How a group spends its open time: state -> share; they add up to 1. None: not known."""
    times = np.zeros(len(State))
    if snapshot.kpis is not None:
        for member in group.members:
            one = snapshot.kpis.resources.get(member)
            for state, seconds in one.states.items() if one else ():
                times[state] += seconds
    elif snapshot.outlook is not None:
        names = list(snapshot.outlook.forecast.utilisation)
        rows = [names.index(member) for member in group.members if member in names]
        for tally in snapshot.outlook.forecast.tallies:
            times += np.concatenate([tally.unit_times, tally.people_times])[rows].sum(axis=0)
    times[list(CLOSED)] = 0.0
    total = times.sum()
    if total <= 0:
        return None
    return {state: float(times[state] / total) for state in STATES if times[state] > 0}


def working(share: Shares) -> float:
    """The share of open time in which it works or is set up."""
    return share.get(State.PROCESSING, 0.0) + share.get(State.SETUP, 0.0)


# --- the page ------------------------------------------------------------------------------------


def page(snapshot: Snapshot, selected: Choice | None = None) -> Json:
    """All regions of the page but the header, the outline and the form."""
    return {
        "mode": "replay" if snapshot.is_replay else "predict",
        "badge": badge(snapshot),
        "sentence": sentence(snapshot),
        "holds": holds(snapshot),
        "chosen": chosen(snapshot, selected),
        "legend": legend(snapshot),
        "strip": strip(snapshot),
        "change": change(snapshot),
        "findings": [_finding(f, snapshot.layout) for f in snapshot.findings],
        "checked": snapshot.checked,
        "progress": {
            "text": snapshot.stage,
            "share": snapshot.share,
            "stopped": snapshot.stopped,
        },
        "problem": snapshot.problem,
    }


def badge(snapshot: Snapshot) -> Json:
    """What is seen, and the id of the run that the figures come from."""
    if snapshot.is_replay:
        timeline = snapshot.timeline
        synthetic = timeline is not None and timeline.origin == "synthetic"
        text = "REPLAY · synthetic" if synthetic else "REPLAY"
        note = "a simulated shift, shipped as a recording" if synthetic else "recorded"
        kind = "synthetic" if synthetic else "replay"
        return {"text": text, "kind": kind, "run": timeline.run if timeline else "", "note": note}
    outlook = snapshot.outlook
    if snapshot.refused or outlook is None:
        text = "NO FORECAST" if snapshot.refused else _predicting(snapshot)
        return {"text": text, "kind": "none", "run": "", "note": ""}
    horizon = outlook.forecast.horizon
    start = f"{words.duration(horizon.warm_up)} of warm-up" if horizon.warm_up else "an empty start"
    if horizon.found is not None:
        start += f" ({_found(horizon.found)})"
    times = f"{horizon.replications} \N{MULTIPLICATION SIGN} {words.duration(horizon.window)}"
    note = f"{times}, after {start}"
    text = _predicting(snapshot) if snapshot.stale_outlook else "PREDICTED"
    return {"text": text, "kind": "predicted", "run": outlook.forecast.run, "note": note}


def _found(found: WarmUp) -> str:
    """How a warm-up was found, in a few words."""
    if found.output is None:
        return "no steady output was found"
    return "found by MSER-5" if found.parts is not None else "of the output; parts do not settle"


def _predicting(snapshot: Snapshot) -> str:
    return "STOPPED" if snapshot.stopped else "PREDICTING"


def sentence(snapshot: Snapshot) -> str:
    """What the factory makes and what holds it back, in one or two sentences."""
    layout = snapshot.layout
    if snapshot.refused:
        count = sum(f.severity == "error" for f in snapshot.findings)
        return (
            f"No forecast before {words.plural(count, 'finding')} on the floor {_is(count)} mended."
        )
    if snapshot.kpis is not None:
        kpis = snapshot.kpis
        made = words.plural(kpis.parts, singular(layout), noun(layout))
        return f"{made} in {words.duration(kpis.window)}, as recorded."
    missing = next((words for kind, words in _FIRST.items() if not getattr(layout, kind)), "")
    if missing:
        return missing
    if snapshot.outlook is None or snapshot.proof is None or snapshot.stale_proof:
        return layout.about
    return verdict(snapshot.proof, snapshot.outlook.forecast, noun(layout))


_FIRST = {  # what an empty layout is in need of, in this order
    "stations": "An empty floor. Add the stations that parts go through.",
    "products": "Stations, and nothing to make. Add a product: its route visits them in turn.",
    "orders": "A product, and nobody wants it. Add orders for it.",
}


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def verdict(proof: Proof, forecast: Forecast, made: str) -> str:
    """Output and what holds it back; `made` is what the plant makes: "boards"."""
    output, _ = words.plus_minus(forecast.output.scaled(DAY))
    if not forecast.piles_up:
        return f"{output} {made} a day: orders are met, nothing holds the output back."
    wanted = words.number(forecast.demand.mean * DAY)
    start = f"{output} of {wanted} {made} a day:"
    more, less = proof.of(ONE_MORE), proof.of(LESS_TIME)
    ranked = [rows[0] for rows in (more, less) if rows and rows[0].is_measurable]
    if not ranked:
        return f"{start} no single machine or person holds the output back."
    best = ranked[0]
    rivals = [g for g in proof.of(best.change)[1:] if g.rival and g.is_measurable]
    verb = "hold" if rivals else "holds"
    named = words.listed([_the(g) for g in (best, *rivals)])
    gain, _ = words.gained(best.gain, best.low, best.high)
    change = "one more" if best.change == ONE_MORE else "10 % less time"
    return f"{start} {named} {verb} the output back; {change} brings {gain}."


def _the(gain: Gain) -> str:
    if gain.kind == "crew":
        return f"the {gain.label[0].lower()}{gain.label[1:]}"
    return gain.label


# --- what holds it back --------------------------------------------------------------------------


def holds(snapshot: Snapshot) -> Json:
    """The two lists of gains, ranked like with like."""
    if snapshot.is_replay:
        text = "A recording shows what was. Switch to PREDICT to see what would help."
        return {"lists": [], "text": text, "stale": False}
    if snapshot.refused:
        return {"lists": [], "text": "Mend the findings first.", "stale": False}
    if snapshot.proof is None:
        text = snapshot.stage and "Worked out in a moment …"
        return {"lists": [], "text": _STOPPED if snapshot.stopped else text, "stale": False}
    lists = [_list(snapshot, snapshot.proof, change) for change in (LESS_TIME, ONE_MORE)]
    text = ""
    if snapshot.stale_proof:
        text = _OLD if snapshot.stopped else "Worked out anew …"
    return {"lists": lists, "text": text, "stale": snapshot.stale_proof}


_STOPPED = "Stopped before it was known."
_OLD = "Stopped: these are of the layout before."
_NOTES = {
    LESS_TIME: "mean gain in output if it did its own work in 10 % less time",
    ONE_MORE: "mean gain in output of one more machine, person, arm or place",
}


def _list(snapshot: Snapshot, proof: Proof, change: str) -> Json:
    gains = proof.of(change)
    top = max((g.gain for g in gains), default=0.0)
    rows = [_gain(g, snapshot.layout, top, i) for i, g in enumerate(gains)]
    told = [row for row in rows if row["measurable"]]
    rest = [row for row in rows if not row["measurable"]]
    title = change[0].upper() + change[1:]
    return {"title": title, "note": _NOTES[change], "rows": told, "more": rest}


def _gain(gain: Gain, layout: Layout, top: float, rank: int) -> Json:
    mean, half = words.gained(gain.gain, gain.low, gain.high)
    harmful = gain.high < 0
    told = gain.is_measurable or harmful
    kind = "station" if gain.kind == "buffer" else gain.kind
    group = group_of(layout, Choice(kind, gain.name))
    return {
        "key": f"{gain.change}/{gain.kind}/{gain.name}",
        "name": gain.name,
        "kind": kind,
        "focus": group.focus if group else "",
        "label": gain.label,
        "gain": mean if told else "",
        "interval": half if told else "",
        "words": "" if told else words.NO_DIFFERENCE,
        "bar": round(max(0.0, gain.gain / top), 4) if top > 0 and gain.is_measurable else 0.0,
        "rival": bool(rank and gain.rival and gain.is_measurable),
        "first": rank == 0 and gain.is_measurable,
        "measurable": told,
        "cost": _price(gain),
        "try": {"kind": gain.kind, "name": gain.name} if _can_be_tried(gain) else None,
    }


def _can_be_tried(gain: Gain) -> bool:
    """Whether an edit makes the change: less time is a wish, one more arm a plan of its own."""
    return gain.change == ONE_MORE and gain.kind in ("station", "crew", "buffer")


def _price(gain: Gain) -> str:
    if gain.wage:
        return f"{words.number(gain.wage * HOUR)} € an hour"
    return f"{words.number(gain.price)} €" if gain.price else ""


def rings(snapshot: Snapshot) -> list[Json]:
    """Rings of light for the viewer: the best of "10 % less time" and its rivals, or of the other.

    machines and people are names; `text` is the label beside the ring.
    """
    if snapshot.proof is None or snapshot.stale_proof or snapshot.is_replay:
        return []
    if snapshot.outlook is None or not snapshot.outlook.forecast.piles_up:
        return []  # orders are met: nothing is held back
    found: dict[tuple[str, str], list[str]] = {}
    for change in (LESS_TIME, ONE_MORE):
        for rank, gain in enumerate(snapshot.proof.of(change)):
            if gain.is_measurable and (rank == 0 or gain.rival):
                mean, _ = words.gained(gain.gain, gain.low, gain.high)
                short = "one more" if change == ONE_MORE else "10 % less time"
                found.setdefault((gain.kind, gain.name), []).append(f"{short} {mean}")
    result = []
    for (kind, name), texts in found.items():
        layout = snapshot.layout
        machines = list(layout.stations[name].machines) if kind in ("station", "buffer") else []
        people = (
            [f"{name}#{k + 1}" for k in range(layout.crews[name].people)] if kind == "crew" else []
        )
        machines += [name] if kind == "arm" else []
        result.append({"machines": machines, "people": people, "text": " · ".join(texts)})
    return result


# --- one station, person or arm --------------------------------------------------------------


def chosen(snapshot: Snapshot, choice: Choice | None) -> Json | None:
    """The figures of what is selected; None where nothing is, or it has none."""
    group = group_of(snapshot.layout, choice) if choice else None
    if group is None:
        return None
    share = shares(snapshot, group)
    return {
        "kind": group.kind,
        "name": group.name,
        "title": group.label,
        "note": _kind_text(group, snapshot.layout),
        "bar": [
            {
                "state": STATES[state][1],
                "colour": STATES[state][0],
                "share": round(part, 4),
                "text": words.percent(part) if part >= 0.005 else "under 1 %",
            }
            for state, part in (share or {}).items()
        ],
        "figures": _station_figures(snapshot, group, share),
        "empty": "" if share else _why_empty(snapshot, group),
    }


def _kind_text(group: Group, layout: Layout) -> str:
    if group.kind == "station":
        count = len(layout.stations[group.name].machines)
        alike = f"{count} machines share one queue" if count > 1 else "one machine"
        return f"Station {group.label}, {alike}"
    if group.kind == "crew":
        people = layout.crews[group.name].people
        return f"Crew of {words.plural(people, 'person', 'people')}"
    if group.kind == "machine":
        count = len(layout.stations[group.name].machines)
        station = layout.stations[group.name].label or group.name
        return f"One of {count} machines of {station}" if count > 1 else f"Station {station}"
    return {"arm": "Robot arm", "vehicle": "Vehicle"}[group.kind]


def _why_empty(snapshot: Snapshot, group: Group) -> str:
    if group.kind == "crew" and not group.members:
        return "No people yet: press + beside the crew to add one."
    if snapshot.stopped:
        return _STOPPED
    if snapshot.stage:
        return "Its figures are being worked out."
    return "Nothing is known of it here."


def _station_figures(snapshot: Snapshot, group: Group, share: Shares | None) -> list[Json]:
    figures = []
    if share:
        busy = words.percent(working(share))
        note = "of its open time"
        spread = _utilisation(snapshot, group)
        if spread is not None:
            note = f"of open time; mean ± {words.number(100 * spread.half_width, 1)}"
            busy = words.percent(spread.mean, 1)
        figures.append({"label": "Busy", "value": busy, "note": note})
        waits = _waits(snapshot, group, share)
        figures += waits
    figures += _counts(snapshot, group)
    return figures


def _utilisation(snapshot: Snapshot, group: Group) -> Estimate | None:
    if snapshot.outlook is None or snapshot.kpis is not None or not group.members:
        return None
    forecast = snapshot.outlook.forecast
    names = list(forecast.utilisation)
    rows = [names.index(member) for member in group.members if member in names]
    if not rows:
        return None
    values = []
    for tally in forecast.tallies:
        times = np.concatenate([tally.unit_times, tally.people_times])[rows].sum(axis=0)
        opened = times.sum() - times[list(CLOSED)].sum()
        work = times[State.PROCESSING] + times[State.SETUP]
        values.append(work / opened if opened > 0 else 0.0)
    return estimate(values)


def _waits(snapshot: Snapshot, group: Group, share: Shares) -> list[Json]:
    """The longest waits, in plain words."""
    layout = snapshot.layout
    crews = _attendants(layout, group)
    phrases = {
        State.WAITING_CREW: f"Waits for {crews}",
        State.STARVED: "Waits for parts",
        State.BLOCKED: "Blocked: no room further on",
        State.DOWN: "Down",
        State.HELD: "Held",
        State.SETUP: "Is set up",
    }
    told = sorted(
        ((state, part) for state, part in share.items() if state in phrases and part >= 0.005),
        key=lambda item: -item[1],
    )
    return [
        {"label": phrases[state], "value": words.percent(part), "note": "of open time"}
        for state, part in told[:3]
    ]


def _attendants(layout: Layout, group: Group) -> str:
    """Who attends a station's steps: "the set-up person"."""
    asked = dict.fromkeys(a.phase.by for a in phases(layout) if a.station == group.name)
    named = []
    for skill in filter(None, asked):
        if skill in layout.arms:
            named.append(f"the {(layout.arms[skill].label or skill).lower()}")
            continue
        for name, crew in layout.crews.items():
            if skill in skills(name, crew):
                named.append(f"a {(crew.label or name).lower()}")
    return " or ".join(dict.fromkeys(named)) or "a person"


def _counts(snapshot: Snapshot, group: Group) -> list[Json]:
    """Parts worked, scrapped and sent to rework."""
    if group.kind not in ("station", "machine"):
        return []
    layout = snapshot.layout
    if snapshot.kpis is not None:
        found = [snapshot.kpis.resources.get(member) for member in group.members]
        done = sum(one.done for one in found if one)
        when = f"in {words.duration(snapshot.kpis.window)}"
        return [{"label": "Worked", "value": words.plural(done, singular(layout)), "note": when}]
    if snapshot.outlook is None:
        return []
    forecast = snapshot.outlook.forecast
    names = list(forecast.utilisation)
    rows = [names.index(member) for member in group.members if member in names]

    def daily(column: Callable[[Tally], np.ndarray]) -> Estimate:
        return estimate([column(t)[rows].sum() / t.window * DAY for t in forecast.tallies])

    figures = []
    for label, column in (
        ("Worked", lambda t: t.unit_done),
        ("Sent to rework", lambda t: t.unit_reworked),
        ("Scrapped", lambda t: t.unit_scrapped),
    ):
        rate = daily(column)
        if rate.mean > 0:
            mean, half = words.plus_minus(rate)
            figures.append(
                {"label": label, "value": mean, "note": f"{noun(layout)} a day; mean {half}"}
            )
    return figures


# --- the strip -----------------------------------------------------------------------------------

Values = Callable[[Outlook], Sequence[float] | None]


def strip(snapshot: Snapshot) -> list[Json]:
    """The figures at the foot of the page, each with its unit and interval."""
    if snapshot.kpis is not None:
        return _recorded(snapshot)
    layout = snapshot.layout
    made = snapshot.outlook
    if made is None or snapshot.refused:
        return [_waiting(label, snapshot) for label in ("Output", "Orders", "Lead time")]
    forecast = made.forecast
    unit = f"{noun(layout)} a day"
    output = forecast.output.scaled(DAY)
    mean, _ = words.plus_minus(output)
    digits = words.decimals(output.half_width)
    low, high = words.number(output.low, digits), words.number(output.high, digits)
    within = f"mean within {low} to {high}"
    wanted = words.number(forecast.demand.mean * DAY)
    figures = [
        _figure("output", "Output", mean, unit, f"{within}, of {wanted} ordered"),
        _piling(forecast),
        _lead(forecast),
        *_costs(made, layout),
    ]
    if _compared(snapshot):
        _compare(figures, snapshot, unit)
    return figures


def _figure(key: str, label: str, value: str, unit: str, note: str, tone: str = "") -> Json:
    return {"key": key, "label": label, "value": value, "unit": unit, "note": note, "tone": tone}


def _waiting(label: str, snapshot: Snapshot) -> Json:
    note = "after the findings are mended" if snapshot.refused else "being worked out"
    if snapshot.problem:
        note = "not known"
    return _figure(label.lower(), label, "-" if snapshot.refused else "…", "", note)


def _piling(forecast: Forecast) -> Json:
    if not forecast.piles_up:
        return _figure("piling", "Orders", "are met", "", "what is ordered is made", "good")
    mean, half = words.plus_minus(forecast.piling.scaled(DAY))
    return _figure(
        "piling", "Orders pile up", mean, "a day", f"more open orders; mean {half}", "warn"
    )


def _lead(forecast: Forecast) -> Json:
    value, unit = _split(words.duration(forecast.lead_median))
    return _figure("lead", "Lead time", value, unit, _orders(forecast.lead_p05, forecast.lead_p95))


def _orders(low: float, high: float) -> str:
    """Between which lead times [s] nine of ten orders lie: where the next one falls."""
    return f"half of the orders; 9 of 10 take {words.duration(low)} to {words.duration(high)}"


def _split(text: str) -> tuple[str, str]:
    value, _, unit = text.partition(" ")
    return value, unit


def _costs(made: Outlook, layout: Layout) -> list[Json]:
    if made.cost is None:
        return []
    one = singular(layout)
    energy_unit, cost_unit = _units(made)
    energy = made.cost.energy.scaled(energy_unit.scale)
    cost = made.cost.cost.scaled(cost_unit.scale)
    used, used_half = words.plus_minus(energy)
    paid, paid_half = words.plus_minus(cost)
    carbon = words.plus_minus(made.cost.carbon.scaled(1000.0))[0]
    return [
        _figure(
            "energy",
            "Energy",
            used,
            f"{energy_unit.text} a {one}",
            f"mean {used_half}; {carbon} g CO₂e",
        ),
        _figure(
            "cost",
            "Cost",
            paid,
            f"{cost_unit.text} a {one}",
            f"mean {paid_half}; with wages and machines",
        ),
    ]


class Unit(NamedTuple):
    """A unit to show a value in: value in SI or EUR x scale."""

    text: str
    scale: float


def _units(made: Outlook) -> tuple[Unit, Unit]:
    """Units of energy and cost in which a part's share is not a string of zeros."""
    small_energy = made.cost is not None and made.cost.energy.mean < 0.02 * KWH
    small_cost = made.cost is not None and made.cost.cost.mean < 0.05
    return (
        Unit("Wh", 1000 / KWH) if small_energy else Unit("kWh", 1 / KWH),
        Unit("ct", 100.0) if small_cost else Unit("€", 1.0),
    )


def _compared(snapshot: Snapshot) -> bool:
    before, now = snapshot.before, snapshot.outlook
    return (
        before is not None
        and now is not None
        and not snapshot.stale_outlook
        and before.layout != now.layout
        and before.forecast.horizon.pairs_with(now.forecast.horizon)
    )


def _compare(figures: list[Json], snapshot: Snapshot, unit: str) -> None:
    """The old value beside each figure, and the paired difference of equal replications."""
    before, now = snapshot.before, snapshot.outlook
    assert before is not None and now is not None  # `_compared` says so
    one = f"a {singular(snapshot.layout)}"
    energy, cost = _units(now)
    old = {f["key"]: f for f in strip_of(before)}
    scales = {
        "output": (_rates, DAY, unit),
        "piling": (_pilings, DAY, "a day"),
        "lead": (_leads, 1 / DAY, "days on average"),
        "energy": (_energies, energy.scale, f"{energy.text} {one}"),
        "cost": (_euros, cost.scale, f"{cost.text} {one}"),
    }
    for figure in figures:
        key = figure["key"]
        values, scale, words_of_unit = scales[key]
        a, b = values(before), values(now)
        if key not in old:
            continue
        figure["old"] = f"{old[key]['value']} {old[key]['unit']}".strip()
        if a is None or b is None:
            figure["difference"] = "not comparable"
            continue
        change = estimate((np.asarray(b) - np.asarray(a)) * scale)
        figure["difference"] = words.difference(change, words_of_unit)


def strip_of(made: Outlook) -> list[Json]:
    """The strip of an outlook by itself."""
    return strip(Snapshot(made.layout, outlook=made))


def _rates(made: Outlook) -> list[float]:
    return [t.exits / t.window for t in made.forecast.tallies]


def _pilings(made: Outlook) -> list[float]:
    return [t.wip_change / t.window for t in made.forecast.tallies]


def _leads(made: Outlook) -> list[float] | None:
    if not all(len(t.leads) for t in made.forecast.tallies):
        return None
    return [float(t.leads.mean()) for t in made.forecast.tallies]


def _energies(made: Outlook) -> list[float] | None:
    bills = _bills(made)
    return None if bills is None else [energy for energy, _ in bills]


def _euros(made: Outlook) -> list[float] | None:
    bills = _bills(made)
    return None if bills is None else [cost for _, cost in bills]


def _bills(made: Outlook) -> list[tuple[float, float]] | None:
    """Energy [J] and cost [EUR] of a good part in each replication."""
    tallies = made.forecast.tallies
    if any(t.exits == 0 for t in tallies):
        return None
    names = tuple(made.forecast.utilisation)
    units = len(tallies[0].unit_times)
    prices = Prices(made.layout, names[:units], names[units:])
    bills = [(prices.bill(t), t.exits) for t in tallies]
    return [(bill.energy / exits, bill.cost / exits) for bill, exits in bills]


def _recorded(snapshot: Snapshot) -> list[Json]:
    kpis = snapshot.kpis
    assert kpis is not None  # the caller looks
    window = words.duration(kpis.window)
    what = noun(snapshot.layout)
    open_orders = f"{words.plural(kpis.finished, 'order')} finished of {kpis.released} released"
    figures = [
        _figure("output", "Output", words.number(kpis.parts), what, f"in {window}, as recorded"),
        _figure("orders", "Orders", words.number(kpis.finished), "finished", open_orders),
    ]
    if len(kpis.leads):
        value, unit = _split(words.duration(kpis.lead(0.5)))
        note = _orders(kpis.lead(0.05), kpis.lead(0.95))
        figures.append(_figure("lead", "Lead time", value, unit, note))
    wip = words.number(kpis.wip, 1)
    figures.append(_figure("wip", "On the floor", wip, what, "or waiting, on average"))
    return figures


# --- what has changed, findings --------------------------------------------------------------


def change(snapshot: Snapshot) -> Json | None:
    """What the figures are compared with: the edits in words; None where nothing is different."""
    if snapshot.before is None or snapshot.is_replay:
        return None
    texts = difference(snapshot.before.layout, snapshot.layout)
    if not texts:
        return None
    return {"texts": list(texts), "ready": _compared(snapshot)}


def _finding(finding: Finding, layout: Layout) -> Json:
    """A finding, and what of the floor it points at."""
    kind, _, rest = finding.where.partition("/")
    name = rest.partition("/")[0]
    kinds = {"machines": "machine", "arms": "arm", "stations": "station", "crews": "crew"}
    group = group_of(layout, Choice(kinds.get(kind, ""), name))
    return {
        "severity": finding.severity,
        "where": finding.where,
        "message": finding.message,
        "kind": kinds.get(kind, "") if group else "",
        "name": name,
        "focus": group.focus if group else "",
    }


# --- bars ----------------------------------------------------------------------------------------


def bars(snapshot: Snapshot) -> Mapping[str, Shares]:
    """Label -> shares of open time, for stations, crews and arms that are known."""
    found: dict[str, Shares] = {}
    for group in groups(snapshot.layout):
        share = shares(snapshot, group)
        if share:
            label = group.label if group.label not in found else f"{group.label} ({group.name})"
            found[label] = share
    return found


def legend(snapshot: Snapshot) -> list[Json]:
    """Colour and words of the states that the bars have."""
    seen = {state for share in bars(snapshot).values() for state in share}
    return [{"colour": c, "words": w} for state, (c, w) in STATES.items() if state in seen]
