"""All that was inferred of a shop -> the text of its layout, and what could not be said.

What is measured says so with how many observations; where machines stand, what they look like, how
fast people walk and what things cost is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from twin.errors import LayoutError, RecordingError
from twin.inference import ground, people, routes, stations
from twin.inference.durations import FITTED, SPREAD, Observed, observe, spoken
from twin.inference.evidence import FEWEST, Evidence, Way, evidence_of
from twin.inference.openings import DAY, QUARTER
from twin.inference.setups import Change, changeover, steps_with_setup, stops
from twin.inference.visits import Floats
from twin.layout.files import parse
from twin.layout.rules.finding import Finding
from twin.layout.splice import block
from twin.layout.starters import named
from twin.timeline import Timeline

LINE = 96  # columns of a comment
THROUGHOUT = 0.95  # a run that is attended for more of its time is attended throughout


@dataclass(frozen=True)
class Draft:
    """The text of a layout file, and what was left out, guessed or strange."""

    text: str
    notes: tuple[Finding, ...]


def draft_layout(timeline: Timeline, name: str, zone: str = "UTC") -> Draft:
    """A first layout of the shop that a timeline is of; `zone` is by whose clocks it opens.

    Raises RecordingError where there is too little data to say anything, and says what is missing.
    """
    return _Draft(timeline, name, zone).made()


class _Draft:
    """The mapping of a layout while it is made; one method for each of its parts."""

    def __init__(self, timeline: Timeline, name: str, zone: str) -> None:
        self._timeline, self._name = timeline, name
        self._seen: Evidence = evidence_of(timeline, zone)
        self._notes: list[Finding] = []
        self._shift = self._seen.openings.longest if self._seen.openings else 8 * 3600.0
        self._station_names = self._named_stations()
        self._crews = people.attendance_of(
            timeline, self._seen.roles, self._seen.visits, self._seen.station, self._station_names
        )
        self._changes: dict[int, Change] = {}
        self._remarked: set[int] = set()

    def made(self) -> Draft:
        """The draft. Raises RecordingError."""
        products, streams = self._products()
        layout: dict[str, object] = {
            "twin": 1,
            "name": self._name,
            "about": self._about(),
            "basis": "guessed",
        }
        machines, floor, by_station = self._machines(products)
        layout["floor"] = floor
        if self._seen.openings is not None:
            layout["calendars"] = {"open": self._calendar()}
            layout["calendar"] = "open"
        layout["machines"] = machines
        layout["stations"] = {
            self._station_names[k]: self._station(k, names) for k, names in by_station.items()
        }
        crews = self._crews_of(set(by_station))
        if crews:
            layout["crews"] = crews
        layout["products"] = products
        layout["orders"] = {"orders": self._orders(streams)}
        self._remark_the_rest()
        text = self._comment() + block(layout)
        try:
            parse(text, self._name)
        except LayoutError as error:
            raise RecordingError(f"the log gives no layout that can be read: {error}") from error
        return Draft(text, tuple(self._notes))

    # --- where and what -------------------------------------------------------------------------

    def _named_stations(self) -> list[str]:
        """A name of each station: its machine's, or what its machines have in common."""
        taken: list[str] = []
        for machines in self._seen.groups:
            labels = [self._seen.visits.machines[k] for k in machines]
            taken.append(named(_stem(labels) or labels[0], taken, "station"))
        return taken

    def _machines(
        self, products: dict[str, dict[str, object]]
    ) -> tuple[dict[str, object], dict[str, object], dict[int, list[str]]]:
        """Machines on the floor, in the order of the flow; the stations that routes go to alone."""
        seen = self._seen
        asked = {
            str(step.get("at"))
            for product in products.values()
            for step in product["route"]  # type: ignore[attr-defined]
        }
        asked -= {"None"}
        order = [k for k in seen.flow() if self._station_names[k] in asked]
        unused = [n for n in self._station_names if n not in asked]
        if unused:
            self._note(
                "stations",
                "stations",
                len(unused),
                f"stations that no route goes to were left out: {_some(unused)}",
            )
        assets: dict[str, str] = {}
        labels: dict[str, tuple[str, int, int]] = {}
        by_station: dict[int, list[str]] = {}
        for k in order:
            for machine in seen.groups[k]:
                label = seen.visits.machines[machine]
                short = named(label, assets, "machine")
                assets[short] = ground.asset_for(f"{label} {' '.join(seen.done_by(machine))}")
                count = int((seen.visits.machine == machine).sum())
                labels[short] = (label, stations.places(seen.visits, machine), count)
                by_station.setdefault(k, []).append(short)
        floor = ground.stand(assets)
        machines: dict[str, object] = {}
        for short, asset in assets.items():
            label, places, count = labels[short]
            made: dict[str, object] = {"asset": asset, "at": [f"{v:g} m" for v in floor.at[short]]}
            if places > 1:
                made |= {"places": places, "basis": {"places": f"measured: at once, n = {count:,}"}}
            machines[short] = {**made, "label": label[:120]}
        return machines, {"size": [f"{v:g} m" for v in floor.size]}, by_station

    def _station(self, k: int, machines: list[str]) -> dict[str, object]:
        made: dict[str, object] = {"machines": machines}
        change = self._change(k)
        if change.time is not None:
            made["changeover"] = {"on_change": change.time.value}
        lost = stops(self._timeline, self._seen, k)
        if lost is not None:
            made["disturbances"] = {"stop": lost}
        remark = stations.slower(self._seen.visits, self._seen.groups[k], FITTED)
        if remark:
            self._note(
                "alike",
                f"stations/{self._station_names[k]}",
                1,
                f"station of machines that are not alike: {remark}",
            )
        return made

    def _change(self, k: int) -> Change:
        if k not in self._changes:
            self._changes[k] = changeover(self._seen, k, self._shift)
        return self._changes[k]

    def _calendar(self) -> dict[str, object]:
        openings = self._seen.openings
        assert openings is not None
        spans, cycle = openings.daily or openings.spans, "24 h" if openings.daily else "7 day"
        if openings.outside > 0.02:
            self._note(
                "calendar",
                "calendars/open",
                openings.outside,
                f"{100 * openings.outside:.0f} % of all beginnings and ends lie outside the openings",
                bare=True,
            )
        return {
            "cycle": cycle,
            "open": [[_hour(a), _hour(b)] for a, b in spans],
            "basis": f"measured: when steps begin and end, n = {openings.days} days",
        }

    def _crews_of(self, used: set[int]) -> dict[str, object]:
        made: dict[str, object] = {}
        for crew in self._crews.crews:
            tended = [k for k in crew.stations if k in used and self._tended(k)]
            if not tended:
                continue
            seen = f"n = {crew.spans:,}"
            made[named(crew.name, made, "crew")] = {
                "people": max(crew.people, 1),
                "skills": [self._station_names[k] for k in tended],
                "walking": "1.2 m/s",
                "basis": {
                    "people": f"measured: at once, of {len(crew.workers)} names, {seen}",
                    "skills": f"measured: what they begin, {seen}",
                    "walking": "guessed",
                },
            }
        if self._crews.seldom:
            count = len(self._crews.seldom)
            names = _some(list(self._crews.seldom))
            self._note(
                "workers", "crews", count, f"workers with hardly a step were left out: {names}"
            )
        return made

    def _tended(self, station: int) -> bool:
        return self._crews.tends(station) or station in self._crews.setup

    # --- what is made -----------------------------------------------------------------------------

    def _products(self) -> tuple[dict[str, dict[str, object]], dict[str, int]]:
        """Products with their routes, and how many parts went each way."""
        made: dict[str, dict[str, object]] = {}
        streams: dict[str, int] = {}
        few, rare, parts = 0, 0, 0
        for product, ways in self._seen.ways.items():
            ended = [(way.labels, way.failed) for way in ways if way.ended]
            parts += len(ended)
            if len(ended) < FEWEST:
                few += len(ended)
                continue
            found = routes.find_routes(ended, [way.labels for way in ways if not way.ended])
            rare += found.rare
            family = named(product, made, "part")
            for index, route in enumerate(found.routes):
                short = named(f"{product}-{index + 1}" if index else product, made, "part")
                made[short] = self._product(product, route, ways, family if index else None)
                streams[short] = route.parts
                if route.dropped:
                    self._note(
                        "rare-moves",
                        f"products/{short}",
                        route.dropped,
                        "rare goings-on from step to step were left out",
                    )
                if route.by_chance:
                    self._note(
                        "by-chance",
                        f"products/{short}",
                        len(ways),
                        "parts have no usual way: each step has the chances of what comes next",
                        bare=False,
                    )
            if found.seldom:
                self._note(
                    "seldom",
                    f"products/{family}",
                    len(found.seldom),
                    f"steps that few parts have were left out: {_some([self._seen.label_name(x) for x in found.seldom])}",
                )
        if few:
            self._note(
                "products",
                "products",
                few,
                f"parts are of products with fewer than {FEWEST}: left out",
            )
        if rare:
            self._note(
                "variants",
                "products",
                rare,
                f"of {parts:,} parts went a way that is too rare to be a variant: left out",
            )
        if not made:
            raise RecordingError(
                f"too little data to say: {parts} finished parts, no way of which is usual"
            )
        return made, streams

    def _product(
        self, label: str, route: routes.Route, ways: list[Way], family: str | None
    ) -> dict[str, object]:
        seen = self._seen
        names: list[str] = []
        for x in route.steps:
            names.append(named(seen.label_name(x), names, "step"))
        steps: list[dict[str, object]] = []
        for index, x in enumerate(route.steps):
            station, _ = seen.labels[x]
            step: dict[str, object] = {"step": names[index], "at": self._station_names[station]}
            step |= self._phases(x, ways, route.steps[:index].count(x), route.steps.count(x))
            then = _branches(route, index, names)
            if then:
                step["then"] = then
            steps.append(step)
        first = _branches(route, -1, names)
        if first:  # parts come in at several steps
            steps.insert(
                0, {"step": named("arrive", names, "arrive"), "delay": "0 s", "then": first}
            )
        made: dict[str, object] = {"label": label[:120]}
        if family:
            made["family"] = family
        return {**made, "basis": f"measured: n = {route.parts:,} parts", "route": steps}

    def _phases(self, label: int, ways: list[Way], turn: int, turns: int) -> dict[str, object]:
        """Set-up and run of a step, the `turn`-th of several alike: of this turn and this product
        where that has been seen often enough."""
        seen, visits = self._seen, self._seen.visits
        station, _ = seen.labels[label]
        name = f"stations/{self._station_names[station]}"
        here = (seen.label == label) & visits.whole
        mine = here & np.isin(visits.part, [way.part for way in ways])
        change = self._change(station)
        if change.hidden is not None:
            here, mine = here & ~change.hidden, mine & ~change.hidden
        this = mine & (np.minimum(seen.turn, turns - 1) == turn)
        enough = [x for x in (this, mine, here) if (visits.run[x] > 0).sum() >= SPREAD]
        chosen = enough[0] if enough else here
        time = observe(visits.run[chosen], self._shift)
        phases: dict[str, object] = {}
        setup = steps_with_setup(visits, chosen, self._shift)
        by = self._station_names[station]
        if setup is not None and change.time is None:
            phases["setup"] = {**setup, **({"by": by} if station in self._crews.setup else {})}
        if time is None:
            run: object = {"dist": "constant", "value": "0 s", "basis": "guessed: no time is known"}
            if setup is None:
                self._note(
                    "times",
                    name,
                    int(chosen.sum()),
                    f"observations of {seen.label_name(label)!r} have no length: too little data to say how long it takes",
                )
            return {**phases, "run": run}
        if label not in self._remarked:
            self._remarked.add(label)
            self._remark(observe(visits.run[here], self._shift) or time, label)
        return {**phases, "run": self._attended(time, station)}

    def _attended(self, time: Observed, station: int) -> object:
        share = (self._crews.run or {}).get(station)
        if share is None:
            return time.value
        run: dict[str, object] = {"time": time.value, "by": self._station_names[station]}
        if share < THROUGHOUT:
            run["attended"] = spoken(max(share, 0.001) * time.mean)
            part = f"{100 * share:.0f} %"
            run["basis"] = {"attended": f"measured: people's time over steps' time, {part}"}
        return run

    def _remark(self, time: Observed, label: int) -> None:
        where = f"stations/{self._station_names[self._seen.labels[label][0]]}"
        name = self._seen.label_name(label)
        if time.left_out:
            self._note(
                "artefacts",
                where,
                time.left_out,
                f"times of {name!r} are no time of work (over ten times the median and a shift): left out",
            )
        if time.zeros:
            self._note("zeros", where, time.zeros, f"times of {name!r} have no length: left out")

    def _orders(self, streams: dict[str, int]) -> dict[str, object]:
        seen = self._seen
        made: dict[str, object] = {}
        basis: dict[str, str] = {}
        total = sum(streams.values())
        if len(streams) == 1:
            made["product"] = next(iter(streams))
        else:
            parts = routes.shares(list(streams.values()))
            made["mix"] = {
                name: f"{share / 100:g} %" for name, share in zip(streams, parts, strict=True)
            }
            basis["mix"] = f"measured: n = {total:,} parts"
        between = seen.between_releases()
        made["every"] = _every(between)
        if seen.openings is not None:
            made["calendar"] = "open"
        if seen.pieces > 1:
            made["quantity"] = seen.pieces
            basis["quantity"] = f"measured: n = {seen.orders:,} orders"
        due = seen.due
        if len(due):
            made["due"] = spoken(float(np.median(due)))
            basis["due"] = f"measured: the median of n = {len(due):,}"
        return {**made, **({"basis": basis} if basis else {})}

    # --- what is said ------------------------------------------------------------------------------

    def _note(self, rule: str, where: str, value: float, text: str, bare: bool = False) -> None:
        message = text if bare else f"{value:,g} {text}"
        self._notes.append(Finding(f"draft.{rule}", where, "warning", message, float(value)))

    def _remark_the_rest(self) -> None:
        seen = self._seen
        if seen.openings is None:
            self._note(
                "calendar",
                "calendars",
                seen.length / DAY,
                f"days of log are too little data to say when the shop is open (it takes {14} days, 10 of them with work): always open, a guess",
            )
        if not seen.visits.told:
            self._note(
                "activities",
                "products",
                1,
                "the log tells no activities: each step is named after its station",
                bare=True,
            )
        if seen.merged:
            self._note(
                "products",
                "products",
                seen.merged,
                "products have hardly a part more than two each: taken for one",
            )
        if seen.open_parts:
            self._note(
                "open",
                "orders",
                seen.open_parts,
                "parts are not finished in the log, or began before it: their times count, their ways do not",
            )
        if seen.parallel > 0.05:
            self._note(
                "parallel",
                "products",
                seen.parallel,
                f"{100 * seen.parallel:.0f} % of the steps begin before the same part's last one ends: here they follow each other",
                bare=True,
            )
        if seen.roles.carriers:
            names = [self._timeline.name(code) for code in seen.roles.carriers]
            self._note(
                "carriers",
                "transport",
                len(names),
                f"resources carry parts and are no stations here: {_some(names)}",
            )
        overlaps = int((seen.points("overlap")).sum())
        if overlaps > 0.05 * len(seen.visits):
            self._note(
                "capacity",
                "machines",
                overlaps,
                "steps begin while their machine is busy; if it takes several parts, say so under 'capacity' of the mapping",
            )
        self._notes.sort(key=lambda note: (note.rule, note.where))

    def _about(self) -> str:
        seen = self._seen
        begin = self._timeline.epoch.date().isoformat()
        return f"Made from a log of {seen.length / DAY:.3g} days from {begin} on; {seen.finished:,} parts finished in it."

    def _comment(self) -> str:
        lines = [
            "A first layout from a log. What is measured says so, with how many observations; all",
            "else is guessed: where machines stand, what they look like, prices, power.",
        ]
        for note in self._notes:
            words, line = f"- {note.where}: {note.message}".split(), ""
            for word in words:
                if line and len(line) + 1 + len(word) > LINE:
                    lines.append(line)
                    line = " "
                line = f"{line} {word}" if line else word
            lines.append(line)
        return "".join(f"# {_one_line(line)}\n" for line in lines)


