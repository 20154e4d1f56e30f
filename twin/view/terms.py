"""What the page's terms mean, in a planner's words: one source for all panels.

The page shows a term as a button that opens its text (viewer/src/shell/terms.js); it asks by key.
The keys of figures are those of `twin.comparison`, the keys of states those of `twin.timeline`.
"""

from __future__ import annotations

from typing import NamedTuple

from twin.timeline import State
from twin.view.words import STATES


class Term(NamedTuple):
    """A term as a heading, and what it means."""

    title: str
    text: str


TERMS: dict[str, Term] = {
    # --- the strip of figures
    "output": Term(
        "Output",
        "Good parts that leave the plant, a day. It is the mean of many simulated runs; the true "
        "mean lies within the two numbers below it in 95 of 100 cases (the interval).",
    ),
    "piling": Term(
        "Orders pile up",
        "How many more open orders there are each day: more is ordered than made. As long as they "
        "pile up, lead times have no end to grow to.",
    ),
    "orders": Term("Orders", "Orders finished, of those released in the time shown."),
    "lead": Term(
        "Lead time",
        "From the release of an order until its last part is done, waiting included. Half of the "
        "orders take less than this (the median).",
    ),
    "lead_p90": Term(
        "Lead time 90 %", "Nine of ten orders take less than this: a date to promise."
    ),
    "live": Term(
        "Now",
        "What the shop itself tells, as it comes. Every time is how long something has been so; "
        "what is not heard any more is shown as no data, never as it was last.",
    ),
    "sources": Term(
        "Sources",
        "Where the data come from: whether each is connected, when it was last heard, and "
        "what was missed. A gap is a time of which nothing is known.",
    ),
    "wip": Term(
        "In process (WIP)",
        "Work in process: parts that are begun and not finished, on average over time, wherever "
        "they wait or are worked on.",
    ),
    "on_time": Term("On time", "Share of the orders with a due date that are done before it."),
    "walked": Term("Walking", "What all people together walk, with and without parts, a day."),
    "carried": Term("Carrying", "How far parts are carried by hand, a day."),
    "driven": Term("Driving", "What all vehicles together drive, loaded and empty, a day."),
    "energy": Term(
        "Energy",
        "Electrical energy of machines and arms for each good part, idle times included, and the "
        "carbon dioxide of making it.",
    ),
    "cost": Term(
        "Cost",
        "Wages, machines (their price, spread over their life) and energy, for each good part.",
    ),
    "interval": Term(
        "± (interval)",
        "The 95 % confidence interval of a mean: from the mean minus to the mean plus this. More "
        "runs make it narrower. It says how well the mean is known, not how much one day differs "
        "from the next.",
    ),
    "findings": Term(
        "Findings",
        "What is wrong with the layout: machines that overlap, what an arm cannot reach, no room "
        "to stand. With an error there is no forecast; a warning is worth a look.",
    ),
    # --- what holds it back
    "less": Term(
        "10 % less time",
        "Each machine group, person and arm is simulated with 10 % less time for what it does "
        "itself, against the same chance. What brings most holds the output back: the bottleneck.",
    ),
    "more": Term(
        "One more",
        "The same with one more machine, person, arm or waiting place, and what that costs. "
        "\u201ctry it\u201d makes the change in your layout; Undo takes it back.",
    ),
    "rival": Term(
        "Rival",
        "Its gain cannot be told apart from the first one's: more runs, or better data, might put "
        "it first.",
    ),
    "alike": Term(
        "No measurable difference",
        "The interval of the difference holds zero: with these runs it may as well be nothing.",
    ),
    # --- comparison
    "compared": Term(
        "Compared with before",
        "Old and new layout run against the same chance (the same breakdowns and arrivals), so "
        "that a small difference shows. Keep: compare with this layout from now on.",
    ),
    # --- one station, person or arm
    "busy": Term(
        "Busy (utilisation)",
        "Share of the open time that is spent on work and set-ups. High alone does not make a "
        "bottleneck: see what holds it back.",
    ),
    "open": Term(
        "Open time",
        "The time of its shifts, without maintenance. Each stretch of it is in one of the states "
        "below.",
    ),
    "worked": Term("Worked", "Parts whose step was ended here, good or not."),
    "rework": Term("Sent to rework", "Parts that failed here and go through a step again."),
    "scrap": Term("Scrapped", "Parts that are lost here."),
    # --- the outline
    "outline/stations": Term(
        "Stations", "Places where a step is done: one machine, or several alike with one queue."
    ),
    "outline/machines": Term(
        "In no station", "Things that stand on the floor and work on no step: racks, trays, tables."
    ),
    "outline/crews": Term(
        "People",
        "A crew is people who can do the same; steps ask for a skill, and whoever has it and is "
        "free comes. + and \N{MINUS SIGN} change how many there are.",
    ),
    "outline/arms": Term(
        "Robot arms",
        "They carry parts between machines; physics says whether they reach, on what path and how "
        "long that takes.",
    ),
    "outline/conveyors": Term(
        "Conveyors",
        "Belts that bring parts to a station: as many fit as its length allows, and each takes as "
        "long as the way at its speed.",
    ),
    "outline/walls": Term("Walls", "Nobody walks through them, and nothing may stand in them."),
    "outline/aisles": Term("Aisles", "Painted ways that are to stay free of machines."),
    "outline/zones": Term(
        "Zones", "Painted areas and what they are for; one that is kept clear must stay empty."
    ),
    "outline/vehicles": Term(
        "Vehicles", "They carry parts along the roads, from their starting place."
    ),
    "outline/products": Term(
        "Products", "What is made; its route is the steps from first to last."
    ),
    "outline/orders": Term("Orders", "A stream of orders: what, how many, how often."),
    "outline/stocks": Term(
        "Stocks", "Parts and material that steps take, and how they are refilled."
    ),
    "outline/tools": Term(
        "Tools", "Fixtures and carriers of which there are only so many at once."
    ),
    "outline/calendars": Term("Calendars", "Shifts and breaks; outside of them work pauses."),
    "outline/plant": Term("Plant", "The floor, transport, prices, and what the forecast is asked."),
    # --- forms
    "basis": Term(
        "Basis",
        "Where a number comes from: measured (in your shop), sourced (a data sheet) or guessed. It "
        "holds for everything inside until something inside says otherwise.",
    ),
    "distribution": Term(
        "Distribution",
        "How a time scatters from one part to the next. Constant: always the same. Lognormal: "
        "mostly near its mean, at times much longer. Exponential: by pure chance, as arrivals and "
        "breakdowns do. cv: the spread over the mean.",
    ),
    "named": Term(
        "Name in the file", "Others speak of it by this name; they are changed along with it."
    ),
    # --- charts
    "gantt": Term(
        "States over time", "What each machine and person does when; a click sets the clock."
    ),
    "history": Term(
        "Parts over time", "Parts in process, and parts made so far, along the time that is shown."
    ),
    "leads": Term(
        "Lead times", "How many orders took how long: from release to done, over all runs."
    ),
    # --- library and versions
    "library": Term(
        "Library",
        "Machines you can put on the floor. It joins a station: that station's machines share one "
        "queue. A station of its own: a new one to send products to. No station: it only stands "
        "there.",
    ),
    "versions": Term(
        "Versions",
        "A version is this layout as it stood, under a name. Compare with one: the figures below "
        "show the difference to it.",
    ),
}

_STATES: dict[State, str] = {
    State.PROCESSING: "A part is being worked on.",
    State.SETUP: "It is being made ready for another product.",
    State.WAITING_CREW: "A part is there, and the person (or arm) that the step asks for is not.",
    State.BLOCKED: "The part is done and there is no room for it further on.",
    State.STARVED: "Starved: it could work, and no part is there.",
    State.HELD: "Stopped by its operator.",
    State.DOWN: "It has broken down, or is being repaired.",
    State.MAINTENANCE: "Planned maintenance; no part of open time.",
    State.IDLE: "Ready, and nothing asks for it.",
    State.OFF: "Its shift is over; no part of open time.",
    State.UNAVAILABLE: "A recording does not say what it did.",
}


def state_key(state: State) -> str:
    """The key of a state's term."""
    return f"state/{state.name}"


TERMS |= {
    state_key(state): Term(f"{STATES[state][1][0].upper()}{STATES[state][1][1:]}", text)
    for state, text in _STATES.items()
}


def told() -> dict[str, dict[str, str]]:
    """All terms as the page takes them: key -> title and text."""
    return {key: {"title": term.title, "text": term.text} for key, term in TERMS.items()}
