"""Adapters: a case -> the layout documents that a planner could have written for it.

A document is plain values, as they would stand in a file of YAML; its times bear the unit of the
case. An adapter says what a case means in the words of a layout; no adapter knows an answer. What a
layout has no words for is `Unsupported`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from twin.exact.cases import Case

Document = dict[str, Any]
Time = Callable[[Any], Any]  # a number or a distribution of a case -> the same with its unit
Adapter = Callable[[Any, Time], dict[str, Document]]

ONLY = ""  # the name of a case's document where it needs no more than one
WORDS = {"kind", "rule", "rules", "reading", "notes", "layout", "cycles", "clock_zero", "title"}
TIMES = {"value", "mean", "means", "low", "mode", "high", "scale", "shift", "values"}
ENDS = ("out", "scrap")


class Unsupported(Exception):
    """The case asks for what layouts have no words for."""


def documents_of(case: Case) -> dict[str, Document]:
    """The documents of a case by name: one called "", or one for each variant it compares.

    Raises Unsupported, saying which feature is missing.
    """
    adapter = ADAPTERS.get(case.kind)
    if adapter is None:
        raise Unsupported(f"kind {case.kind!r}")
    try:
        drawn = adapter(case.model, lambda value: _time(value, case.time_unit))
    except KeyError as error:
        raise ValueError(f"model: there is no {error.args[0]!r}") from None
    return {name: _framed(case, document) for name, document in drawn.items()}


# --- the frame of every document -----------------------------------------------------------------


def _time(value: Any, unit: str) -> Any:
    if isinstance(value, dict):
        return {key: _time(v, unit) if key in TIMES else v for key, v in value.items()}
    if isinstance(value, list):
        return [_time(one, unit) for one in value]
    return f"{value!r} {unit}"


def _framed(case: Case, drawn: Document) -> Document:
    """With a floor, and as many machines side by side as the stations ask for."""
    own = {n: _own(n, s.get("machines", 1)) for n, s in drawn["stations"].items()}
    machines = [name for names in own.values() for name in names]
    wide, rows = min(len(machines), PER_ROW), -(-len(machines) // PER_ROW)
    return {
        "twin": 1,
        "name": case.title[:120] or case.id,
        **_asked(case),
        "floor": {"size": [f"{2 * wide + 1} m", f"{2 * rows + 2} m"]},
        "machines": {name: _machine(k) for k, name in enumerate(machines)},
        "transport": {"speed": None},
        **drawn,
        "stations": {n: {**s, "machines": own[n]} for n, s in drawn["stations"].items()},
    }


def _own(station: str, count: int) -> list[str]:
    return [f"{station}-{k + 1}" for k in range(count)]


PER_ROW = 20  # machines


def _machine(k: int) -> Document:
    row, column = divmod(k, PER_ROW)
    return {"asset": "bench/tht", "at": [f"{1.5 + 2 * column} m", f"{2 + 2 * row} m"]}


def _asked(case: Case) -> Document:
    """Where the numbers are from, and the question asked of them."""
    run = case.suggested_run
    asked: Document = {"basis": f"sourced: a case with an exact answer, {case.id}"[:300]}
    if run.end > run.warmup:
        window = _time(run.end - run.warmup, case.time_unit)
        asked["study"] = {"warm_up": _time(run.warmup, case.time_unit), "window": window}
        asked["study"]["replications"] = max(2, run.replications)
    return asked


def _known(what: str, given: dict[str, Any], names: str) -> dict[str, Any]:
    """The same, if every key is among `names` or only words for people; else Unsupported."""
    beyond = sorted(set(given) - set(names.split()) - WORDS)
    if beyond:
        raise Unsupported(f"{what}: {', '.join(map(repr, beyond))}")
    return given


def _chosen(what: str, value: Any, table: dict[Any, Any]) -> Any:
    if value not in table:
        raise Unsupported(f"{what}: {value!r}")
    return table[value]


def _route(steps: Iterable[tuple[str, Any]]) -> list[Document]:
    """A route through stations, one after the other; steps bear their stations' names."""
    return [{"step": station, "at": station, "run": {"time": time}} for station, time in steps]


