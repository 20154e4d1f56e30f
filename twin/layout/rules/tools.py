"""Tools that parts hold: taken and given back, and enough of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from twin.layout.rules.attendance import step_path
from twin.layout.rules.finding import Finding
from twin.layout.rules.flow import reached, ways_on
from twin.layout.rules.stocks import sets
from twin.layout.schema import Layout, Product


def given_back(layout: Layout) -> Iterator[Finding]:
    """Tools given back that nobody took; what a part holds when it leaves comes back by itself."""
    for name, product in layout.products.items():
        onward = ways_on(product)
        for index, step in enumerate(product.route):
            for at, tool in enumerate(step.returns):
                if tool in layout.tools and not _taken_before(product, onward, tool, step.step):
                    where = f"{step_path(name, index)}/returns/{at}"
                    message = f"no step before {step.step!r} takes {tool!r}; write 'takes' there"
                    yield Finding("tool-not-taken", where, "error", message)


def _taken_before(product: Product, onward: dict[str, set[str]], tool: str, step: str) -> bool:
    """Whether a step that takes the tool comes before this one on some way, or is this one."""
    return any(tool in s.takes and step in reached(onward, s.step) for s in product.route)


def enough(layout: Layout) -> Iterator[Finding]:
    """Steps that take more tools than there are; `takes` is what a part then holds of them."""
    for name, product in layout.products.items():
        held = _held(product)
        for index, step in enumerate(product.route):
            for tool, pieces in step.takes.items():
                if tool not in layout.tools:
                    continue
                count, wanted = layout.tools[tool].count, pieces * sets(layout, step)
                where = f"{step_path(name, index)}/takes/{tool}"
                if wanted > count:
                    message = (
                        f"step {step.step!r} takes {wanted} of {tool!r}, and there are {count}; "
                        f"write 'count: {wanted}' or more"
                    )
                    yield Finding("tool-too-few", where, "error", message, count, wanted, "tools")
                elif before := max((n for n in held[step.step][tool] if 0 < n < pieces), default=0):
                    message = (
                        f"a part holds {before} of {tool!r} and waits for more at {step.step!r}: "
                        "two such parts can wait for each other for ever; take all of them at once"
                    )
                    yield Finding("tool-in-parts", where, "warning", message)


def _held(product: Product) -> dict[str, dict[str, set[int]]]:
    """Step -> how many of each tool a part may hold already when it comes there."""
    onward = ways_on(product)
    by_name = {step.step: step for step in product.route}
    held: dict[str, dict[str, set[int]]] = {name: defaultdict(set) for name in by_name}
    for tool in {tool for step in product.route for tool in step.takes}:
        ahead = [(product.route[0].step, 0)]
        while ahead:
            name, before = ahead.pop()
            if before not in held[name][tool]:
                held[name][tool].add(before)
                step = by_name[name]
                after = 0 if tool in step.returns else max(before, step.takes.get(tool, 0))
                ahead += [(target, after) for target in onward[name] & by_name.keys()]
    return held


def unused_tools(layout: Layout) -> Iterator[Finding]:
    """Tools that no step takes."""
    taken = {t for product in layout.products.values() for s in product.route for t in s.takes}
    for name in layout.tools:
        if name not in taken:
            message = f"no step takes {name!r}; remove it, or write 'takes: {{{name}: 1}}'"
            yield Finding("unused-tool", f"tools/{name}", "warning", message)
