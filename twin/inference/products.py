"""Products with their routes, as a layout has them: steps with set-up, run and where else to."""

from __future__ import annotations

import numpy as np

from twin.errors import RecordingError
from twin.inference.durations import SPREAD, Observed, observe, spoken
from twin.inference.evidence import FEWEST, Evidence, Way
from twin.inference.notes import Notes, some
from twin.inference.people import Attendance
from twin.inference.routes import OUT, SCRAP, Route, find_routes, shares
from twin.inference.setups import Change, steps_with_setup
from twin.layout.starters import named

THROUGHOUT = 0.95  # a run that is attended for more of its time is attended throughout


class Products:
    """What is made: `written` as in a layout, and the `routes`, both by product; `stations` are the
    names of those that any route goes to."""

    def __init__(
        self,
        seen: Evidence,
        names: list[str],
        crews: Attendance,
        changes: list[Change],
        longest: float,
        notes: Notes,
    ) -> None:
        self._seen, self._names, self._crews = seen, names, crews
        self._changes, self._longest, self._notes = changes, longest, notes
        self._remarked: set[int] = set()
        self.written: dict[str, dict[str, object]] = {}
        self.routes: dict[str, Route] = {}
        few, rare, parts = 0, 0, 0
        for product, ways in seen.ways.items():
            ended = [(way.labels, way.failed) for way in ways if way.ended]
            parts += len(ended)
            if len(ended) < FEWEST:
                few += len(ended)
            else:
                rare += self._add(product, ways, ended)
        text = f"parts are of products with fewer than {FEWEST}: left out"
        notes.count("products", "products", few, text)
        text = f"of {parts:,} parts went a way that is too rare to be a variant: left out"
        notes.count("variants", "products", rare, text)
        if not self.written:
            raise RecordingError(
                f"too little data to say: of {parts} finished parts no {FEWEST} are of one product"
            )

    @property
    def stations(self) -> set[str]:
        """The names of the stations that routes go to."""
        used = {label for route in self.routes.values() for label in route.steps}
        return {self._names[self._seen.labels[label][0]] for label in used}

    def _add(self, product: str, ways: list[Way], ended: list[tuple[tuple[int, ...], bool]]) -> int:
        """Adds all variants of a product; how many parts went none of their ways."""
        found = find_routes(ended, [way.labels for way in ways if not way.ended])
        family = named(product, self.written, "part")
        for index, route in enumerate(found.routes):
            short = family
            if index:
                short = named(f"{product}-{index + 1}", self.written, "part")
            where = f"products/{short}"
            self.routes[short] = route
            self.written[short] = self._product(product, route, ways, family if index else None)
            text = "rare goings-on from one step to another were left out"
            self._notes.count("rare-moves", where, route.dropped, text)
            if route.by_chance:
                text = "parts have no usual way: each step has the chances of what comes next"
                self._notes.count("by-chance", where, route.parts, text)
        seldom = [self._seen.label_name(label) for label in found.seldom]
        text = f"steps that few parts have were left out: {some(seldom)}"
        self._notes.count("seldom", f"products/{family}", len(seldom), text)
        return found.rare

    def _product(
        self, label: str, route: Route, ways: list[Way], family: str | None
    ) -> dict[str, object]:
        names: list[str] = []
        for x in route.steps:
            names.append(named(self._seen.label_name(x), [*names, "out", "scrap"], "step"))
        steps: list[dict[str, object]] = []
        for index, x in enumerate(route.steps):
            station, _ = self._seen.labels[x]
            step: dict[str, object] = {"step": names[index], "at": self._names[station]}
            step |= self._phases(x, ways, route.steps[:index].count(x), route.steps.count(x))
            then = branches(route, index, names)
            steps.append({**step, **({"then": then} if then else {})})
        first = branches(route, -1, names)
        if first:  # parts come in at several steps
            arrive = named("arrive", names, "arrive")
            steps.insert(0, {"step": arrive, "delay": "0 s", "then": first})
        made: dict[str, object] = {"label": label[:120]}
        if family:
            made["family"] = family
        return {**made, "basis": f"measured: n = {route.parts:,} parts", "route": steps}

    def _phases(self, label: int, ways: list[Way], turn: int, turns: int) -> dict[str, object]:
        """Set-up and run of a step, the `turn`-th of several alike: of this turn and this product
        where that has been seen often enough."""
        seen, visits = self._seen, self._seen.visits
        station, _ = seen.labels[label]
        here = (seen.label == label) & visits.whole
        change = self._changes[station]
        if change.hidden is not None:
            here &= ~change.hidden
        mine = here & np.isin(visits.part, [way.part for way in ways])
        this = mine & (np.minimum(seen.turn, turns - 1) == turn)
        enough = [x for x in (this, mine, here) if (visits.run[x] > 0).sum() >= SPREAD]
        chosen = enough[0] if enough else here
        time = observe(visits.run[chosen], self._longest)
        phases: dict[str, object] = {}
        setup = steps_with_setup(visits, chosen, self._longest)
        if setup is not None and change.time is None:
            by = {"by": self._names[station]} if station in self._crews.setup else {}
            phases["setup"] = {**setup, **by}
        if label not in self._remarked:
            self._remarked.add(label)
            self._remark(observe(visits.run[here], self._longest), int(here.sum()), label)
        if time is None:
            unknown = "guessed: no time is known, too little data to say"
            return {**phases, "run": {"dist": "constant", "value": "0 s", "basis": unknown}}
        plain = chosen & (visits.setup == 0)
        share = self._crews.share(station, visits.run, plain)
        return {**phases, "run": self._attended(time, station, share)}

    def _attended(self, time: Observed, station: int, share: float | None) -> dict[str, object]:
        if share is None:
            return time.value
        run: dict[str, object] = {"time": time.value, "by": self._names[station]}
        if share < THROUGHOUT:
            run["attended"] = spoken(share * time.mean)
            part = f"{100 * share:.0f} %"
            run["basis"] = {"attended": f"measured: people's time over steps' time, {part}"}
        return run

    def _remark(self, time: Observed | None, count: int, label: int) -> None:
        where = f"stations/{self._names[self._seen.labels[label][0]]}"
        name = self._seen.label_name(label)
        if time is None:
            text = f"times of {name!r} have no length: too little data to say how long it takes"
            self._notes.count("zeros", where, count, text)
            return
        text = f"times of {name!r} are no work (over ten times the median, and a shift): left out"
        self._notes.count("artefacts", where, time.left_out, text)
        self._notes.count("zeros", where, time.zeros, f"times of {name!r} have no length: left out")


def branches(route: Route, here: int, names: list[str]) -> list[dict[str, object]]:
    """Where else than to the next step parts go from a step, or from the beginning (-1)."""
    leaving = {there: n for (at, there), n in route.moves.items() if at == here}
    following = here + 1 if here + 1 < len(route.steps) else OUT
    others = [there for there in leaving if there != following]
    if not others:
        return []
    split = shares([leaving[there] for there in others] + [leaving.get(following, 0)])
    total = sum(leaving.values())
    words = {OUT: "out", SCRAP: "scrap"}
    return [
        {
            "to": words[there] if there < 0 else names[there],
            "share": f"{share / 100:g} %",
            "basis": f"measured: {leaving[there]:,} of {total:,}",
        }
        for there, share in zip(others, split[:-1], strict=True)
        if share
    ]