def _product(*steps: tuple[str, Any]) -> Document:
    return {"route": _route(steps)}


# --- networks ------------------------------------------------------------------------------------


class Stream(NamedTuple):
    """Where a source's items enter, and its orders."""

    items: tuple[str, ...]
    start: str
    orders: Document


Ways = dict[str, list[tuple[str, float]]]  # station -> where to, and the share that goes there


def _network(model: Any, time: Time) -> dict[str, Document]:
    names = "stations arrivals population routing transport crews initial wip_cap"
    _known("model", model, names)
    places, streams = _places(model), _streams(model, time)
    routes = _routes(model, places, streams, time)
    document = {
        "stations": {n: _station(p, time) for n, p in places.items() if _is_finite(p)},
        "crews": {crew["id"]: _crew(crew) for crew in model.get("crews", ())},
        "products": {item: {"route": route} for item, route in routes.items()},
        "orders": {name: stream.orders for name, stream in streams.items()},
        "present": [*_present(model.get("initial", {}), streams, routes)],
    }
    return {ONLY: {key: value for key, value in document.items() if value}}


def _places(model: Any) -> dict[str, Any]:
    """Stations by name; a transport without vehicles is one with room for any number of parts."""
    places = {place["id"]: place for place in model["stations"]}
    for way in model.get("transport", ()):
        _known("transport", way, "from to time vehicles")
        if way.get("vehicles") is not None:
            raise Unsupported("transport: 'vehicles'")
        places[_between(way)] = {"servers": "infinite", "process": way["time"]}
    return places


def _between(way: Any) -> str:
    return f"{way['from']}-to-{way['to']}"


def _is_finite(place: Any) -> bool:
    return place.get("servers", 1) != "infinite"


def _streams(model: Any, time: Time) -> dict[str, Stream]:
    sources = enumerate(model.get("arrivals", ()), start=1)
    streams = {f"arrivals-{k}": _arrivals(source, time) for k, source in sources}
    if "population" in model:
        streams["population"] = _population(model["population"], model.get("wip_cap"))
    elif "wip_cap" in model:
        raise Unsupported("wip_cap without a population")
    return streams


def _arrivals(source: Any, time: Time) -> Stream:
    _known("arrivals", source, "item interarrival to batch_size priority")
    item = source.get("item", "part")
    orders = {"product": item, "every": time(source["interarrival"])}
    orders |= {"quantity": source.get("batch_size", 1), "priority": source.get("priority", 0)}
    if not isinstance(orders["quantity"], int):
        raise Unsupported("arrivals: a 'batch_size' that varies")
    return Stream((item,), source["to"], orders)


def _population(population: Any, cap: int | None) -> Stream:
    _known("population", population, "type start item sequence mix count wip wip_cap")
    item, sequence = population.get("item", "part"), population.get("sequence", [])
    wanted = {key: population[key] for key in ("sequence", "mix") if key in population}
    items = tuple(dict.fromkeys([*sequence, *population.get("mix", ())])) or (item,)
    orders = _chosen("population", population["type"], RELEASES)(population, len(sequence))
    if cap := population.get("wip_cap", cap):
        orders["cards"] = cap
    return Stream(items, population["start"], {**(wanted or {"product": item}), **orders})


RELEASES: dict[str, Callable[[Any, int], Document]] = {
    "saturated": lambda _, __: {"release": "always"},
    "constant_wip": lambda population, _: {"release": "cards", "cards": population["wip"]},
    "finite": lambda population, several: (
        {"first": 0, "every": 0, "count": several}
        if several
        else {"first": 0, "quantity": population["count"]}
    ),
}


def _routes(
    model: Any, places: dict[str, Any], streams: dict[str, Stream], time: Time
) -> dict[str, list[Document]]:
    """Item -> its steps, from where it enters."""
    routes: dict[str, list[Document]] = {}
    for stream in streams.values():
        for item in stream.items:
            ways = _ways(model, item)
            entry = _entry(ways, stream)
            reached = [name for name in places if name in _reached(ways, entry)]
            names = [entry, *(name for name in reached if name != entry)]
            route = [_step(name, places[name], item, ways[name], time) for name in names]
            if routes.setdefault(item, route) != route:
                raise Unsupported(f"arrivals: item {item!r} enters at two stations")
    return routes


