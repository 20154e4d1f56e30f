"""A snapshot -> what stands on the page: plain values and texts, fit for JSON.

Texts go to the page as text, never as markup, so names from a layout need no care here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from twin.bottlenecks import LESS_TIME, ONE_MORE, Gain, Proof
from twin.comparison import NO_DIFFERENCE, Effect, Figure, effects, figures_of
from twin.experiments import Estimate, estimate
from twin.forecast import Forecast
from twin.layout.changes import DRAWN, difference
from twin.layout.rules import Finding
from twin.layout.rules.attendance import phases, skills
from twin.layout.schema import Layout
from twin.production.plan import flow
from twin.production.run import Tally
from twin.timeline import State
from twin.view import words
from twin.view.terms import state_key
from twin.view.words import CLOSED, DAY, HOUR, STATES, noun, singular
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


def timeline_rows(layout: Layout) -> list[tuple[str, str]]:
    """(label, name in a timeline) of machines and their places in the order of the flow, then of
    people."""
    rows = []
    for group in groups(layout):
        for k, member in enumerate(group.members, 1):
            machine, dot, place = member.partition(".")
            if group.kind == "station":
                label = layout.machines[machine].label or machine
                rows.append((f"{label}{dot}{place}", member))
            elif group.kind == "crew":
                rows.append(
                    (f"{group.label} {k}" if len(group.members) > 1 else group.label, member)
                )
    return rows


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


def label_of(layout: Layout, resource: str) -> str:
    """What a row of a timeline is called: its machine's own label, or its group's."""
    machine = layout.machines.get(resource) or layout.machines.get(resource.rpartition(".")[0])
    if machine is not None and machine.label:
        return machine.label
    return next((g.label for g in groups(layout) if resource in g.members), resource)


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
        known = snapshot.outlook.times
        times = sum((known[member] for member in group.members if member in known), times)
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
    """All regions of the page but the header, the outline, the form, and what a shop does now."""
    return {
        "mode": "live" if snapshot.live else "replay" if snapshot.is_replay else "predict",
        "badge": badge(snapshot),
        "sentence": sentence(snapshot),
        "holds": holds(snapshot),
        "chosen": chosen(snapshot, selected),
        "legend": legend(snapshot),
        "strip": strip(snapshot),
        "change": change(snapshot),
        "findings": [_finding(f, snapshot.layout) for f in snapshot.findings],
        "checked": snapshot.checked,
        "progress": progress(snapshot),
        "problem": snapshot.problem,
    }


def progress(snapshot: Snapshot) -> Json:
    """What is being worked out, and how far that is."""
    return {"text": snapshot.stage, "share": snapshot.share, "stopped": snapshot.stopped}


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
        told = "as heard" if snapshot.live else "as recorded"
        return f"{made} in {words.duration(kpis.window)}, {told}."
    missing = next((words for kind, words in _FIRST.items() if not getattr(layout, kind)), "")
    if missing:
        return missing
    if snapshot.outlook is None or snapshot.proof is None or not snapshot.is_proven:
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
    if snapshot.live is not None:
        return {"lists": [], "text": "", "stale": False}
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
    elif snapshot.proof.untried:
        left = words.plural(snapshot.proof.untried, "change")
        text = f"{left} not tried." if snapshot.stopped else f"{left} still to be tried …"
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
    old = {} if snapshot.before_proof is None else _known(snapshot.before_proof.of(change))
    if _compared_with(snapshot) is not None and not snapshot.stale_proof:
        for row, gain in zip(rows, gains, strict=True):
            row["old"] = old.get((gain.kind, gain.name), "not there")
    told = [row for row in rows if row["measurable"]]
    rest = [row for row in rows if not row["measurable"]]
    title = change[0].upper() + change[1:]
    note, term = _NOTES[change], "less" if change == LESS_TIME else "more"
    return {"title": title, "term": term, "note": note, "rows": told, "more": rest}


def _known(gains: Sequence[Gain]) -> dict[tuple[str, str], str]:
    """What gains were, in words, by kind and name."""
    return {
        (g.kind, g.name): words.gained(g.gain, g.low, g.high)[0]
        if g.is_measurable or g.high < 0
        else NO_DIFFERENCE
        for g in gains
    }


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
        "words": "" if told else NO_DIFFERENCE,
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
    if snapshot.proof is None or not snapshot.is_proven or snapshot.is_factual:
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
        figures.append({"label": "Busy", "term": "busy", "value": busy, "note": note})
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
        {
            "label": phrases[state],
            "term": state_key(state),
            "value": words.percent(part),
            "note": "of open time",
        }
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
        worked = words.plural(done, singular(layout))
        return [{"label": "Worked", "term": "worked", "value": worked, "note": when}]
    if snapshot.outlook is None:
        return []
    forecast = snapshot.outlook.forecast
    names = list(forecast.utilisation)
    rows = [names.index(member) for member in group.members if member in names]

    def daily(column: Callable[[Tally], np.ndarray]) -> Estimate:
        return estimate([column(t)[rows].sum() / t.window * DAY for t in forecast.tallies])

    figures = []
    for label, term, column in (
        ("Worked", "worked", lambda t: t.unit_done),
        ("Sent to rework", "rework", lambda t: t.unit_reworked),
        ("Scrapped", "scrap", lambda t: t.unit_scrapped),
    ):
        rate = daily(column)
        if rate.mean > 0:
            mean, half = words.plus_minus(rate)
            note = f"{noun(layout)} a day; mean {half}"
            figures.append({"label": label, "term": term, "value": mean, "note": note})
    return figures


# --- the strip -----------------------------------------------------------------------------------


def strip(snapshot: Snapshot) -> list[Json]:
    """The figures at the foot of the page, each with its unit and interval; after an edit with the
    old one and the paired difference."""
    if snapshot.kpis is not None:
        return _recorded(snapshot)
    made = snapshot.outlook
    if made is None or snapshot.refused:
        return [_waiting(label, snapshot) for label in ("Output", "Orders", "Lead time")]
    before = _compared_with(snapshot)
    if before is None:
        now = (each for each in figures_of(made.sample) if each.key in _LABELS)
        shown = [_shown(each, each.mean, made) for each in now]
    else:
        pairs = (each for each in effects(before.sample, made.sample) if each.key in _LABELS)
        shown = [_compared(each, before, _shown(each, each.after, made)) for each in pairs]
    if not any(figure["key"] == "piling" for figure in shown):
        shown.insert(1, _no_piling(made))
    return shown


def _figure(key: str, label: str, value: str, unit: str, note: str, tone: str = "") -> Json:
    return {"key": key, "label": label, "value": value, "unit": unit, "note": note, "tone": tone}


_ORDERS_ARE_MET = _figure("piling", "Orders", "are met", "", "what is ordered is made", "good")
_NO_ORDERS = _figure("piling", "Orders", "none yet", "", "nothing is ordered")


def _no_piling(made: Outlook) -> Json:
    """What the orders are where they do not pile up."""
    return _ORDERS_ARE_MET if made.layout.orders else _NO_ORDERS


def _waiting(label: str, snapshot: Snapshot) -> Json:
    note = "after the findings are mended" if snapshot.refused else "being worked out"
    if snapshot.problem:
        note = "not known"
    return _figure(label.lower(), label, "-" if snapshot.refused else "…", "", note)


def _compared_with(snapshot: Snapshot) -> Outlook | None:
    """The outlook whose replications pair with those shown, where an edit lies between them."""
    before, now = snapshot.before, snapshot.outlook
    if before is None or now is None or snapshot.stale_outlook or before.layout == now.layout:
        return None
    return before if before.sample.horizon.pairs_with(now.sample.horizon) else None


def _shown(found: Figure | Effect, mean: Estimate | None, made: Outlook) -> Json:
    """A figure as it is now."""
    if found.key == "piling" and not made.forecast.piles_up:
        return _no_piling(made)
    value, unit = _said(mean, found.unit, noun(made.layout))
    tone = "warn" if found.key == "piling" else ""
    return _figure(found.key, _LABELS[found.key], value, unit, _note(found, mean, made), tone)


def _compared(effect: Effect, before: Outlook, shown: Json) -> Json:
    """A figure with what it was before the edit, and the difference; with their units where these
    are not the figure's own."""
    what = noun(before.layout)
    old, unit = _said(effect.before, effect.unit, what)
    if effect.key == "piling" and not before.forecast.piles_up:
        old, unit = _ORDERS_ARE_MET["value"], ""
    if unit != shown["unit"]:
        old = f"{old} {unit}".strip()
    difference = words.effect(effect, what).removesuffix(f" {shown['unit']}")
    return shown | {"old": old, "difference": difference}


