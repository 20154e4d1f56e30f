"""How cost grows with the stations of a plant and with its parts: `python -m tests.bench.growth`.

Prints the figures as JSON; with --write, docs/cost.svg is drawn. What is timed begins once the
line is full, and a run's start takes less than a thousandth of any point.
"""

from __future__ import annotations

import json
import math
import statistics
import sys
from collections.abc import Sequence

from tests.bench.chart import WIDTH, Axis, Point, Series, decades, even, panel, picture
from tests.bench.peers.ours import Ours, job_shop, serial_line
from tests.bench.peers.shop import PRODUCTS
from tests.bench.rounds import Work, in_turn
from tests.plants import ROOT

ROUNDS = 3
STATIONS = (10, 20, 50, 100, 200, 500, 1000)
EVENTS = 4e6  # of a point
PARTS = (250_000, 500_000, 1_000_000, 2_000_000)  # of the line; of the job shop half
PLOT = ROOT / "docs" / "cost.svg"


def by_stations() -> list[Point]:
    """(stations, microseconds of a processor for one event), of lines that are full."""
    works: dict[str, Work] = {}
    for count in STATIONS:
        ours = Ours(serial_line("none", count))
        full = 4.0 * count  # by then the first parts have long come through [s]
        ours.warm(1, full)
        share = ours.events(1.5 * full) / (0.5 * full)  # events a second of the line's clock
        more = EVENTS / share

        def work(ours: Ours = ours, more: float = more) -> float:
            return ours.events(float(ours.runner.w.now) + more)

        works[str(count)] = work
    speeds = in_turn(works, rounds=ROUNDS)
    return [(float(n), 1e6 / statistics.median(speed)) for n, speed in speeds.items()]


def by_parts(ours: Ours, rate: float, counts: Sequence[int]) -> list[Point]:
    """(parts, processor seconds of one run with statistics), at a rate of parts a second."""
    made: dict[int, float] = {}
    works: dict[str, Work] = {}
    for count in counts:

        def work(count: int = count) -> float:
            made[count] = ours.run(1, count / rate)
            return made[count]

        works[str(count)] = work
    ours.run(1, 100.0 / rate)
    speeds = in_turn(works, rounds=ROUNDS)
    return [(made[n], made[n] / statistics.median(speeds[str(n)])) for n in counts]


def n_log_n(points: Sequence[Point]) -> list[Point]:
    """The curve of n log n through the first point."""
    first, cost = points[0]
    return [(n, cost * n * math.log(n) / (first * math.log(first))) for n, _ in points]


def straight(points: Sequence[Point]) -> list[Point]:
    """The line from the origin through the last point."""
    return [(0.0, 0.0), points[-1]]


def figures(stations: Sequence[Point], parts: Sequence[Point]) -> dict[str, float]:
    """What the plot says, in three numbers."""
    few, many = stations[0], stations[-1]
    small, large = parts[0], parts[-1]
    return {
        f"an event among {many[0]:,.0f} stations, times that among {few[0]:.0f}": many[1] / few[1],
        "the same by n log n": math.log(many[0]) / math.log(few[0]),
        f"a part of a run {large[0] / small[0]:.0f} times as long, times the cost": (
            (large[1] / large[0]) / (small[1] / small[0])
        ),
    }


def plot(stations: Sequence[Point], parts: Sequence[Point], shop: Sequence[Point]) -> str:
    """Two panels: cost over stations, beside n log n; cost over parts, beside a straight line."""
    whole = [(n, n * cost) for n, cost in stations]  # a part makes an event at each station
    guide = n_log_n(whole)
    thousands, shop_thousands = ([(n / 1e3, cost) for n, cost in p] for p in (parts, shop))
    everything = [*thousands, *shop_thousands]
    return picture(
        [
            panel(
                "Cost of a part by the length of its line",
                Axis("stations in a row", decades([n for n, _ in whole]), True),
                Axis("processor time a part [µs]", decades([c for _, c in whole + guide]), True),
                [Series("measured", whole), Series("n log n from the first", guide, False)],
            ),
            panel(
                "Cost of a run by its parts",
                Axis("parts [thousand]", even([n for n, _ in everything])),
                Axis("processor time a run [s]", even([cost for _, cost in everything])),
                [
                    Series("line of 10", thousands),
                    Series("job shop", shop_thousands),
                    Series("straight lines", straight(thousands), False),
                    Series("", straight(shop_thousands), False),
                ],
                at=WIDTH,
            ),
        ]
    )


def main() -> None:
    """Print the figures; draw the plot if asked to."""
    stations = by_stations()
    line, shop = Ours(serial_line("none")), Ours(job_shop())
    parts = by_parts(line, 0.76, PARTS)
    shop_parts = by_parts(
        shop, sum(1 / p.every for p in PRODUCTS.values()) / 60, [n // 2 for n in PARTS]
    )
    for name, points in (("stations", stations), ("line", parts), ("job shop", shop_parts)):
        print(name, [(f"{x:g}", f"{y:.4g}") for x, y in points], file=sys.stderr)
    json.dump({"How cost grows": figures(stations, parts)}, sys.stdout, indent=1)
    print()
    if "--write" in sys.argv:
        PLOT.write_text(plot(stations, parts, shop_parts), "utf-8")


if __name__ == "__main__":
    main()