def _ways(model: Any, item: str) -> Ways:
    """Where an item goes: to the next station in the list that works it, unless a rule says so."""
    own = [place["id"] for place in model["stations"] if _process(place, item) is not None]
    ways: Ways = {name: [(after, 1.0)] for name, after in zip(own, [*own[1:], "out"], strict=True)}
    for rule in model.get("routing", ()):
        _known("routing", rule, "from to item")
        if rule.get("item", item) == item:
            ways[rule["from"]] = [(way["to"], way.get("prob", 1.0)) for way in rule["to"]]
    for way in model.get("transport", ()):
        name, target = _between(way), way["to"]
        ways[way["from"]] = [(name if t == target else t, p) for t, p in ways[way["from"]]]
        ways[name] = [(target, 1.0)]
    return ways


def _process(place: Any, item: str) -> Any:
    """The time of an item at a station; None where it is not worked."""
    process = place["process"]
    return process if "dist" in process else process.get(item)


def _reached(ways: Ways, start: str) -> list[str]:
    """The stations that parts come to from one, itself first."""
    found = [start]
    for name in found:
        ahead = [to for to, _ in ways[name] if to not in (*found, *ENDS)]
        found += dict.fromkeys(ahead)
    return found


def _entry(ways: Ways, stream: Stream) -> str:
    """Where parts enter: where they stand at first, unless a loop begins before and leads there."""
    first = next(iter(ways))
    begins_before = first not in _reached(ways, stream.start)
    is_loop = stream.orders.get("release") == "cards"
    leads_there = is_loop and begins_before and stream.start in _reached(ways, first)
    return first if leads_there else stream.start


def _step(name: str, place: Any, item: str, way: list[tuple[str, float]], time: Time) -> Document:
    process = _process(place, item)
    if process is None:
        raise ValueError(f"station {name}: there is no process for item {item!r}")
    step: Document = {"step": name, "then": [{"to": to, "share": share} for to, share in way]}
    if not _is_finite(place):
        _known(f"station {name} without end", place, "id servers process discipline")
        return {**step, "delay": time(process)}
    by = {"by": place["operator"]} if "operator" in place else {}
    return {**step, "at": name, "run": {"time": time(process), **by}}


def _station(place: Any, time: Time) -> Document:
    names = "id servers process input_buffer discipline failures setup operator power_kw"
    _known(f"station {place['id']}", place, names)
    discipline = _chosen("discipline", place.get("discipline", "fifo"), DISCIPLINES)
    drawn = {"machines": place.get("servers", 1), **discipline}
    drawn["input"] = _input(place.get("input_buffer"))
    drawn["disturbances"] = _failures(place.get("failures"), time)
    drawn["changeover"] = _changeover(place.get("setup"), time)
    drawn["power"] = _power(place.get("power_kw", {}))
    return {key: value for key, value in drawn.items() if value}


def _input(buffer: Any) -> Document:
    if buffer is None:
        return {}
    _known("input_buffer", buffer, "capacity when_full")
    full = buffer.get("when_full", "block_after_service")
    return {
        "capacity": buffer.get("capacity"),
        "when_full": _chosen("input_buffer: when_full", full, WHEN_FULL),
    }


WHEN_FULL = {"block_after_service": "hold", "lose": "turn_away"}
DISCIPLINES = {
    "fifo": {},
    "lifo": {"rule": "lifo"},
    "priority_nonpreemptive": {"rule": "priority"},
    "priority_preemptive_resume": {"rule": "priority", "interruptible": True},
}