def _said(mean: Estimate | None, unit: str, made: str) -> tuple[str, str]:
    """A mean, as finely as its interval allows, and its unit."""
    if mean is None:
        return "unknown", ""
    shown = words.unit_of_figure(unit, abs(mean.mean), made)
    return words.plus_minus(mean.scaled(shown.scale))[0], shown.text


# Of the figures that the strip has room for; a layout seldom has all of them.
_LABELS = {
    "output": "Output",
    "piling": "Orders pile up",
    "lead": "Lead time",
    "lead_p90": "Lead time 90 %",
    "wip": "In process",
    "on_time": "On time",
    "walked": "Walking",
    "carried": "Carrying",
    "driven": "Driving",
    "energy": "Energy",
    "cost": "Cost",
}
_NOTES_OF_FIGURES = {
    "piling": "more open orders",
    "lead_p90": "9 of 10 take less",
    "on_time": "of orders due",
    "walked": "all people",
    "carried": "by hand",
    "driven": "all vehicles",
    "cost": "with wages and machines",
}


def _note(found: Figure | Effect, mean: Estimate | None, made: Outlook) -> str:
    """What an interval is of, and of what the figure is."""
    forecast = made.forecast
    if found.key == "lead":
        return _orders(forecast.lead_p05, forecast.lead_p95)
    if mean is None:
        return "not known of every run"
    if found.key == "output":
        digits = words.decimals(mean.half_width)
        low, high = words.number(mean.low, digits), words.number(mean.high, digits)
        return f"mean within {low} to {high}, of {words.number(forecast.demand.mean * DAY)} ordered"
    unit = words.unit_of_figure(found.unit, abs(mean.mean), noun(made.layout))
    _, half = words.plus_minus(mean.scaled(unit.scale))
    note = _NOTES_OF_FIGURES.get(found.key, "")
    if found.key == "energy" and made.cost is not None:
        note = f"{words.plus_minus(made.cost.carbon.scaled(1000.0))[0]} g CO₂e"
    return f"mean {half}; {note}" if note else f"mean {half}"


