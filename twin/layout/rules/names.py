"""Names that lead nowhere, or to two things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from twin.errors import LayoutError, nearest
from twin.layout.catalog import has_asset, known_assets, port_pose, ports_of
from twin.layout.rules.attendance import phases, skills, steps
from twin.layout.rules.finding import Finding
from twin.layout.rules.vehicles import station_ends
from twin.layout.schema import Layout, Orders, Station, Step

ENDS = ("out", "scrap")

Reference = tuple[str, str, str, Iterable[str]]  # where, what, name, the names there are


def unknown(layout: Layout) -> Iterator[Finding]:
    """Every name that nothing bears."""
    for where, what, name, known in references(layout):
        if name not in known:
            message = f"there is no {what} {name!r}; {nearest(name, known)}"
            yield Finding("unknown-name", where, "error", message)
    yield from _unknown_assets(layout)
    yield from _unknown_ports(layout)


def references(layout: Layout) -> Iterator[Reference]:
    """Every name that stands for something else in the layout."""
    yield from _calendars(layout)
    able = sorted({s for name, crew in layout.crews.items() for s in skills(name, crew)})
    for name, station in layout.stations.items():
        for index, machine in enumerate(station.machines):
            where = f"stations/{name}/machines/{index}"
            yield where, "machine", machine, layout.machines
        for where, skill in station_skills(name, station):
            yield where, "skill", skill, able
        if station.input.conveyor is not None:
            where = f"stations/{name}/input/conveyor"
            yield where, "conveyor", station.input.conveyor, layout.conveyors
        if station.served_by is not None:
            carriers = [*layout.transport.fleets, *layout.arms]
            yield f"stations/{name}/served_by", "fleet or arm", station.served_by, carriers
    for asked in phases(layout):
        if asked.phase.by is not None:
            yield f"{asked.where}/by", "skill or arm", asked.phase.by, [*able, *layout.arms]
    for where, _, product, step in steps(layout):
        for station in step.stations:
            key = "at" if station == step.at else f"or_at/{station}"
            yield f"{where}/{key}", "station", station, layout.stations
        targets = [*(other.step for other in product.route), *ENDS]
        for index, branch in enumerate(step.then):
            yield f"{where}/then/{index}/to", "step", branch.to, targets
        for stock in step.needs:
            yield f"{where}/needs/{stock}", "stock", stock, layout.stocks
        for tool in step.takes:
            yield f"{where}/takes/{tool}", "tool", tool, layout.tools
        for index, tool in enumerate(step.returns):
            yield f"{where}/returns/{index}", "tool", tool, layout.tools
    yield from _stocks(layout)
    yield from _present(layout)
    for name, orders in layout.orders.items():
        for key, product in _wanted(orders):
            yield f"orders/{name}/{key}", "product", product, layout.products
    places = [*layout.transport.nodes, *layout.machines]
    for index, road in enumerate(layout.transport.roads):
        for side, end in enumerate(road.ends):
            where = f"transport/roads/{index}/ends/{side}"
            yield where, "node or machine", end, places
    for name, vehicle in layout.transport.vehicles.items():
        yield f"transport/vehicles/{name}/home", "node or machine", vehicle.home, places
    for name, fleet in layout.transport.fleets.items():
        where = f"transport/fleets/{name}"
        for index, vehicle in enumerate(fleet.vehicles):
            yield f"{where}/vehicles/{index}", "vehicle", vehicle, layout.transport.vehicles
        for place, end in station_ends(fleet, where):
            yield place, "station", end, layout.stations


def station_skills(name: str, station: Station) -> Iterator[tuple[str, str]]:
    """Who is asked for at a station besides the steps: where, and the skill."""
    if station.changeover is not None and station.changeover.by is not None:
        yield f"stations/{name}/changeover/by", station.changeover.by
    for key, disturbance in station.disturbances.items():
        if disturbance.by is not None:
            yield f"stations/{name}/disturbances/{key}/by", disturbance.by


def _stocks(layout: Layout) -> Iterator[Reference]:
    for name, product in layout.products.items():
        if product.into is not None:
            yield f"products/{name}/into", "stock", product.into, layout.stocks
    for name, orders in layout.orders.items():
        if orders.from_stock is not None:
            yield f"orders/{name}/from_stock", "stock", orders.from_stock, layout.stocks
    for name, stock in layout.stocks.items():
        if stock.refill is not None and stock.refill.makes is not None:
            yield f"stocks/{name}/refill/makes", "product", stock.refill.makes, layout.products


def _present(layout: Layout) -> Iterator[Reference]:
    for index, present in enumerate(layout.present):
        where = f"present/{index}"
        yield f"{where}/orders", "stream", present.orders, layout.orders
        wanted = layout.orders[present.orders].products if present.orders in layout.orders else ()
        if present.product is not None:
            known = wanted or layout.products
            yield f"{where}/product", "product of that stream", present.product, known
        product = layout.products.get(present.product or next(iter(wanted), ""))
        if product is not None:
            steps_of = [step.step for step in product.route]
            yield f"{where}/step", "step", present.step, steps_of


def _wanted(orders: Orders) -> Iterator[tuple[str, str]]:
    """The products that a stream names, and the fields where it does."""
    if orders.product is not None:
        yield "product", orders.product
    yield from ((f"mix/{name}", name) for name in orders.mix)
    yield from ((f"sequence/{index}", name) for index, name in enumerate(orders.sequence))
    yield from ((f"lines/{name}", name) for name in orders.lines)


def _calendars(layout: Layout) -> Iterator[Reference]:
    owners = {
        "": layout,
        **{f"stations/{name}/": station for name, station in layout.stations.items()},
        **{f"crews/{name}/": crew for name, crew in layout.crews.items()},
        **{f"orders/{name}/": orders for name, orders in layout.orders.items()},
    }
    for path, owner in owners.items():
        if owner.calendar is not None:
            yield f"{path}calendar", "calendar", owner.calendar, layout.calendars


def _unknown_assets(layout: Layout) -> Iterator[Finding]:
    owners = {
        **{f"machines/{name}/asset": machine.asset for name, machine in layout.machines.items()},
        **{f"arms/{name}/asset": arm.asset for name, arm in layout.arms.items()},
        **{f"arms/{name}/tool": arm.tool for name, arm in layout.arms.items() if arm.tool},
        **{f"transport/vehicles/{n}/asset": v.asset for n, v in layout.transport.vehicles.items()},
    }
    for where, asset in owners.items():
        if not has_asset(asset):
            message = f"there is no asset {asset!r}; {nearest(asset, known_assets())}"
            yield Finding("unknown-name", where, "error", message)


def _unknown_ports(layout: Layout) -> Iterator[Finding]:
    for asked in phases(layout):
        for key, port in asked.phase.ports.items():
            machine = port.partition(".")[0]
            if machine in layout.machines and not has_asset(layout.machines[machine].asset):
                continue
            try:
                port_pose(layout, port)
            except LayoutError as error:
                yield Finding("unknown-name", f"{asked.where}/{key}", "error", str(error))


def taken_twice(layout: Layout) -> Iterator[Finding]:
    """Two things on the floor, or two steps of a product, with one name."""
    nodes, machines = layout.transport.nodes, layout.machines
    kinds = {
        "machines": machines,
        "arms": layout.arms,
        "transport/nodes": nodes,
        "transport/vehicles": layout.transport.vehicles,
    }
    bearers = Counter(name for kind in kinds.values() for name in kind)
    for kind, named in kinds.items():
        for name in named:
            if bearers[name] > 1 and kind != "machines":
                message = f"another thing on the floor is called {name!r} too; rename one"
                yield Finding("name-twice", f"{kind}/{name}", "error", message)
    for product, drawn in layout.products.items():
        yield from _steps_twice(product, drawn.route)


def _steps_twice(product: str, route: tuple[Step, ...]) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, step in enumerate(route):
        where = f"products/{product}/route/{index}/step"
        if step.step in ENDS:
            message = f"a step cannot be called {step.step!r}: that is where parts leave; rename it"
            yield Finding("name-twice", where, "error", message)
        if step.step in seen:
            message = f"product {product!r} has two steps {step.step!r}; rename one"
            yield Finding("name-twice", where, "error", message)
        seen.add(step.step)


def shared_machines(layout: Layout) -> Iterator[Finding]:
    """A machine works in one station, once."""
    owner: dict[str, str] = {}
    for name, station in layout.stations.items():
        for index, machine in enumerate(station.machines):
            if machine in owner:
                where = f"stations/{name}/machines/{index}"
                message = f"machine {machine!r} stands in station {owner[machine]!r} already"
                yield Finding("two-stations", where, "error", f"{message}; keep it in one")
            owner.setdefault(machine, name)


def arm_phases(layout: Layout) -> Iterator[Finding]:
    """An arm loads from a port and unloads to one, and each machine it serves has its own."""
    for asked in phases(layout):
        phase, arm = asked.phase, asked.phase.by
        if arm not in layout.arms:
            continue
        if asked.kind not in ("load", "unload"):
            message = f"arm {arm!r} can load and unload; a {asked.kind} needs a person or nobody"
            yield Finding("arm-phase", f"{asked.where}/by", "error", message)
            continue
        key = "from" if asked.kind == "load" else "to"
        if (phase.from_ if key == "from" else phase.to) is None:
            message = f"arm {arm!r} has no place to {asked.kind} {key}; write '{key}: machine.port'"
            yield Finding("arm-phase", asked.where, "error", message)
        yield from _without_port(layout, asked.station, str(arm))


def _without_port(layout: Layout, station: str, arm: str) -> Iterator[Finding]:
    machines = layout.stations[station].machines if station in layout.stations else ()
    for name in machines:
        machine = layout.machines.get(name)
        if machine and has_asset(machine.asset) and not ports_of(machine):
            message = f"arm {arm!r} cannot serve {name!r}: asset {machine.asset!r} has no port"
            yield Finding("arm-phase", f"machines/{name}", "error", f"{message}; add one to it")