def _failures(failures: Any, time: Time) -> Document:
    if failures is None:
        return {}
    names = "clock time_to_failure time_to_repair after_repair crew"
    _known("failures", failures, names)
    clock = _chosen("failures: clock", failures["clock"], CLOCKS)
    after = failures.get("after_repair", "resume")
    failure = {
        **clock,
        "every": time(failures["time_to_failure"]),
        "lasts": time(failures["time_to_repair"]),
        "part": _chosen("failures: after_repair", after, FATES),
    }
    by = {"by": failures["crew"]} if failures.get("crew") else {}
    return {"failure": {**failure, **by}}


FATES = {"resume": "resume", "restart": "restart", "scrap": "scrap"}
CLOCKS = {
    "operating": {"clock": "work"},
    "calendar": {"clock": "calendar", "may_load": True},
}


def _changeover(setup: Any, time: Time) -> Document:
    if setup is None:
        return {}
    _known("setup", setup, "when time crew")
    when = _chosen("setup: when", setup["when"], SETUPS)
    by = {"by": setup["crew"]} if setup.get("crew") else {}
    return {when: time(setup["time"]), **by}


SETUPS = {"item_change": "on_change", "idle_start": "after_idle"}


def _power(power: Any) -> Document:
    """Powers by state; in a layout, a blocked or broken machine takes what an idle one does."""
    _known("power_kw", power, "busy idle setup off blocked starved down")
    idle = power.get("idle", 0.0)
    if any(power.get(state, idle) != idle for state in ("blocked", "starved", "down")):
        raise Unsupported("power_kw: another power when blocked, starved or down than when idle")
    names = {"busy": "processing", "setup": "setup", "idle": "idle", "off": "off"}
    return {names[state]: f"{value!r} kW" for state, value in power.items() if state in names}


def _crew(crew: Any) -> Document:
    _known("crew", crew, "id size")
    rule = crew.get("rule", "oldest")
    known = [name for word, name in CREW_RULES.items() if word in rule.lower()]
    if not known:
        raise Unsupported(f"crew {crew['id']}: rule {rule!r}")
    return {"people": crew["size"], "rule": known[0]}


CREW_RULES = {  # the word that tells, as cases describe their rules in sentences
    "downstream": "downstream",
    "urgent": "urgent",
    "nearest": "nearest",
    "oldest": "oldest",
    "longest waiting": "oldest",
    "fifo": "oldest",
    "first come": "oldest",
}


def _present(initial: Any, streams: dict[str, Stream], routes: Any) -> Iterable[Document]:
    for station, parts in initial.items():
        counts = parts if isinstance(parts, dict) else {None: parts}
        for item, count in counts.items():
            name, product = _passing(station, item, streams, routes)
            yield {"orders": name, "product": product, "step": station, "count": count}
    for name, (items, start, orders) in streams.items():
        if "cards" in orders and routes[items[0]][0]["step"] != start:
            yield {"orders": name, "product": items[0], "step": start, "count": orders["cards"]}


def _passing(
    station: str, item: str | None, streams: dict[str, Stream], routes: Any
) -> tuple[str, str]:
    """A stream whose parts come by a station, and their product."""
    for name, stream in streams.items():
        for one in stream.items:
            if item in (None, one) and station in [step["step"] for step in routes[one]]:
                return name, one
    raise ValueError(f"initial: nothing passes {station!r}")


# --- special kinds -------------------------------------------------------------------------------


def _all_at_once(products: Iterable[str]) -> Document:
    """One order at time 0 for one of each, in this order."""
    return {"jobs": {"lines": dict.fromkeys(products, 1), "first": 0}}


def _jobs(times: list[Any], time: Time) -> Document:
    """Products J1, J2 ... of one machine M."""
    return {f"J{k + 1}": _product(("M", time(one))) for k, one in enumerate(times)}


def _worst_case_loop(model: Any, time: Time) -> dict[str, Document]:
    _known("model", model, "jobs stations long_time short_time")
    stations = [f"S{k + 1}" for k in range(model["stations"])]
    times = {"long": time(model["long_time"]), "short": time(model["short_time"])}
    cards = {"long": 1, "short": model["jobs"] - 1}
    document = {
        "stations": {station: {} for station in stations},
        "products": {n: _product(*((s, t) for s in stations)) for n, t in times.items()},
        "orders": {n: {"product": n, "release": "cards", "cards": cards[n]} for n in times},
    }
    return {ONLY: document}


