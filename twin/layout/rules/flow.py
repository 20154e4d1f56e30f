"""Parts that never get out, steps they never reach, times that stop everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from twin.layout.fields import leaves
from twin.layout.rules.attendance import phases, step_path, steps
from twin.layout.rules.finding import Finding
from twin.layout.rules.names import ENDS
from twin.layout.schema import AnyTime, Constant, Formula, Layout, Product, Uniform

CERTAIN = 1 - 1e-9  # a share from which on nothing is left for the next step


def ways_on(product: Product) -> dict[str, set[str]]:
    """Step -> where its parts may go: steps, "out", "scrap".

    What the shares leave over, and what a branch turns away after `at_most` times or by `when`,
    goes on to the next step, or out behind the last one.
    """
    route = product.route
    onward: dict[str, set[str]] = {}
    for step, after in zip(route, [*(s.step for s in route[1:]), "out"], strict=True):
        onward[step.step] = {branch.to for branch in step.then if branch.share > 0}
        lasting = sum(
            branch.share for branch in step.then if branch.at_most is None and branch.when is None
        )
        if lasting < CERTAIN:
            onward[step.step].add(after)
    return onward


def reached(onward: dict[str, set[str]], start: str) -> set[str]:
    """Everything that parts can come to from a step, with the step itself."""
    found, ahead = {start}, [start]
    while ahead:
        for target in onward.get(ahead.pop(), ()):
            if target not in found:
                found.add(target)
                ahead.append(target)
    return found


def _loose(onward: dict[str, set[str]], found: Iterable[str]) -> bool:
    """Whether a way leads to a name that is not there: then nothing can be said of it."""
    return any(name not in onward and name not in ENDS for name in found)


def no_way_out(layout: Layout) -> Iterator[Finding]:
    """Steps from which parts come neither out nor into scrap, and products that are only scrap."""
    for name, product in layout.products.items():
        onward = ways_on(product)
        entered = reached(onward, product.route[0].step)
        stuck = False
        for index, step in enumerate(product.route):
            found = reached(onward, step.step)
            if step.step in entered and not found & set(ENDS) and not _loose(onward, found):
                stuck = True
                circle = " -> ".join(s.step for s in product.route if s.step in found)
                message = (
                    f"parts never leave step {step.step!r} (they go round in {circle}); leave a "
                    "share under 'then' for the next step, 'out' or 'scrap', or set 'at_most'"
                )
                yield Finding("no-way-out", f"{step_path(name, index)}/then", "error", message)
        if not stuck and "out" not in entered and not _loose(onward, entered):
            message = f"every {name} ends as scrap; leave a share for 'out' or for the next step"
            yield Finding("no-way-out", f"products/{name}/route", "error", message)


def never_entered(layout: Layout) -> Iterator[Finding]:
    """Steps that no part ever comes to."""
    for name, product in layout.products.items():
        onward = ways_on(product)
        entered = reached(onward, product.route[0].step)
        for index, step in enumerate(product.route):
            if step.step not in entered:
                message = (
                    f"no part ever comes to step {step.step!r}: every way leads past it; "
                    "remove it, or leave a share for it"
                )
                yield Finding("never-entered", step_path(name, index), "warning", message)


def unused_stations(layout: Layout) -> Iterator[Finding]:
    """Stations that no product's route leads to."""
    used = {at for _, _, _, step in steps(layout) for at in step.stations}
    for name in layout.stations:
        if name not in used:
            message = f"no product is worked at station {name!r}; remove it or add a step there"
            yield Finding("unused-station", f"stations/{name}", "warning", message)


def times_missing(layout: Layout) -> Iterator[Finding]:
    """Phases that nothing says the length of."""
    for asked in phases(layout):
        if (asked.phase.time, asked.phase.program) == (None, None) and (
            asked.phase.by not in layout.arms
        ):
            message = f"the {asked.kind} of step {asked.step.step!r} has no time; write 'time: ...'"
            yield Finding("no-time", asked.where, "error", message)


def longest(time: AnyTime) -> float:
    """The longest a constant or uniform time can be [s]; of others 0 if they are, else infinity.

    Nothing is known of a formula: it may take any time.
    """
    if isinstance(time, Constant):
        return time.value
    if isinstance(time, Uniform):
        return time.high
    if isinstance(time, Formula):
        return float("inf")
    numbers = [
        float(leaf.value)
        for leaf in leaves(time)
        if leaf.dimension == "time" and isinstance(leaf.value, (int, float))
    ]
    return float("inf") if any(numbers) else 0.0


def shortest(time: AnyTime) -> float:
    """The shortest a constant or uniform time can be [s]; 0 of all others."""
    if isinstance(time, Constant):
        return time.value
    return time.low if isinstance(time, Uniform) else 0.0


def never_working(layout: Layout) -> Iterator[Finding]:
    """Disturbances that leave a machine no time, or never the time that a step takes."""
    for name, station in layout.stations.items():
        for key, disturbance in station.disturbances.items():
            where = f"stations/{name}/disturbances/{key}"
            pause = longest(disturbance.every)
            if pause == 0:
                message = f"{key!r} follows upon itself at once: {name!r} never works"
                text = f"{message}; write how long it runs between two of them under 'every'"
                yield Finding("never-working", f"{where}/every", "error", text, pause, 0.0, "s")
            elif disturbance.part == "restart" and disturbance.clock == "work":
                yield from _never_done(layout, name, where, key, pause)


def _never_done(
    layout: Layout, station: str, where: str, key: str, pause: float
) -> Iterator[Finding]:
    for asked in phases(layout):
        time = asked.phase.time
        if asked.station == station and asked.kind == "run" and time is not None:
            least = shortest(time)
            if least > pause:
                message = (
                    f"{key!r} comes every {pause / 60:g} min and starts step {asked.step.step!r} "
                    f"again, which takes {least / 60:g} min: it is never done; "
                    "write 'part: resume', or a longer 'every'"
                )
                yield Finding("never-working", where, "error", message, least, pause, "s")


def endless_orders(layout: Layout) -> Iterator[Finding]:
    """Streams whose orders come all at once."""
    for name, orders in layout.orders.items():
        if orders.every is not None and longest(orders.every) == 0 and orders.count is None:
            message = f"orders {name!r} come every 0 s, without end; write a time under 'every'"
            yield Finding("endless-orders", f"orders/{name}/every", "error", message, 0.0, 0.0, "s")
