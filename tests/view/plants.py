"""A small plant that pages are tested on: quick to check, with a clear bottleneck."""

from __future__ import annotations

from twin.layout.files import Document, parse

PLANT = """\
twin: 1
name: Brackets
about: Brackets, milled and packed.
floor: {size: [8 m, 5 m]}
calendars: {day: {cycle: 24 h, open: [["08:00", "16:00"]]}}
calendar: day
machines:
  mill-1: {asset: mill/desktop, at: [2 m, 2 m], label: Mill 1}   # by the window
  pack-1: {asset: bench/packing, at: [6 m, 2 m], label: Bench}
stations:
  mill: {machines: [mill-1], label: Milling, power: {processing: 900 W}, price: 9000 EUR}
  pack: {machines: [pack-1], label: Packing, price: 500 EUR}
crews:
  setter: {people: 1, home: [4 m, 4 m], walking: 1.2 m/s, wage: 30 EUR/h, label: Setter}
products:
  bracket:
    label: Bracket
    route:
      - step: mill
        at: mill
        run: {time: {dist: lognormal, mean: 8 min, cv: 0.2}, by: setter, attended: 8 min}
      - {step: pack, at: pack, run: {time: 2 min, by: setter, attended: 2 min}}
orders:
  usual: {product: bracket, every: {dist: exponential, mean: 6 min}}
study: {warm_up: 2 day, window: 5 day, replications: 6}
"""


def plant(*changes: tuple[str, str]) -> Document:
    """The plant with pieces of its text replaced; each piece must be there."""
    text = PLANT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return parse(text, "brackets.yaml")
