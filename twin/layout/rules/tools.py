"""Tools that parts hold: taken and given back, and enough of them."""

from __future__ import annotations

from collections.abc import Iterator

from twin.layout.rules.attendance import step_path
from twin.layout.rules.finding import Finding
from twin.layout.rules.flow import reached, ways_on
from twin.layout.rules.stocks import sets
from twin.layout.schema import Layout, Product


def given_back(layout: Layout) -> Iterator[Finding]:
    """Tools given back that nobody took, and tools that leave with a part for good."""
    for name, product in layout.products.items():
        onward = ways_on(product)
        for index, step in enumerate(product.route):
            where = step_path(name, index)
            for at, tool in enumerate(step.returns):
                if tool in layout.tools and not _taken_before(product, onward, tool, step.step):
                    message = f"no step before {step.step!r} takes {tool!r}; write 'takes' there"
                    yield Finding("tool-not-taken", f"{where}/returns/{at}", "error", message)
            for tool in step.takes:
                if tool in layout.tools and _leaves_with(product, onward, tool, step.step):
                    message = (
                        f"parts leave the plant with {tool!r}, and no step gives it back; "
                        f"write 'returns: [{tool}]' on every way out"
                    )
                    yield Finding("tool-not-returned", f"{where}/takes/{tool}", "warning", message)


def _taken_before(product: Product, onward: dict[str, set[str]], tool: str, step: str) -> bool:
    """Whether a step that takes the tool comes before this one on some way, or is this one."""
    return any(tool in s.takes and step in reached(onward, s.step) for s in product.route)


def _leaves_with(product: Product, onward: dict[str, set[str]], tool: str, step: str) -> bool:
    """Whether a part can go out from a step without coming to one that gives the tool back."""
    back = {s.step for s in product.route if tool in s.returns}
    if step in back:
        return False
    kept = {name: targets - back for name, targets in onward.items()}
    return "out" in reached(kept, step)


def enough(layout: Layout) -> Iterator[Finding]:
    """Steps that take more tools than there are, what the part holds already included."""
    for name, product in layout.products.items():
        held = _held(product)
        for index, step in enumerate(product.route):
            for tool, pieces in step.takes.items():
                if tool not in layout.tools:
                    continue
                count, before = layout.tools[tool].count, held[step.step].get(tool, 0)
                wanted = before + pieces * sets(layout, step)
                where = f"{step_path(name, index)}/takes/{tool}"
                if wanted > count:
                    more = f" ({before} of them held from before)" if before else ""
                    message = (
                        f"step {step.step!r} takes {wanted} of {tool!r}{more}, and there are "
                        f"{count}; write 'count: {wanted}' or more"
                    )
                    yield Finding("tool-too-few", where, "error", message, count, wanted, "tools")
                elif before:
                    message = (
                        f"a part holds {before} of {tool!r} and waits for more at {step.step!r}: "
                        "two such parts can wait for each other for ever; take all of them at once"
                    )
                    yield Finding("tool-in-parts", where, "warning", message)


def _held(product: Product) -> dict[str, dict[str, int]]:
    """Step -> the most of each tool that a part may hold already when it comes there.

    Found by going all ways with what is held, as the set of steps that it was taken at: a step
    that is passed again takes nothing more.
    """
    onward = ways_on(product)
    by_name = {step.step: step for step in product.route}
    ahead: list[tuple[str, frozenset[str]]] = [(product.route[0].step, frozenset())]
    seen = set(ahead)
    most: dict[str, dict[str, int]] = {name: {} for name in by_name}
    while ahead:
        name, takers = ahead.pop()
        step = by_name[name]
        for tool in {tool for taker in takers - {name} for tool in by_name[taker].takes}:
            holding = sum(by_name[taker].takes.get(tool, 0) for taker in takers - {name})
            most[name][tool] = max(most[name].get(tool, 0), holding)
        kept = takers | {name} if step.takes else takers
        kept = frozenset(t for t in kept if not set(by_name[t].takes) <= set(step.returns))
        for target in onward[name] & by_name.keys():
            if (target, kept) not in seen:
                seen.add((target, kept))
                ahead.append((target, kept))
    return most


def unused_tools(layout: Layout) -> Iterator[Finding]:
    """Tools that no step takes."""
    taken = {t for product in layout.products.values() for s in product.route for t in s.takes}
    for name in layout.tools:
        if name not in taken:
            message = f"no step takes {name!r}; remove it, or write 'takes: {{{name}: 1}}'"
            yield Finding("unused-tool", f"tools/{name}", "warning", message)