def _conveyor_link(model: Any, time: Time) -> dict[str, Document]:
    _known("model", model, "t1 t2 travel places")
    conveyor = {"capacity": model["places"], "travel": time(model["travel"])}
    document = {
        "stations": {"M1": {}, "M2": {"input": conveyor}},
        "products": {"part": _product(("M1", time(model["t1"])), ("M2", time(model["t2"])))},
        "orders": {"parts": {"product": "part", "release": "always"}},
    }
    return {ONLY: document}


def _assembly(model: Any, time: Time) -> dict[str, Document]:
    asked = _known("assembly", model["assembly"], "components assembly_process")
    parts = {f"C{k + 1}": part for k, part in enumerate(asked["components"])}
    made = {n: {**_product((n, time(p["process"]))), "into": n} for n, p in parts.items()}
    assembled = _product(("ASM", time(asked["assembly_process"])))
    assembled["route"][0]["needs"] = dict.fromkeys(parts, 1)
    document = {
        "stations": {name: {} for name in (*parts, "ASM")},
        "stocks": {name: {"capacity": part["buffer"]} for name, part in parts.items()},
        "products": {**made, "set": assembled},
        "orders": {f"{n}-orders": {"product": n, "release": "always"} for n in (*parts, "set")},
    }
    return {ONLY: document}


def _fork_join(model: Any, time: Time) -> dict[str, Document]:
    asked = _known("fork_join", model["fork_join"], "interarrival branches")
    branches = {f"B{k + 1}": process for k, process in enumerate(asked["branches"])}
    lines = dict.fromkeys(branches, 1)
    document = {
        "stations": {name: {} for name in branches},
        "products": {name: _product((name, time(one))) for name, one in branches.items()},
        "orders": {"orders": {"lines": lines, "every": time(asked["interarrival"])}},
    }
    return {ONLY: document}


def _bulk(model: Any, time: Time) -> dict[str, Document]:
    asked = _known("bulk", model["bulk"], "interarrival process min_batch max_batch")
    batch = {"min": asked["min_batch"], "max": asked["max_batch"]}
    document = {
        "stations": {"OVEN": {"batch": batch}},
        "products": {"part": _product(("OVEN", time(asked["process"])))},
        "orders": {"parts": {"product": "part", "every": time(asked["interarrival"])}},
    }
    return {ONLY: document}


def _inventory(model: Any, time: Time) -> dict[str, Document]:
    asked = _known("inventory", model["inventory"], "interdemand lead_time policy unmet")
    refill, start = _refill(asked["policy"])
    short = _chosen("unmet", asked.get("unmet", "backorder"), {"backorder": "wait", "lost": "lose"})
    refill["takes"] = time(asked["lead_time"])
    document = {
        "stations": {},
        "products": {},
        "stocks": {"shelf": {"start": start, "refill": refill, "short": short}},
        "orders": {"demand": {"from_stock": "shelf", "every": time(asked["interdemand"])}},
    }
    return {ONLY: document}


def _refill(policy: Any) -> tuple[Document, int]:
    """When how much is ordered, and what is there at first."""
    _known("policy", policy, "type r Q s S start")
    kind = _chosen("policy", policy["type"], {"rQ": 0, "sS": 1, "base_stock": 2})
    if kind == 0:
        return {"at": policy["r"], "lot": policy["Q"]}, policy.get(
            "start", policy["r"] + policy["Q"]
        )
    most = policy["S"]
    at = policy["s"] if kind == 1 else most - 1
    return {"at": at, "up_to": most}, policy.get("start", most)


def _make_to_stock(model: Any, time: Time) -> dict[str, Document]:
    asked = _known("make_to_stock", model["make_to_stock"], "interdemand process base_stock")
    most = asked["base_stock"]
    refill = {"at": most - 1, "lot": 1, "makes": "part"}
    document = {
        "stations": {"SHOP": {}},
        "products": {"part": {**_product(("SHOP", time(asked["process"]))), "into": "shelf"}},
        "stocks": {"shelf": {"start": most, "refill": refill}},
        "orders": {"demand": {"from_stock": "shelf", "every": time(asked["interdemand"])}},
    }
    return {ONLY: document}