def _orders(low: float, high: float) -> str:
    """Between which lead times [s] nine of ten orders lie: where the next one falls."""
    return f"half of the orders; 9 of 10 take {words.duration(low)} to {words.duration(high)}"


def _split(text: str) -> tuple[str, str]:
    value, _, unit = text.partition(" ")
    return value, unit


def _recorded(snapshot: Snapshot) -> list[Json]:
    kpis = snapshot.kpis
    assert kpis is not None  # the caller looks
    window = words.duration(kpis.window)
    what = noun(snapshot.layout)
    told = "as heard" if snapshot.live else "as recorded"
    open_orders = f"{words.plural(kpis.finished, 'order')} finished of {kpis.released} released"
    figures = [
        _figure("output", "Output", words.number(kpis.parts), what, f"in {window}, {told}"),
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
    if snapshot.before is None or snapshot.is_factual:
        return None
    texts = difference(snapshot.before.layout, snapshot.layout)
    if not texts:
        return None
    return {"texts": list(texts), "ready": _compared_with(snapshot) is not None}


def _finding(finding: Finding, layout: Layout) -> Json:
    """A finding, and what of the floor it points at."""
    kind, _, rest = finding.where.partition("/")
    name = rest.partition("/")[0]
    kinds = {"machines": "machine", "arms": "arm", "stations": "station", "crews": "crew"}
    group = group_of(layout, Choice(kinds.get(kind, ""), name))
    told = {"severity": finding.severity, "where": finding.where, "message": finding.message}
    for word, home in DRAWN.items():
        *above, last = finding.where.split("/")[: len(home) + 1]
        if tuple(above) == home:
            return {**told, "kind": word, "name": last, "focus": f"{word}:{last}"}
    return {
        **told,
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
    return [
        {"colour": colour, "words": told, "term": state_key(state)}
        for state, (colour, told) in STATES.items()
        if state in seen
    ]
