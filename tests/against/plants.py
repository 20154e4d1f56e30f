"""Random plants with all features of production, for Hypothesis.

A plant first draws which features it has (each shrinks to none), then where they are used. Times
are of one kind in each plant: `few` (constants of 1, 2 or 4 s, so that nearly everything happens at
once), `lattice` (multiples of half a second, constant or drawn) or `continuous`.

Left out on purpose:

* What takes no time for ever: only stations of dated orders that nothing returns to may work for
  0 s; the first station of cards and of the shop's own refills turns nobody away.
* What holds parts for ever without telling anything: a station that is entered from itself or
  from further downstream has room for all, a batch fits into the places, a repairer has no other
  task. Tools, needs and full stocks may still bring a plant to a stand.
* What grows without end: `makes` with rework, replacements, cards or refills.
"""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from tests.against.strategies import (
    ASSET,
    TRAY,
    Document,
    Shop,
    calendars,
    exchanges,
    halves,
    times,
)
from tests.against.strategies import transfers as transfers_of
from twin.layout.schema import Layout, Rank

FEATURES = frozenset(
    # Places, releases, rules, machines, what stops them, people, stocks, products.
    "capacity turn_away delay travel at_once zero places "  # noqa: SIM905
    "always cards cards_dated count mix sequence lines profile due "
    "rule ties interruptible alternatives changeover batch makes patience "
    "calendars at_close disturbances cycles planned may "
    "people walking attended crew_rule speeds absence repairers "
    "stocks refill own_shop into from_stock lose tools "
    "phases chance branches rework scrap replace formulas".split()
)
RULES = get_args(Rank)
KINDS = ("few", "lattice", "continuous")


def flag(draw: st.DrawFn, percent: int) -> bool:
    """True that often; shrinks to False."""
    return draw(st.integers(0, 99)) >= 100 - percent