def _calendar(model: Any, time: Time) -> dict[str, Document]:
    _known("model", model, "calendar process jobs at_close")
    station = {"id": "M", "process": model["process"], "open": model["calendar"]["open"]}
    return _shifts([station], model["calendar"]["cycle"], model, time)


def _calendar2(model: Any, time: Time) -> dict[str, Document]:
    _known("model", model, "stations jobs at_close cycle")
    return _shifts(model["stations"], model.get("cycle", 24), model, time)


def _shifts(stations: Any, cycle: Any, model: Any, time: Time) -> dict[str, Document]:
    at_close = _chosen("at_close", model.get("at_close", "pause_and_resume"), AT_CLOSE)
    for station in stations:
        _known("station", station, "id process open")
    same = {"cycle": time(cycle), "at_close": at_close}
    document = {
        "calendars": {s["id"]: {**same, "open": time(s["open"])} for s in stations},
        "stations": {s["id"]: {"calendar": s["id"]} for s in stations},
        "products": {"part": _product(*((s["id"], time(s["process"])) for s in stations))},
        "orders": {"jobs": {"product": "part", "first": 0, "quantity": model["jobs"]}},
    }
    return {ONLY: document}


AT_CLOSE = {
    "pause_and_resume": "pause",
    "no_start_unless_fits": "fit",
    "finish_started": "finish",
    "finish": "finish",
}


def _saturated_mix(model: Any, time: Time) -> dict[str, Document]:
    _known("model", model, "mix process setup")
    document = {
        "stations": {"M": {"changeover": {"on_change": time(model["setup"])}}},
        "products": {n: _product(("M", time(one))) for n, one in model["process"].items()},
        "orders": {"parts": {"mix": model["mix"], "release": "always"}},
    }
    return {ONLY: document}


def _setup_matrix(model: Any, time: Time) -> dict[str, Document]:
    _known("model", model, "process setup initial_setup given_order")
    jobs = list(_jobs(model["process"], time))
    first, *rows = (
        dict(zip(jobs, time(row), strict=True)) for row in (model["initial_setup"], *model["setup"])
    )
    changeover = {"matrix": dict(zip(jobs, rows, strict=True)), "first": first}
    document = {
        "stations": {"M": {"changeover": changeover}},
        "products": _jobs(model["process"], time),
        "orders": _all_at_once(jobs[k] for k in model["given_order"]),
    }
    return {"makespan_given_order": document}


def _flow_shop(model: Any, time: Time) -> dict[str, Document]:
    _known("model", model, "times")
    stations = [f"M{k + 1}" for k in range(len(model["times"][0]))]
    jobs = {f"J{k + 1}": time(times) for k, times in enumerate(model["times"])}
    full = {name: {"input": {"capacity": 0}} for name in stations[1:]}
    document = {
        "stations": {name: {} for name in stations},
        "products": {j: _product(*zip(stations, t, strict=True)) for j, t in jobs.items()},
        "orders": _all_at_once(jobs),
    }
    blocking = {**document, "stations": {stations[0]: {}, **full}}
    return {"makespan_given_order": document, "makespan_given_order_no_buffers": blocking}


def _job_shop(model: Any, time: Time) -> dict[str, Document]:
    _known("model", model, "jobs")
    stations = sorted({f"M{machine}" for job in model["jobs"] for machine, _ in job})
    jobs = {f"J{k + 1}": job for k, job in enumerate(model["jobs"])}
    document = {"products": {j: _operations(job, time) for j, job in jobs.items()}}
    document["orders"] = _all_at_once(jobs)
    return {
        name: {**document, "stations": {s: {"rule": rule, "ties": "number"} for s in stations}}
        for name, rule in RULES.items()
    }