def _branches(route: routes.Route, here: int, names: list[str]) -> list[dict[str, object]]:
    """Where else than to the next step parts go from a step."""
    leaving = {there: n for (at, there), n in route.moves.items() if at == here}
    following = here + 1 if here + 1 < len(route.steps) else routes.OUT
    others = {there: n for there, n in leaving.items() if there != following}
    if not others:
        return []
    all_ = [*others, following]
    parts = routes.shares([leaving.get(there, 0) for there in all_])
    total = sum(leaving.values())
    word = {routes.OUT: "out", routes.SCRAP: "scrap"}
    return [
        {
            "to": word[there] if there < 0 else names[there],
            "share": f"{share / 100:g} %",
            "basis": f"measured: {others[there]:,} of {total:,}",
        }
        for there, share in zip(all_, parts, strict=True)
        if there in others and share
    ]


def _every(between: Floats) -> dict[str, object]:
    """The time between orders. Where several come at once, only its mean is known."""
    mean = float(between.mean())
    found = observe(between, float("inf"))
    ties = int((between <= 0).sum())
    if found is None or ties or found.count < FITTED:
        basis = f"measured: the mean of n = {len(between):,}; that they come by chance is guessed"
        return {"dist": "exponential", "mean": spoken(mean), "basis": basis}
    return found.value


def _hour(seconds: float) -> str:
    """A quarter of an hour of the week as a planner writes it."""
    if seconds <= DAY:
        return f"{int(seconds // 3600):02d}:{int(seconds % 3600 // 60):02d}"
    return f"{seconds / 3600:g} h" if seconds % QUARTER == 0 else f"{seconds:g} s"


def _stem(labels: list[str]) -> str:
    """What some names begin with, without the number behind it."""
    head = labels[0]
    for label in labels[1:]:
        while not label.startswith(head):
            head = head[:-1]
    return head.rstrip(" -_.0123456789") if len(labels) > 1 else head


def _some(names: list[str]) -> str:
    return f"{', '.join(names[:5])}{' ...' if len(names) > 5 else ''}"


def _one_line(text: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in text)