class _Draft:
    """A plant in the making."""

    def __init__(self, draw: st.DrawFn, features: frozenset[str], kind: str, share: int) -> None:
        self.draw, self.kind = draw, kind
        self.on = {name for name in sorted(features) if flag(draw, share)}
        self.document: Document = {}
        self.skills = ["a", "b"] if "people" in self.on else []
        self.calendars: list[str] = []
        self.stations = [f"S{k}" for k in range(draw(st.integers(1, 8)))]
        self.stocks: dict[str, Document] = {}
        self.made: dict[str, Document] = {}
        self.returns = False  # whether something comes back to where it was

    def use(self, feature: str, percent: int = 60) -> bool:
        return feature in self.on and flag(self.draw, percent)

    def any(self, values: Any) -> Any:
        return self.draw(st.sampled_from(list(values)))

    def time(self, low: float, high: float) -> Any:
        """A time as a layout file writes it; its values lie around low ... high [s]."""
        if self.kind == "continuous":
            return self.draw(times(False, low, high))
        if self.kind == "few":
            return self.any([t for t in (1.0, 2.0, 4.0, 8.0, 16.0) if low <= t <= max(high, 1.0)])
        if flag(self.draw, 30):
            values = self.draw(st.lists(halves(low, high), min_size=2, max_size=3))
            return {"dist": "empirical", "values": values}
        return self.draw(halves(low, high))

    def seconds(self, low: float, high: float) -> float:
        """A fixed time: lattice times tie with what is drawn."""
        if self.kind == "few":
            return float(self.any([t for t in (1, 2, 4, 8, 16, 32) if low <= t <= high]))
        return self.draw(halves(low, high))

    # --- pieces of the document --------------------------------------------------------------

    def phase(self, low: float, high: float, formula: bool = False) -> Document:
        time = self.time(low, high)
        if formula and self.use("formulas", 40):
            time = {"formula": self.any(["size", "1 + size", "2 * size"])}
            if flag(self.draw, 30):
                time["times"] = {"dist": "uniform", "low": 1, "high": 2}
        phase: Document = {"time": time}
        if self.use("chance", 30):
            phase["chance"] = self.any([0.5, 0.25])
        if self.skills and flag(self.draw, 40):
            phase["by"] = self.any(self.skills)
            if self.use("attended"):
                phase["attended"] = self.seconds(1, 4)
        return phase

    def step(self, name: str, station: str) -> Document:
        zero = self.use("zero", 30)
        step: Document = {"step": name, "at": station, "run": self.phase(0.5, 8.0, formula=True)}
        if zero:
            step["run"]["time"] = 0.0
        for phase in ("setup", "load", "unload"):
            if self.use("phases", 25):
                step[phase] = self.phase(0.5, 4.0)
        if self.use("alternatives", 40) and len(self.stations) > 1:
            others = [s for s in self.stations if s != station]
            step["or_at"] = {
                other: {"run": self.phase(0.5, 8.0)} if flag(self.draw, 50) else {}
                for other in self.draw(st.lists(st.sampled_from(others), max_size=2, unique=True))
            }
            step["choose"] = self.any(["first_free", "shortest_queue"])
        if self.use("patience", 30):
            step["waits_at_most"] = self.seconds(1, 16)
        if self.use("stocks", 40):
            names = st.lists(st.sampled_from(["nut", "bolt"]), min_size=1, max_size=2, unique=True)
            step["needs"] = {stock: self.any([1, 2, 3]) for stock in self.draw(names)}
        return step

    def route(self, first_at: bool) -> list[Document]:
        """Along the stations in their order; some are left out, one may come again."""
        along = [s for s in self.stations if flag(self.draw, 70)] or self.stations[:1]
        if self.use("rework", 20):
            along.append(self.any(self.stations))
            self.returns = True
        route = [self.step(f"s{k}", station) for k, station in enumerate(along)]
        if self.use("delay", 60):
            where = self.draw(st.integers(1 if first_at else 0, len(route)))
            route.insert(where, {"step": "delay", "delay": self.time(0.5, 8.0)})
        if self.use("tools", 60):
            at = [k for k, step in enumerate(route) if "at" in step]
            begin = self.any(at)
            end = self.any([k for k in range(begin, len(route))])
            route[begin]["takes"] = {"plate": self.any([1, 1, 2])}
            route[end]["returns"] = ["plate"]
        names = [step["step"] for step in route]
        for index, step in enumerate(route):
            if self.use("branches", 30):
                step["then"] = self.branches(names, index)
        return route

    def branches(self, names: list[str], here: int) -> list[Document]:
        """Up to two; at least two parts in five go on to the next step."""
        targets = [*names[here + 1 :], "out"]
        if "scrap" in self.on:
            targets.append("scrap")
        if "rework" in self.on:
            targets += names[: here + 1]
        result = []
        for target in self.draw(st.lists(st.sampled_from(targets), max_size=2, unique=True)):
            branch: Document = {"to": target, "share": self.any([0.25, 0.125, 0.3])}
            back = target in names[: here + 1]
            if back:
                self.returns = True
            if flag(self.draw, 50) if back else flag(self.draw, 10):
                branch["at_most"] = self.any([1, 2])
            if self.use("formulas", 30):
                branch["when"] = self.any(["size > 2", "size <= 2 and size > 1"])
                if back:
                    branch["at_most"] = self.any([1, 2])
            result.append(branch)
        return result

    def product(self, first_at: bool, into: str | None = None) -> Document:
        product: Document = {"route": self.route(first_at)}
        if self.use("replace", 60):
            product["when_scrapped"] = "replace"
        if self.use("changeover", 60):
            product["family"] = self.any(["red", "blue"])
        if flag(self.draw, 50):
            product["priority"] = self.any([0, 1, 2])
            product["weight"] = self.any([1, 2, 3])
        if "formulas" in self.on:
            product["attributes"] = {"size": self.any([1, 2, 3])}
            if self.use("formulas", 40):
                product["priority"] = self.any(["size", "3 - size"])
        if into is not None:
            product["into"] = into
        return product

    def disturbance(self) -> Document:
        clock = self.any(["work", "calendar", *(["cycles"] if "cycles" in self.on else [])])
        entry: Document = {
            "clock": clock,
            "every": self.any([1, 2, 3, 5]) if clock == "cycles" else self.time(8.0, 60.0),
            "lasts": self.time(0.5, 16.0),
            "part": self.any(["resume", "restart", "scrap"]),
        }
        if self.kind == "few" and clock != "cycles":
            entry["every"] = self.any([8.0, 16.0, 32.0])
        if self.use("repairers"):
            entry["by"] = "fix"
        if self.use("planned"):
            entry["planned"] = True
        if self.use("may"):
            entry |= {"may_load": flag(self.draw, 50), "may_unload": not flag(self.draw, 50)}
        return entry

    def changeover(self) -> Document:
        entry: Document = {}
        if flag(self.draw, 70):
            entry["on_change"] = self.time(0.5, 4.0)
        if flag(self.draw, 40):
            entry["matrix"] = {
                "red": {"blue": self.any([0, 1, 2.5])},
                "blue": {"red": self.any([0, 4])},
            }
        if flag(self.draw, 40):
            entry["first"] = self.any([1, 2, {"red": 2.0}])
        if flag(self.draw, 40):
            entry["after_idle"] = self.time(0.5, 2.0)
        if self.skills and flag(self.draw, 40):
            entry["by"] = self.any(self.skills)
        return entry

    def station(self, name: str) -> Document:
        machines = [f"{name}-m{k}" for k in range(self.any([1, 1, 2, 3]))]
        for machine in machines:
            self.document["machines"][machine] = {
                "asset": ASSET,
                "at": [2 + 4 * len(self.document["machines"]), 3],
                "places": self.any([1, 2]) if self.use("places", 30) else 1,
            }
        entry: Document = {"machines": machines, "input": {}}
        if self.use("capacity", 70):
            entry["input"]["capacity"] = self.any([3, 2, 1, 0])
            if self.use("turn_away", 50):
                entry["input"]["when_full"] = "turn_away"
        capacity = entry["input"].get("capacity")
        if self.use("travel", 50):
            entry["input"]["travel"] = self.time(0.5, 4.0)
        if self.use("rule", 70):
            entry["rule"] = self.any(RULES)
        if self.use("ties", 50):
            entry["ties"] = "number"
        if self.use("interruptible", 50) and capacity != 0:
            entry |= {"rule": "priority", "interruptible": True}
        elif self.use("batch", 50) and capacity != 0:
            most = self.any([2, 3, 4]) if capacity is None else min(capacity, 3)
            least = self.draw(st.integers(1, most))
            same = ["anything", "product", "family", "order"]
            if "formulas" in self.on:
                same.append("size")
            entry["batch"] = {"min": least, "max": most, "same": self.any(same)}
            if flag(self.draw, 60):
                entry["batch"]["wait_at_most"] = self.seconds(1, 16)
        if self.use("changeover", 60):
            entry["changeover"] = self.changeover()
        if "disturbances" in self.on:
            entry["disturbances"] = {
                f"d{k}": self.disturbance() for k in range(self.any([0, 1, 1, 2]))
            }
        if self.calendars and flag(self.draw, 30):
            entry["calendar"] = self.any(self.calendars)
        return entry

    def crew(self, skills: list[str]) -> Document:
        entry: Document = {"people": self.any([1, 2]), "skills": skills}
        if self.use("speeds"):
            entry["skills"] = {skill: self.any([0.5, 1.0, 2.0]) for skill in skills}
        if self.use("walking"):
            entry["walking"] = self.any([0.5, 1.0, 2.0])
            if flag(self.draw, 50):
                entry["home"] = [self.draw(st.integers(1, 9)), 7]
        if self.use("crew_rule", 80):
            entry["rule"] = self.any(["oldest", "downstream", "urgent", "nearest"])
        if self.calendars and flag(self.draw, 50):
            entry["calendar"] = self.any(self.calendars)
            if self.use("absence", 80):
                entry["absence"] = self.any([0.25, 0.5])
        return entry

    def stock(self) -> Document:
        entry: Document = {"start": self.any([0, 1, 3, 8])}
        if self.use("refill", 80):
            at = self.any([0, 1, 4])
            size = {"lot": self.any([1, 2, 5])} if flag(self.draw, 60) else {"up_to": at + 5}
            entry["refill"] = {"at": at, "takes": self.time(0.5, 12.0), **size}
        if self.use("lose"):
            entry["short"] = "lose"
        return entry

    def stream(self) -> Document:
        names = list(self.made)
        entry: Document = {}
        ways = ["product", *(way for way in ("mix", "sequence", "lines") if way in self.on)]
        release = self.any(["dated", *(r for r in ("always", "cards") if r in self.on)])
        way = self.any(ways if release == "dated" else [w for w in ways if w != "lines"])
        if "from_stock" in self.on and release == "dated" and flag(self.draw, 30):
            entry["from_stock"] = self.any(self.stocks)
        elif way == "mix":
            entry["mix"] = {names[0]: 0.25, names[-1]: 0.75} if len(names) > 1 else {names[0]: 1.0}
        elif way == "sequence":
            entry["sequence"] = self.draw(st.lists(st.sampled_from(names), min_size=1, max_size=3))
        elif way == "lines":
            lines = self.draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
            entry["lines"] = {name: self.any([1, 2]) for name in lines}
        else:
            entry["product"] = self.any(names)
        entry["quantity"] = self.any([1, 1, 2, 4])
        if release == "dated":
            entry["every"] = self.time(3.0, 20.0)
            if flag(self.draw, 50):
                entry["first"] = self.seconds(1, 8) if flag(self.draw, 50) else 0.0
            if self.use("profile"):
                zero = self.any([0, 0.5, 2])
                entry["profile"] = {"cycle": 64, "rates": [[0, 1], [16, zero], [32, 2]]}
            if self.calendars and flag(self.draw, 30):
                entry["calendar"] = self.any(self.calendars)
            if self.use("cards_dated") and "from_stock" not in entry:
                entry["cards"] = self.any([1, 2, 4])
        else:
            entry["release"] = release
            if release == "cards" or self.use("cards_dated", 30):
                entry["cards"] = self.any([1, 2, 4])
        if self.use("count", 40):
            entry["count"] = self.any([1, 3, 8])
        if self.use("due"):
            entry["due"] = self.seconds(4, 32)
        if self.use("formulas", 40):
            drawn = {"dist": "uniform", "low": 1, "high": 4}
            entry["attributes"] = {"size": self.any([1, 2, 4, drawn])}
        if self.use("rule", 30):
            entry["priority"] = self.any([0, 1, 2])
        return entry

    # --- the whole ---------------------------------------------------------------------------

    def build(self, arms: bool) -> Document:
        draw = self.draw
        self.document = document = {
            "twin": 1,
            "name": "random",
            "floor": {"size": [128, 10]},
            "machines": {},
            "stations": {},
            "crews": {},
            "products": self.made,
            "orders": {},
            "stocks": self.stocks,
            "tools": {},
            "calendars": {},
            "transport": {
                "speed": None if self.use("at_once", 80) else self.any([1.0, 4.0, 0.5]),
                "handling": self.any([0.0, 2.0]),
            },
        }
        if "calendars" in self.on:
            for k in range(self.any([1, 2])):
                calendar = draw(calendars())
                if self.use("at_close", 80):
                    calendar["at_close"] = self.any(["pause", "finish", "fit"])
                document["calendars"][f"c{k}"] = calendar
            self.calendars = list(document["calendars"])
            if flag(draw, 40):
                document["calendar"] = self.calendars[0]
        if self.skills:
            document["crews"]["one"] = self.crew(self.skills)
            if flag(draw, 50):
                document["crews"]["two"] = self.crew(self.skills[-1:])
        if "repairers" in self.on:
            document["crews"]["fix"] = self.crew(["fix"])
        self._fill_stocks()
        timed = {"always", "cards", "own_shop"} & self.on
        if timed or "rework" in self.on or "replace" in self.on:
            self.on.discard("zero")
        for k in range(self.any([1, 1, 2, 3])):
            into = self.any(self.stocks) if self.use("into", 50) and self.stocks else None
            self.made[f"P{k}"] = self.product(bool(timed), into)
        for name in self.stations:
            document["stations"][name] = self.station(name)
        for k in range(self.any([1, 1, 2, 3])):
            document["orders"][f"o{k}"] = self.stream()
        if "tools" in self.on:
            document["tools"]["plate"] = {"count": self.any([2, 3, 5])}
        self._own_shop()
        self._makes()
        self._keep_room()
        if arms:
            self._arm()
        return document

    def _fill_stocks(self) -> None:
        if self.on & {"stocks", "into", "from_stock", "own_shop"}:
            for name in ("nut", "bolt"):
                self.stocks[name] = self.stock()

    def _own_shop(self) -> None:
        """One stock may be filled by the shop itself, with a product that needs nothing of it."""
        if "own_shop" not in self.on:
            return
        product = self.product(first_at=True, into="nut")
        for step in product["route"]:
            step.get("needs", {}).pop("nut", None)
        self.made["own"] = product
        lot = self.any([1, 2, 3])
        self.stocks["nut"]["refill"] = {"at": self.any([0, 1]), "lot": lot, "makes": "own"}

    def _carded(self) -> set[str]:
        """Products that come again as soon as one is lost."""
        carded = {"own"}
        for stream in self.document["orders"].values():
            if "cards" in stream or stream.get("release") == "always":
                carded |= {stream.get("product", ""), *stream.get("mix", ())}
                carded |= {*stream.get("sequence", ()), *stream.get("lines", ())}
        return carded

    def _makes(self) -> None:
        if "makes" not in self.on:
            return
        for name, product in self.made.items():
            route = product["route"]
            names = [step["step"] for step in route]
            back = any(
                branch["to"] in names[: k + 1]
                for k, step in enumerate(route)
                for branch in step.get("then", ())
            )
            if name in self._carded() or back or product.get("when_scrapped") == "replace":
                continue
            self.any(route)["makes"] = self.any([2, 3])

    def _keep_room(self) -> None:
        """Room for all where parts come back to; nobody is turned away who comes again at once."""
        stations, routes = self.document["stations"], [p["route"] for p in self.made.values()]
        order = list(dict.fromkeys(s for route in routes for step in route for s in _at(step)))
        carded = self._carded()
        for name, product in self.made.items():
            route = product["route"]
            index = {step["step"]: k for k, step in enumerate(route)}
            if name in carded:
                for station in _at(route[0]):
                    stations[station]["input"].pop("when_full", None)
            for k, step in enumerate(route):
                targets = [index[b["to"]] for b in step.get("then", ()) if b["to"] in index]
                # A delay passes on whoever came into it: from then on, all that follow count.
                begun = _at(step) or [s for before in route[:k] for s in _at(before)]
                for target in {*targets, *([k + 1] if k + 1 < len(route) else [])}:
                    for station in _at(route[target]):
                        if any(order.index(station) <= order.index(b) for b in begun):
                            stations[station]["input"].pop("capacity", None)
        for station in stations.values():
            if "capacity" not in station["input"]:
                station["input"].pop("when_full", None)

    def _arm(self) -> None:
        self.document["machines"][TRAY] = {"asset": ASSET, "at": [2, 9]}
        rule = self.any(["oldest", "downstream", "urgent"])
        self.document["arms"] = {"arm": {"asset": "arm/ur5e", "at": [4, 9], "rule": rule}}
        for product in self.made.values():
            for step in product["route"]:
                if "at" in step and flag(self.draw, 40):
                    step["load"] = {"by": "arm", "from": f"{TRAY}.slot"}
                    step["unload"] = {"by": "arm", "to": f"{TRAY}.slot"}


def _at(step: Document) -> list[str]:
    """The stations that can do a step."""
    return [step["at"], *step.get("or_at", ())] if "at" in step else []


@st.composite
def plants(
    draw: st.DrawFn,
    features: frozenset[str] = FEATURES,
    kinds: tuple[str, ...] = KINDS,
    share: int = 40,
    arms: bool = False,
) -> Shop:
    """A plant of 1 to 8 stations with some of `features`, each with a chance of `share` percent."""
    draft = _Draft(draw, features, draw(st.sampled_from(kinds)), share)
    document = draft.build(arms)
    machines = [m for station in document["stations"].values() for m in station["machines"]]
    alone = draw(halves(1, 5))
    transfers = transfers_of(machines, alone) if arms else {}
    both = exchanges(machines, draw(halves(alone, 2 * alone + 1))) if arms else {}
    both = both if flag(draw, 50) else {}
    return Shop(Layout.model_validate(document), transfers, both)


__all__ = ["FEATURES", "KINDS", "plants"]
