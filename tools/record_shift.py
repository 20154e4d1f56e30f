"""Writes the recording that is shipped: one shift of the board line, for who has none of their own.

It is simulated with a seed of its own and slower placement, so that it differs from what the page
predicts, and says "synthetic" wherever it is shown. Run from the top of the checkout:
python tools/record_shift.py
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from twin.cells.factory import validate
from twin.layout.files import load
from twin.production.plan import Variant
from twin.production.run import simulate
from twin.recordings import parquet

LAYOUTS = Path(__file__).resolve().parent.parent / "layouts"
HOUR = 3600.0


def main() -> None:
    """The shift from 8 to 16 h of the first day."""
    factory = validate(load(LAYOUTS / "pcb_line.yaml"))
    day = simulate(factory, "16 h", seed=8080, variant=Variant(pace={"place": 1.15}))
    shift = replace(day.clip(8 * HOUR, 16 * HOUR), origin="synthetic")
    parquet.write(shift, LAYOUTS / "recordings" / "pcb_line_shift")


if __name__ == "__main__":
    main()