def _operations(job: list[tuple[int, Any]], time: Time) -> Document:
    route = _route((f"M{machine}", time(lasts)) for machine, lasts in job)
    return {"route": [{**step, "step": f"{k + 1}"} for k, step in enumerate(route)]}


RULES = {
    "FIFO": "fifo",
    "SPT": "spt",
    "LPT": "lpt",
    "MWKR": "most_work",
    "LWKR": "least_work",
}


def _due_dates(model: Any, time: Time) -> dict[str, Document]:
    _known("model", model, "process due weight")
    jobs = list(_jobs(model["process"], time))
    weights = model.get("weight", [1.0] * len(jobs))
    said = zip(jobs, time(model["due"]), weights, strict=True)
    document = {
        "products": _jobs(model["process"], time),
        "orders": {j: {"product": j, "first": 0, "due": d, "weight": w} for j, d, w in said},
    }
    rules = {"EDD": "edd", "SPT": "spt", "WSPT": "wspt", "FIFO": "fifo", "LPT": "lpt"}
    return {
        name: {**document, "stations": {"M": {"rule": rule, "ties": "number"}}}
        for name, rule in rules.items()
    }


def _live_state(model: Any, time: Time) -> dict[str, Document]:
    _known("model", model, "process elapsed waiting")
    worked = {"orders": "parts", "step": "M", "elapsed": time(model["elapsed"])}
    waiting = {"orders": "parts", "step": "M", "count": model["waiting"]}
    document = {
        "stations": {"M": {}},
        "products": {"part": _product(("M", time(model["process"])))},
        "orders": {"parts": {"product": "part", "every": time(1), "count": 1 + waiting["count"]}},
        "present": [worked, waiting] if model["waiting"] else [worked],
    }
    first = {**document, "orders": {"parts": {"product": "part", "count": 1}}, "present": [worked]}
    return {"residual": first, "finish": document}


def _robot_cell(model: Any, time: Time) -> dict[str, Document]:
    _known("model", model, "a b move load_unload")
    lasts = {"IN": 0, "M1": model["a"], "M2": model["b"], "OUT": 0}
    served = {"served_by": "robot", "input": {"capacity": 0}}
    document = {
        "stations": {"IN": {}, **dict.fromkeys(("M1", "M2", "OUT"), served)},
        "products": {"part": _product(*((name, time(lasts[name])) for name in lasts))},
        "orders": {"parts": {"product": "part", "release": "always"}},
    }
    cycles = {"S1": ["IN > M1", "M1 > M2", "M2 > OUT"], "S2": ["IN > M1", "M2 > OUT", "M1 > M2"]}
    return {
        name: {**document, "transport": _robot([*lasts], model, cycle, time)}
        for name, cycle in cycles.items()
    }


def _robot(stops: list[str], model: Any, cycle: list[str], time: Time) -> Document:
    """One that goes from stop to stop along a line, always in the same order."""
    travel = {
        a: {b: time(abs(i - j) * model["move"]) for j, b in enumerate(stops)}
        for i, a in enumerate(stops)
    }
    handling = time(model["load_unload"])
    fleet = {"vehicles": ["robot-1"], "load": handling, "unload": handling}
    return {
        "vehicles": {"robot-1": {"asset": "vehicle/agv_24v", "home": f"{stops[0]}-1"}},
        "fleets": {"robot": {**fleet, "travel": travel, "cycle": cycle}},
    }


ADAPTERS: dict[str, Adapter] = {
    "network": _network,
    "worst_case_loop": _worst_case_loop,
    "conveyor_link": _conveyor_link,
    "assembly": _assembly,
    "fork_join": _fork_join,
    "bulk": _bulk,
    "inventory": _inventory,
    "make_to_stock": _make_to_stock,
    "calendar": _calendar,
    "calendar2": _calendar2,
    "saturated_mix": _saturated_mix,
    "setup_matrix": _setup_matrix,
    "flow_shop": _flow_shop,
    "job_shop": _job_shop,
    "due_dates": _due_dates,
    "live_state": _live_state,
    "robot_cell": _robot_cell,
}
